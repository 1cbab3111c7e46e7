"""Working days in China: weekends, public holidays, and the weekends that are worked in exchange (调休)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.measures.side_files import NAMED, dates_of, hand_kept
from analysis.register.cells import is_blank
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from analysis.cases.table import Cases

ONE_DAY = np.timedelta64(1, "D")
# How a user's holiday file may call a day of rest and a day of work.
REST = frozenset(["休", "放假", "休息", "rest", "holiday"])
WORK = frozenset(["班", "上班", "调休上班", "work", "workday"])
LONGEST = 31  # days of one line; the longest holiday yet had nine
# Off in every year by 全国年节及纪念日放假办法: a table without one of these days does not hold the whole notice.
ALWAYS_OFF = ("01-01", "05-01", "10-01")
# The notice for a year may move days of the December before: 29 December 2018 was worked, 30 and 31 were off.
NEXT_YEARS_FROM = np.timedelta64(334 + 28, "D")  # 29 December, counted from 1 January of a common year


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Days off and worked weekends, and the years for which they are known; in other years only weekends are off."""

    off: np.ndarray
    worked: np.ndarray
    years: frozenset[int]

    def is_rest(self, days: np.ndarray) -> np.ndarray:
        """Mark the days off."""
        numbers = days.astype("int64")  # of whole numbers numpy looks for few among many in a table
        weekday = (numbers + 3) % 7  # 1970-01-01 was a Thursday
        off, worked = (np.isin(numbers, of.astype("int64")) for of in (self.off, self.worked))
        return off | ((weekday >= 5) & ~worked)

    def on_or_after(self, days: np.ndarray) -> np.ndarray:
        """Each day itself if it is worked, else the next day that is (missing stays missing)."""
        moved = np.array(days, dtype="datetime64[D]")
        resting = np.flatnonzero(self.is_rest(moved) & ~np.isnat(moved))
        while len(resting):
            moved[resting] += ONE_DAY
            resting = resting[self.is_rest(moved[resting])]
        return moved

    def is_assumed(self, days: np.ndarray, moved: np.ndarray) -> np.ndarray:
        """Mark days that rest on a notice that is not known: of their year, of the one they were moved into, or of a year that begins."""
        return ~np.isnat(days) & ~(self._is_known(days) & self._is_known(moved))

    def _is_known(self, days: np.ndarray) -> np.ndarray:
        numbers, known = _years(days), sorted(self.years)
        of_year, of_next = (np.isin(year, known) for year in (numbers, numbers + 1))
        return of_year & (of_next | ~_end_a_year(days))


def _years(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[Y]").astype("int64") + 1970


def _end_a_year(days: np.ndarray) -> np.ndarray:
    """Mark the last days of a year, which the notice for the next one may move."""
    return days.astype("datetime64[D]") - days.astype("datetime64[Y]").astype("datetime64[D]") >= NEXT_YEARS_FROM


@cache
def _published() -> WorkCalendar:
    """The State Council's yearly notices, as the package chinesecalendar holds them."""
    from chinese_calendar import constants

    off, worked = (np.array(sorted(days), dtype="datetime64[D]") for days in (constants.holidays, constants.workdays))
    return WorkCalendar(off, worked, frozenset(d.year for d in constants.holidays))


def work_calendar(holidays: str | Path | pd.DataFrame | None = None) -> WorkCalendar:
    """The published holidays (2004 to 2026 with chinesecalendar 1.11), or those with a user's file laid over them.

    ``holidays`` is a frame, CSV file or workbook with the columns ``date`` (日期) and ``kind`` (类别; 休 or rest: off; 班
    or work: a worked weekend), and ``end`` (止日) where a line means several days. A year counts as known where it names New Year, Labour
    Day and National Day off: of a form that is filled in by half, the rest is not known. Raises ``InputError`` or ``ArgumentError`` where it is not.

    >>> work_calendar().on_or_after(np.array(["2011-10-01"], dtype="datetime64[D]"))
    array(['2011-10-08'], dtype='datetime64[D]')
    """
    published = _published()
    if holidays is None:
        return published
    table = hand_kept(holidays, "holidays", ["date", "kind"], takes=["end"])
    blank = table["date"].map(is_blank).astype(bool)
    if "end" in table and (wanting := blank & ~table["end"].map(is_blank).astype(bool)).any():
        raise InputError(
            f"holidays：第{_lines(wanting).zh}行数据只有止日，没有日期。请补上起日。",
            f"holidays: data rows {_lines(wanting).en} have an end and no date. Add the first day.",
        )
    table = table[~blank].reset_index(drop=True)
    kinds = table["kind"].astype("str").str.strip().str.lower()
    if (wrong := ~kinds.isin(REST | WORK)).any():
        raise ArgumentError(
            f"holidays：第{_lines(wrong).zh}行数据的类别应为 休、班、rest、work 之一。",
            f"holidays: in data rows {_lines(wrong).en} the kind must be one of 休, 班, rest, work.",
        )
    days, line = _days(table)
    rest = kinds.isin(REST).to_numpy()[line]
    if len(both := np.intersect1d(days[rest], days[~rest])):
        named = listed(both[:NAMED])
        raise InputError(
            f"holidays：{named.zh}既写作休，又写作班。请改正。",
            f"holidays: {named.en} is said to be both rest and work. Mend it.",
        )
    return WorkCalendar(
        np.union1d(np.setdiff1d(published.off, days), days[rest]),
        np.union1d(np.setdiff1d(published.worked, days), days[~rest]),
        published.years | _whole_years(days[rest]),
    )


def _whole_years(off: np.ndarray) -> set[int]:
    """Return the years of which a table of holidays holds the whole notice; of which it does not is said, as their due dates stay marked."""
    named = set(_years(off[~_end_a_year(off)]).tolist())
    whole = {year for year in named if np.isin([np.datetime64(f"{year:04}-{day}") for day in ALWAYS_OFF], off).all()}
    if in_part := sorted(named - whole - _published().years):
        years = listed(in_part[:NAMED])
        said = Text(
            f"holidays：{years.zh}年的节假日没有填全（缺元旦、劳动节或国庆节），该年的期限届满日仍注明节假日未知。请照通知填全。",
            f"holidays: the holidays of {years.en} are not all there (New Year, Labour Day or National Day is missing), so due dates in that year are "
            "still marked as resting on unknown ones. Fill in the whole notice.",
        )
        warnings.warn(str(said), stacklevel=1)  # once in a run, whoever asks
    return whole


def _days(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return every day that the lines of a table of holidays mean, and the line of each."""
    first = dates_of(table["date"], "holidays date")
    last = dates_of(table["end"], "holidays end").fillna(first) if "end" in table else first
    length = (last - first).dt.days.to_numpy()
    if ((length < 0) | (length >= LONGEST)).any():
        rows = _lines((length < 0) | (length >= LONGEST))
        raise InputError(
            f"holidays：第{rows.zh}行数据的止日早于起日，或一次超过{LONGEST}天。",
            f"holidays: in data rows {rows.en} the end is before the beginning, or more than {LONGEST} days are meant.",
        )
    line = np.repeat(np.arange(len(table)), length + 1)
    step = np.arange(len(line)) - np.repeat(np.cumsum(length + 1) - (length + 1), length + 1)
    return first.to_numpy().astype("datetime64[D]")[line] + step.astype("timedelta64[D]"), line


def _lines(wrong: np.ndarray | pd.Series) -> Text:
    return listed(i + 1 for i in np.flatnonzero(wrong)[:NAMED])


def own_holidays(cases: Cases, given: str | Path | pd.DataFrame | None) -> str | Path | pd.DataFrame | None:
    """Return the holidays of a call, else those that the register's court keeps."""
    return cases.holidays if given is None else given
