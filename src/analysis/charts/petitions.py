"""Petitions by period: ``plot_petitions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Bars, Chart, Intervals, Line, Mark, Panel, Points, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import named_ends
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.petitions import Petitions

COUNTED = Text("信访（件）", "petitions")
PENDING = Text("期末未结（件）", "pending at period end (petitions)")
NONE_PENDING = Text("各期期末均无未结信访。", " None was pending at the end of any period.")
SHARES = {float(share): str(share) for share in (0, 25, 50, 75, 100)}


def plot_petitions(
    result: Petitions,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw petitions received and resolved, and beneath them those pending and the settlement rate with its interval.

    Where none was pending at any end, a sentence of the note says so. ``result`` is the result of ``petitions``, of one court or
    group. Raises ``ArgumentError`` for several, ``DataError`` where no petition was received or pending.

    Parameters
    ----------
    result : Petitions
        The result of ``petitions``.
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
    >>> cases = an.read_cases(an.sample_path("register"))
    >>> print(an.alt_of(plot_petitions(an.petitions(cases, periods=[2010, 2011]))))
    柱线图，2010年至2011年：受理3件、化解3件、期末未结0件；受理5件、化解5件、期末未结0件。
    """
    rows = result.table
    if rows.duplicated(["period_start", "period_end"]).any():
        raise ArgumentError(
            "一幅图画一个法院（或组）：请先筛选，或不用 by=。",
            "a chart shows one court (or group): filter first, or leave out by=.",
        )
    if rows.empty or not rows[["received", "pending"]].fillna(0).to_numpy().any():
        raise DataError(
            "没有受理或未结的信访，无图可画。", "no petition was received or is pending: there is nothing to draw."
        )
    return render(
        lambda _: _chart(result, rows.reset_index(drop=True)),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: Petitions, rows: pd.DataFrame) -> Chart:
    at = np.arange(len(rows))
    names = [str(span_text(*span)) for span in zip(rows["period_start"], rows["period_end"], strict=True)]
    marks: list[Mark] = []
    for role, name, shift in (("filed", "received", -0.2), ("closed", "resolved", 0.2)):
        texts = told(rows[name], 0)
        bars: dict[str, Any] = {"at": at + shift, "values": rows[name], "label": str(term(name)), "hover": texts}
        marks.append(Bars(role=role, breadth=0.4, **bars))
        marks.append(Words(role="text", x=at + shift, y=rows[name], texts=texts, side="above", haloed=True))
    x = Axis(names=names)
    high = float(np.nanmax(rows[["received", "resolved"]].to_numpy(dtype=float), initial=1)) * 1.2
    panels = [Panel(marks=marks, x=x, y=Axis(title=str(COUNTED), low=0, high=high, whole=True), share=3)]
    is_clear = bool((rows["pending"] == 0).all())
    panels += [] if is_clear else [_stock(rows, x)]  # a sentence says more than a flat line
    known = rows[rows["settlement_rate"].notna()]
    if len(known):
        limits: dict[str, Any] = {"lower": known["lower"], "upper": known["upper"]}
        texts = told(known["settlement_rate"], 2, unit="%", limits=(known["lower"], known["upper"]))
        rate: dict[str, Any] = {"y": known["settlement_rate"], "label": str(term("settlement_rate")), "hover": texts}
        below: list[Mark] = [
            Intervals(role="interval", at=known.index.to_numpy(), capped=True, **limits),
            Points(role="recorded", x=known.index.to_numpy(), size=6, is_listed=False, **rate),
            named_ends("recorded", known["settlement_rate"], lambda value: number(value, 2)),
        ]
        y = Axis(title=f"{term('settlement_rate')}{Text('（%）', ' (%)')}", low=0, high=104, ticks=SHARES)
        panels.append(Panel(marks=below, x=x, y=y, share=2))
    title, alt = _words(rows, names)
    note = found.caption + Text("。", ".") + (NONE_PENDING if is_clear else Text("", ""))
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(0.5, 0.3), same_x=True)


def _stock(rows: pd.DataFrame, x: Axis) -> Panel:
    stock: dict[str, Any] = {"y": rows["pending"], "label": str(term("pending")), "hover": told(rows["pending"], 0)}
    marks: list[Mark] = [
        Line(role="stock", x=np.arange(len(rows)), with_points=True, is_listed=False, **stock),
        named_ends("stock", rows["pending"], lambda value: number(value, 0)),
    ]
    y = Axis(title=str(PENDING), low=0, high=max(1.0, float(rows["pending"].max()) * 1.2), whole=True)
    return Panel(marks=marks, x=x, y=y, share=2)


def _words(rows: pd.DataFrame, names: list[str]) -> tuple[Text, Text]:
    each = []
    for row in rows.to_dict("records"):
        counts = [number(row[name], 0) for name in ("received", "resolved", "pending")]
        each.append(
            Text(
                f"受理{counts[0]}件、化解{counts[1]}件、期末未结{counts[2]}件",
                f"{counts[0]} received, {counts[1]} resolved, {counts[2]} pending at the end",
            )
        )
    span = (
        Text(names[0], names[0]) if len(names) == 1 else Text(f"{names[0]}至{names[-1]}", f"{names[0]} to {names[-1]}")
    )
    title = Text(f"涉执信访，{names[-1]}：{each[-1].zh}", f"Petitions, {names[-1]}: {each[-1].en}")
    said = Text("；".join(text.zh for text in each), "; ".join(text.en for text in each))
    return title, Text(f"柱线图，{span.zh}：{said.zh}。", f"Bars and line, {span.en}: {said.en}.")
