"""Workbooks of before 2007 (xls) through xlrd, with guards against directories and chains that go in circles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlrd
from xlrd import compdoc, xldate

if TYPE_CHECKING:
    from collections.abc import Iterator

Rows = list[list[Any]]
Range = tuple[tuple[int, int], tuple[int, int]]
STREAMS = ("Workbook", "Book")


class LockedError(ValueError):
    """A workbook that cannot be opened without its password."""


class _Silence(io.TextIOBase):
    """Where xlrd's warnings go: what matters raises."""

    def write(self, text: str) -> int:
        return len(text)


def _family_tree(entries: list[Any], parent: int, child: int) -> None:
    """The entries of a directory below each other; xlrd's own visits an entry as often as others point to it."""
    met: set[int] = set()
    waiting = [(parent, child)]
    while waiting:
        parent, child = waiting.pop()
        if child < 0:
            continue
        if child in met:
            raise compdoc.CompDocError("the directory goes in circles")
        met.add(child)
        entry = entries[child]
        entries[parent].children.append(child)
        waiting += [(parent, entry.left_DID), (parent, entry.right_DID)]
        if entry.etype == 1:  # a folder
            waiting.append((child, entry.root_DID))


compdoc._build_family_tree = _family_tree


def open_old_workbook(data: bytes) -> Any:
    """The workbook in a compound file, its sheets read when asked for; raises xlrd's errors, or ``LockedError``."""
    compound = compdoc.CompDoc(data, logfile=_Silence())
    if compound._dir_search(["EncryptedPackage"]) is not None:
        raise LockedError
    for name in STREAMS:
        if (entry := compound._dir_search([name])) is not None:
            _must_end(compound, entry)
            memory, start, length = compound.locate_named_stream(name)
            return _open(memory[start : start + length])
    raise compdoc.CompDocError("no workbook in it")


def _must_end(compound: Any, entry: Any) -> None:
    """Follow the chain of a small stream, which xlrd itself would follow in circles."""
    if entry.tot_size >= compound.min_size_std_stream:
        return
    sector = entry.first_SID
    for _ in range(len(compound.SSAT) + 1):
        if sector < 0:
            return
        sector = compound.SSAT[sector]
    raise compdoc.CompDocError("a chain goes in circles")


def _open(stream: bytes) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=stream, logfile=_Silence(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise LockedError from error
        raise


def merged_ranges(sheet: Any) -> list[Range]:
    """The merged ranges of a sheet: first and last cell, from 0."""
    return [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]


def rows_of(sheet: Any, datemode: int) -> Iterator[list[Any]]:
    """The rows of a sheet, all of one length."""
    for r in range(sheet.nrows):
        cells = [
            _cell(kind, value, datemode) for kind, value in zip(sheet.row_types(r), sheet.row_values(r), strict=True)
        ]
        yield cells + [None] * (sheet.ncols - len(cells))


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
