"""Names of lines and areas at their right ends, in place of the legend, where there is room."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.charts.drawing.marks import Band, Chart, Mark, Panel, Rule, Words
from analysis.charts.drawing.typesetting import POINTS_PER_MM, width, wrapped

LINE = 1.4  # of a name, in its letters
SMALL = 0.88  # of the letters of a chart
FRAME, BETWEEN = 7.0, 3.5  # letters that title, legend and note take of the height, and heading and ticks of each panel
AXES = 0.75  # of the breadth, which the panel itself takes beside such names
NEAR, ONE_PERIOD = 0.08, 0.75  # within what of the panel's breadth, or of a period, a line ends at its edge
LEAST = 1e-6  # of a panel's height, for one that is not flat
GAP = 0.7  # between a point and its text, and the next text
MOVED = 1.2  # lines that a name may stand above or below its end
BROADEST = 0.24  # of the breadth, before a name takes a second line


def named_at_ends(chart: Chart, *, millimetres: float, tall: float, points: float, least: float = 1.0) -> Chart:
    """Write the names that marks bear in ``end`` beside the panel, each at its line's end, and leave those out of the legend.

    All of a panel or none: names that would lie on each other, stand far from their ends or take too much of the breadth
    stay in the legend, and so do those of panels side by side. ``least`` is the share of the breadth to which a window may shrink.
    """
    per_mm = POINTS_PER_MM / (points * SMALL)
    broad, shares = millimetres * per_mm, sum(panel.share for panel in chart.panels)
    named: dict[int, list[Words]] = {}
    written = set[str]()
    lines = max(tall * per_mm - FRAME, 0.0) / shares
    found = [_words(panel, lines * panel.share - BETWEEN, broad, least) for panel in chart.panels]
    for place in sorted(
        range(len(found)), key=lambda place: -found[place][0]
    ):  # what panels share stands once, where ends lie farthest apart
        named[place] = [words for end, words in found[place][1] if end not in written]
        written |= {end for end, _ in found[place][1]}
    labels = {mark.label for mark in chart.marks() if mark.end in written}
    panels = [
        replace(panel, marks=[*(_unlisted(mark, labels) for mark in panel.marks), *named[place]])
        for place, panel in enumerate(chart.panels)
    ]
    return replace(chart, panels=panels)


def _unlisted(mark: Mark, labels: set[str]) -> Mark:
    return replace(mark, is_listed=False) if mark.label in labels else mark


def _words(panel: Panel, lines: float, broad: float, least: float) -> tuple[float, list[tuple[str, Words]]]:
    """How far apart the nearest ends lie, in names, and the names; the panel is so high and so broad, in small letters."""
    marks = [mark for mark in panel.marks if mark.end]
    (low, high), (left, right) = _reach(panel), breadth(panel)
    ends = [_end(mark, right) for mark in marks]
    edge = right - max(NEAR * (right - left), ONE_PERIOD if len(panel.x.periods) else 0.0)
    if not marks or high - low < LEAST * max(abs(high), 1.0) or any(np.isnan(y) or x < edge for x, y in ends):
        return 0.0, []
    beside = max([0.0, *_over_the_edge(panel, edge, right, least * broad * AXES / (right - left))])
    texts = [wrapped(mark.end, broad * BROADEST - beside) for mark in marks]
    gap = (high - low) * LINE / max(lines, 1.0) * max(map(len, texts))
    order = sorted(range(len(marks)), key=lambda place: ends[place][1])
    wanted = [ends[place][1] for place in order]
    places = apart(wanted, gap)
    places = [place + min(0.0, high - places[-1]) for place in places]
    moved = max(abs(place - y) for place, y in zip(places, wanted, strict=True)) / gap
    if places[0] < low - gap / 2 or moved > MOVED:
        return 0.0, []
    pad = "\u2002" * math.ceil(2 * beside)
    look: dict[str, Any] = {"role": "text", "frame": "x", "x": [1.0]}
    return min((b - a for a, b in pairwise(wanted)), default=math.inf) / gap, [
        (
            marks[at].end,
            Words(own_look=marks[at].look, y=[y], texts=["\n".join(pad + t for t in texts[at])], **look),
        )
        for at, y in zip(order, places, strict=True)
    ]


def _end(mark: Mark, right: float) -> tuple[float, float]:
    """Where a line, an area or a rule ends on the right or leaves the panel: an area in the middle of its edge."""
    if isinstance(mark, Rule):
        return math.inf, mark.at
    x, y = mark.places()
    if isinstance(mark, Band):
        y = (y + np.asarray(mark.lower, dtype=float)) / 2
    known = np.flatnonzero(~np.isnan(y) & (x <= right))
    return (float(x[known[-1]]), float(y[known[-1]])) if len(known) else (math.inf, math.nan)


def apart(wanted: list[float], gap: float) -> list[float]:
    """The places nearest to those wanted, from below, with a gap between any two.

    >>> apart([1.0, 1.0, 5.0], 2.0)
    [0.0, 2.0, 5.0]
    """
    groups: list[tuple[float, int]] = []  # the middle of names that touch, and how many they are
    for place in wanted:
        groups.append((place, 1))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2:
            (upper, above), (lower, below) = groups.pop(), groups.pop()
            groups.append(((upper * above + lower * below) / (above + below), above + below))
    return [middle + gap * (place - (count - 1) / 2) for middle, count in groups for place in range(count)]


def _reach(panel: Panel) -> tuple[float, float]:
    """The ends of the y axis: those given, else those of the marks."""
    values = np.concatenate([np.ravel(mark.places()[1]) for mark in panel.marks] or [np.zeros(0)])
    values = values[np.isfinite(values)]
    low = float(values.min()) if panel.y.low is None and len(values) else panel.y.low
    high = float(values.max()) if panel.y.high is None and len(values) else panel.y.high
    return (0.0 if low is None else low), (0.0 if high is None else high)


def breadth(panel: Panel) -> tuple[float, float]:
    """The ends of the x axis."""
    axis, count = panel.x, len(panel.x.periods)
    values = np.concatenate(
        [np.ravel(mark.places()[0]) for mark in panel.marks if not isinstance(mark, Rule)] or [np.zeros(1)]
    )
    values = values[np.isfinite(values)]
    left = axis.low if axis.low is not None else -0.7 if count else float(values.min(initial=0.0))
    right = axis.high if axis.high is not None else count - 0.3 if count else float(values.max(initial=0.0))
    return left, right


def _over_the_edge(panel: Panel, edge: float, right: float, per_x: float) -> list[float]:
    """By how many letters the texts at the right of points, such as the last value, run over the edge of the panel."""
    return [
        width(text) + GAP - (right - x) * per_x
        for mark in panel.marks
        if isinstance(mark, Words) and not mark.frame and "right" in mark.side
        for x, text in zip(np.asarray(mark.x, dtype=float), mark.texts, strict=True)
        if x >= edge
    ]
