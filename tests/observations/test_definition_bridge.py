import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.observations.definition_bridge import definition_bridge
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.tables import labelled
from analysis.vocabulary.text import in_language

# 2010: 10 closed of 100 each, 8 completed in full, 2 terminated with 50 in: by mode 80 %, by sums 90 %.
# 2011: 6 completed, 4 terminated with 50 in: by mode 60 %, by sums 80 %.


def register(**more):
    rows = {
        "filed_on": ["2010-02-01"] * 10 + ["2011-02-01"] * 10,
        "closed_on": ["2010-06-01"] * 10 + ["2011-06-01"] * 10,
        "closure_mode": ["completed"] * 8
        + ["terminated_this_round"] * 2
        + ["completed"] * 6
        + ["terminated_this_round"] * 4,
        "amount_claimed": [100.0] * 20,
        "amount_recovered": [100.0] * 8 + [50.0] * 2 + [100.0] * 6 + [50.0] * 4,
    }
    return Cases.from_frames(pd.DataFrame(rows | more), as_of="2011-12-31")


def test_a_change_is_parted_into_definition_and_work_without_an_order():
    found = definition_bridge(
        register(), periods=[2010, 2011], sets=["spc-2008", "spc-2024"], only="recovery_rate", names=True
    )
    corners = found.values.set_index(["at", "set"])["value"].round(6).to_dict()
    assert corners == {(2010, "spc-2008"): 80, (2011, "spc-2008"): 60, (2010, "spc-2024"): 90, (2011, "spc-2024"): 80}
    row = found.bridge.iloc[0]
    # definition first +10, last +20: 15; work first −20, last −10: −15
    assert (row["of_definition"], row["of_work"], row["change"]) == (
        pytest.approx(15),
        pytest.approx(-15),
        pytest.approx(0),
    )
    assert in_language(row["sentence"], "zh").endswith("口径影响+15.00个百分点，办案影响−15.00个百分点。")


@pytest.mark.full
def test_the_parts_sum_exactly_and_the_other_way_round_is_the_other_sign():
    there = definition_bridge(register(), periods=[2010, 2011], sets=["spc-2008", "spc-2024"], names=True).bridge
    back = definition_bridge(register(), periods=[2011, 2010], sets=["spc-2024", "spc-2008"], names=True).bridge
    assert len(there) > 1
    assert (there["of_definition"] + there["of_work"] - there["change"]).abs().max() < 1e-9
    merged = there.merge(back, on="indicator")
    assert (merged["of_definition_x"] + merged["of_definition_y"]).abs().max() < 1e-9
    assert (merged["of_work_x"] + merged["of_work_y"]).abs().max() < 1e-9


def test_under_one_set_everything_is_work():
    row = definition_bridge(
        register(), periods=[2010, 2011], sets=["spc-2008"], only="actual_enforcement_rate"
    ).bridge.iloc[0]
    assert (row["of_definition"], row["of_work"]) == (0, pytest.approx(-20))


@pytest.mark.full
def test_two_courts_of_one_year_are_bridged_alike():
    courts = ["甲县人民法院"] * 10 + ["乙县人民法院"] * 10
    same = register(court=courts, filed_on="2011-02-01", closed_on="2011-06-01")
    found = definition_bridge(
        same,
        periods=2011,
        sets=["spc-2008", "spc-2024"],
        courts=["甲县人民法院", "乙县人民法院"],
        only="recovery_rate",
        names=True,
    )
    row = found.bridge.iloc[0]
    assert (row["value_start"], row["of_definition"], row["of_work"], row["value_end"]) == tuple(
        map(pytest.approx, (80, 15, -15, 80))
    )
    assert found.caption.zh == "口径与办案：甲县人民法院至乙县人民法院，2011年"


def test_a_year_that_is_not_over_is_bridged_to_no_whole_year():
    cut = Cases.from_frames(
        pd.DataFrame({"filed_on": ["2010-02-01", "2011-02-01"], "closed_on": ["2010-06-01", None]}), as_of="2011-06-30"
    )
    asked = {"sets": ["spc-2008", "trio-2014"], "only": "closure_rate"}
    with pytest.raises(ArgumentError, match="2011年到台账截止日2011-06-30未满"):
        definition_bridge(cut, periods=[2010, 2011], **asked)
    alike = definition_bridge(cut, periods=["2010年上半年", "2011年上半年"], **asked)
    assert alike.bridge["value_end"].tolist() == [0]


def test_the_parts_that_are_said_add_up_to_the_figures_that_are_said():
    rows = pd.DataFrame({"filed_on": ["2010-02-01"] * 800 + ["2011-02-01"] * 800})
    rows["closed_on"] = rows["filed_on"].str.replace("-02-", "-06-")
    modes = [
        mode for n in (500, 529) for mode in ["completed"] * n + ["terminated_this_round"] * (800 - n)
    ]  # 62.5, 66.125 %
    cases = Cases.from_frames(rows.assign(closure_mode=modes), as_of="2011-12-31")
    found = definition_bridge(cases, periods=[2010, 2011], sets=["spc-2008"], only="actual_enforcement_rate")
    said = in_language(found.bridge["sentence"].iloc[0], "zh")
    assert [part in said for part in ("62.50%", "66.13%", "办案影响+3.63个百分点")] == [True, True, True]


@pytest.mark.parametrize(
    "asked",
    [
        {"periods": 2011, "sets": ["spc-2008", "spc-2024"]},
        {"periods": [2010, 2011], "sets": ["spc-2008", "spc-2024", "counts"]},
        {"periods": [2010, 2011], "sets": ["cnj", "spc-2024"]},
        {"periods": [2010, 2011], "sets": ["spc-2008"], "only": "没有的"},
    ],
)
def test_what_has_no_two_ends_or_nothing_in_common_is_refused(asked):
    with pytest.raises(ArgumentError):
        definition_bridge(register(), **asked)


def test_the_three_rates_of_2014_are_a_hint_and_say_so():
    from analysis.vocabulary.indicator_sets.sets import definition_set

    trio = definition_set("trio-2014")
    assert [d.text.zh for d in trio.definitions] == ["结案率", "实际执结率", "执结标的到位率"]
    assert {d.confidence for d in trio.definitions} == {"P"}
    assert "线索" in trio.text.zh


@pytest.mark.full
def test_a_bridge_says_cases_as_whole_numbers_and_money_as_money(sample_cases):
    found = definition_bridge(sample_cases, periods=[2010, 2011], sets=["fujin-2012"]).bridge.set_index("indicator")
    assert "办案影响−9件" in found.loc["opening", "sentence"]
    assert "24件" in found.loc["opening", "sentence"]
    assert "Brought forward: 24 cases" in found.loc["opening", "sentence"]
    assert "work +2.48 million yuan" in found.loc["amount_closed", "sentence"]
    assert "0 10,000 yuan" not in "".join(found["sentence"])


@pytest.mark.parametrize("only", [None, "completed_rate"])
def test_sets_without_an_indicator_in_common_are_refused_in_words(sample_cases, only):
    with pytest.raises(ArgumentError, match="没有都能计算的指标") as error:
        definition_bridge(sample_cases, periods=[2010, 2011], sets=["spc-2024", "spc-3plus1"], only=only)
    assert "核心指标”能计算有财产可供执行案件法定期限内实际执结率、" in str(error.value)
    assert "、首执终本率、" in str(error.value), "what either set computes, by which the reader sees why"
    with pytest.raises(ArgumentError, match="closure_rate"):
        definition_bridge(sample_cases, periods=[2010, 2011], sets=["trio-2014", "henan-2016"], only=[])


def test_few_cases_are_told_by_their_parts_and_blank_amounts_by_their_bounds():
    few = definition_bridge(register(), periods=[2010, 2011], sets=["spc-2008"], only="actual_enforcement_rate")
    zh, en = (in_language(few.bridge["sentence"].iloc[0], of) for of in ("zh", "en"))
    assert "8/10" in zh
    assert "6/10" in zh
    assert "%" not in zh + en
    assert "个百分点" not in zh
    assert zh.endswith("，基数不足50，不计百分比。")
    paid = [100_000.0] * 8 + [50_000.0] * 2 + [100_000.0] * 6 + [50_000.0] * 3 + [None]
    open_ended = register(amount_claimed=[100_000.0] * 20, amount_recovered=paid)
    asked = {"periods": [2010, 2011], "sets": ["spc-2024"], "only": "recovery_rate", "names": True}
    zh, en = (in_language(definition_bridge(open_ended, **asked).bridge["sentence"].iloc[0], of) for of in ("zh", "en"))
    assert "到2011年的75.0–85.0%（1件未填；已填部分83.3%）" in zh
    assert zh.endswith("：只含已填部分，口径影响0.00个百分点，办案影响−6.67个百分点。")
    assert "75.0–85.0% (1 not filled in; 83.3% of the others)" in en
    assert en.endswith("; of what is filled in: definition 0.00 percentage points, work −6.67 percentage points.")


def test_a_change_between_two_ends_is_not_called_year_on_year():
    found = definition_bridge(register(), periods=[2010, 2011], sets=["spc-2008"], only="closure_rate").bridge
    with speaking("zh"):
        headings = list(labelled(found))
    assert "增减" in headings
    assert "同比" not in headings
