"""A campaign beside what would have been without it: ``plot_campaign``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.campaign_words import course_of, words_of
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, Rule, Span, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import named_ends
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.campaign import CampaignEffect

SERIES = ("closed", "filed", "pending")


def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.

    ``result`` is the result of ``campaign_effect``. The counterfactual has 95% prediction limits (for the stock they widen
    month by month); the campaign is shaded.

    Parameters
    ----------
    result : CampaignEffect
        The result of ``campaign_effect``.
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
    >>> closed = [20] * 24 + [30] * 6 + [20] * 18  # ten more in each of the six months of the campaign
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=100)
    >>> print(an.alt_of(plot_campaign(an.campaign_effect(flow, period=("2010-01", "2010-06")))))
    三幅线图，实际与若无活动。2010年1月至2010年6月的活动期间：结案平均每期相差10.0件...
    """
    return render(
        lambda _: _chart(result),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(effect: CampaignEffect) -> Chart:
    panels = []
    for name in SERIES:
        unit = str(term("pending_axis" if name == "pending" else "cases_axis"))
        panels.append(_panel(course_of(effect, name), effect.freq, unit, str(term(name))))
    title, alt, note = words_of(effect)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(1.5, 0), same_x=True)


def _panel(course: pd.DataFrame, freq: str, unit: str, heading: str) -> Panel:
    at = np.arange(len(course))
    during = np.flatnonzero(course["during"])
    cut, since = course[at >= during[0] - 1], at[at >= during[0] - 1]
    low, high = _reach(course, cut)
    spans = [f"{a}–{b}" for a, b in zip(told(cut["lower"], 1), told(cut["upper"], 1), strict=True)]
    limits: dict[str, Any] = {
        "lower": cut["lower"],
        "upper": cut["upper"],
        "label": str(term("confidence_95")),
        "hover": spans,
    }
    recorded: dict[str, Any] = {
        "y": course["observed"],
        "label": str(term("recorded")),
        "hover": told(course["observed"], 1),
    }
    without = {
        "y": cut["counterfactual"],
        "label": str(term("counterfactual")),
        "hover": told(cut["counterfactual"], 1),
    }
    marks: list[Mark] = [
        Span(role="band", lower=during[0] - 0.5, upper=during[-1] + 0.5, label=str(term("campaign"))),
        Line(role="recorded", x=at, end=recorded["label"], **recorded),
        Band(role="counterfactual", x=since, opacity=0.22, hatched=True, **limits),
        Line(role="counterfactual", x=since, end=str(term("counterfactual")), **without),
        named_ends("recorded", course["observed"].reset_index(drop=True), lambda value: number(value, 0)),
    ]
    if low < 0:
        marks.append(Rule(role="zero", at=0))
    x, y = Axis(periods=course["period"], freq=freq), Axis(title=unit, low=low, high=high, whole=True)
    return Panel(marks=marks, x=x, y=y, heading=heading)


def _reach(course: pd.DataFrame, cut: pd.DataFrame) -> tuple[float, float]:
    """From nought (or below) to a little over the lines; limits that run beyond are cut, so that the lines stay legible."""
    low = min(float(course["observed"].min()), 0.0, float(cut["counterfactual"].min()))
    high = float(max(course["observed"].max(), cut["counterfactual"].max()))
    room = max(high - low, 1.0)
    return low - room * (0.1 if low < 0 else 0), high + room * 0.25
