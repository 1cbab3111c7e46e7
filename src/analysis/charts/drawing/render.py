"""One way from what a chart says to a figure: paper or screen, in the language and the size asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from analysis.charts.drawing.marks import Chart
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

OnAxes: TypeAlias = "Axes | Sequence[Axes] | None"
InFigure: TypeAlias = "Figure | SubFigure | None"
UNBOUNDED = float("inf")  # lines of a chart that is not drawn
_UNDRAWN: ContextVar[bool] = ContextVar("undrawn", default=False)


def render(
    say: Callable[[float], Chart],
    *,
    interactive: bool,
    language: str | None,
    size: str,
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw what ``say`` says, given the lines that a chart made of rows may have at this size, in the language asked for.

    On axes of the caller's own each panel is drawn on one; an empty figure of the caller's own is given axes for all. Then
    their figure is what is returned.
    """
    if _UNDRAWN.get():
        with speaking(language):
            return _titled(say(UNBOUNDED), title)  # for said_by alone
    own = [
        name
        for name, given in (("ax=", ax), ("figure=", figure), ("interactive=True", interactive or None))
        if given is not None
    ]
    if len(own) > 1:
        asked = listed(own)
        raise ArgumentError(
            f"{asked.zh}不能同用：ax= 与 figure= 是 matplotlib 的坐标轴和图，interactive=True 是 plotly 的图。请只留一个。",
            f"{asked.en} do not go together: ax= and figure= are axes and a figure of matplotlib, interactive=True is a "
            "figure of plotly. Keep one of them.",
        )
    if interactive:
        from analysis.charts.drawing import on_screen

        with speaking(language):
            return on_screen.draw(_titled(say(on_screen.LINES_HELD), title))
    from analysis.charts.drawing import on_paper, own_figure, style

    with style.drawing(language, size=size) as sheet:
        if figure is not None:
            return own_figure.draw_in(figure, say, title, sheet)
        chart = say(on_paper.lines_held(sheet.size))
        if ax is not None:
            return own_figure.draw_on(ax, chart, title, sheet)
        return on_paper.draw(_titled(chart, title), sheet)


def _titled(chart: Chart, title: str | None) -> Chart:
    return chart if title is None else replace(chart, title=Text(title, title))


def said_by(plot: Callable[..., Any], result: Any, **options: Any) -> Chart:
    """Return what a plot function says of a result, undrawn, for programs that draw charts of their own."""
    token = _UNDRAWN.set(True)
    try:
        chart: Chart = plot(result, **options)
    finally:
        _UNDRAWN.reset(token)
    return chart
