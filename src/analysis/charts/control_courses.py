"""What is drawn with its limits: filings and closings, or indicators with their marks of variation and their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.inference.cycle.control_limits import COLUMNS
from analysis.inference.cycle.variation import FEWEST, SPECIAL, UNASSURED, UNJUDGED, VariationTable
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.indicator_sets.sets import own_names
from analysis.vocabulary.labels import read
from analysis.vocabulary.numbers import number, quantity, unit_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language, joined, number_of

if TYPE_CHECKING:
    from analysis.inference.cycle.control_limits import ControlLimits

FLOWS = ("filed", "closed")
ROLES = {"improving": "signal_better", "worsening": "signal_worse", "high": "signal_high", "low": "signal_low"}
OF_FLOWS = {"signal_high": "signal_high", "signal_low": "signal_low"}  # of an indicator it is a special cause
OF_INDICATORS = {role: f"variation_{mark}" for mark, role in ROLES.items()}
MOST_PANELS, MOST_UNASKED = 12, 4
FEWEST_DRAWN = 4  # periods of a flow: of three, two steps would make the limits


@dataclass(frozen=True, eq=False)
class Course:
    """One series: ``rows`` hold ``period, value, centre, lower, upper, base, reason``, of each signal its role and in words why it is one.

    ``marks`` say what the last period is, first its variation and then whether the target is met; ``signs`` name the roles of signals. A course
    that is not judged has no limits.
    """

    name: Text
    unit: str
    rows: pd.DataFrame
    marks: tuple[Text, ...]
    signs: Mapping[str, str]
    target: float = float("nan")
    is_judged: bool = True

    def said(self, value: float) -> str:
        """Write a number of the course without its unit: a count, which is compared with its mean, with one decimal."""
        return number(value, 1) if self.unit == "件" else quantity(value, self.unit)

    @property
    def signals(self) -> pd.DataFrame:
        """The periods that are more than random variation."""
        return self.rows[self.rows["role"] != ""]


def courses_of(
    result: ControlLimits | VariationTable, *, court: str | tuple[str, ...] | None, only: str | Sequence[str] | None
) -> list[Course]:
    """Filings and closings of one court, or the indicators asked for; unasked those that are judged, the special ones first, then those with a target."""
    if not isinstance(result, VariationTable):
        if only is not None:
            raise ArgumentError("only= 只用于 variation_table 的结果。", "only= is for a result of variation_table.")
        meanings = dict(zip(result.rules["rule"], result.rules["meaning"].map(in_language), strict=True))
        table = _of_court(result.table, court)
        if (count := table["period"].nunique()) < FEWEST_DRAWN:
            raise DataError(
                f"只有{count}期，定不出控制限，无图可画：至少要{FEWEST_DRAWN}期，满{FEWEST}期才可信。",
                f"{number_of(count, 'period')} alone: no limits are known, so there is nothing to draw. They take "
                f"{FEWEST_DRAWN} periods at least, and {FEWEST} to be trusted.",
            )
        return [_flow(table[table["series"] == name].reset_index(drop=True), name, meanings) for name in FLOWS]
    if court is not None:
        raise ArgumentError("court= 只用于 control_limits 的结果。", "court= is for a result of control_limits.")
    rows = {str(row["indicator"]): row for row in result.table.to_dict("records")}
    chosen = _chosen(result.table.set_index("indicator"), only)
    periods = sorted(result.points.loc[result.points["indicator"].isin(chosen), "period_start"].unique())
    return [_indicator(result, rows[name], name, periods) for name in chosen]


def _of_court(table: pd.DataFrame, court: str | tuple[str, ...] | None) -> pd.DataFrame:
    """The rows of one court (or group, as its names in a tuple); all of them where there is only one."""
    by = [name for name in table.columns if name not in COLUMNS]
    groups = table[by].astype(str).agg("/".join, axis=1) if by else pd.Series("", index=table.index)
    asked = "/".join(map(str, court if isinstance(court, tuple) else (court,)))
    if court is None and len(groups.unique()) == 1:
        return table
    if asked not in set(groups):
        raise ArgumentError.not_one_of("court", asked, sorted(set(groups)))
    return table[groups == asked]


def _flow(rows: pd.DataFrame, name: str, meanings: dict[str, str]) -> Course:
    is_signal, is_high = rows["broken"] != "", rows["value"] > rows["centre"]
    rows["role"] = is_high.map({True: "signal_high", False: "signal_low"}).where(is_signal, "")
    rows["why"] = [
        str(joined([Text(meanings[rule], meanings[rule]) for rule in ids.split(",") if rule])) for ids in rows["broken"]
    ]
    return Course(term(name), "件", rows, (term(rows["role"].iloc[-1] or "variation_common"),), OF_FLOWS)


def _chosen(table: pd.DataFrame, only: str | Sequence[str] | None) -> list[str]:
    if only is not None:
        names = [only] if isinstance(only, str) else list(only)
        for name in names:
            if name not in table.index:
                raise ArgumentError.not_one_of("only", name, list(table.index))
        if len(names) > MOST_PANELS:
            raise ArgumentError(
                f"only= 要画{len(names)}项指标，一幅图最多{MOST_PANELS}项：请减少。",
                f"only= names {len(names)} indicators, a chart holds at most {MOST_PANELS}: name fewer.",
            )
        return names
    judged = table[~table["variation"].isin(UNJUDGED)]
    if judged.empty:
        raise DataError(
            f"{len(table)}项指标都不能判断波动（期数或件数太少，前后相依，或取决于个别案件金额），没有控制限可画；用 only= 可画出数值。",
            f"None of {len(table)} indicators can be judged (too few periods or cases, neighbours alike, or single amounts), so there are no "
            "limits to draw; only= draws the values of those named.",
        )
    rank = 2 * ~judged["variation"].isin(SPECIAL) + judged["assurance"].isin(UNASSURED)
    return list(rank.sort_values(kind="stable").index[:MOST_UNASKED])


def _indicator(result: VariationTable, row: dict[Any, Any], name: str, periods: list[pd.Timestamp]) -> Course:
    points = result.points[result.points["indicator"] == name].set_index("period_start").reindex(periods)
    rows = points.rename_axis("period").reset_index().assign(base=periods[0], reason="")
    rows["role"] = rows["variation"].map(ROLES).fillna("")
    rows["why"] = [read("broken", ids) if role else "" for ids, role in zip(rows["broken"], rows["role"], strict=True)]
    marks, target = [term(f"variation_{row['variation']}")], float(row["target"])
    if row["assurance"] not in UNASSURED:
        unit, met = unit_text(row["unit"]), term(f"assurance_{row['assurance']}")
        gap = "" if unit.en == "%" else " "
        marks.append(
            Text(f"目标{number(target)}{unit.zh}：{met.zh}", f"target {number(target)}{gap}{unit.en}: {met.en}")
        )
    named = term(own_names(result.table).get(name, name))
    return Course(named, str(row["unit"]), rows, tuple(marks), OF_INDICATORS, target, row["variation"] not in UNJUDGED)
