"""Scores that chance reaches: tables computed by ``benchmarks/verdict.py``, interpolated over the length of the flow."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd


def p_value(explanation: str, score: float, span: int, seasons: int) -> float:
    """The share of courts without the explanation whose search reaches this score: the largest over all nulls of the tables."""
    spans, levels, scores = _table(explanation, seasons)
    at = np.array([np.interp(np.log(span), np.log(spans), column) for column in scores.T])
    if score >= at[-1]:  # beyond the table as between its last two shares
        slope = np.log(levels[-2] / levels[-1]) / max(at[-1] - at[-2], 1e-9)
        return float(levels[-1] * np.exp(-slope * (score - at[-1])))
    return float(np.exp(np.interp(score, at, np.log(levels))))


@cache
def _table(explanation: str, seasons: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spans, tail shares (falling) and the scores reached: spans × shares."""
    table = _shipped("calibration.csv")
    part = table[(table["explanation"] == explanation) & (table["seasons"] == _nearest(table, seasons))]
    wide = part.pivot_table(index="span", columns="share", values="score")
    shares = np.sort(wide.columns.to_numpy(dtype=float))[::-1]
    return wide.index.to_numpy(dtype=float), shares, np.maximum.accumulate(wide[shares].to_numpy(dtype=float), axis=1)


POWER_SIZES = (("wave", 24, (0.15, 0.3)), ("wave", 36, (0.15, 0.3)), ("campaigns", 36, (0.25, 0.4)))


def power_of(kind: str, period: int, ratio: float, span: int, seasons: int, *, drifts: bool) -> float:
    """The share of courts in which rounds of a size (``ratio``: in scatters of a period) were shown, from simulations (a logistic curve).

    ``kind`` (wave, campaigns) and ``period`` (months) as in ``POWER_SIZES``; ``drifts``: of courts whose closings remember for
    longer than a season.
    """
    intercept, of_ratio, of_span = _power(kind, period, drifts, seasons)
    logit = intercept + of_ratio * np.log(max(ratio, 1e-6)) + of_span * np.log(span)
    return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


@cache
def _power(kind: str, period: int, drifts: bool, seasons: int) -> tuple[float, float, float]:
    table = _shipped("power.csv")
    asked = (table["rounds"] == kind) & (table["period_length"] == period)
    asked &= (table["memory"] == ("long" if drifts else "short")) & (table["seasons"] == _nearest(table, seasons))
    intercept, of_ratio, of_span = (
        float(value) for value in table.loc[asked, ["intercept", "log_ratio", "log_span"]].iloc[0]
    )
    return intercept, of_ratio, of_span


@cache
def _shipped(name: str) -> pd.DataFrame:
    with files("analysis.inference.cycle").joinpath(name).open(encoding="utf-8") as lines:
        return pd.read_csv(lines)


def _nearest(table: pd.DataFrame, seasons: int) -> int:
    """The frequency of the tables nearest to one."""
    known = np.sort(table["seasons"].unique())
    return int(known[np.abs(np.log(known / seasons)).argmin()])
