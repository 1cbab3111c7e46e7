"""The rows of an export below its header, by column: what each cell says, which say nothing, and which rows are cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.files.blocks import block_of, series
from analysis.files.cell_text import plain, written
from analysis.register.case_numbers import quotes_case_number
from analysis.register.cells import each_once, is_blank, is_day_cell, read_boolean, read_date
from analysis.register.columnar_rows import PLAIN_CASE_NUMBER
from analysis.register.rows import is_remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.files.blocks import Block

SURELY_FILLED = r"[0-9]|\p{Han}{3}"  # no word that stands for a blank has a figure or three characters
FIGURE = r"[\p{Nd}\p{No}]"


@dataclass(frozen=True, eq=False)
class ExportRows:
    """Rows of an export: their ``numbers``, the cells of each column as they are and as texts, and which of these say something."""

    numbers: np.ndarray
    cells: tuple[pa.Array, ...]
    texts: tuple[pa.Array, ...]
    filled: tuple[np.ndarray, ...]

    def where(self, kept: np.ndarray) -> ExportRows:
        """Return some of the rows."""
        if kept.all():
            return self
        mask = pa.array(kept)
        cells, texts = (tuple(column.filter(mask) for column in part) for part in (self.cells, self.texts))
        return ExportRows(self.numbers[kept], cells, texts, tuple(column[kept] for column in self.filled))

    def days(self, at: int) -> np.ndarray:
        """The days of a column as timestamps; ``None`` where a cell holds none."""
        return each_once(series(self.cells[at]), _day)

    def answered(self, at: int) -> int:
        """How many cells of a column of yes and no answer; 无 is an answer there, and no blank."""
        answers = each_once(series(self.cells[at]), lambda cell: read_boolean(cell) is not None)
        return int(np.equal(answers, True).sum())

    def has_figure(self, at: int) -> np.ndarray:
        """Which cells of a column hold a figure, as the number of a case does."""
        return np.asarray(pc.match_substring_regex(self.texts[at], FIGURE))

    def without_remarks(self, number: int | None) -> ExportRows:
        """The rows without totals and notes; ``number`` is the column of case numbers."""
        sure = np.zeros(len(self.numbers), dtype=bool)
        if number is not None:
            sure = np.asarray(pc.match_substring_regex(self.texts[number], PLAIN_CASE_NUMBER))
        kept = sure.copy()
        for row in np.flatnonzero(~sure):
            said = [column[row].as_py() for column in self.texts]
            is_number = number is not None and quotes_case_number(said[number])
            kept[row] = is_number or not is_remark([plain(text) for text in said])
        return self.where(kept)


def rows_below(block: Block, header: int, width: int) -> ExportRows:
    """Return the rows of a block below the row of the header, each ``width`` cells wide.

    >>> rows = rows_below(block_of([["案号", "到位"], ["（2023）黑0882执1号", "—"], ["合计", "3"]], 1), 1, 2)
    >>> rows.numbers.tolist(), [column.tolist() for column in rows.filled], rows.without_remarks(0).numbers.tolist()
    ([2, 3], [[True, True], [False, True]], [2])
    """
    numbers, table = block.numbers, block.table
    if block.ragged:
        every, cells = zip(*block.rows(), strict=True)
        numbers, table = np.array(every), block_of(cells, block.first_row).table
    below = table.filter(pa.array(numbers > header))
    blank = pa.nulls(below.num_rows, pa.string())
    columns = [below.column(i).combine_chunks() if i < below.num_columns else blank for i in range(width)]
    texts = tuple(map(_texts, columns))
    return ExportRows(numbers[numbers > header], tuple(columns), texts, tuple(map(_filled, texts)))


def _texts(cells: pa.Array) -> pa.Array:
    if pa.types.is_string(cells.type) and not pc.any(pc.starts_with(cells, "=")).as_py():
        return pc.utf8_trim_whitespace(pc.fill_null(cells, ""))
    return pa.array([written(cell).strip() for cell in series(cells)], pa.string())


def _filled(texts: pa.Array) -> np.ndarray:
    sure = pc.match_substring_regex(texts, SURELY_FILLED)
    doubtful: Sequence[str] = texts.filter(pc.invert(sure)).unique().to_pylist()
    blank = pa.array([text for text in doubtful if is_blank(text)], pa.string())
    return ~np.asarray(pc.is_in(texts, blank))


def _day(cell: Any) -> pd.Timestamp | None:
    return pd.Timestamp(read_date(cell)) if is_day_cell(cell) else None
