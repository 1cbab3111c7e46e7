"""Shrinkage: towards the mean, intervals that cover, an independent posterior, and what is refused."""

import time

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

from analysis.inference.peers.shrinkage import beta_binomial, normal_normal, shrink
from analysis.vocabulary.errors import ArgumentError, DataError

COUNTS = {"group": "court", "numerator": "closed", "denominator": "received"}


def courts(closed, received) -> pd.DataFrame:
    return pd.DataFrame({"court": [f"法院{i}" for i in range(len(closed))], "closed": closed, "received": received})


@pytest.fixture
def many() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    received = rng.integers(10, 3000, 80)
    return courts(rng.binomial(received, rng.beta(95, 5, 80)), received)


def test_columns_and_input(many):
    before = many.copy()
    table = shrink(many, **COUNTS)
    assert list(table.columns) == ["court", "raw", "shrunken", "lower", "upper", "weight"]
    pd.testing.assert_frame_equal(many, before)


def test_small_courts_are_drawn_further(many):
    table = shrink(many, **COUNTS).assign(n=many["received"])
    mean = table.attrs["mean"]
    between = (table["shrunken"] - table["raw"]) * (mean - table["raw"])
    assert (between >= -1e-4).all()
    assert table["weight"].between(0, 1).all()
    by_size = table.sort_values("n")
    assert by_size["weight"].is_monotonic_increasing
    assert ((table["lower"] < table["shrunken"]) & (table["shrunken"] < table["upper"])).all()


def test_nothing_closed_and_everything_closed_stay_possible():
    table = shrink(courts([0, 5, 50, 40, 300], [5, 5, 60, 50, 310]), **COUNTS)
    assert table["lower"].gt(0).all()
    assert table["upper"].lt(1).all()
    assert np.isfinite(table[["shrunken", "weight"]]).all().all()


def test_normal_posterior_is_the_one_that_quadrature_finds():
    rng = np.random.default_rng(8)
    s = rng.uniform(0.5, 2, 12)
    y = rng.normal(0, np.sqrt(1.5 + s**2))
    found = normal_normal(y, s)

    def posterior(a: float) -> float:
        w = 1 / (a + s**2)
        centre = (w * y).sum() / w.sum()
        return float(np.exp(0.5 * np.log(w).sum() - 0.5 * np.log(w.sum()) - 0.5 * (w * (y - centre) ** 2).sum()))

    def mean_of_first(a: float) -> float:
        w = 1 / (a + s**2)
        centre = (w * y).sum() / w.sum()
        return (a * y[0] + s[0] ** 2 * centre) * w[0]

    top = np.inf
    total = quad(posterior, 0, top, limit=300)[0]
    expected = quad(lambda a: posterior(a) * mean_of_first(a), 0, top, limit=300)[0] / total
    assert found.mean[0] == pytest.approx(expected, abs=2e-3)


@pytest.mark.full
@pytest.mark.parametrize("between", [0.0, 0.3, 1.0, 4.0])
def test_normal_intervals_cover(between):
    rng = np.random.default_rng(9)
    hit = []
    for _ in range(25):
        s = np.exp(rng.normal(0, 0.6, 60))
        truth = rng.normal(10, np.sqrt(between), 60)
        found = normal_normal(rng.normal(truth, s), s)
        hit.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    low, high = (0.93, 1.0) if between == 0 else (0.93, 0.975)
    assert low <= np.mean(hit) <= high


@pytest.mark.parametrize("m", [60, 400, np.inf])
def test_beta_binomial_intervals_cover(m):
    rng = np.random.default_rng(10)
    hit = []
    for _ in range(25):
        n = rng.integers(10, 1500, 60).astype(float)
        truth = np.full(60, 0.95) if np.isinf(m) else rng.beta(0.95 * m, 0.05 * m, 60)
        found = beta_binomial(rng.binomial(n.astype(int), truth).astype(float), n)
        hit.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    low, high = (0.93, 1.0) if np.isinf(m) else (0.93, 0.97)
    assert low <= np.mean(hit) <= high


def test_no_differences_shrink_almost_to_the_mean():
    rng = np.random.default_rng(11)
    received = rng.integers(100, 1000, 300)
    table = shrink(courts(rng.binomial(received, 0.9), received), **COUNTS)
    assert table["weight"].max() < 0.2
    assert table["shrunken"].std() < 0.15 * table["raw"].std()


def test_values_with_errors_and_extremes():
    table = pd.DataFrame({"court": list("甲乙丙丁戊"), "e": [1.0, 1.1, 0.9, 1.0, 5.0], "s": [0.1, 0.0, 0.1, 1e-7, 0.1]})
    shrunken = shrink(table, estimate="e", standard_error="s")
    assert shrunken["weight"].iloc[1] == pytest.approx(1, abs=1e-6)
    assert np.isfinite(shrunken[["shrunken", "lower", "upper"]]).all().all()
    far = shrink(table.assign(s=1000.0), estimate="e", standard_error="s")
    # Morris's factor for 5 courts that chance alone explains: (5 − 3)/(5 − 1) of the way to the mean.
    np.testing.assert_allclose(far["weight"], 0.5, atol=0.01)


def test_ratios_and_clearance_shrink_on_their_own_scale():
    table = pd.DataFrame(
        {"court": list("甲乙丙丁"), "o": [0, 30, 25, 600], "e": [5.0, 20, 25, 500], "stock": [9, 99, 9, 200]}
    )
    by_ratio = shrink(table, numerator="o", denominator="e", kind="ratio")
    assert by_ratio["shrunken"].gt(0).all()
    assert by_ratio["shrunken"].iloc[0] > 0.1
    clearance = shrink(
        table[1:].assign(x=1).pipe(lambda t: pd.concat([t, t.assign(court=["戊", "己", "庚"])])),
        numerator="o",
        denominator="e",
        kind="clearance",
        opening="stock",
    )
    assert clearance["shrunken"].between(0.8, 1.6).all()


def test_what_is_refused():
    with pytest.raises(DataError, match="3"):
        shrink(courts([1, 2, 3], [4, 5, 6]), **COUNTS)
    with pytest.raises(ArgumentError):
        shrink(courts([1, 2, 3, 4], [4, 5, 6, 7]), **COUNTS, level=95)


def test_speed():
    rng = np.random.default_rng(12)
    received = rng.integers(20, 9000, 3000)
    start = time.process_time()
    shrink(courts(rng.binomial(received, rng.beta(95, 5, 3000)), received), **COUNTS)
    assert time.process_time() - start < 5
