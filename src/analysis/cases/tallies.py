"""Tallies: the only questions asked of many rows, plain GROUP BYs that return integers.

Counts of cases and sums of money in fen add up exactly over files, courts and machines, so an answer depends neither
on the order of the rows nor on the engine. Every measure is derived from tallies in pandas.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from analysis.cases.table import Cases, must_be_columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir
    import pyarrow as pa

UNITS = {"day": "D", "month": "M"}
FEN_PER_YUAN = 100


def _fen(money: ir.NumericColumn) -> Any:
    """Yuan as whole fen, missing as 0: sums of integers do not depend on order."""
    return (money * FEN_PER_YUAN).round().cast("int64").fill_null(0)


def _grouped(table: ir.Table, keys: Sequence[str], sums: dict[str, Any]) -> pd.DataFrame:
    """Sums by the keys, in the order of the keys: texts by their code points, missing values last.

    Sorted here by number of the text: the engine sorts many texts ten times slower than it counts them.
    """
    asked = table.group_by(list(keys)).aggregate(**sums) if keys else table.aggregate(**sums)
    found = asked.to_pyarrow().combine_chunks()
    if keys:
        found = found.take(_order([found[key].combine_chunks() for key in keys]))
    frame = found.select(list(keys)).to_pandas(date_as_object=False)
    for name, column in frame.items():
        if pd.api.types.is_datetime64_any_dtype(column):
            frame[name] = column.astype("datetime64[s]")
    for name in sums:
        frame[name] = found[name].cast("int64").fill_null(0).to_numpy()
    return frame


def _order(keys: list[pa.Array]) -> np.ndarray:
    """The order of the rows by their keys, the first key first; missing values last."""
    numbers = []
    for key in keys:
        coded = key.dictionary_encode()
        rank = np.argsort(pc.sort_indices(coded.dictionary))
        numbers.append(np.append(rank, len(rank))[pc.fill_null(coded.indices, len(rank)).to_numpy()])
    widths = [int(number.max(initial=0)) + 1 for number in numbers]
    if math.prod(widths) >= 2**63:
        return np.lexsort(numbers[::-1])
    place = np.zeros(len(keys[0]), dtype="int64")
    for number, width in zip(numbers, widths, strict=True):
        place = place * width + number
    return np.argsort(place)


def _dated(table: ir.Table, column: str, unit: str) -> ir.Table:
    if unit not in UNITS:
        raise ArgumentError.not_one_of("unit", unit, UNITS)
    dated = table.filter(table[column].notnull())
    return dated.mutate(on=dated[column] if unit == "day" else dated[column].truncate("M"))


def counted(cases: Cases, moment: str, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Cases ``filed`` or ``closed`` per day or month and group, and nothing else: ``[by…], on, cases``."""
    table = _dated(cases.known(at), f"{moment}_on", unit)
    return _grouped(table, list(dict.fromkeys([*must_be_columns("by", by), "on"])), {"cases": table.count()})


def filed(cases: Cases, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Cases filed per day or month and group: ``[by…], on, cases, claimed_fen``.

    >>> filed(Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-01-20"]}), as_of="2011"), unit="month")
              on  cases  claimed_fen
    0 2011-01-01      2            0
    """
    table = _dated(cases.known(at), "filed_on", unit)
    return _grouped(
        table,
        [*must_be_columns("by", by), "on"],
        {"cases": table.count(), "claimed_fen": _fen(table.amount_claimed).sum()},
    )


def closed(cases: Cases, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Cases closed per day or month, closure mode and group.

    Columns: ``[by…], on, closure_mode, cases, claimed_fen, recovered_fen, with_recovery`` (cases with any recovery),
    ``net`` (净执结: the claim fully recovered and paid out to the applicant).
    """
    table = _dated(cases.known(at), "closed_on", unit)
    claimed, recovered, paid = (_fen(table[name]) for name in ("amount_claimed", "amount_recovered", "amount_paid"))
    is_net = (claimed > 0) & (recovered >= claimed) & (paid >= claimed)
    keys = [*must_be_columns("by", by), "on", "closure_mode"]
    return _grouped(
        table,
        list(dict.fromkeys(keys)),
        {
            "cases": table.count(),
            "claimed_fen": claimed.sum(),
            "recovered_fen": recovered.sum(),
            "with_recovery": (recovered > 0).cast("int64").sum(),
            "net": is_net.cast("int64").sum(),
        },
    )


def years(cases: Cases, *, by: Any = "officer", at: Any = None) -> pd.DataFrame:
    """Cases by year of filing and year of closing (0 where open): ``[by…], filed_year, closed_year, cases``.

    What an officer took on, closed and carried over in any year is a sum of these.

    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2010-12-04"], "closed_on": ["2011-01-14"]}), as_of="2011")
    >>> years(one, by=())[["filed_year", "closed_year", "cases"]].values.tolist()
    [[2010, 2011, 1]]
    """
    table = cases.known(at)
    dated = {
        name: date.year().cast("int64").fill_null(0)
        for name, date in (("filed_year", table.filed_on), ("closed_year", table.closed_on))
    }
    table = table.mutate(**dated)
    return _grouped(table, [*must_be_columns("by", by), *dated], {"cases": table.count()})


def durations(
    cases: Cases, *, by: Any = (), observed_from: Any = None, at: Any = None, modes: bool = True
) -> pd.DataFrame:
    """Cases by their age when observation began, their age when it ended, and how: ``[by…], entry, exit, outcome, cases``.

    ``exit`` is the age in days on the day of closing, or on ``at`` where the case is open; ``outcome`` the closure mode,
    ``open``, or missing (closed without a mode); without ``modes`` it is ``open`` or ``closed``.
    ``entry`` is the age on ``observed_from`` (0 for cases filed later);
    cases closed before that day are left out. An ``exit`` below 0 is a case closed before it was filed.

    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"], "closed_on": ["2011-01-14"]}), as_of="2011")
    >>> durations(one)[["entry", "exit", "cases"]].values.tolist()
    [[0, 10, 1]]
    """
    import ibis

    table = cases.known(at)
    cut = (cases.as_of if at is None else day(at, "at", last=True)).date()
    begin = None if observed_from is None else day(observed_from, "observed_from").date()
    if begin is not None:
        table = table.filter(table.closed_on.isnull() | (table.closed_on >= begin))
    entry = (
        ibis.literal(0) if begin is None else ibis.greatest(ibis.literal(begin).delta(table.filed_on, unit="day"), 0)
    )
    is_open = table.closed_on.isnull()
    table = table.mutate(
        entry=entry.cast("int64"),
        exit=table.closed_on.fill_null(cut).delta(table.filed_on, unit="day").cast("int64"),
        outcome=ibis.ifelse(is_open, "open", table.closure_mode if modes else "closed"),
    )
    keys = [*must_be_columns("by", by), "entry", "exit", "outcome"]
    return _grouped(table, list(dict.fromkeys(keys)), {"cases": table.count()})
