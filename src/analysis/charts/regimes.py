"""Regimes of the net flow and how probable each is: ``plot_regimes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle import chosen, is_adjusted
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.language import Text, in_language, joined, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FLOW, MEAN = palette.LINES[0], palette.LINES[1]


def plot_regimes(
    found: Any, *, court: Any = None, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.

    Where the data hold one regime only, the second panel is missing and the note says so. ``found`` is the result of ``cycle``;
    returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_regimes(an.cycle(flow, adjusted=False))))
    线图，净流量及各状态的平均：2008年1月至2008年12月平均每期 10.0 件...2009年1月至2009年12月平均每期 −10.0 件...
    """
    one = chosen(found, court)
    if one.regime_probabilities.empty:
        raise DataError("没有可画的时期。", "there is no period to draw.")
    if interactive:
        with speaking(language):
            title, alt, note = _words(one)
            return style.finish(_screen(one), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(one)
        return style.finish(_paper(one, sheet), title=title, alt=alt, note=note)


def _is_two(found: Any) -> bool:
    return bool(found.regime_probabilities["higher"].notna().any())


def _flow_name(found: Any) -> str:
    return str(term("net_adjusted" if is_adjusted(found) else "net"))


def _paper(found: Any, sheet: style.Sheet) -> Any:
    table = found.regime_probabilities
    rows, ratios = (2, [3, 2]) if _is_two(found) else (1, [1])
    tall = sheet.size.height * (0.6 + 0.3 * rows)
    figure, axes = sheet.panels(rows, 1, height=tall, sharex=True, height_ratios=ratios)
    _draw_flow(axes[0], found)
    if _is_two(found):
        _draw_probability(axes[1], table["higher"].to_numpy(dtype=float))
    axes[-1].set_xlim(-0.7, len(table) - 0.3)
    style.set_period_ticks(axes[-1], table["period"], found.freq, at_most=sheet.size.periods)
    style.legend(figure)
    return figure


def _draw_flow(axes: Axes, found: Any) -> None:
    """Net flow, and each regime's mean with its limits."""
    import seaborn as sns

    table = found.regime_probabilities
    at, net = np.arange(len(table)), table["net"].to_numpy(dtype=float)
    axes.axhline(0, color=palette.INK, linewidth=0.8, zorder=1)
    line: dict[str, Any] = {"color": FLOW.colour, "linestyle": "-", "linewidth": 1.1}
    sns.lineplot(x=at, y=net, ax=axes, label=_flow_name(found), estimator=None, **line)
    places = np.searchsorted(table["period"].to_numpy(), found.regimes["start"].to_numpy())
    for regime, first in zip(found.regimes.to_dict("records"), places, strict=True):
        edges = (first - 0.5, first + regime["periods"] - 0.5)
        axes.fill_between(edges, regime["lower"], regime["upper"], color=MEAN.colour, alpha=0.25, linewidth=0)
        thick: dict[str, Any] = {"color": MEAN.colour, "linestyle": "-", "linewidth": 2.4}
        axes.plot(edges, [regime["mean"]] * 2, label=str(term("regime_mean")), **thick)
    style.y_title(axes, str(term("net_axis")))
    style.set_number_ticks(axes.yaxis)


def _draw_probability(axes: Axes, higher: np.ndarray) -> None:
    axes.fill_between(np.arange(len(higher)), 0, higher, color=FLOW.colour, step="mid", linewidth=0)
    axes.axhline(0.5, color=palette.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    style.y_title(axes, str(term("higher")))


def _screen(found: Any) -> go.Figure:
    from plotly.subplots import make_subplots

    rows = 2 if _is_two(found) else 1
    figure = make_subplots(rows=rows, cols=1, shared_xaxes=True, vertical_spacing=0.13)
    _screen_flow(figure, found)
    if rows == 2:
        _screen_probability(figure, found.regime_probabilities)
    style.plotly_dates(figure, found.freq)
    figure.update_layout(legend_traceorder="normal", height=300 + 180 * rows)
    return figure


def _screen_flow(figure: go.Figure, found: Any) -> None:
    table = found.regime_probabilities
    where: dict[str, Any] = {"x": table["period"], "mode": "lines", "row": 1, "col": 1}
    hover, name = "%{y:,.1f}", _flow_name(found)
    figure.add_scatter(y=table["net"], name=name, hovertemplate=hover, **FLOW.plotly_stroke(), **where)
    level, low, high = (_steps(found, name) for name in ("mean", "lower", "upper"))
    edge: dict[str, Any] = {"line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(y=low, **edge, **where)
    figure.add_scatter(y=high, fill="tonexty", fillcolor="rgba(222,143,5,0.25)", **edge, **where)
    line = {"color": MEAN.colour, "width": 2.5, "shape": "hv"}
    figure.add_scatter(y=level, name=str(term("regime_mean")), line=line, hovertemplate=hover, **where)
    figure.add_hline(y=0, line={"color": palette.INK, "width": 1}, layer="below", row=1, col=1)
    figure.update_yaxes(tickformat=",", row=1, col=1)
    style.plotly_y_title(figure, str(term("net_axis")), row=1)


def _screen_probability(figure: go.Figure, table: pd.DataFrame) -> None:
    where: dict[str, Any] = {"row": 2, "col": 1}
    figure.add_scatter(
        x=table["period"],
        y=table["higher"],
        name=str(term("higher")),
        mode="lines",
        fill="tozeroy",
        line={"color": FLOW.colour, "width": 1, "shape": "hvh"},
        hovertemplate="%{y:.2f}",
        showlegend=False,
        **where,
    )
    figure.add_hline(y=0.5, line={"color": palette.INK, "dash": "dash", "width": 1}, **where)
    figure.update_yaxes(range=[0, 1], tickvals=[0, 0.5, 1], **where)
    style.plotly_y_title(figure, str(term("higher")), row=2)


def _steps(found: Any, name: str) -> np.ndarray:
    """A regime's number at each of its periods."""
    return np.repeat(found.regimes[name].to_numpy(dtype=float), found.regimes["periods"].to_numpy(dtype=int))


def _words(found: Any) -> tuple[Text, Text, Text]:
    title = Text("净流量的状态", "Regimes of the net flow")
    regimes = found.regimes
    parts = []
    for regime in regimes.to_dict("records"):
        first, last = period_text(regime["start"], found.freq), period_text(regime["end"], found.freq)
        numbers = [style.number(regime[name], 1) for name in ("mean", "lower", "upper")]
        parts.append(
            Text(
                f"{first.zh}至{last.zh}平均每期 {numbers[0]} 件（95% 区间 {numbers[1]} 至 {numbers[2]}）",
                f"{first.en} to {last.en}: mean {numbers[0]} a period (95 % limits {numbers[1]} to {numbers[2]})",
            )
        )
    alt = (
        Text("线图，净流量及各状态的平均：", "Line of the net flow and each regime's mean: ")
        + joined(parts)
        + Text("。", ".")
    )
    said = regimes["note"].iloc[0]
    note = Text(in_language(said, "zh"), in_language(said, "en"))
    if _is_two(found):
        times = [style.number(value, 1) for value in sorted(regimes["expected_duration"].unique())]
        note = Text(
            f"两个状态：BIC {style.number(regimes['bic_two'].iloc[0], 1)} 低于一个状态的 {style.number(regimes['bic_one'].iloc[0], 1)}；"
            f"预计持续 {'、'.join(times)} 期",
            f"two regimes: BIC {style.number(regimes['bic_two'].iloc[0], 1)} against {style.number(regimes['bic_one'].iloc[0], 1)} for one; "
            f"expected to last {', '.join(times)} periods",
        )
    count = len(found.regime_probabilities)
    bare = pd.isna(regimes["bic_one"].iloc[0])
    rule = Text("", "") if bare else Text("；判据见 cycle 的说明", "; the rule is told in the help of cycle")
    return title, alt, Text(f"n = {count} 期；", f"n = {count} periods; ") + note + rule + Text("。", ".")
