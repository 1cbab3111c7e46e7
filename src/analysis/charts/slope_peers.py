"""The peers behind an own court over the years: lines, or of many a band, and daggers at contradicted figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import DOUBT
from analysis.charts.drawing.marks import Band, Line, Mark, Words, told_by_time
from analysis.charts.slope_courts import MOST_LINES, Slopes, tick_texts
from analysis.vocabulary.courts import marked_or_not
from analysis.vocabulary.terms import term

BAND = (0.1, 0.9)


def solid(look: palette.Look) -> palette.Look:
    """Markers and colours tell own courts apart; dashes are the mean."""
    return replace(look, line="-", dash="solid")


def peers_of(slopes: Slopes, at: np.ndarray) -> list[Mark]:
    """A line a court, or of more than forty the band of their middle eight tenths."""
    others = slopes.values.drop(index=slopes.own)
    if len(others) > MOST_LINES:
        low, high = (others.quantile(edge) for edge in BAND)
        return [Band(role="band", x=at, lower=low, upper=high, opacity=0.6, label=str(term("peer_band")))]
    marks: list[Mark] = []
    for court, series in others.iterrows():
        hover = told_by_time(tick_texts(slopes.values), series, str(slopes.names[str(court)]), unit=slopes.unit)
        lines: dict[str, Any] = {
            "x": at,
            "y": series,
            "width": 0.9,
            "opacity": 0.4,
            "label": str(marked_or_not(False, bool(slopes.own), slopes.values.index)),
            "hover": hover,
        }
        marks += [Line(role="peer", own_look=solid(palette.ROLES["peer"]), **lines), *daggers(slopes, at, court)]
    return marks


def daggers(slopes: Slopes, at: np.ndarray, court: Any) -> list[Mark]:
    """Mark the contradicted figures of a court."""
    doubt = slopes.doubt.loc[court].to_numpy()
    x, y = at[doubt], slopes.values.loc[court].to_numpy()[doubt]
    return [Words(role="text", x=x, y=y, texts=[DOUBT] * len(x), side="above right")] if len(x) else []
