"""A court's own file (``本院.toml``): what it may say, and what is wrong with it by line, key and what is expected."""

from __future__ import annotations

import glob
import os
import re
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cases.columns import code_meant, codes_by_name
from analysis.register import COURT_FILE, EXPORT
from analysis.vocabulary.columns import LEVELS, TABLES, codes, columns, vocabularies
from analysis.vocabulary.documents import document_text, parsed_toml
from analysis.vocabulary.errors import ArgumentError, InputError, nearest
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, shipped_sets
from analysis.vocabulary.periods import ALL_CALENDARS, STOCK_CALENDARS, day, last_day_known
from analysis.vocabulary.text import Text, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analysis.files.source import PathGiven

BLANKS, ENGLISH = "blank_means_zero", "english"
ENVIRONMENT = "COURT_ANALYSIS_COURT_FILE"  # by which a notebook that runs elsewhere finds the court's file
TEXT, DAY, YES_OR_NO = Text("文字", "text"), Text("日期", "a day"), Text("true 或 false", "true or false")
TABLE, PATHS = Text("一节对照", "a table"), Text("文件名", "a file name, or several")
OF_HEADERS = Text("表头的对应写在 [columns] 之下", "what headers mean stands under [columns]")
NUMBER = Text(
    "整数（合成台账所记；院名写 court，台账写 register）",
    "a whole number (of a made-up register; the court is court, the file register)",
)
NAMES = Text("栏目名", "the name of a column, or several")
LABELS = Text('小组、乡镇的名称，如 ["长安", "利剑"]', 'labels of teams and townships, as ["长安", "利剑"]')
KEYS: dict[str, tuple[tuple[type, ...], Text]] = {
    "court": ((str,), TEXT), "as_of": ((str, date), DAY), "synthetic": ((bool,), YES_OR_NO), "pseudonym_key": ((str, int), TEXT),
    "definitions": ((str,), TEXT), "scheme": ((str,), TEXT), "register": ((str, list), PATHS), "columns": ((dict,), TABLE),
    "values": ((dict,), TABLE), "holidays": ((str,), PATHS), "level": ((str,), TEXT), "calendar": ((str,), TEXT),
    "observed_from": ((str, date), DAY), "labels": ((list,), LABELS), EXPORT: ((str,), TEXT),
    BLANKS: ((str, list), NAMES), ENGLISH: ((dict,), TABLE),
    # of what a made-up register was made
    "seed": ((int,), NUMBER), "courts": ((int,), NUMBER), "cases": ((int,), NUMBER),
}  # fmt: skip
SHORTEST_KEY = 16  # bytes of a key of one's own
SHOWN = 60  # letters of a line that a message quotes
SECRET = re.compile("key|密钥", re.IGNORECASE)  # lines that no message quotes
SETTING = re.compile(r"[=＝]|^[\[［]")  # nor others than of settings: of a register given by mistake they name people
NEAR = 0.75  # how like a key's name another must be to be a slip of it
AT = re.compile(r"\(at line (\d+), column (\d+)\)")
BARE = re.compile(r"\[?([^\s\"'=\]]+)\s*[=\]]")  # a key without quotes
FULL_WIDTH = re.compile("[“”‘’＝［］，]")  # marks of a Chinese keyboard, which TOML does not take for its own
NO_HEADER = Text("等号左边应为台账的表头", "expected a header of the register before the equals sign")
NO_WORD = Text("等号左边应为台账中的用词", "expected a word of the register before the equals sign")
OF_ENGLISH = Text(
    """应为英文名称，如 "青石县人民法院" = "Qingshi County People's Court\"""",
    """expected an English name, as "青石县人民法院" = "Qingshi County People's Court\"""",
)
ONE_NAME = Text("应为一个名称（带引号的文字）", "expected one name in quotes")


def read_court_file(path: PathGiven) -> dict[str, Any]:
    """Read a court's file (``本院.toml``, ``register.toml``), the files that it names found beside it.

    Raises ``InputError`` naming line, key and what is expected.
    """
    file = Path(path)
    if not file.exists():
        raise InputError(f"找不到本院说明文件 {file}。", f"The court's file {file} was not found.")
    about = read_toml_file(file)
    for key, value in about.items():
        _must_be_sound(file, key, value)
    if {"observed_from", "as_of"} <= {*about}:
        first, last = day(about["observed_from"], "observed_from"), last_day_known(about["as_of"])
        if first > last:
            expected = Text(f"应不晚于截止日 as_of（{last.date()}）", f"expected a day not after as_of ({last.date()})")
            raise _wrong(file, "observed_from", expected)
    return _beside(about, file.parent) | ({"level": level_of(about["level"])} if "level" in about else {})


def find_court_file(given: PathGiven | None = None) -> Path | None:
    """Return the court's file: the one named, else that of the lab's start, else the one in the working folder; ``None`` without one."""
    if given is not None:
        return Path(given)
    file = Path(os.environ.get(ENVIRONMENT, COURT_FILE))
    return file if file.is_file() else None


def register_of(path: PathGiven) -> list[str]:
    """Return the register that a court's file names; raises ``InputError`` where it names none, and with its line where one is not there."""
    named: list[str] | None = read_court_file(path).get("register")
    if named is None:
        raise InputError(
            f'{Path(path).name} 没有写明台账。请写 register = ["台账.xlsx"]，或在命令中给出台账。',
            f'{Path(path).name} names no register. Write register = ["register.xlsx"], or name the register in the call.',
        )
    for file in named:
        if not glob.has_magic(file) and not Path(file).exists():
            raise _wrong(
                Path(path),
                "register",
                Text(
                    f"找不到台账 {file}，请改成现在的文件名",
                    f"there is no register {file}, write the name of the present one",
                ),
            )
    return named


def read_toml_file(file: Path) -> dict[str, Any]:
    """Read a TOML file of a user; raises ``InputError`` with line, what stands there, and what to do."""
    text = document_text(file, Text("说明文件", "The file of settings"))
    try:
        return parsed_toml(text)
    except ValueError as error:
        raise _not_toml(file, text, str(error)) from error


def _not_toml(file: Path, text: str, problem: str) -> InputError:
    found = AT.search(problem)
    lines = text.splitlines()
    number = int(found[1]) if found else max(len(lines), 1)
    said = lines[number - 1].strip() if number <= len(lines) else ""
    quoted = "…" if SECRET.search(said) or not SETTING.search(said) else said[:SHOWN] + "…" * (len(said) > SHOWN)
    hint = Text('应写作 名称 = "内容"，如 court = "某某县人民法院"', 'expected name = "content", as in court = "…"')
    if FULL_WIDTH.search(said):
        hint = Text(
            '引号、等号、括号须为半角：" = [ ]', 'quotes, equals sign and brackets must be the plain ones: " = [ ]'
        )
    elif (bare := BARE.match(said)) and not bare[1].isascii():
        hint = Text(
            "等号左边、方括号中的中文须加半角引号", "what is not in plain letters must stand in quotes as a key too"
        )
    elif "\\" in said:
        hint = Text("路径请写 / 而不是 \\", "write / in paths, not \\")
    elif "overwrite" in problem or "twice" in problem:
        hint = Text("同一项只能写一次", "a key may stand only once")
    elif "levels" in problem:
        hint = Text("嵌套过深", "too many levels in each other")
    return InputError(
        f"{file.name} 第{number}行“{quoted}”{f'第{found[2]}列起' if found else ''}不是可读的 TOML：{hint.zh}。",
        f'{file.name} line {number}, "{quoted}", is not readable TOML: {hint.en} ({problem}).',
    )


def level_of(name: str) -> str | None:
    """Return the level that a word says, ``None`` for any other.

    >>> level_of("中级"), level_of("basic"), level_of("高")
    ('intermediate', 'basic', None)
    """
    return next((level for level, text in LEVELS.items() if name in (level, text.zh, text.en)), None)


def amounts() -> dict[str, str]:
    """Return the columns of money of a case by each of their names."""
    kept = {name: c for name, c in columns("cases").items() if c.kind == "money"}
    return {spelt: name for name, c in kept.items() for spelt in (c.text.zh, c.text.en, name)}


def _must_be_sound(file: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        near = get_close_matches(key.replace("-", "_"), KEYS, n=1, cutoff=NEAR)
        hint = Text(f"是否想写 {near[0]}", f"did you mean {near[0]}") if near else OF_HEADERS
        raise _wrong(file, key, Text(f"没有这一项，{hint.zh}", f"no such key, {hint.en}"))
    kinds, expected = KEYS[key]
    if (
        not isinstance(value, kinds)
        or (isinstance(value, bool) and bool not in kinds)
        or value == []
        or _says_nothing(value)
    ):
        raise _wrong(file, key, Text(f"应为{expected.zh}", f"expected {expected.en}"))
    if isinstance(value, list):
        for entry in value:
            if not isinstance(entry, str) or _says_nothing(entry):
                raise _wrong(file, key, Text(f"应为{expected.zh}", f"expected {expected.en}"))
    if key in CHECKS:
        CHECKS[key](file, value)


def _says_nothing(value: Any) -> bool:
    """Whether a text holds nothing that a person could read, or something that no keyboard writes."""
    return isinstance(value, str) and (not value.strip() or not value.isprintable())


def _must_be_day(key: str) -> Callable[[Path, Any], None]:
    def check(file: Path, value: Any) -> None:
        try:
            day(value, key, last=True)
        except ArgumentError as error:
            raise _wrong(file, key, Text('应为日期，如 "2011-12-31"', 'expected a day, as "2011-12-31"')) from error

    return check


def _must_be_among(
    file: Path, key: str, value: str, allowed: Iterable[str], *, listed: Iterable[str] | None = None
) -> None:
    """Raise ``InputError`` for a value that is none of those allowed, of which ``listed`` are named."""
    choices = list(dict.fromkeys(allowed))
    if value not in choices:
        near = nearest(value, choices)
        choices = choices if listed is None else list(dict.fromkeys(listed))
        zh = f"不能是“{value}”，应为 {'、'.join(choices)} 之一" + (f"；是否想写“{near}”" if near else "")
        en = f'cannot be "{value}", expected one of {", ".join(choices)}' + (f'; did you mean "{near}"' if near else "")
        raise _wrong(file, key, Text(zh, en))


def _must_be_set(key: str) -> Callable[[Path, str], None]:
    def check(file: Path, value: str) -> None:
        if not value.endswith(".toml"):
            more = [BY_PERIOD] if key == "definitions" else []
            _must_be_among(file, key, value, [*shipped_sets(), *more])
        else:
            _must_be_there(file, key, value)

    return check


def _must_be_there(file: Path, key: str, value: str) -> None:
    if not (file.parent / value).is_file():
        raise _wrong(file, key, Text(f"找不到文件 {value}", f"there is no file {value}"))


def _must_be_columns(file: Path, value: dict[str, Any]) -> None:
    """Raise ``InputError`` for an entry of ``[columns]`` of which neither side names a column (of the table named)."""
    for header, meaning in value.items():
        nested = isinstance(meaning, dict)
        if nested:
            _must_be_among(file, header, header, TABLES)
        tables = (header,) if nested else TABLES
        known = [spelt for table in tables for name, c in columns(table).items() for spelt in (c.text.zh, name)]
        listed = [str(c.text) for c in columns(tables[0]).values()]
        for own, column in meaning.items() if nested else [(header, meaning)]:
            if not isinstance(column, str) or _says_nothing(column):
                raise _wrong(file, own, ONE_NAME)
            if _says_nothing(own):
                raise _wrong(file, own, NO_HEADER)
            slips = get_close_matches(column, [name for name in known if name.isascii()], n=1, cutoff=NEAR)
            if own not in known:
                _must_be_among(file, own, column, known, listed=listed)
            elif column not in known and slips and column.isidentifier():  # a header may be any other text
                raise _wrong(
                    file, own,
                    Text(
                        f'没有栏目“{column}”，是否想写“{slips[0]}”；表头就叫“{column}”的，请写 "{column}" = "{own}"',
                        f'there is no column "{column}", did you mean "{slips[0]}"; for a header of that name write "{column}" = "{own}"',
                    ),
                )  # fmt: skip


def _must_be_words(file: Path, value: dict[str, Any]) -> None:
    for vocabulary, words in value.items():
        _must_be_among(file, f"values.{vocabulary}", vocabulary, vocabularies())
        if not isinstance(words, dict):
            raise _wrong(file, vocabulary, Text(f"应为{TABLE.zh}", f"expected {TABLE.en}"))
        for word, meaning in words.items():
            if _says_nothing(word):
                raise _wrong(file, word, NO_WORD)
            if not isinstance(meaning, str):
                raise _wrong(file, word, ONE_NAME)
            if folded(meaning) not in codes_by_name(vocabulary):
                _must_be_among(
                    file, word, meaning, [n for c in codes(vocabulary).values() for n in (c.text.zh, c.name)]
                )
            try:
                code_meant(vocabulary, meaning, parts=True)
            except ArgumentError as error:
                raise _wrong(file, word, error.text) from None


def _must_be_blanks(file: Path, value: str | list[str]) -> None:
    for name in [value] if isinstance(value, str) else value:
        _must_be_among(file, BLANKS, name, amounts())


def _must_be_names(file: Path, value: dict[str, Any]) -> None:
    for name, english in value.items():
        if not isinstance(english, str) or _says_nothing(english) or _says_nothing(name):
            raise _wrong(file, name, OF_ENGLISH)


def _must_be_long(file: Path, value: str | int) -> None:
    if len(str(value).encode()) < SHORTEST_KEY:
        expected = Text(
            f"密钥太短，至少应为{SHORTEST_KEY}个字节，请用 court-analysis key 生成",
            f"the key is too short, expected at least {SHORTEST_KEY} bytes: make one with court-analysis key",
        )
        raise _wrong(file, "pseudonym_key", expected)


CHECKS: dict[str, Callable[[Path, Any], None]] = {
    "pseudonym_key": _must_be_long,
    "as_of": _must_be_day("as_of"),
    "observed_from": _must_be_day("observed_from"),
    "level": lambda file, value: _must_be_among(
        file, "level", value, [n for k, t in LEVELS.items() for n in (k, t.zh, t.en)]
    ),
    "calendar": lambda file, value: _must_be_among(file, "calendar", value, ALL_CALENDARS, listed=STOCK_CALENDARS),
    "holidays": lambda file, value: _must_be_there(file, "holidays", value),
    "definitions": _must_be_set("definitions"),
    "scheme": _must_be_set("scheme"),
    "columns": _must_be_columns,
    "values": _must_be_words,
    BLANKS: _must_be_blanks,
    ENGLISH: _must_be_names,
}


def _wrong(file: Path, key: str, problem: Text) -> InputError:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    parts = [re.escape(part) for part in key.split(".")] if key.startswith("values.") else [re.escape(key)]
    whole = r"\s*\.\s*".join(f"""["']?{part}["']?""" for part in parts)
    heads = re.compile(rf"""\s*\[?\s*(?:columns\s*\.\s*)?{whole}\s*[=\].]""")
    within = re.compile(
        rf"""(?:[^#]*?[\s\[{{.,=])?["']?{parts[-1]}["']?\s*[=\].]"""
    )  # a dotted key, or one of a table on one line
    line = next((i for said in (heads, within) for i, text in enumerate(lines, start=1) if said.match(text)), 1)
    return InputError(f"{file.name} 第{line}行 {key}：{problem.zh}。", f"{file.name} line {line}, {key}: {problem.en}.")


def _beside(about: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Settings with the files that they name found beside them: the register, and definition sets of the court's own."""
    sets = {name: about[name] for name in ("definitions", "scheme") if str(about.get(name, "")).endswith(".toml")}
    sets |= {name: about[name] for name in ("holidays",) if name in about}
    named = about.get("register", [])
    registers = [str(folder / file) for file in ([named] if isinstance(named, str) else named)]
    return (
        about | {name: str(folder / file) for name, file in sets.items()} | ({"register": registers} if named else {})
    )
