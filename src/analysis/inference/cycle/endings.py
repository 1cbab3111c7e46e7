"""Did the rounds end? Rounds that stopped before the end of the flow, set against the same rounds going on.

The same shape is fitted to the end and stopped earlier: waves at every quarter of a year, campaigns after each of them but the last two. How much
likelier it is with a stop is the evidence that a stock this low for this long is no part of the rounds; how much less likely, that they go on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.cycle.explanations import PAIRED
from analysis.inference.cycle.likelihood import Bank
from analysis.inference.cycle.templates import CLEARINGS
from analysis.inference.cycle.verdict import Explained, Reading

ENDED_GAIN = (
    3.5  # log-likelihood of a stop over going on, which rounds that go on reach in fewer than one court of twenty
)
GOES_ON_GAIN = 2.0  # log-likelihood of going on over a stop within the last period
NEARBY_PERIODS = np.array(
    [0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15]
)  # of the best one, as a wave that stopped looks a little longer
OUTWAITED = 1.5  # periods after the last clearing, once which have passed the data can speak


@dataclass(frozen=True)
class Ending:
    """``ended`` (not_in_rounds, continues, ended, cannot_know_yet), the gain of a stop, when it stopped (place), months still needed."""

    ended: str
    gain: float
    stop: int | None
    months_needed: int | None

    @property
    def likelihood_if_going_on(self) -> float:
        """Return how likely a quiet as long as this is if the rounds went on (1 where a stop gains nothing)."""
        return float(np.exp(-max(self.gain, 0.0)))


def ending_of(reading: Reading) -> Ending:
    """Return whether rounds go on, ended, or whether that cannot be known yet."""
    said = reading.said
    if reading.verdict != "rounds" or said is None:
        return Ending("not_in_rounds", np.nan, None, None)
    in_waves = said.finding.family in PAIRED
    stops, gains, going_on = _waves(said, reading) if in_waves else _campaigns(said, reading)
    span, period = reading.counts.span, said.shape.period
    best = int(np.argmax(gains)) if len(gains) else -1
    gain = float(gains[best] - going_on) if len(gains) else -np.inf
    if gain > ENDED_GAIN:
        return Ending("ended", gain, int(stops[best]), None)
    recent = gains[stops > span - (1 if in_waves else 2) * period] if len(gains) else gains
    if len(recent) and going_on - recent.max() > GOES_ON_GAIN:
        return Ending("continues", gain, None, None)
    last = int(stops[best]) if gain > 0 else span - int(period / 2)
    more = max(int(np.ceil(last + OUTWAITED * period - span)), 1)
    return Ending("cannot_know_yet", gain, None, int(np.ceil(more * reading.counts.months_each)))


def _waves(said: Explained, reading: Reading) -> tuple[np.ndarray, np.ndarray, float]:
    span, time, period = reading.counts.span, np.arange(reading.counts.span), said.shape.period
    step = max(reading.counts.seasons // 4, 1)
    stops = np.arange(int(np.ceil(CLEARINGS * period)), span - step + 1, step)
    columns = [
        part(2 * np.pi * time / (period * near)) * (time < stop)
        for stop in (*stops, span)
        for near in NEARBY_PERIODS
        for part in (np.sin, np.cos)
    ]
    likelihood = said.fit.search(Bank(np.array(columns).T[said.places]), paired=True).max(axis=0)
    best = likelihood.reshape(-1, len(NEARBY_PERIODS)).max(axis=1)
    return stops, best[:-1], float(best[-1])


def _campaigns(said: Explained, reading: Reading) -> tuple[np.ndarray, np.ndarray, float]:
    span, time, shape = reading.counts.span, np.arange(reading.counts.span), said.shape
    begun = shape.starts or tuple(range(int(shape.start - shape.period), span, int(shape.period)))
    begun = tuple(start for start in begun if start + shape.length > 0)
    kept = [begun[:count] for count in range(min(CLEARINGS, len(begun)), len(begun) + 1)]
    columns = np.array(
        [np.any([(time >= a) & (time < a + shape.length) for a in part], axis=0) for part in kept], dtype=float
    ).T
    likelihood = said.fit.search(Bank(columns[said.places]), upward=True).max(axis=0)
    stops = np.array([part[-1] + shape.length for part in kept[:-1]], dtype=int)
    return stops, likelihood[:-1], float(likelihood[-1])
