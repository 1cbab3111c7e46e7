"""The parts of an ingested register: their rows put in order and written as parquet, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.cases.columns import schema

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Within a year rows stand by court, then in an order that leaves no two rows equal: the same rows give the same bytes.
ORDER = ("court", "filed_on", "case_no", "source_file", "source_sheet", "source_row")
ROWS_PER_GROUP = 122_880


def in_order(connection: Any, rows: ir.Table) -> Iterator[pa.RecordBatch]:
    """The rows of a part in their order, sorted by the engine, on its disk where they are many."""
    keys = [name for name in ORDER if name in rows.columns]
    ordered = rows.order_by([rows[key].asc(nulls_first=True) for key in keys])
    yield from connection.con.sql(str(connection.compile(ordered))).to_arrow_reader(ROWS_PER_GROUP)


def years_of(file: Path) -> set[int]:
    """The years of filing in a file of cases, which need not be there."""
    if not file.is_file():
        return set()
    years: set[int] = set()
    with pq.ParquetFile(file) as rows:
        for batch in rows.iter_batches(1_000_000, columns=["filed_on"]):
            years.update(pc.unique(pc.year(batch["filed_on"])).to_pylist())
    return years


def write_rows(file: Path, batches: Iterable[Any], table: str) -> int:
    """Batches as parquet in groups of equal size: the bytes depend on the rows and their order alone."""
    written, held, waiting = 0, 0, []
    with pq.ParquetWriter(file, schema(table), compression="zstd", compression_level=1) as writer:
        for batch in batches:
            waiting.append(batch.cast(schema(table)))
            held += batch.num_rows
            if held >= ROWS_PER_GROUP:
                group = pa.Table.from_batches(waiting).combine_chunks()
                writer.write_table(group.slice(0, ROWS_PER_GROUP), row_group_size=ROWS_PER_GROUP)
                waiting = group.slice(ROWS_PER_GROUP).to_batches()
                held, written = held - ROWS_PER_GROUP, written + ROWS_PER_GROUP
        if held:
            writer.write_table(pa.Table.from_batches(waiting).combine_chunks(), row_group_size=ROWS_PER_GROUP)
    return written + held
