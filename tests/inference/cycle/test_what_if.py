import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.what_if import what_if
from analysis.vocabulary.errors import ArgumentError, DataError


def flow(filed=30, closed=30, stock=120.0, count=48):
    months = pd.date_range("2008-01-01", periods=count, freq="MS")
    table = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
    return table.assign(closing=stock + (table["filed"] - table["closed"]).cumsum())


def scenario(found, name="what_if"):
    return found.table.query("scenario == @name").reset_index(drop=True)


def test_extra_closings_lower_the_stock_by_their_sum():
    found = what_if(flow(), extra_closings=5, months=6)
    assert scenario(found)["pending"].tolist() == [115.0, 110.0, 105.0, 100.0, 95.0, 90.0]
    assert scenario(found, "baseline")["pending"].eq(120).all()


def test_extra_filings_raise_it():
    assert scenario(what_if(flow(), extra_filings=3, months=2))["pending"].tolist() == [123.0, 126.0]


def test_officers_are_a_capacity():
    assert scenario(what_if(flow(), officers=8, closings_per_officer=4, months=3))["pending"].tolist() == [
        118.0,
        116.0,
        114.0,
    ]


def test_the_month_in_which_pending_falls_under_the_target():
    found = what_if(flow(), extra_closings=10, target=100, months=6).target.set_index("scenario")
    assert found.loc["what_if", "period"] == pd.Timestamp("2012-03-01")
    assert found.loc["what_if", "reached"] == 1
    assert pd.isna(found.loc["baseline", "period"])


def test_an_uncertain_future_has_an_uncertain_month():
    rng = np.random.default_rng(0)
    own = flow(filed=rng.poisson(30, 72), closed=rng.poisson(30, 72), stock=400.0, count=72)
    row = what_if(own, extra_closings=6, months=60).target.set_index("scenario").loc["what_if"]
    assert row["lower"] < row["period"]
    assert pd.isna(row["upper"]) or row["period"] < row["upper"]


def test_steady_closings_are_the_mean_of_filings_and_end_where_the_stock_began():
    rng = np.random.default_rng(1)
    filed = rng.poisson(30, 48)
    closed = np.where(np.arange(48) < 24, 20, 40)
    row = what_if(flow(filed=filed, closed=closed)).steady.iloc[0]
    assert row["steady_closings"] == pytest.approx(filed.mean())
    assert row["lower"] < 30 < row["upper"]
    assert row["highest"] < row["highest_recorded"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"officers": 3},
        {"closings_per_officer": 3},
        {"officers": -1, "closings_per_officer": 2},
        {"target": -5},
        {"extra_closings": float("nan")},
        {"extra_filings": "three"},
        {"months": 0},
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments):
    with pytest.raises(ArgumentError):
        what_if(flow(), **arguments)


def test_a_record_below_zero_is_not_looked_ahead_from():
    with pytest.raises(DataError, match="opening="):
        what_if(flow(closed=[30, 35] * 24, stock=20.0), months=3)
