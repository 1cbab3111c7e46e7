"""A funnel in words: title, alt text and note of its chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT_NOTE, title_with_own
from analysis.charts.funnel_facets import Facet, mark_of, unit_of
from analysis.vocabulary.courts import counted_courts, measure_word
from analysis.vocabulary.numbers import factor_of, short
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, number_of

if TYPE_CHECKING:
    from analysis.inference.peers.funnel import Funnel

MOST_TOLD = 8  # courts that the alt text names


def words_of(fun: Funnel, facets: list[Facet]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    name = term(fun.indicator) if fun.indicator else term(f"kind_{fun.kind}")
    courts = pd.concat([facet.courts for facet in facets])
    counted = counted_courts(courts["name"].drop_duplicates())
    percent = mark_of(fun)
    low, high = (_shortly(edge, percent) for edge in (courts["y"].min(), courts["y"].max()))
    several = bool(courts["name"].duplicated().any())  # a court in several years
    if several:
        dated: Any = zip(courts["label"], courts["year"], strict=True)
        named: Any = [Text(f"{year:g}年{label.zh}", f"{label.en} {year:g}") for label, year in dated]
        courts["label"] = named
    far = courts[courts["outside_998"]].sort_values("y")
    finding = Text(
        f"{counted.zh}中{len(far)}家超出随机波动（99.8%限）",
        f"{len(far)} of {counted.en} outside the range of chance (99.8% limits)",
    )
    if several:
        finding = Text(
            f"{counted.zh}逐年{len(courts)}个数字中{len(far)}个超出随机波动（99.8%限）",
            f"{len(far)} of {len(courts)} yearly figures of {counted.en} outside the range of chance (99.8% limits)",
        )
    own: Any = courts[courts["own"]].to_dict("records")
    wheres = [(row["label"], Text("", " is ") + term(f"place_{_place(row)}")) for row in own if len(own) == 1]
    title = title_with_own(Text(f"{name.zh}：", f"{capital(name.en)}: "), finding, wheres, Text("，", "; "))
    what = Text("个数字", f"figure{'s' * (len(far) != 1)} outside") if several else Text("家", "outside")
    alt = Text(
        f"漏斗图，{counted.zh}的{name.zh}，由{low}到{high}；{len(far)}{what.zh}在99.8%限外{_listed(far, 'zh')}。",
        f"Funnel plot of {name.en} for {counted.en}, from {low} to {high}; "
        f"{len(far)} {what.en} the 99.8% limits{_listed(far, 'en')}.",
    )
    for row in own:
        alt = alt + _own_words(row, percent)
    note = fun.caption + _too_small(courts, fun)
    if courts["doubt"].any():
        note = note + DOUBT_NOTE
    if fun.kind == "clearance":
        note = note + term("clearance_note")
    return title, alt, note + left_out(fun)


def left_out(fun: Funnel) -> Text:
    """How many rows are not among the courts shown, where there are any."""
    count = len(fun.excluded)
    return (
        Text(f"。另有{count}行未列入比较", f". {number_of(count, 'further row')} left out") if count else Text("", "")
    )


def _too_small(courts: pd.DataFrame, fun: Funnel) -> Text:
    """Count the courts so small that no figure of theirs could lie below, or above, the 95% limits."""
    low = int(courts["lower_95"].le(0).sum())
    high = int(courts["upper_95"].ge(factor_of(unit_of(fun))).sum()) if fun.kind == "proportion" else 0
    said, unit = Text("", ""), measure_word(courts["name"])
    if low:
        said = said + Text(
            f"；{low}{unit}太小，再低也不会在95%限外", f"; {low} too small to lie below the 95% limits, however low"
        )
    if high:
        said = said + Text(
            f"；{high}{unit}太小，再高也不会在95%限外",
            f"; {high} too small to lie above the 95% limits, however high",
        )
    return said


def _shortly(value: float, percent: str) -> str:
    return short(value, 1 if percent or abs(value) >= 10 else 3) + percent


def _listed(far: pd.DataFrame, language: str) -> str:
    if far.empty:
        return ""
    names = [label.within(language) for label in far["label"][:MOST_TOLD]]
    more = len(far) > MOST_TOLD
    if language == "zh":
        return f"（{'、'.join(names)}{'等' if more else ''}）"
    return f" ({', '.join(names)}{' and others' if more else ''})"


def _place(row: dict[str, Any]) -> str:
    return "outside_998" if row["outside_998"] else "outside_95" if row["outside_95"] else "inside"


def _own_words(row: dict[str, Any], percent: str) -> Text:
    where, value = term(f"place_{_place(row)}"), _shortly(row["y"], percent)
    span = f"{_shortly(row['lower_95'], percent).removesuffix('%')}–{_shortly(row['upper_95'], percent)}"
    return Text(
        f"{row['label'].zh}为{value}，{where.zh}（95%限{span}）。",
        f" {row['label'].en} at {value} is {where.en} (95% limits {span}).",
    )
