"""The encoding of a text file, told by its content; a file of two encodings is refused, never read as other characters."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from analysis.files.source import CHUNK, Source, cannot_be_read

if TYPE_CHECKING:
    from analysis.vocabulary.errors import InputError

CERTAIN_OF_UTF8 = 3  # so many multi-byte characters in a row do not happen by chance in GB18030
ZEROS_OF_UTF16 = 0.02  # share of zero bytes, on one side only, that figures and commas leave in UTF-16
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
# What a decoder takes for other characters without a word. In GB18030: a run of bytes that is Chinese in UTF-8 as a whole. In UTF-8: a
# cell that is GB2312 as a whole, which would be letters of Europe. In UTF-16: figures of one byte a letter, and line feeds of those or
# with their bytes the other way round.
FIGURES = "".join(chr(a << 8 | b) for a in range(ord(","), ord(":")) for b in range(ord(","), ord(":")))
UTF8_IN_GB18030 = re.compile(
    rb"(?s)[\xe3-\xe9\xef](?<![\x80-\xff].)[\x80-\xbf]{2}(?:[\xe3-\xe9\xef][\x80-\xbf]{2})+(?![\x80-\xff])"
)
GBK_IN_UTF8 = re.compile(rb'(?s)[\xc4-\xd7](?<![^,;|\t\r\n"].)[\xa1-\xbf](?:[\xc2-\xd7][\xa1-\xbf])*(?![^,;|\t\r\n"])')
BYTES_IN_UTF16 = re.compile(f"[\u0a00-\u0aff]|[{re.escape(FIGURES)}]{{4}}")
MIXED_IN: dict[str, re.Pattern[Any]] = {
    "gb18030": UTF8_IN_GB18030,
    **dict.fromkeys(("utf-8", "utf-8-sig"), GBK_IN_UTF8),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), BYTES_IN_UTF16),
}


def encoding_of(source: Source, *, wholly: bool = True) -> str:
    """Find the encoding of a text file: by its mark, else UTF-16 by its zero bytes, else UTF-8 where all of it is, else GB18030.

    Raises ``InputError`` for UTF-8 with damaged bytes, which read as GB18030 would give other characters in silence. Not
    ``wholly`` stops where it is certain of UTF-8: who reads on must see whether ``is_utf8`` holds.
    """
    with source.path.open("rb") as stream:
        head = stream.read(4096)
        for bom, encoding in BOMS:
            if head.startswith(bom):
                return encoding
        zeros = head[1::2].count(0), head[::2].count(0)
        if max(zeros) > ZEROS_OF_UTF16 * len(head) and max(zeros) > 9 * min(zeros):
            guess = "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
            if b"\n" not in head or "\n" in head.decode(guess, "replace"):  # else zeros within text of another encoding
                return guess
        stream.seek(0)
        rest, seen = b"", 0
        while True:
            read = stream.read(CHUNK)
            piece = rest + read
            end = _last_whole(piece) if read else len(piece)
            try:
                if not is_utf8(pa.py_buffer(piece).slice(0, end)):
                    piece[:end].decode()  # fails
            except UnicodeDecodeError as error:
                seen += len(MULTIBYTE.findall(piece[: error.start]))
                if seen < CERTAIN_OF_UTF8:
                    return "gb18030"
                raise does_not_decode(source, "utf-8") from error
            if not read or (seen >= CERTAIN_OF_UTF8 and not wholly):
                return "utf-8"
            seen += len(MULTIBYTE.findall(piece)) if seen < CERTAIN_OF_UTF8 else 0
            rest = piece[end:]


def _last_whole(piece: bytes) -> int:
    """Find where the last whole character of a piece of UTF-8 ends.

    >>> _last_whole("案号".encode()), _last_whole("案号".encode()[:-1])
    (6, 3)
    """
    for back in range(1, min(4, len(piece) + 1)):
        byte = piece[-back]
        if byte >= 0xC0:
            needed = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return len(piece) - (back if back < needed else 0)
        if byte < 0x80:
            break
    return len(piece)


def is_utf8(text: pa.Buffer) -> bool:
    """Return whether bytes are UTF-8; Arrow tells several times as quickly as Python decodes."""
    ends = pa.py_buffer(np.array([0, len(text)], dtype="int32"))
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, ends, text]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def does_not_decode(source: Source, encoding: str) -> InputError:
    """Return the error for a file that does not decode, with the line where it stops."""
    line = 1
    with suppress(UnicodeDecodeError), source.path.open("rb") as stream:
        decode = codecs.getincrementaldecoder(encoding)().decode
        for piece in stream:
            line += decode(piece).count("\n")
    return _not_of_it(source, encoding, line)


def _not_of_it(source: Source, encoding: str, line: int) -> InputError:
    called = encoding.upper().removesuffix("-SIG")
    return cannot_be_read(
        source.name,
        f"第{line:,}行有文字不是 {called} 编码，与其余的行不同，照读会成为别的字：或混有另一种编码（如两份导出首尾相接），或文件已损坏。"
        "请重新导出，不要拼接；如只是个别单元格，可在 Excel 中改正后另存为 xlsx。",
        f"line {line:,} holds text that is not {called} as the other lines are, and would be read as other characters: either another "
        "encoding is mixed in (two exports joined?) or the file is damaged. Export it again without joining; where it is a cell or "
        "two, correct them in Excel and save the file as xlsx.",
    )


def must_not_be_mixed(source: Source, encoding: str, lines: bytes | pa.Buffer | str, first: int) -> None:
    """Raise ``InputError`` where lines hold what their decoder takes for other characters; ``first`` is the number of the first."""
    if isinstance(lines, str) and not encoding.startswith("utf-16"):
        lines = lines.encode(encoding)
    if found := MIXED_IN[encoding].search(lines):
        before = lines[: found.start()]
        feeds = before.count("\n") if isinstance(before, str) else bytes(before).count(b"\n")
        raise _not_of_it(source, encoding, first + feeds)
