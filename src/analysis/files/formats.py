"""The sheets of a file by its format, read in the process that asks: ``sheets`` puts another in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.files.blocks import Sheet
    from analysis.files.source import Source


def parsed_sheets(source: Source) -> Iterator[Sheet]:
    """Yield the sheets of a file; its checksum is compared again when the last was read."""
    if source.format == "workbook":
        from analysis.files.xlsx import workbook_sheets

        yield from workbook_sheets(source)
    elif source.format == "text":
        from analysis.files.csv import text_sheets

        yield from text_sheets(source)
    elif source.format in ("document", "document_tables"):
        from analysis.files.document import document_sheets, document_tables

        yield from (document_sheets if source.format == "document" else document_tables)(source)
    else:
        from analysis.files.parquet import duckdb_sheets, parquet_sheets

        yield from (duckdb_sheets if source.format == "duckdb" else parquet_sheets)(source)
