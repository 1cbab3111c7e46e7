"""A chart as it is said once: panels of marks, each with its places, its role and its words. Renderers do the drawing.

A chart module turns a result into a ``Chart`` and knows no matplotlib and no plotly; ``on_paper``, ``on_screen``,
``as_svg`` and ``native`` turn a ``Chart`` into a picture and know no result. What a mark tells on hovering is given
point by point with the mark itself, so that no pointer can meet another point's words.

Places are numbers. On an axis of periods they are 0, 1, … with halves between, on an axis of names 0, 1, … from the
left or the top. The words are those of the language spoken while the chart is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.labels import behind
from analysis.charts.drawing.scales import round_ticks as round_numbers
from analysis.charts.drawing.scales import whole_ticks
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import MISSING, number
from analysis.vocabulary.text import COLON, Text

Numbers = Sequence[float] | np.ndarray | pd.Series
Along = Literal["x", "y"]
THIN, PLAIN, THICK = 0.8, 1.6, 2.4  # widths of lines, in points on a page


@dataclass(frozen=True, eq=False, kw_only=True)
class Mark:
    """Base of all marks: the role that gives the look, the name in the legend, and what is told of each point.

    ``end`` is written at the right end of a line, an area or a level rule, and takes the legend's place, where there is room
    (``end_names``); a mark that is not ``is_listed`` stands in no legend. ``called`` is its name on hovering, where the legend says more.
    """

    role: str
    label: str = ""
    end: str = ""
    called: str = ""
    is_listed: bool = True
    hover: Sequence[str] = ()
    opacity: float = 1.0
    width: float = PLAIN
    own_look: palette.Look | None = None  # of one of several series alike, which no role tells apart

    @property
    def legend(self) -> str:
        """The name in the legend."""
        return self.label if self.is_listed else ""

    @property
    def look(self) -> palette.Look:
        """The look of its role, unless the mark is one of several alike."""
        return self.own_look or palette.ROLES[self.role]

    PLACES: ClassVar = ("x", "y")  # the fields that say where its points stand, along y if the mark has a direction

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """The places of the mark's points along x and y."""
        first, second = (np.asarray(getattr(self, name, ()), dtype=float) for name in self.PLACES)
        return (first, second) if getattr(self, "along", "y") == "y" else (second, first)


@dataclass(frozen=True, eq=False, kw_only=True)
class Line(Mark):
    """Points joined in their order; ``step`` ``post`` (a value holds until the next) or ``mid`` (about its place).

    ``shaded`` colours the way from dark (first) to light (last); ``headed`` gives every so many points an arrowhead on the way.
    """

    x: Numbers
    y: Numbers
    step: Literal["", "post", "mid"] = ""
    with_points: bool = False
    shaded: bool = False
    headed: int = 0

    def heads(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the arrows on the way, each from a point to the next that lies elsewhere."""
        points = np.column_stack(self.places())
        starts = range(self.headed // 2, len(points) - 1, self.headed) if self.headed else ()
        return [(points[place], points[place + 1]) for place in starts if (points[place] != points[place + 1]).any()]


@dataclass(frozen=True, eq=False, kw_only=True)
class Band(Mark):
    """The room between ``lower`` and ``upper`` over ``x``; with ``lower`` 0 an area. ``hatched`` tells it from another by more than its colour."""

    x: Numbers
    lower: Numbers
    upper: Numbers
    step: Literal["", "post", "mid"] = ""
    opacity: float = 0.2
    hatched: bool = False

    PLACES: ClassVar = ("x", "upper")

    @property
    def strokes(self) -> str:
        """The colour of the strokes of its hatch: seen on a full ground as on a pale one."""
        return "white" if self.opacity > 0.5 else self.look.colour


@dataclass(frozen=True, eq=False, kw_only=True)
class Bars(Mark):
    """Bars from 0 to ``values`` at the places ``at``; along ``y`` they stand, along ``x`` they lie.

    Of bars back to back some point up (``way`` ``↑``), some down (``↓``), which the legend says.
    """

    at: Numbers
    values: Numbers
    breadth: float = 0.8
    along: Along = "y"
    way: str = ""

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """The places of the bars' ends."""
        at, ends = np.asarray(self.at, dtype=float), np.asarray(self.values, dtype=float)
        ends = -ends if self.way == "↓" else ends
        return (at, ends) if self.along == "y" else (ends, at)

    @property
    def legend(self) -> str:
        """The name in the legend, with the way that the bars point."""
        return f"{super().legend} {self.way}".strip()


@dataclass(frozen=True, eq=False, kw_only=True)
class Points(Mark):
    """Single points; ``size`` is their breadth in points on a page; ``hollow`` ones are filled with white.

    ``edged`` ones have a dark edge, which sets them off a line.
    """

    x: Numbers
    y: Numbers
    size: float = 4.0
    hollow: bool = False
    edged: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Intervals(Mark):
    """From ``lower`` to ``upper`` at the places ``at``: upright (along ``y``) or level (along ``x``)."""

    at: Numbers
    lower: Numbers
    upper: Numbers
    along: Along = "y"
    capped: bool = False
    width: float = 1.1

    PLACES: ClassVar = ("at", "upper")


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule(Mark):
    """A line through the whole panel at a value of the ``along`` axis: upright where that is ``x``."""

    at: float
    along: Along = "y"
    width: float = THIN


@dataclass(frozen=True, eq=False, kw_only=True)
class Span(Mark):
    """A shade through the whole panel from ``lower`` to ``upper`` of the ``along`` axis; ``dotted`` is hatched only."""

    lower: float
    upper: float
    along: Along = "x"
    dotted: bool = False
    opacity: float = 0.6


@dataclass(frozen=True, eq=False, kw_only=True)
class Words(Mark):
    """Texts at points; ``frame`` says which coordinates are shares of the panel.

    ``side`` of the point: ``right``, ``left``, ``above``, ``below``, ``centre``, ``above right``, ``below right``; or
    ``in corner`` of the panel.
    """

    x: Numbers
    y: Numbers
    texts: Sequence[str]
    side: str = "right"
    frame: Literal["", "x", "xy"] = ""
    bold: Sequence[bool] = ()
    haloed: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Names(Mark):
    """Names of points, placed where they cover least; one that has no room is left out for what stands in ``spare``."""

    x: Numbers
    y: Numbers
    texts: Sequence[str]
    bold: Sequence[bool]
    spare: Sequence[str]


@dataclass(frozen=True, eq=False, kw_only=True)
class Arrows(Mark):
    """Level arrows from ``x``, an open circle, to ``x_to`` at ``y``; ``headed`` says which have a head."""

    x: Numbers
    x_to: Numbers
    y: Numbers
    headed: Sequence[bool]
    size: float = 4.0
    width: float = THIN


@dataclass(frozen=True, eq=False, kw_only=True)
class Axis:
    """One axis of a panel: its title with the unit, its ends, and what stands at its ticks.

    ``periods`` with ``freq``: places are periods. ``names``: places are names, bold where ``bold`` says so. Otherwise
    numbers, on round ticks, on whole ones (``whole``) or on ``ticks`` (value → text); ``log`` on a logarithmic scale.
    ``bare``: no line, no ticks, no grid. ``ruled``: lines across the panel at the ticks, where the axis holds numbers.
    """

    title: str = ""
    low: float | None = None
    high: float | None = None
    periods: Sequence[Any] | pd.Series = ()
    freq: str = ""
    names: Sequence[str] = ()
    bold: Sequence[bool] = ()
    ticks: Mapping[float, str] = field(default_factory=dict)
    whole: bool = False
    log: bool = False
    reversed: bool = False
    bare: bool = False
    ruled: bool = True

    def place_of(self, x: float) -> float:
        """The period or name that a point beside its middle belongs to; any other place itself."""
        return float(round(x)) if len(self.periods) or self.names else float(x)

    def named(self, place: float) -> str:
        """Name a place on the axis."""
        if len(self.periods):
            return str(period_text(list(self.periods)[round(place)], self.freq))
        if len(self.names):
            return self.names[round(place)]
        return number(place)

    def header(self, place: float) -> str:
        """Head the text told at a place: a period, a name, or a number with what it counts."""
        is_number = not len(self.periods) and not self.names and bool(self.title)
        return f"{self.title}{COLON}{self.named(place)}" if is_number else self.named(place)


@dataclass(frozen=True, eq=False, kw_only=True)
class Panel:
    """Marks in one frame; ``share`` is its part of the height where panels stand one under the other."""

    marks: Sequence[Mark]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    heading: str = ""
    share: float = 1.0

    def told_by_place(self) -> dict[float, list[str]]:
        """Gather, by place along x, what every mark that has a point right there tells of that point."""
        told: dict[float, list[str]] = {}
        for mark in self.marks:
            (x, y), name = mark.places(), mark.called or mark.label
            for place, value, text in zip(x, y, mark.hover, strict=False):
                if text and not np.isnan(value):
                    told.setdefault(self.x.place_of(place), []).append(f"{name}{COLON}{text}" if name else text)
        return told


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """A whole chart: panels in rows, its words, and how large it is.

    ``columns``: panels side by side on half a page, a page, a slide. ``height``: shares of the size's usual height, of
    the frame and for each row of panels; ``lines`` instead where rows of text set the height. ``by_place`` tells all
    marks of a place at once on hovering.
    """

    panels: Sequence[Panel]
    title: Text
    alt: Text
    note: Text
    columns: tuple[int, int, int] = (1, 1, 1)
    height: tuple[float, float] = (1.0, 0.0)
    lines: float = 0.0
    same_x: bool = False
    same_y: bool = False
    by_place: bool = True

    def named_marks(self) -> dict[str, Mark]:
        """The legend: the first mark of each name, in order."""
        named: dict[str, Mark] = {}
        for mark in (mark for panel in self.panels for mark in panel.marks if mark.legend):
            named.setdefault(mark.legend, mark)
        return named

    def marks(self, role: str = "") -> list[Mark]:
        """Return all marks, or those of a role."""
        return [mark for panel in self.panels for mark in panel.marks if not role or mark.role == role]

    def texts(self) -> list[str]:
        """Every text that a reader of the chart can meet, on hovering too."""
        said = [str(self.title), str(self.alt), str(self.note)]
        for panel in self.panels:
            said.append(panel.heading)
            for axis in (panel.x, panel.y):
                said += [axis.title, *axis.names, *axis.ticks.values()]
            for mark in panel.marks:
                said += [mark.label, mark.end, *mark.hover, *getattr(mark, "texts", ()), *getattr(mark, "spare", ())]
        return [text for text in said if text]


def told(
    values: Iterable[float],
    decimals: int | None = None,
    *,
    unit: str = "",
    limits: tuple[Iterable[float], Iterable[float]] | None = None,
) -> list[str]:
    """Numbers as they are told on hovering, each with its 95% interval where it has one.

    >>> told([1234, float("nan")], 0)
    ['1,234', '—']
    >>> told([87.6, 100], 1, unit="%", limits=([82.9, float("nan")], [91.2, float("nan")]))
    ['87.6%（95%区间82.9–91.2）', '100.0%']
    """
    texts = [number(value, decimals) + (unit if pd.notna(value) else "") for value in values]
    if limits is None:
        return texts
    spans = zip(texts, *(told(ends, decimals) for ends in limits), strict=True)
    return [text if MISSING in (low, high) else f"{text}{_interval(low, high)}" for text, low, high in spans]


def _interval(low: str, high: str) -> Text:
    return Text(f"（95%区间{low}–{high}）", f" (95% interval {low}–{high})")


def told_by_time(
    times: Iterable[str], values: Iterable[float], name: str = "", *, unit: str | None = None
) -> list[str]:
    """Numbers as they are told on hovering, each with its time, with whose it is and with its unit.

    >>> told_by_time(["2011年"], [87.619], "甲法院"), told_by_time(["2011"], [3])
    (['甲法院2011年：87.62'], ['2011：3.00'])
    >>> told_by_time(["2019"], [18.69], "IT", unit="share"), told_by_time(["2019"], [86.5], "IT", unit="天")
    (['IT 2019：18.69%'], ['IT 2019：86.50天'])
    """
    gap = " " if name[-1:].isascii() and name else Text("", " ") if name else ""
    texts = told(values, 2, unit=behind(unit))
    return [f"{name}{gap}{time}{COLON}{text}" for time, text in zip(times, texts, strict=True)]


def ticks_between(low: float, high: float, *, whole: bool = False, at_most: int = 6) -> dict[float, str]:
    """Round numbers inside an axis and their texts.

    >>> ticks_between(0, 9, whole=True)
    {0.0: '0', 2.0: '2', 4.0: '4', 6.0: '6', 8.0: '8'}
    """
    ticks = whole_ticks(low, high, at_most=at_most) if whole else round_numbers(low, high, at_most=at_most)
    return {tick: number(tick) for tick in ticks if low <= tick <= high}
