"""Entry quality (迟录、漏录、错录) by month and officer: the rates that a court reports as 100 % correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.privacy import MINIMUM, pseudonyms
from analysis.checks.checks import check_cases
from analysis.checks.entry_counts import KINDS, PLACE, entry_counts
from analysis.checks.row_rules import LATE_AFTER_DAYS
from analysis.register.disclosure import public_labels
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

GROUPS = ("period", "officer", "court", "team")


def entry_quality(
    cases: Cases,
    *,
    by: str | Sequence[str] = ("period", "officer"),
    late_after_days: int = LATE_AFTER_DAYS,
    names: bool = False,
    findings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count cases by month of filing and officer, each once: entered correctly, late, never, or wrongly.

    Columns ``[by…], cases, correct, late, missing, wrong`` and ``correct_share … wrong_share`` (parts of ``cases``),
    ``note``. By officer shares alone are shown, none of small counts, unless ``names=True``. A case is *missing* (漏录)
    without a day of entry; else *wrong* (错录) with an error-level finding; else *late* (迟录) if entered more than
    ``late_after_days`` after filing; else *correct*. ``by`` takes period, officer, court, team, or nothing for the whole
    register; raises ``ArgumentError`` for another.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        ``period``, ``officer``, ``court``, ``team``, or nothing for the whole register; team and officer together with ``names=True`` alone.
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
    by = (by,) if isinstance(by, str) else tuple(by)
    for name in by:
        if name not in GROUPS:
            raise ArgumentError.not_one_of("by", name, GROUPS)
    if not names and {"officer", "team"} <= {*by}:
        raise ArgumentError(
            "对外不能同时按承办人和小组：小组会说出代号是谁。院内使用请加 names=True。",
            "Outside, figures are not by officer and team at once: the team would tell whose pseudonym it is. Inside use names=True.",
        )
    if findings is None:
        findings = check_cases(cases, late_after_days=late_after_days)
    rows = cases.known().select("case_no", "filed_on", "entered_on", "officer", "court", "team", *PLACE).to_pandas()
    if "officer" in by and not names:
        rows["officer"] = rows["officer"].map(pseudonyms(cases), na_action="ignore")
    if "team" in by and not names:
        rows["team"] = rows["team"].map(public_labels(cases, "team"), na_action="ignore")
    table = entry_counts(rows, findings, by, late_after_days)
    return _shares_alone(table) if "officer" in by and not names else table


def _shares_alone(table: pd.DataFrame) -> pd.DataFrame:
    """A table by officer as it may be shown: shares to the whole percent, none of few cases nor of a case or two."""
    counts = table[["cases", *KINDS]]
    small = ((counts > 0) & (counts < MINIMUM)).any(axis=1)
    shares = [f"{name}_share" for name in KINDS]
    shown = table.copy()
    shown[shares] = table[shares].round(2).mask(small)
    shown[["cases", *KINDS]] = pd.NA
    return shown
