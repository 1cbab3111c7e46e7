import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.forecast import forecast_pending
from analysis.inference.cycle.series import next_periods, read_flow
from analysis.inference.cycle.simulation import outlook, simulate
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


@pytest.mark.full
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
    assert "年第1季度起" in crown.caption.zh, "no day as a computer writes it"
    held = crown.backtest.query("forecast == 'model'")["coverage"].mean()
    assert f"{100 * held:.0f}% of the recorded stocks lay inside" in crown.caption.en
    assert f"{100 * held:.0f}%的实际存量" in crown.caption.zh


@pytest.mark.full
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


@pytest.mark.full
def test_the_limits_hold_what_comes_about_as_often_as_they_say():
    held = []
    for seed in range(24):
        whole = flow(seed, count=84)
        series = read_flow(whole.iloc[:72])[0]
        paths = simulate(outlook(series), 12, count=400, seed=0).pending
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        held.append((whole["closing"].to_numpy()[72:] >= low) & (whole["closing"].to_numpy()[72:] <= high))
    assert 0.8 <= np.mean(held) <= 1


def median_after_a_year(table):
    return np.median(simulate(outlook(read_flow(table)[0]), 12, count=400, seed=0).pending[:, -1])


def stepped(seed, *, before=6, count=72):
    """Filings that rise by 30% so many months before the end."""
    rng = np.random.default_rng(seed)
    months = pd.date_range("2006-01-01", periods=count, freq="MS")
    filed = rng.poisson(np.where(np.arange(count) >= count - before, 78, 60))
    closed = rng.poisson(60, count)
    return pd.DataFrame(
        {"period": months, "filed": filed, "closed": closed, "closing": 1500 + np.cumsum(filed - closed)}
    )


def test_a_step_in_filings_is_found_and_kept():
    ahead = [median_after_a_year(stepped(seed)) for seed in range(4)]
    now = [stepped(seed)["closing"].iloc[-1] for seed in range(4)]
    assert np.mean(np.array(ahead) - now) == pytest.approx(12 * 18, rel=0.35)


@pytest.mark.full
def test_a_steady_deficit_is_followed_and_noise_is_not():
    months, moved = pd.date_range("2006-01-01", periods=72, freq="MS"), {68: [], 60: []}
    for seed in range(3):
        for mean, found in moved.items():
            rng = np.random.default_rng(seed)
            filed, closed = rng.poisson(mean, 72), rng.poisson(60, 72)
            table = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
            table["closing"] = 1500 + (table["filed"] - table["closed"]).cumsum()
            found.append(median_after_a_year(table) - table["closing"].iloc[-1])
    assert np.mean(moved[68]) == pytest.approx(12 * 8, rel=0.35)
    assert abs(np.mean(moved[60])) < 20


def test_limits_of_50_and_80_per_cent_lie_inside_those_of_95(crown):
    table = crown.table
    order = ["lower", "lower_80", "lower_50", "pending", "upper_50", "upper_80", "upper"]
    assert (np.diff(table[order].to_numpy(), axis=1) >= 0).all()
    assert (table["upper"] - table["lower"] > 2 * (table["upper_50"] - table["lower_50"])).all()


def test_damping_falls_away_and_says_so():
    with pytest.warns(DeprecationWarning, match="damping"):
        forecast_pending(flow(9, count=40), months=2, damping=0.9)


def test_a_court_that_is_nearly_empty_has_no_wide_fan():
    rng = np.random.default_rng(5)
    filed, stock, closed = rng.poisson(30, 48), 20, np.zeros(48, dtype=int)
    for at in range(48):
        closed[at] = min(rng.poisson(34), stock + filed[at])
        stock += filed[at] - closed[at]
    months = pd.date_range("2008-01-01", periods=48, freq="MS")
    table = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
    table["closing"] = 20 + (table["filed"] - table["closed"]).cumsum()
    assert forecast_pending(table, months=12).table["upper"].max() < 120


def nearly_empty(seed, count):
    """A court that could close more than comes in, and at times has closed all it had."""
    rng = np.random.default_rng(seed)
    filed, could, stock, closed = rng.poisson(60, count), rng.poisson(66, count), 10, np.zeros(count, dtype=int)
    for at in range(count):
        closed[at] = min(could[at], stock + filed[at])
        stock += filed[at] - closed[at]
    months = pd.date_range("2008-01-01", periods=count, freq="MS")
    table = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
    return table.assign(closing=10 + (filed - closed).cumsum())


def held_after_a_year(tables, known):
    """How often the 95% limits of months 6 and 12 ahead hold what comes about."""
    held = []
    for table in tables:
        paths = simulate(outlook(read_flow(table.iloc[:known])[0]), 12, count=300, seed=0).pending[:, [5, 11]]
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        came = table["closing"].to_numpy()[[known + 5, known + 11]]
        held.append((came >= low) & (came <= high))
    return float(np.mean(held))


@pytest.mark.full
def test_where_the_stock_was_used_up_the_limits_hold_what_could_have_been_closed():
    assert held_after_a_year([nearly_empty(seed, 36) for seed in range(400, 460)], 24) > 0.92


@pytest.mark.full
def test_a_stock_that_filings_make_grow_is_not_foretold_to_draw_closings_after_it():
    seeds = range(400, 440)
    drawn = [
        simulate(outlook(read_flow(stepped(seed, count=24))[0]), 12, count=300, seed=0).closed.mean() for seed in seeds
    ]
    assert np.mean(drawn) == pytest.approx(60, abs=2.5)


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
    assert forecast_pending(table, months=60).table["upper"].max() < 2000 + 5 * filed.max()


@pytest.mark.full
def test_december_is_forecast_as_the_season_has_it():
    table = forecast_pending(flow(4, surge=25, stock=600.0), months=12).table
    assert table["closed"].idxmax() == 11


@pytest.mark.full
def test_the_same_seed_gives_the_same_numbers_and_the_input_stays():
    own = flow(5, count=42)
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


@pytest.mark.parametrize(("start", "seed"), [("2009-04-01", 3), ("2009-12-01", 11), ("2010-01-01", 12)])
def test_of_two_years_whose_festivals_fall_alike_no_effect_of_the_festival_is_foretold(start, seed):
    rng = np.random.default_rng(seed)
    filed, closed = rng.poisson(60, 24), rng.poisson(60, 24)
    months = pd.date_range(start, periods=24, freq="MS")
    table = {"period": months, "filed": filed, "closed": closed, "closing": 1500 + np.cumsum(filed - closed)}
    ahead = forecast_pending(pd.DataFrame(table), months=12).table
    assert ahead["filed"].max() < 200
    assert (ahead["upper"] - ahead["lower"]).max() < 600


def test_of_a_flow_that_stays_few_of_the_explanations_hold_a_step():
    shares = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        filed, closed = rng.poisson(60, 24), rng.poisson(60, 24)
        months = pd.date_range("2006-01-01", periods=24, freq="MS")
        table = {"period": months, "filed": filed, "closed": closed, "closing": 1500 + np.cumsum(filed - closed)}
        explained = outlook(read_flow(pd.DataFrame(table))[0]).filed.explanations
        weights = np.exp([one.likelihood for one in explained])
        shares.append(weights[[one.step is not None for one in explained]].sum() / weights.sum())
    assert np.mean(shares) < 0.2, "a step comes about once in five years"


def test_how_often_outliers_come_is_known_the_less_the_fewer_there_were():
    table = flow(4, count=24)
    table.loc[10, "closed"] += 90
    table["closing"] = 600 + (table["filed"] - table["closed"]).cumsum()
    ahead = outlook(read_flow(table)[0])
    assert len(ahead.closed.outliers) == 1
    batches = (simulate(ahead, 12, count=2000, seed=0).closed > 85).sum(axis=1)
    assert (batches >= 3).mean() > 0.025, "three more within a year are not beyond the limits of 95%"
