"""A synthetic nation of courts: what each court truly is, month by month, before any case is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FIRST_YEAR, YEARS = 2006, 6
MONTHS = 12 * YEARS
FIRST_DAY, LAST_DAY = np.datetime64("2006-01-01"), np.datetime64("2011-12-31")
CAMPAIGN_MONTHS = (34, 48)  # 2008-11 to 2009-12, counted from 2006-01
# Filings and closings by calendar month, relative: Spring Festival trough, summer, the end of the year.
FILING_SEASON = np.array([1.05, 0.65, 1.15, 1.05, 1.0, 1.05, 1.0, 1.0, 1.05, 0.95, 1.0, 0.7])
CLOSING_SEASON = np.array([0.8, 0.6, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.05, 1.0, 1.1, 1.0])
PARTS = 3  # a month in three parts of some ten days each
CASES_PER_OFFICER = 60  # a year
OFFSET = 1000.0  # between the running hazards of two courts, so that all lie in one increasing series


@dataclass(frozen=True, eq=False)
class Landscape:
    """Courts with their truth: ``courts`` (one row each), filings by month, and the running hazard of closing.

    ``starts[c, m]`` is the number of the first case that court c files in month m; ``hazard[c, p]`` the running hazard at
    the start of part p (three a month), to which ``OFFSET`` × c is added.
    """

    courts: pd.DataFrame
    filed: NDArray[np.int64]
    starts: NDArray[np.int64]
    part_days: NDArray[np.int64]
    hazard: NDArray[np.float64]
    workdays: NDArray[np.int64]
    workday_starts: NDArray[np.int64]


def landscape(courts: int, cases: int, *, seed: int) -> Landscape:
    """Draw the courts: size, growth, officers, speed, cycle, campaign, year-end, property and enforcement.

    Columns of ``courts``: ``court, court_code, cases, officers, growth, daily_hazard, cycle_months, cycle_depth,
    cycle_phase, campaign_factor, december_factor, property_share, enforced_share, claim_scale``. A pending case is
    closed on a day with probability about ``daily_hazard`` × season × cycle × campaign × December; ``enforced_share`` is
    the true share of enforced closings where there is property; a ``cycle_depth`` of 0 is a court without rounds.
    """
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, courts])))
    table = _court_table(courts, cases, dice)
    filed = _filings(table, dice)
    starts = np.concatenate([[0], np.cumsum(filed.ravel())])[:-1].reshape(filed.shape)
    part_days = _part_days()
    factors = _closing_factors(table)
    daily = table["daily_hazard"].to_numpy()[:, None] * factors
    steps = daily * np.diff(part_days)
    hazard = np.concatenate([np.zeros((courts, 1)), np.cumsum(steps, axis=1)], axis=1)
    hazard += OFFSET * np.arange(courts)[:, None]
    every_day = np.arange(FIRST_DAY, LAST_DAY + 1)
    workdays = every_day[np.is_busday(every_day)]
    month_of = workdays.astype("datetime64[M]").astype("int64") - (FIRST_YEAR - 1970) * 12
    workday_starts = np.searchsorted(month_of, np.arange(MONTHS + 1))
    return Landscape(table, filed, starts, part_days, hazard, workdays.astype("int64"), workday_starts)


def _normal(dice: np.random.Generator, size: int | tuple[int, ...]) -> NDArray[np.float64]:
    """Near-normal draws, sums of twelve even ones: plain arithmetic, alike on every platform."""
    shape = (size,) if isinstance(size, int) else size
    return dice.random((*shape, 12)).sum(axis=-1) - 6


def _court_table(courts: int, cases: int, dice: np.random.Generator) -> pd.DataFrame:
    number = np.arange(1, courts + 1)
    size = _shared(np.exp(0.8 * _normal(dice, courts)), cases)
    has_cycle, has_campaign = dice.random(courts) < 0.7, dice.random(courts) < 0.85
    return pd.DataFrame(
        {
            "court": [f"合成法院{n:04d}" for n in number],
            "court_code": [f"合{n:04d}" for n in number],
            "cases": size,
            "officers": np.maximum(2, size // (YEARS * CASES_PER_OFFICER)),
            "growth": np.round(0.05 + 0.04 * _normal(dice, courts), 4),
            "daily_hazard": np.round(1 / (70 + 110 * dice.random(courts)), 6),
            "cycle_months": np.where(has_cycle, np.round(14 + 18 * dice.random(courts)), 0).astype("int64"),
            "cycle_depth": np.where(has_cycle, np.round(0.25 + 0.5 * dice.random(courts), 3), 0.0),
            "cycle_phase": np.round(dice.random(courts), 3),
            "campaign_factor": np.where(has_campaign, np.round(1.2 + 1.3 * dice.random(courts), 3), 1.0),
            "december_factor": np.round(1.0 + 2.0 * dice.random(courts), 3),
            "property_share": np.round(np.clip(0.65 + 0.08 * _normal(dice, courts), 0.3, 0.95), 4),
            "enforced_share": np.round(np.clip(0.78 + 0.05 * _normal(dice, courts), 0.5, 0.95), 4),
            "claim_scale": np.round(np.exp(0.35 * _normal(dice, courts)), 4),
        }
    )


def _shared(weights: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """A total in whole numbers in proportion to weights, at least one each: differences of rounded running sums."""
    spare = total - len(weights)
    running = np.concatenate([[0], np.round(np.cumsum(weights / weights.sum()) * spare)]).astype("int64")
    running[-1] = spare
    return np.diff(running) + 1


def _filings(table: pd.DataFrame, dice: np.random.Generator) -> NDArray[np.int64]:
    """Filings by court and month: season, growth, chance as of independent arrivals, and exactly the court's cases."""
    season = np.tile(FILING_SEASON, YEARS)
    trend = (1 + table["growth"].to_numpy()[:, None]) ** (np.arange(MONTHS) / 12)
    expected = season * trend
    size = table["cases"].to_numpy()
    expected *= (size / expected.sum(axis=1))[:, None]
    noisy = np.maximum(expected + np.sqrt(expected) * _normal(dice, expected.shape), 0) + 1e-9
    share = np.cumsum(noisy, axis=1) / noisy.sum(axis=1, keepdims=True)
    running = np.round(share * size[:, None]).astype("int64")
    running[:, -1] = size
    return np.diff(running, axis=1, prepend=0)


def _part_days() -> NDArray[np.int64]:
    """The first day of each part of each month (1st, 11th, 21st) as days since 1970, and the day after the last."""
    months = np.arange(FIRST_DAY.astype("datetime64[M]"), LAST_DAY.astype("datetime64[M]") + np.timedelta64(1, "M"))
    firsts = months.astype("datetime64[D]").astype("int64")
    parts = (firsts[:, None] + np.array([0, 10, 20])).ravel()
    return np.append(parts, LAST_DAY.astype("int64") + 1)


def _closing_factors(table: pd.DataFrame) -> NDArray[np.float64]:
    """Season × cycle × campaign × December by court and part of a month."""
    month = np.repeat(np.arange(MONTHS), PARTS)
    season = np.tile(np.repeat(CLOSING_SEASON, PARTS), YEARS)
    depth, phase = (table[name].to_numpy()[:, None] for name in ("cycle_depth", "cycle_phase"))
    period = np.maximum(table["cycle_months"].to_numpy()[:, None], 1)
    cycle = 1 + depth * np.sin(2 * np.pi * (month / period + phase))
    start, end = CAMPAIGN_MONTHS
    campaign = np.where((month >= start) & (month < end), table["campaign_factor"].to_numpy()[:, None], 1.0)
    last_parts = (month % 12 == 11) & (np.arange(len(month)) % PARTS > 0)
    december = np.where(last_parts, table["december_factor"].to_numpy()[:, None], 1.0)
    return season * cycle * campaign * december
