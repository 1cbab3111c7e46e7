"""The minutes of a data review: a table that the meeting fills in, and what the next review reads from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.observations.data_review import DataReview

BLANK = "　" * 6  # room to write in
COLUMNS = {
    "matter": Text("议定事项", "Matter decided"),
    "indicator": Text("指标", "Indicator"),
    "figure": Text("本期数值", "Figure"),
    "measure": Text("措施", "Measure"),
    "who": Text("责任人", "By whom"),
    "when": Text("时限", "By when"),
    "outcome": Text("办理情况", "What came of it"),
}
FILLED = ("matter", "measure", "who", "when", "outcome")  # what the meeting writes
FREE_ROWS = 3  # for matters that are of no indicator


def minutes_table(indicators: Sequence[tuple[Text, Text]]) -> pd.DataFrame:
    """Return the table to fill in: a row for each of the weakest indicators with its figure, and free rows.

    >>> minutes_table([(Text("结案率", "closure rate"), Text("83.53%", "83.53%"))])["figure"].str.strip().tolist()
    ['83.53%\\n83.53%', '', '', '']
    """
    rows = [
        {**dict.fromkeys(COLUMNS, BLANK), "indicator": name.cell, "figure": value.cell} for name, value in indicators
    ]
    rows += [dict.fromkeys(COLUMNS, BLANK)] * FREE_ROWS
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_minutes(path: str | Path) -> pd.DataFrame:
    """Read the filled-in minutes of a former review from its Word document: a row a matter, its number and columns as ``COLUMNS``.

    Raises ``InputError`` for a file that is no Word document, and for one without the table.
    """
    source = open_source(Path(path), str(path))
    for sheet in sheets_of(replace(source, format="document_tables")):
        rows = [[str(cell or "").strip() for cell in cells] for _, cells in sheet.rows()]
        if rows and (places := _places(rows[0])):
            table = pd.DataFrame(
                [{name: row[at] for name, at in places.items()} for row in rows[1:]], columns=list(places)
            )
            table = table.reindex(columns=list(COLUMNS), fill_value="")
            table.insert(0, "number", [str(n) for n in range(1, len(table) + 1)])
            written = (table[list(FILLED)] != "").any(axis=1)
            return table[written].reset_index(drop=True)
    headings = [str(COLUMNS[name]) for name in ("matter", "measure", "outcome")]
    raise InputError(
        f"{path}：没有会商纪要表（表头应有“{'”“'.join(headings)}”）。请给出上次会商材料的 Word 文件。",
        f"{path} holds no table of minutes (with the headings {', '.join(headings)}). Name the Word document of the former review.",
    )


def _places(heads: Sequence[str]) -> dict[str, int]:
    """Where the columns of the minutes stand under these headings, in either language; nothing where it is another table."""
    found = {name: heads.index(word) for name, text in COLUMNS.items() for word in (text.zh, text.en) if word in heads}
    return found if {"matter", "measure", "outcome"} <= set(found) else {}


def what_became(former: pd.DataFrame, review: DataReview) -> pd.DataFrame:
    """Return what was decided last time, what was written of it, and where its indicator stands now."""
    from analysis.observations.data_review import shown_figure

    now = [review.named(name) if name else None for name in former["indicator"]]
    shown = ["" if row is None else shown_figure(row).cell for row in now]
    named = [was if row is None else row["indicator"] for was, row in zip(former["indicator"], now, strict=True)]
    return former.assign(indicator=named, now=shown)
