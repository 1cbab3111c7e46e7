"""Indicators: what a definition set says, counted in a register; every figure with its parts, interval and caveats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.closings import counted_open, undecided_by, undecided_filed
from analysis.cases.table import Cases, known_on
from analysis.measures import intervals
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.indicators.blocks import NUMBERS, Asked, Block, blocks_of, conditions_of, in_force, needed
from analysis.measures.indicators.case_tally import ROWS_HANDED_OVER
from analysis.measures.indicators.caveats import of_stated
from analysis.measures.indicators.quantities import Tally, regrouped, tally
from analysis.measures.indicators.quantity_sums import money_of, more_windows, shown_instead
from analysis.measures.open_sums import are_whole_courts, column_of_courts, years_over
from analysis.measures.open_teams import NOT_SHOWN, touched_teams, without_closed_teams
from analysis.measures.people_ledger import TEAM, without_hidden_years
from analysis.measures.pseudonyms import NOBODY, PEOPLE, with_people_shown
from analysis.measures.windows import Window, asked_windows
from analysis.vocabulary.courts import SEVERAL_COURTS
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.definition import WINDOWS, Definition, DefinitionSet
from analysis.vocabulary.indicator_sets.rates import rates
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, definition_set, own_definitions, shipped_sets
from analysis.vocabulary.periods import Day, Periods
from analysis.vocabulary.text import Text, folded, joined, text_of_cell

if TYPE_CHECKING:
    from analysis.cases.beginning import Beginning

COLUMNS = (
    "court", "period_start", "period_end", "indicator", "value", "numerator", "denominator", "lower", "upper", "unit",
    "definition", "least", "most", "unfilled", "unclaimed", "note",
)  # fmt: skip
# The moments of quantities that are several of stock and flow.
OF_DAYS = ("天",)
WITHIN = "within_"  # begins the conditions on how long a case took: its limit, a number of days
MADE_OF = {"received": ("opening", "filed"), "filed_and_closed": ()}
OF_PEOPLE = Text(
    "人员的数字对外只有收结存（满一年），其他见承办人办案情况；院内文件可以列出",
    "of people only stock and flow of years that are over is shown outside (more: the scorecard of officers); a document for use inside the court may give it",
)
NOBODY_CHOSE = Text(
    "没有指定口径集：按各期有效的全国口径计算，不设目标（可用 definitions= 指定）",
    "no definition set was named: the national definitions in force in each period, no targets (name one with definitions=)",
)


def indicators(
    cases: Cases,
    *,
    periods: Periods = None,
    definitions: str | Path | Sequence[str | Path] | None = None,
    calendar: str | None = None,
    by: str | Sequence[str] = (),
    variants: bool = False,
    at: Day | None = None,
    seed: int = 0,  # noqa: ARG001 - accepted for one more version
    only: str | Iterable[str] | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Indicators of a register by period, each with numerator, denominator, interval, definition and caveats.

    Outside, a definition that parts money by a condition gives way to the variant of its set that does not, which its note says.
    Columns: ``court, [by…], period_start, period_end, indicator, value, numerator, denominator, lower, upper, unit,
    definition`` (set/id), ``least, most`` (where amounts are blank: between which the figure must lie, every blank nothing
    to every blank recovered in full), ``unfilled`` (blanks), ``unclaimed`` (cases without the amount claimed, which nothing
    bounds), ``note``. Rates are in percent, money is in 万元. A base of 0 gives a missing value with a
    note. The 95% intervals mean what ``attrs["interval_note"]`` says.

    ``years`` are years of the statistical ``calendar``; ``periods`` are named (``"2011年上半年"``) or pairs of days. Without either:
    the last full year. ``definitions`` is a set's id, the path of a court's own TOML, or a list of them: then each
    period takes the definitions valid in it, and the first period under another definition says so. Without it the set
    that the register names holds, else ``by-period``: the national definitions in force in each period. ``variants=True``
    sets disputed definitions of one indicator side by side; ``only`` picks indicators by id. ``at``: the register as it was
    known on that day. Officers in ``by`` are pseudonyms unless ``names=True``, and without it
    sums of money that say too much of a case are left out (``open_sums``). ``seed`` has no
    effect any more (no limits are drawn by chance) and goes with the next version.
    Raises ``ArgumentError`` for an unknown name, ``InputError`` for a TOML that is not of the form.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    definitions : str, path or list
        A set's id, the path of a court's own TOML, or several.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by, or ``amount_band``, the band of the amount claimed.
    variants : bool
        ``True`` sets disputed definitions of one indicator side by side.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    seed : int
        Without effect; goes with the next version.
    only : str or list of str
        Indicators to take, by id.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row an indicator, period and group.

    >>> cases = Cases.from_frames(
    ...     pd.DataFrame({"filed_on": ["2010-05-01", "2011-02-01"], "closed_on": ["2011-03-01", None]}), as_of="2011-12-31"
    ... )
    >>> table = indicators(cases, periods=[2011], only=["closure_rate"])
    >>> table[["value", "numerator", "denominator"]].values.tolist()
    [[50.0, 1.0, 2.0]]
    """
    known = known_on(cases, at)
    windows = asked_windows(periods, calendar or cases.calendar, known)
    table = indicators_over(
        cases,
        windows,
        definitions=definitions,
        by=by,
        variants=variants,
        at=at,
        only=only,
        names=names,
        instead=True,
    )
    table.attrs |= {"calendar": calendar or cases.calendar}
    return table


def indicators_over(
    cases: Cases,
    windows: Sequence[Window],
    *,
    definitions: Any,
    by: Any = (),
    variants: bool = False,
    at: Any = None,
    only: str | Iterable[str] | None = None,
    names: bool = False,
    values_alone: bool = False,
    instead: bool = False,
) -> pd.DataFrame:
    """Compute indicators over windows at hand; ``values_alone`` without the limits of sums, and without a word on windows that overlap.

    ``instead``: outside, in place of a definition whose money may never leave, the variant of its set whose may, which its note says.
    """
    sets = [definition_set(name) for name in sets_asked(cases, definitions)]
    keys = must_be_breakdown(by, bands=True, names=names, cases=cases)
    chosen, skipped = chosen_definitions(sets, windows, only, variants=variants)
    leading = chosen
    chosen = [shown_instead(d, sets) for d in leading] if instead and not (names or variants) else leading
    wanted = needed(chosen, windows)
    judged_by = [] if names or len(cases) > ROWS_HANDED_OVER else more_windows(wanted, windows, cases.calendar)
    court = None if names or keys or not money_of(wanted) else column_to_add_up(cases)
    counts = tally(cases, wanted, [*windows, *judged_by], by=(court,) if court else keys, at=at)
    outside = {} if names else outside_of(cases, keys, chosen, windows, counts if court else None)
    counts = regrouped(counts, ()) if court else counts
    related = () if values_alone else tuple(windows)
    asked = Asked(tuple(windows), related, counts, names, values_alone=values_alone, **outside)
    table = _laid(blocks_of(chosen, asked), counts, keys)
    people = [] if names else [key for key in keys if key in PEOPLE]
    if people:  # bounds and notes would tell how many of a person's cases lack what, and on how many a figure rests
        table.loc[table[["least", "most"]].notna().any(axis=1), ["lower", "upper"]] = np.nan
        stated = of_stated(counts.unstated).cell if counts.unstated else ""
        table["note"] = np.where(table["value"].notna(), stated, "")
    table = _as_far_as_known_of_each(cases, table, chosen, by_court="court" in keys)
    table = _with_undecided(cases, table, chosen)
    for named, other in zip(leading, chosen, strict=True):
        if other.name != named.name:
            told_by = (table["definition"] == other.name) & table["value"].notna()
            table = _with_note(table, told_by.to_numpy(), _instead(named, other))
    if people:
        table[["least", "most"]], table["unfilled"], table["unclaimed"] = np.nan, 0.0, 0.0
        was_known = table["value"].notna()
        moments = table["definition"].map({d.name: _stock_and_flow(d) for d in chosen})
        table = without_hidden_years(cases, table, people, counts.known, rests_on=moments, finer=len(keys) > 1)
        table.loc[table["value"].isna() & (was_known | (table["note"] == "")), "note"] = OF_PEOPLE.cell
        who = table[people[0]].astype(object).where(table[people[0]].notna(), NOBODY)
        told = (table["value"] > 0).groupby(who).transform("any").astype(bool)  # a row alone would tell who has cases
        table = table[told].reset_index(drop=True)
    if not names and AMOUNT_BAND in keys:
        table = _bands_of_years(cases, table, keys, counts.known)
    every = table
    if not names:
        first, last = table["period_start"], table["period_end"]
        table = without_closed_teams(cases, table, first=first, last=last)
    left_out = [NOT_SHOWN.cell] if len(table) < len(every) else []
    table = with_people_shown(cases, table, names=names, within=("period_start", "period_end", "definition"))
    table.attrs = _about(sets, skipped, keys, asked) | {"synthetic": cases.synthetic}
    table.attrs |= {"own_definitions": own} if (own := own_definitions(chosen)) else {}
    table.attrs["notes"] += [OF_PEOPLE.cell, *left_out] if people else left_out
    return table


def column_to_add_up(cases: Cases) -> str | None:
    """The column by which several courts are judged whose sums are added up; of very many cases they are not."""
    return None if len(cases) > ROWS_HANDED_OVER else column_of_courts(cases)


def outside_of(
    cases: Cases,
    keys: Collection[str],
    chosen: Sequence[Definition],
    windows: Sequence[Window],
    courts: Tally | None = None,
) -> dict[str, Any]:
    """What decides on figures that are shown outside (``Asked``); ``courts``: the tallies by court of several that stand together."""
    by_team = any(column == TEAM for definition in chosen for column, _ in conditions_of(definition))
    return {
        "of_whole_courts": courts is not None or are_whole_courts(cases, keys),
        "courts": courts,
        "calendar": cases.calendar,
        "restated": cases.restated,
        "closed_teams": {
            window: touched_teams(cases, min(window.start, window.filing_start), window.end)
            for window in (windows if by_team else ())
        },
    }


def _bands_of_years(cases: Cases, table: pd.DataFrame, keys: Sequence[str], known: pd.Timestamp) -> pd.DataFrame:
    """A table by band of the amount as it may be shown: like money of whole courts and years alone, for the row of one case says about how much it is."""
    spans = table[["period_start", "period_end"]].drop_duplicates().itertuples(index=False)
    years = {span for span in spans if years_over(Window.of(*span), known, cases.calendar)}
    is_whole = are_whole_courts(cases, [key for key in keys if key != AMOUNT_BAND])
    gone = [not is_whole or span not in years for span in zip(table["period_start"], table["period_end"], strict=True)]
    return table[~np.array(gone, dtype=bool)].reset_index(drop=True)


def _as_far_as_known_of_each(
    cases: Cases, table: pd.DataFrame, chosen: Sequence[Definition], *, by_court: bool
) -> pd.DataFrame:
    """The table as far as the register can tell, by court of each court: of a nation hardly one is left out."""
    if not by_court or table.empty:
        return _as_far_as_known(cases.beginning, table, chosen)
    begun = {court: cases.begun_at(court) for court in table["court"].unique()}
    starts = table["period_start"].unique()
    cut = [court for court, of in begun.items() if of.leaves_out or not all(map(of.is_whole, starts))]
    late = table["court"].isin(cut)
    if not late.any():
        return table
    courts = table[late].groupby("court", dropna=False, sort=False)
    known = [_as_far_as_known(cases.begun_at(court), part.copy(), chosen) for court, part in courts]
    return pd.concat([table[~late], *known], sort=False).sort_index()


def _as_far_as_known(begun: Beginning, table: pd.DataFrame, chosen: Sequence[Definition]) -> pd.DataFrame:
    """The table as far as a register that leaves out earlier cases can tell (``Cases.beginning``).

    Of a window that begins before the stock is whole, filings are known where the register reaches as far, and the stock where the window ends after;
    of closings those of the cases listed: a count is at least theirs, a share is said to be of them alone. All else is missing; so
    are cases pending longer than the register reaches back.
    """
    after = pd.Timedelta(days=1)
    if not begun.leaves_out and all(begun.is_whole(start) for start in table["period_start"].unique()):
        return table
    by_name = {d.name: d for d in chosen}
    listed, gone = np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    asked: list[Any] = table[["definition", "period_start", "period_end"]].to_numpy().tolist()
    for i, (name, begin, end) in enumerate(asked):
        first, last, rests_on = pd.Timestamp(begin), pd.Timestamp(end), set(_moments(by_name[name]))
        old = _oldest_months(by_name[name])
        if old and not begun.holds_older(last + after - pd.DateOffset(months=old)):
            gone[i] = True
            continue
        start = min(first, last + after - pd.DateOffset(months=WINDOWS[by_name[name].window] or 0))
        known = {"filed", "filed_and_closed"} if begun.holds_filings(start) else set()
        known |= {"closing"} if begun.is_whole(last + after) else set()
        if begun.is_whole(start) or rests_on <= known:
            continue
        is_count = rests_on in ({"closing"}, {"filed"}) and not by_name[name].denominator
        of_listed = begun.filings is not None and (rests_on == {"closed"} or is_count)
        listed[i] = of_listed and not by_name[name].parts and not _is_of_days(by_name[name])
        gone[i] = not listed[i]
    table.loc[gone & table["value"].notna().to_numpy(), "note"] = ""  # of a figure that is not told nothing is said
    table.loc[gone, list(NUMBERS)] = np.nan
    counts = listed & table["denominator"].isna().to_numpy()
    table.loc[counts, "least"] = table.loc[counts, "value"]
    table.loc[counts, ["lower", "upper", "most"]] = np.nan
    only = of_listed_alone(begun)
    why = Text(f"无法判断：{begun.text.zh}", f"cannot be told: {begun.text.en}")
    return _with_note(_with_note(table, listed, only), gone, why)


def of_listed_alone(begun: Beginning) -> Text:
    """Say that a figure is of the cases listed alone, as the register leaves out those filed before."""
    since = day_text(begun.filed)
    return Text(
        f"只含{since.zh}起立案的案件，台账没有此前立案的",
        f"of cases filed from {since.en} on alone: the register holds no earlier ones",
    )


def _with_note(table: pd.DataFrame, rows: np.ndarray, text: Text) -> pd.DataFrame:
    """The table with a word before the notes of some rows."""
    table.loc[rows, "note"] = [
        _cell([text, *([text_of_cell(note)] if note else [])]) for note in table.loc[rows, "note"]
    ]
    return table


def _instead(named: Definition, other: Definition) -> Text:
    """Say that a figure is another definition's than the one named, and why."""
    return Text(
        f"{named.name} 只计部分案件的金额，对外不列，此处为{other.text.zh}",
        f"{named.name} adds up the money of some cases, which is not shown outside: this is the {other.text.en}",
    )


def _is_of_days(definition: Definition) -> bool:
    """Return whether a figure tells how long cases took, which is too short where older ones are left out."""
    conditions = [c for q in (*definition.numerator, *definition.denominator) for c, _ in (*q.keep, *q.leave_out)]
    return definition.unit in OF_DAYS or any(condition.startswith(WITHIN) for condition in conditions)


def _with_undecided(cases: Cases, table: pd.DataFrame, chosen: Sequence[Definition]) -> pd.DataFrame:
    """The table with a word on cases whose closing date cannot be read beside each figure of the period that rests on closings."""
    filed = undecided_filed(cases)
    if filed.empty:
        return table
    rest = {d.name: _rests_on_closings(d) for d in chosen}
    for i in np.flatnonzero(table["definition"].map(rest) & table["value"].notna()).tolist():
        number = int((filed <= table["period_end"].iloc[i]).sum())
        if number:
            note = table["note"].iloc[i]
            at = table.index[i], "note"
            table.loc[at] = _cell([counted_open(number), *([text_of_cell(note)] if note else [])])
    return table


def undecided(cases: Cases, at: pd.Timestamp, *definitions: Definition) -> int:
    """Count the cases filed to a day of which it is not known whether they are closed, where one of the figures rests on that.

    Such a figure is neither compared with another period, nor held against a target.
    """
    return undecided_by(cases, at) if any(map(_rests_on_closings, definitions)) else 0


def _rests_on_closings(definition: Definition) -> bool:
    return not set(_moments(definition)) <= {"filed"}


def _moments(definition: Definition) -> Iterator[str]:
    """The moments by which a definition counts cases; none where it counts none."""
    for part in (definition, *definition.parts):
        for quantity in (*part.numerator, *part.denominator):
            if quantity.table == "cases":
                yield from MADE_OF.get(quantity.when) or (quantity.when,)


def sets_asked(cases: Cases, definitions: Any) -> list[Any]:
    """Return the definition sets named; where none is, the one that the register names, else those in force by period."""
    if definitions is None:
        return [cases.definitions or BY_PERIOD]
    listed = [definitions] if isinstance(definitions, (str, Path)) else list(definitions)
    if not listed:
        raise ArgumentError("definitions 为空：至少给出一个口径集。", "definitions is empty: name at least one set.")
    return list(dict.fromkeys(listed))


def chosen_definitions(
    sets: Sequence[DefinitionSet], windows: Sequence[Window], only: str | Iterable[str] | None, *, variants: bool
) -> tuple[list[Definition], dict[str, str]]:
    """The definitions to show, and those that ship by name with why they are not computed."""
    every = [d for s in sets for d in (in_force(s.definitions, windows) if s.id == BY_PERIOD else s.definitions)]
    if only is not None:
        names = {folded(name): name for d in every for name in (d.id, *d.names)}
        asked = (only,) if isinstance(only, str) else tuple(only)
        wanted = [names.get(folded(name)) or _called_elsewhere(name) for name in asked]
        for name, meant in zip(asked, wanted, strict=True):
            if folded(meant) not in names:
                raise _not_in_sets(name, meant, [s.id for s in sets], names.values())
        picked = [d for d in every if d.id in wanted or (d.names & {*wanted} and (variants or not d.variant))]
        return picked, {}
    every = [d for d in every if variants or not d.variant]
    skipped = {d.name: d.why_not_computed().cell for d in every if not d.computed}
    return [d for d in every if d.computed], skipped


def _called_elsewhere(name: str) -> str:
    """The rate that other sets call by a name, or the name itself."""
    return next((rate.id for rate in rates().values() if folded(name) in map(folded, rate.names)), name)


def _not_in_sets(name: str, meant: str, sets: Sequence[str], names: Iterable[str]) -> ArgumentError:
    """The error for an indicator that the sets chosen do not define: which sets do, or the nearest name where none does."""
    having = [s for s in shipped_sets() if any(meant in (d.id, *d.names) for d in definition_set(s).definitions)]
    if not having:
        return ArgumentError.not_one_of("only", name, names)
    return ArgumentError(
        f"only：所用口径 {'、'.join(sets)} 没有“{name}”，有它的是 {'、'.join(having)}：请以 definitions= 选用，或改取所用口径的指标。",
        f'only: "{name}" is not defined by {", ".join(sets)} but by {", ".join(having)}: choose one with definitions=, '
        "or take an indicator of the sets in use.",
    )


def _oldest_months(definition: Definition) -> int:
    """The longest age in months that a definition asks of pending cases; 0 where it asks none."""
    parts = [q for d in (definition, *definition.parts) for q in (*d.numerator, *d.denominator)]
    return max((q.older_than_months or 0 for q in parts), default=0)


def _stock_and_flow(definition: Definition) -> frozenset[str]:
    """The stocks and flows of cases that a definition is made of; none where it is made of anything else."""
    parts = [q for d in (definition, *definition.parts) for q in (*d.numerator, *d.denominator)]
    made_of = [MADE_OF.get(q.when, (q.when,)) for q in parts]
    if not all(made_of) or any(
        q.table != "cases" or q.count != "cases" or q.keep or q.leave_out or q.older_than_months for q in parts
    ):
        return frozenset()
    return frozenset(name for moments in made_of for name in moments)


def _laid(blocks: list[Block], counts: Tally, keys: tuple[str, ...]) -> pd.DataFrame:
    """The blocks as one tidy table: by period, the order of the definitions, and group."""
    size, number = len(counts.groups), len(blocks)
    texts = {
        "indicator": [block.definition.indicator for block in blocks],
        "unit": [block.definition.unit for block in blocks],
        "definition": [block.definition.name for block in blocks],
    }
    columns: dict[str, Any] = {
        "group": np.tile(np.arange(size), number),
        **{key: np.tile(counts.groups[key].to_numpy(), number) for key in keys},
        "period_start": np.repeat(pd.DatetimeIndex([block.window.start for block in blocks]), size),
        "period_end": np.repeat(pd.DatetimeIndex([block.window.end for block in blocks]), size),
        **{name: np.repeat(np.array(values, dtype=object), size) for name, values in texts.items()},
        **{name: np.concatenate([np.empty(0), *(getattr(b, name) for b in blocks)]) for name in NUMBERS},
        "note": _notes(blocks),
    }
    table = pd.DataFrame(columns).astype(dict.fromkeys(("indicator", "unit", "definition", "note"), "str"))
    if "court" not in keys:
        table["court"] = table["group"].map(dict(enumerate(_court_names(counts))))
    table = table.astype({"period_start": "datetime64[s]", "period_end": "datetime64[s]"})
    return table[list(dict.fromkeys(["court", *keys, *COLUMNS]))]


def _notes(blocks: list[Block]) -> list[str]:
    """Write the notes of each row: the same to most courts of a nation, so what is said to all is joined once."""
    cells: list[str] = []
    for block in blocks:
        to_all = [text for text, groups in block.said if groups is None and isinstance(text, Text)]
        own = dict.fromkeys(int(group) for _, groups in block.said if groups is not None for group in groups)
        first: dict[int, Text] = {}
        several: dict[int, list[Text]] = {}
        for text, groups in block.said:
            beside = own if groups is None else [int(group) for group in groups]
            for group, statement in zip(beside, [text] * len(beside) if isinstance(text, Text) else text, strict=True):
                if first.setdefault(group, statement) is not statement:
                    several.setdefault(group, [first[group]]).append(statement)
        rows = [_cell(to_all)] * len(block.value)
        for group, one in first.items():
            rows[group] = _cell(several[group]) if group in several else one.cell
        cells += rows
    return cells


def _cell(texts: list[Text]) -> str:
    return joined(dict.fromkeys(texts)).cell


def _court_names(counts: Tally) -> list[str | None]:
    """The court of each group where it is one court; several together are said to be so."""
    names: list[str | None] = []
    for low, high in counts.courts:
        one = low if low == high and not pd.isna(low) else None
        names.append(one if one or pd.isna(low) else SEVERAL_COURTS.cell)
    return names


def _about(
    sets: Sequence[DefinitionSet], skipped: dict[str, str], keys: tuple[str, ...], asked: Asked
) -> dict[Any, Any]:
    return {
        "definitions": [s.id for s in sets],
        "notes": [NOBODY_CHOSE.cell] if any(s.id == BY_PERIOD for s in sets) else [],
        "not_computed": skipped,
        "by": list(keys),
        "as_of": str(asked.counts.known.date()),
        "level": intervals.LEVEL,
        "interval_note": intervals.INTERVAL_NOTE.cell,
    }
