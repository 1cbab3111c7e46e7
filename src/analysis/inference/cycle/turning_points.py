"""Turning points of a pending stock: where accumulation ends and clearing begins, and the other way round.

The rules are those of the programmed dating of business cycles. A peak (trough) is a stock that no other within
``window`` periods on either side exceeds (undercuts). Then, until nothing more falls away:

- peaks and troughs alternate: of two peaks in a row the higher stays, of two troughs the lower (of equals the later);
- end rule: a first or last peak (trough) that a stock nearer the end of the series exceeds (undercuts) falls away;
- a peak that does not lie above the trough beside it falls away with it, as nothing was cleared (accumulated) between them;
- least cycle: of two peaks (or two troughs) closer together than ``least_cycle`` the lower peak (higher trough) falls;
- least phase: of a peak and a trough closer together than ``least_phase`` the one with the smaller other phase falls.

The first three are applied again after every deletion. Sources: Bry, G. and Boschan, C. (1971),
Cyclical Analysis of Time Series, NBER Technical Paper 20 (monthly: turns 5 months apart, cycles 15 months);
Harding, D. and Pagan, A. (2002), Dissecting the cycle, Journal of Monetary Economics 49, 365–381 (quarterly: window 2,
phase 2, cycle 5; no smoothing). As in the latter the stock is not smoothed first; season is taken out instead.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.arguments import whole_number

PEAK, TROUGH = 1, -1
KINDS = {PEAK: "peak", TROUGH: "trough"}
WAYS = {1: "accumulating", -1: "clearing", 0: "level"}


@dataclass(frozen=True)
class DatingRule:
    """``window``, ``least_phase`` and ``least_cycle`` of the dating, in periods of the flow's frequency.

    >>> DatingRule.of("Q")
    DatingRule(window=2, least_phase=2, least_cycle=5)
    >>> DatingRule.of("Q", least_cycle=4).least_cycle
    4
    """

    window: int
    least_phase: int
    least_cycle: int

    @classmethod
    def of(
        cls, freq: str, *, window: int | None = None, least_phase: int | None = None, least_cycle: int | None = None
    ) -> DatingRule:
        """The rule usual for a frequency, with what is given in its stead; raises ``ArgumentError`` below 1."""
        usual = USUAL_RULES[freq]
        given = {"window": window, "least_phase": least_phase, "least_cycle": least_cycle}
        return cls(
            **{
                name: getattr(usual, name) if value is None else whole_number(name, value, least=1)
                for name, value in given.items()
            }
        )


# Monthly and quarterly: the two sources above. Weekly is the monthly rule in weeks (5 months ≈ 22 weeks, 15 ≈ 65);
# yearly keeps every local extreme (a phase is then at least one year, a cycle two).
USUAL_RULES = {
    "W": DatingRule(22, 22, 65),
    "M": DatingRule(5, 5, 15),
    "Q": DatingRule(2, 2, 5),
    "Y": DatingRule(1, 1, 2),
}

Turn = tuple[int, int]  # position in the series, PEAK or TROUGH


def dated(stock: np.ndarray, rule: DatingRule) -> list[Turn]:
    """Positions and kinds (1 peak, −1 trough) of the turning points of one stock.

    >>> dated(np.array([5.0, 3, 1, 4, 6, 8, 5, 2]), DatingRule(window=2, least_phase=2, least_cycle=4))
    [(2, -1), (5, 1)]
    """
    return censored(stock, candidates(stock[None, :], rule.window)[0], rule)


def candidates(stocks: np.ndarray, window: int) -> list[list[Turn]]:
    """Local extremes of each row: within ``window`` on both sides nothing lies beyond; a plateau counts at its end.

    A plateau's window begins at its edges, so that a stock that stays level for long still turns where it leaves.
    """
    rows, length = stocks.shape
    if length < 2 * window + 1:
        return [[] for _ in range(rows)]
    place = np.arange(length)
    new = np.ones(stocks.shape, dtype=bool)
    new[:, 1:] = stocks[:, 1:] != stocks[:, :-1]
    first = np.maximum.accumulate(np.where(new, place, 0), axis=1)  # where the plateau of each period began
    last_of_plateau = np.ones(stocks.shape, dtype=bool)
    last_of_plateau[:, :-1] = new[:, 1:]
    whole = last_of_plateau & (first >= window) & (place <= length - 1 - window)
    found = np.zeros(stocks.shape, dtype=int)
    for kind in (PEAK, TROUGH):
        level = kind * stocks
        before, after = _highest_beside(level, window)
        before = np.take_along_axis(before, first, axis=1)
        found[whole & (before <= level) & (after <= level)] = kind
    return [[(int(p), int(row[p])) for p in np.flatnonzero(row)] for row in found]


def _highest_beside(level: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """The highest of the ``window`` values before, and after, each value (−∞ beyond the ends)."""
    beyond = np.full((len(level), window), -np.inf)
    padded = np.hstack([beyond, level, beyond])
    highest = np.lib.stride_tricks.sliding_window_view(padded, window, axis=1).max(axis=2)
    length = level.shape[1]
    return highest[:, :length], highest[:, window + 1 : window + 1 + length]


def censored(stock: np.ndarray, turns: list[Turn], rule: DatingRule) -> list[Turn]:
    """Return what is left of the candidates under the rules of the module, applied until nothing more falls away."""
    left = _settled(stock, turns)
    while True:
        fallen = _short_cycle(stock, left, rule.least_cycle)
        if fallen is None:
            fallen = _short_phase(stock, left, rule.least_phase)
        if fallen is None:
            return left
        left = _settled(stock, left[:fallen] + left[fallen + 1 :])


def _settled(stock: np.ndarray, turns: list[Turn]) -> list[Turn]:
    """Alternation, end rule and peaks above the troughs beside them, until all hold."""
    left: list[Turn] = []
    for place, kind in turns:
        if left and left[-1][1] == kind:
            if kind * stock[place] >= kind * stock[left[-1][0]]:
                left[-1] = (place, kind)
        else:
            left.append((place, kind))
    while left and _exceeded(stock[: left[0][0]], stock[left[0][0]], left[0][1]):
        left.pop(0)
    while left and _exceeded(stock[left[-1][0] + 1 :], stock[left[-1][0]], left[-1][1]):
        left.pop()
    for i, ((place, kind), (following, _)) in enumerate(itertools.pairwise(left)):
        if kind * stock[place] <= kind * stock[following]:
            return _settled(stock, left[:i] + left[i + 2 :])
    return left


def _exceeded(others: np.ndarray, value: float, kind: int) -> bool:
    return bool(len(others)) and bool((kind * others > kind * value).any())


def _short_cycle(stock: np.ndarray, turns: list[Turn], least: int) -> int | None:
    """Return which turning point the shortest peak–peak or trough–trough distance under ``least`` costs."""
    short = [(b[0] - a[0], i) for i, (a, b) in enumerate(zip(turns, turns[2:], strict=False)) if b[0] - a[0] < least]
    if not short:
        return None
    _, i = min(short)
    kind = turns[i][1]
    return i + 2 if kind * stock[turns[i + 2][0]] < kind * stock[turns[i][0]] else i


def _short_phase(stock: np.ndarray, turns: list[Turn], least: int) -> int | None:
    """Return which turning point the shortest phase under ``least`` costs: the one whose other phase is smaller."""
    short = [(b[0] - a[0], i) for i, (a, b) in enumerate(itertools.pairwise(turns)) if b[0] - a[0] < least]
    if not short:
        return None
    _, i = min(short)
    before = turns[i - 1][0] if i > 0 else 0
    after = turns[i + 2][0] if i + 2 < len(turns) else len(stock) - 1
    first, second = turns[i][0], turns[i + 1][0]
    return i if abs(stock[first] - stock[before]) <= abs(stock[after] - stock[second]) else i + 1


def turning_point_table(turns: list[Turn], periods: pd.Series, pending: np.ndarray, used: np.ndarray) -> pd.DataFrame:
    """Turning points as ``date`` (first day of the period), ``kind``, ``pending`` (as recorded), ``pending_adjusted``."""
    places = [place for place, _ in turns]
    table = pd.DataFrame(
        {
            "date": periods.iloc[places].to_numpy(dtype="datetime64[s]"),
            "kind": pd.Series([KINDS[kind] for _, kind in turns], dtype="str"),
            "pending": whole(pending[places]),
        }
    )
    table["pending_adjusted"] = used[places]
    return table


def phase_table(turns: list[Turn], table: pd.DataFrame, used: np.ndarray) -> pd.DataFrame:
    """Phases between turning points, the first and the last marked incomplete.

    ``start`` and ``end`` are the turning points' periods (or the series' ends), ``kind`` accumulating or clearing after the way
    of the stock ``used`` for dating, or level where one that is cut off ends as it began, ``periods`` the duration,
    ``cases`` the change of the recorded stock, ``filed`` and ``closed`` the cases in between (after ``start`` up to
    ``end``), ``amplitude`` the change as a share of the stock at the start (missing where the series begins with none),
    ``steepness`` cases a period, ``complete`` false for a phase that the series cuts off. A series without turning
    points is one phase cut off at both ends.
    """
    if len(table) < 2:
        return _phase_columns([])
    last = len(table) - 1
    edges = [0, *[place for place, _ in turns if 0 < place < last], last]
    pending, opening = (
        table["closing"].to_numpy(dtype=float),
        (table["closing"] - table["filed"] + table["closed"]).iloc[0],
    )
    kinds = dict(turns)
    rows = []
    for start, end in itertools.pairwise(edges):
        change = pending[end] - pending[start]
        within = table.iloc[start + 1 : end + 1]
        rows.append(
            {
                "start": table["period"].iloc[start],
                "end": table["period"].iloc[end],
                "kind": WAYS[np.sign(used[end] - used[start])],
                "periods": end - start,
                "cases": change,
                "filed": within["filed"].sum(),
                "closed": within["closed"].sum(),
                "amplitude": change / pending[start]
                if pending[start] > 0 and (start in kinds or opening > 0)
                else np.nan,
                "steepness": change / (end - start),
                "complete": start in kinds and end in kinds,
            }
        )
    return _phase_columns(rows)


def _phase_columns(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["start", "end", "kind", "periods", "cases", "filed", "closed", "amplitude", "steepness", "complete"]
    table = pd.DataFrame(rows, columns=columns)
    for name in ("cases", "filed", "closed"):
        table[name] = whole(table[name].to_numpy(dtype=float))
    kinds = {"start": "datetime64[s]", "end": "datetime64[s]", "kind": "str", "periods": "int64", "complete": "bool"}
    return table.astype(kinds)


def whole(numbers: np.ndarray) -> np.ndarray:
    """Counts as integers where every one of them is whole, else as they are."""
    return numbers.astype("int64") if len(numbers) and np.all(numbers == np.round(numbers)) else numbers
