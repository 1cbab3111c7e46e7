"""Zipped workbooks (xlsx, ods) looked through before calamine opens them: some are small only on disk.

Calamine fills the whole rectangle that the cells of a sheet span, and believes the number of strings that a file declares:
both can ask for more memory than there is, which ends the process. So every part is unpacked once here, in pieces.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from analysis.files.budget import MOST_CELLS, MOST_ROWS, MOST_TEXT, MOST_UNPACKED
from analysis.files.damage import DIGITS, DOCTYPE, ELSEWHERE, IN_PIECES, NO_NUMBER, NO_PLACE, DamagedError, greatest
from analysis.files.ods import OdsSheet, OpenDocument
from analysis.files.source import BYTES, CELLS, ROWS, Source, cannot_be_read, has_password, too_large
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PARTS = 10_000
MERGED_WORTH = 50  # a merged range becomes a Python object: so many cells' worth of memory
PIECE = 1 << 20
SEAM = 200  # bytes that wait for the next piece, so that nothing is missed where two meet
# The place of a cell (r="B7") or a row (r="7"), in whatever tag.
PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
PLACED = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r\s*=\s*["']\s*(\w+)""")
TAG = re.compile(rb"<(?:\w+:)?(c|row|si|mergeCell|sheetData)[\s/>]")
SHEET_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
CELL, ROW = re.compile(rb"<(?:\w+:)?c[\s/>]"), re.compile(rb"<(?:\w+:)?row[\s/>]")
DECLARED = re.compile(rb"""\buniqueCount\s*=\s*["']\s*(\d+)""")
DATE_1904 = re.compile(rb"""\bdate1904\s*=\s*["']([^"']*)["']""")
IS_1904 = {b"1": True, b"true": True, b"0": False, b"false": False}
TEXTS = (".xml", ".rels")  # parts that are UTF-8
MANIFEST, ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"  # of an ods


@dataclass(frozen=True)
class Misread:
    """What calamine would read in part or otherwise than Excel shows it, and a word without which it cannot be there."""

    sign: bytes
    pattern: re.Pattern[bytes]
    text: Text


MISREAD = tuple(
    Misread(sign, re.compile(pattern), said)
    for sign, pattern, said in (
        (b"<!DOCTYPE", rb"<!DOCTYPE", DOCTYPE),
        # the first piece alone is taken of a value or formula with a comment, CDATA, an instruction or a figure by its number in it
        *(
            (sign, rb"<(?:\w+:)?[vf](?:\s[^<>]*)?>[^<]*(?:<[!?]|&#(?:4[3-9]|5[0-7]|[xX](?:2[bBdDeE]|3\d));)", IN_PIECES)
            for sign in (b"<!", b"<?", b"&#")
        ),
        # passed over: a value before its formula or another value, of a cell whose text should stand elsewhere, or outside its element
        (b"v>", rb"</(?:\w+:)?v>\s*<(?:\w+:)?[vf][\s/>]", ELSEWHERE),
        (b"inlineStr", rb"""inlineStr["'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>[^<]""", ELSEWHERE),
        (b"<", rb"<(?:\w+:)?(?:c|is|si)(?:\s[^<>]*)?>\s*[^<\s]", ELSEWHERE),
        # whatever is no number of a shared text is taken for its first digits, or for the first text
        (b"s", rb"""["']s["'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>(?!\d{1,9}<|<)""", NO_PLACE),
        # a number that is none is read as no value
        *(
            (
                sign,
                rb"""<(?:\w+:)?c(?:\s(?![^<>]*\bt\s*=\s*["']str)[^<>]*)?>[^<]*(?:<(?:\w+:)?f[^v]*)?<(?:\w+:)?v>[+-]?(?i:nan)<""",
                NO_NUMBER,
            )
            for sign in (b"N<", b"n<")
        ),
    )
)  # fmt: skip
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True)
class Archive:
    """A zipped workbook as it was looked through: its parts in small letters, its calendar, the size of the largest, and the sheets of an ods."""

    names: frozenset[str]
    date_system: str
    largest_part: int
    sheets: list[OdsSheet]


def checked_archive(source: Source, data: bytes, *, most: int = MOST_UNPACKED) -> Archive:
    """Unpack every part once, counting; raises ``InputError`` for what is damaged or too large (``most`` bytes of all parts) to be opened."""
    try:
        return _checked(source, data, most)
    except BROKEN as error:
        said = error.text.zh if isinstance(error, DamagedError) else f"读取程序的原话：{error}"
        raise cannot_be_read(
            source.name, f"压缩包已损坏（{said}）。请重新导出。", f"its archive is damaged ({error}). Export it again."
        ) from error


def _checked(source: Source, data: bytes, most: int) -> Archive:
    if (number := data.count(b"PK\x01\x02")) > MOST_PARTS:
        raise too_large(source, number, Text("个部分", "parts"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    names = frozenset(part.filename.lower().replace("\\", "/") for part in parts)
    if len(names) < len(parts):
        raise DamagedError(Text("有两个同名的部分", "two parts of one name"))
    if any(name.endswith("workbook.bin") for name in names):
        raise cannot_be_read(
            source.name,
            "不读 xlsb 格式。请用 Excel 或 WPS 打开后另存为 xlsx。",
            "the format xlsb is not read. Open it in Excel or WPS and save it as xlsx.",
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most:
        raise too_large(source, unpacked, BYTES)
    told = (piece for part in parts if part.filename == MANIFEST for piece in _unpacked(data, part))
    if any(part.flag_bits & 1 for part in parts) or any(ENCRYPTED in piece for piece in told):
        raise has_password(source.name)
    extents = [_extent(source, data, part) for part in parts]
    return Archive(
        names,
        "1904" if any(extent.is_1904 for extent in extents) else "1900",
        max((part.file_size for part in parts), default=0),
        [sheet for extent in extents for sheet in extent.sheets],
    )


def _extent(source: Source, data: bytes, part: zipfile.ZipInfo) -> OpenDocument | _OfficeOpen:
    extent = OpenDocument() if part.filename == "content.xml" else _OfficeOpen()
    is_text = part.filename.lower().endswith(TEXTS)
    for piece in _unpacked(data, part):
        if is_text and b"\0" in piece:
            raise DamagedError(Text("有一部分不是 UTF-8 文字", "a part that is no UTF-8 text"))
        extent.take(piece)
        _must_be_bounded(source, extent)
    extent.end()
    _must_be_bounded(source, extent)
    if extent.declared > part.file_size:
        raise DamagedError(Text("有一部分的内容比它所说的少", "a part holds less than it says"))
    return extent


def _must_be_bounded(source: Source, extent: OpenDocument | _OfficeOpen) -> None:
    if extent.tallest > MOST_ROWS:
        raise too_large(source, extent.tallest, ROWS)
    if extent.cells > MOST_CELLS:
        raise too_large(source, extent.cells, CELLS)
    if extent.made_up > MOST_TEXT:
        raise too_large(source, extent.made_up, Text("个空格", "spaces"))


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part, never more than its header declares: a part that goes on is a bomb with a false label."""
    name_length, extra_length = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + 30 + name_length + extra_length
    packed: Any = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        if zlib.crc32(packed) != part.CRC:
            raise DamagedError(Text("有一部分与校验和不符", "a part is not what its checksum says"))
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise DamagedError(Text("压缩方式不同", "compression of another kind"))
    inflate, total, at, crc = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0, 0
    while not inflate.eof:
        rest = inflate.unconsumed_tail or bytes(packed[at : at + PIECE])
        at += 0 if inflate.unconsumed_tail else len(rest)
        piece = inflate.decompress(rest, PIECE)
        total += len(piece)
        if total > part.file_size or not (piece or rest or inflate.eof):
            raise DamagedError(Text("有一部分的长度与所说的不符", "a part is not of the length that it declares"))
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != part.CRC:
        raise DamagedError(Text("有一部分与校验和不符", "a part is not what its checksum says"))


class _OfficeOpen:
    """The extent of the cells in a part of xlsx: told by expressions, which are ten times as fast as a parser."""

    made_up = tallest = 0
    sheets: Sequence[OdsSheet] = ()

    def __init__(self) -> None:
        self.rows = self.columns = self.things = self.rows_met = 0
        self.unplaced = self.in_row = self.declared = self.tables = 0
        self.is_1904 = self.is_over = False
        self.placed: set[bytes] = set()  # the rows of a sheet so far, by their numbers
        self.rest = self.before = b""

    def take(self, piece: bytes) -> None:
        """Look through a further piece."""
        text = self.rest + piece
        # No tag and no part of one, as of pictures that are zeros.
        if b"<" not in self.before + text and b"=" not in text:
            self.rest = self.before = text[-SEAM:]
            return
        if (cut := text.rfind(b"<", -SEAM)) > 0:  # a tag that goes on in the next piece has no place yet
            text, self.rest = text[:cut], text[cut:]
        else:
            self.rest = text[-SEAM:]
        places = PLACE.findall(text)
        self.rows = max(self.rows, greatest({row for _, row in places}))
        self.columns = max([self.columns, *map(_column, {column for column, _ in places})])
        tags = TAG.findall(text)
        cells = tags.count(b"c")
        self.things += cells + tags.count(b"si") + MERGED_WORTH * tags.count(b"mergeCell")
        self.rows_met += tags.count(b"row")
        if cells > sum(1 for column, _ in places if column):  # cells without a place follow each other
            in_rows = [len(CELL.findall(row)) for row in ROW.split(text)]
            in_rows[0] += self.in_row
            self.in_row = in_rows[-1]
            self.unplaced = max(self.unplaced, *in_rows)
        self.tables += tags.count(b"sheetData")
        if self.tables > 1:
            raise DamagedError(Text("一张工作表有两个单元格区", "a sheet with two tables of cells"))
        if self.tables and not self.is_over:
            self._must_be_placed_once(text, places)
        joined = (
            self.before + text + b"<"
        )  # as the file goes on, so that a value whose end is cut off is not taken for another
        self.before = text[-SEAM:]
        for misread in MISREAD:
            if misread.sign in joined and misread.pattern.search(joined):
                raise DamagedError(misread.text)
        if b"uniqueCount" in text:
            self.declared = max(self.declared, greatest(set(DECLARED.findall(text))))
        if b"date1904" in text and (found := DATE_1904.search(text)):
            self._calendar(found[1])

    def _calendar(self, said: bytes) -> None:
        if said not in IS_1904:
            raise DamagedError(
                Text("日期系统（date1904）的写法不明", "a calendar (date1904) of which it is unclear what it is")
            )
        self.is_1904 = self.is_1904 or IS_1904[said]

    def _must_be_placed_once(self, text: bytes, places: list[tuple[bytes, bytes]]) -> None:
        """Of two cells, or rows, at one place calamine would keep the last alone."""
        if b"sheetData" in text and (end := SHEET_END.search(text)):
            self.is_over, text = True, text[: end.start()]
            places = PLACE.findall(text)
        rows = {row for column, row in places if not column}
        if len(set(places)) == len(places) and not self.placed & rows:
            self.placed |= rows
            return
        placed = PLACED.findall(text)  # not in a text
        if len(set(placed)) < len(placed) or self.placed & set(placed):
            raise DamagedError(Text("有两个单元格或两行在同一位置", "two cells or rows at one place"))

    def end(self) -> None:
        """Look through what is left: the last tag, which is none of a cell."""

    @property
    def cells(self) -> int:
        """The size of the rectangle, or the number of things in the part if that is more."""
        return max(max(self.rows, self.rows_met) * (self.columns + self.unplaced), self.things)


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper()[:DIGITS]:
        number = number * 26 + letter - 64
    return number
