"""Panels of indicators: the rows of each, its scale and its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.labels import indicator_text
from analysis.measures.indicators.indicators import COLUMNS
from analysis.observations.own_intervals import Interval, read_intervals
from analysis.vocabulary import labels
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.numbers import number, unit_text
from analysis.vocabulary.text import Text, listed

NEEDED = ("period_start", "period_end", "indicator", "value", "lower", "upper", "unit")
MOST_PANELS = 12

Span = tuple[Any, Any]  # first and last day of a period
Groups = tuple[str | None, list[Any]]  # the column of groups, if any, and its values


@dataclass(frozen=True)
class IndicatorRows:
    """One indicator: its name, unit, rows and the court's own interval; positions are those of its period among all periods drawn."""

    name: Text
    unit: Text
    rows: pd.DataFrame
    interval: Interval = (None, None)


def chosen_rows(table: pd.DataFrame, only: Sequence[str] | None) -> pd.DataFrame:
    """The rows to draw, in the order asked for; raises for an unknown name, too many, or none with a value."""
    there = list(dict.fromkeys(table["indicator"]))
    if only is None:
        rates = table[table["unit"] == "%"]
        names = list(dict.fromkeys(rates["indicator"])) or there
        names = [name for name in names if table.loc[table["indicator"] == name, "value"].notna().any()]
    else:
        names = [only] if isinstance(only, str) else list(only)
        for name in names:
            if name not in there:
                raise ArgumentError.not_one_of("only", name, there)
    if not names:
        raise DataError("表中没有一项指标有数值，无图可画。", "no indicator of the table has a value to draw.")
    if len(names) > MOST_PANELS:
        raise ArgumentError(
            f"要画的指标有{len(names)}项，一幅图最多{MOST_PANELS}项：请用 only= 选出，如 only={names[:3]}。",
            f"{len(names)} indicators are too many for a chart of at most {MOST_PANELS}: choose with only=, "
            f"for example only={names[:3]}.",
        )
    rows = table[table["indicator"].isin(names)].copy()
    rows["panel"] = rows["indicator"].map({name: place for place, name in enumerate(names)})
    return rows.sort_values(["panel", "period_start", "period_end"], kind="stable", ignore_index=True)


def spans_of(rows: pd.DataFrame) -> list[Span]:
    """The periods drawn, in order."""
    pairs = rows[["period_start", "period_end"]].drop_duplicates().sort_values(["period_start", "period_end"])
    return list(pairs.itertuples(index=False, name=None))


def groups_of(rows: pd.DataFrame) -> Groups:
    """The one column of groups, if any, and its values."""
    by = [str(name) for name in rows.columns if name not in (*COLUMNS, "panel")]
    if "court" in rows and len(rows["court"].drop_duplicates()) > 1:
        by.append("court")
    if len(by) > 1:
        columns = listed(labels.heading(name) for name in by)
        raise ArgumentError(
            f"一幅图只按一列分组，现有{columns.zh}。请先筛选，如 cases.where({by[-1]}=…)。",
            f"a chart takes one column of groups, not {columns.en}. Choose first, as cases.where({by[-1]}=...).",
        )
    values = list(dict.fromkeys(rows[by[0]])) if by else [None]
    palette.lines(len(values))  # refuses more than a panel can tell apart
    return (by[0] if by else None), values


def panels_of(rows: pd.DataFrame, spans: list[Span]) -> list[IndicatorRows]:
    """A panel an indicator, or one a definition where one period has several of them (variants)."""
    at = {span: place for place, span in enumerate(spans)}
    rows = rows.assign(at=[at[span] for span in zip(rows["period_start"], rows["period_end"], strict=True)])
    if "definition" not in rows:
        rows["definition"] = ""
    found = []
    for _, part in rows.groupby("panel", sort=True):
        known = [name for name in part.columns if name not in COLUMNS or name == "court"]
        is_variant = part.duplicated(known, keep=False).any()  # one period twice: disputed definitions side by side
        for definition, own in part.groupby("definition", sort=False) if is_variant else [("", part)]:
            first = own.iloc[0]
            name = indicator_text(first["indicator"], first["definition"], rows)
            if is_variant:
                name = Text(f"{name.zh}〔{definition}〕", f"{name.en} [{definition}]")
            found.append(IndicatorRows(name, unit_text(first["unit"]), own.reset_index(drop=True)))
    return found


def with_intervals(panels: list[IndicatorRows], given: pd.DataFrame | None) -> list[IndicatorRows]:
    """The panels with the court's own intervals (``indicator, low, high``), each under its id or its name in either language."""
    bounds = dict(read_intervals(given))
    called = [{panel.rows["indicator"].iloc[0], panel.name.zh, panel.name.en} for panel in panels]
    return [
        replace(panel, interval=next((bounds[name] for name in names if name in bounds), panel.interval))
        for panel, names in zip(panels, called, strict=True)
    ]


def runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Points that may be joined: one definition, periods that follow each other and do not overlap."""
    rows = rows.sort_values(["period_start", "period_end"], ignore_index=True)
    ends = rows["period_end"].cummax().shift()
    is_new = (rows["definition"] != rows["definition"].shift()) | (rows["period_start"] <= ends) | rows["value"].isna()
    return [run for _, run in rows.groupby(is_new.cumsum()) if len(run.dropna(subset=["value"])) > 1]


def heading(panel: IndicatorRows) -> str:
    """A panel's title: the indicator and its unit, in the language spoken."""
    return str(Text(f"{panel.name.zh}（{panel.unit.zh}）", f"{panel.name.en} ({panel.unit.en})"))


def bases(panel: IndicatorRows) -> str:
    """The denominators under a panel of rates, in the order of its points."""
    if "denominator" not in panel.rows or panel.rows["denominator"].isna().all():
        return ""
    return "n = " + str(Text("、", ", ")).join(number(base, 0) for base in panel.rows["denominator"])


def same(column: pd.Series, value: Any) -> pd.Series:
    """Mark where a column holds a value, a missing one included."""
    return column.isna() if pd.isna(value) else column == value
