"""What the paper formats share: exhibits as pictures, column widths, fixed archive bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.report.content import Figure, Table

# A column is at least as wide as four digits and at most as a short sentence; longer texts wrap.
NARROWEST, WIDEST = 5, 30
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


def column_weights(table: Table) -> list[int]:
    """The share of a table's width that each column asks for: its longest cell, between narrowest and widest."""
    cells = [table.headings(), *table.rows()]
    return [min(WIDEST, max(NARROWEST, *(visual_length(row[i]) for row in cells))) for i in range(len(cells[0]))]


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
