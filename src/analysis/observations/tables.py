"""The tables beside the observations: every cell that was tested, how the cases part by group, and the key figures by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.observations.figures import KEY_FIGURES
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import difference

if TYPE_CHECKING:
    from analysis.observations.figures import Figures


def cell_tests(figures: Figures) -> pd.DataFrame:
    """Return every cell that was tested."""
    parts = []
    for cells, marks in zip(figures.cells, figures.found, strict=True):
        tested = np.flatnonzero(~np.isnan(cells.family.p))
        parts.append(
            pd.DataFrame(
                {
                    "indicator": cells.definition.indicator, "of": "share" if cells.share else "rate", "breakdown": cells.breakdown,
                    "group": [group_text(cells.breakdown, figures.label(cells.breakdown, cells.groups[i])).cell for i in tested],
                    "numerator": cells.numbers[-1, tested], "denominator": cells.bases[-1, tested],
                    "base_numerator": cells.numbers[-2, tested], "base_denominator": cells.bases[-2, tested],
                    "scatter": cells.scatter[tested], "p": cells.family.p[tested], "beyond_chance": marks[tested],
                }
            )
        )  # fmt: skip
    empty = ["indicator", "of", "breakdown", "group", "p", "beyond_chance"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=empty)


def mix(figures: Figures) -> pd.DataFrame:
    """Return how filings (closings by their mode) part by group, beside the same period of the year before: the larger groups first."""
    parts = []
    for cells in figures.shares:
        past = cells.numbers[-2] if len(cells.numbers) > 1 else np.full(len(cells.groups), np.nan)
        shown = np.flatnonzero(cells.shown & ((cells.numbers[-1] > 0) | (past > 0)))
        order = shown[np.argsort(-cells.numbers[-1, shown], kind="stable")]
        now = cells.numbers[-1, order] / _or_missing(cells.bases[-1, order])
        is_compared = len(cells.numbers) > 1 and not cells.blank.any()
        before = past[order] / _or_missing(cells.bases[-2, order]) if is_compared else np.full(len(order), np.nan)
        labels = [group_text(cells.breakdown, figures.label(cells.breakdown, cells.groups[i])).cell for i in order]
        counts = {
            "numerator": cells.numbers[-1, order],
            "base_numerator": past[order] if is_compared else np.full(len(order), np.nan),
        }
        parts.append(
            pd.DataFrame(
                {"indicator": cells.definition.indicator, "breakdown": cells.breakdown, "group": labels} | counts
            ).assign(
                share=now,
                base_share=before,
                change=[difference(100 * a, 100 * b) for a, b in zip(now, before, strict=True)],
            )
        )
    columns = ["indicator", "breakdown", "group", "numerator", "base_numerator", "share", "base_share", "change"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def key_figures(figures: Figures) -> pd.DataFrame:
    """Return the figures that no report goes without, of the same period of every year, the period itself last."""
    rows = []
    for definition in figures.chosen:
        if definition.indicator not in KEY_FIGURES:
            continue
        low, high = definition.target or (None, None)
        for window in figures.periods.years:
            block = figures.court.get((definition.name, window))
            if block is None:
                continue
            rows.append(
                {
                    "indicator": definition.indicator, "period_start": window.start, "period_end": window.end, "value": float(block.value[0]),
                    "numerator": float(block.numerator[0]), "denominator": float(block.denominator[0]), "least": float(block.least[0]),
                    "most": float(block.most[0]), "unfilled": float(block.unfilled[0]),
                    "unclaimed": float(block.unclaimed[0]), "unit": definition.unit, "target_low": low, "target_high": high,
                    "definition": definition.name,
                }
            )  # fmt: skip
    numbers = ["value", "numerator", "denominator", "least", "most", "unfilled", "unclaimed"]
    about = ["unit", "target_low", "target_high", "definition"]
    found = pd.DataFrame(rows, columns=["indicator", "period_start", "period_end", *numbers, *about])
    return found.drop_duplicates(["indicator", "period_start"], ignore_index=True)


def _or_missing(bases: np.ndarray) -> np.ndarray:
    """Bases of shares; of none there is no share."""
    return np.where(bases > 0, bases, np.nan)
