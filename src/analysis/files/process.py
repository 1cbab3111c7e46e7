"""The processes that read foreign files: started ahead, used again, watched, and ended where a file asks for too much.

A process of its own, because nothing else ends a parser that has gone astray: the libraries are compiled, hold Python's lock
while they parse, and take memory that no exception gives back. It is started as a program of its own (never forked from this
one, whose engines' threads a fork would cut off in the middle, locks and all), which costs a fifth of a second once: it
starts beside the first checksum and is used again for every further file. Memory and processor time are looked at from
here, by a thread, in the same way on every system: the limits of the kernel bound addresses, not memory, and exist on Linux alone.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis.files import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

GOES_ON = 5.0  # seconds in which a reader that is silent has to be gone
PIPE = 1 << 20  # bytes on their way, where the system lets one choose
MOST_AT_REST = 128 << 20  # bytes that a reader may hold while nobody asks: with its libraries it takes some 80 MB
LOOKED_AT_EVERY = 0.05  # seconds; memory grows by some 100 MB in it
# The search path of this process is the reader's; of the environment it takes nothing.
PROGRAM = "import sys, json; sys.path[:], asks = json.loads(sys.argv[1]); from analysis.files.reader import serve; serve(asks)"
DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl.h
NEW_OBJECTS = 200_000  # after which garbage is looked for: libraries make a million objects that stay, and looking takes a tenth of a short run
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class ReaderEnded(Exception):  # noqa: N818 - an event, which the caller puts in words
    """A reader ended before its file did: it took too much ``memory`` or too many ``seconds``, or crashed (``code``)."""

    def __init__(self, why: str, code: int | None = None) -> None:
        super().__init__(why, code)
        self.why, self.code = why, code


class Reader:
    """A process that reads one file at a time."""

    def __init__(self) -> None:
        path = [str(Path(__file__).parents[2]), *sys.path]
        # Where systems end a process with the one that began it, they mean the thread: others than the first come and go.
        asks = os.getpid() if threading.current_thread() is threading.main_thread() else None
        self._process = subprocess.Popen(  # noqa: S603 - this Python and a program of ours
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", PROGRAM, json.dumps([path, asks])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | ONE_THREAD,
        )  # fmt: skip
        with suppress(ImportError, AttributeError, OSError):  # only quicker, where the system has it and allows it
            import fcntl

            fcntl.fcntl(_open(self._process.stdout).fileno(), fcntl.F_SETPIPE_SZ, PIPE)
        self._over = ""  # what it took too much of
        self._at_rest = threading.Event()

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def answers(self, asked: dict[str, Any], *, seconds: float, memory: int) -> Iterator[wire.Message]:
        """Yield the answers to a request up to the last; raises ``ReaderEnded``. Whoever stops earlier must ``end`` it."""
        import psutil  # noqa: F401 - where memory runs out over it a thread would print a traceback, and nobody would watch

        self._at_rest.clear()
        threading.Thread(target=self._watch, args=(seconds, memory), daemon=True).start()
        try:
            wire.send(_open(self._process.stdin), asked)
            while True:
                answer = wire.receive(_open(self._process.stdout))
                yield answer
                if not answer[0].keys() & wire.GOING_ON:
                    return
        except (EOFError, OSError) as error:
            raise ReaderEnded(self._over or "crash", self._exit_code()) from error
        finally:
            self._at_rest.set()

    def _exit_code(self) -> int:
        """How it ended; one that says nothing any more and goes on is ended here."""
        try:
            return self._process.wait(GOES_ON)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def memory(self) -> int:
        """Return the bytes of memory that it holds."""
        import psutil

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:  # it ended by itself
            return 0

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _open(stream).close()

    def _watch(self, seconds: float, memory: int) -> None:
        """End the process when it takes more memory or processor time than it may, until it is at rest."""
        import psutil

        with suppress(psutil.Error):  # it ended by itself
            seen = psutil.Process(self._process.pid)
            until = _processor_time(seen) + seconds
            while not self._at_rest.wait(LOOKED_AT_EVERY):
                if seen.memory_info().rss > memory:
                    self._over = "memory"
                elif _processor_time(seen) > until:
                    self._over = "seconds"
                if self._over:
                    self._process.kill()
                    return


def end_with(process: int) -> None:
    """Let this process end where the one that began it is killed; elsewhere than on Linux it goes on to where it has something to say."""
    if sys.platform == "linux":
        import ctypes

        library: Any = ctypes.CDLL(None)
        library.prctl(DEATH_OF_PARENT, signal.SIGKILL)
        if os.getppid() != process:  # it was killed before
            os.kill(os.getpid(), signal.SIGKILL)


def _processor_time(seen: Any) -> float:
    taken = seen.cpu_times()
    return float(taken.user + taken.system)


def processor_time_used_up() -> int | None:
    """Return the seconds of the processor that the system allows a process, where those of this one that ended took as many."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrlimit(resource.RLIMIT_CPU)[0]
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return most if most != resource.RLIM_INFINITY and taken.ru_utime + taken.ru_stime >= most - 1 else None


def addresses_are_limited() -> bool:
    """Return whether the system gives a process no more than so many addresses (``ulimit -v``): libraries crash where there are no more."""
    if sys.platform == "win32":
        return False
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


# Readers at rest. They stand here and not with whoever reads, as one takes longer to start than most files to be read.
_AT_REST: list[Reader] = []
_LOCK = threading.Lock()


def start_ahead() -> None:
    """Start a reader where none is at rest: it loads its libraries while others work. Where none can be started, ``take`` says so."""
    with _LOCK, suppress(OSError):
        if not _AT_REST:
            _AT_REST.append(Reader())


def take() -> Reader:
    """Return a reader at rest, or a new one; it is given back with ``give_back`` or ended."""
    with _LOCK:
        while _AT_REST:
            reader = _AT_REST.pop()
            if reader.is_alive:
                return reader
            reader.end()
    return Reader()


def give_back(reader: Reader) -> None:
    """Let a reader rest until the next file; one that still holds the memory of a large one is ended."""
    if reader.memory() > MOST_AT_REST:
        reader.end()
        return
    with _LOCK:
        _AT_REST.append(reader)


@atexit.register
def _end_all() -> None:
    with _LOCK:
        while _AT_REST:
            _AT_REST.pop().end()


if hasattr(os, "register_at_fork"):  # a copy of this process has readers of its own
    os.register_at_fork(after_in_child=_AT_REST.clear)
