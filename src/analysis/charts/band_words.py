"""The band of peers in words: title and alt text of its chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.court_names import title_with_own
from analysis.vocabulary.courts import counted_courts, of_compared
from analysis.vocabulary.labels import with_unit
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital

if TYPE_CHECKING:
    from analysis.inference.peers.trends import PeerTrends


def _where(value: float, last: pd.Series) -> Text:
    """Where a value lies among the courts of the last period."""
    for edge, zh, en in (
        ("p10", "在最低一成", "in the lowest tenth"),
        ("p25", "在居中半数以下", "below the middle half"),
    ):
        if value < last[edge]:
            return Text(zh, en)
    for edge, zh, en in (
        ("p90", "在最高一成", "in the highest tenth"),
        ("p75", "在居中半数以上", "above the middle half"),
    ):
        if value > last[edge]:
            return Text(zh, en)
    return Text("在居中半数之内", "within the middle half")


def words_of(
    trends: PeerTrends,
    band: pd.DataFrame,
    values: pd.DataFrame,
    own: list[str],
    names: dict[str, Text],
    ticks: list[str],
) -> tuple[Text, Text]:
    """Title and alt text, from the numbers drawn."""
    name = term(trends.indicator) if trends.indicator else term("value")
    known = band.dropna(subset=["p50"])
    first, last = known.iloc[0], known.iloc[-1]

    mark = "%" if trends.unit == "share" else ""

    def shown(value: float) -> str:
        return number(value, 2) + mark

    def moved(series: pd.Series) -> Text:
        """From the first to the last; a single one as it is."""
        first, last = shown(series.iloc[0]), shown(series.iloc[-1])
        if len(series) == 1:
            return Text(f"为{last}", f"is {last}")
        return Text(f"由{first}到{last}", f"goes from {first} to {last}")

    counted, named = counted_courts(trends.table["court"].unique()), dict(zip(band["period"], ticks, strict=True))
    start, end = named[first["period"]], named[last["period"]]
    spans = [f"{number(row['p10'], 2)}–{shown(row['p90'])}" for row in (first, last)]
    middle = moved(known["p50"])
    when = Text(f"{start}至{end}", f"{start} to {end}") if len(known) > 1 else Text(end, end)
    tenths = Text(f"由{spans[0]}到{spans[1]}", f"from {spans[0]} to {spans[1]}")
    if len(known) == 1:
        tenths = Text(f"为{spans[1]}", f"are {spans[1]}")
    alt = Text(
        f"{counted.zh}的{name.zh}，{when.zh}；中位数{middle.zh}，居中八成{tenths.zh}。",
        f"{capital(name.en)} of {counted.en}, {when.en}; the median {middle.en}, the middle eight tenths {tenths.en}.",
    )
    name = name if mark else with_unit(name, trends.unit)
    median = Text(f"{of_compared('median_of_courts', values.index).zh}{middle.zh}", f"the median of all {middle.en}")
    ways: list[tuple[Text, Text]] = []
    for court in own:
        series: Any = values.loc[court].dropna()
        if last["period"] in series:  # a figure of another period has no place in this one's band
            way = _where(float(series[last["period"]]), last)
            ways.append((names[court], Text(f"末期{way.zh}", f" in the last period {way.en}")))
        if len(series):
            ends = moved(series)
            alt = alt + Text(f"{names[court].zh}{ends.zh}。", f" {names[court].en} {ends.en}.")
    return title_with_own(Text(f"{name.zh}：", f"{capital(name.en)}: "), median, ways, Text("，", "; ")), alt
