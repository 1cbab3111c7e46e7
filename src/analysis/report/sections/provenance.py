"""Provenance: which files, known to which day, by which version."""

from __future__ import annotations

import pandas as pd

from analysis.report.content import Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.manifest import versions
from analysis.vocabulary.language import Text

SHOWN_CHARACTERS = 16


def provenance(material: Material) -> Section:
    """Where every number of the report comes from."""
    inputs = Table(
        id="provenance-inputs",
        caption=str(Text("输入文件及其校验和", "Input files and their checksums")),
        function="analysis.read_cases",
        frame=_short(material.cases.inputs),
        note=str(Text("完整校验和见 manifest.json。", "manifest.json holds the checksums in full.")),
    )
    said = Text(
        f"由 court-analysis {versions()['court-analysis']} 生成；台账截至 {material.register.as_of.date()}。"
        "每个表和图的函数、参数和校验和见 manifest.json。",
        f"Made by court-analysis {versions()['court-analysis']}; register known to {material.register.as_of.date()}. "
        "Function, parameters and checksum of every table and figure are in manifest.json.",
    )
    return Section("provenance", str(Text("数据来源", "Provenance")), (Paragraph(str(said)), inputs))


def _short(inputs: pd.DataFrame) -> pd.DataFrame:
    """File and the first characters of its checksum: a page has no room for 64 of them."""
    return inputs[["file", "sha256"]].assign(sha256=inputs["sha256"].astype("str").str[:SHOWN_CHARACTERS])
