"""The choice of the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import LANGUAGES, SPOKEN, Language, spoken


def speak(language: str) -> Language:
    """Choose the language for all that is shown from here on; raises ``ArgumentError`` for another than zh, en."""
    if language not in LANGUAGES:
        raise ArgumentError.not_one_of("language", language, LANGUAGES)
    chosen = cast("Language", language)
    SPOKEN.set(chosen)
    return chosen


@contextmanager
def speaking(language: str | None) -> Iterator[Language]:
    """Speak a language inside a ``with`` block; ``None`` keeps the one spoken.

    Parameters
    ----------
    language : str
        ``zh``, ``en``, or ``None`` for the one spoken.

    Returns
    -------
    context manager
        Gives the language that is spoken inside.

    >>> from analysis import Text
    >>> with speaking("en"):
    ...     print(Text("未结", "pending"))
    pending
    """
    before = spoken()
    try:
        yield before if language is None else speak(language)
    finally:
        SPOKEN.set(before)
