"""Printed figures beside the rebuilt ones: ``plot_printed``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Bars, Chart, Mark, Panel, Words
from analysis.charts.drawing.render import OnAxes, render
from analysis.charts.drawing.scales import round_ticks
from analysis.charts.printed_rows import KINDS, MOST_ROWS, NEEDED, REBUILT, PrintedFigure, rows_of, too_many, words_of
from analysis.vocabulary.errors import DataError, InputError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

ROOM, ROOM_ON_HALF = 1.75, 2.4  # the axis by the longest bar, for the words beside it
TICKS, TICKS_ON_HALF = 4, 2
ROW_ON_HALF = 1.6  # lines of a figure whose verdict stands below its numbers
LAST_PART = re.compile(r" [｜|] (?=[^｜|]*$)")


def plot_printed(
    result: pd.DataFrame,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw printed figures beside rebuilt ones: two bars a figure, both numbers and the verdict written beside them.

    ``result`` as ``compare_printed`` gives it (``court, measure, period_start, period_end, printed, rebuilt, verdict``) or the
    ``.figures`` of ``reconcile`` (``recomputed``): at most 30 rows (fewer on a
    half page or slide); rates, counts and amounts in panels of their own. A figure
    that could not be rebuilt has one bar.

    Raises ``InputError`` for missing columns, ``DataError`` for no rows, ``ArgumentError`` for more rows than the size holds.

    Parameters
    ----------
    result : DataFrame
        The table of ``compare_printed``, or ``.figures`` of ``reconcile``.
    interactive : bool
        ``True`` for a plotly Figure that tells its values on hovering, else a matplotlib Figure.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    size : str
        ``page``, ``half`` or ``slide``: the width at which it is shown.
    ax : Axes or list of Axes, optional
        Axes of your own to draw on, one for each panel, in place of a figure of ours; not with ``interactive=True``.
    title : str, optional
        A title in place of the one that says the finding; on axes of your own there is none without it.

    Returns
    -------
    Figure
        A matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> returns = an.read_returns(pd.DataFrame([{**year, "received": "4", "closed": "3", "closure_rate": "75"}]))
    >>> print(an.alt_of(plot_printed(an.reconcile(returns).figures)))
    成对条形图，3 个公布数字（相符 3 个）。受理 2011年：4 ｜ 4 ｜ 相符；结案 2011年：3 ｜ 3 ｜ 相符；结案率 2011年：75 ｜ 75 ｜ 相符。
    """
    missing = [name for name in NEEDED if name not in result]
    if missing or not set(REBUILT) & set(result.columns):
        absent = missing or [REBUILT[0]]
        raise InputError.missing_columns("plot_printed", absent, map(str, result.columns))
    if result.empty:
        raise DataError("表中没有公布数字，无图可画。", "the table holds no published figure to draw.")
    if len(result) > MOST_ROWS:
        raise too_many(len(result), MOST_ROWS)
    rows = rows_of(result)
    words = words_of(result, rows)
    narrow = "" if interactive else size
    return render(
        lambda held: _chart(rows, held, words, narrow),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        title=title,
    )


def _chart(rows: list[PrintedFigure], lines_held: float, words: tuple[Text, Text, Text], size: str) -> Chart:
    panels, lines, row = [], 3.5, ROW_ON_HALF if size == "half" else 1.0
    for kind, heading in KINDS.items():
        own = [row for row in rows if row.kind == kind]
        if own:
            panels.append(_panel(own, str(heading), size))
            lines += len(own) * row + 1.6
    if lines > lines_held:
        raise too_many(len(rows), int(len(rows) - (lines - lines_held) / row))
    title, alt, note = words
    return Chart(panels=panels, title=title, alt=alt, note=note, lines=lines, by_place=False)


def _panel(rows: list[PrintedFigure], heading: str, size: str) -> Panel:
    names, said = [str(row.name) for row in rows], [str(row.words) for row in rows]
    hover = [f"{name}\n{words}" for name, words in zip(names, said, strict=True)]
    values: dict[str, Any] = {"published": [row.printed for row in rows], "computed": [row.rebuilt for row in rows]}
    ends = [
        max((value for value in pair if not pd.isna(value)), default=0.0) for pair in zip(*values.values(), strict=True)
    ]
    most, at = max(ends, default=0.0) or 1.0, np.arange(len(rows))
    marks: list[Mark] = [
        Bars(role=role, along="x", at=at + shift, values=values[role], breadth=0.36, label=str(term(name)), hover=hover)
        for role, name, shift in (("published", "printed_figure", -0.18), ("computed", "rebuilt_figure", 0.18))
    ]
    is_half = size == "half"
    beside = [LAST_PART.sub("\n", text) for text in said] if is_half else said
    marks.append(Words(role="text", x=ends, y=at, texts=beside))
    round_numbers = round_ticks(0, most, at_most=TICKS_ON_HALF if is_half else TICKS)
    ticks = {tick: number(tick) for tick in round_numbers if tick <= most * 1.05}
    x = Axis(low=0, high=most * (ROOM_ON_HALF if is_half else ROOM), ticks=ticks, ruled=False)
    y = Axis(title=heading, names=names, reversed=True)
    return Panel(marks=marks, x=x, y=y, share=len(rows) + 1.6)
