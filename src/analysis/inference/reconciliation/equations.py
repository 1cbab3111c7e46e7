"""Unknown whole numbers bound by linear rows, and what follows from them in exact integer arithmetic.

A count is a whole number of cases. An amount is real; it is kept as a whole number of grains (``GRAIN`` to one 万元)
that is always rounded outwards, so that no bound is ever too narrow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

GRAIN = 10**9  # grains in one 万元: far below a cent
LEAST_GAIN = 10**3  # an amount's bound is moved by no less than this many grains, so that tightening ends
SMALL_STEP = 8  # nor by less than 1/256 of its width: what is left to gain is the linear programme's
VISITS = 40  # rows are looked at so often on average at the most; stopping early keeps bounds true, only wider

MOST = 10**18  # cases, or 万元: bounds that are driven beyond it come from rows that cannot hold together

Terms = tuple[tuple[int, int], ...]
Bound = int | None


class Readable(Protocol):
    """A point: the value of an unknown by its number."""

    def __getitem__(self, v: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    """``lower <= sum of coefficient * unknown <= upper``, all whole numbers; ``None`` is no bound."""

    terms: Terms
    lower: Bound
    upper: Bound


@dataclass
class Unknowns:
    """The unknowns of one problem: which of them are counts, and their names by what they stand for."""

    integral: list[bool] = field(default_factory=list)
    names: list[object] = field(default_factory=list)
    index: dict[object, int] = field(default_factory=dict)

    def of(self, name: object, *, integral: bool = True) -> int:
        """The number of an unknown, which is made where it is new."""
        if name not in self.index:
            self.index[name] = len(self.names)
            self.names.append(name)
            self.integral.append(integral)
        return self.index[name]


@dataclass
class Box:
    """Lower and upper bound of every unknown."""

    lower: list[Bound]
    upper: list[Bound]

    def copy(self) -> Box:
        """A box of its own with the same bounds."""
        return Box(self.lower[:], self.upper[:])

    def fixed(self, v: int) -> bool:
        """Return whether the bounds of an unknown meet."""
        return self.lower[v] is not None and self.lower[v] == self.upper[v]


def open_box(unknowns: Unknowns) -> Box:
    """Nothing is negative, nothing is bounded above."""
    n = len(unknowns.names)
    return Box([0] * n, [None] * n)


class Rows:
    """Rows with the way from an unknown to the rows it stands in."""

    def __init__(self, rows: Sequence[Row], integral: Sequence[bool]) -> None:
        self.rows = list(rows)
        self.integral = integral
        self.at: dict[int, list[int]] = {}
        for number, row in enumerate(self.rows):
            for v, _ in row.terms:
                self.at.setdefault(v, []).append(number)

    def tighten(self, box: Box, changed: Iterable[int] | None = None) -> bool:
        """Narrow the box by every row until nothing moves; False if a row cannot hold. ``changed``: start from these."""
        queue = (
            deque(range(len(self.rows)))
            if changed is None
            else deque(dict.fromkeys(number for v in changed for number in self.at.get(v, ())))
        )
        waiting = set(queue)
        visits = VISITS * (len(self.rows) + 10)
        while queue and visits:
            visits -= 1
            number = queue.popleft()
            waiting.discard(number)
            moved = self._narrow(self.rows[number], box)
            if moved is None:
                return False
            for v in moved:
                for other in self.at[v]:
                    if other not in waiting:
                        waiting.add(other)
                        queue.append(other)
        return True

    def _narrow(self, row: Row, box: Box) -> list[int] | None:
        """Unknowns whose bounds one row moved; ``None`` if the row cannot hold within the box."""
        least, unbounded_below, greatest, unbounded_above = activity(row.terms, box)
        if least == greatest and not unbounded_below and not unbounded_above:  # every unknown is fixed
            off = (row.upper is not None and least > row.upper) or (row.lower is not None and least < row.lower)
            return None if off else []
        if (row.upper is not None and not unbounded_below and least > row.upper) or (
            row.lower is not None and not unbounded_above and greatest < row.lower
        ):
            return None
        moved: list[int] = []
        for v, c in row.terms:
            low, high = (box.lower[v], box.upper[v]) if c > 0 else (box.upper[v], box.lower[v])
            if row.upper is not None and unbounded_below <= (low is None):
                rest = row.upper - (least - (0 if low is None else c * low))
                if self._move(box, v, rest, c, up=c > 0):
                    moved.append(v)
            if row.lower is not None and unbounded_above <= (high is None):
                rest = row.lower - (greatest - (0 if high is None else c * high))
                if self._move(box, v, rest, c, up=c < 0):
                    moved.append(v)
            if moved and moved[-1] == v:
                low_v, high_v = box.lower[v], box.upper[v]
                most = MOST if self.integral[v] else MOST * GRAIN
                if low_v is not None and low_v > (most if high_v is None else high_v):
                    return None
                least, unbounded_below, greatest, unbounded_above = activity(row.terms, box)
        return moved

    def _move(self, box: Box, v: int, rest: int, c: int, *, up: bool) -> bool:
        """Set one bound of an unknown to rest / c, inwards for counts, outwards for amounts, if that is a gain."""
        whole, low, high = self.integral[v], box.lower[v], box.upper[v]
        least = 0 if whole else LEAST_GAIN
        if low is not None and high is not None:
            least = max(least, (high - low) >> SMALL_STEP)
        if up:  # an upper bound
            new = rest // c if whole else -(-rest // c)
            if high is None or new < high - least or (low is not None and new <= low and new < high):
                box.upper[v] = new
                return True
        else:
            new = -(-rest // c) if whole else rest // c
            if low is None or new > low + least or (high is not None and new >= high and new > low):
                box.lower[v] = new
                return True
        return False

    def hold(self, point: Readable) -> bool:
        """Return whether every row holds at a point of whole numbers (amounts to a few grains)."""
        for row in self.rows:
            value = slack = 0
            for v, c in row.terms:
                value += c * point[v]
                slack += 0 if self.integral[v] else abs(c)
            if row.lower is not None and value < row.lower - slack * LEAST_GAIN:
                return False
            if row.upper is not None and value > row.upper + slack * LEAST_GAIN:
                return False
        return True


def activity(terms: Terms, box: Box) -> tuple[int, int, int, int]:
    """Least and greatest value of a sum within the box, each with the number of its unbounded parts."""
    least = greatest = unbounded_below = unbounded_above = 0
    for v, c in terms:
        low, high = (box.lower[v], box.upper[v]) if c > 0 else (box.upper[v], box.lower[v])
        if low is None:
            unbounded_below += 1
        else:
            least += c * low
        if high is None:
            unbounded_above += 1
        else:
            greatest += c * high
    return least, unbounded_below, greatest, unbounded_above
