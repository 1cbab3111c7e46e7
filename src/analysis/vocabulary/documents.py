"""Documents of settings, TOML and JSON, whatever they hold: a table, or a ``ValueError`` that says what is wrong."""

from __future__ import annotations

import json
import tomllib
from typing import Any

DEEPEST = 20  # tables in tables; a document of ours has five


def parsed_toml(text: str) -> dict[str, Any]:
    """Return TOML as a dictionary; raises ``ValueError`` (``tomllib.TOMLDecodeError`` where a line is to blame).

    >>> parsed_toml('court = "甲"')
    {'court': '甲'}
    """
    try:
        return _shallow(tomllib.loads(text))
    except RecursionError as error:
        raise ValueError(f"more than {DEEPEST} levels") from error


def parsed_json(text: str | bytes) -> dict[str, Any]:
    """Return a JSON object as a dictionary; raises ``ValueError`` for what is none.

    >>> parsed_json("[]")
    Traceback (most recent call last):
    ValueError: a list, not an object
    """
    try:
        read = json.loads(text)
    except RecursionError as error:
        raise ValueError(f"more than {DEEPEST} levels") from error
    if not isinstance(read, dict):
        raise ValueError(f"a {type(read).__name__}, not an object")
    return _shallow(read)


def _shallow(document: dict[str, Any]) -> dict[str, Any]:
    level: list[Any] = [document]
    for _ in range(DEEPEST):
        level = [part for holder in level for part in (holder.values() if isinstance(holder, dict) else holder)]
        level = [part for part in level if isinstance(part, (dict, list))]
        if not level:
            return document
    raise ValueError(f"more than {DEEPEST} levels")
