"""Each printed figure against all the others: what they allow for it, the verdict, the definition that reproduces it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from analysis.inference.reconciliation.bounds import Region
from analysis.inference.reconciliation.candidate_definitions import (
    CandidateDefinitions,
    Given,
    candidate_definitions,
    candidates,
    rivals,
)
from analysis.inference.reconciliation.components import Assignment, Component, rate_of
from analysis.inference.reconciliation.conflicts import (
    FARTHEST,
    SIGNED,
    Conflict,
    allowed,
    conflicts_of,
    indispensable,
    repair,
)
from analysis.inference.reconciliation.determination import Determination, plain_determination
from analysis.inference.reconciliation.printed_arithmetic import PrintedArithmetic
from analysis.inference.reconciliation.printed_cells import Figure
from analysis.inference.reconciliation.rates import Definition
from analysis.returns.figures import Rule, counts_giving, smallest_base
from analysis.returns.row_arithmetic import Range, follows
from analysis.returns.verdicts import Code

MOST_BASES = 2_000  # bases that are tried one by one for a rate that none of them may give


@dataclass(frozen=True)
class Check:
    """The check of one figure: bounds from all others, the verdict, and what words about it need."""

    figure: Figure
    verdict: Code
    lower: Fraction
    upper: Fraction | None
    recomputed: Fraction | None
    reproducing: tuple[str, ...] = ()
    meaning: Definition | None = None
    base: tuple[int, int | None] | None = None  # of a rate: what the others allow for its base
    conflict: Conflict | None = None
    own: tuple[Fraction, Fraction | None] = (Fraction(0), None)  # bounds under the one meaning by which it was checked
    among: tuple[Definition, ...] = ()  # that meaning, where rates may mean several things


@dataclass(frozen=True)
class Mended:
    """The conflicts under one meaning of the rates, and the fewest figures whose change mends them."""

    meaning: Assignment
    conflicts: list[Conflict]
    fewest: list[Figure]


@dataclass
class Examination:
    """One component examined: its definitions, conflicts, sound figures, and the rules its sources can have followed."""

    component: Component
    given: Given
    tried: CandidateDefinitions = field(init=False)
    conflicts: list[Conflict] = field(init=False)
    fewest: list[Figure] = field(init=False)
    accused: frozenset[int] = field(init=False)  # figures that every smallest repair changes
    excused: frozenset[int] = field(init=False)  # those of them that a meaning resting on unprinted numbers would spare
    arithmetic: PrintedArithmetic = field(init=False)

    def __post_init__(self) -> None:
        self.tried = candidate_definitions(self.component, self.given)
        self.arithmetic = PrintedArithmetic(self.component)
        self.conflicts, self.fewest, self.accused, self.excused = [], [], frozenset(), frozenset()
        if not self.component.main(self.meaning).feasible:
            self._explain()

    def _explain(self) -> None:
        """The conflicts under the meaning that mends with the fewest changes, and whom every smallest repair accuses.

        A figure is accused only where it is under every meaning of a rate that asks for as few changes.
        """
        printed, unprinted = rivals(self.component, self.given, self.meaning)
        found = [self._mended(self.meaning)]
        found += [self._mended(meaning, found) for meaning in printed if self.finished]
        least = min(found, key=lambda one: len(one.fewest)) if self.finished else found[0]
        self.conflicts, self.fewest = least.conflicts, least.fewest
        if not self.finished:
            return
        if least.meaning is not self.meaning:
            self.tried = replace(self.tried, assignments=[dict(least.meaning)])
        accused = self._accused(found)
        others = [self._mended(meaning, [least]) for meaning in (unprinted if accused else ())]
        excused = accused - self._accused([least, *others])
        if self.finished:  # else some repair that was not tried may spare any of them
            self.accused, self.excused = accused, excused

    def _mended(self, meaning: Assignment, before: Sequence[Mended] = ()) -> Mended:
        """Conflicts and fewest changes under a meaning; what does not rest on it is taken from another's."""
        same = [
            conflict
            for other in before[:1]
            for conflict in other.conflicts
            if all(meaning.get(f.number) is other.meaning.get(f.number) for f in conflict.figures)
        ]
        most = len(before[0].fewest) if before else None
        return Mended(meaning, *conflicts_of(self.component, meaning, same, most=most))

    def _accused(self, ways: Sequence[Mended]) -> frozenset[int]:
        """The figures that every repair changes, of those ways that ask for the fewest changes."""
        least = min(len(way.fewest) for way in ways)
        accused = [
            indispensable(self.component, way.meaning, way.conflicts, way.fewest)
            for way in ways
            if len(way.fewest) == least
        ]
        return frozenset.intersection(*map(frozenset, accused))

    @property
    def finished(self) -> bool:
        """Return whether the search for conflicts came to its end; else more figures may stand in some, and more must change."""
        return not self.component.spent

    @property
    def meaning(self) -> Assignment:
        """The leading assignment of definitions."""
        return self.tried.assignments[0]

    @cached_property
    def sound(self) -> list[Figure]:
        """Figures that stand in no conflict; together they can hold."""
        hit = {f.number for conflict in self.conflicts for f in conflict.figures}
        return [f for f in self.component.figures if f.number not in hit]

    @cached_property
    def kept(self) -> list[Figure]:
        """All figures but the fewest whose change would mend the conflicts; together they can hold."""
        if not self.finished:
            return self.sound
        return [f for f in self.component.figures if f not in self.fewest]

    def conflict_of(self, figure: Figure) -> Conflict | None:
        """The first conflict in which a figure stands."""
        return next((c for c in self.conflicts if any(f.number == figure.number for f in c.figures)), None)

    def others(self, figure: Figure) -> list[Figure]:
        """All figures against which one is held: those that can hold together, and the rest of its conflict.

        For a figure in no conflict the fewest figures that mend all conflicts are put aside, for one in a conflict all
        that stand in other conflicts, and unless it is accused itself those that are; where the search did not come to its
        end, all that stand in any.
        """
        conflict = self.conflict_of(figure)
        if conflict is None or not self.finished:
            return [f for f in self.kept if f.number != figure.number]
        together = self._beside(conflict, figure)
        if figure.number not in self.accused:
            together = [f for f in together if f.number not in self.accused]
        if self.component.kept(self.meaning, together).feasible:
            return together
        return [f for f in conflict.figures if f.number != figure.number]

    def _beside(self, conflict: Conflict, figure: Figure) -> list[Figure]:
        rest = {f.number for f in conflict.figures} | {f.number for f in self.sound}
        return [f for f in self.component.figures if f.number in rest and f.number != figure.number]

    # -- rules ----------------------------------------------------------------------------------------------------

    @cached_property
    def released(self) -> dict[Rule, list[Figure]]:
        """For ``rounded`` and ``truncated``: the figures that cannot follow the rule; they stay under ``either``."""
        return {rule: self._released(rule) for rule in ("rounded", "truncated")}

    def _released(self, rule: Rule) -> list[Figure]:
        if self.region(rule, released=[]).feasible:
            return []
        single = [f for f in self.sound if not self.fits(f, rule)]
        if self.region(rule, released=single).feasible:
            return single
        sources = dict.fromkeys(f.source for f in self.sound)
        for source in sources:  # figures that fit one by one and not together: their source did not follow the rule
            of_source = [f for f in self.sound if f.source == source and f not in single]
            if not self.region(rule, released=[f for f in self.sound if f.source != source or f in single]).feasible:
                single = [*single, *of_source]
        return single if self.region(rule, released=single).feasible else list(self.sound)

    def region(self, rule: Rule, *, released: Sequence[Figure], meaning: Assignment | None = None) -> Region:
        """The sound figures under a rule, some of them released to ``either``."""
        meaning = meaning or self.meaning
        base = self.component.kept(meaning, self.sound)
        if rule == "either" or not base.alive:
            return base
        free = {f.number for f in released}
        rules = {f.number: rule for f in self.sound if f.number not in free}
        return self.component.under(base, meaning, rules, self.sound)

    def fits(self, figure: Figure, rule: Rule) -> bool:
        """Return whether one figure can follow a rule, the others being rounded or truncated."""
        if figure.printed.digit <= 1 and figure.kind in ("count", "mode"):
            return True
        if self.conflict_of(figure) is None and figure in self.kept:
            base = self.component.kept(self.meaning, self.kept)
            return self.component.under(base, self.meaning, {figure.number: rule}, self.kept).feasible
        others = self.others(figure)
        return self.component.region(self.meaning, rules={figure.number: rule}, figures=[*others, figure]).feasible

    # -- figures --------------------------------------------------------------------------------------------------

    @cached_property
    def _determination(self) -> list[Determination]:
        return [Determination(self.component, meaning, self.kept) for meaning in self.tried.assignments]

    @cached_property
    def _known(self) -> Determination:
        """Return what is known without any rate."""
        return plain_determination(self.component, self.meaning)

    def checks(self) -> list[Check]:
        """Every figure of the component."""
        return [self._check(figure) for figure in self.component.figures]

    def _check(self, figure: Figure) -> Check:
        if figure.kind == "other":
            return Check(figure, "unchecked", Fraction(0), None, None)
        conflict = self.conflict_of(figure)
        checked = (i for i, d in enumerate(self._determination) if conflict is None and d.checked(figure))
        at = next(checked, None)
        meaning = self.tried.assignments[at or 0]
        others = self.others(figure)
        region = self._without(figure, meaning, others)
        exact = self.finished and (at is not None or conflict is not None)
        row = self._in_its_row(figure) if conflict is not None or not self.finished else None
        own = row[1] if row is not None and self.finished else self._bounds(figure, region, meaning, exact=exact)
        base = self._base(figure, region, meaning)
        reproducing = self._reproducing(figure, region)
        verdict = self._verdict(
            figure, meaning, checked=at is not None, conflict=conflict, by_row=None if row is None else row[0]
        )
        recomputed = _recomputed(figure, *own) if exact and verdict != "impossible" else None
        low, high = own
        for i, other in enumerate(self.tried.assignments if conflict is None else []):
            if other is not meaning:  # whatever the rates mean, the truth lies between
                checked_so = exact and (rate_of(figure) == "" or self._determination[i].checked(figure))
                bounds = self._bounds(figure, self._without(figure, other, others), other, exact=checked_so)
                low, high = _union((low, high), bounds)
        definition = meaning.get(figure.number)
        among = () if conflict else self._among(meaning)
        return Check(
            figure, verdict, low, high, recomputed, reproducing, definition, base, conflict, own=own, among=among
        )

    def _among(self, meaning: Assignment) -> tuple[Definition, ...]:
        """Of a meaning the definitions that other meanings do not share."""
        shared = [m for m in self.tried.assignments if m is not meaning]
        return tuple(d for number, d in meaning.items() if any(m[number].id != d.id for m in shared))

    def _bounds(
        self, figure: Figure, region: Region, meaning: Assignment, *, exact: bool
    ) -> tuple[Fraction, Fraction | None]:
        if not self.finished:  # any of the others may be wrong, so that they bound nothing
            return _least(figure), None
        return allowed(region, self.component, figure, meaning) if exact else self._outer(region, figure, meaning)

    def _without(self, figure: Figure, meaning: Assignment, others: list[Figure]) -> Region:
        if self.conflict_of(figure) is None and self.component.kept(meaning, self.kept).feasible:
            return self.component.without(figure, meaning, self.kept)
        return self.component.kept(meaning, others)

    def _verdict(
        self,
        figure: Figure,
        meaning: Assignment,
        *,
        checked: bool,
        conflict: Conflict | None,
        by_row: Code | None,
    ) -> Code:
        if conflict is not None:
            return by_row or self._blame(figure, conflict)
        if not self.finished:  # a conflict that was not found may hold it
            return by_row or "unchecked"
        if not checked:
            return "unchecked"
        if self._only_by_definition(figure, meaning):
            return "definition"
        if not self.released["rounded"] or figure not in self.released["rounded"] or self.fits(figure, "rounded"):
            return "agrees"
        return "truncated"

    def _blame(self, figure: Figure, conflict: Conflict) -> Code:
        """The verdict on a figure of a conflict that its row does not give: accused only where no smallest repair spares it."""
        if figure.number in self.accused and len(conflict.figures) == 1 and not conflict.links:
            return "impossible"
        if figure.number in self.accused - self.excused:
            return "contradicts"
        return "one_of_two" if self._rate_and_base(conflict) else "shares_conflict"

    def _in_its_row(self, figure: Figure) -> tuple[Code, Range] | None:
        """Return whether the numbers printed beside a figure give it, how, and what they give."""
        meant: list[Definition | None] = [None]
        if rate_of(figure):
            meant = list(candidates(self.component.problem.meanings, rate_of(figure), self.given))
        return follows(figure.printed, (self.arithmetic.ranges(figure, definition) for definition in meant))

    def _rate_and_base(self, conflict: Conflict) -> bool:
        """Return whether two figures are at odds, a rate and the count that it is a rate of."""
        pair = sorted(conflict.figures, key=lambda f: f.kind != "rate")
        if len(pair) != 2 or pair[0].kind != "rate":
            return False
        return pair[1].measure in self.meaning[pair[0].number].bottom

    def _only_by_definition(self, figure: Figure, meaning: Assignment) -> bool:
        """Return whether a rate holds under the definition meant, and not under the leading one."""
        if figure.kind != "rate" or rate_of(figure) in self.given:
            return False
        leading = self.component.problem.meanings[rate_of(figure)][0]
        if meaning[figure.number].id == leading.id:
            return False
        others = [f for f in self.others(figure) if rate_of(f) != rate_of(figure) or f.source != figure.source]
        return not self.component.region({**meaning, figure.number: leading}, figures=[*others, figure]).feasible

    def _outer(self, region: Region, figure: Figure, meaning: Assignment) -> tuple[Fraction, Fraction | None]:
        """Bounds of a figure that nothing determines: what narrowing gives, true and not always the closest."""
        if figure.kind in SIGNED:
            return _least(figure), None
        problem = self.component.problem
        if figure.kind == "rate":
            sides = problem.sides(figure.cell, meaning[figure.number])
            low, high = region.ratio_of_bounds(*sides, 1), region.ratio_of_bounds(*sides, -1)
            return 100 * (low or Fraction(0)), None if high is None else 100 * high
        v = problem.v(figure.cell, figure.measure)
        return region.bounds(v)

    def _base(self, figure: Figure, region: Region, meaning: Assignment) -> tuple[int, int | None] | None:
        if figure.kind != "rate" or not meaning[figure.number].integral:
            return None
        bottom = self.component.problem.sides(figure.cell, meaning[figure.number])[1]
        ends = [(region.box.lower[v], region.box.upper[v]) for v in bottom]
        low = sum(a or 0 for a, _ in ends)
        return low, None if any(b is None for _, b in ends) else sum(b or 0 for _, b in ends)

    def _reproducing(self, figure: Figure, region: Region) -> tuple[str, ...]:
        """The definitions under which known numbers give the printed digits."""
        if figure.kind != "rate":
            return ()
        found, seen = [], figure.printed.interval("either")
        for definition in self.component.problem.meanings[rate_of(figure)]:
            top, bottom = self.component.problem.sides(figure.cell, definition)
            if not all(self._known.known(v) for v in (*top, *bottom)) or (
                definition.same_as and not self.printed(figure, *definition.bottom)
            ):
                continue
            low, high = region.ratio_of_bounds(top, bottom, 1), region.ratio_of_bounds(top, bottom, -1)
            if low is None or high is None or sum(region.box.upper[v] or 0 for v in bottom) == 0:
                continue
            edge = Fraction(0) if high > low else None
            fits = seen.holds(100 * low) if edge is None else 100 * low <= seen.upper and 100 * high >= seen.lower
            if fits:
                found.append(self.named(figure, definition))
        return tuple(found)

    def printed(self, figure: Figure, *quantities: str) -> bool:
        """Return whether quantities are printed in the cell of a figure."""
        here = {f.measure for f in self.component.figures if f.cell == figure.cell}
        return all(quantity in here for quantity in quantities)

    def named(self, figure: Figure, definition: Definition) -> str:
        """The definition's name, with what stands for an unprinted number of cases received."""
        if (
            "received" in definition.bottom
            and not self.printed(figure, "received")
            and self.printed(figure, "opening", "filed")
        ):
            return definition.id.replace("received", "(opening+filed)")
        return definition.id

    # -- conflicts ------------------------------------------------------------------------------------------------

    def repairs(self, conflict: Conflict) -> dict[int, str | None]:
        """For each figure of a conflict the nearest printable value that would mend it, the others being right.

        None where the search for conflicts did not come to its end: what would mend this one is no repair of the table.
        """
        if not self.finished:
            return dict.fromkeys((f.number for f in conflict.figures), None)
        return {f.number: repair(self.component, self.meaning, f, self._beside(conflict, f)) for f in conflict.figures}


def _least(figure: Figure) -> Fraction:
    """The least that a figure of its kind can be."""
    if figure.kind not in SIGNED:
        return Fraction(0)
    return -FARTHEST if figure.kind == "difference" or rate_of(figure) else Fraction(-100)


def no_count(figure: Figure, base: tuple[int, int | None], definition: Definition) -> bool:
    """Return whether no count of any base allowed prints as this rate."""
    low, high = max(base[0], 1), base[1]
    if high is None:
        return False
    if high < low or smallest_base(figure.printed, "either")[1] > high:
        return True
    if high - low > MOST_BASES:
        return False
    for b in range(low, high + 1):
        least, most = counts_giving(figure.printed, b, "either")
        if least <= most and not (definition.part and least > b):
            return False
    return True


def _union(
    one: tuple[Fraction, Fraction | None], other: tuple[Fraction, Fraction | None]
) -> tuple[Fraction, Fraction | None]:
    high = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return min(one[0], other[0]), high


def _recomputed(figure: Figure, low: Fraction, high: Fraction | None) -> Fraction | None:
    """The value that the others give: theirs where the bounds meet, the middle for what is not a plain count."""
    if high is None or high < low or low <= -FARTHEST:
        return None
    plain_count = figure.kind in ("count", "mode") and figure.printed.digit <= 1
    return low if low == high else None if plain_count else (low + high) / 2
