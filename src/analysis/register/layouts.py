"""The layout of a sheet, its header and the meaning of its columns, found once from its first rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.files.cell_text import plain, written
from analysis.files.source import cannot_be_read
from analysis.register.case_numbers import parse_case_number
from analysis.register.cells import is_blank
from analysis.register.headers import HeaderCell, Layout, bare, find_layout, reads_as_header, said_unit, table_hint
from analysis.register.rows import NEEDED
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.files.blocks import Sheet
    from analysis.files.source import Source
    from analysis.register.settings import OwnColumns

TABLE_WIDTH, TABLE_ROWS = 3, 2  # so many rows of so many cells are a table, not notes
IN_ANOTHER_SHEET = Text(
    "各件的这一栏若在另一张表中（如立案、结案各一张），请按案号把两张并成一张，每件一行。",
    " Where another sheet holds it for the same cases (as one of filings beside one of closings), join the two by case number, a row a case.",
)
SHOWN_HEADERS, SHOWN_HEADER = 30, 40  # how much of an unknown header a message shows


def layout_of(source: Source, sheet: Sheet, top: Sequence[Sequence[Any]], own: OwnColumns) -> Layout | None:
    """Return the layout of a sheet with these first rows; ``None`` where no header is known."""
    hint = table_hint(sheet.name, source.name)
    if sheet.header is None:
        layout = find_layout(top, hint=hint, own=own, merged=sheet.merged)
    elif layout := find_layout([sheet.header], hint=hint, own=own):
        layout = Layout(layout.table, (), layout.cells)
    return None if layout is None else _filled_ones(layout, top)


def _filled_ones(layout: Layout, top: Sequence[Sequence[Any]]) -> Layout:
    """The layout, a column read from the filled one of two of its meaning where that of the nearer name is empty."""
    cells = list(layout.cells)
    for cell, other in layout.alike:
        if cells[cell.position].column and _is_empty(cell, layout, top) and not _is_empty(other, layout, top):
            cells[cell.position] = replace(cell, column="", also=cell.column)
            cells[other.position] = replace(other, column=other.also, also="")
    return replace(layout, cells=tuple(cells))


def _is_empty(cell: HeaderCell, layout: Layout, top: Sequence[Sequence[Any]]) -> bool:
    """Return whether the first rows below the header say nothing in a column."""
    body = top[layout.header_rows[-1] + 1 if layout.header_rows else 0 :]
    return all(is_blank(row[cell.position]) for row in body if cell.position < len(row))


def missing_columns(place: str, table: str, missing: Sequence[str], shown: list[str]) -> InputError:
    """Return the error for columns that a sheet lacks, in the language of its headers, as they are shown, so that the nearest is found."""
    english = all(header.isascii() for header in shown) and shown
    names = [name if english else columns(table)[name].text.zh for name in missing]
    error = InputError.missing_columns(place, names, shown, told_by_columns=True)
    if table != "cases" or "case_no" in missing:
        return error
    said = error.text + IN_ANOTHER_SHEET
    return InputError(said.zh, said.en)


def place_name(source: Source, sheet: Sheet) -> str:
    """Return the name of a file and its sheet as messages show it."""
    return source.name + (f" / {sheet.name}" if sheet.name else "")


def looks_like_table(top: Sequence[Sequence[Any]]) -> bool:
    """Return whether a sheet without a known header holds a table, not some notes."""
    return sum(1 for cells in top if sum(1 for cell in cells if plain(cell)) >= TABLE_WIDTH) >= TABLE_ROWS


def likeliest_header(top: Sequence[Sequence[Any]]) -> list[str]:
    """Return the row that says most in words, as a message shows it: what may be a person's is counted, not shown."""
    texts = [[written(cell).strip() for cell in cells] for cells in top]
    fullest = max(texts, key=lambda cells: sum(1 for text in cells if text and not text[0].isdecimal()), default=[])
    shown = [text[:SHOWN_HEADER] if reads_as_header(text) else f"[{i}]" for i, text in enumerate(fullest, 1) if text]
    return shown[:SHOWN_HEADERS]


def numbered_rows(top: Sequence[Sequence[Any]]) -> list[int]:
    """Return which of the first rows of a sheet hold a case number in a cell of its own."""
    return [place for place, cells in enumerate(top) if any(parse_case_number(written(cell)) for cell in cells)]


def must_have_header(source: Source, sheet: Sheet, top: Sequence[Sequence[Any]]) -> None:
    """Raise ``InputError`` for a sheet of cases without a header, as a page that goes on below the sheet before: its cases would be left out."""
    numbered = numbered_rows(top)
    above = top[: numbered[0]] if numbered else ()
    if len(numbered) < TABLE_ROWS or any(sum(1 for cell in cells if plain(cell)) >= TABLE_WIDTH for cells in above):
        return
    raise cannot_be_read(
        place_name(source, sheet),
        "表中有案号，却没有表头（像是接着上一张表的续页）：不读会漏掉这些案件。请把表头抄到这张表的第一行；不是台账的，请隐藏或删去这张表。",
        "it holds case numbers under no header (as a page that goes on from the sheet before): left out, its cases would be missing. Copy the "
        "header into its first row; hide or delete the sheet where it is no part of the register.",
    )


def must_hold_no_case(source: Source, sheet: Sheet, layout: Layout, top: Sequence[Sequence[Any]]) -> None:
    """Raise ``InputError`` where a row of the header holds a case number in a cell of its own: a case without a line end before it."""
    header = [top[row] for row in layout.header_rows]
    if numbered := numbered_rows(header):
        row = layout.header_rows[numbered[0]] + 1
        raise cannot_be_read(
            place_name(source, sheet),
            f"第{row}行是表头，行中却有案号：像是表头后缺了换行，接着的案件会漏读。请检查这一行，或重新导出。",
            f"row {row} is the header and holds a case number: a line end after the header seems to be missing, and the case that follows "
            "would be left out. Look at that row, or export the file again.",
        )


def must_be_one_table(source: Source, sheet: Sheet, layout: Layout, top: Sequence[Sequence[Any]]) -> None:
    """Raise ``InputError`` where all that a row needs stands twice under the same headers, both times over cells: two tables side by side."""
    again = {
        c.column
        for c, other in layout.alike
        if bare(c.as_written) == bare(other.as_written) and not _is_empty(other, layout, top)
    }
    needed = [layout.positions[n] for n in NEEDED[layout.table] if n in layout.positions]
    if len(needed) > 1 and all(cell.column in again for cell in needed):
        raise cannot_be_read(
            place_name(source, sheet),
            f"{'、'.join(cell.as_written for cell in needed)}各有两列：两张表并排，右边的会漏读。请上下放置，或分放在两个工作表中。",
            f"{', '.join(cell.as_written for cell in needed)} stand twice each: two tables side by side, of which the right one would be "
            "left out. Put one below the other, or into another sheet.",
        )


def must_have_unit(source: Source, sheet: Sheet, layout: Layout, row: int, text: str) -> None:
    """Raise ``InputError`` where a note below the cases gives a unit of money to columns that were read as 元, for want of one above them."""
    unit = said_unit(text)
    if unit in ("", "元"):
        return
    kinds = columns(layout.table)
    if unsaid := [c.header for name, c in layout.positions.items() if kinds[name].kind == "money" and not c.unit]:
        raise cannot_be_read(
            place_name(source, sheet),
            f"第{row}行说金额以{unit}计，表头和标题却没有写明单位（{'、'.join(unsaid)}）。请把单位写进表头，如“{unsaid[0]}（{unit}）”。",
            f"row {row} says that amounts are in {unit}, but neither header nor title gives a unit ({', '.join(unsaid)}). Write it into the "
            f"header, as {unsaid[0]} ({unit}).",
        )
