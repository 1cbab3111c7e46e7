"""How much of a change between two years or two courts is definition and how much is work: ``definition_bridge``.

The same cases are counted under each definition set. Between two figures, each printed under a set of its own, lie two changes: of the
definition, and of the cases. Each is what the figure changes by when it alone goes from one end to the other, averaged over both orders
(the Shapley value, Shapley 1953): no order is preferred, and both add up to the difference exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.closings import blank_called
from analysis.cases.table import known_on
from analysis.measures.indicators.indicators import indicators_over
from analysis.measures.windows import Window, windows_of
from analysis.observations.decomposition import rounded_parts
from analysis.observations.figures import NAMES
from analysis.observations.sentences import (
    NO_PERCENTAGE,
    PARTS_OF_RATIO,
    count_between,
    has_blanks,
    is_bounded,
    is_of_few_cases,
)
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.sets import definition_set
from analysis.vocabulary.numbers import difference, number, unit_text
from analysis.vocabulary.periods import Periods, year_window
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import COUNTED, amount, bounded, in_quotes, period, rate, without_claims
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import Text, capital, listed, text_of_cell

if TYPE_CHECKING:
    from analysis.cases.table import Cases

VALUES = ("indicator", "at", "set", "value", "numerator", "denominator", "unit", "definition", "note")
BRIDGE = (
    "indicator", "at_start", "set_start", "value_start", "of_definition", "of_work", "at_end", "set_end", "value_end", "change", "unit", "sentence",
)  # fmt: skip
RULE = Text(
    "口径一项：案件不变、只换口径时数字的变化；办案一项：口径不变、只换案件（年度或法院）时数字的变化；各取两种先后的平均（沙普利值），两项之和等于总变化。",
    "Definition: what the figure changes by when the definition alone changes; work: when the cases alone (of a year or a court) change; each averaged over "
    "both orders (Shapley value). The two add up to the change.",
)
PAIR = 2  # sides of a bridge
FILLED_ALONE = Text("只含已填部分，", " of what is filled in: ")


@dataclass(frozen=True, eq=False)
class DefinitionBridge(Result):
    """``values``: each indicator of each year (or court) under each set; ``bridge``: from one printed figure to the next, by definition and by work."""

    values: pd.DataFrame
    bridge: pd.DataFrame
    rule: Text
    caption: Text


def definition_bridge(
    cases: Cases,
    *,
    periods: Periods,
    sets: Sequence[str | Path],
    courts: Sequence[str] | None = None,
    only: str | Iterable[str] | None = None,
    calendar: str | None = None,
    names: bool = False,
) -> DefinitionBridge:
    """Count the same cases under several definition sets, and part each change into definition and work.

    The first year is taken as printed under the first set, the second under the second, and so on; of two ``courts`` and one year the first court
    under the first set. An indicator is bridged where each set defines it.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : list
        Two years or more (or other periods, as ``2011年1—5月``), or one with two ``courts``.
    sets : list
        Definition sets, by id or the path of a court's own TOML: one for each period (or court); a single one holds for all.
    courts : list of str
        Two courts of the register.
    only : str or list of str
        Indicators to take, by id or name; without it all that the sets share.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: sums of money that say too much of a case.

    Returns
    -------
    DefinitionBridge
        ``values`` and ``bridge``, whose parts sum to the change exactly.

    Raises
    ------
    ArgumentError
        For fewer than two years or courts, a year beside others that is not over, another number of sets, and sets that share no indicator.

    >>> from analysis.cases.table import Cases
    >>> rows = {"filed_on": ["2010-02-01"] * 10 + ["2011-02-01"] * 10, "closed_on": ["2010-06-01"] * 10 + ["2011-06-01"] * 10}
    >>> rows |= {"closure_mode": ["completed"] * 8 + ["terminated_this_round"] * 2 + ["completed"] * 6 + ["terminated_this_round"] * 4}
    >>> rows |= {"amount_claimed": [100.0] * 20, "amount_recovered": [100.0] * 8 + [50.0] * 2 + [100.0] * 6 + [50.0] * 4}
    >>> register = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> found = definition_bridge(register, periods=[2010, 2011], sets=["spc-2008", "spc-2024"], only="recovery_rate", names=True)
    >>> found.values["value"].round(2).tolist()
    [80.0, 60.0, 90.0, 80.0]
    >>> found.bridge[["value_start", "of_definition", "of_work", "value_end"]].round(2).values.tolist()[0]
    [80.0, 15.0, -15.0, 80.0]
    """
    calendar = calendar or cases.calendar
    asked_for = windows_of(periods, calendar)
    labels = {window: _label(window, calendar) for window in asked_for}
    ends: list[Any] = list(courts) if courts is not None else list(labels.values())
    if len(ends) < PAIR or (courts is not None and (len(courts) != PAIR or len(asked_for) != 1)):
        raise ArgumentError(
            "口径变化在两端之间：请给出两个以上年度或期间，或一个期间和两家法院（courts=）。",
            "a bridge has two ends: give two years or periods or more, or one and two courts (courts=).",
        )
    if courts is None:
        _must_be_over(labels, known_on(cases))
    chosen = list(sets) * (len(ends) if len(sets) == 1 else 1)
    if isinstance(sets, str) or len(chosen) != len(ends):
        raise ArgumentError(
            f"sets 应为各端各一套口径（{len(ends)}套），或一套。",
            f"sets: one for each end ({len(ends)}), or a single one.",
        )
    wanted = _shared(chosen, only)
    tables = []
    for name in dict.fromkeys(map(str, chosen)):
        asked: dict[str, Any] = {"definitions": name, "only": [ids[name] for ids in wanted.values()], "names": names}
        if courts is None:
            table = indicators_over(cases, asked_for, **asked)
            spans = {(window.start, window.end): label for window, label in labels.items()}
            table["at"] = [
                spans[pd.Timestamp(a), pd.Timestamp(b)]
                for a, b in zip(table["period_start"], table["period_end"], strict=True)
            ]
        else:
            table = pd.concat(
                [indicators_over(cases.where(court=c), asked_for, **asked).assign(at=c) for c in courts],
                ignore_index=True,
            )
        tables.append(table.assign(set=name))
    figures, blank = pd.concat(tables, ignore_index=True), blank_called(cases, "amount_recovered")
    rows = [
        row
        for indicator in wanted
        for row in _bridged(figures[figures["indicator"] == indicator], ends, list(map(str, chosen)), blank)
    ]
    first, last = end_text(ends[0]), end_text(ends[-1])
    caption = (
        Text(f"口径与办案：{first.zh}至{last.zh}", f"Definition and work: {first.en} to {last.en}") + cases.made_up
    )
    if courts is not None:
        at = end_text(labels[asked_for[0]])
        caption += Text(f"，{at.zh}", f", {at.en}")
    return DefinitionBridge(
        figures[list(VALUES)], pd.DataFrame(rows, columns=list(BRIDGE)), RULE + cases.made_up, caption
    )


def _must_be_over(labels: Mapping[Window, Any], known: pd.Timestamp) -> None:
    """Raise ``ArgumentError`` for a period that is not over: a part of a year beside a whole one is a change of neither definition nor work."""
    for window, label in labels.items():
        if window.end > known:
            at = end_text(label)
            raise ArgumentError(
                f"{at.zh}到台账截止日{known.date()}未满，不能与整期相比。请给出各年相同的、已满的期间，如“2010年1—5月”“2011年1—5月”。",
                f"{at.en} is not over by the day to which the register is known, {known.date()}, and cannot be set beside a whole period. "
                "Name periods of each year that are alike and over, as 2010M1-M5 and 2011M1-M5.",
            )


def _shared(sets: Sequence[str | Path], only: Any) -> dict[str, dict[str, str]]:
    """The indicators that every set computes, with the id of each set's main definition."""
    found: list[dict[str, str]] = []
    known: dict[str, str] = {}
    for name in sets:
        computed = [d for d in definition_set(name).definitions if d.computed and not d.variant]
        found.append({d.indicator: d.id for d in computed})
        known |= {word: d.indicator for d in computed for word in (*d.names, d.id)}
    shared = [indicator for indicator in found[0] if all(indicator in ids for ids in found)]
    if not shared:
        held = [_held(name, of) for name, of in dict(zip(map(str, sets), found, strict=True)).items()]
        raise ArgumentError(
            f"这几套口径没有都能计算的指标，不能比较：{'；'.join(said.zh for said in held)}。名称相近而所计案件不同的，是不同的指标，不是一项指标的两种口径。"
            "请换一套（各套的指标见 an.definitions()）。",
            f"There is no indicator that all these sets compute, so there is nothing to compare: {'; '.join(said.en for said in held)}. What is called alike "
            "but counts other cases is another indicator and no other definition of the same. Name another set (an.definitions() lists what each holds).",
        )
    if only is not None:
        listed = [only] if isinstance(only, str) else list(only)
        if not listed:
            raise ArgumentError.not_one_of("only", only, shared)
        for word in listed:
            if known.get(word) not in shared:
                raise ArgumentError.not_one_of("only", word, shared)
        shared = [known[word] for word in listed]
    return {
        indicator: {str(name): ids[indicator] for name, ids in zip(sets, found, strict=True)} for indicator in shared
    }


def _held(name: str, ids: Mapping[str, str]) -> Text:
    """Say which indicators a set computes from a register, by their names."""
    own = definition_set(name)
    what, called = in_quotes(own.text), listed(d.text for d in own.definitions if d.id in ids.values())
    return Text(f"{what.zh}能计算{called.zh}", f"{what.en} computes {called.en}")


def _label(window: Window, calendar: str) -> Any:
    """A statistical year as a number, any other period by its name in both languages."""
    year = window.end.year
    return (
        year
        if (window.start, window.end) == year_window(year, calendar=calendar)
        else period(window.start, window.end).cell
    )


def _bridged(figures: pd.DataFrame, ends: Sequence[Any], sets: Sequence[str], blank: Text) -> Iterator[dict[str, Any]]:
    """A row from each end to the next, where all four figures are known; cells without a value are called ``blank``."""
    told = figures.dropna(subset=["value"]).drop_duplicates(["at", "set"])
    known = {(row["at"], row["set"]): row for row in told.to_dict("records")}
    for (first, first_set), (last, last_set) in zip(zip(ends, sets), list(zip(ends, sets))[1:]):  # noqa: B905 - one shorter
        corners = [(at, name) for at in (first, last) for name in (first_set, last_set)]
        if not all(corner in known for corner in corners):
            continue
        old, other, same, new = (float(known[corner]["value"]) for corner in corners)
        definition = ((other - old) + (new - same)) / 2
        work = (new - old) - definition
        row = known[first, first_set]
        yield {
            "indicator": row["indicator"], "at_start": first, "set_start": first_set, "value_start": old, "of_definition": definition, "of_work": work,
            "at_end": last, "set_end": last_set, "value_end": new, "change": new - old, "unit": row["unit"],
            "sentence": _said([known[corner] for corner in corners], (definition, work), blank).cell,
        }  # fmt: skip


def end_text(at: Any) -> Text:
    """Return a year, a period or a court as a label.

    >>> end_text(2011).zh
    '2011年'
    """
    if "\n" in str(at):
        return text_of_cell(at)
    return Text(f"{at}年", f"{at}") if str(at).isdigit() else court_text(str(at))


def set_text(name: str) -> Text:
    """Return the name of a definition set."""
    return definition_set(name).text


def _said(corners: Sequence[Mapping[Any, Any]], parts: tuple[float, float], blank: Text) -> Text:
    """Say a bridge of four figures; the rounded parts add up to the rounded change. A share of few cases has none, and of blanks the bounds are told."""
    start, end = corners[0], corners[-1]
    unit = start["unit"]
    name = NAMES.get(start["indicator"]) or terms().get(
        start["indicator"], Text(start["indicator"], start["indicator"])
    )
    (was, first, by), (now, last, to) = (
        (_figure(row, blank), end_text(row["at"]), in_quotes(set_text(row["set"]))) for row in (start, end)
    )
    said = Text(
        f"{name.zh}由{first.zh}的{was.zh}（按{by.zh}）到{last.zh}的{now.zh}（按{to.zh}）",
        f"{capital(name.en)}: {was.en} ({first.en}, by {by.en}) to {now.en} ({last.en}, by {to.en})",
    )
    if any(map(is_of_few_cases, corners)):
        return said + NO_PERCENTAGE + Text("。", ".")
    definition, work = (
        signed(part, unit) for part in rounded_parts(difference(end["value"], start["value"]), list(parts))
    )
    filled = FILLED_ALONE if any(map(has_blanks, corners)) else Text("", "")
    return said + Text(
        f"：{filled.zh}口径影响{definition.zh}，办案影响{work.zh}。",
        f";{filled.en or ' '}definition {definition.en}, work {work.en}.",
    )


def _figure(row: Mapping[Any, Any], blank: Text) -> Text:
    """A figure of an end: of few cases its parts, of blanks its bounds."""
    if is_of_few_cases(row):
        parts = "/".join(f"{row[part]:,.0f}" for part in PARTS_OF_RATIO)
        return Text(parts, parts)
    shown = measured(row["value"], row["unit"])
    if is_bounded(row) and row["unit"] == "%":
        shown = bounded(row["least"], row["most"], int(row["unfilled"]), row["value"], blank=blank)
    elif is_bounded(row) and row["unit"] in (*COUNTED, "万元"):
        shown = count_between(row["least"], row["most"], row["unit"])
    return without_claims(shown, int(row["unclaimed"])) if row["unclaimed"] > 0 else shown


def measured(value: float, unit: str) -> Text:
    """Write a rate in percent, a count as a whole number, an amount in its unit, anything else with two decimals.

    >>> measured(51.06, "%").zh, measured(12, "件").en
    ('51.06%', '12 cases')
    """
    if unit == "%":
        return rate(value)
    if unit == "万元":
        return amount(value)
    shown = number(value, 0 if unit in COUNTED and float(value).is_integer() else 2)
    return Text(f"{shown}{unit}", f"{shown} {unit_text(unit).en}")


def signed(part: float, unit: str) -> Text:
    """Write a part of a change with its sign, of a rate in percentage points.

    >>> signed(-9.0, "件").zh, signed(248.07, "万元").en, signed(3.59, "%").en
    ('−9件', '+2.48 million yuan', '+3.59 percentage points')
    """
    sign = "+" if part > 0 else "−" if part < 0 else ""
    size = number(abs(part), 2)
    shown = Text(f"{size}个百分点", f"{size} percentage points") if unit == "%" else measured(abs(part), unit)
    return Text(f"{sign}{shown.zh}", f"{sign}{shown.en}")
