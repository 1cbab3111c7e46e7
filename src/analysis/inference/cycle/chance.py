"""What chance alone does: turning points of random walks with the same net-flow mean and variance.

Turning points exist in any random walk (Slutzky 1937; for the dating rules: Harding and Pagan 2002), so number, length
and depth of the phases mean something only beside what accumulation by chance gives.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.cycle.turning_points import DatingRule, Turn, candidates, censored
from analysis.vocabulary.language import Text

LEVEL = 0.95
MEASURES = ("turning_points", "phase_length", "phase_depth")
BY_CHANCE = Text("与偶然积累无法区分", "not distinguishable from accumulation by chance")
BEYOND_CHANCE = Text("超出偶然积累的范围", "outside the range of accumulation by chance")


def measures(stock: np.ndarray, turns: list[Turn]) -> tuple[float, float, float]:
    """Number of turning points; mean length (periods) and mean depth (cases) of the complete phases."""
    places = np.array([place for place, _ in turns], dtype=int)
    if len(places) < 2:
        return float(len(places)), np.nan, np.nan
    return float(len(places)), float(np.diff(places).mean()), float(np.abs(np.diff(stock[places])).mean())


def walks(stock: np.ndarray, count: int, seed: int) -> np.ndarray:
    """``count`` random walks as long as the stock: its own changes in random order, so with their mean and variance.

    Normal steps would have the same two, but not the few large months that a court has; then flows in random order would
    fall outside their range more often than they should.
    """
    steps = np.diff(stock)
    drawn = np.random.default_rng(seed).permuted(np.tile(steps, (count, 1)), axis=1)
    return np.hstack([np.zeros((count, 1)), np.cumsum(drawn, axis=1)])


def chance_table(stock: np.ndarray, turns: list[Turn], rule: DatingRule, *, count: int, seed: int) -> pd.DataFrame:
    """Number, mean length and mean depth beside their 95 % range under random walks.

    Columns ``measure, value, lower, upper, walks, inside, conclusion``. The three ranges hold together: 95 % of the walks lie
    inside all three, so asking three questions does not make chance look like a cycle. ``conclusion`` (the same in
    every row) is *not distinguishable from accumulation by chance* unless one measure lies outside its range.
    A stock that changes by the same amount in every period has no chance to compare with, and one too short to be dated
    no turning points: no rows.
    """
    columns = ["measure", "value", "lower", "upper", "walks", "inside", "conclusion"]
    if count < 1 or len(stock) < 2 * rule.window + 1 or np.ptp(np.diff(stock)) == 0:
        return pd.DataFrame(columns=columns)
    value = np.array(measures(stock, turns))
    drawn = walks(stock, count, seed)
    found = candidates(drawn, rule.window)
    chance = np.array([measures(walk, censored(walk, start, rule)) for walk, start in zip(drawn, found, strict=True)])
    lower, upper = _joint_range(chance)
    inside = np.isnan(value) | np.isnan(lower) | ((value >= lower) & (value <= upper))
    verdict = BY_CHANCE if inside.all() else BEYOND_CHANCE
    table = pd.DataFrame({"measure": MEASURES, "value": value, "lower": lower, "upper": upper, "walks": count})
    table["inside"] = inside
    table["conclusion"] = verdict.cell
    return table[columns]


def _joint_range(chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ranges of the columns between equal tails, as narrow as keeps ``LEVEL`` of the rows inside all of them."""
    if np.isnan(chance).all(axis=0).any():
        known = ~np.isnan(chance).all(axis=0)
        lower, upper = np.full(chance.shape[1], np.nan), np.full(chance.shape[1], np.nan)
        lower[known], upper[known] = _joint_range(chance[:, known])
        return lower, upper
    for tail in np.linspace((1 - LEVEL) / 2, 0, 51):
        lower, upper = np.nanquantile(chance, [tail, 1 - tail], axis=0)
        inside = np.isnan(chance) | ((chance >= lower) & (chance <= upper))
        if inside.all(axis=1).mean() >= LEVEL:
            break
    return lower, upper
