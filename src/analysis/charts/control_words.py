"""Control limits in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.inference.cycle.control_limits import BY_CHANCE
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from analysis.inference.cycle.control_limits import ControlLimits


def words_of(found: ControlLimits, table: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    by_chance = BY_CHANCE * len(table)
    counted, expected = int((table["broken"] != "").sum()), number(round(by_chance))
    title = Text(
        f"新收与结案：{len(table)}个数中{counted}个触发规则，纯属随机时约{expected}个",
        f"Filings and closings: {counted} of {len(table)} values break a rule, about {expected} by chance alone",
    )
    parts_zh, parts_en = [], []
    for name in SERIES:
        rows = table[table["series"] == name]
        hits = rows[rows["broken"] != ""]
        last = rows.iloc[-1]
        low, high = (number(last[side], 1) for side in ("lower", "upper"))
        when = listed(period_text(day, found.freq) for day in hits["period"].head(3))
        more_zh, more_en = (f"，如{when.zh}", f", such as {when.en}") if len(hits) else ("", "")
        parts_zh.append(f"{term(name).zh}的控制限为{low}至{high}件，{len(hits)}期触发规则{more_zh}")
        parts_en.append(f"{term(name).en}: limits {low} to {high}, periods that break a rule: {len(hits)}{more_en}")
    alt = Text("线图：" + "；".join(parts_zh) + "。", "Lines. " + "; ".join(parts_en) + ".")
    note = Text(
        f"{found.caption.zh}。季节已剔除（如有）；存量不画控制图。",
        f"{found.caption.en}. Season taken out where there is one; never the stock.",
    )
    return title, alt, note


SERIES = ("filed", "closed")
