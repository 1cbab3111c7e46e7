"""Indicator definitions as data: sets of TOML tables that say what each figure is made of, since when, and by which source.

A court adds its own set as a TOML file of the same form; nothing of it needs code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.vocabulary.documents import document_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.definition import Definition, DefinitionSet
from analysis.vocabulary.indicator_sets.quantities import (
    read_toml,
)
from analysis.vocabulary.indicator_sets.reading import set_from
from analysis.vocabulary.labels import code_text, heading, truth_text
from analysis.vocabulary.text import Text, folded, joined, listed

# The choice for a court that named no set: of these the definitions in force in the period, and the targets of none.
BY_PERIOD = "by-period"
PERIOD_SETS = ("counts", "spc-2008", "spc-3plus1", "spc-2024")
BEGUN = {
    "spc-3plus1": pd.Timestamp("2016-01-01"),
    "spc-2024": pd.Timestamp("2024-01-01"),
}  # where a definition says no day


def sets_in_force(year: int) -> tuple[str, ...]:
    """Return the national sets of which ``by-period`` takes definitions in a year: those that are in force at its end.

    >>> sets_in_force(2011), sets_in_force(2021)
    (('spc-2008',), ('spc-2008', 'spc-3plus1', 'spc-2024'))
    """
    end = pd.Timestamp(year, 12, 31)
    return tuple(
        name
        for name in PERIOD_SETS
        if name != "counts"
        and any(
            (d.valid_from or BEGUN.get(name, end)) <= end <= (d.valid_to or end) for d in _shipped(name).definitions
        )
    )


@cache
def shipped_sets() -> tuple[str, ...]:
    """Return the ids of the sets that ship with the package."""
    folder = files("analysis.vocabulary.indicator_sets").joinpath("definitions")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def definition_set(name: str | Path) -> DefinitionSet:
    """Return a set by its id or title, ``by-period``, or a court's own set by the path of its TOML file.

    ``by-period`` holds what ``PERIOD_SETS`` define, without their targets: whose target holds is for the court to say.
    Raises ``ArgumentError`` for an unknown id and ``InputError`` for a file that is missing or not of the form.

    >>> definition_set("fujin-2012").find("closure_rate").formula.zh
    '结案 ÷ 受理（旧存＋新收） × 100'
    >>> definition_set(definition_set("fujin-2012").text.zh).id
    'fujin-2012'
    """
    if str(name) == BY_PERIOD:
        return _by_period()
    if str(name) in shipped_sets():
        return _shipped(str(name))
    path = Path(name)
    if path.suffix != ".toml":
        known = {
            word: one
            for one in (*map(_shipped, shipped_sets()), _by_period())
            for word in (
                one.text.zh.partition("（")[0],
                one.text.en.partition(" (")[0],
                one.id,
                one.text.zh,
                one.text.en,
            )
        }
        asked = folded(name)
        if found := next((one for word, one in known.items() if folded(word) == asked), None):
            return found
        names = [*shipped_sets(), BY_PERIOD]
        raise ArgumentError.not_one_of("definitions", name, names, words={word: one.id for word, one in known.items()})
    text = document_text(path, Text("口径文件", "The definitions file"))
    return set_from(read_toml(text, str(path)), str(path), _readers(), own=True)


def _readers() -> dict[str, Callable[[], DefinitionSet]]:
    """Return how to read each shipped set, for a set that extends one."""
    return {name: partial(_shipped, name) for name in shipped_sets()}


@cache
def _shipped(name: str) -> DefinitionSet:
    text = (
        files("analysis.vocabulary.indicator_sets").joinpath("definitions", f"{name}.toml").read_text(encoding="utf-8")
    )
    return set_from(read_toml(text, f"{name}.toml"), f"{name}.toml", _readers())


@cache
def _by_period() -> DefinitionSet:
    together = [_shipped(name) for name in PERIOD_SETS]
    return DefinitionSet(
        id=BY_PERIOD,
        text=Text("按时期（当期有效的全国口径）", "by period (the national definitions in force)"),
        source="; ".join(one.source for one in together),
        definitions=tuple(
            replace(d, target=None, valid_from=d.valid_from or BEGUN.get(one.id))
            for one in together
            for d in one.definitions
        ),
        quantities={name: quantity for one in together for name, quantity in one.quantities.items()},
        scheme={},
    )


class Stated(NamedTuple):
    """What a definition says of how its figures are read: of what indicator, its name, which way is better, how chance moves them,
    and what a month is to reach as well as a year.
    """

    indicator: str
    zh: str
    en: str
    direction: str
    interval: str
    target: float | None = None


def own_definitions(known: Iterable[Definition]) -> dict[str, Stated]:
    """Return what definitions of a court's own say, by their names, for ``attrs["own_definitions"]`` of what is counted by them."""
    return {d.name: _stated(d) for d in known if d.set not in shipped_sets()}


def _stated(d: Definition) -> Stated:
    return Stated(d.indicator, d.text.zh, d.text.en, d.direction, d.interval, d.monthly_target)


def stated(definition: str, table: pd.DataFrame) -> Stated | None:
    """Return what a definition (``set/id``) of a set that ships, or of a court's own that a table carries, says; ``None`` for another.

    >>> stated("fujin-2012/closure_rate", pd.DataFrame()).direction, stated("own/closure_rate", pd.DataFrame())
    ('higher', None)
    """
    own = table.attrs.get("own_definitions", {})
    if definition in own:
        return Stated(*own[definition])
    set_id, _, name = definition.partition("/")
    found = next((d for d in _shipped(set_id).definitions if d.id == name), None) if set_id in shipped_sets() else None
    return None if found is None else _stated(found)


def own_of(*tables: pd.DataFrame) -> dict[str, dict[str, Sequence[str]]]:
    """Return ``attrs`` that carry on what tables say of definitions of a court's own; empty where none does.

    >>> own_of(pd.DataFrame())
    {}
    """
    told = {name: said for table in tables for name, said in table.attrs.get("own_definitions", {}).items()}
    return {"own_definitions": told} if told else {}


def own_names(table: pd.DataFrame) -> dict[str, str]:
    """Return what definitions of a court's own call the indicators of a table, in both languages (``Text.cell``), by their ids."""
    told = [Stated(*said) for said in table.attrs.get("own_definitions", {}).values()]
    return {said.indicator: Text(said.zh, said.en).cell for said in reversed(told)}  # of several the first


def directions_of(table: pd.DataFrame) -> dict[str, str]:
    """Return which way is better of each indicator of a tidy table, as the first definition by which it is counted says."""
    return {indicator: said.direction for indicator, said in _first_stated(table).items()}


def targets_of(table: pd.DataFrame) -> dict[str, float]:
    """Return what each indicator of a tidy table is to reach in a month as well as in a year, where the first definition by which it is counted says so."""
    return {indicator: said.target for indicator, said in _first_stated(table).items() if said.target is not None}


def _first_stated(table: pd.DataFrame) -> dict[str, Stated]:
    first = table.drop_duplicates("indicator")
    told = {str(row.indicator): stated(str(row.definition), table) for row in first.itertuples(index=False)}
    return {indicator: said for indicator, said in told.items() if said}


def definitions(sets: str | Path | Iterable[str | Path] | None = None) -> pd.DataFrame:
    """Return every definition of every set that ships (or of the sets and TOML files named), one row a definition.

    Columns: ``set, id, indicator, variant, zh, en, kind, formula, population, window, unit, direction, target, valid_from,
    valid_to, interval, confidence`` (V: read in the source; P: name read, formula inferred; M: unverified, not computed; own),
    ``computed, source, note``, ``why`` it matters, how it can be ``played``, who ``checked`` it, when to look again (``review``).
    ``formula``, ``population``, ``note`` and these four hold both languages. Raises as ``definition_set``.

    Parameters
    ----------
    sets : str, path or list
        Sets by id, or TOML files; without it all that ship.

    Returns
    -------
    DataFrame
        One row a definition.

    >>> definitions("cepej").set_index("id").loc["case_turnover", "formula"].splitlines()
    ['结案 ÷ 未结', 'closed ÷ closing']
    """
    listed = (sets,) if isinstance(sets, (str, Path)) else tuple(sets or ()) or shipped_sets()
    rows = [_row(definition) for name in listed for definition in definition_set(name).definitions]
    table = pd.DataFrame(rows)
    for name in ("valid_from", "valid_to"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    table.attrs["table"] = "definitions"
    return table


def _row(d: Definition) -> dict[str, Any]:
    low, high = d.target or (None, None)
    bounds = [f"{sign} {value:g}" for sign, value in (("≥", low), ("≤", high)) if value is not None]
    said = [text for text in (d.note, Text("", "") if d.computed else d.why_not_computed()) if text.zh]
    return {
        "set": d.set, "id": d.id, "indicator": d.indicator, "variant": d.variant, "zh": d.text.zh, "en": d.text.en,
        "kind": d.kind, "formula": d.formula.cell, "population": _population_text(d).cell, "window": d.window,
        "unit": d.unit, "direction": d.direction, "target": "，".join(bounds), "valid_from": d.valid_from,
        "valid_to": d.valid_to, "interval": d.interval, "confidence": d.confidence, "computed": d.computed,
        "source": d.source, "note": joined(said).cell, "why": d.guidance.why.cell, "played": d.guidance.played.cell,
        "checked": d.guidance.checked.cell, "review": d.guidance.review.cell,
    }  # fmt: skip


def _population_text(d: Definition) -> Text:
    """Say which cases the definition is about, where not all."""
    said = []
    for conditions, zh, en in ((d.include, "仅", "only"), (d.exclude, "不含", "without")):
        for name, values in conditions:
            called = [truth_text(name, v) if isinstance(v, bool) else code_text(name, str(v)) for v in values]
            names = listed(text or v for text, v in zip(called, values, strict=True))
            column = heading(name, "register.cases")
            said.append(Text(f"{zh}{column.zh}为{names.zh}的案件", f"{en} cases whose {column.en} is {names.en}"))
    return joined(said)
