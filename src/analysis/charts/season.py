"""The season of filings and closings: ``plot_season``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle import chosen
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.scales import MONTHS
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.language import Text, joined, speaking, spoken
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

NARROW = 100  # mm of a sheet; below it twelve English months do not fit side by side
MOST_CAPPED = 12  # points whose limits end in a bar; weeks stand too close
LOOKS = {"filed": palette.LINES[0], "closed": palette.LINES[1]}


def plot_season(
    found: Any, *, court: Any = None, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw the season: each month's filings and closings as a multiple of the year's mean, with 95 % limits over the years.

    ``found`` is the result of ``cycle``. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure. Raises
    ``DataError`` where the flow is yearly or shorter than three years.

    >>> import pandas as pd
    >>> import analysis as an
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([9] * 11 + [21]) * 4  # ten a month in the mean of a year, in December 2.1 times as many
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 10, "closed": closed}))
    >>> print(an.alt_of(plot_season(an.cycle(flow))).split("；")[1])
    结案最多在12月（平均的 2.10 倍），最少在1月（0.90 倍）。
    """
    one = chosen(found, court)
    table = one.season[one.season["series"].isin(LOOKS)]
    if table.empty:
        raise DataError(
            "没有季节可画：年度数据，或不足三整年。",
            "no season to draw: a yearly flow, or less than three whole years.",
        )
    if interactive:
        with speaking(language):
            title, alt, note = _words(one, table)
            return style.finish(_screen(one, table), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        title, alt, note = _words(one, table)
        return style.finish(_paper(one, table, sheet), title=title, alt=alt, note=note)


def season_name(number: int, freq: str, language: str | None = None) -> str:
    """A month, quarter or week by its name.

    >>> season_name(12, "M", "en"), season_name(4, "Q", "zh")
    ('Dec', '四季度')
    """
    tongue = language or spoken()
    if freq == "M":
        return MONTHS[number - 1] if tongue == "en" else f"{number}月"
    if freq == "Q":
        return f"Q{number}" if tongue == "en" else f"{'一二三四'[number - 1]}季度"
    return f"week {number}" if tongue == "en" else f"第{number}周"


def _season_ticks(rows: pd.DataFrame, freq: str, *, narrow: bool) -> tuple[list[int], list[str], str]:
    """Places, short names and what stands below the axis: numbers of months (zh) and weeks, names of the others."""
    numbers = [int(n) for n in rows["season"]]
    if freq == "W":
        quarters = list(range(0, len(numbers), 13))
        return quarters, [str(numbers[place]) for place in quarters], str(term("week_of_year"))
    if freq == "M" and spoken() == "zh":
        return list(range(len(numbers))), [str(n) for n in numbers], "月"
    places = list(range(2, 12, 3) if freq == "M" and narrow else range(len(numbers)))
    return places, [season_name(numbers[place], freq) for place in places], ""


def _paper(found: Any, table: pd.DataFrame, sheet: style.Sheet) -> Any:
    figure, axes = sheet.panels(1, 2, height=sheet.size.height * 0.85, sharey=True)
    for panel, (name, look) in zip(axes, LOOKS.items(), strict=True):
        rows = table[table["series"] == name]
        at = np.arange(len(rows))
        limits = [rows["index"] - rows["index_lower"], rows["index_upper"] - rows["index"]]
        many = len(rows) > MOST_CAPPED
        dots: dict[str, Any] = {"markersize": sheet.size.points * (0.35 if many else 0.7), "capsize": 0 if many else 3}
        dots |= {"color": look.colour, "ecolor": palette.MUTED, "elinewidth": 0.7 if many else 1.4}
        panel.errorbar(at, rows["index"], yerr=limits, fmt=look.marker, **dots)
        panel.axhline(1, color=palette.INK, linewidth=0.8, linestyle=(0, (4, 2)))
        places, names, below = _season_ticks(rows, found.freq, narrow=sheet.size.width < NARROW)
        panel.set_xticks(places, names, fontsize="small")
        panel.set_xlabel(below)
        style.y_title(panel, str(term("multiple_of_mean")), name=str(term(name)))
    high = float(table["index_upper"].max())
    ticks = style.round_ticks(0, high)
    axes[0].set_yticks(ticks, [style.number(tick) for tick in ticks])
    axes[0].set_ylim(0, high * 1.05)
    return figure


def _screen(found: Any, table: pd.DataFrame) -> go.Figure:
    from plotly.subplots import make_subplots

    names = [str(term(name)) for name in LOOKS]
    figure = make_subplots(rows=1, cols=2, shared_yaxes=True, subplot_titles=names, horizontal_spacing=0.06)
    for column, (name, look) in enumerate(LOOKS.items(), start=1):
        rows = table[table["series"] == name]
        names = [season_name(int(n), found.freq) for n in rows["season"]]
        many = len(rows) > MOST_CAPPED
        figure.add_scatter(
            x=names,
            y=rows["index"],
            name=str(term(name)),
            mode="markers",
            marker={"color": look.colour, "symbol": look.symbol, "size": 5 if many else 9},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": rows["index_upper"] - rows["index"],
                "arrayminus": rows["index"] - rows["index_lower"],
                "color": palette.MUTED,
                "thickness": 0.8 if many else 1.4,
                "width": 0 if many else None,
            },
            hovertemplate="%{y:.2f}",
            showlegend=False,
            row=1,
            col=column,
        )
        figure.update_xaxes(tickvals=names[:: 13 if many else 1], tickangle=0, row=1, col=column)
    figure.add_hline(y=1, line={"color": palette.INK, "dash": "dash", "width": 1})
    figure.update_yaxes(rangemode="tozero")
    figure.update_layout(height=430)
    style.plotly_y_title(figure, str(term("multiple_of_mean")), row=1, col=1, right=True)
    return figure


def _words(found: Any, table: pd.DataFrame) -> tuple[Text, Text, Text]:
    title = Text("收案与结案的季节性", "The season of filings and closings")
    parts = []
    tests = found.seasonality.set_index("series")
    for name in LOOKS:
        rows = table[table["series"] == name].set_index("season")["index"]
        high, low = (int(rows.index.to_numpy()[place]) for place in (rows.argmax(), rows.argmin()))
        values = (style.number(rows[high], 2), style.number(rows[low], 2))
        parts.append(
            Text(
                f"{term(name).zh}最多在{season_name(high, found.freq, 'zh')}（平均的 {values[0]} 倍），"
                f"最少在{season_name(low, found.freq, 'zh')}（{values[1]} 倍）",
                f"{term(name).en} are most in {season_name(high, found.freq, 'en')} ({values[0]} times the mean), "
                f"fewest in {season_name(low, found.freq, 'en')} ({values[1]} times)",
            )
        )
    alt = Text("点图，带 95% 区间：", "Points with 95 % limits: ") + joined(parts) + Text("。", ".")
    zh, en = (
        "，".join(f"{term(name).zh} p {_p(tests.loc[name, 'p'])}" for name in LOOKS),
        ", ".join(f"{term(name).en} p {_p(tests.loc[name, 'p'])}" for name in LOOKS),
    )
    years = int(table["years"].iloc[0])
    note = Text(
        f"n = {years} 整年；各年之间的 95% 区间；有无季节性的 Friedman 检验（Holm 校正）：{zh}。",
        f"n = {years} whole years; 95 % limits over the years; Friedman's test for a season (Holm): {en}.",
    )
    return title, alt, note


def _p(value: float) -> str:
    return "= —" if pd.isna(value) else "< 0.001" if value < 0.001 else f"= {style.number(value, 3)}"
