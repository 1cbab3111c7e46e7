"""Caveats of an indicator: what is missing, what is not comparable, what the register cannot know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.beginning import left_unseen
from analysis.cases.coverage import cannot_tell
from analysis.measures.indicators.case_tally import MONEY_COLUMNS, WITHIN_LIMIT, conditions_of
from analysis.measures.indicators.quantities import OF_REOPENED, Sums, Tally, rests_on
from analysis.measures.limits.limits import holidays_unknown_in
from analysis.vocabulary.columns import columns
from analysis.vocabulary.dates import day_text, window_text
from analysis.vocabulary.indicator_sets.definition import WINDOWS
from analysis.vocabulary.labels import blank_text
from analysis.vocabulary.numbers import rounded, unit_text
from analysis.vocabulary.sentences import NOT_FILLED
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import Text, joined, listed, number_of

if TYPE_CHECKING:
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity

NO_BASE = Text("分母为0，无值", "the base is 0: no value")
TOO_MANY = Text(
    "有未填的；案件逾20万件，不逐件计算填全后的界限",
    "some cells are blank; of more than 200,000 cases the bounds once they are filled in are not worked out one by one",
)
NO_PART = Text("分子不是分母的一部分，无区间", "the numerator is no part of the base: no interval")
WITHOUT_REOPENED = Text(
    "台账没有一件恢复执行（执恢）案件，是没有还是没有导出不能判断",
    "the register holds no reopened case (执恢); whether there were none or they were not exported it cannot tell",
)
STOCKS = ("opening", "received", "closing", "pending")
TABLE_NAMES = {
    "petitions": Text("信访登记", "petitions"),
    "coercive_measures": Text("强制措施登记", "coercive measures"),
    "aid": Text("司法救助登记", "judicial aid"),
}
# Conditions that are derived from more than one column: which columns they need.
NEEDED = {
    "is_net": Text("判断净执结所需的金额", "an amount that net closings rest on"),
    "within_limit": Text("判断法定期限所需的内容", "what their statutory limit rests on"),
    "with_recovery": columns("cases")["amount_recovered"].text,
}


def why_unknown(definition: Definition, window: Window, counts: Tally) -> Text | None:
    """The reason why this register cannot give a figure at all; ``None`` if it can."""
    if not definition.computed:
        return definition.why_not_computed()
    if window.start > counts.known:
        day = day_text(counts.known)
        return Text(
            f"该期晚于台账截止日{day.zh}",
            f"the period is after {day.en}, to which the register is known",
        )
    parts = (*definition.numerator, *definition.denominator)
    for table, name in TABLE_NAMES.items():
        if table in counts.absent and any(q.table == table for q in parts):
            return Text(f"台账没有{name.zh}，不是0", f"the register holds no {name.en}: unknown, not 0")
    if counts.is_without_reopened and any(OF_REOPENED in q.keep for q in parts):
        return WITHOUT_REOPENED
    first = counts.first["cases"]
    if first is None:
        return Text("台账没有案件", "the register holds no cases")
    if window.end < first:
        day = day_text(first)
        return Text(f"台账自{day.zh}起，不含该期", f"the register begins on {day.en}, after the period")
    if window.shifted and any(q.when in ("closing", "pending") for q in parts):
        return Text(
            "新收与结案期间不同，没有期末存量", "filings and closings run over different days: no closing stock"
        )
    return None


def not_held(quantity: Quantity, counts: Tally) -> Text | None:
    """Name the columns that a quantity rests on and that the register does not hold; ``None`` if it holds them."""
    lacking = [name for name in rests_on(quantity) if name in counts.lacking]
    return cannot_tell(lacking) if lacking else None


def columns_lacking(definition: Definition, counts: Tally) -> Text | None:
    """Name all columns that a definition rests on and that the register does not hold; ``None`` if it holds them."""
    made_of = [q for part in (definition, *definition.parts) for q in (*part.numerator, *part.denominator)]
    lacking = dict.fromkeys(name for q in made_of for name in rests_on(q) if name in counts.lacking)
    return cannot_tell(lacking) if lacking else None


def possible(least: float, most: float, number: int, unit: str, *, blank: Text = NOT_FILLED) -> Text:
    """Between which bounds a rate of money must lie whatever the blanks hold."""
    column, said = columns("cases")["amount_recovered"].text, _reach(least, most, unit)
    return Text(
        f"{number:,}件{blank.zh}{column.zh}：填全后{said.zh}（全部未到位至全部到位），数值只含已填部分",
        f"{number:,} without {column.en}: {said.en} once filled in (nothing to all of it recovered); the value is that of the others",
    )


def between(least: float, most: float, unit: str, *, is_filled: bool = True) -> Text:
    """Between which bounds a figure must lie whatever the blanks hold; ``is_filled``: its value is that of the cases without any."""
    reach = _reach(least, most, unit)
    said = Text(f"填全后{reach.zh}", f"{reach.en} once filled in")
    return said + Text("，数值只含已填部分", "; the value is that of the others") if is_filled else said


def _reach(least: float, most: float, unit: str) -> Text:
    """Two bounds with their unit, of which a percent sign closes up."""
    low, high = (f"{rounded(bound, 1):,}" if np.isfinite(bound) else "" for bound in (least, most))
    named, apart = unit_text(unit), "" if unit == "%" else " "
    if not high:
        return Text(f"不低于{low}{named.zh}", f"at least {low}{apart}{named.en}")
    return Text(f"在{low}–{high}{named.zh}之间", f"between {low} and {high}{apart}{named.en}")


def of_stated(names: Sequence[str]) -> Text:
    """Say that a group holds the cases alone that state it, as others state none and may be of any."""
    stated = listed(columns("cases")["amount_claimed" if name == AMOUNT_BAND else name].text for name in names)
    if any(blank_text(name) != terms()["not_stated"] for name in names):
        return Text(
            f"只含写明{stated.zh}的案件，另有未填或未识别的",
            f"of the cases that state their {stated.en} alone; others state none, or in words that are not understood",
        )
    return Text(
        f"只含写明{stated.zh}的案件，另有未填的", f"of the cases that state their {stated.en} alone; others state none"
    )


def unclaimed(number: int, *, blank: Text = NOT_FILLED) -> Text:
    """Count the cases that do not even say what is claimed, and so stand outside the bounds."""
    column = columns("cases")["amount_claimed"].text
    return Text(
        f"另有{number:,}件{blank.zh}{column.zh}，不在其中，填全后的界限也不含",
        f"{number:,} without {column.en} are not in it, nor in its bounds",
    )


def unlimited(number: int) -> Text:
    """Count the closings for which no statutory limit holds, which a rate of those in time leaves out."""
    return Text(f"{number:,}件没有法定期限，不在其中", f"{number:,} under no statutory limit are not in it")


def missing_values(quantity: Quantity, sums: Sums, group: int, *, bounded: bool) -> list[Text]:
    """The number of cases left out of a quantity for want of a value."""
    said = []
    lacking, unknown = round(float(sums.missing_amount[group])), round(float(sums.unknown[group]))
    if lacking and not bounded:  # else the bounds say it
        names = [
            columns("cases")[MONEY_COLUMNS[c]].text
            for c in quantity.complete or (quantity.count,)
            if c in MONEY_COLUMNS
        ]
        names = names or [columns("aid")["amount"].text]
        zh, en = "或".join(t.zh for t in names), " or ".join(t.en for t in names)
        said.append(
            Text(
                f"{lacking:,}件{zh}未填或未识别，未计入", f"{lacking:,} with {en} blank or not understood are left out"
            )
        )
    if unknown:
        needed = listed(_condition_name(quantity, name) for name in conditions_of([quantity]))
        said.append(
            Text(
                f"{unknown:,}件{needed.zh}未填或未识别，未计入“{quantity.text.zh}”",
                f'{unknown:,} with {needed.en} blank or not understood are not counted in "{quantity.text.en}"',
            )
        )
    return said


def nothing_known(sums: Sums) -> np.ndarray:
    """Groups in which no case says what is asked (its amount, its closure mode): their sum is missing, not 0."""
    return np.asarray((sums.counted == 0) & (sums.of > 0) & (sums.missing_amount + sums.unknown == sums.of))


def of_window(definition: Definition, window: Window, counts: Tally, others: Sequence[Window]) -> list[Text]:
    """The caveats of a definition in a window, whatever the group: incomplete, before the records, overlapping, not valid."""
    parts = (*definition.numerator, *definition.denominator)
    said = []
    if window.end > counts.known:
        said.append(incomplete(counts.known))
    first = counts.first["cases"]
    if (
        first is not None
        and not counts.is_whole
        and window.filing_start <= first
        and any(q.table == "cases" and q.when in STOCKS for q in parts)
    ):
        said.append(left_unseen(first))
    for table, name in TABLE_NAMES.items():
        begun = counts.first.get(table)
        if begun is not None and window.end < begun and any(q.table == table for q in parts):
            day = day_text(begun)
            said.append(Text(f"{name.zh}最早一条为{day.zh}", f"the first record of {name.en} is of {day.en}"))
    if WITHIN_LIMIT in conditions_of(parts):
        said += counts.blank_days
        said += holidays_unknown_in(window.start, min(window.end, counts.known), counts.holidays)
    crossing = [w for w in others if w != window and w.overlaps(window)]
    if crossing:
        spans = listed(window_text(w.start, w.end) for w in crossing)
        said.append(
            Text(
                f"与{spans.zh}重叠，不可当作相互独立",
                f"overlaps {spans.en}: not independent of it",
            )
        )
    return said + _length(definition, window) + _validity(definition, window)


def incomplete(known: pd.Timestamp) -> Text:
    """Say that a period runs past the day to which the register is known."""
    day = day_text(known)
    return Text(f"期间未完：仅知至{day.zh}", f"incomplete period: known to {day.en} only")


def notes_where(said: Sequence[tuple[pd.Series, Text]], rows: int) -> list[str]:
    """The note of each row: the statements whose condition holds there."""
    marks = [(mask.to_numpy(dtype=bool), text) for mask, text in said]
    return [joined([text for mask, text in marks if mask[row]]).cell for row in range(rows)]


def each_count(numbers: pd.Series, say: Callable[[int], Text]) -> list[tuple[pd.Series, Text]]:
    """For ``notes_where``: a statement with the row's own number, wherever it is not 0."""
    return [(numbers == n, say(n)) for n in sorted(numbers[numbers > 0].astype("int64").unique().tolist())]


def of_break(before: Sequence[str], now: Sequence[str]) -> Text:
    """Say that a figure follows another definition than in the period before."""
    return Text(
        f"口径自本期起由 {'、'.join(before)} 改为 {'、'.join(now)}，与前期不可直接比较",
        f"break: the definition changes from {', '.join(before)} to {', '.join(now)}; not comparable with the period before",
    )


def _length(definition: Definition, window: Window) -> list[Text]:
    """Say that a definition is meant for a longer or shorter period than the one asked for."""
    months = WINDOWS[definition.window]
    if months is None or window.start + pd.DateOffset(months=months) == window.end + pd.Timedelta(days=1):
        return []
    years = months // 12
    return [Text(f"该口径按{years}年计", f"the definition is for a period of {number_of(years, 'year')}")]


def _validity(definition: Definition, window: Window) -> list[Text]:
    begins, ends = definition.valid_from, definition.valid_to
    years = f"{begins.year if begins is not None else ''}–{ends.year if ends is not None else ''}"
    if (begins is not None and window.end < begins) or (ends is not None and window.start > ends):
        return [
            Text(f"该口径适用于{years}，用于此期仅供参考", f"the definition is that of {years}, applied outside it")
        ]
    if (begins is not None and window.start < begins) or (ends is not None and window.end > ends):
        return [
            Text(
                f"该口径适用于{years}，本期跨越其界限",
                f"the definition is that of {years}; the period crosses its bound",
            )
        ]
    return []


def _condition_name(quantity: Quantity, name: str) -> Text:
    if name in NEEDED:
        return NEEDED[name]
    known = columns(quantity.table)
    return known[name].text if name in known else Text("日期", "a date")
