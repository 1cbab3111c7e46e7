"""Dataframes of any library as a file that the readers take: pandas, polars, Arrow and what else narwhals knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.errors import must_differ

if TYPE_CHECKING:
    import narwhals as nw

NAME = "DataFrame.parquet"  # of the file in messages and in ``inputs``


@contextmanager
def on_disk(given: Any) -> Iterator[Any]:
    """Yield what was given, a dataframe as a file that is there inside the ``with`` block.

    Named levels of an index become columns, columns of mixed values and of periods text.

    >>> mixed = pd.DataFrame({"立案日期": ["2011-01-04", pd.Timestamp("2011-02-01")]}, index=pd.Index(["1", "2"], name="案号"))
    >>> with on_disk(mixed) as file, on_disk("台账.xlsx") as path:
    ...     pd.read_parquet(file).values.tolist(), path
    ([['1', '2011-01-04'], ['2', '2011-02-01']], '台账.xlsx')
    """
    if isinstance(given, pd.DataFrame):
        given = _texts_for_mixed(given.reset_index() if any(given.index.names) else given)
    frame = _frame(given)
    if frame is None:
        yield given
        return
    from pyarrow import parquet

    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        parquet.write_table(frame.to_arrow(), path)
        yield path


def in_pandas(given: Any) -> Any:
    """Return a dataframe of any library as one of pandas, anything else as it is.

    >>> import pyarrow as pa
    >>> in_pandas(pa.table({"法院": ["甲法院"]})), in_pandas("报表.csv")
    (    法院
    0  甲法院, '报表.csv')
    """
    frame = None if isinstance(given, pd.DataFrame) else _frame(given)
    return given if frame is None else frame.to_pandas()


def _frame(given: Any) -> nw.DataFrame[Any] | None:
    """What narwhals knows as a dataframe, one that is still to be computed (polars' LazyFrame, a relation of DuckDB) computed."""
    if given is None or isinstance(given, (str, Path, list, tuple)):
        return None
    import narwhals as nw

    frame = nw.from_native(given, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        return frame.collect()
    return frame if isinstance(frame, nw.DataFrame) else None


def _texts_for_mixed(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.rename(columns=str)
    must_differ(frame.columns)
    mixed = [
        str(name)
        for name in frame
        if pd.api.types.is_object_dtype(frame[name]) or isinstance(frame[name].dtype, pd.PeriodDtype)
    ]
    return frame.assign(**{name: frame[name].map(_text, na_action="ignore").astype("str") for name in mixed})


def _text(value: Any) -> str:
    """A cell as it would be typed: a day without the clock, a whole number without a point."""
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00")
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
