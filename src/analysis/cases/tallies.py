"""Tallies: the only questions asked of many rows, plain GROUP BYs that return integers.

Counts of cases and sums of money in fen add up exactly over files, courts and machines, so an answer depends neither
on the order of the rows nor on the engine. Every measure is derived from tallies in pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import Cases, must_be_columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

UNITS = {"day": "D", "month": "M"}
FEN_PER_YUAN = 100


def _fen(money: ir.NumericColumn) -> Any:
    """Yuan as whole fen, missing as 0: sums of integers do not depend on order."""
    return (money * FEN_PER_YUAN).round().cast("int64").fill_null(0)


def _grouped(table: ir.Table, keys: Sequence[str], sums: dict[str, Any]) -> pd.DataFrame:
    if keys:  # sorted by the engine, which is quicker at texts; the order is that of their code points everywhere
        counted = table.group_by(list(keys)).aggregate(**sums)
        frame = counted.order_by([counted[key].asc(nulls_first=False) for key in keys]).to_pandas()
    else:
        frame = table.aggregate(**sums).to_pandas()
    for name in sums:
        frame[name] = frame[name].fillna(0).astype("int64")
    if "on" in frame:
        frame["on"] = pd.to_datetime(frame["on"]).astype("datetime64[s]")
    return frame


def _dated(table: ir.Table, column: str, unit: str) -> ir.Table:
    if unit not in UNITS:
        raise ArgumentError.not_one_of("unit", unit, UNITS)
    dated = table.filter(table[column].notnull())
    return dated.mutate(on=dated[column] if unit == "day" else dated[column].truncate("M"))


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


def durations(cases: Cases, *, by: Any = (), observed_from: Any = None, at: Any = None) -> pd.DataFrame:
    """Cases by their age when observation began, their age when it ended, and how: ``[by…], entry, exit, outcome, cases``.

    ``exit`` is the age in days on the day of closing, or on ``at`` where the case is open; ``outcome`` the closure mode,
    ``open``, or missing (closed without a mode). ``entry`` is the age on ``observed_from`` (0 for cases filed later);
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
        outcome=ibis.ifelse(is_open, "open", table.closure_mode),
    )
    keys = [*must_be_columns("by", by), "entry", "exit", "outcome"]
    return _grouped(table, list(dict.fromkeys(keys)), {"cases": table.count()})
