"""Charts of Office's own, with their numbers inside: PowerPoint's, and the same for Word."""

from __future__ import annotations

from typing import Any

from analysis.charts.drawing.native import NativeChart, Series
from analysis.charts.drawing.palette import HATCHED, INK
from analysis.charts.drawing.scales import landmarks, round_ticks, whole_ticks

GRID = "C9D1D9"
EMU_PER_MM = 36_000
NEAR_NOUGHT = 0.1  # of the highest value
CLOSE = 0.14  # of the height, which a number takes
BROAD = 8  # places, of so few of which each end has room for a number at its side
NEAR = 0.08  # of all places, within which two labels would lie on each other
NAMES = 3.5  # lines of the names of stretches and of the highest value beneath them
PLOT = 0.6  # of a chart's height that its plot has
MM_PER_POINT = 25.4 / 72
DASHES = {"dash": "DASH", "dot": "ROUND_DOT", "dashdot": "DASH_DOT"}
SHAPES = {
    "diamond": "DIAMOND",
    "x": "X",
    "triangle-up": "TRIANGLE",
    "triangle-down": "SQUARE",
}  # Office has none that points down
STEPS, QUARTER = (
    (1, 2, 3, 6, 12, 24, 60),
    3,
)  # between labels: whole parts of a year, where places are months; ticks at the quarters


def add_chart(
    slide: Any, native: NativeChart, box_mm: tuple[float, float, float, float], *, font: str, points: float
) -> Any:
    """Add a chart to a slide that an editor can change; ``box_mm`` is left, top, width and height. Gives the shape."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn
    from pptx.util import Mm, Pt

    known = [value for series in native.series for value in series.values if value is not None]
    data = CategoryChartData(number_format=_format_of(known))
    data.categories = native.categories
    top = max(known, default=1.0) * (_room(box_mm[3], points) if any(any(s.names) for s in native.shades) else 1)
    ticks_of = whole_ticks if all(value % 1 == 0 for value in known) else round_ticks
    ticks = ticks_of(native.low or min(0.0, *known), top)
    for series in native.series:
        data.add_series(series.label, series.values)
    for shade in native.shades:
        data.add_series(shade.label, [None if value is None else ticks[-1] for value in shade.values])
    kind = XL_CHART_TYPE.LINE if native.kind == "line" else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Mm(place) for place in box_mm), data)
    chart = frame.chart
    chart.has_legend, chart.has_title = len(native.series) + len(native.shades) > 1, False
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size, chart.font.name = Pt(points), font
    frameless = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    chart._chartSpace.find(qn("c:txPr")).addprevious(frameless)
    latin = chart.font._rPr.find(qn("a:latin"))
    latin.addnext(latin.makeelement(qn("a:ea"), {"typeface": font}))
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _axes(chart, native, ticks, labels_along=int(box_mm[2] / (2 * points)))
    if native.unit:
        title = chart.value_axis.axis_title.text_frame
        title.text = native.unit
        title.paragraphs[0].runs[0].font.size, title.paragraphs[0].runs[0].font.bold = Pt(points), False
    for drawn, series in zip(chart.plots[0].series, native.series, strict=False):  # behind them the shades
        colour = RGBColor.from_string(series.colour.removeprefix("#"))
        if native.kind != "line":
            drawn.invert_if_negative = False
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour
            drawn.data_labels.show_value = True
            continue
        drawn.smooth = False
        if series.symbol:
            _as_points(drawn, series)
            continue
        drawn.format.line.color.rgb = colour
        drawn.format.line.width = Pt(2)
        drawn.format.line.dash_style = MSO_LINE_DASH_STYLE[DASHES[series.dash]] if series.dash in DASHES else None
        _label_ends(drawn, series, native, points, CLOSE * (ticks[-1] - ticks[0]))
    if native.shades:
        _shade(chart, native, points)
    return frame


def _room(height_mm: float, points: float) -> float:
    """How far the axis goes on over the highest value, so that the names of stretches have room between it and the top.

    >>> round(_room(110, 12), 2), round(_room(62, 9), 2)
    (1.29, 1.43)
    """
    return 1 / (1 - NAMES * points * MM_PER_POINT / (PLOT * height_mm))


def _as_points(drawn: Any, series: Series) -> None:
    """Draw single points by their shape alone, no line between them; the edge of ink keeps pale ones legible."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    drawn.format.line.fill.background()
    marker, colour = drawn.marker, RGBColor.from_string(series.colour.removeprefix("#"))
    marker.style, marker.size = XL_MARKER_STYLE[SHAPES.get(series.symbol, "CIRCLE")], 9
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour
    is_stroke = series.symbol == "x"  # it has no face
    marker.format.line.color.rgb = colour if is_stroke else RGBColor.from_string(INK.removeprefix("#"))
    marker.format.line.width = Pt(2.5 if is_stroke else 0.75)


def _shade(chart: Any, native: NativeChart, points: float) -> None:
    """Set the shades as columns that touch, behind the lines: the library draws one kind of chart at a time."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    for drawn, shade in zip(list(chart.plots[0].series)[len(native.series) :], native.shades, strict=True):
        _name_stretches(drawn, shade.names, points)
    lines = chart._chartSpace.find(f".//{qn('c:lineChart')}")
    columns = parse_xml(
        f'<c:barChart {nsdecls("c")}><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:gapWidth val="0"/><c:overlap val="100"/></c:barChart>'
    )
    shades = lines.findall(qn("c:ser"))[len(native.series) :]
    for drawn, shade in zip(shades, native.shades, strict=True):
        for name in ("c:spPr", "c:marker", "c:smooth"):
            for element in drawn.findall(qn(name)):
                drawn.remove(element)
        colour, stroke = shade.colour.removeprefix("#"), HATCHED.removeprefix("#")
        fill = (
            f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{stroke}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{colour}"/></a:bgClr></a:pattFill>'
            if shade.hatched
            else f'<a:solidFill><a:srgbClr val="{colour}"><a:alpha val="60000"/></a:srgbClr></a:solidFill>'
        )
        look = parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{fill}<a:ln><a:noFill/></a:ln></c:spPr>")
        drawn.find(qn("c:tx")).addnext(look)
        columns.find(qn("c:gapWidth")).addprevious(drawn)
    for axis in lines.findall(qn("c:axId")):
        columns.append(parse_xml(f'<c:axId {nsdecls("c")} val="{axis.get("val")}"/>'))
    lines.addprevious(columns)


def _name_stretches(drawn: Any, names: tuple[str, ...], points: float) -> None:
    """Hang the name of each stretch of a shade from the top of the column in its middle."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for place, name in enumerate(names):
        if name:
            label = drawn.points[place].data_label
            label.text_frame.text = name
            for paragraph in label.text_frame.paragraphs:
                paragraph.runs[0].font.size = Pt(points)
            label.position = XL_LABEL_POSITION.INSIDE_END


def _label_ends(drawn: Any, series: Series, native: NativeChart, points: float, near: float) -> None:
    """Write the first, the last, the lowest and the highest value beside their points, none ``near`` enough to another line to lie on it."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    places, values = native.labelled(series), series.values
    if not places:
        return
    others = [other.values for other in native.series if other is not series and not other.symbol]
    first, last, lowest, highest = landmarks(values)
    beside_ends = ((first, min(first + 1, last)), (last, max(first, last - 1)))
    beneath = {
        lowest,
        *(end for end, near in beside_ends if (values[end] or 0) < (values[near] or 0)),
    }  # above runs the line
    crowded = {place for place in (first, last) if 0 < abs(place - highest) < NEAR * len(values)}
    for place in places:
        label = drawn.points[place].data_label
        label.has_text_frame = False
        label.font.size, label.font.bold = Pt(points), True
        if place in beneath and (values[place] or 0) < NEAR_NOUGHT * (
            values[highest] or 0
        ):  # below it stand the names of the axis
            label.position = XL_LABEL_POSITION.LEFT if place == last else XL_LABEL_POSITION.RIGHT
        else:
            side = XL_LABEL_POSITION.BELOW if place in beneath | crowded else XL_LABEL_POSITION.ABOVE
            at_end = XL_LABEL_POSITION.RIGHT if place == last else XL_LABEL_POSITION.LEFT if place == first else side
            label.position = at_end if len(values) <= BROAD and _lies_on(values, place, side, others, near) else side


def _lies_on(
    values: tuple[float | None, ...], place: int, side: Any, others: list[tuple[float | None, ...]], near: float
) -> bool:
    """Return whether a number above or below its point would lie on another line."""
    from pptx.enum.chart import XL_LABEL_POSITION

    way, here = (-1 if side == XL_LABEL_POSITION.BELOW else 1), values[place] or 0
    return any(0 <= way * (other - here) < near for line in others if (other := line[place]) is not None)


def _format_of(numbers: list[float]) -> str:
    """How Office writes numbers: by thousands, each with the decimals that the finest of them has.

    >>> _format_of([0.0, 1419.0]), _format_of([0.0, 0.5, 1.0])
    ('#,##0', '#,##0.0')
    """
    decimals = max((len(f"{value:.12g}".partition(".")[2]) for value in numbers), default=0)
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _axes(chart: Any, native: NativeChart, ticks: list[float], *, labels_along: int) -> None:
    """Round numbers up the side, as many labels along the foot as it holds, thin grid lines.

    LibreOffice goes by no number of labels: it breaks or turns them all, unless they are said to be turned, which Office would move beside their ticks.
    """
    from pptx.dml.color import RGBColor
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    scale = chart.value_axis
    scale.tick_labels.number_format, scale.tick_labels.number_format_is_linked = _format_of(ticks), False
    scale.minimum_scale, scale.maximum_scale, scale.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    grid = chart.value_axis.major_gridlines.format.line
    grid.color.rgb, grid.width = RGBColor.from_string(GRID), Pt(0.5)
    least = -(-len(native.categories) // max(1, labels_along))
    every = next((step for step in STEPS if step >= least), least)
    for name, step in (("c:tickLblSkip", every), ("c:tickMarkSkip", min(every, QUARTER))):
        axis = chart.category_axis._element
        for old in axis.findall(qn(name)):
            axis.remove(old)
        skip = axis.makeelement(qn(name), {"val": str(step)})
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def add_to_paragraph(
    document: Any, paragraph: Any, native: NativeChart, size_mm: tuple[float, float], **look: Any
) -> Any:
    """Add the same chart to a paragraph of Word, which the library for Word cannot draw; gives its properties, for the alt text."""
    import pptx
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    deck = pptx.Presentation()
    drawn = add_chart(deck.slides.add_slide(deck.slide_layouts[6]), native, (0, 0, *size_mm), **look).chart.part
    package = document.part.package
    number = sum(part.content_type == CONTENT_TYPE.DML_CHART for part in package.iter_parts()) + 1
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, drawn.blob, package)
    workbook = drawn.chart_workbook.xlsx_part
    held = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    (link,) = (link for link, rel in drawn.rels.items() if rel.target_part is workbook)
    chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, Part(held, CONTENT_TYPE.SML_SHEET, workbook.blob, package), link)
    known = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    across, down = (round(side * EMU_PER_MM) for side in size_mm)
    kind = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    inline = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{kind}">'
        f'<c:chart xmlns:c="{kind}" r:id="{known}"/></a:graphicData></a:graphic></wp:inline>'
    )
    paragraph.add_run()._r.add_drawing(inline)
    return inline.find("{*}docPr")
