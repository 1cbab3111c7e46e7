"""Working days in China: weekends, public holidays, and the weekends that are worked in exchange (调休)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.measures.side_files import dates_of, hand_kept
from analysis.register.cells import is_blank
from analysis.vocabulary.errors import ArgumentError

ONE_DAY = np.timedelta64(1, "D")
# How a user's holiday file may call a day of rest and a day of work.
REST = frozenset(["休", "放假", "休息", "rest", "holiday"])
WORK = frozenset(["班", "上班", "调休上班", "work", "workday"])


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Days off and worked weekends, and the years for which they are known; in other years only weekends are off."""

    off: np.ndarray
    worked: np.ndarray
    years: frozenset[int]

    def is_rest(self, days: np.ndarray) -> np.ndarray:
        """Mark the days off."""
        weekday = (days.astype("int64") + 3) % 7  # 1970-01-01 was a Thursday
        return np.isin(days, self.off) | ((weekday >= 5) & ~np.isin(days, self.worked))

    def on_or_after(self, days: np.ndarray) -> np.ndarray:
        """Each day itself if it is worked, else the next day that is (missing stays missing)."""
        moved = np.array(days, dtype="datetime64[D]")
        while (rest := self.is_rest(moved) & ~np.isnat(moved)).any():
            moved[rest] += ONE_DAY
        return moved

    def is_assumed(self, days: np.ndarray, moved: np.ndarray) -> np.ndarray:
        """Mark days that lie, or were moved, into a year whose holidays are not known."""
        known = [np.isin(d.astype("datetime64[Y]").astype("int64") + 1970, sorted(self.years)) for d in (days, moved)]
        return ~np.isnat(days) & ~(known[0] & known[1])


@cache
def _published() -> WorkCalendar:
    """The State Council's yearly notices, as the package chinesecalendar holds them."""
    from chinese_calendar import constants

    off, worked = (np.array(sorted(days), dtype="datetime64[D]") for days in (constants.holidays, constants.workdays))
    return WorkCalendar(off, worked, frozenset(d.year for d in constants.holidays))


def work_calendar(holidays: str | Path | pd.DataFrame | None = None) -> WorkCalendar:
    """The published holidays (2004 to 2026 with chinesecalendar 1.11), or those with a user's file laid over them.

    ``holidays`` is a frame, CSV file or workbook with the columns ``date`` (日期) and ``kind`` (类别; 休 or rest: off; 班
    or work: a worked weekend); the years that stand in it count as known. Raises ``InputError`` or ``ArgumentError`` where it is not.

    >>> work_calendar().on_or_after(np.array(["2011-10-01"], dtype="datetime64[D]"))
    array(['2011-10-08'], dtype='datetime64[D]')
    """
    published = _published()
    if holidays is None:
        return published
    table = hand_kept(holidays, "holidays", ["date", "kind"])
    table = table[~table["date"].map(is_blank)]
    days = dates_of(table["date"], "holidays date").to_numpy().astype("datetime64[D]")
    kinds = table["kind"].astype("str").str.strip().str.lower()
    for kind in kinds:
        if kind not in REST | WORK:
            raise ArgumentError.not_one_of("holidays kind", kind, ["休", "班", "rest", "work"])
    rest = kinds.isin(REST).to_numpy()
    return WorkCalendar(
        np.union1d(np.setdiff1d(published.off, days), days[rest]),
        np.union1d(np.setdiff1d(published.worked, days), days[~rest]),
        published.years | {int(y) for y in days.astype("datetime64[Y]").astype("int64") + 1970},
    )
