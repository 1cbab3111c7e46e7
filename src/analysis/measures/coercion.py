"""Coercive measures (强制措施): detention, fine, seizure and the rest, by persons and per hundred cases closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.table import known_on
from analysis.measures import intervals
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.indicators.caveats import each_count, incomplete, notes_where
from analysis.measures.indicators.quantities import FEN_PER_WAN
from analysis.measures.indicators.side_tables import holds_none, side_rows
from analysis.measures.open_sums import HELD_BACK, dated_sums_held_back
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.pseudonyms import with_people_shown, without_figures_of_people
from analysis.measures.windows import asked_windows, laid_over, within
from analysis.vocabulary.columns import codes
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.measures.windows import Window

BOTH = "detention_and_fine"  # 拘留并罚款: the persons who met both within the period
PARTS_OF_BOTH = ("detention", "fine")
ALWAYS = (*PARTS_OF_BOTH, "exposure", "referral")  # shown with 0 where there is none; the other kinds where there are
PER = 100
ABSENT = Text("台账没有强制措施登记，不是0", "the register holds no coercive measures: unknown, not 0")


def coercive_measures(
    cases: Cases,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    by: str | Sequence[str] = (),
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Coercive measures by period and kind: detention, fine, both, seizure, public exposure, referral and the rest.

    Columns: ``period_start, period_end, [by…], kind, measures, persons, cases, amount`` (fines and the like, 万元), ``closed``,
    ``per_100_closed`` (persons ÷ cases closed × 100) with its exact Poisson interval ``lower, upper``, ``note``. The kind
    ``detention_and_fine`` counts the persons who met both in the period; they stand in each of the two as well. A
    row without a person counts as one person a case, and the note says how many there are.

    ``by`` are columns of the case; periods and errors as in ``indicators``. A register without the table gives missing values.
    Amounts that say too much of one person, and people's names, are shown with ``names=True`` alone (``open_sums``).

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
    DataFrame
        One row a period, group and kind.

    >>> from analysis import Cases
    >>> frames = {
    ...     "cases": pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-05"], "closed_on": ["2011-03-01"]}),
    ...     "coercive_measures": pd.DataFrame(
    ...         {"case_no": "1", "person_id": ["a", "a", "b"], "kind": ["detention", "fine", "detention"], "date": "2011-02-01"}
    ...     ),
    ... }
    >>> table = coercive_measures(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011]).set_index("kind")
    >>> table.loc[["detention", "fine", "detention_and_fine"], "persons"].tolist()
    [2.0, 1.0, 1.0]
    """
    keys = must_be_breakdown(by, names=names, cases=cases)
    known = known_on(cases, at)
    windows = asked_windows(periods, calendar or cases.calendar, known)
    rows = side_rows(cases, "coercive_measures", by=keys, known=known)
    closed = tallies.closed(cases, by=keys, at=at).rename(columns={key: f"of_{key}" for key in keys})
    rows, closed = (with_people_shown(cases, t, names=names, prefix="of_") for t in (rows, closed))
    rows["person"] = rows["person_id"].fillna(rows["case_no"])
    kinds: list[str | None] = [kind for kind in codes("kind") if kind in (*ALWAYS, *rows["kind"])]
    if rows["kind"].isna().any():
        kinds.append(None)  # a measure without a kind is shown as such
    groups = [f"of_{key}" for key in keys]
    parts = [_counted(rows, closed, window, [*kinds, BOTH], groups).assign(held_back=False) for window in windows]
    if not names:
        parts = [
            _without_telling_sums(cases, part, rows, keys, window, known)
            for part, window in zip(parts, windows, strict=True)
        ]
    table = _with_rates(pd.concat(parts, ignore_index=True), known)
    if rows.empty and holds_none(cases, "coercive_measures"):
        table[["measures", "persons", "cases", "amount", "per_100_closed", "lower", "upper"]] = np.nan
        table["note"] = ABSENT.cell
    table.columns = table.columns.str.removeprefix("of_")
    if not names:
        first, last = table["period_start"], table["period_end"]
        table = without_closed_teams(cases, table, first=first, last=last, are_labels=True)
        table = without_figures_of_people(table, keys)
    table.attrs = {
        "table": "coercive_measures",
        "as_of": str(known.date()),
        "interval_note": intervals.INTERVAL_NOTE.cell,
    }
    return table


def _counted(
    rows: pd.DataFrame, closed: pd.DataFrame, window: Window, kinds: Sequence[str | None], groups: list[str]
) -> pd.DataFrame:
    """One window by kind and group: measures, different persons, different cases, amount, beside the cases closed."""
    dated = rows[within(rows["date"], window)]
    wan = (dated["amount"] * FEN_PER_YUAN).round() / FEN_PER_WAN
    dated = dated.assign(wan=wan, no_person=dated["person_id"].isna(), no_amount=wan.isna() & (dated["kind"] == "fine"))
    met = pd.concat([dated, _both(dated, groups).assign(kind=BOTH)]).groupby([*groups, "kind"], dropna=False)
    found = met.agg(
        measures=("date", "size"), persons=("person", "nunique"), cases=("case_no", "nunique"),
        no_person=("no_person", "sum"), no_amount=("no_amount", "sum"),
    ).assign(amount=met["wan"].sum(min_count=1)).reset_index()  # fmt: skip
    flow = closed[within(closed["on"], window)]
    beside = laid_over(groups, [rows, closed], flow.assign(closed=flow["cases"]), ["closed"])
    table = pd.DataFrame({"kind": kinds}).astype(rows["kind"].dtype).merge(beside, how="cross")
    table = table.merge(found, on=[*groups, "kind"], how="left")
    table = table.fillna(dict.fromkeys(("measures", "persons", "cases", "no_person", "no_amount"), 0))
    table = table.assign(period_start=window.start, period_end=window.end)
    order = ["period_start", "period_end", *groups, "kind", "measures", "persons", "cases", "amount", "closed"]
    return table[[*order, "no_person", "no_amount"]]


def _without_telling_sums(
    cases: Cases,
    table: pd.DataFrame,
    rows: pd.DataFrame,
    keys: Sequence[str],
    window: Window,
    known: pd.Timestamp,
) -> pd.DataFrame:
    """A window's table without the amounts that say too much of one person or of one case; of those who met both kinds none stands beside theirs."""
    paid = rows.assign(on=rows["date"], fen=(rows["amount"].fillna(0) * FEN_PER_YUAN).round())
    whose = (paid["person"], paid["case_no"].fillna(paid["person"]))
    gone = (table["kind"] == BOTH).to_numpy(dtype=bool, copy=True)
    for of in whose:
        gone |= dated_sums_held_back(cases, paid.assign(whose=of), keys, table, window, known, also=["kind"])
    gone &= table["amount"].notna().to_numpy()
    return table.assign(amount=table["amount"].mask(gone), held_back=gone)


def _both(dated: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """The measures of both kinds of those who met both."""
    two = dated[dated["kind"].isin(PARTS_OF_BOTH)]
    met = two.groupby([*groups, "person"], dropna=False)["kind"].transform("nunique")
    return two[met == len(PARTS_OF_BOTH)]


def _with_rates(table: pd.DataFrame, known: pd.Timestamp) -> pd.DataFrame:
    numbers = ("measures", "persons", "cases", "closed")
    table = table.astype(
        {**dict.fromkeys(numbers, "float64"), "period_start": "datetime64[s]", "period_end": "datetime64[s]"}
    )
    base = table["closed"].where(table["closed"] > 0)
    lower, upper = intervals.poisson(table["persons"])
    table["per_100_closed"] = PER * table["persons"] / base
    table["lower"], table["upper"] = PER * lower / base, PER * upper / base
    said = [
        (table["period_end"] > known, incomplete(known)),
        (table["held_back"], HELD_BACK),
        (table["closed"] == 0, Text("没有结案，不计每百件数", "nothing was closed: no number per 100")),
        *each_count(
            table["no_person"],
            lambda n: Text(f"{n}项未写明人员，每案按一人计", f"{n} without a person: one is counted for each case"),
        ),
        *each_count(
            table["no_amount"], lambda n: Text(f"{n}项罚款未写明金额", f"{number_of(n, 'fine')} without an amount")
        ),
    ]
    return table.drop(columns=["no_person", "no_amount", "held_back"]).assign(note=notes_where(said, len(table)))
