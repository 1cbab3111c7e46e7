"""Filings and closings with their control limits: ``plot_control_limits``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import period_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import Text, in_language, speaking
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

SERIES = ("filed", "closed")
LINE, SIGNAL = palette.LINES[0], palette.ORANGE
OWN = ("series", "period", "value", "centre", "lower", "upper", "moving_range", "range_limit", "base", "broken")


def plot_control_limits(
    found: Any, *, court: Any = None, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw an XmR chart of filings and closings: values, centre, limits, and the periods that break a rule.

    ``found`` is the result of ``control_limits``; with several courts ``court=`` names one. Returns a matplotlib Figure, or with
    ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=24, freq="MS")
    >>> closed = [19, 21] * 11 + [19, 60]  # 60 in the last month
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=100)
    >>> print(an.alt_of(plot_control_limits(an.control_limits(flow))))
    线图：...
    """
    must_hold(found, "rules", made_by="control_limits")
    table = _of(found.table, court)
    if interactive:
        with speaking(language):
            title, alt, note = _words(found, table)
            return style.finish(_screen(found, table), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(found, table)
        return style.finish(_paper(found, table, sheet), title=title, alt=alt, note=note)


def _of(table: pd.DataFrame, court: Any) -> pd.DataFrame:
    """The rows of one court (or group, as its names in a tuple); all of them where there is only one."""
    by = [name for name in table.columns if name not in OWN]
    groups = table[by].astype(str).agg("/".join, axis=1) if by else pd.Series("", index=table.index)
    asked = "/".join(map(str, court if isinstance(court, tuple) else (court,)))
    if court is None and len(groups.unique()) == 1:
        return table
    if asked not in set(groups):
        raise ArgumentError.not_one_of("court", asked, sorted(set(groups)))
    return table[groups == asked]


def _paper(found: Any, table: pd.DataFrame, sheet: style.Sheet) -> Any:
    figure, axes = sheet.panels(2, 1, height=sheet.size.height * 1.2, sharex=True)
    for panel, name in zip(axes, SERIES, strict=True):
        rows = table[table["series"] == name].reset_index(drop=True)
        at = np.arange(len(rows))
        panel.plot(at, rows["value"], color=LINE.colour, linestyle="-", marker=".", label=str(term("value")))
        for base, part in rows.groupby("base"):
            edges = [part.index[0] - 0.5, part.index[-1] + 0.5]
            panel.plot(edges, [part["centre"].iloc[0]] * 2, color=palette.INK, linestyle="-", label=str(term("centre")))
            for side in ("lower", "upper"):
                look: dict[str, Any] = {
                    "color": palette.MUTED,
                    "linestyle": (0, (4, 2)),
                    "label": str(term("control_limit")),
                }
                panel.plot(edges, [part[side].iloc[0]] * 2, **look)
            if base != rows["base"].min():
                panel.axvline(edges[0], color=palette.MUTED, linewidth=0.8)
        hits = rows["broken"] != ""
        spots: dict[str, Any] = {
            "linestyle": "",
            "marker": "D",
            "color": SIGNAL,
            "markeredgecolor": palette.INK,
            "zorder": 5,
        }
        panel.plot(at[hits], rows.loc[hits, "value"], label=str(term("breaks_rule")), **spots)
        style.y_title(panel, str(term("cases_axis")), name=str(term(name)))
        style.set_number_ticks(panel.yaxis)
    axes[-1].set_xlim(-0.7, len(rows) - 0.3)
    style.set_period_ticks(axes[-1], rows["period"], found.freq, at_most=sheet.size.periods)
    style.legend(figure)
    return figure


def _screen(found: Any, table: pd.DataFrame) -> go.Figure:
    from plotly.subplots import make_subplots

    names = [str(term(name)) for name in SERIES]
    meanings = dict(zip(found.rules["rule"], found.rules["meaning"].map(in_language), strict=True))
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.12, subplot_titles=names)
    for row, name in enumerate(SERIES, start=1):
        rows = table[table["series"] == name]
        hits = rows[rows["broken"] != ""]
        where: dict[str, Any] = {"row": row, "col": 1, "showlegend": row == 1}
        line: dict[str, Any] = {"mode": "lines", "line": {"color": palette.MUTED, "dash": "dash", "shape": "hvh"}}
        figure.add_scatter(
            x=rows["period"],
            y=rows["value"],
            name=str(term("value")),
            mode="lines+markers",
            text=rows["broken"].map(lambda ids: "".join(f"<br>{meanings[name]}" for name in ids.split(",") if name)),
            hovertemplate="%{y:,.1f}%{text}",
            **LINE.plotly_stroke(),
            **where,
        )
        for side, key in (("centre", "centre"), ("lower", "control_limit"), ("upper", "control_limit")):
            solid = {"mode": "lines", "line": {"color": palette.INK, "shape": "hvh"}} if side == "centre" else line
            shown = {**where, "showlegend": row == 1 and side != "lower"}
            figure.add_scatter(x=rows["period"], y=rows[side], name=str(term(key)), hoverinfo="skip", **solid, **shown)
        figure.add_scatter(
            x=hits["period"],
            y=hits["value"],
            name=str(term("breaks_rule")),
            mode="markers",
            marker={"symbol": "diamond", "size": 10, "color": SIGNAL, "line": {"color": palette.INK, "width": 1}},
            hoverinfo="skip",  # unified hover would show it over the months beside it; the line tells it over its own
            **where,
        )
        style.plotly_y_title(figure, str(term("cases_axis")), row=row, right=True)
    style.plotly_dates(figure, found.freq)
    figure.update_yaxes(tickformat=",")
    figure.update_layout(height=620)
    return figure


def _words(found: Any, table: pd.DataFrame) -> tuple[Text, Text, Text]:
    title = Text("收案与结案的控制图（XmR）", "Control chart of filings and closings (XmR)")
    parts_zh, parts_en = [], []
    for name in SERIES:
        rows = table[table["series"] == name]
        hits = rows[rows["broken"] != ""]
        last = rows.iloc[-1]
        low, high = (style.number(last[side], 1) for side in ("lower", "upper"))
        when = [period_text(day, found.freq) for day in hits["period"].head(3)]
        more_zh = f"，如{'、'.join(w.zh for w in when)}" if when else ""
        more_en = f", such as {', '.join(w.en for w in when)}" if when else ""
        parts_zh.append(f"{term(name).zh}的控制限为 {low} 至 {high} 件，{len(hits)} 期触发规则{more_zh}")
        parts_en.append(f"{term(name).en}: limits {low} to {high}, periods that break a rule: {len(hits)}{more_en}")
    alt = Text("线图：" + "；".join(parts_zh) + "。", "Lines. " + "; ".join(parts_en) + ".")
    note = Text(
        f"{found.caption.zh}。季节已剔除（如有）；存量不画控制图。",
        f"{found.caption.en}. Season taken out where there is one; never the stock.",
    )
    return title, alt, note
