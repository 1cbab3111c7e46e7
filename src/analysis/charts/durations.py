"""Durations of cases: ``plot_durations`` (Kaplan–Meier)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, Rule, Words, ticks_between
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.duration_words import LIMIT_DAYS, YEAR, alt_text, hover_texts, label_text, note_text, title_text
from analysis.charts.survival_curves import Group, at_risk_on, groups_of, steps_of
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.durations.durations import TimeToClose

BAND = 0.18  # opacity of the interval
TICKS = 8
QUARTERS = {float(share): str(share) for share in (0, 25, 50, 75, 100)}


def plot_durations(
    result: TimeToClose,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.

    ``result`` as ``time_to_close`` gives it (``.curve``, ``.summary``, ``.test``, ``.notes``, ``.caption``), of one group or
    up to four. The line at 50% meets a curve at its median. Under the curves stand the cases at risk: all of a
    group on day 0, later those still open, and under observation, at the first closing on or after that day.

    Raises ``InputError`` for missing columns, ``DataError`` without a single closing, ``ArgumentError`` for more than four groups.

    Parameters
    ----------
    result : TimeToClose
        The result of ``time_to_close``.
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
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_durations(an.time_to_close(cases))))
    Kaplan–Meier 阶梯曲线，带95%区间。全部案件：4件，结案3件，中位60天（95%区间30–—），最后一次结案（第344天）时仍有25.0%未结。
    """
    groups = groups_of(result)
    ticks_held = 4 if size == "half" else TICKS
    return render(
        lambda _: _chart(result, groups, ticks_held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(result: TimeToClose, groups: list[Group], ticks_held: int) -> Chart:
    # a register of one day has a day too
    last = min(YEAR, max(1.0, *(float(curve["days"].max()) for _, curve, _ in groups)))
    ticks = ticks_between(0, last * 1.02, whole=True, at_most=ticks_held)
    curves, at_risk = list[Mark](), list[Mark]()
    for row, (look, group) in enumerate(zip(palette.lines(len(groups)), groups, strict=True)):
        name, points, row_of = group
        steps = steps_of(points, row_of["n"] if result.curve.attrs.get("from_filing") else math.nan)
        limits: dict[str, Any] = {"lower": steps["lower"], "upper": steps["upper"]}
        curves.append(Band(role="recorded", own_look=look, x=steps["days"], step="post", opacity=BAND, **limits))
        hover = hover_texts(steps)
        if points["days"].iloc[0] == 0:  # which tells of day 0 itself
            hover[0] = ""
        curve: dict[str, Any] = {"x": steps["days"], "y": steps["survival"], "hover": hover}
        names: dict[str, Any] = {"label": label_text(group), "end": str(name), "called": str(name)}
        curves.append(Line(role="recorded", own_look=look, step="post", **names, **curve))
        numbers = [at_risk_on(steps[steps["at_risk"].notna()], tick) for tick in ticks]
        at_risk.append(Words(role="text", x=list(ticks), y=[row] * len(ticks), texts=numbers, side="centre"))
    curves.append(Rule(role="target", at=50))
    if last >= LIMIT_DAYS:
        curves.append(Rule(role="limit", at=LIMIT_DAYS, along="x"))
        beside: dict[str, Any] = {"x": [LIMIT_DAYS], "y": [96], "texts": [str(term("limit_180"))]}
        curves.append(Words(role="aside", side="right", haloed=True, **beside))
    days: dict[str, Any] = {"low": 0, "high": last * 1.02, "ticks": ticks}
    above = Panel(
        marks=curves,
        x=Axis(title=str(term("days_axis")), **days),
        y=Axis(title=str(term("still_open")), low=0, high=102, ticks=QUARTERS),
        share=6,
    )
    below = Panel(
        marks=at_risk,
        x=Axis(bare=True, **days),
        y=Axis(title=str(term("at_risk_row")), names=[str(name) for name, _, _ in groups], reversed=True, bare=True),
        share=0.5 * (len(groups) + 0.2),
    )
    title = title_text(groups)
    height = (1.0 + 0.055 * len(groups), 0.0)
    alt, note = alt_text(groups), note_text(result)
    return Chart(panels=[above, below], title=title, alt=alt, note=note, height=height, same_x=True)
