"""How long cases stay open: ``plot_durations`` (Kaplan–Meier) and, of those still open, ``plot_ages``."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import group_text
from analysis.vocabulary.errors import DataError, InputError
from analysis.vocabulary.language import Text, in_language, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CURVE = ("days", "at_risk", "events", "survival", "lower", "upper")
SUMMARY = ("n", "events", "median", "median_lower", "median_upper")
BAND = 0.18  # opacity of the interval
AT_MOST_TICKS = 8
PAD = 16  # points between a group's name and its first number
YEAR = 365  # days
QUARTERS = [0, 25, 50, 75, 100]

Group = tuple[Text, pd.DataFrame, dict[str, Any]]  # name, curve, its row of the summary


def plot_durations(
    result: Any, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95 % bands, numbers at risk.

    ``result`` as ``time_to_close`` gives it (``.curve``, ``.summary``, ``.test``, ``.notes``, ``.caption``), of one group or
    up to four. The line at 50 % meets a curve at its median. Under the curves stand the cases at risk: those still
    open, and under observation, at the first closing on or after that day. Returns a matplotlib Figure, or with
    ``interactive=True`` a plotly Figure that shows them on hovering.

    Raises ``InputError`` for missing columns, ``DataError`` without a single closing, ``ArgumentError`` for more than four groups.

    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_durations(an.time_to_close(cases))))
    Kaplan–Meier 阶梯曲线，带 95% 区间。全部案件：4 件，结案 3 件，中位 60 天（95% 区间 30–—），最后一次结案（第 344 天）时仍有 25.0% 未结。
    """
    groups = _groups(result)
    if interactive:
        with speaking(language):
            return _screen(result, groups)
    with style.drawing(language, size=size) as sheet:
        return _paper(result, groups, sheet)


def _groups(result: Any) -> list[Group]:
    curve, summary = result.curve, result.summary
    for table, needed, where in (
        (curve, CURVE, "time_to_close(…).curve"),
        (summary, SUMMARY, "time_to_close(…).summary"),
    ):
        missing = [name for name in needed if name not in table]
        if missing:
            raise InputError.missing_columns(where, missing, map(str, table.columns))
    if curve.empty:
        raise DataError(
            "没有一件案件在观察期内结案，曲线无从画起。请检查 at 与 observed_from。",
            "no case closed under observation, so there is no curve to draw. Check at and observed_from.",
        )
    by = [str(name) for name in summary.columns if name not in SUMMARY]
    palette.lines(len(summary))  # refuses more than a panel can tell apart
    if not by:
        return [(term("all_cases"), curve.reset_index(drop=True), summary.iloc[0].to_dict())]
    found = []
    for row in summary.to_dict("records"):
        of_group = np.logical_and.reduce(
            [(curve[name] == row[name]) | (curve[name].isna() & pd.isna(row[name])) for name in by]
        )
        names = [group_text(name, row[name]) for name in by]
        name = Text("，".join(text.zh for text in names), ", ".join(text.en for text in names))
        found.append((name, curve[of_group].reset_index(drop=True), {str(key): value for key, value in row.items()}))
    return [group for group in found if len(group[1])]


def _steps(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve from day 0 at 100 %, in percent; where the interval is not defined the band has a gap."""
    start = pd.DataFrame({"days": [0.0], "survival": [1.0], "lower": [1.0], "upper": [1.0], "at_risk": [np.nan]})
    steps = pd.concat(
        [start, curve[["days", "survival", "lower", "upper", "at_risk"]].astype(float)], ignore_index=True
    )
    return steps.assign(**{name: steps[name] * 100 for name in ("survival", "lower", "upper")})


def _label(group: Group) -> str:
    """A group with its median in the legend."""
    name, _, row = group
    median = style.number(row["median"])
    told = Text(f"{name.zh}（中位 {median} 天）", f"{name.en} (median {median} days)")
    if pd.isna(row["median"]):
        told = Text(f"{name.zh}（未结仍过半）", f"{name.en} (more than half still open)")
    return str(told)


# -- on paper


def _paper(result: Any, groups: list[Group], sheet: style.Sheet) -> Figure:
    row = sheet.size.points / 72 * 25.4 * 1.7
    tall = sheet.size.height
    figure, (above, below) = sheet.panels(
        2, 1, height=tall + row * len(groups), sharex=True, height_ratios=[tall * 0.7, row * (len(groups) + 0.2)]
    )
    looks = palette.lines(len(groups))
    for look, group in zip(looks, groups, strict=True):
        _draw_curve(above, look, group)
    above.axhline(50, color=palette.MUTED, linewidth=0.7, linestyle=(0, (2, 2)))
    above.set_ylim(0, 102)
    above.set_yticks(QUARTERS)
    style.y_title(above, str(term("still_open")))
    last = max(float(curve["days"].max()) for _, curve, _ in groups)
    ticks = style.whole_ticks(0, last, at_most=AT_MOST_TICKS if sheet.size.width > 100 else 4)
    above.set_xlim(0, last * 1.02)
    above.set_xticks([tick for tick in ticks if 0 <= tick <= last * 1.02])
    style.set_number_ticks(above.xaxis)
    above.tick_params(labelbottom=True)
    above.set_xlabel(str(term("days_axis")), visible=True)  # seaborn hides it where panels share x
    _draw_at_risk(below, looks, groups)
    style.legend(figure)
    title, alt, note = _words(result, groups)
    return style.finish(figure, title=title, alt=alt, note=note)


def _draw_curve(axes: Axes, look: palette.Look, group: Group) -> None:
    import seaborn as sns

    steps = _steps(group[1])
    axes.fill_between(
        steps["days"], steps["lower"], steps["upper"], step="post", color=look.colour, alpha=BAND, linewidth=0
    )
    sns.lineplot(
        data=steps,
        x="days",
        y="survival",
        ax=axes,
        color=look.colour,
        linestyle=look.line,
        drawstyle="steps-post",
        label=_label(group),
        estimator=None,
    )
    axes.set(xlabel="", ylabel="")


def _draw_at_risk(axes: Axes, looks: tuple[palette.Look, ...], groups: list[Group]) -> None:
    """Numbers at risk under the ticks, a row a group."""
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.set_yticks(range(len(groups)), [str(name) for name, _, _ in groups])
    axes.grid(visible=False)
    axes.tick_params(axis="both", length=0, labelbottom=False)
    axes.tick_params(axis="y", pad=PAD)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    low, high = axes.get_xlim()
    for row, (look, (_, curve, _)) in enumerate(zip(looks, groups, strict=True)):
        axes.get_yticklabels()[row].set_color(look.colour)
        for tick in axes.get_xticks():
            if low <= tick <= high:
                axes.text(tick, row, _at_risk(curve, tick), ha="center", va="center", fontsize="small")
    style.y_title(axes, str(term("at_risk_row")))


def _at_risk(curve: pd.DataFrame, day: float) -> str:
    """Cases at risk at the first closing on or after a day; after the last closing the curve does not know."""
    later = curve.loc[curve["days"] >= day, "at_risk"]
    return style.number(float(later.iloc[0])) if len(later) else ""


# -- on the screen


def _screen(result: Any, groups: list[Group]) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    for look, group in zip(palette.lines(len(groups)), groups, strict=True):
        for trace in _traces(look, group):
            figure.add_trace(trace)
    figure.add_hline(y=50, line={"color": palette.MUTED, "width": 1, "dash": "dot"})
    figure.update_xaxes(title_text=str(term("days_axis")), rangemode="tozero", tickformat=",d")
    figure.update_yaxes(range=[0, 102], tickvals=QUARTERS)
    style.plotly_y_title(figure, str(term("still_open")))
    figure.update_layout(hovermode="x")
    title, alt, note = _words(result, groups)
    return style.finish(figure, title=title, alt=alt, note=note)


def _traces(look: palette.Look, group: Group) -> list[Any]:
    """Upper edge, lower edge filled up to it, and the curve; only the curve is named and hovered."""
    import plotly.graph_objects as go

    steps, name = _steps(group[1]), html.escape(_label(group), quote=False)
    red, green, blue = (int(look.colour[i : i + 2], 16) for i in (1, 3, 5))
    shared: dict[str, Any] = {"x": steps["days"], "mode": "lines", "legendgroup": name}
    edge = {**shared, "line": {"width": 0, "shape": "hv"}, "showlegend": False, "hoverinfo": "skip"}
    words = Text("未结 %{y:.1f}%<br>在案 %{customdata[0]:,}", "open %{y:.1f} %<br>at risk %{customdata[0]:,}")
    return [
        go.Scatter(y=steps["upper"], **edge),
        go.Scatter(y=steps["lower"], fill="tonexty", fillcolor=f"rgba({red},{green},{blue},{BAND})", **edge),
        go.Scatter(
            y=steps["survival"],
            name=name,
            line={"color": look.colour, "dash": look.dash, "shape": "hv", "width": 2},
            customdata=steps[["at_risk"]].to_numpy(),
            hovertemplate=f"{words}<extra>{html.escape(str(group[0]), quote=False)}</extra>",
            **shared,
        ),
    ]


# -- in words


def _words(result: Any, groups: list[Group]) -> tuple[Text, Text, Text]:
    title = Text("案件自立案起仍未结的比例", "Share of cases still open, by days since filing")
    told = [_told(group) for group in groups]
    alt = Text(
        "Kaplan–Meier 阶梯曲线，带 95% 区间。" + "；".join(text.zh for text in told) + "。",
        "Kaplan–Meier step curves with 95 % intervals. " + "; ".join(text.en for text in told) + ".",
    )
    note = Text(result.caption.zh + "。", result.caption.en + ".")
    tests = getattr(result, "test", pd.DataFrame())
    for row in tests.to_dict("records"):
        p = "<\u00a00.001" if row["p"] < 0.001 else f"=\u00a0{row['p']:.3f}"
        note = note + Text(
            f"各组之差：{row['test']} 检验 p\u00a0{p}。", f" Difference between groups: {row['test']} test, p\u00a0{p}."
        )
    for cell in list(getattr(result, "notes", pd.DataFrame(columns=["note"])).get("note", []))[:2]:
        note = note + Text(f"{in_language(cell, 'zh')}。", f" {in_language(cell, 'en')}.")
    return title, alt, note


def _told(group: Group) -> Text:
    """One curve in words: cases, closings, median with its interval, what is still open after a year and at the end."""
    name, curve, row = group
    numbers = {key: style.number(row[key]) for key in SUMMARY}
    zh = f"{name.zh}：{numbers['n']} 件，结案 {numbers['events']} 件，"
    en = f"{name.en}: {numbers['n']} cases, {numbers['events']} closed, "
    if pd.isna(row["median"]):
        zh, en = zh + "过半仍未结，没有中位数", en + "more than half still open, so no median"
    else:
        limits = f"{numbers['median_lower']}–{numbers['median_upper']}"
        zh += f"中位 {numbers['median']} 天（95% 区间 {limits}）"
        en += f"median {numbers['median']} days (95 % interval {limits})"
    return Text(zh, en) + _rest(curve)


def _rest(curve: pd.DataFrame) -> Text:
    """What is still open after a year, or where the curve ends before."""
    last = float(curve["days"].max())
    reached = curve.loc[curve["days"] <= YEAR, "survival"]
    share = style.number(100 * float(reached.iloc[-1]) if len(reached) else 100.0, 1)
    if last >= YEAR:
        return Text(f"，满一年仍有 {share}% 未结", f", {share} % still open after a year")
    end = style.number(last)
    return Text(
        f"，最后一次结案（第 {end} 天）时仍有 {share}% 未结", f", {share} % still open at the last closing (day {end})"
    )
