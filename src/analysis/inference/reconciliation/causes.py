"""The causes that explain why printed figures of a table contradict each other, weighed by description length.

A cause is typed (a wrong digit, a unit, another definition in many lines, a break between two years …). It is worth the
bits that the broken relations would need without it, less the bits that say which cause it is, where it holds, and
which relations that hold it leaves to chance (minimum description length; Rissanen 1978). The strongest is taken, its
lines are explained, and so on; where several common causes explain the same lines, each is tried, and the way that says
most by least is kept. What two explain equally well is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.inference.reconciliation.cause import Cause
from analysis.inference.reconciliation.cause_sentences import sentence
from analysis.inference.reconciliation.common_causes import common_causes, likewise
from analysis.inference.reconciliation.contradictions import Contradictions
from analysis.inference.reconciliation.line_causes import causes_of_line, copies
from analysis.inference.reconciliation.rates import Definitions
from analysis.inference.reconciliation.relations import Line, Relation

COLUMNS = [
    "cause",
    "measure",
    "rows",
    "of",
    "explains",
    "bits",
    "status",
    "group",
    "printed",
    "repair",
    "places",
    "sentence",
]
TIE = 1.5  # bits within which two causes explain equally well
WAYS = 4  # common causes that explain the same lines and are each tried
DEPTH = 2  # times that several are tried one after another
RIVAL = 0.25  # of the strongest cause's bits, that another must be worth to be tried
Group = list[Cause]  # those of one group explain the same equally well


def causes_of(lines: Sequence[Line], relations: Sequence[Relation], meanings: Definitions) -> pd.DataFrame:
    """Table of the causes of a table's contradictions, the strongest first."""
    table = Contradictions.of(lines, relations, meanings)
    found = list(copies(table))
    for group in found:
        _take(table, group)
    found += _explained(table, DEPTH).groups
    found.sort(key=lambda group: -max(cause.bits for cause in group))
    at = table.lines
    rows = []
    for number, group in enumerate(found, start=1):
        undecided = len(group) > 1
        for cause in group:
            numbers = sorted(cause.lines)
            figure = table.figure(next(iter(cause.figures))) if len(cause.figures) == 1 else None
            told = sentence(cause, [at[n] for n in numbers], figure, meanings, undecided=undecided)
            rows.append(
                {
                    "cause": cause.kind,
                    "measure": cause.measure or None,
                    "rows": len(numbers),
                    "of": cause.of or len(numbers),
                    "explains": len(cause.repaired),
                    "bits": round(cause.bits, 1),
                    "status": "undecided" if undecided else "taken",
                    "group": number,
                    "printed": figure.text if figure else None,
                    "repair": cause.repair or None,
                    "places": "; ".join(at[n].place for n in numbers),
                    "sentence": told.cell,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass
class _Way:
    """Groups of causes that together explain what they can, and the bits that this saves."""

    groups: list[Group] = field(default_factory=list)

    @property
    def bits(self) -> float:
        """Bits saved by all of it."""
        return sum(max(cause.bits for cause in group) for group in self.groups)


def _explained(table: Contradictions, depth: int) -> _Way:
    """Return what explains the failed relations, common causes tried in several orders where they rival each other."""
    way = _Way()
    singly: dict[int, list[Cause]] = {}
    _refresh(table, singly, {n for n, _ in table.touched})
    while table.failed:
        ways = _next(table, singly)
        if not ways:
            break
        if depth and len(ways) > 1:
            tried = []
            for group in ways:
                other = table.copy()
                _take(other, group)
                tried.append(_Way([group, *_explained(other, depth - 1).groups]))
            return _Way([*way.groups, *_best(tried).groups])
        way.groups.append(ways[0])
        _refresh(table, singly, _take(table, ways[0]))
    return way


def _best(ways: Sequence[_Way]) -> _Way:
    """The way that saves the most bits; where another saves as many, that in which they differ is undecided."""
    first, *others = sorted(ways, key=lambda way: -way.bits)
    rivals = [way for way in others if first.bits - way.bits <= TIE]
    shared = [{cause.name for group in way.groups for cause in group} for way in (first, *rivals)]
    everywhere = set.intersection(*shared)
    groups = [group for group in first.groups if {cause.name for cause in group} <= everywhere]
    open_ = {cause.name: cause for way in (first, *rivals) for group in way.groups for cause in group}
    apart = [cause for name, cause in open_.items() if all(name not in {c.name for c in group} for group in groups)]
    return _Way([*groups, *([apart] if apart else [])]) if rivals and apart else first


def _take(table: Contradictions, group: Group) -> set[int]:
    """Leave out what a group explains, and read its figures so if it is one; returns the lines that feel it."""
    gone = {relation for cause in group for relation in cause.repaired | cause.waived}
    if len(group) > 1:
        return table.explain(gone, {})
    (cause,) = group
    changed = {key: value for key, value in cause.figures.items() if value is not None}
    same, meant = likewise(table, cause)
    freed = {key for key, value in cause.figures.items() if value is None}
    gone |= {relation for key in freed for relation in table.standing_in[key]} | set(meant)
    return table.explain(gone, changed | same, meant.values())


def _refresh(table: Contradictions, singly: dict[int, list[Cause]], lines: Iterable[int]) -> None:
    for number in lines:
        singly[number] = [cause for cause in causes_of_line(table, number) if cause.bits > 0]


def _next(table: Contradictions, singly: dict[int, list[Cause]]) -> list[Group]:
    """The strongest cause with all others that explain the same as well, then its rivals among common causes.

    One of each line where those are stronger.
    """
    common = sorted((cause for cause in common_causes(table, singly) if cause.bits > 0), key=lambda c: -c.bits)
    common = [cause for cause in common if cause.bits >= sum(_by_itself(cause, singly[n]) for n in cause.lines)]
    if common:
        best = common[0]
        rivals = [c for c in common if c.repaired & best.repaired and c.bits >= RIVAL * best.bits]
        ways: list[Group] = []
        for cause in rivals:
            group = [c for c in rivals if abs(cause.bits - c.bits) <= TIE and _same(c, cause)]
            if all(cause not in way for way in ways):
                ways.append(group)
        return ways[:WAYS]
    of_line = sorted((cause for causes in singly.values() for cause in causes), key=lambda c: -c.bits)
    if not of_line:
        return []
    first = of_line[0]
    return [[c for c in of_line if first.bits - c.bits <= TIE and c.repaired & first.repaired]]


def _by_itself(cause: Cause, singly: Sequence[Cause]) -> float:
    """The most bits that a cause of one line saves on what a common cause explains there."""
    return max((c.bits * len(c.repaired & cause.repaired) / len(c.repaired) for c in singly), default=0.0)


def _same(one: Cause, other: Cause) -> bool:
    """Return whether two causes explain the same, but for a twentieth."""
    return len(one.repaired & other.repaired) >= 0.95 * max(len(one.repaired), len(other.repaired))
