"""The cases that were in hand in a period, and what each contributes to the figures of its officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import pandas as pd

from analysis.cases.closings import is_undecided, undecided_by
from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.coverage import blank_says
from analysis.measures.limits.deadlines import start_limits
from analysis.measures.limits.limited_cases import limited_rows
from analysis.measures.limits.limits import LimitOptions, limit_unknown
from analysis.measures.limits.workdays import own_holidays
from analysis.measures.rows import case_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

# What a net closing (claim fully recovered and paid out) rests on.
OF_NET = ("amount_claimed", "amount_recovered", "amount_paid")
COLUMNS = (
    "case_no", "officer", "team", "filed_on", "assigned_on", "started_on", "closed_on", "closure_mode", "amount_claimed",
    "amount_recovered", "amount_paid",
)  # fmt: skip


def flows(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what each case of ``handled_cases`` adds to opening stock, filings, closings and pending stock: they add up as in ``caseflow``."""
    filed, closed, pending = (rows[name].astype("int64") for name in ("is_filed", "is_closed", "is_pending"))
    return {"opening": pending + closed - filed, "filed": filed, "closed": closed, "pending": pending}


def handled_cases(
    cases: Cases,
    *,
    first: pd.Timestamp,
    last: pd.Timestamp,
    start_within_days: int,
    further: Sequence[str] = (),
    **counting: Unpack[LimitOptions],
) -> pd.DataFrame:
    """The cases open on ``first`` or filed from it to ``last``, as known on ``last``, with what each contributes.

    Beside the register's columns (``COLUMNS``, ``limits.LIMIT_COLUMNS``, ``further``), ``rule`` and ``due_on``:
    ``one, is_filed, is_closed`` (in the period), ``is_pending, is_handled`` (closed or pending), ``is_net`` (claim fully recovered and paid out),
    ``is_net_unknown``, ``has_amount, has_amounts`` (closed, claim known; recovery too), ``has_limit, is_over`` (closed or still open past
    it; not ``is_undecided``, of which the closing date cannot
    be read, nor ``is_limit_unknown``, which state no basis and are over one limit but not another), and of files received in
    the period ``is_judged`` (the court sets days for starting), ``is_start_open`` (whether and when is not known), ``is_start_unknown``
    (where the court sets days), ``is_late, is_started, days_to_start``.
    """
    begin = first.date()
    rows = limited_rows(
        cases,
        [*COLUMNS, *further],
        at=last,
        keep=lambda t: t.closed_on.isnull() | (t.closed_on >= begin) | (t.filed_on >= begin),
        **counting,
    )
    rows["one"] = 1.0
    rows["is_filed"] = rows["filed_on"] >= first
    rows["is_closed"] = rows["closed_on"] >= first  # one closed before it was filed is filed alone, as in caseflow
    rows["is_pending"] = rows["closed_on"].isna()
    rows["is_handled"] = rows["is_closed"] | rows["is_pending"]
    rows["is_done"] = ~rows["is_pending"]
    claimed, recovered, paid = ((rows[name] * FEN_PER_YUAN).round() for name in OF_NET)
    rows["is_net"] = rows["is_closed"] & (claimed > 0) & (recovered >= claimed) & (paid >= claimed)
    is_no_net = (claimed <= 0) | (recovered < claimed) | (paid < claimed)
    rows["is_net_unknown"] = rows["is_closed"] & ~rows["is_net"] & ~is_no_net  # for want of an amount
    rows["has_amount"] = rows["is_closed"] & rows["amount_claimed"].notna()
    rows["has_amounts"] = rows["has_amount"] & rows["amount_recovered"].notna()
    rows["has_limit"] = rows["due_on"].notna() & rows["is_handled"]
    rows["is_undecided"] = False
    if undecided_by(cases, last):
        unread = case_rows(cases, ["case_no"], at=last, keep=lambda t: is_undecided(cases, t))["case_no"]
        rows["is_undecided"] = rows["case_no"].isin(unread.dropna())
    judged_on, is_judged = rows["closed_on"].fillna(last), rows["is_handled"] & ~rows["is_undecided"]
    rows["is_over"] = is_judged & (rows["due_on"] < judged_on)
    rows["is_limit_unknown"] = is_judged & limit_unknown(rows, judged_on)
    received = (rows["assigned_on"] >= first) & (rows["assigned_on"] <= last)
    started = start_limits(
        rows[received],
        start_within_days,
        own_holidays(cases, counting.get("holidays")),
        at=last,
        blank_since=blank_says(cases.coverage, "started_on"),
    )
    unknown = started["is_unknown"].reindex(rows.index, fill_value=False)
    rows["is_judged"] = received & ~unknown & (start_within_days > 0)
    rows["is_start_open"] = unknown | rows["assigned_on"].isna()
    rows["is_start_unknown"] = rows["is_start_open"] & (start_within_days > 0)
    rows["is_late"] = started["is_late"].reindex(rows.index, fill_value=False)
    rows["days_to_start"] = (rows["started_on"] - rows["assigned_on"]).dt.days
    # a start before the file came is an error of the register (check_cases says so) and no duration
    rows["is_started"] = started["started"].reindex(rows.index, fill_value=False) & (rows["days_to_start"] >= 0)
    return rows
