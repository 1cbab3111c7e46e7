"""Judicial aid (司法救助): amounts, grants, and the cases and petitions that they went to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.table import known_on
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.indicators.caveats import each_count, incomplete, notes_where
from analysis.measures.indicators.quantities import FEN_PER_WAN
from analysis.measures.indicators.side_tables import holds_none, side_rows
from analysis.measures.open_sums import HELD_BACK, dated_sums_held_back
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.pseudonyms import with_people_shown, without_figures_of_people
from analysis.measures.windows import asked_windows, laid_over, within
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases

ABSENT = Text("台账没有司法救助登记，不是0", "the register holds no judicial aid: unknown, not 0")


def aid(
    cases: Cases,
    *,
    periods: Periods = None,
    calendar: str | None = None,
    by: str | Sequence[str] = (),
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Judicial aid by period: how much, in how many grants, for how many cases and petitions.

    Columns: ``period_start, period_end, [by…], grants, cases, petitions`` (grants made on a petition: different ones),
    ``amount`` (万元), ``without_amount`` (grants whose amount is missing and so not in the sum), ``note``. ``by`` are columns of the
    case; periods and errors as in ``indicators``. A register without the table gives missing values and says so. Amounts that say too
    much of one case, and people's names and figures, are shown with ``names=True`` alone (``open_sums``).

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
        One row a period and group.

    >>> from analysis import Cases
    >>> frames = {
    ...     "cases": pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-05"]}),
    ...     "aid": pd.DataFrame({"case_no": ["1", "1"], "granted_on": "2011-02-15", "amount": [2500, 52500]}),
    ... }
    >>> aid(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011], names=True)[["grants", "cases", "amount"]].values.tolist()
    [[2.0, 1.0, 5.5]]
    """
    keys = must_be_breakdown(by, names=names, cases=cases)
    known = known_on(cases, at)
    windows = asked_windows(periods, calendar or cases.calendar, known)
    rows = side_rows(cases, "aid", by=keys, known=known)
    rows = with_people_shown(cases, rows, names=names, prefix="of_")
    groups = [f"of_{key}" for key in keys]
    rows["wan"] = (rows["amount"].fillna(0) * FEN_PER_YUAN).round() / FEN_PER_WAN
    rows["without_amount"] = rows["amount"].isna().astype("int64")
    whose = rows["whose"].fillna(pd.Series(rows.index.astype(str), index=rows.index))
    paid = rows.assign(on=rows["granted_on"], fen=rows["wan"], whose=whose)
    parts = []
    for window in windows:
        granted = rows[within(rows["granted_on"], window)].assign(grants=1)
        part = laid_over(groups, [rows], granted, ["grants", "wan", "without_amount"])
        for name, column in (("cases", "case_no"), ("petitions", "petition_id")):
            different = granted[granted[column].notna()].drop_duplicates([*groups, column]).assign(number=1)
            part[name] = laid_over(groups, [rows], different, ["number"])["number"]
        gone = np.zeros(len(part), dtype=bool)
        if not names:
            gone = dated_sums_held_back(cases, paid, keys, part, window, known) & (part["grants"] > 0)
        part["wan"] = part["wan"].mask(gone)
        part["held_back"] = gone
        parts.append(part.assign(period_start=window.start, period_end=window.end))
    table = pd.concat(parts, ignore_index=True).rename(columns={"wan": "amount"})
    counts = ["grants", "cases", "petitions", "amount", "without_amount"]
    table = table.astype(
        {**dict.fromkeys(counts, "float64"), "period_start": "datetime64[s]", "period_end": "datetime64[s]"}
    )
    table.loc[table["without_amount"] == table["grants"].where(table["grants"] > 0), "amount"] = np.nan
    table["note"] = _notes(table, known)
    if rows.empty and holds_none(cases, "aid"):
        table[counts] = np.nan
        table["note"] = ABSENT.cell
    table = table[["period_start", "period_end", *groups, *counts, "note"]]
    table.columns = table.columns.str.removeprefix("of_")
    if not names:
        first, last = table["period_start"], table["period_end"]
        table = without_closed_teams(cases, table, first=first, last=last, are_labels=True)
        table = without_figures_of_people(table, keys)
    table.attrs = {"table": "aid", "as_of": str(known.date())}
    return table


def _notes(table: pd.DataFrame, known: pd.Timestamp) -> list[str]:
    said = [
        (table["period_end"] > known, incomplete(known)),
        (table["held_back"], HELD_BACK),
        *each_count(
            table["without_amount"],
            lambda n: Text(f"{n}笔缺少金额，未计入", f"{n} grants without an amount are left out"),
        ),
    ]
    return notes_where(said, len(table))
