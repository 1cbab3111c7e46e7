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

from analysis.files.budget import MOST_CELLS, MOST_TEXT, MOST_UNPACKED
from analysis.files.source import BYTES, CELLS, Source, cannot_be_read, too_large
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS = 10_000
MERGED_WORTH = 50  # a merged range becomes a Python object: so many cells' worth of memory
PIECE = 1 << 20
SEAM = 200  # bytes that wait for the next piece, so that nothing is missed where two meet
# The place of a cell (r="B7") or a row (r="7"), in whatever tag.
PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
PLACED = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r\s*=\s*["']\s*(\w+)""")
TAG = re.compile(rb"<(?:\w+:)?(c|row|si|mergeCell|sheetData)[\s/>]")
# A value or formula of which the first piece alone would be taken: with a comment, CDATA or an instruction in it, or a figure by number.
IN_PIECES = re.compile(rb"<(?:\w+:)?[vf](?:\s[^<>]*)?>[^<]*(?:<[!?]|&#(?:4[3-9]|5[0-7]|[xX](?:2[bBdDeE]|3\d));)")
# Values that calamine passes over: before their formula or another value, and of a cell whose text should stand elsewhere.
PASSED_OVER = re.compile(
    rb"""</(?:\w+:)?v>\s*<(?:\w+:)?[vf][\s/>]|inlineStr["'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>[^<]"""
)
SHEET_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
CELL, ROW = re.compile(rb"<(?:\w+:)?c[\s/>]"), re.compile(rb"<(?:\w+:)?row[\s/>]")
DECLARED = re.compile(rb"""\buniqueCount\s*=\s*["']\s*(\d+)""")
DATE_1904 = re.compile(rb"""\bdate1904\s*=\s*["']([^"']*)["']""")
IS_1904 = {b"1": True, b"true": True, b"0": False, b"false": False}
ODDITIES = {"formula", "number-rows-spanned"}  # of a cell of an ods: its result may be an error, or wanting
TEXTS = (".xml", ".rels")  # parts that are UTF-8
DIGITS, BEYOND = 10, 10**10  # a number of more digits is beyond every bound
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, OSError, ValueError, NotImplementedError)


class DamagedError(ValueError):
    """What is wrong with an archive, in words of ours."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Archive:
    """A zipped workbook as it was looked through: its calendar, the size of its largest part, and whether every cell shows what it stores."""

    date_system: str
    largest_part: int
    is_plain: bool


def checked_archive(source: Source, data: bytes) -> Archive:
    """Unpack every part once, counting; raises ``InputError`` for what is damaged or too large to be opened."""
    try:
        return _checked(source, data)
    except BROKEN as error:
        said = error.text.zh if isinstance(error, DamagedError) else f"读取程序的原话：{error}"
        raise cannot_be_read(
            source.name, f"压缩包已损坏（{said}）。请重新导出。", f"its archive is damaged ({error}). Export it again."
        ) from error


def _checked(source: Source, data: bytes) -> Archive:
    if (number := data.count(b"PK\x01\x02")) > MOST_PARTS:
        raise too_large(source, number, Text("个部分", "parts"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts):
        raise DamagedError("有两个同名的部分", "two parts of one name")
    if any(name.endswith("workbook.bin") for name in names):
        raise cannot_be_read(
            source.name,
            "不读 xlsb 格式。请用 Excel 或 WPS 打开后另存为 xlsx。",
            "the format xlsb is not read. Open it in Excel or WPS and save it as xlsx.",
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise too_large(source, unpacked, BYTES)
    told = [(extent.is_1904, extent.is_plain) for extent in (_extent(source, data, part) for part in parts)]
    return Archive(
        "1904" if any(is_1904 for is_1904, _ in told) else "1900",
        max((part.file_size for part in parts), default=0),
        all(is_plain for _, is_plain in told),
    )


def _extent(source: Source, data: bytes, part: zipfile.ZipInfo) -> _OpenDocument | _OfficeOpen:
    extent = _OpenDocument() if part.filename == "content.xml" else _OfficeOpen()
    is_text = part.filename.lower().endswith(TEXTS)
    for piece in _unpacked(data, part):
        if is_text and b"\0" in piece:
            raise DamagedError("有一部分不是 UTF-8 文字", "a part that is no UTF-8 text")
        extent.take(piece)
        if extent.cells > MOST_CELLS:
            raise too_large(source, extent.cells, CELLS)
        if extent.made_up > MOST_TEXT:
            raise too_large(source, extent.made_up, Text("个空格", "spaces"))
    if extent.declared > part.file_size:
        raise DamagedError("有一部分的内容比它所说的少", "a part holds less than it says")
    return extent


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part, never more than its header declares: a part that goes on is a bomb with a false label."""
    name_length, extra_length = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + 30 + name_length + extra_length
    packed: Any = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        if zlib.crc32(packed) != part.CRC:
            raise DamagedError("有一部分与校验和不符", "a part is not what its checksum says")
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED or part.flag_bits & 1:
        raise DamagedError("压缩或加密方式不同", "compression or encryption of another kind")
    inflate, total, at, crc = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0, 0
    while not inflate.eof:
        rest = inflate.unconsumed_tail or bytes(packed[at : at + PIECE])
        at += 0 if inflate.unconsumed_tail else len(rest)
        piece = inflate.decompress(rest, PIECE)
        total += len(piece)
        if total > part.file_size or not (piece or rest or inflate.eof):
            raise DamagedError("有一部分的长度与所说的不符", "a part is not of the length that it declares")
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != part.CRC:
        raise DamagedError("有一部分与校验和不符", "a part is not what its checksum says")


class _OfficeOpen:
    """The extent of the cells in a part of xlsx: told by expressions, which are ten times as fast as a parser."""

    is_plain = True

    def __init__(self) -> None:
        self.rows = self.columns = self.things = self.rows_met = 0
        self.unplaced = self.in_row = self.declared = self.made_up = self.sheets = 0
        self.is_1904 = self.is_over = False
        self.placed: set[bytes] = set()  # the rows of a sheet so far, by their numbers
        self.rest = b""

    def take(self, piece: bytes) -> None:
        """Look through a further piece."""
        text = self.rest + piece
        if (cut := text.rfind(b"<", -SEAM)) > 0:  # a tag that goes on in the next piece has no place yet
            text, self.rest = text[:cut], text[cut:]
        else:
            self.rest = text[-SEAM:]
        places = PLACE.findall(text)
        self.rows = max(self.rows, _greatest({row for _, row in places}))
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
        self.sheets += tags.count(b"sheetData")
        if self.sheets > 1:
            raise DamagedError("一张工作表有两个单元格区", "a sheet with two tables of cells")
        if self.sheets and not self.is_over:
            self._must_be_placed_once(text, places)
        self._must_be_read_whole(text)
        if b"uniqueCount" in text:
            self.declared = max(self.declared, _greatest(set(DECLARED.findall(text))))
        if b"date1904" in text and (found := DATE_1904.search(text)):
            if found[1] not in IS_1904:
                raise DamagedError(
                    "日期系统（date1904）的写法不明", "a calendar (date1904) of which it is unclear what it is"
                )
            self.is_1904 = self.is_1904 or IS_1904[found[1]]

    @staticmethod
    def _must_be_read_whole(text: bytes) -> None:
        if b"<!DOCTYPE" in text:
            _no_doctype()
        if (b"<!" in text or b"<?" in text or b"&#" in text) and IN_PIECES.search(text):
            raise DamagedError("一个值分成几段", "a value in several pieces")
        if PASSED_OVER.search(text):
            raise DamagedError("有单元格的值写在别处", "a cell whose value stands at another place")

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
            raise DamagedError("有两个单元格或两行在同一位置", "two cells or rows at one place")

    @property
    def cells(self) -> int:
        """The size of the rectangle, or the number of things in the part if that is more."""
        return max(max(self.rows, self.rows_met) * (self.columns + self.unplaced), self.things)


class _OpenDocument:
    """The extent of the cells in an ods: repetition counts, and emptiness at the ends does not."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = _no_doctype
        self.parser.StartCdataSectionHandler = _no_cdata
        self.cells = self.before = self.declared = 0  # before: cells of the tables before this one
        self.rows = self.columns = self.row_repeated = self.at = self.reach = 0
        self.made_up = 0  # spaces that are only counted in the file: <text:s text:c="8"/>
        self.is_1904 = self.is_within = self.is_untyped = False
        self.is_plain = True  # every cell shows its value, and none is merged over rows

    def take(self, piece: bytes) -> None:
        """Look through a further piece."""
        self.parser.Parse(piece)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in {"table-row", "table-cell", "covered-table-cell"} and _says_zero(attributes):
            raise DamagedError("有单元格或行说自己重复 0 次", "a cell or row that is said to stand there 0 times")
        if name == "table":
            if self.is_within:
                raise DamagedError("单元格里还有表格", "a table within a cell")
            self.is_within = True
            self.before, self.rows, self.columns = self.cells, 0, 0
        elif name == "table-row":
            self.row_repeated, self.at, self.reach = _repeated(attributes, "rows"), 0, 0
        elif name in {"table-cell", "covered-table-cell"}:
            self.at += _repeated(attributes, "columns")
            said = {attribute.rpartition(":")[2]: value for attribute, value in attributes.items()}
            kind = said.get("value-type", "")
            self.is_untyped = not kind
            if said.keys() & ODDITIES or (kind not in ("", "string") and not any(a.endswith("value") for a in said)):
                self.is_plain = False
            if any(a.endswith((":value-type", ":formula")) for a in attributes):
                self.reach = self.at
        elif name == "p":
            self.reach = self.at
            self.is_plain = self.is_plain and not self.is_untyped
        elif name == "s":
            self.made_up += _counted(attributes, ":c")

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "table":
            self.is_within = False
        if name != "table-row":
            return
        self.rows += self.row_repeated
        if self.reach:
            self.columns = max(self.columns, self.reach)
            self.cells = max(self.cells, self.before + self.rows * self.columns)


def _no_doctype(*_: Any) -> None:
    raise DamagedError("自带文档类型定义", "a document type of its own")


def _no_cdata() -> None:
    raise DamagedError("一个值分成几段", "a value in several pieces")  # calamine passes over it


def _says_zero(attributes: dict[str, str]) -> bool:
    return any(not value.strip(" 0") for name, value in attributes.items() if name.endswith("-repeated"))


def _repeated(attributes: dict[str, str], what: str) -> int:
    return _counted(attributes, f":number-{what}-repeated")


def _counted(attributes: dict[str, str], name: str) -> int:
    """The greatest count under a name of whatever namespace; 1 where none is given."""
    said = [value.strip() for attribute, value in attributes.items() if attribute.endswith(name)]
    return _greatest({value.encode() for value in said if value.isdecimal()}) or 1


def _greatest(numbers: set[bytes]) -> int:
    return max((int(n) if len(n) <= DIGITS else BEYOND for n in numbers), default=0)


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper()[:DIGITS]:
        number = number * 26 + letter - 64
    return number
