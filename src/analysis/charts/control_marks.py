"""Marks of a course with its limits: values, levels, target, signals by their direction, and what the last period is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.control_courses import Course
from analysis.charts.drawing.labels import behind
from analysis.charts.drawing.marks import Line, Mark, Names, Points, Rule, Words
from analysis.charts.extremes import named_ends
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

LEVELS = (
    ("centre", "reference", "centre"),
    ("lower", "lower_limit", "lower_control_limit"),
    ("upper", "upper_limit", "upper_control_limit"),
)
MOST_MARKED = 80  # periods; beyond it markers cover the line


def marks_of(course: Course) -> list[Mark]:
    """Everything of a panel but the words in its corner; of a course that is not judged the values and the target alone."""
    rows = course.rows
    marks: list[Mark] = [
        Line(
            role="recorded",
            x=np.arange(len(rows)),
            y=rows["value"],
            hover=[_with_unit(course, value) for value in rows["value"]],
            label=str(term("value")),
            with_points=len(rows) <= MOST_MARKED,
        )
    ]
    for base, part in rows.groupby("base") if course.is_judged else ():
        edges = (part.index[0] - 0.5, part.index[-1] + 0.5)
        for column, role, label in LEVELS:
            level = float(part[column].dropna().iloc[0])
            marks.append(_level(course, level, edges, role=role, label=label, is_last=base == rows["base"].max()))
        if base != rows["base"].min():
            marks.append(Rule(role="aside", at=edges[0], along="x"))
    if not np.isnan(course.target):
        ends = (-0.5, len(rows) - 0.5)
        marks.append(_level(course, course.target, ends, role="target", label="to_reach", is_last=True))
    for role, sign in course.signs.items():
        part = rows[rows["role"] == role]
        told: dict[str, Any] = {"hover": list(part["why"]), "label": str(term(sign))}
        if len(part):
            marks.append(Points(role=role, size=5.5, edged=True, x=np.asarray(part.index), y=part["value"], **told))
    return marks


def ends(course: Course) -> Names:
    """The numbers of the first and last value, the lowest and the highest, each once; of a count as it was counted."""
    values = course.rows["value"]
    is_counted = course.unit == "件" and (values.dropna() % 1 == 0).all()
    return named_ends("recorded", values, lambda value: number(value, 0) if is_counted else course.said(value))


def corner(course: Course, *, narrow: bool) -> Words:
    """What the last period is, in the colour of its signal; bold where it is one; a line each where the panel is narrow."""
    signal = str(course.rows["role"].iloc[-1])
    look: dict[str, Any] = {"side": "in corner", "frame": "xy", "haloed": True, "bold": [bool(signal)]}
    said = ("\n" if narrow else str(Text("　", "   "))).join(map(str, course.marks))
    return Words(role=signal or "text", x=[0.99], y=[0.99], texts=[said], **look)


def reasons(course: Course, low: float) -> list[Mark]:
    """Why the limits are computed anew, at the foot of each break."""
    later = course.rows.drop_duplicates("base").iloc[1:]
    look: dict[str, Any] = {"side": "above right", "haloed": True, "texts": list(later["reason"])}
    return [Words(role="aside", x=later.index.to_numpy() - 0.5, y=[low] * len(later), **look)] if len(later) else []


def _level(course: Course, value: float, edges: tuple[float, float], *, role: str, label: str, is_last: bool) -> Mark:
    name, said = term(label), number(value) if role == "target" else course.said(value)
    end = str(Text(f"{name.zh}{said}", f"{name.en} {said}")) if is_last else ""
    return Line(role=role, x=edges, y=[value] * 2, label=str(name), end=end)


def _with_unit(course: Course, value: float) -> str:
    return course.said(value) + (behind(course.unit) if pd.notna(value) else "")
