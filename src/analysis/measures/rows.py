"""Case rows: the filtered rows of a register as a frame, for lists and for models that need single cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.answers import arrow_answer
from analysis.cases.closings import is_undecided
from analysis.vocabulary.columns import columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from analysis.cases.table import Cases


def case_rows(cases: Cases, names: Sequence[str], *, at: Any = None, keep: Any = None) -> pd.DataFrame:
    """The columns named of the cases known at a day, in the order of filing; ``keep`` is a condition on the Ibis table.

    Dates come as datetimes, yes/no columns as nullable booleans, amounts in yuan.

    >>> from analysis import Cases
    >>> one = Cases.from_frames(pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"]}), as_of="2011")
    >>> case_rows(one, ["case_no", "filed_on"])["filed_on"].dt.year.tolist()
    [2011]
    """
    table = cases.known(at)
    kept = table if keep is None else table.filter(keep(table))
    rows = arrow_answer(cases, kept.select(*dict.fromkeys([*names, "filed_on", "case_no"])))
    frame = rows.to_pandas(date_as_object=False)
    for name in frame:
        kind = columns("cases")[str(name)].kind
        if kind == "date":
            frame[name] = frame[name].astype("datetime64[s]")
        elif kind == "boolean":
            frame[name] = frame[name].astype("boolean")
    return frame.sort_values(["filed_on", "case_no"], ignore_index=True)[list(names)]


def surely_open(cases: Cases) -> Callable[[ir.Table], Any]:
    """The condition of a case that is not closed and has no closing date that cannot be read, for ``keep=``."""
    return lambda table: table.closed_on.isnull() & ~is_undecided(cases, table)
