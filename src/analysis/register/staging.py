"""Staged rows of one source of an ingested register: read in bounded memory, kept beside it until used."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.columns import coded_schema
from analysis.files.destinations import whole_folder
from analysis.register.intake import read_source
from analysis.register.read_log import ReadLog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from analysis.files.source import Source
    from analysis.register.settings import Settings

REMEMBERED = 200_000  # different texts of a column
OPEN_AT_ONCE = 200  # files: more years than courts have been there


class Stage:
    """A folder that takes the canonical rows of one source; stands in for ``Storage``. Whole when the ``with`` ends.

    ``cases-2011.arrows``, a file a table and year of filing, holds the rows in batches, each by court and day of filing.
    Texts are places in a list of the different ones, which grows from batch to batch: only what is new is written. Where
    there are too many different ones to be remembered, a new Arrow stream begins in the file, with lists of its own.
    """

    def __init__(self, folder: Path, progress: Callable[[int], None] = lambda _: None) -> None:
        self.folder, self._progress = folder, progress
        self._texts: dict[str, pa.Table] = {}  # no rows, but the lists of texts of a table's columns
        self._streams: dict[str, pa.ipc.RecordBatchStreamWriter] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def add(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table."""
        if rows.num_rows:
            rows = self._with_texts_met_before(table, rows.cast(coded_schema(table)).combine_chunks())
            for part, year in _by_year(rows) if table == "cases" else [(rows, None)]:
                self._stream(staged_name(table, year), part.schema).write_table(part)
        self._progress(rows.num_rows)

    def _with_texts_met_before(self, table: str, rows: pa.Table) -> pa.Table:
        """The rows with their texts as places in lists that begin with those of all rows before."""
        texts = rows.select([f.name for f in rows.schema if pa.types.is_dictionary(f.type)])
        before = self._texts.get(table, texts.slice(0, 0))
        if max(len(column.chunk(0).dictionary) for column in before.columns) > REMEMBERED:
            self._close()
            self._texts, before = {}, texts.slice(0, 0)
        both = pa.concat_tables([before, texts]).unify_dictionaries()
        for name in texts.column_names:
            rows = rows.set_column(rows.column_names.index(name), name, both[name].chunk(1))
        self._texts[table] = both.slice(0, 0)
        return rows

    def _stream(self, name: str, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
        if len(self._streams) == OPEN_AT_ONCE and name not in self._streams:
            self._close()
        if name not in self._streams:
            file = self._open.enter_context((self.folder / name).open("ab"))
            deltas = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
            self._streams[name] = self._open.enter_context(pa.ipc.new_stream(file, schema, options=deltas))
        return self._streams[name]

    def _close(self) -> None:
        self._open.close()
        self._streams.clear()


def staged_name(table: str, year: int | None) -> str:
    """Name the file of a table's rows, or of the cases filed in a year."""
    return f"{table}.arrows" if year is None else f"{table}-{year}.arrows"


def _by_year(rows: pa.Table) -> list[tuple[pa.Table, int]]:
    """The rows of every year, by court and day of filing."""
    days = rows["filed_on"]
    year, day = (np.asarray(of(days)).astype("uint16") for of in (pc.year, pc.day_of_year))
    court = rows["court"].chunk(0)
    place = places_of_courts(court, court.dictionary.sort())
    place = place.astype(np.min_scalar_type(place.max()))  # narrow numbers are sorted quickest
    order = np.lexsort((day, place, year))
    different, first = np.unique(year[order], return_index=True)
    rows = rows.take(pa.array(order.astype("uint32")))
    lengths = np.diff(first, append=len(rows))
    return [(rows.slice(*at), year) for *at, year in zip(first, lengths, different.tolist(), strict=True)]


def places_of_courts(court: pa.DictionaryArray, courts: pa.Array) -> np.ndarray:
    """Find the place of the court of each row among all courts, which are in order; 0 where it is missing."""
    places = pc.add(pc.index_in(court.dictionary, courts), 1)
    return np.asarray(pc.fill_null(places.take(court.indices), 0))


def staged(file: Path) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a file that ``Stage`` wrote, left where they are until they are used."""
    with pa.memory_map(str(file)) as mapped:
        while mapped.tell() < mapped.size():
            with pa.ipc.open_stream(mapped) as stream:
                batches = list(stream)
            for batch in batches:  # the lists of the last begin with those of all others
                for at, (column, last) in enumerate(zip(batch.columns, batches[-1].columns, strict=True)):
                    if pa.types.is_dictionary(column.type) and len(column.dictionary) < len(last.dictionary):
                        whole = pa.DictionaryArray.from_arrays(column.indices, last.dictionary)
                        batch = batch.set_column(at, batch.schema.field(at), whole)  # noqa: PLW2901
                yield batch


def stage(
    source: Source,
    folder: Path,
    settings: Settings,
    *,
    corrections: Any,
    progress: Callable[[int], None],
    passed: Callable[[int], None],
) -> None:
    """Read a source into ``folder``: its rows and its account, or nothing at all if it is interrupted."""
    with whole_folder(folder) as part:
        with Stage(part, progress) as kept:
            log = ReadLog(kept, corrections, passed=passed)
            read_source(source, log, settings)
        _write_log(log, part)


def _write_log(log: ReadLog, folder: Path) -> None:
    for name, frame in log.tables().items():
        if len(frame):
            frame.to_parquet(folder / f"about-{name}.parquet", index=False)
    about = {
        "inputs": log.inputs,
        "read": sorted(log.read),
        "not_understood": [e.text.en for errors in log.not_understood.values() for e in errors],
        "headers": log.headers,
        "file_names": log.file_names,
        "headings": log.headings,
    }
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
