"""Breakdowns: the columns of a case by which figures are told apart, and the people among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cases.columns import columns
from analysis.cases.table import must_be_columns
from analysis.measures.officers.pseudonyms import shown_officers
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.cases.table import Cases

PEOPLE = ("officer", "lead")  # columns of names, which stay inside unless asked for
KINDS = ("text", "code", "boolean")
OF_ONE_CASE = ("case_no", "original_case_no")


def must_be_breakdown(by: Any) -> tuple[str, ...]:
    """The columns as a tuple; raises ``ArgumentError`` for one that does not sort cases into groups (a date, an amount).

    >>> must_be_breakdown(["team", "basis"])
    ('team', 'basis')
    """
    chosen = must_be_columns("by", by)
    sorting = [name for name, c in columns("cases").items() if c.kind in KINDS and name not in OF_ONE_CASE]
    for name in chosen:
        if name not in sorting:
            raise ArgumentError.not_one_of("by", name, sorting)
    return tuple(dict.fromkeys(chosen))


def with_people_shown(
    cases: Cases, table: pd.DataFrame, by: Sequence[str], *, names: bool, prefix: str = ""
) -> pd.DataFrame:
    """The table with the people among its columns ``by`` as they may be shown: pseudonyms, or names where asked for."""
    people = [f"{prefix}{name}" for name in by if name in PEOPLE]
    return table.assign(**{name: shown_officers(cases, table[name], names=names) for name in people})
