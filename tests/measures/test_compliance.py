import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.compliance import termination_compliance
from analysis.measures.intervals import wilson
from analysis.vocabulary.errors import InputError


def register():
    number = 12
    return Cases.from_frames(
        pd.DataFrame(
            {
                "case_no": [f"（2011）晴执字第{n}号" for n in range(number)], "filed_on": "2011-01-04", "closed_on": "2011-06-01",
                "closure_mode": ["terminated_this_round"] * 10 + ["completed"] * 2,
            }
        ),
        as_of="2011-12-31",
    )  # fmt: skip


def checks(passed, failed, first=0):
    verdicts = ["是"] * passed + ["否"] * failed
    return pd.DataFrame({"案号": [f"（2011）晴执字第{n + first}号" for n in range(len(verdicts))], "合格": verdicts})


def test_the_share_is_of_what_was_examined_with_the_interval_of_a_sample():
    row = termination_compliance(register(), checks(3, 1), periods=2011).iloc[0]
    assert (row["terminated"], row["examined"], row["compliant"], row["value"]) == (10, 4, 3, 75.0)
    low, high = wilson([3], [4])
    assert (row["lower"], row["upper"]) == (pytest.approx(100 * low[0]), pytest.approx(100 * high[0]))


def test_of_all_files_there_is_no_error_of_sampling_and_of_none_no_share():
    whole = termination_compliance(register(), checks(9, 1), periods=2011).iloc[0]
    assert (whole["value"], pd.isna(whole["lower"])) == (90.0, True)
    none = termination_compliance(register(), checks(1, 0), periods=2010).iloc[0]
    assert (none["examined"], pd.isna(none["value"])) == (0, True)


def test_a_case_closed_otherwise_is_not_among_those_examined():
    assert termination_compliance(register(), checks(2, 0, first=9), periods=2011).iloc[0]["examined"] == 1


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"案号": ["（2011）晴执字第1号"], "合格": ["待定"]}),
        pd.DataFrame({"案号": ["（2011）晴执字第1号"] * 2, "合格": ["是", "否"]}),
        pd.DataFrame({"案号": ["（2011）晴执字第99号"], "合格": ["是"]}),
        pd.DataFrame({"案号": ["（2011）晴执字第1号"]}),
    ],
)
def test_a_check_that_says_nothing_or_of_no_case_is_refused(table):
    with pytest.raises(InputError):
        termination_compliance(register(), table, periods=2011)
