"""Officers beside what their cases would lead one to expect: ``plot_officers``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points, Words, ticks_between
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.officer_words import shown_in, words_of
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import read
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.officers.scorecard import OfficerScorecard

ROOM = 0.06  # of the figures' breadth, free on either side
ALL_ONE = 2.0  # the same where all figures are one


def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = "closed",
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.

    ``result`` is the result of ``officer_scorecard``; officers stand in its order, never ranked. A figure that is held
    back is not drawn; of one whose range is not known the figure stands alone, and where that is so of all the title says it.
    Raises ``ArgumentError`` for an unknown measure, ``DataError`` where all its figures are held back.

    Parameters
    ----------
    result : OfficerScorecard
        The result of ``officer_scorecard``.
    measure : str
        The figure to draw, as the scorecard names it.
    interactive : bool
        ``True`` for a plotly Figure that tells its values on hovering, else a matplotlib Figure.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    size : str
        ``page``, ``half`` or ``slide``: the width at which it is shown.
    ax : Axes or list of Axes, optional
        Axes of your own to draw on, one for each panel, in place of a figure of ours; not with ``interactive=True``.
    figure : Figure or SubFigure, optional
        An empty figure of your own to draw all panels in, in place of ``ax``.
    title : str, optional
        A title in place of the one that says the finding; on axes of your own there is none without it.

    Returns
    -------
    Figure
        A matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    >>> import analysis as an
    >>> cases = an.read_cases(an.sample_path("register"))
    >>> print(an.alt_of(plot_officers(an.officer_scorecard(cases, period=2011, names=True))))
    区间图，8名承办人的结案：1名在期望范围之外。...
    """
    known = list(dict.fromkeys(result.table["measure"]))
    if known and measure not in known:
        raise ArgumentError.not_one_of("measure", measure, known)
    rows = result.table[(result.table["measure"] == measure) & result.table["value"].notna()].reset_index(drop=True)
    if rows.empty:
        raise DataError(
            "该项数字全部不显示，无图可画。", "all figures of this measure are held back: there is nothing to draw."
        )
    if not (rows["lower"] < rows["upper"]).any():  # none, or none with any width: all cases are closed
        rows = rows.assign(lower=np.nan, upper=np.nan)
    return render(
        lambda _: _chart(result, rows, measure),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: OfficerScorecard, rows: pd.DataFrame, measure: str) -> Chart:
    scale, digits, unit = shown_in(measure)
    values = rows[["value", "expected", "lower", "upper"]].astype(float) * scale
    at, names = np.arange(len(rows)), [str(read("officer", name)) for name in rows["officer"]]
    above, below = values["value"] > values["upper"], values["value"] < values["lower"]
    told = [
        f"{name}{COLON}{number(value, digits)}{unit}"
        + (f" ({number(low, digits)}–{number(high, digits)})" if pd.notna(low) else "")
        for name, value, low, high in zip(names, values["value"], values["lower"], values["upper"], strict=True)
    ]
    ranged = values[values["lower"].notna()]
    spans: dict[str, Any] = {
        "at": ranged.index.to_numpy(),
        "lower": ranged["lower"],
        "upper": ranged["upper"],
        "along": "x",
    }
    hoped = values["expected"].dropna()
    rings: dict[str, Any] = {"x": hoped, "y": hoped.index.to_numpy(), "label": str(term("expected"))}
    ranges = str(Text("期望的95%范围", "95% range expected"))
    marks = list[Mark]()
    if len(ranged):
        marks.append(Intervals(role="interval", width=5, opacity=0.35, label=ranges, **spans))
    if len(hoped):
        marks.append(Points(role="expected", size=5, hollow=True, **rings))
    for role, of, label in (
        ("recorded", ~(above | below), term("value")),
        ("signal_high", above, Text("高于范围", "above the range")),
        ("signal_low", below, Text("低于范围", "below the range")),
    ):
        part = np.flatnonzero(of)
        point: dict[str, Any] = {
            "x": values["value"].iloc[part],
            "y": at[part],
            "hover": [told[place] for place in part],
        }
        if len(part):
            marks.append(Points(role=role, size=7, edged=role != "recorded", label=str(label), **point))
    texts = [number(value, digits) for value in values["value"]]
    # Beside its row, by no other mark.
    marks.append(Words(role="text", frame="x", x=[1.0] * len(rows), y=at, texts=texts))
    name, counted = term(measure), str(unit).strip()
    low, high = (float(edge(values.to_numpy())) for edge in (np.nanmin, np.nanmax))
    room = ROOM * (high - low) or ALL_ONE
    low, high = low - room, high + room
    heading = str(name) if counted in str(name) else str(Text(f"{name.zh}（{counted}）", f"{name.en} ({counted})"))
    x = Axis(title=heading, low=low, high=high, ticks=ticks_between(max(low, 0.0), high, whole=not digits))
    panel = Panel(marks=marks, x=x, y=Axis(names=names, reversed=True))
    title, alt, note = words_of(found, name, told, outside=int((above | below).sum()), ranged=len(ranged))
    return Chart(panels=[panel], title=title, alt=alt, note=note, lines=6 + 1.5 * len(rows), by_place=False)
