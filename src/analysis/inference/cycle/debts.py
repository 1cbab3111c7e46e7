"""Cleared, or only terminated for this round: the same flow with such cases (终本) still counted as open.

终结本次执行程序 closes a case and leaves the debt. On debts a closing is one that is not such a termination, and a filing one that does not
take up a terminated case again (执恢). What closings show on labels and not on debts was a change of label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.counts import Counts
from analysis.inference.cycle.series import FlowSeries
from analysis.inference.cycle.verdict import SAID_AT, Reading
from analysis.vocabulary.columns import closure_modes

TERMINATED, REOPENED = "terminated_this_round", "reopened"
ON_CLOSINGS = ("rounds", "one_campaign", "lasting_change")
MOSTLY = 0.5  # share of the closings that an explanation adds, from which terminations are what it was made of


@dataclass(frozen=True, eq=False)
class Moved:
    """By period of a series: closings terminated for this round, filings that take up such cases again, closings moved elsewhere.

    ``unstated``: closings without a mode, which may be any.
    """

    terminated: np.ndarray
    reopened: np.ndarray
    moved: np.ndarray
    unstated: np.ndarray

    def added(self, each: int) -> Moved:
        """Periods added up, the last of them whole."""
        return Moved(*(added_up(part, each) for part in (self.terminated, self.reopened, self.moved, self.unstated)))

    def ends(self) -> list[Moved]:
        """The closings without a mode as no terminations, and as such all of them; one where all say theirs."""
        return [self, replace(self, terminated=self.terminated + self.unstated)] if self.unstated.any() else [self]


def added_up(values: np.ndarray, each: int) -> np.ndarray:
    """Sums of so many adjoining values, counted from the end.

    >>> added_up(np.array([9, 1, 2, 3, 4]), 2).tolist()
    [3, 7]
    """
    whole = len(values) // each
    return np.asarray(values[len(values) - whole * each :].reshape(whole, each).sum(axis=1))


def moved_of(series: FlowSeries, cases: Any) -> Moved | None:
    """Return what closures and filings really were; None without a register or where it names no closure mode."""
    if cases is None:
        return None
    from analysis.cases import tallies

    keys = list(series.group)
    closed, filed = tallies.closed(cases, by=keys), tallies.filed(cases, by=[*keys, "case_type"])
    for name, value in series.group.items():
        closed, filed = (
            table[table[name].isna() if pd.isna(value) else table[name] == value] for table in (closed, filed)
        )
    if not closed["closure_mode"].notna().any():
        return None
    parts = (
        closed[closed["closure_mode"] == TERMINATED],
        filed[filed["case_type"] == REOPENED],
        closed[closed["closure_mode"].isin(closure_modes("moved")) & (closed["closure_mode"] != TERMINATED)],
        closed[closed["closure_mode"].isna()],
    )
    return Moved(*(_by_period(part, series) for part in parts))


def _by_period(table: pd.DataFrame, series: FlowSeries) -> np.ndarray:
    periods = series.table["period"]
    edges = np.array([*periods, series.end_of(-1) + pd.Timedelta(days=1)], dtype="datetime64[s]")
    place = np.searchsorted(edges, table["on"].to_numpy(dtype="datetime64[s]"), side="right") - 1
    inside = (place >= 0) & (place < len(periods))
    cases = table["cases"].to_numpy(dtype=float)
    return np.bincount(place[inside], weights=cases[inside], minlength=len(periods))


def with_debts_open(counts: Counts, moved: Moved) -> Counts:
    """The counts with terminated cases still open: they leave neither the stock nor what could be closed, and come back to neither."""
    held = np.concatenate([[0.0], np.cumsum(moved.terminated - moved.reopened)[:-1]]) - moved.reopened
    return replace(
        counts,
        filed=np.maximum(counts.filed - moved.reopened, 0),
        closed=np.maximum(counts.closed - moved.terminated, 0),
        available=np.maximum(counts.available + held, 0),
    )


def without_reopened(counts: Counts, moved: Moved) -> Counts:
    """The counts with cases taken up again left out of filings."""
    return replace(counts, filed=np.maximum(counts.filed - moved.reopened, 0))


def without_moved(counts: Counts, moved: Moved) -> Counts:
    """The counts with closings that only moved a case (to another court, into another case) left out."""
    return replace(counts, closed=np.maximum(counts.closed - moved.moved, 0))


def share_moved(reading: Reading, debts: Reading, terminated: np.ndarray) -> float | None:
    """The share of the closings that an explanation adds which were terminations; None where the explanation holds on debts as well."""
    said = reading.said
    if reading.verdict not in ON_CLOSINGS or said is None:
        return None
    same = debts.closings.get(reading.verdict)
    if same is not None and same.p <= SAID_AT:
        return None
    places = said.places
    column = said.shape.columns[places][:, 0]
    high = column > (0.5 if set(np.unique(column)) <= {0.0, 1.0} else 0.0)
    added = [
        float(part[places][high].mean() - part[places][~high].mean()) for part in (reading.counts.closed, terminated)
    ]
    share = added[1] / added[0] if added[0] else 0.0
    return share if share >= MOSTLY else None
