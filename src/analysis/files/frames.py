"""Dataframes of any library as a file that the readers take: pandas, polars, Arrow and what else narwhals knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.vocabulary.errors import must_differ
from analysis.vocabulary.frames import frame_of

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
    frame = None if isinstance(given, (str, Path, list, tuple)) else frame_of(given)
    if frame is None:
        yield given
        return
    from pyarrow import parquet

    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        parquet.write_table(frame.to_arrow(), path)
        yield path


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
