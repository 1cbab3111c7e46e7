"""The content of an ods, gone through once: the extent of its cells, and those of which calamine does not tell as they are.

These are merged cells, errors, formulas without a result, number formats, and texts with a break or a note within. They are looked
for from the first row on that has anything of the kind, as most documents have none and looking takes as long as reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from analysis.files.blocks import Range
from analysis.files.budget import MOST_COLUMNS, MOST_ROWS
from analysis.files.damage import DOCTYPE, IN_PIECES, NO_NUMBER, DamagedError, greatest
from analysis.files.number_formats import GENERAL_PERCENT, format_of_text
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

Places = dict[tuple[int, int], str]  # row and column from 0
LONGEST_COUNT = 10
MOST_FORMATTED = 1 << 21
MOST_HELD = 8 << 20  # bytes of a row that wait for its end
ROW_END = b"table-row>"
MAY_CHANGE = re.compile(
    '"percentage"|\\d ?(?:十|百|千|万|亿)|<(?:\\w+:)?(?:tab|line-break|note|ruby-text)[\\s/>]'.encode()
)
VALUE = {
    "float": "value", "percentage": "value", "currency": "value", "date": "date-value", "time": "time-value",
    "boolean": "boolean-value",
}  # fmt: skip
NUMBERS = ("percentage", "float", "currency")
TRUTHS = {"true", "false"}
ODDITIES = {"formula", "number-rows-spanned", "number-columns-spanned", "error"}
CELLS = ("table-cell", "covered-table-cell")
ASIDE = ("annotation", "note", "ruby-text")  # what stands beside the text of a cell
LINK = "dde-link"
BREAKS = {"tab": "\t", "line-break": "\n"}
ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+|错误:\d+")  # as it is shown


@dataclass
class OdsSheet:
    """What a sheet holds besides: number formats by cell, cells that read as another text, merged ranges, and what is hidden."""

    formats: Places = field(default_factory=dict)
    texts: Places = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # numbers, as a spreadsheet counts
    hidden_columns: set[int] = field(default_factory=set)
    is_copy: bool = False  # what another program last sent through a link (DDE), kept behind the sheets

    @property
    def hidden(self) -> tuple[frozenset[int], frozenset[int]]:
        """The rows and columns that are hidden, by a filter or by hand."""
        return frozenset(self.hidden_rows), frozenset(self.hidden_columns)


class OpenDocument:
    """The cells of an ods as they come by: repetition counts, and emptiness at the ends does not."""

    is_1904 = False
    declared = 0

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = _no_doctype
        self.parser.StartCdataSectionHandler = _no_cdata
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "table": self._table, "table-column": self._column, "table-row": self._row, **dict.fromkeys(CELLS, self._cell),
            "p": self._paragraph, "s": self._spaces,
        }  # fmt: skip
        self.rest = b""
        self.tallest = 0  # rows of a sheet up to its last filled one
        self.cells = self.before = 0  # before: cells of the tables before this one
        self.height = self.width = self.row_repeated = self.at = self.reach = 0
        self.made_up = 0  # spaces that are only counted in the file: <text:s text:c="8"/>
        self.is_within = self.is_looked_at = self.is_hidden = self.is_linked = False
        self.sheets: list[OdsSheet] = []
        self.row = self.column = self.met = self.aside = 0
        self.rows = self.columns = 1  # that the open row and cell stand for
        self.said: dict[str, str] | None = None  # of the open cell
        self.text = ""
        self.is_joined = False  # calamine joins what is not to be joined

    def take(self, piece: bytes) -> None:
        """Look through a further piece, up to the end of its last row."""
        text = self.rest + piece
        cut = text.rfind(ROW_END) + len(ROW_END)
        if cut < len(ROW_END):
            cut = len(text) if len(text) > MOST_HELD else 0
        self.rest = text[cut:]
        self._parse(text[:cut])

    def end(self) -> None:
        """Look through what is left."""
        self._parse(self.rest)

    def _parse(self, text: bytes) -> None:
        if not self.is_looked_at and MAY_CHANGE.search(text):
            self._look()
        self.parser.Parse(text)

    def _look(self) -> None:
        self.is_looked_at = True
        self.parser.CharacterDataHandler = self._say

    def _say(self, text: str) -> None:
        if self.said is not None and not self.aside:
            self.text += text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if begin := self.starts.get(name):
            begin(attributes)
        elif name in ASIDE:
            self.aside += 1
            self.is_joined = self.is_joined or name != "annotation"
        elif name in BREAKS:
            self._say(BREAKS[name])
            self.is_joined = True
        elif name == LINK:
            self.is_linked = True

    def _table(self, _: dict[str, str]) -> None:
        if self.is_within:
            raise DamagedError(Text("单元格里还有表格", "a table within a cell"))
        self.is_within = True
        self.before, self.height, self.width = self.cells, 0, 0
        self.sheets.append(OdsSheet(is_copy=self.is_linked))
        self.row = self.column = 0

    def _column(self, attributes: dict[str, str]) -> None:
        wide = _repeated(attributes, "columns")
        if _is_hidden(attributes):
            self.sheets[-1].hidden_columns.update(range(self.column, min(self.column + wide, MOST_COLUMNS)))
        self.column += wide

    def _row(self, attributes: dict[str, str]) -> None:
        self.row_repeated, self.at, self.reach = _at_most(attributes, ":number-rows-repeated"), 0, 0
        self.column, self.rows, self.is_hidden = 0, _repeated(attributes, "rows"), _is_hidden(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.at += _at_most(attributes, ":number-columns-repeated")
        # The type "error" of LibreOffice stands beside the one of the standard, which says number or text.
        said = {key.rpartition(":")[2]: value for key, value in attributes.items() if value != "error"}
        if len(said) < len(attributes) and "error" in attributes.values():
            said["error"] = "error"
        kind = said.get("value-type", "")
        if said.get("boolean-value", "true") not in TRUTHS or "nan" in said.get("value", "").lower():
            raise DamagedError(NO_NUMBER)
        if said.keys() & ODDITIES or (kind not in ("", "string") and not any(a.endswith("value") for a in said)):
            self._look()
        if any(a.endswith((":value-type", ":formula")) for a in attributes):
            self.reach = self.at
        self.said, self.text, self.is_joined = said, "", False
        self.columns = _repeated(attributes, "columns")

    def _paragraph(self, _: dict[str, str]) -> None:
        self.reach = self.at
        if self.text:
            self._say("\n")
        elif self.said is not None and "value-type" not in self.said:
            self._look()

    def _spaces(self, attributes: dict[str, str]) -> None:
        self.made_up += _at_most(attributes, ":c")
        if self.is_looked_at:
            self._say(" " * _counted(attributes, "text:c"))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in CELLS and self.said is not None:
            if self.is_looked_at and (self.said or self.text):
                self._keep_cell(self.said, self.text.strip())
            self.said = None
            self.column += self.columns
        elif name == "table-row":
            if self.is_hidden and self.reach:
                self.sheets[-1].hidden_rows.update(range(self.row + 1, min(self.row + self.rows, MOST_ROWS) + 1))
            self.row += self.rows
            self.height += self.row_repeated
            if self.reach:
                self.tallest = max(self.tallest, self.height)
                self.width = max(self.width, self.reach)
                self.cells = max(self.cells, self.before + self.height * self.width)
        elif name in ASIDE:
            self.aside -= 1
        elif name == "table":
            self.is_within = False
        elif name == LINK:
            self.is_linked = False

    def _keep_cell(self, said: dict[str, str], text: str) -> None:
        kind, sheet = said.get("value-type", ""), self.sheets[-1]
        value = said.get(VALUE.get(kind, "string-value"), "" if kind in VALUE else text)
        if "error" in said or ERROR.fullmatch(text):
            self._keep(sheet.texts, text or "#")
        elif not value or not kind:
            self._keep(sheet.texts, text or ("" if kind == "string" else said.get("formula", "")))
        elif kind in NUMBERS:
            code = format_of_text(float(value), text) or (GENERAL_PERCENT if kind == "percentage" else "")
            self._keep(sheet.formats, code)
        elif self.is_joined and kind == "string":
            self._keep(sheet.texts, text)
        down, across = _counted(said, "number-rows-spanned"), _counted(said, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merged.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))

    def _keep(self, places: Places, said: str) -> None:
        if not said:
            return
        self.met += self.rows * self.columns
        if self.met > MOST_FORMATTED:
            raise ValueError("more cells with a number format or without a value than any register has")
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        places.update({(row, column): said for row in rows for column in columns})


def _no_doctype(*_: Any) -> None:
    raise DamagedError(DOCTYPE)


def _no_cdata() -> None:
    raise DamagedError(IN_PIECES)  # calamine passes over it


def _at_most(attributes: dict[str, str], name: str) -> int:
    """The greatest count under a name of whatever namespace; 1 where none is given, and none may be 0."""
    said = [value.strip() for attribute, value in attributes.items() if attribute.endswith(name)]
    if any(not value.strip("0") for value in said) and name != ":c":
        raise DamagedError(Text("有单元格或行说自己重复0次", "a cell or row that is said to stand there 0 times"))
    return greatest({value.encode() for value in said if value.isdecimal()}) or 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility") in ("collapse", "filter")


def _repeated(attributes: dict[str, str], what: str) -> int:
    return _counted(attributes, f"table:number-{what}-repeated")  # of this namespace alone, as calamine counts


def _counted(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return int(said) if said.isdecimal() and len(said) < LONGEST_COUNT else 1
