"""The change of a ratio of the register, split into single cases, the mix of cases, and the rest (``decomposition``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND, capped_by_band, told_by_band
from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.privacy import MINIMUM
from analysis.cases.table import Cases
from analysis.measures.indicators.case_tally import MONEY_COLUMNS
from analysis.measures.indicators.quantities import FEN_PER_WAN, of_each_case
from analysis.measures.indicators.quantity_sums import MONEY
from analysis.measures.open_sums import outweighed_sums, years_over
from analysis.observations.comparisons import compared
from analysis.observations.decomposition import (
    CHOSEN,
    MIX,
    OTHERS,
    PARTS,
    REST,
    RULE,
    Parts,
    Side,
    decomposed,
    influence,
    single_cases,
    told_by,
)
from analysis.observations.figures import MODE, Figures
from analysis.vocabulary.columns import as_column
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import group_text, heading
from analysis.vocabulary.periods import Period
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import period
from analysis.vocabulary.text import Text, capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity

# The mixes by which a ratio may be explained, where the register holds them and the ratio is not made of them itself.
MIX_BY = (MODE, "basis", "case_type", "has_property", "amount_band", "area", "team")
COURT = "court"
# Single cases that stand apart outside: as many more as keep each from being told are no single cases any more.
MOST_APART = 20
CASE_COLUMNS = ["period", "case_no", "numerator", "denominator", "without"]


@dataclass(frozen=True, eq=False)
class RatioChange(Result):
    """``parts`` (a row a part and group, in percentage points), ``groups`` (share of the base and ratio of each group in both periods), ``single`` cases.

    ``before``, ``now`` and ``change``: the ratio in percent, and its change in percentage points; ``without``: both ratios without the single
    cases; ``rule``: how the parts are made. Outside the court single cases have no numbers and no amounts, and groups whose
    sums say too much of a case stand together (``OTHERS``); ``is_told``: whether single cases stand apart, if there are any;
    ``is_of_cases``: whether the ratio is a share of cases, none of money.
    """

    parts: pd.DataFrame
    groups: pd.DataFrame
    single: pd.DataFrame
    indicator: str
    mix_by: str
    before: float
    now: float
    without: tuple[float, float]
    numbers: tuple[int, int]  # single cases before and now
    is_told: bool
    is_of_cases: bool
    rule: Text
    caption: Text

    @property
    def change(self) -> float:
        """The change in percentage points."""
        return self.now - self.before

    def part(self, name: str) -> float:
        """A part of the change in percentage points: ``single_cases``, ``mix`` or ``within_groups``."""
        own = self.parts[(self.parts["part"] == name) & self.parts["group"].isna()]
        return float(own["points"].iloc[0])


def decompose_change(
    cases: Cases,
    *,
    indicator: str = "recovery_rate",
    period: Period | None = None,
    mix_by: str | None = None,
    definitions: str | Path | None = None,
    calendar: str | None = None,
    names: bool = False,
) -> RatioChange:
    """Split the change of a ratio on the year before into single cases, the mix of cases, and the rest.

    Each part is what the ratio changes when this thing alone goes from one period's to the other's, averaged over all
    orders (Shapley value): no case counts twice, the parts add up to the change exactly. Single cases have five times the
    mean base or more, and without each its period's ratio would be another by a percentage point or more; outside the court
    as many more of the largest as keep each of them from being told. The mix is told by the breakdown that tells most: for which the part of the
    mix, and the largest part of one group within beyond its share of the base, are most together.
    Source: Shapley (1953), A value for n-person games; the page on observations.

    Raises ``ArgumentError`` for an indicator that is no such ratio, ``DataError`` where a period has no figure.

    Parameters
    ----------
    cases : Cases
        The register.
    indicator : str
        An indicator that is a ratio of two sums over cases.
    period : int, str or pair of days
        The period; without it the last full year.
    mix_by : str
        The column by which the mix is told; without it the one that tells most. Of money outside it is the closure mode, or the first column that the
        ratio is not made of itself, of one year alone, and of several courts the court: two ways to part the same cases could be subtracted.
    definitions : str or path
        The definition set; without it the one that the register names.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: case numbers and amounts of single cases.

    Returns
    -------
    RatioChange
        The parts, in percentage points.

    >>> rows = {"filed_on": ["2010-02-01"] * 20 + ["2011-02-01"] * 20, "closed_on": ["2010-06-01"] * 20 + ["2011-06-01"] * 20}
    >>> rows |= {"closure_mode": ["completed"] * 10 + ["terminated_this_round"] * 10 + ["completed"] * 15 + ["terminated_this_round"] * 5}
    >>> rows |= {"amount_claimed": [100.0] * 40, "amount_recovered": [100.0] * 10 + [0.0] * 10 + [100.0] * 15 + [0.0] * 5}
    >>> found = decompose_change(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), definitions="fujin-2012", names=True)
    >>> round(found.change, 6), {name: round(found.part(name), 6) for name in ("single_cases", "mix", "within_groups")}
    (25.0, {'single_cases': 0.0, 'mix': 25.0, 'within_groups': 0.0})
    """
    periods = compared(cases, period, calendar=calendar)
    figures = Figures.of(cases, periods, definitions, inside=names)
    named = [d for d in figures.chosen if indicator in (d.id, d.indicator, *d.names)]
    if not named:
        raise ArgumentError.not_one_of("indicator", indicator, [d.text for d in figures.chosen if d.denominator])
    found = ratio_change(figures, named[0], mix_by=mix_by)
    if found is None:
        raise DataError(
            f"{indicator} 在两个时期没有可比的数字，或不是两项案件合计之比；金额之比对外只按一个统计年度分解，院内使用请加 names=True。",
            f"{indicator} has no figures to compare in both periods, or is no ratio of two sums over cases; outside, a ratio of money is split of one "
            "statistical year alone: inside the court use names=True.",
        )
    return found


def is_ratio_of_cases(definition: Definition) -> bool:
    """Return whether a figure is one sum over closed or handled cases divided by another."""
    sides = (*definition.numerator, *definition.denominator)
    return bool(definition.denominator) and not definition.parts and all(q.table == "cases" for q in sides)


def ratio_change(figures: Figures, definition: Definition, *, mix_by: str | None = None) -> RatioChange | None:
    """Split the change of one ratio; ``None`` where either period has no figure that may be shown, or the figure is no such ratio.

    Outside, money is split of one year alone.
    """
    now, before = figures.periods.now, figures.periods.before
    if before is None or not is_ratio_of_cases(definition):
        return None
    blocks = [figures.court.get((definition.name, window)) for window in (before, now)]
    if any(b is None or not np.isfinite(b.value[0]) or b.is_open[0] for b in blocks):
        return None
    of_money = any(q.count in MONEY for q in (*definition.numerator, *definition.denominator))
    if of_money and not figures.inside and not _may_be_split(figures, definition, now):
        return None
    allowed = _mixes(figures, definition, of_money=of_money)
    if mix_by is not None:
        mix_by = as_column(mix_by)
    if mix_by is not None and mix_by not in allowed:
        raise ArgumentError.not_one_of("mix_by", mix_by, allowed)
    if not allowed:
        return None
    only = allowed[0] if of_money and not figures.inside else None
    if only and mix_by not in (None, only):
        raise ArgumentError(
            f"对外，金额之比只按“{heading(only).zh}”分解：两种分组可以相减。院内使用请加 names=True。",
            f"outside, a ratio of money is split by {only} alone: two breakdowns could be subtracted. Inside the court use names=True.",
        )
    asked = [name for name in (mix_by, only) if name] or allowed
    sides, rows = zip(*(_side(figures, definition, w, of_courts=COURT in asked) for w in (before, now)), strict=True)
    if any(
        (~side.alone).sum() == 0 or side.base[~side.alone].sum() == 0 for side in sides
    ):  # single cases are all there is
        return None
    splits = [_split(figures, definition, name, sides, rows) for name in asked]
    split = max(splits, key=lambda one: told_by(one.parts))
    return _result(figures, definition, split, (before, now), is_chosen=len(asked) > 1)


@dataclass(frozen=True, eq=False)
class _Split:
    """The parts of a change by one breakdown, with the cases of both periods that they are made of and their places in the tally."""

    breakdown: str
    labels: list[str]
    sides: tuple[Side, Side]
    rows: tuple[np.ndarray, ...]
    parts: Parts


def _split(
    figures: Figures, definition: Definition, breakdown: str, sides: Sequence[Side], rows: tuple[np.ndarray, ...]
) -> _Split:
    """Split a change by one breakdown, of the cases of both periods and their places in the tally."""
    counts = figures.by(breakdown)
    group = counts.group["cases"]
    before, now = (replace(side, group=group[of]) for side, of in zip(sides, rows, strict=True))
    labels = [group_text(breakdown, figures.label(breakdown, value)).cell for value in counts.groups[breakdown]]
    if not figures.inside:
        closed = figures.are_closed(breakdown, list(counts.groups[breakdown]))
        (before, now), labels = _pooled(definition, (before, now), labels, closed)
    return _Split(breakdown, labels, (before, now), rows, decomposed(before, now, len(labels)))


def _may_be_split(figures: Figures, definition: Definition, now: Window) -> bool:
    """Return whether a ratio of money is split outside: what was recovered of what was claimed, in one year.

    Less the same groups of either year, a group of two tells what one of them does not; and a second ratio with one of the two sums,
    which a set of a court's own may hold, would part the same cases another way.
    """
    is_recovery = [[q.count for q in side] for side in (definition.numerator, definition.denominator)] == [
        ["recovered"],
        ["claimed"],
    ]
    return is_recovery and len(years_over(now, now.end, figures.cases.calendar)) == 1


def _mixes(figures: Figures, definition: Definition, *, of_money: bool) -> list[str]:
    """The columns by which a ratio may be split; outside, money by the first alone, and of several courts by court.

    Each court splits its own otherwise: less those of the others, a group of all would be one that a court does not show.
    """
    if of_money and not figures.inside and len(figures.cases.courts) > 1:
        return [COURT]
    made_of = {name for q in (*definition.numerator, *definition.denominator) for name, _ in (*q.keep, *q.leave_out)}
    allowed = [name for name in MIX_BY if name in figures.breakdowns and name not in made_of]
    return [name for name in allowed if name != MODE or all(q.when == "closed" for q in definition.denominator)]


def _side(figures: Figures, definition: Definition, window: Window, *, of_courts: bool) -> tuple[Side, np.ndarray]:
    """The cases of a period that a ratio counts, in no groups yet, and their places in the tally."""
    counts = figures.counts
    top, base = (of_each_case(counts, side, window) for side in (definition.numerator, definition.denominator))
    rows = np.flatnonzero((base != 0) | (top != 0))
    top, base = top[rows], base[rows]
    cases = counts.frames["cases"].iloc[rows]
    sides = ((top, definition.numerator), (base, definition.denominator), (base - top, definition.denominator))
    told: Any = tuple(_told(part, of, cases, of_courts=of_courts) for part, of in sides)
    may_stand_apart = counts.listed and not of_courts  # of courts each sum is shown as it is
    alone = _alone(figures, top, base, told) if may_stand_apart else np.zeros(len(top), dtype=bool)
    return Side(top, base, np.zeros(len(top), dtype="int64"), alone, told), rows


def _told(part: np.ndarray, of: Sequence[Quantity], cases: pd.DataFrame, *, of_courts: bool) -> dict[str, np.ndarray]:
    """What the bands of the claims tell of one side of a ratio of money, or of what one lacks to the other, in its unit.

    Of rows that are sums it is told of them as a whole. Of courts, of which each sum is shown as it is, it is not looked at how much each is at most.
    """
    if not any(quantity.count in MONEY_COLUMNS for quantity in of):
        return {}
    fen, number = np.rint(part * FEN_PER_WAN), cases["cases"].to_numpy() * FEN_PER_YUAN / FEN_PER_WAN
    floor = told_by_band(cases[AMOUNT_BAND], fen, cases["claimed_fen"].to_numpy())
    found = {} if floor is None else {"told": floor * number}
    return found if of_courts else found | {"most": capped_by_band(cases[AMOUNT_BAND], fen) * number}


def _alone(figures: Figures, top: np.ndarray, base: np.ndarray, told: Any) -> np.ndarray:
    """Mark the single cases; outside with so many more of the next that neither sum says too much of one, or none."""
    none = np.zeros(len(top), dtype=bool)
    alone = single_cases(top, base) if len(base) else none
    if figures.inside or not alone.any():
        return alone
    order = np.argsort(-influence(top, base), kind="stable")
    order = np.concatenate([order[alone[order]], order[~alone[order]]])
    for number in range(int(alone.sum()), min(len(order) // 2, MOST_APART + 1)):
        chosen = none.copy()
        chosen[order[:number]] = True
        group = np.where(chosen, 0, 1)
        parts = zip((top, base, base - top), told, strict=True)
        if not any(outweighed_sums(part, group, 2, **of).any() for part, of in parts):
            return chosen
    return none


def _is_told(side: Side) -> bool:
    """Return whether the cases that decide a ratio stand apart, or there are none."""
    return bool(side.alone.any() or not len(side.base) or not single_cases(side.top, side.base).any())


def _pooled(
    definition: Definition, sides: Any, labels: list[str], closed: np.ndarray
) -> tuple[tuple[Side, Side], list[str]]:
    """Both periods with the groups that say too much of a case, and teams that are not shown, put together, which are the last group then.

    Of each period they are put together with the smallest others until they say no more too much, whatever the other period
    is: so the sums of a period that several changes rest on are always made of the same ones.
    """
    counted = [all(q.count == "cases" for q in side) for side in (definition.numerator, definition.denominator)]
    together = np.any([closed, *(_too_small(side, len(labels), *counted) for side in sides)], axis=0)
    if not together.any():
        return sides, labels
    place = np.where(together, (~together).sum(), np.cumsum(~together) - 1)
    kept = [label for label, is_in in zip(labels, together, strict=True) if not is_in]
    return tuple(replace(side, group=place[side.group]) for side in sides), [*kept, OTHERS.cell]


def _too_small(side: Side, size: int, top_counts: bool, base_counts: bool) -> np.ndarray:
    """The groups of a period that are put together: none, or several that say too much of no case of theirs."""
    rest, together = ~side.alone, np.zeros(size, dtype=bool)
    group, top, base = side.group[rest], side.top[rest], side.base[rest]
    told = [{name: each[rest] for name, each in of.items()} for of in side.told]
    parts: list[Any] = [(top, top_counts, told[0]), (base, base_counts, told[1])]
    parts += [(base - top, base_counts, told[2])] if top_counts == base_counts else []
    weight = np.bincount(group, weights=np.abs(base), minlength=size)

    def unsafe(of: np.ndarray, number: int) -> np.ndarray:
        found = np.zeros(number, dtype=bool)
        for values, counts, least in parts:
            sums = np.bincount(of, weights=values, minlength=number)
            found |= (sums > 0) & (sums < MINIMUM) if counts else outweighed_sums(values, of, number, **least)
        return found

    together = unsafe(group, size)
    while together.any() and not together.all() and unsafe(np.where(together[group], 0, 1), 2)[0]:
        together[np.flatnonzero(~together)[np.argmin(weight[~together])]] = True
    return together


def _result(
    figures: Figures, definition: Definition, split: _Split, spans: tuple[Window, Window], *, is_chosen: bool
) -> RatioChange:
    found, labels, sides = split.parts, split.labels, split.sides
    factor = float(definition.factor) if not isinstance(definition.factor, str) else 100.0
    parts = pd.DataFrame(
        [{"part": part, "group": None, "points": factor * found.sums[part]} for part in PARTS]
        + [
            {"part": part, "group": label, "points": factor * value}
            for part, values in ((MIX, found.mix), (REST, found.within))
            for label, value in zip(labels, values, strict=True)
            if value
        ]
    )
    table = pd.DataFrame(
        {
            "group": labels,
            **{f"share_{when}": found.shares[i] for i, when in enumerate(("before", "now"))},
            **{f"ratio_{when}": found.ratios[i] for i, when in enumerate(("before", "now"))},
        }
    )
    single = pd.concat(
        [_cases(figures, s, r, w) for s, r, w in zip(sides, split.rows, spans, strict=True)], ignore_index=True
    )
    numbers = tuple(int(side.alone.sum()) for side in sides)
    when = period(spans[1].start, spans[1].end)
    return RatioChange(
        parts=parts,
        groups=table,
        single=single,
        indicator=definition.indicator,
        mix_by=split.breakdown,
        before=factor * sides[0].ratio,
        now=factor * sides[1].ratio,
        without=(factor * sides[0].without, factor * sides[1].without),
        numbers=numbers,  # type: ignore[arg-type]
        is_told=figures.inside or all(map(_is_told, sides)),
        is_of_cases=definition.interval == "wilson",
        rule=RULE + CHOSEN if is_chosen else RULE,
        caption=Text(
            f"{definition.text.zh}：{when.zh}比上年同期",
            f"{capital(definition.text.en)}: {when.en} against the year before",
        ),
    )


def _cases(figures: Figures, side: Side, rows: np.ndarray, window: Window) -> pd.DataFrame:
    """The single cases by number with what each does, for use inside the court."""
    if not figures.inside or not side.alone.any():
        return pd.DataFrame(columns=CASE_COLUMNS)
    top, base = side.top[side.alone], side.base[side.alone]
    numbers = figures.counts.frames["cases"]["case_no"].to_numpy()[rows[side.alone]]
    without = [(side.top.sum() - y) / (side.base.sum() - x) for y, x in zip(top, base, strict=True)]
    found = pd.DataFrame(
        {"period": window.start, "case_no": numbers, "numerator": top, "denominator": base, "without": without}
    )
    return found.sort_values("denominator", ascending=False, ignore_index=True)[CASE_COLUMNS]
