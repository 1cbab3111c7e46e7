"""The rows of one source on their way into an ingested register: read in bounded memory, kept beside it until used."""

from __future__ import annotations

import csv
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.cases import reading
from analysis.cases.bodies import UNREADABLE_COLUMNS, Place, sort_out
from analysis.cases.columns import schema, to_arrow
from analysis.cases.delimited import MARKUP, delimiter_of, encoding_of
from analysis.cases.files import Block, Sheet, block_of, cannot_be_read, digest, must_be_unchanged
from analysis.cases.headers import SOUGHT_IN
from analysis.cases.plain_blocks import Known, plain_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from analysis.cases.about import OwnColumns
    from analysis.cases.files import Source

PIECE = 16 << 20  # bytes of text read at a time
WORKERS = 2
FEW_DOUBTS = 0.02  # share of rows in doubt up to which they are read one by one
QUOTE, NEWLINE = 34, 10
TEXTS = ("mapping", "quarantine", "skipped", "unreadable")
COLUMNS = dict(
    zip(
        TEXTS,
        (reading.MAPPING_COLUMNS, reading.QUARANTINE_COLUMNS, reading.SKIPPED_COLUMNS, UNREADABLE_COLUMNS),
        strict=True,
    )
)


class Stage:
    """A folder that takes the canonical rows of one source, a parquet file a table; stands in for ``Storage``."""

    def __init__(self, folder: Path, progress: Callable[[int], None]) -> None:
        self.folder, self._progress = folder, progress
        self._writers: dict[str, Any] = {}

    def add(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table."""
        import pyarrow.parquet as pq

        if not rows.num_rows:
            return
        if table not in self._writers:
            target = self.folder / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(target, schema(table), compression="none")
        self._writers[table].write_table(rows)
        pa.default_memory_pool().release_unused()
        self._progress(rows.num_rows)

    def close(self) -> None:
        """Finish the files."""
        for writer in self._writers.values():
            writer.close()


def stage(
    source: Source,
    folder: Path,
    own: OwnColumns,
    *,
    court: str | None,
    corrections: Any,
    progress: Callable[[int], None],
) -> None:
    """Read a source into ``folder``: its rows and its account, or nothing at all if it is interrupted."""
    partial = folder.with_suffix(".tmp")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    held = Stage(partial, progress)
    account = reading.Account(held, corrections)  # type: ignore[arg-type]
    try:
        if not _read_plainly(source, account, own, court):
            reading._read_source(source, account, own, court)
    finally:
        held.close()
    _write_account(account, partial)
    partial.rename(folder)


def _write_account(account: reading.Account, folder: Path) -> None:
    frames = {
        "mapping": pd.DataFrame(account.mapping, columns=COLUMNS["mapping"]),
        "quarantine": pd.DataFrame(account.quarantine, columns=COLUMNS["quarantine"]),
        "skipped": pd.DataFrame([(*k, n) for k, n in account.skipped.items()], columns=COLUMNS["skipped"]),
        "unreadable": pd.concat([pd.DataFrame(columns=UNREADABLE_COLUMNS), *account.unreadable], ignore_index=True),
    }
    for name, frame in frames.items():
        if len(frame):
            frame.to_parquet(folder / f"about-{name}.parquet", index=False)
    not_understood = [e.text.en for errors in account.not_understood.values() for e in errors]
    about = {
        "inputs": account.inputs,
        "read": sorted(account.read),
        "not_understood": not_understood,
        "headers": account.headers,
    }
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


@dataclass(frozen=True)
class _Plain:
    """A source that can be read plainly: where its rows begin, how they are parted, and what is known of them."""

    source: Source
    place: Place
    encoding: str
    delimiter: str
    known: Known


def _read_plainly(source: Source, account: reading.Account, own: OwnColumns, court: str | None) -> bool:
    """Read text and parquet column-wise; ``False``, with nothing done, for what is not of that kind."""
    if source.format not in ("text", "parquet"):
        return False
    sheet, first, encoding, delimiter = _first_look(source)
    layout = None if first is None else reading._layout(source, sheet, first, own)
    if (
        layout is None
        or account.corrections.of_sheet(source, sheet.name, layout.table).entries
        or (source.format == "text" and len(layout.header_rows) != 1)
    ):
        return False
    if source.format == "text" and (encoding.startswith("utf-16") or not _lines_are_rows(source)):
        return False
    plain = _Plain(source, Place(source.name, sheet, layout, court), encoding, delimiter, {})
    blocks = _parquet_blocks(source) if source.format == "parquet" else _text_blocks(plain)
    reading._record_mapping(source, sheet, layout, account)
    _take(plain, blocks, account)
    account.read.add(layout.table)
    must_be_unchanged(source, digest(source.path, source.name)[0])
    return True


def _first_look(source: Source) -> tuple[Sheet, Block | None, str, str]:
    """The sheet of a source with enough rows to find its header, and how its text is written."""
    if source.format == "parquet":
        return (*_first_rows(source), "", "")
    encoding = encoding_of(source)
    with source.path.open(encoding=encoding, errors="replace", newline="") as stream:
        top = [line for line, _ in zip(stream, range(SOUGHT_IN), strict=False)]
    delimiter = delimiter_of(top)
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
    first = None if batch is None else _block(pa.table(batch.columns, [str(i) for i in range(len(names))]), 1)
    return Sheet("", iter(()), header=names), first


def _take(plain: _Plain, blocks: Iterator[tuple[int, Any]], account: reading.Account) -> None:
    """Blocks read by several threads and taken in their order, with what became of every row."""
    source = plain.source
    above = plain.place.first_body_row - 1
    counts = {"rows": above, "kept": 0, "quarantined": 0, "skipped": above}
    if above:
        account.skip(source.name, plain.place.sheet.name, "header", 1)
        account.skip(source.name, plain.place.sheet.name, "title", above - 1)
    with ThreadPoolExecutor(WORKERS) as pool:
        ahead = []
        for first, piece in blocks:
            ahead.append(pool.submit(_sorted_out, plain, piece, first))
            while len(ahead) > WORKERS:
                _account_for(ahead.pop(0).result(), plain, account, counts)
        for future in ahead:
            _account_for(future.result(), plain, account, counts)
    account.inputs.append({"file": source.name, "sha256": source.sha256, "bytes": source.bytes, **counts})


def _account_for(
    read: tuple[pa.Table, list[Any], int], plain: _Plain, account: reading.Account, counts: dict[str, int]
) -> None:
    rows, others, total = read
    account.storage.add(plain.place.layout.table, rows)
    counts["rows"] += total
    counts["kept"] += rows.num_rows
    for part in others:
        account.quarantine += part.quarantined
        counts["quarantined"] += len(part.quarantined)
        if len(part.unreadable):
            account.unreadable.append(part.unreadable)
        for kind, number in part.skipped.items():
            account.skip(plain.source.name, plain.place.sheet.name, kind, number)
            counts["skipped"] += number


def _sorted_out(plain: _Plain, piece: Any, first: int) -> tuple[pa.Table, list[Any], int]:
    """One block: the usable rows in their order, what became of the others, and how many there were."""
    table = piece if isinstance(piece, pa.Table) else _arrow(plain, piece)
    if table is None:  # rows of different lengths
        block = block_of(list(csv.reader(_decoded(plain, piece).splitlines(), delimiter=plain.delimiter)), first)
        rows = sort_out(plain.place, block)
        return to_arrow(rows.frame, plain.place.layout.table), [rows], len(block)
    read = plain_rows(plain.place, table, first, plain.known)
    if read is None or read[1].mean() > FEW_DOUBTS:
        rows = sort_out(plain.place, _block(table, first))
        return to_arrow(rows.frame, plain.place.layout.table), [rows], table.num_rows
    canonical, doubt = read
    others = [sort_out(plain.place, _block(table.slice(i, 1), first + i)) for i in np.flatnonzero(doubt).tolist()]
    if not others:
        return canonical, others, table.num_rows
    kept = [to_arrow(rows.frame, plain.place.layout.table) for rows in others]
    whole = pa.concat_tables([canonical.filter(pa.array(~doubt)), *kept]).sort_by("source_row")
    return whole, others, table.num_rows


def _block(table: pa.Table, first: int) -> Block:
    from analysis.cases.columnar import _series

    return Block(first, [_series(c.combine_chunks()).reset_index(drop=True) for c in table.columns])


def _parquet_blocks(source: Source) -> Iterator[tuple[int, pa.Table]]:
    import pyarrow.parquet as pq

    first = 1
    with pq.ParquetFile(source.path) as file:
        for batch in file.iter_batches(200_000):
            columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
            yield first, pa.table(columns, names=[str(i) for i in range(len(columns))])
            first += batch.num_rows


def _lines_are_rows(source: Source) -> bool:
    """Whether no quoted cell runs over a line: no line ends between a quote that opens and the one that closes."""
    is_open = False
    with source.path.open("rb") as stream:
        while piece := stream.read(PIECE):
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


def _text_blocks(plain: _Plain) -> Iterator[tuple[int, bytes]]:
    """Pieces of whole lines below the header, each with the number of its first row."""
    row, carried = 1, b""
    with plain.source.path.open("rb") as stream:
        while True:
            piece = stream.read(PIECE)
            text = carried + piece
            cut = len(text) if not piece else text.rfind(b"\n") + 1
            carried, text = text[cut:], text[:cut]
            while text and row < plain.place.first_body_row:
                _, _, text = text.partition(b"\n")
                row += 1
            if text:
                yield row, text
                row += text.count(b"\n") + (not text.endswith(b"\n"))
            if not piece:
                return


def _decoded(plain: _Plain, piece: bytes) -> str:
    try:
        return piece.decode(plain.encoding.replace("-sig", ""))
    except UnicodeDecodeError as error:
        raise cannot_be_read(
            plain.source.name,
            f"不是 {plain.encoding} 文字（{error.reason}）。请重新导出，或在 Excel 中另存为“CSV UTF-8”。",
            f'it is not {plain.encoding} text ({error.reason}). Export it again, or save it as "CSV UTF-8" in Excel.',
        ) from error


def _arrow(plain: _Plain, piece: bytes) -> pa.Table | None:
    """A piece as columns of text; ``None`` where its rows differ in length or hold empty lines."""
    import pyarrow.csv as pc

    if (
        b"\n\n" in piece
        or b"\n\r\n" in piece
        or piece.startswith((b"\n", b"\r\n"))
        or b"\r" in piece.replace(b"\r\n", b"")
    ):
        return None
    if plain.encoding == "gb18030":
        piece = _decoded(plain, piece).encode()
    names = [str(i) for i in range(len(plain.place.layout.cells))]
    try:
        return pc.read_csv(
            pa.BufferReader(piece),
            read_options=pc.ReadOptions(column_names=names, use_threads=False, block_size=len(piece) + 1),
            parse_options=pc.ParseOptions(delimiter=plain.delimiter, newlines_in_values=False),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
            ),
        )
    except pa.ArrowInvalid:
        return None
