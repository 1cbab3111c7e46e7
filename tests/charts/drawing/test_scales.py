from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from analysis.charts.drawing import scales


def test_few_periods_are_all_labelled():
    starts = pd.date_range("2011-01-01", periods=4, freq="QS")
    assert scales.period_ticks(starts, "Q", language="en") == (
        [0, 1, 2, 3],
        ["2011 Q1", "2011 Q2", "2011 Q3", "2011 Q4"],
    )


def test_many_periods_are_labelled_by_year_and_then_by_every_nth_year():
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    assert scales.period_ticks(months, "M")[1] == [f"{year}年" for year in range(2006, 2012)]
    assert scales.period_ticks(months, "M", at_most=4)[1] == ["2006年", "2008年", "2010年"]


def test_a_broken_first_year_has_no_label_of_a_whole_one():
    months = pd.date_range("2009-11-01", periods=26, freq="MS")
    assert scales.period_ticks(months, "M") == ([2, 14], ["2010年", "2011年"])


def test_weeks_of_one_year_are_thinned():
    weeks = pd.date_range("2011-01-01", periods=52, freq="7D")
    positions, labels = scales.period_ticks(weeks, "W", language="en")
    assert len(positions) <= 8
    assert labels[0] == "1 Jan 2011"


def test_a_period_from_the_21st_bears_the_name_of_what_it_runs_into():
    assert scales.period_ticks(["2010-12-21", "2011-12-21"], "Y")[1] == ["2011年", "2012年"]
    assert scales.period_ticks(["2011-02-21"], "M")[1] == ["2011年3月"]


def test_labels_of_periods_that_would_touch_give_way_to_those_of_years():
    """Eight quarters in Chinese stood letter on letter beside the name of a line at its end."""
    starts = pd.date_range("2019-01-01", periods=8, freq="QS")
    axes = plt.figure().add_subplot()
    for ems, labels in ((62, 8), (60, 2), (3, 1)):
        scales.set_period_ticks(axes, starts, "Q", at_most=8, ems=ems)
        assert len(axes.get_xticklabels()) == labels
    assert len(axes.get_xticks(minor=True)) == 7, "quarters keep a tick"
    plt.close(axes.figure)


def test_whole_ticks_hold_no_halves():
    assert scales.whole_ticks(0, 3) == [0.0, 1.0, 2.0, 3.0]


def test_of_parts_of_two_years_more_than_one_period_bears_a_name():
    months = pd.date_range("2023-03-01", periods=22, freq="MS")
    places, names = scales.period_ticks(months, "M")
    assert (places[0], names[0]) == (0, "2023年3月")
    assert {name[:5] for name in names} == {"2023年", "2024年"}
