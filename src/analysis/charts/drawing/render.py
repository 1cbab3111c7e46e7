"""One way from what a chart says to a figure: paper or screen, in the language and the size asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from analysis.charts.drawing.marks import Chart
from analysis.vocabulary.language import speaking

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

UNBOUNDED = float("inf")  # lines of a chart that is not drawn
_UNDRAWN: ContextVar[bool] = ContextVar("undrawn", default=False)


def render(say: Callable[[float], Chart], *, interactive: bool, language: str | None, size: str) -> Figure | go.Figure:
    """Draw what ``say`` says, given the lines that a chart made of rows may have at this size, in the language asked for."""
    if _UNDRAWN.get():
        with speaking(language):
            return say(UNBOUNDED)  # for said_by alone
    if interactive:
        from analysis.charts.drawing import on_screen

        with speaking(language):
            return on_screen.draw(say(on_screen.LINES_HELD))
    from analysis.charts.drawing import on_paper, style

    with style.drawing(language, size=size) as sheet:
        return on_paper.draw(say(on_paper.lines_held(sheet.size)), sheet)


def said_by(plot: Callable[..., Any], result: Any, **options: Any) -> Chart:
    """Return what a plot function says of a result, undrawn, for programs that draw charts of their own."""
    token = _UNDRAWN.set(True)
    try:
        chart: Chart = plot(result, **options)
    finally:
        _UNDRAWN.reset(token)
    return chart
