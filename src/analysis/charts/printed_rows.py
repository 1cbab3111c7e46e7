"""Published figures beside computed ones, row by row, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.charts.drawing.labels import indicator_text
from analysis.returns.figures import kind_of, printed_figure
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

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


@dataclass(frozen=True)
class PrintedFigure:
    """One printed figure: its name, its kind, both values, and the words beside its bars."""

    name: Text
    kind: str
    printed: float
    rebuilt: float
    words: Text


def too_many(count: int, most: int) -> ArgumentError:
    """The error for more figures than a chart of this size holds."""
    return ArgumentError(
        f"公布数字有 {count} 个，这种尺寸的图最多 {most} 个：请按法院、时期或指标筛选。",
        f"{count} published figures are too many for a chart of this size, which holds {most}: filter by court, period or measure.",
    )


def rows_of(table: pd.DataFrame) -> list[PrintedFigure]:
    """One row a published figure, with both values and the words beside its bars."""
    column = next(name for name in REBUILT if name in table)
    courts = len(table["court"].drop_duplicates())
    found = []
    for row in table.to_dict("records"):
        measure = str(row["measure"])
        value, decimals = _printed(str(row["printed"]), measure)
        rebuilt = float(row[column]) if not pd.isna(row[column]) else float("nan")
        name = indicator_text(measure, row.get("definition") or "")
        when = _when(row)
        own = court_text(str(row["court"])) + Text(" ", " ") if courts > 1 else Text("", "")
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


def words_of(table: pd.DataFrame, rows: list[PrintedFigure]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    courts = list(table["court"].dropna().drop_duplicates())
    court = court_text(courts[0]) + Text("", ": ") if len(courts) == 1 else Text("", "")
    counted = table["verdict"].value_counts(sort=False)
    found = [(term(f"verdict_{code}"), int(count)) for code, count in counted.items()]
    told = Text(
        "、".join(f"{text.zh} {count} 个" for text, count in found),
        ", ".join(f"{text.en} {count}" for text, count in found),
    )
    title = court + Text(
        f"公布的 {len(rows)} 个数字，对台账核算{told.zh}",
        f"{len(rows)} published figures against the register: {told.en}",
    )
    alt = Text(
        f"成对条形图，{len(rows)} 个公布数字（{told.zh}）。"
        + "；".join(f"{row.name.zh}：{row.words.zh}" for row in rows) + "。",
        f"Paired bars of {len(rows)} published figures ({told.en}). "
        + "; ".join(f"{row.name.en}: {row.words.en}" for row in rows) + ".",
    )  # fmt: skip
    note = Text(
        f"n = {len(rows)} 个公布数字：{told.zh}。条旁依次为公布值、台账核算值、核对结论。",
        f"n = {len(rows)} published figures: {told.en}. Beside the bars: published, computed from the register, verdict.",
    )
    return title, alt, note + made_up(table)
