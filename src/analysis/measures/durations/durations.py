"""Durations of cases: time to close with open cases counted as such, and by what they close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.closings import counted_open, undecided_by
from analysis.cases.table import Cases, known_on
from analysis.measures.breakdowns import must_be_breakdown, must_be_of_the_whole
from analysis.measures.durations.risk import (
    OPEN,
    RiskTable,
    events_by_outcome,
    log_rank,
    risk_table,
)
from analysis.measures.groups import group_codes, run_starts, stretches
from analysis.measures.intervals import Z_95
from analysis.measures.open_teams import decided_on, of_open_teams
from analysis.measures.people_ledger import must_not_follow_people
from analysis.measures.pseudonyms import with_people_shown
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, joined, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HALF = 0.5 + 1e-9  # S is a product of fractions: one half must not be missed by a rounding of the last digit
FEW_AT_RISK = 5  # below it the curve may fall to 0 by a single case
# Filings that go back so many days before the first closing: the register looks like an extract that begins later.
EXTRACT_DAYS = 365
NONE_OPEN = Text(
    "台账中没有未结案件，起始日以后的案件视为都在其中",
    "no case is open: the register is taken to hold every case since that day",
)


@dataclass(frozen=True, eq=False)
class TimeToClose(Result):
    """Kaplan–Meier curves: ``curve``, ``summary``, ``test`` (log-rank) and ``notes`` (what to mind, by group)."""

    summary: pd.DataFrame
    curve: pd.DataFrame
    test: pd.DataFrame
    notes: pd.DataFrame
    caption: Text


@dataclass(frozen=True, eq=False)
class ClosingIncidence(Result):
    """Aalen–Johansen curves: the share of cases closed by each mode up to each age, as ``table``."""

    table: pd.DataFrame
    notes: pd.DataFrame
    caption: Text


def time_to_close(
    cases: Cases,
    *,
    by: str | Sequence[str] = (),
    observed_from: Day | None = None,
    at: Day | None = None,
    names: bool = False,
) -> TimeToClose:
    """Days from filing to closing, open cases counted as open: Kaplan–Meier by group, medians, log-rank test.

    S(t) = Π (1 − d/n) over the ages up to t, n the cases at risk and d the closings at an age. Result: ``.curve``
    ``[by…], days, at_risk, events, survival, lower, upper`` (95%, log–log, Greenwood; one row an age at which a case
    closes, a closing on the day of filing at 0); ``.summary`` ``[by…], n, events, median, median_lower,
    median_upper`` (days; the first age with S ≤ 0.5, missing where it is not reached); ``.test`` ``test, statistic,
    df, p`` (empty for one group).

    ``observed_from`` is the day from which every then-pending or later case is in the register: cases filed before
    enter at the age they had then, and the result describes the period and not a filing cohort. ``at`` takes the
    register as it was known on an earlier day. People in ``by`` need ``names=True``. Raises
    ``DataError`` for a register without cases and for an extract of closed cases.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to break down by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    TimeToClose
        Curves, medians and test.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 4, "closed_on": ["2011-01-11", "2011-01-31", None, None]})
    >>> time_to_close(Cases.from_frames(frame, as_of="2011-12-31")).curve["survival"].round(4).tolist()
    [0.75, 0.5]
    """
    keys = must_be_breakdown(by)
    must_not_follow_people(names, keys)
    must_be_of_the_whole(cases, keys, names=names)
    at = decided_on(cases, keys, at, names=names)
    observed_from = observed_since(cases, observed_from)
    tally, said = measured(cases, keys, observed_from, at, modes=False)
    tally, said = of_open_teams(cases, tally, names=names, said=said)
    codes, groups = group_codes(tally, keys)
    table = risk_table(codes, groups, tally)
    curves = _curves(table)
    summary = _summary(table, curves, np.bincount(codes, weights=tally["cases"], minlength=len(groups)))
    for parted in (curves, summary):
        parted.attrs["by"] = keys
    curves.attrs["from_filing"] = bool((tally["entry"] == 0).all())  # then all of a group are at risk on day 0
    return TimeToClose(
        summary=with_people_shown(cases, summary, names=names),
        curve=with_people_shown(cases, curves, names=names),
        test=_test(codes, groups, tally),
        notes=with_people_shown(cases, _few_at_risk(table, curves, keys), names=names),
        caption=_caption(int(summary["n"].sum()), int(summary["events"].sum()), cases, observed_from, at, said),
    )


def closing_incidence(
    cases: Cases,
    *,
    by: str | Sequence[str] = (),
    observed_from: Day | None = None,
    at: Day | None = None,
    names: bool = False,
) -> ClosingIncidence:
    """The share of cases closed by each mode up to each age, the modes competing: Aalen–Johansen by group.

    F(t) = Σ S(u−)·d(mode)/n over the ages u up to t; over all modes they sum to 1 − S(t). ``.table``: ``[by…],
    closure_mode, days, at_risk, events, incidence, lower, upper`` (95%, log–log, delta-method variance; one row an
    age at which a case closes by that mode). ``observed_from``, ``at``, ``names`` and the errors as in
    ``time_to_close``.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to break down by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    ClosingIncidence
        The table, and its caption.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 4, "closed_on": ["2011-01-11", "2011-01-31", None, None],
    ...                       "closure_mode": ["completed", "settled", None, None]})
    >>> closing_incidence(Cases.from_frames(frame, as_of="2011-12-31")).table["incidence"].tolist()
    [0.25, 0.25]
    """
    keys = must_be_breakdown(by)
    must_not_follow_people(names, keys)
    must_be_of_the_whole(cases, keys, names=names)
    at = decided_on(cases, keys, at, names=names)
    observed_from = observed_since(cases, observed_from)
    tally, said = measured(cases, keys, observed_from, at)
    tally, said = of_open_teams(cases, tally, names=names, said=said)
    codes, groups = group_codes(tally, keys)
    table = risk_table(codes, groups, tally)
    modes = events_by_outcome(codes, tally, table)
    parts = [_incidence(table, d).assign(closure_mode=mode) for mode, d in modes.items()]
    stacked = pd.concat(parts, ignore_index=True) if parts else _incidence(table, table.events).assign(closure_mode="")
    for key in keys:
        stacked[key] = table.groups[key].take(stacked["group"].to_numpy()).array
    stacked["closure_mode"] = stacked["closure_mode"].astype("str")
    columns = [*keys, "closure_mode", "days", "at_risk", "events", "incidence", "lower", "upper"]
    notes = _few_at_risk(table, _curves(table), keys)
    events = int(tally.loc[tally["outcome"] != OPEN, "cases"].sum())
    caption = _caption(int(tally["cases"].sum()), events, cases, observed_from, at, said)
    stacked = stacked.sort_values("group", kind="stable", ignore_index=True)[list(dict.fromkeys(columns))]
    return ClosingIncidence(
        table=with_people_shown(cases, stacked, names=names),
        notes=with_people_shown(cases, notes, names=names),
        caption=caption,
    )


def observed_since(cases: Cases, asked: Day | None) -> Day | None:
    """Return from when cases are observed: the day asked for, else the one that the court said, where some were filed before it.

    Of cases filed before it only those then pending are in the register; counted from their filing they would make every duration too long.
    """
    said = cases.observed_from
    return said if asked is None and said is not None and cases.beginning.filed < said else asked


def measured(
    cases: Cases, keys: Sequence[str], observed_from: Any, at: Any, *, modes: bool = True
) -> tuple[pd.DataFrame, list[Text]]:
    """The tally of durations that a curve may be made of, and what to say of it.

    Raises ``DataError`` where there is no case, or where no case at all is open and nobody says (by
    ``observed_from``) that the register holds every case: an extract of closed cases makes each duration look shorter
    than it is.
    """
    said = extract_notes(cases, observed_from, keys)
    tally = tallies.durations(cases, by=keys, observed_from=observed_from, at=at, modes=modes)
    wrong = tally["exit"] < tally["entry"]
    if wrong.any():
        count = int(tally.loc[wrong, "cases"].sum())
        said.append(
            Text(
                f"结案早于立案的{count}件未计入",
                f"left out: {number_of(int(count), 'case')} closed before being filed",
            )
        )
        tally = tally[~wrong].reset_index(drop=True)
    if tally.empty:
        raise DataError(
            "没有可计算时长的案件：请检查 observed_from 与 at，或台账是否为空。",
            "There is no case to measure: check observed_from and at, or whether the register is empty.",
        )
    return tally, said


def extract_notes(cases: Cases, observed_from: Any, keys: Sequence[str] = ()) -> list[Text]:
    """Note that a register may be an extract; raises ``DataError`` for one of closed cases only.

    ``keys`` are those of the question that follows, so that the engine reads the dates once for both.
    """
    known_on(cases)  # else there is nothing to look at
    still_open, filed, closed = tallies.extent(cases, keys)
    if pd.isna(filed):
        return []
    if not still_open and (observed_from is None or cases.of_closings):
        return _all_closed(cases)
    if not still_open:
        return [NONE_OPEN]
    if "court" in keys and observed_from is None and (closed_only := _courts_without_open_cases(cases)):
        names = "、".join(closed_only), ", ".join(closed_only)
        return [
            Text(
                f"{names[0]}没有一件未结案件，若是只摘录了已结案件，其时长偏短",
                f"no case of {names[1]} is open; if only closed cases were extracted, its durations are too short",
            )
        ]
    gap = 0 if pd.isna(closed) else (pd.Timestamp(closed) - pd.Timestamp(filed)).days
    if observed_from is None and gap > EXTRACT_DAYS:
        begun, ended = day_text(filed), day_text(closed)
        return [
            Text(
                f"最早立案{begun.zh}，最早结案却在{ended.zh}：若台账自某日起摘录，请用 observed_from= 写明",
                f"filings go back to {begun.en} but closings only to {ended.en}: "
                "if the register is an extract from some day on, name that day with observed_from=",
            )
        ]
    return []


def _all_closed(cases: Cases) -> list[Text]:
    """Note that the cases chosen are closed, where the register holds open ones; raises ``DataError`` for an extract, or a choice, of closed cases."""
    if cases.of_closings:
        raise DataError(
            "所选案件是按结案选出的，没有一件未结：由此算出的时长必然偏短。"
            "请去掉按结案方式、结案日期或到位金额的筛选；以各种方式结案要多久，见 closing_incidence。",
            "These cases were chosen by how they were closed, so none is open and any duration from them would be too short. Leave out the "
            "choice by closure mode, closing date or money recovered; for the time to each kind of closing see closing_incidence.",
        )
    if cases.beginning.how == "said":
        return [NONE_OPEN]
    chosen = {*cases.table.select("court").distinct().to_pandas()["court"].fillna("")}
    if not chosen <= {*_courts_without_open_cases(cases)}:
        return [Text("所选案件都已结案", "all the cases chosen are closed")]
    raise DataError(
        "台账中没有一件未结案件，像是只摘录了已结案件：由此算出的时长必然偏短。请换用含未结案件的台账；"
        "若某日起的全部案件（含当日未结）确实都在其中，请用 observed_from= 写明该日。",
        "No case of this register is open, as in an extract of closed cases only: any duration from it would be too short. "
        "Use a register that holds the open cases; if every case pending on or filed after some day is indeed in it, "
        "name that day with observed_from=.",
    )


def _courts_without_open_cases(cases: Cases) -> list[str]:
    """The courts of the whole register none of whose cases is open; the empty text stands for cases that state none."""
    table = cases.entire
    is_open = table.closed_on.isnull() | (table.closed_on > cases.as_of.date())
    found = table.group_by("court").aggregate(is_open=is_open.any()).to_pandas()
    return sorted(found.loc[~found["is_open"].astype(bool), "court"].fillna(""))


def _curves(risk: RiskTable) -> pd.DataFrame:
    """Kaplan–Meier curves of all groups at once, one row an age at which a case of the group closes."""
    parts = [_survival(*(of[rows] for of in (risk.group, risk.at_risk, risk.events))) for rows in stretches(risk.group)]
    columns = {key: risk.groups[key].take(risk.group).array for key in risk.groups}
    columns |= {"days": risk.days, "at_risk": risk.at_risk, "events": risk.events}
    columns |= dict(zip(("survival", "lower", "upper"), map(np.concatenate, zip(*parts, strict=True)), strict=True))
    return pd.DataFrame(columns, copy=False)


def _survival(group: np.ndarray, n: np.ndarray, d: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Π (1 − d/n) within each group, and its limits."""
    with np.errstate(divide="ignore"):
        parts = pd.DataFrame({"left": 1 - d / n, "spread": d / (n * (n - d))}).groupby(group, sort=False)
    survival = parts["left"].cumprod().to_numpy()
    # √ Σ d / (n (n − d)): the standard error of S divided by S (Greenwood 1926)
    return survival, *_log_log(survival, np.sqrt(parts["spread"].cumsum().to_numpy()))


def _log_log(probability: np.ndarray, relative_error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95% limits that stay between 0 and 1: on the scale of log(−log p); missing where p is 0 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm = np.log(probability)
        spread = np.exp(Z_95 * relative_error / -logarithm)
        lower, upper = np.exp(logarithm * spread), np.exp(logarithm / spread)
    defined = (probability > 0) & (probability < 1) & np.isfinite(spread)
    return np.where(defined, lower, np.nan), np.where(defined, upper, np.nan)


def _summary(risk: RiskTable, curves: pd.DataFrame, cases: np.ndarray) -> pd.DataFrame:
    table = risk.groups.copy()
    table["n"] = cases.astype("int64")
    table["events"] = np.bincount(risk.group, weights=risk.events, minlength=len(table)).astype("int64")
    for name, values in (("median", "survival"), ("median_lower", "lower"), ("median_upper", "upper")):
        reached = np.flatnonzero(curves[values] <= HALF)
        first = reached[run_starts(risk.group[reached])]
        days = np.full(len(table), np.nan)
        days[risk.group[first]] = risk.days[first]
        table[name] = days
    return table


def _test(codes: np.ndarray, groups: pd.DataFrame, tally: pd.DataFrame) -> pd.DataFrame:
    rows = [("log-rank", *log_rank(codes, len(groups), tally))] if len(groups) > 1 else []
    return pd.DataFrame(rows, columns=["test", "statistic", "df", "p"])


def _incidence(risk: RiskTable, d: np.ndarray) -> pd.DataFrame:
    """The cumulative incidence of one mode with its limits, all groups at once; rows where a case closes by that mode.

    Variance by the delta method (Dinse and Larson 1986; Marubini and Valsecchi 1995), n taken from the risk table.
    """
    n, every = risk.at_risk, risk.events

    def summed(values: np.ndarray) -> np.ndarray:
        return pd.Series(values).groupby(risk.group, sort=False).cumsum().to_numpy()

    with np.errstate(divide="ignore", invalid="ignore"):
        left = pd.Series(1 - every / n).groupby(risk.group, sort=False)
        step = left.cumprod().groupby(risk.group, sort=False).shift(fill_value=1.0).to_numpy() / n
        reached, own = summed(step * d), d / n
        spread = np.where(n > every, every / (n * (n - every)), 0.0)
        variance = reached**2 * summed(spread) - 2 * reached * summed(reached * spread) + summed(reached**2 * spread)
        variance += (
            summed(step**2 * (n - d) * own) - 2 * reached * summed(step * own) + 2 * summed(reached * step * own)
        )
        error = np.sqrt(np.maximum(variance, 0)) / reached
    lower, upper = _log_log(reached, error)
    table = {"group": risk.group, "days": risk.days, "at_risk": n, "events": d}
    table |= {"incidence": reached, "lower": lower, "upper": upper}
    return pd.DataFrame(table)[d > 0].reset_index(drop=True)


def _few_at_risk(risk: RiskTable, curves: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Groups of which few cases are at risk at early ages (late entry): there the curve rests on single cases."""
    few = np.flatnonzero(risk.at_risk < FEW_AT_RISK)
    peak = pd.Series(risk.at_risk).groupby(risk.group).idxmax()
    early = few[few < peak.reindex(risk.group[few]).to_numpy()]
    by_group = pd.DataFrame({"row": early, "days": risk.days[early]}).groupby(risk.group[early])
    rows = curves.loc[by_group["row"].first(), list(keys)].reset_index(drop=True)
    rows["note"] = [
        Text(
            f"至第{days}天，在险案件不足{FEW_AT_RISK}件，曲线可能因个别案件降至0",
            f"up to day {days} fewer than {FEW_AT_RISK} cases are at risk: a single case may bring the curve to 0",
        ).cell
        for days in by_group["days"].max()
    ]
    return rows


def _caption(n: int, events: int, cases: Cases, observed_from: Any, at: Any, said: list[Text]) -> Text:
    known = day_text(known_on(cases, at))
    counted = Text(f"案件{n:,}件，结案{events:,}件", f"{number_of(n, 'case')}, {events:,} closed")
    if events < n:
        counted = counted + Text(f"，其余按截至{known.zh}未结计入", f", the others counted as open on {known.en}")
    texts = [counted + Text("；时长自立案日起算（天）", "; days since filing")]
    if observed_from is not None:
        begin = day_text(day(observed_from, "observed_from"))
        texts.append(
            Text(
                f"自{begin.zh}起观察，此前立案者以当时案龄进入：描述的是该时期，不是同批立案的案件",
                f"observed from {begin.en}, cases filed before enter at their age then: this describes the period, not a filing cohort",
            )
        )
    if number := undecided_by(cases, known_on(cases, at)):
        texts.append(counted_open(number))
    return joined([*texts, *said]) + cases.made_up
