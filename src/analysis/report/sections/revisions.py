"""Revisions: figures of earlier years that differ from the report in which they were published."""

from __future__ import annotations

from analysis.report.content import BY_ROW, DATE, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.sections.years import kind_of_unit
from analysis.vocabulary.text import Text


def revisions(material: Material) -> Section:
    """The list of revised figures with old, new and why; none where there is no earlier report."""
    heading = str(Text("对以往公布数字的修订", "Revisions of published figures"))
    if not material.earlier:
        return Section("revisions", heading, (), annex=True)
    found = material.revised
    names = str(Text("、", ", ")).join(material.earlier)
    count = sum(len(manifest["figures"]) for manifest in material.earlier.values())
    compared = Text(
        f"与以往报告（{names}）公布的{count}个数字比对，",
        f"Of {count} figures published in earlier reports ({names}) ",
    )
    if not len(found):
        return Section(
            "revisions", heading, (Paragraph(str(compared + Text("没有变化。", "none differs today."))),), annex=True
        )
    table = Table(
        id="revisions-figures",
        caption=str(Text("修订的数字", "Revised figures")),
        function="analysis.build_report",
        parameters={"earlier": list(material.earlier)},
        frame=found,
        formats={"period_start": DATE, "period_end": DATE, "old": BY_ROW, "new": BY_ROW},
        row_formats=tuple(kind_of_unit(unit) for unit in found["unit"]),
    )
    said = compared + Text(f"{len(found)}个已有变化。", f"{len(found)} differ today.")
    return Section("revisions", heading, (Paragraph(str(said)), table), annex=True)
