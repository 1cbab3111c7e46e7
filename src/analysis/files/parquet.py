"""Column files (parquet, DuckDB): their own column names and types, read in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from analysis.files.source import Block, Sheet, Source, cannot_be_read, digest, must_be_unchanged
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH_ROWS = 100_000


def _unsound(source: Source, error: Exception) -> InputError:
    return cannot_be_read(
        source.name,
        f"文件不完好（{str(error)[:200]}）。请重新导出。",
        f"it is not sound ({str(error)[:200]}). Export it again.",
    )


def _blocks(source: Source, batches: Iterator[Any]) -> Iterator[Block]:
    first = 1
    while True:
        try:
            batch = next(batches, None)
            columns = [series(column) for column in batch.columns] if batch is not None else []
        except InputError:
            raise
        except Exception as error:
            raise _unsound(source, error) from error
        if batch is None:
            return
        if batch.num_rows and columns:
            yield Block(first, columns)
            first += batch.num_rows


def series(column: pa.Array) -> pd.Series:
    """A column of a file as raw cells."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64(), safe=False)
        kind = column.type
    if pa.types.is_integer(kind):
        return pd.Series(column.to_pandas(integer_object_nulls=True))
    if pa.types.is_timestamp(kind) or pa.types.is_floating(kind):
        return column.to_pandas()
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("s"), safe=False).to_pandas()
    if pa.types.is_boolean(kind):
        return pd.Series([None if v is None else "TRUE" if v else "FALSE" for v in column.to_pylist()], dtype=object)
    if pa.types.is_nested(kind):  # lists and records are no cells of a register: shown as they are written
        return pd.Series([None if v is None else str(v) for v in column.to_pylist()], dtype=object)
    return pd.Series(column.to_pylist(), dtype=object)


def parquet_sheets(source: Source) -> Iterator[Sheet]:
    """The one sheet of a parquet file."""
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.path)
        names = [str(name) for name in file.schema_arrow.names]
    except Exception as error:
        raise _unsound(source, error) from error
    with file:
        yield Sheet("", _blocks(source, file.iter_batches(BATCH_ROWS)), header=names)
    must_be_unchanged(source, digest(source.path, source.name)[0])


def duckdb_sheets(source: Source) -> Iterator[Sheet]:
    """The tables of a DuckDB file, opened for reading only and cut off from other files, extensions and the network.

    Views are passed over: they are queries, and nothing from a file is executed.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(source.path), read_only=True, config=config)
        # A moment with a time zone is a day in the court's own: not in that of the machine which reads it.
        connection.execute("set TimeZone = 'Asia/Shanghai'")
        listed = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
    except duckdb.Error as error:
        raise _unsound(source, error) from error
    with connection:
        for schema, table in listed:
            yield _table(source, connection, schema, table)
    must_be_unchanged(source, digest(source.path, source.name)[0])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(source: Source, connection: Any, schema: str, table: str) -> Sheet:
    import duckdb

    try:
        relation = connection.table(f"{_quoted(schema)}.{_quoted(table)}")
        batches = relation.to_arrow_reader(BATCH_ROWS)
    except duckdb.Error as error:
        raise _unsound(source, error) from error
    return Sheet(table, _blocks(source, iter(batches)), header=[str(name) for name in relation.columns])
