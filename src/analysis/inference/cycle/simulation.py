"""Paths of filings, closings and stock into the future, from exponential smoothing of the two flows.

Each flow has a level that drifts and, where a season is found, a fixed seasonal pattern: ETS(A,N,N) or ETS(A,N,A) of statsmodels
(Hyndman et al. 2008, Forecasting with Exponential Smoothing). Two things tie them to a court:

- filings and closings of one month err together, and a package of filings is followed by one of closings: their errors are
  drawn as pairs, in stretches of a year, from the past (circular block bootstrap, Politis and Romano 1992);
- a gap between the levels of filings and closings does not last for ever, or the stock would run away: the level of
  closings moves towards that of filings by a share of 1 − ``damping`` a month (the damped trend of Gardner and McKenzie
  1985, Management Science 31, 1237–1246, with the net flow as the trend of the stock).

What is estimated is not known, and every path draws it anew: the levels are off by the error of a mean over all periods;
each month of the season by that of a mean over its years (five at most: the pattern starts from them); the size of the errors
by the χ² distribution of a variance with their degrees of freedom; and the mean of every stretch by that of the past's mean, about
which circular stretches are centred (else their sums scatter too little by the share of the past that a stretch takes up).
``benchmarks/cycle.md`` shows how often the limits hold.

Errors of a court that was smaller (or larger) once are brought to the size that they would have at today's level.

A court cannot close what it does not have: closings of a path end where the stock is used up. A record whose own stock falls
below zero is therefore not looked ahead from: its figures do not share a definition.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import numpy as np

from analysis.inference.cycle.season import adjustable, has_season, seasonality_table
from analysis.inference.cycle.series import FlowSeries
from analysis.vocabulary.errors import ArgumentError, DataError

LEAST_FIRST = 3  # periods whose mean is the first level
LEAST_PERIODS = 12  # fewer hold no level, let alone an error of it
DAMPING = 0.9  # share of the gap between filings and closings that is left after a month
MOST_YEARS = 5  # that a seasonal pattern of the heuristic start rests on
MONTHS = {"W": 12 / 52, "M": 1, "Q": 3, "Y": 12}  # months in a period


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the past says of the next periods: levels, smoothing, seasonal patterns (next period first), paired errors.

    ``df`` are the errors' degrees of freedom, ``stretch`` the periods drawn in one piece.
    """

    levels: tuple[float, float]
    smoothing: tuple[float, float]
    patterns: tuple[np.ndarray, np.ndarray]
    errors: np.ndarray
    df: int
    keep: float
    stock: float
    stretch: int


@dataclass(frozen=True, eq=False)
class Paths:
    """Simulated filings, closings and stock: arrays of paths × periods."""

    filed: np.ndarray
    closed: np.ndarray
    pending: np.ndarray


def must_be_share(name: str, value: float) -> float:
    """The value if it lies between 0 and 1."""
    if not 0 <= value <= 1:
        raise ArgumentError(
            f"{name} 应在 0 与 1 之间，现为 {value}。", f"{name} must lie between 0 and 1; it is {value}."
        )
    return float(value)


def outlook(series: FlowSeries, *, damping: float = DAMPING, seasonal: bool | None = None) -> Outlook:
    """Fit both flows; ``seasonal=None`` looks for a season (Friedman's test) and takes it only where there is one."""
    if len(series) < LEAST_PERIODS:
        raise DataError(
            f"只有 {len(series)} 期，至少需要 {LEAST_PERIODS} 期才能外推。",
            f"{len(series)} periods are too few to look ahead; at least {LEAST_PERIODS} are needed.",
        )
    stock = series.values("closing")
    if (stock < 0).any():
        first = series.table["period"].iloc[int((stock < 0).argmax())].date()
        raise DataError(
            f"未结存量自 {first} 起低于零（最低 {stock.min():,.10g}）：旧存、新收或结案至少一项有误或口径不一，不能据以外推。"
            "请先补上期初存量（opening=）或改正计数。",
            f"the pending stock is below zero from {first} (lowest {stock.min():,.10g}): opening, filed or closed is wrong, or they do "
            "not share a definition, so nothing can be foretold from it. Give the opening stock (opening=) or correct the counts first.",
        )
    if seasonal is None:
        seasonal = has_season(seasonality_table(series))
    seasons = series.seasons if seasonal and adjustable(series) else 0
    fitted = [_smoothed(series.values(name), seasons, series.seasons) for name in ("filed", "closed")]
    df = max(len(series) - 1 - max(seasons, 1), 1)
    errors = np.column_stack([one[3] for one in fitted]) * np.sqrt(len(series) / df)
    return Outlook(
        (fitted[0][0], fitted[1][0]),
        (fitted[0][1], fitted[1][1]),
        (fitted[0][2], fitted[1][2]),
        errors - errors.mean(axis=0),
        df,
        must_be_share("damping", damping) ** MONTHS[series.freq],
        float(stock[-1]),
        max(series.seasons, 2),
    )


def _smoothed(values: np.ndarray, seasons: int, year: int) -> tuple[float, float, np.ndarray, np.ndarray]:
    """Level, smoothing parameter, pattern of the next year, and the errors of one period ahead."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    if np.ptp(values) == 0:
        return float(values[-1]), 0.0, np.zeros(1), np.zeros(len(values))
    # The heuristic start is the intercept of a line through the first ten values: far off, even below zero, where a court
    # stays small and then grows. Without a season the mean of the first year (three periods at least) serves.
    start = {"initialization_method": "known", "initial_level": float(values[: max(year, LEAST_FIRST)].mean())}
    options = (
        {"seasonal": "add", "seasonal_periods": seasons, "initialization_method": "heuristic"} if seasons else start
    )
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # where the likelihood is flat its best point serves; the back-test judges it
        found = ETSModel(values, error="add", **options).fit(disp=False)
    pattern = np.zeros(1)
    if seasons:
        ahead = np.asarray(found.forecast(seasons), dtype=float)
        pattern = ahead - ahead.mean()
    level = float(np.mean(found.forecast(seasons or 1)))
    errors = _at_todays_level(np.asarray(found.resid, dtype=float), _local_mean(values, max(year, LEAST_FIRST)))
    return level, float(found.smoothing_level), pattern, errors


def _local_mean(values: np.ndarray, width: int) -> np.ndarray:
    """The mean of the ``width`` values about each (of those that there are, at the ends).

    >>> _local_mean(np.array([1.0, 2, 3, 10]), 3).tolist()
    [1.5, 2.0, 5.0, 6.5]
    """
    window = np.ones(width)
    sums, counts = (np.convolve(part, window, mode="same") for part in (values, np.ones(len(values))))
    return np.asarray(sums / counts)


def _at_todays_level(errors: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """The errors as large as they would be at the last level: a court that has grown tenfold errs by more cases.

    Variance at a level: the level itself (counts scatter by chance) and a share of its square (what happens to all cases).

    >>> _at_todays_level(np.array([2.0, -2, 20, -20]), np.array([1000.0, 1000, 10000, 10000])).round(1).tolist()
    [6.3, -6.3, 20.0, -20.0]
    """
    level = np.maximum(levels, 1)
    now = max(float(levels[-1]), 1.0)
    shared = max(float((errors**2 - level).sum() / (level**2).sum()), 0.0)
    return np.asarray(errors * np.sqrt((now + shared * now**2) / (level + shared * level**2)))


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
    size = np.sqrt(ahead.df / rng.chisquare(ahead.df, size=count))[:, None, None]
    errors = size * _drawn(ahead, steps, count, rng)
    season = _seasons(ahead, size, rng)
    filed_level, closed_level = (ahead.levels + size[:, 0] * _off(ahead, len(ahead.errors), (count,), rng)).T
    stock = np.full(count, ahead.stock)
    filed, closed, pending = (np.empty((count, steps)) for _ in range(3))
    for step in range(steps):
        wave = season[:, step % season.shape[1]].T
        filed[:, step] = np.maximum(filed_level + wave[0] + errors[:, step, 0], 0) + extra_filings
        base = closed_level + wave[1] if closings is None else np.full(count, float(closings))
        wanted = np.maximum(base + errors[:, step, 1] + extra_closings, 0)
        closed[:, step] = np.minimum(wanted, stock + filed[:, step])
        stock = stock + filed[:, step] - closed[:, step]
        pending[:, step] = stock
        filed_level = filed_level + ahead.smoothing[0] * errors[:, step, 0]
        closed_level = closed_level + ahead.smoothing[1] * errors[:, step, 1]
        closed_level = closed_level + (1 - ahead.keep) * (filed_level - closed_level)
    return Paths(filed, closed, pending)


def _off(ahead: Outlook, periods: int, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """By how much the means of filings and of closings over so many periods are off: normal, with the errors' covariance."""
    return rng.multivariate_normal(np.zeros(2), np.cov(ahead.errors.T) / periods, size=shape)


def _seasons(ahead: Outlook, size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The seasonal patterns of every path: paths × seasons × (filed, closed), each off by what its years leave open."""
    length = max(map(len, ahead.patterns))
    pattern = np.column_stack([np.broadcast_to(one, length) for one in ahead.patterns])
    if length == 1:
        return np.broadcast_to(pattern, (len(size), 1, 2))
    off = _off(ahead, min(len(ahead.errors) // length, MOST_YEARS), (len(size), length), rng)
    return pattern + size * (off - off.mean(axis=1, keepdims=True))


def _drawn(ahead: Outlook, steps: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Stretches of the past's paired errors, one after another, for every path; each about a mean of its own."""
    past, length = len(ahead.errors), min(ahead.stretch, len(ahead.errors))
    starts = rng.integers(0, past, size=(count, -(-steps // length)))
    places = (starts[:, :, None] + np.arange(length)) % past
    errors = ahead.errors[places] + _off(ahead, past, starts.shape, rng)[:, :, None, :]
    return errors.reshape(count, -1, 2)[:, :steps]


def cut(series: FlowSeries, count: int) -> FlowSeries:
    """The series as it was known after ``count`` periods."""
    return replace(series, table=series.table.iloc[:count].reset_index(drop=True))
