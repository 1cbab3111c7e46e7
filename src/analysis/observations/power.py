"""The smallest change that can be found, by the size of a court and of a cell: what a report without findings may still hide."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.observations.chance import OF_CELLS

if TYPE_CHECKING:
    from analysis.observations.figures import Figures

POWER = 0.80
SIZES = (500, 2_000, 10_000)  # cases a year
SHARES = (0.5, 0.25, 0.1)  # of the court's cases that a cell has
RATE = 0.5  # where a rate varies most: of higher or lower ones smaller changes are found


def smallest_found(figures: Figures) -> pd.DataFrame:
    """Return the smallest change of a rate of 50% that is found in four courts of five: ``cases, cell_share, points``.

    A cell is found for certain where its p value is within the level of all cells shared among as many as are tested; two years of
    n cases each differ by ``(z + z_power) · √(2·p·(1−p)/n)``. The last rows are the court's own size; ``points`` is missing where
    the court is so small that no change of up to 50 points is found so often.
    """
    tested = sum(int((~np.isnan(cells.family.p)).sum()) for cells in figures.cells)
    own = int(max((cells.bases[-1].sum() for cells in figures.cells if not cells.share), default=0))
    if not tested or not own:  # where no rate is tested, none can be found
        return pd.DataFrame(columns=["cases", "cell_share", "points"])
    normal = NormalDist()
    reach = normal.inv_cdf(1 - OF_CELLS / tested / 2) + normal.inv_cdf(POWER)
    rows = [
        {"cases": size, "cell_share": share, "points": 100 * reach * np.sqrt(2 * RATE * (1 - RATE) / (size * share))}
        for size in (*SIZES, own)
        for share in SHARES
    ]
    table = pd.DataFrame(rows)
    within = table["points"] < 100 * RATE
    return table.assign(points=table["points"].where(within))[within | (table["cases"] == own)].reset_index(drop=True)
