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
