import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.cycle.turning_points import (
    DatingRule,
    candidates,
    censored,
    dated,
    phase_table,
    turning_point_table,
)
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
        assert all(kind * stock[a] > kind * stock[b] for (a, kind), (b, _) in itertools.pairwise(turns))
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
    phases = phase_table(turns, crown_court, crown_court["closing"].to_numpy(float))
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


def by_hand(stock, rule):
    """The rules of the module once more, read off its docstring one by one, without arrays."""
    n, turns = len(stock), []
    for end in range(n):
        begin = end
        while begin > 0 and stock[begin - 1] == stock[end]:
            begin -= 1
        ends_here = end == n - 1 or stock[end + 1] != stock[end]
        if not ends_here or begin < rule.window or end > n - 1 - rule.window:
            continue
        around = [*stock[begin - rule.window : begin], *stock[end + 1 : end + 1 + rule.window]]
        if all(value <= stock[end] for value in around):
            turns.append((end, 1))
        elif all(value >= stock[end] for value in around):
            turns.append((end, -1))
    while True:
        turns = tidied(stock, turns)
        pairs = [(b[0] - a[0], i) for i, (a, b) in enumerate(itertools.pairwise(turns))]
        cycles = [(turns[i + 2][0] - turns[i][0], i) for i in range(len(turns) - 2)]
        short_cycles = [cycle for cycle in cycles if cycle[0] < rule.least_cycle]
        short_phases = [phase for phase in pairs if phase[0] < rule.least_phase]
        if short_cycles:
            _, i = min(short_cycles)
            kind, first, second = turns[i][1], stock[turns[i][0]], stock[turns[i + 2][0]]
            del turns[i + 2 if kind * second < kind * first else i]
        elif short_phases:
            _, i = min(short_phases)
            before = stock[turns[i - 1][0]] if i else stock[0]
            after = stock[turns[i + 2][0]] if i + 2 < len(turns) else stock[-1]
            first, second = stock[turns[i][0]], stock[turns[i + 1][0]]
            del turns[i if abs(first - before) <= abs(after - second) else i + 1]
        else:
            return turns


def tidied(stock, turns):
    kept = []
    for place, kind in turns:
        if not kept or kept[-1][1] != kind:
            kept.append((place, kind))
        elif kind * stock[place] >= kind * stock[kept[-1][0]]:
            kept[-1] = (place, kind)
    while kept and any(kept[0][1] * v > kept[0][1] * stock[kept[0][0]] for v in stock[: kept[0][0]]):
        kept = kept[1:]
    while kept and any(kept[-1][1] * v > kept[-1][1] * stock[kept[-1][0]] for v in stock[kept[-1][0] + 1 :]):
        kept = kept[:-1]
    for i in range(len(kept) - 1):
        (a, kind), (b, _) = kept[i : i + 2]
        if kind * stock[a] <= kind * stock[b]:
            return tidied(stock, [turn for turn in kept if turn not in kept[i : i + 2]])
    return kept


# Short cycles leave few short phases to the monthly rule: the second lets phases decide, the third plateaus.
@pytest.mark.parametrize("rule", [DatingRule.of("M"), DatingRule(2, 6, 7), DatingRule(1, 4, 2)])
@pytest.mark.parametrize("steps", ["any", "whole"])
def test_random_walks_are_dated_as_by_hand(rule, steps):
    for seed in range(200):
        rng = np.random.default_rng(seed)
        moves = rng.normal(size=90) if steps == "any" else rng.integers(-1, 2, size=90)
        stock = np.cumsum(moves).astype(float)
        assert dated(stock, rule) == by_hand(stock.tolist(), rule), seed


def test_a_turn_may_stand_as_near_to_either_end_as_the_window_is_long():
    stock = np.array([1.0, 2, 3, 2, 1])
    assert candidates(stock[None, :], 2)[0] == [(2, 1)]
    assert candidates(stock[None, :4], 2)[0] == []


def test_turning_points_as_a_table():
    periods = pd.Series(pd.date_range("2010-01-01", periods=4, freq="MS"))
    table = turning_point_table([(1, 1), (3, -1)], periods, np.array([5.0, 9, 7, 4]), np.array([5.5, 8.5, 7.5, 4.25]))
    assert table.columns.tolist() == ["date", "kind", "pending", "pending_adjusted"]
    assert table["date"].dt.strftime("%Y-%m-%d").tolist() == ["2010-02-01", "2010-04-01"]
    assert table["kind"].tolist() == ["peak", "trough"]
    assert table["pending"].dtype == "int64"
    assert table["pending"].tolist() == [9, 4]
    assert table["pending_adjusted"].tolist() == [8.5, 4.25]


def flow_of(closing):
    filed = [10 + place for place in range(len(closing))]
    closed = [filed[0], *(f + a - b for f, (a, b) in zip(filed[1:], itertools.pairwise(closing), strict=True))]
    periods = pd.date_range("2010-01-01", periods=len(closing), freq="MS")
    return pd.DataFrame({"period": periods, "filed": filed, "closed": closed, "closing": closing})


def phases_of(turns, closing, used=None):
    return phase_table(turns, flow_of(closing), np.array(used or closing, dtype=float))


def test_phases_as_a_table():
    phases = phases_of([(1, -1), (3, 1)], [1, 0, 4, 9, 3])
    assert phases.columns.tolist() == [
        "start", "end", "kind", "periods", "cases", "filed", "closed", "amplitude", "steepness", "complete",
    ]  # fmt: skip
    assert phases["start"].dt.month.tolist() == [1, 2, 4]
    assert phases["end"].dt.month.tolist() == [2, 4, 5]
    assert phases["kind"].tolist() == ["clearing", "accumulating", "clearing"]
    assert phases[["cases", "filed", "closed"]].to_numpy().tolist() == [[-1, 11, 12], [9, 25, 16], [-6, 14, 20]]
    assert phases["amplitude"].tolist() == [-1.0, pytest.approx(np.nan, nan_ok=True), -6 / 9]
    assert phases["steepness"].tolist() == [-1.0, 4.5, -6.0]
    assert phases["complete"].tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("closing", "kinds"), [([3], []), ([3, 5], ["accumulating"]), ([5, 3], ["clearing"]), ([4, 4], ["level"])]
)
def test_a_series_without_turning_points_is_one_phase(closing, kinds):
    phases = phases_of([], closing)
    assert phases["kind"].tolist() == kinds
    assert not phases["complete"].any()
    assert phases.columns[0] == "start"


def test_counts_that_are_not_whole_stay_as_they_are():
    assert phases_of([], [3.5, 5.0])["cases"].tolist() == [1.5]
    assert phases_of([], [3.0, 5.0])["cases"].dtype == "int64"


def test_a_phase_is_called_after_the_way_of_the_stock_that_was_dated():
    """A stock that fell and climbed back since its last peak was named clearing, by 0 cases."""
    assert phases_of([(1, 1)], [4, 9, 2, 9])["kind"].tolist() == ["accumulating", "level"]
    found = phases_of([(1, 1)], [4, 9, 9], used=[4.0, 9.5, 8.5])
    assert (found["kind"].tolist(), found["cases"].tolist()) == (["accumulating", "clearing"], [5, 0])
    assert phases_of([], [4, 4], used=[3.0, 5.0])["kind"].tolist() == ["accumulating"]


def test_a_peak_below_the_trough_after_it_is_no_peak():
    """Of a steady deficit a phase of clearing was dated by which the stock grew: the rules deleted what lay between."""
    stock = np.array([0.0, 5, 9, 8, 7, 20, 12, 13, 30])
    assert censored(stock, [(2, 1), (6, -1)], DatingRule(1, 1, 2)) == []
    assert censored(-stock, [(2, -1), (6, 1)], DatingRule(1, 1, 2)) == []
