"""Cells of an ods of which calamine does not tell as they are: merged ones, errors, those without a result, and number formats."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from analysis.files.blocks import Range
from analysis.files.number_formats import GENERAL_PERCENT, format_of_text

Places = dict[tuple[int, int], str]  # row and column from 0
CONTENT, LONGEST_COUNT = "content.xml", 10
MOST_FORMATTED = 1 << 21
MAY_CHANGE = re.compile('"percentage"|\\d ?(?:十|百|千|万|亿)'.encode())
VALUE = {
    "float": "value", "percentage": "value", "currency": "value", "date": "date-value", "time": "time-value",
    "boolean": "boolean-value",
}  # fmt: skip
NUMBERS = ("percentage", "float", "currency")
CELLS = ("table-cell", "covered-table-cell")
ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+|错误:\d+")  # as it is shown


@dataclass
class OdsSheet:
    """What a sheet holds besides: number formats by cell, cells that read as another text, and merged ranges."""

    formats: Places = field(default_factory=dict)
    texts: Places = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)


def ods_sheets(data: bytes, *, is_plain: bool) -> list[OdsSheet]:
    """Return what the sheets hold besides, in their order; nothing of a workbook of another kind, or of a ``plain`` one without units."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if CONTENT not in archive.namelist():
            return []
        content = archive.read(CONTENT)
    if is_plain and not MAY_CHANGE.search(content):  # parsing it takes as long as reading it
        return []
    cells = _Cells()
    cells.parser.Parse(content, True)
    return cells.sheets


class _Cells:
    """The cells of a document as they come by, with the number that each stores and the text that it shows."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._say
        self.sheets: list[OdsSheet] = []
        self.row = self.column = self.met = self.notes = 0
        self.said: dict[str, str] | None = None  # of the open cell
        self.text = ""
        self.columns = self.rows = 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in CELLS:
            # The type "error" of LibreOffice stands beside the one of the standard, which says number or text.
            self.said = {key.rpartition(":")[2]: value for key, value in attributes.items() if value != "error"}
            if len(self.said) < len(attributes) and "error" in attributes.values():
                self.said["error"] = "error"
            self.text = ""
            self.columns = _repeated(attributes, "columns")
        elif name == "annotation":
            self.notes += 1
        elif name == "table-row":
            self.column, self.rows = 0, _repeated(attributes, "rows")
        elif name == "table":
            self.sheets.append(OdsSheet())
            self.row = 0

    def _say(self, text: str) -> None:
        if self.said is not None and not self.notes:
            self.text += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "table-row":
            self.row += self.rows
        elif name == "annotation":
            self.notes -= 1
        elif name in CELLS and self.said is not None:
            if self.said or self.text:
                self._take(self.said, self.text.strip())
            self.said = None
            self.column += self.columns

    def _take(self, said: dict[str, str], text: str) -> None:
        kind, sheet = said.get("value-type", ""), self.sheets[-1]
        value = said.get(VALUE.get(kind, "string-value"), "" if kind in VALUE else text)
        if "error" in said or ERROR.fullmatch(text):
            self._keep(sheet.texts, text or "#")
        elif not value or not kind:
            self._keep(sheet.texts, text or ("" if kind == "string" else said.get("formula", "")))
        elif kind in NUMBERS:
            code = format_of_text(float(value), text) or (GENERAL_PERCENT if kind == "percentage" else "")
            self._keep(sheet.formats, code)
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


def _repeated(attributes: dict[str, str], what: str) -> int:
    return _counted(attributes, f"table:number-{what}-repeated")  # of this namespace alone, as calamine counts


def _counted(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return int(said) if said.isdecimal() and len(said) < LONGEST_COUNT else 1
