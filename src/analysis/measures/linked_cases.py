"""Intervals where cases of one debtor belong together: a batch that is closed on one day says as much as few cases.

Cases of one debtor are a cluster. What they say is reckoned by how much the clusters differ (design effect, Kish 1965), and where
too few cases differ to tell, as if all cases of a debtor went the same way.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from analysis.measures.intervals import LEVEL, poisson, wilson_at
from analysis.vocabulary.text import Text

TOLD_BY = (
    4.0  # independent cases of the rarer outcome that weigh as much as the belief that a debtor's cases go one way
)
LINKED = Text("区间把同一被执行人的案件合并看待", "limits take the cases of one debtor together")


class Clusters(NamedTuple):
    """Clusters of cases: the cluster of each row, and the group of each cluster, of so many groups."""

    row: np.ndarray
    group: np.ndarray
    size: int

    def of_rows(self, values: np.ndarray) -> np.ndarray:
        """Sums over the rows of each cluster."""
        return np.bincount(self.row, weights=values, minlength=len(self.group))

    def of_clusters(self, values: np.ndarray) -> np.ndarray:
        """Sums over the clusters of each group."""
        return np.bincount(self.group, weights=values, minlength=self.size)


def clusters(group: np.ndarray, linked: np.ndarray, size: int) -> Clusters:
    """Clusters of rows by group and debtor; a row whose debtor is not known (below 0) stands alone.

    >>> clusters(np.array([0, 0, 0, 1]), np.array([5, 5, -1, 5]), 2).row.tolist()
    [1, 1, 0, 2]
    """
    alone = np.where(linked < 0, -1 - np.arange(len(linked)), linked)
    keys, row = np.unique(np.column_stack([group, alone]), axis=0, return_inverse=True)
    return Clusters(row.ravel(), keys[:, 0], size)


def proportion(
    top: np.ndarray, base: np.ndarray, of: Clusters, *, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval of Σ top ÷ Σ base of each group for as many cases as the clusters are worth.

    Design effect ``d = Σ(k − pn)²·G/(G − 1) ÷ np(1 − p)`` over the G clusters of k in n cases, between 1 and ``Σn²/Σn`` (a
    debtor's cases all go the same way), and drawn towards the latter where few cases differ; Student's t of
    (Σn)²/Σn² − 1 degrees of freedom (Kish 1965; Korn and Graubard 1998).

    >>> one_debtor = clusters(np.zeros(60, int), np.r_[np.zeros(20), -np.ones(40)].astype(int), 1)
    >>> closed = np.r_[np.ones(20), np.tile([1, 0], 20)]
    >>> [round(float(end[0]), 2) for end in proportion(closed, np.ones(60), one_debtor)]
    [0.32, 0.9]

    Wilson's interval of 40 in 60 independent cases is 0.54 to 0.77.
    """
    from scipy.special import stdtrit

    k, n = of.of_rows(top), of.of_rows(base)
    hits, cases = of.of_clusters(k), of.of_clusters(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / cases
        whole = of.of_clusters(n**2) / cases
        worth = cases / whole
        number = of.of_clusters(n > 0)
        found = of.of_clusters((k - share[of.group] * n) ** 2) * number / (number - 1) / (cases * share * (1 - share))
        rarer = np.minimum(share, 1 - share) * worth
        told = np.where(rarer > 0, rarer / (rarer + TOLD_BY), 0.0)
        effect = np.clip(told * np.nan_to_num(np.clip(found, 1, whole), nan=1.0) + (1 - told) * whole, 1, None)
        free = np.where(whole > 1, np.maximum(worth - 1, 1), np.inf)
        return wilson_at(hits / effect, cases / effect, stdtrit(free, 0.5 + level / 2))


def count(values: np.ndarray, of: Clusters, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a count of clusters that come as a whole: exact Poisson limits of Σn ÷ d times d, with ``d = Σn²/Σn``.

    >>> batch = clusters(np.zeros(30, int), np.r_[np.zeros(10), -np.ones(20)].astype(int), 1)
    >>> [round(float(end[0]), 1) for end in count(np.ones(30), batch)]
    [12.5, 60.4]
    """
    n = of.of_rows(values)
    total = of.of_clusters(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        d = np.where(total > 0, of.of_clusters(n**2) / total, 1.0)
    lower, upper = poisson(total / d, level=level)
    return lower * d, upper * d


def log_ratio(
    closed: np.ndarray, filed: np.ndarray, of: Clusters, *, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of Σ closed ÷ Σ filed: ``var log(C/F) = Σ(c/C − f/F)²`` over the clusters; missing for a sum of 0.

    >>> alone = clusters(np.zeros(5, int), -np.ones(5, int), 1)
    >>> both = log_ratio(np.array([1, 1, 1, 0, 0]), np.array([1, 1, 0, 1, 1]), alone)
    >>> [round(float(end[0]), 3) for end in both]
    [0.281, 1.998]
    """
    c, f = of.of_rows(closed), of.of_rows(filed)
    total_c, total_f = of.of_clusters(c), of.of_clusters(f)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = of.of_clusters((c / total_c[of.group] - f / total_f[of.group]) ** 2)
        spread = np.exp(NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(variance))
        ratio = total_c / total_f
        known = (total_c > 0) & (total_f > 0)
        return np.where(known, ratio / spread, np.nan), np.where(known, ratio * spread, np.nan)
