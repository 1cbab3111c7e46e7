"""The state of enforcement in the year: stock and flow, what closings and filings are made of, cases an officer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.answers import answer
from analysis.cases.closings import not_listed
from analysis.cases.privacy import MINIMUM
from analysis.observations.comparisons import ON_YEAR
from analysis.observations.differences import sure_change
from analysis.observations.observations import MOVED as OF_YEAR
from analysis.observations.ranking import FEATURE, PROBLEM
from analysis.observations.sentences import (
    NO_PERCENTAGE,
    at_least,
    count_between,
    explained,
    has_blanks,
    is_bounded,
    is_of_few_cases,
    rate_moved,
    rate_surely,
)
from analysis.report.content import AMOUNT, COUNT, RATE, Block, Paragraph, Section
from analysis.report.inputs import Material
from analysis.report.one_court import whose_cases
from analysis.report.sections.assessment import told_of
from analysis.report.sections.years import (
    KIND_OF_UNIT,
    flow_table,
    is_few,
    kind_of_unit,
    of_unfinished,
    parts_shown,
    surely,
)
from analysis.vocabulary import sentences
from analysis.vocabulary.labels import blank_text, heading
from analysis.vocabulary.periods import year_window
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language, number_of, text_of_cell

NOT_DECIDED = Text(
    "有案件是否已结不知，不作同比", "not compared, as it is not known of some cases whether they are closed"
)
LEFT = Text("未结", "pending at the end")
FLOWS = ("received", "opening", "closed", "closing")  # that rest on closings
YEAR_ON_YEAR = Text("同比", "year on year")
NO_MIX = ("team", "has_property")  # told in other places
FINDINGS = 3  # on page one
LARGEST = 3  # groups of a breakdown that a sentence names
FEWEST_OFFICERS = 3  # below which a mean would be one person's figure
COUNTED = Text(
    "新收、结案、未结按台账逐案计数；各率见“口径说明”，分子、分母见“年度数据表”。",
    "Filed, closed and pending are counted case by case; rates as in Definitions, their parts in Figures of the year.",
)
MOVED = ("amount_closed", "closure_rate", "completed_rate", "actual_enforcement_rate", "recovery_rate")


SAME_DAYS = Text("与上年同期的比较见“要点”。", " For the same days of the year before see In brief.")


def situation(material: Material) -> Section:
    """Write stock and flow in a sentence and a table, what closings and filings are made of, and what falls to an officer."""
    blocks: list[Block] = [
        *moved(material),
        *_split(material),
        replace(flow_table(material), finding=str(headline(material))),
        *_mix(material),
        *_by_officer(material),
    ]
    return Section("situation", str(Text("基本情况", "Overview")), tuple(blocks))


def _split(material: Material) -> Iterator[Paragraph]:
    """What the larger changes of the ratios above are made of, where neither a feature nor a problem says it."""
    if not material.is_compared_whole:
        return
    found = material.observations
    told: list[Any] = [
        *found.headlines(FINDINGS).to_dict("records"),
        *told_of(material, FEATURE),
        *told_of(material, PROBLEM),
    ]
    said = {row["indicator"] for row in told if row["kind"] == OF_YEAR}
    rows = found.of_kind(OF_YEAR)
    rows = rows[(rows["against"] == ON_YEAR) & rows["indicator"].isin([name for name in MOVED if name not in said])]
    for row in rows.to_dict("records"):
        split = found.ratio_changes.get(row["indicator"])
        if split is None:
            continue
        whole = Text(*(in_language(row["sentence"], of).rstrip("。.") for of in ("zh", "en")))
        by_chance = not pd.isna(row["beyond_chance"]) and not row["beyond_chance"]
        text = (
            whole if row["indicator"] in found.explained else explained(split, whole, inside=False, named=not by_chance)
        )
        asked = f'period={material.year}, {material.named_definitions}, calendar="{material.calendar}"'
        call = f'an.decompose_change(cases, indicator="{row["indicator"]}", {asked})'
        basis = f"{in_language(row['evidence'])}{Text('；', '; ')}{split.rule}"
        yield Paragraph(str(sentences.sentence(text)), calls=(row["call"], call), basis=basis)


def _mix(material: Material) -> Iterator[Paragraph]:
    """A sentence a breakdown: its largest groups with their share and its change, and what remains."""
    found = material.observations.mix
    found = found[~found["breakdown"].isin(NO_MIX)]
    for breakdown, groups in found.groupby("breakdown", sort=False):
        rows: Any = groups[groups["numerator"] > 0].head(LARGEST).to_dict("records")
        total = round(rows[0]["numerator"] / rows[0]["share"]) if rows and rows[0]["share"] else 0
        if not total:
            continue
        column, counted = heading(str(breakdown)), material.called(rows[0]["indicator"])
        blank, no_value = blanks_of(material, rows[0]["indicator"], str(breakdown)), blank_text(str(breakdown))
        of_few = total < sentences.LEAST_BASE
        parts = [_share(row, total, is_compared=not blank) for row in rows]
        rest = total - sum(int(row["numerator"]) for row in rows) - blank
        if rest >= MINIMUM and not 0 < blank < MINIMUM:  # from which the number of blanks would follow
            others = Text(f"其余{sentences.cases(rest).zh}", f"others {rest:,}")
            parts.append(others + sentences.part_of(rest, total))
        if 0 < blank < MINIMUM:  # of one or two no number is said
            parts.append(Text(f"另有{no_value.zh}的，各组不作同比", f"some are {no_value.en}, so none is compared"))
        elif blank:
            number, share = sentences.cases(blank), sentences.part_of(blank, total)
            parts.append(
                Text(
                    f"{no_value.zh}{number.zh}{share.zh}，各组不作同比",
                    f"{no_value.en} {blank:,}{share.en}, so none is compared",
                )
            )
        zh, en = "；".join(p.zh for p in parts), "; ".join(p.en for p in parts)
        all_of = sentences.cases(total)
        share_of = Text(f"；占比的分母为全部{counted.zh}（{total:,}）", f"; shares are of all {counted.en} ({total:,})")
        said = Text(
            f"从{column.zh}看，{counted.zh}{all_of.zh}中，{zh}。", f"Of {all_of.en} {counted.en}, by {column.en}: {en}."
        )
        what = Text(f"{counted.zh}按{column.zh}分组的件数", f"{counted.en} by {column.en}")
        what = what + (Text("", "") if of_few else share_of) + Text("。", ".")
        call = f"{material.observations_call}.mix.query(\"breakdown == '{breakdown}'\")"
        yield Paragraph(str(said), calls=(call,), basis=str(what))


def blanks_of(material: Material, indicator: str, breakdown: str) -> int:
    """Count the year's filings, or closings, that do not say of which group they are."""
    column = "amount_claimed" if breakdown == AMOUNT_BAND else breakdown
    first, last = (day.date() for day in year_window(material.year, calendar=material.calendar))
    table = material.cases.table
    on = table["closed_on" if indicator == "closed" else "filed_on"]
    last = min(last, material.cases.as_of.date())
    return int(answer(material.cases, table.filter(on.between(first, last) & table[column].isnull()).count()))


def _share(row: Mapping[str, Any], total: int, *, is_compared: bool) -> Text:
    """A group with its cases, and its share of the total and the change of that."""
    label, count = sentences.beside_count(text_of_cell(row["group"])), sentences.cases(row["numerator"])
    moved = None
    if is_compared and not pd.isna(row["base_share"]):
        moved = sentences.points(100 * row["share"], 100 * row["base_share"], against=YEAR_ON_YEAR)
    said = Text(f"{label.zh}{count.zh}", f"{label.en} {row['numerator']:,.0f}")
    return said + sentences.part_of(row["numerator"], total, moved=moved)


def _by_officer(material: Material) -> Iterator[Paragraph]:
    """Cases on hand and closed for each of the officers who had cases in the year."""
    number = material.officers
    if number < FEWEST_OFFICERS or not material.is_whole(material.year) or material.undecided("closing"):
        return
    flow = material.flow(material.year)
    if flow["received"] < MINIMUM * number:  # of as many officers as cases each has one
        return
    got, done = (f"{sentences.rounded(flow[name] / number, 1):,}" for name in ("received", "closed"))
    said = Text(
        f"年内办理案件的承办人{number}名，人均受理{got}件、结案{done}件（不计各人在岗月数，台账不登记）。",
        f"{number} officers had cases in the year: on average {got} on hand and {done} closed for each (months in post are not in the register).",
    )
    what = Text(
        f"受理（{flow['received']:,}）、结案（{flow['closed']:,}）除以年内办理过案件的承办人数。",
        f"Cases on hand ({flow['received']:,}) and closed ({flow['closed']:,}) over the officers who had cases in the year.",
    )
    calls = (
        material.flow_call,
        f'an.officer_scorecard(cases, period={material.year}, calendar="{material.calendar}").caption',
    )
    yield Paragraph(str(said), calls=calls, basis=str(what))


def headline(material: Material) -> Text:
    """Received, closed and pending as the caseflow counts them, and the closure rate where it is defined, in one sentence."""
    flow, rate = material.flow(material.year), material.indicator("closure_rate")
    if not material.is_whole(material.year):
        return _of_listed(material)
    got, old, done, left = (sentences.cases(flow[name]) for name in ("received", "opening", "closed", "closing"))
    whose, on_hand = whose_cases(material.cases), number_of(flow["received"], "enforcement case")
    said = Text(
        f"{material.year}年，{whose.zh}受理执行案件{got.zh}（含旧存{old.zh}），结案{done.zh}，{material.end_named.zh}未结{left.zh}",
        f"In {material.year} {whose.en} had {on_hand} on hand ({flow['opening']:,} brought forward), closed {flow['closed']:,} and "
        + (
            f"ended the year with {flow['closing']:,} pending"
            if material.is_over
            else f"had {flow['closing']:,} pending on {material.end_named.en}"
        ),
    )
    if rate and not pd.isna(rate["value"]):
        shown, fraction = sentences.rate(rate["value"]), parts_shown(rate)
        if is_of_few_cases(rate):
            said += Text(f"，结案率{fraction}", f"; closure rate {fraction}")
        else:
            said += Text(f"，结案率{shown.zh}（{fraction}）", f"; closure rate {shown.en} ({fraction})")
    if (
        unseen := material.register.beginning.older_unseen(year_window(material.year, calendar=material.calendar)[0])
    ).zh:
        said += Text(f"；{unseen.zh}", f"; {unseen.en}")
    return said + Text("。", ".") + _undecided(material)


def _undecided(material: Material) -> Text:
    """Say of how many of the year's cases the closing date cannot be read, and between what the figures lie then."""
    number = material.undecided("closing")
    if not number:
        return Text("", "")
    parts = []
    for name, label in ((name, LEFT if name == "closing" else term(name)) for name in FLOWS):
        row = material.count(name, material.year)
        if is_bounded(row):
            shown = count_between(row["least"], row["most"], "件")
            parts.append(Text(f"{label.zh}{shown.zh}", f"{label.en} {shown.en}"))
    rate = material.indicator("closure_rate")
    if rate and is_bounded(rate) and not is_of_few_cases(rate):
        low, high = (f"{sentences.rounded(rate[end], 1)}" for end in ("least", "most"))
        parts.append(Text(f"结案率{low}–{high}%", f"closure rate {low}–{high}%"))
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Text(
        f"其中{number:,}件的结案日期读不出或漏填，是否已结不知，暂按未结计：{zh}。",
        f" The closing date of {number:,} of them cannot be read, and they are counted as pending until it is: {en}.",
    )


def _of_listed(material: Material) -> Text:
    """What is known of a year of which the register leaves cases out: its filings, and at least so many closings and cases pending."""
    new, done, left = (sentences.cases(surely(material, name)) for name in ("filed", "closed", "closing"))
    if not material.holds_filings:
        new = sentences.AT_LEAST + new
    why, number = material.register.beginning.text, material.undecided("closing")
    unread = sentences.sentence(not_listed(number)) if number else Text("", "")
    whose = whose_cases(material.cases)
    said = Text(
        f"{material.year}年，{whose.zh}新收执行案件{new.zh}；结案至少{done.zh}，{material.end_named.zh}未结至少{left.zh}。旧存、受理数和结案率无法判断：{why.zh}。",
        f"In {material.year} {new.en} were filed with {whose.en}, at least {done.en} closed, and at least {left.en} pending "
        f"{'at' if material.is_over else 'on'} {material.end_named.en}. What was carried over, and the closure rate, cannot be told: {why.en}.",
    )
    return said + Text(unread.zh, f" {unread.en}" if number else "")


def moved(material: Material) -> list[Paragraph]:
    """One sentence a figure that the year before has too."""
    if len(material.years) < 2:
        return [
            Paragraph(
                str(
                    Text(
                        "台账没有上一年的完整数字，不作同比。",
                        "The register does not hold the year before whole: no comparison.",
                    )
                )
            )
        ]
    if not material.is_over:
        return [Paragraph(str(of_unfinished(material) + SAME_DAYS))]
    parts = [
        _sentence(material, name, *(material.count(name, year) for year in (material.year, material.year - 1)))
        for name in ("filed", "closed", "closing")
    ]
    for name in MOVED:
        now, before = material.indicator(name), material.indicator(name, material.year - 1)
        if now and before and not pd.isna(now["value"]):
            parts.append(_sentence(material, name, now, before))
    said = Text("；".join(t.zh for t in parts), "; ".join(t.en for t in parts))
    rates = f'an.indicators(cases, periods={material.five_years}, {material.named_definitions}, calendar="{material.calendar}")'
    return [Paragraph(str(sentences.sentence(said)), calls=(material.flow_call, rates), basis=str(COUNTED))]


def _sentence(material: Material, name: str, now: dict[str, Any], before: dict[str, Any]) -> Text:
    value, base = now["value"], None if pd.isna(before["value"]) else before["value"]
    blank, name_text = material.blank_amounts, LEFT if name == "closing" else term(name)
    is_open = any(has_blanks(row) or is_bounded(row) for row in (now, before))
    if not is_open and (is_few(now) or (base is not None and is_few(before))):
        of_now, of_base = ((row["value"], row["numerator"], row["denominator"]) for row in (now, before))
        return rate_moved(name_text, of_now, None if base is None else of_base, now["unit"], None)
    shown = _of_blanks(now, KIND_OF_UNIT.get(now["unit"], COUNT), blank)
    if has_blanks(now) or has_blanks(before):
        moved = with_blanks(blank, now, before)
    elif is_open:
        moved = NOT_DECIDED
    else:
        moved = _move(now["unit"], value, base)
    return Text(f"{name_text.zh}{shown.zh}，{moved.zh}", f"{name_text.en}: {shown.en}, {moved.en}")


def with_blanks(blank: Text, now: Mapping[str, Any], before: Mapping[str, Any] | None) -> Text:
    """Say the least change of a rate of which some amounts are ``blank``, and that it is not compared where the blanks may hold all of it."""
    rows = [now] if before is None else [now, before]
    if (
        before is not None
        and now["unit"] == "%"
        and not any(is_few(row) or row.get("unclaimed", 0) > 0 for row in rows)
    ):
        values, leasts, mosts = (
            np.array([row[end] for row in rows], dtype=float) for end in ("value", "least", "most")
        )
        least = float(sure_change(*zip(np.fmin(values, leasts), np.fmax(values, mosts), strict=True)))
        if not np.isnan(least):
            return at_least(rate_surely(least, "%"), YEAR_ON_YEAR)
    return Text(f"有{blank.zh}的，不作同比", f"not compared, as some cells are {blank.en}")


def _of_blanks(row: dict[str, Any], kind: str, blank: Text) -> Text:
    """A figure with what its blanks leave open; one without blanks as it is."""
    value, unfilled = float(row["value"]), int(row.get("unfilled", 0))
    if kind == RATE:
        shown = sentences.rate(value)
        if is_of_few_cases(row):
            more = Text(f"另有{unfilled:,}件{blank.zh}", f"{unfilled:,} more {blank.en}")
            others = sentences.in_brackets(more) if unfilled else Text("", "")
            shown = Text(parts_shown(row), parts_shown(row)) + others + NO_PERCENTAGE
        elif is_bounded(row):
            shown = sentences.bounded(row["least"], row["most"], unfilled, value, blank=blank)
        return sentences.without_claims(shown, int(row["unclaimed"])) if row.get("unclaimed", 0) > 0 else shown
    if not is_bounded(row):
        return sentences.amount(value) if kind == AMOUNT else sentences.cases(value)
    shown = count_between(row["least"], row["most"], row["unit"])
    lacks = Text(f"{unfilled:,}件{blank.zh}", f"{unfilled:,} {blank.en}")
    return shown + sentences.in_brackets(lacks) if unfilled else shown


def _move(unit: str, value: float | None, base: float | None) -> Text:
    """Return what an indicator changed by: a rate by points, a count or an amount by percent, a small count by itself."""
    if kind_of_unit(unit) == RATE:
        return sentences.points(value, base, against=YEAR_ON_YEAR)
    return sentences.change(value, base, against=YEAR_ON_YEAR, unit=unit)
