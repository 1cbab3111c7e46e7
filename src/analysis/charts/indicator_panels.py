"""What of a table of indicators stands in which panel, on what scale, and in what words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.labels import group_text, indicator_text, span_text, unit_text
from analysis.charts.drawing.scales import number, round_ticks
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text
from analysis.vocabulary.result import made_up

NEEDED = ("period_start", "period_end", "indicator", "value", "lower", "upper", "unit")
KNOWN = (*NEEDED, "court", "numerator", "denominator", "definition", "note")
MOST_PANELS = 12
MOST_TOLD = 8  # figures of one indicator that the alt text lists one by one
LEAST_SPAN = 10.0  # of an axis of percent: a change of a point must not look like a fall
HEADROOM = 0.25

Span = tuple[Any, Any]  # first and last day of a period
Groups = tuple[str | None, list[Any]]  # the column of groups, if any, and its values


@dataclass(frozen=True)
class Panel:
    """One indicator: its name, unit and rows; positions are those of its period among all periods drawn."""

    name: Text
    unit: Text
    rows: pd.DataFrame


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
            f"要画的指标有 {len(names)} 项，一幅图最多 {MOST_PANELS} 项：请用 only= 选出，如 only={names[:3]}。",
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
    by = [str(name) for name in rows.columns if name not in (*KNOWN, "panel")]
    if "court" in rows and len(rows["court"].drop_duplicates()) > 1:
        by.append("court")
    if len(by) > 1:
        raise ArgumentError(
            f"一幅图只按一列分组，现有 {'、'.join(by)}。请先筛选。",
            f"a chart takes one column of groups, not {', '.join(by)}. Filter first.",
        )
    values = list(dict.fromkeys(rows[by[0]])) if by else [None]
    palette.lines(len(values))  # refuses more than a panel can tell apart
    return (by[0] if by else None), values


def panels_of(rows: pd.DataFrame, spans: list[Span]) -> list[Panel]:
    """A panel an indicator, or one a definition where one period has several of them (variants)."""
    at = {span: place for place, span in enumerate(spans)}
    rows = rows.assign(at=[at[span] for span in zip(rows["period_start"], rows["period_end"], strict=True)])
    if "definition" not in rows:
        rows["definition"] = ""
    found = []
    for _, part in rows.groupby("panel", sort=True):
        known = [name for name in part.columns if name not in KNOWN or name == "court"]
        is_variant = part.duplicated(known, keep=False).any()  # one period twice: disputed definitions side by side
        for definition, own in part.groupby("definition", sort=False) if is_variant else [("", part)]:
            first = own.iloc[0]
            name = indicator_text(first["indicator"], first["definition"])
            if is_variant:
                name = Text(f"{name.zh}〔{definition}〕", f"{name.en} [{definition}]")
            found.append(Panel(name, unit_text(first["unit"]), own.reset_index(drop=True)))
    return found


def runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Points that may be joined: one definition, periods that follow each other and do not overlap."""
    rows = rows.sort_values(["period_start", "period_end"], ignore_index=True)
    ends = rows["period_end"].cummax().shift()
    is_new = (rows["definition"] != rows["definition"].shift()) | (rows["period_start"] <= ends) | rows["value"].isna()
    return [run for _, run in rows.groupby(is_new.cumsum()) if len(run.dropna(subset=["value"])) > 1]


def limits(panel: Panel) -> tuple[float, float]:
    """The y axis around values and intervals, with room for the labels; percent never magnified beyond reason."""
    numbers = panel.rows[["value", "lower", "upper"]].to_numpy(dtype=float)
    low, high = (np.nanmin(numbers), np.nanmax(numbers)) if np.isfinite(numbers).any() else (0.0, 1.0)
    if panel.unit.zh != "%":
        low = min(low, 0.0)
    span = max(high - low, LEAST_SPAN if panel.unit.zh == "%" else abs(high) * 0.1, 1e-9)
    middle = (low + high) / 2
    low, high = (min(low, middle - span / 2), max(high, middle + span / 2)) if low else (low, max(high, low + span))
    return float(low - (0.06 * span if low else 0)), float(high + HEADROOM * span)


def ticks_of(panel: Panel, low: float, high: float) -> list[float]:
    """Ticks inside the axis; none above 100 % where no figure is."""
    numbers = panel.rows[["value", "upper"]].to_numpy(dtype=float)
    is_share = panel.unit.zh == "%" and np.isfinite(numbers).any() and np.nanmax(numbers) <= 100
    top = 100.0 if is_share else high
    return [tick for tick in round_ticks(low, high) if low <= tick <= top]


def heading(panel: Panel) -> str:
    """A panel's title: the indicator and its unit, in the language spoken."""
    return str(Text(f"{panel.name.zh}（{panel.unit.zh}）", f"{panel.name.en} ({panel.unit.en})"))


def bases(panel: Panel) -> str:
    """The denominators under a panel of rates, in the order of its points."""
    if "denominator" not in panel.rows or panel.rows["denominator"].isna().all():
        return ""
    return "n = " + str(Text("、", ", ")).join(number(base, 0) for base in panel.rows["denominator"])


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column name."""
    return [{str(key): cell for key, cell in row.items()} for row in rows.to_dict("records")]


def shown(row: dict[str, Any]) -> str:
    """A figure as it is written beside its point: rates with two decimals, amounts with one."""
    return number(row["value"], 2 if row["unit"] == "%" else None if float(row["value"]).is_integer() else 1)


def same(column: pd.Series, value: Any) -> pd.Series:
    """Where a column holds a value, a missing one included."""
    return column.isna() if pd.isna(value) else column == value


# -- in words


def words_of(
    table: pd.DataFrame,
    panels: list[Panel],
    spans: list[Span],
    groups: Groups,
    *,
    left: int,
) -> tuple[Text, Text, Text]:
    """Title, alt text and note; ``left`` is how many indicators of the table are not drawn unasked."""
    named = [span_text(*span) for span in spans]
    over = Text("、".join(text.zh for text in named), ", ".join(text.en for text in named))
    if len(named) > 3:
        over = Text(f"{named[0].zh}至{named[-1].zh}", f"{named[0].en} to {named[-1].en}")
    courts = list(table["court"].dropna().drop_duplicates()) if "court" in table else []
    court = Text(courts[0], f"{courts[0]}: ") if len(courts) == 1 else Text("", "")
    title = Text(f"{court.zh}指标，{over.zh}", f"{court.en}Indicators, {over.en}")
    told = [_told(panel, groups[0]) for panel in panels]
    alt = Text(
        "点与 95% 区间。" + "；".join(text.zh for text in told) + "。",
        "Points with 95 % intervals. " + "; ".join(text.en for text in told) + ".",
    )
    note = Text(
        "竖线为 95% 区间：全部案件均已计数，故不是计数误差，而是同样的过程重来一次数字可能变动的范围；n 为分母。",
        "Lines are 95 % intervals: every case is counted, so not an error of counting but how far the figure could move "
        "if the same process ran again; n is the base.",
    )
    if left:
        note = note + Text(f"另有 {left} 项指标见表。", f" {left} more indicators stand in the table.")
    return title, alt, note + made_up(table)


def _told(panel: Panel, by: str | None) -> Text:
    """One indicator in words: each figure with its interval, or of many the range, the first and the last."""
    rows = records(panel.rows)
    known = [row for row in rows if not pd.isna(row["value"])]
    if len(rows) > MOST_TOLD and known:
        least, most = (way(known, key=lambda row: row["value"]) for way in (min, max))
        parts = [
            _one(known[0], panel, by), _one(known[-1], panel, by),
            Text("最低 ", "lowest ") + _one(least, panel, by), Text("最高 ", "highest ") + _one(most, panel, by),
        ]  # fmt: skip
    else:
        parts = [_one(row, panel, by) for row in rows]
    zh, en = "，".join(text.zh for text in parts), ", ".join(text.en for text in parts)
    return Text(f"{panel.name.zh}：{zh}", f"{panel.name.en}: {en}")


def _one(row: dict[str, Any], panel: Panel, by: str | None) -> Text:
    """One figure in words."""
    when = span_text(row["period_start"], row["period_end"])
    if by is not None:
        who = group_text(by, row[by])
        when = Text(f"{who.zh}{when.zh}", f"{who.en} {when.en}")
    if pd.isna(row["value"]):
        return when + Text("无值", " no value")
    limits = "" if pd.isna(row["lower"]) else f"{number(row['lower'], 1)}–{number(row['upper'], 1)}"
    unit = Text("%", " %") if row["unit"] == "%" else Text(f" {panel.unit.zh}", f" {panel.unit.en}")
    value = shown(row)
    return Text(
        f"{when.zh} {value}{unit.zh}" + (f"（{limits}）" if limits else ""),
        f"{when.en} {value}{unit.en}" + (f" ({limits})" if limits else ""),
    )
