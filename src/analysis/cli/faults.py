"""The end of a run that no input explains: exit code 3, one line, and a log that holds no cell and no name.

The log says where the code stood, never what it worked on: kinds of errors, modules, lines and functions, versions. What an
error itself says is left out, for it may quote a cell, a path or a name.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.vocabulary.errors import DISK_ERRORS, CourtAnalysisError, is_out_of_memory, is_without_thread
from analysis.vocabulary.text import Text

FAULT = 3
STOP = threading.Event()  # set once a key or a signal tells the run to stop
INTERRUPTED = Text("已中断。", "Interrupted.")
LIBRARIES = ("court-analysis", "pandas", "numpy", "pyarrow", "duckdb", "ibis-framework", "matplotlib", "typst", "click")
DISK = Text("磁盘写满、超出配额或读写出错", "the disk is full, over its quota or failing")
MEMORY = Text("内存不足", "memory ran out")
TEMPORARY = Text(
    "没有可写的临时文件夹（磁盘已满，或 TMPDIR 指向不能写的地方）",
    "no folder for temporary files can be written (the disk is full, or TMPDIR names one that takes none)",
)
LIMITS = Text("系统不再给出文件或线程（达到上限）", "the system gives no more files or threads (a limit is reached)")
DISK_FULL = os.strerror(errno.ENOSPC)
OF_THE_SYSTEM = {errno.ENOMEM: MEMORY, errno.EMFILE: LIMITS, errno.ENFILE: LIMITS, errno.EAGAIN: LIMITS}


def fault_of_machine(error: BaseException) -> Text | None:
    """Return what the machine lacked where that is behind an error; ``None`` where it is not the machine's.

    >>> print(fault_of_machine(OSError(errno.ENOSPC, "no space")))
    磁盘写满、超出配额或读写出错
    >>> fault_of_machine(ValueError("40 rows")) is None
    True
    """
    for one in _chain(error):
        kind = type(one).__name__
        # A library that could not even make its error leaves Python's SystemError behind; DuckDB's error has a name of its own.
        if is_out_of_memory(one) or kind == "OutOfMemoryException" or _is_without_error(one):
            return MEMORY
        if (isinstance(one, OSError) and one.errno in DISK_ERRORS) or (kind == "IOException" and DISK_FULL in str(one)):
            return DISK
        if isinstance(one, OSError) and one.errno in OF_THE_SYSTEM:
            return OF_THE_SYSTEM[one.errno]
        if isinstance(one, FileNotFoundError) and "temporary directory" in str(
            one
        ):  # Python's own words, which name no file
            return TEMPORARY
        if is_without_thread(one):
            return LIMITS
    return None


def was_broken_off(error: BaseException) -> bool:
    """Return whether an error came of a key or a signal, as where a library that was being loaded says that it is not whole, or DuckDB of a query.

    Once the run is told to stop (``STOP``) every error is of that: a library may drop the interrupt behind its own.

    >>> broken = ImportError("initialization failed")
    >>> broken.__cause__ = KeyboardInterrupt()
    >>> was_broken_off(broken), was_broken_off(ImportError("no module"))
    (True, False)
    """
    return STOP.is_set() or any(
        isinstance(one, KeyboardInterrupt) or str(one) == "Query interrupted" for one in _chain(error)
    )


def _is_without_error(error: BaseException) -> bool:
    return isinstance(error, SystemError) and "without" in str(error)


def _unloaded(error: BaseException) -> str | None:
    """The package that could not be loaded where that is behind an error."""
    return next((one.name.split(".")[0] for one in _chain(error) if isinstance(one, ImportError) and one.name), None)


def told(error: BaseException) -> str:
    """Return the one line that a person reads: what failed, and where the log is."""
    machine = fault_of_machine(error)
    if isinstance(error, CourtAnalysisError):
        what = error.text
    elif machine:
        what = Text(f"{machine.zh}，没有完成。", f"{machine.en}; the run did not finish.")
    elif part := _unloaded(error):
        what = Text(
            f"安装不完整（{part} 缺失或损坏），没有完成，请重新安装。",
            f"the installation is not whole ({part} is missing or damaged); the run did not finish. Install it again.",
        )
    else:
        what = Text(
            f"程序自身出错（{type(error).__name__}），没有完成，请把日志交给维护人员。",
            f"a fault of the program itself ({type(error).__name__}); the run did not finish. Hand the log to its maintainers.",
        )
    path = write_log(error)
    where = Text("日志没有写成。", "The log could not be written.")
    if path is not None:
        where = Text(f"日志（不含台账内容）：{path}", f"Log (no content of the register): {path}")
    return str(Text(f"{what.zh}{where.zh}", f"{what.en} {where.en}")).replace("\n", " ")


def write_log(error: BaseException) -> Path | None:
    """Write the log into the folder of temporary files, readable by its owner alone; ``None`` where that fails."""
    try:
        number, name = tempfile.mkstemp(prefix="court-analysis-", suffix=".log", text=True)
        with open(number, "w", encoding="utf-8") as stream:  # noqa: PTH123 - an open file, not a path
            stream.write("\n".join(_log(error)) + "\n")
    except (OSError, MemoryError):
        return None
    return Path(name)


def _log(error: BaseException) -> Iterator[str]:
    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} -"
    yield f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}"
    yield f"encoding {sys.getfilesystemencoding()}"
    for one in _chain(error):
        number = f" errno {one.errno}" if isinstance(one, OSError) else ""
        yield f"{type(one).__module__}.{type(one).__qualname__}{number}"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, then what it came of, and so on."""
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
