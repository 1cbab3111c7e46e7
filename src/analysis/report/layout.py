"""What the paper formats share: exhibits as pictures, column widths, fixed archive bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.report.content import Figure, Table

# A column wants room for its longest cell, up to a sentence; it never breaks a number, a date or a Latin word.
NARROWEST, WIDEST = 6, 48
GAP = 2  # columns between two cells
ROOM = 96  # columns of text that a portrait page holds at the size of tables
UNBROKEN = re.compile(r"[^\s/\u2e80-\uffff]+")
WIDE_CHARACTERS = 0x2E7F  # from here on a character takes two columns
# The day that stands in archives where the clock would: the first that the ZIP format knows.
FIXED_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Picture:
    """A figure on paper: its bytes and its alt text."""

    content: bytes
    alt: str


@lru_cache(maxsize=64)  # Word and slides take the same pictures
def picture(figure: Figure, kind: str) -> Picture:
    """A figure as svg or png bytes without title and note, which the document sets as caption."""
    from analysis.charts import style

    drawn = figure.draw(interactive=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"figure.{kind}"
        style.save_figure(drawn, path, bare=True)
        return Picture(path.read_bytes(), style.alt_of(drawn))


def visual_length(text: str) -> int:
    """How many columns a text takes, a Chinese character two.

    >>> visual_length("结案 711")
    8
    """
    return sum(2 if ord(char) > WIDE_CHARACTERS else 1 for char in text)


def column_weights(table: Table, room: float = ROOM) -> list[float]:
    """The share of a table's width that each column asks for, in columns of text.

    Each column gets the room of its longest number or word; what is left goes to those that want more.
    """
    cells = [table.headings(), *table.rows()]
    wanted, least = [], []
    for column, name in enumerate(table.frame.columns):
        texts = [row[column] for row in cells]
        longest = max(visual_length(text) for text in texts)
        short = longest if table.is_number(str(name)) and len(texts) > 1 else 0
        if short:
            short = max((visual_length(text) for text in texts[1:]), default=0)
        words = max((len(word) for text in texts for word in UNBROKEN.findall(text)), default=0)
        wanted.append(GAP + min(WIDEST, max(NARROWEST, longest)))
        least.append(GAP + min(WIDEST, max(NARROWEST, words, short)))
    wanted = [max(pair) for pair in zip(wanted, least, strict=True)]
    spare, short_of = room - sum(least), sum(wanted) - sum(least)
    if spare <= 0 or short_of <= 0:
        return [float(width) for width in (least if spare <= 0 else wanted)]
    share = min(1.0, spare / short_of)
    return [round(low + share * (high - low), 2) for low, high in zip(least, wanted, strict=True)]


def same_bytes(archive: bytes) -> bytes:
    """An Office archive with fixed times and order, also inside embedded workbooks, so that the same input repeats."""
    source = zipfile.ZipFile(io.BytesIO(archive))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            content = source.read(name)
            entry = zipfile.ZipInfo(name, FIXED_DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, same_bytes(content) if name.endswith((".xlsx", ".docx")) else content)
    return out.getvalue()
