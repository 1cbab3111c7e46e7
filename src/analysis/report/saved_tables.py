"""Tables that a user saves: result tables and own ones as an Excel workbook, as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.files.destinations import must_take_workbook, write_file
from analysis.files.source import PathGiven
from analysis.report.formats.excel import tables_workbook
from analysis.vocabulary.errors import ArgumentError, must_differ
from analysis.vocabulary.text import Text

SHEET, ROW = Text("表", "Table"), Text("行", "Row")
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
LONGEST_SHEET_NAME = 31  # of Excel


def to_excel(tables: Mapping[str, pd.DataFrame] | pd.DataFrame, path: PathGiven) -> Path:
    """Save tables as a workbook with headings, codes and units in the language spoken, numbers as numbers.

    Rates stand in percent, days as days, a missing value is a blank cell; what a table says of itself (``attrs["notes"]``) stands above it.
    An index with a name or of words becomes columns. No cell is a formula.

    Parameters
    ----------
    tables : DataFrame or mapping
        One table, or tables by the name of their sheet.
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
    named = {str(SHEET): tables} if isinstance(tables, pd.DataFrame) else dict(tables)
    _must_be_sheets(named)
    must_take_workbook(path)
    write_file(path, tables_workbook({name: _in_cells(_flat(table)) for name, table in named.items()}))
    return Path(path)


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table without an index: levels that have names or hold words are columns."""
    names = table.index.names
    if names == [None] and pd.api.types.is_integer_dtype(table.index):
        return table
    own = [f"{ROW}{place or ''}" if name is None else name for place, name in enumerate(names)]
    flat = table.reset_index(names=own)
    flat.attrs = table.attrs
    return flat


def _in_cells(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose values a cell of Excel can hold: what is neither number, truth, day nor text (a Period, a list) as text."""
    must_differ(table.columns)
    held = table.copy()
    for name, values in table.items():
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            held[name] = values.dt.tz_localize(None)
        elif isinstance(values.dtype, pd.PeriodDtype) or values.dtype.kind == "m":
            held[name] = values.map(str, na_action="ignore").astype("str")
        elif values.dtype == object:
            held[name] = values.map(lambda value: value if pd.api.types.is_scalar(value) else str(value))
    return held


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
