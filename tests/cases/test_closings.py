"""A register that does not tell its closings, and one of which some closing dates cannot be read."""

import pandas as pd
import pytest

import analysis as an
from analysis.measures.officers.workload import handled_cases
from analysis.vocabulary.errors import InputError

NUMBERS = [f"（2019）桂0555执{n}号" for n in range(1, 6)]
FILED = "2019-01-10"


@pytest.fixture
def read(tmp_path):
    def read(**columns):
        path = tmp_path / "台账.csv"
        pd.DataFrame({"案号": NUMBERS, "立案日期": FILED} | columns).to_csv(path, index=False)
        return an.read_cases(path, as_of="2020-12-31", court="甲县人民法院")

    return read


@pytest.fixture
def undecided(read):
    closed = ["2019-03-01", "2019-03-05 2019-04-01", "2019-05-01", "", ""]
    modes = ["执行完毕", "终本", "终本", "", ""]
    return read(结案日期=closed, 结案方式=modes, 承办人="甲乙丙")


MEASURES = {
    "caseflow": an.caseflow,
    "indicators": lambda cases: an.indicators(cases, years=[2019]),
    "deadlines": an.deadlines,
    "pending_ages": an.pending_ages,
    "time_to_close": an.time_to_close,
    "responsibility_ledger": an.responsibility_ledger,
    "officer_scorecard": lambda cases: an.officer_scorecard(cases, year=2019),
    "bulletin": lambda cases: an.bulletin(cases, period="2019-03"),
    "terminated_stock": an.terminated_stock,
}


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_that_rests_on_closings_is_counted_without_a_closing_date(read, name):
    with pytest.raises(InputError, match="结案日期"):
        MEASURES[name](read(承办人="甲乙丙"))


def test_check_says_once_that_there_is_no_closing_date_and_calls_no_case_overdue(read):
    found = an.check_cases(read(结案方式="执行完毕"))
    assert found.loc[found["severity"] == "error", "rule"].tolist() == ["no_closing_date"]
    assert not found["rule"].isin(["over_limit_without_extension", "mode_without_date"]).any()


def test_a_case_whose_closing_date_cannot_be_read_is_on_no_list_of_open_ones(undecided):
    listed = an.deadlines(undecided, within_days=0)
    assert sorted(listed["case_no"]) == NUMBERS[3:]
    assert any("未列入的案件：1 件" in note for note in listed.attrs["notes"])
    assert sorted(an.responsibility_ledger(undecided).table["case_no"]) == NUMBERS[3:]
    found = an.check_cases(undecided)
    assert sorted(found.loc[found["rule"] == "over_limit_without_extension", "case_no"]) == NUMBERS[3:]
    assert found.loc[found["case_no"] == NUMBERS[1], "rule"].tolist() == ["unreadable_value"]


def test_it_is_no_officers_overdue_case(undecided):
    rows = handled_cases(
        undecided, first=pd.Timestamp("2020-01-01"), last=pd.Timestamp("2020-12-31"), start_within_days=0
    )
    assert sorted(rows.loc[rows["is_over"], "case_no"]) == NUMBERS[3:]


def test_figures_that_count_it_as_pending_say_so(undecided):
    rate = an.indicators(undecided, years=[2019], definitions="counts", only=["closing", "filed"]).set_index(
        "indicator"
    )
    assert rate.loc["closing", "value"] == 3
    assert "1件的结案日期读不出" in rate.loc["closing", "note"]
    assert "读不出" not in rate.loc["filed", "note"]
    assert any("1件的结案日期读不出" in cell for cell in an.caseflow(undecided).attrs["problems"])
