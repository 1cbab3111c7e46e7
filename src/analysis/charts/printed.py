"""Printed figures beside the rebuilt ones: ``plot_printed``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.labels import indicator_text
from analysis.charts.drawing.marks import Axis, Bars, Chart, Mark, Panel, Words
from analysis.charts.drawing.render import render
from analysis.charts.drawing.scales import round_ticks
from analysis.returns.figures import kind_of, printed_figure
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import Text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
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
ROOM = 1.75  # the axis beyond the longest bar, for the words beside it


@dataclass(frozen=True)
class PrintedFigure:
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
    words = _words(table, rows)
    return render(lambda held: _chart(rows, held, words), interactive=interactive, language=language, size=size)


def _too_many(count: int, most: int) -> ArgumentError:
    return ArgumentError(
        f"公布数字有 {count} 个，这种尺寸的图最多 {most} 个：请按法院、时期或指标筛选。",
        f"{count} printed figures are too many for a chart of this size, which holds {most}: filter by court, period or measure.",
    )


def _rows(table: pd.DataFrame) -> list[PrintedFigure]:
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
        shown = number(rebuilt, min(decimals + MORE_DIGITS, 4) if rebuilt % 1 else 0)
        words = Text(f"{row['printed']} ｜ {shown} ｜ {verdict.zh}", f"{row['printed']} | {shown} | {verdict.en}")
        kind = kind_of(measure)
        label = Text(f"{own.zh}{name.zh} {when.zh}", f"{own.en}{name.en} {when.en}")
        found.append(PrintedFigure(label, kind if kind in KINDS else "other", value, rebuilt, words))
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


def _chart(rows: list[PrintedFigure], lines_held: float, words: tuple[Text, Text, Text]) -> Chart:
    panels, lines = [], 3.5
    for kind, heading in KINDS.items():
        own = [row for row in rows if row.kind == kind]
        if own:
            panels.append(_panel(own, str(heading)))
            lines += len(own) + 1.6
    if lines > lines_held:
        raise _too_many(len(rows), int(len(rows) - (lines - lines_held)))
    title, alt, note = words
    return Chart(panels=panels, title=title, alt=alt, note=note, lines=lines, by_place=False)


def _panel(rows: list[PrintedFigure], heading: str) -> Panel:
    names, said = [str(row.name) for row in rows], [str(row.words) for row in rows]
    hover = [f"{name}\n{words}" for name, words in zip(names, said, strict=True)]
    values: dict[str, Any] = {"published": [row.printed for row in rows], "computed": [row.rebuilt for row in rows]}
    ends = [
        max((value for value in pair if not pd.isna(value)), default=0.0) for pair in zip(*values.values(), strict=True)
    ]
    most, at = max(ends, default=0.0) or 1.0, np.arange(len(rows))
    marks: list[Mark] = [
        Bars(role=role, along="x", at=at + shift, values=values[role], breadth=0.36, label=str(term(name)), hover=hover)
        for role, name, shift in (("published", "printed_figure", -0.18), ("computed", "rebuilt_figure", 0.18))
    ]
    marks.append(Words(role="text", x=ends, y=at, texts=said))
    ticks = {tick: number(tick) for tick in round_ticks(0, most, at_most=4) if tick <= most * 1.05}
    x = Axis(low=0, high=most * ROOM, ticks=ticks, ruled=False)
    y = Axis(title=heading, names=names, reversed=True)
    return Panel(marks=marks, x=x, y=y, share=len(rows) + 1.6)


def _words(table: pd.DataFrame, rows: list[PrintedFigure]) -> tuple[Text, Text, Text]:
    courts = list(table["court"].dropna().drop_duplicates())
    court = Text(courts[0], f"{courts[0]}: ") if len(courts) == 1 else Text("", "")
    title = Text(f"{court.zh}公布数与重算数对照", f"{court.en}Printed figures beside rebuilt ones")
    counted = table["verdict"].value_counts(sort=False)
    found = [(term(f"verdict_{code}"), int(count)) for code, count in counted.items()]
    told = Text(
        "、".join(f"{text.zh} {count} 个" for text, count in found),
        ", ".join(f"{text.en} {count}" for text, count in found),
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
