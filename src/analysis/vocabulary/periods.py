"""Periods as courts keep them: days given as text, statistical calendars, weeks from Saturday to Friday."""

from __future__ import annotations

import calendar as gregorian
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis.vocabulary.errors import ArgumentError

COURT_ZONE = ZoneInfo("Asia/Shanghai")  # an instant is the day that a court's clock showed
Day = str | date | datetime | pd.Timestamp | np.datetime64  # a day, or a year or month as offices write it
Years = int | str | Iterable[int | str] | None
Periods = Iterable[Any] | None  # windows: pairs of days, or what names one
EARLIEST = pd.Timestamp("1990-01-01")  # no enforcement register kept by computer reaches further back
FREQUENCIES = ("W", "M", "Q", "Y")
# calendar-year: 1 Jan–31 Dec. dec-21: the year runs 21 Dec–20 Dec, its months are calendar months but for January
# (from 21 Dec) and December (to the 20th). month-20: every month ends on the 20th (天津河东 2014).
# filings-dec-nov: filings of Dec–Nov against closings of Jan–Dec (乌兰浩特 2022); a rate only.
CALENDARS = ("calendar-year", "dec-21", "month-20", "filings-dec-nov")
STOCK_CALENDARS = CALENDARS[:3]  # those in which a period has a closing stock
MONTHS_PER_PERIOD = {"M": 1, "Q": 3, "Y": 12}
# Days between the first days of adjoining periods: dates kept by hand may lie a day off.
DAYS_PER_PERIOD = {"W": (6, 8), "M": (27, 32), "Q": (88, 93), "Y": (364, 367)}
# 2011-12-31, 2011/12/31, 2011.12.31, 2011年12月31日, and the same without the day or the month.
WRITTEN_DAY = re.compile(r"(\d{4})(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})日?)?)?")
# 2011年上半年, 2011H1, 2011年前三季度, 2011年第四季度, 2011-Q4, 2011年1—5月: cumulative or not.
NAMED_PERIOD = re.compile(
    r"(?P<year>\d{4})年?[-/]?(?:(?P<half>[上下]半年|[Hh][12])|(?P<upto>前)?第?(?P<quarter>[一二三四1-4])季度|[Qq](?P<q>[1-4])"
    r"|(?P<first>\d{1,2})月?[-—–~至](?P<last>\d{1,2})月)"
)
QUARTERS = {name: number for number, names in enumerate(("一1", "二2", "三3", "四4"), start=1) for name in names}
YEARS = range(1900, 2200)


def day(value: Any, name: str, *, last: bool = False) -> pd.Timestamp:
    """Return a day from a date or from text; a year or month alone means its first day, or with ``last=True`` its last.

    Raises ``ArgumentError`` where it is no day.

    >>> day("2011-12-31", "as_of")
    Timestamp('2011-12-31 00:00:00')
    >>> day("2008-11", "end", last=True)
    Timestamp('2008-11-30 00:00:00')
    """
    if isinstance(value, (date, datetime, np.datetime64)) and not pd.isna(value):
        return pd.Timestamp(value).normalize().tz_localize(None)
    written = WRITTEN_DAY.fullmatch(str(value).strip())
    if written:
        year, month, dom = (int(part) if part else None for part in written.groups())
        month = month or (12 if last else 1)
        with suppress(ValueError, gregorian.IllegalMonthError):  # no such day: the error below says so
            return pd.Timestamp(
                date(year or 0, month, dom or (gregorian.monthrange(year or 0, month)[1] if last else 1))
            )
    raise ArgumentError(
        f"{name} 不是日期：“{value}”。应写作 2011-12-31（或 2011-12、2011）。",
        f'{name} is not a day: "{value}". Write it as 2011-12-31 (or 2011-12, 2011).',
    )


def year_of(value: Any, name: str) -> int:
    """Return a year from a number or from text; raises ``ArgumentError`` where it is none.

    >>> year_of("2011年", "year")
    2011
    """
    try:
        year = int(str(value).strip().removesuffix("年")) if isinstance(value, str) else int(value)
    except (TypeError, ValueError):
        year = 0
    if year not in YEARS:
        raise ArgumentError(
            f"{name} 中的“{value}”不是年份，应写作 2011。", f'"{value}" in {name} is not a year; write it as 2011.'
        )
    return year


def must_be_calendar(calendar: str, *, with_stock: bool = True) -> None:
    """Raise ``ArgumentError`` unless the calendar is known (and, with ``with_stock``, has a closing stock)."""
    if calendar == "filings-dec-nov" and with_stock:
        raise ArgumentError(
            "calendar=“filings-dec-nov”的新收与结案期间不同，没有期末存量：只用于 indicators(years=…) 的率。",
            'calendar="filings-dec-nov" counts filings and closings over different days and has no closing stock: '
            "it serves the rates of indicators(years=…) only.",
        )
    allowed = STOCK_CALENDARS if with_stock else CALENDARS
    if calendar not in allowed:
        raise ArgumentError.not_one_of("calendar", calendar, allowed)


def _month_start(year: int, month: int, calendar: str) -> pd.Timestamp:
    first = pd.Timestamp(year, month, 1)
    if calendar == "month-20" or (calendar == "dec-21" and month == 1):
        before = first - pd.Timedelta(days=1)
        return pd.Timestamp(before.year, before.month, 21)
    return first


def frequency_of(periods: pd.Series) -> str | None:
    """Tell the frequency of periods from their usual distance; ``None`` for fewer than two, or a distance of none.

    >>> frequency_of(pd.Series(pd.to_datetime(["2011-01-01", "2011-02-01", "2011-04-01", "2011-05-01"])))
    'M'
    """
    days = periods.drop_duplicates().sort_values().diff().dropna().dt.days
    usual = days.mode().min() if len(days) else np.nan
    return next((freq for freq, (low, high) in DAYS_PER_PERIOD.items() if low <= usual <= high), None)


def windows(start: Any, end: Any, *, freq: str, calendar: str = "calendar-year") -> pd.DataFrame:
    """Return the statistical periods that touch ``start``–``end``, whole: columns ``period`` (first day) and ``period_end``.

    >>> windows("2011-01-01", "2011-01-10", freq="W")["period"].dt.day_name().unique().tolist()
    ['Saturday']
    >>> windows("2011-01-05", "2011-01-05", freq="Y", calendar="dec-21").iloc[0].astype(str).tolist()
    ['2010-12-21', '2011-12-20']
    """
    if freq not in FREQUENCIES:
        raise ArgumentError.not_one_of("freq", freq, FREQUENCIES)
    must_be_calendar(calendar)
    first, last = day(start, "start"), day(end, "end", last=True)
    for edge in (first, last):
        year_of(edge.year, "period")
    if freq == "W":
        saturday = first - pd.Timedelta(days=(first.day_of_week - 5) % 7)
        starts = pd.date_range(saturday, last + pd.Timedelta(days=7), freq="7D")
    else:
        step = MONTHS_PER_PERIOD[freq]
        starts = pd.DatetimeIndex(
            [
                _month_start(year, month, calendar)
                for year in range(first.year - 1, last.year + 3)
                for month in range(1, 13, step)
            ]
        )
    ends = starts[1:] - pd.Timedelta(days=1)
    table = pd.DataFrame({"period": starts[:-1], "period_end": ends}).astype("datetime64[s]")
    return table[(table["period_end"] >= first) & (table["period"] <= last)].reset_index(drop=True)


def named_period(text: Any, *, calendar: str = "calendar-year") -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return first and last day of a period as offices name it (2011年上半年, 前三季度, 1—5月, 2011-Q3, 2011H1); ``None`` for any other text.

    >>> [str(d.date()) for name in ("2011年1—5月", "2011H2", "2011年前三季度", "2011-Q4") for d in named_period(name)][::2]
    ['2011-01-01', '2011-07-01', '2011-01-01', '2011-10-01']
    >>> str(named_period("2011年上半年")[1].date()), named_period("2011-11-25")
    ('2011-06-30', None)
    """
    found = NAMED_PERIOD.fullmatch(str(text).strip().replace(" ", "")) if isinstance(text, str) else None
    if found is None:
        return None
    year, part = int(found["year"]), found.groupdict()
    if part["first"]:
        first, last = int(part["first"]), int(part["last"])
    elif part["half"]:
        first, last = (1, 6) if part["half"] in ("上半年", "H1", "h1") else (7, 12)
    else:
        quarter = QUARTERS[part["quarter"] or part["q"]]
        first, last = (1 if part["upto"] else 3 * quarter - 2), 3 * quarter
    if not 1 <= first <= last <= MONTHS_PER_PERIOD["Y"]:
        return None
    must_be_calendar(calendar)
    after = (year, last + 1) if last < MONTHS_PER_PERIOD["Y"] else (year + 1, 1)
    return _month_start(year, first, calendar), _month_start(*after, calendar) - pd.Timedelta(days=1)


def year_window(year: Any, *, calendar: str = "calendar-year") -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return first and last day of a statistical year.

    >>> [str(d.date()) for d in year_window(2011, calendar="month-20")]
    ['2010-12-21', '2011-12-20']
    """
    must_be_calendar(calendar)
    number = year_of(year, "year")
    first = _month_start(number, 1, calendar)
    return first, _month_start(number + 1, 1, calendar) - pd.Timedelta(days=1)
