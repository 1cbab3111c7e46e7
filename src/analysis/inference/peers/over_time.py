"""Peers over the years: a hierarchical model of courts with levels, trends and common shocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import (
    FEWEST,
    Comparison,
    column_meant,
    must_be_no_totals,
    must_have,
    must_stand_once,
)
from analysis.inference.peers.estimates import estimates
from analysis.inference.peers.panel import yearly_panel
from analysis.inference.peers.panel_rows import numbers, unit_of_kind
from analysis.measures.intervals import Z_95
from analysis.vocabulary.courts import counted_courts, maybe_renamed
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

ABSENT = 1e12  # variance of a year that a court lacks: it then weighs nothing
LEAST_YEARS = 3
START = (-3.0, -5.0, -4.0)  # logs of the standard deviations of level, trend and year
BOUNDS = (-12.0, 3.0)


@dataclass(frozen=True, eq=False)
class PeersOverTime(Result):
    """``table`` (a court and year a row), ``courts`` (levels and trends), ``shocks`` (common to all), ``variance``."""

    table: pd.DataFrame
    courts: pd.DataFrame
    shocks: pd.DataFrame
    variance: pd.Series
    indicator: str | None
    caption: Text


class _Fit(NamedTuple):
    """Fitted: common means by year, effects of each court with their covariance, fitted values with their variance."""

    mean: np.ndarray
    effect: np.ndarray
    effect_covariance: np.ndarray
    fitted: np.ndarray
    fitted_variance: np.ndarray


def peers_over_time(
    data: pd.DataFrame,
    *,
    indicator: str | None = None,
    group: str = "court",
    time: str = "year",
    numerator: str | None = None,
    denominator: str | None = None,
    kind: str = "proportion",
    level: float = 0.95,
) -> PeersOverTime:
    """Fit levels and trends of courts over years, drawn towards those of all, apart from what moved all courts alike.

    On a scale where the spread is even, court i in year t has ``y = μₜ + aᵢ + bᵢ·(t − t̄) + eᵢₜ + chance``: μₜ the common
    level (so that a national campaign is no court's merit), aᵢ and bᵢ normal with variances of their own, e what
    a year holds beyond chance, and chance with the error that its counts give. Variances by restricted maximum likelihood,
    the rest by best linear unbiased prediction (Laird and Ware 1982).

    Parameters
    ----------
    data
        Returns or indicators of several years with ``indicator=`` (like with like within each year, as in
        ``peer_panel``), or any table of counts with ``group=, time=, numerator=, denominator=, kind=``.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, numerator, denominator : str, optional
        Columns of a table of counts: the courts, the periods, and what is divided.
    kind : {"proportion", "rate", "ratio"}
    level : float
        Of the intervals.

    Returns
    -------
    PeersOverTime
        ``.table``: ``court, year, value, fitted, lower, upper, common`` (the common level); ``.courts``: ``court, years,
        level, level_lower, level_upper`` (in the last year), ``trend, trend_lower, trend_upper`` (change a year against the
        common course, in the figure's unit at the common level), ``apart`` (the interval of the trend leaves 0 out);
        ``.shocks``: ``year, common, change``; ``.variance``: standard deviations on the scale.

    Raises
    ------
    DataError, InputError, ArgumentError
        Fewer than ten courts or three years; a court twice in a year; missing columns.

    >>> rng = np.random.default_rng(1)
    >>> n = np.full(120, 400)
    >>> rows = pd.DataFrame({"court": np.repeat(np.arange(12), 10), "year": np.tile(np.arange(2006, 2016), 12), "n": n,
    ...                      "x": rng.binomial(n, np.repeat(rng.uniform(0.8, 0.9, 12), 10))})
    >>> found = peers_over_time(rows, numerator="x", denominator="n")
    >>> int(found.courts["apart"].sum()) <= 2, len(found.shocks)
    (True, 10)
    """
    read = _read(data, indicator, group, time, numerator, denominator, kind)
    found = estimates(read)
    courts, years = read.table["court"].unique(), np.sort(read.table["year"].unique())
    if len(courts) < FEWEST or len(years) < LEAST_YEARS:
        raise DataError(
            f"至少需要{FEWEST}家法院、{LEAST_YEARS}个年度，现有{len(courts)}家、{len(years)}个。",
            f"At least {FEWEST} courts and {LEAST_YEARS} years are needed; there are {len(courts)} and {len(years)}.",
        )
    rows = pd.Categorical(read.table["court"], categories=courts).codes
    columns = np.searchsorted(years, read.table["year"].to_numpy())
    y, v = np.zeros((len(courts), len(years))), np.full((len(courts), len(years)), ABSENT)
    y[rows, columns], v[rows, columns] = found.estimate, found.error**2
    centred = years.astype(float) - years.mean()
    parameters = _most_likely(y, v, centred)
    fit = _fitted(y, v, centred, parameters)
    table = read.table[["court", "year", "value"]].reset_index(drop=True)
    z = _normal(level)
    middle, spread = fit.fitted[rows, columns], np.sqrt(fit.fitted_variance[rows, columns])
    table["fitted"], table["lower"], table["upper"] = (found.back(middle + side * spread) for side in (0, -z, z))
    table["common"] = found.back(fit.mean[columns])
    shocks = pd.DataFrame({"year": years, "common": found.back(fit.mean)})
    shocks["change"] = shocks["common"].diff()
    variance = pd.Series(np.exp(parameters), index=["level", "trend", "year"], name="variance")
    of_courts = _courts(courts, (v < ABSENT).sum(1), fit, centred, found.back, z)
    compared_in(read.unit, table, of_courts, shocks)
    return PeersOverTime(
        table,
        of_courts,
        shocks,
        variance,
        read.indicator,
        _caption(read.indicator, courts, years)
        + maybe_renamed(read.table["court"], read.table["year"].map("{:g}".format)),
    )


def _read(
    data: pd.DataFrame, indicator: str | None, group: str, period: str, top: str | None, base: str | None, kind: str
) -> Comparison:
    """One row a court and year, with counts."""
    if indicator is not None:
        panel = yearly_panel(data, indicator=indicator)
        panel.must_be_of_counts()
        table, kind = panel.table.assign(year=panel.table["period_end"].dt.year), panel.kind
        unit, indicator = panel.unit, panel.called
    else:
        group = column_meant(data, group)
        must_have(data, {"group": group, "time": period, "numerator": top, "denominator": base})
        must_be_no_totals(data[group])
        table = pd.DataFrame({"court": data[group], "year": numbers(data[period], period)})
        table["numerator"], table["denominator"] = (
            numbers(data[str(top)], str(top)),
            numbers(data[str(base)], str(base)),
        )
        table = table[table["denominator"] > 0].dropna()
        table["value"] = table["numerator"] / table["denominator"]
        unit = unit_of_kind(kind)
    must_stand_once(table, "year")
    return Comparison(table.reset_index(drop=True), table.iloc[:0], kind, indicator, unit=unit)


# -- the model


def _covariance(time: np.ndarray, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """The design of level and trend, their covariance, and the variance of a year."""
    level, trend, year = np.exp(2 * parameters)
    return np.column_stack([np.ones_like(time), time]), np.diag([level, trend]), float(year)


def _weights(v: np.ndarray, time: np.ndarray, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The inverse covariance of each court's years, and the logarithm of its determinant."""
    design, between, year = _covariance(time, parameters)
    whole = design @ between @ design.T + (v + year)[:, :, None] * np.eye(len(time))
    return np.linalg.inv(whole), np.linalg.slogdet(whole)[1]


def _most_likely(y: np.ndarray, v: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Parameters of the greatest restricted likelihood."""
    from scipy.optimize import minimize

    def loss(parameters: np.ndarray) -> float:
        inverse, log_determinant = _weights(v, time, parameters)
        total = inverse.sum(0)
        mean = np.linalg.solve(total, np.einsum("ijk,ik->j", inverse, y))
        gap = y - mean
        squares = np.einsum("ij,ijk,ik->", gap, inverse, gap)
        return float((log_determinant.sum() + np.linalg.slogdet(total)[1] + squares) / 2)

    return np.asarray(minimize(loss, np.array(START), method="L-BFGS-B", bounds=[BOUNDS] * len(START)).x)


def _fitted(y: np.ndarray, v: np.ndarray, time: np.ndarray, parameters: np.ndarray) -> _Fit:
    """Best linear unbiased predictions, with the error of the common means in their variance."""
    design, between, year = _covariance(time, parameters)
    inverse, _ = _weights(v, time, parameters)
    of_mean = np.linalg.inv(inverse.sum(0))
    mean = of_mean @ np.einsum("ijk,ik->j", inverse, y)
    gap = y - mean
    drawn = np.einsum("ab,jb,ijk->iak", between, design, inverse)  # G Z' V⁻¹
    effect = np.einsum("iak,ik->ia", drawn, gap)
    covariance = between - np.einsum("iak,kb,bc->iac", drawn, design, between)
    covariance = covariance + np.einsum("iak,kl,ibl->iab", drawn, of_mean, drawn)
    # the years: common mean + level + trend + what the year holds beyond chance
    own = design @ between @ design.T + year * np.eye(len(time))
    share = np.einsum("jk,ikl->ijl", own, inverse)
    fitted = mean + np.einsum("ijl,il->ij", share, gap)
    left = np.eye(len(time)) - share
    variance = np.einsum("jj->j", own) - np.einsum("ijl,lj->ij", share, own)
    variance = variance + np.einsum("ijk,kl,ijl->ij", left, of_mean, left)
    return _Fit(mean, effect, covariance, fitted, np.maximum(variance, 0.0))


def _normal(level: float) -> float:
    from scipy.special import ndtri

    return Z_95 if level == 0.95 else float(ndtri(0.5 + level / 2))


def _courts(courts: np.ndarray, years: np.ndarray, fit: _Fit, time: np.ndarray, back: Any, z: float) -> pd.DataFrame:
    """Levels in the last year and trends, as figures."""
    last = np.array([1.0, time[-1]])
    middle = fit.mean[-1] + fit.effect @ last
    spread = np.sqrt(np.einsum("a,iab,b->i", last, fit.effect_covariance, last))
    table = pd.DataFrame({"court": courts, "years": years})
    table["level"], table["level_lower"], table["level_upper"] = (back(middle + side * spread) for side in (0, -z, z))
    centre = float(fit.mean.mean())
    per_unit = float((back(np.array([centre + 1e-4])) - back(np.array([centre - 1e-4])))[0] / 2e-4)
    trend, error = fit.effect[:, 1], np.sqrt(fit.effect_covariance[:, 1, 1])
    for name, side in (("trend", 0.0), ("trend_lower", -z), ("trend_upper", z)):
        table[name] = (trend + side * error) * per_unit
    table["apart"] = np.abs(trend) > z * error
    return table


def _caption(indicator: str | None, courts: np.ndarray, years: np.ndarray) -> Text:
    name = term(indicator) + COLON if indicator else Text("", "")
    span, counted = (f"{years[0]:g}", f"{years[-1]:g}"), counted_courts(courts)
    return name + Text(
        f"{counted.zh}，{span[0]}至{span[1]}；各院的水平和走势向全体靠拢，全体共同的变化另列",
        f"{counted.en}, {span[0]} to {span[1]}; levels and trends are drawn towards those of all, what moved all stands apart",
    )
