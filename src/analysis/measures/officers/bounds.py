"""Bounds of an officer's (or a team's) figures: between what each must lie, whatever the blanks hold and whoever has the cases of nobody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.extreme_ratios import extreme_ratio
from analysis.measures.pseudonyms import NOBODY


class _Parts(NamedTuple):
    """What each case adds to a figure above, at least and at most, and below; ``optional``: or it adds nothing."""

    least: np.ndarray
    most: np.ndarray
    base: np.ndarray
    optional: np.ndarray


def bounds_of_measure(rows: pd.DataFrame, by: str, counted: str, measure: str, unknown: pd.Series) -> pd.DataFrame:
    """Return the least and the most (``least, most``) of a measure by group; infinity where a blank may lift it without limit.

    ``rows`` are those of ``handled_cases``; ``unknown``: of which it is not known whether a count (column ``counted``) counts
    them.
    """
    parts = _parts(rows, counted, measure, unknown.to_numpy(bool))
    owner, names = pd.factorize(rows[by].to_numpy(), sort=True)
    nobodys = names[owner] == NOBODY
    groups = pd.Index(names, name=by)
    if measure not in ("closed_of_filed", "recovery", "days_to_start"):
        least, most = (np.bincount(owner, part, len(names)) for part in (parts.least, parts.most))
        return pd.DataFrame({"least": least, "most": most + parts.most[nobodys].sum()}, index=groups)
    ends = [_farthest(sign, parts, owner, nobodys, len(names)) for sign in (-1, 1)]
    return pd.DataFrame(dict(zip(("least", "most"), ends, strict=True)), index=groups)


def _farthest(sign: int, parts: _Parts, owner: np.ndarray, nobodys: np.ndarray, size: int) -> np.ndarray:
    """The least (sign −1) or most (1) of Σ above ÷ Σ below: by groups of ``owner``, with what helps of the cases that are optional or nobody's."""
    top, base, counts = parts.most if sign > 0 else parts.least, parts.base, parts.base > 0
    endless = counts & (np.isinf(top) | np.isinf(base))  # a claim, or days, that are not known may be any
    top, base = (np.where(endless, 0.0, part) for part in (top, base))
    counts = counts & ~endless
    fixed, free = (counts & ~nobodys & chosen for chosen in (~parts.optional, parts.optional))

    def sums(numbers: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        return np.bincount(owner[chosen], numbers[chosen], size)

    spare_top, spare_base = (part[nobodys & counts] for part in (top, base))
    order = np.argsort(-sign * spare_top / spare_base)  # the most helpful first, so that those taken are the first ones
    helps = (-sign * spare_top / spare_base)[order]
    added = [np.append(0.0, part[order].cumsum()) for part in (spare_top, spare_base)]

    def best(ratio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        taken = fixed | (free & (sign * (top - ratio[owner] * base) > 0))
        first = np.searchsorted(helps, -sign * ratio)
        return sums(top, taken) + added[0][first], sums(base, taken) + added[1][first]

    start = np.divide(sums(top, fixed), sums(base, fixed), out=np.zeros(size), where=sums(base, fixed) > 0)
    may_be_any = endless[nobodys].any() | (sums(1.0 * endless, ~nobodys) > 0)
    return np.where(may_be_any, np.inf if sign > 0 else 0.0, extreme_ratio(best, start))


def _parts(rows: pd.DataFrame, counted: str, measure: str, unknown: np.ndarray) -> _Parts:
    """What each case adds to a measure."""
    names = ("is_undecided", "is_closed", "is_filed", "is_done", "is_started")
    undecided, closed, filed, done, started = (rows[name].to_numpy(bool) for name in names)
    never = np.zeros(len(rows), dtype=bool)
    claim, recovered = (
        rows[name].to_numpy("float64", na_value=np.nan) for name in ("amount_claimed", "amount_recovered")
    )
    if measure == "closed_of_filed":
        return _Parts(1.0 * (filed & done), 1.0 * (filed & (done | undecided)), 1.0 * filed, never)
    if measure == "amount_closed":
        may_be = np.where(closed | undecided, np.where(np.isnan(claim), np.inf, claim), 0.0)
        return _Parts(np.where(closed, np.nan_to_num(claim), 0.0), may_be, 1.0 * may_be, never)
    if measure == "recovery":
        base = np.where(closed | undecided, np.where(np.isnan(claim), np.inf, claim), 0.0)
        return _Parts(np.nan_to_num(recovered), np.where(np.isnan(recovered), base, recovered), base, undecided)
    if measure == "days_to_start":
        blank = rows["is_start_open"] | (rows["started_on"].isna() & (done | undecided))
        is_open = blank.to_numpy(bool) & ~started
        days = np.where(started, rows["days_to_start"].to_numpy("float64", na_value=np.nan), 0.0)
        return _Parts(days, np.where(is_open, np.inf, days), 1.0 * (started | is_open), is_open)
    is_counted = rows[counted].to_numpy(bool)
    return _Parts(1.0 * (is_counted & ~unknown), 1.0 * (is_counted | unknown), 1.0 * (is_counted | unknown), never)
