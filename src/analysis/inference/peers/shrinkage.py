"""Shrinkage: what a court's figure says about the court, once the play of chance among its peers is allowed for.

Both models treat the courts as drawn from one population and integrate over how much courts differ, instead of
plugging in one estimate of it: the intervals allow for not knowing the between-court variance, as Morris's do
(Morris 1983, doi 10.2307/2287098; with a flat prior on the variance, Morris and Tang 2011, doi 10.1214/10-STS351).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import (
    Comparable,
    Comparison,
    comparison,
    headed,
    left_out,
    must_be_one_period,
    with_verdicts,
)
from analysis.inference.peers.contrasts import floored
from analysis.inference.peers.estimates import estimates
from analysis.vocabulary.courts import counted_courts
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.numbers import number, quantity
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

MIN_COURTS = 4  # with fewer, a flat prior on the between-court variance has no proper posterior
VARIANCE_POINTS = 120
CORRELATION_POINTS, MEAN_POINTS, MEAN_REACH = 60, 21, 4.5
COARSE_POINTS = 160
NEGLIGIBLE = 14.0  # log-posterior below the best one by this much is left out
BISECTIONS = 50
BLOCK = 500


class Posterior(NamedTuple):
    """Per court: mean, interval, weight of its own figure; of all: their mean and between-court variance."""

    mean: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    weight: np.ndarray
    centre: float
    between: float


def shrink(
    data: Comparable,
    *,
    indicator: str | None = None,
    group: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    estimate: str | None = None,
    standard_error: str | None = None,
    kind: str | None = None,
    opening: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Draw each court's figure towards its peers' mean, the more the less it rests on (empirical Bayes).

    Proportions: beta-binomial, ``shrunken = w·raw + (1 − w)·mean`` with w = n/(n + M), averaged over the posterior of
    mean and M (uniform prior on the intra-court correlation 1/(M + 1)). Values with standard errors: normal–normal
    with w = A/(A + s²), averaged over the posterior of A (flat). Ratios and rates on the root, clearance on the log.

    Parameters
    ----------
    data
        As in ``funnel`` (counts, returns, a panel) or as in ``rank_intervals`` (``estimate=,
        standard_error=``).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    estimate, standard_error : str, optional
        Columns of values and of their errors.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    level
        Of the intervals. Averaged over courts drawn from the model they cover at this level; where courts do
        not differ at all they cover more.

    Returns
    -------
    DataFrame
        ``court, raw, shrunken, lower, upper, weight`` in the order of the data, of a panel also ``verdict``; ``.attrs``:
        mean, between (variance between courts on the scale used), level, caption, excluded.

    Raises ``DataError`` for fewer than 4 courts (how much courts differ cannot be told), and as ``comparison``.

    >>> table = pd.DataFrame({"court": list("甲乙丙丁戊"), "x": [19, 380, 90, 900, 50], "n": [20, 400, 100, 1000, 50]})
    >>> shrink(table, group="court", numerator="x", denominator="n").round(2).iloc[[0, 4]].values.tolist()
    [['甲', 0.95, 0.94, 0.82, 0.99, 0.66], ['戊', 1.0, 0.98, 0.93, 1.0, 0.8]]
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level 应在0与1之间，现为 {level}。", f"level must lie between 0 and 1, not {level}.")
    given = {"group": group, "estimate": estimate, "standard_error": standard_error, "opening": opening}
    read = comparison(data, indicator=indicator, numerator=numerator, denominator=denominator, kind=kind, **given)
    must_be_one_period(read)
    found = _posterior(read, level)
    table = read.table[["court"]].assign(
        raw=read.table["value"], shrunken=found.mean, lower=found.lower, upper=found.upper, weight=found.weight
    )
    table = with_verdicts(table, read)
    table.attrs |= _about(read, found, level)
    compared_in(read.unit, table)
    return table


def _posterior(read: Comparison, level: float) -> Posterior:
    """The posterior by the model that fits the figures, on their own scale."""
    if len(read.table) < MIN_COURTS:
        counted = counted_courts(read.table["court"])
        raise DataError(
            f"只有{counted.zh}：少于{MIN_COURTS}家时无从估计法院之间的差异，不能收缩。",
            f"Only {counted.en}: with fewer than {MIN_COURTS} the differences between courts cannot be told.",
        )
    if read.kind == "proportion":
        return beta_binomial(read.table["numerator"].to_numpy(), read.table["denominator"].to_numpy(), level=level)
    value, error, back = estimates(read)
    found = normal_normal(value, error, level=level)
    centre = float(back(np.array(found.centre)))
    return Posterior(back(found.mean), back(found.lower), back(found.upper), found.weight, centre, found.between)


def _about(read: Comparison, found: Posterior, level: float) -> dict[str, object]:
    name = term("model_beta_binomial" if read.kind == "proportion" else "model_normal")
    unit = read.unit
    centre = quantity(found.centre, unit) + ("%" if unit == "share" else "")
    counted = counted_courts(read.table["court"])
    caption = Text(
        f"{counted.zh}，{name.zh}，{number(100 * level)}%区间；同行均值{centre}",
        f"{counted.en}, {name.en}, {number(100 * level)}% intervals; mean of the peers {centre}",
    )
    excluded = read.excluded[["court", "reason"]].astype(str).to_dict("records")
    about = {"mean": found.centre, "between": found.between, "level": level, "kind": read.kind}
    return about | {
        "indicator": read.indicator,
        "caption": (headed(read) + caption + read.warning + left_out(read.excluded)).cell,
        "excluded": excluded,
    }


def normal_normal(value: np.ndarray, error: np.ndarray, *, level: float = 0.95) -> Posterior:
    """Normal estimates of normal courts, averaged over the posterior of the between-court variance A.

    Given A: ``w = A/(A + s²)``, mean ``w·y + (1 − w)·μ̂(A)``, variance ``w·s² + (1 − w)²/Σ1/(A + s²)``. The marginal
    posterior of A (flat prior, μ integrated out) is laid on a grid of S/(S + A), S the size of the spread seen.

    >>> found = normal_normal(np.array([0.0, 0.0, 0.0, 0.0, 10.0]), np.ones(5))
    >>> bool(found.mean[4] < 10) and bool(found.lower[4] > 5)
    True
    """
    v = floored(error) ** 2
    size = max(_between(value, v), float(len(v) / np.sum(1 / v)))
    share = (np.arange(VARIANCE_POINTS) + 0.5) / VARIANCE_POINTS
    a = size * (1 - share) / share
    precision = 1 / (v[:, None] + a)
    total = precision.sum(0)
    centre = (precision * value[:, None]).sum(0) / total
    log_p = 0.5 * (np.log(precision).sum(0) - np.log(total) - (precision * (value[:, None] - centre) ** 2).sum(0))
    log_p -= 2 * np.log(share)  # flat in A, not in the share
    p = np.exp(log_p - log_p.max())
    p /= p.sum()
    drawn = v[:, None] * precision  # 1 − w
    mean = (1 - drawn) * value[:, None] + drawn * centre
    spread = np.sqrt(v[:, None] * (1 - drawn) + drawn**2 / total)
    lower, upper = (_mixture_quantile(mean, spread, p, q) for q in ((1 - level) / 2, (1 + level) / 2))
    return Posterior(mean @ p, lower, upper, 1 - drawn @ p, float(centre @ p), float(a @ p))


def _between(value: np.ndarray, variance: np.ndarray) -> float:
    """DerSimonian and Laird's between-court variance, at least 0."""
    w = 1 / variance
    q = float((w * (value - (w * value).sum() / w.sum()) ** 2).sum())
    return max(0.0, (q - (len(value) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))


def _mixture_quantile(mean: np.ndarray, spread: np.ndarray, p: np.ndarray, q: float) -> np.ndarray:
    """Quantiles of mixtures of normals, one mixture a row, by bisection."""
    from scipy.special import ndtr

    low, high = (mean - 9 * spread).min(1), (mean + 9 * spread).max(1)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        under = ndtr((middle[:, None] - mean) / spread) @ p < q
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2


def beta_binomial(x: np.ndarray, n: np.ndarray, *, level: float = 0.95) -> Posterior:
    """Binomial counts of beta-distributed courts, averaged over the posterior of their mean and their correlation.

    Given mean μ and M = 1/ρ − 1 a court's chance is Beta(μM + x, (1 − μ)M + n − x). Priors: uniform on μ and on the
    intra-court correlation ρ. The interval is that of the beta distribution with the mixture's mean and variance.

    >>> found = beta_binomial(np.array([1.0, 40.0, 50.0, 60.0]), np.array([1.0, 100.0, 100.0, 100.0]))
    >>> bool(0.4 < found.mean[0] < 0.75)
    True
    """
    from scipy.special import betaincinv, expit, logit

    coarse = np.linspace(np.log(1e-9), np.log(0.98), COARSE_POINTS)
    at, error = _mean_given(np.exp(coarse), x, n)
    log_p = _log_likelihood(at, np.exp(coarse), x, n) + np.log(error) + coarse
    kept = coarse[log_p > log_p.max() - NEGLIGIBLE]
    fine = np.linspace(kept[0] - 0.15, min(kept[-1] + 0.15, np.log(0.999)), CORRELATION_POINTS)
    at, error = _mean_given(np.exp(fine), x, n)
    steps = np.linspace(-MEAN_REACH, MEAN_REACH, MEAN_POINTS)
    mu = expit(logit(at)[:, None] + error[:, None] * steps).ravel()
    log_rho = np.repeat(fine, MEAN_POINTS)
    log_p = _log_likelihood(mu, np.exp(log_rho), x, n) + np.repeat(np.log(error), MEAN_POINTS) + log_rho
    log_p += np.log(mu) + np.log1p(-mu)  # uniform in μ, not in its logit
    p = np.exp(log_p - log_p.max())
    p /= p.sum()
    m = 1 / np.exp(log_rho) - 1
    mean, variance, weight = _moments(mu * m, m, p, x, n)
    size = mean * (1 - mean) / variance - 1
    lower, upper = (betaincinv(mean * size, (1 - mean) * size, q) for q in ((1 - level) / 2, (1 + level) / 2))
    return Posterior(mean, lower, upper, weight, float(mu @ p), float((mu * (1 - mu) / (m + 1)) @ p))


def _mean_given(rho: np.ndarray, x: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """About where the mean lies given each correlation, and its error on the logit scale."""
    w = 1 / (1 + (n[:, None] - 1) * rho)
    total = (w * n[:, None]).sum(0)
    mean = ((w * x[:, None]).sum(0) + 0.5) / (total + 1)
    return mean, 1 / np.sqrt(total * mean * (1 - mean))


def _log_likelihood(mu: np.ndarray, rho: np.ndarray, x: np.ndarray, n: np.ndarray) -> np.ndarray:
    from scipy.special import betaln

    m = 1 / rho - 1
    a, b = mu * m, (1 - mu) * m
    total = -len(x) * betaln(a, b)
    for start in range(0, len(x), BLOCK):
        some = slice(start, start + BLOCK)
        total = total + betaln(a + x[some, None], b + (n - x)[some, None]).sum(0)
    return total


def _moments(
    a: np.ndarray, m: np.ndarray, p: np.ndarray, x: np.ndarray, n: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and variance of each court's mixture of betas, and the mean weight n/(n + M)."""
    parts = []
    for start in range(0, len(x), BLOCK):
        size = n[start : start + BLOCK, None] + m
        mean = (a + x[start : start + BLOCK, None]) / size
        first = mean @ p
        second = (mean * (1 - mean) / (size + 1)) @ p + (mean**2) @ p - first**2
        parts.append((first, second, (n[start : start + BLOCK, None] / size) @ p))
    mean, variance, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    return mean, variance, weight
