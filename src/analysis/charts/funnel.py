"""Funnels: each court at its size, between the limits within which chance alone would keep it. ``plot_funnel``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.court_names import Highlight, highlighted, in_legend, shown_names
from analysis.charts.drawing.marks import Axis, Chart, Panel
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.funnel_facets import (
    Facet,
    facets_of,
    is_log,
    mark_of,
    size_name,
    unit_of,
    value_name,
    x_span,
    y_span,
)
from analysis.charts.funnel_marks import marks_of
from analysis.charts.funnel_words import left_out, words_of
from analysis.vocabulary.numbers import factor_of

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.peers.funnel import Funnel

MOST_LABELLED = 6  # courts outside the 99.8 % limits that are named in a panel; the alt text counts all
MOST_IN_A_ROW = (3, 4)  # years side by side on a page and on a slide


def plot_funnel(
    result: Funnel,
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
    """Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.

    The own court (``highlight``, or the one given to ``funnel``) is marked and named; so are the courts farthest
    outside the 99.8% limits, all others' names coded with ``anonymise=True``. A figure that its own counts
    contradict bears a dagger. Courts of several years stand in panels of their own. A clearance stands at its
    effective size 1/se², with a line to the largest that its counts allow: only where both ends lie outside is
    the court outside for sure. Where there are no limits the figures stand in a strip, each with its year.

    Raises ``ArgumentError`` for a court that is not there.

    Parameters
    ----------
    result : Funnel
        The result of ``funnel``.
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

    >>> from analysis.inference.peers.funnel import funnel
    >>> courts = pd.DataFrame({"court": ["甲", "乙"], "closed": [383, 80], "received": [386, 100]})
    >>> fun = funnel(courts, numerator="closed", denominator="received", highlight="甲", target=0.95)
    >>> plot_funnel(fun).alt
    '漏斗图，2家法院的比例，由80%到99.2%；2家在99.8%限外（乙、甲）。甲为99.2%，在99.8%限外（95%限92.7–97.2%）。'
    """
    if result.why_no_limits.zh:
        return _strip(
            result,
            highlight,
            anonymise=anonymise,
            interactive=interactive,
            language=language,
            size=size,
            ax=ax,
            figure=figure,
            title=title,
        )
    own = highlighted(highlight, result.table["court"]) or [str(name) for name in result.highlight]
    facets = facets_of(result, own, shown_names(result.table["court"], marked=own, anonymise=anonymise))
    return render(
        lambda _: _chart(result, facets),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _strip(fun: Funnel, highlight: Highlight, **how: Any) -> Figure | go.Figure:
    """The figures without limits, each with its year, and why there are none."""
    from analysis.charts.peers import plot_strip

    courts = fun.table.assign(value=fun.table["value"] * factor_of(unit_of(fun)))
    return plot_strip(
        courts,
        name=value_name(fun),
        note=fun.caption + left_out(fun),
        highlight=highlight or [str(court) for court in fun.highlight],
        **how,
    )


def _chart(fun: Funnel, facets: list[Facet]) -> Chart:
    low, high = x_span(facets)
    bottom, top = y_span(facets, fun)
    x = Axis(title=str(size_name(fun)), low=low, high=high, log=is_log(facets))
    panels = []
    many = len(facets) > MOST_IN_A_ROW[0]
    called = in_legend(pd.concat([facet.courts for facet in facets]), named=len(facets) > 1)
    for place, facet in enumerate(facets):
        y = Axis(title="" if place or many else str(value_name(fun)), low=bottom, high=top)
        heading = str(facet.heading) + (" (%)" if many and mark_of(fun) else "")
        panels.append(
            Panel(marks=marks_of(fun, facet, MOST_LABELLED // len(facets), called), x=x, y=y, heading=heading)
        )
    title, alt, note = words_of(fun, facets)
    sizes: dict[str, Any] = {
        "columns": (2 if many else 1, *(min(len(facets), most) for most in MOST_IN_A_ROW)),
        "height": (0.35, 0.65),
        "same_y": True,
    }
    return Chart(panels=panels, title=title, alt=alt, note=note, by_place=False, **sizes)
