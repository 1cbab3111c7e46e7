"""Numbers at their printed values, and the way by hand from them to another: sums, quotients, changes, identities."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from analysis.inference.reconciliation.cells import Cell, Figure, year_before
from analysis.inference.reconciliation.ledger import Ledger, rate_of
from analysis.inference.reconciliation.rates import Definition
from analysis.returns.figures import CHANGE
from analysis.returns.verdicts import decimal, plain
from analysis.vocabulary.language import Text

# Identities within a cell, as a hand would use them: the quantity, and signed quantities that give it.
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
Way = tuple[Fraction, Text]  # a value, and the arithmetic that leads to it


class Faces:
    """The figures of a ledger at their printed values."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.printed = {(f.cell, f.measure): f for f in reversed(ledger.figures)}

    def face(self, cell: Cell, quantity: str) -> tuple[Fraction, str] | None:
        """A quantity at its printed value, or from an identity of its cell, with the way to it."""
        own = self.printed.get((cell, quantity))
        if own is not None:
            return own.printed.value, plain(own.printed.value)
        found = self.sum_of(cell, quantity)
        return None if found is None else (found[0], f"({found[1]})")

    def sum_of(self, cell: Cell, quantity: str) -> tuple[Fraction, str] | None:
        """A quantity from others printed in its cell: 375+1389."""
        for name, terms in WITHIN:
            if name == quantity and all((cell, part) in self.printed for part, _ in terms):
                values = ((self.printed[cell, part].printed.value, sign) for part, sign in terms)
                return _signed((value, plain(value), sign) for value, sign in values)
        return None

    def sides(self, cell: Cell, definition: Definition) -> tuple[Fraction, Fraction, str] | None:
        """Numerator, denominator and their quotient as written, at printed values."""
        tops = [self.face(cell, name) for name in definition.top]
        bottoms = [self.face(cell, name) for name in definition.bottom]
        if any(side is None for side in (*tops, *bottoms)):
            return None
        above = [side for side in tops if side is not None]
        below = [side for side in bottoms if side is not None]
        top, bottom = sum((v for v, _ in above), Fraction(0)), sum((v for v, _ in below), Fraction(0))
        written = "+".join(text for _, text in below)
        return top, bottom, f"{above[0][1]}/{f'({written})' if len(below) > 1 else written}"

    def way(self, figure: Figure, meaning: Definition | None) -> Way | None:
        """How the numbers printed beside a figure give it, where a short sum, quotient or identity does."""
        if figure.kind == "rate" and meaning is not None:
            used = self.sides(figure.cell, meaning)
            if used is None or used[1] == 0:
                return None
            value = 100 * used[0] / used[1]
            return value, _same(f"{used[2]} = {decimal(figure.printed, value)} %")
        if figure.kind == "change":
            return self._change(figure, meaning)
        added = self.sum_of(figure.cell, figure.measure)
        if added is not None:
            return added[0], _same(f"{added[1]} = {plain(added[0])}")
        return self._by_identity(figure)

    def _change(self, figure: Figure, meaning: Definition | None) -> Way | None:
        before = year_before(figure.cell)
        if before is None:
            return None
        if rate_of(figure):
            now, then = (self.sides(cell, meaning) if meaning else None for cell in (figure.cell, before))
            if now is None or then is None or not now[1] or not then[1]:
                return None
            value = 100 * (now[0] / now[1] - then[0] / then[1])
            shown = f"{now[2]} - {then[2]} = {decimal(figure.printed, value)}"
            return value, Text(f"{shown} 个百分点", f"{shown} percentage points")
        measure = figure.measure.removesuffix(CHANGE)
        one, other = self.face(figure.cell, measure), self.face(before, measure)
        if one is None or other is None or other[0] == 0:
            return None
        value = 100 * (one[0] / other[0] - 1)
        return value, _same(f"{one[1]}/{other[1]} - 1 = {decimal(figure.printed, value)} %")

    def _by_identity(self, figure: Figure) -> Way | None:
        """From an identity between cells, all other members of which are printed."""
        problem = self.ledger.problem
        own = problem.unknowns.index.get((figure.cell, figure.measure))
        for link in self.ledger.links:
            terms = dict(link.row.terms)
            if own not in terms or link.row.lower != link.row.upper:
                continue
            others = [(v, -c * terms[own]) for v, c in terms.items() if v != own]
            faces = [self.face(*problem.unknowns.names[v]) for v, _ in others]  # type: ignore[misc]
            known = [(*face, sign) for face, (_, sign) in zip(faces, others, strict=True) if face is not None]
            if len(known) == len(others):
                value, written = _signed(known)
                shown = written if written == plain(value) else f"{written} = {plain(value)}"
                return value, Text(f"{link.text.zh}：{shown}", f"{link.text.en}: {shown}")
        return None


def _signed(terms: Iterable[tuple[Fraction, str, int]]) -> tuple[Fraction, str]:
    """The sum of signed values, and how it is written."""
    total, shown = Fraction(0), ""
    for value, text, sign in terms:
        total += sign * value
        shown += f"{'-' if sign < 0 else '+' if shown else ''}{text}"
    return total, shown


def _same(written: str) -> Text:
    return Text(written, written)
