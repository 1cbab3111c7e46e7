"""Cleared, or only stored elsewhere: the same flow with cases terminated for this round (终本) still counted as open.

终结本次执行程序 closes a case and leaves the debt. On debts a closing is one that is not such a termination, and a filing one that does not
take up a terminated case again (执恢). What closings show on labels and not on debts was a change of label.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.counts import Counts
from analysis.inference.cycle.series import FlowSeries, end_of
from analysis.inference.cycle.verdict import SAID_AT, Reading

TERMINATED = "terminated_this_round"
ON_CLOSINGS = ("rounds", "one_campaign", "lasting_change")
MOSTLY = 0.5  # share of the closings that an explanation adds, from which terminations are what it was made of


def terminations(series: FlowSeries, cases: Any) -> np.ndarray | None:
    """Closings terminated for this round, by period of the series; None without a register or where it names no mode."""
    if cases is None:
        return None
    from analysis.cases import tallies

    keys = list(series.group)
    closed = tallies.closed(cases, by=keys)
    for name, value in series.group.items():
        closed = closed[closed[name].isna() if pd.isna(value) else closed[name] == value]
    if not closed["closure_mode"].notna().any():
        return None
    own = closed[closed["closure_mode"] == TERMINATED]
    periods = series.table["period"]
    edges = [*periods, end_of(periods, series.freq, -1) + pd.Timedelta(days=1)]
    place = (
        np.searchsorted(np.array(edges, dtype="datetime64[s]"), own["on"].to_numpy(dtype="datetime64[s]"), side="right")
        - 1
    )
    inside = (place >= 0) & (place < len(periods))
    return np.bincount(place[inside], weights=own["cases"].to_numpy(dtype=float)[inside], minlength=len(periods))


def with_debts_open(counts: Counts, terminated: np.ndarray) -> Counts:
    """The counts with terminated cases still open: they leave neither the stock nor what could be closed."""
    resolved = np.maximum(counts.closed - terminated, 0)
    held = np.concatenate([[0.0], np.cumsum(terminated)[:-1]])
    return replace(counts, closed=resolved, available=counts.available + held)


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
