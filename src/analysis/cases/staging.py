"""The rows of one source on their way into an ingested register: read in bounded memory, kept beside it until used."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases import reading
from analysis.cases.bodies import UNREADABLE_COLUMNS
from analysis.cases.columns import coded_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from analysis.cases.about import OwnColumns
    from analysis.cases.files import Source

TEXTS = ("mapping", "quarantine", "skipped", "unreadable")
COLUMNS = dict(
    zip(
        TEXTS,
        (reading.MAPPING_COLUMNS, reading.QUARANTINE_COLUMNS, reading.SKIPPED_COLUMNS, UNREADABLE_COLUMNS),
        strict=True,
    )
)


class Stage:
    """A folder that takes the canonical rows of one source; stands in for ``Storage``.

    ``cases-2011.arrows``, a file a table and year of filing, is a row of Arrow streams: each is whole, so that a file can
    be added to at any time, and holds the different texts of its rows.
    """

    def __init__(self, folder: Path, progress: Callable[[int], None] = lambda _: None) -> None:
        self.folder, self._progress = folder, progress

    def add(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table."""
        rows = rows.cast(coded_schema(table))
        for part, year in _by_year(rows) if table == "cases" else [(rows, None)]:
            if part.num_rows:
                path = self.folder / staged_name(table, year)
                with path.open("ab") as file, pa.ipc.new_stream(file, part.schema) as stream:
                    stream.write_table(part)
        self._progress(rows.num_rows)


def staged_name(table: str, year: int | None) -> str:
    """The file of a table's rows, or of the cases filed in a year."""
    return f"{table}.arrows" if year is None else f"{table}-{year}.arrows"


def _by_year(rows: pa.Table) -> list[tuple[pa.Table, int]]:
    years = pc.year(rows["filed_on"]).combine_chunks()
    different = np.unique(years.to_numpy()).tolist()
    return [(rows.filter(pc.equal(years, year)), year) for year in different]


def stage(
    source: Source,
    folder: Path,
    own: OwnColumns,
    *,
    court: str | None,
    corrections: Any,
    progress: Callable[[int], None],
    passed: Callable[[int], None],
) -> None:
    """Read a source into ``folder``: its rows and its account, or nothing at all if it is interrupted."""
    partial = folder.with_suffix(".tmp")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    account = reading.Account(Stage(partial, progress), corrections, passed=passed)  # type: ignore[arg-type]
    reading._read_source(source, account, own, court)
    _write_account(account, partial)
    partial.rename(folder)


def _write_account(account: reading.Account, folder: Path) -> None:
    frames = {
        "mapping": pd.DataFrame(account.mapping, columns=COLUMNS["mapping"]),
        "quarantine": pd.DataFrame(account.quarantine, columns=COLUMNS["quarantine"]),
        "skipped": pd.DataFrame([(*k, n) for k, n in account.skipped.items()], columns=COLUMNS["skipped"]),
        "unreadable": pd.concat([pd.DataFrame(columns=UNREADABLE_COLUMNS), *account.unreadable], ignore_index=True),
    }
    for name, frame in frames.items():
        if len(frame):
            frame.to_parquet(folder / f"about-{name}.parquet", index=False)
    not_understood = [e.text.en for errors in account.not_understood.values() for e in errors]
    about = {
        "inputs": account.inputs,
        "read": sorted(account.read),
        "not_understood": not_understood,
        "headers": account.headers,
    }
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
