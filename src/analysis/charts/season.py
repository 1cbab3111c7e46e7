"""The season of filings and closings: ``plot_season``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle_words import Group, chosen
from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Panel, Points, Rule, ticks_between, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.season_words import SERIES, season_name, series_held, words_of
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle

MOST_CAPPED = 12  # points whose limits end in a bar; weeks stand too close
LOOKS = dict(zip(SERIES, palette.LINES, strict=False))


def plot_season(
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
    """Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.

    ``result`` is the result of ``cycle``. Raises
    ``DataError`` where the flow is yearly or shorter than three years.

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
    >>> closed = ([9] * 11 + [21]) * 4  # ten a month in the mean of a year, in December 2.1 times as many
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 10, "closed": closed}))
    >>> print(an.alt_of(plot_season(an.cycle(flow))).split("；")[1])
    结案最多在12月（平均的2.10倍），最少在1月（0.90倍）。
    """
    one = chosen(result, court)
    table = one.season[one.season["series"].isin(SERIES)].dropna(subset=["index"])  # nothing filed or closed: no mean
    if table.empty:
        raise DataError(
            "没有季节可画：年度数据，或不足三整年。",
            "no season to draw: a yearly flow, or less than three whole years.",
        )
    return render(
        lambda _: _chart(one, table),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: Cycle, table: pd.DataFrame) -> Chart:
    high = float(table["index_upper"].max()) * 1.05
    panels = []
    for name in series_held(table):
        rows = table[table["series"] == name].reset_index(drop=True)
        many, at = len(rows) > MOST_CAPPED, np.arange(len(rows))
        names = [season_name(int(n), found.freq) for n in rows["season"]]
        limits: dict[str, Any] = {"lower": rows["index_lower"], "upper": rows["index_upper"]}
        spans = [f"{low}–{top}" for low, top in zip(told(limits["lower"], 2), told(limits["upper"], 2), strict=True)]
        values = zip(names, told(rows["index"], 2), spans, strict=True)
        hover = [str(Text(f"{n}：{v}（{s}）", f"{n}: {v} ({s})")) for n, v, s in values]
        marks = [
            Rule(role="expected", at=1),
            Intervals(role="interval", at=at, capped=not many, width=0.7 if many else 1.4, **limits),
            Points(role=name, own_look=LOOKS[name], x=at, y=rows["index"], size=3 if many else 7, hover=hover),
        ]
        places = Axis(title=_below(found.freq), names=_short_names(rows, found.freq))
        y = Axis(title=str(term("multiple_of_mean")), low=0, high=high, ticks=ticks_between(0, high))
        panels.append(Panel(marks=marks, x=places, y=y, heading=str(term(name))))
    title, alt, note = words_of(found, table)
    words: dict[str, Any] = {"title": title, "alt": alt, "note": note + made_up(found.series)}
    return Chart(panels=panels, columns=(2, 2, 2), height=(0.85, 0), same_y=True, by_place=False, **words)


def _short_names(rows: pd.DataFrame, freq: str) -> list[str]:
    """The names under the points: numbers of months (zh) and, a quarter apart, of weeks; names of the others."""
    numbers = [int(n) for n in rows["season"]]
    if freq == "W":
        return [str(n) if place % 13 == 0 else "" for place, n in enumerate(numbers)]
    return [str(n) if freq == "M" and spoken() == "zh" else season_name(n, freq) for n in numbers]


def _below(freq: str) -> str:
    """The unit of the numbers under the points."""
    if freq == "W":
        return str(term("week_of_year"))
    return "月" if freq == "M" and spoken() == "zh" else ""
