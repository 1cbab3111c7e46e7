"""The printed history in words: the names of its periods, the bounds with their unit, title, alt text and note."""

from __future__ import annotations

import pandas as pd

from analysis.charts.drawing.marks import Words
from analysis.charts.drawing.typesetting import in_a_line
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import day_text, span_text
from analysis.vocabulary.numbers import number, unit_text
from analysis.vocabulary.terms import measure_text, term
from analysis.vocabulary.text import Text, capital, joined, number_of

NOTE = Text(
    "竖线：所有公布值合起来所允许的范围（四舍五入或截尾）；点：唯一确定的数。",
    "Bars: what all published figures together allow (rounded or truncated); points: numbers that they fix.",
)


def bounds_text(low: float, high: float) -> str:
    """Write a range, or the one number that is left of it.

    >>> bounds_text(3, 3), bounds_text(1791, 1795)
    ('3', '1,791–1,795')
    """
    return number(low, 0) if low == high else f"{number(low, 0)}–{number(high, 0)}"


def period_of(start: pd.Timestamp, end: pd.Timestamp) -> Text:
    """Name a period, or the day of a stock.

    >>> period_of(pd.Timestamp("2016-01-01"), pd.Timestamp("2018-12-31")), period_of(pd.NaT, pd.Timestamp("2011-12-31")).zh
    (Text(zh='2016–2018年', en='2016–2018'), '2011年12月31日')
    """
    return day_text(end) if pd.isna(start) else span_text(start, end)


def name_of(measure: str) -> Text:
    """Return what is bounded."""
    return term("stock") if measure == "stock" else measure_text(measure)


def unit_of(measure: str) -> Text:
    """Return the unit in which published figures are held: cases, or 万元."""
    return unit_text("万元" if measure.startswith("amount") else "件")


def axis_of(measure: str) -> Text:
    """Return what is bounded, with its unit.

    >>> axis_of("stock"), axis_of("amount_recovered").en
    (Text(zh='存量（件）', en='stock (cases)'), 'amount recovered (10,000 yuan)')
    """
    unit = unit_of(measure)
    return name_of(measure) + Text(f"（{unit.zh}）", f" ({unit.en})")


def with_unit(bounds: str, measure: str) -> Text:
    """Write bounds with their unit; that of money in English in brackets, for it begins with a number.

    >>> with_unit("3", "stock"), with_unit("1,791–1,795", "amount_recovered").en
    (Text(zh='3件', en='3 cases'), '1,791–1,795 (10,000 yuan)')
    """
    unit = unit_of(measure)
    return Text(f"{bounds}{unit.zh}", f"{bounds} ({unit.en})" if unit.en[0].isdigit() else f"{bounds} {unit.en}")


def values_told(table: pd.DataFrame) -> Words:
    """Write the first, the last, the lowest and the highest beside their places."""
    told = sorted({0, len(table) - 1, int(table["lower"].argmin()), int(table["upper"].argmax())})
    rows = table.iloc[told]
    texts = [bounds_text(low, high) for low, high in zip(rows["lower"], rows["upper"], strict=True)]
    return Words(role="text", side="above", x=told, y=rows["upper"], texts=texts, haloed=True)


def words_of(table: pd.DataFrame, measure: str, names: list[Text], bounds: list[str]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    court, scope, name = str(table["court"].iloc[0]), table["scope"].iloc[0], name_of(measure)
    whose, last = Text(f"{court}{scope}", court_text(court).en), with_unit(bounds[-1], measure)
    title = Text(
        f"{whose.zh}：{names[-1].zh}{name.zh}{last.zh}",
        f"{capital(whose.en)}: {name.en} {last.en} {'at' if measure == 'stock' else 'in'} {names[-1].en}",
    )
    title = in_a_line(
        *(
            title + by
            for by in (Text("，由公布值推算", ", implied by published figures"), Text("（推算）", ", implied"))
        )
    )
    said = joined(Text(f"{n.zh}为{b}", f"{n.en}: {b}") for n, b in zip(names, bounds, strict=True))
    window = names[0] if len(names) == 1 else Text(f"{names[0].zh}至{names[-1].zh}", f"{names[0].en} to {names[-1].en}")
    axis = axis_of(measure)
    alt = Text(
        f"区间图，{court}{axis.zh}，{window.zh}，{len(table)}处：{said.zh}。",
        f"Interval chart, {axis.en} of {whose.en}, {window.en}, {number_of(len(table), 'place')}: {said.en}.",
    )
    return title, alt, NOTE
