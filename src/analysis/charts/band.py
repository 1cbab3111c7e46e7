"""The peers' percentile band over time with the own court in it: ``plot_band``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.band_words import words_of
from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import Highlight, highlighted, shown_names
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, told_by_time
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import named_ends
from analysis.inference.peers.percentiles import percentile_band
from analysis.vocabulary.courts import of_compared
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.labels import with_unit
from analysis.vocabulary.numbers import factor_of, number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.peers.trends import PeerTrends

OWN_LOOKS = (palette.LINES[1], palette.LINES[0], palette.LINES[3])
BANDS = (("p10", "p90", 0.35, "band_80"), ("p25", "p75", 0.6, "band_50"))


def plot_band(
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
    """Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.

    The dashed line is the median. Where fewer than ten courts stand in a period there is no band.

    Raises ``ArgumentError`` for a court that is not there or more than three, ``DataError`` where no period has ten courts.

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

    >>> from analysis.inference.peers.trends import peer_trends
    >>> rows = pd.DataFrame({"court": list(range(11)) * 2, "year": [2010] * 11 + [2011] * 11, "rate": list(range(80, 91)) * 2})
    >>> plot_band(peer_trends(rows, value="rate"), highlight=3).alt
    '11家法院的数值，2010至2011；中位数由85.00到85.00，居中八成由81.00–89.00到81.00–89.00。3由83.00到83.00。'
    """
    band = percentile_band(result)
    if band["p50"].isna().all():
        raise DataError("没有一个期间有十家法院，画不出分布带。", "No period has ten courts: there is no band to draw.")
    own = highlighted(highlight, result.table["court"])
    palette.lines(max(1, len(own) + 1))  # refuses more than a panel can tell apart
    names = shown_names(result.table["court"], marked=own, anonymise=anonymise)
    return render(
        lambda _: _chart(result, band, own, names),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(trends: PeerTrends, band: pd.DataFrame, own: list[str], names: dict[str, Text]) -> Chart:
    unit = factor_of(trends.unit)
    cuts = [name for name in band if str(name).startswith("p") and name != "period"]
    band = band.assign(**{str(name): band[name] * unit for name in cuts})
    ticks = [f"{p:%Y-%m-%d}" if isinstance(p, pd.Timestamp) else str(p) for p in band["period"]]
    at = np.arange(len(band))
    values = trends.table.assign(court=trends.table["court"].astype(str)).pivot_table(
        index="court", columns="period", values="value"
    )
    values = values.reindex(columns=list(band["period"])) * unit
    marks: list[Mark] = [
        Band(
            role="band",
            x=at,
            lower=band[low],
            upper=band[high],
            opacity=opacity,
            label=str(of_compared(name, values.index)),
        )
        for low, high, opacity, name in BANDS
    ]
    middle = str(of_compared("median_of_courts", values.index))
    hover = told_by_time(ticks, band["p50"], middle, unit=trends.unit)
    marks.append(Line(role="expected", x=at, y=band["p50"], width=1, label=middle, hover=hover))
    for look, court in zip(OWN_LOOKS, own, strict=False):
        series: Any = values.loc[court]
        name = str(names[court])
        hover = told_by_time(ticks, series, name, unit=trends.unit)
        drawn: dict[str, Any] = {"own_look": replace(look, line="-", dash="solid"), "label": name, "hover": hover}
        marks.append(Line(role="own", x=at, y=series, width=2.2, with_points=True, **drawn))
        marks.append(named_ends("own", series.reset_index(drop=True), lambda value: number(value, 2)))
    axis = term(trends.indicator) if trends.indicator else term("value")
    axis = with_unit(axis, trends.unit)
    title, alt = words_of(trends, band, values, own, names, ticks)
    panel = Panel(marks=marks, x=Axis(names=ticks, low=-0.3, high=at[-1] + 0.3), y=Axis(title=str(axis)))
    note = trends.caption + Text(
        "。位置只说数字在何处，小法院的数字受随机波动影响大",
        ". A place says where the figure was; chance moves small courts most",
    )
    return Chart(panels=[panel], title=title, alt=alt, note=note, by_place=False)
