"""Return whether what was read can be worked with: a column of another type is one error, not a register without cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.closings import must_hold_closings
from analysis.cases.sources import case_sheets
from analysis.checks.context import Register, at, in_texts
from analysis.checks.number_rules import columns_that_differ, listed_again
from analysis.register.cells import NOT_YET
from analysis.register.headers import NAME_THEM
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.text import Text, in_language, listed

if TYPE_CHECKING:
    from analysis.cases.table import Cases

MOST_REPEATED = 0.2  # share of rows whose case stands in another row beyond which no report is made
MOST_UNKNOWN = 0.2  # share of closure modes without a known meaning beyond which no report is made
SOME_CLOSED_WITHIN = 90  # days, our choice: of a register that began so long ago no court has closed nothing
SLIPS = 2  # so many unreadable cells in a column that holds nothing else may be slips of a clerk
NO_CASE = Text(
    "台账中没有一件案件：只有表头，或整张表挤在一行里。请核对导出的文件，每件案件应占一行。",
    "The register holds no case: a header alone, or a table collapsed into one line. Look at the file that was exported; each case is a row of its own.",
)
EXPECTED = {
    "date": Text("日期，如2011-12-31", "days such as 2011-12-31"),
    "money": Text("金额，如12000.00", "amounts such as 12000.00"),
    "integer": Text("整数，如30", "whole numbers such as 30"),
    "boolean": Text("是或否", "是 or 否"),
}
WHAT_IT_HOLDS = Text("该列应有的内容", "what that column holds")
CHECK_THE_YEAR = Text("核对年份并改正", "check the year and correct it")


def write_alone(kind: str) -> Text:
    """Say how a cell of a kind of column is to be written so that it can be read.

    >>> print(write_alone("date").zh)
    只写日期，如2011-12-31；别的话（补录、待核等）写在另一栏
    """
    wanted = EXPECTED.get(kind, WHAT_IT_HOLDS)
    return Text(
        f"只写{wanted.zh}；别的话（补录、待核等）写在另一栏",
        f"write {wanted.en} alone; other words (entered later, to be verified) belong into another column",
    )


def must_be_readable(cases: Cases) -> None:
    """Raise ``InputError`` for every sheet of which no row can be used, every column of which no value can be read, and where there is no case.

    Rows without a readable filing date are in quarantine, other unreadable values count as missing: a few of them are
    findings, but where nothing else is there, the header was mistaken or the column is of another type.
    """
    problems = [*_sheets_without_a_row(cases), *_columns_without_a_value(cases)]
    if not problems and not len(cases):
        problems = [NO_CASE]
    if problems:
        raise InputError("\n".join(p.zh for p in problems), "\n".join(p.en for p in problems))


def must_carry_a_report(cases: Cases) -> None:
    """Raise ``InputError`` for a register of which no document can be made: unreadable, with cases listed twice, all closed or all open, unknown modes."""
    must_be_readable(cases)
    must_list_cases_once(cases)
    must_hold_closings(cases)
    must_know_modes(cases)
    must_hold_open_cases(cases)
    must_hold_closed_cases(cases)


def must_list_cases_once(cases: Cases) -> None:
    """Raise ``InputError`` where so many rows repeat the case number of another that every figure would count cases twice."""
    t = cases.table
    numbered = t.filter(t["case_no"].notnull())  # a row without a number repeats none
    # numbers that begin anew every year are of other cases
    each = numbered.group_by("court", "case_no", "filed_on").aggregate(
        listed=numbered.count(), files=numbered.source_file.nunique(), sheets=numbered.source_sheet.nunique()
    )
    shared = (each["files"] > 1) | (each["sheets"] > 1)
    found = each.aggregate(rows=each["listed"].sum(), cases=each.count(), shared=shared.sum())
    rows, cases_listed, in_several = answer(cases, found).fillna(0).astype(int).iloc[0]
    again = rows - cases_listed
    example = _one_of_two_sheets(cases) if in_several else Text("", "")
    if again <= MOST_REPEATED * rows:
        if in_several:
            raise _in_several_sheets(cases, in_several, example)
        return
    raise InputError(
        f"台账的{rows:,}行中有{again:,}行的案号在别的行已有：像是同一批案件列了两遍（如立案、结案各一张表），每件会算两次。"
        f"{example.zh}请每件只留一行：在 本院.toml 的 register 中只写一份，或在文件中删去（或隐藏）重复的工作表；逐行见 check --details。",
        f"{again:,} of {rows:,} rows repeat the case number of another row: the same cases seem to be listed twice (as in a sheet of filings and "
        f"one of closings) and would be counted twice. {example.en}Leave a row a case: name one file as register in 本院.toml, or delete (or hide) the sheet "
        "that repeats them; check --details lists the rows.",
    )


def _in_several_sheets(cases: Cases, number: int, example: Text) -> InputError:
    """The error for sheets, put below one another, that list the same case: which of its rows holds is not known."""
    sheets = listed(case_sheets(cases.sources))
    return InputError(
        f"{sheets.zh}：有{number:,}件案件不止一张表中有（如各年的表都列了跨年未结的案件），以哪一行为准不知，合在一起会重复计算。"
        f"{example.zh}请每件只留最新的一行，删去另一行；逐行见 check --details。",
        f"{sheets.en}: {number:,} cases stand in more than one of these sheets (as cases carried over stand in the sheets of both years); which row "
        f"holds is not known, and put together they would be counted twice. {example.en}Leave the newest row of each (delete the other one); "
        "check --details lists them.",
    )


def _one_of_two_sheets(cases: Cases) -> Text:
    """The first case that stands in two sheets, where rows may be placed: its rows, and in which columns they differ."""
    register = Register(cases)
    again, first = (in_texts(rows) for rows in listed_again(register))
    sheets = ["source_file", "source_sheet"]
    apart = (again[sheets].fillna("") != first[sheets].fillna("")).any(axis=1)
    if not register.placed or not apart.any():
        return Text("", "")
    one, other = again[apart].head(1), first[apart].head(1)
    here, there = (at(next(rows.itertuples(index=False))) for rows in (one, other))
    unlike = columns_that_differ(cases, one, other)[0]
    return Text(f"如{here.zh}与{there.zh}{unlike.zh}。", f"As {here.en} and {there.en}{unlike.en}. ")


def must_hold_open_cases(cases: Cases) -> None:
    """Raise ``InputError`` for a register of closed cases alone: what is pending, and every rate of it, would be false."""
    if cases.beginning.how != "closed_only":
        return
    raise InputError(
        "台账中没有一件未结案件，最近立案的也所剩无几：像是只导出了已结案件，未结、结案率和新收都无从知道。请把未结案件一并导出；确实没有未结的，在 本院.toml "
        '写明 observed_from = "2022-01-01"（自该日起的案件都在其中）。',
        "The register holds no open case and filings fade away towards its end: it looks like an export of closed cases alone, of which what is "
        'pending, the closure rate and filings cannot be known. Export the open cases too; where there are none, write observed_from = "2022-01-01" '
        "(all cases from that day are in it) into 本院.toml.",
    )


def must_hold_closed_cases(cases: Cases) -> None:
    """Raise ``InputError`` for a register of open cases alone, begun so long ago that some must be closed: closings and every rate of them would be false.

    Not where the court says (``observed_from``) that all its cases are in it: then it closed none.
    """
    t = cases.table
    row = answer(
        cases, t.aggregate(first=t.filed_on.min(), closed=t.closed_on.count(), modes=t.closure_mode.count())
    ).iloc[0]
    first = pd.Timestamp(row["first"])
    days = (cases.as_of - first).days
    if row["closed"] or row["modes"] or days < SOME_CLOSED_WITHIN or cases.observed_from is not None:
        return
    aside = len(cases.quarantine)
    left_out = (
        Text(f"另有{aside:,}行被隔离，见 check。", f" {aside:,} rows are in quarantine, see check.")
        if aside
        else Text("", "")
    )
    raise InputError(
        f"台账中没有一件填了结案日期，而最早立案的已过{days:,}天：看不出是一件未结，还是只导出了未结案件，结案、结案率和办案时间都无从知道。请把已结案件一并导出；"
        f'确实一件未结的，在 本院.toml 写明 observed_from = "{first.year}-01-01"（自该日起的案件都在其中）。{left_out.zh}',
        f"No case of the register has a closing date, though the earliest was filed {days:,} days ago: it cannot be told whether none was closed or "
        "only the open cases were exported, and closings, the closure rate and durations cannot be known. Export the closed cases too; where none was "
        f'closed, write observed_from = "{first.year}-01-01" (all cases from that day are in it) into 本院.toml.{left_out.en}',
    )


def unknown_modes(cases: Cases, closed: tuple[Day, Day] | None = None) -> tuple[int, int]:
    """Count the cases closed (within two days) whose closure mode is a word that nothing says the meaning of, and all that say one."""
    t = cases.known(closed=True)
    if closed is not None:
        first, last = (day(bound, "closed").date() for bound in closed)
        t = t.filter(t.closed_on.between(first, last))
    unknown = t.closure_mode.isnull() & t.closure_mode_text.notnull() & ~t.closure_mode_text.isin(sorted(NOT_YET))
    row = answer(cases, t.aggregate(unknown=unknown.sum(), known=t.closure_mode.count())).iloc[0]
    return int(row["unknown"] or 0), int(row["unknown"] or 0) + int(row["known"] or 0)


def must_know_modes(cases: Cases) -> None:
    """Raise ``InputError`` where so many closure modes are words without a known meaning that no rate by mode means anything."""
    unknown, stated = unknown_modes(cases)
    if stated and unknown > MOST_UNKNOWN * stated:
        raise InputError(
            f"已结案件的“结案方式”有{unknown:,}件（共{stated:,}件）用词不认识，按结案方式计算的数字都不可信。请用 court-analysis start "
            "逐词确认，或在 本院.toml 的 [values.closure_mode] 中写明每个词的含义（确属“其他”的也写上）；各词见 check --details --names。",
            f"{unknown:,} of {stated:,} closed cases have a closure mode that is no known word, so no figure by mode can be trusted. "
            "Confirm the words with court-analysis start, or write what each means into [values.closure_mode] of 本院.toml (other, where "
            "it is that); check --details --names lists them.",
        )


def _sheets_without_a_row(cases: Cases) -> list[Text]:
    if cases.quarantine.empty:
        return []
    sheets = cases.sources
    problems = []
    for sheet in sheets[(sheets["kept"] == 0) & (sheets["quarantined"] > 0)].itertuples(index=False):
        here = cases.quarantine[(cases.quarantine["file"] == sheet.file) & (cases.quarantine["sheet"] == sheet.sheet)]
        first, where = here.iloc[0], _place(cases, sheet.file, sheet.sheet)
        zh, en = (in_language(first["reason"], language) for language in ("zh", "en"))
        kind = columns(str(first["table"]))[first["field"]].kind if first["field"] else ""
        wanted = EXPECTED.get(kind, WHAT_IT_HOLDS)
        problems.append(
            Text(
                f"{where}：{len(here):,}行都不能用（如第{first['row']}行：{zh}）。应为{wanted.zh}。"
                f"请改正该列，或{NAME_THEM.zh}。",
                f"{where}: none of {len(here):,} rows can be used (as row {first['row']}: {en}). Expected {wanted.en}. "
                f"Correct that column, or {NAME_THEM.en}.",
            )
        )
    return problems


def _columns_without_a_value(cases: Cases) -> list[Text]:
    problems = []
    for (table, name), cells in cases.unreadable.groupby(["table", "column"]) if len(cases.unreadable) else ():
        rows = cases.table if table == "cases" else getattr(cases, str(table))
        if len(cells) <= SLIPS or int(rows[name].count().execute()):
            continue
        column, first = columns(str(table))[str(name)], cells.iloc[0]
        wanted = EXPECTED.get(column.kind, WHAT_IT_HOLDS)
        where = _place(cases, first["file"], first["sheet"])
        problems.append(
            Text(
                f"{where}：“{column.text.zh}”一列的{len(cells):,}个值都读不出（如第{first['row']}行）。"
                f"应为{wanted.zh}。请改正该列，或{NAME_THEM.zh}。",
                f"{where}: none of the {len(cells):,} values of “{column.text.en}” can be read (as row {first['row']}). "
                f"Expected {wanted.en}. Correct that column, or {NAME_THEM.en}.",
            )
        )
    return problems


def _place(cases: Cases, file: object, sheet: object) -> str:
    """File and sheet for whoever reads the register: the file as it is called, as errors of reading name it."""
    own = cases.file_names.get(str(file), str(file))
    return f"{own} / {sheet}" if sheet else own
