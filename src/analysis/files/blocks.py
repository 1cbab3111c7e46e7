"""A sheet as it is read: blocks of rows, a column of cells beside the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from analysis.files.cell_text import written
from analysis.files.number_formats import Shown

if TYPE_CHECKING:
    import pandas as pd

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, by row and column from 0


@dataclass(frozen=True)
class Block:
    """Rows of a sheet that follow each other: columns of text, or of the types that a column file gives them.

    ``first_row`` counts from 1 as a spreadsheet does. ``ragged`` holds the rows that have another number of cells than the
    others, by their place in the block; ``bytes`` is how much of the file the block took; ``formats`` are the cells whose
    number format changed what is read: place in the block, column, and what the format makes of the number.
    """

    first_row: int
    table: pa.Table
    ragged: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    bytes: int = 0
    formats: Sequence[tuple[int, int, str]] = ()

    def __len__(self) -> int:
        return self.table.num_rows + len(self.ragged)

    @property
    def numbers(self) -> np.ndarray:
        """The number of each row of ``table``."""
        numbers = np.arange(self.first_row, self.first_row + len(self))
        return np.delete(numbers, list(self.ragged)) if self.ragged else numbers

    def below(self, rows: int) -> Block:
        """Return the block without its first rows."""
        ragged = {place - rows: cells for place, cells in self.ragged.items() if place >= rows}
        gone = rows - (len(self.ragged) - len(ragged))
        formats = [(place - rows, column, by) for place, column, by in self.formats if place >= rows]
        return Block(self.first_row + rows, self.table.slice(gone), ragged, self.bytes, formats)

    def rows(self, most: int | None = None) -> list[tuple[int, list[Any]]]:
        """Return the first rows, or all: the number of each and its cells."""
        part = self.table.slice(0, most)
        cells = zip(*(series(column) for column in part.columns), strict=True)
        rows = [*zip(self.numbers[: part.num_rows].tolist(), map(list, cells), strict=True)]
        rows += [(self.first_row + place, list(row)) for place, row in self.ragged.items()]
        return sorted(rows, key=lambda row: row[0])[:most]


@dataclass(frozen=True)
class Sheet:
    """One table of a file; each block is read by calling it, in whatever thread, and the next may be asked for before that.

    ``header`` is given where the format itself knows the names. ``hidden`` is said of the whole sheet, ``hidden_rows`` (numbers, as a
    spreadsheet counts) and ``hidden_columns`` (from 0) of some of it, by a filter or by hand; these are read as all others are.
    """

    name: str
    blocks: Iterator[Callable[[], Block]]
    header: list[str] | None = None
    hidden: bool = False
    merged: Sequence[Range] = ()
    date_system: str = "1900"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the number of each row and its cells."""
        for block in self.blocks:
            yield from block().rows()


def block_of(rows: Sequence[Sequence[Any]], first_row: int, *, width: int | None = None, size: int = 0) -> Block:
    """Return rows of raw cells as a block of texts; short rows are filled up, or stand apart where a ``width`` is given."""
    ragged = {} if width is None else {i: cells for i, cells in enumerate(rows) if len(cells) != width}
    even = [cells for i, cells in enumerate(rows) if i not in ragged] if ragged else rows
    columns = list(zip_longest(*even)) or [(None,) * len(even)]
    texts = [_texts([written(cell) or None for cell in cells]) for cells in columns]
    formats = [
        (place, at, cell.by)
        for at, cells in enumerate(columns)
        for place, cell in enumerate(cells)
        if isinstance(cell, Shown)
    ]
    return Block(first_row, pa.table(texts, names=[str(i) for i in range(len(texts))]), ragged, size, formats)


def _texts(cells: list[str | None]) -> pa.Array:
    """The texts as ``pa.array`` would hold them, which loads pandas first: half of what it costs to start a reader."""
    made = pa.lib.StringBuilder()
    made.append_values(cells)
    return made.finish()


def series(column: pa.Array | pa.ChunkedArray) -> pd.Series:
    """Return a column of a block as raw cells."""
    import pandas as pd

    kind = column.type
    if pa.types.is_integer(kind):
        return pd.Series(column.to_pandas(integer_object_nulls=True))
    if pa.types.is_floating(kind):
        return column.to_pandas()
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("s"), safe=False).to_pandas()
    if pa.types.is_boolean(kind):
        return pd.Series([None if v is None else written(v) for v in column.to_pylist()], dtype=object)
    return pd.Series(column.to_pylist(), dtype=object)
