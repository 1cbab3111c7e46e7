"""Why a ratio moved: how much by the mix of cases, how much by single cases, how much by the rest.

A ratio Σy/Σx of two periods (money recovered of money claimed, cases performed of cases closed) is made of three things: the
single cases that decide it, with their weight and their own ratio; the mix, which share of the base of all other cases
each group has; and the ratio within each group. Every part is what the ratio changes when this thing alone goes from one
period's to the other's, averaged over all orders in which the three can go (the Shapley value, Shapley 1953): so no order is
preferred, no case is counted twice, and the parts add up to the change exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np

from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.text import Text

SINGLE, MIX, REST = "single_cases", "mix", "within_groups"
PARTS = (SINGLE, MIX, REST)
OTHERS = Text("其余", "others")  # groups that are too small to be told apart outside
# A case is a single one where without it its period's ratio would be another by so much, and its base is so many times the mean
# (of few cases each would move the ratio, and none would stand alone): our choice.
ALONE, TIMES_MEAN = 0.01, 5.0
RULE = Text(
    "三部分各为：其余两项不变、只换这一项时比率的变化，对三项先后的全部次序取平均（沙普利值）；个案是分母为平均5倍以上、去掉后使该期比率变动1个百分点以上的案件，"
    "计入个案的不再计入其他两部分；三部分之和等于总变化。",
    "Each part is the change of the ratio when this thing alone goes from one period's to the other's, averaged over all orders of the "
    "three (Shapley value). Single cases have five times the mean base or more, and without each its period's ratio would be another by "
    "1 percentage point or more; they are in no other part. The three add up to the change.",
)

CHOSEN = Text(
    "分组取最能说明变化的一种：构成变化的影响，加上各组内部影响中超出（或不足）该组比重应占部分的最大一项，两者之和最大。",
    " The breakdown is the one that tells most: what its mix does, and what one group does within it beyond its share of the base, make most together.",
)


@dataclass(frozen=True, eq=False)
class Side:
    """The cases of one period: what each adds to numerator and base, its group by number, and whether it is a single one.

    ``told`` is what the bands of the claims tell of numerator, base and base less numerator: that each is at least (``told``) and
    at most (``most``) so much, of counts nothing.
    """

    top: np.ndarray
    base: np.ndarray
    group: np.ndarray
    alone: np.ndarray
    told: tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, np.ndarray]] = field(
        default_factory=lambda: ({}, {}, {})
    )

    @property
    def ratio(self) -> float:
        """Numerator by base over all cases."""
        return float(self.top.sum() / self.base.sum())

    @property
    def without(self) -> float:
        """The ratio without the single cases."""
        return float(self.top[~self.alone].sum() / self.base[~self.alone].sum())


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a change: their sums by name, and what each group adds to the mix and to the rest."""

    total: float
    sums: dict[str, float]
    mix: np.ndarray
    within: np.ndarray
    shares: tuple[np.ndarray, np.ndarray]  # of the base without single cases, by group: before and now
    ratios: tuple[np.ndarray, np.ndarray]


def single_cases(top: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Mark the cases that decide the ratio of all by themselves: large ones without which it would be another.

    >>> single_cases(np.array([1.0] * 99 + [0.0]), np.array([1.0] * 99 + [50.0])).nonzero()[0].tolist()
    [99]
    """
    return np.asarray((influence(top, base) >= ALONE) & (base >= TIMES_MEAN * base.mean()))


def influence(top: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Return by how much the ratio of all would be another without each case."""
    all_top, all_base = top.sum(), base.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.abs(all_top / all_base - (all_top - top) / (all_base - base))
    return np.where(np.isfinite(moved), moved, 0.0)


def decomposed(before: Side, now: Side, groups: int) -> Parts:
    """Split the change of a ratio between two periods into single cases, mix and the rest; the parts add up to it exactly.

    A group that has no case in one of the periods has no ratio there: it counts as unchanged, and all that it does is mix.

    >>> year = lambda top, base: Side(np.array(top), np.array(base), np.array([0, 1]), np.zeros(2, dtype=bool))
    >>> found = decomposed(year([50.0, 0.0], [50.0, 50.0]), year([80.0, 0.0], [80.0, 20.0]), 2)
    >>> round(found.total, 3), {name: round(part, 3) for name, part in found.sums.items()}
    (0.3, {'single_cases': 0.0, 'mix': 0.3, 'within_groups': 0.0})
    """
    sides = (before, now)
    weight, own = zip(*(_alone(side) for side in sides), strict=True)
    shares, ratios = zip(*(_groups(side, groups) for side in sides), strict=True)
    ratios = tuple(np.where(np.isnan(r), other, r) for r, other in (ratios, ratios[::-1]))
    ratios = tuple(np.nan_to_num(r) for r in ratios)
    difference = {MIX: shares[1] - shares[0], REST: ratios[1] - ratios[0]}
    sums, of_group = dict.fromkeys(PARTS, 0.0), {MIX: np.zeros(groups), REST: np.zeros(groups)}
    orders = list(permutations(PARTS))
    for order in orders:
        at = dict.fromkeys(PARTS, 0)
        for part in order:
            left = 1 - weight[at[SINGLE]]
            if part == SINGLE:
                others = float(shares[at[MIX]] @ ratios[at[REST]])
                values = [weight[i] * own[i] + (1 - weight[i]) * others for i in (0, 1)]
                sums[SINGLE] += (values[1] - values[0]) / len(orders)
            else:
                # shares add up to 1 in both periods: the mix is told from the ratio of all
                beside = ratios[at[REST]] - float(shares[0] @ ratios[at[REST]]) if part == MIX else shares[at[MIX]]
                of_group[part] += left * difference[part] * beside / len(orders)
            at[part] = 1
    sums |= {part: float(values.sum()) for part, values in of_group.items()}
    return Parts(now.ratio - before.ratio, sums, of_group[MIX], of_group[REST], shares, ratios)


def told_by(found: Parts) -> float:
    """Return how much of a change a breakdown tells: what its mix does, and the most that one group does within beyond its share of the base.

    A change that is the same in every group, which tells nothing of where it comes from, is none of it.

    >>> year = lambda top, base: Side(np.array(top), np.array(base), np.array([0, 1]), np.zeros(2, dtype=bool))
    >>> before, one_group = year([50.0, 50.0], [100.0, 100.0]), year([50.0, 30.0], [100.0, 100.0])
    >>> round(told_by(decomposed(before, one_group, 2)), 3), round(told_by(decomposed(before, year([40.0, 40.0], [100.0, 100.0]), 2)), 3)
    (0.05, 0.0)
    """
    beyond = found.within - np.mean(found.shares, axis=0) * found.within.sum()
    return float(abs(found.mix.sum()) + np.abs(beyond).max())


def _alone(side: Side) -> tuple[float, float]:
    """The share of the base that single cases have, and their ratio."""
    base = side.base[side.alone].sum()
    return float(base / side.base.sum()), float(side.top[side.alone].sum() / base) if base else 0.0


def _groups(side: Side, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Share of the base and ratio of each group, single cases left out."""
    rest = ~side.alone
    top, base = (np.bincount(side.group[rest], weights=part[rest], minlength=groups) for part in (side.top, side.base))
    with np.errstate(divide="ignore", invalid="ignore"):
        return base / base.sum(), np.where(base > 0, top / base, np.nan)


def rounded_parts(total: float, parts: Sequence[float], digits: int = 2) -> list[float]:
    """Round parts so that they add up to the rounded total: those that rounding cut most are raised by one last digit.

    >>> rounded_parts(31.0, [10.334, 10.333, 10.333])
    [10.34, 10.33, 10.33]
    """
    unit = 10.0**-digits
    shown = [float(rounded(part, digits)) for part in parts]
    missing = round((float(rounded(total, digits)) - sum(shown)) / unit)
    step = 1 if missing > 0 else -1
    order = sorted(range(len(parts)), key=lambda i: step * (shown[i] - parts[i]))
    for place in order[: abs(missing)]:
        shown[place] = round(shown[place] + step * unit, digits)
    return shown
