"""The numbers that a document says, by themselves, and how a number is written: for tests that recompute them without the package."""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import chinese_calendar
import numpy as np
import pandas as pd

from analysis.report.content import Cards, Paragraph, Table

PLACES = {"team": "执行小组", "area": "所属乡镇"}  # that an export may lack
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NUMBER = re.compile(
    r"（(?P<no>\d{4})）青0123执(?P<serial>\d+)号|(?P<day>\d{4}-\d{2}-\d{2})|(?P<month>\d{4}-\d{2})(?!\d)"
    r"|(?P<zh_year>\d{4})年(?P<zh_month>\d{1,2})月(?:(?P<zh_day>\d{1,2})日)?"
    rf"|(?:(?P<en_day>\d{{1,2}}) )?(?P<en_month>{'|'.join(MONTHS)}) (?P<en_year>\d{{4}})"
    r"|(?P<number>(?:(?<!\w)|(?<=[\u4e00-\u9fff（≥]))−?\d+(?:,\d{3})*(?:\.\d+)?)"
)


def tokens(text: str) -> list[str]:
    """The numbers of a text; days, months and case numbers in one writing."""
    found = []
    for match in NUMBER.finditer(text):
        part = match.groupdict()
        if part["no"]:
            found.append(f"{part['no']}#{part['serial']}")
        elif part["zh_year"] or part["en_year"]:
            year, month = part["zh_year"] or part["en_year"], part["zh_month"] or MONTHS.index(part["en_month"]) + 1
            day = part["zh_day"] or part["en_day"]
            found.append(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
        else:
            found.append(match[0])
    return found


def half_up(value: float, digits: int = 2) -> str:
    shown = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{shown:,}".replace("-", "−")


def unsigned(value: float, digits: int = 2) -> str:
    return half_up(abs(value), digits)


def said(section):
    """What a section says: the numbers of its texts, of its headings, and of the rows of its tables by id."""
    texts, headings, rows = [], [], {}
    for block in section.blocks:
        if isinstance(block, (Paragraph, Cards)):
            texts += tokens(block.text)
        elif isinstance(block, Table):
            headings += [t for text in (block.caption, *block.headings()) for t in tokens(text)]
            texts += tokens(block.note)
            rows[block.id] = [[str(cell) for cell in row] for row in block.rows()]
        else:
            chart = block.said()
            texts += [t for text in (block.caption, chart.title, chart.alt, block.note) for t in tokens(str(text))]
    return texts, headings, rows


def numbers(rows):
    return [[t for cell in row for t in tokens(cell)] for row in rows]


def due_on(filed: pd.Series) -> pd.Series:
    """Six months after filing, the day of filing not counted; off a holiday to the next working day."""
    days = filed + pd.DateOffset(months=6)
    return days.map(
        lambda day: next(d for n in range(20) if chinese_calendar.is_workday(d := day + pd.Timedelta(days=n)))
    )


def same(found: list[str], expected: list[str]) -> None:
    assert Counter(found) == Counter(expected), (
        sorted((Counter(found) - Counter(expected)).elements()),
        sorted((Counter(expected) - Counter(found)).elements()),
    )


def apart(before: float, now: float, digits: int = 2) -> str:
    """What who subtracts the figures as they are shown finds."""
    shown = (Decimal(half_up(value, digits).replace(",", "").replace("−", "-")) for value in (now, before))
    return half_up(float(next(shown) - next(shown)), digits)


def as_a_clerk_sees_it(table: pd.DataFrame) -> pd.DataFrame:
    """The export as a clerk sees it, its words as they are; ``row`` is the row of the sheet."""
    table = table.replace({"": None, "/": None, "无": None})
    found = pd.DataFrame({
        "no": table["案号"], "filed": pd.to_datetime(table["立案日期"]), "closed": pd.to_datetime(table["结案日期"]),
        "claim": table["申请执行标的额"].astype(float), "got": table["实际到位金额"].astype(float), "mode": table["结案方式"],
        "officer": table["承办人"], "basis": table["执行依据"], **{name: table[of] for name, of in PLACES.items() if of in table},
    })  # fmt: skip
    return found.assign(row=np.arange(len(found)) + 3, days=(found["closed"] - found["filed"]).dt.days)


class Of:
    """A span of days of an export: what was on hand, filed, closed and pending in it."""

    def __init__(self, raw: pd.DataFrame, first: str | pd.Timestamp, last: str | pd.Timestamp) -> None:
        first, last = pd.Timestamp(first), pd.Timestamp(last)
        self.opening = raw[(raw["filed"] < first) & ~(raw["closed"] < first)]
        self.filed = raw[raw["filed"].between(first, last)]
        self.closed = raw[raw["closed"].between(first, last)]
        self.received = pd.concat([self.opening, self.filed])
        self.pending = raw[(raw["filed"] <= last) & ~(raw["closed"] <= last)]
        self.own = self.filed[self.filed["closed"] <= last]
        self.filled = self.closed[self.closed["got"].notna()]

    def by(self, *modes: str) -> int:
        return int(self.closed["mode"].isin(modes).sum())

    @property
    def recovery(self) -> tuple[float, float, float]:
        """Per cent of what was claimed: blanks nothing, of the others, blanks all."""
        got, claim, blank = self.filled["got"].sum(), self.closed["claim"].sum(), self.closed["got"].isna()
        return (
            100 * got / claim, 100 * got / self.filled["claim"].sum(),
            100 * (got + self.closed.loc[blank, "claim"].sum()) / claim,
        )  # fmt: skip


def whole_from(raw: pd.DataFrame, last_day: pd.Timestamp) -> pd.Period:
    """The month from which hardly a case of before the first filing can be open: its share at that age, month by month of age."""
    month = {name: raw[name].dt.year * 12 + raw[name].dt.month for name in ("filed", "closed")}
    last, left, age = last_day.year * 12 + last_day.month, 1.0, 0
    while True:
        at_risk = (month["closed"].fillna(last + 1) - month["filed"] >= age) & (month["filed"] + age <= last)
        left *= 1 - ((month["closed"] - month["filed"] == age) & at_risk).sum() / at_risk.sum()
        age += 1
        if left <= 0.02:
            return raw["filed"].min().to_period("M") + age


def count(part) -> str:
    return f"{len(part):,}"


def percent(now: float, before: float) -> str:
    return unsigned(100 * (now - before) / before)


def points(now: float, before: float) -> str:
    return str(abs(Decimal(half_up(now)) - Decimal(half_up(before))))
