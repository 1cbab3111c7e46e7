"""Data quality: what was read, what was not, and what a clerk should look at."""

from __future__ import annotations

import pandas as pd

from analysis.report.content import COUNT, Paragraph, Section, Table
from analysis.report.material import Material
from analysis.vocabulary.language import Text
from analysis.vocabulary.terms import term


def quality(material: Material) -> Section:
    """Rows read, kept, quarantined and skipped, and the findings by rule."""
    cases = material.cases
    inputs = Table(
        id="quality-inputs",
        caption=str(Text("读入的文件：行数 = 采用 + 隔离 + 略过", "Files read: rows = kept + quarantined + skipped")),
        function="analysis.read_cases",
        frame=cases.inputs.drop(columns=[c for c in ("sha256", "path") if c in cases.inputs]),
        formats=dict.fromkeys(("rows", "kept", "quarantined", "skipped"), COUNT),
    )
    set_aside = Table(
        id="quality-exclusions",
        caption=str(Text("未计入任何数字的行", "Rows that no figure counts")),
        function="analysis.read_cases",
        frame=_excluded(material),
        formats={"rows": COUNT},
    )
    findings = material.findings
    counted = findings.groupby(["rule", "severity"], as_index=False).size().rename(columns={"size": "count"})
    first = findings.drop_duplicates("rule")[["rule", "problem"]]
    by_rule = Table(
        id="quality-findings",
        caption=str(Text("检查发现（按规则）", "Findings by rule")),
        function="analysis.check_cases",
        frame=counted.merge(first, on="rule")[["rule", "severity", "count", "problem"]]
        if len(counted)
        else pd.DataFrame(columns=["rule", "severity", "count", "problem"]),
        formats={"count": COUNT},
    )
    errors = int((findings["severity"] == "error").sum())
    said = Text(
        f"台账检查共发现{len(findings)}处，其中错误级{errors}处。",
        f"The checks of the register found {len(findings)} things to look at, {errors} of them errors.",
    )
    return Section(
        "quality",
        str(Text("数据质量", "Data quality")),
        (Paragraph(str(said), strong=True), inputs, set_aside, by_rule),
    )


def _excluded(material: Material) -> pd.DataFrame:
    """Rows set aside and skipped, by file and reason."""
    cases, parts = material.cases, []
    if len(cases.quarantine):
        parts.append(
            cases.quarantine.groupby(["file", "reason"], as_index=False).size().rename(columns={"size": "rows"})
        )
    if len(cases.skipped):
        parts.append(
            cases.skipped.assign(reason=[str(term(kind)) for kind in cases.skipped["kind"]])[["file", "reason", "rows"]]
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["file", "reason", "rows"])
