"""Filed, closed and pending over time: ``plot_caseflow``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.caseflow_groups import breakdown_of, frequency_in, groups_of
from analysis.charts.caseflow_scales import are_unequal, is_mirrored, stock_ends, ticks_of
from analysis.charts.caseflow_words import words_of
from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Mark, Panel, Rule, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import extremes, named_ends
from analysis.measures.caseflow import must_be_caseflow
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import problems_of
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

OWN_SCALES = Text("各组纵轴刻度不同。", "Each group has a scale of its own. ")
MOST_APART = 6  # groups whose stock has a panel of its own, where bars stand back to back
MOST_MARKED = 40  # periods; beyond it markers cover what they mark


def plot_caseflow(
    flow: pd.DataFrame,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.

    ``flow`` as ``caseflow`` gives it: ``period, [by], opening, filed, closed, closing``. Up to 16 periods stand side by
    side; more are mirrored (filed upward, closed downward). With one column in ``by`` each group has a panel of its
    own, at most 12, all to one scale; mirrored, up to six groups have a second one for their stock.

    Raises ``InputError`` for missing columns, ``DataError`` for no rows, ``ArgumentError`` for two ``by`` columns or
    more than 12 groups.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
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

    >>> from analysis.measures.caseflow import caseflow_from_counts
    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> print(plot_caseflow(flow).alt.split("；")[0])
    柱线图，按年，2010年至2011年。新收合计714件，最多的是2011年（371件）
    """
    flow = must_be_caseflow(flow)
    by = breakdown_of(flow)
    if flow.empty:
        why = problems_of(flow)
        raise DataError(
            f"收结存表没有任何一期，无图可画。{why.zh or '请检查 start、end 或筛选条件。'}",
            f"the caseflow has no period to draw.{why.en or ' Check start, end or the filter.'}",
        )
    freq = flow.attrs.get("freq") or frequency_in(flow["period"])
    groups = groups_of(flow, by, freq)
    return render(
        lambda _: _chart(flow, groups, by, freq),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(flow: pd.DataFrame, groups: list[tuple[Text, pd.DataFrame]], by: str | None, freq: str) -> Chart:
    title, alt, note = words_of(flow, groups, by, freq)
    x, is_shared = Axis(periods=groups[0][1]["period"], freq=freq), not are_unequal(groups)
    if by is not None and not is_shared:
        note = OWN_SCALES + note
    words: dict[str, Any] = {"title": title, "alt": alt, "note": note, "same_x": True}
    apart = by is None or (is_mirrored(groups[0][1]) and len(groups) <= MOST_APART)
    panels = []
    for place, (name, rows) in enumerate(groups):
        scale = [rows for _, rows in groups] if is_shared else [rows]
        ticks, heading = ticks_of(scale, with_stock=not apart), "" if by is None else str(name)
        counted = Axis(
            title="" if place else str(term("cases_axis")),
            low=min(ticks),
            high=max(*ticks, min(ticks) + 1),
            ticks=ticks,
        )
        if not apart:
            ends = named_ends("stock", rows["closing"], number)
            panels.append(Panel(marks=[*_flows(rows), _stock(rows), ends], x=x, y=counted, heading=heading))
            continue
        stock = Axis(title=str(term("pending_axis")), whole=True, **stock_ends(scale))
        own = [_stock(rows), *extremes("stock", rows["closing"])]
        panels += [
            Panel(marks=_flows(rows), x=x, y=counted, heading=heading, share=3),
            Panel(marks=own, x=x, y=stock, share=2),
        ]
    if by is None:
        return Chart(panels=panels, height=(1.1, 0), **words)
    columns = (2, 2, 4) if apart else (1, 2, 4)  # flows and stock of a group beside each other
    return Chart(panels=panels, columns=columns, height=(0.3, 0.5), same_y=is_shared and not apart, **words)


def _flows(rows: pd.DataFrame) -> list[Mark]:
    """Bars side by side, or back to back where there are many periods."""
    at, back_to_back = np.arange(len(rows)), is_mirrored(rows)
    marks: list[Mark] = []
    for name, way, shift in (("filed", "↑", -0.2), ("closed", "↓", 0.2)):
        bars: dict[str, Any] = {"values": rows[name], "label": str(term(name)), "hover": told(rows[name])}
        place: dict[str, Any] = {"at": at, "way": way} if back_to_back else {"at": at + shift, "breadth": 0.4}
        marks.append(Bars(role=name, **bars, **place))
    return [*marks, Rule(role="zero", at=0)] if back_to_back else marks


def _stock(rows: pd.DataFrame) -> Mark:
    name = str(term("pending"))
    stock: dict[str, Any] = {"y": rows["closing"], "hover": told(rows["closing"]), "label": name, "end": name}
    return Line(role="stock", x=np.arange(len(rows)), with_points=len(rows) <= MOST_MARKED, **stock)
