"""The workbook of findings, written for a clerk to correct and hand back (``corrections.py`` reads it)."""

from __future__ import annotations

import io
import json
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.privacy import safe_cell
from analysis.checks.entry_quality import entry_quality
from analysis.register.corrections import CORRECTED
from analysis.register.disclosure import public_cell
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.labels import SHARES, code_text, heading, read, units_of
from analysis.vocabulary.language import Text
from analysis.vocabulary.numbers import PLAIN_DIGITS, rounded
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from analysis.cases.table import Cases

FINDINGS_COLUMNS = [
    "severity", "rule", "case_no", "field", "value", "problem", "proposed_fix", CORRECTED, "table", "file", "sheet", "row",
]  # fmt: skip
WIDTHS = {"problem": 44, "proposed_fix": 36, CORRECTED: 22, "value": 22, "case_no": 24, "rule": 20}
QUARANTINED = "quarantined"
READ_BACK = frozenset(["table", "field"])  # codes by which a correction finds its cell
SHEETS = {"findings": "问题 findings", "summary": "汇总 summary", "entry": "录入 entry", "files": "来源 files"}
FILL_IN = Text("补填后该行即可使用", "the row can be used once this is filled in")
MEND_THE_FILE = Text("在原表中改正后重新导出", "correct it in the original table and export that again")
HOW = Text(
    "请在“更正值”一栏填写正确的内容；确认无误的留空；应清空的写“清空”；应删去整行的写“删除”。其他栏请勿改动，原样交回。",
    "Fill in the column “corrected”; leave it empty where the register is right; write 清空 (clear) to empty the cell, "
    "删除 (delete) to take out the whole row. Leave the other columns as they are and hand the workbook back.",
)


def export_findings(
    cases: Cases, path: str | PathLike[str], *, findings: pd.DataFrame | None = None, names: bool = False
) -> Path:
    """Write the findings and the quarantined rows of a register as an xlsx workbook with a column for corrections.

    Further sheets sum up: findings by rule, entry quality by month and officer, rows by file. No cell is a formula.
    Officers, parties and the words of cells are shown only with ``names=True``, for the clerk's own eyes. Raises ``OutputError`` where the
    file cannot be written; nothing half-written is left.

    >>> import tempfile
    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"], "closed_on": ["2011-03-01"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export_findings(Cases.from_frames(one, as_of="2011-12-31"), Path(folder) / "问题清单.xlsx").name
    '问题清单.xlsx'
    """
    if findings is None:
        from analysis.checks.checks import check_cases

        findings = check_cases(cases, names=names)
    target = Path(path)
    aside = quarantined(cases, names=names)
    if names:
        aside = aside.assign(problem=aside["problem"] + "\n" + aside["held"])
    rows = pd.concat([aside, findings], ignore_index=True).reindex(columns=FINDINGS_COLUMNS)
    data = _workbook(
        {
            "findings": rows,
            "summary": _summary(cases, findings),
            "entry": _entry(cases, findings, names),
            "files": cases.inputs.reindex(columns=["file", "sha256", "rows", "kept", "quarantined", "skipped"]),
        }
    )
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"写不了 {target.name}：{error.strerror or error}。请检查文件夹是否存在、文件是否正被打开。",
            f"{target.name} cannot be written: {error.strerror or error}. Check that the folder exists and the file is not open.",
        ) from error
    return target


def quarantined(cases: Cases, *, names: bool = False) -> pd.DataFrame:
    """Return quarantined rows as findings: the cell without which the row cannot be used, and ``held``: what else the row holds.

    A row whose cells have moved holds names in any column: what it holds is shown only with ``names=True``.
    """
    shown = cases.mapping[cases.mapping["status"] == "mapped"] if len(cases.mapping) else cases.mapping
    records = []
    for entry in cases.quarantine.to_dict(orient="records"):
        here = shown[
            (shown["file"] == entry["file"]) & (shown["sheet"] == entry["sheet"]) & (shown["table"] == entry["table"])
        ]
        by_header = dict(zip(here["header"], here["column"], strict=True))
        raw = json.loads(entry["values"])
        said = {by_header[k]: v for k, v in raw.items() if k in by_header}
        if not names:
            said = {name: public_cell(entry["table"], name, v).zh for name, v in said.items()}
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
                "proposed_fix": (FILL_IN if entry["field"] else MEND_THE_FILE).cell,
            }
        )
    return pd.DataFrame(records, columns=[*FINDINGS_COLUMNS, "held"])


def _summary(cases: Cases, findings: pd.DataFrame) -> pd.DataFrame:
    lines = [(str(term(name)), value) for name, value in (("as_of", str(cases.as_of.date())), ("cases", len(cases)))]
    lines += [(read("rule", rule), int(count)) for rule, count in findings["rule"].value_counts().items()]
    return pd.DataFrame(lines, columns=["item", "value"])


def _entry(cases: Cases, findings: pd.DataFrame, names: bool) -> pd.DataFrame:
    """Return how well cases were entered, by month and officer."""
    table = entry_quality(cases, names=names, findings=findings)
    return table.assign(period=table["period"].dt.strftime("%Y-%m"))


def _named(said: object, name: str) -> str:
    """A word with the id below it, by which it is found again when the workbook comes back."""
    return name if str(said) == name else f"{said}\n{name}"


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
    for key, table in tables.items():
        sheet = book.add_worksheet(SHEETS[key])
        top = 0
        if key == "findings":
            sheet.merge_range(0, 0, 0, len(table.columns) - 1, HOW.cell, looks["text"])
            sheet.set_row(0, 48)
            top = 1
        _write_table(sheet, table, top, looks)
    book.close()
    return buffer.getvalue()


def _cell(name: str, value: Any, unit: str | None) -> Any:
    """A cell as the clerk reads it: shares in percent, codes by their names; of what is read back the id stays below."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return float(rounded(100 * float(value), PLAIN_DIGITS)) if unit in SHARES else float(value)
    said = code_text(name, str(value)) or str(value)  # other cells stay as they are, in both languages
    return _named(said, str(value)) if name in READ_BACK else str(said)


def _write_table(sheet: Any, table: pd.DataFrame, top: int, looks: dict[str, Any]) -> None:
    units = units_of(table)
    for c, name in enumerate(table.columns):
        sheet.set_column(c, c, WIDTHS.get(str(name), 12))
        sheet.write_string(top, c, _named(heading(str(name), unit=units[str(name)]), str(name)), looks["head"])
        for r, value in enumerate(table[name], start=top + 1):
            look = looks["fill"] if name == CORRECTED else looks["text"]
            if value is None or pd.isna(value) or value == "":
                sheet.write_blank(r, c, None, look)
                continue
            cell = _cell(str(name), value, units[str(name)])
            if isinstance(cell, float):
                sheet.write_number(r, c, cell)
            else:
                sheet.write_string(r, c, safe_cell(cell)[:32767], look)
    sheet.freeze_panes(top + 1, 0)
    if len(table):
        sheet.autofilter(top, 0, top + len(table), len(table.columns) - 1)
