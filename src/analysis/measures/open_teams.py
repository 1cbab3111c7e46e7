"""Teams whose figures would be those of one officer, or give one away, and when.

A team's counts count cases, and are shown. In a quarter in which one officer alone has cases in it they are that officer's; and
beside the figures of the others they may be what is left out of one. Then the team is not shown outside, nor is a second one
where the court's total would give it away: the ledger of people says which (``people_ledger``). It says so at the end of a quarter:
until then no team is shown of it, since months that were shown could not be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.table import known_on
from analysis.measures.people_ledger import TEAM, people_ledger, people_ledger_ahead
from analysis.measures.pseudonyms import NOBODY, shown_labels
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from analysis.cases.table import Cases
    from analysis.vocabulary.periods import Day

NOT_SHOWN = Text(
    "有的小组某季只有一人有案，或会使某人的数字可以推算，对外未列入",
    "teams that in some quarter were one person's, or would give a person's figures away, are left out of what is shown outside",
)


def closed_teams(cases: Cases) -> Mapping[str, Sequence[tuple[pd.Timestamp, pd.Timestamp]]]:
    """Return the teams that are not shown outside, each with first and last day of the quarters in which."""
    if cases.lacking("officer") or cases.lacking(TEAM):
        return {}
    return people_ledger(cases, person="officer", calendar=cases.calendar).closed_teams


async def closed_teams_ahead(cases: Cases) -> None:
    """Find out, while nobody waits, which teams are not shown outside."""
    if not cases.lacking("officer", TEAM):
        await people_ledger_ahead(cases)


def _undecided(cases: Cases) -> Mapping[str, tuple[pd.Timestamp, pd.Timestamp]]:
    if cases.lacking("officer") or cases.lacking(TEAM):
        return {}
    return people_ledger(cases, person="officer", calendar=cases.calendar).undecided


def _closed_or_undecided(cases: Cases) -> Mapping[str, Sequence[tuple[pd.Timestamp, pd.Timestamp]]]:
    closed, undecided = closed_teams(cases), _undecided(cases)
    return {
        team: [*closed.get(team, ()), *([undecided[team]] if team in undecided else [])]
        for team in {*closed, *undecided}
    }


def touched_teams(cases: Cases, first: pd.Timestamp, last: pd.Timestamp) -> set[str]:
    """Return the teams that are not shown of a period, because it touches a quarter in which they are closed."""
    return {
        team
        for team, quarters in _closed_or_undecided(cases).items()
        if any(first <= end and last >= start for start, end in quarters)
    }


def without_closed_teams(
    cases: Cases,
    table: pd.DataFrame,
    *,
    first: pd.Series | pd.Timestamp,
    last: pd.Series | pd.Timestamp,
    are_labels: bool = False,
) -> pd.DataFrame:
    """A table by team without the rows of teams in periods that touch a quarter in which they are closed: a row alone would tell of a case.

    The teams stand in it as in the register, or with ``are_labels`` as they are shown.
    """
    if TEAM not in table or not (closed := _closed_or_undecided(cases)):
        return table
    if are_labels:
        shown = shown_labels(cases, pd.Series(list(closed), dtype="str"), TEAM, names=False)
        closed = dict(zip(shown, closed.values(), strict=True))
    spans = pd.DataFrame({"first": first, "last": last}, index=table.index).astype("datetime64[s]")
    teams = table[TEAM].astype(object).where(table[TEAM].notna(), NOBODY).astype(str)
    gone = pd.Series(False, index=table.index)
    for team, quarters in closed.items():
        for start, end in quarters:
            touched = (spans["first"] <= end) & (spans["last"] >= start)
            gone |= (teams == team) & touched
    return table[~gone].reset_index(drop=True) if gone.any() else table


def decided_on(cases: Cases, keys: Collection[str], at: Day | None, *, names: bool) -> pd.Timestamp:
    """The day as of which a table over all time is made: outside, by team, the end of the last quarter of which it is decided who is shown."""
    begun = [first for first, _ in _undecided(cases).values()] if TEAM in keys and not names else []
    return min([known_on(cases, at), *(first - pd.Timedelta(days=1) for first in begun)])


def of_open_teams(
    cases: Cases, rows: pd.DataFrame, *, names: bool, said: Sequence[Text]
) -> tuple[pd.DataFrame, list[Text]]:
    """Rows by team over all time without those of teams that are closed in any quarter, and what is said, that they are left out too."""
    closed = closed_teams(cases) if TEAM in rows and not names else {}
    gone = (
        rows[TEAM].astype(object).where(rows[TEAM].notna(), NOBODY).isin(list(closed))
        if closed
        else pd.Series(dtype=bool)
    )
    return (rows[~gone].reset_index(drop=True), [*said, NOT_SHOWN]) if gone.any() else (rows, list(said))
