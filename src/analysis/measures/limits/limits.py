"""Statutory time limits: the rule in force on the day of filing, counted as the law counts, to the last working day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import numpy as np
import pandas as pd

from analysis.cases.columns import code_meant, codes_by_name
from analysis.cases.coverage import named
from analysis.measures.groups import group_codes
from analysis.measures.limits.workdays import ONE_DAY, WorkCalendar, work_calendar
from analysis.measures.side_files import dates_of, hand_kept
from analysis.vocabulary.columns import codes, columns
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.text import Text, folded, joined, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from analysis.cases.table import Cases

# Which cases the six months of the 2006 notice bind: all cases (the older rule stays for those without property), or
# only those with property to enforce on, the others having no limit at all.
SCOPES = ("all", "with-property")
# What `with_limits` reads of a case.
LIMIT_COLUMNS = (
    "case_no", "case_type", "basis", "has_property", "applied_on", "filed_on", "extension_days", "excluded_days",
)  # fmt: skip
# Of these, what lengthens or shortens a limit: without them the ordinary limit holds.
OF_LIMIT = ("basis", "extension_days", "excluded_days")
DAYS_OF_LIMIT = ("extension_days", "excluded_days")
_TAKEN_WITHOUT = {
    "basis": Text("一般的执行依据", "those of most bases"),
    "extension_days": Text("没有延长", "without extension"),
    "excluded_days": Text("没有扣除", "without exclusion"),
}
MAY_BE_BLANK = ("basis", *DAYS_OF_LIMIT, "has_property")
# What a table of periods not counted holds.
SPAN = ("case_no", "start", "end")
Table = str | Path | pd.DataFrame  # a table kept by hand: a frame, or the path of a file
LAST_OF_YEAR = 3  # days of a year that the next year's notice may move
WEEKENDS_ONLY = Text("该年节假日未知，只按周末顺延", "holidays of that year unknown: moved over weekends only")
AT_THE_LATEST = Text(
    "期限所依据的内容未填或未识别，所列为最长期限的届满日",
    "what the limit rests on is blank or not understood: the day on which the longest ends",
)


class LimitOptions(TypedDict, total=False):
    """Options of counting time limits, as ``with_limits`` takes them."""

    clock: str | None
    scope: Literal["all", "with-property"]
    holidays: Table | None
    excluded: Table | None


@dataclass(frozen=True)
class Rule:
    """One statutory limit: for which filings and bases it holds, how long it is and when its clock starts."""

    id: str
    text: Text
    valid_from: np.datetime64
    valid_to: np.datetime64
    basis: tuple[str, ...]
    with_property: bool
    months: int
    clock: str
    source: str
    confidence: str
    left_over_by: str


@dataclass(frozen=True)
class Clock:
    """A start of the clock: the register's column, and whether that day is itself the first day counted."""

    id: str
    text: Text
    event: str
    counted: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("analysis.measures.limits").joinpath("limit_rules.toml").read_text(encoding="utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried."""
    return tuple(
        Rule(
            r["id"], Text(r["zh"], r["en"]), np.datetime64(r["valid_from"]), np.datetime64(r.get("valid_to", "9999-12-31")),
            tuple(r.get("basis", ())), bool(r.get("with_property", False)), r["months"], r["clock"], r["source"],
            r["confidence"], r.get("left_over_by", ""),
        )
        for r in _data()["rule"]
    )  # fmt: skip


@cache
def clocks() -> dict[str, Clock]:
    """The named starts of the clock."""
    return {k: Clock(k, Text(c["zh"], c["en"]), c["event"], c["counted"]) for k, c in _data()["clock"].items()}


def limit_rules() -> pd.DataFrame:
    """The statutory limits that the package knows, with their sources.

    Columns: ``rule, title, valid_from, valid_to, basis, months, clock, source, confidence`` (V: the text was read at
    the source; M: from memory, to be checked before it is cited).

    Returns
    -------
    DataFrame
        One row a rule.

    >>> limit_rules().set_index("rule").loc["spc-2006-non-litigation", "months"]
    np.int64(3)
    """
    table = pd.DataFrame(
        [
            {
                "rule": r.id, "title": r.text.cell, "valid_from": str(r.valid_from),
                "valid_to": None if r.valid_to == np.datetime64("9999-12-31") else str(r.valid_to),
                "basis": ", ".join(r.basis), "months": r.months, "clock": r.clock, "source": r.source,
                "confidence": r.confidence,
            }
            for r in rules()
        ]
    )  # fmt: skip
    for name in ("valid_from", "valid_to"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    table.attrs["table"] = "limit_rules"
    return table


def corresponding_day(days: Any, months: Any) -> np.ndarray:
    """The day of the same number so many months later, or the last of that month where it has no such day.

    >>> corresponding_day(["2011-08-31", "2011-03-15"], 6)
    array(['2012-02-29', '2011-09-15'], dtype='datetime64[D]')
    """
    start = np.asarray(days, dtype="datetime64[D]")
    month = start.astype("datetime64[M]")
    target = month + np.asarray(months, dtype="timedelta64[M]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - target.astype("datetime64[D]") - ONE_DAY
    return target.astype("datetime64[D]") + np.minimum(start - month.astype("datetime64[D]"), last)


def due_date(
    filed_on: Day,
    *,
    basis: str | None = None,
    case_type: str | None = None,
    has_property: bool | None = None,
    applied_on: Day | None = None,
    extension_days: int = 0,
    excluded_days: int = 0,
    clock: str | None = None,
    scope: str = "all",
    holidays: str | Path | pd.DataFrame | None = None,
) -> pd.Timestamp:
    """The last day of one case's time limit: corresponding day + extension + excluded days, moved to a working day.

    The rule is the one in force on the day of filing; ``NaT`` where none was. ``clock`` names the day from
    which it runs (default: the rule's own: filing-day, day-after-filing, filing-day-counted, application-received);
    ``scope="with-property"`` leaves cases without property without a limit, as the notice of 2006 can be read;
    ``holidays`` is a table or file of the court's own. Days, not working days, are added; rules and sources: ``limit_rules``.
    Raises ``ArgumentError`` for an unknown clock or scope and for no day.

    Parameters
    ----------
    filed_on : date or text
        The day of filing.
    basis : str
        The basis of enforcement, by code.
    case_type : str
        The type of case, by code.
    has_property : bool
        Whether there is property to enforce against.
    applied_on : date or text
        The day on which the application came in.
    extension_days : int
        Days by which the limit was extended.
    excluded_days : int
        Days that do not count.
    clock : str
        The day from which the limit runs; without it the rule's own.
    scope : str
        ``all``, or ``with-property``.
    holidays : DataFrame or path
        The court's own days off and days of work.

    Returns
    -------
    Timestamp
        The last day; ``NaT`` where no limit holds.

    >>> str(due_date("2011-08-31").date())  # no 31 February: the last day of the month
    '2012-02-29'
    >>> str(due_date("2011-04-01").date())  # 1 October is a holiday, 8 October a worked Saturday
    '2011-10-08'
    """
    row = {
        "case_no": "", "case_type": _code("case_type", case_type), "basis": _code("basis", basis), "has_property": has_property,
        "filed_on": day(filed_on, "filed_on"),
        "applied_on": None if applied_on is None else day(applied_on, "applied_on"), "extension_days": extension_days,
        "excluded_days": excluded_days,
    }  # fmt: skip
    rows = pd.DataFrame([row]).astype({"has_property": "boolean"})
    return with_limits(rows, clock=clock, scope=scope, holidays=holidays, stated=())["due_on"].iloc[0]


def _code(vocabulary: str, word: str | None) -> str | None:
    """The code that a word means."""
    if word is not None and folded(word) not in codes_by_name(vocabulary):
        raise ArgumentError.not_one_of(vocabulary, word, [code.text for code in codes(vocabulary).values()])
    return word and code_meant(vocabulary, word, parts=True)


def with_limits(
    rows: pd.DataFrame,
    *,
    clock: str | None = None,
    scope: str = "all",
    holidays: str | Path | pd.DataFrame | None = None,
    excluded: str | Path | pd.DataFrame | None = None,
    at: Any = None,
    stated: Collection[str] = ("basis",),
) -> pd.DataFrame:
    """Case rows with ``rule`` (its id), ``due_on`` (last day, missing where no limit holds), ``assumed`` (weekends only).

    Of the columns ``stated`` a blank says nothing (``limit_columns_stated``): a case that names no basis may have any, one without days of
    extension or exclusion so many, one without the property to enforce on none. ``due_on`` is then the last day of the longest limit (missing
    where nothing ends it), ``earliest_due`` of the shortest (equal where the limit is known). A blank of the others is none.
    ``rows`` holds ``LIMIT_COLUMNS``. Last day = corresponding day of the clock's start + ``extension_days`` + days
    not counted, moved to the next working day. ``clock`` names the start for all cases (default: each rule's own);
    ``scope="with-property"`` reads the notice of 2006 as leaving cases without property without a limit. ``excluded``
    gives intervals (a frame or file ``case_no, start, end``, both days included, a missing end runs to ``at``): their
    union counts once, in place of the register's ``excluded_days``, as far as an interval begins before the limit has passed.
    Negative extensions and exclusions are not applied. Raises ``ArgumentError`` and ``InputError``.
    """
    if clock is not None and clock not in clocks():
        raise ArgumentError.not_one_of("clock", clock, clocks())
    if scope not in SCOPES:
        raise ArgumentError.not_one_of("scope", scope, SCOPES)
    options = (clock, scope, holidays, excluded, at)
    table = _limited(rows, *options)
    table["earliest_due"] = table["due_on"]
    unknown = {name: rows[name].isna().to_numpy() & (name in stated) for name in MAY_BE_BLANK}
    blank = unknown["basis"]
    bases = (None, *dict.fromkeys(basis for rule in rules() for basis in rule.basis))
    each = [_limited(rows[blank].assign(basis=basis), *options) for basis in bases if blank.any()]
    ends = np.array([_days(of["due_on"]) for of in each])
    if blank.any():  # the last of them, or none where some basis has no limit at all: of numpy's datetimes NaT is both
        longest = np.argmax(np.where(np.isnat(ends), np.datetime64("9999-12-31"), ends), axis=0)
        for name in ("rule", "clock", "due_on", "assumed"):
            table.loc[blank, name] = [each[basis][name].iloc[row] for row, basis in enumerate(longest)]
        table.loc[blank, "earliest_due"] = np.fmin.reduce(ends).astype("datetime64[s]")
    endless = unknown["extension_days"] | (unknown["excluded_days"] & (excluded is None))
    if scope == SCOPES[1] and unknown["has_property"].any():
        without = _limited(rows.assign(has_property=pd.array([False] * len(rows), dtype="boolean")), *options)
        endless |= unknown["has_property"] & without["due_on"].isna().to_numpy()
    table.loc[endless, "due_on"] = pd.NaT
    return table


def limit_columns_stated(cases: Cases) -> tuple[str, ...]:
    """Return the columns of a register of which a blank says nothing of a limit: days of extension and exclusion where it writes 0 for none."""
    written = _days_written(cases)
    return tuple(name for name in MAY_BE_BLANK if not cases.lacking(name) and written.get(name, (True,))[0])


def blank_days(cases: Cases, counting: LimitOptions | None = None) -> list[Text]:
    """Say of which days of extension and exclusion a blank counts as none, as the register writes 0 nowhere; nothing where none does.

    >>> from analysis import Cases
    >>> rows = pd.DataFrame({"filed_on": "2011-01-04", "extension_days": [30, None], "excluded_days": [0, None]})
    >>> [said.zh for said in blank_days(Cases.from_frames(rows, as_of="2011-12-31"))]
    ['未填的延长天数按0天计（台账没有以0写明没有的）']
    """
    is_given = (counting or {}).get("excluded") is not None
    taken = [
        columns("cases")[name].text
        for name, (zeros, blanks) in _days_written(cases).items()
        if blanks and not zeros and not (is_given and name == "excluded_days")
    ]
    of = listed(taken)
    said = Text(
        f"未填的{of.zh}按0天计（台账没有以0写明没有的）",
        f"where {of.en} are blank, none are counted (the register writes 0 nowhere)",
    )
    return [said] if taken else []


def _days_written(cases: Cases) -> dict[str, tuple[bool, bool]]:
    """Of the days of extension and exclusion that a register keeps: whether it writes 0, and whether any is blank."""
    days = [name for name in DAYS_OF_LIMIT if not cases.lacking(name)]

    def ask() -> dict[str, tuple[bool, bool]]:
        asked = {
            f"{name}.{of}": found.any()
            for name in days
            for of, found in (
                ("zero", (cases.table[name] == 0).fill_null(False)),
                ("blank", cases.table[name].isnull()),
            )
        }
        row = cases.table.aggregate(**asked).to_pandas().iloc[0]
        return {name: (bool(row[f"{name}.zero"]), bool(row[f"{name}.blank"])) for name in days}

    found: dict[str, tuple[bool, bool]] = cases.once("days of limits", ask) if days else {}
    return found


def limit_unknown(table: pd.DataFrame, day: Any) -> pd.Series:
    """Return which rows of ``with_limits`` do not state what their limit rests on and are over one that they may have on a day, but not over another."""
    return (table["earliest_due"] < day) & ~(table["due_on"] < day)


def surely_due(table: pd.DataFrame) -> pd.Series:
    """Return the last days of ``with_limits`` where they are known, whichever basis a case has."""
    return table["due_on"].where(table["due_on"] == table["earliest_due"])


def unstated(number: int) -> Text:
    """Say of so many cases that they do not state what their limit rests on, so that it is not known whether they are over it."""
    return Text(
        f"期限所依据的内容（执行依据、延长或扣除天数）未填或未识别、因而不知是否超期、未计入超期的案件：{number:,}件",
        "Cases of which what their limit rests on (basis, extension, exclusion) is blank or not understood, so that it is not known whether they are over "
        f"it, and which are not counted as such: {number:,}",
    )


def _limited(
    rows: pd.DataFrame,
    clock: str | None,
    scope: str,
    holidays: str | Path | pd.DataFrame | None,
    excluded: str | Path | pd.DataFrame | None,
    at: Any,
) -> pd.DataFrame:
    """Case rows with their limits, a case that names no basis under the ordinary one."""
    calendar = work_calendar(holidays)
    number = _rule_numbers(rows, scope)
    fits = number >= 0
    months = np.array([r.months for r in rules()])[number]
    names = np.array([clock or r.clock for r in rules()])[number]
    first, due = (np.full(len(rows), np.datetime64("NaT", "D"), dtype="datetime64[D]") for _ in range(2))
    for name in np.unique(names[fits]):
        which = fits & (names == name)
        start, counted = _days(rows[clocks()[name].event])[which], clocks()[name].counted
        first[which] = start if counted else start + ONE_DAY
        due[which] = _counted(start, months[which], counted=counted)
    due = due + _whole_days(rows["extension_days"])
    due = due + _uncounted(rows, first, due, excluded, at)
    last = calendar.on_or_after(due)
    table = rows.copy()
    table["rule"] = pd.Series(np.array([r.id for r in rules()])[number], index=rows.index, dtype="str").where(fits)
    table["clock"] = pd.Series(names, index=rows.index, dtype="str").where(fits)
    table["due_on"] = last.astype("datetime64[s]")
    table["assumed"] = calendar.is_assumed(due, last)
    return table


def as_if_none(absent: Sequence[str]) -> Text:
    """Say that limits are the ordinary ones in what the columns that a register lacks would tell, and in nothing else."""
    held = named(absent)
    taken = listed([_TAKEN_WITHOUT[name] for name in absent])
    return Text(
        f"台账没有{held.zh}：期限都按{taken.zh}计算，不是这样的案件期限不同，是否超过法定期限无法判断",
        f"the register holds no {held.en}: limits are ordinary, {taken.en}; "
        "of cases that are otherwise they differ, so it cannot be told which are over the statutory limit",
    )


def columns_of_limit_lacking(cases: Cases, counting: LimitOptions | None = None) -> tuple[str, ...]:
    """Return the columns that lengthen or shorten a limit and that are not there: days excluded may be given apart as intervals."""
    is_given = (counting or {}).get("excluded") is not None
    return tuple(name for name in cases.lacking(*OF_LIMIT) if not (is_given and name == "excluded_days"))


def headed_by_limit(table: pd.DataFrame, absent: Sequence[str]) -> pd.DataFrame:
    """Return a table whose ``due_on`` is headed as the end of the ordinary limit where columns that lengthen or shorten one are not there."""
    headed = table.copy(deep=False)
    headed.attrs = table.attrs | ({"table": "deadlines.ordinary"} if absent else {})
    return headed


def by_ordinary_limits(absent: Sequence[str]) -> Text:
    """Say the same in a few words, beside a count by the ordinary limit."""
    held = named(absent)
    return Text(
        f"是否超过法定期限无法判断，台账没有{held.zh}",
        f"which are over the statutory limit cannot be told, no {held.en}",
    )


def holidays_unknown(limits: pd.DataFrame) -> list[Text]:
    """Say of which years the holidays are not known that some limits rest on (columns ``due_on, assumed``); nothing where all are.

    >>> [said.zh for said in holidays_unknown(pd.DataFrame({"due_on": [pd.Timestamp("2099-03-02")], "assumed": [True]}))]
    ['2099年节假日未知，届满日在该年的只按周末顺延']
    """
    ends = limits.loc[limits["assumed"].astype(bool), "due_on"].dropna()
    return _of_years(_of_notice(ends))


def taken_for_known(cases: Cases, limits: pd.DataFrame, counting: LimitOptions) -> list[Text]:
    """Say all that is not known of what some limits rest on and is taken as said here: blank days as none, weekends as the only days off."""
    return blank_days(cases, counting) + holidays_unknown(limits)


def holidays_unknown_in(start: pd.Timestamp, end: pd.Timestamp, calendar: WorkCalendar) -> list[Text]:
    """Say the same of all days of a period."""
    days = np.arange(np.datetime64(start, "D"), np.datetime64(end, "D") + ONE_DAY)
    return _of_years(_of_notice(pd.Series(days[calendar.is_assumed(days, days)])))


def with_unknown_holidays(listed: pd.DataFrame) -> pd.DataFrame:
    """Mark in a ``note`` which ``due_on`` of a list of cases rest on holidays that are not known (``assumed``, which is taken out); none, no note.

    >>> days = pd.DataFrame({"due_on": pd.to_datetime(["2011-03-02", "2099-03-02"]), "assumed": [False, True]})
    >>> with_unknown_holidays(days)["note"].str.split(chr(10)).str[0].tolist()
    ['', '该年节假日未知，只按周末顺延']
    """
    marked = listed["assumed"].astype(bool) & listed["due_on"].notna()
    table = listed.drop(columns="assumed")
    if marked.any():
        table.insert([*table].index("due_on") + 1, "note", np.where(marked, WEEKENDS_ONLY.cell, ""))
    return table


def _of_notice(days: pd.Series) -> list[int]:
    """The years whose notices say which of the days are worked: of the last three of a year the next one's."""
    return sorted({*(days + pd.Timedelta(days=LAST_OF_YEAR)).dt.year.tolist()})


def _of_years(years: Sequence[int]) -> list[Text]:
    if not years:
        return []
    one, zh, en = len(years) == 1, "、".join(map(str, years)), ", ".join(map(str, years))
    then = Text("该年", "in that year") if one else Text("这些年", "in these years")
    return [
        Text(
            f"{zh}年节假日未知，届满日在{then.zh}的只按周末顺延",
            f"the holidays of {en} are not known: limits that end {then.en} are moved over weekends only",
        )
    ]


def rule_cells(table: pd.DataFrame) -> pd.Series:
    """Write the rule of each row of ``with_limits``: the law, the clock, and an unknown holiday calendar."""
    by_id = {r.id: r for r in rules()}
    of_rule = table.assign(latest=table["earliest_due"] != table["due_on"])
    place, kinds = group_codes(of_rule, ["rule", "clock", "assumed", "latest"])
    cells = [
        joined(
            [
                *([AT_THE_LATEST] if latest else []), by_id[rule].text, clocks()[clock].text,
                *([WEEKENDS_ONLY] if assumed else []),
            ],
        ).cell if isinstance(rule, str) else ""
        for rule, clock, assumed, latest in kinds.itertuples(index=False)
    ]  # fmt: skip
    return pd.Series(pd.array(cells, dtype="str").take(place), index=table.index)


def _days(column: pd.Series) -> np.ndarray:
    return pd.to_datetime(column).to_numpy().astype("datetime64[D]")


def _whole_days(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column).fillna(0).clip(lower=0).to_numpy().astype("int64").astype("timedelta64[D]")


def _rule_numbers(rows: pd.DataFrame, scope: str) -> np.ndarray:
    """The place of each case's rule in ``rules()``, -1 where none applies."""
    filed = _days(rows["filed_on"])
    basis = rows["basis"].astype(object).to_numpy()
    limited = (rows["case_type"].isna() | rows["case_type"].isin(_data()["case_types"])).to_numpy()
    without_property = rows["has_property"].eq(False).fillna(False).to_numpy(dtype=bool)
    number = np.full(len(rows), -1)
    for place, rule in enumerate(rules()):
        fits = limited & (number < 0) & (filed >= rule.valid_from) & (filed <= rule.valid_to)
        if rule.basis:
            fits &= np.isin(basis.astype(str), rule.basis)
        if rule.with_property:
            fits &= ~without_property
        number[fits] = place
    if scope == "with-property":
        for place, rule in enumerate(rules()):
            if rule.left_over_by:
                notice = next(r for r in rules() if r.id == rule.left_over_by)
                number[(number == place) & without_property & (filed >= notice.valid_from)] = -1
    return number


def _counted(start: np.ndarray, months: np.ndarray, *, counted: bool) -> np.ndarray:
    """The last day of a limit in months; where the first day itself counts, the day before the corresponding day."""
    last = corresponding_day(start, months)
    if not counted:
        return last
    same_day = (last - last.astype("datetime64[M]").astype("datetime64[D]")) == (
        start - start.astype("datetime64[M]").astype("datetime64[D]")
    )
    return last - np.where(same_day, ONE_DAY, np.timedelta64(0, "D"))


def _uncounted(
    rows: pd.DataFrame, first: np.ndarray, due: np.ndarray, excluded: str | Path | pd.DataFrame | None, at: Any
) -> np.ndarray:
    """Days to add for periods not counted: the register's own sum, or the union of the intervals given."""
    added = _whole_days(rows["excluded_days"])
    if excluded is None:
        return added
    kept = hand_kept(excluded, "excluded", SPAN)
    starts, ends = (dates_of(kept[name], f"excluded {name}") for name in SPAN[1:])
    if at is None and ends.isna().any():
        raise ArgumentError(
            "excluded 中有未结束的期间：请用 at= 说明算到哪一天。",
            "excluded holds a period without an end: say with at= up to when.",
        )
    if at is not None:
        ends = ends.fillna(day(at, "at", last=True))
    spans = pd.DataFrame({"case_no": kept["case_no"].astype("str"), "start": starts, "end": ends})
    wrong = spans["start"].isna() | (spans["end"] < spans["start"])
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1  # by its place: what stands for a number may be a name
        raise InputError(
            f"excluded：第{row}行数据的期间没有起日，或止日早于起日。",
            f"excluded: the period of data row {row} has no start, or ends before it starts.",
        )
    places = rows.groupby("case_no").indices
    for case, own in spans.groupby("case_no"):
        for i in places.get(case, ()):
            added[i] = _union_days(_days(own["start"]), _days(own["end"]), first[i], due[i])
    return added


def _union_days(starts: np.ndarray, ends: np.ndarray, first: np.datetime64, due: np.datetime64) -> np.timedelta64:
    """Days of the union of intervals, each from the ``first`` day counted and only if it begins before the moved limit."""
    total, reached = np.timedelta64(0, "D"), first
    for i in np.argsort(starts, kind="stable"):
        start = max(starts[i], reached)
        if start > due + total:
            break
        if ends[i] >= start:
            total += ends[i] - start + ONE_DAY
            reached = ends[i] + ONE_DAY
    return total
