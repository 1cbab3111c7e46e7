"""The printed figures that hang together, as regions: which rows hold under a rule, a definition, without a figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from analysis.inference.reconciliation.bounds import Region
from analysis.inference.reconciliation.equations import Row
from analysis.inference.reconciliation.identities import Link, Problem
from analysis.inference.reconciliation.printed_cells import Cell, Figure, window_before
from analysis.inference.reconciliation.rates import Definition, base_row, difference_row, rate_rows
from analysis.returns.figures import Interval, Rule

Assignment = Mapping[int, Definition]  # number of a rate's figure -> what it means
WIDEST = Fraction(10**9)  # percent; stands for an unbounded rate
# Times that the search for conflicts of a component may ask the solver, and more for each figure. Where one figure in ten is
# misprinted it asks at most four times a figure; where everything contradicts everything it would ask thousands of times,
# and learn no more.
ASKED, ASKED_A_FIGURE = 400, 3


@dataclass
class Component:
    """One component of a court: figures, links and identities that share unknowns, directly or through others."""

    problem: Problem
    figures: list[Figure]
    links: list[Link]
    within: list[Row]
    quantities: list[tuple[Cell, str]]
    plain: object = None  # the determination without rates, once it was made
    asked: int = 0  # how often the search for conflicts has needed the solver
    _kept: dict[object, Region] = field(default_factory=dict)
    _points: list[list[int]] = field(default_factory=list)  # known ones, handed from region to region

    def region(
        self,
        meaning: Assignment,
        *,
        rule: Rule = "either",
        rules: Mapping[int, Rule] | None = None,
        figures: Iterable[Figure] | None = None,
        links: Collection[Link] | None = None,
        extra: Sequence[Row] = (),
    ) -> Region:
        """All numbers that some figures allow (all of them unless said), each under its rule and meaning, and ``extra``."""
        active = self.figures if figures is None else list(figures)
        rules = rules or {}
        own = [row for f in active for row in self._rows_of(f, rules.get(f.number, rule), meaning)]
        rows = [*own, *extra]
        rows = [*self._reached(rows, self.links if links is None else links), *rows]
        region = Region(self.problem.unknowns, rows, self._points)
        changes = [f for f in active if f.kind == "change" and f.rate]
        for _ in range(2 if changes else 0):
            if not region.alive:
                break
            more = [row for f in changes for row in self._difference(f, active, region, meaning, rules, rule)]
            region = Region(self.problem.unknowns, [*rows, *more], self._points)
        return region

    def holds(
        self,
        meaning: Assignment,
        *,
        figures: Iterable[Figure] | None = None,
        links: Collection[Link] | None = None,
    ) -> bool:
        """Return whether some figures can hold together; what narrowing does not settle is counted."""
        region = self.region(meaning, figures=figures, links=links)
        self.asked += region.alive and not region.seen
        return region.feasible

    def end_search(self) -> None:
        """End the search for conflicts before its time: it learns no more."""
        self.asked = self._may_ask + 1

    @property
    def spent(self) -> bool:
        """Return whether the search for conflicts has asked the solver as often as it may."""
        return self.asked > self._may_ask

    @property
    def _may_ask(self) -> int:
        return ASKED + ASKED_A_FIGURE * len(self.figures)

    def _reached(self, rows: Sequence[Row], links: Collection[Link]) -> list[Row]:
        """The identities that hang together with some rows; all others hold where everything is nothing."""
        tied = self.within_at if links is self.links else None
        if tied is None:
            tied = _at([*self.within, *(link.row for link in links)])
        felt = {v for row in rows for v, _ in row.terms}
        waiting, found = list(felt), {}
        while waiting:
            for number, row in tied.get(waiting.pop(), ()):
                if number not in found:
                    found[number] = row
                    new = [v for v, _ in row.terms if v not in felt]
                    felt.update(new)
                    waiting.extend(new)
        return [found[number] for number in sorted(found)]

    @cached_property
    def within_at(self) -> dict[int, list[tuple[int, Row]]]:
        """All identities by the unknowns that stand in them."""
        return _at([*self.within, *(link.row for link in self.links)])

    def _rows_of(self, figure: Figure, rule: Rule, meaning: Assignment) -> list[Row]:
        key = (figure.number, figure.text, rule, meaning[figure.number].id if figure.number in meaning else "")
        if key not in self._rows:
            self._rows[key] = self.problem.rows_of(figure, rule, meaning.get(figure.number))
        return self._rows[key]

    @cached_property
    def _rows(self) -> dict[tuple[int, str, str, str], list[Row]]:
        return {}

    def main(self, meaning: Assignment) -> Region:
        """The region of all figures under ``either``, kept for the next call."""
        return self.kept(meaning, self.figures)

    def kept(self, meaning: Assignment, figures: Sequence[Figure]) -> Region:
        """The region of some figures under ``either``, kept for the next call."""
        key = (tuple(f.number for f in figures), tuple(sorted((number, d.id) for number, d in meaning.items())))
        if key not in self._kept:
            self._kept[key] = self.region(meaning, figures=figures)
        return self._kept[key]

    def without(self, figure: Figure, meaning: Assignment, figures: Sequence[Figure]) -> Region:
        """The region of some figures less one of them, narrowed anew only where that one can matter.

        Unknowns that other printed counts fix are walls: what lies behind them does not feel the figure.
        """
        rest = [f for f in figures if f.number != figure.number]
        if any(f.kind == "change" and rate_of(f) for f in figures):  # not linear
            return self.region(meaning, figures=rest)
        base = self.kept(meaning, figures)
        walls = {
            self.problem.v(f.cell, f.measure)
            for f in rest
            if f.kind in ("count", "mode") and f.printed.digit <= 1 and f.printed.value.denominator == 1
        }
        rows = [*self.within, *(link.row for link in self.links)]
        rows += [row for f in rest for row in self._rows_of(f, "either", meaning)]
        at: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            for v, _ in row.terms:
                at.setdefault(v, []).append(number)
        reached = [v for row in self._rows_of(figure, "either", meaning) for v, _ in row.terms if v not in walls]
        felt, touched = set(reached), set()
        while reached:
            for number in at.get(reached.pop(), ()):
                if number not in touched:
                    touched.add(number)
                    new = [v for v, _ in rows[number].terms if v not in walls and v not in felt]
                    felt.update(new)
                    reached.extend(new)
        box = base.box.copy()
        for v in felt:
            box.lower[v], box.upper[v] = 0, None
        return Region(self.problem.unknowns, [rows[n] for n in sorted(touched)], self._points, within=box)

    def under(self, base: Region, meaning: Assignment, rules: Mapping[int, Rule], figures: Sequence[Figure]) -> Region:
        """Some figures of a region under stricter rules; it is narrowed on from there."""
        if any(f.kind == "change" and rate_of(f) for f in figures):  # not linear
            return self.region(meaning, rules=rules, figures=figures)
        rows = [*self.within, *(link.row for link in self.links)]
        changed: list[int] = []
        for figure in figures:
            rule = rules.get(figure.number, "either")
            own = self._rows_of(figure, rule, meaning)
            rows += own
            if rule != "either":
                changed += [v for row in own for v, _ in row.terms]
        return Region(self.problem.unknowns, rows, self._points, within=base.box, changed=changed)

    def leading(self) -> dict[int, Definition]:
        """Every rate with the first of its definitions."""
        return {f.number: self.problem.meanings[rate_of(f)][0] for f in self.figures if rate_of(f)}

    # -- a change of a rate, in percentage points -----------------------------------------------------------------

    def _difference(
        self,
        figure: Figure,
        active: Iterable[Figure],
        region: Region,
        meaning: Assignment,
        rules: Mapping[int, Rule],
        rule: Rule,
    ) -> list[Row]:
        """Linear where both bases are known; otherwise each year's rate within what the other's allows."""
        before = window_before(figure.cell)
        if before is None:
            return []
        definition = meaning[figure.number]
        seen = figure.printed.interval(rules.get(figure.number, rule))
        whole = definition.integral
        now, then = self.problem.sides(figure.cell, definition), self.problem.sides(before, definition)
        rows = [base_row(now[1], integral=whole), base_row(then[1], integral=whole)]
        box = region.box
        if whole and all(box.fixed(v) for v in (*now[1], *then[1])):
            bases = [sum(box.lower[v] or 0 for v in side[1]) for side in (now, then)]
            if min(bases) > 0:
                return [*rows, difference_row((now[0], bases[0]), (then[0], bases[1]), seen)]
        cells = {}
        for cell, side in ((figure.cell, now), (before, then)):
            low, high = region.ratio_of_bounds(*side, 1), region.ratio_of_bounds(*side, -1)
            cells[cell] = Interval((low or Fraction(0)) * 100, WIDEST if high is None else high * 100)
        for other in active:
            if other.kind == "rate" and other.cell in cells and meaning[other.number].id == definition.id:
                printed = other.printed.interval(rules.get(other.number, rule))
                known = cells[other.cell]
                cells[other.cell] = Interval(max(known.lower, printed.lower), min(known.upper, printed.upper))
        a, b = cells[figure.cell], cells[before]
        for side, low, high in (
            (now, b.lower + seen.lower, b.upper + seen.upper),
            (then, a.lower - seen.upper, a.upper - seen.lower),
        ):
            if high < WIDEST / 2:
                rows += rate_rows(*side, Interval(max(low, Fraction(0)), high), integral=whole)
        return rows


def _at(rows: Sequence[Row]) -> dict[int, list[tuple[int, Row]]]:
    found: dict[int, list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows):
        for v, _ in row.terms:
            found.setdefault(v, []).append((number, row))
    return found


def rate_of(figure: Figure) -> str:
    """The rate that a figure prints, or whose change it prints; empty for others."""
    return figure.rate


def components_of(problem: Problem) -> list[Component]:  # noqa: C901 - one walk over the links, apart by kind
    """The components of one court, in the order of their first figure."""
    unknowns = problem.unknowns
    everything = _rows_with_owner(problem)
    root = list(range(len(unknowns.names) + len(problem.figures)))

    def find(v: int) -> int:
        while root[v] != v:
            root[v] = root[root[v]]
            v = root[v]
        return v

    size = len(unknowns.names)
    owner = {figure.number: size + at for at, figure in enumerate(problem.figures)}
    for figure, rows in everything:
        nodes = [v for row in rows for v, _ in row.terms] + ([owner[figure.number]] if figure else [])
        for v in nodes[1:]:
            root[find(v)] = find(nodes[0])
    parts: dict[int, Component] = {}

    def part(v: int) -> Component:
        return parts.setdefault(find(v), Component(problem, [], [], [], []))

    for figure in problem.figures:
        part(owner[figure.number]).figures.append(figure)
    for link in problem.links:
        part(link.row.terms[0][0]).links.append(link)
    for row in problem.within:
        part(row.terms[0][0]).within.append(row)
    for cell, held in problem.cells.items():
        for quantity in sorted(held):
            part(unknowns.of((cell, quantity))).quantities.append((cell, quantity))
    return [component for component in parts.values() if component.figures]


def _rows_with_owner(problem: Problem) -> list[tuple[Figure | None, list[Row]]]:
    found: list[tuple[Figure | None, list[Row]]] = [(None, [row]) for row in problem.within]
    found += [(None, [link.row]) for link in problem.links]
    for figure in problem.figures:
        rate = rate_of(figure)
        if not rate:
            found.append((figure, problem.rows_of(figure, "either")))
            continue
        cells = [figure.cell]
        if figure.kind in ("change", "difference") and (before := window_before(figure.cell)) is not None:
            cells.append(before)
        bound: list[Row] = []
        for cell in cells:
            for definition in problem.meanings[rate]:
                top, bottom = problem.sides(cell, definition)
                bound.append(Row(tuple((v, 1) for v in (*top, *bottom)), None, None))
        found.append((figure, bound))
    return found
