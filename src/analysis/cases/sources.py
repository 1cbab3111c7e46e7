"""The sources of a register: rows kept, quarantined and skipped, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.coverage import named
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

COUNTS = ("kept", "quarantined", "skipped")
KEYS = ["file", "sheet"]
SHOWN = 12  # sheets named in a sentence: a sheet a month of a year


def sources(
    tables: Mapping[str, ir.Table],
    quarantine: pd.DataFrame,
    skipped: pd.DataFrame,
    mapping: pd.DataFrame,
    files: Sequence[str],
) -> pd.DataFrame:
    """Count rows by file and sheet, in the order of ``files``: ``file, sheet, table, rows, kept, quarantined, skipped``; rows = kept + quarantined + skipped.

    ``table`` is what the sheet was taken for (cases, petitions, coercive_measures, aid), or empty for a sheet of notes.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.register.reading import read_cases
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "a.csv")
    ...     _ = file.write_text("案号,立案日期\\n（2011）富执字第1号,2011-01-04\\n（2011）富执字第2号,\\n", encoding="utf-8")
    ...     read_cases(file, as_of="2011-12-31").sources[["rows", "kept", "quarantined", "skipped"]].values.tolist()
    [[3, 1, 1, 1]]
    """
    parts = [_kept(rows) for rows in tables.values()]
    if len(quarantine):
        parts.append(quarantine.groupby(KEYS).size().reset_index(name="quarantined"))
    if len(skipped):
        parts.append(skipped.groupby(KEYS)["rows"].sum().reset_index(name="skipped"))
    met = pd.concat(parts, ignore_index=True).reindex(columns=[*KEYS, *COUNTS])
    table = met.groupby(KEYS, as_index=False)[list(COUNTS)].sum()
    table = table.astype(dict.fromkeys(COUNTS, "int64"))
    table["rows"] = table[list(COUNTS)].sum(axis=1)
    mapped = mapping.reindex(columns=[*KEYS, "table"]).itertuples(index=False)
    taken: dict[tuple[Any, Any], Any] = {(row.file, row.sheet): row.table for row in mapped}
    names = [taken.get(key, "") for key in zip(table["file"], table["sheet"], strict=True)]
    table["table"] = pd.Series(names, index=table.index, dtype=object)
    order = {name: i for i, name in enumerate(files)}
    table = table.assign(_at=table["file"].map(order)).sort_values(["_at", "sheet"], kind="stable", ignore_index=True)
    found = table[[*KEYS, "table", "rows", *COUNTS]]
    found.attrs["table"] = "sources"
    return found


def case_sheets(sources: pd.DataFrame) -> dict[str, int]:
    """Return the sheets, or files, that the cases were read from, with how many each gave."""
    held = sources[(sources["table"] == "cases") & (sources["kept"] > 0)]
    places = [" / ".join(filter(None, place)) for place in zip(held["file"], held["sheet"], strict=True)]
    return dict(zip(places, held["kept"].tolist(), strict=True))


def may_be_counted(sheets: Iterable[str]) -> bool:
    """Return whether it may be told how many cases each sheet has: not where one is named by a number, as it could be an officer's."""
    return not any("#" in place for place in sheets)


def joined(sources: pd.DataFrame, mapping: pd.DataFrame) -> Text:
    """Say which sheets were put below one another, how many cases each gave, and which columns one has and another not; empty for one sheet."""
    sheets = case_sheets(sources)
    if len(sheets) < 2:
        return Text("", "")
    shown = listed(
        Text(f"{at} {number:,}件", f"{at} {number:,}") if may_be_counted(sheets) else Text(at, at)
        for at, number in [*sheets.items()][:SHOWN]
    )
    more = Text("等", " …") if len(sheets) > SHOWN else Text("", "")
    said = Text(f"案件取自{len(sheets)}张表：", f"cases come from {len(sheets)} sheets: ") + shown + more
    main = mapping[(mapping["table"] == "cases") & (mapping["column"] != "")]
    has = main["status"].isin(["mapped", "derived"]).groupby([main["column"], main["file"], main["sheet"]]).any()
    part = [str(name) for name, of in has.groupby(level="column") if of.any() and not of.all()]
    if not part:
        return said
    columns = named(part)
    return said + Text(f"；不是每张都有{columns.zh}", f"; not all of them hold {columns.en}")


def _kept(rows: ir.Table) -> pd.DataFrame:
    rows = rows.filter(rows.source_file.notnull())
    return rows.group_by(file=rows.source_file, sheet=rows.source_sheet).aggregate(kept=rows.count()).to_pandas()
