"""Printed figures beside the rebuilt ones: ``plot_printed``."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.labels import indicator_text, span_text
from analysis.returns.figures import kind_of, printed_figure
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEEDED = ("court", "measure", "period_start", "period_end", "printed", "verdict")
REBUILT = ("rebuilt", "recomputed")  # from the register (compare_printed), or from other printed figures (reconcile)
KINDS = {
    "rate": Text("比率（%）", "rates (%)"),
    "count": Text("件数（件）", "counts (cases)"),
    "amount": Text("金额（万元）", "amounts (10,000 yuan)"),
    "other": Text("其他", "other"),
}
MOST_ROWS = 30
MORE_DIGITS = 2  # decimals of a rebuilt figure beyond the printed ones
LOOKS = palette.fills(2)
ROOM = 1.75  # the axis beyond the longest bar, for the words beside it


@dataclass(frozen=True)
class Row:
    """One printed figure: its name, its kind, both values, and the words beside its bars."""

    name: Text
    kind: str
    printed: float
    rebuilt: float
    words: Text


def plot_printed(
    table: pd.DataFrame, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw printed figures beside rebuilt ones: two bars a figure, both numbers and the verdict written beside them.

    ``table`` as ``compare_printed`` gives it (``court, measure, period_start, period_end, printed, rebuilt, verdict``) or the
    ``.figures`` of ``reconcile`` (``recomputed``): at most 30 rows (fewer on a
    half page or slide); rates, counts and amounts in panels of their own. A figure
    that could not be rebuilt has one bar. Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    Raises ``InputError`` for missing columns, ``DataError`` for no rows, ``ArgumentError`` for more rows than the size holds.

    >>> import pandas as pd
    >>> import analysis as an
    >>> year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> returns = an.read_returns(pd.DataFrame([{**year, "received": "4", "closed": "3", "closure_rate": "75"}]))
    >>> print(an.alt_of(plot_printed(an.reconcile(returns).figures)))
    成对条形图，3 个公布数字（相符 3 个）。受理 2011年：4 ｜ 4 ｜ 相符；结案 2011年：3 ｜ 3 ｜ 相符；结案率 2011年：75 ｜ 75 ｜ 相符。
    """
    missing = [name for name in NEEDED if name not in table]
    if missing or not set(REBUILT) & set(table.columns):
        absent = missing or [REBUILT[0]]
        raise InputError.missing_columns("plot_printed", absent, map(str, table.columns))
    if table.empty:
        raise DataError("表中没有公布数字，无图可画。", "the table holds no printed figure to draw.")
    if len(table) > MOST_ROWS:
        raise _too_many(len(table), MOST_ROWS)
    rows = _rows(table)
    title, alt, note = _words(table, rows)
    kinds = {kind: [row for row in rows if row.kind == kind] for kind in KINDS}
    panels = {kind: of_kind for kind, of_kind in kinds.items() if of_kind}
    if interactive:
        with speaking(language):
            return style.finish(_screen(panels), title=title, alt=alt, note=note)
    with style.drawing(language, size=size) as sheet:
        return style.finish(_paper(panels, sheet), title=title, alt=alt, note=note)


def _too_many(count: int, most: int) -> ArgumentError:
    return ArgumentError(
        f"公布数字有 {count} 个，这种尺寸的图最多 {most} 个：请按法院、时期或指标筛选。",
        f"{count} printed figures are too many for a chart of this size, which holds {most}: filter by court, period or measure.",
    )


def _rows(table: pd.DataFrame) -> list[Row]:
    column = next(name for name in REBUILT if name in table)
    courts = len(table["court"].drop_duplicates())
    found = []
    for row in table.to_dict("records"):
        measure = str(row["measure"])
        value, decimals = _printed(str(row["printed"]), measure)
        rebuilt = float(row[column]) if not pd.isna(row[column]) else float("nan")
        name = indicator_text(measure, row.get("definition") or "")
        when = _when(row)
        own = Text(f"{row['court']} ", f"{row['court']} ") if courts > 1 else Text("", "")
        verdict = term(f"verdict_{row['verdict']}")
        shown = style.number(rebuilt, min(decimals + MORE_DIGITS, 4) if rebuilt % 1 else 0)
        words = Text(f"{row['printed']} ｜ {shown} ｜ {verdict.zh}", f"{row['printed']} | {shown} | {verdict.en}")
        kind = kind_of(measure)
        label = Text(f"{own.zh}{name.zh} {when.zh}", f"{own.en}{name.en} {when.en}")
        found.append(Row(label, kind if kind in KINDS else "other", value, rebuilt, words))
    return found


def _when(row: dict[Any, Any]) -> Text:
    if pd.isna(row["period_start"]) or pd.isna(row["period_end"]):
        return term("not_stated")
    return span_text(row["period_start"], row["period_end"])


def _printed(text: str, measure: str) -> tuple[float, int]:
    """A printed figure's value and decimals; no value where the text is no number."""
    try:
        figure = printed_figure(text, measure)
    except ArgumentError:
        return float("nan"), 0
    return float(figure.value), figure.decimals


# -- on paper


def _paper(panels: dict[str, list[Row]], sheet: style.Sheet) -> Any:
    line = sheet.size.points / style.POINTS_PER_MM * 2.0
    count, holds = sum(map(len, panels.values())), int(sheet.size.most / line - 3.5 - 1.6 * len(panels))
    if count > holds:
        raise _too_many(count, holds)
    heights = [line * (len(rows) + 1.6) for rows in panels.values()]
    tall = min(sheet.size.most, sum(heights) + 3.5 * line)
    figure, axes = sheet.panels(len(panels), 1, height=tall, height_ratios=heights)
    for panel, (kind, rows) in zip(axes, panels.items(), strict=True):
        _draw(panel, kind, rows)
    style.legend(figure)
    return figure


def _draw(axes: Axes, kind: str, rows: list[Row]) -> None:
    places = range(len(rows))
    for step, (name, look) in enumerate(zip(("printed", "rebuilt"), LOOKS, strict=True)):
        values = [getattr(row, name) for row in rows]
        at = [place + (step - 0.5) * 0.36 for place in places]
        axes.barh(at, values, height=0.36, label=str(term(f"{name}_figure")), **look.fill())
    most = max((max(_known(row), default=0.0) for row in rows), default=0.0) or 1.0
    for place, row in enumerate(rows):
        end = max(_known(row), default=0.0)
        axes.annotate(str(row.words), (end, place), (4, 0), textcoords="offset points", va="center", fontsize="small")
    axes.set_yticks(list(places), [str(row.name) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most * ROOM)
    ticks = style.round_ticks(0, most, at_most=4)
    axes.set_xticks([tick for tick in ticks if tick <= most * 1.05], None)
    style.set_number_ticks(axes.xaxis)
    axes.grid(visible=False, axis="y")
    style.y_title(axes, str(KINDS[kind]))


def _known(row: Row) -> list[float]:
    return [value for value in (row.printed, row.rebuilt) if not pd.isna(value)]


# -- on the screen


def _screen(panels: dict[str, list[Row]]) -> go.Figure:
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    total = sum(len(rows) for rows in panels.values())
    tall = 150 + 34 * total + 60 * len(panels)
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        row_heights=[len(rows) for rows in panels.values()],
        vertical_spacing=min(60 / tall, 0.9 / len(panels)),
    )
    for place, (kind, rows) in enumerate(panels.items(), start=1):
        names = [html.escape(str(row.name), quote=False) for row in rows]
        for step, (name, look) in enumerate(zip(("printed", "rebuilt"), LOOKS, strict=True)):
            figure.add_trace(
                go.Bar(
                    orientation="h",
                    x=[getattr(row, name) for row in rows],
                    y=names,
                    name=str(term(f"{name}_figure")),
                    legendgroup=name,
                    showlegend=place == 1,
                    marker=look.plotly_fill(),
                    offsetgroup=str(step),
                    customdata=[html.escape(str(row.words), quote=False) for row in rows],
                    hovertemplate="%{y}<br>%{customdata}<extra></extra>",
                ),
                row=place,
                col=1,
            )
        words = [html.escape(str(row.words), quote=False) for row in rows]
        ends = [max(_known(row), default=0.0) for row in rows]
        figure.add_trace(
            go.Scatter(
                x=ends, y=names, mode="text", text=[f"  {text}" for text in words], textposition="middle right",
                showlegend=False, hoverinfo="skip", cliponaxis=False,
            ),
            row=place, col=1,
        )  # fmt: skip
        most = max(ends) or 1.0
        ticks = [tick for tick in style.round_ticks(0, most, at_most=4) if tick <= most * 1.05]
        figure.update_xaxes(range=[0, most * ROOM], tickvals=ticks, tickformat=",", row=place, col=1)
        figure.update_yaxes(autorange="reversed", showgrid=False, row=place, col=1)
        style.plotly_y_title(figure, str(KINDS[kind]), row=place)
    figure.update_layout(height=tall, hovermode="closest", barmode="group", bargap=0.3)
    return figure


# -- in words


def _words(table: pd.DataFrame, rows: list[Row]) -> tuple[Text, Text, Text]:
    courts = list(table["court"].dropna().drop_duplicates())
    court = Text(courts[0], f"{courts[0]}: ") if len(courts) == 1 else Text("", "")
    title = Text(f"{court.zh}公布数与重算数对照", f"{court.en}Printed figures beside rebuilt ones")
    counted = table["verdict"].value_counts(sort=False)
    found = [(term(f"verdict_{code}"), int(number)) for code, number in counted.items()]
    told = Text(
        "、".join(f"{text.zh} {number} 个" for text, number in found),
        ", ".join(f"{text.en} {number}" for text, number in found),
    )
    alt = Text(
        f"成对条形图，{len(rows)} 个公布数字（{told.zh}）。"
        + "；".join(f"{row.name.zh}：{row.words.zh}" for row in rows) + "。",
        f"Paired bars of {len(rows)} printed figures ({told.en}). "
        + "; ".join(f"{row.name.en}: {row.words.en}" for row in rows) + ".",
    )  # fmt: skip
    note = Text(
        f"n = {len(rows)} 个公布数字：{told.zh}。条旁依次为公布数、重算数、核对结论。",
        f"n = {len(rows)} printed figures: {told.en}. Beside the bars: printed, rebuilt, verdict.",
    )
    return title, alt, note + made_up(table)
