"""Survival curves of a Kaplan–Meier chart: one a group, their steps, and what is read off them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette
from analysis.vocabulary.errors import DataError, must_have_columns
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.measures.durations.durations import TimeToClose

SUMMARY = ("n", "events", "median", "median_lower", "median_upper")
Group = tuple[Text, pd.DataFrame, dict[str, Any]]  # name, curve, its row of the summary
CURVE = ("days", "at_risk", "events", "survival", "lower", "upper")


def groups_of(result: TimeToClose) -> list[Group]:
    """The curve and the row of the summary of every group, with its name."""
    curve, summary = result.curve, result.summary
    for table, needed, where in (
        (curve, CURVE, "time_to_close(…).curve"),
        (summary, SUMMARY, "time_to_close(…).summary"),
    ):
        must_have_columns(table, needed, where)
    if summary.empty:
        raise DataError(
            "没有可画的组：对外各组都未列入，或台账没有案件。院内使用请加 names=True。",
            "there is no group to draw: none is shown outside, or the register holds no case. Inside the court use names=True.",
        )
    if curve.empty:
        raise DataError(
            "没有一件案件在观察期内结案，曲线无从画起。请检查 at 与 observed_from。",
            "no case closed under observation, so there is no curve to draw. Check at and observed_from.",
        )
    by = [str(name) for name in summary.columns if name not in SUMMARY]
    palette.lines(len(summary))  # refuses more than a panel can tell apart
    rows = [{str(name): value for name, value in row.items()} for row in summary.to_dict("records")]
    if not by:
        return [(term("all_cases"), curve.reset_index(drop=True), rows[0])]
    found = []
    for row in rows:
        of_group = np.logical_and.reduce(
            [(curve[name] == row[name]) | (curve[name].isna() & pd.isna(row[name])) for name in by]
        )
        names = [group_text(name, row[name]) for name in by]
        name = Text("，".join(text.zh for text in names), ", ".join(text.en for text in names))
        found.append((name, curve[of_group].reset_index(drop=True), row))
    return [group for group in found if len(group[1])]


def steps_of(curve: pd.DataFrame, at_start: float = np.nan) -> pd.DataFrame:
    """The curve from day 0 at 100%, with the cases at risk then, in percent; where the interval is not defined the band has a gap."""
    start = pd.DataFrame({"days": [0.0], "survival": [1.0], "lower": [1.0], "upper": [1.0], "at_risk": [at_start]})
    steps = pd.concat(
        [start, curve[["days", "survival", "lower", "upper", "at_risk"]].astype(float)], ignore_index=True
    )
    return steps.assign(**{name: steps[name] * 100 for name in ("survival", "lower", "upper")})


def open_after(curve: pd.DataFrame, days: float) -> float:
    """The share still open after so many days."""
    reached = curve.loc[curve["days"] <= days, "survival"]
    return float(reached.iloc[-1]) if len(reached) else 1.0


def at_risk_on(curve: pd.DataFrame, day: float) -> str:
    """Cases at risk at the first closing on or after a day; after the last closing the curve does not know."""
    later = curve.loc[curve["days"] >= day, "at_risk"]
    return number(float(later.iloc[0])) if len(later) else ""
