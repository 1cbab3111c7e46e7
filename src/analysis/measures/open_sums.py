"""Sums of money that may leave the court: of a court as a whole and a statistical year that is over, none that tells of one case.

All that is known outside of a court's money adds up from sums over cases that are nobody else's: the closings of one year with both
amounts, or with one of them (``quantity_sums``). Each is none of few cases and none that one case outweighs, and whatever is added
or subtracted among sums over different cases is again such sums: so nothing is told of one case. That is why several courts are added up
only where the sum of each may be shown (less the others the total would be the one that may not), and why there are no groups,
no quarters, no other statistical calendar and no part of a register among them: the same cases would lie in two sums. A year whose
money was published and is another now (``Cases.restated``) is not shown again: what the two differ by are the cases entered late or corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.privacy import DOMINANT, KNOWN_WITHIN, MINIMUM, cut_short
from analysis.measures.windows import Window, stock_calendar
from analysis.vocabulary.periods import year_window
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from analysis.cases.table import Cases

# Columns whose groups are courts: their sums are totals of a court.
COURTS = ("court", "court_code")
HELD_BACK = Text(
    "金额不对外：对外只有全院已满的统计年度的结案金额，且件数不过少、没有一件占绝大部分；院内文件可以列出",
    "money is not shown outside: only that of the closings of a whole court and of a statistical year that is over, of no few cases and none "
    "that one outweighs; a document for use inside the court may give it",
)


def outweighed_sums(
    amounts: np.ndarray,
    group: np.ndarray,
    size: int,
    *,
    told: np.ndarray | None = None,
    most: np.ndarray | None = None,
    number: np.ndarray | None = None,
    largest: np.ndarray | None = None,
    minimum: int = MINIMUM,
    dominant: float = DOMINANT,
    within: float = KNOWN_WITHIN,
) -> np.ndarray:
    """Return which groups' sums say too much of one amount: fewer than three, or one so large that the next knows it.

    Two rules of statistical disclosure control (Hundepool and others, Statistical Disclosure Control, 2012, §4.2): dominance, the
    largest above 75%; and p %, the second largest could work out the largest to within 10%. ``told`` is what else is told of each
    amount, that it is at least so much (counts by band of the claim are shown): then what lies above that alone hides the largest, and as
    bands also say how much an amount is at most (``most``), the middle of what is left must not come within 10%: neither of the largest nor of
    any other. Each row is a case; or of rows that are sums, of amounts of which the same is told, ``number`` and ``largest`` say of how many
    cases and which is the largest (or at most is): then the second largest of a row is taken to be as large as what is left of it allows. A
    sum of nothing says of fewer than three cases that each is nothing.

    >>> outweighed_sums(np.array([50, 30, 20, 80, 10, 10, 5]), np.array([0, 0, 0, 1, 1, 1, 2]), 4).tolist()
    [False, True, True, False]
    >>> ten = [3e6, 1.2e6, *[6e4] * 10]
    >>> [outweighed_sums(ten, np.zeros(12, int), 1, told=t).tolist() for t in (None, np.array([5e5, 5e5, *[5e4] * 10]))]
    [[False], [True]]
    """
    fen, group = np.abs(np.asarray(amounts, dtype=float)), np.asarray(group, dtype="int64")
    total = np.bincount(group, weights=fen, minlength=size)
    cases = np.bincount(group, weights=number, minlength=size)
    one = np.ones(len(fen)) if number is None else number
    floor = np.zeros(len(fen)) if told is None else told
    greatest = fen if largest is None else np.abs(largest)
    first, open_greatest = _largest(greatest, group, size), np.maximum(greatest - floor, 0)
    open_ = np.maximum(fen - one * floor, 0)
    known = sum(_two_at_most(open_, open_greatest, group, size))
    left = np.bincount(group, weights=open_, minlength=size) - known
    needed = within if told is None else 2 * within
    told_by_one = (first > dominant * total) | (left < needed * first)
    if most is not None:
        rooms = open_, np.maximum(one * most - fen, 0)
        each = open_greatest, np.minimum(rooms[1], np.maximum(most - floor, 0))
        told_by_one |= _held_between(greatest, rooms, each, group, size, within=within, alone=one == 1)
    return ((cases > 0) & (cases < minimum)) | ((total > 0) & told_by_one)


def _held_between(
    fen: np.ndarray,
    rooms: tuple[np.ndarray, np.ndarray],
    each: tuple[np.ndarray, np.ndarray],
    group: np.ndarray,
    size: int,
    *,
    within: float,
    alone: np.ndarray,
) -> np.ndarray:
    """Return which groups have an amount that the bands and the sum leave no more room than twice ``within``, to who knows one other.

    An amount can be less by what the others can be more, and more by what they can be less. ``rooms``: by how much each row could be less and more;
    ``each``: one case of it at most. Of rows that are sums (not ``alone``) the room of a case itself is not known, but that of its whole band is enough.
    """
    others = []
    for room, own in zip(rooms, each, strict=True):
        first, second = _two_at_most(room, own, group, size)
        known = np.where(own == first[group], second[group], first[group])
        others.append(np.bincount(group, weights=room, minlength=size)[group] - own - known)
    of_case = np.minimum(rooms[0], others[1]) + np.minimum(rooms[1], others[0])
    width = np.where(alone, of_case, np.minimum(*others))
    found = np.zeros(size, dtype=bool)
    found[group[(fen > 0) & (width < 2 * within * fen)]] = True
    return found


def _two_at_most(room: np.ndarray, own: np.ndarray, group: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The two largest of single cases in each group: of a row the largest (``own``) and, of several, as much again as is left of it."""
    second = np.clip(room - own, 0, own)
    return two_largest(np.append(own, second), np.append(group, group), size)


def _largest(fen: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    first = np.zeros(size)
    np.maximum.at(first, group, fen)
    return first


def two_largest(fen: np.ndarray, group: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the largest and the second largest amount of each group, 0 where there is none.

    >>> [found.tolist() for found in two_largest(np.array([3.0, 5.0, 4.0, 2.0]), np.array([0, 0, 0, 1]), 2)]
    [[5.0, 2.0], [4.0, 0.0]]
    """
    order = np.lexsort((-fen, group))
    place = np.searchsorted(group[order], np.arange(size))
    padded, owner = np.append(fen[order], [0.0, 0.0]), np.append(group[order], [-1, -1])
    return tuple(np.where(owner[place + i] == np.arange(size), padded[place + i], 0.0) for i in (0, 1))  # type: ignore[return-value]


def years_over(window: Window, known: pd.Timestamp, calendar: str) -> tuple[Window, ...]:
    """The statistical years of which a window is made, all of them over; none where it is not made of such.

    >>> [str(year.start.date()) for year in years_over(Window.of(*map(pd.Timestamp, ("2009-12-21", "2011-12-20"))), pd.Timestamp("2012"), "dec-21")]
    ['2009-12-21', '2010-12-21']
    """
    if window.end > known:
        return ()
    years = [
        year_window(year, calendar=stock_calendar(calendar)) for year in range(window.start.year, window.end.year + 2)
    ]
    within = tuple(Window.of(*year) for year in years if window.start <= year[0] and year[1] <= window.end)
    is_made_of = bool(within) and (within[0].start, within[-1].end) == (window.start, window.end)
    return within if is_made_of else ()


def years_of_windows(asked: Iterable[Window], calendar: str) -> list[Window]:
    """The statistical years by which money of windows of several is judged."""
    made_of = [years_over(window, window.end, calendar) for window in asked]
    return list(dict.fromkeys(year for years in made_of if len(years) > 1 for year in years))


def are_whole_courts(cases: Cases, keys: Collection[str]) -> bool:
    """Whether the groups of a breakdown are the courts of a register, each whole, by the one column that names them.

    A register of several is told apart by court: beside the courts their total would be another sum over the same cases, which is shown
    where the sum of each court may be (``gate_of_sums``).

    >>> from analysis.cases.table import Cases
    >>> two = Cases.from_frames(pd.DataFrame({"filed_on": "2011-01-04", "court": ["甲", "乙"]}), as_of="2011-12-31")
    >>> [are_whole_courts(two, keys) for keys in ((), ("court",), ("court", "basis"))], are_whole_courts(two.where(court="甲"), ())
    ([False, True, False], True)
    """
    if not set(keys) <= set(COURTS):
        return False
    named = next((name for name in COURTS if not cases.lacking(name)), None)
    if named is None:
        return not is_part(cases)
    found = cases.once("courts", lambda: cases.table.select(*COURTS).distinct().to_pandas())
    one_alone = len(found[named].dropna().unique()) <= 1
    courts = found[named].bfill().ffill() if one_alone else found[named]
    groups = found.assign(fixed=courts).drop_duplicates([*keys, "fixed"])
    parts = 1 if not keys else len(found.drop_duplicates(list(keys)))
    return len(groups) == parts == courts.nunique(dropna=False) and not is_part(cases)


def column_of_courts(cases: Cases) -> str | None:
    """Return the column that names the courts of a register of several, each of them whole; ``None`` of a register of one or of parts.

    >>> from analysis.cases.table import Cases
    >>> two = Cases.from_frames(pd.DataFrame({"filed_on": "2011-01-04", "court": ["甲", "乙"]}), as_of="2011-12-31")
    >>> column_of_courts(two), column_of_courts(two.where(court="甲"))
    ('court', None)
    """
    named = next((name for name in COURTS if not cases.lacking(name)), None)
    is_several = named is not None and not are_whole_courts(cases, ()) and are_whole_courts(cases, (named,))
    return named if is_several else None


def is_part(cases: Cases) -> bool:
    """Whether these are some of a register's cases, and not all of the courts that they are of."""
    named = next((name for name in COURTS if not cases.lacking(name)), COURTS[0])
    return bool(cut_short(cases, named))


def dated_sums_held_back(
    cases: Cases,
    rows: pd.DataFrame,
    keys: Collection[str],
    laid: pd.DataFrame,
    window: Window,
    known: pd.Timestamp,
    *,
    also: Collection[str] = (),
) -> np.ndarray:
    """Return which rows of ``laid`` (a row a group; ``keys`` the columns of the case, here ``of_<key>``) have a sum of money that is left out.

    ``rows`` are amounts with their day: ``on``, ``fen``, ``whose`` (who or what it is about), and the columns of the groups
    and of what else tells rows of ``laid`` apart (``also``).
    """
    years = years_over(window, known, cases.calendar)
    if not years or not are_whole_courts(cases, keys) or not cases.restated.isdisjoint(year.start for year in years):
        return np.ones(len(laid), dtype=bool)
    groups = [*(f"of_{key}" for key in keys), *also]
    place = laid[groups].assign(place=np.arange(len(laid)))
    placed = rows.merge(place, on=groups, how="inner") if groups else rows.assign(place=0)
    gone = np.zeros(len(laid), dtype=bool)
    for year in years:
        paid = placed[placed["on"].between(year.start, year.end)].groupby(["place", "whose"])["fen"].sum().reset_index()
        gone |= outweighed_sums(paid["fen"].to_numpy(float), paid["place"].to_numpy(), len(laid))
    return gone
