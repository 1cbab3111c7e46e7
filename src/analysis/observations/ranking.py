"""What stands out most: the size of a change, its surprise and the weight of its figure, and whether it is for the better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.observations.chance import z_of
from analysis.vocabulary.sentences import COUNTED, LEAST_BASE

if TYPE_CHECKING:
    from analysis.observations.figures import CellFigures
    from analysis.vocabulary.indicator_sets.definition import Definition

FEATURE, PROBLEM, NOTE = "feature", "problem", "note"
# How much a figure matters to who signs, our choice: what the report's cards show most, side tables least.
WEIGHTS = {
    "recovery_rate": 1.5, "closure_rate": 1.5, "closing": 1.5, "closed_within_limit_rate": 1.2, "actual_enforcement_rate": 1.2,
    "completed_rate": 1.2, "filed": 1.0, "closed": 1.0, "received": 0.8, "opening": 0.3,
}  # fmt: skip
OTHER_WEIGHTS = {"rate": 0.8, "duration": 0.8, "money": 0.5, "flow": 0.4, "stock": 0.5}
# Official sets judge these by an interval, whose bounds are the court's own to give, or not at all: the way that asks for a cause, our choice. What
# says little either way (cases terminated for good, durations, which clearing old cases raises) is left out and is a feature.
LEANINGS = {
    "completed_rate": "higher", "reopened_completed_rate": "higher", "recovery_rate": "higher", "closed_within_limit_rate": "higher",
    "same_period_closure_rate": "higher", "terminated_this_round_rate": "lower", "terminated_this_round_share": "lower",
}  # fmt: skip
FULL = 100.0  # percent
MOST_SURPRISE = 8.0  # standard errors; further ones are no more of a surprise
APART = 2.0  # standard errors by which a cell moves otherwise than the rest of the court
SIZE_OF_RECORDS = (
    0.15  # our choice: a record of the court comes after a cell that moved beyond random variation by as much
)
OF_NO_COUNT = 0.5  # standard errors that a record of money or of a rate counts for
MOST_OF_RECORDS = 4.0  # standard errors that any record counts for at most
TELLING = 0.1  # the score from which a problem is one that a report names


def weight_of(definition: Definition) -> float:
    """Return how much a figure matters."""
    return WEIGHTS.get(definition.indicator, OTHER_WEIGHTS[definition.kind])


def is_apart(cells: CellFigures, place: int) -> bool:
    """Return whether a cell moved further than the rest of the court, or the other way: by two standard errors of the difference or more."""
    if cells.share:
        return True
    moved, variance = [], 0.0
    for own in (True, False):
        chosen = np.arange(cells.numbers.shape[1]) == place
        k, n = (part[-2:, chosen if own else ~chosen].sum(axis=1) for part in (cells.numbers, cells.bases))
        if (n == 0).any():
            return False
        rates = (k + 0.5) / (n + 1)
        moved.append(rates[1] - rates[0])
        variance += float((rates * (1 - rates) / n).sum())
    further = (moved[0] - moved[1]) * np.sign(moved[0])
    return bool(further >= APART * np.sqrt(variance))


def is_said_again(rows: pd.DataFrame) -> pd.Series:
    """Mark the rows of a cell of which another row tells more: its first problem, else its first row. Rows of the court are never marked."""
    order = rows.index[np.argsort(rows["class"] != PROBLEM, kind="stable")]
    is_again = rows.loc[order].duplicated(["breakdown", "group"]).reindex(rows.index)
    return is_again & rows["group"].notna()


def size_of_count(value: float, base: float, least: float) -> float:
    """Return the size of a change by its ratio; what wrong dates or amounts bring below 0 counts as 0."""
    return float(abs(np.log((max(value, 0) + least) / (max(base, 0) + least))))


def part_of_court(number: float, received: float) -> float:
    """Return how much of a court a count tells of: what doubles from three to six is no headline, nor from six to thirteen where thousands are on hand.

    Of fewer than 50 cases it is so much less, and as of a cell the root of their part of the cases on hand.

    >>> [round(part_of_court(number, received), 2) for number, received in ((40, 45), (13, 130), (13, 13_000), (9000, 9000))]
    [0.8, 0.26, 0.03, 1.0]
    """
    return min(1.0, number / LEAST_BASE, float(np.sqrt(number / received)) if received > 0 else 1.0)


def size_of_rate(value: float, base: float, unit: str) -> float:
    """Return the size of a rate's change: of a share the difference of arcsines (Cohen 1988), of any other that of logarithms."""
    if unit == "%" and 0 <= value <= 100 and 0 <= base <= 100:
        return abs(2 * np.arcsin(np.sqrt(value / 100)) - 2 * np.arcsin(np.sqrt(base / 100)))
    return abs(float(np.log((value + 1e-9) / (base + 1e-9)))) if value > 0 and base > 0 else 0.0


def surprise_of(definition: Definition, value: float, base: float, p: float, squares: float) -> float:
    """Return the standard errors of a change: of a test where there is one, of a count or sum as if it were random, for ranking alone.

    ``squares``: what the cases of both periods add to the figure, squared and added up: of a count the cases themselves.
    """
    if not np.isnan(p):
        return min(z_of(p), MOST_SURPRISE)
    if definition.denominator or squares <= 0:
        return 1.0
    return min(abs(value - base) / float(np.sqrt(squares)), MOST_SURPRISE)


def surprise_of_record(values: np.ndarray, unit: str) -> float:
    """Return the surprise of a count that is the highest or lowest of its years: how far it is from the nearest of them, for ranking alone.

    Of money, whose large cases come and go, and of rates within random variation it is little.

    >>> [round(surprise_of_record(np.array([610, 603, 582, 593, now]), "件"), 2) for now in (578, 530, 300)]
    [0.12, 1.56, 4.0]
    """
    if unit not in COUNTED:
        return OF_NO_COUNT
    now, past = values[-1], values[:-1]
    nearest = past[np.argmin(np.abs(past - now))]
    return min(float(abs(now - nearest) / np.sqrt(max(now + nearest, 1.0))), MOST_OF_RECORDS)


def score_of(size: float, surprise: float, weight: float) -> dict[str, float]:
    """Return what a row is ranked by."""
    return {"size": float(size), "surprise": float(surprise), "weight": float(weight)}


def is_better(definition: Definition, change: float) -> bool | None:
    """Return whether a change is for the better by the direction of its definition, or the way that it leans; ``None`` where it has none."""
    better = leaning(definition)
    return None if better is None or change == 0 else (change > 0) == (better == "higher")


def leaning(definition: Definition) -> str | None:
    """Return which way a figure is for the better, ``higher`` or ``lower``: by its definition, or our choice where that names neither."""
    return definition.direction if definition.direction in ("higher", "lower") else LEANINGS.get(definition.indicator)


def class_of(definition: Definition, change: float, beyond: bool | None, value: float) -> str:
    """Return whether a change is a feature, a problem or, within random variation, a note; so is that of a rate that was not tested."""
    if beyond is False or (beyond is None and definition.denominator):
        return NOTE
    better = is_better(definition, change)
    keeps_up = definition.interval == "log-ratio" and value >= FULL  # more closed than filed, though less than before
    return FEATURE if better is None or better or keeps_up else PROBLEM


def is_same_figure(told: pd.DataFrame) -> pd.Series:
    """Mark the cells whose cases, now and the year before, are those of an indicator of the court that is told too."""
    parts = told[["numerator", "denominator", "base_numerator", "base_denominator"]].apply(tuple, axis=1)
    return (told["kind"] == "cell") & parts.isin(parts[told["kind"] == "moved"])
