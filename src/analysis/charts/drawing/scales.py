"""Numbers and dates as they stand on an axis, in Chinese or English, whatever the machine's locale and time zone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.typesetting import width
from analysis.vocabulary.dates import date_label, naming_day
from analysis.vocabulary.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

APART = 0.8  # two labels under an axis, in text sizes
STEPS = (1, 2, 2.5, 5, 10)  # of a round axis: 20, 25, 50, 100
# d3 formats for plotly; a month's name in English does not depend on the machine.
PLOTLY_DATES = {
    "zh": {"D": "%Y-%m-%d", "W": "%Y-%m-%d", "M": "%Y年%-m月", "Q": "%Y年%-m月", "Y": "%Y年"},
    "en": {"D": "%-d %b %Y", "W": "%-d %b %Y", "M": "%b %Y", "Q": "%b %Y", "Y": "%Y"},
}
PLOTLY_QUARTER = {"zh": "%Y年第%q季度", "en": "%Y Q%q"}  # what is told of a quarter; its axis is marked in months


def landmarks(values: Iterable[float | None]) -> tuple[int, ...]:
    """Return the places of the first, the last, the lowest and the highest value that is known, of equals the first.

    >>> landmarks([5.0, None, 9.0, 2.0, 9.0]), landmarks([None])
    ((0, 4, 3, 2), ())
    """
    known = {place: value for place, value in enumerate(values) if value is not None and not math.isnan(value)}
    if not known:
        return ()
    return min(known), max(known), min(known, key=known.__getitem__), max(known, key=known.__getitem__)


def period_ticks(
    starts: Sequence[object] | pd.Series, freq: str, *, language: str | None = None, at_most: int = 8
) -> tuple[list[int], list[str]]:
    """Positions (0, 1, …) and labels for periods drawn side by side, no more than an axis holds.

    Beyond ``at_most`` periods the label stands at the first period of every year (with the year alone), or of
    every second, fifth … year where even these are too many.

    A period that begins on the 21st bears the name of the month or year that it runs into.

    >>> period_ticks(pd.date_range("2010-01-01", periods=24, freq="MS"), "M", at_most=8)
    ([0, 12], ['2010年', '2011年'])
    >>> period_ticks(pd.date_range("2010-11-01", periods=13, freq="MS"), "M", at_most=4)
    ([0, 6, 12], ['2010年11月', '2011年5月', '2011年11月'])
    """
    days = [naming_day(day, freq) for day in starts]
    if len(days) <= at_most:
        return list(range(len(days))), [date_label(day, freq, language) for day in days]
    firsts = [i for i, day in enumerate(days) if i == 0 or day.year != days[i - 1].year]
    whole = [i for i in firsts if i > 0 or _begins_year(days[0], freq)]
    if len(whole) <= 1:  # one year, or parts of two, of which one name alone would say little: every n-th period
        step = _step(len(days), at_most, (1, 2, 3, 6, 13, 26, 53))
        chosen = list(range(0, len(days), step))
        return chosen, [date_label(days[i], freq, language) for i in chosen]
    step = _step(len(whole), at_most, (1, 2, 5, 10, 20, 50))
    chosen = whole[::step]
    return chosen, [date_label(days[i], "Y", language) for i in chosen]


def quarter_places(starts: Sequence[object] | pd.Series, freq: str, *, at_most: int = 40) -> list[int]:
    """Places of the quarters and of the months that begin one, for short ticks between the years; none where they would be a comb.

    >>> quarter_places(pd.date_range("2010-01-01", periods=9, freq="MS"), "M")
    [0, 3, 6]
    >>> quarter_places(pd.date_range("2010-01-01", periods=3, freq="QS"), "Q")
    [0, 1, 2]
    """
    if freq not in ("M", "Q"):
        return []
    days = [naming_day(day, freq) for day in starts]
    places = [place for place, day in enumerate(days) if day.month % 3 == 1]
    return places if len(places) <= at_most else []


def _begins_year(day: pd.Timestamp, freq: str) -> bool:
    return day.month == 1 and (freq in ("M", "Q", "Y") or day.day <= 7)


def _step(count: int, at_most: int, steps: Sequence[int]) -> int:
    return next((step for step in steps if -(-count // step) <= at_most), steps[-1])


def set_period_ticks(
    axes: Axes, starts: Sequence[object] | pd.Series, freq: str, *, at_most: int = 8, ems: float = math.inf
) -> None:
    """Put ``period_ticks`` on the x axis of a panel whose positions are 0, 1, … (in the language spoken), as many as ``ems`` hold."""
    positions, labels = period_ticks(starts, freq, at_most=at_most)
    while at_most > 1 and sum(map(width, labels)) + APART * len(labels) > ems:
        at_most -= 1
        positions, labels = period_ticks(starts, freq, at_most=at_most)
    axes.set_xticks(positions, labels)
    axes.set_xticks([place for place in quarter_places(starts, freq) if place not in positions], minor=True)


def set_number_ticks(axis: Axis, *, decimals: int | None = None, suffix: str = "", whole: bool = False) -> None:
    """Thousands separators on a matplotlib axis; ``whole=True`` keeps ticks on whole numbers (cases, persons)."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if whole:
        axis.set_major_locator(MaxNLocator(nbins=6, steps=STEPS, integer=True))
    # no lambda: whoever pickles the figure pickles its ticks
    axis.set_major_formatter(FuncFormatter(partial(_tick, decimals=decimals, suffix=suffix)))


def _tick(value: float, _: int | None = None, *, decimals: int | None, suffix: str) -> str:
    return number(value, decimals) + suffix


def whole_ticks(low: float, high: float, *, at_most: int = 6) -> list[float]:
    """Round whole numbers that span ``low`` to ``high``, for an axis whose labels are set by hand.

    >>> whole_ticks(-95, 42)
    [-100.0, -75.0, -50.0, -25.0, 0.0, 25.0, 50.0]
    """
    return _ticks(low, high, at_most, whole=True)


def round_ticks(low: float, high: float, *, at_most: int = 6) -> list[float]:
    """Round numbers, whole or not, that span ``low`` to ``high``.

    >>> round_ticks(99.1, 99.9)
    [99.0, 99.2, 99.4, 99.6, 99.8, 100.0]
    """
    return _ticks(low, high, at_most, whole=False)


def _ticks(low: float, high: float, at_most: int, *, whole: bool) -> list[float]:
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=at_most, steps=STEPS, integer=whole).tick_values(low, high)
    return [round(float(tick), 9) for tick in ticks]
