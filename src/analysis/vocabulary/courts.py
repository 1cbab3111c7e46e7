"""Courts by name: what a court is called in English where that is known, and a team by the rule of its number."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from analysis.vocabulary.numerals import NUMERAL, numeral
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, before_figure, number_of, text_of_cell

STATE = re.compile(r"[A-Z]{2}")
TEAM = re.compile(rf"执行(?P<number>{NUMERAL.pattern})(?:组|队|庭|小组|团队)")


# The level that a court's name says, in either writing of the characters; a name of the first two is one of the last as well.
RANKED = (
    ("intermediate", re.compile("中[级級]人民法院|中院$")), ("high", re.compile("高[级級]人民法院|高院$")),
    ("basic", re.compile("人民法院|(?:[县縣旗]|(?<![地治])[区區])(?:法院)?$")),
)  # fmt: skip
OF_A_PROVINCE = "省法院"
PROVINCE = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
SEVERAL_COURTS = Text("多个法院合计", "several courts together")  # in place of a court's name
OF_SEVERAL_COURTS = re.compile("(?:省|市|自治区|州|盟|地区)$")  # an area that holds courts of counties
SHORT = re.compile("(?:人民)?法院$")
HIGHER = re.compile("(?<=..)(中|高)院$")  # 青岛中院
# What a place is, which bulletins leave out of its court's name: 清河法院 for 清河县人民法院.
OF_PLACE = re.compile("(?<=[\u3400-\u9fff]{2})(?:自治县|自治旗|县|市|区|旗)(?=(?:[中高]级)?人民法院$)")
SYNTHETIC = re.compile(r"合成法院(?P<number>\d+)")  # of the sample panel
AREA = re.compile(r"区域(?P<number>[0-9a-f]+)")  # as a label is shown that may be a person's name


@cache
def courts() -> tuple[dict[str, Any], ...]:
    """Return the courts of ``courts.toml``: ``zh, en``, and ``code`` and ``former_codes`` where they are known."""
    return tuple(_read()["courts"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("analysis.vocabulary").joinpath("courts.toml").read_text(encoding="utf-8"))


@cache
def _english() -> dict[str, str]:
    return {court["zh"]: court["en"] for court in courts()}


# What the court's own file calls courts, teams and townships in English. A name is the same wherever it is written, so it is kept here
# for the run, and not handed through every table and chart that may write it.
_called: dict[str, str] = {}


def call_in_english(names: Mapping[str, str]) -> None:
    """Take over English names of courts, teams and townships, by their Chinese ones, as the court's file gives them (``[english]``).

    >>> call_in_english({"石盘县人民法院": "Shipan County People's Court", "夜间组": "Night Team"})
    >>> court_text("石盘县人民法院").en, team_text("夜间组、执行一组").en, area_text("石盘镇").en
    ("Shipan County People's Court", 'Night Team, Enforcement Team 1', '石盘镇')
    """
    _called.update(names)


def court_text(name: str) -> Text:
    """Return a court's name in both languages, or that of a province's courts together; one whose English name is not known is called by its own.

    >>> court_text("富锦市人民法院").en, court_text("安徽省法院").en, court_text("青石县人民法院").en
    ("Fujin City People's Court", 'courts of Anhui Province', '青石县人民法院')
    >>> court_text("合成法院48").en, court_text("多个法院合计" + chr(10) + "several courts together").zh
    ('Synthetic Court 48', '多个法院合计')
    """
    if "\n" in name:  # a cell in both languages
        return text_of_cell(name)
    if synthetic := SYNTHETIC.fullmatch(name):
        return Text(name, f"Synthetic Court {synthetic['number']}")
    province = _read()["provinces"].get(name.removesuffix(OF_A_PROVINCE))
    whole = f"courts of {province} Province" if province and name.endswith(OF_A_PROVINCE) else name
    return Text(name, _called.get(name) or _english().get(name, whole))


def is_same_court(name: str, other: str) -> bool:
    """Return whether two names are one court's, written in full or in short: 法院 for 人民法院, without the province or city that it lies in.

    >>> is_same_court("青石县法院", "河北省青石县人民法院"), is_same_court("白石县法院", "河北省青石县人民法院")
    (True, False)
    >>> is_same_court("朝阳区人民法院", "北京市朝阳区法院"), is_same_court("长春市朝阳区法院", "北京市朝阳区法院")
    (True, False)
    >>> is_same_court("青石法院", "河北省青石县人民法院"), is_same_court("青石市法院", "青石县人民法院")
    (True, False)
    """
    short, full = sorted((_in_full(one) for one in (name, other)), key=len)
    return any(_is_within(short, one) for one in {full, OF_PLACE.sub("", full)})


def _in_full(name: str) -> str:
    return SHORT.sub("人民法院", HIGHER.sub(r"\1级人民法院", re.sub(r"\s", "", name)))


def _is_within(short: str, full: str) -> bool:
    """Whether names that differ do so by the province or city that the court lies in."""
    above = full.removesuffix(short)
    return not above or (
        above != full and (above in _read()["provinces"] or OF_SEVERAL_COURTS.search(above) is not None)
    )


def court_opening(name: str, mark: str) -> Text:
    """Return a court's name as it opens a sentence: in Chinese set apart from a figure behind it, in English with a ``mark`` behind it.

    >>> court_opening("富锦市人民法院", ":").en, court_opening("Fuyuan Court", ",").zh
    ("Fujin City People's Court: ", 'Fuyuan Court ')
    """
    text = court_text(name)
    return Text(before_figure(text.zh), f"{text.en}{mark} ")


def province_text(name: str) -> Text:
    """Return a province's name in both languages, with or without 省, 市, 自治区; any other as it is.

    >>> province_text("黑龙江省").en, province_text("内蒙古").en, province_text("全国").en
    ('Heilongjiang', 'Inner Mongolia', '全国')
    """
    provinces: dict[str, str] = _read()["provinces"]
    return Text(name, provinces.get(name) or provinces.get(PROVINCE.sub("", name), name))


def area_text(name: str) -> Text:
    """Return an area's name in both languages: a label shown by number by rule, any other as it is.

    >>> area_text("区域272852").en, area_text("城关镇").en
    ('Area 272852', '城关镇')
    """
    match = AREA.fullmatch(name)
    return Text(name, f"Area {match['number']}" if match else _called.get(name, name))


def counted_courts(names: Iterable[Any]) -> Text:
    """Count what is compared, courts unless all are called as states; of several years their figures as well.

    >>> counted_courts(["甲", "乙"]).zh, counted_courts(["甲"]).en, counted_courts(["IT", "DE", "FR"]).en
    ('2家法院', '1 court', '3 states')
    >>> counted_courts(["甲", "乙", "甲"]).zh, counted_courts(["甲", "乙", "甲"]).en
    ('2家法院的3个数字', '3 figures of 2 courts')
    """
    figures = list(names)
    known = list(dict.fromkeys(figures))
    states = are_states(known)
    said = Text(
        f"{len(known)}{'个国家' if states else '家法院'}", number_of(len(known), "state" if states else "court")
    )
    if len(known) == len(figures):
        return said
    return Text(f"{said.zh}的{len(figures)}个数字", f"{len(figures):,} figures of {said.en}")


def measure_word(names: Iterable[Any]) -> str:
    """Return the Chinese measure word of what ``counted_courts`` counts: of courts, or of their figures.

    >>> measure_word(["甲", "乙"]), measure_word(["甲", "乙", "甲"])
    ('家', '个')
    """
    figures = list(names)
    return "家" if len(set(figures)) == len(figures) else "个"


def maybe_renamed(court: Iterable[Any], period: Iterable[Any]) -> Text:
    """Ask whether two names are one court's, where one ends in the period before that in which one other begins; else nothing.

    >>> maybe_renamed(["甲", "甲", "乙", "乙", "丙"], [2010, 2011, 2010, 2011, 2011]).zh
    ''
    >>> maybe_renamed(["甲", "乙", "丙", "丙"], [2010, 2011, 2010, 2011]).en
    '; 甲 ends with 2010 and 乙 begins with 2011: if one court was renamed, give it one name'
    """
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    periods = set()
    for name, when in zip(map(str, court), period, strict=True):
        first[name], last[name] = min(first.get(name, when), when), max(last.get(name, when), when)
        periods.add(when)
    begins, ends = Counter(first.values()), Counter(last.values())
    said = Text("", "")
    for before, after in pairwise(sorted(periods)):
        if ends[before] == begins[after] == 1:
            ended = next(name for name, when in last.items() if when == before)
            begun = next(name for name, when in first.items() if when == after)
            said = said + Text(
                f"；{ended}止于{before}，{begun}始于{after}：若是一院改名，请写同一名称",
                f"; {ended} ends with {before} and {begun} begins with {after}: if one court was renamed, give it one name",
            )
    return said


def are_states(names: Iterable[Any]) -> bool:
    """Return whether all that is compared bears the two letters of a state, or the name of one that is known.

    >>> are_states(["IT", "Germany", "法国"]), are_states(["德国", "某院"])
    (True, False)
    """
    known = [str(name).strip() for name in names]
    return bool(known) and all(STATE.fullmatch(name) or name.casefold() in _states() for name in known)


@cache
def _states() -> frozenset[str]:
    read = tomllib.loads(files("analysis.vocabulary").joinpath("states.toml").read_text(encoding="utf-8"))
    names = [*read["other_names"], *(state[language] for state in read["states"] for language in ("zh", "en"))]
    return frozenset(name.casefold() for name in names)


def of_compared(key: str, names: Iterable[Any]) -> Text:
    """Return a term that speaks of courts, as it is said of states where these are compared.

    >>> of_compared("peer_courts", ["甲", "乙"]).en, of_compared("peer_courts", ["IT", "DE"]).en
    ('other courts', 'other states')
    """
    return term(f"{key}_states" if are_states(names) else key)


def marked_or_not(own: bool, marked: bool, names: Iterable[Any]) -> Text:
    """Return what a point of a chart is: the court marked, one of the others, or one of all where none is marked.

    >>> marked_or_not(False, True, ["甲"]).en, marked_or_not(False, False, ["甲"]).en, marked_or_not(True, True, ["IT"]).en
    ('other courts', 'courts', 'state marked')
    """
    return of_compared("own_court" if own else "peer_courts" if marked else "all_courts", names)


def team_text(name: str) -> Text:
    """Return a team's name in both languages: a numbered one (several, parted by 、) by rule, any other as it is.

    >>> team_text("执行三组").en, team_text("执行一组、执行十二组").en, team_text("速执组").en
    ('Enforcement Team 3', 'Enforcement Team 1, Enforcement Team 12', '速执组')
    """
    return Text(name, ", ".join(_team(part) for part in name.split("、")))


def _team(name: str) -> str:
    match = TEAM.fullmatch(name)
    return _called.get(name) or (f"Enforcement Team {numeral(match['number'])}" if match else name)


def higher_first(courts: Iterable[str]) -> list[str]:
    """Return courts with those first that are over others by their names, else in the order given.

    >>> higher_first(["安丰县人民法院", "云州市中级人民法院", "清泉县人民法院"])
    ['云州市中级人民法院', '安丰县人民法院', '清泉县人民法院']
    """
    order = {"high": 0, "intermediate": 1}
    return sorted(courts, key=lambda court: order.get(level_named(court) or "", len(order)))


def level_named(court: str | None) -> str | None:
    """Return the level that a court's name says, ``None`` where it says none.

    >>> [level_named(court) for court in ("云州市中级人民法院", "臨澤縣人民法院", "青石县", "州法院", "某地区")]
    ['intermediate', 'basic', 'basic', None, None]
    """
    return next((level for level, name in RANKED if court and name.search(court)), None)
