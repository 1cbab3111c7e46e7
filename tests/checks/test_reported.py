"""The register's months beside those reported to the research office."""

import pandas as pd
import pytest

from analysis.checks.reported import reconcile_counts
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError

# Filed: 2 in January, 1 in February, 0 in March. Closed: 1 in February, 1 in March.
ROWS = [
    ["案号", "立案日期", "结案日期", "结案方式"],
    ["（2011）富执字第1号", "2011-01-03", "2011-02-03", "和解"],
    ["（2011）富执字第2号", "2011-01-31", "2011-03-31", "和解"],
    ["（2011）富执字第3号", "2011-02-28", "", ""],
]


@pytest.fixture
def cases(write):
    return read_cases(write(ROWS), as_of="2011-03-31")


def compared(table, measure):
    return table.loc[table["measure"] == measure, ["counted", "reported", "difference", "agrees"]].values.tolist()


def test_filed_and_closed_are_compared_month_by_month(cases):
    told = pd.DataFrame(
        {"月份": ["2011年1月", "2011-02", "2011.3", "合计"], "新收": [2, 2, 0, 4], "结案": [0, 1, 1, 2]}
    )
    table = reconcile_counts(cases, told)
    assert table["period"].dt.month.tolist() == [1, 2, 3, 1, 2, 3]
    assert compared(table, "filed") == [[2, 2, 0, True], [1, 2, -1, False], [0, 0, 0, True]]
    assert compared(table, "closed") == [[0, 0, 0, True], [1, 1, 0, True], [1, 1, 0, True]]
    assert table.attrs == {"compared": 6, "agreeing": 5}


def test_received_is_what_was_carried_over_and_filed(cases):
    told = pd.DataFrame({"年": ["2011"] * 3, "月": ["1", "2", "3"], "受理": [2, 3, 2]})
    assert compared(reconcile_counts(cases, told), "received") == [[2, 2, 0, True], [3, 3, 0, True], [2, 2, 0, True]]


def test_a_month_after_the_last_day_is_not_known_and_one_not_reported_is_said(cases):
    told = pd.DataFrame({"period": ["2011-01", "2011-03", "2011-04"], "filed": [2, 0, 5]})
    table = reconcile_counts(cases, told)
    assert table["counted"].isna().tolist() == [False, False, False, True]
    assert table["agrees"].isna().tolist() == [False, True, False, True]
    assert [bool(note) for note in table["note"]] == [False, True, False, True]


def test_reported_numbers_come_from_a_file_too(cases, write):
    rows = [["富锦法院收结案报表"], ["月份", "新收（件）", "结案（件）"], ["2011年1月", "2件", "0"], ["合计", "2", "0"]]
    table = reconcile_counts(cases, write(rows, "reported.csv", encoding="gb18030"))
    assert compared(table, "filed") == [[2, 2, 0, True]]


MONTHS = [["一月", "2", "0"], ["2月份", "2", "1"], ["03", "0", "1"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["2011年收结案情况表"], ["月份", "新收", "结案"], *MONTHS, ["合计", "4", "2"]],
        [["年度", "月份", "新收", "结案"], ["2011年", *MONTHS[0]], ["", *MONTHS[1]], ["", *MONTHS[2]], ["", "1-3月", "4", "2"]],
        [["时间", "新收", "结案"], ["201101", "2", "0"], ["2011.2", "2", "1"], ["2011/3/1", "0", "1"], ["2011年1-3月", "4", "2"]],
        [["项目", "2011年1月", "2011年2月", "2011年3月", "合计"], ["新收", "2", "2", "0", "4"], ["结案", "0", "1", "1", "2"]],
        [["2011年"], ["", "1月", "2月", "3月"], ["新收（件）", "2", "2", "0"], ["结案（件）", "0", "1", "1"]],
    ],
)  # fmt: skip
def test_reports_are_read_as_offices_lay_them_out(cases, write, rows):
    table = reconcile_counts(cases, write(rows, "reported.csv"))
    assert [row[1] for row in compared(table, "filed")] == [2, 2, 0]
    assert [row[3] for row in compared(table, "filed")] == [True, False, True]
    assert [row[3] for row in compared(table, "closed")] == [True, True, True]


def test_a_month_whose_year_nothing_says_is_not_guessed(cases):
    with pytest.raises(InputError, match="应写明年份"):
        reconcile_counts(cases, pd.DataFrame({"月份": ["1月"], "新收": [2]}))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"月份": ["2011-01", "2011年1月"], "新收": [1, 1]}, "重复"),
        ({"月份": ["2011-13"], "新收": [1]}, "2011-13"),
        ({"月份": ["2011-01"], "新收": ["1.5"]}, "1.5"),
        ({"月份": ["2011-01"], "别的": [1]}, "新收"),
        ({"新收": [1]}, "月份"),
    ],
)
def test_what_cannot_be_compared_is_said(cases, told, said):
    with pytest.raises(InputError, match=said):
        reconcile_counts(cases, pd.DataFrame(told))
