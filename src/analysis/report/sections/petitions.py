"""Petitions, judicial aid and coercive measures."""

from __future__ import annotations

import pandas as pd

from analysis.report import words
from analysis.report.content import COUNT, DATE, DECIMAL, RATE, Paragraph, Section, Table
from analysis.report.material import Material
from analysis.report.sections.annual import YEAR_ON_YEAR
from analysis.vocabulary.language import Text


def petitions(material: Material) -> Section:
    """Petitions about enforcement, coercive measures and judicial aid of the year and the year before."""
    from analysis.measures.aid import aid as granted
    from analysis.measures.coercion import coercive_measures
    from analysis.measures.petitions import petitions as received

    found = received(material.cases, years=material.years)
    window = {"period_start": DATE, "period_end": DATE}
    shown = [
        "period_start",
        "period_end",
        "opening",
        "received",
        "resolved",
        "pending",
        "settlement_rate",
        "lower",
        "upper",
    ]
    rates = {"settlement_rate": RATE, "lower": RATE, "upper": RATE, "per_100_closed": RATE}
    counted = dict.fromkeys(
        ("opening", "received", "resolved", "pending", "petitions", "measures", "persons", "cases", "closed", "grants"),
        COUNT,
    )
    years = {"years": material.years}
    tables = [
        Table(
            id="petitions-by-year",
            caption=str(Text("涉执信访", "Petitions about enforcement")),
            function="analysis.petitions",
            parameters=years,
            frame=found.table[shown],
            formats=window | counted | rates,
        ),
        Table(
            id="petitions-outcomes",
            caption=str(Text("信访的化解方式", "How petitions were resolved")),
            function="analysis.petitions",
            parameters=years,
            frame=found.outcomes,
            formats=window | counted,
        ),
    ]
    measures = coercive_measures(material.cases, years=material.years).drop(columns="note", errors="ignore")
    tables.append(
        Table(
            id="petitions-coercive-measures",
            caption=str(Text("强制措施", "Coercive measures")),
            function="analysis.coercive_measures",
            parameters=years,
            frame=measures,
            formats=window | counted | rates | {"amount": DECIMAL},
        )
    )
    tables.append(
        Table(
            id="petitions-aid",
            caption=str(Text("司法救助（万元）", "Judicial aid (10,000 yuan)")),
            function="analysis.aid",
            parameters=years,
            frame=granted(material.cases, years=material.years).drop(columns="note", errors="ignore"),
            formats=window | counted | {"amount": DECIMAL, "without_amount": COUNT},
        )
    )
    heading = str(Text("信访、救助和强制措施", "Petitions, aid and coercive measures"))
    return Section("petitions", heading, (Paragraph(str(_said(found.table, material.year))), *tables))


def _said(table: pd.DataFrame, year: int) -> Text:
    """The year's petitions in a sentence or two, beside the year before where the table has it."""
    now, before = table.iloc[-1], table.iloc[-2] if len(table) > 1 else None
    received, pending = int(now["received"]), int(now["pending"])
    if not received and not pending:
        return Text(f"{year}年没有涉执信访。", f"No petitions about enforcement in {year}.")
    count = Text(f"{received}件", f"{received} petition{'' if received == 1 else 's'}")
    move = words.change(received, None if before is None else before["received"], against=YEAR_ON_YEAR)
    resolved, left = int(now["resolved_of_received"]), words.cases(pending)
    said = Text(
        f"{year}年收到涉执信访{count.zh}，{move.zh}；其中年内化解{resolved}件，年末未结{left.zh}",
        f"{count.en} about enforcement came in {year}, {move.en}; {resolved} of them resolved in the year, {pending} pending "
        "at its end",
    )
    if not pd.isna(now["settlement_rate"]):
        shown = words.rate(now["settlement_rate"]) + words.interval(now["lower"], now["upper"])
        said += Text(f"，息访率{shown.zh}", f"; settlement rate {shown.en}")
    return words.sentence(said)
