"""The second look at what was written: does it hold a name or the words of a cell that stay in the court?

Results pass the gate before they are written. Here the bytes are searched afterwards for what the register holds of people and in
free text, so that a gap of the gate stops the run and names nobody. What is looked for:

* of columns of class *person*: every value;
* of labels of courts, teams and townships, and of case numbers: those that are not shown (``disclosure``); of a number its words;
* of free text: cells of rows that were set aside, cells that could not be read and words of codes that are not known, but for days,
  numbers, case numbers, known words and labels that are public.

A value counts where it can only mean what stands in the register: of at least two Chinese characters, four letters or digits with a
letter among them, or eleven digits. Letters and digits count as a whole word. Where the package's own texts or the court's public labels
hold the value as well (an officer called 高峰, Young or Law), or where it is two Chinese characters that no common surname
begins, it counts only as a cell, line or label of its own.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.cases.privacy import people
from analysis.files.written_texts import texts_in
from analysis.register.case_files import tables_of_cases
from analysis.register.cells import UNREADABLE, read_code
from analysis.register.disclosure import (
    BETWEEN,
    LABELLED,
    NUMBERS,
    PERSON,
    SURNAMES,
    TYPES,
    USUAL_NUMBER,
    WRITTEN_DAY,
    court_characters,
    public_labels,
    public_number,
)
from analysis.register.headers import is_known
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from analysis.cases.table import Cases

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
GAPS = "[ \u00a0\u2000-\u200d\u2060\u3000\ufeff]+"  # those of no breadth, too
CHINESE = re.compile(f"[{HAN}·](?:[{HAN}·]|{GAPS}(?=[{HAN}·]))*")
PAIR = re.compile(f"[{HAN}]{{2}}")
GAP = re.compile(f"(?<=[{HAN}·]){GAPS}(?=[{HAN}·])")  # names are written with a gap to fill the line
UPRIGHT = re.compile(f"^[{HAN}](?:\n[{HAN}])+$", re.MULTILINE)  # a label of a chart, character below character
WORD = re.compile("[0-9A-Za-z]+")
BETWEEN_WORDS = re.compile(r"[\s,，]+")
MOST_WORDS_OF_A_NAME = 4
# A number of a person as people write it: groups of three digits or more, parted by a gap or a dash each.
IN_GROUPS = re.compile(r"(?<![0-9A-Za-z])[0-9]{3,}(?:[- \u00a0‐–—\u3000][0-9]{3,})+[Xx]?(?![0-9A-Za-z])")
GROUP = re.compile("[0-9]+[Xx]?")
REMEMBERED = 10_000  # cells that were looked at: most rows repeat some words
FEWEST_LETTERS, FEWEST_DIGITS = 4, 11  # digits: from the length of a telephone number on
MOST_DIGITS = 24  # of an account, or two telephone numbers in one cell
AS_LONG_AS_A_NAME = 2
LONGEST_SOUGHT = 12  # of a longer text its beginning is looked for: outputs may cut it
EDGE = "\\s>\"'<,;:|=()（）：，；、【】\\[\\]{}"  # what parts a cell or a label from what is around it
CODED = {name: table for table in TABLES for name, column in columns(table).items() if column.kind == "code"}
# What numbers are written with.
NO_NAMES = re.compile(f"{TYPES}|[{BETWEEN}法中院案]")
WORDED = (".toml", ".j2", ".typ")  # files of words that are shown


def squeezed(text: str) -> str:
    """A text without the gaps between Chinese characters."""
    return GAP.sub("", text)


@dataclass(frozen=True)
class Confidential:
    """What stays in the court: each value with the column it stands in; ``public`` are labels that may be shown all the same."""

    values: Mapping[str, str]
    public: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: Confidential) -> Confidential:
        return Confidential({**other.values, **self.values}, self.public | other.public)

    @cached_property
    def _chinese(self) -> dict[str, list[tuple[str, str]]]:
        """The values with Chinese characters, by the first two of these that stand together: what is sought, and the column."""
        found: dict[str, list[tuple[str, str]]] = {}
        for value, column in self.values.items():
            sought = _beginning(value)
            if pair := PAIR.search(sought):
                found.setdefault(pair[0], []).append((sought, column))
        return found

    @cached_property
    def _words(self) -> dict[str, list[tuple[str, str]]]:
        """The values of letters and digits alone, by their first word in small letters."""
        found: dict[str, list[tuple[str, str]]] = {}
        for value, column in self.values.items():
            if not CHINESE.search(value) and (word := WORD.search(value)):
                found.setdefault(word[0].lower(), []).append((value, column))
        return found

    @cached_property
    def _numbers(self) -> dict[str, tuple[str, str]]:
        """The values that are numbers of a person, by their digits alone."""
        bare = ((_bare_number(value), value, column) for value, column in self.values.items())
        return {digits: (value, column) for digits, value, column in bare if digits}

    def in_text(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the values that a text holds, each with its column."""
        upright = (label.replace("\n", "") for label in UPRIGHT.findall(text))
        chinese = squeezed("\n".join([*CHINESE.findall(text), *upright])) if self._chinese else ""
        pairs = {chinese[at : at + 2] for at in range(len(chinese) - 1)} & self._chinese.keys()
        every = WORD.findall(text) if self._words else []
        words = {word.lower() for word in every} & self._words.keys()
        for value, column in (entry for pair in pairs for entry in self._chinese[pair]):
            if (value in chinese or value in text) and self._counts(value, text):
                yield value, column
        for value, column in (entry for word in words for entry in self._words[word]):
            whole = _as_word(value).search(text)
            if whole and self._counts(whole[0], text):
                yield value, column
        if self._numbers:
            yield from map(self._numbers.__getitem__, _numbers_in(text, every) & self._numbers.keys())

    def _counts(self, value: str, text: str) -> bool:
        """Whether a value in a text can only be the register's; an ordinary word must stand as a cell of its own."""
        rare_name = len(value) == AS_LONG_AS_A_NAME and value[0] not in SURNAMES
        if not rare_name and value not in package_texts() and not any(value in label for label in self.public):
            return True
        alone = re.compile(f"(?:^|[{EDGE}]){re.escape(value)}(?:$|[{EDGE}])", re.MULTILINE)
        return bool(alone.search(text)) and value not in self.public and not alone.search(package_texts())


def _as_word(value: str) -> re.Pattern[str]:
    """A value of letters and digits as a whole word; one of several words, or a number of a person, in large or small letters and with any gaps.

    Of a few words the last may stand first, or the first last: surnames are written before or behind, with a comma or without.

    >>> [bool(_as_word("Wang Wei").search(text)) for text in ("by WANG\u00a0WEI", "wang wei", "wang weiss", "WEI, Wang")]
    [True, True, False, True]
    >>> bool(_as_word("Young").search("young")), bool(_as_word("61012219920315551X").search("61012219920315551x"))
    (False, True)
    """
    parts = [part for part in BETWEEN_WORDS.split(value) if part]
    is_name = 1 < len(parts) <= MOST_WORDS_OF_A_NAME
    orders = [parts, [parts[-1], *parts[:-1]], [*parts[1:], parts[0]]] if is_name else [parts]
    between = BETWEEN_WORDS.pattern if is_name else r"\s+"
    sought = "|".join(dict.fromkeys(between.join(map(re.escape, order)) for order in orders))
    is_certain = len(parts) > 1 or sum(map(str.isdecimal, value)) >= FEWEST_DIGITS
    return re.compile(f"(?<![0-9A-Za-z])(?:{sought})(?![0-9A-Za-z])", re.IGNORECASE if is_certain else 0)


def _bare_number(text: str) -> str:
    """The digits of what is a number of a person and nothing else, empty of another text.

    >>> [_bare_number(text) for text in ("139-0454-1234", "6101221992 0315551x", "13904541234", "2011-12-31", "1390454123456.50")]
    ['13904541234', '61012219920315551X', '13904541234', '', '']
    """
    is_number = GROUP.fullmatch(text) or IN_GROUPS.fullmatch(text)
    bare = "".join(GROUP.findall(text)).upper()
    return bare if is_number and len(bare) >= FEWEST_DIGITS else ""


def _numbers_in(text: str, words: Iterable[str]) -> set[str]:
    """What could be numbers of people in a text, without gaps: words of it, and as many groups of digits in a row as make one."""
    found = {word.upper() for word in words if len(word) >= FEWEST_DIGITS and word[:-1].isdecimal()}
    for run in IN_GROUPS.findall(text):
        groups = GROUP.findall(run.upper())
        for first in range(len(groups)):
            number = ""
            for group in groups[first:]:
                number += group
                if len(number) > MOST_DIGITS:
                    break
                found.add(number)
    return found


@cache
def package_texts() -> str:
    """The words of the package itself, of which its outputs are made: a text a line."""
    return squeezed("\n".join(_texts_of(files("analysis"))))


def _texts_of(folder: Traversable) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts_of(entry)
        elif entry.name.endswith(WORDED):
            yield entry.read_text(encoding="utf-8")
        elif entry.name.endswith(".py"):  # not its examples, which have names in them
            for call in ast.walk(ast.parse(entry.read_bytes())):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Text":
                    parts = (part.value for part in ast.walk(call) if isinstance(part, ast.Constant))
                    yield from (part for part in parts if isinstance(part, str))


def confidential(cases: Cases) -> Confidential:
    """Return what a register holds of people and in free text, for what is published of it.

    Raises ``ArgumentError`` for a part by people, teams or single cases, of which nothing is.
    """
    if cases.inside:
        raise ArgumentError(
            "按人、小组、案号或金额选出的部分（where(…, names=True)）只供院内使用，不能公布。",
            "a part by people, teams, numbers or amounts (where(..., names=True)) is for use inside the court and is not published.",
        )
    return cases.once("confidential", lambda: _of(cases))


def _of(cases: Cases) -> Confidential:
    found = dict.fromkeys(map(_clean, people(cases)), "officer")
    measures = cases.coercive_measures
    persons = measures.select("person_id").distinct().to_pandas()["person_id"].dropna()
    found |= dict.fromkeys(map(_clean, persons), "person_id")
    if not cases.lacking("debtor_id"):
        debtors = cases.table.select("debtor_id").distinct().to_pandas()["debtor_id"].dropna()
        found |= dict.fromkeys(map(_clean, debtors), "debtor_id")
    labels = {column: public_labels(cases, column) for column in LABELLED}
    public = frozenset(_clean(label) for shown in labels.values() for name, label in shown.items() if name == label)
    hidden = {
        _clean(name): column for column, shown in labels.items() for name, label in shown.items() if name != label
    }
    own = court_characters(cases)
    found = hidden | _ill_formed(cases, own) | found
    says_nobody = lru_cache(REMEMBERED)(partial(_says_nobody, public=public, own=own))
    for text in filter(_is_telling, map(_clean, _free_texts(cases))):
        if (sought := _beginning(text)) not in found and not says_nobody(text):
            found[sought] = ""
    return Confidential({text: column for text, column in found.items() if _is_telling(text)}, public)


def confidential_in_file(path: Path, public: frozenset[str]) -> Confidential:
    """Return what a file that is a register holds of people and in columns whose headers are none of a register; else nothing."""
    found: dict[str, str] = {}
    try:
        for layout, rows in tables_of_cases(path):
            kinds = columns(layout.table)
            stays = {
                place: cell.column
                for place, cell in enumerate(layout.cells)
                if not cell.column or kinds[cell.column].disclosure == PERSON
            }
            below = layout.header_rows[-1] + 1 if layout.header_rows else 0
            for cells in islice(rows, below, None):
                found |= {_clean(cells[at]): column for at, column in stays.items() if at < len(cells) and cells[at]}
    except InputError:  # no table that can be read, hence no register
        return Confidential({})
    return Confidential(
        {text: of for text, of in found.items() if _is_telling(text) and (of or not _says_nobody(text, public))}, public
    )


def _ill_formed(cases: Cases, own: frozenset[str]) -> dict[str, str]:
    """The words of case numbers that are not shown, each with its column."""
    found: dict[str, str] = {}
    for name in NUMBERS:
        table = cases.petitions if name == "petition_id" else cases.table
        unusual = table.filter(table[name].notnull() & ~table[name].re_search(USUAL_NUMBER)).select(name).distinct()
        texts = [str(text) for text in unusual.to_pandas()[name]]
        for text in (text for text in texts if public_number(text, own) != text):
            words = CHINESE.findall(NO_NAMES.sub(" ", text))
            found |= {_clean(word): name for word in words or [text]}
    return found


def _free_texts(cases: Cases) -> Iterator[str]:
    """Yield the cells of rows set aside, those that could not be read, notes, and the words of codes that are not known."""
    for name, table in CODED.items():
        rows = cases.table if table == "cases" else getattr(cases, table)
        words = rows.filter((rows[name] == "other") | rows[name].isnull()).select(f"{name}_text").distinct().to_pandas()
        yield from words[f"{name}_text"].dropna()
    for row in cases.quarantine["values"] if len(cases.quarantine) else ():
        yield from (str(cell) for cell in json.loads(row).values() if cell)
    if "value" in cases.unreadable:
        yield from map(str, cases.unreadable["value"].dropna())
    if "held" in cases.skipped_rows:
        yield from map(str, cases.skipped_rows.loc[cases.skipped_rows["kind"] == "note", "held"].dropna())


def _clean(value: Any) -> str:
    return squeezed(str(value).strip())


def _is_telling(text: str) -> bool:
    """Whether a value is long enough to be meant where it is found."""
    if PAIR.search(text):
        return True
    letters = "".join(WORD.findall(text))
    if CHINESE.search(text) or not letters:
        return False
    return len(letters) >= (FEWEST_DIGITS if letters.isdigit() else FEWEST_LETTERS)


def _beginning(text: str) -> str:
    """What is looked for of a text: of a longer one that begins in Chinese not more, as there may be as many of them as rows."""
    begun = text[:LONGEST_SOUGHT]
    return begun if PAIR.search(begun) else text


def _says_nobody(text: str, public: frozenset[str], own: frozenset[str] = frozenset()) -> bool:
    """Whether a cell that was set aside is a day, a case number, a heading, a known word or a public label."""
    if text in public or is_known(text) or WRITTEN_DAY.fullmatch(text) or public_number(text, own) == text:
        return True
    return any(read_code(text, name) not in (UNREADABLE, None) for name in CODED)


def must_hold_nothing_confidential(files_written: Mapping[str, bytes], sought: Confidential | None) -> None:
    """Raise ``OutputError`` where files that are to leave the court hold what stays there; it names file and column, and no value.

    ``None``: the files are for use inside the court.
    """
    if sought is not None:
        must_not_say(
            ((place, text) for name, content in files_written.items() for place, text in texts_in(name, content)),
            sought,
        )


def must_not_say(texts: Iterable[tuple[str, str]], sought: Confidential) -> None:
    """The same of texts, each with its place."""
    for place, text in texts:
        for _, column in sought.in_text(text):
            named = columns("coercive_measures" if column == "person_id" else "cases").get(column)
            zh = f"“{named.text.zh}”一栏的内容" if named else "不对外的单元格文字（隔离的行、读不出的单元格或其他栏）"
            en = (
                f'a value of the column "{named.text.en}"'
                if named
                else "words of a cell that stay inside (rows set aside, other columns)"
            )
            raise OutputError(
                f"{place} 中有台账{zh}，没有写出。请检查文件名、表头、小组名和自己加的文字；院内使用请加 names=True（--names）。",
                f"{place} holds {en} of the register, and nothing was written. Check names of files, headers and teams, and words of your "
                "own; for use inside the court say names=True (--names).",
            )
