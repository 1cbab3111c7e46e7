"""Small files that a user names (settings, keys, exchanged figures), whatever stands there: their content, or what is wrong."""

from __future__ import annotations

import json
import tomllib
from os import PathLike
from pathlib import Path
from typing import Any

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

DEEPEST = 20  # tables in tables; a document of ours has five
REFUSALS: dict[type[Exception], Text] = {
    FileNotFoundError: Text("没有这个文件", "there is no such file"),
    PermissionError: Text("没有读取的权限", "reading it is not permitted"),
}
MOST_BYTES = 4_000_000  # the largest of ours, a court's file with all its headers and words, has some 100,000


def no_file(path: Path) -> Text | None:
    """Return what a folder, a pipe or a device in the place of a file is, and what to do; ``None`` for a file, and where nothing is."""
    if path.is_dir():
        return Text("它是文件夹。请给出文件。", "it is a folder. Name a file.")
    if path.exists() and not path.is_file():
        return Text(
            "它是管道或设备，不是文件。请先把内容存成文件，再给出该文件。",
            "it is a pipe or a device and no file. Save what comes through it as a file, and name that.",
        )
    return None


def document_bytes(path: str | PathLike[str], what: Text) -> bytes:
    """Return the bytes of a small file; raises ``InputError``, which begins with ``what`` it is, for a pipe, a device, a large one."""
    file = Path(path)
    problem, cause = None, None
    said = Text(f"超过{MOST_BYTES:,}字节", f"it has more than {MOST_BYTES:,} bytes")
    try:
        if (problem := no_file(file)) is None:
            with file.open("rb") as stream:
                read = stream.read(MOST_BYTES + 1)
            if len(read) <= MOST_BYTES:
                return read
    except (OSError, ValueError) as error:
        cause = error
        words = str(getattr(error, "strerror", None) or error)
        said = REFUSALS.get(type(error), Text(words, words))
    problem = problem or Text(f"{said.zh}。请检查路径和权限。", f"{said.en}. Check path and permission.")
    raise InputError(
        f"{what.zh} {file} 读不了：{problem.zh}", f"{what.en} {file} cannot be read: {problem.en}"
    ) from cause


def document_text(path: str | PathLike[str], what: Text) -> str:
    """Return the text of a small file in UTF-8; raises ``InputError`` as ``document_bytes``, and for any other encoding."""
    try:
        return document_bytes(path, what).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{what.zh} {path} 读不了：不是 UTF-8 文字。请用记事本另存为 UTF-8 编码的文字文件。",
            f"{what.en} {path} cannot be read: it is no text in UTF-8. Save it as text in UTF-8.",
        ) from error


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
    r"""Return a JSON object as a dictionary; raises ``ValueError`` for what is none, or holds a name twice: of two values one would be lost.

    >>> parsed_json("[]")
    Traceback (most recent call last):
    ValueError: not an object in braces {}
    >>> parsed_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: a name stands twice
    >>> parsed_json(r'{"a": "\ud800"}')
    Traceback (most recent call last):
    ValueError: a text with half a letter
    """
    try:
        read = json.loads(text, object_pairs_hook=_once)
        json.dumps(
            read, ensure_ascii=False
        ).encode()  # half of a pair of surrogates is no text, and no library takes it
    except UnicodeEncodeError as error:
        raise ValueError("a text with half a letter") from error
    except RecursionError as error:
        raise ValueError(f"more than {DEEPEST} levels") from error
    if not isinstance(read, dict):
        raise ValueError("not an object in braces {}")
    return _shallow(read)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs):
        raise ValueError("a name stands twice")
    return held


def _shallow(document: dict[str, Any]) -> dict[str, Any]:
    level: list[Any] = [document]
    for _ in range(DEEPEST):
        level = [part for holder in level for part in (holder.values() if isinstance(holder, dict) else holder)]
        level = [part for part in level if isinstance(part, (dict, list))]
        if not level:
            return document
    raise ValueError(f"more than {DEEPEST} levels")
