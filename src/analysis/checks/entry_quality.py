"""How well cases are entered (迟录、漏录、错录), by month and officer: the rates that a court reports as 100 % correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.privacy import pseudonyms
from analysis.checks.row_rules import LATE_AFTER_DAYS
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

KINDS = ("correct", "late", "missing", "wrong")
GROUPS = ("period", "officer", "court", "team")
PLACE = ["source_file", "source_sheet", "source_row"]
NO_ENTRY_DATES = Text(
    "台账没有信息录入日期，迟录、漏录无从判断", "the register has no days of entry: late and missing cannot be told"
)


def entry_quality(
    cases: Cases,
    *,
    by: Sequence[str] = ("period", "officer"),
    late_after_days: int = LATE_AFTER_DAYS,
    names: bool = False,
    findings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cases by month of filing and officer, each counted once: entered correctly, late, never, or wrongly.

    Columns ``[by…], cases, correct, late, missing, wrong`` and ``correct_share … wrong_share`` (parts of ``cases``),
    ``note``. A case is *missing* (漏录) without a day of entry; else *wrong* (错录) with an error-level finding; else
    *late* (迟录) if entered more than ``late_after_days`` after filing; else *correct*. ``by`` takes period, officer,
    court, team, or nothing for the whole register; raises ``ArgumentError`` for another.

    >>> from analysis.cases.table import Cases
    >>> two = pd.DataFrame({"case_no": ["（2011）富执字第1号", "（2011）富执字第2号"], "filed_on": ["2011-03-04"] * 2,
    ...                     "entered_on": ["2011-03-04", "2011-05-04"]})
    >>> entry_quality(Cases.from_frames(two, as_of="2011-12-31"), by=())[["cases", "correct", "late"]].values.tolist()
    [[2, 1, 1]]
    """
    for name in by:
        if name not in GROUPS:
            raise ArgumentError.not_one_of("by", name, GROUPS)
    if findings is None:
        from analysis.checks.checks import check_cases

        findings = check_cases(cases, late_after_days=late_after_days)
    rows = cases.known().select("case_no", "filed_on", "entered_on", "officer", "court", "team", *PLACE).to_pandas()
    if "officer" in by and not names:
        rows["officer"] = rows["officer"].map(pseudonyms(cases), na_action="ignore")
    return _counted(rows, findings, by, late_after_days)


def _counted(rows: pd.DataFrame, findings: pd.DataFrame, by: Sequence[str], late_after_days: int) -> pd.DataFrame:
    kinds = _kinds(rows, findings, late_after_days)
    measures = ["cases", *KINDS]
    if not by:
        counts = kinds.value_counts().reindex(KINDS, fill_value=0)
        table = pd.DataFrame([[len(kinds), *counts]], columns=measures)
        return _with_shares(table, known_entries=bool(rows["entered_on"].notna().any()), by=by)
    groups = pd.DataFrame(index=rows.index)
    for name in by:
        groups[name] = (
            pd.to_datetime(rows["filed_on"]).dt.to_period("M").dt.start_time.astype("datetime64[s]")
            if name == "period"
            else rows[name]
        )
    marks = pd.get_dummies(pd.Categorical(kinds, categories=KINDS)).astype("int64").set_index(rows.index)
    counted = pd.concat([groups, marks.assign(cases=1)], axis=1)
    table = counted.groupby(list(by), dropna=False)[measures].sum().reset_index()
    return _with_shares(table, known_entries=bool(rows["entered_on"].notna().any()), by=by)


def _kinds(rows: pd.DataFrame, findings: pd.DataFrame, late_after_days: int) -> pd.Series:
    wrong = findings[(findings["severity"] == "error") & (findings["table"] == "cases")]
    placed = wrong[wrong["row"].notna()]
    places = set(zip(placed["file"].fillna(""), placed["sheet"].fillna(""), placed["row"].astype(int), strict=True))
    here = zip(
        rows["source_file"].fillna(""), rows["source_sheet"].fillna(""), rows["source_row"].fillna(-1), strict=True
    )
    numbers = set(wrong.loc[wrong["row"].isna(), "case_no"].dropna())
    is_wrong = pd.Series([p in places for p in here], index=rows.index, dtype=bool) | rows["case_no"].isin(numbers)
    entered, filed = pd.to_datetime(rows["entered_on"]), pd.to_datetime(rows["filed_on"])
    kinds = pd.Series("correct", index=rows.index, dtype=object)
    kinds[entered > filed + pd.Timedelta(days=late_after_days)] = "late"
    kinds[is_wrong] = "wrong"
    if entered.notna().any():
        kinds[entered.isna()] = "missing"
    return kinds


def _with_shares(table: pd.DataFrame, *, known_entries: bool, by: Sequence[str]) -> pd.DataFrame:
    table = table[[*by, "cases", *KINDS]].astype(dict.fromkeys(("cases", *KINDS), "Int64"))
    table["note"] = ""
    if not known_entries:
        table[["correct", "late", "missing"]] = pd.NA
        table["note"] = NO_ENTRY_DATES.cell
    base = table["cases"].astype("Float64").where(table["cases"] > 0)
    for name in KINDS:
        table[f"{name}_share"] = table[name].astype("Float64") / base
    note = table.pop("note")
    return table.assign(note=note)


def entry_totals(
    rows: pd.DataFrame, as_of: pd.Timestamp, findings: pd.DataFrame, late_after_days: int
) -> dict[str, Any]:
    """The whole register's entry quality, for the summary of the findings."""
    row = _counted(rows[rows["filed_on"] <= as_of], findings, (), late_after_days).iloc[0]
    return {name: None if pd.isna(row[name]) else int(row[name]) for name in ("cases", *KINDS)}
