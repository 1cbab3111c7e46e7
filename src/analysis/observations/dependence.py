"""How much more a figure goes up and down than independent cases would: filings that come in waves, and debtors whose cases end alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.measures.indicators.case_tally import LINKED
from analysis.measures.intervals import wilson
from analysis.measures.windows import Window
from analysis.observations.chance import overdispersion

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.measures.indicators.blocks import Block
    from analysis.vocabulary.indicator_sets.definition import Definition

MOST_YEARS, QUARTERS = 6, 4
DAYS_OF_A_QUARTER = 365.25 / QUARTERS
PERCENT = 100


def of_arrivals(cases: Cases, until: pd.Timestamp) -> float:
    """How much more the quarters' shares of a year's filings scatter from year to year than those of independent cases would.

    What is pending at the end of a period, and so what part of the cases on hand is closed, depends on when the cases came. Growth from year to year
    does not count, nor a season that is the same every year; 1 where no more scatter is shown, or the register is too short for it.

    >>> import analysis as an
    >>> of_arrivals(an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"] * 9}), as_of="2011-12-31"), pd.Timestamp("2011-12-31"))
    1.0
    """
    filed = tallies.filed(cases)
    quarter = ((until - pd.to_datetime(filed["on"])).dt.days // DAYS_OF_A_QUARTER).astype("int64").to_numpy()
    years = 0
    while years < MOST_YEARS and cases.beginning.holds_filings(until - pd.DateOffset(years=years + 1)):
        years += 1
    inside = (quarter >= 0) & (quarter < QUARTERS * years)
    counts = np.bincount(quarter[inside], weights=filed["cases"].to_numpy()[inside], minlength=QUARTERS * years)
    of_years = counts.reshape(years, QUARTERS)[::-1]
    return overdispersion(of_years, of_years.sum(axis=1, keepdims=True) * np.ones(QUARTERS))


def of_debtors(blocks: Sequence[Block]) -> float:
    """How much wider than of independent cases the squared limits of a proportion are in any of some periods, as debtors' cases belong together."""
    found = [1.0]
    for block in blocks:
        low, high = wilson(block.numerator, block.denominator)
        width = PERCENT * float(high[0] - low[0])
        if width > 0 and np.isfinite(block.upper[0]):
            found.append((float(block.upper[0] - block.lower[0]) / width) ** 2)
    return max(found)


def of_filings(rows: pd.DataFrame, breakdown: str, windows: Sequence[Window]) -> float:
    """How much more the mix of a period's filings scatters than that of independent cases, as a debtor's cases fall into one group.

    Of debtors d and groups g ``Σ(n_dg − n_d·p_g)² / (n·Σ p_g(1 − p_g))``, the largest of some periods and at least 1; a case of no known debtor stands alone.

    >>> rows = pd.DataFrame({"first": pd.Timestamp("2011-03-01"), "linked": [0, 0, 0, 1, 1, 1], "basis": ["civil"] * 3 + ["arbitration"] * 3})
    >>> of_filings(rows, "basis", [Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))])
    3.0
    """
    found = [1.0]
    for window in windows if LINKED in rows else ():
        filed = rows[rows["first"].between(window.start, window.end) & rows[breakdown].notna()]
        alone = -1 - np.arange(len(filed))
        debtor = filed[LINKED].where(filed[LINKED] >= 0, alone)
        counts = pd.crosstab(debtor.to_numpy(), filed[breakdown].to_numpy()).to_numpy()
        if not counts.size:
            continue
        share = counts.sum(axis=0) / counts.sum()
        apart = (counts - counts.sum(axis=1, keepdims=True) * share) ** 2
        even = counts.sum() * (share * (1 - share)).sum()
        found.append(float(apart.sum() / even) if even > 0 else 1.0)
    return max(found)


def is_of_two_moments(definition: Definition) -> bool:
    """Return whether a rate sets cases of one moment against those of another (closed against received or filed): it depends on when cases came."""
    return len({quantity.when for quantity in (*definition.numerator, *definition.denominator)}) > 1
