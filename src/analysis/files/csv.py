"""Delimited text (csv, tsv): encoding and delimiter told by content, read in blocks so that memory stays bounded."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from contextlib import suppress
from typing import IO, TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.files.source import CHUNK, Block, Sheet, Source, block_of, cannot_be_read, must_be_unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.vocabulary.errors import InputError

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_LINES = 50
BLOCK_ROWS = 50_000
BLOCK_BYTES = 64_000_000
LONGEST_LINE = 1_000_000  # characters; a register's line has a few hundred
CERTAIN_OF_UTF8 = 3  # so many multi-byte characters in a row do not happen by chance in GB18030
ZEROS_OF_UTF16 = 0.02  # share of zero bytes, on one side only, that figures and commas leave in UTF-16
END = "\x00end of file\x00"
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
MARKUP = re.compile(r"\s*<(!doctype|!--|html|\?xml|table|meta|head|body|style|script|div|center)", re.IGNORECASE)
HEAD = 4096  # bytes in which a file shows what it is


class HashingStream(io.RawIOBase):
    """A binary stream that keeps the checksum of all that was read through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.sha = hashlib.sha256()
        self.total = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read into a buffer, and into the checksum."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self.stream.read(len(view))
        view[: len(piece)] = piece
        self.sha.update(piece)
        self.total += len(piece)
        return len(piece)


def encoding_of(source: Source, *, wholly: bool = True) -> str:
    """The encoding of a text file: by its mark, else UTF-16 by its zero bytes, else UTF-8 where all of it is, else GB18030.

    Raises ``InputError`` for UTF-8 with damaged bytes, which read as GB18030 would give other characters in silence. Not
    ``wholly`` stops where it is certain of UTF-8: who reads on must see whether ``is_utf8`` holds.
    """
    with source.path.open("rb") as stream:
        head = stream.read(4096)
        for bom, encoding in BOMS:
            if head.startswith(bom):
                return encoding
        zeros = head[1::2].count(0), head[::2].count(0)
        if max(zeros) > ZEROS_OF_UTF16 * len(head) and max(zeros) > 9 * min(zeros):
            return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
        stream.seek(0)
        rest, seen, offset = b"", 0, 0
        while True:
            read = stream.read(CHUNK)
            piece = rest + read
            end = _last_whole(piece) if read else len(piece)
            try:
                if not is_utf8(pa.py_buffer(piece).slice(0, end)):
                    piece[:end].decode()  # fails, and says where
            except UnicodeDecodeError as error:
                seen += len(MULTIBYTE.findall(piece[: error.start]))
                if seen < CERTAIN_OF_UTF8:
                    return "gb18030"
                raise _damaged(source, "UTF-8", offset + error.start) from error
            if not read or (seen >= CERTAIN_OF_UTF8 and not wholly):
                return "utf-8"
            seen += len(MULTIBYTE.findall(piece)) if seen < CERTAIN_OF_UTF8 else 0
            rest, offset = piece[end:], offset + end


def _last_whole(piece: bytes) -> int:
    """Where the last whole character of a piece of UTF-8 ends.

    >>> _last_whole("案号".encode()), _last_whole("案号".encode()[:-1])
    (6, 3)
    """
    for back in range(1, min(4, len(piece) + 1)):
        byte = piece[-back]
        if byte >= 0xC0:
            needed = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return len(piece) - (back if back < needed else 0)
        if byte < 0x80:
            break
    return len(piece)


def is_utf8(text: pa.Buffer) -> bool:
    """Whether bytes are UTF-8; Arrow tells several times as quickly as Python decodes."""
    ends = pa.py_buffer(np.array([0, len(text)], dtype="int32"))
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, ends, text]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _damaged(source: Source, encoding: str, position: int) -> InputError:
    return cannot_be_read(
        source.name,
        f"第 {position:,} 字节附近不是 {encoding} 文字，文件可能已损坏。请重新导出，或在 Excel 中另存为“CSV UTF-8”。",
        f"near byte {position:,} it is not {encoding} text and may be damaged. Export it again, or save it as "
        '"CSV UTF-8" in Excel.',
    )


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that parts most sample lines into the same number of cells.

    >>> delimiter_of(["案号;立案日期", "（2011）富执字第1号;2011-01-04"])
    ';'
    """

    def worth(delimiter: str) -> tuple[int, int]:
        width, rows = max(_widths(lines, delimiter).items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    return max(DELIMITERS, key=worth)


def _widths(lines: list[str], delimiter: str) -> Counter[int]:
    """How many rows have how many cells."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # a cell beyond all measure: the reading of the rows says which
        widths.update(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    return widths


def text_sheets(source: Source) -> Iterator[Sheet]:
    """The one sheet of a delimited text file; the tables of one that is markup, whatever its name."""
    encoding = encoding_of(source)
    with source.path.open("rb") as stream:
        begins = stream.read(HEAD).decode(encoding, errors="ignore")
    if MARKUP.match(begins):
        from analysis.files.html import markup_sheets

        yield from markup_sheets(source, encoding)
        return
    sample = _sample(source, encoding)
    delimiter = delimiter_of(sample)
    yield Sheet("", _blocks(source, encoding, delimiter, _usual_width(sample, delimiter)), ragged=True)


def _text(encoding: str, stream: IO[bytes] | HashingStream) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(stream, CHUNK), encoding=encoding, newline="")  # type: ignore[type-var]


def _lines(text: io.TextIOWrapper, source: Source, encoding: str) -> Iterator[str]:
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise too_long_a_line(source, number)
            yield line
    except UnicodeDecodeError as error:
        raise cannot_be_read(
            source.name,
            f"第 {number + 1} 行之后不是 {encoding} 文字。请重新导出，或在 Excel 中另存为“CSV UTF-8”。",
            f'after line {number + 1} it is not {encoding} text. Export it again, or save it as "CSV UTF-8" in Excel.',
        ) from error


def too_long_a_line(source: Source, number: int) -> InputError:
    """What is said of a file with a line that no register has."""
    return cannot_be_read(
        source.name,
        f"第 {number} 行超过 {LONGEST_LINE:,} 个字符，不是台账。请检查文件。",
        f"line {number} is longer than {LONGEST_LINE:,} characters: not a register. Check the file.",
    )


def _sample(source: Source, encoding: str) -> list[str]:
    with source.path.open("rb") as stream:
        lines = _lines(_text(encoding, stream), source, encoding)
        return [line for line, _ in zip(lines, range(SAMPLE_LINES), strict=False)]


def _records(source: Source, text: io.TextIOWrapper, encoding: str, delimiter: str, width: int) -> Iterator[list[str]]:
    """The records of the file. A last line of our own shows whether a quote was still open at the end."""

    def lines() -> Iterator[str]:
        yield from _lines(text, source, encoding)
        yield END  # the reader ends a record with each line, also where the last has no line feed

    reader = csv.reader(lines(), delimiter=delimiter)
    read = 0
    try:
        for record in reader:
            if record == [END]:
                return
            if reader.line_num > read + 1 and _swallows_rows(record, delimiter, width):
                raise open_quote(source, read + 1)
            read = reader.line_num
            yield record
    except csv.Error as error:
        raise open_quote(source, read + 1) from error
    raise open_quote(source, read + 1)


def _usual_width(lines: list[str], delimiter: str) -> int:
    return max(_widths(lines, delimiter).items(), key=lambda item: (item[1], item[0]), default=(2, 0))[0]


def _swallows_rows(record: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell of several lines holds what must have been rows: a stray quote and a later one enclose them."""
    inner = [line for cell in record if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:]]
    return any(line.count(delimiter) + 1 > width / 2 and line.count(delimiter) > 1 for line in inner)


def open_quote(source: Source, line: int) -> InputError:
    """What is said of a quotation mark that swallows rows."""
    return cannot_be_read(
        source.name,
        f'第 {line} 行的引号（"）没有配对，后面的行被并入同一单元格。请检查并改正引号，或另存为 xlsx。',
        f'a quotation mark (") in line {line} has no counterpart and swallows the lines after it. Mend it, or save the file '
        "as xlsx.",
    )


def _blocks(source: Source, encoding: str, delimiter: str, width: int) -> Iterator[Block]:
    with source.path.open("rb") as stream:
        hashed = HashingStream(stream)
        rows: list[list[str]] = []
        first, held = 1, 0  # held: where in the file the rows at hand begin
        for record in _records(source, _text(encoding, hashed), encoding, delimiter, width):
            rows.append(record)
            if len(rows) >= BLOCK_ROWS or hashed.total - held >= BLOCK_BYTES:
                yield block_of(rows, first)
                first, held, rows = first + len(rows), hashed.total, []
        if rows:
            yield block_of(rows, first)
        must_be_unchanged(source, hashed.sha.hexdigest())
