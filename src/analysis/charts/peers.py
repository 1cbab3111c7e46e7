"""Small multiples: where the own court stands among its peers on each indicator, against a reference band. ``plot_peers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT_NOTE, Highlight, highlighted, shown_names
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.peer_marks import chart_of
from analysis.charts.peer_strips import strip_of, strips_of
from analysis.charts.peer_words import told_of, words_of
from analysis.inference.peers.panel import PeerPanel
from analysis.vocabulary.text import Text, capital

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

MOST_DATED = 30  # courts of a strip of its own, up to which each has its year beside it; more would lie over each other


def plot_peers(
    result: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = None,
    bands: Mapping[str, tuple[float, float]] | None = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw one strip an indicator: every court a point, the own one marked, a reference band behind.

    ``result``: panels (one an indicator, with provinces and the nation as lines), or a table ``court, indicator, value``.
    ``bands``: indicator → (low, high), a reasonable interval in the unit of the axis (92, 98 for percent); without one the
    middle eight tenths of the courts.
    No place in a ranking is shown. Courts since December 2016 are open circles.

    Raises ``ArgumentError`` for an unknown court or indicator of a band, or more than 12 indicators; ``DataError`` for
    nothing to draw.

    Parameters
    ----------
    result : DataFrame, PeerPanel or several
        A table ``court, indicator, value``, or a panel an indicator.
    highlight : str or list of str
        The court, or courts, to mark.
    bands : mapping
        Indicator → (low, high), in the unit of the axis.
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

    >>> table = pd.DataFrame({"court": list("甲乙丙"), "indicator": "closure_rate", "value": [99.2, 95, 90]})
    >>> plot_peers(table, highlight="甲", bands={"closure_rate": (92, 98)}).alt
    '1项指标上各院的位置。结案率：3家法院，90至99.2，参照区间92–98；甲为99.2，高于区间。'
    """
    strips = strips_of(result, highlight, dict(bands or {}), anonymise)
    words = words_of(result, strips)
    return render(
        lambda _: chart_of(strips, words),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def plot_strip(
    table: pd.DataFrame,
    *,
    name: Text,
    note: Text,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the figures of few courts (``court, value``, and ``year`` written beside each) on one strip, with a note.

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [99.2, 80.0], "year": [2011, 2016]})
    >>> plot_strip(table, name=Text("结案率", "closure rate"), note=Text("仅作背景", "context only"), highlight="甲").alt
    '结案率：2家法院，80至99.2；甲为99.2。'
    """
    own = highlighted(highlight, table["court"])
    names = shown_names(table["court"], marked=own, anonymise=anonymise)
    strip = strip_of("", table, table.iloc[:0], None, None, own, names, most_dated=MOST_DATED)
    strip = replace(strip, name=name, band=None)
    finding = Text(f"{name.zh}：各院数字", f"{capital(name.en)}: the courts' figures")
    words = finding, told_of(strip), note + DOUBT_NOTE if strip.courts["doubt"].any() else note
    return render(
        lambda _: chart_of([strip], words),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )
