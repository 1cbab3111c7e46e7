"""Days and periods as a reader of either language writes them, whatever the machine's locale and time zone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import FREQUENCIES, MONTHS_PER_PERIOD, days_known, first_days, frequency_of
from analysis.vocabulary.text import Text, spoken

FREQS = ("D", "W", "M", "Q", "Y")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INTO = 16  # days by which a period that begins from the 16th on has come into the month or year whose name it bears


def date_label(day: object, freq: str = "D", language: str | None = None) -> str:
    """Write a day, or the period that it begins, as a reader of that language does.

    >>> date_label("2011-03-01", "M"), date_label("2011-03-01", "M", "en"), date_label("2011-04-01", "Q")
    ('2011年3月', 'Mar 2011', '2011年第2季度')
    """
    if freq not in FREQS:
        raise ArgumentError.not_one_of("freq", freq, FREQS)
    date = pd.Timestamp(day)  # type: ignore[arg-type]
    quarter = (date.month + 2) // 3
    if (language or spoken()) == "zh":
        forms = {"Y": f"{date.year}年", "Q": f"{date.year}年第{quarter}季度", "M": f"{date.year}年{date.month}月"}
        return forms.get(freq, f"{date.year}年{date.month}月{date.day}日")
    month = MONTHS[date.month - 1]
    forms = {"Y": f"{date.year}", "Q": f"{date.year} Q{quarter}", "M": f"{month} {date.year}"}
    return forms.get(freq, f"{date.day} {month} {date.year}")


def day_text(day: Any) -> Text:
    """Name a day in words.

    >>> day_text("2011-12-31").zh, day_text("2011-12-31").en
    ('2011年12月31日', '31 Dec 2011')
    """
    return Text(date_label(day, language="zh"), date_label(day, language="en"))


def period_text(day: Any, freq: str) -> Text:
    """Name the period that begins on a day (one from the second half of a month bears the name of what it runs into); no day has no name.

    >>> period_text("2010-12-21", "Y").zh, period_text("2011-08-01", "M").en, period_text(None, "M").zh
    ('2011年', 'Aug 2011', '—')
    """
    if pd.isna(day):
        return Text("—", "—")
    into = naming_day(day, freq)
    return Text(date_label(into, freq, "zh"), date_label(into, freq, "en"))


def naming_day(day: Any, freq: str) -> pd.Timestamp:
    """Return the day by which the period that begins on a day is named.

    >>> str(naming_day("2011-01-16", "M").date()), str(naming_day("2011-01-16", "W").date())
    ('2011-02-01', '2011-01-16')
    """
    return pd.Timestamp(day) + pd.Timedelta(days=INTO if freq in ("M", "Q", "Y") else 0)


def are_periods(days: pd.Series, freq: str) -> bool:
    """Return whether days may begin periods of a frequency, any of them left out; those of longer periods, or last days, do not.

    >>> months = pd.Series(pd.date_range("2011-01-01", periods=6, freq="MS"))
    >>> are_periods(months, "M"), are_periods(months.iloc[[0, 1, 5]], "M"), are_periods(months.iloc[[0, 3]], "M")
    (True, True, False)
    >>> are_periods(pd.Series(pd.to_datetime(["2007-01-01", "2011-01-01"])), "Y")
    True
    """
    begun = pd.DatetimeIndex(days.dropna().unique()).sort_values()
    if freq not in MONTHS_PER_PERIOD:  # weeks and days
        return math.gcd(*(begun - begun[:1].min()).days) in (0, 7 if freq == "W" else 1)
    into = begun + pd.Timedelta(days=INTO)
    steps = np.diff(12 * into.year + into.month)
    is_last = len(begun) > 0 and begun.is_month_end.all()
    apart = math.gcd(*steps)
    fits = (
        apart % MONTHS_PER_PERIOD["Y"] == 0 if freq == "Y" else apart in (0, MONTHS_PER_PERIOD[freq])
    )  # no period is longer than years
    return not is_last and bool((steps > 0).all()) and fits


def added_up(periods: pd.Series, freq: Any) -> tuple[pd.Series, str | None] | None:
    """Return the first days and the frequency of periods that somebody made of those of ``freq``; ``None`` where they are these still.

    >>> days, freq = added_up(pd.Series(pd.to_datetime(["2011-03-31", "2011-06-30"])), "M")
    >>> days.astype(str).tolist(), freq
    (['2011-01-01', '2011-04-01'], 'Q')
    """
    begun = days_known(periods)
    if freq not in FREQUENCIES or begun.isna().any() or are_periods(begun, freq):
        return None
    longer = frequency_of(begun)
    return (begun if longer is None else first_days(begun, longer)), longer


def window_text(first: Any, last: Any) -> Text:
    """Name a window of days in words.

    >>> window_text("2011-01-01", "2011-12-31").zh
    '2011年1月1日至2011年12月31日'
    """
    zh = f"{date_label(first, language='zh')}至{date_label(last, language='zh')}"
    return Text(zh, f"{date_label(first, language='en')} to {date_label(last, language='en')}")


def span_text(first: Any, last: Any) -> Text:
    """Name a period from day to day by its shortest name: a year, years, a quarter, a month, months, or both days.

    >>> span_text("2011-01-01", "2011-12-31").zh, span_text("2010-01-01", "2011-12-31").zh
    ('2011年', '2010–2011年')
    >>> span_text("2011-07-01", "2011-09-30").zh, span_text("2011-07-01", "2011-09-30").en
    ('2011年第3季度', '2011 Q3')
    >>> span_text("2011-03-01", "2011-03-31").en, span_text("2010-12-21", "2011-12-20").en, span_text("2010-12-21", "2011-12-20").zh
    ('Mar 2011', '21 Dec 2010 – 20 Dec 2011', '2010年12月21日至2011年12月20日')
    >>> span_text("2011-01-01", "2011-08-31").zh, span_text("2010-09-01", "2011-08-31").zh, span_text("2010-09-01", "2011-08-31").en
    ('2011年1–8月', '2010年9月至2011年8月', 'Sep 2010 – Aug 2011')
    >>> span_text("2011-01-01", "2011-08-20").zh, span_text("2011-01-01", "2011-08-20").en, span_text("2011-01-01", "2011-08-31").en
    ('2011年1月1日至8月20日', '1 Jan – 20 Aug 2011', 'Jan–Aug 2011')
    """
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year == end.year:
            return period_text(start, "Y")
        return Text(f"{start.year}–{end.year}年", f"{start.year}–{end.year}")
    if start.day == 1 and start + pd.offsets.MonthEnd(0) == end:
        return period_text(start, "M")
    if start.day == 1 and start.month % 3 == 1 and start + pd.offsets.MonthEnd(3) == end:
        return period_text(start, "Q")
    freq = "M" if start.day == 1 and end.is_month_end else "D"
    zh, en = ([date_label(day, freq, language) for day in (start, end)] for language in ("zh", "en"))
    if start.year != end.year:
        return Text("至".join(zh), " – ".join(en))
    of_year = (zh[1].partition("年")[2], en[0].removesuffix(f" {start.year}"))
    if freq == "D":
        return Text(f"{zh[0]}至{of_year[0]}", f"{of_year[1]} – {en[1]}")
    return Text(f"{zh[0].removesuffix('月')}–{of_year[0]}", f"{of_year[1]}–{en[1]}")
