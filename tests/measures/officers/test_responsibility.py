"""Who answers for old cases: 四定一包."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.officers.responsibility import responsibility_ledger
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language


def register() -> Cases:
    frame = pd.DataFrame(
        {
            "case_no": ["老案1", "旧存2", "超期3", "新案5", "已结4", None],
            "filed_on": ["2009-03-01", "2010-12-20", "2011-02-01", "2011-11-01", "2009-01-01", "2010-01-01"],
            "closed_on": [None, None, None, None, "2011-01-01", None],
            "officer": ["张", "李", None, "张", "张", "李"],
            "team": ["一组", None, "一组", "一组", "一组", "一组"],
            "lead": ["王院长", "王院长", None, None, None, " "],
            "extension_days": [None, 300, None, None, None, None],
            "excluded_days": [None, None, None, None, 1, None],
            "basis": "civil",
        }
    )
    return Cases.from_frames(frame, as_of="2011-12-31")


def test_old_cases_are_listed_with_what_they_lack():
    table = responsibility_ledger(register()).table
    assert table["case_no"].fillna("").tolist() == ["老案1", "", "旧存2", "超期3"]
    lacks = {
        case: in_language(cell, "zh") for case, cell in zip(table["case_no"].fillna(""), table["lacks"], strict=True)
    }
    assert lacks == {
        "老案1": "",
        "": "定案；包案领导",
        "旧存2": "定责任",
        "超期3": "定人；包案领导",
    }
    reasons = [in_language(cell, "en") for cell in table["reason"]]
    assert reasons == ["over the limit; carried over", "over the limit; carried over", "carried over", "over the limit"]


@pytest.mark.parametrize(("backlog", "count"), [("either", 4), ("over-limit", 3), ("carried-over", 3)])
def test_what_counts_as_old_is_chosen(backlog, count):
    assert len(responsibility_ledger(register(), backlog=backlog).table) == count


@pytest.mark.full
def test_the_summary_counts_each_of_the_five():
    summary = responsibility_ledger(register()).summary
    assert summary["cases"].tolist() == [4] * 5
    assert summary["lacking"].tolist() == [1, 1, pd.NA, 1, 2], "what limit was set anew no register tells"
    assert "没有给出清理计划" in responsibility_ledger(register()).caption.zh
    planned = responsibility_ledger(
        register(), plan=pd.DataFrame({"case_no": [], "time_limit": [], "duty": []})
    ).summary
    assert planned["lacking"].tolist() == [1, 1, 4, 4, 2]
    assert (planned["fixed"] + planned["lacking"] == planned["cases"]).all()


@pytest.mark.full
def test_a_plan_sets_time_limits_and_duties_anew():
    plan = pd.DataFrame(
        {"case_no": ["老案1", "超期3"], "time_limit": ["2012-03-31", None], "duty": ["查封房产", "查找被执行人"]}
    )
    table = responsibility_ledger(register(), plan=plan).table.set_index("case_no")
    assert table.loc["老案1", "lacks"] == ""
    assert table.loc["老案1", "time_limit"] == pd.Timestamp("2012-03-31")
    assert in_language(table.loc["超期3", "lacks"], "en") == "officer; time limit; leading officer"
    assert "duty" in table.loc["旧存2", "lacks"]
    with pytest.raises(InputError):
        responsibility_ledger(register(), plan=plan.drop(columns="duty"))
    with pytest.raises(InputError):
        responsibility_ledger(register(), plan=pd.concat([plan, plan]))


def test_names_stay_inside():
    hidden = responsibility_ledger(register())
    assert not hidden.table.isin(["张", "李", "王院长"]).any(axis=None)
    assert not {"officer", "lead", "duty"} & set(hidden.table)  # a pseudonym beside a case number tells who it is
    named = responsibility_ledger(register(), names=True).table
    assert named["lead"].tolist()[0] == "王院长"


@pytest.mark.full
def test_an_earlier_day_and_no_old_case():
    assert "已结4" in responsibility_ledger(register(), at="2010-06-30").table["case_no"].tolist()
    young = responsibility_ledger(register().where(case_no="新案5", names=True))
    assert young.table.empty
    assert young.summary["cases"].tolist() == [0] * 5
    assert "0" in young.caption.zh
    with pytest.raises(ArgumentError, match="either"):
        responsibility_ledger(register(), backlog="old")


def test_a_number_that_is_none_is_named_by_its_place():
    twice = pd.DataFrame({"case_no": ["老案1"] * 2, "time_limit": [None, None], "duty": ["查封", "查封"]})
    with pytest.raises(InputError, match="2") as caught:
        responsibility_ledger(register(), plan=twice)
    assert "老案1" not in str(caught.value)  # it may be a name
