"""The round of accumulating and clearing on one page: ``plot_cycle``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Bars, Chart, Line, Mark, Panel, Points, Rule, Span, Words, told
from analysis.charts.drawing.render import render
from analysis.charts.drawing.scales import whole_ticks
from analysis.inference.cycle.series import HALF_PERIOD
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text, in_language, joined
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import day
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

SHADE_ALPHA = {"accumulating": 0.55, "clearing": 0.9}
PALER = 0.5  # of the shade, for a phase that the series cuts off
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
    return render(
        lambda _: _chart(one, _campaigns(campaigns, one)), interactive=interactive, language=language, size=size
    )


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


Campaign = tuple[float, float, str]  # first and last position, name


def _campaigns(campaigns: Sequence[Sequence[Any]], found: Any) -> list[Campaign]:
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


def _chart(found: Any, campaigns: list[Campaign]) -> Chart:
    series, shades = found.series, list[Mark]()
    for phase in found.phases.to_dict("records"):
        if phase["kind"] in SHADE_ALPHA:
            first, last = _place(found, pd.Series([phase["start"], phase["end"]]))
            opacity = SHADE_ALPHA[phase["kind"]] * (1 if phase["complete"] else PALER)
            span: dict[str, Any] = {"lower": first, "upper": last, "label": str(term(phase["kind"]))}
            shades.append(Span(role=phase["kind"], opacity=opacity, **span))
    marked: list[Mark] = [
        Span(role="text", dotted=True, opacity=0.35, lower=first, upper=last, label=name)
        for first, last, name in campaigns
    ]
    low, high = min(series["pending"].min(), 0), series["pending"].max()
    room = max(high - low, 1) * 0.14
    x = Axis(periods=series["period"], freq=found.freq)
    y = Axis(title=str(term("pending_axis")), low=low - room if low < 0 else 0, high=high + room, whole=True)
    zero: list[Mark] = [Rule(role="zero", at=0)]
    above = [*shades, *_stock(found), *_turns(found), *marked, *(zero if low < 0 else [])]
    bars: list[Mark] = []
    for name, way in (("filed", "↑"), ("closed", "↓")):
        flow: dict[str, Any] = {"values": series[name], "label": str(term(name)), "hover": told(series[name])}
        bars.append(Bars(role=name, at=np.arange(len(series)), breadth=0.85, way=way, **flow))
    ticks = whole_ticks(-float(series["closed"].max()), float(series["filed"].max()))
    flows = Axis(title=str(term("cases_axis")), ticks={tick: number(abs(tick)) for tick in ticks})
    panels = [Panel(marks=above, x=x, y=y, share=3), Panel(marks=[*bars, *zero, *marked], x=x, y=flows, share=2)]
    title, alt, note = _words(found, campaigns)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(1.25, 0), same_x=True)


def _stock(found: Any) -> list[Mark]:
    """The stock as recorded, and without its season where it has one."""
    at, lines = np.arange(len(found.series)), [("pending", "recorded")]
    if is_adjusted(found):
        lines.append(("pending_adjusted", "adjusted"))
    return [
        Line(
            role=role, x=at, y=found.series[name], label=str(term(f"pending_{role}")), hover=told(found.series[name], 0)
        )
        for name, role in lines
    ]


def _turns(found: Any) -> list[Mark]:
    """Peaks and troughs where the drawn line has them, up to twelve with its numbers."""
    marks: list[Mark] = []
    for kind, side in (("peak", "above"), ("trough", "below")):
        turns = found.turning_points[found.turning_points["kind"] == kind]
        if turns.empty:
            continue
        at: dict[str, Any] = {"x": _place(found, turns["date"]), "y": turns["pending_adjusted"]}
        drawn = told(turns["pending_adjusted"].round(), 0)
        marks.append(Points(role=kind, size=8, label=str(term(kind)), hover=drawn, **at))
        if len(found.turning_points) <= MOST_LABELLED:
            marks.append(Words(role="text", side=side, texts=drawn, haloed=True, **at))
    return marks


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
        stock, drawn = number(turn["pending"]), number(round(turn["pending_adjusted"]))
        beside = Text(f"，季节调整后 {drawn} 件", f", season-adjusted {drawn}") if is_adjusted(found) else Text("", "")
        parts.append(Text(f"{when.zh}{kind.zh}（{stock} 件{beside.zh}）", f"{kind.en} {when.en} ({stock}{beside.en})"))
    return joined(parts)


def _words(found: Any, marks: list[Campaign]) -> tuple[Text, Text, Text]:
    series = found.series
    first, last = (period_text(series["period"].iloc[i], found.freq) for i in (0, -1))
    begin, end = (number(series["pending"].iloc[i]) for i in (0, -1))
    title = Text("未结存量：积累与清理", "Pending stock: accumulating and clearing")
    alt = Text(
        f"线图，{first.zh}至{last.zh}：未结存量由 {begin} 件到 {end} 件；",
        f"Line chart, {first.en} to {last.en}: pending goes from {begin} to {end}; ",
    ) + turns_text(found)
    if marks:
        names = "、".join(name for _, _, name in marks)
        alt = alt + Text(f"；标出：{names}", f"; marked: {', '.join(name for _, _, name in marks)}")
    filed, closed = (number(series[name].sum()) for name in ("filed", "closed"))
    alt = alt + Text(
        f"。下图为新收（合计 {filed}）与结案（合计 {closed}）。",
        f". Below: filed ({filed} in all) and closed ({closed}).",
    )
    note = Text(
        f"{found.caption.zh}。首尾阶段不完整，底色较浅。",
        f"{found.caption.en}. The first and the last phase are cut off: paler.",
    )
    return title, alt, note + said_problems(found)
