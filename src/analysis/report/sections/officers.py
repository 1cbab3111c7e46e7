"""Officers under pseudonyms: quotas as they are, and each number beside what is expected and chance."""

from __future__ import annotations

import pandas as pd

from analysis.measures.open_sums import is_part
from analysis.observations.conclusions import UNUSUAL
from analysis.report.content import BY_ROW, COUNT, MEAN, PLAIN, RATE, Block, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary import sentences
from analysis.vocabulary.text import Text, number_of

HIDDEN = Text(
    "“—”为不显示：件数过少，或可由合计推出。",
    "A dash stands for what is not shown: too few cases, or told by the total.",
)
OF_A_PART = Text(
    "台账的一部分：承办人的数字只按全台账公布。",
    "A part of a register: figures of officers are shown of the whole alone.",
)
NO_MONTHS = Text(
    "任务按全年计，台账不登记各人在岗月数；分得的案件见上表。",
    "Quotas are for a whole year: the register does not keep months in post; the cases assigned stand in the table above. ",
)
NO_QUOTAS = Text(
    "没有列出任务：没有指定写明任务的考核办法。", "No quotas are shown: no scheme that sets any was named."
)
NONE_JUDGED = Text(
    "没有列出任务：各项均不显示，因件数过少、可由合计推出，或无法判断。",
    "No quotas are shown: whether any is met is not known, or would tell of too few cases.",
)
FLOW = ("opening", "filed", "closed", "pending")
QUOTAS = "officers-scheme"


def officers(material: Material) -> Section:
    """Officers under pseudonyms: each raw number beside what is expected and chance; quotas where they were asked for."""
    heading = str(Text("承办人办案情况", "Cases of the officers"))
    if material.cases.lacking("officer"):  # the page on sources says so
        return Section("officers", heading, (), annex=True)
    if is_part(material.cases):
        return Section("officers", heading, (Paragraph(str(OF_A_PART)),), annex=True)
    if not material.is_whole(material.year):
        why = material.register.beginning.text + Text("。", ".")
        return Section("officers", heading, (Paragraph(f"{Text('无法判断：', 'Cannot be told: ')}{why}"),), annex=True)
    card = material.scorecard
    judged = card.scheme.dropna(subset="value") if len(card.scheme) else card.scheme
    closed = card.table[card.table["measure"] == "closed"].drop(columns=["measure", "numerator", "denominator"])
    shown = closed.dropna(subset="value")
    shown.attrs["table"] = "officer_scorecard.report"
    counts = Table(
        id="officers-counts",
        caption=str(Text("承办人办案数（代号）", "Cases of the officers (pseudonyms)")),
        function="analysis.officer_scorecard",
        parameters={"period": material.year},
        frame=card.counts,
        note=str(HIDDEN) if card.counts[list(FLOW)].isna().any(axis=None) else "",
        formats=dict.fromkeys(FLOW, COUNT),
        finding=str(range_of_closings(card.counts, Text("名承办人", "officers"))),
    )
    quotas = Table(
        id=QUOTAS,
        caption=str(Text("本院岗位任务的完成情况", "The court's own quotas")),
        function="analysis.officer_scorecard",
        parameters={"period": material.year, "scheme": material.shown_scheme},
        frame=judged,
        note=str(NO_MONTHS) + _left_out(card.scheme, judged),
        formats={"value": BY_ROW, "numerator": COUNT, "denominator": COUNT, "quota": BY_ROW},
        row_formats=tuple(PLAIN if pd.isna(parts) else RATE for parts in judged["denominator"]),
        finding=_met(judged),
    )
    beside = Table(
        id="officers-expected",
        caption=str(Text("结案数：实际、预期及随机波动范围", "Closed: actual, expected, range of chance")),
        function="analysis.officer_scorecard",
        parameters={"period": material.year},
        frame=shown,
        note=_left_out(closed, shown),
        formats={"cases": COUNT, "expected": MEAN} | dict.fromkeys(("value", "lower", "upper"), COUNT),
        finding=_outside(shown),
    )
    blocks: list[Block] = [
        Paragraph(str(sentences.sentence(card.caption))),
        counts,
        *(_quotas(quotas, card.scheme) if material.quotas else []),
        *([beside] if len(shown) > 1 else []),
    ]
    if quotas in blocks:
        heading = str(Text("承办人与目标", "Officers and targets"))
    return Section("officers", heading, tuple(blocks), annex=True)


def _quotas(judged: Table, scheme: pd.DataFrame) -> list[Block]:
    """Return the table of the quotas that can be judged, else why there is none."""
    if len(judged.frame):
        return [judged]
    return [Paragraph(str(NONE_JUDGED if len(scheme) else NO_QUOTAS))]


def range_of_closings(counts: pd.DataFrame, who: Text) -> Text:
    """The most and the fewest closings among the officers or teams of whom these are shown; nothing of fewer than two."""
    closed = counts["closed"].dropna()
    if len(closed) < 2:
        return Text("", "")
    most, fewest = (sentences.cases(value) for value in (closed.max(), closed.min()))
    return Text(
        f"列出结案数的{len(closed)}{who.zh}，结案最多{most.zh}、最少{fewest.zh}",
        f"Of {len(closed)} {who.en} whose closings are shown the most closed {most.en}, the fewest {fewest.en}",
    )


def _met(judged: pd.DataFrame) -> str:
    """How many of the quotas are met, of those of which it is known."""
    known = judged["met"].dropna() if "met" in judged else judged.iloc[:0, 0]
    if known.empty:
        return ""
    met = int(known.sum())
    return str(
        Text(
            f"可以判断的{len(known)}项任务中，完成{met}项",
            f"Of {number_of(len(known), 'quota')} that can be judged {met} are met",
        )
    )


def _outside(shown: pd.DataFrame) -> str:
    """How many officers closed more or fewer than chance alone explains, and how many would by chance."""
    known = shown.dropna(subset=["lower", "upper"])
    if known.empty:
        return ""
    outside = int(((known["value"] < known["lower"]) | (known["value"] > known["upper"])).sum())
    chance = sentences.rounded(UNUSUAL * len(known), 1)
    return str(
        Text(
            f"{len(known)}名承办人的结案数，{outside}名在随机波动的95%范围之外（仅凭随机波动约{chance}名）",
            f"Closings of {number_of(len(known), 'officer')}: {outside} outside the 95% range of chance (by chance alone about {chance})",
        )
    )


def _left_out(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Return how many rows of a table are not shown, and why."""
    gone = len(table) - len(shown)
    text = Text(
        f"另有{gone}行不显示：件数过少、可由合计推出，或无法判断。",
        f"{number_of(gone, 'more row')} not shown: too few cases, told by the total, or not known.",
    )
    return str(text) if gone else ""
