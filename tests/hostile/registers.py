"""Registers that are planned before they are written: of each row the plan knows what must become of it, and what its cells say.

Nothing here asks the package: the words, days and sums of the plan come from how offices write them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

KEPT, QUARANTINED, SKIPPED = "kept", "quarantined", "skipped"
WORKBOOK, TEXT, COLUMNS = "workbook", "text", "columns"  # what a file can hold
FIRST, LAST = dt.date(1995, 1, 1), dt.date(2023, 12, 31)
AS_OF = "2024-12-31"
COURTS = ["富", "望", "青", "同江", "佳中"]
NEW_COURTS = ["黑0882", "鲁0112", "京01", "川9017"]
NAMES = ["张三", "李四", "王　伟", "赵 敏", "欧阳明", "Ab Cd", "钱七"]
TEAMS = ["执行一组", "执行二组", "一队"]
MODES = {
    "执行完毕": "completed", "全部执行完毕": "completed", "自动履行": "voluntary", "强制执行": "compelled", "和解": "settled",
    "执行和解": "settled", "终结本次执行程序": "terminated_this_round", "终本": "terminated_this_round",
    "终结本次执行程序（无财产）": "terminated_this_round", "终结执行": "terminated", "销案": "withdrawn", "不予执行": "refused",
    "驳回申请": "dismissed", "委托执行": "transferred", "挂起": None, "其他": "other",
}  # fmt: skip
# Every header of a column that the plan knows, with how its amounts count.
HEADERS = {
    "case_no": ["案号", "执行案号", "案 号", "case number", "*案号"],
    "filed_on": ["立案日期", "立案时间", "收案日期", "立案日期：", "filing date"],
    "closed_on": ["结案日期", "结案时间", "执结日期"],
    "closure_mode": ["结案方式", "执结方式"],
    "amount_claimed": ["申请执行标的额", "标的额", "申请标的"],
    "amount_recovered": ["实际到位金额", "到位金额", "执行到位金额"],
    "officer": ["承办人", "执行员"],
    "team": ["执行小组"],
    "case_type": ["案件类型"],
}
UNITS = {"": 1, "（元）": 1, "(万元)": 10_000, "（单位：万元）": 10_000, "（千元）": 1_000}
TITLE_UNITS = {"单位：万元": 10_000, "（单位：千元）": 1_000}
UNKNOWN = ["序号", "备注", "申请人", "被执行人", "联系电话", "案由", "归档情况"]
DATES = ("filed_on", "closed_on")
AMOUNTS = ("amount_claimed", "amount_recovered")
NUMERALS = "〇一二三四五六七八九"
BLANKS = ["", "", "", "-", "—", "/", "无", " "]
NO_DAYS = [
    "2011-02-30",
    "不详",
    "2011年3月",
    "2011-13-01",
    "待定",
    "2010-03-01、2010-04-01",
    "３月５日",
    "20110231",
    "0",
]
NO_SUMS = ["12万3", "约5万", "不详", "--5", "²5", "一百余元", "5+3"]
NO_NUMBERS = ["富执", "（2011）执", "见卷宗", "2011富"]
TITLES = ["某某县人民法院执行案件台账", "执行局", "截止日期：2023年12月31日", "（内部资料）"]
NOTES = [
    "注：本表由执行局填报",
    "备注：数据取自系统",
    "第1页 共3页",
    "填表人：张三",
    "说明：标的额以元计",
    "审核人：李四",
]
TOTALS = ["合计", "总计", "小计", "本页合计", "合 计", "累计"]


@dataclass(frozen=True)
class Cell:
    """A cell: the text that a person sees, and the day or number that a typed file holds instead."""

    text: str
    typed: dt.date | float | None = None


@dataclass(frozen=True)
class Row:
    """A planned row: its cells by position, what must become of it (with the kind or the field), and the values that must be read."""

    cells: tuple[Cell, ...]
    fate: str
    why: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()  # columns of which the cell holds something that is no value


@dataclass(frozen=True)
class Plan:
    """A register as it is to be written: its sheets by name, each a list of rows whose header is one of them."""

    seed: int
    sheets: dict[str, list[Row]]
    header: dict[str, int]  # the place of the header among the rows of a sheet
    typed: bool  # days and sums stand as such where the format has them
    dates_1904: bool = False
    whole_columns: frozenset[int] = frozenset()  # of a column file: positions that hold one type


def planned(random: Random, seed: int, *, sheets: int = 1, shape: str = WORKBOOK, typed: bool = False) -> Plan:
    """Plan a register of some sheets; column files have a header and rows of equal width alone."""
    names = ["台账", "Sheet2", "2019年 旧存", "a&b<c>"][:sheets]
    serial = iter(range(1, 10_000_000))
    made = {name: _sheet(random, serial, shape=shape, typed=typed) for name in names}
    rows = {name: rows for name, (rows, _) in made.items()}
    whole: frozenset[int] = frozenset()
    if shape == COLUMNS and typed:
        of_one_type = tuple(header for column in (*DATES, *AMOUNTS) for header in HEADERS[column])
        whole = frozenset(p for p, cell in enumerate(rows[names[0]][0].cells) if cell.text.startswith(of_one_type))
    return Plan(seed, rows, {name: at for name, (_, at) in made.items()}, typed, typed and random.random() < 0.2, whole)


def _sheet(random: Random, serial: Any, *, shape: str, typed: bool) -> tuple[list[Row], int]:
    order = _order(random)
    title_unit = "" if shape == COLUMNS or random.random() < 0.7 else random.choice(list(TITLE_UNITS))
    headers, units = _headers(random, order, TITLE_UNITS.get(title_unit, 1))
    header = Row(headers, SKIPPED, "header")
    rows: list[Row] = []
    if shape != COLUMNS:
        rows += [Row((Cell(random.choice(TITLES)),), SKIPPED, "title") for _ in range(random.randrange(0, 3))]
        rows += [Row((Cell(title_unit),), SKIPPED, "title")] if title_unit else []
        rows += [_empty(len(order))] if rows and random.random() < 0.3 else []
    at = len(rows)
    rows.append(header)
    if shape != COLUMNS and len(order) > 3 and random.random() < 0.1:
        rows.append(Row(tuple(Cell(str(i + 1)) for i in range(len(order))), SKIPPED, "header"))
    number = random.choice([1, 3, 8, 20, 45])
    below = [_body_row(random, serial, order, units, shape=shape, typed=typed, header=header) for _ in range(number)]
    if not any(row.fate == KEPT for row in below):
        below.append(_case(random, serial, order, units, typed=typed))
    while below[-1].why == "empty":  # where a sheet ends nobody can tell how many empty rows follow
        below.pop()
    return [*rows, *below], at


def _order(random: Random) -> list[str]:
    needed = ["case_no", "filed_on"]
    known = [*needed, *(column for column in HEADERS if column not in needed and random.random() < 0.75)]
    order = [*known, *random.sample(UNKNOWN, random.randrange(0, 4))]
    if random.random() < 0.6:
        random.shuffle(order)
    if "序号" in order and random.random() < 0.5:
        order = ["序号", *(column for column in order if column != "序号")]
    return order


def _headers(random: Random, order: list[str], of_title: int) -> tuple[tuple[Cell, ...], dict[str, int]]:
    """The headers, and by column of money what its numbers count."""
    headers, units = [], {}
    for column in order:
        text = random.choice(HEADERS.get(column, [column]))
        if column in AMOUNTS:
            said = random.choice(list(UNITS))
            units[column] = UNITS[said] if said else of_title
            text += said
        headers.append(Cell(text))
    return tuple(headers), units


def _body_row(
    random: Random, serial: Any, order: list[str], units: dict[str, int], *, shape: str, typed: bool, header: Row
) -> Row:
    kind = random.random()
    if kind < 0.72:
        case = _case(random, serial, order, units, typed=typed)
        beside = shape == WORKBOOK and random.random() < 0.05
        return replace(case, cells=(*case.cells, Cell("已核"))) if beside else case
    if kind < 0.86:
        return _unusable(random, serial, order, units, shape=shape, typed=typed)
    if shape == COLUMNS:
        return _empty(len(order)) if kind < 0.9 else _case(random, serial, order, units, typed=typed)
    if kind < 0.90:
        return _total(random, order)
    if kind < 0.94:
        return _empty(len(order))
    if kind < 0.97:
        return Row((Cell(random.choice(NOTES)),), SKIPPED, "note")
    return header if len(order) > 2 else _empty(len(order))


def _empty(width: int) -> Row:
    return Row(tuple(Cell("") for _ in range(width)), SKIPPED, "empty")


def _total(random: Random, order: list[str]) -> Row:
    place = next((i for i, c in enumerate(order) if c not in (*DATES, *AMOUNTS)), 0)
    if place > 1:
        place = 0
    cells = [Cell("") for _ in order]
    cells[place] = Cell(random.choice(TOTALS))
    for i, column in enumerate(order):
        if column in AMOUNTS and i != place:
            cells[i] = Cell(f"{random.randrange(1, 10**7)}")
    return Row(tuple(cells), SKIPPED, "total")


def _case(random: Random, serial: Any, order: list[str], units: dict[str, int], *, typed: bool) -> Row:
    values: dict[str, Any] = {}
    cells: dict[str, Cell] = {}
    unread = set()
    filed = FIRST + dt.timedelta(random.randrange((LAST - FIRST).days))
    cells["case_no"], values["number"] = _number(random, next(serial), filed.year)
    cells["filed_on"] = _date(random, filed, typed=typed)
    values["filed_on"] = filed
    for column in order:
        if column in cells:
            continue
        if column == "closed_on":
            cells[column], values[column], bad = _maybe(
                random, lambda: _closed(random, filed, typed=typed), NO_DAYS[:-1]
            )
        elif column in AMOUNTS:
            cells[column], values[column], bad = _maybe(
                random, lambda c=column: _sum(random, units[c], typed=typed), NO_SUMS
            )
        elif column == "closure_mode":
            word = random.choice([*MODES, ""])
            cells[column], values[column], bad = Cell(_dressed(random, word)), MODES.get(word), False
        elif column == "case_type":
            cells[column], bad = Cell("首次执行"), False
        else:
            cells[column], bad = Cell(_words(random, column)), False
        if bad:
            unread.add(column)
    return Row(tuple(cells[c] for c in order), KEPT, "", values, frozenset(unread))


def _maybe(random: Random, make: Any, wrong: list[str]) -> tuple[Cell, Any, bool]:
    chance = random.random()
    if chance < 0.2:
        return Cell(random.choice(BLANKS)), None, False
    if chance < 0.27:
        return Cell(random.choice(wrong)), None, True
    cell, value = make()
    return cell, value, False


def _unusable(random: Random, serial: Any, order: list[str], units: dict[str, int], *, shape: str, typed: bool) -> Row:
    sound = _case(random, serial, order, units, typed=typed)
    cells = list(sound.cells)
    enough = sum(1 for c, cell in zip(order, cells, strict=True) if c in HEADERS and cell.text.strip("-—/无 ")) >= 4
    ways = ["no_day", "long_ago"]
    if enough:
        ways += ["blank_day", "blank_number"]
    if "case_type" not in order:
        ways.append("no_family")
    if shape == TEXT:  # a comma too many moves the cells of a text; in a workbook it is a remark beside the table
        ways.append("overflowing")
    way = random.choice(ways)
    at = {c: i for i, c in enumerate(order)}
    if way == "no_day":
        cells[at["filed_on"]] = Cell(random.choice(NO_DAYS))
    elif way == "long_ago":
        day = dt.date(1945, 3, random.randrange(1, 29))
        cells[at["filed_on"]] = Cell(day.isoformat(), day if typed else None)
    elif way == "blank_day":
        cells[at["filed_on"]] = Cell(random.choice(BLANKS))
    elif way == "blank_number":
        cells[at["case_no"]] = Cell("")
    elif way == "no_family":
        cells[at["case_no"]] = Cell(random.choice(NO_NUMBERS))
    else:
        cells.append(Cell("3,000"))
    why = {"overflowing": "", "no_family": "case_type", "blank_number": "case_no"}.get(way, "filed_on")
    return Row(tuple(cells), QUARANTINED, why)


def _number(random: Random, serial: int, year: int) -> tuple[Cell, tuple[int, int]]:
    left, right = random.choice(["（）", "()", "〔〕", "［］", "【】"])
    figures = str(serial).zfill(random.choice([1, 1, 5]))
    if year >= 2016:
        text = f"{left}{year}{right}{random.choice(NEW_COURTS)}{random.choice(['执', '执恢', '执保'])}{figures}号"
    else:
        text = f"{left}{year}{right}{random.choice(COURTS)}{random.choice(['执', '执恢'])}字第{figures}号"
    if random.random() < 0.1:
        text = text.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    if random.random() < 0.1:
        text = f" {text}　"
    return Cell(text), (year, serial)


def _date(random: Random, day: dt.date, *, typed: bool) -> Cell:
    y, m, d = day.year, day.month, day.day
    if typed and random.random() < 0.8:
        return Cell(day.isoformat(), day)
    forms = [
        f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}", f"{y}年{m:02}月{d:02}日",
        f"{y}-{m:02}-{d:02} 14:30:00", f"{y}/{m:02}/{d:02} 00:00", f" {y}-{m}-{d} ",
        "".join(NUMERALS[int(c)] for c in str(y)) + f"年{_numeral(m)}月{_numeral(d)}日",
        f"{y}-{m:02}-{d:02}".translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)}),
    ]  # fmt: skip
    return Cell(random.choice(forms))


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")


def _closed(random: Random, filed: dt.date, *, typed: bool) -> tuple[Cell, dt.date]:
    day = min(filed + dt.timedelta(random.randrange(1, 400)), LAST)
    return _date(random, day, typed=typed), day


def _sum(random: Random, unit: int, *, typed: bool) -> tuple[Cell, float]:
    fen = random.choice([0, random.randrange(1, 10**5), random.randrange(1, 10**9), random.randrange(1, 10**4) * 100])
    if typed and random.random() < 0.8:
        number = round(fen / 100 / unit, 6)
        return Cell(_plain(number), number), round(number * unit, 6)
    way = random.randrange(6)
    if way == 0:
        return Cell(f"{fen / 100:.2f}元"), fen / 100
    if way == 1:
        tens = random.randrange(1, 10**6)
        return Cell(f"{tens / 100:.2f}万元"), round(tens * 100.0, 6)
    number = round(fen / 100 / unit, 4)
    yuan = round(number * unit, 6)
    text = _plain(number)
    if way == 2:
        whole, point, rest = text.partition(".")
        text = f"{int(whole):,}{point}{rest}"
    elif way == 3:
        text = f"￥{text}"
    elif way == 4:
        text = text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789."})
    return Cell(text), yuan


def _plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _dressed(random: Random, word: str) -> str:
    return f" {word}　" if word and random.random() < 0.1 else word


def _words(random: Random, column: str) -> str:
    if column == "officer":
        return random.choice(NAMES)
    if column == "team":
        return random.choice(TEAMS)
    if column == "序号":
        return str(random.randrange(1, 999))
    return random.choice(
        [
            "",
            "某某公司",
            "一\n二",
            'say "so"',
            "a,b",
            "=1+1",
            "<b>&amp;</b>",
            "'",
            "x" * 40,
            "合同纠纷",
            "📎",
            "13912345678",
        ]
    )
