"""Where results are to be written: looked at before the work, so that nobody waits for a report that has no place."""

from __future__ import annotations

import glob
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.files.source import PathGiven
from analysis.vocabulary.errors import OutputError

# What Windows takes for no name: signs that mean something else to it (all behind a colon would go into a hidden part of
# another file), ends that it drops, and devices.
NO_NAME = re.compile(
    r'[<>:"|?*\x00-\x1f]|[. ]$|^(?:con(?:in\$|out\$)?|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?: *\.|$)', re.IGNORECASE
)
OUTPUT = "输出"  # the folder into which notebooks and the explorer save
PART_OF_NAME = 40  # letters: with a number behind them still a name that every system takes
WAITS = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds in which a scanner has looked through what was just written


def must_take_files(folder: PathGiven) -> None:
    """Raise ``OutputError`` where no file can be written into a folder, or into the nearest one above it that is there."""
    target = behind_links(folder).absolute()
    _must_be_named(target)
    try:
        there = next(path for path in (target, *target.parents) if path.exists())
        if not there.is_dir():
            raise OutputError(
                f"{there} 是文件，不能作输出文件夹。请用 out=（--out）另给一个文件夹。",
                f"{there} is a file and cannot be the folder of what is written: name another with out= (--out).",
            )
        with tempfile.TemporaryFile(dir=there):  # rights, a read-only disk and a full one show themselves
            pass
    except OSError as error:
        raise OutputError.not_writable(folder, error) from error


def must_take_file(file: PathGiven) -> None:
    """Raise ``OutputError`` where a file cannot be written: its folder is not there or takes none, or it is a folder itself.

    >>> must_take_file("/absent/findings.xlsx")
    Traceback (most recent call last):
    analysis.vocabulary.errors.OutputError: 文件夹不存在：/absent。请先建立该文件夹，或改写路径。
    """
    target = behind_links(file)
    _must_be_named(target)
    try:
        is_folder, has_folder = target.is_dir(), target.parent.is_dir()
    except OSError as error:  # a name that is too long
        raise OutputError.not_writable(target, error) from error
    if is_folder:
        raise OutputError(f"{target} 是文件夹：请给出文件名。", f"{target} is a folder: name a file.")
    _must_be_no_device(target)
    if not has_folder:
        raise OutputError(
            f"文件夹不存在：{target.parent}。请先建立该文件夹，或改写路径。",
            f"no such folder: {target.parent}. Make it first, or write another path.",
        )
    must_take_files(target.parent)
    if open_elsewhere([target]):
        raise OutputError(
            f"{target} 正被另一个程序打开（Excel、WPS？），不能改写。请先关闭它，或另给一个文件名。",
            f"{target} is open in another program (Excel?) and cannot be replaced: close it first, or name another file.",
        )


def behind_links(path: PathGiven) -> Path:
    """Return where a link leads, also to what is not there yet: what is written takes its place, and the link stays."""
    target = Path(path)
    if not os.path.islink(target):  # noqa: PTH114 - false for any name, as one that is too long
        return target
    real = Path(os.path.realpath(target))
    if real.is_symlink():
        raise OutputError(
            f"{target} 是指向自身的链接。请删去它，或另给一个文件名。",
            f"{target} is a link that leads to itself: delete it, or choose another name.",
        )
    return real


def _must_be_named(target: Path) -> None:
    """Raise ``OutputError`` on Windows for a name that it would take for another."""
    names = (part for part in target.parts if part not in (target.anchor, ".", ".."))
    wrong = next(filter(NO_NAME.search, names), None)
    if sys.platform == "win32" and wrong is not None:
        raise OutputError(
            f'{target}：Windows 不能用“{wrong}”作文件或文件夹的名称（不能含 < > : " | ? *，不能以句点或空格结尾，不能是 CON、NUL 之类）。请换一个名称。',
            f'{target}: "{wrong}" is no name of a file or folder on Windows (none of < > : " | ? *, no point or space at the end, not CON, NUL '
            "and the like). Choose another name.",
        )


def file_name(text: str) -> str:
    """Return a text as the name of a file that every system takes.

    >>> file_name("甲:乙/丙法院_2011.json"), file_name("con.json")
    ('甲_乙_丙法院_2011.json', '_con.json')
    """
    name = re.sub(r'[<>:"|?*/\\\x00-\x1f]', "_", text).rstrip(". ")
    return f"_{name}" if NO_NAME.search(name) or not name else name


def put(source: Path, target: Path) -> None:
    """Let a file or folder take its place: on Windows tried again while a scanner of viruses holds what was just written."""
    move = source.rename if source.is_dir() else source.replace
    for wait in WAITS if sys.platform == "win32" else ():
        try:
            move(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    move(target)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a folder to write into that takes its place as ``target`` when the ``with`` ends; nothing is left of it where that is broken off.

    Raises ``OutputError`` where another run put one there meanwhile.
    """
    target = behind_links(target)
    part = _part(target)
    shutil.rmtree(part, ignore_errors=True)
    absent = [folder for folder in target.parents if not folder.exists()]
    try:
        part.mkdir(parents=True)
        yield part
        try:
            put(part, target)
        except OSError as error:
            raise OutputError.not_writable(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):  # one that holds something stays
            for folder in absent:
                folder.rmdir()


def _part(target: Path) -> Path:
    """Return the name under which a file or folder is written until it is whole: of this run alone, as another may write the same one.

    What killed runs left under theirs is removed.
    """
    name = f".{target.name[:PART_OF_NAME]}."
    with suppress(OSError):  # what cannot be removed is in nobody's way
        for left in target.parent.glob(f"{glob.escape(name)}*.part"):
            number = left.name.removeprefix(name).removesuffix(".part")
            if number.isdecimal() and not _runs(int(number)):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    return target.with_name(f"{name}{os.getpid()}.part")


def _runs(process: int) -> bool:
    """Whether a process goes on; one that ended and that nobody asked about, as in a container, does not."""
    import psutil

    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.Error as error:
        return not isinstance(error, psutil.NoSuchProcess)


def copy_files(source: Path, target: Path) -> None:
    """Copy the files of a folder, and of those in it; raises what the system says, of which ``shutil.copytree`` leaves out the number."""
    for file in (path for path in source.rglob("*") if path.is_file()):
        to = target / file.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)


def _must_be_no_device(target: Path) -> None:
    """Raise ``OutputError`` for a device or a pipe: whoever may do so would put a file in its place, for all who use it."""
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OutputError(f"{target} 是设备或管道：请给出文件名。", f"{target} is a device or a pipe: name a file.")


def open_elsewhere(files: Iterable[Path]) -> list[Path]:
    """Return the files that another program holds open in a way that forbids to replace them, as Excel does on Windows.

    Nothing is held so on Linux and macOS: there a file that cannot be opened is one without the right to write.
    """
    held = []
    for file in files:
        try:
            with file.open("r+b"):
                pass
        except PermissionError:
            if os.access(file, os.W_OK):
                held.append(file)
        except OSError:  # gone, or no file: no obstacle here
            continue
    return held


def must_take_workbook(file: PathGiven) -> None:
    """Raise ``OutputError`` where a workbook cannot be written, or under a name of which a program would expect another format.

    >>> must_take_workbook("节假日.csv")
    Traceback (most recent call last):
    analysis.vocabulary.errors.OutputError: 节假日.csv：写出的是 xlsx 工作簿，文件名请以 .xlsx 结尾。
    """
    if Path(file).suffix.lower() != ".xlsx":
        raise OutputError(
            f"{file}：写出的是 xlsx 工作簿，文件名请以 .xlsx 结尾。",
            f"{file}: what is written is an xlsx workbook. Let its name end in .xlsx.",
        )
    must_take_file(file)


def write_file(file: PathGiven, data: bytes) -> None:
    """Write a file whole or not at all; raises ``OutputError`` where it cannot be written, and what stood there stays."""
    target = behind_links(file)
    part = _part(target)
    _must_be_named(target)
    try:
        _must_be_no_device(target)
        part.write_bytes(data)
        put(part, target)
    except OSError as error:
        raise OutputError.not_writable(target, error) from error
    finally:
        with suppress(OSError):  # where it could not even be written
            part.unlink(missing_ok=True)
