"""Workbooks: xlsx, xlsm and ods through calamine, old ones (xls) through xlrd; every error of theirs is ours."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any

from analysis.files.archive_limits import checked_archive
from analysis.files.blocks import Block, Range, Sheet, block_of
from analysis.files.budget import MOST_CELLS, MOST_WHOLE, MOST_WHOLE_AS_OBJECTS
from analysis.files.number_formats import shown
from analysis.files.ods import OdsSheet
from analysis.files.source import (
    BYTES,
    CELLS,
    ORIGINAL,
    PACKED,
    Source,
    cannot_be_read,
    has_password,
    holds_no_table,
    must_be_unchanged,
    too_large,
)
from analysis.files.xlsx_formulas import Places, XlsxParts
from analysis.files.xlsx_pieces import LargeSheet, large_sheet
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from analysis.vocabulary.errors import InputError

MOST_LOOKED_THROUGH = 8 << 30  # sheets × bytes: many sheets may claim the same large part
BLOCK_ROWS = 20_000
WORKBOOKS = {"xl/workbook.xml", "content.xml"}  # the part of one of which every zipped workbook has
OFFICE = Text("文字或演示文稿（docx、pptx 之类）", "a text or presentation (docx, pptx and the like)"), ORIGINAL


def workbook_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, hidden ones marked; the whole file is taken into memory first, so it cannot change."""
    if source.bytes > MOST_WHOLE:
        raise too_large(source, source.bytes, BYTES)
    data = source.path.read_bytes()
    must_be_unchanged(source, hashlib.sha256(data).hexdigest())
    yield from (_zipped if data.startswith(b"PK") else _old)(source, data)


def _zipped(source: Source, data: bytes) -> Iterator[Sheet]:
    import python_calamine

    archive = checked_archive(source, data)
    if not archive.names & WORKBOOKS:
        raise holds_no_table(source.name, *(OFFICE if "[content_types].xml" in archive.names else PACKED))
    workbook = _guarded(source, partial(_opened, data))
    parts = _guarded(source, lambda: XlsxParts(data))
    sheets = [s for s in enumerate(workbook.sheets_metadata) if s[1].typ == python_calamine.SheetTypeEnum.WorkSheet]
    if len({about.name for _, about in sheets}) < len(sheets):  # asked for by name, the first would be read twice
        raise cannot_be_read(
            source.name,
            "有两张工作表同名（Excel、WPS 都不这样写），不知各是哪一张。请用 Excel 或 WPS 打开、改名后另存。",
            "two sheets have one name, which neither Excel nor WPS writes. Open it there, rename one and save it.",
        )
    _must_be_bounded(source, len(sheets) * archive.largest_part)
    cells = 0
    for number, about in sheets:
        large = large_sheet(data, parts, number)
        if large:
            workbook = None  # shared texts stand in memory once
            sheet = _guarded(source, partial(_sheet_of, large.without_rows(), about.name))
        else:
            workbook = workbook or _guarded(source, partial(_opened, data))
            sheet = _guarded(source, partial(workbook.get_sheet_by_name, about.name))
        cells += sheet.height * sheet.width
        if cells > MOST_CELLS:
            raise too_large(source, cells, CELLS)
        besides = archive.sheets[number] if number < len(archive.sheets) else OdsSheet()
        merged = _guarded(source, partial(getattr, sheet, "merged_cell_ranges")) or besides.merged
        hidden_rows, hidden_columns = (
            _guarded(source, partial(parts.hidden, number)) if parts.part(number) else besides.hidden
        )
        if large:
            rows = _rows_of_pieces(large, about.name, number)
        else:
            texts = _guarded(source, partial(parts.formulas, number)) or besides.texts
            formats = _guarded(source, partial(parts.formats, number)) or besides.formats
            rows = _rows(sheet, texts, formats)
        yield Sheet(
            about.name,
            _blocks(source, rows, merged),
            hidden=about.visible != python_calamine.SheetVisibleEnum.Visible or besides.is_copy,
            merged=merged,
            date_system=archive.date_system,
            hidden_rows=hidden_rows,
            hidden_columns=hidden_columns,
        )


def _opened(data: bytes) -> Any:
    import python_calamine

    return python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))


def _sheet_of(data: bytes, name: str) -> Any:
    return _opened(data).get_sheet_by_name(name)


def _rows_of_pieces(large: LargeSheet, name: str, number: int) -> Iterator[list[Any]]:
    """The same of a sheet in pieces, all rows as wide as the widest above."""
    above = width = 0
    for data in large.pieces():
        sheet, parts = _sheet_of(data, name), XlsxParts(data)
        texts, formats = parts.formulas(number), parts.formats(number)
        del data, parts
        for row in _rows(sheet, texts, formats, above):
            width = max(width, len(row))
            yield row + [None] * (width - len(row))
            above += 1


def _rows(sheet: Any, texts: Places, formats: Places, above: int = 0) -> Iterator[list[Any]]:
    """The rows of a sheet from its first column on; numbers as their formats show them, errors and formulas without a result as such.

    Of a piece of a sheet they begin with the first below those ``above``.
    """
    start = sheet.start or (above, 0)
    left = [None] * start[1]
    texts_of, formats_of = _by_row(texts), _by_row(formats)
    if min(start[0], *texts_of, above) < above:
        raise ValueError("rows in no order")
    rows = sheet.iter_rows()
    if above:  # calamine begins with the first row of a sheet
        rows = chain(([] for _ in range(above, start[0])), sheet.to_python(skip_empty_area=True))
    below = range(above, 1 + max(texts_of, default=-1))  # calamine's rows end at the last value
    for number, (cells, _) in enumerate(zip_longest(rows if sheet.start else (), below), start=above):
        row = left + (cells or [])
        for column, text in texts_of.get(number, ()):
            row += [None] * (column + 1 - len(row))
            row[column] = text
        for column, code in formats_of.get(number, ()):
            if column < len(row):
                row[column] = shown(row[column], code)
        yield row


def _by_row(places: Places) -> dict[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in places.items():
        rows.setdefault(row, []).append((column, said))
    return rows


def _old(source: Source, data: bytes) -> Iterator[Sheet]:
    from analysis.files import xls

    if source.bytes > MOST_WHOLE_AS_OBJECTS:
        raise too_large(source, source.bytes, BYTES)
    workbook, uncalculated = _guarded(source, lambda: xls.open_old_workbook(data))
    codes = _guarded(source, lambda: xls.number_codes(workbook))
    _must_be_bounded(source, workbook.nsheets * len(data))
    cells = 0
    for number in range(workbook.nsheets):
        sheet = _guarded(source, partial(workbook.sheet_by_index, number))
        cells += sheet.nrows * sheet.ncols
        if cells > MOST_CELLS:
            raise too_large(source, cells, CELLS)
        merged = xls.merged_ranges(sheet)
        hidden_rows, hidden_columns = xls.hidden(sheet)
        formulas = uncalculated.get(workbook._sh_abs_posn[number], frozenset())  # xlrd tells it nowhere else
        yield Sheet(
            sheet.name,
            _blocks(source, xls.rows_of(sheet, workbook.datemode, codes, formulas), merged),
            hidden=sheet.visibility != 0,
            merged=merged,
            date_system="1904" if workbook.datemode else "1900",
            hidden_rows=hidden_rows,
            hidden_columns=hidden_columns,
        )
        workbook.unload_sheet(number)


def _must_be_bounded(source: Source, looked_through: int) -> None:
    if looked_through > MOST_LOOKED_THROUGH:
        raise too_large(source, looked_through, BYTES)


def _guarded(source: Source, act: Callable[[], Any]) -> Any:
    """The libraries' own errors, and the panics of calamine's Rust code (which are no ``Exception``), as ``InputError``."""
    try:
        return act()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        kind = type(error).__name__
        if not isinstance(error, Exception) and kind != "PanicException":
            raise
        raise (
            has_password(source.name) if kind in {"PasswordError", "LockedError"} else _unsound(source, error)
        ) from error


def _unsound(source: Source, error: BaseException) -> InputError:
    said = str(error)[:200] or type(error).__name__  # a library's words, in English
    return cannot_be_read(
        source.name,
        f"不是完好的工作簿（读取程序的原话：{said}）。请用 Excel 或 WPS 打开后另存为 xlsx。",
        f"it is not a sound workbook ({said}). Open it in Excel or WPS and save it as xlsx.",
    )


def _blocks(source: Source, rows: Iterator[list[Any]], merged: Iterable[Range]) -> Iterator[Callable[[], Block]]:
    filled = _filled_down(([None if value == "" else value for value in row] for row in rows), merged)
    first = 1
    while piece := _guarded(source, lambda: list(islice(filled, BLOCK_ROWS))):
        yield partial(block_of, piece, first)
        first += len(piece)


def _filled_down(rows: Iterable[list[Any]], merged: Iterable[Range]) -> Iterator[list[Any]]:
    """Cells merged over several rows hold their value in the first only: give it to the others."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in merged:
        if left == right and bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    going: dict[int, tuple[int, Any]] = {}
    for r, row in enumerate(rows):
        for column, (bottom, value) in list(going.items()):
            if r > bottom:
                del going[column]
            elif row[column] is None:
                row[column] = value
        for column, bottom in starts.get(r, ()):
            if column < len(row) and row[column] is not None:
                going[column] = (bottom, row[column])
        yield row
