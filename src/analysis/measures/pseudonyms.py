"""Officers in results: stable pseudonyms, and names only where the caller asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from analysis.cases.privacy import pseudonyms

if TYPE_CHECKING:
    import pandas as pd

    from analysis.cases.table import Cases

# How an open place is shown: a case without an officer is one that nobody answers for.
NOBODY = "—"
# The register's columns of names.
PEOPLE = ("officer", "lead")
# The pseudonyms of a register, asked for once while it lives: a register does not change.
_asked: WeakKeyDictionary[Cases, dict[str, str]] = WeakKeyDictionary()


def shown_officers(cases: Cases, people: pd.Series, *, names: bool) -> pd.Series:
    """The people of a column as they may be shown: pseudonyms (``privacy.pseudonyms``), names with ``names=True``.

    A missing person stays visible as ``—``.
    """
    if not names and cases not in _asked:
        _asked[cases] = pseudonyms(cases)
    shown = people if names else people.map(_asked[cases])
    return shown.astype("str").fillna(NOBODY)


def with_people_shown(cases: Cases, table: pd.DataFrame, *, names: bool, prefix: str = "") -> pd.DataFrame:
    """Show the people of a table's columns of names (behind ``prefix``) as pseudonyms, or by name where asked for."""
    columns = [f"{prefix}{name}" for name in PEOPLE if f"{prefix}{name}" in table]
    people = {name: shown_officers(cases, table[name], names=names) for name in columns}
    return table.assign(**people) if people else table
