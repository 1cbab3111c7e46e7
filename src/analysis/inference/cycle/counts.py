"""A flow as counts for the verdict: filings, closings, what could be closed, the place in the year, and months with nothing to clear."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import silent
from analysis.inference.cycle.regression import dummies
from analysis.inference.cycle.season import festival_known, festival_share
from analysis.inference.cycle.series import FlowSeries

BLOCK = 4  # weeks that are added up: a single week is too restless to search
EMPTIED = 0.5  # share of all that could be closed: where more is closed, closings only follow what comes in
MOST_EMPTIED = 0.4  # of the periods; where more are so, the court never has a stock and nothing is left out


@dataclass(frozen=True, eq=False)
class Counts:
    """Filings and closings by place on an even grid; ``available`` is the stock at the start plus filings.

    ``season`` are dummy columns (with the Spring Festival's share where flows are monthly), ``seasons`` periods in a year.
    """

    filed: np.ndarray
    closed: np.ndarray
    available: np.ndarray
    places: np.ndarray
    season: np.ndarray
    seasons: int
    span: int
    starts: tuple[pd.Timestamp, ...]
    months_each: float

    def kept(self, keep: np.ndarray) -> Counts:
        """Only some of the periods, each at its place."""
        season = self.season[keep]
        alive = season.std(axis=0) > 0 if len(season) else np.zeros(season.shape[1], dtype=bool)
        return replace(
            self,
            filed=self.filed[keep],
            closed=self.closed[keep],
            available=self.available[keep],
            places=self.places[keep],
            season=season[:, alive],
        )

    @property
    def emptied(self) -> np.ndarray:
        """Periods with nothing left to clear, in which capacity cannot be seen (none where the court never has a stock)."""
        share = self.closed / np.maximum(self.available, 1)
        low = share > EMPTIED
        return low if len(low) and low.mean() <= MOST_EMPTIED else np.zeros(len(low), dtype=bool)

    @property
    def silent(self) -> np.ndarray:
        """Periods in which nothing was filed and nothing closed and that were hardly recorded: they tell nothing of either."""
        return silent(self.filed, self.closed)

    @property
    def responses(self) -> dict[str, np.ndarray]:
        """Return what closings may follow: what could be closed, and filings of the past year (roots, as the counts)."""
        sums = np.concatenate([[0.0], np.cumsum(self.filed)])
        at = np.arange(1, len(self.filed) + 1)
        since = np.maximum(at - self.seasons, 0)
        mean = (sums[at] - sums[since]) / (at - since)
        return {"stock": 2 * np.sqrt(np.maximum(self.available, 0)), "filings": 2 * np.sqrt(np.maximum(mean, 0))}


def counts_of(series: FlowSeries) -> Counts:
    """The counts of a series; weeks are added up to blocks of four."""
    filed, closed, stock = (series.values(name) for name in ("filed", "closed", "closing"))
    starts = list(series.table["period"])
    seasons, season = series.seasons, series.table["season"].to_numpy()
    if series.freq == "W":
        blocks = len(filed) // BLOCK
        used = slice(len(filed) - blocks * BLOCK, None)
        filed, closed = (part[used].reshape(blocks, BLOCK).sum(axis=1) for part in (filed, closed))
        stock, starts = stock[used][BLOCK - 1 :: BLOCK], starts[used][::BLOCK]
        seasons, season = series.seasons // BLOCK, np.arange(blocks) % (series.seasons // BLOCK) + 1
    columns = dummies(season) if seasons > 1 and len(season) > seasons else np.empty((len(filed), 0))
    if series.freq == "M" and columns.shape[1]:
        periods = pd.Series(starts)
        if festival_known(periods).all():
            columns = np.column_stack([columns, festival_share(periods)])
    return Counts(
        filed,
        closed,
        stock + closed,
        np.arange(len(filed)),
        columns,
        seasons,
        len(filed),
        tuple(pd.Timestamp(start) for start in starts),
        12 / seasons,
    )
