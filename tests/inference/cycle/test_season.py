from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.season import (
    adjusted,
    festival_notes,
    festival_share,
    festival_table,
    season_table,
    seasonality_table,
    spring_festivals,
)
from analysis.inference.cycle.series import read_flow

EU = Path(__file__).parents[2] / "data" / "eu_infringement_monthly.csv"


def series(filed, closed=None, start="2005-01-01"):
    months = pd.date_range(start, periods=len(filed), freq="MS")
    closed = np.full(len(filed), 30.0) if closed is None else closed
    stock = 900 + np.cumsum(np.asarray(filed, float) - closed)
    return read_flow(pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": stock}))[0]


@pytest.fixture(scope="module")
def eu():
    flow = pd.read_csv(EU, parse_dates=["period"])
    return read_flow(flow[flow["period"] >= "2005-01-01"])[0]


def test_eu_procedures_the_published_autocorrelations_and_empty_augusts(eu):
    tests = seasonality_table(eu).set_index("series")
    assert round(tests.loc["filed", "acf"], 3) == 0.435
    assert round(tests.loc["closed", "acf"], 3) == 0.278
    assert (tests["p"] < 0.05).all()
    table = season_table(eu, seasonality_table(eu))
    august = table[(table["series"] == "closed") & (table["season"] == 8)].iloc[0]
    assert august["mean"] == 0
    assert august["zeros"] == august["years"] == 15


@pytest.mark.full
def test_shuffled_flows_have_no_season(eu):
    rejected = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        one = series(rng.permutation(eu.values("filed")), rng.permutation(eu.values("closed")))
        rejected += bool((seasonality_table(one)["p"] < 0.05).any())
    assert rejected <= 7


def test_the_effect_of_a_month_is_found_within_its_interval():
    rng = np.random.default_rng(4)
    months = np.tile(np.arange(1, 13), 10)
    filed = rng.poisson(30, 120) + 20 * (months == 12)
    one = series(filed)
    table = season_table(one, seasonality_table(one)).query("series == 'filed'").set_index("season")
    truth = 20 * 11 / 12
    assert table.loc[12, "lower"] < truth < table.loc[12, "upper"]
    assert table.loc[12, "lower"] > 0
    assert table["effect"].sum() == pytest.approx(0, abs=1e-9)


def test_adjustment_takes_the_season_out_and_keeps_identity_and_level():
    rng = np.random.default_rng(5)
    months = np.tile(np.arange(1, 13), 8)
    one = series(rng.poisson(30, 96) + 25 * (months == 1), rng.poisson(30, 96) + 25 * (months == 12))
    course = adjusted(one, seasonality_table(one))
    by_month = course["closed_adjusted"].groupby(months).mean()
    assert by_month.max() - by_month.min() < 8
    change = course["pending_adjusted"].diff().iloc[1:]
    assert np.allclose(change, course["net_adjusted"].iloc[1:])
    assert course["pending_adjusted"].mean() == pytest.approx(course["pending"].mean())


def test_flows_without_a_season_stay_as_they_are():
    one = series(np.random.default_rng(6).poisson(30, 96))
    course = adjusted(one, seasonality_table(one))
    assert (course["pending_adjusted"] == course["pending"]).all()


def test_a_constant_flow_has_no_test():
    table = seasonality_table(series(np.full(60, 30.0)))
    assert table["p"].isna().all()


def test_spring_festivals_agree_with_the_public_holidays():
    from chinese_calendar import constants

    days = {day for day, holiday in constants.holidays.items() if holiday == "Spring Festival"}
    years = {day.year for day in days}
    festivals = [day.date() for day in spring_festivals() if day.year in years]
    assert len(festivals) == len(years) >= 20
    assert days.issuperset(festivals)
    assert spring_festivals().is_monotonic_increasing
    assert pd.Series(spring_festivals()).diff().dropna().dt.days.isin([353, 354, 355, 383, 384, 385]).all()


def test_the_festival_is_found_by_its_lunar_date():
    months = pd.Series(pd.date_range("2000-01-01", periods=144, freq="MS"))
    share = festival_share(months)
    assert share.sum() == pytest.approx(12)
    rng = np.random.default_rng(7)
    one = series(np.round(rng.normal(40, 4, 144) - 25 * share), start="2000-01-01")
    row = festival_table(one).set_index("series").loc["filed"]
    assert row["lower"] < -25 < row["upper"]
    assert row["upper"] < 0


def test_outside_the_table_of_festivals_none_is_made_up():
    rng = np.random.default_rng(3)
    months = pd.Series(pd.date_range("1970-01-01", periods=240, freq="MS"))
    share = festival_share(months)
    filed = rng.poisson(40, 240) - np.round(12 * np.where(months.dt.year < 1979, 0.5, share))
    flow = pd.DataFrame({"period": months, "filed": filed, "closed": 40, "closing": 500})
    whole, known = read_flow(flow)[0], read_flow(flow[months.dt.year >= 1979])[0]
    pd.testing.assert_frame_equal(festival_table(whole), festival_table(known))
    assert festival_notes(whole)[0]["periods"] == 9 * 12
    assert not festival_notes(known)
    assert festival_table(read_flow(flow[months.dt.year < 1979])[0]).empty
