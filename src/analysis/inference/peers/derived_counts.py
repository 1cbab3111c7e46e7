"""Counts of few cases that follow, by adding and subtracting, from counts that are told: the gate of sealed figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.cases.privacy import MINIMUM

if TYPE_CHECKING:
    from analysis.vocabulary.indicator_sets.quantities import Quantity

Sum = tuple["Quantity", ...]

MOST_TERMS = 4  # of a total, two margins and a cell, the rest follows
SUMS = ("claimed", "recovered", "amount", "days", "payout_days")  # what is no count
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
NESTED = re.compile(r"within_(\d+)_days")  # what holds the nearer one


def is_count(quantities: Sum) -> bool:
    """Return whether a sum of quantities counts cases or persons, and adds up no money and no days."""
    return bool(quantities) and not any(quantity.count in SUMS for quantity in quantities)


def few_cases(counts: Mapping[Sum, float]) -> list[Sum]:
    """Return the sums of quantities from which a count of few cases follows (at most four of them); none where none does.

    Two counts of cases differ by a count of cases where the one holds the other, and a base less its disjoint parts is one.
    Each quantity is the set of cells of a table over all its conditions: a combination with 1 and −1 that is again such a set is
    a count, and one of 1 or 2 is of few.

    >>> from analysis.vocabulary.indicator_sets.quantities import quantities
    >>> closed, part, other = (quantities()[name] for name in ("closed", "closed_completed", "closed_this_round"))
    >>> [q.id for (q,) in few_cases({(closed,): 100.0, (part,): 60.0, (other,): 38.0})]
    ['closed', 'closed_completed', 'closed_this_round']
    """
    told = [known for known in counts if all(quantity.table == "cases" for quantity in known) and is_count(known)]
    values, cells, ways = np.array([counts[known] for known in told]), _cells(told), _ways(len(told))
    while told:
        sets = ways @ cells
        follows = (sets >= 0).all(1) & (sets <= 1).all(1) & sets.any(1)
        follow = ways[follows] @ values
        empty = sets[follows][follow == 0].any(0)
        if not empty.any():  # what is known to be empty joins sets that differ by it alone
            few = (follow > 0) & (follow < MINIMUM)
            terms = min(ways[follows][few], key=np.count_nonzero, default=np.zeros(len(told)))
            return [known for known, term in zip(told, terms, strict=True) if term]
        cells = cells[:, ~empty]
    return []


def _ways(number: int) -> np.ndarray:
    """All combinations with 1 and −1 of at most ``MOST_TERMS`` of so many numbers, up to their sign."""
    ways = []
    for terms in range(1, min(MOST_TERMS, number) + 1):
        signs = np.array(list(product((1, -1), repeat=terms)), dtype="float32")
        for places in combinations(range(number), terms):
            way = np.zeros((len(signs), number), dtype="float32")
            way[:, places] = signs
            ways.append(way)
    return np.concatenate(ways) if ways else np.zeros((0, number), dtype="float32")


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
        nested = sorted((int(days[1]), place[name]) for name in values if (days := NESTED.fullmatch(name)))
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
