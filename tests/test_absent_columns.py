"""Any column may be absent: a figure is then the same as with it, or missing, or its reason names the column. Never another.

The full register is the truth. Whatever a register without one of its columns still shows of a person, a case or a court has
to be what the full one shows; where it cannot, what is said beside it names the column.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import in_language

NEEDED = ("case_no", "filed_on", "closed_on")  # without these there is no register of filings and closings
ALL = tuple(name for name in columns("cases") if name not in NEEDED)
# What lengthens or shortens a limit: without them lists of cases show the ordinary limit, and say that it is that.
MAY_BE_SAID = ("basis", "extension_days", "excluded_days")
BY_ORDINARY_LIMITS = ("deadlines", "ledger", "ledger cases", "bulletin closed", "bulletin open")
PERSONS = ("started_on", "assigned_on", "amount_paid", "amount_recovered", "extension_days", "officer")
AS_OF, YEAR, MONTH = "2011-09-30", 2011, "2011-08"


@cache
def rows(register: str) -> pd.DataFrame:
    """A few hundred cases of the sample with every column, or the whole of it."""
    frame = an.read_cases(an.sample_path("register")).table.to_pandas()
    names = [*columns("cases")]
    if register == "sample":
        return frame[names]
    late = frame[pd.to_datetime(frame["filed_on"]) >= "2010-10-01"][names].reset_index(drop=True)
    rng = np.random.default_rng(5)
    late["extension_days"] = np.where(rng.random(len(late)) < 0.2, 90, 0)  # that the limits depend on them
    late["excluded_days"] = np.where(rng.random(len(late)) < 0.2, 60, 0)
    slow = rng.random(len(late)) < 0.3
    late.loc[slow, "closed_on"] = None
    late.loc[slow, "closure_mode"] = None
    late.loc[slow & (rng.random(len(late)) < 0.4), "started_on"] = None
    return late


def register(name: str, dropped: tuple[str, ...] = ()) -> an.Cases:
    return an.Cases.from_frames(
        rows(name).drop(columns=list(dropped)),
        as_of=AS_OF,
        definitions="fujin-2012",
        scheme="fujin-2012",
        observed_from="2006-01-01",
        pseudonym_key=b"the same people under the same pseudonyms",
    )


def results(cases: an.Cases) -> dict[str, tuple[pd.DataFrame, list[str], str]]:
    """Every result about persons and the court: its table, the columns that name a row, and all that is said beside it."""
    found = {}
    table = an.indicators(cases, periods=[YEAR], definitions=["fujin-2012", "spc-2024", "spc-3plus1"], variants=True)
    said = "\n".join(table["note"])
    values = table[["definition", "value", "numerator", "denominator"]]
    found["indicators"] = (values, ["definition"], said)
    due = an.deadlines(cases, names=True)
    found["deadlines"] = (due.drop(columns="rule"), ["case_no", "kind"], "\n".join(due.attrs["notes"]))
    ledger = an.responsibility_ledger(cases, names=True)
    found["ledger"] = (ledger.summary, ["element"], ledger.caption.cell)
    by_case = ledger.table[["case_no", "due_on", "officer", "lead"]]
    found["ledger cases"] = (by_case, ["case_no"], ledger.caption.cell)
    month = an.bulletin(cases, period=MONTH, names=True)
    for name, keys in (("officers", ["officer"]), ("closed", ["case_no"]), ("open", ["case_no"])):
        if name in month.tables:
            shown = month.tables[name].drop(columns=["team", "attention"], errors="ignore")
            found[f"bulletin {name}"] = (shown, keys, month.caption.cell)
    try:
        card = an.officer_scorecard(cases, period=YEAR, names=True, adjust_for=[], at=AS_OF)
    except an.DataError as error:
        assert "officer" in error.text.en  # noqa: PT017 - what is raised is what is said
    else:
        measured = card.table[["officer", "measure", "value", "numerator", "denominator"]]
        found["scorecard"] = (measured, ["officer", "measure"], card.caption.cell)
        found["quotas"] = (card.scheme.drop(columns="quota"), ["officer", "criterion"], card.caption.cell)
    return found


@cache
def truth(name: str) -> dict[str, tuple[pd.DataFrame, list[str], str]]:
    return results(register(name))


def wrong_cells(name: str, dropped: tuple[str, ...]) -> list[str]:
    """The cells that a register without the columns shows, that the full one shows otherwise, and of which nothing may be or is said."""
    spoken = {columns("cases")[column].text.zh for column in dropped if column in MAY_BE_SAID}
    wrong = []
    for result, (table, keys, said) in results(register(name, dropped)).items():
        if result in BY_ORDINARY_LIMITS and any(f"“{text}”" in said for text in spoken):
            continue
        full = truth(name)[result][0].set_index(keys)
        for row in table.to_dict("records"):
            key = tuple(row.pop(k) for k in keys)
            key = key if len(keys) > 1 else key[0]
            if key not in full.index:
                wrong.append(f"{result}: {key} stands only without {dropped}")
                continue
            there = full.loc[key]
            wrong += [
                f"{result}: {key} {column} is {value}, with the column {there[column]}"
                for column, value in row.items()
                if not _nothing(value) and not _same(value, there[column])
            ]
    return wrong


def _nothing(value: object) -> bool:
    return value is None or value in ("—", "") or pd.isna(value)  # type: ignore[call-overload]


def _same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return bool(np.isclose(one, other))
    return one == other


@pytest.mark.parametrize("column", PERSONS)
@pytest.mark.full
def test_without_a_column_nothing_else_is_said_of_a_person(column):
    assert wrong_cells("late", (column,)) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["late", "sample"])
@pytest.mark.parametrize("column", ALL)
def test_without_any_column_no_figure_becomes_another(name, column):
    assert wrong_cells(name, (column,)) == []


@pytest.mark.slow
def test_without_any_of_200_sets_of_columns_no_figure_becomes_another():
    rng = np.random.default_rng(17)
    for _ in range(200):
        dropped = tuple(np.array(ALL)[rng.random(len(ALL)) < rng.uniform(0.1, 0.9)])
        assert wrong_cells("late", dropped) == [], dropped


@pytest.mark.full
def test_the_full_register_says_nothing_of_absent_columns():
    for result, (_, _, said) in truth("late").items():
        assert "无法判断" not in in_language(said, "zh"), result


def published(dropped: tuple[str, ...], folder: object) -> dict[str, tuple[list[str], list[list[str]], str]]:
    """The tables of the yearly report by id: headings, cells as a person reads them, and all that is said in their section."""
    made = an.build_report(register("late", dropped), period=2010, out=folder, formats=["xlsx"], language="zh")  # type: ignore[arg-type]
    tables = {}
    for section in made.report.sections:
        said = "\n".join(getattr(block, "text", "") + getattr(block, "note", "") for block in section.blocks)
        for block in section.blocks:
            if hasattr(block, "frame"):
                tables[block.id] = (block.headings(), block.rows(), said)
    return tables


@pytest.mark.slow
@pytest.mark.parametrize("column", ALL)
def test_without_any_column_no_cell_of_the_report_becomes_another(column, tmp_path):
    full, less = published((), tmp_path / "full"), published((column,), tmp_path / "less")
    about_checks = ("quality-", "definitions-", "provenance-")  # what was read, and what is wrong with it
    for name, (headings, cells, said) in less.items():
        spoken = columns("cases")[column].text.zh
        if name.startswith(about_checks) or (column in MAY_BE_SAID and f"“{spoken}”" in said):
            continue
        assert name in full, f"{name} stands only without {column}"
        there = {row[0]: dict(zip(full[name][0], row, strict=True)) for row in full[name][1]}
        if len(there) < len(full[name][1]):
            continue  # rows that the first column does not tell apart: the functions are compared above
        for row in cells:
            assert row[0] in there, (name, row)
            for heading, cell in zip(headings, row, strict=True):
                assert cell in ("—", there[row[0]][heading]), (name, row[0], heading)


def test_frames_that_say_how_cases_were_closed_and_not_when_count_none_as_pending(sample_cases):
    whole = sample_cases.to_pandas(names=True)
    cases = an.Cases.from_frames(whole.drop(columns="closed_on"), as_of="2011-12-31")
    for ask in (
        lambda: an.caseflow(cases, freq="Y"),
        lambda: an.indicators(cases, periods=[2011]),
        lambda: an.pending_ages(cases),
    ):
        with pytest.raises(an.InputError, match="没有“结案日期”"):
            ask()
    blank = an.Cases.from_frames(whole.assign(closed_on=None, closure_mode=None), as_of="2011-12-31")
    assert an.caseflow(blank, freq="Y")["closing"].iloc[-1] == len(whole)
