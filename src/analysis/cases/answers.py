"""Answers of the engine about a register of few cases, asked once: a second report, or the same in the other language, counts no case again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import Cases, at_most

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


FEW_CASES = 10_000  # beyond it answers may be as long as the register
KEPT = 256  # answers of a register, the last ones


def answer(cases: Cases, question: ir.Expr) -> Any:
    """Return what ``question.execute()`` gives, a table of the caller's own.

    >>> from analysis.cases.table import Cases
    >>> one = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    >>> int(answer(one, one.table.count()))
    1
    """
    found = _asked(cases, question, "execute")
    return found.copy() if isinstance(found, pd.DataFrame | pd.Series) else found


def arrow_answer(cases: Cases, question: ir.Table) -> pa.Table:
    """Return what ``question.to_pyarrow()`` gives."""
    found: pa.Table = _asked(cases, question, "to_pyarrow")
    return found


def _asked(cases: Cases, question: ir.Expr, way: str) -> Any:
    """What a way to ask gives, of a register of few cases the answer kept with it."""

    def kept() -> Any:
        return lru_cache(KEPT)(lambda asked: getattr(asked.to_expr(), way)())

    if not at_most(cases, FEW_CASES):
        return getattr(question, way)()
    return cases.once(("answers", way), kept)(question.op())
