"""The folder of an ingested register and its checksums: what is read there is what was written, byte for byte.

What is checked when: on opening, and before more is ingested, that every file of the manifest is there with its size and
the CRC-32 of all its bytes (some 2 GB a second and processor), that each part says to have the columns and rows of one, that
there is no part besides, and that the manifest is whole (SHA-256 of itself); by ``verify_ingested`` also the SHA-256 of every
file, the checksum of every page of parquet, and that its rows are as many as were kept. The SHA-256 of the parts name what was
scanned (``Cases.scanned``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import pandas as pd

from analysis.cases.columns import schema
from analysis.cases.table import INPUT_COLUMNS
from analysis.files.source import CHUNK, PathGiven, digest, must_be_utf8
from analysis.files.threads import map_ordered
from analysis.register.read_log import LOGGED
from analysis.vocabulary.columns import TABLES
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases

MANIFEST, SOURCES, WORK = "ingest.json", "sources", ".staged"  # the last holds what a killed run has read
LOCK = ".ingest.lock"  # held by the run that writes; in the folder, as the one above it may take no files
FORMS = "court-analysis ingest "
FORM = f"{FORMS}7"
HALF = ".tmp"  # ends the name of a file that has still to take its place
WRITTEN = "written-"  # records of parts that a run has put in their place before its manifest
SHOWN = 5  # files that a message names
MOST_ROWS_A_BYTE = 4  # of a part that was written here, whose columns repeat more than those of a foreign file
ABSENT = Text("不在了", "is gone")
OTHER_BYTES = Text("内容不是入库时所写", "does not hold what was written")
OTHER_ROWS = Text("行数与清单不符", "has another number of rows than the manifest says")
OTHER_COLUMNS = Text("各栏不是入库所写", "does not have the columns that are written")
NO_PART = Text("不是入库所写的分区", "is no part that was written")
RECORD = {"bytes": int, "crc32": int, "sha256": str, "sources": list}  # what is said of a file
ABOUT, SAID = "about.json", "register.toml"  # of a source, and of the register: its last day, court and choices
BEGUN = {LOCK, WORK, SOURCES, SAID, SAID + HALF, MANIFEST + HALF, *TABLES}  # what a first run leaves that was killed
# Of a part, and of what is kept of a source.
PART = re.compile(rf"(?:cases/filed_year=-?\d+|{'|'.join(name for name in TABLES if name != 'cases')})/part-0\.parquet")
OF_SOURCE = re.compile(rf"{SOURCES}/([0-9a-f]{{24}})/about(?:\.json|-[a-z_]+\.parquet)")
COLUMNS = ["file", "bytes", "problem", "sources"]

Manifest = dict[str, Any]


def is_ingested(path: Any) -> TypeGuard[PathGiven]:
    """Return whether a path is a folder that ``ingest`` wrote."""
    try:
        return isinstance(path, (str, os.PathLike)) and (Path(path) / MANIFEST).is_file()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def must_be_finished(path: Any) -> None:
    """Raise ``InputError`` for a folder of ``ingest`` without its manifest: what an interrupted run has read is no register yet."""
    if not isinstance(path, (str, os.PathLike)) or is_ingested(path):
        return
    if os.path.isdir(Path(path) / WORK):  # noqa: PTH112 - false for any name
        raise InputError(
            f"{path} 的导入（ingest）中断了，还不是台账。请原样再运行一次 ingest，它会接着做完。",
            f"{path} was left by an ingest that was interrupted and is no register yet. Run the same ingest again: it goes on where it stopped.",
        )
    if os.path.isdir(Path(path) / SOURCES) and any(Path(path).glob(f"{SOURCES}/*/{ABOUT}")):  # noqa: PTH112 - likewise
        raise InputError(
            f"{path} 是入库文件夹，其中的入库清单 {MANIFEST} 却不在了。请删去这个文件夹，重新入库（court-analysis ingest … --out {path}）。",
            f"{path} is an ingested register whose manifest {MANIFEST} is gone: delete the folder and ingest again "
            f"(court-analysis ingest … --out {path}).",
        )


def manifest_of(target: Path) -> Manifest | None:
    """Read the manifest of a folder; ``None`` where ``ingest`` may begin one. Raises where it is damaged, or the folder another's."""
    must_be_utf8(target)
    file = target / MANIFEST
    if file.is_file():
        read = _as_written(file)
        if read is None or str(read.get("form", "")).startswith(FORMS):
            if read is None or read["form"] != FORM or read.pop("sha256", None) != _seal(read) or not _is_whole(read):
                raise _not_usable(target)
            return read
    elif not target.exists() or (target.is_dir() and {p.name for p in target.iterdir()} <= BEGUN):
        return None
    raise OutputError(
        f"{target} 已存在，又不是入库文件夹：请换一个文件夹。",
        f"{target} exists and is no ingested register: name another.",
    )


def _as_written(file: Path) -> Manifest | None:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _is_whole(read: Manifest) -> bool:
    """Whether what a manifest says is of the kinds that ``ingest`` writes, names nothing outside the folder, and leaves no part out.

    Its seal is no secret: whoever changes a manifest can seal it again.
    """
    files, parts, sources, names = (read.get(name) for name in ("files", "parts", "sources", "file_names"))
    if not (
        isinstance(files, dict) and isinstance(parts, dict) and isinstance(sources, dict) and isinstance(names, dict)
    ):
        return False
    about = [found[1] for name in files if (found := OF_SOURCE.fullmatch(name))]
    return (
        isinstance(read.get("settings"), str)
        and isinstance(_object(read["settings"]), dict)
        and all(isinstance(name, str) and f"{SOURCES}/{key}/{ABOUT}" in files for key, name in sources.items())
        and all(isinstance(name, str) for name in names.values())
        and all(isinstance(rows, int) and rows > 0 for rows in parts.values())
        and {*about} == sources.keys()
        and parts.keys() == {name for name in files if PART.fullmatch(name)}
        and SAID in files
        and len(files) == len(about) + len(parts) + 1
        and all(_is_record(said) for said in files.values())
    )


def _is_record(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and all(isinstance(said.get(key), kind) for key, kind in RECORD.items())
        and all(isinstance(source, str) for source in said["sources"])
    )


def _object(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _not_usable(target: Path) -> InputError:
    return InputError(
        f"{target} 的入库清单 {MANIFEST} 已损坏，或由旧版本写成：请删去这个文件夹，重新入库（court-analysis ingest … --out {target}）。",
        f"The manifest {MANIFEST} of {target} is damaged, or of an earlier version: delete the folder and ingest again "
        f"(court-analysis ingest … --out {target}).",
    )


def write_manifest(target: Path, manifest: Manifest) -> None:
    """Write the manifest, with its own checksum; it takes the place of the one before as a whole."""
    sealed = manifest | {"sha256": _seal(manifest)}
    write_whole(target / MANIFEST, json.dumps(sealed, ensure_ascii=False, indent=1))


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode(errors="replace")).hexdigest()


def write_whole(file: Path, text: str) -> None:
    """Write a file that takes the place of the one before as a whole."""
    partial = file.with_name(file.name + HALF)
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)


def record(file: Path, sources: Iterable[str]) -> dict[str, Any]:
    """Return what the manifest says of a file: its bytes, their checksums, and the sources of what it holds."""
    sha256, size = digest(file, file.name)
    return {"bytes": size, "crc32": _crc32(file), "sha256": sha256, "sources": sorted(set(sources))}


def _crc32(file: Path) -> int:
    crc, piece = 0, bytearray(CHUNK)
    with file.open("rb", buffering=0) as stream:
        while count := stream.readinto(piece):
            crc = zlib.crc32(memoryview(piece)[:count], crc)
    return crc


def damaged(target: Path, manifest: Manifest) -> dict[str, Text]:
    """Find the files that are not as they were written, and what is wrong with each."""
    files = manifest["files"]
    rows = manifest["parts"]
    problems = dict(
        zip(files, map_ordered(lambda name: _problem(target, name, files[name], rows.get(name)), files), strict=True)
    )
    problems |= {name: NO_PART for name in parts_there(target) if name not in files}
    return {name: problem for name, problem in problems.items() if problem is not None}


def _problem(target: Path, name: str, said: dict[str, Any], rows: int | None = None) -> Text | None:
    """What is wrong with a file of the manifest; of a part the manifest says the rows."""
    file = target / name
    try:
        if not file.is_file():
            return ABSENT
        if file.stat().st_size != said["bytes"] or _crc32(file) != said["crc32"]:
            return OTHER_BYTES
    except OSError as error:
        return Text(f"读不了（{error.strerror or error}）", f"cannot be read ({error.strerror or error})")
    if file.name == ABOUT:
        return None if _is_account(_object(file.read_text(encoding="utf-8", errors="replace"))) else OTHER_BYTES
    return None if file.suffix != ".parquet" else _problem_of_parquet(file, name, rows)


def _is_account(read: Any) -> bool:
    """Whether what is said of a source is of the kinds that ``ingest`` writes."""
    return (
        isinstance(read, dict)
        and isinstance(inputs := read.get("inputs"), list)
        and all(isinstance(one, dict) and one.keys() == {*INPUT_COLUMNS} for one in inputs)
        and all(
            isinstance(one[key], str if key in ("file", "sha256") else int) for one in inputs for key in INPUT_COLUMNS
        )
        and isinstance(tables := read.get("read"), list)
        and {str(table) for table in tables} <= {*TABLES}
        and all(
            isinstance(said := read.get(of), dict) and all(isinstance(text, str) for text in said.values())
            for of in ("headers", "file_names", "headings")
        )
    )


def _problem_of_parquet(file: Path, name: str, rows: int | None) -> Text | None:
    """What is wrong with what a parquet says of itself: whoever changes it can write its checksums anew."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as part:
            held, columns_held = part.metadata.num_rows, part.schema_arrow
    except (OSError, pa.ArrowException) as error:
        return _unreadable(error)
    if rows is None:
        is_as_written = columns_held.names == LOGGED.get(file.stem.removeprefix("about-"))
        is_as_written = is_as_written and not any(map(pa.types.is_nested, columns_held.types))
    else:
        is_as_written = columns_held.equals(schema(name.split("/", 1)[0]))
    if not is_as_written:
        return OTHER_COLUMNS
    return None if held == (rows or held) <= file.stat().st_size * MOST_ROWS_A_BYTE else OTHER_ROWS


def _unreadable(error: Exception) -> Text:
    return Text(f"读不了（{str(error)[:100]}）", f"cannot be read ({str(error)[:100]})")


def parts_there(target: Path) -> list[str]:
    """Return the names of all parts that lie in a folder."""
    return [p.relative_to(target).as_posix() for table in TABLES for p in sorted((target / table).rglob("*.parquet"))]


def must_be_sound(target: Path, manifest: Manifest) -> None:
    """Raise ``InputError`` for files that are not as they were written, naming the sources that are to be read again."""
    if not (problems := damaged(target, manifest)):
        return
    named = list(problems.items())[:SHOWN]
    hit = {s for name in problems for s in manifest["files"].get(name, {"sources": ()})["sources"]}
    sources = _as_called(manifest, hit)
    zh_files = "；".join(f"{name} {problem.zh}" for name, problem in named)
    en_files = "; ".join(f"{name} {problem.en}" for name, problem in named)
    zh_more, en_more = (
        (f"（共{len(problems)}个文件）", f" ({len(problems)} files)") if len(problems) > SHOWN else ("", "")
    )
    more = "…" if len(sources) > SHOWN else ""
    zh_from = f"涉及的来源：{'、'.join(sources[:SHOWN])}{more}。" if sources else ""
    en_from = f" They hold rows of {', '.join(sources[:SHOWN])}{more}." if sources else ""
    raise InputError(
        f"入库文件夹 {target} 已损坏，或上一次入库没有完成：{zh_files}{zh_more}。{zh_from}请用原来的来源再运行一次 court-analysis ingest … "
        f"--out {target}，只重读这些来源；不是入库所写的文件请移到别处。",
        f"The ingested register {target} is damaged, or the last ingest did not end: {en_files}{en_more}.{en_from} Run court-analysis "
        f"ingest … --out {target} again with the sources as before: only these are read again. Move away what is no part of it.",
    )


def _as_called(manifest: Manifest, recorded: Iterable[str]) -> list[str]:
    """Sources by the names of their files, which are recorded by a number where they could be somebody's."""
    return sorted(manifest["file_names"].get(name, name) for name in recorded)


def without_damaged(target: Path, manifest: Manifest) -> Manifest:
    """Take damaged files out of a folder and its manifest, with all sources that they hold rows of, so that these are read again.

    A part that a killed run has put in its place is sound as that run recorded it.
    """
    begun: dict[str, Any] = {}
    for file in (target / WORK).glob(f"{WRITTEN}*.json"):
        begun |= json.loads(file.read_text(encoding="utf-8"))
    found = damaged(target, manifest)
    strangers = [name for name, problem in found.items() if problem is NO_PART and name not in begun]
    if strangers:
        must_be_sound(target, manifest)
    lost = {n for n in found if n in manifest["files"] and not (n in begun and _problem(target, n, begun[n]) is None)}
    sources = {source for name in lost for source in manifest["files"][name]["sources"]}
    stay = {key: name for key, name in manifest["sources"].items() if name not in sources}
    for name in lost & set(manifest["parts"]):
        (target / name).unlink(missing_ok=True)
    for key in set(manifest["sources"]) - set(stay):
        shutil.rmtree(target / SOURCES / key, ignore_errors=True)
    gone = lost | {n for n in manifest["files"] if n.startswith(f"{SOURCES}/") and n.split("/")[1] not in stay}
    return manifest | {
        "sources": stay,
        "parts": {name: rows for name, rows in manifest["parts"].items() if name not in lost},
        "files": {name: said for name, said in manifest["files"].items() if name not in gone},
    }


def scanned(manifest: Manifest) -> dict[str, str]:
    """Return the SHA-256 of every part, by its name."""
    return {name: manifest["files"][name]["sha256"] for name in manifest["parts"]}


def must_be_as_scanned(cases: Cases) -> None:
    """Raise ``InputError`` where a part of an ingested register is no longer what it was when the register was opened.

    A manifest names the bytes of the parts; figures of a part that was written anew, or damaged, meanwhile are of others.
    """
    files = cases.in_files[1] if cases.in_files else ()
    for folder in {Path(file).parents[2] for file in files[:1]}:  # cases/filed_year=2011/part-0.parquet
        _must_be_none(
            folder, [name for name, sha256 in cases.scanned.items() if digest(folder / name, name)[0] != sha256]
        )


def unchanged_since_opening(target: Path, manifest: Manifest) -> Callable[[], None]:
    """Return what raises ``InputError`` once the place, size or time of a part is another than now: quick enough before every question."""
    opened = {name: _stamp(target / name) for name in manifest["parts"]}

    def must_be_unchanged() -> None:
        _must_be_none(target, [name for name, stamp in opened.items() if _stamp(target / name) != stamp])

    return must_be_unchanged


def _stamp(part: Path) -> tuple[int, int, int] | None:
    try:
        about = part.stat()
    except OSError:  # gone, or a link that leads to itself
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _must_be_none(folder: Path, changed: list[str]) -> None:
    if changed:
        names = changed[:SHOWN]
        raise InputError(
            f"入库文件夹 {folder} 在读取之后被改动：{'、'.join(names)}。请重新运行；仍不行，请运行 court-analysis ingest … --out {folder}。",
            f"The ingested register {folder} was changed after it was opened: {', '.join(names)}. Run this again; if that does not help, "
            f"run court-analysis ingest … --out {folder}.",
        )


def verify_ingested(source: PathGiven) -> pd.DataFrame:
    """Check an ingested register to the last byte and return one row a file, with what is wrong with it.

    Compares the SHA-256 of every file, the checksum of every page of parquet and the number of rows with what ``ingest``
    wrote. ``read_cases`` checks sizes and CRC-32 of all files whenever it opens the folder.

    Parameters
    ----------
    source : path
        The folder that ``ingest`` wrote.

    Returns
    -------
    DataFrame
        ``file, bytes, problem`` (empty where it is sound, in both languages)``, sources`` (whose rows it holds: those to be read again).

    Raises
    ------
    ArgumentError
        The folder is no ingested register.
    InputError
        Its manifest is damaged.

    >>> import tempfile
    >>> from analysis.register.ingest import ingest
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "cases.csv").write_text("案号,立案日期,法院\\n（2011）富执字第1号,2011-01-04,甲\\n", encoding="utf-8")
    >>> _ = ingest(folder, folder / "out")
    >>> part = folder / "out/cases/filed_year=2011/part-0.parquet"
    >>> _ = part.write_bytes(part.read_bytes().replace(b"PAR1", b"PAR2"))
    >>> found = verify_ingested(folder / "out")
    >>> found.loc[found["problem"] != "", ["file", "sources"]].values.tolist()
    [['cases/filed_year=2011/part-0.parquet', 'cases.csv']]
    """
    target = Path(source)
    if not is_ingested(source):
        raise ArgumentError(
            f"{target} 不是入库文件夹：应为 court-analysis ingest --out 写出的文件夹。",
            f"{target} is no ingested register: expected a folder that court-analysis ingest --out wrote.",
        )
    manifest = manifest_of(target) or {}
    rows = []
    for name, said in manifest["files"].items():
        number = manifest["parts"].get(name)
        problem = _problem(target, name, said, number) or _problem_within(target / name, said, number)
        rows.append(
            (name, said["bytes"], problem.cell if problem else "", "、".join(_as_called(manifest, said["sources"])))
        )
    strangers = [name for name in parts_there(target) if name not in manifest["files"]]
    rows += [(name, (target / name).stat().st_size, NO_PART.cell, "") for name in strangers]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs["table"] = "verify_ingested"
    return table


def _problem_within(file: Path, said: dict[str, Any], rows: int | None) -> Text | None:
    """What is wrong with a file of the right size and CRC: its SHA-256, its pages, its rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if digest(file, file.name)[0] != said["sha256"]:
        return OTHER_BYTES
    if rows is None:
        return None
    try:
        with pq.ParquetFile(file, page_checksum_verification=True) as part:
            read = sum(batch.num_rows for batch in part.iter_batches())
    except (OSError, pa.ArrowException) as error:
        return _unreadable(error)
    return None if read == rows else OTHER_ROWS
