"""Bands of the amount claimed (标的额段): a breakdown that no column of a register holds, made of one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir
    import numpy as np
    import pandas as pd

AMOUNT_BAND = "amount_band"
# Yuan from which a band of the amount claimed begins.
BANDS = {"below_10k": 0, "10k_50k": 10_000, "50k_100k": 50_000, "100k_500k": 100_000, "above_500k": 500_000}

WITHOUT_END = 1e13  # more yuan than any claim


def in_band(amount: ir.NumericColumn, band: str | None) -> ir.BooleanColumn:
    """Return the condition that an amount lies in a band; in none where it is missing."""
    if band is None:
        return amount.isnull()
    edges = [*BANDS.values(), None]
    low, high = next(ends for name, *ends in zip(BANDS, edges, edges[1:], strict=False) if name == band)
    inside = (amount >= low) if low else amount.notnull()  # below the first edge lies what a band below it would hold
    return inside if high is None else inside & (amount < high)


def in_register(by: Iterable[str]) -> list[str]:
    """Return the columns of a breakdown that a register holds itself."""
    return [name for name in by if name != AMOUNT_BAND]


def told_by_band(bands: pd.Series, amounts: np.ndarray, claims: np.ndarray) -> np.ndarray | None:
    """Return how much, in yuan, each amount is at least, as the band of its claim says; ``None`` where it says nothing.

    It says so of claims, and of what was recovered where a claim was met in full: how many of each band were is shown.

    >>> import numpy as np
    >>> import pandas as pd
    >>> told_by_band(pd.Series(["50k_100k", "below_10k"]), np.array([6, 1]), np.array([6, 1])).tolist()
    [50000.0, 0.0]
    >>> told_by_band(pd.Series(["50k_100k", "50k_100k"]), np.array([6, 0]), np.array([6, 7])).tolist()
    [50000.0, 0.0]
    >>> told_by_band(pd.Series(["50k_100k"]), np.array([5]), np.array([6]))
    """
    is_met = amounts >= claims
    return _edges(bands, [*BANDS.values()], 0) * is_met if is_met.any() else None


def capped_by_band(bands: pd.Series, amounts: np.ndarray) -> np.ndarray:
    """Return how much, in yuan, each amount is at most, as the band of its claim says: of nothing, and of less, nothing.

    >>> import numpy as np
    >>> import pandas as pd
    >>> capped_by_band(pd.Series(["50k_100k", "below_10k", "below_10k", "above_500k"]), np.array([6, 1, 0, 7])).tolist()
    [100000.0, 10000.0, 0.0, 10000000000000.0]
    """
    return _edges(bands, [*[*BANDS.values()][1:], WITHOUT_END], WITHOUT_END) * (amounts > 0)


def _edges(bands: pd.Series, edges: list[float], without: float) -> np.ndarray:
    """An edge of each band; where there is none, another."""
    import numpy as np
    import pandas as pd

    return np.array([*edges, without], dtype=float)[pd.Index([*BANDS]).get_indexer(pd.Index(bands, dtype=object))]


def with_amount_band(table: ir.Table) -> ir.Table:
    """Return a case table with the band of each claim as ``amount_band``, missing where the claim is."""
    import ibis

    amount = table.amount_claimed
    names, edges = list(BANDS), list(BANDS.values())
    branches = [(amount < high, name) for name, high in zip(names, edges[1:], strict=False)]
    return table.mutate(amount_band=ibis.cases((amount.isnull(), ibis.null("string")), *branches, else_=names[-1]))
