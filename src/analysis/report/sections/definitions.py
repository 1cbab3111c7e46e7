"""Definitions and deviations (口径说明): the formula and source of every indicator used."""

from __future__ import annotations

from analysis.report.content import Paragraph, Section, Table
from analysis.report.material import Material
from analysis.vocabulary.language import Text


def definitions(material: Material) -> Section:
    """The formulas behind the figures of this report."""
    from analysis.vocabulary.definitions import definitions as known

    used = set(material.indicators["definition"])
    table = known()
    frame = table[(table["set"] + "/" + table["id"]).isin(used)]
    exhibit = Table(
        id="definitions-used",
        caption=str(Text("本报告所用指标的公式和出处", "Formula and source of the indicators used")),
        function="analysis.definitions",
        parameters={"definitions": material.definitions},
        frame=frame.drop(columns=["set"]),
    )
    said = Text(f"口径集：{material.definitions}。", f"Definition set: {material.definitions}.")
    return Section("definitions", str(Text("口径说明", "Definitions")), (Paragraph(str(said)), exhibit))
