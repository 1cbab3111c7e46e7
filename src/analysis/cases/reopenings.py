"""Tally of reopened cases (执恢): closings and how many of them came back, by their ``original_case_no``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.table import Cases
from analysis.vocabulary.text import Text

WITHIN_MONTHS = 12


def reopened(cases: Cases, *, at: Any = None, months: int = WITHIN_MONTHS) -> pd.DataFrame:
    """Count closed cases by month of closing, mode, and whether they were reopened: ``on, closure_mode, followed, reopened, cases``.

    ``reopened`` is true where a case with this ``original_case_no`` was filed on the day of closing or within ``months``
    after it; ``followed`` is true where so many months had passed when the register was taken, so that only followed
    closings can be judged. A case reopened twice counts once.

    >>> two = pd.DataFrame(
    ...     {
    ...         "case_no": ["（2009）富执字第1号", "（2010）富执恢字第1号"],
    ...         "filed_on": ["2009-01-05", "2010-03-01"],
    ...         "closed_on": ["2009-12-01", None],
    ...         "original_case_no": [None, "（2009）富执字第1号"],
    ...     }
    ... )
    >>> reopened(Cases.from_frames(two, as_of="2011-12-31"))[["followed", "reopened", "cases"]].values.tolist()
    [[True, True, 1]]
    """
    import ibis

    table = cases.known(at)
    closed = table.filter(table.closed_on.notnull())
    again = table.filter(table.original_case_no.notnull()).select(
        original=table.original_case_no, refiled=table.filed_on
    )
    limit = closed.closed_on + ibis.interval(months=months)
    cut = (cases.as_of if at is None else pd.Timestamp(at)).date()
    marked = closed.mutate(judged_on=limit.cast("date"))
    came_back = (
        marked.join(again, marked.case_no == again.original)
        .filter(lambda t: (t.refiled >= t.closed_on) & (t.refiled <= t.judged_on))
        .select("case_no")
        .distinct()
        .mutate(back=True)
    )
    joined = marked.left_join(came_back, "case_no")
    told = joined.mutate(
        on=joined.closed_on.truncate("M"),
        followed=joined.judged_on <= ibis.literal(cut),
        reopened=joined.back.fill_null(False),
    )
    keys = ["on", "closure_mode", "followed", "reopened"]
    frame = told.group_by(keys).aggregate(cases=told.count()).to_pandas()
    frame["on"] = pd.to_datetime(frame["on"]).astype("datetime64[s]")
    return frame.sort_values(keys, ignore_index=True)


def holds_no_reopened(cases: Cases) -> bool:
    """Test that the whole register holds first-time cases and no reopened one, which it may have had and not exported: unknown, not 0."""
    kinds = cases.entire.select("case_type").distinct()
    found = cases.once("kinds of cases", lambda: {*answer(cases, kinds)["case_type"].dropna()}, of_whole=True)
    return "first" in found and "reopened" not in found


def none_reopened(cases: Cases) -> Text:
    """Say of a register that holds first-time cases and no reopened one that these may be missing from it; else nothing.

    >>> one = pd.DataFrame({"case_type": ["first"], "filed_on": ["2024-01-05"]})
    >>> none_reopened(Cases.from_frames(one, as_of="2024-12-31")).zh.partition("：")[0]
    '台账中没有一件恢复执行（执恢）案件'
    >>> both = pd.concat([one, one.assign(case_type="reopened")])
    >>> none_reopened(Cases.from_frames(both, as_of="2024-12-31")).zh
    ''
    """
    if not holds_no_reopened(cases):
        return Text("", "")
    return Text(
        "台账中没有一件恢复执行（执恢）案件：是确实没有，还是没有导出，台账不能回答；执恢的0未必是0，各项总数可能只是首次执行的",
        "the register holds no reopened case (执恢): whether there were none or they were not exported it cannot tell; "
        "a 0 of reopened cases may be no 0, and the totals may be of first-time cases alone",
    )
