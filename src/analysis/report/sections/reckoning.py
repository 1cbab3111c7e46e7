"""How each statement was reckoned: what its figures are and are made of, and the call that gives them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.report.content import RECKONED, Block, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary.text import Text


def reckoned(material: Material, sections: Sequence[Section]) -> list[Section]:
    """Return the sections with each statement that has figures marked, and the annex that the marks lead to."""
    rows: dict[tuple[str, tuple[str, ...]], int] = {}
    marked = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.calls:
                place = rows.setdefault((block.basis, block.calls), len(rows) + 1)
                block = replace(block, place=place)  # noqa: PLW2901 - the same paragraph, marked
            blocks.append(block)
        marked.append(replace(section, blocks=tuple(blocks)))
    return [*marked, _annex(material, rows)] if rows else marked


def _annex(material: Material, rows: dict[tuple[str, tuple[str, ...]], int]) -> Section:
    frame = pd.DataFrame(
        {"mark": f"〔{place}〕", "basis": basis, "call": "; ".join(calls)} for (basis, calls), place in rows.items()
    )
    frame.attrs["table"] = "statements"
    read = f'cases = an.read_cases(…, as_of="{material.cases.as_of.date()}")'
    said = Text(
        f"正文中的标记（如〔1〕）指向本表的行：所述数字是什么、由什么得出，以及再次得出它的调用（import analysis as an；{read}；"
        "returns、peers 为所给的公布数字）。"
        "表和图的函数、参数见 manifest.json。",
        f"The marks in the text, such as 〔1〕, lead to the rows of this table: what the figures are, what they are made of, "
        f"and the call that gives them again (import analysis as an; {read}; returns and peers are the published figures "
        "given). Functions and parameters of tables and charts are in manifest.json.",
    )
    table = Table(
        id=RECKONED,
        caption=str(Text("各项陈述的口径、依据和调用", "Definition, base and call of each statement")),
        function="analysis.observations",
        parameters={"period": material.year, "definitions": material.shown_definitions},
        frame=frame,
    )
    heading = str(Text("各项陈述如何得出", "How each statement was reckoned"))
    return Section("reckoning", heading, (Paragraph(str(said)), table), annex=True)
