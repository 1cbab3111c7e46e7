"""The canonical columns and codes of a register, kept as data in ``columns.toml`` and ``codes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.vocabulary.text import Text, folded

TABLES = ("cases", "petitions", "coercive_measures", "aid")
# The levels of courts that keep registers of cases.
LEVELS = {
    "basic": Text("基层", "basic court"),
    "intermediate": Text("中级", "intermediate court"),
    "high": Text("高级", "high court"),
}


@dataclass(frozen=True)
class Column:
    """One canonical column: its kind, what may leave the court of it, its names, and the further headers that mean it."""

    name: str
    kind: str
    disclosure: str  # public, person, quasi-identifier, amount
    text: Text
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """One member of a closed vocabulary: its names and synonyms, and what it is (of a closure mode: performed, settled, moved).

    Of its synonyms those in ``narrow`` say a part of it; ``wide`` are words that may mean it or another.
    """

    name: str
    text: Text
    aliases: tuple[str, ...]
    narrow: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()


@cache
def columns(table: str = "cases") -> dict[str, Column]:
    """Return the canonical columns of a table in their order.

    >>> columns("aid")["amount"].text.zh
    '救助金额'
    """
    return {
        k: Column(k, v["kind"], v["class"], Text(v["zh"], v["en"]), tuple(v["aliases"]))
        for k, v in _read("columns.toml")[table].items()
    }


@cache
def _columns_by_word() -> dict[str, str]:
    """Every name, heading and synonym of a column of cases, and the words for the band of the amount, with what they mean."""
    return dict.fromkeys(("标的额段", "标的额分档", "amount band"), "amount_band") | columns_by_word("cases")


@cache
def columns_by_word(table: str) -> dict[str, str]:
    """Every name, heading and synonym of a column of a table, of money also with its unit, ``folded`` → column.

    >>> columns_by_word("aid")["救助金额"], columns_by_word("aid")["救助金额(元)"]
    ('amount', 'amount')
    """
    return {
        folded(word + unit): column.name
        for column in reversed(columns(table).values())
        for word in (*column.aliases, column.text.en, column.text.zh, column.name)
        for unit in ("", *(("（元）", " (yuan)") if column.kind == "money" else ()))
    }


def as_columns(names: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return what a call names by a column or by the words for it, as columns; what is no such word as it stands.

    >>> as_columns("承办人"), as_columns(["小组", "team", "月份"])
    (('officer',), ('team', 'team', '月份'))
    """
    return tuple(map(as_column, (names,) if isinstance(names, str) else () if names is None else names))


def as_column(name: str) -> str:
    """Return what a call names by one column or by a word for it, as that column; what is no such word as it stands.

    >>> as_column("承办人"), as_column("月份")
    ('officer', '月份')
    """
    return _columns_by_word().get(folded(name), name) if isinstance(name, str) else name


@cache
def codes(vocabulary: str) -> dict[str, Code]:
    """Return the members of a closed vocabulary (closure_mode, case_type, basis, outcome, kind).

    >>> codes("closure_mode")["settled"].text.zh
    '和解'
    """
    return {
        k: Code(
            k,
            Text(v["zh"], v["en"]),
            (*v["aliases"], *v.get("narrow", ())),
            tuple(v.get("narrow", ())),
            tuple(v.get("wide", ())),
            frozenset(a for a in v if v[a] is True),
        )
        for k, v in _read("codes.toml")[vocabulary].items()
    }


def closure_modes(*attributes: str) -> tuple[str, ...]:
    """Return the closure modes that have one of the attributes: ``performed``, ``settled`` or ``moved``.

    >>> closure_modes("performed", "settled")
    ('completed', 'voluntary', 'compelled', 'settled')
    >>> closure_modes("moved")
    ('terminated_this_round', 'transferred')
    """
    return tuple(name for name, code in codes("closure_mode").items() if code.attributes & {*attributes})


@cache
def closure_attributes() -> tuple[str, ...]:
    """Return every attribute that a closure mode has.

    >>> closure_attributes()
    ('moved', 'performed', 'settled')
    """
    return tuple(sorted({name for code in codes("closure_mode").values() for name in code.attributes}))


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the names of the closed vocabularies.

    >>> vocabularies()
    ('closure_mode', 'case_type', 'basis', 'outcome', 'kind')
    """
    return tuple(_read("codes.toml"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("analysis.vocabulary").joinpath(name).read_text(encoding="utf-8"))
