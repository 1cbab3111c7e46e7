"""Breakdowns: the columns of a case by which figures are told apart."""

from __future__ import annotations

from typing import Any

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.table import must_be_columns
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import ArgumentError

KINDS = ("text", "code", "boolean")
OF_ONE_CASE = ("case_no", "original_case_no")


def must_be_breakdown(by: Any) -> tuple[str, ...]:
    """The columns as a tuple, ``amount_band`` (the band of the amount claimed) among them.

    Raises ``ArgumentError`` for a column that does not sort cases into groups (a date, an amount).

    >>> must_be_breakdown(["team", "basis"])
    ('team', 'basis')
    """
    chosen = (by,) if isinstance(by, str) else tuple(by or ())
    must_be_columns("by", [name for name in chosen if name != AMOUNT_BAND])
    sorting = [name for name, c in columns("cases").items() if c.kind in KINDS and name not in OF_ONE_CASE]
    sorting.append(AMOUNT_BAND)
    for name in chosen:
        if name not in sorting:
            raise ArgumentError.not_one_of("by", name, sorting)
    return tuple(dict.fromkeys(chosen))
