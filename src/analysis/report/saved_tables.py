"""Tables that a user saves: result tables and own ones as an Excel workbook, as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.files.destinations import must_take_workbook, write_file
from analysis.files.source import PathGiven
from analysis.report.formats.excel import tables_workbook
from analysis.vocabulary.errors import ArgumentError, OutputError, must_differ
from analysis.vocabulary.tables import made_heading
from analysis.vocabulary.text import Text

SHEET, ROW = Text("表", "Table"), Text("行", "Row")
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$|^(?i:history)$")
LONGEST_SHEET_NAME = 31  # of Excel
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576 - 3, 16_384, 32_767  # of Excel, below title, note and headings
FIRST_YEAR = 1900  # of Excel's days


def to_excel(tables: Mapping[str, pd.DataFrame] | pd.DataFrame, path: PathGiven) -> Path:
    """Save tables as a workbook with headings, codes and units in the language spoken, numbers as numbers.

    Rates stand in percent, days as days, a missing value is a blank cell; what a table says of itself (``attrs["notes"]``) stands above it.
    An index with a name or of words becomes columns. No cell is a formula.

    Parameters
    ----------
    tables : DataFrame or mapping
        One table of any library, or tables by the name of their sheet.
    path : path
        The workbook to write (.xlsx); one that is there is replaced.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    ArgumentError
        A name that Excel does not take for a sheet, or twice the same.
    OutputError
        The file cannot be written; what stood there stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pd.DataFrame({"filed": [3], "share": [0.5], "basis": ["civil"]})
    ...     pd.read_excel(to_excel({"收结": table}, Path(folder, "表.xlsx")), header=2, engine="openpyxl").to_dict("records")
    [{'新收': 3, '占比（%）': 50, '执行依据': '民事'}]
    """
    named = {str(SHEET): tables} if isinstance(tables, pd.DataFrame) else {str(k): t for k, t in tables.items()}
    _must_be_sheets(named)
    must_take_workbook(path)
    write_file(path, tables_workbook({name: _in_cells(_flat(table)) for name, table in named.items()}))
    return Path(path)


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table without an index, its columns called by texts: levels that have names or hold words are columns."""
    flat, names = table.copy(), table.index.names
    flat.columns = pd.Index([made_heading(name, table.columns.names) or str(name) for name in table.columns])
    must_differ(flat.columns)
    if names != [None] or not pd.api.types.is_integer_dtype(table.index):
        own = [f"{ROW}{place or ''}" if name is None else str(name) for place, name in enumerate(names)]
        flat = flat.reset_index(names=[f"{ROW}（{name}）" if name in flat else name for name in own])
    flat.attrs = table.attrs
    return flat


def _in_cells(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose values a cell of Excel can hold."""
    must_differ(table.columns)
    if len(table) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        raise OutputError(
            f"表有{len(table):,}行、{len(table.columns):,}列，Excel 的一张工作表放不下（{MOST_ROWS:,}行、{MOST_COLUMNS:,}列）。请分开写，或存成 csv、parquet。",
            f"the table has {len(table):,} rows and {len(table.columns):,} columns, more than a sheet of Excel ({MOST_ROWS:,} by {MOST_COLUMNS:,}): "
            "write it in parts, or as csv or parquet.",
        )
    held = table.copy()
    for name, values in table.items():
        kind = values.dtype.kind
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            held[name] = values.dt.tz_localize(None)
        elif (
            isinstance(values.dtype, pd.ArrowDtype)
            or kind not in "biufM"
            or (kind == "M" and (values.dt.year < FIRST_YEAR).any())
        ):
            held[name] = values.astype(object).map(_in_a_cell, na_action="ignore")
    return held


def _in_a_cell(value: Any) -> Any:
    """A value as a cell holds it: numbers, yes and no, texts and days as such, anything else (a Period, a list) as text."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else f"{value[: LONGEST_TEXT - 1]}…"
    if isinstance(value, date):
        return (
            pd.Timestamp(value).tz_localize(None) if value.year >= FIRST_YEAR else str(value).removesuffix(" 00:00:00")
        )
    if isinstance(value, Real | Decimal | bool | np.bool_):
        return value
    return str(value)


def _must_be_sheets(tables: Mapping[str, pd.DataFrame]) -> None:
    if not tables:
        raise ArgumentError("没有给出要写的表。", "no table is given to be written.")
    wrong = [name for name in tables if not 0 < len(name) <= LONGEST_SHEET_NAME or NO_SHEET_NAME.search(name)]
    if wrong or len({name.lower() for name in tables}) < len(tables):
        shown = "、".join(wrong or tables)
        raise ArgumentError(
            f"工作表名不可用：{shown}。应为1–{LONGEST_SHEET_NAME}个字符，不含 [ ] : * ? / \\，各表不同名。",
            f"not the names of sheets: {shown}. They have 1 to {LONGEST_SHEET_NAME} characters without [ ] : * ? / \\, each its own.",
        )
