"""The sources of a register: rows kept, quarantined and skipped, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.coverage import named
from analysis.vocabulary.columns import TABLES
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

COUNTS = ("kept", "quarantined", "skipped")
KEYS = ["file", "sheet"]
HIDDEN = "#"  # begins the name of a file or sheet that could be somebody's, and is all of it where not even the number is told
GROUPS, MOST = ("officer", "team"), 0.5
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


def places_tell(cases: Any) -> list[str]:
    """Return which of file and sheet tell whose a case is, so that outside no row has a place, no file or sheet a number of rows; mostly none.

    They do where one of several sheets or files of a table is named by a number, as it could be an officer's, or most hold one officer's or
    one team's cases alone.
    """
    telling: list[str] = cases.once("places tell", lambda: _places_tell(cases), of_whole=True)
    return telling


def _places_tell(cases: Any) -> list[str]:
    tables = _tables(cases)
    read = sources(tables, cases.quarantine, cases.skipped, cases.mapping, list(cases.inputs["file"]))
    held, whole = read[read[["kept", "quarantined"]].sum(axis=1) > 0], tables["cases"]
    each = whole.group_by(file=whole.source_file, sheet=whole.source_sheet)
    of_each = each.aggregate(**{name: whole[name].nunique() for name in GROUPS}).to_pandas()
    named = whole.aggregate(**{name: whole[name].nunique() for name in GROUPS}).to_pandas().iloc[0]
    if any(len(own) > 1 and _is_numbered(own).any() for _, own in held.groupby("table")) or any(
        len(of_each) > 1 and named[name] > 1 and (of_each[name] == 1).mean() > MOST for name in GROUPS
    ):
        return [name for name in KEYS if max(held[name].nunique(), of_each[name].nunique()) > 1]
    return []


def _is_numbered(places: pd.DataFrame) -> pd.Series:
    return places["file"].str.startswith(HIDDEN) | places["sheet"].str.startswith(HIDDEN)


def without_places(cases: Any, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as they are told outside: of a register whose places tell whose a case is, without file or sheet and the number of the row."""
    telling = places_tell(cases)
    if not telling or rows.empty:
        return rows
    of_a_row = rows["row"].notna() | (rows["case_no"].notna() if "case_no" in rows else False)
    hidden = {name: rows[name].astype(object).mask(of_a_row, HIDDEN) for name in telling}
    return rows.assign(**hidden, row=rows["row"].astype("Int64").mask(of_a_row))


def without_files(cases: Any, counted: pd.DataFrame, number: str) -> pd.DataFrame:
    """Numbers by file as they are told outside: of a register whose files tell whose a case is, of all files together."""
    if counted.empty or "file" not in places_tell(cases):
        return counted
    by = [name for name in counted if name != number]
    return counted.assign(file=HIDDEN).groupby(by, sort=False)[number].sum().reset_index()


def between_rows(cases: Any, rows: pd.DataFrame) -> pd.Series:
    """Return which rows of sheets stand between rows of a register: how far subtotals are apart tells how many cases each officer has.

    Not rows that repeat one above (``kind``): they are of cases, and tell of none but these.
    """
    held = cases.once(
        "first and last rows", lambda: pd.concat(list(map(_ends, _tables(cases).values()))), of_whole=True
    )
    ends = held.groupby(KEYS).agg({"first": "min", "last": "max"})
    here = ends.reindex(pd.MultiIndex.from_frame(rows[KEYS].astype(object)))
    number = rows["row"].astype("Float64").to_numpy(float, na_value=float("nan"))
    between = pd.Series((number > here["first"].to_numpy()) & (number < here["last"].to_numpy()), index=rows.index)
    return between & (rows["kind"] != "repeated") if "kind" in rows else between


def displayed(cases: Any, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table of how a register was read as a notebook displays it: without places that tell whose cases stand there, and how many."""
    if telling := places_tell(cases):
        return table.drop(columns=[c for c in (*telling, "row", "rows", "bytes", "cells", *COUNTS) if c in table])
    if name in ("skipped_rows", "totals"):
        return table.assign(row=table["row"].astype("Int64").mask(between_rows(cases, table)))
    return table


def _ends(rows: ir.Table) -> pd.DataFrame:
    groups = rows.filter(rows.source_row.notnull()).group_by(file=rows.source_file, sheet=rows.source_sheet)
    return groups.aggregate(first=rows.source_row.min(), last=rows.source_row.max()).to_pandas()


def _tables(cases: Any) -> dict[str, ir.Table]:
    """The tables of the whole register."""
    own = {name: cases.entire if name == "cases" else getattr(cases, name) for name in TABLES}
    return own | dict(cases.whole_sides)


def joined(sources: pd.DataFrame, mapping: pd.DataFrame, *, counted: bool = True) -> Text:
    """Say which sheets were put below one another, how many cases each gave, and which columns one has and another not; empty for one sheet."""
    sheets = case_sheets(sources)
    if len(sheets) < 2:
        return Text("", "")
    shown = listed(
        Text(f"{at} {number:,}件", f"{at} {number:,}") if counted else Text(at, at)
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
