"""How many values the pages of a parquet file hold by their own headers, whatever the file's end says of them.

A page begins with its header in Thrift's compact protocol (parquet.thrift, ``PageHeader``); of it only numbers and structures are read.
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

TYPE, PACKED_SIZE, VALUES = 1, 3, 1  # numbers of fields: of PageHeader, and of the headers of data pages within it
DATA_PAGES = {0: 5, 3: 8}  # type of page: the field that holds its header (DataPageHeader, DataPageHeaderV2)
TRUE, FALSE, BYTE, INTEGERS, DOUBLE, BINARY, STRUCT = 1, 2, 3, (4, 5, 6), 7, 8, 12  # types of Thrift


def values_in_pages(path: Path, metadata: Any) -> dict[tuple[int, int], int]:
    """Count the values of each column chunk, by row group and column; raises ``ValueError`` where no page begins as it should."""
    found: dict[tuple[int, int], int] = {}
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for group in range(metadata.num_row_groups):
            for column in range(metadata.num_columns):
                chunk = metadata.row_group(group).column(column)
                pages = (chunk.dictionary_page_offset if chunk.has_dictionary_page else 0, chunk.data_page_offset)
                first = min((at for at in pages if at), default=0)  # 0: there is none
                try:
                    found[group, column] = _values(data, first, first + chunk.total_compressed_size)
                except (IndexError, KeyError, RecursionError) as error:
                    raise ValueError("a page has no header") from error
    return found


def _values(data: mmap.mmap, at: int, end: int) -> int:
    if not 0 <= at <= end <= len(data):
        raise IndexError
    values = 0
    while at < end:
        header, at = _struct(data, at)
        if (kind := header[TYPE]) in DATA_PAGES:
            values += header[DATA_PAGES[kind]][VALUES]
        if header[PACKED_SIZE] < 0:
            raise IndexError
        at += header[PACKED_SIZE]
    return values


def _struct(data: mmap.mmap, at: int) -> tuple[dict[int, Any], int]:
    """Read a structure as its fields by number, and where it ends."""
    fields: dict[int, Any] = {}
    number = 0
    while first := data[at]:
        step, kind = first >> 4, first & 15
        if step:
            number, at = number + step, at + 1
        else:
            number, at = _integer(data, at + 1)
        fields[number], at = _value(data, at, kind)
    return fields, at + 1


def _value(data: mmap.mmap, at: int, kind: int) -> tuple[Any, int]:
    if kind in (TRUE, FALSE):
        return kind == TRUE, at
    if kind in INTEGERS:
        return _integer(data, at)
    if kind == STRUCT:
        return _struct(data, at)
    if kind in (BYTE, DOUBLE):
        return None, at + (1 if kind == BYTE else 8)
    if kind == BINARY:
        size, at = _varint(data, at)
        return None, at + size
    raise KeyError(kind)  # lists and maps: no header of a page has any


def _integer(data: mmap.mmap, at: int) -> tuple[int, int]:
    number, at = _varint(data, at)
    return (number >> 1) ^ -(number & 1), at


def _varint(data: mmap.mmap, at: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, the least first.

    >>> _varint(b"\\x90\\x03", 0)
    (400, 2)
    """
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128 or shift > 63:
            return number, at
