"""Names of indicators on a chart, in both languages."""

from __future__ import annotations

import pandas as pd

from analysis.vocabulary.indicator_sets.sets import stated
from analysis.vocabulary.numbers import unit_text
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text


def indicator_text(indicator: str, definition: str = "", table: pd.DataFrame | None = None) -> Text:
    """An indicator's name in the definition set it was computed by, of a court's own that its ``table`` carries too; a term, where none says it.

    >>> indicator_text("closure_rate", "fujin-2012/closure_rate").zh
    '结案率'
    """
    said = stated(str(definition), pd.DataFrame() if table is None else table)
    return Text(said.zh, said.en) if said else measure_text(indicator)


def behind(unit: str | None) -> str:
    """Return a unit as it is written behind its number; nothing of a rate by the hundred or the like, whose name says it.

    >>> behind("share"), behind("天"), behind("per_hundred"), behind(None)
    ('%', '天', '', '')
    """
    if unit is None or unit.startswith("per_"):
        return ""
    said = unit_text(unit)
    return str(Text(said.zh, said.en if said.en == "%" else f" {said.en}" if said.en else ""))
