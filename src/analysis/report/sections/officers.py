"""Officers under pseudonyms: quotas as they are, and each number beside case mix and chance."""

from __future__ import annotations

import pandas as pd

from analysis.cases.coverage import cannot_tell
from analysis.report import sentences
from analysis.report.content import BY_ROW, COUNT, DECIMAL, PLAIN, RATE, Block, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary.text import Text


def officers(material: Material) -> Section:
    """Officers under pseudonyms: the court's quotas, and each raw number beside case mix and chance."""
    from analysis.measures.officers.scorecard import officer_scorecard

    heading = str(Text("承办人与目标", "Officers and targets"))
    if absent := material.cases.lacking("officer"):
        return Section("officers", heading, (Paragraph(str(sentences.sentence(cannot_tell(absent)))),))
    card = officer_scorecard(material.cases, year=material.year, scheme=material.scheme, calendar=material.calendar)
    counts = Table(
        id="officers-counts",
        caption=str(Text("承办人办案数（代号）", "Cases of the officers (pseudonyms)")),
        function="analysis.officer_scorecard",
        parameters={"year": material.year},
        frame=card.counts,
        formats=dict.fromkeys(("opening", "filed", "closed", "pending"), COUNT),
    )
    quotas = Table(
        id="officers-scheme",
        caption=str(Text("本院岗位目标的完成情况", "The court's own quotas")),
        function="analysis.officer_scorecard",
        parameters={"year": material.year, "scheme": material.scheme},
        frame=card.scheme,
        formats={"value": BY_ROW, "numerator": COUNT, "denominator": COUNT, "quota": BY_ROW},
        row_formats=tuple(PLAIN if pd.isna(parts) else RATE for parts in card.scheme["denominator"]),
    )
    beside = Table(
        id="officers-expected",
        caption=str(
            Text(
                "结案数：实际、按案件构成的预期及随机波动范围", "Closed: actual, expected by case mix, range of chance"
            )
        ),
        function="analysis.officer_scorecard",
        parameters={"year": material.year},
        frame=card.table[card.table["measure"] == "closed"].drop(columns=["measure", "numerator", "denominator"]),
        formats={"cases": COUNT, "expected": DECIMAL} | dict.fromkeys(("value", "lower", "upper"), COUNT),
    )
    blocks: list[Block] = [
        Paragraph(str(sentences.sentence(card.caption))),
        counts,
        *([quotas] if len(card.scheme) else []),
        beside,
    ]
    return Section("officers", heading, tuple(blocks))
