"""Phrases of bulletins: words for measures, scopes and changes, and courts' names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.vocabulary.indicator_sets.rates import Sets, rates

HAN = "\u4e00-\u9fa5"


@cache
def phrases(sets: Sets = None) -> dict[str, Any]:
    """The words of ``phrases.toml``, and the names of every rate in percent that a definition set (``sets``: own ones) has.

    >>> "执行完毕率" in phrases()["rates"]["completed_rate"]
    True
    """
    read: dict[str, Any] = tomllib.loads(files("analysis.returns").joinpath("phrases.toml").read_text(encoding="utf-8"))
    named = {word for words in read["rates"].values() for word in words}
    for rate in (rate for rate in rates(sets).values() if rate.unit == "%"):
        told = [n for n in rate.names if not n.isascii() and n not in named]
        plain = [n for n in told if not any(word in n for word in read["rates"]["qualified"])]
        read["rates"].setdefault(rate.id, []).extend(plain)
    return read


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, the longest first.

    >>> alternatives(["审结", "审(执)结"])
    '审\\\\(执\\\\)结|审结'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _ending(kind: str, sets: Sets = None) -> re.Pattern[str]:
    """A measure's word, what may stand between, and then the end (where the number begins)."""
    words = {w: m for m, ws in phrases(sets)[kind].items() if m not in ("qualified",) for w in ws}
    named = alternatives(words)
    between = alternatives([*phrases()["between"]["words"], *_meaning("scopes")])
    return re.compile(rf"(?P<word>{named})(?P<between>(?:{between}|[\s:：“”\"《》—-])*)[（(]?$")


@cache
def _meaning(kind: str, sets: Sets = None) -> dict[str, str]:
    return {w: m for m, ws in phrases(sets)[kind].items() for w in ws}


def measure_before(kind: str, text: str, sets: Sets = None) -> tuple[str, str] | None:
    """The measure and its word that stand right before the end of a text; ``nothing`` for a word without a column.

    >>> measure_before("counts", "共受理各类执行案件")
    ('received', '受理')
    >>> measure_before("rates", "执行结案率为")
    ('closure_rate', '执行结案率')
    >>> measure_before("counts", "配置执行专用车辆") is None
    True
    """
    best: re.Match[str] | None = None
    for start in range(len(text)):  # the leftmost start of the word that ends last is its longest form
        found = _ending(kind, sets).match(text, start)
        if found and (best is None or found.end("word") > best.end("word")):
            best = found
    return (_meaning(kind, sets)[best["word"]], best["word"]) if best else None


OF_SOME = re.compile("案|罪|庭|纠纷|团队|法官|员|类")  # a heading that may say of which cases it speaks


@cache
def _understood(sets: Sets = None) -> re.Pattern[str]:
    told = phrases(sets)
    kinds = [told[kind] for kind in ("counts", "rates", "amounts", "scopes", "scope_of", "between", "change", "plain")]
    lists = [words for kind in kinds for name, words in kind.items() if name not in ("qualified", "nothing", "joins")]
    lists.append(list(told["plain"]["joins"]))
    words = {word for listed in lists for word in listed}
    return re.compile(alternatives(words))


def not_understood(text: str, sets: Sets = None) -> str:
    """Return the first word of a text that is no word of bulletins known here; empty where all are.

    Signs that are words alone (就, 地) may be one word together: 就地立案.

    >>> not_understood("其中依法审结刑事案件"), not_understood("适用简易程序审结案件"), not_understood("成绩单出炉:受理案件")
    ('', '适用简易程序', '')
    >>> not_understood("就地立案"), not_understood("就已立案")
    ('就地', '')
    """
    joins = phrases()["plain"]["joins"]
    heading, _, said = (
        _understood(sets).sub(lambda m: " " if len(m[0]) > 1 else "" if m[0] in joins else f"<{m[0]}>", part)
        for part in text.rpartition(":")
    )
    found = re.search(f"(?<!<)[{HAN}A-Za-z]+|(?:<.>){{2,}}", heading + said if OF_SOME.search(heading) else said)
    return re.sub("[<>]", "", found[0]) if found else ""


@cache
def _prose() -> re.Pattern[str]:
    told = phrases()["prose"]
    return re.compile(f"^(?:{alternatives(told['begins'])})|(?:{alternatives(told['ends'])})$")


def unknown_clause(plain: str, sets: Sets = None) -> str:
    """Return the first unknown word of a clause that may say of whose cases what follows is; empty for none.

    >>> unknown_clause("建成工商联调解室"), unknown_clause("我院坚持司法为民")
    ('建成工商联调解室', '')
    """
    plain = re.sub("“[^”行动活战攻专月周日]*”", "", plain)  # a slogan alone
    odd = not_understood(plain, sets)
    bare = re.sub("^\\W*(?:[我本该全]院|法院|全市|全省|全区|全县|县|市|区|院)?\\W*|\\W+$", "", plain)
    return "" if not odd or _prose().search(bare) else odd


def measures_said(words: str, sets: Sets = None) -> list[str]:
    """The measures of a list, 收、结案 among them; empty for a part that has none, and for all where the first is of some cases only."""
    parts = re.split("[、和与及]", words.replace("收结案", "收案、结案"))
    if _measure_of(parts[0], sets) is None:
        return [""] * len(parts)
    return [measure_said(part, sets) or measure_said(part + "案", sets) for part in parts]


def measure_said(words: str, sets: Sets = None) -> str:
    """The measure of the word at the end of some, whatever its kind; empty for none, and where it is of some cases only.

    >>> measure_said("首次执行案件结案率"), measure_said("有财产可供执行案件结案率"), measure_said("农民工工资案件结案率")
    ('closure_rate', '', '')
    """
    return _measure_of(words, sets) or ""


def _measure_of(words: str, sets: Sets = None) -> str | None:
    """The measure of the word at the end of some, empty for none; ``None`` where it is said of some cases only."""
    kind, measure, ahead = _measure_at_end(words, sets)
    if kind and _of_some_only(kind, ahead, sets):
        return None
    return "" if measure in ("nothing", "plain") else measure


OF_A_KIND = re.compile(f"(?P<kind>[{HAN}]+?)类?案件的?$")  # 农民工工资案件结案率


def _measure_at_end(words: str, sets: Sets = None) -> tuple[str, str, str]:
    """The kind of a measure, the measure, and what is said ahead of its word; empty for none."""
    for kind in ("rates", "counts", "amounts"):
        if found := measure_before(kind, words, sets):
            return kind, found[0], words[: words.rindex(found[1])]
    return "", "", ""


def _of_some_only(of: str, ahead: str, sets: Sets = None) -> bool:
    """Return whether words ahead of a measure's say that it is of some cases only, and of no known kind of them; a time beside it is none."""
    told = phrases()
    for start, end, _ in reversed(list(scopes(ahead))):
        ahead = ahead[:start] + ahead[end:]
    qualifiers = {*told["rates"]["qualified"], *told["counts"]["qualified"]} - {*told["times"][of]}
    unknown = (kind := OF_A_KIND.search(ahead)) and not_understood(kind["kind"], sets)
    return any(qualifier in ahead for qualifier in qualifiers) or bool(unknown)


# -- courts and scopes ------------------------------------------------------------------------------------------------

COURT = re.compile(
    rf"(?:[{HAN}A-Za-z×＊*○]{{1,14}}?(?:省|市|县|区|旗|州|盟)[,，]?(?:第[一二三四五六])?(?:高级|中级|两级|各级)?(?:人民)?法院(?:系统)?"
    rf"|地方各级(?:人民)?法院(?:和|及|、)专门(?:人民)?法院"
    rf"|(?:全(?:国|省|市|区|县|州)(?:各级|两级|基层)?|地方各级|最高|[我本][省市州](?:两级|各级)?)(?:人民)?法院"
    rf"|[{HAN}]{{2,6}}(?:铁路运输|海事|林业|林区|农垦|油田|知识产权|互联网|金融)(?:中级|基层)?(?:人民)?法院"
    rf"|(?:(?<![{HAN}])|(?<=[年月日]))(?:[{HAN}]{{2,4}}|[甲乙丙丁戊己庚辛壬癸])法院)"
)
# a court that is named within what was said of others: 其中，市中院受理512件；基层法院受理8050件
COURT_WITHIN = re.compile(
    r"[省市州]?[中高](?:级(?:人民)?法)?院(?:本级)?|(?:各|全市|全省|辖区|其他|其余)?基层(?:人民)?法院"
)
WITHIN = "其中"
LEADING = "丨请的有在由被对向与和及据从是为到了使让全各我年月日间期份"
NOT_A_PLACE = re.compile(
    r"^个|[家个所]法院$|[从据由][县区](?:人民)?法院$|院(?![和及、]专门).+法院$|[位居][列居]|上级|下级|辖区|地区法院$|各县区|市区两级|省市|[该我本][县区]|该市|当地|^(?:人民|基层|两级|各级|地方|高级|中级|我们|执行|"
    r"全体|所有|其他|该|本|我|我国|互联网|各|县区|[年月日份末底]+[县市区旗]?|[县市区旗])(?:人民)?法院$"
)
# what a court's name must run into, where it names no single place: 全省法院共受理
SAYING = re.compile(
    r"(?:除[^,，。]{2,10}外)?(?:今年|去年|上半年|下半年|第?[一二三四]季度|全年|[\d年月日至—-])*[,，]?"
    r"(?:(?:各类|执行|诉讼|审判|民事|民商事|刑事|行政|首次执行|恢复执行)(?:案件)?)?(?:共|累计|总|受理|新收|审|执结|结案|办结|旧存|收案|立案|未结|[(（]?\d|[^，,。;；\d]{0,10}(?:率|结收比|到位))"
)

COLLECTIVE = re.compile("全[国省市州县区旗盟]|[我本][省市州]|.*系统$")
PLACE = re.compile(f"[{HAN}]{{1,4}}[区县市旗]")
LISTED_PLACES = re.compile(f"(?:^|[^{HAN}]|其中|年)(?P<places>(?:[{HAN}]{{1,4}}[区县市旗]、){{1,9}})$")
# 平川、石门、清流三家法院; 甲县法院、乙县法院两家法院
COUNTED_COURTS = re.compile(
    f"(?:(?<![{HAN}])|(?<=其中)|(?<=[年月日]))(?P<places>(?:[{HAN}]{{2,8}}[、和及与])+[{HAN}]{{1,8}}?)(?P<count>[两三四五六七八九十])[家个](?:基层)?(?:人民)?法院"
)
HOW_MANY = {sign: at for at, sign in enumerate("两三四五六七八九十", 2)}
SUBJECT_AT = re.compile("(?:^|[,，。;；:：\\n]|[年月度底]|其中)$")  # where a clause or what follows its time begins
OF_RANK = re.compile(  # and of no figure: 全市法院前列
    "平均|第|排[名在]|前[列茅\\d一二三四五六七八九十]|首[位家个]|中[,，]|先进|优秀|推广|范围|的|率先|[^，,。;；\\d]{0,14}(?:系统|平台|网站|会议|大会)"
)

OF_A_MEAN = re.compile("[的同]?(?:同期)?平均[\u4e00-\u9fa5]*[率比值数]")
TOLD_BY = re.compile(
    "[、和与及(（:：]|分别|均|同比|较|比|增|上升|下降|减少|[^,，。;；]{0,6}(?:获悉|了解|介绍|通报|发布|公布|召开)"
)

# a court, or several, of which the text does not say which
UNNAMED_COURT = re.compile(
    "(?:上级|下级|其他|其它|其余|外地|外省|异地|兄弟|邻近|周边|委托|受托|受诉|原审|有关|相关|先进|部分|少数|多数|一些|多家|多地|个别|对方|当地|各地|两地|三地|各[县市区]{0,2}|[该其][市省州]|[一二两三四五六七八九十\\d]+[家个])(?:县区|市县|区县|县|市|区|中级)?(?:人民)?法院"
)


def unnamed_courts(text: str) -> list[int]:
    """Where a text says figures of courts that it does not name: 三家法院受理99件.

    >>> unnamed_courts("在各地法院中居首，外地法院受理99件")
    [9]
    """
    return [m.start() for m in UNNAMED_COURT.finditer(text) if SAYING.match(text, m.end())]


def court_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Courts named in a text: start, end, the name without the words that lead up to it.

    >>> [name for _, _, name in court_names("记者从富锦市人民法院获悉，佳木斯市向阳区法院也已完成")]
    ['富锦市人民法院', '佳木斯市向阳区法院']
    """
    counted = list(_courts_counted(text))
    yield from counted
    for found in COURT.finditer(text):
        name, start = found[0], found.start()
        if any(a <= start < b for a, b, _ in counted):
            continue
        leads = () if name.startswith("地方各级") else enumerate(name)
        cut = max((i for i, c in leads if c in LEADING and _is_lead(name, i)), default=-1)
        cut = max([cut, *(m.start() - 1 for m in re.finditer("全[国省市区县州]", name))])  # 居全市法院第三位
        name, start = name[cut + 1 :], start + cut + 1
        name = re.sub("[,，]|(?<=全[国省市区县州]法院)系统$", "", name)  # 邻近的乙县，法院受理99件
        if name.startswith(WITHIN):  # 其中甲县法院受理3456件
            name, start = name.removeprefix(WITHIN), start + len(WITHIN)
        if text[: found.start()].endswith("占") or found[0].startswith("占"):  # 占全省法院的九成
            continue
        if OF_A_MEAN.match(text, found.end()):  # 全国法院平均结案率93%: what follows is not theirs
            continue
        vague = name.startswith(("全", "最高", "地方")) and not (
            SAYING.match(text, found.end())
            or (SUBJECT_AT.search(text, 0, start) and not OF_RANK.match(text, found.end()))
        )
        if not vague and not NOT_A_PLACE.search(name) and not UNNAMED_COURT.fullmatch(name):
            if listed := LISTED_PLACES.search(text, 0, start):  # 河西区、河北区、河南区法院
                for place in PLACE.finditer(text, listed.start("places"), listed.end()):
                    yield place.start(), place.end(), place[0] + re.sub("^.*?(?=(?:人民)?法院$)", "", name)
            yield start, found.end(), name


def _courts_counted(text: str) -> Iterator[tuple[int, int, str]]:
    """The courts of a list that says how many they are, the last with the words that say so: 平川、石门、清流三家法院."""
    for found in COUNTED_COURTS.finditer(text):
        places = list(re.finditer("[^、和及与]+", found["places"]))
        if len(places) == HOW_MANY[found["count"]] and found[0][0] not in LEADING + "全我本该":
            for place in places:
                start, end = (found.start() + at for at in place.span())
                yield start, end if place is not places[-1] else found.end(), place[0].removesuffix("法院") + "法院"


def _is_lead(name: str, at: int) -> bool:
    """Return whether a character leads up to a name and is not part of it: enough of a place must remain."""
    rest = re.sub(r"(?:高级|中级|两级|各级)?(?:人民)?法院(?:系统)?$", "", name[at + 1 :])
    if name[at] == "全" and rest.startswith(("国", "省", "市", "区", "县", "州")):
        return False
    return len(rest) >= (2 if name[at] in "年月日间期份丨" or rest[:1] in "甲乙丙丁戊己庚辛" else 3)


def speaks_of(text: str, start: int, end: int) -> bool:
    """Return whether a text goes on about the court that it names between two places, and does not merely mention it.

    >>> speaks_of("甲法院受理99件", 0, 3), speaks_of("赴甲法院学习，受理99件", 1, 4)
    (True, False)
    """
    return bool(SUBJECT_AT.search(text, 0, start) or SAYING.match(text, end) or TOLD_BY.match(text, end))


def in_full(named: list[tuple[int, int, str]], given: str | None) -> list[tuple[int, int, str]]:
    """Courts with the name that they have in full: 清河法院 is 清河市人民法院 where that is named, too."""
    told = {name for name in (*(name for *_, name in named), given) if name}
    known = [
        *sorted(name for name in told if re.search("[县区市旗]法院$", name)),
        *sorted(name for name in told if name.endswith("人民法院")),
    ]
    short = {re.sub("(?:人民)?法院$", "", name)[:-1] + "法院": name for name in known}
    return [(start, end, short.get(name, name)) for start, end, name in named]


def is_meant(name: str, court: str) -> bool:
    """Return whether a name in a text is that of a court, in full, in short or masked, or of all courts of its county.

    >>> [is_meant(name, "富锦市人民法院") for name in ("富锦法院", "佳木斯市富锦市人民法院", "某市法院", "全市法院", "乙县法院")]
    [True, True, True, True, False]
    >>> is_meant("西城区法院", "城区人民法院")
    False
    """
    if COLLECTIVE.match(name):
        return is_own(name, court)
    one, other = (re.sub("(?:人民)?法院$", "", full) for full in (name, court))
    masked = re.fullmatch("[某×xX＊*○]+[县市区旗]?", one)
    full = one + other[-1:]  # 富锦法院
    return bool(masked) or any(_ends_in(a, b) for a, b in ((one, other), (other, one), (full, other), (other, full)))


def _ends_in(name: str, place: str) -> bool:
    """Return whether a name is that of a place, alone or after that of a higher one: 佳木斯市富锦市, and not 西城区 for 城区."""
    lead = name.removesuffix(place)
    return name.endswith(place) and (not lead or lead[-1] in "省市州盟县区" + LEADING)


def is_own(collective: str, court: str) -> bool:
    """Return whether 全县法院, 全市法院 is the court of that county or county-level city.

    >>> is_own("全县法院", "甲县人民法院"), is_own("全市法院", "富锦市人民法院"), is_own("全市法院", "甲市乙区人民法院")
    (True, True, False)
    """
    return bool(re.match(f"[全我本]{court.removesuffix('人民法院')[-1:]}(?!.*基层)", collective))


@cache
def _scope_pattern() -> re.Pattern[str]:
    stems = alternatives(_meaning("scopes"))
    ahead = r"未结|新收|收案|旧存|受理|结案|审结|立案|结存|存案|收\d|结\d"
    doubled = "审执(?=结)"  # 审执结 says how, not of what
    led = "(?:(?<=[、，,：:；;(（和及与])|(?<=其中|受理|新收|收案|结案|审结|执结|旧存|未结|立案|金额))"  # 受理：民事300件、刑事20件
    return re.compile(
        rf"(?P<stem>{stems})(?:类?案件|案(?=[\d未]))|(?!{doubled})(?P<alone>{stems})(?=(?:{ahead})(?!率))|{led}(?P<bare>{stems})(?=\d[\d,.]*(?:万?件|%|[百千]?[万亿]?元))"
        rf"|(?:(?<![{HAN}])|(?<=[年月度])(?!审判?执))在?(?P<headed>{stems})(?=(?:审判|执行)?(?:工作|案件)?(?:条线|方面|领域|板块|口|类|部分)?[:：]|(?:审判|执行)?(?:工作|案件)?(?:方面|领域|条线)[,，])|(?:(?<![{HAN}])|(?<=[我本全该]院))(?:其中)?(?!{doubled})(?P<rated>{stems})(?=[结审执办]结?案?率)|(?:(?<![{HAN}])|(?<=案件)|(?<=其中)|(?<=[年月度]))(?P<first>首执|执恢|恢执|首次执行|恢复执行)(?=终本率|(?:执行)?完毕率|(?:实际|执行)?到位|[结审执办]结?案?率)|(?P<bureau>执行)局(?=[以坚围立]|[,，]|共|今年|全年|20)"
    )


def scopes(text: str) -> Iterator[tuple[int, int, str]]:
    """Scopes of cases named in a text: start, end, the scope.

    >>> [scope for _, _, scope in scopes("审结行政诉讼案件30件，执行未结案557件，涉执行信访案件8件")]
    ['行政案件', '执行案件']
    """
    for found in _scope_pattern().finditer(text):
        stem = (
            found["stem"]
            or found["alone"]
            or found["bare"]
            or found["headed"]
            or found["rated"]
            or found["first"]
            or found["bureau"]
        )
        if not (found["alone"] and stem == "全部"):  # 全部结案 says that all were closed
            yield found.start(), found.end(), _meaning("scopes")[stem]


def topic_of(heading: str) -> str:
    """Return the kind of cases that a heading without figures speaks of; empty for none or several.

    >>> topic_of("2022年执行工作总结"), topic_of("审判执行质效通报"), topic_of("二、刑事审判")
    ('执行案件', '', '刑事案件')
    """
    if re.search(r"\d[\d,.]*(?:件|%|万|亿)", heading) or "审判执行" in heading or "审执" in heading:
        return ""
    said = {
        "nforcement": "执行案件",
        "执行": "执行案件",
        "刑事": "刑事案件",
        "民事": "民事案件",
        "民商事": "民事案件",
        "行政": "行政案件",
    }
    kinds = {kind for word, kind in said.items() if word in heading}
    return kinds.pop() if len(kinds) == 1 else ""


@cache
def _list_of_scopes() -> re.Pattern[str]:
    stem = "|".join(w for ws in phrases()["scopes"].values() for w in ws if not re.search("[、和]", w))
    return re.compile(rf"(?:(?:{stem})(?:案件)?[、和与及])+(?:{stem})(?:[两三四五]类)?案件")


def lists_of_scopes(text: str) -> list[tuple[int, int]]:
    """Where a text names several kinds of cases in one list.

    >>> lists_of_scopes("受理民事、刑事案件99件")
    [(2, 9)]
    """
    return [found.span() for found in _list_of_scopes().finditer(text)]


def listed_scopes(text: str) -> list[str]:
    """The scopes of a list in a text, in its order; empty without one.

    >>> listed_scopes("全院民商事、刑事和行政案件结案率")
    ['民事案件', '刑事案件', '行政案件']
    """
    found = _list_of_scopes().search(text)
    stems = re.split("[、和与及]", re.sub("(?:[两三四五]类)?案件", "", found[0])) if found else []
    return [_meaning("scopes")[stem] for stem in stems]


def bare_scope(text: str) -> str:
    """Return the scope that a text names and nothing else; empty for none.

    >>> bare_scope("民商事案件"), bare_scope("刑事"), bare_scope("受理刑事")
    ('民事案件', '刑事案件', '')
    """
    bare = {re.sub(ending, "", text) for ending in ("案件?$", "类?案件?$")}
    return next((str(scope) for scope, stems in phrases()["scopes"].items() if bare & set(stems)), "")


@cache
def _kind_behind() -> re.Pattern[str]:
    """A measure's word with a kind of cases in brackets behind it, and then a number: 终本率（首次执行）42.4%."""
    told = phrases()
    words = [
        w
        for kind in ("rates", "counts", "amounts")
        for m, ws in told[kind].items()
        if m not in ("qualified", "nothing", "plain")
        for w in ws
    ]
    stems = alternatives(_meaning("scopes"))
    return re.compile(
        rf"(?P<word>{alternatives(words)})(?P<behind>案件|额)?[(（](?P<kind>{stems})(?:案件)?[)）](?=[:：为]?\d)"
    )


def kinds_first(text: str) -> str:
    """Return a text in which kinds of cases in brackets stand before the measure that is theirs, sign for sign.

    >>> kinds_first("终本率(首次执行)42.4%"), kinds_first("新收(执行案件):99件")
    ('首次执行案件终本率42.4%', '执行案件新收  :99件')
    """
    return _kind_behind().sub(lambda m: f"{m['kind']}案件{m['word']}{m['behind'] or ''}".ljust(len(m[0])), text)


# all courts of a place without the word: 全市新收执行案件
ALL_COURTS = re.compile(rf"(?<![{HAN}])[全我][省市州](?!人民法院|法院|两级|各级|基层|第|平均|排名|前)")


def courts_within(text: str) -> Iterator[tuple[int, int, str]]:
    """Courts that are named by their rank alone, where figures are said of them.

    >>> [name for _, _, name in courts_within("其中，市中院受理512件；基层法院审结8050件，在基层法院中居第二位")]
    ['市中院', '基层法院']
    """
    for found in COURT_WITHIN.finditer(text):
        if SAYING.match(text, found.end()):
            yield found.start(), found.end(), found[0]
