"""The causes that explain why printed figures of a table contradict each other, weighed by description length.

A cause is typed (a wrong digit, a unit, another definition in many lines, a break between two years …). It is worth the
bits that the broken relations would need without it, less the bits that say which cause it is, where it holds, and
which relations that hold it leaves to chance (minimum description length; Rissanen 1978). The strongest is taken, its
lines are explained, and so on; where two explain the same equally well, both are undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import comb, log2

import pandas as pd

from analysis.inference.reconciliation.cause import Cause
from analysis.inference.reconciliation.cause_sentences import sentence
from analysis.inference.reconciliation.conflicts import slips
from analysis.inference.reconciliation.printed_cells import Figure
from analysis.inference.reconciliation.rates import Definitions
from analysis.inference.reconciliation.relations import Ends, Key, Line, Relation, ends, rate_relation, values_of

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
# Bits that a cause costs in each of its lines, besides saying which lines: what it leaves open of the true number.
PER_LINE = {"digit": 6.0, "footnote": 5.0, "unit": 1.0, "fraction": 0.5, "truncation": 1.0, "rate_definition": 1.0}
UNTYPED = 5.0  # bits by which a misprint of no known type is rarer than one of a type
NAMING = 6.0  # bits that name a cause and a measure
TIE = 1.5  # bits within which two causes explain equally well
FEWEST = 3  # lines from which on a cause is one of many lines, and not of each by itself
RARELY_ALL = 2.0  # bits for saying that a cause holds in some lines only
UNITS = (10_000.0, 0.0001, 1_000.0, 0.001)  # 万件 printed as 件, 元 as 万元 and the other way round; thousands
LARGEST_SHARE = 2  # of 1, that a rate printed as a fraction may be
COPIED = 3  # figures that two lines must share to be taken for copies
DERIVED = {"received": {"opening", "filed"}, "closing": {"filed", "closed"}}  # what other figures of a line give
COPY_BITS = 8.0  # by which a copy must be likelier than chance


def causes_of(lines: Sequence[Line], relations: Sequence[Relation], meanings: Definitions) -> pd.DataFrame:
    """Table of the causes of a table's contradictions, the strongest first."""
    search = _Search(lines, relations, meanings)
    groups = search.run()
    rows = []
    for number, group in enumerate(groups, start=1):
        status = "undecided" if len(group) > 1 else "taken"
        for cause in group:
            at = sorted(cause.lines)
            figure = search.figure(next(iter(cause.figures))) if len(cause.figures) == 1 else None
            rows.append(
                {
                    "cause": cause.kind,
                    "measure": cause.measure or None,
                    "rows": len(at),
                    "of": cause.of or len(at),
                    "explains": len(cause.repaired),
                    "bits": round(cause.bits, 1),
                    "status": status,
                    "group": number,
                    "printed": figure.text if figure else None,
                    "repair": cause.repair or None,
                    "places": "; ".join(search.lines[n].place for n in at),
                    "sentence": sentence(
                        cause, [search.lines[n] for n in at], figure, meanings, undecided=len(group) > 1
                    ).cell,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


class _Search:
    """Relations that hold and fail, and the causes that are taken one after another."""

    def __init__(self, lines: Sequence[Line], relations: Sequence[Relation], meanings: Definitions) -> None:
        self.meanings = meanings
        self.lines = {line.number: line for line in lines}
        self.values = values_of(lines)
        self.relations = list(relations)
        counts = [abs(v[1]) for (n, m), v in self.values.items() if self.lines[n].figures[m].kind == "count"]
        self.figure_bits = log2(2 + len(self.values))
        self.value_bits = log2(4 + sorted(counts)[len(counts) // 2]) if counts else 10.0
        self.worth = (
            self.figure_bits + self.value_bits + UNTYPED + 3
        )  # of a relation: a misprint somewhere, of any size
        self.index()

    def index(self) -> None:
        """Which relations fail now, and in which relations each figure stands."""
        self.at: dict[Key, list[Relation]] = {}
        for relation in self.relations:
            for key in relation.keys:
                self.at.setdefault(key, []).append(relation)
        self.failed = {r for r in self.relations if not r.holds(self.values)}
        self.touched = sorted({key for r in self.failed for key in r.keys})
        self.measures = sorted({name for _, name in self.touched})

    def figure(self, key: Key) -> Figure:
        """The printed figure of a key."""
        return self.lines[key[0]].figures[key[1]]

    def run(self) -> list[list[Cause]]:
        """Groups of causes; those of one group explain the same equally well."""
        found: list[list[Cause]] = []
        for copy in self._copies():
            found.append([copy])
            self._take(copy)
        while self.failed:
            group = self._next()
            if not group:
                break
            found.append(group)
            for cause in group:
                self._take(cause, apply=len(group) == 1)
        return sorted(found, key=lambda group: -max(cause.bits for cause in group))

    def _take(self, cause: Cause, *, apply: bool = True) -> None:
        gone = cause.repaired | cause.waived
        if apply:
            self.values |= {key: value for key, value in cause.figures.items() if value is not None}
            self.values |= self._likewise(cause)
            freed = {key for key, value in cause.figures.items() if value is None}
            gone |= {relation for key in freed for relation in self.at.get(key, ())}
        self.relations = [r for r in self.relations if r not in gone]
        self.index()

    def _likewise(self, cause: Cause) -> dict[Key, Ends]:
        """The same reading of the measure's other broken figures, where it is the habit of most lines."""
        if cause.kind != "truncation" and (cause.kind not in ("fraction", "unit") or 2 * len(cause.lines) < cause.of):
            return {}
        return {
            key: value
            for key in self.touched
            if key[1] == cause.measure and key not in cause.figures and not set(self.at[key]) - self.failed
            for kind, detail, value in self._readings(key)
            if (kind, detail) == (cause.kind, cause.detail)
        }

    def _next(self) -> list[Cause]:
        """The strongest cause, with all others that explain the same as well; one of each line where that is stronger."""
        many = sorted(self._of_many(), key=lambda cause: -cause.bits)
        many = [cause for cause in many if cause.bits > 0]
        best = many[0] if many else None
        singles = self._of_one()
        if best is not None:
            here = [max((c.bits for c in singles.get(n, ())), default=0.0) for n in best.lines]
            if best.bits >= sum(bits for bits in here if bits > 0):
                return [c for c in many if best.bits - c.bits <= TIE and _same(c, best)]
        of_one = sorted((c for of_line in singles.values() for c in of_line if c.bits > 0), key=lambda c: -c.bits)
        if not of_one:
            return [best] if best else []
        first = of_one[0]
        return [c for c in of_one if first.bits - c.bits <= TIE and c.repaired & first.repaired]

    # -- causes of many lines -----------------------------------------------------------------------------------------

    def _of_many(self) -> Iterator[Cause]:
        for name in self.measures:
            yield from self._changed(name)
            yield self._free(name)
        yield from self._breaks()
        yield from self._unlisted()

    def _changed(self, name: str) -> Iterator[Cause]:
        """One measure printed otherwise in several lines: in another unit, as a fraction, truncated, by another rate."""
        kinds: dict[tuple[str, str], dict[Key, tuple[Ends, frozenset[Relation]]]] = {}
        for key in [key for key in self.touched if key[1] == name]:
            for kind, detail, value in self._readings(key):
                mended = self._mended({key: value})
                if mended:
                    kinds.setdefault((kind, detail), {})[key] = value, mended
            for detail, mended in self._other_rates(key):
                kinds.setdefault(("rate_definition", detail), {})[key] = self.values[key], mended
        for (kind, detail), by_key in kinds.items():
            if len(by_key) >= FEWEST:
                yield self._weighed(kind, name, detail, by_key)

    def _readings(self, key: Key) -> Iterator[tuple[str, str, Ends]]:
        """What a figure may stand for otherwise."""
        figure = self.figure(key)
        if figure.kind == "rate" and figure.printed.value <= LARGEST_SHARE:
            yield "fraction", "100", ends(figure, scale=100.0)
        if figure.kind == "rate":
            yield "truncation", "", ends(figure, "truncated")
        if figure.kind in ("count", "amount"):
            for factor in UNITS:
                yield "unit", f"{factor:g}", ends(figure, scale=factor)
        for value in _without_mark(figure):
            yield "footnote", "", value

    def _other_rates(self, key: Key) -> Iterator[tuple[str, frozenset[Relation]]]:
        if self.figure(key).kind != "rate":
            return
        failed = frozenset(r for r in self.at[key] if r in self.failed and r.seen == key)
        for definition in self.meanings[key[1]][1:]:
            others = list(rate_relation(self.lines[key[0]], key[1], definition))
            if failed and others and not definition.same_as and all(r.holds(self.values) for r in others):
                yield definition.id, failed

    def _weighed(
        self, kind: str, name: str, detail: str, by_key: Mapping[Key, tuple[Ends, frozenset[Relation]]]
    ) -> Cause:
        lines = frozenset(n for n, _ in by_key)
        repaired = frozenset().union(*(mended for _, mended in by_key.values()))
        since, cost = self._where(lines, name)
        bits = self.worth * len(repaired) - NAMING - cost - PER_LINE[kind] * len(lines)
        figures = {key: value for key, (value, _) in by_key.items()}
        return Cause(kind, name, lines, repaired, bits, figures, detail or since, self._bearing(name))

    def _free(self, name: str) -> Cause:
        """One measure counted otherwise: its numbers say nothing of the others."""
        keys = [key for key in self.touched if key[1] == name]
        repaired = frozenset(r for key in keys for r in self.at[key] if r in self.failed)
        waived = frozenset(r for key in keys for r in self.at[key]) - repaired
        chance = sum(self.value_bits for r in waived if r.kind != "whole")
        lines = frozenset(n for n, _ in keys)
        since, cost = self._where(lines, name)
        bits = self.worth * len(repaired) - NAMING - cost - self.value_bits * len(keys) - chance
        kind = "scope" if since else "definition"
        if len(keys) < FEWEST:
            bits = 0.0
        return Cause(kind, name, lines, repaired, bits, dict.fromkeys(keys), since, self._bearing(name), waived)

    def _breaks(self) -> Iterator[Cause]:
        """Between two years the stocks and changes of many courts do not hang together: the scope was changed."""
        between: dict[tuple[int, int], list[Relation]] = {}
        for relation in self.relations:
            if relation.years:
                between.setdefault(relation.years, []).append(relation)
        for years, crossing in between.items():
            repaired = frozenset(r for r in crossing if r in self.failed)
            courts = {self.lines[n].court for r in repaired for n, _ in r.keys}
            lines = frozenset(n for r in repaired for n, _ in r.keys if self.lines[n].year == years[1])
            if len(lines) >= FEWEST:
                able = len({self.lines[n].court for r in crossing for n, _ in r.keys})
                cost = log2(1 + len(between)) + _choosing(len(courts), able)
                bits = self.worth * len(repaired) - NAMING / 2 - cost - self.value_bits * len(courts)
                yield Cause("scope", "", lines, repaired, bits, {}, f"{years[0]}/{years[1]}", able)

    def _unlisted(self) -> Iterator[Cause]:
        """Parts that were said to be all of a whole and fall short of it."""
        by_measure: dict[str, list[Relation]] = {}
        for relation in self.failed:
            if relation.kind == "parts" and not relation.at_most and _falls_short(relation, self.values):
                by_measure.setdefault("", []).append(relation)
        for name, relations in by_measure.items():
            lines = frozenset(relation.top[0][0][0] for relation in relations)
            able = len([r for r in self.relations if r.kind == "parts"])
            bits = (
                self.worth * len(relations)
                - NAMING / 2
                - _choosing(len(relations), able)
                - self.value_bits * len(lines)
            )
            yield Cause("parts", name, lines, frozenset(relations), bits if len(lines) >= FEWEST else 0.0, {}, "", able)

    def _mended(self, changed: Mapping[Key, Ends]) -> frozenset[Relation]:
        """The failed relations that hold with other values, where none that holds breaks."""
        values = _Changed(self.values, changed)
        mended = set()
        for key in changed:
            for relation in self.at.get(key, ()):
                if relation.holds(values):
                    mended |= {relation} & self.failed
                elif relation not in self.failed:
                    return frozenset()
        return frozenset(mended)

    def _bearing(self, name: str) -> int:
        return sum(name in line.figures for line in self.lines.values())

    def _where(self, lines: frozenset[int], name: str) -> tuple[str, float]:
        """From which year on a cause holds (empty: in all lines, or in some), and the bits that say so."""
        bearing = [line for line in self.lines.values() if any((line.number, name) == key for key in self.at)]
        everywhere = _choosing(len(lines), len(bearing))
        best = ("", everywhere)
        years = sorted({line.year for line in bearing if line.year is not None})
        for year in years[1:]:
            since = {line.number for line in bearing if line.year is not None and line.year >= year}
            apart = len(since ^ lines)
            cost = RARELY_ALL + log2(len(years)) + _choosing(apart, len(bearing))
            if lines and apart <= len(since) // 10 and cost < best[1]:
                best = (str(year), cost)
        return best

    # -- causes of one line -------------------------------------------------------------------------------------------

    def _of_one(self) -> dict[int, list[Cause]]:
        """The causes that change one figure, by line."""
        found: dict[int, list[Cause]] = {}
        for key in self.touched:
            for cause in self._single(key):
                found.setdefault(key[0], []).append(cause)
        for relation in self.failed:
            if relation.years:
                after = max(n for n, _ in relation.keys if self.lines[n].year == relation.years[1])
                bits = self.worth - self.figure_bits - self.value_bits - NAMING / 2
                years = f"{relation.years[0]}/{relation.years[1]}"
                cause = Cause("scope", "", frozenset({after}), frozenset({relation}), bits, {}, years, 1)
                found.setdefault(after, []).append(cause)
        return found

    def _single(self, key: Key) -> Iterator[Cause]:
        figure = self.figure(key)
        lines = frozenset({key[0]})
        for kind, detail, value in self._readings(key):
            mended = self._mended({key: value})
            if mended:
                bits = self.worth * len(mended) - self.figure_bits - PER_LINE[kind] - NAMING / 2
                yield Cause(
                    kind,
                    key[1],
                    lines,
                    mended,
                    bits,
                    {key: value},
                    detail,
                    1,
                    repair=_shown(kind, figure, detail, value),
                )
        best: Cause | None = None
        for slip in sorted(slips(figure.printed), key=lambda value: abs(value - figure.printed.value)):
            if slip < 0 and figure.kind not in ("change", "difference"):
                continue
            value = _ends_at(figure, slip, self.values[key])
            mended = self._mended({key: value})
            if mended and (best is None or len(mended) > len(best.repaired)):
                bits = self.worth * len(mended) - self.figure_bits - PER_LINE["digit"] - NAMING / 2
                told = figure.printed.like(slip)
                best = Cause("digit", key[1], lines, mended, bits, {key: value}, "", 1, repair=told)
        if best is not None:
            yield best
        failed = frozenset(r for r in self.at[key] if r in self.failed)
        waived = frozenset(self.at[key]) - failed
        chance = sum(self.value_bits for r in waived if r.kind != "whole")
        bits = self.worth * len(failed) - self.figure_bits - self.value_bits - UNTYPED - chance
        yield Cause("misprint", key[1], lines, failed, bits, {key: None}, "", 1, waived)

    # -- copies -------------------------------------------------------------------------------------------------------

    def _copies(self) -> Iterator[Cause]:
        """Lines that print the same numbers as another line."""
        seen: dict[tuple[tuple[str, Fraction], ...], Line] = {}
        for line in list(self.lines.values()):
            counts = tuple(
                (name, f.printed.value)
                for name, f in sorted(line.figures.items())
                if f.kind in ("count", "amount") and f.printed.value > 0
            )
            named = {name for name, _ in counts}
            derived = {name for name, given in DERIVED.items() if given <= named}
            shared = sum(log2(1 + float(value)) for name, value in counts if name not in derived)
            chance = 2 * log2(1 + len(self.lines))
            other = seen.setdefault(counts, line)
            elsewhere = (other.court, other.cell) != (line.court, line.cell)
            if other is not line and elsewhere and len(counts) >= COPIED and shared - chance > COPY_BITS:
                breaks = {
                    n: frozenset(r for r in self.failed if any(key[0] == n for key in r.keys))
                    for n in (other.number, line.number)
                }
                copy = max(breaks, key=lambda n: (len(breaks[n]), n))
                source = other.number if copy == line.number else line.number
                repaired = breaks[copy]
                bits = self.worth * len(repaired) + shared - chance
                yield Cause("copied", "", frozenset({copy}), repaired, bits, {}, self.lines[source].place, 1)


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


def _choosing(some: int, of: int) -> float:
    """Bits that say which ones are meant: of all one, else as many as there are ways to choose."""
    if some >= of:
        return 1.0
    return RARELY_ALL + log2(1 + of) + log2(comb(of, some))


def _same(one: Cause, other: Cause) -> bool:
    """Whether two causes explain the same, but for a twentieth."""
    return len(one.repaired & other.repaired) >= 0.95 * max(len(one.repaired), len(other.repaired))


def _falls_short(relation: Relation, values: Mapping[Key, Ends]) -> bool:
    return sum(sign * values[key][0] for key, sign in relation.top) > 0


def _without_mark(figure: Figure) -> Iterator[Ends]:
    """What a figure stands for without one or two digits at its end, which a footnote's mark may be."""
    printed = figure.printed
    digits = str(int(printed.value / printed.digit))
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
    """What another printed value would stand for, as wide as the printed one."""
    below, above = (end - float(figure.printed.value) for end in now)
    return float(value) + below, float(value) + above


def _shown(kind: str, figure: Figure, detail: str, value: Ends) -> str:
    """The figure as it should have been printed."""
    if kind == "footnote":
        return f"{sum(value) / 2:.10g}"
    if kind in ("fraction", "unit"):
        return f"{float(figure.printed.value) * float(detail):.10g}"
    return ""
