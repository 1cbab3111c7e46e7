"""Regimes of the net flow and how probable each is: ``plot_regimes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.charts.cycle_words import Group, chosen, is_adjusted
from analysis.charts.drawing.marks import THICK, Axis, Band, Chart, Line, Mark, Panel, Rule, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import named_ends
from analysis.charts.regime_words import is_two, one_in_words, words_of
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle

ABOVE = 0.2  # of a line's height, free for the sentence over it


def plot_regimes(
    result: Cycle,
    *,
    court: Group = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.

    Where the data hold one regime only, the second panel is missing and the note says so. ``result`` is the result of ``cycle``.

    Parameters
    ----------
    result : Cycle
        The result of ``cycle``.
    court : str
        The court to draw, where there are several.
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
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_regimes(an.cycle(flow, adjusted=False))))
    线图，净流量及各状态的平均：2008年1月至2008年12月平均每期10.0件...2009年1月至2009年12月平均每期−10.0件...
    """
    one = chosen(result, court)
    if one.regime_probabilities.empty:
        raise DataError("没有可画的时期。", "there is no period to draw.")
    return render(
        lambda _: _chart(one), interactive=interactive, language=language, size=size, ax=ax, figure=figure, title=title
    )


def _flow_name(found: Cycle) -> str:
    return str(term("net_adjusted" if is_adjusted(found) else "net"))


def _chart(found: Cycle) -> Chart:
    table = found.regime_probabilities
    at = np.arange(len(table))
    periods: dict[str, Any] = {"periods": table["period"], "freq": found.freq}
    decimals = 0 if (table["net"] % 1 == 0).all() else 1  # whole cases, unless adjusted
    marks: list[Mark] = [
        Rule(role="zero", at=0),
        Line(role="net", x=at, y=table["net"], label=_flow_name(found), width=1.1, hover=told(table["net"], decimals)),
        named_ends("net", table["net"], lambda value: number(value, decimals)),
    ]
    high = None
    places = np.searchsorted(table["period"].to_numpy(), found.regimes["start"].to_numpy())
    regimes = found.regimes.to_dict("records")
    if len(regimes) == 1:  # a sentence says more than a flat line
        said = [str(one_in_words(regimes[0]))]
        marks.append(Words(role="text", frame="xy", side="in corner", x=[0.99], y=[0.98], texts=said, haloed=True))
        high = table["net"].max() + ABOVE * (table["net"].max() - table["net"].min())
        regimes = []
    for regime, first in zip(regimes, places, strict=False):
        edges = [first - 0.5, first + regime["periods"] - 0.5]
        limits: dict[str, Any] = {"lower": [regime["lower"]] * 2, "upper": [regime["upper"]] * 2}
        marks.append(Band(role="mean", x=edges, opacity=0.25, **limits))
        within = np.arange(first, first + regime["periods"])
        mean: dict[str, Any] = {
            "label": str(term("regime_mean")),
            "hover": ["", *told([regime["mean"]] * len(within), 1), ""],
        }
        x = [edges[0], *within, edges[1]]
        marks.append(Line(role="mean", x=x, y=[regime["mean"]] * len(x), width=THICK, **mean))
    panels = [Panel(marks=marks, x=Axis(**periods), y=Axis(title=str(term("net_axis")), high=high), share=3)]
    if is_two(found):
        higher = table["higher"]
        chance = str(term("higher"))
        hover = [f"{chance}{COLON}{text}" for text in told(higher, 2)]
        below: list[Mark] = [
            Band(role="net", x=at, lower=0 * at, upper=higher, step="mid", opacity=1, hover=hover),
            Rule(role="expected", at=0.5),
        ]
        y = Axis(title=chance, low=0, high=1, ticks={0: "0", 0.5: "0.5", 1: "1"})
        panels.append(Panel(marks=below, x=Axis(**periods), y=y, share=2))
    title, alt, note = words_of(found)
    return Chart(panels=panels, title=title, alt=alt, note=note + made_up(found.series), height=(0.6, 0.3), same_x=True)
