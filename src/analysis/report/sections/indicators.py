"""Indicators of quality and efficiency over up to five years, and what of their change is random variation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.observations.observations import MOVED
from analysis.observations.sentences import is_bounded
from analysis.report.content import Paragraph, Section
from analysis.report.inputs import Material
from analysis.report.sections.years import FLOW, indicator_table
from analysis.vocabulary import sentences
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.text import Text, capital, spaced

NONE_BEYOND = Text(
    "所检验的指标中没有变化超出随机波动范围的。",
    "Of the indicators tested none changed on the year before beyond random variation.",
)


def indicators(material: Material) -> Section:
    """Write the indicators beside those of the years before and their targets, and which changes chance can explain."""
    heading = str(Text("质效指标", "Indicators"))
    table = indicator_table(material, [n for n in dict.fromkeys(material.indicators["indicator"]) if n not in FLOW])
    if table is None:
        return Section("indicators", heading, ())
    told, beneath = _judged(material)
    note = spaced(filter(None, (table.note, *map(str, beneath))))
    table = replace(table, finding=str(told), note=note)
    return Section("indicators", heading, (table, *_crossing(material), *_tested(material, told)))


def _crossing(material: Material) -> Iterator[Paragraph]:
    """The indicators that stand on one side of a bound while their interval does not."""
    named = []
    for name in dict.fromkeys(material.indicators["indicator"]):
        found = material.indicator(name)
        target = material.definition(found["definition"]).target if found else None
        if target is None or is_bounded(found) or pd.isna([found["lower"], found["upper"], found["value"]]).any():
            continue
        if any(bound is not None and found["lower"] <= bound <= found["upper"] for bound in target):
            named.append(material.called(name))
    if named:
        zh, en = "、".join(n.zh for n in named), "; ".join(n.en for n in named)
        said = Text(
            f"{zh}的95%区间跨过目标，所处位置可能出于随机波动。",
            f"The 95% interval crosses the target, and chance can explain the position: {en}.",
        )
        yield Paragraph(str(said))


def _judged(material: Material) -> tuple[Text, list[Text]]:
    """Which rates changed by more than chance gives, and below the table which did not, which were not tested, and what would not be found."""
    if not material.is_compared_whole:
        return Text("", ""), []
    found = material.observations.of_kind(MOVED)
    found = found[(found["against"] == "year_on_year") & found["change"].notna()]
    judged = found["beyond_chance"]

    def named(chosen: pd.Series, zh: str, en: str) -> list[Text]:
        names = [material.called(name) for name in dict.fromkeys(found.loc[chosen.fillna(False), "indicator"])]
        said = Text("、".join(n.zh for n in names) + zh, capital(f"{en}: {'; '.join(n.en for n in names)}"))
        return [sentences.sentence(said)] if names else []

    beyond = named(judged.eq(True), "的变化超出随机波动范围", "changed on the year before beyond random variation")
    within = named(
        judged.eq(False),
        "的变化在随机波动范围之内，不宜据此评价",
        "changed on the year before within random variation, no ground for a judgement",
    )
    untested = named(
        judged.isna() & found["denominator"].notna() & found["change"].ne(0),
        "的变化未作检验，不能判断是否属于随机波动",
        "not tested, so that it is not known whether chance explains the change",
    )
    told = beyond or ([NONE_BEYOND] if within else untested)
    if not told:
        return Text("", ""), []
    beneath = [*within, *(untested if told is not untested else []), _of_groups(material), _smallest(material)]
    return Text("与上年同期相比，", "") + told[0], beneath


def _tested(material: Material, told: Text) -> Iterator[Paragraph]:
    """Which rates changed by more than chance gives."""
    if not told.zh:
        return
    what = Text(
        "与上年同期的比率按两期件数检验（文档 observations），各指标一并控制误报。",
        "Rates are tested against the year before by the cases of both years (documentation: observations), with the false alarms of all held together.",
    )
    call = f'{material.observations_call}.of_kind("moved")'
    yield Paragraph(str(told), calls=(call,), basis=str(what))


def _of_groups(material: Material) -> Text:
    """Say which rates were tested within groups, as of the others, those of money and days among them, nobody knows whether chance moved a group."""
    tests = material.observations.tests
    names = [material.called(name) for name in tests.loc[tests["of"] == "rate", "indicator"].unique()]
    if not names:
        return Text("", "")
    zh, en = "、".join(n.zh for n in names), "; ".join(n.en for n in names)
    return Text(
        f"各分组中只检验{zh}；其余比率（含按金额、天数计算的）各组的变化未作检验，不能判断是否属于随机波动。",
        f"Within groups only these rates were tested: {en}; whether chance explains how a group's other rates changed, those of money and days among "
        "them, is not known.",
    )


def _smallest(material: Material) -> Text:
    """Say the smallest change that a court of this size would have found in half of its cases and in a quarter."""
    smallest = material.observations.smallest
    if smallest.empty:
        return Text("", "")
    own = smallest[smallest["cases"] == smallest["cases"].iloc[-1]]
    size = int(own["cases"].iloc[0])
    parts = [
        Text(
            f"占全院案件{sentences.rate(100 * share, 0).zh}的分组为{rounded(points, 1)}个百分点",
            f"{rounded(points, 1)} percentage points in a group of {sentences.rate(100 * share, 0).en} of the court's cases",
        )
        for share, points in own[["cell_share", "points"]].dropna().to_numpy()
    ]
    if not parts:
        return Text(
            f"以本年{size:,}件案件，比率变化多大都没有八成把握能够发现；没有发现不等于没有变化。",
            f"Of the {size:,} cases of the year, no change of a rate of up to 50 points is found four times in five; none found does not mean "
            "that there is none.",
        )
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Text(
        f"以本年{size:,}件案件，八成把握能够发现的比率变化：{zh}。更小的变化可能存在而未被发现。",
        f"Of the {size:,} cases of the year, the smallest change of a rate that is found four times in five is {en}. Smaller ones "
        "may be there unseen.",
    )
