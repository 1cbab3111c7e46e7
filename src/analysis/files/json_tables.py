"""What could be tables in a file of JSON, as programs write them: a list of records or of rows, an object of columns, records a line."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIXES = (".json", ".jsonl", ".ndjson")


def tables_in_json(path: Path) -> Iterator[list[Sequence[Any]]]:
    """Yield what could be tables in a file, each as its rows with the header first; nothing of one that is no JSON.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.jsonl")
    ...     _ = path.write_text('{"a": 1}\\n{"a": 2, "b": 3}', encoding="utf-8")
    ...     list(tables_in_json(path))
    [[['a', 'b'], [1, None], [2, 3]]]
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        try:
            held = json.loads(text)
        except ValueError:
            held = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError, RecursionError):
        return
    yield from _tables_in(held)


def _tables_in(value: Any) -> Iterator[list[Sequence[Any]]]:
    if not isinstance(value, dict | list):
        return
    parts = list(value.values()) if isinstance(value, dict) else value
    if isinstance(value, dict):
        columns = [list(part.values()) if isinstance(part, dict) else part for part in parts]
        if all(isinstance(column, list) for column in columns):
            yield [list(value), *zip_longest(*columns)]
        if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
            yield from _tables_in([value["columns"], *value["data"]])
    if parts and all(isinstance(part, dict) for part in parts):
        names = list(dict.fromkeys(name for part in parts for name in part))
        yield [names, *([part.get(name) for name in names] for part in parts)]
    elif parts and all(isinstance(part, list) for part in parts):
        yield parts
    for part in parts:
        yield from _tables_in(part)
