"""Counting by loops that numba compiles: how many rows have each key, and what their amounts add up to."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.engine.column_store import NEVER

IN_AN_ARRAY = 1 << 25  # up to so many different keys are found in an array, more in a hash table
FIRST_KEYS = 1 << 18
# 2^64 divided by the golden ratio: spreads neighbours over the whole table (Knuth, The Art of Computer Programming 3, 6.4).
SPREAD = np.uint64(11400714819323198485)
INT64, INT32 = "int64[::1]", "int32[::1]"


def _loop(*signatures: Any) -> Any:
    """A loop compiled as it is imported (kept on disk afterwards) that lets other threads run."""
    return numba.njit(list(signatures), nogil=True, cache=True)


@_loop(*(f"void({INT64}, int64, uint{bits}[::1])" for bits in (8, 16, 32)))
def by_code(key: Any, size: int, codes: Any) -> None:
    """Add a code below ``size`` to the key of every row."""
    for i in range(len(key)):
        key[i] = key[i] * size + codes[i] if key[i] >= 0 else -1


@_loop(f"void({INT64}, int64, {INT32}, int64, {INT32})")
def by_day(key: Any, size: int, days: Any, low: int, codes: Any) -> None:
    """Add the code of a day, counted from ``low``, of later ones the last; a row whose code is below 0 does not count."""
    end = low + len(codes) - 1
    for i in range(len(key)):
        code = codes[min(days[i], end) - low]
        key[i] = key[i] * size + code if key[i] >= 0 and code >= 0 else -1


@_loop(f"void({INT64}, int64, {INT32}, {INT32}, int64, int64)")
def by_age(key: Any, size: int, filed: Any, closed: Any, cut: int, low: int) -> None:
    """Add the age in days, counted from ``low``, on the day of closing or on ``cut``."""
    for i in range(len(key)):
        key[i] = key[i] * size + min(closed[i], cut) - filed[i] - low if key[i] >= 0 else -1


@_loop(f"Tuple((int64, int64, int32, int32))({INT32}, {INT32}, int64)")
def extent(filed: Any, closed: Any, cut: int) -> tuple[int, int, int, int]:
    """Count the rows filed up to ``cut`` and the open ones of these, with the first days of filing and closing."""
    count = still_open = 0
    first_filed = first_closed = NEVER
    for i in range(len(filed)):
        if filed[i] <= cut:
            count += 1
            first_filed = min(first_filed, filed[i])
            if closed[i] <= cut:
                first_closed = min(first_closed, closed[i])
            else:
                still_open += 1
    return count, still_open, first_filed, first_closed


@_loop(f"Tuple((int64, int64))({INT32}, {INT32}, int64)")
def ages(filed: Any, closed: Any, cut: int) -> tuple[int, int]:
    """Find the least and the greatest age (and 0) on the day of closing or on ``cut``, of rows filed up to then."""
    low = high = 0
    for i in range(len(filed)):
        if filed[i] <= cut:
            age = min(closed[i], cut) - filed[i]
            low, high = min(low, age), max(high, age)
    return low, high


@_loop(numba.void(numba.types.Array(numba.float64, 1, "C", readonly=True), numba.int64[::1]))
def to_fen(yuan: Any, fen: Any) -> None:
    """Convert yuan to whole fen, halves away from zero as the engine rounds, missing as 0."""
    for i in range(len(yuan)):
        exact = yuan[i] * FEN_PER_YUAN
        whole = np.trunc(exact)
        fen[i] = 0 if np.isnan(exact) else np.int64(whole + np.trunc(2 * (exact - whole)))


@_loop(f"int64({INT64}, {INT32}, int64, {INT64}, {INT64}, int64)")
def _numbered(place: Any, table: Any, shift: int, keys: Any, counts: Any, used: int) -> int:
    """Put the number of its key in place of every key (−1: a row that does not count), and count the rows of each."""
    for i in range(len(place)):
        key = place[i]
        if key < 0:
            continue
        at = key if shift == 0 else np.int64(np.uint64(key) * SPREAD >> np.uint64(shift))
        while table[at] >= 0 and keys[table[at]] != key:
            at = (at + 1) % len(table)
        if table[at] < 0:
            table[at], keys[used], counts[used] = used, key, 0
            used += 1
        place[i] = table[at]
        counts[table[at]] += 1
    return used


@_loop(f"void({INT64}, int64[:, ::1], int64[:, ::1], float64[:, ::1], int64[:, ::1])")
def _summed(number: Any, fen: Any, sums: Any, products: Any, greatest: Any) -> None:
    """Add amounts to the sums of the rows' keys, their products two by two, and keep the greatest."""
    for i in range(len(number)):
        key = number[i]
        if key < 0:
            continue
        pair = 0
        for a in range(len(fen)):
            one = fen[a, i]
            sums[a, key] += one
            greatest[a, key] = max(greatest[a, key], one)
            for b in range(a, len(fen)):
                products[pair, key] += np.float64(one) * np.float64(fen[b, i])
                pair += 1


class Counter:
    """Rows counted by whole-number keys below ``size``, with ``amounts`` sums beside each count; filled batch by batch.

    >>> counter = Counter(10, amounts=0)
    >>> counter.add(np.array([7, 2, 7, -1]), np.empty((0, 4), dtype="int64"))
    >>> keys, counts, *_ = counter.found()
    >>> keys.tolist(), counts.tolist()
    ([2, 7], [1, 2])
    """

    def __init__(self, size: int, *, amounts: int) -> None:
        self.hashed = size > IN_AN_ARRAY
        self.table = np.full(2 * FIRST_KEYS if self.hashed else size, -1, dtype="int32")
        self.used = 0
        self.keys, self.counts = (np.empty(FIRST_KEYS, dtype="int64") for _ in range(2))
        self.sums, self.greatest = (np.zeros((amounts, FIRST_KEYS), dtype="int64") for _ in range(2))
        self.products = np.zeros((amounts * (amounts + 1) // 2, FIRST_KEYS))  # of every two, and of each with itself

    def add(self, key: np.ndarray, fen: np.ndarray) -> None:
        """Count rows by their keys (−1: not at all) and add their amounts (amounts × rows); takes ``key`` over."""
        self._make_room(len(key))
        self.used = _numbered(key, self.table, self._shift(), self.keys, self.counts, self.used)
        if len(fen):
            _summed(key, fen, self.sums, self.products, self.greatest)

    def found(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return the keys in order, and of each the count, the sums, the sums of products of two, and the greatest amounts."""
        at = np.argsort(self.keys[: self.used]) if self.hashed else self.table[self.table >= 0]
        return self.keys[at], self.counts[at], self.sums[:, at], self.products[:, at], self.greatest[:, at]

    def _shift(self) -> int:
        return 64 - (len(self.table).bit_length() - 1) if self.hashed else 0

    def _make_room(self, rows: int) -> None:
        """Room for as many new keys as there are rows, a hash table at most half full."""
        need = self.used + rows
        if need > len(self.keys):
            more = (0, max(need, 2 * len(self.keys)) - len(self.keys))
            self.keys, self.counts = (np.pad(part, more) for part in (self.keys, self.counts))
            self.sums, self.products, self.greatest = (
                np.pad(part, ((0, 0), more)) for part in (self.sums, self.products, self.greatest)
            )
        if self.hashed and 2 * need > len(self.table):
            self.table = np.full(1 << (2 * need).bit_length(), -1, dtype="int32")
            known, counts = self.keys[: self.used].copy(), self.counts[: self.used].copy()
            _numbered(known, self.table, self._shift(), self.keys, self.counts, 0)
            self.counts[: self.used] = counts
