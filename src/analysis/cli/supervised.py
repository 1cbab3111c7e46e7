"""The command as a copy of the process that was called, which waits: what ends a process without a word still ends in one line.

Memory that runs out rarely raises an error: the system kills the process, or a library of compiled code does. The copy is
made before anything heavy is loaded and costs some milliseconds. Where a system makes no copies (Windows), the command runs as it is.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from analysis.cli.faults import FAULT, MEMORY
from analysis.files.process import end_with
from analysis.vocabulary.text import Text

BROKEN_OFF = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


def supervised(work: Callable[[], None], broken_off: int) -> None:
    """Run work and end with its exit code; a killed or crashed run with ``FAULT``, one that was told to stop with ``broken_off``."""
    if not hasattr(os, "fork"):
        work()
        return
    before = [signal.signal(number, signal.SIG_IGN) for number in BROKEN_OFF]
    called = os.getpid()
    child = os.fork()
    if not child:
        end_with(called)
        for number, handler in zip(BROKEN_OFF, before, strict=True):
            signal.signal(number, handler)
        work()
        return
    for number in BROKEN_OFF[1:]:  # a key on the keyboard reaches both, a signal this process alone
        signal.signal(number, lambda number, _: os.kill(child, number))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if 0 <= code <= FAULT:
        raise SystemExit(code)
    if -code in BROKEN_OFF:
        raise SystemExit(broken_off)
    sys.stderr.write(f"{Text('错误：', 'Error: ')}{_how(code)}\n")
    raise SystemExit(FAULT)


def _how(code: int) -> Text:
    name = signal.Signals(-code).name if code < 0 else str(code)
    return Text(
        f"运行中途被系统终止（{name}），多半是{MEMORY.zh}。请关闭其他程序、换内存更大的机器，或先用 ingest 入库。",
        f"the run was ended by the system ({name}), most likely as {MEMORY.en}. Close other programs, take a machine with more memory, or "
        "ingest the register first.",
    )
