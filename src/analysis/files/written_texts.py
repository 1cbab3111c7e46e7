"""The texts in what was written: parts of zip archives (Word, PowerPoint, Excel and what is embedded in them), web pages, PDF."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

TAG = re.compile(r"<[^<>]*>")
ADDRESS = re.compile(r' (?:r|ref|sqref|topLeftCell|activeCell)="[A-Z$\d: ]*"')  # of a cell: P12 is nobody's code there
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
OBJECT = re.compile(rb"\d+ \d+ obj(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f]+)>", re.DOTALL)
OCTAL_OR_MARK = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
OCTAL = tuple(b"%d" % digit for digit in range(8))
MARKS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
CHARACTER = re.compile(rb"<([0-9A-Fa-f]{4})>[ \t]*<([0-9A-Fa-f]+)>(?:[ \t]*<([0-9A-Fa-f]+)>)?")
UTF16 = b"\xfe\xff"


def texts_in(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a file with its place: archives to their last part; as written, and without tags and escapes.

    A word may be spread over several runs of text, so tags are taken out without a gap.

    >>> [text for _, text in texts_in("a.html", "<p>王<b>伟</b> &#26446;</p>".encode())]
    ['a.html', '<p>王<b>伟</b> 李</p>', '王伟 李']
    """
    yield name, name
    if content.startswith(b"%PDF"):
        for text in _of_pdf(content):
            yield name, text
    elif content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from texts_in(f"{name}!{part}", archive.read(part))
    else:
        text = content.decode("utf-8", errors="replace")
        if "\\u" in text:
            text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        if "&" in text:
            text = html.unescape(text)
        if "!xl/" in name:
            text = ADDRESS.sub("", text)
        yield name, text
        if "<" in text:
            yield name, TAG.sub("", text)


def _of_pdf(content: bytes) -> Iterator[str]:
    """The texts of a PDF: its strings and metadata, and what is drawn, read by the characters that each of its fonts names."""
    streams, fonts = [], []
    for found in OBJECT.finditer(content):
        parts = STREAM.search(found[1])
        if parts is None:
            yield _strings(found[1])
            continue
        stream = _inflated(parts[1])
        if b"begincmap" in stream:
            fonts.append({int(code, 16): _character(first, of) for code, first, of in CHARACTER.findall(stream)})
        elif stream.startswith(b"<?xpacket"):
            yield stream.decode("utf-8", errors="replace")
        elif b"BT" in stream and b" Tf" in stream:
            streams.append(list(_drawn(stream)))
    for pieces in streams:
        codes = [int.from_bytes(piece[i : i + 2]) for piece in pieces for i in range(0, len(piece), 2)]
        for font in fonts:
            yield "".join(font.get(code, " ") for code in codes)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:  # written as it is
        return stream


def _character(first: bytes, of_range: bytes) -> str:
    """The text that a code stands for; of a range only its first, as fonts that are cut to what is used name each by itself."""
    return bytes.fromhex((of_range or first).decode()).decode("utf-16-be", errors="replace")


def _drawn(stream: bytes) -> Iterator[bytes]:
    for literal, hexadecimal in SHOWN.findall(stream):
        yield bytes.fromhex(hexadecimal.decode()) if hexadecimal else _literal(literal)


def _literal(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1], 8) & 0xFF]) if match[1][:1] in OCTAL else MARKS.get(match[1], match[1])

    return OCTAL_OR_MARK.sub(plain, text)


def _strings(part: bytes) -> str:
    """The strings of an object that draws nothing: titles, alt texts, names."""
    return "\n".join(
        raw[2:].decode("utf-16-be", "replace") if raw.startswith(UTF16) else raw.decode("utf-8", "replace")
        for raw in _drawn(part)
    )
