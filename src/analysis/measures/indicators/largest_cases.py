"""Whether the change of a sum of money between two periods is that of a few large cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from analysis.measures.indicators.quantities import Tally, of_each_case
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.measures.indicators.blocks import Block
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition

LARGEST, MOST_OF = 5, 0.5  # cases of a sum, and the part of its change, from which it is said that the change is theirs
WAN = "万元"
OF_FEW = Text(
    "与上一期相比，变化的一半以上来自两期各自数额最大的5件案件",
    "half of the change on the period before or more is that of the five largest cases of each period",
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
    group = counts.column("cases", "group")
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


def say_of_few(blocks: Iterable[Block], windows: Sequence[Window], counts: Tally) -> None:
    """Say beside sums of money that their change on the period before is that of a few large cases."""
    found = {(block.definition.name, block.window): block for block in blocks if is_sum_of_cases(block.definition)}
    names = dict.fromkeys(name for name, _ in found)
    for first, second in pairwise(sorted(windows, key=lambda w: (w.start, w.end))):
        pairs = [(found.get((name, first)), found.get((name, second))) for name in names]
        for before, now in ((a, b) for a, b in pairs if a is not None and b is not None and first.end < second.start):
            is_known = [~np.isnan(b.value) & np.isnan(b.least) & (b.unfilled + b.unclaimed == 0) for b in (before, now)]
            few = np.all(is_known, axis=0)
            if few.any():
                few &= moved_by_few(now.definition, first, second, counts)
            now.say(OF_FEW, groups=np.flatnonzero(few))
