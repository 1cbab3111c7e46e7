"""Estimates with their standard errors, on a scale where the error hardly depends on the figure itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.measures.clearance import clearance_error
from analysis.vocabulary.errors import DataError

if TYPE_CHECKING:
    from analysis.inference.peers.comparison import Comparison

ANSCOMBE = 3 / 8  # added to counts so that roots of small ones keep an even spread (Anscombe 1948)


class Estimates(NamedTuple):
    """One estimate and standard error a court, and the way back to the figure."""

    estimate: np.ndarray
    error: np.ndarray
    back: Callable[[np.ndarray], np.ndarray]


def clearance_spread(closed: np.ndarray, filed: np.ndarray, error: np.ndarray) -> np.ndarray:
    """The error of log(closed ÷ filed) by which a court is judged: as if at least one case were not in both counts.

    ``√(C + F − 2M)/√(C·F)`` is 0 where all that was filed was closed and nothing else: chance gave no sign of itself,
    which in a court of few cases says little.

    >>> clearance_spread(np.array([1.0, 383.0]), np.array([1.0, 371.0]), np.array([0.0, 0.0113])).tolist()
    [1.0, 0.0113]
    """
    return np.maximum(error, 1 / np.sqrt(closed * filed))


def estimates(read: Comparison) -> Estimates:
    """Normal estimates of what is compared: shares on the arcsine, counts on the root, clearance on the log scale.

    A court that closed every case has no spread on the plain scale; here it keeps the error of its size:
    ``arcsin √((x + 3/8)/(n + 3/4)) ± 1/(2√(n + 1/2))``; ``√((O + 3/8)/E) ± 1/(2√E)``; ``log(C/F)`` with the larger
    of its two errors. Raises ``DataError`` where the counts of a clearance contradict each other.
    """
    if read.kind == "estimate":
        return Estimates(read.table["value"].to_numpy(), read.table["standard_error"].to_numpy(), lambda x: x)
    top, bottom = read.table["numerator"].to_numpy(), read.table["denominator"].to_numpy()
    if read.kind == "proportion":
        share = (top + ANSCOMBE) / (bottom + 2 * ANSCOMBE)
        return Estimates(
            np.arcsin(np.sqrt(share)),
            1 / (2 * np.sqrt(bottom + 0.5)),
            lambda x: np.sin(np.clip(x, 0, np.pi / 2)) ** 2,
        )
    if read.kind == "clearance":
        stock = read.table.get("opening")
        error = clearance_error(top, bottom, opening=stock)["se_upper"].to_numpy()
        broken = read.table.loc[np.isnan(error), "court"].astype(str).tolist()
        if broken:
            raise DataError(
                f"{'、'.join(broken)}：结案多于旧存加新收，件数自相矛盾。",
                f"{', '.join(broken)}: more closed than opening and filed together; the counts contradict each other.",
            )
        return Estimates(np.log(top / bottom), clearance_spread(top, bottom, error), np.exp)
    return Estimates(np.sqrt((top + ANSCOMBE) / bottom), 1 / (2 * np.sqrt(bottom)), lambda x: np.maximum(x, 0) ** 2)
