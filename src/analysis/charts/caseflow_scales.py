"""Scales of a caseflow: ticks of the flows, mirrored or not, and whether groups can share one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.drawing.scales import whole_ticks
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

UNEQUAL = 8  # times the smallest group: beyond it each has a scale of its own
MOST_SIDE_BY_SIDE = 16  # periods; beyond it the bars of filed and closed stand back to back


def is_mirrored(rows: pd.DataFrame) -> bool:
    """Whether there are so many periods that closings point downward."""
    return len(rows) > MOST_SIDE_BY_SIDE


def ticks_of(groups: list[pd.DataFrame], *, with_stock: bool) -> dict[float, str]:
    """Ticks of the axis of flows; mirrored bars are labelled without a sign, unless a stock is below zero itself."""
    parts = [rows[["filed", "closed"] + (["closing"] if with_stock else [])] for rows in groups]
    high = max(part.drop(columns="closed").max().max() for part in parts)
    low = min(-part["closed"].max() for part in parts) if is_mirrored(groups[0]) else 0
    high = high if is_mirrored(groups[0]) else max(part.max().max() for part in parts)
    lowest = min(rows["closing"].min() for rows in groups) if with_stock else 0
    signed = lowest < 0
    ticks = whole_ticks(min(low, lowest), high)
    return {tick: number(tick if signed else abs(tick)) for tick in ticks}


def stock_ends(groups: list[pd.DataFrame]) -> dict[str, Any]:
    """The axis of the stock: from nought to a little over the highest, unless a stock is below zero itself."""
    high = max(1.0, *(rows["closing"].max() * 1.2 for rows in groups))
    return {"low": 0, "high": high} if min(rows["closing"].min() for rows in groups) >= 0 else {}


def are_unequal(groups: list[tuple[Text, pd.DataFrame]]) -> bool:
    """Whether some group would hardly be seen on the scale of the largest."""
    highest = [float(rows[["filed", "closed", "closing"]].max().max()) for _, rows in groups]
    return min(highest) * UNEQUAL < max(highest)
