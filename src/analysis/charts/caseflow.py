"""Filed, closed and pending over time: ``plot_caseflow``."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.caseflow_words import is_one, words_of
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import column_text, group_text, period_text
from analysis.measures.caseflow import must_be_caseflow
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.periods import frequency_of
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.charts.drawing.figure import PaperFigure

MOST_PANELS = 12
MOST_SIDE_BY_SIDE = 16  # periods; beyond it the bars of filed and closed stand back to back
MOST_HATCHED, MOST_MARKED = 30, 40  # periods; beyond it hatches and markers cover what they mark
SERIES = {"filed": palette.FILLS[0], "closed": palette.FILLS[1]}
STOCK = replace(palette.LINES[2], line="-", dash="solid")  # the only line beside bars


def plot_caseflow(
    flow: pd.DataFrame, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.

    ``flow`` as ``caseflow`` gives it: ``period, [by], opening, filed, closed, closing``. Up to 16 periods stand side by
    side; more are mirrored (filed upward, closed downward). With one column in ``by`` each group has a panel of its
    own, at most 12, all to one scale. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    Raises ``InputError`` for missing columns, ``DataError`` for no rows, ``ArgumentError`` for two ``by`` columns or
    more than 12 groups.

    >>> from analysis.measures.caseflow import caseflow_from_counts
    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> print(plot_caseflow(flow).alt.split("；")[0])
    柱线图，按年，2010年至2011年。新收合计 714 件，最多的一期是2011年（371 件）
    """
    must_be_caseflow(flow)
    by = _breakdown(flow)
    if flow.empty:
        raise DataError(
            "收结存表没有任何一期，无图可画。请检查 start、end 或筛选条件。",
            "the caseflow has no period to draw. Check start, end or the filter.",
        )
    freq = flow.attrs.get("freq") or _frequency(flow["period"])
    groups = _groups(flow, by)
    if interactive:
        with speaking(language):
            return _screen(flow, groups, by, freq)
    with style.drawing(language, size=size) as sheet:
        return _paper(flow, groups, by, freq, sheet)


def _breakdown(flow: pd.DataFrame) -> str | None:
    """The one column that the flow is broken down by; a court named in every row is no breakdown."""
    known = ("period", "opening", "filed", "closed", "closing")
    by = [str(name) for name in flow.attrs.get("by") or [name for name in flow.columns if name not in known]]
    by = [name for name in by if not (name == "court" and is_one(flow[name]))]
    if len(by) > 1:
        raise ArgumentError(
            f"一幅图只按一列分组，现有 {'、'.join(by)}。请只用一列 by=，或先筛选。",
            f"a chart takes one column of groups, not {', '.join(by)}. Use one column in by=, or filter first.",
        )
    return by[0] if by else None


def _groups(flow: pd.DataFrame, by: str | None) -> list[tuple[Text, pd.DataFrame]]:
    if by is None:
        return [(term("all_cases"), flow.sort_values("period", ignore_index=True))]
    found = [
        (group_text(by, value), rows.sort_values("period", ignore_index=True))
        for value, rows in flow.groupby(by, dropna=False, sort=True)
    ]
    if len(found) > MOST_PANELS:
        raise ArgumentError(
            f"“{column_text(by).zh}”有 {len(found)} 组，一幅图最多 {MOST_PANELS} 组：请先筛选，或换一列分组。",
            f'"{column_text(by).en}" has {len(found)} groups; a chart holds at most {MOST_PANELS}. Filter, or group otherwise.',
        )
    return found


def _frequency(periods: pd.Series) -> str:
    """What the distances of the periods show, where the table does not say; a lone period by the day it begins on."""
    days = pd.to_datetime(periods).drop_duplicates().sort_values()
    if len(days) == 1:
        first = days.iloc[0]
        return "Y" if first.day_of_year == 1 else "M" if first.day == 1 else "D"
    return frequency_of(days) or "D"


def _is_mirrored(rows: pd.DataFrame) -> bool:
    return len(rows) > MOST_SIDE_BY_SIDE


def _name(series: str, rows: pd.DataFrame) -> str:
    """A series' name in the legend, with the way that its bars point."""
    arrow = {"filed": " ↑", "closed": " ↓"}.get(series, "") if _is_mirrored(rows) else ""
    return f"{term(series)}{arrow}"


def _ticks(groups: list[tuple[Text, pd.DataFrame]], by: str | None) -> dict[float, str]:
    """Ticks of the axis of flows; mirrored bars are labelled without a sign, unless a stock is below zero itself."""
    parts = [rows[["filed", "closed"] + (["closing"] if by else [])] for _, rows in groups]
    high = max(part.drop(columns="closed").max().max() for part in parts)
    low = min(-part["closed"].max() for part in parts) if _is_mirrored(groups[0][1]) else 0
    high = high if _is_mirrored(groups[0][1]) else max(part.max().max() for part in parts)
    lowest = min(rows["closing"].min() for _, rows in groups) if by else 0
    signed = lowest < 0
    ticks = style.whole_ticks(min(low, lowest), high)
    return {tick: style.number(tick if signed else abs(tick)) for tick in ticks}


# -- on paper


def _paper(
    flow: pd.DataFrame, groups: list[tuple[Text, pd.DataFrame]], by: str | None, freq: str, sheet: style.Sheet
) -> Figure:
    if by is None:
        figure, drawn = _paper_whole(groups[0][1], sheet)
    else:
        figure, drawn = _paper_groups(groups, sheet)
    ticks = _ticks(groups, by)
    drawn[0].set_yticks(list(ticks), list(ticks.values()))
    width = sheet.size.periods if len(drawn) <= 2 and by is None else max(3, sheet.size.periods // 2)
    for panel in drawn:
        style.set_period_ticks(panel, groups[0][1]["period"], freq, at_most=width)
        panel.set_xlim(-0.7, len(groups[0][1]) - 0.3)
    style.legend(figure)
    title, alt, note = words_of(flow, groups, by, freq)
    return style.finish(figure, title=title, alt=alt, note=note)


def _paper_whole(rows: pd.DataFrame, sheet: style.Sheet) -> tuple[PaperFigure, list[Axes]]:
    """Flows above, stock below."""
    figure, axes = sheet.panels(2, 1, height=sheet.size.height * 1.1, sharex=True, height_ratios=[3, 2])
    _draw_flows(axes[0], rows)
    _draw_stock(axes[1], rows)
    style.set_number_ticks(axes[1].yaxis, whole=True)
    if rows["closing"].min() >= 0:
        axes[1].set_ylim(0, max(1.0, rows["closing"].max() * 1.1))
    style.y_title(axes[0], str(term("cases_axis")))
    style.y_title(axes[1], str(term("pending_axis")))
    return figure, axes


def _paper_groups(groups: list[tuple[Text, pd.DataFrame]], sheet: style.Sheet) -> tuple[PaperFigure, list[Axes]]:
    """A panel a group, flows and stock together, all to one scale."""
    columns = min(len(groups), 1 if sheet.size.width < 100 else 2 if sheet.size.width < 200 else 4)
    rows = -(-len(groups) // columns)
    tall = min(sheet.size.most, sheet.size.height * (0.3 + 0.5 * rows))
    figure, axes = sheet.panels(rows, columns, height=tall, sharex=True, sharey=True)
    drawn = axes[: len(groups)]
    for panel, (name, of_group) in zip(drawn, groups, strict=True):
        _draw_flows(panel, of_group)
        _draw_stock(panel, of_group)
        panel.set_title(str(name))
    for panel in axes[len(groups) :]:
        panel.set_visible(False)
    for panel in drawn[-columns:]:
        panel.tick_params(labelbottom=True)
    style.y_title(drawn[0], str(term("cases_axis")), name=str(groups[0][0]))
    return figure, drawn


def _draw_flows(axes: Axes, rows: pd.DataFrame) -> None:
    """Bars side by side, or back to back where there are many periods."""
    at = np.arange(len(rows))
    for step, (name, look) in enumerate(SERIES.items()):
        heights, fill = rows[name].to_numpy(dtype=float), look.fill()
        if len(rows) > MOST_HATCHED:
            fill = {"facecolor": look.colour, "edgecolor": "none"}
        if _is_mirrored(rows):
            axes.bar(at, heights if name == "filed" else -heights, width=0.8, label=_name(name, rows), **fill)
        else:
            axes.bar(at + (step - 0.5) * 0.4, heights, width=0.4, label=_name(name, rows), **fill)
    if _is_mirrored(rows):
        axes.axhline(0, color=palette.INK, linewidth=0.8)


def _draw_stock(axes: Axes, rows: pd.DataFrame) -> None:
    import seaborn as sns

    sns.lineplot(
        x=np.arange(len(rows)),
        y=rows["closing"].to_numpy(dtype=float),
        ax=axes,
        color=STOCK.colour,
        marker=STOCK.marker if len(rows) <= MOST_MARKED else "",
        markeredgecolor="white",
        markeredgewidth=0.4,
        label=_name("pending", rows),
        estimator=None,
    )


# -- on the screen


def _screen(flow: pd.DataFrame, groups: list[tuple[Text, pd.DataFrame]], by: str | None, freq: str) -> go.Figure:
    figure = _screen_panels(groups, by)
    columns = 1 if by is None else min(2, len(groups))
    for place, (_, rows) in enumerate(groups):
        row, column = place // columns + 1, place % columns + 1
        for name in SERIES:
            figure.add_trace(_bars(rows, name, named=place == 0), row=row, col=column)
        figure.add_trace(_stock_line(rows, named=place == 0), row=2 if by is None else row, col=column)
    ticks, first = _ticks(groups, by), groups[0][1]
    figure.update_layout(barmode="relative" if _is_mirrored(first) else "group", bargap=0.25)
    where: dict[str, Any] = {"row": 1} if by is None else {}
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), **where)
    style.plotly_y_title(figure, str(term("cases_axis")), row=1, right=by is not None)
    if by is None:
        figure.update_yaxes(rangemode="tozero", tickformat=",d", row=2, col=1)
        style.plotly_y_title(figure, str(term("pending_axis")), row=2)
    style.plotly_dates(figure, freq)
    figure.update_xaxes(nticks=8 // columns)
    if not _is_mirrored(first):
        labels = [str(period_text(day, freq)) for day in first["period"]]
        figure.update_xaxes(tickvals=list(first["period"]), ticktext=labels)
    title, alt, note = words_of(flow, groups, by, freq)
    return style.finish(figure, title=title, alt=alt, note=note)


def _screen_panels(groups: list[tuple[Text, pd.DataFrame]], by: str | None) -> go.Figure:
    from plotly.subplots import make_subplots

    if by is None:
        figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.13, row_heights=[0.6, 0.4])
        figure.update_layout(height=520)
        return figure
    columns = min(2, len(groups))
    rows = -(-len(groups) // columns)
    tall = 170 + 180 * rows
    figure = make_subplots(
        rows=rows,
        cols=columns,
        shared_xaxes=True,
        shared_yaxes="all",
        vertical_spacing=40 / tall if rows > 1 else 0,
        horizontal_spacing=0.05,
        subplot_titles=[html.escape(str(name), quote=False) for name, _ in groups],
    )
    figure.update_layout(height=tall)
    for place in range(max(0, len(groups) - columns), len(groups)):  # the lowest panel of each column
        figure.update_xaxes(showticklabels=True, row=place // columns + 1, col=place % columns + 1)
    return figure


def _bars(rows: pd.DataFrame, name: str, *, named: bool) -> Any:
    import plotly.graph_objects as go

    look = SERIES[name]
    return go.Bar(
        x=rows["period"],
        y=-rows[name] if _is_mirrored(rows) and name == "closed" else rows[name],
        customdata=rows[name],
        name=_name(name, rows),
        legendgroup=name,
        showlegend=named,
        marker=look.plotly_fill() if len(rows) <= MOST_HATCHED else {"color": look.colour},
        hovertemplate="%{customdata:,}",
    )


def _stock_line(rows: pd.DataFrame, *, named: bool) -> Any:
    import plotly.graph_objects as go

    return go.Scatter(
        x=rows["period"],
        y=rows["closing"],
        name=_name("pending", rows),
        legendgroup="closing",
        showlegend=named,
        mode="lines+markers" if len(rows) <= MOST_MARKED else "lines",
        hovertemplate="%{y:,}",
        **STOCK.plotly_stroke(),
    )
