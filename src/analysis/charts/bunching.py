"""Closings around the time limit and the end of the year: ``plot_bunching``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.bunching_words import DATES, finding, told_of
from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Mark, Panel, Rule, Span, ticks_between, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, joined

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.limits.bunching import LimitBunching

WHOLE = 0.95  # of the next week's days, below which the first or the last week is a part of one
JUST_BEFORE = (-1.5, 0.5)  # the fourteen days that end on the date


def plot_bunching(
    result: LimitBunching,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.

    ``result`` is the result of ``limit_bunching``. Raises ``DataError`` where no case was closed near either date.

    Parameters
    ----------
    result : LimitBunching
        The result of ``limit_bunching``.
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
    >>> days = {"filed_on": ["2011-01-04", "2011-01-05"], "closed_on": ["2011-07-01", None]}
    >>> frame = pd.DataFrame(days).assign(basis="civil", extension_days=0, excluded_days=0)
    >>> print(an.alt_of(plot_bunching(an.limit_bunching(an.Cases.from_frames(frame, as_of="2011-12-31")))))
    柱图，按距日期的周数：法定期限届满前14天结案1件；12月31日前14天结案0件。
    """
    if not result.table["closings"].any():
        raise DataError("期限和年末前后都没有结案，无图可画。", "no case was closed near the limit or the year's end.")
    return render(
        lambda _: _chart(result),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: LimitBunching) -> Chart:
    panels = []
    for date in found.summary["date"]:
        name = DATES[date]
        rows = found.table[found.table["date"] == date].reset_index(drop=True)
        rows = whole_weeks(rows) if date == "year_end" else rows
        bars: dict[str, Any] = {
            "values": rows["closings"],
            "label": str(term("closed")),
            "hover": told(rows["closings"], 0),
        }
        marks: list[Mark] = [
            Span(
                role="band",
                lower=JUST_BEFORE[0],
                upper=JUST_BEFORE[1],
                label=str(Text("届满前14天", "the 14 days before")),
            ),
            Bars(role="closed", at=rows["week"], **bars),
            Rule(role="reference", at=JUST_BEFORE[1], along="x"),
        ]
        if rows["expected"].notna().any():
            smooth: dict[str, Any] = {"y": rows["expected"], "hover": told(rows["expected"], 1)}
            marks.append(Line(role="recorded", x=rows["week"], label=str(Text("平滑曲线", "smooth curve")), **smooth))
        low, high = float(rows["week"].min()) - 0.6, float(rows["week"].max()) + 0.6
        x = Axis(
            title=str(Text(f"距{name.zh}的周数", f"weeks from {name.en}")),
            low=low,
            high=high,
            ticks=ticks_between(low, high, whole=True),
        )
        panels.append(
            Panel(marks=marks, x=x, y=Axis(title=str(term("cases_axis")), low=0, whole=True), heading=str(name))
        )
    parts = [told_of(row) for row in found.summary.to_dict("records")]
    alt = Text("柱图，按距日期的周数：", "Bars by weeks from the date: ") + joined(parts) + Text("。", ".")
    note = found.caption + Text("。", ". ") + joined(parts) + Text("。", ".")
    return Chart(panels=panels, title=finding(found, parts), alt=alt, note=note, height=(0.4, 0.5))


def whole_weeks(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out a first and a last week that is a part of one: half a year is no whole number of weeks.

    >>> rows = pd.DataFrame({"week": [-2, -1, 0, 1], "exposure": [0.6, 2, 2, 1.7]})
    >>> whole_weeks(rows)["week"].tolist(), whole_weeks(rows.assign(exposure=0.0))["week"].tolist()
    ([-1, 0], [-2, -1, 0, 1])
    """
    exposure = rows["exposure"].to_numpy(dtype=float)
    first, last = exposure[0] < WHOLE * exposure[1], exposure[-1] < WHOLE * exposure[-2]
    return rows.iloc[int(first) : len(rows) - int(last)].reset_index(drop=True)
