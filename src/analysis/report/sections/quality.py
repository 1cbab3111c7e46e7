"""Data quality: what was read, what was not, and what a clerk should look at."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.cases.sources import COUNTS, HIDDEN, KEYS, places_tell, without_files
from analysis.cases.table import Cases
from analysis.checks.by_rule import RULE_ORDER, SEVERITIES
from analysis.checks.checks import placed_outside
from analysis.report.content import COUNT, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary.sentences import sentence
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, number_of

NOTHING = Text("除表头外，每一行都已采用。", "But for the headers every row was used.")
BY_RULE = ("check", "severity", "count", "first_at")


def quality(material: Material) -> Section:
    """Rows read, kept, quarantined and skipped, and the findings by rule."""
    cases = material.cases
    inputs = Table(
        id="quality-inputs",
        caption=str(
            Text(
                "读入的文件和工作表：行数（不含表头）= 采用 + 隔离 + 略过",
                "Files and sheets read: rows (without headers) = kept + quarantined + skipped",
            )
        ),
        function="analysis.read_cases",
        frame=_by_sheet(cases),
        formats=dict.fromkeys(("rows", "kept", "quarantined", "skipped"), COUNT),
    )
    set_aside = Table(
        id="quality-exclusions",
        caption=str(Text("未计入任何数字的行", "Rows that no figure counts")),
        function="analysis.read_cases",
        frame=_excluded(material),
        formats={"rows": COUNT},
    )
    findings, begun = material.findings, material.register.beginning
    counts = sorted(
        findings.counts.items(), key=lambda item: (RULE_ORDER.index(item[0][1]), SEVERITIES.index(item[0][0]))
    )
    by_rule = Table(
        id="quality-findings",
        caption=str(Text("检查发现（按规则）", "Findings by rule")),
        function="analysis.check_cases",
        frame=pd.DataFrame(
            [[of[1], of[0], n, _place(placed_outside(cases, findings.first[of]))] for of, n in counts],
            columns=list(BY_RULE),
        ),
        formats={"count": COUNT},
    )
    number, errors = findings.counts.total(), findings.of_severity("error")
    said = Text(
        f"台账检查共发现{number:,}处问题，其中错误级{errors:,}处。" if number else "台账检查没有发现问题。",
        f"The checks of the register found {number_of(number, 'point')}, {errors:,} of them "
        f"error{'' if errors == 1 else 's'}."
        if number
        else "The checks of the register found nothing.",
    )
    if findings.later:
        number, end = findings.later, material.register.as_of.date()
        said += Text(
            f"另有{number}处日期晚于截止日（{end}）：台账在该日之后仍有登记，不涉及本期数字，未列为问题。",
            f" {number_of(number, 'date')} after the day to which it is read ({end}), as the register goes on "
            "after it, touch no figure and are not counted.",
        )
    return Section(
        "quality",
        str(Text("数据质量", "Data quality")),
        (
            Paragraph(str(said), strong=True),
            *([Paragraph(str(sentence(cases.joined)))] if cases.joined.zh else []),
            *(
                Paragraph(str(text))
                for text in (cases.known_by, cases.assumed, cases.as_formatted, cases.as_hidden, cases.unverifiable)
                if text.zh
            ),
            *([Paragraph(str(sentence(begun.text)))] if begun.leaves_out else []),
            inputs,
            *([set_aside] if len(set_aside.frame) else [Paragraph(str(NOTHING))]),
            *([replace(by_rule, finding=str(said))] if len(by_rule.frame) else []),
        ),
        annex=True,
    )


def _by_sheet(cases: Cases) -> pd.DataFrame:
    """Count what became of the rows, headers apart; sheets are named where there are any, and added up where they tell whose cases those are."""
    sources, skipped = cases.sources, cases.skipped
    heads = (
        skipped[skipped["kind"] == "header"].groupby(KEYS)["rows"].sum() if len(skipped) else pd.Series(dtype="int64")
    )
    number = heads.reindex(pd.MultiIndex.from_frame(sources[KEYS]), fill_value=0).to_numpy() if len(heads) else 0
    counted = sources.assign(rows=sources["rows"] - number, skipped=sources["skipped"] - number)
    if telling := places_tell(cases):
        added = counted.assign(**dict.fromkeys(telling, HIDDEN)).groupby(["table", *KEYS], sort=False, as_index=False)
        counted = added[["rows", *COUNTS]].sum()
    return counted.drop(columns=["table"] if counted["sheet"].ne("").any() else ["table", "sheet"])


def _place(findings: pd.DataFrame) -> str:
    """Name the place of the first finding: its file, sheet and row, never what stands there."""
    file, sheet, row = findings[["file", "sheet", "row"]].iloc[0]
    at = " / ".join(part for part in (file, sheet) if isinstance(part, str) and part)
    return at if pd.isna(row) else f"{at} {Text(f'第{row}行', f'row {row}')}".strip()


def _excluded(material: Material) -> pd.DataFrame:
    """Rows set aside and skipped, by file and reason."""
    cases, parts = material.cases, []
    if len(cases.quarantine):
        parts.append(
            cases.quarantine.groupby(["file", "reason"], as_index=False).size().rename(columns={"size": "rows"})
        )
    skipped = cases.skipped.reindex(columns=["file", "kind", "rows"])
    skipped = skipped[skipped["kind"] != "header"]
    if len(skipped):
        skipped["reason"] = [str(term(f"kind_{kind}")) for kind in skipped["kind"]]
        parts.append(skipped.groupby(["file", "reason"])["rows"].sum().reset_index())
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["file", "reason", "rows"])
    return without_files(cases, table, "rows")
