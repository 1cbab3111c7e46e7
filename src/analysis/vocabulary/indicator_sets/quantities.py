"""Named quantities: what the numerators and denominators of indicators are made of, kept as data in ``quantities.toml``.

A quantity says which rows count (a table, a moment in the period, conditions on columns) and what of them is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.vocabulary.columns import closure_attributes, closure_modes
from analysis.vocabulary.documents import parsed_toml
from analysis.vocabulary.errors import InputError, nearest
from analysis.vocabulary.text import Text

# table -> moments of a period, and what can be added up with the unit it comes in
MOMENTS = {
    "cases": ("opening", "filed", "received", "closed", "closing", "filed_and_closed"),
    "petitions": ("received", "received_and_resolved", "resolved", "pending"),
    "coercive_measures": ("dated",),
    "aid": ("dated",),
}
COUNTED = {
    "cases": {"cases": "件", "claimed": "万元", "recovered": "万元", "days": "天", "payout_days": "天"},
    "petitions": {"petitions": "件"},
    "coercive_measures": {"measures": "次", "persons": "人"},
    "aid": {"grants": "笔", "amount": "万元", "cases": "件"},
}
# Conditions: register columns, and what is derived from several of them.
CONDITIONS = {
    "cases": (
        "closure_mode", "closed_as", "case_type", "basis", "has_property", "team", "area", "court", "officer",
        "is_net", "is_paid_out", "with_recovery", "within_limit", "within_days", "older_than_months",
    ),
    "petitions": ("outcome",),
    "coercive_measures": ("kind", "both_kinds"),
    "aid": (),
}  # fmt: skip
# A closing's attributes are unknown before it, so they cannot narrow a stock or the filings.
OF_A_CLOSING = ("closure_mode", "closed_as", "is_net", "is_paid_out", "with_recovery", "within_limit", "within_days")
CLOSINGS = ("closed", "filed_and_closed")
# By what an indicator may narrow its quantities: what a case is from its filing on, and the closure mode (of closings).
POPULATION = ("closure_mode", "closed_as", "case_type", "basis", "has_property", "team", "area", "court", "officer")
FIELDS = ("zh", "en", "table", "when", "count", "from", "printed", "aliases")

# Moments that hold all rows of another.
HOLDS = {
    "opening": ("received",), "filed": ("received",), "closed": ("received",), "closing": ("received",),
    "filed_and_closed": ("filed", "closed", "received"), "received_and_resolved": ("received", "resolved"),
}  # fmt: skip
APART = ({"opening", "filed"}, {"closed", "closing"})  # moments that no case shares
SUMS = ("claimed", "recovered", "amount", "days", "payout_days")  # what is no count

WITHIN_DAYS = re.compile(r"within_(\d+)_days")

Condition = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Quantity:
    """One named quantity: rows of ``table`` at the moment ``when``, narrowed by conditions, ``count`` added up.

    ``printed`` is the column of a return that holds it, ``aliases`` the headings under which it is printed; ``population`` are the
    conditions of the indicator that narrows it, beyond its own.
    """

    id: str
    text: Text
    table: str
    when: str
    count: str
    keep: tuple[Condition, ...] = ()
    leave_out: tuple[Condition, ...] = ()
    older_than_months: int | None = None
    complete: tuple[str, ...] = ()
    printed: str = ""
    aliases: tuple[str, ...] = ()
    population: tuple[tuple[str, Condition], ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the sum: 件, 万元, 天, 人, 次, 笔."""
        return COUNTED[self.table][self.count]

    @property
    def is_count(self) -> bool:
        """Return whether it counts cases, persons or the like, and adds up no money and no days."""
        return self.count not in SUMS

    def is_part_of(self, other: Quantity) -> bool:
        """Return whether all that it counts is counted by the other too, as far as moments and conditions tell.

        >>> known = quantities()
        >>> known["closed_completed"].is_part_of(known["received"]), known["closed"].is_part_of(known["filed"])
        (True, False)
        >>> known["closed_within_90_days"].is_part_of(known["closed_within_180_days"])
        True
        """
        return (
            (self.table, self.count) == (other.table, other.count)
            and self.is_count
            and other.when in (self.when, *HOLDS.get(self.when, ()))
            and (other.older_than_months is None or (self.older_than_months or 0) >= other.older_than_months)
            and all(any(_implies(own, condition) for own in self.keep) for condition in other.keep)
            and all(
                any(n == name and set(m) >= set(members) for n, m in self.leave_out)
                or any(n == name and not set(m) & set(members) for n, m in self.keep)
                for name, members in other.leave_out
            )
        )

    def is_apart_from(self, other: Quantity) -> bool:
        """Return whether no row is counted by both, as far as moments and conditions tell."""
        return any({self.when, other.when} == moments for moments in APART) or any(
            a == b and not set(m) & set(n) for a, m in self.keep for b, n in other.keep
        )

    def within(self, include: Mapping[str, Any], exclude: Mapping[str, Any]) -> Quantity:
        """Return the same quantity of a narrower population of cases; quantities of side tables stay as they are.

        A closure mode is known only at the closing, so it narrows closings and leaves stocks and filings alone.
        """
        if self.table != "cases":
            return self
        keep, leave_out = (
            tuple(c for c in as_conditions(side) if c[0] not in OF_A_CLOSING or self.when in CLOSINGS)
            for side in (include, exclude)
        )
        population = (*(("include", c) for c in keep), *(("exclude", c) for c in leave_out))
        return replace(
            self,
            keep=(*self.keep, *keep),
            leave_out=(*self.leave_out, *leave_out),
            population=(*self.population, *population),
        )


def days_within(condition: str) -> int | None:
    """Return within how many days of its filing a case closed that a condition asks for; ``None`` for any other condition.

    >>> days_within("within_90_days"), days_within("within_limit")
    (90, None)
    """
    found = WITHIN_DAYS.fullmatch(condition)
    return int(found[1]) if found else None


def _implies(condition: Condition, other: Condition) -> bool:
    """Return whether what keeps to a condition keeps to the other: members among members, and days within more days."""
    (name, members), (other_name, others) = condition, other
    near, far = days_within(name), days_within(other_name)
    if near is not None and far is not None:
        return near <= far
    return name == other_name and set(members) <= set(others)


def as_conditions(values: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Conditions from a table of TOML: a column and one value or a list of them; what a closure is, as the modes that are so."""
    listed = ((name, tuple(v) if isinstance(v, (list, tuple)) else (v,)) for name, v in values.items())
    return tuple(("closure_mode", closure_modes(*v)) if name == "closed_as" else (name, v) for name, v in listed)


def read_toml(text: str, where: str) -> dict[str, Any]:
    """Return TOML as a dictionary; raises ``InputError`` that names the file and the place for one that cannot be read."""
    try:
        return parsed_toml(text)
    except ValueError as error:
        raise InputError(f"{where} 不是有效的 TOML：{error}", f"{where} is not valid TOML: {error}") from error


def must_be_one_of(value: Any, allowed: Iterable[Any], where: str, field: str) -> None:
    """Raise ``InputError`` (file, place, the members, the nearest one) for a value outside a known list."""
    choices = [str(choice) for choice in allowed]
    if str(value) in choices and not isinstance(value, (list, dict)):
        return
    near = nearest(value, choices)
    raise InputError(
        f"{where}：{field} 不能是“{value}”，应为 {'、'.join(choices)} 之一。" + (f"是否想写“{near}”？" if near else ""),
        f'{where}: {field} cannot be "{value}", expected one of {", ".join(choices)}.'
        + (f' Did you mean "{near}"?' if near else ""),
    )


def must_be_condition(name: str, value: Any, where: str) -> None:
    """Raise ``InputError`` for a condition whose value is no text, no truth and no number, or no attribute of a closure."""
    for member in value if isinstance(value, list) and value else [value]:
        if name == "closed_as":
            must_be_one_of(member, closure_attributes(), where, name)
        elif not isinstance(member, (str, bool, int)):
            raise InputError(
                f"{where}：{name} 的值“{value}”类型不对。", f'{where}: {name} cannot be "{value}" (wrong type).'
            )


@cache
def quantities() -> dict[str, Quantity]:
    """Return the named quantities that ship with the package.

    >>> quantities()["received"].text.zh
    '受理（旧存＋新收）'
    """
    text = files("analysis.vocabulary.indicator_sets").joinpath("quantities.toml").read_text(encoding="utf-8")
    return quantities_from(read_toml(text, "quantities.toml"), {}, "quantities.toml")


def quantities_from(read: Mapping[str, Any], known: Mapping[str, Quantity], where: str) -> dict[str, Quantity]:
    """Return quantities out of a table of TOML, on top of those known; raises ``InputError`` for what cannot be one."""
    found = dict(known)
    for name, entry in read.items():
        place = f"{where} [{name}]"
        if not isinstance(entry, dict):
            raise InputError(f"{place}：应为一个表。", f"{place}: expected a table.")
        for needed in ("zh", "en"):
            if not isinstance(entry.get(needed), str):
                raise InputError(f"{place}：缺少 {needed}。", f"{place}: {needed} is missing.")
        found[name] = _narrowed(name, entry, found, place) if "from" in entry else _base(name, entry, place)
    return found


def _base(name: str, entry: Mapping[str, Any], where: str) -> Quantity:
    must_be_one_of(entry.get("table"), MOMENTS, where, "table")
    table = entry["table"]
    must_be_one_of(entry.get("when"), MOMENTS[table], where, "when")
    must_be_one_of(entry.get("count"), COUNTED[table], where, "count")
    base = Quantity(
        name, Text(entry["zh"], entry["en"]), table, entry["when"], entry["count"], **_printed(name, entry, where)
    )
    return _conditions(base, entry, where)


def _narrowed(name: str, entry: Mapping[str, Any], known: Mapping[str, Quantity], where: str) -> Quantity:
    must_be_one_of(entry["from"], known, where, "from")
    base = replace(known[entry["from"]], id=name, text=Text(entry["zh"], entry["en"]), **_printed(name, entry, where))
    return _conditions(base, entry, where)


def _printed(name: str, entry: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Under which column and headings a quantity is printed: its own id and names unless said."""
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise InputError(f"{where}：aliases 应为文字的列表。", f"{where}: aliases must be a list of texts.")
    return {"printed": entry.get("printed", name), "aliases": tuple(aliases)}


def _conditions(base: Quantity, entry: Mapping[str, Any], where: str) -> Quantity:
    given = {key: value for key, value in entry.items() if key not in FIELDS}
    for key, value in given.items():
        must_be_one_of(key, (*FIELDS, *CONDITIONS[base.table]), where, f"“{key}”" if base.table else key)
        must_be_condition(key, value, where)
        if key in OF_A_CLOSING and base.when not in CLOSINGS:
            raise InputError(
                f"{where}：{key} 只在结案时才知道，不能用于 {base.when}。",
                f"{where}: {key} is known only at the closing and cannot narrow {base.when}.",
            )
    older = given.pop("older_than_months", base.older_than_months)
    if older is not None and base.when != "closing":
        raise InputError(
            f"{where}：older_than_months 只能用于未结（closing）。",
            f"{where}: older_than_months narrows the closing stock only.",
        )
    for key, value in (("older_than_months", older), ("within_days", given.get("within_days"))):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise InputError(f"{where}：{key} 应为正整数。", f"{where}: {key} must be a whole number above 0.")
    if "within_days" in given:
        given[f"within_{given.pop('within_days')}_days"] = True
    return replace(base, keep=(*base.keep, *as_conditions(given)), older_than_months=older)
