"""The findings of a register rule by rule: how many, and where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.text import LANGUAGES, Text, in_language, joined

if TYPE_CHECKING:
    from collections.abc import Hashable

COLUMNS = ["severity", "rule", "count", "first_at"]
EXAMPLES = 2
SEVERITIES = ("error", "warning", "info")


def findings_by_rule(findings: pd.DataFrame, *, examples: int = EXAMPLES) -> pd.DataFrame:
    """Sum up findings, one row a rule, the worst and most frequent first.

    Columns ``severity, rule, count, first_at``: of the first ``examples`` file and sheet (where there are several), row and
    case number, in both languages; of one that is about no row, what is wrong.

    >>> found = pd.DataFrame({"severity": ["info", "error", "error", "error"], "rule": ["a", "b", "b", "b"], "file": "x.csv",
    ...                       "sheet": "", "row": [2, 3, 4, 5], "case_no": [None, "甲1", "甲2", "甲3"], "problem": ""})
    >>> findings_by_rule(found)[["rule", "count"]].values.tolist()
    [['b', 3], ['a', 1]]
    >>> findings_by_rule(found)["first_at"].str.split(chr(10)).str[0].tolist()
    ['第3行 甲1；第4行 甲2', '第2行']
    """
    if findings.empty:
        return pd.DataFrame(columns=COLUMNS)
    told: list[Hashable] = [name for name in ("file", "sheet") if len({*findings[name].dropna().unique()} - {""}) > 1]
    rows = [
        {
            "severity": severity,
            "rule": rule,
            "count": len(own),
            "first_at": joined([_place(row, told) for row in own.head(examples).to_dict("records")]).cell,
        }
        for (severity, rule), own in findings.groupby(["severity", "rule"], sort=False)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    rank = table["severity"].map(SEVERITIES.index)
    order = table.assign(rank=rank).sort_values(["rank", "count"], ascending=[True, False], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _place(row: dict[Hashable, Any], told: list[Hashable]) -> Text:
    where = [str(row[name]) for name in told if row[name] and not pd.isna(row[name])]
    case = "" if row["case_no"] is None or pd.isna(row["case_no"]) else str(row["case_no"])
    if pd.isna(row["row"]):
        return Text(*(in_language(str(row["problem"]), language) for language in LANGUAGES))
    number = int(row["row"])
    zh, en = (" ".join([*where, said, case]).strip() for said in (f"第{number}行", f"row {number}"))
    return Text(zh, en)
