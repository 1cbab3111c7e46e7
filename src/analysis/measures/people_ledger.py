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

from analysis.cases.privacy import MINIMUM, label_key
from analysis.cases.suppression import open_at_corners, protected
from analysis.measures.pseudonyms import NOBODY
from analysis.vocabulary.periods import windows

if TYPE_CHECKING:
    from analysis.cases.table import Cases

FLOWS = ("filed", "closed")
COLUMNS = ("opening", "filed", "closed", "closing")
Key = tuple[str, pd.Timestamp, pd.Timestamp]  # measure, first and last day; of a stock the day twice
MOST_LEDGERS = 16  # kept in memory: one a register, person column, calendar and day

_kept: dict[tuple[bytes, str, str, pd.Timestamp], Ledger] = {}


@dataclass
class Ledger:
    """Which figures of whom may be shown: ``hidden`` holds person, measure and days of those that may not."""

    known: set[tuple[pd.Timestamp, pd.Timestamp]] = field(default_factory=set)
    hidden: set[tuple[str, Key]] = field(default_factory=set)

    def hides(self, person: str, measure: str, first: pd.Timestamp, last: pd.Timestamp) -> bool:
        """Whether a figure is left out; so are all of a period that no publication is of."""
        if (first, last) not in self.known:
            return True
        return (person, _key(measure, first, last)) in self.hidden

    def shown(self, table: pd.DataFrame, person: str, ends: pd.Series, start: str = "period") -> pd.DataFrame:
        """A copy of a table of stock and flow by person without the figures that are left out; ``ends`` are its last days."""
        cells = {name: name for name in COLUMNS if name in table} | (
            {"pending": "closing"} if "pending" in table else {}
        )
        result = table.copy()
        people, firsts = table[person].astype(object).where(table[person].notna(), NOBODY), table[start]
        for column, measure in cells.items():
            gone = [self.hides(*of) for of in zip(people, [measure] * len(table), firsts, ends, strict=True)]
            result[column] = table[column].astype("Int64").mask(np.array(gone, dtype=bool))
        return result


def _key(measure: str, first: pd.Timestamp, last: pd.Timestamp) -> Key:
    """A stock is one figure however it is come by: the opening of a period is the closing of the day before."""
    if measure == "opening":
        return "stock", first - pd.Timedelta(days=1), first - pd.Timedelta(days=1)
    return ("stock", last, last) if measure == "closing" else (measure, first, last)


def people_ledger(cases: Cases, *, person: str, calendar: str, at: pd.Timestamp) -> Ledger:
    """Return the ledger of a register for a column of people, known to the day ``at``."""
    asked = (label_key(cases), person, calendar, at)
    if asked not in _kept:
        while len(_kept) >= MOST_LEDGERS:
            _kept.pop(next(iter(_kept)))
        _kept[asked] = _made(cases, person, calendar, at)
    return _kept[asked]


def _made(cases: Cases, person: str, calendar: str, at: pd.Timestamp) -> Ledger:
    from analysis.measures.caseflow import caseflow

    flow = caseflow(cases, freq="Q", by=person, calendar=calendar, at=at, names=True)
    flow[person] = flow[person].astype(object).where(flow[person].notna(), NOBODY)
    ledger = Ledger()
    if not len(flow):
        return ledger
    quarters = windows(flow["period"].min(), at, freq="Q", calendar=calendar)
    years = windows(flow["period"].min(), at, freq="Y", calendar=calendar)["period"]
    laid = flow.pivot(index="period", columns=person, values=list(FLOWS)).reindex(quarters["period"]).fillna(0)
    system = _System(ledger, [str(name) for name in laid["filed"]], {name: laid[name].to_numpy() for name in FLOWS})
    ends = quarters["period_end"].clip(upper=at)
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
        for start, quarters in {first: [number], year: list(range(number - into, number + 1))}.items():
            for name in FLOWS:
                self._add(_key(name, start, last), {(name, q): 1.0 for q in quarters})
        upto = range(number + 1)
        self._add(
            _key("closing", first, last), {(f, q): w for f, w in zip(FLOWS, (1.0, -1.0), strict=True) for q in upto}
        )
        self.gone = np.append(self.gone, np.zeros(len(self.values) - before, dtype=bool))
        values, is_total = np.array(self.values), np.array([of is None or of[0] == NOBODY for of in self.of])
        is_new = np.arange(len(values)) >= before
        small = is_new & ~is_total & (values > 0) & (values < MINIMUM)
        self.unsettled |= set(np.flatnonzero(small).tolist())
        self._protect(small, is_total | ~is_new, number)
        if ends_year:
            self._settle(number)
        self.ledger.hidden |= {self.of[i] for i in np.flatnonzero(self.gone) if self.of[i] is not None}  # type: ignore[misc]
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
        found, entries, rest = [], [], []
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
