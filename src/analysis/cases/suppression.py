"""Cells to leave out so that small figures cannot be worked out from those that stay, by linear programming.

Published figures are sums of parts that are never below zero: an officer's filings of a month, the stock of the first day. A
figure left out is protected where the parts could be others, every figure that stays being as it is, and give it a number
that points at nobody. The figures that must go for that are found as the cheapest change (the linear programme of Kelly,
Golden and Assad, Networks 22, 1992; Fischetti and Salazar, Management Science 47, 2001).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy.sparse import csc_array, csr_array

FEW = (5, 20)  # people among whom another world is looked for before it is among all
SHORT = 1e6  # what a figure lacks of what is asked weighs more than all that may go for it
DEAR = 100.0  # beside others, a dear figure goes where a hundred times as much would have to
MOVED = 1e-6  # a change smaller than this is the solver's rounding


class Worlds(NamedTuple):
    """Other worlds: the figure for which each was looked for, and by how much each part (row) is another in each (column)."""

    figures: np.ndarray
    moves: csc_array


class Protected(NamedTuple):
    """Which figures are left out, which of those asked could be no other, and the worlds that showed it of the others."""

    gone: np.ndarray
    given: np.ndarray
    worlds: Worlds


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
    whose: np.ndarray | None = None,
    known: Worlds | None = None,
) -> Protected:
    """Return which figures are left out once every one that is ``hidden`` could take its ``wanted`` value, and which of them could not.

    ``forms`` gives each figure (row) as a sum of ``parts`` (columns). ``settled`` figures stay as they are: shown already, or public;
    ``dropped`` ones are left out already, ``dear`` ones go last. What is left out beside the hidden ones is as little as a greedy
    choice finds, small figures first; to move a part costs ``moving``. A hidden figure that what is settled gives away is one that could not.
    Where it is said ``whose`` each part is, those of a few are moved before everybody's: their other world is one of all. A world ``known``
    from before that leaves all that is shown as it is serves again.

    >>> from scipy.sparse import csr_array
    >>> total_of_three = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]))
    >>> small, public = np.array([False, True, False, False]), np.array([False, False, False, True])
    >>> protected(total_of_three, np.array([12, 2, 7]), hidden=small, settled=public, wanted=np.full(4, 3)).gone.tolist()
    [False, True, True, False]
    """
    from scipy.sparse import csc_array

    values, columns = forms @ parts, _Columns.of(forms)
    gone, given = hidden.copy() if dropped is None else hidden | dropped, np.zeros(len(values), dtype=bool)
    dear, moving = given if dear is None else dear, np.broadcast_to(moving, len(parts))
    price = (1.0 + np.abs(values)) * np.where(dear, DEAR, 1.0)
    open_, beside = np.flatnonzero(hidden), _Beside(forms, gone, settled, whose)
    for figure, change in () if known is None else _still(known, forms, parts, gone):
        open_ = _left_open(open_[open_ != figure], values, change, wanted)
    found: list[tuple[int, csc_array]] = []
    for stays, asked in product([settled | dear, settled] if dear.any() else [settled], (wanted, values - 1)):
        missed = open_[:0]
        while len(open_):
            figure, open_ = int(open_[0]), open_[1:]  # several at once lean on what later figures close
            by, cost = asked[figure] - values[figure], np.where(gone, 0.0, np.where(stays, np.inf, price))
            for few in beside.of(figure):
                moves = _moves_of(few, columns, parts, figure, by, cost, moving)
                change = forms @ moves
                if np.abs(change[figure]) > np.abs(by) - MOVED:
                    break
            if np.abs(change[figure]) > 1 - MOVED:
                gone |= ~gone & ~settled & (np.abs(change) > MOVED)
                open_ = _left_open(open_, values, change, wanted)
                found.append((figure, csc_array(moves[:, None])))
            else:
                missed = np.append(missed, figure)
        open_ = missed
    given[open_] = True
    return Protected(gone, given, _together(found, len(parts)))


def _left_open(open_: np.ndarray, values: np.ndarray, change: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Those of some figures that a world leaves as they are, or brings to less than what is wanted."""
    return open_[(np.abs(change[open_]) <= MOVED) | (values[open_] + change[open_] < wanted[open_] - MOVED)]


def _still(known: Worlds, forms: csr_array, parts: np.ndarray, gone: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Those of the worlds known that leave all that is not ``gone`` as it is and no part below nothing: figure, and change of every figure."""
    changes, moves = (forms @ known.moves).tocoo(), known.moves.tocoo()
    told = changes.col[~gone[changes.row] & (np.abs(changes.data) > MOVED)]
    below = moves.col[parts[moves.row] + moves.data < -MOVED]
    columns = changes.tocsc()
    for at in np.setdiff1d(np.arange(len(known.figures)), np.concatenate([told, below])):
        yield int(known.figures[at]), columns[:, [at]].toarray()[:, 0]


def _together(found: list[tuple[int, csc_array]], size: int) -> Worlds:
    from scipy.sparse import csc_array, hstack

    figures = np.array([figure for figure, _ in found], dtype="int64")
    return Worlds(figures, hstack([csc_array((size, 0)), *(moves for _, moves in found)], format="csc"))


def still_open(
    forms: csr_array, parts: np.ndarray, *, asked: np.ndarray, gone: np.ndarray, known: Worlds
) -> np.ndarray:
    """Return which of some figures left out are others in a world ``known`` in which all that is not ``gone`` is as it is."""
    found = np.zeros(len(asked), dtype=bool)
    for figure, change in _still(known, forms, parts, gone):
        found |= asked & (change > 1 - MOVED)
        found[figure] |= asked[figure]
    return found


class _Columns(NamedTuple):
    """The figures by their parts, and which of them take none away."""

    figures: csc_array
    only_add: np.ndarray

    @classmethod
    def of(cls, forms: csr_array) -> _Columns:
        return cls(forms.tocsc(), forms.min(axis=1).toarray() >= 0)


def _moves_of(
    few: np.ndarray, columns: _Columns, parts: np.ndarray, figure: int, by: float, cost: np.ndarray, moving: np.ndarray
) -> np.ndarray:
    """By how much every part is another as one figure changes and some parts alone move."""
    moves, own = np.zeros(len(parts)), columns.figures[:, few].tocsr()
    # Of a sum that is none and stays none no part can move.
    none = np.isinf(cost) & columns.only_add & (own @ parts[few] == 0)
    can = np.asarray(own[none].sum(axis=0)) == 0
    few, own = few[can], own[:, can]
    of = np.flatnonzero(np.diff(own.indptr))
    if (at := np.searchsorted(of, figure)) < len(of) and of[at] == figure:
        moves[few] = least_change(own[of], parts[few], int(at), by, cost[of], moving=moving[few])
    return moves


class _Beside:
    """Whose cases could stand for whose: people who share what is known, of whom more is left out first."""

    def __init__(self, forms: csr_array, gone: np.ndarray, settled: np.ndarray, whose: np.ndarray | None) -> None:
        from scipy.sparse import csr_array, diags_array

        self.forms, self.whose = forms, np.zeros(forms.shape[1], dtype="int64") if whose is None else whose
        size = self.whose.max(initial=-1) + 1
        people = csr_array(
            (np.ones(len(self.whose)), (np.arange(len(self.whose)), self.whose)), shape=(len(self.whose), size)
        )
        held = abs(forms) @ people
        held.data[:] = 1.0
        known, left_out = held[settled & ~gone], held[gone].sum(axis=0)
        closeness = (
            known.T @ diags_array(1.0 / np.maximum(known.sum(axis=1), 1.0) ** 2) @ known
        )  # a team's, rather than a court's
        self.worth = closeness.toarray() * (1.0 + left_out)

    def of(self, figure: int) -> Iterator[np.ndarray]:
        """The parts of a few people with those of a figure, those of more, and all."""
        own = np.unique(self.whose[self.forms[[figure]].indices])
        worth = self.worth[own].sum(axis=0)
        worth[own] = np.inf
        order = np.argsort(-worth, kind="stable")
        for few in FEW:
            if few < np.count_nonzero(worth):
                yield np.flatnonzero(np.isin(self.whose, order[:few]))
        yield np.arange(len(self.whose))


def least_change(
    forms: csr_array,
    parts: np.ndarray,
    figure: int,
    by: float,
    cost: np.ndarray,
    *,
    moving: np.ndarray | float = 0.0,
    short: float = np.inf,
) -> np.ndarray:
    """Return by how much every part is another in the nearest world in which a figure is more ``by`` so much (``short`` of it at most).

    To change a figure has its ``cost``: nothing where it is left out, without limit where it stays. Where there is no such world nothing changes.
    """
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp  # with nothing whole it is linprog, at half the overhead

    free, fixed = np.flatnonzero((cost > 0) & np.isfinite(cost)), np.flatnonzero(np.isinf(cost))
    held = np.flatnonzero(parts)  # of others there is none to take away
    sums = forms[np.concatenate([[figure], free, fixed])].tocsc()
    lack = sparse.csc_array(([float(np.sign(by))], ([0], [0])), shape=(sums.shape[0], 1))
    slack = sparse.eye_array(sums.shape[0], len(free), k=-1, format="csc")
    # As changes from what is: nothing but what is asked is out of bounds at the start, and few steps of the simplex mend it.
    rises = sparse.hstack([sums, -sums[:, held], slack, -slack, lack], format="csc")
    wanted = np.append(float(by), np.zeros(sums.shape[0] - 1))
    most = np.concatenate([np.full(len(parts), np.inf), parts[held], np.full(2 * len(free), np.inf), [short]])
    moving = np.broadcast_to(moving, len(parts))
    found = milp(
        np.concatenate([moving, moving[held], cost[free], cost[free], [SHORT]]),
        constraints=LinearConstraint(rises, wanted, wanted), bounds=Bounds(0, most), options={"presolve": False},
    )  # fmt: skip
    if found.status:
        return np.zeros(len(parts))
    change = found.x[: len(parts)].copy()
    change[held] -= found.x[len(parts) : len(parts) + len(held)]
    return np.asarray(change)
