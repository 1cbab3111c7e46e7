import numpy as np
import pandas as pd
import pytest

from analysis import Cases
from analysis.measures.terminated import shadow_stock, terminated_stock
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.tables import headings


def register(rng, count=400, *, back=0.3):
    """Cases filed over six years; half of the closed ones are terminated, of which a share comes back a year later."""
    filed = pd.Timestamp("2016-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 6 * 365, count)), unit="D")
    closed = filed + pd.to_timedelta(rng.integers(30, 200, count), unit="D")
    mode = np.where(rng.random(count) < 0.5, "terminated_this_round", "completed")
    first = pd.DataFrame({"filed_on": filed, "closed_on": closed, "closure_mode": mode})
    first["case_no"] = [f"（2016）富执字第{n}号" for n in range(count)]
    first["amount_claimed"], first["amount_recovered"] = 1000.0, np.where(mode == "completed", 1000.0, 250.0)
    returned = first[(first["closure_mode"] == "terminated_this_round") & (rng.random(count) < back)]
    again = pd.DataFrame({"filed_on": returned["closed_on"] + pd.Timedelta(days=370)})
    again["original_case_no"] = returned["case_no"].to_numpy()
    again["case_type"] = "reopened"
    again["case_no"] = [f"（2017）富执恢字第{n}号" for n in range(len(again))]
    again = again[again["filed_on"] <= "2021-12-31"]
    table = pd.concat([first[first["closed_on"] <= "2021-12-31"], again], ignore_index=True)
    return Cases.from_frames(table, as_of="2021-12-31"), first, again


@pytest.fixture(scope="module")
def known():
    return register(np.random.default_rng(0))


@pytest.mark.full
def test_a_termination_ends_no_debt_until_it_is_taken_up_again(known):
    cases, first, again = known
    table = shadow_stock(cases, freq="Y", names=True).set_index("period")
    for period, row in table.iterrows():
        until = period + pd.DateOffset(years=1)
        ended = first[(first["closure_mode"] == "terminated_this_round") & (first["closed_on"] < until)]
        back = again[again["filed_on"] < until]
        assert row["shadow"] == len(ended) - len(back)
    assert (table["with_shadow"] == table["pending"] + table["shadow"]).all()
    assert table["shadow"].iloc[-1] == terminated_stock(cases).table["cases"].sum()
    assert table["unpaid"].iloc[-1] == pytest.approx(750 * table["shadow"].iloc[-1])


def test_ages_searches_and_money_of_the_stock_are_counted_by_hand():
    table = pd.DataFrame(
        {
            "case_no": ["（2017）执1号", "（2018）执2号", "（2018）执3号"],
            "filed_on": ["2017-01-05", "2018-01-05", "2018-01-05"],
            "closed_on": ["2017-06-30", "2018-08-31", "2018-09-30"],
            "closure_mode": ["terminated_this_round", "terminated_this_round", "completed"],
            "amount_claimed": [1000, 2000, 3000],
            "amount_recovered": [100, 0, 3000],
        }
    )
    found = terminated_stock(Cases.from_frames(table, as_of="2019-03-01"), names=True)
    ages = found.table.set_index("age")["cases"]
    assert ages["under_1_year"] == 1
    assert ages["1_to_2_years"] == 1
    assert found.table["unpaid"].sum() == 2900
    due = found.due_list.set_index("terminated_on")
    assert due.loc["2017-06-30", "searches_due"] == 3  # 2017-12-30, 2018-06-30, 2018-12-30
    assert due.loc["2018-08-31", "next_search_on"] == pd.Timestamp("2019-08-31")
    assert len(found.searches) > 0
    assert found.searches["cases"].sum() == 20  # ten half-years each


def test_no_search_was_due_before_the_rule():
    table = pd.DataFrame(
        {"case_no": ["1"], "filed_on": "2009-01-05", "closed_on": "2009-06-30", "closure_mode": "terminated_this_round"}
    )
    found = terminated_stock(Cases.from_frames(table, as_of="2011-12-31"))
    assert found.due_list.empty
    assert any("2016年12月1日" in note.zh for note in found.notes)


def test_the_share_that_comes_back_is_that_put_in(known):
    cases, _, _ = known
    row = terminated_stock(cases).returns.set_index("months").loc[24]
    assert row["lower"] < 0.3 < row["upper"]
    early = terminated_stock(cases).returns.set_index("months").loc[12]
    assert early["share"] == 0  # all come back after 370 days


def test_expected_returns_are_those_of_the_next_year(known):
    cases, _, again = known
    found = terminated_stock(cases, at="2020-12-31")
    truth = len(again[(again["filed_on"] > "2020-12-31") & (again["filed_on"] <= "2021-12-31")])
    # of those already terminated by then
    assert found.expected["cases"].iloc[0] == pytest.approx(truth, abs=4 * truth**0.5)


@pytest.mark.full
def test_what_was_taken_up_again_is_missing_where_no_case_names_its_original(known):
    cases, first, _ = known
    bare = Cases.from_frames(cases.table.drop("original_case_no").to_pandas(), as_of="2021-12-31")
    table, found = shadow_stock(bare, freq="Y", names=True), terminated_stock(bare)
    assert table[["taken_up", "shadow", "with_shadow", "unpaid"]].isna().all(axis=None)
    assert table["terminated"].tolist() == shadow_stock(cases, freq="Y")["terminated"].tolist()
    assert (
        found.table["cases"].sum()
        == ((first["closure_mode"] == "terminated_this_round") & (first["closed_on"] <= "2021-12-31")).sum()
    )
    assert found.returns[["at_risk", "returned", "share"]].isna().all(axis=None)
    assert "原执行案号" in found.returns.attrs["notes"][0], "why stands with the table"
    assert found.expected["cases"].isna().all()
    assert "未恢复执行" not in found.caption.zh
    assert any("无法判断，台账没有“原执行案号”" in note.zh for note in found.notes)


def test_a_register_without_modes_or_with_other_columns_is_refused():
    bare = Cases.from_frames(
        pd.DataFrame({"filed_on": ["2010-01-01"], "closed_on": ["2010-02-01"]}), as_of="2011-12-31"
    )
    with pytest.raises(DataError, match="结案方式"):
        terminated_stock(bare)
    with pytest.raises(ArgumentError, match="officer"):
        terminated_stock(bare, by="officer")


def test_parts_add_up_to_the_whole(known):
    cases, _, _ = known
    whole, parted = terminated_stock(cases).table, terminated_stock(cases, by="case_type").table
    assert parted["cases"].sum() == whole["cases"].sum()
    monthly = shadow_stock(cases, freq="M", by="case_type")
    assert monthly[monthly["period"] == monthly["period"].max()]["shadow"].sum() == whole["cases"].sum()


def test_money_that_tells_of_one_case_is_not_shown(known):
    cases, _, _ = known
    assert shadow_stock(cases, freq="M")["unpaid"].isna().all()
    one = pd.DataFrame(
        {
            "case_no": ["1", "2"],
            "filed_on": "2009-01-05",
            "closed_on": "2009-06-30",
            "closure_mode": "terminated_this_round",
            "amount_claimed": [10, 9000],
        }
    )
    few = Cases.from_frames(one, as_of="2011-12-31")
    outside = terminated_stock(few)
    assert outside.table["unpaid"].isna().all()
    assert outside.expected["unpaid"].isna().all()
    assert "元" not in outside.caption.zh
    assert terminated_stock(few, names=True).table["unpaid"].sum() == 9010


def test_of_ages_to_which_the_register_does_not_reach_back_nothing_is_told():
    days = {"filed_on": ["2022-03-01", "2023-02-01"], "closed_on": ["2022-09-01", "2023-08-01"]}
    frame = pd.DataFrame(days).assign(closure_mode="terminated_this_round")
    found = terminated_stock(Cases.from_frames(frame, as_of="2023-12-31"))
    ages = found.table.set_index("age")["cases"]
    assert ages[["under_1_year", "1_to_2_years"]].tolist() == [1, 1]
    assert ages[["2_to_3_years", "3_to_5_years", "over_5_years"]].isna().all()


def test_cases_that_are_closed_later_are_not_said_to_lack_a_closure_mode():
    frame = pd.DataFrame({"filed_on": "2010-02-01", "closed_on": "2011-03-01", "closure_mode": ["settled"]})
    register = Cases.from_frames(frame, as_of="2011-12-31")
    for cases in (register, register.where(closure_mode="settled")):
        with pytest.raises(DataError, match="截至2010年12月31日，这些案件没有一件写明结案方式"):
            terminated_stock(cases, at="2010-12-31")


def test_the_two_stocks_of_an_earlier_day_are_those_known_then():
    days = {"filed_on": ["2022-03-01", "2022-04-01"], "closed_on": ["2022-05-01", "2022-09-01"]}
    frame = pd.DataFrame(days).assign(case_no=["1", "2"], closure_mode="terminated_this_round")
    found = shadow_stock(Cases.from_frames(frame, as_of="2022-12-31"), freq="Q", at="2022-06-30")
    assert found[["pending", "terminated"]].to_numpy().tolist() == [[1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("recovered", "said"),
    [
        ([1000.0, 0.0, 0.0], "终本而未履行完毕、未恢复执行的案件2件；"),
        ([1000.0, None, 0.0], "终本而未履行完毕或是否履行不知、未恢复执行的案件2件（是否履行不知的1件）；"),
        ([None] * 3, "终本而未履行完毕或是否履行不知、未恢复执行的案件3件（是否履行不知的3件）；"),
    ],
)
def test_of_what_states_no_amount_it_is_not_said_that_it_is_unpaid(recovered, said):
    rows = {"case_no": list("123"), "filed_on": "2023-01-05", "closed_on": "2023-03-01", "amount_claimed": 1000.0}
    frame = pd.DataFrame(rows | {"closure_mode": "terminated_this_round", "original_case_no": [None, None, "9"]})
    cases = Cases.from_frames(frame.assign(amount_recovered=recovered), as_of="2024-12-31")
    found = terminated_stock(cases)
    assert said in found.caption.zh
    assert ("not known to be paid" in found.caption.en) == ("不知" in said)
    heads = headings(shadow_stock(cases, freq="Y"))
    assert ("当期终本，未履行或是否履行不知（件）" in heads) == ("不知" in said)


def test_of_a_register_without_amounts_recovered_none_is_said_to_be_blank(known):
    cases, _, _ = known
    rows = cases.table.to_pandas()[["filed_on", "closed_on", "closure_mode", "case_no", "amount_claimed"]]
    said = "；".join(note.zh for note in terminated_stock(Cases.from_frames(rows, as_of="2021-12-31")).notes)
    assert "终本案件是否履行：无法判断，台账没有“实际到位金额”，欠款按未到位计" in said
    assert "未填实际到位金额" not in said


def test_beside_closings_of_unknown_mode_the_stock_is_at_least_so_many():
    """One blank, one in a word of the court's own: both may be terminations."""
    frame = pd.DataFrame(
        {"案号": [f"（2016）执{n}号" for n in range(1, 6)], "立案日期": "2016-01-04", "结案日期": "2016-05-04"}
    )
    known = frame.assign(
        结案方式=["终本", "终本", "终本", "执行完毕", "执行完毕"], 标的额=100, 实际到位金额=0, 原执行案号=""
    )
    for modes, zh, en in (
        (known["结案方式"], "案件3件", ": 3 cases terminated"),
        (["终本", "终本", "终本", "挂起", ""], "案件至少3件", ": at least 3 cases terminated"),
    ):
        found = terminated_stock(read_cases(known.assign(结案方式=modes), as_of="2016-12-31"))
        assert zh in found.caption.zh
        assert en in found.caption.en
        notes = "；".join(note.zh for note in found.notes)
        assert ("另有2件结案方式未填或未识别，其中可能也有终本，故为“至少”" in notes) == ("至少" in zh)
