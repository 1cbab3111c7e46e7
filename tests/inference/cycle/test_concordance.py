import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.concordance import concordance_table, states, together_table
from analysis.inference.cycle.turning_points import DatingRule, dated, phase_table

MONTHS = pd.Series(pd.date_range("2000-01-01", periods=144, freq="MS"))


def court(name, stock):
    table = pd.DataFrame({"period": MONTHS, "filed": 0, "closed": 0, "closing": stock})
    return {"court": name}, states(phase_table(dated(stock, DatingRule.of("M")), table, stock), MONTHS)


def test_states_are_one_from_after_a_trough_to_the_peak():
    phases = pd.DataFrame(
        {"start": [MONTHS[0], MONTHS[10]], "end": [MONTHS[10], MONTHS[143]], "kind": ["accumulating", "clearing"]}
    )
    state = states(phases, MONTHS)
    assert len(state) == 143
    assert state.iloc[:10].eq(1).all()
    assert state.iloc[10:].eq(0).all()


def test_courts_that_clear_together_are_told_from_courts_that_do_not():
    rng = np.random.default_rng(2)
    wave = np.cumsum(np.repeat(rng.choice([-1, 1], size=12) * rng.uniform(4, 8, 12), 12))
    walk = np.cumsum(rng.normal(0, 6, size=144))
    courts = [
        court("甲", wave + rng.normal(0, 1, 144)),
        court("乙", wave * 2 + rng.normal(0, 1, 144)),
        court("丙", walk),
    ]
    table = concordance_table(courts).set_index(["court_a", "court_b"])
    assert table.loc[("甲", "乙"), "concordance"] > 0.9
    assert table.loc[("甲", "乙"), "p"] < 0.05
    assert table.loc[("甲", "乙"), "concordance"] > table.loc[("甲", "乙"), "range_upper"]
    assert table.loc[("甲", "丙"), "p"] > 0.05


@pytest.mark.full
def test_independent_walks_seldom_seem_concordant():
    low = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        pair = [court(name, np.cumsum(rng.normal(size=144))) for name in "ab"]
        p = concordance_table(pair)["p"].iloc[0]
        low += bool(p < 0.05)
    assert low <= 15


def test_one_court_has_no_pair():
    assert concordance_table([court("甲", np.arange(144.0))]).empty


def test_a_court_that_only_accumulates_has_no_test():
    table = concordance_table([court("甲", np.arange(144.0)), court("乙", np.cumsum(np.tile([1.0, -1], 72)))])
    assert pd.isna(table.loc[0, "p"])
    assert table.loc[0, "concordance"] == pytest.approx(table.loc[0, "concordance"])


def walks(seed, count, common=0.0):
    """Courts whose net flow is partly one common wave of six rounds, partly their own."""
    rng = np.random.default_rng(seed)
    wave = np.repeat(np.tile([6.0, -6.0], 6), 12)
    return [court(f"法院{i}", np.cumsum(common * wave + rng.normal(0, 6, 144))) for i in range(count)]


def test_a_campaign_from_above_shows_in_all_courts_together():
    table = together_table(walks(31, 8, common=0.6)).iloc[0]
    assert table["courts"] == 8
    assert table["concordance"] > table["range_upper"]
    assert table["p"] < 0.05
    assert "同步" in table["conclusion"]


@pytest.mark.full
def test_courts_of_their_own_keep_no_step():
    assert sum(together_table(walks(seed, 6), draws=199)["p"].iloc[0] < 0.05 for seed in range(100, 140)) <= 6


def test_two_courts_together_are_their_pair():
    pair = walks(33, 2, common=0.6)
    assert together_table(pair)["concordance"].iloc[0] == concordance_table(pair)["concordance"].iloc[0]


def test_one_court_alone_is_not_together():
    assert together_table(walks(34, 1)).empty
