"""Lines that break where Chinese and English may break: matplotlib and plotly break neither by themselves."""

from __future__ import annotations

import re
import unicodedata

from analysis.vocabulary.text import Text

POINTS_PER_MM = 72 / 25.4
NARROW_EM = 0.56  # mean advance of a Latin letter or digit of Noto Sans SC, in em
WIDE = "%“”‘’…—×÷"  # of this font nearly as wide as a Chinese character, or as wide
TITLE_EMS = 42.0  # a line of a title on a page
SMALL = 0.9  # of a panel's heading: what stands beside it
# A Latin word (a no-break space holds one together) or one Chinese character, with the opening marks before it and the closing marks after it.
PIECE = re.compile(r"[（《“‘【]*(?:[^ \t\u2e80-\uffef]+|[\u2e80-\uffef])[，。；：、！？）》”’】]*[ ]?")


def width(text: str) -> float:
    """About how wide a text is, in em.

    >>> round(width("结案99件"), 2)
    4.12
    """
    return sum(1.0 if char in WIDE or unicodedata.east_asian_width(char) in "WF" else NARROW_EM for char in text)


def wrapped(text: str, ems: float) -> list[str]:
    """A text as lines no wider than ``ems``; line breaks in it are kept, and no line begins with a closing mark.

    >>> wrapped("本图按月列示，新收与结案。", 7)
    ['本图按月列示，', '新收与结案。']
    """
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in PIECE.findall(paragraph):
            if line and width(line + piece.rstrip()) > ems:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def in_a_line(*titles: Text) -> Text:
    """In each language the first of several titles, from the fullest to the briefest, that takes one line of a page; the last where none does.

    >>> in_a_line(Text("结案率由高到低" * 7, "closure rate"), Text("结案率", "rate"))
    Text(zh='结案率', en='closure rate')
    """

    def first(said: list[str]) -> str:
        return next((text for text in said if width(text) <= TITLE_EMS), said[-1])

    return Text(first([title.zh for title in titles]), first([title.en for title in titles]))


def with_room(heading: str, text: str, ems: float) -> str:
    """A heading broken so that a text in smaller letters has room at its right, in a panel as wide as ``ems``.

    >>> with_room("结收比（本院口径）", "本院 100", 12).split("\\n")
    ['结收比（本院口', '径）']
    """
    return "\n".join(wrapped(heading, ems - (SMALL * width(text) + 1 if text else 0)))


def fitted(text: str, *, millimetres: float, points: float) -> str:
    """A text broken to a width on paper, its lines joined by line breaks."""
    return "\n".join(wrapped(text, millimetres * POINTS_PER_MM / points))
