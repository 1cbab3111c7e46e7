"""A corpus of printed figures: folders of tables and of bulletins in words become one list of returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike
from pathlib import Path

import pandas as pd

from analysis.files.budget import MOST_WHOLE_AS_TEXT
from analysis.files.sheets import sheets_of
from analysis.files.source import BYTES, Source, must_be_no_pipe, open_source, too_large
from analysis.returns.reading import KINDS, Returns
from analysis.returns.statement import read_statement
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.frames import in_pandas
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.kinds import must_be_kinds

TEXTS = frozenset({".txt", ".md", ".docx"})
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
ENCODINGS = ("utf-8-sig", "gb18030")


def corpus(given: Returns | Iterable[Returns], *, court: str | None = None, definitions: Sets = None) -> list[Returns]:
    """Every table and bulletin of some files and folders, bulletins read into rows.

    A folder stands for all files in it and in its folders, in the order of their names: tables as ``read_returns`` takes
    them, texts (txt, md, docx) as ``read_statement``. ``court`` is the court of texts that name none, ``definitions`` are
    sets whose rates they print. What is given as a table stays. Raises ``InputError`` for a folder without such files,
    ``ArgumentError`` for what is no returns.

    >>> [table.shape[0] for table in corpus(pd.DataFrame({"court": ["甲法院"], "closed": ["7"]}))]
    [1]
    """
    whole = in_pandas(given)
    if whole is None:
        raise no_figures()
    must_be_kinds({"returns": whole}, {"returns": f"{KINDS} | Iterable[{KINDS}]"})
    listed = [whole] if isinstance(whole, (str, PathLike, pd.DataFrame)) else [in_pandas(part) for part in whole]
    return [one for each in listed for one in _expanded(each, court, definitions)]


def no_figures() -> ArgumentError:
    """Return the error where published figures are asked for and none are given."""
    return ArgumentError(
        "没有公布的数字可核对：应给出报表（表格、文件或文件夹）。",
        "There are no published figures to reconcile: give returns (a table, a file or a folder).",
    )


def _expanded(one: Returns, court: str | None, sets: Sets) -> Iterator[Returns]:
    if isinstance(one, pd.DataFrame):
        yield one
        return
    path = Path(one)
    if not path.is_dir():
        yield from _read(path, court, sets)
        return
    files = [
        p for p in sorted(path.rglob("*")) if p.suffix.lower() in TEXTS | TABLES and not p.name.startswith(("~", "."))
    ]
    if not files:
        raise InputError(
            f"文件夹 {path} 中没有报表或公报（{'、'.join(sorted(TABLES | TEXTS))}）。",
            f"Folder {path} holds no tables or bulletins ({', '.join(sorted(TABLES | TEXTS))}).",
        )
    for file in files:
        yield from _read(file, court, sets)


def _read(path: Path, court: str | None, sets: Sets) -> Iterator[Returns]:
    if path.suffix.lower() not in TEXTS:
        yield path
        return
    rows = read_statement(_text_of(path), court=court, source=path.name, definitions=sets).rows
    if len(rows):
        yield rows.assign(file=path.name)


def _text_of(path: Path) -> str:
    if not path.exists():
        raise InputError(f"找不到文件 {path}。", f"File {path} was not found.")
    must_be_no_pipe(path, path.name)
    if path.suffix.lower() == ".docx":
        document = replace(open_source(path, path.name), format="document")
        return "\n".join(cells[0] or "" for sheet in sheets_of(document) for _, cells in sheet.rows())
    if (size := path.stat().st_size) > MOST_WHOLE_AS_TEXT:
        raise too_large(Source(path, path.name, "text", "", size), size, BYTES)
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        f"无法读取 {path.name}：既不是 UTF-8 也不是 GB18030 编码的文本。",
        f"{path.name} is neither UTF-8 nor GB18030 text.",
    )
