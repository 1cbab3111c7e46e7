"""A forecast in words, and the paths and errors that its chart draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.cycle_words import said_problems
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, joined

if TYPE_CHECKING:
    from analysis.inference.cycle.forecast import Forecast
    from analysis.inference.cycle.what_if import WhatIf


def fans_of(found: Forecast | WhatIf) -> list[tuple[str, pd.DataFrame]]:
    """The paths to draw: one forecast, or the scenarios of a what-if."""
    if "scenario" not in found.table:
        return [("forecast", found.table)]
    return [(str(name), rows.reset_index(drop=True)) for name, rows in found.table.groupby("scenario", sort=False)]


def words_of(found: Forecast | WhatIf) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    fans = fans_of(found)
    now = found.past.iloc[-1]
    begin = period_text(now["period"], found.freq)
    parts = []
    for name, rows in fans:
        last = rows.iloc[-1]
        when = period_text(last["period"], found.freq)
        middle, low, high = (number(last[column], 0) for column in ("pending", "lower", "upper"))
        parts.append(
            Text(
                f"{term(name).zh}：{when.zh}{middle}件（95%区间{low}至{high}）",
                f"{term(name).en}: {middle} in {when.en} (95% limits {low} to {high})",
            )
        )
    alt = Text(
        f"扇形图。{begin.zh}末未结{number(now['pending'])}件；",
        f"Fan chart. Pending at the end of {begin.en}: {number(now['pending'])}; ",
    )
    (_, ahead), *others = reversed(fans)
    when, last = period_text(ahead["period"].iloc[-1], found.freq), ahead.iloc[-1]
    middle, low, high = (number(last[column], 0) for column in ("pending", "lower", "upper"))
    title = Text(
        f"未结存量：预计{when.zh}{middle}件（95%区间{low}至{high}）",
        f"Pending stock: {middle} expected in {when.en} (95% limits {low} to {high})",
    )
    if others:
        same = number(others[-1][1]["pending"].iloc[-1], 0)
        title = Text(
            f"未结存量：{when.zh}{term('baseline').zh}{same}件，{term('what_if').zh}{middle}件",
            f"Pending stock in {when.en}: {term('baseline').en} {same}, {term('what_if').en} {middle}",
        )
    note = Text(f"{found.caption.zh}。", f"{found.caption.en}.") + _reached(found) + said_problems(found.problems)
    return title, alt + joined(parts) + Text("。", "."), note


def _reached(found: Forecast | WhatIf) -> Text:
    """The periods in which the scenarios fall under the target."""
    if not hasattr(found, "target"):
        return Text("", "")
    said = Text("", "")
    for row in found.target.to_dict("records"):
        share = number(100 * row["reached"], 0)
        name = term(row["scenario"])
        if pd.isna(row["period"]):
            text = Text(
                f"{name.zh}：{share}%的路径降到目标以下。",
                f" {capital(name.en)}: {share}% of the paths fall under the target.",
            )
        else:
            when = period_text(row["period"], found.freq)
            text = Text(
                f"{name.zh}：{when.zh}降到目标以下（中位数；{share}%的路径达到）。",
                f" {capital(name.en)}: under the target in {when.en} (median; {share}% of the paths get there).",
            )
        said = said + text
    return said
