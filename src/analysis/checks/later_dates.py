"""Dates after the day to which a register is read: of one that goes on after it they are no mistakes."""

from __future__ import annotations

import pandas as pd

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
    last = as_of
    if cut or (future & (findings["field"] == "filed_on")).any():
        for date in sorted(dates.dropna().unique()):
            if date - last > GOES_ON_WITHIN:
                break
            last = date
    return dates <= last
