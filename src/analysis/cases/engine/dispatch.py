"""Dispatch of counting: the compiled loop of the optional extra ``jit`` in place of the engine, where it serves."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from analysis.cases.closings import must_hold_closings
from analysis.cases.columns import schema
from analysis.cases.engine.column_store import Columns
from analysis.cases.engine.encoding import is_many
from analysis.cases.table import Cases, known_on

if TYPE_CHECKING:
    from analysis.cases.engine.counter import Counting

MOST_ROWS = 30_000_000  # some 12 bytes a row are held


def counting(cases: Cases, by: Sequence[str], at: Any = None) -> Counting | None:
    """Return a register's rows as known on a day, for the compiled loop to count: many rows in parquet files, texts not too many.

    ``None`` without the extra ``jit``, and for every other register: these are the engine's.
    """
    cut = known_on(cases, at)
    must_hold_closings(cases)
    if find_spec("numba") is None or not cases.files or not is_many(cases) or len(cases) > MOST_ROWS:
        return None
    # Without groups the engine answers before the loop is loaded. The mode of a closing after the day is not known on it.
    held = schema("cases").names
    if (
        not by
        or "closure_mode" in by
        or not all(key in held and pa.types.is_string(schema("cases").field(key).type) for key in by)
    ):
        return None
    columns = cases.once("columns", lambda: Columns(cases.files))
    if any(columns.texts(key) is None for key in by):
        return None
    from analysis.cases.engine.counter import Counting

    return Counting(columns, tuple(dict.fromkeys(by)), int(cut.to_datetime64().astype("datetime64[D]").astype(int)))
