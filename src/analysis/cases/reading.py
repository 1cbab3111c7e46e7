"""Reading a register as it arrives: every file, every sheet, every row accounted for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.bodies import NEEDED, UNREADABLE_COLUMNS, Place, row_kind, sort_out
from analysis.cases.columns import TABLES, columns, to_arrow
from analysis.cases.corrections import Corrections
from analysis.cases.files import Block, PathGiven, Sheet, Source, find_files, open_source, sheets_of
from analysis.cases.headers import Layout, bare, find_layout, table_hint
from analysis.cases.storage import Storage, on_engine
from analysis.cases.table import Cases
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.periods import day

ABOUT_FILE = "register.toml"
ENGINES = ("duckdb",)
MAPPING_COLUMNS = ["table", "column", "header", "file", "sheet", "unit", "status"]
QUARANTINE_COLUMNS = ["file", "sheet", "row", "table", "field", "reason", "values"]
SKIPPED_COLUMNS = ["file", "sheet", "kind", "rows"]
INPUT_COLUMNS = ["file", "sha256", "bytes", "rows", "kept", "quarantined", "skipped"]


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

    Formats: xlsx, xls, ods, csv/tsv (UTF-8, GB18030, UTF-16), parquet, DuckDB. Title rows, two-row headers, merged
    cells and totals are understood; ``rows = kept + quarantined + skipped`` in ``cases.inputs``, always.

    Parameters
    ----------
    path : path or several
        Sheets are told apart as cases, petitions, coercive measures and aid by their headers and names.
    as_of : date
        The day to which the register is known. A folder's ``register.toml`` may say it (``as_of``, ``synthetic``,
        ``court``, ``pseudonym_key``).
    columns : mapping or path of a TOML file
        Header → column for headers that are not known (or column → header); by table, or for all tables.
    corrections : path
        The workbook of ``cases.export_findings`` as a clerk hands it back; ``cases.corrections`` says what was applied.
    court : str
        The court of rows that name none.
    key_file : path
        A file that holds the key of the officers' pseudonyms (its bytes, trimmed); else ``register.toml`` may hold one.
    engine : str or Ibis backend
        ``"duckdb"`` or a connected Ibis backend to hold the tables.

    Raises
    ------
    InputError
        No such file, an unreadable or changing file, no header understood, a needed column absent.
    ArgumentError
        ``as_of`` neither given nor said by the register.
    """
    found = find_files(path)
    about = _about(path)
    known_to = _as_of(as_of, about)
    own = _own_columns(columns)
    sources = _open_all(found)
    account = Account(Storage(sum(source.bytes for source in sources)), Corrections(corrections))
    for source in sources:
        _read_source(source, account, own, court or about.get("court"))
    _must_have_cases(account)
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
        pseudonym_key=_key(key_file, about),
    )


def _about(path: Any) -> dict[str, Any]:
    """What a folder's ``register.toml`` says of the register."""
    if not isinstance(path, (str, PathLike)) or not Path(path).is_dir():
        return {}
    file = Path(path) / ABOUT_FILE
    return _toml(file) if file.is_file() else {}


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"文件 {file.name} 不是可读的 TOML：{error}。请检查该文件。",
            f"{file.name} is not readable TOML: {error}. Check it.",
        ) from error


def _key(key_file: PathGiven | None, about: Mapping[str, Any]) -> bytes | None:
    if key_file is None:
        return str(about["pseudonym_key"]).encode() if "pseudonym_key" in about else None
    try:
        key = Path(key_file).read_bytes().strip()
    except OSError as error:
        raise InputError(
            f"密钥文件 {Path(key_file).name} 读不了：{error.strerror or error}。请检查路径和权限。",
            f"The key file {Path(key_file).name} cannot be read: {error.strerror or error}. Check path and permission.",
        ) from error
    if not key:
        raise InputError(f"密钥文件 {Path(key_file).name} 是空的。", f"The key file {Path(key_file).name} is empty.")
    return key


def _as_of(as_of: Any, about: Mapping[str, Any]) -> pd.Timestamp:
    said = about.get("as_of") if as_of is None else as_of
    if said is None:
        raise ArgumentError(
            '没有给出 as_of（台账截止日）：请写明，如 as_of="2011-12-31"，或在台账文件夹的 register.toml 中写 as_of。',
            'as_of, the day to which the register is known, is missing: give it, as in as_of="2011-12-31", '
            "or write as_of into register.toml in the register's folder.",
        )
    return day(said, "as_of", last=True)


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


def _own_columns(given: Any) -> dict[str, dict[str, str]]:
    """The user's own names by table: bare header → column."""
    if given is None:
        return {}
    if isinstance(given, (str, PathLike)):
        file = Path(given)
        if not file.is_file():
            raise InputError(f"找不到列名对照文件 {file}。", f"The column mapping file {file} was not found.")
        given = _toml(file)
    own: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    for key, value in given.items():
        if isinstance(value, Mapping) and key in TABLES:
            for header, column in value.items():
                _add_own(own, (key,), header, column)
        else:
            _add_own(own, TABLES, key, value)
    return own


def _add_own(own: dict[str, dict[str, str]], tables: Iterable[str], header: Any, column: Any) -> None:
    tables = [t for t in tables if column in columns(t)]
    if not tables:  # the other way round: column → header
        header, column = column, header
        tables = [t for t in own if column in columns(t)]
    if not tables:
        raise ArgumentError.not_one_of("columns", header, columns("cases"))
    for table in tables:
        own[table][bare(header)] = column


def _read_source(source: Source, account: Account, own: dict[str, dict[str, str]], court: str | None) -> None:
    total = {"rows": 0, "kept": 0, "quarantined": 0, "skipped": 0}
    for sheet in sheets_of(source):
        counts = _read_sheet(source, sheet, account, own, court)
        total = {name: total[name] + counts.get(name, 0) for name in total}
    account.inputs.append({"file": source.name, "sha256": source.sha256, "bytes": source.bytes, **total})


def _read_sheet(
    source: Source, sheet: Sheet, account: Account, own: dict[str, dict[str, str]], court: str | None
) -> dict[str, int]:
    blocks = iter(sheet.blocks)
    first = next(blocks, None)
    layout = None if first is None or sheet.hidden else _layout(source, sheet, first, own)
    everything: Iterator[Block] = chain([first] if first else [], blocks)
    if layout is None:
        kind = "hidden" if sheet.hidden else "note"
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
    account.read.add(layout.table)
    return counts


def _layout(source: Source, sheet: Sheet, first: Block, own: dict[str, dict[str, str]]) -> Layout | None:
    hint = table_hint(sheet.name, source.name)
    if sheet.header is not None:
        layout = find_layout([sheet.header], hint=hint, own=own)
        return None if layout is None else Layout(layout.table, (), layout.cells)
    top = [[column.iloc[i] for column in first.columns] for i in range(min(len(first), 60))]
    return find_layout(top, hint=hint, own=own, merged=sheet.merged)


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
        yield ("header" if i in layout.header_rows else row_kind(None, cells, i + 1)), 1


def _record_mapping(source: Source, sheet: Sheet, layout: Layout, account: Account) -> None:
    """What each header was taken for, and which columns the sheet does not have."""
    kinds = columns(layout.table)
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
    missing = [n for n in NEEDED[layout.table] if n not in layout.positions]
    if missing:
        where = source.name + (f" / {sheet.name}" if sheet.name else "")
        wanted = [f"{kinds[name].text.zh}（{name}）" for name in missing]
        raise InputError.missing_columns(where, wanted, [cell.header for cell in layout.cells if cell.header])


def _must_have_cases(account: Account) -> None:
    if "cases" not in account.read:
        raise InputError(
            "没有找到案件表：没有一张表的表头含有“案号”和“立案日期”。请检查文件，或用 columns= 指明列名。",
            "No table of cases was found: no header holds a case number and a filing date. Check the files, or name the "
            "columns with columns=.",
        )
