"""Sums of money that may leave the court: none of few cases, none that one case outweighs, none to be had by subtraction.

A sum is shown of a statistical year that is over, and of several together. The court's own total is shown of quarters too
(and of whole quarters together), as long as every quarter of the year up to then may be shown; of a group (a team, a basis,
a person) nothing shorter than a year is. Beside a total that is known, what is left out of the groups must itself be no sum that says too much.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.privacy import DOMINANT, KNOWN_WITHIN, MINIMUM
from analysis.cases.suppression import told
from analysis.measures.windows import Window
from analysis.vocabulary.periods import CALENDARS, windows, year_window
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Columns whose groups are courts: their sums are totals of a court.
COURTS = ("court", "court_code")
HELD_BACK = Text(
    "金额不对外：件数过少、一件占绝大部分、可由其他数字推算，或期间不是已满的年度（本院合计也可为季度）",
    "money is not shown outside: too few cases, one that outweighs the others, a sum that others give away, or no year that is over "
    "(of the court as a whole also quarters)",
)


def outweighed_sums(
    amounts: np.ndarray,
    group: np.ndarray,
    size: int,
    *,
    number: np.ndarray | None = None,
    largest: np.ndarray | None = None,
) -> np.ndarray:
    """Return which groups' sums say too much of one amount: fewer than three, or one so large that the next knows it.

    Two rules of statistical disclosure control (Hundepool and others, Statistical Disclosure Control, 2012, §4.2): dominance, the
    largest above 75 %; and p %, the second largest could work out the largest to within 10 %. Each row is a case; or of rows that
    are sums, ``number`` and ``largest`` say of how many cases and which is the largest: then the second largest is taken to
    be as large, since it may be.

    >>> outweighed_sums(np.array([50, 30, 20, 80, 10, 10, 5]), np.array([0, 0, 0, 1, 1, 1, 2]), 4).tolist()
    [False, True, True, False]
    """
    fen, group = np.abs(np.asarray(amounts, dtype=float)), np.asarray(group, dtype="int64")
    total = np.bincount(group, weights=fen, minlength=size)
    cases = np.bincount(group, weights=number, minlength=size)
    if largest is None:
        first, second = _two_largest(fen, group, size)
    else:
        first = np.zeros(size)
        np.maximum.at(first, group, np.abs(largest))
        second = first
    told_by_one = (first > DOMINANT * total) | (total - first - second < KNOWN_WITHIN * first)
    return (total > 0) & ((cases < MINIMUM) | told_by_one)


def _two_largest(fen: np.ndarray, group: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    order = np.lexsort((-fen, group))
    place = np.searchsorted(group[order], np.arange(size))
    padded, owner = np.append(fen[order], [0.0, 0.0]), np.append(group[order], [-1, -1])
    return tuple(np.where(owner[place + i] == np.arange(size), padded[place + i], 0.0) for i in (0, 1))  # type: ignore[return-value]


def held_back(
    amounts: np.ndarray,
    group: np.ndarray,
    groups: pd.DataFrame,
    *,
    number: np.ndarray | None = None,
    largest: np.ndarray | None = None,
    within: np.ndarray | None = None,
) -> np.ndarray:
    """Return which groups' sums are left out of a table, the total and the sums over fewer of its columns being known.

    ``groups`` holds the columns of the table, one row a group; ``group`` says to which each amount belongs. Sums of groups that are
    ``within`` one other (officers of a team) are known too. Where those left out would together be a sum that says too much, the
    smallest beside them goes too.

    >>> teams = pd.DataFrame({"team": ["A", "B", "C"]})
    >>> held_back(np.array([90, 5, 5, 40, 30, 30, 20, 20, 20]), np.repeat([0, 1, 2], 3), teams).tolist()
    [True, False, True]

    Without C the sum of A, which is all but one case, would follow from the total.
    """
    size = len(groups)
    fen, group = np.abs(np.asarray(amounts, dtype=float)), np.asarray(group, dtype="int64")
    about = {"number": number, "largest": largest}
    gone = outweighed_sums(fen, group, size, **about)
    if not gone.any():
        return gone
    total = np.bincount(group, weights=fen, minlength=size)
    margins = [*_margins(groups), *([] if within is None else [within])]
    while more := _next(fen, group, gone, total, margins, about) or _given_away(total, gone, margins):
        gone[more] = True
    return gone


def _margins(groups: pd.DataFrame) -> list[np.ndarray]:
    """The groups as they lie in the tables of fewer columns, down to the total: for each the number of its row there."""
    keys = list(groups.columns)
    subsets = [list(chosen) for n in range(len(keys)) for chosen in combinations(keys, n)]
    return [
        groups.groupby(chosen, dropna=False, sort=False).ngroup().to_numpy()
        if chosen
        else np.zeros(len(groups), dtype="int64")
        for chosen in subsets
    ]


def _next(
    fen: np.ndarray,
    group: np.ndarray,
    gone: np.ndarray,
    total: np.ndarray,
    margins: Sequence[np.ndarray],
    about: dict[str, Any],
) -> list[int]:
    """The groups to leave out next: the smallest beside those whose sum would say too much, of a total that is shown."""
    hidden = gone[group]
    rest = {name: None if values is None else values[hidden] for name, values in about.items()}
    for row in margins:
        size = int(row.max(initial=0)) + 1
        together = outweighed_sums(fen[hidden], row[group[hidden]], size, **rest)
        together &= ~outweighed_sums(fen, row[group], size, **about)
        more = [_smallest((row == place) & ~gone, total) for place in np.flatnonzero(together)]
        if found := [place for place in more if place is not None]:
            return found
    return []


def _given_away(total: np.ndarray, gone: np.ndarray, margins: Sequence[np.ndarray]) -> list[int]:
    """The groups to leave out where rows and columns of a table together give one away, found by linear programming."""
    if len(margins) < 2:
        return []
    from scipy.sparse import csr_array, eye_array, vstack

    cells = np.flatnonzero(gone)
    sums = [
        csr_array((np.ones(len(cells)), (np.unique(row[cells], return_inverse=True)[1], np.arange(len(cells)))))
        for row in margins
    ]
    forms = vstack([eye_array(len(cells), format="csr"), *sums], format="csr")
    values = forms @ (total[cells] / total.max())
    given = told(forms, values, gone=np.arange(forms.shape[0]) < len(cells))
    for cell in cells[np.flatnonzero(given[: len(cells)])]:
        for row in reversed(margins):
            more = _smallest((row == row[cell]) & ~gone, total)
            if more is not None:
                return [more]
    return []


def _smallest(among: np.ndarray, total: np.ndarray) -> int | None:
    left = np.flatnonzero(among & (total > 0))
    return int(left[np.argmin(total[left])]) if len(left) else None


def is_year_over(window: Window, known: pd.Timestamp) -> bool:
    """Whether a window is a statistical year that is over."""
    return window.end <= known and calendar_of_year(window) is not None


def calendar_of_year(window: Window) -> str | None:
    """The statistical calendar of which a window is a year; ``None`` where it is none."""
    return _calendar(window, "Y")


@cache
def parts_of(window: Window) -> tuple[Window, ...]:
    """Cut a window made of quarters at the ends of its statistical years; any other is one part.

    >>> [str(part.start.date()) for part in parts_of(Window.of(pd.Timestamp("2009-10-01"), pd.Timestamp("2011-12-31")))]
    ['2009-10-01', '2010-01-01', '2011-01-01']
    """
    calendar = _calendar(window, "Q")
    if calendar is None:
        return (window,)
    years = range(window.start.year, window.end.year + 2)
    ends = [end for year in years if window.start <= (end := year_window(year, calendar=calendar)[1]) < window.end]
    starts = [window.start, *(end + pd.Timedelta(days=1) for end in ends)]
    return tuple(Window.of(*span) for span in zip(starts, [*ends, window.end], strict=True))


def years_over(window: Window, known: pd.Timestamp) -> tuple[Window, ...]:
    """The statistical years of which a window is made, all of them over; none where it is not made of such."""
    years = parts_of(window)
    return years if all(is_year_over(year, known) for year in years) else ()


@cache
def quarters_of(window: Window) -> tuple[Window, ...]:
    """The quarters of the statistical year of a window that is one, or that is made of quarters of one; else none."""
    calendar = _calendar(window, "Q")
    if calendar is None:
        return ()
    middle = window.start + pd.Timedelta(days=45)
    year = next(
        w
        for w in (year_window(middle.year + i, calendar=calendar) for i in (0, 1))
        if w[0] <= window.start and window.start <= w[1]
    )
    laid = windows(*year, freq="Q", calendar=calendar) if window.end <= year[1] else pd.DataFrame()
    return tuple(Window.of(first, last) for first, last in laid.itertuples(index=False))


@cache
def _calendar(window: Window, freq: str) -> str | None:
    """The statistical calendar in which a window begins and ends as periods do; ``None`` in none."""
    for calendar in CALENDARS[:3]:
        laid = windows(window.start, window.end, freq=freq, calendar=calendar)
        if laid["period"].iloc[0] == window.start and laid["period_end"].iloc[-1] == window.end:
            return calendar if freq == "Q" or len(laid) == 1 else None
    return None


def totals_held_back(window: Window, known: pd.Timestamp, unsafe: Callable[[Window], np.ndarray]) -> np.ndarray:
    """Return which courts' own totals are left out of a window; ``unsafe`` says whose sums over some days say too much.

    A year that is over is shown unless it, or what its quarters leave of it that could be shown before, says too much.
    Quarters, and whole quarters together, are shown as long as every quarter of their year up to their end may be; several
    years, as long as each may be and the whole.
    """
    parts = parts_of(window)
    if len(parts) > 1:
        return np.any([unsafe(window), *(totals_held_back(part, known, unsafe) for part in parts)], axis=0)
    quarters = quarters_of(window)
    whole = is_year_over(window, known)
    if not quarters or window.end > known:
        return np.ones_like(unsafe(window)) if not whole else unsafe(window)
    if not whole:
        return np.any([unsafe(quarter) for quarter in quarters if quarter.end <= window.end], axis=0)
    gone, still_shown = unsafe(window), np.ones_like(unsafe(window))
    for quarter in quarters:
        stops = still_shown & unsafe(quarter)
        gone = gone | (stops & unsafe(Window.of(quarter.start, window.end)))
        still_shown &= ~stops
    return gone


def dated_sums_held_back(
    rows: pd.DataFrame, groups: Sequence[str], laid: pd.DataFrame, window: Window, known: pd.Timestamp
) -> np.ndarray:
    """Return which rows of ``laid`` (a row a group, ``groups`` its columns) have a sum of money that is left out of a window.

    ``rows`` are amounts with their day: ``on``, ``fen``, ``whose`` (who or what it is about), and the columns of the groups.
    """
    everyone = pd.concat([laid[list(groups)], rows[list(groups)]], ignore_index=True)
    numbers = (
        everyone.groupby(list(groups), dropna=False, sort=False).ngroup().to_numpy()
        if groups
        else np.zeros(len(everyone), dtype="int64")
    )
    place = pd.Series(np.arange(len(laid)), index=numbers[: len(laid)])
    group = place.reindex(numbers[len(laid) :]).to_numpy()

    laid_out = ~np.isnan(group)
    day, owner = rows["on"].to_numpy()[laid_out], group[laid_out].astype("int64")
    fen, whose = (
        rows["fen"].to_numpy(dtype=float)[laid_out],
        pd.factorize(rows["whose"][laid_out], use_na_sentinel=False)[0],
    )

    def of(span: Window) -> tuple[np.ndarray, np.ndarray]:
        here = (day >= span.start.to_datetime64()) & (day <= span.end.to_datetime64())
        one, first = np.unique(np.stack([owner[here], whose[here]]), axis=1, return_inverse=True)
        return np.bincount(first.ravel(), weights=fen[here], minlength=one.shape[1]), one[0]

    if {name.removeprefix("of_") for name in groups} <= set(COURTS):
        return totals_held_back(window, known, lambda span: outweighed_sums(*of(span), len(laid)))
    spans = years_over(window, known)
    return (
        np.any([held_back(*of(span), laid[list(groups)]) for span in spans], axis=0)
        if spans
        else np.ones(len(laid), bool)
    )


def touched_parts(asked: Sequence[Window]) -> Iterator[Window]:
    """The parts of the windows that lie in a year each, where there are several."""
    for window in asked:
        parts = parts_of(window)
        yield from parts if len(parts) > 1 else []


def touched_quarters(asked: Sequence[Window]) -> Iterator[Window]:
    """The quarters by which totals of the windows are judged, and what is left of their years from each on."""
    for part in (part for window in asked for part in parts_of(window)):
        quarters = quarters_of(part)
        for quarter in quarters:
            yield quarter
            yield Window.of(quarter.start, quarters[-1].end)
