"""Names of rows and columns that are no court's but of several: totals, averages, all courts of an area."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.vocabulary.courts import court_text
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    import pandas as pd

NAMED = 5  # courts of a table that a sentence names
COURT = ("法院", "court")  # as names of courts end
OWN_COURT = re.compile(r"[本我]院|(?:this|our) court", re.IGNORECASE)  # the one whose table it is
# a row that adds up the courts of a table
TOTAL_ROW = re.compile(
    r"(?:全[国省市州县区盟]|各院?)?(?:两级)?(?:法院)?\s*(?:合\s*计|总\s*计|共\s*计|小\s*计|总数)|(?:grand |sub)?total",
    re.IGNORECASE,
)
# a row of several courts: a total of some, all of an area (全州法院 may be 全州县's), an average
OF_SEVERAL = re.compile(
    r".{0,20}(?:合\s*计|总\s*计|共\s*计|小\s*计|总\s*数)数?\s*(?:[（(].*[)）])?[：:]?|全[国省市县区盟]|(?:全[国省市县区盟]|两级|各|基层)+(?:人民)?法院"
    r"|(?:.{0,30} )?(?:sub)?totals?(?: ?\(.*\))?|all (?:.{0,20} )?courts|(?:.{0,20} )?overall",
    re.IGNORECASE,
)
MIDDLE = re.compile(
    r".{0,12}(?:平\s*均(?:数|值|水平)?|均值|中位数)|(?:.{0,20} )?(?:average|mean|median)", re.IGNORECASE
)
SUBTOTAL = re.compile(r"小\s*计|subtotal", re.IGNORECASE)


def is_total(court: str) -> bool:
    """Return whether a row's name is no court's but that of a total of the courts above it.

    >>> [is_total(name) for name in ("合计", "全市合计", "Total", "甲县人民法院")]
    [True, True, True, False]
    """
    return bool(TOTAL_ROW.fullmatch(court.strip()))


def is_no_court(name: str) -> bool:
    """Return whether a row's name is that of several courts: a total of all or some of them, all of an area, an average.

    >>> [is_no_court(name) for name in ("全市法院", "基层法院合计", "平均", "All courts", "合川区法院", "全州法院", "合计镇人民法庭")]
    [True, True, True, True, False, False, False]
    """
    return is_total(name) or is_middle(name) or bool(OF_SEVERAL.fullmatch(name.strip()))


def is_middle(name: str) -> bool:
    """Return whether a row's name is that of a mean or median of several courts, which are no counts: 123.7 cases are no error there.

    >>> [is_middle(name) for name in ("平均", "全市平均数", "Mean", "合计", "平均县人民法院")]
    [True, True, True, False, False]
    """
    return bool(MIDDLE.fullmatch(name.strip()))


def is_own_court(name: str | None) -> bool:
    """Return whether a name is that of the court whose table it is.

    >>> is_own_court("本院"), is_own_court("甲县人民法院"), is_own_court(None)
    (True, False, False)
    """
    return OWN_COURT.fullmatch((name or "").strip()) is not None


def others_named(returns: pd.DataFrame, court: str | None) -> Text:
    """Name the courts of a table of returns that has no row of this one; nothing where it has.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"court": ["甲县人民法院", "乙县人民法院"]})
    >>> others_named(table, "丙县人民法院").zh, others_named(table, "甲县人民法院").zh
    ('甲县人民法院、乙县人民法院', '')
    """
    named = [*dict.fromkeys(returns["court"].dropna())]
    if court in named:
        return Text("", "")
    more = ["…"] if len(named) > NAMED else []
    return listed([*(court_text(name) for name in named[:NAMED]), *more])
