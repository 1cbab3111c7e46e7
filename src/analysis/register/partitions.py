"""Partitions of an ingested register: their rows put in order and written as parquet, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.cases.columns import coded_schema, schema
from analysis.register.staging import places_of_courts, staged

# Within a year rows stand by court and day, then in an order that leaves no two rows equal: the same rows give the same bytes.
THEN = ("case_no", "source_file", "source_sheet", "source_row")
ROWS_PER_GROUP = 122_880
ROWS_AT_ONCE = 500_000
DAYS = 1_000  # more than a year has, so that court and day make one number


def in_order(files: list[Path]) -> Iterator[pa.Table]:
    """Yield the rows of a part in their order, from files of staged rows: a stretch of courts and days at a time.

    A side table, of which there are a few rows a case at most, is one stretch.
    """
    if not (keys := _keys(files)):
        return
    everywhere = np.concatenate(keys)
    kth = range(0, len(everywhere), ROWS_AT_ONCE)
    bounds = np.unique(np.partition(everywhere, kth)[kth])
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        yield from _by_and_by(*_stretch(files, keys, low, high))


def _by_and_by(rows: pa.Table, order: pa.Array) -> Iterator[pa.Table]:
    for i in range(0, len(order), ROWS_PER_GROUP):
        yield rows.take(order.slice(i, ROWS_PER_GROUP))


def _keys(files: list[Path]) -> list[np.ndarray]:
    """Court and day of filing of every row as one number, in the order of both; for each batch, in which it rises."""
    batches = list(_batches(files))
    if not batches or "court" not in batches[0].schema.names:
        return [np.zeros(len(batch), dtype="int64") for batch in batches]
    courts = pa.chunked_array(batch["court"].dictionary for batch in batches).unique().sort()
    return [
        places_of_courts(batch["court"], courts).astype("int64") * DAYS + np.asarray(pc.day_of_year(batch["filed_on"]))
        for batch in batches
    ]


def _batches(files: list[Path]) -> Iterator[pa.RecordBatch]:
    return (batch for file in files for batch in staged(file))


def _stretch(files: list[Path], keys: list[np.ndarray], low: int, high: int | None) -> tuple[pa.Table, pa.Array]:
    """The rows with keys from one to another, and the order in which they stand."""
    held = []
    for batch, key in zip(_batches(files), keys, strict=True):
        first, end = np.searchsorted(key, low), len(key) if high is None else np.searchsorted(key, high)
        held.append((batch.slice(first, end - first), key[first:end]))
    batches, within = zip(*held, strict=True)
    rows = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    further = {name: _sortable(rows[name]) for name in THEN if name in rows.column_names}
    sortable = pa.table({"court and day": np.concatenate(within), **further})
    order = pc.sort_indices(sortable, sort_keys=[(name, "ascending") for name in sortable.column_names])
    return rows, order.cast(pa.uint32())


def _sortable(column: pa.ChunkedArray) -> pa.Array:
    """A column as the engine can sort it, what is missing first."""
    values = column.combine_chunks()
    if pa.types.is_dictionary(values.type):
        return pc.fill_null(pc.rank(values.dictionary).cast(pa.int64()).take(values.indices), 0)
    return pc.fill_null(values, "") if pa.types.is_string(values.type) else values


def write_rows(file: Path, tables: Iterable[pa.Table], table: str) -> int:
    """Write tables as parquet in groups of equal size: the bytes depend on the rows and their order alone."""
    of_schema = coded_schema(table)
    rarely = (pa.string(), pa.float64())  # texts of which nearly every row has its own, and amounts
    repeated = [f.name for f in of_schema if f.type not in rarely and f.name != "source_row"]
    written, held, waiting = 0, 0, []
    # The bounds of a group's texts take long to find, and no group could be passed over for them but by its courts.
    bounded = [f.name for f in schema(table) if f.name == "court" or not pa.types.is_string(f.type)]
    with pq.ParquetWriter(
        file, of_schema, compression="zstd", compression_level=1, store_schema=False,
        use_dictionary=repeated, column_encoding={"source_row": "DELTA_BINARY_PACKED"}, write_statistics=bounded, write_page_checksum=True,
    ) as writer:  # fmt: skip
        for rows in tables:
            waiting.append(rows)
            held += rows.num_rows
            if held >= ROWS_PER_GROUP:
                group = pa.concat_tables(waiting).combine_chunks()
                writer.write_table(_by_rows_alone(group.slice(0, ROWS_PER_GROUP)), row_group_size=ROWS_PER_GROUP)
                waiting = [group.slice(ROWS_PER_GROUP)]
                held, written = held - ROWS_PER_GROUP, written + ROWS_PER_GROUP
        if held:
            group = pa.concat_tables(waiting).combine_chunks()
            writer.write_table(_by_rows_alone(group), row_group_size=ROWS_PER_GROUP)
    return written + held


def _by_rows_alone(rows: pa.Table) -> pa.Table:
    """The rows with only the texts that they hold in each list, in the order in which they come."""
    return pa.table([_used(c.chunk(0)) if pa.types.is_dictionary(c.type) else c for c in rows.columns], rows.schema)


def _used(column: pa.DictionaryArray) -> pa.DictionaryArray:
    used = column.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(used.indices, column.dictionary.take(used.dictionary))
