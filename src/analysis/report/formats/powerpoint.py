"""The report as PowerPoint: ten slides at the most, each a finding, a chart and two or three lines; its tables as a second file.

Simple series are native charts that can be edited. What a section says beyond the lines of its slide stands in the notes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from analysis.charts.drawing.native import native_chart
from analysis.report.content import FIRST_PAGE, Cards, Figure, Paragraph, Report, Section, Table
from analysis.report.formats.html import headings, labels
from analysis.report.formats.layout import column_weights, picture, ratio, saved, visual_length
from analysis.report.formats.native_chart import add_chart
from analysis.report.formats.sparkline import HEIGHT, WIDTH, is_drawn, sparkline_png
from analysis.vocabulary.text import Text, capital, spaced

WIDTH_MM, HEIGHT_MM, MARGIN_MM = 338.7, 190.5, 14
TITLE_MM, TOP_MM, FOOT_MM = 12, 34, 16  # where titles, contents and, from below, the foot begin
INK, ACCENT, MUTED = "1B2733", "12355B", "52606D"
FONTS = {"zh": "微软雅黑", "en": "Calibri"}
TEXT_POINTS, LEAST, LARGEST, ROOM = (
    18,
    11,
    18,
    150,
)  # of text and tables; columns of text that a table holds at the least
MM_PER_POINT, LEADING = 25.4 / 72, 1.25
CELL_MM, BESIDE_MM = 3, 1.5  # above and below the text of a cell; on either side of it, so that columns never touch
SMALLEST, NOTE_LINES = 8, 3  # of a note at the foot; a longer one has a slide of its own
NOTE_MM = WIDTH_MM - 2 * MARGIN_MM - 20
UNDER_MM = 4  # between what is said and what stands below it
TITLE_POINTS = (24, 18, 14, 12)  # tried for a title, until its lines have room in its box
TITLE_LETTER, TITLE_LINE = 0.72, 1.32  # of a broad font that may stand in for ours, parts of its size
INSET_MM = 2.54  # within a box, on each side
LEAD_LINES = 4  # as many lines may stand above an exhibit, more have a slide of their own
ACROSS, CARDS_MM, CARD_MM, CARD_GAP_MM, SPARK_SHARE = 3, 72, 34, 8, 0.4  # cards of page one
MOST_SLIDES = 4  # that one table may take
PAPER, WASH, RULE = "FFFFFF", "F5F7F9", "C9D1D9"
MOST = 10  # slides of a deck
LINES, LINE_POINTS = 3, (16, 14, 12)  # above a chart, and the sizes tried for them
CHART_POINTS = 12
# of chart, with which its alt text begins and which is seen
KIND = re.compile(r"[^，。：]{1,5}图[，：]|(?:Bars and line|Areas), |Lines\. |Bars (?=by )")
SENTENCE = re.compile(r"\S.*?(?:[。！？]|[.!?](?=\s|$)|$)")
CLAUSE = re.compile(r"(.+)[；;]\s*\S")  # all but the last clause of a sentence
MORE = Text("；……", "; …")  # where clauses are left out, so that a list does not look whole


class _Deck:
    """A presentation in one language, with text in its fonts."""

    def __init__(self, report: Report) -> None:
        import pptx
        from pptx.util import Mm

        self.deck, self.report = pptx.Presentation(), report
        self.deck.slide_width, self.deck.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)

    def slide(self, heading: str, *, over: str = "") -> Any:
        """A slide with a title placeholder, so that outline and screen readers find it, its section above, its number below."""
        from pptx.util import Mm

        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        title = slide.shapes.title
        title.left, title.top = Mm(MARGIN_MM), Mm(TITLE_MM)
        title.width, title.height = Mm(WIDTH_MM - 2 * MARGIN_MM), Mm(TOP_MM - TITLE_MM - 2)
        points = next((p for p in TITLE_POINTS if _title_height(heading, p) <= TOP_MM - TITLE_MM - 2), TITLE_POINTS[-1])
        self.write(title.text_frame, heading, points=points, colour=ACCENT, bold=True)
        if over:
            self.box(slide, over, top=5, height=8, points=12, colour=MUTED)
        if len(self.deck.slides) > 1:
            self._number(slide)
        return slide

    def _number(self, slide: Any) -> None:
        """The slide's number as a field, so that it stays right when slides are moved."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml.ns import qn
        from pptx.util import Mm

        shape = slide.shapes.add_textbox(Mm(WIDTH_MM - MARGIN_MM - 20), Mm(HEIGHT_MM - 12), Mm(20), Mm(8))
        self.write(shape.text_frame, str(len(self.deck.slides)), points=11, colour=MUTED)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        run = paragraph.runs[0]._r
        run.tag = qn("a:fld")
        run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        run.set("type", "slidenum")

    def write(self, frame: Any, text: str, *, points: float, colour: str = INK, bold: bool = False) -> None:
        """Write one paragraph in the language's font, east Asian and Latin alike."""
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

    def box(self, slide: Any, *texts: str, top: float, height: float, points: float, colour: str = INK) -> Any:
        """Add a text box over the width of the slide, a paragraph a text."""
        from pptx.util import Mm, Pt

        shape = slide.shapes.add_textbox(Mm(MARGIN_MM), Mm(top), Mm(WIDTH_MM - 2 * MARGIN_MM), Mm(height))
        for text in texts:
            self.write(shape.text_frame, text, points=points, colour=colour)
            shape.text_frame.paragraphs[-1].space_after = Pt(points * 0.4)
        return shape

    def note(self, slide: Any, text: str) -> None:
        """Add a note at the foot of the slide, smaller where it is long."""
        from pptx.util import Mm

        lines = _lines(text, 10, NOTE_MM)
        points = 11 if lines < 2 else 10 if lines < 3 else SMALLEST
        shape = self.box(slide, text, top=HEIGHT_MM - FOOT_MM, height=FOOT_MM - 4, points=points, colour=MUTED)
        shape.width = Mm(NOTE_MM)

    def say(self, slide: Any, said: Sequence[Paragraph]) -> None:
        """Put paragraphs into the notes that the speaker reads."""
        slide.notes_slide.notes_text_frame.text = "\n".join(block.text for block in said)


def _lines(text: str, points: float, width: float) -> int:
    """Count the lines that a text takes at a size in a width of millimetres, a little more rather than less."""
    across = max(1, int(width / (points * MM_PER_POINT * 0.55)))
    return max(1, -(-visual_length(text) // across))


def _title_height(text: str, points: float) -> float:
    """Millimetres that a title takes in bold letters of a broad font, a Chinese character as wide as high."""
    room = (WIDTH_MM - 2 * MARGIN_MM - 2 * INSET_MM) / (points * MM_PER_POINT)
    wide = visual_length(text) - len(text)
    lines = -(-(wide + TITLE_LETTER * (len(text) - wide)) // room)
    return lines * TITLE_LINE * points * MM_PER_POINT + INSET_MM


def write_slides(report: Report, footer: str) -> bytes:
    """Write the presentation as bytes; the same report gives the same bytes. A short report is all in one."""
    deck = _begun(report, footer)
    front = next((section for section in report.sections if section.id == FIRST_PAGE), None)
    if front is not None:
        _first_slides(deck, deck.deck.slides[0], front)
    named, labelled = headings(report), labels(report)
    words: list[Section] = []  # sections of text alone that follow each other share a slide
    for section in report.sections:
        if report.is_short:
            _section(deck, section, named[section.id], labelled)
        elif section is not front and section.on_slides:
            words = _findings(deck, section, named, labelled, words)
    _words_alone(deck, words, named)
    return _saved(deck, footer)


def write_annex(report: Report, footer: str) -> bytes:
    """Write the tables of a report, with what is said beside them, as a presentation of their own."""
    deck = _begun(report, footer, Text("：附表", ": tables"))
    named, labelled = headings(report), labels(report)
    for section in report.sections:
        blocks = tuple(block for block in section.blocks if not isinstance(block, Figure))
        if section.id != FIRST_PAGE and any(isinstance(block, Table) for block in blocks):
            _section(deck, replace(section, blocks=blocks), named[section.id], labelled)
    return _saved(deck, footer)


def _begun(report: Report, footer: str, part: Text | str = "") -> _Deck:
    """A deck with its first slide: the title, and what it stands on where no key figures follow."""
    deck = _Deck(report)
    first = deck.slide(f"{report.title}{part}")
    if part or all(section.id != FIRST_PAGE for section in report.sections):
        deck.box(first, report.subtitle, top=60, height=15, points=18, colour=MUTED)
        if report.synthetic:
            deck.box(first, report.synthetic, top=85, height=20, points=18)
        deck.box(first, footer, top=HEIGHT_MM - 20, height=10, points=10, colour=MUTED)
    return deck


def _saved(deck: _Deck, footer: str) -> bytes:
    core, report = deck.deck.core_properties, deck.report
    core.title, core.author, core.comments, core.last_modified_by = report.title, report.court, footer, report.court
    core.created = core.modified = datetime(report.year, 12, 31)  # a fixed day in place of the clock
    core.revision = 1
    links = deck.deck.part.package._rels
    for known in [key for key, link in links.items() if link.reltype.endswith(("/thumbnail", "/extended-properties"))]:
        links.pop(known)  # of the library's empty deck
    return saved(deck.deck.save)


def _first_slides(deck: _Deck, slide: Any, front: Section) -> None:
    """Page one on two slides: title, the year in a sentence and the key figures; then the findings and what to watch."""
    report = deck.report
    lead = [block for block in front.blocks if isinstance(block, Paragraph)]
    under = report.under
    deck.box(slide, under, top=TOP_MM - 2, height=8, points=11, colour=MUTED)
    deck.box(slide, lead[0].text, top=TOP_MM + 9, height=14, points=16)
    for cards in (block for block in front.blocks if isinstance(block, Cards)):
        _cards(deck, slide, cards)
    _summary(deck, front.heading, lead[1:])


def _cards(deck: _Deck, slide: Any, block: Cards) -> None:
    """The key figures in two rows of boxes, each with its course over the years."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Mm

    across = (WIDTH_MM - 2 * MARGIN_MM - (ACROSS - 1) * CARD_GAP_MM) / ACROSS
    for place, card in enumerate(block.cards):
        left = MARGIN_MM + (place % ACROSS) * (across + CARD_GAP_MM)
        top = CARDS_MM + (place // ACROSS) * (CARD_MM + CARD_GAP_MM)
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Mm(left), Mm(top), Mm(across), Mm(CARD_MM))
        shape.fill.solid()
        shape.fill.fore_color.rgb, shape.line.color.rgb = RGBColor.from_string(PAPER), RGBColor.from_string(RULE)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        shape.shadow.inherit = False
        deck.write(shape.text_frame, card.label, points=13, colour=MUTED)
        deck.write(shape.text_frame, card.value, points=24, colour=ACCENT, bold=True)
        deck.write(shape.text_frame, " ".join(filter(None, (card.change, card.target))), points=12)
        if is_drawn(card.trend):
            wide, high = across * SPARK_SHARE, across * SPARK_SHARE * HEIGHT / WIDTH
            at = (
                Mm(left + across - wide - 3),
                Mm(top + CARD_MM - high - 2),
            )  # beneath the words, however long the value is
            drawn = slide.shapes.add_picture(
                io.BytesIO(sparkline_png(card.trend)), *at, width=Mm(wide), height=Mm(high)
            )
            drawn._element.xpath(".//p:cNvPr")[0].set("descr", f"{card.label} {card.since}–{deck.report.year}")


def _findings(
    deck: _Deck, section: Section, named: dict[str, str], labelled: dict[str, str], words: list[Section]
) -> list[Section]:
    """A slide for each figure of a section and each table that is drawn; gives the sections of text alone that wait for a slide, no annexes."""
    if all(isinstance(block, Paragraph) for block in section.blocks):
        return [*words, section] if section.blocks and not section.annex else words
    _words_alone(deck, words, named)
    said: list[Paragraph] = []
    for place, block in enumerate(section.blocks):
        if isinstance(block, Paragraph):
            said.append(block)
        elif isinstance(block, Figure | Table):
            figure = block if isinstance(block, Figure) else block.picture
            told = said or _words_after(section, place)
            if figure is None or (figure is not block and figure in section.blocks):
                continue  # what is said before a table that is not drawn is said of the chart that follows
            if len(deck.deck.slides) < MOST:
                _figure(deck, figure, labelled[block.id], named[section.id], told)
            said = []
    return []


def _words_after(section: Section, place: int) -> list[Paragraph]:
    """The paragraphs that follow a block."""
    said: list[Paragraph] = []
    for block in section.blocks[place + 1 :]:
        if not isinstance(block, Paragraph):
            break
        said.append(block)
    return said


def _words_alone(deck: _Deck, sections: Sequence[Section], named: dict[str, str]) -> None:
    if sections and len(deck.deck.slides) < MOST:
        said = [block for section in sections for block in section.blocks if isinstance(block, Paragraph)]
        _summary(deck, "　".join(named[section.id] for section in sections), said)


def _summary(deck: _Deck, heading: str, said: Sequence[Paragraph]) -> None:
    """One slide of text: as much as it holds, all of it in the notes."""
    points = next(
        (p for p in (TEXT_POINTS, *LINE_POINTS) if _height(said, p) <= HEIGHT_MM - TOP_MM - FOOT_MM), LINE_POINTS[-1]
    )
    held = list(said)
    while len(held) > 1 and _height(held, points) > HEIGHT_MM - TOP_MM - FOOT_MM:
        held.pop()
    slide = deck.slide(heading)
    _lead(deck, slide, held, points)
    if len(held) < len(said):
        deck.say(slide, said)


def _lines_of(said: Sequence[Paragraph]) -> tuple[list[Paragraph], float]:
    """Whole sentences that take two or three lines, the strong ones first, and their size: the next smaller one where it holds more of them.

    Of sentences that are longer themselves the clauses that have room, and a sign that more was said.

    >>> [block.text for block in _lines_of([Paragraph("结案3件。" + "又说" * 199 + "。"), Paragraph("新收4件。", strong=True)])[0]]
    ['新收4件。', '结案3件。']
    >>> [block.text for block in _lines_of([Paragraph("新收4件；结案3件；" + "又说" * 199 + "。")])[0]]
    ['新收4件；结案3件；……']
    """
    ordered = sorted(said, key=lambda block: not block.strong)
    fitting = [(held, points) for points in LINE_POINTS if (held := _sentences_held(ordered, points))]
    if fitting:
        return max(fitting[:2], key=lambda found: sum(len(SENTENCE.findall(block.text)) for block in found[0]))
    parts = [(block, CLAUSE.match(block.text.removesuffix(str(MORE)))) for block in said]
    shorter = [replace(block, text=f"{part[1]}{MORE}") for block, part in parts if part]
    return _lines_of(shorter) if shorter else ([], LINE_POINTS[-1])


def _sentences_held(blocks: Sequence[Paragraph], points: float) -> list[Paragraph]:
    """The whole sentences of paragraphs, from the first of each on, that have room in the lines of a slide."""
    held: list[Paragraph] = []
    for block in blocks:
        text = ""
        for sentence in SENTENCE.findall(block.text):
            longer = f"{text} {sentence.strip()}".strip() if not text.endswith("。") else text + sentence.strip()
            lines = sum(_lines(b.text, points, WIDTH_MM - 2 * MARGIN_MM) for b in held)
            if lines + _lines(longer, points, WIDTH_MM - 2 * MARGIN_MM) > LINES:
                break
            text = longer
        held += [replace(block, text=text)] if text else []
    return held


def _section(deck: _Deck, section: Section, over: str, labelled: dict[str, str]) -> None:
    """Figures and tables in reading order, what is said before each above it where there is room, what is said last below the last."""
    said: list[Paragraph] = []
    below: tuple[Any, float] | None = None
    for block in section.blocks:
        if isinstance(block, Paragraph):
            said.append(block)
            continue
        if isinstance(block, Cards) or (isinstance(block, Table) and not len(block.frame)):
            continue
        if _height(said) > LEAD_LINES * TEXT_POINTS * LEADING * MM_PER_POINT:
            _text(deck, section.heading, said)
            said = []
        if isinstance(block, Figure):
            _figure(deck, block, labelled[block.id], over, said)
            below = None
        else:
            below = _table(deck, block, labelled[block.id], over, said)
        said = []
    findings = [block.finding for block in section.blocks if isinstance(block, Table)]
    said = [block for block in said if block.text not in findings]  # a title says it
    if below is None or not _below(deck, *below, said, section.heading):
        _text(deck, section.heading, said)


def _below(deck: _Deck, slide: Any, top: float, said: Sequence[Paragraph], heading: str) -> float:
    """Put paragraphs under what a slide holds, in smaller type if need be, else on slides of their own; gives where the free space then begins."""
    room = HEIGHT_MM - FOOT_MM - top
    points = next((size for size in (TEXT_POINTS, *LINE_POINTS) if _height(said, size) <= room), 0)
    if said and not points:
        _text(deck, heading, said)
        return HEIGHT_MM
    return _lead(deck, slide, said, points, top=top)


def _height(said: Sequence[Paragraph], points: float = TEXT_POINTS) -> float:
    """Millimetres that paragraphs take."""
    lines = sum(_lines(block.text, points, WIDTH_MM - 2 * MARGIN_MM) for block in said)
    return (lines * LEADING + len(said) * 0.4) * points * MM_PER_POINT


def _text(deck: _Deck, heading: str, said: Sequence[Paragraph], points: float = TEXT_POINTS) -> None:
    """Slides of text alone: all on one, in smaller type if need be, else as many paragraphs on each as it holds."""
    left, room = list(said), HEIGHT_MM - TOP_MM - FOOT_MM
    points = next((size for size in (points, *LINE_POINTS) if size <= points and _height(left, size) <= room), points)
    while left:
        taken = 1
        while taken < len(left) and _height(left[: taken + 1], points) <= room:
            taken += 1
        _lead(deck, deck.slide(heading), left[:taken], points)
        left = left[taken:]


def _lead(
    deck: _Deck, slide: Any, said: Sequence[Paragraph], points: float = TEXT_POINTS, *, top: float = TOP_MM
) -> float:
    """Paragraphs below the title, the strong ones bold; gives the millimetre where the rest of the slide begins."""
    if not said:
        return top
    height = _height(said, points)
    shape = deck.box(slide, *(block.text for block in said), top=top, height=height, points=points)
    for block, paragraph in zip(said, shape.text_frame.paragraphs, strict=True):
        for run in paragraph.runs:
            run.font.bold = block.strong
    return top + height + UNDER_MM


def _figure(deck: _Deck, figure: Figure, label: str, over: str, said: Sequence[Paragraph]) -> None:
    """What a figure shows as the title, two or three lines, the figure; what else is said in the notes.

    A simple series is a chart of PowerPoint's own with its numbers inside, every other figure a picture; both have alt text.
    """
    from pptx.util import Mm

    finding, seen = (figure.caption, figure.alt) if figure.plot is None else map(str, _words(figure))
    slide = deck.slide(finding, over=f"{over}　{label}　{figure.caption}")
    said = said or [Paragraph(capital(KIND.sub("", seen, count=1)) if KIND.match(seen) else seen)]
    held, points = _lines_of(said)
    top = _lead(deck, slide, held, points)
    across, down = WIDTH_MM - 2 * MARGIN_MM, HEIGHT_MM - top - FOOT_MM
    if figure.native is not None:
        native, alt = native_chart(figure.said(), figure.native.columns), seen
        look: dict[str, Any] = {"font": FONTS[deck.report.language], "points": CHART_POINTS}
        shape = add_chart(slide, native, (MARGIN_MM, top, across, down), **look)
    else:
        drawn = picture(figure, "png", size="slide")
        width = min(across, down / ratio(drawn))
        alt, at = drawn.alt, Mm((WIDTH_MM - width) / 2)
        shape = slide.shapes.add_picture(io.BytesIO(drawn.content), at, Mm(top), width=Mm(width))
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)
    if figure.note:
        deck.note(slide, figure.note)
    if [block.text for block in held] != [block.text for block in said]:
        deck.say(slide, said)


def _words(figure: Figure) -> tuple[Text, Text]:
    """Title and alt text of what a figure says."""
    chart = figure.said()
    return chart.title, chart.alt


def _table(deck: _Deck, table: Table, label: str, over: str, said: Sequence[Paragraph]) -> tuple[Any, float]:
    """A table on as many slides as it needs, up to ``MOST_SLIDES``; how many rows more there are is said.

    The title is what the table shows, where the report says so, or its chart, and it has room. Gives the last slide, and where its free
    space begins.
    """
    finding = (table.finding or (str(_words(table.picture)[0]) if table.picture else "")).rstrip("。.")
    has_room = _title_height(finding, TITLE_POINTS[-1]) <= TOP_MM - TITLE_MM - 2
    named = f"{label}　{table.caption}"
    title, over = (finding, f"{over}　{named}") if finding and has_room else (named, over)
    said = [block for block in said if block.text != table.finding or title != finding]
    rows, weights = table.rows(), column_weights(table, ROOM)
    widths = [(WIDTH_MM - 2 * MARGIN_MM) * weight / sum(weights) for weight in weights]
    room, above = HEIGHT_MM - TOP_MM - FOOT_MM, _height(said) + UNDER_MM * bool(said)
    points, heights, parts = _laid(table.headings(), rows, widths, (room, above), LEAST * ROOM / sum(weights))
    shown = parts[:MOST_SLIDES]
    hidden = len(rows) - shown[-1][1]
    is_long = _lines(table.note, SMALLEST, NOTE_MM) > NOTE_LINES
    for number, (first, last) in enumerate(shown, start=1):
        part = Text(f"（{number}/{len(shown)}）", f" ({number}/{len(shown)})") if len(shown) > 1 else ""
        slide = deck.slide(f"{title}{part}", over=over)
        top = _lead(deck, slide, said) if number == 1 else TOP_MM
        _grid(deck, slide, table, rows[first:last], widths, round(points, 1), top)
        top += heights[0] + sum(heights[first + 1 : last + 1]) + UNDER_MM
        more = Text(f"另有{hidden}行，幻灯片未列出。", f"{hidden} more rows are not on the slides.")
        notes = [table.note] if table.note and not is_long else []
        if hidden and number == len(shown):
            notes.append(str(more))
        if notes:
            deck.note(slide, spaced(notes))
    return slide, _below(deck, slide, top, [Paragraph(table.note)] if is_long else [], named)


def _laid(
    headings: list[str], rows: list[list[str]], widths: list[float], space: tuple[float, float], most: float
) -> tuple[float, list[float], list[list[int]]]:
    """The size of a table's letters, the heights of its rows and the rows of each slide: the largest size that takes no more slides than the least."""
    room, above = space
    least = min(LEAST, most)
    fewest = len(_parts(_heights(headings, rows, widths, least), room, above, most=len(rows)))
    sizes = (points for points in (min(LARGEST, most), *range(LARGEST, LEAST, -1)) if least < points <= most)
    for points in (*sizes, least):
        heights = _heights(headings, rows, widths, points)
        parts = _parts(heights, room, above, most=len(rows))
        if len(parts) == fewest:
            break
    even = _parts(
        heights, room, above, most=max(1, -(-len(rows) // fewest))
    )  # no row stands alone where all slides are as full
    return points, heights, even if len(even) == fewest else parts


def _parts(heights: list[float], room: float, above: float, *, most: int) -> list[list[int]]:
    """The first row and the row after the last of each slide, as many as it holds and at most ``most``; the first bears words above.

    >>> _parts([10, *[10] * 9], 60, 20, most=9), _parts([10, *[10] * 9], 60, 20, most=5)
    ([[0, 3], [3, 8], [8, 9]], [[0, 3], [3, 8], [8, 9]])
    >>> _parts([10, *[10] * 6], 60, 0, most=6), _parts([10, *[10] * 6], 60, 0, most=3)
    ([[0, 5], [5, 6]], [[0, 3], [3, 6]])
    """
    parts, used = [[0, 0]], heights[0] + above
    for row, height in enumerate(heights[1:]):
        first, last = parts[-1]
        if (used + height > room and last > first) or last - first == most:
            parts.append([row, row])
            used = heights[0]
        parts[-1][1] = row + 1
        used += height
    return parts


def _heights(headings: list[str], rows: list[list[str]], widths: list[float], points: float) -> list[float]:
    """Millimetres of every row of a table, the headings first."""
    longest = (
        max(_lines(text, points, width - 2 * BESIDE_MM) for text, width in zip(texts, widths, strict=True))
        for texts in (headings, *rows)
    )
    return [lines * points * LEADING * MM_PER_POINT + CELL_MM for lines in longest]


def _grid(
    deck: _Deck, slide: Any, table: Table, rows: list[list[str]], widths: list[float], points: float, top: float
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Mm

    cells = [table.headings(), *rows]
    heights = _heights(cells[0], rows, widths, points)
    across = Mm(sum(widths))
    shape = slide.shapes.add_table(len(cells), len(widths), Mm(MARGIN_MM), Mm(top), across, Mm(sum(heights)))
    for column, width in enumerate(widths):
        shape.table.columns[column].width = Mm(width)
    for row, texts in enumerate(cells):
        shape.table.rows[row].height = Mm(heights[row])
        for column, (text, name) in enumerate(zip(texts, table.frame.columns, strict=True)):
            cell = shape.table.cell(row, column)
            cell.margin_left = Mm(BESIDE_MM * (1 + table.follows_number(column)))
            cell.margin_right = Mm(BESIDE_MM)
            cell.margin_top = cell.margin_bottom = Mm(CELL_MM / 2)
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM if row == 0 else MSO_ANCHOR.TOP
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(ACCENT if row == 0 else (WASH if row % 2 == 0 else PAPER))
            colour = PAPER if row == 0 else INK
            if text:
                deck.write(cell.text_frame, text, points=points, bold=row == 0, colour=colour)
            end = cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr()  # an empty cell is as tall as this says
            end.set("sz", str(round(points * 100)))
            if table.is_number(str(name)):
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    shape._element.xpath(".//p:cNvPr")[0].set("descr", table.caption)
