import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.observations.comparisons import compared
from analysis.vocabulary.errors import ArgumentError


@pytest.fixture(scope="module")
def cases():
    return Cases.from_frames(pd.DataFrame({"filed_on": ["2006-01-04", "2011-03-01"]}), as_of="2011-12-31")


def spans(*windows):
    return [f"{w.start:%Y-%m-%d}/{w.end:%Y-%m-%d}" if w else None for w in windows]


@pytest.mark.parametrize(
    ("period", "now", "before", "previous"),
    [
        (2011, "2011-01-01/2011-12-31", "2010-01-01/2010-12-31", None),
        ("2011-02", "2011-02-01/2011-02-28", "2010-02-01/2010-02-28", "2011-01-01/2011-01-31"),
        (("2011-01", "2011-05"), "2011-01-01/2011-05-31", "2010-01-01/2010-05-31", "2010-08-01/2010-12-31"),
        ("2011年1—5月", "2011-01-01/2011-05-31", "2010-01-01/2010-05-31", "2010-08-01/2010-12-31"),
        ("2011Q1-Q3", "2011-01-01/2011-09-30", "2010-01-01/2010-09-30", None),
        ("2011年上半年", "2011-01-01/2011-06-30", "2010-01-01/2010-06-30", "2010-07-01/2010-12-31"),
        (("2011-04", "2011-06"), "2011-04-01/2011-06-30", "2010-04-01/2010-06-30", "2011-01-01/2011-03-31"),
        (("2011-02-21", "2011-03-20"), "2011-02-21/2011-03-20", "2010-02-21/2010-03-20", "2011-01-21/2011-02-20"),
    ],
)
def test_what_a_period_is_compared_with(cases, period, now, before, previous):
    found = compared(cases, period)
    assert spans(found.now, found.before, found.previous) == [now, before, previous]
    assert found.years[0].start.year == 2006


def test_february_of_a_leap_year_ends_with_its_month():
    leap = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2012-12-31")
    assert spans(compared(leap, "2012-02").before) == ["2011-02-01/2011-02-28"]


def test_a_statistical_year_is_compared_with_statistical_years(cases):
    assert spans(compared(cases, 2011, calendar="dec-21").before) == ["2009-12-21/2010-12-20"]


@pytest.mark.parametrize(
    ("calendar", "period", "now", "before", "previous"),
    [
        ("month-22", "2011年1—5月", "2010-12-23/2011-05-22", "2009-12-23/2010-05-22", "2010-07-23/2010-12-22"),
        ("month-20", "2011-03", "2011-02-21/2011-03-20", "2010-02-21/2010-03-20", "2011-01-21/2011-02-20"),
        ("dec-21", "2011-06", "2011-06-01/2011-06-30", "2010-06-01/2010-06-30", "2011-05-01/2011-05-31"),
        ("dec-21", "2011-01", "2010-12-21/2011-01-31", "2009-12-21/2010-01-31", None),  # 42 days after 20
        ("dec-21", "2011年上半年", "2010-12-21/2011-06-30", "2009-12-21/2010-06-30", None),  # 192 days after 173
    ],
)
def test_a_named_period_and_what_it_is_compared_with_have_the_days_of_the_calendar(
    cases, calendar, period, now, before, previous
):
    found = compared(cases, period, calendar=calendar)
    assert spans(found.now, found.before, found.previous) == [now, before, previous]


def test_a_period_that_is_not_over_is_cut_and_the_year_before_alike():
    young = Cases.from_frames(pd.DataFrame({"filed_on": ["2006-01-04"]}), as_of="2011-05-10")
    found = compared(young, 2011)
    assert spans(found.now, found.before, found.previous) == ["2011-01-01/2011-05-10", "2010-01-01/2010-05-10", None]


def test_the_first_year_has_nothing_to_be_compared_with(cases):
    assert compared(cases, 2006).before is None


def test_a_period_after_the_register_is_refused(cases):
    with pytest.raises(ArgumentError, match="2012"):
        compared(cases, 2012)
