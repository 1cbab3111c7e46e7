"""Ratios of two sums over closed cases (money recovered of money claimed, days per case) and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.measures import intervals
from analysis.measures.quantities import Tally, amounts, scale, weights

if TYPE_CHECKING:
    import pandas as pd

    from analysis.measures.windows import Window
    from analysis.vocabulary.definition import Definition
    from analysis.vocabulary.language import Text
    from analysis.vocabulary.quantities import Quantity


def over_cases(
    definition: Definition, window: Window, counts: Tally, seed: int, notes: list[list[Text]]
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of a ratio of two sums by group: percentile bootstrap over cases, linearised where there are too many."""
    lower, upper = (np.full(len(counts.groups), np.nan) for _ in range(2))
    frame = counts.frames["cases"]
    top, base = (_members(counts, frame, side, window) for side in (definition.numerator, definition.denominator))
    groups = frame["group"].to_numpy()
    for group in np.unique(groups[base.any(axis=0)]):
        rows = groups == group
        if counts.listed:
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


def _members(counts: Tally, frame: pd.DataFrame, side: Sequence[Quantity], window: Window) -> np.ndarray:
    """Which rows count in each quantity of a side: one row of truth a quantity."""
    found = [weights(counts, frame, quantity, window) for quantity in side]
    return np.array([rows.counted > 0 for rows in found if rows is not None]).reshape(-1, len(frame))


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
