import tomllib

import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.campaign import campaign_effect
from analysis.measures.caseflow import caseflow
from analysis.sample.folder import sample_path
from analysis.vocabulary.errors import ArgumentError, DataError

MONTHS = pd.date_range("2006-01-01", periods=72, freq="MS")
DURING = (MONTHS >= "2008-11-01") & (MONTHS <= "2009-12-01")


def flow(seed, *, extra=12.0, slope=0.0, rho=0.0, common=None):
    rng = np.random.default_rng(seed)

    def noise():
        errors, out = rng.normal(0, 5, 102), np.zeros(102)
        for i in range(1, 102):
            out[i] = rho * out[i - 1] + errors[i]
        return out[30:]

    season = np.where(MONTHS.month == 12, 12, np.where(MONTHS.month == 2, -6, 0))
    ramp = slope * np.maximum(np.arange(72) - 34, 0) * DURING
    closed = np.round(25 + season + noise() + extra * DURING + ramp + (0 if common is None else common))
    filed = np.round(27 + noise() - season / 3)
    return pd.DataFrame(
        {"period": MONTHS, "filed": filed, "closed": closed, "closing": 200 + np.cumsum(filed - closed)}
    )


def effect(table, series, term):
    return table.set_index(["series", "term"]).loc[(series, term)]


def held(row, truth):
    return row["lower"] <= truth <= row["upper"]


@pytest.fixture(scope="module")
def sample(sample_cases):
    return sample_cases, caseflow(sample_cases, freq="M")


@pytest.mark.full
def test_the_samples_campaign_is_recovered_within_its_interval(sample):
    cases, monthly = sample
    truth = tomllib.loads(sample_path("truth.toml").read_text(encoding="utf-8"))["campaign"]
    found = campaign_effect(monthly, period=(truth["start"], truth["end"]), cases=cases)
    extra = truth["extra_closings_per_month"]
    assert held(effect(found.table, "closed", "mean"), extra)
    assert effect(found.table, "closed", "mean")["lower"] > 0
    assert held(effect(found.table, "filed", "mean"), truth["extra_filings_per_month"])
    assert held(effect(found.table, "pending", "level"), -14 * extra)
    modes = found.closure_modes.set_index(["closure_mode", "stretch"])
    assert modes.loc[("terminated_this_round", "during"), "difference_lower"] > 0
    assert set(found.reopened["stretch"]) == {"before", "during", "after"}
    assert set(found.recovery["measure"]) == {"cases"}  # money is for use inside


@pytest.mark.full
def test_the_true_effect_lies_in_its_interval_as_often_as_it_says():
    truths = {("closed", "mean"): 12, ("filed", "mean"): 0, ("pending", "level"): -168}
    counts = dict.fromkeys(truths, 0)
    for seed in range(10):
        table = campaign_effect(flow(seed, rho=0.3), period=("2008-11", "2009-12")).table
        for key, truth in truths.items():
            counts[key] += held(effect(table, *key), truth)
    assert min(counts.values()) >= 8


@pytest.mark.full
def test_without_a_campaign_an_effect_is_seldom_claimed():
    claimed = sum(
        effect(campaign_effect(flow(seed, extra=0), period=("2008-11", "2009-12")).table, "closed", "mean")["p"] < 0.05
        for seed in range(10)
    )
    assert claimed <= 2


@pytest.mark.full
def test_a_slope_is_told_from_a_level():
    rows = [
        effect(campaign_effect(flow(seed, extra=0, slope=3), period=("2008-11", "2009-12")).table, "closed", "slope")
        for seed in (1, 2)
    ]
    assert all(row["lower"] > 0 for row in rows)


def queue(seed, *, more=0.0, share=0.1, length=72):
    """A court that closes a share of its stock, filings as many a month; ``more`` from month 36 on for a year."""
    rng = np.random.default_rng(seed)
    filed, stock, closed = rng.poisson(60, length), round(60 / share), np.zeros(length, dtype=int)
    opening = stock
    for at in range(length):
        closed[at] = rng.binomial(stock + filed[at], share / (1 + share) * (1 + more * (36 <= at < 48)))
        stock += filed[at] - closed[at]
    months = pd.date_range("2006-01-01", periods=length, freq="MS")
    return pd.DataFrame(
        {"period": months, "filed": filed, "closed": closed, "closing": opening + np.cumsum(filed - closed)}
    )


def after_the_highest_stock(table):
    place = 11 + int(table["closing"].iloc[11:-13].to_numpy().argmax()) + 1
    return table["period"].iloc[place], table["period"].iloc[place + 11]


@pytest.mark.full
def test_a_date_put_after_the_highest_stock_makes_no_campaign():
    claimed = 0
    for seed in range(8):
        table = queue(seed)
        start, end = after_the_highest_stock(table)
        found = campaign_effect(table, period=(start, end))
        assert "最高" in found.problems.set_index("rule").loc["start_chosen", "problem"]
        claimed += effect(found.table, "closed", "mean")["lower"] > 0
    assert claimed <= 2


@pytest.mark.full
def test_a_campaign_through_a_queue_is_seen_though_closings_follow_the_stock():
    seen = [
        effect(
            campaign_effect(queue(seed, more=0.25, length=120), period=("2009-01", "2009-12")).table, "closed", "mean"
        )
        for seed in range(5)
    ]
    assert sum(row["lower"] > 0 for row in seen) >= 4
    assert all(row["role"] == "primary" for row in seen)


@pytest.mark.full
def test_how_the_start_was_found_can_be_said():
    by_stock, beforehand = (
        campaign_effect(flow(2), period=("2008-11", "2009-12"), start_chosen=chosen).table
        for chosen in ("highest_stock", "beforehand")
    )
    assert effect(by_stock, "closed", "mean")["estimate"] == effect(beforehand, "closed", "mean")["estimate"]
    assert effect(by_stock, "closed", "mean")["lower"] != effect(beforehand, "closed", "mean")["lower"]
    with pytest.raises(ArgumentError, match="start_chosen"):
        campaign_effect(flow(2), period=("2008-11", "2009-12"), start_chosen="guessed")


def test_secondary_terms_are_adjusted_for_their_number():
    table = campaign_effect(flow(4), period=("2008-11", "2009-12")).table
    secondary = table[table["role"] == "secondary"]
    assert (secondary["p"] >= secondary["p_single"]).all()
    assert secondary["p"].min() == pytest.approx(min(1, len(secondary) * secondary["p_single"].min()))
    assert (table["role"] == "primary").sum() == 1


@pytest.mark.full
def test_control_courts_take_off_what_happened_to_all():
    shock = np.cumsum(np.random.default_rng(9).normal(0, 4, 72))
    own = flow(2, common=shock)
    controls = pd.concat([flow(seed, extra=0, common=shock).assign(court=f"对照{seed}") for seed in range(20, 26)])
    alone = effect(campaign_effect(own, period=("2008-11", "2009-12")).table, "closed", "mean")
    beside = campaign_effect(own, period=("2008-11", "2009-12"), controls=controls)
    row = effect(beside.table, "closed", "mean")
    assert held(row, 12)
    assert row["upper"] - row["lower"] < alone["upper"] - alone["lower"]
    assert "controls" in beside.problems["rule"].tolist()


def test_the_counterfactual_runs_beside_the_record():
    found = campaign_effect(flow(3), period=("2008-11", "2009-12"))
    course = found.counterfactual.set_index(["series", "period"])
    assert len(found.counterfactual) == 3 * 72
    assert (course["lower"] <= course["counterfactual"]).all()
    pending = course.loc["pending"]
    before = pending[pending.index < "2008-11-01"]
    assert np.allclose(before["observed"], before["counterfactual"])
    gap = (pending["observed"] - pending["counterfactual"]).loc["2009-12-01"]
    assert gap == pytest.approx(effect(found.table, "pending", "level")["estimate"])


def test_placebo_dates_all_lie_before_the_campaign():
    placebo = campaign_effect(flow(4), period=("2008-11", "2009-12")).placebo
    own = placebo[placebo["campaign"]]
    assert (own["start"] == "2008-11-01").all()
    assert (placebo.loc[~placebo["campaign"], "end"] < pd.Timestamp("2008-11-01")).all()


def test_without_cases_their_part_is_missing_and_said():
    found = campaign_effect(flow(5), period=("2008-11", "2009-12"))
    assert found.closure_modes.empty
    assert "needs_cases" in found.problems["rule"].tolist()


def test_a_campaign_that_has_not_ended_has_no_after():
    found = campaign_effect(flow(6).iloc[:48], period=("2008-11", "2009-12"))
    assert not found.table["term"].str.endswith("after").any()
    assert "no_after" in found.problems["rule"].tolist()


@pytest.mark.parametrize(
    ("dates", "error"),
    [
        (("2009-12", "2008-11"), ArgumentError),
        (("2020-01", "2020-12"), ArgumentError),
        (("2006-03", "2006-09"), DataError),
    ],
)
def test_dates_that_cannot_be_are_refused(dates, error):
    with pytest.raises(error):
        campaign_effect(flow(7), period=(dates[0], dates[1]))


def test_the_court_itself_is_no_control():
    with pytest.raises(DataError, match="只有本院自己"):
        campaign_effect(flow(8), period=("2008-11", "2009-12"), controls=flow(8))


def test_controls_must_cover_the_flow():
    with pytest.raises(DataError, match="controls"):
        campaign_effect(flow(8), period=("2008-11", "2009-12"), controls=flow(9).iloc[:30])


def test_statistical_months_count_by_where_they_lie():
    shifted = flow(3)
    shifted["period"] = [day - pd.Timedelta(days=11) for day in MONTHS]
    found = campaign_effect(shifted, period=("2008-11", "2009-12"))
    assert found.counterfactual.query("series == 'closed'")["during"].sum() == 14


def test_the_input_stays_as_it_was():
    own = flow(10)
    before = own.copy(deep=True)
    campaign_effect(own, period=("2008-11", "2009-12"))
    pd.testing.assert_frame_equal(own, before)


@pytest.mark.full
def test_the_court_itself_is_no_control_of_its_own():
    own, other = flow(3), flow(21, extra=0)
    alone = campaign_effect(own, period=("2008-11", "2009-12"), controls=other.assign(court="乙"))
    with_own = pd.concat([own.assign(court="甲"), other.assign(court="乙")])
    both = campaign_effect(own, period=("2008-11", "2009-12"), controls=with_own)
    pd.testing.assert_frame_equal(alone.table, both.table)


def test_a_flow_without_any_scatter_has_no_effect_and_no_p():
    level = pd.DataFrame({"period": MONTHS, "filed": 10, "closed": 10, "closing": 100})
    table = campaign_effect(level, period=("2008-11", "2009-12")).table
    assert (table[["estimate", "lower", "upper"]] == 0).all(axis=None)
    assert table["p"].isna().all()


def test_where_hardly_a_drawn_court_has_an_after_its_terms_have_no_limits_and_it_is_said():
    months, rng = pd.date_range("2010-01-01", periods=96, freq="MS"), np.random.default_rng(0)
    filed, closed = rng.poisson(70, 96), rng.poisson(60, 96)
    growing = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
    growing["closing"] = 500 + (filed - closed).cumsum()
    found = campaign_effect(growing, period=("2014-01", "2014-12"), start_chosen="highest_stock")
    after = found.table["term"] == "level_after"
    assert found.table.loc[after, ["lower", "upper", "p_single", "p"]].isna().all(axis=None)
    assert found.table.loc[after, "estimate"].notna().all()
    assert found.table.loc[~after, ["lower", "upper", "p"]].notna().all(axis=None)
    assert "no_limits_after" in set(found.problems["rule"])
