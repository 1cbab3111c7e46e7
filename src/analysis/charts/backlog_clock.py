"""The backlog clock: the stock against its change, a loop for every round: ``plot_backlog_clock``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.clock_path import YEAR, path_of, reach_of, years_named
from analysis.charts.clock_words import words_of
from analysis.charts.cycle_words import Group, chosen, is_adjusted
from analysis.charts.drawing.marks import Axis, Chart, Line, Mark, Names, Panel, Points, Rule, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle

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
    path = path_of(one)
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


def _across(found: Cycle) -> str:
    return str(term("pending_adjusted_axis" if is_adjusted(found) else "pending_axis"))


def _chart(found: Cycle, path: pd.DataFrame) -> Chart:
    named, last = years_named(found, path), path.iloc[-1]
    sideways, upward = reach_of(path)
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
        _named(
            pd.concat([named, path.tail(1)]), [*map(str, named["year"]), str(period_text(last["period"], found.freq))]
        ),
    ]
    x = Axis(title=_across(found), low=sideways[0], high=sideways[1], whole=True)
    y = Axis(title=str(term("change_over_year")), low=upward[0], high=upward[1], whole=True)
    title, alt, note = words_of(found, path)
    words: dict[str, Any] = {"title": title, "alt": alt, "note": note + made_up(found.series)}
    return Chart(panels=[Panel(marks=marks, x=x, y=y)], height=(1.15, 0), by_place=False, **words)


def _named(points: pd.DataFrame, texts: list[str]) -> Names:
    """Years at their points and the last period at its own, where they cover each other least."""
    nothing = [""] * len(texts)
    bold = [False] * (len(texts) - 1) + [True]
    return Names(role="text", x=points["stock"], y=points["change"], texts=texts, bold=bold, spare=nothing)


def _corners() -> dict[str, Any]:
    xs, ys = zip(*CORNERS, strict=True)
    return {"x": xs, "y": ys, "texts": [str(term(key)) for key in CORNERS.values()]}
