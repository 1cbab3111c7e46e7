"""Single changes: the value of one indicator at which a court gains or loses a place of a composite score."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.peers.scheme import Item, Scheme
from analysis.inference.peers.scoring import RELATIVE, Z_CENTRE, Z_STEP, totals, value_for

TOLERANCE = 1e-9  # scores nearer than this are equal
HALVINGS = 60  # of the stretch in which a value is sought
BLOCK = 500  # courts tried at once, for memory


def places(scores: np.ndarray) -> np.ndarray:
    """Scores in whole steps of the tolerance, so that equal ones are equal; missing ones stay missing."""
    return np.round(scores / TOLERANCE)


def single_moves(
    values: pd.DataFrame, shares: np.ndarray, score: np.ndarray, extra: np.ndarray, scheme: Scheme
) -> pd.DataFrame:
    """For each court and indicator the value at which it draws level with the court above, or falls behind beyond which.

    With targets and bands a change moves no other court: the value follows from the gap. With a normalisation by the
    panel itself (min-max, z-score, rank) it shifts the others too: the value is sought among those that courts have,
    the panel normalised anew at each trial. Missing where no such value gains or loses a place.
    """
    parts = []
    for gains in (True, False):
        gap = _gap(score, gains=gains)
        for at, item in enumerate(scheme.items):
            value = values[item.name].to_numpy()
            trial = _Trial(value, np.delete(shares, at, axis=1), score, extra, at, scheme)
            share = trial.share_at(score + gap)
            share = share if gains else np.where(share > TOLERANCE, share, np.nan)  # none is worse than no points
            needed = value_for(share, value, item)
            rows = np.flatnonzero(_shifts_others(value, item) & ~np.isnan(score))
            for start in range(0, len(rows), BLOCK):
                some = rows[start : start + BLOCK]
                needed[some] = trial.sought(some, gains=gains)
            told = {"court": values.index, "indicator": item.name, "gains": gains, "value": value, "needed": needed}
            parts.append(pd.DataFrame(told | {"change_needed": needed - value}))
    return pd.concat(parts, ignore_index=True)


def _gap(score: np.ndarray, *, gains: bool) -> np.ndarray:
    """Points to the next better score or to the next worse one; a court that shares its place loses it at once."""
    step = places(score)
    ladder, shared = np.unique(step[~np.isnan(step)], return_counts=True)
    at = np.searchsorted(ladder, step)
    to = at + (1 if gains else -1)
    there = (to >= 0) & (to < len(ladder)) & ~np.isnan(score)
    gap = np.where(there, ladder[np.clip(to, 0, len(ladder) - 1)] * TOLERANCE - score, np.nan)
    if gains:
        return gap
    return np.where(~np.isnan(score) & (shared[np.clip(at, 0, len(ladder) - 1)] > 1), 0.0, gap)


def _shifts_others(value: np.ndarray, item: Item) -> np.ndarray:
    """Courts whose own change moves the shares of others: all of them, or with min-max the only lowest and highest."""
    if item.normalisation not in RELATIVE or len(np.unique(value[~np.isnan(value)])) < 2:
        return np.zeros(len(value), bool)
    if item.normalisation != "min-max":
        return ~np.isnan(value)
    ends = [value == end for end in (np.nanmin(value), np.nanmax(value))]
    return np.logical_or(*(end & (end.sum() == 1) for end in ends))


class _Trial:
    """The panel with one court's value of one indicator changed, for several courts at once."""

    def __init__(
        self, value: np.ndarray, rest: np.ndarray, score: np.ndarray, extra: np.ndarray, at: int, scheme: Scheme
    ) -> None:
        self.item, self.sign = scheme.items[at], 1.0 if scheme.items[at].direction == "higher" else -1.0
        weights = np.array([item.weight for item in scheme.items])
        self.weight, self.full, self.arithmetic = weights[at], weights.sum(), scheme.aggregation == "arithmetic"
        self.y = self.sign * value
        kept = np.delete(weights, at)
        self.rest = totals(rest, kept, "arithmetic")[:, 0] if self.arithmetic else self._product(rest, kept)
        self.extra, self.missing = extra, np.isnan(score)
        self.rank = self._rank(places(score)[None, :], places(score))

    def _product(self, rest: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return self.full * np.prod(rest ** (weights / self.full), axis=1)

    def _total(self, rest: np.ndarray, share: np.ndarray) -> np.ndarray:
        return rest + self.weight * share if self.arithmetic else rest * share ** (self.weight / self.full)

    def share_at(self, score: np.ndarray) -> np.ndarray:
        """The share that gives each court a score while all others stay as they are."""
        inner = score - self.extra
        with np.errstate(divide="ignore", invalid="ignore"):
            found = (inner - self.rest) / self.weight if self.arithmetic else inner / self.rest
            return found if self.arithmetic else found ** (self.full / self.weight)

    @staticmethod
    def _rank(others: np.ndarray, own: np.ndarray) -> np.ndarray:
        return 1 + (others > own[:, None]).sum(axis=1)

    def sought(self, rows: np.ndarray, *, gains: bool) -> np.ndarray:
        """The nearest value at which each court's rank is better, or beyond which it is worse; missing where none is."""
        better = 1.0 if gains else -1.0
        reach = np.nanmax(self.y) if gains else np.nanmin(self.y)
        near, far = self.y[rows], np.full(len(rows), reach)
        within = self._moved(rows, far, better)
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            moved = self._moved(rows, middle, better)
            near, far = np.where(moved, near, middle), np.where(moved, middle, far)
        return np.where(within, self.sign * (far if gains else near), np.nan)

    def _moved(self, rows: np.ndarray, y: np.ndarray, better: float) -> np.ndarray:
        shares, own = (np.clip(part, 0.0, 1.0) for part in self._shares(rows, y))
        others = self._total(self.rest, shares) + self.extra
        others[:, self.missing] = np.nan
        others[np.arange(len(rows)), rows] = np.nan
        # a value sought in whole steps of the tolerance would stand where the least error tips it back
        rank = self._rank(others, self._total(self.rest[rows], own) + self.extra[rows] + TOLERANCE / 1000)
        return better * (self.rank[rows] - rank) >= 1

    def _shares(self, rows: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Shares of all courts (a row a trial; the changed court's own place means nothing) and of the changed one."""
        before, n = self.y[rows], int((~np.isnan(self.y)).sum())
        if self.item.normalisation == "rank":

            def ahead(of: np.ndarray, than: np.ndarray) -> np.ndarray:  # 1 for each court passed, a half for a tie
                return (than < of) + (than == of) / 2

            passed = ahead(self.y[:, None], self.y).sum(axis=1) - 0.5
            shares = passed - ahead(self.y, before[:, None]) + ahead(self.y, y[:, None])
            own = ahead(y[:, None], self.y).sum(axis=1) - ahead(y, before)
            return shares / (n - 1), own / (n - 1)
        if self.item.normalisation == "z-score":
            centre = np.nanmean(self.y)
            x, was, now = self.y - centre, before - centre, y - centre
            mean = (now - was) / n
            spread = np.sqrt(np.maximum(np.nansum(x**2) - was**2 + now**2 - n * mean**2, 0) / (n - 1))
            spread = np.where(spread > 0, spread, np.inf)
            shares = Z_CENTRE + Z_STEP * (x - mean[:, None]) / spread[:, None]
            return shares, Z_CENTRE + Z_STEP * (now - mean) / spread
        others = np.stack([np.delete(self.y, row) for row in rows])
        low, high = np.fmin(np.nanmin(others, axis=1), y), np.fmax(np.nanmax(others, axis=1), y)
        span = np.where(high > low, high - low, 1.0)
        # as in ``shares_of``: nothing to tell the courts apart by, full marks for all
        low = np.where(high > low, low, low - 1.0)
        return (self.y - low[:, None]) / span[:, None], (y - low) / span
