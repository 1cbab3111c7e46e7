"""Tables of a data review: figures of indicators and groups beside the year before, by their parts where they rest on few cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.observations.data_review import shown_figure, shown_value
from analysis.observations.drill import AT_LEAST
from analysis.observations.sentences import is_of_few_cases
from analysis.report.content import AMOUNT, COUNT, DIGITS, shown
from analysis.report.sections.years import OF_FEW, figure_cell, kind_of_unit
from analysis.vocabulary.columns import columns
from analysis.vocabulary.frames import records
from analysis.vocabulary.numbers import difference
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.sentences import in_brackets
from analysis.vocabulary.text import Text, spaced

BOUNDED = Text("有未填的，所列数值为填全后的上下界。", "Where cells are blank the bounds are shown.")
NOW = Text("本期", "this period")


def cell_of(row: Mapping[str, Any], of: str, kind: str) -> float | str | None:
    """A figure for the table of indicators: a number, its bounds, or of few cases its parts."""
    if _is_bounded(row, of):
        return _bounds(row, of, kind)
    if is_of_few_cases(row, of):
        return str(shown_figure(row, of))
    return figure_cell({"value": row[of or "value"]}, kind)


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Groups as they are read: teams by their numbers, as everywhere; the others as they are, what worsened most first."""
    team = columns("cases")["team"].text.cell
    parts = [
        part.sort_values("group", key=group_order, kind="stable") if name == team else part
        for name, part in table.groupby("breakdown", sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def grouped(table: pd.DataFrame, unit: str, note: str = "") -> dict[str, Any]:
    """A table by group: figures with their parts, of few cases the parts alone; bounds in place of both where cells are blank."""
    kind = kind_of_unit(unit)
    rows = records(_in_order(table).assign(unit=unit))
    frame = pd.DataFrame(rows)[["breakdown", "group"]]
    frame[str(NOW)] = pd.Series([_of_group(row, "", kind) for row in rows], dtype=object)
    frame["base"] = pd.Series([_of_group(row, "base", kind) for row in rows], dtype=object)
    frame["change"] = [change_of(row, kind) for row in rows]
    frame["judgement"] = [row["judgement"] for row in rows]
    sides = [(row, of) for row in rows for of in ("", "base")]
    said = [
        *([OF_FEW] if any(is_of_few_cases(row, of) for row, of in sides) else []),
        *([BOUNDED] if any(_is_bounded(row, of) for row, of in sides) else []),
    ]
    frame = frame.dropna(axis=1, how="all")
    frame.attrs["table"] = "data_review.drill"
    return {
        "frame": frame,
        "formats": dict.fromkeys((str(NOW), "base", "change"), kind),
        "note": spaced(text for text in (note, *map(str, said)) if text),
    }


def _is_bounded(row: Mapping[str, Any], of: str) -> bool:
    return not pd.isna(row.get(f"{of}_least" if of else "least"))


def _bounds(row: Mapping[str, Any], of: str, kind: str) -> float | str | None:
    least, most = (row[f"{of}_{end}" if of else end] for end in ("least", "most"))
    return figure_cell({"value": row[of or "value"], "least": least, "most": most}, kind)


def _of_group(row: Mapping[str, Any], of: str, kind: str) -> float | str | None:
    """A figure of a group with its parts."""
    side = f"{of}_" if of else ""
    value = row.get(of or "value")
    if value is None or pd.isna(value):
        return None
    if _is_bounded(row, of):
        return _bounds(row, of, kind)
    parts = [row.get(f"{side}{part}", np.nan) for part in ("numerator", "denominator")]
    if is_of_few_cases(row, of):
        return str(shown_figure(row, of))
    if pd.isna(parts).any():
        return float(value)
    digits = COUNT if all(float(part).is_integer() for part in parts) else AMOUNT
    counted, base = (shown(part, digits) for part in parts)
    return str(shown_value(value, row["unit"]) + in_brackets(Text(f"{counted}/{base}", f"{counted}/{base}")))


def change_of(row: Mapping[str, Any], kind: str) -> float | None:
    """The change of a group or an indicator, which is that of its figures as shown; none of shares of few cases."""
    change = row.get("change", np.nan)
    if pd.isna(change) or is_of_few_cases(row) or is_of_few_cases(row, "base"):
        return None
    if row["judgement"] == AT_LEAST.cell:
        return float(change)
    return difference(row["value"], row["base"], DIGITS[kind])
