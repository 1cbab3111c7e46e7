"""A campaign beside what would have been without it: ``plot_campaign``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle import said_problems
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.inference.cycle.series import end_of
from analysis.vocabulary.language import Text, joined, speaking
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SERIES = ("closed", "filed", "pending")
RECORD, WITHOUT = palette.LINES[0], palette.LINES[2]
BAND = "rgba(1,115,178,0.22)"
SHADE = palette.SAND
SUMMED = {"closed": "total", "filed": "total", "pending": "level"}  # the term that says the effect in cases


def plot_campaign(
    effect: Any, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.

    ``effect`` is the result of ``campaign_effect``. The counterfactual has 95 % prediction limits (for the stock they widen
    month by month); the campaign is shaded. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = [20] * 24 + [30] * 6 + [20] * 18  # ten more in each of the six months of the campaign
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=100)
    >>> print(an.alt_of(plot_campaign(an.campaign_effect(flow, start="2010-01", end="2010-06"))))
    三幅线图，实际与若无活动。2010年1月至2010年6月的活动期间：结案合计相差 60 件...
    """
    must_hold(effect, "counterfactual", made_by="campaign_effect")
    if interactive:
        with speaking(language):
            title, alt, note = _words(effect)
            return style.finish(_screen(effect), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(effect)
        return style.finish(_paper(effect, sheet), title=title, alt=alt, note=note)


def _course(effect: Any, name: str) -> pd.DataFrame:
    table = effect.counterfactual
    return table[table["series"] == name].reset_index(drop=True)


def _paper(effect: Any, sheet: style.Sheet) -> Any:
    tall = min(sheet.size.most, sheet.size.height * 1.5)
    figure, axes = sheet.panels(3, 1, height=tall, sharex=True)
    for panel, name in zip(axes, SERIES, strict=True):
        _draw(panel, _course(effect, name))
        style.y_title(panel, str(term("pending_axis" if name == "pending" else "cases_axis")), name=str(term(name)))
    periods = _course(effect, "closed")["period"]
    axes[-1].set_xlim(-0.7, len(periods) - 0.3)
    style.set_period_ticks(axes[-1], periods, effect.freq, at_most=sheet.size.periods)
    style.legend(figure)
    return figure


def _draw(panel: Axes, course: pd.DataFrame) -> None:
    at = np.arange(len(course))
    during = np.flatnonzero(course["during"])
    span: dict[str, Any] = {"facecolor": SHADE, "alpha": 0.6, "linewidth": 0, "zorder": 0}
    panel.axvspan(during[0] - 0.5, during[-1] + 0.5, label=str(term("campaign")), **span)
    panel.plot(at, course["observed"], color=RECORD.colour, linestyle="-", label=str(term("recorded")))
    since = at >= during[0] - 1
    cut, at = course[since], at[since]
    band: dict[str, Any] = {"color": WITHOUT.colour, "alpha": 0.22, "linewidth": 0}
    panel.fill_between(at, cut["lower"], cut["upper"], label=str(term("confidence_95")), **band)
    line: dict[str, Any] = {"color": WITHOUT.colour, "linestyle": WITHOUT.line}
    panel.plot(at, cut["counterfactual"], label=str(term("counterfactual")), **line)
    panel.set_ylim(*_reach(course, cut))
    if panel.get_ylim()[0] < 0:
        panel.axhline(0, color=palette.INK, linewidth=0.8)
    style.set_number_ticks(panel.yaxis, whole=True)


def _reach(course: pd.DataFrame, cut: pd.DataFrame) -> tuple[float, float]:
    """From nought (or below) to a little over the lines; limits that run beyond are cut, so that the lines stay legible."""
    low = min(float(course["observed"].min()), 0.0, float(cut["counterfactual"].min()))
    high = float(max(course["observed"].max(), cut["counterfactual"].max()))
    room = max(high - low, 1.0)
    return low - room * (0.1 if low < 0 else 0), high + room * 0.25


def _screen(effect: Any) -> go.Figure:
    from plotly.subplots import make_subplots

    names = [str(term(name)) for name in SERIES]
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=names)
    _screen_key(figure)
    for row, name in enumerate(SERIES, start=1):
        _screen_panel(figure, _course(effect, name), row, effect.freq)
        unit = str(term("pending_axis" if name == "pending" else "cases_axis"))
        style.plotly_y_title(figure, unit, row=row, right=True)
    figure.update_yaxes(tickformat=",d")
    figure.update_layout(legend_traceorder="normal", height=760)
    style.plotly_dates(figure, effect.freq)
    return figure


def _screen_key(figure: go.Figure) -> None:
    """The campaign's shade in the legend."""
    patch = {"symbol": "square", "size": 12, "color": SHADE, "line": {"color": palette.MUTED, "width": 0.5}}
    figure.add_scatter(x=[None], y=[None], mode="markers", marker=patch, name=str(term("campaign")), row=1, col=1)


def _screen_panel(figure: go.Figure, course: pd.DataFrame, row: int, freq: str) -> None:
    during = course.loc[course["during"], "period"]
    cut = course[course["period"] >= during.min()]
    where: dict[str, Any] = {"row": row, "col": 1}
    edge: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "band"}
    figure.add_scatter(x=cut["period"], y=cut["lower"], showlegend=False, **edge, **where)
    band: dict[str, Any] = {"fill": "tonexty", "fillcolor": BAND, "name": str(term("confidence_95"))}
    figure.add_scatter(x=cut["period"], y=cut["upper"], showlegend=row == 1, **band, **edge, **where)
    line: dict[str, Any] = {"mode": "lines", "hovertemplate": "%{y:,.1f}", "showlegend": row == 1, **where}
    for key, part, column, look in (
        ("recorded", course, "observed", RECORD),
        ("counterfactual", cut, "counterfactual", WITHOUT),
    ):
        named = {"name": str(term(key)), "legendgroup": key}
        figure.add_scatter(x=part["period"], y=part[column], **named, **look.plotly_stroke(), **line)
    # after the traces: plotly draws no band on a panel without any
    shade = {"fillcolor": SHADE, "opacity": 0.5, "line_width": 0, "layer": "below"}
    last = end_of(course["period"], freq, int(during.index[-1]))
    figure.add_vrect(x0=during.min(), x1=last, **shade, **where)
    figure.update_yaxes(range=_reach(course, cut), **where)


def _words(effect: Any) -> tuple[Text, Text, Text]:
    title = Text("专项活动：实际与若无活动", "The campaign, and what would have been without it")
    rows = effect.table.set_index(["series", "term"])
    parts = []
    for name, key in SUMMED.items():
        row = rows.loc[(name, key)]
        numbers = [style.number(row[column], 0) for column in ("estimate", "lower", "upper")]
        when = Text("期末", "at the end") if name == "pending" else Text("合计", "in all")
        parts.append(
            Text(
                f"{term(name).zh}{when.zh}相差 {numbers[0]} 件（95% 区间 {numbers[1]} 至 {numbers[2]}）",
                f"{term(name).en} differ by {numbers[0]} {when.en} (95 % limits {numbers[1]} to {numbers[2]})",
            )
        )
    course = _course(effect, "closed")
    during = course.loc[course["during"], "period"]
    first, last = period_text(during.min(), effect.freq), period_text(during.max(), effect.freq)
    alt = Text(
        f"三幅线图，实际与若无活动。{first.zh}至{last.zh}的活动期间：",
        f"Three line charts, as recorded and without the campaign. During {first.en} to {last.en}: ",
    )
    note = Text(
        f"{effect.caption.zh}。区间超出图框处截去。", f"{effect.caption.en}. Limits that run beyond the panel are cut."
    )
    return title, alt + joined(parts) + Text("。", "."), note + said_problems(effect)
