"""A bridge in words: its title, from the numbers drawn."""

from __future__ import annotations

import pandas as pd

from analysis.charts.drawing.typesetting import in_a_line, wrapped
from analysis.observations.definition_bridge import measured, signed
from analysis.vocabulary.text import Text, capital

DEFINITION, WORK = Text("口径", "definition"), Text("办案", "work")

BROADEST = 12.0  # of a name beside a bar, in letters: a set of definitions has a long one


def names_of(steps: pd.DataFrame) -> list[str]:
    """The names of the bars, long ones in several lines."""
    return ["\n".join(wrapped(str(name), BROADEST)) for name in steps["name"]]


def title_of(name: Text, steps: pd.DataFrame, rows: pd.DataFrame) -> Text:
    """From the first figure to the last, and how much of it is definition and how much is work."""
    unit = rows["unit"].iloc[0]
    first, last = (measured(steps["shown"].iloc[end], unit) for end in (0, -1))
    definition, work = (signed(steps.loc[steps["name"] == part, "shown"].sum(), unit) for part in (DEFINITION, WORK))
    parts = Text(f"：口径{definition.zh}，办案{work.zh}", f": definition {definition.en}, work {work.en}")
    brief = Text(name.zh, capital(name.en))
    return in_a_line(brief + Text(f"由{first.zh}到{last.zh}", f" from {first.en} to {last.en}") + parts, brief + parts)
