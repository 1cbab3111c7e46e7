"""Messages between the process that asks for a file and the one that reads it: a few words in JSON, and rows in Arrow's form.

Nothing is unpickled: what comes from a file stays data on both sides.
"""

from __future__ import annotations

import json
import struct
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Message = tuple[dict[str, Any], bytearray]  # the words, the rows
GOING_ON = {"sheet", "block"}  # an answer that is none of these is the last
LENGTHS = struct.Struct("<QQ")  # of the words and of the rows, in bytes


def send(stream: IO[bytes], words: dict[str, Any], rows: Any = b"") -> None:
    """Write a message and see it off."""
    said = json.dumps(words).encode()
    stream.write(LENGTHS.pack(len(said), len(rows)))
    stream.write(said)
    stream.write(rows)
    stream.flush()


def receive(stream: IO[bytes]) -> Message:
    """Read a message; raises ``EOFError`` where the other side is gone."""
    said, rows = LENGTHS.unpack(_exactly(stream, LENGTHS.size))
    words: dict[str, Any] = json.loads(_exactly(stream, said))
    return words, _exactly(stream, rows)


def _exactly(stream: IO[bytes], size: int) -> bytearray:
    read = bytearray(size)
    view, at = memoryview(read), 0
    while at < size:
        if not (count := stream.readinto(view[at:])):  # type: ignore[attr-defined]
            raise EOFError
        at += count
    return read


def packed(table: pa.Table) -> pa.Buffer:
    """Return a table as bytes."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    batch = pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], table.column_names)
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def unpacked(rows: bytearray) -> pa.Table:
    """Return the table that ``packed`` made bytes of; its columns lie in these."""
    import pyarrow as pa

    with pa.ipc.open_stream(pa.py_buffer(rows)) as stream:
        return pa.Table.from_batches([stream.read_next_batch()])
