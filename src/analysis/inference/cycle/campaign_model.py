"""Closings given the stock at the start of each period, with a campaign and without, fitted to a court and to courts drawn like it.

A flow is a level with season and, where it is hinted at, a trend; errors of an autoregression of order one (restricted likelihood, profiled
over a grid); a level of its own during the campaign, which may grow or fade, and another after it; closings also follow the stock at the
start, by a share that is not negative.

What such a fit finds by chance, and what it finds where the campaign is dated by the stock, is seen in courts without a campaign drawn
from the same fit: dates are searched and every term fitted anew in each of them, and the memory of the fit is corrected for its bias
first (parametric bootstrap; Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 6, 10 and 12; innovations are drawn from
the residuals, filings' and closings' in pairs).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import dummies, whitened
from analysis.inference.cycle.season import festival_known, festival_share
from analysis.inference.cycle.series import FlowSeries

MEMORY = np.linspace(-0.4, 0.96, 18)  # grid of the autoregression
HINTED = (
    1.0  # standard errors of a trend from which it is kept: without any it would take half of what a campaign shows
)
EXACT = 100  # times dust: a fit that leaves no more is exact
STEP = 1e-4  # of the response, for its derivative
DUST = 1e-9  # what arithmetic leaves of nothing
LEAST_SLOPE = 6  # periods of a campaign from which its effect can be seen to grow or fade
PILOT = 60  # draws from which the bias of memory and of the response to the stock is taken
STOCK, TREND, DURING, SLOPE, AFTER = range(5)
WIDTH = 5
NOTHING = 1e-4  # of a case: a standard error below it is what arithmetic leaves of a perfect fit
Estimate = tuple[np.ndarray, np.ndarray]  # by draw, with standard errors


@dataclass(frozen=True, eq=False)
class Window:
    """A campaign's place in the series: positions of its first and last period."""

    first: int
    last: int
    count: int

    @property
    def during(self) -> np.ndarray:
        """1 in the campaign's periods."""
        place = np.arange(self.count)
        return ((place >= self.first) & (place <= self.last)).astype(float)

    @property
    def after(self) -> np.ndarray:
        """1 after the campaign."""
        return (np.arange(self.count) > self.last).astype(float)


@dataclass(frozen=True, eq=False)
class Setting:
    """Level and season, what control courts explain of filings and of closings, the length of the campaign.

    ``bias``: by how much the response to the stock is found too large. The stock holds the past errors of closings, so that by chance it
    seems to draw them back, as in a test for a unit root.
    """

    base: np.ndarray
    controls: tuple[np.ndarray, np.ndarray]
    length: int
    bias: float = 0.0


@dataclass(frozen=True, eq=False)
class Regression:
    """Coefficients of the five columns by draw, their covariance, and the errors' memory and variance."""

    params: np.ndarray
    covariance: np.ndarray
    memory: np.ndarray
    variance: np.ndarray

    def less(self, bias: float) -> Regression:
        """The same with a response to the stock less by ``bias`` (never below nought), and what the other columns then are."""
        own, variance = self.params[:, STOCK], self.covariance[:, STOCK, STOCK]
        moved = np.maximum(own - bias, 0) - own
        slopes = self.covariance[:, :, STOCK] / np.where(variance > 0, variance, 1)[:, None]
        return replace(self, params=self.params + slopes * moved[:, None])

    def single(self, at: int) -> Estimate:
        """One coefficient."""
        return self.params[:, at], np.sqrt(np.maximum(self.covariance[:, at, at], 0))

    def along(self, weights: np.ndarray) -> Estimate:
        """A weighted sum of coefficients (weights draws × columns) and its standard error."""
        square = np.einsum("dk,dkl,dl->d", weights, self.covariance, weights)
        return (weights * self.params).sum(axis=1), np.sqrt(np.maximum(square, 0))


@dataclass(frozen=True, eq=False)
class Flows:
    """Filings and closings, draws × periods, and the stock at the start of each period."""

    filed: np.ndarray
    closed: np.ndarray
    at_start: np.ndarray

    def repeated(self, times: int) -> Flows:
        """The same flows so many times."""
        return Flows(*(np.repeat(part, times, axis=0) for part in (self.filed, self.closed, self.at_start)))


@dataclass(frozen=True, eq=False)
class Court:
    """Both flows of a court without a campaign: expected course, response to the stock, memory, paired innovations, opening stock."""

    filed: np.ndarray
    closed: np.ndarray
    response: float
    memory: tuple[float, float]
    innovations: np.ndarray
    opening: float

    def spread(self, at: int) -> float:
        """The standard deviation of one period's errors (0: filings, 1: closings)."""
        return float(np.sqrt(self.innovations[at].var() / (1 - self.memory[at] ** 2)))

    @property
    def long_run(self) -> float:
        """The variance that each period's errors add to the stock in the long run."""
        return float(sum(self.innovations[at].var() / (1 - self.memory[at]) ** 2 for at in (0, 1)))


def season_columns(series: FlowSeries, window: Window) -> np.ndarray:
    """Month or quarter, and the Spring Festival in monthly and weekly flows where its dates are known; none for under two years."""
    if series.seasons == 1 or window.count < 2 * series.seasons:
        return np.empty((window.count, 0))
    weekly = series.freq == "W"
    labels = (series.table["period"] + pd.Timedelta(days=3)).dt.month if weekly else series.table["season"]
    season = dummies(labels.to_numpy())
    if series.freq == "Q" or window.count < 3 * series.seasons or not festival_known(series.table["period"]).all():
        return season
    festival = festival_share(series.table["period"])
    return np.column_stack([season, festival - festival.mean()])


def flows_of(filed: np.ndarray, closed: np.ndarray, opening: float) -> Flows:
    """One court's flows as a single draw."""
    stock = opening + np.cumsum(filed - closed)
    return Flows(filed[None], closed[None], np.concatenate([[opening], stock[:-1]])[None])


def columns_of(flows: Flows, first: np.ndarray, length: int) -> np.ndarray:
    """The five columns, draws × periods × columns, of campaigns of one length that start at ``first`` (one a draw)."""
    draws, count = flows.closed.shape
    time = np.arange(count)
    since = time - first[:, None]
    during, after = (since >= 0) & (since < length), since >= length
    slope = during * (since - (length - 1) / 2) if length >= LEAST_SLOPE else 0.0 * since
    trend = np.broadcast_to((time - time.mean()) / count, (draws, count))
    return np.stack([flows.at_start, trend, during, slope, after], axis=2).astype(float)


def fitted(values: np.ndarray, columns: np.ndarray, base: np.ndarray, *, follows_stock: bool) -> Regression:
    """The regression with the columns that say anything: a response to the stock that is not negative, a trend that is hinted at."""
    kept = columns.std(axis=1) > DUST
    kept[:, STOCK] &= follows_stock
    found = regression(values, columns, kept, base)
    kept[:, TREND] &= np.abs(found.params[:, TREND]) > HINTED * np.sqrt(found.covariance[:, TREND, TREND])
    kept[:, STOCK] &= found.params[:, STOCK] >= 0
    found = regression(values, columns, kept, base)
    if (found.params[:, STOCK] < 0).any():
        kept[:, STOCK] &= found.params[:, STOCK] >= 0
        found = regression(values, columns, kept, base)
    return found


def regression(values: np.ndarray, columns: np.ndarray, kept: np.ndarray, base: np.ndarray) -> Regression:
    """Generalised least squares with AR(1) errors of every draw at once; columns that are not kept have the coefficient nought."""
    draws, count = values.shape
    free = np.maximum(count - base.shape[1] - kept.sum(axis=1), 1)
    scale = np.maximum(columns.std(axis=1, keepdims=True), DUST)
    everything = np.concatenate([values[:, :, None], columns / scale * kept[:, None, :]], axis=2)
    blank = ~kept[:, :, None] * np.eye(WIDTH)
    best = np.full(draws, -np.inf)
    memory, gram, cross, squares = (
        np.zeros(draws),
        np.zeros((draws, WIDTH, WIDTH)),
        np.zeros((draws, WIDTH)),
        np.ones(draws),
    )
    flat = everything.transpose(1, 0, 2).reshape(count, -1)
    for rho in MEMORY:
        basis, triangle = np.linalg.qr(whitened(base, rho))
        white = whitened(flat, rho)
        left = (white - basis @ (basis.T @ white)).reshape(count, draws, -1).transpose(1, 2, 0)
        products = left @ left.transpose(0, 2, 1)
        own, beside = products[:, 1:, 1:] + blank + DUST * count * np.eye(WIDTH), products[:, 1:, 0]
        rest = np.maximum(
            products[:, 0, 0] - (beside * np.linalg.solve(own, beside[:, :, None])[:, :, 0]).sum(axis=1), DUST
        )
        weight = np.linalg.slogdet(own)[1] + 2 * np.log(np.abs(np.diagonal(triangle))).sum()
        likelihood = -0.5 * (free * np.log(rest) + weight - np.log(1 - rho**2))
        better = likelihood > best
        best, memory = np.where(better, likelihood, best), np.where(better, rho, memory)
        gram[better], cross[better], squares[better] = own[better], beside[better], rest[better]
    bread = np.linalg.inv(gram)
    params = (bread @ cross[:, :, None])[:, :, 0]
    variance = np.where(squares > EXACT * DUST, squares / free, 0.0)
    both = kept[:, :, None] & kept[:, None, :]
    shrink = scale[:, 0, :, None] * scale[:, 0, None, :]
    covariance = np.where(both, bread * variance[:, None, None] / shrink, 0.0)
    return Regression(np.where(kept, params / scale[:, 0], 0.0), covariance, memory, variance)


def estimates(flows: Flows, first: np.ndarray, setting: Setting) -> dict[tuple[str, str], Estimate]:
    """Every term of campaigns that start at ``first`` (one a draw), with its standard error."""
    columns, base = columns_of(flows, first, setting.length), setting.base
    closed, filed = flows.closed - setting.controls[1], flows.filed - setting.controls[0]
    main = fitted(closed, columns, base, follows_stock=True).less(setting.bias)
    filings = fitted(filed, columns, base, follows_stock=False)
    found = {("closed", "mean"): main.single(DURING)}
    if setting.length >= LEAST_SLOPE:
        found["closed", "slope"] = main.single(SLOPE)
    is_after = bool((first + setting.length < flows.closed.shape[1]).any())
    if is_after:
        found["closed", "level_after"] = main.single(AFTER)
    found["filed", "mean"] = filings.single(DURING)
    if is_after:
        found["filed", "level_after"] = filings.single(AFTER)
    found["pending", "level"] = on_stock(main, columns, first + setting.length - 1)
    if is_after:
        found["pending", "level_after"] = on_stock(main, columns, np.full(len(first), columns.shape[1] - 1))
    return found


def on_stock(found: Regression, columns: np.ndarray, place: np.ndarray) -> Estimate:
    """By what the campaign moves the stock at the end of one period a draw; the error holds that of the response (delta method)."""
    rows, response = np.arange(len(place)), found.params[:, STOCK]
    weights, moved = (stock_weights(response + by, columns)[rows, place] for by in (0.0, STEP * (1 + np.abs(response))))
    value = (weights * found.params).sum(axis=1)
    weights[:, STOCK] = ((moved * found.params).sum(axis=1) - value) / (STEP * (1 + np.abs(response)))
    return value, found.along(weights)[1]


def stock_weights(response: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The weights by which the campaign's coefficients move the stock at the end of each period: draws × periods × columns.

    What one period closes more is not there to be closed in the next, of which a share would have been.
    """
    terms = columns.copy()
    terms[:, :, [STOCK, TREND]] = 0
    left = 1 - np.clip(response, 0, 1)[:, None]
    weights, running = np.empty_like(terms), np.zeros_like(terms[:, 0])
    for place in range(terms.shape[1]):
        running = weights[:, place] = running * left - terms[:, place]
    return weights


def effect_on_stock(flows: Flows, first: int, setting: Setting) -> tuple[np.ndarray, np.ndarray]:
    """Return what one court's campaign does to its stock, by period, and the variance of the stock without it."""
    columns = columns_of(flows, np.array([first]), setting.length)
    found = fitted(flows.closed - setting.controls[1], columns, setting.base, follows_stock=True).less(setting.bias)
    weights, court = stock_weights(found.params[:, STOCK], columns)[0], without_campaign(flows, first, setting)
    variance = np.einsum("tk,kl,tl->t", weights, found.covariance[0], weights)
    left, grown = 1 - float(np.clip(court.response, 0, 1)), 0.0
    for place in range(first, len(variance)):
        grown = grown * left**2 + court.long_run
        variance[place] += grown
    return weights @ found.params[0], variance


def without_campaign(flows: Flows, first: int, setting: Setting) -> Court:
    """The court as fitted, its campaign taken out."""
    columns, base = columns_of(flows, np.array([first]), setting.length), setting.base
    courses, errors, memories, response = [], [], [], 0.0
    for values, control, follows in (
        (flows.filed, setting.controls[0], False),
        (flows.closed, setting.controls[1], True),
    ):
        found = fitted(values - control, columns, base, follows_stock=follows).less(setting.bias)
        memory, params = float(found.memory[0]), found.params[0]
        rest = (values - control)[0] - columns[0] @ params
        level = np.linalg.lstsq(whitened(base, memory), whitened(rest[:, None], memory)[:, 0], rcond=None)[0]
        noise = whitened((rest - base @ level)[:, None], memory)[:, 0]
        noise -= noise.mean()
        courses.append(control + base @ level + params[TREND] * columns[0, :, TREND])
        errors.append(noise * np.sqrt(found.variance[0] / max(float(noise.var()), DUST)))
        memories.append(memory)
        if follows:
            response = float(params[STOCK])
    opening = float(flows.at_start[0, 0])
    return Court(courses[0], courses[1], response, (memories[0], memories[1]), np.array(errors), opening)


def drawn(court: Court, count: int, rng: np.random.Generator) -> Flows:
    """So many courts like it. Closings never exceed what is there to close."""
    periods = len(court.filed)
    at = rng.integers(0, periods, size=(count, periods))
    errors = []
    for memory, noise in zip(court.memory, court.innovations, strict=True):
        own = noise[at]
        own[:, 0] /= np.sqrt(1 - memory**2)
        for place in range(1, periods):
            own[:, place] += memory * own[:, place - 1]
        errors.append(own)
    filed = np.maximum(np.round(court.filed + errors[0]), 0)
    closed, at_start, stock = np.empty((count, periods)), np.empty((count, periods)), np.full(count, court.opening)
    for place in range(periods):
        at_start[:, place] = stock
        wanted = np.round(court.closed[place] + court.response * stock + errors[1][:, place])
        closed[:, place] = np.clip(wanted, 0, np.maximum(stock + filed[:, place], 0))
        stock = stock + filed[:, place] - closed[:, place]
    return Flows(filed, closed, at_start)


def corrected(
    court: Court, first: int, setting: Setting, rng: np.random.Generator
) -> tuple[Setting, tuple[float, float]]:
    """The setting with the bias of the response, and both memories less theirs, as a pilot of draws shows them."""
    draws = drawn(court, PILOT, rng)
    columns = columns_of(draws, np.full(PILOT, first), setting.length)
    filed = fitted(draws.filed - setting.controls[0], columns, setting.base, follows_stock=False)
    closed = fitted(draws.closed - setting.controls[1], columns, setting.base, follows_stock=True)
    memory = [
        float(np.clip(2 * own - found.memory.mean(), MEMORY[0], MEMORY[-1]))
        for own, found in zip(court.memory, (filed, closed), strict=True)
    ]
    bias = max(float(closed.params[:, STOCK].mean()) - court.response, 0.0)
    return replace(setting, bias=bias), (memory[0], memory[1])
