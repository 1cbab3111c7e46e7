"""One more court as the others foretell it: even chances, whatever their sizes and however their cases belong together."""

import numpy as np
import pytest
import statsmodels.stats.meta_analysis as meta

from analysis.inference.peers import prediction
from analysis.inference.peers.prediction import between_variance, predicted


def test_the_between_variance_is_that_of_statsmodels():
    rng = np.random.default_rng(3)
    y, v = rng.normal(0, 2, 15), rng.uniform(0.2, 2, 15)
    assert between_variance(y, v) == pytest.approx(meta._fit_tau_iterative(y, v, atol=1e-12)[0], rel=1e-5)
    assert between_variance(np.zeros(5), np.ones(5)) == 0


@pytest.mark.full
def test_of_one_more_court_of_the_same_kind_chances_are_even_whatever_the_sizes():
    """Unequal sizes and courts that differ as t: none of a chance may come more often than it says."""
    rng, chances = np.random.default_rng(4), []
    for _ in range(500):
        error = np.exp(rng.normal(-1, 1, 12))
        value = rng.standard_t(6, 12) / np.sqrt(1.5) + rng.normal(0, error)
        chances.append(predicted(value, error, 0).above(value[0]))
    for at in (0.01, 0.05, 0.25):
        assert at / 4 < np.mean(np.array(chances) < at) < at + 2 * np.sqrt(at / 500)


def test_where_courts_differ_normally_and_are_of_one_size_the_limits_are_students(monkeypatch):
    from scipy.stats import t

    monkeypatch.setattr(prediction, "TAILS", 10**6)
    value = np.r_[np.linspace(-2, 2, 9), 0.0]
    found, spread = predicted(value, np.full(10, 1e-6), 9), value[:9].std(ddof=1) * np.sqrt(1 + 1 / 9)
    for at in (1.0, 3.0, 7.0):
        assert found.above(at * spread) == pytest.approx(t.sf(at, 8), rel=1e-4)
        assert found.end(t.sf(at, 8)) == pytest.approx(at * spread, rel=1e-4)


@pytest.mark.parametrize("own", [100, 500])
@pytest.mark.full
def test_where_cases_come_in_batches_a_small_court_is_not_beyond_its_peers_by_chance(own):
    """Figures that scatter three times as much as independent cases (by variance) in every court: at 1.25% a side few are beyond; a court far away is."""
    rng, beyond, found = np.random.default_rng(5), [], []
    for _ in range(150):
        cases = np.r_[own, np.exp(rng.uniform(np.log(200), np.log(5000), 13))]
        error = np.sqrt(0.85 * 0.15 / cases)
        value = 0.85 + rng.normal(0, np.sqrt(3) * error)
        beyond.append(predicted(value, error, 0).below(value[0]) < 0.00625)
        found.append(
            predicted(np.r_[value[0] - 9 * error[0], value[1:]], error, 0).below(value[0] - 9 * error[0]) < 0.00625
        )
    assert np.mean(beyond) <= 0.03
    assert np.mean(found) > 0.8
