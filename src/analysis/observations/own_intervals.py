"""The court's own intervals (合理区间) of indicators: read, matched to the definition set, and as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.measures.side_files import hand_kept
from analysis.observations.figures import name_of
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.numbers import rounded

if TYPE_CHECKING:
    from analysis.vocabulary.indicator_sets.definition import Definition

Interval = tuple[float | None, float | None]  # either end may be open

NAMED_INDICATORS = 5  # in a message


def read_intervals(given: Any) -> list[tuple[str, Interval]]:
    """The user's own intervals as they are given, each under the name that it has there."""
    table = pd.DataFrame() if given is None else hand_kept(given, "intervals", ["indicator"], takes=["low", "high"])
    found: list[tuple[str, Interval]] = []
    for line, row in enumerate(table.to_dict("records"), start=1):
        low, high = (_number(row.get(end)) for end in ("low", "high"))
        if (pd.isna(low) and pd.isna(high)) or low > high:
            raise InputError(
                f"intervals：第{line}行数据的下限、上限应为数，至少一个，下限不高于上限。",
                f"intervals: low and high in data row {line} must be numbers, at least one, low not above high.",
            )
        found.append((str(row["indicator"]).strip(), (None if pd.isna(low) else low, None if pd.isna(high) else high)))
    return found


def intervals_of(bounds: list[tuple[str, Interval]], chosen: tuple[Definition, ...]) -> dict[str, Interval]:
    """The user's own intervals by indicator."""
    known = {name: d.indicator for d in reversed(chosen) for name in (*d.names, d.id, name_of(d).zh, name_of(d).en)}
    for line, (name, _) in enumerate(bounds, start=1):
        if name not in known:
            some = list(dict.fromkeys(known.values()))[:NAMED_INDICATORS]
            raise ArgumentError(
                f"intervals：第{line}行数据的指标不在口径中。应写作指标的名称或代号（{'、'.join(some)}……；全部见 an.definitions()）。",
                f"intervals: the indicator in data row {line} is none of the definition set. Write its name or id "
                f"({', '.join(some)} …; an.definitions() lists all).",
            )
    return {known[name]: said for name, said in bounds}


def interval_text(low: float | None, high: float | None) -> str:
    """Return an interval as it is written; nothing where there is none.

    >>> interval_text(90, float("nan")), interval_text(60, 80)
    ('≥90.00', '60.00–80.00')
    """
    ends = ["" if end is None or np.isnan(end) else f"{rounded(end, 2):,}" for end in (low, high)]
    if not any(ends):
        return ""
    return f"≥{ends[0]}" if not ends[1] else f"≤{ends[1]}" if not ends[0] else f"{ends[0]}–{ends[1]}"


def _number(cell: Any) -> float:
    """A bound as a number; missing where it is blank or none."""
    try:
        return float("nan") if cell is None else float(str(cell).strip().rstrip("%％"))
    except ValueError:
        return float("nan")
