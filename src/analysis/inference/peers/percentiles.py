"""The band in which peers lie, period by period: percentiles of their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import FEWEST

if TYPE_CHECKING:
    from analysis.inference.peers.trends import PeerTrends

PERCENTILES = (10, 25, 50, 75, 90)


def percentile_band(result: PeerTrends) -> pd.DataFrame:
    """Return the percentiles of all courts' figures in each period: ``period, courts, p10, p25, p50, p75, p90``.

    Missing where fewer than ten courts stand. Percentiles of the figures as they are: small courts move by chance, so a
    place in the band says where a court's figure was, not that the court is unlike the others (see ``stands_out``).

    Parameters
    ----------
    result : PeerTrends
        The result of ``peer_trends``.

    Returns
    -------
    DataFrame
        One row a period.

    >>> from analysis.inference.peers.trends import peer_trends
    >>> rows = pd.DataFrame({"court": list(range(11)) * 2, "year": [2010] * 11 + [2011] * 11, "rate": list(range(80, 91)) * 2})
    >>> percentile_band(peer_trends(rows, value="rate")).values.tolist()[0]
    [2010.0, 11.0, 81.0, 82.5, 85.0, 87.5, 89.0]
    """
    known = result.table.dropna(subset=["value"])
    rows = []
    for period, values in known.groupby("period", sort=True)["value"]:
        enough = len(values) >= FEWEST
        cuts = np.percentile(values, PERCENTILES) if enough else np.full(len(PERCENTILES), np.nan)
        rows.append(
            {"period": period, "courts": len(values)} | {f"p{p}": c for p, c in zip(PERCENTILES, cuts, strict=True)}
        )
    table = pd.DataFrame(rows)
    table.attrs["table"] = "percentile_band"
    return table
