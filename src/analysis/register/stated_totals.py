"""What a row of totals states of its sheet: sums of money and numbers of cases, with what it calls itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from analysis.files.cell_text import plain, written
from analysis.register.cells import UNREADABLE, read_amount
from analysis.register.headers import UNIT, UNITS
from analysis.vocabulary.columns import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.register.headers import Layout

TOTAL_COLUMNS = ["table", "file", "sheet", "row", "column", "value", "yuan", "half", "number", "label"]
WORDS = r"(?:总?合计|总计|共计|小计|总数|汇总|(?:grand|sub)?total)"
# A total of the sheet or of the rows above it, or a named one: of a person, a team, a year.
SHEET_TOTAL = re.compile(rf"(?:本[表页]|全[院部])?{WORDS}(?:\(.*\))?:?")
NAMED_TOTAL = re.compile(rf"(?P<name>.{{1,16}}?)[:\-]?\(?{WORDS}\)?(?:\(.*\))?:?")  # 王伟小计, 王伟(小计)
NAMED_AFTER = re.compile(rf"{WORDS}\((?P<name>[^()]{{1,16}})\):?")  # 小计(王伟)
OF_UNIT = re.compile(rf"单位.*|{UNIT}|[件人笔]")
UNIT_OF_LABEL = re.compile(rf"\((?:单位:?)?(?P<unit>{UNIT})\)")  # 合计(万元)
CASES = re.compile(rf"(?:.*{WORDS}:?|共)?(?P<number>\d[\d,]*)件?")
DECIMALS = re.compile(r"\.(\d+)")
COUNTED = ("case_no", "filed_on", "closed_on")  # columns below which a total may say how many are filled
A_YEAR = re.compile(r"(?:19|20)\d\d")
MOST_CASES = 7  # figures of a number of cases


def stated_totals(layout: Layout, place: Mapping[str, Any], cells: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the sums and numbers of cases that a row of totals at a ``place`` states; nothing for averages and shares."""
    texts = [plain(cell) for cell in cells]
    named = next(((text, name) for text in texts if (name := _label(text)) is not None), None)
    if named is None:
        return []
    own_unit = UNIT_OF_LABEL.search(named[0])
    sums = _sums(layout, cells, own_unit["unit"] if own_unit else None)
    about = {"table": layout.table, **place, "label": named[1]}
    return [about | one for one in (*sums, *_numbers(layout, texts))]


def _label(text: str) -> str | None:
    """What a cell calls its total: a name, or an empty text for that of the sheet; ``None`` where it is none."""
    words = re.sub(rf":?\d[\d,]{{,{2 * MOST_CASES}}}件$", "", text)
    if (after := NAMED_AFTER.fullmatch(words)) and not OF_UNIT.fullmatch(after["name"]):
        return after["name"]
    if SHEET_TOTAL.fullmatch(words):
        return ""
    found = NAMED_TOTAL.fullmatch(words)
    return found["name"] if found else None


def _sums(layout: Layout, cells: Sequence[Any], own_unit: str | None) -> list[dict[str, Any]]:
    """The sums of money, with half of the worth of their last digit, in the unit that the row names or else that of the column."""
    kinds, stated = columns(layout.table), []
    for name, cell in layout.positions.items():
        if kinds[name].kind != "money" or cell.position >= len(cells):
            continue
        text, unit = written(cells[cell.position]).strip(), UNITS.get(own_unit or cell.unit, 1.0)
        yuan = read_amount(text, unit)
        if yuan is None or yuan is UNREADABLE:
            continue
        own = next((10.0**places for unit_, places in (("亿", 8), ("万", 4)) if unit_ in text), unit)
        decimals = len(found[1]) if (found := DECIMALS.search(text)) else 0
        half = own * 10.0**-decimals / 2
        stated.append({"column": name, "value": text, "yuan": yuan, "half": half})
    return stated


def _numbers(layout: Layout, texts: Sequence[str]) -> list[dict[str, Any]]:
    """The numbers of cases: 合计：400件, or a number below a column of case numbers or days."""
    below = {cell.position: name for name, cell in layout.positions.items()}
    stated = []
    for position, text in enumerate(texts):
        column = below.get(position, "case_no" if layout.table == "cases" else "")
        found = CASES.fullmatch(text)
        is_said = text.endswith("件") or (below.get(position) in COUNTED and not A_YEAR.fullmatch(text))
        if found and is_said and column in COUNTED and len(found["number"]) <= MOST_CASES:
            stated.append({"column": column, "value": text, "number": int(found["number"].replace(",", ""))})
    return stated
