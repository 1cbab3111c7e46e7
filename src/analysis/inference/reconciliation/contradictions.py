"""The relations of a table that fail, and which of them hold once a figure is read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import log2

from analysis.inference.reconciliation.conflicts import doubled, dropped, slips
from analysis.inference.reconciliation.printed_cells import Figure
from analysis.inference.reconciliation.rates import Definitions
from analysis.inference.reconciliation.relations import Ends, Key, Line, Relation, ends, rate_relation, values_of

UNITS = (10_000.0, 0.0001, 1_000.0, 0.001)  # 万件 printed as 件, 元 as 万元 and the other way round; thousands
LARGEST_SHARE = 2  # of 1, that a rate printed as a fraction may be
UNTYPED = 5.0  # bits by which a misprint of no known type is rarer than one of a type


@dataclass(frozen=True, eq=False)
class Reading:
    """Another reading of one figure, and the failed relations that hold then."""

    kind: str
    detail: str  # the factor, the definition
    value: Ends
    repair: str  # the figure as it should have been printed
    mended: frozenset[Relation]


Swap = tuple[dict[Key, Ends], frozenset[Relation]]


@dataclass
class Contradictions:
    """Relations between the figures of a table at some values: those that hold, and those that fail."""

    lines: Mapping[int, Line]
    values: dict[Key, Ends]
    standing_in: dict[Key, frozenset[Relation]]  # the relations of each figure that are not yet explained
    failed: set[Relation]
    meanings: Definitions
    figure_bits: float  # bits that say which figure is meant
    value_bits: float  # bits that say its value
    _readings: dict[Key, list[Reading]] = field(default_factory=dict)
    _slips: dict[Key, list[Reading]] = field(default_factory=dict)
    _swaps: dict[int, list[Swap]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line], relations: Sequence[Relation], meanings: Definitions) -> Contradictions:
        """Those of a table as it is printed."""
        values = values_of(lines)
        by_number = {line.number: line for line in lines}
        counts = sorted(abs(v[1]) for (n, m), v in values.items() if by_number[n].figures[m].kind == "count")
        at: dict[Key, set[Relation]] = {}
        for relation in relations:
            for key in relation.keys:
                at.setdefault(key, set()).add(relation)
        return cls(
            by_number,
            values,
            {key: frozenset(here) for key, here in at.items()},
            {relation for relation in relations if not relation.holds(values)},
            meanings,
            log2(2 + len(values)),
            log2(4 + counts[len(counts) // 2]) if counts else 10.0,
        )

    def copy(self) -> Contradictions:
        """The same, to be explained in another way."""
        kept = dict(self.values), dict(self.standing_in), set(self.failed)
        return Contradictions(
            self.lines, *kept, self.meanings, self.figure_bits, self.value_bits, dict(self._readings), dict(self._slips),
            dict(self._swaps),
        )  # fmt: skip

    @property
    def worth(self) -> float:
        """Bits that one failed relation needs without a cause: a misprint somewhere, of any size."""
        return self.figure_bits + self.value_bits + UNTYPED + 3

    @property
    def touched(self) -> list[Key]:
        """The figures that stand in failed relations."""
        return sorted({key for relation in self.failed for key in relation.keys})

    def figure(self, key: Key) -> Figure:
        """The printed figure of a key."""
        return self.lines[key[0]].figures[key[1]]

    def relations(self) -> set[Relation]:
        """All relations that are not yet explained."""
        return set().union(*self.standing_in.values())

    def explain(self, gone: Iterable[Relation], changed: Mapping[Key, Ends], new: Iterable[Relation] = ()) -> set[int]:
        """Leave relations out, add some and replace values; returns the lines whose figures may now be read otherwise."""
        left, added = set(gone), set(new)
        for key in {key for relation in left for key in relation.keys}:
            self.standing_in[key] = self.standing_in[key] - left
        for relation in added:
            for key in relation.keys:
                self.standing_in[key] = self.standing_in[key] | {relation}
        self.values |= changed
        affected = added | {relation for key in changed for relation in self.standing_in.get(key, ())}
        self.failed -= left
        self.failed -= affected
        self.failed |= {relation for relation in affected if not relation.holds(self.values)}
        felt = {key for relation in left | affected for key in relation.keys} | set(changed)
        for key in felt:
            self._readings.pop(key, None)
            self._slips.pop(key, None)
            self._swaps.pop(key[0], None)
        return {n for n, _ in felt}

    def mended(self, changed: Mapping[Key, Ends]) -> frozenset[Relation]:
        """The failed relations that hold with other values, where none that holds breaks."""
        values = _Changed(self.values, changed)
        mended = set()
        for relation in {relation for key in changed for relation in self.standing_in.get(key, ())}:
            if relation.holds(values):
                mended |= {relation} & self.failed
            elif relation not in self.failed:
                return frozenset()
        return frozenset(mended)

    def readings(self, key: Key) -> list[Reading]:
        """Return what a figure may stand for otherwise: in another unit, as a fraction, truncated, by another definition."""
        if key not in self._readings:
            mends = [(*read, self.mended({key: read[2]})) for read in otherwise(self.figure(key))]
            self._readings[key] = [Reading(*mend) for mend in mends if mend[-1]] + list(self._other_rates(key))
        return self._readings[key]

    def _other_rates(self, key: Key) -> Iterator[Reading]:
        if self.figure(key).kind != "rate":
            return
        failed = frozenset(r for r in self.standing_in[key] if r in self.failed and r.seen == key)
        for definition in self.meanings[key[1]][1:] if failed else ():
            others = self.rate_by(key, definition.id)
            if others and not definition.same_as and all(r.holds(self.values) for r in others):
                yield Reading("rate_definition", definition.id, self.values[key], "", failed)

    def rate_by(self, key: Key, definition: str) -> list[Relation]:
        """The relation of a printed rate under the definition of an id, where both of its sides are printed."""
        meant = next(d for d in self.meanings[key[1]] if d.id == definition)
        return list(rate_relation(self.lines[key[0]], key[1], meant))

    def swaps(self, number: int) -> list[Swap]:
        """Return the pairs of counts of a line that may stand in each other's place: their values then, and what that mends."""
        if number not in self._swaps:
            self._swaps[number] = list(self._swapped(number))
        return self._swaps[number]

    def _swapped(self, number: int) -> Iterator[Swap]:
        keys = [(number, name) for name, figure in self.lines[number].figures.items() if figure.kind == "count"]
        for one, other in combinations([key for key in keys if key in self.standing_in], 2):
            if (self.standing_in[one] | self.standing_in[other]) & self.failed:
                changed = {one: self.values[other], other: self.values[one]}
                if mended := self.mended(changed):
                    yield changed, mended

    def slips(self, key: Key) -> list[Reading]:
        """Of each slip in printing digits the nearest value from which it makes the printed one, and that mends the most."""
        if key not in self._slips:
            printed = self.figure(key).printed
            kinds = {"digit": slips(printed), "dropped": dropped(printed), "doubled": doubled(printed)}
            self._slips[key] = [
                best for kind, values in kinds.items() if (best := self._best_slip(key, kind, values)) is not None
            ]
        return self._slips[key]

    def _best_slip(self, key: Key, kind: str, values: Iterable[Fraction]) -> Reading | None:
        figure, best = self.figure(key), None
        for slip in sorted(values, key=lambda value: abs(value - figure.printed.value)):
            if slip >= 0 or figure.kind in ("change", "difference"):
                value = _ends_at(figure, slip, self.values[key])
                mended = self.mended({key: value})
                if mended and (best is None or len(mended) > len(best.mended)):
                    best = Reading(kind, "", value, figure.printed.like(slip), mended)
        return best


class _Changed(Mapping[Key, Ends]):
    """Values some of which are replaced."""

    def __init__(self, values: Mapping[Key, Ends], changed: Mapping[Key, Ends]) -> None:
        self.values_, self.changed = values, changed

    def __getitem__(self, key: Key) -> Ends:
        return self.changed[key] if key in self.changed else self.values_[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def otherwise(figure: Figure) -> Iterator[tuple[str, str, Ends, str]]:
    """Kind, detail, value and repair of each way in which a printed figure may be read otherwise."""
    value = float(figure.printed.value)
    if figure.kind == "rate" and figure.printed.value <= LARGEST_SHARE:
        yield "fraction", "100", ends(figure, scale=100.0), f"{100 * value:.10g}"
    if figure.kind == "rate":
        yield "truncation", "", ends(figure, "truncated"), ""
    if figure.kind in ("count", "amount"):
        for factor in UNITS:
            yield "unit", f"{factor:g}", ends(figure, scale=factor), f"{factor * value:.10g}"
    for without in _without_mark(figure):
        yield "footnote", "", without, f"{sum(without) / 2:.10g}"


def _without_mark(figure: Figure) -> Iterator[Ends]:
    """Return what a figure stands for without one or two digits at its end, which a footnote's mark may be."""
    printed = figure.printed
    digits = str(int(printed.value / printed.digit))
    if not printed.decimals:  # 077 is 0 and a mark
        digits = re.sub(r"\D.*", "", figure.text.replace(",", ""))
    for marks in (1, 2):
        if figure.kind not in ("count", "amount", "rate") or len(digits) <= marks:
            return
        if printed.decimals == 0:
            value = float(int(digits[:-marks]) * printed.digit)
            yield value, value
        elif printed.decimals > marks:
            digit = float(printed.digit) * 10**marks
            value = int(digits[:-marks]) * digit
            yield value - digit / 2, value + digit / 2


def _ends_at(figure: Figure, value: Fraction, now: Ends) -> Ends:
    """Return what another printed value would stand for, as wide as the printed one."""
    below, above = (end - float(figure.printed.value) for end in now)
    return float(value) + below, float(value) + above
