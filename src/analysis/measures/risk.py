"""Risk tables: how many cases of each group are under observation at each age, and how many close there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# The outcome of a case that is not closed, and of one that is closed without a mode.
OPEN = "open"
NOT_STATED = "not_stated"
# Up to here the covariance of the groups is inverted whole; beyond it (courts of the nation) it is never written down.
MANY_GROUPS = 200
Z_95 = 1.959963984540054  # standard normal quantile of 0.975
ROUNDING = 1e-9  # an eigenvalue below this share of the largest variance is a zero


@dataclass(frozen=True, eq=False)
class RiskTable:
    """``at_risk`` and ``events``: groups × days, at the ages (in days) at which any case closes; whole numbers as floats.

    A case is at risk on the days of its age from ``entry`` to ``exit``, both included, so a closing on the day of
    filing (age 0) has its own case at risk. ``groups`` holds the group columns, one row a group.
    """

    groups: pd.DataFrame
    days: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray


def group_codes(tally: pd.DataFrame, by: Sequence[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """The number of each row's group, and the groups in order; without ``by`` one group without columns."""
    if not by:
        return np.zeros(len(tally), dtype="int64"), pd.DataFrame(index=pd.RangeIndex(1 if len(tally) else 0))
    grouped = tally.groupby(list(by), dropna=False, sort=True)
    codes = grouped.ngroup().to_numpy()
    first = np.empty(grouped.ngroups, dtype="int64")
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, tally[list(by)].iloc[first].reset_index(drop=True)


def risk_table(tally: pd.DataFrame, *, by: Sequence[str] = ()) -> RiskTable:
    """The risk table of a tally of durations (``[by…], entry, exit, outcome, cases``).

    >>> tally = pd.DataFrame({"entry": [0, 0], "exit": [0, 10], "outcome": ["completed", "open"], "cases": [1, 4]})
    >>> table = risk_table(tally)
    >>> table.days.tolist(), table.at_risk.tolist(), table.events.tolist()
    ([0], [[5.0]], [[1.0]])
    """
    return risk_table_of(*group_codes(tally, by), tally)


def risk_table_of(codes: np.ndarray, groups: pd.DataFrame, tally: pd.DataFrame) -> RiskTable:
    """The same for rows whose groups are numbered already."""
    is_event = (tally["outcome"] != OPEN).to_numpy()
    entry, end, cases = (tally[name].to_numpy(dtype="int64") for name in ("entry", "exit", "cases"))
    days = np.unique(end[is_event])
    size = len(groups), len(days)
    reached = np.searchsorted(days, np.arange(end.max(initial=0) + 1), side="right")  # places of ages, looked up below
    at_risk = _counted(codes, reached[end], -cases, size)
    if entry.any():
        at_risk += _counted(codes, np.searchsorted(days, entry, side="left"), cases, size)
    elif len(days):
        at_risk[:, 0] += np.bincount(codes, weights=cases, minlength=len(groups))
    np.cumsum(at_risk, axis=1, out=at_risk)
    return RiskTable(groups, days, at_risk, _events(codes, days, end, cases, is_event, len(groups)))


def events_by_outcome(tally: pd.DataFrame, table: RiskTable, *, by: Sequence[str] = ()) -> dict[str, np.ndarray]:
    """The events of a risk table parted by outcome, each groups × days, in the order of their frequency."""
    codes, _ = group_codes(tally, by)
    end, cases = (tally[name].to_numpy(dtype="int64") for name in ("exit", "cases"))
    outcome = tally["outcome"].fillna(NOT_STATED)
    closed = (outcome != OPEN).to_numpy()
    order = tally["cases"][closed].groupby(outcome[closed]).sum().sort_values(ascending=False, kind="stable").index
    return {
        str(mode): _events(codes, table.days, end, cases, (outcome == mode).to_numpy(), len(table.groups))
        for mode in order
    }


def _events(
    codes: np.ndarray, days: np.ndarray, end: np.ndarray, cases: np.ndarray, which: np.ndarray, groups: int
) -> np.ndarray:
    place = np.zeros(int(days.max(initial=0)) + 1, dtype="int64")
    place[days] = np.arange(len(days))
    return _counted(codes[which], place[end[which]], cases[which], (groups, len(days)))


def _counted(codes: np.ndarray, places: np.ndarray, cases: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Cases by group and place; those beyond the last place are left out."""
    groups, width = size
    inside = places < width
    if not inside.all():
        codes, places, cases = codes[inside], places[inside], cases[inside]
    counted = np.bincount(codes * width + places, weights=cases, minlength=groups * width)
    return counted.astype("float64", copy=False).reshape(size)  # of nothing it makes whole numbers


def log_rank(table: RiskTable) -> tuple[float, int, float]:
    """The log-rank test of equal closing hazards over the groups of a risk table: statistic, degrees of freedom, p.

    (O − E)ᵀ V⁻¹ (O − E) with E = Σ d·nⱼ/n and V = Σ d(n − d)/(n − 1)·(diag(p) − ppᵀ), p = nⱼ/n (Mantel 1966; Peto and
    Peto 1972), over the ages at which a case closes; late entry is in n.
    """
    from scipy import special

    n, d = table.at_risk.sum(axis=0), table.events.sum(axis=0)
    weight = np.divide(d * (n - d), n - 1, out=np.zeros(len(n)), where=n > 1)
    share = np.divide(table.at_risk, n, out=np.zeros(table.at_risk.shape), where=n > 0)
    total = share @ weight
    compared = total - np.einsum("gt,gt,t->g", share, share, weight) > 0
    df = int(compared.sum()) - 1
    if df < 1:
        return float("nan"), 0, float("nan")
    excess = (table.events.sum(axis=1) - share @ d)[compared]
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
