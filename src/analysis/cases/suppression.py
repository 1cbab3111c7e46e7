"""Which figures must be left out so that small ones cannot be worked out from those that stay: by linear programming.

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
MOVED = 1e-6  # a change smaller than this is the solver's rounding


def protected(
    forms: csr_array,
    values: np.ndarray,
    *,
    hidden: np.ndarray,
    settled: np.ndarray,
    wanted: np.ndarray,
    dropped: np.ndarray | None = None,
) -> np.ndarray:
    """Return which figures are left out once every one that is ``hidden`` could take its ``wanted`` value.

    ``forms`` gives each figure (row) as a sum of parts (columns), ``values`` its value. ``settled`` figures stay as they
    are: shown already, or public; ``dropped`` ones are left out already. What is left out beside the hidden ones is as little as a greedy choice finds, small
    figures first. A hidden figure that what is settled gives away stays in; ``told`` finds it.

    >>> from scipy.sparse import csr_array
    >>> total_of_three = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]))
    >>> small, public = np.array([False, True, False, False]), np.array([False, False, False, True])
    >>> protected(total_of_three, np.array([12, 2, 7, 21]), hidden=small, settled=public, wanted=np.full(4, 3)).tolist()
    [False, True, True, False]
    """
    gone = hidden.copy() if dropped is None else hidden | dropped
    open_ = list(np.flatnonzero(hidden))
    while open_:
        figure = open_.pop()
        other = _another_world(forms, values, figure, float(wanted[figure]), gone, settled)
        if other is None:
            continue
        gone |= ~gone & ~settled & (np.abs(other - values) > MOVED)
        open_ = [i for i in open_ if not (other[i] >= wanted[i] - MOVED and abs(other[i] - values[i]) > MOVED)]
    return gone


def _another_world(
    forms: csr_array, values: np.ndarray, figure: int, wanted: float, gone: np.ndarray, settled: np.ndarray
) -> np.ndarray | None:
    """The figures of other parts that give one figure another value and change least of what still stands; ``None`` where none do."""
    from scipy import sparse
    from scipy.optimize import linprog

    free, fixed = np.flatnonzero(~gone & ~settled), np.flatnonzero(settled & ~gone)
    slack, none = sparse.eye_array(len(free)), sparse.csr_array((len(fixed) + 1, 2 * len(free)))
    changing = sparse.hstack([forms[free], slack, -slack])
    standing = sparse.hstack([forms[np.append(fixed, figure)], none])
    equal = sparse.vstack([changing, standing], format="csr")
    parts = forms.shape[1]
    target = np.concatenate([values[free], values[fixed], [wanted]]).astype("float64")
    cost = np.concatenate([np.zeros(parts), np.tile(1.0 + np.abs(values[free]), 2)])
    found = linprog(cost, A_eq=equal, b_eq=target, bounds=(0, None), method="highs")
    return None if found.status != 0 else np.asarray(forms @ found.x[:parts])


def told(forms: csr_array, values: np.ndarray, *, gone: np.ndarray) -> np.ndarray:
    """Return which of the figures left out the others give away: the least and the most that they allow are one number."""
    from scipy.optimize import linprog

    given = np.zeros(len(values), dtype=bool)
    for figure in np.flatnonzero(gone & ~open_at_corners(forms, values, gone=gone)):
        row = forms[[figure]].toarray().ravel()
        asked = {"A_eq": forms[np.flatnonzero(~gone)], "b_eq": values[~gone].astype("float64"), "bounds": (0, None)}
        ends = [linprog(sign * row, method="highs", **asked) for sign in (1, -1)]
        given[figure] = all(e.status == 0 for e in ends) and abs(ends[0].fun + ends[1].fun) < MOVED
    return given


def open_at_corners(forms: csr_array, values: np.ndarray, *, gone: np.ndarray) -> np.ndarray:
    """Return which of the figures left out are seen to be open: they are others in one of a few worlds at random corners."""
    from scipy.optimize import linprog

    known, seen = np.flatnonzero(~gone), np.zeros(len(values), dtype=bool)
    rng = np.random.default_rng(0)
    for _ in range(CORNERS if gone.any() else 0):
        left = np.flatnonzero(gone & ~seen)
        found = linprog(
            rng.choice([-1.0, 1.0], size=len(left)) @ forms[left],
            A_eq=forms[known],
            b_eq=values[known].astype("float64"),
            bounds=(0, float(np.abs(values).max()) + 1),
            method="highs",
        )
        if found.status == 0:
            seen |= gone & (np.abs(forms @ found.x - values) > MOVED)
    return seen
