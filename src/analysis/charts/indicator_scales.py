"""Scales of panels of indicators: from where to where, and their ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.charts.drawing.scales import round_ticks

if TYPE_CHECKING:
    from analysis.charts.indicator_panels import IndicatorRows

LEAST_SPAN = 10.0  # of an axis of percent: a change of a point must not look like a fall
HEADROOM = 0.25
FULL = 100.0  # percent


def limits(panel: IndicatorRows) -> tuple[float, float]:
    """The y axis around values and intervals, with room for the labels; percent never magnified beyond reason."""
    numbers = np.append(panel.rows[["value", "lower", "upper"]], np.array(panel.interval, dtype=float)).astype(float)
    low, high = (np.nanmin(numbers), np.nanmax(numbers)) if np.isfinite(numbers).any() else (0.0, 1.0)
    if panel.unit.zh != "%":
        low = min(low, 0.0)
    span = max(high - low, LEAST_SPAN if panel.unit.zh == "%" else abs(high) * 0.1, 1e-9)
    middle = (low + high) / 2
    low, high = (min(low, middle - span / 2), max(high, middle + span / 2)) if low else (low, max(high, low + span))
    return float(low - (0.06 * span if low else 0)), float(high + HEADROOM * span)


def ticks_of(panel: IndicatorRows, low: float, high: float) -> list[float]:
    """Ticks inside the axis; none above 100% where no figure is."""
    return [tick for tick in round_ticks(low, high) if low <= tick <= top_of(panel, high)]


def top_of(panel: IndicatorRows, high: float) -> float:
    """Where the scale of a panel ends: at 100% where no figure is above, else at the end of the axis."""
    numbers = panel.rows[["value", "upper"]].to_numpy(dtype=float)
    is_share = panel.unit.zh == "%" and np.isfinite(numbers).any() and np.nanmax(numbers) <= FULL
    return FULL if is_share else high
