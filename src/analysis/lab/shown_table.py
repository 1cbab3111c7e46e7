"""A table of the explorer as the page shows it, with what stands above and below it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.vocabulary.tables import in_words
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import in_language

ROWS = 200  # of a table as it is shown; a workbook holds all


def as_shown(part: str, table: pd.DataFrame, opens: str | None = None) -> dict[str, Any]:
    """A table as the page shows it: texts by row, what each column sorts by, its notes, and how many rows there are."""
    table = table if isinstance(table.index, pd.RangeIndex) else table.reset_index()
    held = table.dropna(axis="columns", how="all")
    top = held.loc[:, ~(held == "").all()].head(ROWS)
    top.attrs = table.attrs
    said = in_words(top)
    return {
        "part": part, "caption": caption(table), "columns": [str(name) for name in said.columns], "rows": said.to_numpy().tolist(), "total": len(table),
        "numbers": [pd.api.types.is_numeric_dtype(top[name]) and not pd.api.types.is_bool_dtype(top[name]) for name in top],
        "notes": [in_language(str(note)) for note in table.attrs.get("notes", [])],
        "keys": [_sort_keys(top[name]) for name in top], "opens": opens in ("flow", "window", "officer"),
    }  # fmt: skip


def caption(table: pd.DataFrame) -> str:
    """What stands above a table; nothing above a list of cases, which has a heading of its own."""
    key = f"shown.{table.attrs.get('table')}"
    return str(terms().get(key, ""))


def _sort_keys(values: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return [None if pd.isna(value) else f"{value:%Y-%m-%d}" for value in values]
    if pd.api.types.is_numeric_dtype(values):
        return [None if pd.isna(value) else float(value) for value in values]
    return [None if pd.isna(value) else str(value) for value in values]
