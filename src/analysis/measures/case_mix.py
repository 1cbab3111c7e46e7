"""Case mix: what an officer's figure would be if the court's cases of the same kinds had been dealt out by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.measures.groups import group_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWS = 2000
CELLS = 4_000_000  # drawn cases held at once
TAILS = (0.025, 0.975)


def expected_by_chance(
    rows: pd.DataFrame,
    *,
    group: str,
    value: str,
    base: str | None = None,
    strata: Sequence[str] = (),
    seed: int = 0,
) -> pd.DataFrame:
    """Each group's Σ value (or Σ value / Σ base) beside its expectation and a 95 % range of chance.

    Expectation (indirect standardisation): each case counts with the mean of all cases of its stratum, the group's
    own among them, so that expected sums add up to the observed total. Range: 2.5 % and 97.5 % of the same figure
    when each case is replaced by one drawn from its stratum, with replacement (2,000 draws). A group that has a
    stratum to itself is compared with itself there. Columns: the group, ``cases, value, numerator, denominator,
    expected, lower, upper``.

    >>> rows = pd.DataFrame({"officer": list("aabb"), "kind": list("xyxy"), "net": [1, 0, 0, 0]})
    >>> found = expected_by_chance(rows, group="officer", value="net", strata=["kind"])
    >>> found[["officer", "value", "expected"]].values.tolist()
    [['a', 1.0, 0.5], ['b', 0.0, 0.5]]
    """
    codes, groups = group_codes(rows, [group])
    kinds, _ = group_codes(rows, list(strata))
    size = len(groups)
    order = np.argsort(kinds, kind="stable")
    codes, kinds = codes[order], kinds[order]
    top = rows[value].to_numpy(dtype="float64")[order]
    bottom = None if base is None else rows[base].to_numpy(dtype="float64")[order]
    table = groups.copy()
    table["cases"] = np.bincount(codes, minlength=size)
    sums = [np.bincount(codes, weights=part, minlength=size) for part in (top, bottom) if part is not None]
    means = [
        np.bincount(codes, weights=_stratum_mean(part, kinds)[kinds], minlength=size)
        for part in (top, bottom)
        if part is not None
    ]
    table["value"], table["expected"] = _figure(sums), _figure(means)
    table["numerator"] = sums[0]
    table["denominator"] = sums[1] if base is not None else np.nan
    drawn = _draws(codes, kinds, top, bottom, size, seed)
    table["lower"], table["upper"] = np.quantile(drawn, TAILS, axis=0, method="inverted_cdf") if size else ((), ())
    return table[[group, "cases", "value", "numerator", "denominator", "expected", "lower", "upper"]]


def _figure(parts: list[np.ndarray]) -> np.ndarray:
    """Σ value, or Σ value / Σ base; missing on a base of 0."""
    if len(parts) == 1:
        return parts[0]
    return np.divide(parts[0], parts[1], out=np.full(parts[0].shape, np.nan), where=parts[1] > 0)


def _stratum_mean(part: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    return np.bincount(kinds, weights=part) / np.bincount(kinds)


def _draws(
    codes: np.ndarray, kinds: np.ndarray, top: np.ndarray, bottom: np.ndarray | None, size: int, seed: int
) -> np.ndarray:
    """The figure of every group in every draw; rows are sorted by stratum, so a stratum is a run of rows."""
    generator = np.random.default_rng(seed)
    n = len(codes)
    if not n:
        return np.empty((DRAWS, size))
    count = np.bincount(kinds)
    first, length = (np.concatenate([[0], np.cumsum(count)[:-1]]))[kinds], count[kinds]
    by_group = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[by_group], np.arange(size))
    parts = []
    step = max(1, CELLS // n)
    for done in range(0, DRAWS, step):
        share = generator.random((min(step, DRAWS - done), n))
        pick = (first + np.floor(share * length).astype("int64"))[:, by_group]
        sums = [np.add.reduceat(part[pick], bounds, axis=1) for part in (top, bottom) if part is not None]
        parts.append(_figure(sums))
    return np.concatenate(parts)
