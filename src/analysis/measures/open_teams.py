"""Teams whose figures are those of one officer, and when.

A team's counts count cases, and are shown. Until a second officer has cases in it they are one officer's: then the team is not
shown outside, nor is a second one where the court's total would give it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases import tallies
from analysis.measures.pseudonyms import NOBODY, shown_labels
from analysis.vocabulary.periods import windows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.cases.table import Cases

TEAM = "team"


def closed_teams(cases: Cases, at: pd.Timestamp) -> Mapping[str, pd.DatetimeIndex]:
    """Return the teams that are not shown outside, each with the first days of the quarters in which."""
    if cases.lacking("officer") or cases.lacking(TEAM):
        return {}
    return cases.once(("closed teams", at), lambda: _found(cases, at))


def without_closed_teams(
    cases: Cases,
    table: pd.DataFrame,
    *,
    first: pd.Series | pd.Timestamp,
    last: pd.Series | pd.Timestamp,
    at: pd.Timestamp,
    are_labels: bool = False,
) -> pd.DataFrame:
    """A table by team without the figures of teams in periods that touch a quarter in which they are closed.

    The teams stand in it as in the register, or with ``are_labels`` as they are shown.
    """
    if TEAM not in table or not (closed := closed_teams(cases, at)):
        return table
    if are_labels:
        shown = shown_labels(cases, pd.Series(list(closed), dtype="str"), TEAM, names=False)
        closed = dict(zip(shown, closed.values(), strict=True))
    spans = pd.DataFrame({"first": first, "last": last}, index=table.index).astype("datetime64[s]")
    teams = table[TEAM].astype(object).where(table[TEAM].notna(), NOBODY).astype(str)
    gone = pd.Series(False, index=table.index)
    for team, quarters in closed.items():
        for quarter in quarters:
            touched = (spans["first"] <= quarter + pd.offsets.QuarterEnd()) & (spans["last"] >= quarter)
            gone |= (teams == team) & touched
    figures = {str(name): table[name].astype("float64").mask(gone) for name in table.select_dtypes("number")}
    return table.assign(**figures) if gone.any() else table


def _found(cases: Cases, at: pd.Timestamp) -> dict[str, pd.DatetimeIndex]:
    filed = tallies.filed(cases, by=("officer", TEAM), unit="day", at=at)
    if filed.empty:
        return {}
    filed[["officer", TEAM]] = filed[["officer", TEAM]].astype(object).where(filed[["officer", TEAM]].notna(), NOBODY)
    closed: dict[str, list[pd.Timestamp]] = {}
    for start, end in windows(filed["on"].min(), at, freq="Q").itertuples(index=False):
        so_far = filed[filed["on"] <= end].groupby(TEAM).agg(officers=("officer", "nunique"), cases=("cases", "sum"))
        of_one = so_far.index[so_far["officers"] == 1].tolist()
        others = so_far["cases"].drop(of_one).sort_index().sort_values(kind="stable")
        for team in [*of_one, *(others.index[:1] if len(of_one) == 1 else [])]:
            closed.setdefault(str(team), []).append(pd.Timestamp(start))
    return {team: pd.DatetimeIndex(starts) for team, starts in closed.items()}
