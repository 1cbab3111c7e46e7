"""The ledger of what a register's publications show of people: stock and flow by officer, none of it small, none worked out.

Without names, figures of people are shown for quarters, the year so far to a quarter's end, and years; a month of one officer is
too little. Which of them are left out is decided once for all documents of a register, quarter after quarter, each on top of
what the earlier ones showed: so what one document leaves out no other shows, and no difference between quarters, years, stocks
and the court's own totals gives it away. A further quarter changes nothing of what was decided before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.privacy import MINIMUM, cut_short
from analysis.cases.suppression import open_at_corners, protected
from analysis.measures.open_sums import calendar_of_year, is_year_over
from analysis.measures.pseudonyms import NOBODY, PEOPLE
from analysis.measures.windows import Window
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import windows
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from analysis.cases.table import Cases

FLOWS = ("filed", "closed")
TOO_SHORT = Text(
    "人员的数字只按季、年公布（一人一月或一周的件数过少）",
    "figures of people are published by quarter and year only: a month or week of one person holds too few cases",
)
COLUMNS = ("opening", "filed", "closed", "closing")
Key = tuple[str, pd.Timestamp, pd.Timestamp]  # measure, first and last day; of a stock the day twice


@dataclass
class Ledger:
    """Which figures of whom may be shown: ``hidden`` holds person, measure and days of those that may not.

    Of those ``cut_short``, of whom a narrowed register holds some cases alone, none may: they would be a finer breakdown.
    """

    known: set[tuple[pd.Timestamp, pd.Timestamp]] = field(default_factory=set)
    hidden: set[tuple[str, Key]] = field(default_factory=set)
    cut_short: frozenset[str | None] = frozenset()

    def hidden_of(self, person: str, first: pd.Timestamp, last: pd.Timestamp) -> set[str]:
        """The measures of stock and flow that are left out of a person's row of a period."""
        return {measure for measure in COLUMNS if self.hides(person, measure, first, last)}

    def shown(self, table: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        """A table of ``officer, opening, filed, closed, pending`` of one period without the figures that are left out."""
        gone = table["officer"].map(lambda person: self.hidden_of(person, first, last))
        figures = {"opening": "opening", "filed": "filed", "closed": "closed", "pending": "closing"}
        masks = {name: gone.map(lambda out, of=measure: of in out).astype(bool) for name, measure in figures.items()}
        return table.assign(**{name: table[name].astype("Int64").mask(mask) for name, mask in masks.items()})

    def hides(self, person: str, measure: str, first: pd.Timestamp, last: pd.Timestamp) -> bool:
        """Whether a figure is left out; so are all of a period that no publication is of."""
        if (first, last) not in self.known or (None if person == NOBODY else person) in self.cut_short:
            return True
        return (person, _key(measure, first, last)) in self.hidden


def without_hidden(cases: Cases, table: pd.DataFrame, *, calendar: str, at: pd.Timestamp) -> pd.DataFrame:
    """A caseflow by person, with ``period_end``, without the figures that the ledger leaves out; names still as they are.

    Only the person and the team may tell its rows apart: of finer ones, and of a person in several teams, nothing is shown.
    """
    persons = [name for name in PEOPLE if name in table]
    finer = set(table.columns) - {"period", "period_end", "team", *COLUMNS, *persons}
    ledger = people_ledger(cases, person=persons[0], calendar=calendar, at=at)
    people = table[persons[0]].astype(object).where(table[persons[0]].notna(), NOBODY)
    several = table.groupby(["period", people], dropna=False)["filed"].transform("size") > 1
    result = table.copy()
    for measure in COLUMNS:
        cells = zip(people, table["period"], table["period_end"], several, strict=True)
        gone = [
            bool(finer) or len(persons) > 1 or many or ledger.hides(name, measure, first, last)
            for name, first, last, many in cells
        ]
        if any(gone):
            result[measure] = (
                table[measure].astype("float64").mask(np.array(gone, dtype=bool))
            )  # charts know NaN as a gap
    return result


def without_hidden_years(
    cases: Cases, table: pd.DataFrame, people: Sequence[str], at: pd.Timestamp, *, rests_on: pd.Series, finer: bool
) -> pd.DataFrame:
    """A table by person and period with the figures alone that rest on stocks and flows which the ledger lets be shown.

    ``rests_on`` names the stocks and flows (``COLUMNS``) of each row; a row that rests on anything else goes, as do other periods
    than statistical years that are over, and of a breakdown ``finer`` than persons everything.
    """
    gone = np.ones(len(table), dtype=bool)
    for _, rows in table.groupby(["period_start", "period_end"]):
        first, last = (pd.Timestamp(rows[name].iloc[0]) for name in ("period_start", "period_end"))
        calendar = calendar_of_year(Window.of(first, last))
        if calendar is not None and last <= at and not finer:
            ledger = people_ledger(cases, person=people[0], calendar=calendar, at=at)
            names = rows[people[0]].astype(object).where(rows[people[0]].notna(), NOBODY)
            asked = zip(names, rests_on[rows.index], strict=True)
            gone[table.index.get_indexer(rows.index)] = [
                not on or bool(on & ledger.hidden_of(str(name), first, last)) for name, on in asked
            ]
    figures = [str(name) for name in table.select_dtypes("number")]
    return table.assign(**{name: table[name].astype("Float64").mask(gone) for name in figures})


def must_not_follow_people(names: bool, keys: Collection[str]) -> None:
    """Raise ``ArgumentError`` for curves of people without their names: each step of a curve is a case or two."""
    people = [name for name in keys if name in PEOPLE]
    if people and not names:
        raise ArgumentError(
            f"按“{people[0]}”分组的曲线每一步只是一两件案件，不对外显示；院内使用请加 names=True。",
            f"a curve by {people[0]} steps at every case or two, so it is not shown outside: use names=True inside the court.",
        )


def without_small(
    table: pd.DataFrame,
    people: Sequence[str],
    counts: Sequence[str],
    within: Sequence[str],
    *,
    known: pd.Timestamp | None = None,
    finer: bool = False,
) -> pd.DataFrame:
    """A table by person as it may be shown: without the rows that hold a small count, and without what would give these away.

    ``people`` are the columns that tell persons apart: without any of them in it the table stays as it is. Rows go whole.
    Of the rows ``within`` one total the next smallest goes until
    those left out hold ``MINIMUM`` together and are two. ``known``: periods other than statistical years that are over go, since
    periods within each other could be subtracted; of a breakdown ``finer`` than persons everything goes.
    """
    if not any(name in table for name in people) or table.empty:
        return table
    figures = [str(name) for name in table.select_dtypes("number") if name not in within]
    held = table[[name for name in counts if name in table]].apply(pd.to_numeric).astype("float64")
    gone = ((held > 0) & (held < MINIMUM)).any(axis=1)
    if known is not None:
        spans = table[["period_start", "period_end"]].drop_duplicates().itertuples(index=False)
        over = {span for span in spans if is_year_over(Window.of(*span), known)}
        gone |= ~pd.Series(
            [span in over for span in table[["period_start", "period_end"]].itertuples(index=False)], index=table.index
        )
    gone |= finer
    groups = table.groupby(list(within), dropna=False).indices.values() if within else [np.arange(len(table))]
    for rows in groups:
        leave_out_together(gone, held, rows)
    return table.assign(**{name: table[name].astype("Float64").mask(gone) for name in figures if gone.any()})


def leave_out_together(gone: pd.Series, held: pd.DataFrame, rows: Any) -> None:
    """Leave out more of the rows of one total until those left out are several and hold no small count together."""
    size = held.iloc[rows].fillna(0).sum(axis=1)
    while gone.iloc[rows].any():
        out, left = size.index[gone.iloc[rows]], size[~gone.iloc[rows] & (size > 0)]
        together = held.loc[out].sum()
        if left.empty or (len(out) > 1 and not ((together > 0) & (together < MINIMUM)).any()):
            return
        least: Any = left.idxmin()
        gone.loc[least] = True


def _key(measure: str, first: pd.Timestamp, last: pd.Timestamp) -> Key:
    """A stock is one figure however it is come by: the opening of a period is the closing of the day before."""
    if measure == "opening":
        return "stock", first - pd.Timedelta(days=1), first - pd.Timedelta(days=1)
    return ("stock", last, last) if measure == "closing" else (measure, first, last)


def people_ledger(cases: Cases, *, person: str, calendar: str, at: pd.Timestamp) -> Ledger:
    """Return the ledger of a register for a column of people, known to the day ``at``; made once, kept with the register."""
    return cases.once(("people ledger", person, calendar, at), lambda: _made(cases, person, calendar, at))


def _made(cases: Cases, person: str, calendar: str, at: pd.Timestamp) -> Ledger:
    found = {name: tallies.counted(cases, name, by=(person,), unit="day", at=at) for name in FLOWS}
    days = pd.concat([tally["on"] for tally in found.values()])
    ledger = Ledger(cut_short=cut_short(cases, person))
    if not len(days):
        return ledger
    quarters = windows(days.min(), at, freq="Q", calendar=calendar)
    years = windows(days.min(), at, freq="Y", calendar=calendar)["period"]
    people = {name: tally[person].astype(object).where(tally[person].notna(), NOBODY) for name, tally in found.items()}
    everyone = sorted({str(person) for named in people.values() for person in named})
    parts = {}
    for name, tally in found.items():
        parts[name] = np.zeros((len(quarters), len(everyone)))
        slots = np.searchsorted(quarters["period"].to_numpy(), tally["on"].to_numpy(), side="right") - 1
        np.add.at(parts[name], (slots, np.searchsorted(everyone, people[name].tolist())), tally["cases"].to_numpy())
    system = _System(ledger, everyone, parts)
    ends = quarters["period_end"].where(quarters["period_end"] <= at, at)
    of_year = [years[years <= first].max() for first in quarters["period"]]
    for number, (first, last) in enumerate(zip(quarters["period"], ends, strict=True)):
        is_last = number + 1 == len(quarters) or of_year[number + 1] != of_year[number]
        system.decide(number, first, last, of_year[number], number - of_year.index(of_year[number]), ends_year=is_last)
    return ledger


class _System:
    """The figures of all people so far as sums of the filings and closings of each in each quarter."""

    def __init__(self, ledger: Ledger, everyone: list[str], parts: dict[str, np.ndarray]) -> None:
        self.ledger, self.everyone, self.parts = ledger, everyone, parts
        self.forms: list[dict[tuple[str, int, int], float]] = []  # measure, quarter, person → weight
        self.values: list[float] = []
        self.of: list[tuple[str, Key] | None] = []  # None: a total, which is public
        self.gone = np.zeros(0, dtype=bool)
        self.unsettled: set[int] = set()  # left out, and what is still to come could give them away

    def decide(
        self, number: int, first: pd.Timestamp, last: pd.Timestamp, year: pd.Timestamp, into: int, *, ends_year: bool
    ) -> None:
        """Take in the figures of a quarter and of its year so far, and leave out what must be."""
        before = len(self.values)
        if number and not self._busy(number):
            self._repeat(first, last, year, into)
            if ends_year and self.unsettled:
                self._settle(number)
            return
        for start, quarters in {first: [number], year: list(range(number - into, number + 1))}.items():
            for name in FLOWS:
                self._add(_key(name, start, last), {(name, q): 1.0 for q in quarters if self._busy(q)})
        upto = [q for q in range(number + 1) if self._busy(q)]
        self._add(
            _key("closing", first, last), {(f, q): w for f, w in zip(FLOWS, (1.0, -1.0), strict=True) for q in upto}
        )
        self.gone = np.append(self.gone, np.zeros(len(self.values) - before, dtype=bool))
        values, is_total = np.array(self.values), np.array([of is None for of in self.of])
        is_new = np.arange(len(values)) >= before
        small = is_new & ~is_total & (values > 0) & (values < MINIMUM)
        self.unsettled |= set(np.flatnonzero(small).tolist())
        self._protect(small, is_total | ~is_new, number)
        if ends_year:
            self._settle(number)
        self.ledger.hidden |= {self.of[i] for i in np.flatnonzero(self.gone) if self.of[i] is not None}  # type: ignore[misc]
        self.ledger.known |= {(first, last), (year, last)}

    def _busy(self, quarter: int) -> bool:
        return any(self.parts[name][quarter].any() for name in FLOWS)

    def _repeat(self, first: pd.Timestamp, last: pd.Timestamp, year: pd.Timestamp, into: int) -> None:
        """Decide on a quarter without filing or closing as on the one before: its totals of 0 say of everybody that nothing moved."""
        day_before = first - pd.Timedelta(days=1)
        same = {_key("closing", first, day_before): _key("closing", first, last)}
        if into:
            same |= {_key(name, year, day_before): _key(name, year, last) for name in FLOWS}
        self.ledger.hidden |= {(person, same[key]) for person, key in self.ledger.hidden if key in same}
        self.ledger.known |= {(first, last), (year, last)}

    def _protect(self, small: np.ndarray, settled: np.ndarray, number: int) -> None:
        values = np.array(self.values)
        back = min((min(q for _, q, _ in self.forms[i]) for i in self._flows(self.unsettled)), default=number)
        rows, matrix, rest = self._since(min(back, number), values)
        hidden = (self.gone | small)[rows]
        asked = np.array([i in self.unsettled for i in rows])
        wanted = np.maximum(values + 1, MINIMUM)[rows] - rest
        gone = protected(
            matrix,
            values[rows] - rest,
            hidden=hidden & asked,
            dropped=hidden,
            settled=settled[rows] & ~hidden,
            wanted=wanted,
        )
        more = rows[gone & ~hidden]
        self.gone[rows] = gone
        self.unsettled |= set(more.tolist())

    def _settle(self, number: int) -> None:
        """Of what is left out, only the stocks of the year's end, and what these alone keep open, can still be given away."""
        values = np.array(self.values)
        end = {i for i, of in enumerate(self.of) if of is None or of[1][0] == "stock"}
        back = min((min(q for _, q, _ in self.forms[i]) for i in self._flows(self.unsettled)), default=number)
        rows, matrix, rest = self._since(back, values)
        last = max(i for i in end)
        stocks = {i for i in end if i > last - len(self.everyone) - 1}
        gone = np.array([self.gone[i] and i not in stocks for i in rows])
        self.unsettled -= set(rows[open_at_corners(matrix, values[rows] - rest, gone=gone)].tolist())

    def _flows(self, figures: set[int]) -> list[int]:
        return [i for i in figures if (of := self.of[i]) is not None and of[1][0] != "stock"]

    def _since(self, back: int, values: np.ndarray) -> tuple[np.ndarray, Any, np.ndarray]:
        """The figures with a part in a quarter from ``back`` on, those parts, and what the earlier parts add to each.

        Earlier parts stay as they are: the worlds that are looked for differ from this one only from there on.
        """
        from scipy.sparse import csr_array

        places: dict[tuple[str, int, int], int] = {}
        found: list[int] = []
        entries: list[tuple[int, int, float]] = []
        rest: list[float] = []
        for i, form in enumerate(self.forms):
            recent = {part: w for part, w in form.items() if part[1] >= back}
            if recent:
                entries += [(len(found), places.setdefault(part, len(places)), w) for part, w in recent.items()]
                rest.append(values[i] - sum(w * self._part(part) for part, w in recent.items()))
                found.append(i)
        r, c, w = (np.array(x) for x in zip(*entries, strict=True))
        return np.array(found), csr_array((w, (r, c)), shape=(len(found), len(places))), np.array(rest)

    def _part(self, part: tuple[str, int, int]) -> float:
        return float(self.parts[part[0]][part[1], part[2]])

    def _add(self, key: Key, weights: dict[tuple[str, int], float]) -> None:
        """The figure of everybody, and their sum."""
        total: dict[tuple[str, int, int], float] = {}
        for i, name in enumerate(self.everyone):
            form = {(measure, quarter, i): w for (measure, quarter), w in weights.items()}
            self._append(form, (name, key))
            total |= form
        self._append(total, None)

    def _append(self, form: dict[tuple[str, int, int], float], of: tuple[str, Key] | None) -> None:
        self.forms.append(form)
        self.values.append(sum(w * self._part(part) for part, w in form.items()))
        self.of.append(of)
