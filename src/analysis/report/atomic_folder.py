"""Replacing a folder as one step: runs at the same time wait for each other, a killed one leaves the old folder."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.files.destinations import put
from analysis.files.lock import locked

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # from Linux's fcntl.h and fs.h
OLD = "-old"  # ends the name of the folder that waits beside while the new one takes its place
RANDOM = "[a-z0-9_]{8}"  # as tempfile names a folder: what is left of another one, whose name begins alike, has more in its name


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which lies beside it as the folder is replaced, and put right what a killed run left."""
    with locked(folder.with_name(f".{folder.name}.lock"), folder):
        _mend(folder)
        yield


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
