"""Answers of the engine about a register of few cases, asked once: a second report, or the same in the other language, counts no case again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from analysis.cases.table import Cases

FEW_CASES = 10_000  # beyond it answers may be as long as the register
KEPT = 256  # answers of a register, the last ones


def answer(cases: Cases, question: ir.Expr) -> Any:
    """Return what ``question.execute()`` gives, a table of the caller's own.

    >>> from analysis.cases.table import Cases
    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    >>> int(answer(one, one.table.count()))
    1
    """
    found = question.execute() if len(cases) > FEW_CASES else cases.once("answers", _asked_once)(question.op())
    return found.copy() if isinstance(found, pd.DataFrame | pd.Series) else found


def arrow_answer(cases: Cases, question: ir.Table) -> pa.Table:
    """Return what ``question.to_pyarrow()`` gives."""
    if len(cases) > FEW_CASES:
        return question.to_pyarrow()
    found: pa.Table = cases.once("arrow answers", _arrow_asked_once)(question.op())
    return found


def _asked_once() -> Any:
    return lru_cache(KEPT)(lambda question: question.to_expr().execute())


def _arrow_asked_once() -> Any:
    return lru_cache(KEPT)(lambda question: question.to_expr().to_pyarrow())
