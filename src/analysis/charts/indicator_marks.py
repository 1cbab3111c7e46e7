"""The marks of a panel of indicators: the own interval, runs of points with their intervals, and values."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Intervals, Line, Mark, Points, Rule, Words
from analysis.charts.drawing.marks import Span as Shade
from analysis.charts.drawing.typesetting import wrapped
from analysis.charts.indicator_panels import Groups, IndicatorRows, runs, same
from analysis.charts.indicator_scales import limits, top_of
from analysis.charts.indicator_words import figure_text, interval_name, parts_of_few, shown
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.frames import records
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, in_language

SHIFT = 0.22  # between the groups of one period


def interval_marks(panel: IndicatorRows, low: float, high: float) -> list[Mark]:
    """The court's own interval behind the figures, a line where it ends."""
    ends = [end for end in panel.interval if end is not None]
    if not ends:
        return []
    axis = (low, top_of(panel, high))
    least, most = (bound if end is None else end for bound, end in zip(axis, panel.interval, strict=True))
    shade = Shade(role="clearing", lower=least, upper=most, along="y", label=str(term("target")), opacity=0.5)
    return [shade, *(Rule(role="target", at=end, width=1.1) for end in ends)]


def marks_of(panel: IndicatorRows, groups: Groups, *, labelled: bool) -> list[Mark]:
    """Points with their intervals, joined where one definition follows on; ``labelled`` writes every value, else the last alone."""
    by, values = groups
    marks, floor = list[Mark](), limits(panel)[0]
    for step, (look, value) in enumerate(zip(palette.lines(len(values)), values, strict=True)):
        rows = panel.rows if by is None else panel.rows[same(panel.rows[by], value)]
        rows = rows.assign(at=rows["at"] + (step - (len(values) - 1) / 2) * SHIFT)
        series: dict[str, Any] = {"role": "recorded", "own_look": look}
        marks += [Line(x=run["at"], y=run["value"], width=0.9, opacity=0.6, **series) for run in runs(rows)]
        known = rows.dropna(subset=["value"])
        label = "" if by is None else str(group_text(by, value))
        ends: dict[str, Any] = {"at": known["at"], "lower": known["lower"], "upper": known["upper"]}
        points: dict[str, Any] = {
            "x": known["at"],
            "y": known["value"],
            "label": label,
            "hover": [_hover(r) for r in records(known)],
        }
        marks += [Intervals(capped=True, **ends, **series), Points(size=5, **points, **series)]
        if labelled:
            above: dict[str, Any] = {"x": known["at"], "y": known["upper"].fillna(known["value"]), "side": "above"}
            marks.append(Words(role="text", texts=[shown(row) for row in records(known)], haloed=True, **above))
        elif by is None and len(known):  # of many the last alone
            last = records(known.tail(1))[0]
            top = last["value"] if pd.isna(last["upper"]) else last["upper"]
            marks.append(Words(role="text", texts=[shown(last)], x=[last["at"]], y=[top], side="above", haloed=True))
        gone = rows.loc[rows["value"].isna(), "at"]
        if len(gone):
            marks.append(Words(role="aside", x=gone, y=[floor] * len(gone), texts=["—"] * len(gone), side="above"))
    return marks


def _hover(row: dict[str, Any]) -> str:
    """Period, value, interval, parts and note of one figure."""
    lines = [str(span_text(row["period_start"], row["period_end"])), str(figure_text(row))]
    if not pd.isna(row["lower"]):
        lines.append(f"{interval_name(row)}{COLON}{number(row['lower'], 1)}–{number(row['upper'], 1)}")
    if not pd.isna(row.get("denominator")) and not parts_of_few(row):
        lines.append(f"{number(row['numerator'])} / {number(row['denominator'])}")
    if isinstance(row.get("note"), str) and row["note"]:
        lines.extend(wrapped(in_language(row["note"]), 40))
    return "\n".join(lines)
