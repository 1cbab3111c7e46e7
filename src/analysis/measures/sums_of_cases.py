"""Limits of ratios of two sums over cases, of many groups at once: money recovered of money claimed, days per case.

The ratio of a complete register is exact. Its limits are about the process: where the ratio of another year of the same
process would lie. A few large claims decide a ratio of money, and the largest have mostly not been seen yet, so what is
resampled from the cases alone covers too little; see ``benchmarks/peers.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from analysis.cases.privacy import KNOWN_WITHIN
from analysis.measures.open_sums import two_largest
from analysis.vocabulary.sentences import rate
from analysis.vocabulary.text import Text

LEVEL = 0.95
FEWEST = 50  # cases below which no limits of money are given: of so few, claims of another kind are often all unseen
FEWEST_OF_MODEL = (
    150  # the same by the model, whose limits of fewer heavy-tailed claims are so wide that they say little
)
USUAL_SPREAD = (
    2.0  # standard deviation of the logarithms of claims: fewer of them that spread less may not have shown the largest
)
WELL_SEEN = 1_600  # cases from which claims speak for themselves: of kinds of one claim in 200 some eight are seen
FEWEST_OF_MEANS = 10  # the same for sums per case, which no single case decides
PLAUSIBLE = 0.1  # chance of log amounts as far from normal, from which they pass for normal
LEAST_SPREAD = 1.2  # standard deviation of the logarithms below which the claims that decide may not have been seen, however many there are
FEWEST_BEYOND = (
    1.0  # claims expected beyond the size on which a log-normal ratio turns, or it rests on what was not seen
)
SURELY_BENT = (
    1.959964  # standard errors from which the large claims are recovered otherwise than the logistic curve says
)
BENDS_FROM = 0.5  # standard deviations above the mean: from here on claims are large
LIGHTER = (
    -0.5
)  # skewness or kurtosis in standard errors below which the upper end holds that of the cases alone as well
NEARLY = (0.3, 0.6)  # skewness and excess kurtosis that are no matter, however sure
LIGHT_TAIL = 2.5  # Pareto index above which no single claim decides; the largest must be so light that
CHANCE_IF_HEAVIER = 0.001  # heavier claims show it no more often than this
TOP = (10, 30)  # largest claims that Hill's index looks at: a fifth within these ends, or the root of their number
TOP_SHARE = 0.2
SHARE_OF_A_LARGE_CLAIM = 0.02  # of sums alone, without their cases: no limits where the largest claim holds more
PAIR_AT = 0.5  # a case half recovered, half not, at the mean plus half a standard deviation: no ratio is certain
STEPS = 40
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
WEIGHTS = WEIGHTS / WEIGHTS.sum()

FEW, HEAVY, NARROW, WIDE, BENT, TELLING = "few", "heavy", "narrow", "wide", "bent", "telling"
# The square of an amount known to within 10% is known to within 20%, either way; half as much again, as bands and sums tell a part of the others.
OF_SQUARES = 6 * KNOWN_WITHIN
# What limits rest on, or why there are none: {n} cases, and inside the court the share of the largest.
LARGEST = Text("，最大1件占{share}", ", the largest holds {share}")
BASES_SAID = {
    "cases": Text("区间依据{n}件{largest}", "limits from {n} cases{largest}"),
    "model": Text(
        "区间由模型得出（标的额对数正态，到位比例随标的额变化），依据{n}件{largest}",
        "limits from a model (log-normal claims, the share recovered changing with their size) of {n} cases{largest}",
    ),
    "both": Text(
        "区间兼顾模型（标的额对数正态，到位比例随标的额变化）与各案本身，依据{n}件{largest}",
        "limits that hold both those of a model (log-normal claims, the share recovered changing with their size) and those of the "
        "cases alone; {n} cases{largest}",
    ),
    FEW: Text("只有{n}件{largest}，不给区间", "too few cases ({n}{largest}): no limits"),
    HEAVY: Text(
        "不给区间：少数大标的左右该比率（{n}件{largest}），且标的额不似对数正态",
        "no limits: a few large claims decide (of {n} cases{largest}), and the claims do not pass for log-normal",
    ),
    NARROW: Text(
        "不给区间：各案标的额相差不大（{n}件{largest}），左右该比率的大标的可能还没出现",
        "no limits: the claims differ little (of {n} cases{largest}), and the large ones that decide may not have been seen yet",
    ),
    WIDE: Text(
        "不给区间：各案标的额相差太大（{n}件{largest}），左右该比率的大标的可能还没出现",
        "no limits: the claims differ so much (of {n} cases{largest}) that the large ones that decide may not have been seen yet",
    ),
    BENT: Text(
        "不给区间：大标的的到位比例与模型由其余各案推出的不符（{n}件{largest}）",
        "no limits: the large claims are recovered otherwise than a model makes of the others (of {n} cases{largest})",
    ),
    TELLING: Text(
        "区间对外不给：由它可以推算出最大一件的标的额（{n}件{largest}）",
        "limits are not shown outside: the largest claim could be worked out of them (of {n} cases{largest})",
    ),
}


@dataclass(frozen=True, eq=False)
class RatioLimits:
    """Limits by group; ``basis`` says how: ``cases``, ``model``, ``both``, or why not: ``few``, ``heavy``, ``narrow``, ``wide``, ``bent``, ``none``.

    ``number`` counts the cases, ``largest`` is the share of the sum that the largest of them holds; ``tells``: whether limits of money tell that amount.
    """

    lower: np.ndarray
    upper: np.ndarray
    basis: np.ndarray
    number: np.ndarray
    largest: np.ndarray
    tells: np.ndarray


class CaseSums(NamedTuple):
    """Sums over the cases of each group: of numerators y and bases x, of their squares and products, and of cases."""

    y: np.ndarray
    x: np.ndarray
    yy: np.ndarray
    xy: np.ndarray
    xx: np.ndarray
    number: np.ndarray


def rests_on(basis: str, number: float, largest: float, *, inside: bool) -> Text:
    """Describe the base of limits, or the reason why there are none; the share of the largest, which tells its amount, inside alone.

    >>> str(rests_on("few", 12, 0.4, inside=True)), str(rests_on("cases", 260, 0.012, inside=True))
    ('只有12件，最大1件占40.0%，不给区间', '区间依据260件，最大1件占1.2%')
    """
    share = LARGEST if inside else Text("", "")
    said = Text(
        BASES_SAID[basis].zh.replace("{largest}", share.zh), BASES_SAID[basis].en.replace("{largest}", share.en)
    )
    held = rate(100 * largest, 1)
    n = f"{int(number):,}"
    return Text(said.zh.format(n=n, share=held.zh), said.en.format(n=n, share=held.en))


def money_limits(
    recovered: np.ndarray, claimed: np.ndarray, group: np.ndarray, size: int, *, level: float = LEVEL
) -> RatioLimits:
    """Limits of Σ recovered ÷ Σ claimed of each group, or the reason why there are none.

    Amounts claimed whose logarithms pass for normal (D'Agostino and Pearson's test): a model of the process, claims
    log-normal with mean μ and variance σ², the share recovered of a claim x logistic in log x. The ratio is then the
    mean share under the claims weighted by their size, whose logarithms are normal with mean μ + σ² and variance σ²;
    its error follows from those of μ, σ² and the logistic curve (sandwich), on the logit scale; of fewer than
    ``FEWEST_OF_MODEL`` cases there are none. Of fewer than ``WELL_SEEN`` claims the largest may not have been seen: where they
    spread less than claims do as a rule (``USUAL_SPREAD``), the limits hold those under that spread, too; where they spread less
    than ``LEAST_SPREAD`` there are none, nor where they spread so much that fewer than ``FEWEST_BEYOND`` of them are expected above
    μ + σ², around which the ratio turns; nor where the large claims are surely recovered otherwise than the logistic curve says (a
    score test of ``(u − ½)₊²``, u the logarithms standardised, with robust errors). Claims of another kind pass for log-normal:
    the lower limit holds that of the cases alone, too, where the logarithms lean to the large at all, and the upper one where
    they lean to the small or are flat (``LIGHTER``).
    Claims whose tail is surely lighter than a Pareto one of index ``LIGHT_TAIL`` (a one-sided test of Hill's index): the
    linearised error of the cases alone on the logit scale, with Student's t for as many equal cases as the claims are worth,
    (Σx)² ÷ Σx². Else none.

    >>> rng = np.random.default_rng(2)
    >>> claimed = np.exp(rng.normal(10, 2, 200))
    >>> found = money_limits(claimed * (rng.random(200) < 0.5), claimed, np.zeros(200, int), 1)
    >>> found.basis.tolist(), bool(found.lower[0] < 0.5 < found.upper[0])
    (['model'], True)
    """
    from scipy.special import ndtr

    y, x = np.asarray(recovered, float), np.asarray(claimed, float)
    y, x, group = y[x > 0], x[x > 0], np.asarray(group)[x > 0]
    of = _Groups(group, size)
    total, largest = of.sum(x), of.largest(x)
    cap = np.maximum(1.0, of.largest(y / x))  # more came in than was claimed
    with np.errstate(divide="ignore", invalid="ignore"):
        share, ratio = largest / total, of.sum(y) / total
    log = np.log(x)
    shape = _shape(log, of)
    *modelled, bent = _by_model(y / x / cap[group], log, of, level)
    alone = _logit_limits(of.sums(y / cap[group], x), level)
    light = _is_light(log, of)
    normal = shape.chance >= PLAUSIBLE
    nearly = (np.abs(shape.skewness) <= NEARLY[0]) & (np.abs(shape.excess) <= NEARLY[1])
    hedged = ~normal | (shape.leaning > 0), ~normal | (shape.leaning < LIGHTER) | (shape.peaked < LIGHTER)
    basis = np.select(
        [
            of.number == 0,
            of.number < FEWEST,
            light,
            of.number < FEWEST_OF_MODEL,
            ~(normal | nearly),
            shape.deviation < LEAST_SPREAD,
            of.number * ndtr(-shape.deviation) < FEWEST_BEYOND,
            bent,
            hedged[0] | hedged[1],
        ],
        ["none", FEW, "cases", FEW, HEAVY, NARROW, WIDE, BENT, "both"],
        "model",
    )
    ends, of_squares = [], basis == "cases"
    for widest, side in ((np.fmin, 0), (np.fmax, 1)):
        of_model, of_cases = widest(modelled[side] * cap, ratio), alone[side] * cap
        of_both = np.where(hedged[side], widest(of_model, of_cases), of_model)
        of_squares |= (basis == "both") & (of_both == of_cases)
        choices = {"cases": of_cases, "model": of_model, "both": of_both}
        ends.append(np.select([basis == name for name in choices], list(choices.values()), np.nan))
    squares = (y / cap[group] - (ratio / cap)[group] * x) ** 2
    first, second = two_largest(squares, group, size)
    tells = of_squares & (of.sum(squares) - first - second < OF_SQUARES * first)
    return RatioLimits(ends[0], ends[1], basis, of.number, share, tells)


def mean_limits(
    values: np.ndarray, base: np.ndarray, group: np.ndarray, size: int, *, level: float = LEVEL
) -> RatioLimits:
    """Limits of Σ values ÷ Σ base of each group where no base decides, as of days per case.

    Linearised on the log scale, with Student's t for as many equal cases as the sum is worth, (Σy)² ÷ Σy².

    >>> found = mean_limits(np.arange(1.0, 21), np.ones(20), np.zeros(20, int), 1)
    >>> found.lower.round(2).tolist(), found.upper.round(2).tolist()
    ([8.02], [13.75])
    """
    y, x, of = np.asarray(values, float), np.asarray(base, float), _Groups(np.asarray(group), size)
    sums = of.sums(y, x)
    found = mean_limits_of_sums(sums, largest=of.largest(y), level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = (y - (sums.y / sums.x)[of.group] * x) ** 2
    first, second = two_largest(squares, of.group, size)
    tells = (found.basis == "cases") & (of.sum(squares) - first - second < OF_SQUARES * first)
    return replace(found, tells=tells)


def mean_limits_of_sums(sums: CaseSums, *, largest: np.ndarray, level: float = LEVEL) -> RatioLimits:
    """``mean_limits`` from the sums, squares and products of each group; the second largest is taken to be as large as the largest."""
    y, x, yy, xy, xx, number = sums
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = y / x
        squares = np.maximum(yy - 2 * ratio * xy + ratio**2 * xx, 0)
        error = np.sqrt(squares * number / (number - 1)) / y
        spread = np.exp(_student(y**2 / yy - 1, level) * error)
        share = largest / y
    basis = np.select([number == 0, number < FEWEST_OF_MEANS, ~(y > 0)], ["none", FEW, "none"], "cases")
    known = basis == "cases"
    return RatioLimits(
        np.where(known, ratio / spread, np.nan),
        np.where(known, ratio * spread, np.nan),
        basis,
        number,
        share,
        known & (squares - 2 * largest**2 < OF_SQUARES * largest**2),
    )


def money_limits_of_sums(sums: CaseSums, *, largest: np.ndarray, level: float = LEVEL) -> RatioLimits:
    """``money_limits`` where the cases are not at hand, only sums, squares and products: what the cases alone give.

    None where the largest claim holds more than ``SHARE_OF_A_LARGE_CLAIM`` of the sum.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = largest / sums.x
    number = sums.number
    lower, upper = _logit_limits(sums, level)
    basis = np.select([number == 0, number < FEWEST, ~(share <= SHARE_OF_A_LARGE_CLAIM)], ["none", FEW, HEAVY], "cases")
    known = basis == "cases"
    y, x, yy, xy, xx, _ = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = y / x
        squares, first = yy - 2 * ratio * xy + ratio**2 * xx, (largest * np.maximum(ratio, 1 - ratio)) ** 2
    tells = known & (squares - 2 * first < OF_SQUARES * first)
    return RatioLimits(np.where(known, lower, np.nan), np.where(known, upper, np.nan), basis, number, share, tells)


# A logistic curve of each group: intercept, slope, and their variances and covariance (intercept, both, slope).
_Curve = tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]


class _Groups:
    """Rows by group: sums and largest values, in the order of values so that the order of rows is no matter."""

    def __init__(self, group: np.ndarray, size: int) -> None:
        self.group, self.size = group, size
        self.number = np.bincount(group, minlength=size).astype(float)

    def sum(self, values: np.ndarray) -> np.ndarray:
        return np.bincount(self.group, weights=values, minlength=self.size)

    def sums(self, y: np.ndarray, x: np.ndarray) -> CaseSums:
        return CaseSums(self.sum(y), self.sum(x), self.sum(y * y), self.sum(x * y), self.sum(x * x), self.number)

    def largest(self, values: np.ndarray) -> np.ndarray:
        found = np.full(self.size, -np.inf)
        np.maximum.at(found, self.group, values)
        return np.where(self.number > 0, found, np.nan)


@dataclass(frozen=True, eq=False)
class _Shape:
    """Standard deviation, skewness and excess kurtosis of each group, the last two in standard errors, and the chance of both if normal."""

    deviation: np.ndarray
    skewness: np.ndarray
    excess: np.ndarray
    leaning: np.ndarray
    peaked: np.ndarray
    chance: np.ndarray


def _shape(log: np.ndarray, of: _Groups) -> _Shape:
    """D'Agostino and Pearson's K² (skewness: D'Agostino 1970; kurtosis: Anscombe and Glynn 1983)."""
    n = of.number
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = log - (of.sum(log) / n)[of.group]
        m2, m3, m4 = (of.sum(gap**power) / n for power in (2, 3, 4))
        skewness, excess = m3 / m2**1.5, m4 / m2**2 - 3
        y = skewness * np.sqrt((n + 1) * (n + 3) / (6 * (n - 2)))
        b2 = 3 * (n**2 + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
        w2 = np.sqrt(2 * (b2 - 1)) - 1
        leaning = np.arcsinh(y / np.sqrt(2 / (w2 - 1))) / np.sqrt(np.log(w2) / 2)
        expected = 3 * (n - 1) / (n + 1)
        variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) ** 2 * (n + 3) * (n + 5))
        x = (excess + 3 - expected) / np.sqrt(variance)
        b1 = 6 * (n**2 - 5 * n + 2) / ((n + 7) * (n + 9)) * np.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)))
        a = 6 + 8 / b1 * (2 / b1 + np.sqrt(1 + 4 / b1**2))
        peaked = (1 - 2 / (9 * a) - np.cbrt((1 - 2 / a) / (1 + x * np.sqrt(2 / (a - 4))))) / np.sqrt(2 / (9 * a))
        chance = np.exp(-(leaning**2 + peaked**2) / 2)  # of χ² with two degrees of freedom
        deviation = np.sqrt(m2 * n / (n - 1))
    return _Shape(deviation, skewness, excess, leaning, peaked, np.nan_to_num(chance))


def _is_light(log: np.ndarray, of: _Groups) -> np.ndarray:
    """Whether the largest (``TOP``) are surely lighter than Pareto's with ``LIGHT_TAIL``.

    Of k Pareto claims above a threshold, k times the index over Hill's estimate of it (1975) is gamma with shape k.
    """
    from scipy.special import gammaincinv

    order = np.lexsort((-log, of.group))
    ends = np.cumsum(of.number).astype(int)
    starts = ends - of.number.astype(int)
    top = np.maximum(np.clip(TOP_SHARE * of.number, *TOP), np.round(np.sqrt(of.number))).astype(int)
    has = of.number > top
    place = np.arange(len(log)) - np.repeat(starts, of.number.astype(int))
    group = of.group[order]
    among = place < top[group]
    above = np.bincount(group[among], weights=log[order][among], minlength=of.size) / top
    threshold = np.full(of.size, np.nan)
    threshold[has] = log[order][starts[has] + top[has]]
    with np.errstate(divide="ignore", invalid="ignore"):
        return has & (LIGHT_TAIL * top * (above - threshold) < gammaincinv(top, CHANCE_IF_HEAVIER))


def _by_model(
    share: np.ndarray, log: np.ndarray, of: _Groups, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Limits by the model, and whether its curve is not that of the large claims."""
    n = of.number
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = of.sum(log) / n
        variance = of.sum((log - mean[of.group]) ** 2) / (n - 1)
        deviation = np.sqrt(variance)
        u = (log - mean[of.group]) / deviation[of.group]
    usable = (n >= FEWEST_OF_MODEL) & (variance > 0)
    u = np.where(usable[of.group], u, 0.0)
    deviation = np.where(usable, deviation, 1.0)
    curve = _logistic(share, u, of)
    found = _under_spread(curve, n, deviation, deviation, level)
    usual = _under_spread(
        curve, n, deviation, np.where(n < WELL_SEEN, np.fmax(deviation, USUAL_SPREAD), deviation), level
    )
    ends = np.fmin(found[0], usual[0]), np.fmax(found[1], usual[1])
    return np.where(usable, ends[0], np.nan), np.where(usable, ends[1], np.nan), _is_bent(curve, share, u, of)


def _is_bent(curve: _Curve, share: np.ndarray, u: np.ndarray, of: _Groups) -> np.ndarray:
    """Whether the shares recovered of large claims surely depart from a curve: the score of ``(u − ½)₊²`` beside intercept and slope."""
    from scipy.special import expit

    p = expit(curve[0][of.group] + curve[1][of.group] * u)
    v, bend = p * (1 - p), np.maximum(u - BENDS_FROM, 0) ** 2
    i, j, k, first, second = (of.sum(v * part) for part in (1, u, u * u, bend, u * bend))
    determinant = np.maximum(i * k - j * j, 1e-12)
    a, b = (k * first - j * second) / determinant, (i * second - j * first) / determinant
    score = (share - p) * (bend - a[of.group] - b[of.group] * u)
    return np.abs(of.sum(score)) > SURELY_BENT * np.sqrt(of.sum(score**2))


def _under_spread(
    curve: _Curve, n: np.ndarray, deviation: np.ndarray, spread: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Limits of the ratio where logarithms of claims spread so; their own deviation is estimated, another is given."""
    from scipy.special import expit

    intercept, slope, (aa, ab, bb) = curve
    # where the money is: logarithms weighted by size, in their own standard deviations
    z = (spread**2 / deviation)[:, None] + (spread / deviation)[:, None] * NODES
    p = expit(intercept[:, None] + slope[:, None] * z)
    ratio, density = p @ WEIGHTS, p * (1 - p)
    by_a, by_b = density @ WEIGHTS, (density * z) @ WEIGHTS
    by_mean = slope / deviation * by_a
    by_variance = slope / deviation * ((density * (1 + NODES / (2 * spread[:, None]))) @ WEIGHTS)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimated = np.where(spread > deviation, 0.0, by_variance**2 * 2 * deviation**4 / (n - 1))
        error = by_mean**2 * deviation**2 / n + estimated
        error = np.sqrt(error + by_a**2 * aa + 2 * by_a * by_b * ab + by_b**2 * bb) / (ratio * (1 - ratio))
        half = NormalDist().inv_cdf(0.5 + level / 2) * error
        centre = np.log(ratio / (1 - ratio))
    return expit(centre - half), expit(centre + half)


def _logistic(share: np.ndarray, u: np.ndarray, of: _Groups) -> _Curve:
    """Fractional logistic regression of each group (Papke and Wooldridge 1996), with its sandwich covariance.

    A pair of half cases, one recovered and one not, goes with each group: without it a group of which all was recovered
    would be certain, and one in which a threshold parts the recovered from the others without end.
    """
    from scipy.special import expit

    a, b = np.zeros(of.size), np.zeros(of.size)

    def weigh(values: np.ndarray, of_pair: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return (
            of.sum(values) + of_pair,
            of.sum(values * u) + of_pair * PAIR_AT,
            of.sum(values * u * u) + of_pair * PAIR_AT**2,
        )

    for _ in range(STEPS):
        p, pair = expit(a[of.group] + b[of.group] * u), expit(a + b * PAIR_AT)
        i, j, k = weigh(p * (1 - p), pair * (1 - pair))
        first, second, _ = weigh(share - p, 0.5 - pair)
        determinant = np.maximum(i * k - j * j, 1e-12)
        step_a = np.clip((k * first - j * second) / determinant, -1.5, 1.5)
        step_b = np.clip((i * second - j * first) / determinant, -1.5, 1.5)
        a, b = a + step_a, b + step_b
        if max(np.abs(step_a).max(initial=0), np.abs(step_b).max(initial=0)) < 1e-8:
            break
    p, pair = expit(a[of.group] + b[of.group] * u), expit(a + b * PAIR_AT)
    i, j, k = weigh(p * (1 - p), pair * (1 - pair))
    q, r, s = weigh((share - p) ** 2, 0.5 * ((1 - pair) ** 2 + pair**2))
    determinant = np.maximum(i * k - j * j, 1e-12)
    i, j, k = k / determinant, -j / determinant, i / determinant  # the inverse
    with np.errstate(divide="ignore", invalid="ignore"):  # two cases or fewer have no error
        few = of.number / (of.number - 2)
        errors = (
            few * (i * i * q + 2 * i * j * r + j * j * s),
            few * (i * j * q + (i * k + j * j) * r + j * k * s),
            few * (j * j * q + 2 * j * k * r + k * k * s),
        )
    return a, b, errors


def _logit_limits(sums: CaseSums, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Linearised limits on the logit scale, with Student's t of as many equal cases as the bases are worth.

    A pair of half cases of mean size, one recovered and one not, goes with each group, so that none is certain.
    """
    from scipy.special import expit

    y, x, yy, xy, xx, number = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = x / number
        ratio = (y + mean / 2) / (x + mean)
        left = yy - 2 * ratio * xy + ratio**2 * xx + mean**2 / 2 * ((1 - ratio) ** 2 + ratio**2)
        error = np.sqrt(np.maximum(left, 0)) / x
        half = _student(np.maximum(x**2 / xx - 1, 1), level) * error / (ratio * (1 - ratio))
        centre = np.log(ratio / (1 - ratio))
    return expit(centre - half), expit(centre + half)


def _student(freedom: np.ndarray, level: float) -> np.ndarray:
    from scipy.special import stdtrit

    known = np.asarray(freedom, float) > 0
    return np.where(known, stdtrit(np.where(known, freedom, 1.0), 0.5 + level / 2), np.nan)
