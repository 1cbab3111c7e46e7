"""Candidate definitions of a source's rate: every named one is tried against all figures that hang together.

One definition holds for a measure in a source. The leading one is taken unless the figures refute it; any other is
taken only where it reproduces printed digits from numbers that are known (1155 of 1206 is not called 97.8% of some
unprinted number of filings). Where several are taken, bounds are the union over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from analysis.inference.reconciliation.components import Assignment, Component, rate_of
from analysis.inference.reconciliation.determination import Determination, plain_determination
from analysis.inference.reconciliation.printed_cells import Figure
from analysis.inference.reconciliation.rates import Definition, Definitions

MOST = 8  # combinations of definitions that are followed up; beyond, the leading ones alone

Given = Mapping[str, str]  # measure -> id of the definition that the caller says is meant


@dataclass(frozen=True)
class Group:
    """The figures of one rate in one source, and the definitions that may be meant."""

    source: str
    measure: str
    figures: list[Figure]
    candidates: tuple[Definition, ...]


@dataclass(frozen=True)
class Finding:
    """The finding on one definition of a rate in a source: status taken, possible or refuted."""

    group: Group
    definition: Definition
    status: str
    reproduces: bool


@dataclass(frozen=True)
class CandidateDefinitions:
    """The assignments of definitions to follow (the first leads), and what was found of each definition."""

    assignments: list[dict[int, Definition]]
    findings: list[Finding]


def candidates(meanings: Definitions, measure: str, given: Given) -> tuple[Definition, ...]:
    """The definitions that a rate may have: the one that the caller gives, else every named one, the leading first."""
    named = meanings[measure]
    return tuple(d for d in named if (d.id == given[measure] if measure in given else not d.same_as))


def groups_of(component: Component, given: Given) -> list[Group]:
    """The rates of a component by source and measure."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for figure in component.figures:
        if rate_of(figure):
            found.setdefault((figure.source, rate_of(figure)), []).append(figure)
    return [
        Group(
            source,
            measure,
            figures,
            candidates(component.problem.meanings, measure, given),
        )
        for (source, measure), figures in found.items()
    ]


def candidate_definitions(component: Component, given: Given) -> CandidateDefinitions:
    """Try every definition of every rate in a component."""
    groups = groups_of(component, given)
    first = {f.number: g.candidates[0] for g in groups for f in g.figures}
    open_groups = [g for g in groups if len(g.candidates) > 1]
    if not open_groups:
        return CandidateDefinitions([first], [Finding(g, g.candidates[0], "taken", reproduces=False) for g in groups])
    ambiguous = {f.number for g in open_groups for f in g.figures}
    settled = [f for f in component.figures if f.number not in ambiguous]
    plain = component.region(first, figures=settled).feasible
    known = plain_determination(component, first)
    chosen: list[list[Assignment]] = []
    findings: list[Finding] = []
    for group in groups:
        if len(group.candidates) == 1 or not plain:
            chosen.append([{f.number: group.candidates[0] for f in group.figures}])
            findings.append(Finding(group, group.candidates[0], "taken", reproduces=False))
            continue
        ways, found = _tried(component, group, settled, known, first)
        chosen.append(ways)
        findings += found
    assignments = [_merged(parts) for parts in product(*chosen)] if _count(chosen) <= MOST else []
    assignments = assignments or [_merged([ways[0] for ways in chosen])]
    if len(assignments) > 1:
        together = [a for a in assignments if component.main(a).feasible]
        assignments = together or assignments
    return CandidateDefinitions(assignments, findings)


def _tried(
    component: Component, group: Group, settled: list[Figure], known: Determination, first: Assignment
) -> tuple[list[Assignment], list[Finding]]:
    """The assignments that one group of rates leaves, and what was found of each candidate."""
    possible: list[Definition] = []
    reproducing: list[Definition] = []
    for definition in group.candidates:
        meaning = {**first, **{f.number: definition for f in group.figures}}
        if component.region(meaning, figures=[*settled, *group.figures]).feasible:
            possible.append(definition)
            if any(_reproduced(component, f, definition, known) for f in group.figures):
                reproducing.append(definition)
    leading = group.candidates[0]
    taken = [d for d in group.candidates if d in reproducing or (d is leading and d in possible)]
    findings = [
        Finding(
            group,
            d,
            "taken" if d in taken else "possible" if d in possible else "refuted",
            reproduces=d in reproducing,
        )
        for d in group.candidates
    ]
    if not taken:
        return [_each(component, group, settled, first, known)], findings
    return [{f.number: d for f in group.figures} for d in taken], findings


def _reproduced(component: Component, figure: Figure, definition: Definition, known: Determination) -> bool:
    """Return whether counts that the figures determine stand on both sides; that they fit was seen before."""
    top, bottom = component.problem.sides(figure.cell, definition)
    return figure.kind == "rate" and all(known.known(v) for v in (*top, *bottom))


def _each(
    component: Component, group: Group, settled: list[Figure], first: Assignment, known: Determination
) -> Assignment:
    """No definition serves the whole source: each figure by one that reproduces its digits, else by that of most."""
    found: dict[int, Definition] = {}
    for figure in group.figures:
        for definition in group.candidates:
            tried = definition is group.candidates[0] or _reproduced(component, figure, definition, known)
            meaning = {**first, figure.number: definition}
            if tried and component.region(meaning, figures=[*settled, figure]).feasible:
                found[figure.number] = definition
                break
    usual = max(group.candidates, key=lambda d: sum(d is meant for meant in found.values()))  # the first of equals
    return {f.number: found.get(f.number, usual) for f in group.figures}


def rivals(
    component: Component, given: Given, leading: Assignment
) -> tuple[list[dict[int, Definition]], list[dict[int, Definition]]]:
    """The assignments that differ from the leading one in the meaning of one rate, and that may hold instead.

    First those where the printed counts determine what some such rate rests on, then the others.
    """
    known = plain_determination(component, leading)
    printed: list[dict[int, Definition]] = []
    unprinted: list[dict[int, Definition]] = []
    for group in groups_of(component, given):
        for definition in group.candidates:
            if any(definition.id != leading[f.number].id for f in group.figures):
                sides = [component.problem.sides(f.cell, definition) for f in group.figures]
                told = any(all(known.known(v) for side in both for v in side) for both in sides)
                (printed if told else unprinted).append({**leading, **{f.number: definition for f in group.figures}})
    return printed, unprinted


def _merged(parts: tuple[Assignment, ...] | list[Assignment]) -> dict[int, Definition]:
    return {number: definition for part in parts for number, definition in part.items()}


def _count(chosen: list[list[Assignment]]) -> int:
    total = 1
    for ways in chosen:
        total *= len(ways)
    return total
