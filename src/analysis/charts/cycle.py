"""The round of accumulating and clearing on one page: ``plot_cycle``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.inference.cycle.series import HALF_PERIOD
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text, in_language, joined, speaking
from analysis.vocabulary.periods import day
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RECORDED, ADJUSTED = palette.LINES[0], palette.LINES[2]
BARS = {"filed": palette.FILLS[0], "closed": palette.FILLS[1]}
SHADE = {"accumulating": palette.SAND, "clearing": "#DCE6EE"}  # pale sand, pale navy: apart in grey as well
SHADE_ALPHA = {"accumulating": 0.55, "clearing": 0.9}
PALER = 0.5  # of the shade, for a phase that the series cuts off
SYMBOLS = {"peak": ("^", "triangle-up"), "trough": ("v", "triangle-down")}
MOST_LABELLED = 12  # turning points whose numbers are written beside them


def plot_cycle(
    found: Any,
    *,
    court: Any = None,
    campaigns: Sequence[Sequence[Any]] = (),
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.

    ``found`` is the result of ``cycle``; with several courts ``court=`` names one. ``campaigns`` are pairs or triples (start, end,
    name) marked along the time axis. Where the dating used the season-adjusted stock, it is drawn beside the recorded one and
    the turning points stand on it. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.
    Raises ``ArgumentError`` where several courts are given and none is named.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_cycle(an.cycle(flow, adjusted=False))))
    线图，2008年1月至2011年12月：未结存量由 10 件到 0 件；2008年12月峰（120 件）；2009年12月谷（0 件）；2010年12月峰（120 件）。...
    """
    one = chosen(found, court)
    if one.series.empty:
        raise DataError("没有可画的时期。", "there is no period to draw.")
    if interactive:
        from analysis.charts.cycle_screen import screen_figure

        with speaking(language):
            marks = _campaigns(campaigns, one)
            figure = screen_figure(one, marks)
            title, alt, note = _words(one, marks)
            return style.finish(figure, title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        marks = _campaigns(campaigns, one)
        figure = _paper(one, marks, sheet)
        title, alt, note = _words(one, marks)
        return style.finish(figure, title=title, alt=alt, note=note)


def chosen(found: Any, court: Any) -> Any:
    """The part of the result to draw; raises ``ArgumentError`` where several courts are there and none is named."""
    must_hold(found, "turning_points", made_by="cycle")
    if court is not None:
        return found.of(*(court if isinstance(court, tuple) else (court,)))
    if not found.by:
        return found
    known = list(found.series[list(found.by)].drop_duplicates().itertuples(index=False, name=None))
    if len(known) == 1:
        return found.of(*known[0])
    name = "/".join(map(str, known[0]))
    raise ArgumentError(
        f"结果含 {len(known)} 个法院（或组），一幅图画一个：请用 court= 指明，如 court={name!r}。",
        f"the result holds {len(known)} courts (or groups) and a chart shows one: name it, as in court={name!r}.",
    )


def is_adjusted(found: Any) -> bool:
    """Whether the season was taken out."""
    series = found.series
    return bool((series["pending"] != series["pending_adjusted"]).any())


def stock_lines(found: Any) -> list[tuple[str, palette.Look, str]]:
    """Column, look and name of the lines of the stock: as recorded, and without its season where it has one."""
    lines = [("pending", RECORDED, str(term("pending_recorded")))]
    if is_adjusted(found):
        lines.append(("pending_adjusted", ADJUSTED, str(term("pending_adjusted"))))
    return lines


def flow_ticks(found: Any) -> tuple[list[float], list[str]]:
    """Ticks of the mirrored bars, labelled without a sign."""
    ticks = style.whole_ticks(-float(found.series["closed"].max()), float(found.series["filed"].max()))
    return ticks, [style.number(abs(tick)) for tick in ticks]


Mark = tuple[float, float, str]  # first and last position, name


def _campaigns(campaigns: Sequence[Sequence[Any]], found: Any) -> list[Mark]:
    periods, marks = found.series["period"], []
    for campaign in campaigns:
        if isinstance(campaign, str) or len(campaign) not in (2, 3):
            raise ArgumentError(
                "campaigns 的每一项应为（起, 止）或（起, 止, 名称）。",
                "each of campaigns is (start, end) or (start, end, name).",
            )
        start, end = day(campaign[0], "campaigns"), day(campaign[1], "campaigns", last=True)
        within = periods + pd.Timedelta(days=HALF_PERIOD[found.freq])
        inside = np.flatnonzero((within >= start) & (within <= end))
        if not len(inside):
            raise ArgumentError(
                f"campaigns：{start.date()} 至 {end.date()} 不在数据之内（{periods.iloc[0].date()} 至 {periods.iloc[-1].date()}）。",
                f"campaigns: {start.date()} to {end.date()} lies outside the data ({periods.iloc[0].date()} to {periods.iloc[-1].date()}).",
            )
        name = str(campaign[2]) if len(campaign) == 3 else str(term("campaign"))
        marks.append((float(inside[0]) - 0.5, float(inside[-1]) + 0.5, name))
    return marks


def _place(found: Any, dates: pd.Series) -> np.ndarray:
    return np.searchsorted(found.series["period"].to_numpy(), dates.to_numpy())


def _paper(found: Any, marks: list[Mark], sheet: style.Sheet) -> Any:
    figure, (stock, flows) = sheet.panels(2, 1, height=sheet.size.height * 1.25, sharex=True, height_ratios=[3, 2])
    _shade(stock, found)
    _draw_stock(stock, found)
    _draw_turns(stock, found, sheet)
    _draw_flows(flows, found)
    for first, last, name in marks:
        flows.axvspan(first, last, facecolor="none", edgecolor=palette.INK, hatch="....", linewidth=0, alpha=0.35)
        stock.axvspan(
            first, last, facecolor="none", edgecolor=palette.INK, hatch="....", linewidth=0, alpha=0.35, label=name
        )
    style.y_title(stock, str(term("pending_axis")))
    style.y_title(flows, str(term("cases_axis")))
    flows.set_xlim(-0.7, len(found.series) - 0.3)
    style.set_period_ticks(flows, found.series["period"], found.freq, at_most=sheet.size.periods)
    style.legend(figure)
    return figure


def _shade(axes: Axes, found: Any) -> None:
    for phase in found.phases.to_dict("records"):
        if phase["kind"] in SHADE:
            first, last = _place(found, pd.Series([phase["start"], phase["end"]]))
            alpha = SHADE_ALPHA[phase["kind"]] * (1 if phase["complete"] else PALER)
            look: dict[str, Any] = {"facecolor": SHADE[phase["kind"]], "alpha": alpha, "linewidth": 0}
            axes.axvspan(first, last, label=str(term(phase["kind"])), zorder=0, **look)


def _draw_stock(axes: Axes, found: Any) -> None:
    import seaborn as sns

    at = np.arange(len(found.series))
    for name, look, label in stock_lines(found):
        values = found.series[name].to_numpy(dtype=float)
        sns.lineplot(x=at, y=values, ax=axes, color=look.colour, linestyle=look.line, label=label, estimator=None)
    low, high = min(found.series["pending"].min(), 0), found.series["pending"].max()
    room = max(high - low, 1) * 0.14
    axes.set_ylim(low - room if low < 0 else 0, high + room)
    if low < 0:
        axes.axhline(0, color=palette.INK, linewidth=0.8)
    style.set_number_ticks(axes.yaxis, whole=True)


def _draw_turns(axes: Axes, found: Any, sheet: style.Sheet) -> None:
    turns = found.turning_points
    for kind, (marker, _) in SYMBOLS.items():
        part = turns[turns["kind"] == kind]
        if len(part):
            axes.plot(
                _place(found, part["date"]),
                part["pending_adjusted"],
                linestyle="",
                marker=marker,
                markersize=sheet.size.points * 0.9,
                color=palette.INK,
                markeredgecolor="white",
                label=str(term(kind)),
                zorder=5,
            )
    if len(turns) > MOST_LABELLED:
        return
    from matplotlib.patheffects import withStroke

    for turn, place in zip(turns.to_dict("records"), _place(found, turns["date"]), strict=True):
        above = turn["kind"] == "peak"
        axes.annotate(
            style.number(round(turn["pending_adjusted"])),
            (place, turn["pending_adjusted"]),
            xytext=(0, sheet.size.points * (0.7 if above else -0.7)),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize="small",
            path_effects=[withStroke(linewidth=2, foreground="white")],
        )


def _draw_flows(axes: Axes, found: Any) -> None:
    at = np.arange(len(found.series))
    for name, look in BARS.items():
        heights = found.series[name].to_numpy(dtype=float)
        arrow = " ↑" if name == "filed" else " ↓"
        axes.bar(
            at, heights if name == "filed" else -heights, width=0.85, color=look.colour, label=f"{term(name)}{arrow}"
        )
    axes.axhline(0, color=palette.INK, linewidth=0.8)
    axes.set_yticks(*flow_ticks(found))


def said_problems(found: Any) -> Text:
    """What is wrong with the figures drawn, a sentence each."""
    text = Text("", "")
    for cell in found.problems.loc[found.problems["severity"] == "problem", "problem"]:
        text = text + Text(in_language(cell, "zh") + "。", " " + in_language(cell, "en") + ".")
    return text


def turns_text(found: Any) -> Text:
    """The turning points in words, with date and stock; where the season was taken out, also without it."""
    turns = found.turning_points
    if turns.empty:
        return Text("没有拐点", "no turning point")
    parts = []
    for turn in turns.to_dict("records"):
        when, kind = period_text(turn["date"], found.freq), term(turn["kind"])
        stock, drawn = style.number(turn["pending"]), style.number(round(turn["pending_adjusted"]))
        beside = Text(f"，季节调整后 {drawn} 件", f", season-adjusted {drawn}") if is_adjusted(found) else Text("", "")
        parts.append(Text(f"{when.zh}{kind.zh}（{stock} 件{beside.zh}）", f"{kind.en} {when.en} ({stock}{beside.en})"))
    return joined(parts)


def _words(found: Any, marks: list[Mark]) -> tuple[Text, Text, Text]:
    series = found.series
    first, last = (period_text(series["period"].iloc[i], found.freq) for i in (0, -1))
    begin, end = (style.number(series["pending"].iloc[i]) for i in (0, -1))
    title = Text("未结存量：积累与清理", "Pending stock: accumulating and clearing")
    alt = Text(
        f"线图，{first.zh}至{last.zh}：未结存量由 {begin} 件到 {end} 件；",
        f"Line chart, {first.en} to {last.en}: pending goes from {begin} to {end}; ",
    ) + turns_text(found)
    if marks:
        names = "、".join(name for _, _, name in marks)
        alt = alt + Text(f"；标出：{names}", f"; marked: {', '.join(name for _, _, name in marks)}")
    filed, closed = (style.number(series[name].sum()) for name in ("filed", "closed"))
    alt = alt + Text(
        f"。下图为新收（合计 {filed}）与结案（合计 {closed}）。",
        f". Below: filed ({filed} in all) and closed ({closed}).",
    )
    note = Text(
        f"{found.caption.zh}。首尾阶段不完整，底色较浅。",
        f"{found.caption.en}. The first and the last phase are cut off: paler.",
    )
    return title, alt, note + said_problems(found)
