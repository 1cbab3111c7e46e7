"""Closings around the time limit and the end of the year: ``plot_bunching``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Mark, Panel, Rule, Span, ticks_between, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, joined

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.limits.bunching import LimitBunching

DATES = {"limit": Text("法定期限届满", "the time limit"), "year_end": Text("12月31日", "31 December")}
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
    parts = [_told(row) for row in found.summary.to_dict("records")]
    alt = Text("柱图，按距日期的周数：", "Bars by weeks from the date: ") + joined(parts) + Text("。", ".")
    note = found.caption + Text("。", ". ") + joined(parts) + Text("。", ".")
    return Chart(panels=panels, title=_finding(found, parts), alt=alt, note=note, height=(0.4, 0.5))


def _finding(found: LimitBunching, parts: list[Text]) -> Text:
    """The date before which most closings stand out, or that none does."""
    known = found.summary[found.summary["lower"].notna()]
    if known.empty:
        return parts[0]
    if not (known["lower"] > 0).any():
        if "limit" not in set(found.summary["date"]):
            return Text("年末前的结案未见堆积", "No pile of closings before the year's end is seen")
        return Text(
            "期限届满前和年末前的结案未见堆积", "No pile of closings before the limit or the year's end is seen"
        )
    most = max(known.to_dict("records"), key=lambda row: row["excess"])
    return _told(most)


def _told(row: dict[Any, Any]) -> Text:
    name, observed = DATES[row["date"]], number(row["observed"], 0)
    said = Text(f"{name.zh}前14天结案{observed}件", f"{observed} closings in the 14 days before {name.en}")
    if pd.isna(row["expected"]):
        return said
    expected, excess, low, high = (number(row[key], 0) for key in ("expected", "excess", "lower", "upper"))
    return said + Text(
        f"，平滑曲线为{expected}件，相差{excess}件（95%区间{low}至{high}）",
        f", {expected} by the smooth curve: {excess} apart (95% limits {low} to {high})",
    )
