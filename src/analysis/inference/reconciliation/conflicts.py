"""Printed figures that cannot be true together: irreducible sets, what would mend each, the fewest that must change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import ceil, floor
from typing import TypeVar

from analysis.inference.reconciliation.bounds import Region
from analysis.inference.reconciliation.components import Assignment, Component, rate_of
from analysis.inference.reconciliation.equations import GRAIN
from analysis.inference.reconciliation.identities import Link
from analysis.inference.reconciliation.linear_programme import minimum
from analysis.inference.reconciliation.printed_cells import Figure, window_before
from analysis.returns.figures import Interval, Printed, Rule, base_of

Member = TypeVar("Member", Figure, Link)

MOST_REPAIRS = 40  # repairs tried that leave a figure alone, before it is given the benefit of the doubt
MOST_HIT = 9  # figures of conflicts that hang together, up to which all choices are tried
BLOCK = 12  # links that are tried together where there are many
PAIR = 2  # figures of a conflict than which none between figures is smaller
SIGNED = ("change", "difference")  # what may be below nothing
FEW_SLIPS = 4  # where more slips of a digit would do, none of them is likelier than the nearest value
TRIES = 6  # printable values that are tried on each side from the nearest on
FARTHEST = Fraction(10**12)  # cases, 万元 or percent: beyond what anything prints


@dataclass(frozen=True)
class Conflict:
    """An irreducible set: drop any one of its figures and links, and the rest can hold.

    Not ``irreducible``: the search ended before, and it has no links. Its figures cannot all hold, nor perhaps can fewer.
    """

    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    irreducible: bool = True


def conflicts_of(
    component: Component, meaning: Assignment, known: Sequence[Conflict] = (), *, most: int | None = None
) -> tuple[list[Conflict], list[Figure]]:
    """The conflicts among a component's figures, and the fewest figures whose change would mend them all.

    Conflicts without a figure in common are found first. A smallest set of figures that meets every conflict is then
    sought; where the rest still cannot hold without it, that is a further conflict, until nothing is left. ``known`` are
    conflicts that are known to be such; where more than ``most`` must change, no further ones are sought. Where the
    component's search is ``spent``, what is left and cannot all hold is one last conflict, and at least as many figures
    must change as are given; which they are is not known then.
    """
    found = list(known)
    hit = {f.number for conflict in found for f in conflict.figures}
    active = [f for f in component.figures if f.number not in hit]
    while not (most is not None and len(found) > most) and not component.holds(meaning, figures=active):
        conflict = irreducible(component, meaning, active)
        found.append(conflict)
        hit = {f.number for f in conflict.figures}
        active = [f for f in active if f.number not in hit]

    def mends(some: Iterable[Figure]) -> bool:
        dropped = {f.number for f in some}
        return component.holds(meaning, figures=[f for f in component.figures if f.number not in dropped])

    if component.spent:
        return found, hitting_set(found) or []
    if sum(len(c.figures) for c in found) == len({f.number for c in found for f in c.figures}):  # each needs one change
        choice = [_mending(component, meaning, conflict, found) for conflict in found]
        if mends(choice):
            return found, choice
    fewest = hitting_set(found) or []
    while found and not (most is not None and len(fewest) > most) and not component.spent and not mends(fewest):
        conflict = irreducible(component, meaning, [f for f in component.figures if f not in fewest])
        if conflict in found:  # the fewest were not proved, so they do not meet all that are known
            component.end_search()
            break
        found.append(conflict)
        fewest = hitting_set(found) or []
    return found, fewest


def _mending(component: Component, meaning: Assignment, conflict: Conflict, found: Sequence[Conflict]) -> Figure:
    """The last figure of a conflict without which the rest of it agrees with all that stand in no conflict."""
    others = {f.number for other in found if other is not conflict for f in other.figures}
    for figure in reversed(conflict.figures):
        rest = [f for f in component.figures if f.number not in others and f is not figure]
        if component.holds(meaning, figures=rest):
            return figure
    return conflict.figures[-1]


def irreducible(component: Component, meaning: Assignment, figures: Sequence[Figure]) -> Conflict:
    """Deletion filter over figures that cannot all hold: whole cells first, then links, then single figures.

    Where the component's search is ``spent``, what is left by then stays as it is.
    """
    if component.spent:
        return Conflict(tuple(figures), (), irreducible=False)
    kept = _some_cells(component, meaning, figures)
    printed = {(f.cell, f.measure) for f in figures}
    links = sorted(component.links, key=lambda link: (link.cell, link.quantity) not in printed)  # the first ones stay

    def fails(some: Iterable[Figure], tied: Sequence[Link]) -> bool:
        return not component.spent and not component.holds(meaning, figures=some, links=tied)

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
    one = _filtered(kept, lambda rest: fails(rest, links))
    other = _filtered(kept[::-1], lambda rest: fails(rest, links))[::-1] if len(one) > PAIR else one
    kept = other if len(other) < len(one) else one
    links = _filtered(links, lambda rest: fails(kept, rest))
    return Conflict(tuple(kept), () if component.spent else tuple(links), irreducible=not component.spent)


def _filtered(members: list[Member], still_fails: Callable[[list[Member]], bool]) -> list[Member]:
    """Members without which it no longer fails, the last tried first, so that the first ones stay."""
    for member in reversed(list(members)):
        rest = [other for other in members if other is not member]
        if still_fails(rest):
            members = rest
    return members


def _some_cells(component: Component, meaning: Assignment, figures: Sequence[Figure]) -> list[Figure]:
    """Figures of one cell that cannot hold by themselves, else of the first cells that together cannot."""
    cells = list(dict.fromkeys(f.cell for f in figures))
    for cell in cells:
        alone = [f for f in figures if f.cell == cell]
        if not component.holds(meaning, figures=alone, links=[]):
            return alone
    low, high = 0, len(cells)  # the first cells[:high] fail, cells[:low] do not
    while high - low > 1:
        middle = (low + high) // 2
        some = set(cells[:middle])
        if component.holds(meaning, figures=[f for f in figures if f.cell in some]):
            low = middle
        else:
            high = middle
    some = set(cells[:high])
    return [f for f in figures if f.cell in some]


def indispensable(
    component: Component, meaning: Assignment, conflicts: Sequence[Conflict], fewest: Sequence[Figure]
) -> set[int]:
    """The figures, by number, that lie in every smallest repair: whoever is right, they are wrong."""
    known = list(conflicts)
    return {f.number for f in fewest if not _spared(component, meaning, known, f, len(fewest))}


def _spared(component: Component, meaning: Assignment, known: list[Conflict], figure: Figure, size: int) -> bool:
    """Return whether a repair of as many figures leaves one of them alone; where the search is long, it is spared."""
    for _ in range(MOST_REPAIRS):
        if component.spent:
            return True
        choice = hitting_set(known, without=figure)
        if choice is None or len(choice) > size:
            return False
        chosen = {f.number for f in choice}
        rest = [f for f in component.figures if f.number not in chosen]
        if component.holds(meaning, figures=rest):
            return True
        known.append(irreducible(component, meaning, rest))
    return True


def hitting_set(conflicts: Sequence[Conflict], *, without: Figure | None = None) -> list[Figure] | None:
    """The fewest figures of which every conflict holds at least one; of equals the last printed.

    Where conflicts hang together so much that the fewest cannot be proved, fewer, which do not meet every conflict.
    ``without``: a figure that is not to be among them; ``None`` where a conflict then has no other.
    """
    figures = {f.number: f for c in conflicts for f in c.figures}
    sets = [frozenset(f.number for f in c.figures) - {without.number if without else None} for c in conflicts]
    chosen: list[int] = []
    for part in _connected(sets):
        size = len(_apart(part))
        while (found := _hit(part, size) if size <= MOST_HIT else _by_programme(part)) is None:
            if frozenset() in part:
                return None
            size += 1
        chosen += found
    return [figures[number] for number in sorted(chosen)]


def _connected(sets: Sequence[frozenset[int]]) -> list[list[frozenset[int]]]:
    """Sets by what they share, directly or through others; a set that holds another is left out."""
    least = [one for one in dict.fromkeys(sets) if not any(other < one for other in sets)]
    parts: list[list[frozenset[int]]] = []
    for one in least:
        joined = [part for part in parts if any(one & other for other in part)]
        parts = [part for part in parts if part not in joined]
        parts.append([one, *chain.from_iterable(joined)])
    return parts


def _apart(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Sets without a member in common: each needs one of its own."""
    chosen: list[frozenset[int]] = []
    for one in sorted(sets, key=len):
        if all(not one & other for other in chosen):
            chosen.append(one)
    return chosen


def _hit(sets: Sequence[frozenset[int]], size: int) -> list[int] | None:
    """So many numbers that every set holds one of them, if there are such."""
    if not sets:
        return []
    if len(_apart(sets)) > size:
        return None
    smallest: frozenset[int] = min(sets, key=len)
    for number in sorted(smallest, reverse=True):
        found = _hit([one for one in sets if number not in one], size - 1)
        if found is not None:
            return [number, *found]
    return None


def _by_programme(sets: Sequence[frozenset[int]]) -> list[int] | None:
    """The fewest numbers by an integer programme, where there are too many to try."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint

    numbers = sorted(set().union(*sets))
    if not all(sets):
        return None
    matrix = np.array([[number in one for number in numbers] for one in sets], dtype=float)
    order = np.arange(len(numbers), 0, -1) / (len(numbers) + 1) ** 2  # settles ties, never outweighs a figure
    rows = LinearConstraint(matrix, 1, np.inf)
    status, shares, _ = minimum(1 + order, range(len(numbers)), rows, Bounds(0, 1))
    if status != 0:  # none was proved the fewest: so many it takes at least, whichever they are
        return sorted(max(one) for one in _apart(sets))
    return [number for number, share in zip(numbers, shares, strict=True) if share > 0.5]


# -- repairs --------------------------------------------------------------------------------------------------------


def allowed(
    region: Region, component: Component, figure: Figure, meaning: Assignment
) -> tuple[Fraction, Fraction | None]:
    """Return what a region allows for what a figure prints, in its base unit (cases, 万元, percent)."""
    problem = component.problem
    rate = rate_of(figure)
    if rate and figure.kind == "rate":
        sides = problem.sides(figure.cell, meaning[figure.number])
        low, high = region.ratio(*sides, 1), region.ratio(*sides, -1)
        return 100 * Fraction(low or 0), None if high is None else 100 * Fraction(high)
    if figure.kind in SIGNED:
        return _allowed_change(region, component, figure, meaning)
    v = problem.v(figure.cell, figure.measure)
    unit = 1 if problem.unknowns.integral[v] else GRAIN
    least, most = region.extreme(v, 1), region.extreme(v, -1)
    return Fraction(least or 0, unit), None if most is None else Fraction(most, unit)


def _allowed_change(
    region: Region, component: Component, figure: Figure, meaning: Assignment
) -> tuple[Fraction, Fraction | None]:
    problem, before = component.problem, window_before(figure.cell)
    if before is None:  # a change of an unprinted period binds nothing
        return Fraction(-100) if figure.kind == "change" and not rate_of(figure) else -FARTHEST, None
    if rate_of(figure):
        now, then = (problem.sides(cell, meaning[figure.number]) for cell in (figure.cell, before))
        low, high = region.ratio(*now, 1), region.ratio(*now, -1)
        low_then, high_then = region.ratio(*then, 1), region.ratio(*then, -1)
        least = -FARTHEST if high_then is None else 100 * (Fraction(low or 0) - Fraction(high_then))
        return least, None if high is None else 100 * (Fraction(high) - Fraction(low_then or 0))
    measure = base_of(figure.measure)
    one, other = problem.v(figure.cell, measure), problem.v(before, measure)
    if figure.kind == "difference":
        unit = 1 if problem.unknowns.integral[one] else GRAIN
        fewest, most = region.extreme(one, 1), region.extreme(one, -1)
        fewest_then, most_then = region.extreme(other, 1), region.extreme(other, -1)
        least = -FARTHEST if most_then is None else Fraction((fewest or 0) - most_then, unit)
        return least, None if most is None else Fraction(most - (fewest_then or 0), unit)
    sides = ((one,), (other,))
    low, high = region.ratio(*sides, 1), region.ratio(*sides, -1)
    return 100 * (Fraction(low or 0) - 1), None if high is None else 100 * (Fraction(high) - 1)


def repair(component: Component, meaning: Assignment, figure: Figure, others: Sequence[Figure]) -> str | None:
    """A printable value of one figure with which the others can hold; ``None`` if there is none.

    A value that one wrong digit, or two that changed places, would misprint so comes first, then the nearest.
    """
    for face in chain(
        _misprinted(component, meaning, figure, others), _nearest_values(component, meaning, figure, others)
    ):
        text = figure.printed.like(face)
        changed = replace(
            figure, number=-1 - figure.number, text=text, printed=replace(figure.printed, text=text, value=face)
        )
        means = {**meaning, changed.number: meaning[figure.number]} if figure.number in meaning else meaning
        if component.region(means, figures=[*others, changed]).feasible:
            return text
    return None


def _misprinted(
    component: Component, meaning: Assignment, figure: Figure, others: Sequence[Figure]
) -> Iterator[Fraction]:
    """The values from which one slip of a digit makes the printed one, among those that the other figures allow."""
    region = component.region(meaning, figures=others)
    if not region.feasible:
        return
    low, high = allowed(region, component, figure, meaning)

    def fits(value: Fraction, rule: Rule) -> bool:
        seen = replace(figure.printed, value=value).interval(rule)
        if low == high:
            return seen.holds(low)
        return seen.upper >= low and (high is None or seen.lower <= high)

    near = [value for value in slips(figure.printed) if fits(value, "either")]
    near.sort(key=lambda value: (not fits(value, "rounded"), abs(value - figure.printed.value)))
    if len(near) <= FEW_SLIPS:
        yield from near


def slips(printed: Printed) -> set[Fraction]:
    """All values whose digits differ from the printed ones in one digit, or by two neighbours that changed places.

    >>> from analysis.returns.figures import printed_figure
    >>> sorted(map(int, slips(printed_figure("12", "closed"))))
    [2, 10, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 32, 42, 52, 62, 72, 82, 92]
    """
    steps = "".join(_digits(printed))
    found = {steps[:at] + digit + steps[at + 1 :] for at in range(len(steps)) for digit in "0123456789"}
    found |= {steps[:at] + steps[at + 1] + steps[at] + steps[at + 2 :] for at in range(len(steps) - 1)}
    sign = -1 if printed.value < 0 else 1
    return {sign * int(other) * printed.digit for other in found - {steps}}


def dropped(printed: Printed) -> set[Fraction]:
    """All values of which one digit before the point was left out in print; a figure has no zero at its head.

    >>> from analysis.returns.figures import printed_figure
    >>> sorted(map(int, dropped(printed_figure("6", "closed"))))[-4:]
    [69, 76, 86, 96]
    """
    whole, part = _digits(printed)
    found = {whole[:at] + digit + whole[at:] + part for at in range(len(whole) + 1) for digit in "0123456789"}
    return _printing(printed, found, longer=1)


def doubled(printed: Printed) -> set[Fraction]:
    """All values of which one digit before the point was printed twice.

    >>> from analysis.returns.figures import printed_figure
    >>> sorted(map(int, doubled(printed_figure("1224", "closed"))))
    [124]
    """
    whole, part = _digits(printed)
    found = {whole[:at] + whole[at + 1 :] + part for at in range(1, len(whole)) if whole[at] == whole[at - 1]}
    return _printing(printed, found, longer=-1)


def _digits(printed: Printed) -> tuple[str, str]:
    """The digits of a figure before and behind its point."""
    steps = str(abs(int(printed.value / printed.digit))).rjust(printed.decimals + 1, "0")
    return steps[: len(steps) - printed.decimals], steps[len(steps) - printed.decimals :]


def _printing(printed: Printed, digits: Iterable[str], *, longer: int) -> set[Fraction]:
    sign = -1 if printed.value < 0 else 1
    length = sum(map(len, _digits(printed))) + longer
    return {sign * int(one) * printed.digit for one in digits if len(str(int(one))) == length}


def _nearest_values(
    component: Component, meaning: Assignment, figure: Figure, others: Sequence[Figure]
) -> list[Fraction]:
    """Printable values near what the other figures allow next above and below the printed one, the nearest first.

    Where they allow one value alone, it is first as it is rounded, then as it is truncated.
    """
    printed, seen, definition = figure.printed, figure.printed.interval("either"), meaning.get(figure.number)
    least = {"change": Fraction(-100), "difference": -FARTHEST}.get(figure.kind, Fraction(0))
    steps: list[int] = []
    rounded: set[int] = set()
    for within, up in ((Interval(seen.upper, FARTHEST), True), (Interval(least, seen.lower), False)):
        if within.lower > within.upper:
            continue
        rows = component.problem.rows_within(figure, within, definition)
        region = component.region(meaning, figures=others, extra=rows)
        if not region.feasible:
            continue
        low, high = allowed(region, component, figure, meaning)
        if not rows:  # a change of a rate: what is allowed at all, on this side of the printed value
            low, high = max(low, seen.upper), seen.lower if high is None else min(high, seen.lower)
        if low == high:
            rounded.add(floor(low / printed.digit + Fraction(1, 2)))
        if up:  # the least face that the next value may be truncated to, and on
            first = floor(low / printed.digit)
            steps += range(first, first + TRIES)
        elif high is not None:  # the greatest that it may be rounded to, and back
            scaled = high / printed.digit
            first = ceil(scaled) if high < 0 else floor(scaled + Fraction(1, 2))
            steps += range(first, first - TRIES, -1)
    nearest = sorted(dict.fromkeys(steps), key=lambda n: (n not in rounded, abs(n * printed.digit - printed.value)))
    return [
        n * printed.digit for n in nearest if n * printed.digit != printed.value and (n >= 0 or figure.kind in SIGNED)
    ]
