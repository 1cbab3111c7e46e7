"""Workbooks (xlsx, xls, ods and kin) through calamine, with guards against files that are small only on disk."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.cases.files import Block, Sheet, Source, block_of, cannot_be_read, must_be_unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analysis.vocabulary.errors import InputError

MOST_BYTES = 512 << 20  # of the file itself
MOST_UNPACKED = 2 << 30  # of all its parts; a million empty but formatted rows unpack to some 400 MB
MOST_CELLS = 40_000_000  # 1,048,576 rows of 38 columns; calamine holds 24–32 bytes a cell
BLOCK_ROWS = 20_000
Range = tuple[tuple[int, int], tuple[int, int]]
PIECE = 1 << 20
CELL_PLACE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,10})"')
DATE_1904 = re.compile(rb'date1904="(?:1|true|on)"')
XLS_DATE_1904 = b"\x22\x00\x02\x00\x01\x00"  # the DATEMODE record of xls


def workbook_sheets(source: Source) -> Iterator[Sheet]:
    """The sheets of a workbook, hidden ones marked; the whole file is taken into memory first, so it cannot change."""
    import python_calamine

    data = _bytes(source)
    date_system = "1900"
    if data.startswith(b"PK"):
        date_system = _checked_archive(source, data)
    elif XLS_DATE_1904 in data[: 64 << 10]:
        date_system = "1904"
    workbook = _guarded(source, lambda: python_calamine.CalamineWorkbook.from_object(io.BytesIO(data)))
    for about in workbook.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = _guarded(source, lambda name=about.name: workbook.get_sheet_by_name(name))
        yield Sheet(
            about.name,
            _blocks(sheet),
            hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
            merged=sheet.merged_cell_ranges or [],
            date_system=date_system,
        )


def _bytes(source: Source) -> bytes:
    if source.bytes > MOST_BYTES:
        raise _too_large(source, f"{source.bytes / 2**20:,.0f} MB")
    data = source.path.read_bytes()
    must_be_unchanged(source, hashlib.sha256(data).hexdigest())
    return data


def _too_large(source: Source, size: str) -> InputError:
    return cannot_be_read(
        source.name,
        f"工作簿展开后过大（{size}）。请删去空白区域后另存，或改为导出 csv。",
        f"the workbook is too large when unpacked ({size}). Delete its empty areas and save it again, or export csv.",
    )


def _guarded(source: Source, act: Any) -> Any:
    """Calamine's own errors, and the panics of its Rust code (which are no ``Exception``), as ``InputError``."""
    import python_calamine

    try:
        return act()
    except python_calamine.PasswordError as error:
        raise cannot_be_read(
            source.name, "工作簿有密码。请取消密码后另存。", "the workbook has a password. Save it without one."
        ) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise cannot_be_read(
            source.name,
            f"不是完好的工作簿（{error}）。请用 Excel 或 WPS 打开后另存为 xlsx。",
            f"it is not a sound workbook ({error}). Open it in Excel or WPS and save it as xlsx.",
        ) from error


def _checked_archive(source: Source, data: bytes) -> str:
    """Unpack every XML part once, in pieces, counting bytes and cells; gives the workbook's date system."""
    date_system = "1900"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [p for p in archive.infolist() if p.filename.lower().endswith((".xml", ".rels", ".bin"))]
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _too_large(source, f"{sum(part.file_size for part in parts) / 2**20:,.0f} MB")
        for part in parts:
            extent = _Extent()
            for piece in _unpacked(data, part):
                extent.take(piece)
            if extent.cells > MOST_CELLS:
                raise _too_large(source, f"{extent.cells:,} cells")
            if extent.is_1904:
                date_system = "1904"
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise cannot_be_read(
            source.name, f"压缩包已损坏（{error}）。请重新导出。", f"its archive is damaged ({error}). Export it again."
        ) from error
    return date_system


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part, never more than its header declares: a part that goes on is a bomb with a false label."""
    name_length, extra_length = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + 30 + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED or part.flag_bits & 1:
        raise zipfile.BadZipFile("compression or encryption of another kind")
    inflate, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not inflate.eof:
        piece = inflate.decompress(packed, PIECE)
        packed = inflate.unconsumed_tail
        total += len(piece)
        if total > part.file_size or not (piece or packed or inflate.eof):
            raise zipfile.BadZipFile("a part is not of the length that it declares")
        yield piece


class _Extent:
    """How far the cells of one XML part reach: calamine fills the whole rectangle."""

    def __init__(self) -> None:
        self.rows = self.columns = self.repeated = 0
        self.is_1904 = False
        self.rest = b""

    def take(self, piece: bytes) -> None:
        """Look through a further piece (the end of the last one is looked through again)."""
        text = self.rest + piece
        for column, row in CELL_PLACE.findall(text):
            number = 0
            for letter in column:
                number = number * 26 + letter - 64
            self.columns, self.rows = max(self.columns, number), max(self.rows, int(row))
        self.is_1904 = self.is_1904 or DATE_1904.search(text) is not None
        self.rest = text[-200:]

    @property
    def cells(self) -> int:
        """The size of the rectangle."""
        return self.rows * self.columns


def _blocks(sheet: Any) -> Iterator[Block]:
    if sheet.start is None:
        return
    left = [None] * sheet.start[1]
    rows = _filled_down(
        (left + [_cell(value) for value in row] for row in sheet.iter_rows()), sheet.merged_cell_ranges or []
    )
    first = 1
    while piece := list(islice(rows, BLOCK_ROWS)):
        yield block_of(piece, first)
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


def _cell(value: Any) -> Any:
    """Yes and no as words: ``True == 1`` would mix them up with numbers."""
    if value is True:
        return "TRUE"
    if value is False:
        return "FALSE"
    return None if value == "" else value
