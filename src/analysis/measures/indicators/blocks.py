"""One definition in one window over all groups: its value, parts, interval and what must be said beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.measures import intervals, linked_cases
from analysis.measures.indicators import caveats
from analysis.measures.indicators.bounds import bounds_of, is_recovery, is_share, outside_of_limits
from analysis.measures.indicators.case_tally import LINKED
from analysis.measures.indicators.largest_cases import OF_FEW, is_sum_of_cases, moved_by_few
from analysis.measures.indicators.quantities import Tally, of_each_case
from analysis.measures.indicators.quantity_sums import gate_of_sums, money_of
from analysis.measures.indicators.ratio_intervals import Said, over_cases
from analysis.measures.open_sums import HELD_BACK
from analysis.measures.people_ledger import TEAM
from analysis.measures.pseudonyms import PEOPLE
from analysis.measures.windows import Window
from analysis.vocabulary.indicator_sets.definition import Definition
from analysis.vocabulary.indicator_sets.quantities import Condition, Quantity, quantities
from analysis.vocabulary.indicator_sets.reading import MONTHS
from analysis.vocabulary.periods import CALENDARS
from analysis.vocabulary.text import Text

MONTHS_OF_A_YEAR = 12.0
DAYS_OF_A_YEAR = 365.0
LINKED_INTERVALS = (
    "wilson",
    "poisson",
    "log-ratio",
    "over-cases",
)  # those that a batch of one debtor's cases would make too narrow
UNDECIDED_MONEY = Text(
    "不知是否结案的案件使金额有上下限，两端之差就是这些案件的金额，对外不列",
    "cases of which it is not known whether they are closed give money two bounds, which differ by what these are of: not shown outside",
)
OF_SOMEBODY = Text(
    "指标只计某人或不对外的小组的案件，对外不列；院内文件可以列出",
    "the indicator counts the cases of people, or of teams that are not shown outside; a document for use inside the court may give it",
)
MOST_COURTS = 200  # of a nation no court is bounded by the cases that may be of any
NUMBERS = ("value", "numerator", "denominator", "lower", "upper", "least", "most", "unfilled", "unclaimed")


@dataclass(frozen=True, eq=False)
class Asked:
    """The inputs of blocks: the windows, those of them to be told apart where they overlap and compared, the tallies; for use inside or not.

    ``values_alone``: no limits of ratios of sums, nor what they rest on.

    Outside: ``calendar`` is the register's own, ``closed_teams`` those that are not shown of each window (``open_teams``), ``restated`` the years
    of which no money is (``Cases``), ``courts`` the tallies by court where all of several stand together.
    """

    windows: tuple[Window, ...]
    related: tuple[Window, ...]
    counts: Tally
    inside: bool = False
    values_alone: bool = False
    of_whole_courts: bool = True
    courts: Tally | None = None
    calendar: str = CALENDARS[0]
    closed_teams: Mapping[Window, Collection[str]] = field(default_factory=dict)
    restated: frozenset[pd.Timestamp] = frozenset()


@dataclass(eq=False)
class Block:
    """The rows of one definition in one window, an array over the groups for each number, and what is said beside them.

    ``said`` holds statements with the groups that they stand beside, ``None`` for all: few differ by group.
    """

    definition: Definition
    window: Window
    value: np.ndarray
    said: list[Said] = field(default_factory=list)
    numerator: np.ndarray = field(init=False)
    denominator: np.ndarray = field(init=False)
    lower: np.ndarray = field(init=False)
    upper: np.ndarray = field(init=False)
    least: np.ndarray = field(init=False)
    most: np.ndarray = field(init=False)
    unfilled: np.ndarray = field(init=False)
    unclaimed: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.numerator = self.denominator = self.lower = self.upper = self.value
        self.least = self.most = np.full(len(self.value), np.nan)
        self.unfilled = self.unclaimed = np.zeros(len(self.value))

    @property
    def is_open(self) -> np.ndarray:
        """The groups of whose figure something is not known: it has bounds, or blanks that nothing bounds, or leaves cases out."""
        return ~np.isnan(self.least) | (self.unfilled > 0) | (self.unclaimed > 0)

    def say(self, *texts: Text, groups: Sequence[int] | np.ndarray | None = None) -> None:
        """Put statements beside some groups, or all."""
        self.said += [(text, groups) for text in texts]

    def hold_back(self, gone: np.ndarray, why: Text) -> None:
        """Take out the figures of some groups, with all that is said of them alone."""
        if not gone.any():
            return
        for name in NUMBERS:
            setattr(self, name, np.where(gone, np.nan, getattr(self, name)))
        self.said = [left for text, groups in self.said if (left := _beside(text, groups, gone))]
        self.say(why, groups=np.flatnonzero(gone))


def blocks_of(chosen: Sequence[Definition], asked: Asked) -> list[Block]:
    """The blocks of every window in turn, sums filled and breaks of definition said."""
    blocks = [_block(d, window, asked) for window in asked.windows for d in _with_parts(valid_in(chosen, window))]
    if not asked.inside:
        held = gate_of_sums(
            asked.counts,
            calendar=asked.calendar,
            of_whole_courts=asked.of_whole_courts,
            restated=asked.restated,
            courts=asked.courts,
        )
        for block in blocks:
            unheld = caveats.columns_lacking(block.definition, asked.counts)
            block.hold_back(held(block.definition, block.window), unheld or HELD_BACK)
            if narrows_to_people(block.definition, asked.closed_teams.get(block.window, ())):
                block.hold_back(np.ones(len(block.value), dtype=bool), OF_SOMEBODY)
    _fill_sums(blocks)
    shown = [block for block in blocks if block.definition in chosen]
    _say_breaks(shown, asked.windows)
    if asked.inside:
        _say_of_few(shown, asked.related, asked.counts)
    return shown


def narrows_to_people(definition: Definition, closed_teams: Collection[str]) -> bool:
    """Whether a definition counts the cases of people alone, or of teams that are not shown or all but these."""
    return any(
        column in PEOPLE or (column == TEAM and not set(map(str, values)).isdisjoint(closed_teams))
        for column, values in conditions_of(definition)
    )


def conditions_of(definition: Definition) -> Iterator[Condition]:
    """The conditions by which a definition narrows the cases that it counts."""
    for part in (definition, *definition.parts):
        for quantity in (*part.numerator, *part.denominator):
            yield from (*quantity.keep, *quantity.leave_out)


def _beside(text: Text | list[Text], groups: Sequence[int] | np.ndarray | None, gone: np.ndarray) -> Said | None:
    """A statement beside those groups that are not taken out; ``None`` where it stands beside none of them."""
    if groups is None:
        return text, None
    left = [i for i, group in enumerate(groups) if not gone[group]]
    if not left:
        return None
    return (text if isinstance(text, Text) else [text[i] for i in left]), np.asarray(groups)[left]


def needed(chosen: Sequence[Definition], windows: Sequence[Window]) -> list[Quantity]:
    """The quantities that the definitions valid in the windows are made of."""
    used = [d for window in windows for d in _with_parts(valid_in(chosen, window))]
    return list(dict.fromkeys(q for d in used for q in (*d.numerator, *d.denominator, *_paired(d))))


def valid_in(chosen: Sequence[Definition], window: Window) -> list[Definition]:
    """The definitions to apply in a window: of each indicator those valid in it, or if none is the nearest in time."""
    nearest: dict[str, int] = {}
    for d in chosen:
        nearest[d.indicator] = min(distance(d, window), nearest.get(d.indicator, distance(d, window)))
    return [d for d in chosen if distance(d, window) == nearest[d.indicator]]


def in_force(definitions: Sequence[Definition], windows: Sequence[Window]) -> list[Definition]:
    """The definitions to apply in the windows, of several sets in order: those valid at the end of any of them.

    Of an indicator that several sets define, the latest set that is valid in all windows is taken, so that its figures can
    be compared; where none is, each window keeps what is valid in it.
    """
    valid = [d for d in definitions if any(distance(d, window) == 0 for window in windows)]
    whole = (d for d in valid if not d.variant and all(distance(d, window) == 0 for window in windows))
    throughout = {d.indicator: d.set for d in whole}
    return [d for d in valid if throughout.get(d.indicator, d.set) == d.set]


def distance(definition: Definition, window: Window) -> int:
    """Count the days between a definition's validity and the end of a window; 0 where it is valid then.

    >>> from analysis.measures.windows import Window
    >>> from analysis.vocabulary.indicator_sets.sets import definition_set
    >>> of_2017 = Window.of(pd.Timestamp("2017-01-01"), pd.Timestamp("2017-12-31"))
    >>> distance(definition_set("spc-2024").find("completed_rate"), of_2017)
    1
    """
    begins, ends = definition.valid_from or window.end, definition.valid_to or window.end
    return max((begins - window.end).days, (window.end - ends).days, 0)


def _with_parts(shown: Sequence[Definition]) -> list[Definition]:
    """Definitions with those that the sums among them add up."""
    return list(dict.fromkeys((*shown, *(part for d in shown for part in d.parts))))


def _paired(definition: Definition) -> tuple[Quantity, ...]:
    """The cases both filed and closed in the period, which a paired interval needs."""
    if definition.interval != "log-ratio":
        return ()
    return (quantities()["filed_and_closed"].within(dict(definition.include), dict(definition.exclude)),)


def _block(definition: Definition, window: Window, asked: Asked) -> Block:
    counts = asked.counts
    size = len(counts.groups)
    block = Block(definition, window, np.full(size, np.nan))
    said = caveats.why_unknown(definition, window, counts)
    if said is not None:
        block.say(said)
        return block
    block.say(*caveats.of_window(definition, window, counts, asked.related))
    if definition.parts:
        return block  # filled from its parts once they are all there
    top, base = (_added(side, block, counts) for side in (definition.numerator, definition.denominator))
    if is_share(definition):  # of the cases that say what it asks, as a rate of money is of those with an amount
        more, wider = (_not_said(side, window, counts) for side in (definition.numerator, definition.denominator))
        unlimited = outside_of_limits(definition, block.window, counts)
        base = np.where(wider == 0, base - more, base) - unlimited
        for none_holds in np.flatnonzero(unlimited).tolist():
            block.say(caveats.unlimited(round(unlimited[none_holds])), groups=[none_holds])
    factor = (
        definition.factor if not isinstance(definition.factor, str) else _time(definition.factor, window, counts.known)
    )
    block.numerator, block.value = top, factor * top
    if definition.denominator:
        block.denominator = base
        block.value = np.divide(factor * top, base, out=np.full(size, np.nan), where=base > 0)
        block.say(caveats.NO_BASE, groups=np.flatnonzero(base == 0))
    known = ~np.isnan(block.value)
    if known.any():  # of a figure that is unknown nothing is said of its limits either
        block.lower, block.upper = (np.where(known, factor * bound, np.nan) for bound in _interval(block, asked))
    spare = _spare(block, asked)
    _bound(block, counts, factor, spare)
    if spare is not None and not asked.inside:  # bounds would tell of the few cases of no group
        gone = spare.any(axis=1)
        block.least, block.most = (np.where(gone, np.nan, bound) for bound in (block.least, block.most))
        block.unfilled, block.unclaimed = (np.where(gone, 0, number) for number in (block.unfilled, block.unclaimed))
    if not asked.inside and money_of((*definition.numerator, *definition.denominator)):
        block.hold_back((counts.undecided > 0) & ~np.isnan(block.least), UNDECIDED_MONEY)
    _say_bounds(block, counts)
    return block


def _bound(block: Block, counts: Tally, factor: float, spare: np.ndarray | None) -> None:
    """Bound a figure of which something is not known."""
    found = bounds_of(block.definition, block.window, counts, spare)
    unknown = np.isnan(block.value)
    block.least, block.most = (np.where(unknown, np.nan, factor * bound) for bound in (found.least, found.most))
    block.unfilled, block.unclaimed = (np.where(unknown, 0, number) for number in (found.unfilled, found.unclaimed))
    if not found.told:
        block.say(caveats.TOO_MANY, groups=np.flatnonzero(~unknown & (block.unfilled > 0)))


def _say_bounds(block: Block, counts: Tally) -> None:
    """Widen the interval of a rate to its bounds, and say these."""
    definition = block.definition
    is_rate = bool(definition.denominator)
    block.lower, block.upper = (
        np.where(np.isnan(bound) | (np.isnan(limit) & (not is_rate)), limit, widest(limit, bound))
        for limit, bound, widest in ((block.lower, block.least, np.fmin), (block.upper, block.most, np.fmax))
    )
    if not is_rate:
        return
    for group in np.flatnonzero(~np.isnan(block.least)):
        bounds = float(block.least[group]), float(block.most[group])
        number = int(block.unfilled[group])
        text = (
            caveats.possible(*bounds, number, definition.unit, blank=counts.blank)
            if number and is_recovery(definition)
            else caveats.between(*bounds, definition.unit, is_filled=bool(number))
        )
        block.say(text, groups=[int(group)])
    for group in np.flatnonzero(block.unclaimed > 0):
        block.say(caveats.unclaimed(int(block.unclaimed[group]), blank=counts.blank), groups=[int(group)])


def _not_said(side: Sequence[Quantity], window: Window, counts: Tally) -> np.ndarray:
    """Count the cases that lack what a condition of the quantities asks for, by group."""
    unknown = [counts.sums(q, window).unknown for q in side if caveats.not_held(q, counts) is None]
    return np.sum([np.zeros(len(counts.groups)), *unknown], axis=0)


def _spare(block: Block, asked: Asked) -> np.ndarray | None:
    """Return which groups' cases may be those of which others in a figure (``Tally.nobodys``), and say where it holds those that state it alone.

    ``None`` where every case states its group.
    """
    counts, definition = asked.counts, block.definition
    if not counts.nobodys.any():
        return None
    sides = (*definition.numerator, *definition.denominator)
    held = np.sum([counts.sums(q, block.window).of for q in sides], axis=0) + counts.undecided
    spare: np.ndarray = counts.nobodys & (held > 0)
    block.say(caveats.of_stated(counts.unstated), groups=np.flatnonzero(spare.any(axis=1) & ~np.isnan(block.value)))
    is_nation = "court" in counts.unstated and counts.groups["court"].nunique() > MOST_COURTS
    return None if is_nation else spare


def _time(factor: str, window: Window, known: pd.Timestamp) -> float:
    """The days or months of a period, or of the part that is known."""
    return _days(window, known) / (DAYS_OF_A_YEAR / MONTHS_OF_A_YEAR if factor == MONTHS else 1.0)


def _days(window: Window, known: pd.Timestamp) -> float:
    """The days of a period, or of the part that is known; a whole year counts 365, as in CEPEJ's formula."""
    if window.end > known:
        return (known - window.start).days + 1.0
    if window.start + pd.DateOffset(years=1) == window.end + pd.Timedelta(days=1):
        return DAYS_OF_A_YEAR
    return (window.end - window.start).days + 1.0


def _added(side: Sequence[Quantity], block: Block, counts: Tally) -> np.ndarray:
    """A numerator or denominator: its quantities added, missing where nothing of one is known; says what is left out."""
    total = np.zeros(len(counts.groups))
    for quantity in side:
        sums = counts.sums(quantity, block.window)
        absent = caveats.not_held(quantity, counts)
        if absent is not None:
            # Also where there is no case: a sum of nothing would stand as 0 beside years that are unknown.
            total = np.full_like(total, np.nan)
            said = caveats.columns_lacking(block.definition, counts) or absent  # of numerator and denominator at once
            block.say(said)
            continue
        nothing = caveats.nothing_known(sums)
        total = total + np.where(nothing, np.nan, sums.value)
        for group in np.flatnonzero((sums.missing_amount > 0) | (sums.unknown > 0)):
            bounded = is_recovery(block.definition) and not nothing[group]
            block.say(*caveats.missing_values(quantity, sums, int(group), bounded=bounded), groups=[int(group)])
    return total


def _interval(block: Block, asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """The bounds before the factor, by the method that the definition names."""
    definition, top, base = block.definition, block.numerator, block.denominator
    none = np.full(len(top), np.nan)
    linked = _linked(definition, asked.counts)
    if linked and definition.interval in LINKED_INTERVALS:
        block.say(linked_cases.LINKED)
    match definition.interval:
        case "wilson":
            moments = [{q.when for q in side} for side in (definition.numerator, definition.denominator)]
            if block.window.shifted and moments[0] != moments[1]:
                return none, none  # closings of the last month are no part of the filings
            block.say(caveats.NO_PART, groups=np.flatnonzero(top > base))
            lower, upper = _of_clusters(block, asked.counts, linked) if linked else intervals.wilson(top, base)
            return np.where(top <= base, lower, np.nan), np.where(top <= base, upper, np.nan)
        case "poisson":
            bounds = _of_clusters(block, asked.counts, linked) if linked else intervals.poisson(top)
            if not definition.denominator:
                return bounds
            lower, upper = (np.divide(bound, base, out=none.copy(), where=base > 0) for bound in bounds)
            return lower, upper
        case "log-ratio":
            if linked:
                return _of_clusters(block, asked.counts, linked)
            both = asked.counts.sums(_paired(definition)[0], block.window).value
            return intervals.log_ratio(top, base, both)
        case "over-cases" if not asked.values_alone:
            lower, upper, rests_on = over_cases(definition, block.window, asked.counts, inside=asked.inside)
            block.said += rests_on
            return lower, upper
    return none, none


def _of_clusters(block: Block, counts: Tally, linked: linked_cases.Clusters) -> tuple[np.ndarray, np.ndarray]:
    """The bounds where cases of one debtor belong together."""
    definition = block.definition
    top, base = (of_each_case(counts, side, block.window) for side in (definition.numerator, definition.denominator))
    if definition.interval == "poisson":
        return linked_cases.count(top, linked)
    return (linked_cases.proportion if definition.interval == "wilson" else linked_cases.log_ratio)(top, base, linked)


def _linked(definition: Definition, counts: Tally) -> linked_cases.Clusters | None:
    """The clusters of cases of one debtor; ``None`` where none are linked, or what is counted is no cases."""
    frame = counts.frames["cases"]
    of_cases = all(q.table == "cases" for q in (*definition.numerator, *definition.denominator))
    if LINKED not in frame or not of_cases:
        return None
    found = linked_cases.clusters(frame["group"].to_numpy(), frame[LINKED].to_numpy(), len(counts.groups))
    return found if len(found.group) < len(frame) else None


def _fill_sums(blocks: list[Block]) -> None:
    """Fill the indicators that are the sum of others (of the same set and window), with what is said of these."""
    by_name = {(block.definition.name, block.window): block for block in blocks}
    for block in blocks:
        parts = [by_name[part.name, block.window] for part in block.definition.parts]
        if parts:
            block.value = np.sum([part.value for part in parts], axis=0)
            is_open = np.any([~np.isnan(part.least) for part in parts], axis=0) & ~np.isnan(block.value)
            block.least, block.most = (
                np.where(is_open, np.sum([np.where(np.isnan(of), part.value, of) for part, of in ends], axis=0), np.nan)
                for ends in ([(p, p.least) for p in parts], [(p, p.most) for p in parts])
            )
            block.unfilled = np.where(is_open, np.max([part.unfilled for part in parts], axis=0), 0)
            block.said += [statement for part in parts for statement in part.said]


def _say_breaks(blocks: list[Block], windows: Sequence[Window]) -> None:
    """Say, in the first period under another definition, that the indicator is not comparable with the one before."""
    order = sorted(windows, key=lambda w: (w.start, w.end))
    used: dict[tuple[str, Window], list[Block]] = {}
    for block in blocks:
        used.setdefault((block.definition.indicator, block.window), []).append(block)
    for indicator in dict.fromkeys(name for name, _ in used):
        for before, now in pairwise(order):
            first, second = ([b.definition.name for b in used[indicator, window]] for window in (before, now))
            if first != second:
                for block in used[indicator, now]:
                    block.say(caveats.of_break(first, second))


def _say_of_few(blocks: list[Block], windows: Sequence[Window], counts: Tally) -> None:
    """Say beside sums of money that their change on the period before is that of a few large cases."""
    found = {(block.definition.name, block.window): block for block in blocks if is_sum_of_cases(block.definition)}
    names = dict.fromkeys(name for name, _ in found)
    for first, second in pairwise(sorted(windows, key=lambda w: (w.start, w.end))):
        pairs = [(found.get((name, first)), found.get((name, second))) for name in names]
        for before, now in ((a, b) for a, b in pairs if a is not None and b is not None and first.end < second.start):
            is_known = [~np.isnan(b.value) & ~b.is_open for b in (before, now)]
            few = np.all(is_known, axis=0)
            if few.any():
                few &= moved_by_few(now.definition, first, second, counts)
            now.say(Text("与上一期相比，", "against the period before ") + OF_FEW, groups=np.flatnonzero(few))
