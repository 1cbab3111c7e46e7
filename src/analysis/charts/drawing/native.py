"""The series of a chart for programs that draw charts of their own: PowerPoint, Word and Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Mark, Panel, Points, Span, Words
from analysis.charts.drawing.scales import landmarks
from analysis.vocabulary.dates import period_text


@dataclass(frozen=True)
class Series:
    """One series: its role among the marks, its name, its colour as ``#rrggbb``, and a value for each category.

    ``dash`` is how its line is drawn, ``symbol`` the shape of single points, which no line joins.
    """

    role: str
    label: str
    colour: str
    values: tuple[float | None, ...]
    hatched: bool = False
    dash: str = "solid"
    symbol: str = ""
    names: tuple[str, ...] = ()  # of the stretches of a shade, each at the place in its middle, else empty


@dataclass(frozen=True)
class NativeChart:
    """Series over named categories, as lines or as columns; behind them shades, 1 where a shade lies and empty elsewhere.

    ``low`` is where the axis of lines begins, where that is above nought; ``unit`` says what its numbers count.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    shades: tuple[Series, ...] = ()
    low: float = 0.0
    unit: str = ""

    def labelled(self, series: Series) -> list[int]:
        """Return the places whose value is written: of columns every one, of a line alone, and of a stock, first, last, lowest and highest.

        >>> line = Series("stock", "pending", "#000000", (5.0, None, 9.0, 2.0, 4.0))
        >>> NativeChart("line", tuple("abcde"), (line,)).labelled(line)
        [0, 2, 3, 4]
        """
        if self.kind == "column":
            return [place for place, value in enumerate(series.values) if value is not None]
        if series.symbol or (len(self.series) > 1 and series.role != "stock"):
            return []
        return sorted({*landmarks(series.values)})


def native_chart(chart: Chart, roles: Iterable[str]) -> NativeChart:
    """Take the lines, bars and single points of the ``roles`` named, in their order, with a value for each place of their axis.

    Lines and bars together become lines: few programs mix them. Bars back to back are told by their values, not by the way
    that they point. Parts of a line that follow each other, as limits computed anew, are one series. Raises ``ValueError`` where the
    chart has no such marks.
    """
    found: dict[tuple[int, str, str], Series] = {}
    shaded, unit = list[Panel](), ""
    categories: tuple[str, ...] = ()
    is_line = False
    for role in roles:
        for place, panel in enumerate(chart.panels):
            for mark in panel.marks:
                if mark.role != role or not isinstance(mark, Line | Bars | Points) or _is_label(mark):
                    continue
                lies = isinstance(mark, Bars) and mark.along == "x"
                axis, counted = (panel.y, panel.x) if lies else (panel.x, panel.y)
                unit = unit or counted.title
                categories, is_line = categories_of(axis), is_line or not isinstance(mark, Bars)
                series = _series(mark, axis, len(categories))
                known = found.get((place, role, mark.label))
                found[place, role, mark.label] = series if known is None else _one_after(known, series)
                shaded += [panel] if panel not in shaded else []
    if not found:
        raise ValueError(f"no line, bar or point of {', '.join(roles)} in the chart")
    if not is_line:
        return NativeChart("column", categories, tuple(found.values()), unit=unit)
    low = max(0.0, min(panel.y.low or 0.0 for panel in shaded))
    return NativeChart("line", categories, tuple(found.values()), _shades(shaded, len(categories)), low, unit)


def _is_label(mark: Mark) -> bool:
    """Return whether points only mark a place of a line, as its highest."""
    return isinstance(mark, Points) and not mark.label


def _series(mark: Line | Bars | Points, axis: Axis, places: int) -> Series:
    """A mark's value at each place; of a level, which runs from edge to edge between places, that of all it covers."""
    x, values = (mark.at, mark.values) if isinstance(mark, Bars) else (mark.x, mark.y)
    at, known = np.asarray(x, dtype=float), np.full(places, np.nan)
    if isinstance(mark, Line) and len(at) and len(set(mark.y)) == 1 and (at % 1 != 0).any():
        known[ceil(at[0]) : ceil(at[-1])] = mark.y[0]
    else:
        for place, value in zip(map(axis.place_of, at), values, strict=True):
            known[round(place)] = value
    cells = tuple(None if np.isnan(value) else float(value) for value in known)
    symbol = mark.look.symbol if isinstance(mark, Points) else ""
    dash = mark.look.dash if isinstance(mark, Line) else "solid"
    return Series(mark.role, mark.label, mark.look.colour, cells, dash=dash, symbol=symbol)


def _one_after(first: Series, then: Series) -> Series:
    cells = (old if new is None else new for old, new in zip(first.values, then.values, strict=True))
    return replace(first, values=tuple(cells))


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
            names=tuple(named.get(place, "") if here else "" for place, here in enumerate(inside)),
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
    """Name the places of an axis: periods as a reader of the language spoken calls them, names as they are.

    >>> import pandas as pd
    >>> categories_of(Axis(periods=pd.to_datetime(["2011-07-26", "2011-08-26"]), freq="M"))
    ('2011年8月', '2011年9月')
    """
    if not len(axis.periods):
        return tuple(axis.names)
    return tuple(str(period_text(day, axis.freq)) for day in axis.periods)
