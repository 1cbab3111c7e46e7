"""The way of a backlog clock: stock and its change over the year, period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle

YEAR = {"W": 52, "M": 12, "Q": 4, "Y": 1}
LABEL = (0.08, 0.05)  # width and height of a year's label, as shares of the path's


def path_of(found: Cycle) -> pd.DataFrame:
    """Stock and change over the year, from the second year on, and beside them the stock as it was recorded."""
    stock = found.series["pending_adjusted"].to_numpy(dtype=float)
    lag = YEAR[found.freq]
    later = found.series.iloc[lag:]
    path = pd.DataFrame({"period": later["period"], "stock": stock[lag:], "recorded": later["pending"]})
    return path.assign(change=stock[lag:] - stock[:-lag]).reset_index(drop=True)


def years_named(found: Cycle, path: pd.DataFrame) -> pd.DataFrame:
    """The points that bear a year: the first of every year, no more than twelve, none on top of another."""
    year = (path["period"] + pd.Timedelta(days=15 if found.freq != "W" else 3)).dt.year
    firsts = path.assign(year=year).groupby("year").head(1)
    firsts = firsts.iloc[:: -(-len(firsts) // 12)]
    spots = path[["stock", "change"]] / path[["stock", "change"]].agg(np.ptp).replace(0, 1)
    kept: list[int] = [int(path.index[-1])]  # the last point has a label of its own
    for place in firsts.index:
        apart = (spots.loc[kept] - spots.loc[place]).abs()
        if ((apart["stock"] > LABEL[0]) | (apart["change"] > LABEL[1])).all():
            kept.append(int(place))
    return firsts.loc[kept[1:]]


def reach_of(path: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The axes' ends: room for labels at the sides, and for the names of the corners above and below."""
    reach = []
    for name, room, middle in (("stock", 0.12, path["stock"].mean()), ("change", 0.2, 0.0)):
        low, high = min(path[name].min(), middle), max(path[name].max(), middle)
        wide = max(high - low, 1.0)
        reach.append([float(low - room * wide), float(high + room * wide)])
    return reach[0], reach[1]
