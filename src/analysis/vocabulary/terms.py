"""The words of the field in Chinese and English: ``terms/*.toml``, the columns and codes of a register, and the quantities.

An entry is ``key = { zh, en }``, with ``unit`` where a column has one and ``codes`` where it holds those of a vocabulary of
another name. A key is a bare word that means the same in every table (``filed``), a column's value (``kind_peak``), or what
a word means in one table (``"aid.amount"``, and ``"register.aid.amount"`` in the register): a heading and a unit belong to a
table and its column.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from analysis.vocabulary.columns import TABLES, codes, columns, vocabularies
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text

UNIT_OF_KIND = {"money": "元", "integer": "天"}  # of a register's columns


class Term(NamedTuple):
    """A word in both languages, and the unit of the column that it heads."""

    text: Text
    unit: str | None


@cache
def dictionary() -> dict[str, Term]:
    """Return every term by its key: ``terms/*.toml``, the columns and codes of a register, quantities as returns print them.

    >>> dictionary()["register.aid.amount"].unit, dictionary()["aid.amount"].unit, dictionary()["basis_civil"].text.zh
    ('元', '万元', '民事')
    """
    found: dict[str, Term] = {}
    for path in sorted(files("analysis.vocabulary").joinpath("terms").iterdir(), key=lambda p: p.name):
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise ArgumentError(
                    f"术语“{key}”在 {path.name} 中重复", f'the term "{key}" stands again in {path.name}'
                )
            found[key] = Term(Text(entry["zh"], entry["en"]), entry.get("unit"))
            if "codes" in entry:
                found |= {f"{key}_{code.name}": Term(code.text, None) for code in codes(entry["codes"]).values()}
    for table in TABLES:
        for name, column in columns(table).items():
            found[f"register.{table}.{name}"] = Term(column.text, UNIT_OF_KIND.get(column.kind))
            found.setdefault(name, Term(column.text, None))
    for vocabulary in vocabularies():
        for code in codes(vocabulary).values():
            found.setdefault(f"{vocabulary}_{code.name}", Term(code.text, None))
    quantities = files("analysis.vocabulary").joinpath("indicator_sets", "quantities.toml").read_text(encoding="utf-8")
    for name, entry in tomllib.loads(quantities).items():
        found.setdefault(entry.get("printed", name), Term(Text(entry["zh"], entry["en"]), None))
    return found


@cache
def terms() -> dict[str, Text]:
    """Return the words of every term by its key.

    >>> terms()["closure_rate"].en
    'closure rate'
    """
    return {key: term.text for key, term in dictionary().items()}


def term(key: str) -> Text:
    """Return a term in both languages; a key without an entry is shown as it is, one in two languages (``Text.cell``) in each.

    >>> term("closure_rate").zh
    '结案率'
    """
    zh, _, en = key.partition("\n")
    return terms().get(key, Text(zh, en or zh))


def measure_text(measure: str) -> Text:
    """Return a measure of returns in both languages: its own term, a change on last year, a count by mode, an identity.

    >>> [measure_text(m).zh for m in ("received_change", "filed_difference", "closed:和解", "identity:stock:closing")]
    ['受理同比', '新收比上年增减', '结案（和解）', '恒等关系（未结）']
    >>> measure_text("closed_this_round").zh
    '以终结本次执行程序方式结案'
    """
    name, _, mode = measure.partition(":")
    if name == "identity":
        quantity = term(mode.rpartition(":")[2])
        return Text(f"恒等关系（{quantity.zh}）", f"identity ({quantity.en})")
    if mode:
        return Text(f"{term(name).zh}（{mode}）", f"{term(name).en} ({mode})")
    base = term(measure.removesuffix("_change"))
    if measure.endswith("_change") and measure not in terms():
        return Text(f"{base.zh}同比", f"change of {base.en} on last year")
    if measure.endswith("_difference") and measure not in terms():
        base = term(measure.removesuffix("_difference"))
        return Text(f"{base.zh}比上年增减", f"{base.en}, more or fewer than last year")
    return term(measure)
