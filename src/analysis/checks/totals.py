"""What a register states of itself in rows of totals, held against the rows that they may cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import ibis
import numpy as np
import pandas as pd

from analysis.cases.table import Cases
from analysis.files.cell_text import plain
from analysis.register.cells import read_code

HALF_FEN = 0.005
NAMED_IN = ("court", "team", "officer")
CODED_IN = ("closure_mode", "case_type")
TEXTS = tuple(f"{column}_text" for column in CODED_IN)  # in the court's own words
OF_CASES = re.compile("案件?$")
OF_TIME = re.compile(
    r"[\d一二三四五六七八九十〇元年季月周旬日号度份本第上中下半全前后个累计至到页.~—–-]+"
)  # rows of a time or a page stand together
A_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(?:(新收|[收立]案)|(结案|已结|办结))?(?:案件?)?")


def totals_that_differ(cases: Cases) -> list[dict[str, Any]]:
    """Return the stated totals that are neither the sum of the sheet, nor of the rows between them and a total above, nor of the rows that they name.

    Each with ``nearest``: the nearest of these. A total of something else than a court, a team, an officer, a closure mode, a case type, a time or a page
    is not judged.
    """
    stated = cases.totals
    if not len(stated) or cases.whole is not None:  # of some cases alone no total is stated
        return []
    found: list[dict[str, Any]] = []
    for (file, sheet), entries in stated[stated["table"] == "cases"].fillna({"label": ""}).groupby(["file", "sheet"]):
        here = (cases.table.source_file == file) & (cases.table.source_sheet == sheet)
        wanted = dict.fromkeys(
            ["source_row", "case_no", "filed_on", "closed_on", *NAMED_IN, *CODED_IN, *TEXTS, *entries["column"]]
        )
        kept = cases.table.filter(here)[list(wanted)].to_pandas()
        versions = _with_repeated(cases, kept, str(file), str(sheet))
        for column, own in entries.groupby("column") if versions else ():
            ordered = own.sort_values("row")
            for i, entry in enumerate(ordered.to_dict(orient="records")):
                is_number = pd.notna(entry["number"])
                sums, named = [], []
                for held in versions:
                    at = np.searchsorted(held["source_row"], ordered["row"])
                    each = held[column].notna().astype(float) if is_number else held[column].fillna(0.0)
                    sums += _sums(each, at, i)
                    named += [s for rows in _of_name(held, entry["label"]) for s in _sums(each.where(rows, 0.0), at, i)]
                if entry["label"] and not named and not OF_TIME.fullmatch(entry["label"]):
                    continue
                said = entry["number"] if is_number else entry["yuan"]
                nearest = min([*sums, *named], key=lambda one: abs(one - said))
                if abs(nearest - said) > (0 if is_number else entry["half"] + HALF_FEN):
                    found.append(
                        {str(k): v for k, v in entry.items()} | {"nearest": nearest, "said": said, "case_no": None}
                    )
    return found


def _with_repeated(cases: Cases, kept: pd.DataFrame, file: str, sheet: str) -> list[pd.DataFrame]:
    """The rows of a sheet as its total may count them: those kept, and with those that repeat another; nothing where these cannot be told."""
    skipped, kept = cases.skipped_rows, kept.sort_values("source_row", ignore_index=True)
    if skipped.empty:
        return [kept]
    here = skipped[(skipped["file"] == file) & (skipped["sheet"] == sheet) & (skipped["kind"] == "repeated")]
    if here.empty:
        return [kept]
    numbers = here[["held"]].rename(columns={"held": "case_no"})
    once = cases.table.semi_join(ibis.memtable(numbers.drop_duplicates()), "case_no")[list(kept)].to_pandas()
    rows = numbers.assign(source_row=here["row"]).merge(once.drop(columns="source_row"), on="case_no")
    if len(rows) != len(here):  # the number is of several cases, or written in another way
        return []
    return [kept, pd.concat([kept, rows[list(kept)]]).sort_values("source_row", ignore_index=True)]


def _sums(each: pd.Series, at: np.ndarray, i: int) -> list[float]:
    """What the ``i``-th of the totals that stand ``at`` these rows may be: the sum of the sheet, of the rows above, or of those since a total above."""
    above = np.append(0.0, each.cumsum())  # by how many rows are above
    return [float(above[-1]), *(float(above[at[i]] - above[start]) for start in (0, *at[:i]))]


def _of_name(held: pd.DataFrame, label: str) -> Iterator[pd.Series]:
    """The rows that a label names: of a court, a team or an officer, of a closure mode or a case type, or of a year of filing or of closing."""
    for column in NAMED_IN:
        same = [name for name in held[column].dropna().unique() if plain(name) == label]
        if same:
            yield held[column].isin(same)
    for column in CODED_IN:
        written = held[column + "_text"].map(plain)
        for word in {label, OF_CASES.sub("", label)} - {""}:
            code = read_code(word, column)
            if code in {*held[column].dropna()} - {"other"} or word in {*written}:
                yield (held[column] == code) | (written == word)
                yield written == word
    if year := A_YEAR.fullmatch(label):
        for column, other in (("filed_on", year[3]), ("closed_on", year[2])):
            if not other:
                yield held[column].dt.year == int(year[1])
