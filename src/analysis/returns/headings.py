"""Headings of a returns table, and the columns under which they arrive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from analysis.files.cell_text import TRADITIONAL
from analysis.returns.cells import PERIOD, bare_number, text_of
from analysis.returns.figures import AMOUNTS, CHANGE, COUNTS, DIFFERENCE, MEASURES, PRINTED_CHANGE, SCALES, kind_of
from analysis.vocabulary.indicator_sets.rates import Sets, printed_quantities, rates
from analysis.vocabulary.period_names import PARTS_OF_YEAR, is_part_of_year

RETURN_COLUMNS = [
    "court",
    "province",
    "prefecture",
    "level",
    "scope",
    "unit",
    "period_start",
    "period_end",
    "opening",
    "filed",
    "received",
    "closed",
    "closing",
    "amount_received",
    "amount_closed",
    "amount_recovered",
    "closure_rate",
    "actual_enforcement_rate",
    "recovery_rate",
    "petitions",
    "petitions_resolved",
    "petition_settlement_rate",
    "staff",
    "note",
    "source",
    "source_date",
]
# what a heading may hold beside its word: 新收案件总数, 执行到位金额, 受理同比增长率
COUNTED = [re.compile(f"{what}(?:(?:总件|总|件)?数量?|合计|总计|总量)$") for what in ("", "案", "案件")] + [
    re.compile("案件$")
]
IN_BRACKETS = re.compile("[（(]([^（()）]*)[)）]")
AS_ABOVE = re.compile(
    "(?:件|案件|绝对)?(?:数量?|总数|件数|数值|数额|合计)|金额|本期数?|本[年月]数?|今年|累计数?|number|count",
    re.IGNORECASE,
)  # below a heading, nothing more
SUM = re.compile("[合小总共]\\s*计|总数|total", re.IGNORECASE)
OF_MONEY = re.compile("[额元]")
# above headings, of all cases
OF_ALL = re.compile(
    "(?:全部|全市|全省)?(?:法院)?(?:执行)?(?:案件|工作|收结案?|(?:标的|款物)?到位|标的)?(?:数量?|办理)?(?:情况|指标|主要指标|质效指标)?(?:[（(].*[)）])?"
    "|(?:all )?cases?",
    re.IGNORECASE,
)
OF_TIME = re.compile(
    "时段|时间|期|月|季|年|阶段|区间|period|time|month|quarter|half", re.IGNORECASE
)  # what a heading over parts of a year says
OF_A_LIMIT = re.compile(
    "[截止至限]|填报|报送|上报|报表|发布|公布|制表|录入"
)  # under which 6月 is no month that a row is of
FEWEST_HEADINGS = 2  # of a header, in which a title is one
SPENT = re.compile("(?:总额|金额|总金额)$")
MORE_THAN_LAST_YEAR = re.compile(
    "(.+?)(?:较?同比|比上年同?期?|较上年同?期?)(?:(?:增加|减少|增减|上升|下降)(?:件数|数量?|绝对数|金额|额)|差额)"
)
OF_LAST_YEAR = re.compile(
    "(.+?)(?:较?同比|比上年同?期?|较上年同?期?)(?:上升|增长|增减|变化|升降|增幅|幅度|增长率|±|率|[%％])*"
)


def is_second_row(upper: Sequence[str], lower: Sequence[str], columns: Mapping[str, str], sets: Sets) -> bool:
    """Return whether a line is the second of a header: no figures, and nothing new below the headings of what the figures are of.

    >>> is_second_row(["法院", "受理案件", ""], ["", "件数", "同比"], {}, None), is_second_row(["法院", "受理案件"], ["甲法院", "－"], {}, None)
    (True, False)
    """
    filled = [place for place, heading in enumerate(upper) if heading]
    said = [cell for cell in lower if cell]
    if len(filled) < FEWEST_HEADINGS or not said or any(PRINTED_CHANGE.fullmatch(bare_number(cell)) for cell in said):
        return False
    named = {place: column_of(upper[place], columns, sets) for place in filled}
    of_what = [place for place, name in named.items() if name in RETURN_COLUMNS and name not in MEASURES]
    return all(
        place >= len(lower) or lower[place] in ("", upper[place]) or IN_BRACKETS.fullmatch(lower[place])
        for place in {filled[0], *of_what}
    )


def is_sub_heading(cell: str) -> bool:
    """Return whether a cell is a word of a second row of headings: 件数, 同比, 本期（件）."""
    bare = IN_BRACKETS.sub("", cell)
    return bool(AS_ABOVE.fullmatch(bare) or OF_LAST_YEAR.fullmatch(f"受理{bare}"))


def one_row(upper: Sequence[str], lower: Sequence[str], columns: Mapping[str, str], sets: Sets) -> list[str]:
    """The headings of two rows of a header as one: 受理案件 over 件数 | 同比 is 受理案件 | 受理案件同比.

    What stands below alone is meant only where what stands above narrows nothing: 新收 below 受理, 结案 below 案件情况, but not below 首次执行.

    >>> one_row(["法院", "受理案件", "", "到位（万元）"], ["", "件数", "同比", "金额"], {}, None)
    ['法院', '受理案件', '受理案件同比', '到位（万元）']
    >>> one_row(["法院", "收案", "", ""], ["", "旧存", "新收", "合计"], {}, None)
    ['法院', '旧存', '新收', '受理']
    """
    over, found, beneath = "", [], []
    for place in range(max(len(upper), len(lower))):
        above, below = (row[place] if place < len(row) else "" for row in (upper, lower))
        over = above or over
        beneath.append((over, below))
        if not below or below == above:
            found.append(above)
            continue
        name = column_of(over, columns, sets)
        units = SCALES.get(kind_of(name, sets), {})
        said = [unit for unit in IN_BRACKETS.findall(below) if unit.strip()]
        bare = IN_BRACKETS.sub("", below).replace("％", "%")
        said += [bare] if bare in units else []
        of_cases, of_money = "件" in below, bool(OF_MONEY.search(below))
        agree = (
            all(unit in units for unit in said)
            and not (of_cases and "件" not in units)
            and not (of_money and "元" not in units)
        )
        if units and agree and (bare in units or not bare or AS_ABOVE.fullmatch(bare)):
            found.append(over + "".join(f"（{unit}）" for unit in said))
        else:
            narrows = not OF_ALL.fullmatch(over) and name not in MEASURES
            both = [f"{over} {below}", f"{below} {over}"] if over.isascii() else [over + below, below + over]
            options = [*both, *([] if narrows else [below])]
            known = (text for text in options if text in RETURN_COLUMNS or column_of(text, columns, sets) != text)
            found.append(next(known, both[0]))
    named = [column_of(heading, columns, sets) for heading in found]
    for place, (above, below) in enumerate(beneath):
        beside = {name for name, (other, _) in zip(named, beneath, strict=True) if other == above}
        if SUM.fullmatch(below) and beside >= {"opening", "filed"}:
            found[place] = "受理"  # of 旧存 and 新收, whatever stands above them
    return found


def unit_of(heading: str, name: str, sets: Sets, others: bool) -> str:
    """The unit that a heading says in brackets, where it is not the usual one or ``others`` are said above: 到位金额（亿元）."""
    kind = kind_of(name, sets)
    found = IN_BRACKETS.search(heading.translate(TRADITIONAL))
    unit = found[1].strip() if found and kind in SCALES else ""
    return unit if unit in SCALES.get(kind, {}) and (others or SCALES[kind][unit] != 1) else ""


def column_of(heading: str, columns: Mapping[str, str], sets: Sets) -> str:
    """The column that a heading names, by ``columns`` or the words known; the heading itself for none."""
    if heading in columns:
        return columns[heading]
    bare = re.sub(r"[（(].*?[)）]|\s", "", heading.translate(TRADITIONAL))
    if found := MORE_THAN_LAST_YEAR.fullmatch(bare):
        measure = column_of(found[1], columns, sets)
        return measure + DIFFERENCE if measure in COUNTS + AMOUNTS else heading
    if found := OF_LAST_YEAR.fullmatch(bare):
        measure = column_of(found[1], columns, sets)
        return measure + CHANGE if measure in MEASURES else heading
    known = headings(sets)
    tried = (bare, *(ending.sub("", bare) for ending in COUNTED))
    named = (known[word] for word in tried if word in known and (word == bare or known[word] in COUNTS))
    of_money = (known[word] for word in (SPENT.sub("额", bare), plain_heading(bare)) if word in known)
    return next(chain(named, of_money), heading)  # 到位件数 is no amount


def plain_heading(heading: str) -> str:
    """A heading in English without spaces, brackets and capitals; any other without spaces."""
    bare = re.sub(r"[（(].*?[)）]|\s", "", heading)
    return re.sub(r"[_\W]", "", bare).lower() if bare.isascii() else bare


def part_of_year(columns: Mapping[str, Iterable[object]]) -> str | None:
    """The heading of a column that says of what part of the year beside it a row is, the finest of several; ``None`` without one.

    Columns with their cells: a heading of time that is not known counts where its cells are parts of a year in words.

    >>> part_of_year({"法院": ["甲"], "季度": [1], "Month": [1]}), part_of_year({"时段": ["1-6月", "全年"]}), part_of_year({"团队": ["一"]})
    ('Month', '时段', None)
    """
    known = {plain_heading(name): name for name in reversed([*columns])}
    named = next((known[part] for part in PARTS_OF_YEAR if part in known), None)
    unknown = (name for name in columns if column_of(name, {}, None) == name and name not in (*RETURN_COLUMNS, PERIOD))
    return named or next(
        (
            name
            for name in unknown
            if OF_TIME.search(name) and not OF_A_LIMIT.search(name) and _are_parts(columns[name])
        ),
        None,
    )


def _are_parts(cells: Iterable[object]) -> bool:
    texts = [text for cell in cells if (text := text_of(cell))]
    return bool(texts) and is_part_of_year(texts[0]) and all(map(is_part_of_year, {*texts}))


@cache
def headings(sets: Sets = None) -> dict[str, str]:
    """Chinese heading → column name, from ``headers.toml``.

    >>> headings()["执结率"]
    'closure_rate'
    """
    known = tomllib.loads(files("analysis.returns").joinpath("headers.toml").read_text(encoding="utf-8"))
    own = {name.replace("_", ""): name for name in (*RETURN_COLUMNS, *MEASURES)}  # Court, Closure rate
    named = {plain_heading(name): rate.id for rate in rates(sets).values() for name in rate.names}
    counts = (
        printed_quantities(sets) if sets is not None else {}
    )  # counts by mode are columns only where they are asked for
    named |= {
        plain_heading(name): column for column, q in counts.items() for name in (q.text.zh, q.text.en, *q.aliases)
    }
    return named | own | {heading: column for column, synonyms in known.items() for heading in synonyms}
