"""Bounds of an unknown, or of a ratio of unknowns.

``Region`` is the set of all numbers that satisfy some rows. Narrowing (``equations``) is exact; where it does not settle
a bound, the linear programme does, and the integer programme only where that is fractional (``programme``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from analysis.inference.reconciliation.equations import GRAIN, Box, Row, Rows, Unknowns, activity, open_box
from analysis.inference.reconciliation.linear_programme import SMALL, TOLERANCE, LinearProgramme

KEPT_POINTS = 24  # points that one region hands to the next


class Region:
    """All points that satisfy some rows: feasible or not, and the extremes of its unknowns and their ratios.

    ``hints`` are points known from other regions; those that satisfy the rows spare the solver. New ones are added.
    ``within`` is a box that is known to hold the region; ``changed`` the unknowns from which to go on narrowing it.
    """

    def __init__(
        self,
        unknowns: Unknowns,
        rows: Sequence[Row],
        hints: list[list[int]] | None = None,
        *,
        within: Box | None = None,
        changed: Iterable[int] | None = None,
    ) -> None:
        self.unknowns = unknowns
        self.rows = Rows(rows, unknowns.integral)
        self.box = open_box(unknowns) if within is None else within.copy()
        self.alive = self.rows.tighten(self.box, changed)
        self.hints = [] if hints is None else hints
        self._with_base: dict[int, Region] = {}
        self.seen: list[list[int]] = []  # points known to lie inside
        if self.alive:
            self.seen = [point for point in self.hints if self._inside(point)]

    def _inside(self, point: Sequence[int]) -> bool:
        """Return whether a point satisfies all rows, counting the narrowed bounds (which only a true point can meet)."""
        return all(
            (low is None or low <= value) and (high is None or value <= high)
            for value, low, high in zip(point, self.box.lower, self.box.upper, strict=True)
        ) and self.rows.hold(point)

    @cached_property
    def feasible(self) -> bool:
        """Return whether any point satisfies all rows."""
        if not self.alive:
            return False
        if self.seen:
            return True
        point = [low or 0 for low in self.box.lower]
        complete = True
        for part in self.parts:
            values, possible = part.some_point()
            if not possible:
                return False
            complete &= values is not None
            for v, value in (values or {}).items():
                point[v] = value
        if complete:
            self._remember(point)
        return True

    def _remember(self, point: list[int]) -> None:
        self.seen.append(point)
        self.hints.append(point)
        del self.hints[:-KEPT_POINTS]

    def _learn(self, values: Mapping[int, int]) -> None:
        """A point of one part, put among the others' last known ones, becomes a known point."""
        if self.seen:
            point = self.seen[-1][:]
            for v, value in values.items():
                point[v] = value
            self._remember(point)

    # -- the parts that are still free ------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> list[LinearProgramme]:
        """The unknowns that narrowing left open, with their rows, by what hangs together."""
        root: dict[int, int] = {}

        def find(v: int) -> int:
            while root.setdefault(v, v) != v:
                root[v] = root[root[v]]
                v = root[v]
            return v

        live = []
        for row in self.rows.rows:
            free = [v for v, _ in row.terms if not self.box.fixed(v)]
            if free and not self._redundant(row):
                live.append((row, free))
                for v in free:
                    root[find(v)] = find(free[0])
        groups: dict[int, tuple[dict[int, None], list[Row]]] = {}
        for row, free in live:
            members, rows = groups.setdefault(find(free[0]), ({}, []))
            members.update(dict.fromkeys(free))
            rows.append(row)
        integral = self.unknowns.integral
        return [LinearProgramme(self.box, integral, sorted(members), rows) for members, rows in groups.values()]

    @cached_property
    def part_of(self) -> dict[int, LinearProgramme]:
        """The part in which an unknown stands; those that no open row binds are in none."""
        return {v: part for part in self.parts for v in part.members}

    def _redundant(self, row: Row) -> bool:
        least, below, greatest, above = activity(row.terms, self.box)
        return (row.upper is None or (not above and greatest <= row.upper)) and (
            row.lower is None or (not below and least >= row.lower)
        )

    def bounds(self, v: int) -> tuple[Fraction, Fraction | None]:
        """Return what narrowing alone gives for an unknown, in cases or 万元."""
        unit = 1 if self.unknowns.integral[v] else GRAIN
        high = self.box.upper[v]
        return Fraction(self.box.lower[v] or 0, unit), None if high is None else Fraction(high, unit)

    # -- extremes ---------------------------------------------------------------------------------------------------

    def extreme(self, v: int, sense: int) -> int | None:
        """The least (``sense`` 1) or greatest (-1) value of an unknown; ``None``: not bounded."""
        known = self.box.lower[v] if sense > 0 else self.box.upper[v]
        part = self.part_of.get(v)
        if part is None or (known is not None and self._reached(part, v, known)):
            return known
        found = part.solve({v: 1.0}, sense)
        if found.status != 0:
            return known
        reached = self._outward(v, found.value, sense)
        best = reached if known is None else (max(known, reached) if sense > 0 else min(known, reached))
        point = part.rounded(found)
        if point is not None:
            self._learn(point)
        if point is not None or not self.unknowns.integral[v] or self._reached(part, v, best, hard=True):
            return best
        closer = part.solve({v: 1.0}, sense, whole=True)
        point = part.rounded(closer) if closer.status == 0 else None
        if point is None:
            return best
        self._learn(point)
        return point[v]

    def _reached(self, part: LinearProgramme, v: int, value: int, *, hard: bool = False) -> bool:
        """Return whether a known point attains a value, or one is found at once."""
        if any(point[v] == value for point in self.seen):
            return True
        if len(part.members) > SMALL and not hard:
            return False
        found = part.fixed_one_by_one({v: value})
        if found is not None:
            self._learn(found)
        return found is not None

    def _outward(self, v: int, value: float, sense: int) -> int:
        """A solver's bound in whole numbers, on the safe side."""
        slack = TOLERANCE * max(1.0, abs(value) * 1e-6)
        if self.unknowns.integral[v]:
            return ceil(value - slack) if sense > 0 else floor(value + slack)
        return floor((value - slack) * GRAIN) if sense > 0 else ceil((value + slack) * GRAIN)

    def ratio(self, top: Sequence[int], bottom: Sequence[int], sense: int) -> Fraction | None:
        """The least or greatest value of a ratio of sums; ``None``: not bounded, or nothing is below the line."""
        outer = self.ratio_of_bounds(top, bottom, sense)
        if (
            outer is not None
            and len(bottom) == 1
            and self.unknowns.integral[bottom[0]]
            and not self.box.lower[bottom[0]]
        ):
            based = self._based(bottom[0])
            return based.ratio(top, bottom, sense) if based.alive else None
        inside = {v for v in (*top, *bottom) if not self.box.fixed(v)}
        if not inside or (sense > 0 and outer is None) or self._ratio_reached(top, bottom, outer):
            return outer
        if not inside <= self.part_of.keys():
            return outer
        parts = {id(self.part_of[v]): self.part_of[v] for v in inside}
        if len(parts) != 1 or not (inside & set(top) and inside & set(bottom)):
            return self.ratio_of_bounds(top, bottom, sense, exact=True)
        (part,) = parts.values()
        found, point = part.ratio(top, bottom, sense, self.seen)
        if point is not None:
            self._learn(point)
        if found is None or outer is None or point is not None:
            return outer if found is None else found
        return max(outer, found) if sense > 0 else min(outer, found)

    def _based(self, base: int) -> Region:
        """The part of the region where a rate of counts has a base: one case at least."""
        if base not in self._with_base:
            box = self.box.copy()
            box.lower[base] = 1
            self._with_base[base] = Region(self.unknowns, self.rows.rows, self.hints, within=box, changed=(base,))
        return self._with_base[base]

    def _ratio_reached(self, top: Sequence[int], bottom: Sequence[int], value: Fraction | None) -> bool:
        return value is not None and any(
            sum(point[v] for v in top) * value.denominator == value.numerator * below
            for point in self.seen
            if (below := sum(point[v] for v in bottom)) > 0
        )

    def ratio_of_bounds(
        self, top: Sequence[int], bottom: Sequence[int], sense: int, *, exact: bool = False
    ) -> Fraction | None:
        """A ratio from the bounds of its sides: true, and not the closest where the sides hang together."""

        def end(v: int, low: bool) -> int | None:
            if exact:
                return self.extreme(v, 1 if low else -1)
            return self.box.lower[v] if low else self.box.upper[v]

        tops = [end(v, sense > 0) for v in top]
        bottoms = [end(v, sense < 0) for v in bottom]
        if sense > 0:
            a, most = sum(t or 0 for t in tops), sum(b or 0 for b in bottoms)
            if None in bottoms:
                return Fraction(0)
            return Fraction(a, most) if most > 0 else None
        below = sum(b or 0 for b in bottoms)
        if below <= 0 and self.unknowns.integral[bottom[0]] and any(self.box.upper[v] != 0 for v in bottom):
            below = 1  # a rate of counts has a base of one case at least
        if None in tops or below <= 0:
            return None
        return Fraction(sum(t or 0 for t in tops), below)
