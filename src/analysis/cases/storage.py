"""Where the rows of a register are held: a DuckDB in memory, or in a temporary file when the register is large."""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cases.columns import TABLES, schema
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

IN_MEMORY_UP_TO = 400 << 20  # bytes of input; beyond it the table lives in a temporary file
MEMORY_LIMIT = "2GB"


class Storage:
    """The four tables of a register, filled batch by batch through the engine's own interface (no SQL text)."""

    def __init__(self, input_bytes: int) -> None:
        import ibis

        if input_bytes <= IN_MEMORY_UP_TO:
            self.backend = ibis.duckdb.connect()
        else:
            folder = tempfile.TemporaryDirectory(prefix="court-analysis-", ignore_cleanup_errors=True)
            self.backend = ibis.duckdb.connect(Path(folder.name) / "register.duckdb", memory_limit=MEMORY_LIMIT)
            weakref.finalize(self.backend, folder.cleanup)
        for table in TABLES:
            self.backend.create_table(table, schema=ibis.schema(schema(table)))

    def add(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table."""
        if rows.num_rows:
            self.backend.con.from_arrow(rows).insert_into(table)

    def tables(self) -> dict[str, ir.Table]:
        """The tables as Ibis tables."""
        return {name: self.backend.table(name) for name in TABLES}


def on_engine(tables: dict[str, ir.Table], engine: Any) -> dict[str, ir.Table]:
    """The same tables on another Ibis backend, given connected."""
    import ibis

    if not hasattr(engine, "create_table"):
        raise ArgumentError.not_one_of("engine", engine, ["duckdb", "Ibis backend"])

    return {
        name: engine.create_table(name, ibis.memtable(table.to_pyarrow()), overwrite=True)
        for name, table in tables.items()
    }
