"""Tables in markup: the web pages and XML spreadsheets (2003) that case systems export under the name .xls.

Read tag by tag in one pass that no input makes slow; scripts, styles and comments are passed over, nothing is fetched.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING

from analysis.files.blocks import Sheet, block_of
from analysis.files.budget import MOST_BUILT, MOST_CELLS, MOST_WHOLE_AS_TEXT
from analysis.files.encodings import does_not_decode, must_not_be_mixed
from analysis.files.markup_table import MarkupTable
from analysis.files.number_formats import GENERAL_PERCENT, changes_number
from analysis.files.source import BYTES, CELLS, Source, cannot_be_read, must_be_unchanged, too_large
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A quoted value may hold what a tag may not; nothing else of a tag reaches over the next "<", and none is tried twice.
TAG = re.compile(
    r"""<!--|<!\[CDATA\[|<(?P<close>/?)(?:\w+:)?(?P<name>[a-z?!][\w.-]*)(?P<rest>(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
SAID = {
    "colspan", "rowspan", "mergeacross", "mergedown", "index", "span", "name", "styleid", "formula", "type", "value",
    "style", "x:num", "sdval",
}  # fmt: skip
# A style of an XML spreadsheet, or the number format that it gives its cells.
STYLE = re.compile(
    r"""<(?:\w+:)?(?:style(\s[^<>]*)>|numberformat\s[^<>]*?\bformat\s*=\s*["']([^"'<>]*)["'])""",
    re.IGNORECASE,
)
STYLE_SAYS = re.compile(r"""\b(id|parent)\s*=\s*["']([^"'<>]*)["']""", re.IGNORECASE)
OPTION = re.compile(r"<option(?=[\s>])([^<>]*)>([^<]*)", re.IGNORECASE)
UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
UNSEEN_INPUTS = {"hidden", "password", "file", "image"}
TICKED = {"checkbox", "radio"}
CHOSEN = re.compile(r"\b(?:checked|selected)\b", re.IGNORECASE)
ALIASES = {"row": "tr", "cell": "td", "th": "td"}  # what an XML spreadsheet, and a heading, is in a web page
PASSED_OVER = ("script", "style", "comment", "phonetictext", "rt", "rp", "template", "title")
END = {name: re.compile(rf"</(?:\w+:)?{name}\s*>", re.IGNORECASE) for name in (*PASSED_OVER, "select")}
END["<!--"] = re.compile("-->")
CDATA, CDATA_END = "<![cdata[", "]]>"
INLINE = ("span", "div", "p", "font", "a", "b", "i", "label")  # of which what is hidden is no part of a cell
SPACING = ("br", "p", "div", "li")
# Figures that are raised or struck out belong to no number: what marks them makes the cell unreadable as one.
STRUCK = ("del", "s", "strike")
MARKED = {"sup": "^", "sub": "_"} | dict.fromkeys(STRUCK, "~")
ROW_GROUPS = ("thead", "tbody", "tfoot")
MOST_TABLES = 1_000


@dataclass
class _Document:
    """The tables found so far, those that are open (each within a cell of the one before), and how many cells they have and span."""

    found: list[MarkupTable] = field(default_factory=list)
    within: list[MarkupTable] = field(default_factory=list)
    sheet: str = ""
    cells: int = 0
    spanned: int = 0
    codes: Mapping[str, str] = field(default_factory=dict)  # number formats by style

    def say(self, text: str) -> None:
        """Add text to the open cell; any other is no cell of a table."""
        if self.within and self.within[-1].span:
            self.within[-1].said.append(text)

    def begin(self, name: str, rest: str) -> None:
        """Begin a table, row or cell, or something that parts words."""
        if name == "worksheet":
            self.sheet = unescape(_attributes(rest).get("name", ""))
        elif name == "table":
            self.found.append(MarkupTable(self.sheet, codes=self.codes))
            self.within.append(self.found[-1])
        elif self.within and name in {"tr", "td", "column"}:
            self._count(name, rest)
        elif self.within and name in ROW_GROUPS:
            self._count(name, "")
        elif name == "data" and self.within:
            self.within[-1].kind = _attributes(rest).get("type", "").lower()
        elif name == "input":
            self.say(_of_input(rest))
        elif name in MARKED:
            self.say(MARKED[name])
        elif name in SPACING:
            self.say(" ")

    def end(self, name: str) -> None:
        """End a table, row or cell."""
        if not self.within:
            return
        if name == "td":
            self.within[-1].close_cell()
        elif name in STRUCK:
            self.say(MARKED[name])
        elif name in {"tr", "table", *ROW_GROUPS}:
            self._count(name if name in ROW_GROUPS else "", "")
            if name == "table":
                self.within.pop()

    def _count(self, name: str, rest: str) -> None:
        """Let the open table take what begins, or close its row, and count the cells that this made."""
        table, before, spanned = self.within[-1], len(self.within[-1].rows), self.within[-1].spanned
        if name in ROW_GROUPS:
            table.close_group()
        elif name:
            table.take(name, _attributes(rest))
        else:
            table.close_row()
        self.cells += sum(1 + len(row) for row in table.rows[before:]) + (table.span[0] if table.span else 0)
        self.spanned += table.spanned - spanned


def _attributes(rest: str) -> dict[str, str]:
    said = ((name.lower(), "".join(values)) for name, *values in reversed(ATTRIBUTE.findall(rest)))
    bare = ((name if name in SAID else name.rpartition(":")[2], value) for name, value in said)
    return {name: value for name, value in bare if name in SAID}  # of two of one name the first counts


def _of_input(rest: str) -> str:
    """What a field of a form shows."""
    attributes = _attributes(rest)
    kind = attributes.get("type", "").lower()
    if kind in TICKED:
        return "√" if CHOSEN.search(rest) else ""
    return "" if kind in UNSEEN_INPUTS else f" {attributes.get('value', '')} "


def _chosen(options: str) -> str:
    """The text of a list that is shown: of the option chosen, else of the first."""
    found = OPTION.findall(options)
    chosen = [text for said, text in found if CHOSEN.search(said)]
    return next(iter(chosen or [text for _, text in found]), "")


def _unseen_until(text: str, name: str, at: int) -> int:
    """Where an element that is not shown ends, with all that it holds."""
    depth = 1
    while depth and (tag := TAG.search(text, at)):
        at = tag.end()
        if (tag["name"] or "").lower() == name:
            depth += -1 if tag["close"] else 1
    return len(text) if depth else at


def markup_sheets(source: Source, encoding: str) -> Iterator[Sheet]:
    """Yield the tables of a page or of an XML spreadsheet, each a sheet: named as it is there, or by number.

    Raises ``InputError`` for a page without a table or with one that does not end, bytes of another encoding, and what is too large.
    """
    if source.bytes > MOST_WHOLE_AS_TEXT:
        raise too_large(source, source.bytes, BYTES)
    data = source.path.read_bytes()
    must_be_unchanged(source, hashlib.sha256(data).hexdigest())
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise does_not_decode(source, encoding) from error
    must_not_be_mixed(source, encoding, text if encoding.startswith("utf-16") else data, 1)
    tables = _tables(source, text)
    if not tables:
        raise cannot_be_read(
            source.name,
            "内容是网页（HTML/XML），其中没有表格。请用 Excel 或 WPS 打开后另存为 xlsx。",
            "it holds a web page (HTML/XML) without a table. Open it in Excel or WPS and save it as xlsx.",
        )
    for number, table in enumerate(tables, start=1):
        name = table.name or (str(number) if len(tables) > 1 else "")
        yield Sheet(name, iter([partial(block_of, table.rows, 1)]), hidden=table.hidden, merged=table.merged)


def _number_codes(text: str) -> dict[str, str]:
    """The number formats of an XML spreadsheet that show another number than is stored, by style."""
    style, codes = "", dict[str, str]()
    for found in STYLE.finditer(text):
        if found[1] is not None:
            said = {name.lower(): value for name, value in STYLE_SAYS.findall(found[1])}
            style = said.get("id", "")
            codes[style] = codes.get(said.get("parent", ""), "")
        else:
            code = unescape(found[2])
            codes[style] = GENERAL_PERCENT if code.lower() == "percent" else code
    return {style: code for style, code in codes.items() if changes_number(code)}


def _must_be_bounded(source: Source, document: _Document) -> None:
    if document.cells > MOST_BUILT or document.spanned > MOST_CELLS:
        raise too_large(source, max(document.cells, document.spanned), CELLS)
    if document.within and document.within[-1].is_backward:
        raise cannot_be_read(
            source.name,
            "有单元格或行的位置（Index）在前一个之前，内容会错位。请用 Excel 或 WPS 打开后另存为 xlsx。",
            "a cell or row is said to stand (Index) before the one in front of it: what it holds would be moved. Open it in Excel or "
            "WPS and save it as xlsx.",
        )
    if len(document.found) > MOST_TABLES:
        raise too_large(source, len(document.found), Text("个表格", "tables"))


def _tables(source: Source, text: str) -> list[MarkupTable]:
    """Every table in the order in which they begin; one within a cell of another stands by itself."""
    document, at = _Document(codes=_number_codes(text)), 0
    while tag := TAG.search(text, at):
        document.say(text[at : tag.start()])
        at = tag.end()
        name, rest = (tag["name"] or tag[0]).lower(), tag["rest"] or ""
        name = ALIASES.get(name, name)
        if name == CDATA:
            end_at = text.find(CDATA_END, at)
            document.say(escape(text[at : end_at if end_at >= 0 else len(text)]))
            at = end_at + len(CDATA_END) if end_at >= 0 else len(text)
        elif tag["close"]:
            document.end(name)
        elif name in END and not rest.endswith("/"):
            end = END[name].search(text, at)
            if name == "select":
                document.say(_chosen(text[at : end.start() if end else len(text)]))
            at = end.end() if end else len(text)
        elif name in INLINE and UNSEEN.search(rest) and UNSEEN.search(_attributes(rest).get("style", "")):
            at = _unseen_until(text, name, at)
        elif name == "visible" and document.found:
            document.found[-1].hidden = text.startswith("SheetHidden", at)
        else:
            document.begin(name, rest)
            if rest.endswith("/") and name == "table":
                document.end(name)
        _must_be_bounded(source, document)
    if document.within:
        raise cannot_be_read(
            source.name,
            "最后一张表没有结尾，文件不完整，后面的行可能已丢失。请重新导出。",
            "its last table has no end: it is not whole, and rows may be lost. Export it again.",
        )
    return [table for table in document.found if table.rows]
