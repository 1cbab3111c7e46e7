"""The season in words: names of its parts, title, alt text and note of its chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.vocabulary.dates import MONTHS
from analysis.vocabulary.numbers import number, p_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, joined, spoken

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle

SERIES = ("filed", "closed")
SURE = 0.05  # of the test for a season
FEW_YEARS = 5  # below it the test hardly finds one month that stands out


def season_name(number: int, freq: str, language: str | None = None) -> str:
    """A month, quarter or week by its name.

    >>> season_name(12, "M", "en"), season_name(4, "Q", "zh")
    ('Dec', '四季度')
    """
    tongue = language or spoken()
    if freq == "M":
        return MONTHS[number - 1] if tongue == "en" else f"{number}月"
    if freq == "Q":
        return f"Q{number}" if tongue == "en" else f"{'一二三四'[number - 1]}季度"
    return f"week {number}" if tongue == "en" else f"第{number}周"


def series_held(table: pd.DataFrame) -> list[str]:
    """The series of which a season is known, in their order."""
    return [name for name in SERIES if name in set(table["series"])]


def words_of(found: Cycle, table: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    parts, headlines = [], []
    tests = found.seasonality.set_index("series")
    for name in series_held(table):
        own, counted = table[table["series"] == name].set_index("season"), term(f"counted_{name}")
        rows = own["index"]
        high, low = (int(rows.index.to_numpy()[place]) for place in (rows.argmax(), rows.argmin()))
        values = (number(rows[high], 2), number(rows[low], 2))
        parts.append(
            Text(
                f"{counted.zh}最多在{season_name(high, found.freq, 'zh')}（平均的{values[0]}倍），"
                f"最少在{season_name(low, found.freq, 'zh')}（{values[1]}倍）",
                f"{counted.en} are most in {season_name(high, found.freq, 'en')} ({values[0]} times the mean), "
                f"fewest in {season_name(low, found.freq, 'en')} ({values[1]} times)",
            )
        )
        p = tests["p"][name]
        is_unsure = pd.isna(p) or p >= SURE
        if is_unsure and own["years"].iloc[0] < FEW_YEARS and own["index_lower"][high] > 1:  # the picture shows it
            headlines.append(
                Text(
                    f"{counted.zh}{season_name(high, found.freq, 'zh')}最多（平均的{values[0]}倍），年数尚少，不足以确定季节性",
                    f"{counted.en} are most in {season_name(high, found.freq, 'en')} ({values[0]} times the mean), too few years to be sure of a season",
                )
            )
        elif is_unsure:
            headlines.append(Text(f"{counted.zh}未见季节性", f"no season of {counted.en} is seen"))
        else:
            headlines.append(
                Text(
                    f"{counted.zh}{season_name(high, found.freq, 'zh')}最多，为平均的{values[0]}倍",
                    f"{counted.en} are most in {season_name(high, found.freq, 'en')}, {values[0]} times the mean",
                )
            )
    title = joined(headlines)
    title = Text(title.zh, capital(title.en))
    alt = Text("点图，带95%区间：", "Points with 95% limits: ") + joined(parts) + Text("。", ".")
    p_of = tests["p"]
    zh, en = (
        "，".join(f"{term(name).zh} {p_text(p_of[name])}" for name in SERIES),
        ", ".join(f"{term(name).en} {p_text(p_of[name])}" for name in SERIES),
    )
    years = int(table["years"].iloc[0])
    note = Text(
        f"n = {years}整年；各年之间的95%区间；有无季节性的 Friedman 检验（Holm 校正）：{zh}。",
        f"n = {years} whole years; 95% limits over the years; Friedman's test for a season (Holm): {en}.",
    )
    return title, alt, note
