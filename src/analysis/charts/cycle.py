"""The round of accumulating and clearing on one page: ``plot_cycle``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle_marks import NARROW_EMS, PALER, SHADE_ALPHA, campaigns_of, place_of, stock_of, turns_of
from analysis.charts.cycle_words import Campaign, Group, chosen, is_dated_adjusted, phase_label, words_of
from analysis.charts.drawing.marks import Axis, Bars, Chart, Mark, Panel, Rule, Span, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.drawing.scales import whole_ticks
from analysis.charts.extremes import extremes
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import Day
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle

ROOM = 0.32  # above the highest stock, for the names of the phases, in parts of the range


def plot_cycle(
    result: Cycle,
    *,
    court: Group = None,
    campaigns: Sequence[Sequence[Day | str]] = (),
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.

    ``result`` is the result of ``cycle``; with several courts ``court=`` names one. ``campaigns`` are pairs or triples (start, end,
    name) marked along the time axis. Where the dating used the season-adjusted stock, it is drawn beside the recorded one and
    the turning points stand on it.
    Raises ``ArgumentError`` where several courts are given and none is named.

    Parameters
    ----------
    result : Cycle
        The result of ``cycle``.
    court : str
        The court to draw, where there are several.
    campaigns : list of tuples
        First day, last day and, if any, name of each campaign to mark.
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
    >>> print(an.alt_of(plot_cycle(an.cycle(flow, adjusted=False))))
    线图，2008年1月至2011年12月：未结存量由10件到0件；2008年12月峰（120件）；2009年12月谷（0件）；2010年12月峰（120件）。...
    """
    one = chosen(result, court)
    if one.series.empty:
        raise DataError("没有可画的时期。", "there is no period to draw.")
    return render(
        lambda _: _chart(one, campaigns_of(campaigns, one)),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: Cycle, campaigns: list[Campaign]) -> Chart:
    series, shades, named = found.series, list[Mark](), list[Mark]()
    low, high = min(series["pending"].min(), 0), series["pending"].max()
    room = max(high - low, 1) * ROOM
    for phase in found.phases.to_dict("records"):
        if phase["kind"] in SHADE_ALPHA:
            first, last = place_of(found, pd.Series([phase["start"], phase["end"]]))
            opacity = SHADE_ALPHA[phase["kind"]] * (1 if phase["complete"] else PALER)
            span: dict[str, Any] = {"lower": first, "upper": last, "label": str(term(phase["kind"]))}
            shades.append(Span(role=phase["kind"], opacity=opacity, **span))
            said = phase_label(phase["kind"], phase["cases"], ems=(last - first) / len(series) * NARROW_EMS)
            at: dict[str, Any] = {"x": [(first + last) / 2], "y": [high + room]}
            named += [Words(role="text", side="below", texts=[said], **at)] if said else []
    # turning points of the recorded stock bear the same number
    beside = [] if is_dated_adjusted(found) else place_of(found, found.turning_points["date"]).tolist()
    marked: list[Mark] = [
        Span(role="text", dotted=True, opacity=0.35, lower=first, upper=last, label=name)
        for first, last, name in campaigns
    ]
    x = Axis(periods=series["period"], freq=found.freq)
    y = Axis(title=str(term("pending_axis")), low=low - room if low < 0 else 0, high=high + room, whole=True)
    zero: list[Mark] = [Rule(role="zero", at=0)]
    above = [
        *shades,
        *stock_of(found),
        *extremes("recorded", series["pending"], beside=beside),
        *turns_of(found),
        *named,
        *marked,
        *(zero if low < 0 else []),
    ]
    bars: list[Mark] = []
    for name, way in (("filed", "↑"), ("closed", "↓")):
        flow: dict[str, Any] = {"values": series[name], "label": str(term(name)), "hover": told(series[name])}
        bars.append(Bars(role=name, at=np.arange(len(series)), breadth=0.85, way=way, **flow))
    ticks = whole_ticks(-float(series["closed"].max()), float(series["filed"].max()))
    flows = Axis(title=str(term("cases_axis")), ticks={tick: number(abs(tick)) for tick in ticks})
    panels = [Panel(marks=above, x=x, y=y, share=3), Panel(marks=[*bars, *zero, *marked], x=x, y=flows, share=2)]
    title, alt, note = words_of(found, campaigns)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(1.25, 0), same_x=True)
