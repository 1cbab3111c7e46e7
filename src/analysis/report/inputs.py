"""Inputs of a yearly report, and each result computed once for all sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.closings import blank_called
from analysis.cases.sources import places_tell
from analysis.cases.table import Cases
from analysis.checks.readable import must_carry_a_report, unknown_modes
from analysis.measures.caseflow import caseflow, from_bulk
from analysis.measures.limits.workdays import work_calendar
from analysis.measures.open_sums import is_part
from analysis.measures.pseudonyms import words_of_court
from analysis.measures.quota_scheme import with_own_targets
from analysis.measures.windows import Window
from analysis.observations.backlog import round_of
from analysis.observations.context import peers_by_then, with_own_court
from analysis.observations.figures import MOST_YEARS
from analysis.register.file_names import shown_given
from analysis.report.one_court import BASIC, court_name, court_name_text, of_one_court
from analysis.report.which_year import year_of_report
from analysis.vocabulary.courts import level_named
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.indicator_sets.definition import WINDOWS
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, definition_set
from analysis.vocabulary.periods import days_known, year_window
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from analysis.checks.by_rule import Tally, WrongRows
    from analysis.inference.cycle.cycle import Cycle
    from analysis.inference.peers.funnel import Funnel
    from analysis.inference.reconciliation.reconcile import Reconciliation
    from analysis.measures.durations.ages import PendingAges
    from analysis.measures.officers.scorecard import OfficerScorecard
    from analysis.observations.observations import Observations
    from analysis.vocabulary.indicator_sets.definition import Definition

DUE_WITHIN_DAYS = 30
A_YEAR = 12  # months
PEER_INDICATOR = "closure_rate"
DEFINES_COUNTS = "counts"  # a set that defines opening, filed, received, closed and closing
# What part of the closings came within 180 days of filing, of filing and closing alone: the set that defines it, and its id there.
DEFINES_DAYS, IN_DAYS = "courtools", "time_to_disposition"
OF_LIMITS = "closed_within_limit_rate"


@dataclass(frozen=True, eq=False)
class Material:
    """The inputs of a report for one year, and what is computed from them, each at most once.

    ``register`` is the register as it was read, known to its own day; ``cases`` the same as known at the year's end.
    """

    cases: Cases
    register: Cases
    year: int
    returns: pd.DataFrame | None
    peers: pd.DataFrame | None
    definitions: str
    calendar: str
    quotas: bool = False  # whether quotas on persons are shown
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # manifests of earlier reports
    revised: pd.DataFrame = field(default_factory=pd.DataFrame)  # their figures that differ today

    @classmethod
    def of(
        cls,
        cases: Cases,
        *,
        year: int | None,
        returns: pd.DataFrame | None,
        peers: pd.DataFrame | None,
        definitions: str | Path | None,
        calendar: str | None,
        scheme: str | Path | None = None,
        holidays: str | Path | pd.DataFrame | None = None,
        quotas: bool = False,
    ) -> Material:
        """The material of a year, the register taken as known at its end; default the last of which a report can be made (``year_of_report``).

        Definitions and scheme are those named, else those that the register names; else the national definitions in force
        (``by-period``) and no scheme. Raises ``ArgumentError`` for a year of which no report can be made and for several courts of which none was
        named, ``DataError`` for an empty register,
        ``InputError`` for a column of it in which nothing can be read.
        """
        must_carry_a_report(cases)
        if not len(cases):
            raise DataError("台账中没有案件，无法出报告。", "The register holds no cases: there is nothing to report.")
        cases = of_one_court(cases)
        cases = cases if holidays is None else replace(cases, holidays=holidays)
        work_calendar(cases.holidays)  # a table that is none is said to be that before anything is counted
        calendar = calendar or cases.calendar
        chosen, begun = year_of_report(cases, year, calendar=calendar), cases.beginning
        end = min(cases.as_of, year_window(chosen, calendar=calendar)[1])
        sets = str(definitions or cases.definitions or BY_PERIOD)
        known = replace(cases, as_of=end, begun=begun, scheme=cases.scheme if scheme is None else str(scheme))
        return cls(known, cases, chosen, returns, peers, sets, calendar, quotas)

    @property
    def scheme(self) -> str | None:
        """The scheme whose targets and quotas hold; none where the court chose none."""
        return self.cases.scheme

    @cached_property
    def court(self) -> str:
        """The court's name: that of its rows, or of several courts together the one that was said."""
        return court_name(self.cases)

    @cached_property
    def blank_amounts(self) -> Text:
        """What amounts recovered that have no value are called: some may hold what cannot be read."""
        return blank_called(self.cases, "amount_recovered")

    @property
    def level(self) -> str:
        """The level of the court: the one that it said, else that of its name, else a grassroots court."""
        return self.cases.level or level_named(self.court) or BASIC

    @property
    def court_text(self) -> Text:
        """The court's name in both languages."""
        return court_name_text(self.cases)

    @cached_property
    def years(self) -> list[int]:
        """The year, and the one before where the register holds it whole."""
        before, last = self.year - 1, year_window(self.year - 1, calendar=self.calendar)[1]
        holds = self.register.beginning.filed <= last and self.is_whole(before)
        return [before, self.year] if holds else [self.year]

    @cached_property
    def five_years(self) -> list[int]:
        """The year and up to four before it, as far back as the register holds them whole."""
        found = list(self.years)
        while len(found) > 1 and len(found) < MOST_YEARS:
            before, last = found[0] - 1, year_window(found[0] - 1, calendar=self.calendar)[1]
            if self.register.beginning.filed > last or not self.is_whole(before):
                break
            found.insert(0, before)
        return found

    @property
    def is_over(self) -> bool:
        """Return whether the register reaches the end of the year."""
        return self.cases.as_of >= year_window(self.year, calendar=self.calendar)[1]

    @property
    def end_named(self) -> Text:
        """How the last day of the report is called: the end of the year, or the day to which an unfinished one is known."""
        return Text("年末", "the end") if self.is_over else day_text(self.cases.as_of)

    @property
    def is_compared_whole(self) -> bool:
        """Return whether the year and the one before are known whole, so that they can be set beside each other."""
        last = year_window(self.year - 1, calendar=self.calendar)[1]
        return self.is_whole(self.year) and (self.register.beginning.filed > last or self.is_whole(self.year - 1))

    def is_whole(self, year: int) -> bool:
        """Return whether stock and flow of a year are known: no case that was pending when it began is left out."""
        return self.register.beginning.is_whole(year_window(year, calendar=self.calendar)[0])

    @property
    def holds_filings(self) -> bool:
        """Return whether the register holds all filings of the year."""
        return self.register.beginning.holds_filings(year_window(self.year, calendar=self.calendar)[0])

    @cached_property
    def monthly(self) -> pd.DataFrame:
        """Caseflow by month from where the stock is whole, and filings without a year's gap; what lies before is its first opening.

        Without a row where the stock is whole at no day.
        """
        flow, begun = from_bulk(caseflow(self.cases, freq="M", calendar=self.calendar)), self.register.beginning
        known = flow[[begun.is_whole(start) for start in flow["period"]]].reset_index(drop=True)
        known["opening"] = known["opening"].astype("int64")
        table = self.cases.table
        earlier = int(answer(self.cases, table.filter(table["filed_on"] < begun.filed.date()).count()))
        known.attrs = flow.attrs | {"before": 0 if begun.how == "closing" else flow.attrs["before"] + earlier}
        return known

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Caseflow by year over the whole register."""
        return caseflow(self.cases, freq="Y", calendar=self.calendar)

    @cached_property
    def aid(self) -> pd.DataFrame:
        """Judicial aid of the year and the one before."""
        from analysis.measures.aid import aid

        return aid(self.cases, periods=self.years, calendar=self.calendar)

    @cached_property
    def coercive_measures(self) -> pd.DataFrame:
        """Coercive measures of the year and the one before."""
        from analysis.measures.coercion import coercive_measures

        return coercive_measures(self.cases, periods=self.years, calendar=self.calendar)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators of up to five years; what is defined of several years is no figure of one."""
        from analysis.measures.indicators.indicators import indicators

        found = indicators(self.cases, periods=self.five_years, definitions=self.definitions, calendar=self.calendar)
        of_years = {f"{d.set}/{d.id}" for d in self._defined if (WINDOWS[d.window] or A_YEAR) > A_YEAR}
        return found[~found["definition"].isin(of_years)].reset_index(drop=True)

    @cached_property
    def closed_in_days(self) -> pd.DataFrame:
        """What part of the closings of up to five years came within 180 days of filing; without a row where the part within the limit can be told."""
        from analysis.measures.indicators.indicators import indicators

        figures, start = self.observations.key_figures, year_window(self.year, calendar=self.calendar)[0]
        of_limits = figures[(figures["indicator"] == OF_LIMITS) & (figures["period_start"] == start)]
        asked: dict[str, Any] = {"definitions": DEFINES_DAYS, "only": IN_DAYS, "calendar": self.calendar}
        found = indicators(self.cases, periods=self.five_years, **asked)
        return found.head(0) if of_limits["value"].notna().any() or found["value"].isna().iloc[-1] else found

    @property
    def days_call(self) -> str:
        """The call that gives what part of the closings came within 180 days."""
        return f'an.indicators(cases, periods={self.five_years}, definitions="{DEFINES_DAYS}", only="{IN_DAYS}", calendar="{self.calendar}")'

    @cached_property
    def _defined(self) -> tuple[Definition, ...]:
        return definition_set(self.definitions).definitions

    def definition(self, name: str) -> Definition:
        """Return a definition by its name, ``set/id``."""
        of_set, _, own = name.partition("/")
        known = next((d for d in self._defined if d.name == name), None)
        return with_own_targets([known or definition_set(of_set).find(own)], self.scheme)[0]

    @cached_property
    def own_words(self) -> list[str]:
        """The words of the court that names of its files are made of as well."""
        return words_of_court(self.cases)

    @cached_property
    def shown_definitions(self) -> str:
        """The definition set as it is recorded, a file by its name."""
        return shown_given(self.definitions, self.own_words)

    @cached_property
    def shown_scheme(self) -> str | None:
        """The same of the scheme."""
        return None if self.scheme is None else shown_given(self.scheme, self.own_words)

    @property
    def named_definitions(self) -> str:
        """The definitions as the argument of a call, a file by its name alone."""
        return f'definitions="{self.shown_definitions}"'

    @property
    def observations_call(self) -> str:
        """The call that gives the observations of the year."""
        return f'an.observations(cases, period={self.year}, {self.named_definitions}, calendar="{self.calendar}")'

    @property
    def flow_call(self) -> str:
        """The call that gives stock and flow by year."""
        return f'an.caseflow(cases, freq="Y", calendar="{self.calendar}")'

    @cached_property
    def scorecard(self) -> OfficerScorecard:
        """The officers' figures of the year, under pseudonyms."""
        from analysis.measures.officers.scorecard import officer_scorecard

        return officer_scorecard(self.cases, period=self.year, scheme=self.scheme, calendar=self.calendar)

    @cached_property
    def officers(self) -> int:
        """Count the officers who had cases in the year, of each court its own; 0 where some case names none, or their figures are not shown."""
        if self.cases.lacking("officer") or is_part(self.cases) or not self.is_whole(self.year):
            return 0
        known, first = self.cases.known(), year_window(self.year, calendar=self.calendar)[0].date()
        asked = ("officer",) if len(self.cases.courts) < 2 else ("court", "officer")  # two courts may have one name
        handled = known.filter(known.closed_on.isnull() | (known.closed_on >= first))
        people = answer(self.cases, handled.select(*asked).distinct())
        return 0 if people.isna().any(axis=None) else len(people)

    def called(self, indicator: str) -> Text:
        """Return what an indicator is called throughout the report: the field's term, or the name that its own definition gives it."""
        own = (definition.text for definition in self._defined if definition.id == indicator)
        return terms().get(indicator) or next(own, Text(indicator, indicator))

    @cached_property
    def definitions_text(self) -> Text:
        """The definition set as a reader sees it: what it is called, or that those in force count where nobody chose one."""
        if self.definitions == BY_PERIOD:
            return Text("未指定，按当期有效的全国口径", "not named: the national ones in force")
        return _called(self.definitions)

    @property
    def sets_in_force(self) -> Text:
        """Return which sets the figures are defined in where nobody chose one."""
        names = dict.fromkeys(name.split("/")[0] for name in self.indicators["definition"])
        called = [_called(name) for name in names] if self.definitions == BY_PERIOD else []
        return Text("：", ": ") + listed(called) if called else Text("", "")

    def indicator(self, name: str, year: int | None = None) -> dict[str, Any]:
        """One indicator of one year as a dictionary; empty where the definition set has none or the year is absent."""
        start = year_window(self.year if year is None else year, calendar=self.calendar)[0]
        return dict(self._by_name.get((name, start), {}))

    def undecided(self, indicator: str) -> int:
        """Count the cases of which it is not known whether they are closed, where an indicator rests on that: its change is not known then."""
        from analysis.measures.indicators.indicators import undecided

        more = (DEFINES_COUNTS, DEFINES_DAYS)
        known = (*self._defined, *(d for name in more for d in definition_set(name).definitions))
        return undecided(self.cases, self.cases.as_of, *(d for d in known if d.indicator == indicator))

    def count(self, name: str, year: int) -> dict[str, Any]:
        """A count of stock or flow of a year with its bounds, where some closings are not known; else as ``flow`` has it."""
        if not self.undecided(name):
            return {"value": self.flow(year)[name], "unit": "件"}
        figures, start = self.observations.key_figures, year_window(year, calendar=self.calendar)[0]
        found = figures[(figures["indicator"] == name) & (figures["period_start"] == start)]
        return dict(found.iloc[0]) if len(found) else {"value": None, "unit": "件"}

    def flow(self, year: int) -> dict[str, int]:
        """Opening, filed, received, closed and closing of a year, whatever the definition set defines."""
        start = year_window(year, calendar=self.calendar)[0]
        row = self.yearly[self.yearly["period"] == start].iloc[0]
        filed, closed, closing = (int(row[name]) for name in ("filed", "closed", "closing"))
        received = closing + closed  # of the cases listed, also where those pending before are not known
        return {"opening": received - filed, "filed": filed, "closed": closed, "closing": closing, "received": received}

    @cached_property
    def _by_name(self) -> dict[tuple[str, pd.Timestamp], dict[str, Any]]:
        """The first row of each indicator and year: a report asks for them a hundred times."""
        rows: Any = self.indicators.drop_duplicates(["indicator", "period_start"]).to_dict("records")
        return {(row["indicator"], row["period_start"]): row for row in rows}

    @cached_property
    def printed(self) -> pd.DataFrame | None:
        """The court's printed figures beside the rebuilt ones; ``None`` without returns."""
        if self.printed_by_then is None:
            return None
        from analysis.inference.reconciliation.printed import compare_printed

        own = self.printed_by_then[self.printed_by_then["court"] == self.court]
        own = own[self._rebuildable(own)].reset_index(drop=True)
        return compare_printed(self.cases, own, definitions=self.rebuilt_by) if len(own) else None

    @cached_property
    def printed_by_then(self) -> pd.DataFrame | None:
        """The printed figures of periods that end with the report's year or before; ``None`` where none were given."""
        if self.returns is None:
            return None
        ends = days_known(self.returns["period_end"], last=True)
        return self.returns[~(ends > self.cases.as_of)].reset_index(drop=True)

    @property
    def printed_before(self) -> int:
        """Count the court's printed figures of periods that begin before its stock is whole: the register cannot rebuild them."""
        if self.printed_by_then is None:
            return 0
        own = self.printed_by_then[self.printed_by_then["court"] == self.court]
        return len(own) - int(self._rebuildable(own).sum())

    def _rebuildable(self, returns: pd.DataFrame) -> pd.Series:
        starts = days_known(returns["period_start"])
        return starts.map(lambda start: pd.isna(start) or self.register.beginning.is_whole(start)).astype(bool)

    @property
    def rebuilt_by(self) -> list[str]:
        """The definition sets that printed figures are rebuilt by: the report's, and for counts that it lacks another."""
        defined = {definition.id for definition in self._defined}
        lacks = not {"opening", "filed", "received", "closed", "closing"} <= defined
        return [self.definitions, *([DEFINES_COUNTS] if lacks else [])]

    @cached_property
    def reconciliation(self) -> Reconciliation | None:
        """The court's printed figures against each other; ``None`` without returns."""
        if self.printed_by_then is None or self.printed_by_then.empty:
            return None
        from analysis.inference.reconciliation.reconcile import reconcile

        return reconcile(self.printed_by_then)

    @cached_property
    def due(self) -> pd.DataFrame:
        """The open cases that are over a limit at the year's end, or soon will be."""
        from analysis.measures.limits.deadlines import deadlines

        return deadlines(self.cases, within_days=DUE_WITHIN_DAYS, scheme=self.scheme)

    @cached_property
    def ages(self) -> PendingAges:
        """How old the pending cases are at the year's end."""
        from analysis.measures.durations.ages import pending_ages

        return pending_ages(self.cases, calendar=self.calendar)

    @cached_property
    def cycle(self) -> Cycle:
        """The accumulate–clear cycle of the monthly stock."""
        from analysis.inference.cycle.cycle import cycle

        asked = Window.of(self.cases.as_of, self.cases.as_of)
        return round_of(self.cases, asked, self.calendar)[1] or cycle(self.monthly, cases=self.cases)

    @cached_property
    def observations(self) -> Observations:
        """What stands out in the year, as it may leave the court."""
        from analysis.observations.observations import observations

        return observations(self.cases, period=self.year, definitions=self.definitions, calendar=self.calendar)

    @property
    def round_text(self) -> Text:
        """The verdict on the round; where the stock is whole at no month, why there is none."""
        if len(self.monthly):
            return self.cycle.sentence
        why = self.register.beginning.text
        return Text(f"无法判断：{why.zh}。", f"cannot be told: {why.en}.")

    @cached_property
    def funnel(self) -> Funnel | None:
        """The court among its peers by closure rate; ``None`` where none had published anything by then, or nothing that can be read."""
        if self._peers_by_then is None:
            return None
        from analysis.inference.peer_panel import peer_panel
        from analysis.inference.peers.dispersion import WIDENED
        from analysis.inference.peers.funnel import funnel

        try:
            panel = peer_panel(self.compared, indicator=PEER_INDICATOR, level=self.level)
        except DataError:
            return None
        try:
            return funnel(panel, highlight=self.court, **WIDENED)
        except ArgumentError:  # the court's own row in the peers' file is none that can be compared
            return funnel(panel, **WIDENED)

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The peers with the court among them: as printed there, else as its register counts the year."""
        printed = self._peers_by_then
        assert printed is not None  # noqa: S101 - the caller has looked
        year = Window.of(*year_window(self.year, calendar=self.calendar))
        return with_own_court(printed, self.court, self.flow(self.year), year, self.level)

    @cached_property
    def _peers_by_then(self) -> pd.DataFrame | None:
        """The peers' figures as they were known by the year's end; ``None`` where none were given."""
        found = None if self.peers is None else peers_by_then(self.peers, self.cases.as_of, self.court)
        return None if found is None or (found["court"] == self.court).all() else found

    @property
    def is_counted_for_peers(self) -> bool:
        """Return whether the court's own figure beside its peers is the register's, since theirs hold none of the year."""
        lacks_own = self._peers_by_then is not None and len(self.compared) > len(self._peers_by_then)
        return lacks_own and self.is_whole(self.year)

    @property
    def _checked(self) -> tuple[Tally, WrongRows]:
        last = year_window(self.year, calendar=self.calendar)[1]
        return self.register.once(("checked", last), lambda: _checked(self.register, last))

    @property
    def findings(self) -> Tally:
        """Data-quality findings of the register on its own day, counted, but for the dates that it holds because it goes on after it."""
        return self._checked[0]

    @cached_property
    def wrong_cases(self) -> int:
        """Count the year's cases (brought forward or filed in it) that have an error: only these touch its figures."""
        first = year_window(self.year, calendar=self.calendar)[0].date()
        known = self.cases.known()
        handled = known.filter(known.closed_on.isnull() | (known.closed_on >= first))
        rows = answer(self.cases, handled.select("case_no", "source_file", "source_sheet", "source_row"))
        return int(self._checked[1].among(rows).sum())

    @cached_property
    def unknown_modes(self) -> tuple[int, int]:
        """How many cases closed in the year have a closure mode of which nobody said what it means, and how many have any."""
        return unknown_modes(self.cases, year_window(self.year, calendar=self.calendar))


def _checked(register: Cases, last: pd.Timestamp) -> tuple[Tally, WrongRows]:
    """What the rules find in a register, counted, and its rows with an error that touches the figures of a year."""
    from analysis.checks.by_rule import Tally, WrongRows
    from analysis.checks.checks import found_in
    from analysis.checks.context import Register
    from analysis.checks.later_dates import goes_on_until, touching

    is_cut = register.as_of == last
    tally, wrong = Tally(goes_on_until(register, cut=is_cut), placed=not places_tell(register)), WrongRows()
    for found in found_in(Register(register)):
        wrong.add(touching(tally.add(found), last))
    return tally, wrong


def _called(name: str) -> Text:
    """Return what a definition set is called, its id beside it."""
    found = definition_set(name)
    return Text(f"{found.text.zh}（{found.id}）", f"{found.text.en} ({found.id})")
