"""The findings of a register rule by rule: how many, and where to look first."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.sources import places_tell
from analysis.checks.checks import as_shown_outside, found_in
from analysis.checks.context import REGISTER_RULES, Found, Register
from analysis.checks.later_dates import goes_on_until, without_later
from analysis.checks.row_rules import RULES
from analysis.checks.workbook import QUARANTINED, quarantined
from analysis.vocabulary.text import LANGUAGES, Text, in_language, joined

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from analysis.cases.table import Cases

Rule = tuple[str, str]  # its severity and id

COLUMNS = ["severity", "rule", "count", "first_at"]
EXAMPLES = 2
SEVERITIES = ("error", "warning", "info")
OF_A_SHEET = ("file", "sheet")
RULE_ORDER = list(dict.fromkeys([QUARANTINED, *(r.id for r in RULES), *(r.id for r in REGISTER_RULES)]))


def count_findings(cases: Cases, *, cut: bool = False, names: bool = False) -> tuple[pd.DataFrame, int]:
    """Check a register; return its findings and quarantined rows one row a rule, the worst and most frequent first, and how many dates are no mistakes.

    Columns ``severity, rule, count, first_at``: of the first two file and sheet (where there are several), row and case number, in both
    languages; of one that is about no row, what is wrong. Dates that the register holds because it goes on are only counted (``later_dates``;
    ``cut`` there). No more than the first findings of a rule is ever put in words or kept: the memory does not depend on how dirty it is.

    >>> from analysis.cases.table import Cases
    >>> two = pd.DataFrame({"case_no": ["（2011）富执字第1号", "（2011）富执字第2号"], "filed_on": "2011-03-04", "closed_on": "2011-03-01"})
    >>> table, later = count_findings(Cases.from_frames(two, as_of="2011-12-31"))
    >>> table[["rule", "count"]].values.tolist(), later
    ([['closed_before_filed', 2]], 0)
    """
    placed = names or not places_tell(cases)
    tally = Tally(goes_on_until(cases, cut=cut), placed=placed)
    met: dict[str, set[str]] = {name: set() for name in OF_A_SHEET}
    for found in chain(_set_aside(cases, names), found_in(Register(cases, names=names))):
        part = tally.add(found)
        for name in OF_A_SHEET:
            met[name] |= set(part.rows[f"source_{name}"].dropna().unique()) - {""}
    told = [name for name in OF_A_SHEET if placed and len(met[name]) > 1]
    counts = tally.counts
    order = sorted(counts, key=lambda of: (SEVERITIES.index(of[0]), -counts[of], RULE_ORDER.index(of[1])))
    shown = {of: part if names else as_shown_outside(cases, part) for of, part in tally.first.items()}
    rows = [[*of, counts[of], joined([_place(row, told) for row in shown[of].to_dict("records")]).cell] for of in order]
    return pd.DataFrame(rows, columns=COLUMNS), tally.later


class Tally:
    """Findings counted by rule as they are met: ``counts``, the ``first`` of each, and how many dates up to ``last`` are no mistakes (``later``).

    The first are those by file, sheet and row; where no finding may be ``placed`` by number, for the first of them would be of one sheet.
    """

    def __init__(self, last: pd.Timestamp, *, placed: bool = True) -> None:
        self.counts, self.first, self.later = Counter[Rule](), dict[Rule, pd.DataFrame](), 0
        self._last, self._placed = last, placed

    def add(self, found: Found) -> Found:
        """Count what a rule found; return it without the dates that are no mistakes."""
        part = without_later(found, self._last)
        self.later += len(found) - len(part)
        for of, own in by_severity(part):
            self.counts[of] += len(own)
            told = own.told(_first(own.rows) if self._placed else _first_by_number(own.rows))
            met = pd.concat([self.first.get(of, pd.DataFrame()), told], ignore_index=True)
            self.first[of] = _least(met, ["table", *OF_A_SHEET, "row", "field"] if self._placed else ["case_no"])
        return part

    def of_severity(self, severity: str) -> int:
        """Count the findings of a severity."""
        return sum(number for (own, _), number in self.counts.items() if own == severity)


class WrongRows:
    """Rows of cases with an error, noted as they are met: by file, sheet and row, or by number where they stand in none."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, set[int]] = {}
        self._numbers: set[str] = set()

    def add(self, found: Found) -> None:
        """Note the rows of cases in which a rule found an error."""
        for (severity, _), own in by_severity(found):
            if severity == "error" and own.table == "cases":
                self._numbers |= set(own.rows.loc[own.rows["source_row"].isna(), "case_no"].dropna())
                for sheet, numbers in _by_sheet(own.rows):
                    self._rows.setdefault(sheet, set()).update(numbers.tolist())

    def among(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows of cases have an error."""
        are_wrong = rows["case_no"].isin(self._numbers)
        for sheet, numbers in _by_sheet(rows):
            are_wrong[numbers.index] |= numbers.isin(self._rows.get(sheet, ()))
        return are_wrong


def _by_sheet(rows: pd.DataFrame) -> Iterator[tuple[Hashable, pd.Series]]:
    placed = rows[rows["source_row"].notna()]
    sheets = [placed[f"source_{name}"].astype("str").fillna("") for name in OF_A_SHEET]
    yield from placed["source_row"].astype("int64").groupby(sheets, sort=False)


def _set_aside(cases: Cases, names: bool) -> Iterator[Found]:
    """The quarantined rows, as what a rule found."""
    if len(rows := cases.quarantine):
        placed = rows.rename(columns={name: f"source_{name}" for name in ("file", "sheet", "row")})
        yield Found(
            placed,
            QUARANTINED,
            "error",
            "",
            lambda at: quarantined(cases, names=names, rows=rows.iloc[at]).drop(columns="held"),
        )


def by_severity(found: Found) -> Iterator[tuple[Rule, Found]]:
    """Yield what a rule found, for each severity apart."""
    if isinstance(found.severity, str):
        if len(found):
            yield (found.severity, found.rule), found
        return
    for severity in dict.fromkeys(found.severity):
        yield (severity, found.rule), found.only(found.severity == severity)


def _first(rows: pd.DataFrame) -> np.ndarray:
    """The positions of the first rows, by file, sheet and row."""
    number = rows["source_row"].to_numpy(dtype="float64", na_value=np.inf)
    if any((rows[f"source_{name}"] != rows[f"source_{name}"].iloc[0]).any() for name in OF_A_SHEET):
        keys = [rows[f"source_{name}"].astype("str").fillna("\uffff") for name in reversed(OF_A_SHEET)]
        return np.lexsort([number, *(pd.factorize(key, sort=True)[0] for key in keys)])[:EXAMPLES]
    return np.argsort(number, kind="stable")[:EXAMPLES]


def _first_by_number(rows: pd.DataFrame) -> np.ndarray:
    """The positions of the first rows by case number, or of rows set aside by what they hold."""
    return np.argsort(rows["case_no" if "case_no" in rows else "values"].astype("str"), kind="stable")[:EXAMPLES]


def _least(findings: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    written = findings.astype(dict.fromkeys(("table", *OF_A_SHEET, "field", "case_no"), "str"))
    order = written.sort_values(by, kind="stable").index
    return findings.loc[order[:EXAMPLES]]


def _place(row: dict[Hashable, Any], told: list[str]) -> Text:
    where = [str(row[name]) for name in told if row[name] and not pd.isna(row[name])]
    case = "" if row["case_no"] is None or pd.isna(row["case_no"]) else str(row["case_no"])
    if pd.isna(row["row"]) and not case:
        return Text(*(in_language(str(row["problem"]), language) for language in LANGUAGES))
    at = Text("", "") if pd.isna(row["row"]) else Text(f"第{row['row']}行", f"row {row['row']}")
    said = ([*where, in_language(at.cell, language), in_language(case, language)] for language in LANGUAGES)
    return Text(*(" ".join(words).strip() for words in said))
