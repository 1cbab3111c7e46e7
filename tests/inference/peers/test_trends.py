"""Trends among peers: gaps, regression to the mean, and what is refused."""

import time

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from analysis.inference.peers.trends import peer_trends
from analysis.inference.reconciliation.reconcile import reconcile
from analysis.returns.reading import read_returns
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.errors import ArgumentError, DataError, InputError


def panel(courts: int, years: int, seed: int = 0, within: float = 1.0) -> pd.DataFrame:
    """True levels with spread 1 and yearly noise: nothing but chance moves a court."""
    rng = np.random.default_rng(seed)
    level = rng.normal(90, 1, courts)
    values = level[:, None] + rng.normal(0, within, (courts, years))
    names = [f"法院{i:03d}" for i in range(courts)]
    return pd.DataFrame(
        {"court": np.repeat(names, years), "year": np.tile(2006 + np.arange(years), courts), "rate": values.ravel()}
    )


def test_gaps_and_positions():
    few, table = (peer_trends(panel(courts, 2), value="rate").table for courts in (9, 10))
    assert few["position"].isna().all(), "fewer than ten courts have no places"
    assert list(table.columns) == ["court", "period", "value", "peer_mean", "gap", "position"]
    assert table.groupby("period")["gap"].sum().abs().max() < 1e-9
    assert table.groupby("period")["position"].max().eq(1).all()


def test_quotients_of_a_table_of_ones_own_are_shares_where_no_court_has_more_than_its_base():
    rows = pd.DataFrame({"court": list("abab"), "year": [2010] * 2 + [2011] * 2, "x": [3, 4, 5, 6], "n": [9, 8, 7, 6]})
    assert peer_trends(rows, numerator="x", denominator="n").unit == "share"
    assert peer_trends(rows.assign(x=[3, 4, 5, 7]), numerator="x", denominator="n").unit is None
    assert peer_trends(rows, value="x").unit is None


def test_courts_chosen_for_being_far_come_back_by_the_expected_change():
    """560 courts, 18 years, no true change at all: the worst tenth improves by what chance alone predicts."""
    start = time.process_time()
    trends = peer_trends(panel(560, 18), value="rate")
    assert time.process_time() - start < 5
    assert trends.correlations["r"].median() == pytest.approx(0.5, abs=0.04)
    changes = trends.changes
    worst = changes[
        changes["gap_before"] <= changes.groupby("period_from")["gap_before"].transform(lambda g: g.quantile(0.1))
    ]
    assert worst["gap_change"].mean() > 0.8
    assert worst["gap_change"].mean() == pytest.approx(worst["expected_from_all"].mean(), abs=0.05)
    assert changes["beyond_chance"].mean() == pytest.approx(0.05, abs=0.01)


def test_expected_change_is_the_regression_line_over_all_courts():
    trends = peer_trends(panel(30, 3), value="rate")
    gaps = trends.table.pivot_table(index="court", columns="period", values="gap")
    for (first, second), own in trends.changes.groupby(["period_from", "period_to"]):
        line = np.polyfit(gaps[first], gaps[second], 1)
        r, ratio = np.corrcoef(gaps[first], gaps[second])[0, 1], gaps[second].std() / gaps[first].std()
        np.testing.assert_allclose(own["expected_from_all"], np.polyval(line, own["gap_before"]) - own["gap_before"])
        np.testing.assert_allclose(own["expected_from_all"], -(1 - r * ratio) * own["gap_before"], atol=1e-12)
        assert own["expected_by_chance"].equals(own["expected_from_all"].rename("expected_by_chance"))


def test_beyond_is_the_studentised_residual_of_statsmodels():
    import statsmodels.api as sm

    trends = peer_trends(panel(12, 2, seed=3), value="rate")
    own = trends.changes
    fit = sm.OLS(own["gap_after"], sm.add_constant(own["gap_before"])).fit()
    studentised = fit.get_influence().resid_studentized_external
    half = (own["upper"] - own["lower"]) / 2
    np.testing.assert_allclose(
        (own["gap_change"] - own["expected_from_all"]) / half * student.ppf(0.975, 9), studentised
    )


# Every number of courts and every pull, and their corners; benchmarks/peers.py tries them all.
@pytest.mark.parametrize(("converge", "courts"), [(1, 5), (0.25, 5), (0.5, 6), (1, 10), (0.25, 10), (0.5, 30)])
@pytest.mark.full
def test_where_all_courts_converge_none_is_called_beyond_chance(courts, converge):
    """A national campaign draws all courts together: a quarter to two thirds were called beyond chance."""
    rng = np.random.default_rng(courts)
    called = []
    for _ in range(200 if courts < 30 else 60):
        level = rng.normal(0, 1, courts)
        before, after = level + rng.normal(0, 0.5, courts), converge * (level + rng.normal(0, 0.5, courts))
        rows = pd.DataFrame({"court": np.tile(np.arange(courts), 2), "year": np.repeat([2010, 2011], courts)})
        called.append(peer_trends(rows.assign(rate=np.r_[before, after]), value="rate").changes["beyond_chance"].mean())
    assert np.mean(called) == pytest.approx(0.05, abs=0.02)


def test_a_court_that_moved_alone_is_found():
    rows = panel(30, 2, seed=5, within=0.3)
    rows.loc[(rows["court"] == "法院007") & (rows["year"] == 2007), "rate"] += 3
    changes = peer_trends(rows, value="rate").changes.set_index("court")
    assert changes.loc["法院007", "beyond_chance"]
    assert changes.drop("法院007")["beyond_chance"].mean() < 0.15


def test_since_a_given_year():
    trends = peer_trends(panel(30, 4), value="rate", since=2006)
    assert trends.correlations["period_to"].tolist() == [2007, 2008, 2009]
    assert trends.correlations["period_from"].eq(2006).all()
    with pytest.raises(ArgumentError, match="2006"):
        peer_trends(panel(30, 4), value="rate", since=2005)


def test_counts_missing_years_and_zero_bases():
    rows = pd.DataFrame(
        {
            "court": list("甲甲乙乙丙丙丁丁戊"),
            "year": [2010, 2011] * 4 + [2010],
            "closed": [9, 8, 7, 9, 5, 6, 0, 3, 4],
            "received": [10, 10, 10, 10, 10, 10, 0, 10, 5],
        }
    )
    before = rows.copy()
    trends = peer_trends(rows, numerator="closed", denominator="received")
    assert trends.changes["court"].tolist() == ["甲", "乙", "丙"]
    assert trends.table["value"].isna().sum() == 1
    pd.testing.assert_frame_equal(rows, before)


def test_too_few_courts_have_no_correlation():
    trends = peer_trends(panel(2, 2), value="rate")
    assert trends.changes["expected_from_all"].isna().all()
    assert not trends.changes["beyond_chance"].any()


def test_returns_of_several_years():
    year = {"level": "basic", "scope": "执行案件"}
    rows = [
        year
        | {
            "court": c,
            "period_start": f"{y}-01-01",
            "period_end": f"{y}-12-31",
            "received": "100",
            "closed": str(n + y - 2010),
        }
        for c, n in (("甲", 90), ("乙", 80), ("丙", 95))
        for y in (2010, 2011)
    ]
    trends = peer_trends(read_returns(pd.DataFrame(rows)), indicator="closure_rate")
    assert trends.changes["gap_change"].abs().max() < 1e-12
    assert "2010" in trends.caption.zh


def test_what_is_refused():
    rows = panel(5, 2)
    with pytest.raises(InputError):
        peer_trends(rows, value="score")
    with pytest.raises(DataError):
        peer_trends(pd.concat([rows, rows]), value="rate")
    with pytest.raises(DataError):
        peer_trends(rows[rows["year"] == 2006], value="rate")
    with pytest.raises(ArgumentError, match="denominator"):
        peer_trends(rows, numerator="rate")


def yearly(as_returns: bool) -> pd.DataFrame:
    """Four courts in 2015 to 2017, one figure contradicted, one court with half a year in 2017."""
    rows = []
    for i, court in enumerate("甲乙丙丁"):
        for year in (2015, 2016, 2017):
            closed, end = 80 + 4 * i + (7 * i + year) % 5, "06-30" if (court, year) == ("丁", 2017) else "12-31"
            printed = "99.9" if (court, year) == ("乙", 2016) else f"{closed}.0"
            row = {"court": court, "period_start": f"{year}-01-01", "period_end": f"{year}-{end}"}
            counts = {"received": "100", "closed": str(closed), "closure_rate": printed}
            measured = {
                "indicator": "closure_rate",
                "value": printed,
                "numerator": closed,
                "denominator": 100,
                "unit": "%",
            }
            rows.append(row | (counts if as_returns else measured))
    return (
        read_returns(pd.DataFrame(rows).assign(level="basic", scope="执行案件")) if as_returns else pd.DataFrame(rows)
    )


@pytest.mark.parametrize("as_returns", [True, False])
def test_verdicts_eras_and_exclusions_travel_along(as_returns):
    rows = yearly(as_returns)
    judged = reconcile(rows).figures if as_returns else None
    trends = peer_trends(rows, indicator="closure_rate", verdicts=judged)
    assert len(trends.table) == 11
    assert trends.excluded[["court", "reason"]].values.tolist() == [["丁", "period_length"]]
    contradicted = trends.changes[trends.changes["verdict"].isin(DISPUTED)]
    assert contradicted[["court", "period_from"]].values.tolist() == [["乙", 2015], ["乙", 2016]]
    assert "2016-12" in trends.caption.en
    assert trends.unit == "share"


def test_an_indicator_of_a_table_by_years():
    rows = panel(5, 3).rename(columns={"rate": "value"})
    both = pd.concat([rows.assign(indicator="closure_rate"), rows.assign(indicator="recovery_rate")])
    trends = peer_trends(both, indicator="closure_rate", value="value")
    pd.testing.assert_frame_equal(trends.table, peer_trends(rows, value="value").table)
    with pytest.raises(ArgumentError, match="recovery_rate"):
        peer_trends(both, indicator="recovery", value="value")
