"""Blocks of plain rows read column-wise in Arrow, to the same result as row by row; what is not plain is said.

Dates, codes and names repeat: each different cell is read once by ``values.parse`` and remembered. Amounts and case
numbers rarely repeat: those of plain form are taken as they are. A row with any other cell is in doubt, and is left to
``bodies.sort_out``, so that there is one place that decides what a cell means.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.bodies import NEEDED
from analysis.cases.columns import columns, schema
from analysis.cases.headers import UNITS
from analysis.cases.values import MOST_YUAN, parse

if TYPE_CHECKING:
    from analysis.cases.bodies import Place

# A number of a case as nearly all are written: nothing in it that a closer look would change, and no total or note.
PLAIN_CASE_NUMBER = r"^[（(](?:19|20)\d{2}[)）]?[^\s\x00-\x1f\x7f\p{Z}\p{Cf}\p{Cc}计汇总数a-zA-Z]{3,38}$"
PLAIN_AMOUNT = r"^(?:\d{1,10}\.\d{1,6}|\d{1,12})$"
RARELY_REPEATED = ("case_no", "original_case_no")
LAST_DAY = (dt.date.max - dt.date(1970, 1, 1)).days
REMEMBERED = 200_000  # different cells of a column; a column with more is read anew
Known = dict[tuple[str, str], dict[Any, tuple[Any, Any, bool]]]


def plain_rows(place: Place, table: pa.Table, first_row: int, known: Known) -> tuple[pa.Table, np.ndarray] | None:
    """The rows in canonical columns, and which of them are in doubt; ``None`` where a column has another type.

    ``table`` has the columns of the sheet in their order; ``known`` remembers cells from block to block.
    """
    layout = place.layout
    doubt = np.zeros(table.num_rows, dtype=bool)
    made: dict[str, Any] = {}
    for name, column in columns(layout.table).items():
        cell = layout.positions.get(name)
        if cell is None or cell.position >= table.num_columns:
            continue
        raw = table.column(cell.position)
        unit = UNITS.get(cell.unit, 1.0)
        read = _typed(raw, column.kind, unit)
        if read is None and pa.types.is_string(raw.type):
            if column.kind == "money":
                read = _amounts(raw, unit, doubt)
            elif name in RARELY_REPEATED:
                read = _numbers(raw, doubt)
            else:
                read = _repeated(raw, column.kind, name, place.sheet.date_system, known, doubt)
        if read is None:
            return None
        made[name], text = read
        if column.kind == "code":
            made[f"{name}_text"] = text
    return _whole(place, made, table.num_rows, first_row, doubt), doubt


def _whole(place: Place, made: dict[str, Any], rows: int, first_row: int, doubt: np.ndarray) -> pa.Table:
    """All canonical columns; rows that lack what is needed, or what their number must say, are in doubt."""
    if place.court and "court" in made:
        made["court"] = pc.fill_null(made["court"], place.court)
    elif place.court:
        made["court"] = pa.repeat(pa.scalar(place.court, pa.string()), rows)
    made["source_file"] = pa.repeat(pa.scalar(place.file, pa.string()), rows)
    made["source_sheet"] = pa.repeat(pa.scalar(place.sheet.name, pa.string()), rows)
    made["source_row"] = pa.array(np.arange(first_row, first_row + rows))
    target = schema(place.layout.table)
    needed = NEEDED[place.layout.table]
    for name in (*needed, "case_type", "court") if place.layout.table == "cases" else needed:
        doubt |= np.asarray(pc.is_null(made[name])) if name in made else True
    return pa.table([made.get(f.name, pa.nulls(rows, f.type)) for f in target], schema=target)


def _typed(raw: pa.ChunkedArray, kind: str, unit: float) -> tuple[Any, Any] | None:
    """A column that has its type already (from parquet), as ``parse`` takes it; ``None`` for any other."""
    of = raw.type
    if pa.types.is_null(of):
        return None
    if kind == "date" and pa.types.is_date32(of):
        # A day beyond Python's calendar is not plain.
        within = pc.less_equal(pc.max(raw).cast(pa.int32()), LAST_DAY).as_py()
        return None if within is False else (raw, None)
    if kind == "boolean" and pa.types.is_boolean(of):
        return raw, None
    if kind == "integer" and pa.types.is_integer(of):
        return raw.cast(pa.int64()), None
    if kind == "money" and pa.types.is_floating(of):
        yuan = np.round(raw.to_numpy() * unit, 6)
        return (pa.array(yuan, from_pandas=True), None) if not (np.abs(yuan) > MOST_YUAN).any() else None
    return None


def _amounts(raw: pa.ChunkedArray, unit: float, doubt: np.ndarray) -> tuple[Any, None]:
    plain = pc.fill_null(pc.match_substring_regex(raw, PLAIN_AMOUNT), False)
    empty = pc.fill_null(pc.equal(raw, ""), True)
    doubt |= ~np.asarray(pc.or_(plain, empty))
    values = pc.if_else(plain, raw, pa.scalar(None, pa.string())).cast(pa.float64()).to_numpy()
    yuan = np.round(values * unit, 6)
    with np.errstate(invalid="ignore"):
        doubt |= yuan > MOST_YUAN
    return pa.array(yuan, from_pandas=True), None


def _numbers(raw: pa.ChunkedArray, doubt: np.ndarray) -> tuple[Any, None]:
    plain = pc.fill_null(pc.match_substring_regex(raw, PLAIN_CASE_NUMBER), False)
    empty = pc.fill_null(pc.equal(raw, ""), True)
    doubt |= ~np.asarray(pc.or_(plain, empty))
    return pc.if_else(plain, raw, pa.scalar(None, pa.string())), None


def _repeated(
    raw: pa.ChunkedArray, kind: str, name: str, date_system: str, known: Known, doubt: np.ndarray
) -> tuple[Any, Any]:
    """Every different cell read once; its place spread over the rows."""
    coded = raw.combine_chunks().dictionary_encode() if raw.num_chunks != 1 else raw.chunk(0).dictionary_encode()
    cells = coded.dictionary.to_pylist()
    remembered = known.setdefault((kind, name), {})
    if len(remembered) > REMEMBERED:
        remembered.clear()
    if new := [cell for cell in cells if cell not in remembered]:
        column = pd.Series(new, dtype=object)
        read = parse(column, kind, name=name, date_system=date_system)
        texts = parse(column, "text").values if kind == "code" else column
        found = zip(_python(read.values, kind), _python(texts, "text"), read.unreadable.tolist(), strict=True)
        remembered.update(zip(new, found, strict=True))
    of_type = schema("cases").field(name).type if name in schema("cases").names else pa.string()
    at = coded.indices
    bad = np.array([remembered[cell][2] for cell in cells] + [False])
    if bad.any():
        doubt |= bad[pc.fill_null(at, len(cells)).to_numpy()]
    values = pa.array([remembered[cell][0] for cell in cells], _arrow_type(kind, of_type)).take(at)
    if kind != "code":
        return values, None
    return values, pa.array([remembered[cell][1] for cell in cells], pa.string()).take(at)


def _arrow_type(kind: str, fallback: pa.DataType) -> pa.DataType:
    return {"date": pa.date32(), "integer": pa.int64(), "boolean": pa.bool_()}.get(kind, fallback)


def _python(values: pd.Series, kind: str) -> list[Any]:
    """Values that Arrow takes, ``None`` where missing."""
    if kind == "date":
        return [None if pd.isna(v) else v.date() for v in values]
    return values.astype(object).where(values.notna(), None).tolist()
