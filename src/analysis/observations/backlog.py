"""The backlog: what made the stock of a period, and the verdict on the round, asked once of a register."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from analysis.inference.cycle.cycle import cycle
from analysis.inference.cycle.stock_change import stock_change
from analysis.measures.caseflow import caseflow, from_bulk
from analysis.vocabulary.errors import CourtAnalysisError

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.inference.cycle.cycle import Cycle
    from analysis.measures.windows import Window


def closing_stock(cases: Cases, window: Window) -> tuple[dict[str, int], str]:
    """Return the parts of the stock's change over a period by name, and the call that gives them."""
    start, end = str(window.start.date()), str(window.end.date())
    table = cases.once(("stock change", start, end), lambda: stock_change(cases, period=(start, end)).table)
    parts = {str(part): int(number) for part, number in zip(table["part"], table["cases"], strict=True)}
    return parts, f'an.stock_change(cases, period=("{start}", "{end}"))'


def round_of(cases: Cases, window: Window, calendar: str) -> tuple[pd.DataFrame, Cycle | None]:
    """Return the monthly flow up to the end of a period, and what the cycle says of it; ``None`` where it cannot be read."""
    flow = cases.once(("monthly flow", window.end, calendar), partial(_flow, cases, window.end, calendar))
    return flow, cases.once(("round", window.end, calendar), partial(_round, cases, flow))


def _flow(cases: Cases, end: pd.Timestamp, calendar: str) -> pd.DataFrame:
    return from_bulk(caseflow(cases, freq="M", calendar=calendar, period=(None, end)))


def _round(cases: Cases, flow: pd.DataFrame) -> Cycle | None:
    try:
        return cycle(flow, cases=cases)
    except CourtAnalysisError:  # a series of which nothing can be said: too few periods, no closings
        return None
