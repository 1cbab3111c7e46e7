"""Groups of a table's rows: numbered in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.vocabulary.numerals import group_order

ROWS_AT_ONCE = 1 << 16  # what a processor's cache holds of some columns


def group_codes(tally: pd.DataFrame, by: Sequence[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """The number of each row's group, and the groups in order (numbered teams by their numbers); without ``by`` one group without columns.

    >>> group_codes(pd.DataFrame({"team": ["执行三组", "执行二组", "执行一组", "执行三组"]}), ["team"])[0].tolist()
    [2, 1, 0, 2]
    """
    if not by:
        return np.zeros(len(tally), dtype="int64"), pd.DataFrame(index=pd.RangeIndex(1 if len(tally) else 0))
    keys = tally[list(by)]
    # A tally comes in the order of its groups: runs of equal keys are found sooner than rows are grouped.
    starts = run_starts(*(keys[key].array for key in keys))
    heads = keys.iloc[starts]
    codes, number = np.zeros(len(heads), dtype="int64"), 0
    for key in keys:
        places, values = _places(heads[key])
        codes, found = pd.factorize(codes * values + places, sort=True)
        number = len(found)
    first = np.empty(number, dtype="int64")
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    groups = heads.iloc[first].reset_index(drop=True)
    texts = {key: "str" for key in keys if isinstance(groups[key].dtype, pd.CategoricalDtype)}
    return codes.repeat(np.diff(starts, append=len(keys))), groups.astype(texts)


def _places(values: pd.Series) -> tuple[np.ndarray, int]:
    """The place of each value among all in order, numbered ones by their numbers and what is missing last, and how many places there are."""
    codes, found = pd.factorize(values, sort=True)
    named = found.astype("str") if isinstance(found.dtype, pd.CategoricalDtype) else found
    order = pd.Series(group_order(pd.Series(named))).argsort(kind="stable")
    places = np.append(np.argsort(order), len(order))
    return places[codes], len(places)


def run_starts(*columns: Any) -> np.ndarray:
    """The rows with which runs of equal rows begin; every missing value begins one.

    >>> run_starts(np.array([5, 5, 6, 5])).tolist()
    [0, 2, 3]
    """
    begins = np.zeros(len(columns[0]), dtype=bool)
    begins[:1] = True
    for column in columns:
        begins[1:] |= pd.Series(column[1:] != column[:-1]).fillna(True).to_numpy(dtype=bool)
    return np.flatnonzero(begins)


def stretches(codes: np.ndarray) -> Iterator[slice]:
    """All rows in slices of whole groups and some ``ROWS_AT_ONCE`` rows; rows that do not stand by group in one slice.

    >>> list(stretches(np.array([0, 0, 1])))
    [slice(0, 3, None)]
    """
    in_order = not (codes[1:] < codes[:-1]).any()
    starts = np.searchsorted(codes, codes[::ROWS_AT_ONCE]).tolist() if in_order else []
    yield from (slice(start, stop) for start, stop in pairwise([*sorted({0, *starts}), len(codes)]))
