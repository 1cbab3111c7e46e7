"""Ranks of a composite score that allow for chance in the indicators, and for the weights and for both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.peers.contrasts import from_one
from analysis.inference.peers.panel_rows import numbers
from analysis.inference.peers.scheme import Scheme
from analysis.inference.peers.scoring import shares_of, totals

DRAWS = 300  # of the indicators
WEIGHTINGS = 40  # of the random ones, over which sets of ranks are made
HALF = 0.5
SETS = ("rank_lower", "rank_upper", "both_lower", "both_upper")


def standard_errors(data: pd.DataFrame, group: str, courts: pd.Index, scheme: Scheme) -> pd.DataFrame | None:
    """The standard error of each court's indicators in their unit; ``None`` where no row has one.

    As given (``standard_error``), or from the counts of a proportion (``numerator, denominator``): ``√(p(1 − p)/n)`` with
    half a case added on either side, so that a court that closed every case is not certain. An indicator without is
    taken as exact.
    """
    if not {"indicator", "value"} <= set(data.columns):
        return None
    value = numbers(data["value"], "value")
    error = pd.Series(np.nan, index=data.index)
    if {"numerator", "denominator"} <= set(data.columns):
        top, base = (numbers(data[name], name) for name in ("numerator", "denominator"))
        part = (top + HALF) / (base + 2 * HALF)
        unit = (value / (top / base)).where((top > 0) & (base > 0)).median()  # 100 where values are percent
        error = (unit * (part * (1 - part) / (base + 2 * HALF)) ** 0.5).where((base > 0) & (top <= base))
    if "standard_error" in data:
        error = numbers(data["standard_error"], "standard_error").fillna(error)
    if error.isna().all():
        return None
    rows = pd.DataFrame({"court": data[group], "indicator": data["indicator"], "error": error})
    wide = rows.drop_duplicates(["court", "indicator"]).pivot_table(
        index="court", columns="indicator", values="error", dropna=False
    )
    return wide.reindex(index=courts, columns=[item.name for item in scheme.items]).fillna(0.0)


def rank_sets(
    values: pd.DataFrame, errors: pd.DataFrame, extra: np.ndarray, scheme: Scheme, *, level: float, seed: int
) -> pd.DataFrame:
    """Confidence sets of ranks at the scheme's weights, and over random weights: ``rank_lower, rank_upper, both_*``.

    The error of a share of full marks is how far it goes where its figure goes to the end of its interval, by the standard
    errors that are gone: a court just beyond a target has earned all points by chance as well as by right, and points of its
    figure as it is would hold no chance. The scale is that of the figures as they are: made anew it would hold chance
    twice. The error of a score is its spread over draws of the shares. Points by ``rank`` have no such error: then the sets
    stay missing. ``rank_*`` are the marginal sets of ``rank_intervals`` at the weights given; ``both_*`` hold the sets of
    that share of random weightings that the level says.

    >>> from analysis.inference.peers.scheme import Item
    >>> from analysis.vocabulary.text import Text
    >>> none = Text("", "")
    >>> scheme = Scheme("s", none, none, (Item("rate", 100, "higher", "target", 0, 100),))
    >>> values, errors = pd.DataFrame({"rate": [90.0, 89.0, 50.0]}), pd.DataFrame({"rate": [2.0, 2.0, 2.0]})
    >>> rank_sets(values, errors, np.zeros(3), scheme, level=0.95, seed=0).iloc[:, :2].values.tolist()
    [[1, 2], [1, 2], [3, 3]]
    """
    found = pd.DataFrame(np.nan, index=values.index, columns=list(SETS)).astype("Int64")
    if any(item.normalisation == "rank" for item in scheme.items):
        return found
    known = values[[item.name for item in scheme.items]].notna().all(axis=1).to_numpy()
    rng = np.random.default_rng(seed)
    names = [item.name for item in scheme.items]
    kept, spread = values.loc[known, names], errors.loc[known, names]
    own, full = _shares(kept, scheme), np.array([item.weight for item in scheme.items])
    sets = np.vstack([full, rng.dirichlet(np.ones(len(full)), WEIGHTINGS) * full.sum()])
    scores = totals(own, sets, scheme.aggregation) + extra[known][:, None]
    drawn = own + _errors(kept, spread, scheme, level) * rng.standard_normal((DRAWS, *own.shape))
    error = np.std([totals(shares, sets, scheme.aggregation) for shares in drawn], axis=0, ddof=1)
    lower, upper = np.empty(scores.shape), np.empty(scores.shape)
    for at in range(len(sets)):
        decided = from_one(scores[:, at], error[:, at], level=level)
        lower[:, at], upper[:, at] = 1 + decided.behind, len(own) - decided.ahead
    tail = (1 - level) / 2
    found.loc[known, ["rank_lower", "rank_upper"]] = np.column_stack([lower[:, 0], upper[:, 0]])
    both = [
        np.minimum(lower[:, 0], np.quantile(lower, tail, axis=1, method="inverted_cdf")),
        np.maximum(upper[:, 0], np.quantile(upper, 1 - tail, axis=1, method="inverted_cdf")),
    ]
    found.loc[known, ["both_lower", "both_upper"]] = np.column_stack(both)
    return found


def _errors(values: pd.DataFrame, spread: pd.DataFrame, scheme: Scheme, level: float) -> np.ndarray:
    """The standard error of each share: how far it goes to the end of its figure's interval, by the errors gone."""
    from scipy.special import ndtri

    errors = float(ndtri((1 + level) / 2))
    ends = [_shares(values + way * errors * spread, scheme, values) for way in (-1, 1)]
    return np.max(np.abs(np.stack(ends) - _shares(values, scheme)), axis=0) / errors


def _shares(values: pd.DataFrame, scheme: Scheme, among: pd.DataFrame | None = None) -> np.ndarray:
    shares = []
    for item in scheme.items:
        scale = None if among is None else among[item.name].to_numpy(float)
        shares.append(shares_of(values[item.name].to_numpy(float), item, among=scale))
    return np.column_stack(shares)
