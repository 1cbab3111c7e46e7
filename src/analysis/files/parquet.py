"""Column files (parquet, DuckDB): their own column names and types, read in batches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.files.blocks import Block, Sheet
from analysis.files.budget import MOST_CELLS, rows_for
from analysis.files.cell_text import written
from analysis.files.source import ROWS, Source, cannot_be_read, digest, must_be_unchanged, must_be_utf8, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyarrow.parquet import ParquetFile

    from analysis.vocabulary.errors import InputError

BATCH_ROWS = 25_000  # a row in doubt becomes Python objects of a kilobyte, and some are begun before it is said that there are too many
CELL_TYPES = (
    pa.types.is_string,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_date32,
    pa.types.is_boolean,
    pa.types.is_null,
)


def _unsound(source: Source, error: Exception) -> InputError:
    return cannot_be_read(
        source.name,
        f"文件不完好（{str(error)[:200]}）。请重新导出。",
        f"it is not sound ({str(error)[:200]}). Export it again.",
    )


def _must_be_bounded(source: Source, rows: int) -> None:
    if rows > rows_for(source.bytes):
        raise too_large(source, rows, ROWS)


def _rows_at_once(columns: int) -> int:
    return max(1, min(BATCH_ROWS, MOST_CELLS // max(columns, 1)))


def _must_hold(source: Source, held: int, declared: int) -> None:
    """Raise ``InputError`` where a file holds other rows than it says: some would be lost, or made up, in silence."""
    if held != declared:
        raise cannot_be_read(
            source.name,
            f"文件不完好：声明有{declared:,}行，实有{held:,}行。请重新导出。",
            f"it is not sound: it says {declared:,} rows and holds {held:,}. Export it again.",
        )


def _must_hold_in_pages(source: Source, file: ParquetFile) -> None:
    """Raise ``InputError`` where the pages hold other values than the end of the file says: it is read by what the end says."""
    from analysis.files.parquet_pages import values_in_pages

    about = file.metadata
    try:
        found = values_in_pages(source.path, about)
    except ValueError as error:
        raise _unsound(source, error) from error
    for (group, column), held in found.items():
        _must_hold(source, held, about.row_group(group).column(column).num_values)
        if file.schema.column(column).max_repetition_level == 0:  # a value a row
            _must_hold(source, held, about.row_group(group).num_rows)


def _blocks(
    source: Source, batches: Iterator[pa.RecordBatch], declared: int, bytes_a_row: float = 0.0
) -> Iterator[Callable[[], Block]]:
    held = 0
    while True:
        try:
            batch = next(batches, None)
        except Exception as error:
            raise _unsound(source, error) from error
        if batch is None:
            break
        if batch.num_rows and batch.num_columns:
            yield partial(_block, source, batch, held + 1, int(bytes_a_row * batch.num_rows))
        held += batch.num_rows
    _must_hold(source, held, declared)


def _block(source: Source, batch: pa.RecordBatch, first: int, size: int) -> Block:
    try:
        cells = [_cells(column) for column in batch.columns]
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise _unsound(source, error) from error
    return Block(first, pa.table(cells, names=[str(i) for i in range(len(cells))]), bytes=size)


def _cells(column: pa.Array) -> pa.Array:
    """A column in one of the types that cells have: text, whole and other numbers, days, yes and no."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    column.validate(full=True)
    kind = column.type
    if any(of(kind) for of in CELL_TYPES):
        return column
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64(), safe=False)
    if pa.types.is_large_string(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            column = _in_the_courts_zone(column)
        seconds = column.cast(pa.timestamp("s"), safe=False)  # of nanoseconds the first day has no beginning
        return pc.floor_temporal(seconds, unit="day").cast(pa.date32(), safe=False)
    return pa.array([written(value) or None for value in column.to_pylist()], pa.string())  # no cells of a register


def _in_the_courts_zone(column: pa.Array) -> pa.Array:
    from analysis.vocabulary.periods import COURT_ZONE  # with pandas, which other columns do without

    furthest = (
        2**63 - 86_401 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[column.type.unit]
    )  # DuckDB knows infinite moments
    moments = pc.min_element_wise(column.cast(pa.int64()), furthest, skip_nulls=False)
    column = pc.max_element_wise(moments, -furthest, skip_nulls=False).cast(column.type)
    return pa.array(column.to_pandas().dt.tz_convert(COURT_ZONE).dt.tz_localize(None), from_pandas=True)


def parquet_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the one sheet of a parquet file."""
    import pyarrow.parquet as pq

    must_be_utf8(source.path)
    try:
        file = pq.ParquetFile(source.path)
        names = [str(name) for name in file.schema_arrow.names]
    except Exception as error:
        raise _unsound(source, error) from error
    rows = file.metadata.num_rows
    _must_be_bounded(source, rows)
    _must_hold(source, sum(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)), rows)
    _must_hold_in_pages(source, file)
    with file:
        batches = file.iter_batches(_rows_at_once(len(names)))
        yield Sheet("", _blocks(source, batches, rows, source.bytes / max(rows, 1)), header=names)
    must_be_unchanged(source, digest(source.path, source.name)[0])


def duckdb_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the tables of a DuckDB file, opened for reading only and cut off from other files, extensions and the network.

    Views are passed over: they are queries, and nothing from a file is executed.
    """
    import duckdb

    must_be_utf8(source.path)
    _must_be_complete(source)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "1GB",
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(source.path), read_only=True, config=config)
        listed = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
    except duckdb.Error as error:
        raise _unsound(source, error) from error
    with connection:
        for schema, table in listed:
            yield _table(source, connection, schema, table)
    must_be_unchanged(source, digest(source.path, source.name)[0])


def _must_be_complete(source: Source) -> None:
    """Raise ``InputError`` where rows of a DuckDB file still stand in the log beside it.

    No checksum of the file covers them, and of a log that is cut off or damaged DuckDB reads the beginning in silence.
    """
    log = source.path.with_name(source.path.name + ".wal")
    if log.exists() and log.stat().st_size:
        raise cannot_be_read(
            source.name,
            f"旁边的 {log.name} 里有还没有写入它的改动，照读会漏掉或读到一半。请在写它的程序中执行 CHECKPOINT 后关闭，再读。",
            f"{log.name} beside it holds changes that are not yet written into it, of which some could be missed. Run CHECKPOINT in the "
            "program that writes it, close it, and read it again.",
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _in_arrow(relation: Any) -> Any:
    """The columns in types that Arrow has: of whole numbers of 128 bits it takes 38 figures."""
    types = zip(map(_quoted, relation.columns), map(str, relation.types), strict=True)
    wide = {"HUGEINT", "UHUGEINT"}
    return relation.project(", ".join(f"{name}::varchar as {name}" if of in wide else name for name, of in types))


def _table(source: Source, connection: Any, schema: str, table: str) -> Sheet:
    import duckdb

    try:
        relation = connection.table(f"{_quoted(schema)}.{_quoted(table)}")
        rows = relation.count("*").fetchall()[0][0]
        batches = _in_arrow(relation).to_arrow_reader(_rows_at_once(len(relation.columns)))
    except duckdb.Error as error:
        raise _unsound(source, error) from error
    _must_be_bounded(source, rows)
    return Sheet(table, _blocks(source, batches, rows), header=[str(name) for name in relation.columns])
