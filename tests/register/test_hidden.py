"""Rows and columns that a spreadsheet hides are read, and it is said which, in check, start, the manifest and a report."""

import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

import analysis as an
from analysis.cli import main
from analysis.register.ingest import ingest
from analysis.register.proposal import propose_court_file
from analysis.register.reading import read_cases
from analysis.report.manifest import register_given

ROWS = [
    ["某县法院执行台账", "", "", ""],
    ["案号", "立案日期", "结案日期", "承办人"],
    *([f"（2023）青0123执{n}号", f"2023-01-0{n}", f"2023-05-0{n}", "甲"] for n in range(1, 8)),
    ["合计", "7", "", ""],
]
HIDDEN_ROWS, HIDDEN_COLUMN = (3, 4, 9), 2  # from 0: two cases and the total
SAID = "a.{}隐藏2行（自第4行起），隐藏列：结案日期。"


def xlsx(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("2023")
    for row, cells in enumerate(ROWS):
        sheet.write_row(row, 0, cells)
    for row in HIDDEN_ROWS:
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, None, None, {"hidden": True})
    book.close()


def xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("2023")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    for row in HIDDEN_ROWS:
        sheet.row(row).hidden = True
    sheet.col(HIDDEN_COLUMN).hidden = True
    book.save(str(path))


def ods(path):
    book, sheet = OpenDocumentSpreadsheet(), Table(name="2023")
    sheet.addElement(TableColumn(numbercolumnsrepeated=HIDDEN_COLUMN))
    sheet.addElement(TableColumn(visibility="collapse"))
    sheet.addElement(TableColumn())
    for number, cells in enumerate(ROWS):
        row = TableRow(**({"visibility": "filter"} if number in HIDDEN_ROWS else {}))
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        sheet.addElement(row)
    sheet.addElement(TableRow(visibility="collapse", numberrowsrepeated=1_000_000))
    book.spreadsheet.addElement(sheet)
    book.save(path)


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_hidden_rows_and_columns_are_read_and_it_is_said_how_many_and_where(tmp_path, write, capsys):
    file = tmp_path / f"a.{write.__name__}"
    write(file)
    cases, said = read_cases(file, as_of="2023-12-31"), SAID.format(f"{write.__name__} / 2023")
    assert (len(cases), int(cases.table.closed_on.count().execute())) == (7, 7)
    assert said in cases.as_hidden.zh
    assert "2 hidden rows (from row 4), hidden columns: closed on" in cases.as_hidden.en
    assert said in propose_court_file(file).caption.zh
    with pytest.raises(SystemExit):
        main(["--language", "zh", "check", str(file), "--as-of", "2023-12-31"])
    assert capsys.readouterr().err.count(said) == 1


def test_hidden_rows_that_do_not_say_where_they_stand_are_said_too(tmp_path):
    xlsx(tmp_path / "with.xlsx")
    with zipfile.ZipFile(tmp_path / "with.xlsx") as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for part in old.namelist():
            new.writestr(part, re.sub(rb'(<row|<c)( [^>]*?)? r="[A-Z]*\d+"', rb"\1\2", old.read(part)))
    cases = read_cases(tmp_path / "a.xlsx", as_of="2023-12-31")
    assert len(cases) == 7
    assert SAID.format("xlsx / 2023") in cases.as_hidden.zh


def test_the_manifest_the_findings_and_an_ingested_register_say_it_too(tmp_path):
    xlsx(tmp_path / "a.xlsx")
    ingest(tmp_path / "a.xlsx", tmp_path / "out", as_of="2023-12-31")
    for cases in (read_cases(tmp_path / "a.xlsx", as_of="2023-12-31"), read_cases(tmp_path / "out")):
        assert register_given(cases)["hidden"] == {"a.xlsx / 2023": {"rows": 2, "columns": ["closed_on"]}}
    an.export_findings(cases, tmp_path / "问题.xlsx")
    summary = openpyxl.load_workbook(tmp_path / "问题.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [row[1] for row in summary if "隐藏2行" in str(row[0])] == [2]


def test_start_says_it_of_a_later_export_too(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    xlsx(tmp_path / "a.xlsx")
    for _ in range(2):
        main(["--language", "zh", "start", "a.xlsx", "--yes"], standalone_mode=False)
        assert capsys.readouterr().out.count(SAID.format("xlsx / 2023")) == 1


def test_of_a_sheet_that_shows_all_nothing_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("案号,立案日期\n（2023）青0123执1号,2023-01-04\n", encoding="utf-8")
    cases = read_cases(tmp_path / "a.csv", as_of="2023-12-31")
    assert cases.as_hidden.zh == ""
    assert "hidden" not in register_given(cases)


def test_where_sheets_tell_whose_cases_stand_in_them_they_are_not_named(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for name in ("甲某", "乙某"):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(ROWS[1:-1]):
            sheet.write_row(row, 0, [cells[0].replace("执", name[0]), *cells[1:3], name if row else "承办人"])
        sheet.set_row(3, None, None, {"hidden": True})
    book.close()
    cases = read_cases(tmp_path / "a.xlsx", as_of="2023-12-31")
    assert cases.as_hidden.zh == "隐藏的行、列也已读入：隐藏2行。不属于台账的请从表中删去。"
    assert register_given(cases)["hidden"] == {"cases": {"rows": 2, "columns": []}}
