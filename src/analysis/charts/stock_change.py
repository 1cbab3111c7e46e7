"""Waterfall of the stock between two days: ``plot_stock_change``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Intervals, Line, Mark, Panel, Words
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.inference.cycle.stock_change import named_apart
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, joined

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.stock_change import StockChange

STOCKS = ("opening", "closing")
LABELS = {"past": Text("存量", "stock"), "rise": Text("增加", "added"), "fall": Text("减少", "taken off")}
MONEY = Text("申请标的（万元）", "amount claimed (10,000 yuan)")
UNIT = {False: Text("件", "cases"), True: Text("万元", "× 10,000 yuan")}
WIDTH = 13.0  # of a bar, in points on a page


def plot_stock_change(
    result: StockChange,
    *,
    money: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.

    Parts that moved nothing are left out.

    Parameters
    ----------
    result : StockChange
        The result of ``stock_change`` for one court (without ``by=``).
    money : bool
        Draw the amounts claimed, in 10,000 yuan, in place of cases: of a change made with ``names=True``, for use inside the court.
    interactive : bool
        Draw for the screen (plotly) instead of for paper.
    language : str, optional
        ``zh`` or ``en``; left out, the language set.
    size : str
        ``half``, ``page`` or ``slide``.
    ax : Axes or list of Axes, optional
        Axes of your own to draw on, one for each panel, in place of a figure of ours; not with ``interactive=True``.
    figure : Figure or SubFigure, optional
        An empty figure of your own to draw all panels in, in place of ``ax``.
    title : str, optional
        A title in place of the one that says the finding; on axes of your own there is none without it.

    Returns
    -------
    matplotlib.figure.Figure or plotly.graph_objects.Figure
        The chart.

    Raises ``ArgumentError`` for a result by groups, and for money where the result has none.

    >>> import analysis as an
    >>> two = pd.DataFrame({"filed_on": ["2010-03-01", "2011-02-01"], "closed_on": ["2011-05-01", None], "closure_mode": ["completed", None]})
    >>> register = an.Cases.from_frames(two, as_of="2011-12-31")
    >>> print(an.alt_of(plot_stock_change(an.stock_change(register, period=("2011-01-01", "2011-12-31")))))
    瀑布图，2011年1月1日至2011年12月31日：期初存量1件；新收+1件；执行完毕−1件；期末存量1件。
    """
    table = result.table
    if (table["part"] == "opening").sum() != 1:
        raise ArgumentError(
            "瀑布图一次画一个法院（或组）：请先筛选台账，或不用 by=。",
            "a waterfall shows one court (or group): filter the register first, or leave out by=.",
        )
    if money and "amount" not in table:
        raise ArgumentError(
            "其中没有金额，不能按金额画：金额只供院内，用 stock_change(台账, …, names=True)。",
            "it holds no amounts, so none can be drawn: they are for use inside, by stock_change(cases, …, names=True).",
        )
    values = table["amount"] / 10_000 if money else table["cases"].astype(float)
    rows = named_apart(table.assign(value=values)[(values != 0) | table["part"].isin(STOCKS)]).reset_index(drop=True)
    return render(
        lambda _: _chart(result, rows, money=money),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(change: Any, rows: pd.DataFrame, *, money: bool) -> Chart:
    value, is_stock = rows["value"].to_numpy(dtype=float), rows["part"].isin(STOCKS).to_numpy()
    ends = np.where(is_stock, value, np.cumsum(np.where(rows["part"] == "closing", 0, value)))
    begins = np.where(is_stock, 0.0, ends - value)
    low, high = np.minimum(begins, ends), np.maximum(begins, ends)
    marks: list[Mark] = []
    texts = [_told(one, money=money, signed=not stock) for one, stock in zip(value, is_stock, strict=True)]
    names = [str(term(f"part_{part}")) for part in rows["part"]]
    hover = [f"{name}{COLON}{text}" for name, text in zip(names, texts, strict=True)]
    roles = np.where(is_stock, "past", np.where(value > 0, "rise", "fall"))
    for role in dict.fromkeys(roles.tolist()):
        at = np.flatnonzero(roles == role)
        spans: dict[str, Any] = {"at": at, "lower": low[at], "upper": high[at], "along": "x", "width": WIDTH}
        marks.append(Intervals(role=role, label=str(LABELS[role]), hover=[hover[place] for place in at], **spans))
    marks += [Line(role="target", x=[ends[at]] * 2, y=[at, at + 1]) for at in range(len(rows) - 1)]
    marks.append(Words(role="reference", x=high, y=np.arange(len(rows)), texts=texts, side="right"))
    unit = str(MONEY if money else term("cases_axis"))
    x = Axis(title=unit, low=0, high=float(high.max()) * 1.12)
    y = Axis(names=names, reversed=True)
    title = _finding(rows, texts, money=money)
    parts = [
        Text(f"{term(f'part_{part}').zh}{text}{UNIT[money].zh}", f"{term(f'part_{part}').en} {text} {UNIT[money].en}")
        for part, text in zip(rows["part"], texts, strict=True)
    ]
    span = window_text(change.start, change.end)
    alt = Text(f"瀑布图，{span.zh}：", f"Waterfall, {span.en}: ") + joined(parts) + Text("。", ".")
    note = change.caption + Text("。", ".")
    return Chart(panels=[Panel(marks=marks, x=x, y=y)], title=title, alt=alt, note=note, by_place=False)


def _finding(rows: pd.DataFrame, texts: list[str], *, money: bool) -> Text:
    """From where to where, and the two parts that moved it most."""
    parts = rows[~rows["part"].isin(STOCKS)]
    largest = parts["value"].abs().nlargest(2).index
    begin, end = texts[0], texts[-1]
    moved = [(term(f"part_{rows['part'][place]}"), texts[place]) for place in largest]
    said = Text(
        "，".join(f"{name.zh}{text}" for name, text in moved), ", ".join(f"{name.en} {text}" for name, text in moved)
    )
    unit = UNIT[money]
    way = Text(f"仍为{end}", f"stays at {end}") if begin == end else Text(f"由{begin}到{end}", f"from {begin} to {end}")
    stock = Text(f"存量{way.zh}{unit.zh}", f"The stock {way.en} {unit.en}")
    return stock + COLON + said if moved else stock


def _told(value: float, *, money: bool, signed: bool) -> str:
    text = number(value, 1 if money else 0)
    return f"+{text}" if signed and value > 0 else text
