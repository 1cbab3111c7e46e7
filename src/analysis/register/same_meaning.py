"""Two columns of one meaning in a sheet: where they agree either will do, where they do not it is a question to the court."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from analysis.files.blocks import series
from analysis.files.source import cannot_be_read
from analysis.register.case_numbers import parse_case_number
from analysis.register.cells import is_blank, parse
from analysis.register.headers import UNITS, HeaderCell, bare
from analysis.register.rows import NEEDED
from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.files.blocks import Block
    from analysis.register.rows import SheetContext

NUMBERED_ONES = Text("（表头相同，自左至右编号）", " (equal headers, numbered from left to right)")
OF_NUMBERS = ("case_no", "original_case_no")


def must_agree(context: SheetContext, block: Block) -> None:
    """Raise ``InputError`` for a row of which a column says one thing, and another of the same meaning what it does not say."""
    width = block.table.num_columns
    for cell, other in context.layout.alike:
        if max(cell.position, other.position) >= width:
            continue
        ours, theirs = _values(context, block, cell, cell.column), _values(context, block, other, cell.column)
        apart = _are_rows(context, block) & theirs.notna() & ~(ours == theirs).fillna(False).astype(bool)
        if not apart.any():
            continue
        name, row = columns(context.layout.table)[cell.column].text, int(block.numbers[apart.to_numpy().argmax()])
        numbers = NUMBERED_ONES if bare(cell.as_written) == bare(other.as_written) else Text("", "")
        key = json.dumps(cell.header, ensure_ascii=False)
        raise cannot_be_read(
            context.file + (f" / {context.sheet.name}" if context.sheet.name else ""),
            f"“{cell.header}”和“{other.header}”{numbers.zh}都是{name.zh}，而第{row}行两处所填不同，不知以哪一列为准。"
            f'请在本院说明文件的 [columns] 下写明，如 {key} = "{name.zh}"，或删去一列。',
            f'"{cell.header}" and "{other.header}"{numbers.en} both mean {name.en}, and in row {row} they differ, so it cannot be told which one '
            f'holds. Say so under [columns] of the court\'s file, as {key} = "{cell.column}", or delete one of the two.',
        )


def _are_rows(context: SheetContext, block: Block) -> pd.Series:
    """Mark the rows that hold what a row needs: no totals and no notes."""
    there = pd.Series(True, index=range(block.table.num_rows))
    for name in NEEDED[context.layout.table]:
        cell = context.layout.positions.get(name)
        if cell is not None and cell.position < block.table.num_columns:
            there &= ~series(block.table.column(cell.position)).map(is_blank).astype(bool)
    return there


def _values(context: SheetContext, block: Block, cell: HeaderCell, name: str) -> pd.Series:
    """What the cells under a header say of a column; missing where they are blank or say nothing that the column holds."""
    kind = columns(context.layout.table)[name].kind
    unit, words = UNITS.get(cell.unit, 1.0), context.words.get(name)
    raw = series(block.table.column(cell.position))
    read = parse(raw, kind, name=name, unit=unit, date_system=context.sheet.date_system, words=words).values
    if kind == "code":
        return read.where(read != "other")
    if name in OF_NUMBERS:
        return read.where(read.map(lambda number: parse_case_number(number) is not None))
    return read
