"""The columns of a register held in memory as whole numbers, each read from its parquet files when it is first asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

MOST_TEXTS = 1 << 16
NEVER = int(np.iinfo("int32").max)  # the day of a date that is missing
WORKERS, AHEAD = 2, 4


class Columns:
    """The columns of parquet files, row for row in the order of the files; each is read when it is first asked for."""

    def __init__(self, files: Sequence[str]) -> None:
        self._groups = [(file, n) for file in files for n in range(pq.read_metadata(file).num_row_groups)]
        self._days: dict[str, np.ndarray] = {}
        self._texts: dict[str, tuple[np.ndarray, pa.Array] | None] = {}

    def days(self, name: str) -> np.ndarray:
        """A date as days since 1970, ``NEVER`` where it is missing."""
        if name not in self._days:
            parts = [rows[name].cast("int32").fill_null(NEVER).to_numpy() for rows in self.read([name])]
            self._days[name] = np.concatenate([np.empty(0, dtype="int32"), *parts])
        return self._days[name]

    def texts(self, name: str) -> tuple[np.ndarray, pa.Array] | None:
        """A text as numbers in the order of code points, the one after the last where it is missing, and the texts.

        ``None`` for a column of too many different texts.
        """
        if name not in self._texts:
            parts, seen = [], pa.array([], pa.string())
            for rows in self.read([name]):
                parts.append(rows[name].combine_chunks())
                seen = pc.unique(pa.concat_arrays([seen, parts[-1].dictionary.cast("string")])).drop_null()
                if len(seen) > MOST_TEXTS:
                    break
            self._texts[name] = None if len(seen) > MOST_TEXTS else _numbered(parts, seen.take(pc.sort_indices(seen)))
        return self._texts[name]

    def read(self, names: Sequence[str]) -> Iterator[pa.Table]:
        """Some columns, row group after row group, a few read ahead."""

        def group(file: str, number: int) -> pa.Table:
            read = pq.ParquetFile(file, read_dictionary=names)
            return read.read_row_group(number, columns=list(names), use_threads=False)

        with ThreadPoolExecutor(WORKERS) as pool:
            waiting: deque[Future[pa.Table]] = deque()
            for file, number in self._groups:
                waiting.append(pool.submit(group, file, number))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def _numbered(parts: Sequence[pa.DictionaryArray], texts: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Parts of a column, each with a dictionary of its own, as numbers of the same texts."""
    kind = np.min_scalar_type(len(texts))
    numbers = []
    for part in parts:
        own = pc.index_in(part.dictionary.cast("string"), value_set=texts).fill_null(len(texts)).to_numpy()
        numbers.append(np.append(own, len(texts)).astype(kind)[part.indices.fill_null(len(own)).to_numpy()])
    return np.concatenate([np.empty(0, dtype=kind), *numbers]), texts
