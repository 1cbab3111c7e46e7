"""Cells to leave out so that small figures cannot be worked out from those that stay, by linear programming.

Published figures are sums of parts that are never below zero: an officer's filings of a month, the stock of the first day. A
figure left out is protected where the parts could be others, every figure that stays being as it is, and give it a number
that points at nobody. The figures that must go for that are found as the cheapest change (the linear programme of Kelly,
Golden and Assad, Networks 22, 1992; Fischetti and Salazar, Management Science 47, 2001).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SHORT = 1e6  # what a figure lacks of what is asked weighs more than all that may go for it
MISSES = 2  # so many corners at which nothing more is seen to be open
DEAR = 100.0  # beside others, a dear figure goes where a hundred times as much would have to
MOVED = 1e-6  # a change smaller than this is the solver's rounding


def protected(
    forms: csr_array,
    parts: np.ndarray,
    *,
    hidden: np.ndarray,
    settled: np.ndarray,
    wanted: np.ndarray,
    dropped: np.ndarray | None = None,
    dear: np.ndarray | None = None,
    moving: np.ndarray | float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Return which figures are left out once every one that is ``hidden`` could take its ``wanted`` value, and which of them could not.

    ``forms`` gives each figure (row) as a sum of ``parts`` (columns). ``settled`` figures stay as they are: shown already, or public;
    ``dropped`` ones are left out already, ``dear`` ones go last. What is left out beside the hidden ones is as little as a greedy
    choice finds, small figures first; to move a part costs ``moving``. A hidden figure that what is settled gives away is one that could not.

    >>> from scipy.sparse import csr_array
    >>> total_of_three = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]))
    >>> small, public = np.array([False, True, False, False]), np.array([False, False, False, True])
    >>> protected(total_of_three, np.array([12, 2, 7]), hidden=small, settled=public, wanted=np.full(4, 3))[0].tolist()
    [False, True, True, False]
    """
    values = forms @ parts
    gone, given = hidden.copy() if dropped is None else hidden | dropped, np.zeros(len(values), dtype=bool)
    price, dear = (1.0, given) if dear is None else (np.where(dear, DEAR, 1.0), dear)
    open_ = np.flatnonzero(hidden)
    for may_go, asked in product((~dear, ~given), (wanted, values - 1)):
        missed = open_[:0]
        while len(open_):
            figure, open_ = open_[:1], open_[1:]  # several at once lean on what later figures close
            stays = settled | (~may_go & ~gone)
            other = another_world(forms, parts, figure, asked[figure], gone, stays, price=price, moving=moving)
            change = other - values
            if np.abs(change[figure]) > 1 - MOVED:
                gone |= ~gone & ~settled & (np.abs(change) > MOVED)
                open_ = open_[(np.abs(change) <= MOVED)[open_] | (other < wanted - MOVED)[open_]]
            else:
                missed = np.append(missed, figure)
        open_ = missed
    given[open_] = True
    return gone, given


def another_world(
    forms: csr_array,
    parts: np.ndarray,
    figures: np.ndarray,
    asked: np.ndarray,
    gone: np.ndarray,
    settled: np.ndarray,
    *,
    price: np.ndarray | float = 1.0,
    moving: np.ndarray | float = 0.0,
    short: float = np.inf,
) -> np.ndarray:
    """Return all figures of other parts: some as near to what is asked of them as can be (``short`` of it at most), of what stands least changed.

    Where there are none the figures are as they were.
    """
    from scipy import sparse

    values = forms @ parts
    lacking = asked - values[figures]
    free, fixed = np.flatnonzero(~gone & ~settled), np.flatnonzero(settled & ~gone)
    sums = forms[np.concatenate([figures, free, fixed])].tocsc()
    lacks, slack = (
        sparse.eye_array(sums.shape[0], len(of), k=k, format="csc") for of, k in ((figures, 0), (free, -len(figures)))
    )
    each = (1.0 + np.abs(values[free])) * np.broadcast_to(price, len(values))[free]
    cost = [*[np.broadcast_to(moving, len(parts))] * 2, each, each, np.full(len(figures), SHORT)]
    most = [np.full(len(parts), np.inf), parts, np.full(2 * len(free), np.inf), np.full(len(figures), short)]
    # As changes from what is: nothing but what is asked is out of bounds at the start, and few steps of the simplex mend it.
    found = _least(
        np.concatenate(cost),
        sparse.hstack(
            [sums, -sums, slack, -slack, lacks @ sparse.diags_array(np.sign(lacking, dtype=float))], format="csc"
        ),
        np.append(lacking, np.zeros(sums.shape[0] - len(figures))),
        np.concatenate(most),
    )
    if found is None:
        return values
    more, less = found[: 2 * len(parts)].reshape(2, -1)
    return np.asarray(values + forms @ (more - less))


def open_at_corners(forms: csr_array, parts: np.ndarray, *, gone: np.ndarray) -> np.ndarray:
    """Return which of the figures left out are seen to be open: they are others in one of some worlds at random corners."""
    from scipy import sparse

    both = sparse.hstack([forms[~gone], -forms[~gone]], format="csc")
    most = np.concatenate([np.full(len(parts), parts.max(initial=0.0) + 1), parts])
    rng, seen, misses = np.random.default_rng(0), np.zeros(len(gone), dtype=bool), 0
    while misses < MISSES and (gone & ~seen).any():
        left = np.flatnonzero(gone & ~seen)
        gain = rng.normal(size=len(left)) @ forms[left]
        found = _least(np.append(-gain, gain), both, np.zeros(both.shape[0]), most, presolve=True)
        change = np.zeros(len(parts)) if found is None else np.subtract(*found.reshape(2, -1))
        new = gone & ~seen & (np.abs(forms @ change) > MOVED)
        seen, misses = seen | new, 0 if new.any() else misses + 1
    return seen


def _least(
    cost: np.ndarray, forms: Any, sums: np.ndarray, most: np.ndarray, *, presolve: bool = False
) -> np.ndarray | None:
    """The parts (0 to ``most``) of least cost with such sums; ``None`` where there are none."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # with nothing whole it is linprog, at half the overhead

    limits = LinearConstraint(forms, sums, sums)
    found = milp(cost, constraints=limits, bounds=Bounds(0, most), options={"presolve": presolve})
    return np.asarray(found.x) if found.status == 0 else None
