"""Cells of a register that say another number, or a day, than is stored in them: which columns, and how many."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.as_formatted import DAY_NUMBER
from analysis.files.blocks import series
from analysis.register.cells import SERIAL, parse_dates
from analysis.vocabulary.columns import columns

if TYPE_CHECKING:
    from analysis.files.blocks import Block
    from analysis.register.headers import Layout
    from analysis.register.rows import SheetContext

BARE_SERIAL = rf"^\s*{SERIAL.pattern}\s*$"


def formats_of(context: SheetContext, block: Block, kept: pa.Table) -> dict[tuple[str, str], np.ndarray]:
    """Return in which usable rows a cell is read as its number format shows it, or as a day though it is a number, by column."""
    names = {cell.position: name for name, cell in context.layout.positions.items()}
    numbers, rows = block.numbers, kept["source_row"].to_numpy()
    usable = set(rows.tolist()) if block.formats else set()
    listed = defaultdict[tuple[str, str], list[int]](list)
    for place, column, by in block.formats:
        if column in names and block.first_row + place in usable:
            listed[names[column], by].append(block.first_row + place)
    found = {key: np.array(cells) for key, cells in listed.items()}
    for name, bare in _serials(context.layout, block).items():
        read = rows[np.asarray(pc.is_valid(kept[name]))]
        if len(of_days := np.intersect1d(numbers[bare], read)):
            found[name, DAY_NUMBER] = np.concatenate([found.get((name, DAY_NUMBER), of_days[:0]), of_days])
    return found


def columns_without_serials(layout: Layout, block: Block, date_system: str) -> frozenset[str]:
    """Return the columns of dates in which a bare number is no day: most of their other cells are no days either.

    They are told by the first rows of a sheet, so that one cell means the same in all of it.
    """
    found = set()
    for name, bare in _serials(layout, block).items():
        cells = series(block.table.column(layout.positions[name].position))[~bare]
        read = parse_dates(cells, date_system=date_system)
        if read.unreadable.sum() > read.values.notna().sum() + bare.sum():
            found.add(name)
    return frozenset(found)


def _serials(layout: Layout, block: Block) -> dict[str, np.ndarray]:
    """Which cells of each column of dates are bare numbers that may be days; columns without any are left out."""
    found = {}
    for name, cell in layout.positions.items():
        if columns(layout.table)[name].kind != "date" or cell.position >= block.table.num_columns:
            continue
        cells = block.table.column(cell.position)
        if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
            cells = cells.cast(pa.string())
        if (
            pa.types.is_string(cells.type)
            and (bare := np.asarray(pc.fill_null(pc.match_substring_regex(cells, BARE_SERIAL), False))).any()
        ):
            found[name] = bare
    return found
