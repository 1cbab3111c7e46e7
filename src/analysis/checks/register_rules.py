"""Rules on the register as a whole: names alike, cells and sheets that were not read, corrections that were not applied."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.checks.context import PLACE, Found, Register, findings, in_texts, rule
from analysis.checks.readable import CHECK_THE_YEAR, write_alone
from analysis.checks.totals import totals_that_differ
from analysis.register.cells import is_day_cell
from analysis.register.disclosure import WITHHELD
from analysis.register.file_names import with_own_headings
from analysis.register.headers import NAME_THEM
from analysis.vocabulary.columns import columns
from analysis.vocabulary.periods import EARLIEST
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

RARE_NAME_CASES = 5  # a name with so few cases, or with under a tenth of the other's, may be a slip of the pen
RARE_NAME_SHARE = 0.1
IMPORTANT_KINDS = ("date", "money")
TOTALS_SAID = {
    "sum": lambda name, states, adds: Text(
        f"合计行的{name.zh}为{states}元，各行相加为{adds}元",
        f"the total row states {states} yuan of {name.en}, the rows add up to {adds}",
    ),
    "number": lambda name, states, adds: Text(
        f"合计行写明{states}件，填有{name.zh}的为{adds}行",
        f"the total row states {states} cases, {name.en} is filled in {adds} rows",
    ),
}
LONGEST_NAME = 40  # characters; a cell of more is no name of an officer
LIKE = 0.5  # how like a header another must be to be named as the nearest


@rule
def similar_officers(register: Register) -> Iterator[Found]:
    """An officer with few cases whose name differs in one character from another's of the same court."""
    groups = register.frame.groupby(["court", "officer"], dropna=False, observed=True, sort=False)
    first = {name: (name, "first") for name in ("source_row", "source_file", "source_sheet")}
    people = in_texts(groups.agg(cases=("source_row", "size"), **first).reset_index().dropna(subset="officer"))
    people = people.sort_values(["court", "officer"], ignore_index=True)
    pairs = _one_character_apart(people)
    if not pairs:
        return
    alike = Text(
        "有两名承办人的姓名只差一字，疑为同一人", "the names of two officers differ in one character: the same person?"
    )
    # Outside neither which row nor of how few cases: it would say whose a case is.
    nowhere = dict.fromkeys(("case_no", "value", *PLACE))
    rows = [rare | {"case_no": None, "value": rare["officer"]} if register.names else nowhere for rare, _ in pairs]
    by_name = [
        Text(
            f"承办人“{rare['officer']}”（{rare['cases']}件）与“{common['officer']}”（{common['cases']}件）的姓名只差一字，疑为同一人",
            f'officers "{rare["officer"]}" ({rare["cases"]} cases) and "{common["officer"]}" ({common["cases"]}) differ in one character: '
            "the same person?",
        )
        for rare, common in pairs
    ]
    frame = pd.DataFrame(rows, columns=list(nowhere))
    fix = Text("核对承办人姓名，是同一人的统一写法", "check the names and write one person one way")
    yield findings(
        frame, "similar_officers", "info", "officer", by_name if register.names else alike, fix, value="value"
    )


def _one_character_apart(people: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs (rarer, commoner) of a court; names meet in the bucket of what is left when one character is blotted out.

    One character after the other, so that a bucket a name stands in memory and not one a character.
    """
    ranked: list[Any] = people.sort_values(["cases", "officer"], ascending=[False, True]).to_dict(orient="records")
    named = [(rank, person) for rank, person in enumerate(ranked) if 1 < len(person["officer"]) <= LONGEST_NAME]
    pairs: dict[str, tuple[int, int, int]] = {}
    for i in range(max((len(person["officer"]) for _, person in named), default=0)):
        named = [(rank, person) for rank, person in named if len(person["officer"]) > i]
        commonest: dict[tuple[Any, str], int] = {}
        for rank, person in named:
            name, court = person["officer"], None if pd.isna(person["court"]) else person["court"]
            common = commonest.setdefault((court, f"{name[:i]}\x00{name[i + 1 :]}"), rank)
            most = max(RARE_NAME_CASES, RARE_NAME_SHARE * ranked[common]["cases"])
            if common != rank and person["cases"] <= most:
                pairs[name] = min(pairs.get(name, (common, i, rank)), (common, i, rank))
    return [(ranked[rare], ranked[common]) for common, _, rare in sorted(pairs.values())]


def _numbered(register: Register, table: str, numbers: pd.Series) -> pd.DataFrame:
    """The case number at each place of a table in rows of these numbers."""
    rows = (register.frame if table == "cases" else register.side[table])[[*PLACE, "case_no"]]
    return in_texts(rows[rows["source_row"].isin(numbers).fillna(False)]).drop_duplicates(PLACE)


@rule
def unreadable_value(register: Register) -> Iterator[Found]:
    """A cell that holds something which could not be read and therefore counts as missing."""
    unreadable = register.cases.unreadable
    for (table_, field_), rows in unreadable.groupby(["table", "column"]) if len(unreadable) else ():
        table, field = str(table_), str(field_)
        column = columns(table)[field]
        is_day = np.array([column.kind == "date" and is_day_cell(value) for value in rows["value"]], dtype=bool)
        placed = rows.rename(columns={"row": "source_row", "file": "source_file", "sheet": "source_sheet"})
        placed = placed.astype({"source_row": "Int64"}).merge(
            _numbered(register, table, rows["row"]), on=PLACE, how="left"
        )
        severity = "error" if column.kind in IMPORTANT_KINDS else "warning"
        for early in (False, True):
            here = placed[is_day == early]
            rule_id = "date_before_1990" if early else "unreadable_value"
            fix = CHECK_THE_YEAR if early else write_alone(column.kind)
            yield findings(here, rule_id, severity, field, _unread(column.text, early), fix, table=table, value="value")


def _unread(name: Text, early: bool) -> Text:
    if early:
        first = EARLIEST.year
        return Text(f"{name.zh}早于{first}年，按缺失处理", f"{name.en} is before {first} and counts as missing")
    return Text(f"{name.zh}读不出，按缺失处理", f"{name.en} cannot be read and counts as missing")


@rule
def no_closing_date(register: Register) -> Iterator[Found]:
    """A register of which no column is the closing date: none of its cases is known to be open."""
    if register.cases.holds_closings or register.frame.empty:
        return
    first = in_texts(register.frame.head(1)).assign(source_row=None, case_no=None, value=None)
    problem = Text(
        "没有一栏被认作“结案日期”：哪些案件已结无从知道，结案、未结和超期都不计算",
        "no column was taken for the closing date: which cases are closed is not known, and closings, pending and overdue cases are not counted",
    )
    fix = Text(
        "在 本院.toml 的 [columns] 中写明哪一栏是结案日期（或用 columns= 指明）；没有的请重新导出",
        "say which column is the closing date in [columns] of 本院.toml (or with columns=), or export it too",
    )
    yield findings(first, "no_closing_date", "error", "closed_on", [problem], fix, value="value")


@rule
def header_not_found(register: Register) -> Iterator[Found]:
    """A header that the court's file names and no sheet has, of a column that is read from no other; the nearest there by its column."""
    mapping = register.cases.mapping
    rows = mapping[mapping["status"] == "not_met"] if len(mapping) else mapping
    if rows.empty:
        return
    unread = mapping[mapping["status"] == "ignored"]
    unused = dict(zip(with_own_headings(register.cases, unread)["header"].astype(str), unread["header"], strict=True))
    problems = []
    for table, name, header in rows[["table", "column", "header"]].itertuples(index=False):
        column, near = columns(table)[name].text, get_close_matches(header, unused, n=1, cutoff=LIKE)
        problems.append(
            Text(
                f"[columns] 中的表头“{header}”不在台账中，{column.zh}因此没有读入"
                + (f"（最接近：{unused[near[0]]}）" if near else ""),
                f'no sheet has the header "{header}" of [columns], so {column.en} was not read'
                + (f" (nearest: {unused[near[0]]})" if near else ""),
            )
        )
    placed = rows.rename(columns={"file": "source_file", "sheet": "source_sheet"}).assign(source_row=None, case_no=None)
    fix = Text(
        "照台账改 [columns] 中的表头；这次导出没有这一列的，不必改",
        "write the header as the register does; leave it where this export lacks the column",
    )
    yield findings(placed, "header_not_found", "warning", rows["column"].to_numpy(), problems, fix, value="header")


@rule
def sheet_passed_over(register: Register) -> Iterator[Found]:
    """A sheet that looks like a table, or is hidden, and was not read."""
    skipped = register.cases.skipped
    rows = skipped[skipped["kind"].isin(["unrecognised", "hidden"])] if len(skipped) else skipped
    if not len(rows):
        return
    placed = rows.rename(columns={"file": "source_file", "sheet": "source_sheet"}).assign(source_row=None, case_no=None)
    problems = [
        Text(f"工作表未读取，共{n}行（隐藏）", f"this hidden sheet of {n} rows was not read")
        if kind == "hidden"
        else Text(
            f"工作表的表头不认识，{n}行未读取", f"the header of this sheet is not known: its {n} rows were not read"
        )
        for n, kind in zip(rows["rows"], rows["kind"], strict=True)
    ]
    fix = Text(
        f"如属台账，取消隐藏，或{NAME_THEM.zh}",
        f"if it is part of the register, unhide it, or {NAME_THEM.en}",
    )
    yield findings(placed, "sheet_passed_over", "warning", "", problems, fix, value="kind")


@rule
def total_differs(register: Register) -> Iterator[Found]:
    """A total that the register states, and that is not the sum, or the number, of the rows that it may cover."""
    cases, rows = register.cases, totals_that_differ(register.cases)
    if not rows:
        return
    placed = pd.DataFrame(rows).rename(columns={"row": "source_row", "file": "source_file", "sheet": "source_sheet"})
    places = zip(cases.quarantine["file"], cases.quarantine["sheet"], strict=True) if len(cases.quarantine) else ()
    aside = Counter(places)
    problems = []
    for entry in rows:
        number = aside[entry["file"], entry["sheet"]]
        left_out = Text(f"（另有{number}行被隔离，未计入）", f" ({number} quarantined rows not counted)")
        name = columns("cases")[entry["column"]].text
        of, place = ("number", 0) if pd.notna(entry["number"]) else ("sum", 2)
        states, adds = (f"{entry[of]:,.{place}f}" if register.names else WITHHELD.zh for of in ("said", "nearest"))
        said = TOTALS_SAID[of](name, states, adds)
        problems.append(said + left_out if number else said)
    fix = Text("核对合计的范围、各行金额和单位", "check what the total covers, the amounts of the rows and their unit")
    fields = placed["column"].to_numpy()
    yield findings(placed, "total_differs", "warning", fields, problems, fix, value="value")


@rule
def correction_refused(register: Register) -> Iterator[Found]:
    """A clerk's correction that could not be applied."""
    done = register.cases.corrections
    rows = done[done["status"] == "refused"] if len(done) else done
    if not len(rows):
        return
    placed = rows.rename(columns={"row": "source_row", "file": "source_file", "sheet": "source_sheet"})
    fix = Text("对照现在的文件重新填写更正", "make the correction again against the present file")
    problems = [Text(*str(reason).split("\n", 1)) for reason in rows["reason"]]
    yield findings(placed, "correction_refused", "error", rows["field"].to_numpy(), problems, fix, value="corrected")
