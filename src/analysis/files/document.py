"""Documents (docx): their paragraphs as a sheet of one column, or their tables as a sheet each."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from analysis.files.archive_limits import TEXTS, checked_archive
from analysis.files.blocks import Sheet, block_of
from analysis.files.budget import MOST_DOCUMENT, MOST_TABLE_CELLS, MOST_TAGS
from analysis.files.damage import DIGITS
from analysis.files.source import BYTES, CELLS, Source, cannot_be_read, too_large
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

CELL = re.compile(rb"<(?:\w+:)?tc[\s/>]")
SPAN = re.compile(rb"""<(?:\w+:)?gridSpan\s[^<>]*?val\s*=\s*["']\s*\+?(\d+)""")


def document_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the one sheet of a document, its paragraphs in their order; raises ``InputError`` for what is none."""
    paragraphs = _opened(source, lambda document: [[paragraph.text] for paragraph in document.paragraphs])
    yield Sheet("", iter([partial(block_of, paragraphs, 1)]))


def document_tables(source: Source) -> Iterator[Sheet]:
    """Yield a sheet for each table of a document, a cell's paragraphs on lines of their own; raises ``InputError`` for what is none."""
    tables = _opened(
        source,
        lambda document: [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables],
    )
    for number, rows in enumerate(tables, start=1):
        yield Sheet(str(number), iter([partial(block_of, rows, 1)]))


def _must_be_bounded(source: Source, data: bytes) -> None:
    """Raise ``InputError`` where the parts hold more tags, or their tables more cells with what they span, than can be opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if part.filename.lower().endswith(TEXTS)]
        tags = cells = 0
        for text in map(archive.read, parts):
            tags += text.count(b"<")
            cells += len(CELL.findall(text)) + sum(int(span[:DIGITS]) for span in SPAN.findall(text))
            if tags > MOST_TAGS or cells > MOST_TABLE_CELLS:
                number, what = (cells, CELLS) if cells > MOST_TABLE_CELLS else (tags, Text("个标签", "tags"))
                raise too_large(source, number, what)


def _opened(source: Source, take: Callable[[Any], list[Any]]) -> list[Any]:
    """What is taken from a document that is opened within the limits of archives."""
    if source.bytes > MOST_DOCUMENT:
        raise too_large(source, source.bytes, BYTES)
    data = source.path.read_bytes()
    checked_archive(source, data, most=MOST_DOCUMENT)
    _must_be_bounded(source, data)
    from docx import Document

    try:
        return take(Document(io.BytesIO(data)))
    except Exception as error:
        raise cannot_be_read(  # not in the library's words, which quote what it was given, and what stands in the document
            source.name,
            "不是完好的 Word 文档。请用 Word 或 WPS 打开后另存为 docx。",
            "it is not a sound Word document. Open it in Word or WPS and save it as docx.",
        ) from error
