from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.drawing import scales
from analysis.charts.drawing.figure import styled
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import speaking


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234567, None, "1,234,567"),
        (-3844, None, "−3,844"),
        (0.1 + 0.2, None, "0.3"),
        (99.5, 2, "99.50"),
        (-0.001, 1, "0.0"),
        (None, None, "—"),
        (float("nan"), 2, "—"),
    ],
)
def test_numbers(value, decimals, shown):
    assert scales.number(value, decimals) == shown


@pytest.mark.parametrize(
    ("freq", "zh", "en"),
    [("D", "2011年4月9日", "9 Apr 2011"), ("W", "2011年4月9日", "9 Apr 2011"), ("M", "2011年4月", "Apr 2011"),
     ("Q", "2011年2季度", "2011 Q2"), ("Y", "2011年", "2011")],
)  # fmt: skip
def test_dates_in_both_languages(freq, zh, en):
    assert scales.date_label("2011-04-09", freq, "zh") == zh
    assert scales.date_label("2011-04-09", freq, "en") == en


def test_an_unknown_frequency_is_named():
    with pytest.raises(ArgumentError, match="MM"):
        scales.date_label("2011-04-09", "MM")


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


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2006-01-01", "2011-12-31", ["2006", "2007", "2008", "2009", "2010", "2011"]),
        ("2011-01-15", "2011-06-20", ["Feb 2011", "Mar 2011", "Apr 2011", "May 2011", "Jun 2011"]),
        ("1990-01-01", "2020-12-31", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
    ],
)
def test_true_date_axes_take_the_unit_that_fits_whatever_the_time_zone(first, last, labels):
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"timezone": "Asia/Shanghai"}), styled(9), speaking("en"):
        axes = Figure().subplots()
        scales.set_date_ticks(axes, first, last)
        assert [label.get_text() for label in axes.get_xticklabels()] == labels


def test_whole_ticks_hold_no_halves():
    assert scales.whole_ticks(0, 3) == [0.0, 1.0, 2.0, 3.0]
