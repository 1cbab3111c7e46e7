"""Of which year a report is that names none, and what the error says where of none it can be."""

import pandas as pd
import pytest

import analysis as an
from analysis.report.which_year import year_of_report


def court(as_of, observed_from="2023-10-08", calendar="calendar-year", last="2025-11-20"):
    """A court whose first case was filed on 8 October 2023, and one every five days since."""
    filed = pd.Series(pd.date_range("2023-10-08", min(last, as_of), freq="5D"))
    closed = filed + pd.Timedelta(days=70)
    rows = pd.DataFrame({"filed_on": filed, "closed_on": closed.where(closed <= as_of)})
    return an.Cases.from_frames(rows, as_of=as_of, observed_from=observed_from, calendar=calendar)


@pytest.mark.parametrize(
    ("as_of", "calendar", "year"),
    [
        ("2025-12-31", "calendar-year", 2025),
        ("2025-06-30", "calendar-year", 2024),
        ("2024-06-30", "calendar-year", 2024),  # which goes on: of 2023 there is a part alone
        ("2024-12-28", "dec-21", 2024),
    ],
)
def test_without_a_year_the_report_is_of_the_last_of_which_it_can_be(as_of, calendar, year):
    assert year_of_report(court(as_of, calendar=calendar), None, calendar=calendar) == year


def test_a_register_that_says_nothing_of_its_beginning_has_a_report_of_its_first_year():
    assert year_of_report(court("2023-12-31", observed_from=None), None, calendar="calendar-year") == 2023


@pytest.mark.parametrize("calendar", ["calendar-year", "month-25"])
@pytest.mark.parametrize("year", [None, 2023, 2022])
def test_where_of_no_year_a_report_can_be_the_error_says_of_which_months_a_bulletin_can(year, calendar):
    cases = court("2023-12-31", calendar=calendar)
    with pytest.raises(an.ArgumentError) as error:
        year_of_report(cases, year, calendar=calendar)
    assert "2023-11至2023-12各月可出简报：bulletin --period 2023-12" in error.value.text.zh
    assert "Bulletins can be made of 2023-11 to 2023-12: bulletin --period 2023-12." in error.value.text.en
    begins = {"calendar-year": "2023年1月1日", "month-25": "2022年12月26日"}[calendar]
    assert f"如{begins}以来的案件并无遗漏，请把 observed_from 写为这一天" in error.value.text.zh
    said = an.bulletin(cases, period="2023-12", calendar=calendar)
    assert str(said.start.date()) == {"calendar-year": "2023-12-01", "month-25": "2023-11-26"}[calendar]


@pytest.mark.parametrize("year", [2023, 2022, 2030])
def test_a_year_of_which_no_report_can_be_is_refused_with_the_one_that_can(year):
    with pytest.raises(an.ArgumentError, match="请写明年度：--period 2024。"):
        year_of_report(court("2024-06-30"), year, calendar="calendar-year")
