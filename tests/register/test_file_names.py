"""A file or a sheet that is called as somebody is: nothing that is recorded says the name, and the clerk finds it all the same."""

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.checks.readable import must_be_readable
from analysis.register.corrections import CORRECTED

NAME = "濮阳九思"


@pytest.fixture
def register(tmp_path):
    """A sheet an officer, and a folder an officer; of one of them a cell that cannot be read."""
    rows = {
        "案号": ["（2011）富执字第1号", "（2011）富执字第2号"],
        "立案日期": ["2011-01-04", "2011-02-30"],
        "备注": ["", ""],
    }
    folder = tmp_path / "台账"
    (folder / NAME).mkdir(parents=True)
    with pd.ExcelWriter(folder / "执行案件.xlsx") as book:
        pd.DataFrame(rows).to_excel(book, sheet_name="Sheet1", index=False)
        pd.DataFrame({"说明": [NAME]}).to_excel(book, sheet_name=f"{NAME}的说明", index=False)
        pd.DataFrame(rows | {"案号": ["（2011）富执字第3号", "（2011）富执字第4号"]}).to_excel(
            book, sheet_name=NAME, index=False
        )
    pd.DataFrame(rows | {"案号": ["（2011）富执字第5号", "（2011）富执字第6号"]}).to_csv(
        folder / NAME / "案件.csv", index=False
    )
    (folder / "register.toml").write_text('as_of = "2011-12-31"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("ingested", [False, pytest.param(True, marks=pytest.mark.full)])
def test_what_is_recorded_of_files_and_sheets_names_nobody(register, tmp_path, ingested):
    if ingested:
        register = an.ingest(register, out=tmp_path / "store").path
    cases = an.read_cases(register)
    recorded = [cases.inputs, cases.mapping, cases.quarantine, cases.skipped, cases.unreadable, cases.sources]
    assert NAME not in "".join(table.to_csv() for table in recorded) + an.check_cases(cases).to_csv() + repr(cases)
    assert {"Sheet1", "#3"} <= set(cases.mapping["sheet"])
    assert "#2" in set(cases.skipped["sheet"])
    assert cases.file_names[next(file for file in cases.inputs["file"] if file[0] == "#")] == f"{NAME}/案件.csv"


@pytest.mark.full
def test_the_clerk_is_told_the_file_and_that_the_workbook_stays_inside(register, tmp_path):
    cases = an.read_cases(register)
    book = openpyxl.load_workbook(an.export_findings(cases, tmp_path / "a.xlsx", names=True))
    assert "仅供院内" in str(list(book["汇总"].values))
    sheet = next(s for s in book if CORRECTED in [cell.value for cell in s[3]])
    at = {cell.value: cell.column - 1 for cell in sheet[3]}
    for row in sheet.iter_rows(min_row=4):
        row[at[CORRECTED]].value = "2011-02-28"
    assert {row[at["file"]].value for row in sheet.iter_rows(min_row=4)} == {"执行案件.xlsx", f"{NAME}/案件.csv"}
    book.save(tmp_path / "a.xlsx")
    corrected = an.read_cases(register, corrections=tmp_path / "a.xlsx")
    assert set(corrected.corrections["status"]) == {"applied"}
    assert len(corrected.corrections) == len(cases.quarantine) == 3


def test_an_error_names_the_file_as_it_is_called_to_whoever_reads_it(tmp_path):
    path = tmp_path / f"{NAME}.csv"
    path.write_text("案号,立案日期\n（2011）富执字第1号,不详\n（2011）富执字第2号,不详\n", encoding="utf-8")
    with pytest.raises(an.InputError, match=f"{NAME}.csv：2行都不能用"):
        must_be_readable(an.read_cases(path, as_of="2011-12-31"))


@pytest.mark.parametrize("ingested", [False, pytest.param(True, marks=pytest.mark.full)])
def test_a_header_of_words_that_are_not_known_is_its_place_whether_it_is_read_or_not(tmp_path, ingested):
    heads = ["案号", "立案日期", f"承办人（{NAME}）", "Nguyen", "结案日期", f"到位金额（{NAME}经手）（万元）", "备注"]
    rows = [[f"（2011）富执字第{i}号", "2011-01-04", "", "", "", "", ""] for i in (1, 2)] + [
        ["无号", "2011-01-0", "", "", "", "", ""]
    ]
    path = tmp_path / "案件.csv"
    pd.DataFrame(rows, columns=heads).to_csv(path, index=False)
    if ingested:
        path = an.ingest(path, out=tmp_path / "store", as_of="2011-12-31").path
    cases = an.read_cases(path, as_of="2011-12-31")
    by_header = (
        cases.mapping[cases.mapping["status"].isin(["mapped", "ignored"])].set_index("header")["column"].to_dict()
    )
    assert by_header == {
        "案号": "case_no", "立案日期": "filed_on", "[3]": "officer", "[4]": "", "结案日期": "closed_on", "[6]": "amount_recovered", "备注": "",
    }  # fmt: skip
    assert sorted(cases.headings.values()) == sorted([heads[2], heads[3], heads[5]])
    assert NAME not in an.check_cases(cases).to_csv() + cases._repr_html_() + cases.mapping.to_csv()


def test_a_file_and_a_sheet_called_by_one_word_in_letters_are_numbers_unless_the_court_says_the_word(tmp_path):
    rows = pd.DataFrame(
        {"docket number": ["2023-1", "2023-2"], "filed on": ["2023-01-04", "2023-02-03"], "officer": "Tavish Okonjo"}
    )
    path = tmp_path / "Okonjo export 2023.xlsx"
    with pd.ExcelWriter(path) as book:
        rows.to_excel(book, sheet_name="Okonjo", index=False)
        rows.assign(**{"docket number": ["2023-3", "2023-4"]}).to_excel(book, sheet_name="Harrowgate", index=False)
    cases = an.read_cases(path, as_of="2023-12-31", court="Harrowgate County Court")
    assert "Okonjo" not in cases.inputs.to_csv() + cases.sources.to_csv() + cases.mapping.to_csv()
    assert set(cases.sources["sheet"]) == {"#1", "Harrowgate"}
