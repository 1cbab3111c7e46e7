"""Values of options by the words of the field: 自然年 for ``calendar-year``, 半页 for ``half``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.option_words import option_codes, option_words
from analysis.vocabulary.text import folded

# Arguments of the same name that take other words than codes: what a table holds, kinds by indicator.
OWN_WORDS = {("peer_panel", "scope"), ("plot_history", "scope"), ("stands_out", "kinds")}


def words_of(argument: str) -> dict[str, str]:
    """Return the code of each word of an argument, statistical calendars as the package says them among them; empty for others.

    >>> words_of("order"), words_of("cases")
    ({'按法院': 'court', 'by court': 'court', '打乱': 'mixed'}, {})
    """
    words = option_words(argument)
    if argument == "calendar":
        # brings pandas, which help does without
        from analysis.vocabulary.periods import calendar_words

        words |= calendar_words()
    return words


@cache
def _codes(argument: str) -> dict[str, str]:
    """The code of each word and code of an argument, by the word as words are compared."""
    words = words_of(argument)
    codes = dict.fromkeys([*option_codes().get(argument, ()), *words.values()])
    return {folded(word): code for word, code in [*words.items(), *((code, code) for code in codes)]}


def in_codes(function: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a call with the codes of values that are words, however they are spelled; anything else as it is.

    Raises ``ArgumentError`` for an empty text, which is no word of any.

    >>> in_codes("deadlines", {"kinds": {"已超期"}, "clock": "立案 次日", "scope": "ALL CASES", "by": "officer"})
    {'kinds': ['over_limit'], 'clock': 'day-after-filing', 'scope': 'all', 'by': 'officer'}
    >>> in_codes("caseflow", {"calendar": "每月以22日为止（上年12月23日至当年12月22日）"})
    {'calendar': 'month-22'}
    """
    return {name: value if (function, name) in OWN_WORDS else code_of(name, value) for name, value in options.items()}


def code_of(argument: str, value: Any) -> Any:
    """Return the code of a word, or of each of several; what is no word of the argument as it is.

    >>> code_of("formats", ("ＷＯＲＤ", "网页")), code_of("formats", "WPS")
    (['docx', 'html'], 'WPS')
    """
    if isinstance(value, str):
        codes = _codes(argument)
        if codes and not value.strip():
            raise ArgumentError.not_one_of(argument, value, dict.fromkeys(codes.values()))
        return codes.get(folded(value), value)
    if isinstance(value, Iterable) and not isinstance(value, bytes | Mapping) and _codes(argument):
        return [code_of(argument, one) for one in value]
    return value
