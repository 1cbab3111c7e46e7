"""One explanation of contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.inference.reconciliation.relations import Ends, Key, Relation

NAMING = 6.0  # bits that name a cause and a measure
# Bits that a cause costs in each of its lines, besides saying which lines: what it leaves open of the true number.
PER_LINE = {
    "digit": 6.0,
    "dropped": 7.0,
    "doubled": 5.5,
    "footnote": 5.0,
    "unit": 1.0,
    "fraction": 0.5,
    "truncation": 1.0,
    "rate_definition": 1.0,
    "swapped": 1.0,
}
PARTNER = 3.0  # bits that name the count with which another changed its place


@dataclass(frozen=True, eq=False)
class Cause:
    """One explanation: its kind, what it changes, the relations that it mends, and what that is worth."""

    kind: str
    measure: str
    lines: frozenset[int]
    repaired: frozenset[Relation]
    bits: float
    figures: Mapping[Key, Ends | None]  # the true value of each figure that it changes; None: any
    detail: str = ""  # the factor, the definition, the years, the line copied
    of: int = 0
    waived: frozenset[Relation] = frozenset()
    repair: str = ""

    @property
    def name(self) -> tuple[str, str, str, frozenset[int]]:
        """Return what it says, and where."""
        return self.kind, self.measure, self.detail, self.lines
