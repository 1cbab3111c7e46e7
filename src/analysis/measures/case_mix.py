"""Case mix: what an officer's figure would be if the court's cases of the same kinds had been dealt out by chance."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri  # scipy.stats would cost every command half a second

from analysis.measures.groups import group_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWS = 2000
CELLS = 4_000_000  # drawn cases held at once
MANY = 1_000  # cases of a group, from which the cumulants of its sum are tried before draws
MOST_SKEW, MOST_KURTOSIS = 0.3, 0.5  # of such a sum, below which its 2.5% and 97.5% are closer so than by draws
TAILS = (0.025, 0.975)
ROUNDS = 8  # of a ratio's limit: each changes it by a small part of what the one before did


def expected_by_chance(
    rows: pd.DataFrame,
    *,
    group: str,
    value: str,
    base: str | None = None,
    strata: Sequence[str] = (),
    seed: int = 0,
) -> pd.DataFrame:
    """Each group's Σ value (or Σ value / Σ base) beside its expectation and a 95% range of chance.

    Expectation (indirect standardisation): each case counts with the mean of all cases of its stratum, the group's
    own among them, so that expected sums add up to the observed total. Range: 2.5% and 97.5% of the same figure
    when each case is replaced by one drawn from its stratum, with replacement (2,000 draws; of counts and shares of the
    cases exactly, since draws would hang on whose the other cases are; of a group of 1,000 cases or more by the first four cumulants of
    its sum, where these say that it is near a normal one: the error is a fraction of that of draws). A group that has a stratum to itself is compared
    with itself there. Columns: the group, ``cases, value, numerator, denominator,
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
    table["cases"] = cases = np.bincount(codes, minlength=size)
    parts = [part for part in (top, bottom) if part is not None]
    of_strata = [_stratum_mean(part, kinds) for part in parts]
    sums = [np.bincount(codes, weights=part, minlength=size) for part in parts]
    means = [np.bincount(codes, weights=mean[kinds], minlength=size) for mean in of_strata]
    table["value"], table["expected"] = _figure(sums), _figure(means)
    table["numerator"] = sums[0]
    table["denominator"] = sums[1] if base is not None else np.nan
    is_count = np.isin(top, (0.0, 1.0)).all() and (bottom is None or (bottom == 1).all())
    if size and is_count:
        by_group = np.split(kinds[np.argsort(codes, kind="stable")], np.cumsum(cases)[:-1])
        limits = np.array([np.searchsorted(_chances(own, of_strata[0]).cumsum(), TAILS) for own in by_group])
        of = 1.0 if bottom is None else sums[1]
        table["lower"], table["upper"] = limits.T / of
    else:
        limits = _by_cumulants(codes, kinds, top, bottom, size)
        left = np.flatnonzero(np.isnan(limits).any(axis=1))
        if len(left):
            drawn = _draws(codes, kinds, top, bottom, left, seed)
            limits[left] = np.quantile(drawn, TAILS, axis=0, method="inverted_cdf").T
        table["lower"], table["upper"] = limits.T
    return table[[group, "cases", "value", "numerator", "denominator", "expected", "lower", "upper"]]


def surely_judged(
    found: pd.DataFrame, rows: pd.DataFrame, *, group: str, value: str, strata: Sequence[str] = ()
) -> np.ndarray:
    """Return which groups lie inside, above or below their range of chance however the blanks of the cases are filled.

    ``rows`` hold ``value`` as 1, 0 or missing, and may lack their ``group`` and what makes their stratum. A group is as high as it can be
    with every case of nobody that counts, its own unknown ones counted, against the lowest shares that the strata can have; as low as it
    can be the other way round. The verdict is sure where both and the one of ``found`` (``expected_by_chance``) agree: one more case moves
    the limits by one at most. Shares of counts alone, not sums of money.

    >>> rows = pd.DataFrame({"officer": ["a"] * 20 + ["b"] * 20 + [None], "won": [1.0] * 9 + [0.0] * 31 + [1.0]})
    >>> found = expected_by_chance(rows.dropna(), group="officer", value="won")
    >>> surely_judged(found, rows, group="officer", value="won").tolist()  # b has few whoever had that case; a may lie inside
    [False, True]
    """
    known = rows[list(strata)].notna().all(axis=1).to_numpy()
    kinds = np.where(known, group_codes(rows, list(strata))[0], -1)
    held, owner = rows[value].to_numpy(dtype="float64"), rows[group].astype(object).to_numpy()
    nobodys = pd.isna(owner)
    verdicts = [np.where(found["value"] > found["upper"], 1, np.where(found["value"] < found["lower"], -1, 0))]
    for is_most in (True, False):
        counts = (held == 1) | (np.isnan(held) if is_most else False)
        other = (held != 1) if is_most else (held != 0)  # what moves a share the other way wherever it is not known
        share = _extreme_shares(kinds, other, lowest=is_most)
        mine = [(owner == name) | (nobodys & (counts if is_most else ~counts)) for name in found[group]]
        verdicts.append(np.array([_verdict(kinds[own], int(counts[own].sum()), share) for own in mine], dtype="int64"))
    return (verdicts[0] == verdicts[1]) & (verdicts[0] == verdicts[2])


def _extreme_shares(kinds: np.ndarray, other: np.ndarray, *, lowest: bool) -> np.ndarray:
    """The lowest or highest share that each stratum can have, the cases of no known stratum last; these may be of one of their own."""
    size = int(kinds.max(initial=-1)) + 1
    joins = int((other & (kinds < 0)).sum())
    number = np.bincount(kinds[kinds >= 0], minlength=size) + joins
    part = np.bincount(kinds[(kinds >= 0) & ~other], minlength=size)
    share = part / np.maximum(number, 1)
    return np.append(share if lowest else 1 - share, 0.0 if lowest else 1.0)


def _chances(kinds: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The chance of each number of so many cases of these strata, by the share of each that counts."""
    from scipy import stats

    chances = np.ones(1)
    for kind, size in zip(*np.unique(kinds, return_counts=True), strict=True):
        chances = np.convolve(chances, stats.binom.pmf(np.arange(size + 1), size, share[kind]))
    return chances


def _verdict(kinds: np.ndarray, number: int, share: np.ndarray) -> int:
    """Return 1 for a number above the range of so many cases of these strata, -1 below it, 0 inside."""
    below = np.concatenate([[0.0], np.cumsum(_chances(kinds, share))])  # below[k]: the chance of fewer than k
    return 1 if below[number] >= TAILS[1] else -1 if below[number + 1] < TAILS[0] else 0


def _figure(parts: list[np.ndarray]) -> np.ndarray:
    """Σ value, or Σ value / Σ base; missing on a base of 0."""
    if len(parts) == 1:
        return parts[0]
    return np.divide(parts[0], parts[1], out=np.full(parts[0].shape, np.nan), where=parts[1] > 0)


def _stratum_mean(part: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    return np.bincount(kinds, weights=part) / np.bincount(kinds)


def _by_cumulants(
    codes: np.ndarray, kinds: np.ndarray, top: np.ndarray, bottom: np.ndarray | None, size: int
) -> np.ndarray:
    """The limits of the groups of many cases whose sums are near normal ones (Cornish–Fisher); missing for the others.

    A ratio lies below ``q`` where Σ value − q·Σ base lies below 0: its limit is the ``q`` at which that sum has 0 as its own.
    """
    limits = np.full((size, len(TAILS)), np.nan)
    many = np.flatnonzero(np.bincount(codes, minlength=size) >= MANY)
    if not len(many):
        return limits
    parts = [top, np.zeros(len(top)) if bottom is None else bottom]
    means = [_stratum_mean(part, kinds) for part in parts]
    value, base = (part - mean[kinds] for part, mean in zip(parts, means, strict=True))
    moments = {
        (order, of): _stratum_mean(value ** (order - of) * base**of, kinds)
        for order in (2, 3, 4)
        for of in range(order + 1)
    }
    for group in many:
        cases = np.bincount(kinds[codes == group], minlength=len(means[0]))
        sums = [float(cases @ mean) for mean in means]
        for at, tail in enumerate(TAILS):
            limits[group, at] = _limit(cases, moments, sums[0], None if bottom is None else sums[1], tail)
    return limits


def _limit(
    cases: np.ndarray, moments: dict[tuple[int, int], np.ndarray], value: float, base: float | None, tail: float
) -> float:
    """The limit of one sum, or ratio of sums, of so many cases of each stratum; missing where it is not near enough to normal."""
    if base == 0:
        return np.nan
    normal = ndtri(tail)
    limit = 0.0 if base is None else value / base
    for _ in range(1 if base is None else ROUNDS):
        two, three, four = (
            sum(comb(order, of) * (-limit) ** of * moments[order, of] for of in range(order + 1)) for order in (2, 3, 4)
        )
        variance = cases @ two
        if variance <= 0:  # alike in all strata, but for what arithmetic leaves
            return np.nan
        spread = np.sqrt(variance)
        skew, kurtosis = cases @ three / spread**3, cases @ (four - 3 * two**2) / spread**4
        if abs(skew) > MOST_SKEW or abs(kurtosis) > MOST_KURTOSIS:
            return np.nan
        away = normal + (normal**2 - 1) * skew / 6 + (normal**3 - 3 * normal) * kurtosis / 24
        away -= (2 * normal**3 - 5 * normal) * skew**2 / 36
        limit = (value + spread * away) / (1.0 if base is None else base)
    return limit


def _draws(
    codes: np.ndarray, kinds: np.ndarray, top: np.ndarray, bottom: np.ndarray | None, groups: np.ndarray, seed: int
) -> np.ndarray:
    """The figure of each of these groups in every draw; rows are sorted by stratum, so a stratum is a run of rows."""
    generator = np.random.default_rng(seed)
    count = np.bincount(kinds)
    own = np.flatnonzero(np.isin(codes, groups))
    first, length = (np.concatenate([[0], np.cumsum(count)[:-1]]))[kinds[own]], count[kinds[own]]
    by_group = np.argsort(codes[own], kind="stable")
    bounds = np.searchsorted(codes[own][by_group], groups)
    n, parts = len(own), []
    step = max(1, CELLS // n)
    for done in range(0, DRAWS, step):
        share = generator.random((min(step, DRAWS - done), n))
        pick = (first + np.floor(share * length).astype("int64"))[:, by_group]
        sums = [np.add.reduceat(part[pick], bounds, axis=1) for part in (top, bottom) if part is not None]
        parts.append(_figure(sums))
    return np.concatenate(parts)
