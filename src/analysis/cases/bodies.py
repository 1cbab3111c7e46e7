"""The rows under a header: which are cases, which are titles, totals and notes, and which cannot be used and why."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.case_numbers import case_number_parts, court_of_code, parse_case_number
from analysis.cases.columns import columns
from analysis.cases.headers import UNITS, Layout
from analysis.cases.values import parse, plain, written
from analysis.vocabulary.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.cases.files import Block, Sheet

# What a row must say to be usable: without it no measure can place the row in time, and nobody can find the file.
NEEDED = {
    "cases": ("case_no", "filed_on"),
    "petitions": ("received_on",),
    "coercive_measures": ("date",),
    "aid": ("granted_on",),
}
TOTAL = re.compile(
    r"(?:\d{4}年?度?|本页|本年|全年|全院|累计|本月|\d{1,2}月份?)?(?:合计|总计|小计|共计|累计|总合计|汇总|总数|total|subtotal|sum)"
)
NOTE = re.compile(
    r"(?:注|备注|说明|附注|填表|制表|审核|复核|单位负责人|负责人|打印|统计员|联系|导出|以上|以下|数据来源|第\d+页)"
)
ORDINALS = frozenset("甲乙丙丁戊己庚辛壬癸一二三四五六七八九十")
RUNNING_NUMBER = frozenset(["序号", "序", "行号", "no", "no.", "编号"])
LONGEST_RAW = 2_000  # characters of one raw cell that quarantine keeps


@dataclass
class Rows:
    """The rows of one block sorted out: usable ones as a canonical frame, and what became of each of the others."""

    frame: pd.DataFrame
    quarantined: list[dict[str, Any]]
    skipped: dict[str, int]
    unreadable: pd.DataFrame


@dataclass(frozen=True)
class Place:
    """Where a sheet is, and what is known of all its rows."""

    file: str
    sheet: Sheet
    layout: Layout
    court: str | None = None

    def raw(self, block: Block, column: str) -> pd.Series:
        """The raw cells of a canonical column; nothing where the sheet does not have it."""
        cell = self.layout.positions.get(column)
        if cell is None or cell.position >= len(block.columns):
            return pd.Series(None, index=range(len(block)), dtype=object)
        return block.columns[cell.position]


def sort_out(place: Place, block: Block, corrected: Mapping[tuple[int, str], str]) -> Rows:
    """Read a block of rows below the header: parse, then tell apart what is usable, skipped and quarantined.

    ``corrected`` holds a clerk's values by row number and column; they stand in for the raw cells.
    """
    table = place.layout.table
    frame, unreadable = _parsed(place, block, corrected)
    derived = _derive(place, frame) if table == "cases" else pd.Series(False, index=frame.index)
    usable = ~frame[list(NEEDED[table])].isna().any(axis=1) & ~derived & ~_overflowing(place, block)
    kept = frame[usable]
    quarantined, skipped = [], dict[str, int]()
    for i in np.flatnonzero(~usable.to_numpy()):
        cells = [column.iloc[i] for column in block.columns]
        kind = row_kind(place, cells, block.first_row + i)
        if kind:
            skipped[kind] = skipped.get(kind, 0) + 1
        else:
            reason = _reason(place, block, frame, i)
            quarantined.append(_entry(place, block.first_row + i, reason, cells))
    return Rows(kept, quarantined, skipped, unreadable[unreadable["row"].isin(kept["source_row"])])


def _parsed(place: Place, block: Block, corrected: Mapping[tuple[int, str], str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    values: dict[str, pd.Series] = {}
    unreadable = []
    rows = np.arange(block.first_row, block.first_row + len(block))
    for name, column in columns(place.layout.table).items():
        raw = place.raw(block, name)
        changes = {
            row - block.first_row: v
            for (row, field), v in corrected.items()
            if field == name and 0 <= row - block.first_row < len(block)
        }
        if name in place.layout.positions:
            raw = _filled_down(place, block, name, raw)
        elif not changes:
            continue
        if changes:
            raw = raw.astype(object)
            for i, value in changes.items():
                raw.iloc[i] = value
        cell = place.layout.positions.get(name)
        unit = UNITS.get(cell.unit, 1.0) if cell else 1.0
        read = parse(raw, column.kind, name=name, unit=unit, date_system=place.sheet.date_system)
        values[name] = read.values.reset_index(drop=True)
        if column.kind == "code":
            values[f"{name}_text"] = parse(raw, "text").values.reset_index(drop=True)
        bad = read.unreadable.to_numpy()
        if bad.any():
            unreadable.append(
                pd.DataFrame(
                    {
                        "row": rows[bad],
                        "column": name,
                        "value": [written(v)[:LONGEST_RAW] for v in raw[bad]],
                    }
                )
            )
    frame = pd.DataFrame(values, index=pd.RangeIndex(len(block)))
    for name in NEEDED[place.layout.table]:
        if name not in frame:
            frame[name] = None
    frame["source_file"], frame["source_sheet"], frame["source_row"] = place.file, place.sheet.name, rows
    found = (
        pd.concat(unreadable, ignore_index=True) if unreadable else pd.DataFrame({"row": [], "column": [], "value": []})
    )
    return frame, found.assign(table=place.layout.table, file=place.file, sheet=place.sheet.name)


def _filled_down(place: Place, block: Block, name: str, raw: pd.Series) -> pd.Series:
    """Cells merged over several rows hold their value in the first only: give it to the others."""
    position = place.layout.positions[name].position
    last_header = place.layout.header_rows[-1]
    top, bottom = block.first_row - 1, block.first_row - 1 + len(block)
    for (r0, c0), (r1, c1) in place.sheet.merged:
        if c0 == c1 == position and last_header < r0 and top <= r0 < bottom:
            if raw is place.raw(block, name):
                raw = raw.copy()
            raw.iloc[r0 - top : min(r1 + 1, bottom) - top] = raw.iloc[r0 - top]
    return raw


def _derive(place: Place, frame: pd.DataFrame) -> pd.Series:
    """Fill court and case type from the case number where the register does not say; a mask of rows where that fails."""
    if "court" not in frame:
        frame["court"] = place.court
    lacks_type = frame["case_type"].isna() if "case_type" in frame else pd.Series(True, index=frame.index)
    lacks_court = frame["court"].isna()
    failed = pd.Series(False, index=frame.index)
    wanted = (lacks_type | lacks_court) & frame["case_no"].notna()
    if not wanted.any():
        return failed
    parts = case_number_parts(frame.loc[wanted, "case_no"])
    if "case_type" not in frame:
        frame["case_type"], frame["case_type_text"] = None, None
    if "court_code" not in frame:
        frame["court_code"] = None
    of_type = parts.index[lacks_type[parts.index]]
    frame.loc[of_type, "case_type"] = parts.loc[of_type, "family"].astype(object)
    frame.loc[of_type, "case_type_text"] = parts.loc[of_type, "type_word"].astype(object)
    failed[of_type] = parts.loc[of_type, "year"].isna()
    named = parts["court"].map(court_of_code, na_action="ignore").astype(object)
    of_court = parts.index[lacks_court[parts.index] & named.notna()]
    frame.loc[of_court, "court"] = named[of_court]
    return failed


def _overflowing(place: Place, block: Block) -> pd.Series:
    """Rows with something beyond the last column of the header: a comma too many has moved their cells."""
    over = pd.Series(False, index=range(len(block)))
    for column in block.columns[len(place.layout.cells) :]:
        over |= (column.notna() & (column.astype(object) != "")).to_numpy()
    return over


def row_kind(place: Place | None, cells: Sequence[Any], row: int) -> str:
    """What a row that is no case is: empty, total, header, note; empty text where it is none of these."""
    said = [(p, v) for p, v in enumerate(cells) if v is not None and v is not pd.NaT and plain(v)]
    if not said:
        return "empty"
    first = plain(said[0][1])
    if place is None:
        return "title"
    if TOTAL.match(first) or any(TOTAL.fullmatch(plain(v)) for _, v in said[:3]):
        return "total"
    headers = [plain(cell.header) for cell in place.layout.cells]
    same = sum(1 for p, v in said if p < len(headers) and plain(v) == headers[p])
    if same >= max(2, 0.8 * len(said)) or _numbers_columns(place, said, row):
        return "header"
    if len(said) == 1:
        position = said[0][0]
        if position < len(headers) and headers[position] in RUNNING_NUMBER:
            return "empty"
        return "" if parse_case_number(first) else "note"
    return "note" if NOTE.match(first) else ""


def _numbers_columns(place: Place, said: Sequence[tuple[int, Any]], row: int) -> bool:
    """A line right under the header that counts the columns (1 2 3 … or 甲 乙 1 2 …)."""
    if not 0 <= row - 2 - place.layout.header_rows[-1] <= 1 or len(said) < 2:
        return False
    texts = [plain(v) for _, v in said]
    numbers = [int(t) for t in texts if t.isdigit() and len(t) < 4]
    return len(numbers) + sum(t in ORDINALS for t in texts) == len(texts) and numbers == list(
        range(1, len(numbers) + 1)
    )


@cache
def _name(table: str, column: str) -> Text:
    return columns(table)[column].text


def _reason(place: Place, block: Block, frame: pd.DataFrame, i: int) -> Text:
    table = place.layout.table
    for name in NEEDED[table]:
        if pd.isna(frame[name].iloc[i]):
            text, raw = _name(table, name), place.raw(block, name).iloc[i]
            shown = written(raw)[:60]
            if plain(raw):
                return Text(f"{text.zh}读不出：“{shown}”", f'{text.en} cannot be read: "{shown}"')
            return Text(f"没有{text.zh}", f"no {text.en}")
    if _overflowing(place, block).iloc[i]:
        return Text(
            "单元格多于表头，列可能错位（如金额中的逗号未加引号）",
            "more cells than the header has, so the columns may be shifted (an unquoted comma in an amount?)",
        )
    shown = written(place.raw(block, "case_no").iloc[i])[:60]
    return Text(
        f"案号读不出，又没有写明案件类型，无从归类：“{shown}”",
        f'the case number cannot be read and no case type is given, so the case has no family: "{shown}"',
    )


def _entry(place: Place, row: int, reason: Text, cells: Sequence[Any]) -> dict[str, Any]:
    headers = place.layout.cells
    values: dict[str, str] = {}
    for p, v in enumerate(cells):
        if text := written(v):
            name = headers[p].header if p < len(headers) else ""
            values[name if name and name not in values else f"{name} ({p + 1})".strip()] = text[:LONGEST_RAW]
    return {
        "file": place.file,
        "sheet": place.sheet.name,
        "row": row,
        "table": place.layout.table,
        "reason": reason.cell,
        "values": json.dumps(values, ensure_ascii=False),
    }
