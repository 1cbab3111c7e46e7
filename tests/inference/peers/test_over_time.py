"""Courts over years: the model against statsmodels, coverage of levels and trends, common shocks, speed, refusals."""

import time

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.regression.mixed_linear_model import MixedLMParams

from analysis.inference.peers.over_time import peers_over_time
from analysis.vocabulary.errors import DataError, InputError

COUNTS = {"numerator": "x", "denominator": "n"}


def courts_of(rng: np.random.Generator, courts: int = 40, years: int = 8, trend: float = 0.0, size: int = 600):
    """Rates on the arcsine scale with levels, trends and a campaign that moves all courts in the fifth year."""
    at = np.arange(years) - (years - 1) / 2
    level, slope = rng.normal(0, 0.08, courts), rng.normal(0, trend, courts)
    shock = np.where(np.arange(years) >= 4, 0.12, 0.0)
    true = 1.0 + shock + level[:, None] + slope[:, None] * at
    n = rng.integers(size // 2, size * 2, (courts, years))
    x = rng.binomial(n, np.sin(true) ** 2)
    names = [f"院{i}" for i in range(courts)]
    rows = pd.DataFrame({"court": np.repeat(names, years), "year": np.tile(2006 + np.arange(years), courts)})
    return rows.assign(x=x.ravel(), n=n.ravel()), np.sin(true) ** 2, slope


def test_variances_are_those_of_statsmodels_where_all_courts_are_of_one_size():
    """With one known error for all, the year's variance and that error add up to the residual of a mixed model."""
    rng, courts, years = np.random.default_rng(1), 30, 6
    level, trend = rng.normal(0, 0.08, (courts, 1)), rng.normal(0, 0.03, (courts, 1))
    true = 1.0 + level + trend * (np.arange(years) - 2.5) + rng.normal(0, 0.04, (courts, years))
    rows = pd.DataFrame(
        {"court": np.repeat(np.arange(courts), years), "year": np.tile(2006 + np.arange(years), courts)}
    )
    rows = rows.assign(x=rng.binomial(400, np.sin(true) ** 2).ravel(), n=400)
    found = peers_over_time(rows, **COUNTS)
    y = np.arcsin(np.sqrt((rows["x"] + 0.375) / (rows["n"] + 0.75)))
    table = rows.assign(y=y, t=rows["year"] - rows["year"].mean())
    apart = MixedLMParams.from_components(fe_params=np.ones(6), cov_re=np.eye(2))  # level and trend independent
    model = smf.mixedlm("y ~ 0 + C(year)", table, groups="court", re_formula="~t").fit(reml=True, free=apart)
    np.testing.assert_allclose(found.variance[["level", "trend"]] ** 2, np.diag(model.cov_re), rtol=1e-3)
    residual = found.variance["year"] ** 2 + 1 / (4 * 400.5)
    assert residual == pytest.approx(model.scale, rel=1e-3)


@pytest.mark.full
def test_intervals_cover_what_courts_truly_did_and_the_campaign_is_nobodys_merit():
    rng, level, trend, apart = np.random.default_rng(2), [], [], []
    for _ in range(12):
        rows, true, slope = courts_of(rng, trend=0.02)
        found = peers_over_time(rows, **COUNTS)
        level.append(((found.table["lower"] <= true.ravel()) & (true.ravel() <= found.table["upper"])).mean())
        gap = (slope - slope.mean()) * np.sin(2 * np.arcsin(np.sqrt(found.shocks["common"].mean())))
        trend.append(((found.courts["trend_lower"] <= gap) & (gap <= found.courts["trend_upper"])).mean())
        apart.append(found.courts["apart"].mean())
        assert found.shocks["change"].iloc[4] == pytest.approx(0.1, abs=0.04)
    assert 0.92 <= np.mean(level) <= 0.98
    assert 0.91 <= np.mean(trend) <= 0.995
    assert np.mean(apart) > 0.2


def test_without_trends_hardly_any_court_is_apart():
    rng = np.random.default_rng(3)
    assert np.mean([peers_over_time(courts_of(rng)[0], **COUNTS).courts["apart"].mean() for _ in range(6)]) <= 0.03


def test_three_hundred_courts_of_ten_years_and_missing_years():
    rows, _, _ = courts_of(np.random.default_rng(4), courts=300, years=10, trend=0.02)
    start = time.process_time()
    full = peers_over_time(rows, **COUNTS)
    assert time.process_time() - start < 30
    some = peers_over_time(rows.drop(index=rows.index[rows["court"] == "院7"][2:9]), **COUNTS)
    widths = [(f.courts["level_upper"] - f.courts["level_lower"]).iloc[7] for f in (full, some)]
    assert widths[1] > widths[0]
    assert some.courts["years"].iloc[7] == 3


def test_what_is_refused():
    rows, _, _ = courts_of(np.random.default_rng(5), courts=12, years=4)
    with pytest.raises(DataError, match="9家"):
        peers_over_time(rows[rows["court"].isin([f"院{i}" for i in range(9)])], **COUNTS)
    with pytest.raises(DataError, match="院0"):
        peers_over_time(pd.concat([rows, rows.head(1)]), **COUNTS)
    with pytest.raises(InputError, match="closed"):
        peers_over_time(rows, numerator="closed", denominator="n")
