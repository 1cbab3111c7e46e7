"""Correctness of entries in words: title and alt text, from the numbers drawn."""

from __future__ import annotations

import pandas as pd

from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

FAULTS = ("late", "missing", "wrong")


def words_of(rows: pd.DataFrame, share: pd.Series) -> tuple[Text, Text]:
    """Title and alt text: how many were correct, what was wrong of the rest, and the month with the least."""
    cases, correct = int(rows["cases"].sum()), int(rows["correct"].sum())
    counts = {name: number(rows[name].sum(), 0) for name in FAULTS}
    first, last, worst = (period_text(rows["period"].iloc[place], "M") for place in (0, -1, int(share.argmin())))
    part, least = number(100 * correct / cases, 2), number(float(share.min()), 2)
    faults = Text(
        "、".join(f"{term(name).zh}{count}件" for name, count in counts.items()),
        ", ".join(f"{count} {term(name).en}" for name, count in counts.items()),
    )
    title = Text(f"登记正确率{part}%：{faults.zh}", f"{part}% entered correctly: {faults.en}")
    alt = Text(
        f"线图和面积图，{first.zh}至{last.zh}：{number(cases)}件中正确{number(correct)}件（{part}%），{faults.zh}；"
        f"最低在{worst.zh}（{least}%）。",
        f"Line and areas, {first.en} to {last.en}: {number(correct)} of {number(cases)} correct ({part}%), {faults.en}; "
        f"lowest in {worst.en} ({least}%).",
    )
    return title, alt
