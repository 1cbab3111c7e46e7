"""Names of indicators on a chart, in both languages."""

from __future__ import annotations

from analysis.vocabulary.indicator_sets.sets import definition_set, shipped_sets
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text


def indicator_text(indicator: str, definition: str = "") -> Text:
    """An indicator's name in the definition set it was computed by; a term, where the set is not one that ships.

    >>> indicator_text("closure_rate", "fujin-2012/closure_rate").zh
    '结案率'
    """
    name, _, key = str(definition).partition("/")
    if name in shipped_sets():
        for known in definition_set(name).definitions:
            if known.id == key:
                return known.text
    return term(indicator)
