"""What stands about an own court's line over the years: the peers behind it, its numbers and its name, daggers at contradicted figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import DOUBT
from analysis.charts.drawing.end_names import apart
from analysis.charts.drawing.marks import Band, Line, Mark, Words, told_by_time
from analysis.charts.drawing.typesetting import wrapped
from analysis.charts.extremes import named_ends
from analysis.charts.slope_courts import MOST_LINES, Slopes, said, tick_texts
from analysis.vocabulary.courts import marked_or_not
from analysis.vocabulary.terms import term

BAND = (0.1, 0.9)
OWN_LOOKS = (palette.LINES[1], palette.LINES[0], palette.LINES[3])
BROADEST = 9.0  # letters of a court's name at the end of its line, before it takes a further one
LINES_HIGH = 13  # lines of text that a panel holds


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


def numbers_of(slopes: Slopes, beyond: float) -> list[Mark]:
    """The first, lowest and highest value of each own court, and its name with the last one at its end: ``beyond`` what was expected there."""
    marks, ends = list[Mark](), list[tuple[float, float, str, palette.Look]]()
    for look, court in zip(OWN_LOOKS, slopes.own, strict=False):
        series: Any = slopes.values.loc[court].reset_index(drop=True)
        marks.append(named_ends("own", series, said, is_last_said=True))
        known, name = series.dropna(), str(slopes.names[court])
        at = known.index[-1]
        text = "\n".join(wrapped(f"{name} {said(known[at])}", BROADEST))
        ends.append((known[at], at if at < len(series) - 1 else beyond, text, look))
    ends.sort(key=lambda end: end[0])
    reach = np.concatenate([slopes.values.to_numpy().ravel(), slopes.expected[["lower", "upper"]].to_numpy().ravel()])
    lines = max((text.count("\n") + 1 for _, _, text, _ in ends), default=1)
    level = apart([y for y, _, _, _ in ends], (np.nanmax(reach) - np.nanmin(reach)) * lines / LINES_HIGH)
    for y, (_, x, text, look) in zip(level, ends, strict=True):
        marks.append(Words(role="own", own_look=look, x=[x], y=[y], texts=[text], bold=[True], haloed=True))
    return marks


def daggers(slopes: Slopes, at: np.ndarray, court: Any) -> list[Mark]:
    """Mark the contradicted figures of a court."""
    doubt = slopes.doubt.loc[court].to_numpy()
    x, y = at[doubt], slopes.values.loc[court].to_numpy()[doubt]
    return [Words(role="text", x=x, y=y, texts=[DOUBT] * len(x), side="above right")] if len(x) else []
