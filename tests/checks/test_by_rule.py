"""The findings as a clerk meets them first: a line a rule, no more than a screen."""

from __future__ import annotations

import pandas as pd
import pytest
import qingshi
from click.testing import CliRunner

import analysis as an
from analysis.checks.by_rule import WrongRows, count_findings
from analysis.checks.checks import found_in, listed_findings
from analysis.checks.context import Register
from analysis.checks.later_dates import GOES_ON_WITHIN
from analysis.cli import main
from analysis.vocabulary.text import in_language

SCREEN = 24


def later_dates(findings, as_of, *, cut=False):
    """The dates that are no mistakes, told from the table of findings."""
    future = findings["rule"] == "date_in_future"
    dates = pd.to_datetime(findings["value"].where(future)).astype("datetime64[s]")
    last = as_of
    if cut or (future & (findings["field"] == "filed_on")).any():
        for date in sorted(dates.dropna().unique()):
            last = date if date - last <= GOES_ON_WITHIN else last
    return dates <= last


@pytest.mark.full
def test_counts_add_up_and_the_worst_stand_first():
    frame = pd.DataFrame(
        {
            "case_no": [f"（2011）富执字第{i}号" for i in (1, 2, 3, 4)],
            "filed_on": ["2011-03-04"] * 4,
            "closed_on": ["2011-03-01", "2011-05-01", None, "2011-05-04"],
            "closure_mode": [None, None, None, "completed"],  # a register that keeps modes
            "source_file": ["a.csv", "b.csv", "b.csv", "b.csv"],
            "source_row": [2, 3, 4, 5],
        }
    )
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    found = an.check_cases(cases)
    table, _ = count_findings(cases)
    assert table["count"].sum() == len(found)
    assert table["severity"].tolist() == sorted(table["severity"], key=["error", "warning", "info"].index)
    modes = table.set_index("rule").loc["closed_without_mode"]
    assert modes["count"] == 2
    assert in_language(modes["first_at"], "zh") == "a.csv 第2行 （2011）富执字第1号；b.csv 第3行 （2011）富执字第2号"
    assert in_language(modes["first_at"], "en").startswith("a.csv row 2")


@pytest.mark.parametrize("as_of", ["2010-06-30", pytest.param("2011-12-31", marks=pytest.mark.full)])
def test_findings_counted_as_they_are_met_are_those_of_the_table(tmp_path, as_of):
    """Of two files, read to a day within them: the first of a rule stand in another batch, table or file than others."""
    header = "案号,立案日期,结案日期,结案方式,申请执行标的额,实际到位金额"
    for name, first in (("b.csv", 100), ("a.csv", 1)):
        lines = [
            f"（2010）富执字第{i}号,2010-{i % 12 + 1:02}-05,{'不详' if i % 7 == 0 else f'2011-{i % 12 + 1:02}-01'},{'' if i % 5 else '和解'},{i},-{i}"
            for i in range(first, first + 40)
        ]
        lines += [lines[0], f"富执{first},2010-05-05,2009-01-01,,1,1", "（2010）富执字第999号,没有,,,,"]
        (tmp_path / name).write_text("\n".join([header, *lines]), encoding="utf-8")
    cases = an.read_cases([tmp_path / "b.csv", tmp_path / "a.csv"], as_of=as_of)
    table, later = count_findings(cases, cut=True)
    found = an.check_cases(cases)
    is_later = later_dates(found, cases.as_of, cut=True)
    assert later == is_later.sum()
    of_rules = found[~is_later].groupby(["severity", "rule"], observed=True)
    wanted = {rule: len(own) for rule, own in of_rules} | {("error", "quarantined"): len(cases.quarantine)}
    assert {
        (row.severity, row.rule): row.count_ for row in table.rename(columns={"count": "count_"}).itertuples()
    } == wanted
    for (_, rule), own in of_rules:
        first = own[["file", "row"]].head(2).dropna().values.tolist()
        said = table.set_index("rule").loc[rule, "first_at"]
        assert in_language(said, "en").count("row ") == len(first)
        assert all(f"{file} row {row}" in said for file, row in first)


def test_rows_with_an_error_are_told_by_their_place_and_where_there_is_none_by_their_number():
    frame = pd.DataFrame(
        {
            "case_no": [f"（2011）富执字第{i}号" for i in (1, 2, 3, 4)],
            "filed_on": ["2011-03-04"] * 4,
            "closed_on": ["2011-03-01", "2011-05-01", "2011-03-01", "2011-05-04"],
            "source_file": ["a.csv", "b.csv", None, "a.csv"],
            "source_row": [2, 2, None, 5],
        }
    )
    cases, wrong = an.Cases.from_frames(frame, as_of="2011-12-31"), WrongRows()
    for found in found_in(Register(cases)):
        wrong.add(found)
    rows = cases.table.to_pandas().sort_values("case_no")
    assert wrong.among(rows).tolist() == [True, False, True, False]


@pytest.mark.full
def test_500_cases_are_checked_within_one_screen(tmp_path):
    path = qingshi.export(tmp_path / "台账.xlsx")
    said = CliRunner().invoke(main, ["check", str(path), "--as-of", qingshi.LAST_DAY])
    assert said.exit_code == 0, said.output
    assert len(said.output.splitlines()) <= SCREEN
    assert "结案而未填金额" in said.output
    every = CliRunner().invoke(main, ["check", str(path), "--as-of", qingshi.LAST_DAY, "--details"])
    assert len(every.output.splitlines()) > SCREEN


@pytest.mark.full
def test_a_closing_without_an_amount_is_found_once(tmp_path):
    raw = qingshi.cases()
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", raw), as_of=qingshi.LAST_DAY)
    blank = (raw["结案日期"] != "") & ~raw["实际到位金额"].map(lambda cell: isinstance(cell, float))
    found = an.check_cases(cases)
    amounts = found[found["field"] == "amount_recovered"]
    assert amounts["rule"].tolist() == ["closed_without_amount"] * int(blank.sum())


@pytest.mark.full
def test_the_workbook_has_a_sheet_a_rule_in_the_language_spoken_and_one_decision_for_equal_cells(tmp_path):
    import openpyxl

    raw = qingshi.cases()
    odd = raw.index[raw["结案方式"] != ""][:40]
    raw.loc[odd, "结案方式"] = "挂账处理"
    source = qingshi.export(tmp_path / "台账.xlsx", raw)
    cases = an.read_cases(source, as_of=qingshi.LAST_DAY)
    book = openpyxl.load_workbook(an.export_findings(cases, tmp_path / "问题清单.xlsx", names=True))
    assert book.sheetnames[0] == "汇总"
    assert "结案而未填金额" in book.sheetnames
    sheet = book["词语不在词表"] if "词语不在词表" in book.sheetnames else book[_of(book, "挂账处理")]
    assert [c.value for c in sheet[2]][:3] == ["文件", "工作表", "行"]
    assert sheet.row_dimensions[3].hidden, "the ids by which it is read back are not for the clerk"
    assert sheet.max_row == 4, "forty equal cells are one decision"
    seen = [
        str(c.value) for row in sheet.iter_rows() for c in row if c.value and not sheet.row_dimensions[c.row].hidden
    ]
    hidden = {c.column_letter for c in sheet[3] if sheet.column_dimensions[c.column_letter].hidden}
    assert hidden, "ids"
    assert not [text for text in seen if "counts as" in text or "closure mode" in text]
    column = [c.value for c in sheet[2]].index("更正值") + 1
    sheet.cell(4, column).value = "终结本次执行程序"
    book.save(tmp_path / "问题清单.xlsx")
    again = an.read_cases(source, as_of=qingshi.LAST_DAY, corrections=tmp_path / "问题清单.xlsx")
    assert (again.corrections["status"] == "applied").sum() == len(odd)
    modes = again.table.to_pandas().set_index("case_no")["closure_mode"]
    assert set(modes[raw.loc[odd, "案号"]]) == {"terminated_this_round"}


def _of(book, text):
    return next(s.title for s in book if any(text in str(c.value) for row in s.iter_rows() for c in row))


@pytest.mark.full
def test_a_name_behind_a_case_number_is_shown_inside_alone(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(
        "案号,立案日期,结案日期\n（2010）富执字第151号王伟,2011-03-04,2011-03-01\n申请人李娟1,2011-03-04,2011-03-01\n",
        encoding="utf-8",
    )
    cases = an.read_cases(path, as_of="2011-12-31")
    outside, inside = (" ".join(count_findings(cases, names=names)[0]["first_at"]) for names in (False, True))
    assert "第3行 （案号不合规范）" in in_language(outside, "zh")
    assert not any(name in outside for name in ("王伟", "李娟"))
    assert "王伟" in inside


@pytest.mark.full
def test_findings_without_number_are_not_listed_one_by_one(tmp_path):
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx"), as_of="2022-06-30")
    every = an.check_cases(cases)
    every = every[~later_dates(every, cases.as_of)].reset_index(drop=True)
    listed = listed_findings(cases, most=len(every) + len(cases.quarantine))
    pd.testing.assert_frame_equal(listed, every, check_categorical=False)
    with pytest.raises(an.InputError, match="不逐条列出"):
        listed_findings(cases, most=len(every) + len(cases.quarantine) - 1)


def test_of_too_many_findings_for_a_list_it_is_said_what_they_are_without_reading_again(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.cli.figures.MOST_LISTED", 3)
    rows = "".join(f"（2011）富执字第{i}号,2011-03-04,2011-03-01\n" for i in range(1, 6))
    (tmp_path / "a.csv").write_text(f"案号,立案日期,结案日期\n{rows}", encoding="utf-8")
    out = tmp_path / "all.csv"
    call = ["check", str(tmp_path / "a.csv"), "--as-of", "2011-12-31"]
    done = CliRunner().invoke(main, [*call, "--out", str(out)])
    assert isinstance(done.exception, an.InputError) or done.exit_code == 2
    assert "错误5" in done.stdout
    assert not out.exists()
    assert CliRunner().invoke(main, [*call, "--format", "csv"]).stdout == "", "a program reads it"
