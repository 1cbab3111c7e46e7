"""The chart of courts one under the other, each with its interval and the own court marked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import DOUBT, DOUBT_NOTE
from analysis.charts.drawing.marks import Arrows, Axis, Chart, Intervals, Mark, Panel, Points, Rule, Words
from analysis.charts.drawing.scales import whole_ticks
from analysis.charts.ranked_courts import RankedCourts
from analysis.vocabulary.courts import marked_or_not
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON

ROW_LINES, FRAME_LINES, LEAST_LINES = 0.78, 7.25, 9.5  # of a court; of title, legend, axis and note; of all
MOST_ARROWS = 120  # courts up to which arrows are drawn and intervals are thick


def chart_of(courts: RankedCourts, lines_held: float) -> Chart:
    """Points on their intervals, after ``shrink`` with arrows from the raw values; names while there is room."""
    table, count = courts.table, len(courts.table)
    lines = FRAME_LINES + ROW_LINES * count
    is_named, many = lines <= lines_held, count > MOST_ARROWS
    dots = 2.0 if many else 3.0 if not is_named else 4.5
    marks: list[Mark] = []
    if courts.reference is not None:
        name = str(term("baseline_one" if courts.reference == 1 else "peer_mean"))
        marks.append(Rule(role="reference", at=courts.reference, along="x", label=name))
    for role, size, look in (("peer", dots, palette.LINES[0]), ("own", 6.5, palette.ROLES["own"])):
        part = table[table["own"] == (role == "own")]
        if part.empty:
            continue
        spans: dict[str, Any] = {"at": part["y"], "lower": part["lower"], "upper": part["upper"], "along": "x"}
        line: dict[str, Any] = {"width": 2.6} if role == "own" else {"width": 0.5 if many else 1.6, "opacity": 0.4}
        marks.append(Intervals(role=role, **spans, **line))
        if "raw" in part:
            least = 0.01 * float(part["raw"].max() - part["raw"].min())
            headed = ((part["raw"] - part["at"]).abs() > least) & (not many)
            label = "" if role == "own" else str(term("raw_to_shrunken"))
            way: dict[str, Any] = {
                "x": part["raw"],
                "x_to": part["at"],
                "y": part["y"],
                "headed": headed,
                "label": label,
            }
            marks.append(Arrows(role=role, own_look=look, size=dots, **way))
        is_open = part["is_open"].astype(bool) if "is_open" in part else pd.Series(False, index=part.index)
        sure = str(marked_or_not(role == "own", bool(table["own"].any()), table["court"]))
        for hollow, label in ((True, str(term("open_figure"))), (False, sure)):
            rows = part[is_open == hollow]
            if len(rows):
                hover = [_hover(row, courts) for row in rows.to_dict("records")]
                points: dict[str, Any] = {"x": rows["at"], "y": rows["y"], "label": label, "hover": hover}
                marks.append(Points(role=role, own_look=look, size=size, hollow=hollow, **points))
    named = table["own"] | is_named
    unnamed = table[table["doubt"] & ~named]
    if len(unnamed):
        at: dict[str, Any] = {"x": unnamed["upper"], "y": unnamed["y"], "side": "above right"}
        marks.append(Words(role="text", texts=[DOUBT] * len(unnamed), **at))
    names = [str(label) if shown else "" for label, shown in zip(table["label"], named, strict=True)]
    x = Axis(title=str(courts.axis))
    if courts.whole:
        ticks = sorted({1.0} | {tick for tick in whole_ticks(1, count) if 1 <= tick <= count and tick % 1 == 0})
        x = Axis(title=str(courts.axis), low=0.3, high=count + 0.7, ticks={tick: number(tick) for tick in ticks})
    panel = Panel(marks=marks, x=x, y=Axis(names=names, bold=list(table["own"]), reversed=True))
    note = courts.note + DOUBT_NOTE if table["doubt"].any() else courts.note
    sizes: dict[str, Any] = {"lines": max(LEAST_LINES, lines) if is_named else 0.0, "height": (1.2, 0.0)}
    return Chart(panels=[panel], title=courts.title, alt=courts.alt, note=note, by_place=False, **sizes)


def _hover(row: dict[Any, Any], courts: RankedCourts) -> str:
    digits = 0 if courts.whole else 2
    span = f"{number(row['lower'], digits)}–{number(row['upper'], digits)}{courts.unit}"
    lines = [str(row["label"]), f"{courts.axis}{COLON}{number(row['at'], digits)}{courts.unit} ({span})"]
    if "raw" in row:
        lines.append(f"{term('raw')}{COLON}{number(row['raw'], digits)}{courts.unit}")
    return "\n".join(lines)
