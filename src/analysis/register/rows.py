"""The rows below a header, one by one: case, title, total, note, or quarantined with a reason."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.files.cell_text import plain, written
from analysis.files.source import cannot_be_read
from analysis.register.case_numbers import case_number_parts, court_of_code, quotes_case_number
from analysis.register.cells import each_once, is_day_cell, parse
from analysis.register.corrections import SheetCorrections
from analysis.register.headers import RUNNING_NUMBER, UNITS, Layout, match
from analysis.register.stated_totals import stated_totals
from analysis.vocabulary.columns import columns
from analysis.vocabulary.periods import EARLIEST
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from analysis.files.blocks import Sheet
    from analysis.vocabulary.errors import InputError

# What a row must say to be usable: without it no measure can context the row in time, and nobody can find the file.
NEEDED = {
    "cases": ("case_no", "filed_on"),
    "petitions": ("received_on",),
    "coercive_measures": ("date",),
    "aid": ("granted_on",),
}
TOTAL = re.compile(
    r"(?:\d{4}年?度?|本页|本表|本年|全年|全院|累计|本月|\d{1,2}月份?)?(?:合计|总计|小计|共计|累计|总合计|汇总|总数)|(?:grand|sub)?total(?![a-z])"
    r"|.{1,16}\(?(?:合计|总计|小计|共计)\)?(?:\(.*\))?:?(?:\d[\d,]*件)?$"  # 王伟小计, 王伟(小计), 第一季度合计:12件
    r"|其中:|(?:平均|人均|占比|同比|环比)(?:值|数|增减)?(?:\(.*\))?:?$"
)
MAYBE_TOTAL = re.compile("计|汇总|总数|total", re.IGNORECASE)
NOTE = re.compile(
    r"(?:注|备注|说明|附注)[:\d]|单位:|(?:填表|填报|制表|经办|审核|复核|审批|打印|导出|报送|统计|联系)(?:人|日期|时间|单位|电话|:)"
    r"|(?:单位|部门|主管|分管)?(?:负责人|领导):|[院庭局]长:|数据来源|第\d+页|以上|以下"
)
ORDINALS = frozenset("甲乙丙丁戊己庚辛壬癸一二三四五六七八九十")
FILLED_LIKE_CASE = 3  # known columns, signatures beside the first cell not counted
REMEMBERED = 1 << 12  # cells of a sheet that were compared with its header; those of most columns repeat
LONGEST_RAW = 2_000  # characters of one raw cell that quarantine keeps
UNREADABLE_COLUMNS = ["table", "file", "sheet", "row", "column", "value"]


@dataclass(frozen=True)
class CellRows:
    """Rows that are read one by one: the number of each, their raw cells by column, and the rows that are longer or shorter than most with their cells."""

    numbers: np.ndarray
    columns: list[pd.Series]
    ragged: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass
class SortedRows:
    """The rows of one block sorted out: usable ones as a canonical frame, and what became of each of the others."""

    frame: pd.DataFrame
    quarantined: list[dict[str, Any]]
    skipped: dict[str, int]
    unreadable: pd.DataFrame
    totals: list[dict[str, Any]] = field(default_factory=list)
    skipped_rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class SheetContext:
    """The sheet of a row, with what is known of all its rows."""

    file: str
    sheet: Sheet
    layout: Layout
    corrections: SheetCorrections = field(default_factory=SheetCorrections)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # the court's own, by vocabulary
    zero: tuple[str, ...] = ()  # amounts of which a blank of a closed case means 0, as the court said
    no_serials: frozenset[str] = frozenset()  # columns of dates whose bare numbers are none

    def raw(self, rows: CellRows, column: str) -> pd.Series:
        """Return the raw cells of a canonical column; nothing where the sheet does not have it."""
        cell = self.layout.positions.get(column)
        if cell is None or cell.position >= len(rows.columns):
            return pd.Series(None, index=range(len(rows)), dtype=object)
        return rows.columns[cell.position]

    def date_system(self, column: str) -> str:
        """The calendar in which a bare number of a column is a day; empty where it is none."""
        return "" if column in self.no_serials else self.sheet.date_system

    @cached_property
    def headers(self) -> list[str]:
        """The header texts as they are compared."""
        return [plain(cell.as_written) for cell in self.layout.cells]

    @cached_property
    def is_header(self) -> Callable[[int, str], bool]:
        """Whether a cell repeats the header above it, or the upper one of its two, or names its column otherwise."""
        return lru_cache(REMEMBERED)(self._is_header)

    def _is_header(self, position: int, text: str) -> bool:
        if position >= len(self.headers):
            return False
        cell = self.layout.cells[position]
        same = text == self.headers[position] or any(said.startswith(text) for said in self._upper_headers[position])
        return same or (cell.column != "" and self.meaning(text) == cell.column)

    @cached_property
    def _upper_headers(self) -> list[list[str]]:
        return [[plain(said) for said in cell.texts] for cell in self.layout.cells]

    @cached_property
    def meaning(self) -> Callable[[str], str]:
        """The column of this sheet that a text is a known name of, or empty."""
        return lru_cache(REMEMBERED)(self._meaning)

    def _meaning(self, text: str) -> str:
        named = match(text, self.layout.table)
        return named.column if named and named.column in self.layout.positions else ""

    @property
    def first_body_row(self) -> int:
        """The number, from 1, of the row under the header."""
        return self.layout.header_rows[-1] + 2 if self.layout.header_rows else 1


def sort_out(context: SheetContext, rows: CellRows) -> SortedRows:
    """Read a block of rows below the header: parse, then tell apart what is usable, skipped and quarantined."""
    table = context.layout.table
    frame, unreadable = _parsed(context, rows)
    untyped = derive(frame) if table == "cases" else pd.Series(False, index=frame.index)
    overflowing = _overflowing(context, rows)
    deleted = context.corrections.deleted(frame["source_row"])
    usable = ~(frame[list(NEEDED[table])].isna().any(axis=1) | untyped | overflowing | deleted)
    if "case_no" in frame:
        maybe = frame["case_no"].str.contains(MAYBE_TOTAL, na=False)
        usable[maybe] &= ~frame.loc[maybe, "case_no"].map(_is_total).astype(bool)
    quarantined: list[dict[str, Any]] = []
    skipped: dict[str, int] = {}
    totals: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    others = np.flatnonzero(~usable.to_numpy())
    arrays = [column.to_numpy(dtype=object)[others] for column in rows.columns]
    texts = [each_once(pd.Series(cells, dtype=object), plain) for cells in arrays]
    gone, over = deleted.to_numpy()[others], overflowing.to_numpy()[others]
    absent = {name: frame[name].isna().to_numpy() for name in NEEDED[table]}
    kinds: dict[tuple[Any, ...], str] = {}  # a small file may repeat a row a hundred thousand times
    for i, at in enumerate(others.tolist()):
        row = int(rows.numbers[at])
        said = tuple(text[i] for text in texts)
        alike = (min(row, context.first_body_row + 2), *said)  # only the first two rows may number the columns
        if not gone[i] and alike not in kinds:
            kinds[alike] = row_kind(context, said, row)
        kind = "deleted" if gone[i] else kinds[alike]
        if kind:
            skipped[kind] = skipped.get(kind, 0) + 1
            if kind != "empty":
                listed.append(skipped_row(context.file, context.sheet.name, row, kind, [cells[i] for cells in arrays]))
            if kind == "total":
                place = {"file": context.file, "sheet": context.sheet.name, "row": row}
                totals += stated_totals(context.layout, place, [cells[i] for cells in arrays])
        else:
            lacking = next((name for name, none in absent.items() if none[at]), "")
            column = lacking or ("" if over[i] else "case_type")
            quarantined.append(_entry(context, row, column, [cells[i] for cells in arrays]))
    kept = frame[usable]
    if len(unreadable):
        unreadable = unreadable[unreadable["row"].isin(kept["source_row"])]
    return SortedRows(kept, quarantined, skipped, unreadable, totals, listed)


def skipped_row(file: str, sheet: str, row: int, kind: str, cells: Sequence[Any]) -> dict[str, Any]:
    """A row that is no case, as it is listed: where it is, what it was taken for, and what it holds."""
    held = "  ".join(text for cell in cells if (text := written(cell).strip()))
    return {"file": file, "sheet": sheet, "row": row, "kind": kind, "held": held[:LONGEST_RAW]}


def _is_total(value: Any) -> bool:
    return TOTAL.match(plain(value)) is not None and not quotes_case_number(plain(value))


def _parsed(context: SheetContext, rows: CellRows) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The block as a canonical frame, a row for each of its rows, and the cells that could not be read."""
    table = context.layout.table
    numbers = context.raw(rows, "case_no")
    values: dict[str, pd.Series] = {}
    unreadable = []
    for name, column in columns(table).items():
        cell = context.layout.positions.get(name)
        raw = context.raw(rows, name)
        corrected = context.corrections.apply(rows.numbers, name, column.kind, raw, numbers)
        if cell is None and corrected is raw:
            continue
        unit = UNITS.get(cell.unit, 1.0) if cell else 1.0
        words = context.words.get(name)
        read = parse(corrected, column.kind, name=name, unit=unit, date_system=context.date_system(name), words=words)
        values[name], bad = read.values, read.unreadable.to_numpy()
        if column.kind == "code":
            values[f"{name}_text"] = parse(corrected, "text").values
        if column.kind == "date":  # an amount moved by a column reads as a day long ago, and a series would begin there
            early = (read.values < EARLIEST).to_numpy()
            values[name], bad = read.values.mask(early), bad | early
        if bad.any():
            shown = [written(v)[:LONGEST_RAW] for v in corrected[bad]]
            unreadable.append(pd.DataFrame({"row": rows.numbers[bad], "column": name, "value": shown}))
    frame = pd.DataFrame(values, index=pd.RangeIndex(len(rows)))
    for name in NEEDED[table]:
        if name not in frame:
            frame[name] = None
    frame["source_file"], frame["source_sheet"], frame["source_row"] = context.file, context.sheet.name, rows.numbers
    if not unreadable:
        return frame, pd.DataFrame(columns=UNREADABLE_COLUMNS)
    found = pd.concat(unreadable, ignore_index=True).assign(table=table, file=context.file, sheet=context.sheet.name)
    return frame, found[UNREADABLE_COLUMNS]


def derive(frame: pd.DataFrame) -> pd.Series:
    """Fill court and case type from the case number where the register does not say; a mask of rows where that fails.

    A row without case type whose number cannot be read belongs to no family, and families must not be mixed.
    """
    for name in ("court", "case_type", "case_type_text"):
        if name not in frame:
            frame[name] = None
    untyped = pd.Series(False, index=frame.index)
    wanted = (frame["case_type"].isna() | frame["court"].isna()) & frame["case_no"].notna()
    if not wanted.any():
        return untyped
    parts = case_number_parts(frame.loc[wanted, "case_no"])
    typeless = parts.index[frame.loc[parts.index, "case_type"].isna()]
    frame.loc[typeless, "case_type"] = parts.loc[typeless, "family"].astype(object)
    wordless = typeless[
        frame.loc[typeless, "case_type_text"].isna()
    ]  # a word whose meaning is not known stays to be seen
    frame.loc[wordless, "case_type_text"] = parts.loc[wordless, "type_word"].astype(object)
    untyped[typeless] = parts.loc[typeless, "year"].isna()
    courts = pd.Series(each_once(parts["court"].astype(object), court_of_code), index=parts.index)
    courtless = parts.index[frame.loc[parts.index, "court"].isna() & courts.notna()]
    frame.loc[courtless, "court"] = courts[courtless]
    return untyped


def _overflowing(context: SheetContext, rows: CellRows) -> pd.Series:
    """Rows with something beyond the last column of the header: a comma too many has moved their cells.

    Beside such rows those that are longer than the header with a blank at their end have one too: 97,813.95, of a case without a last cell.
    """
    over = np.zeros(len(rows), dtype=bool)
    width = len(context.layout.cells)
    for column in rows.columns[width:]:
        over |= each_once(column, lambda value: bool(plain(value))).astype(bool)
    if over.any():
        over |= [rows.ragged.get(number, 0) > width for number in rows.numbers.tolist()]
    return pd.Series(over)


def row_kind(context: SheetContext | None, texts: Sequence[str | None], row: int) -> str:
    """Classify a row that is no case: empty, title, total, header or note; empty text for none of these.

    ``texts`` are its cells as they are compared (``plain``). Without a ``context`` the row stands above the header.
    """
    said = [(p, text) for p, text in enumerate(texts) if text]
    if not said:
        return "empty"
    if context is None:
        return "title"
    first = said[0][1]
    if any(TOTAL.match(text) for _, text in said[:3]) and not any(quotes_case_number(text) for _, text in said):
        return "total"
    headers = context.headers
    same = sum(1 for p, text in said if context.is_header(p, text))
    names = [text for p, text in said if text in headers or context.meaning(text)]
    moved = sum(1 for p, text in said if text in names and not context.is_header(p, text)) if names else 0
    # Where headings change in the middle some may be of columns that are not read; a case has figures.
    most = len(said) * (0.8 if any(map(str.isdigit, "".join(text for _, text in said))) else 0.5)
    if moved > 1 and same + moved >= max(3, most):
        raise _another_header(context, row)
    is_header = same >= max(2, 0.8 * len(said)) or same > max(2, most)
    if is_header or _numbers_columns(context, [text for _, text in said], row):
        return "header"
    if len(said) == 1:
        position = said[0][0]
        if position < len(headers) and headers[position] in RUNNING_NUMBER and first.isdecimal():
            return "empty"
        return "" if quotes_case_number(first) else "note"
    return "note" if NOTE.match(first) and not _may_be_case(context, said) else ""


def is_remark(texts: Iterable[str | None]) -> bool:
    """Return whether a row below a header is a total, a note or one cell alone, and quotes no case number."""
    said = [text for text in texts if text]
    if any(map(quotes_case_number, said)):
        return False
    is_short = len(said) < 2 or (len(said) < FILLED_LIKE_CASE and NOTE.match(said[0]) is not None)
    return is_short or any(TOTAL.match(text) for text in said[:3])


def _may_be_case(context: SheetContext, said: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row that begins like a note holds a case number, or fills as many known columns as no note does."""
    known = {cell.position for cell in context.layout.positions.values()}
    filled = [text for i, (position, text) in enumerate(said) if position in known and not (i and NOTE.match(text))]
    return len(filled) >= FILLED_LIKE_CASE or any(quotes_case_number(text) for _, text in said)


def _another_header(context: SheetContext, row: int) -> InputError:
    where = context.file + (f" / {context.sheet.name}" if context.sheet.name else "")
    return cannot_be_read(
        where,
        f"第{row}行又是表头，各列的次序与上面的表头不同，其下的行会错列。请把两张表分放在两个工作表或文件中。",
        f"row {row} is another header with its columns in another order, so the rows below it would be misread. Put the two "
        "tables into two sheets or files.",
    )


def _numbers_columns(context: SheetContext, texts: Sequence[str], row: int) -> bool:
    """A line right under the header that counts the columns (1, 2, 3 or 甲, 乙, 丙)."""
    if not 0 <= row - context.first_body_row <= 1 or len(texts) < 2 or not context.layout.header_rows:
        return False
    numbers = [int(t) for t in texts if t.isdecimal() and len(t) < 4]
    counted = numbers == list(range(1, len(numbers) + 1))
    return counted and len(numbers) + sum(t in ORDINALS for t in texts) == len(texts)


def _reason(context: SheetContext, column: str, *, is_empty: bool, is_day: bool) -> Text:
    """Say by kind and column why a row cannot be used: never by what a cell holds, for a reason is published."""
    if not column:
        return Text(
            "单元格多于表头，列可能错位（如金额中的逗号未加引号）",
            "more cells than the header has, so the columns may be shifted (an unquoted comma in an amount?)",
        )
    name = columns(context.layout.table)[column].text
    if column == "case_type":
        return Text(
            "案号读不出，又没有写明案件类型，无从归类（可加一栏“案件类型”）",
            "the case number cannot be read and no case type is given, so the case has no family (a column case_type would tell)",
        )
    if is_empty:
        return Text(f"没有{name.zh}", f"missing: {name.en}")
    if is_day:
        return Text(f"{name.zh}早于{EARLIEST.year}年", f"{name.en} is before {EARLIEST.year}")
    return Text(f"{name.zh}读不出", f"{name.en} cannot be read")


def _entry(context: SheetContext, row: int, column: str, cells: Sequence[Any]) -> dict[str, Any]:
    """A quarantined row: where it is, which cell it lacks, why, and all that it holds."""
    headers, kinds = context.layout.cells, columns(context.layout.table)
    values: dict[str, str] = {}
    for p, v in enumerate(cells):
        if text := written(v):
            name = headers[p].header if p < len(headers) else ""
            values[name if name and name not in values else f"{name} ({p + 1})".strip()] = text[:LONGEST_RAW]
    cell = context.layout.positions.get("case_no" if column == "case_type" else column)
    held = cells[cell.position] if cell is not None and cell.position < len(cells) else None
    is_empty = not written(held).strip()
    is_day = column in kinds and kinds[column].kind == "date" and is_day_cell(held, context.date_system(column))
    return {
        "file": context.file,
        "sheet": context.sheet.name,
        "row": row,
        "table": context.layout.table,
        "field": column,
        "reason": _reason(context, column, is_empty=is_empty, is_day=is_day).cell,
        "values": json.dumps(values, ensure_ascii=False),
    }
