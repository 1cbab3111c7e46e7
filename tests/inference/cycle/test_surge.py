import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.surge import evenness_table, last_days_table, surge_table


def series(closed, freq="MS", filed=10, start="2008-01-01"):
    periods = pd.date_range(start, periods=len(closed), freq=freq)
    return read_flow(pd.DataFrame({"period": periods, "filed": filed, "closed": closed, "closing": 100}))[0]


def test_december_over_the_mean_of_the_other_months_by_hand():
    closed = [20, 22, 18, 21, 19, 20, 20, 20, 23, 17, 20, 50]
    row = surge_table(series(closed)).query("series == 'closed'").iloc[0]
    assert row["ratio"] == pytest.approx(50 / (220 / 11))
    assert row["share"] == pytest.approx(50 / 270)
    assert row["lower"] < 2.5 < row["upper"]


def test_filings_have_their_own_row_the_mirror():
    filed = [10] * 11 + [2]
    table = surge_table(series([10] * 12, filed=filed)).set_index("series")
    assert table.loc["filed", "ratio"] == pytest.approx(0.2)
    assert table.loc["filed", "upper"] < 1


def test_years_that_are_not_whole_are_left_out():
    table = surge_table(series([10] * 30))
    assert table.query("series == 'closed'")["year"].dropna().tolist() == [2008, 2009]


@pytest.mark.full
def test_the_year_end_interval_holds_the_truth():
    rng = np.random.default_rng(0)
    held = []
    for _ in range(200):
        months = rng.poisson([30] * 11 + [60])
        row = surge_table(series(months)).query("series == 'closed'").iloc[0]
        held.append(row["lower"] <= 2 <= row["upper"])
    assert 0.92 <= np.mean(held) <= 1


def test_quarters_and_weeks_have_a_year_end_and_years_have_none():
    quarter = surge_table(series([100, 100, 100, 150], freq="QS")).query("series == 'closed'").iloc[0]
    assert quarter["ratio"] == pytest.approx(1.5)
    weeks = surge_table(series([5] * 104, freq="W-SAT")).query("series == 'closed'")
    assert np.allclose(weeks["ratio"], 1)
    assert surge_table(series([5] * 10, freq="YS", start="1990-01-01")).empty


def test_a_december_without_closings_and_a_year_without_any():
    table = surge_table(series([10] * 11 + [0] + [0] * 12)).query("series == 'closed'").set_index("year")
    assert table.loc[2008, "ratio"] == 0
    assert pd.isna(table.loc[2009, "ratio"])
    assert table.loc[2009, "note"] != ""


def test_evenness_variants_by_hand():
    table = evenness_table(series([5, 15] * 6)).set_index("variant")
    assert table.loc["one_minus_cv", "value"] == pytest.approx(0.5)
    assert table.loc["one_minus_cv_sample", "value"] == pytest.approx(1 - np.std([5, 15] * 6, ddof=1) / 10)
    assert table.loc["one_minus_mean_deviation", "value"] == pytest.approx(0.5)


def test_a_perfectly_even_year_is_one_and_a_year_without_closings_has_no_evenness():
    table = evenness_table(series([10] * 12 + [0] * 12))
    assert (table.query("year == 2008")["value"] == 1).all()
    assert table.query("year == 2009")["value"].isna().all()


def test_chance_years_lie_in_the_even_range():
    rng = np.random.default_rng(1)
    table = evenness_table(series(np.concatenate([rng.multinomial(300, [1 / 12] * 12) for _ in range(60)])))
    one = table.query("variant == 'one_minus_cv'")
    assert one["value"].between(one["even_lower"], one["even_upper"]).mean() > 0.88


def test_the_last_ten_days_are_counted_from_the_register():
    days = ["2008-03-01"] * 15 + ["2008-12-22"] * 3 + ["2008-12-21"] * 2
    frame = pd.DataFrame({"filed_on": "2008-01-02", "closed_on": days})
    table = last_days_table(series([10] * 12), Cases.from_frames(frame, as_of="2008-12-31"))
    assert table.loc[0, ["closed", "last"]].tolist() == [20, 3]
    assert table.loc[0, "lower"] < 0.15 < table.loc[0, "upper"]
    assert last_days_table(series([10] * 12), None).empty


def test_weeks_have_the_last_ten_days_of_the_calendar_year():
    days = ["2008-03-01"] * 15 + ["2008-12-31"] * 3 + ["2008-12-22"] * 2
    frame = pd.DataFrame({"filed_on": "2008-01-02", "closed_on": days})
    weeks = series([10] * 60, freq="7D", start="2007-12-29")
    table = last_days_table(weeks, Cases.from_frames(frame, as_of="2009-01-31")).set_index("year")
    assert table.loc[2008, ["closed", "last"]].tolist() == [20, 5]


def test_no_limit_of_a_share_lies_beyond_the_whole():
    row = surge_table(series([1] * 11 + [9] + [5] * 11 + [60])).query("series == 'closed' and years == 2").iloc[0]
    assert 0 <= row["share_lower"] <= row["share"] <= row["share_upper"] <= 1
