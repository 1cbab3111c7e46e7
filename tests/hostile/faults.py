"""Faults of the machine, in a forked copy of this process: killed at its n-th step on disk, a full or failing disk, too little memory.

The process that forks must not have read a register yet: threads of an engine do not come along into a fork.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES = (
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.truncate",
    "os.chmod",
    "shutil.rmtree",
    "shutil.copyfile",
    "os.link",
)
WRITING = os.O_WRONLY | os.O_RDWR
SECONDS = 900  # a run that hangs; beside much other work at the lowest priority a sound one took more than two minutes


@dataclass(frozen=True)
class End:
    """How a run in a fork ended: its exit code (``None``: killed), its signal, and what it said on the error stream."""

    code: int | None
    signal: int | None
    said: str


def in_a_fork(work: Callable[[], Any], prepare: Callable[[], None] = lambda: None, *, seconds: int = SECONDS) -> End:
    """Run work in a forked copy; an exception ends it with 70 and its traceback, as it would end a script."""
    read, write = os.pipe()  # no file: its size may be what is limited
    child = os.fork()
    if not child:
        code = 70
        try:
            os.dup2(write, 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            signal.alarm(seconds)
            prepare()
            work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException:  # noqa: BLE001 - the fork must not go on as the test that forked it
            import traceback

            with contextlib.suppress(Exception):
                os.write(2, traceback.format_exc().encode("utf-8", "replace"))
        finally:
            with contextlib.suppress(Exception):
                sys.stderr.flush()
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        said = stream.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return End(None, os.WTERMSIG(status), said)
    return End(os.waitstatus_to_exitcode(status), None, said)


def _at_change(number: int, then: Callable[[], None]) -> Callable[[], None]:
    """What a fork does before its work: count changes on disk, and do something at the n-th of them."""

    def prepare() -> None:
        left = [number]

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            changes = event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING)
            if changes and not str(arguments[0]).startswith(("/dev/", "/proc/")):
                left[0] -= 1
                if left[0] <= 0:
                    then()

        sys.addaudithook(watch)

    return prepare


def killed_at(number: int) -> Callable[[], None]:
    """Be killed at the n-th change on disk: no handler runs, nothing is tidied up."""
    return _at_change(number, lambda: os.kill(os.getpid(), signal.SIGKILL))


def killed_after(seconds: float) -> Callable[[], None]:
    """Be killed after some time, wherever the run stands, in foreign code too."""

    def prepare() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        child = os.getpid()
        if not os.fork():
            import time

            os.closerange(0, 256)  # whoever reads what the run says waits for its end, not for this
            time.sleep(seconds)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os._exit(0)

    return prepare


def disk_failing_at(number: int, code: int = errno.ENOSPC) -> Callable[[], None]:
    """Let every change on disk from the n-th on fail."""

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    return _at_change(number, fail)


def open_files_stay() -> None:
    """Let no file or folder be renamed, replaced or removed while this process holds it, or a file in it, open: a rule of Windows."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("os.rename", "os.remove", "os.rmdir"):
            return
        folders = arguments[2:] if event == "os.rename" else arguments[1:]
        paths = [Path(*_place(folder), os.fsdecode(path)) for path, folder in zip(arguments, folders, strict=False)]
        held = [Path(to) for link in Path("/proc/self/fd").iterdir() if (to := _link(link)) and Path(to).is_file()]
        for path in paths:
            if path.suffix != ".lock" and any(
                one == path or path in one.parents for one in held
            ):  # locks go another way there
                raise PermissionError(errno.EACCES, "used by another process", str(path))

    sys.addaudithook(watch)


def _place(folder: int) -> list[str]:
    return [] if folder < 0 else [_link(Path(f"/proc/self/fd/{folder}"))]


def _link(link: Path) -> str:
    with contextlib.suppress(OSError):
        return str(link.readlink())
    return ""


def files_of_at_most(size: int) -> Callable[[], None]:
    """Let no file grow beyond so many bytes, in foreign code too."""

    def prepare() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return prepare


def memory_of_at_most(more: int) -> Callable[[], None]:
    """Let the process take so many bytes more than it has."""

    def prepare() -> None:
        import resource

        now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))

    return prepare


def clock_at(moment: float) -> Callable[[], None]:
    """Let the clock stand at a moment: an empty battery (1970), a year far ahead."""

    def prepare() -> None:
        import time

        local = time.localtime
        time.time = lambda: moment  # type: ignore[assignment]
        time.localtime = lambda at=None: local(moment if at is None else at)  # type: ignore[assignment]

    return prepare
