"""The court's printed figures beside the rebuilt ones, and against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.report.content import AMOUNT, BY_ROW, DATE, DECIMAL, Block, Figure, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.sections.annual import kind_of_unit
from analysis.vocabulary.indicator_sets.sets import definitions
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.reconciliation.reconcile import Reconciliation

WIDEST_BOUNDS = 0.1  # of the lower bound
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
    heading = str(Text("公布值与台账核算值对照", "Published figures beside those computed from the register"))
    match = material.printed
    if match is None:
        return Section("printed", heading, tuple(map(Paragraph, _without(material))))
    table = Table(
        id="printed-figures",
        caption=str(Text("公布值、台账核算值与判定", "Published figure, figure computed from the register, verdict")),
        function="analysis.compare_printed",
        parameters={"definitions": material.rebuilt_by},
        note=_other_set(material) + _before(material),
        frame=match[[name for name in SHOWN if name in match]],
        formats={"period_start": DATE, "period_end": DATE, "rebuilt": BY_ROW},
        row_formats=_kinds(match),
    )
    return Section("printed", heading, (Paragraph(str(_summary(material)), strong=True), table, *_figures(material)))


def _other_set(material: Material) -> str:
    """By which set the counts are rebuilt where the report's own defines none."""
    others = material.rebuilt_by[1:]
    text = Text(
        f"口径集 {material.definitions} 未定义的数字按 {'、'.join(others)} 核算。",
        f"Figures that {material.definitions} does not define are computed by {', '.join(others)}.",
    )
    return str(text) if others else ""


def _before(material: Material) -> str:
    """Say how many printed figures are of periods in which the register does not hold all cases."""
    number, why = material.printed_before, material.register.beginning.text
    text = Text(
        f"另有{number}行公布数字的时期开始时台账尚不完整，未对照：{why.zh}。",
        f"{number} row{'' if number == 1 else 's'} of published figures of periods in which the register is not whole are not compared: {why.en}.",
    )
    return str(text) if number else ""


def _without(material: Material) -> list[str]:
    """Why nothing is compared where figures were given; nothing where none were."""
    if material.returns is None or not (material.returns["court"] == material.court).any():
        return []
    if material.printed_before:
        return [_before(material)]
    end = material.cases.as_of.date()
    return [
        str(
            Text(
                f"所给公布数字的时期都晚于本报告期末（{end}），没有可比的。",
                f"The published figures given are all of periods that end after {end}: nothing to compare.",
            )
        )
    ]


def _kinds(figures: pd.DataFrame) -> tuple[str, ...]:
    """Return the kind in which each row's number is shown, by the unit of its measure in any definition set."""
    units = definitions().drop_duplicates("id").set_index("id")["unit"]
    kinds = (kind_of_unit(str(units.get(name, ""))) for name in figures["measure"])
    return tuple(DECIMAL if kind == AMOUNT else kind for kind in kinds)


def _summary(material: Material) -> Text:
    match = material.printed
    assert match is not None  # noqa: S101 - the caller has looked
    counted = match["verdict"].value_counts()
    total, unchecked, cut = len(match), int(counted.get("unchecked", 0)), int(counted.get("truncated", 0))
    follows = int(sum(counted.get(v, 0) for v in ("agrees", "truncated", "definition")))
    wrong = total - follows - unchecked
    parts = [Text(f"{follows}个可由台账核算到公布的末位", f"{follows} follow from the register to the published digit")]
    if cut:
        parts[0] += Text(f"（其中{cut}个只能按截尾得到）", f" ({cut} of them only by truncation)")
    if unchecked:
        parts.append(Text(f"{unchecked}个未核对", f"{unchecked} are not checked"))
    parts.append(
        Text(f"{wrong}个不符", f"{wrong} do not follow") if wrong else Text("没有不符的", "none contradicts it")
    )
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Text(f"公布的{total}个数字中，{zh}。", f"Of {total} published figures {en}.")


def _figures(material: Material) -> list[Block]:
    rec = material.reconciliation
    if rec is None:
        return []
    from analysis.charts.reconciliation import plot_reconciliation

    count = conflict_count(rec)
    said = Text(
        f"公布数字之间互相核对，发现矛盾{count}组，列于下表：去掉或改正其中一个，其余即可同时成立。"
        if count
        else "公布数字之间互相核对，未发现矛盾。",
        f"Checked against each other, the published figures hold {count} conflict{'' if count == 1 else 's'}, listed "
        "below: without one of its figures, or with it put right, the others can all be true."
        if count
        else "Checked against each other, the published figures hold no conflict.",
    )
    checked = _checked(rec)
    idle = len(rec.figures) - len(checked.figures)
    if idle:
        said += Text(
            f"其中{idle}个没有足够的其他公布数字可核对，图中不列。",
            f" Of {idle} the others say too little to check them; they are not in the figure.",
        )
    figure = Figure(
        id="printed-reconciliation",
        caption=str(
            Text(
                "公布数字与其他公布数字所允许的范围", "Published figures against what the other published figures allow"
            )
        ),
        function="analysis.plot_reconciliation",
        plot=plot_reconciliation,
        result=checked,
        numbers=checked.figures,
    )
    implied, wide = _implied(rec)
    more = Text(
        f"另有{wide}个上下限相差超过一成，未列。",
        f"{wide} more, of which the bounds are over 10 % apart, are not listed.",
    )
    table = Table(
        id="printed-implied",
        caption=str(Text("公布数字所隐含的未公布数字", "Unpublished numbers that the published figures imply")),
        function="analysis.reconcile",
        frame=implied.drop(columns=["court", "rule"] + (["scope"] if len(set(implied["scope"])) == 1 else [])),
        formats={"period_start": DATE, "period_end": DATE, "lower": BY_ROW, "upper": BY_ROW},
        row_formats=_kinds(implied),
        note=str(more) if wide else "",
    )
    figures = [figure] if len(checked.figures) else []
    return [Paragraph(str(said)), *_conflicts(rec, count), *figures, *([table] if len(implied) else [])]


def _checked(rec: Reconciliation) -> Reconciliation:
    """The reconciliation without the figures that no other published figure checks: their rows would only say 未核对."""
    is_checked = rec.figures["verdict"] != "unchecked"
    figures = rec.figures[is_checked]
    if "stands_for" in rec.figures.attrs:
        told = zip(rec.figures.attrs["stands_for"], is_checked, strict=True)
        figures.attrs = rec.figures.attrs | {"stands_for": [numbers for numbers, keep in told if keep]}
    return replace(rec, figures=figures)


def _implied(rec: Reconciliation) -> tuple[pd.DataFrame, int]:
    """The unpublished figures that are narrowly bounded, and how many others are not: these say next to nothing."""
    implied = rec.implied[rec.implied["rule"] == "either"]
    is_narrow = implied["upper"] - implied["lower"] <= WIDEST_BOUNDS * implied["lower"].abs()
    return implied[is_narrow], int((~is_narrow).sum())


def conflict_count(rec: Reconciliation) -> int:
    """Count the sets of printed figures that cannot all be true."""
    return int(rec.conflicts["conflict"].nunique())


def _conflicts(rec: Reconciliation, count: int) -> list[Block]:
    if not count:
        return []
    shown = rec.conflicts.drop(columns=["court", "scope"])
    return [
        Table(
            id="printed-conflicts",
            caption=str(Text("互相矛盾的公布数字", "Published figures that contradict each other")),
            function="analysis.reconcile",
            frame=shown if count > 1 else shown.drop(columns="conflict"),
            formats={"period_start": DATE, "period_end": DATE},
        )
    ]
