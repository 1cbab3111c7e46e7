"""What a public function gives and takes, in Chinese, above its docstring: what Shift-Tab and ``help()`` show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.vocabulary.errors import HAN


def in_chinese(function: str, parameters: Iterable[str]) -> str:
    """Return the help of a public function in Chinese, empty for one that has none.

    >>> print(in_chinese("stock_change", ["cases", "by"]))
    把两日之间未结案件的变化拆成新收和各种结案。
    <BLANKLINE>
    参数
    <BLANKLINE>
    - cases：台账，或收结存表（caseflow 的结果）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    """
    known = _texts()
    first = known["functions"].get(function)
    if first is None:
        return ""
    said = {**known["parameters"], **known.get(function, {})}
    lines = [f"- {name}：{said[name]}" for name in parameters]  # which editors show one below the other
    return "\n".join([first, *(["", "参数", "", *lines] if lines else [])])


def by_language(docstring: str) -> tuple[str, str]:
    """Return the Chinese line at the head of a docstring, empty where it has none, and the rest.

    >>> by_language("件数。\\n\\nThe number of cases.")
    ('件数。', 'The number of cases.')
    """
    first, _, rest = docstring.partition("\n\n")
    return (first, rest) if HAN.search(first) else ("", docstring)


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "help.toml").read_text(encoding="utf-8"))
