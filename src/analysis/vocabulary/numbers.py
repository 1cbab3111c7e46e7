"""Numbers as a person reads them: one way of rounding, and one rule for each unit.

A number is rounded half up on its shortest decimal form, as a person does it with the figure before them: 99.125 is 99.13.
A share is computed with as a part of 1 and read in percent; what has a unit of its own is shown in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING, UNBOUNDED, MINUS = "—", "∞", "\u2212"
YES, NO = Text("是", "yes"), Text("否", "no")
# As registers write them.
YES_WORDS = frozenset(
    ["是", "有", "√", "✓", "✔", "☑", "1", "1.0", "y", "yes", "t", "true", "对", "有财产", "有可供执行财产"]
)
NO_WORDS = frozenset(
    [
        "否",
        "无",
        "没有",
        "×",
        "✗",
        "✘",
        "x",
        "☒",
        "0",
        "0.0",
        "n",
        "no",
        "f",
        "false",
        "无财产",
        "没有财产",
        "无可供执行财产",
        "未发现财产",
        "未发现可供执行财产",
    ]
)
NEEDED_DIGITS = 6  # decimals at most, where a number has as many as it needs
PLAIN_DIGITS = 2  # of what is no whole number
SIGNIFICANT_DIGITS = 3  # of what is smaller than 1
SMALLEST_PLAIN = 1e-4  # below, powers of ten are read more easily than zeros
SMALLEST_P = 0.001  # below, a p value is only said to be smaller


@dataclass(frozen=True)
class Unit:
    """A unit of a column: what it is called in a heading, its decimals, and what a value is multiplied by to be read."""

    text: Text
    digits: int | None = None  # none: whole numbers as such, others as ``measured`` says
    factor: int = 1


UNITS = {
    "share": Unit(Text("%", "%"), PLAIN_DIGITS, 100),  # a part of 1, read in percent
    "per_hundred": Unit(Text("每百件", "per 100 cases"), PLAIN_DIGITS, 100),  # a count per case, read by the hundred
    "per_thousand": Unit(Text("每千件", "per 1,000 cases"), PLAIN_DIGITS, 1_000),
    "per_ten_thousand": Unit(Text("每万件", "per 10,000 cases"), PLAIN_DIGITS, 10_000),
    "per_hundred_persons": Unit(Text("每百人", "per 100 persons"), PLAIN_DIGITS, 100),
    "per_thousand_persons": Unit(Text("每千人", "per 1,000 persons"), PLAIN_DIGITS, 1_000),
    "per_ten_thousand_persons": Unit(Text("每万人", "per 10,000 persons"), PLAIN_DIGITS, 10_000),
    "points": Unit(Text("百分点", "percentage points"), PLAIN_DIGITS, 100),  # a difference of two shares
    "%": Unit(Text("%", "%"), PLAIN_DIGITS),
    "百分点": Unit(Text("百分点", "percentage points"), PLAIN_DIGITS),
    "件": Unit(Text("件", "cases")),
    "人": Unit(Text("人", "persons")),
    "笔": Unit(Text("笔", "grants")),
    "次": Unit(Text("次", "times")),
    "天": Unit(Text("天", "days")),
    "月": Unit(Text("个月", "months")),
    "倍": Unit(Text("倍", "times")),
    "元": Unit(Text("元", "yuan")),
    "万元": Unit(Text("万元", "10,000 yuan"), PLAIN_DIGITS),
    "件/人": Unit(Text("件/人", "cases per person")),
    "个/件": Unit(Text("个/件", "per case")),
    "元/件": Unit(Text("元/件", "yuan per case")),
    "万元/件": Unit(Text("万元/件", "10,000 yuan per case"), PLAIN_DIGITS),
    "分": Unit(Text("分", "points")),
    "指数": Unit(Text("指数", "index")),
    "比": Unit(Text("比", "ratio")),
    "件/百件": Unit(Text("件/百件", "per 100 cases"), PLAIN_DIGITS),
    "p": Unit(Text("", ""), 3),
}


WIDE = Context(prec=400)  # digits: as many as the largest number has


def rounded(value: float, digits: int) -> Decimal:
    """Round a number half up as a person does it, on its shortest decimal form.

    >>> rounded(2.675, 2), rounded(99.125, 2), rounded(-0.001, 2)
    (Decimal('2.68'), Decimal('99.13'), Decimal('0.00'))
    """
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, WIDE)
    return exact if exact else abs(exact)  # never −0


def difference(now: float, before: float, digits: int = PLAIN_DIGITS) -> float:
    """Return what a person finds who subtracts the figures as they are shown; missing where one is.

    >>> difference(99.2228, 95.6268), round(99.2228 - 95.6268, 2)
    (3.59, 3.6)
    """
    if pd.isna(now) or pd.isna(before):
        return math.nan
    return float(rounded(now, digits) - rounded(before, digits))


def is_number(value: Any) -> bool:
    """Return whether a value is a number, of whatever library; yes and no are none.

    >>> is_number(np.float32(0.5)), is_number(Decimal("0.5")), is_number(True), is_number("0.5"), is_number(None)
    (True, True, False, False, False)
    """
    return isinstance(value, Real | Decimal) and not isinstance(value, bool | np.bool_)


def number(value: Any, digits: int | None = None, *, separated: bool = True) -> str:
    """Write a number with thousands separators and a true minus; without ``digits`` no more decimals than it needs.

    >>> number(-3844), number(99.5), number(0.25, 3), number(99.125, 2), number(float("nan")), number(float("inf"))
    ('−3,844', '99.5', '0.250', '99.13', '—', '∞')
    """
    if value is None or pd.isna(value):
        return MISSING
    if math.isinf(value):
        return UNBOUNDED if value > 0 else MINUS + UNBOUNDED
    exact = rounded(value, NEEDED_DIGITS if digits is None else digits)
    if digits is None:
        exact = exact.quantize(Decimal(1), None, WIDE) if exact == int(exact) else exact.normalize()
    return f"{exact:{',' if separated else ''}f}".replace("-", MINUS)


def short(value: Any, digits: int = PLAIN_DIGITS) -> str:
    """Write a number for a sentence: rounded to so many decimals, without the zeros behind.

    >>> short(2.675), short(85.0), short(0.12345, 3), short(float("nan"))
    ('2.68', '85', '0.123', '—')
    """
    return number(value if pd.isna(value) or math.isinf(value) else float(rounded(value, digits)))


def measured(value: Any, *, whole: bool | None = None, separated: bool = True) -> str:
    """Write a number as a table does: a whole one as such, any other with two decimals, a small one with three digits that count.

    ``whole`` says whether its column holds whole numbers alone; by itself a number decides for itself.

    >>> measured(1234.0), measured(99.125), measured(0.1), measured(-0.00001), measured(5, whole=False)
    ('1,234', '99.13', '0.100', '−1.00e-05', '5.00')
    """
    if value is None or pd.isna(value) or math.isinf(value):
        return number(value)
    if whole or (whole is None and float(value).is_integer()):
        return number(value, 0, separated=separated)
    size = abs(value)
    if not 0 < size < 1:
        return number(value, PLAIN_DIGITS, separated=separated)
    exponent = math.floor(math.log10(size))
    exact = float(rounded(size, SIGNIFICANT_DIGITS - 1 - exponent))
    if size >= SMALLEST_PLAIN:
        return (MINUS if value < 0 else "") + f"{exact:#.{SIGNIFICANT_DIGITS}g}"
    return (MINUS if value < 0 else "") + f"{exact:.{SIGNIFICANT_DIGITS - 1}e}"


def quantity(value: Any, unit: str | None = None, *, whole: bool | None = None, separated: bool = True) -> str:
    """Write a number by the rule of its unit, without the unit itself; without a known one as ``measured`` does.

    >>> quantity(0.99125, "share"), quantity(99.125, "%"), quantity(2046.23, "万元"), quantity(383.0, "件"), quantity(2e-7, "p")
    ('99.13', '99.13', '2,046.23', '383', '<0.001')
    """
    known = UNITS.get(unit or "")
    if known is None or known.digits is None or value is None or pd.isna(value):
        return measured(value, whole=whole, separated=separated)
    if unit == "p" and 0 <= value < SMALLEST_P:
        return f"<{SMALLEST_P}"
    scaled = value if known.factor == 1 or math.isinf(value) else float(Decimal(repr(float(value))) * known.factor)
    return number(scaled, known.digits, separated=separated)


def p_text(value: Any) -> str:
    """Write a p value in a sentence.

    >>> p_text(0.0432), p_text(3e-5)
    ('p\xa0=\xa00.043', 'p\xa0<\xa00.001')
    """
    written = quantity(value, "p")
    return f"p\u00a0<\u00a0{written[1:]}" if written[0] == "<" else f"p\u00a0=\u00a0{written}"


def column(values: Sequence[Any] | pd.Series, unit: str | None = None, *, separated: bool = True) -> list[str]:
    """Write the numbers of a column that holds one quantity in one way: by its unit, else all whole or all with decimals.

    >>> column([1234.0, 5, None]), column([99.5798, 0.1]), column([0.5, 1], "share")
    (['1,234', '5', '—'], ['99.58', '0.100'], ['50.00', '100.00'])
    """
    known = [float(value) for value in values if not pd.isna(value)]
    whole = all(math.isinf(value) or value.is_integer() for value in known)
    return [quantity(value, unit, whole=whole, separated=separated) for value in values]


def factor_of(unit: str | None) -> int:
    """Return what a value of a unit is multiplied by to be read.

    >>> factor_of("share"), factor_of("万元"), factor_of(None)
    (100, 1, 1)
    """
    return UNITS[unit].factor if unit in UNITS else 1


def unit_text(unit: Any) -> Text:
    """Return what a unit is called in both languages; a unit that is not known is called as it is written.

    >>> unit_text("万元").en, unit_text("share").zh, unit_text("箱").en
    ('10,000 yuan', '%', '箱')
    """
    if unit is None or pd.isna(unit):
        return Text("", "")
    return UNITS[unit].text if unit in UNITS else Text(str(unit), str(unit))
