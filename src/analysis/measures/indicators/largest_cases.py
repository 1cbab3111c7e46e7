"""Whether the change of a sum of money between two periods is that of a few large cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.measures.indicators.quantities import Tally, of_each_case
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition

LARGEST, MOST_OF = 5, 0.5  # cases of a sum, and the part of its change, from which it is said that the change is theirs
WAN = "万元"
OF_FEW = Text(
    "变化的一半以上来自两期各自数额最大的5件案件",
    "half of the change or more is that of the five largest cases of each period",
)


def is_sum_of_cases(definition: Definition) -> bool:
    """Return whether a figure is a sum of money over cases."""
    return (
        definition.unit == WAN and not definition.denominator and all(q.table == "cases" for q in definition.numerator)
    )


def moved_by_few(definition: Definition, before: Window, now: Window, counts: Tally) -> np.ndarray:
    """Return of which groups half of a sum's change or more is that of the largest cases of either period, five of each.

    None where the cases are too many to be listed.
    """
    size = len(counts.groups)
    if not counts.listed:
        return np.zeros(size, dtype=bool)
    group = counts.group["cases"]
    was, is_now = (of_each_case(counts, definition.numerator, window) for window in (before, now))
    change = np.bincount(group, weights=is_now - was, minlength=size)
    largest = _of_largest(is_now, group, size) - _of_largest(was, group, size)
    return np.divide(largest, change, out=np.zeros(size), where=change != 0) >= MOST_OF


def _of_largest(amounts: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """The sum of the largest amounts of each group."""
    order = np.lexsort((amounts, group))
    ends = np.cumsum(np.bincount(group, minlength=size))
    chosen = order[ends[group[order]] - np.arange(len(order)) <= LARGEST]
    return np.bincount(group[chosen], weights=amounts[chosen], minlength=size)
