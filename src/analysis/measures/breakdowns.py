"""Breakdowns: the columns of a case by which figures are told apart."""

from __future__ import annotations

from typing import Any

from analysis.cases.table import must_be_columns
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import ArgumentError

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
