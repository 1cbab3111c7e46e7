"""The figures that observations are made of: every indicator in every period, of the court and of its cells, from one tally."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.privacy import MINIMUM
from analysis.cases.table import Cases
from analysis.measures.indicators.blocks import Asked, Block, blocks_of, distance, in_force, needed
from analysis.measures.indicators.case_tally import ROWS_HANDED_OVER
from analysis.measures.indicators.indicators import (
    chosen_definitions,
    column_to_add_up,
    outside_of,
    sets_asked,
    undecided,
)
from analysis.measures.indicators.largest_cases import WAN, is_sum_of_cases, moved_by_few
from analysis.measures.indicators.quantities import Tally, of_each_case, regrouped, tally
from analysis.measures.indicators.quantity_sums import more_windows, shown_instead
from analysis.measures.open_sums import is_part
from analysis.measures.open_teams import touched_teams
from analysis.measures.pseudonyms import shown_labels
from analysis.measures.quota_scheme import with_own_targets
from analysis.measures.windows import Window
from analysis.observations.chance import (
    Family,
    change_p,
    found_cells,
    least_p,
    overdispersion,
    scatter_of_part,
    scatter_of_places,
    scatters,
    widened,
)
from analysis.observations.comparisons import Compared
from analysis.observations.dependence import is_of_two_moments, of_arrivals, of_debtors, of_filings
from analysis.vocabulary.indicator_sets.definition import WINDOWS, Definition
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, definition_set
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import Text

# In the order of a report. What lacks in a register, or has one value in it, is left out.
BREAKDOWNS = ("court", "closure_mode", "basis", "case_type", AMOUNT_BAND, "area", "team", "has_property")
OF_ONE_COURT = ("area", "team")
OF_PLACES = ("court", "team", "area")  # whose groups are not kinds of cases
MODE = "closure_mode"  # known of closings alone
# The figures that no period goes without, from the national definitions in force where the court's own set lacks one.
KEY_FIGURES = (
    "opening", "filed", "received", "closed", "closing", "closure_rate", "recovery_rate", "closed_within_limit_rate",
)  # fmt: skip
FILED, CLOSED = "filed", "closed"
OF_SHARES = {
    FILED: tuple(name for name in BREAKDOWNS if name != MODE),
    CLOSED: (MODE,),
}  # whose mix is looked at, by what
DAYS_OF_A_MONTH = 30.44
SPREAD = 10.0  # of amounts, whose standard deviation is about three times their mean: 1 + 3², our choice
MOST_YEARS = 5  # side by side, of which the definitions in force hold
TESTED = ("wilson",)  # intervals of figures that are a part of a base
NAMES = {  # as page one and its cards have them
    "opening": Text("旧存", "brought forward"),
    "received": Text("受理", "on hand"),
    "closing": Text("未结", "pending at the end"),
}

# What is about one thing, of which a headline says one.
TOPICS = {
    "backlog": ("opening", "closing", "shadow_stock"),
    "intake": ("filed", "received", "amount_received"),
    "closing": (
        "closed",
        "closure_rate",
        "clearance_rate",
        "closed_of_filed_rate",
        "pending_rate",
        "amount_closed",
        "same_period_closure_rate",
    ),
    "recovery": ("recovery_rate", "amount_recovered", "amount_paid"),
    "performance": ("actual_enforcement_rate", "completed_rate", "net_closings"),
    "termination": ("terminated_this_round_rate", "terminated_this_round_share"),
}


def topic(indicator: str) -> str:
    """Return what an indicator is about.

    >>> topic("closing"), topic("petitions")
    ('backlog', 'petitions')
    """
    return next((name for name, of in TOPICS.items() if indicator in of), indicator)


def name_of(definition: Definition) -> Text:
    """Return what an indicator is called: the field's term, or the name that its own definition gives it.

    >>> from analysis.vocabulary.indicator_sets.sets import definition_set
    >>> name_of(definition_set("counts").find("closing")).zh
    '未结'
    """
    return NAMES.get(definition.indicator) or terms().get(definition.indicator) or definition.text


@dataclass(frozen=True, eq=False)
class CellFigures:
    """One figure of every cell of a breakdown: a row a year (the period itself last), a column a cell.

    ``share``: the figure is each cell's part of the court's count (its mix); else a rate of the cell.
    """

    breakdown: str
    definition: Definition
    share: bool
    groups: tuple[Any, ...]
    numbers: np.ndarray
    bases: np.ndarray
    shown: np.ndarray  # cells that may be shown and stand for something
    blank: np.ndarray  # cells of which some cases do not say what the figure asks: never compared
    dependence: float | np.ndarray = 1.0  # how much more the figure goes up and down than of independent cases

    @cached_property
    def scatter(self) -> np.ndarray:
        """How much more cells such as each scatter than independent cases would: by themselves, or as the court's filings and debtors make them."""
        return np.maximum(scatter_of(self.breakdown, self.numbers, self.bases, share=self.share), self.dependence)

    @cached_property
    def family(self) -> Family:
        """The tests of the cells: the period against the same of the year before."""
        four = self.numbers[-1], self.bases[-1], self.numbers[-2], self.bases[-2]
        p, least = (widened(of(*four), self.scatter) for of in (change_p, least_p))
        usable = self.shown & ~self.blank
        if self.share and usable.sum() == 2:  # of two shares one is the other's mirror
            usable[np.flatnonzero(usable)[1]] = False
        return Family(np.where(usable, p, np.nan), least)


@dataclass(frozen=True, eq=False)
class Figures:
    """All figures of a register for the periods that are compared."""

    cases: Cases
    periods: Compared
    counts: Tally
    chosen: tuple[Definition, ...]
    inside: bool

    @classmethod
    def of(cls, cases: Cases, periods: Compared, definitions: Any, *, inside: bool) -> Figures:
        """Count the register once, by all breakdowns that it holds."""
        windows = periods.all
        sets = [definition_set(name) for name in sets_asked(cases, definitions)]
        told = periods.years[-MOST_YEARS:]
        chosen, _ = chosen_definitions(sets, told, None, variants=False)
        there = {d.indicator for d in chosen}
        national = in_force(definition_set(BY_PERIOD).definitions, told)
        more = [
            d
            for d in national
            if d.indicator in KEY_FIGURES and d.indicator not in there and d.computed and not d.variant
        ]
        if BY_PERIOD in {s.id for s in sets}:
            more += _performed(chosen, periods.now)
        months = _months(periods.now)
        chosen = [d for d in (*chosen, *more) if WINDOWS[d.window] in (None, months)]
        if not inside:
            chosen = [shown_instead(d, [*sets, definition_set(BY_PERIOD)]) for d in chosen]
        own = with_own_targets(chosen, cases.scheme)
        by = [name for name in BREAKDOWNS if name == AMOUNT_BAND or not cases.lacking(name)]
        by = [name for name in by if name != AMOUNT_BAND or not cases.lacking("amount_claimed")]
        if len(cases.courts) > 1 or len(cases) > ROWS_HANDED_OVER:  # every court has a 执行一组 of its own
            by = [name for name in by if name not in OF_ONE_COURT]
        wanted = needed(chosen, windows)
        judged = [] if inside or len(cases) > ROWS_HANDED_OVER else more_windows(wanted, windows, cases.calendar)
        return cls(cases, periods, tally(cases, wanted, [*windows, *judged], by=by, sides_by=()), own, inside)

    @cached_property
    def on_hand(self) -> float:
        """The cases on hand in the period; 0 where they are not counted."""
        found = (self.court.get((d.name, self.periods.now)) for d in self.chosen if d.indicator == "received")
        return next((float(block.value[0]) for block in found if block is not None), 0.0)

    def undecided(self, definition: Definition) -> int:
        """Count the cases of which it is not known whether they are closed, where a figure rests on that."""
        return undecided(self.cases, self.periods.now.end, definition)

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdowns of which the register holds more than one value."""
        held = [name for name in BREAKDOWNS if name in self.counts.frames["cases"]]
        return tuple(name for name in held if len(self.counts.frames["cases"][name].dropna().unique()) > 1)

    @cached_property
    def whole(self) -> Tally:
        """The tallies of the court as a whole."""
        return regrouped(self.counts, ())

    def is_of_few(self, definition: Definition) -> bool:
        """Return whether the change of a sum of money on the year before is that of a few large cases; inside alone, for it tells of them."""
        before, now = self.periods.before, self.periods.now
        if before is None or not self.inside or not is_sum_of_cases(definition):
            return False
        return bool(moved_by_few(definition, before, now, self.whole)[0])

    def squares(self, definition: Definition) -> float:
        """Return what each case of the period and of the year before adds to a count or sum, squared and added up; 0 where nothing is added.

        Of the squares of money the largest amount follows: outside, and where cases are not listed, they are those that so many cases of such a
        sum would have (``SPREAD``).
        """
        windows = [w for w in (self.periods.now, self.periods.before) if w is not None]
        if is_sum_of_cases(definition) and self.whole.listed and self.inside:
            found = [of_each_case(self.whole, definition.numerator, w) for w in windows]
            return float(sum((amounts**2).sum() for amounts in found))
        blocks = [self.court.get((definition.name, window)) for window in windows]
        total = float(sum(block.value[0] for block in blocks if block is not None))
        if definition.unit != WAN:
            return total
        counted = sum(self.whole.sums(q, w).counted[0] for q in definition.numerator for w in windows)
        return SPREAD * total**2 / counted if counted else 0.0

    @cached_property
    def court(self) -> dict[tuple[str, Window], Block]:
        """Every definition of the court as a whole, by its name and period; of earlier years cases alone, without limits."""
        counts = self.whole
        earlier = [replace(d, interval="none") for d in self.chosen if of_cases(d)]
        near = tuple(window for window in self.periods.all if window not in self.periods.earlier)
        found = [*self.blocks(counts, self.chosen, near), *self.blocks(counts, earlier, self.periods.earlier)]
        return {(block.definition.name, block.window): block for block in found}

    def by(self, breakdown: str) -> Tally:
        """The tallies by one column."""
        if breakdown not in self._by:
            self._by[breakdown] = regrouped(self.counts, (breakdown,))
        return self._by[breakdown]

    @cached_property
    def _by(self) -> dict[str, Tally]:
        """The tallies by one column that were asked for so far: cells and the changes of ratios ask for the same."""
        return {}

    def blocks(self, counts: Tally, chosen: Sequence[Definition], windows: tuple[Window, ...]) -> list[Block]:
        """Return the figures of definitions by the groups of a tally, as they may be shown."""
        keys = list(counts.groups.columns)
        courts = self.by("court") if not (keys or self.inside) and column_to_add_up(self.cases) == "court" else None
        outside = {} if self.inside else outside_of(self.cases, keys, chosen, windows, courts)
        asked = Asked(windows, (), counts, self.inside, **outside)
        return blocks_of(chosen, asked)

    @cached_property
    def cells(self) -> tuple[CellFigures, ...]:
        """The figures of cells that are tested: rates of each group, and the mix of filings and of closure modes."""
        return tuple(self._cells()) if self.periods.before is not None else ()

    @property
    def shares(self) -> tuple[CellFigures, ...]:
        """The mix of filings and of closure modes, also of a period that has none to compare it with."""
        return tuple(cells for cells in self.cells or self._cells() if cells.share)

    @cached_property
    def found(self) -> list[np.ndarray]:
        """Which cells of each figure are beyond random variation, all judged together."""
        return found_cells([cells.family for cells in self.cells])

    def _cells(self) -> Iterator[CellFigures]:
        rates = [replace(d, interval="none") for d in self._rates()]
        for breakdown in self.breakdowns:
            counts = self.by(breakdown)
            shares = [d for d in self.chosen if breakdown in OF_SHARES.get(d.id, ()) and _is_plain_count(d)]
            mix = [d for d in shares if not self.undecided(d)]
            asked = [*(rates if breakdown != MODE else ()), *mix]
            blocks = {(b.definition.name, b.window): b for b in self.blocks(counts, asked, self.periods.years)}
            groups = tuple(counts.groups[breakdown])
            for definition in asked:
                found = [blocks.get((definition.name, window)) for window in self.periods.years]
                kept = [block for block in found if block is not None]
                if len(kept) < len(found) or np.isnan(kept[-1].numerator).all():
                    continue
                share = definition in shares
                numbers = np.array([block.numerator for block in kept])
                bases = (
                    numbers.sum(axis=1, keepdims=True) * np.ones_like(numbers)
                    if share
                    else np.array([b.denominator for b in kept])
                )
                shown = self.may_be_shown(breakdown, groups, numbers[-2:], None if share else bases[-2:])
                counted = numbers if share else bases
                blank = np.full(len(groups), (counted[-2:, pd.isna(np.array(groups, dtype=object))] > 0).any())
                blank |= np.any([block.is_open for block in kept[-2:]], axis=None if share else 0)
                if breakdown == "court":
                    blank |= self._cut_short(groups, share=share)
                room = self._of_mix(breakdown) if share else self._of_part(definition, bases[-1])
                yield CellFigures(breakdown, definition, share, groups, numbers, bases, shown, blank, room)

    def dependence(self, definition: Definition) -> float:
        """How much more a rate of the court goes up and down than of independent cases, as filings come in waves and debtors' cases end alike."""
        near = [self.court.get((definition.name, w)) for w in (self.periods.now, self.periods.before) if w is not None]
        debtors = of_debtors([block for block in near if block is not None and block.definition.interval in TESTED])
        return max(debtors, self._arrivals if is_of_two_moments(definition) else 1.0)

    def dependence_of_court(self, definition: Definition) -> float:
        """The same of the whole court, whose teams and townships have good years and bad ones too."""
        return max(self.dependence(definition), self._of_places.get(definition.name, 1.0))

    def _of_part(self, definition: Definition, cases: np.ndarray) -> np.ndarray:
        """The same of groups of so many cases, a part of those of each team and township: the smaller it is, the more they even out."""
        places = self._of_places.get(definition.name, 1.0)
        return np.maximum(self.dependence(definition), scatter_of_part(places, cases))

    @cached_property
    def _of_places(self) -> dict[str, float]:
        """How much more each rate goes up and down by its places (``scatter_of_places``), by the name of its definition."""
        rates = [d for d in self.chosen if _is_rate_of_cases(d)]
        found: dict[str, float] = {}
        for breakdown in (name for name in self.breakdowns if name in OF_PLACES):
            for name, (numbers, bases) in self._by_year(breakdown, rates).items():
                found[name] = max(found.get(name, 1.0), scatter_of_places(numbers, bases))
        return found

    def _by_year(self, breakdown: str, rates: Sequence[Definition]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Numerators and denominators of rates by their definitions' names: a row a year, a column a group."""
        found: dict[str, list[Block]] = {}
        cases_alone = [replace(d, interval="none") for d in rates]
        for block in self.blocks(self.by(breakdown), cases_alone, self.periods.years):
            found.setdefault(block.definition.name, []).append(block)
        return {
            name: (np.array([b.numerator for b in own]), np.array([b.denominator for b in own]))
            for name, own in found.items()
        }

    def scatter(self, breakdown: str, definition: Definition) -> np.ndarray:
        """How much more a rate of groups such as each goes up and down than of independent cases."""
        numbers, bases = self._by_year(breakdown, [definition])[definition.name]
        return np.maximum(scatter_of(breakdown, numbers, bases), self._of_part(definition, bases[-1]))

    @cached_property
    def _arrivals(self) -> float:
        return of_arrivals(self.cases, self.periods.now.end)

    def _of_mix(self, breakdown: str) -> float:
        """How debtors make the mix of filings scatter, or that of closure modes."""
        rows, near = self.counts.frames["cases"], (self.periods.now, self.periods.before)
        return self._of_modes if breakdown == MODE else of_filings(rows, breakdown, [w for w in near if w is not None])

    @cached_property
    def _of_modes(self) -> float:
        """How debtors whose cases end alike make the mix of closure modes scatter: as much as any rate of closings."""
        rates = (d for d in self.chosen if _is_rate_of_cases(d) and not is_of_two_moments(d))
        return max((self.dependence(d) for d in rates), default=1.0)

    def _cut_short(self, courts: Sequence[Any], *, share: bool) -> np.ndarray:
        """Mark the courts of whose cases the register leaves some out in the years compared; of shares all where one is."""
        since = self.periods.years[-2:][0].start
        part = np.array([not self.cases.begun_at(court).is_whole(since) for court in courts], dtype=bool)
        return np.full(len(part), part.any()) if share else part

    def _rates(self) -> list[Definition]:
        """The rates that cells are tested by, one of a topic: what two rates say of the same cases is not told twice."""
        found: dict[str, Definition] = {}
        for definition in filter(_is_rate_of_cases, self.chosen):
            found.setdefault(topic(definition.indicator), definition)
        return list(found.values())

    def may_be_shown(
        self, breakdown: str, groups: Sequence[Any], numbers: np.ndarray, bases: np.ndarray | None = None
    ) -> np.ndarray:
        """Mark the cells that are stated and, outside the court, of no few cases (of their bases and the rest neither) and of no team that is one officer's."""
        shown = ~pd.isna(np.array(groups, dtype=object))
        if self.inside:
            return np.asarray(shown)
        parts = (numbers,) if bases is None else (numbers, bases, bases - numbers)
        for part in parts:
            shown = shown & ~((part > 0) & (part < MINIMUM)).any(axis=0)
        return np.asarray(shown & ~self.are_closed(breakdown, groups))

    def are_closed(self, breakdown: str, groups: Sequence[Any]) -> np.ndarray:
        """Mark the groups that are teams which are not shown outside of the periods compared; of a part of a register all teams."""
        if self.inside or breakdown != "team":
            return np.zeros(len(groups), dtype=bool)
        if is_part(self.cases):
            return np.ones(len(groups), dtype=bool)
        spans = [w for w in (self.periods.now, self.periods.before) if w is not None]
        gone = set().union(*(touched_teams(self.cases, w.start, w.end) for w in spans))
        return np.isin(np.array(groups, dtype=object).astype(str), sorted(gone))

    def label(self, breakdown: str, value: Any) -> Any:
        """Return the label of a group as it may be shown."""
        if breakdown not in OF_PLACES:
            return value
        return shown_labels(self.cases, pd.Series([value], dtype="str"), breakdown, names=self.inside).iloc[0]


def scatter_of(breakdown: str, numbers: np.ndarray, bases: np.ndarray, *, share: bool = False) -> np.ndarray:
    """How much more each group scatters: teams, townships and courts as others like them, kinds of cases and shares, which add up, as in earlier years."""
    if breakdown in OF_PLACES and not share:
        return scatters(numbers, bases)
    return np.full(numbers.shape[1], overdispersion(numbers[:-1], bases[:-1]))


def _months(window: Window) -> int:
    """The length of a period in months, which some definitions are meant for."""
    return round((window.end - window.start).days / DAYS_OF_A_MONTH)


def _performed(chosen: Sequence[Definition], window: Window) -> list[Definition]:
    """The share of closings by performance that is nearest in time, where the national sets in force have none (2015 to 2017)."""

    def is_one(definition: Definition) -> bool:
        return topic(definition.indicator) == "performance" and _is_rate_of_cases(definition)

    if any(map(is_one, chosen)):
        return []
    found = (d for d in definition_set(BY_PERIOD).definitions if is_one(d) and d.computed and not d.variant)
    return [min(found, key=lambda d: distance(d, window))]


def of_cases(definition: Definition) -> bool:
    """Return whether a figure is made of cases alone, of no side table and no other figures."""
    return not definition.parts and all(q.table == "cases" for q in (*definition.numerator, *definition.denominator))


def _is_rate_of_cases(definition: Definition) -> bool:
    """Return whether a figure is a part of cases, counted in cases, which a test of proportions can judge."""
    sides = (*definition.numerator, *definition.denominator)
    return (
        definition.interval in TESTED and bool(sides) and all(q.table == "cases" and q.count == "cases" for q in sides)
    )


def _is_plain_count(definition: Definition) -> bool:
    return not definition.denominator and not definition.parts and not definition.include and not definition.exclude
