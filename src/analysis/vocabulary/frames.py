"""Dataframes of any library: pandas, polars, Arrow and what else narwhals knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.vocabulary.errors import must_differ

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries by the names of its columns."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def in_pandas(given: Any) -> Any:
    """Return a dataframe of any library as one of pandas, each of a dictionary too; anything else as it is.

    >>> import pyarrow as pa
    >>> in_pandas({"收结": pa.table({"法院": ["甲法院"]})}), in_pandas("报表.csv")
    ({'收结':     法院
    0  甲法院}, '报表.csv')
    """
    if isinstance(given, Mapping):
        return {name: in_pandas(one) for name, one in given.items()} if any(map(_may_be_one, given.values())) else given
    frame = frame_of(given) if _may_be_one(given) else None
    return given if frame is None else frame.to_pandas()


def frame_of(given: Any) -> nw.DataFrame[Any] | None:
    """Return what narwhals knows as a dataframe, one that is still to be computed (polars' LazyFrame, a relation of DuckDB) computed.

    Raises ``InputError`` for columns of one name.
    """
    import narwhals as nw

    try:
        frame = nw.from_native(given, pass_through=True)
    except nw.exceptions.DuplicateError:
        must_differ(getattr(given, "column_names", None) or given.columns)
        raise
    if isinstance(frame, nw.LazyFrame):
        return frame.collect()
    return frame if isinstance(frame, nw.DataFrame) else None


def _may_be_one(given: Any) -> bool:
    """Whether a value has columns and is not of pandas: to ask narwhals of each would load it."""
    return hasattr(type(given), "columns") and type(given).__module__.partition(".")[0] != "pandas"
