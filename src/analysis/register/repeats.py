"""Rows that stand twice in a sheet, equal in all that is read of them: the first is the case, the others are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.cases.columns import schema

if TYPE_CHECKING:
    from collections.abc import Collection


def row_hashes(rows: pa.Table, table: str, read: Collection[str]) -> np.ndarray:
    """Return a number for each row, which rows alone have in common that are equal in the columns that were ``read`` and what these give.

    >>> rows = pa.table({"case_no": ["1", "1", "2"], "filed_on": [None, None, 4], "source_row": [2, 3, 4]})
    >>> len(set(row_hashes(rows, "cases", ["case_no", "filed_on"])))
    2
    """
    made = {*read, *(f"{name}_text" for name in read), "court", "case_type", "case_type_text"}
    taken = rows.select([name for name in schema(table).names if name in made and name in rows.column_names])
    # A block with a blank among whole numbers gives other types than one without.
    kinds = [
        pa.float64() if pa.types.is_integer(f.type) or pa.types.is_boolean(f.type) else f.type for f in taken.schema
    ]
    same = pa.table([column.cast(kind) for column, kind in zip(taken.columns, kinds, strict=True)], taken.column_names)
    frame = same.to_pandas(date_as_object=False)
    # Texts of Arrow take three times as long as Python's.
    frame = frame.astype({f.name: object for f in same.schema if pa.types.is_string(f.type)})
    return pd.util.hash_pandas_object(frame, index=False, categorize=False).to_numpy()


class RowsMet:
    """The rows of a sheet so far, by their numbers in sorted lists, each at least twice as long as the next: none is sorted often.

    >>> met = RowsMet()
    >>> [met.again(np.array(rows, dtype="uint64")).tolist() for rows in ([5, 3, 5], [3, 8], [8, 5, 9])]
    [[False, False, True], [True, False], [True, True, False]]
    """

    def __init__(self) -> None:
        self._lists: list[np.ndarray] = []

    def again(self, rows: np.ndarray) -> np.ndarray:
        """Return which of these rows stand above, among them or before, and remember them."""
        ordered = np.sort(rows)
        before = np.zeros(len(rows), dtype=bool)
        for known in self._lists:
            at = np.searchsorted(known, ordered)
            before |= known[np.minimum(at, len(known) - 1)] == ordered
        again = before | (np.diff(ordered, prepend=~ordered[:1]) == 0)
        new = ordered[~again]
        while self._lists and len(self._lists[-1]) < 2 * len(new):
            new = np.sort(np.concatenate([self._lists.pop(), new]))
        self._lists += [new] if len(new) else []
        if not again.any():  # as in nearly all sheets: which row it is need not be found
            return again
        different, first, place = np.unique(rows, return_index=True, return_inverse=True)
        met = np.isin(different, ordered[before])
        return met[place] | (np.arange(len(rows)) != first[place])
