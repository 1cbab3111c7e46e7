"""Ratios of two sums over closed cases (money recovered of money claimed, days per case) and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.measures import intervals
from analysis.measures.indicators.case_tally import MONEY_COLUMNS
from analysis.measures.indicators.quantities import Tally, amounts, scale, weights

if TYPE_CHECKING:
    import pandas as pd

    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity
    from analysis.vocabulary.language import Text


# A statement and the groups it stands beside (None: all), or statements, one a group.
Said = tuple["Text | list[Text]", "Sequence[int] | np.ndarray | None"]


def over_cases(
    definition: Definition, window: Window, counts: Tally, seed: int
) -> tuple[np.ndarray, np.ndarray, list[Said]]:
    """Bounds of a ratio of two sums by group: percentile bootstrap over cases, linearised where there are too many.

    Third comes what is said of what they rest on.
    """
    frame, size = counts.frames["cases"], len(counts.groups)
    top, base = (_members(counts, frame, side, window) for side in (definition.numerator, definition.denominator))
    if not counts.listed:
        return _linearised(frame, definition, top, base, size)
    lower, upper, number, share = (np.full(size, np.nan) for _ in range(4))
    rows = np.flatnonzero(base.any(axis=0))
    rows = rows[np.argsort(frame["group"].to_numpy()[rows], kind="stable")]
    of_money = any(quantity.count in MONEY_COLUMNS for quantity in definition.denominator)
    groups, starts = np.unique(frame["group"].to_numpy()[rows], return_index=True)
    for group, own in zip(groups, np.split(rows, starts[1:]), strict=False):  # no rows: no group, one empty part
        y = _values(frame, definition.numerator, top, own)
        x = _values(frame, definition.denominator, base, own)
        lower[group], upper[group] = intervals.ratio_of_sums(y, x, seed=seed)
        number[group], share[group] = len(x), intervals.largest_share(x if of_money else y)
    return lower, upper, _carried_by(number, share)


def _members(counts: Tally, frame: pd.DataFrame, side: Sequence[Quantity], window: Window) -> np.ndarray:
    """Mark the rows that count in each quantity of a side, one row of truth values a quantity."""
    found = [weights(counts, frame, quantity, window) for quantity in side]
    return np.array([rows.counted > 0 for rows in found if rows is not None]).reshape(-1, len(frame))


def _values(frame: pd.DataFrame, side: Sequence[Quantity], members: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.sum([amounts(frame, q)[rows] * of[rows] for q, of in zip(side, members, strict=True)], axis=0)


def _carried_by(number: np.ndarray, share: np.ndarray) -> list[Said]:
    """Describe the base of each group's interval; a sum of 0 has no shares."""
    groups = np.flatnonzero(~np.isnan(share))
    rests = zip(number[groups].tolist(), share[groups].tolist(), strict=True)
    return [([intervals.carried_by(n, part) for n, part in rests], groups)]


def _linearised(
    frame: pd.DataFrame, definition: Definition, top: np.ndarray, base: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, list[Said]]:
    """Linearised limits from the sums of squares of tally rows, within which all cases count alike; for single quantities."""
    group = frame["group"].to_numpy()
    if len(top) != 1 or len(base) != 1:
        return np.full(size, np.nan), np.full(size, np.nan), []
    (first,), (second,), is_top, is_base = definition.numerator, definition.denominator, top[0], base[0]

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=values, minlength=size)

    y, x = summed(amounts(frame, first) * is_top), summed(amounts(frame, second) * is_base)
    yy, xx = summed(_squares(frame, first, first) * is_top), summed(_squares(frame, second, second) * is_base)
    xy, number = summed(_squares(frame, first, second) * (is_top & is_base)), summed(frame["cases"] * is_base)
    of_money = second.count in MONEY_COLUMNS
    greatest = _greatest(frame, *((second, is_base) if of_money else (first, is_top)), size)
    with np.errstate(divide="ignore", invalid="ignore"):
        r, share = y / x, greatest / (x if of_money else y)
    lower, upper = intervals.linearised(y, x, yy - 2 * r * xy + r**2 * xx)
    return lower, upper, _carried_by(number, np.where(x > 0, share, np.nan))


def _squares(frame: pd.DataFrame, first: Quantity, second: Quantity) -> np.ndarray:
    names = [scale(q)[0] for q in (first, second)]
    if "cases" in names:  # a case is its own square; times an amount, that amount
        other = [q for q, name in zip((first, second), names, strict=True) if name != "cases"]
        return amounts(frame, other[0] if other else first)
    column = "*".join(names) if "*".join(names) in frame else "*".join(reversed(names))
    return np.asarray(frame[column].to_numpy(dtype=float) / (scale(first)[1] * scale(second)[1]))


def _greatest(frame: pd.DataFrame, quantity: Quantity, base: np.ndarray, size: int) -> np.ndarray:
    """The sum of the largest cases of each group, as far as each tally row's largest tells: at least that much."""
    column, unit = scale(quantity)
    found = frame.loc[base, ["group", f"{column} max"]].sort_values(f"{column} max", ascending=False)
    largest = found.groupby("group").head(intervals.LARGEST)
    return np.bincount(largest["group"], weights=largest[f"{column} max"] / unit, minlength=size)
