"""The least and the most of a ratio whose parts may be chosen: fractional programming (Dinkelbach 1967, On nonlinear fractional programming)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

STEPS = 100  # of the search, which takes some five


def extreme_ratio(best: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], start: np.ndarray) -> np.ndarray:
    """Return by group the extreme of numerator ÷ denominator over all choices.

    ``best`` returns the numerators and denominators of the choice for which numerator − λ × denominator is most extreme, given λ, the
    ratio so far, which begins at ``start``; the search ends where λ stays. A group without a denominator keeps its λ.

    Of a case that may add nothing or 1 to both 2 and 4, the most is 3 of 5:

    >>> extreme_ratio(lambda ratio: (2 + (1 > ratio), 4 + (1 > ratio)), np.array([0.0]))
    array([0.6])
    """
    ratio = start
    for _ in range(STEPS):
        top, base = best(ratio)
        before, ratio = ratio, np.divide(top, base, out=ratio.copy(), where=base > 0)
        if np.allclose(before, ratio, rtol=1e-12, atol=0):
            break
    return ratio
