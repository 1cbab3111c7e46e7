"""Errors of a clearance ratio, whose closings and filings are largely the same cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures.intervals import log_ratio_error


def clearance_error(closed: ArrayLike, filed: ArrayLike, *, opening: ArrayLike | None = None) -> pd.DataFrame:
    """Standard error of the logarithm of closed ÷ filed, between the two limits that the counts allow.

    ``var log(C/F) = 1/C + 1/F − 2M/(C·F)``, M the cases both filed and closed in the period. Returns do not print M,
    but ``max(0, C − opening) ≤ M ≤ min(C, F)``. Treating C and F as independent (M = 0) overstates the error of a
    court that closes most of what it files by far.

    Parameters
    ----------
    closed, filed, opening : array-like of counts
        ``opening`` missing means that nothing is known of the stock: M ≥ 0 only.

    Returns
    -------
    DataFrame
        ``closed, filed, overlap_lower, overlap_upper, se_lower, se_upper, standard_error`` (the last with M halfway).
        Missing where C or F is 0, or where C > opening + F, which no case flow can give.

    Examples
    --------
    Fujin 2011: 386 handled of which 15 carried over, 383 closed.

    >>> clearance_error([383], [371], opening=[15]).round(4).iloc[0].tolist()
    [383.0, 371.0, 368.0, 371.0, 0.0092, 0.0113, 0.0103]
    >>> clearance_error([383], [371])["se_upper"].round(3).tolist()
    [0.073]
    """
    c, f = np.broadcast_arrays(np.atleast_1d(np.asarray(closed, float)), np.atleast_1d(np.asarray(filed, float)))
    stock = np.full(c.shape, np.nan) if opening is None else np.broadcast_to(np.asarray(opening, float), c.shape)
    upper = np.minimum(c, f)
    lower = np.where(np.isnan(stock), 0.0, np.maximum(0.0, c - stock))
    possible = (c > 0) & (f > 0) & (lower <= upper)
    lower, upper = np.where(possible, lower, np.nan), np.where(possible, upper, np.nan)
    return pd.DataFrame(
        {
            "closed": c,
            "filed": f,
            "overlap_lower": lower,
            "overlap_upper": upper,
            "se_lower": log_ratio_error(c, f, upper),
            "se_upper": log_ratio_error(c, f, lower),
            "standard_error": log_ratio_error(c, f, (lower + upper) / 2),
        }
    )
