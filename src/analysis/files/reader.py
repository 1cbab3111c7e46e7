"""The process that reads files for another: one after the other, until nobody asks any more."""

from __future__ import annotations

import os
import signal
import sys
from functools import reduce
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis.files import wire
from analysis.files.budget import MOST_CELLS, MOST_COLUMNS, MOST_TEXT, rows_for
from analysis.files.formats import parsed_sheets
from analysis.files.process import end_with
from analysis.files.source import BYTES, CELLS, COLUMNS, ROWS, Source, too_large
from analysis.vocabulary.errors import DISK_ERRORS, InputError, is_out_of_memory, is_without_thread

if TYPE_CHECKING:
    from analysis.files.blocks import Block, Sheet

FEW = 10_000  # rows of which it is not asked whether they are blank


def serve(asks: int | None) -> None:
    """Answer requests from standard input until it, or the process that ``asks``, ends; whatever a library prints goes nowhere."""
    if asks is not None:
        end_with(asks)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides what an interrupt ends
    with os.fdopen(os.dup(1), "wb") as answers:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        while True:
            try:
                asked, _ = wire.receive(sys.stdin.buffer)
                _read(Source(**asked | {"path": Path(os.fsdecode(bytes.fromhex(asked["path"])))}), answers)
            except (EOFError, BrokenPipeError):
                return


def _read(source: Source, answers: IO[bytes]) -> None:
    rows, most = 0, rows_for(source.bytes)
    try:
        for sheet in parsed_sheets(source):
            wire.send(answers, {"sheet": _about(sheet)})
            for read in sheet.blocks:
                block = read()
                if (
                    rows := rows + _filled(block)
                ) > most:  # an ods repeats a row a million times in some letters, on every sheet
                    raise too_large(source, rows, ROWS)
                wire.send(answers, {"block": _about_block(source, block)}, wire.packed(block.table))
        wire.send(answers, {"end": True})
    except InputError as error:
        wire.send(answers, {"error": [error.text.zh, error.text.en], "disk": _failing_disk(error)})
    except Exception as error:  # noqa: BLE001 - told to the process that asked, which raises it in words
        lacks_room = is_out_of_memory(error) or is_without_thread(error)
        fault = MemoryError.__name__ if lacks_room else f"{type(error).__name__}, {_line_of(error)}"
        wire.send(answers, {"fault": fault, "disk": _failing_disk(error)})


def _filled(block: Block) -> int:
    """The rows that are not blank: blank ones, as before a cell that strayed to the end of a sheet, cost next to nothing."""
    if len(block) <= FEW:
        return len(block)
    import pyarrow as pa  # as long to load as a small file is to read
    import pyarrow.compute as pc

    filled = [
        pc.fill_null(pc.greater(pc.binary_length(column), 0), fill_value=False)
        if pa.types.is_string(column.type)
        else column.is_valid()
        for column in block.table.columns
    ]
    return pc.sum(reduce(pc.or_, filled)).as_py() or 0 if filled else 0


def _about_block(source: Source, block: Block) -> dict[str, Any]:
    """What is said of rows beside them; refuses those that would be too much for whoever asked.

    Rows of another width become columns there, as wide as the widest.
    """
    width = max(block.table.num_columns, max(map(len, block.ragged.values()), default=0))
    if width > MOST_COLUMNS:
        raise too_large(source, width, COLUMNS)
    cells = len(block) * width
    if cells > MOST_CELLS:
        raise too_large(source, cells, CELLS)
    if block.table.nbytes > MOST_TEXT:
        raise too_large(source, block.table.nbytes, BYTES)
    return {
        "first_row": block.first_row, "ragged": list(block.ragged.items()), "bytes": block.bytes, "cells": cells, "rows": len(block),
        "formats": block.formats,
    }  # fmt: skip


def _about(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "header": sheet.header,
        "hidden": sheet.hidden,
        "merged": list(sheet.merged),
        "date_system": sheet.date_system,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
    }


def _failing_disk(error: BaseException | None) -> int | None:
    """The number of the disk's error that is behind an error, whatever a parser made of it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            return error.errno
        if type(error).__name__ == "IOException":  # DuckDB's, which has no number
            return next((number for number in DISK_ERRORS if os.strerror(number) in str(error)), None)
        error = error.__cause__ or error.__context__
    return None


def _line_of(error: BaseException) -> str:
    """The line of ours at which an error came up: no cell of the file is in it."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
