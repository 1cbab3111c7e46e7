"""Draws by case number: what a case is depends on its number and the seed alone, whatever the order, the chunk or the thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# SplitMix64 (Steele, Lea and Flood 2014): a counter made into 64 even bits.
GAMMA, FIRST, SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
TO_FRACTION = np.float64(2.0**-53)


class Draws:
    """Fractions in [0, 1) for case numbers, a stream to each question that is asked of a case.

    >>> draws = Draws(seed=1)
    >>> numbers = np.arange(3, dtype="uint64")
    >>> bool((draws.fractions(numbers, 0)[1:] == draws.fractions(numbers[1:], 0)).all())
    True
    """

    def __init__(self, *, seed: int) -> None:
        self._key = np.random.SeedSequence([seed, 0xCA5E]).generate_state(64, np.uint64)

    def fractions(self, numbers: NDArray[np.uint64], stream: int) -> NDArray[np.float64]:
        """One even fraction for each case number, independent between streams (0 to 63)."""
        bits = numbers * GAMMA
        bits += self._key[stream]
        bits ^= bits >> np.uint64(30)
        bits *= FIRST
        bits ^= bits >> np.uint64(27)
        bits *= SECOND
        bits ^= bits >> np.uint64(31)
        return (bits >> np.uint64(11)).astype(np.float64) * TO_FRACTION
