"""Indicators: what a definition set says, counted in a register; every figure with its parts, interval and caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases, must_be_columns
from analysis.measures import caveats, intervals
from analysis.measures.officer_names import shown_officers
from analysis.measures.quantities import Tally, tally
from analysis.measures.ratios import needs_squares, over_cases, rows_for
from analysis.measures.windows import Window, asked_windows
from analysis.vocabulary.definition import Definition, DefinitionSet
from analysis.vocabulary.definitions import definition_set
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import Text, joined
from analysis.vocabulary.periods import day
from analysis.vocabulary.quantities import Quantity, quantities

COLUMNS = (
    "court", "period_start", "period_end", "indicator", "value", "numerator", "denominator", "lower", "upper", "unit",
    "definition", "note",
)  # fmt: skip
DAYS_OF_A_YEAR = 365.0
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
PEOPLE = frozenset(("officer", "lead"))  # columns of names, which stay inside unless asked for
SEVERAL_COURTS = Text("多个法院合计", "several courts together")


def indicators(
    cases: Cases,
    *,
    years: Any = None,
    periods: Any = None,
    definitions: Any = "fujin-2012",
    calendar: str = "calendar-year",
    by: Any = (),
    variants: bool = False,
    at: Any = None,
    seed: int = 0,
    only: Any = None,
    names: bool = False,
) -> pd.DataFrame:
    """Indicators of a register by period, each with numerator, denominator, interval, definition and caveats.

    Columns: ``court, [by…], period_start, period_end, indicator, value, numerator, denominator, lower, upper, unit,
    definition`` (set/id), ``note``. Rates are in percent, money is in 万元. A base of 0 gives a missing value with a
    note. The 95 % intervals mean what ``attrs["interval_note"]`` says.

    ``years`` are years of the statistical ``calendar``; ``periods`` are pairs of days (first, last). Without either:
    the last full year. ``definitions`` is a set's id, the path of a court's own TOML, or a list of them: then each
    period takes the definitions valid in it, and the first period under another definition says so. ``variants=True``
    sets disputed definitions of one indicator side by side; ``only`` picks indicators by id. ``at``: the register as it was
    known on that day. Officers in ``by`` are pseudonyms unless ``names=True``. ``seed`` is that of the bootstrap.
    Raises ``ArgumentError`` for an unknown name, ``InputError`` for a TOML that is not of the form.

    >>> cases = Cases.from_frames(
    ...     pd.DataFrame({"filed_on": ["2010-05-01", "2011-02-01"], "closed_on": ["2011-03-01", None]}), as_of="2011-12-31"
    ... )
    >>> table = indicators(cases, years=[2011], only=["closure_rate"])
    >>> table[["value", "numerator", "denominator"]].values.tolist()
    [[50.0, 1.0, 2.0]]
    """
    known = cases.as_of if at is None else day(at, "at", last=True)
    windows = asked_windows(years, periods, calendar, known)
    table = indicators_over(
        cases, windows, definitions=definitions, by=by, variants=variants, at=at, seed=seed, only=only, names=names
    )
    table.attrs |= {"calendar": calendar}
    return table


def indicators_over(
    cases: Cases,
    windows: Sequence[Window],
    *,
    definitions: Any,
    by: Any = (),
    variants: bool = False,
    at: Any = None,
    seed: int = 0,
    only: Any = None,
    names: bool = False,
    related: bool = True,
) -> pd.DataFrame:
    """The same over windows at hand; ``related=False`` leaves unsaid that some of them overlap."""
    sets = _sets(definitions)
    keys = must_be_columns("by", by)
    chosen, skipped = _chosen(sets, only, variants=variants)
    valid = [d for d in chosen if d.computed and any(d in _valid(chosen, w) for w in windows)]
    parts = [q for d in valid for q in (*d.numerator, *d.denominator, *_paired(d))]
    counts = tally(cases, parts, windows, by=keys, at=at, squares=needs_squares(cases, valid))
    listed = rows_for(cases, valid, windows, counts, keys, at)
    asked = _Asked(tuple(windows), counts, listed, seed, tuple(windows) if related else ())
    blocks = [_block(d, number, asked) for number, w in enumerate(windows) for d in _valid(chosen, w)]
    _sums(blocks)
    _breaks(blocks, windows)
    table = _laid(blocks, counts, keys, asked)
    for name in PEOPLE.intersection(keys):
        table[name] = shown_officers(cases, table[name], names=names)
    table.attrs = _about(sets, skipped, keys, asked)
    return table


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a block of rows is made from: the windows, the tallies, the closed cases row by row, the seed."""

    windows: tuple[Window, ...]
    counts: Tally
    listed: Tally | None
    seed: int
    related: tuple[Window, ...]


def _sets(definitions: Any) -> list[DefinitionSet]:
    listed = [definitions] if isinstance(definitions, (str, Path)) else list(definitions)
    if not listed:
        raise ArgumentError("definitions 为空：至少给出一个口径集。", "definitions is empty: name at least one set.")
    return [definition_set(name) for name in listed]


def _chosen(sets: Sequence[DefinitionSet], only: Any, *, variants: bool) -> tuple[list[Definition], dict[str, str]]:
    """The definitions to show, and those that ship by name with why they are not computed."""
    every = [d for s in sets for d in s.definitions]
    if only is not None:
        wanted = (only,) if isinstance(only, str) else tuple(only)
        names = dict.fromkeys(n for d in every for n in (d.indicator, d.id))
        for name in wanted:
            if name not in names:
                raise ArgumentError.not_one_of("only", name, names)
        picked = [d for d in every if d.id in wanted or (d.indicator in wanted and (variants or not d.variant))]
        return picked, {}
    every = [d for d in every if variants or not d.variant]
    skipped = {d.name: d.why_not_computed().cell for d in every if not d.computed}
    return [d for d in every if d.computed], skipped


def _valid(chosen: Sequence[Definition], window: Window) -> list[Definition]:
    """The definitions to apply in a window: of an indicator those valid in it, or all of them if none is."""
    fits = {d.name for d in chosen if _is_valid(d, window)}
    covered = {d.indicator for d in chosen if d.name in fits}
    return [d for d in chosen if d.name in fits or d.indicator not in covered]


def _is_valid(definition: Definition, window: Window) -> bool:
    begins = definition.valid_from is None or definition.valid_from <= window.end
    ends = definition.valid_to is None or definition.valid_to >= window.end
    return begins and ends


def _paired(definition: Definition) -> tuple[Quantity, ...]:
    """The cases both filed and closed in the period, which a paired interval needs."""
    if definition.interval != "log-ratio":
        return ()
    return (quantities()["filed_and_closed"].within(dict(definition.include), dict(definition.exclude)),)


def _block(definition: Definition, number: int, asked: _Asked) -> dict[str, Any]:
    """One definition in one window over all groups, as columns."""
    window, counts = asked.windows[number], asked.counts
    size = len(counts.groups)
    notes: list[list[Text]] = [[] for _ in range(size)]
    block: dict[str, Any] = {"definition": definition, "window": number, "notes": notes}
    block |= dict.fromkeys(NUMBERS, np.full(size, np.nan))
    said = caveats.why_unknown(definition, window, counts)
    if said is not None:
        for note in notes:
            note.append(said)
        return block
    for note in notes:
        note.extend(caveats.of_window(definition, window, counts, asked.related))
    if definition.sum_of:
        return block  # filled from its parts once they are all there
    top, base = (_added(side, window, counts, notes) for side in (definition.numerator, definition.denominator))
    factor = definition.factor if not isinstance(definition.factor, str) else _days(window)
    block["numerator"] = top
    block["value"] = factor * top
    if definition.denominator:
        block["denominator"] = base
        block["value"] = np.divide(factor * top, base, out=np.full(size, np.nan), where=base > 0)
        for group in np.flatnonzero(base == 0):
            notes[group].append(caveats.NO_BASE)
    bounds = _interval(definition, number, asked, top, base, notes)
    has_value = ~np.isnan(block["value"])
    block["lower"], block["upper"] = (np.where(has_value, factor * bound, np.nan) for bound in bounds)
    return block


def _days(window: Window) -> float:
    """The days of a period; a year counts 365, as in CEPEJ's formula."""
    if window.start + pd.DateOffset(years=1) == window.end + pd.Timedelta(days=1):
        return DAYS_OF_A_YEAR
    return (window.end - window.start).days + 1.0


def _added(side: Sequence[Quantity], window: Window, counts: Tally, notes: list[list[Text]]) -> np.ndarray:
    """A numerator or denominator: its quantities added, missing where nothing of one is known; says what is left out."""
    total = np.zeros(len(counts.groups))
    for quantity in side:
        sums = counts.sums(quantity, window)
        total = total + np.where(caveats.nothing_known(sums), np.nan, sums.value)
        for group in np.flatnonzero((sums.missing_amount > 0) | (sums.unknown > 0)):
            notes[group] += [t for t in caveats.missing_values(quantity, sums, int(group)) if t not in notes[group]]
    return total


def _interval(
    definition: Definition, number: int, asked: _Asked, top: np.ndarray, base: np.ndarray, notes: list[list[Text]]
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds before the factor, by the method that the definition names."""
    window = asked.windows[number]
    none = np.full(len(top), np.nan)
    match definition.interval:
        case "wilson":
            if window.shifted and {q.when for q in definition.numerator} != {q.when for q in definition.denominator}:
                return none, none  # closings of the last month are no part of the filings
            for group in np.flatnonzero(top > base):
                notes[group].append(
                    Text("分子不是分母的一部分，无区间", "the numerator is no part of the base: no interval")
                )
            return intervals.wilson(top, base)
        case "poisson":
            lower, upper = intervals.poisson(top)
            if not definition.denominator:
                return lower, upper
            known = base > 0
            return np.divide(lower, base, out=none.copy(), where=known), np.divide(
                upper, base, out=none.copy(), where=known
            )
        case "log-ratio":
            both = asked.counts.sums(_paired(definition)[0], window).value
            return intervals.log_ratio(top, base, both)
        case "bootstrap":
            return over_cases(definition, window, asked.counts, asked.listed, asked.seed, notes)
    return none, none


def _sums(blocks: list[dict[str, Any]]) -> None:
    """Fill the indicators that are the sum of others (of the same set and window)."""
    by_name = {(b["definition"].set, b["definition"].id, b["window"]): b for b in blocks}
    for block in blocks:
        definition = block["definition"]
        parts = [by_name.get((definition.set, part, block["window"])) for part in definition.sum_of]
        if parts and all(part is not None for part in parts):
            block["value"] = np.sum([part["value"] for part in parts if part is not None], axis=0)


def _laid(blocks: list[dict[str, Any]], counts: Tally, keys: tuple[str, ...], asked: _Asked) -> pd.DataFrame:
    """The blocks as one tidy table: by group, period, and the order of the definitions."""
    frames = []
    for order, block in enumerate(blocks):
        definition, window = block["definition"], asked.windows[block["window"]]
        part = counts.groups[list(keys)].copy() if keys else pd.DataFrame(index=counts.groups.index)
        part["group"], part["order"] = counts.groups.index, order
        part["period_start"], part["period_end"] = window.start, window.end
        part["indicator"], part["unit"], part["definition"] = definition.indicator, definition.unit, definition.name
        for name in NUMBERS:
            part[name] = block[name]
        part["note"] = [joined(dict.fromkeys(note)).cell for note in block["notes"]]
        frames.append(part)
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*COLUMNS, "group", "order"])
    if "court" not in keys:
        table["court"] = table["group"].map(dict(enumerate(_court_names(counts))))
    table = table.astype({"period_start": "datetime64[s]", "period_end": "datetime64[s]"})
    table = table.sort_values(["order", "group"], ignore_index=True)
    return table[list(dict.fromkeys(["court", *keys, *COLUMNS]))]


def _court_names(counts: Tally) -> list[str | None]:
    """The court of each group where it is one court; several together are said to be so."""
    names: list[str | None] = []
    for low, high in counts.courts:
        one = low if low == high and not pd.isna(low) else None
        names.append(one if one or pd.isna(low) else SEVERAL_COURTS.cell)
    return names


def _breaks(blocks: list[dict[str, Any]], windows: Sequence[Window]) -> None:
    """Say, in the first period under another definition, that the indicator is not comparable with the one before."""
    order = sorted(range(len(windows)), key=lambda i: (windows[i].start, windows[i].end))
    used: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for block in blocks:
        used.setdefault((block["definition"].indicator, block["window"]), []).append(block)
    for indicator in dict.fromkeys(name for name, _ in used):
        for before, now in pairwise(order):
            first, second = ([b["definition"].name for b in used.get((indicator, i), [])] for i in (before, now))
            if first and second and first != second:
                for block in used[indicator, now]:
                    for note in block["notes"]:
                        note.append(caveats.of_break(first, second))


def _about(
    sets: Sequence[DefinitionSet], skipped: dict[str, str], keys: tuple[str, ...], asked: _Asked
) -> dict[Any, Any]:
    return {
        "definitions": [s.id for s in sets],
        "not_computed": skipped,
        "by": list(keys),
        "as_of": str(asked.counts.known.date()),
        "seed": asked.seed,
        "level": intervals.LEVEL,
        "interval_note": intervals.INTERVAL_NOTE.cell,
    }
