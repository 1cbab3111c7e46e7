"""The words of the field in Chinese and English, kept as data in ``terms/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import Text


@cache
def terms() -> dict[str, Text]:
    """Every term by its key: one dictionary over all files of ``terms/``.

    >>> terms()["closure_rate"].en
    'closure rate'
    """
    found: dict[str, Text] = {}
    for path in sorted(files("analysis.vocabulary").joinpath("terms").iterdir(), key=lambda p: p.name):
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise ArgumentError(
                    f"术语“{key}”在 {path.name} 中重复", f'the term "{key}" stands again in {path.name}'
                )
            found[key] = Text(entry["zh"], entry["en"])
    return found


def term(key: str) -> Text:
    """A term in both languages; a key without an entry is shown as it is.

    >>> term("closure_rate").zh
    '结案率'
    """
    return terms().get(key, Text(key, key))
