"""People in results: stable pseudonyms, nothing beside them that tells who they are, and names only where the caller asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from analysis.cases.privacy import pseudonyms
from analysis.register.disclosure import (
    AMOUNT,
    LABELLED,
    NUMBERS,
    PERSON,
    QUASI_IDENTIFIER,
    must_not_pair,
    public_labels,
    public_numbers,
)
from analysis.vocabulary.columns import columns
from analysis.vocabulary.labels import UNSTATED
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.cases.table import Cases

Name = TypeVar("Name", str, pd.Series)
# How an open place is shown: a case without an officer is one that nobody answers for.
NOBODY = UNSTATED
# The register's columns of names.
PEOPLE = ("officer", "lead")


def shown_officers(cases: Cases, people: pd.Series, *, names: bool) -> pd.Series:
    """The people of a column as they may be shown: pseudonyms (``privacy.pseudonyms``), names with ``names=True``.

    A missing person stays visible as ``—``.
    """
    shown = people if names else people.map(_labels(cases, PERSON))
    return shown.astype("str").fillna(NOBODY)


def shown_labels(cases: Cases, labels: pd.Series, column: str, *, names: bool) -> pd.Series:
    """The labels of a column as they may be shown: what names somebody is replaced (``disclosure.public_labels``)."""
    if names or column not in LABELLED:
        return labels
    shown = _labels(cases, column)
    return labels if all(old == new for old, new in shown.items()) else labels.map(shown).astype(labels.dtype)


def shown_court(cases: Cases, *, names: bool) -> str | None:
    """The court of a register as it may be shown: of a part a cell that was moved may be the only one."""
    court = cases.court
    return court if court is None or names else _labels(cases, "court").get(court, court)


def words_of_court(cases: Cases) -> list[str]:
    """The words of a court that names of its files are made of as well: its name, where it may be shown, and the labels that it says are its own."""
    return [shown_court(cases, names=False) or "", *cases.labels]


def namesakes(cases: Cases) -> frozenset[str]:
    """The names of officers that several courts of a register have: added up they would be nobody's figures.

    >>> import analysis as an
    >>> rows = pd.DataFrame({"filed_on": "2011-01-04", "officer": ["张三", "李四", "张三"], "court": ["甲县法院", "甲县法院", "乙县法院"]})
    >>> sorted(namesakes(an.Cases.from_frames(rows, as_of="2011-12-31")))
    ['张三']
    """
    return in_several_courts(cases, "officer")


def of_several_courts(number: int) -> Text:
    """Say of so many names that several courts have why they stand in no table outside."""
    return Text(
        f"几家法院同名的{number}个姓名不列：对外不能写明是哪一院的",
        f"{number} names that several courts have are left out: whose court it is cannot be told outside",
    )


def told_apart(cases: Cases, people: pd.Series, courts: pd.Series) -> pd.Series:
    """The names of officers, those that several courts have with their court: as one row they would be nobody's figures.

    >>> import analysis as an
    >>> rows = pd.DataFrame({"filed_on": "2011-01-04", "officer": ["张三", "李四", "张三"], "court": ["甲县法院", "甲县法院", "乙县法院"]})
    >>> told_apart(an.Cases.from_frames(rows, as_of="2011-12-31"), rows["officer"], rows["court"]).tolist()
    ['张三（甲县法院）', '李四', '张三（乙县法院）']
    """
    return people.where(~people.isin(namesakes(cases)), with_court(people, courts.fillna(NOBODY)))


def with_court(officer: Name, court: Name) -> Name:
    """One name of an officer that several courts have, or a column of them, as results tell them apart."""
    return officer + "（" + court + "）"


def in_several_courts(cases: Cases, column: str) -> frozenset[str]:
    """The names of a column, of officers or of teams, that several courts of a register have."""
    return cases.once(("in several courts", column), lambda: _of_several(cases, column))


def _of_several(cases: Cases, column: str) -> frozenset[str]:
    held = cases.table.group_by(column).aggregate(courts=cases.table.court.nunique()).to_pandas()
    return frozenset(held.loc[held[column].notna() & (held["courts"] > 1), column].astype(str))


def _labels(cases: Cases, column: str) -> dict[str, str]:
    if column == PERSON:
        return pseudonyms(cases)
    return cases.once(("labels", column), lambda: public_labels(cases, column), of_whole=True)


def with_people_shown(
    cases: Cases, table: pd.DataFrame, *, names: bool, prefix: str = "", within: Sequence[str] = ()
) -> pd.DataFrame:
    """A table as it may be shown: people as pseudonyms, labels that name nobody, and beside a pseudonym no team or township.

    Who works where is known: beside a pseudonym it would say who that is, and the team's total less the others' figures what
    is left out. Pseudonyms and replaced labels stand in their own order and last, of each of the columns ``within``: the place of a name
    would tell whose row it is. Raises ``ArgumentError`` for a table with pseudonyms and case numbers.
    """
    there = {name: f"{prefix}{name}" for name in columns("cases") if f"{prefix}{name}" in table}
    must_not_pair(names, there)
    if names or not there:
        return table.assign(**{c: shown_officers(cases, table[c], names=True) for n, c in there.items() if n in PEOPLE})
    persons = [name for name in PEOPLE if name in there]
    shown: dict[str, pd.Series] = {}
    replaced: dict[str, np.ndarray] = {}
    for name, column in there.items():
        if name in PEOPLE:
            shown[column] = shown_officers(cases, table[column], names=False)
            replaced[column] = np.ones(len(table), dtype=bool)
        elif name in LABELLED:
            labels = shown_labels(cases, table[column], name, names=False)
            tells = bool(persons) and columns("cases")[name].disclosure == QUASI_IDENTIFIER
            shown[column] = labels.mask(np.ones(len(labels), dtype=bool)) if tells else labels
            held = table[column].astype(object)
            replaced[column] = (labels.astype(object) != held).to_numpy() & held.notna().to_numpy()
    result = table.assign(**shown)
    moved = [column for column in table if column in replaced and replaced[column].any()]
    if not moved:
        return result
    last = np.any([replaced[column] for column in moved], axis=0)
    ahead = table.columns[: table.columns.get_loc(moved[0])]
    before = [*within, *ahead[ahead.isin([*there.values()])]]
    places = result.groupby(before, sort=False, dropna=False).ngroup() if before else np.zeros(len(table))
    codes = [np.where(last, pd.factorize(result[column], sort=True)[0], 0) for column in reversed(moved)]
    return result.iloc[np.lexsort((*codes, last, places))].reset_index(drop=True)


def case_list(cases: Cases, table: pd.DataFrame, *, names: bool) -> pd.DataFrame:
    """A list of cases as it may be shown: without people and teams, whom the number beside them would tell, and amounts, unless asked for.

    Cases of a team that is not shown could be counted in a list with their teams.
    """
    persons = [name for name in (*PEOPLE, "supervisor") if name in table]
    if names:
        return table.assign(**{name: shown_officers(cases, table[name], names=True) for name in persons})
    amounts = [name for name, column in columns("cases").items() if column.disclosure == AMOUNT and name in table]
    listed = table.drop(columns=[*persons, *amounts, *(["team"] if "team" in table else [])])
    labels = {name: shown_labels(cases, listed[name], name, names=False) for name in LABELLED if name in listed}
    return listed.assign(**labels, **{name: public_numbers(cases, listed[name]) for name in NUMBERS if name in listed})


def without_figures_of_people(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """A table by person as it may be shown outside, without rows: what is shown of people the ledger and the scorecard decide.

    A row alone would tell that a person has a case of the kind, which a list of cases gives with its number.
    """
    return table.iloc[:0] if set(keys) & {"person", *PEOPLE} else table
