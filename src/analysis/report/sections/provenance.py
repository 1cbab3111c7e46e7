"""Provenance: which files, known to which day, by which version."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.report.content import Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.manifest import frame_checksum, sha256, versions
from analysis.vocabulary.text import Text

SHOWN_CHARACTERS = 16


def provenance(material: Material) -> Section:
    """Write where every number of the report comes from."""
    inputs = Table(
        id="provenance-inputs",
        caption=str(Text("输入文件及其校验和", "Input files and their checksums")),
        function="analysis.read_cases",
        frame=_short(pd.concat([material.cases.inputs[["file", "sha256"]], _others(material)], ignore_index=True)),
        note=str(Text("完整校验和见 manifest.json。", "manifest.json holds the checksums in full.")),
    )
    said = Text(
        f"由 court-analysis {versions()['court-analysis']} 生成；台账截至{material.register.as_of.date()}。"
        "每个表和图的函数、参数和校验和见 manifest.json。",
        f"Made by court-analysis {versions()['court-analysis']}; register known to {material.register.as_of.date()}. "
        "Function, parameters and checksum of every table and figure are in manifest.json.",
    )
    return Section(
        "provenance",
        str(Text("数据来源", "Provenance")),
        (Paragraph(str(said)), *_not_given(material), inputs),
        annex=True,
    )


def _not_given(material: Material) -> list[Paragraph]:
    """Say what was not given, so that nothing of it stands in the report."""
    court = material.court
    own = material.returns is not None and (material.returns["court"] == court).any()
    absent = [
        *([] if own else [Text(f"{court}的公布数字", f"published figures of {material.court_text.en}")]),
        *([] if material.peers is not None else [Text("其他法院的数字", "figures of other courts")]),
        *([] if material.earlier else [Text("本院以往年度报告的清单", "manifests of earlier reports of the court")]),
    ]
    if not absent:
        return []
    zh, en = "、".join(text.zh for text in absent), ", ".join(text.en for text in absent)
    return [
        Paragraph(str(Text(f"未提供：{zh}，报告中没有相应部分。", f"Not given: {en}; the report has no part on them.")))
    ]


def _others(material: Material) -> pd.DataFrame:
    """The printed figures (the checksum of the table as read), and the court's own files of definitions and quotas."""
    rows = [
        (str(Text("、", ", ")).join(sorted(set(table["file"].astype(str)))), frame_checksum(table))
        for table in (material.returns, material.peers)
        if table is not None
    ]
    own = dict.fromkeys(name for name in (material.definitions, material.scheme) if name and Path(name).is_file())
    rows += [(Path(name).name, sha256(Path(name).read_bytes())) for name in own]
    return pd.DataFrame(rows, columns=["file", "sha256"])


def _short(inputs: pd.DataFrame) -> pd.DataFrame:
    """File and the first characters of its checksum: a page has no room for 64 of them."""
    return inputs[["file", "sha256"]].assign(sha256=inputs["sha256"].astype("str").str[:SHOWN_CHARACTERS])
