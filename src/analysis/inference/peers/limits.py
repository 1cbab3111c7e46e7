"""Control limits of a funnel: exact ones from the counts, or widened ones on a scale where the spread is even."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers.dispersion import Z
from analysis.vocabulary.errors import ArgumentError

LEVELS = {"95": 0.95, "998": 0.998}
CURVE_POINTS = 200
MOST_EXPONENT = 700.0  # a limit beyond e^700 is no limit; it stays a number that can be drawn
REACH = 10  # lines of a clearance: where filings and closings are the same cases its effective size has no end
HALF = 0.5  # stands for a count of 0 where its logarithm is asked for
Ends = tuple[np.ndarray, np.ndarray]  # low and high end of the baseline, or lower and upper limit


class Widening(NamedTuple):
    """How limits allow for over-dispersion: φ multiplies the variance, τ² adds to it."""

    phi: float
    tau2: float


NO_WIDENING = Widening(1.0, 0.0)


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


def exact_limits(kind: str, denominator: np.ndarray, baseline: Ends, level: float) -> Ends:
    """Exact two-sided limits at each denominator, around a baseline or outside an interval (low, high).

    Proportions: the binomial quantiles at (1 − level)/2 and (1 + level)/2 divided by n, so that a court at the
    baseline lies outside with at most the nominal chance on either side. Ratios and rates: with m = θE expected,
    ``χ²(α/2; 2m)/2`` and ``χ²(1 − α/2; 2m + 2)/2`` divided by E, the usual exact Poisson limits.

    >>> low, high = exact_limits("ratio", np.array([15.0]), (np.ones(1), np.ones(1)), 0.95)
    >>> float(low[0].round(7)), float(high[0].round(6))
    (0.5596924, 1.649348)
    """
    from scipy.stats import binom, chi2

    tail = (1 - level) / 2
    low, high = baseline
    if kind == "proportion":
        return binom.ppf(tail, denominator, low) / denominator, binom.ppf(1 - tail, denominator, high) / denominator
    lower = np.where(low * denominator > 0, chi2.ppf(tail, 2 * np.maximum(low * denominator, 1e-300)), 0.0)
    upper = chi2.ppf(1 - tail, 2 * high * denominator + 2)
    return lower / 2 / denominator, upper / 2 / denominator


def smooth_binomial(n: np.ndarray, theta: tuple[float, float], level: float) -> Ends:
    """Binomial limits interpolated between counts, for a line that does not step (Spiegelhalter 2005, appendix).

    The lower line is ``(r − a)/n``, r the quantile and a the share of its chance beyond the tail; the upper line is
    the same for the complement, so that a funnel of failures mirrors one of successes. Whole counts lie on the same
    side of these lines as of the exact limits.
    """
    from scipy.stats import binom

    tail = (1 - level) / 2

    def below(chance: float) -> np.ndarray:
        r = binom.ppf(tail, n, chance)
        here, before = binom.cdf(r, n, chance), binom.cdf(r - 1, n, chance)
        return np.maximum(r - (here - tail) / np.maximum(here - before, 1e-300), 0.0) / n

    return below(theta[0]), 1 - below(1 - theta[1])


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
    table: pd.DataFrame, kind: str, scale: Scale, error: np.ndarray, baseline: Ends, wide: Widening | None
) -> pd.DataFrame:
    """The courts with their limits and whether they lie outside; ``wide`` None asks for exact limits.

    A clearance gets two pairs: from its larger standard error, and (``inner_``) from its smaller one. Outside the
    first it is outside whatever the overlap was; outside the inner ones only, perhaps.
    """
    first = ["court", "numerator", "denominator", "value"]
    value, n = table["value"].to_numpy(), table["denominator"].to_numpy()
    limits: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for name, level in LEVELS.items():
        exact = kind != "clearance" and wide is None
        widened = partial(widened_limits, scale, baseline=baseline, z=Z[name], wide=wide or NO_WIDENING)
        ends = exact_limits(kind, n, baseline, level) if exact else widened(error)
        limits |= {f"lower_{name}": ends[0], f"upper_{name}": ends[1]}
        if kind == "clearance":
            low, high = widened(table["se_lower"].to_numpy())
            inner |= {f"inner_lower_{name}": low, f"inner_upper_{name}": high}
            inner[f"perhaps_outside_{name}"] = (value < low) | (value > high)
    outside = {f"outside_{m}": (value < limits[f"lower_{m}"]) | (value > limits[f"upper_{m}"]) for m in LEVELS}
    made = pd.DataFrame(limits | outside, index=table.index)
    return pd.concat([table[first], made, table.drop(columns=first).assign(**inner)], axis=1)


def limit_lines(table: pd.DataFrame, kind: str, scale: Scale, baseline: Ends, wide: Widening | None) -> pd.DataFrame:
    """The limits as lines over the denominators, in a panel of several eras a line for each.

    A clearance's limits depend on its counts, not on its filings alone: its lines run over the effective size 1/se².
    """
    eras = table["era"] if "era" in table else pd.Series("", index=table.index)
    levels = pd.DataFrame({"era": eras, "low": baseline[0], "high": baseline[1]}).drop_duplicates("era")
    sizes = table["denominator"]
    if kind == "clearance":
        certain = table["se_upper"] == 0  # its effective size would stretch the lines far beyond all others
        reach = REACH * table["effective_lower"].mask(certain, sizes).max()
        sizes = pd.concat([table[f"effective_{end}"].clip(upper=reach) for end in ("lower", "upper")])
    n = _grid(sizes, whole=kind == "proportion")
    parts = []
    for era, low, high in levels.itertuples(index=False):
        line = pd.DataFrame({"denominator": n, "baseline": (low + high) / 2, "low": low, "high": high})
        ends = line["low"].to_numpy(), line["high"].to_numpy()
        for name, level in LEVELS.items():
            if wide or kind == "clearance":
                error = 1 / np.sqrt(n) if kind == "clearance" else scale.error(n, np.maximum(ends[0], 1e-12))
                limits = widened_limits(scale, error, ends, Z[name], wide or NO_WIDENING)
            else:
                limits = (
                    smooth_binomial(n, (low, high), level)
                    if kind == "proportion"
                    else exact_limits(kind, n, ends, level)
                )
            line[f"lower_{name}"], line[f"upper_{name}"] = limits
        parts.append(line.assign(era=era) if "era" in table else line)
    return pd.concat(parts, ignore_index=True)


def _grid(denominator: pd.Series, *, whole: bool) -> np.ndarray:
    low, high = float(denominator.min()) * 0.8, float(denominator.max()) * 1.1 + 1
    grid = np.geomspace(max(low, 1.0) if whole else low, high, CURVE_POINTS)
    return np.unique(np.round(grid)) if whole else grid
