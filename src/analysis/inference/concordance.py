"""Do courts clear together? How often two courts are in the same phase, and how often they would be by chance."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.regression import LEVEL, holm

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
    ``range_lower`` to ``range_upper`` holds 95 % of the shifted concordances and ``p_single`` is the share at least as
    high (one-sided: do they move *together*). ``p`` is Holm's adjustment for the number of pairs.
    """
    columns = ["court_a", "court_b", "periods", "concordance", "range_lower", "range_upper"]
    columns += ["correlation", "p_single", "p"]
    rows = []
    for (name_a, a), (name_b, b) in combinations(courts, 2):
        both = pd.concat([a, b], axis=1, join="inner").dropna().to_numpy()
        labels = ["/".join(map(str, name.values())) for name in (name_a, name_b)]
        rows.append(dict(zip(columns[:2], labels, strict=True)) | _pair(both))
    table = pd.DataFrame(rows, columns=columns)
    table["p"] = holm(table["p_single"].to_numpy(dtype=float))
    return table


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
