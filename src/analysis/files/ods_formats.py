"""Number formats of an ods: which of its cells show another number than they store."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from analysis.files.number_formats import GENERAL_PERCENT, format_of_text

Places = dict[tuple[int, int], str]  # row and column from 0
CONTENT, LONGEST_COUNT = "content.xml", 10
MOST_FORMATTED = 1 << 21
MAY_CHANGE = re.compile('"percentage"|\\d ?[百千]?[万亿]'.encode())


def ods_formats(data: bytes) -> dict[int, Places]:
    """Return the formats by the number of the sheet from 0; nothing of a workbook of another kind."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if CONTENT not in archive.namelist():
            return {}
        content = archive.read(CONTENT)
    if not MAY_CHANGE.search(content):
        return {}
    cells = _Cells()
    cells.parser.Parse(content, True)
    return cells.sheets


class _Cells:
    """The cells of a document as they come by, with the number that each stores and the text that it shows."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._say
        self.sheets: dict[int, Places] = {}
        self.sheet = self.row = self.column = -1
        self.number: float | None = None
        self.percent, self.text, self.met = False, "", 0
        self.columns = self.rows = 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "table":
            self.sheet, self.row = self.sheet + 1, 0
        elif name == "table-row":
            self.column, self.rows = 0, _repeated(attributes, "rows")
        elif name in {"table-cell", "covered-table-cell"}:
            said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            is_number = said.get("value-type") in {"percentage", "float", "currency"}
            self.number, self.text = float(said.get("value", "nan")) if is_number else None, ""
            self.percent = said.get("value-type") == "percentage"
            self.columns = _repeated(attributes, "columns")

    def _say(self, text: str) -> None:
        if self.number is not None:
            self.text += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "table-row":
            self.row += self.rows
        elif name in {"table-cell", "covered-table-cell"}:
            if self.number is not None:
                self._keep(format_of_text(self.number, self.text) or (GENERAL_PERCENT if self.percent else ""))
            self.number = None
            self.column += self.columns

    def _keep(self, code: str) -> None:
        if not code:
            return
        self.met += self.rows * self.columns
        if self.met > MOST_FORMATTED:
            raise ValueError("more cells with a number format than any register has")
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        self.sheets.setdefault(self.sheet, {}).update({(row, column): code for row in rows for column in columns})


def _repeated(attributes: dict[str, str], what: str) -> int:
    said = attributes.get(f"table:number-{what}-repeated", "1")  # of this namespace alone, as calamine counts
    return int(said) if said.isdecimal() and len(said) < LONGEST_COUNT else 1
