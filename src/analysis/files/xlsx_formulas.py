"""Cells of an xlsx of which calamine does not tell: formulas that no program has calculated yet, errors, number formats, and what is hidden.

A program that writes xlsx without Excel leaves a formula without its result. Such a cell is read as its formula, so that
an amount or a date in it is reported as unreadable instead of missing in silence.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from analysis.files.budget import MOST_COLUMNS
from analysis.files.number_formats import changes_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Places = dict[tuple[int, int], str]  # row and column from 0: the formula, or the number format
LARGEST_PART = 64 << 20  # of those that are held as a whole
MOST_FORMULAS = 100_000
PIECE = 1 << 20
BUILT_IN = {9: "0%", 10: "0.00%"}  # those of them that change a number
SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^<>]*?\br?:?id\s*=\s*["']([^"']+)["']""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
ATTRIBUTE = re.compile(
    rb"""\s(Id|Target|Type|r|s|t|numFmtId|formatCode|min|max|hidden)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
FORMULA = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR = re.compile(  # a cell that shows an error, of which calamine says that it is empty
    rb"""<(?:\w+:)?c(\s[^<>]*\bt\s*=\s*["']e["'][^<>]*)>(?:\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*"""
    rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?v>"
)
CELL = re.compile(rb"<(?:\w+:)?(c|row)(\s[^<>]*)?>")
STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
STYLE = re.compile(rb"<(?:\w+:)?xf(\s[^<>]*)?>")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt(\s[^<>]*)>")
PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
ROW = re.compile(rb"\d{1,7}")
ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)(\s[^<>]*)?>")
HIDDEN = (b"1", b"true")


class XlsxParts:
    """The parts of an xlsx that was looked through before: ``formulas`` and ``formats`` of a sheet by its number from 0."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.sheets: list[str] = []
        self._codes: dict[bytes, str] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._names = {
                name.lower(): name for name in archive.namelist()
            }  # calamine too takes capitals for small letters
            self._sizes = {part.filename: part.file_size for part in archive.infolist()}
            readable = {name for name, size in self._sizes.items() if size <= LARGEST_PART}
            if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= readable:
                return
            relations = [_attributes(tag) for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))]
            targets = {r.get(b"Id"): self._named(r.get(b"Target", b"")) for r in relations}
            self.sheets = [targets.get(known, "") for known in SHEET.findall(archive.read("xl/workbook.xml"))]
            for relation in relations:
                styles = self._named(relation.get(b"Target", b""))
                if relation.get(b"Type", b"").endswith(b"/styles") and styles in readable:
                    self._codes = _codes(archive.read(styles))

    def formulas(self, number: int) -> Places:
        """Return the formulas of a sheet that have no result, and the errors of those whose result is one."""
        part = self.part(number)
        if part not in self._sizes:
            return {}
        found = dict(islice(_formulas(self._pieces(part)), MOST_FORMULAS + 1))
        if len(found) > MOST_FORMULAS:
            raise ValueError(f"more than {MOST_FORMULAS} formulas without a result, or errors")
        return found

    def formats(self, number: int) -> Places:
        """Return the number formats that show another number than is stored, of the cells of a sheet."""
        part = self.part(number)
        if not self._codes or part not in self._sizes:
            return {}
        return dict(_formats(self._pieces(part), self._codes))

    def hidden(self, number: int) -> tuple[frozenset[int], frozenset[int]]:
        """Return the numbers of the rows of a sheet, and the places of its columns from 0, that are hidden."""
        part, rows, columns, looked_at = self.part(number), set[int](), set[int](), 0
        if part not in self._sizes:
            return frozenset(), frozenset()
        for kind, said in _hidden(partial(self._pieces, part)):
            if kind == b"row":
                rows.add(int(said[b"r"]))
            elif all(ROW.fullmatch(said.get(end, b"")) for end in (b"min", b"max")):
                columns.update(range(max(looked_at, int(said[b"min"]) - 1), min(int(said[b"max"]), MOST_COLUMNS)))
                looked_at = max(looked_at, int(said[b"max"]))  # they stand in their order
        return frozenset(rows), frozenset(columns)

    def part(self, number: int) -> str:
        """Return the name of the part of a sheet."""
        return self.sheets[number] if number < len(self.sheets) else ""

    def size(self, number: int) -> int:
        """Return the bytes of a sheet when unpacked."""
        return self._sizes.get(self.part(number), 0)

    def _pieces(self, part: str) -> Iterator[bytes]:
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive, archive.open(part) as stream:
            yield from iter(lambda: stream.read(PIECE), b"")

    def _named(self, target: bytes) -> str:
        name = target.decode(errors="replace")
        name = name[1:] if name.startswith("/") else f"xl/{name}"
        return self._names.get(name.lower(), name)


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in ATTRIBUTE.findall(tag)}


def _codes(styles: bytes) -> dict[bytes, str]:
    """The formats that change a number, by the style that a cell names."""
    known = dict(BUILT_IN)
    for tag in NUMBER_FORMAT.findall(styles):
        said = _attributes(tag)
        if ROW.fullmatch(number := said.get(b"numFmtId", b"")):
            known[int(number)] = unescape(said.get(b"formatCode", b"").decode(errors="replace"))
    named = STYLES.search(styles)
    numbers = [_attributes(tag).get(b"numFmtId", b"0") for tag in STYLE.findall(named[0])] if named else []
    codes = {str(i).encode(): known.get(int(n), "") if ROW.fullmatch(n) else "" for i, n in enumerate(numbers)}
    return {style: code for style, code in codes.items() if changes_number(code)}


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces cut anew, so that none ends within a tag; what follows the last ``<`` is no tag of a cell."""
    rest = b""
    for piece in pieces:
        text, opened, begun = (rest + piece).rpartition(b"<")
        rest = opened + begun
        yield text


def _formats(pieces: Iterator[bytes], codes: dict[bytes, str]) -> Iterator[tuple[tuple[int, int], str]]:
    row, column = -1, -1
    for text in _whole_tags(pieces):
        for kind, said in CELL.findall(text):
            attributes = _attributes(said)
            place = attributes.get(b"r", b"")
            if kind == b"row":
                row, column = int(place) - 1 if ROW.fullmatch(place) else row + 1, -1
                continue
            at = _place(place)
            row, column = at or (row, column + 1)
            if code := codes.get(attributes.get(b"s", b"")):
                yield (row, column), code


def _hidden(pieces: Callable[[], Iterator[bytes]]) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
    """The tags of hidden rows and columns: a row or a column, and what its tag says; a row that does not say so stands below the last."""
    row = 0
    if not any(b"hidden" in text for text in _whole_tags(pieces())):
        return
    for text in _whole_tags(pieces()):
        for kind, said in ROW_OR_COLUMN.findall(text):
            attributes = _attributes(said)
            if kind == b"row":
                row = int(place) if ROW.fullmatch(place := attributes.get(b"r", b"")) else row + 1
                attributes[b"r"] = str(row).encode()
            if attributes.get(b"hidden") in HIDDEN:
                yield kind, attributes


def _formulas(pieces: Iterator[bytes]) -> Iterator[tuple[tuple[int, int], str]]:
    rest = b""
    for piece in pieces:
        text, end, rest = (rest + piece).rpartition(b"c>")  # whole cells
        yield from _formulas_within(text + end)


def _formulas_within(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in ERROR.finditer(sheet) if b">#" in sheet else ():
        if (place := _place(_attributes(cell[1]).get(b"r", b""))) is None:
            raise ValueError("an error in a cell that does not say where it stands")
        yield place, cell[2].decode(errors="replace")
    if b"<f" not in sheet and b":f" not in sheet:
        return
    for cell in FORMULA.finditer(sheet):
        attributes = _attributes(cell[1])
        place = _place(attributes.get(b"r", b""))
        if attributes.get(b"t") != b"str":  # a text without letters is a result
            if place is None:
                raise ValueError("a formula without a result in a cell that does not say where it stands")
            yield place, "=" + unescape((cell[2] or b"").decode(errors="replace"))


def _place(written: bytes) -> tuple[int, int] | None:
    """Row and column of B7, from 0."""
    if not (found := PLACE.fullmatch(written)):
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1
