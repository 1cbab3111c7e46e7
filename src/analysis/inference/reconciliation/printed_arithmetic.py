"""Numbers at their printed values, and the way by hand from them to another: sums, quotients, changes, identities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product

from analysis.inference.reconciliation.components import Component, rate_of
from analysis.inference.reconciliation.printed_cells import Cell, Figure, window_before
from analysis.inference.reconciliation.rates import Definition
from analysis.returns.figures import base_of
from analysis.returns.row_arithmetic import WITHIN, Range, Row, quotients, stands_for, sums, total
from analysis.returns.verdicts import decimal, plain
from analysis.vocabulary.text import Text

Way = tuple[Fraction, Text]  # a value, and the arithmetic that leads to it


class PrintedArithmetic:
    """The figures of a component at their printed values."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.printed = {(f.cell, f.measure): f for f in reversed(component.figures)}
        self._rows: dict[Cell, Row] = {}

    # -- own-row arithmetic -----------------------------------------------------------------------------------------

    def ranges(self, figure: Figure, definition: Definition | None) -> list[Range]:
        """Return what the numbers printed beside a figure give for it: a sum, a quotient, a change, parts that are all listed."""
        if figure.kind == "rate" and definition is not None:
            return quotients(self._row(figure.cell), definition.top, definition.bottom)
        if figure.kind in ("change", "difference"):
            found = self._change(figure, definition)
            return [] if found is None else [(found[0], found[0])]
        return sums(self._row(figure.cell), figure.measure) + self._totals(figure)

    def _row(self, cell: Cell) -> Row:
        if cell not in self._rows:
            self._rows[cell] = {m: _range(f) for (at, m), f in self.printed.items() if at == cell}
        return self._rows[cell]

    def _totals(self, figure: Figure) -> list[Range]:
        """The sums of the listed parts of a whole, and of the modes of a total."""
        unknowns = self.component.problem.unknowns
        found = []
        for link in self.component.links:
            (own, _), *parts = link.row.terms
            if link.kind in ("parts", "modes") and link.row.lower == link.row.upper:
                names = [unknowns.names[v] for v, _ in parts]
                if unknowns.names[own] == (figure.cell, figure.measure) and all(n in self.printed for n in names):
                    found.append(total(_range(self.printed[n]) for n in names))  # type: ignore[index]
        return found

    # -- the way by hand --------------------------------------------------------------------------------------------

    def values_of(self, cell: Cell, quantity: str) -> list[tuple[Fraction, str]]:
        """A quantity at its printed value, or from each identity of its cell, with the way to it."""
        own = self.printed.get((cell, quantity))
        if own is not None:
            return [(own.printed.value, plain(own.printed.value))]
        return [(value, f"({written})") for value, written in self._sums(cell, quantity)]

    def value_of(self, cell: Cell, quantity: str) -> tuple[Fraction, str] | None:
        """A quantity at its printed value, or from the first identity of its cell, with the way to it."""
        return next(iter(self.values_of(cell, quantity)), None)

    def _sums(self, cell: Cell, quantity: str) -> list[tuple[Fraction, str]]:
        """A quantity from others printed in its cell, by each identity: 375+1389."""
        found = []
        for name, terms in WITHIN:
            if name == quantity and all((cell, part) in self.printed for part, _ in terms):
                values = ((self.printed[cell, part].printed.value, sign) for part, sign in terms)
                found.append(_signed((value, plain(value), sign) for value, sign in values))
        return found

    def quotients(self, cell: Cell, definition: Definition) -> list[tuple[Fraction, Fraction, str]]:
        """Numerator, denominator and their quotient as written, at printed values, by each way to the sides."""
        sides = [[self.values_of(cell, name) for name in side] for side in (definition.top, definition.bottom)]
        found = []
        for tops, bottoms in product(product(*sides[0]), product(*sides[1])):
            top, bottom = (sum((value for value, _ in side), Fraction(0)) for side in (tops, bottoms))
            written = "+".join(text for _, text in bottoms)
            found.append((top, bottom, f"{tops[0][1]}/{f'({written})' if len(bottoms) > 1 else written}"))
        return found

    def sides(self, cell: Cell, definition: Definition) -> tuple[Fraction, Fraction, str] | None:
        """Numerator, denominator and their quotient as written, at printed values, by the first way to the sides."""
        return next(iter(self.quotients(cell, definition)), None)

    def way(self, figure: Figure, meaning: Definition | None) -> Way | None:
        """Return how the numbers printed beside a figure give it: a short sum, quotient or identity, one that prints so if any does."""
        ways = list(self._ways(figure, meaning))
        return next((way for way in ways if prints_so(figure, way[0])), ways[0] if ways else None)

    def _ways(self, figure: Figure, meaning: Definition | None) -> Iterator[Way]:
        if figure.kind == "rate" and meaning is not None:
            for top, bottom, written in self.quotients(figure.cell, meaning):
                if bottom:
                    value = 100 * top / bottom
                    yield value, _same(f"{written} = {decimal(figure.printed, value)}%")
        elif figure.kind in ("change", "difference"):
            if (change := self._change(figure, meaning)) is not None:
                yield change
        else:
            for value, written in self._sums(figure.cell, figure.measure):
                yield value, _same(f"{written} = {plain(value)}")
            yield from self._by_identities(figure)

    def _change(self, figure: Figure, meaning: Definition | None) -> Way | None:
        before = window_before(figure.cell)
        if before is None:
            return None
        if rate_of(figure):
            now, then = (self.sides(cell, meaning) if meaning else None for cell in (figure.cell, before))
            if now is None or then is None or not now[1] or not then[1]:
                return None
            value = 100 * (now[0] / now[1] - then[0] / then[1])
            shown = f"{now[2]} - {then[2]} = {decimal(figure.printed, value)}"
            return value, Text(f"{shown}个百分点", f"{shown} percentage points")
        measure = base_of(figure.measure)
        one, other = self.value_of(figure.cell, measure), self.value_of(before, measure)
        if one is None or other is None:
            return None
        if figure.kind == "difference":
            return one[0] - other[0], _same(f"{one[1]}-{other[1]} = {plain(one[0] - other[0])}")
        if other[0] == 0:
            return None
        value = 100 * (one[0] / other[0] - 1)
        return value, _same(f"{one[1]}/{other[1]} - 1 = {decimal(figure.printed, value)}%")

    def _by_identities(self, figure: Figure) -> Iterator[Way]:
        """From each identity between cells, all other members of which are printed."""
        problem = self.component.problem
        own = problem.unknowns.index.get((figure.cell, figure.measure))
        for link in self.component.links:
            terms = dict(link.row.terms)
            if own not in terms or link.row.lower != link.row.upper:
                continue
            others = [(v, -c * terms[own]) for v, c in terms.items() if v != own]
            values = [self.value_of(*problem.unknowns.names[v]) for v, _ in others]  # type: ignore[misc]
            known = [(*value, sign) for value, (_, sign) in zip(values, others, strict=True) if value is not None]
            if len(known) == len(others):
                value, written = _signed(known)
                shown = written if written == plain(value) else f"{written} = {plain(value)}"
                yield value, Text(f"{link.text.zh}：{shown}", f"{link.text.en}: {shown}")


def prints_so(figure: Figure, value: Fraction) -> bool:
    """Return whether a value prints as a figure does, rounded or cut off."""
    return figure.printed.interval("either").holds(value)


def _range(figure: Figure) -> Range:
    return stands_for(figure.printed, counted=figure.kind in ("count", "mode"))


def _signed(terms: Iterable[tuple[Fraction, str, int]]) -> tuple[Fraction, str]:
    """The sum of signed values, and how it is written."""
    total, shown = Fraction(0), ""
    for value, text, sign in terms:
        total += sign * value
        shown += f"{'-' if sign < 0 else '+' if shown else ''}{text}"
    return total, shown


def _same(written: str) -> Text:
    return Text(written, written)
