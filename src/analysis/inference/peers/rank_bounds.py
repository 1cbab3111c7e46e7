"""Bounds of figures that are not certain: how far from its own a court's figure may lie, for ranks that allow for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import Comparison
from analysis.inference.peers.estimates import ANSCOMBE
from analysis.inference.peers.panel_rows import FOLLOWS, numbers
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.periods import period_days
from analysis.vocabulary.text import listed

FIXED = ("agrees", "truncated", "definition", "unchecked")  # verdicts that leave a figure as it is printed
HALF = 0.5  # stands for a count of 0 where its logarithm is asked for
PLACE = ["court", "scope", "period_start", "period_end"]


Ends = tuple[np.ndarray, np.ndarray]


def bounded(read: Comparison, bounds: pd.DataFrame, estimate: np.ndarray, panel: pd.DataFrame | None = None) -> Ends:
    """Least and greatest estimate of each court on the scale of ``estimates``: of the figure and of its bounds together.

    ``bounds`` holds ``court, lower, upper`` in the unit of the figures compared (of rates shares of 1), or is what
    ``reconcile`` says of the counts of a ``panel`` (``measure`` among its columns; a verdict that accuses no figure moves none).

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [0.9, 0.8], "standard_error": [0.01, 0.01]})
    >>> read = Comparison(table, table.iloc[:0], "estimate")
    >>> wide = pd.DataFrame({"court": ["乙"], "lower": [0.75], "upper": [0.95]})
    >>> [ends.tolist() for ends in bounded(read, wide, table["value"].to_numpy())]
    [[0.9, 0.75], [0.9, 0.95]]
    """
    value = read.table["value"].to_numpy(float)
    if "measure" not in bounds:
        lower, upper = _of_figures(read, bounds)
    elif panel is not None:
        lower, upper = _of_counts(panel, read.kind, bounds)
    else:
        raise _not_of_returns()
    wrong = lower > upper
    if wrong.any():
        names = listed(read.table.loc[wrong, "court"])
        raise DataError(f"{names.zh}：下限大于上限。", f"{names.en}: a lower bound above the upper one.")
    ends = []
    for widest, end in ((np.fmin, lower), (np.fmax, upper)):
        there = ~np.isnan(end) & (end != value)
        ends.append(np.where(there, widest(estimate, _on_scale(read, np.where(there, end, value))), estimate))
    return ends[0], ends[1]


def _on_scale(read: Comparison, value: np.ndarray) -> np.ndarray:
    """Figures as ``estimates`` of courts of the same sizes."""
    if read.kind == "estimate":
        return value
    base = read.table["denominator"].to_numpy(float)
    if read.kind == "proportion":
        share = (np.clip(value, 0, 1) * base + ANSCOMBE) / (base + 2 * ANSCOMBE)
        return np.arcsin(np.sqrt(share))
    if read.kind == "clearance":
        return np.log(np.maximum(value, HALF / base))
    return np.sqrt((np.maximum(value, 0) * base + ANSCOMBE) / base)


def _of_figures(read: Comparison, bounds: pd.DataFrame) -> Ends:
    """Bounds given of the figures themselves, in the order of the courts."""
    must_have_columns(bounds, ("court", "lower", "upper"), "bounds")
    compared = {*read.table["court"], *read.excluded["court"]}
    if (stray := next((court for court in bounds["court"] if court not in compared), None)) is not None:
        raise ArgumentError.not_one_of("bounds", stray, sorted(map(str, compared)))
    if bounds["court"].duplicated().any():
        twice = str(bounds.loc[bounds["court"].duplicated(), "court"].iloc[0])
        raise DataError(f"bounds 中“{twice}”出现不止一次。", f'bounds: "{twice}" stands more than once.')
    rows = bounds.set_index("court").reindex(read.table["court"])
    lower, upper = numbers(rows["lower"], "lower").to_numpy(float), numbers(rows["upper"], "upper").to_numpy(float)
    if read.kind == "proportion" and (np.fmax(lower, upper) > 1).any():
        raise DataError(
            "bounds：比率的上下限应以1为全部，如0.96，不写作96。",
            "bounds: those of a rate are shares of 1, such as 0.96, not 96.",
        )
    return lower, upper


def _of_counts(panel: pd.DataFrame, kind: str, said: pd.DataFrame) -> Ends:
    """Bounds of a rate from those of its numerator and its denominator: least over greatest, greatest over least."""
    top, base = str(panel["definition"].iloc[0]).split("/")
    if not {top, base, *FOLLOWS.get(base, ())} & {*said["measure"]}:
        raise _not_of_returns()
    top_low, top_high, _ = _of_measure(panel, panel["numerator"], said, top)
    base_low, base_high = _of_base(panel, said, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = top_low / base_high, top_high / base_low
    return (np.clip(lower, 0, 1), np.clip(upper, 0, 1)) if kind == "proportion" else (lower, upper)


def _not_of_returns() -> ArgumentError:
    return ArgumentError(
        "reconcile 的结果只用于报表（indicator=）或由报表得出的 peer_panel；其他的表请给 court、lower、upper。",
        "What reconcile says goes with returns (indicator=) or a peer_panel of returns; to other tables give court, lower and upper.",
    )


def _of_base(panel: pd.DataFrame, said: pd.DataFrame, base: str) -> Ends:
    """Bounds of the denominator: where nothing is said of it those that are left to the counts it follows from."""
    count, opening = panel["denominator"], panel["opening"]
    low, high, is_said = _of_measure(panel, count, said, base)
    parts = FOLLOWS.get(base, {})
    least, most = np.zeros(len(panel)), np.zeros(len(panel))
    for part, sign in parts.items():
        of_part = opening if part == "opening" else count - parts["opening"] * opening
        ends = _of_measure(panel, of_part, said, part)
        least, most = least + sign * ends[sign < 0], most + sign * ends[sign > 0]
    follows = bool(parts) & ~is_said & opening.notna().to_numpy()
    return np.where(follows, np.maximum(least, 0), low), np.where(follows, most, high)


def _of_measure(
    table: pd.DataFrame, count: pd.Series, said: pd.DataFrame, measure: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The count as the panel has it, widened to what ``reconcile`` leaves open of it, and whether anything is said of it."""
    rows = said[said["measure"] == measure]
    keys = [key for key in PLACE if key in table and key in rows]
    ends = rows[["lower", "upper"]]
    if "verdict" in rows:
        ends = ends.mask(rows["verdict"].isin(FIXED), np.nan)
    rows = rows[keys].assign(**ends, said=True, **period_days(rows[keys]))
    found = rows.groupby(keys, dropna=False).agg({"lower": "min", "upper": "max", "said": "any"}).reset_index()
    joined = table[keys].merge(found, on=keys, how="left")
    least, most = np.maximum(joined["lower"].to_numpy(float), 0), joined["upper"].to_numpy(float)
    return np.fmin(count, least), np.fmax(count, most), joined["said"].notna().to_numpy()
