"""Accountability (责任追究): cases that were started late, or not at all, and for which no reason is on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.coverage import blank_says, cannot_tell
from analysis.cases.table import known_on
from analysis.measures.limits.deadlines import OF_START, STARTS, start_limits
from analysis.measures.limits.workdays import own_holidays
from analysis.measures.pseudonyms import case_list
from analysis.measures.quota_scheme import scheme_numbers
from analysis.measures.rows import case_rows
from analysis.measures.side_files import hand_kept, in_register_writing
from analysis.measures.windows import asked_windows, within
from analysis.register.cells import is_blank
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.periods import Day, Periods

if TYPE_CHECKING:
    from analysis.cases.table import Cases

COLUMNS = ("case_no", "officer", "team", "assigned_on", "due_on", "started_on", "days_late", "rule")


def late_starts(
    cases: Cases,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    reasons: str | Path | pd.DataFrame | None = None,
    scheme: str | Path | None = None,
    holidays: str | Path | pd.DataFrame | None = None,
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Cases whose file was received in the periods and that were started after the court's own days, or not yet though these passed.

    Columns: ``case_no, officer, team, assigned_on, due_on, started_on`` (missing: not started by ``at``), ``days_late``, ``rule``;
    the latest first. ``reasons`` is a frame or file ``case_no, reason``: a case with a reason written there is left out, and
    ``attrs["with_reason"]`` counts them. ``attrs["without_assigned_on"]`` counts the cases of the register that do not say when the
    file was received, and so cannot be judged; ``attrs["without_started_on"]`` those of the periods that were closed after the last day
    with no start on record. Officers are pseudonyms unless ``names=True``. Raises ``DataError`` where the court's ``scheme``
    (default: what the register names) sets no days for starting or there is none, and where the register does not hold the
    days of receipt and start; ``InputError`` for reasons without those columns or for a case of which the register
    knows nothing.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    reasons : DataFrame or path
        Cases with a reason written down.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    holidays : DataFrame or path
        The court's own days off and days of work.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a case.

    >>> from analysis import Cases
    >>> one = pd.DataFrame(
    ...     {"case_no": ["1"], "filed_on": ["2011-03-01"], "assigned_on": ["2011-03-01"], "started_on": ["2011-03-20"]}
    ... )
    >>> cases = Cases.from_frames(one, as_of="2011-12-31")
    >>> late_starts(cases, periods=[2011], scheme="fujin-2012")["days_late"].tolist()
    [4]
    """
    known = known_on(cases, at)
    days = scheme_numbers(cases, scheme).get("start_within_days")
    if days is None:
        raise DataError(
            "没有考核办法写明 start_within_days（收到案卷后几日内开始执行）：请用 scheme= 指定本院的办法。",
            "no scheme sets start_within_days (days from the file to the start): name the court's own with scheme=.",
        )
    if absent := cases.lacking(*OF_START):
        told = cannot_tell(absent, STARTS)
        raise DataError(f"{told.zh}。", f"{told.en}.")
    rows = case_rows(cases, ["case_no", "officer", "team", "filed_on", "assigned_on", "started_on", "closed_on"], at=at)
    asked = pd.Series(False, index=rows.index)
    for window in asked_windows(periods, calendar or cases.calendar, known):
        asked |= within(rows["assigned_on"], window)
    received = rows[asked & (rows["assigned_on"] <= known)]
    judged = start_limits(
        received,
        int(days),
        own_holidays(cases, holidays),
        at=known,
        blank_since=blank_says(cases.coverage, "started_on"),
    )
    late = judged[judged["is_late"]].assign(days_late=lambda t: -t["days_left"])
    late["started_on"] = late["started_on"].where(late["started"])
    excused = _with_reason(cases, late, reasons)
    listed = late[~excused].sort_values(["days_late", "case_no"], ascending=[False, True], ignore_index=True)
    listed = case_list(cases, listed[list(COLUMNS)], names=names)
    listed.attrs = {
        "at": str(known.date()),
        "with_reason": int(excused.sum()),
        "without_assigned_on": int(rows["assigned_on"].isna().sum()),
        "without_started_on": int(judged["is_unknown"].sum()),
    }
    return listed


def _with_reason(cases: Cases, late: pd.DataFrame, reasons: str | Path | pd.DataFrame | None) -> pd.Series:
    if reasons is None:
        return pd.Series(False, index=late.index)
    kept = in_register_writing(cases, hand_kept(reasons, "reasons", ["case_no", "reason"]), "reasons")
    return late["case_no"].isin(kept.loc[~kept["reason"].map(is_blank), "case_no"])
