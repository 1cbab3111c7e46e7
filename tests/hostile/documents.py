"""Documents of settings (TOML, JSON) with one thing wrong: broken as text, or a value of another kind anywhere in them."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

DEEP = 3_000  # deeper than Python follows
BROKEN: dict[str, bytes] = {
    "a bracket": b"{", "a list": b"[]", "nothing": b"", "null": b"null", "a number": b"1", "a text": b'"x"', "NUL": b"\0",
    "NUL inside": b'{"a": "\0"}', "GBK": "法院 = '富锦'".encode("gbk"), "a mark": b"\xef\xbb\xbf", "UTF-16": "a = 1".encode("utf-16"),
    "deep lists": b"[" * DEEP, "deep lists, closed": b"a = " + b"[" * DEEP + b"]" * DEEP, "deep JSON": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP, "deep keys": b".".join([b"a"] * DEEP) + b" = 1",
    "a huge number": b"a = 1" + b"0" * 5_000, "a huge number, JSON": b'{"schema": 1' + b"0" * 5_000 + b"}", "NaN": b'{"schema": NaN}',
    "a line": b"=", "half a table": b"[", "a surrogate": b'{"schema": "\\ud800"}', "binary": bytes(range(256)),
}  # fmt: skip
OTHERS: list[Any] = [
    None, True, 0, -1, 10**30, 1.5, float("nan"), float("inf"), "", " ", "x", "\u0000", "合计", [], [[]], [1], ["x"], [{}], {}, {"x": 1},
    {"": ""}, {"x": {"x": []}}, dt.date(2011, 1, 4), "9" * 5_000,
]  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything that a document holds."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*at, key)
        yield from places(part, (*at, key))


def altered(random: Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with one value of another kind, one key gone, or one that nobody knows."""
    changed = copy.deepcopy(document)
    *way, last = random.choice(list(places(changed)))
    holder = changed
    for key in way:
        holder = holder[key]
    what = random.random()
    if what < 0.75:
        holder[last] = random.choice(OTHERS)
    elif what < 0.9 or not isinstance(holder, dict):
        del holder[last]
    else:
        holder[random.choice(["x", "", "合 计", "a.b", "courts"])] = holder.pop(last)
    return changed


def as_toml(document: dict[str, Any]) -> bytes:
    """The document as TOML, tables written in line; what TOML lacks (``null``) is left out."""
    return "".join(f"{_key(key)} = {_toml(v)}\n" for key, v in document.items() if v is not None).encode()


def _key(key: Any) -> str:
    return json.dumps(str(key), ensure_ascii=False)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items() if v is not None) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value if v is not None) + "]"
    return str(value)


def as_json(document: dict[str, Any]) -> bytes:
    """The document as JSON."""
    return json.dumps(document, ensure_ascii=False, default=str).encode()
