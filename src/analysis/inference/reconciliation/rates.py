"""What a printed rate can mean: its named definitions, and each as rows that bind numerator and denominator."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import lcm

from analysis.inference.reconciliation.equations import GRAIN, Row
from analysis.returns.figures import Interval
from analysis.vocabulary.language import Text

SMALLEST_AMOUNT = GRAIN // 10**4  # one 元: the base of a recovery rate is at least this


@dataclass(frozen=True)
class Definition:
    """One named meaning of a rate: which quantities stand above and below the line."""

    id: str
    top: tuple[str, ...]
    bottom: tuple[str, ...]
    text: Text
    same_as: str = ""

    @property
    def integral(self) -> bool:
        """Whether it is a rate of counts (and not of amounts)."""
        return not self.bottom[0].startswith("amount")

    @property
    def part(self) -> bool:
        """Whether what stands above the line is always a part of what stands below: the rate is never above 100."""
        return self.id in ("closed/received", "actual/closed", "actual/received")


@cache
def definitions() -> dict[str, tuple[Definition, ...]]:
    """The definitions of each rate, the leading one first.

    >>> [d.id for d in definitions()["closure_rate"]]
    ['closed/received', 'closed/filed', 'closed/(closed+closing)']
    """
    known = tomllib.loads(files("analysis.inference.reconciliation").joinpath("rates.toml").read_text(encoding="utf-8"))
    return {
        measure: tuple(
            Definition(name, tuple(d["top"]), tuple(d["bottom"]), Text(d["zh"], d["en"]), d.get("same_as", ""))
            for name, d in entries.items()
        )
        for measure, entries in known.items()
    }


def base_row(bottom: tuple[int, ...], *, integral: bool) -> Row:
    """A rate has a base: at least one case, or one 元; otherwise 0/0 would satisfy everything."""
    return Row(tuple((v, 1) for v in bottom), 1 if integral else SMALLEST_AMOUNT, None)


def rate_rows(top: tuple[int, ...], bottom: tuple[int, ...], seen: Interval, *, integral: bool) -> list[Row]:
    """``lower <= 100 * top / bottom <= upper`` as linear rows in whole numbers; an open end of counts is strict."""
    rows = [base_row(bottom, integral=integral)]
    if seen.lower > 0 or (seen.open_lower and seen.lower == 0):
        rows.append(_side(top, bottom, seen.lower, 1, strict=seen.open_lower and integral))
    rows.append(_side(top, bottom, seen.upper, -1, strict=seen.open_upper and integral))
    return rows


def _side(top: tuple[int, ...], bottom: tuple[int, ...], percent: Fraction, side: int, *, strict: bool) -> Row:
    share = percent / 100
    terms: dict[int, int] = {}
    for v in top:
        terms[v] = terms.get(v, 0) + share.denominator
    for v in bottom:
        terms[v] = terms.get(v, 0) - share.numerator
    edge = 1 if strict else 0
    packed = tuple((v, c) for v, c in terms.items() if c)
    return Row(packed, edge, None) if side > 0 else Row(packed, None, -edge)


def change_rows(now: int, then: int, seen: Interval, *, integral: bool) -> list[Row]:
    """A relative change in percent: ``now - (1 + g) * then`` within the printed digits; ``then`` is not nothing."""
    rows = [base_row((then,), integral=integral)]
    for end, side, opened in ((seen.lower, 1, seen.open_lower), (seen.upper, -1, seen.open_upper)):
        rows.append(_side((now,), (then,), 100 + end, side, strict=opened and integral))
    return rows


def difference_row(now: tuple[tuple[int, ...], int], then: tuple[tuple[int, ...], int], seen: Interval) -> Row:
    """A change of a rate in percentage points with both bases known: linear in the two numerators."""
    (top, base), (top_then, base_then) = now, then
    scale = lcm(seen.lower.denominator, seen.upper.denominator)
    terms: dict[int, int] = {}
    for v in top:
        terms[v] = terms.get(v, 0) + 100 * scale * base_then
    for v in top_then:
        terms[v] = terms.get(v, 0) - 100 * scale * base
    unit = base * base_then
    low, high = int(seen.lower * scale) * unit, int(seen.upper * scale) * unit
    return Row(tuple(terms.items()), low + int(seen.open_lower), high - int(seen.open_upper))
