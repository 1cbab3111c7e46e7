"""Dates after the day to which a register is read: of one that goes on after it they are no mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.answers import answer
from analysis.vocabulary.columns import TABLES, columns

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.checks.context import Found

OF_CLOSING = ("closure_mode", "amount_recovered", "amount_paid")  # what is said of how a case ended
GOES_ON_WITHIN = pd.Timedelta(days=183)  # our choice: a date that long after the others is a slip of the keyboard


def goes_on_until(cases: Cases, *, cut: bool = False) -> pd.Timestamp:
    """Return the last day of the dates that a register holds because it goes on after the day to which it is read; else that day."""
    future, day = [], cases.as_of.date()
    for table in TABLES:
        rows = cases.table if table == "cases" else getattr(cases, table)
        dated = [name for name, column in columns(table).items() if column.kind == "date"]
        latest = answer(cases, rows.aggregate(**{name: rows[name].max() for name in dated})).iloc[0]
        for name in dated:
            if pd.notna(latest[name]) and pd.Timestamp(latest[name]).date() > day:
                dates = answer(cases, rows.filter(rows[name] > day)[[name]].distinct())[name]
                cut = cut or name == "filed_on"
                future.append(pd.to_datetime(dates).astype("datetime64[s]"))
    last = cases.as_of
    for date in sorted(pd.concat(future).unique()) if cut and future else ():
        if date - last > GOES_ON_WITHIN:
            break
        last = date
    return last


def without_later(found: Found, last: pd.Timestamp) -> Found:
    """Return what a rule found but for dates up to the ``last`` of those that a register holds because it goes on."""
    if found.rule != "date_in_future":
        return found
    return found.only((found.rows[found.field] > last).to_numpy(dtype=bool))


def touching(found: Found, last: pd.Timestamp) -> Found:
    """Return what a rule found but for how cases ended that closed after the ``last`` day of a period: no figure of it rests on that."""
    if not isinstance(found.field, str) or found.field not in OF_CLOSING or "closed_on" not in found.rows:
        return found
    return found.only(~(found.rows["closed_on"] > last).to_numpy(dtype=bool))
