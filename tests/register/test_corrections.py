"""Findings go out as a workbook, come back corrected, and are applied and recorded."""

import pandas as pd
import pytest

from analysis.checks.checks import check_cases
from analysis.register.corrections import read_corrections
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError, OutputError
from analysis.vocabulary.language import speaking

pytestmark = pytest.mark.full

HEADER = ["案号", "立案日期", "结案日期", "结案方式", "标的额（万元）", "到位金额（万元）", "承办人"]
ROWS = [
    HEADER,
    ["（2011）富执字第1号", "2011-11-01", "2011-10-01", "执行完毕", "2", "2", "=HYPERLINK(\"http://x\")"],
    ["（2011）富执字第2号", "", "", "", "3", "", "张三"],
    ["（2011）富执字第3号", "2011-11-03", "2011-12-01", "", "4", "4", "张三"],
    ["（2011）富执字第3号", "2011-11-03", "2011-12-01", "执行完毕", "4", "4", "张三"],
    ["（2011）富执字第4号", "2011-11-04", "十二月", "执行完毕", "五万", "1", "张三"],
]  # fmt: skip


def correct(path, fill, *, also=()):
    """What a clerk does in the workbook: types into the column of corrections, and saves."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    done = set()
    for sheet in book.worksheets:
        ids = {str(c.value): c.column for c in sheet[3]} if sheet.max_row > 2 else {}
        if "corrected" not in ids:
            continue
        heads, last = ids, sheet
        for row in range(4, sheet.max_row + 1):
            key = (sheet.cell(row, heads["row"]).value, str(sheet.cell(row, heads["field"]).value))
            if key in fill:
                sheet.cell(row, heads["corrected"]).value = fill[key]
                done.add(key)
    sheet = last
    for (row, field), value in also:
        new = sheet.max_row + 1
        for name, v in {"table": "cases", "file": "cases.csv", "row": row, "field": field, "corrected": value}.items():
            sheet.cell(new, heads[name]).value = v
    book.save(path)
    assert done == set(fill), set(fill) - done


def test_a_register_is_mended_by_what_the_clerk_hands_back(write, tmp_path, accounted):
    path = write(ROWS)
    cases = read_cases(path, as_of="2011-12-31")
    book = cases.export_findings(tmp_path / "findings.xlsx")
    correct(
        book,
        {
            (2, "closed_on"): "2011年12月1日",
            (3, "filed_on"): "2011-11-02",
            (4, "closure_mode"): "终本",
            (5, "case_no"): "删除",
            (6, "closed_on"): "2011-12-20",
            (6, "amount_claimed"): "50000",
        },
    )
    mended = read_cases(path, as_of="2011-12-31", corrections=book)
    accounted(mended)
    rows = mended.table.to_pandas().set_index("source_row")
    assert rows.index.tolist() == [2, 3, 4, 6]
    assert rows.loc[2, "closed_on"] == pd.Timestamp("2011-12-01")
    assert rows.loc[3, "filed_on"] == pd.Timestamp("2011-11-02")
    assert rows.loc[4, "closure_mode"] == "terminated_this_round"
    assert rows.loc[6, "amount_claimed"] == 50_000.0  # a bare number is 元, though the file's column is in 万元
    assert rows.loc[6, "amount_recovered"] == 10_000.0
    assert mended.quarantine.empty
    assert dict(zip(mended.skipped["kind"], mended.skipped["rows"], strict=True)) == {"header": 1, "deleted": 1}
    done = mended.corrections.set_index(["row", "field"])
    assert (done["status"] == "applied").all()
    assert done.loc[(2, "closed_on"), "value"] == "2011-10-01"
    left = check_cases(mended)
    assert not set(left["rule"]) & {
        "closed_before_filed",
        "closed_without_mode",
        "duplicate_case_number",
        "unreadable_value",
    }


def test_an_uncorrected_workbook_changes_nothing(write, tmp_path):
    path = write(ROWS)
    cases = read_cases(path, as_of="2011-12-31")
    again = read_cases(path, as_of="2011-12-31", corrections=cases.export_findings(tmp_path / "f.xlsx"))
    assert again.corrections.empty
    pd.testing.assert_frame_equal(again.table.to_pandas(), cases.table.to_pandas())


def test_a_cell_can_be_emptied(write, tmp_path):
    path = write(ROWS)
    book = read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx")
    correct(book, {(2, "closed_on"): "清空"})
    rows = read_cases(path, as_of="2011-12-31", corrections=book).table.to_pandas().set_index("source_row")
    assert pd.isna(rows.loc[2, "closed_on"])


def test_what_cannot_be_applied_is_refused_with_the_reason_and_found(write, tmp_path):
    path = write(ROWS)
    book = read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx")
    correct(book, {(2, "closed_on"): "下个月"}, also=[((99, "closed_on"), "2011-12-01")])
    cases = read_cases(path, as_of="2011-12-31", corrections=book)
    assert cases.corrections.set_index("row")["status"].to_dict() == {2: "refused", 99: "refused"}
    assert cases.table.to_pandas()["closed_on"][0] == pd.Timestamp("2011-10-01")
    refused = check_cases(cases)[lambda f: f["rule"] == "correction_refused"]
    assert refused["row"].tolist() == [2, 99]
    assert set(refused["severity"]) == {"error"}


def test_corrections_follow_the_case_not_the_row_when_the_file_has_changed(write, tmp_path):
    path = write(ROWS)
    book = read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx")
    correct(book, {(2, "closed_on"): "2011-12-01", (4, "closure_mode"): "和解"})
    write([ROWS[0], ROWS[1], ["（2011）富执字第9号", "2011-11-09", *[""] * 5], *ROWS[2:]])
    done = read_cases(path, as_of="2011-12-31", corrections=book).corrections.set_index("row")["status"].to_dict()
    assert done == {2: "applied", 4: "refused"}


def test_one_cell_corrected_in_two_ways_or_an_unknown_field_is_an_error_naming_all(write, tmp_path):
    path = write(ROWS)
    book = read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx")
    correct(book, {}, also=[((2, "closed_on"), "2011-12-01"), ((2, "closed_on"), "2011-12-02"), ((2, "no_such"), "x")])
    with pytest.raises(InputError) as caught:
        read_corrections(book)
    assert "两种更正" in str(caught.value)
    assert "2：不是台账的列" in str(caught.value), "by row: a cell that was moved may hold a name"
    assert "no_such" not in str(caught.value)


def test_a_workbook_written_in_english_is_taken_back(write, tmp_path):
    path = write(ROWS)
    with speaking("en"):
        book = read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx")
    correct(book, {(2, "closed_on"): "2011-12-01"})
    done = read_cases(path, as_of="2011-12-31", corrections=book).corrections
    assert done[["row", "field", "status"]].to_numpy().tolist() == [[2, "closed_on", "applied"]]


def test_a_file_that_is_no_workbook_of_findings_is_said(write):
    with pytest.raises(InputError, match="更正值"):
        read_cases(write(ROWS), as_of="2011", corrections=write(ROWS, "other.csv"))
    with pytest.raises(InputError, match="找不到"):
        read_cases(write(ROWS), as_of="2011", corrections="nothing.xlsx")


def test_no_cell_of_the_workbook_is_a_formula_and_no_officer_is_named(write, tmp_path):
    import openpyxl

    rows = [
        HEADER,
        ['=cmd|"/C calc"!A0', "2011-11-01", "@SUM(A1)", "+1", "-2", "=1+1", "李小四"],
        ["（2011）富执字第1号", "=NOW()", "", "", "", "", "李小四"],
    ]
    cases = read_cases(write(rows), as_of="2011-12-31")
    book = openpyxl.load_workbook(cases.export_findings(tmp_path / "f.xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert len(cells) > 20
    assert not [
        c.value
        for c in cells
        if c.data_type == "f" or (isinstance(c.value, str) and c.value.startswith(("=", "+", "-", "@")))
    ]
    assert not [c.value for c in cells if "李小四" in str(c.value)]
    named = openpyxl.load_workbook(cases.export_findings(tmp_path / "named.xlsx", names=True))
    assert [c for sheet in named for row in sheet.iter_rows() for c in row if "李小四" in str(c.value)]


def test_the_same_findings_give_the_same_bytes(write, tmp_path):
    cases = read_cases(write(ROWS), as_of="2011-12-31")
    first, second = (cases.export_findings(tmp_path / f"{n}.xlsx").read_bytes() for n in "ab")
    assert first == second


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(write, tmp_path):
    cases = read_cases(write(ROWS), as_of="2011-12-31")
    with pytest.raises(OutputError, match="文件夹不存在"):
        cases.export_findings(tmp_path / "no" / "f.xlsx")
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(OutputError):
        cases.export_findings(tmp_path / "taken.xlsx")
    assert not list(tmp_path.glob("*.part"))
