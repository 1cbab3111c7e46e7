"""Charts on paper: marks drawn with matplotlib, in our style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.end_names import named_at_ends
from analysis.charts.drawing.figure import ACROSS, TITLE, PaperFigure
from analysis.charts.drawing.marks import (
    Along,
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
from analysis.charts.drawing.point_names import Named, write_names
from analysis.charts.drawing.scales import set_number_ticks, set_period_ticks
from analysis.charts.drawing.typesetting import POINTS_PER_MM, width, with_room

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.charts.drawing.figure import Size

PAGE_POINTS = 9.0  # the text size for which widths and sizes of marks are given
NARROW = 100  # millimetres of a figure whose title and note take several lines
BESIDE_HEADING = 3.2  # ems of a panel's breadth that its ticks and the gap to its neighbour take
LINE_EMS = 2.0  # height of a line of a chart made of rows, in text sizes
MOST_HATCHED = 30  # bars; beyond it hatches cover what they mark
STEPS = {"": "default", "post": "steps-post", "mid": "steps-mid"}
LEAST_PERIODS = 3  # that have a label, however narrow the panel
BETWEEN = 0.22  # two names under an axis, in text sizes
BESIDE = 14  # millimetres of a panel that its y axis takes
PAD = 1.8  # between the names of a bare axis and what stands at its edge, in text sizes
GAP = 0.45  # from a point to its text, in text sizes
SIDES: dict[str, tuple[str, str, float, float]] = {
    "right": ("left", "center", 1, 0),
    "left": ("right", "center", -1, 0),
    "above": ("center", "bottom", 0, 1),
    "below": ("center", "top", 0, -1),
    "centre": ("center", "center", 0, 0),
    "above right": ("left", "bottom", 0.7, 0.5),
    "below right": ("left", "top", 1, -0.5),
}
STROKES = 0.4  # opacity of the strokes of a band
HEAD = 11  # of an arrow on the way, in points on a page
BRIGHTEST = 0.85  # of the colour scale of a shaded line: beyond it lines are too pale for white paper


def draw(chart: Chart, sheet: style.Sheet) -> PaperFigure:
    """Draw a chart as a figure of the sheet's size, with title, note, legend and alt text."""
    columns, rows = grid_of(chart, sheet.size.width)
    tall = _height(chart, sheet.size, rows)
    if columns == 1 and sheet.size.width >= NARROW:
        chart = named_at_ends(chart, millimetres=sheet.size.width, tall=tall, points=sheet.size.points)
    figure, axes = sheet.panels(rows, columns, height=tall, **shared_axes(chart, columns))
    across = sheet.size.width / columns
    draw_panels(axes, chart, columns, across, points=sheet.size.points, periods=sheet.size.periods // columns)
    figure.chart = chart
    if chart.named_marks():
        style.legend(figure, list(chart.named_marks()))
    style.finish(figure, title=chart.title, alt=chart.alt, note=chart.note)
    figure.make_room(sheet.size.most, key=bool(chart.lines) or sheet.size.width < NARROW)
    write_point_names(figure, chart, axes, sheet.size.points)
    return figure


def grid_of(chart: Chart, millimetres: float) -> tuple[int, int]:
    """Columns and rows of a chart's panels on a figure so wide."""
    place = 0 if millimetres < NARROW else 1 if millimetres < 200 else 2
    columns = min(len(chart.panels), chart.columns[place])
    return columns, -(-len(chart.panels) // columns)


def shared_axes(chart: Chart, columns: int) -> dict[str, Any]:
    """What ``Figure.subplots`` is told of the axes that panels share, and how high each is below another."""
    shares = {"height_ratios": [panel.share for panel in chart.panels]} if columns == 1 else {}
    return {"sharex": chart.same_x, "sharey": chart.same_y, **shares}


def draw_panels(
    axes: list[Axes], chart: Chart, columns: int, millimetres: float, *, points: float, periods: int
) -> None:
    """Draw the panels row by row, each so wide, and hide the axes that are left over."""
    for spare in axes[len(chart.panels) :]:
        spare.set_visible(False)
    for place, (frame, panel) in enumerate(zip(axes, chart.panels, strict=False)):
        draw_panel(frame, panel, millimetres=millimetres, points=points, periods=periods)
        below = chart.panels[place + columns] if place + columns < len(chart.panels) else None
        if not panel.x.bare and (below is None or below.x.bare):  # where panels share x, matplotlib labels the last row
            frame.tick_params(labelbottom=True)
            frame.set_xlabel(frame.get_xlabel(), visible=True)


def draw_panel(
    axes: Axes, panel: Panel, *, millimetres: float = 120.0, points: float = PAGE_POINTS, periods: int = 8
) -> Axes:
    """Draw one panel on axes, a caller's own too; ``millimetres`` they are wide, ``periods`` labels they hold."""
    for layer, mark in enumerate(panel.marks):
        _draw(mark, _Frame(axes, points / PAGE_POINTS, 2 + 0.01 * layer))
    heading = (
        with_room(panel.heading, panel.y.title, millimetres * ACROSS[TITLE] * POINTS_PER_MM / points - BESIDE_HEADING)
        if panel.heading
        else ""
    )
    style.y_title(axes, panel.y.title, name=heading)
    room: dict[str, Any] = {"points": points, "periods": max(LEAST_PERIODS, periods)}
    _set_axis(axes, panel.x, "x", millimetres=millimetres - _beside(panel) * points * 0.88 / POINTS_PER_MM, **room)
    _set_axis(axes, panel.y, "y", millimetres=millimetres, **room)
    quiet: dict[str, Any] = {"fontsize": "small", "color": palette.MUTED} if panel.x.names else {}
    axes.set_xlabel(panel.x.title, **quiet)
    axes.grid(visible=panel.y.ruled and not panel.y.names and not panel.y.bare, axis="y")
    axes.grid(visible=panel.x.ruled and bool(panel.y.names) and not panel.x.bare, axis="x")
    return axes


def _beside(panel: Panel) -> float:
    """The breadth of what stands right of the last place of a panel, in letters: names of lines at their ends."""
    last = max(len(panel.x.periods), len(panel.x.names)) - 1
    words = [mark for mark in panel.marks if isinstance(mark, Words)]
    texts = [
        text
        for mark in words
        for x, text in zip(mark.x, mark.texts, strict=True)
        if mark.frame == "x" or (not mark.frame and mark.side == "right" and 0 <= last < x)
    ]
    return max((width(line) for text in texts for line in text.split("\n")), default=0.0)


def lines_held(size: Size) -> float:
    """Count the lines that a chart made of rows may have at a size."""
    return size.most / _line_mm(size)


def _line_mm(size: Size) -> float:
    return size.points / POINTS_PER_MM * LINE_EMS


def _height(chart: Chart, size: Size, rows: int) -> float:
    if chart.lines:
        return min(size.most, chart.lines * _line_mm(size))
    frame, row = chart.height
    return min(size.most, size.height * (frame + row * rows))


# -- axes


def _set_axis(axes: Axes, axis: Axis, name: Along, *, millimetres: float, points: float, periods: int) -> None:
    drawn = axes.xaxis if name == "x" else axes.yaxis
    low, high = axis.low, axis.high
    if len(axis.periods):
        low, high = (-0.7 if low is None else low), (len(axis.periods) - 0.3 if high is None else high)
        room = (millimetres - BESIDE) * POINTS_PER_MM / points
        set_period_ticks(axes, list(axis.periods), axis.freq, at_most=periods, ems=room)
    elif len(axis.names):
        low, high = (-0.6 if low is None else low), (len(axis.names) - 0.4 if high is None else high)
        _set_names(axes, axis, name, millimetres=millimetres, points=points)
    elif axis.ticks:
        drawn.set_ticks(list(axis.ticks), list(axis.ticks.values()))
    elif axis.log:
        _set_log(axes, axis, single=millimetres > 120)
    else:
        set_number_ticks(drawn, whole=axis.whole)
    ends: dict[str, Any] = {"left": low, "right": high} if name == "x" else {"bottom": low, "top": high}
    ends = {side: end for side, end in ends.items() if end is not None}
    if ends:
        (axes.set_xlim if name == "x" else axes.set_ylim)(**ends)
    if axis.reversed:
        drawn.set_inverted(True)
    if axis.bare:
        axes.spines["bottom" if name == "x" else "left"].set_visible(False)
        labels: dict[str, Any] = {"labelbottom": False} if name == "x" else {"pad": PAD * points}
        axes.tick_params(axis=name, length=0, **labels)
        if name == "y" and not axis.names:
            axes.set_yticks([])


def _set_names(axes: Axes, axis: Axis, name: str, *, millimetres: float, points: float) -> None:
    """Names at their places: along x as many as fit side by side, the last among them."""
    places = [place for place, text in enumerate(axis.names) if text]
    if name == "x":
        room = max(1.0, (millimetres - BESIDE) * POINTS_PER_MM / (points * 0.88))
        widest = max(width(axis.names[place]) for place in places) + BETWEEN
        step = next((s for s in (1, 2, 3, 4, 6, 12) if len(places) / s * widest <= room), 13)
        places = places[::step] if step == 13 else places[::-1][::step][::-1]
    (axes.set_xticks if name == "x" else axes.set_yticks)(places, [axis.names[place] for place in places])
    if name == "y":
        axes.tick_params(axis="y", length=0)
        for place, label in zip(places, axes.get_yticklabels(), strict=True):
            if len(axis.bold) and axis.bold[place]:
                label.set_fontweight("bold")


def _set_log(axes: Axes, axis: Axis, *, single: bool) -> None:
    from matplotlib.ticker import LogLocator, NullLocator

    axes.set_xscale("log")
    narrow = single and axis.low and axis.high and axis.high / axis.low < 300
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if narrow else (1.0,), numticks=10))
    axes.xaxis.set_minor_locator(NullLocator())
    set_number_ticks(axes.xaxis)


# -- marks


@dataclass(frozen=True)
class _Frame:
    """The place of a mark: axes, the size of the text by that of a page, and the layer above earlier marks."""

    axes: Axes
    scale: float
    layer: float


@singledispatch
def _draw(mark: Mark, on: _Frame) -> None:
    raise TypeError(f"{type(mark)} on {on}")


def _stroke(mark: Mark, on: _Frame) -> dict[str, Any]:
    """Colour, style, width and opacity of a line."""
    return {
        "color": mark.look.colour,
        "linestyle": mark.look.line,
        "linewidth": mark.width * on.scale,
        "alpha": mark.opacity,
    }


@_draw.register(Line)
def _(mark: Line, on: _Frame) -> None:
    if mark.shaded:
        from matplotlib.collections import LineCollection

        points = np.column_stack(mark.places())
        parts = LineCollection(
            list(np.stack([points[:-1], points[1:]], axis=1)), cmap=palette.SEQUENTIAL, linewidths=mark.width * on.scale
        )
        parts.set_array(np.arange(len(points) - 1))
        parts.set_clim(0, (len(points) - 1) / BRIGHTEST)
        on.axes.add_collection(parts)
        head = {"arrowstyle": "-|>", "color": palette.INK, "linewidth": 0, "mutation_scale": HEAD * on.scale}
        for start, end in mark.heads():
            on.axes.annotate("", xy=tuple(end), xytext=tuple(start), arrowprops=head)
        return
    dots: dict[str, Any] = {"marker": mark.look.marker, "markeredgecolor": "white", "markeredgewidth": 0.4}
    on.axes.plot(
        *mark.places(),
        drawstyle=STEPS[mark.step],
        label=mark.legend or None,
        zorder=on.layer,
        **_stroke(mark, on),
        **(dots if mark.with_points else {}),
    )


@_draw.register(Band)
def _(mark: Band, on: _Frame) -> None:
    look: dict[str, Any] = {"color": mark.look.colour, "alpha": mark.opacity}
    if mark.hatched:
        ground, strokes = (mark.look.colour, mark.opacity), (mark.strokes, STROKES)
        look = {"facecolor": ground, "edgecolor": strokes, "hatch": mark.look.hatch}
    on.axes.fill_between(
        np.asarray(mark.x, dtype=float),
        np.asarray(mark.lower, dtype=float),
        np.asarray(mark.upper, dtype=float),
        step=mark.step or None,
        linewidth=0,
        label=mark.legend or None,
        zorder=on.layer - 1,
        **look,
    )


@_draw.register(Bars)
def _(mark: Bars, on: _Frame) -> None:
    fill = mark.look.fill() if len(mark.at) <= MOST_HATCHED else {"facecolor": mark.look.colour, "edgecolor": "none"}
    # Axes.bar would look for the limits of the axes bar by bar, which takes most of the time of a chart of many months
    at, ends = mark.places() if mark.along == "y" else mark.places()[::-1]
    bars = [_bar(mark, float(place), float(end), on.layer, fill) for place, end in zip(at, ends, strict=True)]
    for bar in bars:
        on.axes.add_artist(bar)
    on.axes.update_datalim([corner for bar in bars for corner in bar.get_corners()])
    on.axes.autoscale_view()
    way: Literal["vertical", "horizontal"] = "vertical" if mark.along == "y" else "horizontal"
    on.axes.add_container(BarContainer(bars, orientation=way, label=mark.legend or "_nolegend_"))


def _bar(mark: Bars, place: float, end: float, layer: float, fill: dict[str, Any]) -> Rectangle:
    """One bar from nought, which stands on the axis."""
    corner = place - mark.breadth / 2
    shared: dict[str, Any] = {"zorder": layer, **fill}
    if mark.along == "y":
        bar = Rectangle((corner, 0), mark.breadth, end, **shared)
        bar.sticky_edges.y.append(0)
    else:
        bar = Rectangle((0, corner), end, mark.breadth, **shared)
        bar.sticky_edges.x.append(0)
    return bar


@_draw.register(Points)
def _(mark: Points, on: _Frame) -> None:
    colour, size = mark.look.colour, mark.size * on.scale
    look: dict[str, Any] = {"facecolor": "white" if mark.hollow else colour}
    look["edgecolor"] = colour if mark.hollow else palette.INK if mark.edged else "white"
    look["linewidth"] = (0.8 if mark.hollow or mark.edged else 0.5 if mark.size > 2.5 else 0) * on.scale
    if mark.look.marker in "|_":  # strokes have no face
        look = {"color": colour, "linewidth": 0.8 * on.scale}
    shared: dict[str, Any] = {"alpha": mark.opacity, "label": mark.legend or None, "zorder": on.layer + 1}
    x, y = mark.places()
    on.axes.scatter(x, y, s=size**2, marker=mark.look.marker, **look, **shared)


@_draw.register(Intervals)
def _(mark: Intervals, on: _Frame) -> None:
    draw = on.axes.vlines if mark.along == "y" else on.axes.hlines
    stroke: dict[str, Any] = {
        "label": mark.legend or None,
        "colors": mark.look.colour,
        "linewidths": mark.width * on.scale,
        "alpha": mark.opacity,
    }
    draw(mark.at, mark.lower, mark.upper, zorder=on.layer, **stroke)
    if mark.capped:
        for ends in (mark.lower, mark.upper):
            at = (mark.at, ends) if mark.along == "y" else (ends, mark.at)
            cap: dict[str, Any] = {
                "linestyle": "",
                "marker": "_" if mark.along == "y" else "|",
                "color": mark.look.colour,
            }
            on.axes.plot(*at, markersize=5 * on.scale, markeredgewidth=mark.width * on.scale, zorder=on.layer, **cap)


@_draw.register(Rule)
def _(mark: Rule, on: _Frame) -> None:
    draw = on.axes.axhline if mark.along == "y" else on.axes.axvline
    draw(mark.at, label=mark.legend or None, zorder=on.layer - 0.5, **_stroke(mark, on))


@_draw.register(Span)
def _(mark: Span, on: _Frame) -> None:
    draw = on.axes.axvspan if mark.along == "x" else on.axes.axhspan
    look: dict[str, Any] = {
        "facecolor": mark.look.colour,
        "edgecolor": palette.HATCHED,
        "hatch": mark.look.hatch or None,
    }
    if mark.dotted:
        look = {"facecolor": "none", "edgecolor": mark.look.colour, "hatch": "...."}
    draw(
        mark.lower, mark.upper, alpha=mark.opacity, linewidth=0, label=mark.legend or None, zorder=on.layer - 2, **look
    )


@_draw.register(Words)
def _(mark: Words, on: _Frame) -> None:
    from matplotlib.patheffects import withStroke

    gap = GAP * PAGE_POINTS * on.scale
    halo: dict[str, Any] = (
        {"path_effects": [withStroke(linewidth=2.5 * on.scale, foreground="white")]} if mark.haloed else {}
    )
    frame: Any = {"": "data", "x": ("axes fraction", "data"), "xy": "axes fraction"}[mark.frame]
    for place, (x, y, text) in enumerate(zip(*mark.places(), mark.texts, strict=True)):
        if mark.side == "in corner":
            across, along, dx, dy = ("right" if x > 0.5 else "left"), ("top" if y > 0.5 else "bottom"), 0.0, 0.0
        else:
            across, along, dx, dy = SIDES[mark.side]
        on.axes.annotate(
            text, (x, y), (dx * gap, dy * gap), xycoords=frame, textcoords="offset points", ha=across, va=along,
            color=palette.letters(mark.look), fontsize="small", fontweight="bold" if len(mark.bold) and mark.bold[place] else "normal",
            zorder=on.layer + 2, **halo,
        )  # fmt: skip


@_draw.register(Names)
def _(_: Names, on: _Frame) -> None:
    """Leave names until the layout stands."""
    on.axes.figure.stale = True


@_draw.register(Arrows)
def _(mark: Arrows, on: _Frame) -> None:
    look: dict[str, Any] = {"s": (mark.size * on.scale) ** 2, "facecolor": "white", "edgecolor": mark.look.colour}
    x, y = mark.places()
    on.axes.scatter(x, y, marker="o", linewidth=0.8 * on.scale, label=mark.legend or None, zorder=on.layer, **look)
    for x, y, to, headed in zip(*mark.places(), mark.x_to, mark.headed, strict=True):
        if headed:
            arrow = {"arrowstyle": "->", "color": mark.look.colour, "linewidth": mark.width * on.scale}
            on.axes.annotate("", (to, y), (x, y), arrowprops={**arrow, "shrinkA": 2, "shrinkB": 1})


def write_point_names(figure: Figure, chart: Chart, axes: list[Axes], points: float) -> None:
    """Write names where they cover least, and for each without room its spare text at its point."""
    asked: list[tuple[Named, str]] = []
    for frame, panel in zip(axes, chart.panels, strict=False):
        for mark in panel.marks:
            if isinstance(mark, Names):
                rows = zip(*mark.places(), mark.texts, mark.bold, mark.spare, strict=True)
                asked += [(Named(frame, x, y, text, bool(bold)), spare) for x, y, text, bold, spare in rows]
    if not asked:
        return
    left_out = write_names(figure, [named for named, _ in asked if named.text], points=points)
    for named, spare in asked:
        if spare and (not named.text or named in left_out):
            at = (named.x, named.y)
            written = named.panel.annotate(spare, at, (3, 2), textcoords="offset points", fontsize="small", zorder=6)
            written.set_in_layout(False)
