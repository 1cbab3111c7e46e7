"""Cells that show another number than is stored: which of them, and how many, is said wherever reading is told."""

import datetime as dt
import json

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwt

import analysis as an
from analysis.cli import main
from analysis.register.cells import UNREADABLE, read_date
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases
from analysis.report.manifest import register_given

HEADERS = ["案号", "立案日期", "结案日期", "申请执行标的额"]
COUNTED = [["filed_on", "serial", 2], ["amount_claimed", "万元", 3]]


def workbook(path):
    """Six cases and a total: three amounts are shown in 万元, two days are numbers without a format."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    wan, day = (book.add_format({"num_format": code}) for code in ('0!.0,"万元"', "yyyy-mm-dd"))
    sheet.write_row(0, 0, HEADERS)
    for row in range(1, 7):
        filed = dt.datetime(2023, 1, row)
        sheet.write_row(row, 0, [f"（2023）青0123执{row}号", 44926 + row, "", 123450])
        if row > 2:
            sheet.write_datetime(row, 1, filed, day)
        if row > 3:
            sheet.write_number(row, 3, 123450, wan)
    sheet.write_string(7, 0, "合计")
    sheet.write_number(7, 3, 6 * 123450, wan)
    book.close()
    return path


def old_workbook(path):
    """The same in the format of before 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("2023")
    wan, day = (xlwt.easyxf(num_format_str=code) for code in ('0!.0,"万元"', "yyyy-mm-dd"))
    for column, header in enumerate(HEADERS):
        sheet.write(0, column, header)
    for row in range(1, 7):
        sheet.write(row, 0, f"（2023）青0123执{row}号")
        sheet.write(row, 1, *((dt.date(2023, 1, row), day) if row > 2 else (44926 + row,)))
        sheet.write(row, 3, 123450, *((wan,) if row > 3 else ()))
    book.save(str(path))
    return path


def counted(cases):
    return sorted(cases.number_formats[["column", "shown_in", "cells"]].values.tolist(), reverse=True)


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", workbook), ("a.xls", old_workbook)])
def test_cells_read_by_their_number_format_are_counted_by_column_and_the_total_is_none(tmp_path, name, write):
    cases = read_cases(write(tmp_path / name), as_of="2023-12-31")
    table = cases.table.order_by("source_row").to_pandas()
    assert table["amount_claimed"].tolist() == [123450.0] * 6
    assert [str(day)[:10] for day in table["filed_on"]] == [f"2023-01-0{n}" for n in range(1, 7)]
    assert counted(cases) == sorted(COUNTED, reverse=True)
    assert "申请执行标的额3个（按所示万元）" in cases.as_formatted.zh
    assert "filed on 2 (day numbers of Excel, as days)" in cases.as_formatted.en


@pytest.mark.full
def test_check_its_workbook_the_manifest_and_an_ingested_register_say_it(tmp_path, capsys):
    file = workbook(tmp_path / "a.xlsx")
    with pytest.raises(SystemExit):
        main(
            ["--language", "zh", "check", str(file), "--as-of", "2023-12-31", "--findings", str(tmp_path / "问题.xlsx")]
        )
    assert "按数字格式读出的单元格：" in capsys.readouterr().err
    summary = openpyxl.load_workbook(tmp_path / "问题.xlsx").worksheets[0].iter_rows(values_only=True)
    assert ("按数字格式读出的单元格：申请执行标的额 按所示万元", 3) in [row[:2] for row in summary]
    ingest(file, tmp_path / "入库", as_of="2023-12-31")
    ingested = read_cases(tmp_path / "入库")
    assert counted(ingested) == sorted(COUNTED, reverse=True)
    assert register_given(ingested)["number_formats"] == {
        "cases.amount_claimed: 万元 (a.xlsx)": 3,
        "cases.filed_on: serial (a.xlsx)": 2,
    }
    json.dumps(register_given(ingested))


def test_of_a_register_without_such_cells_nothing_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("案号,立案日期,标的额\n（2023）青0123执1号,2023-01-04,12.5万元\n", encoding="utf-8")
    cases = read_cases(tmp_path / "a.csv", as_of="2023-12-31")
    assert (len(cases.number_formats), cases.as_formatted.zh) == (0, "")
    assert "number_formats" not in register_given(cases)


def test_a_number_in_a_column_of_days_is_one_and_in_a_column_of_something_else_none(tmp_path):
    def closed(cells):
        rows = "".join(f"（2023）青0123执{n}号,2023-01-04,{cell}\n" for n, cell in enumerate(cells, 1))
        (tmp_path / "a.csv").write_text("案号,立案日期,结案日期\n" + rows, encoding="utf-8")
        cases = read_cases(tmp_path / "a.csv", as_of="2023-12-31")
        days = cases.table.order_by("source_row").to_pandas()["closed_on"]
        return [str(day)[:10] for day in days], cases.unreadable["value"].tolist(), counted(cases)

    assert closed(["45000", "2023-05-01"]) == (["2023-03-15", "2023-05-01"], [], [["closed_on", "serial", 1]])
    assert closed(["45000", "未结"]) == (["2023-03-15", "NaT"], [], [["closed_on", "serial", 1]])
    amounts = ["45000", "1250.5", "300000"]
    assert closed(amounts) == (["NaT"] * 3, amounts, []), "amounts under the header of a date"


@pytest.mark.parametrize("time", ["25:00", "12:60", "09:30:61", "31时", "99:99"])
def test_a_time_that_no_clock_shows_leaves_the_day_unread(time):
    assert read_date(f"2011-03-05 {time}") is UNREADABLE


@pytest.mark.parametrize("time", ["24:00", "0:00", "9:05", "23:59:59", "下午3时30分", "8点半"])
def test_a_time_of_the_clock_does_not(time):
    assert str(read_date(f"2011-03-05 {time}"))[:10] == "2011-03-05"


def test_returns_say_which_cells_were_read_as_they_are_shown(tmp_path, capsys):
    book = xlsxwriter.Workbook(tmp_path / "r.xlsx")
    sheet, percent = book.add_worksheet(), book.add_format({"num_format": "0.00%"})
    sheet.write(0, 0, "青石县人民法院执行指标")
    for row, cells in enumerate([["指标", "2022年", "2023年"], ["受理", 714, 800], ["结案", 711, 790]], start=1):
        sheet.write_row(row, 0, cells)
    sheet.write_row(4, 0, ["结案率", 711 / 714])
    sheet.write_number(4, 1, 711 / 714, percent)
    sheet.write_string(4, 2, "98.75%")
    book.close()
    said = [{"file": "r.xlsx", "heading": "2022年", "shown_in": "%", "cells": 1}]
    table = an.read_returns(tmp_path / "r.xlsx")
    assert table.attrs["number_formats"] == an.read_returns(table).attrs["number_formats"] == said
    with pytest.raises(SystemExit):
        main(["--language", "zh", "reconcile", str(tmp_path / "r.xlsx")])
    assert "r.xlsx：“2022年”一列有1个单元格按数字格式读出（按所示百分数）" in capsys.readouterr().err
    assert an.read_returns(pd.DataFrame({"法院": ["甲法院"], "结案率": ["99.5%"]})).attrs["number_formats"] == []
