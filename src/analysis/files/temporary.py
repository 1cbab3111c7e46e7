"""Folders for what is needed while a run lasts; what killed runs left behind is swept away when the next one begins."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

BEGINS = "court-analysis-"
SECONDS_LEFT_ALONE = 24 * 3600  # another machine or container that shares the folder may use what no process here knows


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a fresh temporary folder that bears the number of this process."""
    _sweep()
    return tempfile.TemporaryDirectory(prefix=f"{BEGINS}{os.getpid()}-", ignore_cleanup_errors=True)


def _sweep() -> None:
    """Remove the folders of processes that are gone and that nobody touched for a day."""
    import psutil

    for left in Path(tempfile.gettempdir()).glob(f"{BEGINS}*"):
        process = left.name.removeprefix(BEGINS).partition("-")[0]
        try:
            is_old = time.time() - left.stat().st_mtime > SECONDS_LEFT_ALONE
        except OSError:  # another run swept it first
            continue
        if is_old and not (process.isdecimal() and psutil.pid_exists(int(process))):
            shutil.rmtree(left, ignore_errors=True)
