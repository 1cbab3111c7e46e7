"""Closings before a date in words: what stands out, or that nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.measures.limits.bunching import LimitBunching

DATES = {"limit": Text("法定期限届满", "the time limit"), "year_end": Text("12月31日", "31 December")}


def finding(found: LimitBunching, parts: list[Text]) -> Text:
    """The date before which most closings stand out, or that none does."""
    known = found.summary[found.summary["lower"].notna()]
    if known.empty:
        return parts[0]
    if not (known["lower"] > 0).any():
        if "limit" not in set(found.summary["date"]):
            return Text("年末前的结案未见堆积", "No pile of closings before the year's end is seen")
        return Text(
            "期限届满前和年末前的结案未见堆积", "No pile of closings before the limit or the year's end is seen"
        )
    most = max(known.to_dict("records"), key=lambda row: row["excess"])
    return told_of(most)


def told_of(row: dict[Any, Any]) -> Text:
    """The closings of the fourteen days before a date, beside those that the smooth curve has there."""
    name, observed = DATES[row["date"]], number(row["observed"], 0)
    if pd.isna(row["observed"]):
        if row["date"] == "limit":  # the register ends before, or every case was closed before
            return Text(f"没有案件未结至{name.zh}前14天", f"No case was followed open to the 14 days before {name.en}")
        return Text(f"台账不含{name.zh}前14天", f"The register holds none of the 14 days before {name.en}")
    said = Text(f"{name.zh}前14天结案{observed}件", f"{observed} closings in the 14 days before {name.en}")
    if pd.isna(row["expected"]):
        return said
    expected, excess, low, high = (number(row[key], 0) for key in ("expected", "excess", "lower", "upper"))
    return said + Text(
        f"，平滑曲线为{expected}件，相差{excess}件（95%区间{low}至{high}）",
        f", {expected} by the smooth curve: {excess} apart (95% limits {low} to {high})",
    )
