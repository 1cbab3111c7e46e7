"""Links between the tables of a register: a side table's case numbers in the writing that the case table uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.case_numbers import case_number_parts
from analysis.cases.columns import to_arrow

if TYPE_CHECKING:
    from analysis.cases.storage import Storage

SIDE_TABLES = ("petitions", "coercive_measures", "aid")


def use_one_writing(storage: Storage) -> None:
    """Give each side table the case table's own writing of a number, so that （2011）… in one meets (2011)… in the other.

    A number that no case has, in any writing, stays as it is (and is a finding).
    """
    tables = storage.tables()
    cases = tables["cases"].select("case_no").distinct()
    strange = {
        name: tables[name]
        .filter(tables[name].case_no.notnull())
        .anti_join(cases, "case_no")
        .case_no.to_pandas()
        .unique()
        for name in SIDE_TABLES
    }
    if not any(len(numbers) for numbers in strange.values()):
        return
    known = cases.case_no.to_pandas().dropna()
    writing = dict(zip(case_number_parts(known)["key"], known, strict=True))
    for name, numbers in strange.items():
        keys = case_number_parts(pd.Series(numbers, dtype=object))["key"]
        change = {n: writing[k] for n, k in zip(numbers, keys, strict=True) if isinstance(k, str) and k in writing}
        if change:
            rows = tables[name].to_pandas()
            rows["case_no"] = rows["case_no"].replace(change)
            storage.replace(name, to_arrow(rows, name))
