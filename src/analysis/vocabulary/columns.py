"""The canonical columns and codes of a register, kept as data in ``columns.toml`` and ``codes.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.vocabulary.text import Text

TABLES = ("cases", "petitions", "coercive_measures", "aid")


@dataclass(frozen=True)
class Column:
    """One canonical column: its kind, its names, and the further headers that mean it."""

    name: str
    kind: str
    text: Text
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """One member of a closed vocabulary: its names and synonyms."""

    name: str
    text: Text
    aliases: tuple[str, ...]


@cache
def columns(table: str = "cases") -> dict[str, Column]:
    """Return the canonical columns of a table in their order.

    >>> columns("aid")["amount"].text.zh
    '救助金额'
    """
    return {
        k: Column(k, v["kind"], Text(v["zh"], v["en"]), tuple(v["aliases"]))
        for k, v in _read("columns.toml")[table].items()
    }


@cache
def codes(vocabulary: str) -> dict[str, Code]:
    """Return the members of a closed vocabulary (closure_mode, case_type, basis, outcome, kind).

    >>> codes("closure_mode")["settled"].text.zh
    '和解'
    """
    return {k: Code(k, Text(v["zh"], v["en"]), tuple(v["aliases"])) for k, v in _read("codes.toml")[vocabulary].items()}


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the names of the closed vocabularies.

    >>> vocabularies()
    ('closure_mode', 'case_type', 'basis', 'outcome', 'kind')
    """
    return tuple(_read("codes.toml"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("analysis.vocabulary").joinpath(name).read_text(encoding="utf-8"))
