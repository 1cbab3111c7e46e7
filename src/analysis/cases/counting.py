"""Tallies counted over the columns that are held in memory by a compiled loop: the optional extra ``jit``.

Serves registers of many rows that lie in parquet files (ingested ones), to the same answers as the engine's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from analysis.cases.columns import schema
from analysis.cases.held import NEVER, Columns
from analysis.cases.numbering import is_many
from analysis.cases.table import known_on

if TYPE_CHECKING:
    from analysis.cases.table import Cases

MOST_ROWS = 30_000_000  # some 12 bytes a row are held
BATCH = 1 << 17  # rows counted at a time: what a processor's cache holds
FEN_PER_YUAN = 100
_HELD: WeakKeyDictionary[Cases, Columns] = WeakKeyDictionary()


def counting(cases: Cases, by: Sequence[str], at: Any = None) -> Counting | None:
    """A register's rows as known on a day, to be counted here by texts: many rows in parquet files, not too many texts.

    ``None`` without the extra ``jit``, and for every other register: these are the engine's.
    """
    cut = known_on(cases, at)
    if find_spec("numba") is None or not cases.files or not is_many(cases) or len(cases) > MOST_ROWS:
        return None
    if not all(pa.types.is_string(schema("cases").field(key).type) for key in by):
        return None
    columns = _HELD.setdefault(cases, Columns(cases.files))
    if any(columns.texts(key) is None for key in by):
        return None
    return Counting(columns, tuple(dict.fromkeys(by)), int(cut.to_datetime64().astype("datetime64[D]").astype(int)))


@dataclass(frozen=True)
class Batch:
    """Some rows of a register, with the amounts (yuan, NaN where missing) that were asked for."""

    rows: slice
    amounts: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Key:
    """What rows are counted by: the code of every row of a batch (below 0: it does not count), and what the codes stand for."""

    codes: Callable[[Batch], np.ndarray]
    values: pa.Array


@dataclass(frozen=True, eq=False)
class Counting:
    """The rows filed up to the day ``cut`` (since 1970), to be counted by the texts ``by`` and keys of their own."""

    columns: Columns
    by: tuple[str, ...]
    cut: int

    def day(self, name: str, stands_for: Callable[[np.ndarray], np.ndarray], *, missing: int | None) -> Key:
        """What a date stands for (its month, its year); ``missing`` where there is none up to ``cut``, or left out (``None``)."""
        days, end = self.columns.days(name), self.cut + 1
        low = min(int(days.min(initial=end)), self.cut)
        known = stands_for(np.arange(low, end).astype("datetime64[D]")).astype("int32")
        values, codes = np.unique(known if missing is None else np.append(known, missing), return_inverse=True)
        codes = np.append(codes, -1) if missing is None else codes
        return Key(lambda batch: codes[np.minimum(days[batch.rows], end) - low], pa.array(values, pa.int32()))

    def age(self) -> Key:
        """The age in days on the day of closing, or on ``cut``."""
        filed, closed = self.columns.days("filed_on"), self.columns.days("closed_on")

        def age(batch: Batch) -> np.ndarray:
            return np.minimum(closed[batch.rows], self.cut) - np.minimum(filed[batch.rows], self.cut)

        ends = [(0, 0), *((own.min(), own.max()) for own in map(age, self._batches(())))]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        return Key(lambda batch: age(batch) - low, pa.array(np.arange(low, high + 1, dtype="int32")))

    def is_open(self) -> Key:
        """Whether a case is open on ``cut``."""
        closed = self.columns.days("closed_on")
        return Key(lambda batch: closed[batch.rows] > self.cut, pa.array([False, True]))

    def is_stated(self, amount: str) -> Key:
        """Whether an amount is stated."""
        return Key(lambda batch: ~np.isnan(batch.amounts[amount]), pa.array([False, True]))

    def extent(self) -> tuple[int, int, int, int]:
        """How many cases there are and how many are open, the first days of filing and closing (``NEVER``: there is none)."""
        filed, closed = self.columns.days("filed_on"), self.columns.days("closed_on")
        known = filed <= self.cut
        done = known & (closed <= self.cut)
        first_filed, first_closed = (
            int(days.min(initial=NEVER, where=of)) for days, of in ((filed, known), (closed, done))
        )
        count = int(known.sum())
        return count, count - int(done.sum()), first_filed, first_closed

    def grouped(self, own: Mapping[str, Key], amounts: Mapping[str, str] | None = None) -> dict[str, pa.Array]:
        """The rows counted by the texts and keys of their own, in the order of these, missing texts last: ``[by…], [own…], cases``.

        ``amounts`` are columns of yuan by the names under which their sums in fen stand beside: ``<name>``, the sums of
        products ``<a>*<b>``, the greatest ``<name> max``.
        """
        from analysis.cases.compiled import Counter

        named = dict(amounts or {})
        keys = {name: self._text(name) for name in self.by} | dict(own)
        sizes = [len(key.values) for key in keys.values()]
        filed = self.columns.days("filed_on")
        counter = Counter(math.prod(sizes), amounts=len(named))
        for batch in self._batches(tuple(named.values())):
            counts = filed[batch.rows] <= self.cut
            place = np.zeros(len(counts), dtype="int64")
            for key, size in zip(keys.values(), sizes, strict=True):
                code = key.codes(batch)
                place = place * size + code
                counts &= code >= 0
            fen = np.array([to_fen(batch.amounts[column]) for column in named.values()], dtype="int64")
            counter.add(np.where(counts, place, -1), fen if named else None)
        places, number, sums, products, greatest = counter.found()
        codes = np.unravel_index(places, sizes)
        table = {name: key.values.take(pa.array(code)) for (name, key), code in zip(keys.items(), codes, strict=True)}
        numbers = {"cases": number} | dict(zip(named, sums, strict=True))
        pairs = combinations_with_replacement(named, 2)
        numbers |= {f"{one}*{two}": of for (one, two), of in zip(pairs, products, strict=True)}
        numbers |= {f"{name} max": most for name, most in zip(named, greatest, strict=True)}
        return table | {name: pa.array(of) for name, of in numbers.items()}

    def _text(self, name: str) -> Key:
        codes, texts = self.columns.texts(name) or (np.empty(0), pa.array([], pa.string()))
        numbers = pa.array([*range(len(texts)), None], pa.int32())
        return Key(lambda batch: codes[batch.rows], pa.DictionaryArray.from_arrays(numbers, texts))

    def _batches(self, amounts: Sequence[str]) -> Iterator[Batch]:
        rows = len(self.columns.days("filed_on"))
        if not amounts:
            yield from (Batch(slice(start, min(start + BATCH, rows))) for start in range(0, rows, BATCH))
            return
        start = 0
        for group in self.columns.read(amounts):
            stop = start + group.num_rows
            yield Batch(slice(start, stop), {name: group[name].to_numpy() for name in amounts})
            start = stop


def to_fen(yuan: np.ndarray) -> np.ndarray:
    """Yuan as whole fen, halves away from zero as the engine rounds, missing as 0.

    >>> to_fen(np.array([0.125, 2.0, np.nan])).tolist()
    [13, 200, 0]
    """
    fen = yuan * FEN_PER_YUAN
    whole = np.trunc(fen)
    return np.nan_to_num(whole + np.trunc(2 * (fen - whole))).astype("int64")
