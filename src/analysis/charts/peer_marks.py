"""The marks of a strip of peers: band and lines behind, provinces below, the courts, and the own one last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT, InLegend, in_legend
from analysis.charts.drawing.marks import Axis, Chart, Mark, Panel, Points, Rule, Span, Words, told
from analysis.charts.peer_words import Strip, years_of
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import days
from analysis.vocabulary.sentences import period as span
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

HALF, YEARS_ROW = 0.55, 0.2  # half the height of a strip; of a row of years above it


def _nation(strip: Strip) -> pd.DataFrame:
    return strip.lines[strip.lines["level"] == "national"] if len(strip.lines) else strip.lines


def _marks(strip: Strip, called: InLegend, *, eras: bool) -> list[Mark]:
    """The band and the lines behind, provinces below, the courts, and the own one last."""
    marks: list[Mark] = []
    if strip.band is not None:
        low, high = strip.band
        name = str(term("reference_band" if strip.given else "middle_band"))
        marks.append(Span(role="band", lower=low, upper=high, label=name))
        marks += [Rule(role="aside", at=edge, along="x") for edge in (strip.band if strip.given else ())]
    nation = _nation(strip).sort_values("value")
    marks += [
        Rule(role="expected", at=at, along="x", width=1, label=str(term("nation_line"))) for at in nation["value"]
    ]
    # above the courts, neighbours at different heights
    levels = [HALF + YEARS_ROW * (1 + place % 2) for place in range(len(nation))]
    years: Any = [years_of(row) for row in nation.itertuples()]
    marks.append(Words(role="text", x=nation["value"], y=levels, texts=years, side="below right"))
    provinces = strip.lines.drop(index=nation.index)
    provinces = provinces.assign(label=provinces["court"].map(court_text))
    ticks: dict[str, Any] = {
        "x": provinces["value"],
        "y": [-0.5] * len(provinces),
        "hover": _hover(strip, provinces),
    }
    if len(provinces):
        marks.append(Points(role="province", size=9, label=str(term("province_ticks")), **ticks))
    courts = strip.courts
    others = str(term("earlier_courts")) if eras else called.others
    for role, name in (("peer", others), ("later_peer", str(term("later_courts")))):
        part = courts[~courts["own"] & (courts["later"] == (role == "later_peer"))]
        if len(part):
            look: dict[str, Any] = {"hollow": role == "later_peer", "opacity": 0.85, "label": name}
            marks.append(Points(role=role, x=part["value"], y=part["y"], hover=_hover(strip, part), **look))
    doubt = courts[courts["doubt"] & (courts["when"] == "")]
    marks.append(Words(role="text", x=doubt["value"], y=doubt["y"], texts=[DOUBT] * len(doubt), side="above right"))
    dated = courts[courts["when"] != ""]
    marks.append(Words(role="text", x=dated["value"], y=dated["y"], texts=_when(dated), side="above"))
    own = courts[courts["own"]]
    if len(own):
        point: dict[str, Any] = {"x": own["value"], "y": own["y"], "hover": _hover(strip, own)}
        marks.append(Points(role="own", size=7.7, label=called.own, **point))
        if len(called.numbers) > 1:
            numbers = [called.numbers[name] for name in own["name"]]
            marks.append(Words(role="text", x=own["value"], y=own["y"], texts=numbers, side="below right"))
    return marks


def _when(dated: pd.DataFrame) -> list[str]:
    return [when + DOUBT * bool(doubt) for when, doubt in zip(dated["when"], dated["doubt"], strict=True)]


def _hover(strip: Strip, rows: pd.DataFrame) -> list[str]:
    what = f"\n{strip.name}" if str(strip.name) else ""
    parts = zip(rows["label"], _dated(rows), told(rows["value"], 2), strict=True)
    return [f"{label}{dated}{what}{COLON}{value}" for label, dated, value in parts]


def _dated(rows: pd.DataFrame) -> list[Text]:
    """The period of each figure behind its court's name, where the table says it."""
    if {"period_start", "period_end"} <= set(rows):
        ends: Any = zip(*(days(rows[name], name) for name in ("period_start", "period_end")), strict=True)
        said = [None if pd.isna(first) or pd.isna(last) else span(first, last) for first, last in ends]
    else:
        years: Any = rows["year"] if "year" in rows else [None] * len(rows)
        said = [Text(f"{year:g}年", f"{year:g}") if pd.notna(year) else None for year in years]
    return [Text("", "") if period is None else Text(f"（{period.zh}）", f" ({period.en})") for period in said]


def chart_of(strips: list[Strip], words: tuple[Text, Text, Text]) -> Chart:
    """One strip under the other or side by side, with the value of the own court."""
    eras = any(bool(strip.courts["later"].any()) for strip in strips)
    panels = []
    courts = pd.concat([strip.courts for strip in strips])
    called = in_legend(courts, named=True)
    digits = 0 if (courts["value"] % 1 == 0).all() else 2  # one number of decimals in a chart
    for strip in strips:
        own = strip.courts[strip.courts["own"]]
        value = f"{term('own_court')}{Text('', ' ')}{number(own['value'].iloc[0], digits)}" if len(own) == 1 else ""
        years = min(2, len(_nation(strip)))
        y = Axis(title=value, low=-HALF, high=HALF + YEARS_ROW * years, bare=True)
        panels.append(Panel(marks=_marks(strip, called, eras=eras), y=y, heading=str(strip.name)))
    title, alt, note = words
    sizes: dict[str, Any] = {"columns": (1, 2, 3), "height": (0.4, 0.26), "by_place": False}
    return Chart(panels=panels, title=title, alt=alt, note=note, **sizes)
