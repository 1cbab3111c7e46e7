"""Paths of filings, closings and stock into the future, each flow modelled apart.

A flow, on the scale of roots on which counts err alike, is a level with or without a season (none; the last season of the year alone; all of them,
with the Spring Festival), with or without a trend, with or without one step, and closings with or without a response to what there is to close. Each
of these is fitted under every error model (``error_models``: independent, remembering, a level that wanders), and all are kept, weighted
by likelihood less the cost of their parameters (Schwarz 1978; Hoeting et al. 1999, Statistical Science 14, 382–417). So a step that is
shown is kept, a trend that is not is hardly followed, and what is not known of a level widens the limits.

A path draws one explanation for each flow, its variance and coefficients (normal theory), the errors to come given those of the past, in
pairs that err together as those of the past did, and an outlier as often as there were some. A difference between filings and closings is drawn
towards nought by its own uncertainty: d is followed by the share d² ÷ (d² + s²), s its standard deviation among the explanations;
the limits stay as wide as without. ``benchmarks/cycle.md`` shows how often the limits hold.

A court cannot close what it does not have: closings of a path end where the stock is used up. A record whose own stock falls
below zero is therefore not looked ahead from: its figures do not share a definition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.inference.cycle.capacity import SHIFT, cleaned, root
from analysis.inference.cycle.error_models import ErrorModels, error_models
from analysis.inference.cycle.likelihood import Bank, Fit
from analysis.inference.cycle.season import LEAST_YEARS, festival_known, festival_share
from analysis.inference.cycle.series import FlowSeries, next_periods
from analysis.vocabulary.errors import DataError

LEAST_PERIODS = 12  # fewer hold no level, let alone an error of it
LONGEST = 260  # periods of the past that are used
MONTHS = {"W": 12 / 52, "M": 1, "Q": 3, "Y": 12}  # months in a period
BLOCK = 24  # periods by which the error models of a length are made, so that few lengths serve all
LEAST_STEP = 3  # periods before a step and after it
# Years between steps of a flow, as they are taken before the record is seen: a step is as likely in each period, so a short record seldom holds one. A
# step taken to be as likely in two years as in ten would be found by chance so often that flows of two years would be foretold from their last months.
STEP_EVERY = 5
RARE = 3.5  # the cost of a trend beside that of its parameter: most courts have none that goes on
# The cost of an answer of closings to the stock beside that of its parameter: the stock holds their past errors, so by chance it seems to draw them
# (as in a test for a unit root), and while filings make it grow closings would be foretold to follow.
ECHO = 1.5
LEAST_SCATTER = 1.0  # root scale, that of a Poisson count
# Shares of the courts whose errors are independent, remember, or whose level wanders, before the record is seen; within a kind the same for all.
KINDS = {"independent": 0.5, "memory": 0.25, "wandering": 0.25}
UNLIKE = 0.35  # standard deviation of the logarithm of outliers' distances: half to twice as far as those seen
NEGLIGIBLE = 5.0  # log-likelihood under the best explanation from which one is left out
MOST = 60  # explanations kept for each flow
YEARS_OF_SEASON = 3  # years of the past from which outliers are sought about the whole season
DUST = 1e-9
TOGETHER = 2.0  # standard errors of a correlation from which filings' and closings' errors are drawn together


@dataclass(frozen=True, eq=False)
class Explanation:
    """One explanation of a flow: log-likelihood less its cost, error model, columns of the past (that of the response last), what they are."""

    likelihood: float
    model: int
    columns: np.ndarray
    season: str
    trend: bool
    step: int | None
    follows: bool

    def ahead(self, past: int, seasons: dict[str, np.ndarray]) -> np.ndarray:
        """Its columns for the periods after the past, without that of the response."""
        season = seasons[self.season][past:]
        count = len(season)
        parts = [np.ones((count, 1)), season]
        if self.trend:
            parts.append(_trend(past, past + count)[past:])
        if self.step is not None:
            parts.append(np.ones((count, 1)))
        return np.column_stack(parts)


@dataclass(frozen=True, eq=False)
class FlowModel:
    """A flow's past on the root scale without outliers, the outliers' distances, and its explanations, the likeliest first."""

    values: np.ndarray
    outliers: np.ndarray
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, eq=False)
class Outlook:
    """The outlook from the past: both flows, what could be closed (root, its mean), and the stock now."""

    series: FlowSeries
    filed: FlowModel
    closed: FlowModel
    available: np.ndarray
    stock: float


@dataclass(frozen=True, eq=False)
class Paths:
    """Simulated filings, closings and stock: arrays of paths × periods."""

    filed: np.ndarray
    closed: np.ndarray
    pending: np.ndarray


@dataclass(frozen=True, eq=False)
class Course:
    """A flow ahead on the root scale, paths × periods, expected and with its errors; response to what there is to close; scatter."""

    expected: np.ndarray
    drawn: np.ndarray
    response: np.ndarray
    scatter: np.ndarray


def outlook(series: FlowSeries) -> Outlook:
    """Fit both flows."""
    if len(series) < LEAST_PERIODS:
        raise DataError(
            f"只有{len(series)}期，至少需要{LEAST_PERIODS}期才能外推。",
            f"{len(series)} periods are too few to look ahead; at least {LEAST_PERIODS} are needed.",
        )
    stock = series.values("closing")
    if (stock < 0).any():
        first = series.table["period"].iloc[int((stock < 0).argmax())].date()
        raise DataError(
            f"未结存量自{first}起低于零（最低{stock.min():,.10g}）：旧存、新收或结案至少一项有误或口径不一，不能据以外推。"
            "请先补上期初存量（opening=）或改正计数。",
            f"the pending stock is below zero from {first} (lowest {stock.min():,.10g}): opening, filed or closed is wrong, or they do "
            "not share a definition, so nothing can be foretold from it. Give the opening stock (opening=) or correct the counts first.",
        )
    series = replace(series, table=series.table.iloc[-LONGEST:].reset_index(drop=True))
    available = 2 * np.sqrt(np.maximum(series.values("closing") + series.values("closed"), 0))
    seasons = _seasons(series, len(series))
    rare = np.log(STEP_EVERY * series.seasons)
    filed = _flow_model(series.values("filed"), seasons, None, rare)
    closed = _flow_model(series.values("closed"), seasons, available - available.mean(), rare)
    return Outlook(series, filed, closed, available, float(stock[-1]))


def _seasons(series: FlowSeries, count: int) -> dict[str, np.ndarray]:
    """The seasonal columns of the first ``count`` periods from the beginning, past it where there are more than the record has."""
    past = len(series)
    periods = series.table["period"]
    if count > past:
        periods = pd.concat([periods, pd.Series(next_periods(series, count - past))], ignore_index=True)
    found = {"none": np.empty((count, 0))}
    if series.seasons == 1 or past < 2 * series.seasons:
        return found
    month = (periods + pd.Timedelta(days=14)).dt.month.to_numpy()
    season = (month - 1) // 3 if series.freq == "Q" else month - 1
    kinds = np.unique(season[:past])
    columns = (season[:, None] == kinds[1:]).astype(float)
    found["last"] = (season == kinds[-1]).astype(float)[:, None]
    # Of two years the festivals often fall alike in their months: nothing tells it from the months then, and a third year would follow from nothing.
    if series.freq != "Q" and past >= LEAST_YEARS * series.seasons and festival_known(periods).all():
        columns = np.column_stack([columns, festival_share(periods)])
    found["all"] = columns
    return {name: part - part[:past].mean(axis=0) for name, part in found.items()}


@lru_cache(maxsize=8)
def _grid(length: int) -> ErrorModels:
    return error_models(np.arange(length))


def _leading(count: int) -> ErrorModels:
    """The error models of the first ``count`` periods."""
    whole = _grid(-(-count // BLOCK) * BLOCK)
    whiteners = whole.whiteners[:, :count, :count]
    determinants = -2 * np.log(np.diagonal(whiteners, axis1=1, axis2=2)).sum(axis=1)
    return replace(whole, whiteners=whiteners, log_determinants=determinants)


def _flow_model(
    counts: np.ndarray, seasons: dict[str, np.ndarray], available: np.ndarray | None, rare: float
) -> FlowModel:
    """Every explanation of a flow: season, trend, step, response and error model, by likelihood less the cost of its parameters.

    ``rare`` is the cost of a step at one place beside that of its parameter.
    """
    values, count = root(counts), len(counts)
    one, stock = np.ones((count, 1)), np.empty((count, 0)) if available is None else available[:, None]
    whole = "all" in seasons and count >= YEARS_OF_SEASON * seasons["all"].shape[1]
    usual = seasons["all" if whole else "last" if "last" in seasons else "none"]
    clean, outlying = cleaned(values, np.column_stack([one, usual, stock]))
    if np.ptp(counts) == 0:
        return FlowModel(values, np.empty(0), (Explanation(0.0, 0, one, "none", False, None, False),))
    models, each = _leading(count), 0.5 * np.log(count)
    before = _before(models)
    starts = np.arange(LEAST_STEP, count - LEAST_STEP + 1)
    steps = _steps(count, tuple(starts.tolist()))
    found: list[Explanation] = []
    for name, season in seasons.items():
        for follows in (False, True) if available is not None and np.ptp(available) > 0 else (False,):
            for trend in (False, True):
                parts = [season, *([_trend(count, count)] if trend else []), *([stock] if follows else [])]
                columns = np.column_stack([one, *parts])
                cost = each * (columns.shape[1] - 1) + RARE * trend + ECHO * follows
                fit = Fit(clean, one, columns[:, 1:], models, cost)
                usable = [not follows or fit.coefficients(at)[-1] > 0 for at in range(len(models.names))]
                found += [
                    Explanation(float(fit.likelihood[at] + before[at]), int(at), columns, name, trend, None, follows)
                    for at in np.flatnonzero(usable)
                ]
                if not trend and len(starts):
                    likelihood = fit.search(steps) + before[:, None] - (each + rare)
                    likelihood[~np.array(usable)] = -np.inf
                    for at in np.argsort(likelihood, axis=None)[-MOST:]:
                        model, place = np.unravel_index(at, likelihood.shape)
                        step = steps.columns[:, [place]]
                        found.append(
                            Explanation(
                                float(likelihood[model, place]),
                                int(model),
                                np.column_stack([one, season, step, *([stock] if follows else [])]),
                                name,
                                trend,
                                int(starts[place]),
                                follows,
                            )
                        )
    found = sorted(found, key=lambda explanation: -explanation.likelihood)[:MOST]
    near = tuple(one for one in found if one.likelihood >= found[0].likelihood - NEGLIGIBLE)
    return FlowModel(clean, (values - clean)[outlying], near)


def _before(models: ErrorModels) -> np.ndarray:
    """The logarithm of each error model's share before the record is seen."""
    kinds = [name.split()[0] for name in models.names]
    return np.log([KINDS[kind] / kinds.count(kind) for kind in kinds])


@lru_cache(maxsize=32)
def _steps(count: int, starts: tuple[int, ...]) -> Bank:
    return Bank((np.arange(count)[:, None] >= np.array(starts, dtype=int)).astype(float))


def _trend(past: int, count: int) -> np.ndarray:
    """A line through the past, from −½ to ½, and beyond."""
    return ((np.arange(count) - (past - 1) / 2) / past)[:, None]


def simulate(
    ahead: Outlook,
    steps: int,
    *,
    count: int,
    seed: int,
    extra_filings: float = 0,
    extra_closings: float = 0,
    closings: float | None = None,
) -> Paths:
    """Paths of the next ``steps`` periods; ``closings`` sets a capacity a period in place of the court's habit."""
    rng = np.random.default_rng(seed)
    past, horizon = len(ahead.series), max(steps, ahead.series.seasons)
    seasons = _seasons(ahead.series, past + horizon)
    noise = rng.normal(size=(2, count, horizon))
    alike = _alike(ahead)
    noise[1] = alike * noise[0] + (1 - alike**2) ** 0.5 * noise[1]
    # Where a court has at times closed all it had, closings tell what there was: how far what it could close scatters is not seen.
    least = LEAST_SCATTER if (ahead.series.values("closing") == 0).any() else 0.0
    filed_ahead = _course(ahead.filed, past, seasons, noise[0], rng)
    closed_ahead = _course(ahead.closed, past, seasons, noise[1], rng, least=least)
    centre = float(ahead.available.mean())
    shift = _shrunk_drift(ahead, filed_ahead, closed_ahead, centre)
    filed_all = _counts(_with_outliers(filed_ahead.drawn, ahead.filed, past, rng)) + extra_filings
    closed_root = _with_outliers(closed_ahead.drawn, ahead.closed, past, rng)
    stock = np.full(count, ahead.stock)
    closed, pending = np.empty((count, steps)), np.empty((count, steps))
    for step in range(steps):
        available = stock + filed_all[:, step]
        if closings is None:
            follows = closed_ahead.response * (2 * np.sqrt(np.maximum(available, 0)) - centre)
            wanted = _counts(closed_root[:, step] + follows, shift)
        else:
            wanted = np.maximum(
                np.round(closings + _counts(closed_root[:, step]) - _means(closed_ahead)[:, step], 6), 0
            )
        closed[:, step] = np.clip(wanted + extra_closings, 0, available)
        stock = pending[:, step] = available - closed[:, step]
    return Paths(filed_all[:, :steps], closed, pending)


def _course(
    flow: FlowModel,
    past: int,
    seasons: dict[str, np.ndarray],
    noise: np.ndarray,
    rng: np.random.Generator,
    *,
    least: float = 0.0,
) -> Course:
    """A flow ahead, each path by one of its explanations; its errors scatter by ``least`` or more."""
    count, horizon = noise.shape
    weights = np.exp([one.likelihood - flow.explanations[0].likelihood for one in flow.explanations])
    chosen = rng.choice(len(weights), size=count, p=weights / weights.sum())
    expected, drawn = np.empty((count, horizon)), np.empty((count, horizon))
    response, scatter = np.zeros(count), np.zeros(count)
    models = _leading(past + horizon)
    for at in np.unique(chosen):
        paths, explanation = np.flatnonzero(chosen == at), flow.explanations[at]
        whitener = models.whiteners[explanation.model]
        factor = np.linalg.inv(whitener)
        own = whitener[:past, :past]
        basis, triangle = np.linalg.qr(own @ explanation.columns)
        white = own @ flow.values
        free = max(past - explanation.columns.shape[1], 1)
        left = white - basis @ (basis.T @ white)
        spread = np.maximum(np.sqrt(max(float(left @ left), 0.0) / rng.chisquare(free, size=len(paths))), least)
        off = rng.normal(size=(len(paths), basis.shape[1])) * spread[:, None]
        coefficients = np.linalg.solve(triangle, (basis.T @ white + off).T).T
        errors = white - (basis @ (basis.T @ white + off).T).T
        columns = explanation.ahead(past, seasons)
        known = columns.shape[1]
        mean = coefficients[:, :known] @ columns.T + errors @ factor[past:, :past].T
        expected[paths], scatter[paths] = mean, spread
        drawn[paths] = mean + spread[:, None] * (noise[paths] @ factor[past:, past:].T)
        if explanation.follows:
            response[paths] = np.maximum(coefficients[:, -1], 0)
    return Course(expected, drawn, response, scatter)


def _alike(ahead: Outlook) -> float:
    """The correlation of filings' and closings' errors where it is shown."""
    left = []
    for flow in (ahead.filed, ahead.closed):
        explanation = flow.explanations[0]
        whitener = _leading(len(flow.values)).whiteners[explanation.model]
        columns, values = whitener @ explanation.columns, whitener @ flow.values
        left.append(values - columns @ np.linalg.lstsq(columns, values, rcond=None)[0])
    if min(np.ptp(part) for part in left) < DUST:
        return 0.0
    correlation = float(np.corrcoef(left)[0, 1])
    return correlation if abs(correlation) > TOGETHER / len(left[0]) ** 0.5 else 0.0


def _means(course: Course) -> np.ndarray:
    """Expected counts."""
    return _counts_of(course.expected) + course.scatter[:, None] ** 2 / 4


def _shrunk_drift(ahead: Outlook, filed: Course, closed: Course, centre: float) -> float:
    """Return what closings a period are moved towards filings: the part of their difference that its own uncertainty takes away."""
    year = slice(0, ahead.series.seasons)
    arriving = _means(filed)
    follows = closed.response[:, None] * (2 * np.sqrt(np.maximum(ahead.stock + arriving, 0)) - centre)
    leaving = _means(replace(closed, expected=closed.expected + follows))
    drift = (arriving - np.minimum(leaving, ahead.stock + arriving))[:, year].mean(axis=1)
    mean, variance = float(drift.mean()), float(drift.var())
    return mean * variance / (mean**2 + variance) if variance > DUST else 0.0


def _with_outliers(drawn: np.ndarray, flow: FlowModel, past: int, rng: np.random.Generator) -> np.ndarray:
    """The flow with outliers about as often and as large as there were some: of few neither is known well, and each path draws its own rate."""
    if not len(flow.outliers):
        return drawn
    often = rng.gamma(len(flow.outliers) + 0.5, 1 / past, size=(len(drawn), 1))
    hit = rng.random(drawn.shape) < often
    sizes = rng.choice(flow.outliers, size=drawn.shape) * np.exp(UNLIKE * rng.normal(size=drawn.shape))
    return drawn + np.where(hit, sizes, 0.0)


def _counts_of(roots: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(roots, 0) ** 2 / 4 - SHIFT)


def _counts(roots: np.ndarray, more: float = 0.0) -> np.ndarray:
    """Whole counts from their roots."""
    return np.asarray(np.maximum(np.round(_counts_of(roots) + more), 0))


def cut(series: FlowSeries, count: int) -> FlowSeries:
    """The series as it was known after ``count`` periods."""
    return replace(series, table=series.table.iloc[:count].reset_index(drop=True))
