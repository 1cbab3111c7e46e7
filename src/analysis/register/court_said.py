"""The court of rows that name none, once all rows are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd


def with_court_said(cases: ir.Table, said: str | None, mapping: pd.DataFrame) -> ir.Table:
    """Return the case table with the court that was said for rows that name none, where no row names another.

    Where some row does, whose the others are is not known, and they stay of no court; but a file without a column of courts
    (``mapping``), of which no case number tells another court either, is of the court said.
    """
    if said is None:
        return cases
    named = cases.select("source_file", "court").distinct().to_pandas()
    blank = named["court"].isna()
    others = set(named.loc[~blank & (named["court"] != said), "source_file"])
    files = set(named.loc[blank, "source_file"])
    if others:
        files -= others | files_with_courts(mapping)
    if not files:
        return cases
    is_own = cases.court.isnull() & cases.source_file.isin(sorted(files))
    return cases.mutate(court=is_own.ifelse(said, cases.court))


def files_with_courts(mapping: pd.DataFrame) -> set[str]:
    """Return the files that have a column of courts; of frames, which come from no file, there are none."""
    if mapping.empty:
        return set()
    return set(mapping.loc[(mapping["column"] == "court") & (mapping["status"] == "mapped"), "file"])
