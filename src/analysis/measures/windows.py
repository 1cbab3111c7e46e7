"""Windows: the periods over which indicators are asked, by year in a statistical calendar or by their own days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import (
    FILINGS_AHEAD,
    STOCK_CALENDARS,
    days_of_period,
    is_year,
    must_be_calendar,
    year_of,
    year_window,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Window:
    """A period of closings, and of filings where the calendar keeps them apart (filings Dec–Nov, closings Jan–Dec)."""

    start: pd.Timestamp
    end: pd.Timestamp
    filing_start: pd.Timestamp
    filing_end: pd.Timestamp

    @classmethod
    def of(cls, start: pd.Timestamp, end: pd.Timestamp) -> Window:
        """A window in which filings and closings run over the same days."""
        return cls(start, end, start, end)

    @property
    def shifted(self) -> bool:
        """Return whether filings and closings cover different days, in which case no closing stock exists."""
        return (self.start, self.end) != (self.filing_start, self.filing_end)

    def cuts(self) -> tuple[pd.Timestamp, ...]:
        """The first days of what lies inside and after the bounds."""
        one = pd.Timedelta(days=1)
        return self.start, self.end + one, self.filing_start, self.filing_end + one

    def overlaps(self, other: Window) -> bool:
        """Test that two windows share days."""
        return self.start <= other.end and other.start <= self.end


def windows_of(periods: Any, calendar: str) -> list[Window]:
    """The windows of periods, in the order given.

    A period is a year or what offices name (2011年上半年, 2011年1—5月, 2011Q1-Q3, 2011-05) and has the days of the calendar; or a day; or a pair of first
    and last day, where a year or month alone is that of the calendar on the wall. Raises ``ArgumentError`` for no period at all, one that
    ends before it starts, or one that is no pair of days.

    >>> [str(w.start.date()) for w in windows_of([2011, ("2010-01", "2011-12")], "dec-21")]
    ['2010-12-21', '2010-01-01']
    """
    must_be_calendar(calendar, with_stock=False)
    return list(dict.fromkeys(_window(period, calendar) for period in _listed(periods)))


def stock_calendar(calendar: str) -> str:
    """The calendar of a register's closings: that of its year, or where filings are counted over other days the calendar year."""
    return STOCK_CALENDARS[0] if calendar == FILINGS_AHEAD else calendar


def last_full_year(known: pd.Timestamp, calendar: str) -> int:
    """The last statistical year that has ended by the day to which the register is known."""
    with_stock = stock_calendar(calendar)
    year = known.year + 1
    while year_window(year, calendar=with_stock)[1] > known:
        year -= 1
    return year


def slot(column: ir.Column, cuts: pd.DatetimeIndex) -> Any:
    """The number of cuts on or before a date, as an expression; missing dates lie behind all cuts."""
    import ibis

    branches = [(column.isnull(), len(cuts) + 1), *((column < cut.date(), i) for i, cut in enumerate(cuts))]
    return ibis.cases(*branches, else_=len(cuts)).cast("int32")


def _window(period: Any, calendar: str) -> Window:
    if calendar != FILINGS_AHEAD:
        return Window.of(*days_of_period(period, "periods", calendar=calendar))
    if not is_year(period):
        raise ArgumentError(
            "calendar=“filings-dec-nov”只用于整年，如 periods=2011。",
            'calendar="filings-dec-nov" goes with whole years alone, as periods=2011.',
        )
    number = year_of(period, "periods")
    return Window(*year_window(number), pd.Timestamp(number - 1, 12, 1), pd.Timestamp(number, 11, 30))


def _listed(periods: Any) -> list[Any]:
    """Periods as a list; a single name of one, or a single pair of them given as a tuple, is one period."""
    if periods is None:
        return []
    is_pair = isinstance(periods, tuple) and len(periods) == 2 and all(map(pd.api.types.is_scalar, periods))
    return [periods] if is_pair or pd.api.types.is_scalar(periods) else list(periods)


def asked_windows(periods: Any, calendar: str, known: pd.Timestamp) -> list[Window]:
    """The windows asked for; where nothing is said of them, the last full year. An empty list raises ``ArgumentError``: it chose none."""
    if periods is None:
        return windows_of(last_full_year(known, calendar), calendar)
    if not (asked := windows_of(periods, calendar)):
        raise ArgumentError(
            "periods 是空的，一个时期也没有选。要最近的整年，就不写这一项。",
            "periods is empty and chooses no period. Leave it out for the last full year.",
        )
    return asked


def within(dates: pd.Series, window: Window) -> pd.Series:
    """Mark the dates that lie in a window; missing dates do not."""
    return (dates >= window.start) & (dates <= window.end)


def days_of(window: Window, table: pd.DataFrame) -> pd.DataFrame:
    """A table with the first and last day of a window before its columns."""
    dated = table.copy()
    for place, (name, value) in enumerate((("period_start", window.start), ("period_end", window.end))):
        dated.insert(place, name, pd.Series(value, index=dated.index, dtype="datetime64[s]"))
    return dated


def laid_over(groups: list[str], seen: list[pd.DataFrame], rows: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Sums of ``rows`` by group over every group that any of the tables has seen: 0 where there is none."""
    if not groups:
        return pd.DataFrame({name: [rows[name].sum()] for name in counts})
    grid = pd.concat([table[groups] for table in seen]).drop_duplicates().sort_values(groups, ignore_index=True)
    summed = rows.groupby(groups, dropna=False)[counts].sum().reset_index()
    return grid.merge(summed, on=groups, how="left").fillna(dict.fromkeys(counts, 0))
