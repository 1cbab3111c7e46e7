"""Numbers that were not printed, implied by the others: bounds of every unknown and every rate under each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analysis.inference.reconciliation.bounds import Region
from analysis.inference.reconciliation.checks import Examination
from analysis.inference.reconciliation.components import Assignment, rate_of
from analysis.inference.reconciliation.identities import ADDITIVE
from analysis.inference.reconciliation.printed_cells import Cell
from analysis.inference.reconciliation.rates import Definition
from analysis.returns.figures import RATES, RULES, Rule

Bounds = tuple[Fraction, Fraction | None]
NEGLIGIBLE = Fraction(1, 1000)  # 万元; a lower bound that only says that something was claimed
ORDER = {name: at for at, name in enumerate((*ADDITIVE, *RATES))}


@dataclass(frozen=True)
class Implied:
    """Bounds of one unprinted number under one rule; amounts in 万元, rates in percent."""

    cell: Cell
    measure: str
    rule: Rule
    lower: Fraction
    upper: Fraction | None

    @property
    def exact(self) -> bool:
        """Return whether the bounds meet."""
        return self.lower == self.upper


def implied_by(examination: Examination) -> list[Implied]:
    """Every unprinted number of a component on which its sound figures say anything; none where not all contradictions were found."""
    found: list[Implied] = []
    if not examination.sound or not examination.finished:
        return found
    targets = sorted(_targets(examination), key=lambda target: (_day(target[0]), ORDER.get(target[1], len(ORDER))))
    settled: dict[tuple[Cell, str], Bounds] = {}
    for rule in RULES:
        released = examination.released[rule] if rule != "either" else []
        if rule != "either" and len(released) == len(examination.sound):
            continue  # no figure can follow this rule with the others
        regions: list[tuple[Assignment, Region]] = [
            (meaning, examination.region(rule, released=released, meaning=meaning))
            for meaning in examination.tried.assignments
        ]
        for cell, measure, bounds in targets:
            low, high = settled.get((cell, measure)) or _over(regions, bounds)
            if rule == "either" and low == high:  # so it is under each
                settled[cell, measure] = low, high
            if not _idle(low, high, measure, examination):
                found.append(Implied(cell, measure, rule, low, high))
    return found


Target = tuple[Cell, str, Callable[[Region, Assignment], Bounds]]


def _targets(examination: Examination) -> Iterator[Target]:
    component = examination.component
    problem = component.problem
    printed = {(f.cell, f.measure) for f in component.figures}
    held = dict.fromkeys(component.quantities)
    for cell, quantity in held:
        if (cell, quantity) not in printed and ":" not in quantity:
            yield cell, quantity, _of_quantity(problem.v(cell, quantity), problem.unknowns.integral)
    for cell in dict.fromkeys(cell for cell, _ in held):
        for measure in problem.meanings:
            definition = _meant(examination, measure)
            sides = (*definition.top, *definition.bottom)
            if (cell, measure) not in printed and all((cell, q) in held for q in sides):
                yield cell, measure, _of_rate(*problem.sides(cell, definition), measure, examination, cell)


def _meant(examination: Examination, measure: str) -> Definition:
    """The definition by which an unprinted rate is meant: the one of the source's printed rates, or the leading."""
    for figure in examination.component.figures:
        if rate_of(figure) == measure:
            return examination.meaning[figure.number]
    return examination.component.problem.meanings[measure][0]


def _of_quantity(v: int, integral: list[bool]) -> Callable[[Region, Assignment], Bounds]:
    def bounds(region: Region, meaning: Assignment) -> Bounds:  # noqa: ARG001 - the same call as for a rate
        low, high = region.extreme(v, 1), region.extreme(v, -1)
        unit = 1 if integral[v] else 10**9
        return Fraction(low or 0, unit), None if high is None else Fraction(high, unit)

    return bounds


def _of_rate(
    top: tuple[int, ...], bottom: tuple[int, ...], measure: str, examination: Examination, cell: Cell
) -> Callable[[Region, Assignment], Bounds]:
    own = [f.number for f in examination.component.figures if rate_of(f) == measure]

    def bounds(region: Region, meaning: Assignment) -> Bounds:
        sides = examination.component.problem.sides(cell, meaning[own[0]]) if own else (top, bottom)
        low, high = region.ratio(*sides, 1), region.ratio(*sides, -1)
        return 100 * Fraction(low or 0), None if high is None else 100 * Fraction(high)

    return bounds


def _over(regions: list[tuple[Assignment, Region]], bounds: Callable[[Region, Assignment], Bounds]) -> Bounds:
    """The union of the bounds over all definitions that may be meant."""
    all_bounds = [bounds(region, meaning) for meaning, region in regions if region.alive]
    highs = [high for _, high in all_bounds]
    high = None if any(h is None for h in highs) else max((h for h in highs if h is not None), default=None)
    return min((low for low, _ in all_bounds), default=Fraction(0)), high


def _idle(low: Fraction, high: Fraction | None, measure: str, examination: Examination) -> bool:
    """Return whether bounds say nothing that is not true of any court."""
    if measure not in examination.component.problem.meanings:
        return high is None and low <= NEGLIGIBLE
    part = _meant(examination, measure).part  # bounds of 0 and 100 say nothing of it
    return high is None or (low == 0 and part and high >= 100)


def _day(cell: Cell) -> tuple[date, date, str]:
    return cell.start or date.min, cell.end or date.max, cell.scope
