"""Texts that hold Chinese and English as equals, and which of the two is spoken now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, get_args
from unicodedata import normalize

Language = Literal["zh", "en"]
LANGUAGES: tuple[str, ...] = get_args(Language)

BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")

SPOKEN: ContextVar[Language] = ContextVar("spoken", default="zh")


def spoken() -> Language:
    """Return the language in which messages, headings and charts appear now (``zh`` unless chosen).

    >>> spoken()
    'zh'
    """
    return SPOKEN.get()


def folded(word: object) -> str:
    """Return a word as words are compared: half width, no capitals, no space around it nor beside a Chinese character.

    >>> folded(" Closure Rate"), folded("ＡＢ"), folded("180 日内结案率")
    ('closure rate', 'ab', '180日内结案率')
    """
    return BESIDE_CHINESE.sub("", normalize("NFKC", str(word)).strip().casefold())


def number_of(number: float, noun: str) -> str:
    """Return a count with its English noun.

    >>> number_of(1, "court"), number_of(1200, "case")
    ('1 court', '1,200 cases')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def capital(text: str) -> str:
    """Return a text with its first letter capital, the others as they are; Chinese stays as it is.

    >>> capital("closure rate of ID"), capital("结案率")
    ('Closure rate of ID', '结案率')
    """
    return text[:1].upper() + text[1:]


def before_figure(name: str) -> str:
    """Return a name as it stands before a figure in a Chinese text: Latin letters or figures at its end are set apart by a space.

    >>> f"{before_figure('Fuyuan Court')}2011年", f"{before_figure('富锦市人民法院')}2011年"
    ('Fuyuan Court 2011年', '富锦市人民法院2011年')
    """
    return f"{name} " if name[-1:].isascii() and name[-1:].isalnum() else name


@dataclass(frozen=True, slots=True)
class Text:
    """同一句话的中文和英文；``str()`` 给出当前所用语言的一句。

    One statement in both languages; ``str()`` gives the one spoken.

    In a table's cell both stand together, Chinese on the first line, English on the second
    (``Text.cell``), and ``in_language`` takes one of them out again.

    >>> Text("持平", "unchanged").cell
    '持平\\nunchanged'
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if spoken() == "en" else self.zh

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - as IPython calls it
        printer.text(str(self))

    def __add__(self, other: Text) -> Text:
        return Text(self.zh + other.zh, self.en + other.en)

    def within(self, language: str | None) -> str:
        """取一种语言的一句；``language`` 为 ``zh`` 或 ``en``，不写为当前所用语言。

        Return the statement in one language; ``None`` is the one spoken.

        Parameters
        ----------
        language : str
            ``zh`` or ``en``; without it the language spoken.

        Returns
        -------
        str
            The statement.
        """
        return self.en if (language or spoken()) == "en" else self.zh

    @property
    def cell(self) -> str:
        """供表格一格用的两种语言：中文、换行、英文；空的仍为空。

        Both languages for a table's cell: Chinese, a line break, English; empty stays empty.
        """
        return f"{self.zh}\n{self.en}" if self.zh or self.en else ""


COLON = Text("：", ": ")


def in_language(cell: str, language: str | None = None) -> str:
    """Take one language out of a two-language cell (as ``Text.cell`` makes it); a text without a second line stays whole.

    Parameters
    ----------
    cell : str
        A cell, Chinese on its first line, English on its second.
    language : str
        ``zh`` or ``en``; without it the language spoken.

    Returns
    -------
    str
        The part in that language.

    >>> in_language("持平\\nunchanged", "en")
    'unchanged'
    """
    zh, _, en = cell.partition("\n")
    return (en or zh) if (language or spoken()) == "en" else zh


def text_of_cell(cell: str) -> Text:
    """Return the text that a cell in both languages holds; a text without a second line is the same in both.

    >>> text_of_cell("持平\\nunchanged"), text_of_cell("甲法院").en
    (Text(zh='持平', en='unchanged'), '甲法院')
    """
    return Text(in_language(cell, "zh"), in_language(cell, "en"))


def listed(items: Iterable[Any]) -> Text:
    """List several things, parted by each language's own comma; a ``Text`` in its own words, anything else as it is written.

    >>> listed(["甲", 2]).cell
    '甲、2\\n甲, 2'
    """
    said = [item if isinstance(item, Text) else Text(str(item), str(item)) for item in items]
    return Text("、".join(t.zh for t in said), ", ".join(t.en for t in said))


def quoted(items: Iterable[Any]) -> Text:
    """List several things, each between each language's own quotation marks.

    >>> quoted(["甲", 2]).cell
    '“甲”、“2”\\n"甲", "2"'
    """
    return listed(Text(f"“{item}”", f'"{item}"') for item in items)


def spaced(said: Iterable[Any]) -> str:
    """Put several sentences one after the other in the language spoken: Chinese ones without a space.

    >>> spaced([Text("没有。", "None."), "12。"])
    '没有。12。'
    """
    return str(Text("", " ")).join(map(str, said))


def joined(texts: Iterable[Text]) -> Text:
    """Join several statements to one, parted by each language's own semicolon.

    >>> joined([Text("甲", "a"), Text("乙", "b")]).cell
    '甲；乙\\na; b'
    """
    texts = list(texts)
    return Text("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))
