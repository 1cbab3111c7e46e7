"""Cases counted by how they were entered: correctly, late, never, wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("correct", "late", "missing", "wrong")
PLACE = ["source_file", "source_sheet", "source_row"]
JUDGED_BY = ["case_no", "filed_on", "entered_on", *PLACE]
NO_ENTRY_DATES = Text(
    "台账没有信息录入日期，迟录、漏录无从判断", "the register has no days of entry: late and missing cannot be told"
)


def entry_counts(rows: pd.DataFrame, findings: pd.DataFrame, by: Sequence[str], late_after_days: int) -> pd.DataFrame:
    """Count cases by groups, each once: missing without a day of entry, else wrong, else late, else correct."""
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


def _places(table: pd.DataFrame, names: list[str]) -> pd.MultiIndex:
    *texts, row = names
    return pd.MultiIndex.from_arrays(
        [*(table[name].astype("str").fillna("") for name in texts), table[row].fillna(-1).astype("int64")]
    )


def _kinds(rows: pd.DataFrame, findings: pd.DataFrame, late_after_days: int) -> pd.Series:
    wrong = findings[(findings["severity"] == "error") & (findings["table"] == "cases")]
    placed = wrong[wrong["row"].notna()]
    may_be = rows.loc[rows["source_row"].isin(placed["row"]).fillna(False), PLACE]  # by the number of the row alone
    numbers = set(wrong.loc[wrong["row"].isna(), "case_no"].dropna())
    is_wrong = rows["case_no"].isin(numbers)
    is_wrong[may_be.index] |= _places(may_be, PLACE).isin(_places(placed, ["file", "sheet", "row"]).unique())
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
    """Return the whole register's entry quality, for the summary of the findings."""
    row = entry_counts(rows.loc[rows["filed_on"] <= as_of, JUDGED_BY], findings, (), late_after_days).iloc[0]
    return {name: None if pd.isna(row[name]) else int(row[name]) for name in ("cases", *KINDS)}
