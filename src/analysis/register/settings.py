"""Settings of a register beside its rows: its last day, its court, its key, and the user's own column names."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.columns import codes_by_name
from analysis.files.cell_text import plain
from analysis.register import EXPORT
from analysis.register.court_file import BLANKS, ENGLISH, SHORTEST_KEY, amounts, read_court_file, read_toml_file
from analysis.register.file_names import shown_heading
from analysis.register.headers import bare, match
from analysis.register.last_day import ANY_EXPORT
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.courts import call_in_english
from analysis.vocabulary.documents import document_bytes
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError
from analysis.vocabulary.periods import day
from analysis.vocabulary.text import Text, folded

if TYPE_CHECKING:
    from analysis.files.source import PathGiven

ABOUT_FILE = "register.toml"
KEY_FILE = "pseudonym.key"
MADE_KEY = re.compile(rb"[0-9a-f]{64}")  # as ``make_key`` writes it
OwnColumns = dict[str, dict[str, str]]  # by table: bare header → column
OwnWords = dict[str, dict[str, str]]  # by vocabulary: plain word → code


@dataclass(frozen=True)
class Settings:
    """Settings of a register beside its rows: by the call, else in its own folder, else in the court's file.

    ``asked`` are the headers that the call names itself: a register without them is an error.
    """

    about: Mapping[str, Any] = field(default_factory=dict)
    court: str | None = None
    columns: OwnColumns = field(default_factory=dict)
    asked: OwnColumns = field(default_factory=dict)
    words: OwnWords = field(default_factory=dict)
    zero: tuple[str, ...] = ()  # amounts of which a blank means 0


def settings_of(
    path: Any, *, columns: Any = None, court: str | None = None, court_file: PathGiven | None = None
) -> Settings:
    """Gather the settings of a register; raises ``InputError`` naming file, line and key of one that is wrong."""
    if court is not None and any("\ud800" <= letter <= "\udfff" for letter in court):
        raise ArgumentError(
            "court（--court）不是可读的文字：终端的编码与系统不同。请改用 UTF-8 终端，或把法院名称写进本院说明文件。",
            "court (--court) is no readable text: the terminal uses another encoding than the system. Use one in UTF-8, or write the "
            "court's name into the court's file.",
        )
    of_court, of_folder = {}, about_register(path)
    if court_file is not None:
        of_court = _key_in(Path(court_file).parent) | read_court_file(court_file)
    if "as_of" in of_folder:  # and with it of which export it was said
        of_court.pop(EXPORT, None)
    elif "as_of" in of_court:
        of_court.setdefault(EXPORT, ANY_EXPORT)
    listed, words = (of_court.get(key, {}) | of_folder.get(key, {}) for key in ("columns", "values"))
    call_in_english(of_court.get(ENGLISH, {}) | of_folder.get(ENGLISH, {}))
    about = {key: value for key, value in (of_court | of_folder).items() if key not in ("columns", "values", ENGLISH)}
    if court is not None and court != about.get("court", court):  # the level is that of the court that the file names
        about.pop("level", None)
    asked, known = own_columns(columns), own_columns(listed)
    both = {table: known.get(table, {}) | asked.get(table, {}) for table in (*known, *asked)}
    blanks = about.get(BLANKS, ())
    zero = tuple(amounts()[name] for name in ([blanks] if isinstance(blanks, str) else blanks))
    return Settings(about, court or about.get("court"), both, asked, _own_words(words), zero)


def about_register(path: Any) -> dict[str, Any]:
    """Read a folder's ``register.toml``; of several folders what all of them say alike."""
    if isinstance(path, (list, tuple)) and path:
        said = [about_register(one) for one in path]
        alike = {key: value for key, value in said[0].items() if all(s.get(key) == value for s in said)}
        return alike | ({"synthetic": True} if any(s.get("synthetic") for s in said) else {})
    if not isinstance(path, (str, PathLike)):
        return {}
    if not Path(
        path
    ).is_dir():  # a file, whose folder is not said to be all of the register's: the key alone is taken from it
        return _key_in(Path(path).parent)
    file = Path(path) / ABOUT_FILE
    return _key_in(Path(path)) | (read_court_file(file) if file.is_file() else {})


def _key_in(folder: Path) -> dict[str, Any]:
    file = folder / KEY_FILE
    if not os.path.lexists(file):
        return {}
    key = _key(file)
    if not MADE_KEY.fullmatch(key):
        raise InputError(
            f"密钥文件 {file} 读不了：不是 court-analysis key 写出的密钥（残缺、改动过，或已另存为其他编码）。"
            "请恢复原文件；没有备份的，移到别处后另行生成，代号随之改变。",
            f"The key file {file} cannot be read: it is no key as court-analysis key writes it: cut off, changed, or saved in another encoding. "
            "Restore the file; where there is no copy, move it away and make another, which changes the pseudonyms.",
        )
    return {"pseudonym_key": key.decode("ascii")}


def _key(file: Path) -> bytes:
    key = document_bytes(file, Text("密钥文件", "The key file")).strip()
    if not key.strip(b"\0"):  # as a power cut leaves a file
        raise InputError(f"密钥文件 {file} 是空的。", f"The key file {file} is empty.")
    return key


def chosen(about: Mapping[str, Any], as_of: pd.Timestamp) -> dict[str, Any]:
    """Return what the court chose of how its cases are counted, as ``Cases`` takes it; raises ``InputError`` for a first day after the last."""
    kept = ("definitions", "scheme", "calendar", "level", "holidays", "labels")
    said = {name: about[name] for name in kept if name in about}
    if "observed_from" not in about:
        return said
    first = day(about["observed_from"], "observed_from")
    if first > as_of:
        raise InputError(
            f"observed_from（{first.date()}）晚于台账截止日（{as_of.date()}）：应为台账自哪一天起完整，不晚于截止日。",
            f"observed_from ({first.date()}) is after the day to which the register is known ({as_of.date()}): expected the day from which "
            "the register is whole, not after it.",
        )
    return said | {"observed_from": first}


def make_key(folder: PathGiven) -> Path:
    """Make the key of a court's pseudonyms, once: the file ``pseudonym.key`` beside the register or the court's file.

    It is found there ever after, the register's own before that of the court. With it an officer has the same pseudonym in every
    report, whatever the year. It is as secret as the names. Raises ``OutputError`` where there is one already, for another would
    give everybody another pseudonym, and for no folder.

    Parameters
    ----------
    folder : path
        The folder of the register, or of the court's file.

    Returns
    -------
    Path
        The file of the key.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     make_key(folder).name
    'pseudonym.key'
    """
    file = Path(folder) / KEY_FILE
    try:
        file.touch(0o600, exist_ok=False)
        try:
            file.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        except BaseException:  # half a key is none, and would be in the way of the next
            file.unlink()
            raise
    except FileExistsError as error:
        raise OutputError(
            f"{file} 已经存在：换了密钥，代号就指向别人。请保留原密钥。",
            f"{file} is there already: with another key a pseudonym would mean somebody else. Keep it.",
        ) from error
    except OSError as error:
        raise OutputError.not_writable(folder, error) from error
    return file


def _own_words(values: Mapping[str, Mapping[str, str]]) -> OwnWords:
    """The court's own words by vocabulary: plain word → code; a code may be given by any of its names."""
    return {
        vocabulary: {plain(word): codes_by_name(vocabulary)[folded(meaning)] for word, meaning in meanings.items()}
        for vocabulary, meanings in values.items()
    }


def pseudonym_key(key_file: PathGiven | None, about: Mapping[str, Any]) -> bytes | None:
    """Find the key of the officers' pseudonyms: the bytes of the file given, else what the register's own file says.

    A short one is refused: names are known, and keys of a few characters are soon tried out.
    """
    if key_file is None and "pseudonym_key" not in about:
        return None
    key = str(about["pseudonym_key"]).encode() if key_file is None else _key(Path(key_file))
    if len(key) < SHORTEST_KEY:
        raise InputError(
            f"代号密钥太短（{len(key)}个字节，至少{SHORTEST_KEY}个）：逐个试就能试出姓名。请用 court-analysis key 生成密钥。",
            f"The key of the pseudonyms is too short ({len(key)} bytes, at least {SHORTEST_KEY}): whoever knows the names can try it out. "
            "Make one with court-analysis key.",
        )
    return key


def own_columns(given: Any) -> OwnColumns:
    """Read the user's own names by table: bare header → column."""
    if given is None:
        return {}
    if isinstance(given, (str, PathLike)):
        file = Path(given)
        if not file.exists():
            raise InputError(f"找不到列名对照文件 {file}。", f"The column mapping file {file} was not found.")
        given = read_toml_file(file)
        given = given["columns"] if isinstance(given.get("columns"), Mapping) else given
    own: OwnColumns = {table: {} for table in TABLES}
    for key, value in given.items():
        if isinstance(value, Mapping) and key in TABLES:
            for header, column in value.items():
                _add_own(own, (key,), header, column)
        else:
            _add_own(own, TABLES, key, value)
    return own


def _add_own(own: OwnColumns, tables: Iterable[str], header: Any, column: Any) -> None:
    if not isinstance(column, str):
        raise ArgumentError(
            f"columns 中“{header}”应对应一个栏目名，而不是 {column!r}。",
            f'columns: "{header}" must name one column, not {column!r}.',
        )
    found = _named(tables, column)
    if not found:  # the other way round: column → header
        header, column = column, header
        found = _named(own, column)
    if not found:
        raise ArgumentError.not_one_of(
            "columns", header, [f"{name} {c.text.zh}" for name, c in columns("cases").items()]
        )
    for table, name in found.items():
        own[table][bare(header)] = name


def _named(tables: Iterable[str], column: Any) -> dict[str, str]:
    """The column of that name, English or Chinese, in each table that has it."""
    known = {
        table: {spelt: name for name, c in columns(table).items() for spelt in (name, c.text.zh)} for table in tables
    }
    return {table: names[column] for table, names in known.items() if column in names}


def with_not_met(
    mapping: pd.DataFrame,
    own: OwnColumns,
    court_file: PathGiven | None,
    *,
    read: Container[str],
    headers: Container[str],
) -> pd.DataFrame:
    """Add to a mapping the headers of a court's file that no sheet has, of columns that no other header was taken for.

    ``read`` are the tables found in the sources, ``headers`` all their headers. No error: the file is for later exports as well, and one
    of them may lack a column.
    """
    rows = mapping[mapping["status"] == "mapped"]
    mapped = set(zip(rows["table"], rows["column"], strict=True))
    lost = [
        {"table": table, "column": column, "header": header}
        for table, names in own.items()
        if table in read
        for header, column in names.items()
        if header not in headers and (table, column) not in mapped
    ]
    if court_file is None or not lost:
        return mapping
    placed = pd.DataFrame(lost).assign(file=Path(court_file).name, sheet="", unit="", status="not_met")
    return pd.concat([mapping, placed], ignore_index=True)


def must_be_met(own: OwnColumns, met: set[str], headers: Iterable[str]) -> None:
    """Raise ``InputError`` for the user's own headers that no sheet has, with those there that are like them or known: another may be a name."""
    lost = sorted({header for names in own.values() for header in names} - met)
    if lost:
        there = [*headers]
        like = {near for header in lost for near in get_close_matches(header, there, cutoff=0.5)}
        told = [
            name
            for name in there
            if any(match(name, table) for table in TABLES) or (name in like and shown_heading(name, 0) == name)
        ]
        raise InputError.missing_columns("columns=", lost, told, told_by_columns=True)
