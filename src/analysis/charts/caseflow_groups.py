"""A caseflow in groups: its one breakdown, the groups in their order, and the frequency of its periods."""

from __future__ import annotations

import pandas as pd

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.labels import group_text, heading
from analysis.vocabulary.numbers import number
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.periods import CALENDARS, FREQUENCIES, frequency_of, windows
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed, number_of

MOST_PANELS = 12


def is_one(names: pd.Series) -> bool:
    """True if every row bears the same name."""
    return len(names.drop_duplicates()) == 1


def breakdown_of(flow: pd.DataFrame) -> str | None:
    """The one column that the flow is broken down by; a court named in every row is no breakdown."""
    known = ("period", "opening", "filed", "closed", "closing")
    by = [str(name) for name in flow.attrs.get("by") or [name for name in flow.columns if name not in known]]
    by = [name for name in by if not (name == "court" and is_one(flow[name]))]
    if len(by) > 1:
        raise ArgumentError(
            f"一幅图只按一列分组，现有 {'、'.join(by)}。请只用一列 by=，或先筛选。",
            f"a chart takes one column of groups, not {', '.join(by)}. Use one column in by=, or filter first.",
        )
    return by[0] if by else None


def groups_of(flow: pd.DataFrame, by: str | None, freq: str) -> list[tuple[Text, pd.DataFrame]]:
    """The rows of every group under its name, of each the same periods; without a breakdown all in one."""
    if by is None:
        return [(term("all_cases"), flow.sort_values("period", ignore_index=True))]
    every = every_period(flow, freq)
    found = [
        (group_text(by, value), every.merge(rows, on="period", how="left"))
        for value, rows in flow.sort_values(by, key=group_order, kind="stable").groupby(by, dropna=False, sort=False)
    ]
    if len(found) > MOST_PANELS:
        raise ArgumentError(
            f"“{heading(by).zh}”有{len(found)}组，一幅图最多{MOST_PANELS}组：请先筛选，或换一列分组。",
            f'"{heading(by).en}" has {len(found)} groups; a chart holds at most {MOST_PANELS}. Filter, or group otherwise.',
        )
    return found


def every_period(flow: pd.DataFrame, freq: str) -> pd.DataFrame:
    """The periods from the first to the last of a table, also those of which it has no row, in a column ``period``."""
    held = flow[["period"]].drop_duplicates().sort_values("period", ignore_index=True)
    if freq not in FREQUENCIES:
        return held
    calendar = flow.attrs.get("calendar", CALENDARS[0])
    every = windows(held["period"].min(), held["period"].max(), freq=freq, calendar=calendar)[["period"]]
    return every if held["period"].isin(every["period"]).all() else held


def frequency_in(periods: pd.Series) -> str:
    """Infer the frequency from the distances of the periods; of a lone period from the day it begins on."""
    days = pd.to_datetime(periods).drop_duplicates().sort_values()
    if len(days) == 1:
        first = days.iloc[0]
        return "Y" if first.day_of_year == 1 else "M" if first.day == 1 else "D"
    return frequency_of(days) or "D"


def compared(groups: list[tuple[Text, pd.DataFrame]]) -> list[Text]:
    """Several groups in a line: which holds the most pending cases at the end, and in brief how many do."""
    ends = {place: rows["closing"].iloc[-1] for place, (_, rows) in enumerate(groups)}
    if any(pd.isna(end) for end in ends.values()):
        return [Text("新收、结案与未结", "Cases filed, closed and pending")]
    most, total = max(ends.values()), number(sum(ends.values()))
    if not any(ends.values()):
        return [Text("期末各组都没有未结", "nothing pending in any group at the end")]
    first = [groups[place][0] for place, end in ends.items() if end == most]
    each_zh, each_en = ("各", " each") if len(first) > 1 else ("", "")
    names = listed(first), Text(f"其中{len(first)}组", number_of(len(first), "group"))
    return [
        Text(
            f"期末未结{total}件，最多的是{name.zh}（{each_zh}{number(most)}件）",
            f"{total} pending at the end, most in {name.en} ({number(most)}{each_en})",
        )
        for name in names
    ]
