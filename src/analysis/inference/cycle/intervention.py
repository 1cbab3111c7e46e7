"""The regression behind a campaign's effect: where the campaign lies, and the columns that tell it from trend and season."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import dummies
from analysis.inference.cycle.season import festival_known, festival_share
from analysis.inference.cycle.series import FlowSeries

LEAST_STRETCH = 3  # periods below which a stretch has a level but no slope of its own


@dataclass(frozen=True, eq=False)
class Window:
    """Where the campaign lies in the series: positions of its first and last period."""

    first: int
    last: int
    count: int

    @property
    def during(self) -> np.ndarray:
        """1 in the campaign's periods."""
        place = np.arange(self.count)
        return ((place >= self.first) & (place <= self.last)).astype(float)

    @property
    def after(self) -> np.ndarray:
        """1 after the campaign."""
        return (np.arange(self.count) > self.last).astype(float)


def regressors(series: FlowSeries, window: Window) -> tuple[np.ndarray, dict[str, int]]:
    """Columns of the regression and the places of the campaign's terms among them."""
    place = np.arange(window.count, dtype=float)
    columns = [np.ones(window.count), (place - place.mean()) / window.count]
    columns += list(_season_columns(series, window).T)
    terms = {}
    for suffix, stretch, origin in (("", window.during, window.first), ("_after", window.after, window.last + 1)):
        if stretch.sum() > 0:
            terms[f"level{suffix}"] = len(columns)
            columns.append(stretch)
        if stretch.sum() >= LEAST_STRETCH:
            terms[f"slope{suffix}"] = len(columns)
            columns.append(stretch * (place - origin))
    return np.column_stack(columns), terms


def _season_columns(series: FlowSeries, window: Window) -> np.ndarray:
    """Month or quarter, and the Spring Festival in monthly and weekly flows where its dates are known; none for under two years."""
    if series.seasons == 1 or window.count < 2 * series.seasons:
        return np.empty((window.count, 0))
    weekly = series.freq == "W"
    labels = (series.table["period"] + pd.Timedelta(days=3)).dt.month if weekly else series.table["season"]
    season = dummies(labels.to_numpy())
    if series.freq == "Q" or window.count < 3 * series.seasons or not festival_known(series.table["period"]).all():
        return season
    festival = festival_share(series.table["period"])
    return np.column_stack([season, festival - festival.mean()])


def effect_part(design: np.ndarray, terms: dict[str, int]) -> np.ndarray:
    """The design with everything but the campaign's terms set to zero."""
    part = np.zeros_like(design)
    part[:, list(terms.values())] = design[:, list(terms.values())]
    return part


def short_regressors(series: FlowSeries, window: Window) -> tuple[np.ndarray, dict[str, int]]:
    """The regressors over the first ``window.count`` periods only."""
    return regressors(replace(series, table=series.table.iloc[: window.count]), window)
