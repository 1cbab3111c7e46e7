import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.cycle.turning_points import DatingRule, candidates, censored, dated, phase_table
from analysis.sample.folder import sample_path
from analysis.vocabulary.errors import ArgumentError

QUARTERLY = DatingRule.of("Q")


@pytest.fixture(scope="module")
def crown_court() -> pd.DataFrame:
    return pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"])


def named(turns, flow):
    kinds = {1: "peak", -1: "trough"}
    quarters = pd.PeriodIndex(flow["period"], freq="Q").astype(str)
    return [(kinds[kind], quarters[place], int(flow["closing"].iloc[place])) for place, kind in turns]


def test_crown_court_by_the_quarterly_rule(crown_court):
    turns = dated(crown_court["closing"].to_numpy(float), QUARTERLY)
    assert named(turns, crown_court) == [
        ("trough", "2018Q4", 33044),
        ("peak", "2021Q2", 60832),
        ("trough", "2022Q1", 58106),
    ]


def test_a_shorter_least_cycle_lets_the_dip_of_2022_through(crown_court):
    turns = dated(crown_court["closing"].to_numpy(float), DatingRule.of("Q", least_cycle=4))
    assert named(turns, crown_court) == [
        ("trough", "2018Q4", 33044),
        ("peak", "2021Q2", 60832),
        ("trough", "2022Q1", 58106),
        ("peak", "2022Q3", 62994),
        ("trough", "2023Q1", 61983),
    ]


def test_a_plateau_turns_where_it_ends():
    stock = np.array([1.0, 2, 3, 3, 3, 3, 2, 1])
    assert candidates(stock[None, :], 2)[0] == [(5, 1)]


def test_the_end_rule_drops_a_last_peak_that_is_passed_later():
    stock = np.array([9.0, 5, 1, 4, 8, 7, 6, 7, 9])
    assert candidates(stock[None, :], 2)[0] == [(2, -1), (4, 1), (6, -1)]
    assert censored(stock, [(2, -1), (4, 1)], DatingRule(2, 2, 4)) == [(2, -1)]


def test_of_two_peaks_in_a_row_the_higher_stays_and_of_equals_the_later():
    stock = np.array([0.0, 5, 1, 7, 0, 6, 0, 7, 0])
    assert censored(stock, [(1, 1), (3, 1), (7, 1)], DatingRule(1, 1, 2)) == [(7, 1)]


def test_a_short_phase_inside_a_fall_falls_away_with_its_peak():
    stock = np.array([0.0, 30, 100, 80, 60, 61, 50, 40, 20, 10, 30, 50])
    turns = dated(stock, DatingRule(1, 2, 3))
    assert turns == [(2, 1), (9, -1)]


@pytest.mark.parametrize("freq", ["W", "M", "Q", "Y"])
def test_turning_points_keep_every_rule(freq):
    rule = DatingRule.of(freq)
    for seed in range(20):
        stock = np.cumsum(np.random.default_rng(seed).normal(size=240))
        turns = dated(stock, rule)
        places = [place for place, _ in turns]
        assert all(a[1] == -b[1] for a, b in itertools.pairwise(turns))
        assert all(b - a >= rule.least_phase for a, b in itertools.pairwise(places))
        assert all(b - a >= rule.least_cycle for a, b in zip(places, places[2:], strict=False))
        for place, kind in turns:
            near = stock[max(0, place - rule.window) : place + rule.window + 1]
            assert kind * stock[place] == (kind * near).max()
        if turns:
            (first, kind), (last, last_kind) = turns[0], turns[-1]
            assert (kind * stock[:first] <= kind * stock[first]).all()
            assert (last_kind * stock[last + 1 :] <= last_kind * stock[last]).all()


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=60))
@settings(max_examples=60, deadline=None)
def test_turning_a_series_upside_down_swaps_peaks_and_troughs(values):
    stock = np.array(values, dtype=float)
    upright, turned = dated(stock, QUARTERLY), dated(-stock, QUARTERLY)
    assert upright == [(place, -kind) for place, kind in turned]


def test_a_level_series_and_a_short_one_do_not_turn():
    assert dated(np.full(40, 7.0), QUARTERLY) == []
    assert dated(np.array([1.0, 2, 1]), QUARTERLY) == []


def test_phases_add_up_to_the_change_of_the_stock(crown_court):
    turns = dated(crown_court["closing"].to_numpy(float), QUARTERLY)
    phases = phase_table(turns, crown_court)
    assert phases["cases"].sum() == 80203 - 48260
    assert phases["periods"].sum() == 39
    assert phases["kind"].tolist() == ["clearing", "accumulating", "clearing", "accumulating"]
    assert phases["complete"].tolist() == [False, True, True, False]
    assert phases.loc[1, "cases"] == 60832 - 33044
    assert phases.loc[1, "steepness"] == pytest.approx(27788 / 10)
    assert phases.loc[1, "amplitude"] == pytest.approx(27788 / 33044)


@pytest.mark.parametrize("value", [0, -1, 2.5, True])
def test_a_rule_below_one_period_is_refused(value):
    with pytest.raises(ArgumentError, match="window"):
        DatingRule.of("M", window=value)
