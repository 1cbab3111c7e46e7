"""Share of a year's filings that were closed within some months, of those observed that long: ``closed_within``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.closings import counted_open, undecided_by
from analysis.cases.table import Cases, known_on
from analysis.measures.windows import windows_of
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import Day, Periods

MONTHS = (3, 6, 12)


def closed_within(
    cases: Cases,
    *,
    periods: Periods = None,
    months: Sequence[int] = MONTHS,
    at: Day | None = None,
    calendar: str | None = None,
) -> pd.DataFrame:
    """Count by year of filing how many cases were closed within so many months, among those that were observed that long.

    A case is observed for m months where the day that many months after its filing is not after the day to which the register is known;
    it is closed within them where its day of closing is that day or before. So cases still open count, and no year is too young by
    construction: of a young year only its early filings are asked.

    Raises ``ArgumentError`` for months that are no whole numbers above 0.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : list
        Years or other periods of filing, by name or first and last day; without it all years that the register holds whole.
    months : list of int
        Months since filing.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    calendar : str
        The statistical calendar; without it the register's.

    Returns
    -------
    DataFrame
        ``period_start, period_end, months, filed`` (in the period)``, observed`` (of them that long)``, closed`` (of these, in time)``, share`` (missing of
        none).

    >>> two = pd.DataFrame({"filed_on": ["2011-01-10", "2011-11-30"], "closed_on": ["2011-04-10", None]})
    >>> closed_within(Cases.from_frames(two, as_of="2011-12-31"), periods=[2011], months=[3])[["filed", "observed", "closed"]].values.tolist()
    [[2, 1, 1]]
    """
    if any(not isinstance(number, (int, np.integer)) or number < 1 for number in months):
        raise ArgumentError(
            f"months={list(months)} 应为大于0的整数。", f"months={list(months)}: whole numbers above 0 are needed."
        )
    cut, calendar = known_on(cases, at), calendar or cases.calendar
    known = cases.known(at)
    table = answer(cases, known.group_by(["filed_on", "closed_on"]).aggregate(cases=known.count()))
    filed, closed = (pd.to_datetime(table[name]).to_numpy() for name in ("filed_on", "closed_on"))
    number = table["cases"].to_numpy()
    asked = periods if periods is not None else _whole_years(cases, cut, calendar)
    reach = {m: (pd.DatetimeIndex(filed) + pd.DateOffset(months=int(m))).to_numpy() for m in months}
    found = []
    for window in windows_of(asked, calendar):
        spans = {"period_start": window.start, "period_end": window.end}
        own = (filed >= window.start) & (filed <= window.end)
        for m, ends in reach.items():
            observed = own & (ends <= cut)
            done = observed & (closed <= ends)
            counts = {"filed": own, "observed": observed, "closed": done}
            found.append(spans | {"months": int(m)} | {k: int(number[v].sum()) for k, v in counts.items()})
    result = pd.DataFrame(found, columns=["period_start", "period_end", "months", "filed", "observed", "closed"])
    result["share"] = (result["closed"] / result["observed"].where(result["observed"] > 0)).astype("float64")
    undecided = undecided_by(cases, cut)
    result.attrs = {"notes": [counted_open(undecided).cell] if undecided else [], "table": "closed_within"}
    return result


def _whole_years(cases: Cases, cut: pd.Timestamp, calendar: str) -> list[int]:
    """The statistical years of which the register holds all filings."""
    begun, years = cases.beginning, range(cases.beginning.filed.year, cut.year + 1)
    return [y for y in years if begun.holds_filings(windows_of([y], calendar)[0].start)]
