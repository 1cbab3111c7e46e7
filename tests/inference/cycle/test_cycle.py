import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.cycle.cycle import Cycle, cycle
from analysis.measures.caseflow import caseflow, caseflow_from_counts
from analysis.sample.folder import sample_path
from analysis.vocabulary.errors import ArgumentError, CourtAnalysisError, InputError

EU = Path(__file__).parents[2] / "data" / "eu_infringement_monthly.csv"


def counts(filed, closed, *, freq="MS", start="2008-01-01", opening=0):
    periods = pd.date_range(start, periods=len(filed), freq=freq).strftime("%Y-%m-%d")
    return caseflow_from_counts(pd.DataFrame({"period": periods, "filed": filed, "closed": closed}), opening=opening)


@pytest.fixture(scope="module")
def crown():
    return cycle(pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"]), adjusted=False)


@pytest.fixture(scope="module")
def eu():
    flow = pd.read_csv(EU, parse_dates=["period"])
    return cycle(flow[flow["period"] >= "2005-01-01"].reset_index(drop=True))


@pytest.mark.full
def test_crown_court(crown):
    table = crown.turning_points.assign(quarter=pd.PeriodIndex(crown.turning_points["date"], freq="Q").astype(str))
    assert table[["quarter", "kind", "pending"]].values.tolist() == [
        ["2018Q4", "trough", 33044],
        ["2021Q2", "peak", 60832],
        ["2022Q1", "trough", 58106],
    ]
    assert crown.freq == "Q"
    row = crown.problems.set_index("rule").loc["stock_identity"]
    assert row[["periods", "lower", "upper"]].tolist() == [39, -230.0, 296.0]
    assert "-230" in row["problem"]
    assert "296" in row["problem"]
    assert crown.residuals["residual"].min() == -230


@pytest.mark.full
def test_the_raw_dating_stands_beside_the_adjusted(eu):
    assert {"peak", "trough"} == set(eu.turning_points["kind"])
    assert len(eu.raw_turning_points)
    assert not eu.turning_points["date"].equals(eu.raw_turning_points["date"])
    assert (eu.season.query("series == 'closed' and season == 8")["mean"] == 0).all()


@pytest.mark.full
def test_the_sample_has_its_two_rounds(sample_cases):
    found = cycle(caseflow(sample_cases, freq="M"), sample_cases)
    kinds = found.turning_points["kind"].tolist()
    assert kinds == ["peak", "trough", "peak"]
    second = found.turning_points["date"].iloc[2]
    assert pd.Timestamp("2008-08-01") <= second <= pd.Timestamp("2008-12-01")
    assert found.verdict == "reclassified"  # the campaign of 2008-11 to 2009-12 closed mostly by termination
    assert "2008年11月至2009年12月" in found.sentence.zh
    assert found.robustness["same"].mean() < 0.8
    assert found.sentence.zh.startswith("尚无可作定论的结论：换一种算法")
    assert found.sentence.en.startswith("No firm verdict: of 12 variants")
    assert found.ended == "not_in_rounds"
    assert len(found.last_days) == 6
    assert found.balance["mean_duration"].notna().all()
    assert "needs_cases" not in found.problems["rule"].tolist()


def claims_of_chance(found):
    said = [found.caption.zh, found.caption.en, *found.problems["problem"]]
    return [text for text in said if any(word in text for word in ("偶然", "随机波动", "by chance", "of chance"))]


@pytest.mark.full
def test_turning_points_claim_nothing_about_chance_of_a_wave_without_noise():
    closed = np.round(60 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(120) / 24)))
    wave = cycle(counts(np.full(120, 60), closed, opening=1500))
    assert len(wave.turning_points) >= 8
    assert not claims_of_chance(wave)
    two = cycle(pd.concat([counts([10] * 30, [9] * 30).assign(court=name) for name in ("甲", "乙")])).of("甲")
    assert not claims_of_chance(two)


def test_a_long_yearly_series_that_falls_below_zero_is_said_and_not_clipped():
    years = np.arange(1985, 2010)
    filed = np.full(25, 3000)
    flow = caseflow_from_counts(pd.DataFrame({"period": years, "filed": filed, "closed": filed + 40}), opening=500)
    found = cycle(flow)
    row = found.problems.set_index("rule").loc["negative_stock"]
    assert row["lower"] == 500 - 25 * 40
    assert row["start"] == pd.Timestamp("1997-01-01")
    assert found.series["pending"].min() == -500
    assert "below zero" in row["problem"]


@pytest.mark.full
def test_many_courts_each_have_their_rows_and_their_concordance():
    rng = np.random.default_rng(0)
    wave = np.repeat([6, -6, 6, -6], 18)
    parts = []
    for name in ("甲法院", "乙法院", "丙法院"):
        net = wave if name != "丙法院" else rng.choice([-3, 3], 72)
        months = pd.date_range("2006-01-01", periods=72, freq="MS")
        part = pd.DataFrame({"period": months, "court": name, "filed": 40 + net, "closed": rng.integers(39, 42, 72)})
        parts.append(part)
    found = cycle(caseflow_from_counts(pd.concat(parts), opening=200))
    for table in (found.turning_points, found.phases, found.regimes, found.season, found.balance):
        assert table.columns[0] == "court"
    assert set(found.phases["court"]) == {"甲法院", "乙法院", "丙法院"}
    assert len(found.concordance) == 3
    one = found.of("甲法院")
    assert one.by == ()
    assert len(one.series) == 72
    assert "court" not in one.turning_points
    with pytest.raises(ArgumentError, match="丁法院"):
        found.of("丁法院")
    with pytest.raises(ArgumentError, match="不分法院"):
        one.of("甲法院")
    assert found.concordance.set_index(["court_a", "court_b"]).loc[("乙法院", "甲法院"), "concordance"] > 0.9


@pytest.mark.full
def test_the_rule_is_adjustable_in_periods():
    flow = pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"])
    found = cycle(flow, adjusted=False, window=2, least_phase=2, least_cycle=4)
    assert len(found.turning_points) == 5


def test_every_part_explains_itself(crown):
    shown = crown._repr_html_()
    assert "2018-10-01" in shown


@pytest.mark.parametrize(
    "freq", ["MS", "YS", *(pytest.param(freq, marks=pytest.mark.full) for freq in ("W-SAT", "QS"))]
)
def test_every_frequency_has_a_result(freq):
    rng = np.random.default_rng(3)
    size = {"W-SAT": 170, "MS": 60, "QS": 40, "YS": 20}[freq]
    found = cycle(counts(rng.poisson(30, size), rng.poisson(30, size), freq=freq, opening=400))
    assert isinstance(found, Cycle)
    assert len(found.phases)
    assert len(found.balance)


@pytest.mark.parametrize(("filed", "closed"), [(0, 0), (10, 10), (12, 10)])
def test_flows_without_any_movement_give_no_turning_point_and_one_regime(filed, closed):
    found = cycle(counts([filed] * 60, [closed] * 60, opening=50))
    assert found.turning_points.empty
    assert found.regimes["regime"].tolist() == ["single"]
    assert found.verdict == "no_evidence", "what never moves is not too short to be seen to move"


def test_two_periods_are_too_few_to_date_and_that_is_said():
    found = cycle(counts([10, 11], [9, 9]))
    assert found.turning_points.empty
    assert {"dating", "season"} <= set(found.problems["rule"])


def test_wrong_arguments_are_refused():
    flow = counts([10] * 30, [9] * 30)
    for wrong in ({"window": 0}, {"least_cycle": 1.5}):
        with pytest.raises(ArgumentError):
            cycle(flow, **wrong)
    with pytest.raises(InputError, match="closing"):
        cycle(flow.drop(columns="closing"))


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=50),
    st.sampled_from(["W-SAT", "MS", "QS", "YS"]),
)
@settings(max_examples=15, deadline=None)
@pytest.mark.full
def test_any_flow_gives_a_result_or_our_own_error_and_stays_as_it_was(pairs, freq):
    filed, closed = zip(*pairs, strict=True)
    flow = counts(filed, closed, freq=freq, start="1980-01-01")
    before = flow.copy(deep=True)
    try:
        found = cycle(flow)
    except CourtAnalysisError:
        return
    finally:
        pd.testing.assert_frame_equal(flow, before)
    if len(found.phases):
        assert found.phases["cases"].sum() == flow["closing"].iloc[-1] - flow["closing"].iloc[0]


@pytest.mark.slow
def test_ten_years_monthly_take_less_than_five_seconds():
    rng = np.random.default_rng(4)
    flow = counts(rng.poisson(30, 120), rng.poisson(30, 120), opening=400)
    cycle(flow)
    begin = time.process_time()
    cycle(flow)
    assert time.process_time() - begin < 5


@pytest.mark.full
def test_one_court_of_several_has_its_own_words_and_one_without_a_name_is_found():
    rng = np.random.default_rng(8)
    parts = [counts(rng.poisson(20, 48), rng.poisson(20, 48)).assign(team=name) for name in ("一组", "二组", None)]
    flow = pd.concat(parts, ignore_index=True)
    flow.attrs = {"by": ["team"], "freq": "M"}
    found = cycle(flow)
    assert found.caption.en.count("groups") == 1
    own = found.of("二组")
    assert "groups" not in own.caption.en
    assert f"Turning points: {len(own.turning_points)} " in own.caption.en
    assert len(found.of("未填").series) == 48
    assert len(found.of(None).series) == 48


def test_periods_end_on_their_last_day(crown):
    assert crown.caption.en.startswith("1 Jan 2016 to 31 Dec 2025")


def test_eight_months_are_too_few_for_turning_points():
    rng = np.random.default_rng(9)
    found = cycle(counts(rng.poisson(20, 8), rng.poisson(20, 8), opening=50))
    assert "by chance" not in found.caption.en
    assert {"dating", "regimes", "season", "needs_cases"} <= set(found.problems["rule"])


def test_courts_too_short_to_be_compared_are_said_to_be():
    table = pd.concat([counts([9, 12, 8, 11], [10, 10, 9, 12], freq="YS").assign(court=name) for name in ("甲", "乙")])
    found = cycle(table.assign(closing=50))
    assert "无法检验" in found.caption.zh
    assert "cannot be tested" in found.caption.en
