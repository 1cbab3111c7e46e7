"""The judge: what a register gave, held against its plan; one sentence a fault, none where all is right."""

from __future__ import annotations

import os
import re
from random import Random
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd
from hostile.formats import COLUMNAR, FORMATS, MANY_SHEETS
from hostile.mutations import CHECKED, mutated
from hostile.registers import AS_OF, COLUMNS, KEPT, QUARANTINED, TEXT, WORKBOOK, Plan, planned

from analysis.checks.checks import check_cases
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import CourtAnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECKED_EVERY = 5  # of as many registers one is checked as well, which takes as long as reading it
BUDGET = 20.0  # seconds of work that no small file may take, in this process and those that it began
READ = [
    "source_sheet",
    "source_row",
    "case_no",
    "filed_on",
    "closed_on",
    "amount_claimed",
    "amount_recovered",
    "closure_mode",
]
FIGURES = re.compile(r"\d+")


def _worked() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def make(seed: int, folder: Path, form: str | None = None) -> tuple[Plan, Path, str]:
    """Plan and write the register of a seed; the same seed gives the same."""
    random = Random(seed)
    form = form or random.choice(list(FORMATS))
    suffix, write, options = FORMATS[form]
    sheets = random.choice([1, 1, 2, 3]) if form in MANY_SHEETS else 1
    typed = form in COLUMNAR or (form in MANY_SHEETS and random.random() < 0.6)
    shape = COLUMNS if form in COLUMNAR else WORKBOOK if form in MANY_SHEETS else TEXT
    plan = planned(random, seed, sheets=sheets, shape=shape, typed=typed)
    path = folder / f"cases{suffix}"
    path.unlink(missing_ok=True)
    write(plan, path, random, **options)
    return plan, path, form


def faults(plan: Plan, path: Path, form: str) -> list[str]:
    """Read a planned register and say what is not as planned; an error of the package is a fault here, for nothing is wrong with it."""
    before = _worked()
    cases = read_cases(path, as_of=AS_OF)
    found = _identity(cases)
    found += _rows(plan, cases, form)
    if plan.seed % CHECKED_EVERY == 0:
        check_cases(cases)
    if (taken := _worked() - before) > BUDGET:
        found.append(f"took {taken:.0f} s")
    return found


def mutation_faults(seed: int, folder: Path, form: str | None = None) -> tuple[str, list[str]]:
    """Break a planned register in one place: ``read`` or ``refused``, and what is wrong with how it was.

    Whatever the file holds, no row may be lost; a file with checksums of its own that was damaged beneath them must be refused,
    or give what it held before.
    """
    plan, path, form = make(seed, folder, form)
    data, way = mutated(Random(-1 - seed), path.read_bytes(), form)
    path.write_bytes(data)
    return outcome(path, lambda cases: _rows(plan, cases, form) if way == "raw" and form in CHECKED else [])


def outcome(path: Path, further: Callable[[Any], list[str]] = lambda _: []) -> tuple[str, list[str]]:
    """Read a file of whatever content: ``read`` or ``refused``, and what is wrong with how it was."""
    before = _worked()
    try:
        cases = read_cases(path, as_of=AS_OF)
    except CourtAnalysisError as error:
        failed = "读取程序在这个文件上" in error.text.zh  # a message, but one that a parser of ours should have spared
        ended = "refused as its parser failed" if failed else "refused"
        found = [] if error.text.zh.strip() and error.text.en.strip() else ["refused without a word"]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        ended, found = "read", [f"{type(error).__name__}: {str(error)[:200]}"]
    else:
        ended, found = "read", _identity(cases) + further(cases)
    if (taken := _worked() - before) > BUDGET:
        found.append(f"took {taken:.0f} s")
    return ended, found


def _identity(cases: Any) -> list[str]:
    inputs, found = cases.inputs, []
    if not (inputs["rows"] == inputs["kept"] + inputs["quarantined"] + inputs["skipped"]).all():
        found.append(f"rows do not add up: {inputs.to_dict('records')}")
    if inputs["quarantined"].sum() != len(cases.quarantine):
        found.append("quarantine is not listed in full")
    if inputs["skipped"].sum() != cases.skipped["rows"].sum():
        found.append("skipped rows are not counted in full")
    tables = [cases.table, cases.petitions, cases.coercive_measures, cases.aid]
    held = ibis.union(*(t.aggregate(rows=t.count()) for t in tables)).rows.sum()
    if inputs["kept"].sum() != held.execute():
        found.append("kept rows are not all there")
    listed = cases.skipped[~cases.skipped["kind"].isin(["empty", "note", "hidden", "unrecognised"])]["rows"].sum()
    if len(cases.skipped_rows) < listed:
        found.append(f"{listed} rows were skipped, {len(cases.skipped_rows)} are listed")
    return found


def _rows(plan: Plan, cases: Any, form: str) -> list[str]:
    found: list[str] = []
    table = cases.table.select(*READ).to_pandas()
    kept = {(row.source_sheet, row.source_row): row for row in table.itertuples()}
    aside = {(r["sheet"], r["row"]): r["field"] for r in cases.quarantine.to_dict("records")}
    skipped = {(r["sheet"], r["row"]): r["kind"] for r in cases.skipped_rows.to_dict("records")}
    unread = {(r["sheet"], r["row"], r["column"]) for r in cases.unreadable.to_dict("records")}
    for name, rows in plan.sheets.items():
        sheet = name if form in MANY_SHEETS else "台账" if form == "duckdb" else ""
        first = 0 if form in COLUMNAR else 1
        for number, row in enumerate(rows, start=first):
            if form in COLUMNAR and number == 0:
                continue
            at = (sheet, number)
            fate = KEPT if at in kept else QUARANTINED if at in aside else "skipped" if at in skipped else "empty"
            wanted = "empty" if row.why == "empty" else row.fate
            if fate != wanted:
                found.append(f"{form} {at}: {wanted} ({row.why}) became {fate} {aside.get(at, skipped.get(at, ''))}")
            elif fate == KEPT:
                found += [
                    f"{form} {at}: {said}" for said in _cells(row, kept[at], {c for s, n, c in unread if (s, n) == at})
                ]
            elif fate == QUARANTINED and aside[at] != row.why:
                found.append(f"{form} {at}: set aside for {aside[at]!r}, not for {row.why!r}")
            elif fate == "skipped" and skipped[at] != row.why:
                found.append(f"{form} {at}: skipped as {skipped[at]}, is {row.why}")
    return found


def _cells(row: Any, read: Any, unread: set[str]) -> list[str]:
    found = _days_and_sums(row, read)
    year, serial = row.values["number"]
    figures = [int(f) for f in FIGURES.findall(read.case_no)]
    if figures[0] != year or figures[-1] != serial:
        found.append(f"case number {read.case_no} is not that of {row.values['number']}")
    if "closure_mode" in row.values:
        got = None if pd.isna(read.closure_mode) else read.closure_mode
        if got != row.values["closure_mode"]:
            found.append(f"closure mode is {got}, not {row.values['closure_mode']}")
    if unread != set(row.unread):
        found.append(f"unread cells {sorted(unread)}, not {sorted(row.unread)}")
    return found


def _days_and_sums(row: Any, read: Any) -> list[str]:
    found = []
    for column in ("filed_on", "closed_on"):
        if column in row.values:
            value = getattr(read, column)
            got = None if pd.isna(value) else pd.Timestamp(value).date()
            if got != row.values[column]:
                found.append(f"{column} is {got}, not {row.values[column]}")
    for column in ("amount_claimed", "amount_recovered"):
        if column in row.values:
            value, wanted = getattr(read, column), row.values[column]
            if pd.isna(value) != (wanted is None) or (wanted is not None and abs(value - wanted) > 0.005):
                found.append(f"{column} is {value}, not {wanted}")
    return found
