"""Indicator definitions as data: sets of TOML tables that say what each figure is made of, since when, and by which source.

A court adds its own set as a TOML file of the same form; nothing of it needs code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.language import Text
from analysis.vocabulary.periods import day
from analysis.vocabulary.quantities import (
    POPULATION,
    Quantity,
    must_be_one_of,
    quantities,
    quantities_from,
    read_toml,
)

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("stock", "flow", "rate", "duration", "money")
DIRECTIONS = ("higher", "lower", "interval", "none")
# wilson: proportions (the numerator is a part of the denominator); poisson: counts, and counts per cases;
# log-ratio: closed against filed, paired; bootstrap: a sum over a sum of cases; none: no interval is claimed
INTERVALS = ("wilson", "poisson", "log-ratio", "bootstrap", "none")
# V: read in the source named. P: the name was read, the formula is inferred. M: from memory, formula unverified.
# own: a court's own set.
CONFIDENCES = ("V", "P", "M", "own")
FACTORS: dict[str, float] = {"%": 100.0, "件/百件": 100.0, "人/百件": 100.0}
# What a money quantity needs to be known of a case before the case can enter a rate of two sums.
MONEY = ("claimed", "recovered")
Side = tuple[Quantity, ...]
KEYS = {
    "id", "indicator", "variant", "zh", "en", "kind", "numerator", "denominator", "sum_of", "factor", "include", "exclude",
    "window", "unit", "direction", "target", "valid_from", "valid_to", "interval", "source", "confidence", "formula_zh",
    "formula_en", "note_zh", "note_en", "needs_zh", "needs_en",
}  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """One definition of one indicator: its parts, its population, its validity and where it comes from."""

    set: str
    id: str
    indicator: str
    variant: bool
    text: Text
    kind: str
    numerator: tuple[Quantity, ...]
    denominator: tuple[Quantity, ...]
    sum_of: tuple[str, ...]
    factor: float | str
    include: tuple[tuple[str, Any], ...]
    exclude: tuple[tuple[str, Any], ...]
    window: str
    unit: str
    direction: str
    target: tuple[float | None, float | None] | None
    valid_from: pd.Timestamp | None
    valid_to: pd.Timestamp | None
    interval: str
    source: str
    confidence: str
    formula: Text
    note: Text
    needs: Text

    @property
    def name(self) -> str:
        """``set/id``, as the column ``definition`` of every result names it."""
        return f"{self.set}/{self.id}"

    @property
    def computed(self) -> bool:
        """Whether there is a formula to compute it by; a name whose formula is unverified has none."""
        return bool(self.numerator or self.sum_of)

    def why_not_computed(self) -> Text:
        """Why a definition that ships by name is not computed."""
        if self.confidence == "M":
            return Text(
                "公式未经核实，不计算；可在自己的 TOML 中给出公式",
                "the formula is unverified and not computed; supply it in a TOML of your own",
            )
        return self.needs


@dataclass(frozen=True)
class DefinitionSet:
    """A set of definitions with its source; ``scheme`` holds further numbers of the set (quotas) as data."""

    id: str
    text: Text
    source: str
    definitions: tuple[Definition, ...]
    scheme: Mapping[str, Any]

    def find(self, name: str) -> Definition:
        """A definition by its id; raises ``ArgumentError`` with the nearest one for an unknown id."""
        for definition in self.definitions:
            if definition.id == name:
                return definition
        raise ArgumentError.not_one_of(f"{self.id}/", name, [d.id for d in self.definitions])


@cache
def shipped_sets() -> tuple[str, ...]:
    """The ids of the sets that ship with the package."""
    folder = files("analysis.vocabulary").joinpath("definitions")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def definition_set(name: str | Path) -> DefinitionSet:
    """A set by its id, or a court's own set by the path of its TOML file.

    Raises ``ArgumentError`` for an unknown id and ``InputError`` for a file that is missing or not of the form.

    >>> definition_set("fujin-2012").find("closure_rate").formula.zh
    '结案 ÷ 受理（旧存＋新收）× 100'
    """
    if str(name) in shipped_sets():
        return _shipped(str(name))
    path = Path(name)
    if path.suffix != ".toml":
        raise ArgumentError.not_one_of("definitions", name, shipped_sets())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"读不到口径文件 {path}：{error}。应为 UTF-8 编码的 TOML。",
            f"Cannot read the definitions file {path}: {error}. Expected TOML in UTF-8.",
        ) from error
    return set_from(read_toml(text, str(path)), str(path), own=True)


@cache
def _shipped(name: str) -> DefinitionSet:
    text = files("analysis.vocabulary").joinpath("definitions", f"{name}.toml").read_text(encoding="utf-8")
    return set_from(read_toml(text, f"{name}.toml"), f"{name}.toml")


def set_from(read: Mapping[str, Any], where: str, *, own: bool = False) -> DefinitionSet:
    """A set out of its TOML; ``extends`` takes over another set's definitions, those of the same id replaced."""
    about = read.get("set", {})
    for key in read:
        must_be_one_of(key, ("set", "indicator", "quantity", "scheme"), where, "表名 / table")
    for needed in ("id", "zh", "en", *(() if own else ("source",))):
        if needed not in about:
            raise InputError(f"{where} [set]：缺少 {needed}。", f"{where} [set]: {needed} is missing.")
    named = quantities_from(read.get("quantity", {}), quantities(), f"{where} quantity")
    base = definition_set(about["extends"]) if "extends" in about else None
    taken: dict[str, Definition] = {d.id: d for d in base.definitions} if base else {}
    entries = read.get("indicator", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(
            f"{where}：指标应写作 [[indicator]]（双方括号）。",
            f"{where}: write indicators as [[indicator]] (double brackets).",
        )
    own_ids: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        definition = _definition(entry, about, named, f"{where} [[indicator]] {entry.get('id', number)}", own=own)
        if definition.id in own_ids:
            raise InputError(
                f"{where}：指标 id“{definition.id}”重复。", f'{where}: the id "{definition.id}" stands twice.'
            )
        own_ids.add(definition.id)
        taken[definition.id] = definition
    found = DefinitionSet(
        str(about["id"]), Text(about["zh"], about["en"]), str(about.get("source", where)), tuple(taken.values()),
        {**(base.scheme if base else {}), **read.get("scheme", {})},
    )  # fmt: skip
    for definition in found.definitions:
        for part in definition.sum_of:
            must_be_one_of(part, taken, f"{where} {definition.id}", "sum_of")
    return found


def _definition(
    entry: Mapping[str, Any], about: Mapping[str, Any], named: Mapping[str, Quantity], where: str, *, own: bool
) -> Definition:
    for key in entry:
        must_be_one_of(key, sorted(KEYS), where, "字段 / field")
    for needed in ("id", "zh", "en", "kind", "unit"):
        if needed not in entry:
            raise InputError(f"{where}：缺少 {needed}。", f"{where}: {needed} is missing.")
    must_be_one_of(entry["kind"], KINDS, where, "kind")
    must_be_one_of(entry.get("direction", "none"), DIRECTIONS, where, "direction")
    must_be_one_of(entry.get("interval", "none"), INTERVALS, where, "interval")
    confidence = entry.get("confidence", "own" if own else None)
    must_be_one_of(confidence, CONFIDENCES, where, "confidence")
    include, exclude = (_population(entry.get(key, {}), where, key) for key in ("include", "exclude"))
    sums = [_sum(entry.get(side, []), named, where, side) for side in ("numerator", "denominator")]
    numerator, denominator = (tuple(q.within(include, exclude) for q in side) for side in sums)
    if denominator:
        numerator, denominator = _paired(numerator, denominator)
    factor = entry.get("factor", FACTORS.get(entry["unit"], 1.0) if denominator else 1.0)
    return Definition(
        set=str(about["id"]), id=entry["id"], indicator=entry.get("indicator", entry["id"]),
        variant=bool(entry.get("variant", False)), text=Text(entry["zh"], entry["en"]), kind=entry["kind"],
        numerator=numerator, denominator=denominator, sum_of=tuple(entry.get("sum_of", ())), factor=factor,
        include=tuple(include.items()), exclude=tuple(exclude.items()), window=entry.get("window", "any"),
        unit=entry["unit"], direction=entry.get("direction", "none"), target=_target(entry.get("target"), where),
        valid_from=_when(entry, "valid_from"), valid_to=_when(entry, "valid_to"),
        interval=entry.get("interval", "none"), source=entry.get("source", str(about.get("source", where))),
        confidence=str(confidence), formula=_formula(entry, sums[0], sums[1], factor),
        note=Text(entry.get("note_zh", ""), entry.get("note_en", "")),
        needs=Text(entry.get("needs_zh", ""), entry.get("needs_en", "")),
    )  # fmt: skip


def _paired(numerator: Side, denominator: Side) -> tuple[Side, Side]:
    """Rates of two sums over closed cases: a case without one of the amounts leaves both sums."""
    both = (*numerator, *denominator)
    money = tuple(amount for amount in MONEY if any(q.count == amount for q in both))
    if not money or any(q.when != "closed" for q in both):
        return numerator, denominator
    first, second = (tuple(replace(q, complete=money) for q in side) for side in (numerator, denominator))
    return first, second


def _sum(names: Any, named: Mapping[str, Quantity], where: str, field: str) -> Side:
    listed = [names] if isinstance(names, str) else names
    for name in listed:
        must_be_one_of(name, named, where, field)
    return tuple(named[name] for name in listed)


def _population(values: Mapping[str, Any], where: str, field: str) -> dict[str, Any]:
    for key in values:
        must_be_one_of(key, POPULATION, where, field)
    return dict(values)


def _target(value: Any, where: str) -> tuple[float | None, float | None] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not value or set(value) - {"low", "high"}:
        raise InputError(
            f"{where}：target 应写作 {{ low = 90 }}、{{ high = 10 }} 或两者。",
            f"{where}: write target as {{ low = 90 }}, {{ high = 10 }} or both.",
        )
    return value.get("low"), value.get("high")


def _when(entry: Mapping[str, Any], field: str) -> pd.Timestamp | None:
    return day(entry[field], field, last=field == "valid_to") if field in entry else None


def _formula(entry: Mapping[str, Any], numerator: Side, denominator: Side, factor: float | str) -> Text:
    if "formula_zh" in entry:
        return Text(entry["formula_zh"], entry.get("formula_en", entry["formula_zh"]))
    if not numerator:
        return Text("公式未核实", "formula unverified") if entry.get("confidence") == "M" else Text("", "")
    zh, en = (" ÷ ".join(_written(side, lang) for side in (numerator, denominator) if side) for lang in ("zh", "en"))
    times = "" if factor == 1.0 else f"× {factor:g}" if not isinstance(factor, str) else f"× {factor}"
    return Text(zh + times, f"{en} {times}".strip())


def _written(side: Side, language: str) -> str:
    names = [getattr(q.text, language) for q in side]
    joined = ("＋" if language == "zh" else " + ").join(names)
    return f"（{joined}）" if len(names) > 1 and language == "zh" else f"({joined})" if len(names) > 1 else joined
