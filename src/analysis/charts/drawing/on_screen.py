"""Charts on the screen: marks drawn with plotly, each telling on hovering what it was given to tell, and no more."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, screen
from analysis.charts.drawing.end_names import breadth, named_at_ends
from analysis.charts.drawing.marks import (
    Arrows,
    Axis,
    Band,
    Bars,
    Chart,
    Intervals,
    Line,
    Mark,
    Names,
    Panel,
    Points,
    Rule,
    Span,
    Words,
)
from analysis.charts.drawing.scales import PLOTLY_DATES, PLOTLY_QUARTER, quarter_places
from analysis.charts.drawing.typesetting import width, with_room
from analysis.vocabulary.text import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

LINE_PX, FRAME_PX, ROW_PX = 26, 500, 84  # a line of a chart made of rows; a panel; what stands between rows of panels
NARROWEST_PX = 360  # of a window, in which the last value and the name beside it do not touch
SCREEN_PX, SCREEN_MM, SCREEN_POINTS = 800, 212, 9.75  # the breadth for which names at ends are placed, and its letters
LINES_HELD = 90  # of a chart made of rows
SIDES_PX, SPARE = 84, 0.07  # beside the panels; between them, as a share of the breadth
PAD_EMS = 1.2  # between a point and its text, and behind it
PAD_PX = 22  # between the names of a bare axis and what stands at its edge
PX = 1.5  # for a point on a page
MOST_HATCHED, MOST_TICKS = 30, 16
QUARTERS_APART = (1, 2, 4)
STEPS = (1, 2, 3, 4, 6, 12)  # periods between labels, which plotly would turn where they are too broad
FEW = 6  # whole things, between which plotly would set ticks that all read as the same number
SHAPES = {"": "linear", "post": "hv", "mid": "hvh"}
SIDES = {
    "right": "middle right",
    "left": "middle left",
    "above": "top center",
    "below": "bottom center",
    "centre": "middle center",
    "above right": "top right",
    "below right": "bottom right",
}
ANCHORS = {
    "right": ("left", "middle"),
    "left": ("right", "middle"),
    "above": ("center", "bottom"),
    "below": ("center", "top"),
    "centre": ("center", "middle"),
    "above right": ("left", "bottom"),
    "below right": ("left", "top"),
}
BEHIND_NAMES = "rgba(255, 255, 255, 0.75)"  # names in a cloud of points stay legible
RIGHT = 0.6  # share of the axis from which a name stands to the left of its point
HEAD = 11  # of an arrow on the way, in pixels
BRIGHTEST = 0.85
BETWEEN_DAYS = re.compile(r"(?<=[日月\d])(至| –) ?(?=[\dA-Z])")
TOLD = "told"  # marks the trace that tells all marks of a place


def draw(chart: Chart) -> go.Figure:
    """Draw a chart as a plotly figure, with title, note, legend and alt text."""
    from analysis.charts.drawing.screen_figure import ScreenFigure

    columns = min(len(chart.panels), chart.columns[1])
    rows = -(-len(chart.panels) // columns)
    frame, row = chart.height
    tall = round(LINE_PX * chart.lines + ROW_PX if chart.lines else max(300, FRAME_PX * (frame + row * rows)))
    if columns == 1:
        chart = named_at_ends(
            chart,
            millimetres=SCREEN_MM,
            tall=SCREEN_MM * tall / SCREEN_PX,
            points=SCREEN_POINTS,
            least=NARROWEST_PX / SCREEN_PX,
        )
    across = (SCREEN_PX - SIDES_PX) * (1 - SPARE * (columns - 1)) / columns / screen.TEXT_PX
    panels = [replace(panel, x=_within(panel.x, across)) for panel in chart.panels]
    chart = replace(chart, panels=panels)
    headings = [_safe(with_room(panel.heading, panel.y.title, across)) for panel in panels]
    further = screen.more_lines(headings) + screen.more_lines(_safe(name) for panel in panels for name in panel.x.names)
    if any(headings) and any(panel.x.title for panel in panels):
        further += screen.HEADING_PX  # what stands under the names of one row touches the headings of the next no more
    tall += rows * further
    figure = ScreenFigure().set_subplots(
        rows=rows,
        cols=columns,
        shared_xaxes=chart.same_x,
        shared_yaxes="all" if chart.same_y else False,
        row_heights=[panel.share for panel in chart.panels] if columns == 1 else None,
        vertical_spacing=min((ROW_PX + further) / tall, 0.8 / rows) if rows > 1 else 0,
        horizontal_spacing=SPARE if columns > 1 else 0,
        subplot_titles=headings if any(headings) else None,
    )
    headed = [axes for axes, heading in zip(figure.select_xaxes(), headings, strict=False) if heading]
    for annotation, axes in zip(figure.layout.annotations, headed, strict=True):
        annotation.update(x=axes.domain[0], xanchor="left")  # as on paper: what the y axis counts stands at the right
    named: set[str] = set()
    for place, panel in enumerate(chart.panels):
        at = (place // columns + 1, place % columns + 1)
        _draw_panel(figure, chart, panel, at, named)
        below = chart.panels[place + columns] if place + columns < len(chart.panels) else None
        if not panel.x.bare and (below is None or below.x.bare):  # where panels share x, plotly labels the last row
            figure.update_xaxes(showticklabels=True, row=at[0], col=at[1])
    figure.update_layout(height=tall, hovermode="x unified" if chart.by_place else "closest", barmode="overlay")
    figure.update_layout(legend_traceorder="normal")
    screen.finish(figure, **{name: str(getattr(chart, name)).strip() for name in ("title", "alt", "note")})
    beside = [text for mark in chart.marks() if isinstance(mark, Words) and mark.frame == "x" for text in mark.texts]
    broadest = max((width(line) for text in beside for line in text.split("\n")), default=0.0) * screen.TEXT_PX
    over = max((_over_the_edge(panel, across * screen.TEXT_PX) for panel in panels), default=0.0)
    if broadest or over > 0:
        figure.update_layout(margin_r=24 + round(max(broadest, over)))
    return figure


def _over_the_edge(panel: Panel, across: float) -> float:
    """By how many pixels the texts right of points run over the edge of a panel so broad, which plotly would cut."""
    left, right = breadth(panel)
    words = [mark for mark in panel.marks if isinstance(mark, Words) and not mark.frame and mark.side == "right"]
    if not words or right <= left:
        return 0.0
    texts = [(x, text) for mark in words for x, text in zip(mark.places()[0], mark.texts, strict=True)]
    return max(
        (width(line) + PAD_EMS) * screen.NOTE_PX - (right - x) / (right - left) * across
        for x, text in texts
        for line in text.split("\n")
    )


def _within(axis: Axis, across: float) -> Axis:
    """An axis whose names of periods from day to day take two lines where they would lie on each other."""
    if max(map(width, axis.names), default=0) * len(axis.names) < across:
        return axis
    return replace(axis, names=[BETWEEN_DAYS.sub("\\1\n", name, count=1) for name in axis.names])


def _draw_panel(figure: go.Figure, chart: Chart, panel: Panel, at: tuple[int, int], named: set[str]) -> None:
    frame = _Frame(figure, panel, at, chart.by_place, named)
    for mark in panel.marks:
        _draw(mark, frame)
    if chart.by_place:
        _tell(frame)
    _set_axis(frame, panel.x, "x", columns=min(len(chart.panels), chart.columns[1]))
    _set_axis(frame, panel.y, "y", columns=1)
    if panel.y.names and panel.x.ruled and not panel.x.bare:
        figure.update_xaxes(showgrid=True, row=at[0], col=at[1])
    if panel.y.title:
        screen.y_title(figure, panel.y.title, row=at[0], col=at[1], right=bool(panel.heading))


class _Frame:
    """A panel of a plotly figure that marks are drawn on; names stand in the legend of the figure once."""

    def __init__(self, figure: go.Figure, panel: Panel, at: tuple[int, int], by_place: bool, named: set[str]) -> None:
        self.figure, self.panel, self.by_place, self.named = figure, panel, by_place, named
        self.where = {"row": at[0], "col": at[1]}
        place = figure.get_subplot(*at)
        self.x, self.y = (axis.plotly_name.replace("axis", "") for axis in (place.xaxis, place.yaxis))

    def across(self, places: Any) -> Any:
        """Places along x as plotly has them: days where the axis is one of periods."""
        return places if not len(self.panel.x.periods) else days_of(self.panel.x.periods, places)

    def add(
        self, mark: Mark, x: Any, y: Any, *, legend: bool = True, hover: bool = True, each: int = 1, **look: Any
    ) -> None:
        """Add a trace of ``each`` places a point; the first of its name stands in the legend."""
        label = (mark.legend or mark.label) if legend else ""
        is_new = bool(label) and mark.is_listed and label not in self.named
        self.named |= {label} - {""}
        told: dict[str, Any] = {"hoverinfo": "skip"}
        if hover and len(mark.hover) and not self.by_place:
            words = [_safe(text) for text in mark.hover for _ in range(each)]
            told = {"customdata": words, "hovertemplate": "%{customdata}<extra></extra>"}
        look = {"opacity": mark.opacity, **look}
        self.figure.add_trace(
            {
                "type": "scatter", "x": self.across(x), "y": y, "name": _safe(label), "legendgroup": _safe(label),
                "showlegend": is_new, "meta": mark.role, **told, **look,
            },
            **self.where,
        )  # fmt: skip

    def shape(self, mark: Rule | Span, kind: str, low: float, high: float, **look: Any) -> None:
        """Add a line or a shade through the whole panel, and a trace that names it in the legend."""
        ends = self.across(np.array([low, high])) if mark.along == "x" else [low, high]
        along, other = ("x", "y") if mark.along == "x" else ("y", "x")
        edges = {f"{along}0": ends[0], f"{along}1": ends[1], f"{other}0": 0, f"{other}1": 1}
        names = {"x": self.x, "y": self.y}
        refs: dict[str, Any] = {f"{along}ref": names[along], f"{other}ref": f"{names[other]} domain"}
        self.figure.add_shape(type=kind, layer="below", name=mark.role, **edges, **refs, **look)
        if mark.legend and mark.legend not in self.named:
            sign = {"mode": "lines", "line": look["line"]} if kind == "line" else _square(mark)
            self.add(mark, [None], [None], **{"opacity": 1.0, **sign})


def days_of(periods: Any, places: Any) -> pd.DatetimeIndex:
    """The days of places on an axis of periods: 0 is the first day of the first, halves lie between.

    >>> days_of(["2010-01-01", "2010-02-01"], [0, 0.5, 1]).strftime("%m-%d").tolist()
    ['01-01', '01-16', '02-01']
    """
    starts = pd.DatetimeIndex(list(periods)).as_unit("s").asi8.astype(float)
    if len(starts) == 1:
        starts = np.array([starts[0], starts[0] + 365 * 86400])
    at = np.asarray(places, dtype=float)
    before = np.clip(np.floor(np.nan_to_num(at)), 0, len(starts) - 2).astype(int)
    seconds = starts[before] + (at - before) * (starts[before + 1] - starts[before])
    return pd.to_datetime(np.round(seconds), unit="s")


def _safe(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _square(mark: Mark) -> dict[str, Any]:
    dotted = isinstance(mark, Span) and mark.dotted
    look: dict[str, Any] = {"symbol": "square-open-dot" if dotted else "square", "size": 12, "color": mark.look.colour}
    return {"mode": "markers", "marker": {**look, "line": {"color": palette.MUTED, "width": 0.5}}}


def _tell(frame: _Frame) -> None:
    """One trace that is not seen and tells, at each place, all marks that have a point right there."""
    told, axis = frame.panel.told_by_place(), frame.panel.x
    if not told:
        return
    heights: dict[float, float] = {}
    for mark in frame.panel.marks:
        for x, y, _ in zip(*mark.places(), mark.hover, strict=False):
            if not np.isnan(y):
                heights.setdefault(axis.place_of(x), y)
    places = sorted(told)
    # plotly itself writes the day over what it tells, but neither a name nor a unit
    texts = [told[place] if len(axis.periods) else [axis.header(place), *told[place]] for place in places]
    frame.figure.add_trace(
        {
            "type": "scatter", "mode": "markers", "x": frame.across(places), "y": [heights[place] for place in places],
            "marker": {"opacity": 0, "size": 6}, "name": "", "showlegend": False, "meta": TOLD,
            "customdata": ["<br>".join(map(_safe, lines)) for lines in texts],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        **frame.where,
    )  # fmt: skip


# -- axes


def _set_axis(frame: _Frame, axis: Axis, name: str, *, columns: int) -> None:
    low: Any = axis.low
    high: Any = axis.high
    quiet = {"font": {"size": screen.NOTE_PX, "color": palette.MUTED}} if axis.names else {}
    look: dict[str, Any] = {"title": {"text": _safe(axis.title), **quiet}} if name == "x" else {}
    if len(axis.periods):
        form = PLOTLY_DATES[spoken()][axis.freq]
        low, high = (-0.7 if low is None else low), (len(axis.periods) - 0.3 if high is None else high)
        low, high = days_of(axis.periods, [low, high])
        told = PLOTLY_QUARTER[spoken()] if axis.freq == "Q" else form
        look |= {"type": "date", "tickformat": form, "hoverformat": told, "nticks": max(3, 8 // columns)}
        quarters = days_of(axis.periods, quarter_places(axis.periods, axis.freq))
        look["minor"] = {"tickvals": quarters, "ticks": "outside", "ticklen": 3}
        if len(axis.periods) <= MOST_TICKS // columns:
            named = [axis.named(place) for place in range(len(axis.periods))]
            step = _step(named, QUARTERS_APART if axis.freq == "Q" else STEPS, columns)
            places = range(0, len(named), step)
            look |= {"tickvals": days_of(axis.periods, places), "ticktext": named[::step]}
    elif axis.names:
        low, high = (-0.6 if low is None else low), (len(axis.names) - 0.4 if high is None else high)
        bold = list(axis.bold) or [False] * len(axis.names)
        shown = [(i, text, heavy) for i, (text, heavy) in enumerate(zip(axis.names, bold, strict=True)) if text]
        look |= {"tickvals": [i for i, _, _ in shown], "tickangle": 0}
        look["ticktext"] = [f"<b>{_safe(text)}</b>" if heavy else _safe(text) for _, text, heavy in shown]
        step = _step([text for _, text, _ in shown], STEPS, columns) if name == "x" else 1
        look |= {key: look[key][::-1][::step][::-1] for key in ("tickvals", "ticktext")}  # the last among them
        look |= {"showgrid": False, "ticks": ""} if name == "y" else {}
    elif axis.ticks:
        look |= {"tickvals": list(axis.ticks), "ticktext": list(axis.ticks.values())}
    else:
        look |= {"tickformat": ",d" if axis.whole else ",~r" if axis.log else ","}
        look |= {"dtick": 1} if axis.whole and (high or FEW) < FEW else {}
    if axis.log and low and high:
        low, high = np.log10([low, high])
        look |= {"type": "log", "dtick": "D2" if 10 ** (high - low) < 300 else None}
    if low is not None and high is not None:
        look["range"] = [high, low] if axis.reversed else [low, high]
    elif low == 0:
        look["rangemode"] = "tozero"
    elif axis.reversed:
        look["autorange"] = "reversed"
    if axis.bare:
        look |= {"showgrid": False, "showline": False, "ticks": "", "showticklabels": bool(axis.names)}
        look |= {"ticklabelstandoff": PAD_PX} if axis.names else {}
    (frame.figure.update_xaxes if name == "x" else frame.figure.update_yaxes)(**look, **frame.where)


def _step(named: Sequence[str], steps: Sequence[int], columns: int) -> int:
    """One in how many names stands along x, so that none runs into the next; of too many the last alone."""
    room = (
        (SCREEN_PX - SIDES_PX)
        / columns
        / (max(width(line) for name in named for line in name.split("\n")) + PAD_EMS)
        / screen.TEXT_PX
    )
    return next((step for step in steps if len(named) <= step * room), len(named))


# -- marks


@singledispatch
def _draw(mark: Mark, frame: _Frame) -> None:
    raise TypeError(f"{type(mark)} on {frame}")


@_draw.register(Line)
def _(mark: Line, frame: _Frame) -> None:
    dots: dict[str, Any] = {"symbol": mark.look.symbol, "color": mark.look.colour, "size": 7}
    line: dict[str, Any] = {
        "color": mark.look.colour,
        "dash": mark.look.dash,
        "width": mark.width * 1.25,
        "shape": SHAPES[mark.step],
    }
    if mark.shaded:
        shades = {"color": list(range(len(mark.x))), "cmin": 0, "cmax": len(mark.x) / BRIGHTEST}
        dots |= shades | {"colorscale": palette.SEQUENTIAL.capitalize()}
        line |= {"color": palette.MUTED, "width": 1.5}
    mode = "lines+markers" if mark.with_points or mark.shaded else "lines"
    frame.add(mark, *mark.places(), mode=mode, line=line, marker=dots)
    if heads := mark.heads():
        x, y = np.array([point for head in heads for point in (*head, [np.nan, np.nan])]).T
        arrows = {"symbol": "arrow", "angleref": "previous", "color": palette.INK, "size": [0, HEAD, 0] * len(heads)}
        frame.add(mark, x, y, legend=False, hover=False, mode="markers", marker=arrows)


@_draw.register(Band)
def _(mark: Band, frame: _Frame) -> None:
    red, green, blue = (int(mark.look.colour[i : i + 2], 16) for i in (1, 3, 5))
    x = np.asarray(mark.x, dtype=float)
    edge: dict[str, Any] = {"mode": "lines", "line": {"width": 0, "shape": SHAPES[mark.step]}, "opacity": 1.0}
    ground = f"rgba({red},{green},{blue},{mark.opacity})"
    fill: dict[str, Any] = {"fill": "tonexty", "fillcolor": ground}
    if mark.hatched and mark.look.pattern:
        pattern = {"shape": mark.look.pattern, "fgcolor": mark.strokes, "bgcolor": ground, "solidity": 0.2, "size": 7}
        fill["fillpattern"] = pattern
    frame.add(mark, x, np.asarray(mark.lower, dtype=float), legend=False, hover=False, **edge)
    frame.add(mark, x, np.asarray(mark.upper, dtype=float), **edge, **fill)


@_draw.register(Bars)
def _(mark: Bars, frame: _Frame) -> None:
    fill = mark.look.plotly_fill() if len(mark.at) <= MOST_HATCHED else {"color": mark.look.colour}
    breadth = mark.breadth
    if len(frame.panel.x.periods) and mark.along == "y":
        days = days_of(frame.panel.x.periods, [0, 1])
        breadth *= (days[1] - days[0]).total_seconds() * 1000
    orientation = "v" if mark.along == "y" else "h"
    frame.add(mark, *mark.places(), type="bar", width=breadth, orientation=orientation, marker=fill)


@_draw.register(Points)
def _(mark: Points, frame: _Frame) -> None:
    symbol = f"{mark.look.symbol}-open" if mark.hollow else mark.look.symbol
    look: dict[str, Any] = {
        "symbol": symbol,
        "size": mark.size * PX,
        "color": mark.look.colour,
        "opacity": mark.opacity,
    }
    line: dict[str, Any] = {"width": 1.2 if symbol.endswith("-open") or mark.edged else 0.5}
    if not symbol.endswith("-open"):
        line |= {"color": palette.INK if mark.edged else "white"}
    look["line"] = line
    frame.add(mark, *mark.places(), mode="markers", marker=look, opacity=1.0)


@_draw.register(Intervals)
def _(mark: Intervals, frame: _Frame) -> None:
    at, blank = np.asarray(mark.at, dtype=float), np.full(len(mark.at), np.nan)
    places = np.column_stack([at, at, blank]).ravel()
    ends = np.column_stack([mark.lower, mark.upper, blank]).astype(float).ravel()
    x, y = (places, ends) if mark.along == "y" else (ends, places)
    line: dict[str, Any] = {"color": mark.look.colour, "width": mark.width * PX}
    caps: dict[str, Any] = {
        "symbol": "line-ew-open" if mark.along == "y" else "line-ns-open",
        "size": 6,
        "color": mark.look.colour,
    }
    frame.add(mark, x, y, mode="lines+markers" if mark.capped else "lines", line=line, marker=caps, each=3)


@_draw.register(Rule)
def _(mark: Rule, frame: _Frame) -> None:
    line: dict[str, Any] = {"color": mark.look.colour, "dash": mark.look.dash, "width": mark.width * 1.25}
    frame.shape(mark, "line", mark.at, mark.at, line=line, opacity=mark.opacity)


@_draw.register(Span)
def _(mark: Span, frame: _Frame) -> None:
    if mark.dotted:
        line: dict[str, Any] = {"color": mark.look.colour, "dash": "dot", "width": 1.2}
        frame.shape(mark, "rect", mark.lower, mark.upper, fillcolor="rgba(0,0,0,0)", line=line)
        return
    look: dict[str, Any] = {"fillcolor": mark.look.colour, "opacity": mark.opacity, "line": {"width": 0}}
    frame.shape(mark, "rect", mark.lower, mark.upper, **look)


@_draw.register(Words)
def _(mark: Words, frame: _Frame) -> None:
    bold = list(mark.bold) or [False] * len(mark.texts)
    texts = [f"<b>{_safe(t)}</b>" if heavy else _safe(t) for t, heavy in zip(mark.texts, bold, strict=True)]
    if not mark.frame and not mark.haloed:
        pad = "\u2002" if mark.side == "right" else ""
        font = {"color": palette.letters(mark.look), "size": screen.NOTE_PX}
        look: dict[str, Any] = {"mode": "text", "textposition": SIDES[mark.side], "textfont": font, "cliponaxis": False}
        frame.add(mark, *mark.places(), text=[pad + text for text in texts], hover=False, **look)
        return
    for x, y, text in zip(*mark.places(), texts, strict=True):
        across, up = ANCHORS.get(mark.side) or ("right" if x > 0.5 else "left", "top" if y > 0.5 else "bottom")
        anchor: dict[str, Any] = {"xanchor": across, "yanchor": up}
        if not mark.frame:  # beside its point, not over it
            anchor |= {
                "xshift": {"left": 5, "center": 0, "right": -5}[across],
                "yshift": {"bottom": 6, "top": -6, "middle": 0}[up],
            }
        refs: dict[str, Any] = {"xref": f"{frame.x} domain" if mark.frame else frame.x, "yref": frame.y}
        if mark.frame == "xy":
            refs["yref"] += " domain"
        font = {"size": screen.NOTE_PX, "color": palette.letters(mark.look)}
        shown = {"showarrow": False, "font": font, "bgcolor": BEHIND_NAMES if mark.haloed else None}
        at = x if mark.frame else frame.across([x])[0]
        frame.figure.add_annotation(x=at, y=y, align="left", text=text, **anchor, **refs, **shown)


@_draw.register(Names)
def _(mark: Names, frame: _Frame) -> None:
    axis = frame.panel.x
    scaled = np.log10 if axis.log else np.asarray
    last = len(axis.periods) or len(axis.names) or 1.0
    low, high = scaled([axis.low or 0.0, axis.high or last])
    spare: list[tuple[float, float, str]] = []
    for x, y, text, bold, other in zip(*mark.places(), mark.texts, mark.bold, mark.spare, strict=True):
        if not text:
            spare.append((x, y, other))
            continue
        right = (scaled(x) - low) / (high - low) > RIGHT
        frame.figure.add_annotation(
            x=frame.across([x])[0] if len(axis.periods) else float(scaled(x)), y=y, text=_safe(text), showarrow=False, xanchor="right" if right else "left",
            xshift=-7 if right else 7, yshift=9, font={"size": 12, "weight": 700 if bold else 400},
            bgcolor=BEHIND_NAMES, xref=frame.x, yref=frame.y,
        )  # fmt: skip
    spare = [row for row in spare if row[2]]
    if spare:
        xs, ys, texts = zip(*spare, strict=True)
        frame.add(
            mark, np.array(xs), np.array(ys), mode="text", text=list(texts), textposition="top right", hover=False
        )


@_draw.register(Arrows)
def _(mark: Arrows, frame: _Frame) -> None:
    rows = [(x, to, y, h) for x, to, y, h in zip(*(mark.x, mark.x_to, mark.y), mark.headed, strict=True)]
    xs: list[float | None] = []
    ys: list[float | None] = []
    symbols: list[str] = []
    for x, to, y, headed in rows:
        xs += [x, to, None] if headed else [x, None]
        ys += [y, y, None] if headed else [y, None]
        symbols += ["circle-open", "arrow", "circle"] if headed else ["circle-open", "circle"]
    look: dict[str, Any] = {"symbol": symbols, "angleref": "previous", "size": 7, "color": mark.look.colour}
    line: dict[str, Any] = {"color": mark.look.colour, "width": 1, "dash": "dot"}
    frame.add(mark, xs, ys, mode="lines+markers", marker=look, line=line, hover=False)
