"""Tallies: the only questions asked of many rows, plain GROUP BYs that return integers.

Counts of cases and sums of money in fen add up exactly over files, courts and machines, so an answer depends neither
on the order of the rows nor on the engine. Every measure is derived from tallies in pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.cases.answers import answer, arrow_answer
from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.engine.column_store import NEVER
from analysis.cases.engine.dispatch import counting
from analysis.cases.engine.encoding import coded, dates, numbered, order
from analysis.cases.table import Cases, known_on, must_be_columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

UNITS = {"day": "D", "month": "M"}
EPOCH_YEAR = 1970
MONTH_0 = EPOCH_YEAR * 12 + 1
AMOUNTS = ("amount_claimed", "amount_recovered", "amount_paid")


def _fen(money: ir.NumericColumn) -> Any:
    """Yuan as whole fen, missing as 0: sums of integers do not depend on order."""
    return (money * FEN_PER_YUAN).round().cast("int64").fill_null(0)


def _grouped(
    cases: Cases,
    rows: ir.Table,
    texts: dict[str, pa.Array],
    keys: Sequence[str],
    sums: Sequence[str] = (),
    *,
    as_text: bool = True,
) -> pd.DataFrame:
    """Cases and sums by the keys, in the order of the keys: texts by their code points, missing values last.

    ``texts`` are those that stand in ``rows`` as numbers; without ``as_text`` texts come as categories. Sorted here by
    number: the engine sorts many texts ten times slower than it counts them.
    """
    keys = list(dict.fromkeys(keys))
    added = {name: rows[name].sum() for name in sums}
    asked = rows.group_by(keys) if keys else rows
    found = arrow_answer(cases, asked.aggregate(cases=rows.count(), **added))
    columns = {key: coded(found[key], texts.get(key)) for key in keys}
    columns |= {name: found[name].combine_chunks().cast("int64").fill_null(0) for name in ("cases", *sums)}
    if keys:
        place = pa.array(order([columns[key] for key in keys]))
        columns = {name: column.take(place) for name, column in columns.items()}
    return framed(columns, as_text=as_text)


def framed(columns: dict[str, pa.Array], *, as_text: bool = True) -> pd.DataFrame:
    """Counted columns as a table with dates by the day; without ``as_text`` texts are categories."""
    if as_text:
        columns = {n: c.cast("string") if pa.types.is_dictionary(c.type) else c for n, c in columns.items()}
    frame = pa.table(columns).to_pandas(date_as_object=False)
    for name, column in frame.items():
        if pd.api.types.is_datetime64_any_dtype(column):
            frame[name] = column.astype("datetime64[s]")
        elif name == "on":  # the number of a month
            frame[name] = column.to_numpy("int64").astype("datetime64[M]").astype("datetime64[s]")
    return frame


def _on(date: ir.DateColumn, unit: str) -> Any:
    """The day, or the number of the month (0 is January 1970): twice as quick as to cut a date to its month."""
    return date if _unit(unit) == "D" else (date.year() * 12 + date.month() - MONTH_0).cast("int32")


def _unit(unit: str) -> str:
    """The unit as numpy writes it."""
    if unit not in UNITS:
        raise ArgumentError.not_one_of("unit", unit, UNITS)
    return UNITS[unit]


def _years(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[Y]").astype("int64") + EPOCH_YEAR


def extent(cases: Cases, keys: Sequence[str] = ()) -> tuple[int, Any, Any]:
    """Count the open cases, and find the days of the first filing and the first closing (missing where there is none)."""
    if here := counting(cases, keys):
        _, still_open, *firsts = here.extent()
        first_filed, first_closed = (pd.NaT if on == NEVER else pd.Timestamp(on, unit="D") for on in firsts)
        return still_open, first_filed, first_closed
    table, _ = dates(cases, keys, None)
    asked = table.aggregate(
        open=table.closed_on.isnull().sum(), filed=table.filed_on.min(), closed=table.closed_on.min()
    )
    return tuple(answer(cases, asked).iloc[0])


def counted(cases: Cases, moment: str, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Count cases ``filed`` or ``closed`` per day or month and group, and nothing else: ``[by…], on, cases``; texts as categories."""
    keys = must_be_columns("by", by)
    if here := counting(cases, keys, at):
        on = here.day(f"{moment}_on", lambda days: days.astype(f"datetime64[{_unit(unit)}]"), missing=None)
        found = here.grouped({"on": on})
        return framed(found | ({"on": found["on"].cast("date32")} if unit == "day" else {}), as_text=False)
    table, texts = dates(cases, keys, at)
    date = table[f"{moment}_on"]
    return _grouped(cases, table.mutate(on=_on(date, unit)).filter(date.notnull()), texts, [*keys, "on"], as_text=False)


def filed(cases: Cases, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Count cases filed per day or month and group: ``[by…], on, cases, claimed_fen``.

    >>> filed(Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-01-20"]}), as_of="2011"), unit="month")
              on  cases  claimed_fen
    0 2011-01-01      2            0
    """
    keys = must_be_columns("by", by)
    table = cases.known(at, only=[*keys, "amount_claimed"])
    asked = table.mutate(on=_on(table.filed_on, unit), claimed_fen=_fen(table.amount_claimed))
    return _grouped(cases, *numbered(cases, asked, keys), [*keys, "on"], ["claimed_fen"])


def closed(cases: Cases, *, by: Any = (), unit: str = "day", at: Any = None) -> pd.DataFrame:
    """Count cases closed per day or month, closure mode and group.

    Columns: ``[by…], on, closure_mode, cases, claimed_fen, recovered_fen, with_recovery`` (cases with any recovery),
    ``net`` (净执结: the claim fully recovered and paid out to the applicant).
    """
    keys = must_be_columns("by", by)
    table = cases.known(at, only=[*keys, *AMOUNTS], closed=True)
    claimed, recovered, paid = (_fen(table[name]) for name in AMOUNTS)
    sums = {
        "claimed_fen": claimed,
        "recovered_fen": recovered,
        "with_recovery": (recovered > 0).cast("int64"),
        "net": ((claimed > 0) & (recovered >= claimed) & (paid >= claimed)).cast("int64"),
    }
    asked = [*keys, "on", "closure_mode"]
    return _grouped(
        cases, *numbered(cases, table.mutate(on=_on(table.closed_on, unit), **sums), asked), asked, list(sums)
    )


def years(cases: Cases, *, by: Any = "officer", at: Any = None) -> pd.DataFrame:
    """Count cases by year of filing and year of closing (0 where open): ``[by…], filed_year, closed_year, cases``.

    What an officer took on, closed and carried over in any year is a sum of these.

    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2010-12-04"], "closed_on": ["2011-01-14"]}), as_of="2011")
    >>> years(one, by=())[["filed_year", "closed_year", "cases"]].values.tolist()
    [[2010, 2011, 1]]
    """
    keys = must_be_columns("by", by)
    if here := counting(cases, keys, at):
        of = {f"{on}_year": here.day(f"{on}_on", _years, missing=0) for on in ("filed", "closed")}
        return framed(here.grouped(of)).astype(dict.fromkeys(of, "int64"))
    table, texts = dates(cases, keys, at)
    dated = {
        name: date.year().cast("int32").fill_null(0)
        for name, date in (("filed_year", table.filed_on), ("closed_year", table.closed_on))
    }
    return _grouped(cases, table.mutate(**dated), texts, [*keys, *dated]).astype(dict.fromkeys(dated, "int64"))


def durations(
    cases: Cases, *, by: Any = (), observed_from: Any = None, at: Any = None, modes: bool = True
) -> pd.DataFrame:
    """Count cases by their age when observation began, their age when it ended, and how: ``[by…], entry, exit, outcome, cases``.

    ``exit`` is the age in days on the day of closing, or on ``at`` where the case is open; ``outcome`` the closure mode,
    ``open``, or missing (closed without a mode); without ``modes`` it is ``open`` or ``closed``.
    ``entry`` is the age on ``observed_from`` (0 for cases filed later);
    cases closed before that day are left out. An ``exit`` below 0 is a case closed before it was filed. Texts come as
    categories: these are the many rows.

    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"], "closed_on": ["2011-01-14"]}), as_of="2011")
    >>> durations(one)[["entry", "exit", "cases"]].values.tolist()
    [[0, 10, 1]]
    """
    keys = must_be_columns("by", by)
    if not modes and observed_from is None and (here := counting(cases, keys, at)):
        frame = framed(here.grouped({"exit": here.age(), "is_open": here.is_open()}), as_text=False)
    else:
        frame = _lasted(cases, keys, observed_from, at, modes=modes)
    if observed_from is None:
        frame["entry"] = np.zeros(len(frame), dtype="int32")
    how = frame["closure_mode"].cat if modes else pd.Series(pd.Categorical(["closed"])).cat
    codes = np.where(frame["is_open"], len(how.categories), how.codes)
    frame["outcome"] = pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype([*how.categories, "open"]))
    return frame[[*keys, "entry", "exit", "outcome", "cases"]]


def _lasted(cases: Cases, keys: Sequence[str], observed_from: Any, at: Any, *, modes: bool) -> pd.DataFrame:
    """Durations as the engine counts them: ``[by…], exit, is_open, entry`` (with ``observed_from``), ``closure_mode, cases``."""
    import ibis

    groups = [*keys, *(["closure_mode"] if modes else [])]
    table, texts = numbered(cases, cases.known(at, only=keys), groups) if modes else dates(cases, keys, at)
    own = {
        "exit": table.closed_on.fill_null(known_on(cases, at).date()).delta(table.filed_on, unit="day").cast("int32"),
        "is_open": table.closed_on.isnull(),
    }
    if observed_from is None:
        return _grouped(cases, table.mutate(**own), texts, [*keys, *own, *groups], as_text=False)
    begin = day(observed_from, "observed_from").date()
    own["entry"] = ibis.greatest(ibis.literal(begin).delta(table.filed_on, unit="day"), 0).cast("int32")
    table = table.mutate(**own).filter(table.closed_on.isnull() | (table.closed_on >= begin))
    return _grouped(cases, table, texts, [*keys, *own, *groups], as_text=False)
