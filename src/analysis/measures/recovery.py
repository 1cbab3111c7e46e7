"""Three ways to say how much was recovered (到位率), each by a name of its own: ``recovery_rates``."""

from __future__ import annotations

import pandas as pd

from analysis.cases.coverage import cannot_tell
from analysis.cases.table import Cases, known_on
from analysis.measures.windows import asked_windows, days_of, within
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.text import Text

CLAIMED, RECOVERED = "amount_claimed", "amount_recovered"
PERCENT = 100
NOTE = Text(
    "总额到位率由标的大的案件决定，件均、中位到位率每件同等；三者可以相差几倍，不能互相比较。",
    "The rate of sums is decided by the large claims; in the mean and the median each case counts alike. They differ by a factor: compare none with another.",
)


def recovery_rates(
    cases: Cases,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Return the recovery of the cases closed in a period three ways: of sums, and the mean and the median of the cases' own ratios.

    .. math:: \\text{rate of sums} = 100 \\frac{\\sum r_i}{\\sum c_i}, \\quad \\text{mean} = \\frac{100}{n} \\sum \\frac{r_i}{c_i}

    Of the n cases whose amounts claimed (above 0) and recovered are both known; ``unfilled`` counts those without the amount recovered, ``unclaimed`` those
    without a claim: of them no ratio is known, and they are in none of the three. For use inside the court: beside the rate that is
    shown outside, these would tell the amounts of the few cases that one leaves out.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        The periods; without them the last full year.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked.
    names : bool
        ``True`` for use inside the court; nothing is shown without it.

    Returns
    -------
    DataFrame
        ``period_start, period_end, cases, rate_of_sums, mean_rate, median_rate`` (percent), ``unfilled, unclaimed``.

    Raises
    ------
    ArgumentError
        Without ``names=True``.
    DataError
        For a register without amounts claimed or recovered.

    >>> rows = {"filed_on": "2011-01-04", "closed_on": "2011-03-01", "amount_claimed": [1000.0, 10.0, 10.0, None], "amount_recovered": [100.0, 10.0, 5.0, 3.0]}
    >>> found = recovery_rates(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), periods=2011, names=True)
    >>> found[["cases", "rate_of_sums", "mean_rate", "median_rate", "unclaimed"]].values.round(2).tolist()
    [[3.0, 11.27, 53.33, 50.0, 1.0]]
    """
    if not names:
        raise ArgumentError(
            "各案到位率的平均和中位只在院内看：与对外的到位率相减，会透露少数案件的金额。院内使用请加 names=True。",
            "The mean and median of the cases' own ratios are for use inside: beside the rate shown outside they would tell the amounts of a few cases. "
            "Inside the court say names=True.",
        )
    if lacking := cases.lacking(CLAIMED, RECOVERED):
        said = cannot_tell(lacking, Text("到位率", "recovery"))
        raise DataError(said.zh, said.en)
    windows = asked_windows(periods, calendar or cases.calendar, known_on(cases, at))
    rows = cases.known(at, only=(CLAIMED, RECOVERED), closed=True).to_pandas()
    closed = pd.to_datetime(rows["closed_on"])
    found = pd.concat([days_of(w, _rates(rows[within(closed, w)])) for w in windows], ignore_index=True)
    found.attrs |= {"synthetic": cases.synthetic, "table": "recovery_rates", "notes": [NOTE.cell]}
    return found


def _rates(rows: pd.DataFrame) -> pd.DataFrame:
    """The three rates of some closed cases, a row."""
    claimed, recovered = rows[CLAIMED].astype(float), rows[RECOVERED].astype(float)
    has_claim = claimed > 0
    known = has_claim & recovered.notna()
    ratios = recovered[known] / claimed[known]
    return pd.DataFrame(
        {
            "cases": [int(known.sum())],
            "rate_of_sums": PERCENT * recovered[known].sum() / claimed[known].sum() if known.any() else float("nan"),
            "mean_rate": PERCENT * ratios.mean(),
            "median_rate": PERCENT * ratios.median(),
            "unfilled": int((has_claim & recovered.isna()).sum()),
            "unclaimed": int((~has_claim).sum()),
        }
    )
