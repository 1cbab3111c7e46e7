"""The workbook of findings, written for a clerk to correct and hand back (``corrections.py`` reads it)."""

from __future__ import annotations

import io
import json
import re
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.as_formatted import shown_in
from analysis.cases.privacy import safe_cell
from analysis.cases.sources import between_rows, places_tell, without_places
from analysis.checks.entry_quality import entry_quality
from analysis.checks.readable import CHECK_THE_YEAR, write_alone
from analysis.files.budget import MOST_ROWS
from analysis.files.destinations import must_take_workbook, write_file
from analysis.register.cells import is_day_cell
from analysis.register.confidential import confidential, must_hold_nothing_confidential
from analysis.register.corrections import CORRECTED
from analysis.register.disclosure import court_characters, public_cell, public_numbers
from analysis.register.file_names import with_own_headings
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.errors import ArgumentError, must_have_columns
from analysis.vocabulary.labels import code_text, heading, read, units_of
from analysis.vocabulary.numbers import PLAIN_DIGITS, factor_of, rounded
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from analysis.cases.table import Cases

FINDINGS_COLUMNS = [
    "file", "sheet", "row", "case_no", "column", "value", "problem", "proposed_fix", CORRECTED, "severity", "table", "field",
]  # fmt: skip
QUARANTINE_COLUMNS = [
    "severity", "rule", "case_no", "field", "value", "problem", "proposed_fix", "table", "file", "sheet", "row",
]  # fmt: skip
WHOLE_SHEETS = ("hidden", "note", "unrecognised")  # sheets that hold no table of cases are passed over as a whole
HIDDEN = frozenset(["table", "field"])  # by which a correction finds its cell when the workbook comes back
# Rules on what a cell holds: equal cells are one decision. Where cells are not shown, equal ones cannot be told.
ONE_DECISION = frozenset(["unknown_word", "unreadable_value"])
MOST_TOGETHER = 500  # equal cells of one decision: their row numbers stand in one cell
LISTED = "、"
WIDTHS = {
    "problem": 44,
    "proposed_fix": 36,
    CORRECTED: 22,
    "held": 60,
    "kind": 20,
    "value": 22,
    "case_no": 24,
    "rule": 20,
}
QUARANTINED = "quarantined"
HEADINGS = 2  # rows of a sheet over its cells: the words, and hidden the ids
SHEETS = {
    "summary": Text("汇总", "Summary"), "entry": Text("录入", "Entry"), "skipped": Text("略过的行", "Rows skipped"), "files": Text("来源", "Files"),
}  # fmt: skip
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")  # what Excel takes in no name of a sheet
LONGEST_NAME = 31
FOUND_BY = ("rule", "table", "file", "sheet", "field")
OF_A_HEADER = ["file", "sheet", "table"]
INSIDE = Text(
    "含姓名和单元格原文：仅供院内更正，不对外",
    "With names and the words of cells: for corrections inside the court alone",
)
FORMATTED = Text("按数字格式读出的单元格：", "Cells read by their number format: ")
FILL_IN = Text("补填后该行即可使用", "the row can be used once this is filled in")
CORRECT = Text("改正后该行即可使用", "the row can be used once this is corrected")
MENDED = Text("，改正后该行即可使用", "; the row can then be used")
MEND_THE_FILE = Text("在原表中改正后重新导出", "correct it in the original table and export that again")
HOW = Text(
    "请在“更正值”一栏填写正确的内容；确认无误的留空；应清空的写“清空”；应删去整行的写“删除”。其他栏请勿改动，原样交回。",
    'Fill in the column "corrected"; leave it empty where the register is right; write 清空 (clear) to empty the cell, '
    "删除 (delete) to take out the whole row. Leave the other columns as they are and hand the workbook back.",
)


def export_findings(
    cases: Cases, path: str | PathLike[str], *, findings: pd.DataFrame | None = None, names: bool = False
) -> Path:
    """Write the findings and the quarantined rows of a register as an xlsx workbook with a column for corrections.

    A sheet a rule, in the language spoken, file, sheet and row of the source first; with ``names=True`` equal cells that
    cannot be understood are one row, whose correction holds for all of them. Further sheets sum up: findings by rule,
    entry quality by month and officer, the rows skipped one by one, rows by file. No cell is a formula.
    Officers, parties and the words of cells are shown only with ``names=True``, for the clerk's own eyes; without it ``findings`` say which findings
    are written, and their words are those that may be shown. Raises ``ArgumentError`` for findings that ``check_cases(cases)`` does not list,
    ``OutputError`` where the file cannot be written, or would hold what stays in the court; nothing half-written is left.

    Parameters
    ----------
    cases : Cases
        The register.
    path : path
        The workbook to write.
    findings : DataFrame
        Findings of ``check_cases``; without them the register is checked.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    Path
        The workbook.

    >>> import tempfile
    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"], "closed_on": ["2011-03-01"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export_findings(Cases.from_frames(one, as_of="2011-12-31"), Path(folder) / "问题清单.xlsx").name
    '问题清单.xlsx'
    """
    target = Path(path)
    must_take_workbook(target)
    if findings is None:
        from analysis.checks.checks import check_cases

        return write_findings(cases, target, check_cases(cases, names=names), names=names)
    must_have_columns(findings, QUARANTINE_COLUMNS, "export_findings(findings=)")
    return write_findings(cases, target, findings if names else _as_shown(cases, findings), names=names)


def _as_shown(cases: Cases, findings: pd.DataFrame) -> pd.DataFrame:
    """The same findings in the words that may be shown: whoever hands them on may have made them with names, or changed them.

    They are found again by their place. Raises ``ArgumentError`` where one is none of the register's.
    """
    from analysis.checks.checks import check_cases

    shown = check_cases(cases, late_after_days=0)
    places, of_shown = _places(cases, findings), _places(cases, shown)
    if unknown := int((~places.isin(of_shown)).sum()):
        raise ArgumentError(
            f"findings 中有{unknown:,}行不是 check_cases(cases) 列出的问题（names=True 才列，或属于别的台账）：院内使用请加 names=True，否则不给 findings。",
            f"{unknown:,} rows of findings are none that check_cases(cases) lists (they are listed with names=True alone, or of another register): for use "
            "inside the court add names=True, else leave findings out.",
        )
    return shown[of_shown.isin(places)]


def _places(cases: Cases, findings: pd.DataFrame) -> pd.Series:
    """What tells findings apart outside, also once they were written to a file and read again."""
    from analysis.checks.checks import placed_outside

    numbered = findings.assign(row=pd.to_numeric(findings["row"], errors="coerce").astype("Int64"))
    shown = placed_outside(cases, numbered)
    places = shown["row"].fillna(0).astype(str)
    for name in FOUND_BY:
        places += "\n" + shown[name].astype(object).where(shown[name].notna(), "").astype(str)
    if places_tell(cases):
        places += "\n" + public_numbers(cases, shown["case_no"].astype("str")).fillna("")
    return places


def write_findings(cases: Cases, target: Path, findings: pd.DataFrame, *, names: bool) -> Path:
    """Write the findings that ``check_cases`` gave, with or without ``names``."""
    aside = quarantined(cases, names=names)
    rows = pd.concat([aside, findings], ignore_index=True)
    tables = {str(SHEETS["summary"]): _summary(cases, findings, names=names)}
    for rule, own in rows.groupby("rule", sort=False):
        tables[_sheet_name(str(rule), tables)] = _of_rule(_together(own) if names and rule in ONE_DECISION else own)
    tables[str(SHEETS["entry"])] = _entry(cases, findings, names)
    tables[str(SHEETS["skipped"])] = _of_one_sheet(skipped_rows(cases, names=names))
    counts = [] if not names and places_tell(cases) else ["rows", "kept", "quarantined", "skipped"]
    tables[str(SHEETS["files"])] = cases.inputs.reindex(columns=["file", "sha256", *counts])
    if names:
        tables = {name: with_own_file_names(cases, table) for name, table in tables.items()}
    data = _workbook(tables)
    if not names:
        must_hold_nothing_confidential({target.name: data}, confidential(cases))
    write_file(target, data)
    return target


def with_own_file_names(cases: Cases, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of files as they are, for the clerk who looks for them: those that could be somebody's are recorded by a number."""
    if "file" not in table or not cases.file_names:
        return table
    return table.assign(file=table["file"].astype(object).map(lambda file: cases.file_names.get(file, file)))


def quarantined(cases: Cases, *, names: bool = False, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return quarantined rows, or some ``rows`` of them, as findings: the cell without which the row cannot be used, and ``held``: what else the row holds.

    A row whose cells have moved holds names in any column: what it holds is shown only with ``names=True``.
    """
    by_headers = {}
    if len(cases.mapping):  # a register from a frame has none
        mapped = with_own_headings(cases, cases.mapping[cases.mapping["status"] == "mapped"])
        shown = mapped.groupby(OF_A_HEADER)
        by_headers = {of: dict(zip(table["header"], table["column"], strict=True)) for of, table in shown}
    records, own = [], court_characters(cases)
    for entry in (cases.quarantine if rows is None else rows).to_dict(orient="records"):
        by_header = by_headers.get(tuple(entry[name] for name in OF_A_HEADER), {})
        raw = json.loads(entry["values"])
        said = {by_header[k]: v for k, v in raw.items() if k in by_header}
        held = said.get(entry["field"], "")
        if not names:
            said = {name: public_cell(entry["table"], name, v, own).zh for name, v in said.items()}
        same = {name: entry[name] for name in ("row", "table", "file", "sheet", "field")}
        records.append(
            {
                **same,
                "severity": "error",
                "rule": QUARANTINED,
                "case_no": said.get("case_no"),
                "value": said.get(entry["field"], ""),
                "problem": entry["reason"],
                "held": entry["values"] if names else "",
                "proposed_fix": _mend(entry["table"], entry["field"], held).cell,
            }
        )
    found = pd.DataFrame(records, columns=[*QUARANTINE_COLUMNS, "held"])
    if names or not places_tell(cases):
        return found
    return without_places(cases, found).sort_values(["problem", "case_no", "value"], kind="stable", ignore_index=True)


def _mend(table: str, field: str, held: str) -> Text:
    """Say what makes a quarantined row usable, by the cell that it lacks."""
    if not field:
        return MEND_THE_FILE
    if not held:
        return FILL_IN
    is_date = columns(table)[field].kind == "date"
    return (CHECK_THE_YEAR if is_day_cell(held) else write_alone("date")) + MENDED if is_date else CORRECT


def skipped_rows(cases: Cases, *, names: bool = False) -> pd.DataFrame:
    """Return the rows that were taken for no case, but for empty ones: ``file, sheet, row, kind`` and, with ``names=True``, ``held``.

    A sheet that holds no table of cases stands as one line without a row. Outside no row between those of the register has a number, and none
    of one whose places tell whose a case is.
    """
    rows = cases.skipped_rows.reindex(columns=["file", "sheet", "row", "kind", "held"])
    sheets = cases.skipped.reindex(columns=["file", "sheet", "kind"])
    whole: Any = sheets[sheets["kind"].isin(WHOLE_SHEETS) & ~sheets["sheet"].isin(rows["sheet"])]
    listed = pd.concat([rows.astype({"row": "Int64"}), whole], ignore_index=True) if len(whole) else rows
    between = None if names else between_rows(cases, listed)
    listed = listed.assign(kind=[str(term(f"kind_{kind}")) for kind in listed["kind"]])
    if between is None:
        return listed
    shown = without_places(cases, listed).drop(columns="held")
    return shown.assign(row=shown["row"].astype("Int64").mask(between))


def _of_one_sheet(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that a sheet holds below its headings; of more the last line says how many are left out."""
    most = MOST_ROWS - HEADINGS
    if len(rows) <= most:
        return rows
    left = len(rows) - most + 1
    said = Text(
        f"另有{left:,}行未列：一张工作表容不下", f"{left:,} more rows are not listed: a sheet does not hold them"
    )
    return pd.concat([rows.head(most - 1), pd.DataFrame({"kind": [str(said)]})], ignore_index=True)


def _summary(cases: Cases, findings: pd.DataFrame, *, names: bool) -> pd.DataFrame:
    lines = [(str(term(name)), value) for name, value in (("as_of", str(cases.as_of.date())), ("cases", len(cases)))]
    lines += [(read("rule", rule), int(count)) for rule, count in findings["rule"].value_counts().items()]
    for of in cases.number_formats.to_dict("records"):
        column = columns(of["table"])[of["column"]].text
        lines.append((str(FORMATTED + column + Text(" ", " ") + shown_in(of["shown_in"])), int(of["cells"])))
    if cases.as_hidden.zh:
        lines.append((str(cases.as_hidden), int(cases.hidden["rows"].sum())))
    lines = [(str(INSIDE), ""), *lines] if names else lines
    return pd.DataFrame(lines, columns=["item", "value"])


def _entry(cases: Cases, findings: pd.DataFrame, names: bool) -> pd.DataFrame:
    """Return how well cases were entered, by month; inside the court by officer too."""
    by = ("period", "officer") if names else ("period",)
    table = entry_quality(cases, by=by, names=names, findings=findings)
    return table.assign(period=table["period"].dt.strftime("%Y-%m"), note=table["note"].map(in_language))


def _of_rule(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings of a rule in the language spoken, with the word of their column."""
    words = [
        str(columns(table)[field].text) if table in TABLES and field in columns(table) else ""
        for table, field in zip(findings["table"], findings["field"], strict=True)
    ]
    spoken = {name: findings[name].map(lambda cell: in_language(str(cell))) for name in ("problem", "proposed_fix")}
    table = findings.assign(column=words, **spoken)
    if "held" in table:
        table["problem"] += table["held"].fillna("").map(lambda held: f"\n{held}" if held else "")
    return table.reindex(columns=FINDINGS_COLUMNS)


def _together(findings: pd.DataFrame) -> pd.DataFrame:
    """Equal cells of a column and a sheet as one row, with the rows and case numbers of all of them."""
    same = ["file", "sheet", "table", "field", "value"]
    rows = []
    for _, own in findings.groupby(same, sort=False, dropna=False):
        for start in range(0, len(own), MOST_TOGETHER):
            part = own.iloc[start : start + MOST_TOGETHER]
            numbers = {
                name: LISTED.join("" if pd.isna(v) else str(v) for v in part[name]) for name in ("row", "case_no")
            }
            rows.append(part.iloc[:1].astype({"row": object}).assign(**numbers))
    return pd.concat(rows, ignore_index=True)


def _sheet_name(rule: str, taken: Mapping[str, Any]) -> str:
    """The rule's word as the name of a sheet, told apart from those that are there."""
    name = NOT_IN_A_NAME.sub(" ", str(read("rule", rule)))[:LONGEST_NAME]
    return name if name not in taken else f"{name[: LONGEST_NAME - 4]} {len(taken)}"


def _workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    # The same findings give the same bytes: no clock in the file.
    book.set_properties({"created": dt.datetime(2012, 1, 1), "title": "findings"})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "fill": book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FFF8DC", "border": 1}
        ),
    }
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        top = 0
        if CORRECTED in table:
            sheet.merge_range(0, 0, 0, len(table.columns) - len(HIDDEN) - 1, str(HOW), looks["text"])
            sheet.set_row(0, 48)
            top = 1
        _write_table(sheet, table, top, looks)
    book.close()
    return buffer.getvalue()


def _cell(name: str, value: Any, unit: str | None) -> Any:
    """A cell as the clerk reads it: shares in percent, codes by their names; what is read back stays as it is."""
    if isinstance(value, Real) and not isinstance(value, bool):
        times = factor_of(unit)
        return float(rounded(times * float(value), PLAIN_DIGITS)) if times > 1 else float(value)
    return str(value) if name in HIDDEN else str(code_text(name, str(value)) or value)


def _write_table(sheet: Any, table: pd.DataFrame, top: int, looks: dict[str, Any]) -> None:
    """Write headings, below them the ids of the columns in a row that is hidden, and the cells."""
    units, ids = units_of(table), top + 1
    sheet.set_row(ids, None, None, {"hidden": True})
    for c, name in enumerate(table.columns):
        sheet.set_column(c, c, WIDTHS.get(str(name), 12), None, {"hidden": name in HIDDEN})
        sheet.write_string(top, c, str(heading(str(name), unit=units[str(name)])), looks["head"])
        sheet.write_string(ids, c, str(name), looks["text"])
        for r, value in enumerate(table[name], start=ids + 1):
            look = looks["fill"] if name == CORRECTED else looks["text"]
            if value is None or pd.isna(value) or value == "":
                sheet.write_blank(r, c, None, look)
                continue
            cell = _cell(str(name), value, units[str(name)])
            if isinstance(cell, float):
                sheet.write_number(r, c, cell)
            else:
                sheet.write_string(r, c, safe_cell(cell)[:32767], look)
    sheet.freeze_panes(ids + 1, 0)
    if len(table):
        sheet.autofilter(top, 0, ids + len(table), len(table.columns) - 1)
