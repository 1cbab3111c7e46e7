"""Identities of one court's numbers: within a cell, between periods, between scopes, to last year, to the modes.

Within a cell ``received = opening + filed`` and ``closing = received - closed`` always hold. Between cells the rows are
links, which a conflict may name: a stock on one day is one number, flows add over sub-periods, parts add to wholes.
Periods that only differ from printed ones (2010-2011 less 2011) become cells of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from analysis.inference.reconciliation.equations import GRAIN, Row, Unknowns
from analysis.inference.reconciliation.printed_cells import ONE_DAY, Cell, Figure, atoms, window_before
from analysis.inference.reconciliation.rates import Definition, Definitions, change_rows, definitions, rate_rows
from analysis.returns.figures import Interval, Rule, base_of, kind_of
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.text import Text

REST = "其他"  # a part of this name holds all that is not listed
CASEFLOW = ("opening", "filed", "received", "closed", "closing")
ACTUAL = "actual_enforcements"
# Quantities that add over sub-periods, and those that add over scopes.
FLOWS = ("filed", "closed", ACTUAL, "petitions", "petitions_resolved", "amount_closed", "amount_recovered")
ADDITIVE = (
    *CASEFLOW,
    ACTUAL,
    "petitions",
    "petitions_resolved",
    "amount_received",
    "amount_closed",
    "amount_recovered",
)


@dataclass(frozen=True)
class Link:
    """An identity between cells, which a conflict may name: the row, the cell it is shown at, in words."""

    number: int
    kind: str  # stock, sum, part, parts, modes
    row: Row
    cell: Cell
    quantity: str
    text: Text


@dataclass
class Problem:
    """All figures of one court with their unknowns, the identities within cells, and the links between cells."""

    court: str
    figures: list[Figure]
    unknowns: Unknowns = field(default_factory=Unknowns)
    cells: dict[Cell, set[str]] = field(default_factory=dict)  # quantities of each cell
    added: set[Cell] = field(default_factory=set)  # complements and last year's cells
    within: list[Row] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    meanings: Definitions = field(default_factory=definitions)  # what each rate may mean

    @cached_property
    def closings(self) -> frozenset[str]:
        """The counts that are a part of the closings, as the definitions have it: actually enforced, completed …"""
        every = [d for of_rate in self.meanings.values() for d in of_rate]
        return frozenset({ACTUAL} | {d.top[0] for d in every if d.part and d.bottom == ("closed",) and len(d.top) == 1})

    def v(self, cell: Cell, quantity: str) -> int:
        """The unknown of a quantity in a cell; it comes with the identities of its cell."""
        held = self.cells.setdefault(cell, set())
        if quantity not in held:
            self._add(cell, quantity, held)
        return self.unknowns.of((cell, quantity), integral=not quantity.startswith("amount"))

    def _add(self, cell: Cell, quantity: str, held: set[str]) -> None:
        if quantity in CASEFLOW:
            held.update(CASEFLOW)
            o, f, w, c, p = (self.unknowns.of((cell, name)) for name in CASEFLOW)
            self.within.append(Row(((w, 1), (o, -1), (f, -1)), 0, 0))
            self.within.append(Row(((w, 1), (c, -1), (p, -1)), 0, 0))
            return
        held.add(quantity)
        if quantity in self.closings:  # what was actually enforced was closed
            closed = self.v(cell, "closed")
            self.within.append(Row(((self.unknowns.of((cell, quantity)), 1), (closed, -1)), None, 0))

    def link(self, kind: str, row: Row, cell: Cell, quantity: str, text: Text) -> None:
        """Add an identity between cells."""
        self.links.append(Link(len(self.links), kind, row, cell, quantity, text))

    def rows_of(self, figure: Figure, rule: Rule, definition: Definition | None = None) -> list[Row]:
        """Return what a figure says under a rule (a rate: under a definition); a change of a rate says nothing by itself."""
        return self.rows_within(figure, figure.printed.interval(rule), definition)

    def rows_within(self, figure: Figure, seen: Interval, definition: Definition | None = None) -> list[Row]:
        """Return what it says that the number which a figure prints lies in an interval."""
        if figure.kind in ("count", "mode"):
            low, high = seen.integers()
            return [Row(((self.v(figure.cell, figure.measure), 1),), low, high)]
        if figure.kind == "amount":
            least, most = seen.lower * GRAIN, seen.upper * GRAIN
            return [Row(((self.v(figure.cell, figure.measure), 1),), int(least // 1), int(-(-most // 1)))]
        if figure.kind == "rate" and definition is not None:
            top, bottom = self.sides(figure.cell, definition)
            return rate_rows(top, bottom, seen, integral=definition.integral)
        measure = base_of(figure.measure)
        before = window_before(figure.cell)
        if figure.kind == "change" and not figure.rate and before is not None:
            whole = kind_of(measure) == "count"
            return change_rows(self.v(figure.cell, measure), self.v(before, measure), seen, integral=whole)
        if figure.kind == "difference" and before is not None:
            terms = ((self.v(figure.cell, measure), 1), (self.v(before, measure), -1))
            if kind_of(measure) == "count":
                return [Row(terms, *seen.integers())]
            return [Row(terms, int(seen.lower * GRAIN // 1), int(-(-seen.upper * GRAIN // 1)))]
        return []

    def sides(self, cell: Cell, definition: Definition) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The unknowns above and below the line of a rate."""
        top = tuple(self.v(cell, name) for name in definition.top)
        return top, tuple(self.v(cell, name) for name in definition.bottom)


def problem_of(
    court: str,
    figures: Sequence[Figure],
    parents: Mapping[Cell, str],
    complete: Collection[Cell] = (),
    meanings: Definitions | None = None,
) -> Problem:
    """Set up one court: unknowns for every figure, then the links.

    ``parents``: the scope that a cell is a part of; ``complete``: cells whose source says that all parts are listed.
    """
    problem = Problem(court, list(figures), meanings=meanings or definitions())
    for figure in figures:
        _unknowns_of(problem, figure)
    _link_modes(problem)
    _link_scopes(problem, parents, complete)
    for scope in dict.fromkeys(cell.scope for cell in list(problem.cells)):
        for family in ((ACTUAL,), CASEFLOW, ("petitions", "petitions_resolved"), ("amount_closed", "amount_recovered")):
            _link_periods(problem, scope, family)
        _link_stocks(problem, scope)
        _link_received_amounts(problem, scope)
    return problem


def _unknowns_of(problem: Problem, figure: Figure) -> None:
    measure = base_of(figure.measure)
    cells = [figure.cell]
    if figure.kind in ("change", "difference") and (before := window_before(figure.cell)) is not None:
        if before not in problem.cells:
            problem.added.add(before)
        cells.append(before)
    for cell in cells:
        problem.added -= {cell} if cell == figure.cell else set()
        if figure.rate:
            for definition in problem.meanings[figure.rate]:
                problem.sides(cell, definition)
        elif figure.kind != "other":
            problem.v(cell, measure)


def _link_modes(problem: Problem) -> None:
    totals: dict[tuple[Cell, str], list[Figure]] = {}
    for figure in problem.figures:
        if figure.kind == "mode":
            totals.setdefault((figure.cell, figure.measure.partition(":")[0]), []).append(figure)
    for (cell, total), parts in totals.items():
        names = dict.fromkeys(figure.measure for figure in parts)
        terms = ((problem.v(cell, total), 1), *((problem.v(cell, name), -1) for name in names))
        text = Text("各方式之和等于总数", "the modes add up to the total")
        problem.link("modes", Row(terms, 0, 0), cell, total, text)


def _link_scopes(problem: Problem, parents: Mapping[Cell, str], complete: Collection[Cell]) -> None:
    """Parts are at most the whole; they add up to it where the source lists all of them (``complete``, or 其他)."""
    wholes: dict[Cell, list[Cell]] = {}
    for cell, parent in parents.items():
        if cell in problem.cells and parent != cell.scope:
            wholes.setdefault(Cell(parent, cell.start, cell.end, cell.line), []).append(cell)
    for whole, parts in wholes.items():
        if len(parts) == 1 and whole not in problem.cells:
            continue
        if whole not in problem.cells:
            problem.added.add(whole)
        held = set.union(*(problem.cells[part] for part in parts), problem.cells.get(whole, set()))
        for quantity in (q for q in ADDITIVE if q in held):
            terms = ((problem.v(whole, quantity), 1), *((problem.v(part, quantity), -1) for part in parts))
            named, scopes = group_text("scope", whole.scope), [group_text("scope", part.scope) for part in parts]
            names_zh, names_en = "＋".join(each.zh for each in scopes), " + ".join(each.en for each in scopes)
            if not (whole in complete or any(part in complete or REST in part.scope for part in parts)):
                text = Text(f"{names_zh}不大于{named.zh}", f"{names_en} at most {named.en}")
                problem.link("part", Row(terms, 0, None), whole, quantity, text)
            else:
                text = Text(f"{named.zh} ＝ {names_zh}", f"{named.en} = {names_en}")
                problem.link("parts", Row(terms, 0, 0), whole, quantity, text)


def _link_periods(problem: Problem, scope: str, family: Sequence[str]) -> None:
    """Flows of a period are the sum over the stretches into which other periods cut it."""
    cells = [c for c, held in problem.cells.items() if c.scope == scope and c.dated and held & set(family)]
    pieces = [Cell(scope, a, b) for a, b in atoms(cells)]
    for cell in cells:
        inner = [piece for piece in pieces if piece.inside(cell)]
        for quantity in (q for q in family if q in FLOWS and q in problem.cells[cell]):
            if not inner:
                continue
            problem.added.update(piece for piece in inner if piece not in problem.cells)
            terms = ((problem.v(cell, quantity), 1), *((problem.v(piece, quantity), -1) for piece in inner))
            text = Text(
                f"{span(cell).zh} ＝ {'＋'.join(span(piece).zh for piece in inner)}",
                f"{span(cell).en} = {' + '.join(span(piece).en for piece in inner)}",
            )
            problem.link("sum", Row(terms, 0, 0), cell, quantity, text)


def _link_stocks(problem: Problem, scope: str) -> None:
    """The stock of one day is one number: closings of periods that end there, openings of those that begin after it."""
    on: dict[date, list[tuple[Cell, str]]] = {}
    for cell, held in problem.cells.items():
        if cell.scope == scope and "opening" in held:
            if cell.start is not None:
                on.setdefault(cell.start, []).append((cell, "opening"))
            if cell.end is not None:
                on.setdefault(cell.end + ONE_DAY, []).append((cell, "closing"))
    for day, stocks in sorted(on.items()):
        stocks.sort(key=lambda stock: (stock[0] in problem.added, stock[1] == "opening"))
        for (cell, quantity), (other, same) in pairwise(stocks):
            text = Text(
                f"{day - ONE_DAY}的存量只有一个：{_stock(cell, quantity).zh} ＝ {_stock(other, same).zh}",
                f"the stock of {day - ONE_DAY} is one number: {_stock(cell, quantity).en} = {_stock(other, same).en}",
            )
            row = Row(((problem.v(cell, quantity), 1), (problem.v(other, same), -1)), 0, 0)
            problem.link("stock", row, cell, quantity, text)


def _link_received_amounts(problem: Problem, scope: str) -> None:
    """Return what a part of a period received, the whole period received, too."""
    cells = [c for c, held in problem.cells.items() if c.scope == scope and c.dated and "amount_received" in held]
    for cell in cells:
        around = [other for other in cells if cell.inside(other)]
        for other in around:
            if not any(between.inside(other) for between in around):
                row = Row(((problem.v(other, "amount_received"), 1), (problem.v(cell, "amount_received"), -1)), 0, None)
                text = Text(f"{span(cell).zh}不大于{span(other).zh}", f"{span(cell).en} at most {span(other).en}")
                problem.link("part", row, other, "amount_received", text)


def span(cell: Cell) -> Text:
    """A period in words; whole years by their number.

    >>> print(span(Cell("", date(2010, 1, 1), date(2011, 12, 31))))
    2010—2011年
    """
    start, end = cell.start, cell.end
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year == end.year:
            return Text(f"{start.year}年", f"{start.year}")
        return Text(f"{start.year}—{end.year}年", f"{start.year}–{end.year}")
    unknown = Text("未注明期间", "an unstated period")
    return Text(f"{start or '?'}至{end or '?'}", f"{start or '?'} to {end or '?'}") if start or end else unknown


def _stock(cell: Cell, quantity: str) -> Text:
    return Text(f"{span(cell).zh}{'旧存' if quantity == 'opening' else '未结'}", f"{quantity} of {span(cell).en}")
