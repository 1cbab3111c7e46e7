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
UNTORN = 12  # columns of a line below which no cell is torn: fewer read as a column of their own
TORN = (9, 8, 0)  # of a form to fill in, which stays in one piece
OVER_HEADINGS = 10  # as many torn headings rather than a cell that is
# Columns that letters take, half a Chinese character each, in the serif font of tables; any other Latin letter OTHER.
LETTERS = dict.fromkeys("iljI.,:;'|!", 0.68) | dict.fromkeys("tfr()-/[] ", 0.76) | dict.fromkeys("mwMW%@—", 1.85)
LETTERS |= dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 1.4)
OTHER, BOLD = 1.13, 1.06  # headings are bold
STEP = 0.5  # columns by which widths are tried
GAP = 1.8  # columns between two cells
APART = 1  # more between a number and the text beside it
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
UNBROKEN = re.compile(r"(?:[^\s/\u2e80-\uffff]|/(?=\d))+")  # no line ends after the stroke of 1792.91/2046.23
UNIT = re.compile(r"（[^（）]{1,4}）$")  # at the end of a heading or a name: one piece
PIECE = re.compile(r"（[^（）]{1,4}）$|(?:[^\s/\u2e80-\uffff]|/(?=\d))+\s*|\S\s*")  # what no line parts
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

    Each column gets the room of its longest number or word; what is left goes where it saves most lines, first where cells have most.
    Where the room is too narrow for that, texts are broken into their words; numbers never: then the shares add up to more.
    """
    return [round(width, 2) for width in _grown(*_needed(table, room), room)]


def _needed(table: Table, room: float) -> tuple[list[float], list[list[str]]]:
    """The least that columns take, and their texts, the heading first."""
    cells = [table.headings(), *table.rows()]
    texts = [[row[column] for row in cells] for column in range(len(cells[0]))]
    whole = [name == "case_no" or (table.is_number(str(name)) and len(cells) > 1) for name in table.frame.columns]
    apart = [APART * table.follows_number(column) for column in range(len(texts))]
    least: list[float] = []
    for untorn in (UNTORN, *TORN) if table.to_fill_in else (UNTORN,):
        columns = zip(texts, whole, apart, strict=True)
        least = [_least(said, WIDEST if kept and untorn else untorn) + more for said, kept, more in columns]
        if sum(least) <= room:
            break
    return least, texts


def _grown(least: list[float], texts: list[list[str]], room: float) -> list[float]:
    """Widen columns as long as there is room, each time the one whose cells then take the most fewer lines for its width.

    >>> _grown([8, 8, 8], [["名称", "终结本次执行程序"], ["结果", "在随机波动范围之内，不宜据此评价"], ["件数", "3"]], 48)
    [18.0, 18.0, 8]
    """
    widths = list(least)
    steps = [_steps(said, low, room) for said, low in zip(texts, least, strict=True)]
    while True:
        spare = room - sum(widths)
        asked = [
            ((lines - saved) / (width - widths[place]), place, width)
            for place, tried in enumerate(steps)
            for lines, (width, saved) in ((tried[0][1], step) for step in tried[1:])
            if width - widths[place] <= spare
        ]
        if not asked:
            return widths
        _, place, widths[place] = max(asked)
        steps[place] = [step for step in steps[place] if step[0] >= widths[place]]


def _steps(texts: list[str], least: float, room: float) -> list[tuple[float, int]]:
    """The widths of a column at which its cells take fewer lines, from the least on, with the squares of their lines."""
    found: list[tuple[float, int]] = []
    heading, cells = _pieces(texts[0], BOLD), [_pieces(text) for text in texts[1:]]
    longest = max(sum(spaced for _, spaced in pieces) for pieces in (heading, *cells))
    columns = least - GAP
    while columns < min(room, longest + 1):
        lines = _lines(heading, columns) ** 2 + OVER_HEADINGS * sum(_lines(pieces, columns) ** 2 for pieces in cells)
        if not found or lines < found[-1][1]:
            found.append((GAP + columns, lines))
        columns += STEP
    return found


@lru_cache(maxsize=4096)
def _pieces(text: str, scale: float = 1.0) -> tuple[tuple[float, float], ...]:
    """What a line may end after: the columns of each piece, without and with the space behind it."""
    return tuple((scale * _breadth(piece.rstrip()), scale * _breadth(piece)) for piece in PIECE.findall(text))


def _breadth(text: str) -> float:
    """About how many columns the letters of a text take."""
    return sum(2 if ord(char) > WIDE_CHARACTERS else LETTERS.get(char, OTHER) for char in text)


def _lines(pieces: tuple[tuple[float, float], ...], columns: float) -> int:
    lines, used = 1, 0.0
    for bare, spaced in pieces:
        if used and used + bare > columns:
            lines, used = lines + 1, 0
        used += spaced
    return lines


def unit_apart(text: str, width: float) -> str:
    """Return a text with its unit on a line of its own where a column of so many holds each of the two, not both.

    >>> unit_apart("实际到位金额（万元）", 18), unit_apart("实际到位金额（万元）", 24), unit_apart("增幅（%）", 8)
    ('实际到位金额\\n（万元）', '实际到位金额（万元）', '增幅\\n（%）')
    """
    unit = UNIT.search(text)
    if unit is None or not unit.start():
        return text
    name = text[: unit.start()]
    return f"{name}\n{unit[0]}" if GAP + BOLD * _breadth(name) <= width < GAP + BOLD * _breadth(text) else text


def is_too_wide(table: Table, room: float) -> bool:
    """Return whether some number or word of a table is broken in a room."""
    return bool(len(table.frame.columns)) and sum(_needed(table, room)[0]) > room + 1


def must_lie(table: Table, room: float) -> bool:
    """Return whether a table wants a page that lies: a wide one of few rows stands in parts one under the other."""
    return is_too_wide(table, room) and len(table.frame) * len(parts_of(table, room)) > STACKED


def parts_of(table: Table, room: float) -> list[Table]:
    """Return a table in parts that each have room, about equally many columns in each, in every one those that say which row it is; most are one part."""
    if not is_too_wide(table, room):
        return [table]
    columns = len(table.frame.columns)
    fewest = len(_parted(table, room, columns))
    keys = len(table.keys)
    evenly = keys - (keys - columns) // fewest  # the keys, and their share of the others
    tried = (_parted(table, room, most) for most in range(evenly, columns + 1))
    return [replace(table, frame=table.frame[names]) for names in next(p for p in tried if len(p) == fewest)]


def _parted(table: Table, room: float, most: int) -> list[list[str]]:
    """The columns of each part, filled one after the other with up to so many."""
    keys = table.keys
    parts = [list(keys)]
    for name in table.frame.columns[len(keys) :]:
        is_full = len(parts[-1]) > len(keys) and (
            len(parts[-1]) == most or is_too_wide(replace(table, frame=table.frame[[*parts[-1], name]]), room)
        )
        if is_full:
            parts.append(list(keys))
        parts[-1].append(name)
    return parts


def _least(texts: list[str], untorn: int) -> float:
    """The room without which a column's numbers or words are broken, or a cell of up to ``untorn`` columns; headings may be."""
    heading, *cells = texts
    words = [BOLD * _breadth(word) for found in (UNBROKEN, UNIT) for word in found.findall(heading)]
    words += [_breadth(word) for text in cells for found in (UNBROKEN, UNIT) for word in found.findall(text)]
    whole = max(map(_breadth, cells), default=0.0)
    return GAP + min(WIDEST, max(NARROWEST, *words, min(untorn, whole)))


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
