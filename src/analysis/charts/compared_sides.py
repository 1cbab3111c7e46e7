"""What a published figure is held against: the register, or what the other published figures allow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.returns.figures import CHANGE, printed_figure
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

# The axis counts in units of the last printed digit, so that 99.5 % and 3,844 万元 share it; farther ends are cut, with an arrow.
REACH = 4.0
MORE_DIGITS = 2  # decimals of a rebuilt figure beyond the printed ones


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
