"""The plan of the sample: how many cases are filed and closed on each day, and the truth behind it.

Two rounds of accumulating and clearing in 2006–2009, the second cleared by the national campaign; then a low, steady
stock. Every number here is a choice unless a comment names its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from analysis.sample.rng import Dice

FIRST_DAY, LAST_DAY = date(2006, 1, 1), date(2011, 12, 31)
CAMPAIGN = (date(2008, 11, 1), date(2009, 12, 31))  # 全国集中清理执行积案, November 2008 to December 2009
CAMPAIGN_EXTRA = 12  # closings that the campaign adds in each of its months: the truth for campaign_effect
# First day of the lunar year, as the State Council's holiday notices of those years set it.
SPRING_FESTIVAL = {
    2006: date(2006, 1, 29),
    2007: date(2007, 2, 18),
    2008: date(2008, 2, 7),
    2009: date(2009, 1, 26),
    2010: date(2010, 2, 14),
    2011: date(2011, 2, 3),
}


@dataclass(frozen=True)
class Segment:
    """A stretch of months with its own filings and ordinary closings (both in cases) and its way of choosing cases."""

    name: str
    start: date
    end: date
    filed: int
    ordinary: int
    manner: str


# 1,310 filed and 1,286 closed up to the end of 2009: 24 cases enter 2010.
ROUNDS = (
    Segment("first accumulation", date(2006, 1, 1), date(2007, 3, 31), 465, 320, "accumulating"),
    Segment("the court's own clearing", date(2007, 4, 1), date(2007, 12, 31), 167, 238, "clearing"),
    Segment("second accumulation", date(2008, 1, 1), date(2008, 10, 31), 315, 215, "accumulating"),
    Segment("national campaign", *CAMPAIGN, 363, 345, "campaign"),
)
OPENING_2010 = 24
# 2010: 343 received = 24 + 319; 2011: 386 received = 15 carried over + 371 (printed: 15, 386, 383; implied: 343, 328).
FILED = {2010: 319, 2011: 371}
# Cases pending at the end of each month; the year ends are printed (15) or follow (386 − 383 = 3), the rest is chosen.
STOCK = {
    2010: (25, 24, 27, 30, 29, 31, 29, 30, 28, 25, 20, 15),
    2011: (19, 18, 24, 27, 28, 30, 28, 27, 25, 20, 13, 3),
}
STOCK_JITTER = 2


@dataclass(frozen=True)
class Plan:
    """Filings and closings by day; by month the closings without the campaign and what the campaign adds."""

    days: list[date]
    filed: list[int]
    closed: list[int]
    ordinary: dict[str, int]
    extra: dict[str, int]


def all_days(first: date = FIRST_DAY, last: date = LAST_DAY) -> list[date]:
    """Every day from first to last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def month(day: date) -> str:
    """The month of a day as text, 2008-11."""
    return f"{day:%Y-%m}"


def is_workday(day: date) -> bool:
    """Test that courts work on the day: weekends, public holidays and 调休 as announced."""
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


def _near_festival(day: date, before: int, after: int) -> bool:
    return -before <= (day - SPRING_FESTIVAL[day.year]).days <= after


def filing_weight(day: date) -> int:
    """The weight of a day for filings: few around the Spring Festival, few in late December, many in January."""
    if not is_workday(day) or (day.month == 12 and day.day > 27):
        return 0
    if _near_festival(day, 6, 14):
        return 3
    if day.month == 12:
        old, new = (7, 10) if day.day <= 20 else (3, 5)
        return old if day.year < 2010 else new
    return 11 if day.month == 1 else 10


def closing_weight(day: date) -> int:
    """The weight of a day for closings: few around the Spring Festival, more at month ends, a December surge before 2010."""
    if not is_workday(day):
        return 0
    if _near_festival(day, 4, 12):
        return 3
    weight = 13 if day.day >= 25 else 10
    if day.month == 12 and day.year < 2010:
        weight = 14 if day.day <= 20 else 22
    since = (day - FIRST_DAY).days  # the register starts empty: hardly anything can be closed at first
    return weight // 3 if since < 12 else weight


def plan(seed: int) -> Plan:
    """The plan drawn from a seed: segment and year totals are exact, the days within them are drawn."""
    days = all_days()
    position = {day: n for n, day in enumerate(days)}
    filed, closed = [0] * len(days), [0] * len(days)
    ordinary, extra = (dict.fromkeys(map(month, days), 0) for _ in range(2))

    def lay(counts: list[int], total: int, dice: Dice, stretch: list[date], weights: list[int]) -> None:
        for day, cases in zip(stretch, dice.spread(total, weights), strict=True):
            counts[position[day]] += cases

    filings, closings = Dice(seed, "filings"), Dice(seed, "closings")
    for segment in ROUNDS:
        stretch = all_days(segment.start, segment.end)
        lay(filed, segment.filed, filings, stretch, [filing_weight(d) for d in stretch])
        lay(closed, segment.ordinary, closings, stretch, [closing_weight(d) for d in stretch])
    for day, cases in zip(days, closed, strict=True):
        ordinary[month(day)] += cases
    for stretch in _months(*CAMPAIGN):
        extra[month(stretch[0])] = CAMPAIGN_EXTRA
        lay(closed, CAMPAIGN_EXTRA, closings, stretch, [closing_weight(d) for d in stretch])
    for year, total in FILED.items():
        stretch = all_days(date(year, 1, 1), date(year, 12, 31))
        lay(filed, total, filings, stretch, [filing_weight(d) for d in stretch])
    opening = OPENING_2010
    for stretch in _months(date(2010, 1, 1), LAST_DAY):
        target = STOCK[stretch[0].year][stretch[0].month - 1]
        if stretch[0].month != 12:
            target += closings.between(-STOCK_JITTER, STOCK_JITTER)
        cases = opening + sum(filed[position[d]] for d in stretch) - target
        ordinary[month(stretch[0])], opening = cases, target
        lay(closed, cases, closings, stretch, [closing_weight(d) for d in stretch])
    return Plan(days, filed, closed, ordinary, extra)


def _months(first: date, last: date) -> list[list[date]]:
    """The days from first to last, month by month."""
    starts = [d for d in all_days(first, last + timedelta(days=1)) if d.day == 1]
    return [all_days(start, after - timedelta(days=1)) for start, after in pairwise(starts)]


def manner(day: date) -> str:
    """The court's manner of closing on a day: accumulating, clearing, campaign or steady."""
    return next((segment.manner for segment in ROUNDS if segment.start <= day <= segment.end), "steady")
