"""Blocks of plain rows read column-wise in Arrow, to the same result as row by row; rows in doubt are told.

Codes and names repeat: each different cell is read once by ``cells.parse`` and remembered, and texts stay places in a
list of the different ones. Days, amounts and case numbers of plain form are taken as they are; days that are written
otherwise are read as names are. A row with any other cell is in doubt, and is left to ``rows.sort_out``, so that there
is one place that decides what a cell means.
"""

from __future__ import annotations

import datetime as dt
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.columns import RARELY_REPEATED, coded_schema
from analysis.files.blocks import series
from analysis.files.cell_text import written
from analysis.register.cells import LONGEST_PLAIN, in_yuan, is_no_amount, parse
from analysis.register.headers import UNITS
from analysis.register.rows import NEEDED, derive
from analysis.vocabulary.columns import columns
from analysis.vocabulary.periods import EARLIEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.register.rows import SheetContext

# A number of a case as nearly all are written: nothing in it that a closer look would change, and no total or note.
PLAIN_CASE_NUMBER = r"^[（(](?:19|20)\d{2}[)）]?[^\s\x00-\x1f\x7f\p{Z}\p{Cf}\p{Cc}计汇总数a-zA-Z]{3,38}$"
PLAIN_AMOUNT = r"^(?:\d{1,10}\.\d{1,6}|\d{1,12})$"
# Numbers that differ in the serial alone are of one court and case type.
SERIAL = "([执恢保监异复协第])[1-9]\\d{0,5}号$"
DERIVED = ("court", "case_type", "case_type_text")
FIRST_DAY, LAST_DAY = ((day - dt.date(1970, 1, 1)).days for day in (dt.date.min, dt.date.max))  # of Python's calendar
REMEMBERED = 200_000  # different cells of a column; a column with more is read anew
ARROW_TYPES = {"date": pa.date32(), "integer": pa.int64(), "boolean": pa.bool_()}


class _Read(NamedTuple):
    """The different cells of a column, the first of them a missing one: what each means, and which are unreadable."""

    cells: pa.Array
    means: dict[str, pa.Array]  # of a code its text too
    bad: np.ndarray


class CellDictionary:
    """The meaning of the cells of each column, remembered from block to block and shared by threads."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], _Read] = {}
        self._lock = Lock()

    def of(self, cells: pa.Array, kind: str, name: str, context: SheetContext) -> tuple[_Read, pa.Array]:
        """Return the column's cells with these among them, and the place of each of these."""
        read = self._columns.get((kind, name))
        if read is None or (at := pc.index_in(cells, read.cells)).null_count:
            with self._lock:
                read = self._columns[kind, name] = self._with(cells, kind, name, context)
            at = pc.index_in(cells, read.cells)
        return read, at

    def _with(self, cells: pa.Array, kind: str, name: str, context: SheetContext) -> _Read:
        read = self._columns.get((kind, name))
        if read is None or len(read.cells) > REMEMBERED:
            read = _read(pa.nulls(1, pa.string()), kind, name, context)
        new = _read(cells.filter(pc.invert(pc.is_in(cells, read.cells))).unique(), kind, name, context)
        return _Read(
            pa.concat_arrays([read.cells, new.cells]),
            {column: pa.concat_arrays([means, new.means[column]]) for column, means in read.means.items()},
            np.concatenate([read.bad, new.bad]),
        )


def plain_rows(
    context: SheetContext, table: pa.Table, numbers: np.ndarray, dictionary: CellDictionary
) -> tuple[pa.Table, np.ndarray]:
    """Return the rows in canonical columns, and which of them are in doubt.

    ``table`` has the columns of the sheet in their order and ``numbers`` those of its rows; ``dictionary`` remembers cells
    from block to block.
    """
    layout = context.layout
    doubt = np.zeros(table.num_rows, dtype=bool)
    made: dict[str, Any] = {}
    for name, column in columns(layout.table).items():
        cell = layout.positions.get(name)
        if cell is None or cell.position >= table.num_columns:
            continue
        raw = _one_array(table.column(cell.position))
        unit = UNITS.get(cell.unit, 1.0)
        if pa.types.is_null(raw.type):
            continue
        if (typed := _typed(raw, column.kind, unit)) is not None:
            made[name] = typed
            continue
        cells = raw if pa.types.is_string(raw.type) else _texts(raw)
        if column.kind == "money":
            made[name] = _amounts(cells, unit, doubt)
        elif column.kind == "date" and (days := _days(cells)) is not None:
            made[name] = days
        elif name in RARELY_REPEATED:
            made[name] = _plain(cells, PLAIN_CASE_NUMBER, doubt)
        else:
            made |= _repeated(cells, column.kind, name, context, dictionary, doubt)
    for beyond in table.columns[len(layout.cells) :]:  # a comma too many has moved the cells
        doubt |= np.asarray(pc.is_valid(_one_array(beyond)))
    return _whole(context, made, numbers, doubt), doubt


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _texts(raw: pa.Array) -> pa.Array:
    """A column of another type than its kind, as the texts that a person sees in it."""
    if pa.types.is_date(raw.type):
        return raw.cast(pa.string())
    return pa.array([written(cell) or None for cell in series(raw)], pa.string())


def _whole(context: SheetContext, made: dict[str, Any], numbers: np.ndarray, doubt: np.ndarray) -> pa.Table:
    """All canonical columns; rows that lack what is needed, or what their number must say, are in doubt."""
    table, rows = context.layout.table, len(numbers)
    everywhere = {"source_file": context.file, "source_sheet": context.sheet.name}
    first = pa.array(np.zeros(rows, dtype="int32"))
    made |= {name: pa.DictionaryArray.from_arrays(first, pa.array([text])) for name, text in everywhere.items()}
    made["source_row"] = pa.array(numbers)
    if table == "cases" and "case_no" in made:
        made |= _derived(made)
    target = coded_schema(table)
    for name in (*NEEDED[table], "case_type") if table == "cases" else NEEDED[table]:
        doubt |= np.asarray(pc.is_null(made[name])) if name in made else True
    for name in made.keys() & {name for name, column in columns(table).items() if column.kind == "date"}:
        doubt |= np.asarray(pc.fill_null(pc.less(made[name], pa.scalar(EARLIEST.date())), False))
    return pa.table([made.get(f.name, pa.nulls(rows, f.type)) for f in target], schema=target)


def _derived(made: dict[str, Any]) -> dict[str, pa.DictionaryArray]:
    """Court and case type where a number must say them, each different number without its serial read once."""
    nothing = pa.DictionaryArray.from_arrays(pa.nulls(len(made["case_no"]), pa.int32()), pa.array([], pa.string()))
    said = {name: made.get(name, nothing) for name in DERIVED}
    wanted = pc.or_(said["court"].is_null(), said["case_type"].is_null())
    asked = pc.if_else(wanted, made["case_no"], pa.scalar(None, pa.string()))
    alike = pc.replace_substring_regex(asked, SERIAL, r"\11号").dictionary_encode()
    if not len(alike.dictionary):
        return {}
    frame = pd.DataFrame({"case_no": pd.Series(alike.dictionary.to_pylist(), dtype=object)})
    derive(frame)
    return {
        name: _coded((*coded.dictionary.to_pylist(), *_python(frame[name], "text"))).take(
            pc.coalesce(coded.indices, pc.add(alike.indices, len(coded.dictionary)))
        )
        for name, coded in said.items()
    }


def _typed(raw: pa.Array, kind: str, unit: float) -> pa.Array | None:
    """A column that has its type already (from parquet), as ``parse`` takes it; ``None`` for any other."""
    of = raw.type
    if kind == "date" and pa.types.is_date32(of):
        # A day beyond Python's calendar is not plain.
        within = pc.less_equal(pc.max(raw).cast(pa.int32()), LAST_DAY).as_py()
        return None if within is False else raw
    if kind == "boolean" and pa.types.is_boolean(of):
        return raw
    if kind == "integer" and pa.types.is_integer(of):
        return raw.cast(pa.int64())
    if kind == "money" and (pa.types.is_floating(of) or pa.types.is_integer(of)):
        yuan = in_yuan(raw.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), unit)
        return pa.array(yuan, from_pandas=True) if not is_no_amount(yuan).any() else None
    return None


def _plain(raw: pa.Array, pattern: str, doubt: np.ndarray) -> pa.Array:
    """The cells of plain form; the others but the empty ones are in doubt."""
    plain = pc.fill_null(pc.match_substring_regex(raw, pattern), False)
    doubt |= ~np.asarray(pc.or_(plain, pc.fill_null(pc.equal(raw, ""), True)))
    return pc.if_else(plain, raw, pa.scalar(None, pa.string()))


def _days(raw: pa.Array) -> pa.Array | None:
    """Days that are all written as 2011-03-05 is; ``None`` where one is not."""
    try:
        days = raw.cast(pa.date32())
    except pa.ArrowInvalid:
        return None
    return None if pc.less(pc.min(days).cast(pa.int32()), FIRST_DAY).as_py() else days


def _amounts(raw: pa.Array, unit: float, doubt: np.ndarray) -> pa.Array:
    try:
        number = raw.cast(pa.float64()) if _are_digits(raw) else None
    except pa.ArrowInvalid:  # two points
        number = None
    if number is None:
        number = _plain(raw, PLAIN_AMOUNT, doubt).cast(pa.float64())
    yuan = in_yuan(number.to_numpy(zero_copy_only=False), unit)
    doubt |= is_no_amount(yuan)
    return pa.array(yuan, from_pandas=True)


def _are_digits(raw: pa.Array) -> bool:
    """Return whether the cells hold digits and points alone, and none is longer than an amount that ``values`` reads at a glance."""
    _, ends, letters = raw.buffers()
    if letters is None:
        return True
    ends = np.frombuffer(ends, dtype="int32")[raw.offset : raw.offset + len(raw) + 1]
    letters = np.frombuffer(letters, dtype="uint8")[ends[0] : ends[-1]]
    return bool(np.diff(ends).max(initial=0) <= LONGEST_PLAIN and ((letters - ord(".")) <= ord("9") - ord(".")).all())


def _repeated(
    raw: pa.Array, kind: str, name: str, context: SheetContext, dictionary: CellDictionary, doubt: np.ndarray
) -> dict[str, pa.Array]:
    """Every different cell read once; its place spread over the rows. A code has its text beside it."""
    read, at = dictionary.of(raw, kind, name, context)
    if read.bad.any():
        doubt |= read.bad[at.to_numpy()]
    return {column: means.take(at) for column, means in read.means.items()}


def _read(cells: pa.Array, kind: str, name: str, context: SheetContext) -> _Read:
    column = pd.Series(cells.to_pylist(), dtype=object)
    read = parse(column, kind, name=name, date_system=context.date_system(name), words=context.words.get(name))
    values = _python(read.values, kind)
    means = {name: pa.array(values, ARROW_TYPES[kind]) if kind in ARROW_TYPES else _coded(values)}
    if kind == "code":
        means[f"{name}_text"] = _coded(_python(parse(column, "text").values, "text"))
    return _Read(cells, means, read.unreadable.to_numpy())


def _coded(values: Sequence[Any]) -> pa.DictionaryArray:
    return pa.array(values, pa.string()).dictionary_encode()


def _python(values: pd.Series, kind: str) -> list[Any]:
    """Values that Arrow takes, ``None`` where missing."""
    if kind == "date":
        return [None if pd.isna(v) else v.date() for v in values]
    return values.astype(object).where(values.notna(), None).tolist()
