"""Checking a register: every rule asked, every offending row named with its problem and a proposed fix."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.types import union_categoricals

from analysis.cases.answers import answer
from analysis.cases.closings import unread_cells
from analysis.cases.privacy import cut_short
from analysis.cases.sources import between_rows, places_tell, without_places
from analysis.cases.table import Cases, known_on
from analysis.checks import number_rules, register_rules  # noqa: F401 - their rules register themselves
from analysis.checks.context import REGISTER_RULES, Found, Register
from analysis.checks.entry_counts import JUDGED_BY, entry_totals
from analysis.checks.later_dates import goes_on_until, without_later
from analysis.checks.row_rules import (
    LATE_AFTER_DAYS,
    LENGTHENING,
    LIMIT_NOTED,
    MISSED,
    NOT_ALWAYS_KEPT,
    RULES,
    CheckContext,
    RowRule,
)
from analysis.register.disclosure import AMOUNT, court_characters, public_cell, public_numbers
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.periods import Period, open_days_of_period
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    import ibis.expr.types as ir

FINDING_COLUMNS = [
    "rule",
    "severity",
    "row",
    "case_no",
    "field",
    "value",
    "problem",
    "proposed_fix",
    "table",
    "file",
    "sheet",
]
REPEATED_TEXTS = frozenset(FINDING_COLUMNS) - {"row", "case_no", "value"}
SORTED_BY = ["severity", "rule", "table", "file", "sheet", "row", "field"]
OPEN_ORDER = ["severity", "rule", "table", "case_no", "field", "value"]
TOTALS = "total_differs"
SEVERITIES = ("error", "warning", "info")
CHECKED = list(dict.fromkeys([r.id for r in RULES] + [r.id for r in REGISTER_RULES]))
SAY_NO_CELL = (
    "similar_officers",
    "sheet_passed_over",
    "serial_gap",
)  # their values are pseudonyms, kinds, serial numbers


def check_cases(
    cases: Cases, *, late_after_days: int = LATE_AFTER_DAYS, period: Period | None = None, names: bool = False
) -> pd.DataFrame:
    """Check a register and return one row per finding, most severe first.

    Columns ``rule, severity`` (error, warning, info)``, row`` (in the file, as a spreadsheet counts)``, case_no, field,
    value, problem, proposed_fix`` (both languages)``, table, file, sheet``. ``attrs``: ``rules`` (findings by rule),
    ``severities``, ``rows``, ``kept``, ``quarantined``, ``skipped``, ``checked`` (the rules asked), ``entry`` (cases entered
    correctly, late, never, wrongly; ``entry_quality`` gives them by month and officer).

    ``late_after_days``: an entry later than this after filing is late. Officers' names, amounts, and what a cell holds that is no day,
    number or known word, are shown only with ``names=True``: a cell moved by a column may hold anybody's name.
    Of a ``period``, and of some cases of a register (``where``), those findings of the whole register that name one of their cases: a serial
    number or a case that is among the others is not missing. Those that are of no case are told of the whole, or of whole courts, alone.
    Raises ``ArgumentError`` where ``late_after_days`` is no whole number of days, and for what is no period.

    Parameters
    ----------
    cases : Cases
        The register.
    late_after_days : int
        An entry later than this after filing is late.
    period : year, text or pair of days
        Of which cases: open, filed or closed in it; without it all.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a finding.

    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"], "closed_on": ["2011-03-01"]})
    >>> found = check_cases(Cases.from_frames(one, as_of="2011-12-31"))
    >>> found["rule"].tolist()
    ['closed_before_filed']
    """
    kept = _of_period(cases, *open_days_of_period(period, calendar=cases.calendar))
    register = Register(replace(cases, table=kept), names=names)
    is_whole = period is None and cases.whole is None
    # Whole courts lack no number of theirs.
    if not is_whole and (cases.lacking("case_no") or (period is None and not cut_short(cases, "court"))):
        return _shown(_in_order([*_tables(register, late_after_days)]), register.frame, register, late_after_days)
    found = cases.once(
        ("findings", late_after_days, names),
        lambda: _in_order([*_tables(_whole(cases, names=names), late_after_days)]),
        of_whole=True,
    )
    rows = kept.select(*JUDGED_BY).to_pyarrow()
    table = found[_names_one_of(rows["case_no"], found) | is_whole].reset_index(drop=True)
    return _shown(table, rows.to_pandas(date_as_object=False), register, late_after_days)


def _whole(cases: Cases, *, names: bool) -> Register:
    """The register of which these cases are a part."""
    return Register(replace(cases, table=cases.entire, whole=None, **cases.whole_sides), names=names)


def _names_one_of(numbers: pa.ChunkedArray, found: pd.DataFrame) -> np.ndarray:
    """Which findings are of a case with one of these numbers."""
    mine = pc.is_in(pa.array(found["case_no"], pa.string()), value_set=numbers.drop_null())
    return np.asarray(mine.to_numpy(zero_copy_only=False))


def _tables(register: Register, late_after_days: int) -> Iterator[pd.DataFrame]:
    for found in found_in(register, late_after_days=late_after_days):
        yield from found.tables()


def _of_period(cases: Cases, first: pd.Timestamp | None, last: pd.Timestamp | None) -> ir.Table:
    """The cases that were open, filed or closed in a period; one that ends with the register holds what is dated later."""
    rows = cases.table
    if first is not None:
        begin = first.date()
        rows = rows.filter(rows.closed_on.isnull() | (rows.closed_on >= begin) | (rows.filed_on >= begin))
    if last is not None and last < cases.as_of:
        rows = rows.filter((rows.filed_on <= last.date()) | (rows.closed_on <= last.date()))
    return rows


def listed_findings(cases: Cases, *, most: int, cut: bool = False, names: bool = False) -> pd.DataFrame:
    """Check a register as ``check_cases`` does, for a list that somebody reads: without the dates of ``later_dates`` (``cut`` there).

    Raises ``InputError`` where more than ``most`` rows were set aside or found: nobody corrects so many one by one, and their list would fill the memory.
    """
    register, last = Register(cases, names=names), goes_on_until(cases, cut=cut)
    counts = Counter[str](quarantined=len(cases.quarantine))
    tables: list[pd.DataFrame] = []
    for found in (without_later(met, last) for met in found_in(register)):
        counts[found.rule] += len(found)
        if counts.total() > most:
            break
        tables += found.tables()
    if counts.total() > most:
        rule = term(counts.most_common(1)[0][0])
        raise InputError(
            f"问题多于{most:,}处，不逐条列出（“{rule.zh}”最多）。这么多多半同出一因：请先看 check 的汇总，"
            "改正导出的格式或本院说明文件，再逐条列出。",
            f"There are more than {most:,} findings, which are not listed one by one (most of them: {rule.en}). So many are likely of one cause: "
            "look at what check sums up, mend the export's format or the court's file, then list them.",
        )
    return _shown(_in_order(tables), register.frame, register, LATE_AFTER_DAYS)


def found_in(register: Register, *, late_after_days: int = LATE_AFTER_DAYS) -> Iterator[Found]:
    """Yield what the rules find, one after the other, as it is met: of a register of any size no more than that is in memory at once.

    Of a part of a register, but of whole courts and of cases without numbers, what they find in the whole of it that names one of its cases:
    a number or a case that is among the others is not missing.
    """
    if not isinstance(late_after_days, int) or late_after_days < 0:
        raise ArgumentError(
            f"late_after_days 应为不小于0的整数，不能是 {late_after_days!r}。",
            f"late_after_days must be a whole number of days, 0 or more, not {late_after_days!r}.",
        )
    known_on(register.cases)
    if cut_short(register.cases, "court") and not register.cases.lacking("case_no"):
        numbers = register.cases.table.select("case_no").to_pyarrow()["case_no"]
        for met in found_in(_whole(register.cases, names=register.names), late_after_days=late_after_days):
            if len(mine := met.only(_names_one_of(numbers, met.rows))):
                yield mine
        return
    known = _known(register.cases, late_after_days, register.names)
    for table in TABLES:
        rules = [rule for rule in RULES if rule.table == table]
        for rows in register.rows(table):
            for rule in rules:
                yield from _of_rule(rule, rows, known, register.names)
    for of_all in REGISTER_RULES:
        yield from (found for found in of_all.found(register) if len(found))


def _in_order(found: list[pd.DataFrame]) -> pd.DataFrame:
    """The findings, most severe first."""
    found[:] = [part for part in found if len(part)]
    orders = {"severity": list(SEVERITIES), "rule": CHECKED}
    # One column after the other: of a register with many findings each copy of the whole takes hundreds of megabytes.
    columns_found = {name: _column(found, name, orders.get(name)) for name in FINDING_COLUMNS}
    found.clear()
    order = pd.DataFrame({name: columns_found[name] for name in SORTED_BY}).sort_values(SORTED_BY, kind="stable").index
    return pd.DataFrame({name: columns_found.pop(name).take(order.to_numpy()) for name in FINDING_COLUMNS})


def _shown(table: pd.DataFrame, rows: pd.DataFrame, register: Register, late_after_days: int) -> pd.DataFrame:
    """Findings as they are told, with what sums them up; ``rows`` are those of the cases."""
    cases = register.cases
    counts: dict[Hashable, Any] = {
        name: 0 if cases.inputs.empty else int(cases.inputs[name].sum())
        for name in ("rows", "kept", "quarantined", "skipped")
    }
    attrs: dict[Hashable, Any] = {
        "rules": {str(rule): int((table["rule"] == rule).sum()) for rule in table["rule"].unique()},
        "severities": {name: int((table["severity"] == name).sum()) for name in SEVERITIES},
        **counts,
        "checked": CHECKED,
        "as_of": str(cases.as_of.date()),
    }
    attrs["entry"] = entry_totals(rows, cases.as_of, table, late_after_days)
    shown = table if register.names else as_shown_outside(cases, table)
    shown.attrs = attrs
    return shown


def _column(found: list[pd.DataFrame], name: str, order: list[str] | None) -> Any:
    """A column of all findings; a part that lacks it has nothing there. Texts that stand in many findings are categories."""
    kind: Any = "Int64" if name == "row" else "str"
    parts = [part[name] if name in part else pd.Series(pd.NA, index=part.index, dtype=kind) for part in found]
    if name not in REPEATED_TEXTS:
        return pd.concat([part.astype(kind) for part in parts] or [pd.Series(dtype=kind)], ignore_index=True).array
    texts = [pd.Categorical(part) for part in parts]
    texts = [part.set_categories(part.categories.astype("str")) for part in texts]
    whole = union_categoricals(texts or [pd.Categorical([], pd.Index([], dtype="str"))], sort_categories=True)
    return whole.set_categories(order, ordered=True).remove_unused_categories() if order else whole


def as_shown_outside(cases: Cases, table: pd.DataFrame) -> pd.DataFrame:
    """The findings as they may be shown outside: no text of a cell that is no number of a case, and no place that tells whose the case is."""
    of_cells = table["rule"].isin([*(r.id for r in REGISTER_RULES), "date_before_1990"]) & ~table["rule"].isin(
        SAY_NO_CELL
    )
    values = table["value"].copy()
    own, cells = court_characters(cases), table.loc[of_cells, ["table", "field", "value"]].itertuples(index=False)
    values.loc[of_cells] = [public_cell(of, field, value, own).zh for of, field, value in cells]
    shown = placed_outside(cases, table.assign(case_no=public_numbers(cases, table["case_no"]), value=values))
    # Nor is the order that of the places.
    return shown.sort_values(OPEN_ORDER, kind="stable", ignore_index=True) if places_tell(cases) else shown


def placed_outside(cases: Cases, table: pd.DataFrame) -> pd.DataFrame:
    """The findings without the places that tell whose a case is, or how many cases are somebody's."""
    shown, totals = without_places(cases, table), table["rule"] == TOTALS
    return shown.assign(row=shown["row"].mask(totals & between_rows(cases, table))) if totals.any() else shown


def _known(cases: Cases, late_after_days: int, names: bool) -> CheckContext:
    t = cases.table
    asked = {name: t[name].count() for name in NOT_ALWAYS_KEPT}
    zeros = {f"{name}_zero": (t[name] == 0).fill_null(False).any() for name in LENGTHENING}
    row = answer(
        cases, t.aggregate(**asked, **zeros, median_=t.amount_claimed.median(where=t.amount_claimed > 0))
    ).iloc[0]
    median = None if pd.isna(row["median_"]) else float(row["median_"])
    filled = frozenset(n for n in asked if row[n])
    unread, own = {name: unread_cells(cases, name) for name in MISSED}, court_characters(cases)
    stated = frozenset(name for name in LENGTHENING if row[f"{name}_zero"])
    return CheckContext(cases.as_of, filled, median, late_after_days, cases.holds_closings, unread, own, stated, names)


def _of_rule(rule: RowRule, rows: pd.DataFrame, known: CheckContext, names: bool) -> Iterator[Found]:
    for field, offending in rule.offending(rows, known).items():
        marked = offending.fillna(False).to_numpy(dtype=bool)
        if marked.any():
            here = rows[marked]
            told = partial(_told, rule, field, here, known, names)
            yield Found(here, rule.id, rule.severity, field, told, rule.table)


def _told(
    rule: RowRule, field: str, of_rule: pd.DataFrame, known: CheckContext, names: bool, at: np.ndarray
) -> pd.DataFrame:
    rows, table = of_rule.iloc[at], rule.table
    column = columns(table)[field]
    shown = (
        f"{field}_text" if column.kind == "code" and names else field
    )  # outside the code: a word may be the court's own
    limit = LIMIT_NOTED[len(known.filled & {*LENGTHENING})]
    same = {
        "as_of": str(known.as_of.date()), "field_zh": column.text.zh, "field_en": column.text.en,
        "limit_zh": limit.zh, "limit_en": limit.en,
    }  # fmt: skip
    # Outside the code stands for its words: they may be the court's own, which no vocabulary knows.
    written = {name: name if names else name.removesuffix("_text") for name in (*rule.named, shown) if name in rows}
    # What rows say alike is put in words once.
    same_rows = rows.groupby(list(dict.fromkeys(written.values())), dropna=False, sort=False)
    place, once = same_rows.ngroup().to_numpy(), same_rows.head(1)
    said = {name: _cells(once[written[name]], table, names, known.own) for name in rule.named if name in written}
    said["value"] = _cells(once[written[shown]], table, names, known.own)
    records = [dict(zip(said, values, strict=True)) for values in zip(*said.values(), strict=True)]
    zh, en = ([same | {name: getattr(t, tongue) for name, t in r.items()} for r in records] for tongue in ("zh", "en"))
    problems = [
        Text(rule.problem.zh.format_map(a), rule.problem.en.format_map(b)).cell for a, b in zip(zh, en, strict=True)
    ]
    always = {
        "rule": rule.id, "severity": rule.severity, "field": field, "proposed_fix": rule.proposed_fix.cell, "table": table,
    }  # fmt: skip
    return pd.DataFrame(
        {name: _repeated([text], np.zeros(len(rows), dtype="int8")) for name, text in always.items()}
        | {
            "row": rows["source_row"].to_numpy(),
            "case_no": rows["case_no"].array,
            "value": pd.array([text.zh if text.zh == text.en else text.cell for text in said["value"]], "str").take(
                place
            ),
            "problem": _repeated(problems, place),
            "file": pd.Categorical(rows["source_file"]),
            "sheet": pd.Categorical(rows["source_sheet"]),
        }
    )


def _repeated(texts: list[str], place: np.ndarray) -> pd.Categorical:
    """Texts at their places, each kept once."""
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(codes[place], pd.Index(distinct, dtype="str"))


def _cells(values: pd.Series, table: str, names: bool, own: Collection[str]) -> list[Text]:
    """The cells of a column as a finding prints them: amounts, and text other than known words, only inside the court."""
    name = str(values.name).removesuffix("_text")
    written = [_written(v) for v in values]
    column = columns(table)[name]
    free = not names and (column.kind in ("text", "code") or column.disclosure == AMOUNT)
    return [public_cell(table, name, text, own) if free else Text(text, text) for text in written]


def _written(value: Any) -> str:
    """A value as a finding prints it."""
    if pd.isna(value):
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
