"""Meanings of a printed rate: the definitions of the sets, and each as rows that bind numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import lcm

from analysis.inference.reconciliation.equations import GRAIN, Row
from analysis.returns.figures import AMOUNTS, COUNTS, RATES, Interval
from analysis.vocabulary.indicator_sets.rates import Formula, Sets, rates
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

SMALLEST_AMOUNT = GRAIN // 10**4  # one 元: the base of a recovery rate is at least this
PERCENT = 100.0  # the factor of a rate in percent
# The cases received where they are not printed: what was closed and what was left over.
ALL_OF_THEM = ("closed", "closing")


@dataclass(frozen=True)
class Definition:
    """One named meaning of a rate: which quantities stand above and below the line.

    ``part``: what stands above the line is always a part of what stands below, so that the rate is never above 100.
    ``words`` are the quantities in words, those above the line first.
    """

    id: str
    top: tuple[str, ...]
    bottom: tuple[str, ...]
    text: Text
    part: bool = False
    same_as: str = ""
    words: tuple[Text, ...] = ()

    @property
    def integral(self) -> bool:
        """Return whether it is a rate of counts (and not of amounts)."""
        return not self.bottom[0].startswith("amount")


Definitions = dict[str, tuple[Definition, ...]]


@cache
def definitions(sets: Sets = None, columns: frozenset[str] = frozenset()) -> Definitions:
    """Return what each rate of a table may mean, the leading definition first.

    ``sets`` are definition sets that lead, ``columns`` the columns of the table: they say which further rates it prints,
    and which further counts (执行完毕 …) a definition can rest on.

    >>> [d.id for d in definitions()["closure_rate"]]
    ['closed/received', 'closed/filed', 'closed/(closed+closing)']
    >>> definitions(columns=frozenset({"completed_rate"}))["completed_rate"][0].id
    'closed_completed/closed'
    """
    found: Definitions = {}
    printed = {*COUNTS, *AMOUNTS, *columns}
    for rate in rates(sets).values():
        if rate.id not in RATES and rate.id not in columns:
            continue
        whole = [f for f in rate.formulas if f.is_whole and f.factor in (PERCENT, "100")]
        told = [f for f in whole if all(q.printed in printed for q in (*f.numerator, *f.denominator))]
        meanings = [_definition(f) for f in told or whole[:1]]
        if rate.id == RATES[0]:
            meanings += [
                replace(
                    d,
                    id=f"{d.top[0]}/(closed+closing)",
                    bottom=ALL_OF_THEM,
                    same_as=d.id,
                    text=_left_over(d.text),
                    words=(*d.words[: len(d.top)], *map(term, ALL_OF_THEM)),
                )
                for d in meanings
                if d.bottom == ("received",)
            ]
        if meanings:
            found[rate.id] = tuple(meanings)
    return found


def _definition(formula: Formula) -> Definition:
    top, bottom = (tuple(q.printed for q in side) for side in (formula.numerator, formula.denominator))
    words = tuple(q.text for q in (*formula.numerator, *formula.denominator))
    return Definition(formula.name, top, bottom, formula.text, formula.kind == "proportion", words=words)


def _left_over(text: Text) -> Text:
    """The words of a definition whose base is made of what was closed and what was left over."""
    return Text(f"{text.zh.partition('÷')[0]}÷（结案＋未结）", f"{text.en.partition(' / ')[0]} / (closed + closing)")


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
