"""What long work is at, on a line below the cell of a notebook; nothing anywhere else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SHOWN_AFTER = 2.0  # seconds: what ends sooner needs no line
ALONE = threading.Lock()  # one line waits or is shown, that of the outermost call


def in_notebook() -> bool:
    """Test that somebody watches a cell: a kernel runs, no terminal and no script."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None) is not None


@contextmanager
def progress_line() -> Iterator[Callable[..., None]]:
    """Show what is said last once it takes longer than ``SHOWN_AFTER``, and take the line away at the end, come what may; inside another, nothing."""
    from IPython.display import DisplayHandle

    if not ALONE.acquire(blocking=False):
        yield lambda *_: None
        return
    line, lock = DisplayHandle(), threading.RLock()
    said, is_shown, is_over = "", False, False

    def show() -> None:
        nonlocal is_shown
        with lock:
            if not is_over:
                line.display({"text/plain": said}, raw=True)
                is_shown = True

    def say(*parts: Any) -> None:
        nonlocal said
        with lock:
            said = " · ".join(map(str, parts))
            if is_shown:
                line.update({"text/plain": said}, raw=True)

    timer = threading.Timer(SHOWN_AFTER, show)
    timer.daemon = True
    try:
        timer.start()
        yield say
    finally:
        ALONE.release()
        timer.cancel()
        with lock:
            is_over = True
            if is_shown:
                line.update({"text/html": ""}, raw=True)
