import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.measures import intervals


def test_wilson_agrees_with_statsmodels_also_at_the_edges():
    k, n = np.array([0, 1, 5, 99, 383, 100]), np.array([3, 10, 10, 100, 386, 100])
    lower, upper = intervals.wilson(k, n)
    expected = proportion_confint(k, n, method="wilson")
    np.testing.assert_allclose(lower, expected[0], atol=1e-12)
    np.testing.assert_allclose(upper, expected[1], atol=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (5, 3), (-1, 4), (np.nan, 4)])
def test_wilson_claims_nothing_for_what_is_no_proportion(k, n):
    assert np.isnan(intervals.wilson([k], [n])).all()


def test_poisson_agrees_with_the_chi_square_form():
    counts = np.array([0, 1, 8, 86, 711])
    lower, upper = intervals.poisson(counts)
    np.testing.assert_allclose(lower[1:], stats.chi2.ppf(0.025, 2 * counts[1:]) / 2)
    np.testing.assert_allclose(upper, stats.chi2.ppf(0.975, 2 * (counts + 1)) / 2)
    assert lower[0] == 0
    assert np.isnan(intervals.poisson([np.nan])).all()


def test_log_ratio_shrinks_as_more_cases_stand_in_both_counts_and_vanishes_when_all_do():
    widths = [np.subtract(*intervals.log_ratio([300], [300], [both])[::-1])[0] for both in (0, 150, 290, 300)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(0)
    assert np.isnan(intervals.log_ratio([0, 4], [5, 0], [0, 0])).all()


def test_log_ratio_covers_the_ratio_of_a_simulated_process():
    # cases in both counts, closed only (filed before), filed only (still open): independent Poisson numbers
    rng = np.random.default_rng(3)
    both, closed_only, filed_only = rng.poisson(200, 4000), rng.poisson(60, 4000), rng.poisson(50, 4000)
    lower, upper = intervals.log_ratio(both + closed_only, both + filed_only, both)
    covered = ((lower <= 260 / 250) & (upper >= 260 / 250)).mean()
    assert 0.94 < covered < 0.96


def test_ratio_of_sums_covers_the_ratio_of_a_simulated_process():
    rng = np.random.default_rng(4)
    covered = 0
    for number in range(200):
        claimed = rng.lognormal(10, 0.8, 300)
        recovered = claimed * rng.choice([0, 0.5, 1], 300, p=[0.2, 0.1, 0.7])
        lower, upper = intervals.ratio_of_sums(recovered, claimed, seed=number, draws=500)
        covered += lower <= 0.75 <= upper
    assert 0.90 <= covered / 200 <= 0.99


def test_ratio_of_sums_does_not_depend_on_the_order_of_the_cases_and_repeats_with_its_seed():
    rng = np.random.default_rng(5)
    claimed = rng.lognormal(10, 1, 50)
    recovered = claimed * rng.random(50)
    order = rng.permutation(50)
    first = intervals.ratio_of_sums(recovered, claimed, seed=1)
    assert first == intervals.ratio_of_sums(recovered[order], claimed[order], seed=1)
    assert first != intervals.ratio_of_sums(recovered, claimed, seed=2)
    assert np.isnan(intervals.ratio_of_sums([1.0], [2.0])).all()
    assert np.isnan(intervals.ratio_of_sums([0.0, 0.0], [0.0, 0.0])).all()


def test_above_the_threshold_the_linearised_interval_is_the_bootstrap_s(monkeypatch):
    rng = np.random.default_rng(6)
    claimed = rng.lognormal(10, 0.5, 5000)
    recovered = claimed * rng.random(5000)
    resampled = intervals.ratio_of_sums(recovered, claimed)
    monkeypatch.setattr(intervals, "BOOTSTRAP_CASES", 100)
    np.testing.assert_allclose(intervals.ratio_of_sums(recovered, claimed), resampled, rtol=2e-3)


def test_what_an_interval_rests_on_is_said_and_marked_rough_for_few_cases_or_a_few_that_carry_the_sum():
    assert "rough" not in intervals.carried_by(500, 0.1).en
    assert "10.0%" in intervals.carried_by(500, 0.1).zh
    both = intervals.carried_by(40, 0.6)
    assert "40 cases" in both.en
    assert "60.0%" in both.zh
    for said in (both, intervals.carried_by(99, 0.1), intervals.carried_by(500, 0.26)):
        assert "粗略" in said.zh
