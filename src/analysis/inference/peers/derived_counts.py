"""Counts of few cases that follow, by adding and subtracting, from counts that are told: the gate of sealed figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.cases.privacy import MINIMUM
from analysis.vocabulary.indicator_sets.quantities import days_within

if TYPE_CHECKING:
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity
    from analysis.vocabulary.indicator_sets.rates import Formula

Sum = tuple["Quantity", ...]

MOST_TIMES = 4.0  # that a sum is taken, and that a case is counted in what follows
TINY = 1e-6
# moment -> where its cases came from and where they stand at the end of the period
ANY = ("opening", "filed"), ("closed", "closing")
MOMENTS = {
    "opening": (("opening",), ANY[1]),
    "filed": (("filed",), ANY[1]),
    "received": ANY,
    "closed": (ANY[0], ("closed",)),
    "closing": (ANY[0], ("closing",)),
    "filed_and_closed": (("filed",), ("closed",)),
}


def is_count(quantities: Sum) -> bool:
    """Return whether a sum of quantities counts cases or persons, and adds up no money and no days."""
    return bool(quantities) and all(quantity.is_count for quantity in quantities)


def is_of_counts(rate: Definition | Formula) -> bool:
    """Return whether a rate is one sum of counts over another."""
    return is_count(rate.numerator) and is_count(rate.denominator)


def few_cases(counts: Mapping[Sum, float]) -> list[Sum]:
    """Return the sums of quantities from which, added and subtracted, a count of few cases follows; none where none does.

    Each quantity is the set of cells of a table over all its conditions. A combination that holds no cell less than once, and
    comes to 1 or 2, tells that there are one or two cases in the cells that it holds; whether there is one is a linear programme
    of whole numbers (a cell is held or is not). Of several, the one that takes the sums the fewest times, then the earlier ones.

    >>> from analysis.vocabulary.indicator_sets.quantities import quantities
    >>> closed, part, other = (quantities()[name] for name in ("closed", "closed_completed", "closed_this_round"))
    >>> [q.id for (q,) in few_cases({(closed,): 100.0, (part,): 60.0, (other,): 38.0})]
    ['closed', 'closed_completed', 'closed_this_round']
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    told = [known for known in counts if all(quantity.table == "cases" for quantity in known) and is_count(known)]
    if not told:
        return []
    values, cells = np.array([counts[known] for known in told]), _cells(told).astype(float)
    cells = cells[:, _may_hold_cases(cells, values)]
    number, sums = cells.shape[1], np.vstack([cells, -cells]).T
    held, few = np.eye(number), MINIMUM - 0.5
    rows = [
        LinearConstraint(np.hstack([sums, -held]), 0, np.inf),
        LinearConstraint(np.hstack([sums, -MOST_TIMES * held]), -np.inf, 0),
        LinearConstraint(np.concatenate([np.zeros(2 * len(told)), np.ones(number)])[None], 1, np.inf),
        LinearConstraint(np.concatenate([values, -values, np.zeros(number)])[None], -np.inf, few),
    ]
    each, whole = 1 + np.arange(len(told)) / 1000, np.repeat([0, 1], [2 * len(told), number])  # the earlier of two ways
    times = np.concatenate([each, each, np.zeros(number)])
    found = milp(times, constraints=rows, bounds=Bounds(0, np.where(whole, 1, MOST_TIMES)), integrality=whole)
    if found.x is None:
        return []
    added, taken = found.x[: len(told)], found.x[len(told) : 2 * len(told)]
    return [known for known, times in zip(told, added - taken, strict=True) if abs(times) > TINY]


def _may_hold_cases(cells: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return which cells hold cases in some table with these sums; the others are known to be empty."""
    from scipy.optimize import linprog

    number = cells.shape[1]
    both, held = np.hstack([cells, np.zeros_like(cells)]), np.eye(number)
    cost = np.repeat([0.0, -1.0], number)
    bounds = [(0, None)] * number + [(0, 1)] * number
    at_most = np.hstack([-held, held])
    found = linprog(cost, A_ub=at_most, b_ub=np.zeros(number), A_eq=both, b_eq=values, bounds=bounds)
    return np.ones(number, dtype=bool) if found.x is None else np.asarray(found.x[number:] > TINY)


def _cells(told: Sequence[Sum]) -> np.ndarray:
    """How often each sum of quantities (rows) holds each cell; cells that all of them hold alike stand once."""
    quantities = list(dict.fromkeys(quantity for known in told for quantity in known))
    said = {quantity: _conditions(quantity) for quantity in quantities}
    values: dict[str, list[Any]] = {}
    for name, members, _ in (condition for conditions in said.values() for condition in conditions):
        values[name] = list(dict.fromkeys([*values.get(name, [None]), *members]))  # None: any other
    found = set()
    for cell in product(*values.values()):
        place = dict(zip(values, cell, strict=True))
        # what closed within some days closed within more
        nested = sorted((days, place[name]) for name in values if (days := days_within(name)) is not None)
        if all(further or not nearer for (_, nearer), (_, further) in pairwise(nested)):
            holds = {q: all((place[name] in members) is kept for name, members, kept in said[q]) for q in quantities}
            found.add(tuple(sum(holds[quantity] for quantity in known) for known in told))
    return np.array(sorted(found), dtype="float32").T


def _conditions(quantity: Quantity) -> list[tuple[str, tuple[Any, ...], bool]]:
    """The conditions of a quantity: name, members, and whether these are kept or left out."""
    origins, ends = MOMENTS[quantity.when]
    older = quantity.older_than_months
    return [
        ("origin", origins, True),
        ("end", ends, True),
        *((name, members, True) for name, members in quantity.keep),
        *((name, members, False) for name, members in quantity.leave_out),
        *([("complete", (quantity.complete,), True)] if quantity.complete else []),
        *([(f"older_{older}", (True,), True)] if older else []),
    ]
