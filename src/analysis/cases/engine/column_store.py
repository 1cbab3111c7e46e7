"""The columns of a register held in memory as whole numbers, each read from its parquet files when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.files.threads import map_ordered

MOST_TEXTS = 1 << 16
NEVER = np.iinfo("int32").max  # the day of a date that is missing


class Group(NamedTuple):
    """A row group of a parquet file, and the rows of the register that it holds."""

    file: str
    about: pq.FileMetaData  # read once: a file is opened for every group and column
    number: int
    rows: slice


class Columns:
    """The columns of parquet files, row for row in the order of the files."""

    def __init__(self, files: Sequence[str]) -> None:
        self.groups: list[Group] = []
        self.rows = 0
        for file in files:
            about = pq.read_metadata(file)
            for number in range(about.num_row_groups):
                end = self.rows + about.row_group(number).num_rows
                self.groups.append(Group(file, about, number, slice(self.rows, end)))
                self.rows = end
        self._days: dict[str, np.ndarray] = {}
        self._texts: dict[str, tuple[np.ndarray, pa.Array] | None] = {}

    def days(self, name: str) -> np.ndarray:
        """Return a date as days since 1970, ``NEVER`` where it is missing."""
        if name not in self._days:
            found = np.empty(self.rows, dtype="int32")

            def fill(group: Group) -> None:
                found[group.rows] = _read(group, [name])[name].cast("int32").fill_null(NEVER).to_numpy()

            _done(map_ordered(fill, self.groups))
            self._days[name] = found
        return self._days[name]

    def texts(self, name: str) -> tuple[np.ndarray, pa.Array] | None:
        """Return a text as numbers in the order of code points, the one after the last where it is missing, and the texts.

        ``None`` for a column of too many different texts.
        """
        if name not in self._texts:
            self._texts[name] = self._numbered(name)
        return self._texts[name]

    def _numbered(self, name: str) -> tuple[np.ndarray, pa.Array] | None:
        parts = []
        for read in map_ordered(lambda group: _read(group, [name])[name].combine_chunks(), self.groups):
            parts.append(read)
            if len(read.dictionary) > MOST_TEXTS:
                return None
        seen = pc.unique(pa.chunked_array([part.dictionary for part in parts], pa.string())).drop_null()
        if len(seen) > MOST_TEXTS:
            return None
        texts = seen.take(pc.sort_indices(seen))
        found = np.empty(self.rows, dtype=np.min_scalar_type(len(texts)))

        def fill(job: tuple[Group, pa.DictionaryArray]) -> None:
            group, part = job
            own = np.append(pc.index_in(part.dictionary, value_set=texts).to_numpy(), len(texts)).astype(found.dtype)
            # "clip": else numpy writes to a copy first
            own.take(part.indices.fill_null(len(own) - 1).to_numpy(), out=found[group.rows], mode="clip")

        _done(map_ordered(fill, zip(self.groups, parts, strict=True)))
        return found, texts

    def amounts(self, group: Group, names: Sequence[str]) -> dict[str, np.ndarray]:
        """Return amounts of a group in yuan, NaN where missing; these are not kept."""
        read = _read(group, names) if names else {}
        return {name: read[name].to_numpy() for name in names}


def _done(jobs: Iterator[None]) -> None:
    """Wait until every job is done; an error of one is raised here."""
    for _ in jobs:
        pass


def _read(group: Group, names: Sequence[str]) -> pa.Table:
    read = pq.ParquetFile(
        group.file, metadata=group.about, read_dictionary=list(names), page_checksum_verification=True
    )
    return read.read_row_group(group.number, columns=list(names), use_threads=False)
