"""The rates that a court reports as 100% correct: worked out by hand for a few cases."""

import pandas as pd
import pytest

from analysis.checks.checks import check_cases
from analysis.checks.entry_quality import entry_quality
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import ArgumentError, InputError

# January: 甲 has one correct, one late (8 days), one never entered; 乙 one wrong (closed before filed) that is late as well.
# February: 甲 has one correct on the seventh day.
ROWS = [
    ["案号", "立案日期", "结案日期", "结案方式", "信息录入日期", "承办人"],
    ["（2011）富执字第1号", "2011-01-03", "", "", "2011-01-03", "甲"],
    ["（2011）富执字第2号", "2011-01-03", "", "", "2011-01-11", "甲"],
    ["（2011）富执字第3号", "2011-01-31", "", "", "", "甲"],
    ["（2011）富执字第4号", "2011-01-05", "2011-01-04", "和解", "2011-03-01", "乙"],
    ["（2011）富执字第5号", "2011-02-01", "", "", "2011-02-08", "甲"],
]


@pytest.fixture
def cases(write):
    return read_cases(write(ROWS), as_of="2011-03-31")


@pytest.mark.full
def test_each_case_counts_once_by_month_and_officer(cases):
    table = entry_quality(cases, by=["period", "officer"], names=True)
    assert table[["officer", "cases", "correct", "late", "missing", "wrong"]].values.tolist() == [
        ["乙", 1, 0, 0, 0, 1],
        ["甲", 3, 1, 1, 1, 0],
        ["甲", 1, 1, 0, 0, 0],
    ]
    assert table["period"].dt.strftime("%Y-%m").tolist() == ["2011-01", "2011-01", "2011-02"]
    assert table["late_share"].tolist() == [0, 1 / 3, 0], "a share is a part of 1"
    assert (table[["correct_share", "late_share", "missing_share", "wrong_share"]].sum(axis=1).round(9) == 1).all()


@pytest.mark.full
def test_the_summary_of_the_findings_says_the_same_for_the_whole(cases):
    whole = entry_quality(cases, by=())
    assert whole[["cases", "correct", "late", "missing", "wrong"]].values.tolist() == [[5, 2, 1, 1, 1]]
    assert check_cases(cases).attrs["entry"] == {"cases": 5, "correct": 2, "late": 1, "missing": 1, "wrong": 1}
    assert whole["correct_share"].tolist() == [0.4]


@pytest.mark.full
@pytest.mark.parametrize("by", ["officer", ["period", "team"]])
def test_of_officers_and_teams_it_is_said_inside_alone(cases, by):
    """Whole percents of a known number of cases are counts, and what a team leaves over its others is one."""
    with pytest.raises(ArgumentError, match="只在院内"):
        entry_quality(cases, by=by)
    assert len(entry_quality(cases, by=by, names=True))


@pytest.mark.full
def test_the_workbook_of_findings_says_it_by_month_and_officer(cases, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(cases.export_findings(tmp_path / "findings.xlsx"))
    _, head, *rows = book["录入"].iter_rows(values_only=True)
    at = list(head).index
    assert "officer" not in head
    assert [r[at("cases")] for r in rows] == [4, 1]
    book = openpyxl.load_workbook(cases.export_findings(tmp_path / "named.xlsx", names=True))
    _, head, *rows = book["录入"].iter_rows(values_only=True)
    at = list(head).index
    shown = [(r[at("period")], r[at("officer")], r[at("cases")], r[at("late_share")]) for r in rows]
    a, b = (shown[i][1] for i in (0, 1))
    assert {a, b} == {"甲", "乙"}
    counts = {("2011-01", 3, 33.33), ("2011-01", 1, 0), ("2011-02", 1, 0)}
    assert {(month, n, late) for month, _, n, late in shown} == counts


@pytest.mark.full
def test_the_allowed_days_are_an_argument_and_groups_are_known(cases):
    assert entry_quality(cases, by=(), late_after_days=30)[["correct", "late"]].values.tolist() == [[3, 0]]
    with pytest.raises(ArgumentError):
        entry_quality(cases, by=("area",))


@pytest.mark.full
def test_without_days_of_entry_late_and_missing_cannot_be_told(write):
    rows = [row[:4] for row in ROWS]
    table = entry_quality(read_cases(write(rows), as_of="2011-03-31"), by=())
    assert pd.isna(table["late"][0])
    assert table["wrong"].tolist() == [1]
    assert "\n" in table["note"][0]


def test_a_table_that_holds_no_findings_is_refused(cases):
    with pytest.raises(InputError, match=r"findings=\)：缺少列"):
        entry_quality(cases, findings=pd.DataFrame({"a": [1]}))
