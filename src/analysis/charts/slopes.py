"""Courts over the years: ``plot_slopes``, the own court beside its peers and beside what chance alone predicts."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.court_names import (
    DOUBT_NOTE,
    dagger_trace,
    doubtful,
    draw_daggers,
    highlighted,
    shown_names,
)
from analysis.charts.drawing.point_names import Named, write_names
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.inference.peers.trends import PeerTrends

MOST_LINES = 40  # courts drawn as lines; more are shown as a band of the middle eight tenths
BAND = (0.1, 0.9)
SHIFT = 0.12  # between the last period and what was expected at it
OWN_LOOKS = (palette.LINES[1], palette.LINES[0], palette.LINES[3])


@dataclass(frozen=True)
class Slopes:
    """What both kinds of chart draw: values and doubt by court (rows) and period (columns), own courts, expected last values."""

    values: pd.DataFrame
    doubt: pd.DataFrame
    own: list[str]
    names: dict[str, Text]
    expected: pd.DataFrame
    axis: Text
    words: tuple[Text, Text, Text]


def plot_slopes(
    trends: PeerTrends,
    *,
    highlight: Any = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw courts over the periods, the own court marked, and where chance alone would have led it at the last one.

    The open circle with its bar is the value expected at the last period from the gap before, ``−(1 − r)·gap`` nearer
    to the mean, with the range in which 95 % of courts so placed would fall. Up to 40 courts are drawn as lines, more
    as the band of their middle eight tenths. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    Raises ``ArgumentError`` for a court that is not there, or for more than three at once.

    >>> import pandas as pd
    >>> import analysis as an
    >>> rates = {"甲": (99, 97), "乙": (95, 96), "丙": (91, 94), "丁": (95, 93)}
    >>> rows = [(court, 2010 + i, value) for court, pair in rates.items() for i, value in enumerate(pair)]
    >>> trends = an.peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    >>> print(an.alt_of(plot_slopes(trends, highlight="甲")))
    折线图，4 家法院的数值，2010 至 2011；同行均值由 95 到 95。甲由 99 到 97，末期仅凭机遇预期 97.68（95.03–100.34）。
    """
    drawn = _slopes(trends, highlight, anonymise)
    palette.lines(max(1, len(drawn.own) + 1))  # refuses more than a panel can tell apart
    if interactive:
        with speaking(language):
            return _screen(drawn)
    with style.drawing(language, size=size) as sheet:
        return _paper(drawn, sheet)


def _slopes(trends: PeerTrends, highlight: Any, anonymise: bool) -> Slopes:
    unit = 100.0 if trends.percent else 1.0
    table = trends.table.assign(court=trends.table["court"].astype(str))
    values = table.pivot_table(index="court", columns="period", values="value") * unit
    doubt = table.assign(doubt=doubtful(table)).pivot_table(index="court", columns="period", values="doubt")
    doubt = doubt.reindex_like(values).eq(1)
    own = highlighted(highlight, values.index)
    names = shown_names(values.index, marked=own, anonymise=anonymise)
    last = values.columns[-1]
    changes = trends.changes.assign(court=trends.changes["court"].astype(str))
    changes = changes[(changes["period_to"] == last) & changes["court"].isin(own)].set_index("court")
    mean = float(values[last].mean())
    expected = pd.DataFrame(
        {
            name: mean + unit * (changes["gap_before"] + changes[column])
            for name, column in (("at", "expected_by_chance"), ("lower", "lower"), ("upper", "upper"))
        }
    ).dropna()
    name = term(trends.indicator) if trends.indicator else term("value")
    axis = name + Text("（%）", " (%)") if trends.percent else name
    caption = trends.caption
    if doubt.loc[own if len(values) - len(own) > MOST_LINES else values.index].any(axis=None):
        caption = caption + DOUBT_NOTE
    title, alt = _words(trends, values, own, names, expected, name)
    return Slopes(values, doubt, own, names, expected, axis, (title, alt, caption))


def _ticks(values: pd.DataFrame) -> list[str]:
    return [f"{period:%Y-%m-%d}" if isinstance(period, pd.Timestamp) else str(period) for period in values.columns]


# -- on paper


def _paper(drawn: Slopes, sheet: style.Sheet) -> Figure:
    figure, (panel,) = sheet.panels()
    at = np.arange(drawn.values.shape[1])
    _draw_peers(panel, drawn, at)
    panel.plot(
        at, drawn.values.mean(), color=palette.INK, linewidth=1, linestyle=(0, (5, 2)), label=str(term("peer_mean"))
    )
    names = []
    for look, court in zip(OWN_LOOKS, drawn.own, strict=False):
        series = drawn.values.loc[court]
        stroke = look.stroke() | {"linestyle": "-"}  # markers and colours tell own courts apart; dashes are the mean
        panel.plot(at, series, **stroke, linewidth=2.2, zorder=4, label=str(drawn.names[court]))
        draw_daggers(panel, *_doubtful_points(drawn, at, court))
        known = np.flatnonzero(series.notna())
        if len(known):
            names.append(Named(panel, float(known[-1]), float(series.iloc[known[-1]]), str(drawn.names[court]), True))
    _draw_expected(panel, drawn, at[-1])
    ticks = _ticks(drawn.values)
    step = max(1, -(-len(ticks) // (sheet.size.periods + 4)))
    panel.set_xticks(at[::step], ticks[::step])
    panel.set_xlim(-0.3, at[-1] + 0.6)
    style.y_title(panel, str(drawn.axis))
    style.set_number_ticks(panel.yaxis)
    style.legend(figure)
    title, alt, note = drawn.words
    figure = style.finish(figure, title=title, alt=alt, note=note)
    write_names(figure, names)
    return figure


def _draw_peers(panel: Axes, drawn: Slopes, at: np.ndarray) -> None:
    others = drawn.values.drop(index=drawn.own)
    if len(others) > MOST_LINES:
        low, high = (others.quantile(edge) for edge in BAND)
        panel.fill_between(
            at, low, high, facecolor=palette.SAND, alpha=0.6, edgecolor="none", label=str(term("peer_band"))
        )
        return
    for place, (court, series) in enumerate(others.iterrows()):
        label = str(term("peer_courts")) if place == 0 else None
        panel.plot(at, series, color=palette.BLUE, alpha=0.4, linewidth=0.9, linestyle="-", label=label)
        draw_daggers(panel, *_doubtful_points(drawn, at, court))


def _doubtful_points(drawn: Slopes, at: np.ndarray, court: Any) -> tuple[np.ndarray, np.ndarray]:
    doubt = drawn.doubt.loc[court].to_numpy()
    return at[doubt], drawn.values.loc[court].to_numpy()[doubt]


def _draw_expected(panel: Axes, drawn: Slopes, last: int) -> None:
    for place, (court, row) in enumerate(drawn.expected.iterrows()):
        look = OWN_LOOKS[drawn.own.index(str(court))]
        panel.errorbar(
            last + SHIFT * (place + 1), row["at"], yerr=[[row["at"] - row["lower"]], [row["upper"] - row["at"]]], fmt="o",
            markerfacecolor="white", markeredgecolor=look.colour, ecolor=look.colour, elinewidth=1, capsize=2.5,
            label=str(term("expected_at_last")) if place == 0 else None,
        )  # fmt: skip


# -- on the screen


def _screen(drawn: Slopes) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    at = np.arange(drawn.values.shape[1])
    for trace in _screen_peers(drawn, at):
        figure.add_trace(trace)
    mean = {"color": palette.INK, "dash": "dash", "width": 1}
    figure.add_trace(go.Scatter(x=at, y=drawn.values.mean(), mode="lines", line=mean, name=str(term("peer_mean"))))
    for look, court in zip(OWN_LOOKS, drawn.own, strict=False):
        name = html.escape(str(drawn.names[court]), quote=False)
        series = drawn.values.loc[str(court)]
        figure.add_trace(go.Scatter(x=at, y=series, mode="lines+markers", name=name, **_solid(look)))
        figure.add_trace(dagger_trace(*_doubtful_points(drawn, at, court)))
    for place, (name_of, row) in enumerate(drawn.expected.iterrows(), start=1):
        look = OWN_LOOKS[drawn.own.index(str(name_of))]
        bar = {
            "type": "data",
            "symmetric": False,
            "array": [row["upper"] - row["at"]],
            "arrayminus": [row["at"] - row["lower"]],
        }
        marker = {"symbol": "circle-open", "size": 10, "color": look.colour}
        figure.add_trace(
            go.Scatter(
                x=[at[-1] + SHIFT * place],
                y=[row["at"]],
                error_y=bar,
                mode="markers",
                marker=marker,
                name=str(term("expected_at_last")),
            )
        )
    figure.update_xaxes(tickvals=at, ticktext=_ticks(drawn.values))
    figure.update_layout(hovermode="closest")
    style.plotly_y_title(figure, str(drawn.axis))
    title, alt, note = drawn.words
    return style.finish(figure, title=title, alt=alt, note=note)


def _solid(look: palette.Look) -> dict[str, Any]:
    """Markers and colours tell own courts apart; dashes are the mean."""
    stroke = look.plotly_stroke()
    return stroke | {"line": {**stroke["line"], "dash": "solid"}}


def _screen_peers(drawn: Slopes, at: np.ndarray) -> list[Any]:
    import plotly.graph_objects as go

    others = drawn.values.drop(index=drawn.own)
    if len(others) > MOST_LINES:
        low, high = (others.quantile(edge) for edge in BAND)
        edge = {"color": palette.SAND, "width": 0}
        below = go.Scatter(x=at, y=low, mode="lines", line=edge, showlegend=False, hoverinfo="skip")
        return [below, go.Scatter(x=at, y=high, mode="lines", line=edge, fill="tonexty", name=str(term("peer_band")))]
    lines = [
        go.Scatter(
            x=at,
            y=series,
            mode="lines",
            line={"color": palette.BLUE, "width": 1},
            opacity=0.45,
            name=html.escape(str(drawn.names[str(court)]), quote=False),
            showlegend=False,
        )
        for court, series in others.iterrows()
    ]
    return lines + [dagger_trace(*_doubtful_points(drawn, at, court)) for court in others.index]


# -- in words


def _words(
    trends: PeerTrends, values: pd.DataFrame, own: list[str], names: dict[str, Text], expected: pd.DataFrame, name: Text
) -> tuple[Text, Text]:
    periods = _ticks(values)
    title = Text("各院历年变化", "Courts over the years")
    if trends.indicator:
        title = Text(f"{name.zh}：{title.zh}", f"{name.en[:1].upper() + name.en[1:]}: courts over the years")
    start, end = (
        style.number(round(float(values[column].mean()), 2)) for column in (values.columns[0], values.columns[-1])
    )
    alt = Text(
        f"折线图，{len(values)} 家法院的{name.zh}，{periods[0]} 至 {periods[-1]}；同行均值由 {start} 到 {end}。",
        f"Lines of {name.en} for {len(values)} courts, {periods[0]} to {periods[-1]}; the mean goes from {start} to {end}.",
    )
    for court in own:
        known = values.loc[court].dropna()
        first, last = (style.number(float(np.round(known.iloc[place], 2))) for place in (0, -1))
        alt = alt + Text(f"{names[court].zh}由 {first} 到 {last}", f" {names[court].en} goes from {first} to {last}")
        if court in expected.index:
            row: Any = expected.loc[court].round(2)
            span = f"{style.number(row['at'])}（{style.number(row['lower'])}–{style.number(row['upper'])}）"
            en = f"{style.number(row['at'])} ({style.number(row['lower'])} to {style.number(row['upper'])})"
            alt = alt + Text(f"，末期仅凭机遇预期 {span}", f"; chance alone predicts {en} at the end")
        alt = alt + Text("。", ".")
    return title, alt
