"""Documents (docx): their paragraphs as a sheet of one column, or their tables as a sheet each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from analysis.files.archive_limits import checked_archive
from analysis.files.blocks import Sheet, block_of
from analysis.files.budget import MOST_WHOLE
from analysis.files.source import BYTES, Source, cannot_be_read, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


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


def _opened(source: Source, take: Callable[[Any], list[Any]]) -> list[Any]:
    """What is taken from a document that is opened within the limits of archives."""
    import io

    from docx import Document

    if source.bytes > MOST_WHOLE:
        raise too_large(source, source.bytes, BYTES)
    data = source.path.read_bytes()
    checked_archive(source, data)
    try:
        return take(Document(io.BytesIO(data)))
    except Exception as error:
        said = str(error)[:200] or type(error).__name__
        raise cannot_be_read(
            source.name,
            f"不是完好的 Word 文档（{said}）。请用 Word 或 WPS 打开后另存为 docx。",
            f"it is not a sound Word document ({said}). Open it in Word or WPS and save it as docx.",
        ) from error
