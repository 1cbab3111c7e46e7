"""Headings of a returns table, and the columns under which they arrive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analysis.files.cell_text import TRADITIONAL
from analysis.returns.figures import AMOUNTS, CHANGE, COUNTS, DIFFERENCE, MEASURES, SCALES, kind_of
from analysis.vocabulary.indicator_sets.rates import Sets, printed_quantities, rates

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
SPENT = re.compile("(?:总额|金额|总金额)$")
MORE_THAN_LAST_YEAR = re.compile(
    "(.+?)(?:较?同比|比上年同?期?|较上年同?期?)(?:(?:增加|减少|增减|上升|下降)(?:件数|数量?|绝对数|金额|额)|差额)"
)
OF_LAST_YEAR = re.compile(
    "(.+?)(?:较?同比|比上年同?期?|较上年同?期?)(?:上升|增长|增减|变化|升降|增幅|幅度|增长率|±|率)*"
)


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
    tried = (bare, *(ending.sub("", bare) for ending in COUNTED), SPENT.sub("额", bare))
    return next((known[word] for word in (*tried, plain_heading(bare)) if word in known), heading)


def plain_heading(heading: str) -> str:
    """A heading in English without spaces, brackets and capitals; any other without spaces."""
    bare = re.sub(r"[（(].*?[)）]|\s", "", heading)
    return re.sub(r"[_\W]", "", bare).lower() if bare.isascii() else bare


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
