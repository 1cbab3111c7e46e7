"""A campaign in words: title, alt text and note of its chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.cycle_words import said_problems
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, joined

if TYPE_CHECKING:
    from analysis.inference.cycle.campaign import CampaignEffect

SAID = {"closed": "mean", "filed": "mean", "pending": "level"}  # the term that says the effect


def course_of(effect: CampaignEffect, name: str) -> pd.DataFrame:
    """The periods of one series, recorded and without the campaign."""
    table = effect.counterfactual
    return table[table["series"] == name].reset_index(drop=True)


def words_of(effect: CampaignEffect) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    rows = effect.table.set_index(["series", "term"])
    parts = []
    for name, key in SAID.items():
        row = rows.loc[[(name, key)]].iloc[0]
        places = 0 if name == "pending" else 1
        numbers = [number(row[column], places) for column in ("estimate", "lower", "upper")]
        counted = term(f"counted_{name}")
        when = Text("期末", "at the end") if name == "pending" else Text("平均每期", "a period")
        parts.append(
            Text(
                f"{counted.zh}{when.zh}相差{numbers[0]}件（95%区间{numbers[1]}至{numbers[2]}）",
                f"{counted.en} differ by {numbers[0]} {when.en} (95% limits {numbers[1]} to {numbers[2]})",
            )
        )
    finding = parts[list(SAID).index("closed")] if "closed" in SAID else parts[0]
    title = Text("专项活动期间：", "Campaign: ") + finding
    course = course_of(effect, "closed")
    during = course.loc[course["during"], "period"]
    first, last = period_text(during.min(), effect.freq), period_text(during.max(), effect.freq)
    alt = Text(
        f"三幅线图，实际与若无活动。{first.zh}至{last.zh}的活动期间：",
        f"Three line charts, as recorded and without the campaign. During {first.en} to {last.en}: ",
    )
    note = Text(
        f"{effect.caption.zh}。区间超出图框处截去。", f"{effect.caption.en}. Limits that run beyond the panel are cut."
    )
    return title, alt + joined(parts) + Text("。", "."), note + said_problems(effect.problems)
