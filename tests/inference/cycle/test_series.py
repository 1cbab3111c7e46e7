import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.problems import problem_table
from analysis.inference.cycle.series import only, read_flow
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.periods import windows


def monthly(count=36, **columns):
    months = pd.date_range("2008-01-01", periods=count, freq="MS")
    flow = pd.DataFrame({"period": months, "filed": 30.0, "closed": 29.0, **columns})
    flow["closing"] = columns.get("closing", 100 + (flow["filed"] - flow["closed"]).cumsum())
    flow["opening"] = columns.get("opening", flow["closing"] - flow["filed"] + flow["closed"])
    return flow


def rules(series):
    return problem_table(series.problems)["rule"].tolist()


@pytest.mark.parametrize(
    ("periods", "freq"),
    [
        (pd.date_range("2010-01-02", periods=30, freq="7D"), "W"),
        (pd.date_range("2010-01-01", periods=30, freq="MS").strftime("%Y-%m"), "M"),
        (pd.period_range("2010Q1", periods=30, freq="Q").astype(str), "Q"),
        (pd.period_range("2010Q1", periods=30, freq="Q"), "Q"),
        (range(1990, 2020), "Y"),
    ],
)
def test_periods_are_read_as_they_are_written(periods, freq):
    series = read_flow(monthly(30).assign(period=periods))[0]
    assert series.freq == freq
    assert len(series) == 30
    assert series.problems == []


def test_quarter_ends_become_first_days():
    flow = monthly(8).assign(period=pd.date_range("2016-03-31", periods=8, freq="QE"))
    assert read_flow(flow)[0].table["period"].iloc[0] == pd.Timestamp("2016-01-01")


@pytest.mark.parametrize("calendar", ["dec-21", "month-20"])
def test_a_statistical_month_belongs_to_the_month_it_runs_into(calendar):
    spans = windows("2010-01-01", "2011-12-10", freq="M", calendar=calendar)
    series = read_flow(monthly(len(spans)).assign(period=spans["period"]))[0]
    assert series.table["season"].tolist() == [*range(1, 13)] * 2
    assert series.table["year"].tolist() == [2010] * 12 + [2011] * 12


def test_a_gap_is_not_filled_but_said():
    flow = monthly(36).drop(index=[10]).reset_index(drop=True)
    series = read_flow(flow)[0]
    assert series.table["period"].iloc[0] == pd.Timestamp("2008-12-01")
    assert len(series) == 25
    assert rules(series) == ["gap"]


def test_missing_numbers_are_not_taken_as_zero():
    flow = monthly(36)
    flow.loc[[0, 20], "closed"] = np.nan
    series = read_flow(flow)[0]
    assert len(series) == 19
    assert "gap" in rules(series)


def test_the_residual_of_the_identity_is_reported_with_its_range():
    flow = monthly(24)
    flow.loc[3, "opening"] += 5
    flow.loc[7, "opening"] -= 9
    table = problem_table(read_flow(flow)[0].problems).set_index("rule")
    assert table.loc["stock_identity", ["periods", "lower", "upper"]].tolist() == [2, -9.0, 5.0]
    assert table.loc["opening_stock", ["periods", "lower", "upper"]].tolist() == [2, -9.0, 5.0]


def test_a_missing_opening_is_the_closing_before_it():
    flow = monthly(24).drop(columns="opening")
    assert read_flow(flow)[0].problems == []


def test_a_negative_stock_is_said_and_kept():
    flow = monthly(24, closed=40.0)
    series = read_flow(flow)[0]
    table = problem_table(series.problems).set_index("rule")
    assert table.loc["negative_stock", "lower"] == series.values("closing").min() == 100 - 240
    assert table.loc["negative_stock", "start"] == pd.Timestamp("2008-11-01")


def test_a_flow_below_zero_is_said():
    filed = np.full(24, 30.0)
    filed[5] = -2
    assert "negative_flow" in rules(read_flow(monthly(24, filed=filed))[0])


def test_courts_are_told_apart_by_their_column():
    flow = pd.concat([monthly(12).assign(court="甲"), monthly(24).assign(court="乙")])
    read = read_flow(flow)
    assert {one.group["court"]: len(one) for one in read} == {"甲": 12, "乙": 24}
    with pytest.raises(ArgumentError, match="forecast"):
        only(flow, "forecast_pending")


@pytest.mark.parametrize(
    ("flow", "error"),
    [
        ([1, 2], ArgumentError),
        (monthly(12).drop(columns="closed"), InputError),
        (monthly(12).assign(filed="many"), InputError),
        (monthly(12).assign(filed=np.inf), InputError),
        (monthly(12).iloc[:0], DataError),
        (monthly(1), DataError),
        (monthly(12).assign(closed=np.nan), DataError),
        (pd.concat([monthly(12), monthly(12)]), InputError),
        (monthly(12).assign(period=pd.date_range("2010-01-01", periods=12, freq="17D")), InputError),
        (monthly(12).assign(period="soon"), InputError),
        (monthly(12).assign(period=[*pd.date_range("2010-01-01", periods=11, freq="QS"), "2012-11-01"]), InputError),
    ],
)
def test_what_is_no_flow_is_refused_in_our_words(flow, error):
    with pytest.raises(error):
        read_flow(flow)


def test_the_input_stays_as_it_was():
    flow = monthly(36).sample(frac=1, random_state=3)
    before = flow.copy(deep=True)
    read_flow(flow)
    pd.testing.assert_frame_equal(flow, before)


def test_a_court_without_one_whole_period_is_named():
    table = pd.concat([monthly(12).assign(court="甲法院"), monthly(12, closing=np.nan).assign(court="乙法院")])
    with pytest.raises(DataError, match="乙法院"):
        read_flow(table)
