"""What groups, indicators, units and windows are called on a chart, in both languages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.columns import codes, columns
from analysis.charts.drawing.scales import date_label
from analysis.vocabulary.indicator_sets.sets import definition_set, shipped_sets
from analysis.vocabulary.language import Text
from analysis.vocabulary.terms import term, terms

CODED = ("closure_mode", "case_type", "basis")
UNITS = {
    "件": "unit_case",
    "万元": "unit_wan",
    "天": "unit_day",
    "人": "unit_person",
    "次": "unit_time",
    "笔": "unit_grant",
    "%": "%",
}


def column_text(name: str) -> Text:
    """A column's heading: a term, or the register's own name for it.

    >>> column_text("filed").zh, column_text("team").zh
    ('新收', '执行小组')
    """
    if name in terms():
        return term(name)
    known = columns("cases").get(name)
    return known.text if known else Text(name, name)


def group_text(column: str, value: Any) -> Text:
    """What a group of a breakdown is called: a code's name, yes or no with its question, or the value itself.

    >>> group_text("basis", "civil").zh, group_text("has_property", True).zh[-2:], group_text("team", None).en
    ('民事', '：是', 'not stated')
    """
    if pd.isna(value):
        return term("not_stated")
    if isinstance(value, bool) or str(value) in ("True", "False"):
        answer = term("yes" if str(value) == "True" else "no")
        asked = column_text(column)
        return Text(f"{asked.zh}：{answer.zh}", f"{asked.en}: {answer.en}")
    if column in CODED and value in codes(column):
        return codes(column)[value].text
    return term(str(value))


def indicator_text(indicator: str, definition: str = "") -> Text:
    """An indicator's name in the definition set it was computed by; a term, where the set is not one that ships.

    >>> indicator_text("closure_rate", "fujin-2012/closure_rate").zh
    '结案率'
    """
    name, _, key = str(definition).partition("/")
    if name in shipped_sets():
        for known in definition_set(name).definitions:
            if known.id == key:
                return known.text
    return term(indicator)


def unit_text(unit: Any) -> Text:
    """A unit in both languages.

    >>> unit_text("万元").en
    '10,000 yuan'
    """
    return Text("", "") if pd.isna(unit) else term(UNITS.get(str(unit), str(unit)))


def window_text(first: Any, last: Any) -> Text:
    """A window of days in words.

    >>> window_text("2011-01-01", "2011-12-31").zh
    '2011年1月1日至2011年12月31日'
    """
    zh = f"{date_label(first, language='zh')}至{date_label(last, language='zh')}"
    return Text(zh, f"{date_label(first, language='en')} to {date_label(last, language='en')}")


def period_text(day: Any, freq: str) -> Text:
    """The period that begins on a day, named (a period from the 21st bears the name of what it runs into)."""
    into = pd.Timestamp(day) + pd.Timedelta(days=15 if freq in ("M", "Q", "Y") else 0)
    return Text(date_label(into, freq, "zh"), date_label(into, freq, "en"))


def span_text(first: Any, last: Any) -> Text:
    """A period from day to day by its shortest name: a year, years, a month, or both days.

    >>> span_text("2011-01-01", "2011-12-31").zh, span_text("2010-01-01", "2011-12-31").zh
    ('2011年', '2010–2011年')
    >>> span_text("2011-03-01", "2011-03-31").en, span_text("2010-12-21", "2011-12-20").en
    ('Mar 2011', '21 Dec 2010 – 20 Dec 2011')
    """
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year == end.year:
            return period_text(start, "Y")
        return Text(f"{start.year}–{end.year}年", f"{start.year}–{end.year}")
    if start.day == 1 and start + pd.offsets.MonthEnd(0) == end:
        return period_text(start, "M")
    return Text(
        f"{start:%Y-%m-%d} 至 {end:%Y-%m-%d}", f"{date_label(start, language='en')} – {date_label(end, language='en')}"
    )
