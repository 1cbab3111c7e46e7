import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.inference.reconciliation.printed import COLUMNS, compare_printed
from analysis.measures.indicators.indicators import indicators
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.text import in_language

CASES = pd.DataFrame(
    {
        "court": "甲院",
        "case_type": ["first"] * 6 + ["reopened"],
        "filed_on": ["2010-12-01"] * 2 + ["2011-03-01"] * 5,
        "closed_on": ["2011-02-01"] * 2 + ["2011-05-01"] * 4 + [None],
    }
)


@pytest.fixture
def cases():
    return Cases.from_frames(CASES, as_of="2011-12-31", definitions="fujin-2012")


def returns(**printed):
    row = {"court": "甲院", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    return pd.DataFrame([{**row, **printed}])


def verdicts(table):
    return table.set_index("measure")["verdict"].to_dict()


@pytest.mark.full
def test_each_kind_of_verdict(cases):
    # received 7, closed 6: 85.71 %; closed ÷ filed: 120 %
    assert verdicts(compare_printed(cases, returns(closure_rate="85.7", closed="6"))) == {
        "closed": "agrees",
        "closure_rate": "agrees",
    }
    assert verdicts(compare_printed(cases, returns(closure_rate="85"))) == {"closure_rate": "truncated"}
    assert verdicts(compare_printed(cases, returns(closure_rate="71.4"))) == {"closure_rate": "contradicts"}
    assert verdicts(compare_printed(cases, returns(closure_rate="90.0"))) == {"closure_rate": "impossible"}
    assert verdicts(compare_printed(cases, returns(closed="5"))) == {"closed": "contradicts"}


@pytest.mark.full
def test_a_figure_that_follows_only_under_a_variant_names_it(cases):
    row = compare_printed(cases, returns(closure_rate="120")).iloc[0]
    assert row["verdict"] == "definition"
    assert row["definition"] == "fujin-2012/closure_rate_per_filed"
    assert row["rebuilt"] == 120
    assert (row["numerator"], row["denominator"]) == (6, 5)
    assert "fujin-2012/closure_rate_per_filed" in row["explanation"]


@pytest.mark.full
def test_what_the_register_cannot_know_is_shown_as_printed_only(cases):
    rows = pd.concat(
        [
            returns(closed="6", period_end="2012-06-11"),
            returns(closed="6", period_end=None),
            returns(closed="6", scope="全部案件"),
            returns(actual_enforcement_rate="80"),
        ]
    )
    table = compare_printed(cases, rows)
    assert tuple(table.columns) == COLUMNS
    assert (table["verdict"] == "unchecked").all()
    assert table["rebuilt"].isna().all()
    said = [in_language(cell, "en") for cell in table["explanation"]]
    assert "after 2011-12-31" in said[0]
    assert "not fully stated" in said[1]
    assert "all cases" in said[2]
    assert "closure mode" in said[3]


@pytest.mark.full
def test_a_scope_narrows_the_register(cases):
    table = compare_printed(cases, returns(scope="首次执行案件", received="6", closed="6"))
    assert verdicts(table) == {"received": "agrees", "closed": "agrees"}


@pytest.mark.full
def test_other_courts_are_left_out_and_counted_and_none_at_all_is_an_error(cases):
    both = pd.concat([returns(closed="6"), returns(court="乙院", closed="9"), returns(court="乙院", closed="8")])
    table = compare_printed(cases, both)
    assert set(table["court"]) == {"甲院"}
    assert table.attrs["other_courts"] == {"乙院": 2}
    with pytest.raises(DataError, match="甲院"):
        compare_printed(cases, returns(court="乙院", closed="9"))


@pytest.mark.full
def test_a_register_that_names_no_court_is_that_of_the_one_court_printed():
    nameless = Cases.from_frames(CASES.drop(columns="court"), as_of="2011-12-31")
    assert verdicts(compare_printed(nameless, returns(closed="6"))) == {"closed": "agrees"}


@pytest.mark.full
def test_a_table_of_indicators_will_do_in_place_of_the_register(cases):
    table = compare_printed(indicators(cases, periods=[2011], variants=True), returns(closed="6", closure_rate="120"))
    assert verdicts(table) == {"closed": "agrees", "closure_rate": "definition"}
    with pytest.raises(ArgumentError):
        compare_printed(returns(), returns(closed="6"))


@pytest.mark.full
def test_overlapping_rows_are_each_rebuilt_without_a_word_on_independence(cases):
    rows = pd.concat([returns(closed="6"), returns(closed="6", period_start="2010-01-01")])
    table = compare_printed(cases, rows)
    assert table["verdict"].tolist() == ["agrees", "agrees"]
    assert not table["explanation"].str.contains("independent").any()
    assert np.isnan(table["denominator"]).all()


@pytest.mark.parametrize("printed", ["90.1", *(pytest.param(p, marks=pytest.mark.full) for p in ("90.7", "95"))])
def test_a_sum_that_is_not_shown_outside_is_not_judged_there(printed):
    """One claim of six outweighs the others: with many made-up figures the verdicts would tell it."""
    frame = CASES.assign(case_type="first", amount_claimed=[900_000.0, *[200.0] * 6])
    cases = Cases.from_frames(frame, as_of="2011-12-31", definitions="fujin-2012")
    asked = returns(amount_closed=printed)
    row = compare_printed(cases, asked).iloc[0]
    assert row["verdict"] == "unchecked"
    assert row[["rebuilt", "numerator", "denominator"]].isna().all()
    assert "金额不对外" in row["explanation"]
    inside = compare_printed(cases, asked, names=True).iloc[0]
    assert inside["rebuilt"] == pytest.approx(90.1)
    assert inside["verdict"] == ("agrees" if printed == "90.1" else "contradicts")


def test_without_printed_figures_it_is_said_that_there_are_none(cases):
    with pytest.raises(ArgumentError, match="没有公布的数字可核对"):
        an.compare_printed(cases, None)


@pytest.mark.full
def test_no_word_is_said_on_limits_that_the_comparison_does_not_show():
    money = CASES.iloc[[0] * 30].assign(amount_claimed=[1e4 * n for n in range(1, 31)], amount_recovered=5e3)
    found = compare_printed(
        Cases.from_frames(money, as_of="2011-12-31", definitions="fujin-2012"), returns(recovery_rate="3.2"), names=True
    )
    assert verdicts(found) == {"recovery_rate": "agrees"}
    assert "区间" not in found["explanation"].iloc[0]
