"""Petitions, judicial aid and coercive measures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.content import COUNT, DATE, DECIMAL, RATE, Block, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.report.sections.situation import YEAR_ON_YEAR
from analysis.vocabulary import sentences
from analysis.vocabulary.text import Text, number_of, spaced, text_of_cell

PETITIONS = (
    "period_start",
    "period_end",
    "opening",
    "received",
    "resolved",
    "pending",
    "settlement_rate",
    "lower",
    "upper",
)
WINDOW = ("period_start", "period_end")
COUNTS = ("opening", "received", "resolved", "pending", "petitions", "measures", "persons", "cases", "closed", "grants")
COUNTED = dict.fromkeys(WINDOW, DATE) | dict.fromkeys((*COUNTS, "without_amount"), COUNT)
RATES = dict.fromkeys(("settlement_rate", "lower", "upper", "per_100_closed"), RATE) | {"amount": DECIMAL}


def petitions(material: Material) -> Section:
    """Petitions about enforcement, coercive measures and judicial aid of the year and the year before."""
    from analysis.measures.petitions import petitions as received

    years: dict[str, Any] = {"periods": material.years, "calendar": material.calendar}
    found, grants, measures = received(material.cases, **years), material.aid, material.coercive_measures
    blocks: list[Block] = []
    said = ""
    if not pd.isna(found.table["received"].iloc[-1]):
        said = str(_said(found.table, material))
        blocks.append(Paragraph(said))
        caption = str(Text("信访的化解方式", "How petitions were resolved"))
        outcomes = Table(
            "petitions-outcomes", caption, "analysis.petitions", years, frame=found.outcomes, formats=COUNTED
        )
    else:
        outcomes = None
    caption = str(Text("涉执信访", "Petitions about enforcement"))
    shown = found.table[[*PETITIONS, "note"]]
    blocks += _table("petitions-by-year", caption, "analysis.petitions", years, shown, "received", said)
    blocks += [outcomes] if outcomes is not None and len(outcomes.frame) else []
    caption = str(Text("强制措施", "Coercive measures"))
    blocks += _table("petitions-coercive-measures", caption, "analysis.coercive_measures", years, measures, "measures")
    caption = str(Text("司法救助（万元）", "Judicial aid (10,000 yuan)"))
    blocks += _table("petitions-aid", caption, "analysis.aid", years, grants, "grants")
    if not any(isinstance(block, Table) for block in blocks):  # the page on sources says that there are no such records
        blocks = []
    return Section(
        "petitions",
        str(Text("信访、救助和强制措施", "Petitions, aid and coercive measures")),
        tuple(blocks),
        annex=True,
    )


def _table(
    name: str,
    caption: str,
    function: str,
    parameters: dict[str, Any],
    frame: pd.DataFrame,
    counted: str,
    finding: str = "",
) -> list[Block]:
    """The table with its notes below it; where the register has no such records, the note in its place."""
    notes = [
        sentences.sentence(text_of_cell(cell))
        for cell in dict.fromkeys(frame["note"])
        if isinstance(cell, str) and cell
    ]
    if not frame[counted].notna().any():
        return [Paragraph(str(note)) for note in notes]
    note = spaced(notes)
    table = Table(
        name,
        caption,
        function,
        parameters,
        note=note,
        frame=frame.drop(columns="note"),
        formats=COUNTED | RATES,
        finding=finding,
    )
    return [table]


def _said(table: pd.DataFrame, material: Material) -> Text:
    """The year's petitions in a sentence or two, beside the year before where the table has it."""
    now, before, year = table.iloc[-1], table.iloc[-2] if len(table) > 1 else None, material.year
    received, pending = int(now["received"]), int(now["pending"])
    if not received and not pending:
        return Text(f"{year}年没有涉执信访。", f"No petitions about enforcement in {year}.")
    count = Text(f"{received}件", number_of(received, "petition"))
    base = None if before is None else before["received"]
    move = sentences.change(received, base, against=YEAR_ON_YEAR, unit="件")
    compared = Text(f"，{move.zh}", f", {move.en}") if material.is_over else Text("", "")
    resolved, left = int(now["resolved_of_received"]), sentences.cases(pending)
    said = Text(
        f"{year}年收到涉执信访{count.zh}{compared.zh}；其中年内化解{resolved}件，{material.end_named.zh}未结{left.zh}",
        f"{count.en} about enforcement came in {year}{compared.en}; {resolved} of them resolved in the year, {pending} pending "
        + ("at its end" if material.is_over else f"on {material.end_named.en}"),
    )
    if received >= sentences.LEAST_BASE and not pd.isna(now["settlement_rate"]):  # of few both numbers are said
        shown = sentences.rate(now["settlement_rate"]) + sentences.interval(now["lower"], now["upper"])
        said += Text(f"，息访率{shown.zh}", f"; settlement rate {shown.en}")
    return sentences.sentence(said)
