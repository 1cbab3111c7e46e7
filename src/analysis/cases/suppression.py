"""Cells to leave out so that small figures cannot be worked out from those that stay, by linear programming.

Published figures are sums of parts that are never below zero: an officer's filings of a month, the stock of the first day. A
figure left out is protected where the parts could be others, every figure that stays being as it is, and give it a number
that points at nobody. The figures that must go for that are found as the cheapest change (the linear programme of Kelly,
Golden and Assad, Networks 22, 1992; Fischetti and Salazar, Management Science 47, 2001).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CORNERS = 6
DEAR = 100.0  # beside others, a dear figure goes where a hundred times as much would have to
MOVED = 1e-6  # a change smaller than this is the solver's rounding


def protected(
    forms: csr_array,
    values: np.ndarray,
    *,
    hidden: np.ndarray,
    settled: np.ndarray,
    wanted: np.ndarray,
    dropped: np.ndarray | None = None,
    dear: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return which figures are left out once every one that is ``hidden`` could take its ``wanted`` value, and which of them could not.

    ``forms`` gives each figure (row) as a sum of parts (columns), ``values`` its value. ``settled`` figures stay as they
    are: shown already, or public; ``dropped`` ones are left out already. What is left out beside the hidden ones is as little as a greedy choice finds, small
    figures first. A hidden figure that what is settled gives away is one that could not.

    >>> from scipy.sparse import csr_array
    >>> total_of_three = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]))
    >>> small, public = np.array([False, True, False, False]), np.array([False, False, False, True])
    >>> protected(total_of_three, np.array([12, 2, 7, 21]), hidden=small, settled=public, wanted=np.full(4, 3))[0].tolist()
    [False, True, True, False]
    """
    gone = hidden.copy() if dropped is None else hidden | dropped
    open_, given = np.flatnonzero(hidden).tolist(), np.zeros(len(values), dtype=bool)
    while open_:
        figure = open_.pop()
        asked = list(dict.fromkeys((float(wanted[figure]), float(values[figure]) + 1, float(values[figure]) - 1)))
        kept = settled if dear is None else settled | (dear & ~gone)
        stages = [settled] if np.array_equal(kept, settled) else [kept, settled]
        price = None if dear is None else np.where(dear, DEAR, 1.0)
        worlds = (another_world(forms, values, figure, asked, gone, stays, price) for stays in stages)
        other = next((world for world in worlds if world is not None), None)
        if other is None:
            given[figure] = True
            continue
        gone |= ~gone & ~settled & (np.abs(other - values) > MOVED)
        open_ = [i for i in open_ if not (other[i] >= wanted[i] - MOVED and abs(other[i] - values[i]) > MOVED)]
    return gone, given


def another_world(
    forms: csr_array,
    values: np.ndarray,
    figure: int,
    asked: list[float],
    gone: np.ndarray,
    settled: np.ndarray,
    price: np.ndarray | None = None,
) -> np.ndarray | None:
    """Return the figures of other parts that give one figure the first of the values asked and change least of what stands; ``None`` where none do."""
    from scipy import sparse

    free, fixed = np.flatnonzero(~gone & ~settled), np.flatnonzero(settled & ~gone)
    slack, none = sparse.eye_array(len(free)), sparse.csr_array((len(fixed) + 1, 2 * len(free)))
    changing = sparse.hstack([forms[free], slack, -slack])
    standing = sparse.hstack([forms[np.append(fixed, figure)], none])
    parts = forms.shape[1]
    each = (1.0 + np.abs(values[free])) * (1.0 if price is None else price[free])
    cost = np.concatenate([np.zeros(parts), np.tile(each, 2)])
    sums = sparse.vstack([changing, standing], format="csr")
    targets = (np.concatenate([values[free], values[fixed], [value]]) for value in asked)
    found = next((world for target in targets if (world := _least(cost, sums, target)) is not None), None)
    return None if found is None else np.asarray(forms @ found[:parts])


def _least(cost: Any, forms: Any, values: np.ndarray, most: float | None = None) -> np.ndarray | None:
    """The parts (0 to ``most``) of least cost whose sums have the values; ``None`` where there are none."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # with nothing whole it is linprog, at half the overhead

    sums = LinearConstraint(forms, values, values)
    found = milp(np.ravel(cost), constraints=sums, bounds=Bounds(0, np.inf if most is None else most))
    return np.asarray(found.x) if found.status == 0 else None


def told(forms: csr_array, values: np.ndarray, *, gone: np.ndarray) -> np.ndarray:
    """Return which of the figures left out the others give away: the least and the most that they allow are one number."""
    given = np.zeros(len(values), dtype=bool)
    known = np.flatnonzero(~gone)
    for figure in np.flatnonzero(gone & ~open_at_corners(forms, values, gone=gone)):
        row = forms[[figure]].toarray().ravel()
        ends = [_least(sign * row, forms[known], values[known]) for sign in (1, -1)]
        given[figure] = all(end is not None and abs(float(row @ end) - values[figure]) < MOVED for end in ends)
    return given


def open_at_corners(forms: csr_array, values: np.ndarray, *, gone: np.ndarray) -> np.ndarray:
    """Return which of the figures left out are seen to be open: they are others in one of a few worlds at random corners."""
    known, seen = np.flatnonzero(~gone), np.zeros(len(values), dtype=bool)
    rng, most = np.random.default_rng(0), float(np.abs(values).max(initial=0.0)) + 1
    for _ in range(CORNERS if gone.any() else 0):
        left = np.flatnonzero(gone & ~seen)
        found = _least(rng.choice([-1.0, 1.0], size=len(left)) @ forms[left], forms[known], values[known], most)
        if found is not None:
            seen |= gone & (np.abs(forms @ found - values) > MOVED)
    return seen
