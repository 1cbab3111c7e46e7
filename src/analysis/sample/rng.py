"""Draws that are the same on every platform and with every numpy: whole numbers from PCG64's raw bits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
BITS = 64


class Dice:
    """Whole-number draws from one seed and one stream; no floating point, so the bytes made from them never change.

    numpy promises a bit generator's raw output for ever, but not what its distributions make of it.

    >>> dice = Dice(2012, "doctest")
    >>> [dice.below(6) + 1 for _ in range(8)]
    [2, 4, 6, 2, 6, 6, 2, 4]
    """

    def __init__(self, seed: int, stream: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, *stream.encode()]))

    def below(self, n: int) -> int:
        """A whole number from 0 to n − 1, all alike."""
        return (int(self._bits.random_raw()) * n) >> BITS

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, per_mille: int) -> bool:
        """True in so many of a thousand draws."""
        return self.below(1000) < per_mille

    def weighted(self, weights: Sequence[int]) -> int:
        """A position, drawn in proportion to whole-number weights."""
        running = list(accumulate(weights))
        drawn = self.below(running[-1])
        return int(np.searchsorted(running, drawn, side="right"))

    def one_of(self, choices: dict[T, int]) -> T:
        """A key, drawn in proportion to its weight."""
        return list(choices)[self.weighted(list(choices.values()))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a drawn order (Fisher–Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def spread(self, total: int, weights: Sequence[int]) -> list[int]:
        """A total laid on positions, each unit drawn on its own in proportion to the weights."""
        running = np.asarray(list(accumulate(weights)))
        counts = [0] * len(running)
        for _ in range(total):
            counts[int(np.searchsorted(running, self.below(int(running[-1])), side="right"))] += 1
        return counts
