"""Files that hold cases one by one, found by what is in them: packed, in JSON or Arrow too, and lists of numbers without a header.

A file whose contents cannot be looked into (a pickle, a database of another kind) may hold them; a picture or a font does not.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis.files.archive_limits import BROKEN as BROKEN_ARCHIVE
from analysis.files.budget import MOST_UNPACKED
from analysis.files.json_tables import SUFFIXES as JSON
from analysis.files.json_tables import tables_in_json
from analysis.files.sheets import sheets_of
from analysis.files.source import CHUNK, UTF16_MARKS, not_readable, open_source
from analysis.files.temporary import temporary_folder
from analysis.register.headers import SOUGHT_IN, HeaderCell, Layout, find_layout
from analysis.register.layouts import layout_of, numbered_rows
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Table = tuple[Layout, "Iterator[Sequence[Any]]"]
OPENED_BY: dict[bytes, Callable[[Path], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
ZIPPED, OF_A_WORKBOOK = b"PK\x03\x04", ("[Content_Types].xml", "content.xml")
ARROW = (b"ARROW1", b"FEA1")
READ = (*ARROW, b"PAR1", b"\xd0\xcf\x11\xe0", *UTF16_MARKS)  # besides what is packed, and text
WITHOUT_ROWS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"\0\1\0\0", b"OTTO", b"ttcf")  # pictures and fonts
BROKEN = (*BROKEN_ARCHIVE, EOFError, lzma.LZMAError, RuntimeError)
FEWEST_CASES = 2


def is_register(path: Path) -> bool:
    """Test whether a file holds a table of cases or one of its side tables."""
    try:
        return any(True for _ in tables_of_cases(path))
    except InputError:
        return False


def cannot_be_looked_into(path: Path) -> bool:
    """Test whether a file is of a kind whose contents are not read here, so that it may hold cases."""
    try:
        head = _head(path)
    except InputError:
        return True
    if head.startswith(WITHOUT_ROWS) or b"\0" not in head:
        return False
    try:
        any(True for _ in tables_of_cases(path))
    except InputError:
        return True
    return not (head.startswith((*OPENED_BY, ZIPPED, *READ)) or head[8:12] == b"DUCK")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(CHUNK)
    except OSError as error:
        raise not_readable(path.name, error) from error


def tables_of_cases(path: Path) -> Iterator[Table]:
    """Yield the tables of a file that are a register's, each with its rows from the first on; ``InputError`` where it cannot be read."""
    head = _head(path)
    opened = next((opened for mark, opened in OPENED_BY.items() if head.startswith(mark)), None)
    if opened or (head.startswith(ZIPPED) and _is_no_workbook(path)):
        yield from _packed(path, opened)
    elif head.startswith(ARROW):
        yield from _with_layout([_of_arrow(path)])
    elif path.suffix.lower() in JSON:
        yield from _with_layout(tables_in_json(path))
    else:
        source = open_source(path, path.name)
        for sheet in sheets_of(source):
            rows = (cells for _, cells in sheet.rows())
            head_rows = list(islice(rows, SOUGHT_IN))
            if layout := layout_of(source, sheet, head_rows, {}) or _of_numbers(head_rows):
                yield layout, chain(head_rows, rows)


def _with_layout(tables: Iterator[list[Sequence[Any]]] | list[list[Sequence[Any]]]) -> Iterator[Table]:
    for table in tables:
        if layout := find_layout(table[:SOUGHT_IN]) or _of_numbers(table[:SOUGHT_IN]):
            yield layout, iter(table)


def _of_numbers(top: Sequence[Sequence[Any]]) -> Layout | None:
    """The layout of rows under no known header that each hold a case number and something else: of no column it is known what it is."""
    numbered = numbered_rows(top)
    broadest = max((len(top[row]) for row in numbered), default=0)
    if len(numbered) < FEWEST_CASES or broadest < 2 or len(numbered) < len(top) - numbered[0]:
        return None
    return Layout("cases", (), tuple(HeaderCell(place, "") for place in range(broadest)))


def _is_no_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not {*archive.namelist()} & {*OF_A_WORKBOOK}
    except BROKEN:
        return False


def _packed(path: Path, opened: Callable[[Path], Any] | None) -> Iterator[Table]:
    """The tables of what is packed in a file, each part unpacked by itself; ``InputError`` where that is damaged or too much."""
    with temporary_folder() as folder:
        try:
            if opened:
                with opened(path) as stream:
                    parts = [_unpacked(stream, Path(folder, path.stem))]
            else:
                with zipfile.ZipFile(path) as archive:
                    parts = []
                    for number, name in enumerate(name for name in archive.namelist() if not name.endswith("/")):
                        with archive.open(name) as stream:
                            parts.append(_unpacked(stream, Path(folder, f"{number}-{Path(name).name}")))
        except BROKEN as error:
            raise InputError(f"{path.name} 解不开。", f"{path.name} cannot be unpacked.") from error
        for part in parts:
            yield from tables_of_cases(part)


def _unpacked(stream: IO[bytes], to: Path) -> Path:
    size = 0
    with to.open("wb") as target:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > MOST_UNPACKED:
                raise ValueError(to.name)
            target.write(piece)
    return to


def _of_arrow(path: Path) -> list[Sequence[Any]]:
    from pyarrow import ArrowInvalid
    from pyarrow.feather import read_table

    try:
        table = read_table(path, memory_map=False)
    except (ArrowInvalid, *BROKEN) as error:
        raise InputError(f"{path.name} 读不了。", f"{path.name} cannot be read.") from error
    return [table.column_names, *zip(*table.to_pydict().values(), strict=True)]
