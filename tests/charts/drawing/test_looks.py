"""How every kind of mark looks, written down: a width, a layer or a size that changes by mistake shows here."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analysis.charts.drawing import marks as m
from analysis.charts.drawing import on_paper, on_screen, style
from analysis.vocabulary.text import Text

# On paper at twice the size of a page's text: kind, opacity, layer, colour, width and what else it is drawn with.
# On the screen: mode or type, opacity, fill, colour, width, dash, shape; then symbol and size of its points.
LOOKS = {
    "line": (
        ["Line2D 1.0 2 #12355B 3.2 - default None 4.0"],
        ["lines 1.0 #12355B 2.0 solid linear circle 7"],
    ),
    "step": (
        ["Line2D 1.0 2 #DE8F05 3.2 - steps-post None 4.0"],
        ["lines 1.0 #DE8F05 2.0 solid hv square 7"],
    ),
    "way": (
        ["LineCollection None 2 #12355b 3.2"],
        ["lines+markers 1.0 #595959 1.5 solid linear circle 7"],
    ),
    "band": (
        ["FillBetweenPolyCollection 0.2 1.0 #0173b2 0"],
        ["lines 1.0 0 linear", "lines 1.0 rgba(1,115,178,0.2) 0 linear"],
    ),
    "bars": (
        ["Rectangle None 2.0 #12355b 0.6 "],
        ["bar 1.0 0.8 v"],
    ),
    "bars down": (
        ["Rectangle None 2.0 #de8f05 0.6 ///"],
        ["bar 1.0 0.8 v"],
    ),
    "bars along x": (
        ["Rectangle None 2.0 #de8f05 0.6 ///"],
        ["bar 1.0 0.8 h"],
    ),
    "points": (
        ["PathCollection 1.0 3.0 #ffffff 1.0 64.0"],
        ["markers 1.0 square 6.0 1.0 0.5"],
    ),
    "hollow points": (
        ["PathCollection 1.0 3.0 #0173b2 1.6 64.0"],
        ["markers 1.0 diamond-open 6.0 1.0 1.2"],
    ),
    "intervals": (
        ["LineCollection 1.0 2 #595959 2.2", "Line2D None 2 #595959 1.6 None default _ 10.0"],
        ["lines+markers 1.0 #595959 1.6500000000000001 line-ew-open 6"],
    ),
    "intervals along x": (
        ["LineCollection 1.0 2 #0173b2 2.2"],
        ["lines 1.0 #0173B2 1.6500000000000001 line-ns-open 6"],
    ),
    "rule": (
        ["Line2D 1.0 1.5 #595959 1.6 -- default None 4.0"],
        ["lines 1.0 #595959 1.0 dot", "line below 1.0 #595959 1.0 dot"],
    ),
    "upright rule": (
        ["Line2D 1.0 1.5 #1F1F1F 1.6 - default None 4.0"],
        ["line below 1.0 #1F1F1F 1.0 solid"],
    ),
    "span": (
        ["Rectangle 0.6 0.0 #f2d388 0.0 "],
        ["markers 1.0 square 12 0.5", "rect below 0.6 #F2D388 0"],
    ),
    "level span": (
        ["Rectangle 0.6 0.0 #f2d388 0.0 "],
        ["rect below 0.6 #F2D388 0"],
    ),
    "words": (
        ["Annotation None 4.0 #1F1F1F 7.497 center bottom (0.0, 8.1)"],
        ["text 1.0"],
    ),
    "arrows": (
        [
            "PathCollection None 2.0 #0173b2 1.6 64.0",
            "Annotation None 3 #1F1F1F 9.0 left baseline (np.float64(1.0), np.float64(0.0))",
        ],
        ["lines+markers 1.0 #0173B2 1 dot ('circle-open', 'arrow', 'circle', 'circle-open', 'circle') 7"],
    ),
}


def look_on_screen(figure) -> list[str]:
    """Each trace and shape in a line: mode or type, colour, width, dash, shape, symbol, size, opacity, fill."""
    said = []
    for trace in figure.data:
        line, marker = trace.line if "line" in trace else None, trace.marker
        parts = [getattr(trace, "mode", None) or trace.type, trace.opacity, getattr(trace, "fillcolor", None)]
        parts += [line.color, line.width, line.dash, line.shape] if line else [trace.width, trace.orientation]
        parts += [marker.symbol, marker.size, marker.opacity, marker.line.width] if "symbol" in marker else []
        said.append(" ".join(str(part) for part in parts if part is not None))
    for shape in figure.layout.shapes:
        parts = [
            shape.type,
            shape.layer,
            shape.opacity,
            shape.fillcolor,
            shape.line.color,
            shape.line.width,
            shape.line.dash,
        ]
        said.append(" ".join(str(part) for part in parts if part is not None))
    return said


def look_on_paper(axes) -> list[str]:
    """Each artist in a line: kind, colours, widths, opacity, layer, and what else it is drawn with."""
    said = []
    for artist in [*axes.collections, *axes.lines, *axes.patches, *axes.texts]:
        parts = [type(artist).__name__, artist.get_alpha(), round(artist.get_zorder(), 2)]
        if hasattr(artist, "get_drawstyle"):
            parts += [artist.get_color(), artist.get_linewidth(), artist.get_linestyle(), artist.get_drawstyle()]
            parts += [artist.get_marker(), artist.get_markersize()]
        elif hasattr(artist, "get_linewidths"):
            colours = artist.get_edgecolors() if len(artist.get_edgecolors()) else artist.get_facecolors()
            parts += [to_hex(colours[0]), np.round(artist.get_linewidths()[0], 2)]
            parts += [round(float(size), 2) for size in getattr(artist, "get_sizes", list)()[:1]]
        elif hasattr(artist, "get_hatch"):
            parts += [to_hex(artist.get_facecolor()), artist.get_linewidth(), artist.get_hatch() or ""]
        else:
            parts += [artist.get_color(), artist.get_fontsize(), artist.get_ha(), artist.get_va(), artist.xyann]
        said.append(" ".join(str(part) for part in parts))
    return list(dict.fromkeys(said))


@pytest.mark.parametrize("name", LOOKS)
def test_a_mark_looks_as_it_is_written_down(name, kinds):
    mark = kinds[name]
    with style.drawing("zh"):
        axes = Figure().subplots()
        on_paper.draw_panel(axes, m.Panel(marks=[mark]), points=18)
    words = {"title": Text("题", "title"), "alt": Text("图", "alt"), "note": Text("", "")}
    chart = m.Chart(panels=[m.Panel(marks=[mark])], by_place=False, **words)
    assert (look_on_paper(axes), look_on_screen(on_screen.draw(chart))) == LOOKS[name]


def test_later_marks_lie_over_earlier_ones_but_shades_and_bands_below_all_lines(kinds):
    axes = Figure().subplots()
    on_paper.draw_panel(axes, m.Panel(marks=[kinds[name] for name in ("line", "span", "band", "step", "points")]))
    line, step = axes.lines
    band, points = axes.collections
    (span,) = axes.patches
    order = [artist.get_zorder() for artist in (span, band, line, step, points)]
    assert order == sorted(order)
