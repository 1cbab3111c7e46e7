"""Pending cases and those terminated without payment, one on the other: ``plot_shadow_stock``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import extremes, named_ends
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import added_up, period_text
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

ENDS = (Text("未结", "pending"), Text("终本存量", "terminated, unpaid"), Text("合计", "together"))
NEEDED = ("period", "pending", "shadow", "with_shadow")


def plot_shadow_stock(
    table: pd.DataFrame,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the pending stock and on it the cases terminated without payment and not taken up again.

    ``table`` as ``shadow_stock`` gives it, of one court or group. Raises ``InputError`` for missing columns,
    ``ArgumentError`` for several groups, ``DataError`` for a table without rows or where the stock is not known.

    Parameters
    ----------
    table : DataFrame
        The table of ``shadow_stock``.
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
    >>> frame = {"period": pd.to_datetime(["2010-01-01", "2011-01-01"]), "pending": [9, 3], "shadow": [2, 8], "with_shadow": [11, 11]}
    >>> print(an.alt_of(plot_shadow_stock(pd.DataFrame(frame))))
    面积图，2010年至2011年：未结由9件到3件，终本存量由2件到8件，合计由11件到11件。
    """
    must_have_columns(table, NEEDED, "plot_shadow_stock")
    if table.empty:
        raise DataError("表中没有任何一期，无图可画。", "the table has no period to draw.")
    if table["period"].duplicated().any():
        raise ArgumentError(
            "一幅图画一个法院（或组）：请先筛选，或不用 by=。",
            "a chart shows one court (or group): filter first, or leave out by=.",
        )
    if table["with_shadow"].isna().all():
        raise DataError(
            "台账没有“原执行案号”，终本后恢复执行的案件无从扣除，终本存量不知，无图可画。",
            "the register holds no original case number: cases taken up again cannot be taken off, so the stock terminated without payment "
            "is not known, and there is nothing to draw.",
        )
    rows = table.sort_values("period", ignore_index=True)
    freq = str(table.attrs.get("freq", "Y"))
    if made := added_up(rows["period"], freq):
        rows["period"], freq = made[0], made[1] or "D"
    return render(
        lambda _: _chart(rows, freq),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(rows: pd.DataFrame, freq: str) -> Chart:
    at, nothing = np.arange(len(rows)), np.zeros(len(rows))
    below: dict[str, Any] = {"lower": nothing, "upper": rows["pending"], "hover": told(rows["pending"], 0)}
    above: dict[str, Any] = {"lower": rows["pending"], "upper": rows["with_shadow"], "hover": told(rows["shadow"], 0)}
    marks: list[Mark] = [
        Band(role="stock", x=at, opacity=0.75, label=str(term("pending")), end=str(ENDS[0]), **below),
        Band(role="band", x=at, opacity=0.9, label=str(term("shadow")), end=str(ENDS[1]), **above),
        Line(
            role="reference",
            x=at,
            y=rows["with_shadow"],
            label=str(term("with_shadow")),
            end=str(ENDS[2]),
            hover=told(rows["with_shadow"], 0),
        ),
        *extremes("reference", rows["with_shadow"]),
        named_ends("stock", rows["pending"], lambda value: number(value, 0)),
    ]
    high = float(rows["with_shadow"].max()) * 1.15 or 1.0
    y = Axis(title=str(term("cases_axis")), low=0, high=high, whole=True)
    panel = Panel(marks=marks, x=Axis(periods=rows["period"], freq=freq, low=-0.5, high=len(rows) - 0.5), y=y)
    title, alt, note = _words(rows, freq)
    return Chart(panels=[panel], title=title, alt=alt, note=note)


def _words(rows: pd.DataFrame, freq: str) -> tuple[Text, Text, Text]:
    first, last = (period_text(rows["period"].iloc[place], freq) for place in (0, -1))
    ends = {name: [number(rows[name].iloc[place], 0) for place in (0, -1)] for name in NEEDED[1:]}
    said = Text(
        f"未结由{ends['pending'][0]}件到{ends['pending'][1]}件，终本存量由{ends['shadow'][0]}件到{ends['shadow'][1]}件",
        f"pending from {ends['pending'][0]} to {ends['pending'][1]}, "
        f"terminated without payment from {ends['shadow'][0]} to {ends['shadow'][1]}",
    )
    court = rows.attrs.get("court")
    title = (court_text(str(court)) + COLON if court else Text("", "")) + said
    alt = Text(
        f"面积图，{first.zh}至{last.zh}：{said.zh}，合计由{ends['with_shadow'][0]}件到{ends['with_shadow'][1]}件。",
        f"Areas, {first.en} to {last.en}: {said.en}; together from {ends['with_shadow'][0]} to {ends['with_shadow'][1]}.",
    )
    note = Text(
        "终结本次执行程序不消灭债务：终本而未履行完毕、未恢复执行的案件计入终本存量；台账开始之前终本的不在其中。",
        "Ending a round extinguishes no debt: cases so ended, unpaid and not taken up again stay in the stock of terminated, unpaid cases; those ended "
        "before the register begins are not in it.",
    )
    return title, alt, note + made_up(rows)
