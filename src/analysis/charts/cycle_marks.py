"""The marks of a cycle: phases shaded and named, the stock with its turning points, campaigns along the time axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle_words import Campaign, is_dated_adjusted
from analysis.charts.drawing.marks import Line, Mark, Points, Words, told
from analysis.inference.cycle.series import HALF_PERIOD
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle

SHADE_ALPHA = {"accumulating": 0.55, "clearing": 0.9}
NARROW_EMS = 28  # letters that stand side by side on half a page
PALER = 0.5  # of the shade, for a phase that the series cuts off
MOST_LABELLED = 12  # turning points whose numbers are written beside them


def campaigns_of(campaigns: Sequence[Sequence[Day | str]], found: Cycle) -> list[Campaign]:
    """Where each campaign stands along the periods, with its name."""
    periods, marks = found.series["period"], []
    for campaign in campaigns:
        if isinstance(campaign, str) or len(campaign) not in (2, 3):
            raise ArgumentError(
                "campaigns 的每一项应为（起, 止）或（起, 止, 名称）。",
                "each of campaigns is (start, end) or (start, end, name).",
            )
        start, end = day(campaign[0], "campaigns"), day(campaign[1], "campaigns", last=True)
        within = periods + pd.Timedelta(days=HALF_PERIOD[found.freq])
        inside = np.flatnonzero((within >= start) & (within <= end))
        if not len(inside):
            raise ArgumentError(
                f"campaigns：{start.date()}至{end.date()}不在数据之内（{periods.iloc[0].date()}至{periods.iloc[-1].date()}）。",
                f"campaigns: {start.date()} to {end.date()} lies outside the data ({periods.iloc[0].date()} to {periods.iloc[-1].date()}).",
            )
        name = str(campaign[2]) if len(campaign) == 3 else str(term("campaign"))
        marks.append((float(inside[0]) - 0.5, float(inside[-1]) + 0.5, name))
    return marks


def place_of(found: Cycle, dates: pd.Series) -> np.ndarray:
    """The places of days among the periods."""
    return np.searchsorted(found.series["period"].to_numpy(), dates.to_numpy())


def stock_of(found: Cycle) -> list[Mark]:
    """The stock as recorded, and without its season where it has one."""
    at, lines = np.arange(len(found.series)), [("pending", "recorded")]
    if is_dated_adjusted(found):
        lines.append(("pending_adjusted", "adjusted"))
    drawn: dict[str, Any] = {"x": at, "with_points": len(at) == 1}  # of one period there is no line
    return [
        Line(
            role=role,
            y=found.series[name],
            label=str(term(f"pending_{role}")),
            hover=told(found.series[name], 0),
            **drawn,
        )
        for name, role in lines
    ]


def turns_of(found: Cycle) -> list[Mark]:
    """Peaks and troughs where the drawn line has them, up to twelve with its numbers."""
    marks: list[Mark] = []
    beside = {"peak": "right", "trough": "right"} if is_dated_adjusted(found) else {"peak": "above", "trough": "below"}
    for kind, side in beside.items():
        turns = found.turning_points[found.turning_points["kind"] == kind]
        if turns.empty:
            continue
        at: dict[str, Any] = {"x": place_of(found, turns["date"]), "y": turns["pending_adjusted"]}
        drawn = told(turns["pending_adjusted"].round(), 0)
        marks.append(Points(role=kind, size=8, label=str(term(kind)), hover=drawn, **at))
        if len(found.turning_points) <= MOST_LABELLED:
            marks.append(Words(role="text", side=side, texts=drawn, haloed=True, **at))
    return marks
