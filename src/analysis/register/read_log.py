"""The log of reading: what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import INPUT_COLUMNS
from analysis.register.headers import NAME_THEM
from analysis.register.repeats import RowsMet
from analysis.register.rows import UNREADABLE_COLUMNS
from analysis.register.stated_totals import TOTAL_COLUMNS
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    from analysis.register.corrections import Corrections

LOGGED = {
    "mapping": ["table", "column", "header", "file", "sheet", "unit", "status"],
    "quarantine": ["file", "sheet", "row", "table", "field", "reason", "values"],
    "skipped": ["file", "sheet", "kind", "rows"],
    "skipped_rows": ["file", "sheet", "row", "kind", "held"],
    "unreadable": UNREADABLE_COLUMNS,
    "totals": TOTAL_COLUMNS,
    "taken_as_zero": ["file", "column", "cells"],
    "number_formats": ["table", "file", "column", "shown_in", "cells"],
    "hidden": ["table", "file", "sheet", "column", "row", "rows"],
}
SHOWN_FILES = 5  # of those that hold no cases


@dataclass
class ReadLog:
    """Rows read, kept, quarantined and skipped, and how headers were understood; ``storage`` takes the rows kept."""

    storage: Any
    corrections: Corrections
    met: RowsMet = field(default_factory=RowsMet)  # the cases of all sheets so far
    inputs: list[dict[str, Any]] = field(default_factory=list)
    mapping: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[pd.DataFrame] = field(default_factory=list)  # by block: a dictionary a row takes thrice the memory
    totals: list[dict[str, Any]] = field(default_factory=list)
    skipped_rows: list[pd.DataFrame] = field(default_factory=list)
    skipped: dict[tuple[str, str, str], int] = field(default_factory=dict)
    zeros: dict[tuple[str, str], int] = field(default_factory=dict)
    formats: Counter[tuple[str, ...]] = field(default_factory=Counter)
    hidden: list[dict[str, Any]] = field(default_factory=list)
    unreadable: list[pd.DataFrame] = field(default_factory=list)
    characters: int = 0  # of all that was set aside or is no case
    read: set[str] = field(default_factory=set)
    not_understood: dict[str, list[InputError]] = field(default_factory=dict)  # by file
    file_names: dict[str, str] = field(default_factory=dict)  # of files that are recorded by a number: as they are
    headings: dict[str, str] = field(default_factory=dict)  # of those that are recorded by their place, the same
    headers: dict[str, str] = field(default_factory=dict)  # every header met: bare → as written
    passed: Callable[[int], None] = lambda _: None  # told of every so many bytes of a source that were read

    def skip(self, file: str, sheet: str, kind: str, rows: int) -> None:
        """Count rows that are no cases."""
        if rows:
            self.skipped[file, sheet, kind] = self.skipped.get((file, sheet, kind), 0) + rows

    def take_as_zero(self, file: str, column: str, cells: int) -> None:
        """Count blank amounts of closed cases that were taken as 0."""
        self.zeros[file, column] = self.zeros.get((file, column), 0) + cells

    def count_formats(self, table: str, file: str, cells: Mapping[tuple[str, str], int]) -> None:
        """Count cells whose number format changed their reading, by column and what they are shown in."""
        self.formats.update({(table, file, *key): number for key, number in cells.items()})

    def set_aside(self, rows: list[dict[str, Any]]) -> None:
        """Note rows that cannot be used."""
        if rows:
            self.quarantine.append(pd.DataFrame(rows, columns=LOGGED["quarantine"]))
            self.characters += sum(len(row["values"]) for row in rows)

    def list_skipped(self, rows: list[dict[str, Any]]) -> None:
        """Note rows that are no cases, each with what it holds."""
        if rows:
            self.skipped_rows.append(pd.DataFrame(rows, columns=LOGGED["skipped_rows"]))
            self.characters += sum(len(row["held"]) for row in rows)

    def set_cells_aside(self, cells: pd.DataFrame) -> None:
        """Note cells that cannot be read."""
        if len(cells):
            self.unreadable.append(cells)
            self.characters += sum(map(len, cells["value"]))

    def tables(self) -> dict[str, Any]:
        """Return mapping, quarantine, skipped rows, unreadable cells and stated totals as tables."""
        return {
            "mapping": pd.DataFrame(self.mapping, columns=LOGGED["mapping"]),
            "totals": pd.DataFrame(self.totals, columns=LOGGED["totals"]),
            "quarantine": self._together("quarantine"),
            "skipped": pd.DataFrame([(*k, n) for k, n in self.skipped.items()], columns=LOGGED["skipped"]),
            "skipped_rows": self._together("skipped_rows"),
            "taken_as_zero": pd.DataFrame([(*k, n) for k, n in self.zeros.items()], columns=LOGGED["taken_as_zero"]),
            "number_formats": pd.DataFrame(
                [(*k, n) for k, n in self.formats.items()], columns=LOGGED["number_formats"]
            ),
            "hidden": pd.DataFrame(self.hidden, columns=LOGGED["hidden"]).astype({"row": "Int64", "rows": "Int64"}),
            "unreadable": self._together("unreadable"),
        }

    def _together(self, name: str) -> pd.DataFrame:
        parts = getattr(self, name)
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=LOGGED[name])

    def input_table(self) -> pd.DataFrame:
        """Return each file with its checksum and how many of its rows were kept, quarantined and skipped."""
        return pd.DataFrame(self.inputs, columns=INPUT_COLUMNS)


def no_cases(files: Sequence[str]) -> InputError:
    """Return the error for input without a table of cases."""
    names, more = list(files[:SHOWN_FILES]), len(files) > SHOWN_FILES
    return InputError(
        f"没有找到案件表：{'、'.join(names)}{' 等文件' if more else ''}中没有一张表的表头含有“案号”和“立案日期”。请检查文件，"
        f"或{NAME_THEM.zh}。",
        f"No table of cases was found in {', '.join(names)}{' …' if more else ''}: no header holds a case number and a filing "
        f"date. Check the files, or {NAME_THEM.en}.",
    )


def raise_all(errors: Sequence[InputError]) -> None:
    """Raise all errors as one, if there are any; it came of the first that came of something, as memory that ran out."""
    if errors:
        cause = next((e.__cause__ for e in errors if e.__cause__), None)
        raise InputError("\n".join(e.text.zh for e in errors), "\n".join(e.text.en for e in errors)) from cause
