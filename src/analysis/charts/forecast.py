"""The stock ahead as a fan, with the record of earlier forecasts beside it: ``plot_forecast``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle import said_problems
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.vocabulary.language import Text, joined, speaking
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAST = palette.LINES[3]
SCENARIOS = (palette.LINES[0], palette.LINES[1])
BANDS = ("rgba(18,53,91,0.20)", "rgba(222,143,5,0.25)")
ERRORS = dict(zip(("model", "seasonal_naive", "last_year_repeated", "unchanged"), palette.LINES, strict=True))
SHOWN_PAST = {"W": 156, "M": 48, "Q": 24, "Y": 20}  # periods of the record beside the fan


def plot_forecast(
    found: Any, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw what lies ahead as a fan: median and 95 % limits of the pending stock after the record.

    ``found`` is the result of ``forecast_pending`` (a second panel shows the back-test: the mean error of the model and of naive
    forecasts by periods ahead) or of ``what_if`` (the baseline and the scenario side by side). Returns a matplotlib
    Figure, or with ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_forecast(an.what_if(flow, extra_closings=3, months=3))))
    扇形图。2011年12月末未结 0 件；基准：2012年3月 0 件（95% 区间 0 至 ...）；改变之后：2012年3月 0 件（95% 区间 0 至 ...）。
    """
    must_hold(found, "past", made_by="forecast_pending")
    if interactive:
        with speaking(language):
            title, alt, note = _words(found)
            return style.finish(_screen(found), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(found)
        return style.finish(_paper(found, sheet), title=title, alt=alt, note=note)


def _fans(found: Any) -> list[tuple[str, pd.DataFrame]]:
    """The paths to draw: one forecast, or the scenarios of a what-if."""
    if "scenario" not in found.table:
        return [("forecast", found.table)]
    return [(str(name), rows.reset_index(drop=True)) for name, rows in found.table.groupby("scenario", sort=False)]


def _backtest(found: Any) -> pd.DataFrame:
    """Mean error by periods ahead; empty where there is none, or only one horizon to draw."""
    table = getattr(found, "backtest", pd.DataFrame())
    return table if len(table) and len(table["horizon"].unique()) > 1 else pd.DataFrame()


def _paper(found: Any, sheet: style.Sheet) -> Any:
    errors = _backtest(found)
    if len(errors):
        figure, axes = sheet.panels(2, 1, height=sheet.size.height * 1.4, height_ratios=[3, 2])
    else:
        figure, axes = sheet.panels(height=sheet.size.height)
    past = found.past.tail(SHOWN_PAST[found.freq]).reset_index(drop=True)
    axes[0].plot(np.arange(len(past)), past["pending"], color=PAST.colour, linestyle="-", label=str(term("recorded")))
    now = float(past["pending"].iloc[-1])
    fans = _fans(found)
    for (name, rows), look in zip(fans, SCENARIOS, strict=False):
        at = len(past) - 1 + np.arange(len(rows) + 1)
        low, middle, high = (np.append(now, rows[column]) for column in ("lower", "pending", "upper"))
        axes[0].fill_between(
            at, low, high, color=look.colour, alpha=0.2, linewidth=0, label=f"{term(name)} {term('confidence_95')}"
        )
        axes[0].plot(at, middle, color=look.colour, linestyle=look.line, label=str(term(name)))
    periods = pd.concat([past["period"], fans[0][1]["period"]], ignore_index=True)
    lowest = min(float(past["pending"].min()), *(float(rows["lower"].min()) for _, rows in fans))
    if lowest >= 0:
        axes[0].set_ylim(0, None)
    style.y_title(axes[0], str(term("pending_axis")))
    style.set_number_ticks(axes[0].yaxis, whole=True)
    axes[0].set_xlim(-0.7, len(periods) - 0.3)
    style.set_period_ticks(axes[0], periods, found.freq, at_most=sheet.size.periods)
    _goal(axes[0], found)
    if len(errors):
        _draw_errors(axes[1], errors)
    style.legend(figure)
    return figure


def _goal(axes: Axes, found: Any) -> None:
    if hasattr(found, "target"):
        goal = float(found.target["target_stock"].iloc[0])
        axes.axhline(goal, color=palette.MUTED, linestyle=(0, (1, 1.5)), label=str(term("target_stock")))


def _error_name(name: str) -> str:
    """What a line of the back-test is called; the model's as its fan."""
    return str(term("forecast" if name == "model" else f"forecast_{name}"))


def _draw_errors(axes: Axes, errors: pd.DataFrame) -> None:
    for name, look in ERRORS.items():
        rows = errors[errors["forecast"] == name]
        axes.plot(rows["horizon"], rows["mean_error"], **look.stroke(), label=_error_name(name))
    axes.set_ylim(0, None)
    axes.set_xlabel(str(term("horizon")))
    style.y_title(axes, str(term("mean_error")))
    style.set_number_ticks(axes.yaxis)
    steps = sorted(errors["horizon"].unique())
    axes.set_xticks(steps[:: -(-len(steps) // 12)])


def _screen(found: Any) -> go.Figure:
    from plotly.subplots import make_subplots

    errors = _backtest(found)
    rows = 2 if len(errors) else 1
    heights = [0.62, 0.38] if rows == 2 else [1]
    figure = make_subplots(rows=rows, cols=1, vertical_spacing=0.2, row_heights=heights)
    _screen_fans(figure, found)
    figure.update_yaxes(tickformat=",d", row=1, col=1)
    style.plotly_y_title(figure, str(term("pending_axis")), row=1)
    style.plotly_dates(figure, found.freq, row=1, col=1)
    if rows == 2:
        _screen_errors(figure, errors)
    figure.update_layout(legend_traceorder="normal", height=340 + 220 * rows - 80)
    return figure


def _screen_fans(figure: go.Figure, found: Any) -> None:
    past = found.past.tail(SHOWN_PAST[found.freq])
    line: dict[str, Any] = {"mode": "lines", "hovertemplate": "%{y:,.0f}", "row": 1, "col": 1}
    recorded = {"color": PAST.colour, "width": 2}
    figure.add_scatter(x=past["period"], y=past["pending"], name=str(term("recorded")), line=recorded, **line)
    now = past.tail(1)
    for (name, ahead), look, band in zip(_fans(found), SCENARIOS, BANDS, strict=False):
        periods = pd.concat([now["period"], ahead["period"]])
        edges = {side: pd.concat([now["pending"], ahead[side]]) for side in ("lower", "pending", "upper")}
        edge: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "row": 1, "col": 1}
        figure.add_scatter(x=periods, y=edges["lower"], showlegend=False, **edge)
        label = f"{term(name)} {term('confidence_95')}"
        figure.add_scatter(x=periods, y=edges["upper"], fill="tonexty", fillcolor=band, name=label, **edge)
        figure.add_scatter(x=periods, y=edges["pending"], name=str(term(name)), **look.plotly_stroke(), **line)
    if hasattr(found, "target"):
        goal, grey = float(found.target["target_stock"].iloc[0]), {"color": palette.MUTED, "dash": "dot"}
        figure.add_hline(y=goal, line=grey, annotation_text=str(term("target_stock")), row=1, col=1)


def _screen_errors(figure: go.Figure, errors: pd.DataFrame) -> None:
    where: dict[str, Any] = {"row": 2, "col": 1}
    for name, look in ERRORS.items():
        part = errors[errors["forecast"] == name]
        figure.add_scatter(
            x=part["horizon"],
            y=part["mean_error"],
            name=_error_name(name),
            showlegend=name != "model",
            mode="lines+markers",
            hovertemplate="%{y:,.1f}",
            **look.plotly_stroke(),
            **where,
        )
    steps = 1 if errors["horizon"].max() <= 24 else None
    figure.update_yaxes(rangemode="tozero", **where)
    figure.update_xaxes(title_text=str(term("horizon")), dtick=steps, **where)
    style.plotly_y_title(figure, str(term("mean_error")), row=2)


def _words(found: Any) -> tuple[Text, Text, Text]:
    fans = _fans(found)
    title = Text("未结存量：今后的走势", "Pending stock: what lies ahead")
    if len(fans) > 1:
        title = Text("未结存量：照旧与改变之后", "Pending stock: as it is, and if it were otherwise")
    now = found.past.iloc[-1]
    begin = period_text(now["period"], found.freq)
    parts = []
    for name, rows in fans:
        last = rows.iloc[-1]
        when = period_text(last["period"], found.freq)
        middle, low, high = (style.number(last[column], 0) for column in ("pending", "lower", "upper"))
        parts.append(
            Text(
                f"{term(name).zh}：{when.zh} {middle} 件（95% 区间 {low} 至 {high}）",
                f"{term(name).en}: {middle} in {when.en} (95 % limits {low} to {high})",
            )
        )
    alt = Text(
        f"扇形图。{begin.zh}末未结 {style.number(now['pending'])} 件；",
        f"Fan chart. Pending at the end of {begin.en}: {style.number(now['pending'])}; ",
    )
    if len(_backtest(found)):
        parts.append(
            Text(
                "下图为回测中各提前期的平均绝对误差", "below, the mean absolute error of the back-test by periods ahead"
            )
        )
    note = Text(f"{found.caption.zh}。", f"{found.caption.en}.") + _reached(found) + said_problems(found)
    return title, alt + joined(parts) + Text("。", "."), note


def _reached(found: Any) -> Text:
    """When the scenarios fall under the target."""
    if not hasattr(found, "target"):
        return Text("", "")
    said = Text("", "")
    for row in found.target.to_dict("records"):
        share = style.number(100 * row["reached"], 0)
        name = term(row["scenario"])
        if pd.isna(row["period"]):
            text = Text(
                f"{name.zh}：{share}% 的路径降到目标以下。",
                f" {name.en}: {share} % of the paths fall under the target.",
            )
        else:
            when = period_text(row["period"], found.freq)
            text = Text(
                f"{name.zh}：{when.zh}降到目标以下（中位数；{share}% 的路径达到）。",
                f" {name.en}: under the target in {when.en} (median; {share} % of the paths get there).",
            )
        said = said + text
    return said
