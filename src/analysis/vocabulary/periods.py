"""Periods as courts keep them: days given as text, statistical calendars, weeks from Saturday to Friday."""

from __future__ import annotations

import calendar as gregorian
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from numbers import Real
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.period_names import MONTH_NAME, MONTHS, YEARS, in_figures, months_named
from analysis.vocabulary.text import Text, folded, quoted

COURT_ZONE = ZoneInfo("Asia/Shanghai")  # an instant is the day that a court's clock showed
Day = str | date | datetime | pd.Timestamp | np.datetime64  # a day, or a year or month as offices write it
Period = (
    int | np.integer | Day | pd.Period | tuple[Day | None, Day | None]
)  # a year, what offices call a period, a day, or its first and last day
Periods = Period | Iterable[Period] | None
Year = int | np.integer | str | pd.Period | np.datetime64  # a year alone
EARLIEST = pd.Timestamp("1990-01-01")  # no enforcement register kept by computer reaches further back
LATEST = pd.Timestamp("2100-12-31")  # a last day beyond is a slip of the pen, of which every month would be counted
FREQUENCIES = ("W", "M", "Q", "Y")
FREQUENCY_WORDS = {
    "周": "W",
    "月": "M",
    "月度": "M",
    "季": "Q",
    "季度": "Q",
    "年": "Y",
    "年度": "Y",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
}
# calendar-year: 1 Jan–31 Dec. dec-21: the year runs 21 Dec–20 Dec, its months are calendar months but for January
# (from 21 Dec) and December (to the 20th). month-20: every month ends on the 20th (天津河东 2014). Of both forms any day
# of the second half of a month: month-22, month-25, dec-26.
# filings-dec-nov: filings of Dec–Nov against closings of Jan–Dec (乌兰浩特 2022); a rate only.
FILINGS_AHEAD = "filings-dec-nov"
STOCK_CALENDARS = ("calendar-year", "dec-21", "month-20", "month-22", "month-25")  # the usual ones
CALENDARS = (*STOCK_CALENDARS, FILINGS_AHEAD)
ALL_CALENDARS = tuple(
    dict.fromkeys(
        [*STOCK_CALENDARS, *(f"month-{last}" for last in range(15, 28)), *(f"dec-{first}" for first in range(16, 32))]
    )
)  # those that have a closing stock
MONTHS_PER_PERIOD = {"M": 1, "Q": 3, "Y": 12}
OTHER_LENGTH = 8  # windows that differ by more than an eighth of their days are not the same months
MONTHS_DIFFER = 3  # days by which as many calendar months on end can differ: February and March
# Days between the first days of adjoining periods: dates kept by hand may lie a day off.
DAYS_PER_PERIOD = {"W": (6, 8), "M": (27, 32), "Q": (88, 93), "Y": (364, 367)}
# 2011-12-31, 2011/12/31, 2011.12.31, 2011年12月31日, and the same without the day or the month.
WRITTEN_DAY = re.compile(
    r"(\d{4})(?:年|(?P<mark>[-/.年])(\d{1,2})(?:月|(?:(?P=mark)|月)(\d{1,2})日?)?)?"
)  # one mark: 2011年1-9 may be months
# 31 Dec 2011, as the package writes days in English; of 12/31/2011 nobody can tell the day from the month.
DAY_BY_NAME = re.compile(rf"(\d{{1,2}})\s+({MONTH_NAME.pattern})\s+(\d{{4}})", re.IGNORECASE)
YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4}年)(?P<month>\d{1,2}月)?")
RANGE = re.compile(
    r"[至到]|\s+(?:to|through)\s+|\s*[—–～~]+\s*|\s+-\s+|(?<=[年月日])-|(?<=\d)-(?=\d{4}\D)"
)  # between two days
TIMED = re.compile(r"(\S+)\s+\d{1,2}(?::\d{2}){1,2}")  # 2011/12/31 0:00
SHOWN_VALUES = 5  # of those that an error names
ORDINALS = {21: "21st", 22: "22nd", 23: "23rd"}  # of 15 to 27 the only ones not in -th


def day(value: Any, name: str, *, last: bool = False) -> pd.Timestamp:
    """Return a day from a date or from text; a year or month alone means its first day, or with ``last=True`` its last.

    Raises ``ArgumentError`` where it is no day.

    >>> day("2011-12-31", "as_of")
    Timestamp('2011-12-31 00:00:00')
    >>> day("2008-11", "end", last=True)
    Timestamp('2008-11-30 00:00:00')

    An instant with a zone is the court's day: 16:00 in Greenwich is midnight here.

    >>> day(pd.Timestamp("2010-12-31T16:00Z"), "as_of")
    Timestamp('2011-01-01 00:00:00')
    """
    if is_day(value):
        at = pd.Timestamp(value)
        return (at if at.tzinfo is None else at.tz_convert(COURT_ZONE).tz_localize(None)).normalize()
    written = None if is_fraction(value) else WRITTEN_DAY.fullmatch(as_written(value))
    if written:
        year, month, dom = (int(part) if part else None for part in written.group(1, 3, 4))
        month = (12 if last else 1) if month is None else month
        with suppress(ValueError, gregorian.IllegalMonthError):  # no such day: the error below says so
            ends = gregorian.monthrange(year or 0, month)[1] if last else 1
            return pd.Timestamp(date(year or 0, month, ends if dom is None else dom))
    raise ArgumentError(
        f"{name} 不是日期：“{value}”。应写作2011-12-31（或2011-12、2011）。",
        f'{name} is not a day: "{value}". Write it as 2011-12-31 (or 2011-12, 2011).',
    )


def is_day(value: Any) -> bool:
    """Return whether a value is a day or an instant of any library; of numpy a year or month is none.

    >>> is_day(date(2011, 3, 1)), is_day(np.datetime64("2011-03-01")), is_day(np.datetime64("2011-03")), is_day(pd.NaT)
    (True, True, False, False)
    """
    if isinstance(value, np.datetime64) and np.datetime_data(value)[0] in ("Y", "M"):
        return False
    return isinstance(value, date | np.datetime64) and not pd.isna(value)


def is_fraction(value: Any) -> bool:
    """Return whether a value is a number with a fraction, which tells no month: 2011.10 is the number 2011.1.

    >>> is_fraction(2011.10), is_fraction(2011.0), is_fraction("2011.10")
    (True, False, False)
    """
    return isinstance(value, float | np.floating) and not value.is_integer()


def days_known(column: pd.Series, *, last: bool = False) -> pd.Series:
    """Return days of the court from a column of whatever days, instants or periods (their first day, or last); ``NaT`` for anything else.

    >>> days_known(pd.Series([2011, 20110630, "2011/6/30 0:00", pd.Period("2011Q2"), "不详"]), last=True).dt.strftime("%Y-%m-%d").tolist()
    ['2011-12-31', '2011-06-30', '2011-06-30', '2011-06-30', nan]
    """
    texts = column.astype("object").map(str)  # a cell may hold what has no hash
    known = {text: _in_any_form(value, last=last) for text, value in zip(texts, column, strict=True)}
    return texts.map(known).astype("datetime64[ns]")


def days(column: pd.Series, name: str) -> pd.Series:
    """Return a column as days, as ``days_known`` reads them; what is no day, and not blank, is an ``InputError``."""
    read = days_known(column, last=name == "period_end")
    unread = column[read.isna() & column.notna() & column.astype(str).str.strip().ne("")]
    if len(unread):
        shown = quoted(unread.astype(str).unique()[:SHOWN_VALUES])
        raise InputError(f"列 {name} 中 {shown.zh} 不是日期。", f"Column {name}: {shown.en} is not a date.")
    return read


def period_days(table: pd.DataFrame) -> pd.DataFrame:
    """Return the first and last days of the periods of a table, as far as it has them, as ``days_known`` reads them."""
    ends = {"period_start": False, "period_end": True}
    return pd.DataFrame({name: days_known(table[name], last=last) for name, last in ends.items() if name in table})


def _in_any_form(value: Any, *, last: bool) -> Any:
    if is_fraction(value) or (isinstance(value, date | pd.Period) and value.year not in YEARS):
        return pd.NaT
    if isinstance(value, pd.Period):
        return (value.end_time if last else value.start_time).normalize()
    text = as_written(value)
    if (named := named_period(text)) is not None:
        return named[last]
    forms: list[Any] = [value, text]
    with suppress(ValueError):
        forms.append(datetime.fromisoformat(text))
    if (timed := TIMED.fullmatch(text)) is not None:
        forms.append(timed[1])
    for form in forms:
        with suppress(ArgumentError):
            known = day(form, "period", last=last)
            return known if known.year in YEARS else pd.NaT
    return pd.NaT


def as_written(value: Any) -> str:
    """Return a time as an office writes it, a year by any library's number: 2011 for 2011.0.

    >>> as_written(2011.0), as_written(np.int64(2011)), as_written(" 2011年 ")
    ('2011', '2011', '2011年')
    >>> as_written("31 Dec 2011")
    '2011-12-31'
    """
    if isinstance(value, Real | Decimal) and not isinstance(value, bool) and float(value).is_integer():
        return str(int(float(value)))
    text = str(value).strip()
    if named := DAY_BY_NAME.fullmatch(text):
        month = next(place for place, name in enumerate(MONTHS, start=1) if name[:3] == named[2][:3].lower())
        return f"{named[3]}-{month:02d}-{int(named[1]):02d}"
    return text


def last_day_known(value: Any) -> pd.Timestamp:
    """Return the day to which a register is known; raises ``ArgumentError`` where it is none, or one that nobody alive will see.

    >>> last_day_known("2011-12")
    Timestamp('2011-12-31 00:00:00')
    """
    last = day(value, "as_of", last=True)
    if last > LATEST:
        raise ArgumentError(
            f"as_of（{last.date()}）晚于{LATEST.year}年：应为台账截止日，多半是笔误。",
            f"as_of ({last.date()}) is after {LATEST.year}: expected the day to which the register is known; likely a slip of the pen.",
        )
    return last


def year_of(value: Any, name: str) -> int:
    """Return a year from a number, a text or a year of pandas or numpy; raises ``ArgumentError`` where it is none.

    >>> year_of("2011年度", "year"), year_of("二〇一一年", "year"), year_of(pd.Period("2011", "Y"), "year")
    (2011, 2011, 2011)
    """
    if isinstance(value, np.datetime64) or (isinstance(value, pd.Period) and value.freqstr == "Y-DEC"):
        value = str(value)
    try:
        written = in_figures(value.strip()).removesuffix("度").removesuffix("年") if isinstance(value, str) else value
        year = int(written) if isinstance(written, str) or float(written).is_integer() else 0
    except (TypeError, ValueError):
        year = 0
    if year not in YEARS:
        raise ArgumentError(
            f"{name} 中的“{value}”不是年份，应写作2011。", f'"{value}" in {name} is not a year; write it as 2011.'
        )
    return year


def calendar_text(calendar: str) -> Text:
    """Say over which days a statistical calendar counts.

    >>> calendar_text("month-22").zh, calendar_text("dec-21").en
    ('每月以22日为止（上年12月23日至当年12月22日）', '21 December of the year before to 20 December')
    """
    kind, _, at = calendar.partition("-")
    if calendar == FILINGS_AHEAD:
        return Text(
            "新收计上年12月至当年11月，结案计1月至12月", "filings December to November, closings January to December"
        )
    if kind == "month":
        last = int(at)
        nth = ORDINALS.get(last, f"{last}th")
        return Text(
            f"每月以{last}日为止（上年12月{last + 1}日至当年12月{last}日）",
            f"months to the {nth} ({last + 1} December of the year before to {last} December)",
        )
    if kind == "dec":
        first = int(at)
        return Text(
            f"上年12月{first}日至当年12月{first - 1}日", f"{first} December of the year before to {first - 1} December"
        )
    return Text("公历年（1月1日至12月31日）", "calendar year (1 January to 31 December)")


def calendar_words() -> dict[str, str]:
    """Return each statistical calendar by what ``calendar_text`` calls it.

    >>> calendar_words()["公历年（1月1日至12月31日）"]
    'calendar-year'
    """
    texts = {name: calendar_text(name) for name in (*ALL_CALENDARS, FILINGS_AHEAD)}
    return {word: name for name, text in texts.items() for word in (text.zh, text.en)}


def must_be_calendar(calendar: str, *, with_stock: bool = True) -> None:
    """Raise ``ArgumentError`` unless the calendar is known (and, with ``with_stock``, has a closing stock)."""
    if calendar == FILINGS_AHEAD and with_stock:
        raise ArgumentError(
            "calendar=“filings-dec-nov”的新收与结案期间不同，没有期末存量：只用于 indicators(periods=…) 整年的率。",
            'calendar="filings-dec-nov" counts filings and closings over different days and has no closing stock: '
            "it serves the rates of whole years in indicators(periods=…) only.",
        )
    if calendar != FILINGS_AHEAD and calendar not in ALL_CALENDARS:
        known = STOCK_CALENDARS if with_stock else CALENDARS
        raise ArgumentError.not_one_of("calendar", calendar, known, words=calendar_words())


def _month_start(year: int, month: int, calendar: str) -> pd.Timestamp:
    """The first day of a statistical month; months may be counted on beyond a year's (13 is the next January)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    kind, _, at = calendar.partition("-")
    if kind == "month" or (kind == "dec" and month == 1):
        before = pd.Timestamp(year, month, 1) - pd.DateOffset(months=1)
        return before + pd.Timedelta(days=int(at) - (kind == "dec"))
    return pd.Timestamp(year, month, 1)


def frequency_of(periods: pd.Series) -> str | None:
    """Tell the frequency of periods from their usual distance; ``None`` for fewer than two, or a distance of none.

    >>> frequency_of(pd.Series(pd.to_datetime(["2011-01-01", "2011-02-01", "2011-04-01", "2011-05-01"])))
    'M'
    """
    days = periods.drop_duplicates().sort_values().diff().dropna().dt.days
    usual = days.mode().min() if len(days) else np.nan
    return next((freq for freq, (low, high) in DAYS_PER_PERIOD.items() if low <= usual <= high), None)


def first_days(days: pd.Series, freq: str) -> pd.Series:
    """Return the first days of calendar periods, also where each day given is the last of its period.

    >>> first_days(pd.Series(pd.to_datetime(["2011-03-31", "2011-06-30"])), "Q").astype(str).tolist()
    ['2011-01-01', '2011-04-01']
    """
    if freq == "W":
        return days
    spans = days.dt.to_period(freq)
    is_last = (spans.dt.end_time.dt.normalize().astype("datetime64[s]") == days.astype("datetime64[s]")).all()
    return spans.dt.start_time.astype("datetime64[s]") if is_last else days


def as_frequency(freq: str) -> str:
    """Return a frequency by its letter or by the field's word for it; raises ``ArgumentError`` for another.

    >>> as_frequency("m"), as_frequency("季度")
    ('M', 'Q')
    """
    letters = {folded(word): letter for word, letter in [*((f, f) for f in FREQUENCIES), *FREQUENCY_WORDS.items()]}
    letter = letters.get(folded(freq))
    if letter is None:
        raise ArgumentError.not_one_of("freq", freq, [*FREQUENCIES, *FREQUENCY_WORDS])
    return letter


def windows(start: Any, end: Any, *, freq: str, calendar: str = "calendar-year") -> pd.DataFrame:
    """Return the statistical periods that touch ``start``–``end``, whole: columns ``period`` (first day) and ``period_end``.

    >>> windows("2011-01-01", "2011-01-10", freq="W")["period"].dt.day_name().unique().tolist()
    ['Saturday']
    >>> windows("2011-01-05", "2011-01-05", freq="Y", calendar="dec-21").iloc[0].astype(str).tolist()
    ['2010-12-21', '2011-12-20']
    """
    freq = as_frequency(freq)
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
                _month_start(first.year - 1, month, calendar)
                for month in range(1, 12 * (last.year - first.year + 4) + 1, step)
            ]
        )
    ends = starts[1:] - pd.Timedelta(days=1)
    table = pd.DataFrame({"period": starts[:-1], "period_end": ends}).astype("datetime64[s]")
    return table[(table["period_end"] >= first) & (table["period"] <= last)].reset_index(drop=True)


def named_period(text: Any, *, calendar: str = "calendar-year") -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return first and last day of a period as offices name it, in a statistical calendar; ``None`` for a day or any other text.

    A year or years, half-year, quarter, month, or months on end, cumulative or not: 2011年, 2010—2011年, 2011年上半年, 2011H1, 2011年前三季度,
    2011Q1-Q3, 2011-Q4, 2011年1—5月, 2011年一至五月, 2011M1-M5, 2011年5月, 2011-05, first half of 2011, H1/2011, Jan-May 2011.

    >>> [str(d.date()) for name in ("2011年1—5月", "2011H2", "2011年前三季度", "2011-Q4") for d in named_period(name)][::2]
    ['2011-01-01', '2011-07-01', '2011-01-01', '2011-10-01']
    >>> [str(d.date()) for d in named_period("2010年至2011年")]
    ['2010-01-01', '2011-12-31']
    >>> str(named_period("2011年上半年")[1].date()), named_period("2011-11-25")
    ('2011-06-30', None)
    >>> str(named_period(pd.Period("2011Q3"))[1].date())
    '2011-09-30'
    >>> [str(named_period(name)[1].date()) for name in ("first half of 2011", "Q3 2011", "January to May 2011")]
    ['2011-06-30', '2011-09-30', '2011-05-31']
    >>> [str(d.date()) for d in named_period("2011年1—5月", calendar="month-22")]
    ['2010-12-23', '2011-05-22']
    """
    months = months_named(str(text)) if isinstance(text, str | pd.Period) else None
    if months is None:
        return None
    must_be_calendar(calendar)
    return month_window(*months, calendar=calendar)


def month_window(
    year: int, first: int, last: int, *, calendar: str = "calendar-year"
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return first and last day of months on end; they may be counted back and on beyond the year's (0 is the December before).

    >>> [str(d.date()) for d in month_window(2011, -4, 0)]
    ['2010-08-01', '2010-12-31']
    """
    return _month_start(year, first, calendar), _month_start(year, last + 1, calendar) - pd.Timedelta(days=1)


def months_of(
    first: pd.Timestamp, last: pd.Timestamp, *, calendar: str = "calendar-year"
) -> tuple[int, int, int] | None:
    """Return the year of a window's first statistical month, that month and the last one (beyond 12 in the next year); ``None`` for other days.

    >>> months_of(pd.Timestamp("2010-12-21"), pd.Timestamp("2011-05-20"), calendar="month-20")
    (2011, 1, 5)
    >>> months_of(pd.Timestamp("2010-07-01"), pd.Timestamp("2011-06-30")), months_of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-05-30"))
    ((2010, 7, 18), None)
    """
    must_be_calendar(calendar)
    for ahead in (0, 1):
        year, month = first.year + (first.month + ahead - 1) // 12, (first.month + ahead - 1) % 12 + 1
        if _month_start(year, month, calendar) == first:
            about = month + 12 * (last.year - first.year) + last.month - first.month
            ends = (
                n
                for n in range(max(month, about - 1), about + 2)
                if month_window(year, n, n, calendar=calendar)[1] == last
            )
            until = next(ends, None)
            return None if until is None else (year, month, until)
    return None


@cache
def in_calendar_months(first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the calendar months of a window that is the same months by another statistical calendar; other days as they are.

    So are December and January where a year runs from within December: of 20 and 42 days they are no month like others'.

    >>> [str(d.date()) for d in in_calendar_months(pd.Timestamp("2010-12-21"), pd.Timestamp("2011-06-20"))]
    ['2011-01-01', '2011-06-30']
    >>> [str(d.date()) for d in in_calendar_months(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-06-20"))]
    ['2011-01-01', '2011-06-20']
    """
    if pd.isna(first) or pd.isna(last):
        return first, last
    for calendar in ALL_CALENDARS:
        if (months := months_of(first, last, calendar=calendar)) is not None:
            begins, ends = month_window(*months)
            length = (ends - begins).days + 1
            if OTHER_LENGTH * abs((last - first).days + 1 - length) <= length:
                return begins, ends
    return first, last


def year_before(
    first: pd.Timestamp, last: pd.Timestamp, *, years: int = 1, calendar: str = "calendar-year"
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the same period so many years earlier (同期): the same statistical months, else the same days, the last of a month as such.

    >>> [str(d.date()) for d in year_before(pd.Timestamp("2012-01-01"), pd.Timestamp("2012-02-29"))]
    ['2011-01-01', '2011-02-28']
    """
    for kind in dict.fromkeys((calendar, STOCK_CALENDARS[0])):
        if (months := months_of(first, last, calendar=kind)) is not None:
            year, month, until = months
            return month_window(year - years, month, until, calendar=kind)
    start, end = (at - pd.DateOffset(years=years) for at in (first, last))
    return start, end + pd.offsets.MonthEnd(0) if last.is_month_end else end


def period_before(
    first: pd.Timestamp, last: pd.Timestamp, *, calendar: str = "calendar-year"
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the period of the same length before (上期): as many statistical months, else as many months or days.

    >>> [str(d.date()) for d in period_before(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-05-31"))]
    ['2010-08-01', '2010-12-31']
    >>> [str(d.date()) for d in period_before(pd.Timestamp("2011-11-19"), pd.Timestamp("2011-11-25"))]
    ['2011-11-12', '2011-11-18']
    """
    for kind in dict.fromkeys((calendar, STOCK_CALENDARS[0])):
        if (months := months_of(first, last, calendar=kind)) is not None:
            year, start, until = months
            return month_window(year, 2 * start - until - 1, start - 1, calendar=kind)
    after, end = last + pd.Timedelta(days=1), first - pd.Timedelta(days=1)
    if after.day == first.day:  # whole months from any day
        return first - pd.DateOffset(months=12 * (after.year - first.year) + after.month - first.month), end
    return end - (last - first), end


def are_as_long(one: tuple[pd.Timestamp, pd.Timestamp], other: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
    """Return whether two windows are as long as each other, as far as calendar months are; where a year ends within December, its first month is not.

    >>> december, january = (named_period(name, calendar="dec-21") for name in ("2010-12", "2011-01"))
    >>> are_as_long(december, january), are_as_long(named_period("2011-02"), named_period("2011-03"))
    (False, True)
    """
    return abs((one[1] - one[0]) - (other[1] - other[0])) <= pd.Timedelta(days=MONTHS_DIFFER)


def year_window(year: Any, *, calendar: str = "calendar-year") -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return first and last day of a statistical year.

    >>> [str(d.date()) for d in year_window(2011, calendar="month-20")]
    ['2010-12-21', '2011-12-20']
    """
    must_be_calendar(calendar)
    return month_window(year_of(year, "period"), 1, MONTHS_PER_PERIOD["Y"], calendar=calendar)


def year_of_day(at: pd.Timestamp, *, calendar: str = "calendar-year") -> int:
    """Return the statistical year in which a day lies.

    >>> year_of_day(pd.Timestamp("2010-12-21")), year_of_day(pd.Timestamp("2010-12-21"), calendar="dec-21")
    (2010, 2011)
    """
    return at.year if at <= year_window(at.year, calendar=calendar)[1] else at.year + 1


def is_year(value: Any) -> bool:
    """Test that a period is a year alone: 2011, "2011", "2011年"."""
    return pd.api.types.is_number(value) or (
        isinstance(value, str) and in_figures(value.strip()).removesuffix("年").isdigit()
    )


def days_of_period(
    period: Any, name: str = "period", *, calendar: str = "calendar-year"
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return first and last day of a period: a year, what offices call it, a month, a day, or a pair of days.

    Raises ``ArgumentError`` for what is no period, and one that ends before it starts.

    >>> [[str(d.date()) for d in days_of_period(said)] for said in (2011, "2011年上半年", ("2008-11", "2009-12"))]
    [['2011-01-01', '2011-12-31'], ['2011-01-01', '2011-06-30'], ['2008-11-01', '2009-12-31']]
    """
    first, last = open_days_of_period(period, name, calendar=calendar)
    if first is None or last is None:
        raise _no_period(name, period)
    return first, last


def _no_period(name: str, period: Any) -> ArgumentError:
    """The error for what is no period: how one is written."""
    return ArgumentError(
        f"{name} 应为一段时间：年份（2011）、“2010—2011年”“2011年上半年”“2011-11”“2011-11-25”，或（首日, 末日），得到 {period}。",
        f'{name} must be a period: a year (2011), "2010-2011", "2011-Q4", "2011-11", "2011-11-25" or a pair (first day, last day), '
        f"got {period}.",
    )


def _two_ends(period: Any, calendar: str) -> tuple[Any, Any]:
    """The two ends that a text names (2024年7月至2025年6月, 2011年1月1日至6月20日), else the same twice."""
    ends = RANGE.split(period.strip()) if isinstance(period, str) else []
    if len(ends) != 2 or not all(ends):
        return period, period
    first, last = ends
    if (said := YEAR_AND_MONTH.match(first)) and not last[:4].isdigit():  # said once for both
        last = said["year"] + ("" if "月" in last else said["month"] or "") + last
    begins, closes = (named_period(end, calendar=calendar) for end in (first, last))
    return begins[0] if begins else first, closes[1] if closes else last


def open_days_of_period(
    period: Any, name: str = "period", *, calendar: str = "calendar-year"
) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return first and last day of a period of which either end may be open: ``None``, and both without a period.

    >>> open_days_of_period(("2008-11", None))
    (Timestamp('2008-11-01 00:00:00'), None)
    """
    if is_year(period):
        return year_window(period, calendar=calendar)
    if (named := named_period(period, calendar=calendar)) is not None:
        return named
    pair = (
        tuple(period) if isinstance(period, Iterable) and not isinstance(period, str) else _two_ends(period, calendar)
    )
    if len(pair) != 2:
        raise ArgumentError(
            f"{name} 应为（首日, 末日），得到 {pair}。", f"{name} must be a pair (first day, last day), got {pair}."
        )
    try:
        first = None if pair[0] is None else day(pair[0], name)
        last = None if pair[1] is None else day(pair[1], name, last=True)
    except ArgumentError:
        raise _no_period(name, period) from None
    if first is not None and last is not None and last < first:
        raise ArgumentError(
            f"时期{first.date()}至{last.date()}末日早于首日。",
            f"the period {first.date()} to {last.date()} ends before it starts.",
        )
    return first, last
