"""The pending stock ahead: a forecast from filings and closings with its limits, and how such forecasts did before."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.arguments import whole_number
from analysis.inference.cycle.problems import problem_table
from analysis.inference.cycle.regression import LEVEL, combination, plain_fit
from analysis.inference.cycle.series import FlowSeries, next_periods, of_known_stock, only
from analysis.inference.cycle.simulation import LEAST_PERIODS, MONTHS, cut, outlook, simulate
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.sentences import rate
from analysis.vocabulary.text import Text

PATHS = 2000
MOST_MONTHS = 120  # ahead; a flow says nothing of what is further off
BANDS = {LEVEL: "", 0.8: "_80", 0.5: "_50"}  # share of the paths, and the ending of the columns of its limits
BACKTEST_PATHS = 500
MOST_ORIGINS = 24  # origins of the back-test, spread over what is left after LEAST_YEARS
LEAST_YEARS = 3
NAIVE = "seasonal_naive"
MODEL, REPEATED, UNCHANGED = "model", "last_year_repeated", "unchanged"
BETTER = Text("误差小于它（差值区间不含0）", "a smaller error (the interval of the difference excludes 0)")
MAYBE = Text(
    "误差较小，但差值区间含0，不足以断定更优",
    "a smaller error, but the interval of the difference holds 0: not shown to beat it",
)
NOT_BETTER = Text("未优于它", "does not beat it")
NAMES = {
    "seasonal_naive": Text("季节性朴素预测（上年同期存量）", "the seasonal-naive forecast (the stock a year before)"),
    "last_year_repeated": Text("照搬上年收结", "last year's filings and closings again"),
    "unchanged": Text("存量不变", "an unchanged stock"),
}
TOO_SHORT = Text("数据太短，无法回测", "too short to be back-tested")


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """``table``: ``period, pending`` (median)``, lower, upper`` (95%)``, lower_80, upper_80, lower_50, upper_50, filed, closed``.

    ``backtest``: how it did before.

    ``backtest``: ``forecast`` (model, seasonal_naive, last_year_repeated, unchanged)``, horizon, origins, mean_error, coverage``.
    ``comparison``: ``against, origins, difference, lower, upper, conclusion``: mean absolute error of the model less that of the
    other. ``past``: the recorded stock, for the chart.
    """

    table: pd.DataFrame
    backtest: pd.DataFrame
    comparison: pd.DataFrame
    past: pd.DataFrame
    problems: pd.DataFrame
    freq: str
    caption: Text


def forecast_pending(flow: pd.DataFrame, *, months: int = 12, damping: float | None = None, seed: int = 0) -> Forecast:
    """Pending cases of the next ``months`` months from filings and closings, with 95% limits and a back-test.

    Each flow is modelled apart, its steps kept, its drift followed as far as it is sure (``analysis.inference.cycle.simulation``); ``damping``
    does nothing any more. Limits are quantiles of 2,000 simulated paths. The back-test goes back to
    up to 24 earlier periods, forecasts from what was known then, and sets the errors beside the seasonal-naive forecast (the
    stock of the same season a year before), last year's flows repeated, and an unchanged stock. ``comparison`` says
    whether the model's mean absolute error is smaller beyond chance (interval over the origins, whose windows overlap); where it is
    not, the caption says so. ``coverage`` is the share of recorded stocks inside the limits of their time, in the caption over
    all horizons.

    A quarterly flow is forecast in quarters, a weekly in weeks, a yearly in years, as many as cover the months. Raises
    ``DataError`` below 12 periods or for a stock below zero, ``ArgumentError`` for less than a month.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    months : int
        How many months ahead, up to ten years.
    damping : float
        How much of a change is kept from period to period, between 0 and 1.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    Forecast
        Limits ahead, and the back-test.

    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 30, "closed": 30, "closing": 100})
    >>> forecast_pending(flow, months=2).table[["pending", "lower", "upper"]].values.tolist()
    [[100.0, 100.0, 100.0], [100.0, 100.0, 100.0]]
    """
    no_damping(damping)
    series = only(of_known_stock(flow), "forecast_pending")
    steps = periods_for(months, series)
    ahead = outlook(series)
    drawn = simulate(ahead, steps, count=PATHS, seed=seed)
    table = pd.DataFrame({"period": next_periods(series, steps), **bands(drawn.pending)})
    table["filed"], table["closed"] = drawn.filed.mean(axis=0), drawn.closed.mean(axis=0)
    backtest, comparison = _backtest(series, steps, seed=seed)
    past = pd.DataFrame({"period": series.table["period"], "pending": series.values("closing")})
    problems = problem_table(series.problems)
    verdict = _verdict(comparison) + _held(backtest)
    since = period_text(series.table["period"].iloc[0], series.freq)
    caption = Text(
        f"依据{since.zh}起{len(series)}期预测{steps}期；95%区间；回测：",
        f"Periods ahead: {steps}, from {len(series)} since {since.en}; 95% limits; back-test: ",
    )
    return Forecast(table, backtest, comparison, past, problems, series.freq, caption + verdict + made_up(flow))


def periods_for(months: int, series: FlowSeries) -> int:
    """Return how many periods of the flow cover so many months."""
    return max(math.ceil(round(whole_number("months", months, least=1, most=MOST_MONTHS) / MONTHS[series.freq], 6)), 1)


def bands(paths: np.ndarray) -> dict[str, np.ndarray]:
    """The median of paths, and the limits that hold 95, 80 and 50% of them."""
    found = {"pending": np.quantile(paths, 0.5, axis=0)}
    for share, name in BANDS.items():
        for side, at in (("lower", (1 - share) / 2), ("upper", (1 + share) / 2)):
            found[side + name] = np.quantile(paths, at, axis=0)
    return found


def no_damping(damping: float | None) -> None:
    """Warn that ``damping`` falls away."""
    if damping is not None:
        text = "damping= 不再起作用，将予删除：收结之差按其自身的不确定性缩减 · damping= does nothing and falls away: drift shrinks by its own uncertainty"
        warnings.warn(text, DeprecationWarning, stacklevel=3)


def _backtest(series: FlowSeries, steps: int, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    stock, net = series.values("closing"), series.values("net")
    year = series.seasons
    begin = max(LEAST_YEARS * year, LEAST_PERIODS, year + 1)
    last = len(stock) - steps
    columns = ["forecast", "horizon", "origins", "mean_error", "coverage"]
    against = ["against", "origins", "difference", "lower", "upper", "conclusion"]
    if last < begin:
        return pd.DataFrame(columns=columns), pd.DataFrame(columns=against)
    origins = np.unique(np.linspace(begin, last, min(MOST_ORIGINS, last - begin + 1)).astype(int))
    errors: dict[str, list[np.ndarray]] = {name: [] for name in (MODEL, NAIVE, REPEATED, UNCHANGED)}
    held = []
    for origin in origins:
        actual = stock[origin : origin + steps]
        drawn = simulate(outlook(cut(series, origin)), steps, count=BACKTEST_PATHS, seed=seed).pending
        spread = bands(drawn)
        held.append((actual >= spread["lower"]) & (actual <= spread["upper"]))
        ago = origin + np.arange(steps) % year - year
        forecasts = {
            MODEL: spread["pending"],
            NAIVE: stock[ago],
            REPEATED: stock[origin - 1] + np.cumsum(net[ago]),
            UNCHANGED: np.full(steps, stock[origin - 1]),
        }
        for name, value in forecasts.items():
            errors[name].append(np.abs(value - actual))
    rows = []
    for name, found in errors.items():
        part = pd.DataFrame({"forecast": name, "horizon": np.arange(1, steps + 1), "origins": len(origins)})
        part["mean_error"] = np.mean(found, axis=0)
        part["coverage"] = np.mean(held, axis=0) if name == MODEL else np.nan
        rows.append(part)
    compared = [
        _compared(name, np.array(errors[MODEL]), np.array(errors[name])) for name in (NAIVE, REPEATED, UNCHANGED)
    ]
    return pd.concat(rows, ignore_index=True)[columns], pd.DataFrame(compared, columns=against)


def _compared(name: str, model: np.ndarray, other: np.ndarray) -> dict[str, object]:
    """Mean difference of the absolute errors with limits for AR(1) noise over the origins (after Diebold and Mariano 1995)."""
    difference = (model - other).mean(axis=1)
    row: dict[str, object] = {"against": name, "origins": len(difference), "difference": float(difference.mean())}
    upper = np.inf
    if len(difference) > 3:
        _, lower, upper, _ = combination(plain_fit(difference, np.ones((len(difference), 1))), np.ones(1))
        row |= {"lower": lower, "upper": upper}
    verdict = BETTER if upper < 0 else MAYBE if difference.mean() < 0 else NOT_BETTER
    errors = (f"{value.mean():,.1f}" for value in (model, other))
    mine, others = errors
    begin = Text(
        f"平均误差{mine}件，{NAMES[name].zh}为{others}件：",
        f"mean error {mine} cases, that of {NAMES[name].en} {others}: ",
    )
    return row | {"conclusion": (begin + verdict).cell}


def _held(backtest: pd.DataFrame) -> Text:
    """Return how often the limits of the time held what came about."""
    share = backtest.loc[backtest["forecast"] == MODEL, "coverage"].mean()
    if pd.isna(share):
        return Text("", "")
    held = rate(100 * share, 0)
    return Text(
        f"；{held.zh}的实际存量落在当时的95%区间内",
        f"; {held.en} of the recorded stocks lay inside the 95% limits of their time",
    )


def _verdict(comparison: pd.DataFrame) -> Text:
    if comparison.empty:
        return TOO_SHORT
    zh, _, en = str(comparison.loc[comparison["against"] == NAIVE, "conclusion"].iloc[0]).partition("\n")
    return Text(zh, en)
