"""Schemes of a composite score, kept as data: indicators, directions, targets, bands, weights, bonus and deduction."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from analysis.vocabulary.documents import document_text, parsed_toml
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import Text

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
    by_hand: bool = False  # somebody gave the points, target at most


class Gate(NamedTuple):
    """What the score or an indicator must reach besides; where lower is better, at most."""

    name: str
    limit: float
    direction: str = "higher"


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
    gates: tuple[Gate, ...] = ()


def read_scheme(source: str | Path | Mapping[str, object]) -> Scheme:
    """A scheme from a TOML file, from one shipped by its id (``example-2011``), or from a mapping of the same form.

    ``[gates]`` says what must be reached besides: ``score = 95``, ``closure_rate = 98`` (where lower is better: at most).
    ``[hand.NAME]`` with ``weight`` is an item scored by hand: its value is the points given, from 0 to the weight. An
    indicator of weight 0 may be a gate alone.

    Raises ``InputError`` for a file that is not there or not a scheme; it lists all that is wrong with a scheme at once.

    Parameters
    ----------
    source : str, path or mapping
        An id, a TOML file, or its content.

    Returns
    -------
    Scheme
        Items, weights, gates.

    >>> scheme = read_scheme("example-2011")
    >>> [(item.name, item.weight) for item in scheme.items][:2], "没有公布" in scheme.note.zh
    ([('closure_rate', 30.0), ('actual_enforcement_rate', 30.0)], True)
    """
    read = dict(source) if isinstance(source, Mapping) else _toml(source)
    entries = _Entries()
    items = [_item(entries, name, entry) for name, entry in entries.tables(read, "indicators")]
    items += [_by_hand(entries, name, entry) for name, entry in entries.tables(read, "hand")]
    if not items:
        entries.fault("indicators", "方案须有至少一项 [indicators.…]", "a scheme needs at least one [indicators....]")
    extras = [_extra(entries, name, entry, 1) for name, entry in entries.tables(read, "bonus")]
    extras += [_extra(entries, name, entry, -1) for name, entry in entries.tables(read, "deduction")]
    for name, count in Counter([item.name for item in items] + [extra.name for extra in extras]).items():
        if count > 1:
            entries.fault(name, "名称出现不止一次", "the name stands more than once")
    aggregation = entries.choice("scheme", read, "aggregation", AGGREGATIONS)
    gates = _gates(entries, read.get("gates", {}), {item.name: item.direction for item in items})
    attainable = sum(item.weight for item in items) + sum(extra.cap for extra in extras if extra.points > 0)
    if any(gate.name == "score" and gate.limit > attainable for gate in gates):
        entries.fault(
            "gates", f"score 高于方案的满分{attainable:g}，谁也达不到",
            f"score is above the scheme's {attainable:g} points, which nobody reaches",
        )  # fmt: skip
    entries.must_be_right("" if isinstance(source, Mapping) else str(source))
    id_ = str(read.get("id", "scheme"))
    return Scheme(
        id_,
        Text(str(read.get("zh", id_)), str(read.get("en", id_))),
        Text(str(read.get("note_zh", "")), str(read.get("note_en", ""))),
        tuple(items),
        tuple(extras),
        aggregation,
        gates,
    )


def _by_hand(entries: _Entries, name: str, entry: Mapping[str, Any]) -> Item:
    """An item whose points somebody gave: full marks at its weight."""
    entries.known(name, entry, ("weight", "zh", "en"))
    weight = entries.number(name, "weight", entry.get("weight"), least=0)
    return Item(name, weight, "higher", "target", 0.0, weight or None, by_hand=True)


def _gates(entries: _Entries, read: Any, directions: Mapping[str, str]) -> tuple[Gate, ...]:
    if not isinstance(read, Mapping):
        entries.fault("gates", "应写作 [gates]，每项一个数", "is written [gates], a number each")
        return ()
    for name in read:
        if name not in ("score", *directions):
            said = ArgumentError.not_one_of("gates", name, ["score", *directions]).text
            entries.fault("gates", said.zh.rstrip("。"), said.en.rstrip("."))
    return tuple(
        Gate(str(name), entries.number("gates", str(name), limit), directions.get(name, "higher"))
        for name, limit in read.items()
    )


def _toml(source: str | Path) -> dict[str, Any]:
    shipped = files("analysis.inference.peers").joinpath("schemes")
    known = sorted(Path(entry.name).stem for entry in shipped.iterdir() if entry.name.endswith(".toml"))
    if str(source) in known:
        return tomllib.loads(shipped.joinpath(f"{source}.toml").read_text(encoding="utf-8"))
    path = Path(source)
    if not path.exists():
        raise InputError(
            f"没有评分方案 {source}：既不是文件，也不是自带方案（{'、'.join(known)}）。",
            f"No scheme {source}: neither a file nor one that is shipped ({', '.join(known)}).",
        )
    text = document_text(path, Text("评分方案", "The scheme"))
    try:
        return parsed_toml(text)
    except ValueError as problem:
        raise InputError(f"{path} 不是有效的 TOML：{problem}", f"{path} is not valid TOML: {problem}") from problem


class _Entries:
    """Entries of a scheme as they are read; what is wrong is kept, so that all of it is told at once."""

    def __init__(self) -> None:
        self.faults: list[Text] = []

    def fault(self, where: str, zh: str, en: str) -> None:
        self.faults.append(Text(f"{where}：{zh}", f"{where}: {en}"))

    def must_be_right(self, source: str) -> None:
        if self.faults:
            zh, en = "；".join(text.zh for text in self.faults), "; ".join(text.en for text in self.faults)
            named = f" {source} " if source else ""
            raise InputError(f"评分方案{named}有误：{zh}", f"The scheme{named.rstrip()} is not right: {en}")

    def tables(self, read: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
        found = read.get(key, {})
        entries = found.items() if isinstance(found, Mapping) else [(key, found)]
        for name, entry in entries:
            if not isinstance(entry, Mapping):
                self.fault(f"{key}.{name}", f"应写作表 [{key}.{name}]", f"must be a table [{key}.{name}]")
        return [(str(name), entry) for name, entry in entries if isinstance(entry, Mapping)]

    def known(self, where: str, entry: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in entry:
            if key not in keys:
                said = ArgumentError.not_one_of("key", key, keys).text
                self.fault(where, said.zh.rstrip("。"), said.en.rstrip("."))

    def choice(
        self, where: str, entry: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str = ""
    ) -> str:
        value = entry.get(key, default or choices[0])
        if value not in choices:
            said = ArgumentError.not_one_of(key, value, choices).text
            self.fault(where, said.zh.rstrip("。"), said.en.rstrip("."))
        return str(value)

    def number(self, where: str, key: str, value: Any, *, least: float = -float("inf")) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value < float("inf"):
            zh, en = ("不小于0的数", "a number of at least 0") if least == 0 else ("数", "a number")
            said = Text("没有给出", "not given") if value is None else Text(f"现为 {value!r}", f"not {value!r}")
            self.fault(where, f"{key} 应为{zh}，{said.zh}", f"{key} must be {en}, {said.en}")
            return 0.0
        return float(value)


def _item(entries: _Entries, name: str, entry: Mapping[str, Any]) -> Item:
    entries.known(name, entry, ("weight", "direction", "normalisation", "floor", "target", "bands", "zh", "en"))
    weight = entries.number(name, "weight", entry.get("weight"), least=0)
    direction = entries.choice(name, entry, "direction", DIRECTIONS)
    way = entries.choice(name, entry, "normalisation", NORMALISATIONS, "min-max")
    floor = entries.number(name, "floor", entry.get("floor", 0.0))
    target = entries.number(name, "target", entry["target"]) if "target" in entry else None
    sign = 1 if direction == "higher" else -1
    if way == "target" and (target is None or sign * target <= sign * floor):
        side = Text("floor 低于 target", "a floor below the target")
        if sign < 0:
            side = Text("floor 高于 target", "a floor above the target")
        entries.fault(name, f"normalisation 为 target 时须给出{side.zh}", f"normalisation target needs {side.en}")
    return Item(name, weight, direction, way, floor, target, _bands(entries, name, entry, way, sign))


def _bands(
    entries: _Entries, name: str, entry: Mapping[str, Any], way: str, sign: int
) -> tuple[tuple[float, float], ...]:
    """Bands from the least share to the largest; a better value must earn a larger one."""
    given = entry.get("bands", [])
    pairs = isinstance(given, (list, tuple)) and all(isinstance(b, (list, tuple)) and len(b) == 2 for b in given)
    if not pairs or (way == "bands" and not given):
        entries.fault(
            name,
            "bands 应写作 [[限值, 满分的份额], …]，如 [[98, 1.0], [90, 0.6]]",
            "bands is written [[limit, share of full marks], ...], such as [[98, 1.0], [90, 0.6]]",
        )
        return ()
    bands = [tuple(entries.number(name, "bands", part) for part in band) for band in given]
    bands = sorted(bands, key=lambda band: band[1])
    limits, shares = [sign * band[0] for band in bands], [band[1] for band in bands]
    if shares and not 0 <= shares[0] <= shares[-1] <= 1:
        entries.fault(name, "bands 的份额应在0与1之间", "the shares of bands must lie between 0 and 1")
    if limits != sorted(limits):
        entries.fault(name, "bands 中更好的限值应得更多的份额", "in bands a better limit must earn a larger share")
    return tuple((band[0], band[1]) for band in bands)


def _extra(entries: _Entries, name: str, entry: Mapping[str, Any], sign: int) -> Extra:
    entries.known(name, entry, ("points", "cap", "zh", "en"))
    points = entries.number(name, "points", entry.get("points"), least=0)
    cap = entries.number(name, "cap", entry["cap"], least=0) if "cap" in entry else float("inf")
    return Extra(name, sign * points, cap)


def must_be_weight(name: str, weight: Any) -> float:
    """A weight as a number of at least 0, or an ``ArgumentError``."""
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight < float("inf"):
        raise ArgumentError(
            f"{name} 的权重应为不小于0的数，现为 {weight}。",
            f"The weight of {name} must be a number of at least 0, not {weight}.",
        )
    return float(weight)
