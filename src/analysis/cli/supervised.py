"""The command as a copy of the process that was called, which waits: what ends a process without a word still ends in one line.

Memory that runs out rarely raises an error: the system kills the process, or a library of compiled code does. The copy is
made before anything heavy is loaded and costs some milliseconds. Where a system makes no copies (Windows), the command runs as it is.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from analysis.cli.faults import FAULT, INTERRUPTED, MEMORY, STOP, told
from analysis.cli.group import write_nowhere
from analysis.files.process import ONE_THREAD, addresses_are_limited, end_with, processor_time_used_up
from analysis.vocabulary.text import Text

BROKEN_OFF = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))

FEWEST_ADDRESSES = 640 << 20  # bytes, that the libraries of every command take
FEWEST_FILES = 8  # that a run opens at once before it can say what it lacks
# Seconds in which signals are one: what is sent to all processes reaches this one again by the one that waits.
ONE_SIGNAL = 1.0
LIBRARIES = 2  # the number of the error stream


def supervised(work: Callable[[], None], broken_off: int) -> None:
    """Run work and end with its exit code; a killed or crashed run with ``FAULT``, one that was told to stop with ``broken_off``."""
    _must_have_files()
    if not hasattr(os, "fork"):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        work()
        return
    called = os.getpid()
    heard, said = os.pipe()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # whoever called may pass over the ends of processes
    taken = signal.pthread_sigmask(signal.SIG_BLOCK, {*BROKEN_OFF, signal.SIGCHLD})  # what comes now waits
    child = os.fork()
    if not child:
        end_with(called)
        code = _code_of(work, broken_off, taken)
        os.write(said, bytes([code]))
        raise SystemExit(code)
    os.close(said)
    code = _end_of(child, taken)
    os.set_blocking(heard, False)
    with suppress(BlockingIOError):  # a code that the work did not say is a library's, which ended the process
        if told := os.read(heard, 1):
            raise SystemExit(told[0])
    if -code in BROKEN_OFF:
        say_at_last(INTERRUPTED)
        raise SystemExit(broken_off)
    say_at_last(f"{Text('错误：', 'Error: ')}{_how(code)}")
    raise SystemExit(FAULT)


def _code_of(work: Callable[[], None], broken_off: int, taken: Iterable[int]) -> int:
    """Run work and return its exit code; told to stop, it clears away what it began as after a key on the keyboard."""
    try:
        stop = _stopping()
        for number in BROKEN_OFF:
            if signal.getsignal(number) != signal.SIG_IGN:  # as with nohup
                signal.signal(number, stop)
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, taken)
            _say_alone()
            _must_have_addresses()
            work()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        _hear_no_more()
    except KeyboardInterrupt:
        _hear_no_more()
        say_at_last(INTERRUPTED)
        code = broken_off
    return code


def _hear_no_more() -> None:
    for number in BROKEN_OFF:  # what is done is done
        signal.signal(number, signal.SIG_IGN)


def _end_of(child: int, taken: Iterable[int]) -> int:
    """Wait for the end of the copy and return how it ended; what another process sends to this one alone is passed on to it."""
    if hasattr(signal, "sigwaitinfo"):
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            heard = signal.sigwaitinfo({*BROKEN_OFF, signal.SIGCHLD})
            if heard.si_signo in BROKEN_OFF and heard.si_code <= 0:  # of the keyboard, which reaches both, it is above
                os.kill(child, heard.si_signo)
        return os.waitstatus_to_exitcode(ended[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on macOS nothing tells a key from a signal
    for number in BROKEN_OFF[1:]:
        signal.signal(number, lambda number, _: os.kill(child, number))
    signal.pthread_sigmask(signal.SIG_SETMASK, taken)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _stopping() -> Callable[[int, object], None]:
    """Return a handler of signals that raises ``KeyboardInterrupt``, not again while what that broke off is cleared away."""
    last = -ONE_SIGNAL

    def stop(_number: int, _frame: object) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= ONE_SIGNAL:
            last = now
            STOP.set()
            raise KeyboardInterrupt

    return stop


def _must_have_addresses() -> None:
    """End with ``FAULT`` where the system gives fewer addresses (``ulimit -v``) than libraries take.

    OpenBLAS, which comes with NumPy and SciPy, asks for memory until it is given some: loaded when none is left, it would ask without end.
    """
    if not addresses_are_limited():
        return
    try:
        mmap.mmap(-1, FEWEST_ADDRESSES).close()
    except OSError as error:
        say_at_last(f"{Text('错误：', 'Error: ')}{told(error)}")
        raise SystemExit(FAULT) from error
    os.environ.update(ONE_THREAD)
    import scipy.linalg  # noqa: F401


def _must_have_files() -> None:
    """End with ``FAULT`` where the system gives too few open files (``ulimit -n``) for a word in the midst of work."""
    opened: list[int] = []
    lacking = None
    try:
        while len(opened) < FEWEST_FILES:
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        lacking = error
    for number in opened:
        os.close(number)
    if lacking:
        say_at_last(f"{Text('错误：', 'Error: ')}{told(lacking)}")
        raise SystemExit(FAULT)


def say_at_last(said: object) -> None:
    """Say how a run ended, where the error stream takes it still: the exit code tells it all the same."""
    try:
        sys.stderr.write(f"{said}\n")
        sys.stderr.flush()
    except OSError:
        write_nowhere()


def _say_alone() -> None:
    """Let libraries of compiled code, which write to the error stream by its number, say nothing: what ends a run is said in our words."""
    if (stream := sys.stderr) is None or stream.fileno() != LIBRARIES:
        return
    stream.flush()
    ours = os.dup(LIBRARIES)
    os.dup2(os.open(os.devnull, os.O_WRONLY), LIBRARIES)
    sys.stderr = open(ours, "w", encoding=stream.encoding, errors="replace", buffering=1)  # noqa: SIM115, PTH123 - open to the end


def _how(code: int) -> Text:
    name = signal.Signals(-code).name if code < 0 else str(code)
    if (seconds := processor_time_used_up()) is not None:
        return Text(
            f"运行中途被系统终止（{name}）：处理器时间已达系统限定的{seconds}秒（ulimit -t）。请放宽限制后重试。",
            f"the run was ended by the system ({name}): it used the {seconds} s of the processor that the system allows (ulimit -t). Allow "
            "more and try again.",
        )
    return Text(
        f"运行中途被系统终止（{name}），多半是{MEMORY.zh}。请关闭其他程序、换内存更大的机器，或先用 ingest 入库。",
        f"the run was ended by the system ({name}), most likely as {MEMORY.en}. Close other programs, take a machine with more memory, or "
        "ingest the register first.",
    )
