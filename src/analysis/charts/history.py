"""The printed history: where the stock must have been, from printed figures alone: ``plot_history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import measure_text, term
from analysis.vocabulary.text import COLON, Text, capital, number_of

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconciliation.reconcile import Reconciliation


def plot_history(
    result: Reconciliation,
    *,
    court: str | None = None,
    scope: str | None = None,
    measure: str = "stock",
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.

    A bar runs from the least to the greatest number that all printed figures allow; a point is a number that they fix. What
    they leave open above, or only bound above, is not drawn. ``court`` and ``scope`` choose where there are several, ``measure`` is ``stock``,
    ``filed``, ``closed`` or ``amount_recovered``. Raises ``DataError`` where nothing is bounded.

    Parameters
    ----------
    result : Reconciliation
        The result of ``reconcile``.
    court : str
        The court, where there are several.
    scope : str
        The scope, where there are several.
    measure : str
        ``stock``, ``filed``, ``closed`` or ``amount_recovered``.
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
    >>> rec = an.reconcile(an.sample_path("returns_fujin.csv"))
    >>> print(an.alt_of(plot_history(rec)))
    区间图，富锦市人民法院存量，2010-12-31至2011-12-31，2处：2010-12-31为15；2011-12-31为3。
    """
    table = result.history[result.history["measure"].eq(measure) & np.isfinite(result.history["upper"])]
    table = table[table["lower"].gt(0) | table["upper"].eq(0) | table["printed"].notna()]
    for name, chosen in (("court", court), ("scope", scope)):
        one = chosen if chosen is not None else next(iter(table[name].value_counts().index), None)
        table = table[table[name] == one]
    if table.empty:
        raise DataError(
            "公布的数字没有给它定出上下限，画不出来。",
            "The published figures bound nothing of it that could be drawn.",
        )
    table = table.sort_values(["period_end", "period_start"], ignore_index=True)
    return render(
        lambda _: _chart(table, measure),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(table: pd.DataFrame, measure: str) -> Chart:
    at = np.arange(len(table), dtype=float)
    fixed = table["lower"].eq(table["upper"]).to_numpy()
    lower, upper = table["lower"].to_numpy(dtype=float), table["upper"].to_numpy(dtype=float)
    names = [_period(start, end) for start, end in zip(table["period_start"], table["period_end"], strict=True)]
    bounds = [_bounds(low, high) for low, high in zip(lower, upper, strict=True)]
    hover = [f"{name}{COLON}{told}" for name, told in zip(names, bounds, strict=True)]
    allowed, known = str(Text("推算值的上下限", "bounds of the implied figure")), str(Text("确定", "fixed"))
    loose = [told for told, sure in zip(hover, fixed, strict=True) if not sure]
    marks: list[Mark] = []
    if not fixed.all():
        marks.append(Intervals(role="expected", at=at[~fixed], lower=lower[~fixed], upper=upper[~fixed], label=allowed,
                               hover=loose, capped=True))  # fmt: skip
    if fixed.any():
        sure = [told for told, one in zip(hover, fixed, strict=True) if one]
        marks.append(Points(role="own", x=at[fixed], y=lower[fixed], label=known, hover=sure, size=5.0))
    name = term("stock") if measure == "stock" else measure_text(measure)
    ticks = dict(zip(at.tolist(), names, strict=True))
    court, scope = table["court"].iloc[0], table["scope"].iloc[0]
    panel = Panel(marks=marks, x=Axis(ticks=ticks, low=-0.5, high=len(table) - 0.5), y=Axis(title=str(name), low=0.0))
    whose = Text(f"{court}{scope}", court_text(str(court)).en)
    said = Text("；".join(f"{n}为{b}" for n, b in zip(names, bounds, strict=True)), "; ".join(hover))
    window = f"{names[0]}至{names[-1]}" if len(names) > 1 else names[0]
    return Chart(
        panels=[panel],
        title=Text(
            f"{whose.zh}：{names[-1]}{name.zh}{bounds[-1]}，由公布值推算",
            f"{capital(whose.en)}: {name.en} {bounds[-1]} at {names[-1]}, implied by published figures",
        ),
        alt=Text(
            f"区间图，{court}{name.zh}，{window}，{len(table)}处：{said.zh}。",
            f"Interval chart, {name.en} of {whose.en}, {names[0]} to {names[-1]}, {number_of(len(table), 'place')}: {said.en}.",
        ),
        note=Text(
            "竖线：所有公布值合起来所允许的范围（四舍五入或截尾）；点：唯一确定的数。",
            "Bars: what all published figures together allow (rounded or truncated); points: numbers that they fix.",
        ),
    )


def _bounds(low: float, high: float) -> str:
    return number(low, 0) if low == high else f"{number(low, 0)}–{number(high, 0)}"


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(start):
        return f"{end:%Y-%m-%d}"
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole:
        return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
    return f"{start:%Y-%m-%d}–{end:%Y-%m-%d}"
