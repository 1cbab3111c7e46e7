"""One printed figure beside the numbers that it should follow from: the verdict, and words that a hand can follow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, isnan
from typing import Literal, get_args

from analysis.returns.figures import Printed, counts_giving, kind_of, printed_figure, smallest_base
from analysis.vocabulary.text import Text

Code = Literal[
    "agrees", "truncated", "definition", "shares_conflict", "one_of_two", "contradicts", "impossible", "unchecked"
]
CODES: tuple[Code, ...] = get_args(Code)
DISPUTED: tuple[Code, ...] = ("shares_conflict", "one_of_two", "contradicts", "impossible")  # cannot all be true
MORE_DIGITS = 2  # decimals shown beyond the printed ones


@dataclass(frozen=True)
class Verdict:
    """The verdict on one printed figure: its code, the value recomputed (``None`` without data), the reason."""

    code: Code
    value: float | None
    explanation: Text


def verdict_of(
    printed: str,
    numerator: float | Fraction | None,
    denominator: float | Fraction | None = None,
    *,
    measure: str = "closure_rate",
    unit: str | None = None,
) -> Verdict:
    """The verdict on one printed figure, given the exact numbers that it should follow from.

    A rate is ``100 * numerator / denominator``; without a denominator the figure is a count or an amount and
    ``numerator`` its exact value (cases, 万元). It ``agrees`` by rounding, is ``truncated`` only so, is ``impossible``
    where no whole count of that base prints so, ``contradicts`` otherwise; ``unchecked`` where a number is missing
    (``None`` or NaN). ``unit`` is the row's unit, as in a returns table.

    >>> verdict_of("99.5", 711, 714).code
    'truncated'
    >>> print(verdict_of("99.5", 711, 714).explanation)
    711/714 = 99.580%；公布的99.5是截尾所得，四舍五入应为99.6
    >>> verdict_of("99", 8, 8, measure="petition_settlement_rate").code
    'impossible'
    """
    figure = printed_figure(printed, measure, unit=unit)
    top, bottom = _exact(numerator), _exact(denominator)
    rate = denominator is not None or kind_of(measure) == "rate"
    if top is None or (rate and bottom is None):
        return Verdict(
            "unchecked", None, Text("缺少可供核对的数", "the numbers to check it by are missing, so it is unchecked")
        )
    if not rate:
        return _of_value(figure, top)
    assert bottom is not None  # noqa: S101 - for the type checker: tested above
    counted = top.denominator == bottom.denominator == 1 and measure != "recovery_rate"
    if bottom == 0 or (counted and lacks_counts(figure, int(bottom))):
        return Verdict("impossible", float(100 * top / bottom) if bottom else None, granularity(figure, int(bottom)))
    return _of_value(figure, 100 * top / bottom, shown=f"{plain(top)}/{plain(bottom)} = ", sign="%")


def _exact(value: float | Fraction | None) -> Fraction | None:
    if value is None or (isinstance(value, float) and isnan(value)):
        return None
    return Fraction(value) if isinstance(value, (int, Fraction)) else Fraction(repr(float(value)))


def _of_value(figure: Printed, value: Fraction, shown: str = "", sign: str = "") -> Verdict:
    code: Code = "contradicts"
    if figure.interval("rounded").holds(value):
        code = "agrees"
    elif figure.interval("truncated").holds(value):
        code = "truncated"
    return Verdict(code, float(value), comparison(figure, value, code, f"{shown}{decimal(figure, value)}{sign}"))


def comparison(figure: Printed, value: Fraction, code: Code, shown: str) -> Text:
    """Words for a value beside its printed figure: ``shown`` is the value with the way to it."""
    rounded = figure.like(value)
    if code == "truncated":
        return Text(
            f"{shown}；公布的{figure.text}是截尾所得，四舍五入应为{rounded}",
            f"{shown}; published {figure.text} is truncated, rounded it would be {rounded}",
        )
    if code == "contradicts":
        return Text(
            f"{shown}，应为{rounded}，与公布的{figure.text}不符",
            f"{shown} would print as {rounded}; published {figure.text} contradicts it",
        )
    return Text(f"{shown}，与公布的{figure.text}相符", f"{shown}, in agreement with the published {figure.text}")


def lacks_counts(figure: Printed, base: int) -> bool:
    """Return whether no whole count of a base prints as this rate, neither rounded nor truncated.

    >>> lacks_counts(printed_figure("99", "closure_rate"), 8), lacks_counts(printed_figure("99", "closure_rate"), 67)
    (True, False)
    """
    low, high = counts_giving(figure, base, "either")
    return base == 0 or low > high


def granularity(figure: Printed, base: int, *, exact: bool = True) -> Text:
    """Return why a rate cannot come from a base (of at most that size, if not ``exact``), and the smallest that could give it.

    >>> print(granularity(printed_figure("99", "petition_settlement_rate"), 8, exact=False))
    分母至多为8时没有任何件数能得出99%：分母最小为67（66/67，四舍五入）或100（99/100，截尾）
    """
    (a, b), (c, d) = smallest_base(figure, "rounded"), smallest_base(figure, "truncated")
    of = Text(f"分母为{base}", f"a base of {base}") if exact else Text(f"分母至多为{base}", f"a base of at most {base}")
    return Text(
        f"{of.zh}时没有任何件数能得出{figure.text}%：分母最小为{b}（{a}/{b}，四舍五入）或{d}（{c}/{d}，截尾）",
        f"no count of {of.en} gives {figure.text}%: the smallest base that does is {b} by rounding ({a}/{b}), "
        f"{d} by truncation ({c}/{d})",
    )


def decimal(figure: Printed, value: Fraction) -> str:
    """A value (cases, 万元, percent) with two digits more than the figure was printed with; whole counts stay whole.

    >>> decimal(printed_figure("99.5", "closure_rate"), Fraction(71100, 714))
    '99.580'
    """
    if figure.decimals == 0 and value.denominator == 1:
        return plain(value)
    return f"{float(value):.{figure.decimals + MORE_DIGITS}f}"


def plain(value: Fraction) -> str:
    """A number as one writes it: whole numbers whole, others to four decimals without trailing zeros.

    >>> plain(Fraction(714)), plain(Fraction(7691, 2))
    ('714', '3845.5')
    """
    if value.denominator == 1:
        return str(value.numerator)
    steps = floor(value * 10**4 + Fraction(1, 2))
    whole, rest = divmod(steps, 10**4)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
