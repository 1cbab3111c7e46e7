"""The sheets of a file, whatever its format: read by a process of its own, within the budget of ``budget``."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING, Any

from analysis.files import process, wire
from analysis.files.blocks import Block, Sheet
from analysis.files.budget import BUILT_A_ROW, MOST_SHEETS, memory_for, seconds_for
from analysis.files.source import CELLS, Source, cannot_be_read, not_readable, to_shrink, too_large
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READ_TO_ITS_END = 1 << 20  # bytes: of a file that nobody reads on, the rest takes less time than a new reader
RESTS_AFTER = (
    32 << 20
)  # bytes: whoever read a larger file works on with it and needs the memory more than a reader's start
OUT_OF_MEMORY = MemoryError.__name__


def sheets_of(source: Source, *, most_cells: int | None = None) -> Iterator[Sheet]:
    """Yield the sheets of a file; its checksum is compared again when the last was read.

    The blocks of a sheet are read before the next sheet is asked for. Raises ``InputError`` for a file that cannot be read:
    damaged, changed meanwhile, larger than any register; or on which the parser takes more memory or time than any register
    needs, or crashes. ``most_cells`` bounds a sheet whose rows are all to stand in memory as Python objects.
    """
    asked = {
        "path": os.fsencode(os.path.abspath(source.path)).hex(),  # noqa: PTH100 - resolves no links
        "name": source.name, "format": source.format, "sha256": source.sha256, "bytes": source.bytes,
    }  # fmt: skip
    try:
        reader = process.take()
    except OSError as error:
        raise _not_started(error) from error
    answers = reader.answers(asked, seconds=seconds_for(source.bytes), memory=memory_for(source.bytes))
    reading = _Reading(source, answers, most_cells)
    try:
        while (sheet := reading.next_sheet()) is not None:
            yield sheet
    finally:
        may_rest = source.bytes <= RESTS_AFTER and not reading.is_gone
        if may_rest and (reading.is_over or (source.bytes <= READ_TO_ITS_END and reading.to_the_end())):
            process.give_back(reader)
        else:
            reader.end()


class _Reading:
    """The answers about one file, sheet by sheet."""

    def __init__(self, source: Source, answers: Iterator[wire.Message], most_cells: int | None) -> None:
        self.source, self.most_cells = source, most_cells
        self.is_over = self.is_gone = False  # the reader is at rest, or has ended or is to
        self._answers = answers
        self._sheets = 0
        self._next: wire.Message | None = None

    def next_sheet(self) -> Sheet | None:
        """Return the next sheet, whether or not the one before was read."""
        while "block" in (words := self._peek()[0]):
            self._next = None
        self._next = None
        self._sheets += 1
        if "sheet" not in words:
            return None
        if self._sheets > MOST_SHEETS:
            raise too_large(self.source, self._sheets, Text("张工作表", "sheets"))
        about = words["sheet"]
        return Sheet(
            about["name"],
            self._blocks(self._sheets),
            header=about["header"],
            hidden=about["hidden"],
            merged=[((top, left), (bottom, right)) for (top, left), (bottom, right) in about["merged"]],
            date_system=about["date_system"],
            hidden_rows=frozenset(about["hidden_rows"]),
            hidden_columns=frozenset(about["hidden_columns"]),
        )

    def to_the_end(self) -> bool:
        """Pass over what is left; return whether the reader came to its end."""
        try:
            while self.next_sheet() is not None:
                pass
        except InputError:
            pass
        return self.is_over

    def _blocks(self, sheet: int) -> Iterator[Callable[[], Block]]:
        cells = 0
        while True:
            if sheet != self._sheets:
                raise RuntimeError("the blocks of a sheet are read before the next sheet is asked for")
            words, rows = self._peek()
            if "block" not in words:
                return
            self._next = None
            cells += words["block"]["cells"] + words["block"]["rows"] * BUILT_A_ROW
            if self.most_cells is not None and cells > self.most_cells:
                raise too_large(self.source, cells, CELLS)
            yield partial(_block, words["block"], rows)

    def _peek(self) -> wire.Message:
        if self._next is None:
            try:
                self._next = next(self._answers)
            except process.ReaderEnded as ended:
                self.is_gone = True
                if (
                    ended.why == "crash"
                    and process.addresses_are_limited()
                    and process.processor_time_used_up() is None
                ):
                    raise _fault(self.source, OUT_OF_MEMORY) from MemoryError()
                raise _ended(self.source, ended) from ended
            except BaseException:  # broken off within an answer: what would come next is no beginning of one
                self.is_gone = True
                raise
            words = self._next[0]
            self.is_over = not words.keys() & wire.GOING_ON
            if words.get("disk"):  # the machine's fault, not the file's
                error = OSError(words["disk"], os.strerror(words["disk"]))
                raise not_readable(self.source.name, error) from error
            if "error" in words:
                raise InputError(*words["error"])
            if "fault" in words:
                lacking = (
                    MemoryError() if words["fault"] == OUT_OF_MEMORY else None
                )  # the machine's fault, not the file's
                raise _fault(self.source, words["fault"]) from lacking
        return self._next


def _block(about: dict[str, Any], rows: bytearray) -> Block:
    formats = [(place, column, by) for place, column, by in about["formats"]]
    return Block(about["first_row"], wire.unpacked(rows), dict(about["ragged"]), about["bytes"], formats)


def _ended(source: Source, ended: process.ReaderEnded) -> InputError:
    if ended.why == "memory":
        most = f"{memory_for(source.bytes) >> 20:,}"
        return _too_much(source, Text(f"内存超过{most} MB", f"more than {most} MB of memory"))
    if ended.why == "seconds":
        most = f"{seconds_for(source.bytes):.0f}"
        return _too_much(source, Text(f"处理器时间超过{most}秒", f"more than {most} s of the processor"))
    code = ended.code or 0
    how = signal.Signals(-code).name if code < 0 else str(code)
    if (most_seconds := process.processor_time_used_up()) is not None:
        return cannot_be_read(
            source.name,
            f"读取程序被系统终止（{how}）：处理器时间已达系统限定的{most_seconds}秒（ulimit -t）。请放宽限制后重试。",
            f"the program that reads it was ended by the system ({how}): it used the {most_seconds} s of the processor that the system "
            "allows (ulimit -t). Allow more and try again.",
        )
    return cannot_be_read(
        source.name,
        f"读取程序在这个文件上崩溃（{how}），文件可能已损坏。请用 Excel 或 WPS 打开后另存为 xlsx，或改为导出 csv。",
        f"the program that reads it crashed on it ({how}): it may be damaged. Open it in Excel or WPS and save it as xlsx, or "
        "export csv.",
    )


def _too_much(source: Source, what: Text) -> InputError:
    to_do = to_shrink(source)
    return cannot_be_read(
        source.name,
        f"读取它所需的{what.zh}，超出应有。{to_do.zh}",
        f"reading it takes {what.en}, more than is ever needed. {to_do.en}",
    )


def _fault(source: Source, fault: str) -> InputError:
    if fault == OUT_OF_MEMORY:
        return cannot_be_read(
            source.name,
            "内存不够。请关闭其他程序，或改为导出 csv。",
            "there is not enough memory. Close other programs, or export csv.",
        )
    return cannot_be_read(
        source.name,
        f"读取程序在这个文件上出错（{fault}）。请用 Excel 或 WPS 打开后另存为 xlsx，或改为导出 csv。",
        f"the program that reads it failed on it ({fault}). Open it in Excel or WPS and save it as xlsx, or export csv.",
    )


def _not_started(error: OSError) -> InputError:
    return InputError(
        f"读取文件的程序启动不了（{error.strerror or error}）。请关闭其他程序后重试。",
        f"The program that reads files cannot be started ({error.strerror or error}). Close other programs and try again.",
    )
