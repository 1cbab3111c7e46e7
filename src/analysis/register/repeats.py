"""Rows that stand twice in a register, equal in all that is read of them: the first is the case, the others are listed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.columns import PROVENANCE, schema

# A running number is another case's in another sheet; a number that begins with its year is one case's of the court.
OF_A_YEAR = r"^\D{0,3}(?:19|20)\d\d\D"


def row_hashes(rows: pa.Table, unread: pd.DataFrame, place: str) -> np.ndarray:
    """Return a number for each row of cases, which rows alone have in common that are equal in all that is read of them.

    A column that a sheet lacks is as a blank one (but that of courts: without it the cases are the own court's), a cell that cannot be read
    (``unread``: ``row, column, value``) as what it holds. A row whose number may be another case's in another sheet is equal to none outside
    its own ``place``.

    >>> rows = pa.table({"case_no": ["1", "1", "2"], "filed_on": [None, None, 4], "source_row": [2, 3, 4]})
    >>> unread = pd.DataFrame({"row": [3], "column": ["filed_on"], "value": ["不详"]})
    >>> len(set(row_hashes(rows, unread[:0], "2011"))), len(set(row_hashes(rows, unread, "2011")))
    (2, 3)
    """
    names = [name for name in schema("cases").names if name not in PROVENANCE]
    # Odd numbers: to multiply by one takes nothing away.
    odd = dict(zip(names, _hashes(pd.Series(names, dtype=object)) | np.uint64(1), strict=True))
    total = np.zeros(rows.num_rows, dtype="uint64")
    for name in names:
        if name in rows.column_names and (column := rows[name]).null_count < rows.num_rows:
            total += np.where(np.asarray(pc.is_valid(column)), _hashes(_series(column)), np.uint64(0)) * odd[name]
    if "court" not in rows.column_names:
        total += odd["court"]
    number = pc.fill_null(pc.match_substring_regex(rows["case_no"].cast(pa.string()), OF_A_YEAR), False)
    total += np.where(np.asarray(number), np.uint64(0), _hashes(pd.Series([place], dtype=object)))
    here = unread[unread["row"].isin(rows["source_row"].to_pylist())] if len(unread) else unread
    if len(here):
        at = np.searchsorted(rows["source_row"].to_numpy(), here["row"].to_numpy(dtype="int64"))
        np.add.at(total, at, _hashes(here["value"].astype(object)) * here["column"].map(odd).to_numpy(dtype="uint64"))
    return total


def _series(column: pa.ChunkedArray) -> pd.Series:
    """A column as it is hashed quickest; a block with a blank among whole numbers gives another type than one without."""
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        column = column.cast(pa.float64())
    values = column.to_pandas(date_as_object=False)
    # Texts of Arrow take three times as long as Python's.
    return values.astype(object) if pa.types.is_string(column.type) else values


def _hashes(values: pd.Series) -> np.ndarray:
    return pd.util.hash_pandas_object(values, index=False, categorize=False).to_numpy()


class RowsMet:
    """The rows so far, by their numbers in sorted lists, each at least twice as long as the next: none is sorted often.

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
