"""Control limits of a funnel: exact ones from the counts, or widened ones on a scale where the spread is even."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers.dispersion import Z
from analysis.measures import intervals
from analysis.vocabulary.errors import ArgumentError

LEVELS = {"95": 0.95, "998": 0.998}
WAYS = ("exact", "garwood")
CURVE_POINTS = 200
MOST_EXPONENT = 700.0  # a limit beyond e^700 is no limit; it stays a number that can be drawn
REACH = 10  # lines of a clearance: where filings and closings are the same cases its effective size has no end
TINY = 1e-300
TIE = 1e-12  # chances are equal that differ by no more than a computer's rounding
HALF = 0.5  # stands for a count of 0 where its logarithm is asked for
Ends = tuple[np.ndarray, np.ndarray]  # low and high end of the baseline, or lower and upper limit


class Widening(NamedTuple):
    """An allowance for over-dispersion: φ multiplies the variance, τ² adds to it."""

    phi: float
    tau2: float


NO_WIDENING = Widening(1.0, 0.0)


class Drawn(NamedTuple):
    """The limits to draw: exact ones or Garwood's, unless they widen."""

    limits: str
    wide: Widening | None


class Scale(NamedTuple):
    """A transformation of the compared figure, its inverse, and its standard error under the baseline."""

    forward: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]
    error: Callable[[np.ndarray, np.ndarray], np.ndarray]  # of denominator and baseline


def _arcsine(p: np.ndarray) -> np.ndarray:
    return np.arcsin(np.sqrt(np.clip(p, 0.0, 1.0)))


def _squared_sine(x: np.ndarray) -> np.ndarray:
    return np.sin(np.clip(x, 0.0, np.pi / 2)) ** 2


def _square(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0.0) ** 2


def _exp(x: np.ndarray) -> np.ndarray:
    return np.exp(np.minimum(x, MOST_EXPONENT))


def _same(x: np.ndarray) -> np.ndarray:
    return np.asarray(x, float)


# For counts O of expectation θE (or θ·exposure): var log(O/E) = 1/(θE), var √(O/E) = 1/(4E), var O/E = θ/E.
COUNT_SCALES = {
    "log": Scale(np.log, _exp, lambda e, theta: 1 / np.sqrt(theta * e)),
    "sqrt": Scale(np.sqrt, _square, lambda e, _: 1 / (2 * np.sqrt(e))),
    "none": Scale(_same, _same, lambda e, theta: np.sqrt(theta / e)),
}
PROPORTION_SCALES = {
    "arcsine": Scale(_arcsine, _squared_sine, lambda n, _: 1 / (2 * np.sqrt(n))),
    "none": Scale(_same, _same, lambda n, theta: np.sqrt(theta * (1 - theta) / n)),
}
SCALES = {
    "proportion": PROPORTION_SCALES,
    "ratio": COUNT_SCALES,
    "rate": COUNT_SCALES,
    "clearance": {"log": COUNT_SCALES["log"]},
}


def scale_of(kind: str, transform: str | None) -> tuple[str, Scale]:
    """The scale of a kind of figure: the one named, or the first of its kind (arcsine for proportions, else log)."""
    allowed = SCALES[kind]
    name = transform or next(iter(allowed))
    if name not in allowed:
        raise ArgumentError.not_one_of("transform", name, allowed)
    return name, allowed[name]


def tails(kind: str, count: np.ndarray, denominator: np.ndarray, baseline: Ends) -> Ends:
    """Chances of a count as low, and as high, at the baseline: P(X ≤ x) at its low end, P(X ≥ x) at its high end.

    X is binomial for a proportion and else Poisson with mean θE; a count that is not whole (from a printed rate) is rounded.

    >>> low, high = tails("ratio", np.array([0.0, 6.0]), np.array([2.0, 2.0]), (np.ones(2), np.ones(2)))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.1353, 0.9955], [1.0, 0.0166])
    """
    from scipy.stats import binom, poisson

    x = np.round(count)
    if kind == "proportion":
        below, above = binom.cdf(x, denominator, baseline[0]), binom.sf(x - 1, denominator, baseline[1])
    else:
        below, above = poisson.cdf(x, baseline[0] * denominator), poisson.sf(x - 1, baseline[1] * denominator)
    return np.asarray(below), np.asarray(above)


def exact_limits(kind: str, denominator: np.ndarray, baseline: Ends, level: float) -> Ends:
    """The least and the greatest figure inside at each denominator, around a baseline or outside an interval (low, high).

    Outside lies a count whose own tail (``tails``) is at most (1 − level)/2, so that a court at the baseline lies outside
    with at most the nominal chance on either side: quantiles of the binomial or Poisson count, divided by the denominator.

    >>> low, high = exact_limits("ratio", np.array([2.0, 15.0]), (np.ones(2), np.ones(2)), 0.95)
    >>> (low * [2, 15]).tolist(), (high * [2, 15]).round(9).tolist()
    ([0.0, 8.0], [5.0, 23.0])
    """
    from scipy.stats import binom, poisson

    tail = (1 - level) / 2
    low, high = baseline
    if kind == "proportion":
        return binom.ppf(tail, denominator, low) / denominator, binom.ppf(1 - tail, denominator, high) / denominator
    return poisson.ppf(tail, low * denominator) / denominator, poisson.isf(tail, high * denominator) / denominator


def garwood_limits(denominator: np.ndarray, baseline: Ends, level: float) -> Ends:
    """Garwood's confidence limits of a mean, as funnels of counts are often published (APHO 2008, FunnelPlotR).

    With m = θE expected ``χ²(α/2; 2m)/2`` and ``χ²(1 − α/2; 2m + 2)/2`` divided by E: the limits of a mean of which m was
    seen, not of a count whose mean is m. Of courts at the baseline too many lie below them: with 2 expected every
    seventh is 0, which lies below "99.8%".

    >>> low, high = garwood_limits(np.array([15.0]), (np.ones(1), np.ones(1)), 0.95)
    >>> float(low[0].round(7)), float(high[0].round(6))
    (0.5596924, 1.649348)
    """
    (low, _), (_, high) = (intervals.poisson(mean * denominator, level=level) for mean in baseline)
    return low / denominator, high / denominator


def smooth_limits(kind: str, n: np.ndarray, theta: tuple[float, float], level: float) -> Ends:
    """Exact limits interpolated between counts, for a line that does not step (Spiegelhalter 2005, appendix).

    The lower line is ``(r − a)/n``, r the quantile and a the share of its chance beyond the tail; the upper line likewise.
    Whole counts lie on the same side of these lines as of the exact limits.
    """
    from scipy.stats import binom, poisson

    tail = (1 - level) / 2
    below, above = (binom(n, chance) if kind == "proportion" else poisson(n * chance) for chance in theta)
    r = below.ppf(tail)
    lower = r - (below.cdf(r) - tail) / np.maximum(below.pmf(r), TINY)
    r = above.isf(tail)
    upper = r + (above.sf(r - 1) - tail) / np.maximum(above.pmf(r), TINY)
    return np.maximum(lower, 0.0) / n, (np.minimum(upper, n) if kind == "proportion" else upper) / n


def widened_limits(scale: Scale, error: np.ndarray, baseline: Ends, z: float, wide: Widening) -> Ends:
    """Limits ``g⁻¹(g(θ) ± z·√(φs² + τ²))``: φ widens multiplicatively, τ² additively.

    >>> one = np.ones(1)
    >>> low, high = widened_limits(COUNT_SCALES["log"], one / 10, (one, one), 1.96, Widening(1.0, 0.03))
    >>> float(low[0].round(4)), float(high[0].round(4))
    (0.6757, 1.4799)
    """
    half = z * np.sqrt(wide.phi * error**2 + wide.tau2)
    return scale.back(scale.forward(baseline[0]) - half), scale.back(scale.forward(baseline[1]) + half)


def with_limits(
    table: pd.DataFrame, kind: str, scale: Scale, error: np.ndarray, baseline: Ends, drawn: Drawn
) -> pd.DataFrame:
    """The courts with their limits and whether they lie outside.

    By exact limits a court lies outside if and only if its own tail is at most the nominal one. A clearance gets two pairs:
    from its larger standard error, and (``inner_``) from its smaller one. Outside the first it is outside whatever the overlap
    was; outside the inner ones only, perhaps.
    """
    first = ["court", "numerator", "denominator", "value"]
    value, n = table["value"].to_numpy(), table["denominator"].to_numpy()
    exact = kind != "clearance" and drawn.wide is None and drawn.limits == "exact"
    rarest = np.minimum(*tails(kind, table["numerator"].to_numpy(), n, baseline)) if exact else np.full(len(n), np.nan)
    limits: dict[str, Any] = {}
    outside: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for name, level in LEVELS.items():
        widened = partial(widened_limits, scale, baseline=baseline, z=Z[name], wide=drawn.wide or NO_WIDENING)
        if exact:
            ends = exact_limits(kind, n, baseline, level)
        elif kind != "clearance" and drawn.wide is None:
            ends = garwood_limits(n, baseline, level)
        else:
            ends = widened(error)
        limits |= {f"lower_{name}": ends[0], f"upper_{name}": ends[1]}
        nominal = (1 - level) / 2 * (1 + TIE)
        outside[f"outside_{name}"] = rarest <= nominal if exact else (value < ends[0]) | (value > ends[1])
        if kind == "clearance":
            low, high = widened(table["se_lower"].to_numpy())
            inner |= {f"inner_lower_{name}": low, f"inner_upper_{name}": high}
            inner[f"perhaps_outside_{name}"] = (value < low) | (value > high)
    made = pd.DataFrame(limits | outside, index=table.index)
    return pd.concat([table[first], made, table.drop(columns=first).assign(**inner)], axis=1)


def limit_lines(table: pd.DataFrame, kind: str, scale: Scale, baseline: Ends, drawn: Drawn) -> pd.DataFrame:
    """The limits as lines over the denominators, in a panel of several years a line for each.

    A clearance's limits depend on its counts, not on its filings alone: its lines run over the effective size 1/se².
    """
    years = table["year"] if "year" in table else pd.Series(0, index=table.index)
    levels = pd.DataFrame({"year": years, "low": baseline[0], "high": baseline[1]}).drop_duplicates("year")
    sizes = table["denominator"]
    if kind == "clearance":
        certain = table["se_upper"] == 0  # its effective size would stretch the lines far beyond all others
        reach = REACH * table["effective_lower"].mask(certain, sizes).max()
        sizes = pd.concat([table[f"effective_{end}"].clip(upper=reach) for end in ("lower", "upper")])
    n = _grid(sizes, whole=kind == "proportion")
    parts = []
    for year, low, high in levels.itertuples(index=False):
        line = pd.DataFrame({"denominator": n, "baseline": (low + high) / 2, "low": low, "high": high})
        ends = line["low"].to_numpy(), line["high"].to_numpy()
        for name, level in LEVELS.items():
            if drawn.wide or kind == "clearance":
                error = 1 / np.sqrt(n) if kind == "clearance" else scale.error(n, np.maximum(ends[0], 1e-12))
                limits = widened_limits(scale, error, ends, Z[name], drawn.wide or NO_WIDENING)
            elif drawn.limits == "garwood":
                limits = garwood_limits(n, ends, level)
            else:
                limits = smooth_limits(kind, n, (low, high), level)
            line[f"lower_{name}"], line[f"upper_{name}"] = limits
        parts.append(line.assign(year=year) if "year" in table else line)
    return pd.concat(parts, ignore_index=True)


def _grid(denominator: pd.Series, *, whole: bool) -> np.ndarray:
    low, high = float(denominator.min()) * 0.8, float(denominator.max()) * 1.1 + 1
    grid = np.geomspace(max(low, 1.0) if whole else low, high, CURVE_POINTS)
    return np.unique(np.round(grid)) if whole else grid
