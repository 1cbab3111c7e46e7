"""Courts over the years: their values, names and expected last values, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.court_names import (
    DOUBT_NOTE,
    Highlight,
    doubtful,
    highlighted,
    shown_names,
    title_with_own,
)
from analysis.vocabulary.courts import counted_courts
from analysis.vocabulary.labels import with_unit
from analysis.vocabulary.numbers import factor_of, number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital

if TYPE_CHECKING:
    from analysis.inference.peers.trends import PeerTrends

MOST_LINES = 40  # courts drawn as lines; more are shown as a band of the middle eight tenths


@dataclass(frozen=True)
class Slopes:
    """Values and doubt by court (rows) and period (columns), the own courts, and expected last values."""

    values: pd.DataFrame
    doubt: pd.DataFrame
    own: list[str]
    names: dict[str, Text]
    expected: pd.DataFrame
    axis: Text
    unit: str | None
    words: tuple[Text, Text, Text]


def slopes_of(trends: PeerTrends, highlight: Highlight, anonymise: bool) -> Slopes:
    """Courts by period, the own ones, and where they were expected at the last period."""
    unit = factor_of(trends.unit)
    table = trends.table.assign(court=trends.table["court"].astype(str))
    values = table.pivot_table(index="court", columns="period", values="value") * unit
    doubt = table.assign(doubt=doubtful(table)).pivot_table(index="court", columns="period", values="doubt")
    doubt = doubt.reindex_like(values).eq(1)
    own = highlighted(highlight, values.index)
    names = shown_names(values.index, marked=own, anonymise=anonymise)
    last = values.columns[-1]
    changes = trends.changes.assign(court=trends.changes["court"].astype(str))
    changes = changes[(changes["period_to"] == last) & changes["court"].isin(own)].set_index("court")
    mean = float(values[last].mean())
    expected = pd.DataFrame(
        {
            name: mean + unit * (changes["gap_before"] + changes[column])
            for name, column in (("at", "expected_from_all"), ("lower", "lower"), ("upper", "upper"))
        }
    ).dropna()
    name = term(trends.indicator) if trends.indicator else term("value")
    axis = with_unit(name, trends.unit)
    caption = trends.caption
    if doubt.loc[own if len(values) - len(own) > MOST_LINES else values.index].any(axis=None):
        caption = caption + DOUBT_NOTE
    title, alt = _words(values, own, names, expected, axis)
    return Slopes(values, doubt, own, names, expected, axis, trends.unit, (title, alt, caption))


def said(value: float) -> str:
    """A value as it stands in the title, in the alt text and beside its point."""
    return number(value, 2)


def tick_texts(values: pd.DataFrame) -> list[str]:
    """The names of the periods under the axis."""
    return [f"{period:%Y-%m-%d}" if isinstance(period, pd.Timestamp) else str(period) for period in values.columns]


def _words(
    values: pd.DataFrame, own: list[str], names: dict[str, Text], expected: pd.DataFrame, name: Text
) -> tuple[Text, Text]:
    periods = tick_texts(values)
    start, end = (said(values[column].mean()) for column in (values.columns[0], values.columns[-1]))
    counted = counted_courts(values.index)
    alt = Text(
        f"折线图，{counted.zh}的{name.zh}，{periods[0]}至{periods[-1]}；同行均值由{start}到{end}。",
        f"Lines of {name.en} for {counted.en}, {periods[0]} to {periods[-1]}; the mean goes from {start} to {end}.",
    )
    mean = Text(f"同行均值由{start}到{end}", f"the mean of all from {start} to {end}")
    ways: list[tuple[Text, Text]] = []
    for court in own:
        way = _way(values.T[court], periods)
        ways.append((names[court], Text(way.zh, f" {way.en}")))
        alt = alt + Text(f"{names[court].zh}{way.zh}", f" {names[court].en} goes {way.en}")
        if court in expected.index:
            row: Any = expected.loc[court]
            span = f"{said(row['at'])}（{said(row['lower'])}–{said(row['upper'])}）"
            en = f"{said(row['at'])} ({said(row['lower'])} to {said(row['upper'])})"
            alt = alt + Text(f"，按各院走势末期预期{span}", f"; all courts together predict {en} at the end")
        alt = alt + Text("。", ".")
    return title_with_own(Text(f"{name.zh}：", f"{capital(name.en)}: "), mean, ways, Text("，", ", ")), alt


def _way(course: pd.Series, periods: list[str]) -> Text:
    """From where to where a court goes, and when, where that is not from the first to the last period of all."""
    known = np.flatnonzero(course.notna())
    first, last = known[0], known[-1]
    way = Text(
        f"由{said(course.iloc[first])}到{said(course.iloc[last])}",
        f"from {said(course.iloc[first])} to {said(course.iloc[last])}",
    )
    if first == last:
        return Text(
            f"为{said(course.iloc[last])}（{periods[last]}）", f"to {said(course.iloc[last])} ({periods[last]} alone)"
        )
    if (first, last) == (0, len(course) - 1):
        return way
    return way + Text(f"（{periods[first]}至{periods[last]}）", f" ({periods[first]} to {periods[last]})")
