"""Courts like this one: filings and closings drawn anew from what was fitted, with the stock that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.cycle.capacity import SHIFT, design_of
from analysis.inference.cycle.counts import Counts

DUST = 1e-9  # what arithmetic leaves of nothing


@dataclass(frozen=True, eq=False)
class RootModel:
    """A series on the root scale: its expected course, the response to what could be closed, and the errors' square root of covariance.

    ``innovations``: the errors without their memory, in standard deviations; ``unexplained``: p of the test that none is left in them (Ljung and
    Box 1978, lags up to a year).
    """

    expected: np.ndarray
    response: float
    centre: float
    spread: float
    factor: np.ndarray
    season: bool
    innovations: np.ndarray
    unexplained: float


@dataclass(frozen=True, eq=False)
class FlowModel:
    """Both flows of a court, and its opening stock."""

    filed: RootModel
    closed: RootModel
    opening: float


@dataclass(frozen=True, eq=False)
class Draws:
    """Drawn flows: draws × periods."""

    filed: np.ndarray
    closed: np.ndarray
    stock: np.ndarray


def flow_model(counts: Counts, kind: str = "") -> FlowModel:
    """Fit both flows: level, season, response to the stock, trend, and the memory of their errors.

    ``kind``: of closings only error models of that kind (independent, memory, wandering); all of them where it is left out.
    """
    clean = counts.seasons >= 12
    filed = _root_model(counts.filed, counts, {}, "", clean=clean)
    closed = _root_model(counts.closed, counts, {"stock": counts.responses["stock"]}, kind, clean=clean)
    return FlowModel(filed, closed, float(counts.available[0] - counts.filed[0]))


def _root_model(
    values: np.ndarray, counts: Counts, responses: dict[str, np.ndarray], kind: str, *, clean: bool
) -> RootModel:
    from statsmodels.stats.diagnostic import acorr_ljungbox

    design = design_of(values, counts.season, responses, counts.places, clean=clean)
    fit, names = design.fit, list(design.follows)
    usual = [name.startswith(kind) for name in fit.models.names]
    best = int(np.where(usual, fit.likelihood, -np.inf).argmax())
    kept = fit.coefficients(best)
    response = centre = spread = 0.0
    columns = np.column_stack([design.base, *(design.columns[name] for name in names)])
    if "stock" in names:
        at = design.base.shape[1] + names.index("stock")
        response, kept[at] = float(kept[at]), 0.0
        centre, spread = float(responses["stock"].mean()), float(responses["stock"].std())
    variance = fit.squares[best] / fit.free
    factor = np.linalg.inv(fit.models.whiteners[best]) * np.sqrt(variance)
    innovations = fit.errors[best] / max(float(fit.errors[best].std()), DUST)
    lags = min(max(counts.seasons, 4), len(values) // 4)
    left = acorr_ljungbox(innovations, lags=[lags])["lb_pvalue"].iloc[0] if np.ptp(innovations) > 0 else 1.0
    return RootModel(columns @ kept, response, centre, spread, factor, design.season, innovations, float(left))


def draw(
    model: FlowModel,
    count: int,
    rng: np.random.Generator,
    more: np.ndarray | float = 0.0,
    *,
    pool: np.ndarray | None = None,
    times: np.ndarray | float = 1.0,
) -> Draws:
    """Draw so many courts; ``more`` is added to the root of closings. Closings never exceed what could be closed.

    ``pool`` holds the errors of closings, before they remember, that are drawn from (left out: normal ones); ``times`` multiplies closings.
    """
    periods = len(model.filed.expected)
    filed = _counts(model.filed.expected + rng.normal(size=(count, periods)) @ model.filed.factor.T)
    drawn = rng.normal(size=(count, periods)) if pool is None else rng.choice(pool, size=(count, periods))
    errors = drawn @ model.closed.factor.T
    many = np.broadcast_to(times, (count, periods))
    base = model.closed.expected + more + errors
    closed, stock = np.empty((count, periods)), np.empty((count, periods))
    held = np.full(count, model.opening)
    for at in range(periods):
        available = held + filed[:, at]
        pull = (
            model.closed.response
            * (2 * np.sqrt(np.maximum(available, 0)) - model.closed.centre)
            / (model.closed.spread or 1.0)
        )
        wanted = np.round(_counts(base[:, at] + pull) * many[:, at])
        closed[:, at] = np.minimum(wanted, np.maximum(available, 0))
        held = stock[:, at] = available - closed[:, at]
    return Draws(filed, closed, stock)


def _counts(root: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(np.round(np.maximum(root, 0) ** 2 / 4 - SHIFT), 0))
