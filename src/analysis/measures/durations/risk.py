"""Risk tables: how many cases of each group are under observation at each age, how many close there, and whether groups differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measures.groups import run_starts, stretches

# The outcome of a case that is not closed, and of one that is closed without a mode.
OPEN = "open"
NOT_STATED = "not_stated"
# Up to here the covariance of the groups is inverted whole; beyond it (courts of the nation) it is never written down.
MANY_GROUPS = 200
ROUNDING = 1e-9  # an eigenvalue below this share of the largest variance is a zero


@dataclass(frozen=True, eq=False)
class RiskTable:
    """The ages (in days) at which cases of each group close, with the cases ``at_risk`` and the ``events`` (closings) there.

    ``group``, ``days``, ``at_risk`` and ``events`` hold one entry a group and age, in that order; ``group`` is a row of
    ``groups``, which holds the group columns. A case is at risk on the days of its age from ``entry`` to ``exit``, both
    included, so a closing on the day of filing (age 0) has its own case at risk.
    """

    groups: pd.DataFrame
    group: np.ndarray
    days: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray


def risk_table(codes: np.ndarray, groups: pd.DataFrame, tally: pd.DataFrame) -> RiskTable:
    """The risk table of a tally of durations (``entry, exit, outcome, cases``), its rows numbered by ``group_codes``.

    >>> tally = pd.DataFrame({"entry": [0, 0], "exit": [0, 10], "outcome": ["completed", "open"], "cases": [1, 4]})
    >>> table = risk_table(np.array([0, 0]), pd.DataFrame(index=[0]), tally)
    >>> table.days.tolist(), table.at_risk.tolist(), table.events.tolist()
    ([0], [5], [1])
    """
    parts = [_at_ages(codes[rows], tally.iloc[rows]) for rows in stretches(codes)]
    return RiskTable(groups, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _at_ages(codes: np.ndarray, tally: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Group, age, cases at risk and events wherever a case closes, of rows of whole groups."""
    entry, end, cases, closed = _cells(tally)
    width = int(end.max(initial=0)) + 1
    place, left, events = _summed(codes * width + end, cases, closed)
    came, entered = _summed(codes * width + entry, cases)
    # At risk is who entered up to an age and did not leave before it; the groups before have lost all that they took in.
    at_risk = np.append(0, np.cumsum(entered))[np.searchsorted(came, place, side="right")] - (np.cumsum(left) - left)
    closes = events > 0
    return *np.divmod(place[closes], width), at_risk[closes], events[closes]


def events_by_outcome(codes: np.ndarray, tally: pd.DataFrame, table: RiskTable) -> dict[str, np.ndarray]:
    """The events of a risk table parted by outcome, each as long as its rows, in the order of their frequency."""
    closed = (tally["outcome"] != OPEN).to_numpy()
    outcome = tally["outcome"][closed].astype("str").fillna(NOT_STATED)
    end, cases = (tally[name].to_numpy(dtype="int64")[closed] for name in ("exit", "cases"))
    width = int(end.max(initial=0)) + 1
    row = np.searchsorted(table.group * width + table.days, codes[closed] * width + end)
    order = pd.Series(cases).groupby(outcome.to_numpy()).sum().sort_values(ascending=False, kind="stable").index
    return {
        str(mode): np.bincount(row[own], weights=cases[own], minlength=len(table.days)).astype("int64")
        for mode in order
        for own in [(outcome == mode).to_numpy()]
    }


def _cells(tally: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The numbers of a tally of durations: entry, exit, cases, and those of them that close."""
    entry, end, cases = (tally[name].to_numpy(dtype="int64") for name in ("entry", "exit", "cases"))
    return entry, end, cases, np.where((tally["outcome"] != OPEN).to_numpy(), cases, 0)


def _summed(place: np.ndarray, *counts: np.ndarray) -> tuple[np.ndarray, ...]:
    """The places that occur, in order, and the sums of counts at each."""
    if (place[1:] < place[:-1]).any():
        order = np.argsort(place, kind="stable")
        place, counts = place[order], tuple(count[order] for count in counts)
    starts = run_starts(place)
    return place[starts], *(np.add.reduceat(count, starts) for count in counts)


def log_rank(codes: np.ndarray, groups: int, tally: pd.DataFrame) -> tuple[float, int, float]:
    """The log-rank test of equal closing hazards over so many groups of a tally: statistic, degrees of freedom, p.

    (O − E)ᵀ V⁻¹ (O − E) with E = Σ d·nⱼ/n and V = Σ d(n − d)/(n − 1)·(diag(p) − ppᵀ), p = nⱼ/n (Mantel 1966; Peto and
    Peto 1972), over the ages at which a case closes; late entry is in n.
    """
    from scipy import special

    # statsmodels' survdiff wants a row a case; here tallies of thousands of courts are compared, and its import costs a second.
    events, of_group = np.zeros(int(tally["exit"].max()) + 1), np.zeros(groups)
    for rows in stretches(codes):
        _, end, _, closed = _cells(tally.iloc[rows])
        events += np.bincount(end, weights=closed, minlength=len(events))
        of_group += np.bincount(codes[rows], weights=closed, minlength=groups)
    days = np.flatnonzero(events)
    d, share = events[days], np.zeros((groups, len(days)))
    for rows in stretches(codes):
        low = int(codes[rows].min(initial=groups))
        change = _change_at_risk(codes[rows] - low, tally.iloc[rows], days)
        np.cumsum(change, axis=1, out=share[low : low + len(change)])
    n = share.sum(axis=0)
    np.divide(share, n, out=share, where=n > 0)
    weight = np.divide(d * (n - d), n - 1, out=np.zeros(len(n)), where=n > 1)
    total = share @ weight
    compared = total - np.einsum("gt,gt,t->g", share, share, weight) > 0
    df = int(compared.sum()) - 1
    if df < 1:
        return float("nan"), 0, float("nan")
    excess = (of_group - share @ d)[compared]
    if not compared.all():
        share, total = share[compared], total[compared]
    # One group's excess follows from the others'; a pseudo-inverse also takes groups that are never at risk together.
    if df <= MANY_GROUPS:
        inner = np.diag(total) - (share * weight) @ share.T
        df = int(np.linalg.matrix_rank(inner, tol=ROUNDING * np.diag(inner).max(), hermitian=True))
        statistic = float(excess @ np.linalg.pinv(inner, rcond=ROUNDING, hermitian=True) @ excess)
    else:
        statistic = _quadratic_form(excess, total, share, weight)
    return statistic, df, float(special.chdtrc(df, statistic))


def _change_at_risk(codes: np.ndarray, tally: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """By how many the cases at risk of every group (rows) change from one age in question (columns) to the next."""
    entry, end, cases, _ = _cells(tally)
    groups, width = int(codes.max(initial=-1)) + 1, len(days) + 1  # the last column takes what is left out
    first, after = (
        np.searchsorted(days, np.arange(end.max(initial=0) + 1), side=side) for side in ("left", "right")
    )  # of every age, to be looked up
    change = np.bincount(codes * width + first[entry], weights=cases, minlength=groups * width)
    change -= np.bincount(codes * width + after[end], weights=cases, minlength=groups * width)
    return change.reshape(groups, width)[:, :-1]


def _quadratic_form(excess: np.ndarray, total: np.ndarray, share: np.ndarray, weight: np.ndarray) -> float:
    """xᵀV⁻¹x of many groups without V, by conjugate gradients: V is singular, but x sums to 0 and so lies in its range."""
    from scipy.sparse.linalg import LinearOperator, cg

    size = len(excess)
    covariance = LinearOperator(
        (size, size), matvec=lambda x: total * x - share @ (weight * (x @ share)), dtype="float64"
    )
    scaled = LinearOperator((size, size), matvec=lambda x: x / total, dtype="float64")
    solved, failed = cg(covariance, excess, rtol=ROUNDING, M=scaled)
    return float("nan") if failed else float(excess @ solved)
