"""The rows of an Ibis table a bounded number at a time, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


def batches(table: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
    """Yield record batches of at most ``rows`` rows, streamed from the engine.

    Ibis's own ``to_pyarrow_batches`` calls a method of DuckDB that DuckDB 2 no longer has, so DuckDB is asked itself;
    the query is Ibis's, with every name and value quoted by it. Asked for no row first, Ibis makes tables in memory known.
    """
    from ibis.expr.operations import InMemoryTable

    backend: Any = table.get_backend()
    if backend.name == "duckdb":
        if table.op().find(InMemoryTable):
            table.limit(0).to_pyarrow()
        yield from backend.con.sql(backend.compile(table)).to_arrow_reader(rows)
    else:
        yield from table.to_pyarrow_batches(chunk_size=rows)
