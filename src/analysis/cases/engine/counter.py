"""Tallies counted by a compiled loop over the columns that are held in memory: the optional extra ``jit``.

Serves registers of many rows that lie in parquet files (ingested ones), to the same answers as the engine's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import pyarrow as pa

from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.engine import kernels
from analysis.cases.engine.column_store import Columns, Group
from analysis.files.threads import map_ordered

NO_OR_YES = pa.array([False, True])


@dataclass(frozen=True)
class Key:
    """A key that rows are counted by: how the rows of a stretch, with its amounts in yuan, add to their keys; what the codes mean."""

    add: Callable[[np.ndarray, slice, Mapping[str, np.ndarray]], None]
    values: pa.Array


@dataclass(frozen=True, eq=False)
class Counting:
    """The rows filed up to the day ``cut`` (since 1970), to be counted by the texts ``by`` and keys of their own."""

    columns: Columns
    by: tuple[str, ...]
    cut: int

    def day(self, name: str, stands_for: Callable[[np.ndarray], np.ndarray], *, missing: int | None) -> Key:
        """Key rows by what a date stands for (its month, its year); ``missing`` where there is none up to ``cut``, or left out (``None``)."""
        days, end = self.columns.days(name), self.cut + 1
        low = min(int(days.min(initial=end)), self.cut)
        known = stands_for(np.arange(low, end).astype("datetime64[D]")).astype("int32")
        values, codes = np.unique(known if missing is None else np.append(known, missing), return_inverse=True)
        codes = (np.append(codes, -1) if missing is None else codes).astype("int32")
        return Key(lambda key, rows, _: kernels.by_day(key, len(values), days[rows], low, codes), pa.array(values))

    def age(self) -> Key:
        """Key rows by the age in days on the day of closing, or on ``cut``."""
        filed, closed = self.columns.days("filed_on"), self.columns.days("closed_on")
        low, high = kernels.ages(filed, closed, self.cut)
        return Key(
            lambda key, rows, _: kernels.by_age(key, high - low + 1, filed[rows], closed[rows], self.cut, low),
            pa.array(np.arange(low, high + 1, dtype="int32")),
        )

    def is_open(self) -> Key:
        """Return whether a case is open on ``cut``."""
        closed = self.columns.days("closed_on")
        return Key(lambda key, rows, _: kernels.by_code(key, 2, (closed[rows] > self.cut).view("uint8")), NO_OR_YES)

    def is_stated(self, amount: str) -> Key:
        """Return whether an amount is stated; to be counted with that amount."""
        return Key(lambda key, _, yuan: kernels.by_code(key, 2, (~np.isnan(yuan[amount])).view("uint8")), NO_OR_YES)

    def met(self, recovered: str, claimed: str) -> Key:
        """Key rows by whether a claim was met not at all (0), in part (1) or in full (2), to the fen; to be counted with both amounts."""

        def add(key: np.ndarray, _: slice, yuan: Mapping[str, np.ndarray]) -> None:
            got, of = (np.rint(np.nan_to_num(yuan[name]) * FEN_PER_YUAN) for name in (recovered, claimed))
            kernels.by_code(key, 3, np.where(got >= of, 2, got > 0).astype("uint8"))

        return Key(add, pa.array(range(3)))

    def band(self, amount: str, begin: Mapping[str, int]) -> Key:
        """Key rows by the band of an amount, each named and said where it begins, missing where it is; to be counted with that amount."""
        edges = np.array(list(begin.values()))

        def add(key: np.ndarray, _: slice, yuan: Mapping[str, np.ndarray]) -> None:
            place = np.maximum(
                np.searchsorted(edges, yuan[amount], side="right") - 1, 0
            )  # below the first edge is its band
            codes = np.where(np.isnan(yuan[amount]), len(edges), place).astype("uint8")
            kernels.by_code(key, len(edges) + 1, codes)

        return Key(add, pa.array([*begin, None]))

    def extent(self) -> tuple[int, int, int, int]:
        """Count cases and open cases, with the first days of filing and closing (``NEVER``: there is none)."""
        return kernels.extent(self.columns.days("filed_on"), self.columns.days("closed_on"), self.cut)

    def grouped(self, own: Mapping[str, Key], amounts: Mapping[str, str] | None = None) -> dict[str, pa.Array]:
        """Count the rows by the texts and keys of their own, in the order of these, missing texts last: ``[by…], [own…], cases``.

        ``amounts`` are columns of yuan by the names under which their sums in fen stand beside: ``<name>``, the sums of
        products ``<a>*<b>``, the greatest ``<name> max``.
        """
        named = dict(amounts or {})
        keys = {name: self._text(name) for name in self.by} | dict(own)
        sizes = [len(key.values) for key in keys.values()]
        filed = self.columns.days("filed_on")

        def placed(group: Group) -> tuple[np.ndarray, np.ndarray]:
            yuan = self.columns.amounts(group, list(named.values()))
            place = np.where(filed[group.rows] <= self.cut, 0, -1)
            for key in keys.values():
                key.add(place, group.rows, yuan)
            fen = np.empty((len(named), len(place)), dtype="int64")
            for column, into in zip(named.values(), fen, strict=True):
                kernels.to_fen(yuan[column], into)
            return place, fen

        counter = kernels.Counter(math.prod(sizes), amounts=len(named))
        for place, fen in map_ordered(placed, self.columns.groups):
            counter.add(place, fen)
        places, number, sums, products, greatest = counter.found()
        codes = np.unravel_index(places, sizes)
        table = {name: key.values.take(pa.array(code)) for (name, key), code in zip(keys.items(), codes, strict=True)}
        numbers = {"cases": number} | dict(zip(named, sums, strict=True))
        pairs = combinations_with_replacement(named, 2)
        numbers |= {f"{one}*{two}": of for (one, two), of in zip(pairs, products, strict=True)}
        numbers |= {f"{name} max": most for name, most in zip(named, greatest, strict=True)}
        return table | {name: pa.array(of) for name, of in numbers.items()}

    def _text(self, name: str) -> Key:
        codes, texts = self.columns.texts(name) or (np.empty(0, dtype="uint8"), pa.array([], pa.string()))
        numbers = pa.array([*range(len(texts)), None], pa.int32())
        return Key(
            lambda key, rows, _: kernels.by_code(key, len(numbers), codes[rows]),
            pa.DictionaryArray.from_arrays(numbers, texts),
        )
