"""Dates after the day to which a register is read: of one that goes on after it they are no mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.vocabulary.columns import TABLES, columns

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.checks.context import Found

GOES_ON_WITHIN = pd.Timedelta(days=183)  # our choice: a date that long after the others is a slip of the keyboard


def later_dates(findings: pd.DataFrame, as_of: pd.Timestamp, *, cut: bool = False) -> pd.Series:
    """Mark the findings of dates that a register holds because it goes on after the day to which it is read.

    It does where filings follow that day, or where somebody ``cut`` it there; so are the dates after it that follow each other
    within half a year.

    >>> found = pd.DataFrame({"rule": "date_in_future", "field": "closed_on", "value": ["2012-01-09", "2201-03-01"]})
    >>> later_dates(found, pd.Timestamp("2011-12-31"), cut=True).tolist()
    [True, False]
    """
    future = findings["rule"] == "date_in_future"
    dates = pd.to_datetime(findings["value"].where(future)).astype("datetime64[s]")
    goes_on = cut or bool((future & (findings["field"] == "filed_on")).any())
    return dates <= (_goes_on_until(as_of, dates) if goes_on else as_of)


def goes_on_until(cases: Cases, *, cut: bool = False) -> pd.Timestamp:
    """Return the last day of the dates that a register holds because it goes on after the day to which it is read; else that day."""
    future, day = [], cases.as_of.date()
    for table in TABLES:
        rows = cases.table if table == "cases" else getattr(cases, table)
        for name, column in columns(table).items():
            if column.kind == "date":
                dates = rows.filter(rows[name] > day)[[name]].distinct().to_pandas()[name]
                cut = cut or (name == "filed_on" and len(dates) > 0)
                future.append(pd.to_datetime(dates).astype("datetime64[s]"))
    return _goes_on_until(cases.as_of, pd.concat(future)) if cut else cases.as_of


def without_later(found: Found, last: pd.Timestamp) -> Found:
    """Return what a rule found but for dates up to the ``last`` of those that a register holds because it goes on."""
    if found.rule != "date_in_future":
        return found
    return found.only((found.rows[found.field] > last).to_numpy(dtype=bool))


def _goes_on_until(last: pd.Timestamp, dates: pd.Series) -> pd.Timestamp:
    for date in sorted(dates.dropna().unique()):
        if date - last > GOES_ON_WITHIN:
            break
        last = date
    return last
