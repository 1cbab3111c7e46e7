"""The round of accumulating and clearing on the screen: the plotly side of ``plot_cycle``."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.charts.cycle import BARS, PALER, SHADE, SHADE_ALPHA, SYMBOLS, Mark, flow_ticks, stock_lines
from analysis.charts.drawing import palette, style
from analysis.inference.cycle.series import end_of
from analysis.vocabulary.terms import term


def screen_figure(found: Any, marks: list[Mark]) -> go.Figure:
    """Stock with phases and campaigns above, filed and closed mirrored beneath."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.12, row_heights=[0.62, 0.38])
    lines = stock_lines(found)
    for name, look, label in lines:
        line = {"mode": "lines", "hovertemplate": "%{y:,.0f}%{text}", **look.plotly_stroke()}
        text = _turn_words(found) if name == lines[-1][0] else ""
        figure.add_scatter(x=found.series["period"], y=found.series[name], text=text, name=label, row=1, col=1, **line)
    _turns(figure, found)
    _flows(figure, found)
    _phases(figure, found)  # after the traces: plotly draws no band on a panel without any
    _campaigns(figure, found, marks)
    figure.update_yaxes(tickformat=",d", rangemode="tozero", row=1, col=1)
    figure.update_layout(legend_traceorder="normal", barmode="relative", bargap=0.1, height=600)
    style.plotly_y_title(figure, str(term("pending_axis")), row=1)
    style.plotly_y_title(figure, str(term("cases_axis")), row=2)
    style.plotly_dates(figure, found.freq)
    return figure


def _turn_words(found: Any) -> list[str]:
    """Peak or trough for each period that is one, said by the line that the turning points stand on."""
    kinds = dict(zip(found.turning_points["date"], found.turning_points["kind"], strict=True))
    return [f" {term(kinds[period])}" if period in kinds else "" for period in found.series["period"]]


def _turns(figure: go.Figure, found: Any) -> None:
    for kind, (_, symbol) in SYMBOLS.items():
        part = found.turning_points[found.turning_points["kind"] == kind]
        if part.empty:
            continue
        marker = {"symbol": symbol, "size": 12, "color": palette.INK, "line": {"color": "white", "width": 1}}
        figure.add_scatter(
            x=part["date"],
            y=part["pending_adjusted"],
            name=str(term(kind)),
            mode="markers",
            marker=marker,
            hoverinfo="skip",  # unified hover would show it over the months beside it; the line tells it over its own
            row=1,
            col=1,
        )


def _flows(figure: go.Figure, found: Any) -> None:
    for name, look in BARS.items():
        sign = 1 if name == "filed" else -1
        figure.add_bar(
            x=found.series["period"],
            y=sign * found.series[name],
            customdata=found.series[name],
            name=f"{term(name)} {'↑' if sign > 0 else '↓'}",
            marker={"color": look.colour},
            hovertemplate="%{customdata:,}",
            row=2,
            col=1,
        )
    ticks, labels = flow_ticks(found)
    figure.update_yaxes(tickvals=ticks, ticktext=labels, row=2, col=1)


def _phases(figure: go.Figure, found: Any) -> None:
    """Phases as bands behind the traces, each kind once in the legend."""
    for kind, colour in SHADE.items():
        spans = found.phases[found.phases["kind"] == kind]
        for phase in spans.to_dict("records"):
            opacity = SHADE_ALPHA[kind] * (1 if phase["complete"] else PALER)
            look: dict[str, Any] = {"fillcolor": colour, "opacity": opacity, "line_width": 0, "layer": "below"}
            figure.add_vrect(x0=phase["start"], x1=phase["end"], row=1, col=1, **look)
        if len(spans):
            edge = {"color": palette.MUTED, "width": 0.5}
            patch: dict[str, Any] = {"symbol": "square", "size": 12, "color": colour, "line": edge}
            name = str(term(kind))
            figure.add_scatter(x=[None], y=[None], mode="markers", marker=patch, name=name, row=1, col=1)


def _campaigns(figure: go.Figure, found: Any, marks: list[Mark]) -> None:
    periods = found.series["period"]
    for first, last, name in marks:
        figure.add_vrect(
            x0=periods.iloc[int(np.ceil(first))],
            x1=end_of(periods, found.freq, int(np.floor(last))),
            row=1,
            col=1,
            fillcolor="rgba(0,0,0,0)",
            line={"color": palette.INK, "dash": "dot", "width": 1.2},
            annotation={"text": html.escape(name, quote=False), "font": {"size": 11}},
            annotation_position="bottom left",
        )
