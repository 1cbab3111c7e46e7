"""Ages of the pending cases beside the durations of the closed ones, and the days that the stock lasts at that pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.closings import counted_open, undecided_by
from analysis.cases.table import Cases, known_on
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.caseflow import must_be_caseflow
from analysis.measures.durations.risk import OPEN
from analysis.measures.groups import group_codes
from analysis.measures.limits.limited_cases import limited_rows
from analysis.measures.limits.limits import (
    LimitOptions,
    columns_of_limit_lacking,
    corresponding_day,
    headed_by_limit,
    limit_unknown,
    surely_due,
    taken_for_known,
    with_unknown_holidays,
)
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.people_ledger import people_ledger
from analysis.measures.pseudonyms import NOBODY, PEOPLE, case_list, with_people_shown
from analysis.measures.rows import surely_open
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.periods import CALENDARS, Day, windows, year_of_day, year_window
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIMIT_MONTHS = 6  # the statutory limit of most cases (``limits.limits`` has those of all)
FEWEST_DRAWN = 10  # pending cases from which bars are drawn; fewer are told in words, each by its number
# Upper ends of the age bands in months (12: "pending over 12 months" of the supreme court's list).
BAND_MONTHS = (3, LIMIT_MONTHS, 12, 24, 60)
OF_DAYS = ("mean_age", "median_age", "oldest_age", "mean_days", "median_days")
# CEPEJ's disposition time of a year: 365 · pending / closed, in leap years too.
DAYS_A_YEAR = 365


@dataclass(frozen=True, eq=False)
class PendingAges(Result):
    """``summary`` (ages beside durations), ``bands``, ``over_limit``, ``oldest``."""

    summary: pd.DataFrame
    bands: pd.DataFrame
    over_limit: pd.DataFrame
    oldest: pd.DataFrame
    caption: Text


def pending_ages(
    cases: Cases,
    *,
    at: Day | None = None,
    by: str | Sequence[str] = (),
    oldest: int = 10,
    calendar: str | None = None,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> PendingAges:
    """Describe the age of the cases pending at the end of a day, beside the durations of the cases closed in that year.

    ``.summary`` ``[by…], pending, mean_age, median_age, oldest_age, closed, mean_days, median_days,
    disposition_time``: ages of the pending in days; of the cases closed since the statistical year began, their
    number and days from filing; days the stock lasts at that pace (these days missing where the register leaves out cases that were pending
    when the year began). The two stand together because clearing old cases
    raises the mean duration while it makes the stock younger. ``.bands`` ``[by…], band, cases, share``: by age in
    months (a case is in "up to 3 months" through the corresponding day). ``.over_limit`` ``[by…], pending,
    over_limit, share, without_limit``: past the statutory limit (``counting``: ``clock``, ``scope``, ``holidays``,
    ``excluded`` of ``limits.with_limits``); shares are of the cases that have a limit, missing where there is none
    (``limit_unknown``, where some: cases that do not state what their limit rests on and may be over or not, in neither;
    ``past_ordinary_limit`` in place of ``over_limit`` where columns that change limits are not there: ``.attrs["lacking"]``).
    ``.oldest``: the ``oldest`` oldest cases: ``case_no, filed_on, age_days, due_on, officer`` (``note`` where holidays are not known). Officers are
    pseudonyms unless ``names=True``; without it of them only what the ledger of people lets be shown, and no bands. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    by : str or list of str
        Columns to break down by.
    oldest : int
        How many of the oldest cases to list.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    PendingAges
        Summary, bands, cases over the limit, the oldest.

    >>> from analysis import Cases
    >>> filed, closed = ["2010-12-01", "2011-12-01", "2011-01-01"], [None, None, "2011-01-31"]
    >>> frame = pd.DataFrame({"filed_on": filed, "closed_on": closed})
    >>> pending_ages(Cases.from_frames(frame, as_of="2011-12-31")).summary.iloc[0, :6].tolist()
    [2.0, 212.5, 212.5, 395.0, 1.0, 30.0]
    """
    keys = must_be_breakdown(by, names=names, cases=cases)
    if oldest < 0:
        raise ArgumentError(f"oldest 应不小于0，现为 {oldest}。", f"oldest must not be below 0, it is {oldest}.")
    cut = known_on(cases, at)
    calendar = calendar or cases.calendar
    begin, _ = year_window(year_of_day(cut, calendar=calendar), calendar=calendar)
    tally = tallies.durations(cases, by=keys, observed_from=begin, at=at)
    tally = tally[tally["exit"] >= 0].reset_index(drop=True)
    limited = limited_rows(cases, ["officer", *keys], at=at, keep=surely_open(cases), **counting)
    count = int(tally.loc[tally["outcome"] == OPEN, "cases"].sum())
    people = [] if names else [key for key in keys if key in PEOPLE]
    summary = _summary(tally, keys, min((cut - begin).days + 1, DAYS_A_YEAR))
    bands, over = _bands(tally, keys, cut), _over_limit(limited, keys, cut)
    if people:
        summary = _of_people(cases, summary, people[0], calendar, begin, cut, finer=len(keys) > 1)
        bands, over = bands.iloc[:0], over.iloc[:0]
    if not names:
        summary, bands, over = (
            without_closed_teams(cases, table, first=begin, last=cut) for table in (summary, bands, over)
        )
    number = undecided_by(cases, cut)
    if not cases.beginning.is_whole(begin):  # the closings of cases that the register leaves out are not known
        summary[["mean_days", "median_days", "disposition_time"]] = np.nan
    summary.attrs["undecided"], summary.attrs["pending"] = number, count
    summary.attrs["leaves_out"] = not cases.beginning.is_whole(cut + pd.Timedelta(days=1))
    unread = Text("；", "; ") + counted_open(number) if number else Text("", "")
    left_out = Text("", "") if cases.beginning.is_whole(begin) else Text("；", "; ") + cases.beginning.text
    summary = with_people_shown(cases, summary, names=names)
    over = with_people_shown(cases, over, names=names)
    if lacking := columns_of_limit_lacking(cases, counting):
        over = over.rename(columns={"over_limit": "past_ordinary_limit"})
    over.attrs["lacking"] = lacking
    since, day = day_text(begin), day_text(cut)
    return PendingAges(
        summary=summary,
        bands=with_people_shown(cases, bands, names=names),
        over_limit=over,
        oldest=headed_by_limit(_oldest(cases, limited, cut, oldest, names=names), lacking),
        caption=Text(
            f"截至{day.zh}未结{count:,}件；结案时长为{since.zh}以来所结案件自立案起的天数。清理旧案会使平均结案时长上升，故两者并列",
            f"{number_of(count, 'case')} pending on {day.en}; durations are those of cases closed since {since.en}, in days from filing. "
            "Clearing old cases raises the mean duration, so the two stand together",
        )
        + unread
        + left_out
        + sum((Text("；", "; ") + said for said in taken_for_known(cases, limited, counting)), Text("", ""))
        + cases.made_up,
    )


def _of_people(
    cases: Cases,
    summary: pd.DataFrame,
    person: str,
    calendar: str,
    begin: pd.Timestamp,
    cut: pd.Timestamp,
    *,
    finer: bool,
) -> pd.DataFrame:
    """The summary by person as it may be shown outside: what the ledger of stock and flow lets be shown.

    An oldest age, and a median of few, is the age of one case, which a list of cases gives with its number; a mean is a sum of days, which
    tells of the filings of which quarters it is made.
    """
    ledger = people_ledger(cases, person=person, calendar=calendar)
    people = summary[person].astype(object).where(summary[person].notna(), NOBODY)
    gone = people.map(lambda name: finer or bool({"closed", "closing"} & ledger.hidden_of(str(name), begin, cut)))
    shown = summary.assign(**dict.fromkeys(OF_DAYS, np.nan))
    return shown[~gone.astype(bool)].reset_index(drop=True)


def disposition_time(flow: pd.DataFrame) -> pd.DataFrame:
    """Days that the stock would last at the period's pace: days of the period (of a year 365) · closing / closed.

    Of a period that is not over, the days to the flow's ``as_of``.

    A projection from stock and flow (CEPEJ), not a duration that any case had. Takes a caseflow; columns ``period``,
    [by …], ``closing, closed, disposition_time`` (missing where nothing was closed, or cases that were pending before are not
    in the register: its closings are a part). Raises ``InputError`` for another table.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> flow = pd.DataFrame({"period": ["2011-01-01"], "opening": [15], "filed": [371], "closed": [383], "closing": [3]})
    >>> flow.attrs = {"freq": "Y"}
    >>> disposition_time(flow)["disposition_time"].round(2).tolist()
    [2.86]
    """
    flow = must_be_caseflow(flow)
    other = [c for c in flow if c not in ("period", "opening", "filed", "closed", "closing")]
    table = flow[["period", *other, "closing", "closed"]].copy()
    table.attrs = {**flow.attrs, "table": "disposition_time"}
    length = _period_days(pd.to_datetime(flow["period"]), flow.attrs)
    known = (table["closed"] > 0) & flow["opening"].notna()
    closed = table["closed"].astype("float64").where(known)
    table["disposition_time"] = length * table["closing"] / closed
    return table


def _period_days(periods: pd.Series, about: Mapping[Any, Any]) -> pd.Series:
    """The days of each period as far as they are known, by what a caseflow says of itself."""
    freq, as_of = about.get("freq"), about.get("as_of")
    if freq is None:
        raise ArgumentError(
            "flow 没有说明周期（attrs 中的 freq）：各期天数未知。",
            'flow does not say its frequency (attrs "freq"): days of a period unknown.',
        )
    if freq == "Y":
        last, days = periods + pd.DateOffset(years=1, days=-1), pd.Series(DAYS_A_YEAR, index=periods.index)
    else:
        laid = windows(periods.min(), periods.max(), freq=freq, calendar=about.get("calendar", CALENDARS[0]))
        last = periods.map(dict(zip(laid["period"], laid["period_end"], strict=True)))
        days = (last - periods).dt.days + 1
    known = last if as_of is None else last.where(last <= pd.Timestamp(as_of), pd.Timestamp(as_of))
    return days.where(known == last, (known - periods).dt.days + 1)


def _summary(tally: pd.DataFrame, keys: Sequence[str], days: int) -> pd.DataFrame:
    codes, groups = group_codes(tally, keys)
    pending = (tally["outcome"] == OPEN).to_numpy()
    age, cases = tally["exit"].to_numpy(dtype="float64"), tally["cases"].to_numpy()
    table = groups.copy() if len(groups) or keys else pd.DataFrame(index=pd.RangeIndex(1))
    size = len(table)
    for which, count, mean, median in (
        (pending, "pending", "mean_age", "median_age"),
        (~pending, "closed", "mean_days", "median_days"),
    ):
        n = np.bincount(codes[which], weights=cases[which], minlength=size)
        table[count] = n.astype("int64")
        total = np.bincount(codes[which], weights=age[which] * cases[which], minlength=size)
        table[mean] = np.divide(total, n, out=np.full(size, np.nan), where=n > 0)
        table[median] = _medians(codes[which], age[which], cases[which], size)
    top = pd.Series(age[pending]).groupby(codes[pending]).max()
    table["oldest_age"] = top.reindex(range(size)).to_numpy()
    table["disposition_time"] = days * table["pending"] / table["closed"].where(table["closed"] > 0).astype("float64")
    columns = [
        "pending",
        "mean_age",
        "median_age",
        "oldest_age",
        "closed",
        "mean_days",
        "median_days",
        "disposition_time",
    ]
    return table[[*keys, *columns]]


def _medians(codes: np.ndarray, values: np.ndarray, weights: np.ndarray, groups: int) -> np.ndarray:
    """The exact median of counted values in each group: the middle one, or the mean of the two in the middle."""
    order = np.lexsort((values, codes))
    codes, values, weights = codes[order], values[order], weights[order]
    reached = np.cumsum(weights)
    ends = np.searchsorted(codes, np.arange(groups + 1))
    before = np.concatenate([[0], reached])[ends]
    n = np.diff(before)
    filled = n > 0
    out = np.full(groups, np.nan)
    low, high = (before[:-1][filled] + half[filled] for half in ((n + 1) // 2, n // 2 + 1))
    out[filled] = (values[np.searchsorted(reached, low)] + values[np.searchsorted(reached, high)]) / 2
    return out


def _bands(tally: pd.DataFrame, keys: Sequence[str], cut: pd.Timestamp) -> pd.DataFrame:
    pending = tally[tally["outcome"] == OPEN].reset_index(drop=True)
    codes, groups = group_codes(pending, keys)
    band = band_of(np.datetime64(cut.date()) - pending["exit"].to_numpy().astype("timedelta64[D]"), cut)
    counts = np.zeros((len(groups), len(BAND_MONTHS) + 1), dtype="int64")
    np.add.at(counts, (codes, band), pending["cases"].to_numpy())
    table = groups.loc[groups.index.repeat(len(BAND_MONTHS) + 1)].reset_index(drop=True)
    table["band"] = pd.Series([text.cell for text in band_names()] * len(groups), index=table.index, dtype="str")
    table["cases"] = counts.ravel()
    total = np.repeat(counts.sum(axis=1), len(BAND_MONTHS) + 1)
    table["share"] = table["cases"] / pd.Series(total, index=table.index).where(total > 0).astype("float64")
    return table


def band_of(filed: np.ndarray, cut: pd.Timestamp) -> np.ndarray:
    """Return in which age band, counted from the youngest, cases filed on these days are on a day."""
    over = [(np.datetime64(cut.date()) > corresponding_day(filed, months)).astype("int64") for months in BAND_MONTHS]
    band: np.ndarray = np.sum(over, axis=0)
    return band


def band_names() -> list[Text]:
    """The age bands in words, from the youngest."""
    lows = (0, *BAND_MONTHS)
    inner = [
        Text(
            f"{low}–{high}个月" if low else f"{high}个月以内",
            f"{low}–{high} months" if low else f"up to {high} months",
        )
        for low, high in zip(lows, BAND_MONTHS, strict=False)
    ]
    return [*inner, Text(f"{BAND_MONTHS[-1]}个月以上", f"over {BAND_MONTHS[-1]} months")]


def _over_limit(limited: pd.DataFrame, keys: Sequence[str], cut: pd.Timestamp) -> pd.DataFrame:
    judged = limited.assign(
        pending=1,
        over_limit=(limited["due_on"] < cut).astype("int64"),
        without_limit=limited["earliest_due"].isna().astype("int64"),
        limit_unknown=limit_unknown(limited, cut).astype("int64"),
    )
    counted = ["pending", "over_limit", "without_limit", "limit_unknown"]
    table = (
        judged.groupby(list(keys), dropna=False)[counted]
        .sum()
        .reset_index()
        .sort_values(list(keys), key=group_order, ignore_index=True)
        if keys
        else judged[counted].sum().to_frame().T
    )
    with_limit = (table["pending"] - table["without_limit"] - table["limit_unknown"]).astype("float64")
    table["share"] = table["over_limit"] / with_limit.where(with_limit > 0)
    unknown = ["limit_unknown"] if table["limit_unknown"].any() else []
    return table[[*keys, "pending", "over_limit", "share", "without_limit", *unknown]]


def _oldest(cases: Cases, limited: pd.DataFrame, cut: pd.Timestamp, count: int, *, names: bool) -> pd.DataFrame:
    listed = limited.sort_values(["filed_on", "case_no"], kind="stable").head(count).reset_index(drop=True)
    listed["age_days"] = (cut - listed["filed_on"]).dt.days.astype("int64")
    listed["due_on"] = surely_due(listed)
    shown = listed[["case_no", "filed_on", "age_days", "due_on", "assumed", "officer"]]
    return case_list(cases, with_unknown_holidays(shown), names=names)
