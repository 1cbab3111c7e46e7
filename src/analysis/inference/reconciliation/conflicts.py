"""Printed figures that cannot be true together: irreducible sets, what would mend each, the fewest that must change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor
from typing import TypeVar

from analysis.inference.reconciliation.bounds import Region
from analysis.inference.reconciliation.components import Assignment, Ledger, rate_of
from analysis.inference.reconciliation.equations import GRAIN
from analysis.inference.reconciliation.identities import Link
from analysis.inference.reconciliation.printed_cells import Figure, year_before
from analysis.returns.figures import CHANGE, Interval

Member = TypeVar("Member", Figure, Link)

MOST_REPAIRS = 40  # repairs tried that leave a figure alone, before it is given the benefit of the doubt
MOST_CHOICES = 100  # of one figure from each conflict, tried before an integer programme
BLOCK = 12  # links that are tried together where there are many
TRIES = 6  # printable values that are tried on each side from the nearest on
FARTHEST = Fraction(10**12)  # cases, 万元 or percent: beyond what anything prints


@dataclass(frozen=True)
class Conflict:
    """An irreducible set: drop any one of its figures and links, and the rest can hold."""

    figures: tuple[Figure, ...]
    links: tuple[Link, ...]


def conflicts_of(ledger: Ledger, meaning: Assignment) -> tuple[list[Conflict], list[Figure]]:
    """The conflicts among a ledger's figures, and the fewest figures whose change would mend them all.

    Conflicts without a figure in common are found first. A smallest set of figures that meets every conflict is then
    sought; where the rest still cannot hold without it, that is a further conflict, until nothing is left.
    """
    found: list[Conflict] = []
    active = list(ledger.figures)
    while not ledger.region(meaning, figures=active).feasible:
        conflict = irreducible(ledger, meaning, active)
        found.append(conflict)
        hit = {f.number for f in conflict.figures}
        active = [f for f in active if f.number not in hit]

    def mends(some: Iterable[Figure]) -> bool:
        dropped = {f.number for f in some}
        return ledger.region(meaning, figures=[f for f in ledger.figures if f.number not in dropped]).feasible

    for choice in islice(product(*(c.figures[::-1] for c in found)), MOST_CHOICES if found else 0):
        if mends(choice):
            return found, list(choice)
    fewest = hitting_set(found) or []
    while found and not mends(fewest):
        found.append(irreducible(ledger, meaning, [f for f in ledger.figures if f not in fewest]))
        fewest = hitting_set(found) or []
    return found, fewest


def irreducible(ledger: Ledger, meaning: Assignment, figures: Sequence[Figure]) -> Conflict:
    """Deletion filter over figures that cannot all hold: whole cells first, then links, then single figures."""
    kept = _some_cells(ledger, meaning, figures)
    links = list(ledger.links)

    def fails(some: Iterable[Figure], tied: Sequence[Link]) -> bool:
        return not ledger.region(meaning, figures=some, links=tied).feasible

    if fails(kept, []):
        links = []
    for cell in dict.fromkeys(f.cell for f in kept):
        rest = [f for f in kept if f.cell != cell]
        if rest and fails(rest, links):
            kept = rest
    for block in reversed([links[at : at + BLOCK] for at in range(0, len(links), BLOCK)] if len(links) > BLOCK else []):
        rest_links = [link for link in links if link not in block]  # a block of links goes at once where it can
        if fails(kept, rest_links):
            links = rest_links
    links = _filtered(links, lambda rest: fails(kept, rest))
    # the last figures are tried first, so that the first ones stay; then the other way round, if that leaves fewer
    one, other = (_filtered(kept[::order], lambda rest: fails(rest, links))[::order] for order in (1, -1))
    kept = other if len(other) < len(one) else one
    links = _filtered(links, lambda rest: fails(kept, rest))
    return Conflict(tuple(kept), tuple(links))


def _filtered(members: list[Member], still_fails: Callable[[list[Member]], bool]) -> list[Member]:
    """Members without which it no longer fails, the last tried first, so that the first ones stay."""
    for member in reversed(list(members)):
        rest = [other for other in members if other is not member]
        if still_fails(rest):
            members = rest
    return members


def _some_cells(ledger: Ledger, meaning: Assignment, figures: Sequence[Figure]) -> list[Figure]:
    """Figures of one cell that cannot hold by themselves, else of the first cells that together cannot."""
    cells = list(dict.fromkeys(f.cell for f in figures))
    for cell in cells:
        alone = [f for f in figures if f.cell == cell]
        if not ledger.region(meaning, figures=alone, links=[]).feasible:
            return alone
    low, high = 0, len(cells)  # the first cells[:high] fail, cells[:low] do not
    while high - low > 1:
        middle = (low + high) // 2
        some = set(cells[:middle])
        if ledger.region(meaning, figures=[f for f in figures if f.cell in some]).feasible:
            low = middle
        else:
            high = middle
    some = set(cells[:high])
    return [f for f in figures if f.cell in some]


def indispensable(
    ledger: Ledger, meaning: Assignment, conflicts: Sequence[Conflict], fewest: Sequence[Figure]
) -> set[int]:
    """The figures, by number, that lie in every smallest repair: whoever is right, they are wrong."""
    known = list(conflicts)
    return {f.number for f in fewest if not _spared(ledger, meaning, known, f, len(fewest))}


def _spared(ledger: Ledger, meaning: Assignment, known: list[Conflict], figure: Figure, size: int) -> bool:
    """Whether a repair of as many figures leaves one of them alone; where the search is long, it is spared."""
    for _ in range(MOST_REPAIRS):
        choice = hitting_set(known, without=figure)
        if choice is None or len(choice) > size:
            return False
        chosen = {f.number for f in choice}
        rest = [f for f in ledger.figures if f.number not in chosen]
        if ledger.region(meaning, figures=rest).feasible:
            return True
        known.append(irreducible(ledger, meaning, rest))
    return True


def hitting_set(conflicts: Sequence[Conflict], *, without: Figure | None = None) -> list[Figure] | None:
    """The fewest figures of which every conflict holds at least one (an integer programme; ties by order).

    ``without``: a figure that is not to be among them; ``None`` where a conflict then has no other.
    """
    if not conflicts:
        return []
    if without is not None and any(c.figures == (without,) for c in conflicts):
        return None
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    figures = sorted({f.number: f for c in conflicts for f in c.figures}.values(), key=lambda f: f.number)
    column = {f.number: j for j, f in enumerate(figures)}
    matrix = np.zeros((len(conflicts), len(figures)))
    for i, conflict in enumerate(conflicts):
        for figure in conflict.figures:
            matrix[i, column[figure.number]] = 1
    order = np.arange(len(figures), 0, -1) / (len(figures) + 1) ** 2  # settles ties, never outweighs a figure
    found = milp(
        1 + order,
        integrality=[1] * len(figures),
        bounds=Bounds(0, [float(f is not without) for f in figures]),
        constraints=LinearConstraint(matrix, 1, np.inf),
    )
    return [f for f in figures if np.asarray(found.x)[column[f.number]] > 0.5]


# -- repairs --------------------------------------------------------------------------------------------------------


def allowed(region: Region, ledger: Ledger, figure: Figure, meaning: Assignment) -> tuple[Fraction, Fraction | None]:
    """What a region allows for what a figure prints, in its base unit (cases, 万元, percent)."""
    problem = ledger.problem
    rate = rate_of(figure)
    if rate and figure.kind == "rate":
        sides = problem.sides(figure.cell, meaning[figure.number])
        low, high = region.ratio(*sides, 1), region.ratio(*sides, -1)
        return 100 * Fraction(low or 0), None if high is None else 100 * Fraction(high)
    if figure.kind == "change":
        return _allowed_change(region, ledger, figure, meaning)
    v = problem.v(figure.cell, figure.measure)
    unit = 1 if problem.unknowns.integral[v] else GRAIN
    least, most = region.extreme(v, 1), region.extreme(v, -1)
    return Fraction(least or 0, unit), None if most is None else Fraction(most, unit)


def _allowed_change(
    region: Region, ledger: Ledger, figure: Figure, meaning: Assignment
) -> tuple[Fraction, Fraction | None]:
    problem, before = ledger.problem, year_before(figure.cell)
    if before is None:  # a change of an unprinted period binds nothing
        return Fraction(-(10**6) if rate_of(figure) else -100), None
    if rate_of(figure):
        now, then = (problem.sides(cell, meaning[figure.number]) for cell in (figure.cell, before))
        low, high = region.ratio(*now, 1), region.ratio(*now, -1)
        low_then, high_then = region.ratio(*then, 1), region.ratio(*then, -1)
        least = Fraction(-(10**6)) if high_then is None else 100 * (Fraction(low or 0) - Fraction(high_then))
        return least, None if high is None else 100 * (Fraction(high) - Fraction(low_then or 0))
    measure = figure.measure.removesuffix(CHANGE)
    sides = ((problem.v(figure.cell, measure),), (problem.v(before, measure),))
    low, high = region.ratio(*sides, 1), region.ratio(*sides, -1)
    return 100 * (Fraction(low or 0) - 1), None if high is None else 100 * (Fraction(high) - 1)


def repair(ledger: Ledger, meaning: Assignment, figure: Figure, others: Sequence[Figure]) -> str | None:
    """The nearest printable value of one figure with which the others can hold; ``None`` if there is none."""
    for face in _faces(ledger, meaning, figure, others):
        text = figure.printed.like(face)
        changed = replace(
            figure, number=-1 - figure.number, text=text, printed=replace(figure.printed, text=text, value=face)
        )
        means = {**meaning, changed.number: meaning[figure.number]} if figure.number in meaning else meaning
        if ledger.region(means, figures=[*others, changed]).feasible:
            return text
    return None


def _faces(ledger: Ledger, meaning: Assignment, figure: Figure, others: Sequence[Figure]) -> list[Fraction]:
    """Printable values near what the other figures allow next above and below the printed one, the nearest first."""
    printed, seen, definition = figure.printed, figure.printed.interval("either"), meaning.get(figure.number)
    least = Fraction(-100 if figure.kind == "change" else 0)
    steps: list[int] = []
    for within, up in ((Interval(seen.upper, FARTHEST), True), (Interval(least, seen.lower), False)):
        if within.lower > within.upper:
            continue
        rows = ledger.problem.rows_within(figure, within, definition)
        region = ledger.region(meaning, figures=others, extra=rows)
        if not region.feasible:
            continue
        low, high = allowed(region, ledger, figure, meaning)
        if not rows:  # a change of a rate: what is allowed at all, on this side of the printed value
            low, high = max(low, seen.upper), seen.lower if high is None else min(high, seen.lower)
        if up:  # the least face that the next value may be truncated to, and on
            first = floor(low / printed.digit)
            steps += range(first, first + TRIES)
        elif high is not None:  # the greatest that it may be rounded to, and back
            scaled = high / printed.digit
            first = ceil(scaled) if high < 0 else floor(scaled + Fraction(1, 2))
            steps += range(first, first - TRIES, -1)
    nearest = sorted(dict.fromkeys(steps), key=lambda n: abs(n * printed.digit - printed.value))
    return [
        n * printed.digit for n in nearest if n * printed.digit != printed.value and (n >= 0 or figure.kind == "change")
    ]
