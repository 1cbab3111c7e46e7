"""Features, problems and measures of the year, from the figures alone; causes and measures are blanks for the office to fill in."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.observations.ranking import FEATURE, PROBLEM, TELLING
from analysis.report.content import Block, Paragraph, Section
from analysis.report.inputs import Material
from analysis.vocabulary import labels
from analysis.vocabulary.text import Text, in_language

MOST = 5  # features and problems that are listed
CAUSE = Text("【成因：】", "[Cause:\u00a0]")  # whose bracket no line begins with
OWN_PROBLEM = Text("【问题：】", "[Problem: ] ")
MEASURE = Text("【对策：】【责任人：】【时限：】", "[Measure:\u00a0] [Who:\u00a0] [By\u00a0when:\u00a0]")
EVIDENCE = Text("依据：", "Evidence: ")
NO_YEAR_BEFORE = Text(
    "台账没有上一年的完整数字，无从比较", "the register holds no whole year before, so there is nothing to compare with"
)
NO_FEATURE = Text("本年各项数字没有突出的变化。", "No figure of the year changed by much.")
NO_FEATURE_BESIDE = Text(
    "除所列问题外，本年各项数字没有突出的变化。",
    "Apart from the problems listed no figure of the year changed by much.",
)
NO_PROBLEM = Text(
    "本年数字没有显示应列为问题的变化；数字看不出的，由承办部门补充。",
    "The figures show no change that should be listed as a problem; what they do not show is for the office to add.",
)


def features(material: Material) -> Section:
    """Write what stands out for the better, or neither way, each with its figures."""
    heading = str(Text("主要特点", "Features"))
    if not material.is_compared_whole:
        is_whole = material.is_whole(material.year)
        why = (NO_YEAR_BEFORE if is_whole else material.register.beginning.text) + Text("。", ".")
        return Section(
            "features", heading, (Paragraph(f"{Text('无法判断：', 'Cannot be told: ')}{why}"),), on_slides=False
        )
    none = NO_FEATURE_BESIDE if told_of(material, PROBLEM) else NO_FEATURE
    told = tuple(_numbered(told_of(material, FEATURE))) or (Paragraph(str(none)),)
    return Section("features", heading, told, on_slides=False)


def problems(material: Material) -> Section:
    """Write what stands out for the worse with the evidence beside it, and blanks for the causes."""
    heading = str(Text("存在的问题及成因", "Problems and causes"))
    if not material.is_compared_whole:
        return Section("problems", heading, ())
    blocks: list[Block] = []
    found = told_of(material, PROBLEM)
    for said, row in zip(_numbered(found), found, strict=True):
        blocks += [said, Paragraph(f"{EVIDENCE}{in_language(row['evidence'])}　{CAUSE}")]
    return Section(
        "problems", heading, tuple(blocks) or (Paragraph(str(NO_PROBLEM)), Paragraph(str(OWN_PROBLEM + CAUSE)))
    )


def measures(material: Material) -> Section:
    """Leave a blank for the measures against each problem."""
    heading = str(Text("对策建议", "Measures"))
    if not material.is_compared_whole:
        return Section("measures", heading, ())
    number = len(told_of(material, PROBLEM))
    against = [Text(f"针对问题{place}：", f"Against problem {place}: ") for place in range(1, number + 1)]
    return Section("measures", heading, tuple(Paragraph(f"{text}{MEASURE}") for text in against or [Text("", "")]))


def told_of(material: Material, name: str) -> list[dict[str, Any]]:
    """The observations of a class that a report tells: one of a topic, cells only where they moved otherwise than the rest.

    What more is said of one cell stands with the first that is.
    """
    found = material.observations.headlines(len(material.observations.table))
    found = found[(found["class"] == name) & (found["score"] >= TELLING) & found["apart"].fillna(True).astype(bool)]
    told: dict[Any, dict[str, Any]] = {}  # what is said of one cell is one of the most that are told
    rows: Any = found.to_dict("records")
    for row in rows:
        of = row["rank"] if pd.isna(row["group"]) else (row["breakdown"], row["group"])
        told[of] = _together(told[of], row) if of in told else row | {"calls": (row["call"],)}
    return sorted(list(told.values())[:MOST], key=lambda row: row["rank"])


def _together(first: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Two observations of one cell as one, with the calls of both; by what the cell is told is said once."""
    lead = "" if pd.isna(first["breakdown"]) else f"从{labels.heading(first['breakdown']).zh}看，"
    texts = {
        name: Text(
            *(
                f"{in_language(first[name], of)}{gap}{in_language(more[name], of).removeprefix(lead)}"
                for of, gap in (("zh", zh), ("en", en))
            )
        ).cell
        for name, zh, en in (("sentence", "", " "), ("evidence", "；", "; "))
    }
    return first | texts | {"calls": (*first["calls"], more["call"])}


def _numbered(rows: list[dict[str, Any]]) -> list[Paragraph]:
    return [
        Paragraph(f"{place}. {in_language(row['sentence'])}", calls=row["calls"], basis=in_language(row["evidence"]))
        for place, row in enumerate(rows, start=1)
    ]
