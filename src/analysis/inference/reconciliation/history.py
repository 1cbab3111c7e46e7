"""The printed history of a court: where its stocks and flows must have been, from printed figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.returns.verdicts import DISPUTED

COLUMNS = [
    "court", "scope", "period_start", "period_end", "measure", "printed", "lower", "upper", "lower_rounded", "upper_rounded",
]  # fmt: skip
FLOWS = ("filed", "closed", "amount_recovered")
ONE_DAY = pd.Timedelta(days=1)
Place = tuple[str, str, pd.Timestamp, pd.Timestamp, str]


@dataclass
class _Bounds:
    """Bounds that all prints of one number leave of it, under either rule and rounded."""

    printed: list[str] = field(default_factory=list)
    either: list[float] = field(default_factory=lambda: [0.0, float("inf")])
    rounded: list[float] = field(default_factory=lambda: [0.0, float("inf")])

    def within(self, rule: str, lower: float, upper: float) -> None:
        """Narrow the bounds of a rule; what holds under either holds where all is rounded."""
        for ends in (self.either, self.rounded) if rule == "either" else (self.rounded,):
            ends[0], ends[1] = max(ends[0], lower), min(ends[1], upper)


def history_of(figures: Sequence[Mapping[str, Any]], implied: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Stocks by day (``measure`` stock, at ``period_end``) and flows by period with the bounds that printed figures leave.

    ``printed`` holds what is printed of it (several prints of one stock are joined); a figure in a conflict narrows
    nothing. ``lower_rounded`` and ``upper_rounded`` are the bounds where every source rounds. Cases, and 万元.
    """
    found: dict[Place, _Bounds] = {}
    for row in figures:
        if (place := _place(row)) is not None:
            bounds = found.setdefault(place, _Bounds())
            bounds.printed += [text for text in (str(row["printed"]),) if text not in bounds.printed]
            if row["verdict"] not in DISPUTED:
                value, digit = row["stands_for"]
                exact = digit <= 1 and not str(row["measure"]).startswith("amount")
                bounds.within("either", value - (0 if exact else digit / 2), value + (0 if exact else digit))
                bounds.within("rounded", value - (0 if exact else digit / 2), value + (0 if exact else digit / 2))
                bounds.within("either", row["lower"], row["upper"])
    for row in implied:
        if row["rule"] in ("either", "rounded") and (place := _place(row)) is not None:
            found.setdefault(place, _Bounds()).within(row["rule"], row["lower"], row["upper"])
    rows = [
        (*place, "、".join(bounds.printed) or None, *bounds.either, *bounds.rounded)
        for place, bounds in found.items()
        if bounds.printed or bounds.either[1] < float("inf") or bounds.either[0] > 0
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("period_start", "period_end"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    order = ["court", "scope", "measure", "period_end", "period_start"]
    return table.sort_values(order, kind="stable", ignore_index=True, na_position="first")


def _place(row: Mapping[str, Any]) -> Place | None:
    """Return where a number stands: a stock on a day, a flow in a period; nothing for other measures and unprinted days."""
    start, end, measure = row["period_start"], row["period_end"], row["measure"]
    if pd.isna(start) or pd.isna(end):
        return None
    if measure in ("opening", "closing"):
        day = end if measure == "closing" else start - ONE_DAY
        return (row["court"], row["scope"] or "", pd.NaT, day, "stock")  # type: ignore[return-value]
    return (row["court"], row["scope"] or "", start, end, measure) if measure in FLOWS else None
