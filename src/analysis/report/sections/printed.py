"""The court's published figures beside the register and beside each other, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.as_formatted import returns_as_formatted
from analysis.inference.reconciliation.printed import NOT_JUDGED
from analysis.report.content import AMOUNT, BY_ROW, COUNT, DATE, DECIMAL, RATE, Block, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.sections.years import kind_of_unit
from analysis.returns.reading import headings_not_understood, named_otherwise
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary import sentences
from analysis.vocabulary.indicator_sets.sets import definitions
from analysis.vocabulary.labels import code_text
from analysis.vocabulary.sentences import amount, cases, period, rate
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from analysis.inference.reconciliation.reconcile import Reconciliation

KEY = ["period_start", "period_end", "measure"]
VERDICTS = ("within_register", "among_published")
SHOWN = [*KEY, "printed", "rebuilt", *VERDICTS, "explanation"]
COMPARED = Text(
    "公布值与台账同一时期的核算值比较，按公布的位数判定（四舍五入、截尾或其他口径）。",
    "Each published figure beside the register's of the same period, judged by the digits published (rounded, truncated or by another definition).",
)
UNCHECKED = Text("对外不核对，见表注", "not checked outside the court, see the note")
AMONG = Text(
    "公布数字之间的恒等关系（旧存＋新收＝受理＝结案＋未结，比率＝分子÷分母）。",
    "The identities among published figures (brought forward + filed = on hand = closed + pending; rate = numerator ÷ denominator).",
)


def printed(material: Material) -> Section:
    """Each published figure beside the register and beside the other published ones, and what they imply for certain."""
    heading = str(Text("与公布数字核对", "Published figures"))
    match, rec = material.printed, material.reconciliation
    if match is None:
        return Section("printed", heading, tuple(map(Paragraph, _without(material))), annex=True)
    frame = _beside_both(material, match)
    table = Table(
        id="printed-figures",
        finding=str(_summary(material)),
        caption=str(
            Text("公布值与台账、与其他公布值核对", "Published figures against the register and against each other")
        ),
        function="analysis.compare_printed",
        parameters={"definitions": material.rebuilt_by},
        note=(
            _not_judged(match) + _other_set(material) + _before(material) + _across(rec) + _as_read(material)
        ).strip(),
        frame=frame,
        formats={"period_start": DATE, "period_end": DATE, "rebuilt": BY_ROW},
        row_formats=_kinds(frame),
    )
    said = Paragraph(table.finding, strong=True, calls=("an.compare_printed(cases, returns)",), basis=str(COMPARED))
    return Section("printed", heading, (said, table, *_among_themselves(material, rec)), annex=True)


def _beside_both(material: Material, match: pd.DataFrame) -> pd.DataFrame:
    """A row a published figure: the register's figure, and the verdicts of the register and of the other published figures."""
    found = match.rename(columns={"verdict": "within_register"})
    rec = material.reconciliation
    if rec is not None:
        own = rec.figures.loc[rec.figures["court"] == material.court, [*KEY, "verdict"]].drop_duplicates(KEY)
        found = found.merge(own.rename(columns={"verdict": "among_published"}), on=KEY, how="left")
    found["explanation"] = _needed(found)
    found = found[[name for name in SHOWN if name in found]].reset_index(drop=True)
    for name in VERDICTS:
        if name in found:
            found[name] = [
                (code_text("verdict", str(cell)) or Text(str(cell), str(cell))).cell
                for cell in found[name].fillna("unchecked")
            ]
    found.attrs = match.attrs | {"table": "published"}
    return found


def _needed(found: pd.DataFrame) -> list[str]:
    """The explanations that say more than the row: none of a count that agrees; why nothing is judged outside stands below, once."""
    plain = (found["within_register"] == "agrees") & found["denominator"].isna()
    return [
        "" if skipped else UNCHECKED.cell if text == NOT_JUDGED.cell else text
        for skipped, text in zip(plain, found["explanation"], strict=True)
    ]


def _not_judged(match: pd.DataFrame) -> str:
    return str(sentences.sentence(NOT_JUDGED)) if (match["explanation"] == NOT_JUDGED.cell).any() else ""


def _other_set(material: Material) -> str:
    """By which set the counts are rebuilt where the report's own defines none."""
    others = material.rebuilt_by[1:]
    text = Text(
        f"口径集 {material.shown_definitions} 未定义的数字按 {'、'.join(others)} 核算。",
        f"Figures that {material.shown_definitions} does not define are computed by {', '.join(others)}.",
    )
    return str(text) if others else ""


def _as_read(material: Material) -> str:
    """Say which published figures were read as their cells show them, and which are no known measure and stand in no row."""
    given = material.returns
    if given is None:
        return ""
    said = [*named_otherwise(given), *returns_as_formatted(given), *headings_not_understood(given)]
    return "".join(f"{Text('', ' ')}{one}" for one in said)


def _before(material: Material) -> str:
    """Say how many printed figures are of periods in which the register does not hold all cases."""
    number, why = material.printed_before, material.register.beginning.text
    text = Text(
        f"另有{number}行公布数字的时期开始时台账尚不完整，未对照：{why.zh}。",
        f"{number_of(number, 'row')} of published figures of periods in which the register is not whole are not compared: {why.en}.",
    )
    return str(text) if number else ""


def _across(rec: Reconciliation | None) -> str:
    """Say that figures which agree with their own row may be part of a conflict between periods."""
    if rec is None or rec.conflicts.empty:
        return ""
    agreed = rec.figures.loc[~rec.figures["verdict"].isin(DISPUTED), ["court", *KEY]]
    text = Text(
        "“相符”指与同一期间公布的其他数字相符，跨期间的矛盾另列于下表。",
        "Agreement is with the figures published for the same period; conflicts between periods are listed below.",
    )
    return str(text) if len(rec.conflicts.merge(agreed, on=["court", *KEY])) else ""


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
        parts.append(Text(f"{unchecked}个未核对", f"{unchecked} {'is' if unchecked == 1 else 'are'} not checked"))
    parts.append(
        Text(f"{wrong}个不符", f"{wrong} do not follow") if wrong else Text("没有不符的", "none contradicts it")
    )
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Text(f"公布的{total}个数字中，{zh}。", f"Of {total} published figures {en}.")


def _among_themselves(material: Material, rec: Reconciliation | None) -> list[Block]:
    """Whether the published figures can all be true together, and what they imply for certain."""
    if rec is None:
        return []
    count = conflict_count(rec)
    said = Text(
        f"公布数字之间互相核对，发现矛盾{count}组，列于下表：去掉或改正其中一个，其余即可同时成立。"
        if count
        else "公布数字之间互相核对，未发现矛盾。",
        f"Checked against each other, the published figures hold {number_of(count, 'conflict')}, listed "
        "below: without one of its figures, or with it put right, the others can all be true."
        if count
        else "Checked against each other, the published figures hold no conflict.",
    )
    if rec.unfinished.zh:
        said = Text(
            f"公布数字之间互相核对，已发现矛盾{count}组，列于下表。{rec.unfinished.zh}。",
            f"Checked against each other, the published figures hold at least {number_of(count, 'conflict')}, listed below. "
            f"{rec.unfinished.en}.",
        )
    told = Paragraph(str(said + _implied(material, rec)), calls=("an.reconcile(returns)",), basis=str(AMONG))
    return [told, *_conflicts(rec, count)]


def _implied(material: Material, rec: Reconciliation) -> Text:
    """The unpublished figures that the published ones leave no choice of."""
    implied = rec.implied[(rec.implied["rule"] == "either") & rec.implied["exact"].astype(bool)]
    implied = implied[implied["court"] == material.court]
    if implied.empty:
        return Text("", "")
    kinds, parts = _kinds(implied), []
    for row, kind in zip(implied.to_dict("records"), kinds, strict=True):
        when, what = period(row["period_start"], row["period_end"]), measure_text(str(row["measure"]))
        value = rate(row["lower"]) if kind == RATE else cases(row["lower"]) if kind == COUNT else amount(row["lower"])
        parts.append(Text(f"{when.zh}{what.zh}{value.zh}", f"{what.en} {value.en} in {when.en}"))
    zh, en = "，".join(p.zh for p in parts), ", ".join(p.en for p in parts)
    return Text(
        f"由公布数字可以确定的未公布数字：{zh}。", f" Unpublished figures that the published ones determine: {en}."
    )


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
