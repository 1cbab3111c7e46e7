"""Intervals of indicators: how far a figure could move by chance if the same process ran again.

All cases are counted, so these are no sampling errors; ``INTERVAL_NOTE`` says what they mean and where they mislead.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from analysis.vocabulary.language import Text

LEVEL = 0.95
Z_95 = 1.959963984540054  # standard normal quantile of 0.975
DRAWS = 2000
# Above this many cases a ratio of sums gets the linearised normal interval, to which the bootstrap then comes down.
BOOTSTRAP_CASES = 20_000
# A bootstrap of a money rate is rough below this many cases, or where this few cases hold more than this share.
ROUGH_BELOW = 100
LARGEST = 3
ROUGH_SHARE = 0.25
CELLS = 4_000_000  # resampled cases held at once
INTERVAL_NOTE = Text(
    "全部案件均已计数，因此区间不是计数误差，而是同一过程以相互独立的案件重新运行时该数字可能变动的范围（95 %）；"
    "成批关联案件会使区间偏窄。比例用 Wilson 法，件数与每百件用精确泊松法，结收比用配对对数比，金额之比按案件自助法。",
    "All cases are counted, so an interval is not a counting error but how far the figure could move (95 %) if the same "
    "process ran again with independent cases; batches of linked cases make it too narrow. Proportions: Wilson; counts "
    "and counts per hundred: exact Poisson; closed to filed: paired log-ratio; ratios of money: bootstrap over cases.",
)


def wilson(numerator: Any, denominator: Any, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's score interval of a proportion, arrays lower and upper; missing where the base is 0 or exceeded.

    Wilson (1927), J. Am. Stat. Assoc. 22: 209–212.

    >>> [round(100 * float(bound[0]), 2) for bound in wilson([383], [386])]
    [97.74, 99.74]
    """
    k, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / n
        middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    known = (n > 0) & (k >= 0) & (k <= n)
    lower = np.where(known, np.where(k == 0, 0.0, middle - half), np.nan)
    return lower, np.where(known, np.where(k == n, 1.0, middle + half), np.nan)


def poisson(count: Any, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """The exact Poisson interval of a count, arrays lower and upper.

    Garwood (1936), Biometrika 28: 437–442: quantiles of the gamma distribution with shape k and k + 1.

    >>> [round(float(bound[0]), 2) for bound in poisson([8])]
    [3.45, 15.76]
    """
    from scipy.special import gammaincinv

    k = np.asarray(count, dtype=float)
    with np.errstate(invalid="ignore"):
        lower = np.where(k > 0, gammaincinv(np.maximum(k, 1), (1 - level) / 2), 0.0)
        upper = gammaincinv(k + 1, (1 + level) / 2)
    known = k >= 0
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def log_ratio(closed: Any, filed: Any, both: Any, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Interval of closed ÷ filed where ``both`` cases were filed and closed in the period; missing for a count of 0.

    ``var log(C/F) = 1/C + 1/F − 2M/(C·F)``: the cases in both counts do not move the ratio.

    >>> [round(100 * float(bound[0]), 1) for bound in log_ratio([383], [371], [368])]
    [101.0, 105.5]
    """
    c, f = (np.asarray(part, dtype=float) for part in (closed, filed))
    spread = np.exp(NormalDist().inv_cdf(0.5 + level / 2) * log_ratio_error(c, f, both))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = c / f
        return ratio / spread, ratio * spread


def log_ratio_error(closed: Any, filed: Any, both: Any) -> np.ndarray:
    """The standard error of log(closed ÷ filed); missing for a count of 0 and where ``both`` exceeds one of them.

    >>> log_ratio_error([383, 0], [371, 5], [368, 0]).round(4).tolist()
    [0.0113, nan]
    """
    c, f, m = (np.asarray(part, dtype=float) for part in (closed, filed, both))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(1 / c + 1 / f - 2 * m / (c * f), 0)
    return np.sqrt(np.where((c > 0) & (f > 0) & (m <= np.minimum(c, f)), variance, np.nan))


def ratio_of_sums(
    numerator: Any, denominator: Any, *, level: float = LEVEL, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float]:
    """Percentile bootstrap over cases (pairs) of Σ numerator ÷ Σ denominator; missing below two cases.

    Above ``BOOTSTRAP_CASES`` cases the linearised normal interval, which is then the same.

    >>> lower, upper = ratio_of_sums([1.0, 0.0, 2.0, 2.0], [2.0, 2.0, 2.0, 2.0])
    >>> lower < 5 / 8 < upper
    True
    """
    y, x = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    if len(y) < 2 or x.sum() <= 0:
        return np.nan, np.nan
    if len(y) > BOOTSTRAP_CASES:
        residual = ((y - y.sum() / x.sum() * x) ** 2).sum()
        lower, upper = linearised(y.sum(), x.sum(), residual, level=level)
        return float(lower), float(upper)
    order = np.lexsort((y, x))  # the answer may not depend on the order in which an engine hands out rows
    y, x = y[order], x[order]
    rng = np.random.default_rng(seed)
    block = max(1, CELLS // len(y))
    drawn = []
    for start in range(0, draws, block):
        which = rng.integers(0, len(y), size=(min(block, draws - start), len(y)))
        base = x[which].sum(axis=1)
        drawn.append(np.divide(y[which].sum(axis=1), base, out=np.full(len(which), np.nan), where=base > 0))
    lower, upper = np.nanquantile(np.concatenate(drawn), [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)


def linearised(top: Any, base: Any, residual: Any, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Normal interval of ratios of sums r = Σy ÷ Σx, linearised: standard error √Σ(y − r·x)² ÷ Σx; missing on a base of 0.

    >>> [round(float(v), 3) for v in linearised(80, 100, 4.0)]
    [0.761, 0.839]
    """
    y, x, left = (np.asarray(part, dtype=float) for part in (top, base, residual))
    with np.errstate(divide="ignore", invalid="ignore"):
        half = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(np.maximum(left, 0.0)) / x
        r = np.where(x > 0, y / x, np.nan)
    return r - half, r + half


def largest_share(denominator: Any) -> float:
    """The share of a sum that its ``LARGEST`` largest members hold.

    >>> largest_share([5, 1, 1, 1, 1, 1])
    0.7
    """
    x = np.sort(np.asarray(denominator, dtype=float))[::-1]
    return float(x[:LARGEST].sum() / x.sum()) if x.sum() > 0 else np.nan


def carried_by(n: float, share: float) -> Text:
    """The number of cases behind an interval and the share of the largest; rough where few, or where these carry the sum.

    >>> str(carried_by(260, 0.12)), str(carried_by(88, 0.12))
    ('区间依据 260 件，最大 3 件占 12.0%', '区间粗略（88 件，最大 3 件占 12.0%）')
    """
    number, part = f"{n:.0f}", f"{share:.1%}"
    if n >= ROUGH_BELOW and not share > ROUGH_SHARE:
        return Text(
            f"区间依据 {number} 件，最大 {LARGEST} 件占 {part}",
            f"the interval rests on {number} cases, the {LARGEST} largest hold {part}",
        )
    return Text(
        f"区间粗略（{number} 件，最大 {LARGEST} 件占 {part}）",
        f"rough interval ({number} cases, the {LARGEST} largest hold {part})",
    )
