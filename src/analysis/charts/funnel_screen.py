"""The funnel on the screen: plotly, with each court's figures where the pointer is."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.court_names import dagger_trace
from analysis.charts.funnel import (
    FAINT,
    LIMITS,
    OWN,
    PEER,
    SMALL_FROM,
    Facet,
    is_interval,
    is_log,
    labelled,
    size_name,
    value_name,
    x_span,
    y_span,
)
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.inference.peers.funnel import Funnel
    from analysis.vocabulary.language import Text

HEIGHT = 520
BEHIND_NAMES = "rgba(255, 255, 255, 0.75)"  # names in a cloud of courts stay legible
RIGHT = 0.6  # share of the axis from which a name stands to the left of its point


def screen_funnel(fun: Funnel, facets: list[Facet], words: tuple[Text, Text, Text]) -> go.Figure:
    """The same panels, lines and courts as on paper."""
    from plotly.subplots import make_subplots

    headings = [html.escape(str(facet.heading), quote=False) for facet in facets] if len(facets) > 1 else None
    figure = make_subplots(
        rows=1, cols=len(facets), shared_yaxes=True, horizontal_spacing=0.06, subplot_titles=headings
    )
    log = is_log(facets)
    for place, facet in enumerate(facets, start=1):
        for trace in [*_lines(facet), *_courts(fun, facet)]:
            trace.showlegend = place == 1 and trace.showlegend is not False
            figure.add_trace(trace, row=1, col=place)
        _write_names(figure, facet, place, x_span(facets), log=log)
    span = x_span(facets)
    figure.update_xaxes(
        title={"text": str(size_name(fun))},
        type="log" if log else "linear",
        range=list(np.log10(span)) if log else list(span),
        tickformat=",~r",
        dtick="D2" if log and span[1] / span[0] < 300 else None,
    )
    figure.update_yaxes(range=list(y_span(facets, fun.kind)))
    style.plotly_y_title(figure, str(value_name(fun)), row=1, right=len(facets) > 1)
    figure.update_layout(hovermode="closest", height=HEIGHT)
    title, alt, note = words
    return style.finish(figure, title=title, alt=alt, note=note)


def _write_names(figure: go.Figure, facet: Facet, place: int, span: tuple[float, float], *, log: bool) -> None:
    """Names beside their points, to the left of those that stand at the right."""
    rows: Any = labelled(facet).itertuples()
    low, high = np.log10(span) if log else span
    for row in rows:
        x = np.log10(row.x) if log else row.x
        right = (x - low) / (high - low) > RIGHT
        figure.add_annotation(
            x=x,
            y=row.y,
            text=html.escape(str(row.label), quote=False),
            showarrow=False,
            xanchor="right" if right else "left",
            xshift=-7 if right else 7,
            yshift=9,
            font={"size": 12, "weight": 700 if row.own else 400},
            bgcolor=BEHIND_NAMES,
            row=1,
            col=place,
        )


def _lines(facet: Facet) -> list[Any]:
    import plotly.graph_objects as go

    line = facet.lines.sort_values("denominator")
    traces = []
    for name in ("low", "high") if is_interval(facet) else ("baseline",):
        text = str(term("baseline_interval" if is_interval(facet) else "baseline"))
        look: dict[str, Any] = {"line": {"color": palette.INK, "width": 1}, "hoverinfo": "skip", "mode": "lines"}
        traces.append(go.Scatter(x=line["denominator"], y=line[name], name=text, showlegend=name != "high", **look))
    for level, (colour, _, dash) in LIMITS.items():
        look = {
            "line": {"color": colour, "width": 1.2, "dash": dash},
            "hoverinfo": "skip",
            "mode": "lines",
        }
        look |= {"name": str(term(f"limits_{level}")), "legendgroup": level}
        traces.extend(
            go.Scatter(x=line["denominator"], y=line[f"{side}_{level}"], showlegend=side == "lower", **look)
            for side in ("lower", "upper")
        )
    return traces


def _courts(fun: Funnel, facet: Facet) -> list[Any]:
    import plotly.graph_objects as go

    traces = []
    many = len(facet.courts) > SMALL_FROM
    for is_own, look in ((False, PEER), (True, OWN)):
        rows = facet.courts[facet.courts["own"] == is_own]
        if rows.empty:
            continue
        if (rows["x_to"] > rows["x"]).any():
            faint = FAINT if many and not is_own else 1
            traces.append(_stretches(rows, look.colour, 2.0 if is_own else 1.0, faint))
        records: Any = rows.to_dict("records")
        traces.append(
            go.Scatter(
                x=rows["x"],
                y=rows["y"],
                mode="markers",
                name=str(term("own_court" if is_own else "peer_courts")),
                marker={
                    "color": look.colour,
                    "symbol": look.symbol,
                    "size": 12 if is_own else 4 if many else 7,
                    "opacity": 0.55 if many and not is_own else 1,
                },
                customdata=[_hover(row, fun.kind) for row in records],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    unnamed = facet.courts[facet.courts["doubt"] & ~facet.courts.index.isin(labelled(facet).index)]
    if len(unnamed):
        traces.append(dagger_trace(unnamed["x"], unnamed["y"]))
    return traces


def _stretches(rows: Any, colour: str, width: float, opacity: float) -> Any:
    """From the smallest to the largest effective size of each court, as one trace."""
    import plotly.graph_objects as go

    blank = np.full(len(rows), np.nan)
    x = np.column_stack([rows["x"], rows["x_to"], blank]).ravel()
    y = np.column_stack([rows["y"], rows["y"], blank]).ravel()
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": colour, "width": width},
        opacity=opacity,
        hoverinfo="skip",
        showlegend=False,
    )


def _hover(row: dict[str, Any], kind: str) -> str:
    percent = "%" if kind == "proportion" else ""
    base = style.number(row["denominator"], None if row["denominator"] % 1 == 0 else 1)
    lines = [str(row["label"]), f"{style.number(row['numerator'])} / {base} = {style.number(row['y'], 2)}{percent}"]
    lines += [
        f"{term(f'limits_{level}')}: {style.number(row[f'lower_{level}'], 2)}–{style.number(row[f'upper_{level}'], 2)}"
        for level in LIMITS
    ]
    return "<br>".join(html.escape(line, quote=False) for line in lines)
