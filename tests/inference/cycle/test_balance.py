import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.inference.cycle.balance import MEET, PARTED, balance_table
from analysis.inference.cycle.series import read_flow
from analysis.measures.caseflow import caseflow
from analysis.sample.folder import sample_path


def yearly(**columns):
    return read_flow(pd.DataFrame({"period": [2010, 2011], **columns}))[0]


def test_fujin_2011_by_hand():
    series = yearly(opening=[24, 15], filed=[319, 371], closed=[328, 383], closing=[15, 3])
    row = balance_table(series).set_index("year").loc[2011]
    assert row["clearance"] == pytest.approx(383 / 371)
    assert row["clearance_lower"] == pytest.approx(383 / 371 * np.exp(-1.96 * 0.0113), abs=0.001)
    assert row["disposition_days"] == pytest.approx(365 * 3 / 383)
    assert row["months_pending"] == pytest.approx(12 * 3 / 383)
    assert row["mean_pending"] == pytest.approx(9)


def test_crown_court_years_of_backlog():
    flow = pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"])
    row = balance_table(read_flow(flow)[0]).set_index("year").loc[2025]
    assert row["closed"] == 27963 + 28807 + 28818 + 28812
    assert row["disposition_days"] == pytest.approx(365 * 80203 / 114400)


def test_a_base_of_zero_gives_no_figure():
    row = balance_table(yearly(filed=[0, 5], closed=[0, 5], closing=[7, 7])).iloc[0]
    assert np.isnan(row["clearance"])
    assert np.isnan(row["disposition_days"])
    assert "the base is zero" in row["note"]


def test_a_stock_below_zero_has_no_disposition_time_and_that_is_said():
    first, second = balance_table(yearly(filed=[40, 70], closed=[50, 50], closing=[-5, 15])).to_dict("records")
    assert np.isnan(first["disposition_days"])
    assert "below zero" in first["note"]
    assert "below zero" not in second["note"]


def steady_register(days_open, *, hidden=0):
    filed = pd.date_range("2005-01-01", "2011-12-31", freq="D")
    frame = pd.DataFrame({"filed_on": filed, "closed_on": filed + pd.Timedelta(days=days_open)})
    return Cases.from_frames(frame.iloc[hidden:], as_of="2011-12-31")


def test_littles_law_meets_in_a_steady_court():
    cases = steady_register(90)
    row = balance_table(read_flow(caseflow(cases, freq="M"))[0], cases).set_index("year").loc[2010]
    assert row["mean_duration"] == 90
    assert row["expected_pending"] == pytest.approx(90, rel=0.01)
    assert row["note"] == MEET.cell


def test_littles_law_parts_where_the_flow_counts_cases_that_the_register_has_not():
    cases = steady_register(90)
    flow = caseflow(cases, freq="M")
    flow[["opening", "closing"]] += 60
    row = balance_table(read_flow(flow)[0], cases).set_index("year").loc[2010]
    assert row["note"] == PARTED.cell
