"""Bounds of a figure: between what it must lie, whatever the cells hold that are blank or cannot be read.

A case of which something is not known may count in several ways: closed or not (and when), in a condition or out of it, of one
group or another, with nothing or all of its claim recovered. Each way adds so much to the numerator and so much to the denominator.
A count is bounded by the least and the most of every case, a ratio by the ways that move it farthest together (``extreme_ratio``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.measures.extreme_ratios import extreme_ratio
from analysis.measures.indicators.quantities import FEN_PER_WAN, Tally, closings, has_amount, scale, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity


class Bounds(NamedTuple):
    """By group: the least and the most of a figure before its factor (missing where all is known), and how many cases leave it open.

    ``unfilled`` have a blank cell, ``unclaimed`` no claim, which nothing bounds; ``told``: whether the bounds can be found (of sums in
    a register that is counted, not listed, they cannot).
    """

    least: np.ndarray
    most: np.ndarray
    unfilled: np.ndarray
    unclaimed: np.ndarray
    told: bool = True


class _Side(NamedTuple):
    """What rows add to one side of a figure at least and at most, and as it is shown."""

    least: np.ndarray
    most: np.ndarray
    if_counted: np.ndarray  # the least of those that are counted at all
    shown: np.ndarray
    blank: np.ndarray  # of which a cell is blank that the figure asks for
    lacking: np.ndarray  # the amount itself
    unclaimed: np.ndarray


class _Ways(NamedTuple):
    """The ways in which rows of a tally may count: a row a way, a column a row of the tally."""

    group: np.ndarray
    cases: np.ndarray
    top: np.ndarray
    base: np.ndarray
    possible: np.ndarray
    shown: np.ndarray  # above and below
    blank: np.ndarray
    unclaimed: np.ndarray
    endless: np.ndarray  # rows whose amount above, or below, may be any

    def of(self, rows: np.ndarray) -> _Ways:
        """Some of the rows."""
        return _Ways(*(part[..., rows] for part in self))

    @property
    def is_open(self) -> np.ndarray:
        """Which rows may count in more than one way."""
        differ = [(np.where(self.possible, part, part[1]) != part[1]).any(axis=0) for part in (self.top, self.base)]
        return np.asarray(differ[0] | differ[1] | self.endless.any(axis=0))


def is_share(definition: Definition) -> bool:
    """Return whether a definition is a share of cases, each of which is counted or not."""
    top, base = definition.numerator, definition.denominator
    are_parts = definition.interval == "wilson" or {q.when for q in top} == {q.when for q in base}
    return bool(base) and are_parts and all(q.table == q.count == "cases" for q in (*top, *base))


def is_recovery(definition: Definition) -> bool:
    """Return whether a definition is a rate of money recovered of money claimed, of which a blank is nothing to all of the claim."""
    top, base = definition.numerator, definition.denominator
    recovered = bool(top) and all(q.count == "recovered" for q in top)
    return recovered and bool(base) and all(q.count == "claimed" and q.complete for q in base)


def outside_of_limits(definition: Definition, window: Window, counts: Tally) -> np.ndarray:
    """Count the closings that a share does not concern, as no statutory limit holds for them, by group."""
    parts = [counts.sums(q, window).outside for q in definition.numerator]
    return np.asarray(np.sum(parts, axis=0))


def bounds_of(definition: Definition, window: Window, counts: Tally, spare: np.ndarray | None) -> Bounds:
    """Bound a figure by group; ``spare``: the groups (columns) whose cases may be of which others (rows)."""
    size, sides = len(counts.groups), (definition.numerator, definition.denominator)
    none, nothing = np.full(size, np.nan), np.zeros(size)
    tables = dict.fromkeys(q.table for side in sides for q in side)
    rows = {table: _candidates(counts, table, window, [q for side in sides for q in side], spare) for table in tables}
    found = [_ways(definition, table, window, counts, places) for table, places in rows.items() if len(places)]
    ways = [part for of in found for part in _open(of, spare)]
    if not ways:
        return Bounds(none, none, nothing, nothing)

    def by_group(numbers: Sequence[np.ndarray]) -> np.ndarray:
        parts = [np.bincount(w.group, part, size) for w, part in zip(ways, numbers, strict=True)]
        return np.sum([np.zeros(size), *parts], axis=0)

    is_open = by_group([w.is_open for w in ways]) > 0
    unfilled, unclaimed = by_group([w.cases * w.blank for w in ways]), by_group([w.unclaimed for w in ways])
    is_of_cases = all(scale(q)[0] == "cases" for side in sides for q in side)
    is_told = counts.listed or is_of_cases or all((w.base == w.base[0]).all() for w in ways)
    if not is_open.any() or not is_told:
        return Bounds(none, none, np.maximum(unfilled, is_open), unclaimed, told=is_told)
    top, base = (
        np.sum([np.zeros(size), *(counts.sums(q, window).value for q in side)], axis=0)
        - by_group([w.shown[i] for w in ways])
        for i, side in enumerate(sides)
    )
    base = base - (outside_of_limits(definition, window, counts) if is_share(definition) else 0)
    if not definition.denominator:
        least = top + by_group([np.where(w.possible, w.top, np.inf).min(axis=0) for w in ways])
        most = top + by_group([np.where(w.possible, w.top, -np.inf).max(axis=0) for w in ways])
    else:
        smallest = base + by_group([np.where(w.possible, w.base, np.inf).min(axis=0) for w in ways])
        highest = 1.0 if is_share(definition) else np.inf
        least, most = (
            np.where(smallest > 0, _farthest(sign, ways, (top, base), by_group), end)
            for sign, end in ((-1, 0.0), (1, highest))
        )
        most = np.minimum(most, highest)
    above, below = (by_group([w.endless[i] for w in ways]) > 0 for i in range(2))
    least, most = np.where(below, 0.0, least), np.where(above, np.inf, most)
    return Bounds(np.where(is_open, least, np.nan), np.where(is_open, most, np.nan), unfilled, unclaimed)


def _farthest(
    sign: int, ways: Sequence[_Ways], fixed: Sequence[np.ndarray], by_group: Callable[..., np.ndarray]
) -> np.ndarray:
    """The least (sign −1) or most (1) of a ratio whose denominator is above 0 whichever ways its rows count in."""

    def best(ratio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ways_taken = [
            np.where(w.possible, sign * (w.top - ratio[w.group] * w.base), -np.inf).argmax(axis=0)[None] for w in ways
        ]
        top, base = (
            whole + by_group([np.take_along_axis(part, way, 0)[0] for part, way in zip(parts, ways_taken, strict=True)])
            for whole, parts in zip(fixed, ([w.top for w in ways], [w.base for w in ways]), strict=True)
        )
        return top, base

    return extreme_ratio(best, np.zeros(len(fixed[0])))


def _open(ways: _Ways, spare: np.ndarray | None) -> Iterator[_Ways]:
    """The rows that leave a figure open: of their own group, and where they do not state it of all that they may be of."""
    yield ways.of(np.flatnonzero(ways.is_open | (ways.unclaimed > 0)))
    if spare is None or not spare.any():
        return
    counting = ((ways.top != 0) | (ways.base != 0)).any(axis=0) | ways.endless.any(axis=0) | (ways.unclaimed > 0)
    pairs = np.argwhere(spare)
    rows = {other: np.flatnonzero((ways.group == other) & counting) for other in np.unique(pairs[:, 1]).tolist()}
    of_pairs = [rows[other] for other in pairs[:, 1].tolist()]
    of = ways.of(np.concatenate(of_pairs))
    if len(of.group):
        nothing = np.zeros((1, len(of.group)))
        yield of._replace(
            group=np.repeat(pairs[:, 0], [len(places) for places in of_pairs]),
            top=np.vstack([nothing, of.top]),
            base=np.vstack([nothing, of.base]),
            possible=np.vstack([nothing == 0, of.possible]),
            shown=np.zeros_like(of.shown),
            blank=of.unclaimed == 0,
        )


def _ways(definition: Definition, table: str, window: Window, counts: Tally, rows: np.ndarray) -> _Ways:
    """The ways of the rows of a tally that may count in several: each side at its least and its most, for every time at which a case may be closed."""
    sides = [[q for q in side if q.table == table] for side in (definition.numerator, definition.denominator)]
    moments = [{q.when for q in side} for side in sides]
    asked = [{(q.keep, q.leave_out) for q in side} for side in sides]
    is_part = is_share(definition) or moments[0] == moments[1]  # what is counted above is counted below as well
    asks_more, recovery = asked[0] != asked[1], is_recovery(definition)
    top: list[np.ndarray] = []
    base: list[np.ndarray] = []
    possible: list[np.ndarray] = []
    found = []
    for closed, may_be in closings(counts, table, window):
        above, below = (_side(side, window, counts, table, rows, closed, recovery=recovery) for side in sides)
        found.append((above, below))
        can, same = may_be[rows], below.least == below.most
        alone = is_part & (above.least > 0) & (below.least == 0) & (below.most > 0)
        top += [above.least, above.most, above.if_counted, above.least, above.most]
        base += [below.least, below.most, below.most, below.most, below.least]
        crossed = asks_more | same if is_part else np.ones(len(rows), dtype=bool)
        possible += [can & ~alone, can, can, can & crossed, can & (same if is_part else crossed)]
    above, below = found[0]
    lacking = np.array([above.lacking, below.lacking])
    return _Ways(
        counts.group[table][rows],
        counts.column(table, "cases")[rows],
        np.array(top),
        np.array(base),
        np.array(possible),
        np.array([above.shown, below.shown]),
        (above.blank | below.blank) & (below.unclaimed == 0),
        below.unclaimed,
        np.zeros_like(lacking) if recovery else np.any([[a.lacking, b.lacking] for a, b in found], axis=0),
    )


def _candidates(
    counts: Tally, table: str, window: Window, quantities: Sequence[Quantity], spare: np.ndarray | None
) -> np.ndarray:
    """The rows of a tally of which a figure may not know all: the others count in one way."""
    found = np.zeros(len(counts.frames[table]), dtype=bool)
    for quantity in (q for q in quantities if q.table == table):
        part = counts.part(quantity, window)
        if part is not None:
            places, weighed = part
            found[places] |= (weighed.lacking != 0) | (weighed.unknown != 0)
    for _, may_be in list(closings(counts, table, window))[1:]:
        found |= may_be
    if spare is not None:
        found |= np.isin(counts.group[table], np.flatnonzero(spare.any(axis=0)))
    return np.flatnonzero(found)


def _side(
    side: Sequence[Quantity],
    window: Window,
    counts: Tally,
    table: str,
    rows: np.ndarray,
    closed: np.ndarray | None,
    *,
    recovery: bool,
) -> _Side:
    """What some rows add to one side, at least and at most, where undecided cases were ``closed`` in these slots."""
    least, most, if_counted, shown, unclaimed = (np.zeros(len(rows)) for _ in range(5))
    blank, lacking = (np.zeros(len(rows), dtype=bool) for _ in range(2))
    for quantity in side:
        weighed = weights(counts, quantity, window, closed)
        if weighed is None:
            continue
        sure, might = (weighed.counted + weighed.lacking)[rows], weighed.unknown[rows]
        counts_at_all = (sure != 0) | (might != 0)
        column, unit = scale(quantity)
        each = counts.column(table, column)[rows].astype(float) / unit
        stated = has_amount(counts, quantity)[rows]
        ends = [each, each]
        shown += weighed.counted[rows] * each
        if recovery:
            claims = counts.column(table, "has_claimed").astype(bool)[rows]
            claim = np.where(claims, counts.column(table, "claimed_fen")[rows] / FEN_PER_WAN, 0.0)
            ends = [
                np.where(stated, each, 0.0 if quantity.count == "recovered" else claim),
                np.where(stated, each, claim),
            ]
            ends = [np.where(claims, end, 0.0) for end in ends]
            unclaimed += counts_at_all * ~claims * counts.column(table, "cases")[rows]
        elif quantity.count == "days" and closed is not None:
            ends = list(counts.days_to(window, rows))
            stated = stated & counts.listed
        each_way = [part * end for part in (sure, sure + might) for end in ends]
        least, most = least + np.min(each_way, axis=0), most + np.max(each_way, axis=0)
        if_counted = if_counted + (sure + might) * ends[0]
        lacking |= counts_at_all & ~stated
        blank |= (might != 0) | (counts_at_all & ~stated)
    return _Side(least, most, if_counted, shown, blank, lacking, unclaimed)
