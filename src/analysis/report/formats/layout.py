"""Layout of the paper formats: exhibits as pictures, column widths, fixed archive bytes."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.report.content import Figure, Table
from analysis.vocabulary.errors import OutputError

# A column wants room for its longest cell, up to a sentence; it never breaks a number, a date or a Latin word.
NARROWEST, WIDEST = 6, 48
HEADED = 8  # columns below which the heading of numbers is not torn, where that fits
# The same of a cell of text, a case number too, and of headings: the first pair that fits, texts of a line or two before headings.
UNTORN = (
    (WIDEST, HEADED),
    *((columns, HEADED) for columns in range(21, 15, -1)),
    *(
        (columns, 0) for columns in range(21, 9, -1)
    ),  # a cell of fewer than five characters a line reads as a column of its own
)
TORN = ((9, 0), (8, 0), (0, 0))  # of a form to fill in, which stays in one piece
BREADTH = 1.08  # digits are a little broader than half a character
GAP = 2  # columns between two cells
APART = 1  # more between a number and the text beside it
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
UNBROKEN = re.compile(r"(?:[^\s/\u2e80-\uffff]|/(?=\d))+")  # no line ends after the stroke of 1792.91/2046.23
WIDE_CHARACTERS = 0x2E7F  # from here on a character takes two columns
STACKED = 32  # rows that the parts of a wide table may have in all to stand one under the other; more lie on a page of their own
WHOLE_ROWS = 8  # a table of no more stays on one page
# The day that stands in archives where the clock would: the first that the ZIP format knows.
FIXED_DAY = (1980, 1, 1, 0, 0, 0)
YEARS_OF_ARCHIVES = range(1980, 2108)  # that a zip has bits for


@dataclass(frozen=True)
class Picture:
    """A figure on paper: its bytes, their kind (svg or png), its alt text and, where it was drawn here, what it shows in a line."""

    content: bytes
    kind: str
    alt: str
    finding: str = ""


def picture(figure: Figure, kind: str, *, size: str = "page") -> Picture:
    """Return a figure as svg or png without title and note, which the document sets beside it; ``size`` page or slide."""
    if figure.image:
        return Picture(figure.image, "png", figure.alt)
    return _pictures(figure, size)[kind]


@lru_cache(maxsize=64)
def _pictures(figure: Figure, size: str) -> dict[str, Picture]:
    """Both kinds at once, always in this order: PDF, Word and slides share one drawing and stay the same bytes."""
    from analysis.charts.drawing import style

    drawn, found = figure.draw(interactive=False, size=size), {}
    with TemporaryDirectory() as folder:
        for kind in ("svg", "png"):
            path = Path(folder) / f"figure.{kind}"
            style.save_figure(drawn, path, bare=True)
            found[kind] = Picture(path.read_bytes(), kind, style.alt_of(drawn), drawn.title)
    return found


def ratio(drawn: Picture) -> float:
    """Return height by width of a picture."""
    if drawn.kind == "svg":
        width, height = (
            float(drawn.content.split(mark, 1)[1].split(b'pt"', 1)[0]) for mark in (b'width="', b'height="')
        )
        return height / width
    from PIL import Image

    with Image.open(io.BytesIO(drawn.content)) as image:
        return image.height / image.width


def visual_length(text: str) -> int:
    """Return how many columns a text takes, a Chinese character two.

    >>> visual_length("结案 711")
    8
    """
    return sum(2 if ord(char) > WIDE_CHARACTERS else 1 for char in text)


def column_weights(table: Table, room: float) -> list[float]:
    """Return the share of a table's width that each column asks for, in columns of text.

    Each column gets the room of its longest number or word, a short text its whole; what is left goes to those whose cells hold
    more. Where the room is too narrow for that, texts are broken into their words; numbers never: then the shares add up to more.
    """
    cells = [table.headings(), *table.rows()]
    texts = [[row[column] for row in cells] for column in range(len(cells[0]))]
    is_number = [table.is_number(str(name)) and len(cells) > 1 for name in table.frame.columns]
    apart = [APART * table.follows_number(column) for column in range(len(texts))]
    least: list[float] = []
    words = [max((len(word) for text in said for word in UNBROKEN.findall(text)), default=0) for said in texts]
    lengths = [[visual_length(text) for text in said] for said in texts]
    wanted: list[float] = [GAP + min(WIDEST, max(NARROWEST, *said)) for said in lengths]
    is_case = [name == "case_no" for name in table.frame.columns]
    columns = list(zip(words, lengths, is_number, is_case, apart, strict=True))
    for untorn, headed in (*UNTORN, *TORN) if table.to_fill_in else UNTORN:  # texts are torn before case numbers
        least = [
            _least(word, said, headed, WIDEST if number or (case and untorn) else untorn) + more
            for word, said, number, case, more in columns
        ]
        if sum(least) <= room:
            break
    wanted = [max(pair) for pair in zip(wanted, least, strict=True)]
    more = [_excess([length - low for length in said]) for said, low in zip(lengths, least, strict=True)]
    return [round(width, 2) for width in _shared(room - sum(least), least, wanted, more)]


def _excess(more: list[float]) -> float:
    """What cells hold beyond a width: on average, and a quarter of the longest, so that one long cell counts too."""
    over = [max(0.0, columns) for columns in more]
    return sum(over) / len(over) + max(over) / 4


def _shared(spare: float, least: list[float], wanted: list[float], more: list[float]) -> list[float]:
    """Share the room left by how much more text the cells of each column hold on average, none beyond what it wants.

    >>> _shared(12, [10, 10, 10], [14, 40, 10], [2, 10, 0])
    [12.0, 20.0, 10.0]
    >>> _shared(18, [10, 10, 10], [11, 40, 10], [2, 10, 0])
    [11.0, 27.0, 10.0]
    """
    widths = [float(low) for low in least]
    growing = [place for place, high in enumerate(wanted) if high > widths[place] and more[place]]
    while spare > 0 and growing:
        pull = sum(more[place] for place in growing)
        given = {place: min(wanted[place] - widths[place], spare * more[place] / pull) for place in growing}
        for place, width in given.items():
            widths[place] += width
        spare -= sum(given.values())
        full = [place for place in growing if wanted[place] - widths[place] < GAP / 100]
        growing = [place for place in growing if place not in full] if full else []
    return widths


def is_too_wide(table: Table, room: float) -> bool:
    """Return whether some number or word of a table is broken in a room."""
    return bool(len(table.frame.columns)) and sum(column_weights(table, room)) > room + 1


def must_lie(table: Table, room: float) -> bool:
    """Return whether a table wants a page that lies: a wide one of few rows stands in parts one under the other."""
    return is_too_wide(table, room) and len(table.frame) * len(parts_of(table, room)) > STACKED


def parts_of(table: Table, room: float) -> list[Table]:
    """Return a table in parts that each have room, about equally many columns in each, the first in every one; most tables are one part."""
    if not is_too_wide(table, room):
        return [table]
    columns = len(table.frame.columns)
    fewest = len(_parted(table, room, columns))
    evenly = 1 - (1 - columns) // fewest  # the first column, and its share of the others
    tried = (_parted(table, room, most) for most in range(evenly, columns + 1))
    return [replace(table, frame=table.frame[names]) for names in next(p for p in tried if len(p) == fewest)]


def _parted(table: Table, room: float, most: int) -> list[list[str]]:
    """The columns of each part, filled one after the other with up to so many."""
    first, *others = table.frame.columns
    parts = [[first]]
    for name in others:
        is_full = len(parts[-1]) > 1 and (
            len(parts[-1]) == most or is_too_wide(replace(table, frame=table.frame[[*parts[-1], name]]), room)
        )
        if is_full:
            parts.append([first])
        parts[-1].append(name)
    return parts


def _least(words: int, lengths: list[int], headed: int, untorn: int) -> float:
    """The room without which a column's numbers or words are broken, a cell of up to ``untorn``, or a heading of up to ``headed``.

    ``words`` is the longest of its words.
    """
    heading, *cells = lengths
    whole = max(min(headed, heading), min(untorn, max(cells, default=0)))
    return GAP + BREADTH * min(WIDEST, max(NARROWEST, words, whole))


def must_have_a_year_of_archives() -> None:
    """Raise ``OutputError`` where the clock shows a year that no Office archive can hold."""
    if (year := time.localtime().tm_year) not in YEARS_OF_ARCHIVES:
        raise OutputError(
            f"本机时钟是{year}年，写不出 Word 和 PowerPoint 文件。请校正系统日期后重新运行。",
            f"This machine's clock shows the year {year}, with which no Word or PowerPoint file can be written: set the date and run it again.",
        )


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """An Office archive as its library saves it, with fixed times."""
    out = io.BytesIO()
    save(out)
    return _same_bytes(out.getvalue())


def _same_bytes(archive: bytes, *, embedded: bool = False) -> bytes:
    """An Office archive with fixed times and order, also inside embedded workbooks, so that the same input repeats."""
    source = zipfile.ZipFile(io.BytesIO(archive))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            content = source.read(name)
            if embedded and name == "docProps/core.xml":  # python-pptx lets the workbook of a chart take the clock
                content = CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, FIXED_DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(
                entry, _same_bytes(content, embedded=True) if name.endswith((".xlsx", ".docx")) else content
            )
    return out.getvalue()
