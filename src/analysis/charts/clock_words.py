"""A backlog clock in words: title, alt text and note, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.cycle_words import is_adjusted, said_problems
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle


def words_of(found: Cycle, path: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    first, last = (period_text(path["period"].iloc[i], found.freq) for i in (0, -1))

    def at(place: Any) -> tuple[str, str, Text]:
        row = path.loc[place]
        return number(row["stock"], 0), number(row["change"], 0), period_text(row["period"], found.freq)

    (up_stock, up, up_at), (down_stock, down, down_at) = at(path["change"].idxmax()), at(path["change"].idxmin())
    end_stock, end, _ = at(path.index[-1])
    moved = float(path["change"].iloc[-1])
    count = number(abs(moved), 0)
    way = Text(f"增加{count}件", f"{count} more than") if moved > 0 else Text(f"减少{count}件", f"{count} fewer than")
    compared = Text(f"比上年同期{way.zh}", f"{way.en} a year before")
    if count == "0":
        compared = Text("与上年同期相同", "as many as a year before")
    kind, beside = Text("存量", "stock"), Text("", "")
    if is_adjusted(found):  # what is drawn is not what was counted: both are told
        recorded = number(path["recorded"].iloc[-1], 0)
        kind = Text("季节调整后存量", "season-adjusted stock")
        beside = Text(f"（原值{recorded}件）", f" ({recorded} recorded)")
    title = Text(
        f"积案时钟：{last.zh}{kind.zh}{end_stock}件{beside.zh}，{compared.zh}",
        f"Backlog clock: {kind.en} of {end_stock} in {last.en}{beside.en}, {compared.en}",
    )
    alt = Text(
        f"路径图，{first.zh}至{last.zh}：增加最多在{up_at.zh}（一年{up}件，{kind.zh}{up_stock}件），减少最多在{down_at.zh}"
        f"（一年{down}件，{kind.zh}{down_stock}件）；末期{kind.zh}{end_stock}件{beside.zh}，一年{end}件。",
        f"A path, {first.en} to {last.en}: the largest rise over a year ends in {up_at.en} ({up}, {kind.en} {up_stock}), the largest fall "
        f"in {down_at.en} ({down}, {kind.en} {down_stock}); at the end the {kind.en} is {end_stock}{beside.en} and its change {end}.",
    )
    note = Text(
        f"n = {len(path)}期；纵轴为与上年同期之差；颜色由深到浅为时间先后，方块为末期。顺时针一圈为一轮累积与清理。",
        f"n = {len(path)} periods; up: difference from a year before; from dark to light as time passes, the square is the last. Once round, clockwise, "
        "is one round of accumulating and clearing.",
    )
    return title, alt, note + said_problems(found.problems)
