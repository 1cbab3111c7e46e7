"""Texts as numbers while many rows are counted: an engine counts by numbers up to twice as fast as by texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir
    import pandas as pd

    from analysis.cases.table import Cases

MANY_ROWS = 200_000  # below it the numbering costs more than it saves
MOST_TEXTS = 10_000  # a column of more texts (names of the nation's officers) is counted as it is


def numbered(cases: Cases, table: ir.Table, keys: Sequence[str]) -> tuple[ir.Table, dict[str, pa.Array]]:
    """A table made of a register with the text columns among the keys as numbers, and the texts, in the order of numbers.

    Numbers are in the order of the texts' code points; a missing text has none. Small registers, columns of many
    different texts and engines other than DuckDB keep their texts.
    """
    import ibis

    texts: dict[str, pa.Array] = {}
    of_text = [key for key in dict.fromkeys(keys) if key in cases.table.columns and table[key].type().is_string()]
    if not of_text or table.get_backend().name != "duckdb" or len(cases) <= MANY_ROWS:
        return table, texts
    for key in of_text:
        found = cases.table.select(key).distinct().limit(MOST_TEXTS + 1).to_pyarrow()[key].combine_chunks()
        if len(found) > MOST_TEXTS:
            continue
        texts[key] = found.take(pc.sort_indices(found)).drop_null()
        numbers = ibis.memtable(pa.table({"text": texts[key], "number": np.arange(len(texts[key]), dtype="int32")}))
        others = [table[name] for name in table.columns if name != key]
        table = table.left_join(numbers, table[key] == numbers.text).select(*others, **{key: numbers.number})
    return table, texts


def as_text(texts: pa.Array, numbers: pd.Series) -> pd.Series:
    """The texts that numbers stand for, missing where the number is."""
    return texts.take(pa.array(numbers, pa.int32(), from_pandas=True)).to_pandas()
