import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.forecast import forecast_pending, next_periods
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.simulation import Outlook, outlook, simulate
from analysis.sample.folder import sample_path
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import windows


def flow(seed=0, count=72, *, surge=0, stock=300.0):
    rng = np.random.default_rng(seed)
    months = pd.date_range("2006-01-01", periods=count, freq="MS")
    filed = rng.poisson(30, count)
    closed = rng.poisson(30 + surge * (months.month == 12))
    return pd.DataFrame(
        {"period": months, "filed": filed, "closed": closed, "closing": stock + np.cumsum(filed - closed)}
    )


@pytest.fixture(scope="module")
def crown():
    return forecast_pending(pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"]), months=12)


def test_quarters_ahead_have_limits_that_widen(crown):
    assert crown.table["period"].tolist() == list(pd.date_range("2026-01-01", periods=4, freq="QS"))
    width = crown.table["upper"] - crown.table["lower"]
    assert width.is_monotonic_increasing
    assert crown.table["pending"].between(crown.table["lower"], crown.table["upper"]).all()


def test_the_back_test_is_shown_beside_the_naive_forecasts(crown):
    assert set(crown.backtest["forecast"]) == {"model", "seasonal_naive", "last_year_repeated", "unchanged"}
    verdict = crown.comparison.set_index("against").loc["seasonal_naive", "conclusion"]
    zh, en = verdict.split("\n")
    assert zh in crown.caption.zh
    assert en in crown.caption.en
    held = crown.backtest.query("forecast == 'model'")["coverage"].mean()
    assert f"{held:.0%} of the recorded stocks lay inside" in crown.caption.en
    assert f"{held:.0%} 的实际存量" in crown.caption.zh


def test_when_it_does_not_beat_naive_it_says_so():
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    season = np.round(20 * np.sin(2 * np.pi * np.arange(72) / 12))
    rng = np.random.default_rng(1)
    stock = 300 + 40 * (np.arange(72) % 2) + season  # the stock of a year before is exactly right
    closed = 100 + rng.poisson(5, 72)
    filed = closed + np.diff(stock, prepend=stock[-1])
    found = forecast_pending(
        pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": stock}), months=6
    )
    assert "does not beat it" in found.caption.en
    assert "未优于它" in found.caption.zh


def test_the_limits_hold_what_comes_about_as_often_as_they_say():
    held = []
    for seed in range(24):
        whole = flow(seed, count=84)
        series = read_flow(whole.iloc[:72])[0]
        paths = simulate(outlook(series), 12, count=400, seed=0).pending
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        held.append((whole["closing"].to_numpy()[72:] >= low) & (whole["closing"].to_numpy()[72:] <= high))
    assert 0.8 <= np.mean(held) <= 1


def outlook_of(errors, *, seasons=1, df=23):
    patterns = (np.zeros(seasons), np.zeros(seasons))
    return Outlook((100.0, 100.0), (0.0, 0.0), patterns, errors, df, 1.0, 1e6, 12)


def test_the_limits_hold_what_the_mean_of_the_past_leaves_open():
    past, steps, df = 24, 12, 23
    errors = np.random.default_rng(4).normal(0, 5, size=(past, 2))
    errors -= errors.mean(axis=0)
    paths = simulate(outlook_of(errors, df=df), steps, count=20_000, seed=0).pending
    net = errors[:, 0] - errors[:, 1]
    stretches = sum(np.roll(net, by) for by in range(steps)).var()
    mean = steps**2 * net.var(ddof=1) / past  # once for the level, once for what the stretches are centred about
    assert paths[:, -1].var() == pytest.approx((stretches + 2 * mean) * df / (df - 2), rel=0.05)


def test_the_limits_hold_what_the_years_leave_open_of_a_season():
    errors = np.random.default_rng(4).normal(0, 5, size=(72, 2))
    known, seasonal = (
        simulate(outlook_of(errors, seasons=seasons, df=59), 1, count=20_000, seed=0).pending.var()
        for seasons in (1, 12)
    )
    assert seasonal / known == pytest.approx(1 + 11 / 12 / 5, rel=0.05)


def test_a_court_that_has_grown_errs_by_as_many_cases_as_it_would_today():
    rng, years = np.random.default_rng(6), pd.date_range("1970-01-01", periods=40, freq="YS")
    filed = np.round(500 * 1.06 ** np.arange(40) * np.exp(rng.normal(0, 0.04, 40)))
    closed = np.round(500 * 1.06 ** np.arange(40) * np.exp(rng.normal(0, 0.04, 40)))
    table = pd.DataFrame(
        {"period": years, "filed": filed, "closed": closed, "closing": 9000 + np.cumsum(filed - closed)}
    )
    errors = outlook(read_flow(table)[0]).errors
    early, late = (np.abs(part).mean() for part in (errors[:20], errors[20:]))
    assert 0.5 < late / early < 2  # as recorded they would be three times as large
    assert np.abs(errors).mean() > 0.02 * filed[-1]


def test_a_court_cannot_close_what_it_does_not_have():
    paths = simulate(outlook(read_flow(flow(2))[0]), 24, count=300, seed=1, extra_closings=50)
    assert paths.pending.min() >= 0
    assert np.allclose(np.diff(paths.pending, axis=1), (paths.filed - paths.closed)[:, 1:])


def test_a_record_below_zero_is_not_looked_ahead_from():
    with pytest.raises(DataError, match="opening=") as raised:
        forecast_pending(flow(3, stock=-50.0), months=3)
    assert "低于零" in str(raised.value)


@pytest.mark.parametrize("seed", range(3))
def test_a_court_that_grew_tenfold_late_errs_by_no_more_than_it_has(seed):
    rng, levels = np.random.default_rng(seed), np.r_[np.full(5, 100.0), np.linspace(200, 1000, 5), np.full(8, 1000.0)]
    years = pd.date_range("1990-01-01", periods=18, freq="YS")
    filed, closed = np.round(levels * np.exp(rng.normal(0, 0.05, (2, 18))))
    table = pd.DataFrame(
        {"period": years, "filed": filed, "closed": closed, "closing": 2000 + np.cumsum(filed - closed)}
    )
    assert np.abs(outlook(read_flow(table)[0]).errors).max() < filed.max() / 2  # 2.3 times the largest year before
    assert forecast_pending(table, months=60).table["upper"].max() < 2000 + 5 * filed.max()


def test_december_is_forecast_as_the_season_has_it():
    table = forecast_pending(flow(4, surge=25, stock=600.0), months=12).table
    assert table["closed"].idxmax() == 11


def test_the_same_seed_gives_the_same_numbers_and_the_input_stays():
    own = flow(5)
    before = own.copy(deep=True)
    first, second = forecast_pending(own, months=3), forecast_pending(own, months=3)
    pd.testing.assert_frame_equal(first.table, second.table)
    pd.testing.assert_frame_equal(own, before)


@pytest.mark.parametrize("calendar", ["calendar-year", "dec-21", "month-20"])
def test_periods_ahead_follow_the_calendar(calendar):
    spans = windows("2006-01-01", "2012-12-10", freq="M", calendar=calendar)["period"]
    series = read_flow(flow(6, count=72).assign(period=spans[:72].to_numpy()))[0]
    assert next_periods(series, 12).tolist() == spans[72:84].tolist()


def test_what_cannot_be_forecast_is_refused():
    with pytest.raises(DataError):
        forecast_pending(flow(7, count=8))
    with pytest.raises(ArgumentError, match="months"):
        forecast_pending(flow(7), months=0)
    with pytest.raises(ArgumentError, match="damping"):
        forecast_pending(flow(7), damping=1.5)
