"""Step-down tests of all differences from one court, or between all courts.

The statistic is ``(θ̂_a − θ̂_b)/√(s_a² + s_b²)`` over ordered pairs; a pair is decided when it exceeds the quantile of the
largest of all pairs not yet decided, and the quantile is then taken again over those that are left (Mogstad, Romano,
Shaikh and Wilhelm 2024, doi 10.1093/restud/rdad006). Estimates of different courts are independent.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

KNOTS = 40  # standard errors at which the quantiles are worked out; more distinct ones are interpolated between them
CRITICAL_POINTS = 24
QUADRATURE_POINTS = 64
QUADRATURE_REACH = 5.5  # standard deviations of the court's own error that are integrated over
TINY = 1e-300
PAIR_DRAWS = 200_000_000  # pairs times draws that a simultaneous quantile may cost
DRAWS = (1_000, 20_000)  # fewest and most draws of a simultaneous quantile
BLOCK = 1_024  # courts treated at once, for memory
FLOOR = 1e-9  # standard errors of 0, as a share of the largest


class Decided(NamedTuple):
    """Counts of the courts that each court is surely ahead of (``ahead``) and surely behind (``behind``)."""

    ahead: np.ndarray
    behind: np.ndarray


def floored(error: np.ndarray) -> np.ndarray:
    """Standard errors that can be divided by: those of 0 become a tiny share of the largest (or 1 where all are 0)."""
    largest = float(error.max(initial=0.0))
    return np.maximum(error, FLOOR * largest) if largest > 0 else np.full(error.shape, FLOOR)


def from_one(
    value: np.ndarray, error: np.ndarray, *, level: float, stepdown: bool = True, upto: np.ndarray | None = None
) -> Decided:
    """For each court on its own: the differences between it and all others that are decided at ``level``.

    Given the court's own error u, the others are independent, so the chance that no undecided difference exceeds c is
    ``∫ φ(u) Π_j P_j(u, c) du``: it is integrated, not simulated, and needs no seed. Where values are known between bounds
    alone (``value`` to ``upto``), a difference is decided that would be wherever in them the values lie.

    >>> decided = from_one(np.array([3.0, 2.0, 0.0]), np.array([0.1, 0.1, 0.1]), level=0.95)
    >>> decided.ahead.tolist(), decided.behind.tolist()
    ([2, 1, 0], [0, 1, 2])
    """
    p = len(value)
    ahead, behind = np.zeros(p, int), np.zeros(p, int)
    if p < 2:
        return Decided(ahead, behind)
    table = _Quantiles(floored(error), level)
    for start in range(0, p, BLOCK):
        own = np.arange(start, min(start + BLOCK, p))
        ends = value, value if upto is None else upto
        ahead[own], behind[own] = _step_down(ends, floored(error), own, table, stepdown=stepdown)
    return Decided(ahead, behind)


def _step_down(
    ends: tuple[np.ndarray, np.ndarray], error: np.ndarray, own: np.ndarray, table: _Quantiles, *, stepdown: bool
) -> tuple[np.ndarray, np.ndarray]:
    low, high = ends
    scale = np.sqrt(error[own, None] ** 2 + error**2)
    least, greatest = (low[own, None] - high) / scale, (high[own, None] - low) / scale
    beats, loses = np.zeros(scale.shape, bool), np.zeros(scale.shape, bool)
    active = np.arange(len(own))
    while len(active):
        critical = table.critical(own[active], beats[active], loses[active])[:, None]
        wins, losses = least[active] > critical, greatest[active] < -critical
        before = beats[active].sum(1) + loses[active].sum(1)
        after = wins.sum(1) + losses.sum(1)
        beats[active] |= wins
        loses[active] |= losses
        left = (after > before) & (after < len(low) - 1)
        active = active[left] if stepdown else active[:0]
    return beats.sum(1), loses.sum(1)


class _Quantiles:
    """Critical values of the largest difference from one court, from log-chances tabulated by standard errors."""

    def __init__(self, error: np.ndarray, level: float) -> None:
        from scipy.special import ndtr, ndtri

        self.knots, self.weights = _knots(error)
        self.target = float(ndtri(level))
        highest = float(ndtri(1 - (1 - level) / (2 * (len(error) - 1))))  # Bonferroni
        self.grid = np.linspace(self.target, highest, CRITICAL_POINTS) + np.linspace(-1e-6, 1e-6, CRITICAL_POINTS)
        u = np.linspace(-QUADRATURE_REACH, QUADRATURE_REACH, QUADRATURE_POINTS)
        density = np.exp(-(u**2) / 2)
        self.density = (density / density.sum()).astype(np.float32)
        ratio = (self.knots[:, None] / self.knots)[:, :, None, None]  # own error ÷ the other's
        below = ndtr(ratio * u + self.grid[:, None] * np.sqrt(1 + ratio**2))
        above = below[..., ::-1]
        shape = (len(self.knots), len(self.knots), -1)
        both = np.log(np.maximum(below + above - 1, TINY)).reshape(shape)
        below, above = (np.log(np.maximum(side, TINY)).reshape(shape) for side in (below, above))
        self.table = np.concatenate([both, below, above], axis=1).astype(np.float32)

    def critical(self, own: np.ndarray, beats: np.ndarray, loses: np.ndarray) -> np.ndarray:
        """Quantiles for the courts ``own``, given which differences are decided in which direction."""
        from scipy.special import ndtri

        undecided = ~(beats | loses)
        undecided[np.arange(len(own)), own] = False
        counts = np.hstack([part.astype(np.float32) @ self.weights for part in (undecided, beats, loses)])
        critical = np.zeros(len(own))
        for knot, table in enumerate(self.table):
            share = self.weights[own, knot]
            rows = np.flatnonzero(share)
            if len(rows) == 0:
                continue
            chance = np.exp(counts[rows] @ table).reshape(len(rows), CRITICAL_POINTS, -1) @ self.density
            z = ndtri(np.clip(chance, 1e-12, 1 - 1e-9))
            at = np.clip((z < self.target).sum(1), 1, CRITICAL_POINTS - 1)
            low, high = z[np.arange(len(rows)), at - 1], z[np.arange(len(rows)), at]
            part = np.clip((self.target - low) / np.maximum(high - low, 1e-12), 0, 1)
            step = self.grid[at] - self.grid[at - 1]
            critical[rows] += share[rows] * (self.grid[at - 1] + part * step)
        return critical


def _knots(error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Knots of the standard errors and each court's weights on them: exact for few distinct ones, else log-linear."""
    distinct, place = np.unique(error, return_inverse=True)
    weights = np.zeros((len(error), min(len(distinct), KNOTS)), np.float32)
    rows = np.arange(len(error))
    if len(distinct) <= KNOTS:
        weights[rows, place] = 1
        return distinct, weights
    knots = np.geomspace(distinct[0], distinct[-1], KNOTS)
    at = np.interp(np.log(error), np.log(knots), np.arange(KNOTS))
    left = np.minimum(at.astype(int), KNOTS - 2)
    weights[rows, left] = 1 - (at - left)
    weights[rows, left + 1] = at - left
    return knots, weights


def between_all(
    value: np.ndarray,
    error: np.ndarray,
    *,
    level: float,
    seed: int = 0,
    draws: int | None = None,
    stepdown: bool = True,
    upto: np.ndarray | None = None,
) -> Decided:
    """All differences between all courts that are decided at once at ``level``, with quantiles from normal draws.

    Bounds (``value`` to ``upto``) as in ``from_one``.

    >>> decided = between_all(np.array([3.0, 2.0, 0.0]), np.array([0.1, 0.1, 0.1]), level=0.95)
    >>> decided.ahead.tolist(), decided.behind.tolist()
    ([2, 1, 0], [0, 1, 2])
    """
    p = len(value)
    if p < 2:
        return Decided(np.zeros(p, int), np.zeros(p, int))
    draws = draws or int(np.clip(PAIR_DRAWS // (p * (p - 1) // 2), *DRAWS))
    noise = np.empty((p, draws))
    # drawn in the order of the errors: a court keeps its own wherever its value lies, so wider bounds never decide more
    noise[np.argsort(error, kind="stable")] = np.random.default_rng(seed).standard_normal((p, draws))
    order = np.argsort(-value, kind="stable")
    high = (value if upto is None else upto)[order]
    value, error = value[order], floored(error)[order]
    scale = np.sqrt(error[:, None] ** 2 + error**2)
    gap = (value[:, None] - high) / scale
    noise = (noise[order] * error[:, None]).astype(np.float32)
    inverse = (1 / scale).astype(np.float32)
    beats = np.zeros((p, p), bool)
    while True:
        wins = gap > np.quantile(_largest(noise, inverse, beats), level)
        new = (wins & ~beats).any()
        beats |= wins
        if not (new and stepdown) or beats.sum() == p * (p - 1) // 2:
            break
    ahead, behind = np.empty(p, int), np.empty(p, int)
    ahead[order], behind[order] = beats.sum(1), beats.sum(0)
    return Decided(ahead, behind)


def _largest(noise: np.ndarray, inverse: np.ndarray, beats: np.ndarray) -> np.ndarray:
    """The largest studentised difference of each draw over the ordered pairs that are not decided yet.

    Courts stand in descending order, so only the pair (better, worse) can be decided; its reverse always stays.
    """
    largest = np.full(noise.shape[1], -np.inf, np.float32)
    for a in range(len(noise) - 1):
        reverse = (noise[a + 1 :] - noise[a]) * inverse[a, a + 1 :, None]
        undecided = ~beats[a, a + 1 :]
        if undecided.any():
            reverse[undecided] = np.abs(reverse[undecided])
        np.maximum(largest, reverse.max(axis=0), out=largest)
    return largest
