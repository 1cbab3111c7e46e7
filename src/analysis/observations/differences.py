"""A figure beside that of another period: whether the two can be compared, the limits of their difference, and its p value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.measures.intervals import Z_95
from analysis.observations.chance import change_p, widened
from analysis.vocabulary.sentences import LEAST_BASE

if TYPE_CHECKING:
    from analysis.measures.indicators.blocks import Block
    from analysis.vocabulary.indicator_sets.definition import Definition


def three(block: Block) -> tuple[float, float, float]:
    """Return value, numerator and denominator of a figure."""
    return float(block.value[0]), float(block.numerator[0]), float(block.denominator[0])


def is_small(definition: Definition, now: Block) -> bool:
    """Return whether a rate has too few cases below it for a percentage."""
    return bool(definition.denominator) and bool(now.denominator[0] < LEAST_BASE)


def is_comparable(now: Block, before: Block) -> bool:
    """Return whether both figures are known to the full."""
    return all(np.isfinite(block.value[0]) and not block.is_open[0] for block in (now, before))


def least_change(now: Block, before: Block) -> np.ndarray:
    """The change of figures, by group, that is sure whatever the blanks hold; missing where it may be none, or nothing bounds it."""
    ends = ((np.fmin(of.value, of.least), np.fmax(of.value, of.most)) for of in (now, before))
    return np.where((now.unclaimed == 0) & (before.unclaimed == 0), sure_change(*ends), np.nan)


def sure_change(now: tuple[np.ndarray, np.ndarray], before: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The change between figures known within bounds that is sure; missing where it may be none, or nothing bounds it.

    >>> now, before, near = (tuple(map(np.array, ends)) for ends in ((67.0, 68.0), (57.5, 59.0), (66.0, 67.5)))
    >>> float(sure_change(now, before)), float(sure_change(before, now)), float(sure_change(now, near))
    (8.0, -8.0, nan)
    """
    (low, high), (base_low, base_high) = now, before
    fall, rise = high - base_low, low - base_high
    is_bounded = np.isfinite(high) & np.isfinite(base_high)
    return np.where(is_bounded & (rise > 0), rise, np.where(is_bounded & (fall < 0), fall, np.nan))


def p_of_change(definition: Definition, now: Block, before: Block) -> float:
    """Return the p value of a rate's change: exact for proportions and counts per base, else from both intervals; missing for counts."""
    if not definition.denominator:
        return float("nan")
    four = [
        np.array([float(part[0])]) for part in (now.numerator, now.denominator, before.numerator, before.denominator)
    ]
    if definition.interval == "wilson":
        return float(change_p(*four)[0])
    if definition.interval == "poisson":
        from scipy.stats import binom

        (k, n, j, m), at = (float(part[0]) for part in four), 0.0
        if n + m == 0:
            return float("nan")
        at = binom.pmf(k, k + j, n / (n + m)) / 2
        return float(min(1.0, 2 * min(binom.cdf(k - 1, k + j, n / (n + m)) + at, binom.sf(k, k + j, n / (n + m)) + at)))
    return p_of_intervals(*(tuple(float(end[0]) for end in (of.value, of.lower, of.upper)) for of in (now, before)))


def p_of_intervals(now: Sequence[float], before: Sequence[float]) -> float:
    """Return the p value of a change from either figure with the limits of its 95% interval; missing without limits.

    >>> round(p_of_intervals((52.0, 50.0, 54.0), (48.0, 46.0, 50.0)), 4)
    0.0056
    """
    from scipy.special import ndtr

    low, high = _mover(*now, *before)
    change = now[0] - before[0]
    reach = change - low if change > 0 else high - change
    return float(2 * ndtr(-Z_95 * abs(change) / reach)) if reach > 0 else float("nan")


def record_p(definition: Definition, blocks: Sequence[Block], scatter: float) -> float:
    """Return the p value of a proportion against all earlier periods together, which scatter more than independent cases would where they do.

    Of one that only rose, or only fell, it is against the first if that tells more (the smaller of both, doubled). In standard errors wider
    by the root of ``scatter``; missing for figures that are no proportion.
    """
    if definition.interval != "wilson":
        return float("nan")
    k, n = (
        np.array([float(part[0]) for part in side])
        for side in zip(*((b.numerator, b.denominator) for b in blocks), strict=True)
    )
    past, base = k[:-1].sum(), n[:-1].sum()
    room = n[:-1] * (past / base) * (1 - past / base)
    apart = ((k[:-1] - n[:-1] * past / base) ** 2 / room).sum() / (len(room) - 1) if room.all() else 1.0
    p = [widened(change_p(k[-1:], n[-1:], np.array([past]), np.array([base])), scatter * max(1.0, apart))[0]]
    if len(set(np.sign(np.diff(k / n)))) == 1:
        p.append(widened(change_p(k[-1:], n[-1:], k[:1], n[:1]), scatter)[0])
    return float(min(1.0, len(p) * min(p)))


def limits_of_change(definition: Definition, now: Block, before: Block) -> tuple[float, float]:
    """Return the 95% limits of the difference of two figures from the limits of each (Zou and Donner 2008; of proportions Newcombe 1998)."""
    if not definition.denominator:
        return float("nan"), float("nan")
    ends = (now.value[0], now.lower[0], now.upper[0], before.value[0], before.lower[0], before.upper[0])
    return _mover(*(float(end) for end in ends))


def _mover(a: float, a_low: float, a_high: float, b: float, b_low: float, b_high: float) -> tuple[float, float]:
    change = a - b
    return change - np.hypot(a - a_low, b_high - b), change + np.hypot(a_high - a, b - b_low)


def newcombe(k: float, n: float, j: float, m: float) -> tuple[float, float]:
    """Return the 95% limits of the difference of two proportions, in percentage points (Newcombe 1998)."""
    from analysis.measures.intervals import wilson

    (low, base_low), (high, base_high) = wilson([k, j], [n, m])
    return _mover(100 * k / n, 100 * low, 100 * high, 100 * j / m, 100 * base_low, 100 * base_high)
