"""The periods that an observation compares: the period itself, the same of the year before, the one before it, and of earlier years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.cases.table import Cases, known_on
from analysis.cases.tallies import extent
from analysis.measures.windows import Window, last_full_year, windows_of
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import Period, are_as_long, must_be_calendar, period_before, year_before
from analysis.vocabulary.text import Text

ON_YEAR, ON_PREVIOUS = "year_on_year", "previous"
AGAINST = {ON_YEAR: Text("同比", "year on year"), ON_PREVIOUS: Text("环比", "on the period before")}
MOST_YEARS = 10  # earlier years that are looked at
BEGUN_WITHIN = 31  # days after a period's start within which a register that covers it begins


@dataclass(frozen=True)
class Compared:
    """The period, the same period of the year before, the period before it, and the same of earlier years (oldest first)."""

    now: Window
    before: Window | None
    previous: Window | None
    earlier: tuple[Window, ...]

    @property
    def all(self) -> tuple[Window, ...]:
        """Every period once, oldest first, the period itself last."""
        listed = [*self.earlier, *(w for w in (self.before, self.previous, self.now) if w is not None)]
        return tuple(dict.fromkeys(listed))

    @property
    def years(self) -> tuple[Window, ...]:
        """The same period of every year, oldest first, the period itself last."""
        return (*self.earlier, *((self.before,) if self.before else ()), self.now)


def compared(cases: Cases, period: Period | None, *, calendar: str | None = None) -> Compared:
    """Return the periods that a period is compared with, as far as the register reaches back and is whole (``Cases.beginning``).

    ``period`` is a year of the statistical calendar, a pair of days or what names a period; without it the last full year. One that is not
    over by the register's day is cut there, and the others alike.
    """
    calendar = calendar or cases.calendar
    must_be_calendar(calendar)
    known = known_on(cases)
    now = _window(period, calendar, known)
    if now.start > known:
        raise ArgumentError(
            f"period 自{now.start.date()}起，晚于台账的截止日{known.date()}。",
            f"period begins on {now.start.date()}, after the day to which the register is known, {known.date()}.",
        )
    is_over = now.end <= known
    now = now if is_over else Window.of(now.start, known)
    _, filed, _ = cases.once("extent", lambda: extent(cases))
    first = known if pd.isna(filed) else pd.Timestamp(filed)
    back = []
    for years in range(1, MOST_YEARS + 1):
        window = _years_back(now, years, calendar)
        if window.start + pd.Timedelta(days=BEGUN_WITHIN) < first or not cases.beginning.is_whole(window.start):
            break
        back.append(window)
    previous = _previous(now, calendar) if is_over else None
    if previous is not None and previous.start + pd.Timedelta(days=BEGUN_WITHIN) < first:
        previous = None
    if previous is not None and not cases.beginning.is_whole(previous.start):
        previous = None
    return Compared(now, back[0] if back else None, previous, tuple(reversed(back[1:])))


def _window(period: Any, calendar: str, known: pd.Timestamp) -> Window:
    if period is None:
        return windows_of(last_full_year(known, calendar), calendar)[0]
    found = windows_of(_one(period), calendar)
    if len(found) != 1:
        raise ArgumentError("period 应为一个时期。", "period must be one period.")
    return found[0]


def _one(period: Any) -> Any:
    """A pair of days, in whatever form, as one period."""
    return period if isinstance(period, str) else tuple(period) if isinstance(period, Sequence) else period


def _years_back(window: Window, years: int, calendar: str) -> Window:
    """The same period so many years earlier."""
    return Window.of(*year_before(window.start, window.end, years=years, calendar=calendar))


def _previous(window: Window, calendar: str) -> Window | None:
    """The period before; ``None`` where it holds days of the same one of the year before (a year, January to November), or is longer or shorter."""
    start, end = before = period_before(window.start, window.end, calendar=calendar)
    is_like = start > _years_back(window, 1, calendar).end and are_as_long((window.start, window.end), before)
    return Window.of(start, end) if is_like else None
