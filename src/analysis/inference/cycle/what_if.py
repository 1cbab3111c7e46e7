"""Stock paths under other closings or filings, and when pending falls under a target: ``what_if``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.arguments import finite_number
from analysis.inference.cycle.forecast import no_damping, periods_for
from analysis.inference.cycle.problems import problem_table
from analysis.inference.cycle.regression import LEVEL, combination, plain_fit
from analysis.inference.cycle.series import FlowSeries, next_periods, of_known_stock, only
from analysis.inference.cycle.simulation import Paths, outlook, simulate
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

PATHS = 2000
BASELINE, WHAT_IF = "baseline", "what_if"


@dataclass(frozen=True, eq=False)
class WhatIf(Result):
    """``table``: ``scenario`` (baseline, what_if)``, period, pending, lower, upper, filed, closed``.

    ``target``: ``scenario, target_stock, reached`` (share of paths), ``period, lower, upper``: the first period whose stock is below the
    target, middle and 95% limits over all paths (missing where that part of the paths never reaches it).
    ``steady``: the even closings a period that would have kept the stock level over the past (mean filings, with
    limits), beside what was closed, and the highest stock on that path. ``past``: the recorded stock.
    """

    table: pd.DataFrame
    target: pd.DataFrame
    steady: pd.DataFrame
    past: pd.DataFrame
    problems: pd.DataFrame
    freq: str
    caption: Text


def what_if(
    flow: pd.DataFrame,
    *,
    extra_closings: float = 0,
    extra_filings: float = 0,
    officers: float | None = None,
    closings_per_officer: float | None = None,
    target: float | None = None,
    months: int = 36,
    damping: float | None = None,
    seed: int = 0,
) -> WhatIf:
    """Stock paths of the next ``months`` if closings or filings were other than they are, beside the baseline.

    ``extra_closings`` and ``extra_filings`` are cases a period (a month in a monthly flow) on top; ``officers`` ×
    ``closings_per_officer`` (cases a period each) is a capacity that replaces the court's own closings. ``target`` is the stock to
    fall under (default: half of what is pending now). Model and errors are those of ``forecast_pending``; a court
    closes no more than it has. Raises ``DataError`` for a stock below zero, ``ArgumentError`` where officers or their closings are given alone.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    extra_closings : float
        Closings a period on top.
    extra_filings : float
        Filings a period on top.
    officers : float
        Officers who close.
    closings_per_officer : float
        What each closes a period.
    target : float
        The stock to fall under.
    months : int
        How many months ahead.
    damping : float
        How much of a change is kept from period to period, between 0 and 1.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    WhatIf
        Paths, and when the target is reached.

    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 30, "closed": 30, "closing": 100})
    >>> found = what_if(flow, extra_closings=10, months=12)
    >>> found.target.set_index("scenario").loc["what_if", "period"]
    Timestamp('2012-06-01 00:00:00')
    >>> what_if(flow, officers=4, closings_per_officer=7, months=2).table.tail(2)["pending"].tolist()
    [102.0, 104.0]
    """
    more_closings, more_filings = (
        finite_number("extra_closings", extra_closings),
        finite_number("extra_filings", extra_filings),
    )
    capacity = _capacity(officers, closings_per_officer)
    no_damping(damping)
    series = only(of_known_stock(flow), "what_if")
    steps = periods_for(months, series)
    ahead = outlook(series)
    periods = next_periods(series, steps)
    goal = max(ahead.stock / 2, 0.0) if target is None else finite_number("target", target, least=0)
    changed = {"extra_filings": more_filings, "extra_closings": more_closings}
    scenarios = {
        BASELINE: simulate(ahead, steps, count=PATHS, seed=seed),
        WHAT_IF: simulate(ahead, steps, count=PATHS, seed=seed, closings=capacity, **changed),
    }
    table = pd.concat([_spread(name, paths, periods) for name, paths in scenarios.items()], ignore_index=True)
    reached = pd.DataFrame([_reached(name, paths, periods, goal) for name, paths in scenarios.items()])
    past = pd.DataFrame({"period": series.table["period"], "pending": series.values("closing")})
    caption = Text(
        f"依据{len(series)}期外推{steps}期，目标存量{goal:,.10g}件；95%区间",
        f"Periods ahead: {steps}, from {len(series)}; target stock {goal:,.10g} cases; 95% limits",
    )
    problems = problem_table(series.problems)
    return WhatIf(table, reached, steady_closings(series), past, problems, series.freq, caption + made_up(flow))


def _capacity(officers: float | None, each: float | None) -> float | None:
    """Closings a period of so many officers, or none where the court goes on as it does."""
    if officers is None and each is None:
        return None
    if officers is None or each is None:
        raise ArgumentError(
            "officers 与 closings_per_officer 必须同时给出：人数 × 每人每期结案数。",
            "officers and closings_per_officer belong together: officers × closings a period each.",
        )
    return finite_number("officers", officers, least=0) * finite_number("closings_per_officer", each, least=0)


def _spread(name: str, paths: Paths, periods: pd.DatetimeIndex) -> pd.DataFrame:
    low, middle, high = np.quantile(paths.pending, [(1 - LEVEL) / 2, 0.5, 0.5 + LEVEL / 2], axis=0)
    table = pd.DataFrame({"scenario": name, "period": periods, "pending": middle, "lower": low, "upper": high})
    return table.assign(filed=paths.filed.mean(axis=0), closed=paths.closed.mean(axis=0))


def _reached(name: str, paths: Paths, periods: pd.DatetimeIndex, goal: float) -> dict[str, object]:
    """When the paths first fall under the goal; a path that never does counts as later than all others."""
    under = paths.pending < goal
    first = np.where(under.any(axis=1), under.argmax(axis=1), len(periods))
    places = np.quantile(first, [0.5, (1 - LEVEL) / 2, 0.5 + LEVEL / 2], method="higher").astype(int)
    dates = [periods[place] if place < len(periods) else pd.NaT for place in places]
    share = float(under.any(axis=1).mean())
    return {"scenario": name, "target_stock": goal, "reached": share} | dict(
        zip(("period", "lower", "upper"), dates, strict=True)
    )


def steady_closings(series: FlowSeries) -> pd.DataFrame:
    """The even closings a period that would have kept the stock level, without any campaign: the mean of filings.

    Columns ``start, end, periods, steady_closings, lower, upper`` (limits for neighbouring periods alike), ``closed`` (mean recorded), ``closed_lower,
    closed_upper``, ``opening``, ``highest`` (stock on the steady path), ``highest_recorded``.
    """
    filed, closed, stock = (series.values(name) for name in ("filed", "closed", "closing"))
    one = np.ones((len(filed), 1))
    steady, low, high, _ = combination(plain_fit(filed, one), np.ones(1))
    mean, closed_low, closed_high, _ = combination(plain_fit(closed, one), np.ones(1))
    opening = stock[0] - filed[0] + closed[0]
    path = opening + np.cumsum(filed - steady)
    return pd.DataFrame(
        {
            "start": [series.table["period"].iloc[0]],
            "end": [series.table["period"].iloc[-1]],
            "periods": len(filed),
            "steady_closings": steady,
            "lower": low,
            "upper": high,
            "closed": mean,
            "closed_lower": closed_low,
            "closed_upper": closed_high,
            "opening": opening,
            "highest": float(path.max()),
            "highest_recorded": float(stock.max()),
        }
    )
