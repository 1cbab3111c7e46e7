"""Runs that write one folder at the same time wait for each other."""

from __future__ import annotations

import errno
import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from analysis.vocabulary.text import Text

HELD = (errno.EDEADLK, errno.EACCES, errno.EWOULDBLOCK)  # what systems say of a lock that another run holds
PATIENCE = 0.5  # seconds before it is said that one waits


@contextmanager
def locked(path: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file of a folder: whoever else writes it waits. The system frees it when a run ends, however it ends."""
    lock = _held(path, folder)
    try:
        yield
    finally:
        if sys.platform == "win32":  # where an open file cannot be removed, and one that another run holds neither
            lock.close()
            with suppress(PermissionError):
                path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            lock.close()


def _held(path: Path, folder: Path) -> IO[bytes]:
    """The lock file, open and held; opened again where another run removed it in between."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+b")
        if not _taken(lock, wait=False):
            time.sleep(PATIENCE)  # two that end at once part by themselves
            if not _taken(lock, wait=False):
                said = Text(
                    f"{folder} 正由另一次运行写入，等它结束后接着写。",
                    f"Another run is writing {folder}; this one goes on when it has ended.",
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
