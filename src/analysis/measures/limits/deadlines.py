"""Deadlines: which open cases fall due soon, are over their time limit, or were started late."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from analysis.cases.closings import not_listed, undecided_by
from analysis.cases.coverage import blank_says, cannot_tell
from analysis.cases.table import known_on
from analysis.measures.limits.limited_cases import limited_anew, limited_rows
from analysis.measures.limits.limits import (
    LIMIT_COLUMNS,
    WEEKENDS_ONLY,
    LimitOptions,
    as_if_none,
    blank_days,
    clocks,
    columns_of_limit_lacking,
    headed_by_limit,
    holidays_unknown,
    limit_unknown,
    rule_cells,
    rules,
)
from analysis.measures.limits.workdays import own_holidays, work_calendar
from analysis.measures.pseudonyms import case_list
from analysis.measures.quota_scheme import scheme_numbers
from analysis.measures.rows import surely_open
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import Day
from analysis.vocabulary.sentences import in_brackets
from analysis.vocabulary.text import Text, joined, text_of_cell

if TYPE_CHECKING:
    from analysis.cases.table import Cases

# over_limit: open past the statutory limit. due_soon: the limit ends within the days asked for. not_started: the file
# was received and the court's own days for starting have passed. start_due: they end within the days asked for.
# started_late: started after them.
KINDS = ("over_limit", "due_soon", "not_started", "start_due", "started_late")
# The same of the ordinary limit, where the register lacks what lengthens or shortens one: whether the statutory limit is over is not known.
BY_ORDINARY = {"over_limit": "past_ordinary_limit", "due_soon": "ordinary_limit_soon"}
OF_ORDINARY = {"due_on": "ordinary_due_on", "days_left": "ordinary_days_left"}  # headings of a document then
COLUMNS = ("case_no", "kind", "due_on", "days_left", "officer", "rule")
# What the court's own limit for starting rests on.
OF_START = ("assigned_on", "started_on")
STARTS = Text("是否按时开始执行", "whether enforcement started in time")


def deadlines(
    cases: Cases,
    *,
    at: Day | None = None,
    within_days: int = 30,
    kinds: Iterable[str] = KINDS,
    scheme: str | Path | None = None,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> pd.DataFrame:
    """The open cases that need attention on a day, one row a case and deadline, the most urgent first.

    Columns: ``case_no, kind, due_on, days_left, officer, rule``; ``kind`` is one of ``KINDS`` (``past_ordinary_limit`` for ``over_limit`` and
    ``ordinary_limit_soon`` for ``due_soon`` where the register lacks basis, extension or exclusion), ``days_left`` =
    ``due_on`` − ``at`` in days (below 0: past; of ``started_late``: days by which the start was late, below 0).
    ``rule`` says the law and the clock in both languages. ``due_soon`` and ``start_due`` reach ``within_days`` ahead,
    both ends included.

    ``counting``: ``clock``, ``scope``, ``holidays``, ``excluded`` as ``limits.with_limits`` takes them; the days for
    starting come from the court's ``scheme`` (a definition set or the path of one; default: what the register names), and
    without one, or without the register's columns of receipt and start, no start is judged. ``.attrs["notes"]`` says which
    open cases have no limit or cannot be counted, how many have a closing date
    that cannot be read, or state no basis and may be over a limit or not (they are not listed; ``.attrs["left_out"]`` counts
    them) and which columns the register lacks, ``.attrs["clock_sensitive"]`` names those that are over the limit only if the
    first day is counted. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    within_days : int
        How many days ahead to look.
    kinds : list of str
        What to list: any of ``KINDS``.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    DataFrame
        One row a case and deadline.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-03-15"]})
    >>> cases = Cases.from_frames(frame.assign(basis="civil", extension_days=0, excluded_days=0), as_of="2011-09-01")
    >>> deadlines(cases)[["kind", "due_on", "days_left"]].astype(str).values.tolist()
    [['due_soon', '2011-09-15', '14']]
    """
    wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in wanted:
        if kind not in KINDS:
            raise ArgumentError.not_one_of("kinds", kind, KINDS)
    if within_days < 0:
        raise ArgumentError(
            f"within_days 应不小于0，现为 {within_days}。", f"within_days must not be below 0, it is {within_days}."
        )
    cut = known_on(cases, at)
    limited = limited_rows(
        cases, ["assigned_on", "started_on", "closed_on", "officer"], at=at, keep=surely_open(cases), **counting
    )
    length = start_days(cases, scheme)
    listed = pd.concat(
        [
            _statutory(limited, cut, within_days),
            _starts(cases, limited, cut, within_days, length, own_holidays(cases, counting.get("holidays"))),
        ],
        ignore_index=True,
    )
    listed = listed[listed["kind"].isin(wanted)]
    if lacking := columns_of_limit_lacking(cases, counting):
        listed = listed.assign(kind=listed["kind"].replace(BY_ORDINARY))
    unknown, blanks = holidays_unknown(listed), blank_days(cases, counting)
    listed = listed.sort_values(["due_on", "case_no", "kind"], ignore_index=True)[list(COLUMNS)]
    listed = case_list(cases, listed, names=names)
    listed.attrs = {
        "at": str(cut.date()),
        "within_days": within_days,
        "notes": [note.cell for note in (*_notes(cases, limited, cut, within_days, scheme, lacking), *blanks)],
        "left_out": undecided_by(cases, cut) + _of_no_basis(limited, cut, within_days),
        "clock_sensitive": _clock_sensitive(cases, limited, cut, counting, names=names),
        "lacking": lacking,
        "blank_days": [blank.cell for blank in blanks],
        "holidays_unknown": [said.cell for said in unknown],
        "leaves_out": not cases.beginning.is_whole(cut + pd.Timedelta(days=1)),
    }
    return headed_by_limit(listed, lacking)


def weekends_only(due: pd.DataFrame) -> Text:
    """Say in brackets which deadlines of a list are moved over weekends only; nothing where all holidays are known."""
    said = [in_brackets(text_of_cell(cell)) for cell in due.attrs["holidays_unknown"]]
    return said[0] if said else Text("", "")


def near_limits(due: pd.DataFrame) -> tuple[Text, int, int]:
    """Return by which limit a list of deadlines counts, how many cases fall due soon by it and how many are past it."""
    kinds = due["kind"].replace({ordinary: kind for kind, ordinary in BY_ORDINARY.items()})
    limit = Text("一般期限", "ordinary limit") if due.attrs["lacking"] else Text("法定期限", "statutory limit")
    return limit, int((kinds == "due_soon").sum()), int((kinds == "over_limit").sum())


def _statutory(limited: pd.DataFrame, cut: pd.Timestamp, within: int) -> pd.DataFrame:
    """Open cases over or near their statutory limit, whichever basis they have."""
    left = (limited["due_on"] - cut).dt.days
    is_near = (left <= within) & ~limit_unknown(limited, cut)
    near = limited[is_near].assign(days_left=left[is_near].astype("int64"))
    return near.assign(kind=np.where(near["days_left"] < 0, "over_limit", "due_soon"), rule=rule_cells(near))[
        [*COLUMNS, "assumed"]
    ]


def start_days(cases: Cases, scheme: str | Path | None) -> int:
    """The court's own days from the file to the start; 0 where it set none, or its register cannot tell a start."""
    return 0 if cases.lacking(*OF_START) else int(scheme_numbers(cases, scheme).get("start_within_days", 0))


def _starts(
    cases: Cases, rows: pd.DataFrame, cut: pd.Timestamp, within: int, length: int, holidays: Any
) -> pd.DataFrame:
    """Open cases whose start is late or near the court's own limit; none where the scheme sets no days."""
    received = rows[rows["assigned_on"] <= cut] if length else rows.iloc[:0]
    judged = start_limits(received, length, holidays, at=cut, blank_since=blank_says(cases.coverage, "started_on"))
    judged["kind"] = np.select(
        [judged["is_late"] & judged["started"], judged["is_late"], ~judged["started"] & ~judged["is_unknown"]],
        ["started_late", "not_started", "start_due"],
        "",
    )
    near = judged[(judged["kind"] != "") & (judged["days_left"] <= within)]
    return near[[*COLUMNS, "assumed"]]


def start_limits(
    rows: pd.DataFrame,
    length: int,
    holidays: str | Path | pd.DataFrame | None,
    *,
    at: pd.Timestamp,
    blank_since: pd.Timestamp | None,
) -> pd.DataFrame:
    """Rows with a received file, judged by the court's days for starting: ``due_on, assumed, rule, started, is_late, is_unknown, days_left``.

    A start after ``at`` is not known yet. Of a started case ``days_left`` is the last day − the start; of one not
    started the last day − ``at``. A closed case was started by its closing: where that is after the last day and no
    start is on record, it is not known whether it was late. Nor is it of an open case without a start that was filed
    before ``blank_since`` (``coverage.blank_says``; ``None``: a blank never says that a case was not started).
    """
    judged = rows.copy()
    calendar = work_calendar(holidays)
    end = rows["assigned_on"].to_numpy().astype("datetime64[D]") + np.timedelta64(length, "D")  # that day not counted
    last = calendar.on_or_after(end)
    judged["due_on"] = last.astype("datetime64[s]")
    rule = _start_rule(length)
    judged["assumed"] = calendar.is_assumed(end, last)
    judged["rule"] = np.where(judged["assumed"], joined([rule, WEEKENDS_ONLY]).cell, rule.cell)
    judged["started"] = rows["started_on"].notna() & (rows["started_on"] <= at)
    known_by = rows["started_on"].where(judged["started"], rows["closed_on"].fillna(at))
    judged["days_left"] = (judged["due_on"] - known_by).dt.days.astype("int64")
    says = rows["filed_on"] >= blank_since if blank_since is not None else pd.Series(False, index=rows.index)
    judged["is_unknown"] = ~judged["started"] & (rows["closed_on"].isna() | (judged["days_left"] < 0))
    judged["is_unknown"] &= rows["closed_on"].notna() | ~says
    judged["is_late"] = (judged["days_left"] < 0) & ~judged["is_unknown"]
    return judged


def _start_rule(length: int) -> Text:
    """The court's own rule for starting, in words."""
    return Text(
        f"本院规定：收到案卷后{length}日内开始执行",
        f"the court's own rule: enforcement starts within {length} days of the file",
    )


BY_PROPERTY = Text(
    "台账没有“有无财产可供执行”：表中引用有财产案件的规定，无财产的另有规定，期限同为六个月",
    'the register holds no "property to enforce on": the rule for cases with property is cited; the one for others sets six months too',
)


def _notes(
    cases: Cases,
    limited: pd.DataFrame,
    cut: pd.Timestamp,
    within: int,
    scheme: str | Path | None,
    lacking: tuple[str, ...],
) -> list[Text]:
    """The omissions and assumptions of the list, in words."""
    said = [as_if_none(lacking)] if lacking else []
    if (
        cases.lacking("has_property")
        and limited["rule"].isin([rule.id for rule in rules() if rule.with_property]).any()
    ):
        said.append(BY_PROPERTY)
    if number := undecided_by(cases, cut):
        said.append(not_listed(number))
    asked = scheme_numbers(cases, scheme).get("start_within_days")
    if asked and (absent := cases.lacking(*OF_START)):
        said.append(cannot_tell(absent, STARTS))
    return said + _counts(cases, limited, cut, within, judges_starts=start_days(cases, scheme) > 0)


def _of_no_basis(limited: pd.DataFrame, cut: pd.Timestamp, within: int) -> int:
    """Count the cases of which it depends on the basis that they do not state whether they are over or near their limit."""
    ahead = cut + pd.Timedelta(days=within + 1)
    return int((limit_unknown(limited, cut) | limit_unknown(limited, ahead)).sum())


def _counts(cases: Cases, limited: pd.DataFrame, cut: pd.Timestamp, within: int, *, judges_starts: bool) -> list[Text]:
    no_basis = _of_no_basis(limited, cut, within)
    no_rule = int(limited["rule"].isna().sum())
    no_date = int((limited["rule"].notna() & limited["earliest_due"].isna()).sum())
    negative = int(((limited["extension_days"] < 0) | (limited["excluded_days"] < 0)).sum())
    assumed = int(limited["assumed"].sum())
    no_file = int(limited["assigned_on"].isna().sum()) if judges_starts else 0
    since = blank_says(cases.coverage, "started_on")
    blank = limited["started_on"].isna() & (limited["assigned_on"] <= cut)
    silent = int((blank & ((limited["filed_on"] < since) if since is not None else True)).sum()) if judges_starts else 0
    said = [
        (
            no_basis,
            "期限所依据的内容（执行依据、延长或扣除天数）未填或未识别、因而不知是否超期或即将到期、未列入的未结案件",
            "Open cases of which what their limit rests on (basis, extension, exclusion) is blank or not understood, so that it is not known whether they are "
            "over or near it, and which are not listed",
        ),
        (
            no_rule,
            "没有适用法定期限的未结案件（另有规定的案件类型，或立案早于规定）",
            "Open cases without a limit by these rules (another type, or filed before them)",
        ),
        (
            no_date,
            "缺少起算日期、无法计算期限的未结案件",
            "Open cases without the day on which the clock starts, so that no limit can be counted",
        ),
        (
            no_file,
            "缺少收到案卷日期、无法判断是否按时开始执行的未结案件",
            "Open cases without the day on which the file was received, so that their start cannot be judged",
        ),
        (
            silent,
            "已结案件也有未登记开始执行日期的，未填不能说明没有开始、因而无法判断、未列入的未结案件",
            "Open cases without a start: closed ones lack it too, so that the blank does not say that they were not started, and they are not listed",
        ),
        (
            negative,
            "延长或扣除天数为负数、未予适用的案件",
            "Cases with a negative extension or exclusion, which was not applied",
        ),
        (
            assumed,
            "期限届满年份节假日未知、只按周末顺延的案件",
            "Cases whose limit ends in a year of unknown holidays (moved over weekends only)",
        ),
    ]
    return [Text(f"{zh}：{count}件", f"{en}: {count}") for count, zh, en in said if count]


def _clock_sensitive(
    cases: Cases, limited: pd.DataFrame, cut: pd.Timestamp, counting: LimitOptions, *, names: bool
) -> list[str]:
    """Case numbers that are over the limit only in the reading that counts the first day."""
    counted = next(name for name, clock in clocks().items() if clock.counted)
    strict = limited_anew(cases, limited[list(LIMIT_COLUMNS)], at=cut, **(counting | LimitOptions(clock=counted)))
    differs = (strict["due_on"] < cut) & (limited["earliest_due"] >= cut)
    return case_list(cases, limited.loc[differs, ["case_no"]], names=names)["case_no"].astype("str").tolist()
