"""The report as a Word document after GB/T 9704: page, fonts, three-line tables, captions, contents, alt texts."""

from __future__ import annotations

import io
import math
from collections import deque
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.report.content import FIRST_PAGE, Cards, Figure, Paragraph, Report, Section, Table
from analysis.report.formats.html import WORDS, headings, labels
from analysis.report.formats.layout import LEAST_SIZE, column_weights, narrowed, picture, ratio, same_bytes
from analysis.report.formats.sparkline import HEIGHT, WIDTH, is_drawn, sparkline_png
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.text import Text

# GB/T 9704—2012: margins, 3号 (16 pt) 仿宋 for text, 28.9 pt lines, 小标宋 title, 黑体 and 楷体 headings.
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
# The page number, 4号 (14 pt), 7 mm below the text: odd pages at the right, even ones at the left, one character in.
FOOT_MM, FOOT_POINTS = 23, 14
TEXT_WIDTH_MM, TALLEST_MM = 156, 190
ROOM = 96  # columns of text at the size of tables between the margins, beside the cells' own margins
CELL_MARGIN_TWIPS = 50
BODY_POINTS, TITLE_POINTS, TABLE_POINTS, LINE_POINTS = 16, 22, 9, 28.9
FONTS = {
    "zh": {
        "body": "仿宋_GB2312",
        "title": "方正小标宋简体",
        "heading": "黑体",
        "second": "楷体_GB2312",
        "table": "宋体",
    },
    "en": {
        "body": "Times New Roman",
        "title": "Times New Roman",
        "heading": "Arial",
        "second": "Arial",
        "table": "Times New Roman",
    },
}
LATIN = "Times New Roman"
ACROSS, CARD_POINTS, SPARK_MM = 3, 15, 32  # cards of page one
FRONT_TITLE_POINTS = 18  # of an English title, which is longer
FIRST_PAGE_POINTS, FIRST_PAGE_LINES = 11, 16.5  # smaller than the body: page one stays one page
# The styles of what is no running text, by their roles: a template that has one of the name rules it, one that has not
# is given it. They rest on no other style, so that the 16 pt, fixed lines and indents of an office's Normal stay out of them.
STYLES = {
    "cell": Text("表格文字", "Table Text"),
    "head": Text("表头", "Table Heading"),
    "note": Text("表注", "Table Note"),
    "figure": Text("插图", "Figure"),
    "caption": Text("Caption", "Caption"),
    "table": Text("三线表", "Three-line Table"),
}
NOTE_POINTS, CAPTION_POINTS = 10, 12
PARAGRAPH_STYLES = {  # font, points, space before and after, centred, bold
    "cell": ("table", TABLE_POINTS, 0, 0, False, False),
    "head": ("table", TABLE_POINTS, 0, 0, False, True),
    "note": ("table", NOTE_POINTS, 3, 6, False, False),
    "figure": ("table", TABLE_POINTS, 6, 0, True, False),
    "caption": ("heading", CAPTION_POINTS, 6, 3, True, False),
}
RULES = {"top": "12", "bottom": "12"}  # eighths of a point: the outer two lines of a three-line table
THIN = "6"
TWIPS_PER_POINT = 20
# What follows the wish to update fields in the settings: Word asks for the order of its schema.
AFTER_UPDATE = (
    *("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr"),
    *("w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:captions", "w:shapeDefaults", "w:decimalSymbol"),
)


class _Document:
    """A python-docx document and the fonts of its language."""

    def __init__(self, language: str, template: str | Path | None) -> None:
        import docx

        self.docx = docx.Document(str(template) if template else None)
        self.fonts = FONTS[language]
        self.language = language
        self.own_style = template is None

    @property
    def text_width(self) -> int:
        """The width between the margins, in English Metric Units."""
        from docx.shared import Mm

        page = self.docx.sections[0]
        sizes = (page.page_width, page.left_margin, page.right_margin)
        if None in sizes:  # a template need not state its page
            return int(Mm(TEXT_WIDTH_MM))
        width, left, right = (int(size or 0) for size in sizes)
        return width - left - right

    def named(self, role: str) -> str:
        """Return the name of the style of a role in the document's language."""
        return STYLES[role].within(self.language)

    def run(
        self, paragraph: Any, text: str, *, font: str = "body", points: float | None = None, bold: bool = False
    ) -> Any:
        """Text in one of the document's fonts; a template's own styles are left in charge."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.bold = bold or None
        if self.own_style:
            run.font.name = LATIN if self.language == "zh" else self.fonts[font]
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self.chinese(font))
            run.font.size = Pt(points or BODY_POINTS)
        return run

    def chinese(self, font: str) -> str:
        """Return the font of Chinese characters, which an English document has too: names of courts."""
        return self.fonts[font] if self.language == "zh" else FONTS["zh"]["table"]

    def paragraph(self, text: str = "", *, font: str = "body", style: str | None = None, **options: Any) -> Any:
        """Add a paragraph with fixed lines, indented by two characters in Chinese where it is running text."""
        points, bold = options.pop("points", None), options.pop("bold", False)
        made = self.docx.add_paragraph(style=style)
        if text:
            self.run(made, text, font=font, points=points, bold=bold)
        self.shape(made, **options)
        return made

    def shape(
        self,
        paragraph: Any,
        *,
        indent: bool = False,
        centred: bool = False,
        lines: float | None = None,
        before: float = 0,
        after: float = 0,
    ) -> None:
        """Alignment, first-line indent, line spacing and the points before and after a paragraph."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.oxml.ns import qn
        from docx.shared import Pt

        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _unindent(paragraph._p.get_or_add_pPr())
        if not self.own_style:
            return
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        if lines is not None:
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            form.line_spacing = Pt(lines)
        if indent and self.language == "zh":
            mark = paragraph._p.get_or_add_pPr().get_or_add_ind()
            mark.set(qn("w:firstLineChars"), "200")
            mark.set(qn("w:firstLine"), str(2 * BODY_POINTS * TWIPS_PER_POINT))  # for readers that know no characters


def write_word(report: Report, footer: str, *, template: str | Path | None = None) -> bytes:
    """Write the document as bytes; ``template`` takes the office's own .docx, whose styles then rule."""
    document = _Document(report.language, template)
    if document.own_style:
        _page(document)
        _styles(document)
    _exhibit_styles(document)
    _properties(document, report, footer)
    title = _style(document, "Title")
    front = any(section.id == FIRST_PAGE for section in report.sections)
    large = FRONT_TITLE_POINTS if front and report.language == "en" else TITLE_POINTS
    document.paragraph(report.title, font="title", points=large, centred=True, style=title, after=LINE_POINTS / 2)
    under: dict[str, Any] = (
        {"points": FIRST_PAGE_POINTS, "lines": FIRST_PAGE_LINES} if front else {"points": 14, "lines": LINE_POINTS}
    )
    document.paragraph(report.subtitle, font="second", centred=True, **under)
    if report.synthetic:
        document.paragraph(report.synthetic, font="heading", centred=True, **under)
    labelled, named = labels(report), headings(report)
    if not report.is_short and all(section.id != FIRST_PAGE for section in report.sections):
        _contents(document, report)
    for section in report.sections:
        _section(document, section, named[section.id], labelled)
        if section.id == FIRST_PAGE:
            document.docx.add_page_break()
            _contents(document, report)
    document.docx.add_paragraph(footer, style=document.named("note"))
    out = io.BytesIO()
    document.docx.save(out)
    return same_bytes(out.getvalue())


def must_be_a_template(template: str | Path) -> None:
    """Raise ``InputError`` for a template that cannot be read within the budget of foreign files, ``OutputError`` for one to write in.

    A few lines and a table are written with it: whatever a damaged one lacks shows before the work.
    """
    path = Path(template)
    for sheet in sheets_of(replace(open_source(path, str(path)), format="document")):
        deque(sheet.blocks, maxlen=0)
    table = Table("trial", "trial", frame=pd.DataFrame({"cases": [1]}), function="", parameters={})
    section = Section("trial", "trial", (Paragraph("trial", strong=True), table))
    try:
        write_word(Report("trial", "trial", "zh", 2000, "trial", (section,)), "trial", template=path)
    except Exception as error:
        raise OutputError(
            f"模板 {path} 不是可用的 Word 文档（{type(error).__name__}）。请用 Word 或 WPS 打开后另存为 .docx。",
            f"The template {path} is no usable Word document ({type(error).__name__}). Open it in Word or WPS and save it as .docx.",
        ) from error


def _style(document: _Document, name: str) -> str | None:
    return name if name in [style.name for style in document.docx.styles] else None


def _page(document: _Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    section = document.docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS_MM.items():
        setattr(section, name, Mm(millimetres))
    section.footer_distance = Mm(FOOT_MM)
    document.docx.settings.odd_and_even_pages_header_footer = True
    for footer, side, number in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "1"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "2"),
    ):
        foot = footer.paragraphs[0]
        foot.alignment = side
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Pt(FOOT_POINTS)
        document.run(foot, "— ", font="table", points=FOOT_POINTS)
        _field(document, foot, "PAGE", number, font="table", points=FOOT_POINTS)
        document.run(foot, " —", font="table", points=FOOT_POINTS)


def _styles(document: _Document) -> None:
    """Built-in styles in the document's fonts, without theme fonts, colours and the rule under the title."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    kinds = {
        "Normal": ("body", BODY_POINTS),
        "Title": ("title", TITLE_POINTS),
        "Heading 1": ("heading", BODY_POINTS),
        "Heading 2": ("second", BODY_POINTS),
    }
    for name, (font, points) in kinds.items():
        style = document.docx.styles[name]
        style.font.name, style.font.size = (LATIN if document.language == "zh" else document.fonts[font]), Pt(points)
        style.font.bold, style.font.italic = name.startswith("Heading") and document.language == "en", False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), document.chinese(font))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        properties = style.element.find(qn("w:pPr"))
        border = properties.find(qn("w:pBdr")) if properties is not None else None
        if border is not None:
            properties.remove(border)
    languages = document.docx.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:val"), "en-GB")
        languages.set(qn("w:eastAsia"), "zh-CN")


def _exhibit_styles(document: _Document) -> None:
    """The styles of tables, notes, captions and figures, where the document has none of the name."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for role, (font, points, before, after, centred, bold) in PARAGRAPH_STYLES.items():
        name = document.named(role)
        is_there = _style(document, name) is not None
        if is_there and not (document.own_style and role == "caption"):
            continue
        kind = WD_STYLE_TYPE.PARAGRAPH
        style = (
            document.docx.styles[name] if is_there else document.docx.styles.add_style(name, kind, role == "caption")
        )
        style.base_style = None
        style.font.name, style.font.size = (LATIN if document.language == "zh" else document.fonts[font]), Pt(points)
        style.font.bold, style.font.italic, style.font.color.rgb = bold, False, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), document.chinese(font))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for stretch, none in (
            ("w:spacing", "0"),
            ("w:w", "100"),
        ):  # document defaults may spread letters, which breaks figures
            mark = OxmlElement(stretch)
            mark.set(qn("w:val"), none)
            style.element.rPr.insert_element_before(mark, "w:sz")
        form = style.paragraph_format
        form.line_spacing_rule, form.space_before, form.space_after = WD_LINE_SPACING.SINGLE, Pt(before), Pt(after)
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        properties = style.element.get_or_add_pPr()
        _unindent(properties)
        grid = OxmlElement("w:snapToGrid")
        grid.set(qn("w:val"), "0")
        properties.insert_element_before(grid, "w:spacing", "w:ind", "w:jc")
    if _style(document, document.named("table")) is None:
        made = document.docx.styles.add_style(document.named("table"), WD_STYLE_TYPE.TABLE)
        _three_lines(made.element)


def _unindent(properties: Any) -> None:
    """No first-line indent, in characters or points, whatever the style below has."""
    from docx.oxml.ns import qn

    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def _properties(document: _Document, report: Report, footer: str) -> None:
    core = document.docx.core_properties
    core.title, core.author, core.comments = report.title, report.court, footer
    core.language = "zh-CN" if report.language == "zh" else "en-GB"
    core.created = core.modified = datetime(report.year, 12, 31)  # a fixed day in place of the clock
    core.last_modified_by, core.revision = report.court, 1


def _field(document: _Document, paragraph: Any, code: str, shown: str, *, styled: bool = False, **look: Any) -> None:
    """A Word field with the text it shows until it is updated; ``styled`` leaves its look to the paragraph's style."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", shown), ("end", None)):
        said = str(text) if kind == "shown" else ""
        run = paragraph.add_run(said) if styled else document.run(paragraph, said, **look)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind is None:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {text} "
            run._r.append(mark)


def _contents(document: _Document, report: Report) -> None:
    """A table of contents: filled with the headings, and updated by Word when the document is opened."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document.paragraph(str(WORDS["contents"]), font="heading", centred=True)
    named = headings(report)
    entries = [named[section.id] for section in report.sections if section.id != FIRST_PAGE]
    first = document.paragraph(lines=LINE_POINTS)
    start = first.add_run()
    for kind in ("begin", "code", "separate"):
        mark = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            mark.set(qn("xml:space"), "preserve")
            mark.text = ' TOC \\o "1-1" \\h \\z \\u '
        else:
            mark.set(qn("w:fldCharType"), kind)
        start._r.append(mark)
    last = first
    for index, entry in enumerate(entries):
        last = first if index == 0 else document.paragraph(lines=LINE_POINTS)
        document.run(last, entry)
    end = OxmlElement("w:fldChar")
    end.set(qn("w:fldCharType"), "end")
    last.add_run()._r.append(end)
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.docx.settings.element.insert_element_before(update, *AFTER_UPDATE)
    document.docx.add_page_break()


def _section(document: _Document, section: Section, words: str, labelled: dict[str, str]) -> None:
    if section.id == FIRST_PAGE:
        _first_page(document, section)
        return
    style = _style(document, "Heading 1")
    heading = document.paragraph(words, font="heading", style=style, indent=True, lines=LINE_POINTS)
    heading.paragraph_format.keep_with_next = True
    for block in section.blocks:
        if isinstance(block, Paragraph):
            document.paragraph(block.text, indent=True, lines=LINE_POINTS, bold=block.strong)
        elif isinstance(block, Cards):
            _cards(document, block)
        elif isinstance(block, Figure):
            _figure(document, block, labelled[block.id])
        else:
            _table(document, block, labelled[block.id])


def _first_page(document: _Document, section: Section) -> None:
    """Page one: what is said in smaller letters than the body, so that it stays one page, and the cards."""
    for block in section.blocks:
        if isinstance(block, Cards):
            _cards(document, block)
        elif isinstance(block, Paragraph):
            look: dict[str, Any] = {"points": FIRST_PAGE_POINTS, "lines": FIRST_PAGE_LINES, "bold": block.strong}
            document.paragraph(block.text, indent=True, after=2, **look)


def _cards(document: _Document, block: Cards) -> None:
    """The key figures as a table of three columns: name, value, change and target, and the course of the years."""
    from docx.shared import Mm

    rows = -(-len(block.cards) // ACROSS)
    made = document.docx.add_table(rows=rows, cols=ACROSS, style=document.named("table"))
    for place, card in enumerate(block.cards):
        cell = made.rows[place // ACROSS].cells[place % ACROSS]
        lines = (
            (card.label, "cell", TABLE_POINTS, False),
            (card.value, "cell", CARD_POINTS, True),
            (" ".join(filter(None, (card.change, card.target))), "cell", TABLE_POINTS, False),
        )
        for number, (text, role, points, bold) in enumerate(lines):
            holder = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            holder.style = document.named(role)
            document.run(holder, text, font="table", points=points, bold=bold)
        if is_drawn(card.trend):
            holder = cell.add_paragraph(style=document.named("cell"))
            width = Mm(SPARK_MM)
            drawn = holder.add_run().add_picture(
                io.BytesIO(sparkline_png(card.trend)), width=width, height=int(width * HEIGHT / WIDTH)
            )
            properties = drawn._inline.docPr
            properties.set("descr", f"{card.label} {card.since}–")
            properties.set("name", f"card-{place}")
    document.paragraph(lines=6)


def _caption(document: _Document, exhibit: Table | Figure, label: str) -> Any:
    """The caption: its number is a SEQ field, so that Word can list and renumber figures and tables."""
    word = label.rstrip("0123456789")
    made = document.docx.add_paragraph(word, style=document.named("caption"))
    _field(document, made, f"SEQ {word.strip()} \\* ARABIC", label.removeprefix(word), styled=True)
    made.add_run(f"　{exhibit.caption}")
    document.shape(made, centred=True, before=6, after=3)
    return made


def _figure(document: _Document, figure: Figure, label: str) -> None:
    from docx.shared import Emu, Mm

    drawn = picture(figure, "png")
    holder = document.docx.add_paragraph(style=document.named("figure"))
    holder.paragraph_format.keep_with_next = True
    width = min(document.text_width, int(Mm(TALLEST_MM) / ratio(drawn)))
    holder.add_run().add_picture(io.BytesIO(drawn.content), width=Emu(width))
    properties = holder._p.xpath(".//wp:docPr")[0]
    properties.set("descr", drawn.alt)
    properties.set("title", figure.caption)
    properties.set("name", figure.id)
    _caption(document, figure, label)
    _note(document, figure)


def _table(document: _Document, table: Table, label: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Emu, Mm, Pt

    _caption(document, table, label).paragraph_format.keep_with_next = True
    headings, rows = table.headings(), table.rows()
    if not headings:
        return
    size = document.docx.styles[document.named("cell")].font.size
    styled = size.pt if size is not None else TABLE_POINTS
    room = ROOM * document.text_width / Mm(TEXT_WIDTH_MM) * TABLE_POINTS / styled
    smallest = LEAST_SIZE * TABLE_POINTS / styled
    weights = column_weights(table, room, least_size=smallest)
    points = math.floor(2 * styled * narrowed(weights, room, least_size=smallest)) / 2  # Word knows half points
    widths = [Emu(round(document.text_width * weight / sum(weights))) for weight in weights]
    made = document.docx.add_table(rows=1 + len(rows), cols=len(headings), style=document.named("table"))
    made.autofit = False
    for column, width in enumerate(widths):
        made.columns[column].width = width
    numeric = [table.is_number(str(name)) for name in table.frame.columns]
    for row_number, cells in enumerate([headings, *rows]):
        row = made.rows[row_number]
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            holder = cell.paragraphs[0]
            holder.style = document.named("cell" if row_number else "head")
            run = holder.add_run(text)
            if points < styled:
                run.font.size = Pt(points)
                _mark(holder, points)
            if numeric[column]:
                holder.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if row_number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), table.caption)
    made._tbl.tblPr.append(description)  # the last that the schema has here
    _note(document, table)


def _mark(paragraph: Any, points: float) -> None:
    """The size of the paragraph's own mark: an empty cell is as tall as it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    look, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(2 * points)))
    look.append(size)
    paragraph._p.get_or_add_pPr().append(look)


def _three_lines(style: Any) -> None:
    """The three lines of a three-line table: above, below, and thin under the headings."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def line(side: str, size: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'

    outer = "".join(line(side, size) for side, size in RULES.items())
    margins = "".join(f'<w:{side} w:w="{CELL_MARGIN_TWIPS}" w:type="dxa"/>' for side in ("left", "right"))
    for part in (
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>{outer}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", THIN)}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr>",
    ):
        style.append(parse_xml(part))


def _note(document: _Document, exhibit: Table | Figure) -> None:
    document.docx.add_paragraph(exhibit.note, style=document.named("note"))
