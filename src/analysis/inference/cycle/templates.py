"""The shapes that an explanation gives to closings: waves, campaigns that come again, one campaign, a lasting change.

Lengths are said in periods; what is usual in months is scaled to the frequency. A round needs three clearings inside the span, so no period
is longer than a third of it; nothing shorter than 15 months is a round, as the season is out already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

CLEARINGS = 3
SHORTEST_ROUND = 15 / 12  # years
CAMPAIGNS = (3, 4, 6, 8, 12)  # months
ONE_CAMPAIGN = (4, 6, 8, 10, 12, 14, 17, 20, 24, 30)  # months; three cannot be told from a cluster of batches
MARGIN = 6  # months before a campaign and after it, without which its beginning and end cannot be seen
CHANGE_MARGIN = 8  # months on either side of a lasting change
ENDS = (0, 12, 24, 36, 48)  # months before the end of the span at which waves may have stopped
WAVE_STEPS = 2.5  # waves searched for each further cycle that fits the span
JITTER = 9  # a campaign may begin a ninth of the period early or late


@dataclass(frozen=True, eq=False)
class Shapes:
    """Templates as columns and what each is: period, length, start, end (in periods; NaN where a shape has none)."""

    columns: np.ndarray
    period: np.ndarray
    length: np.ndarray
    start: np.ndarray
    end: np.ndarray


def in_periods(months: float, seasons: int) -> int:
    """So many months as whole periods, one at least."""
    return max(round(months * seasons / 12), 1)


def longest_round(span: int) -> float:
    """The longest period of which three clearings fit the span."""
    return span / CLEARINGS


def least_span(seasons: int) -> int:
    """Periods from which a round can be seen at all."""
    return int(np.ceil(CLEARINGS * shortest_round(seasons)))


def shortest_round(seasons: int) -> float:
    """The shortest period of a round."""
    return max(SHORTEST_ROUND * seasons, 3.0)


Row = tuple[np.ndarray, float, float, float, float]  # template, period, length, start, end


def _shapes(made: Iterable[Row], span: int, *, each: int = 1) -> Shapes:
    rows = list(made)
    columns = np.array([column for column, *_ in rows], dtype=float).T if rows else np.empty((span, 0))
    said = np.array([rest for _, *rest in rows[::each]], dtype=float).reshape(-1, 4)
    return Shapes(columns, *said.T)


@lru_cache(maxsize=32)
def waves(span: int, seasons: int) -> Shapes:
    """Sine and cosine of every period, over the whole span and stopping before its end: two columns a wave."""

    def rows() -> Iterator[Row]:
        time, shortest = np.arange(span), shortest_round(seasons)
        for end in sorted({in_periods(months, seasons) if months else 0 for months in ENDS}):
            until = span - end
            if until >= CLEARINGS * shortest:
                count = max(int(WAVE_STEPS * (until / shortest - CLEARINGS)), 1) + 1
                for period in 1 / np.linspace(CLEARINGS / until, 1 / shortest, count):
                    for part in (np.sin, np.cos):
                        yield part(2 * np.pi * time / period) * (time < until), period, np.nan, 0, until

    return _shapes(rows(), span, each=2)


@lru_cache(maxsize=32)
def long_waves(span: int) -> Shapes:
    """Waves too long for three clearings: what looks like half a round, one round or two."""

    def rows() -> Iterator[Row]:
        time = np.arange(span)
        for period in 1 / np.linspace(2 / 3 / span, 0.9 * CLEARINGS / span, 6):
            for part in (np.sin, np.cos):
                yield part(2 * np.pi * time / period), period, np.nan, 0, span

    return _shapes(rows(), span, each=2)


def _lengths(months: tuple[int, ...], seasons: int) -> list[int]:
    """Lengths in whole periods; where a period is longer than the shortest of them, no two the same."""
    return sorted({in_periods(month, seasons) for month in months if month * seasons >= 12 or month == months[0]})


@lru_cache(maxsize=32)
def campaigns_again(span: int, seasons: int) -> Shapes:
    """Campaigns at even distances: period, length and phase."""

    def rows() -> Iterator[Row]:
        time = np.arange(span)
        for period in range(int(np.ceil(shortest_round(seasons))), int(longest_round(span)) + 1):
            for length in _lengths(CAMPAIGNS, seasons):
                if length <= period / 2:
                    for phase in range(0, period, 1 if length <= 4 else 2):
                        yield (time - phase) % period < length, period, length, phase, span

    return _shapes(rows(), span)


@lru_cache(maxsize=32)
def one_campaign(span: int, seasons: int) -> Shapes:
    """One campaign: length and start, with months before and after it."""

    def rows() -> Iterator[Row]:
        time, margin = np.arange(span), in_periods(MARGIN, seasons)
        for length in _lengths(ONE_CAMPAIGN, seasons):
            if length <= span / 4:
                for start in range(margin, span - margin - length + 1, 1 if length <= in_periods(6, seasons) else 2):
                    yield (time >= start) & (time < start + length), np.nan, length, start, start + length

    return _shapes(rows(), span)


@lru_cache(maxsize=32)
def lasting_change(span: int, seasons: int) -> Shapes:
    """A new level from some period on."""
    time, margin = np.arange(span), max(in_periods(CHANGE_MARGIN, seasons), 2)
    rows = ((time >= start, np.nan, np.nan, start, span) for start in range(margin, span - margin + 1))
    return _shapes(rows, span)


@lru_cache(maxsize=32)
def pulses(span: int, seasons: int) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """For each length of a campaign its possible starts and the campaign at each of them."""
    time, found = np.arange(span), {}
    for length in _lengths(CAMPAIGNS, seasons):
        starts = np.arange(-(length // 2), span - length // 2)
        columns = (time[:, None] >= starts) & (time[:, None] < starts + length)
        found[length] = (starts, columns.astype(float))
    return found


@lru_cache(maxsize=64)
def combs(starts: int, seasons: int, span: int, length: int) -> list[tuple[int, int, np.ndarray, np.ndarray]]:
    """For each period: its jitter, and for all phases where the campaigns would begin (places among the starts, and which exist)."""
    found = []
    shortest, step = int(np.ceil(shortest_round(seasons))), max(seasons // 6, 1)
    for period in range(shortest, int(longest_round(span)) + 1, step):
        if length > period / 2:
            continue
        phases = np.arange(0, period, step)
        places = phases[:, None] + np.arange(int(np.ceil(starts / period))) * period
        found.append((period, max(round(period / JITTER), 1), np.minimum(places, starts - 1), places < starts))
    return found
