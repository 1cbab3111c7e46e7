"""Which changes are beyond random variation: an exact test of each cell, the court's own scatter, and control of false discovery.

A rate of two periods is tested by its counts given their margins (Fisher 1935; mid-p, Lancaster 1961; both tails doubled).
Many cells are looked at, so they are judged together: each breakdown of a figure has its share of the level, in proportion to its
cells, and shares it among these by Holm (1979): the chance of any false cell is held, however many true ones there are, since one change
shows in the cells of every breakdown and in several figures. Cells so small that no outcome could ever be found do not count
(Tarone 1990). The court as a whole is judged apart (Benjamini and Hochberg 1995), so that it does not pay for its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from analysis.inference.cycle.regression import holm

# The chance of any false finding in a court where nothing changed is at most the sum of both: 5 %.
OF_COURT, OF_CELLS = 0.01, 0.04
OF_RECORDS = 0.002  # of a rate of the court that is the highest or lowest of all years though its last change is within random variation
LEAST_EXPECTED = 5.0  # cases either way, below which a change between years tells nothing of scatter
LEAST_CHANGES = 8  # changes between years from which scatter of kinds of cases can be told
SCATTER_SHOWN = 0.02  # chance of as much scatter in independent cases, below which it is allowed for
LARGEST = 6.634896601021213  # a change between years counts by no more: the 99 % point of χ² with one degree of freedom
MEDIAN = 0.454936423119572  # of χ² with one degree of freedom
LARGEST_MEAN = 0.9818573063891707  # the mean of χ² with one degree of freedom that is cut off there


def change_p(now: np.ndarray, now_base: np.ndarray, before: np.ndarray, before_base: np.ndarray) -> np.ndarray:
    """Return the mid-p value of each change of a proportion between two periods, two-sided; missing on a base of 0.

    >>> change_p(np.array([9, 5]), np.array([10, 10]), np.array([1, 5]), np.array([10, 10])).round(5).tolist()
    [0.00055, 1.0]
    """
    from scipy.stats import hypergeom

    k, n, j, m = (np.asarray(part, dtype=float) for part in (now, now_base, before, before_base))
    usable = (n > 0) & (m > 0) & (k >= 0) & (j >= 0) & (k <= n) & (j <= m)
    p = np.full(k.shape, np.nan)
    if usable.any():
        x, of = k[usable], (n + m, k + j, n)
        margins = [np.broadcast_to(part, k.shape)[usable] for part in of]
        at = hypergeom.pmf(x, *margins) / 2
        p[usable] = np.minimum(1.0, 2 * np.minimum(hypergeom.cdf(x - 1, *margins) + at, hypergeom.sf(x, *margins) + at))
    return p


def least_p(now: np.ndarray, now_base: np.ndarray, before: np.ndarray, before_base: np.ndarray) -> np.ndarray:
    """Return the smallest p value that each change could have had, given how many cases there were of either kind.

    >>> least_p(np.array([1]), np.array([2]), np.array([1]), np.array([2])).round(4).tolist()
    [0.1667]
    """
    k, n, j, m = (np.asarray(part, dtype=float) for part in (now, now_base, before, before_base))
    low, high = np.maximum(0, k + j - m), np.minimum(n, k + j)
    ends = [change_p(end, n, k + j - end, m) for end in (low, high)]
    return np.fmin(*ends)


def overdispersion(numbers: np.ndarray, bases: np.ndarray) -> float:
    """Return how much more the cells of a breakdown scatter from year to year than independent cases would; 1 where no more is shown.

    ``numbers`` and ``bases`` hold a row a year, in order, and a column a cell: years before those that are compared. Of each change from one year to
    the next the square in standard errors is taken (``excess``); of few changes no scatter is told.

    >>> steady = np.full((6, 4), 50.0)
    >>> overdispersion(steady, np.full((6, 4), 100.0))
    1.0
    >>> round(overdispersion(np.array([[20, 80.0] * 4, [80, 20.0] * 4, [20, 80.0] * 4]), np.full((3, 8), 100.0)), 1)
    6.8
    """
    change, variance = _changes(numbers, bases)
    squares = (change**2 / variance).ravel()
    return excess(squares) if np.isfinite(squares).sum() >= LEAST_CHANGES else 1.0


def scatters(numbers: np.ndarray, bases: np.ndarray) -> np.ndarray:
    """Return for each team, township or court how much more others like it scatter than independent cases would: in earlier years, and in the change tested.

    The last two rows are the years compared. Of the others what counts there is how far each is from what they have in common, so that a change of the
    whole court is no scatter. Where ``excess`` shows any, it is as much as that says or the median of the squares, whichever is more.

    >>> one_moved = np.array([[60, 61, 59, 60.0], [90, 60, 60, 61.0]])
    >>> scatters(one_moved, np.full((2, 4), 100.0)).tolist()[0]
    1.0
    >>> every_team = np.array([[60, 80, 40, 60.0], [90, 50, 75, 30.0]])
    >>> bool(scatters(every_team, np.full((2, 4), 100.0))[0] > 10)
    True
    """
    change, variance = _changes(numbers, bases)
    if not len(change):  # one year alone
        return np.ones(np.shape(numbers)[1])
    past, cells = (change[:-1] ** 2 / variance[:-1]).ravel(), np.arange(change.shape[1])
    return np.array([_as_much(np.append(past, _apart(change[-1], variance[-1], cells != cell))) for cell in cells])


def scatter_of_places(numbers: np.ndarray, bases: np.ndarray) -> float:
    """Return how much more teams or townships scatter about what they have in common than independent cases would, over all changes but the one tested.

    The court's own rate goes up and down by as much more: it is the sum of theirs. Of few changes no scatter is told.

    >>> every_year = np.array([[60, 80, 40, 60.0], [90, 50, 75, 30.0], [50, 85, 30, 80.0], [70, 70, 70, 70.0]])
    >>> bool(scatter_of_places(every_year, np.full((4, 4), 100.0)) > 10)
    True
    """
    change, variance = _changes(numbers[:-1], bases[:-1])
    every = np.ones(change.shape[1], dtype=bool)
    squares = np.concatenate([np.empty(0), *(_apart(*year, every) for year in zip(change, variance, strict=True))])
    return _as_much(squares) if len(squares) >= LEAST_CHANGES else 1.0


def scatter_of_part(places: float, cases: np.ndarray) -> np.ndarray:
    """Return how much more the rates of kinds of so many cases go up and down by the places: the smaller a part of all cases, the more these even out.

    >>> scatter_of_part(5.0, np.array([75.0, 25.0])).tolist()
    [4.0, 2.0]
    """
    return np.asarray(1 + (places - 1) * cases / max(np.nansum(cases), 1))


def _as_much(squares: np.ndarray) -> float:
    """As much as ``excess`` shows or the median says, whichever is more; 1 where no more than by chance is shown."""
    told, scatter = np.sort(squares[np.isfinite(squares)]), excess(squares)
    return scatter if scatter == 1 else max(scatter, float(told[(len(told) - 1) // 2]) / MEDIAN)


def _changes(numbers: np.ndarray, bases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each cell's change of its rate from year to year, and its variance for independent cases; missing where too few cases are either way."""
    k, n = np.asarray(numbers, dtype=float), np.asarray(bases, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (k[1:] + k[:-1]) / (n[1:] + n[:-1])
        variance = pooled * (1 - pooled) * (1 / n[1:] + 1 / n[:-1])
        least = np.minimum(n[1:], n[:-1]) * np.minimum(pooled, 1 - pooled)
        change = k[1:] / n[1:] - k[:-1] / n[:-1]
    return np.where(least >= LEAST_EXPECTED, change, np.nan), np.where(least >= LEAST_EXPECTED, variance, np.nan)


def _apart(change: np.ndarray, variance: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The squares in standard errors by which changes of some cells are apart from what these have in common; none of a single one."""
    chosen = chosen & np.isfinite(change)
    weight, moved = 1 / variance[chosen], change[chosen]
    if len(moved) < 2:
        return np.empty(0)
    together = weight.sum()
    return np.asarray((moved - (weight * moved).sum() / together) ** 2 / (1 / weight - 1 / together))


def excess(squares: np.ndarray) -> float:
    """Return how much larger squares of changes in standard errors are than by chance (χ² with one degree of freedom each); 1 where no more is shown.

    Each is cut off at its 99% point, so that one reform does not count as scatter; it is their mean.

    >>> excess(np.array([0.2, 1.1, 0.5, 40.0])), round(excess(np.array([30.0, 14.0, 22.0])), 1)
    (1.0, 6.8)
    """
    from scipy.stats import chi2

    cut = np.minimum(squares[np.isfinite(squares)], LARGEST)
    if not len(cut) or cut.sum() <= chi2.ppf(1 - SCATTER_SHOWN, len(cut)):
        return 1.0
    return float(max(1.0, cut.mean() / LARGEST_MEAN))


def widened(p: np.ndarray, scatter: float | np.ndarray) -> np.ndarray:
    """Return p values of changes in standard errors that are wider by the root of a scatter, of all or of each.

    >>> widened(np.array([0.0455]), 4.0).round(3).tolist()
    [0.317]
    """
    from scipy.special import ndtr, ndtri

    return np.asarray(2 * ndtr(ndtri(np.asarray(p, dtype=float) / 2) / np.sqrt(scatter)))


def z_of(p: float) -> float:
    """Return the two-sided p value in standard errors.

    >>> round(z_of(0.05), 2)
    1.96
    """
    return float(-NormalDist().inv_cdf(max(p, 1e-300) / 2)) if p < 1 else 0.0


def discoveries(p: np.ndarray, level: float) -> np.ndarray:
    """Mark the discoveries of Benjamini and Hochberg at a level.

    >>> discoveries(np.array([0.001, 0.02, 0.04, 0.9]), 0.05).tolist()
    [True, True, False, False]
    """
    judged = np.asarray(p, dtype=float)
    order = np.argsort(judged, kind="stable")
    passed = np.flatnonzero(judged[order] <= level * np.arange(1, len(p) + 1) / max(len(p), 1))
    found = np.zeros(len(p), dtype=bool)
    found[order[: passed[-1] + 1 if len(passed) else 0]] = True
    return found


@dataclass(frozen=True, eq=False)
class Family:
    """The cells of one breakdown by one figure: the p value of each and the least that it could have had."""

    p: np.ndarray
    least: np.ndarray


def found_cells(families: Sequence[Family], level: float = OF_CELLS) -> list[np.ndarray]:
    """Mark the cells of each family that are beyond random variation, all families judged together.

    >>> quiet, loud = Family(np.array([0.4, 0.7]), np.zeros(2)), Family(np.array([1e-6, 0.5]), np.zeros(2))
    >>> [marks.tolist() for marks in found_cells([quiet, loud])]
    [[False, False], [True, False]]
    """
    tested = _testable(families, level)
    number = sum(int(marks.sum()) for marks in tested)
    found = [np.zeros(len(family.p), dtype=bool) for family in families]
    for family, is_tested, marks in zip(families, tested, found, strict=True):
        own = family.p[is_tested]
        marks[is_tested] = holm(own) <= level * len(own) / max(number, 1)
    return found


def _testable(families: Sequence[Family], level: float) -> list[np.ndarray]:
    """Mark the cells that could be found at all: those whose least p value is within the level shared among as many."""
    least = np.sort(np.concatenate([np.empty(0), *(family.least[~np.isnan(family.p)] for family in families)]))
    counts = np.arange(1, len(least) + 1)
    # Tarone: the smallest number of cells that are no more than those which could pass when the level is shared among them
    enough = np.searchsorted(least, level / counts, side="right") <= counts
    number = int(counts[np.flatnonzero(enough)[0]]) if enough.any() else 1
    return [~np.isnan(family.p) & (family.least <= level / number) for family in families]
