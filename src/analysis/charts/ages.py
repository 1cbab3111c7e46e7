"""How old the pending cases are: ``plot_ages``."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import group_text
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import Text, in_language, speaking
from analysis.vocabulary.result import must_hold
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

NEEDED = ("band", "cases", "share")
ROW = 11.0  # millimetres of a band on paper
ROOM = 1.18  # the axis beyond the longest bar, for its label


def plot_ages(
    result: Any, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw how many pending cases are how old: a bar an age band, with its number and share.

    ``result`` as ``pending_ages`` gives it (``.bands``, ``.summary``, ``.caption``), of one group or up to four side by side.
    Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure. Raises ``InputError`` for missing columns,
    ``DataError`` where nothing is pending, ``ArgumentError`` for two ``by`` columns or more than four groups.

    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_ages(an.pending_ages(cases, at="2011-06-30"))))
    条形图，按已立案时间。全部案件：3 个月以内 0 件（0.0%），3–6 个月 2 件（100.0%），6–12 个月 0 件（0.0%），...
    """
    must_hold(result, "bands", made_by="pending_ages")
    bands = result.bands
    missing = [name for name in NEEDED if name not in bands]
    if missing:
        raise InputError.missing_columns("pending_ages(…).bands", missing, map(str, bands.columns))
    if not bands["cases"].sum():
        raise DataError("没有未结案件，无图可画。", "no case is pending, so there is nothing to draw.")
    groups = _groups(bands)
    title, alt, note = _words(result, groups)
    if interactive:
        with speaking(language):
            return style.finish(_screen(groups), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        return style.finish(_paper(groups, sheet), title=title, alt=alt, note=note)


def _groups(bands: pd.DataFrame) -> list[tuple[Text, pd.DataFrame]]:
    by = [str(name) for name in bands.columns if name not in NEEDED]
    if len(by) > 1:
        raise ArgumentError(
            f"一幅图只按一列分组，现有 {'、'.join(by)}。请只用一列 by=。",
            f"a chart takes one column of groups, not {', '.join(by)}. Use one column in by=.",
        )
    if not by:
        return [(term("all_cases"), bands.reset_index(drop=True))]
    found = [
        (group_text(by[0], value), rows.reset_index(drop=True))
        for value, rows in bands.groupby(by[0], dropna=False, sort=False)
    ]
    palette.fills(len(found))  # refuses more than a panel can tell apart
    return found


def _label(cases: float, share: float) -> str:
    percent = f"{style.number(100 * share, 1)}%"
    return str(Text(f"{style.number(cases)}（{percent}）", f"{style.number(cases)} ({percent})"))


def _paper(groups: list[tuple[Text, pd.DataFrame]], sheet: style.Sheet) -> Any:
    import seaborn as sns

    bands = len(groups[0][1])
    per_band = ROW * sheet.size.points / 9 * max(1.0, 0.6 * len(groups))
    figure, (axes,) = sheet.panels(height=min(sheet.size.most, bands * per_band + 3.2 * sheet.size.points))
    long = pd.concat([rows.assign(group=str(name)) for name, rows in groups], ignore_index=True)
    long["band"] = [in_language(cell) for cell in long["band"]]
    sns.barplot(data=long, y="band", x="cases", hue="group", orient="h", ax=axes, errorbar=None, saturation=1)
    drawn: list[Any] = list(axes.containers)
    for look, container, (name, rows) in zip(palette.fills(len(groups)), drawn, groups, strict=True):
        for bar in container:
            bar.set(**look.fill())
        container.set_label(str(name))
        labels = [_label(row["cases"], row["share"]) for row in rows.to_dict("records")]
        axes.bar_label(container, labels=labels, padding=3, fontsize="small")
    axes.set(xlabel=str(term("cases_axis")), ylabel="")
    axes.set_xlim(0, long["cases"].max() * (ROOM if sheet.size.width > 100 else 1.4))
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    style.set_number_ticks(axes.xaxis, whole=True)
    style.y_title(axes, str(term("pending_age")))
    if len(groups) > 1:
        style.legend(figure)
        return figure
    own = axes.get_legend()  # seaborn's
    if own is not None:
        own.remove()
    return figure


def _screen(groups: list[tuple[Text, pd.DataFrame]]) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    for look, (name, rows) in zip(palette.fills(len(groups)), groups, strict=True):
        figure.add_bar(
            orientation="h",
            x=rows["cases"],
            y=[html.escape(in_language(cell), quote=False) for cell in rows["band"]],
            name=html.escape(str(name), quote=False),
            text=[_label(row["cases"], row["share"]) for row in rows.to_dict("records")],
            textposition="outside",
            cliponaxis=False,
            marker=look.plotly_fill(),
            hovertemplate="%{y}: %{text}<extra>%{fullData.name}</extra>",
        )
    most = max(float(rows["cases"].max()) for _, rows in groups)
    across = {"range": [0, most * ROOM], "tickvals": style.whole_ticks(0, most), "tickformat": ",d", "showgrid": True}
    figure.update_xaxes(title_text=str(term("cases_axis")), **across)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    style.plotly_y_title(figure, str(term("pending_age")))
    figure.update_layout(hovermode="closest", height=190 + len(groups[0][1]) * max(36, 22 * len(groups)), bargap=0.3)
    return figure


def _words(result: Any, groups: list[tuple[Text, pd.DataFrame]]) -> tuple[Text, Text, Text]:
    title = Text("未结案件已立案多久", "How long the pending cases have been pending")
    zh, en = [], []
    for name, rows in groups:
        parts = [(row["band"], style.number(row["cases"]), 100 * row["share"]) for row in rows.to_dict("records")]
        zh.append(
            f"{name.zh}：" + "，".join(f"{in_language(b, 'zh')} {n} 件（{style.number(s, 1)}%）" for b, n, s in parts)
        )
        en.append(
            f"{name.en}: " + ", ".join(f"{in_language(b, 'en')} {n} ({style.number(s, 1)} %)" for b, n, s in parts)
        )
    alt = Text("条形图，按已立案时间。" + "；".join(zh) + "。", "Bars by time since filing. " + "; ".join(en) + ".")
    return title, alt, Text(result.caption.zh + "。", result.caption.en + ".") + _middles(result, groups)


def _middles(result: Any, groups: list[tuple[Text, pd.DataFrame]]) -> Text:
    """Of one group: the median age of the pending beside the median duration of the closed."""
    if len(groups) > 1 or not {"median_age", "median_days"} <= set(result.summary.columns):
        return Text("", "")
    age, took = (style.number(result.summary[name].iloc[0], 0) for name in ("median_age", "median_days"))
    return Text(
        f"未结案件已立案时间的中位数 {age} 天，所结案件时长的中位数 {took} 天。",
        f" Median age of the pending {age} days, median duration of the closed {took} days.",
    )
