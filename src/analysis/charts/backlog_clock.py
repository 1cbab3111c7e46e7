"""The backlog clock: the stock against its change, a loop for every round: ``plot_backlog_clock``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle import chosen, is_adjusted, said_problems
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

YEAR = {"W": 52, "M": 12, "Q": 4, "Y": 1}
LABEL = (0.08, 0.05)  # width and height of a year's label, as shares of the path's
BRIGHTEST = 0.85  # of the colour scale: beyond it lines are too pale for white paper
CORNERS = {  # where in the panel, and what the stock does there
    (0.98, 0.97): "clock_high_rising",
    (0.02, 0.97): "clock_low_rising",
    (0.98, 0.03): "clock_high_falling",
    (0.02, 0.03): "clock_low_falling",
}


def plot_backlog_clock(
    found: Any, *, court: Any = None, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw a backlog clock: across, the pending stock; up, its change over the year before.

    A court that accumulates and clears goes round clockwise: low and rising, high and rising, high and falling, low and
    falling. A court that has stopped doing so stays about one point of the line of no change. The season-adjusted
    stock is used where there is a season. ``found`` is the result of ``cycle``; returns a matplotlib Figure, or with
    ``interactive=True`` a plotly Figure. Raises ``DataError`` for a flow of a year or less.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_backlog_clock(an.cycle(flow, adjusted=False))))
    路径图，2009年1月至2011年12月：增加最多在2010年12月（一年 120 件，存量 120 件），减少最多在2009年12月（一年 −120 件，存量 0 件）；...
    """
    one = chosen(found, court)
    path = _path(one)
    if len(path) < 2:
        raise DataError(
            "不足一年零两期，画不出存量与上年同期之差。",
            "a year and two periods at least are needed to draw a change over the year.",
        )
    if interactive:
        with speaking(language):
            title, alt, note = _words(one, path)
            return style.finish(_screen(one, path), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(one, path)
        return style.finish(_paper(one, path, sheet), title=title, alt=alt, note=note)


def _path(found: Any) -> pd.DataFrame:
    stock = found.series["pending_adjusted"].to_numpy(dtype=float)
    lag = YEAR[found.freq]
    path = pd.DataFrame({"period": found.series["period"].iloc[lag:], "stock": stock[lag:]})
    return path.assign(change=stock[lag:] - stock[:-lag]).reset_index(drop=True)


def _years(found: Any, path: pd.DataFrame) -> pd.DataFrame:
    """The points that bear a year: the first of every year, no more than twelve, none on top of another."""
    year = (path["period"] + pd.Timedelta(days=15 if found.freq != "W" else 3)).dt.year
    firsts = path.assign(year=year).groupby("year").head(1)
    firsts = firsts.iloc[:: -(-len(firsts) // 12)]
    spots = path[["stock", "change"]] / path[["stock", "change"]].agg(np.ptp).replace(0, 1)
    kept: list[int] = [int(path.index[-1])]  # the last point has a label of its own
    for place in firsts.index:
        apart = (spots.loc[kept] - spots.loc[place]).abs()
        if ((apart["stock"] > LABEL[0]) | (apart["change"] > LABEL[1])).all():
            kept.append(int(place))
    return firsts.loc[kept[1:]]


def _named(found: Any, path: pd.DataFrame) -> list[tuple[str, dict[Any, Any], str, float]]:
    """The points with a label: its text, the point, the marker, and how far above the point it stands (in text sizes)."""
    named = [(str(row["year"]), row, "o", 0.4) for row in _years(found, path).to_dict("records")]
    last = str(period_text(path["period"].iloc[-1], found.freq))
    return [*named, (last, path.iloc[-1].to_dict(), "s", -1.2)]


def _reach(path: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The axes' ends: room for labels at the sides, and for the names of the corners above and below."""
    reach = []
    for name, room, middle in (("stock", 0.12, path["stock"].mean()), ("change", 0.2, 0.0)):
        low, high = min(path[name].min(), middle), max(path[name].max(), middle)
        wide = max(high - low, 1.0)
        reach.append([float(low - room * wide), float(high + room * wide)])
    return reach[0], reach[1]


def _across(found: Any) -> str:
    return str(term("pending_adjusted_axis" if is_adjusted(found) else "pending_axis"))


def _paper(found: Any, path: pd.DataFrame, sheet: style.Sheet) -> Any:
    from matplotlib.collections import LineCollection
    from matplotlib.patheffects import withStroke

    figure, (axes,) = sheet.panels(height=sheet.size.height * 1.15)
    points = path[["stock", "change"]].to_numpy()
    parts = np.stack([points[:-1], points[1:]], axis=1)
    line = LineCollection(list(parts), cmap=palette.SEQUENTIAL, linewidths=sheet.size.points / 5)
    line.set_array(np.arange(len(parts)))
    line.set_clim(0, len(parts) / BRIGHTEST)
    axes.add_collection(line)
    axes.axhline(0, color=palette.INK, linewidth=0.8)
    halo = [withStroke(linewidth=2.5, foreground="white")]
    for label, row, marker, above in _named(found, path):
        spot: dict[str, Any] = {"textcoords": "offset points", "fontsize": "small", "path_effects": halo}
        spot["xytext"] = (sheet.size.points * 0.5, sheet.size.points * above)
        at = (row["stock"], row["change"])
        axes.plot(*at, marker=marker, color=palette.INK, markersize=sheet.size.points * 0.45)
        axes.annotate(label, at, **spot)
    for (x, y), key in CORNERS.items():
        across, up = "right" if x > 0.5 else "left", "top" if y > 0.5 else "bottom"
        look: dict[str, Any] = {
            "ha": across,
            "va": up,
            "fontsize": "small",
            "color": palette.MUTED,
            "path_effects": halo,
        }
        axes.text(x, y, str(term(key)), transform=axes.transAxes, **look)
    sideways, upward = _reach(path)
    axes.set_xlim(*sideways)
    axes.set_ylim(*upward)
    axes.set_xlabel(_across(found))
    style.y_title(axes, str(term("change_over_year")))
    style.set_number_ticks(axes.xaxis)
    style.set_number_ticks(axes.yaxis)
    return figure


def _screen(found: Any, path: pd.DataFrame) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    shades = {"color": np.arange(len(path)), "cmin": 0, "cmax": len(path) / BRIGHTEST, "size": 7}
    figure.add_scatter(
        x=path["stock"],
        y=path["change"],
        mode="lines+markers",
        text=[str(period_text(day, found.freq)) for day in path["period"]],
        line={"color": palette.MUTED, "width": 1.5},
        marker={**shades, "colorscale": palette.SEQUENTIAL.capitalize()},
        hovertemplate="%{text}: %{x:,.0f} / %{y:+,.0f}<extra></extra>",
        showlegend=False,
    )
    for label, row, _, above in _named(found, path):
        side: dict[str, Any] = {"xanchor": "left", "yanchor": "bottom" if above > 0 else "top", "xshift": 4}
        side |= {"showarrow": False, "bgcolor": "rgba(255,255,255,0.75)", "font": {"size": 12}}
        figure.add_annotation(x=row["stock"], y=row["change"], text=label, **side)
    end: dict[str, Any] = {"color": palette.INK, "symbol": "square", "size": 9}
    last = path.iloc[[-1]]
    figure.add_scatter(
        x=last["stock"], y=last["change"], mode="markers", marker=end, hoverinfo="skip", showlegend=False
    )
    for (x, y), key in CORNERS.items():
        where = {"x": x, "y": y, "xref": "x domain", "yref": "y domain", "showarrow": False}
        anchors = {"xanchor": "right" if x > 0.5 else "left", "yanchor": "top" if y > 0.5 else "bottom"}
        figure.add_annotation(text=str(term(key)), font={"size": 12, "color": palette.MUTED}, **where, **anchors)
    figure.add_hline(y=0, line={"color": palette.INK, "width": 1})
    sideways, upward = _reach(path)
    figure.update_xaxes(title_text=_across(found), tickformat=",d", range=sideways)
    figure.update_yaxes(tickformat="+,d", range=upward)
    figure.update_layout(hovermode="closest", height=560)
    style.plotly_y_title(figure, str(term("change_over_year")))
    return figure


def _words(found: Any, path: pd.DataFrame) -> tuple[Text, Text, Text]:
    first, last = (period_text(path["period"].iloc[i], found.freq) for i in (0, -1))
    title = Text("积案时钟：存量与一年来的增减", "Backlog clock: the stock and its change over a year")

    def at(place: Any) -> tuple[str, str, Text]:
        row = path.loc[place]
        return style.number(row["stock"], 0), style.number(row["change"], 0), period_text(row["period"], found.freq)

    (up_stock, up, up_at), (down_stock, down, down_at) = at(path["change"].idxmax()), at(path["change"].idxmin())
    end_stock, end, _ = at(path.index[-1])
    alt = Text(
        f"路径图，{first.zh}至{last.zh}：增加最多在{up_at.zh}（一年 {up} 件，存量 {up_stock} 件），减少最多在{down_at.zh}"
        f"（一年 {down} 件，存量 {down_stock} 件）；末期存量 {end_stock} 件，一年 {end} 件。",
        f"A path, {first.en} to {last.en}: the largest rise over a year ends in {up_at.en} ({up}, stock {up_stock}), the largest fall "
        f"in {down_at.en} ({down}, stock {down_stock}); at the end the stock is {end_stock} and its change {end}.",
    )
    note = Text(
        f"n = {len(path)} 期；纵轴为与上年同期之差；颜色由深到浅为时间先后，方块为末期。顺时针一圈为一轮积累与清理。",
        f"n = {len(path)} periods; up: difference from a year before; from dark to light as time passes, the square is the last. Once round, clockwise, "
        "is one round of accumulating and clearing.",
    )
    return title, alt, note + said_problems(found)
