"""Labels of columns, codes and groups: one resolver, by table and column, for everything that a person reads."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.courts import area_text, court_text, province_text, team_text
from analysis.vocabulary.numbers import NO, YES, unit_text
from analysis.vocabulary.terms import dictionary, measure_text, terms
from analysis.vocabulary.text import Text, in_language, joined

# Columns whose values are themselves terms of the field; in any other a value is read only where the column has a word for it.
CODED = frozenset(
    [
        *("indicator", "left_out", "measure", "criterion", "series", "item", "element", "target", "consequence"),
        *("verdict", "severity", "rule", "check", "kind", "reason", "status", "scenario", "role", "method", "table"),
        *(
            "field",
            "column",
            "of",
            "group",
            "forecast",
            "against",
            "adjustment",
            "level",
            "reference",
            "amount_band",
            "breakdown",
        ),
    ]
)
# Parts of 1, which a person reads by the hundred or more.
PER_COUNTS = [f"per_{count}{of}" for count in ("hundred", "thousand", "ten_thousand") for of in ("", "_persons")]
SHARES = frozenset(["share", "points", *PER_COUNTS])
# Units that a heading names; the others are words of the heading already, or the row's own.
NAMED_UNITS = SHARES | {"%", "元", "万元", "元/件", "万元/件", "天"}
PEOPLE = frozenset(["officer", "lead", "supervisor", "person", "person_id"])
# Columns of names that have an English form.
NAMES = {"court": court_text, "team": team_text, "area": area_text, "province": province_text}
UNSTATED = "—"  # stands for the person or team of cases that state none
PSEUDONYM = re.compile(r"^承办人(?=-?[0-9a-f]+$)")  # as the register's privacy makes them: numbered, or of a key
OFFICER = "officer"
# Columns in which one figure of several courts is compared, and those of its differences.
COMPARED = (
    *(
        "value",
        "raw",
        "shrunken",
        "peer_mean",
        "baseline",
        "low",
        "high",
        "fitted",
        "common",
        "level",
        "level_lower",
        "level_upper",
    ),
    *(f"{side}{bound}_{level}" for side in ("", "inner_") for bound in ("lower", "upper") for level in ("95", "998")),
)
DIFFERENCES = (
    *("gap", "gap_before", "gap_after", "gap_change", "expected_by_chance", "expected_from_all"),
    *("change", "trend", "trend_lower", "trend_upper"),
)
BOUNDS = frozenset(["lower", "upper"])
# What pandas calls the statistics of a summary and the margins of a pivot, which are no columns of ours.
STATISTICS = {
    "sum": Text("合计", "sum"), "mean": Text("平均", "mean"), "count": Text("数量", "count"), "size": Text("数量", "size"),
    "median": Text("中位数", "median"), "std": Text("标准差", "std"), "var": Text("方差", "var"), "min": Text("最小", "min"),
    "max": Text("最大", "max"), "first": Text("最先", "first"), "last": Text("最后", "last"), "nunique": Text("不同值数", "nunique"),
    "unique": Text("不同值数", "unique"), "top": Text("最多的值", "top"), "freq": Text("最多的值的数量", "freq"), "All": Text("合计", "All"),
}  # fmt: skip
OF_TEXTS = {"unique", "top", "freq"}  # statistics that stand together, and are common names alone
COMMON = (
    "position",
    "coverage",
    "higher",
    "power",
    "reached",
    "survival",
    "without",
)  # shares in results; in a user's frame anything
PROVENANCE = ("source_file", "source_sheet", "source_row")
# What makes tables, whose name a table of ours begins with; a user may note any other name under the same key.
MAKERS = {
    "aid", "bulletin", "calibration", "campaign_effect", "case_mix", "caseflow", "caseflow_from_counts", "cases", "check_cases",
    "closed_within", "closing_incidence", "coercive_measures", "compare_printed", "composite_score", "control_limits", "coverage",
    "cox_model", "cycle", "data_review", "deadlines", "definition_bridge", "definitions", "disposition_time", "entry_quality",
    "exchanged", "first_figures", "forecast", "funnel", "indicators", "ingested", "integrity", "late_starts", "limit_bunching",
    "limit_rules", "mix_cells", "observations", "officer_scorecard", "peer_panel", "peer_trends", "peers_over_time", "pending_ages",
    "percentile_band", "petitions", "proposal", "published", "rank_intervals", "ratio_change", "read_returns", "reconcile_counts",
    "reconciliation", "recovery_rates", "register", "responsibility_ledger", "sample_panel", "sample_register", "sealed_figures",
    "shadow_stock", "shrink", "sources", "stands_out", "statement", "statements", "stock_change", "suppress_dominated",
    "suppress_small", "tallies", "terminated_stock", "termination_compliance", "time_to_close", "top_set", "variation_table",
    "verify_ingested", "verify_report", "what_if", "years",
}  # fmt: skip


def said_table(frame: pd.DataFrame) -> str:
    """Return the table of ours that a frame says it is (``attrs["table"]``); empty where it says none, or one of the user's.

    >>> aid, own = pd.DataFrame(), pd.DataFrame()
    >>> aid.attrs["table"], own.attrs["table"] = "register.aid", "表3"
    >>> said_table(aid), said_table(own)
    ('register.aid', '')
    """
    named = frame.attrs.get("table")
    return named if isinstance(named, str) and named.partition(".")[0] in MAKERS else ""


def table_of(frame: pd.DataFrame) -> str:
    """Return the table of ours that a frame is: the one it names in ``attrs["table"]``, or a register's by its columns; empty for any other.

    >>> table_of(pd.DataFrame(columns=["case_no", "granted_on", "amount"]))
    'register.aid'
    """
    if named := said_table(frame):
        return named
    names = {str(name).removesuffix("_text") for name in frame.columns}
    holders = [table for table in TABLES if names <= {*columns(table), *PROVENANCE}]
    return f"register.{holders[0]}" if holders and len(names) > 1 and not frame.attrs else ""


def plain_heading(column: Any, frame: pd.DataFrame) -> Text | None:
    """Return the heading of a column of a frame of no known table that says no unit: a statistic of pandas, or a common word as it is.

    >>> str(plain_heading("size", pd.DataFrame(columns=["size"]))), str(plain_heading("power", pd.DataFrame(columns=["power"])))
    ('数量', 'power')
    >>> plain_heading("freq", pd.DataFrame(columns=["freq"])), plain_heading("closed", pd.DataFrame(columns=["closed"]))
    (None, None)
    """
    if not isinstance(column, str) or (column in OF_TEXTS and not {*frame.columns} >= OF_TEXTS):
        return None
    return Text(column, column) if column in COMMON else STATISTICS.get(column)


def heading(column: str, table: str = "", *, unit: str | None = None) -> Text:
    """Return a column's heading with its unit where it has one that must be named.

    ``unit`` takes the place of the column's own: a result knows that its values are shares.

    >>> heading("amount", "register.aid").zh, heading("amount", "aid").zh, heading("filed").zh, heading("value", unit="share").zh
    ('救助金额（元）', '金额（万元）', '新收', '数值（%）')
    """
    entry = dictionary().get(f"{table}.{column}") or dictionary().get(column)
    name = entry.text if entry else Text(column, column)
    return with_unit(name, unit or (entry.unit if entry else None))


def with_unit(name: Text, unit: str | None) -> Text:
    """Return a name with its unit behind it where it has one that must be named; many names say themselves what they count by.

    >>> with_unit(Text("结案率", "closure rate"), "share").zh, with_unit(Text("每百件信访数", "petitions per 100 cases"), "per_hundred").zh
    ('结案率（%）', '每百件信访数')
    >>> str(with_unit(Text("平均结案时间", "mean days to close"), "天")), with_unit(Text("平均天数", "mean days"), "天").en
    ('平均结案时间（天）', 'mean days')
    """
    if unit not in NAMED_UNITS:
        return name
    said = unit_text(unit)
    names = ((name.zh, said.zh), (name.en, said.en))
    zh, en = ("" if part in whole and part != "%" else part for whole, part in names)
    return name + Text(f"（{zh}）" if zh else "", f" ({en})" if en else "")


def is_known(column: str, table: str = "") -> bool:
    """Return whether a column has a heading of its own in the dictionary."""
    return f"{table}.{column}" in dictionary() or column in dictionary()


def unit_of(column: str, table: str = "") -> str | None:
    """Return the unit of a column's numbers, where it has one.

    >>> unit_of("amount", "register.coercive_measures"), unit_of("share"), unit_of("filed")
    ('元', 'share', None)
    """
    entry = dictionary().get(f"{table}.{column}") or dictionary().get(column)
    return entry.unit if entry else None


def units_of(frame: pd.DataFrame, table: str | None = None) -> dict[str, str | None]:
    """Return the unit of each column of a frame, where it has one; ``table`` is the frame's own unless given.

    A result that knows its units better than the dictionary says them in ``attrs["units"]``; a bound has the unit of what
    it bounds, which stands to its left. Whole numbers are no shares but counts of them (``groupby(…).count()``), and what sets columns
    against each other (``corr``) has no unit.

    >>> units_of(pd.DataFrame(columns=["share", "lower", "upper", "closed"]))
    {'share': 'share', 'lower': 'share', 'upper': 'share', 'closed': None}
    """
    said, table = frame.attrs.get("units"), table_of(frame) if table is None else table
    own = said if isinstance(said, dict) else {}  # what a user notes under that name may be anything
    units: dict[str, str | None] = {}
    bounded = None
    if len(frame) > 1 and frame.index.equals(frame.columns):
        return dict.fromkeys(map(str, frame.columns))
    for name, dtype in zip(map(str, frame.columns), frame.dtypes, strict=True):
        plain = not table and plain_heading(name, frame) is not None
        said = own.get(name) or (None if plain else unit_of(name, table))
        if said in SHARES and getattr(dtype, "kind", "") in ("i", "u"):
            said = None
        units[name] = said or (bounded if name in BOUNDS else None)
        bounded = bounded if name in BOUNDS else said
    return units


@cache
def code_text(column: str, code: str, table: str = "") -> Text | None:
    """Return what a code of a column is called, ``None`` for a value that is no code of it.

    >>> code_text("basis", "civil").zh, code_text("verdict", "agrees").zh, code_text("team", "civil")
    ('民事', '相符', None)
    """
    if code == "not_stated":
        return blank_text(column)
    known = dictionary()
    for key in (f"{table}.{column}_{code}", f"{column}_{code}"):
        if key in known:
            return with_unit(*known[key])
    if column == "measure":
        return measure_text(code)
    return terms().get(code) if column in CODED else None


def units_of_rows(frame: pd.DataFrame) -> list[str | None] | None:
    """Return the unit of each row of a frame whose rows are several quantities: its own, or that of its measure; ``None`` for others.

    >>> frame = pd.DataFrame({"measure": ["recovery", "closed"], "value": [0.876, 383]})
    >>> frame.attrs["table"] = "officer_scorecard.table"
    >>> units_of_rows(frame)
    ['share', None]
    """
    levels = {name: frame.index.get_level_values(name) for name in frame.index.names if isinstance(name, str)}
    said = {name: frame.get(name, levels.get(name, ())) for name in ("unit", "measure", "criterion")}
    if "unit" in frame or "unit" in levels:
        return [unit if isinstance(unit, str) else None for unit in said["unit"]]
    table = table_of(frame)
    for column in ("measure", "criterion"):
        entries = [dictionary().get(f"{table}.{column}_{code}") for code in said[column]]
        if any(entries):
            return [entry.unit if entry else None for entry in entries]
    return None


def truth_text(column: str, value: bool) -> Text:
    """Return yes or no in the words of the column, where it has its own.

    >>> truth_text("has_property", False).zh, truth_text("complete", False).zh
    ('无财产', '否')
    """
    own = terms().get(f"{column}_{'yes' if value else 'no'}")
    return own or (YES if value else NO)


def read(column: str, value: Any, table: str = "") -> Any:
    """Return a value as a person reads it in the language spoken: codes, yes and no, units, pseudonyms; others as they are.

    >>> read("closure_mode", "settled"), read("met", True), read("unit", "万元"), read("court", "某法院"), read("filed", 3)
    ('和解', '是', '万元', '某法院', 3)
    >>> read("definition", "closed/received")
    '结案/受理'
    """
    if isinstance(value, (bool, np.bool_)):
        return str(truth_text(column, bool(value)))
    if not isinstance(value, str):
        return value
    if column == "unit":
        return str(unit_text(value))
    if column in PEOPLE or column in NAMES:
        named = NAMES.get(column, pseudonym)
        return str(terms()["not_stated"] if value == UNSTATED else named(value))
    if column in ("broken", "rules"):  # of control limits
        return str(joined([code_text("rule", code) or Text(code, code) for code in value.split(",") if code]))
    if column == "gates_missed":  # of a scheme
        return str(Text("、", ", ")).join(str(terms().get(code, code)) for code in value.split("、"))
    known = None if value.isdecimal() else code_text(column, value, table)  # 3 closed are no closed_3
    if known is None and column == "definition" and all(part in terms() for part in value.split("/")):
        return "/".join(
            str(terms()[part]) for part in value.split("/")
        )  # numerator and denominator of a published rate
    return in_language(value) if known is None else str(known)


@cache
def blank_text(column: str) -> Text:
    """Return what cases without a value in a column are called: where its words must be known, or its numbers be read, some may not have been.

    >>> blank_text("team").zh, blank_text("has_property").zh, blank_text("amount_band").en
    ('未填', '未填或未识别', 'blank or not understood')
    """
    kinds = {columns(table)[column].kind for table in TABLES if column in columns(table)}
    return terms()["not_understood" if column == "amount_band" or kinds - {"text"} else "not_stated"]


def group_text(column: str, value: Any) -> Text:
    """Return what a group of a breakdown is called: a code's name, yes or no in the column's words, or the value itself.

    >>> group_text("basis", "civil").zh, group_text("has_property", True).zh, group_text("team", None).en
    ('民事', '有财产', 'not stated')
    """
    if pd.isna(value):
        return blank_text(column)
    if isinstance(value, (bool, np.bool_)) or str(value) in ("True", "False"):
        answer = truth_text(column, str(value) == "True")
        if answer not in (YES, NO):
            return answer
        asked = heading(column)
        return Text(f"{asked.zh}：{answer.zh}", f"{asked.en}: {answer.en}")
    if column in PEOPLE:
        return _officer_text(str(value))
    named = NAMES.get(column, lambda name: terms().get(name, Text(name, name)))
    return code_text(column, str(value)) or named(str(value))


def pseudonym(name: str) -> str:
    """Return an officer's pseudonym in the language spoken, a name as it is.

    >>> from analysis.vocabulary.language import speaking
    >>> with speaking("en"):
    ...     pseudonym("承办人01"), pseudonym("承办人-0e49f19b"), pseudonym("承办人甲")
    ('officer 01', 'officer-0e49f19b', '承办人甲')
    """
    return str(_officer_text(name))


def _officer_text(name: str) -> Text:
    """An officer's pseudonym in both languages, a name as it is."""
    joint = "" if "-" in name else " "
    return Text(name, PSEUDONYM.sub(f"{OFFICER}{joint}", name))


def compared_in(unit: str | None, *tables: pd.DataFrame) -> None:
    """Say of tables that compare one figure of several courts in what unit it is; differences of shares are points.

    >>> table = pd.DataFrame({"value": [0.99125], "gap": [-0.01]})
    >>> compared_in("share", table)
    >>> units_of(table), heading("value", unit=units_of(table)["value"]).zh
    ({'value': 'share', 'gap': 'points'}, '数值（%）')
    """
    if unit is None:
        return
    units = dict.fromkeys(COMPARED, unit) | dict.fromkeys(DIFFERENCES, "points" if unit == "share" else unit)
    for table in tables:
        figures = table.select_dtypes("number")
        table.attrs["units"] = {name: unit for name, unit in units.items() if name in figures}
