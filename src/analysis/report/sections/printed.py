"""The court's printed figures beside the rebuilt ones, and against each other."""

from __future__ import annotations

from analysis.report.content import DATE, DECIMAL, Block, Figure, Paragraph, Section, Table
from analysis.report.material import Material
from analysis.vocabulary.language import Text

SHOWN = [
    "period_start",
    "period_end",
    "measure",
    "printed",
    "rebuilt",
    "verdict",
    "explanation",
]


def printed(material: Material) -> Section:
    """Each printed figure with what the register gives for its own period, and whether printed figures agree."""
    heading = str(Text("公布数字与重建数字对照", "Printed figures beside rebuilt ones"))
    match = material.printed
    if match is None:
        return Section("printed", heading, (Paragraph(_without(material)),))
    table = Table(
        id="printed-figures",
        caption=str(Text("公布数字、台账重建数字与判定", "Printed figure, figure rebuilt from the register, verdict")),
        function="analysis.compare_printed",
        parameters={"definitions": material.definitions},
        frame=match[[name for name in SHOWN if name in match]],
        formats={"period_start": DATE, "period_end": DATE, "rebuilt": DECIMAL},
    )
    return Section("printed", heading, (Paragraph(str(_summary(material)), strong=True), table, *_figures(material)))


def _without(material: Material) -> str:
    return str(
        Text(
            f"未提供{material.court}的公布数字（--returns），本节略。",
            f"No printed figures of {material.court} were given (--returns): nothing to compare.",
        )
    )


def _summary(material: Material) -> Text:
    match = material.printed
    assert match is not None  # noqa: S101 - the caller has looked
    counted = match["verdict"].value_counts()
    total = len(match)
    follows = int(sum(counted.get(v, 0) for v in ("agrees", "truncated", "definition")))
    only_printed = int(counted.get("unchecked", 0))
    return Text(
        f"公布的{total}个数字中，{follows}个可由台账重建到印出的末位"
        f"（其中{int(counted.get('truncated', 0))}个只能按截尾得到），{only_printed}个台账无法核对，"
        f"{total - follows - only_printed}个不符。",
        f"Of {total} printed figures {follows} are rebuilt to the printed digit "
        f"({int(counted.get('truncated', 0))} of them only by truncation), {only_printed} cannot be checked from the "
        f"register, {total - follows - only_printed} do not follow.",
    )


def _figures(material: Material) -> list[Block]:
    rec = material.reconciliation
    if rec is None:
        return []
    from analysis.charts.reconciliation import plot_reconciliation

    conflicts = len(rec.conflicts["conflict"].unique()) if len(rec.conflicts) else 0
    said = Text(
        f"公布数字之间互相核对，发现矛盾{conflicts}组。" if conflicts else "公布数字之间互相核对，未发现矛盾。",
        f"Checked against each other, the printed figures hold {conflicts} conflict{'' if conflicts == 1 else 's'}."
        if conflicts
        else "Checked against each other, the printed figures hold no conflict.",
    )
    figure = Figure(
        id="printed-reconciliation",
        caption=str(Text("每个公布数字与其他数字所允许的范围", "Each printed figure against what the others allow")),
        function="analysis.plot_reconciliation",
        plot=plot_reconciliation,
        result=rec,
        numbers=rec.figures,
    )
    implied = Table(
        id="printed-implied",
        caption=str(Text("公布数字所隐含的未公布数字", "Unprinted numbers that the printed figures imply")),
        function="analysis.reconcile",
        frame=rec.implied[rec.implied["rule"] == "either"].drop(columns=["court", "rule"]),
        formats={"period_start": DATE, "period_end": DATE, "lower": "decimal", "upper": "decimal"},
    )
    return [Paragraph(str(said)), figure, implied]
