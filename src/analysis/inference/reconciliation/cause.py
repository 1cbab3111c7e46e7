"""One explanation of contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.inference.reconciliation.relations import Ends, Key, Relation


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
