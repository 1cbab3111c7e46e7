"""Published figures, what the register gives for them and what the others allow, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.labels import indicator_text
from analysis.returns.figures import CHANGE, kind_of, printed_figure
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.reconciliation.reconcile import Reconciliation

# The axis counts in units of the last printed digit, so that 99.5 % and 3,844 万元 share it; farther ends are cut, with an arrow.
REACH = 4.0
MORE_DIGITS = 2  # decimals of a rebuilt figure beyond the printed ones
KEY = ("court", "scope", "period_start", "period_end", "measure")
KINDS = {
    "count": Text("件数（件）", "counts (cases)"),
    "rate": Text("比率（%）", "rates (%)"),
    "amount": Text("金额（万元）", "amounts (10,000 yuan)"),
    "other": Text("其他", "other"),
}


def conflicts_of(reconciliation: Reconciliation, courts: Iterable[object]) -> int:
    """Count the sets of figures of some courts that cannot all be true."""
    conflicts = reconciliation.conflicts
    return int(conflicts.loc[conflicts["court"].isin(list(courts)), "conflict"].nunique())


@dataclass(frozen=True)
class Side:
    """What one published figure is held against: from where to where it lies in units of the last digit, and the verdict.

    ``shown`` are the numbers; without any, nothing stands on that side.
    """

    lower: float
    upper: float
    shown: str
    verdict: str

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to judge the published figure by."""
        return not np.isnan(self.lower)

    @property
    def is_disputed(self) -> bool:
        """Whether the published figure cannot hold."""
        return self.verdict in DISPUTED

    @property
    def agrees(self) -> bool:
        """Whether the published figure follows."""
        return self.verdict in ("agrees", "truncated", "definition")

    @property
    def words(self) -> Text:
        """The verdict."""
        return term(f"verdict_{self.verdict}")

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends, cut at the axis."""
        return float(np.clip(self.lower, -REACH, REACH)), float(np.clip(self.upper, -REACH, REACH))

    @property
    def cut(self) -> list[tuple[float, str]]:
        """The ends that run on beyond the axis, and which way."""
        low, high = self.ends
        beyond = [(low, "<")] if self.lower < low else [(low, ">")] if self.lower > low else []
        return beyond + ([(high, ">")] if self.upper > high else [(high, "<")] if self.upper < high else [])


@dataclass(frozen=True)
class ComparedFigure:
    """One published figure: its name, its text, and what the register and the other published figures say of it."""

    name: Text
    period: Text
    kind: str
    printed: str
    register: Side | None = None
    others: Side | None = None

    @property
    def sides(self) -> list[Side]:
        """What the figure is held against."""
        return [side for side in (self.register, self.others) if side]

    @property
    def words(self) -> Text:
        """The row in words."""
        zh, en = ([self.printed] for _ in range(2))
        for side in self.sides:
            zh += [side.shown or "—", side.words.zh]
            en += [side.shown or "—", side.words.en]
        return Text(
            f"{self.name.zh}{self.period.zh}：{' ｜ '.join(zh)}", f"{self.name.en} {self.period.en}: {' | '.join(en)}"
        )


def key_of(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """What tells one published figure from another."""
    return tuple(None if pd.isna(row.get(name)) else row[name] for name in KEY)


def worth_of(table: pd.DataFrame) -> list[Sequence[float] | None]:
    """Return the value and the worth of the last digit of each row, where the table still knows them."""
    known = table.attrs.get("stands_for", [])
    return list(known) if len(known) == len(table) else [None] * len(table)


def compared(
    rows: Sequence[Mapping[Any, Any]],
    stands_for: Sequence[Sequence[float] | None],
    others: Mapping[tuple[Any, ...], Side] | None = None,
) -> list[ComparedFigure]:
    """Hold published figures against the register (``rebuilt``) or against each other (``recomputed``); ``others`` adds the latter."""
    apart = [name for name in ("court", "scope") if len({str(row.get(name)) for row in rows}) > 1]
    figures = []
    for row, worth in zip(rows, stands_for, strict=True):
        own = side_of(row, worth)
        is_rebuilt = "rebuilt" in row
        measure = str(row["measure"])
        name = indicator_text(measure, row.get("definition") or "")
        for column in reversed(apart):
            if isinstance(row.get(column), str):
                prefix = court_text(row[column]) if column == "court" else Text(row[column], row[column])
                name = prefix + Text(" ", " ") + name
        is_dated = not pd.isna(row["period_start"]) and not pd.isna(row["period_end"])
        period = span_text(row["period_start"], row["period_end"]) if is_dated else term("not_stated")
        kind = kind_of(measure)
        register = own if is_rebuilt else None
        among = own if not is_rebuilt else None if others is None else others.get(key_of(row), UNCHECKED)
        figures.append(
            ComparedFigure(name, period, kind if kind in KINDS else "other", str(row["printed"]), register, among)
        )
    return figures


UNCHECKED = Side(np.nan, np.nan, "", "unchecked")


def side_of(row: Mapping[Any, Any], stands_for: Sequence[float] | None) -> Side:
    """Place what the register gives, or what the other figures allow, in units of the published figure's last digit."""
    printed, measure, verdict = str(row["printed"]), str(row["measure"]), str(row["verdict"])
    try:
        known = printed_figure(printed, measure)
        value, digit, decimals = float(known.value), float(known.digit), known.decimals
    except ArgumentError:
        value, digit, decimals = np.nan, np.nan, 0
    if stands_for is not None:  # units like 万件 are in no table that was taken apart
        value, digit = stands_for
    if "rebuilt" in row:
        found = float(row["rebuilt"])
        if pd.isna(found):
            return Side(np.nan, np.nan, "", verdict)
        shown = number(found, min(decimals + MORE_DIGITS, 4) if found % 1 else 0)
        return Side((found - value) / digit, (found - value) / digit, shown, verdict)
    low, high = float(row["lower"]), float(row["upper"])
    is_unbounded = np.isinf(high) and low <= (-100.0 if measure.endswith(CHANGE) else 0.0)
    if is_unbounded or verdict == "unchecked":  # what cannot be checked has ends that say nothing: a rate from 0 to 100
        return Side(np.nan, np.nan, "", verdict)
    return Side((low - value) / digit, (high - value) / digit, _range(printed, low, high, value), verdict)


def _range(printed: str, low: float, high: float, value: float) -> str:
    """Write the range that the others allow, with the digits and in the unit of the printed figure."""
    digits = re.match(r"[+-]?[\d.]+", printed)
    first = digits[0] if digits else "0"
    decimals = len(first.partition(".")[2])
    per_unit = float(first) / value if value else 1.0

    def shown(end: float) -> str:
        return "∞" if np.isinf(end) else f"{end * per_unit:.{decimals}f}"

    return shown(low) if shown(low) == shown(high) else f"{shown(low)}–{shown(high)}"


def verdicts_of(sides: Sequence[Side]) -> Text:
    """Count verdicts, in the order in which they occur."""
    counted: dict[str, int] = {}
    for side in sides:
        counted[side.verdict] = counted.get(side.verdict, 0) + 1
    named = [(term(f"verdict_{code}"), count) for code, count in counted.items()]
    return Text(
        "、".join(f"{text.zh}{count}个" for text, count in named),
        ", ".join(f"{count} {text.en}" for text, count in named),
    )
