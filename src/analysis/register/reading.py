"""Reading a register as it arrives: every file, every sheet, every row accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.columns import columns, to_arrow
from analysis.cases.storage import Storage, on_engine
from analysis.cases.table import INPUT_COLUMNS, Cases
from analysis.files.sheets import sheets_of
from analysis.files.source import Block, PathGiven, Sheet, Source, cannot_be_read, find_files, open_source
from analysis.register.cells import plain, written
from analysis.register.corrections import Corrections
from analysis.register.headers import SOUGHT_IN, Layout, bare, find_layout, reads_as_header, table_hint
from analysis.register.number_links import use_one_writing
from analysis.register.rows import NEEDED, UNREADABLE_COLUMNS, Place, row_kind, sort_out
from analysis.register.settings import OwnColumns, about_register, last_day, must_be_met, own_columns, pseudonym_key
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import Text, in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

MAPPING_COLUMNS = ["table", "column", "header", "file", "sheet", "unit", "status"]
QUARANTINE_COLUMNS = ["file", "sheet", "row", "table", "field", "reason", "values"]
SKIPPED_COLUMNS = ["file", "sheet", "kind", "rows"]
TABLE_WIDTH, TABLE_ROWS = 3, 2  # so many rows of so many cells are a table, not notes
MOST_SET_ASIDE = 500_000  # rows in quarantine, and cells unread: each is kept as Python objects of some kilobytes
SHOWN_HEADERS, SHOWN_HEADER = 30, 40  # how much of an unknown header a message shows
UNREADABLE_CELLS = Text("日期或金额读不出", "dates or amounts that cannot be read")
SHOWN_FILES = 5  # of those that hold no cases


def no_cases(files: Sequence[str]) -> InputError:
    """What is said where none of the files holds a table of cases."""
    names, more = list(files[:SHOWN_FILES]), len(files) > SHOWN_FILES
    return InputError(
        f"没有找到案件表：{'、'.join(names)}{' 等文件' if more else ''}中没有一张表的表头含有“案号”和“立案日期”。请检查文件，"
        "或用 columns= 指明列名。",
        f"No table of cases was found in {', '.join(names)}{' …' if more else ''}: no header holds a case number and a filing "
        "date. Check the files, or name the columns with columns=.",
    )


@dataclass
class Account:
    """What became of every row that was met."""

    storage: Storage
    corrections: Corrections
    inputs: list[dict[str, Any]] = field(default_factory=list)
    mapping: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    skipped: dict[tuple[str, str, str], int] = field(default_factory=dict)
    unreadable: list[pd.DataFrame] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    not_understood: dict[str, list[InputError]] = field(default_factory=dict)  # by file
    headers: dict[str, str] = field(default_factory=dict)  # every header met: bare → as written
    passed: Callable[[int], None] = lambda _: None  # told of every so many bytes of a source that were read

    def skip(self, file: str, sheet: str, kind: str, rows: int) -> None:
        """Count rows that are no cases."""
        if rows:
            self.skipped[file, sheet, kind] = self.skipped.get((file, sheet, kind), 0) + rows


def read_cases(
    path: PathGiven | Iterable[PathGiven],
    *,
    as_of: Any = None,
    columns: Mapping[str, Any] | PathGiven | None = None,
    corrections: PathGiven | None = None,
    court: str | None = None,
    key_file: PathGiven | None = None,
    engine: Any = "duckdb",
) -> Cases:
    """Read a register from a file, a folder, a glob pattern or several of these, and account for every row.

    Formats: xlsx, xls (web pages and XML of that name too), ods, csv/tsv (UTF-8, GB18030, UTF-16), parquet, DuckDB. Title
    rows, two-row headers, merged cells and totals are understood; ``rows = kept + quarantined + skipped`` in ``cases.inputs``, always.

    Parameters
    ----------
    path : path or several
        Sheets are told apart as cases, petitions, coercive measures and aid by their headers and names.
    as_of : date
        The day to which the register is known. A folder's ``register.toml`` may say it (``as_of``, ``synthetic``,
        ``court``, ``pseudonym_key``, ``definitions``, ``scheme``).
    columns : mapping or path of a TOML file
        Header → column for headers that are not known (or column → header); by table, or for all tables.
    corrections : path
        The workbook of ``cases.export_findings`` as a clerk hands it back; ``cases.corrections`` says what was applied.
    court : str
        The court of rows that name none.
    key_file : path
        A file that holds the key of the officers' pseudonyms (its bytes, trimmed); else ``register.toml`` may hold one.
    engine : str or Ibis backend
        ``"duckdb"``, ``"spark"`` or a connected Ibis backend to hold the tables. A folder that ``ingest`` wrote is
        scanned where it is, on any of them; what ``ingest`` was told of columns, courts and corrections holds.

    Raises
    ------
    InputError
        No such file, an unreadable or changing file, no header understood, a needed column absent.
    ArgumentError
        ``as_of`` neither given nor said by the register.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "台账.csv")
    ...     lines = ["案号,立案日期,结案日期", "（2011）执字第1号,2011-01-04,2011-03-01", "（2011）执字第2号,2011-02-30,", "合计,2,1"]
    ...     _ = file.write_text("\\n".join(lines), encoding="utf-8")
    ...     cases = read_cases(file, as_of="2011-12-31")
    >>> cases.inputs[["rows", "kept", "quarantined", "skipped"]].values.tolist()  # the header and the total are skipped
    [[4, 1, 1, 2]]
    >>> cases.quarantine[["row", "field"]].values.tolist()  # 30 February
    [[3, 'filed_on']]
    """
    from analysis.register.ingest import ingested_cases, is_ingested

    if is_ingested(path):
        return ingested_cases(path, as_of=as_of, key_file=key_file, engine=engine)
    found = find_files(path)
    about = about_register(path)
    known_to = last_day(as_of, about)
    own = own_columns(columns)
    sources = _open_all(found)
    account = Account(Storage(sum(source.bytes for source in sources)), Corrections(corrections))
    _read_all(sources, account, own, court or about.get("court"))
    use_one_writing(account.storage)
    tables = account.storage.tables()
    if engine != "duckdb":
        tables = on_engine(tables, engine)
    return Cases(
        table=tables.pop("cases"),
        **tables,
        as_of=known_to,
        inputs=pd.DataFrame(account.inputs, columns=INPUT_COLUMNS),
        mapping=pd.DataFrame(account.mapping, columns=MAPPING_COLUMNS),
        quarantine=pd.DataFrame(account.quarantine, columns=QUARANTINE_COLUMNS),
        skipped=pd.DataFrame([(*k, n) for k, n in account.skipped.items()], columns=SKIPPED_COLUMNS),
        unreadable=(
            pd.concat(account.unreadable, ignore_index=True)[UNREADABLE_COLUMNS]
            if account.unreadable
            else pd.DataFrame(columns=UNREADABLE_COLUMNS)
        ),
        corrections=account.corrections.outcome,
        synthetic=bool(about.get("synthetic", False)),
        pseudonym_key=pseudonym_key(key_file, about),
        definitions=about.get("definitions"),
        scheme=about.get("scheme"),
    )


def _open_all(found: Iterable[tuple[Path, str]]) -> list[Source]:
    """Every file opened and told by content; all that cannot be are named in one error."""
    sources, errors = [], []
    for path, name in found:
        try:
            sources.append(open_source(path, name))
        except InputError as error:
            errors.append(error)
    _raise_all(errors)
    return sources


def _raise_all(errors: list[InputError]) -> None:
    if errors:
        raise InputError("\n".join(e.text.zh for e in errors), "\n".join(e.text.en for e in errors))


def _read_all(sources: Sequence[Source], account: Account, own: OwnColumns, court: str | None) -> None:
    """Read every source; what is wrong with any of them is said at once."""
    errors = []
    for source in sources:
        try:
            _read_source(source, account, own, court)
        except InputError as error:  # all problems at once
            errors.append(error)
    if not errors and "cases" not in account.read:
        errors = [error for found in account.not_understood.values() for error in found] or [
            no_cases([source.name for source in sources])
        ]
    _raise_all(errors)
    must_be_met(own, set(account.headers), account.headers.values())


def _read_source(source: Source, account: Account, own: OwnColumns, court: str | None) -> None:
    from analysis.register.columnar_reader import read_plainly

    if read_plainly(source, account, own, court):
        return
    total = {"rows": 0, "kept": 0, "quarantined": 0, "skipped": 0}
    understood = False
    for sheet in sheets_of(source):
        counts = _read_sheet(source, sheet, account, own, court)
        total = {name: total[name] + counts.get(name, 0) for name in total}
        understood |= "kept" in counts
    if not understood and source.name in account.not_understood:
        _raise_all(account.not_understood[source.name])  # a whole table would be passed over in silence
    account.inputs.append({"file": source.name, "sha256": source.sha256, "bytes": source.bytes, **total})


def _read_sheet(source: Source, sheet: Sheet, account: Account, own: OwnColumns, court: str | None) -> dict[str, int]:
    blocks = iter(sheet.blocks)
    first = next(blocks, None)
    layout = None if first is None or sheet.hidden else _layout(source, sheet, first, own)
    everything: Iterator[Block] = chain([first] if first else [], blocks)
    if layout is None:
        kind = "hidden" if sheet.hidden else "note"
        if first is not None and not sheet.hidden and (sheet.header or _looks_like_table(first)):
            kind = "unrecognised"
            present = sheet.header or _likeliest_header(first)
            error = _missing(source, sheet, "cases", NEEDED["cases"], present)
            account.not_understood.setdefault(source.name, []).append(error)
        rows = sum(len(block) for block in everything)
        account.skip(source.name, sheet.name, kind, rows)
        return {"rows": rows, "skipped": rows}
    _record_mapping(source, sheet, layout, account)
    place = Place(source.name, sheet, layout, court, account.corrections.of_sheet(source, sheet.name, layout.table))
    counts = {"rows": 0, "kept": 0, "quarantined": 0, "skipped": 0}
    for block in everything:
        counts["rows"] += len(block)
        body, above = _below_header(block, layout)
        for kind, rows in _above(above, layout):
            account.skip(source.name, sheet.name, kind, rows)
            counts["skipped"] += rows
        if body is None:
            continue
        sorted_out = sort_out(place, body)
        account.storage.add(layout.table, to_arrow(sorted_out.frame, layout.table))
        account.quarantine += sorted_out.quarantined
        if len(sorted_out.unreadable):
            account.unreadable.append(sorted_out.unreadable)
        for kind, rows in sorted_out.skipped.items():
            account.skip(source.name, sheet.name, kind, rows)
        counts["kept"] += len(sorted_out.frame)
        counts["quarantined"] += len(sorted_out.quarantined)
        counts["skipped"] += sum(sorted_out.skipped.values())
        _must_be_understood(source, account)
    account.read.add(layout.table)
    return counts


def _must_be_understood(source: Source, account: Account) -> None:
    """Stop where so much cannot be read that the layout must have been mistaken: its list would fill the memory."""
    if len(account.quarantine) + sum(map(len, account.unreadable)) > MOST_SET_ASIDE:
        last = account.quarantine[-1]["reason"] if account.quarantine else UNREADABLE_CELLS.cell
        zh, en = (in_language(last, language) for language in ("zh", "en"))
        raise cannot_be_read(
            source.name,
            f"读不出的行和单元格超过 {MOST_SET_ASIDE:,} 处（如：{zh}），多半是表头或格式认错了。请检查表头，或用 columns= 指明列名。",
            f"more than {MOST_SET_ASIDE:,} rows and cells cannot be read (as: {en}), so its header or a format was likely "
            "mistaken. Check the header, or name the columns with columns=.",
        )


def _layout(source: Source, sheet: Sheet, first: Block, own: OwnColumns) -> Layout | None:
    hint = table_hint(sheet.name, source.name)
    if sheet.header is not None:
        layout = find_layout([sheet.header], hint=hint, own=own)
        return None if layout is None else Layout(layout.table, (), layout.cells)
    top = [[column.iloc[i] for column in first.columns] for i in range(min(len(first), SOUGHT_IN))]
    if sheet.ragged:
        top = [_written_cells(cells) for cells in top]
    return find_layout(top, hint=hint, own=own, merged=sheet.merged)


def _written_cells(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] is None:
        cells = cells[:-1]
    return cells


def _below_header(block: Block, layout: Layout) -> tuple[Block | None, list[list[Any]]]:
    """A block parted at the header: what stands below, and the rows of title and header above."""
    if not layout.header_rows:
        return block, []
    cut = layout.header_rows[-1] + 1 - (block.first_row - 1)
    if cut <= 0:
        return block, []
    above = [[column.iloc[i] for column in block.columns] for i in range(min(cut, len(block)))]
    if cut >= len(block):
        return None, above
    return Block(block.first_row + cut, [column.iloc[cut:].reset_index(drop=True) for column in block.columns]), above


def _above(rows: list[list[Any]], layout: Layout) -> Iterator[tuple[str, int]]:
    for i, cells in enumerate(rows):
        yield ("header" if i in layout.header_rows else row_kind(None, [plain(v) for v in cells], i + 1)), 1


def _record_mapping(source: Source, sheet: Sheet, layout: Layout, account: Account) -> None:
    """What each header was taken for, and which columns the sheet does not have."""
    kinds = columns(layout.table)
    account.headers |= {bare(text): cell.header for cell in layout.cells for text in (cell.header, *cell.texts) if text}
    at = {"table": layout.table, "file": source.name, "sheet": sheet.name}
    for cell in layout.cells:
        if cell.column:
            unit = (cell.unit or "元") if kinds[cell.column].kind == "money" else ""
            account.mapping.append(
                {**at, "column": cell.column, "header": cell.header, "unit": unit, "status": "mapped"}
            )
        elif cell.header:
            account.mapping.append({**at, "column": "", "header": cell.header, "unit": "", "status": "ignored"})
    for name in kinds:
        if name not in layout.positions:
            derived = layout.table == "cases" and name == "case_type" and "case_no" in layout.positions
            header = layout.positions["case_no"].header if derived else ""
            status = "derived" if derived else "missing"
            account.mapping.append({**at, "column": name, "header": header, "unit": "", "status": status})
    passed_over = {bare(cell.header) for cell in layout.cells if not cell.column}
    needed = [layout.positions[n] for n in NEEDED[layout.table] if n in layout.positions]
    if len(needed) > 1 and all(bare(cell.header) in passed_over for cell in needed):
        raise cannot_be_read(
            source.name + (f" / {sheet.name}" if sheet.name else ""),
            f"{'、'.join(cell.header for cell in needed)}各有两列：两张表并排，右边的会漏读。请上下放置，或分放在两个工作表中。",
            f"{', '.join(cell.header for cell in needed)} stand twice: two tables side by side, of which the right one would be "
            "left out. Put one below the other, or into another sheet.",
        )
    missing = [n for n in NEEDED[layout.table] if n not in layout.positions]
    if missing:
        raise _missing(source, sheet, layout.table, missing, [cell.header for cell in layout.cells if cell.header])


def _missing(source: Source, sheet: Sheet, table: str, missing: Iterable[str], present: list[str]) -> InputError:
    """The columns that a sheet lacks, in the language of its own headers so that the nearest of them is found."""
    where = source.name + (f" / {sheet.name}" if sheet.name else "")
    english = all(header.isascii() for header in present) and present
    return InputError.missing_columns(where, [n if english else columns(table)[n].text.zh for n in missing], present)


def _looks_like_table(first: Block) -> bool:
    """Whether a sheet without a known header holds a table, not some notes."""
    width = [sum(1 for c in first.columns if plain(c.iloc[i])) for i in range(min(len(first), SOUGHT_IN))]
    return sum(1 for cells in width if cells >= TABLE_WIDTH) >= TABLE_ROWS


def _likeliest_header(first: Block) -> list[str]:
    """The row that says most in words among the first ones, as a message shows it: what may be a person's is counted, not shown."""
    top = [[written(c.iloc[i]).strip() for c in first.columns] for i in range(min(len(first), SOUGHT_IN))]
    fullest = max(top, key=lambda cells: sum(1 for text in cells if text and not text[0].isdecimal()), default=[])
    shown = [text[:SHOWN_HEADER] if reads_as_header(text) else f"[{i}]" for i, text in enumerate(fullest, 1) if text]
    return shown[:SHOWN_HEADERS]
