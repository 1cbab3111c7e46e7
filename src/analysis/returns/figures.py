"""A printed figure is a number known to its printed digits: an interval, by rounding or by truncation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Literal

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.rates import Sets, printed_quantities, rates

Rule = Literal["either", "rounded", "truncated"]
RULES: tuple[Rule, ...] = ("either", "rounded", "truncated")

# How many base units (cases, 万元, percent) one of each unit is.
SCALES = {
    "count": {
        "件": Fraction(1),
        "宗": Fraction(1),
        "起": Fraction(1),
        "人": Fraction(1),
        "千件": Fraction(1_000),
        "万件": Fraction(10_000),
        "百万件": Fraction(1_000_000),
        "亿件": Fraction(10**8),
    },
    "amount": {
        "元": Fraction(1, 10_000),
        "千元": Fraction(1, 10),
        "万元": Fraction(1),
        "百万元": Fraction(100),
        "千万元": Fraction(1_000),
        "亿元": Fraction(10_000),
        "万亿元": Fraction(10**8),
    },
    "rate": {"%": Fraction(1), "‰": Fraction(1, 10)},
}

COUNTS = (
    "opening",
    "filed",
    "received",
    "closed",
    "closing",
    "actual_enforcements",  # closings actually enforced, the numerator of the actual enforcement rate
    "petitions",
    "petitions_resolved",
)
AMOUNTS = ("amount_received", "amount_closed", "amount_recovered")
RATES = ("closure_rate", "clearance_rate", "actual_enforcement_rate", "recovery_rate", "petition_settlement_rate")
MEASURES = COUNTS + AMOUNTS + RATES
CHANGE = "_change"  # <measure>_change: against the same period of last year, percent (of a rate: percentage points)
DIFFERENCE = "_difference"  # <measure>_difference: against the same period of last year, in cases or 万元

_UNIT = "|".join(sorted((unit for units in SCALES.values() for unit in units), key=len, reverse=True))
UNIT = re.compile(_UNIT)
PRINTED = re.compile(rf"(?P<digits>\d+(?:\.\d+)?)(?P<unit>{_UNIT})?")
PRINTED_CHANGE = re.compile(rf"(?P<digits>[+-]?\d+(?:\.\d+)?)(?P<unit>{_UNIT})?")


@dataclass(frozen=True)
class Interval:
    """All values that a printed figure may stand for; an end is closed unless said to be open."""

    lower: Fraction
    upper: Fraction
    open_lower: bool = False
    open_upper: bool = False

    def holds(self, value: Fraction) -> bool:
        """Return whether a value lies inside.

        >>> Interval(Fraction(99), Fraction(100), open_upper=True).holds(Fraction(100))
        False
        """
        above = value > self.lower if self.open_lower else value >= self.lower
        below = value < self.upper if self.open_upper else value <= self.upper
        return above and below

    def integers(self) -> tuple[int, int]:
        """The least and the greatest whole number inside (the first above the second where there is none)."""
        low = floor(self.lower) + 1 if self.open_lower else ceil(self.lower)
        high = ceil(self.upper) - 1 if self.open_upper else floor(self.upper)
        return low, high


@dataclass(frozen=True)
class Printed:
    """One printed figure: its value and the worth of its last digit, in cases, 万元 or percent.

    >>> printed_figure("99.22", "closure_rate").interval("truncated").upper
    Fraction(9923, 100)
    >>> printed_figure("45.33", "received", unit="万件").interval("rounded").integers()
    (453250, 453350)
    """

    text: str
    value: Fraction
    digit: Fraction
    decimals: int

    def interval(self, rule: Rule) -> Interval:
        """The values that print as this figure, by rounding, by truncation towards zero, or by either.

        Rounded, both ends are closed (half-up or half-even is unknown); truncated, the far end is open.
        """
        half = self.digit / 2
        if self.value == 0 and rule != "rounded":
            return Interval(-self.digit, self.digit, open_lower=True, open_upper=True)
        sign = -1 if self.value < 0 else 1
        near = self.value if rule == "truncated" else self.value - sign * half
        far = self.value + sign * (half if rule == "rounded" else self.digit)
        opened = rule != "rounded"
        return Interval(near, far, open_upper=opened) if sign > 0 else Interval(far, near, open_lower=opened)

    def like(self, value: Fraction, *, truncated: bool = False) -> str:
        """Another value printed as this one is: same unit, same digits.

        >>> printed_figure("97.8", "closure_rate").like(Fraction(115500, 1206))
        '95.8'
        """
        steps = value / self.digit
        whole = floor(steps) if truncated else floor(steps + Fraction(1, 2))
        suffix = re.sub(r"^[+-]?[\d.]+", "", self.text)
        return f"{Decimal(whole).scaleb(-self.decimals):f}{suffix}"


def kind_of(measure: str, sets: Sets = None) -> str:
    """Return what a measure counts: ``count``, ``amount``, ``rate``, ``change``, ``difference``, or ``other`` without a formula.

    >>> [kind_of(m) for m in ("closed", "amount_closed", "closure_rate", "closed_change", "closed_difference", "staff")]
    ['count', 'amount', 'rate', 'change', 'difference', 'other']
    """
    if measure.endswith((CHANGE, DIFFERENCE)):
        of = kind_of(base_of(measure), sets)
        relative = measure.endswith(CHANGE)
        return "other" if of == "other" or (of == "rate" and not relative) else "change" if relative else "difference"
    if measure in COUNTS:
        return "count"
    if measure in AMOUNTS:
        return "amount"
    return "rate" if measure in RATES else _kind_in_sets(measure, sets)


@cache
def _kind_in_sets(measure: str, sets: Sets) -> str:
    """Return what a rate or a count is of which only the definition sets know: 执行完毕率, 执行完毕."""
    if (rate := rates(sets).get(measure)) is not None:
        return "rate" if rate.unit == "%" else "other"
    quantity = printed_quantities(sets).get(measure)
    return {"件": "count", "元": "amount", "万元": "amount"}.get(quantity.unit, "other") if quantity else "other"


def base_of(measure: str) -> str:
    """The measure that a change or difference is of; any other is its own.

    >>> base_of("closed_change"), base_of("closed_difference"), base_of("closed")
    ('closed', 'closed', 'closed')
    """
    return measure.removesuffix(CHANGE).removesuffix(DIFFERENCE)


def printed_figure(text: str, measure: str, *, unit: str | None = None, kind: str | None = None) -> Printed:
    """A figure as printed; its unit is its own suffix, else the row's ``unit``, else 件, 万元 or percent.

    ``unit`` may name several units, as 万件、亿元: each measure takes the one of its kind.
    Raises ``ArgumentError`` for a text that is no number.

    >>> printed_figure("5.42亿元", "amount_recovered").value
    Fraction(54200, 1)
    """
    kind = kind or kind_of(measure)
    found = (PRINTED_CHANGE if kind in ("change", "difference") else PRINTED).fullmatch(text.strip())
    if not found:
        raise ArgumentError(f"“{text}”不是公布的数字", f'"{text}" is not a published number')
    scale = _scale(kind_of(base_of(measure)) if kind == "difference" else kind, found["unit"], unit)
    digits = found["digits"]
    decimals = len(digits.partition(".")[2])
    return Printed(text.strip(), Fraction(digits) * scale, scale / 10**decimals, decimals)


def _scale(kind: str, own: str | None, of_row: str | None) -> Fraction:
    known = SCALES.get(kind, {})
    named = [own] if own else UNIT.findall(of_row or "")
    return next((known[name] for name in named if name in known), Fraction(1))


def simplest_fraction(interval: Interval) -> tuple[int, int]:
    """The fraction with the smallest denominator inside an interval of positive numbers (Stern–Brocot descent).

    >>> simplest_fraction(Interval(Fraction(985, 1000), Fraction(995, 1000)))  # 99% by rounding
    (66, 67)
    >>> simplest_fraction(Interval(Fraction(99, 100), Fraction(1), open_upper=True))  # by truncation
    (99, 100)
    """
    low = floor(interval.lower)
    if interval.lower == low and not interval.open_lower:
        return low, 1
    if Fraction(low + 1) < interval.upper or (interval.upper == low + 1 and not interval.open_upper):
        return low + 1, 1
    # both ends lie in (low, low + 1]: turn the fractional parts over and descend
    rest = Interval(
        1 / (interval.upper - low),
        1 / (interval.lower - low) if interval.lower > low else Fraction(10**18),
        interval.open_upper,
        interval.open_lower,
    )
    top, bottom = simplest_fraction(rest)
    return low * top + bottom, top


def smallest_base(printed: Printed, rule: Rule) -> tuple[int, int]:
    """Numerator and denominator of the smallest base whose counts can print as this rate.

    >>> smallest_base(printed_figure("99", "petition_settlement_rate"), "rounded")
    (66, 67)
    """
    seen = printed.interval(rule)
    low = max(seen.lower, Fraction(0))
    return simplest_fraction(Interval(low / 100, seen.upper / 100, seen.open_lower, seen.open_upper))


def counts_giving(printed: Printed, base: int, rule: Rule) -> tuple[int, int]:
    """The least and greatest count of a base that print as this rate (the first above the second: none does).

    >>> counts_giving(printed_figure("99", "closure_rate"), 8, "either")
    (8, 7)
    """
    seen = printed.interval(rule)
    part = Fraction(base, 100)
    return Interval(seen.lower * part, seen.upper * part, seen.open_lower, seen.open_upper).integers()
