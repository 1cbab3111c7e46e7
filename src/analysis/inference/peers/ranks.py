"""Ranks with their uncertainty: a court's place is an interval, never a number alone."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers import contrasts
from analysis.inference.peers.comparison import (
    FEWEST,
    Comparable,
    Comparison,
    comparison,
    headed,
    left_out,
    must_be_enough,
    must_be_one_period,
    with_verdicts,
)
from analysis.inference.peers.estimates import estimates
from analysis.inference.peers.panel import Asked, PeerPanel, compared_panel
from analysis.inference.peers.rank_bounds import bounded
from analysis.vocabulary.courts import counted_courts
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

METHODS = ("marginal", "simultaneous", "bootstrap")
BEST = ("high", "low")
SPREAD = "simulation spread"  # what a bootstrap of ranks is: it under-covers where courts are alike
SPREAD_DRAWS = 2_000


def rank_intervals(
    data: Comparable,
    *,
    indicator: str | None = None,
    group: str | None = None,
    estimate: str | None = None,
    standard_error: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    kind: str | None = None,
    opening: str | None = None,
    method: str = "marginal",
    level: float = 0.95,
    best: str = "high",
    stepdown: bool = True,
    draws: int | None = None,
    seed: int = 0,
    bounds: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Each court's rank with the set of ranks that the data do not rule out (Mogstad, Romano, Shaikh, Wilhelm 2024).

    A court's rank cannot be better than 1 + the courts surely ahead of it, nor worse than p − those surely behind;
    "surely" by two-sided step-down tests of the studentised differences.

    Parameters
    ----------
    data
        Returns or indicators (with ``indicator=``), a panel, values (``group=, estimate=, standard_error=``;
        courts independent, errors normal) or counts (``numerator=, denominator=, kind=``).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    estimate, standard_error : str, optional
        Columns of values and of their errors.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    method
        ``"marginal"``: each set alone covers its court's rank at ``level``. ``"simultaneous"``: all sets
        together do. ``"bootstrap"``: the spread of ranks over draws from the estimates, labelled "simulation
        spread": no confidence set, it under-covers where courts are alike.
    best
        ``"high"`` or ``"low"``: which end of the figure has rank 1.
    level, stepdown
        The level of the sets; whether those of ``simultaneous`` are narrowed step by step.
    draws, seed
        Normal draws of ``simultaneous`` (default by the number of courts) and ``bootstrap``.
    bounds : DataFrame, optional
        Between what a figure lies that is not certain: ``court, lower, upper`` in the unit of the figures (of rates shares
        of 1), or ``reconcile(returns).figures`` for a panel or returns: counts that it accuses lie between the printed one
        and what the other figures imply. A court is then surely ahead of another only if it is wherever in their bounds
        both lie, with the errors of the figures as printed: no set is narrower than that of any figures within the bounds
        with those errors and the same draws. Not with ``bootstrap``.

    Returns
    -------
    DataFrame
        ``court, value, rank, lower, upper, method``, in the order of the data, of a panel also ``verdict``, with
        ``bounds`` also ``bounded`` (whether the figure is one of those); equal figures share the better rank. ``.attrs``:
        method, level, best, caption, excluded.

    Raises ``ArgumentError``, ``DataError``, ``InputError``: an unknown choice; nothing to compare, or of a panel, returns or
    indicators fewer than ten courts; a missing column. Of a table of one's own the sets hold for any number, but
    ``plot_ranks`` draws none of fewer than ten.

    >>> table = pd.DataFrame({"court": ["甲", "乙", "丙"], "rate": [97.0, 96.5, 80.0], "se": [1.0, 1.0, 2.0]})
    >>> rank_intervals(table, estimate="rate", standard_error="se")[["court", "rank", "lower", "upper"]].values.tolist()
    [['甲', 1, 1, 2], ['乙', 2, 1, 2], ['丙', 3, 3, 3]]
    >>> open_figure = pd.DataFrame({"court": ["丙"], "lower": [80.0], "upper": [96.0]})
    >>> sets = rank_intervals(table, estimate="rate", standard_error="se", bounds=open_figure)
    >>> sets[["court", "lower", "upper", "bounded"]].values.tolist()
    [['甲', 1, 3, False], ['乙', 1, 3, False], ['丙', 1, 3, True]]
    """
    _must_be_choices(method, level, best)
    if bounds is not None and method == "bootstrap":
        raise ArgumentError(
            "bounds 不用于 method=“bootstrap”：抽样的名次容不下未定的数字。",
            'bounds do not go with method="bootstrap": ranks drawn have no room for figures that are not certain.',
        )
    if bounds is not None and indicator is not None and not isinstance(data, PeerPanel):
        data = compared_panel(data, Asked(indicator))
    given = {"group": group, "estimate": estimate, "standard_error": standard_error, "opening": opening}
    read = comparison(data, indicator=indicator, numerator=numerator, denominator=denominator, kind=kind, **given)
    must_be_one_period(read)
    if read.indicator is not None:
        must_be_enough(len(read.table))
    sign = 1.0 if best == "high" else -1.0
    rank = _ranks(sign * read.table["value"].to_numpy())
    value, error, _ = estimates(read)
    ends = value, value
    if bounds is not None:
        ends = bounded(read, bounds, value, data.table if isinstance(data, PeerPanel) else None)
    signed = ends if best == "high" else (-ends[1], -ends[0])
    # by name, so that draws go with courts and not with the order in which they stand
    order = np.argsort(read.table["court"].astype(str).to_numpy(), kind="stable")
    by_name = signed[0][order], signed[1][order]
    low, high = (
        side[np.argsort(order)] for side in _sets(by_name, error[order], _Way(method, level, stepdown, draws, seed))
    )
    table = read.table[["court", "value"]].assign(
        rank=rank,
        # The scale of the sets may order near-equal small courts otherwise than the plain figure.
        lower=np.minimum(low, rank),
        upper=np.maximum(high, rank),
        method=SPREAD if method == "bootstrap" else method,
    )
    table = with_verdicts(table, read)
    if bounds is not None:
        table["bounded"] = ends[0] < ends[1]
    table.attrs |= _about(read, method, level, best, table)
    compared_in(read.unit, table)
    return table


class _Way(NamedTuple):
    """A way to make rank sets."""

    method: str
    level: float
    stepdown: bool
    draws: int | None
    seed: int


def _sets(ends: tuple[np.ndarray, np.ndarray], error: np.ndarray, way: _Way) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank of each court, the largest value first; values by their lower and upper ends."""
    value, upto = ends
    if way.method == "bootstrap":
        return _spread(value, error, way.level, way.draws or SPREAD_DRAWS, way.seed)
    if way.method == "marginal":
        decided = contrasts.from_one(value, error, level=way.level, stepdown=way.stepdown, upto=upto)
    else:
        decided = contrasts.between_all(
            value, error, level=way.level, stepdown=way.stepdown, draws=way.draws, seed=way.seed, upto=upto
        )
    return 1 + decided.behind, len(value) - decided.ahead


def top_set(data: pd.DataFrame, *, k: int) -> pd.DataFrame:
    """The courts that may be among the best ``k``: a confidence set of the top k, from simultaneous rank sets.

    With the level of the sets, every court that truly is among the best k is listed. Raises ``ArgumentError`` unless
    ``data`` are simultaneous and k is between 1 and the number of courts.

    Parameters
    ----------
    data : DataFrame
        The table of ``rank_intervals``, simultaneous.
    k : int
        How many courts are best.

    Returns
    -------
    DataFrame
        The courts of the set.

    >>> table = pd.DataFrame({"court": ["甲", "乙", "丙"], "rate": [97.0, 96.5, 80.0], "se": [1.0, 1.0, 2.0]})
    >>> sets = rank_intervals(table, estimate="rate", standard_error="se", method="simultaneous")
    >>> top_set(sets, k=1)["court"].tolist()
    ['甲', '乙']
    """
    if not data["method"].eq("simultaneous").all():
        raise ArgumentError(
            "“前 k 名”须由 method=“simultaneous”的名次集得出。", 'A top-k set needs ranks of method="simultaneous".'
        )
    if not 1 <= k <= len(data):
        raise ArgumentError(f"k 应在1与{len(data)}之间。", f"k must lie between 1 and {len(data)}.")
    return data[data["lower"] <= k].sort_values(["rank", "lower"], kind="stable", ignore_index=True)


def _must_be_choices(method: str, level: float, best: str) -> None:
    if method not in METHODS:
        raise ArgumentError.not_one_of("method", method, METHODS)
    if best not in BEST:
        raise ArgumentError.not_one_of("best", best, BEST)
    if not 0 < level < 1:
        raise ArgumentError(f"level 应在0与1之间，现为 {level}。", f"level must lie between 0 and 1, not {level}.")


def _ranks(value: np.ndarray) -> np.ndarray:
    """1 + the number of strictly larger values."""
    from scipy.stats import rankdata

    return rankdata(-value, method="min").astype("int64")


def _spread(value: np.ndarray, error: np.ndarray, level: float, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    from scipy.stats import rankdata

    noise = np.random.default_rng(seed).standard_normal((draws, len(value)))
    drawn = rankdata(-(value + error * noise), method="min", axis=1)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return low.astype("int64"), high.astype("int64")


def _about(read: Comparison, method: str, level: float, best: str, table: pd.DataFrame) -> dict[str, Any]:
    unsure = int(table["bounded"].sum()) if "bounded" in table else 0
    name, percent = term(f"ranks_{method}"), f"{number(100 * level)}%"
    end = Text("高", "highest") if best == "high" else Text("低", "lowest")
    caption = (
        headed(read)
        + counted_courts(table["court"])
        + Text(f"，数值最{end.zh}的为第1名；{percent}{name.zh}", f", the {end.en} figure first; {percent} {name.en}")
        + read.warning
        + left_out(read.excluded)
    )
    if len(table) < FEWEST:
        caption = caption + Text(
            f"；不足{FEWEST}家，名次说明不了法院的好坏",
            f"; fewer than {FEWEST}: ranks among so few say little of a court",
        )
    if unsure:
        caption = caption + Text(
            f"；{unsure}家的数字未定，名次已容其上下限",
            f"; {unsure} with figures that are not certain, whose bounds the ranks allow for",
        )
    excluded = read.excluded[["court", "reason"]].astype(str).to_dict("records")
    about = {"method": method, "level": level, "best": best, "caption": caption.cell, "excluded": excluded}
    return about | {"indicator": read.indicator}
