"""What a public function gives and takes, in Chinese, above its docstring: what Shift-Tab and ``help()`` show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


def in_chinese(function: str, parameters: Iterable[str]) -> str:
    """Return the help of a public function in Chinese, empty for one that has none.

    >>> print(in_chinese("stock_change", ["cases_or_flow", "start"]))
    把两日之间未结案件的变化拆成新收和各种结案。
    <BLANKLINE>
    参数
        cases_or_flow：台账或收结存表。
        start：第一天（算在内）。
    """
    known = _texts()
    first = known["functions"].get(function)
    if first is None:
        return ""
    said = {**known["parameters"], **known.get(function, {})}
    lines = [f"    {name}：{said[name]}" for name in parameters]
    return "\n".join([first, *(["", "参数", *lines] if lines else [])])


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "help.toml").read_text(encoding="utf-8"))
