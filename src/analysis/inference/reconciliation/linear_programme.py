"""Unknowns that hang together as a programme for the solver: linear first, whole numbers where that is fractional.

``scipy.optimize.milp`` (HiGHS) is given the unknowns shifted to their lower bounds, so that its numbers stay small. What
it finds is rounded and held against the rows in whole numbers before it is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from analysis.inference.reconciliation.equations import GRAIN, Box, Row, Rows

TOLERANCE = 1e-6  # of a solver's result, in cases or 万元
NODES = 20  # of branch and bound; a search that ends early leaves the wider bound
SMALLEST_BASE = 1e-4  # of a ratio: one 元, far below one case
LARGE_BASE = 500  # cases; a rate of so many moves too little from whole number to whole number to search for it
ROUNDS = 30  # of the ratio iteration, which ends by itself after a few
SMALL = 12  # unknowns up to which points are sought by fixing one after another, without the solver

Point = dict[int, int]


@dataclass(frozen=True)
class Solution:
    """The solver's answer: ``status`` 0 solved, 2 infeasible, 3 unbounded, else unknown; the point, the value."""

    status: int
    point: dict[int, float]
    value: float


def minimum(cost: Any, counts: Sequence[int], constraints: Any, bounds: Any) -> tuple[int, Any, float]:
    """Status, point and value of the least cost with some unknowns as whole numbers, by branch and bound over HiGHS.

    The solver is asked for linear programmes only: its integer programmes write to the screen.
    """
    import numpy as np
    from scipy.optimize import Bounds, milp

    n = len(cost)
    waiting = [(np.broadcast_to(bounds.lb, n).astype(float), np.broadcast_to(bounds.ub, n).astype(float))]
    best: tuple[float, Any] = (np.inf, None)
    for _ in range(NODES if counts else 1):
        low, high = waiting.pop()
        found = milp(cost, constraints=constraints, bounds=Bounds(low, high))
        if found.status == 3 or (found.status not in (0, 2) and not counts):
            return int(found.status), None, 0.0
        if found.status == 0 and found.fun < best[0] - TOLERANCE:
            apart = [abs(found.x[j] - round(found.x[j])) for j in counts]
            if max(apart, default=0.0) <= TOLERANCE:
                best = float(found.fun), found.x
            else:
                j = counts[apart.index(max(apart))]
                below, above = high.copy(), low.copy()
                below[j], above[j] = np.floor(found.x[j]), np.ceil(found.x[j])
                waiting += [(low, below), (above, high)]
        if not waiting:
            return (2, None, 0.0) if best[1] is None else (0, best[1], best[0])
    return 1, None, 0.0


class LinearProgramme:
    """Some unknowns of a box and the rows that bind them."""

    def __init__(self, box: Box, integral: Sequence[bool], members: list[int], rows: list[Row]) -> None:
        self.box, self.integral, self.members = box, integral, members
        self.rows = Rows(rows, integral)
        self.column = {v: j for j, v in enumerate(members)}
        self.scale = [1 if integral[v] else GRAIN for v in members]
        self.shift = [box.lower[v] or 0 for v in members]
        self.whole = any(integral[v] for v in members)

    # -- points in whole numbers ------------------------------------------------------------------------------------

    def fixed_one_by_one(self, given: Mapping[int, int]) -> Point | None:
        """A point with some unknowns given, found by fixing one unknown after another."""
        box = self.box.copy()
        for v, value in given.items():
            box.lower[v] = box.upper[v] = value
        if given and not self.rows.tighten(box, given):
            return None
        for v in self.members:
            if not box.fixed(v) and not self._settle(box, v):
                return None
        return self.believed({v: box.lower[v] or 0 for v in self.members})

    def _settle(self, box: Box, v: int) -> bool:
        low, high = box.lower[v] or 0, box.upper[v]
        for value in dict.fromkeys((low, low if high is None else high, (low + (high or low)) // 2)):
            trial = box.copy()
            trial.lower[v] = trial.upper[v] = value
            if self.rows.tighten(trial, (v,)):
                box.lower, box.upper = trial.lower, trial.upper
                return True
        return False

    def believed(self, point: Point) -> Point | None:
        """The point, if every row holds there in whole numbers."""
        return point if self.rows.hold(_Filled(point, self.box)) else None

    def rounded(self, found: Solution) -> Point | None:
        """The solver's point in whole numbers, if it is one and every row holds there."""
        point: Point = {}
        for v, value in found.point.items():
            if not self.integral[v]:
                point[v] = round(value * GRAIN)
                continue
            point[v] = round(value)
            if abs(value - point[v]) > TOLERANCE * max(1.0, abs(value) * 1e-6):
                return None
        return self.believed(point)

    def some_point(self) -> tuple[Point | None, bool]:
        """A point of whole numbers where one is found, and whether there can be any."""
        if len(self.members) <= SMALL and (point := self.fixed_one_by_one({})) is not None:
            return point, True
        found = self.solve({}, 1)
        if found.status == 2 and self._certainly_infeasible():
            return None, False
        if found.status == 0 and (point := self.rounded(found)) is not None:
            return point, True
        if len(self.members) > SMALL and (point := self.fixed_one_by_one({})) is not None:
            return point, True
        if not self.whole:
            return None, True
        found = self.solve({}, 1, whole=True)
        return (self.rounded(found) if found.status == 0 else None), found.status != 2

    # -- the solver -------------------------------------------------------------------------------------------------

    @cached_property
    def _posed(self) -> dict[str, Any]:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csc_array

        rows = self.rows.rows
        entries: list[tuple[int, int, float]] = []
        low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
        for i, row in enumerate(rows):
            scales = [self.scale[self.column[v]] if v in self.column else 1 for v, _ in row.terms]
            size = max(abs(c) * scale for (_, c), scale in zip(row.terms, scales, strict=True))
            base = 0
            for (v, c), scale in zip(row.terms, scales, strict=True):
                base += c * (self.box.lower[v] or 0)
                if v in self.column:
                    entries.append((i, self.column[v], float(Fraction(c * scale, size))))
            low[i] = -np.inf if row.lower is None else float(Fraction(row.lower - base, size))
            high[i] = np.inf if row.upper is None else float(Fraction(row.upper - base, size))
        at, to, values = zip(*entries, strict=True)
        matrix = csc_array((values, (at, to)), shape=(len(rows), len(self.members)))
        width = [
            np.inf if (top := self.box.upper[v]) is None else float(Fraction(top - shift, scale))
            for v, shift, scale in zip(self.members, self.shift, self.scale, strict=True)
        ]
        return {"constraints": LinearConstraint(matrix, low, high), "bounds": Bounds(0, width)}

    def solve(self, goal: Mapping[int, float], sense: int, *, whole: bool = False) -> Solution:
        """Least (1) or greatest (-1) value of a sum; ``whole``: with counts as whole numbers."""
        import numpy as np

        cost = np.zeros(len(self.members))
        for v, c in goal.items():
            cost[self.column[v]] += sense * c
        counts = [j for v, j in self.column.items() if self.integral[v]] if whole else []
        status, x, value = minimum(cost, counts, self._posed["constraints"], self._posed["bounds"])
        if status != 0:
            return Solution(status, {}, 0.0)
        starts = [shift / scale for shift, scale in zip(self.shift, self.scale, strict=True)]
        point = {v: float(x[j]) + starts[j] for v, j in self.column.items()}
        base = sum(c * starts[self.column[v]] for v, c in goal.items())
        return Solution(0, point, float(sense * value + base))

    def _certainly_infeasible(self) -> bool:
        """Return whether the rows can be met only by violations well above the solver's tolerance."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import eye_array, hstack

        rows, bounds = self._posed["constraints"], self._posed["bounds"]
        n, m = len(self.members), len(self.rows.rows)
        wide = hstack([rows.A, eye_array(m), -eye_array(m)], format="csc")
        limits = Bounds(0, np.concatenate([np.broadcast_to(bounds.ub, n), np.full(2 * m, np.inf)]))
        cost = np.concatenate([np.zeros(n), np.ones(2 * m)])
        found = milp(cost, constraints=LinearConstraint(wide, rows.lb, rows.ub), bounds=limits)
        return found.status != 0 or float(found.fun) > TOLERANCE

    # -- ratios -----------------------------------------------------------------------------------------------------

    def ratio(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, known: Sequence[Sequence[int]]
    ) -> tuple[Fraction | None, Point | None]:
        """The extreme of a ratio of sums, and a point in whole numbers that attains it, where one was found.

        Dinkelbach's iteration: the extreme of top - t * bottom, with t the ratio at the last point, until it is 0.
        ``known``: points that lie inside; the best of them is the first.
        """
        found: Fraction | None = None
        start = self._best(top, bottom, sense, known)
        for whole in (False, True):
            ratio, start = self._dinkelbach(top, bottom, sense, whole=whole, start=None if whole else start)
            if ratio is None or start is None:
                break
            found = Fraction(ratio - sense * 1e-9 * max(1.0, abs(ratio)))
            if not self.whole:
                break
            inside = self.rounded(Solution(0, start, 0.0))
            large = sum(self.box.lower[v] or 0 for v in bottom) > LARGE_BASE
            if inside is None and large:
                break
            if inside is not None:
                filled = _Filled(inside, self.box)
                if (below := sum(filled[v] for v in bottom)) > 0:
                    return Fraction(sum(filled[v] for v in top), below), inside
        return found, None

    def _best(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, known: Sequence[Sequence[int]]
    ) -> dict[int, float] | None:
        """The known point with the best ratio, as the solver writes points."""
        based = [(point, below) for point in known if (below := sum(point[v] for v in bottom)) > 0]
        if not based:
            return None
        best, _ = min(based, key=lambda p: sense * sum(p[0][v] for v in top) / p[1])
        return {v: best[v] / scale for v, scale in zip(self.members, self.scale, strict=True)}

    def _dinkelbach(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, *, whole: bool, start: Mapping[int, float] | None
    ) -> tuple[float | None, dict[int, float] | None]:
        """The extreme and its point; nothing where the ratio is not bounded or the base can only be nothing."""
        unit = 1 if self.integral[bottom[0]] else GRAIN

        def value(point: Mapping[int, float], members: Sequence[int]) -> float:
            return sum(point[v] if v in point else (self.box.lower[v] or 0) / unit for v in members)

        point = dict(start or {})
        if not point or value(point, bottom) < SMALLEST_BASE:
            first = self.solve(dict.fromkeys((v for v in bottom if v in self.column), 1.0), -1, whole=whole)
            if first.status == 3:
                first = self.solve({}, 1, whole=whole)
            if first.status != 0 or value(first.point, bottom) < SMALLEST_BASE:
                return None, None
            point = first.point
        for _ in range(ROUNDS):
            now = value(point, top) / value(point, bottom)
            found = self.solve(self._goal(top, bottom, now), sense, whole=whole)
            if found.status != 0:
                return None, None
            above, below = value(found.point, top), value(found.point, bottom)
            if sense * (above - now * below) >= -1e-9 * max(1.0, abs(above)):
                return now, point
            if below < SMALLEST_BASE:
                return None, None
            point = found.point
        return None, None

    def _goal(self, top: Sequence[int], bottom: Sequence[int], share: float) -> dict[int, float]:
        goal: dict[int, float] = {}
        for members, c in ((top, 1.0), (bottom, -share)):
            for v in members:
                if v in self.column:
                    goal[v] = goal.get(v, 0.0) + c
        return goal


class _Filled:
    """A point of some unknowns, read as a point of all: the others stand at their lower bound."""

    def __init__(self, point: Mapping[int, int], box: Box) -> None:
        self.point, self.box = point, box

    def __getitem__(self, v: int) -> int:
        return self.point[v] if v in self.point else (self.box.lower[v] or 0)
