"""The courts under a higher court in one table of two levels: all together, then each, beside the same period of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.measures.caseflow import caseflow
from analysis.vocabulary.courts import court_text, higher_first
from analysis.vocabulary.periods import year_before
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases

TOGETHER = Text("辖区合计", "all courts")
UNDER = Text("　", "– ")  # before the name of a court under the total
BEFORE = "_before"
FIGURES = ("filed", "closed", "closure_rate")
COLUMNS = (
    "court",
    "opening",
    "filed",
    "filed_before",
    "closed",
    "closed_before",
    "pending",
    "closure_rate",
    "closure_rate_before",
)


def court_levels(cases: Cases, first: pd.Timestamp, last: pd.Timestamp, *, calendar: str) -> pd.DataFrame:
    """Return stock, flow and closure rate of all courts together and of each, the higher first, with those of the year before; empty of a single court.

    ``closure_rate`` = closed ÷ (opening + filed) × 100. Of a court whose register is not whole at the beginning of a period, what rests on the
    opening stock is missing; a court without cases in the period has a row of noughts.

    >>> from analysis.cases.table import Cases
    >>> rows = {"court": ["甲县人民法院", "甲县人民法院", "乙县人民法院"], "filed_on": "2011-01-04", "closed_on": ["2011-02-01", None, "2011-03-01"]}
    >>> both = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> court_levels(both, pd.Timestamp("2011-01-01"), pd.Timestamp("2011-03-31"), calendar="calendar-year")[["filed", "closed"]].values.tolist()
    [[3, 2], [1, 1], [2, 1]]
    """
    if len(cases.courts) < len(("one", "other")):
        return pd.DataFrame(columns=list(COLUMNS))
    spans = [(first, last), year_before(first, last, calendar=calendar)]
    levels = [_of(cases, spans, calendar, by=by) for by in ((), ("court",))]
    return pd.concat(levels, ignore_index=True)[list(COLUMNS)]


def _of(
    cases: Cases, spans: list[tuple[pd.Timestamp, pd.Timestamp]], calendar: str, *, by: tuple[str, ...]
) -> pd.DataFrame:
    """One level: the figures of the period and of the year before, a row a court (or all together)."""
    now, before = (_flow(cases, span, calendar, by) for span in spans)
    table = now.merge(before[["court", *FIGURES]], on="court", how="left", suffixes=("", BEFORE))
    table = table.set_index("court", drop=False).loc[higher_first(table["court"])].reset_index(drop=True)
    named = [court_text(name) for name in table["court"]] if by else [TOGETHER]
    table["court"] = [(UNDER + name if by else name).cell for name in named]
    return table.rename(columns={"closing": "pending"})


def _flow(cases: Cases, span: tuple[pd.Timestamp, pd.Timestamp], calendar: str, by: tuple[str, ...]) -> pd.DataFrame:
    asked: dict[str, Any] = {"periods": [span], "by": by, "calendar": calendar, "at": min(span[1], cases.as_of)}
    flow = caseflow(cases, **asked)
    if not by:
        flow = flow.assign(court="")
    flow = flow[flow["court"].notna()].reset_index(drop=True)
    begun = [cases.begun_at(name) if by else cases.beginning for name in flow["court"]]
    known = pd.Series([of.is_whole(span[0]) for of in begun], index=flow.index, dtype=bool)
    opening = flow["opening"].astype("Float64").where(known)
    received = opening + flow["filed"]
    rate = (100 * flow["closed"] / received.where(received > 0)).astype("float64")
    counts = {
        "filed": flow["filed"],
        "closed": flow["closed"],
        "closing": flow["closing"].astype("Float64").where(known),
    }
    if begun and span[1] < min(of.filed for of in begun):
        counts = {name: pd.Series(np.nan, index=flow.index) for name in counts}
    return pd.DataFrame({"court": flow["court"], "opening": opening, **counts, "closure_rate": rate})
