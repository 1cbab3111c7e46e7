"""Published figures and what the others allow, row by row, and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.returns.figures import CHANGE, printed_figure
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.terms import measure_text, term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.reconciliation.reconcile import Reconciliation

# The axis counts in units of the last printed digit, so that 99.5 % and 3,844 万元 share it; farther ends are cut, with an arrow.
REACH = 4.0


@dataclass(frozen=True)
class ComparedFigure:
    """One printed figure: its name, what the others allow (in units of its last digit), and its verdict."""

    name: Text
    lower: float
    upper: float
    bounded: bool
    verdict: str
    words: Text
    allowed: str  # what the others allow, in numbers

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of what the others allow, cut at the axis."""
        return float(np.clip(self.lower, -REACH, REACH)), float(np.clip(self.upper, -REACH, REACH))

    @property
    def cut(self) -> list[tuple[float, str]]:
        """The ends that run on beyond the axis, and which way."""
        low, high = self.ends
        beyond = [(low, "<")] if self.lower < low else [(low, ">")] if self.lower > low else []
        return beyond + ([(high, ">")] if self.upper > high else [(high, "<")] if self.upper < high else [])

    @property
    def off(self) -> int:
        """The side on which all that the others allow lies beyond the axis: below (-1), above (1), neither (0)."""
        return -1 if self.upper < -REACH else 1 if self.lower > REACH else 0


def compared(record: dict[Any, Any], stands_for: list[float] | None, apart: list[str]) -> ComparedFigure:
    """Place one published figure: what the others allow, in units of its last digit."""
    if stands_for is None:  # a table that was taken apart: the digits say it, but for units like 万件
        printed = printed_figure(str(record["printed"]), str(record["measure"]))
        stands_for = [float(printed.value), float(printed.digit)]
    value, digit = stands_for
    name = measure_text(str(record["measure"]))
    low, high = float(record["lower"]), float(record["upper"])
    nothing = np.isinf(high) and low <= (-100.0 if str(record["measure"]).endswith(CHANGE) else 0.0)
    label = Text(f"{name.zh} {record['printed']}", f"{name.en} {record['printed']}") + _period(record)
    for column in reversed(apart):
        if isinstance(record[column], str):
            label = Text(f"{record[column]} ", f"{record[column]} ") + label
    verdict = str(record["verdict"])
    ends = (low - value) / digit, (high - value) / digit
    allowed = _range(str(record["printed"]), low, high, value)
    return ComparedFigure(label, *ends, not nothing, verdict, term(f"verdict_{verdict}"), allowed)


def _range(printed: str, low: float, high: float, value: float) -> str:
    """Write the range that the others allow, with the digits and in the unit of the printed figure."""
    digits = re.match(r"[+-]?[\d.]+", printed)
    number = digits[0] if digits else "0"
    decimals = len(number.partition(".")[2])
    per_unit = float(number) / value if value else 1.0

    def shown(end: float) -> str:
        return "∞" if np.isinf(end) else f"{end * per_unit:.{decimals}f}"

    return shown(low) if shown(low) == shown(high) else f"{shown(low)}–{shown(high)}"


def _period(record: dict[Any, Any]) -> Text:
    first, last = record["period_start"], record["period_end"]
    if pd.isna(first) or pd.isna(last):
        return Text("", "")
    span = span_text(first, last)
    return Text(f"（{span.zh}）", f" ({span.en})")


def title_text(rec: Reconciliation) -> Text:
    """The title: whose figures, and whether they can all hold."""
    courts = rec.figures["court"].unique()
    court = court_text(str(courts[0])) + Text("：", ": ") if len(courts) == 1 else Text("", "")
    figures, wrong = len(rec.figures), int(rec.figures["verdict"].isin(DISPUTED).sum())
    if wrong:
        return court + Text(
            f"公布的 {figures} 个数字中 {wrong} 个不能同时成立",
            f"{wrong} of {figures} published figures cannot all hold",
        )
    return court + Text(f"公布的 {figures} 个数字相互不矛盾", f"{figures} published figures, none in conflict")


def alt_text(rows: list[ComparedFigure]) -> Text:
    """The alt text: how many figures of each verdict, and those that cannot hold."""
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.verdict] = kinds.get(row.verdict, 0) + 1
    zh = "，".join(f"{term(f'verdict_{kind}').zh} {count} 个" for kind, count in kinds.items())
    en = ", ".join(f"{count} {term(f'verdict_{kind}').en}" for kind, count in kinds.items())
    bad = [row for row in rows if row.verdict in DISPUTED]
    which = Text("；不能同时成立的是：", "; those that cannot all hold: ") if bad else Text("", "")
    named = Text("、".join(row.name.zh for row in bad), ", ".join(row.name.en for row in bad))
    return (
        Text(f"区间图，{len(rows)} 个公布的数字：{zh}", f"Interval chart of {len(rows)} published figures: {en}")
        + which
        + named
        + Text("。", ".")
    )


def note_text(rec: Reconciliation, rest: int) -> Text:
    """The note: figures, conflicts, and what thin lines and missing ones mean."""
    conflicts = rec.conflicts["conflict"].nunique() if len(rec.conflicts) else 0
    more = Text(f"；另有 {rest} 个未画", f"; {rest} more are not drawn") if rest > 0 else Text("", "")
    counted = Text(
        f"公布的数字 {len(rec.figures)} 个，矛盾 {conflicts} 组",
        f"{len(rec.figures)} published figures, {conflicts} {'conflict' if conflicts == 1 else 'conflicts'}",
    )
    return (
        counted
        + more
        + Text(
            "。细线：有界限而无从核对；无线：没有其他数字可以约束它。",
            ". Thin: bounded, but not to be checked. No bar: nothing bounds the figure.",
        )
    )
