"""Relations between the printed figures of a whole table, one by one, at their printed values.

The regions of ``reconcile`` say what can be true of one court. A cause that many courts share is sought among these
simpler relations: a sum, a quotient, a stock that is handed on, a change, parts of a whole; each holds or fails at the
values that the digits stand for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from analysis.inference.reconciliation.identities import REST
from analysis.inference.reconciliation.printed_cells import ONE_DAY, Cell, Figure, window_before
from analysis.inference.reconciliation.rates import Definition, Definitions
from analysis.returns.figures import Rule, base_of
from analysis.returns.row_arithmetic import WITHIN

Key = tuple[int, str]  # the line, the measure
Ends = tuple[float, float]  # what a printed figure stands for
Terms = tuple[tuple[Key, int], ...]  # signed figures that are added up

SLACK = 1e-7  # of a sum or a percentage: below any printed digit, above what floating point loses
STOCKS = {
    "opening": ((("opening", 1),), (("received", 1), ("filed", -1))),
    "closing": ((("closing", 1),), (("received", 1), ("closed", -1)), (("opening", 1), ("filed", 1), ("closed", -1))),
}
SUMS = (  # the identities of a line: signed figures that make nothing
    (("received", 1), ("opening", -1), ("filed", -1)),
    (("received", 1), ("closed", -1), ("closing", -1)),
    (("opening", 1), ("filed", 1), ("closed", -1), ("closing", -1)),
)
PARTS = ("filed", "received", "closed", "closing", "opening", "amount_closed", "amount_recovered", "petitions")


@dataclass(frozen=True)
class Line:
    """One line of a returns table: its place and its figures by measure."""

    number: int
    court: str
    cell: Cell
    place: str
    figures: Mapping[str, Figure]

    @property
    def year(self) -> int | None:
        """The year in which its period ends."""
        return self.cell.end.year if self.cell.end else None


@dataclass(frozen=True, eq=False)
class Relation:
    """A relation of some figures: ``top`` makes nothing, or is ``seen`` percent of ``bottom``."""

    kind: str  # sum, rate, stock, change, difference, parts, whole
    top: Terms
    bottom: Terms = ()
    seen: Key | None = None  # the figure that prints the quotient
    meaning: str = ""  # the id of a rate's definition
    years: tuple[int, int] | None = None  # of a stock or a change: the two years
    at_most: bool = False  # parts of a list that need not be all
    instead: Relation | None = None  # what may as well hold: the rate under another definition
    keys: frozenset[Key] = field(init=False)

    def __post_init__(self) -> None:
        named = {key for key, _ in (*self.top, *self.bottom)} | ({self.seen} if self.seen else set())
        object.__setattr__(self, "keys", frozenset(named) | (self.instead.keys if self.instead else set()))

    def holds(self, values: Mapping[Key, Ends]) -> bool:
        """Return whether it can hold at some values."""
        return self._holds(values) or (self.instead is not None and self.instead.holds(values))

    def _holds(self, values: Mapping[Key, Ends]) -> bool:
        if self.kind == "whole":
            low, high = values[self.top[0][0]]
            return floor(high + SLACK) >= ceil(low - SLACK)
        low, high = _total(self.top, values)
        slack = SLACK * max(1.0, abs(low), abs(high))
        if self.seen is None:
            return (low <= slack and high >= -slack) or (self.at_most and high >= -slack)
        below, above = values[self.seen]
        if self.kind == "difference":
            return low <= above + slack and high >= below - slack
        least, most = _total(self.bottom, values)
        if least <= 0:
            return most > 0 and low <= slack  # 0 of 0 has no rate
        ratios = [100 * t / b for t in (low, high) for b in (least, most)]
        if self.kind == "change":
            ratios = [ratio - 100 for ratio in ratios]
        return min(ratios) <= above + SLACK and max(ratios) >= below - SLACK


def _total(terms: Terms, values: Mapping[Key, Ends]) -> Ends:
    low = high = 0.0
    for key, sign in terms:
        a, b = values[key]
        low += sign * (a if sign > 0 else b)
        high += sign * (b if sign > 0 else a)
    return low, high


def lines_of(figures: Mapping[str, Sequence[Figure]]) -> list[Line]:
    """The lines of a table from its figures by court, in their order."""
    found: dict[tuple[str, str], dict[str, Figure]] = {}
    for court, of_court in figures.items():
        for figure in of_court:
            if figure.kind not in ("mode", "other"):
                found.setdefault((court, figure.place), {}).setdefault(figure.measure, figure)
    return [
        Line(number, court, next(iter(named.values())).cell, place, named)
        for number, ((court, place), named) in enumerate(found.items())
    ]


def values_of(lines: Sequence[Line]) -> dict[Key, Ends]:
    """Return what every figure stands for: a plain count itself, a rate what rounds to it, an amount what prints so."""
    return {(line.number, name): ends(figure) for line in lines for name, figure in line.figures.items()}


def ends(figure: Figure, rule: Rule = "rounded", *, scale: float = 1.0) -> Ends:
    """Return what one figure stands for by a rule, times a scale."""
    printed = figure.printed
    if figure.kind in ("count", "difference") and (printed.digit <= 1 if scale == 1.0 else printed.digit * scale <= 1):
        return float(printed.value) * scale, float(printed.value) * scale
    seen = printed.interval("either" if rule == "rounded" and figure.kind != "rate" else rule)
    return float(seen.lower) * scale, float(seen.upper) * scale


def relations_of(
    lines: Sequence[Line],
    parents: Mapping[str, Mapping[Cell, str]],
    complete: Mapping[str, Collection[Cell]],
    meanings: Definitions,
) -> list[Relation]:
    """All relations between the figures of a table."""
    found: list[Relation] = []
    at: dict[tuple[str, Cell], Line] = {}
    for line in lines:
        found += _within(line, meanings)
        at.setdefault((line.court, line.cell), line)
    for line in at.values():
        found += _changes(line, at)
    found += _stocks(list(at.values()))
    found += _parts(at, parents, complete)
    return found


def _within(line: Line, meanings: Definitions) -> Iterator[Relation]:
    n, printed = line.number, line.figures
    for terms in SUMS:
        if all(name in printed for name, _ in terms):
            yield Relation("sum", tuple(((n, name), sign) for name, sign in terms))
    for name, figure in printed.items():
        if figure.kind == "rate":
            yield from rate_relation(line, name, meanings[name][0])
        if figure.kind == "count" and figure.printed.digit <= 1:
            yield Relation("whole", (((n, name), 1),))


def rate_relation(line: Line, rate: str, definition: Definition) -> Iterator[Relation]:
    """A printed rate under one of its definitions, where both sides are printed or add up from what is."""
    top, bottom = (_sides(line, names) for names in (definition.top, definition.bottom))
    if top and bottom:
        yield Relation("rate", top, bottom, (line.number, rate), definition.id)


def _sides(line: Line, names: Sequence[str]) -> Terms:
    found: list[tuple[Key, int]] = []
    for name in names:
        ways = [((name, 1),), *(terms for given, terms in WITHIN if given == name)]
        way = next((terms for terms in ways if all(part in line.figures for part, _ in terms)), None)
        if way is None:
            return ()
        found += [((line.number, part), sign) for part, sign in way]
    return tuple(found)


def _changes(line: Line, at: Mapping[tuple[str, Cell], Line]) -> Iterator[Relation]:
    earlier = window_before(line.cell)
    before = at.get((line.court, earlier)) if earlier else None
    for name, figure in line.figures.items():
        if figure.kind not in ("change", "difference") or before is None:
            continue
        measure = base_of(name)
        now, then = _sides(line, (measure,)), _sides(before, (measure,))
        if now and then and before.year is not None and line.year is not None:
            years = (before.year, line.year)
            if figure.kind == "change":
                yield Relation("change", now, then, (line.number, name), years=years)
            else:
                away = tuple((key, -sign) for key, sign in then)
                yield Relation("difference", (*now, *away), (), (line.number, name), years=years)


def _stocks(lines: Sequence[Line]) -> Iterator[Relation]:
    """The closing stock of a period and the opening stock of the next."""
    begun = {(line.court, line.cell.scope, line.cell.start): line for line in lines if line.cell.start}
    for line in lines:
        if line.cell.end is None:
            continue
        after = begun.get((line.court, line.cell.scope, line.cell.end + ONE_DAY))
        if after is None or line.year is None or after.year is None:
            continue
        closing, opening = _stock(line, "closing"), _stock(after, "opening")
        if closing and opening:
            away = tuple((key, -sign) for key, sign in opening)
            yield Relation("stock", (*closing, *away), years=(line.year, after.year))


def _stock(line: Line, name: str) -> Terms:
    way = next((terms for terms in STOCKS[name] if all(part in line.figures for part, _ in terms)), None)
    return tuple(((line.number, part), sign) for part, sign in way) if way else ()


def _parts(
    at: Mapping[tuple[str, Cell], Line],
    parents: Mapping[str, Mapping[Cell, str]],
    complete: Mapping[str, Collection[Cell]],
) -> Iterator[Relation]:
    wholes: dict[tuple[str, Cell], list[Line]] = {}
    for (court, cell), line in at.items():
        parent = parents.get(court, {}).get(cell)
        if parent and parent != cell.scope:
            wholes.setdefault((court, Cell(parent, cell.start, cell.end, cell.line)), []).append(line)
    for (court, cell), parts in wholes.items():
        whole = at.get((court, cell))
        if whole is None:
            continue
        told = complete.get(court, ())
        all_listed = cell in told or any(p.cell in told or REST in p.cell.scope for p in parts)
        for name in PARTS:
            here = [p for p in parts if name in p.figures]
            if name in whole.figures and here:
                terms = (((whole.number, name), 1), *(((p.number, name), -1) for p in here))
                yield Relation("parts", terms, at_most=not all_listed or len(here) < len(parts))
