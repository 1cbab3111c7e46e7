"""Courts over the years: ``plot_slopes``, the own court beside its peers and beside what all courts together predict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import Highlight
from analysis.charts.drawing.labels import behind
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Line, Panel, Points, told_by_time
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.slope_courts import Slopes, slopes_of, tick_texts
from analysis.charts.slope_marks import OWN_LOOKS, daggers, numbers_of, peers_of, solid
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.peers.trends import PeerTrends

LABEL_SHARE = 0.07  # of the width, for the names at the ends
SHIFT = 0.02  # of the width, between the last period and what was expected at it


def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.

    The open circle with its bar is the value expected at the last period from the gap before, on the regression line over all
    courts, with the range in which 95% of courts so placed would fall. Up to 40 courts are drawn as lines, more
    as the band of their middle eight tenths.

    Raises ``ArgumentError`` for a court that is not there, or for more than three at once.

    Parameters
    ----------
    result : PeerTrends
        The result of ``peer_trends``.
    highlight : str or list of str
        The court, or courts, to mark.
    anonymise : bool
        ``True`` shows a code in place of every other court's name.
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

    >>> import pandas as pd
    >>> import analysis as an
    >>> rates = {"甲": (99, 97), "乙": (95, 96), "丙": (91, 94), "丁": (95, 93)}
    >>> rows = [(court, 2010 + i, value) for court, pair in rates.items() for i, value in enumerate(pair)]
    >>> trends = an.peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    >>> print(an.alt_of(plot_slopes(trends, highlight="甲")))
    折线图，4家法院的数值，2010至2011；同行均值由95.00到95.00。甲由99.00到97.00，按各院走势末期预期96.50（83.02–109.98）。
    """
    slopes = slopes_of(result, highlight, anonymise)
    palette.lines(max(1, len(slopes.own) + 1))  # refuses more than a panel can tell apart
    return render(
        lambda _: _chart(slopes),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(slopes: Slopes) -> Chart:
    ticks, at = tick_texts(slopes.values), np.arange(slopes.values.shape[1])
    mean: Any = slopes.values.mean()
    shift = SHIFT * len(at)
    beyond = at[-1] + shift * (len(slopes.expected) + 1)
    x = Axis(names=ticks, low=-0.3, high=beyond + LABEL_SHARE * len(at))
    marks = peers_of(slopes, at)
    marks.append(
        Line(
            role="expected",
            x=at,
            y=mean,
            width=1,
            label=str(term("peer_mean")),
            hover=told_by_time(ticks, mean, unit=slopes.unit),
        )
    )
    for look, court in zip(OWN_LOOKS, slopes.own, strict=False):
        series: Any = slopes.values.loc[court]
        name = str(slopes.names[court])
        lines: dict[str, Any] = {
            "x": at,
            "y": series,
            "label": name,
            "hover": told_by_time(ticks, series, name, unit=slopes.unit),
        }
        marks.append(Line(role="own", own_look=solid(look), width=2.2, with_points=True, **lines))
        marks += daggers(slopes, at, court)
    for place, (name_of, row) in enumerate(slopes.expected.iterrows(), start=1):
        look = OWN_LOOKS[slopes.own.index(str(name_of))]
        where, word = [at[-1] + shift * place], str(term("expected_at_last"))
        ends: dict[str, Any] = {"lower": [row["lower"]], "upper": [row["upper"]]}
        told_of = f"{word}{COLON}{number(row['at'], 2)}{behind(slopes.unit)} ({number(row['lower'], 2)}–{number(row['upper'], 2)})"
        marks.append(Intervals(role="own", own_look=look, at=where, width=1, capped=True, **ends))
        point: dict[str, Any] = {"x": where, "y": [row["at"]], "label": word, "hover": [told_of]}
        marks.append(
            Points(role="own", own_look=replace(look, marker="o", symbol="circle"), hollow=True, size=5, **point)
        )
    marks += numbers_of(slopes, beyond)
    title, alt, note = slopes.words
    panel = Panel(marks=marks, x=x, y=Axis(title=str(slopes.axis)))
    return Chart(panels=[panel], title=title, alt=alt, note=note, by_place=False)
