"""Cases counted by all their columns at once: a choice in one column narrows what every other column offers, as slicers do.

The register is read once and encoded: one small whole number a case and column. A change of choices then costs a few passes
over arrays (a million cases in a quarter of a second), where the question put to the database anew costs that for each column. What is
counted here is what ``cases.where(...)`` and ``caseflow`` count; the tests hold one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.cases.amount_bands import AMOUNT_BAND, BANDS
from analysis.cases.closings import unread_cells
from analysis.cases.privacy import pseudonyms
from analysis.measures.caseflow import FLOWS, flow_of, with_known_openings, with_unstated, with_whole_first
from analysis.vocabulary.labels import group_text, pseudonym
from analysis.vocabulary.numerals import group_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.cases.table import Cases

# What cases are told apart by, in the order in which it is offered.
DIMENSIONS = (
    "court", "team", "officer", "case_type", "basis", "closure_mode", "has_property", AMOUNT_BAND, "area",
)  # fmt: skip
PLACES = ("team", "area")  # who works where is known
LISTED = ("case_no", "filed_on", "closed_on", "case_type", "basis", "closure_mode", "amount_claimed")
NEVER = np.iinfo(np.int64).max  # the day of a closing that has not come


@dataclass(frozen=True, eq=False)
class Dimension:
    """A column that tells cases apart: its values in the order shown (``None`` last, where cases have none) and each case's place among them."""

    name: str
    values: list[Any]
    codes: np.ndarray

    @property
    def labels(self) -> list[str]:
        """The values as people read them, in the language spoken."""
        return [pseudonym(str(group_text(self.name, value))) for value in self.values]


class Crossfilter:
    """The cases of a register that were filed by the day to which it is known, counted under choices that combine.

    ``dimensions`` are the columns that tell its cases apart: those of which the register has at least two values.

    >>> from analysis.cases.table import Cases
    >>> frame = pd.DataFrame({"filed_on": "2011-01-04", "team": list("aab"), "basis": ["civil", None, "civil"]})
    >>> counted = Crossfilter(Cases.from_frames(frame, as_of="2011-12-31"))
    >>> list(counted.dimensions), counted.dimensions["basis"].values
    (['team', 'basis'], ['civil', None])
    >>> counted.counts({"team": ["a"]})["basis"].tolist(), counted.counts({"team": ["a"]})["team"].tolist()
    ([1, 1], [2, 1])
    """

    def __init__(self, cases: Cases, *, names: bool = True) -> None:
        self.cases = cases
        table = cases.table.filter(cases.table.filed_on <= cases.as_of.date())
        columns = {name: "amount_claimed" if name == AMOUNT_BAND else name for name in DIMENSIONS}
        lacking = cases.lacking(*columns.values())
        held = [name for name, column in columns.items() if column not in lacking]
        asked = dict.fromkeys([*LISTED, "court", *(columns[name] for name in held)])
        rows = table.select(*asked).to_pyarrow()
        self._rows = rows
        self.filed, closed = (_days(rows[name]) for name in ("filed_on", "closed_on"))
        self.closed = np.where(closed > day_number(cases.as_of), NEVER, closed)
        people = {} if names else pseudonyms(cases)
        made = [_dimension(name, rows, people if name == "officer" else {}) for name in held]
        self.dimensions = {dimension.name: dimension for dimension in made if len(dimension.values) > 1}

    def __len__(self) -> int:
        return len(self.filed)

    @property
    def first(self) -> pd.Timestamp:
        """The first day of the month of the first filing."""
        first = pd.Timestamp(int(self.filed.min()), unit="D") if len(self) else self.cases.as_of
        return first.replace(day=1).as_unit("s")

    @cached_property
    def numbers(self) -> np.ndarray:
        """The case numbers, a text each."""
        held: np.ndarray = self._rows["case_no"].fill_null("").to_numpy(zero_copy_only=False).astype(object)
        return held

    @cached_property
    def counts_flows(self) -> bool:
        """Whether stock and flow can be counted here: closings are told, and each closing date can be read."""
        return self.cases.holds_closings and not unread_cells(self.cases, "closed_on")

    @cached_property
    def telling(self) -> set[str]:
        """The columns of places in one of which a single officer has cases: beside a pseudonym that place says who it is."""
        held, found = self.dimensions, set()
        for name in {*PLACES} & {*held} if "officer" in held else ():
            place, officer = held[name], held["officer"]
            works = np.zeros((len(place.values), len(officer.values)), dtype=bool)
            works[place.codes, officer.codes] = True
            if (works.sum(axis=1) == 1).any():
                found.add(name)
        return found

    def handled(self, start: pd.Timestamp, end: pd.Timestamp) -> np.ndarray:
        """Return the cases of a period: pending when it began, or filed in it."""
        return (self.filed <= day_number(end)) & (self.closed >= day_number(start))

    def counts(self, chosen: Mapping[str, Sequence[Any]], within: np.ndarray | None = None) -> dict[str, np.ndarray]:
        """Count the cases of each value of each dimension under the choices in all others, of those ``within``."""
        failing = {name: ~self._passing(name, values) for name, values in chosen.items()}
        failed = np.zeros(len(self), dtype=np.int8)
        for fails in failing.values():
            failed += fails
        inside = np.ones(len(self), dtype=bool) if within is None else within
        found = {}
        for name, dimension in self.dimensions.items():
            others = failed - failing[name] if name in failing else failed
            codes = dimension.codes[inside & (others == 0)]
            found[name] = np.bincount(codes, minlength=len(dimension.values))
        return found

    def chosen(self, choices: Mapping[str, Sequence[Any]]) -> np.ndarray:
        """Return the cases that all choices let through."""
        kept = np.ones(len(self), dtype=bool)
        for name, values in choices.items():
            kept &= self._passing(name, values)
        return kept

    def pending(self, choices: Mapping[str, Sequence[Any]], at: pd.Timestamp) -> np.ndarray:
        """Return the cases that all choices let through and that are pending at the end of a day."""
        last = day_number(at)
        return self.chosen(choices) & (self.filed <= last) & (self.closed > last)

    def flow(
        self,
        choices: Mapping[str, Sequence[Any]],
        start: pd.Timestamp,
        end: pd.Timestamp,
        freq: str,
        by: str | None = None,
    ) -> pd.DataFrame:
        """Return the caseflow of the cases that the choices let through, as ``caseflow(..., names=True)`` counts it."""
        kept = self.chosen(choices)
        flows = {name: self._tally(days, kept, by) for name, days in zip(FLOWS, (self.filed, self.closed), strict=True)}
        keys = () if by is None else (by,)
        table = flow_of(flows, start, min(end, self.cases.as_of), freq=freq, calendar=self.cases.calendar, keys=keys)
        table.attrs["synthetic"] = self.cases.synthetic
        courts = pa.compute.unique(self._rows["court"].filter(pa.array(kept))).to_pylist()
        if by != "court":
            table.attrs["court"] = courts[0] if len(courts) == 1 else None
        if by == "court":
            begun = {court: self.cases.begun_at(court) for court in table["court"].unique()}
        else:
            one = self.cases.begun_at(courts[0]) if choices and len(courts) == 1 else self.cases.beginning
            begun = {None: one}
        return with_whole_first(with_unstated(with_known_openings(table, begun, start), keys), start)

    def listed(self, which: np.ndarray) -> pd.DataFrame:
        """Return a list of cases, without people: number, days, what they are."""
        taken = self._rows.select(list(LISTED)).filter(pa.array(which))
        frame = taken.to_pandas(date_as_object=False)
        closed = pd.Series(self.closed[which]).where(lambda day: day < NEVER)
        frame["closed_on"] = pd.to_datetime(closed, unit="D").astype("datetime64[s]")
        frame["filed_on"] = frame["filed_on"].astype("datetime64[s]")
        frame["closure_mode"] = frame["closure_mode"].where(frame["closed_on"].notna())
        frame["days"] = (frame["closed_on"].fillna(self.cases.as_of) - frame["filed_on"]).dt.days
        return frame.drop(columns=[name for name in self.cases.lacking(*LISTED) if name != "case_no"])

    def _passing(self, name: str, values: Sequence[Any]) -> np.ndarray:
        dimension = self.dimensions[name]
        wanted: np.ndarray = np.array([value in values for value in dimension.values])
        return wanted[dimension.codes]

    def _tally(self, days: np.ndarray, kept: np.ndarray, by: str | None) -> pd.DataFrame:
        """Count by day, and group: what ``tallies.counted`` asks of the database."""
        kept = kept & (days < NEVER)
        on = days[kept]
        if by is None:
            found, cases = np.unique(on, return_counts=True)
            tally = pd.DataFrame({"on": found, "cases": cases})
        else:
            dimension = self.dimensions[by]
            size = len(dimension.values)
            found, cases = np.unique(on * size + dimension.codes[kept], return_counts=True)
            values = pd.Series(pa.array(dimension.values).to_pandas())
            tally = pd.DataFrame({"on": found // size, by: values.take(found % size).array, "cases": cases})
        return tally.assign(on=pd.to_datetime(tally["on"], unit="D").astype("datetime64[s]"))


def day_number(day: pd.Timestamp) -> int:
    """Return a day as days are counted here: from 1970-01-01."""
    return int(day.value // 86_400_000_000_000)


def _days(column: Any) -> np.ndarray:
    """Days since 1970 as whole numbers, ``NEVER`` where there is none."""
    days: np.ndarray = column.cast(pa.int32()).cast(pa.int64()).fill_null(NEVER).to_numpy()
    return days


def _dimension(name: str, rows: pa.Table, shown: Mapping[str, str]) -> Dimension:
    """Encode a column: its different values as they are shown, in order, those without one last."""
    if name == AMOUNT_BAND:
        amounts = rows["amount_claimed"].fill_null(np.nan).to_numpy()
        edges = np.array([*BANDS.values()][1:], dtype=float)
        codes = np.where(np.isnan(amounts), len(BANDS), np.searchsorted(edges, amounts, side="right"))
        values: list[Any] = list(BANDS)
    else:
        coded = pa.compute.dictionary_encode(rows[name])
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        found = [shown.get(value, value) for value in coded.dictionary.to_pylist()]
        order = pd.Series(found, dtype=object).sort_values(key=group_order, kind="stable").index.to_numpy()
        place = np.empty(len(found) + 1, dtype=np.int64)
        place[order], place[-1] = np.arange(len(found)), len(found)
        codes = place[coded.indices.fill_null(len(found)).to_numpy()]
        values = [found[at] for at in order]
    counts = np.bincount(codes, minlength=len(values) + 1)
    return Dimension(name, [*values, None] if counts[-1] else values, codes)
