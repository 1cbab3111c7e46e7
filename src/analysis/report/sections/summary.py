"""The summary on one page: the year in one sentence, what moved, what to look at, the targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.measures.limits.limits import OF_LIMIT, as_if_none
from analysis.report.content import BY_ROW, Block, Paragraph, Section, Table
from analysis.report.inputs import DUE_WITHIN_DAYS, Material
from analysis.report.sections.annual import figure_cell, headline, interval_of, is_bounded, kind_of_unit, moved
from analysis.report.sections.printed import conflict_count
from analysis.vocabulary import sentences
from analysis.vocabulary.numbers import MISSING
from analysis.vocabulary.text import Text

ROUND = Text("累积与清理：", "Accumulating and clearing: ")
LED = Text("需要关注：", "To look at: ")


def summary(material: Material) -> Section:
    """Headline, what moved, whether the court left the round, what to look at, and targets, each from the numbers of a later section."""
    blocks: list[Block] = [Paragraph(str(headline(material)), strong=True), *moved(material)]
    blocks.append(Paragraph(f"{ROUND}{material.cycle.sentence}"))
    blocks += [Paragraph(f"{LED}{text}") for text in _watch(material)]
    targets = _targets(material)
    if targets is not None:
        blocks.append(targets)
    return Section("summary", str(Text("摘要", "Summary")), tuple(blocks))


def _targets(material: Material) -> Table | None:
    """The indicators that the definition set gives a target, beside the figure and its interval."""
    from analysis.vocabulary.indicator_sets.sets import definition_set

    rows, kinds = [], []
    for definition in definition_set(material.definitions).definitions:
        found = material.indicator(definition.id)
        if definition.target is None or not found:
            continue
        low, high = definition.target
        kind = kind_of_unit(found["unit"])
        kinds.append(kind)
        bounds = [f"{sign} {value:g}" for sign, value in (("≥", low), ("≤", high)) if value is not None]
        rows.append(
            {
                "indicator": str(material.called(definition.id)),
                "unit": found["unit"],
                "value": figure_cell(found, kind),
                "interval": MISSING if is_bounded(found) else interval_of(found, kind),
                "target": ", ".join(bounds),
                "reading": str(_reading(found, low, high)),
            }
        )
    if not rows:
        return None
    return Table(
        id="summary-targets",
        caption=str(Text("指标与目标", "Figures beside their targets")),
        function="analysis.indicators",
        parameters={"years": [material.year], "definitions": material.definitions},
        frame=pd.DataFrame(rows),
        formats={"value": BY_ROW},
        row_formats=tuple(kinds),
    )


def _reading(found: dict[str, Any], low: float | None, high: float | None) -> Text:
    """Say whether the figure meets its target, and whether the interval as a whole does."""

    def inside(value: float) -> bool:
        return (low is None or value >= low) and (high is None or value <= high)

    if pd.isna(found["value"]):
        return Text("无数字", "no figure")
    if is_bounded(found) and inside(found["least"]) != inside(found["most"]):
        unfilled = int(found["unfilled"])
        return Text(f"无法判断（{unfilled}件未填）", f"cannot be told ({unfilled} not filled in)")
    met = Text("达到", "met") if inside(found["value"]) else Text("未达到", "not met")
    if pd.isna(found["lower"]) or pd.isna(found["upper"]):
        return met
    ends = {inside(found["lower"]), inside(found["upper"]), inside(found["value"])}
    if len(ends) == 1:
        return met + Text(
            "；区间全部达到" if inside(found["value"]) else "；区间全部未达到",
            ", and so is the whole interval" if inside(found["value"]) else ", nor at any point of the interval",
        )
    return met + Text("；区间跨过目标，可能出于随机波动", "; the interval crosses the target: chance can explain it")


def _watch(material: Material) -> Iterator[Text]:
    """Gather what a later section found that somebody should look at, with its number."""
    yield from _due(material)
    match = material.printed
    if match is not None:
        wrong = int((~match["verdict"].isin(["agrees", "truncated", "definition", "unchecked"])).sum())
        if wrong:
            yield Text(
                f"{wrong}个公布数字与台账不符。",
                f"{wrong} published figure{'' if wrong == 1 else 's'} that the register does not give.",
            )
    if material.reconciliation is not None and conflict_count(material.reconciliation):
        count = conflict_count(material.reconciliation)
        yield Text(
            f"公布数字之间有{count}组互相矛盾。",
            f"{count} set{'' if count == 1 else 's'} of published figures cannot all be true.",
        )
    flawed, received = material.wrong_cases, material.flow(material.year)["received"]
    if flawed:
        these, share = sentences.cases(flawed), sentences.rate(100 * flawed / received)
        yield Text(
            f"本年受理的案件中{these.zh}的记录有错误级问题，占{share.zh}，涉及本期数字（见“数据质量”）。",
            f"{these.en} of the year's have errors in the register, {share.en} of those on hand: they touch its figures (see "
            "Data quality).",
        )
    unknown, stated = material.unknown_modes
    if unknown:
        yield Text(
            f"{stated}件已结案件中{unknown}件结案方式的用词不认识，计为“其他”，按结案方式计算的数字不含这些案件应归入的方式。",
            f"{unknown} of {stated} closed cases have a closure mode that is no known word and count as “other”: figures by mode lack "
            "what they may be.",
        )
    dropped = len(material.cases.quarantine)
    if dropped:
        yield Text(
            f"台账有{dropped}行无法使用，未计入任何数字。",
            f"{dropped} row{'' if dropped == 1 else 's'} of the register could not be used and {'is' if dropped == 1 else 'are'} in "
            "no figure.",
        )
    if material.earlier:
        changed = len(material.revised)
        if changed:
            yield Text(
                f"以往公布的{changed}个数字已有修订。",
                f"{changed} published figure{'' if changed == 1 else 's'} of earlier years revised.",
            )


def _due(material: Material) -> Iterator[Text]:
    """The statutory limits that are over or soon will be, and apart from them those of the court's own rule."""
    counts = material.due["kind"].value_counts()
    soon, over = (int(counts.get(kind, 0)) for kind in ("due_soon", "over_limit"))
    if soon or over:
        near, late = sentences.cases(soon), sentences.cases(over)
        absent = material.cases.lacking(*OF_LIMIT)
        ordinary = sentences.in_brackets(as_if_none(absent)) if absent else Text("", "")
        yield Text(
            f"{near.zh}将在{DUE_WITHIN_DAYS}日内届满法定期限，"
            + (f"{late.zh}已超过法定期限" if over else "没有已超期的案件")
            + f"{ordinary.zh}。",
            f"{near.en} due within {DUE_WITHIN_DAYS} days by the statutory limit, "
            + (f"{late.en} over it" if over else "none over it")
            + f"{ordinary.en}.",
        )
    idle = int(counts.get("not_started", 0))
    if idle:
        not_begun = sentences.cases(idle)
        yield Text(
            f"{not_begun.zh}超过本院规定的期限尚未开始执行。",
            f"{not_begun.en} not started within the court's own days.",
        )
