"""Replacing a folder as one step: runs at the same time wait for each other, a killed one leaves the old folder."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from analysis.files.destinations import put
from analysis.vocabulary.text import Text

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # from Linux's fcntl.h and fs.h
HELD = (errno.EDEADLK, errno.EACCES, errno.EWOULDBLOCK)  # what systems say of a lock that another run holds
PATIENCE = 0.5  # seconds before it is said that one waits
OLD = "-old"  # ends the name of the folder that waits beside while the new one takes its place
RANDOM = "[a-z0-9_]{8}"  # as tempfile names a folder: what is left of another one, whose name begins alike, has more in its name


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder: whoever else writes it waits. The system frees it when a run ends, however it ends."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    path = folder.parent / f".{folder.name}.lock"
    lock = _locked(path)
    try:
        _mend(folder)
        yield
    finally:
        if sys.platform == "win32":  # where an open file cannot be removed, and one that another run holds neither
            lock.close()
            with suppress(PermissionError):
                path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            lock.close()


def _locked(path: Path) -> IO[bytes]:
    """The lock file, open and held; opened again where another run removed it in between."""
    while True:
        lock = path.open("a+b")
        if not _taken(lock, wait=False):
            time.sleep(PATIENCE)  # two that end at once part by themselves
            if not _taken(lock, wait=False):
                name = path.name.removeprefix(".").removesuffix(".lock")
                said = Text(
                    f"{path.with_name(name)} 正由另一次运行写入，等它结束后接着写。",
                    f"Another run is writing {path.with_name(name)}; this one goes on when it has ended.",
                )
                warnings.warn(str(said), stacklevel=2)
                while not _taken(lock, wait=True):
                    pass
        if path.exists() and os.path.samestat(os.fstat(lock.fileno()), path.stat()):
            return lock
        lock.close()


def _taken(lock: IO[bytes], *, wait: bool) -> bool:
    """Take a lock file; ``False`` where another run holds it, on Windows also after ten seconds of waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in HELD:
            raise
        return False
    return True


def _mend(folder: Path) -> None:
    """Put right what a killed run left: the old folder back if it was just being replaced, half-written ones away."""
    ours = re.compile(rf"\.{re.escape(folder.name)}-{RANDOM}(?:{OLD})?")
    for left in sorted(path for path in folder.parent.iterdir() if ours.fullmatch(path.name)):
        if left.name.endswith(OLD) and not folder.exists():
            put(left, folder)
        else:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder beside ``folder`` that takes its place when the block ends well, and vanishes when it does not."""
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield beside
        with suppress(PermissionError):  # a stick (FAT, exFAT) keeps no rights
            beside.chmod(0o755)
        if not folder.exists():
            put(beside, folder)
        elif not _exchanged(beside, folder):
            _stepped(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where system and file system can (Linux); no moment lacks either."""
    if sys.platform != "linux":
        return False
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(exchange(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _stepped(beside: Path, folder: Path) -> None:
    """The same in two steps: a run that is killed between them is mended by the next one."""
    aside = beside.with_name(beside.name + OLD)
    put(folder, aside)
    try:
        put(beside, folder)
    except OSError:
        with suppress(OSError):
            put(aside, folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
