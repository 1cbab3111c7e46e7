"""The files of a register: finding them, telling their format by content, and noticing when one changes while read."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files.process import start_ahead
from analysis.vocabulary.documents import no_file
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.kinds import must_be_kinds
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_MISSING = 5  # names that cannot be found, in a message
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".parquet", ".duckdb", ".ddb")
# In a folder a .txt is a note; these are about the register, not part of it.
BESIDE = ("readme", "license", "source")
TEMPORARY = ("~$", ".~", ".")
OF_THE_SYSTEM = ("lost+found", "System Volume Information")  # closed to all, at the top of a disk or stick
# Systems also write text and web pages under these names, but those hold no zero bytes.
NEVER_TEXT = (".xlsx", ".xlsm", ".ods", ".parquet", ".duckdb")
# What comes as a register all the same, by its first bytes: which kind of file it is, and what to give in its place.
ORIGINAL = Text(
    "请给出原来的文件（台账为系统导出的 xlsx 或 csv）",
    "Give the original (of a register the xlsx or csv that the system exports)",
)
PACKED = Text("压缩包", "a packed archive"), Text("请先解压，再给出其中的文件", "Unpack it and give the file inside")
NO_TABLES = {
    (b"%PDF-",): (Text("PDF", "a PDF"), ORIGINAL),
    (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"): (Text("图片", "a picture"), ORIGINAL),
    (b"{\\rtf",): (Text("文字文档（RTF）", "a text document (RTF)"), ORIGINAL),
    (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"): PACKED,
}
NAMES_IN_UTF8 = Text(
    "文件夹或文件的名称不是 UTF-8 编码，这里读写不了：请改名，或换一个文件夹。",
    "The name of a folder or file is not written in UTF-8 and cannot be used here: rename it, or take another folder.",
)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1 << 20
BYTES, CELLS, ROWS, COLUMNS = (
    Text("字节", "bytes"),
    Text("个单元格", "cells"),
    Text("行", "rows"),
    Text("列", "columns"),
)  # what there may be too many of
PathGiven = str | PathLike[str]


@dataclass(frozen=True)
class Source:
    """One file of a register as it was when reading began."""

    path: Path
    name: str  # as messages and tables show it: relative to the folder that was given
    format: str
    sha256: str
    bytes: int


def tables_here() -> list[str]:
    """The files in the working folder that may be a register, without those that Office keeps beside an open one."""
    there = (file for file in Path().iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    return sorted(file.name for file in there if not file.name.startswith(TEMPORARY))


def find_files(path: PathGiven | Iterable[PathGiven]) -> list[tuple[Path, str]]:
    """Find the files meant by a file, a folder (with its subfolders), a glob pattern, or several of these; with their names.

    Raises ``InputError`` where there is none, naming all that cannot be found.
    """
    asked = [*path] if isinstance(path, Iterator) else path  # entries of an iterator can be looked at once only
    must_be_kinds({"source": asked}, {"source": "PathGiven | Iterable[PathGiven] | pd.DataFrame"})
    given = [asked] if isinstance(asked, (str, PathLike)) else list(asked)
    found: dict[Path, str] = {}
    missing = []
    for one in given:
        files = _files_of(Path(one))
        missing += [] if files else [str(one)]
        for file, name in files:
            found.setdefault(file, name)
    if missing or not found:
        shown = [*missing[:MOST_MISSING], *([f"… ({len(missing):,})"] if len(missing) > MOST_MISSING else [])]
        what = "、".join(shown) or "（空列表）"
        raise InputError(
            f"找不到台账文件：{what}。应为文件、文件夹或通配符（如 台账/*.xlsx），格式为 {'、'.join(SUFFIXES)}。请检查路径和文件名。",
            f"No register file found: {', '.join(shown) or '(empty list)'}. Expected a file, a folder or a pattern such as "
            f"registers/*.xlsx, of the formats {', '.join(SUFFIXES)}. Check the path and the name.",
        )
    return _told_apart({file: shown_name(name) for file, name in found.items()})


def shown_name(name: str) -> str:
    """Return the name of a file as text, also where the system's locale could not decode it: most names are UTF-8 all the same.

    >>> shown_name("台账.csv"), shown_name("台账.csv".encode().decode("ascii", "surrogateescape"))
    ('台账.csv', '台账.csv')
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _told_apart(found: Mapping[Path, str]) -> list[tuple[Path, str]]:
    """Files of the same name from different folders, named with as many folders as it takes."""
    names = dict(found)
    depth = 1
    while len(set(names.values())) < len(names):
        depth += 1
        counts = Counter(names.values())
        names = {p: Path(*p.parts[-depth:]).as_posix() if counts[n] > 1 else n for p, n in names.items()}
        if all(depth > len(path.parts) for path in names):
            return [(path, shown_name(str(path))) for path in names]
    return list(names.items())


def _files_of(path: Path) -> list[tuple[Path, str]]:
    try:
        if path.is_dir():
            return [(p, p.relative_to(path).as_posix()) for p in sorted(_within(path)) if is_table_of_register(p, path)]
        if path.exists():
            return [(path, path.name)]
        matches = sorted(Path(m) for m in glob.iglob(str(path), recursive=True)) if glob.has_magic(str(path)) else []  # noqa: PTH207 - Path.glob takes no absolute pattern
    except (OSError, ValueError):  # a name that no file system takes (too long, a NUL in it)
        return []
    return [pair for match in matches for pair in _files_of(match)]


def _within(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; raises ``InputError`` for a subfolder that cannot be looked into, whose rows would be missed."""

    def refused(error: OSError) -> None:
        if Path(error.filename).name in OF_THE_SYSTEM:
            return
        raise not_readable(shown_name(str(error.filename)), error)

    for parent, _, names in os.walk(folder, onerror=refused):
        yield from (Path(parent, name) for name in names)


def is_table_of_register(path: Path, folder: Path) -> bool:
    """Return whether a file of a folder is read as one of its register's: a table, and none of those that are kept beside one."""
    parts = path.relative_to(folder).parts
    return (
        (
            path.is_file() or (path.is_symlink() and not path.exists())
        )  # of a link that leads nowhere it is said when it is read
        and path.suffix.lower() in SUFFIXES
        and path.suffix.lower() != ".txt"
        and not any(part.startswith(TEMPORARY) for part in parts)
        and not path.stem.lower().startswith(BESIDE)
    )


def cannot_be_read(name: str, zh: str, en: str) -> InputError:
    """Return the error for a file that cannot be read, with the reason in one line: a library's own words may have several."""
    zh, en = (" ".join(said.split()) for said in (zh, en))
    return InputError(f"文件 {name} 读不了：{zh}", f"File {name} cannot be read: {en}")


def holds_no_table(name: str, kind: Text, to_do: Text) -> InputError:
    """Return the error for a file of another kind than any that holds tables."""
    return cannot_be_read(
        name,
        f"它是{kind.zh}，读不出其中的内容。{to_do.zh}。",
        f"it is {kind.en}, whose contents are not read. {to_do.en}.",
    )


def has_password(name: str) -> InputError:
    """Return the error for a file that is encrypted."""
    return cannot_be_read(name, "它有密码。请取消密码后另存。", "it has a password. Save it without one.")


def not_readable(name: str, error: OSError) -> InputError:
    """Return the error for a file that the system does not give."""
    return cannot_be_read(
        name,
        f"{error.strerror or error}。请检查权限，并关闭正在使用它的程序。",
        f"{error.strerror or error}. Check the permission, and close the program that uses it.",
    )


def too_large(source: Source, number: int, what: Text) -> InputError:
    """Return the error for a file that holds, or says that it holds, more of something than any register."""
    to_do = to_shrink(source)
    return cannot_be_read(
        source.name,
        f"展开后过大（{number:,}{what.zh}），超出所需。{to_do.zh}",
        f"it is too large when unpacked ({number:,} {what.en}): more than is ever needed. {to_do.en}",
    )


def to_shrink(source: Source) -> Text:
    """Say how a file that is too large becomes smaller."""
    if source.format.startswith("document"):
        return Text(
            "请删去大图和无关的表格、段落后另存。",
            "Delete large pictures and what does not belong there, and save it again.",
        )
    return Text("请删去空白区域后另存，或改为导出 csv。", "Delete its empty areas and save it again, or export csv.")


def must_be_no_pipe(path: Path, name: str) -> None:
    """Raise ``InputError`` for a folder, and for a pipe or a device: a source is read more than once, and has an end."""
    if problem := no_file(path):
        raise cannot_be_read(name, problem.zh, problem.en)


def must_be_utf8(path: Path) -> None:
    """Raise ``InputError`` for a path that is not written in UTF-8: Arrow and DuckDB take no other."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError as error:
        raise InputError(NAMES_IN_UTF8.zh, NAMES_IN_UTF8.en) from error


def digest(path: Path, name: str) -> tuple[str, int]:
    """Compute SHA-256 and size of a file, read in pieces."""
    total, sha = 0, hashlib.sha256()
    try:
        must_be_no_pipe(path, name)
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                sha.update(piece)
                total += len(piece)
    except FileNotFoundError as error:
        raise cannot_be_read(
            name, "没有这个文件。请检查路径和文件名。", "there is no such file. Check path and name."
        ) from error
    except OSError as error:
        raise not_readable(name, error) from error
    return sha.hexdigest(), total


def open_source(path: Path, name: str) -> Source:
    """Open a file and tell its format by its first bytes (an .xls may be text, an .xlsx an encrypted container), and its checksum."""
    start_ahead()
    sha, size = digest(path, name)
    if size == 0:
        raise cannot_be_read(name, "文件是空的。请重新导出。", "it is empty. Export it again.")
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    for begun, (kind, to_do) in NO_TABLES.items():
        if head.startswith(begun):
            raise holds_no_table(name, kind, to_do)
    form = _format(head)
    if form == "text" and path.suffix.lower() in NEVER_TEXT and b"\0" in head and not head.startswith(UTF16_MARKS):
        raise cannot_be_read(
            name,
            f"它以 {path.suffix} 命名，内容却不是这种文件，可能已损坏或加密。请重新导出。",
            f"it is named {path.suffix} but holds no such file: it may be damaged or encrypted. Export it again.",
        )
    return Source(path, name, form, sha, size)


def _format(head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return "workbook"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head[8:12] == b"DUCK":
        return "duckdb"
    return "text"


def must_be_unchanged(source: Source, sha256: str) -> None:
    """Raise ``InputError`` where what was read is not what was there when reading began."""
    if sha256 != source.sha256:
        raise cannot_be_read(
            source.name,
            "读取过程中文件被改动。请在导出完成、无人编辑时重新读取。",
            "it changed while it was read. Read it again when the export is complete and nobody edits it.",
        )
