"""Dictionary-encode text keys before a GROUP BY: DuckDB groups integers up to twice as fast as texts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.table import at_most

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir
    import pandas as pd

    from analysis.cases.table import Cases

MANY_ROWS = 200_000  # below it the numbering costs more than it saves
MOST_TEXTS = 10_000  # a column of more texts (names of the nation's officers) is counted as it is
TABLES_KEPT = 4  # of one register, 12 bytes a row and key; the oldest goes first


def is_many(cases: Cases) -> bool:
    """Return whether a register is counted by numbers: many rows, on DuckDB."""
    return bool(cases.table.get_backend().name == "duckdb") and not at_most(cases, MANY_ROWS)


def numbered(cases: Cases, table: ir.Table, keys: Sequence[str]) -> tuple[ir.Table, dict[str, pa.Array]]:
    """Encode a table made of a register: the text columns among the keys as numbers, and the texts, in the order of numbers.

    Numbers are in the order of the texts' code points; a missing text has none. Small registers, columns of many
    different texts and engines other than DuckDB keep their texts.
    """
    import ibis

    texts: dict[str, pa.Array] = {}
    of_text = [key for key in dict.fromkeys(keys) if key in cases.table.columns and table[key].type().is_string()]
    for key in of_text if of_text and is_many(cases) else ():
        found = cases.once(("texts", key), partial(_texts, cases, key))
        if found is None:
            continue
        texts[key] = found
        numbers = ibis.memtable(pa.table({"text": texts[key], "number": np.arange(len(texts[key]), dtype="int32")}))
        others = [table[name] for name in table.columns if name != key]
        table = table.left_join(numbers, table[key] == numbers.text).select(*others, **{key: numbers.number})
    return table, texts


def _texts(cases: Cases, key: str) -> pa.Array | None:
    """The different texts of a column in the order of their code points; ``None`` where there are too many."""
    found = cases.table.select(key).distinct().limit(MOST_TEXTS + 1).to_pyarrow()[key].combine_chunks()
    return None if len(found) > MOST_TEXTS else found.take(pc.sort_indices(found)).drop_null()


def dates(cases: Cases, keys: Sequence[str], at: Any) -> tuple[ir.Table, dict[str, pa.Array]]:
    """Return the keys, ``filed_on`` and ``closed_on`` as known at a day, texts as numbers: what most questions are made of.

    Of a register of many rows the engine keeps this small table for the next question.
    """
    from ibis.util import gen_name

    table = cases.known(at, only=keys).select(*dict.fromkeys([*keys, "filed_on", "closed_on"]))
    if not is_many(cases):
        return table, {}
    backend: Any = cases.table.get_backend()
    kept: dict[Any, tuple[ir.Table, dict[str, pa.Array]]] = cases.answers.setdefault("dates", {})
    asked = table.op()
    if asked not in kept:
        table, texts = numbered(cases, table, keys)
        if any(table[key].type().is_string() for key in keys):
            return table, texts  # a column of many texts would be large to keep, and is asked for once
        while len(kept) >= TABLES_KEPT:
            oldest, _ = kept.pop(next(iter(kept)))
            # asked of DuckDB itself: the DROP that Ibis 12 writes with sqlglot 30 lacks the name
            backend.con.execute(f'DROP TABLE "{oldest.op().name}"').fetchall()
        kept[asked] = backend.create_table(gen_name("dates"), table, temp=True), texts
    return kept[asked]


def as_text(texts: pa.Array, numbers: pd.Series) -> pd.Series:
    """Decode numbers to the texts that they stand for, missing where the number is."""
    return texts.take(pa.array(numbers, pa.int32(), from_pandas=True)).to_pandas()


def coded(column: pa.ChunkedArray, texts: pa.Array | None = None) -> pa.Array:
    """Return a column in one piece, texts as the numbers of a dictionary in the order of their code points.

    ``texts``: what the numbers in the column stand for.
    """
    whole = column.combine_chunks()
    if texts is not None:
        return pa.DictionaryArray.from_arrays(whole, texts)
    if not pa.types.is_string(whole.type):
        return whole
    found = whole.dictionary_encode()
    at = pc.sort_indices(found.dictionary)
    rank = pa.array(np.argsort(at).astype("int32"))
    return pa.DictionaryArray.from_arrays(rank.take(found.indices), found.dictionary.take(at))


def order(keys: Sequence[pa.Array]) -> np.ndarray:
    """Sort the rows by their keys, the first key first, texts by their code points, missing values last."""
    return np.lexsort([_ranks(key) for key in reversed(keys)])


def _ranks(key: pa.Array) -> np.ndarray:
    """Numbers from 0 in the order of the values, missing ones last, as narrow as can be: 16 bits sort several times faster."""
    if pa.types.is_dictionary(key.type):
        key = key.indices
    elif pa.types.is_boolean(key.type) or pa.types.is_date32(key.type):
        key = key.cast("int8" if pa.types.is_boolean(key.type) else "int32")
    elif not pa.types.is_integer(key.type):
        key = pc.rank(key, null_placement="at_end", tiebreaker="dense").cast("int32")
    bounds = pc.min_max(key)
    low, high = (0 if bound.as_py() is None else bound.as_py() for bound in bounds.values())
    ranks = pc.fill_null(pc.subtract(key, pa.scalar(low, key.type)), high - low + 1).to_numpy()
    return ranks.astype(np.min_scalar_type(high - low + 1))
