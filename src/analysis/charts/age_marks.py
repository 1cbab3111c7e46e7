"""The marks of ages of the pending: the line at six months, and the words in place of bars of few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.charts.age_words import is_within
from analysis.charts.drawing.marks import Axis, Mark, Panel, Rule, Words
from analysis.measures.durations.ages import LIMIT_MONTHS
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pandas as pd

LIMIT = Text(f"{LIMIT_MONTHS}个月：多数案件的法定期限", f"{LIMIT_MONTHS} months: the statutory limit of most cases")


def limit_of(bands: pd.Series) -> list[Mark]:
    """The line between the bands within six months and those beyond, where there are bands on both sides."""
    within = int(is_within(bands).sum())
    return [Rule(role="limit", label=str(LIMIT), at=within - 0.5)] if 0 < within < len(bands) else []


def in_words(said: Sequence[Text]) -> Panel:
    """A panel of words alone, a line each."""
    y = [1 - (place + 0.5) / len(said) for place in range(len(said))]
    words = Words(role="text", frame="xy", x=[0.0] * len(said), y=y, texts=[str(text) for text in said])
    return Panel(marks=[words], x=Axis(low=0, high=1, bare=True), y=Axis(low=0, high=1, bare=True))
