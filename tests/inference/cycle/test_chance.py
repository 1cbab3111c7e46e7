from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.chance import chance_table, measures, walks
from analysis.inference.cycle.season import adjusted, seasonality_table
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.turning_points import DatingRule, dated

EU = Path(__file__).parents[2] / "data" / "eu_infringement_monthly.csv"
RULE = DatingRule.of("M")


def test_walks_have_the_mean_and_variance_of_the_net_flow():
    stock = np.cumsum(np.random.default_rng(1).normal(2, 7, size=121))
    steps = np.diff(walks(stock, 4000, 0), axis=1)
    assert steps.mean(axis=1) == pytest.approx(np.full(4000, np.diff(stock).mean()))
    assert steps.std(axis=1) == pytest.approx(np.full(4000, np.diff(stock).std()))
    assert len(np.unique(steps[:, 0])) > 100


def test_measures_are_number_length_and_depth():
    stock = np.array([0.0, 10, 0, 6, 0])
    assert measures(stock, [(1, 1), (2, -1), (3, 1)]) == (3.0, 1.0, 8.0)
    assert measures(stock, [(1, 1)])[0] == 1.0
    assert np.isnan(measures(stock, [(1, 1)])[1:]).all()


def test_random_walks_lie_inside_their_own_range():
    inside = 0
    for seed in range(60):
        walk = np.cumsum(np.random.default_rng(seed).normal(0, 10, size=120))
        inside += bool(chance_table(walk, dated(walk, RULE), RULE, count=300, seed=0)["inside"].all())
    assert inside >= 54


def test_a_saw_tooth_is_outside_and_the_verdict_says_so():
    tooth = np.concatenate([np.linspace(0, 80, 8), np.linspace(70, 0, 8)] * 8)
    table = chance_table(tooth, dated(tooth, RULE), RULE, count=300, seed=0)
    assert not table["inside"].all()
    assert table["conclusion"].str.contains("outside the range").all()


def test_a_stock_without_scatter_has_no_chance_to_be_compared_with():
    line = np.arange(60.0)
    assert chance_table(line, [], RULE, count=100, seed=0).empty


def test_shuffled_flows_lie_inside_in_nine_of_ten_seeds():
    flow = pd.read_csv(EU, parse_dates=["period"]).query("period >= '2005-01-01'")
    inside = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        mixed = flow.assign(filed=rng.permutation(flow["filed"]), closed=rng.permutation(flow["closed"]))
        mixed["closing"] = 2300 + (mixed["filed"] - mixed["closed"]).cumsum()
        series = read_flow(mixed.drop(columns="opening"))[0]
        stock = adjusted(series, seasonality_table(series))["pending_adjusted"].to_numpy()
        inside += bool(chance_table(stock, dated(stock, RULE), RULE, count=300, seed=0)["inside"].all())
    assert inside >= 36
