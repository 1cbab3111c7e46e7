"""The parts of an ingested register: their rows put in order and written as parquet, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.cases.columns import RARELY_REPEATED, schema

# Within a year rows stand by court, then in an order that leaves no two rows equal: the same rows give the same bytes.
ORDER = ("court", "filed_on", "case_no", "source_file", "source_sheet", "source_row")
ROWS_PER_GROUP = 122_880
ROWS_AT_ONCE = 500_000
DAYS = 10_000  # more than a year has, so that court and day make one number


def in_order(files: list[Path]) -> Iterator[pa.Table]:
    """The rows of a part in their order, from files of staged rows: a stretch of courts and days at a time.

    A side table, of which there are a few rows a case at most, is one stretch.
    """
    keys = _keys(files)
    kth = range(0, len(keys), ROWS_AT_ONCE)
    if not kth:
        return
    bounds = np.unique(np.partition(keys, kth)[kth])
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        yield from _stretch(files, keys, low, high)


def _keys(files: list[Path]) -> np.ndarray:
    """Court and day of filing of every row as one number, in the order of both."""
    courts: dict[str | None, int] = {None: 0}
    found, days = [], []
    for batch in staged(files):
        if "court" not in batch.schema.names:
            return np.zeros(sum(b.num_rows for b in staged(files)), dtype="int64")
        court = batch["court"]
        codes = [courts.setdefault(name, len(courts)) for name in [*court.dictionary.to_pylist(), None]]
        found.append(np.array(codes)[court.indices.fill_null(len(codes) - 1).to_numpy()])
        days.append(batch["filed_on"].cast(pa.int32()).to_numpy())
    place = {name: i for i, name in enumerate(sorted(courts, key=lambda name: (name is not None, name)))}
    ranks = np.array([place[name] for name in courts])
    day = np.concatenate(days or [[]]).astype("int64")
    return ranks[np.concatenate(found or [[]]).astype("int64")] * DAYS + day - day.min(initial=0)


def _stretch(files: list[Path], keys: np.ndarray, low: int, high: int | None) -> Iterator[pa.Table]:
    """The rows with keys from one to another, in order."""
    within = (keys >= low) & (keys < high) if high is not None else keys >= low
    held, at = [], 0
    for batch in staged(files):
        mine = within[at : at + batch.num_rows]
        at += batch.num_rows
        held.append(pa.Table.from_batches([batch]).filter(pa.array(mine)))
    rows = pa.concat_tables(held).unify_dictionaries().combine_chunks()
    sortable = pa.table({name: _sortable(rows[name]) for name in ORDER if name in rows.column_names})
    order = pc.sort_indices(sortable, sort_keys=[(name, "ascending") for name in sortable.column_names])
    plain = pa.schema([f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in rows.schema])
    for i in range(0, len(order), ROWS_PER_GROUP):
        yield rows.take(order.slice(i, ROWS_PER_GROUP)).cast(plain)


def _sortable(column: pa.ChunkedArray) -> pa.Array:
    """A column as the engine can sort it, what is missing first."""
    values = column.combine_chunks()
    if pa.types.is_dictionary(values.type):
        return pc.fill_null(pc.rank(values.dictionary).cast(pa.int64()).take(values.indices), 0)
    return pc.fill_null(values, "") if pa.types.is_string(values.type) else values


def staged(files: list[Path]) -> Iterator[pa.RecordBatch]:
    """The rows of files that ``Stage`` wrote."""
    for file in files:
        with pa.OSFile(str(file)) as stream:
            while stream.tell() < stream.size():
                with pa.ipc.open_stream(stream) as batches:
                    yield from batches


def write_rows(file: Path, tables: Iterable[pa.Table], table: str) -> int:
    """Tables as parquet in groups of equal size: the bytes depend on the rows and their order alone."""
    of_its_own = (*RARELY_REPEATED, "source_row")
    written, held, waiting = 0, 0, []
    with pq.ParquetWriter(
        file, schema(table), compression="zstd", compression_level=1,
        use_dictionary=[name for name in schema(table).names if name not in of_its_own],
    ) as writer:  # fmt: skip
        for rows in tables:
            waiting.append(rows)
            held += rows.num_rows
            if held >= ROWS_PER_GROUP:
                group = pa.concat_tables(waiting).combine_chunks()
                writer.write_table(group.slice(0, ROWS_PER_GROUP), row_group_size=ROWS_PER_GROUP)
                waiting = [group.slice(ROWS_PER_GROUP)]
                held, written = held - ROWS_PER_GROUP, written + ROWS_PER_GROUP
        if held:
            writer.write_table(pa.concat_tables(waiting).combine_chunks(), row_group_size=ROWS_PER_GROUP)
    return written + held
