"""Regimes of the net flow: does the court switch between accumulating and clearing, or is there one regime?

Markov switching in the mean (Hamilton 1989, Econometrica 57, 357–384) by statsmodels. Two regimes are reported only if

- the best two-regime model (common variance, with or without lagged net flow) has a lower BIC than the best one-regime model
  (constant; constant and lagged net flow) on the same periods, and
- each regime is expected to last at least 3 months, and at least two periods: one quarter or one year is an outlier (without
  this, heavy-tailed noise of 40 years seemed to have regimes in one series of ten).

A month or two that look like the other regime are outliers, not a switch: stretches shorter than that are counted to the
regime around them.

BIC against a single constant would find regimes in autocorrelated or heavy-tailed noise in a third to three quarters of
series: there the second regime only copies the autocorrelation, or lasts for one outlier.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import problem
from analysis.inference.cycle.regression import combination, plain_fit, unit
from analysis.inference.cycle.series import FlowSeries
from analysis.vocabulary.text import Text

LEAST_PERIODS = 24  # fewer periods hold no two regimes that one could tell apart
LEAST_DURATION = {"W": 13.0, "M": 3.0, "Q": 2.0, "Y": 2.0}  # 3 months, in periods; two periods at least
STARTS = (0.5, 0.3, 0.7)  # shares of the periods that the starting values put into the lower regime
EM_STEPS = 25  # of the EM algorithm from every start; the best is then fitted to the end
STAY = 0.9  # starting probability of staying in a regime
ONE = Text("只有一个阶段：两状态模型不满足判据", "one regime: the two-regime model does not meet the rule")
CONSTANT = Text("净流量不变：一个阶段，未作拟合", "the net flow never changes: one regime, nothing was fitted")


@dataclass(frozen=True, eq=False)
class Switching:
    """A fitted two-regime model: BIC, expected durations (lower mean first), smoothed probability of the higher."""

    bic: float
    durations: np.ndarray
    probability: np.ndarray
    lagged: bool


def one_regime_bic(values: np.ndarray) -> float:
    """The lower BIC of constant, and constant plus lagged value, both on all periods but the first."""
    now, before = values[1:], values[:-1]
    designs = [np.ones((len(now), 1)), np.column_stack([np.ones(len(now)), before])]
    return min(_least_squares_bic(now, design) for design in designs)


def _least_squares_bic(values: np.ndarray, design: np.ndarray) -> float:
    count = len(values)
    coefficients = np.linalg.lstsq(design, values, rcond=None)[0]
    variance = float(np.mean((values - design @ coefficients) ** 2))
    if variance <= 0:
        return -math.inf
    likelihood = -0.5 * count * (math.log(2 * math.pi * variance) + 1)
    return (design.shape[1] + 1) * math.log(count) - 2 * likelihood


def two_regimes(values: np.ndarray) -> list[Switching]:
    """Two-regime models without and with lagged value on all periods but the first, each the best of several starts."""
    fitted = [_best_start(values, lagged=lagged) for lagged in (False, True)]
    return [model for model in fitted if model is not None]


def _best_start(values: np.ndarray, *, lagged: bool) -> Switching | None:
    from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression

    now, before = values[1:], values[:-1, None]
    model = MarkovRegression(now, k_regimes=2, exog=before if lagged else None, switching_exog=False)
    best = None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a start that does not converge is one start less; the best of them counts
        for share in STARTS:
            best = _better(best, model, _start(now, share, lagged=lagged), em_iter=EM_STEPS, maxiter=0)
        if best is not None:
            best = _better(best, model, best.params, em_iter=0, maxiter=200)
    return None if best is None else _read(best, len(now), lagged=lagged)


def _better(best: Any, model: Any, start: np.ndarray, **effort: int) -> Any:
    """The fit from a start if its likelihood is higher than the best so far."""
    try:
        found = model.fit(start, disp=False, cov_type="none", **effort)
    except (ValueError, RuntimeError):  # no decomposition, or no steady state: this start leads nowhere
        return best
    return found if np.isfinite(found.llf) and (best is None or found.llf > best.llf) else best


def _start(values: np.ndarray, share: float, *, lagged: bool) -> np.ndarray:
    """Starting values: the means below and above a quantile, no lag, the spread within."""
    cut = np.quantile(values, share)
    low, high = values[values <= cut], values[values > cut]
    low_mean = low.mean()
    high_mean = high.mean() if len(high) else low_mean + values.std()
    spread = (((low - low_mean) ** 2).sum() + ((high - high_mean) ** 2).sum()) / len(values)
    spread = max(spread, 1e-6 * values.var())
    return np.array([STAY, 1 - STAY, low_mean, high_mean, *([0.0] if lagged else []), spread])


def _read(found: Any, count: int, *, lagged: bool) -> Switching:
    names = list(found.model.param_names)
    means = np.array([found.params[names.index(f"const[{i}]")] for i in range(2)])
    order = np.argsort(means)
    bic = len(found.params) * math.log(count) - 2 * float(found.llf)
    probability = np.asarray(found.smoothed_marginal_probabilities)[:, order[1]]
    durations = np.asarray(found.expected_durations, dtype=float)[order]
    return Switching(bic, durations, probability, lagged)


def chosen_regimes(values: np.ndarray, least_duration: float) -> tuple[Switching | None, float, float]:
    """The two-regime model that the rule admits, or none; with the best one-regime and two-regime BIC.

    >>> chosen_regimes(np.zeros(60), 3.0)[0] is None
    True
    """
    if len(values) < LEAST_PERIODS or np.ptp(values) <= 1e-9 * max(1.0, float(np.abs(values).max())):
        return None, math.nan, math.nan
    scaled = (values - values.mean()) / values.std()
    single = one_regime_bic(scaled)
    models = two_regimes(scaled)
    if not models:
        return None, single, math.nan
    best = min(models, key=lambda model: model.bic)
    admitted = best.bic < single and bool((best.durations >= least_duration).all())
    return (best if admitted else None), single, best.bic


def lasting(probability: np.ndarray, least: float) -> np.ndarray:
    """Regime of each period (1 the higher): the likelier one; runs under ``least`` periods go to the regime around them.

    The weakest run (sum of distances from one half) falls first, until all that are left last as long as a regime must.

    >>> lasting(np.array([0.1, 0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.9]), 3).tolist()
    [0, 0, 0, 0, 0, 1, 1, 1]
    """
    states = (probability >= 0.5).astype(int)
    while True:
        starts = np.flatnonzero(np.append(True, states[1:] != states[:-1]))
        lengths = np.diff(np.append(starts, len(states)))
        short = np.flatnonzero(lengths < least)
        if len(starts) == 1 or not len(short):
            return states
        sure = np.add.reduceat(np.abs(probability - 0.5), starts)
        weakest = short[np.argmin(sure[short])]
        states[starts[weakest] : starts[weakest] + lengths[weakest]] ^= 1


def regime_tables(series: FlowSeries, net: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame, list[dict[str, Any]]]:
    """Regimes in time, the probability of each period, and notes.

    Regimes: ``start, end, regime`` (higher, lower, single), ``kind`` (accumulating, clearing: the sign of the mean where its
    interval excludes 0, else undecided), ``periods``, ``mean, lower, upper`` (net flow per period over all stretches of the
    regime, AR(1) noise), ``expected_duration`` (periods), ``bic_one, bic_two, note``. A stretch is a run of
    periods in which the regime's smoothed probability is at least one half; a run shorter than 3 months (or two
    periods) is an outlier in the regime around it (``lasting``). Probabilities: ``period, net, higher``.
    """
    least = LEAST_DURATION[series.freq]
    chosen, single, double = chosen_regimes(net, least)
    periods = series.table["period"]
    if chosen is not None:
        high = np.append(chosen.probability[0], chosen.probability)  # the first period lends its lag only
        states = lasting(high, least)
    if chosen is None or np.ptp(states) == 0:  # a regime of which no stretch lasts is none
        constant = np.ptp(net) <= 1e-9 * max(1.0, float(np.abs(net).max()))
        if len(net) < LEAST_PERIODS and not constant:
            note = Text(
                f"不足{LEAST_PERIODS}期，未作状态划分", f"fewer than {LEAST_PERIODS} periods: no regimes are sought"
            )
            notes = [problem("regimes", note, severity="note")]
        else:
            note, notes = (CONSTANT if constant else ONE), []
        high, durations = np.full(len(net), np.nan), np.array([np.nan, np.nan])
        states = np.full(len(net), 2)
    else:
        note, notes, durations = Text("", ""), [], chosen.durations
    table = _stretches(periods, net, states, durations)
    table["bic_one"], table["bic_two"], table["note"] = single, double, note.cell
    return table, pd.DataFrame({"period": periods, "net": net, "higher": high}), notes


def _stretches(periods: pd.Series, net: np.ndarray, states: np.ndarray, durations: np.ndarray) -> pd.DataFrame:
    names = {0: "lower", 1: "higher", 2: "single"}
    means = {int(state): _mean(net, states == state) for state in np.unique(states)}
    starts = np.flatnonzero(np.append(True, states[1:] != states[:-1]))
    ends = np.append(starts[1:], len(states)) - 1
    rows = []
    for start, end in zip(starts, ends, strict=True):
        state = int(states[start])
        mean, lower, upper = means[state]
        kind = "accumulating" if lower > 0 else "clearing" if upper < 0 else "undecided"
        rows.append(
            {
                "start": periods.iloc[start],
                "end": periods.iloc[end],
                "regime": names[state],
                "kind": "level" if lower == upper == 0 else kind,
                "periods": int(end - start + 1),
                "mean": mean,
                "lower": lower,
                "upper": upper,
                "expected_duration": durations[state] if state < 2 else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _mean(net: np.ndarray, is_in: np.ndarray) -> tuple[float, float, float]:
    """Mean net flow of a regime with limits under AR(1) noise (dummy regression over all periods)."""
    if np.ptp(net) == 0 or is_in.sum() < 2:
        return float(net[is_in].mean()), float(net[is_in].min()), float(net[is_in].max())
    others = ~is_in
    design = np.column_stack([is_in, others]).astype(float) if others.any() else np.ones((len(net), 1))
    mean, lower, upper, _ = combination(plain_fit(net, design), unit(design.shape[1], 0))
    return mean, lower, upper
