"""Ratios of two sums over closed cases (money recovered of money claimed, days per case) and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.measures.indicators.case_tally import LINKED, MONEY_COLUMNS
from analysis.measures.indicators.quantities import Tally, amounts, scale, weights
from analysis.measures.linked_cases import clusters
from analysis.measures.sums_of_cases import (
    BASES_SAID,
    TELLING,
    CaseSums,
    RatioLimits,
    mean_limits,
    mean_limits_of_sums,
    money_limits,
    money_limits_of_sums,
    rests_on,
)

if TYPE_CHECKING:
    import pandas as pd

    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity
    from analysis.vocabulary.text import Text


# A statement and the groups it stands beside (None: all), or statements, one a group.
Said = tuple["Text | list[Text]", "Sequence[int] | np.ndarray | None"]


def over_cases(
    definition: Definition, window: Window, counts: Tally, *, inside: bool
) -> tuple[np.ndarray, np.ndarray, list[Said]]:
    """Limits of a ratio of two sums by group, and what is said of what they rest on."""
    frame, size = counts.frames["cases"], len(counts.groups)
    top, base = (_members(counts, frame, side, window) for side in (definition.numerator, definition.denominator))
    are_money = [any(q.count in MONEY_COLUMNS for q in side) for side in (definition.numerator, definition.denominator)]
    of_money = are_money[1]
    if counts.listed:
        rows = np.flatnonzero(base.any(axis=0))
        y, x = (
            _values(frame, side, members, rows)
            for side, members in ((definition.numerator, top), (definition.denominator, base))
        )
        group = frame["group"].to_numpy()[rows]
        if LINKED in frame:
            of = clusters(group, frame[LINKED].to_numpy()[rows], size)
            y, x, group = of.of_rows(y), of.of_rows(x), of.group
        found = (money_limits if of_money else mean_limits)(y, x, group, size)
    elif len(top) == 1 and len(base) == 1:
        found = _of_sums(frame, definition, top[0], base[0], size, of_money=of_money)
    else:
        return np.full(size, np.nan), np.full(size, np.nan), []
    if any(are_money) and not inside:  # they rest on the squares of the amounts, of which the largest may have most
        lower, upper = (np.where(found.tells, np.nan, end) for end in (found.lower, found.upper))
        basis = np.where(found.tells, TELLING, found.basis)
        found = replace(found, lower=lower, upper=upper, basis=basis)
    return found.lower, found.upper, _rests_on(found, inside=inside)


def _members(counts: Tally, frame: pd.DataFrame, side: Sequence[Quantity], window: Window) -> np.ndarray:
    """Mark the rows that count in each quantity of a side, one row of truth values a quantity."""
    found = [weights(counts, quantity, window) for quantity in side]
    return np.array([rows.counted > 0 for rows in found if rows is not None]).reshape(-1, len(frame))


def _values(frame: pd.DataFrame, side: Sequence[Quantity], members: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.sum([amounts(frame, q)[rows] * of[rows] for q, of in zip(side, members, strict=True)], axis=0)


def _rests_on(found: RatioLimits, *, inside: bool) -> list[Said]:
    """Describe the base of each group's limits, or why there are none."""
    said: list[Said] = []
    for basis in BASES_SAID:
        groups = np.flatnonzero(found.basis == basis)
        rests = zip(found.number[groups].tolist(), found.largest[groups].tolist(), strict=True)
        said.append(([rests_on(basis, n, part, inside=inside) for n, part in rests], groups))
    return said


def _of_sums(
    frame: pd.DataFrame, definition: Definition, is_top: np.ndarray, is_base: np.ndarray, size: int, *, of_money: bool
) -> RatioLimits:
    """Limits from the sums of squares of tally rows, within which all cases count alike; for single quantities."""
    group = frame["group"].to_numpy()
    (first,), (second,) = definition.numerator, definition.denominator

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=values, minlength=size)

    sums = CaseSums(
        summed(amounts(frame, first) * is_top),
        summed(amounts(frame, second) * is_base),
        summed(_squares(frame, first, first) * is_top),
        summed(_squares(frame, first, second) * (is_top & is_base)),
        summed(_squares(frame, second, second) * is_base),
        summed(frame["cases"] * is_base),
    )
    largest = _largest(frame, *((second, is_base) if of_money else (first, is_top)), size)
    return (money_limits_of_sums if of_money else mean_limits_of_sums)(sums, largest=largest)


def _squares(frame: pd.DataFrame, first: Quantity, second: Quantity) -> np.ndarray:
    names = [scale(q)[0] for q in (first, second)]
    if "cases" in names:  # a case is its own square; times an amount, that amount
        other = [q for q, name in zip((first, second), names, strict=True) if name != "cases"]
        return amounts(frame, other[0] if other else first)
    column = "*".join(names) if "*".join(names) in frame else "*".join(reversed(names))
    return np.asarray(frame[column].to_numpy(dtype=float) / (scale(first)[1] * scale(second)[1]))


def _largest(frame: pd.DataFrame, quantity: Quantity, base: np.ndarray, size: int) -> np.ndarray:
    """The largest case of each group."""
    column, unit = scale(quantity)
    found = np.zeros(size)
    np.maximum.at(found, frame["group"].to_numpy()[base], frame[f"{column} max"].to_numpy(float)[base] / unit)
    return found
