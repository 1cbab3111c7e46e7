"""Petitions about enforcement (涉执信访): received, resolved, how and by whom, and against the cases closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.table import known_on
from analysis.measures import intervals
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.indicators.caveats import incomplete, notes_where
from analysis.measures.indicators.side_tables import holds_none, side_rows
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.pseudonyms import case_list, shown_officers, with_people_shown, without_figures_of_people
from analysis.measures.windows import asked_windows, days_of, laid_over, within
from analysis.vocabulary.dates import day_text, window_text
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.measures.windows import Window

ROLES = ("officer", "supervisor")
# 会商 against the first action (a coercive measure in the case after the petition came, else the resolution): before it,
# after it, none although action was taken, or open: neither consulted nor acted yet.
CONSULTATION = ("before", "after", "none", "open")
PER = 100
COUNTS = (
    "opening", "received", "resolved", "pending", "resolved_of_received", "consulted_before", "consulted_after", "not_consulted",
)  # fmt: skip
ABSENT = Text("台账没有信访登记，不是0", "the register holds no petitions: unknown, not 0")
NO_CONSULTATIONS = Text(
    "台账没有会商日期，会商与否无从判断",
    "the register holds no days of consultation: whether there was any cannot be told",
)


@dataclass(frozen=True, eq=False)
class Petitions(Result):
    """Petitions by period (``table``), by ``outcomes``, by ``people`` (officer, supervisor), and one by one (``listed``)."""

    table: pd.DataFrame
    outcomes: pd.DataFrame
    people: pd.DataFrame
    listed: pd.DataFrame
    caption: Text


def petitions(
    cases: Cases,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    by: str | Sequence[str] = (),
    at: Day | None = None,
    names: bool = False,
) -> Petitions:
    """Petitions received, resolved and pending by period; how they ended, by whose work, consulted before action or not.

    ``opening + received − resolved = pending``. The settlement rate is ``resolved_of_received`` (of the petitions received
    in the period, those resolved by its end) ÷ ``received``, with its Wilson interval; ``per_100_closed`` is received ÷
    cases closed × 100 with the exact Poisson interval. ``median_days``: receipt to resolution, of those resolved in the
    period.

    ``.table``: ``period_start, period_end, [by…], opening, received, resolved, pending, resolved_of_received,
    settlement_rate, lower, upper, median_days, consulted_before, consulted_after, not_consulted, closed, per_100_closed,
    per_100_lower, per_100_upper, note``. ``.outcomes``: period, ``outcome, petitions`` (resolved in the period).
    ``.people``: period, ``role, person, received, resolved, pending, median_days``. ``.listed``: ``petition_id, case_no,
    received_on, resolved_on, days, outcome, consultation`` (one of ``CONSULTATION``), ``officer, supervisor``.

    ``by`` are columns of the petition's case; periods as in ``indicators``; of people there is no row unless
    ``names=True`` (outside the court ``officer_scorecard`` shows petitions by officer).
    A register without petitions gives missing values and says so. Raises ``ArgumentError`` as ``indicators`` does.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    Petitions
        Table, outcomes, people and list.

    >>> from analysis import Cases
    >>> register = Cases.from_frames(
    ...     {
    ...         "cases": pd.DataFrame({"case_no": ["1", "2"], "filed_on": "2010-03-01", "closed_on": "2011-05-01"}),
    ...         "petitions": pd.DataFrame(
    ...             {"case_no": ["1", "2"], "received_on": "2011-02-01", "resolved_on": ["2011-03-01", None]}
    ...         ),
    ...     },
    ...     as_of="2011-12-31",
    ... )
    >>> petitions(register, periods=[2011]).table[["received", "resolved", "pending", "settlement_rate"]].values.tolist()
    [[2.0, 1.0, 1.0, 50.0]]
    """
    keys = must_be_breakdown(by, names=names, cases=cases)
    known = known_on(cases, at)
    windows = asked_windows(periods, calendar or cases.calendar, known)
    rows = _judged(cases, side_rows(cases, "petitions", by=keys, known=known), known)
    closed = tallies.closed(cases, by=keys, at=at)
    people = shown_officers(cases, pd.concat([rows[role] for role in ROLES], ignore_index=True), names=names)
    rows = rows.assign(**{role: people.iloc[i * len(rows) :][: len(rows)].array for i, role in enumerate(ROLES)})
    rows = with_people_shown(cases, rows, names=names, prefix="of_")
    closed = with_people_shown(cases, closed, names=names).rename(columns={key: f"of_{key}" for key in keys})
    absent = holds_none(cases, "petitions")
    unconsulted = holds_none(cases, "petitions", "consulted_on")
    if unconsulted:
        rows["consultation"] = None
    table = _table(rows, closed, windows, keys)
    table = _noted(table, known, absent=absent, unconsulted=unconsulted)
    table = table.rename(columns={f"of_{key}": key for key in keys})
    if not names:
        first, last = table["period_start"], table["period_end"]
        table = without_closed_teams(cases, table, first=first, last=last, are_labels=True)
    roles = _people(rows, windows)
    return Petitions(
        table=table if names else without_figures_of_people(table, keys),
        outcomes=_outcomes(rows, windows),
        people=roles if names else without_figures_of_people(roles, ["person"]),
        listed=case_list(cases, _listed(rows, windows), names=names),
        caption=_caption(table, windows, known, absent=absent) + cases.made_up,
    )


def _judged(cases: Cases, rows: pd.DataFrame, known: pd.Timestamp) -> pd.DataFrame:
    """Petitions with days to resolution and whether a consultation came before the first action."""
    rows = rows.copy()
    for name in ("resolved_on", "consulted_on"):
        rows[name] = rows[name].where(rows[name] <= known)
    rows["outcome"] = rows["outcome"].where(rows["resolved_on"].notna())
    rows["days"] = (rows["resolved_on"] - rows["received_on"]).dt.days
    measures = side_rows(cases, "coercive_measures", by=(), known=known)[["case_no", "date"]]
    met = rows[["case_no", "received_on"]].reset_index().merge(measures[measures["case_no"].notna()], on="case_no")
    first = met[met["date"] >= met["received_on"]].groupby("index")["date"].min()
    action = first.reindex(rows.index).astype("datetime64[s]").fillna(rows["resolved_on"])
    consulted = rows["consulted_on"].notna()
    rows["consultation"] = np.select(
        [consulted & ~(rows["consulted_on"] > action), consulted, action.notna()], CONSULTATION[:3], CONSULTATION[3]
    )
    return rows


def _table(rows: pd.DataFrame, closed: pd.DataFrame, windows: Sequence[Window], keys: tuple[str, ...]) -> pd.DataFrame:
    """Counts by window and group, with the rates and intervals that follow from them."""
    groups = [f"of_{key}" for key in keys]
    parts = []
    for window in windows:
        received, resolved = within(rows["received_on"], window), within(rows["resolved_on"], window)
        counted = {
            "opening": (rows["received_on"] < window.start) & ~(rows["resolved_on"] < window.start),
            "received": received,
            "resolved": resolved,
            "pending": (rows["received_on"] <= window.end) & ~(rows["resolved_on"] <= window.end),
            "resolved_of_received": received & (rows["resolved_on"] <= window.end),
            "consulted_before": received & (rows["consultation"] == "before"),
            "consulted_after": received & (rows["consultation"] == "after"),
            "not_consulted": received & (rows["consultation"] == "none"),
        }
        laid = rows.assign(**{name: mask.astype("int64") for name, mask in counted.items()})
        flow = closed[within(closed["on"], window)]
        part = laid_over(groups, [laid, closed], laid, list(COUNTS))
        part["closed"] = laid_over(groups, [laid, closed], flow.assign(closed=flow["cases"]), ["closed"])["closed"]
        days = laid.assign(days=laid["days"].where(resolved))
        part["median_days"] = days.groupby(groups, dropna=False)["days"].median().reindex(
            pd.MultiIndex.from_frame(part[groups]) if len(groups) > 1 else part[groups[0]]
        ).to_numpy() if groups else days["days"].median()  # fmt: skip
        parts.append(part.assign(period_start=window.start, period_end=window.end))
    table = pd.concat(parts, ignore_index=True).astype(dict.fromkeys((*COUNTS, "closed"), "float64"))
    return _with_rates(table, groups)


def _with_rates(table: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    base, closed = table["received"], table["closed"]
    table["settlement_rate"] = PER * table["resolved_of_received"] / base.where(base > 0)
    lower, upper = intervals.wilson(table["resolved_of_received"], base)
    table["lower"], table["upper"] = PER * lower, PER * upper
    table["per_100_closed"] = PER * base / closed.where(closed > 0)
    low, high = intervals.poisson(base)
    table["per_100_lower"], table["per_100_upper"] = (PER * bound / closed.where(closed > 0) for bound in (low, high))
    order = ["period_start", "period_end", *groups, "opening", "received", "resolved", "pending", "resolved_of_received",
             "settlement_rate", "lower", "upper", "median_days", "consulted_before", "consulted_after", "not_consulted",
             "closed", "per_100_closed", "per_100_lower", "per_100_upper"]  # fmt: skip
    return table[order].astype({"period_start": "datetime64[s]", "period_end": "datetime64[s]"})


def _noted(table: pd.DataFrame, known: pd.Timestamp, *, absent: bool, unconsulted: bool) -> pd.DataFrame:
    """Write the notes of each row; without any petitions in the register the counts are missing, without days of consultation those of it."""
    if absent:
        told = [c for c in table.columns if not c.startswith(("of_", "period_")) and c != "closed"]
        table[told] = np.nan
        return table.assign(note=ABSENT.cell)
    if unconsulted:
        table[["consulted_before", "consulted_after", "not_consulted"]] = np.nan
    said = [
        (table["period_end"] > known, incomplete(known)),
        (pd.Series(unconsulted, index=table.index), NO_CONSULTATIONS),
        (table["received"] == 0, Text("未收到信访，息访率无值", "no petition received: no settlement rate")),
        (table["closed"] == 0, Text("没有结案，不计每百件数", "nothing was closed: no number per 100")),
    ]
    return table.assign(note=notes_where(said, len(table)))


def _outcomes(rows: pd.DataFrame, windows: Sequence[Window]) -> pd.DataFrame:
    parts = []
    for window in windows:
        resolved = rows[within(rows["resolved_on"], window)]
        counted = resolved.groupby("outcome", dropna=False).size().rename("petitions").reset_index()
        parts.append(days_of(window, counted.sort_values("petitions", ascending=False, kind="stable")))
    return pd.concat(parts, ignore_index=True)


def _people(rows: pd.DataFrame, windows: Sequence[Window]) -> pd.DataFrame:
    parts = []
    for window in windows:
        for role in ROLES:
            met = rows.assign(
                person=rows[role],
                received=within(rows["received_on"], window).astype("int64"),
                resolved=within(rows["resolved_on"], window).astype("int64"),
                pending=((rows["received_on"] <= window.end) & ~(rows["resolved_on"] <= window.end)).astype("int64"),
                median_days=rows["days"].where(within(rows["resolved_on"], window)),
            ).groupby("person")
            part = met.agg(
                {"received": "sum", "resolved": "sum", "pending": "sum", "median_days": "median"}
            ).reset_index()
            part = part[(part[["received", "resolved", "pending"]] > 0).any(axis=1)]
            parts.append(days_of(window, part.assign(role=role)))
    table = pd.concat(parts, ignore_index=True)
    return table[["period_start", "period_end", "role", "person", "received", "resolved", "pending", "median_days"]]


def _listed(rows: pd.DataFrame, windows: Sequence[Window]) -> pd.DataFrame:
    """Petitions that were pending, received or resolved in one of the periods, one by one."""
    touched = np.zeros(len(rows), dtype=bool)
    for window in windows:
        touched |= ((rows["received_on"] <= window.end) & ~(rows["resolved_on"] < window.start)).to_numpy()
    columns = [
        "petition_id",
        "case_no",
        "received_on",
        "resolved_on",
        "days",
        "outcome",
        "consultation",
        "officer",
        "supervisor",
    ]
    return rows.loc[touched, columns].reset_index(drop=True)


def _caption(table: pd.DataFrame, windows: Sequence[Window], known: pd.Timestamp, *, absent: bool) -> Text:
    span, day = window_text(min(w.start for w in windows), max(w.end for w in windows)), day_text(known)
    number = table["received"].sum() if len(windows) == 1 else None
    zh, en = (f"收到信访{number:.0f}件，", f"{number:.0f} petitions received, ") if number is not None else ("", "")
    if absent:
        zh, en = f"{ABSENT.zh}；", f"{ABSENT.en}; "
    return Text(f"{zh}{span.zh}，截至{day.zh}", f"{en}{span.en}, known to {day.en}")
