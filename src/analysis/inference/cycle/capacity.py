"""Closings given the stock: what is left of a flow for an explanation once season, stock and filings have had their say.

Counts go through twice the square root, in which a Poisson count errs by about 1 whatever its level (Anscombe 1948). A queue's closings are a
share of what could be closed, so the root of closings is linear in the root of that (stock at the start plus filings) without a level
of its own; the coefficient may not be negative. Single months that stand apart from their neighbours (batches of closings booked
at once) take the value of their neighbours: no explanation rests on one month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.cycle.error_models import error_models
from analysis.inference.cycle.likelihood import Fit

NEIGHBOURS = 2  # months on either side whose median is a month's own level
OUTLYING = 3.5  # standard deviations from that level
BATCH = 2.2  # times the level about it, from which a month is a batch of closings
ROUNDS_OF_CLEANING = 3
# The median absolute deviation from the running median of five independent normal values is 1/2.07 of their standard deviation
# (2,000 simulated series of 120).
DEVIATIONS = 2.07
SHIFT = 0.375  # of counts before their root is taken
SEASON_LEVEL = 0.1  # of the F test by which a season is taken into the design
# Log-likelihood that an optional column must bring. The stock holds the past errors of closings themselves, so that by chance it seems to draw
# them back, as in a test for a unit root: it must bring more.
PENALTIES = {"stock": 3.0, "filings": 2.0, "trend": 2.0}


@dataclass(frozen=True, eq=False)
class Design:
    """A base (level, season) and optional columns, the chosen fit and its null log-likelihood.

    ``fits``: the best design, the best without a trend (against which a lasting change is set) and the bare one, as far as they differ:
    every explanation is tried on each of them. ``stock_gain``: log-likelihood that the response to the stock brings.
    """

    values: np.ndarray
    base: np.ndarray
    columns: dict[str, np.ndarray]
    fits: dict[tuple[str, ...], Fit]
    null: float
    follows: tuple[str, ...]
    stock_gain: float
    season: bool
    outliers: np.ndarray

    @property
    def fit(self) -> Fit:
        """The best design."""
        return self.fits[self.follows]

    @property
    def level_fit(self) -> Fit:
        """The best design without a trend."""
        return max((fit for names, fit in self.fits.items() if "trend" not in names), key=lambda fit: fit.value)


def root(counts: np.ndarray) -> np.ndarray:
    """Twice the square root of counts, shifted by 3/8 so that small ones err alike."""
    return np.asarray(2 * np.sqrt(np.maximum(counts, 0) + SHIFT))


def standardised(column: np.ndarray) -> np.ndarray:
    """A column about its mean in its standard deviations (zero if it never changes)."""
    spread = column.std()
    return np.asarray((column - column.mean()) / spread) if spread > 0 else column * 0.0


def cleaned(values: np.ndarray, design: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The values with single outlying months put at their neighbours' level, and which these are.

    A month stands apart by ``OUTLYING`` scatters from the median of five; one of a cluster of batches by as much from the median of
    seven, if it is also ``BATCH`` times their level: a campaign of three months is not.
    """
    clean, outlying = values.copy(), np.zeros(len(values), dtype=bool)
    for _ in range(ROUNDS_OF_CLEANING):
        expected = design @ np.linalg.lstsq(design, clean, rcond=None)[0]
        near, wide = (_running_median(values - expected, reach) for reach in (NEIGHBOURS, NEIGHBOURS + 1))
        spread = max(DEVIATIONS * float(np.median(np.abs(values - expected - near))), 1e-9)
        apart = np.abs(values - expected - near) > OUTLYING * spread
        batch = (values - expected - wide > OUTLYING * spread) & (values > BATCH**0.5 * (expected + wide))
        outlying = apart | batch
        clean = np.where(batch, expected + wide, np.where(apart, expected + near, values))
    return clean, outlying


def _running_median(values: np.ndarray, reach: int) -> np.ndarray:
    padded = np.pad(values, reach, mode="reflect")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1))


def design_of(
    counts: np.ndarray,
    season: np.ndarray,
    responses: dict[str, np.ndarray],
    places: np.ndarray,
    *,
    clean: bool,
    with_season: bool | None = None,
) -> Design:
    """The best null design of a series: with or without season, responses (coefficients ≥ 0) and trend.

    ``season`` are its dummy columns (none: no season is asked for); ``with_season`` decides by fiat instead of an F test.
    """
    values, one = root(counts), np.ones((len(counts), 1))
    models = error_models(places)
    columns = {name: standardised(column) for name, column in responses.items() if column.std() > 0}
    everything = np.column_stack([one, season, *columns.values()])
    values, outliers = cleaned(values, everything) if clean else (values, np.zeros(len(values), dtype=bool))
    use = bool(season.shape[1]) and (
        _has_season(values, one, season, columns, places) if with_season is None else with_season
    )
    base = np.column_stack([one, season]) if use else one
    columns["trend"] = standardised(places.astype(float))
    fits: dict[tuple[str, ...], Fit] = {}
    for names in _sets(list(responses)):
        if set(names) <= set(columns):
            chosen = np.column_stack([np.empty((len(values), 0)), *(columns[name] for name in names)])
            fit = Fit(values, base, chosen, models, sum(PENALTIES[name] for name in names))
            followed = len([name for name in names if name != "trend"])
            if (fit.coefficients(fit.best)[base.shape[1] : base.shape[1] + followed] > 0).all():
                fits[names] = fit
    best = max(fits, key=lambda names: fits[names].value)
    level = max((names for names in fits if "trend" not in names), key=lambda names: fits[names].value)
    with_stock, without = (
        max((fit.value for names, fit in fits.items() if ("stock" in names) == asked), default=-np.inf)
        for asked in (True, False)
    )
    tried = {names: fits[names] for names in (best, level, ())}
    gain = float(with_stock + PENALTIES["stock"] - without)
    return Design(values, base, columns, tried, fits[best].value, best, gain, use, outliers)


def _sets(responses: list[str]) -> list[tuple[str, ...]]:
    """The sets of optional columns that are tried: nothing, each response, all of them, and most of these with a trend."""
    alone: list[tuple[str, ...]] = [(), *((name,) for name in responses)]
    both = [tuple(responses)] if len(responses) > 1 else []
    return [*alone, *both, *((*names, "trend") for names in alone)]


def _has_season(
    values: np.ndarray, one: np.ndarray, season: np.ndarray, columns: dict[str, np.ndarray], places: np.ndarray
) -> bool:
    """F test of the season under the error model that fits best with it."""
    from scipy.stats import f as fisher

    models = error_models(places)
    others = np.column_stack([np.empty((len(values), 0)), *columns.values()])
    full, bare = (Fit(values, base, others, models) for base in (np.column_stack([one, season]), one))
    free = len(values) - 1 - season.shape[1] - others.shape[1]
    if free <= 0:
        return False
    at = full.best
    ratio = (bare.squares[at] - full.squares[at]) / season.shape[1] / (full.squares[at] / free)
    return bool(fisher.sf(ratio, season.shape[1], free) < SEASON_LEVEL)
