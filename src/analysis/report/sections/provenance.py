"""Provenance: which files, known to which day, by which version."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.measures.indicators.side_tables import holds_none
from analysis.report.content import Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.manifest import file_given, frame_checksum, table_files, versions
from analysis.report.one_court import without_english
from analysis.returns.several_courts import others_named
from analysis.vocabulary.columns import columns
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.text import Text, listed

SHOWN_CHARACTERS = 16
NOT_REGISTERED = Text("台账没有登记", "Not in the register")
BESIDE_CASES = {
    "petitions": Text("信访", "petitions"),
    "coercive_measures": Text("强制措施", "coercive measures"),
    "aid": Text("司法救助", "judicial aid"),
}


def provenance(material: Material) -> Section:
    """Write where every number of the report comes from."""
    inputs = Table(
        id="provenance-inputs",
        caption=str(Text("输入文件及其校验和", "Input files and their checksums")),
        function="analysis.read_cases",
        frame=_short(pd.concat([material.cases.inputs[["file", "sha256"]], _others(material)], ignore_index=True)),
        note=str(Text("完整校验和见 manifest.json。", "manifest.json holds the checksums in full.")),
    )
    beside = () if material.peers is None else material.peers["court"].dropna().astype(str)
    names = str(without_english(material.register, *beside))
    known = day_text(material.register.as_of)
    said = Text(
        f"由 court-analysis {versions()['court-analysis']} 生成；台账截至{known.zh}。"
        "每个表和图的函数、参数和校验和见 manifest.json。",
        f"Made by court-analysis {versions()['court-analysis']}; register known to {known.en}. "
        "Function, parameters and checksum of every table and figure are in manifest.json.",
    )
    return Section(
        "provenance",
        str(Text("数据来源", "Provenance")),
        (Paragraph(str(said)), *_not_given(material), *([Paragraph(names)] if names else []), inputs),
        annex=True,
    )


def _not_given(material: Material) -> list[Paragraph]:
    """Say what was not given, so that nothing of it stands in the report."""
    court, given = material.court, material.returns
    others = Text("", "") if given is None else others_named(given, court)
    of_others = Text(f"（所给的是{others.zh}的）", f" (those given are of {others.en})") if others.zh else others
    own = Text(f"{court}的公布数字", f"published figures of {material.court_text.en}") + of_others
    absent = [
        *([own] if given is None or others.zh else []),
        *([] if material.peers is not None else [Text("其他法院的数字", "figures of other courts")]),
        *([] if material.earlier else [Text("本院以往年度报告的清单", "manifests of earlier reports of the court")]),
    ]
    return [*_absent(Text("未提供", "Not given"), absent), *_absent(NOT_REGISTERED, _not_registered(material))]


def _absent(why: Text, absent: list[Text]) -> list[Paragraph]:
    """Say what the report has no part on, and why; nothing where nothing is absent."""
    what = listed(absent)
    said = Text(f"{why.zh}：{what.zh}，报告中没有相应部分。", f"{why.en}: {what.en}; the report has no part on them.")
    return [Paragraph(str(said))] if absent else []


def _not_registered(material: Material) -> list[Text]:
    """What the register itself does not keep: no officers, and none of the tables beside the cases."""
    officers = [columns()["officer"].text] if material.cases.lacking("officer") else []
    return officers + [text for table, text in BESIDE_CASES.items() if holds_none(material.cases, table)]


def _others(material: Material) -> pd.DataFrame:
    """The printed figures (the checksum of the table as read), and the court's own files of definitions and quotas."""
    rows = [
        (str(Text("、", ", ")).join(table_files(table, material.own_words)), frame_checksum(table))
        for table in (material.returns, material.peers)
        if table is not None
    ]
    own = dict.fromkeys(name for name in (material.definitions, material.scheme) if name and Path(name).is_file())
    rows += [pair for name in own for pair in file_given(name, material.own_words).items()]
    return pd.DataFrame(rows, columns=["file", "sha256"])


def _short(inputs: pd.DataFrame) -> pd.DataFrame:
    """File and the first characters of its checksum: a page has no room for 64 of them."""
    return inputs[["file", "sha256"]].assign(sha256=inputs["sha256"].astype("str").str[:SHOWN_CHARACTERS])
