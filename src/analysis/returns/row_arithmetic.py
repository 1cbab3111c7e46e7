"""Arithmetic of one row by hand: sums of its identities, quotients, and whether a printed figure follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from analysis.returns.figures import Interval, Printed, Rule, printed_figure
from analysis.returns.verdicts import Code
from analysis.vocabulary.indicator_sets.rates import Sets, rates

# Identities within a row, as a hand would use them: the quantity, and signed quantities that give it.
WITHIN = (
    ("received", (("opening", 1), ("filed", 1))),
    ("received", (("closed", 1), ("closing", 1))),
    ("opening", (("received", 1), ("filed", -1))),
    ("opening", (("closed", 1), ("closing", 1), ("filed", -1))),
    ("filed", (("received", 1), ("opening", -1))),
    ("filed", (("closed", 1), ("closing", 1), ("opening", -1))),
    ("closed", (("received", 1), ("closing", -1))),
    ("closed", (("opening", 1), ("filed", 1), ("closing", -1))),
    ("closing", (("received", 1), ("closed", -1))),
    ("closing", (("opening", 1), ("filed", 1), ("closed", -1))),
)
Range = tuple[Fraction, Fraction]  # what a number can be by the digits that are printed of it
Row = Mapping[str, Range]  # the numbers that one row prints


def completes(values: Mapping[str, str], name: str, digits: str, sets: Sets = None) -> bool:
    """Return whether a figure is what the plain counts printed beside it give, exactly or to its digits.

    >>> completes({"closed": "711", "closing": "3"}, "received", "714"), completes({"closed": "711", "received": "714"}, "closure_rate", "99.6")
    (True, True)
    """
    counts = {measure: (Fraction(text), Fraction(text)) for measure, text in values.items() if text.isdigit()}
    rate = rates(sets).get(name)
    if rate is None:
        return digits.isdigit() and (Fraction(digits), Fraction(digits)) in sums(counts, name)
    printed = printed_figure(digits, name, kind="rate")
    sides = [[[q.printed for q in side] for side in (f.numerator, f.denominator)] for f in rate.formulas]
    return any(gives(quotients(counts, top, bottom), printed) for top, bottom in sides)


def stands_for(printed: Printed, *, counted: bool) -> Range:
    """Return what a figure stands for, each end as its digits allow; a plain count (``counted``) is one number."""
    if counted and printed.digit <= 1:
        return printed.value, printed.value
    seen = printed.interval("either")
    return seen.lower, seen.upper


def total(ranges: Iterable[Range]) -> Range:
    """Return the range of a sum."""
    listed = list(ranges)
    return sum((low for low, _ in listed), Fraction(0)), sum((high for _, high in listed), Fraction(0))


def sums(row: Row, quantity: str) -> list[Range]:
    """Return what the other numbers of a row give for a quantity, each identity by itself.

    >>> row = {"opening": (Fraction(15), Fraction(15)), "filed": (Fraction(371), Fraction(371))}
    >>> [int(low) for low, _ in sums(row, "received")]
    [386]
    """
    return [
        total(row[part] if sign > 0 else (-row[part][1], -row[part][0]) for part, sign in terms)
        for name, terms in WITHIN
        if name == quantity and all(part in row for part, _ in terms)
    ]


def quotients(row: Row, top: Sequence[str], bottom: Sequence[str]) -> list[Range]:
    """Return what the numbers of a row give for a rate in percent; a number that is not printed adds up from others."""
    sides = [[[row[name]] if name in row else sums(row, name) for name in side] for side in (top, bottom)]
    tops, bottoms = ([total(parts) for parts in product(*side)] for side in sides)
    return [(100 * t[0] / b[1], 100 * t[1] / b[0]) for t in tops for b in bottoms if b[0] > 0]


def gives(ranges: Iterable[Range], printed: Printed, rule: Rule = "either") -> bool:
    """Return whether one of some ranges prints as a figure under a rule."""
    seen = printed.interval(rule)
    return any(_meet(seen, low, high) for low, high in ranges)


def follows(printed: Printed, ways: Iterable[Sequence[Range]]) -> tuple[Code, Range] | None:
    """Return how a figure follows from the numbers printed beside it, and what these give; ``None`` where it does not.

    ``ways`` is what they give for it under each of its definitions, the leading one first. This is the one verdict on a figure
    by its own row, whoever asks; a figure that does not follow is at odds with its row, which accuses neither.

    >>> from analysis.returns.figures import printed_figure
    >>> row = {name: (Fraction(n), Fraction(n)) for name, n in {"closed": 711, "received": 714, "filed": 700}.items()}
    >>> ways = [quotients(row, ["closed"], [base]) for base in ("received", "filed")]
    >>> [found and found[0] for text in ("99.58", "99.5", "101.57", "98") for found in [follows(printed_figure(text, "closure_rate"), ways)]]
    ['agrees', 'truncated', 'definition', None]
    """
    codes: tuple[tuple[Rule, Code], ...] = (("rounded", "agrees"), ("either", "truncated"))
    for at, ranges in enumerate(ways):
        for rule, code in codes:
            found = next((r for r in ranges if gives([r], printed, rule)), None)
            if found is not None:
                return "definition" if at else code, found
    return None


def _meet(seen: Interval, low: Fraction, high: Fraction) -> bool:
    return seen.holds(low) if low == high else low <= seen.upper and seen.lower <= high
