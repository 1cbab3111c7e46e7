"""Definitions and deviations (口径说明): the formula and source of every indicator used."""

from __future__ import annotations

import pandas as pd

from analysis.report.content import Paragraph, Section, Table
from analysis.report.material import Material
from analysis.vocabulary.language import Text, in_language, spoken


def definitions(material: Material) -> Section:
    """The formulas behind the figures of this report, their sources by number, and what deviates from them."""
    known = _used(material)
    sources = {source: f"[{n}]" for n, source in enumerate(dict.fromkeys(known["source"]), start=1)}
    frame = pd.DataFrame(
        {
            "indicator": known[spoken()],
            "formula": known["formula"],
            "unit": known["unit"],
            "target": known["target"],
            "source": [sources[source] for source in known["source"]],
        }
    ).loc[:, lambda table: (table != "").any()]
    exhibit = Table(
        id="definitions-used",
        caption=str(Text("本报告所用指标的公式和出处", "Formula and source of the indicators used")),
        function="analysis.definitions",
        parameters={"definitions": material.definitions},
        frame=frame.reset_index(drop=True),
    )
    listed = [Paragraph(f"{number} {source}") for source, number in sources.items()]
    said = Text(
        f"口径集：{material.definitions}。统计年度：{material.calendar}。",
        f"Definition set: {material.definitions}. Year: {material.calendar}.",
    )
    notes = [
        Paragraph(f"{row[spoken()]}{Text('：', ': ')}{in_language(row['note'])}{Text('。', '.')}")
        for row in known.to_dict("records")
        if row["note"]
    ]
    heading = str(Text("口径说明", "Definitions"))
    return Section("definitions", heading, (Paragraph(str(said)), exhibit, *notes, *listed))


def _used(material: Material) -> pd.DataFrame:
    from analysis.vocabulary.definitions import definitions as known

    used = set(material.indicators["definition"])
    table = known(material.definitions)
    return table[(table["set"] + "/" + table["id"]).isin(used)]
