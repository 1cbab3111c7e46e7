"""Responsibility for old cases: 四定一包 - case, officer, time limit and duty fixed, and a leading officer in charge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np
import pandas as pd

from analysis.cases.closings import not_listed, undecided_by
from analysis.cases.coverage import cannot_tell
from analysis.cases.table import known_on
from analysis.measures.limits.limited_cases import limited_rows
from analysis.measures.limits.limits import (
    LimitOptions,
    as_if_none,
    columns_of_limit_lacking,
    headed_by_limit,
    limit_unknown,
    surely_due,
    taken_for_known,
    unstated,
    with_unknown_holidays,
)
from analysis.measures.pseudonyms import case_list
from analysis.measures.rows import surely_open
from analysis.measures.side_files import dates_of, hand_kept, in_register_writing
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, joined, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analysis.cases.table import Cases

# What counts as an old case (积案): over its limit, carried over from an earlier year, or either.
BACKLOGS = ("either", "over-limit", "carried-over")
# 定案、定人、定时限、定责任、包案: the columns that must be filled.
FIXED = {
    "case_no": Text("定案", "case"),
    "officer": Text("定人", "officer"),
    "time_limit": Text("定时限", "time limit"),
    "duty": Text("定责任", "duty"),
    "lead": Text("包案领导", "leading officer"),
}
# Of these five the register itself says the following; a column that it lacks says nothing of any case.
BY_REGISTER = {"officer": "officer", "duty": "team", "lead": "lead"}
MONTH = re.compile(r"\d{4}-\d{1,2}")  # a time limit given as a month ends with it
OVER_LIMIT = Text("已超期限", "over the limit")
PAST_ORDINARY_LIMIT = Text("已过一般期限", "past the ordinary limit")  # where what changes a limit is not known
NO_PLAN = Text(
    "没有给出清理计划（plan），新定的时限无从知道，不计缺“定时限”",
    "no plan was given: what time limits were set anew is not known, and none counts as lacking",
)
CARRIED_OVER = Text("上年旧存", "carried over")


@dataclass(frozen=True, eq=False)
class ResponsibilityLedger(Result):
    """``table`` (each old case and what it lacks) and ``summary`` (how many lack what)."""

    summary: pd.DataFrame
    table: pd.DataFrame
    caption: Text


def responsibility_ledger(
    cases: Cases,
    *,
    at: Day | None = None,
    backlog: str = "either",
    plan: str | Path | pd.DataFrame | None = None,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> ResponsibilityLedger:
    """The old open cases with case, officer, time limit, duty and leading officer, and which of these five each lacks.

    ``.table`` ``case_no, filed_on, age_days, reason, officer, team, due_on, time_limit, duty, lead, lacks`` (oldest
    first; ``reason``, ``lacks`` in both languages; ``note`` where a due date rests on holidays that are not known);
    ``.summary`` ``element, cases, fixed, lacking``. An old case is ``backlog``: over its limit, carried over from an earlier year, or either.

    The register does not hold a new time limit nor a duty: ``plan`` gives them (a frame or file ``case_no, time_limit,
    duty``; headings may be Chinese). Without it the time limit shown is the statutory one while it still runs, and the duty is the
    team's. An element whose column the register lacks, and the time limit without a plan, is neither fixed nor lacking: its counts
    are missing, and the caption says so. People are
    pseudonyms unless ``names=True``. ``counting`` as for ``limits.with_limits``. Raises ``ArgumentError`` and
    ``InputError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    backlog : str
        ``over-limit``, ``carried-over`` or ``either``.
    plan : DataFrame or path
        ``case_no, time_limit, duty`` as the court set them.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    ResponsibilityLedger
        The cases, and which element how many lack.

    >>> from analysis import Cases
    >>> people = {"officer": ["甲", "乙"], "team": [None, "一组"], "lead": [None, "丙"]}
    >>> frame = pd.DataFrame({"case_no": ["1", "2"], "filed_on": ["2011-01-04", "2011-12-01"], **people})
    >>> ledger = responsibility_ledger(Cases.from_frames(frame, as_of="2011-12-31"))
    >>> ledger.table["lacks"].str.split(chr(10)).str[0].tolist()
    ['定责任；包案领导']
    """
    if backlog not in BACKLOGS:
        raise ArgumentError.not_one_of("backlog", backlog, BACKLOGS)
    cut = known_on(cases, at)
    absent = columns_of_limit_lacking(cases, counting)
    past = PAST_ORDINARY_LIMIT if absent else OVER_LIMIT
    rows = limited_rows(cases, ["officer", "team", "lead"], at=at, keep=surely_open(cases), **counting)
    over, carried = rows["due_on"] < cut, rows["filed_on"].dt.year < cut.year
    chosen = {"either": over | carried, "over-limit": over, "carried-over": carried}[backlog]
    no_basis = int(limit_unknown(rows, cut).sum())
    rows = rows.assign(over=over, carried=carried, due_on=surely_due(rows))[chosen].reset_index(drop=True)
    rows["age_days"] = (cut - rows["filed_on"]).dt.days.astype("int64")
    why = [
        joined([*([past] if is_over else []), *([CARRIED_OVER] if is_carried else [])]).cell
        for is_over, is_carried in zip(rows["over"], rows["carried"], strict=True)
    ]
    rows["reason"] = pd.Series(why, index=rows.index, dtype="str")
    if plan is not None:
        plan = in_register_writing(cases, hand_kept(plan, "plan", ["case_no", "time_limit", "duty"]), "plan")
    rows = _with_plan(rows, plan, cut)
    absent_elements = [
        name
        for name, column in BY_REGISTER.items()
        if cases.lacking(column) and not (name == "duty" and plan is not None)
    ]
    unknown = [*absent_elements, *(["time_limit"] if plan is None else [])]
    table = case_list(cases, _with_lacks(rows, unknown), names=names)
    if not names:
        table = table.drop(columns="duty")  # in a clerk's own words
    lacking, asked = int((table["lacks"] != "").sum()), _listed(name for name in FIXED if name not in unknown)
    day = day_text(cut)
    caption = Text(
        f"截至{day.zh}的旧案{len(table):,}件，其中{lacking:,}件缺{asked.zh}中的一项或几项",
        f"{len(table):,} old cases on {day.en}, {lacking:,} of them lack one or more of: {asked.en}",
    )
    if absent_elements:
        columns = [BY_REGISTER[name] for name in absent_elements]
        caption = joined([caption, cannot_tell(columns, _listed(absent_elements))])
    if plan is None:
        caption = joined([caption, NO_PLAN])
    if number := undecided_by(cases, cut):
        caption = joined([caption, not_listed(number)])
    if no_basis and backlog != "carried-over":
        caption = joined([caption, unstated(no_basis)])
    if absent:
        caption = joined([caption, as_if_none(absent)])
    caption = joined([caption, *taken_for_known(cases, rows, counting)])
    table = headed_by_limit(table, absent)
    return ResponsibilityLedger(summary=_summary(rows, unknown), table=table, caption=caption + cases.made_up)


def _listed(names: Iterable[str]) -> Text:
    """Return elements in words."""
    return listed(FIXED[name] for name in names)


def _with_plan(rows: pd.DataFrame, plan: pd.DataFrame | None, cut: pd.Timestamp) -> pd.DataFrame:
    """Rows with ``time_limit`` and ``duty`` as planned, or as far as the register itself fixes them."""
    if plan is None:
        return rows.assign(time_limit=rows["due_on"].where(rows["due_on"] >= cut), duty=rows["team"])
    if plan["case_no"].duplicated().any():
        row = (
            int(np.flatnonzero(plan["case_no"].duplicated())[0]) + 1
        )  # by its place: what stands for a number may be a name
        raise InputError(
            f"plan：第{row}行数据的案号前面已出现过。", f"plan: the case of data row {row} stands there before."
        )
    limits = plan["time_limit"].map(lambda v: day(v, "time_limit", last=True) if MONTH.fullmatch(str(v)) else v)
    planned = plan.assign(time_limit=dates_of(limits, "plan time_limit"))
    return rows.merge(planned[["case_no", "time_limit", "duty"]], on="case_no", how="left")


def _is_fixed(column: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.notna()
    return column.notna() & (column.astype("str").str.strip() != "")


def _with_lacks(rows: pd.DataFrame, unknown: Sequence[str]) -> pd.DataFrame:
    fixed = pd.DataFrame({name: _is_fixed(rows[name]) for name in FIXED if name not in unknown})
    lacks = [joined([FIXED[str(name)] for name in fixed if not row[name]]).cell for row in fixed.to_dict("records")]
    table = rows.assign(lacks=pd.Series(lacks, index=rows.index, dtype="str"))
    columns = [
        "case_no", "filed_on", "age_days", "reason", "officer", "team", "due_on", "assumed", "time_limit", "duty", "lead",
        "lacks",
    ]  # fmt: skip
    return with_unknown_holidays(table[columns])


def _summary(rows: pd.DataFrame, unknown: Sequence[str]) -> pd.DataFrame:
    counted = [
        (text.cell, len(rows), pd.NA if name in unknown else int(_is_fixed(rows[name]).sum()))
        for name, text in FIXED.items()
    ]
    table = pd.DataFrame(counted, columns=["element", "cases", "fixed"]).astype({"fixed": "Int64"})
    return table.assign(lacking=table["cases"] - table["fixed"])
