"""Printed figures beside the register: each row rebuilt over its own period, and what the printed digits are worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import Cases, narrowed
from analysis.measures.indicators.indicators import indicators_over, sets_asked
from analysis.measures.open_sums import HELD_BACK
from analysis.measures.windows import windows_of
from analysis.returns.corpus import no_figures
from analysis.returns.figures import CHANGE, MEASURES
from analysis.returns.reading import read_returns
from analysis.returns.verdicts import Verdict, verdict_of
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.frames import records
from analysis.vocabulary.indicator_sets.definition import DefinitionSet
from analysis.vocabulary.indicator_sets.sets import definition_set
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    "court", "scope", "period_start", "period_end", "measure", "printed", "rebuilt", "numerator", "denominator", "verdict",
    "definition", "explanation",
)  # fmt: skip
ABOUT_ROW = ("court", "scope", "period_start", "period_end")
# What a row's scope means in a register; rows of another scope (诉讼案件, 全部案件) are shown as printed only.
SCOPES: dict[str, dict[str, str]] = {
    "执行案件": {},
    "首次执行案件": {"case_type": "first"},
    "恢复执行案件": {"case_type": "reopened"},
}
FOLLOWS = ("agrees", "truncated")
NOT_JUDGED = joined([Text("对外不核对，只作登记", "not checked outside the court: shown as published"), HELD_BACK])


def compare_printed(
    cases: Cases | pd.DataFrame,
    returns: pd.DataFrame | None,
    *,
    definitions: str | Path | Sequence[str | Path] | None = None,
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Each printed figure of the register's courts beside the one rebuilt from the register over the same period.

    Columns: ``court, scope, period_start, period_end, measure, printed`` (text, as printed), ``rebuilt, numerator,
    denominator, verdict, definition`` (set/id), ``explanation``. Verdicts as in ``reconcile``: ``agrees`` (by rounding),
    ``truncated`` (only so), ``definition`` (only under the variant named), ``contradicts``, ``impossible``, ``unchecked``.

    ``definitions`` as ``indicators`` takes them. ``cases`` is a register, or a table that ``indicators`` made (then only its
    periods are compared). A row whose period runs past the day to which the register is known, or is not printed, is shown
    as printed only. Rows of courts that are not in the register are left out and counted in ``attrs["other_courts"]``.
    Raises ``DataError`` where no row is of a court in the register, ``ArgumentError`` where there are no printed figures (``None``).

    Parameters
    ----------
    cases : Cases or DataFrame
        The register, or a table of ``indicators``.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    definitions : str, path or list
        As ``indicators`` takes them.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        For use inside the court: sums of money too that are not shown outside. Without it their rows are ``unchecked``: with many
        made-up figures the verdicts would tell the sum.

    Returns
    -------
    DataFrame
        One row a printed figure.

    >>> register = Cases.from_frames(
    ...     pd.DataFrame({"court": "甲", "filed_on": ["2011-03-01"] * 3, "closed_on": ["2011-05-01"] * 2 + [None]}),
    ...     as_of="2011-12-31",
    ... )
    >>> row = {"court": "甲", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31", "closure_rate": "66.6"}
    >>> compare_printed(register, pd.DataFrame([row]))[["printed", "rebuilt", "verdict"]].values.tolist()
    [['66.6', 66.66666666666667, 'truncated']]
    """
    table = _as_returns(returns)
    asked = sets_asked(cases, definitions) if isinstance(cases, Cases) else _sets_of(cases, definitions)
    sets = [definition_set(name) for name in asked]
    own, others = _own_rows(cases, table)
    rebuilt = _rebuilt(cases, own, asked, at, names=names)
    measures = [name for name in _measures(sets) if name in own]
    rows = [
        _compared(row, measure, rebuilt, cases)
        for row in records(own)
        for measure in measures
        if isinstance(row[measure], str) and row[measure].strip()
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    found = found.astype(dict.fromkeys(("rebuilt", "numerator", "denominator"), "float64"))
    for name in ("period_start", "period_end"):
        found[name] = pd.to_datetime(found[name]).astype("datetime64[s]")
    synthetic = cases.synthetic if isinstance(cases, Cases) else cases.attrs.get("synthetic")
    found.attrs = {"definitions": [s.id for s in sets], "other_courts": others, "synthetic": synthetic}
    return found


def _sets_of(table: Any, definitions: Any) -> list[Any]:
    """The sets named, else those that a table of indicators was made by."""
    if definitions is None:
        return list(getattr(table, "attrs", {}).get("definitions", []))
    return [definitions] if isinstance(definitions, (str, Path)) else list(definitions)


def _as_returns(returns: Any) -> pd.DataFrame:
    if returns is None:
        raise no_figures()
    if isinstance(returns, pd.DataFrame) and {"file", "row"} <= set(returns.columns):
        return returns.reset_index(drop=True)
    return read_returns(returns).reset_index(drop=True)


def _own_rows(cases: Cases | pd.DataFrame, returns: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows of the register's courts; the others counted by court."""
    if isinstance(cases, Cases):
        known = cases.table.select("court").distinct().to_pandas()["court"]
    elif isinstance(cases, pd.DataFrame) and {"indicator", "definition", "value"} <= set(cases.columns):
        known = cases["court"].drop_duplicates()
    else:
        raise ArgumentError(
            "cases 应为 read_cases() 的台账或 indicators() 的表。",
            "cases must be a register from read_cases() or a table from indicators().",
        )
    named = sorted(known.dropna())
    printed = list(returns["court"].dropna().unique())
    if not named and len(printed) == 1:  # a register that names no court is that of the one court printed
        named = printed
    is_own = returns["court"].isin(named)
    if not is_own.any():
        raise DataError(
            f"报表中没有台账所属法院的数字：台账为{'、'.join(named) or '未写明法院'}，报表为{'、'.join(printed[:5]) or '空'}。",
            f"The returns hold no figures of the register's court: the register is of {', '.join(named) or 'no named court'}, "
            f"the returns of {', '.join(printed[:5]) or 'none'}.",
        )
    others = {str(court): int(number) for court, number in returns.loc[~is_own, "court"].value_counts().items()}
    return returns[is_own].reset_index(drop=True), others


def _measures(sets: Sequence[DefinitionSet]) -> list[str]:
    """What can be printed: the measures of returns, their changes, and the indicators of the definition sets."""
    own = [d.indicator for s in sets for d in s.definitions]
    return list(dict.fromkeys([*MEASURES, *own, *(f"{m}{CHANGE}" for m in MEASURES)]))


def _rebuilt(cases: Cases | pd.DataFrame, own: pd.DataFrame, definitions: Any, at: Any, *, names: bool) -> pd.DataFrame:
    """Every indicator and variant over every printed period that lies within the register, by scope and court."""
    if isinstance(cases, pd.DataFrame):
        return cases.assign(scope="执行案件")
    known = cases.as_of if at is None else day(at, "at", last=True)
    made = []
    for scope, rows in own.groupby("scope", dropna=False):
        periods = {pair for row in records(rows) if (pair := _period(row)) and pair[1] <= known}
        if not periods or _population(scope) is None:
            continue
        of_scope = cases.table
        for name, value in (_population(scope) or {}).items():
            of_scope = of_scope.filter(of_scope[name] == value)
        windows = windows_of(sorted(periods), "calendar-year")
        table = indicators_over(
            narrowed(cases, of_scope),
            windows,
            definitions=definitions,
            by="court",
            variants=True,
            at=at,
            values_alone=True,
            names=names,
        )
        made.append(table.assign(scope=scope))
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=["court", "scope", "indicator"])


def _population(scope: Any) -> dict[str, str] | None:
    return {} if pd.isna(scope) else SCOPES.get(str(scope))


def _period(row: dict[str, Any]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    if pd.isna(row["period_start"]) or pd.isna(row["period_end"]):
        return None
    return day(row["period_start"], "period_start"), day(row["period_end"], "period_end", last=True)


def _compared(row: dict[str, Any], measure: str, rebuilt: pd.DataFrame, cases: Cases | pd.DataFrame) -> dict[str, Any]:
    """One printed figure: under the leading definition, else under the first variant from which it follows."""
    period = _period(row)
    start, end = period or (pd.NaT, pd.NaT)
    entry = {
        **{name: row[name] for name in ABOUT_ROW}, "period_start": start, "period_end": end, "measure": measure,
        "printed": row[measure], "verdict": "unchecked", "definition": None,
    }  # fmt: skip
    found = _found(rebuilt, row, start, end, measure)
    if found.empty:
        return {**entry, "explanation": _why_not(row, measure, period, cases).cell}
    tried = [(line, _verdict(row, measure, line)) for line in records(found)]
    line, verdict = tried[0]
    code, explanation = str(verdict.code), verdict.explanation
    if code in ("contradicts", "impossible"):
        for other, second in tried[1:]:
            if second.code in FOLLOWS:
                under = Text(f"只在口径 {other['definition']} 下相符", f"follows only under {other['definition']}")
                line, code, explanation = other, "definition", joined([under, second.explanation, explanation])
                break
    note = str(line["note"] or "")
    if HELD_BACK.zh in note:
        return {**entry, "definition": line["definition"], "explanation": NOT_JUDGED.cell}
    if note:
        zh, _, en = note.partition("\n")
        explanation = joined([explanation, Text(zh, en or zh)])
    numbers = {"rebuilt": line["value"], "numerator": line["numerator"], "denominator": line["denominator"]}
    return {**entry, **numbers, "verdict": code, "definition": line["definition"], "explanation": explanation.cell}


def _found(rebuilt: pd.DataFrame, row: dict[str, Any], start: Any, end: Any, measure: str) -> pd.DataFrame:
    if not len(rebuilt):
        return rebuilt
    same = (rebuilt["indicator"] == measure) & (rebuilt["period_start"] == start) & (rebuilt["period_end"] == end)
    same &= (rebuilt["court"] == row["court"]) | rebuilt["court"].isna()
    same &= (rebuilt["scope"] == row["scope"]) | (rebuilt["scope"].isna() & pd.isna(row["scope"]))
    return rebuilt[same]


def _verdict(row: dict[str, Any], measure: str, line: dict[str, Any]) -> Verdict:
    """The verdict on a printed figure, its rebuilt numerator and denominator given exactly as counted."""
    rate = not pd.isna(line["denominator"])
    top = line["numerator"] if rate else line["value"]
    if pd.isna(line["value"]):
        return Verdict("unchecked", None, Text("台账不能给出此数", "the register cannot give this figure"))
    unit = row.get("unit")
    try:
        verdict = verdict_of(
            row[measure], _number(top), _number(line["denominator"]) if rate else None, measure=measure,
            unit=None if pd.isna(unit) else str(unit),
        )  # fmt: skip
    except ArgumentError as error:
        return Verdict("unchecked", None, error.text)
    blank = int(line.get("unfilled", 0) + line.get("unclaimed", 0))
    if blank and verdict.code not in FOLLOWS:
        return Verdict(
            "unchecked", None,
            Text(f"台账有{blank}件没有填此数所需的内容，不能据此判断", f"{blank} cases of the register lack what it rests on: no verdict by it"),
        )  # fmt: skip
    return verdict


def _number(value: float) -> float | int:
    """Whole numbers as such, so that counts are judged as counts."""
    return int(value) if float(value).is_integer() else float(value)


def _why_not(
    row: dict[str, Any], measure: str, period: tuple[pd.Timestamp, pd.Timestamp] | None, cases: Cases | pd.DataFrame
) -> Text:
    """Why a printed figure is shown as printed only."""
    if measure.endswith(CHANGE):
        return Text(
            "同比变化只作登记，不在此核算", "a change against last year is shown as published, not computed here"
        )
    if period is None:
        return Text("期间起止未注明，只作登记", "the period is not fully stated: shown as published only")
    if _population(row["scope"]) is None:
        return Text(
            f"台账不含“{row['scope']}”，只作登记",
            f"the register does not hold {group_text('scope', row['scope']).en}: shown as published only",
        )
    if isinstance(cases, Cases) and period[1] > cases.as_of:
        return Text(
            f"期末{period[1].date()}晚于台账截止日{cases.as_of.date()}，只作登记，不核算",
            f"the period ends on {period[1].date()}, after {cases.as_of.date()}, to which the register is known: "
            "shown as published, not computed here",
        )
    return Text(
        "所用口径集没有这项指标，或该期未计算",
        "the definition set has no such indicator, or the period was not computed",
    )
