"""Schemes of a composite score, kept as data: indicators, directions, targets, bands, weights, bonus and deduction."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.language import Text

NORMALISATIONS = ("target", "bands", "min-max", "z-score", "rank")
AGGREGATIONS = ("arithmetic", "geometric")
DIRECTIONS = ("higher", "lower")


@dataclass(frozen=True)
class Item:
    """One indicator of a scheme: full marks, which way is better, and how it becomes a share of full marks."""

    name: str
    weight: float
    direction: str = "higher"
    normalisation: str = "min-max"
    floor: float = 0.0
    target: float | None = None
    bands: tuple[tuple[float, float], ...] = ()  # (at least, share); where lower is better: (at most, share)


@dataclass(frozen=True)
class Extra:
    """A bonus (points > 0) or deduction (points < 0) for each time the item is counted, at most ``cap`` in all."""

    name: str
    points: float
    cap: float


@dataclass(frozen=True)
class Scheme:
    """A whole scheme; ``note`` says where it comes from."""

    id: str
    text: Text
    note: Text
    items: tuple[Item, ...]
    extras: tuple[Extra, ...] = ()
    aggregation: str = "arithmetic"


def read_scheme(source: str | Path | Mapping[str, Any]) -> Scheme:
    """A scheme from a TOML file, from one shipped by its id (``example-2011``), or from a mapping of the same form.

    Raises ``InputError`` for a file that is not there or not a scheme, ``ArgumentError`` for an unknown choice in it.

    >>> scheme = read_scheme("example-2011")
    >>> [(item.name, item.weight) for item in scheme.items][:2], "没有公布" in scheme.note.zh
    ([('closure_rate', 30.0), ('actual_enforcement_rate', 30.0)], True)
    """
    read = dict(source) if isinstance(source, Mapping) else _toml(source)
    items = read.get("indicators")
    if not isinstance(items, Mapping) or not items:
        raise InputError("方案中没有 [indicators.…]。", "The scheme has no [indicators....].")
    aggregation = read.get("aggregation", "arithmetic")
    if aggregation not in AGGREGATIONS:
        raise ArgumentError.not_one_of("aggregation", aggregation, AGGREGATIONS)
    extras = [_extra(name, entry, 1) for name, entry in read.get("bonus", {}).items()]
    extras += [_extra(name, entry, -1) for name, entry in read.get("deduction", {}).items()]
    id_ = str(read.get("id", "scheme"))
    return Scheme(
        id_,
        Text(str(read.get("zh", id_)), str(read.get("en", id_))),
        Text(str(read.get("note_zh", "")), str(read.get("note_en", ""))),
        tuple(_item(name, entry) for name, entry in items.items()),
        tuple(extras),
        aggregation,
    )


def _toml(source: str | Path) -> dict[str, Any]:
    shipped = files("analysis.inference.peers").joinpath("schemes")
    known = sorted(Path(entry.name).stem for entry in shipped.iterdir() if entry.name.endswith(".toml"))
    if str(source) in known:
        return tomllib.loads(shipped.joinpath(f"{source}.toml").read_text(encoding="utf-8"))
    path = Path(source)
    if not path.is_file():
        raise InputError(
            f"没有评分方案 {source}：既不是文件，也不是自带方案（{'、'.join(known)}）。",
            f"No scheme {source}: neither a file nor one that is shipped ({', '.join(known)}).",
        )
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{path} 不是有效的 TOML：{problem}", f"{path} is not valid TOML: {problem}") from problem


def _item(name: str, entry: Mapping[str, Any]) -> Item:
    direction, way = entry.get("direction", "higher"), entry.get("normalisation", "min-max")
    if direction not in DIRECTIONS:
        raise ArgumentError.not_one_of(f"{name}.direction", direction, DIRECTIONS)
    if way not in NORMALISATIONS:
        raise ArgumentError.not_one_of(f"{name}.normalisation", way, NORMALISATIONS)
    bands = tuple((float(at), float(share)) for at, share in entry.get("bands", ()))
    target = entry.get("target")
    item = Item(
        name,
        must_be_weight(name, entry.get("weight")),
        direction,
        way,
        float(entry.get("floor", 0.0)),
        None if target is None else float(target),
        tuple(sorted(bands, key=lambda band: band[1])),
    )
    lacking = (way == "target" and (target is None or item.target == item.floor)) or (way == "bands" and not bands)
    if lacking:
        raise InputError(
            f"方案的 {name}：normalisation 为 {way} 时须给出 {'target 与不同的 floor' if way == 'target' else 'bands'}。",
            f"Scheme, {name}: normalisation {way} needs {'a target and another floor' if way == 'target' else 'bands'}.",
        )
    return item


def must_be_weight(name: str, weight: Any) -> float:
    """A weight as a number of at least 0, or an ``ArgumentError``."""
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight < float("inf"):
        raise ArgumentError(
            f"{name} 的权重应为不小于 0 的数，现为 {weight}。",
            f"The weight of {name} must be a number of at least 0, not {weight}.",
        )
    return float(weight)


def _extra(name: str, entry: Mapping[str, Any], sign: int) -> Extra:
    return Extra(name, sign * float(entry["points"]), float(entry.get("cap", float("inf"))))
