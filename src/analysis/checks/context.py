"""A register as its rules see it, and how a rule over the whole of it says what it found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.columns import schema
from analysis.cases.engine.batches import batches
from analysis.cases.sources import places_tell
from analysis.files.cell_text import plain
from analysis.register.case_numbers import case_number_parts, parse_case_number
from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from analysis.cases.table import Cases

PLACE = ["source_file", "source_sheet", "source_row"]
# What the rules over the whole register need of every case; all else is seen batch by batch only.
KEPT_COLUMNS = [
    "case_no",
    "court",
    "case_type",
    "filed_on",
    "original_case_no",
    "officer",
    "entered_on",
    "team",
    *PLACE,
]
REPEATED = ["court", "case_type", "officer", "team", "source_file", "source_sheet"]
OF_NUMBERS = ["of_court", "type_word", "sub_number", "family"]
BATCH_ROWS = 50_000


class Register:
    """A register as its rules see it: its case numbers are parsed once and used by several of them."""

    def __init__(self, cases: Cases, *, names: bool = False) -> None:
        self.cases = cases
        self.names = names  # whether officers may be named in findings
        self.side: dict[str, pd.DataFrame] = {}
        self._kept: list[pa.Table] = []

    def rows(self, table: str) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table in batches, once; what the rules over the whole register need is kept."""
        source = self.cases.table if table == "cases" else getattr(self.cases, table)
        side, names = [], [*columns(table), *PLACE]
        for batch in batches(source, BATCH_ROWS):
            rows = typed(batch, table)
            if table == "cases":
                self._kept.append(_repeated_once(batch))
            else:
                side.append(rows[names])
            yield rows
        if table != "cases":
            self.side[table] = pd.concat(side or [_no_rows(table)[names]], ignore_index=True)

    @cached_property
    def placed(self) -> bool:
        """Whether findings may say in which row a case stands."""
        return self.names or not places_tell(self.cases)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The columns kept of the cases, with ``year, of_court, type_word, serial, family`` and ``key`` of their numbers.

        Texts that stand in many rows are categories: ``in_texts`` makes texts of them in the few rows that are asked about.
        """
        seen = self._kept or map(_repeated_once, batches(self.cases.table.select(*KEPT_COLUMNS), BATCH_ROWS))
        kept = pa.concat_tables([_repeated_once(schema("cases").empty_table()), *seen]).unify_dictionaries()
        rows = kept.to_pandas(date_as_object=False).astype(
            {
                "case_no": "str",
                "original_case_no": "str",
                "filed_on": "datetime64[s]",
                "entered_on": "datetime64[s]",
                "source_row": "Int64",
            }
        )
        del kept
        self._kept.clear()  # the frame holds them
        parts = case_number_parts(rows["case_no"], categories=True).rename(columns={"court": "of_court"})
        return pd.concat([rows, parts.drop(columns="key")], axis=1).assign(key=number_keys(rows["case_no"], parts))

    def knows(self, keys: pd.Series) -> pd.Series:
        """Return which keys are those of a case; cases in quarantine are in the register, only unusable."""
        if keys.empty:
            return keys.notna()
        known = pa.chunked_array([pa.array(self.frame["key"])]).combine_chunks()  # of which none becomes an object
        asked = pa.array(keys, known.type)
        met = known.filter(pc.is_in(known, value_set=asked)).drop_null()  # asked about are few, known are all
        of_cases = pc.is_in(asked, value_set=met).to_numpy(zero_copy_only=False)
        return keys.isin(self.quarantined["key"]) | of_cases

    @cached_property
    def quarantined(self) -> pd.DataFrame:
        """The case numbers found in quarantined rows, as ``case_number_parts`` gives them."""
        aside = self.cases.quarantine
        rows = aside.loc[aside["table"] == "cases", "values"] if len(aside) else ()
        found = (next((cell for cell in json.loads(row).values() if parse_case_number(cell)), None) for row in rows)
        return case_number_parts(pd.Series([number for number in found if number is not None], dtype="str"))


def _repeated_once(rows: Any) -> pa.Table:
    """The columns that are kept, texts that stand in many rows as places in a list; copied, as a column keeps its whole batch."""
    arrays = [rows[name] if name not in REPEATED else rows[name].dictionary_encode() for name in KEPT_COLUMNS]
    return pa.table(arrays, names=KEPT_COLUMNS).take(np.arange(rows.num_rows))


def in_texts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their categories as texts."""
    return rows.astype({name: "str" for name in (*REPEATED, *OF_NUMBERS) if name in rows})


@cache
def _no_rows(table: str) -> pd.DataFrame:
    return typed(schema(table).empty_table(), table)


def typed(batch: Any, table: str) -> pd.DataFrame:
    """Type a batch of rows: dates as datetimes and everything that may be missing in a type that says so."""
    rows = batch.to_pandas(date_as_object=False)
    kinds = {
        "date": "datetime64[s]",
        "money": "float64",
        "integer": "Int64",
        "boolean": "boolean",
        "text": "str",
        "code": "str",
    }
    typed_as = {name: kinds[column.kind] for name, column in columns(table).items()}
    typed_as |= {f"{name}_text": "str" for name, kind in typed_as.items() if columns(table)[name].kind == "code"}
    rows = rows.astype(typed_as | {"source_file": "str", "source_sheet": "str", "source_row": "Int64"})
    rows.attrs["table"] = table
    return rows


def number_keys(written: pd.Series, parts: pd.DataFrame | None = None) -> pd.Series:
    """Return the key of each case number, which all its writings share, or the bare text where it is none."""
    keys = (case_number_parts(written) if parts is None else parts)["key"]
    unknown = keys.isna() & written.notna()
    return keys.mask(unknown, written[unknown].map(plain).astype("str")) if unknown.any() else keys


@dataclass(frozen=True)
class Found:
    """What a rule found in rows that carry their place: ``told`` gives the findings of some of them, by position, in words.

    Of a very dirty register the words take more memory and time than the rows, and few of them are ever asked for. Rule, severity and field
    are one for all rows, or one for each.
    """

    rows: pd.DataFrame
    rule: Any
    severity: Any
    field: Any
    told: Callable[[np.ndarray], pd.DataFrame]
    table: str = "cases"

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, marked: np.ndarray) -> Found:
        """Return what was found in some of the rows."""
        at = np.flatnonzero(marked)
        rule, severity, field = (_taken(of, at) for of in (self.rule, self.severity, self.field))
        return Found(self.rows.iloc[at], rule, severity, field, lambda places: self.told(at[places]), self.table)

    def tables(self) -> Iterator[pd.DataFrame]:
        """Yield the findings of all rows, a bounded number at a time."""
        for start in range(0, len(self), BATCH_ROWS):
            yield self.told(np.arange(start, min(start + BATCH_ROWS, len(self))))


def _taken(of: Any, at: np.ndarray) -> Any:
    return of if isinstance(of, str) else of[at]


@dataclass(frozen=True)
class RegisterRule:
    """A rule over the whole register: its id, and the function that yields what it finds."""

    id: str
    found: Callable[[Register], Iterator[Found]]


REGISTER_RULES: list[RegisterRule] = []


def rule(find: Callable[[Register], Iterator[Found]]) -> Callable[[Register], Iterator[Found]]:
    """Register a function as a rule; its name is the rule's id."""
    REGISTER_RULES.append(RegisterRule(find.__name__, find))
    return find


def findings(
    rows: pd.DataFrame,
    rule_id: Any,
    severity: Any,
    field: Any,
    problem: Text | Sequence[Text] | Callable[[pd.DataFrame], Sequence[Text]],
    fix: Text,
    *,
    table: str = "cases",
    value: str | None = None,
) -> Found:
    """Return findings for rows that carry their place; the problem is one for all rows, or one for each, or a function of some of them."""

    def told(at: np.ndarray) -> pd.DataFrame:
        here = in_texts(rows.iloc[at])
        if isinstance(problem, Text):
            problems: Sequence[Text] = [problem] * len(here)
        else:
            problems = problem(here) if callable(problem) else [problem[place] for place in at]
        said = {text: text.cell for text in set(problems)}
        repeated = {
            "rule": _taken(rule_id, at), "severity": _taken(severity, at), "field": _taken(field, at),
            "problem": [said[text] for text in problems], "proposed_fix": fix.cell, "table": table,
            "file": here["source_file"], "sheet": here["source_sheet"],
        }  # fmt: skip
        # Texts that stand in many findings stand once: of a very dirty register they would take more memory than the register.
        return pd.DataFrame(
            {name: pd.Categorical([of] * len(here) if isinstance(of, str) else of) for name, of in repeated.items()}
            | {
                "row": here["source_row"].to_numpy(),
                "case_no": here["case_no"].to_numpy(),
                "value": here[value or _taken(field, at)].to_numpy(),
            }
        )

    return Found(rows, rule_id, severity, field, told, table)


def at(row: Any, *, placed: bool = True) -> Text:
    """Name the place of a row: file, sheet, row; of one that must not be ``placed`` that it is another."""
    where = " / ".join(str(v) for v in (row.source_file, row.source_sheet) if isinstance(v, str) and v)
    if not placed or pd.isna(row.source_row):
        return Text("另一行", "another row")
    return Text(f"{where} 第{int(row.source_row)}行", f"{where} row {int(row.source_row)}")
