"""Styles of the Word document after GB/T 9704: every look is a style, which a template rules where it has one of the name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.vocabulary.text import Text

# GB/T 9704—2012: margins, 3号 (16 pt) 仿宋 for text, 28.9 pt lines, 小标宋 title, 黑体 headings.
PAGE_MM = (210, 297)
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
# The page number, 4号 (14 pt), 7 mm below the text: odd pages at the right, even ones at the left, one character in.
FOOT_MM, FOOT_POINTS = 23, 14
BODY_POINTS, LINE_POINTS, TABLE_POINTS = 16, 28.9, 9
# Said, since single lines hang on the font that is there: 1.45 of the letters' size in Noto Sans CJK, 1.14 in 宋体.
TABLE_LINES, CAPTION_LINES = 11, 15
LATIN = "Times New Roman"
FONTS = {
    "zh": {
        "body": "仿宋_GB2312",
        "title": "方正小标宋简体",
        "heading": "黑体",
        "second": "楷体_GB2312",
        "table": "宋体",
    },
    "en": {"body": LATIN, "title": LATIN, "heading": "Arial", "second": "Arial", "table": LATIN},
}
CELL_MARGIN_TWIPS, TWIPS = 50, 20  # of a cell's side; in a point
THICK, THIN = 12, 6  # lines of a three-line table, in eighths of a point


@dataclass(frozen=True)
class Look:
    """The look of a style; ``lines`` is a fixed height of lines in points, 0 single ones."""

    name: Text
    font: str
    points: float
    bold: bool = False
    side: str = "left"
    lines: float = 0
    before: float = 0
    after: float = 0
    indent: bool = False  # two characters in, where the text is Chinese
    keep: bool = False  # on the page of what follows
    level: int | None = None  # among the headings
    marks: str = ""  # further properties of the paragraph, before its grid


def _built_in(name: str) -> Text:
    return Text(name, name)


# The styles by their roles. None rests on another, so that the 16 pt, fixed lines and indents of an office's Normal stay out.
LOOKS = {
    "body": Look(_built_in("Normal"), "body", BODY_POINTS, lines=LINE_POINTS, indent=True, side="both"),
    "title": Look(_built_in("Title"), "title", 22, side="center", after=14),
    "under": Look(Text("副标题行", "Under the Title"), "second", 11, side="center", lines=16.5),
    "front": Look(Text("首页文字", "First-page Text"), "body", 11, lines=16.5, after=2, indent=True, side="both"),
    "heading": Look(_built_in("Heading 1"), "heading", BODY_POINTS, lines=LINE_POINTS, indent=True, keep=True, level=0),
    "contents": Look(Text("目录标题", "Contents Heading"), "heading", BODY_POINTS, side="center", after=14, keep=True),
    "entry": Look(
        _built_in("toc 1"), "body", 14, lines=LINE_POINTS,
        marks='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>',
    ),
    "caption": Look(_built_in("Caption"), "heading", 12, side="center", lines=CAPTION_LINES, before=6, after=3),
    "cell": Look(Text("表格文字", "Table Text"), "table", TABLE_POINTS, lines=TABLE_LINES),
    "head": Look(Text("表头", "Table Heading"), "table", TABLE_POINTS, lines=TABLE_LINES, bold=True, keep=True),
    "value": Look(Text("关键数字", "Key Figure"), "table", 15, bold=True),
    "spark": Look(Text("走势图", "Sparkline"), "table", TABLE_POINTS),
    "note": Look(Text("表注", "Table Note"), "table", TABLE_POINTS, lines=TABLE_LINES, before=3, after=6),
    "gap": Look(Text("表后空行", "Below a Table"), "table", 4, lines=6),
    "figure": Look(Text("插图", "Figure"), "table", TABLE_POINTS, side="center", before=6, keep=True),
    "footer": Look(_built_in("Footer"), "table", FOOT_POINTS),
}  # fmt: skip
# GB/T 9704 is a norm of Chinese documents: English text is set as official statistics are.
ENGLISH = {
    "body": replace(LOOKS["body"], points=12, lines=16.5, after=6),
    "heading": replace(LOOKS["heading"], points=14, lines=20, before=6, after=4),
}
TABLE = Text("三线表", "Three-line Table")
FLUSH = (
    "title",
    "entry",
    "caption",
    "footer",
)  # built in, and so in templates, where their indent would be that of the text


class Styles:
    """The styles of a document by their roles: those it has, and those it was given."""

    def __init__(self, document: Any, language: str, *, own: bool, width: int) -> None:
        """Take the styles of ``document``; ``own`` ones in place of all that the library's empty document brings."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Twips

        self.language, self._width = language, width
        styles = document.styles
        if own:
            _clear(styles.element, language)
        there = {style.name for style in styles}
        for role, look in (LOOKS | (ENGLISH if language == "en" else {})).items():
            is_there = look.name.within(language) in there or (role == "body" and not own)
            if not is_there:
                styles.element.append(self._made(role, look))
            elif role in FLUSH:
                known = styles[look.name.within(language)]
                _without_indent_of_text(known, styles.default(WD_STYLE_TYPE.PARAGRAPH))
                if role == "entry" and not len(
                    known.paragraph_format.tab_stops
                ):  # the page would stand right behind the heading
                    known.paragraph_format.tab_stops.add_tab_stop(
                        Twips(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
                    )
        if TABLE.within(language) not in there:
            styles.element.append(_three_lines(TABLE.within(language)))
        self._styles = styles

    def __getitem__(self, role: str) -> Any:
        """Return the style of a role; ``table`` is that of tables, and what a template sets its text in is that of the body."""
        if role == "body":
            from docx.enum.style import WD_STYLE_TYPE

            return self._styles.default(WD_STYLE_TYPE.PARAGRAPH)
        return self._styles[(TABLE if role == "table" else LOOKS[role].name).within(self.language)]

    def points(self, role: str) -> float:
        """Return the size of a role's letters, whoever rules it."""
        size = self[role].font.size
        return float(size.pt) if size is not None else LOOKS[role].points

    def _made(self, role: str, look: Look) -> Any:
        from docx.oxml import parse_xml

        zh = self.language == "zh"
        latin, chinese = LATIN if zh else FONTS["en"][look.font], FONTS["zh"][look.font if zh else "table"]
        name, is_built_in = look.name.within(self.language), look.name.zh == look.name.en
        kind = ' w:default="1"' if role == "body" else "" if is_built_in else ' w:customStyle="1"'
        known = name.lower() if role in ("heading", "caption", "footer") else name  # so Word's own files write these
        line = f'{round(TWIPS * look.lines)}" w:lineRule="exact' if look.lines else '240" w:lineRule="auto'
        characters, twips = (200, round(2 * look.points * TWIPS)) if look.indent and zh else (0, 0)
        level = "" if look.level is None else f'<w:outlineLvl w:val="{look.level}"/>'
        bold = "<w:b/>" if look.bold or (level and not zh) else ""
        before, after = round(TWIPS * look.before), round(TWIPS * look.after)
        size = round(2 * look.points)
        # spacing and width of letters are said, as a document's defaults may spread them, which breaks figures
        return parse_xml(
            f'<w:style {_words()} w:type="paragraph" w:styleId="{_id(name)}"{kind}><w:name w:val="{known}"/><w:qFormat/><w:pPr>'
            f"{'<w:keepNext/>' if look.keep else ''}{look.marks.format(width=self._width)}"
            f'<w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:after="{after}" w:line="{line}"/>'
            f'<w:ind w:firstLineChars="{characters}" w:firstLine="{twips}"/><w:jc w:val="{look.side}"/>{level}</w:pPr><w:rPr>'
            f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>{bold}'
            f'<w:color w:val="000000"/><w:spacing w:val="0"/><w:w w:val="100"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            "</w:rPr></w:style>"
        )


def _without_indent_of_text(style: Any, text: Any) -> None:
    """Begin the lines of a template's style at the margin where only the style of its text says that they begin further in."""
    from docx.oxml.ns import qn

    own = style
    while own is not None and own.style_id != text.style_id:
        if own.element.xpath(
            "./w:pPr/w:ind/@w:*[starts-with(local-name(), 'firstLine') or starts-with(local-name(), 'hanging')]"
        ):
            return
        own = own.base_style
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def _clear(styles: Any, language: str) -> None:
    """Leave nothing of the library's styles but the defaults of tables and lists, nor its languages and theme fonts."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:default")) != "1" or style.get(qn("w:type")) == "paragraph":
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    styles.replace(
        styles.find(qn("w:docDefaults")),
        parse_xml(
            f"<w:docDefaults {_words()}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FONTS["zh"]["table"]}" w:cs="{LATIN}"/>'
            f'<w:lang w:val="{"en-US" if language == "zh" else "en-GB"}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )


def _three_lines(name: str) -> Any:
    """The style of a three-line table: lines above and below, a thin one under the headings."""
    from docx.oxml import parse_xml

    def line(side: str, size: int) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'

    margins = "".join(f'<w:{side} w:w="{CELL_MARGIN_TWIPS}" w:type="dxa"/>' for side in ("left", "right"))
    return parse_xml(
        f'<w:style {_words()} w:type="table" w:customStyle="1" w:styleId="{_id(name)}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{line('top', THICK)}{line('bottom', THICK)}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", THIN)}</w:tcBorders></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


def _words() -> str:
    from docx.oxml.ns import nsdecls

    return str(nsdecls("w"))


def _id(name: str) -> str:
    """The name that the document's own parts call a style by.

    >>> _id("Heading 1"), _id("表格文字")
    ('Heading1', '表格文字')
    """
    return name.replace(" ", "").replace("-", "")
