"""Error models of neighbouring periods, under which every explanation of a flow is compared.

A court's closings wander: what one month leaves undone another does, a level drifts, a clerk books in batches. A search for rounds that
takes neighbours for independent finds rounds in any such wandering. So every likelihood here is profiled over a grid of error models:

- independent errors;
- an autoregression of order one, φ from −0.4 to 0.97, with independent noise on top (the share of the variance that remembers: 20, 50, 80, 100%);
- a level that wanders (random walk) with independent noise on top (variance of a step to that of the noise: 0.003, 0.01, 0.03, 0.1).

Each is a correlation matrix; its inverse Cholesky factor whitens data and templates alike (generalised least squares).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

INDEPENDENT = "independent"
MEMORIES = (-0.4, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97)
SHARES = (0.2, 0.5, 1.0)
STEPS = (0.003, 0.01, 0.03, 0.1)
SHORT = 0.5  # φ up to which errors forget within a season
SCREENS = (
    INDEPENDENT,
    "memory 0.8, share 0.5",
)  # models, beside the best one, under which long lists of templates are screened


@dataclass(frozen=True, eq=False)
class ErrorModels:
    """Error models for some periods of an even grid: ``whiteners`` (model × period × period) and log-determinants.

    ``short``: no memory beyond a season; ``hardly``: next to none, which is what an explanation that is enough leaves behind.
    """

    names: tuple[str, ...]
    whiteners: np.ndarray
    log_determinants: np.ndarray
    short: np.ndarray
    hardly: np.ndarray


def error_models(places: np.ndarray) -> ErrorModels:
    """The error models of periods at these places of an even grid (places may be missing).

    >>> models = error_models(np.array([0, 1, 2, 5]))
    >>> models.names[0], models.whiteners[0].tolist() == np.eye(4).tolist(), bool(models.short[0])
    ('independent', True, True)
    """
    return _models(tuple(int(place) for place in places))


@lru_cache(maxsize=64)
def _models(places: tuple[int, ...]) -> ErrorModels:
    at = np.array(places, dtype=float)
    apart = np.abs(at[:, None] - at)
    one = np.eye(len(at))
    rows: list[tuple[str, np.ndarray, bool, bool]] = [(INDEPENDENT, one, True, True)]
    for memory in MEMORIES:
        remembered = np.sign(memory) ** (apart % 2) * np.abs(memory) ** apart
        for share in SHARES if memory > 0 else (1.0,):
            hardly = memory < 0 or (memory, share) == (MEMORIES[1], SHARES[0])
            name = f"memory {memory:g}, share {share:g}"
            rows.append((name, (1 - share) * one + share * remembered, memory <= SHORT, hardly))
    wandering = np.minimum(at[:, None], at) - at[0] + 1.0
    rows += [(f"wandering level {step:g}", one + step * wandering, False, False) for step in STEPS]
    names, matrices, short, hardly_any = zip(*rows, strict=True)
    factors = np.linalg.cholesky(np.array(matrices))
    return ErrorModels(
        tuple(names),
        np.linalg.inv(factors),
        2 * np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1),
        np.array(short),
        np.array(hardly_any),
    )
