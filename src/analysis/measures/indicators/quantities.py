"""Named quantities out of a register: one tally a table for all periods at once, the rest is sums in pandas.

Every day that bounds a period cuts time into slots; the engine counts cases by the slot of their filing and the slot of
their closing (and by the columns that the quantities ask for), and every quantity of every period is a sum over that
small table. So the number of queries depends neither on the periods nor on the indicators.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.cases.closings import blank_called
from analysis.cases.reopenings import holds_no_reopened
from analysis.cases.table import known_on
from analysis.measures.groups import group_codes
from analysis.measures.indicators.case_tally import (
    MONEY_COLUMNS,
    NO_LIMIT,
    OF_DAYS,
    PAYOUT,
    UNDECIDED,
    WITHIN_LIMIT,
    case_tally,
    conditions_of,
)
from analysis.measures.indicators.side_tables import side_tally
from analysis.measures.limits.limits import OF_LIMIT, blank_days
from analysis.measures.limits.workdays import WorkCalendar, work_calendar
from analysis.measures.windows import Window
from analysis.vocabulary.columns import codes, columns
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.vocabulary.indicator_sets.quantities import Quantity
    from analysis.vocabulary.text import Text

# Conditions that are derived from several columns.
DERIVED = {
    "is_net": ("amount_claimed", "amount_recovered", "amount_paid"), "is_paid_out": PAYOUT, "with_recovery": ("amount_recovered",),
    WITHIN_LIMIT: OF_LIMIT,
}  # fmt: skip
OF_REOPENED = ("case_type", ("reopened",))
FEN_PER_WAN = 1_000_000  # 万元 = 10,000 元


@dataclass(frozen=True, eq=False)
class Sums:
    """One quantity in one window, by group: its sum; of how many rows of the moment how many were counted.

    ``missing_amount``: left out for want of an amount; ``unknown``: for want of a value that a condition asks for; ``outside``: as cases
    without a statutory limit, which a condition on it does not concern.
    """

    value: np.ndarray
    of: np.ndarray
    counted: np.ndarray
    missing_amount: np.ndarray
    unknown: np.ndarray
    outside: np.ndarray


@dataclass(frozen=True, eq=False)
class Tally:
    """The tallies of a register cut at the bounds of the windows, ready to be summed into quantities."""

    frames: dict[str, pd.DataFrame]
    cuts: pd.DatetimeIndex
    groups: pd.DataFrame
    known: pd.Timestamp
    first: dict[str, pd.Timestamp | None]
    is_whole: bool  # as the court said (observed_from): none pending before the first filing is left out
    absent: frozenset[str]
    is_without_reopened: bool
    lacking: frozenset[str]
    blank: Text  # what an amount without a value is called
    listed: bool
    holidays: WorkCalendar
    blank_days: Sequence[Text]  # which days of limits without a value count as none
    # what was asked for so far, which is the same however the rows are grouped: every quantity of every window asks again
    arrays: dict[Hashable, np.ndarray] = field(default_factory=dict)
    slots: dict[pd.Timestamp, int] = field(default_factory=dict)
    parts: dict[tuple[Quantity, Window], Part | None] = field(default_factory=dict)
    of_groups: dict[tuple[Quantity, Window], Sums] = field(default_factory=dict, init=False)  # of its own grouping

    @cached_property
    def courts(self) -> Sequence[Any]:
        """The court of each group, or its first and last."""
        if "court" in self.groups:
            return self.groups["court"].tolist()
        counted = self.frames["cases"]
        if "court" in counted:  # counted by court, and put together again
            counted = counted.assign(**dict.fromkeys(("court_first", "court_last"), counted["court"].astype("str")))
        seen = counted.groupby("group").agg(low=("court_first", "min"), high=("court_last", "max"))
        seen = seen.reindex(self.groups.index)
        return [(low, high) for low, high in zip(seen["low"], seen["high"], strict=True)]

    @property
    def unstated(self) -> list[str]:
        """The columns of the groups that some cases leave blank; a register that names no court at all is of one."""
        absent = self.groups.isna()
        return [
            str(name) for name in self.groups if absent[name].any() and not (name == "court" and absent[name].all())
        ]

    @cached_property
    def nobodys(self) -> np.ndarray:
        """Which groups (columns) do not state all of their group, so that their cases may be those of which others (rows)."""
        cells = self.groups.astype(object).where(self.groups.notna(), None).to_numpy()
        blank = self.groups.isna().to_numpy(dtype=bool) & self.groups.columns.isin(self.unstated)
        if not blank.any():
            return np.zeros((0, 0), dtype=bool)
        may_be = np.zeros((len(cells), len(cells)), dtype=bool)
        for place in np.flatnonzero(blank.any(axis=1)):
            stated = ~blank[place]
            may_be[:, place] = ~blank.any(axis=1) & (cells[:, stated] == cells[place, stated]).all(axis=1)
        return may_be

    @cached_property
    def undecided(self) -> np.ndarray:
        """How many cases of each group may be closed or not."""
        frame, size = self.frames["cases"], len(self.groups)
        if UNDECIDED not in frame:
            return np.zeros(size)
        return np.bincount(frame["group"], weights=frame[UNDECIDED].astype(bool) * frame["cases"], minlength=size)

    def index(self, first_day: pd.Timestamp) -> int:
        """The slot before a day: rows before it have at most this slot."""
        if first_day not in self.slots:
            self.slots[first_day] = int(self.cuts.searchsorted(first_day, side="left"))
        return self.slots[first_day]

    @cached_property
    def group(self) -> dict[str, np.ndarray]:
        """The number of each row's group, by table."""
        return {name: frame["group"].to_numpy() for name, frame in self.frames.items()}

    def column(self, table: str, name: str) -> np.ndarray:
        """A column of a tally as an array, the same however the rows are grouped: ``group`` has the groups."""
        if (table, name) not in self.arrays:
            self.arrays[table, name] = self.frames[table][name].to_numpy()
        return self.arrays[table, name]

    def held(self, table: str, name: str, values: tuple[Any, ...] | None) -> np.ndarray:
        """Which rows of a tally hold one of some values in a column; ``None``: which hold nothing."""
        if (table, name, values) not in self.arrays:
            cell = self.frames[table][name]
            self.arrays[table, name, values] = (cell.isna() if values is None else cell.isin(values)).to_numpy()
        return self.arrays[table, name, values]

    def sums(self, quantity: Quantity, window: Window) -> Sums:
        """The sums of a quantity over each group (missing where a shifted window has no such stock)."""
        if (quantity, window) not in self.of_groups:
            self.of_groups[quantity, window] = self._summed(quantity, window)
        return self.of_groups[quantity, window]

    def part(self, quantity: Quantity, window: Window) -> Part | None:
        """The rows of a quantity's moment in a window (their places), and how they weigh in it; ``None`` where there is no such stock."""
        if (quantity, window) not in self.parts:
            rows = weights(self, quantity, window)
            if rows is None:
                self.parts[quantity, window] = None
            else:
                places = np.flatnonzero(rows.of)
                self.parts[quantity, window] = places, Rows(*(part[places].astype(np.int8) for part in rows))
        return self.parts[quantity, window]

    def _summed(self, quantity: Quantity, window: Window) -> Sums:
        part, size = self.part(quantity, window), len(self.groups)
        if part is None:
            return Sums(np.full(size, np.nan), *(np.zeros(size) for _ in range(5)))
        places, rows = part
        group = self.group[quantity.table][places]
        if quantity.table == "coercive_measures" and quantity.count == "persons":
            value = self._distinct(quantity, "person", places[rows.counted > 0])
        elif quantity.table == "aid" and quantity.count == "cases":
            value = self._distinct(quantity, "case_no", places[rows.counted > 0])
        else:
            column, unit = scale(quantity)  # whole fen are added exactly, whatever the order
            added = rows.counted * self.column(quantity.table, column)[places].astype(float)
            value = np.bincount(group, weights=added, minlength=size) / unit
        number = self.column(quantity.table, "cases")[places]
        return Sums(value, *(np.bincount(group, weights=weight * number, minlength=size) for weight in rows))

    def _distinct(self, quantity: Quantity, of: str, places: np.ndarray) -> np.ndarray:
        """Different persons or cases by group; with ``both_kinds`` only persons who met every one of the kinds."""
        rows, both = self.frames[quantity.table].iloc[places], dict(quantity.keep).get("both_kinds")
        seen = rows.drop_duplicates(["group", of, "kind"] if both else ["group", of])
        if both:
            met = seen.groupby(["group", of]).size()
            seen = met[met == len(both)].reset_index()
        return np.bincount(seen["group"].to_numpy(), minlength=len(self.groups)).astype(float)

    def days_to(self, window: Window, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The fewest and the most days that cases took which were closed in a window (none where they are not listed one by one)."""
        if not self.listed:
            return np.zeros(len(rows)), np.zeros(len(rows))
        filed = pd.DatetimeIndex(self.column("cases", "first")[rows])
        fewest, most = ((day - filed).days.to_numpy(float) for day in (window.start, min(window.end, self.known)))
        return np.maximum(fewest, 0.0), np.maximum(most, 0.0)


def tally(
    cases: Cases,
    wanted: Iterable[Quantity],
    windows: Sequence[Window],
    *,
    by: Sequence[str] = (),
    sides_by: Sequence[str] | None = None,
    at: Any = None,
) -> Tally:
    """The tallies that a list of quantities needs: one query of the cases, one of each side table that they name.

    Rows of side tables have the columns ``by`` of their cases, or of these only ``sides_by``.
    """
    wanted = list(wanted)
    for quantity in wanted:
        must_be_codes(quantity)
    cuts = pd.DatetimeIndex(sorted({cut for w in windows for cut in (*w.cuts(), *_age_cuts(wanted, w))}))
    known = known_on(cases, at)
    frames = {"cases": case_tally(cases, [q for q in wanted if q.table == "cases"], cuts, by=by, at=at)}
    listed = frames["cases"].attrs["listed"]
    of_sides = tuple(by) if sides_by is None else tuple(sides_by)
    for table in ("petitions", "coercive_measures", "aid"):
        if any(q.table == table for q in wanted):
            frames[table] = side_tally(cases, table, by=of_sides, cuts=cuts, known=known)
    first = {name: _first(frame) for name, frame in frames.items()}
    absent = frozenset(name for name, frame in frames.items() if frame.attrs.get("empty"))
    needs = dict.fromkeys(column for q in wanted for column in rests_on(q))
    lacking = frozenset(cases.lacking(*needs))
    return Tally(
        frames,
        cuts,
        _grouped(frames, list(of_sides)),
        known,
        first,
        cases.observed_from is not None,
        absent,
        any(OF_REOPENED in q.keep for q in wanted) and holds_no_reopened(cases),
        lacking,
        blank_called(cases, *MONEY_COLUMNS.values()),
        listed,
        work_calendar(cases.holidays),
        blank_days(cases) if WITHIN_LIMIT in conditions_of(wanted) else (),
    )


def regrouped(counts: Tally, by: Sequence[str]) -> Tally:
    """The same tallies by fewer of the columns that they were counted by; side tables that have not these are left out."""
    frames = {name: frame for name, frame in counts.frames.items() if {*by} <= {*frame.columns}}
    return replace(counts, frames=frames, groups=_grouped(frames, list(by)))


def rests_on(quantity: Quantity) -> list[str]:
    """The columns of the register that a quantity of cases rests on beside filing and closing."""
    if quantity.table != "cases":
        return []
    named = [
        column
        for name in conditions_of([quantity])
        for column in DERIVED.get(name, (name,))
        if column in columns("cases")
    ]
    money = [MONEY_COLUMNS[name] for name in (*quantity.complete, quantity.count) if name in MONEY_COLUMNS]
    return list(dict.fromkeys([*named, *money]))


def scale(quantity: Quantity) -> tuple[str, float]:
    """The tally column that a quantity adds up, and how many of its units make one of the quantity's."""
    if quantity.count in (*MONEY_COLUMNS, "amount"):
        return f"{quantity.count}_fen", FEN_PER_WAN
    return (quantity.count if quantity.count in OF_DAYS else "cases"), 1


def amounts(frame: pd.DataFrame, quantity: Quantity) -> np.ndarray:
    """The amount that each row of a tally adds to a quantity: cases, 万元, days, persons …; exact below 2^53 fen."""
    column, unit = scale(quantity)
    return np.asarray(frame[column].to_numpy(dtype=float) / unit)


class Rows(NamedTuple):
    """The weights of a tally's rows in a quantity: 1, 0, or −1 where a stock loses the row.

    ``of`` the moment; ``counted``; ``lacking`` the amount that is added up; ``unknown`` to a condition; ``outside`` of what it concerns.
    """

    of: np.ndarray
    counted: np.ndarray
    lacking: np.ndarray
    unknown: np.ndarray
    outside: np.ndarray


Part = tuple[np.ndarray, Rows]


def weights(counts: Tally, quantity: Quantity, window: Window, closed: np.ndarray | None = None) -> Rows | None:
    """Weigh each row of a quantity's tally in it over a window; ``None`` where the window has no such stock.

    ``closed``: the slots of closing to take in place of those of the tally (``closings``).
    """
    moment, table = _moment(counts, quantity, window, closed), quantity.table
    if moment is None:
        return None
    fits, unknown, outside = (np.full(len(moment), fill) for fill in (True, False, False))
    for conditions, wanted in ((quantity.keep, True), (quantity.leave_out, False)):
        for column, values in conditions:
            name = "kind" if column == "both_kinds" else column
            absent, is_in = counts.held(table, name, None), counts.held(table, name, values)
            unknown |= absent
            unlimited = counts.held(table, name, (NO_LIMIT,)) if name == WITHIN_LIMIT else False
            outside |= unlimited
            fits &= absent | unlimited | (is_in if wanted else ~is_in)
    unknown &= fits & ~outside
    outside &= fits
    fits &= ~unknown & ~outside
    has = has_amount(counts, quantity)
    return Rows(moment, moment * (fits & has), moment * (fits & ~has), moment * unknown, moment * outside)


def has_amount(counts: Tally, quantity: Quantity) -> np.ndarray:
    """Mark the rows that state all amounts that a quantity needs."""
    table = quantity.table
    needs = quantity.complete or ((quantity.count,) if f"has_{quantity.count}" in counts.frames[table] else ())
    has = np.ones(len(counts.frames[table]), dtype=bool)
    for amount in needs:
        has &= counts.column(table, f"has_{amount}").astype(bool)
    return has


def closings(counts: Tally, table: str, window: Window) -> Iterator[tuple[np.ndarray | None, np.ndarray]]:
    """The times at which cases may have been closed, as slots: as the tally has it, and of undecided cases before the window or in it.

    With each the rows of which it is possible.
    """
    yield None, np.ones(len(counts.frames[table]), dtype=bool)
    if UNDECIDED not in counts.frames[table]:
        return
    undecided, filed, closed = (counts.column(table, name) for name in (UNDECIDED, "filed_slot", "closed_slot"))
    undecided = undecided.astype(bool)
    for day in dict.fromkeys((window.filing_start, window.start, window.end + pd.Timedelta(days=1))):
        slot = counts.index(day)
        yield np.where(undecided, slot, closed), undecided & (filed <= slot)


def of_each_case(counts: Tally, side: Iterable[Quantity], window: Window) -> np.ndarray:
    """How much each row of the cases adds to one side of a ratio in a window."""
    frame = counts.frames["cases"]
    total = np.zeros(len(frame))
    for quantity in side:
        part = counts.part(quantity, window)
        if part is not None:
            places, rows = part
            total[places] += rows.counted * amounts(frame.iloc[places], quantity)
    return total


def must_be_codes(quantity: Quantity) -> None:
    """Raise ``ArgumentError`` for a condition on a code (closure mode, case type …) that no register has."""
    for column, values in (*quantity.keep, *quantity.leave_out):
        name = "kind" if column == "both_kinds" else column
        if name in columns(quantity.table) and columns(quantity.table)[name].kind == "code":
            for value in values:
                if value not in codes(name):
                    raise ArgumentError.not_one_of(f"{quantity.id}: {column}", value, codes(name))


def _age_cuts(wanted: Iterable[Quantity], window: Window) -> list[pd.Timestamp]:
    months = {q.older_than_months for q in wanted if q.older_than_months is not None}
    return [_first_not_older(window, m) for m in months]


def _first_not_older(window: Window, months: int) -> pd.Timestamp:
    """The first day of filing whose corresponding day so many months later is not before the end of the window."""
    same_day = window.end - pd.DateOffset(months=months)
    if same_day.day == window.end.day:
        return same_day
    return same_day + pd.Timedelta(
        days=1
    )  # the last of a shorter month comes round before the end: 30 June by 30 December


def _moment(counts: Tally, quantity: Quantity, window: Window, closed: np.ndarray | None) -> np.ndarray | None:
    """1 for rows that belong to the moment, −1 for those that a stock has lost; ``None`` where there is no such stock."""
    one = pd.Timedelta(days=1)
    begin, end = counts.index(window.start), counts.index(window.end + one)
    if quantity.table in ("coercive_measures", "aid"):
        on = counts.column(quantity.table, "on_slot")
        return ((on > begin) & (on <= end)).astype(float)
    first, second = ("filed", "closed") if quantity.table == "cases" else ("received", "resolved")
    into, out = (counts.column(quantity.table, f"{name}_slot") for name in (first, second))
    out = out if closed is None else closed
    from_, to = counts.index(window.filing_start), counts.index(window.filing_end + one)
    entered, left = (into > from_) & (into <= to), (out > begin) & (out <= end)
    opening = (into <= from_).astype(float) - (out <= from_)
    if quantity.when in ("closing", "pending"):
        if window.shifted:
            return None
        older = quantity.older_than_months
        old = into <= (end if older is None else counts.index(_first_not_older(window, older)))
        gone = (out <= end) if older is None else (old & (out <= end))
        return old.astype(float) - gone
    received = opening + entered if quantity.table == "cases" else entered
    return {
        "opening": opening, "filed": entered, "received": received, "closed": left, "resolved": left,
        "filed_and_closed": entered & left, "received_and_resolved": entered & (out <= end),
    }[quantity.when].astype(float)  # fmt: skip


def _first(frame: pd.DataFrame) -> pd.Timestamp | None:
    found = frame["first"].min() if len(frame) and "first" in frame else None
    return None if found is None or pd.isna(found) else pd.Timestamp(found)


def _grouped(frames: dict[str, pd.DataFrame], by: list[str]) -> pd.DataFrame:
    """Give every tally the number of its group; the groups in order."""
    if by:
        codes, groups = group_codes(pd.concat([frame[by] for frame in frames.values()]), by)
        for name, frame in frames.items():
            own, codes = np.split(codes, [len(frame)])
            frames[name] = frame.assign(group=own)
        return groups
    for name, frame in frames.items():
        frames[name] = frame.assign(group=0)
    return pd.DataFrame(index=[0])
