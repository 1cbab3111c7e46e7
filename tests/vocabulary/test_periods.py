import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import (
    FREQUENCIES,
    STOCK_CALENDARS,
    calendar_text,
    day,
    days_of_period,
    in_calendar_months,
    last_day_known,
    month_window,
    months_of,
    named_period,
    period_before,
    windows,
    year_before,
    year_of,
    year_window,
)
from analysis.vocabulary.sentences import period as span_text

days = st.dates(pd.Timestamp("1995-01-01").date(), pd.Timestamp("2030-12-31").date())


@given(
    start=days,
    length=st.integers(0, 1500),
    freq=st.sampled_from(FREQUENCIES),
    calendar=st.sampled_from((*STOCK_CALENDARS, "dec-26", "month-15", "month-27")),
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


@pytest.mark.parametrize("bad", [None, "去年", 20110101, "11", 2011.7, float("inf")])
def test_no_year_is_an_error_that_says_how_to_write_one(bad):
    with pytest.raises(ArgumentError, match="2011"):
        year_of(bad, "year")


@pytest.mark.parametrize(
    "bad", ["2011-13-01", "2011-02-30", "2011年1-9", "2011.1-9", "yesterday", "", None, "11-01-01"]
)
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


WRITTEN = {
    ("2011-01-01", "2011-12-31"): ["2011", "2011年", "2011年度", "2011年全年"],
    ("2011-01-01", "2011-06-30"): [
        "2011年上半年",
        "2011上半年",
        "2011H1",
        "2011-h1",
        "2011年1—6月",
        "2011Q1-Q2",
        "2011年前两季度",
    ],
    ("2011-07-01", "2011-12-31"): ["2011年下半年", "2011H2", "2011年7-12月", "2011年三至四季度"],
    ("2011-01-01", "2011-05-31"): [
        "2011年1—5月",
        "2011年1月-5月",
        "2011年1～5月",
        "2011年1至5月份",
        "2011M1-M5",
        "２０１１年１－５月",
        "2011年1-5月累计",
    ],
    ("2011-01-01", "2011-09-30"): [
        "2011年前三季度",
        "2011前3季度",
        "2011Q1-Q3",
        "2011Q1-3",
        "2011年第一至三季度",
        "2011年1—9月",
        "2011年前9个月",
        "Jan–Sep 2011",
        "January to September 2011",
        "2011 Jan-Sept.",
        "first three quarters of 2011",
    ],
    ("2011-10-01", "2011-12-31"): ["2011年第四季度", "2011年四季度", "2011-Q4", "2011Q4", "2011年4季度"],
    ("2010-01-01", "2011-12-31"): ["2010-2011", "2010—2011年", "2010年至2011年", "2010～2011年度"],
    ("2025-05-01", "2025-05-31"): ["2025-05", "2025-5", "2025年5月", "2025/05", "2025.5", "2025年5月份", "2025M5"],
}


@pytest.mark.parametrize(("span", "written"), [(span, name) for span, names in WRITTEN.items() for name in names])
def test_a_period_may_be_written_as_offices_write_it(span, written):
    assert tuple(str(d.date()) for d in named_period(written)) == span


@pytest.mark.parametrize(
    "text",
    [
        "2011-11-25",
        "2011年13月",
        "2011年5—3月",
        "2011-2010",
        "2011-9999",
        "2011-",
        "20111",
        "2011Q5",
        "上半年",
        "2011年前五季度",
        "",
        None,
        2011,
        "3011年",
    ],
)
def test_what_names_no_period_is_none(text):
    assert named_period(text) is None


@pytest.mark.parametrize(
    ("calendar", "written", "first", "last", "days"),
    [
        ("month-20", "2011年1—5月", "2010-12-21", "2011-05-20", 151),  # 11 + 31 + 28 + 31 + 30 + 20
        ("month-22", "2011年上半年", "2010-12-23", "2011-06-22", 182),  # 9 + 31 + 28 + 31 + 30 + 31 + 22
        (
            "month-25",
            "2012年前三季度",
            "2011-12-26",
            "2012-09-25",
            275,
        ),  # 6 + 31 + 29 + 31 + 30 + 31 + 30 + 31 + 31 + 25
        ("month-25", "2012-02", "2012-01-26", "2012-02-25", 31),
        ("dec-21", "2011年1月", "2010-12-21", "2011-01-31", 42),  # 11 + 31
        ("dec-26", "2011年12月", "2011-12-01", "2011-12-25", 25),
        ("dec-21", "2011年下半年", "2011-07-01", "2011-12-20", 173),  # 31 + 31 + 30 + 31 + 30 + 20
        ("month-27", "2011-03", "2011-02-28", "2011-03-27", 28),
    ],
)
def test_a_named_period_has_the_days_of_the_statistical_calendar(calendar, written, first, last, days):
    start, end = named_period(written, calendar=calendar)
    assert (str(start.date()), str(end.date()), (end - start).days + 1) == (first, last, days)


@pytest.mark.parametrize(
    ("calendar", "written", "on_year", "before"),
    [
        ("calendar-year", "2012年1—5月", "2011-01-01/2011-05-31", "2011-08-01/2011-12-31"),
        ("calendar-year", "2012-02", "2011-02-01/2011-02-28", "2012-01-01/2012-01-31"),
        ("calendar-year", "2011H2", "2010-07-01/2010-12-31", "2011-01-01/2011-06-30"),
        ("calendar-year", "2011H1", "2010-01-01/2010-06-30", "2010-07-01/2010-12-31"),
        ("calendar-year", "2011Q1-Q3", "2010-01-01/2010-09-30", "2010-04-01/2010-12-31"),
        ("month-20", "2011-01", "2009-12-21/2010-01-20", "2010-11-21/2010-12-20"),
        ("month-22", "2012年1—5月", "2010-12-23/2011-05-22", "2011-07-23/2011-12-22"),
        ("dec-21", "2012年1月", "2010-12-21/2011-01-31", "2011-12-01/2011-12-20"),
        ("dec-21", "2012年2月", "2011-02-01/2011-02-28", "2011-12-21/2012-01-31"),
        ("dec-21", "2012", "2010-12-21/2011-12-20", "2010-12-21/2011-12-20"),
    ],
)
def test_the_same_period_of_the_year_before_and_the_one_before(calendar, written, on_year, before):
    window = named_period(written, calendar=calendar)
    found = [year_before(*window, calendar=calendar), period_before(*window, calendar=calendar)]
    assert ["/".join(str(d.date()) for d in pair) for pair in found] == [on_year, before]


def test_a_day_is_read_as_it_is_written_in_english_and_one_of_two_meanings_is_not():
    assert {str(day(text, "as_of").date()) for text in ("31 Dec 2011", "31 december 2011", "2011-12-31")} == {
        "2011-12-31"
    }
    for unclear in ("12/31/2011", "31 Dez 2011", "32 Dec 2011", "31 Jun 2011"):
        with pytest.raises(ArgumentError):
            day(unclear, "as_of")


def test_what_a_period_is_called_is_read_as_that_period():
    windows = [month_window(2011, first, last) for first in range(1, 13) for last in range(first, 13)]
    windows += [tuple(map(pd.Timestamp, ends)) for ends in (("2011-01-01", "2011-06-20"), ("2010-12-21", "2011-06-20"))]
    for window in windows:
        assert {days_of_period(name) for name in (span_text(*window).zh, span_text(*window).en)} == {window}
    crossing = days_of_period("2010年7月至2011年6月")
    assert crossing == days_of_period("Jul 2010 to Jun 2011") == days_of_period(("2010-07", "2011-06"))
    for wrong in ("2011年至", "至2011年", "2011年9月至2011年1月", "FY2011", "1—9月"):
        with pytest.raises(ArgumentError):
            days_of_period(wrong)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2025-01-01", "2025-09-30", "2025年一至九月|2025年前九个月|二〇二五年前三季度|Jan to Sep 2025|Q1–Q3/2025|first nine months of 2025|"
         "2025.1.1-2025.9.30|2025/1-2025/9|2025Q1-2025Q3|January through September 2025"),
        ("2025-01-01", "2025-06-30", "二○二五年上半年|H1/2025|1H2025|1st half of 2025|the first half of 2025|2025年前两个季度"),
        ("2025-09-01", "2025-12-31", "sep to dec 2025|Sept. – Dec. 2025|2025年九至十二月|Sep 2025 through Dec 2025"),
        ("2025-10-01", "2025-12-31", "4th quarter 2025|4Q 2025|Q4-2025|October–December 2025"),
    ],
)  # fmt: skip
def test_periods_as_offices_and_reports_in_english_spell_them(first, last, written):
    for name in written.split("|"):
        assert days_of_period(name) == (pd.Timestamp(first), pd.Timestamp(last)), name


@pytest.mark.parametrize(
    "written", ["2025年一二月", "2025年两季度", "May to 2025", "Maych 2025", "25年", slice(1, 2), object()]
)
def test_what_may_mean_another_period_is_refused(written):
    with pytest.raises(ArgumentError):
        days_of_period(written)


@pytest.mark.parametrize("calendar", ["month-15", "month-20", "month-27", "dec-16", "dec-21", "dec-31"])
def test_months_of_any_statistical_calendar_are_the_calendar_months(calendar):
    for first, last in ((1, 12), (1, 6), (1, 9), (7, 12), (4, 15), (5, 5)):
        own = month_window(2011, first, last, calendar=calendar)
        assert in_calendar_months(*own) == month_window(2011, first, last)
    short = ("2011-12-01", "2011-12-15"), ("2010-12-21", "2011-01-31")  # a December of 15 days and a January of 42
    for days in (("2011-01-03", "2011-01-09"), ("2011-01-01", "2011-06-20"), ("2011-01-15", "2011-09-29"), *short):
        window = tuple(map(pd.Timestamp, days))
        assert in_calendar_months(*window) == window


def test_a_week_and_days_of_no_month_are_moved_by_days():
    week = pd.Timestamp("2012-02-25"), pd.Timestamp("2012-03-02")
    assert [str(d.date()) for d in period_before(*week)] == ["2012-02-18", "2012-02-24"]
    assert [str(d.date()) for d in year_before(*week)] == ["2011-02-25", "2011-03-02"]
    plain = pd.Timestamp("2012-01-01"), pd.Timestamp("2012-02-29")
    assert [str(d.date()) for d in year_before(*plain, calendar="month-20")] == ["2011-01-01", "2011-02-28"]


@given(
    year=st.integers(1995, 2030), first=st.integers(1, 12), length=st.integers(0, 30),
    calendar=st.sampled_from((*STOCK_CALENDARS, "dec-16", "dec-31", "month-15", "month-27")),
)  # fmt: skip
def test_months_are_told_again_from_their_days(year, first, length, calendar):
    window = month_window(year, first, first + length, calendar=calendar)
    assert months_of(*window, calendar=calendar) == (year, first, first + length)
    before, after = period_before(*window, calendar=calendar), year_before(*window, years=-1, calendar=calendar)
    assert before[1] + pd.Timedelta(days=1) == window[0], "nothing lies between a period and the one before it"
    assert year_before(*after, calendar=calendar) == window


def test_a_calendar_is_said_in_words():
    assert calendar_text("month-25").zh == "每月以25日为止（上年12月26日至当年12月25日）"
    assert calendar_text("dec-26").en == "26 December of the year before to 25 December"
    with pytest.raises(ArgumentError, match="month-25"):
        windows("2011", "2011", freq="M", calendar="month-31")


def test_a_last_day_far_ahead_is_a_slip_of_the_pen():
    with pytest.raises(ArgumentError, match="3011"):
        last_day_known("3011-12-31")
