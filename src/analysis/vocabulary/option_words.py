"""Words of the field for values of options, as ``options.toml`` lists them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def option_codes() -> dict[str, dict[str, list[str]]]:
    """Return the words of each code, by argument.

    >>> option_codes()["best"]
    {'high': ['越高越好', 'high is better'], 'low': ['越低越好', 'low is better']}
    """
    return tomllib.loads((files(__package__) / "options.toml").read_text(encoding="utf-8"))


def option_words(argument: str) -> dict[str, str]:
    """Return the code of each word of an argument; nothing for an argument that takes anything else.

    >>> option_words("order"), option_words("cases")
    ({'按法院': 'court', 'by court': 'court', '打乱': 'mixed'}, {})
    """
    return {word: code for code, words in option_codes().get(argument, {}).items() for word in words}
