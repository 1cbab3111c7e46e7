"""The ledger of what a register's publications show of people: stock and flow by officer, none of it small, none worked out.

Without names, figures of people are shown for quarters, the year so far to a quarter's end, and years; a month of one officer is
too little. Which of them are left out is decided once for all documents of a register, quarter after quarter, each on top of
what the earlier ones showed: so what one document leaves out no other shows, and no difference between quarters, years, stocks
and the court's own totals gives it away. A further quarter changes nothing of what was decided before.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.cases.privacy import MINIMUM, cut_short
from analysis.cases.suppression import Worlds, protected, still_open
from analysis.measures.open_sums import COURTS, years_over
from analysis.measures.pseudonyms import NOBODY, PEOPLE
from analysis.measures.windows import Window
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import windows
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scipy.sparse import csr_array

    from analysis.cases.table import Cases

MOMENTS = {"filed": "filed_on", "closed": "closed_on"}
PAUSE = 0.01  # seconds in which a kernel answers what came meanwhile
MOST_PEOPLE = 200  # of a register of more, a province's, nothing is shown of people outside
OF_COURT = "\x1f"  # between a court and its team
NEVER = 1 << 20  # the quarter of what has no day, or one that is still to come
TOO_SHORT = Text(
    "人员的数字只按季、年公布（一人一月或一周的件数过少）",
    "figures of people are published by quarter and year only: a month or week of one person holds too few cases",
)
NOT_LISTED = Text(
    "没有可以对外列出的数字的承办人不列", "officers of whom no figure may be shown outside are not listed"
)
COLUMNS = ("opening", "filed", "closed", "closing")
OPEN = 30.0  # a figure kept open by cases that are still open is asked again every quarter: others go rather
BOTH = "filed_and_closed"  # in one year, shown of years alone
TEAM = "team"
Key = tuple[str, pd.Timestamp, pd.Timestamp]  # measure, first and last day; of a stock the day twice


@dataclass
class Ledger:
    """Which figures of whom may be shown: ``hidden`` holds person, measure and days of those that may not.

    Of those ``cut_short``, of whom a narrowed register holds some cases alone, none may: they would be a finer breakdown.
    ``closed_teams`` holds the teams that are not shown, each with first and last day of the quarters in which; on all ``undecided`` ones
    nothing is decided for the quarter that is not over.
    """

    known: set[tuple[pd.Timestamp, pd.Timestamp]] = field(default_factory=set)
    hidden: set[tuple[str, Key]] = field(default_factory=set)
    cut_short: frozenset[str | None] = frozenset()
    closed_teams: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = field(default_factory=dict)
    undecided: dict[str, tuple[pd.Timestamp, pd.Timestamp]] = field(default_factory=dict)

    def hidden_of(self, person: str, first: pd.Timestamp, last: pd.Timestamp) -> set[str]:
        """The measures of stock and flow that are left out of a person's row of a period; of a year with ``BOTH``."""
        return {measure for measure in (*COLUMNS, BOTH) if self.hides(person, measure, first, last)}

    def shown(self, table: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        """A table of ``officer, opening, filed, closed, pending`` of one period without the figures that are left out.

        Nobody stands in it of whom nothing is told: the row alone would say that somebody has cases of the period, and its lack that
        somebody has none.
        """
        if (first, last) not in self.known:
            return table.iloc[:0]
        gone = table["officer"].map(lambda person: self.hidden_of(person, first, last))
        figures = {"opening": "opening", "filed": "filed", "closed": "closed", "pending": "closing"}
        masks = {name: gone.map(lambda out, of=measure: of in out).astype(bool) for name, measure in figures.items()}
        left = {name: table[name].astype("Int64").mask(mask) for name, mask in masks.items()}
        return table.assign(**left)[(pd.DataFrame(left) > 0).any(axis=1)]

    def hides(self, person: str, measure: str, first: pd.Timestamp, last: pd.Timestamp) -> bool:
        """Whether a figure is left out; so are all of a period that no publication is of."""
        if (first, last) not in self.known or (None if person == NOBODY else person) in self.cut_short:
            return True
        return (person, _key(measure, first, last)) in self.hidden


def without_hidden(cases: Cases, table: pd.DataFrame, *, calendar: str) -> pd.DataFrame:
    """A caseflow by person, with ``period_end``, without the figures that the ledger leaves out; names still as they are.

    Only the person and the team may tell its rows apart: of finer ones, and of a person in several teams, nothing is shown. Nor does
    a person stand in it of whom nothing is told: from which day on somebody does would tell whose the case of that day is.
    """
    persons = [name for name in PEOPLE if name in table]
    finer = set(table.columns) - {"period", "period_end", "team", *COLUMNS, *persons}
    ledger = people_ledger(cases, person=persons[0], calendar=calendar)
    people = table[persons[0]].astype(object).where(table[persons[0]].notna(), NOBODY)
    several = table.groupby(["period", people], dropna=False)["filed"].transform("size") > 1
    result = table.copy()
    for measure in COLUMNS:
        cells = zip(people, table["period"], table["period_end"], several, strict=True)
        gone = [
            bool(finer) or len(persons) > 1 or many or ledger.hides(name, measure, first, last)
            for name, first, last, many in cells
        ]
        if any(gone):
            result[measure] = (
                table[measure].astype("float64").mask(np.array(gone, dtype=bool))
            )  # charts know NaN as a gap
    told = (result[list(COLUMNS)].fillna(0) > 0).any(axis=1).groupby(people).transform("any")
    return result[told].reset_index(drop=True)


def without_hidden_years(
    cases: Cases, table: pd.DataFrame, people: Sequence[str], at: pd.Timestamp, *, rests_on: pd.Series, finer: bool
) -> pd.DataFrame:
    """A table by person and period with the figures alone that rest on stocks and flows which the ledger lets be shown.

    ``rests_on`` names the stocks and flows (``COLUMNS``) of each row; a row that rests on anything else goes, as do other periods
    than statistical years that are over, and of a breakdown ``finer`` than persons everything.
    """
    gone = np.ones(len(table), dtype=bool)
    for _, rows in table.groupby(["period_start", "period_end"]):
        first, last = (pd.Timestamp(rows[name].iloc[0]) for name in ("period_start", "period_end"))
        if len(years_over(Window.of(first, last), at, cases.calendar)) == 1 and not finer:
            ledger = people_ledger(cases, person=people[0], calendar=cases.calendar)
            names = rows[people[0]].astype(object).where(rows[people[0]].notna(), NOBODY)
            asked = zip(names, rests_on[rows.index], strict=True)
            gone[table.index.get_indexer(rows.index)] = [
                not on or bool(on & ledger.hidden_of(str(name), first, last)) for name, on in asked
            ]
    figures = [str(name) for name in table.select_dtypes("number")]
    return table.assign(**{name: table[name].astype("Float64").mask(gone) for name in figures})


def must_not_follow_people(names: bool, keys: Collection[str]) -> None:
    """Raise ``ArgumentError`` for curves of people without their names: each step of a curve is a case or two."""
    people = [name for name in keys if name in PEOPLE]
    if people and not names:
        raise ArgumentError(
            f"按“{people[0]}”分组的曲线每一步只是一两件案件，不对外显示；院内使用请加 names=True。",
            f"a curve by {people[0]} steps at every case or two, so it is not shown outside: use names=True inside the court.",
        )


def _key(measure: str, first: pd.Timestamp, last: pd.Timestamp) -> Key:
    """A stock is one figure however it is come by: the opening of a period is the closing of the day before."""
    if measure == "opening":
        return "stock", first - pd.Timedelta(days=1), first - pd.Timedelta(days=1)
    return ("stock", last, last) if measure == "closing" else (measure, first, last)


def people_ledger(cases: Cases, *, person: str, calendar: str) -> Ledger:
    """Return the ledger of a register for a column of people, known to its last day; made once, kept with the register.

    Of a narrowed register it is the ledger of the whole: two ways to leave out would give each other away. So would two columns of
    people (a leading officer's cases are those of some officers) and two statistical calendars (some days apart): nothing is shown
    but of officers, by the register's own calendar.
    """
    if person != "officer" or calendar != cases.calendar:
        return Ledger()
    return cases.once(("people ledger", person, calendar), lambda: _made(cases, person, calendar))


async def people_ledger_ahead(cases: Cases) -> None:
    """Make the ledger of a register a quarter at a time: whatever else is asked of the kernel meanwhile is answered between two of them."""
    ledger = Ledger()
    for ledger in _by_quarter(cases, "officer", cases.calendar, cases.as_of):  # noqa: B007 - the last is whole
        await asyncio.sleep(PAUSE)
    cases.once(("people ledger", "officer", cases.calendar), lambda: ledger)


def _made(cases: Cases, person: str, calendar: str) -> Ledger:
    *_, whole = _by_quarter(cases, person, calendar, cases.as_of)
    return whole


def _by_quarter(cases: Cases, person: str, calendar: str, at: pd.Timestamp) -> Iterator[Ledger]:
    """The ledger as it stands before the first quarter, and after each."""
    ledger = Ledger(cut_short=cut_short(cases, person))
    yield ledger
    register = replace(cases, table=cases.entire, whole=None)
    keys = tuple(name for name in (person, TEAM, *COURTS) if not register.lacking(name))
    known = register.known(at, only=[*keys, *MOMENTS.values()])
    held = known.group_by([*keys, *MOMENTS.values()]).aggregate(cases=known.count()).to_pandas()
    days = pd.concat([pd.to_datetime(held[on]) for on in MOMENTS.values()]).dropna()
    if person not in keys or days.empty:
        return
    quarters = windows(days.min(), at, freq="Q", calendar=calendar)
    years, year_ends = (windows(days.min(), at, freq="Y", calendar=calendar)[name] for name in ("period", "period_end"))
    for name, on in MOMENTS.items():
        moments = pd.to_datetime(held.pop(on)).to_numpy()
        slots = np.searchsorted(quarters["period"].to_numpy(), moments, side="right") - 1
        held[name] = np.where(pd.isna(moments), NEVER, slots)
    held = held.groupby([*keys, *MOMENTS], dropna=False)["cases"].sum().reset_index()  # days are many, quarters few
    labels = held[list(keys)].astype(object).where(held[list(keys)].notna(), NOBODY).astype(str)
    cohorts = pd.DataFrame({"person": labels[person], "team": labels[TEAM] if TEAM in keys else ""})
    courts = [name for name in COURTS if name in keys]
    cohorts["court"] = labels[courts[0]].str.cat(labels[courts[1:]], sep="|") if courts else ""
    if len(set(cohorts["court"])) > 1:  # every court has a 执行一组 of its own
        cohorts["team"] = cohorts["court"] + OF_COURT + cohorts["team"]
    cohorts = cohorts.assign(**{name: held[name] for name in (*MOMENTS, "cases")})
    is_nobodys = (
        cohorts["person"] == NOBODY
    )  # each of these is known (``check`` lists them): nothing is left out behind them
    nobodys, cohorts = cohorts[is_nobodys], cohorts[~is_nobodys]
    if cohorts.empty:
        return
    systems = [_System(ledger, part) for part in _apart(cohorts)]
    too_many = cohorts["person"].nunique() > MOST_PEOPLE
    of_year = [years[years <= first].max() for first in quarters["period"]]
    for i, (first, last) in enumerate(quarters.itertuples(index=False)):
        # A part of a quarter and the quarter could be subtracted, and of a province the programmes would take hours: then nothing
        # is shown of people, and teams alone are decided on.
        if last > at or too_many:
            for system in systems:
                system.close(i, system.of_one(i), first, last)
                if not too_many:
                    ledger.undecided |= dict.fromkeys(system.told_apart(), (first, last))
        else:
            ends_year = bool((year_ends == last).any())
            into = i - of_year.index(of_year[i])
            for system in systems:
                system.decide(i, first, last, of_year[i], into, ends_year=ends_year)
            figures = {_key("closing", first, last): _sum_of(nobodys, "stock", 0, i)}
            figures |= {_key(name, first, last): _sum_of(nobodys, name, i, i) for name in MOMENTS}
            figures |= {_key(name, of_year[i], last): _sum_of(nobodys, name, i - into, i) for name in (*MOMENTS, BOTH)}
            ledger.hidden |= {(NOBODY, key) for key, number in figures.items() if 0 < number < MINIMUM}
        yield ledger


def _apart(cohorts: pd.DataFrame) -> list[pd.DataFrame]:
    """The cohorts of courts that share nobody, each for itself: decided on together, what is left out would hang on who reports."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    of, names = pd.factorize(pd.concat([OF_COURT + cohorts["court"], cohorts["person"]]))
    ends = tuple(np.split(of, 2))
    _, together = connected_components(coo_array((np.ones(len(cohorts)), ends), shape=(len(names), len(names))))
    return [part for _, part in cohorts.groupby(together[ends[0]])]


def _sum_of(cohorts: pd.DataFrame, measure: str, since: int, last: int) -> int:
    """A figure of all cohorts."""
    filed, closed = (cohorts[name].between(since, last).to_numpy(dtype="int64") for name in MOMENTS)
    counted = {"stock": filed - closed, BOTH: filed * closed, "filed": filed, "closed": closed}
    return int(counted[measure] @ cohorts["cases"].to_numpy(dtype="int64"))


class _Cohorts(NamedTuple):
    """Cases by person, team and court, each its place among the names, and by quarters of filing and closing: a row a cohort."""

    person: np.ndarray
    team: np.ndarray
    court: np.ndarray
    filed: np.ndarray
    closed: np.ndarray
    cases: np.ndarray

    def at(self, rows: np.ndarray) -> _Cohorts:
        """Some of the rows."""
        return _Cohorts(*(column[rows] for column in self))


class _System:
    """The figures of all people so far as sums of cohorts: the cases of a person in a team, by quarters of filing and closing.

    Nothing but the person of a case counts as secret. How many cases of a quarter a court and each of its teams closed in which
    other is known, since tables by day, team or anything else could show it; so is who got cases in which team, shown or not, in a quarter.
    Teams stay public unless a person's figure could not be left out beside them: then the team is closed for the quarter.
    """

    def __init__(self, ledger: Ledger, cohorts: pd.DataFrame) -> None:
        self.ledger = ledger
        (self.people, person), (self.teams, team), (_, court) = (
            np.unique(cohorts[name].to_numpy(dtype=object), return_inverse=True) for name in ("person", "team", "court")
        )
        self.cohorts = _Cohorts(person, team, court, *(cohorts[name].to_numpy() for name in (*MOMENTS, "cases")))
        self.court_of = np.zeros(len(self.teams), dtype="int64")
        self.court_of[team] = court
        self.several = np.bincount(self.court_of)[self.court_of] > 1  # a team that is all of a court is the court
        of_quarter, first = _groups(court, self.cohorts.filed)
        people = np.bincount(of_quarter[_groups(of_quarter, person)[1]])
        self.few = (2 * court * NEVER + self.cohorts.filed)[
            first[people < MINIMUM]
        ]  # quarters in which one or two got cases
        self.families: list[_Family] = []
        self.values, self.gone = np.zeros(0), np.zeros(0, dtype=bool)
        self.unsettled: set[int] = set()  # people's figures left out which what is still to come could give away
        self.shut: dict[int, set[int]] = {}  # the teams closed in each quarter
        self.worlds: dict[
            int, tuple[np.ndarray, np.ndarray]
        ] = {}  # of a figure another world: parts, and their changes

    def decide(
        self, number: int, first: pd.Timestamp, last: pd.Timestamp, year: pd.Timestamp, into: int, *, ends_year: bool
    ) -> None:
        """Take in the figures of a quarter and of its year so far, and leave out what must be."""
        filed, closed = self.cohorts.filed, self.cohorts.closed
        if number and not ((filed == number) | (closed == number)).any():
            self._repeat(first, last, year, into)
            if ends_year:  # how many of the year's filings were closed in it is not decided
                people = self.people[self.cohorts.person[(filed >= number - into) & (filed <= number)]]
                self.ledger.hidden |= {(str(person), _key(BOTH, year, last)) for person in people}
            self.close(number, self.shut.get(number - 1, set()), first, last)
        else:
            self._take_in(number, first, last, year, into, ends_year=ends_year)
            self.close(number, self.shut[number], first, last)
        self.ledger.known |= {(first, last), (year, last)}
        if ends_year and self.unsettled:
            self._settle(number)

    def close(self, number: int, teams: set[int], first: pd.Timestamp, last: pd.Timestamp) -> None:
        """Show nothing of some teams in a quarter."""
        self.shut[number] = teams
        for team in teams:
            self.ledger.closed_teams.setdefault(self._called(team), []).append((first, last))

    def told_apart(self) -> list[str]:
        """The teams of courts that have several."""
        return [self._called(team) for team in np.flatnonzero(self.several).tolist()]

    def _called(self, team: int) -> str:
        return str(self.teams[team]).rpartition(OF_COURT)[2]

    def of_one(self, number: int) -> set[int]:
        """The teams in which one person alone has cases, or alone got any in the quarter, whose later closings would be told; and a second.

        Whatever is told of them is told of that person; the second goes where there is but one, which the court's total would tell.
        """
        cohorts = self.cohorts
        here = cohorts.at(self.several[cohorts.team] & (cohorts.filed <= number) & (cohorts.closed >= number))
        closed: set[int] = set()
        for held in (here, here.at(here.filed == number)):
            people = np.bincount(held.team[_groups(held.team, held.person)[1]], minlength=len(self.teams))
            cases = np.bincount(held.team, weights=held.cases, minlength=len(self.teams))
            for court in np.unique(held.court):
                of_one, others = (np.flatnonzero((self.court_of == court) & of) for of in (people == 1, people > 1))
                second = others[[cases[others].argmin()]] if len(of_one) == 1 and len(others) else others[:0]
                closed |= {*of_one.tolist(), *second.tolist()}
        return closed

    def _take_in(
        self, number: int, first: pd.Timestamp, last: pd.Timestamp, year: pd.Timestamp, into: int, *, ends_year: bool
    ) -> None:
        before, parts = len(self.values), self._parts(number)
        of_quarter_and_year = [
            _Family("person", name, since, number, _key(name, start, last))
            for start, since in {first: number, year: number - into}.items()
            for name in MOMENTS
        ]
        both = _Family("person", BOTH, number - into, number, _key(BOTH, year, last))
        stock = _Family("person", "stock", 0, number, _key("closing", first, last))
        self._add(parts, *of_quarter_and_year, stock, *([both] if ends_year else []))
        self.shut[number] = self.of_one(number)
        if len(self.teams) > 1:
            opening = _Family("team", "stock", 0, number - 1, again=True)  # of a team that was closed
            of_teams = [_Family("team", name, 0 if name == "stock" else number, number) for name in (*MOMENTS, "stock")]
            self._add(parts, *of_teams, *([opening] if self.shut.get(number - 1) else []))
        is_new = np.arange(len(self.values)) >= before
        is_person = np.concatenate([np.full(len(self._places(of)), of.of == "person") for of in self.families])
        owners = np.concatenate([self._places(of) for of in self.families])
        few = ((self.values > 0) & (self.values < MINIMUM)) | np.isin(owners, self._alone(parts))
        small = is_new & ((is_person & few) | self._filed_by_few(parts))
        if ends_year:
            small[both.first : both.first + len(self.people)] |= self._leaves_few(parts, both)
        self.unsettled |= set(np.flatnonzero(small).tolist())
        self._protect(number, parts, small, is_new, is_person)
        if ends_year:
            self._show_where_all_were_closed(both, stock)
        for family in self.families:
            if family.key is not None and family.first >= before:
                own = self.gone[family.first : family.first + len(self.people)]
                self.ledger.hidden |= {(self.people[i], family.key) for i in np.flatnonzero(own)}

    def _alone(self, parts: _Cohorts) -> np.ndarray:
        """Who alone has cases of a court: whatever is told of it is told of them; and who has none yet, whose zeros would say so."""
        first = _groups(parts.court, parts.person)[1]
        court, person = parts.court[first], parts.person[first]
        alone = person[np.bincount(court)[court] == 1]
        none_yet = np.setdiff1d(np.arange(len(self.people)), person)
        return np.append(alone, none_yet) if len(alone) else alone

    def _filed_by_few(self, parts: _Cohorts) -> np.ndarray:
        """The filings of everybody of a court in which one or two got any in a time: shown, they say whose all these cases are, and later closings too.

        Left out for one person alone, they would say that it was one, whom others' figures may tell.
        """
        found = np.zeros(len(self.values), dtype=bool)
        for family in self.families:
            if family.of == "person" and family.measure == "filed":
                held = parts.at((parts.filed >= family.since) & (parts.filed <= family.last) & (parts.cases > 0))
                got = np.bincount(held.court[_groups(held.court, held.person)[1]])
                of_few = np.isin(self.cohorts.court, np.flatnonzero((got > 0) & (got < MINIMUM)))
                found[family.first + self.cohorts.person[of_few]] = True
        return found

    def _leaves_few(self, parts: _Cohorts, both: _Family) -> np.ndarray:
        """Whose cases filed and closed in a year leave a few of those filed, of those closed, or of those carried over and still open."""
        asked = [("filed", both.since, both.last), ("closed", both.since, both.last), ("stock", 0, both.since - 1)]
        families = [_Family("person", *of) for of in asked] + [both]
        filed, closed, opening, of_both = (self._forms(parts, families) @ parts.cases).reshape(4, -1)
        rests = np.array([filed - of_both, closed - of_both, opening - closed + of_both])
        return np.asarray(((rests > 0) & (rests < MINIMUM)).any(axis=0))

    def _show_where_all_were_closed(self, both: _Family, stock: _Family) -> None:
        """Who is shown to have nothing open closed the year's filings in it: where those are shown, their number is left out for nothing."""
        filed = next(
            of
            for of in self.families
            if (of.of, of.measure, of.since, of.last) == ("person", "filed", both.since, both.last)
        )
        none_open, number, own = (of.first + np.arange(len(self.people)) for of in (stock, filed, both))
        told = ~self.gone[none_open] & (self.values[none_open] == 0) & ~self.gone[number]
        self.gone[own[told]] = False

    def _add(self, parts: _Cohorts, *families: _Family) -> None:
        """Take in figures of every person or team; of teams that are closed they are not shown."""
        self.values = np.append(self.values, self._forms(parts, families) @ parts.cases)
        for family in families:
            family.first = len(self.gone)
            self.families.append(family)
            places = self._places(family)
            closed = self.shut.get(family.last, set()) if family.of == "team" else set()
            if family.again:  # seen already of those that were not closed then; seen now of those that are open now
                closed = self.shut[max(self.shut)] | (set(places.tolist()) - closed)
            self.gone = np.append(self.gone, np.isin(places, list(closed)))

    def _places(self, family: _Family) -> np.ndarray:
        return np.arange(len(self.people if family.of == "person" else self.teams))

    def _forms(self, parts: _Cohorts, families: Sequence[_Family]) -> csr_array:
        """The figures of some families, one below the other, as sums of parts."""
        from scipy.sparse import csr_array

        weights, rows, columns, height = [], [], [], 0
        for family in families:
            was_filed, was_closed = ((on >= family.since) & (on <= family.last) for on in (parts.filed, parts.closed))
            weight = {
                "stock": was_filed.astype(float) - was_closed, BOTH: (was_filed & was_closed).astype(float),
                "filed": was_filed.astype(float), "closed": was_closed.astype(float),
            }[family.measure]  # fmt: skip
            used = np.flatnonzero(weight)
            weights.append(weight[used])
            rows.append(height + getattr(parts, family.of)[used])
            columns.append(used)
            height += len(self._places(family))
        places = np.concatenate(rows), np.concatenate(columns)
        return csr_array((np.concatenate(weights), places), shape=(height, len(parts.cases)))

    def _parts(self, number: int) -> _Cohorts:
        """The cohorts as they are known at the end of a quarter, and those that who gets cases could also hold, which hold none.

        The cases of a quarter in which one or two people get any could be anybody's of the court, in a team of their own, as who knows
        that everybody keeps to one would say: else its totals were theirs.
        """
        known = self.cohorts.at((self.cohorts.filed <= number) | (self.cohorts.closed <= number))
        filed, closed = (np.where(on <= number, on, NEVER) for on in (known.filed, known.closed))
        group, first = _groups(known.person, known.court, known.team, filed, closed)
        cases = np.bincount(group, weights=known.cases)
        held = known._replace(filed=filed, closed=closed).at(first)
        quarter, _ = _groups(held.court, held.filed)
        got = np.sort(_groups(held.person, quarter, held.team)[1])
        people = np.bincount(quarter[np.sort(_groups(quarter, held.person)[1])])
        few = got[people[quarter[got]] < MINIMUM]
        members = np.sort(_groups(held.court, held.person, held.team)[1])
        left, right = _pairs(held.court[few], held.court[members])
        who, place = np.append(got, members[right]), np.append(got, few[left])
        could = np.sort(_groups(held.person[who], held.team[who], quarter[place])[1])
        who, place = who[could], place[could]
        closings = np.sort(_groups(quarter, held.closed)[1])
        left, right = _pairs(quarter[place], quarter[closings])
        made = held.at(who[left])._replace(filed=held.filed[place[left]], closed=held.closed[closings[right]])
        same, _ = _groups(*(np.append(a, b) for a, b in zip(made[:5], held[:5], strict=True)))
        of_each = np.bincount(same[len(left) :], weights=cases, minlength=int(same.max(initial=-1)) + 1)
        return made._replace(cases=of_each[same[: len(left)]])

    def _protect(
        self, number: int, parts: _Cohorts, small: np.ndarray, is_new: np.ndarray, is_person: np.ndarray
    ) -> None:
        parts = parts.at((parts.closed >= self._back(number)) | (parts.filed == NEVER))
        forms, held, teams, whose, readers = self._figures_and_known(parts, number)
        values = forms @ held
        more = len(values) - len(small)
        asked = np.append(np.isin(np.arange(len(small)), list(self.unsettled)), np.zeros(more, bool))
        hidden = np.append(self.gone | small, np.zeros(more, bool))
        dear = np.append(is_new & ~is_person, teams >= 0)
        settled = np.append(~is_new, teams < 0)
        wanted = np.maximum(np.append(self.values, np.zeros(more)) + 1, MINIMUM)
        wanted[: len(small)] -= self.values - values[: len(small)]  # what earlier parts add
        used = np.diff(forms.indptr) > 0
        used[: len(small)] &= ~self._implied(~self.gone & ~is_new)
        gone, given = hidden.copy(), hidden & asked
        owners = np.concatenate([self._places(family) for family in self.families])
        moving = np.append(OPEN * (parts.closed == NEVER), np.zeros(forms.shape[1] - len(parts.cases)))
        # What cannot be kept from who knows most (of as many people as cases each got one) is kept from others, who would subtract.
        for reader in (2, 1, 0):
            rows = used & (readers <= reader)
            gone[rows], given[rows], worlds = protected(
                forms[rows], held, hidden=given[rows], dropped=gone[rows],
                settled=(settled & ~hidden)[rows], wanted=wanted[rows], dear=dear[rows],
                moving=moving, whose=whose, known=self._worlds_of(parts, forms, rows),
            )  # fmt: skip
            self._keep(worlds, parts, np.flatnonzero(rows))
        self.shut[number] |= set(np.append(owners, teams)[gone & dear & ~hidden].tolist())
        self.unsettled |= set(np.flatnonzero((gone & ~hidden)[: len(small)] & is_person).tolist())
        # What is settled gives these away to everybody, and so will all that is yet to be told: to ask again finds the same.
        self.unsettled -= set(np.flatnonzero((used & given)[: len(small)]).tolist())
        self.worlds = {figure: world for figure, world in self.worlds.items() if figure in self.unsettled}
        self.gone = gone[: len(small)] | (is_new & ~is_person & np.isin(owners, list(self.shut[number])))

    def _figures_and_known(
        self, parts: _Cohorts, number: int
    ) -> tuple[csr_array, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """All figures as sums of parts, with what else is known: cohorts of each court, and of each team whose figures are shown of their filing
        or of their closing; and that who got cases in a team got one or more, as that sum less what is beyond one, a further part.

        On the day of either a table by day tells which case is the team's; who got cases in a team is known of one that is not shown too.
        With the parts, for each that is known the team that would have to be closed in the last quarter for it not to be (−1 where that
        would not help), whose each part is, and of all figures which reader knows them: everybody (0), who looks at teams day by day, where
        a team was not shown throughout (1), or who knows who got cases (2).
        """
        from scipy.sparse import csr_array, eye_array, hstack, vstack

        of_court, _ = _groups(parts.court, parts.filed, parts.closed)
        shut = [team * NEVER + quarter for quarter, teams in self.shut.items() for team in teams]
        moments = (parts.filed, parts.closed)
        unseen = [np.isin(parts.team * NEVER + on, shut) | (on == NEVER) for on in moments]
        seen = np.flatnonzero(~(unseen[0] & unseen[1]) & (len(self.teams) > 1))
        of_team = np.full(len(parts.cases), -1)
        of_team[seen], first = _groups(*(column[seen] for column in (parts.court, parts.team, *moments)))
        could_be_unseen = np.all([out | (on == number) for out, on in zip(unseen, moments, strict=True)], axis=0)
        at = seen[first]
        closes = np.where(could_be_unseen[at], parts.team[at], -1)
        few = np.isin(2 * parts.court * NEVER + parts.filed, self.few)
        asked = np.flatnonzero((parts.filed != NEVER) & ~few)
        group, first = _groups(*(column[asked] for column in (parts.person, parts.team, parts.filed)))
        held = np.bincount(group, weights=parts.cases[asked], minlength=len(first))
        got = held >= 1
        of_person = np.full(len(parts.cases), -1)
        of_person[asked] = np.where(got, got.cumsum() - 1, -1)[group]
        beyond = held[got] - 1
        sums = [_summed(places) for places in (of_court, of_team, of_person)]
        courts, people = np.full(sums[0].shape[0], -1), np.full(len(beyond), -1)
        days = self._touches_shut(parts.at(at), number).astype("int64")
        readers = np.concatenate([np.zeros(len(self.gone) + len(courts), dtype="int64"), days, np.full(len(people), 2)])
        sums.insert(0, self._forms(parts, self.families))
        sums_of_parts = vstack(sums, format="csr")
        rests = vstack([csr_array((sums_of_parts.shape[0] - len(beyond), len(beyond))), -eye_array(len(beyond))])
        forms = hstack([sums_of_parts, rests], format="csr")
        whose = np.append(parts.person, parts.person[asked[first[got]]])
        return forms, np.append(parts.cases, beyond), np.concatenate([courts, closes, people]), whose, readers

    def _touches_shut(self, parts: _Cohorts, number: int) -> np.ndarray:
        """Whether a part's team was closed in a quarter from the filing of its cases to their closing."""
        closed = np.zeros((len(self.teams), number + 2))
        for quarter, teams in self.shut.items():
            closed[list(teams), quarter + 1] = 1
        so_far = closed.cumsum(axis=1)
        last = np.minimum(parts.closed, number) + 1
        return so_far[parts.team, last] > so_far[parts.team, np.minimum(parts.filed, number)]

    def _repeat(self, first: pd.Timestamp, last: pd.Timestamp, year: pd.Timestamp, into: int) -> None:
        """Decide on a quarter without filing or closing as on the one before: its totals of 0 say of everybody that nothing moved."""
        day_before = first - pd.Timedelta(days=1)
        same = {_key("closing", first, day_before): _key("closing", first, last)}
        if into:
            same |= {_key(name, year, day_before): _key(name, year, last) for name in MOMENTS}
        self.ledger.hidden |= {(person, same[key]) for person, key in self.ledger.hidden if key in same}

    def _settle(self, number: int) -> None:
        """Of what is left out, what stays open even to one who will know whose the open cases were can no longer be given away."""
        parts = self._parts(number)
        parts = parts.at((parts.closed >= self._back(number)) & (parts.closed != NEVER))
        forms, held, *_ = self._figures_and_known(parts, number)
        asked, gone, open_ = (np.zeros(forms.shape[0], dtype=bool) for _ in range(3))
        asked[list(self.unsettled)], gone[: len(self.gone)] = True, self.gone
        used = np.diff(forms.indptr) > 0
        used[: len(self.gone)] &= ~self._implied(~self.gone)
        known = self._worlds_of(parts, forms, used)
        open_[used] = still_open(forms[used], held, asked=asked[used], gone=gone[used], known=known)
        self.unsettled -= set(np.flatnonzero(open_).tolist())

    def _keep(self, worlds: Worlds, parts: _Cohorts, figures: np.ndarray) -> None:
        """Remember the worlds found for some of the figures: most show of them in later quarters still that they could be others."""
        names, moves = _names_of(parts), worlds.moves[: len(parts.cases)]
        for figure, begin, end in zip(figures[worlds.figures].tolist(), moves.indptr, moves.indptr[1:], strict=False):
            self.worlds[figure] = names[moves.indices[begin:end]], moves.data[begin:end]

    def _worlds_of(self, parts: _Cohorts, forms: csr_array, rows: np.ndarray) -> Worlds:
        """The worlds remembered of which every part is still one, with what is beyond one; their figures as they stand among the rows."""
        from scipy.sparse import csc_array, vstack

        figures, names = np.array([*self.worlds], dtype="int64"), _names_of(parts)
        moved, by = (np.concatenate([of[i] for of in self.worlds.values()] or [names[:0]]) for i in (0, 1))
        world = np.repeat(np.arange(len(figures)), [len(of) for of, _ in self.worlds.values()])
        part = pd.Index(names).get_indexer(moved)  # -1 of one that is none any more
        fits = rows[figures] & (np.bincount(world[part < 0], minlength=len(figures)) == 0)
        kept = fits[world]
        places = part[kept], (fits.cumsum() - 1)[world[kept]]
        moves = csc_array((by[kept], places), shape=(len(names), int(fits.sum())))
        beyond = forms[forms.shape[0] - (forms.shape[1] - len(names)) :, : len(names)] @ moves
        return Worlds((rows.cumsum() - 1)[figures[fits]], vstack([moves, beyond], format="csc"))

    def _implied(self, shown: np.ndarray) -> np.ndarray:
        """Which figures follow from earlier ones that are shown too: the year so far from its quarters, a stock from the one before."""
        places = {(of.of, of.measure, of.since, of.last): of.first + self._places(of) for of in self.families}
        implied = np.zeros(len(shown), dtype=bool)
        for (who, measure, since, last), own in places.items():
            of_quarter = [(who, name, last, last) for name in (MOMENTS if measure == "stock" else [measure])]
            others = [(who, measure, since, last - 1), *of_quarter]
            if since < last and measure != BOTH and all(of in places for of in others):
                implied[own] = np.all([shown[places[of]] for of in [*others, (who, measure, since, last)]], axis=0)
        return implied

    def _back(self, number: int) -> int:
        """The first quarter of which a flow is left out that may yet be given away; of a stock, the first of the year that led to it."""
        left = np.array(sorted(self.unsettled), dtype="int64")
        people = [family for family in self.families if family.of == "person"]
        open_ = [f for f in people if ((left >= f.first) & (left < f.first + len(self.people))).any()]
        return min((max(f.last - 3, 0) if f.measure == "stock" else f.since for f in open_), default=number)


def _groups(*columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The number of each row's group, its values in order, and the first row of each group."""
    order = np.lexsort(columns[::-1])
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = np.any([np.diff(column[order]) != 0 for column in columns], axis=0)
    group = np.empty(len(order), dtype="int64")
    group[order] = np.cumsum(begins) - 1
    return group, order[begins]


def _names_of(parts: _Cohorts) -> np.ndarray:
    """One number for each part that is its own in every quarter."""
    of_team = parts.team * MOST_PEOPLE
    return np.array(((of_team + parts.person) * 2 * NEVER + parts.filed) * 2 * NEVER + parts.closed)


def _pairs(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of all pairs of one value, in the order of the left ones and then of the right ones."""
    of_left, of_right = np.nonzero(left[:, None] == right[None, :])
    return of_left, of_right


@dataclass
class _Family:
    """One figure of every person (with its ``key``) or team: ``measure`` of the quarters ``since`` to ``last``."""

    of: str
    measure: str
    since: int
    last: int
    key: Key | None = None
    again: bool = False  # a stock shown once more, as the opening of the next quarter
    first: int = 0  # its place among all figures


def _summed(places: np.ndarray) -> csr_array:
    """Sums over the parts that have the same place; one below 0 is in none."""
    from scipy.sparse import csr_array

    known = np.flatnonzero(places >= 0)
    return csr_array(
        (np.ones(len(known)), (places[known], known)), shape=(int(places.max(initial=-1)) + 1, len(places))
    )
