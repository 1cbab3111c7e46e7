"""Large sheets of an xlsx as several small ones: calamine holds every cell of a sheet, which is a gigabyte for a million rows."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import chain, islice
from typing import TYPE_CHECKING

from analysis.files.archive_limits import SHEET_END, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analysis.files.xlsx_formulas import XlsxParts

LARGE = 64 << 20  # bytes of the XML of a sheet, which become some 100 MB of cells
SIZE = 24 << 20  # of the rows of a piece, or a quarter of the other parts, which are read again with each
PIECE = 1 << 20
QUICKLY = 1  # level of compression
LONGEST = 8 << 20  # of a row, of what stands before the rows, and of what follows them
HEAD = re.compile(rb"<((?:\w+:)?)worksheet[\s>].*?<\1sheetData\s*>", re.DOTALL)
ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]*?\s)?r\s*=\s*["']\d{1,7}["']""")  # one that says where it stands
NOT_PLAIN = (b"<!", b"<?", b"sheetData")  # where what looks like a row may be none


class NotPlainError(Exception):
    """A sheet is not written as programs write one, and is to be read as a whole."""


def large_sheet(data: bytes, parts: XlsxParts, number: int) -> LargeSheet | None:
    """Return a sheet of a looked-through xlsx that is better read in pieces, if it is one."""
    if parts.size(number) <= LARGE:
        return None
    try:
        return LargeSheet(data, parts.part(number), parts.sheets)
    except NotPlainError:
        return None


class LargeSheet:
    """A sheet as workbooks of some of its rows each; raises ``NotPlainError``."""

    def __init__(self, data: bytes, part: str, sheets: Sequence[str]) -> None:
        self._data, self._part = data, part
        base = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(base, "w", zipfile.ZIP_DEFLATED) as others:
            names = [name for name in archive.namelist() if name.lower().endswith(TEXTS) and name not in sheets]
            for name in names:
                others.writestr(name, archive.read(name), compresslevel=QUICKLY)
            read_again = sum(part.file_size for part in others.infolist())
        self._base, self._together = base.getvalue(), max(SIZE, read_again // 4) // PIECE
        texts = self._texts()
        self._head = self._tail = next(texts)
        self._count = 0
        for self._tail in texts:
            self._count += 1

    def without_rows(self) -> bytes:
        """Return a workbook with all of the sheet but its rows."""
        return self._workbook([])

    def pieces(self) -> Iterator[bytes]:
        """Yield workbooks with rows of the sheet, in their order."""
        rows = islice(self._texts(), 1, self._count)
        for _ in range(1, self._count, self._together):
            yield self._workbook(islice(rows, self._together))

    def _workbook(self, rows: Iterable[bytes]) -> bytes:
        made = io.BytesIO(self._base)
        with zipfile.ZipFile(made, "a") as archive, archive.open(self._part, "w") as stream:
            stream.writelines(chain([self._head], rows, [self._tail]))
        return made.getvalue()

    def _texts(self) -> Iterator[bytes]:
        """What stands before the rows, the rows in texts that begin with one that says where it stands, and what follows them."""
        head = text = b""
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive, archive.open(self._part) as stream:
            while piece := stream.read(PIECE):
                text += piece
                if not head and (found := HEAD.search(text)):
                    head, text = found[0], text[found.end() :]
                    yield head
                begun = [row.start() for row in ROW.finditer(text)] if head else []
                if begun and begun[-1]:
                    yield _plain(text[: begun[-1]])
                    text = text[begun[-1] :]
                if len(text) > LONGEST:
                    raise NotPlainError
        if not head or (end := SHEET_END.search(text)) is None:
            raise NotPlainError
        yield _plain(text[: end.start()])
        yield text[end.start() :]


def _plain(rows: bytes) -> bytes:
    if any(sign in rows for sign in NOT_PLAIN):
        raise NotPlainError
    return rows
