"""Definitions and deviations (口径说明): the formula and source of every indicator used."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.content import Paragraph, Section, Table
from analysis.report.inputs import DEFINES_DAYS, IN_DAYS, Material
from analysis.report.sections.summary import IN_DAYS_CALLED
from analysis.vocabulary.indicator_sets.definition import source_text
from analysis.vocabulary.periods import calendar_text
from analysis.vocabulary.text import Text, in_language

OF_DAYS = Text(
    "只数自立案至结案的天数，与法定期限及其延长、扣除无关；只算已结案件",
    "the days from filing to closing alone, whatever the statutory limit, its extensions and exclusions; of closed cases",
)


def definitions(material: Material) -> Section:
    """The formulas behind the figures of this report, their sources by number, and what deviates from them."""
    known = _used(material)
    sources = {source: f"[{n}]" for n, source in enumerate(dict.fromkeys(known["source"]), start=1)}
    frame = pd.DataFrame(
        {
            "indicator": known["called"].tolist(),
            "formula": [_formula(row) for row in known.to_dict("records")],
            "unit": known["unit"],
            "target": known["target"],
            "source": [sources[source] for source in known["source"]],
        }
    ).loc[:, lambda table: (table != "").any()]
    exhibit = Table(
        id="definitions-used",
        caption=str(Text("本报告所用指标的公式和出处", "Formula and source of the indicators used")),
        function="analysis.definitions",
        parameters={"definitions": material.shown_definitions},
        frame=frame.reset_index(drop=True),
    )
    listed = [Paragraph(f"{number} {source_text(source)}") for source, number in sources.items()]
    calendar = calendar_text(material.calendar)
    said = Text(
        f"口径集：{material.definitions_text.zh}{material.sets_in_force.zh}。统计年度：{calendar.zh}。",
        f"Definition set: {material.definitions_text.en}{material.sets_in_force.en}. Year: {calendar.en}.",
    )
    rounding = Text(
        "数字按显示的位数四舍五入；增减（含百分点）由显示的数相减，变化率由未舍入的数计算。",
        "Figures are rounded half up to the digits shown; changes, percentage points among them, are the difference of the figures as shown, "
        "percent changes are of the unrounded figures.",
    )
    notes = [
        Paragraph(f"{row['called']}{Text('：', ': ')}{in_language(row['note'])}{Text('。', '.')}")
        for row in known.to_dict("records")
        if row["note"]
    ]
    heading = str(Text("口径说明", "Definitions"))
    return Section(
        "definitions", heading, (Paragraph(str(said)), Paragraph(str(rounding)), exhibit, *notes, *listed), annex=True
    )


def _formula(row: dict[Any, Any]) -> str:
    """The formula with the cases that it is about, where these are not all."""
    about = in_language(row["population"])
    return in_language(row["formula"]) + (str(Text(f"（{about}）", f" ({about})")) if about else "")


def _used(material: Material) -> pd.DataFrame:
    from analysis.vocabulary.indicator_sets.sets import definitions as known

    used = set(material.indicators["definition"])
    table = known(material.definitions)
    table = table[(table["set"] + "/" + table["id"]).isin(used)]
    table = table.assign(called=[str(material.called(name)) for name in table["id"]])
    if not (material.is_compared_whole and len(material.closed_in_days)):
        return table
    days = known(DEFINES_DAYS)
    days = days[days["id"] == IN_DAYS].assign(called=str(IN_DAYS_CALLED), note=OF_DAYS.cell)
    return pd.concat([table, days], ignore_index=True)
