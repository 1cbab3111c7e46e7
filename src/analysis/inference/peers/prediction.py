"""One more court as the others foretell it: their mean, how far they differ, and how far chance moves its own figure."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

TAILS = 6  # degrees of freedom of t by which courts may differ
NODES, TAIL_NODES, RAREST = 48, 16, 1e-12  # of the integrals over the spread and over the tails
BATCHED = np.geomspace(1, 16, 6)  # φ: how much more than independent cases those of a court may scatter
STEPS, TOLERANCE, TINY = 60, 1e-10, 1e-300


class Prediction(NamedTuple):
    """One more court as the others foretell it: normals of such weights, means and variances."""

    mean: float
    weight: np.ndarray
    means: np.ndarray
    variances: np.ndarray
    own: np.ndarray  # variance of the court's own error, part of the variances

    def below(self, at: float) -> float:
        """Chance of a figure of ``at`` or less."""
        from scipy.special import ndtr

        return float(self.weight @ ndtr((at - self.means) / np.sqrt(self.variances)))

    def above(self, at: float) -> float:
        """Chance of a figure of ``at`` or more."""
        from scipy.special import ndtr

        return float(self.weight @ ndtr((self.means - at) / np.sqrt(self.variances)))

    def end(self, tail: float) -> float:
        """The figure that is exceeded with a chance of ``tail`` (of a half or less)."""
        from scipy.optimize import brentq

        reach = float(np.sqrt(self.variances.max()))
        top = self.means.max() + reach
        while self.above(top) > tail:
            reach *= 2
            top += reach
        return float(brentq(lambda at: self.above(at) - tail, self.means.min(), top, xtol=1e-9 * reach))

    def of_courts(self) -> Prediction:
        """The true figure of one more court, without its own error."""
        return self._replace(variances=np.maximum(self.variances - self.own, TINY), own=np.zeros(len(self.own)))


def predicted(value: np.ndarray, error: np.ndarray, at: int) -> Prediction:
    """What the others foretell of one more court: their mean, their spread as far as they tell it, and its own error.

    ``Σ(y − μ)²/(φs² + τ²)`` of the others is as χ² of their number less 1: each of its quantiles gives a τ² (the generalised
    inference of Weerahandi 1993; its expectation is Paule and Mandel's), and each τ² a mean and a variance. Courts of unequal
    sizes get the limits that few or small others leave open, which no degrees of freedom hold; of equal sizes it is Student's t.
    The court may differ from the mean as t of ``TAILS`` degrees does, not as the normal: ten or thirty courts cannot tell the two.

    What scatters more in small courts than in large ones is no difference between courts: cases of one debtor end alike. So φ may
    be more than 1; each φ is weighed by the restricted likelihood of the others' figures where its τ² makes them likeliest.

    >>> found = predicted(np.array([0.0, 1.0, -1.0, 1.0, -1.0, 5.0]), np.full(6, 1.0), 5)
    >>> found.mean, round(found.above(5.0), 3)
    (0.0, 0.01)
    """
    y, v, own = np.delete(value, at), np.delete(error, at) ** 2, float(error[at] ** 2)
    kinds = [_foretold(y, phi * v, phi * own) for phi in BATCHED]
    likelihood = np.array([logarithm for _, logarithm in kinds])
    share = np.exp(likelihood - likelihood.max())
    weight = np.concatenate([part * told.weight for part, (told, _) in zip(share / share.sum(), kinds, strict=True)])
    means, variances, errors = (
        np.concatenate([getattr(told, name) for told, _ in kinds]) for name in ("means", "variances", "own")
    )
    return Prediction(kinds[0][0].mean, weight, means, variances, errors)


def _foretold(y: np.ndarray, v: np.ndarray, own: float) -> tuple[Prediction, float]:
    """What the others foretell where chance alone moves figures by such variances, and the logarithm of its largest restricted likelihood."""
    quantiles, chance = _mixture(len(y) - 1, NODES)
    between = between_variances(y, v, quantiles)
    w = 1 / (v + between[:, None])
    total = w.sum(axis=1)
    mean = (w @ y) / total
    squares = (w * (y - mean[:, None]) ** 2).sum(axis=1)
    likelihood = (np.log(w).sum(axis=1) - np.log(total) - squares) / 2
    tails, share = _mixture(TAILS, TAIL_NODES)
    variances = own + (1 / total)[:, None] + between[:, None] * (TAILS - 2) / tails
    means = np.broadcast_to(mean[:, None], variances.shape)
    weight = chance[:, None] * share
    w = 1 / (v + between_variance(y, v))
    told = Prediction(
        float((w @ y) / w.sum()), weight.ravel(), means.ravel(), variances.ravel(), np.full(weight.size, own)
    )
    return told, float(likelihood.max())


@cache
def _mixture(free: int, nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Values of χ² evenly apart by their logarithm, and the chance that each stands for."""
    from scipy.stats import chi2

    at = np.exp(np.linspace(np.log(chi2.ppf(RAREST, free)), np.log(chi2.isf(RAREST, free)), nodes))
    chance = chi2.pdf(at, free) * at
    return at, chance / chance.sum()


def between_variance(y: np.ndarray, v: np.ndarray) -> float:
    """Paule and Mandel's variance between courts, at least 0.

    >>> round(between_variance(np.array([0.0, 4.0, -4.0]), np.ones(3)), 6)
    15.0
    """
    return float(between_variances(y, v, np.array([len(y) - 1.0]))[0])


def between_variances(y: np.ndarray, v: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """The variances between courts, at least 0, that make ``Σ(y − μ)²/(v + τ²)`` what is given; Newton's method comes to them from below."""
    between = np.zeros(len(squares))
    for _ in range(STEPS if len(y) > 1 else 0):
        w = 1 / (v + between[:, None])
        each = w * (y - ((w @ y) / w.sum(axis=1))[:, None]) ** 2
        step = (each.sum(axis=1) - squares) / np.maximum((w * each).sum(axis=1), TINY)
        step[(step <= TOLERANCE * between) | ((between == 0) & (step <= 0))] = 0
        if not step.any():
            break
        between += step
    return between
