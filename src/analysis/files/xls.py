"""Workbooks of before 2007 (xls) through xlrd, which knows their number formats; the file around them is opened here."""

from __future__ import annotations

import io
from struct import Struct
from typing import TYPE_CHECKING, Any

import xlrd
from xlrd import xldate

from analysis.files.blocks import Range
from analysis.files.compound_file import CompoundFile, CompoundFileError
from analysis.files.number_formats import changes_number, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

STREAMS = ("workbook", "book")
BEGIN, FORMULA = 0x0809, 0x0006  # records of a sheet in [MS-XLS]: 2.4.21 BOF, 2.4.127 Formula
SHEET_BEGINS = Struct("<HHHH").pack(BEGIN, 16, 0x0600, 0x0010)  # of Excel 97 to 2003
RECORD, FORMULA_SAYS = Struct("<HH"), Struct("<HHHQH")  # kind, length; row, column, style, result, flags
NO_TEXT, NO_TEXT_BITS = 0xFFFF_0000_0000_0003, 0xFFFF_0000_0000_00FF  # 2.5.133 FormulaValue: an empty text
CALCULATE_ON_OPENING = 0x0002
Uncalculated = dict[int, set[tuple[int, int]]]  # row and column by where the sheet begins


class LockedError(ValueError):
    """A workbook that cannot be opened without its password."""


class _Silence(io.TextIOBase):
    """A sink for xlrd's warnings: what matters raises."""

    def write(self, text: str) -> int:
        return len(text)


def open_old_workbook(data: bytes) -> tuple[Any, Uncalculated]:
    """Open the workbook in a compound file, its sheets read when asked for, and find its formulas without a result.

    Raises xlrd's errors, or ``LockedError``.
    """
    compound = CompoundFile(data)
    if "encryptedpackage" in compound.streams:
        raise LockedError
    for name in STREAMS:
        if name in compound.streams:
            stream = compound.read(name)
            workbook = _open(stream)
            _must_list_every_sheet(workbook, stream)
            return workbook, _uncalculated(stream)
    raise CompoundFileError("no workbook in it")


def _open(stream: bytes) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=stream, logfile=_Silence(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise LockedError from error
        raise


def _must_list_every_sheet(workbook: Any, stream: bytes) -> None:
    """Raise xlrd's error where a sheet begins that the list of sheets does not name: its rows would be missed in silence."""
    at = stream.find(SHEET_BEGINS)
    while at >= 0:
        if at not in workbook._sh_abs_posn:  # xlrd tells it nowhere else
            raise xlrd.XLRDError(f"a sheet at {at} is not in the list of sheets")
        at = stream.find(SHEET_BEGINS, at + 1)


def _uncalculated(stream: bytes) -> Uncalculated:
    """The formulas to which no program has given a result: they are to be calculated on opening and are 0, or none has one.

    Programs in Java (POI) write the former, xlwt the latter; one empty text among other results is a result.
    """
    zeros, empty, results = Uncalculated(), Uncalculated(), 0
    sheet = at = 0
    while at + RECORD.size <= len(stream):
        kind, length = RECORD.unpack_from(stream, at)
        if kind == BEGIN:
            sheet = at
        elif kind == FORMULA and length >= FORMULA_SAYS.size and at + RECORD.size + length <= len(stream):
            row, column, _, result, flags = FORMULA_SAYS.unpack_from(stream, at + RECORD.size)
            if result == 0 and flags & CALCULATE_ON_OPENING:
                zeros.setdefault(sheet, set()).add((row, column))
            elif result & NO_TEXT_BITS == NO_TEXT:
                empty.setdefault(sheet, set()).add((row, column))
            else:
                results += 1
        at += RECORD.size + length
    return zeros if results or zeros else empty


def merged_ranges(sheet: Any) -> list[Range]:
    """Return the merged ranges of a sheet: first and last cell, from 0."""
    return [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]


def hidden(sheet: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the rows of a sheet, and the places of its columns from 0, that are hidden."""
    rows = frozenset(row + 1 for row, known in sheet.rowinfo_map.items() if known.hidden)
    return rows, frozenset(column for column, known in sheet.colinfo_map.items() if known.hidden)


def number_codes(workbook: Any) -> dict[int, str]:
    """Return the number formats that show another number than is stored, by the style of a cell."""
    codes = {key: known.format_str or "" for key, known in workbook.format_map.items()}
    styles = ((number, codes.get(style.format_key, "")) for number, style in enumerate(workbook.xf_list))
    return {number: code for number, code in styles if changes_number(code)}


def rows_of(
    sheet: Any, datemode: int, codes: Mapping[int, str], uncalculated: AbstractSet[tuple[int, int]]
) -> Iterator[list[Any]]:
    """Yield the rows of a sheet, all of one length; ``codes`` as ``number_codes`` gives them, ``=`` for a formula without a result."""
    rows_of_formulas: dict[int, list[int]] = {}
    for row, column in uncalculated:
        rows_of_formulas.setdefault(row, []).append(column)
    for r in range(sheet.nrows):
        cells = [
            _cell(kind, value, datemode) for kind, value in zip(sheet.row_types(r), sheet.row_values(r), strict=True)
        ]
        if codes:
            styles = (sheet.cell_xf_index(r, column) for column in range(len(cells)))
            cells = [shown(cell, codes[s]) if s in codes else cell for cell, s in zip(cells, styles, strict=True)]
        cells += [None] * (sheet.ncols - len(cells))
        for column in rows_of_formulas.get(r, ()):
            cells[column] = "="
        yield cells


def _cell(kind: int, value: Any, datemode: int) -> Any:
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xldate.xldate_as_datetime(value, datemode) if value >= 1 else value
        except (OverflowError, ValueError):  # no day in any calendar: the number says so itself
            return value
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERROR")
    return None if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else value
