"""Strips of peers in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT_NOTE
from analysis.charts.drawing.typesetting import in_a_line
from analysis.inference.peers.comparison import left_out
from analysis.inference.peers.panel import PeerPanel, period_shared
from analysis.vocabulary.courts import are_states, counted_courts, court_text, of_compared
from analysis.vocabulary.numbers import short
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, number_of

MOST_NAMED = 12  # provinces that the note names with their figures


@dataclass(frozen=True)
class Strip:
    """One indicator: courts (``value, y, label, own, doubt, later``), the band, reference lines and those of no court's period."""

    name: Text
    courts: pd.DataFrame
    band: tuple[float, float] | None
    given: bool
    lines: pd.DataFrame
    not_drawn: pd.DataFrame


def years_of(row: Any) -> str:
    """The years of a reference figure, which need not be one."""
    first, last = row.period_start.year, row.period_end.year
    return f"{first}" if first == last else f"{first}–{last}"


def words_of(data: Any, strips: list[Strip]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    unit, all_of = Text("家法院", "court"), Text("各院", "courts")
    if are_states(name for strip in strips for name in strip.courts["court"]):
        unit, all_of = Text("个国家", "state"), Text("各国", "states")
    alt = Text(
        f"{len(strips)}项指标上{all_of.zh}的位置。",
        f"Where {all_of.en} stand on {number_of(len(strips), 'indicator')}.",
    )
    for strip in strips:
        alt = alt + told_of(strip)
    panels = [data] if isinstance(data, PeerPanel) else [] if isinstance(data, pd.DataFrame) else list(data)
    counts = [len(strip.courts) for strip in strips]
    span = f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
    note = Text(f"每项{span}{unit.zh}", f"{span} {unit.en}{'s' * (span != '1')} per indicator")
    if any(strip.band and not strip.given for strip in strips):
        note = note + Text(
            f"；底色为居中八成{unit.zh[1:]}的范围", f"; the band holds the middle eight tenths of the {all_of.en}"
        )
    if panels:
        years = pd.concat([panel.table["period_end"] for panel in panels]).dt.year
        first, last = years.min(), years.max()
        span = f"{first}" if first == last else f"{first}–{last}"
        when = period_shared(pd.concat([panel.table for panel in panels]))
        note = note + (Text("；", "; ") + when if when.zh else Text(f"；年度{span}", f"; {span}"))
        if first != last:
            note = note + Text("，各院年度不同，仅作背景参照", ", which differ between courts: context only")
        note = note + left_out(pd.concat([panel.excluded for panel in panels]))
    note = note + _provinces(strips)
    if any(strip.courts["doubt"].any() for strip in strips):
        note = note + DOUBT_NOTE
    return _finding(strips, all_of), alt, note


def _provinces(strips: list[Strip]) -> Text:
    """The figures of provinces with their years, and what is not drawn, of one indicator and as many as a note has room for."""
    drawn, not_drawn = (pd.concat([getattr(strip, name) for strip in strips]) for name in ("lines", "not_drawn"))
    note = Text("", "")
    if len(drawn):
        note = _said(strips, drawn[drawn["level"] != "national"], Text("；各省：", "; provinces: "), Text("", ""))
    other = Text("；期间与各院不同、未画：", "; of other periods than the courts', not drawn: ")
    count = Text(
        f"；另有省和全国的{len(not_drawn)}个数字期间与各院不同，未画",
        f"; {number_of(len(not_drawn), 'figure')} of provinces and the nation, of other periods, not drawn",
    )
    return note + _said(strips, not_drawn, other, count)


def _said(strips: list[Strip], lines: pd.DataFrame, head: Text, otherwise: Text) -> Text:
    if lines.empty or len(strips) > 1 or len(lines) > MOST_NAMED:
        return otherwise if len(lines) else Text("", "")
    rows: Any = lines.sort_values("value").itertuples()
    said = [(court_text(str(row.court)), years_of(row), short(row.value)) for row in rows]
    return Text(
        head.zh + "、".join(f"{court.zh}（{years}年）{value}" for court, years, value in said),
        head.en + ", ".join(f"{court.en} {years} {value}" for court, years, value in said),
    )


def _finding(strips: list[Strip], all_of: Text) -> Text:
    """On how many indicators the own court lies beyond the band, and on which."""
    own = [(strip, strip.courts[strip.courts["own"]]) for strip in strips]
    banded = [(strip, float(rows["value"].iloc[0])) for strip, rows in own if len(rows) == 1 and strip.band is not None]
    if not banded:
        return Text(f"{all_of.zh}在各项指标上的位置", f"Where {all_of.en} stand, indicator by indicator")
    beyond = [
        (strip, "低于" if value < strip.band[0] else "高于")
        for strip, value in banded
        if strip.band and not strip.band[0] <= value <= strip.band[1]
    ]
    own_rows = pd.concat([rows for strip, rows in own if strip.band is not None])
    label, courts = own_rows["label"].iloc[0], own_rows["court"]
    marked = of_compared("the_own_court", courts)
    said = [_beside_bands(Text(who.zh, capital(who.en)), beyond, len(banded)) for who in (label, marked)]
    return in_a_line(*said) if (courts == courts.iloc[0]).all() else said[-1]


def _beside_bands(who: Text, beyond: list[tuple[Strip, str]], count: int) -> Text:
    """Of one court on so many indicators: which lie beyond the band, or that none does."""
    many = number_of(count, "indicator")
    if not beyond:
        both, each = ("都", "all ") if count > 1 else ("", "")
        return who + Text(f"{count}项指标{both}在区间之内", f" is within the band on {each}{many}")
    zh = "、".join(f"{strip.name.zh}{way}区间" for strip, way in beyond)
    en = ", ".join(f"{strip.name.en} {'below' if way == '低于' else 'above'} the band" for strip, way in beyond)
    return who + Text(f"{count}项指标中：{zh}", f" on {many}: {en}")


def told_of(strip: Strip) -> Text:
    """One strip in words: how many courts, from where to where, the band, and the own court."""
    courts = strip.courts
    low, high = (short(edge) for edge in (courts["value"].min(), courts["value"].max()))
    zh = f"{strip.name.zh}：{counted_courts(courts['court']).zh}，{low}至{high}"
    en = f" {capital(strip.name.en)}: {counted_courts(courts['court']).en}, {low} to {high}"
    if strip.band is not None:
        edges = "–".join(short(edge) for edge in strip.band)
        band = term("reference_band" if strip.given else "middle_band")
        zh, en = f"{zh}，{band.zh}{edges}", f"{en}, {band.en} {edges}"
    nation: Any = strip.lines[strip.lines["level"] == "national"].itertuples() if len(strip.lines) else ()
    for line in nation:
        value, name = short(line.value), term("nation_line")
        zh, en = f"{zh}；{name.zh}{years_of(line)}年为{value}", f"{en}; {name.en} {years_of(line)} at {value}"
    rows: Any = courts[courts["own"]].to_dict("records")
    for row in rows:
        value, where = short(row["value"]), Text("", "")
        if strip.band is not None:
            key = "below" if row["value"] < strip.band[0] else "above" if row["value"] > strip.band[1] else "within"
            where = term(f"band_{key}")
            where = Text(f"，{where.zh}", f", {where.en}")
        zh, en = f"{zh}；{row['label'].zh}为{value}{where.zh}", f"{en}; {row['label'].en} at {value}{where.en}"
    return Text(f"{zh}。", f"{en}.")
