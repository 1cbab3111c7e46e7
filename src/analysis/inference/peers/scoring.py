"""From indicator values to shares of full marks, and from shares to a total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.peers.scheme import Item, Scheme

RELATIVE = ("min-max", "z-score", "rank")  # normalisations by the panel itself: they need no target of their own
DIGITS = 9  # of what a gate is held to: points that add up to 95 are 94.999… in the machine's binary
Z_CENTRE, Z_STEP = 0.5, 0.1  # a z-score of 0 earns half the marks, one standard deviation a tenth more


def shares_of(value: np.ndarray, item: Item, way: str | None = None, among: np.ndarray | None = None) -> np.ndarray:
    """The share of full marks (0 to 1) that each value earns, by the item's normalisation or another ``way``.

    Where the panel makes the scale it is that of the values themselves, or of those that they are set ``among``.

    >>> shares_of(np.array([80.0, 89.0, 98.0, 99.5]), Item("closure_rate", 30, "higher", "target", 80, 98)).tolist()
    [0.0, 0.5, 1.0, 1.0]
    >>> shares_of(np.array([3.0, 1.0, 2.0]), Item("petitions", 10, "lower")).tolist()
    [0.0, 1.0, 0.5]
    """
    way = way or item.normalisation
    if way == "target" and item.target is not None:
        return np.clip((value - item.floor) / (item.target - item.floor), 0.0, 1.0)
    if way == "bands":
        return _banded(value, item)
    sign = 1.0 if item.direction == "higher" else -1.0
    turned, of_panel = sign * value, sign * (value if among is None else among)
    known = of_panel[~np.isnan(of_panel)]
    if len(known) == 0 or np.ptp(known) == 0:  # nothing to tell the courts apart by: full marks for all
        return np.where(np.isnan(value), np.nan, 1.0)
    if way == "z-score":
        return np.clip(Z_CENTRE + Z_STEP * (turned - known.mean()) / float(np.std(known, ddof=1)), 0.0, 1.0)
    if way == "rank":
        return _ranked(turned)
    return (turned - known.min()) / np.ptp(known)


def _ranked(turned: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    ranks = rankdata(turned, nan_policy="omit")
    return (ranks - 1) / (np.sum(~np.isnan(turned)) - 1)


def _banded(value: np.ndarray, item: Item) -> np.ndarray:
    earned = np.zeros(len(value))
    for at, share in item.bands:  # in ascending order of shares
        reached = value >= at if item.direction == "higher" else value <= at
        earned = np.where(reached, share, earned)
    return np.where(np.isnan(value), np.nan, earned)


def value_for(share: np.ndarray, value: np.ndarray, item: Item) -> np.ndarray:
    """The value that earns a share, others unchanged; missing where the share is beyond reach or has no one value.

    >>> value_for(np.array([0.5, 1.2]), np.array([80.0, 98.0]), Item("closure_rate", 30, "higher", "target", 80, 98)).tolist()
    [89.0, nan]
    """
    sign = 1.0 if item.direction == "higher" else -1.0
    if item.normalisation == "target" and item.target is not None:
        found = item.floor + share * (item.target - item.floor)
    elif item.normalisation == "bands":
        found = np.full(len(share), np.nan)
        for at, earned in reversed(item.bands):
            found = np.where(share <= earned + 1e-12, at, found)
    elif item.normalisation == "z-score":
        found = np.nanmean(value) + sign * (share - Z_CENTRE) / Z_STEP * np.nanstd(value, ddof=1)
    elif item.normalisation == "min-max":
        low, high = np.nanmin(value), np.nanmax(value)
        found = low + share * (high - low) if sign > 0 else high - share * (high - low)
    else:
        return np.full(len(share), np.nan)
    return np.where((share >= -1e-12) & (share <= 1 + 1e-12), found, np.nan)


def totals(shares: np.ndarray, weights: np.ndarray, aggregation: str) -> np.ndarray:
    """Points of each court (rows of shares), for one set of weights or for many (rows of weights): courts × sets.

    ``arithmetic``: Σ wᵢsᵢ; ``geometric``: Σw · Π sᵢ^(wᵢ/Σw), which lets a strength make up for less of a weakness.

    >>> totals(np.array([[1.0, 0.25]]), np.array([50.0, 50.0]), "geometric").tolist()
    [[50.0]]
    """
    sets = np.atleast_2d(weights)
    if aggregation == "arithmetic":
        return shares @ sets.T
    whole = sets.sum(axis=1)
    with np.errstate(divide="ignore"):
        logs = np.log(np.maximum(shares, 0.0))
    parts = np.where(sets[None, :, :] > 0, logs[:, None, :] * (sets / whole[:, None])[None, :, :], 0.0)
    return whole * np.exp(parts.sum(axis=2))


def gates_of(values: pd.DataFrame, score: np.ndarray, scheme: Scheme) -> dict[str, list[bool] | list[str]]:
    """Say which gates each court missed; nothing for a scheme without gates. A missing value passes no gate.

    >>> from analysis.inference.peers.scheme import Gate
    >>> from analysis.vocabulary.text import Text
    >>> none = Text("", "")
    >>> scheme = Scheme("s", none, none, (Item("rate", 100),), gates=(Gate("score", 95.0), Gate("rate", 80.0)))
    >>> gates_of(pd.DataFrame({"rate": [85.0, 79.0]}), np.array([96.0, 97.0]), scheme)
    {'passed': [True, False], 'gates_missed': ['', 'rate']}
    """
    if not scheme.gates:
        return {}
    missed: list[list[str]] = [[] for _ in score]
    for name, limit, direction in scheme.gates:
        reached = np.round(score if name == "score" else values[name].to_numpy(float), DIGITS)
        passed = reached <= limit if direction == "lower" else reached >= limit
        for own, through in zip(missed, passed, strict=True):
            if not through:
                own.append(name)
    return {"passed": [not own for own in missed], "gates_missed": ["、".join(own) for own in missed]}
