"""What a register states of itself in rows of totals, held against the rows that they may cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases
from analysis.files.cell_text import plain

HALF_FEN = 0.005
NAMED_IN = ("court", "team", "officer")
OF_TIME = re.compile("[年季月周旬日]|半年|页")  # rows of a time or a page stand together
A_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")


def totals_that_differ(cases: Cases) -> list[dict[str, Any]]:
    """Return the stated totals that are neither the sum of the sheet, nor of the rows between them and a total above, nor of the rows that they name.

    Each with ``nearest``: the nearest of these. A total of something else than a court, a team, an officer, a time or a page is not judged.
    """
    stated = cases.totals
    if not len(stated) or cases.whole is not None:  # of some cases alone no total is stated
        return []
    found: list[dict[str, Any]] = []
    for (file, sheet), entries in stated[stated["table"] == "cases"].fillna({"label": ""}).groupby(["file", "sheet"]):
        here = (cases.table.source_file == file) & (cases.table.source_sheet == sheet)
        wanted = dict.fromkeys(["source_row", "case_no", "filed_on", "closed_on", *NAMED_IN, *entries["column"]])
        held = cases.table.filter(here)[list(wanted)].to_pandas().sort_values("source_row", ignore_index=True)
        for column, own in entries.groupby("column"):
            ordered = own.sort_values("row")
            at = np.searchsorted(held["source_row"], ordered["row"])
            for i, entry in enumerate(ordered.to_dict(orient="records")):
                is_number = pd.notna(entry["number"])
                each = held[column].notna().astype(float) if is_number else held[column].fillna(0.0)
                above = np.append(0.0, each.cumsum())  # by how many rows are above
                sums = [float(above[-1]), *(float(above[at[i]] - above[start]) for start in (0, *at[:i]))]
                named = list(_of_name(held, each, entry["label"]))
                if entry["label"] and not named and not OF_TIME.search(entry["label"]):
                    continue
                said = entry["number"] if is_number else entry["yuan"]
                nearest = min([*sums, *named], key=lambda one: abs(one - said))
                if abs(nearest - said) > (0 if is_number else entry["half"] + HALF_FEN):
                    found.append(
                        {str(k): v for k, v in entry.items()} | {"nearest": nearest, "said": said, "case_no": None}
                    )
    return found


def _of_name(held: pd.DataFrame, each: pd.Series, label: str) -> Iterator[float]:
    """The sums of the rows that a label names: of a court, a team or an officer, or of a year of filing or of closing."""
    for column in NAMED_IN:
        same = [name for name in held[column].dropna().unique() if plain(name) == label]
        if same:
            yield float(each[held[column].isin(same)].sum())
    if year := A_YEAR.fullmatch(label):
        for column in ("filed_on", "closed_on"):
            yield float(each[held[column].dt.year == int(year[1])].sum())
