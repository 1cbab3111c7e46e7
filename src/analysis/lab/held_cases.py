"""Few cases in a table of their own, which answers sooner than the register of which they are a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.cases.answers import FEW_CASES
from analysis.cases.table import Cases, at_most

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_ROWS = 500_000  # of all parts of a register that are held, some 150 MB


def held(cases: Cases) -> Cases:
    """Return few cases with their rows in a table of their own: no question reads files, filters and joins pseudonyms anew.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"case_no": ["1", "2"], "filed_on": "2011-01-04", "basis": ["civil", "arbitration"]})
    >>> cases = Cases.from_frames(frame, as_of="2011-12-31")
    >>> len(held(cases.where(basis="civil")))
    1
    """
    from ibis.expr.operations import DatabaseTable
    from ibis.util import gen_name

    backend: Any = cases.table.get_backend()
    if backend.name != "duckdb" or not at_most(cases, FEW_CASES):
        return cases
    tables: dict[Any, tuple[ir.Table, int]] = cases.answers.setdefault("held", {})
    asked = cases.table.op()
    if asked not in tables:
        rows = cases.table.to_pyarrow()
        if rows.num_rows + sum(number for _, number in tables.values()) > MOST_ROWS:
            return cases
        name = gen_name("held")
        backend.con.from_arrow(rows).create(name)
        tables[asked] = DatabaseTable(name, schema=cases.table.schema(), source=backend).to_expr(), rows.num_rows
    table, _ = tables[asked]
    sides = {name: side.semi_join(table, "case_no") for name, side in cases.whole_sides.items()}
    return replace(cases, table=table, **sides)
