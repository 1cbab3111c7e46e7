"""Links between the rows of a register: case numbers in the writing that the case table uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.register.case_numbers import case_number_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir

    from analysis.cases.storage import Storage

SIDE_TABLES = ("petitions", "coercive_measures", "aid")
# What speaks of a case by its number: a column of each table.
LINKS = {"cases": "original_case_no"} | dict.fromkeys(SIDE_TABLES, "case_no")


def use_one_writing(storage: Storage) -> None:
    """Give each link the case table's own writing of a number, so that （2011）… in one meets (2011)… in the other.

    A number that no case has, in any writing, stays as it is (and is a finding).
    """
    import ibis

    if not storage.filled & set(LINKS.items()):
        return
    tables = storage.tables()
    cases = tables["cases"].select("case_no").distinct()
    spoken_of = ibis.union(
        *(
            table.filter(table[LINKS[name]].notnull()).select(table=ibis.literal(name), case_no=table[LINKS[name]])
            for name, table in tables.items()
        ),
        distinct=True,
    )
    strange = spoken_of.anti_join(cases, "case_no").to_pandas()
    writing = table_writing(cases, strange["case_no"].unique())
    known = strange[strange["case_no"].isin(writing)]
    for name, numbers in known.groupby("table")["case_no"]:
        storage.rewrite(str(name), LINKS[str(name)], {number: writing[number] for number in numbers})


def table_writing(cases: ir.Table, numbers: Iterable[str]) -> dict[str, str]:
    """Find how a table of case numbers (``case_no``) writes each of some numbers; those that it has in no writing are left out."""
    listed = sorted(numbers)
    parts = case_number_parts(pd.Series(listed, dtype=object))
    years = sorted({int(year) for year in parts["year"].dropna()})
    if not years:
        return {}
    known = _of_years(cases, years)
    writing = dict(zip(case_number_parts(known)["key"], known, strict=True))
    return {n: writing[k] for n, k in zip(listed, parts["key"], strict=True) if isinstance(k, str) and k in writing}


def _of_years(cases: ir.Table, years: Iterable[int]) -> pd.Series:
    """The case numbers that may be of these years: those that begin with one of them, or with no year in plain figures."""
    begins = cases.case_no.re_search(rf"^\D{{0,3}}(?:{'|'.join(map(str, years))})")
    others = ~cases.case_no.re_search(r"^\D{0,3}(?:19|20)[0-9][0-9]")
    found: pd.Series = cases.filter(begins | others).case_no.to_pandas().dropna()
    return found
