import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import CALENDARS, FREQUENCIES, day, windows, year_of, year_window

days = st.dates(pd.Timestamp("1995-01-01").date(), pd.Timestamp("2030-12-31").date())


@given(
    start=days, length=st.integers(0, 1500), freq=st.sampled_from(FREQUENCIES), calendar=st.sampled_from(CALENDARS[:3])
)
def test_windows_cover_without_gap_or_overlap(start, length, freq, calendar):
    end = start + pd.Timedelta(days=length)
    frame = windows(start, end, freq=freq, calendar=calendar)
    assert frame["period"].iloc[0] <= pd.Timestamp(start)
    assert frame["period_end"].iloc[-1] >= pd.Timestamp(end)
    assert (
        frame["period"].iloc[1:].to_numpy() - frame["period_end"].iloc[:-1].to_numpy() == pd.Timedelta(days=1)
    ).all()
    assert frame["period_end"].iloc[0] >= pd.Timestamp(start), "the first window touches the start"


def test_the_courts_week_runs_saturday_to_friday():
    frame = windows("2011-12-01", "2011-12-31", freq="W")
    assert set(frame["period"].dt.day_name()) == {"Saturday"}
    assert set(frame["period_end"].dt.day_name()) == {"Friday"}


@pytest.mark.parametrize(
    ("calendar", "freq", "when", "first", "last"),
    [
        ("dec-21", "Y", "2011-06-01", "2010-12-21", "2011-12-20"),
        ("dec-21", "M", "2011-01-05", "2010-12-21", "2011-01-31"),
        ("dec-21", "M", "2011-12-05", "2011-12-01", "2011-12-20"),
        ("dec-21", "M", "2011-12-21", "2011-12-21", "2012-01-31"),
        ("dec-21", "Q", "2011-02-05", "2010-12-21", "2011-03-31"),
        ("month-20", "M", "2014-03-20", "2014-02-21", "2014-03-20"),
        ("month-20", "M", "2014-03-21", "2014-03-21", "2014-04-20"),
        ("month-20", "Q", "2014-01-01", "2013-12-21", "2014-03-20"),
        ("calendar-year", "Q", "2011-05-05", "2011-04-01", "2011-06-30"),
    ],
)
def test_a_day_falls_into_its_window(calendar, freq, when, first, last):
    row = windows(when, when, freq=freq, calendar=calendar).iloc[0]
    assert [str(d.date()) for d in row] == [first, last]


def test_the_year_window_is_the_years_windows_of_the_calendar():
    assert [str(d.date()) for d in year_window(2011, calendar="dec-21")] == ["2010-12-21", "2011-12-20"]


@pytest.mark.parametrize("written", ["2011-3-5", "2011/03/05", "2011.3.5", "2011年3月5日"])
def test_a_day_may_be_written_as_offices_write_it(written):
    assert day(written, "at") == pd.Timestamp("2011-03-05")


@pytest.mark.parametrize("written", ["2011-02", "2011/2", "2011年2月"])
def test_a_month_alone_is_its_first_or_last_day(written):
    assert [day(written, "at", last=last).day for last in (False, True)] == [1, 28]


@pytest.mark.parametrize("bad", [None, "去年", 20110101, "11"])
def test_no_year_is_an_error_that_says_how_to_write_one(bad):
    with pytest.raises(ArgumentError, match="2011"):
        year_of(bad, "year")


@pytest.mark.parametrize("bad", ["2011-13-01", "2011-02-30", "yesterday", "", None, "11-01-01"])
def test_no_day_is_an_error_that_says_how_to_write_one(bad):
    with pytest.raises(ArgumentError, match="2011-12-31"):
        day(bad, "as_of")


def test_an_unknown_calendar_or_frequency_lists_the_known():
    with pytest.raises(ArgumentError, match="month-20"):
        windows("2011", "2011", freq="M", calendar="month20")
    with pytest.raises(ArgumentError, match="W、M、Q、Y"):
        windows("2011", "2011", freq="monthly")


@pytest.mark.parametrize("bad", ["0001", "9999-12"])
def test_a_period_beyond_every_register_is_no_period(bad):
    with pytest.raises(ArgumentError, match="不是年份"):
        windows(bad, bad, freq="M")
