"""Where a register begins: from which day its stock and its closings are whole.

A register says nothing of the cases that it leaves out. Three kinds of export are told by their own rows:

* *cut by closing*: cases closed before a day are left out. Old cases are there that by the speed of all others should have
  closings before that day, and have none. Everything is whole from that day on.
* *cut by filing*: cases filed before a day are left out, also those pending then. The stock rises from nothing, and is nearly
  whole when few cases are still open at the age that the oldest ones have reached; after a year it is taken as it is, and what it
  may lack is said.
* *closed cases only*: none is open and filings fade away towards the end. Nothing is known of what is pending.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import pdtr  # of Poisson counts; scipy.stats would cost every command half a second

from analysis.vocabulary.dates import day_text
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Our choices.
FEWEST = 50  # closed cases, below which nothing can be told of how fast cases close
FILING_MONTHS = 6  # months with filings, below which the cases are no series of a court's that could begin somewhere
STILL_OPEN = 0.02  # share of the cases open at an age; in a steady court as many closings of a month are of older cases
DAYS_OF_YEAR = 365
A_YEAR = 12  # months after which the stock is taken as it is
MISSED = 0.1  # of the closings that old cases should have had, the share that they have at most where a register leaves them out
UNLIKELY = 1e-3  # probability of so few by chance
HALF_MONTH = (
    0.05  # probability of so few closings in the first month, below which it is one of which a part was left out
)
EMPTY_MONTHS, MOST_BEFORE = 12, 0.05  # a few cases filed before a year without filings are no part of a series
LAST_MONTHS, FADED = (
    3,
    0.25,
)  # of closed cases only: filings of one to three last months, as a share of those of the year before


def left_unseen(first: pd.Timestamp) -> Text:
    """Say that cases pending before the first filing of a register are not in it."""
    day = day_text(first)
    return Text(
        f"台账最早立案于{day.zh}，此前的旧存不在其中",
        f"the first filing in the register is of {day.en}: older pending cases are not in it",
    )


@dataclass(frozen=True)
class Beginning:
    """The day of the first filing of a register, and from when its stock is whole (``None``: at no day that it reaches).

    ``how`` is ``said`` (by the court), ``few`` (too few cases or months to tell: taken as it is), ``closing``, ``filing`` or ``closed_only``.
    Of a register cut by filing ``filings`` is the day from which filings may be held: as long before the first one as chance explains.
    """

    filed: pd.Timestamp
    whole: pd.Timestamp | None
    how: str
    filings: pd.Timestamp | None = None

    def is_whole(self, first: pd.Timestamp) -> bool:
        """Return whether stock and flow are known of a window that begins on a day; where the court said from when, of none that begins before."""
        begins = first if self.how == "said" else max(first, self.filed)
        return self.whole is not None and self.whole <= begins

    def holds_filings(self, first: pd.Timestamp) -> bool:
        """Return whether all filings are known of a window that begins on a day."""
        return self.is_whole(first) or (self.filings is not None and self.filings <= first)

    def holds_older(self, day: pd.Timestamp) -> bool:
        """Return whether cases filed before a day can be in the register; where none can, that none is pending tells nothing."""
        return self.how != "filing" or self.filed < day

    @property
    def leaves_out(self) -> bool:
        """Return whether the register is seen to leave cases out."""
        return self.how in ("filing", "closing", "closed_only")

    def older_unseen(self, first: pd.Timestamp) -> Text:
        """Say of a window that begins on a day, before the register does, that older pending cases are not in it; else nothing."""
        is_unseen = self.how != "said" and first <= self.filed
        return left_unseen(self.filed) if is_unseen else Text("", "")

    @property
    def text(self) -> Text:
        """Say what the register leaves out, and from when its stock is known."""
        filed, day = day_text(self.filed), Text("", "") if self.whole is None else day_text(self.whole)
        if self.how == "said":
            return Text(
                f"按本院说明（observed_from），台账自{day.zh}起才完整，此前的不作计算",
                f"by the court's own word (observed_from) the register is whole from {day.en}; nothing before is counted",
            )
        if self.how == "closing":
            return Text(
                f"台账不含{day.zh}以前结案的案件（立案更早的案件在此之前几乎没有结案的）：存量、新收和结案自{day.zh}起才完整，此前的不作计算",
                f"the register leaves out cases closed before {day.en} (hardly any of those filed earlier was closed before it): stock, filings "
                f"and closings are whole from {day.en}, nothing before is counted",
            )
        if self.how == "closed_only":
            return Text(
                "台账只有已结案件：没有一件未结，最近立案的也所剩无几，未结、新收和结案率都无从知道",
                "the register holds closed cases alone: none is open and filings fade away; pending, filings and the closure rate cannot be known",
            )
        since = Text(
            f"，自{day.zh}起才接近完整（更早立案而至今未结的仍不在其中）",
            f"; it is nearly whole from {day.en} (older cases that are still open are not in it then either)",
        )
        never = Text("，截至台账末日仍不完整", "; it is not yet whole at the register's last day")
        return Text(
            f"台账只有{filed.zh}起立案的案件，此前立案而当时未结的不在其中：期初存量不知",
            f"the register holds cases filed from {filed.en} on, and none that were pending then: the opening stock is not known",
        ) + (never if self.whole is None else since)


def beginning(table: ir.Table, as_of: pd.Timestamp, observed_from: pd.Timestamp | None = None) -> Beginning:
    """Find from which day the stock of a register is whole: the day that the court said, else what its rows tell (see the module).

    >>> import analysis as an
    >>> rows = pd.DataFrame({"filed_on": ["2010-05-04"], "closed_on": ["2010-08-02"]})
    >>> cases = an.Cases.from_frames(rows, as_of="2011-12-31")
    >>> found = beginning(cases.table, cases.as_of)
    >>> found.how, str(found.whole.date())
    ('few', '2010-05-04')
    """
    if observed_from is not None:
        first = _known(table, as_of).filed_on.min().to_pandas()
        return Beginning(as_of if pd.isna(first) else pd.Timestamp(first), observed_from, "said")
    return _beginning(_months(table, as_of), as_of)


def beginnings(
    table: ir.Table, as_of: pd.Timestamp, observed_from: pd.Timestamp | None = None
) -> dict[str | None, Beginning]:
    """Find for each court of a register from which day its stock is whole (``beginning``); ``None`` is the court of cases that name none.

    >>> import analysis as an
    >>> rows = pd.DataFrame({"court": ["甲县法院", "乙县法院"], "filed_on": ["2010-05-04", "2011-03-01"]})
    >>> cases = an.Cases.from_frames(rows, as_of="2011-12-31")
    >>> found = beginnings(cases.table, cases.as_of)
    >>> [str(found[name].filed.date()) for name in rows["court"]]
    ['2010-05-04', '2011-03-01']
    """
    if observed_from is not None:
        known = _known(table, as_of)
        first = known.group_by("court").aggregate(filed=known.filed_on.min()).to_pandas()
        return {
            None if pd.isna(court) else str(court): Beginning(pd.Timestamp(filed), observed_from, "said")
            for court, filed in zip(first["court"], first["filed"], strict=True)
        }
    pairs = _months(table, as_of, "court")
    return {
        None if pd.isna(court) else str(court): _beginning(own, as_of)
        for court, own in pairs.groupby("court", dropna=False)
    }


def _beginning(pairs: pd.DataFrame, as_of: pd.Timestamp) -> Beginning:
    first = as_of if not len(pairs) else pd.Timestamp(pairs["filed"].min())
    if pairs.loc[pairs["closed"].notna(), "cases"].sum() < FEWEST or pairs["month"].nunique() < FILING_MONTHS:
        return Beginning(first, first, "few")
    counts = _table(pairs, as_of)
    if _is_closed_only(counts):
        return Beginning(first, None, "closed_only")
    start = first.to_period("M")
    at = _cut_by_closing(counts)
    if at is not None:
        return Beginning(first, (start + at).to_timestamp(), "closing")
    bulk = _bulk(counts.sum(axis=1))
    months = _all_closed(counts[bulk:, bulk:])
    filed = pd.Timestamp(pairs.loc[pairs["month"] >= (start + bulk).to_timestamp(), "filed"].min())
    whole = None if months is None else (start + bulk + months).to_timestamp()
    return Beginning(filed, whole, "filing", filed - _longest_quiet(counts[bulk:].sum(axis=1), filed, as_of))


def _longest_quiet(filed: np.ndarray, first: pd.Timestamp, as_of: pd.Timestamp) -> pd.Timedelta:
    """The longest time without a filing that chance explains, by the filings of the first year: longer, and cases were left out."""
    days = min((as_of - first).days + 1, DAYS_OF_YEAR)
    return pd.Timedelta(days=int(-np.log(UNLIKELY) * days / filed[:A_YEAR].sum()))


def _known(table: ir.Table, as_of: pd.Timestamp) -> ir.Table:
    """The cases filed by the day to which the register is known."""
    return table.filter(table.filed_on <= as_of.date())


def _months(table: ir.Table, as_of: pd.Timestamp, *by: str) -> pd.DataFrame:
    """Cases by month of filing and of closing, with the first day of filing in each: ``[by…], month, closed, cases, filed``."""
    import ibis

    known = _known(table, as_of)
    closed = ibis.ifelse(known.closed_on <= as_of.date(), known.closed_on, ibis.null("date"))
    return (
        known.group_by(*by, month=known.filed_on.truncate("M"), closed=closed.truncate("M"))
        .aggregate(cases=known.count(), filed=known.filed_on.min())
        .to_pandas()
        .astype({"month": "datetime64[s]", "closed": "datetime64[s]", "filed": "datetime64[s]"})
    )


def _table(pairs: pd.DataFrame, until: pd.Timestamp) -> np.ndarray:
    """Cases by month of filing (rows) and of closing (columns; the last one: open), counted from the first month."""
    months = [pairs[name].dt.year * 12 + pairs[name].dt.month for name in ("month", "closed")]
    first, size = int(months[0].min()), until.year * 12 + until.month
    counts = np.zeros((size - first + 1, size - first + 2))
    closed = (months[1] - first).fillna(size - first + 1).clip(lower=0).astype("int64")
    np.add.at(counts, ((months[0] - first).to_numpy(), closed.to_numpy()), pairs["cases"].to_numpy())
    return counts


def _ages(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cases at risk and closings before each month (rows, the last: in all) by age in months (columns)."""
    size = len(counts)
    left = counts[:, ::-1].cumsum(axis=1)[:, ::-1]  # open at the beginning of a month, by month of filing
    month, age = np.indices((size, size))
    filed, is_filed = np.maximum(month - age, 0), month >= age
    by_month = [np.where(is_filed, cases[filed, month], 0.0) for cases in (left, counts)]
    at_risk, closings = (np.vstack([np.zeros(size), cases.cumsum(axis=0)]) for cases in by_month)
    return at_risk, closings


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(whole.shape), where=whole > 0)


def _cut_by_closing(counts: np.ndarray) -> int | None:
    """The month from which old cases close as others do, where hardly any of them closed before; ``None`` where they always did."""
    size = len(counts)
    at_risk, closings = _ages(counts)
    hazard = _share(closings[-1] - closings, at_risk[-1] - at_risk)  # of the months from each on, by age
    expected, seen = (at_risk * hazard).sum(axis=1), closings.sum(axis=1)
    likely = _share(seen, expected)
    deficit = expected - seen + seen * np.log(likely, out=np.zeros(size + 1), where=likely > 0)
    deficit[(seen > MISSED * expected) | (pdtr(seen, expected) > UNLIKELY)] = 0.0
    found = int(deficit[:size].argmax())
    if deficit[found] <= 0:
        return None
    if found + 1 == size:
        return found
    of_month = (at_risk[found + 1] - at_risk[found]) @ hazard[found + 1]
    few = pdtr((closings[found + 1] - closings[found]).sum(), of_month) < HALF_MONTH
    return found + int(few)


def _all_closed(counts: np.ndarray) -> int | None:
    """The number of months after which few cases are open, a year at most; ``None`` where the register is too short."""
    at_risk, closings = (cases[-1] for cases in _ages(counts))
    left = np.cumprod(1 - _share(closings, at_risk))
    ages = np.flatnonzero((left <= STILL_OPEN) & (at_risk > 0))
    months = min(int(ages[0]) + 1, A_YEAR) if len(ages) else A_YEAR
    return months if months < len(counts) else None


def _bulk(filed: np.ndarray) -> int:
    """The first month of the filings that follow each other without an empty year."""
    busy = np.flatnonzero(filed)
    after_gap = busy[1:][np.diff(busy) > EMPTY_MONTHS]
    before = filed.cumsum()[after_gap] - filed[after_gap]
    return int(after_gap[before < MOST_BEFORE * filed.sum()].max(initial=0))


def _is_closed_only(counts: np.ndarray) -> bool:
    """Return whether no case is open and filings fade away, as where open cases were left out."""
    filed = counts.sum(axis=1)
    if counts[:, -1].sum() or len(filed) <= LAST_MONTHS:
        return False
    usual = filed[-LAST_MONTHS - 12 : -LAST_MONTHS].mean()
    lasts = [(filed[-months:].sum(), months * usual) for months in range(1, LAST_MONTHS + 1)]
    return any(last < FADED * mean and pdtr(last, mean) < UNLIKELY for last, mean in lasts)
