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


def measure_text(measure: str) -> Text:
    """A measure of returns in both languages: its own term, a change on last year, a count by mode, an identity.

    >>> [measure_text(m).zh for m in ("received_change", "closed:和解", "identity:stock:closing")]
    ['受理同比', '结案（和解）', '恒等关系（未结）']
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
    return term(measure)
