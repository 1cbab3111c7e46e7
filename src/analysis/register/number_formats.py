"""Cells of a register that say another number, or a day, than is stored in them: which columns, and how many."""

from __future__ import annotations

from collections import Counter
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


def formats_of(context: SheetContext, block: Block, kept: pa.Table) -> Counter[tuple[str, str]]:
    """Count the cells of usable rows that are read as their number format shows them, or as days though they are numbers, by column."""
    names = {cell.position: name for name, cell in context.layout.positions.items()}
    numbers, rows = block.numbers, kept["source_row"].to_numpy()
    usable = set(rows.tolist()) if block.formats else set()
    counted = Counter(
        (names[column], by)
        for place, column, by in block.formats
        if column in names and block.first_row + place in usable
    )
    for name, bare in _serials(context.layout, block).items():
        read = rows[np.asarray(pc.is_valid(kept[name]))]
        if number := int(np.isin(numbers[bare], read).sum()):
            counted[name, DAY_NUMBER] += number
    return counted


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
