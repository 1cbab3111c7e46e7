"""Text and parquet files read column-wise, piece by piece in several threads, to the same result as row by row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.columns import coded_schema, to_arrow
from analysis.files.csv import MARKUP, delimiter_of, encoding_of, is_utf8, open_quote, too_long_a_line
from analysis.files.parquet import BATCH_ROWS, series
from analysis.files.source import CHUNK, Block, Sheet, block_of, cannot_be_read, digest, must_be_unchanged
from analysis.files.threads import ahead
from analysis.register import reading
from analysis.register.columnar_rows import Known, plain_rows
from analysis.register.headers import SOUGHT_IN
from analysis.register.rows import Place, Rows, sort_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.files.source import Source
    from analysis.register.settings import OwnColumns

PIECE, BLOCK = 24 << 20, 4 << 20  # bytes of text that are read at a time, and that a processor's cache holds
QUOTE, NEWLINE = 34, 10
# Number of the first row, text or columns, bytes of the file.
_Piece = tuple[int, Any, int]
# Number of rows, the usable ones, what became of the others, bytes of the file.
_Sorted = tuple[int, pa.Table, Rows | None, int]


@dataclass(frozen=True)
class _Plain:
    """A source that can be read plainly: where its rows begin, how they are parted, and what is known of them."""

    source: Source
    place: Place
    encoding: str
    delimiter: str
    known: Known = field(default_factory=Known)


def read_plainly(source: Source, account: reading.Account, own: OwnColumns, court: str | None) -> bool:
    """Read text and parquet column-wise; ``False``, with nothing done, for what is not of that kind."""
    if source.format not in ("text", "parquet"):
        return False
    sheet, first, encoding, delimiter = _first_look(source)
    layout = None if first is None else reading._layout(source, sheet, first, own)
    if (
        first is None
        or layout is None
        or account.corrections.of_sheet(source, sheet.name, layout.table).entries
        or (source.format == "text" and len(layout.header_rows) != 1)
    ):
        return False
    if source.format == "text" and (encoding.startswith("utf-16") or not _lines_are_rows(source)):
        return False
    plain = _Plain(source, Place(source.name, sheet, layout, court), encoding, delimiter)
    reading._record_mapping(source, sheet, layout, account)
    _, above = reading._below_header(first, layout)
    skipped = Counter(kind for kind, _ in reading._above(above, layout))
    _take(plain, _text_pieces(plain) if source.format == "text" else _parquet_pieces(source), account, skipped)
    account.read.add(layout.table)
    return True


def _first_look(source: Source) -> tuple[Sheet, Block | None, str, str]:
    """The sheet of a source with enough rows to find its header, and how its text is written."""
    if source.format == "parquet":
        return (*_first_rows(source), "", "")
    encoding = encoding_of(source, wholly=False)
    with source.path.open(encoding=encoding, errors="replace", newline="") as stream:
        top = [line for line, _ in zip(stream, range(SOUGHT_IN), strict=False)]
    delimiter = delimiter_of(top)
    rows: list[list[str]] = []
    with suppress(csv.Error):  # the ordinary reading says what is wrong
        rows = list(csv.reader(top, delimiter=delimiter))
    first = None if not top or MARKUP.match(top[0]) or len(rows) != len(top) else block_of(rows, 1)
    return Sheet("", iter(()), ragged=True), first, encoding, delimiter


def _first_rows(source: Source) -> tuple[Sheet, Block | None]:
    """Names and first rows of a parquet file; no rows of one that is empty or unsound."""
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source.path) as file:
            batch = next(file.iter_batches(SOUGHT_IN), None)
            names = [str(name) for name in file.schema_arrow.names]
    except (pa.ArrowException, OSError):
        return Sheet("", iter(())), None  # the ordinary reading says what is wrong
    first = None if batch is None else Block(1, [series(column) for column in batch.columns])
    return Sheet("", iter(()), header=names), first


def _take(plain: _Plain, pieces: Iterator[_Piece], account: reading.Account, above: Counter[str]) -> None:
    """Pieces read by several threads and taken in their order, with what became of every row."""
    source, place = plain.source, plain.place
    counts = {"rows": above.total(), "kept": 0, "quarantined": 0, "skipped": 0}
    skipped = above
    for rows, canonical, others, size in ahead(lambda piece: _sorted_out(plain, *piece), pieces):
        counts["rows"] += rows
        account.storage.add(place.layout.table, canonical)
        counts["kept"] += canonical.num_rows
        if others is not None:
            account.quarantine += others.quarantined
            counts["quarantined"] += len(others.quarantined)
            skipped.update(others.skipped)
            if len(others.unreadable):
                account.unreadable.append(others.unreadable)
            reading._must_be_understood(source, account)
        account.passed(size)
    for kind, number in skipped.items():
        account.skip(source.name, place.sheet.name, kind, number)
    counts["skipped"] = skipped.total()
    account.inputs.append({"file": source.name, "sha256": source.sha256, "bytes": source.bytes, **counts})


def _sorted_out(plain: _Plain, first: int, content: Any, size: int) -> _Sorted:
    """One piece: how many rows it has, those that are usable, and what became of the others."""
    try:
        table, odd = (content, {}) if isinstance(content, pa.Table) else _arrow(plain, content)
    except csv.Error as error:
        raise open_quote(plain.source, first) from error
    rows = table.num_rows + len(odd)
    numbers = np.arange(first, first + rows)
    if odd:
        numbers = np.delete(numbers, list(odd))
    coded = coded_schema(plain.place.layout.table)
    read = plain_rows(plain.place, table, numbers, plain.known)
    usable, doubt = read or (coded.empty_table(), np.ones(table.num_rows, dtype=bool))
    if not odd and not doubt.any():
        return rows, usable, None, size
    in_doubt = pa.array(doubt)
    others = sort_out(plain.place, _block(table.filter(in_doubt), numbers[doubt], first, odd))
    kept = to_arrow(others.frame, plain.place.layout.table).cast(coded)
    plainly = usable if read is None else usable.filter(pc.invert(in_doubt))
    whole = pa.concat_tables([plainly, kept]).unify_dictionaries().combine_chunks()
    return rows, whole.take(pc.sort_indices(whole["source_row"])), others, size


def _block(table: pa.Table, numbers: np.ndarray, first: int, odd: dict[int, list[str]]) -> Block:
    """The rows in doubt as they were written, with those of another length among them."""
    if not odd:
        return Block(0, [series(column.combine_chunks()) for column in table.columns], numbers)
    cells = dict(zip(numbers.tolist(), zip(*(c.to_pylist() for c in table.columns), strict=True), strict=True))
    cells |= {first + at: row for at, row in odd.items()}
    numbered = sorted(cells.items())
    return Block(0, block_of([list(row) for _, row in numbered], 0).columns, np.array([n for n, _ in numbered]))


def _parquet_pieces(source: Source) -> Iterator[_Piece]:
    import pyarrow.parquet as pq

    first = 1
    with pq.ParquetFile(source.path) as file:
        size = source.bytes / max(file.metadata.num_rows, 1)
        for batch in file.iter_batches(BATCH_ROWS):
            table = pa.table(batch.columns, names=[str(i) for i in range(batch.num_columns)])
            yield first, table, int(size * batch.num_rows)
            first += batch.num_rows
    must_be_unchanged(source, digest(source.path, source.name)[0])


def _lines_are_rows(source: Source) -> bool:
    """Whether lines end by line feeds alone, and none between a quote that opens and the one that closes."""
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


def _text_pieces(plain: _Plain) -> Iterator[_Piece]:
    """Pieces of whole lines below the header."""
    row, carried, sha = 1, b"", hashlib.sha256()
    with plain.source.path.open("rb", buffering=0) as stream:
        while True:
            piece = pa.allocate_buffer(len(carried) + PIECE)
            view = memoryview(piece).cast("B")
            view[: len(carried)] = carried
            if not (read := stream.readinto(view[len(carried) :])):
                break
            view = view[: len(carried) + read]
            sha.update(view[len(carried) :])
            starts = np.flatnonzero(np.frombuffer(view, dtype="uint8") == NEWLINE) + 1
            end, above = int(starts[-1]) if len(starts) else 0, max(plain.place.first_body_row - row, 0)
            if len(view) - end >= PIECE:
                raise too_long_a_line(plain.source, row + len(starts))
            if len(starts) > above:
                start = int(starts[above - 1]) if above else 0
                yield row + above, piece.slice(start, end - start), end - start
            row += len(starts)
            carried = bytes(view[end:])
    if carried:
        yield row, pa.py_buffer(carried), len(carried)
    must_be_unchanged(plain.source, sha.hexdigest())


def _decoded(plain: _Plain, piece: pa.Buffer) -> str:
    try:
        return piece.to_pybytes().decode(plain.encoding.replace("-sig", ""))
    except UnicodeDecodeError as error:
        raise cannot_be_read(
            plain.source.name,
            f"不是 {plain.encoding} 文字（{error.reason}）。请重新导出，或在 Excel 中另存为“CSV UTF-8”。",
            f'it is not {plain.encoding} text ({error.reason}). Export it again, or save it as "CSV UTF-8" in Excel.',
        ) from error


def _arrow(plain: _Plain, piece: pa.Buffer) -> tuple[pa.Table, dict[int, list[str]]]:
    """A piece as columns of text, and its rows of another length by their place."""
    from pyarrow import csv as arrow_csv

    if plain.encoding == "gb18030":
        piece = pa.py_buffer(_decoded(plain, piece).encode())
    elif not is_utf8(piece):
        encoding_of(plain.source)  # says where
        _decoded(plain, piece)
    odd: dict[int, str] = {}

    def other_length(row: arrow_csv.InvalidRow) -> str:
        odd[row.number - 1] = row.text
        return "skip"

    types = {str(cell.position): pa.string() for cell in plain.place.layout.cells}
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(piece),
            read_options=arrow_csv.ReadOptions(column_names=list(types), use_threads=False, block_size=BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=plain.delimiter, ignore_empty_lines=False, invalid_row_handler=other_length
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types, check_utf8=False, strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid:
        lines = csv.reader(io.StringIO(_decoded(plain, piece), newline=""), delimiter=plain.delimiter)
        return pa.table({name: pa.array([], pa.string()) for name in types}), dict(enumerate(lines))
    rows = csv.reader(odd.values(), delimiter=plain.delimiter)
    return table.combine_chunks(), dict(zip(odd, rows, strict=True))
