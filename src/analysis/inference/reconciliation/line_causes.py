"""Causes that explain one line: a wrong digit, a unit, a footnote's mark, a break after the year before, a copied line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from math import log2

from analysis.inference.reconciliation.cause import NAMING, PARTNER, PER_LINE, Cause
from analysis.inference.reconciliation.contradictions import UNTYPED, Contradictions
from analysis.inference.reconciliation.relations import Key, Line

COPIED = 3  # figures that two lines must share to be taken for copies
COPY_BITS = 7.0  # by which a copy must be likelier than chance
ABOUT = (0.8, 1.25)  # times a value: the window in which numbers of its size are counted
Counts = tuple[tuple[str, Fraction], ...]


def causes_of_line(table: Contradictions, number: int) -> list[Cause]:
    """The causes that change one figure of a line, or the count that it takes over from the year before."""
    line = table.lines[number]
    keys = [(number, name) for name in line.figures if (number, name) in table.standing_in]
    failed = {r for key in keys for r in table.standing_in[key] if r in table.failed}
    found = [cause for key in keys if table.standing_in[key] & table.failed for cause in _of_figure(table, key)]
    named = table.figure_bits + NAMING / 2 + PARTNER
    for changed, mended in table.swaps(number):
        (_, name), (_, other) = changed
        bits = table.worth * len(mended) - named - PER_LINE["swapped"]
        found.append(Cause("swapped", name, frozenset({number}), mended, bits, changed, other, 1))
    for relation in failed:
        if relation.years and number == max(n for n, _ in relation.keys if table.lines[n].year == relation.years[1]):
            bits = table.worth - table.figure_bits - table.value_bits - NAMING / 2
            years = f"{relation.years[0]}/{relation.years[1]}"
            found.append(Cause("scope", "", frozenset({number}), frozenset({relation}), bits, {}, years, 1))
    return found


def _of_figure(table: Contradictions, key: Key) -> Iterator[Cause]:
    lines, named = frozenset({key[0]}), table.figure_bits + NAMING / 2
    for read in [*table.readings(key), *table.slips(key)]:
        bits = table.worth * len(read.mended) - named - PER_LINE[read.kind]
        changed = {key: read.value}
        yield Cause(read.kind, key[1], lines, read.mended, bits, changed, read.detail, 1, repair=read.repair)
    failed = table.standing_in[key] & table.failed
    waived = table.standing_in[key] - failed
    chance = sum(table.value_bits for r in waived if r.kind != "whole")
    bits = table.worth * len(failed) - table.figure_bits - table.value_bits - UNTYPED - chance
    yield Cause("misprint", key[1], lines, failed, bits, {key: None}, "", 1, waived)


def copies(table: Contradictions) -> Iterator[list[Cause]]:
    """Lines that print the same numbers as another line, but for one; which was copied is open where both fit as badly."""
    seen: dict[Counts, Line] = {}
    sizes: dict[str, list[float]] = {}
    for line in table.lines.values():
        for name, value in _independent(dict(_printed(line))).items():
            sizes.setdefault(name, []).append(value)
    for column in sizes.values():
        column.sort()
    for line in table.lines.values():
        found = None
        for counts in _counts(line):
            other = seen.setdefault(counts, line)
            if found is None and (other.court, other.cell) != (line.court, line.cell):
                bits = _unlikely(counts, sizes, len(table.lines))
                found = (counts, other, bits) if bits > COPY_BITS else None
        if found is not None:
            yield _copied(table, line, *found)


def _printed(line: Line) -> Counts:
    return tuple(
        (name, f.printed.value)
        for name, f in sorted(line.figures.items())
        if f.kind in ("count", "amount") and f.printed.value > 0
    )


def _counts(line: Line) -> Iterator[Counts]:
    """The counts and amounts of a line: all of them, then all but one."""
    counts = _printed(line)
    yield counts
    for at in range(len(counts)):
        yield counts[:at] + counts[at + 1 :]


def _independent(value: dict[str, Fraction]) -> dict[str, float]:
    """The numbers of a line that no other gives: of those that add up to another, and of what is left over, the least."""
    found = dict(value)
    if {"received", "opening", "filed"} <= set(found):
        del found["received"]
    base = value.get("received", value.get("opening", Fraction(0)) + value.get("filed", Fraction(0)))
    if "closed" in found:
        left = found.pop("closing", base - found["closed"])
        found["closed"] = min(found["closed"], left) if left >= 0 else found["closed"]
    return {name: float(number) for name, number in found.items()}


def _unlikely(counts: Counts, sizes: dict[str, list[float]], lines: int) -> float:
    """Bits by which two of so many lines share counts less likely than by chance.

    A number is as likely as the numbers of its size are frequent in its column, spread evenly over that size.
    """
    if len(counts) < COPIED:
        return 0.0
    shared = 0.0
    for name, value in _independent(dict(counts)).items():
        column = sizes.get(name) or [value]
        low, high = (factor * value for factor in ABOUT)
        share = max(bisect_right(column, high) - bisect_left(column, low), 1) / len(column)
        shared += log2(max(1.0, (high - low) / share))
    return shared - log2(lines * (lines - 1) / 2)


def _copied(table: Contradictions, line: Line, counts: Counts, other: Line, bits: float) -> list[Cause]:
    named = {name for name, _ in counts}
    breaks = {
        n: frozenset(
            r
            for r in table.failed
            if any(k == n for k, _ in r.keys) and all(name in named for k, name in r.keys if k == n)
        )
        for n in (other.number, line.number)
    }
    most = max(len(broken) for broken in breaks.values())
    return [
        Cause(
            "copied",
            "",
            frozenset({copy}),
            breaks[copy],
            table.worth * len(breaks[copy]) + bits,
            {},
            table.lines[source].place,
            1,
        )
        for copy, source in ((line.number, other.number), (other.number, line.number))
        if len(breaks[copy]) == most
    ]
