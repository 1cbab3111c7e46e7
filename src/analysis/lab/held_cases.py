"""Few cases in tables of their own, which answer sooner than the register of which they are a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from analysis.cases.answers import FEW_CASES
from analysis.cases.table import Cases, at_most

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MOST_ROWS = 500_000  # of all parts of a register that are held, some 150 MB
FEW_ROWS = 50_000  # of a side table; of more the engine looks for those of some cases


def held(cases: Cases) -> Cases:
    """Return few cases with their rows in tables of their own: no question reads files, filters and joins pseudonyms anew.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"case_no": ["1", "2"], "filed_on": "2011-01-04", "basis": ["civil", "arbitration"]})
    >>> cases = Cases.from_frames(frame, as_of="2011-12-31")
    >>> len(held(cases.where(basis="civil")))
    1
    """
    if cases.table.get_backend().name != "duckdb" or not at_most(cases, FEW_CASES):
        return cases
    tables: dict[Any, tuple[ir.Table, dict[str, ir.Table], int]] = cases.answers.setdefault("held", {})
    asked = (cases.table.op(), *(side.op() for side in cases.whole_sides.values()))
    if asked not in tables:
        rows = cases.table.to_pyarrow()
        if rows.num_rows + sum(number for *_, number in tables.values()) > MOST_ROWS:
            return cases
        own = _in_a_table(cases.table, rows)
        sides = {name: _side(cases, side, own, rows["case_no"]) for name, side in cases.whole_sides.items()}
        tables[asked] = own, sides, rows.num_rows
    own, sides, _ = tables[asked]
    return replace(cases, table=own, **sides)


def _side(cases: Cases, side: ir.Table, own: ir.Table, numbers: pa.ChunkedArray) -> ir.Table:
    """The rows of a side table that are of the cases held."""
    rows = cases.once(("few rows", side.op()), lambda: side.limit(FEW_ROWS + 1).to_pyarrow(), of_whole=True)
    if rows.num_rows > FEW_ROWS:
        return side.semi_join(own, "case_no")
    return _in_a_table(side, rows.filter(pc.is_in(rows["case_no"], numbers.drop_null())))


def _in_a_table(whole: ir.Table, rows: pa.Table) -> ir.Table:
    """Some rows of a table of the engine in another."""
    from ibis.expr.operations import DatabaseTable
    from ibis.util import gen_name

    backend: Any = whole.get_backend()
    name = gen_name("held")
    backend.con.from_arrow(rows).create(name)
    return DatabaseTable(name, schema=whole.schema(), source=backend).to_expr()
