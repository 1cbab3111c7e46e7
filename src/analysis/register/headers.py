"""The header of a sheet: found under title rows, over one or two rows, and its names matched to the register's columns."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from analysis.files.cell_text import plain, written
from analysis.register.case_numbers import parse_case_number
from analysis.register.cells import NOTE_IN_BRACKETS, UNREADABLE, read_amount, read_date
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SOUGHT_IN = 60  # rows from the top in which a header may stand
SOUGHT_AMONG = 50_000  # filled cells among which it is sought: three rows of the widest sheet
# Ranks of what the user said: of this header, and of one that says the same but for a note or a unit.
OWN_HEADER, OWN_NAME = -2, -1
LONGEST_HEADER = 80
FEWEST_COLUMNS = 2  # a row that names fewer columns is no header
HINT_WORTH = 1.5  # columns that a telling file or sheet name is worth
TABLE_HINTS = {
    "petitions": ("petition", "信访"),
    "coercive_measures": ("coercive", "measures", "强制措施", "拘留"),
    "aid": ("aid", "救助"),
    "cases": ("cases", "register", "案件", "台账", "执行案"),
}
UNIT_ROW_WORTH = 0.5  # a second header row that holds nothing but units is part of the header
TITLE_ROW_WORTH = -0.5  # a row with a cell of a title is none of the header where the row below says as much alone
NAME_THEM = Text(
    "在 本院.toml 的 [columns] 中写明列名（或用 columns=，命令行为 --columns）",
    "name the columns in [columns] of 本院.toml (or with columns=, on the command line --columns)",
)
UNITS = {
    "元": 1.0,
    "百元": 100.0,
    "千元": 1_000.0,
    "万元": 10_000.0,
    "万": 10_000.0,
    "百万元": 1e6,
    "亿元": 1e8,
    "亿": 1e8,
}
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
UNIT_AT_END = re.compile(rf"(?P<name>.+?)[(\[【〔{{/,:;-]*(?:单位:?|人民币)?(?P<unit>{UNIT})[)\]】〕}}]*")
# 单位：万元, 单位为万元, 单位：件、万元, 金额均为万元, 执行台账 金额（万元）, 以万元为单位, 标的以万元计, 执行台账（万元）, 万元
UNIT_IN_TITLE = re.compile(
    rf"(?:单位|unit|金额|标的额?|案款)(?:[:为是均(/、,—-]|[件人次个户](?=[/、,])|人民币|rmb|cny)*({UNIT})"
    r"(?=$|[^\u4e00-\u9fff]|人民币|[制填编统报打]|日期|时间|第|共)"
    rf"|以(?:人民币)?({UNIT})(?:为?单位|为?计)|(?:^|\()(?:人民币)?({UNIT})\)?$"
)
# A cell of a title, not of a header: 填报日期：2012-01-05, （单位：万元）, 万元
OF_TITLE = re.compile(rf"\(?[^(]*:.+|\(?(?:[^(]*单位)?(?:人民币)?(?:{UNIT})\)?")
NUMBERED = re.compile(r"^[(]?\d{1,2}[).、:]?(?=\D)")
NUMBERED_BEHIND = re.compile(r"\(\d{1,5}\)$")  # as ``numbered`` tells equal headers apart
INLINE = re.compile(r"\s+")
MARKS = re.compile(r"[*※#:。;]+")
RUNNING_NUMBER = frozenset(["序号", "序", "行号", "no", "no.", "编号"])


@dataclass(frozen=True)
class Matched:
    """The meaning of a header text: a canonical column, how near the name is (0 is nearest), and a money unit if it says one."""

    column: str
    rank: int
    unit: str = ""


# Words of which one at least stands in nearly every header, and in no name of a person.
HEADER_WORDS = re.compile(
    "日期|时间|年度|月份|案号|编号|序号|行号|号码|代码|金额|标的|案款|单位|部门|法院|小组|方式|类型|类别|种类|性质|状态|情况|结果|备注|依据|事由|案由|"
    "姓名|名称|电话|地址|证件|承办|申请|执行|被执|立案|收案|结案|受理|天数|期限|乡镇|区域|领导|date|time|number|code|type|kind|name|amount|court|team|case|"
    "officer|mode|status|note|filed|closed|received"
)
OF_HEADER_WORDS = re.compile(f"(?:{HEADER_WORDS.pattern}|当事|联系|身份证|手机|住[址所]|家庭|[人被])+")


@dataclass(frozen=True)
class HeaderCell:
    """One column of a sheet as it was understood; ``column`` is empty where it is ignored.

    ``header``: numbered where others are the same, ``as_written`` without. ``also``: the column that its name means too, which is read
    from another header that is nearer to it.
    """

    position: int
    header: str
    column: str = ""
    unit: str = ""
    texts: tuple[str, ...] = ()  # all that the header cell, or its two cells, may be read as
    also: str = ""
    as_written: str = ""


@dataclass(frozen=True)
class Layout:
    """The header rows of a sheet and the meaning of its columns; ``rows`` count from 0."""

    table: str
    header_rows: tuple[int, ...]
    cells: tuple[HeaderCell, ...]

    @cached_property
    def positions(self) -> dict[str, HeaderCell]:
        """The cell that each canonical column is read from."""
        return {cell.column: cell for cell in self.cells if cell.column}

    @property
    def alike(self) -> list[tuple[HeaderCell, HeaderCell]]:
        """Headers of one meaning: the cell that a column is read from, and another that means it too."""
        return [(self.positions[cell.also], cell) for cell in self.cells if cell.also]


def bare(text: Any) -> str:
    """Return a header as names are compared: half width, lower case, no spaces, underscores or marks.

    >>> bare("*立 案_日期：")
    '立案日期'
    """
    return MARKS.sub("", plain(text)).replace("_", "")


@cache
def _names(table: str) -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for column in columns(table).values():
        for name in (
            column.name,
            column.text.zh,
            column.text.en,
        ):  # all three are its own: the first in a sheet is taken
            known.setdefault(bare(name), (column.name, 0))
        for rank, name in enumerate(column.aliases, start=1):
            known.setdefault(bare(name), (column.name, rank))
    return known


def match(header: Any, table: str, own: Mapping[str, str] | None = None) -> Matched | None:
    """Find the canonical column that a header means, or ``None``; ``own`` are the user's own names (bare header → column).

    The nearer a name is to the header the lower is its rank: below 0 are the user's own, and lowest the header itself.

    >>> match("申请执行标的额（万元）", "cases")
    Matched(column='amount_claimed', rank=0, unit='万元')
    """
    names = _names(table)
    for worse, candidate, unit in _forms(written(header)):
        if own and candidate in own:
            return Matched(own[candidate], OWN_HEADER if candidate == bare(header) else OWN_NAME, unit)
        if candidate in names:
            column, rank = names[candidate]
            return Matched(column, rank + worse, unit)
    return None


@lru_cache(maxsize=1 << 15)  # more than a sheet has columns
def _forms(header: str) -> tuple[tuple[int, str, str], ...]:
    """List what a header text may be read as, with the unit that it names; those further from the letter come later."""
    text = bare(header)
    if not text or len(text) > LONGEST_HEADER:
        return ()
    variants = dict.fromkeys((text, NUMBERED.sub("", text)))
    return tuple((worse, *form) for worse, variant in enumerate(variants) for form in _units_apart(variant))


def _units_apart(text: str) -> list[tuple[str, str]]:
    forms = [(text, "")]
    if found := UNIT_AT_END.fullmatch(text):
        forms.append((found["name"], found["unit"]))
        forms.append((NOTE_IN_BRACKETS.sub("", found["name"]), found["unit"]))
    forms.append((NOTE_IN_BRACKETS.sub("", text), ""))
    return forms


def is_known(header: str, own: Iterable[str] = ()) -> bool:
    """Return whether a header is a name that the package knows, is one of the user's own (bare), or is made of the words of headers alone.

    A unit of money may stand behind it, or the number of one of several, but nothing else in brackets: a header that holds anything else may hold a name.

    >>> [is_known(header) for header in ("立案日期", "标的额（万元）", "序号", "被执行人", "备注（2）")]
    [True, True, True, True, True]
    >>> [is_known(header) for header in ("承办人（王伟）", "被执行人王伟", "Nguyen", "案情简介")]
    [False, False, False, False]
    """
    known = {*own, *RUNNING_NUMBER, *(name for table in TABLES for name in _names(table))}
    without = NUMBERED_BEHIND.sub("", bare(header))
    forms = [
        form for text in (bare(header), without, NUMBERED.sub("", without)) for form in (text, _without_unit(text))
    ]
    return any(form in known or OF_HEADER_WORDS.fullmatch(form) for form in forms)


def _without_unit(text: str) -> str:
    found = UNIT_AT_END.fullmatch(text) if len(text) <= LONGEST_HEADER else None
    return found["name"] if found else text


def reads_as_header(text: str) -> bool:
    """Return whether a cell speaks as headers do, rather than as a case: a first row may be one where a table has no header.

    >>> reads_as_header("申请执行时间"), reads_as_header("closing_date"), reads_as_header("王小伟"), reads_as_header("13812345678")
    (True, True, False, False)
    """
    words = bare(text)
    return len(words) == 1 or (len(words) <= LONGEST_HEADER and HEADER_WORDS.search(words) is not None)


def table_hint(*names: str) -> str:
    """Find the table that a file's or sheet's name speaks of, or empty.

    >>> table_hint("2011年信访登记"), table_hint("Sheet1")
    ('petitions', '')
    """
    for name in names:
        for table, words in TABLE_HINTS.items():
            if any(word in name.lower() for word in words):
                return table
    return ""


def find_layout(
    rows: Sequence[Sequence[Any]],
    *,
    hint: str = "",
    own: Mapping[str, Mapping[str, str]] | None = None,
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> Layout | None:
    """Find the layout of a sheet from its first rows; ``None`` where no row names at least two columns of any table.

    Of all rows and pairs of rows, and all tables, the one whose header names most columns is taken; ``own`` holds the
    user's names by table.
    """
    best: tuple[float, str, tuple[int, ...], list[tuple[str, ...]]] | None = None
    top = _near_the_top(rows)
    for i, row in enumerate(top):
        candidates: list[tuple[tuple[int, ...], list[tuple[str, ...]]]] = [((i,), [(written(v),) for v in row])]
        if i + 1 < len(top) and _may_be_sub_header(row, top[i + 1]):
            candidates.append(((i, i + 1), _two_rows(row, top[i + 1], i, merged)))
        for at, texts in candidates:
            distinct = dict.fromkeys(texts)
            for table in TABLES:
                names = (own or {}).get(table, {})
                mapped = len({found.column for options in distinct if (found := _first(options, table, names))})
                worth = mapped + (HINT_WORTH if table == hint else 0.0)
                if len(at) == 2 and _only_units(top[i + 1]):
                    worth += UNIT_ROW_WORTH
                if len(at) == 2 and any(OF_TITLE.fullmatch(plain(v)) for v in row):
                    worth += TITLE_ROW_WORTH
                if mapped >= FEWEST_COLUMNS and (best is None or worth > best[0]):
                    best = (worth, table, at, texts)
    if best is None:
        return None
    _, table, at, texts = best
    return _with_title_unit(layout_at(table, at, texts, (own or {}).get(table, {})), top)


def _near_the_top(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows in which a header is sought: as many as a person would look through, by their number and their cells."""
    filled = [0, *accumulate(sum(1 for v in row if plain(v)) for row in rows[:SOUGHT_IN])]
    return [row for row, before in zip(rows, filled[:-1], strict=False) if before <= SOUGHT_AMONG]


def _first(options: Iterable[str], table: str, own: Mapping[str, str]) -> Matched | None:
    return next((matched for text in options if (matched := match(text, table, own))), None)


def _only_units(row: Sequence[Any]) -> bool:
    return all(plain(v).strip("()[]") in UNITS for v in row if plain(v))


def _may_be_sub_header(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Return whether a row could be the second of a header: some text, nothing that looks like data, no title above it."""
    if sum(1 for v in upper if plain(v)) < 2:
        return False
    texts = [v for v in lower if plain(v)]
    return bool(texts) and not any(
        not isinstance(v, str)
        or parse_case_number(v)
        or read_date(v) is not UNREADABLE
        or read_amount(v) is not UNREADABLE
        for v in texts
    )


def _two_rows(
    upper: Sequence[Any], lower: Sequence[Any], i: int, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> list[tuple[str, ...]]:
    """For each column the texts that its two header cells may mean, the likeliest first."""
    width = max(len(upper), len(lower))
    above = [written(v) for v in upper] + [""] * (width - len(upper))
    below = [written(v) for v in lower] + [""] * (width - len(lower))
    spans = {
        c: start[1] for start, end in merged if start[0] <= i <= end[0] for c in range(start[1], min(end[1] + 1, width))
    }
    texts: list[tuple[str, ...]] = []
    for c in range(width):
        over = above[c]
        if not plain(over) and plain(below[c]):  # a merged cell holds its text in its first column only
            over = (
                above[spans[c]] if c in spans and spans[c] < width else next((a for a in above[c::-1] if plain(a)), "")
            )
        if plain(over) and plain(below[c]) and plain(over) != plain(below[c]):  # one cell over both rows says it twice
            texts.append((over + below[c], below[c] + over, below[c]))
        else:
            texts.append((below[c] or over,))
    return texts


def layout_at(table: str, at: tuple[int, ...], texts: Sequence[tuple[str, ...]], own: Mapping[str, str]) -> Layout:
    """Return the layout of a sheet whose columns may be named by these texts, its header in these rows."""
    found: list[tuple[str, str, Matched | None]] = []
    likeliest = [next((text for text in options if match(text, table, own)), options[0]) for options in texts]
    for options, likely, text in zip(texts, likeliest, numbered(likeliest), strict=True):
        best = match(text if bare(text) in own else likely, table, own)
        if best and text != likely and bare(text) not in own:
            best = replace(best, rank=max(best.rank, OWN_NAME))  # what is said of two headers says neither
        if best and not best.unit:  # the unit may stand in the other of two header cells
            said = next((unit for option in options for _, _, unit in _forms(option) if unit), "")
            best = replace(best, unit=said) if columns(table)[best.column].kind == "money" else best
        found.append((text, likely, best))
    chosen: dict[str, int] = {}
    for position, (*_, matched) in enumerate(found):
        if matched and (
            matched.column not in chosen or matched.rank < found[chosen[matched.column]][-1].rank  # type: ignore[union-attr]
        ):
            chosen[matched.column] = position
    cells = []
    for p, (text, likely, matched) in enumerate(found):
        cell = HeaderCell(
            p, text, unit=matched.unit if matched else "", texts=tuple(texts[p]), as_written=likely.strip()
        )
        if matched and chosen[matched.column] == p:
            cell = replace(cell, column=matched.column)
        elif (
            matched and (taken := found[chosen[matched.column]][-1]) and (taken.rank >= 0 or matched.rank <= taken.rank)
        ):  # else the user said which one holds
            cell = replace(cell, also=matched.column)
        cells.append(cell)
    return Layout(table, at, tuple(cells))


def numbered(headers: Iterable[str]) -> list[str]:
    """Return the headers of a sheet, those that stand there several times told apart from left to right.

    >>> numbered(["案号", "结案日期", "结案 日期"])
    ['案号', '结案日期（1）', '结案 日期（2）']
    """
    texts = [INLINE.sub(" ", header).strip() for header in headers]
    times, met = Counter(map(bare, texts)), Counter[str]()
    for place, text in enumerate(texts):
        met[bare(text)] += 1
        if bare(text) and times[bare(text)] > 1:
            texts[place] = f"{text}（{met[bare(text)]}）"
    return texts


def said_unit(text: str) -> str:
    """Return the unit of money that a title or a note gives to a whole table, or empty.

    >>> [said_unit(text) for text in ("单位：万元", "2011年执行台账（万元）", "标的10万元以上案件", "填报单位：富锦市人民法院")]
    ['万元', '万元', '', '']
    """
    found = UNIT_IN_TITLE.search(plain(text))
    return next(filter(None, found.groups()), "") if found else ""


def _with_title_unit(layout: Layout, top: Sequence[Sequence[Any]]) -> Layout:
    """The unit that a title row gives (单位：万元) for the money columns that name none themselves."""
    said = [unit for row in top[: layout.header_rows[0]] for value in row if (unit := said_unit(written(value)))]
    if not said:
        return layout
    kinds = columns(layout.table)
    cells = tuple(
        replace(c, unit=said[-1]) if (name := c.column or c.also) and not c.unit and kinds[name].kind == "money" else c
        for c in layout.cells
    )
    return Layout(layout.table, layout.header_rows, cells)
