"""Errors in the user's language: what, where, what was expected, what to do.

Four kinds, one family: catch ``CourtAnalysisError`` for all of them.
"""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from analysis.vocabulary.option_words import option_words
from analysis.vocabulary.text import Text, spoken

if TYPE_CHECKING:
    import pandas as pd

# A list that is longer than a person reads is shown by its members nearest to what was written.
SHOWN_CHOICES, NEAREST_CHOICES = 40, 5
CHOICES_IN_WORDS = 16  # so many codes are listed with their words
# What a terminal would obey or show in another order, as it may stand in a header: all control characters but the ends of lines.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DISK_ERRORS = frozenset(
    [errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)]
)  # Windows has no quota's
HAN = re.compile("[\u4e00-\u9fff]")
# What the loader of libraries says where there is no room for one, as an ImportError.
NO_ROOM = ("cannot allocate memory", "failed to map segment", "not enough memory", "paging file is too small")
# Of Python, and of Arrow, whose error has no kind of its own.
NO_THREAD = ("can't start new thread", "Failed to launch worker thread")
TIMES = (
    "period",
    "periods",
    "year",
    "years",
    "month",
    "quarter",
    "start",
    "end",
)  # what a stretch of time may be called
SHORT = 2  # characters of a word


def nearest(written: object, names: Iterable[str]) -> str | None:
    """Return the name that was most likely meant, of Chinese the one of fewest other characters; ``None`` where none is near.

    >>> nearest("结案律", ["结案", "结案率", "到位率"]), nearest("有产案件", ["全部案件", "有财产案件"]), nearest("x", ["freq"])
    ('结案率', '有财产案件', None)
    """
    asked = str(written)
    close = get_close_matches(asked, [*names], n=NEAREST_CHOICES, cutoff=0.5)
    if not HAN.search(asked):
        return close[0] if close else None
    if len(asked) == SHORT:  # of two characters the first tells them apart: 民诉 may be 民事, 县级 is not 高级
        close = [name for name in close if len(name) != SHORT or name[0] == asked[0] or name == asked[::-1]]
    return min(close, key=lambda name: (_edits(asked, name), len(name) != len(asked)), default=None)


def _edits(written: str, name: str) -> int:
    """The characters by which a name differs from what was written."""
    steps = SequenceMatcher(None, written, name, autojunk=False).get_opcodes()
    return sum(max(end - start, to - at) for kind, start, end, at, to in steps if kind != "equal")


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error says that memory ran out.

    >>> is_out_of_memory(ImportError("libarrow.so: failed to map segment from shared object")), is_out_of_memory(ImportError("x"))
    (True, False)
    """
    said = str(error).lower() if isinstance(error, ImportError) else ""
    return isinstance(error, MemoryError) or any(words in said for words in NO_ROOM)


def is_without_thread(error: BaseException) -> bool:
    """Return whether an error says that the system gave no further thread: none are left, or no room for one.

    >>> is_without_thread(RuntimeError("can't start new thread")), is_without_thread(RuntimeError("no such sheet"))
    (True, False)
    """
    return isinstance(error, Exception) and any(words in str(error) for words in NO_THREAD)


def _with_word(code: str, words: Mapping[str, str]) -> str:
    """A code with the first of its words in the language spoken."""
    is_chinese = spoken() == "zh"
    word = next((word for word, of in words.items() if of == code and bool(HAN.search(word)) == is_chinese), None)
    if word is None or word.casefold() == code:
        return code
    return f"{code}（{word}）" if is_chinese else f"{code} ({word})"


class CourtAnalysisError(Exception):
    """本软件有意提出的一切错误；``str()`` 用当前语言说明。

    Any error that this package raises on purpose; ``str()`` gives it in the language spoken.

    >>> from analysis.vocabulary.language import speaking
    >>> error = CourtAnalysisError("没有数据。", "There are no data.")
    >>> with speaking("en"):
    ...     print(error)
    There are no data.
    """

    def __init__(self, zh: str, en: str) -> None:
        zh, en = CONTROL.sub("�", zh), CONTROL.sub("�", en)
        super().__init__(zh, en)
        self.text = Text(zh, en)

    def __str__(self) -> str:
        return str(self.text)

    def _render_traceback_(self) -> list[str]:
        """The sentence alone, in a notebook: where it was raised tells its reader nothing."""
        return [str(self)]


class InputError(CourtAnalysisError):
    """交进来的东西（文件、工作表、列）不能照原样使用。

    Something that came in (a file, a sheet, a column) cannot be used as it is.

    >>> print(InputError.missing_columns("台账.csv", ["filed_on"], ["filed", "closed_on"]))
    台账.csv：缺少列 “filed_on”（最接近的列名：“filed”）。现有列：filed、closed_on。...
    """

    @classmethod
    def missing_columns(
        cls, where: str, missing: Iterable[str], available: Iterable[str], *, told_by_columns: bool = False
    ) -> InputError:
        """Make the error for columns that are needed and absent, each with the nearest name that is present.

        Parameters
        ----------
        where : str
            What lacks them.
        missing : list of str
            The columns that are absent.
        available : list of str
            The columns that are there.
        told_by_columns : bool
            Whether the call takes ``columns=``, which says what a header means.

        Returns
        -------
        InputError
            The error, to be raised.
        """
        todo = (
            Text(
                "或在 本院.toml 的 [columns] 中写明对应的列名（或用 columns=，命令行为 --columns）",
                "or name its counterpart in [columns] of 本院.toml (or with columns=, on the command line --columns)",
            )
            if told_by_columns
            else Text("或把对应的列改成该列名", "or rename its counterpart")
        )
        available = [str(name) for name in available]
        shown = available[:SHOWN_CHOICES]
        if len(available) > SHOWN_CHOICES:
            shown.append(f"… ({len(available):,})")
        zh, en = [], []
        for name in missing:
            near = nearest(name, available)
            zh.append(f"“{name}”" + (f"（最接近的列名：“{near}”）" if near else ""))
            en.append(f'"{name}"' + (f' (nearest name present: "{near}")' if near else ""))
        return cls(
            f"{where}：缺少列 {'、'.join(zh)}。现有列：{'、'.join(shown) or '无'}。请补上该列，{todo.zh}。",
            f"{where}: missing column {', '.join(en)}. Columns present: {', '.join(shown) or 'none'}. "
            f"Add the column, {todo.en}.",
        )


class ArgumentError(CourtAnalysisError, ValueError):
    """调用的参数不是该函数所接受的。

    An argument of a call is not one that the call takes.

    >>> try:
    ...     raise ArgumentError("year 应为年份。", "year must be a year.")
    ... except ValueError as error:  # it is one
    ...     print(error)
    year 应为年份。
    """

    @classmethod
    def not_one_of(
        cls,
        name: str,
        value: object,
        allowed: Iterable[object],
        *,
        words: Mapping[str, str] | None = None,
        also: Mapping[str, str] | None = None,
    ) -> ArgumentError:
        """Make the error for a value outside a known list: it says the list and the nearest member.

        Parameters
        ----------
        name : str
            The argument.
        value
            What was given.
        allowed : list
            What it may be.
        words : dict
            The code of each word for it, beside those of ``options.toml``.
        also : dict
            The member that is offered for each further name of it.

        Returns
        -------
        ArgumentError
            The error, to be raised.

        >>> raise ArgumentError.not_one_of("freq", "MM", ["W", "M"])
        Traceback (most recent call last):
        analysis.vocabulary.errors.ArgumentError: freq 不能是“MM”：应为 W、M 之一。是否想写“M”？
        """
        allowed = list(allowed)
        choices = list(dict.fromkeys(str(choice) for choice in allowed))
        if spoken() == "en":  # words of both languages may be listed
            choices = [choice for choice in choices if not HAN.search(choice)] or choices
        said = {word: code for word, code in {**option_words(name), **(words or {})}.items() if code in choices}
        forms = (
            {**(also or {})}
            | {word: word for word in said}
            | {
                form: str(choice)
                for choice in allowed
                for form in ((choice.zh, choice.en) if isinstance(choice, Text) else (str(choice),))
            }
        )
        near = forms.get(nearest(value, forms) or "")
        if said and len(choices) <= CHOICES_IN_WORDS:
            choices = [_with_word(choice, said) for choice in choices]
        shown = choices
        if len(choices) > SHOWN_CHOICES:
            close = get_close_matches(str(value), choices, n=NEAREST_CHOICES, cutoff=0.0)
            shown = [*close, f"… ({len(choices):,})"]
        gap = "" if shown and shown[-1].endswith("）") else " "
        return cls(
            f"{name} 不能是“{value}”：应为 {'、'.join(shown)}{gap}之一。" + (f"是否想写“{near}”？" if near else ""),
            f'{name} cannot be "{value}": expected one of {", ".join(shown)}.'
            + (f' Did you mean "{near}"?' if near else ""),
        )

    @classmethod
    def unknown_keyword(cls, function: str, name: str, known: Iterable[str]) -> ArgumentError:
        """Make the error for a keyword that a function does not take: it says those that it takes and the nearest.

        Parameters
        ----------
        function : str
            The function.
        name : str
            The keyword given.
        known : list of str
            The keywords that it takes.

        Returns
        -------
        ArgumentError
            The error, to be raised.

        >>> raise ArgumentError.unknown_keyword("caseflow", "frequ", ["cases", "freq"])
        Traceback (most recent call last):
        analysis.vocabulary.errors.ArgumentError: caseflow() 没有参数“frequ”，应为 cases、freq 之一。是否想写“freq”？
        """
        choices = list(known)
        if not choices:
            return cls(
                f"{function}() 没有参数“{name}”，所给的一律不写参数名。",
                f'{function}() takes no "{name}": what it is given stands without a name.',
            )
        times = [choice for choice in choices if choice in TIMES] if name in TIMES else []
        near = times[0] if times else nearest(name, choices)
        return cls(
            f"{function}() 没有参数“{name}”，应为 {'、'.join(choices)} 之一。"
            + (f"是否想写“{near}”？" if near else ""),
            f'{function}() takes no "{name}"; it takes {", ".join(choices)}.'
            + (f' Did you mean "{near}"?' if near else ""),
        )


class DataError(CourtAnalysisError):
    """现有的数据回答不了所问的问题。

    The data at hand cannot answer the question that was asked of them.

    >>> print(DataError("没有结案。", "No case was closed."))
    没有结案。
    """


class OutputError(CourtAnalysisError):
    """报告、图或文件不能按要求写出；不留下写了一半的东西。

    A report, chart or file cannot be written as asked; nothing half-written is left.

    >>> print(OutputError("文件夹不可写。", "The folder cannot be written."))
    文件夹不可写。
    """

    @classmethod
    def not_writable(cls, where: object, error: OSError) -> OutputError:
        """Make the error for a file or folder that cannot be written.

        Parameters
        ----------
        where : path
            The file or folder.
        error : OSError
            What the system said.

        Returns
        -------
        OutputError
            The error, to be raised.
        """
        todo = Text(
            "请检查路径和权限，关闭正打开着的同名文件，或换一个文件夹。",
            "Check path and rights, close the file where it is open, or choose another folder.",
        )
        if error.errno in DISK_ERRORS:
            todo = Text("请清出磁盘空间，或换一个磁盘。", "Free space on the disk, or choose another disk.")
        said = error.strerror or error
        return cls(f"无法写入 {where}（{said}）。{todo.zh}", f"{where} cannot be written ({said}). {todo.en}")


def must_have_columns(table: pd.DataFrame, needed: Iterable[str], where: str) -> None:
    """Raise ``InputError`` for the columns that a table lacks, each with the nearest one that it has."""
    if missing := [name for name in needed if name not in table]:
        raise InputError.missing_columns(where, missing, table.columns)


def must_differ(names: Iterable[object]) -> None:
    """Raise ``InputError`` for columns of one name."""
    if twice := sorted(str(name) for name, times in Counter(names).items() if times > 1):
        raise InputError(
            f"DataFrame：列名重复：{'、'.join(twice)}。请给每一列各起一名，或只留要用的一列。",
            f"DataFrame: several columns of one name: {', '.join(twice)}. Give each its own name, or keep the one to be used.",
        )
