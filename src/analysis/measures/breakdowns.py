"""Breakdowns: the columns of a case by which figures are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.table import must_be_columns
from analysis.measures.open_sums import COURTS, is_part
from analysis.vocabulary.columns import as_columns, columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.labels import PEOPLE, heading

if TYPE_CHECKING:
    from collections.abc import Collection

    from analysis.cases.table import Cases

KINDS = ("text", "code", "boolean")
OF_ONE_CASE = ("case_no", "original_case_no")
OF_THE_WHOLE = (*PEOPLE, "team")


def must_be_breakdown(
    by: Any, *, bands: bool = False, names: bool = True, cases: Cases | None = None
) -> tuple[str, ...]:
    """The columns as a tuple; with ``bands`` also ``amount_band``, the band of the amount claimed.

    Raises ``ArgumentError`` for a column that does not sort cases into groups (a number, a date, an amount), and outside
    (``names=False``) for a person beside anything but the court, or a person or team in a part of ``cases``: rows alone would tell whose
    cases are of which kind; and for a band of amounts beside anything but the court, which would tell of one case.

    >>> must_be_breakdown(["team", "执行依据"])
    ('team', 'basis')
    """
    chosen = as_columns(by)
    must_be_columns("by", [name for name in chosen if not (bands and name == AMOUNT_BAND)])
    sorting = [name for name, c in columns("cases").items() if c.kind in KINDS and name not in OF_ONE_CASE]
    sorting += [AMOUNT_BAND] if bands else []
    for name in chosen:
        if name not in sorting:
            raise ArgumentError.not_one_of("by", name, sorting)
    if cases is not None:
        must_be_of_the_whole(cases, chosen, names=names)
    person = next((name for name in chosen if name in PEOPLE), None)
    if not names and person is not None and set(chosen) - {person, *COURTS}:
        called = heading(person)
        raise ArgumentError(
            f"按“{called.zh}”再细分的表只供院内：请加 names=True；对外只按“{called.zh}”分。",
            f"a table by {person} and more is for use inside the court: say names=True; outside, by {person} alone.",
        )
    if not names and AMOUNT_BAND in chosen and set(chosen) - {AMOUNT_BAND, *COURTS}:
        raise ArgumentError(
            "按标的额段再细分的表只供院内：请加 names=True；对外只按标的额段分。",
            "a table by band of the amount and more is for use inside the court: say names=True; outside, by the band alone.",
        )
    return tuple(dict.fromkeys(chosen))


def must_be_of_the_whole(cases: Cases, keys: Collection[str], *, names: bool) -> None:
    """Raise ``ArgumentError`` for people or teams of a part of a register outside: of the cases of one day the rows alone say whose they are."""
    finer = next((name for name in keys if name in OF_THE_WHOLE), None)
    if not names and finer is not None and is_part(cases):
        called = heading(finer)
        raise ArgumentError(
            f"从台账选出的部分（where）按“{called.zh}”分的数字只供院内：请加 names=True；对外只按全台账的“{called.zh}”分。",
            f"figures by {finer} of a part of a register (where) are for use inside the court: say names=True; outside, of the whole register.",
        )
