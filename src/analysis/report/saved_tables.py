"""Tables that a user saves: result tables and own ones as an Excel workbook, as people read them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.files.destinations import must_take_workbook, write_file
from analysis.files.source import PathGiven
from analysis.report.formats.excel import tables_workbook
from analysis.vocabulary.errors import ArgumentError, OutputError, must_differ
from analysis.vocabulary.labels import is_known
from analysis.vocabulary.tables import column_name, is_summary, made_heading, said_of_rows, statistic
from analysis.vocabulary.text import Text, listed

SHEET, ROW = Text("表", "Table"), Text("行", "Row")
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$|^(?i:history)$")
LONGEST_SHEET_NAME = 31  # of Excel
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576 - 3, 16_384, 32_767  # of Excel, below title, note and headings
FIRST_YEAR, LAST_YEAR = 1900, 9999  # of Excel's days
MOST_EXACT = 10**15  # whole numbers of more digits, as those of names, lose some as numbers of Excel
DAYS = Text("天", "days")


def to_excel(tables: Mapping[str, pd.DataFrame] | pd.DataFrame, path: PathGiven) -> Path:
    """Save tables as a workbook with headings, codes and units in the language spoken, numbers as numbers.

    Rates stand in percent, days as days, a missing value is a blank cell; what a table says of itself (``attrs["notes"]``) stands above it.
    An index with a name or of words becomes columns, a span of time a number of days; a whole number of more than 15 digits is text, so that Excel
    keeps them all. No cell is a formula.

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
    flat.columns = pd.Index([made_heading(name, table.columns.names) or column_name(name) for name in table.columns])
    must_differ(flat.columns)
    if names != [None] or not pd.api.types.is_integer_dtype(table.index):
        own = [f"{ROW}{place or ''}" if name is None else str(name) for place, name in enumerate(names)]
        own = [f"{ROW}（{name}）" if name in flat else name for name in own]
        flat = flat.reset_index(names=own)
        for name in own if is_summary(table.index) else ():
            flat[name] = flat[name].map(statistic)
    flat.attrs = table.attrs | said_of_rows(table)
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
    spans = {str(name): [_days(value) for value in values] for name, values in table.items() if _lasts(values)}
    table = table.assign(**{name: pd.Series(days, table.index, dtype=float) for name, days in spans.items()})
    table = table.rename(columns={name: f"{name}（{DAYS}）" for name in spans if not is_known(name)})
    held = table.copy()
    for name, values in table.items():
        kind = values.dtype.kind
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            held[name] = values.dt.tz_localize(None)
        elif (
            isinstance(values.dtype, pd.ArrowDtype)
            or kind not in "biufM"
            or (kind == "M" and not values.dropna().dt.year.between(FIRST_YEAR, LAST_YEAR).all())
            or (kind in "iu" and (values.abs() >= MOST_EXACT).any())
        ):
            held[name] = values.astype(object).map(_in_a_cell, na_action="ignore")
    return held


def _in_a_cell(value: Any) -> Any:
    """A value as a cell holds it: numbers, yes and no, texts and days as such, anything else (a Period, a list) as text."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()  # half a character is none
        return value if len(value) <= LONGEST_TEXT else f"{value[: LONGEST_TEXT - 1]}…"
    if isinstance(value, date):
        is_held = FIRST_YEAR <= value.year <= LAST_YEAR
        return pd.Timestamp(value).tz_localize(None) if is_held else str(value).removesuffix(" 00:00:00")
    if isinstance(value, Decimal) and not math.isfinite(float(value)):
        return None if value.is_nan() else str(value)
    if isinstance(value, Integral) and abs(int(value)) >= MOST_EXACT:
        return str(value)
    if isinstance(value, Real | Decimal | bool | np.bool_):
        return value
    return str(value)


def _lasts(values: pd.Series) -> bool:
    """Whether a column holds spans of time, as the difference of two days is one."""
    return pd.api.types.infer_dtype(values, skipna=True) in ("timedelta", "timedelta64")


def _days(value: Any) -> float | None:
    """A span of time as Excel holds it: a number of days."""
    return None if pd.isna(value) else pd.Timedelta(value) / pd.Timedelta(days=1)


def _must_be_sheets(tables: Mapping[str, pd.DataFrame]) -> None:
    if not tables:
        raise ArgumentError("没有给出要写的表。", "no table is given to be written.")
    wrong = [name for name in tables if not 0 < len(name) <= LONGEST_SHEET_NAME or NO_SHEET_NAME.search(name)]
    if wrong or len({name.lower() for name in tables}) < len(tables):
        shown = listed(wrong or tables)
        raise ArgumentError(
            f"工作表名不可用：{shown.zh}。应为1–{LONGEST_SHEET_NAME}个字符，不含 [ ] : * ? / \\，各表不同名。",
            f"not the names of sheets: {shown.en}. They have 1 to {LONGEST_SHEET_NAME} characters without [ ] : * ? / \\, each its own.",
        )
