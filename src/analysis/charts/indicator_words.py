"""Indicators in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.indicator_moves import moved
from analysis.charts.indicator_panels import Groups, IndicatorRows, Span
from analysis.observations.own_intervals import interval_text
from analysis.observations.sentences import PARTS_OF_RATIO, is_bounded, is_of_few_cases
from analysis.vocabulary.courts import court_opening
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.frames import records
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number, unit_text
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, listed, number_of

MOST_NAMED = 3  # indicators that the title names
MOST_TOLD = 8  # figures of one indicator that the alt text lists one by one


def words_of(
    table: pd.DataFrame, panels: list[IndicatorRows], spans: list[Span], groups: Groups, *, left: int, with_bases: bool
) -> tuple[Text, Text, Text]:
    """Title, alt text and note; ``left`` is how many indicators of the table are not drawn unasked, ``with_bases`` whether they stand below."""
    named = [span_text(*span) for span in spans]
    over = listed(named)
    if len(named) > 3:
        over = Text(f"{named[0].zh}至{named[-1].zh}", f"{named[0].en} to {named[-1].en}")
    courts = list(table["court"].dropna().drop_duplicates()) if "court" in table else []
    court = court_opening(courts[0], ":") if len(courts) == 1 else Text("", "")
    title = court + _finding(panels, named, over, groups[0])
    title = Text(title.zh, capital(title.en))
    told = [_told(panel, groups[0]) for panel in panels]
    alt = Text(
        "点与95%区间。" + "".join(f"{text.zh}。" for text in told),
        "Points with 95% intervals." + "".join(f" {capital(text.en)}." for text in told),
    )
    note = Text(
        "竖线为95%区间：全部案件均已计数，故不是计数误差，而是同样的过程重来一次数字可能变动的范围。",
        "Lines are 95% intervals: every case is counted, so not an error of counting but how far the figure could move "
        "if the same process ran again.",
    )
    if any(is_bounded(row) for panel in panels for row in records(panel.rows)):
        note = note + Text(
            "有未填的，竖线并含填全后可能的范围，没有区间的只含此范围。",
            " Where cells are blank, they also cover what the figure could be once these are filled in, and that alone where there is no interval.",
        )
    if with_bases:
        note = note + Text("n 为分母。", " n: the base.")
    if left:
        note = note + Text(f"另有{left}项指标见表。", f" {number_of(left, 'more indicator')} in the table.")
    return title, alt, note + made_up(table)


def _finding(panels: list[IndicatorRows], named: list[Text], over: Text, by: str | None) -> Text:
    """The last figures in a line: each of a few, of many how many rose and fell, or of one period the first few."""
    if by is not None or any(panel.rows["value"].isna().all() for panel in panels):
        return Text(f"指标，{over.zh}", f"Indicators, {over.en}")
    known = [panel.rows.dropna(subset=["value"]) for panel in panels]
    if len(panels) <= MOST_NAMED or all(len(rows) == 1 for rows in known):
        said = [_last(panel, rows, named) for panel, rows in list(zip(panels, known, strict=True))[:MOST_NAMED]]
        return Text(
            named[-1].zh + "：" + "，".join(text.zh for text in said),
            capital(", ".join(text.en for text in said)) + f" ({named[-1].en})",
        )
    return moved(known, named) or Text(f"指标，{over.zh}", f"Indicators, {over.en}")


def _last(panel: IndicatorRows, rows: pd.DataFrame, named: list[Text]) -> Text:
    """The last figure of an indicator, with its period where that is not the last of all."""
    row, at = records(rows.tail(1))[0], int(rows["at"].iloc[-1])
    when = named[at] if at < len(named) - 1 else Text("", "")
    value = figure_text(row)
    return Text(
        f"{panel.name.zh}{when.zh}为{value.zh}", f"{panel.name.en} {value.en}" + (f" in {when.en}" if when.en else "")
    )


def _told(panel: IndicatorRows, by: str | None) -> Text:
    """One indicator in words: each figure with its interval, or of many the range, the first and the last."""
    rows = records(panel.rows)
    known = [row for row in rows if not pd.isna(row["value"])]
    if len(rows) > MOST_TOLD and known:
        least, most = (way(known, key=lambda row: row["value"]) for way in (min, max))
        parts = [
            _one(known[0], by), _one(known[-1], by),
            Text("最低", "lowest ") + _one(least, by), Text("最高", "highest ") + _one(most, by),
        ]  # fmt: skip
    else:
        parts = [_one(row, by) for row in rows]
    zh, en = "，".join(text.zh for text in parts), ", ".join(text.en for text in parts)
    return Text(f"{panel.name.zh}：{zh}", f"{panel.name.en}: {en}") + _interval_told(panel)


def _interval_told(panel: IndicatorRows) -> Text:
    """The court's own interval in words, where it has one."""
    said = interval_text(*panel.interval)
    return Text(f"（目标或合理区间{said}）", f" (target or interval {said})") if said else Text("", "")


def _one(row: dict[str, Any], by: str | None) -> Text:
    """One figure in words."""
    when = span_text(row["period_start"], row["period_end"])
    if by is not None:
        who = group_text(by, row[by])
        when = Text(f"{who.zh}{when.zh}", f"{who.en} {when.en}")
    if pd.isna(row["value"]):
        return when + Text("无值", " no value")
    limits = "" if pd.isna(row["lower"]) else f"{number(row['lower'], 1)}–{number(row['upper'], 1)}"
    value = figure_text(row)
    return Text(
        f"{when.zh}{value.zh}" + (f"（{limits}）" if limits else ""),
        f"{when.en} {value.en}" + (f" ({limits})" if limits else ""),
    )


def interval_name(row: dict[str, Any]) -> Text:
    """What the line of a figure is: its 95% interval, which blanks widen, or of a figure that has none what they leave open."""
    if not is_bounded(row):
        return term("confidence_95")
    if (row["lower"], row["upper"]) == (row["least"], row["most"]):
        return Text("填全后", "once filled in")
    return term("confidence_95") + Text("（含填全后可能的范围）", " (with what it could be once filled in)")


def parts_of_few(row: dict[str, Any]) -> str:
    """The parts of a share of so few cases that these are told in place of percent; nothing of any other figure."""
    return "/".join(number(row[part]) for part in PARTS_OF_RATIO) if is_of_few_cases(row) else ""


def shown(row: dict[str, Any]) -> str:
    """A figure as it is written beside its point: rates with two decimals, shares of few by their parts, amounts with one decimal."""
    if parts := parts_of_few(row):
        return parts
    return number(row["value"], 2 if row["unit"] == "%" else None if float(row["value"]).is_integer() else 1)


def figure_text(row: dict[str, Any]) -> Text:
    """A figure with its unit, as it is read in a line."""
    unit = Text("", "") if parts_of_few(row) else unit_text(row["unit"])
    return Text(f"{shown(row)}{unit.zh}", f"{shown(row)}{' ' * (row['unit'] != '%')}{unit.en}")
