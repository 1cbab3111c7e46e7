"""Charts as SVG for a page of HTML: drawn as on paper, text as text in the page's font, hover texts without a script."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from markupsafe import escape
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.text import Text as TextArtist

from analysis.charts.drawing import fonts
from analysis.charts.drawing.figure import PaperFigure
from analysis.charts.drawing.marks import Panel
from analysis.vocabulary.language import speaking

LINE_BREAKS = " \n"  # of the file; wider spaces part a name from the number before it
THINNEST = 0.9  # points of a strip that tells its place
REACH = 5.0  # around a single point within which it tells, in points
SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
DROPPED = ("metadata", "title", "style")  # a page's style sheet knows no borders: it would be the whole page's
PAPER = "fill: #ffffff"  # alone on a shape: the ground of figure and panels, which the page has itself
LOOK = f"stroke-linejoin:round;stroke-linecap:butt;font-family:{fonts.WEB_FAMILY}".replace('"', "'")
PLACE = re.compile(r"-?\d+\.\d+")
STEP = re.compile(r"([ML]) (\S+) (\S+)")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
HALO = "halo"
STROKE = re.compile(r";? ?stroke[^;]*")
ON_WHITE = "paint-order:stroke;stroke:#fff;stroke-width:2.5"
UNSAID = re.compile(r"font-family: [^;]*(; )?")  # said once, for the whole
ALIKE = re.compile(r'<path d="([^"]*)"( (?![^>]*opacity)[^>]*)/>(?:<path d="[^"]*"\2/>)+')  # neighbours of one look
WAYS = re.compile(r'<path d="([^"]*)"')
UNTURNED = re.compile(r"rotate\(-?0 ")


def markup(figure: PaperFigure, name: str, group: str = "") -> str:
    """Write a figure as an SVG element for a page that has the font, without title and note, as wide as there is room.

    ``name`` begins every id, so that several charts stand in one page; ``group`` is a class of the page's style. What a mark
    tells on hovering is the ``title`` of an unseen shape over its place, which browsers show and screen readers read.
    """
    out = io.BytesIO()
    figure.arrange(bare=True)
    try:
        with figure.text_kept(), _halos_named(figure), _own_canvas(figure) as canvas:
            canvas.print_svg(out)  # savefig would draw all once more to find the layout
        with speaking(figure.language):
            told = _told(figure)
    finally:
        figure.arrange()
    drawn = ET.fromstring(out.getvalue())  # noqa: S314 - matplotlib's own
    used = {found for element in drawn.iter() for found in _references(element)}
    body = ALIKE.sub(_as_one, "".join(_written(element, name, used) for element in drawn))
    of_group = f' class="{group}"' if group else ""
    head = f'<svg{of_group} viewBox="{_fine(drawn.get("viewBox", ""))}" style="{LOOK}" role="img" aria-label="{escape(figure.alt)}">'
    return f"{head}{body}{told}</svg>\n"


@contextmanager
def _own_canvas(figure: PaperFigure) -> Iterator[FigureCanvasSVG]:
    """A canvas for SVG for a while, and then the figure's own again."""
    before = figure.canvas
    try:
        yield FigureCanvasSVG(figure)
    finally:
        figure.set_canvas(before)


@contextmanager
def _halos_named(figure: PaperFigure) -> Iterator[None]:
    """Words on a white ground bear a name for a while; drawn as matplotlib draws that ground, their letters would be shapes."""
    haloed = [(text, text.get_path_effects()) for text in figure.findobj(TextArtist) if text.get_path_effects()]
    for text, _ in haloed:
        text.set(path_effects=[], gid=HALO)
    try:
        yield
    finally:
        for text, effects in haloed:
            text.set(path_effects=effects, gid=None)


def _references(element: ET.Element) -> list[str]:
    """The ids that an element refers to."""
    linked = [element.attrib[LINK][1:]] if LINK in element.attrib else []
    return linked + [found for value in element.attrib.values() for found in REFERENCE.findall(value)]


def _written(element: ET.Element, name: str, used: set[str]) -> str:
    """An element in few bytes: no id that nothing refers to, no group that says nothing, places in tenths of a point."""
    tag = element.tag.removeprefix(SVG)
    if tag in DROPPED or (tag == "path" and element.get("style") == PAPER):
        return ""
    said = {key.removeprefix(LINK) or "href": value for key, value in element.attrib.items()}
    if said.pop("id", "") in used:
        said["id"] = f"{name}-{element.get('id')}"
    if LINK in element.attrib:
        said["href"] = f"#{name}-{element.attrib[LINK][1:]}"
    if tag == "use":  # the shape that it draws has its own stroke
        said["style"] = STROKE.sub("", said["style"])
    if element.get("id") == HALO:
        said["style"] = ON_WHITE
    if UNTURNED.match(said.get("transform", "")):
        del said["transform"]
    if "d" in said:
        said["d"] = _way(said["d"])
    attributes = "".join(f' {key}="{escape(_short(value, name))}"' for key, value in said.items())
    inner = str(escape((element.text or "").strip(LINE_BREAKS))) + "".join(
        _written(child, name, used) for child in element
    )
    if tag in ("g", "defs") and not inner:
        return ""
    if tag == "g" and not attributes:
        return inner
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _as_one(paths: re.Match[str]) -> str:
    """Paths of one look as one: the bars of a series.

    >>> ALIKE.sub(_as_one, '<path d="M0 1H2" style="fill:red"/><path d="M3 1H4" style="fill:red"/><path d="M5 1H6"/>')
    '<path d="M0 1H2M3 1H4" style="fill:red"/><path d="M5 1H6"/>'
    """
    return f'<path d="{"".join(WAYS.findall(paths[0]))}"{paths[2]}/>'


def _short(value: str, name: str) -> str:
    value = REFERENCE.sub(rf"url(#{name}-\1)", UNSAID.sub("", value))
    return _fine(value).replace(": ", ":").replace("; ", ";")


def _fine(value: str) -> str:
    """Numbers in tenths of a point, which are finer than a screen's.

    >>> _fine("12.345 0.996 -3.50")
    '12.3 1 -3.5'
    """
    return PLACE.sub(lambda found: f"{round(float(found[0]), 1):g}", value)


def _way(path: str) -> str:
    """A path of steps along one axis at a time written as such, without those that lead nowhere.

    >>> _way("M 1.5 2 L 4 2 L 4.01 2 L 4 6.25 L 5 7 z")
    'M1.5 2H4V6.2L5 7z'
    """
    at = ["", "", ""]

    def shorter(found: re.Match[str]) -> str:
        (x, y), (was_x, was_y, was) = map(_fine, found.groups()[1:]), at
        at[:] = x, y, found[1]
        if was == "L" and (x, y) == (was_x, was_y):  # the first after a move is a dot
            return ""
        if found[1] == "L" and y == was_y:
            return f"H{x}"
        return f"V{y}" if found[1] == "L" and x == was_x else f"{found[1]}{x} {y}"

    return (
        " ".join(STEP.sub(shorter, path).split())
        .replace(" H", "H")
        .replace(" V", "V")
        .replace(" L", "L")
        .replace(" z", "z")
    )


def _told(figure: PaperFigure) -> str:
    """Unseen shapes with the hover texts, in the coordinates of the SVG: points from the top left."""
    if figure.chart is None:
        return ""
    scale, tall = 72 / figure.dpi, float(figure.get_size_inches()[1]) * 72
    shapes: list[str] = []
    for axes, panel in zip(figure.axes, figure.chart.panels, strict=False):
        draw = _strips if figure.chart.by_place else _spots
        shapes += draw(axes, panel, scale, tall)
    return f'<g class="told" fill="none" pointer-events="all">{"".join(shapes)}</g>' if shapes else ""


def _strips(axes: Any, panel: Panel, scale: float, tall: float) -> list[str]:
    """A strip over the whole height for each place along x, reaching half way to its neighbours.

    Places closer than any finger or pointer parts them share one: the days of a year on a telephone.
    """
    told = panel.told_by_place()
    low, high = sorted(axes.get_xlim())
    places, at = list[float](), list[float]()
    for place in sorted(place for place in told if low <= place <= high):
        across = float(axes.transData.transform((place, axes.get_ylim()[0]))[0])
        if not at or (across - at[-1]) * scale >= THINNEST:
            places.append(place)
            at.append(across)
    frame = axes.get_window_extent()
    between = [(a + b) / 2 for a, b in itertools.pairwise(at)]
    edges = [float(frame.x0), *between, float(frame.x1)]
    top, height = tall - float(frame.y1) * scale, float(frame.height) * scale
    strips = []
    for place, left, right in zip(places, edges, edges[1:], strict=False):
        way = _fine(
            f"M{left * scale:.2f} {top:.2f}h{max(0.0, right - left) * scale:.2f}v{height:.2f}H{left * scale:.2f}z"
        )
        said = escape(chr(10).join([panel.x.header(place), *told[place]]))
        strips.append(f'<path d="{way}"><title>{said}</title></path>')
    return strips


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
