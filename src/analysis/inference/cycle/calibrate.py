"""Errors of the verdict for courts like this one, both ways: ``calibrate``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.arguments import whole_number
from analysis.inference.cycle.counts import Counts, counts_of
from analysis.inference.cycle.series import only
from analysis.inference.cycle.simulated_flows import draw, flow_model
from analysis.inference.cycle.verdict import read
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

DRAWS = 50
CLAIMS = ("rounds", "one_campaign", "lasting_change")
WAVE, CAMPAIGN, CHANGE = 0.3, 0.4, 0.25  # the fixed sizes of the truths put in
WAVE_MONTHS, CAMPAIGN_MONTHS = 24, 14
LEAST_SPAN = 24
# Fitted courts without rounds, a campaign or a lasting change, by the kind of their error models; all draw normal errors but heavy_tails
# (innovations drawn from the court's own) and batches (one period in twenty of 2 to 4 times the closings).
RIVALS = {"independent": "independent", "memory": "memory", "wandering": "wandering", "heavy_tails": "", "batches": ""}
BATCHES, BATCH_SIZES = 0.05, (2.0, 4.0)
REJECTED = 0.05
NEAR_P = 0.5  # p of the shipped tables under which an explanation is worth a bootstrap of its own


@dataclass(frozen=True, eq=False)
class Calibration(Result):
    """``table``: ``truth`` (none, rounds, one_campaign, lasting_change)``, verdict, share, error`` (standard error)``, draws``.

    ``rivals``: ``explanation`` (of rounds, one_campaign, lasting_change those that the court's own flow may show)``, rival, unexplained,
    rejected, p``: how often courts drawn from a fitted rival, which holds no such thing, reach its score. The rival's own fit is rejected
    where memory is left in its errors (p under 5%); ``p`` of an explanation is the largest over the rivals that are not.

    ``words``: for each verdict word ``wrongly`` (the largest share of any truth that it is not) and ``missed`` (the share of its own truth that
    it is not said of; missing for words without a truth here).
    """

    table: pd.DataFrame
    words: pd.DataFrame
    rivals: pd.DataFrame
    caption: Text


def calibrate(
    flow: pd.DataFrame, *, draws: int = DRAWS, seed: int = 0, progress: Callable[[str, int, int], None] | None = None
) -> Calibration:
    """Draw courts like this one, without anything and with rounds, a campaign or a lasting change put in, and judge each.

    The court is drawn from what is fitted to it: level, season, response to the stock and the memory of both flows. Put in are sizes fixed
    beforehand: a wave of ±30% every 24 months, one campaign of +40% for 14 months, +25% from half-way on.
    ``progress(truth, done, draws)`` is called after each draw.
    Fifty draws of ten years in months take about twenty seconds. Raises ``DataError`` for fewer than 24 periods or for weeks.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    draws : int
        Courts drawn of each kind.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    progress : callable
        Called with the kind, the draws done and all draws.

    Returns
    -------
    Calibration
        How often each verdict is said of each kind.

    >>> months = pd.date_range("2006-01-01", periods=60, freq="MS")
    >>> rng = np.random.default_rng(1)
    >>> filed, closed = rng.poisson(60, (2, 60))
    >>> flow = pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": 900 + np.cumsum(filed - closed)})
    >>> calibrate(flow, draws=2).words["verdict"].tolist()
    ['rounds', 'one_campaign', 'lasting_change']
    """
    draws, series = whole_number("draws", draws, least=1), only(flow, "calibrate")
    if len(series) < LEAST_SPAN or series.freq == "W":
        raise DataError(
            f"calibrate 需要至少{LEAST_SPAN}期的月、季或年数据，现有{len(series)}期（频率 {series.freq}）。",
            f"calibrate needs at least {LEAST_SPAN} months, quarters or years; there are {len(series)} periods (frequency {series.freq}).",
        )
    counts = counts_of(series)
    model, rng = flow_model(counts), np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for truth, shape in _truths(counts).items():
        drawn = draw(model, draws, rng, _root_of(shape, model.closed.expected))
        for at in range(draws):
            own = replace(
                counts, filed=drawn.filed[at], closed=drawn.closed[at], available=drawn.stock[at] + drawn.closed[at]
            )
            rows.append({"truth": truth, "verdict": read(own).verdict})
            if progress:
                progress(truth, at + 1, draws)
    counted = pd.DataFrame(rows).value_counts(["truth", "verdict"], sort=False).reset_index(name="said")
    counted["share"] = counted["said"] / draws
    counted["error"] = np.sqrt(counted["share"] * (1 - counted["share"]) / draws)
    table = counted[["truth", "verdict", "share", "error"]].assign(draws=draws)
    caption = Text(
        f"按本院数据模拟，每种情形{draws}次：各结论误说与漏说的比例",
        f"courts drawn like this one, {draws} of each truth: how often each verdict is said wrongly, and missed",
    )
    return Calibration(table, _words(table), _rivals(counts, draws, rng, progress), caption + made_up(flow))


def _rivals(
    counts: Counts, draws: int, rng: np.random.Generator, progress: Callable[[str, int, int], None] | None
) -> pd.DataFrame:
    """Return how often courts drawn from each rival reach the score of what the flow may show, the whole search repeated in each."""
    own = read(counts)
    asked = {name: one.score for name, one in own.closings.items() if name in CLAIMS and one.p < NEAR_P}
    columns = ["explanation", "rival", "unexplained", "rejected", "p"]
    rows: list[dict[str, Any]] = []
    for rival, kind in RIVALS.items() if asked else ():
        model = flow_model(counts, kind)
        batches = np.ones((draws, len(counts.closed)))
        if rival == "batches":
            hit = rng.random(batches.shape) < BATCHES
            batches = np.where(hit, rng.uniform(*BATCH_SIZES, size=batches.shape), 1.0)
        pool = model.closed.innovations if rival == "heavy_tails" else None
        drawn = draw(model, draws, rng, pool=pool, times=batches)
        reached = dict.fromkeys(asked, 0)
        for at in range(draws):
            one = replace(
                counts, filed=drawn.filed[at], closed=drawn.closed[at], available=drawn.stock[at] + drawn.closed[at]
            )
            found = read(one, names=frozenset(asked)).closings
            for name, score in asked.items():
                reached[name] += name in found and found[name].score >= score
            if progress:
                progress(rival, at + 1, draws)
        rows += [
            {
                "explanation": name,
                "rival": rival,
                "unexplained": model.closed.unexplained,
                "rejected": model.closed.unexplained < REJECTED,
                "p": (reached[name] + 1) / (draws + 1),
            }
            for name in asked
        ]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["explanation", "rejected", "p"], ascending=[True, True, False], ignore_index=True)


def _truths(counts: Counts) -> dict[str, np.ndarray]:
    """Shapes of closings, 1 where nothing is put in."""
    time, month = counts.places, 12 / counts.seasons
    begin = counts.span // 2
    campaign = (time >= begin) & (time < begin + CAMPAIGN_MONTHS / month)
    return {
        "none": np.ones(len(time)),
        "rounds": 1 + WAVE * np.sin(2 * np.pi * time * month / WAVE_MONTHS),
        "one_campaign": 1 + CAMPAIGN * campaign,
        "lasting_change": 1 + CHANGE * (time >= begin),
    }


def _root_of(shape: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return what a shape of closings adds to their root."""
    return np.asarray((np.sqrt(shape) - 1) * expected.mean())


def _words(table: pd.DataFrame) -> pd.DataFrame:
    shares = table.pivot_table(index="truth", columns="verdict", values="share", fill_value=0.0)
    rows = []
    for word in CLAIMS:
        said = shares[word] if word in shares else pd.Series(0.0, index=shares.index)
        rows.append(
            {"verdict": word, "wrongly": float(said.drop(word, errors="ignore").max()), "missed": 1 - float(said[word])}
        )
    return pd.DataFrame(rows)
