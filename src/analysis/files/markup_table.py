"""A table of a web page or an XML spreadsheet on its way: rows and cells as their tags begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from analysis.files.blocks import Range
from analysis.files.budget import MOST_COLUMNS, MOST_ROWS
from analysis.files.cell_text import written
from analysis.files.number_formats import format_of_text, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
COUNT = re.compile(r"\s*\+?([0-9]{1,9})")  # as browsers read the number of a span: what stands behind it is passed over
FIGURE = re.compile(r"-?\d+(?:,\d{3})*(?:\.(\d+))?")  # a number as a cell shows it
BOOLEAN = {"1": "TRUE", "0": "FALSE"}
DEFAULT = "Default"  # the style of cells of an XML spreadsheet that name none
ROUNDED = 1.000001  # a half exactly, in binary
MERGED_IN = 100  # rows from the top in which a header's merged cells are kept


@dataclass
class MarkupTable:
    """A table on its way: its rows so far, and the cells of it that reach into rows to come."""

    name: str = ""
    hidden: bool = False
    rows: list[list[str | None]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    reaching: dict[int, tuple[int, str | None]] = field(default_factory=dict)  # by column: last row, text
    row: list[str | None] | None = None  # the open one
    span: tuple[int, int] | None = None  # of the open cell: columns, rows
    said: list[str] = field(default_factory=list)
    codes: Mapping[str, str] = field(default_factory=dict)  # number formats by style
    of_columns: dict[int, str] = field(default_factory=dict)
    columns_said: int = 0
    code: str = ""  # of the open cell
    kind: str = ""  # of its data, in an XML spreadsheet
    stored: str = ""  # the number behind what it shows
    formula: str | None = None  # of the open cell
    row_code: str | None = None  # of the open row
    below: int = 0  # empty rows that the open one stands for besides
    is_backward: bool = False  # a cell or row says that it stands before another one
    width: int = 0  # of the widest row

    @property
    def spanned(self) -> int:
        """The cells of the rectangle that the rows span, which all become cells in the end."""
        return len(self.rows) * self.width

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a row or a cell."""

        def number(key: str, most: int, none: int = 0) -> int:
            found = COUNT.match(attributes.get(key, ""))
            return min(int(found[1]), most) if found else none

        if name == "column":
            self.columns_said = number("index", MOST_COLUMNS) or self.columns_said + 1
            reach = range(self.columns_said - 1, self.columns_said + number("span", MOST_COLUMNS))
            self.of_columns |= dict.fromkeys(reach, self.codes.get(attributes.get("styleid", ""), ""))
            self.columns_said = reach.stop
            return
        if name == "tr":
            self.close_row()
            self._stands_at(number("index", MOST_ROWS), self.rows)
            self.rows += [[] for _ in range(number("index", MOST_ROWS) - 1 - len(self.rows))]
            self.row = []
            self.row_code = self._code_of(attributes, None)
            self.below = number("span", MOST_ROWS)
            return
        self.close_cell()
        row = self.row = [] if self.row is None else self.row
        at = number("index", MOST_COLUMNS)
        self._stands_at(at, row)
        while len(row) in self.reaching or len(row) < at - 1:
            row.append(self.reaching.get(len(row), (0, None))[1])
        columns = number("colspan", MOST_COLUMNS) or number("mergeacross", MOST_COLUMNS) + 1
        code = self._code_of(attributes, self.row_code)
        self.code = self.of_columns.get(len(row), self.codes.get(DEFAULT, "")) if code is None else code
        self.formula, self.kind = attributes.get("formula"), ""
        self.stored = attributes.get("x:num") or attributes.get("sdval", "")
        rows = number("rowspan", MOST_ROWS, none=number("mergedown", MOST_ROWS) + 1)
        self.span = columns, rows or MOST_ROWS  # 0: to the end of its group of rows

    def _code_of(self, attributes: Mapping[str, str], otherwise: str | None) -> str | None:
        return self.codes.get(attributes["styleid"], "") if "styleid" in attributes else otherwise

    def _stands_at(self, index: int, before: Sequence[Any]) -> None:
        if self.name:  # of an XML spreadsheet; a web page's own counts mean anything
            self.is_backward = self.is_backward or 0 < index <= len(before)

    def close_cell(self) -> None:
        """Put the open cell into its row."""
        if self.span is None or self.row is None:
            return
        text = " ".join(unescape("".join(self.said)).split()) or None
        if text is None and self.formula:  # that nothing has calculated
            text = unescape(self.formula)
        if self.code and text and self.kind in ("", "number") and NUMBER.fullmatch(text):
            text = shown(float(text), self.code)
        elif self.kind == "number" and text and NUMBER.fullmatch(text):
            text = written(float(text))
        if self.kind == "boolean" and text in BOOLEAN:
            text = BOOLEAN[text]
        if self.stored:
            text = _as_stored(text, self.stored)
        (columns, rows), at, left = self.span, len(self.rows), len(self.row)
        self.span, self.said = None, []
        self.row += [text] + [None] * (columns - 1)
        if columns * rows > 1 and at < MERGED_IN:
            self.merged.append(((at, left), (at + rows - 1, left + columns - 1)))
        if rows > 1:  # merged over several rows, it says the same in each, as in a workbook
            self.reaching |= {left + i: (at + rows - 1, text if columns == 1 else None) for i in range(columns)}

    def close_row(self) -> None:
        """Put the open row below those before it."""
        self.close_cell()
        if self.row is None:
            return
        for column in sorted(self.reaching):
            last, text = self.reaching[column]
            if column >= len(self.row):
                self.row += [None] * (column - len(self.row)) + [text]
            if last <= len(self.rows):
                del self.reaching[column]
        self.width = max(self.width, len(self.row))
        self.rows += [self.row, *([] for _ in range(self.below))]
        self.row, self.below = None, 0

    def close_group(self) -> None:
        """End a group of rows, over which no cell reaches."""
        self.close_row()
        self.reaching.clear()


def _as_stored(text: str | None, stored: str) -> str | None:
    """What a cell shows, exactly: a figure that is shown rounded as its number, any other text as it stands."""
    try:
        number = float(stored)
    except ValueError:
        return text
    if text is None:
        return written(number)
    if code := format_of_text(number, text):
        return shown(number, code)
    figure = FIGURE.fullmatch(text)
    half = 0.5 * 10.0 ** -len(figure[1] or "") if figure else 0.0
    return written(number) if figure and abs(float(text.replace(",", "")) - number) <= half * ROUNDED else text
