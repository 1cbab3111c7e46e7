"""The report as PowerPoint: a slide for each finding and figure; simple series as native charts that can be edited."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.report.content import Figure, Native, Paragraph, Report, Section, Table
from analysis.report.html import labels
from analysis.report.layout import categories, column_weights, picture, ratio, same_bytes

WIDTH_MM, HEIGHT_MM, MARGIN_MM = 338.7, 190.5, 14
INK, ACCENT, MUTED = "1B2733", "12355B", "52606D"
SERIES = ("12355B", "DE8F05", "0173B2", "52606D")
FONTS = {"zh": "微软雅黑", "en": "Calibri"}
ROWS_ON_A_SLIDE = 14
LEAST, LARGEST, ROOM, FULL = (
    11,
    18,
    150,
    15,
)  # points of a table; columns of text and rows that a slide holds at the least
PAPER, WASH, RULE = "FFFFFF", "F5F7F9", "C9D1D9"
SMALL, LABELS_ALONG = 6, 13  # below this height every whole number has its line; labels along the foot


class _Deck:
    """A presentation in one language, with text in its fonts."""

    def __init__(self, report: Report) -> None:
        import pptx
        from pptx.util import Mm

        self.deck, self.report = pptx.Presentation(), report
        self.deck.slide_width, self.deck.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)

    def slide(self, heading: str) -> Any:
        """A slide with a title placeholder, so that outline and screen readers find it."""
        from pptx.util import Mm

        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        title = slide.shapes.title
        title.left, title.top, title.width, title.height = Mm(MARGIN_MM), Mm(8), Mm(WIDTH_MM - 2 * MARGIN_MM), Mm(22)
        self.write(title.text_frame, heading, points=26, colour=ACCENT, bold=True)
        return slide

    def write(self, frame: Any, text: str, *, points: float, colour: str = INK, bold: bool = False) -> None:
        """One paragraph in the language's font, east Asian and Latin alike."""
        from pptx.dml.color import RGBColor
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        frame.word_wrap = True
        paragraph = frame.paragraphs[0] if not frame.paragraphs[0].runs else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(points), bold, RGBColor.from_string(colour)
        run.font.name = FONTS[self.report.language]
        east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": FONTS[self.report.language]})
        run._r.get_or_add_rPr().append(east)

    def box(self, slide: Any, text: str, *, top: float, height: float, points: float, colour: str = INK) -> None:
        """A text box over the width of the slide."""
        from pptx.util import Mm

        shape = slide.shapes.add_textbox(Mm(MARGIN_MM), Mm(top), Mm(WIDTH_MM - 2 * MARGIN_MM), Mm(height))
        self.write(shape.text_frame, text, points=points, colour=colour)


def write_slides(report: Report, footer: str) -> bytes:
    """The presentation as bytes; the same report gives the same bytes."""
    deck = _Deck(report)
    first = deck.slide(report.title)
    deck.box(first, report.subtitle, top=60, height=15, points=18, colour=MUTED)
    if report.synthetic:
        deck.box(first, report.synthetic, top=85, height=20, points=18)
    deck.box(first, footer, top=HEIGHT_MM - 20, height=10, points=10, colour=MUTED)
    numbered = labels(report)
    for section in report.sections:
        _section(deck, section, numbered)
    core = deck.deck.core_properties
    core.title, core.author, core.comments, core.last_modified_by = report.title, report.court, footer, report.court
    core.created = core.modified = datetime(report.year, 12, 31)  # a fixed day in place of the clock
    core.revision = 1
    out = io.BytesIO()
    deck.deck.save(out)
    return same_bytes(out.getvalue())


def _section(deck: _Deck, section: Section, numbered: dict[str, str]) -> None:
    said = [block for block in section.blocks if isinstance(block, Paragraph)]
    if said:
        slide = deck.slide(section.heading)
        deck.box(slide, "\n".join(block.text for block in said), top=38, height=130, points=20)
    for block in section.blocks:
        if isinstance(block, Figure):
            _figure(deck, block, numbered[block.id])
        elif isinstance(block, Table) and 0 < len(block.frame) <= ROWS_ON_A_SLIDE:
            _table(deck, block, numbered[block.id])


def _figure(deck: _Deck, figure: Figure, label: str) -> None:
    """A caseflow as a native chart with its numbers inside; every other figure as a picture with its alt text."""
    from pptx.util import Mm

    slide = deck.slide(f"{label}　{figure.caption}")
    drawn = picture(figure, "png", size="page" if figure.native else "slide")
    if figure.native is not None:
        shape = _native(deck, slide, figure.numbers, figure.native)
    else:
        width = min(WIDTH_MM - 2 * MARGIN_MM, (HEIGHT_MM - 50) / ratio(drawn))
        left = (WIDTH_MM - width) / 2
        shape = slide.shapes.add_picture(io.BytesIO(drawn.content), Mm(left), Mm(34), width=Mm(width))
    shape._element.xpath(".//p:cNvPr")[0].set("descr", drawn.alt)
    if figure.note:
        deck.box(slide, figure.note, top=HEIGHT_MM - 16, height=12, points=11, colour=MUTED)


def _native(deck: _Deck, slide: Any, numbers: pd.DataFrame, native: Native) -> Any:
    """A chart of PowerPoint's own, with its numbers inside, that an editor can change."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Mm, Pt

    from analysis.vocabulary.terms import term

    data = CategoryChartData()
    data.categories = categories(numbers, native)
    for name in native.series:
        data.add_series(str(term(name)), [None if pd.isna(v) else float(v) for v in numbers[name]])
    kind = XL_CHART_TYPE.LINE_MARKERS if native.kind == "line" else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = slide.shapes.add_chart(kind, Mm(MARGIN_MM), Mm(34), Mm(WIDTH_MM - 2 * MARGIN_MM), Mm(HEIGHT_MM - 52), data)
    chart = frame.chart
    chart.has_legend, chart.has_title = len(native.series) > 1, False
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size, chart.font.name = Pt(12), FONTS[deck.report.language]
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _axes(chart, numbers, native)
    for series, colour in zip(chart.plots[0].series, SERIES, strict=False):
        if native.kind != "line":
            series.invert_if_negative = False
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
            series.data_labels.show_value = True
            continue
        series.smooth = False
        series.format.line.color.rgb = RGBColor.from_string(colour)
        series.format.line.width = Pt(2)
    return frame


def _axes(chart: Any, numbers: pd.DataFrame, native: Native) -> None:
    """Whole numbers up the side, about a dozen labels along the foot, thin grid lines."""
    from pptx.dml.color import RGBColor
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    highest = max((float(numbers[name].max()) for name in native.series if numbers[name].notna().any()), default=0)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "#,##0", False
    if highest < SMALL:
        chart.value_axis.major_unit, chart.value_axis.minimum_scale = 1, 0
    grid = chart.value_axis.major_gridlines.format.line
    grid.color.rgb, grid.width = RGBColor.from_string(RULE), Pt(0.5)
    every = -(-len(numbers) // LABELS_ALONG)
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        axis = chart.category_axis._element
        for old in axis.findall(qn(name)):
            axis.remove(old)
        skip = axis.makeelement(qn(name), {"val": str(every)})
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _table(deck: _Deck, table: Table, label: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Mm

    slide = deck.slide(f"{label}　{table.caption}")
    cells = [table.headings(), *table.rows()]
    width, weights = WIDTH_MM - 2 * MARGIN_MM, column_weights(table, ROOM)
    points = round(min(LARGEST, LEAST * ROOM / sum(weights), LEAST * FULL / len(cells)), 1)
    height = 9 * points / LEAST
    shape = slide.shapes.add_table(len(cells), len(cells[0]), Mm(MARGIN_MM), Mm(36), Mm(width), Mm(height * len(cells)))
    for column, weight in enumerate(weights):
        shape.table.columns[column].width = Mm(width * weight / sum(weights))
    for row, texts in enumerate(cells):
        for column, (text, name) in enumerate(zip(texts, table.frame.columns, strict=True)):
            cell = shape.table.cell(row, column)
            cell.margin_left = cell.margin_right = Mm(1)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(ACCENT if row == 0 else (WASH if row % 2 == 0 else PAPER))
            colour = PAPER if row == 0 else INK
            deck.write(cell.text_frame, text, points=points, bold=row == 0, colour=colour)
            if table.is_number(str(name)):
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    if table.note:
        deck.box(slide, table.note, top=HEIGHT_MM - 16, height=12, points=11, colour=MUTED)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", table.caption)
