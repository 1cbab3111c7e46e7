import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.inference.cycle.control_limits import control_limits
from analysis.vocabulary.errors import ArgumentError


def flow(closed):
    months = pd.date_range("2008-01-01", periods=len(closed), freq="MS")
    return pd.DataFrame({"period": months, "filed": 30, "closed": closed, "closing": 500})


def closed_rows(found):
    return found.table.query("series == 'closed'").reset_index(drop=True)


def test_limits_by_hand():
    table = closed_rows(control_limits(flow([10, 12, 11, 13, 9, 11])))
    mean_range = np.mean([2, 1, 2, 4, 2])
    assert table.loc[0, "centre"] == 11
    assert table.loc[0, "upper"] == pytest.approx(11 + 2.66 * mean_range)
    assert table.loc[0, "lower"] == pytest.approx(11 - 2.66 * mean_range)
    assert table.loc[0, "range_limit"] == pytest.approx(3.268 * mean_range)


def test_the_rules_name_what_they_see():
    shifted = [10, 12] * 10 + [14, 16] * 5
    assert closed_rows(control_limits(flow(shifted)))["broken"].iloc[-1].startswith("run")
    rising = [10, 12] * 8 + [11, 12, 13, 14, 15, 16]
    assert "trend" in closed_rows(control_limits(flow(rising)))["broken"].iloc[-1]


def test_rebasing_computes_the_limits_anew_from_the_date():
    values = [10, 12] * 10 + [40, 42] * 10
    plain = closed_rows(control_limits(flow(values), adjusted=False))
    again = closed_rows(control_limits(flow(values), adjusted=False, rebase={"2009-09": "改革"}))
    assert (plain["broken"] != "").any()
    assert (again["broken"] == "").all()
    assert again["centre"].unique().tolist() == [11.0, 41.0]
    assert again["base"].iloc[-1] == pd.Timestamp("2009-09-01")


def test_the_season_is_taken_out_before_limits_are_drawn():
    rng = np.random.default_rng(0)
    december = np.tile([0] * 11 + [40], 8)
    values = rng.poisson(30, 96) + december
    raw = closed_rows(control_limits(flow(values), adjusted=False))
    without = closed_rows(control_limits(flow(values)))
    assert raw["broken"].iloc[11::12].str.contains("beyond").mean() > 0.7
    assert without["broken"].str.contains("beyond").mean() < 0.05


def test_never_the_stock():
    assert set(control_limits(flow([10] * 24)).table["series"]) == {"filed", "closed"}


def test_a_rebase_date_after_the_data_is_refused():
    for given in ("2031", ["2009-07"]):
        with pytest.raises(ArgumentError, match="rebase"):
            an.control_limits(flow([10, 12] * 6), rebase=given)
    with pytest.raises(ArgumentError, match="rebase"):
        control_limits(flow([10] * 24), rebase={"2020-01": "改革"})


def test_a_flow_that_is_all_season_breaks_no_rule():
    months = pd.date_range("2008-01-01", periods=48, freq="MS")
    closed = np.where(months.month == 12, 60, 22.0 + months.month % 3)
    table = control_limits(pd.DataFrame({"period": months, "filed": closed, "closed": closed, "closing": 9})).table
    assert (table["broken"] == "").all()


def test_limits_of_a_baseline_are_moved_by_no_further_period_and_find_what_limits_of_all_hide():
    """Eleven a month in 2008 with steps of two; from 2009 on sixteen, which limits of the whole take into their mean."""
    year = [10, 12] * 6
    found = [
        closed_rows(control_limits(flow(year + [16, 17] * months), baseline=2008, adjusted=False)) for months in (3, 6)
    ]
    for table in found:
        assert table[["centre", "lower", "upper"]].drop_duplicates().to_numpy().tolist() == [
            pytest.approx([11, 11 - 2.66 * 2, 11 + 2.66 * 2])
        ]
    assert found[1]["broken"].iloc[12:].str.contains("beyond_limits").sum() == 6
    whole = closed_rows(control_limits(flow(year + [16, 17] * 6), adjusted=False))
    assert not whole["broken"].str.contains("beyond_limits").any()


@pytest.mark.parametrize("baseline", ["2008-01", 2031, ("2008-01", "2009-06")])
def test_a_baseline_of_fewer_than_two_periods_or_across_a_break_is_refused(baseline):
    with pytest.raises(ArgumentError, match="baseline"):
        control_limits(flow([10, 12] * 12), baseline=baseline, rebase={"2009-01": "改革"})


@pytest.mark.full
@pytest.mark.parametrize("held", [8, 12, 24, 48])
def test_as_many_values_break_a_rule_by_chance_as_is_said_of_a_baseline(held):
    """Simulated: normal values around one mean, limits from the first of them."""
    rng, shares = np.random.default_rng(2), []
    months = pd.date_range("2008-01-01", periods=held + 36, freq="MS")
    ends = (f"{months[0]:%Y-%m-%d}", f"{months[held] - pd.Timedelta(days=1):%Y-%m-%d}")
    for _ in range(60):
        filed, closed = rng.normal(100, 10, (2, len(months)))
        counts = pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": 5000.0})
        found = control_limits(counts, baseline=ends, adjusted=False)
        shares.append((found.table["broken"] != "").mean())
    assert np.mean(shares) == pytest.approx(found.by_chance, rel=0.25)
