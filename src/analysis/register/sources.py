"""Where the rows of a register came from, and what became of them: sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.columns import TABLES

if TYPE_CHECKING:
    from analysis.cases.table import Cases

COUNTS = ("kept", "quarantined", "skipped")
KEYS = ["file", "sheet"]


def sources(cases: Cases) -> pd.DataFrame:
    """Rows by file and sheet: ``file, sheet, table, rows, kept, quarantined, skipped``; rows = kept + quarantined + skipped.

    ``table`` is what the sheet was taken for (cases, petitions, coercive_measures, aid), or empty for a sheet of notes.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.register.reading import read_cases
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "a.csv")
    ...     _ = file.write_text("案号,立案日期\\n（2011）富执字第1号,2011-01-04\\n（2011）富执字第2号,\\n", encoding="utf-8")
    ...     sources(read_cases(file, as_of="2011-12-31"))[["rows", "kept", "quarantined", "skipped"]].values.tolist()
    [[3, 1, 1, 1]]
    """
    parts = [_kept(cases, table) for table in TABLES]
    if len(cases.quarantine):
        parts.append(cases.quarantine.groupby(KEYS).size().reset_index(name="quarantined"))
    if len(cases.skipped):
        parts.append(cases.skipped.groupby(KEYS)["rows"].sum().reset_index(name="skipped"))
    met = pd.concat(parts, ignore_index=True).reindex(columns=[*KEYS, *COUNTS])
    table = met.groupby(KEYS, as_index=False)[list(COUNTS)].sum()
    table = table.astype(dict.fromkeys(COUNTS, "int64"))
    table["rows"] = table[list(COUNTS)].sum(axis=1)
    mapped = cases.mapping.reindex(columns=[*KEYS, "table"]).itertuples(index=False)
    taken: dict[tuple[Any, Any], Any] = {(row.file, row.sheet): row.table for row in mapped}
    names = [taken.get(key, "") for key in zip(table["file"], table["sheet"], strict=True)]
    table["table"] = pd.Series(names, index=table.index, dtype=object)
    order = {name: i for i, name in enumerate(cases.inputs["file"])}
    table = table.assign(_at=table["file"].map(order)).sort_values(["_at", "sheet"], kind="stable", ignore_index=True)
    return table[[*KEYS, "table", "rows", *COUNTS]]


def _kept(cases: Cases, table: str) -> pd.DataFrame:
    rows = cases.table if table == "cases" else getattr(cases, table)
    rows = rows.filter(rows.source_file.notnull())
    return rows.group_by(file=rows.source_file, sheet=rows.source_sheet).aggregate(kept=rows.count()).to_pandas()
