"""Causes that many lines share: a unit, a definition, a habit of rounding, a change of scope, parts that are not all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import comb, log2

from analysis.inference.reconciliation.cause import NAMING, PARTNER, PER_LINE, Cause
from analysis.inference.reconciliation.contradictions import Contradictions, Reading, Swap, otherwise
from analysis.inference.reconciliation.relations import Ends, Key, Relation, ends

FEWEST = 3  # lines from which on a cause is one of many lines, and not of each by itself
MISPRINTS = ("digit", "dropped", "doubled")  # of one figure, each by itself
RARELY_ALL = 2.0  # bits for saying that a cause holds in some lines only


def common_causes(table: Contradictions, singly: Mapping[int, list[Cause]]) -> Iterator[Cause]:
    """The causes of several lines, each with what it is worth; ``singly``: those of each line by itself."""
    touched = table.touched
    for name in sorted({measure for _, measure in touched}):
        keys = [key for key in touched if key[1] == name]
        yield from _read_otherwise(table, name, keys)
        yield from _free(table, name, keys, singly)
    yield from _swapped(table)
    yield from _breaks(table)
    yield from _unlisted(table)


def likewise(table: Contradictions, cause: Cause) -> tuple[dict[Key, Ends], dict[Relation, Relation]]:
    """The same reading of the measure's other broken figures, where it is the habit of most lines.

    Values, and for relations that fail what may hold instead. A line that truncates may as well round.
    """
    habit = cause.kind == "truncation" or 2 * len(cause.lines) >= cause.of
    if not habit or cause.kind not in ("truncation", "fraction", "unit", "rate_definition"):
        return {}, {}
    others = [
        key
        for key in table.touched
        if key[1] == cause.measure and key not in cause.figures and table.standing_in[key] <= table.failed
    ]
    if cause.kind == "rate_definition":
        return {}, {
            relation: replace(relation, instead=other)
            for key in others
            for relation in table.standing_in[key]
            for other in table.rate_by(key, cause.detail)
            if relation.seen == key
        }
    if cause.kind == "truncation":
        return {key: ends(table.figure(key), "either") for key in others}, {}
    return {
        key: value
        for key in others
        for kind, detail, value, _ in otherwise(table.figure(key))
        if (kind, detail) == (cause.kind, cause.detail)
    }, {}


def _read_otherwise(table: Contradictions, name: str, keys: list[Key]) -> Iterator[Cause]:
    """One measure printed otherwise in several lines: in another unit, as a fraction, truncated, by another rate."""
    kinds: dict[tuple[str, str], dict[Key, Reading]] = {}
    for key in keys:
        for read in table.readings(key):
            of_kind = kinds.setdefault((read.kind, read.detail), {})
            if key not in of_kind or len(read.mended) > len(of_kind[key].mended):
                of_kind[key] = read
    for (kind, detail), by_key in kinds.items():
        if len(by_key) >= FEWEST:
            lines = frozenset(n for n, _ in by_key)
            repaired = frozenset().union(*(read.mended for read in by_key.values()))
            since, cost = _where(table, lines, name)
            bits = table.worth * len(repaired) - NAMING - cost - PER_LINE[kind] * len(lines)
            figures = {key: read.value for key, read in by_key.items()}
            yield Cause(kind, name, lines, repaired, bits, figures, detail or since, _bearing(table, name))


def _swapped(table: Contradictions) -> Iterator[Cause]:
    """Two counts that stand in each other's column in several lines."""
    pairs: dict[tuple[str, str], list[Swap]] = {}
    for number in sorted({number for number, _ in table.touched}):
        for changed, mended in table.swaps(number):
            (_, name), (_, other) = changed
            pairs.setdefault((name, other), []).append((changed, mended))
    for (name, other), found in pairs.items():
        if len(found) >= FEWEST:
            lines = frozenset(number for changed, _ in found for number, _ in changed)
            repaired = frozenset().union(*(mended for _, mended in found))
            cost = NAMING + PARTNER + _where(table, lines, name)[1] + PER_LINE["swapped"] * len(lines)
            figures = {key: value for changed, _ in found for key, value in changed.items()}
            bits = table.worth * len(repaired) - cost
            yield Cause("swapped", name, lines, repaired, bits, figures, other, _bearing(table, name))


def _free(table: Contradictions, name: str, keys: list[Key], singly: Mapping[int, list[Cause]]) -> Iterator[Cause]:
    """One measure counted otherwise: its numbers say nothing of the others.

    A line that one changed figure explains more shortly is no part of it.
    """
    kept: list[Key] = []
    membership = log2(max(_bearing(table, name), 1) / max(len(keys), 1))  # bits that say that a line belongs
    for key in keys:
        failed = table.standing_in[key] & table.failed
        others = [r for r in table.standing_in[key] - failed if r.kind != "whole"]
        gain = table.worth * len(failed) - table.value_bits * (1 + len(others)) - membership
        typed = (c for c in singly.get(key[0], ()) if c.kind not in ("misprint", "scope") and c.repaired & failed)
        if gain >= max((cause.bits for cause in typed), default=0.0):
            kept.append(key)
    kept = _without_misprints(table, name, kept, singly)
    if len(kept) < FEWEST:
        return
    repaired = {r for key in kept for r in table.standing_in[key] & table.failed}
    waived = {r for key in kept for r in table.standing_in[key] - table.failed}
    waived -= repaired
    chance = sum(table.value_bits for r in waived if r.kind != "whole")
    lines = frozenset(n for n, _ in kept)
    since, cost = _where(table, lines, name)
    bits = table.worth * len(repaired) - NAMING - cost - table.value_bits * len(kept) - chance
    yield Cause(
        "scope" if since else "definition",
        name,
        lines,
        frozenset(repaired),
        bits,
        dict.fromkeys(kept),
        since,
        _bearing(table, name),
        frozenset(waived),
    )


def _without_misprints(
    table: Contradictions, name: str, keys: list[Key], singly: Mapping[int, list[Cause]]
) -> list[Key]:
    """Lines that may be counted otherwise: of a few lines, most of which one wrong digit each mends, only the rest."""
    misprinted = {
        key
        for key in keys
        if any(
            c.kind in MISPRINTS and c.repaired >= table.standing_in[key] & table.failed for c in singly.get(key[0], ())
        )
    }
    few = 2 * len(keys) <= _bearing(table, name)
    return [key for key in keys if key not in misprinted] if few and 2 * len(misprinted) > len(keys) else keys


def _breaks(table: Contradictions) -> Iterator[Cause]:
    """Between two years the stocks and changes of many courts do not hang together: the scope was changed."""
    between: dict[tuple[int, int], list[Relation]] = {}
    for relation in table.relations():
        if relation.years:
            between.setdefault(relation.years, []).append(relation)
    for years, crossing in between.items():
        repaired = frozenset(r for r in crossing if r in table.failed)
        courts = {table.lines[n].court for r in repaired for n, _ in r.keys}
        lines = frozenset(n for r in repaired for n, _ in r.keys if table.lines[n].year == years[1])
        if len(lines) >= FEWEST:
            able = len({table.lines[n].court for r in crossing for n, _ in r.keys})
            cost = log2(1 + len(between)) + choosing(len(courts), able)
            bits = table.worth * len(repaired) - NAMING / 2 - cost - table.value_bits * len(courts)
            yield Cause("scope", "", lines, repaired, bits, {}, f"{years[0]}/{years[1]}", able)


def _unlisted(table: Contradictions) -> Iterator[Cause]:
    """Parts that were said to be all of a whole and fall short of it."""
    parts = [r for r in table.relations() if r.kind == "parts"]
    short = [r for r in parts if r in table.failed and not r.at_most and _falls_short(r, table.values)]
    lines = frozenset(relation.top[0][0][0] for relation in short)
    if len(lines) >= FEWEST:
        cost = NAMING / 2 + choosing(len(short), len(parts)) + table.value_bits * len(lines)
        yield Cause("parts", "", lines, frozenset(short), table.worth * len(short) - cost, {}, "", len(parts))


def _falls_short(relation: Relation, values: Mapping[Key, Ends]) -> bool:
    return sum(sign * values[key][0] for key, sign in relation.top) > 0


def _bearing(table: Contradictions, name: str) -> int:
    return sum(name in line.figures for line in table.lines.values())


def _where(table: Contradictions, lines: frozenset[int], name: str) -> tuple[str, float]:
    """From which year on a cause holds (empty: in all lines, or in some), and the bits that say so."""
    bearing = [line for line in table.lines.values() if (line.number, name) in table.standing_in]
    best = ("", choosing(len(lines), len(bearing)))
    years = sorted({line.year for line in bearing if line.year is not None})
    for year in years[1:]:
        since = {line.number for line in bearing if line.year is not None and line.year >= year}
        apart = len(since ^ lines)
        cost = RARELY_ALL + log2(len(years)) + choosing(apart, len(bearing))
        if lines and apart <= len(since) // 10 and cost < best[1]:
            best = (str(year), cost)
    return best


def choosing(some: int, of: int) -> float:
    """Bits that say which ones are meant: of all one, else as many as there are ways to choose."""
    if some >= of:
        return 1.0
    return RARELY_ALL + log2(1 + of) + log2(comb(of, some))
