"""Intervals of indicators: how far a figure could move by chance if the same process ran again.

All cases are counted, so these are no sampling errors; ``INTERVAL_NOTE`` says what they mean and where they mislead.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from analysis.vocabulary.text import Text

LEVEL = 0.95
Z_95 = 1.959963984540054  # standard normal quantile of 0.975
INTERVAL_NOTE = Text(
    "全部案件均已计数，因此区间不是计数误差，而是同一过程以相互独立的案件重新运行时该数字可能变动的范围（95%）；"
    "成批关联案件会使区间偏窄。比例用 Wilson 法，件数与每百件用精确泊松法，结收比用配对对数比，金额之比用标的额的模型或线性化误差（各值旁注明），"
    "少数大标的左右的不给区间。",
    "All cases are counted, so an interval is not a counting error but how far the figure could move (95%) if the same "
    "process ran again with independent cases; batches of linked cases make it too narrow. Proportions: Wilson; counts "
    "and counts per hundred: exact Poisson; closed to filed: paired log-ratio; ratios of money: a model of the claims or the "
    "linearised error (said beside each), and none where a few large claims decide.",
)


def wilson(numerator: Any, denominator: Any, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's score interval of a proportion, arrays lower and upper; missing where the base is 0 or exceeded.

    Wilson (1927), J. Am. Stat. Assoc. 22: 209–212.

    >>> [round(100 * float(bound[0]), 2) for bound in wilson([383], [386])]
    [97.74, 99.74]
    """
    return wilson_at(numerator, denominator, NormalDist().inv_cdf(0.5 + level / 2))


def wilson_at(numerator: Any, denominator: Any, z: Any) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval at a quantile z of its own, as of Student's t, one for all or one each.

    >>> [round(100 * float(bound[0]), 2) for bound in wilson_at([383], [386], Z_95)]
    [97.74, 99.74]
    """
    k, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
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
        lower = np.where(k > 0, gammaincinv(np.where(k > 0, k, 1), (1 - level) / 2), 0.0)
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
