"""Compliance of terminations for this round (终本合格率), from a sample of files that somebody examined."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.cases.table import Cases, known_on
from analysis.measures.intervals import wilson
from analysis.measures.side_files import hand_kept, in_register_writing, texts_of
from analysis.measures.windows import asked_windows, within
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.numbers import NO_WORDS, YES_WORDS
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.text import Text, joined

TERMINATED = "terminated_this_round"
COLUMNS = ("period_start", "period_end", "terminated", "examined", "compliant", "value", "lower", "upper", "note")
NONE = Text("没有抽查", "none examined")
ALL = Text("全部查过，没有抽样误差", "all were examined: no error of sampling")
SAMPLED = Text(
    "按随机抽取计算区间；不是随机抽取的，区间不成立",
    "the interval is that of a random sample; of files chosen otherwise it does not hold",
)


def termination_compliance(
    cases: Cases,
    checks: str | Path | pd.DataFrame,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    at: Day | None = None,
) -> pd.DataFrame:
    """Return the share of terminations for this round whose files met every condition, of those that were examined.

    ``value`` = compliant ÷ examined × 100, with its Wilson interval; examined are the cases of ``checks`` that were closed in the period as terminated
    for this round. The register does not know whether a file is in order: somebody must have looked, and how the files were drawn decides what
    the figure stands for. Source of the name and the target of 2016–18: the core targets 3 + 1 (``definitions("spc-3plus1")``).

    Parameters
    ----------
    cases : Cases
        The register.
    checks : DataFrame or path
        What was examined: ``case_no, compliant`` (案号、合格：是/否).
    periods : int, str or list
        Years or other periods, by name (``2011年1—5月``, ``2011H1``) or first and last day; without them the last full year.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked.

    Returns
    -------
    DataFrame
        One row a period.

    Raises
    ------
    InputError
        For a missing column, a verdict that is neither yes nor no, a case twice, and case numbers that the register does not hold.

    >>> rows = {"case_no": ["（2011）晴执字第1号", "（2011）晴执字第2号"], "filed_on": "2011-01-04", "closed_on": "2011-06-01"}
    >>> rows |= {"closure_mode": "terminated_this_round"}
    >>> register = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> checked = pd.DataFrame({"案号": ["（2011）晴执字第1号"], "合格": ["是"]})
    >>> termination_compliance(register, checked, periods=2011)[["terminated", "examined", "compliant", "value"]].values.tolist()
    [[2.0, 1.0, 1.0, 100.0]]
    """
    table = in_register_writing(cases, hand_kept(checks, "checks", ["case_no", "compliant"]), "checks")
    verdicts = texts_of(table["compliant"]).str.lower()
    unread = ~verdicts.isin([*YES_WORDS, *NO_WORDS])
    if unread.any() or table["case_no"].duplicated().any():
        number = int(unread.sum())
        raise InputError(
            f"checks：合格一栏应为 是 或 否（{number}行不是），每个案号一行。",
            f"checks: compliant must be yes or no ({number} rows are neither), a row a case number.",
        )
    known = known_on(cases, at)
    rows = cases.known(at, only=["case_no", "closure_mode"], closed=True).to_pandas()
    rows = rows[rows["closure_mode"] == TERMINATED].assign(closed_on=lambda t: pd.to_datetime(t["closed_on"]))
    passed = dict(zip(table["case_no"], verdicts.isin(YES_WORDS), strict=True))
    found = []
    for window in asked_windows(periods, calendar or cases.calendar, known):
        ended = rows.loc[within(rows["closed_on"], window), "case_no"]
        looked = ended[ended.isin(list(passed))].map(passed).astype(bool)
        good, examined = int(looked.sum()), len(looked)
        lower, upper = (float(end[0]) * 100 for end in wilson([good], [examined])) if examined else (np.nan, np.nan)
        is_all = examined == len(ended)
        if is_all:
            lower = upper = np.nan
        said = [NONE if not examined else ALL if is_all else SAMPLED]
        figures = [len(ended), examined, good, 100 * good / examined if examined else np.nan, lower, upper]
        found.append([window.start, window.end, *figures, joined(said).cell])
    result = pd.DataFrame(found, columns=list(COLUMNS))
    result.attrs |= {"table": "termination_compliance", "synthetic": cases.synthetic}
    return result
