"""One source on its way into a register, whatever its format: columns where cells are plain, row by row where one is in doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.as_hidden import hidden_of
from analysis.cases.columns import coded_schema, to_arrow
from analysis.files.blocks import Block, series
from analysis.files.cell_text import plain
from analysis.files.sheets import sheets_of
from analysis.files.source import cannot_be_read
from analysis.files.threads import map_ordered
from analysis.register import columnar_rows
from analysis.register.file_names import heading_key, recorded_heading, shown_file, shown_heading, shown_sheet
from analysis.register.headers import NAME_THEM, SOUGHT_IN, Layout, bare
from analysis.register.layouts import (
    layout_of,
    likeliest_header,
    looks_like_table,
    missing_columns,
    must_be_one_table,
    must_have_header,
    must_have_unit,
    must_hold_no_case,
    numbered_rows,
    place_name,
)
from analysis.register.number_formats import columns_without_serials, formats_of
from analysis.register.read_log import raise_all
from analysis.register.repeats import row_hashes
from analysis.register.rows import NEEDED, CellRows, SheetContext, SortedRows, row_kind, skipped_row, sort_out
from analysis.register.same_meaning import must_agree
from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text, in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from analysis.files.blocks import Sheet
    from analysis.files.source import Source
    from analysis.register.read_log import ReadLog
    from analysis.register.settings import Settings

MOST_SET_ASIDE = 500_000  # rows in quarantine, and cells unread
MOST_CHARACTERS = 96 << 20  # of these and of rows that are no cases: a fifth of a million rows as usually filled
MOST_BEFORE_ROWS = 100_000  # of a sheet, as long as they are more than its usable rows
NO_CASES = Text("说明、表头、合计等行", "notes, headers, totals")
UNREADABLE_CELLS = Text("日期或金额读不出", "dates or amounts that cannot be read")
COUNTS = ("rows", "kept", "quarantined", "skipped")


def read_source(source: Source, log: ReadLog, settings: Settings) -> None:
    """Read every sheet of a source into the log and its storage.

    Raises ``InputError`` for a source that cannot be read, or of which no table was understood.
    """
    total: Counter[str] = Counter()
    understood = False
    own = _own_words(settings)
    shown = replace(source, name=recorded_name(source, settings))
    if shown.name != source.name:
        log.file_names[shown.name] = source.name
    for place, sheet in enumerate(sheets_of(source), 1):
        named = replace(sheet, name=shown_sheet(sheet.name, place, own))
        counts = _read_sheet(source, sheet, (shown, named), log, settings)
        understood |= "kept" in counts
        total.update(counts)
    if not understood and source.name in log.not_understood:
        raise_all(log.not_understood[source.name])  # a whole table would be passed over in silence
    numbers = {name: total[name] for name in COUNTS}
    log.inputs.append({"file": shown.name, "sha256": source.sha256, "bytes": source.bytes, **numbers})


def recorded_name(source: Source, settings: Settings) -> str:
    """The name of a source as its rows record it."""
    return shown_file(source.name, source.sha256, _own_words(settings))


def _own_words(settings: Settings) -> list[str]:
    return [settings.court or settings.about.get("court") or "", *settings.about.get("labels", ())]


def _read_sheet(
    source: Source, sheet: Sheet, recorded: tuple[Source, Sheet], log: ReadLog, settings: Settings
) -> dict[str, int]:
    """Read a sheet; errors name file and sheet as they are, what is ``recorded`` of them as they may be shown."""
    first = next(sheet.blocks, None)
    block = first() if first else _none_of(sheet)
    top = [cells for _, cells in block.rows(SOUGHT_IN)]
    layout = None if not (first or sheet.header) or sheet.hidden else layout_of(source, sheet, top, settings.columns)
    if layout is None:
        passed_over = chain([block], (read() for read in sheet.blocks))
        return _pass_over(source, sheet, recorded, passed_over, top, log)
    file, named = recorded
    must_hold_no_case(source, sheet, layout, top)
    must_be_one_table(source, sheet, layout, top)
    _record_mapping(source, sheet, recorded, layout, log, settings.columns.get(layout.table, {}))
    names = ({source.name, file.name}, {sheet.name, named.name})
    corrections = log.corrections.of_sheet(source, names, layout.table)
    no_serials = columns_without_serials(layout, block, sheet.date_system)
    context = SheetContext(file.name, named, layout, corrections, settings.words, settings.zero, no_serials)
    counts = dict.fromkeys(COUNTS, 0)
    unread = 0
    header = layout.header_rows[-1] + 1 if layout.header_rows else 0
    skipped = _skip_header(context, top[:header], log)
    hidden = list[int]()
    dictionary = columnar_rows.CellDictionary()
    blocks = chain([lambda: block.below(header)], sheet.blocks)
    for read in map_ordered(partial(_read_block, context, dictionary), blocks):
        rows = _each_once(context, read, log, skipped)
        log.storage.add(layout.table, rows.kept)
        for name, blank in rows.zeros.items():
            log.take_as_zero(file.name, name, int(blank.sum()))
        log.count_formats(layout.table, file.name, {key: len(numbers) for key, numbers in rows.formats.items()})
        counts["kept"] += rows.kept.num_rows
        if sheet.hidden_rows:
            hidden += sheet.hidden_rows.intersection(rows.kept["source_row"].to_pylist())
        if rows.others is not None:
            log.set_aside(rows.others.quarantined)
            counts["quarantined"] += len(rows.others.quarantined)
            skipped.update(rows.others.skipped)
            log.list_skipped(rows.others.skipped_rows)
            for listed in rows.others.skipped_rows:
                if listed["kind"] == "note":
                    must_have_unit(source, sheet, layout, listed["row"], listed["held"])
            log.totals += rows.others.totals
            log.set_cells_aside(rows.others.unreadable)
            unread += len(rows.others.unreadable)
        _must_be_understood(source, log, counts["quarantined"] + unread, counts["kept"] + skipped["repeated"])
        log.passed(rows.bytes)
        pa.default_memory_pool().release_unused()  # what blocks took; of a large file a twentieth of all that is held
    unseen = [name for name, cell in layout.positions.items() if cell.position in sheet.hidden_columns]
    log.hidden += hidden_of(layout.table, file.name, named.name, rows=hidden, columns=unseen)
    for kind, number in skipped.items():
        log.skip(file.name, named.name, kind, number)
    counts["skipped"] = skipped.total()
    log.read.add(layout.table)
    return counts | {"rows": sum(counts.values())}


def _skip_header(context: SheetContext, above: Sequence[Sequence[Any]], log: ReadLog) -> Counter[str]:
    """List the rows down to the header, and count them by kind."""
    skipped: Counter[str] = Counter()
    for i, cells in enumerate(above):
        kind = "header" if i in context.layout.header_rows else row_kind(None, [plain(cell) for cell in cells], i + 1)
        skipped[kind] += 1
        if kind != "empty":
            log.list_skipped([skipped_row(context.file, context.sheet.name, i + 1, kind, cells)])
    return skipped


def _each_once(context: SheetContext, rows: _BlockRows, log: ReadLog, skipped: Counter[str]) -> _BlockRows:
    """The rows without those that were read already, equal in all that is read: these are listed, as a case counts once."""
    if rows.hashes is None or not (again := log.met.again(rows.hashes)).any():
        return rows
    repeated, kept = rows.kept.filter(pa.array(again)), rows.kept.filter(pa.array(~again))
    numbers = repeated["source_row"].to_pylist()
    skipped["repeated"] += len(numbers)
    at = context.file, context.sheet.name
    each = zip(numbers, repeated["case_no"].to_pylist(), strict=True)
    log.list_skipped([skipped_row(*at, row, "repeated", [case_no]) for row, case_no in each])
    others = rows.others
    if others is not None and len(others.unreadable):
        others = replace(others, unreadable=others.unreadable[~others.unreadable["row"].isin(numbers)])
    zeros = {name: blank[~again] for name, blank in rows.zeros.items()}
    formats = {key: cells[~np.isin(cells, numbers)] for key, cells in rows.formats.items()}
    return rows._replace(kept=kept, zeros=zeros, formats=formats, others=others)


def _none_of(sheet: Sheet) -> Block:
    """A block without a row; a column file names its columns all the same."""
    names = [str(place) for place in range(len(sheet.header or ()))]
    return Block(1, pa.table({name: pa.array([], pa.string()) for name in names}))


def _pass_over(
    source: Source,
    sheet: Sheet,
    recorded: tuple[Source, Sheet],
    blocks: Iterator[Block],
    top: list[list[str | None]],
    log: ReadLog,
) -> dict[str, int]:
    """Skip a sheet without a known header; one that holds a table all the same is remembered."""
    kind = "hidden" if sheet.hidden else "note"
    if not sheet.hidden and top and (sheet.header or looks_like_table(top)):
        if not sheet.header:
            must_have_header(source, sheet, top)
        kind = "unrecognised"
        headings = [shown_heading(heading, place) for place, heading in enumerate(sheet.header or [], start=1)]
        error = missing_columns(place_name(source, sheet), "cases", NEEDED["cases"], headings or likeliest_header(top))
        if numbered_rows(top):
            raise error  # its cases would be passed over beside those of another sheet
        log.not_understood.setdefault(source.name, []).append(error)
    rows = sum(map(len, blocks))
    file, named = recorded
    log.skip(file.name, named.name, kind, rows)
    return {"rows": rows, "skipped": rows}


class _BlockRows(NamedTuple):
    """The rows of a block that are usable, what became of the others, and how much of the file they took."""

    kept: pa.Table
    zeros: dict[str, np.ndarray]  # in which rows a blank was taken as 0, by column
    hashes: np.ndarray | None  # of cases alone
    formats: dict[tuple[str, str], np.ndarray]  # in which rows a cell is read as its number format shows it
    others: SortedRows | None
    bytes: int


def _read_block(
    context: SheetContext, dictionary: columnar_rows.CellDictionary, read: Callable[[], Block]
) -> _BlockRows:
    block = read()
    must_agree(context, block)
    numbers = block.numbers
    plainly, doubt = columnar_rows.plain_rows(context, block.table, numbers, dictionary)
    doubt |= np.isin(numbers, context.corrections.rows)
    others = None
    if doubt.any() or block.ragged:
        others = sort_out(context, _in_doubt(block, numbers, doubt))
        table = context.layout.table
        kept = to_arrow(others.frame, table).cast(coded_schema(table))
        whole = pa.concat_tables([plainly.filter(pa.array(~doubt)), kept]).unify_dictionaries().combine_chunks()
        plainly = whole.take(pc.sort_indices(whole["source_row"]))
    with_zeros, zeros = _with_zeros(context, plainly, others)
    unread = others.unreadable if others else pd.DataFrame()
    place = f"{context.file}/{context.sheet.name}"
    hashes = None
    if context.layout.table == "cases":
        of_courts = "court" in context.layout.positions
        hashes = row_hashes(with_zeros if of_courts else with_zeros.drop_columns(["court"]), unread, place)
    return _BlockRows(with_zeros, zeros, hashes, formats_of(context, block, plainly), others, block.bytes)


def _with_zeros(
    context: SheetContext, rows: pa.Table, others: SortedRows | None
) -> tuple[pa.Table, dict[str, np.ndarray]]:
    """Take a blank amount of a closed case as 0 where the court said so; a cell that holds something unread is no blank."""
    zeros: dict[str, np.ndarray] = {}
    for name in context.zero if context.layout.table == "cases" else ():
        if name not in context.layout.positions:
            continue
        blank = pc.and_(pc.is_null(rows[name]), pc.is_valid(rows["closed_on"]))
        if others is not None and len(others.unreadable):
            unread = others.unreadable.loc[others.unreadable["column"] == name, "row"]
            blank = pc.and_(blank, pc.invert(pc.is_in(rows["source_row"], pa.array(unread, pa.int64()))))
        zeros[name] = np.asarray(blank)
        filled = pc.if_else(blank, pa.scalar(0.0), rows[name])
        rows = rows.set_column(rows.column_names.index(name), rows.schema.field(name), filled)
    return rows, zeros


def _in_doubt(block: Block, numbers: np.ndarray, doubt: np.ndarray) -> CellRows:
    """The rows in doubt as they were written, with those of another width among them."""
    part = block.table.filter(pa.array(doubt))
    if not block.ragged:
        return CellRows(numbers[doubt], [series(column) for column in part.columns])
    rows = dict(zip(numbers[doubt].tolist(), zip(*(series(c) for c in part.columns), strict=True), strict=True))
    rows |= {block.first_row + place: tuple(row) for place, row in block.ragged.items()}
    order = sorted(rows)
    cells = zip_longest(*(rows[number] for number in order))
    ragged = {block.first_row + place: len(row) for place, row in block.ragged.items()}
    return CellRows(np.array(order), [pd.Series(list(column), dtype=object) for column in cells], ragged)


def _must_be_understood(source: Source, log: ReadLog, set_aside: int, kept: int) -> None:
    """Stop where so much cannot be read, or more of a sheet than can, that the layout must have been mistaken: its list would fill the memory."""
    all_set_aside = sum(map(len, (*log.quarantine, *log.unreadable)))
    too_much = all_set_aside > MOST_SET_ASIDE or log.characters > MOST_CHARACTERS
    if too_much or set_aside > max(MOST_BEFORE_ROWS, kept):
        most = min(MOST_SET_ASIDE, MOST_BEFORE_ROWS, (all_set_aside or sum(map(len, log.skipped_rows))) - 1)
        last = (UNREADABLE_CELLS if log.unreadable else NO_CASES).cell
        last = log.quarantine[-1]["reason"].iloc[-1] if log.quarantine else last
        zh, en = (in_language(last, language) for language in ("zh", "en"))
        raise cannot_be_read(
            source.name,
            f"读不出的行和单元格超过{most:,}处（如：{zh}），多半是表头或格式认错了。请检查表头，或{NAME_THEM.zh}。",
            f"more than {most:,} rows and cells cannot be read (as: {en}), so its header or a format was likely "
            f"mistaken. Check the header, or {NAME_THEM.en}.",
        )


def _record_mapping(
    source: Source, sheet: Sheet, recorded: tuple[Source, Sheet], layout: Layout, log: ReadLog, own: Mapping[str, str]
) -> None:
    """Note what each header was taken for, and which columns the sheet does not have; raise where a needed one is absent.

    ``own`` are the user's own names.
    """
    kinds = columns(layout.table)
    log.headers |= {bare(text): cell.header for cell in layout.cells for text in (cell.header, *cell.texts) if text}
    file, named = recorded
    at = {"table": layout.table, "file": file.name, "sheet": named.name}
    headings = {cell: recorded_heading(cell.header, cell.position + 1, own) for cell in layout.cells if cell.header}
    log.headings |= {
        heading_key(file.name, named.name, heading): cell.header
        for cell, heading in headings.items()
        if heading != cell.header
    }
    for cell in layout.cells:
        if cell.column:
            unit = (cell.unit or "元") if kinds[cell.column].kind == "money" else ""
            status = "mapped"
        elif cell.header:
            unit, status = "", "ignored"
        else:
            continue
        log.mapping.append(
            {**at, "column": cell.column, "header": headings.get(cell, ""), "unit": unit, "status": status}
        )
    for name in kinds:
        if name not in layout.positions:
            derived = layout.table == "cases" and name == "case_type" and "case_no" in layout.positions
            header = headings.get(layout.positions["case_no"], "") if derived else ""
            status = "derived" if derived else "missing"
            log.mapping.append({**at, "column": name, "header": header, "unit": "", "status": status})
    missing = [n for n in NEEDED[layout.table] if n not in layout.positions]
    if missing:
        shown = [
            cell.header if cell.column else shown_heading(cell.header, cell.position + 1)
            for cell in layout.cells
            if cell.header
        ]
        raise missing_columns(place_name(source, sheet), layout.table, missing, shown)
