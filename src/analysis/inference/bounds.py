"""How low and how high an unknown can be: exact narrowing first, then a linear programme, then integers.

``Region`` is the set of all numbers that satisfy some rows. Narrowing (``equations``) is exact; where it does not
settle a bound, HiGHS (``scipy.optimize.milp``) solves the linear programme, and the integer programme only where the
linear one is fractional. What a solver found is rounded and held against the rows in whole numbers; where that
fails, the wider bound stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from analysis.inference.equations import GRAIN, Box, Row, Rows, activity, open_box
from analysis.inference.equations import Unknowns as Unknowns

if TYPE_CHECKING:
    import numpy as np

TOLERANCE = 1e-6  # of a solver's result, in cases or 万元
NODES = 2_000  # of branch and bound; a search that ends early leaves the wider bound
ROUNDS = 30  # of the ratio iteration, which ends by itself after a few


@dataclass(frozen=True)
class Solution:
    """What the solver said: ``status`` 0 solved, 2 infeasible, 3 unbounded, else unknown; the point, the value."""

    status: int
    point: dict[int, float]
    value: float


class Region:
    """All points that satisfy some rows: feasible or not, and the extremes of its unknowns and their ratios."""

    def __init__(self, unknowns: Unknowns, rows: Sequence[Row]) -> None:
        self.unknowns = unknowns
        self.rows = Rows(rows, unknowns.integral)
        self.box = open_box(unknowns)
        self.alive = self.rows.tighten(self.box)
        self.seen: list[list[int]] = []  # points known to lie inside

    @cached_property
    def feasible(self) -> bool:
        """Whether any point satisfies all rows."""
        if not self.alive:
            return False
        if self._point({}) is not None:
            return True
        return all(self._part_feasible(part) for part in self.parts)

    # -- the parts that are still free ---------------------------------------------------------------------------

    @cached_property
    def parts(self) -> list[Part]:
        """The unknowns that narrowing left open, with their rows, by what hangs together."""
        root: dict[int, int] = {}

        def find(v: int) -> int:
            while root.setdefault(v, v) != v:
                v = root[v]
            return v

        live = []
        for row in self.rows.rows:
            free = [v for v, _ in row.terms if not self.box.fixed(v)]
            if free and not self._redundant(row):
                live.append((row, free))
                for v in free[1:]:
                    root[find(v)] = find(free[0])
                find(free[0])
        groups: dict[int, tuple[dict[int, None], list[Row]]] = {}
        for row, free in live:
            members, rows = groups.setdefault(find(free[0]), ({}, []))
            members.update(dict.fromkeys(free))
            rows.append(row)
        return [Part(self, sorted(members), rows) for members, rows in groups.values()]

    @cached_property
    def part_of(self) -> dict[int, Part]:
        """The part in which an unknown stands; those that no open row binds are in none."""
        return {v: part for part in self.parts for v in part.members}

    def _redundant(self, row: Row) -> bool:
        least, below, greatest, above = activity(row.terms, self.box)
        return (row.upper is None or (not above and greatest <= row.upper)) and (
            row.lower is None or (not below and least >= row.lower)
        )

    def _part_feasible(self, part: Part) -> bool:
        found = part.solve({}, 1)
        if found.status == 2:
            return not part.certainly_infeasible()
        if found.status != 0 or part.accept(found) is not None:
            return True
        return not part.whole or part.solve({}, 1, whole=True).status != 2

    # -- points ---------------------------------------------------------------------------------------------------

    def _point(self, given: Mapping[int, int]) -> list[int] | None:
        """A point of whole numbers inside, with some unknowns given, found by fixing one unknown after another."""
        box = self.box.copy()
        for v, value in given.items():
            box.lower[v] = box.upper[v] = value
        if given and not self.rows.tighten(box, given):
            return None
        members = [v for part in self.parts for v in part.members if not given or part.holds(given)]
        for v in members:
            if not box.fixed(v) and not self._settle(box, v):
                return None
        base = self.seen[-1] if self.seen else None
        point = [low if low is not None else 0 for low in box.lower]
        if given and base is not None:  # other parts stay as they were
            inside = set(members) | set(given)
            point = [point[v] if v in inside else base[v] for v in range(len(point))]
        elif given:
            return point
        if not self.rows.hold(point):
            return None
        self.seen.append(point)
        return point

    def _settle(self, box: Box, v: int) -> bool:
        low, high = box.lower[v], box.upper[v]
        if low is None:
            return False
        for value in dict.fromkeys((low, high if high is not None else low, (low + (high or low)) // 2)):
            trial = box.copy()
            trial.lower[v] = trial.upper[v] = value
            if self.rows.tighten(trial, (v,)):
                box.lower, box.upper = trial.lower, trial.upper
                return True
        return False

    def _reached(self, v: int, value: int) -> bool:
        return any(point[v] == value for point in self.seen) or self._point({v: value}) is not None

    # -- extremes -------------------------------------------------------------------------------------------------

    def extreme(self, v: int, sense: int) -> int | None:
        """The least (``sense`` 1) or greatest (-1) value of an unknown; ``None``: not bounded."""
        known = self.box.lower[v] if sense > 0 else self.box.upper[v]
        part = self.part_of.get(v)
        if part is None or (known is not None and self._reached(v, known)):
            return known
        whole = self.unknowns.integral[v]
        found = part.solve({v: 1.0}, sense)
        if found.status != 0:
            return known
        reached = self._outward(v, found.value, sense)
        best = reached if known is None else (max(known, reached) if sense > 0 else min(known, reached))
        if not whole or part.accept(found) is not None or self._reached(v, best):
            return best
        closer = part.solve({v: 1.0}, sense, whole=True)
        if closer.status == 0 and part.accept(closer) is not None:
            return round(closer.point[v])
        return best

    def _outward(self, v: int, value: float, sense: int) -> int:
        """A solver's bound in whole numbers, on the safe side."""
        slack = TOLERANCE * max(1.0, abs(value) * 1e-6)
        if self.unknowns.integral[v]:
            return ceil(value - slack) if sense > 0 else floor(value + slack)
        return floor((value - slack) * GRAIN) if sense > 0 else ceil((value + slack) * GRAIN)

    def ratio(self, top: Sequence[int], bottom: Sequence[int], sense: int) -> Fraction | float | None:
        """The least or greatest value of a ratio of sums; ``None``: not bounded.

        Dinkelbach's iteration: the extreme of top - t * bottom, with t the ratio at the last point, until it is 0.
        """
        outer = self.ratio_of_bounds(top, bottom, sense)
        inside = {v for v in (*top, *bottom) if not self.box.fixed(v)}
        if not inside:
            return outer
        parts = {id(self.part_of[v]): self.part_of[v] for v in inside if v in self.part_of}
        apart = {v for v in inside if v not in self.part_of}
        if len(parts) != 1 or apart or not (inside & set(top) and inside & set(bottom)):
            return outer if apart else self.ratio_of_bounds(top, bottom, sense, exact=True)
        (part,) = parts.values()
        found = part.ratio(top, bottom, sense)
        if found is None:
            return outer
        if isinstance(found, Fraction) or outer is None:
            return found
        return max(outer, found) if sense > 0 else min(outer, found)

    def ratio_of_bounds(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, *, exact: bool = False
    ) -> Fraction | None:
        def end(v: int, low: bool) -> int | None:
            if exact:
                return self.extreme(v, 1 if low else -1)
            return self.box.lower[v] if low else self.box.upper[v]

        tops = [end(v, sense > 0) for v in top]
        bottoms = [end(v, sense < 0) for v in bottom]
        if sense > 0:
            a = sum(t or 0 for t in tops)
            return Fraction(0) if a == 0 or None in bottoms else Fraction(a, sum(b or 0 for b in bottoms))
        below = sum(b or 0 for b in bottoms)
        if None in tops or below <= 0:
            return None
        return Fraction(sum(t or 0 for t in tops), below)


class Part:
    """Unknowns of a region that hang together, as a programme for the solver: shifted to their lower bounds."""

    def __init__(self, region: Region, members: list[int], rows: list[Row]) -> None:
        self.region, self.members, self.rows = region, members, rows
        self.column = {v: j for j, v in enumerate(members)}
        self.whole = any(region.unknowns.integral[v] for v in members)

    def holds(self, given: Mapping[int, int]) -> bool:
        """Whether any of the given unknowns stands in this part."""
        return any(v in self.column for v in given)

    @cached_property
    def _scale(self) -> list[int]:
        return [1 if self.region.unknowns.integral[v] else GRAIN for v in self.members]

    @cached_property
    def _shift(self) -> list[int]:
        return [self.region.box.lower[v] or 0 for v in self.members]

    @cached_property
    def _programme(self) -> dict[str, Any]:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint

        box = self.region.box
        matrix = np.zeros((len(self.rows), len(self.members)))
        low, high = np.full(len(self.rows), -np.inf), np.full(len(self.rows), np.inf)
        for i, row in enumerate(self.rows):
            size = max(abs(c) * (self._scale[self.column[v]] if v in self.column else 1) for v, c in row.terms)
            base = 0
            for v, c in row.terms:
                if v in self.column:
                    matrix[i, self.column[v]] += float(Fraction(c * self._scale[self.column[v]], size))
                    base += c * self._shift[self.column[v]]
                else:
                    base += c * (box.lower[v] or 0)
            if row.lower is not None:
                low[i] = float(Fraction(row.lower - base, size))
            if row.upper is not None:
                high[i] = float(Fraction(row.upper - base, size))
        width = [
            np.inf if (top := box.upper[v]) is None else float(Fraction(top - shift, scale))
            for v, shift, scale in zip(self.members, self._shift, self._scale, strict=True)
        ]
        return {"constraints": LinearConstraint(matrix, low, high), "bounds": Bounds(0, width)}

    def solve(self, goal: Mapping[int, float], sense: int, *, whole: bool = False) -> Solution:
        """Least (1) or greatest (-1) value of a sum over this part; ``whole``: with counts as whole numbers."""
        import numpy as np
        from scipy.optimize import milp

        cost = np.zeros(len(self.members))
        for v, c in goal.items():
            cost[self.column[v]] += sense * c
        kinds = [int(whole and self.region.unknowns.integral[v]) for v in self.members]
        found = milp(cost, integrality=kinds, options={"node_limit": NODES}, **self._programme)
        if found.x is None or found.status not in (0, 1):
            return Solution(int(found.status), {}, 0.0)
        point = self._point(found.x)
        bound = found.mip_dual_bound if whole and found.mip_dual_bound is not None else found.fun
        base = sum(c * shift / scale for v, c in goal.items() for shift, scale in [self._origin(v)])
        return Solution(int(found.status), point, float(sense * bound + base))

    def _origin(self, v: int) -> tuple[int, int]:
        return self._shift[self.column[v]], self._scale[self.column[v]]

    def _point(self, x: np.ndarray) -> dict[int, float]:
        return {v: float(x[j]) + self._shift[j] / self._scale[j] for v, j in self.column.items()}

    def accept(self, found: Solution) -> list[int] | None:
        """The solver's point in whole numbers, if it satisfies all rows as such."""
        region = self.region
        for v, value in found.point.items():
            if region.unknowns.integral[v] and abs(value - round(value)) > TOLERANCE * max(1.0, abs(value) * 1e-6):
                return None
        base = region.seen[-1] if region.seen else [low or 0 for low in region.box.lower]
        point = base[:]
        for v, value in found.point.items():
            point[v] = round(value) if region.unknowns.integral[v] else round(value * GRAIN)
        if not Rows(self.rows, region.unknowns.integral).hold(point):
            return None
        if region.seen:
            region.seen.append(point)
        return point

    def certainly_infeasible(self) -> bool:
        """Whether every row can be met only by a violation well above the solver's tolerance."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows, bounds = self._programme["constraints"], self._programme["bounds"]
        n, m = len(self.members), len(self.rows)
        wide = np.hstack([rows.A, np.eye(m), -np.eye(m)])
        limits = Bounds(0, np.concatenate([np.broadcast_to(bounds.ub, n), np.full(2 * m, np.inf)]))
        cost = np.concatenate([np.zeros(n), np.ones(2 * m)])
        found = milp(cost, constraints=LinearConstraint(wide, rows.lb, rows.ub), bounds=limits)
        return found.status != 0 or float(found.fun) > TOLERANCE

    def ratio(self, top: Sequence[int], bottom: Sequence[int], sense: int) -> Fraction | float | None:
        """The extreme of a ratio within this part; a Fraction where a point in whole numbers attains it."""
        found: Fraction | float | None = None
        for whole in (False, True):
            ratio, point = self._dinkelbach(top, bottom, sense, whole=whole, start=found)
            if ratio is None:
                return found
            slack = 1e-12 * max(1.0, abs(ratio))
            found = ratio - sense * slack
            if not self.whole or point is None:
                return found
            if (inside := self.accept(Solution(0, point, 0.0))) is not None:
                return Fraction(sum(inside[v] for v in top), sum(inside[v] for v in bottom))
        return found

    def _dinkelbach(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, *, whole: bool, start: Fraction | float | None
    ) -> tuple[float | None, dict[int, float] | None]:
        box, scale = self.region.box, self._unit(bottom)

        def value(point: Mapping[int, float], members: Sequence[int]) -> float:
            return sum(point[v] if v in point else (box.lower[v] or 0) / scale for v in members)

        first = self.solve({}, 1, whole=whole) if start is None or whole else None
        if first is None or first.status != 0:
            return None, None
        point = first.point
        for _ in range(ROUNDS):
            below = value(point, bottom)
            if below <= 0:
                return None, None
            now = value(point, top) / below
            goal: dict[int, float] = {}
            for v in top:
                if v in self.column:
                    goal[v] = goal.get(v, 0.0) + 1.0
            for v in bottom:
                if v in self.column:
                    goal[v] = goal.get(v, 0.0) - now
            found = self.solve(goal, sense, whole=whole)
            if found.status != 0:
                return None, None
            point, before = found.point, now
            below = value(point, bottom)
            if below <= 0 or abs(value(point, top) / below - before) <= 1e-13 * max(1.0, before):
                return before, point
        return None, None

    def _unit(self, members: Sequence[int]) -> int:
        return 1 if self.region.unknowns.integral[members[0]] else GRAIN
