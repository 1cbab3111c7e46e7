"""Entry quality (迟录、漏录、错录) by month, inside the court by officer too: the rates that a court reports as 100% correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.checks.checks import FINDING_COLUMNS, check_cases
from analysis.checks.entry_counts import PLACE, entry_counts
from analysis.checks.row_rules import LATE_AFTER_DAYS
from analysis.register.disclosure import public_labels
from analysis.vocabulary.columns import as_columns, columns
from analysis.vocabulary.errors import ArgumentError, must_have_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

GROUPS = ("period", "officer", "court", "team")


def entry_quality(
    cases: Cases,
    *,
    by: str | Sequence[str] = ("period",),
    late_after_days: int = LATE_AFTER_DAYS,
    names: bool = False,
    findings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count cases by month of filing, each once: entered correctly, late, never, or wrongly.

    Columns ``[by…], cases, correct, late, missing, wrong`` and ``correct_share … wrong_share`` (parts of ``cases``),
    ``note``. By officer or team with ``names=True`` alone. A case is *missing* (漏录)
    without a day of entry; else *wrong* (错录) with an error-level finding; else *late* (迟录) if entered more than
    ``late_after_days`` after filing; else *correct*. ``by`` takes period, officer, court, team, or nothing for the whole
    register; raises ``ArgumentError`` for another.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        ``period``, ``officer``, ``court``, ``team``, or nothing for the whole register; officer and team with ``names=True`` alone.
    late_after_days : int
        An entry later than this after filing is late.
    names : bool
        ``True`` shows people by name, for use inside the court.
    findings : DataFrame
        Findings of ``check_cases``; without them the register is checked.

    Returns
    -------
    DataFrame
        One row a group.

    >>> from analysis.cases.table import Cases
    >>> two = pd.DataFrame({"case_no": ["（2011）富执字第1号", "（2011）富执字第2号"], "filed_on": ["2011-03-04"] * 2,
    ...                     "entered_on": ["2011-03-04", "2011-05-04"]})
    >>> entry_quality(Cases.from_frames(two, as_of="2011-12-31"), by=())[["cases", "correct", "late"]].values.tolist()
    [[2, 1, 1]]
    """
    by = as_columns(by)
    for name in by:
        if name not in GROUPS:
            raise ArgumentError.not_one_of("by", name, GROUPS)
    if not names and (inside := [name for name in ("officer", "team") if name in by]):
        raise ArgumentError(
            f"录入质量按“{columns('cases')[inside[0]].text.zh}”只在院内看：一人一月只有一两件，小组的数又能推算各人。院内使用请加 names=True。",
            f"Entry quality by {inside[0]} is for use inside: a month of one person is a case or two, and teams give persons away. "
            "Inside the court say names=True.",
        )
    if findings is None:
        findings = check_cases(cases, late_after_days=late_after_days)
    must_have_columns(findings, FINDING_COLUMNS, "entry_quality(findings=)")
    filed = cases.table.filter(cases.table.filed_on <= cases.as_of.date())
    rows = filed.select("case_no", "filed_on", "entered_on", "officer", "court", "team", *PLACE).to_pandas()
    if "court" in by and not names:
        rows["court"] = rows["court"].map(public_labels(cases, "court"), na_action="ignore")
    table = entry_counts(rows, findings, by, late_after_days)
    table.attrs |= {"as_of": str(cases.as_of.date()), "freq": "M", "synthetic": cases.synthetic}
    return table
