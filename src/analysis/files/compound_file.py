"""Compound files, in which workbooks of before 2007 lie (MS-CFB). Circles are refused, which xlrd would follow for ever."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER, ENTRY, SMALL_SECTOR = 512, 128, 64  # bytes
ENDS = 0xFFFF_FFFA  # numbers from here on end a chain, or mark what is free
SECTOR_POWERS = range(7, 21)
IN_HEADER = 109  # places of tables
STREAM = 2  # kind of an entry


class CompoundFileError(ValueError):
    """A compound file that contradicts itself."""


class CompoundFile:
    """The streams in the top folder of a compound file, read when asked for.

    Raises ``CompoundFileError`` for circles and for what is not there, ``struct.error`` where the header is cut off.
    """

    def __init__(self, data: bytes) -> None:
        power, first_entry, small_from, small_table, further = struct.unpack_from("<H16xI4xII4xI", data, 30)
        if power not in SECTOR_POWERS:
            raise CompoundFileError("sectors of no known size")
        self._data, self._size = data, 1 << power
        self._small_from = small_from
        self._table = self._read_table(struct.unpack_from(f"<{IN_HEADER}I", data, 76), further)
        entries = self._joined(first_entry)
        self._entries = [entries[at : at + ENTRY] for at in range(0, len(entries) - ENTRY + 1, ENTRY)]
        if not self._entries:
            raise CompoundFileError("no directory in it")
        first_child, first, length = struct.unpack_from("<I36xII", self._entries[0], 76)
        self._small = self._joined(first)[:length] if length else b""
        self._small_table = _numbers(self._joined(small_table))
        self.streams = {name.lower(): place for name, place in self._find(first_child)}

    def read(self, name: str) -> bytes:
        """Return a stream; raises ``CompoundFileError`` where the file holds less of it than it says."""
        first, length = self.streams[name]
        if length < self._small_from:
            pieces = (self._small[at * SMALL_SECTOR :][:SMALL_SECTOR] for at in _chain(first, self._small_table))
            stream = b"".join(pieces)
        else:
            stream = self._joined(first)
        if len(stream) < length:
            raise CompoundFileError(f"{name} is cut off")
        return stream[:length]

    def _read_table(self, places: Sequence[int], further: int) -> list[int]:
        """Read the table of which sector follows which: its parts are listed in the header, then in sectors that follow each other."""
        sectors = len(self._data) // self._size
        listed = list(places)
        while further < ENDS and len(listed) <= sectors + IN_HEADER:
            *more, further = _numbers(self._sector(further)) or (ENDS,)
            listed += more
        held = [at for at in listed if at < ENDS]
        if len(held) != len(set(held)) or len(held) * self._size // 4 > 2 * sectors + IN_HEADER * self._size:
            raise CompoundFileError("its table goes in circles")
        return [number for at in held for number in _numbers(self._sector(at))]

    def _sector(self, number: int) -> bytes:
        at = HEADER + number * self._size
        return self._data[at : at + self._size]

    def _joined(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(first, self._table))

    def _find(self, first: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """The streams among an entry and those beside it, with where they begin and how long they are."""
        met, waiting = set(), [first]
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries):
                continue
            if number in met:
                raise CompoundFileError("its directory goes in circles")
            met.add(number)
            name, letters, kind, left, right, begins, length = struct.unpack("<64sHBx2I40xII4x", self._entries[number])
            waiting += [left, right]
            if kind == STREAM:
                yield name[: max(letters - 2, 0)].decode("utf-16-le", errors="replace"), (begins, length)


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(table) // 4}I", table)


def _chain(first: int, table: Sequence[int]) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if first >= ENDS:
            return
        if first >= len(table):
            raise CompoundFileError("a chain leads out of the file")
        yield first
        first = table[first]
    raise CompoundFileError("a chain goes in circles")
