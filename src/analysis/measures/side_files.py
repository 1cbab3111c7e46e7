"""Tables kept by hand beside the register: holidays, periods not counted, plans, reasons, assessments; a frame or a file."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.files.budget import MOST_BUILT
from analysis.files.cell_text import INVISIBLE, written
from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.register.cells import is_blank, parse_dates
from analysis.register.disclosure import UNREADABLE_NUMBER, court_characters, public_number
from analysis.register.number_links import table_writing
from analysis.vocabulary.errors import ArgumentError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

# What clerks write above the columns of such tables, beside the names themselves.
HEADINGS = {
    "案号": "case_no", "承办人": "officer",
    "日期": "date", "类别": "kind", "休/班": "kind",
    "起日": "start", "止日": "end", "开始日期": "start", "结束日期": "end",
    "时限": "time_limit", "办理时限": "time_limit", "责任": "duty", "责任内容": "duty",
    "理由": "reason", "原因": "reason",
    "指标": "indicator", "数值": "value", "本院数值": "value", "名次": "place", "参评法院数": "courts", "法院数": "courts",
    "合格": "compliant", "是否合格": "compliant", "下限": "low", "上限": "high",
}  # fmt: skip
TEXTS = ["case_no", "officer"]
HEADING_ROWS = 10  # titles may stand above the headings
NAMED = 5  # numbers named in a message


def hand_kept(
    given: str | Path | pd.DataFrame, where: str, needs: Sequence[str], *, takes: Sequence[str] = ()
) -> pd.DataFrame:
    """The table as a frame with the columns ``needs``, and ``takes`` where it has them; headings in Chinese (``HEADINGS``) or by name.

    ``given`` is a frame, or the path of a CSV file (any encoding) or workbook. Raises ``InputError`` for a file that
    cannot be read and for a missing column.

    >>> hand_kept(pd.DataFrame({"案号": ["1"], "理由": ["公告"]}), "reasons", ["case_no", "reason"]).columns.tolist()
    ['case_no', 'reason']
    """
    if isinstance(given, pd.DataFrame):
        table = given.rename(columns=_meaning([*needs, *takes]))
    elif not isinstance(given, (str, Path)):
        raise ArgumentError(
            f"{where} 应为文件名或 DataFrame，不能是 {type(given).__name__}。",
            f"{where} must be a file's name or a DataFrame, not {type(given).__name__}.",
        )
    else:
        where = str(given)
        table = _read(Path(given), needs, takes)
    missing = [name for name in needs if name not in table]
    if missing:
        raise InputError.missing_columns(where, missing, _headings_shown(table))
    return table.reset_index(drop=True)


def _headings_shown(table: pd.DataFrame) -> list[str]:
    """The headings of a table as a message names them: one that is not known may be a cell, and a cell a name."""
    known = {*HEADINGS, *HEADINGS.values()}
    return [str(name) if name in known else f"[{place}]" for place, name in enumerate(table.columns, start=1)]


def _meaning(needs: Sequence[str]) -> dict[str, str]:
    """The headings that mean a column that is needed; any other stays as its court wrote it."""
    return {heading: name for heading, name in HEADINGS.items() if name in needs}


def _read(path: Path, needs: Sequence[str], takes: Sequence[str]) -> pd.DataFrame:
    """The first table of a file that has the columns; else the first one, for the message to name its headings."""
    if not path.exists():
        raise InputError(
            f"找不到文件 {path}。请检查路径和文件名。", f"There is no file {path}. Check the path and the name."
        )
    tables, named = [], _meaning([*needs, *takes])
    for sheet in sheets_of(open_source(path, str(path)), most_cells=MOST_BUILT):
        upright = zip_longest(*(cells for _, cells in sheet.rows()))  # lines of a CSV file may be of several lengths
        cells = pd.DataFrame(list(zip(*upright, strict=True)), dtype=object)
        if cells.empty:
            continue
        cells = cells[~cells.map(is_blank).all(axis=1)]
        for place in range(min(HEADING_ROWS, len(cells))):
            names = [
                named.get(text, text)
                for text in (INVISIBLE.sub("", written(cell)).strip() for cell in cells.iloc[place])
            ]
            body = cells.iloc[place + 1 :].set_axis(names, axis=1)
            tables.append(_typed(body.loc[:, (body.columns != "") & ~body.columns.duplicated()]))
            if set(needs) <= set(names):
                return tables[-1]
    return tables[0] if tables else pd.DataFrame()


def _typed(body: pd.DataFrame) -> pd.DataFrame:
    """Cells as a workbook would give them: empty ones missing, columns of numbers as numbers, names and case numbers text."""
    table = body.mask(body.map(lambda cell: isinstance(cell, str) and not cell.strip())).infer_objects()
    for name in table.columns.difference(TEXTS):
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers.notna().equals(table[name].notna()):
            table[name] = numbers
    return table


def dates_of(column: pd.Series, where: str) -> pd.Series:
    """A column of dates in any writing that a register may use; raises ``InputError`` naming the rows whose cells are none."""
    read = parse_dates(column)
    if read.unreadable.any():
        rows = [str(row + 1) for row in np.flatnonzero(read.unreadable)]  # what they hold may be a name
        raise InputError(
            f"{where}：{len(rows)}个值不是日期（第{'、'.join(rows[:NAMED])}行数据）。应写作2011-12-31。",
            f"{where}: {len(rows)} values are no dates (data rows {', '.join(rows[:NAMED])}). Write them as 2011-12-31.",
        )
    return read.values


def texts_of(column: pd.Series) -> pd.Series:
    """A column as the texts that a person sees in it, of whatever type an empty or a typed table has it."""
    return pd.Series([written(cell).strip() for cell in column], index=column.index, dtype="str")


def in_register_writing(cases: Cases, table: pd.DataFrame, where: str) -> pd.DataFrame:
    """The table with each ``case_no`` as the register writes it, so that (2011)… meets （2011）….

    Raises ``InputError`` naming the numbers that no case of the register has: what is said of them would be lost.
    """
    numbers = texts_of(table["case_no"])
    asked = numbers[numbers != ""].unique().tolist()
    there = set(cases.table.filter(cases.table.case_no.isin(asked)).case_no.to_pandas()) if asked else set()
    strange = [number for number in asked if number not in there]
    if strange:
        change = table_writing(cases.table.select("case_no").distinct(), strange)
        unknown = [number for number in strange if number not in change]
        if unknown:
            own = court_characters(cases)
            shown = [public_number(number, own) or UNREADABLE_NUMBER.zh for number in unknown[:NAMED]]
            raise InputError(
                f"{where}：{len(unknown)}个案号不在台账中：{'、'.join(shown)}。请核对案号。",
                f"{where}: {len(unknown)} case numbers are not in the register: {', '.join(shown)}. Check them.",
            )
        numbers = numbers.replace(change)
    return table.assign(case_no=numbers)
