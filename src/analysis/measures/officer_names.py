"""Officers in results: stable pseudonyms, and names only where the caller asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.cases.privacy import pseudonyms

if TYPE_CHECKING:
    import pandas as pd

    from analysis.cases.table import Cases

# How an open place is shown: a case without an officer is one that nobody answers for.
NOBODY = "—"


def shown_officers(cases: Cases, people: pd.Series, *, names: bool, key: bytes | None = None) -> pd.Series:
    """The people of a column as they may be shown: pseudonyms (``privacy.pseudonyms``), names with ``names=True``.

    A missing person stays visible as ``—``.
    """
    shown = people if names else people.map(pseudonyms(cases, key=key))
    return shown.astype("str").fillna(NOBODY)
