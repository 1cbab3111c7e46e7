"""Delimited text (csv, tsv): its delimiter told by content, read in blocks so that memory stays bounded."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import IO, TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.files.blocks import Block, Sheet, block_of
from analysis.files.budget import MOST_ROWS
from analysis.files.encodings import does_not_decode, encoding_of, is_utf8, must_not_be_mixed
from analysis.files.source import CHUNK, Source, cannot_be_read, must_be_unchanged, too_large
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analysis.vocabulary.errors import InputError

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_LINES = 50
BLOCK_ROWS = 50_000
BLOCK_BYTES = 64_000_000
PIECE, BLOCK = 24 << 20, 4 << 20  # bytes of text that are read at a time, and that a processor's cache holds
PIECE_ROWS = 50_000  # of those at most: a row in doubt becomes Python objects of a kilobyte
QUOTE, NEWLINE = 34, 10
LONGEST_LINE = 1_000_000  # characters; a register's line has a few hundred
END = "\x00end of file\x00"
MARKUP = re.compile(r"\s*<(!doctype|!--|html|\?xml|table|meta|head|body|style|script|div|center)", re.IGNORECASE)
HEAD = 4096  # bytes in which a file shows what it is


class HashingStream(io.RawIOBase):
    """A binary stream that keeps the checksum of all that was read through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.sha = hashlib.sha256()
        self.total = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read into a buffer, and into the checksum."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self.stream.read(len(view))
        view[: len(piece)] = piece
        self.sha.update(piece)
        self.total += len(piece)
        return len(piece)


def delimiter_of(lines: list[str]) -> str:
    """Find the delimiter that parts most sample lines into the same number of cells.

    >>> delimiter_of(["案号;立案日期", "（2011）富执字第1号;2011-01-04"])
    ';'
    """

    def worth(delimiter: str) -> tuple[int, int]:
        width, rows = max(_widths(lines, delimiter).items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    return max(DELIMITERS, key=worth)


def _widths(lines: list[str], delimiter: str) -> Counter[int]:
    """Count the rows by their number of cells."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # a cell beyond all measure: the reading of the rows says which
        widths.update(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    return widths


@dataclass(frozen=True)
class _Text:
    """A text file: how it is written, and how many cells most of its rows have."""

    source: Source
    encoding: str
    delimiter: str
    width: int


def text_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the one sheet of a delimited text file; the tables of one that is markup, whatever its name."""
    encoding = encoding_of(source, wholly=False)
    with source.path.open("rb") as stream:
        begins = stream.read(HEAD).decode(encoding, errors="ignore")
    if MARKUP.match(begins):
        from analysis.files.html import markup_sheets

        yield from markup_sheets(source, encoding_of(source))
        return
    sample = _sample(source, encoding)
    delimiter = delimiter_of(sample)
    if len(sample) == 1 and len(sample[0].splitlines()) > 1:
        raise cannot_be_read(
            source.name,
            "全部内容在一行里：行尾不是换行符（而是 NEL、U+2028之类）。请用 Excel 或 WPS 打开后另存为 xlsx，或重新导出。",
            "all of it is one line: its rows end with something else than a line feed (NEL, U+2028 or the like). Open it in Excel or "
            "WPS and save it as xlsx, or export it again.",
        )
    text = _Text(source, encoding, delimiter, _usual_width(sample, delimiter))
    is_plain = not encoding.startswith("utf-16") and _lines_are_rows(source)
    yield Sheet("", _pieces(text) if is_plain else _blocks(text))


def _lines_are_rows(source: Source) -> bool:
    """Return whether lines end by line feeds alone, and none between a quote that opens and the one that closes."""
    is_open = False
    with source.path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            piece += stream.read(1) if piece.endswith(b"\r") else b""
            if b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"):
                return False
            letters = np.frombuffer(piece, dtype="uint8")
            quotes = np.flatnonzero(letters == QUOTE) if QUOTE in piece else np.zeros(0, dtype="int64")
            bounds = np.concatenate(
                [[0] if is_open else [], quotes, [len(piece)] if (len(quotes) + is_open) % 2 else []]
            )
            if len(bounds):
                ends = np.flatnonzero(letters == NEWLINE)
                if (np.searchsorted(ends, bounds[::2]) != np.searchsorted(ends, bounds[1::2])).any():
                    return False
            is_open = (len(quotes) + is_open) % 2 == 1
    return not is_open


def _pieces(text: _Text) -> Iterator[Callable[[], Block]]:
    """Blocks of whole lines, each a row; every one is parsed when it is called for."""
    row, blank, carried, sha = 1, 0, b"", hashlib.sha256()
    with text.source.path.open("rb", buffering=0) as stream:
        while True:
            piece = pa.allocate_buffer(len(carried) + PIECE)
            view = memoryview(piece).cast("B")
            view[: len(carried)] = carried
            if not (read := stream.readinto(view[len(carried) :])):
                break
            view = view[: len(carried) + read]
            sha.update(view[len(carried) :])
            are_ends = np.frombuffer(view, dtype="uint8") == NEWLINE
            blank += int(np.count_nonzero(are_ends[2:] & (are_ends[1:-1] | are_ends[:-2])))
            if blank > MOST_ROWS:
                raise too_large(text.source, blank, Text("个空行", "blank rows"))
            starts = np.flatnonzero(are_ends) + 1
            is_last = stream.tell() >= text.source.bytes  # a last line needs no line feed
            end = len(view) if is_last else int(starts[-1]) if len(starts) else 0
            if len(view) - end >= PIECE:
                raise too_long_a_line(text.source, row + len(starts))
            # Where rows have few bytes they are many, and each may become Python objects with whoever asked.
            bounds = [0, *starts[PIECE_ROWS - 1 : len(starts) - 1 : PIECE_ROWS].tolist(), *([end] if end else [])]
            for number, (begin, until) in enumerate(pairwise(bounds)):
                yield partial(_parsed, text, row + number * PIECE_ROWS, piece.slice(begin, until - begin))
            row += len(starts)
            carried = bytes(view[end:])
    must_be_unchanged(text.source, sha.hexdigest())


def _parsed(text: _Text, first: int, piece: pa.Buffer) -> Block:
    """A piece of whole lines as columns of text, with its rows of another width."""
    from pyarrow import csv as arrow_csv

    size = piece.size
    if first == 1 and bytes(memoryview(piece)[: len(codecs.BOM_UTF8)]) == codecs.BOM_UTF8:
        piece = piece.slice(len(codecs.BOM_UTF8))
    must_not_be_mixed(text.source, text.encoding, piece, first)
    if text.encoding == "gb18030":
        piece = pa.py_buffer(_decoded(text, piece).encode())
    elif not is_utf8(piece):
        raise does_not_decode(text.source, text.encoding)
    odd: dict[int, str] = {}

    def other_width(row: arrow_csv.InvalidRow) -> str:
        odd[row.number - 1] = row.text
        return "skip"

    types = {str(i): pa.string() for i in range(text.width)}
    try:
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(piece),
                read_options=arrow_csv.ReadOptions(column_names=list(types), use_threads=False, block_size=BLOCK),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=text.delimiter, ignore_empty_lines=False, invalid_row_handler=other_width
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=types, check_utf8=False, strings_can_be_null=True, null_values=[""]
                ),
            )
        except pa.ArrowInvalid:
            lines = csv.reader(io.StringIO(_decoded(text, piece), newline=""), delimiter=text.delimiter)
            return block_of(list(lines), first, width=text.width, size=size)
        cells = csv.reader(odd.values(), delimiter=text.delimiter)
        return Block(first, table.combine_chunks(), dict(zip(odd, cells, strict=True)), size)
    except csv.Error as error:
        raise _unread(text.source, first, error) from error


def _decoded(text: _Text, piece: pa.Buffer) -> str:
    try:
        return piece.to_pybytes().decode(text.encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        raise does_not_decode(text.source, text.encoding) from error


def _decoding(encoding: str, stream: IO[bytes] | HashingStream) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(stream, CHUNK), encoding=encoding, newline="")  # type: ignore[type-var]


def _lines(text: io.TextIOWrapper, source: Source, encoding: str) -> Iterator[str]:
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise too_long_a_line(source, number)
            if not line.isascii():
                must_not_be_mixed(source, encoding, line, number)
            yield line
    except UnicodeDecodeError as error:
        raise does_not_decode(source, encoding) from error


def too_long_a_line(source: Source, number: int) -> InputError:
    """Return the error for a line longer than any register has."""
    return cannot_be_read(
        source.name,
        f"第{number}行超过{LONGEST_LINE:,}个字符，不是台账。请检查文件。",
        f"line {number} is longer than {LONGEST_LINE:,} characters: not a register. Check the file.",
    )


def _sample(source: Source, encoding: str) -> list[str]:
    with source.path.open("rb") as stream, _decoding(encoding, stream) as text:
        return [line for line, _ in zip(_lines(text, source, encoding), range(SAMPLE_LINES), strict=False)]


def _records(text: _Text, stream: HashingStream) -> Iterator[list[str]]:
    """The records of the file. A last line of our own shows whether a quote was still open at the end."""
    source = text.source

    def lines() -> Iterator[str]:
        yield from _lines(_decoding(text.encoding, stream), source, text.encoding)
        yield END  # the reader ends a record with each line, also where the last has no line feed

    reader = csv.reader(lines(), delimiter=text.delimiter)
    begun = read = 0  # lines before the last record, and up to its end
    try:
        for record in reader:
            if record == [END]:
                return
            if reader.line_num > read + 1 and _swallows_rows(record, text.delimiter, text.width):
                raise open_quote(source, read + 1)
            begun, read = read, reader.line_num
            yield record
    except csv.Error as error:
        raise _unread(source, read + 1, error) from error
    raise open_quote(source, begun + 1)


def _usual_width(lines: list[str], delimiter: str) -> int:
    return max(_widths(lines, delimiter).items(), key=lambda item: (item[1], item[0]), default=(2, 0))[0]


def _swallows_rows(record: list[str], delimiter: str, width: int) -> bool:
    """Return whether a cell of several lines holds what must have been rows: a stray quote and a later one enclose them."""
    inner = [line for cell in record if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:]]
    return any(line.count(delimiter) + 1 > width / 2 and line.count(delimiter) > 1 for line in inner)


def _unread(source: Source, line: int, error: csv.Error) -> InputError:
    """Return the error for rows that the parser gave up, by what it said: a cell longer than it takes, or a quote left open."""
    if "field limit" not in str(error):
        return open_quote(source, line)
    most = csv.field_size_limit()
    return cannot_be_read(
        source.name,
        f"第{line}行起有一个单元格超过{most:,}个字符，不会是台账的一格。请检查该处是否粘入了整篇文书，或引号没有配对。",
        f"from line {line} on a cell holds more than {most:,} characters, which no cell of a register does. Look whether a whole "
        "document was pasted there, or a quotation mark has no counterpart.",
    )


def open_quote(source: Source, line: int) -> InputError:
    """Return the error for a quotation mark that swallows rows."""
    return cannot_be_read(
        source.name,
        f'第{line}行的引号（"）没有配对，后面的行被并入同一单元格。请检查并改正引号，或另存为 xlsx。',
        f'a quotation mark (") in line {line} has no counterpart and swallows the lines after it. Mend it, or save the file '
        "as xlsx.",
    )


def _blocks(text: _Text) -> Iterator[Callable[[], Block]]:
    """Blocks of a file in which a cell may reach over lines, or of two bytes a letter."""
    with text.source.path.open("rb") as stream:
        hashed = HashingStream(stream)
        rows: list[list[str]] = []
        first, before = 1, 0  # before: bytes in front of the rows at hand
        for record in _records(text, hashed):
            rows.append(record)
            if len(rows) >= BLOCK_ROWS or hashed.total - before >= BLOCK_BYTES:
                yield partial(block_of, rows, first, width=text.width, size=hashed.total - before)
                first, before, rows = first + len(rows), hashed.total, []
        if rows:
            yield partial(block_of, rows, first, width=text.width, size=hashed.total - before)
        must_be_unchanged(text.source, hashed.sha.hexdigest())
