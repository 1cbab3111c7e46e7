"""Cases chosen by what their columns hold: values, lists of them, ranges of days and amounts, and inside the court conditions of one's own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from numbers import Real
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import is_list_like, is_scalar

from analysis.cases.amount_bands import AMOUNT_BAND, BANDS, in_band
from analysis.cases.columns import ARROW_TYPES, code_meant, truth_meant
from analysis.files.cell_text import plain
from analysis.vocabulary.columns import codes, columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.labels import group_text, truth_text
from analysis.vocabulary.periods import as_written, day, is_day, is_fraction, named_period
from analysis.vocabulary.text import listed

if TYPE_CHECKING:
    import ibis.expr.types as ir

ORDERED = ("date", "money", "integer")  # kinds of columns that have ranges
SOUGHT_AMONG = 10_000  # different values of a column among which the nearest is sought
BRACKETS = ("()", "（）", "〔〕", "[]", "［］", "【】")  # of the year of a case number


def selected(
    table: ir.Table, values: Mapping[str, Any], *, calendar: str, as_of: pd.Timestamp, names: bool
) -> ir.Table:
    """Return the rows of a case table whose columns hold what is asked of each, periods in the statistical calendar.

    Outside messages list no texts, which may be names.
    """
    asked = [_condition(table, name, wanted, calendar, as_of, names=names) for name, wanted in values.items()]
    return table.filter(reduce(and_, asked)) if asked else table


def _condition(table: ir.Table, name: str, wanted: Any, calendar: str, as_of: pd.Timestamp, *, names: bool) -> Any:
    """The condition on one column: of a callable, a range, a period, or a value or several."""
    if name == AMOUNT_BAND:
        return reduce(or_, [in_band(table.amount_claimed, _band(value)) for value in _several(name, wanted)])
    column, kind = table[name], columns("cases")[name].kind
    if callable(wanted):
        return _of_ones_own(wanted, column)
    if isinstance(wanted, tuple) and kind in ORDERED:
        return _within(table, name, wanted, as_of)
    several = _several(name, wanted)
    if kind == "date":
        spans = {value: _span(value, name, calendar) for value in several}
        stretches = [_within(table, name, span, as_of) for span in spans.values() if span]
        if stretches:
            days = [value for value, span in spans.items() if not span]
            return reduce(or_, stretches, _among(table, name, days, names=names))
    if name in ("case_no", "original_case_no"):
        several = [spelling for value in several for spelling in _spellings(column, value)]
    return _among(table, name, several, names=names)


def _among(table: ir.Table, name: str, several: list[Any], *, names: bool) -> Any:
    """The condition on a column of several values, ``None`` for cases without one."""
    column = table[name]
    held = _held_values(table, name, [value for value in several if not pd.isna(value)], names=names)
    return column.isin(held) | column.isnull() if len(held) < len(several) else column.isin(held)


def _span(wanted: Any, name: str, calendar: str) -> tuple[Any, Any] | None:
    """The first and last day of a year or of a period by its name, whatever library says it; ``None`` for a day."""
    if is_day(wanted) or pd.isna(wanted) or is_fraction(wanted):
        return None
    written = as_written(wanted)
    first, last = named_period(written, calendar=calendar) or (day(written, name), day(written, name, last=True))
    return (first, last) if first != last else None


def _spellings(column: Any, number: Any) -> list[Any]:
    """A case number as the register spells it, whatever brackets and width it was asked for in."""
    if not isinstance(number, str):
        return [number]
    spelled = [number, *(plain(number).translate(str.maketrans("()[]", pair * 2)) for pair in BRACKETS)]
    held = column.as_table().filter(column.isin(spelled)).distinct().to_pyarrow()[column.get_name()].to_pylist()
    return held or [number]


def _several(name: str, wanted: Any) -> list[Any]:
    """The values asked for, of any list of them; raises ``ArgumentError`` for what is no value."""
    several = [wanted] if isinstance(wanted, Mapping) or not is_list_like(wanted) else [*wanted]
    several = [value.as_py() if isinstance(value, pa.Scalar) else value for value in several]
    if strange := [value for value in several if not is_scalar(value)]:
        kind = type(strange[0]).__name__
        raise ArgumentError(
            f"where({name}=…)：不能是 {kind}：请写一个值、列表 [ ] 或范围（起，止）。",
            f"where({name}=...) cannot be {kind}: say a value, a list [ ] of values or a range (first, last).",
        )
    if not several:
        raise ArgumentError(
            f"where({name}=…)：列表是空的，什么也没有选。请写出要选的值；不按此列选，就不写这一项。",
            f"where({name}=...): the list is empty, so nothing is chosen. Say the values, or leave this column out.",
        )
    return several


def _of_ones_own(condition: Any, column: Any) -> Any:
    """The condition that a callable returns; raises ``ArgumentError`` where it is none."""
    import ibis.expr.types as ir

    try:
        said = condition(column)
    except AttributeError as error:  # .dt and .str are pandas'
        said = error
    if not isinstance(said, (bool, np.bool_, ir.BooleanValue)):
        raise ArgumentError(
            f"where({column.get_name()}=…)：自写的条件得到的是 Ibis 的列，应返回条件，如 lambda day: day.year() == 2011；现为：{said}",
            f"where({column.get_name()}=...): a condition of one's own is given an Ibis column and returns a condition, as "
            f"lambda day: day.year() == 2011; it gave: {said}",
        )
    return said


def _band(value: Any) -> str | None:
    """A band by its name or by its words; ``None`` for claims that are not stated."""
    if pd.isna(value):
        return None
    words = {str(word): name for name in BANDS for word in (name, *_words_of(name))}
    if value not in words:
        raise ArgumentError.not_one_of(AMOUNT_BAND, value, [group_text(AMOUNT_BAND, name) for name in BANDS])
    return words[value]


def _words_of(band: str) -> tuple[str, ...]:
    text = group_text(AMOUNT_BAND, band)
    return text.zh, text.en


def _within(table: ir.Table, name: str, ends: tuple[Any, ...], as_of: pd.Timestamp) -> Any:
    """The condition of a range with both its ends, ``None`` leaves one open; it may hold no case, but not begin after the register's last day."""
    column = table[name]
    if len(ends) != 2:
        raise ArgumentError(
            f"where({name}=…)：范围应写成（起，止），两端都算在内，None 表示不限；几个单独的值请写成列表 [ ]。",
            f"where({name}=...): write a range as (first, last), both included, None for no end; single values as a list [ ].",
        )
    first, last = (_as_held(end, name, last=bool(place)) for place, end in enumerate(ends))
    for written, end in zip(ends, (first, last), strict=True):
        if written is not None and end is None:
            raise _no_number(name, written)
    if first is not None and last is not None and first > last:
        raise ArgumentError(
            f"where({name}=…)：范围的起（{ends[0]}）在止（{ends[1]}）之后。",
            f"where({name}=...): the range begins ({ends[0]}) after its end ({ends[1]}).",
        )
    bounds = [*([column >= first] if first is not None else []), *([column <= last] if last is not None else [])]
    condition = reduce(and_, bounds, column.notnull())
    last_day, is_date = as_of.date(), columns("cases")[name].kind == "date"
    is_later = is_date and first is not None and first > last_day
    if is_later and not table.filter(condition).limit(1).to_pyarrow().num_rows:
        raise ArgumentError(
            f"where({name}=…)：台账只到{last_day}，没有{first}以后的日期。",
            f"where({name}=...): the register ends on {last_day} and holds no day from {first} on.",
        )
    return condition


def _no_number(name: str, written: Any) -> ArgumentError:
    return ArgumentError(
        f"where({name}=…)：“{written}”不是数，请写数字，如10000。",
        f'where({name}=...): "{written}" is not a number: write one, as 10000.',
    )


def _held_by_none(table: ir.Table, name: str, value: Any) -> ArgumentError:
    """The error for a day or a number that no case has: it says the nearest below and above."""
    column, said = table[name], columns("cases")[name].text
    near = table.aggregate(below=column.max(where=column < value), above=column.min(where=column > value)).to_pyarrow()
    sides = [str(side) for side in near.to_pylist()[0].values() if side is not None]
    return ArgumentError(
        f"where({name}=…)：没有一件案件的“{said.zh}”是“{value}”，最近的是{'、'.join(sides)}。要一段请写范围（起，止）。",
        f'where({name}=...): no case has "{value}" as its {said.en}; the nearest are {", ".join(sides)}. For a stretch write a range (first, last).',
    )


def _held_values(table: ir.Table, name: str, stated: list[Any], *, names: bool) -> list[Any]:
    """Return the values as the column holds them; raise ``ArgumentError`` for one that it does not hold."""
    values = [_as_held(value, name) for value in stated]
    asked = [value for value in values if value is not None]
    found = table.select(name).filter(table[name].isin(asked)).distinct().to_pyarrow()[name] if asked else []
    held = {value.as_py() for value in found}
    for value, written in zip(values, stated, strict=True):
        if value not in held:
            column = columns("cases")[name]
            if value is None and column.kind in ORDERED:
                raise _no_number(name, written)
            if column.disclosure == "person" or (column.kind == "text" and not names):  # whose values no message lists
                raise ArgumentError(
                    f"where({name}=…)：台账的“{column.text.zh}”中没有这个值。请核对写法；公开的各项见 caseflow(…, by=…)。",
                    f"where({name}=...): the register holds no such value in this column. Check how it is written; caseflow(..., by=...) "
                    "lists those that may be shown.",
                )
            known = table.select(name).filter(table[name].notnull()).distinct().order_by(name).limit(SOUGHT_AMONG)
            present = known.execute()[name].tolist()
            if not present:
                raise ArgumentError(
                    f"where({name}=…)：台账的“{column.text.zh}”一列没有一个值，无从选取。",
                    f'where({name}=...): the column "{column.text.en}" of the register holds no value to choose by.',
                )
            if column.kind in ORDERED:
                raise _held_by_none(table, name, value)
            spoken = codes(name) if column.kind == "code" else {}
            words: list[Any] = [
                spoken[v].text if v in spoken else truth_text(name, v) if isinstance(v, bool) else v for v in present
            ]
            if value in spoken:  # a word of the field of which the register has no case
                shown = listed(spoken[v].text for v in present)
                raise ArgumentError(
                    f"where({name}=…)：台账没有“{spoken[value].text.zh}”的案件，有的是{shown.zh}。",
                    f'where({name}=...): the register has no case of "{spoken[value].text.en}", but of {shown.en}.',
                )
            raise ArgumentError.not_one_of(name, written, words)
    return values


def _as_held(value: Any, name: str, *, last: bool = False) -> Any:
    """A value as its column would hold it: codes by any of their names, days as days; ``None`` for one of another type."""
    kind = columns("cases")[name].kind
    if value is None:
        return None
    if kind == "date":
        return day(value, name, last=last).date()
    named = code_meant(name, value) if kind == "code" else value
    if kind == "boolean" and isinstance(value, str):
        named = truth_meant(name, value)
    if kind in ("money", "integer") and isinstance(value, bool | np.bool_):
        return None
    try:
        if kind in ("money", "integer") and isinstance(value, Real | Decimal):
            number = float(value)
            if kind == "money" or not number.is_integer():  # Arrow would cut the fraction off
                return None if math.isnan(number) else number
        return pa.scalar(named, ARROW_TYPES[kind]).as_py()
    except (pa.ArrowException, OverflowError):
        return None
