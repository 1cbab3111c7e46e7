"""Do courts clear together? How often two courts are in the same phase, and how often they would be by chance."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import LEVEL, holm
from analysis.vocabulary.text import Text

TOGETHER = Text("各法院同步累积、同步清理，超出随机波动", "the courts accumulate and clear together beyond chance")
APART = Text("各法院的步调未见超出随机波动的一致", "the courts keep no step together beyond chance")
LEAST_OVERLAP = 24  # shifts of a shorter overlap are too few for a 5 % test


def states(phases: pd.DataFrame, periods: pd.Series) -> pd.Series:
    """1 in the periods of an accumulating phase, 0 of a clearing one: a phase runs from after its start to its end."""
    days = pd.DatetimeIndex(periods)
    state = np.full(len(days), np.nan)
    for start, end, kind in zip(phases["start"], phases["end"], phases["kind"], strict=True):
        if kind != "level":
            state[(days > start) & (days <= end)] = kind == "accumulating"
    return pd.Series(state, index=days).dropna()


def concordance_table(courts: list[tuple[dict[str, Any], pd.Series]]) -> pd.DataFrame:
    """Concordance of each pair of courts with its test.

    Columns ``court_a, court_b, periods, concordance, range_lower, range_upper, correlation, p_single, p``. ``concordance`` is the
    share of periods in which both accumulate or both clear (Harding and Pagan 2002); ``correlation`` that of the two states
    (Harding and Pagan 2006, Journal of Econometrics 132, 59–79). Phases last, so neighbouring periods do not count as
    independent: one court's states are shifted in a circle against the other's, which keeps the phases and breaks the tie;
    ``range_lower`` to ``range_upper`` holds 95% of the shifted concordances and ``p_single`` is the share at least as
    high (one-sided: do they move *together*). ``p`` is Holm's adjustment for the number of pairs.
    """
    columns = ["court_a", "court_b", "periods", "concordance", "range_lower", "range_upper"]
    columns += ["correlation", "p_single", "p"]
    names = ["/".join(map(str, name.values())) for name, _ in courts]
    laid = pd.concat([state for _, state in courts], axis=1, sort=True).to_numpy()
    rows = []
    for a, b in combinations(range(len(courts)), 2):
        both = laid[:, [a, b]]
        rows.append({"court_a": names[a], "court_b": names[b]} | _pair(both[~np.isnan(both).any(axis=1)]))
    table = pd.DataFrame(rows, columns=columns)
    table["p"] = holm(table["p_single"].to_numpy(dtype=float))
    return table


def together_table(courts: list[tuple[dict[str, Any], pd.Series]], *, draws: int = 999, seed: int = 0) -> pd.DataFrame:
    """Return whether all the courts clear together, as under a campaign from above: one row for two courts and more.

    Columns ``courts, periods, concordance, range_lower, range_upper, p, conclusion``. ``concordance`` is the mean over all pairs. Each
    court's states are shifted in a circle by a distance of its own, ``draws`` times: the range holds 95% of the shifted
    concordances, ``p`` is the share at least as high (one-sided). One test for all courts, where those of the pairs must
    pay for their number. Only the periods count that every court has; courts that never turn are left out.
    """
    columns = ["courts", "periods", "concordance", "range_lower", "range_upper", "p", "conclusion"]
    shared = pd.concat([state for _, state in courts], axis=1, join="inner").to_numpy()
    shared = shared[:, np.ptp(shared, axis=0) > 0] if len(shared) else shared
    periods, count = shared.shape
    if len(courts) < 2 or count < 2 or periods < LEAST_OVERLAP:
        return pd.DataFrame(columns=columns)
    rng, place = np.random.default_rng(seed), np.arange(periods)[:, None]
    moved = rng.integers(0, periods, size=(draws, count))
    shifted = np.array([_agreement(np.take_along_axis(shared, (place + by) % periods, axis=0)) for by in moved])
    found = _agreement(shared)
    low, high = np.quantile(shifted, [(1 - LEVEL) / 2, 0.5 + LEVEL / 2])
    p = (1 + (shifted >= found - 1e-12).sum()) / (1 + draws)
    said = (TOGETHER if p < 1 - LEVEL else APART).cell
    return pd.DataFrame([(count, periods, found, low, high, p, said)], columns=columns)


def _agreement(states: np.ndarray) -> float:
    """Mean concordance over all pairs of columns: in a period with k of m accumulating, k(k−1)+(m−k)(m−k−1) of m(m−1)."""
    count, rising = states.shape[1], states.sum(axis=1)
    falling = count - rising
    return float((rising * (rising - 1) + falling * (falling - 1)).mean() / (count * (count - 1)))


def _pair(both: np.ndarray) -> dict[str, float]:
    count = len(both)
    found: dict[str, float] = {"periods": count}
    if not count:
        return found
    a, b = both[:, 0], both[:, 1]
    found["concordance"] = float((a == b).mean())
    if count < LEAST_OVERLAP or np.ptp(a) == 0 or np.ptp(b) == 0:
        return found
    shifted = np.array([(a == np.roll(b, by)).mean() for by in range(count)])
    low, high = np.quantile(shifted, [(1 - LEVEL) / 2, 0.5 + LEVEL / 2])
    found |= {"range_lower": float(low), "range_upper": float(high)}
    found["correlation"] = float(np.corrcoef(a, b)[0, 1])
    found["p_single"] = float((shifted >= found["concordance"] - 1e-12).mean())  # the unshifted pair counts too
    return found
