"""Filings and closings with their control limits: ``plot_control_limits``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.control_words import SERIES, words_of
from analysis.charts.drawing.marks import Axis, Chart, Line, Mark, Panel, Points, Rule, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language, joined

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.control_limits import ControlLimits

LEVELS = (("centre", "reference", "centre"), ("lower", "limit", "control_limit"), ("upper", "limit", "control_limit"))
MOST_MARKED = 80  # periods; beyond it markers cover the line
OWN = ("series", "period", "value", "centre", "lower", "upper", "moving_range", "range_limit", "base", "broken")


def plot_control_limits(
    result: ControlLimits,
    *,
    court: str | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw an XmR chart of filings and closings: values, centre, limits, and the periods that break a rule.

    ``result`` is the result of ``control_limits``; with several courts ``court=`` names one.

    Parameters
    ----------
    result : ControlLimits
        The result of ``control_limits``.
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
    >>> months = pd.date_range("2008-01-01", periods=24, freq="MS")
    >>> closed = [19, 21] * 11 + [19, 60]  # 60 in the last month
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=100)
    >>> print(an.alt_of(plot_control_limits(an.control_limits(flow))))
    线图：...
    """
    table = _of(result.table, court)
    return render(
        lambda _: _chart(result, table),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _of(table: pd.DataFrame, court: str | None) -> pd.DataFrame:
    """The rows of one court (or group, as its names in a tuple); all of them where there is only one."""
    by = [name for name in table.columns if name not in OWN]
    groups = table[by].astype(str).agg("/".join, axis=1) if by else pd.Series("", index=table.index)
    asked = "/".join(map(str, court if isinstance(court, tuple) else (court,)))
    if court is None and len(groups.unique()) == 1:
        return table
    if asked not in set(groups):
        raise ArgumentError.not_one_of("court", asked, sorted(set(groups)))
    return table[groups == asked]


def _chart(found: ControlLimits, table: pd.DataFrame) -> Chart:
    meanings = dict(zip(found.rules["rule"], found.rules["meaning"].map(in_language), strict=True))
    panels = []
    for name in SERIES:
        rows = table[table["series"] == name].reset_index(drop=True)
        values: dict[str, Any] = {"x": np.arange(len(rows)), "y": rows["value"], "hover": told(rows["value"], 1)}
        marks: list[Mark] = [
            Line(role="recorded", label=str(term("value")), with_points=len(rows) <= MOST_MARKED, **values)
        ]
        for base, part in rows.groupby("base"):
            edges = [part.index[0] - 0.5, part.index[-1] + 0.5]
            is_last = base == rows["base"].max()
            for column, role, label in LEVELS:
                marks.append(_level(part[column].iloc[0], edges, role, str(term(label)), is_last))
            if base != rows["base"].min():
                marks.append(Rule(role="aside", at=edges[0], along="x"))
        hits = rows[rows["broken"] != ""]
        is_high = hits["value"] > hits["centre"]
        for role, part in (("signal_high", hits[is_high]), ("signal_low", hits[~is_high])):
            broken = [
                str(joined([Text(meanings[rule], meanings[rule]) for rule in ids.split(",")])) for ids in part["broken"]
            ]
            signals: dict[str, Any] = {"x": part.index, "y": part["value"], "hover": broken, "label": str(term(role))}
            marks.append(Points(role=role, size=5.5, edged=True, **signals))
        x, y = Axis(periods=rows["period"], freq=found.freq), Axis(title=str(term("cases_axis")))
        panels.append(Panel(marks=marks, x=x, y=y, heading=str(term(name))))
    title, alt, note = words_of(found, table)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(1.2, 0), same_x=True)


def _level(value: float, edges: list[float], role: str, label: str, is_last: bool) -> Mark:
    said = number(value, 1)
    end = str(Text(f"{label}{said}", f"{label} {said}")) if is_last else ""
    return Line(role=role, x=edges, y=[value] * 2, label=label, end=end)
