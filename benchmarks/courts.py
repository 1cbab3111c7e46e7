"""Courts with a known truth, period by period: filings, closings and opening stock drawn from named scenarios.

``nulls`` hold no round, no campaign and no lasting change of capacity; ``truths`` say what they hold. A scenario takes a numpy
``Generator`` and returns ``filed, closed, opening`` in whole cases; closings never exceed the stock.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

Flow = tuple[np.ndarray, np.ndarray, int]
Scenario = Callable[[np.random.Generator], Flow]
INNOVATION = 10  # standard deviation of autoregressive innovations at 60 cases a month
MONTHS_OF_STOCK = 25  # the opening stock in months of filings


class Courts:
    """Scenarios of so many months and cases a month."""

    def __init__(self, length: int = 120, volume: float = 60) -> None:
        self.length, self.volume, self.opening = length, volume, round(MONTHS_OF_STOCK * volume)
        self.time = np.arange(length)
        self.spread = INNOVATION * (volume / 60) ** 0.5

    def counts(self, rng: np.random.Generator, mean: np.ndarray | float) -> np.ndarray:
        """Poisson counts about a mean."""
        return rng.poisson(np.maximum(mean * np.ones(self.length), 0))

    def remembering(self, rng: np.random.Generator, memory: float) -> np.ndarray:
        """An autoregression of order one, started in its steady state."""
        noise = rng.normal(0, self.spread, self.length + 60)
        level = np.zeros(self.length + 60)
        for at in range(1, len(level)):
            level[at] = memory * level[at - 1] + noise[at]
        return level[60:]

    def within_stock(self, filed: np.ndarray, wanted: np.ndarray, opening: int | None = None) -> Flow:
        """Closings as wanted, as far as there is anything to close."""
        stock = begin = self.opening if opening is None else opening
        closed = np.zeros(self.length, dtype=int)
        for at in range(self.length):
            closed[at] = min(max(round(float(wanted[at])), 0), stock + int(filed[at]))
            stock += int(filed[at]) - closed[at]
        return filed.astype(int), closed, begin

    def closing(self, shape: Callable[[np.random.Generator], np.ndarray | float]) -> Scenario:
        """Poisson filings, and Poisson closings of a shape (1 is as many as are filed)."""
        return lambda rng: self.within_stock(self.counts(rng, self.volume), self.counts(rng, self.volume * shape(rng)))

    def queue(self, share: float, *, memory: float = 0.0, wave: float = 0.0) -> Scenario:
        """Closings take a share of the stock; filings steady, remembering, or in a wave of 36 months."""

        def draw(rng: np.random.Generator) -> Flow:
            mean = self.volume * (1 + wave * np.sin(2 * np.pi * (self.time / 36 + rng.random())))
            filed = self.counts(rng, mean + (self.remembering(rng, memory) if memory else 0))
            stock = opening = round(self.volume / share)
            closed = np.zeros(self.length, dtype=int)
            for at in range(self.length):
                closed[at] = rng.binomial(stock + filed[at], share / (1 + share))
                stock += filed[at] - closed[at]
            return filed, closed, opening

        return draw

    def between(self, first: int, last: int) -> np.ndarray:
        """1 from one month up to another."""
        return ((self.time >= first) & (self.time < last)).astype(float)

    def pushed(
        self, rng: np.random.Generator, share: float, times: np.ndarray, *, memory: float = 0.0
    ) -> tuple[Flow, np.ndarray]:
        """A queue whose closings are so many times the usual share of its stock, and what that adds given the stock, by month."""
        filed = self.counts(rng, self.volume + (self.remembering(rng, memory) if memory else 0))
        stock = opening = round(self.volume / share)
        closed, more = np.zeros(self.length, dtype=int), np.zeros(self.length)
        for at in range(self.length):
            usual = share / (1 + share)
            closed[at] = rng.binomial(stock + filed[at], min(usual * times[at], 1))
            more[at] = (stock + filed[at]) * usual * (times[at] - 1)
            stock += filed[at] - closed[at]
        return (filed, closed, opening), more

    def overdispersed(self, shape: Callable[[np.random.Generator], np.ndarray | float]) -> Scenario:
        """Filings and closings whose variance is three times their mean."""

        def draw(rng: np.random.Generator) -> Flow:
            mean = np.maximum(self.volume * shape(rng) * np.ones(self.length), 1)
            filed = rng.negative_binomial(self.volume / 2, 1 / 3, self.length)
            return self.within_stock(filed, rng.negative_binomial(mean / 2, 1 / 3))

        return draw

    def december(self, low: float, high: float) -> Callable[[np.random.Generator], np.ndarray]:
        """A December surge of a size drawn anew each year, paid for by the other months."""

        def shape(rng: np.random.Generator) -> np.ndarray:
            sizes = np.repeat(rng.uniform(low, high, self.length // 12 + 1), 12)[: self.length]
            level = np.where(self.time % 12 == 11, sizes, 1.0)
            return level / level.mean()

        return shape

    def wave(self, size: float, period: float, stop: int = 0) -> Callable[[np.random.Generator], np.ndarray]:
        """A wave of closings that may stop so many months before the end."""

        def shape(rng: np.random.Generator) -> np.ndarray:
            wave = 1 + size * np.sin(2 * np.pi * (self.time / period + rng.random()))
            return np.where(self.time < self.length - stop, wave, 1.0)

        return shape

    def campaigns(
        self, size: float, every: int, lasting: int, jitter: int = 0, stop: int = 0
    ) -> Callable[[np.random.Generator], np.ndarray]:
        """Campaigns again and again, paid for by fewer closings between them; starts and sizes may scatter."""

        def shape(rng: np.random.Generator) -> np.ndarray:
            level = np.ones(self.length)
            for due in range(int(rng.integers(0, every)) - every, self.length - stop, every):
                begin = due + (int(rng.integers(-jitter, jitter + 1)) if jitter else 0)
                more = size * (rng.uniform(0.6, 1.4) if jitter else 1)
                level[max(begin, 0) : max(begin + lasting, 0)] = 1 + more
            return level / level.mean()

        return shape

    def once(self, size: float, lasting: int) -> Callable[[np.random.Generator], np.ndarray]:
        """One campaign, not in the first or the last sixth."""

        def shape(rng: np.random.Generator) -> np.ndarray:
            margin = self.length // 6
            begin = int(rng.integers(margin, max(self.length - margin - lasting, margin + 1)))
            return np.where((self.time >= begin) & (self.time < begin + lasting), 1 + size, 1.0)

        return shape

    def step(self, size: float) -> np.ndarray:
        """A new level from half-way on."""
        return np.where(self.time >= self.length // 2, 1 + size, 1.0)

    def nulls(self) -> dict[str, Scenario]:
        """No round, no campaign, no lasting change of capacity."""
        growth = 1.05 ** (self.time / 12)
        steady = self.closing(lambda _: 1.0)

        def batches(rng: np.random.Generator) -> np.ndarray:
            return np.where(rng.random(self.length) < 0.05, rng.uniform(2, 4, self.length), 1.0)

        def drifting(rng: np.random.Generator) -> np.ndarray:
            return np.exp(np.cumsum(rng.normal(0, 0.03, self.length)))

        def closings_remember(memory: float) -> Scenario:
            return lambda rng: self.within_stock(
                self.counts(rng, self.volume), self.volume + self.remembering(rng, memory)
            )

        def filings_remember(memory: float) -> Scenario:
            return lambda rng: self.within_stock(
                np.maximum(np.round(self.volume + self.remembering(rng, memory)), 0), self.counts(rng, self.volume)
            )

        return {
            "random walk": steady,
            **{f"closings AR({memory})": closings_remember(memory) for memory in (0.6, -0.3, 0.8)},
            **{f"filings AR({memory})": filings_remember(memory) for memory in (0.6, -0.3, 0.8)},
            "December surge, steady": self.closing(self.december(1.8, 1.8)),
            "December surge, 1.2 to 2.6": self.closing(self.december(1.2, 2.6)),
            "queue 10%": self.queue(0.1),
            "queue 20%": self.queue(0.2),
            "queue 10%, filings AR(0.8)": self.queue(0.1, memory=0.8),
            "queue 20%, filings AR(0.8)": self.queue(0.2, memory=0.8),
            "growth 5% a year": lambda rng: self.within_stock(
                self.counts(rng, self.volume * growth), self.counts(rng, self.volume * growth)
            ),
            "steady deficit 5 of 60": lambda rng: self.within_stock(
                self.counts(rng, self.volume * 65 / 60), self.counts(rng, self.volume)
            ),
            "variance 3 x mean": self.overdispersed(lambda _: 1.0),
            "batches of 2 to 4 times": self.closing(batches),
            "level wanders 3% a month": self.closing(drifting),
            "filings in a wave, through a queue": self.queue(0.1, wave=0.3),
        }

    def truths(self) -> dict[str, tuple[str, Scenario]]:
        """What must be said, and of whom."""
        fewer = self.counts
        return {
            "wave ±30%, 24 months": ("rounds", self.closing(self.wave(0.3, 24))),
            "wave ±30%, 36 months": ("rounds", self.closing(self.wave(0.3, 36))),
            "campaigns +40%, 6 of 36 months": ("rounds", self.closing(self.campaigns(0.4, 36, 6))),
            "campaigns +60%, 3 of 24 months": ("rounds", self.closing(self.campaigns(0.6, 24, 3))),
            "campaigns +40%, 6 of 36 months, jittered": ("rounds", self.closing(self.campaigns(0.4, 36, 6, jitter=4))),
            "campaigns +60%, 3 of 24 months, jittered": ("rounds", self.closing(self.campaigns(0.6, 24, 3, jitter=4))),
            "campaigns +40%, 6 of 36 months, variance 3 x mean": (
                "rounds",
                self.overdispersed(self.campaigns(0.4, 36, 6)),
            ),
            "wave ±30%, 24 months, variance 3 x mean": ("rounds", self.overdispersed(self.wave(0.3, 24))),
            "one campaign +40%, 14 months": ("one_campaign", self.closing(self.once(0.4, 14))),
            "lasting change +25%": ("lasting_change", self.closing(lambda _: self.step(0.25))),
            "lasting change +15%": ("lasting_change", self.closing(lambda _: self.step(0.15))),
            "filings -25%": (
                "fewer_filings",
                lambda rng: self.within_stock(fewer(rng, self.volume * self.step(-0.25)), fewer(rng, self.volume)),
            ),
            **{
                f"wave ±30%, 24 months, stopped {stop} months before the end": (
                    "rounds",
                    self.closing(self.wave(0.3, 24, stop)),
                )
                for stop in (12, 24, 48)
            },
        }

    def ahead(self, known: int) -> dict[str, Scenario]:
        """Courts of which so many months are known and the others are to be foretold."""

        def step(before: int) -> Scenario:
            mean = self.volume * np.where(self.time >= known - before, 1.3, 1.0)
            return lambda rng: self.within_stock(self.counts(rng, mean), self.counts(rng, self.volume))

        def nearly_empty(rng: np.random.Generator) -> Flow:
            return self.within_stock(self.counts(rng, self.volume), self.counts(rng, 1.1 * self.volume), 10)

        nulls = self.nulls()
        names = {
            "steady": "random walk",
            "growing": "growth 5% a year",
            "deficit": "steady deficit 5 of 60",
            "wandering": "level wanders 3% a month",
            "outliers": "batches of 2 to 4 times",
            "queue": "queue 10%",
            "December surge": "December surge, 1.2 to 2.6",
        }
        before = (6, 24) if known > 24 else (6, 12, 24)
        return {name: nulls[null] for name, null in names.items()} | {
            **{f"step +30% {months} months before": step(months) for months in before},
            "near-empty": nearly_empty,
        }


def frame(flow: Flow, *, freq: str = "M", start: str = "2006-01-01") -> pd.DataFrame:
    """The flow as a caseflow table; ``freq`` Q or Y adds months up."""
    filed, closed, opening = flow
    each = {"M": 1, "Q": 3, "Y": 12}[freq]
    whole = len(filed) // each * each
    filed, closed = (part[:whole].reshape(-1, each).sum(axis=1) for part in (filed, closed))
    period = pd.date_range(start, periods=len(filed), freq={"M": "MS", "Q": "QS", "Y": "YS"}[freq])
    closing = opening + np.cumsum(filed - closed)
    return pd.DataFrame(
        {"period": period, "opening": closing - filed + closed, "filed": filed, "closed": closed, "closing": closing}
    )
