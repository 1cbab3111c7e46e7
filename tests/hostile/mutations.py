"""Files with one thing broken, by what their format is made of: bytes, zip members, XML, the footer of parquet, the quotes of csv."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

NUMBER = re.compile(rb'(?<==")\d+(?=")')
TAG = re.compile(rb"<[^<>]*>")
REFERENCE = re.compile(rb'(?<= r=")[A-Z]+\d+(?=")')
NUMBERS = [
    b"0",
    b"-1",
    b"1",
    b"7",
    b"255",
    b"256",
    b"16384",
    b"16385",
    b"65536",
    b"1048576",
    b"1048577",
    b"2147483647",
    b"4294967296",
    b"1e9",
    b"x",
    b"",
]
REFERENCES = [b"A0", b"XFD1048576", b"IV1048576", b"AAAA1", b"A1048577", b"A1", b"1A", b"", b"A99999999999"]
PIECES = [b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b'""', b"'", b",", b"\t", b"\n", b"\r", b"\r\n", b";", b"\xe6", b"\x80", b"=", b"&#0;", b"&lt;", b"<![CDATA[",
          b"<!--", b"-->", b"<Row>", b"</Row>", b"<Cell>", b"]]>", b"<?x?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"PAR1", b"PK\x03\x04"]  # fmt: skip
ZIPPED = ("xlsx", "ods")
CHECKED = ("xlsx", "ods")  # a sum of every part stands beside it: what is read is what was written, or nothing is


def mutated(random: Random, data: bytes, form: str) -> tuple[bytes, str]:
    """The bytes of a file with one thing broken, and how; ``raw`` leaves the sums of a zip as they were."""
    ways = ["raw", "raw", "cut", "piece"]
    if form in ZIPPED:
        ways += ["member"] * 4 + ["directory"]
    elif form == "spreadsheetml":
        ways += ["markup"] * 5
    elif form == "parquet":
        ways += ["footer"] * 4
    way = random.choice(ways)
    broken = {
        "raw": _flipped, "cut": _cut, "piece": _with_piece, "member": _member, "directory": _directory, "markup": _markup, "footer": _footer,
    }[way](random, data)  # fmt: skip
    return broken, way


def _flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 8, 64])):
        at = random.randrange(len(changed))
        changed[at] = random.choice([changed[at] ^ (1 << random.randrange(8)), 0, 255, random.randrange(256)])
    return bytes(changed)


def _cut(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data))
    length = random.choice([1, 4, 64, 512, len(data)])
    if random.random() < 0.3:  # a sector that was never written
        return data[:start] + b"\0" * min(length, len(data) - start) + data[start + length :]
    return data[:start] + data[start + length :]


def _with_piece(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    piece = random.choice(PIECES) * random.choice([1, 1, 1, 2, 100])
    return data[:at] + piece + data[at + (len(piece) if random.random() < 0.5 else 0) :]


def _markup(random: Random, text: bytes) -> bytes:
    way = random.randrange(6)
    tags = list(TAG.finditer(text))
    if way == 0 and (found := list(NUMBER.finditer(text))):
        return _swapped(random, text, found, NUMBERS)
    if way == 1 and (found := list(REFERENCE.finditer(text))):
        return _swapped(random, text, found, REFERENCES)
    if way == 2 and tags:  # a tag that is gone
        tag = random.choice(tags)
        return text[: tag.start()] + text[tag.end() :]
    if way == 3 and tags:  # one that stands twice, or many times
        tag = random.choice(tags)
        return text[: tag.end()] + tag[0] * random.choice([1, 1, 50]) + text[tag.end() :]
    if way == 4 and len(tags) > 1:  # two that have changed places
        first, second = sorted(random.sample(tags, 2), key=lambda tag: tag.start())
        return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]
    return random.choice([_flipped, _with_piece, _cut])(random, text)


def _swapped(random: Random, text: bytes, found: list[re.Match[bytes]], values: list[bytes]) -> bytes:
    at = random.choice(found)
    return text[: at.start()] + random.choice(values) + text[at.end() :]


def _member(random: Random, data: bytes) -> bytes:
    """A part of a zip that is changed, gone, double or exchanged, with sums that fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = random.randrange(len(parts))
    name, content = parts[at]
    way = random.random()
    if way < 0.75 and content:
        parts[at] = (name, _markup(random, content))
    elif way < 0.85:
        del parts[at]
    elif way < 0.92:
        parts[at] = (name, random.choice(parts)[1])
    else:
        parts[at] = (
            random.choice([name.upper(), f"/{name}", f"../{name}", name.replace("/", "\\"), name + "x"]),
            content,
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, said in parts:
            archive.writestr(part, said)
    return out.getvalue()


def _directory(random: Random, data: bytes) -> bytes:
    """A zip whose headers lie: about a size, a sum, a method, a place."""
    marks = [m.start() for m in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    start = random.choice(marks)
    at = start + random.randrange(4, 46)
    if at + 4 > len(data):
        return _flipped(random, data)
    value = random.choice([0, 1, 0xFFFFFFFF, 0x7FFFFFFF, len(data), zlib.crc32(data)])
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def _footer(random: Random, data: bytes) -> bytes:
    """A parquet file whose footer is damaged: its length, or what it says of columns and pages."""
    size = struct.unpack("<I", data[-8:-4])[0]
    start = max(4, len(data) - 8 - size)
    if random.random() < 0.2:
        return (
            data[:-8] + struct.pack("<I", random.choice([0, 1, size - 1, size + 1, 0x7FFFFFFF, 0xFFFFFFFF])) + data[-4:]
        )
    return data[:start] + _flipped(random, data[start:-8]) + data[-8:]
