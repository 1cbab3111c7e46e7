"""Charts as SVG for a page of HTML: drawn as on paper, text as text in the page's font, hover texts without a script."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import numpy as np
from markupsafe import escape

from analysis.charts.drawing.figure import PaperFigure
from analysis.charts.drawing.marks import Panel

REACH = 5.0  # around a single point within which it tells, in points
DROPPED = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->|<title>.*?</title>"
    r"|<style.*?</style>",  # a page's style sheet knows no borders: it would be the whole page's
    re.DOTALL,
)
STROKES = "stroke-linejoin:round;stroke-linecap:butt"
FINE = re.compile(r"(\d+\.\d\d)\d+")  # hundredths of a point are finer than any screen
BLANK = re.compile(r"\s*\n\s*")
LOCAL = re.compile(r'(\bid="|url\(#|href="#)')


def markup(figure: PaperFigure, name: str) -> str:
    """Write a figure as an SVG element for a page that has the font, without title and note, as wide as there is room.

    ``name`` begins every id, so that several charts stand in one page. What a mark tells on hovering is the ``title`` of an
    unseen shape over its place, which browsers show and screen readers read.
    """
    out = io.BytesIO()
    figure.arrange(bare=True)
    try:
        with figure.text_kept():
            figure.savefig(out, format="svg")
        told = _told(figure)
    finally:
        figure.arrange()
    drawn = DROPPED.sub("", out.getvalue().decode("utf-8")).strip()
    drawn = LOCAL.sub(rf"\g<1>{name}-", drawn)
    head, body = drawn.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    head += f' style="{STROKES}" role="img" aria-label="{escape(figure.alt)}"'
    body = FINE.sub(r"\1", BLANK.sub(" ", body.removesuffix("</svg>")))
    return f"{BLANK.sub(' ', head)}>{body}{told}</svg>\n"


def _told(figure: PaperFigure) -> str:
    """Unseen shapes with the hover texts, in the coordinates of the SVG: points from the top left."""
    if figure.chart is None:
        return ""
    scale, tall = 72 / figure.dpi, float(figure.get_size_inches()[1]) * 72
    shapes: list[str] = []
    for axes, panel in zip(figure.axes, figure.chart.panels, strict=False):
        draw = _strips if figure.chart.by_place else _spots
        shapes += draw(axes, panel, scale, tall)
    return f'<g fill="none" pointer-events="all">{"".join(shapes)}</g>' if shapes else ""


def _strips(axes: Any, panel: Panel, scale: float, tall: float) -> list[str]:
    """A strip over the whole height for each place along x, reaching half way to its neighbours."""
    told = panel.told_by_place()
    places = sorted(told)
    frame = axes.get_window_extent()
    at = [float(axes.transData.transform((place, axes.get_ylim()[0]))[0]) for place in places]
    between = [(a + b) / 2 for a, b in itertools.pairwise(at)]
    edges = [float(frame.x0), *between, float(frame.x1)]
    top, height = tall - float(frame.y1) * scale, float(frame.height) * scale
    return [
        f'<rect x="{left * scale:.1f}" y="{top:.1f}" width="{max(0.0, right - left) * scale:.1f}" height="{height:.1f}">'
        f"<title>{escape(chr(10).join([panel.x.header(place), *told[place]]))}</title></rect>"
        for place, left, right in zip(places, edges, edges[1:], strict=False)
    ]


def _spots(axes: Any, panel: Panel, scale: float, tall: float) -> list[str]:
    """A spot over each point that tells something."""
    spots: list[str] = []
    for mark in panel.marks:
        for x, y, text in zip(*mark.places(), mark.hover, strict=False):
            if text and np.isfinite([x, y]).all():
                across, up = axes.transData.transform((x, y))
                place = f'cx="{across * scale:.1f}" cy="{tall - up * scale:.1f}" r="{REACH}"'
                spots.append(f"<circle {place}><title>{escape(text)}</title></circle>")
    return spots
