"""How bulletins speak: the words for measures, scopes and changes, courts' names, and expressions of time."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.returns.numbers import han_value
from analysis.vocabulary.indicator_sets.rates import Sets, rates

HAN = "\u4e00-\u9fa5"
MULTIPLES = {"": 1, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "千": 10**3, "万亿": 10**12}


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
    between = alternatives(phrases()["between"]["words"])
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


def measures_said(words: str, sets: Sets = None) -> list[str]:
    """The measures of a list, 收、结案 among them; empty for a part that has none."""
    parts = re.split("[、和与及]", words.replace("收结案", "收案、结案"))
    return [measure_said(part, sets) or measure_said(part + "案", sets) for part in parts]


def measure_said(words: str, sets: Sets = None) -> str:
    """The measure of a word in a list, whatever its kind; empty for none."""
    found = next((f for kind in ("rates", "counts", "amounts") if (f := measure_before(kind, words, sets))), None)
    return found[0] if found and found[0] not in ("nothing", "plain") else ""


# -- courts and scopes ------------------------------------------------------------------------------------------------

COURT = re.compile(
    rf"(?:[{HAN}A-Za-z×＊*○]{{1,14}}?(?:省|市|县|区|旗|州|盟)(?:第[一二三四五六])?(?:高级|中级|两级|各级)?(?:人民)?法院"
    rf"|(?:全(?:国|省|市|区|县|州)(?:各级|两级|基层)?|地方各级|最高)(?:人民)?法院"
    rf"|[{HAN}]{{2,6}}(?:铁路运输|海事|林业|林区|农垦|油田|知识产权|互联网|金融)(?:中级|基层)?(?:人民)?法院"
    rf"|(?:(?<![{HAN}])|(?<=[年月日]))[{HAN}]{{2,4}}法院)"
)
# a court that is named within what was said of others: 其中，市中院受理512件；基层法院受理8050件
COURT_WITHIN = re.compile(
    r"[省市州]?[中高](?:级(?:人民)?法)?院(?:本级)?|(?:各|全市|全省|辖区|其他|其余)?基层(?:人民)?法院"
)
WITHIN = "其中"
LEADING = "在由被对向与和及据从是为到了使让全各我年月日间期份"
NOT_A_PLACE = re.compile(
    r"上级|下级|辖区|地区法院$|各县区|市区两级|省市|[该我本][市县区]|当地|^(?:人民|基层|两级|各级|地方|高级|中级|我们|执行|"
    r"全体|所有|其他|该|本|我|我国|互联网|各|县区)(?:人民)?法院$"
)
# what a court's name must run into, where it names no single place: 全省法院共受理
SAYING = re.compile(
    r"(?:除[^,，。]{2,10}外)?(?:今年|去年|上半年|下半年|第?[一二三四]季度|全年|[\d年月日至—-])*[,，]?"
    r"(?:共|累计|总|受理|新收|审|执结|结案|办结|旧存|收案|未结)"
)


def court_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Courts named in a text: start, end, the name without the words that lead up to it.

    >>> [name for _, _, name in court_names("记者从富锦市人民法院获悉，佳木斯市向阳区法院也已完成")]
    ['富锦市人民法院', '佳木斯市向阳区法院']
    """
    for found in COURT.finditer(text):
        name, start = found[0], found.start()
        cut = max((i for i, c in enumerate(name) if c in LEADING and _is_lead(name, i)), default=-1)
        name, start = name[cut + 1 :], start + cut + 1
        if name.startswith(WITHIN):  # 其中甲县法院受理3456件
            name, start = name.removeprefix(WITHIN), start + len(WITHIN)
        vague = name.startswith(("全", "最高", "地方")) and not SAYING.match(text, found.end())
        if not vague and not NOT_A_PLACE.search(name):
            yield start, found.end(), name


def _is_lead(name: str, at: int) -> bool:
    """Return whether a character leads up to a name and is not part of it: enough of a place must remain."""
    rest = re.sub(r"(?:高级|中级|两级|各级)?(?:人民)?法院$", "", name[at + 1 :])
    if name[at] == "全" and rest.startswith(("国", "省", "市", "区", "县", "州")):
        return False
    return len(rest) >= (2 if name[at] in "年月日间期份" else 3)


@cache
def _scope_pattern() -> re.Pattern[str]:
    stems = alternatives(_meaning("scopes"))
    ahead = r"未结|新收|收案|旧存|受理|结案|审结|立案|结存|收\d|结\d"
    doubled = "审执(?=结)"  # 审执结 says how, not of what
    led = "(?:(?<=[、，,：:；;(（和及与])|(?<=其中|受理|新收|收案|结案|审结|执结|旧存|未结|立案))"  # 受理：民事300件、刑事20件
    return re.compile(
        rf"(?P<stem>{stems})(?:类?案件|案(?=[\d未]))|(?!{doubled})(?P<alone>{stems})(?=(?:{ahead})(?!率))|{led}(?P<bare>{stems})(?=\d[\d,.]*万?件)"
        rf"|(?<![{HAN}])(?P<headed>{stems})(?=[:：])|(?<![{HAN}])(?:其中)?(?!{doubled})(?P<rated>{stems})(?=[结审执办]结?案?率)"
    )


def scopes(text: str) -> Iterator[tuple[int, int, str]]:
    """Scopes of cases named in a text: start, end, the scope.

    >>> [scope for _, _, scope in scopes("审结行政诉讼案件30件，执行未结案557件，涉执行信访案件8件")]
    ['行政案件', '执行案件']
    """
    for found in _scope_pattern().finditer(text):
        stem = found["stem"] or found["alone"] or found["bare"] or found["headed"] or found["rated"]
        if not (found["alone"] and stem == "全部"):  # 全部结案 says that all were closed
            yield found.start(), found.end(), _meaning("scopes")[stem]


@cache
def _list_of_scopes() -> re.Pattern[str]:
    stem = "|".join(w for ws in phrases()["scopes"].values() for w in ws if not re.search("[、和]", w))
    return re.compile(rf"(?:(?:{stem})(?:案件)?[、和与及])+(?:{stem})案件")


def listed_scopes(text: str) -> list[str]:
    """The scopes of a list in a text, in its order; empty without one.

    >>> listed_scopes("全院民商事、刑事和行政案件结案率")
    ['民事案件', '刑事案件', '行政案件']
    """
    found = _list_of_scopes().search(text)
    return [_meaning("scopes")[part.removesuffix("案件")] for part in re.split("[、和与及]", found[0])] if found else []


def bare_scope(text: str) -> str:
    """Return the scope that a text names and nothing else; empty for none.

    >>> bare_scope("民商事案件"), bare_scope("刑事"), bare_scope("受理刑事")
    ('民事案件', '刑事案件', '')
    """
    bare = re.sub("类?案件?$", "", text)
    return next((str(scope) for scope, stems in phrases()["scopes"].items() if bare in stems), "")


def courts_within(text: str) -> Iterator[tuple[int, int, str]]:
    """Courts that are named by their rank alone, where figures are said of them.

    >>> [name for _, _, name in courts_within("其中，市中院受理512件；基层法院审结8050件，在基层法院中居第二位")]
    ['市中院', '基层法院']
    """
    for found in COURT_WITHIN.finditer(text):
        if SAYING.match(text, found.end()):
            yield found.start(), found.end(), found[0]


# -- time ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """An expression of time: a stretch (a day that is not said is missing), or merely a day or another year."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    year: int | None
    stretch: bool = True


TO = r"\s*(?:-|—|–|－|~|～|至|到)+\s*"
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"  # 11, 十一
HAN_YEAR = re.compile(r"[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年|[—－–~～至-][一二][〇零○九])")
YEAR_SIGNS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
PART = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "前三季度": (1, 9), "前两季度": (1, 6), "前三个季度": (1, 9), "一至三季度": (1, 9), "1-3季度": (1, 9),
    "1至3季度": (1, 9), "全年": (1, 12), "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
}  # fmt: skip
THE_YEAR = r"(?:(?:(?P<year>(?:19|20)\d{2})\s*年度?)|(?P<said>今年|本年度?|去年|上年度?|上一年度?))"
TIMES = [
    # 比2014年, 与2016年上半年相比: what is compared with is no stretch of its own
    re.compile(
        r"(?<=[比较与同])(?P<day>(?:19|20)\d{2}年(?:度|同期|上半年|前?[\d一二三]{1,2}个?(?:月|季度)|\d{1,2}[-至]\d{1,2}月)?)"
    ),
    # 由2019年的88.6%上升到91.5%
    re.compile(r"(?<=[由从])(?P<day>(?:19|20)\d{2}年(?:度|同期|底|末|初)?)(?=的)"),
    # 2010年1月1日至2011年6月30日
    re.compile(
        r"(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年))?(?P<m1>"
        + MONTH
        + r")月(?P<d1>\d{1,2})日"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))?(?P<m2>"
        + MONTH
        + r")月(?P<d2>\d{1,2})日"
    ),
    # 2010年1月至2011年6月
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年(?P<m1>"
        + MONTH
        + r")月份?"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))(?P<m2>"
        + MONTH
        + r")月(?:(?P<d2>\d{1,2})日)?"
    ),
    # 2017年前4个月
    re.compile(THE_YEAR + r"?前(?P<m2>" + MONTH + r")个?月"),
    # 2020年至2024年6月
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))(?P<m2>"
        + MONTH
        + r")月份?底?(?!\d{1,2}日)"
    ),
    # 2010-2011年
    re.compile(r"(?P<year>(?:19|20)\d{2})\s*年?" + TO + r"(?P<year2>(?:19|20)\d{2})\s*年(?!\d)"),
    # (2011年)1-12月
    re.compile(THE_YEAR + r"?[，, ]?(?P<m1>" + MONTH + r")月?" + TO + r"(?P<m2>" + MONTH + r")月份?(?!\d{1,2}日)"),
    # 截至2018年9月10日, 截至9月底, 截至2011年底
    re.compile(
        r"(?P<until>截至|截止|截止到|截至到)(?:目前|到)?(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年|本年))?"
        r"(?:(?P<m1>" + MONTH + r")月(?:(?P<d1>\d{1,2})日|底|末|份(?!\d))?(?![上中下]旬)|底|末)"
    ),
    # 2015年10月底前
    re.compile(r"(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年|本年))(?P<m1>" + MONTH + r")月(?P<until>[底末]前)"),
    # 2017年12月31日止
    re.compile(r"(?P<year>(?:19|20)\d{2})年(?P<m1>" + MONTH + r")月(?P<d1>\d{1,2})日(?P<until>[为截]?止)"),
    # 2011年3月5日以来, 2010年3月以来, 2010年以来, 今年以来
    re.compile(
        THE_YEAR + r"(?:(?P<m1>" + MONTH + r")月份?(?:(?P<d1>\d{1,2})日)?)?(?P<since>以来|至今|起至今|开始|起|来)"
    ),
    # (2011年)上半年
    re.compile(THE_YEAR + r"?第?(?P<part>" + "|".join(sorted(PART, key=len, reverse=True)) + ")"),
    # 2011年3月
    re.compile(THE_YEAR + r"(?P<m1>" + MONTH + r")月份?(?!\d{1,2}日)"),
    # 8月以来, 12月份: of the year last said
    re.compile(r"(?<![\d年至到—–~～-])(?P<m1>" + MONTH + r")月份?(?P<since>以来|至今|起至今|开始|起)"),
    re.compile(r"(?<![\d年至到—–~～-])(?P<m1>" + MONTH + r")月份?(?!\d|底|初|末|[上中下]旬)"),
    # 2011年3月5日, and dates in figures
    re.compile(
        r"(?P<day>(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?)"
    ),
    re.compile(r"(?P<day>\d{1,2}月(?:\d{1,2}日|底|初|末|中旬|上旬|下旬))"),
    # 2011年底，全院未结
    re.compile(
        r"(?<![比较与同由从至到截止去上])(?:到|至)?(?P<year>(?:19|20)\d{2})年(?P<until>年?[底末])(?=[，,]|全院|尚?未结|仍?有|存案)"
    ),
    # 三年来, 3年来
    re.compile(r"(?P<many>(?:近|过去)?[一二两三四五六七八九十\d]+(?:年|个月)(?:多)?(?:来|以来|间))"),
    # 本月, 集中执行活动期间: a stretch of its own, whose days are not said
    re.compile(
        r"(?P<many>[本当上](?:月|季度|季|周)(?![率度年])|(?:专项|集中|集中执行|此次|本次)?(?:活动|行动|战役|会战|执行周|执行月)期间|截[至止]到?目前|到?目前为止|迄今|(?<![\u4e00-\u9fa5])目前(?=[,，]))"
    ),
    # 2011年底, 2008年以前: a number, but no stretch of time
    re.compile(r"(?P<day>(?:19|20)\d{2}\s*年(?:底|末|初|以前|之前|前))"),
    # 数读2022：
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?=[:：](?!\d))"),
    # 2011年(度)
    re.compile(r"(?P<year>(?:19|20)\d{2})\s*年度?"),
    re.compile(r"(?<![比较与同至到由从])(?P<said>今年|本年度|去年|上年度)(?!同期|旧存|结转|末|底|初|存案|未结|同比)"),
]


def years_in_digits(text: str) -> str:
    """Return a text with its years in digits, sign for sign.

    >>> years_in_digits("二〇一九年受理一百件")
    '2019年受理一百件'
    """
    return HAN_YEAR.sub(lambda found: found[0].translate(YEAR_SIGNS), text)


PUBLISHED = re.compile(
    r"(?:发布|发表|更新|日期|时间|来源)[^\d\n]{0,8}(?P<y>20\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})"
)


def single_years(span: Span) -> Iterator[Span]:
    """Return the years of a span that is several whole years, each as a span; nothing for any other."""
    first, last = span.first, span.last
    if first and last and last.year > first.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        for year in range(first.year, last.year + 1):
            yield Span(span.start, span.end, f"{year}年", date(year, 1, 1), date(year, 12, 31), year)


def published_on(text: str) -> date | None:
    """The day of publication, where a text says it.

    >>> published_on("发布时间:2012-06-11 10:07:16")
    datetime.date(2012, 6, 11)
    """
    found = PUBLISHED.search(text)
    return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def spans(text: str, published: date | None) -> Iterator[Span]:
    """Expressions of time in a text, in order; only those that say a stretch of time have a day.

    >>> [(s.text, str(s.first), str(s.last)) for s in spans("2011年上半年结案，去年以来息访", date(2012, 6, 11))]
    [('2011年上半年', '2011-01-01', '2011-06-30'), ('去年以来', '2011-01-01', 'None')]
    """
    at, year = 0, None
    month: Span | None = None
    while at < len(text):
        hits = [(m.start(), -m.end(), n, m) for n, p in enumerate(TIMES) if (m := p.search(text, at))]
        if not hits:
            return
        *_, found = min(hits, key=lambda hit: hit[:3])
        span = _span(found, published, year)
        year = span.year or year
        if span.first and span.last:
            month = span if (span.first.year, span.first.month) == (span.last.year, span.last.month) else None
        elif span.text == "当月" and month:
            span = replace(month, start=span.start, end=span.end)
        at = found.end()
        yield span


def _span(found: re.Match[str], published: date | None, context: int | None) -> Span:
    got = {k: v for k, v in found.groupdict().items() if v}
    plain = Span(found.start(), found.end(), found[0], None, None, None, stretch="day" not in got)
    if "day" in got or "many" in got:
        return plain
    year = _year(got, published, context)
    if year is None:
        return plain
    if "said2" in got and published is None:
        return plain
    year2 = int(got.get("year2", published.year if "said2" in got and published else year))
    try:
        first, last = _days(got, year, year2)
    except ValueError:  # a 13th month, a 31st of June: not a stretch of time
        return plain
    return Span(found.start(), found.end(), found[0], first, last, year)


def _year(got: dict[str, str], published: date | None, context: int | None) -> int | None:
    if "year" in got:
        return int(got["year"])
    if "said" in got:
        back = 1 if got["said"][0] in "去上" else 0
        return published.year - back if published else None
    return context or _last_ended(got, published)


def _last_ended(got: dict[str, str], published: date | None) -> int | None:
    """The year of months without one: the last of which they were over on the day of publication."""
    month = PART[got["part"]][1] if "part" in got else month_number(got.get("m2") or got.get("m1") or "0")
    if published is None or not 1 <= month <= 12 or "since" in got:
        return None
    return published.year - (_month_end(published.year, month) > published)


def _days(got: dict[str, str], year: int, year2: int) -> tuple[date | None, date | None]:
    if "part" in got:
        m1, m2 = PART[got["part"]]
        return date(year, m1, 1), _month_end(year, m2)
    m1 = month_number(got.get("m1", "1"))
    first = date(year, m1, int(got.get("d1", 1)))
    if "until" in got:
        last = date(year, m1, int(got["d1"])) if "d1" in got else _month_end(year, m1 if "m1" in got else 12)
        return None, last
    if "since" in got:
        return first, None
    if "d2" in got:
        return first, date(year2, month_number(got["m2"]), int(got["d2"]))
    if "m2" in got:
        return first, _month_end(year2, month_number(got["m2"]))
    return first, _month_end(year, m1) if "m1" in got else date(year2, 12, 31)


def month_number(written: str) -> int:
    """Return a month's number, in digits or not.

    >>> [month_number(written) for written in ("11", "十一", "三", "十")]
    [11, 11, 3, 10]
    """
    return int(written if written.isdigit() and written.isascii() else han_value(written) or 0)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])
