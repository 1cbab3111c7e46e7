"""Reading a set of definitions from TOML; every mistake is said with its place and the nearest name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from math import isfinite
from typing import Any

import pandas as pd

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.indicator_sets.definition import (
    CONFIDENCES,
    DIRECTIONS,
    INTERVALS,
    KINDS,
    WINDOWS,
    Definition,
    DefinitionSet,
    Guidance,
)
from analysis.vocabulary.indicator_sets.quantities import (
    POPULATION,
    Quantity,
    as_conditions,
    must_be_condition,
    must_be_one_of,
    quantities,
    quantities_from,
    read_toml,
)
from analysis.vocabulary.periods import day
from analysis.vocabulary.text import Text

# What a figure per case is multiplied by, as its unit says: 件/百件, 人/千件, per 10,000 cases.
OF_SHARE = {"%": 100.0, "‰": 1_000.0, "‱": 10_000.0}
OF_CHARACTER = {"百": 100.0, "千": 1_000.0, "万": 10_000.0}
PER_UNIT = re.compile(r".+/([百千万])[^元]*|.*\bper (1[\d,]*0)\b.*")
YUAN = re.compile(r"元(/.*)?")  # sums are in 万元
# What a money quantity needs to be known of a case before the case can enter a rate of two sums.
MONEY = ("claimed", "recovered")
DAYS, MONTHS = "days", "months"  # a factor: the days, or the months, of the period
Side = tuple[Quantity, ...]
# What a field may hold; a text where nothing is said.
TYPES: dict[str, type | tuple[type, ...]] = {
    "variant": bool, "numerator": (str, list), "denominator": (str, list), "sum_of": list, "include": dict, "exclude": dict,
    "aliases": list, "factor": (int, float, str), "target": dict, "valid_from": (str, date), "valid_to": (str, date),
}  # fmt: skip
# Why an indicator matters, how it can be played, who checked it and when to look again: guidance.toml by indicator, a court's set in its own words.
GUIDANCE = tuple(f"{part}_{language}" for part in ("why", "played", "checked", "review") for language in ("zh", "en"))
CHECKED = {
    "V": Text(
        "编写时对照过来源；未经使用法院核对",
        "held against its source when written; not checked by a court that uses it",
    ),
    "P": Text(
        "名称对照过来源，公式为推断；未经核对",
        "the name was held against its source, the formula is inferred; not checked",
    ),
    "M": Text("未经核实", "unverified"),
    "own": Text("由本院核对", "for the court to check"),
}
REVIEW = Text("所依据的办法修订时", "when the standard behind it is revised")
ENDED = Text("已停用，只用于往年数字", "no longer in force, for figures of earlier years alone")
KEYS = {
    "id", "indicator", "variant", "zh", "en", "kind", "numerator", "denominator", "sum_of", "factor", "include", "exclude",
    "window", "unit", "direction", "target", "valid_from", "valid_to", "interval", "source", "confidence", "formula_zh",
    "formula_en", "note_zh", "note_en", "needs_zh", "needs_en", "aliases", *GUIDANCE,
}  # fmt: skip


# What a court may ask of its officers, each read by the measure of that name.
SCHEME = frozenset(
    ["filed_cases_closed_percent", "net_closings_per_officer", "incompetent_below_percent_of_mean", "start_within_days"]
)
MOST = 1_000_000


def set_from(
    read: Mapping[str, Any], where: str, shipped: Mapping[str, Callable[[], DefinitionSet]], *, own: bool = False
) -> DefinitionSet:
    """Return a set out of its TOML; ``extends`` takes over a shipped set, its definitions of the same id replaced.

    Raises ``InputError`` that names the file, the place, what was expected and the nearest name.
    """
    for key in read:
        must_be_one_of(key, ("set", "indicator", "quantity", "scheme"), where, "表名 / table")
    about = _table(read, "set", where)
    _must_have(about, ("id", "zh", "en", *(() if own else ("source",))), f"{where} [set]")
    if own and about["id"] in shipped:
        raise InputError(
            f"{where} [set]：id“{about['id']}”已用于随附的口径集，请另取一个。",
            f'{where} [set]: the id "{about["id"]}" is that of a set that ships; choose another.',
        )
    if "extends" in about:
        must_be_one_of(about["extends"], shipped, f"{where} [set]", "extends")
    base = shipped[about["extends"]]() if "extends" in about else None
    named = quantities_from(
        _table(read, "quantity", where), base.quantities if base else quantities(), f"{where} quantity"
    )
    taken: dict[str, Definition] = {d.id: d for d in base.definitions} if base else {}
    own_ids: set[str] = set()
    for number, entry in enumerate(_entries(read, where), start=1):
        place = f"{where} [[indicator]] {entry.get('id', number)}"
        definition = _definition(entry, about, named, taken, place, own=own)
        if definition.id in own_ids:
            raise InputError(
                f"{where}：指标 id“{definition.id}”重复。", f'{where}: the id "{definition.id}" stands twice.'
            )
        own_ids.add(definition.id)
        taken[definition.id] = definition
    return DefinitionSet(
        id=about["id"], text=Text(about["zh"], about["en"]), source=str(about.get("source", _called(about))),
        definitions=tuple(taken.values()), quantities=named,
        scheme={**(base.scheme if base else {}), **_scheme(read, where)},
    )  # fmt: skip


def _called(about: Mapping[str, Any]) -> str:
    """What a set that names no source is called, for no path stands in what is published."""
    return " / ".join(dict.fromkeys((str(about["zh"]), str(about["en"]))))


def _table(read: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    found = read.get(name, {})
    if not isinstance(found, dict):
        raise InputError(f"{where}：[{name}] 应为一个表。", f"{where}: [{name}] must be a table.")
    return found


def _entries(read: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    entries = read.get("indicator", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(
            f"{where}：指标应写作 [[indicator]]（双方括号）。",
            f"{where}: write indicators as [[indicator]] (double brackets).",
        )
    return entries


def _must_have(entry: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    """Raise ``InputError`` unless each of the names is there and holds a text."""
    for name in names:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise InputError(f"{where}：缺少 {name}（应为文字）。", f"{where}: {name} is missing (a text).")


def _definition(
    entry: Mapping[str, Any],
    about: Mapping[str, Any],
    named: Mapping[str, Quantity],
    taken: Mapping[str, Definition],
    where: str,
    *,
    own: bool,
) -> Definition:
    _must_be_well_formed(entry, where)
    confidence = entry.get("confidence", "own" if own else None)
    must_be_one_of(confidence, CONFIDENCES, where, "confidence")
    include, exclude = (_population(entry.get(key, {}), where, key) for key in ("include", "exclude"))
    sums = [_sum(entry.get(side, []), named, where, side) for side in ("numerator", "denominator")]
    numerator, denominator = (tuple(q.within(include, exclude) for q in side) for side in sums)
    if denominator:
        numerator, denominator = _paired(numerator, denominator)
    _must_be_computable(entry, numerator, denominator, confidence, where)
    same_period = entry.get("window") != "filings-dec-nov"  # of which closings in December are no part of the filings
    follows = usual_interval(numerator, denominator) if own and same_period else "none"
    factor = entry.get("factor", usual_factor(entry["unit"], numerator, denominator))
    if factor not in (DAYS, MONTHS) and (isinstance(factor, (bool, str)) or not isfinite(factor)):
        raise InputError(
            f"{where}：factor 应为数字、days 或 months。", f"{where}: factor must be a number, days or months."
        )
    return Definition(
        set=str(about["id"]), id=entry["id"], indicator=entry.get("indicator", entry["id"]),
        variant=bool(entry.get("variant", False)), text=Text(entry["zh"], entry["en"]), kind=entry["kind"],
        numerator=numerator, denominator=denominator, parts=_parts(entry, taken, where), factor=factor,
        include=as_conditions(include), exclude=as_conditions(exclude), window=entry.get("window", "any"),
        unit=entry["unit"], direction=entry.get("direction", "none"), target=_target(entry.get("target"), where),
        valid_from=_when(entry, "valid_from"), valid_to=_when(entry, "valid_to"),
        interval=entry.get("interval", follows), source=entry.get("source", str(about.get("source", _called(about)))),
        confidence=str(confidence), formula=_formula(entry, sums[0], sums[1], factor),
        note=Text(entry.get("note_zh", ""), entry.get("note_en", "")),
        needs=Text(entry.get("needs_zh", ""), entry.get("needs_en", "")), aliases=tuple(entry.get("aliases", ())),
        guidance=_guidance(entry, str(confidence)),
    )  # fmt: skip


@cache
def _by_indicator() -> dict[str, dict[str, str]]:
    text = files("analysis.vocabulary.indicator_sets").joinpath("guidance.toml").read_text(encoding="utf-8")
    return {name: dict(entry) for name, entry in read_toml(text, "guidance.toml").items()}


def _guidance(entry: Mapping[str, Any], confidence: str) -> Guidance:
    """The guidance of a definition: its own words, else those of its indicator; when to look again by its validity."""
    review = ENDED if "valid_to" in entry else REVIEW
    said = {
        **_by_indicator().get(entry.get("indicator", entry["id"]), {}),
        "checked_zh": CHECKED[confidence].zh,
        "checked_en": CHECKED[confidence].en,
        "review_zh": review.zh,
        "review_en": review.en,
        **{key: entry[key] for key in GUIDANCE if key in entry},
    }
    parts = (
        Text(said.get(f"{part}_zh", ""), said.get(f"{part}_en", "")) for part in ("why", "played", "checked", "review")
    )
    return Guidance(*parts)


def _must_be_well_formed(entry: Mapping[str, Any], where: str) -> None:
    for key, value in entry.items():
        must_be_one_of(key, sorted(KEYS), where, "字段 / field")
        wanted = TYPES.get(key, str)
        if not isinstance(value, wanted) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            raise InputError(
                f"{where}：{key} 的值“{value}”类型不对。", f'{where}: {key} cannot be "{value}" (wrong type).'
            )
    _must_have(entry, ("id", "zh", "en", "kind", "unit"), where)
    for field, default, allowed in (
        ("kind", None, KINDS), ("direction", "none", DIRECTIONS), ("interval", "none", INTERVALS), ("window", "any", WINDOWS),
    ):  # fmt: skip
        must_be_one_of(entry.get(field, default), allowed, where, field)


def _parts(entry: Mapping[str, Any], taken: Mapping[str, Definition], where: str) -> tuple[Definition, ...]:
    """The definitions that a sum adds up: they stand before it and are no sums themselves."""
    simple = {name: d for name, d in taken.items() if d.numerator}
    for part in entry.get("sum_of", ()):
        must_be_one_of(part, simple, where, "sum_of")
    return tuple(simple[part] for part in entry.get("sum_of", ()))


def _must_be_computable(
    entry: Mapping[str, Any], numerator: Side, denominator: Side, confidence: Any, where: str
) -> None:
    """Raise ``InputError`` for a formula that contradicts itself, and for one that is marked unverified."""
    both, interval = (*numerator, *denominator), entry.get("interval", "none")
    closed = all(q.table == "cases" and q.when == "closed" for q in both)
    problems = {
        ("公式未经核实（M）的指标不应带公式", "an unverified (M) definition carries no formula"): confidence == "M"
        and bool(both or entry.get("sum_of")),
        ("有 denominator 而没有 numerator", "a denominator without a numerator"): bool(denominator and not numerator),
        ("sum_of 不能与 numerator 并用", "sum_of and numerator exclude each other"): bool(both and entry.get("sum_of")),
        ("wilson 需要 denominator", "wilson needs a denominator"): interval == "wilson" and not denominator,
        ("over-cases 的分子、分母应为结案的量", "over-cases needs quantities of closed cases above and below"): interval
        == "over-cases"
        and not (denominator and closed),
        ("log-ratio 只用于结案÷新收", "log-ratio is for closed ÷ filed only"): interval == "log-ratio"
        and not _is_clearance(numerator, denominator),
    }
    for (zh, en), wrong in problems.items():
        if wrong:
            raise InputError(f"{where}：{zh}。", f"{where}: {en}.")


def _paired(numerator: Side, denominator: Side) -> tuple[Side, Side]:
    """Rates of two sums over closed cases: a case without one of the amounts leaves both sums."""
    both = (*numerator, *denominator)
    money = tuple(amount for amount in MONEY if any(q.count == amount for q in both))
    if not money or any(q.when != "closed" for q in both):
        return numerator, denominator
    first, second = (tuple(replace(q, complete=money) for q in side) for side in (numerator, denominator))
    return first, second


def factor_per_case(unit: str) -> float:
    """Return what a figure per case is multiplied by where its unit says it, else 1.

    >>> [factor_per_case(unit) for unit in ("%", "‰", "件/百件", "件/万人", "per 1,000 cases", "元/件", "件/万元")]
    [100.0, 1000.0, 100.0, 10000.0, 1000.0, 1.0, 1.0]
    """
    found = PER_UNIT.fullmatch(unit)
    if found is None:
        return OF_SHARE.get(unit, 1.0)
    return OF_CHARACTER[found[1]] if found[1] else float(found[2].replace(",", ""))


def usual_factor(unit: str, numerator: Side, denominator: Side) -> float:
    """Return what a definition that states no factor multiplies by: what its unit says, and 10,000 for sums of money read in yuan."""
    in_yuan = YUAN.fullmatch(unit) and all(q.unit == "万元" for q in numerator)
    return (10_000.0 if in_yuan else 1.0) * (factor_per_case(unit) if denominator else 1.0)


def usual_interval(numerator: Side, denominator: Side) -> str:
    """Return how chance moves a rate of counts that states no interval, where its quantities tell it, else ``none``.

    >>> known = quantities()
    >>> [usual_interval((known[top],), (known[base],)) for top, base in (("closed", "received"), ("closed", "filed"), ("petitions", "closed"))]
    ['wilson', 'log-ratio', 'none']
    """
    are_parts = all(any(part.is_part_of(whole) for whole in denominator) for part in numerator)
    if denominator and are_parts and all(one.is_apart_from(other) for one, other in combinations(numerator, 2)):
        return "wilson"
    return "log-ratio" if _is_clearance(numerator, denominator) else "none"


def _is_clearance(numerator: Side, denominator: Side) -> bool:
    both = (*numerator, *denominator)
    return [q.when for q in both] == ["closed", "filed"] and all(q.count == "cases" for q in both)


def _sum(names: Any, named: Mapping[str, Quantity], where: str, field: str) -> Side:
    listed = [names] if isinstance(names, str) else names
    for name in listed:
        must_be_one_of(name, named, where, field)
    return tuple(named[name] for name in listed)


def _population(values: Mapping[str, Any], where: str, field: str) -> dict[str, Any]:
    for key in values:
        must_be_one_of(key, POPULATION, where, field)
        must_be_condition(key, values[key], f"{where} {field}")
    return dict(values)


def _target(value: Any, where: str) -> tuple[float | None, float | None] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not value or set(value) - {"low", "high"}:
        raise InputError(
            f"{where}：target 应写作 {{ low = 90 }}、{{ high = 10 }} 或两者。",
            f"{where}: write target as {{ low = 90 }}, {{ high = 10 }} or both.",
        )
    for end, bound in value.items():
        _must_be_number(bound, f"{where} target", end)
    return value.get("low"), value.get("high")


def _must_be_number(value: Any, where: str, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise InputError(f"{where}：{name} 应为数字。", f"{where}: {name} must be a number.")


def _scheme(read: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The table [scheme]: what a measure reads of it is a number from 0 up; other entries are kept as they are."""
    found = _table(read, "scheme", where)
    for name in SCHEME & set(found):
        value = found[name]
        _must_be_number(value, f"{where} [scheme]", name)
        if not 0 <= value <= MOST:
            raise InputError(
                f"{where} [scheme]：{name} 应在0至{MOST:,}之间。",
                f"{where} [scheme]: {name} must lie between 0 and {MOST:,}.",
            )
    return found


def _when(entry: Mapping[str, Any], field: str) -> pd.Timestamp | None:
    return day(entry[field], field, last=field == "valid_to") if field in entry else None


def _formula(entry: Mapping[str, Any], numerator: Side, denominator: Side, factor: float | str) -> Text:
    if "formula_zh" in entry:
        return Text(entry["formula_zh"], entry.get("formula_en", entry["formula_zh"]))
    if not numerator:
        return Text("公式未核实", "formula unverified") if entry.get("confidence") == "M" else Text("", "")
    zh, en = (" ÷ ".join(_written(side, lang) for side in (numerator, denominator) if side) for lang in ("zh", "en"))
    if factor == DAYS:
        return Text(f"{zh} × 期间天数", f"{en} × days of the period")
    if factor == MONTHS:
        return Text(f"{zh} × 期间月数", f"{en} × months of the period")
    return Text(zh, en) if factor == 1.0 else Text(f"{zh} × {factor:g}", f"{en} × {factor:g}")


def _written(side: Side, language: str) -> str:
    names = [getattr(q.text, language) for q in side]
    joined = ("＋" if language == "zh" else " + ").join(names)
    return f"（{joined}）" if len(names) > 1 and language == "zh" else f"({joined})" if len(names) > 1 else joined
