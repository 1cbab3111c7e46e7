"""A row that stands twice in a register, equal in all cells that are read, is one case; the other is listed."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis.checks.checks import check_cases
from analysis.checks.readable import must_list_cases_once
from analysis.cli import main
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases
from analysis.register.repeats import RowsMet
from analysis.vocabulary.errors import InputError

HEADER = ["序号", "案号", "立案日期", "结案日期", "承办人", "标的额"]


def row(number, *, serial=None, closed="2023-06-01", amount="1200.50"):
    return [str(serial or number), f"（2023）青0123执{number}号", "2023-01-04", closed, "甲", amount]


@pytest.mark.parametrize("amount", ["1200.50", "1,200.50元"])
def test_a_row_that_stands_twice_counts_once_and_is_listed(write, tmp_path, capsys, amount):
    """The running number is another, the case is not; cells in plain form and others alike."""
    register = write([HEADER, row(1, amount=amount), row(2), row(1, serial=3, amount=amount), row(4), row(2, serial=5)])
    ingest(register, tmp_path / "out", as_of="2023-12-31")
    for cases in (read_cases(register, as_of="2023-12-31"), read_cases(tmp_path / "out")):
        assert cases.table.order_by("source_row").to_pandas()["source_row"].tolist() == [2, 3, 5]
        rows, kept, aside, skipped = cases.inputs[["rows", "kept", "quarantined", "skipped"]].iloc[0]
        assert (rows, kept, aside, skipped) == (6, 3, 0, 3), "the header and two rows"
        listed = cases.skipped_rows[cases.skipped_rows["kind"] == "repeated"]
        assert listed[["row", "held"]].values.tolist() == [[4, "（2023）青0123执1号"], [6, "（2023）青0123执2号"]]
        assert "duplicate_case_number" not in set(check_cases(cases)["rule"])
    main(["--language", "zh", "check", str(register), "--as-of", "2023-12-31"], standalone_mode=False)
    assert "所读各栏与前面某行（或前面某张表的行）相同的行2（第4、6行）" in capsys.readouterr().err


def test_rows_of_one_number_that_differ_in_any_cell_read_stay_a_finding(write):
    cases = read_cases(write([HEADER, row(1), row(1, closed=""), row(2), row(2, amount="")]), as_of="2023-12-31")
    assert len(cases) == 4
    found = check_cases(cases)
    assert found.loc[found["rule"] == "duplicate_case_number", "row"].tolist() == [3, 5]


def test_a_row_is_met_again_in_another_block_and_a_blank_of_it_is_counted_once(write, monkeypatch):
    monkeypatch.setattr("analysis.files.xlsx.BLOCK_ROWS", 2)
    rows = [[*r[:2], pd.Timestamp(r[2]), *r[3:5], None] for r in map(row, (1, 2, 3, 1, 4, 3))]
    frame = pd.DataFrame(rows, columns=HEADER)
    cases = read_cases(frame, as_of="2023-12-31")
    assert cases.table.order_by("source_row").to_pandas()["case_no"].str[-2].tolist() == list("1234")


def sheets(path, **rows):
    with pd.ExcelWriter(path) as book:
        for name, (header, *of_sheet) in rows.items():
            pd.DataFrame(of_sheet, columns=header).to_excel(book, sheet_name=name, index=False)
    return path


def test_a_case_carried_over_into_the_sheet_of_the_next_year_counts_once_where_its_rows_are_equal(tmp_path, capsys):
    """The second sheet has the columns in another order and one more, blank in these rows; its total counts what stands in it."""
    late = [f"（2024）青0123执{number}号" for number in (1, 2)]
    first = [row(n, closed="" if n > 3 else "2023-06-01") for n in range(1, 6)]
    order = [1, 0, 2, 4, 3, 5]
    carried = [[*(one[i] for i in order), None] for one in first[3:]]
    new = [[number, str(n), "2024-01-04", "甲", "2024-03-01", "10", "2024-01-05"] for n, number in enumerate(late, 1)]
    total = ["合计", None, None, None, None, "2421", None]
    register = sheets(
        tmp_path / "台账.xlsx",
        甲2023=[HEADER, *first],
        乙2024=[[*(HEADER[i] for i in order), "开始执行日期"], *carried, *new, total],
    )
    ingest(register, tmp_path / "out", as_of="2024-12-31")
    for cases in (read_cases(register, as_of="2024-12-31"), read_cases(tmp_path / "out")):
        assert len(cases) == 7
        listed = cases.skipped_rows[cases.skipped_rows["kind"] == "repeated"]
        assert listed[["sheet", "row", "held"]].values.tolist() == [["乙2024", n, first[n + 1][1]] for n in (2, 3)]
        assert {"total_differs", "duplicate_case_number"}.isdisjoint(check_cases(cases)["rule"])
        must_list_cases_once(cases)
    main(["--language", "zh", "check", str(register), "--as-of", "2024-12-31"], standalone_mode=False)
    assert "相同的行2（第2、3行）" in capsys.readouterr().err


def test_equal_rows_of_two_files_count_once_and_rows_numbered_anew_in_each_are_other_cases(tmp_path):
    rows = [[*one, "首次执行"] for one in (row(1), row(2), ["3", "7", "2023-01-04", "", "甲", ""])]
    for name in "ab":
        pd.DataFrame(rows, columns=[*HEADER, "案件类型"]).to_csv(tmp_path / f"{name}.csv", index=False)
    cases = read_cases([tmp_path / "a.csv", tmp_path / "b.csv"], as_of="2023-12-31")
    assert cases.table.to_pandas()["case_no"].value_counts().to_dict() == {row(1)[1]: 1, row(2)[1]: 1, "7": 2}
    ingest([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out", as_of="2023-12-31")  # either file may go
    found = check_cases(read_cases(tmp_path / "out")).query("rule == 'duplicate_case_number'")
    assert found["problem"].map(str).str.contains("已见于a.csv 第2行；所读各栏都相同").any()


def test_of_rows_that_differ_it_is_said_where_they_stand_and_in_which_columns(tmp_path):
    """A closing date in the later sheet, in one that cannot be read: neither row may be left out in silence."""
    open_rows = [row(n, closed="") for n in range(1, 12)]
    register = sheets(
        tmp_path / "台账.xlsx",
        甲2023=[HEADER, *open_rows],
        乙2024=[HEADER, row(1, closed="2024-02-01"), row(2, closed="2024.13.45"), open_rows[2]],
    )
    cases = read_cases(register, as_of="2024-12-31")
    found = check_cases(cases).query("rule == 'duplicate_case_number'")
    assert found["problem"].map(str).str.split("\n").tolist() == [
        [
            f"案号重复，已见于台账.xlsx / 甲2023 第{n}行；不同的栏：结案日期",
            f"the case number stands already in 台账.xlsx / 甲2023 row {n}; they differ in: closed on",
        ]
        for n in (2, 3)
    ]
    assert "unreadable_value" in set(check_cases(cases)["rule"])
    with pytest.raises(InputError) as error:
        must_list_cases_once(cases)
    assert "有2件案件不止一张表中有" in error.value.text.zh
    assert "如台账.xlsx / 乙2024 第2行与台账.xlsx / 甲2023 第2行；不同的栏：结案日期。" in error.value.text.zh
    assert "As 台账.xlsx / 乙2024 row 2 and 台账.xlsx / 甲2023 row 2; they differ in: closed on." in error.value.text.en


def test_cells_read_by_their_number_format_are_counted_in_the_rows_that_are_kept(tmp_path):
    """A number of days is a day, and one in 万元 a hundredth of a million: of two rows, one of which stands twice, two of each."""
    book = openpyxl.Workbook()
    for one in (HEADER, *(row(n, closed=45078, amount=15000) for n in (1, 2, 1))):
        book.active.append(one)
    for n in (2, 3, 4):
        book.active.cell(n, 6).number_format = '0.00"万"'
    book.save(tmp_path / "台账.xlsx")
    cases = read_cases(tmp_path / "台账.xlsx", as_of="2023-12-31")
    counted = cases.number_formats.set_index("column")["cells"].to_dict()
    assert len(cases) == 2
    assert counted["closed_on"] == 2
    assert set(counted.values()) == {2}, counted


def test_every_row_is_met_once_however_many_there_are():
    met, rng = RowsMet(), np.random.default_rng(17)
    seen = set()
    for _ in range(40):
        rows = rng.integers(0, 3_000, 200).astype("uint64")
        expected = []
        for one in rows.tolist():
            expected.append(one in seen)
            seen.add(one)
        assert met.again(rows).tolist() == expected
