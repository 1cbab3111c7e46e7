"""The report as a Word document after GB/T 9704: page, three-line tables, native charts, captions, contents, alt texts."""

from __future__ import annotations

import io
import re
from collections import deque
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.native import native_chart
from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.register.file_names import is_telling
from analysis.report.content import (
    FIRST_PAGE,
    RECKONED,
    Block,
    Cards,
    Figure,
    Paragraph,
    Report,
    Section,
    Table,
    anchor,
)
from analysis.report.formats.html import WORDS, headings, labels
from analysis.report.formats.layout import (
    WHOLE_ROWS,
    column_weights,
    must_lie,
    parts_of,
    picture,
    ratio,
    saved,
    unit_apart,
)
from analysis.report.formats.native_chart import add_to_paragraph
from analysis.report.formats.sparkline import HEIGHT, WIDTH, is_drawn, sparkline_png
from analysis.report.formats.word_styles import (
    FONTS,
    FOOT_MM,
    FOOT_POINTS,
    LOOKS,
    MARGINS_MM,
    PAGE_MM,
    TABLE,
    TABLE_POINTS,
    Styles,
)
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

EMU_PER_MM = 36_000
TEXT_MM, TALLEST_MM = 156, 190  # between the margins; the most that a picture may have
ROOM = 98  # columns of text at the size of tables between the margins, beside the cells' own margins
ACROSS, SPARK_MM = 3, 32  # cards of page one
CHART_SHAPE = 0.4  # height by width of a chart of Word's own
BESIDE_NUMBER, ROOM_TO_WRITE = (
    2 * EMU_PER_MM,
    11 * EMU_PER_MM,
)  # before a text beside a number; height of a row to be filled in
LEFTOVERS = (
    "thumbnail",
    "extended-properties",
    "customXml",
    "stylesWithEffects",
    "theme",
    "numbering",
    "webSettings",
    "fontTable",
)
# What a template says of whoever made it, beside what it shows: links of its package, of its parts, and settings.
OF_ITS_MAKERS = (
    *("thumbnail", "extended-properties", "custom-properties", "attachedTemplate"),
    *("people", "comments", "commentsExtended", "commentsIds", "commentsExtensible"),
    *("glossaryDocument", "customXml", "mailMergeSource", "mailMergeHeaderSource", "recipientData", "printerSettings"),
)
# Comments, what was deleted or moved away, settings and names of fields: none of it is shown.
NOT_SHOWN = (
    *(
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
        "w:del",
        "w:moveFrom",
        "w:delText",
        "w:delInstrText",
    ),
    *(
        "w:attachedTemplate",
        "w:docVars",
        "w:mailMerge",
        "w:printerSettings",
        "w:alias",
        "w:tag",
        "w:dataBinding",
        "w:placeholder",
    ),
)
# What names of styles are made of, besides words that names of files are made of.
OF_STYLES = re.compile(
    "标题|正文|公文|文件|附件|附注|表格|表头|表内|表注|图题|题注|脚注|页眉|页脚|页码|目录|封面|主送|抄送|落款|署名|日期|段落|列表|编号|首行|缩进|"
    "居中|左对齐|右对齐|两端对齐|加粗|字符|文字|样式|[小大]标宋|仿宋|宋体|黑体|楷体|[一二三四五六0-9]+级|[小一二三四五六]+号|char|own|"
    "style|heading|title|body|text|table|figure|caption|list|note|header|footer|normal|first|page|cell|line|bold|paragraph",
    re.IGNORECASE,
)
NAME_A_STYLE = (
    *("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link"),
    *("w:numStyleLink", "w:styleLink", "w:clickAndTypeStyle", "w:defaultTableStyle"),
)
HIDDEN_RUNS = "//w:r[w:rPr/w:vanish[not(@w:val='0' or @w:val='false' or @w:val='off')]]"
NOTES = ("/footnotes.xml", "/endnotes.xml")  # parts that python-docx keeps as they are
# What follows the wish to update fields in the settings: Word asks for the order of its schema.
AFTER_UPDATE = (
    *("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr"),
    *("w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:captions", "w:shapeDefaults", "w:decimalSymbol"),
)
# What follows the characters that begin no line, and those that Chinese text begins none with anyway: a list replaces Word's own.
AFTER_LINE_BREAKS = (
    *("w:savePreviewPicture", "w:doNotValidateAgainstSchema", "w:saveInvalidXml", "w:ignoreMixedContent"),
    *("w:alwaysShowPlaceholderText", "w:doNotDemarcateInvalidXml", "w:saveXmlDataOnly", "w:useXSLTWhenSaving"),
    *("w:saveThroughXslt", "w:showXMLTags", "w:alwaysMergeEmptyNamespace", "w:updateFields"),
)
BEGIN_NO_LINE = "!),.:;?]}¨·ˇˉ―‖’”…∶、。〃々〉》」』】〕〗！＂＇），．：；？］｀｜｝～￠"


class _Document:
    """A python-docx document, its styles, and the way its pages lie."""

    def __init__(self, report: Report, template: str | Path | None) -> None:
        import docx

        self.docx = docx.Document(str(template) if template else None)
        self.language, self.labels = report.language, labels(report)
        if template is None:
            _page(self.docx)
            _without_leftovers(self.docx)
        else:
            _without_makers(self.docx, report.court)
        width = self.text_width // (EMU_PER_MM * 254 // 14_400)  # in twips
        self.styles = Styles(self.docx, report.language, own=template is None, width=width)
        if template is None:
            _page_numbers(self)
        _keep_marks(self.docx)

    @property
    def text_width(self) -> int:
        """The width between the margins of the page that is being written, in English Metric Units."""
        page = self.docx.sections[-1]
        sizes = (page.page_width, page.left_margin, page.right_margin)
        if None in sizes:  # a template need not state its page
            return TEXT_MM * EMU_PER_MM
        width, left, right = (int(size or 0) for size in sizes)
        return width - left - right

    def add(self, text: str, role: str, *, bold: bool = False) -> Any:
        """Add a paragraph in the style of a role; what is strong is bold."""
        made = self.docx.add_paragraph(style=self.styles[role])
        if text:
            made.add_run(text).bold = bold or None
        return made

    @property
    def room(self) -> float:
        """Columns of text that the page holds at the size of tables."""
        return ROOM * self.text_width / (TEXT_MM * EMU_PER_MM) * TABLE_POINTS / self.styles.points("cell")

    def turn_for(self, block: Block | None) -> None:
        """Begin a page that lies where a table asks for more than one that stands holds, and one that stands after it."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.oxml.ns import qn

        page = self.docx.sections[-1]
        lies = page.orientation == WD_ORIENT.LANDSCAPE
        if lies == self._is_wide(block, lies=lies):
            return
        page = self.docx.add_section(WD_SECTION.NEW_PAGE)
        for mark in ("w:titlePg", "w:pgNumType"):  # neither a first page nor a page 1 again
            for element in page._sectPr.findall(qn(mark)):
                page._sectPr.remove(element)
        page.orientation = WD_ORIENT.PORTRAIT if lies else WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
        sides = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)
        order = (3, 0, 1, 2) if not lies else (1, 2, 3, 0)  # a quarter turn, and back
        page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = (sides[side] for side in order)

    def _is_wide(self, block: Block | None, *, lies: bool) -> bool:
        page, room = self.docx.sections[-1], self.room
        if lies:  # that of a page that stands
            standing = int(page.page_height or 0) - int(page.top_margin or 0) - int(page.bottom_margin or 0)
            room *= standing / self.text_width
        return isinstance(block, Table) and must_lie(block, room)


def write_word(report: Report, footer: str, *, template: str | Path | None = None) -> bytes:
    """Write the document as bytes; ``template`` takes the office's own .docx, whose styles then rule."""
    document = _Document(report, template)
    _properties(document, report, footer)
    document.add(report.title, "title")
    document.add(report.subtitle, "under")
    if report.synthetic:
        document.add(report.synthetic, "under", bold=True)
    named, contents = headings(report), not report.is_short
    for section in report.sections:
        if contents and section.id != FIRST_PAGE:
            _contents(document, report)
        _section(document, section, named[section.id], on_new_page=contents and section.id != FIRST_PAGE)
        contents = contents and section.id == FIRST_PAGE
    document.add(footer, "note")
    return saved(document.docx.save)


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


def _page(docx: Any) -> None:
    from docx.shared import Mm

    page = docx.sections[0]
    page.page_width, page.page_height = (Mm(side) for side in PAGE_MM)
    for name, millimetres in MARGINS_MM.items():
        setattr(page, name, Mm(millimetres))
    page.footer_distance = Mm(FOOT_MM)


def _without_leftovers(docx: Any) -> None:
    """Take out what the library's empty document brings: a picture of a page, another machine's name, Japanese fonts."""
    from docx.oxml.ns import qn

    for links in (docx.part.package.rels, docx.part.rels):
        for known in [key for key, link in links.items() if link.reltype.rpartition("/")[2] in LEFTOVERS]:
            links.pop(known)
    settings = docx.settings.element
    for name in ("w:themeFontLang", "w:clrSchemeMapping", "w:rsids", "w:savePreviewPicture", "w:proofState"):
        for element in settings.findall(qn(name)):
            settings.remove(element)


def _without_makers(docx: Any, court: str) -> None:
    """Take out of a template what tells who made it and what it does not show: properties, comments, changes, hidden text, where its own template lies."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    package = docx.part.package
    parts = [part for part in package.iter_parts() if hasattr(part, "element")]
    notes = {part: parse_xml(part.blob) for part in package.iter_parts() if part.partname.endswith(NOTES)}
    for links in (package.rels, *(part.rels for part in package.iter_parts())):
        for known in [key for key, link in links.items() if link.reltype.rpartition("/")[2] in OF_ITS_MAKERS]:
            links.pop(known)
    for element in list(docx.core_properties._element):
        docx.core_properties._element.remove(element)
    for root in (*(part.element for part in parts), *notes.values()):
        _without_hidden(root, court)
    _without_names_of_styles(docx.styles.element, [*(part.element for part in parts), *notes.values()])
    for part, root in notes.items():
        part._blob = serialize_part_xml(root)


def _without_names_of_styles(styles: Any, roots: Sequence[Any]) -> None:
    """Number styles whose names could be somebody's, whether or not they say that they are the office's own; what they look like stays."""
    from docx.oxml.ns import qn

    of_word = _names_of_word()
    for latent in list(styles.iter(qn("w:lsdException"))):
        if latent.get(qn("w:name")).lower() not in of_word and _could_be_somebodys(latent.get(qn("w:name"))):
            latent.getparent().remove(latent)
    roles = {name for look in LOOKS.values() for name in (look.name.zh, look.name.en)} | {TABLE.zh, TABLE.en}
    value, key = qn("w:val"), qn("w:styleId")
    numbers: dict[str, str] = {}
    for style in styles.findall(qn("w:style")):
        for alias in style.findall(qn("w:aliases")):
            style.remove(alias)
        name = style.find(qn("w:name"))
        if name is None or name.get(value) in roles or name.get(value).lower() in of_word:
            continue
        if style.get(qn("w:customStyle")) is None and not _could_be_somebodys(name.get(value)):
            continue  # one of Word's own that is named in Chinese
        numbers[style.get(key)] = f"own{len(numbers) + 1}"  # an id is made of the name that a style had first
        style.set(key, numbers[style.get(key)])
        if _could_be_somebodys(name.get(value)):
            name.set(value, f"{Text('样式', 'Style ')}{len(numbers)}")
    for mark in (mark for root in roots for mark in root.iter(*map(qn, NAME_A_STYLE))):
        mark.set(value, numbers.get(mark.get(value), mark.get(value)))


def _could_be_somebodys(name: str) -> bool:
    return is_telling(OF_STYLES.sub(" ", name))


def _names_of_word() -> set[str]:
    """The names of Word's own styles, in small letters: those of its own template."""
    from docx import Document
    from docx.oxml.ns import qn

    styles = Document().styles.element
    names = [mark.get(qn("w:val")) for mark in styles.iterfind(f"{qn('w:style')}/{qn('w:name')}")]
    return {
        name.lower() for name in (*names, *(latent.get(qn("w:name")) for latent in styles.iter(qn("w:lsdException"))))
    }


def _without_hidden(root: Any, court: str) -> None:
    """Take out of a part of a template what it does not show; changes that it shows are the court's."""
    from docx.oxml.ns import nsmap, qn
    from lxml import etree  # type: ignore[import-untyped]

    hidden, authors = (etree.XPath(path, namespaces=nsmap) for path in (HIDDEN_RUNS, "//*[@w:author]"))
    for mark in [*hidden(root), *(mark for name in NOT_SHOWN for mark in list(root.iter(qn(name))))]:
        if mark.getparent() is not None:  # one within another is gone already
            mark.getparent().remove(mark)
    for changed in authors(root):
        changed.set(qn("w:author"), court)


def _keep_marks(docx: Any) -> None:
    """Let no line begin with the bracket of a mark, which belongs to the sentence before it.

    Word goes by the document's own list of characters. LibreOffice reads none and may begin a line with it still: a space that breaks no line
    (U+00A0) keeps half of the marks there and parts all, a character that joins words (U+2060) shows as a box in fonts that lack it.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = docx.settings.element
    known = settings.find(qn("w:noLineBreaksBefore"))
    if known is None:
        known = OxmlElement("w:noLineBreaksBefore")
        known.set(qn("w:lang"), "zh-CN")
        known.set(qn("w:val"), BEGIN_NO_LINE)
        settings.insert_element_before(known, *AFTER_LINE_BREAKS, *AFTER_UPDATE)
    listed = known.get(qn("w:val"), "")
    known.set(qn("w:val"), listed if "〔" in listed else f"{listed}〔")


def _page_numbers(document: _Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document.docx.settings.odd_and_even_pages_header_footer = True
    page = document.docx.sections[0]
    for footer, side, number in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT, "1"),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "2"),
    ):
        foot = footer.paragraphs[0]
        foot.style, foot.alignment = document.styles["footer"], side
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Pt(FOOT_POINTS)
        foot.add_run("— ")
        _field(foot, "PAGE", number)
        foot.add_run(" —")


def _properties(document: _Document, report: Report, footer: str) -> None:
    core = document.docx.core_properties
    core.title, core.author, core.comments = report.title, report.court, footer
    core.language = "zh-CN" if report.language == "zh" else "en-GB"
    core.created = core.modified = datetime(report.year, 12, 31)  # a fixed day in place of the clock
    core.last_modified_by, core.revision = report.court, 1


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A Word field with the text it shows until it is updated."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "code":
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {code} "
            run._r.append(mark)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _contents(document: _Document, report: Report) -> None:
    """Contents with the page of each heading as a field of its own, which a program fills on opening or printing.

    One field for all (TOC) would have to be filled before it shows anything: no page is known until a program sets the text.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document.add(str(WORDS["contents"]), "contents").paragraph_format.page_break_before = True
    named = headings(report)
    for section in report.sections:
        if section.id != FIRST_PAGE:
            entry = document.add(f"{named[section.id]}\t", "entry")
            _field(entry, f"PAGEREF {_place(section.id)} \\h", "")
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.docx.settings.element.insert_element_before(update, *AFTER_UPDATE)


def _place(section: str) -> str:
    """The name of a heading's place, to which the contents point."""
    return f"_Toc_{section}"


def _section(document: _Document, section: Section, words: str, *, on_new_page: bool) -> None:
    if section.id != FIRST_PAGE:
        document.turn_for(section.blocks[0] if section.blocks else None)
        _heading(document, section.id, words).paragraph_format.page_break_before = on_new_page or None
    for block in section.blocks:
        document.turn_for(block)
        if isinstance(block, Paragraph):
            # a source may be one long address, beside which a line set to both margins is torn apart
            role = "front" if section.id == FIRST_PAGE else "note" if block.text.startswith("[") else "body"
            made = document.add(block.text, role, bold=block.strong)
            made.paragraph_format.keep_with_next = block.strong or None  # it heads what follows
            if block.place:
                _link(made, block.mark, anchor(block.place))
        elif isinstance(block, Cards):
            _cards(document, block)
        elif isinstance(block, Figure):
            _figure(document, block)
        else:
            _table(document, block)


def _heading(document: _Document, name: str, words: str) -> Any:
    """A heading with the place that the contents point to."""
    made = document.add(words, "heading")
    _bookmark(document, made, _place(name))
    return made


def _bookmark(document: _Document, paragraph: Any, name: str) -> None:
    """Name a paragraph's place, so that fields and links can point to it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    number = str(len(document.docx.element.xpath("//w:bookmarkStart")))
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), number)
    begin.set(qn("w:name"), name)
    paragraph.runs[0]._r.addprevious(begin)
    paragraph._p.append(end)


def _named(place: str) -> str:
    """The name of a place as Word allows one."""
    return place.replace("-", "_")


def _name_rows(document: _Document, made: Any) -> None:
    """Name the rows to which the marks of statements lead."""
    for place, row in enumerate(made.rows):
        _bookmark(document, row.cells[0].paragraphs[0], _named(anchor(place)))


def _link(paragraph: Any, text: str, place: str) -> None:
    """End a paragraph with a link to a named place of the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _named(place))
    run = paragraph.add_run(text)
    run.font.superscript = True
    link.append(run._r)
    paragraph._p.append(link)


def _cards(document: _Document, block: Cards) -> None:
    """The key figures as a table of three columns: name, value, change and target, and the course of the years."""
    from docx.shared import Mm

    made = document.docx.add_table(rows=-(-len(block.cards) // ACROSS), cols=ACROSS, style=document.styles["table"])
    for place, card in enumerate(block.cards):
        cell = made.rows[place // ACROSS].cells[place % ACROSS]
        lines = (
            (card.label, "cell"),
            (card.value, "value"),
            (" ".join(filter(None, (card.change, card.target))), "cell"),
        )
        for number, (text, role) in enumerate(lines):
            holder = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            holder.style = document.styles[role]
            holder.add_run(text)
        if is_drawn(card.trend):
            holder = cell.add_paragraph(style=document.styles["spark"])
            width = Mm(SPARK_MM)
            drawn = holder.add_run().add_picture(
                io.BytesIO(sparkline_png(card.trend)), width=width, height=int(width * HEIGHT / WIDTH)
            )
            properties = drawn._inline.docPr
            properties.set("descr", f"{card.label} {card.since}–")
            properties.set("name", f"card-{place}")
    document.add("", "gap")


def _caption(document: _Document, exhibit: Table | Figure) -> Any:
    """The caption: its number is a SEQ field, so that Word can list and renumber figures and tables."""
    label = document.labels[exhibit.id]
    word = label.rstrip("0123456789")
    made = document.add(word, "caption")
    _field(made, f"SEQ {word.strip()} \\* ARABIC", label.removeprefix(word))
    made.add_run(f"　{exhibit.caption}")
    return made


def _figure(document: _Document, figure: Figure) -> None:
    """A simple series as a chart of Word's own with its numbers inside; every other figure as a picture; both with alt text."""
    holder, width = document.add("", "figure"), document.text_width
    if figure.native is not None:
        chart = figure.said()
        across = width / EMU_PER_MM
        look: dict[str, Any] = {"font": FONTS[document.language]["table"], "points": TABLE_POINTS}
        size, alt, finding = (across, across * CHART_SHAPE), str(chart.alt), str(chart.title)
        properties = add_to_paragraph(document.docx, holder, native_chart(chart, figure.native.columns), size, **look)
    else:
        drawn = picture(figure, "png")
        alt, finding, fits = drawn.alt, drawn.finding, min(width, int(TALLEST_MM * EMU_PER_MM / ratio(drawn)))
        properties = holder.add_run().add_picture(io.BytesIO(drawn.content), width=fits)._inline.docPr
    for name, text in (("descr", alt), ("title", figure.caption), ("name", figure.id)):
        properties.set(name, text)
    lines = [_caption(document, figure), *(document.add(said, "note") for said in (finding, figure.note) if said)]
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True


def _table(document: _Document, table: Table) -> None:
    """A table under its caption, in parts one under the other where even a page that lies is too narrow."""
    _caption(document, table).paragraph_format.keep_with_next = True
    parts = parts_of(table, document.room) if len(table.frame.columns) else []
    for place, part in enumerate(parts, start=1):
        if place > 1:
            document.add("", "cell")  # else the part would become rows of the one before
        _three_lines(document, part, before_note=bool(table.note) and place == len(parts))
    if table.id == RECKONED:
        _name_rows(document, document.docx.tables[-1])
    document.add(table.note, "note" if table.note else "gap")


def _three_lines(document: _Document, table: Table, *, before_note: bool) -> None:
    """A table of three lines: a short one on one page, and of any no row stands alone below its headings, at its end or before its note."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    rows, room = [table.headings(), *table.rows()], document.room
    weights = column_weights(table, room)
    widths = [round(document.text_width * weight / sum(weights)) for weight in weights]
    made = document.docx.add_table(rows=len(rows), cols=len(widths), style=document.styles["table"])
    made.autofit, last = False, len(rows) - 1
    for column, width in enumerate(widths):
        made.columns[column].width = width
    numeric = [table.is_number(str(name)) for name in table.frame.columns]
    for place, (row, texts) in enumerate(zip(made.rows, rows, strict=True)):
        if table.to_fill_in and place:
            row.height = ROOM_TO_WRITE
        for column, (cell, text, width, is_number) in enumerate(zip(row.cells, texts, widths, numeric, strict=True)):
            cell.width = width
            holder = cell.paragraphs[0]
            holder.style = document.styles["cell" if place else "head"]
            if text:
                holder.add_run(unit_apart(text, weights[column] * room / sum(weights)))
            if is_number:
                holder.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            elif table.follows_number(column):
                holder.paragraph_format.left_indent = BESIDE_NUMBER
            if before_note if place == last else len(rows) <= WHOLE_ROWS or place in (0, 1, last - 1):
                holder.paragraph_format.keep_with_next = True
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), table.caption)
    made._tbl.tblPr.append(description)  # the last that the schema has here
