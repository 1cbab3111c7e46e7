"""The cases of a register with their time limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from analysis.cases.table import known_on
from analysis.measures.limits.limits import LIMIT_COLUMNS, SPAN, LimitOptions, limit_columns_stated, with_limits
from analysis.measures.limits.workdays import own_holidays
from analysis.measures.rows import case_rows
from analysis.measures.side_files import hand_kept, in_register_writing

if TYPE_CHECKING:
    from analysis.cases.table import Cases


def limited_rows(
    cases: Cases, names: Sequence[str], *, at: Any = None, keep: Any = None, **counting: Unpack[LimitOptions]
) -> pd.DataFrame:
    """Case rows (``rows.case_rows``) with ``LIMIT_COLUMNS`` and each case's time limit (``limits.with_limits``, whose ``counting`` it takes).

    Case numbers of ``excluded`` meet the register's in any writing; ``InputError`` for one that no case has.
    """
    rows = case_rows(cases, list(dict.fromkeys([*LIMIT_COLUMNS, *names])), at=at, keep=keep)
    return limited_anew(cases, rows, at=at, **counting)


def limited_anew(cases: Cases, rows: pd.DataFrame, *, at: Any = None, **counting: Unpack[LimitOptions]) -> pd.DataFrame:
    """Give case rows that hold ``LIMIT_COLUMNS`` their time limits, as ``limited_rows`` does, without asking the register for them again."""
    excluded = counting.get("excluded")
    if excluded is not None:
        spans = hand_kept(excluded, "excluded", SPAN)
        counting["excluded"] = in_register_writing(cases, spans, "excluded")
    counting["holidays"] = own_holidays(cases, counting.get("holidays"))
    return with_limits(rows, at=known_on(cases, at), stated=limit_columns_stated(cases), **counting)
