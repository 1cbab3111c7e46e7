"""Ratios of two sums over closed cases (money recovered of money claimed, days per case) and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.measures import intervals
from analysis.measures.quantities import Tally, amounts, closed_rows, scale, weights

if TYPE_CHECKING:
    import pandas as pd

    from analysis.cases.table import Cases
    from analysis.measures.windows import Window
    from analysis.vocabulary.definition import Definition
    from analysis.vocabulary.language import Text
    from analysis.vocabulary.quantities import Quantity

# Registers up to this size hand over their closed cases for the bootstrap; larger ones answer with sums of squares.
ROWS_HANDED_OVER = 200_000


def needs_squares(cases: Cases, definitions: Sequence[Definition]) -> bool:
    """Whether the tallies must bring sums of squares, because the cases are too many to be resampled."""
    return any(d.interval == "bootstrap" for d in definitions) and len(cases) > ROWS_HANDED_OVER


def rows_for(
    cases: Cases,
    definitions: Sequence[Definition],
    windows: Sequence[Window],
    counts: Tally,
    by: tuple[str, ...],
    at: Any,
) -> Tally | None:
    """The closed cases one by one for the definitions with a bootstrap; ``None`` where there is none to make."""
    parts = [q for d in definitions if d.interval == "bootstrap" for q in (*d.numerator, *d.denominator)]
    if not parts or len(cases) > ROWS_HANDED_OVER:
        return None
    return closed_rows(cases, parts, windows, counts, by=by, at=at)


def over_cases(
    definition: Definition, window: Window, counts: Tally, listed: Tally | None, seed: int, notes: list[list[Text]]
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of a ratio of two sums by group: percentile bootstrap over cases, linearised where there are too many."""
    lower, upper = (np.full(len(counts.groups), np.nan) for _ in range(2))
    source = listed or counts
    frame = source.frames["cases"]
    top, base = (_members(source, frame, side, window) for side in (definition.numerator, definition.denominator))
    groups = frame["group"].to_numpy()
    for group in np.unique(groups[base.any(axis=0)]):
        rows = groups == group
        if listed is not None:
            rows &= base.any(axis=0)
            y, x = (_values(frame[rows], side, members[:, rows]) for side, members in
                    ((definition.numerator, top), (definition.denominator, base)))  # fmt: skip
            lower[group], upper[group] = intervals.ratio_of_sums(y, x, seed=seed)
            rough = intervals.roughness(len(x), intervals.largest_share(x))
        else:
            (first,), (second,) = definition.numerator, definition.denominator
            lower[group], upper[group] = _linearised(frame[rows], first, second, top[0, rows], base[0, rows])
            rough = intervals.roughness(*_size(frame[rows], second, base[0, rows]))
        if rough is not None:
            notes[group].append(rough)
    return lower, upper


def _members(source: Tally, frame: pd.DataFrame, side: Sequence[Quantity], window: Window) -> np.ndarray:
    """Which rows count in each quantity of a side: one row of truth a quantity."""
    counted = [weights(source, frame, quantity, window) for quantity in side]
    return np.array([rows.counted > 0 for rows in counted if rows is not None]).reshape(-1, len(frame))


def _values(rows: pd.DataFrame, side: Sequence[Quantity], members: np.ndarray) -> np.ndarray:
    return np.sum([amounts(rows, q) * of for q, of in zip(side, members, strict=True)], axis=0)


def _linearised(
    rows: pd.DataFrame, first: Quantity, second: Quantity, top: np.ndarray, base: np.ndarray
) -> tuple[float, float]:
    """Σ(y − r·x)² out of the sums of squares of each tally row, within which all cases count alike."""
    y, x = float(amounts(rows, first)[top].sum()), float(amounts(rows, second)[base].sum())
    if x <= 0:
        return np.nan, np.nan
    r = y / x
    residual = (
        (_squares(rows, first, first) * top).sum()
        - 2 * r * (_squares(rows, first, second) * (top & base)).sum()
        + r**2 * (_squares(rows, second, second) * base).sum()
    )
    return intervals.linearised(y, x, float(residual))


def _squares(rows: pd.DataFrame, first: Quantity, second: Quantity) -> np.ndarray:
    names = [scale(q)[0] for q in (first, second)]
    if "cases" in names:  # a case is its own square; times an amount, that amount
        other = [q for q, name in zip((first, second), names, strict=True) if name != "cases"]
        return amounts(rows, other[0] if other else first)
    column = "*".join(names) if "*".join(names) in rows else "*".join(reversed(names))
    return rows[column].to_numpy(dtype=float) / (scale(first)[1] * scale(second)[1])


def _size(rows: pd.DataFrame, quantity: Quantity, base: np.ndarray) -> tuple[float, float]:
    """Number of cases, and the share that the largest hold (the largest of each tally row, so at least)."""
    column, unit = scale(quantity)
    number = float(rows["cases"].to_numpy()[base].sum())
    if column == "cases":
        return number, 0.0
    largest = np.sort(rows[f"{column} max"].to_numpy(dtype=float)[base] / unit)[::-1]
    return number, float(largest[: intervals.LARGEST].sum() / amounts(rows, quantity)[base].sum())
