"""The series of a chart for programs that draw charts of their own: PowerPoint, Word and Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Panel, Span, Words
from analysis.vocabulary.dates import period_text


@dataclass(frozen=True)
class Series:
    """One series: its role among the marks, its name, its colour as ``#rrggbb``, and a value for each category."""

    role: str
    label: str
    colour: str
    values: tuple[float | None, ...]
    hatched: bool = False
    names: tuple[str, ...] = ()  # of the stretches of a shade, each at the place in its middle, else empty


@dataclass(frozen=True)
class NativeChart:
    """Series over named categories, as lines or as columns; behind them shades, 1 where a shade lies and empty elsewhere."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    shades: tuple[Series, ...] = ()


def native_chart(chart: Chart, roles: Iterable[str]) -> NativeChart:
    """Take the lines and bars of the ``roles`` named, in their order, with a value for each place of their axis.

    Lines and bars together become lines: few programs mix them. Bars back to back are told by their values, not by the way
    that they point. Raises ``ValueError`` where the chart has no such marks.
    """
    found: list[Series] = []
    shaded: list[Panel] = []
    categories: tuple[str, ...] = ()
    is_line = False
    for role in roles:
        for panel in chart.panels:
            for mark in panel.marks:
                if mark.role != role or not isinstance(mark, Line | Bars):
                    continue
                axis = panel.y if isinstance(mark, Bars) and mark.along == "x" else panel.x
                places, values = (mark.x, mark.y) if isinstance(mark, Line) else (mark.at, mark.values)
                categories, is_line = categories_of(axis), is_line or isinstance(mark, Line)
                given = dict(zip((axis.place_of(x) for x in np.asarray(places)), map(float, values), strict=True))
                known = [given.get(float(place), float("nan")) for place in range(len(categories))]
                cells = tuple(None if np.isnan(value) else value for value in known)
                found.append(Series(role, mark.label, mark.look.colour, cells))
                shaded += [panel] if panel not in shaded else []
    if not found:
        raise ValueError(f"no line and no bar of {', '.join(roles)} in the chart")
    shades = _shades(shaded, len(categories)) if is_line else ()
    return NativeChart("line" if is_line else "column", categories, tuple(found), shades)


def _shades(panels: list[Panel], places: int) -> tuple[Series, ...]:
    """The named stretches of time behind the lines, one series a name: each of the places by whose ends it came about.

    A line stands at the ends of its periods, so a stretch from one point to the next is what happened in the later period.
    """
    at, covered = np.arange(places), dict[str, tuple[Span, np.ndarray]]()
    for mark in (mark for panel in panels for mark in panel.marks):
        if isinstance(mark, Span) and mark.along == "x" and mark.label and not mark.dotted:
            inside = (at > mark.lower) & (at <= mark.upper)
            covered[mark.label] = (mark, covered.get(mark.label, (mark, np.zeros(places, dtype=bool)))[1] | inside)
    named = _named(panels)
    return tuple(
        Series(
            mark.role,
            name,
            mark.look.colour,
            tuple(1.0 if here else None for here in inside),
            bool(mark.look.hatch),
            tuple(named.get(place, "") if here else "" for place, here in enumerate(inside)),
        )
        for name, (mark, inside) in covered.items()
    )


def _named(panels: list[Panel]) -> dict[int, str]:
    """The words that hang from the top of a panel, which name the stretches beneath, by their place."""
    return {
        ceil(x): text
        for panel in panels
        for mark in panel.marks
        if isinstance(mark, Words) and mark.side == "below"
        for x, y, text in zip(*mark.places(), mark.texts, strict=True)
        if y == panel.y.high
    }


def categories_of(axis: Axis) -> tuple[str, ...]:
    """Name the places of an axis: periods as a reader of the language spoken calls them, weeks and days by the date, names as they are.

    >>> categories_of(Axis(periods=pd.to_datetime(["2011-07-26", "2011-08-26"]), freq="M"))
    ('2011年8月', '2011年9月')
    """
    if not len(axis.periods):
        return tuple(axis.names)
    if axis.freq in ("W", "D"):
        return tuple(f"{pd.Timestamp(day):%Y-%m-%d}" for day in axis.periods)
    return tuple(str(period_text(day, axis.freq)) for day in axis.periods)
