"""How cases end, by days since filing: ``plot_incidence``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, Rule, Words, ticks_between, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.duration_words import YEAR
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.durations.durations import ClosingIncidence

LIMIT_DAYS = 180  # six months, the limit of most cases
SHARES = {float(share): str(share) for share in (0, 25, 50, 75, 100)}
OWN = ("closure_mode", "days", "at_risk", "events", "incidence", "lower", "upper")
ABOVE = 10.0  # points of the axis over the highest end
MOST = len(palette.LINES)


def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.

    ``result`` is the result of ``closing_incidence``, of one group. Raises ``ArgumentError`` for several, ``DataError``
    without a single closing.

    Parameters
    ----------
    result : ClosingIncidence
        The result of ``closing_incidence``.
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
    >>> closed = {"closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None], "closure_mode": ["completed", "completed", "settled", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame({"filed_on": "2011-01-10", **closed}), as_of="2011-12-31")
    >>> print(an.alt_of(plot_incidence(an.closing_incidence(cases))))
    累积发生率曲线，带95%区间，至立案后344天：执行完毕50.0%，和解25.0%。
    """
    table = result.table
    if len(table.columns) > len(OWN):
        raise ArgumentError(
            "一幅图画一组：请先筛选，或不用 by=。", "a chart shows one group: filter first, or leave out by=."
        )
    if table.empty:
        raise DataError(
            "没有一件案件在观察期内结案，曲线无从画起。", "no case closed under observation: there is no curve to draw."
        )
    return render(
        lambda _: _chart(result, table),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(found: ClosingIncidence, table: pd.DataFrame) -> Chart:
    last = float(min(YEAR, table["days"].max()))
    table = table[table["days"] <= last]
    ends = table.groupby("closure_mode")["incidence"].max().nlargest(MOST)
    marks: list[Mark] = []
    for look, (mode, end) in zip(palette.lines(len(ends)), ends.items(), strict=True):
        start = pd.DataFrame({"days": [0.0], "incidence": [0.0], "lower": [0.0], "upper": [0.0]})
        own = pd.concat([start, table.loc[table["closure_mode"] == mode, list(start)].astype(float)], ignore_index=True)
        own = pd.concat([own, own.tail(1).assign(days=last)]).drop_duplicates("days", keep="last", ignore_index=True)
        x, shares = own["days"], 100 * own[["incidence", "lower", "upper"]]
        name, share = group_text("closure_mode", str(mode)), f"{number(100 * float(end), 1)}%"
        limits: dict[str, Any] = {"lower": shares["lower"], "upper": shares["upper"]}
        marks.append(Band(role="recorded", own_look=look, x=x, step="post", opacity=0.15, **limits))
        line: dict[str, Any] = {
            "y": shares["incidence"],
            "label": str(name),
            "end": str(Text(f"{name.zh}{share}", f"{name.en} {share}")),
            "hover": told(shares["incidence"], 1, unit="%", limits=(shares["lower"], shares["upper"])),
        }
        marks.append(Line(role="recorded", own_look=look, x=x, step="post", **line))
    high = max(20.0, max(100 * float(end) for end in ends) + ABOVE)
    if last >= LIMIT_DAYS:
        marks.append(Rule(role="limit", at=LIMIT_DAYS, along="x"))
        beside: dict[str, Any] = {"x": [LIMIT_DAYS], "y": [high], "texts": [str(term("limit_180"))]}
        marks.append(Words(role="aside", side="below right", haloed=True, **beside))
    x_axis = Axis(title=str(term("days_axis")), low=0, high=last, ticks=ticks_between(0, last, whole=True))
    y = Axis(title=str(Text("已以该方式结案的比例（%）", "closed in this way (%)")), low=0, high=high)
    title, alt, note = _words(found, ends, last, len(table["closure_mode"].unique()))
    return Chart(panels=[Panel(marks=marks, x=x_axis, y=y)], title=title, alt=alt, note=note)


def _words(found: ClosingIncidence, ends: pd.Series, last: float, modes: int) -> tuple[Text, Text, Text]:
    named = [(group_text("closure_mode", str(mode)), number(100 * float(end), 1)) for mode, end in ends.items()]
    first = named[:2]
    days = number(last)
    title = Text(
        f"立案后{days}天：" + "，".join(f"{name.zh}{share}%" for name, share in first),
        f"{days} days after filing: " + ", ".join(f"{share}% {name.en}" for name, share in first),
    )
    alt = Text(
        f"累积发生率曲线，带95%区间，至立案后{days}天：" + "，".join(f"{name.zh}{share}%" for name, share in named) + "。",
        f"Cumulative incidence with 95% intervals, to {days} days after filing: "
        + ", ".join(f"{name.en} {share}%" for name, share in named) + ".",
    )  # fmt: skip
    note = found.caption + Text("。", ".")
    if left := modes - len(named):
        are = "way is" if left == 1 else "ways are"
        note = note + Text(f"另有{left}种方式未画。", f" {left} further {are} not drawn.")
    return title, alt, note
