"""The first, highest, lowest and last value of a line, each with its number beside it: at fixed sides, or where there is room."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Mark, Names, Points, Words, told
from analysis.charts.drawing.scales import landmarks

BENEATH = 0.15  # of a line's height, that a number beneath its point takes: less, and it lies on the names of the axis
FOOT = 0.06  # of a line's height: a number as low as that would lie on the axis


def extremes(role: str, values: pd.Series, *, beside: Collection[int] = ()) -> list[Mark]:
    """Mark what stands out of a line over 0, 1, …; of one that never moves its end, nothing of one that has gaps, nor what stands at the places ``beside``.

    >>> [mark.texts[0] for mark in extremes("stock", pd.Series([5, 9, 2, 4])) if hasattr(mark, "texts")]
    ['2', '9', '5', '4']
    >>> [mark.texts[0] for mark in extremes("stock", pd.Series([5, 2, 9, 2, 4]), beside=[3]) if hasattr(mark, "texts")]
    ['9', '5', '4']
    """
    line = values.to_numpy(dtype=float)
    if not len(line) or np.isnan(line).any():
        return []
    low = min(line.min(), 0)
    start, end, lowest, highest = landmarks(line)
    at_foot = line[end] - low <= FOOT * (line.max() - low)
    sides = {end: "above right" if at_foot else "right"}
    if line.min() < line.max():
        is_low = line[start] - low <= BENEATH * (line.max() - low)
        # clear of the axis and of the way on
        first = "above right" if line[1] <= line[0] else "right" if is_low else "below right"
        sides = {lowest: "below", highest: "above", start: first} | sides
    marks: list[Mark] = []
    said = set(line[list(beside)])  # a lowest or highest value that stands there already is written once
    for place, side in sides.items():
        if place in beside or (start < place < end and line[place] in said):
            continue
        at: dict[str, Any] = {"x": [place], "y": [line[place]]}
        marks.append(Points(role=role, size=4.5, hollow=True, **at))
        marks.append(Words(role=role, side=side, texts=told([line[place]], 0), haloed=True, **at))
    return marks


def named_ends(role: str, values: pd.Series, said: Callable[[float], str], *, is_last_said: bool = False) -> Names:
    """The numbers of the first and last value, the lowest and the highest, each once, for where they cover least; ``is_last_said`` elsewhere.

    >>> named_ends("recorded", pd.Series([5, 9, 2, 4]), str).texts
    ['5', '4', '2', '9']
    >>> named_ends("recorded", pd.Series([5, 9, 2, 4]), str, is_last_said=True).texts
    ['5', '2', '9']
    """
    ends = [values.index[place] for place in landmarks(values)]
    places = [place for place in dict.fromkeys(ends) if not (is_last_said and place == ends[1])]
    texts = [said(values[place]) for place in places]
    return Names(
        role=role, x=places, y=values[places], texts=texts, bold=[False] * len(places), spare=[""] * len(places)
    )
