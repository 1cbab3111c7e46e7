"""Formulas of a workbook that no program has calculated yet: cells that would be read as empty.

A program that writes xlsx without Excel leaves a formula without its result. Such a cell is read as its formula, so that
an amount or a date in it is reported as unreadable instead of missing in silence.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Places = dict[tuple[int, int], str]  # row and column from 0: the formula
LARGEST_PART = 64 << 20  # a larger sheet is an export of rows, not of formulas
MOST_FORMULAS = 100_000
SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^<>]*?\br?:?id\s*=\s*["']([^"']+)["']""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
ATTRIBUTE = re.compile(rb"""\s(Id|Target|r|t)\s*=\s*["']([^"']*)["']""")
FORMULA = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")


def uncalculated(data: bytes) -> dict[int, Places]:
    """The formulas without a result, by the number of the sheet from 0; of a workbook that was looked through before."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        readable = {part.filename for part in archive.infolist() if part.file_size <= LARGEST_PART}
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= readable:
            return {}
        relations = [
            dict(ATTRIBUTE.findall(tag)) for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
        ]
        targets = {r.get(b"Id"): r.get(b"Target", b"").decode(errors="replace") for r in relations}
        looked_through: dict[str, Places] = {}
        found = {}
        for number, identity in enumerate(SHEET.findall(archive.read("xl/workbook.xml"))):
            target = targets.get(identity, "")
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            if part in readable and part not in looked_through:  # many sheets may claim one part
                looked_through[part] = dict(islice(_formulas(archive.read(part)), MOST_FORMULAS))
            found[number] = looked_through.get(part, {})
    return found


def _formulas(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b"<f" not in sheet and b":f" not in sheet:
        return
    for cell in FORMULA.finditer(sheet):
        attributes = dict(ATTRIBUTE.findall(cell[1]))
        place = PLACE.fullmatch(attributes.get(b"r", b""))
        if place and attributes.get(b"t") != b"str":  # a text without letters is a result
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            yield (int(place[2]) - 1, column - 1), "=" + unescape((cell[2] or b"").decode(errors="replace"))
