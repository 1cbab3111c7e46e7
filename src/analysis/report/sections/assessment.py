"""Features and problems of the year, from the figures alone; causes and measures are blanks for the office to fill in."""

from __future__ import annotations

import pandas as pd

from analysis.observations.observations import FEATURE, NOTE, PROBLEM, PUBLISHED, ROUND, TELLING
from analysis.report.content import Block, Paragraph, Section
from analysis.report.inputs import Material
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.sentences import sentence
from analysis.vocabulary.text import Text, in_language

MOST = 5  # features and problems that are listed
BLANKS = Text("【成因：】【措施：】【责任人：】【时限：】", " [Cause: ] [Measure: ] [Who: ] [By when: ]")
FEATURES = Text("主要特点", "Features")
PROBLEMS = Text("存在的问题及成因、对策", "Problems, causes and measures")
NO_YEAR_BEFORE = Text(
    "台账没有上一年的完整数字，无从比较", "the register holds no whole year before, so there is nothing to compare with"
)
NO_PROBLEM = Text(
    "本年数字没有显示应列为问题的变化；数字看不出的，由承办部门补充。",
    "The figures show no change that should be listed as a problem; what they do not show is for the office to add.",
)


def assessment(material: Material) -> Section:
    """The year's features and problems, each with its figures, and blanks beside each problem; how a ratio's movement parts."""
    heading = str(Text("主要特点和问题", "Features and problems"))
    if not material.is_compared_whole:
        is_whole = material.is_whole(material.year)
        why = sentence(NO_YEAR_BEFORE if is_whole else material.register.beginning.text)
        return Section("assessment", heading, (Paragraph(f"{Text('无法判断：', 'Cannot be told: ')}{why}"),))
    found = material.observations
    told = found.table[~found.table["kind"].isin([ROUND, PUBLISHED]) & (found.table["score"] >= TELLING)]
    told = told[told["apart"].fillna(True).astype(bool) & told["beyond_chance"].fillna(True).astype(bool)]
    told = told[~(told["indicator"] + told["breakdown"].astype(object).fillna("").astype(str)).duplicated()]
    blocks: list[Block] = []
    features = told[told["class"] == FEATURE].head(MOST)
    if len(features):
        blocks.append(Paragraph(str(FEATURES), strong=True))
        blocks += [
            Paragraph(f"{place}. {in_language(cell)}") for place, cell in enumerate(features["sentence"], start=1)
        ]
    problems = told[told["class"] == PROBLEM].head(MOST)
    blocks.append(Paragraph(str(PROBLEMS), strong=True))
    for place, cell in enumerate(problems["sentence"], start=1):
        blocks.append(Paragraph(f"{place}. {in_language(cell)}{BLANKS}"))
    if problems.empty:
        blocks.append(Paragraph(str(NO_PROBLEM)))
    uncertain = found.table[(found.table["class"] == NOTE) & (found.table["beyond_chance"] == False)]  # noqa: E712 - missing is neither
    if len(uncertain):
        names = [material.called(name) for name in dict.fromkeys(uncertain["indicator"])]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        said = Text(
            f"{zh}的变化在随机波动范围之内，不宜据此评价。",
            f"Changes within random variation, no ground for a judgement: {en}.",
        )
        blocks.append(Paragraph(str(said)))
    if (smallest := _smallest(found.smallest)) is not None:
        blocks.append(smallest)
    return Section("assessment", heading, tuple(blocks))


def _smallest(smallest: pd.DataFrame) -> Paragraph | None:
    """Say the smallest change that a court of this size would have found in half of its cases and in a quarter."""
    if smallest.empty:
        return None
    own = smallest[smallest["cases"] == smallest["cases"].iloc[-1]]
    size = int(own["cases"].iloc[0])
    parts = [
        Text(
            f"占全院案件{share:.0%}的分组为{rounded(points, 1)}个百分点",
            f"{rounded(points, 1)} percentage points in a group of {share:.0%} of the court's cases",
        )
        for share, points in own[["cell_share", "points"]].to_numpy()
    ]
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Paragraph(
        str(
            Text(
                f"以全年{size:,}件案件，八成把握能够发现的比率变化：{zh}。更小的变化可能存在而未被发现。",
                f"Of a court of {size:,} cases a year, the smallest change of a rate that is found four times in five is {en}. Smaller ones "
                "may be there unseen.",
            )
        )
    )
