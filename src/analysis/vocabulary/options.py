"""Values of options by the words of the field: 自然年 for ``calendar-year``, 半页 for ``half``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

# Arguments of the same name that take other words than codes: what a table holds, kinds by indicator.
OWN_WORDS = {("peer_panel", "scope"), ("plot_history", "scope"), ("stands_out", "kinds")}


@cache
def option_words() -> dict[str, dict[str, str]]:
    """Return the code of each word, by argument.

    >>> option_words()["calendar"], option_words()["best"]["越高越好"]
    ({'自然年': 'calendar-year', '公历年': 'calendar-year', 'calendar year': 'calendar-year'}, 'high')
    """
    written = tomllib.loads((files(__package__) / "options.toml").read_text(encoding="utf-8"))
    return {name: {word: code for code, words in codes.items() for word in words} for name, codes in written.items()}


@cache
def _all_words() -> dict[str, dict[str, str]]:
    """Those of ``option_words``, and statistical calendars as the package says them."""
    # brings pandas, which help does without
    from analysis.vocabulary.periods import ALL_CALENDARS, FILINGS_AHEAD, calendar_text

    said = {
        text: name
        for name in (*ALL_CALENDARS, FILINGS_AHEAD)
        for text in (calendar_text(name).zh, calendar_text(name).en)
    }
    return option_words() | {"calendar": option_words()["calendar"] | said}


def in_codes(function: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a call with the codes of values that are words; anything else as it is.

    >>> in_codes("deadlines", {"kinds": ["已超期", "due_soon"], "clock": "立案次日", "by": "officer"})
    {'kinds': ['over_limit', 'due_soon'], 'clock': 'day-after-filing', 'by': 'officer'}
    >>> in_codes("caseflow", {"calendar": "每月以22日为止（上年12月23日至当年12月22日）"})
    {'calendar': 'month-22'}
    """
    return {
        name: value if (function, name) in OWN_WORDS else _code(value, _all_words().get(name, {}))
        for name, value in options.items()
    }


def _code(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value.strip(), value)
    if words and isinstance(value, list | tuple):
        return type(value)(_code(one, words) for one in value)
    return value
