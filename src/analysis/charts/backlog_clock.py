"""The backlog clock: the stock against its change, a loop for every round: ``plot_backlog_clock``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle_words import Group, chosen, is_adjusted, said_problems
from analysis.charts.drawing.marks import Axis, Chart, Line, Mark, Panel, Points, Rule, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle

YEAR = {"W": 52, "M": 12, "Q": 4, "Y": 1}
LABEL = (0.08, 0.05)  # width and height of a year's label, as shares of the path's
CORNERS = {  # where in the panel, and what the stock does there
    (0.98, 0.97): "clock_high_rising",
    (0.02, 0.97): "clock_low_rising",
    (0.98, 0.03): "clock_high_falling",
    (0.02, 0.03): "clock_low_falling",
}


def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw a backlog clock: across, the pending stock; up, its change over the year before.

    A court that accumulates and clears goes round clockwise: low and rising, high and rising, high and falling, low and
    falling. A court that has stopped doing so stays about one point of the line of no change. The season-adjusted
    stock is used where there is a season. ``result`` is the result of ``cycle``. Raises ``DataError`` for a flow of a year or less.

    Parameters
    ----------
    result : Cycle
        The result of ``cycle``.
    court : str
        The court to draw, where there are several.
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

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_backlog_clock(an.cycle(flow, adjusted=False))))
    路径图，2009年1月至2011年12月：增加最多在2010年12月（一年120件，存量120件），减少最多在2009年12月（一年−120件，存量0件）；...
    """
    one = chosen(result, court)
    path = _path(one)
    if len(path) < 2:
        raise DataError(
            "不足一年零两期，画不出存量与上年同期之差。",
            "a year and two periods at least are needed to draw a change over the year.",
        )
    return render(
        lambda _: _chart(one, path),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _path(found: Cycle) -> pd.DataFrame:
    stock = found.series["pending_adjusted"].to_numpy(dtype=float)
    lag = YEAR[found.freq]
    path = pd.DataFrame({"period": found.series["period"].iloc[lag:], "stock": stock[lag:]})
    return path.assign(change=stock[lag:] - stock[:-lag]).reset_index(drop=True)


def _years(found: Cycle, path: pd.DataFrame) -> pd.DataFrame:
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


def _reach(path: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The axes' ends: room for labels at the sides, and for the names of the corners above and below."""
    reach = []
    for name, room, middle in (("stock", 0.12, path["stock"].mean()), ("change", 0.2, 0.0)):
        low, high = min(path[name].min(), middle), max(path[name].max(), middle)
        wide = max(high - low, 1.0)
        reach.append([float(low - room * wide), float(high + room * wide)])
    return reach[0], reach[1]


def _across(found: Cycle) -> str:
    return str(term("pending_adjusted_axis" if is_adjusted(found) else "pending_axis"))


def _chart(found: Cycle, path: pd.DataFrame) -> Chart:
    named, last = _years(found, path), path.iloc[-1]
    sideways, upward = _reach(path)
    moved = [f"{'+' if change > 0 else ''}{number(change, 0)}" for change in path["change"]]
    steps = zip(path["period"], told(path["stock"], 0), moved, strict=True)
    hover = [f"{period_text(day, found.freq)}{COLON}{stock} / {change}" for day, stock, change in steps]
    marks: list[Mark] = [
        Rule(role="zero", at=0),
        Line(
            role="recorded",
            x=path["stock"],
            y=path["change"],
            shaded=True,
            headed=YEAR[found.freq],
            width=1.8,
            hover=hover,
        ),
        Points(role="text", x=named["stock"], y=named["change"]),
        Points(role="last", x=[last["stock"]], y=[last["change"]]),
        Words(role="aside", frame="xy", side="in corner", haloed=True, **_corners()),
        _label("above right", named, [str(year) for year in named["year"]]),
        _label("below right", path.tail(1), [str(period_text(last["period"], found.freq))]),
    ]
    x = Axis(title=_across(found), low=sideways[0], high=sideways[1])
    y = Axis(title=str(term("change_over_year")), low=upward[0], high=upward[1])
    title, alt, note = _words(found, path)
    words: dict[str, Any] = {"title": title, "alt": alt, "note": note}
    return Chart(panels=[Panel(marks=marks, x=x, y=y)], height=(1.15, 0), by_place=False, **words)


def _label(side: str, points: pd.DataFrame, texts: list[str]) -> Words:
    return Words(role="text", side=side, x=points["stock"], y=points["change"], texts=texts, haloed=True)


def _corners() -> dict[str, Any]:
    xs, ys = zip(*CORNERS, strict=True)
    return {"x": xs, "y": ys, "texts": [str(term(key)) for key in CORNERS.values()]}


def _words(found: Cycle, path: pd.DataFrame) -> tuple[Text, Text, Text]:
    first, last = (period_text(path["period"].iloc[i], found.freq) for i in (0, -1))

    def at(place: Any) -> tuple[str, str, Text]:
        row = path.loc[place]
        return number(row["stock"], 0), number(row["change"], 0), period_text(row["period"], found.freq)

    (up_stock, up, up_at), (down_stock, down, down_at) = at(path["change"].idxmax()), at(path["change"].idxmin())
    end_stock, end, _ = at(path.index[-1])
    moved = float(path["change"].iloc[-1])
    way = Text("增加", "more") if moved > 0 else Text("减少", "fewer")
    count = number(abs(moved), 0)
    title = Text(
        f"积案时钟：{last.zh}存量{end_stock}件，比上年同期{way.zh}{count}件",
        f"Backlog clock: {end_stock} pending in {last.en}, {count} {way.en} than a year before",
    )
    alt = Text(
        f"路径图，{first.zh}至{last.zh}：增加最多在{up_at.zh}（一年{up}件，存量{up_stock}件），减少最多在{down_at.zh}"
        f"（一年{down}件，存量{down_stock}件）；末期存量{end_stock}件，一年{end}件。",
        f"A path, {first.en} to {last.en}: the largest rise over a year ends in {up_at.en} ({up}, stock {up_stock}), the largest fall "
        f"in {down_at.en} ({down}, stock {down_stock}); at the end the stock is {end_stock} and its change {end}.",
    )
    note = Text(
        f"n = {len(path)}期；纵轴为与上年同期之差；颜色由深到浅为时间先后，方块为末期。顺时针一圈为一轮累积与清理。",
        f"n = {len(path)} periods; up: difference from a year before; from dark to light as time passes, the square is the last. Once round, clockwise, "
        "is one round of accumulating and clearing.",
    )
    return title, alt, note + said_problems(found.problems)
