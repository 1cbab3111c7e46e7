"""Indicators over periods, each with its interval: ``plot_indicators``."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import group_text, span_text, unit_text
from analysis.charts.indicator_panels import (
    NEEDED,
    Groups,
    Panel,
    Span,
    bases,
    chosen_rows,
    groups_of,
    heading,
    limits,
    panels_of,
    records,
    runs,
    same,
    shown,
    spans_of,
    ticks_of,
    words_of,
)
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import in_language, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.charts.drawing.figure import PaperFigure

MOST_LABELLED = 12  # points side by side, over all columns, that are labelled with their values
SHIFT = 0.22  # between the groups of one period


def plot_indicators(
    table: pd.DataFrame,
    *,
    only: Sequence[str] | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw indicators by period, a panel each: the value as a point, its 95 % interval as a line, the value beside it.

    ``table`` as ``indicators`` gives it; groups of one breakdown (or courts) stand side by side, at most four.
    ``only`` names the indicators to draw, at most 12; without it the rates are drawn (all, where there is no rate), and the note says how
    many were left out. Points of another definition are not joined, nor are overlapping periods. A missing
    value is drawn as a dash, never as 0. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    Raises ``InputError`` for missing columns, ``ArgumentError`` for an unknown or too many indicators or groups,
    ``DataError`` for nothing to draw.

    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_indicators(an.indicators(cases, years=[2011], only=["closure_rate"]))))
    点与 95% 区间。结案率：2011年 75.00%（30.1–95.4）。
    """
    missing = [name for name in NEEDED if name not in table]
    if missing:
        raise InputError.missing_columns("plot_indicators", missing, map(str, table.columns))
    chosen = chosen_rows(table, only)
    spans = spans_of(chosen)
    groups = groups_of(chosen)
    panels = panels_of(chosen, spans)
    left = table["indicator"].nunique() - chosen["indicator"].nunique() if only is None else 0
    title, alt, note = words_of(table, panels, spans, groups, left=left)
    if interactive:
        with speaking(language):
            return style.finish(_screen(panels, spans, groups), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        return style.finish(_paper(panels, spans, groups, sheet), title=title, alt=alt, note=note)


# -- on paper


def _paper(panels: list[Panel], spans: list[Span], groups: Groups, sheet: style.Sheet) -> PaperFigure:
    columns = min(len(panels), 1 if sheet.size.width < 100 else 3 if sheet.size.width < 200 else 4)
    rows = -(-len(panels) // columns)
    tall = min(sheet.size.most, sheet.size.height * (0.35 + 0.5 * rows))
    figure, axes = sheet.panels(rows, columns, height=tall)
    labelled = len(spans) * len(groups[1]) * columns <= MOST_LABELLED
    for panel_axes, panel in zip(axes, panels, strict=False):
        _draw(panel_axes, panel, groups, labelled=labelled)
        _set_periods(panel_axes, spans, columns)
        across = sheet.size.width / columns - 3 * sheet.size.points / style.POINTS_PER_MM
        panel_axes.set_title(style.fitted(heading(panel), millimetres=across, points=sheet.size.points))
    for spare in axes[len(panels) :]:
        spare.set_visible(False)
    if groups[0] is not None:
        style.legend(figure)
    return figure


def _set_periods(axes: Axes, spans: list[Span], columns: int) -> None:
    step = max(1, -(-len(spans) // (8 // columns + 1)))
    labels = [str(span_text(*span)) for span in spans]
    axes.set_xticks(range(0, len(spans), step), labels[::step])
    axes.set_xlim(-0.6, len(spans) - 0.4)


def _draw(axes: Axes, panel: Panel, groups: Groups, *, labelled: bool) -> None:
    by, values = groups
    low, high = limits(panel)
    for step, (look, value) in enumerate(zip(palette.lines(len(values)), values, strict=True)):
        rows = panel.rows if by is None else panel.rows[same(panel.rows[by], value)]
        shift = (step - (len(values) - 1) / 2) * SHIFT
        label = "" if by is None else str(group_text(by, value))
        for run in runs(rows):
            axes.plot(run["at"] + shift, run["value"], color=look.colour, linestyle=look.line, linewidth=0.9, alpha=0.6)
        known = rows.dropna(subset=["value"])
        gaps = np.abs(known[["lower", "upper"]].sub(known["value"], axis=0).to_numpy(dtype=float)).T
        axes.errorbar(
            known["at"] + shift,
            known["value"],
            yerr=gaps,
            fmt=look.marker,
            color=look.colour,
            capsize=2.5,
            elinewidth=1.1,
            linestyle="none",
            label=label,
        )
        for row in records(known) if labelled else []:
            above = (row["at"] + shift, row["value"] if pd.isna(row["upper"]) else row["upper"])
            look_of_text: Any = {"ha": "center", "va": "bottom", "fontsize": "small"}
            axes.annotate(shown(row), above, (0, 3), textcoords="offset points", **look_of_text)
        for place in rows.loc[rows["value"].isna(), "at"]:
            axes.text(place + shift, low, "—", ha="center", va="bottom", color=palette.MUTED)
    ticks = ticks_of(panel, low, high)
    axes.set_yticks(ticks, [style.number(tick) for tick in ticks])
    axes.set_ylim(low, high)
    if labelled and by is None:
        axes.set_xlabel(bases(panel), fontsize="small", color=palette.MUTED)


# -- on the screen


def _screen(panels: list[Panel], spans: list[Span], groups: Groups) -> go.Figure:
    from plotly.subplots import make_subplots

    columns = min(len(panels), 3)
    rows = -(-len(panels) // columns)
    tall = 130 + 220 * rows
    figure = make_subplots(
        rows=rows,
        cols=columns,
        vertical_spacing=70 / tall if rows > 1 else 0,
        horizontal_spacing=0.07,
        subplot_titles=[html.escape(heading(panel), quote=False) for panel in panels],
    )
    step = max(1, -(-len(spans) // (8 // columns + 1)))
    labels = [str(span_text(*span)) for span in spans]
    labelled = len(spans) * len(groups[1]) * columns <= MOST_LABELLED
    for place, panel in enumerate(panels):
        where = {"row": place // columns + 1, "col": place % columns + 1}
        low, high = limits(panel)
        for trace in _traces(panel, groups, is_first=place == 0, labelled=labelled):
            figure.add_trace(trace, **where)
        figure.update_yaxes(range=[low, high], tickvals=ticks_of(panel, low, high), **where)
        figure.update_xaxes(
            tickvals=list(range(0, len(spans), step)), ticktext=labels[::step], range=[-0.6, len(spans) - 0.4], **where
        )
    figure.update_layout(height=tall, hovermode="closest")
    return figure


def _traces(panel: Panel, groups: Groups, *, is_first: bool, labelled: bool) -> list[Any]:
    import plotly.graph_objects as go

    by, values = groups
    traces = []
    for step, (look, value) in enumerate(zip(palette.lines(len(values)), values, strict=True)):
        rows = panel.rows if by is None else panel.rows[same(panel.rows[by], value)]
        shift = (step - (len(values) - 1) / 2) * SHIFT
        group = "" if by is None else html.escape(str(group_text(by, value)), quote=False)
        for run in runs(rows):
            line = {"color": look.colour, "dash": look.dash, "width": 1}
            traces.append(
                go.Scatter(
                    x=run["at"] + shift, y=run["value"], mode="lines", line=line, showlegend=False, hoverinfo="skip"
                )
            )
        known = rows.dropna(subset=["value"])
        if labelled:
            low, high = limits(panel)
            gap = (high - low) * 0.02  # above the cap of the interval
            text = [shown(row) for row in records(known)]
            above = {
                "x": known["at"] + shift,
                "y": known["upper"].fillna(known["value"]) + gap,
                "textposition": "top center",
            }
            traces.append(go.Scatter(mode="text", text=text, showlegend=False, hoverinfo="skip", **above))
        traces.append(
            go.Scatter(
                x=known["at"] + shift,
                y=known["value"],
                mode="markers",
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": known["upper"] - known["value"],
                    "arrayminus": known["value"] - known["lower"],
                },
                marker={"color": look.colour, "symbol": look.symbol, "size": 8},
                customdata=[_hover(row) for row in records(known)],
                hovertemplate="%{customdata}<extra></extra>",
                name=group,
                legendgroup=group,
                showlegend=by is not None and is_first,
            )
        )
    return traces


def _hover(row: dict[str, Any]) -> str:
    """Period, value, interval, parts and note of one figure, escaped."""
    lines = [str(span_text(row["period_start"], row["period_end"])), f"{shown(row)} {unit_text(row['unit'])}"]
    if not pd.isna(row["lower"]):
        lines.append(f"{term('confidence_95')}: {style.number(row['lower'], 1)}–{style.number(row['upper'], 1)}")
    if not pd.isna(row.get("denominator")):
        lines.append(f"{style.number(row['numerator'])} / {style.number(row['denominator'])}")
    if isinstance(row.get("note"), str) and row["note"]:
        lines.extend(style.wrapped(in_language(row["note"]), 40))
    return "<br>".join(html.escape(line, quote=False) for line in lines)
