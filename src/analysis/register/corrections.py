"""A clerk's corrections: read from the workbook of findings that comes back, and put in place of the raw cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.privacy import safe_cell
from analysis.files.cell_text import plain, written
from analysis.files.sheets import sheets_of
from analysis.files.source import Source, find_files, open_source
from analysis.register.case_numbers import parse_case_number
from analysis.register.cells import (
    PLAIN_NUMBER,
    UNREADABLE,
    read_amount,
    read_boolean,
    read_date,
    read_days,
)
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike

# The id of the column in which a clerk writes, and the title rows above it that are passed over.
CORRECTED, SOUGHT_IN = "corrected", 10
KEYS = ["table", "file", "sheet", "row", "field", "case_no", CORRECTED]
CORRECTION_COLUMNS = ["file", "sheet", "row", "table", "case_no", "field", "value", CORRECTED, "status", "reason"]
LONGEST_ROW = 7  # digits of a row number
NO_SUCH_ROW = Text("现在的文件中没有这一行", "the present file has no such row")
ANOTHER_CASE = Text("文件已改动，该行已是另一案件", "the file has changed and the row holds another case")
UNREADABLE_CORRECTION = Text("更正值读不出", "the corrected value cannot be read")
READERS: dict[str, Callable[[Any], Any]] = {
    "date": read_date,
    "money": read_amount,
    "integer": read_days,
    "boolean": read_boolean,
}


def read_corrections(path: str | PathLike[str]) -> pd.DataFrame:
    """Read the corrections that a clerk entered: ``table, file, sheet, row, field, case_no, corrected, sha256``.

    Takes the workbook of ``export_findings`` as it comes back. Raises ``InputError`` where it is none, or where one cell
    is corrected in two ways; all of it at once.
    """
    found = find_files(path)
    sheets: list[pd.DataFrame] = []
    files = pd.DataFrame(columns=["file", "sha256"])
    for file, name in found:
        for sheet in sheets_of(open_source(file, name)):
            if (table := _table(sheet.rows())) is not None:
                if {"file", "row", "field", CORRECTED} <= set(table.columns):
                    sheets.append(table.reindex(columns=KEYS))
                elif {"file", "sha256"} <= set(table.columns):
                    files = table[["file", "sha256"]].drop_duplicates("file")
    if not sheets and not len(files):
        raise InputError(
            f"{Path(path).name} 不是问题清单：没有“更正值 corrected”一栏。请交回 export_findings 写出的工作簿。",
            f'{Path(path).name} is no workbook of findings: it has no column "corrected". Hand back what export_findings wrote.',
        )
    entries = pd.concat(sheets, ignore_index=True) if sheets else pd.DataFrame(columns=KEYS)
    for name in KEYS:
        entries[name] = [_as_typed(v) for v in entries[name]]
    entries = _each_cell(entries)
    for name in ("table", "field"):  # their word stands above their id
        entries[name] = entries[name].str.rpartition("\n")[2]
    entries = entries[entries[CORRECTED] != ""].merge(files, on="file", how="left")
    _must_be_sound(entries, Path(path).name)
    entries["row"] = pd.to_numeric(entries["row"]).astype("int64")
    return entries.drop_duplicates(subset=["file", "sheet", "row", "field"], ignore_index=True)


def _each_cell(entries: pd.DataFrame) -> pd.DataFrame:
    """One row a cell: a decision on equal cells names the rows and case numbers of all of them."""
    parted = entries.assign(row=entries["row"].str.split("、"), case_no=entries["case_no"].str.split("、"))
    alike = parted["row"].str.len() == parted["case_no"].str.len()
    parted.loc[~alike, "case_no"] = pd.Series([[""] * len(rows) for rows in parted["row"]], index=parted.index)[~alike]
    return parted.explode(["row", "case_no"], ignore_index=True)


def _as_typed(value: Any) -> str:
    """A cell as the clerk typed it, without the apostrophe that kept it from being a formula."""
    text = written(value).strip()
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def _table(rows: Iterable[tuple[int, list[Any]]]) -> pd.DataFrame | None:
    """The table of a sheet whose headings end in an id (title rows above are passed over)."""
    waiting = iter(rows)
    for _, cells in islice(waiting, SOUGHT_IN):
        names = [written(cell).strip().rpartition("\n")[2].strip() for cell in cells]
        if "file" in names and {"case_no", "sha256"} & set(names):  # the ids: English words above them are "file" too
            width = len(names)
            body = pd.DataFrame([(cells + [None] * width)[:width] for _, cells in waiting], columns=names, dtype=object)
            return body.loc[:, ~body.columns.duplicated() & (body.columns != "")]
    return None


def _must_be_sound(entries: pd.DataFrame, name: str) -> None:
    problems: list[Text] = []
    for entry in entries.to_dict(orient="records"):
        at = _place(*(entry[key] for key in ("file", "row", "field")))
        if entry["table"] not in TABLES or entry["field"] not in columns(entry["table"]):
            problems.append(Text(f"{at}：不是台账的列", f"{at}: not a column of the register"))
        elif not entry["row"].isdigit():
            problems.append(Text(f"{at}：没有行号，无从更正", f"{at}: no row number, nothing to correct"))
    cell = ["file", "sheet", "row", "field"]
    unlike = entries.groupby(cell)[CORRECTED].nunique()
    for file, _, row, named in unlike[unlike > 1].index:
        at = _place(file, row, named)
        problems.append(Text(f"{at}：同一单元格有两种更正", f"{at}: one cell is corrected in two ways"))
    if problems:
        raise InputError(
            f"{name} 中的更正有误：{'；'.join(p.zh for p in problems)}。",
            f"Corrections in {name} that cannot be used: {'; '.join(p.en for p in problems)}.",
        )


def _place(file: str, row: str, named: str) -> str:
    """Where a correction belongs, of what can be a file, a row and a column: a cell that was moved may hold a name.

    >>> _place("台账.xlsx", "12", "filed_on"), _place("王伟", "230882197001014412", "王伟")
    ('台账.xlsx 12 filed_on', '—')
    """
    known = any(named in columns(table) for table in TABLES)
    parts = [
        file if Path(file).suffix else "",
        row if len(row) <= LONGEST_ROW and row.isdigit() else "",
        named if known else "",
    ]
    return " ".join(part for part in parts if part) or "—"


def is_clearing(text: str) -> bool:
    """Return whether a correction empties its cell."""
    return plain(text) in {"清空", "(空)", "空", "clear", "empty"}


def is_deleting(text: str) -> bool:
    """Return whether a correction takes out its row.

    >>> is_deleting("删除"), is_deleting("2011-03-05")
    (True, False)
    """
    return plain(text) in {"删除", "删去", "删除本行", "删除整行", "delete"}


def _number(text: Any) -> str:
    number = parse_case_number(text)
    return plain(text) if number is None else number.canonical


@dataclass
class SheetCorrections:
    """The corrections of one sheet, by row; each is marked as it is applied or refused."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that are corrected."""
        return [entry["row"] for entry in self.entries]

    def apply(self, rows: np.ndarray, name: str, kind: str, raw: pd.Series, numbers: pd.Series) -> pd.Series:
        """Return the raw cells of a column with its corrections in place; ``numbers`` are the raw case numbers."""
        places = {row: i for i, row in enumerate(rows.tolist())} if self.entries else {}
        wanted = [(places[e["row"]], e) for e in self.entries if e["field"] == name and e["row"] in places]
        if not wanted:
            return raw
        changed = raw.astype(object).copy()
        for i, entry in wanted:
            entry["value"] = written(raw.iloc[i])
            reason = self._refusal(entry, kind, numbers.iloc[i])
            entry["status"], entry["reason"] = ("refused", reason.cell) if reason else ("applied", "")
            if not reason and not is_deleting(entry[CORRECTED]):
                changed.iloc[i] = _in_yuan(entry[CORRECTED], kind)
        return changed

    def deleted(self, rows: pd.Series) -> pd.Series:
        """Return which of the rows a clerk has taken out."""
        gone = {e["row"] for e in self.entries if e["status"] == "applied" and is_deleting(e[CORRECTED])}
        return rows.isin(gone)

    def _refusal(self, entry: dict[str, Any], kind: str, number: Any) -> Text | None:
        if not entry["same_file"] and (not entry["case_no"] or _number(entry["case_no"]) != _number(number)):
            return ANOTHER_CASE
        text = entry[CORRECTED]
        if not is_deleting(text) and not is_clearing(text) and kind in READERS and READERS[kind](text) is UNREADABLE:
            return UNREADABLE_CORRECTION
        return None


def _in_yuan(text: str, kind: str) -> Any:
    """A corrected cell; a bare number in a money column is 元, whatever the unit of the file's column."""
    if is_clearing(text):
        return None
    return f"{text}元" if kind == "money" and PLAIN_NUMBER.fullmatch(plain(text)) else text


class Corrections:
    """All corrections, handed out sheet by sheet and gathered again with what became of them."""

    def __init__(self, path: str | PathLike[str] | None) -> None:
        table = pd.DataFrame(columns=[*KEYS, "sha256"]) if path is None else read_corrections(path)
        self.entries: list[dict[str, Any]] = [
            {str(k): v for k, v in entry.items()}
            | {"value": "", "status": "refused", "reason": NO_SUCH_ROW.cell, "same_file": False}
            for entry in table.to_dict(orient="records")
        ]

    def of_sheet(self, source: Source, names: tuple[set[str], set[str]], table: str) -> SheetCorrections:
        """Return the corrections of one sheet of a file, by each of the ``names`` of either."""
        files, sheets = names
        here = [e for e in self.entries if e["file"] in files and e["sheet"] in sheets and e["table"] == table]
        for entry in here:
            entry["same_file"] = entry["sha256"] == source.sha256
        return SheetCorrections(here)

    @property
    def outcome(self) -> pd.DataFrame:
        """Each correction with the value before it, its status (applied, refused) and the reason of a refusal."""
        return pd.DataFrame(self.entries, columns=CORRECTION_COLUMNS)
