"""How well the register was kept, by month: ``plot_entry``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.caseflow_groups import every_period
from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Band, Bars, Chart, Line, Mark, Panel, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.entry_words import FAULTS, words_of
from analysis.charts.extremes import named_ends
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

RULE = Text(
    "迟录：登记晚于规定天数；漏录：应登记而没有登记；错录：登记有误。",
    "Late: entered after the days allowed; missing: never entered; wrong: entered with an error.",
)
NEEDED = ("period", "cases", "correct", *FAULTS, "correct_share")


def plot_entry(
    table: pd.DataFrame,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.

    ``table`` as ``entry_quality`` gives it, of one court or group. Raises ``InputError`` for missing columns,
    ``ArgumentError`` for several groups, ``DataError`` for a table without rows or without days of entry.

    Parameters
    ----------
    table : DataFrame
        The table of ``entry_quality``.
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
    >>> counts = {"cases": [10, 20], "correct": [9, 20], "late": [1, 0], "missing": 0, "wrong": 0, "correct_share": [0.9, 1]}
    >>> rows = {"period": pd.to_datetime(["2011-01-01", "2011-02-01"]), **counts}
    >>> print(an.alt_of(plot_entry(pd.DataFrame(rows))))
    线图和面积图，2011年1月至2011年2月：30件中正确29件（96.67%），迟录1件、漏录0件、错录0件；最低在2011年1月（90.00%）。
    """
    must_have_columns(table, NEEDED, "plot_entry")
    if table.empty or not table["cases"].sum():
        raise DataError("表中没有案件，无图可画。", "the table holds no case to draw.")
    if table["correct"].isna().all():
        raise DataError(
            "台账没有录入日期，录入是否及时无从判断，无图可画。",
            "the register holds no day of entry, so whether entries were in time cannot be told: nothing to draw.",
        )
    if table["period"].duplicated().any():
        raise ArgumentError(
            "一幅图画一个法院（或组）：请先筛选，或不用 by=。",
            "a chart shows one court (or group): filter first, or leave out by=.",
        )
    rows = every_period(table, "M").merge(table, on="period", how="left")
    rows.attrs, counts = table.attrs, ["cases", "correct", *FAULTS]
    rows[counts] = rows[counts].fillna(0)  # a month of which there is no row is one without a case
    return render(
        lambda _: _chart(rows), interactive=interactive, language=language, size=size, ax=ax, figure=figure, title=title
    )


def _chart(rows: pd.DataFrame) -> Chart:
    at, share = np.arange(len(rows)), 100 * rows["correct_share"].astype(float)
    faults = [name for name in FAULTS if rows[name].sum()]
    if not faults:
        return _all_correct(rows)
    months, low = Axis(periods=rows["period"], freq="M"), max(0.0, np.floor(share.min() / 10) * 10 - 10)
    name = str(term("correct_share"))
    line = Line(role="recorded", x=at, y=share, label=name, end=name, hover=told(share, 2, unit="%"))
    ends = named_ends("recorded", share.reset_index(drop=True), lambda value: number(value, 2))
    marks: list[Mark] = []
    under = np.zeros(len(rows))
    for look, name in zip(palette.fills(len(FAULTS)), FAULTS, strict=True):
        if name not in faults:
            continue
        over = under + rows[name].to_numpy(dtype=float)
        area: dict[str, Any] = {"lower": _whole(under), "upper": _whole(over), "label": str(term(name))}
        hover = ["", *told(rows[name], 0), ""]
        x = np.concatenate([[-0.5], at, [len(at) - 0.5]])  # the first and the last month are as broad as the others
        marks.append(
            Band(role="recorded", own_look=look, x=x, step="mid", opacity=0.85, hatched=True, hover=hover, **area)
        )
        under = over
    shares = Axis(title=f"{term('correct_share')}{Text('（%）', ' (%)')}", low=low, high=101)
    counts = Axis(title=str(term("cases_axis")), low=0, high=max(float(under.max()), 1.0) * 1.1, whole=True)
    panels = [Panel(marks=[line, ends], x=months, y=shares, share=3), Panel(marks=marks, x=months, y=counts, share=2)]
    title, alt = words_of(rows, share)
    return Chart(panels=panels, title=title, alt=alt, note=RULE + made_up(rows), height=(1.0, 0), same_x=True)


def _whole(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values[:1], values, values[-1:]])


def _all_correct(rows: pd.DataFrame) -> Chart:
    """The cases of each month and a sentence, in place of a flat line and an empty panel."""
    cases, at = rows["cases"].to_numpy(dtype=float), np.arange(len(rows))
    first, last = (period_text(rows["period"].iloc[place], "M") for place in (0, -1))
    total = number(cases.sum())
    title = Text(f"登记的{total}件均无迟录、漏录、错录", f"None of {total} cases was entered late, wrongly or never")
    alt = Text(
        f"柱线图，{first.zh}至{last.zh}各月登记的案件，{total}件均无迟录、漏录、错录。",
        f"Bars of the cases of each month, {first.en} to {last.en}: none of {total} entered late, wrongly or never.",
    )
    bars = Bars(role="recorded", at=at, values=cases, hover=told(rows["cases"], 0))
    panel = Panel(
        marks=[bars], x=Axis(periods=rows["period"], freq="M"), y=Axis(title=str(term("cases_axis")), low=0, whole=True)
    )
    return Chart(panels=[panel], title=title, alt=alt, note=RULE + made_up(rows), height=(0.6, 0))
