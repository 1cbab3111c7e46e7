"""Ages of the pending beside durations of the closed, over-limit cases, disposition time."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.measures.caseflow import caseflow
from analysis.measures.durations.ages import band_names, disposition_time, pending_ages
from analysis.measures.indicators.indicators import indicators
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language


def register() -> Cases:
    frame = pd.DataFrame(
        {
            "case_no": list("abcdefg"),
            "filed_on": [
                "2009-05-31",
                "2011-06-30",
                "2011-07-01",
                "2011-12-01",
                "2010-12-01",
                "2011-01-01",
                "2010-01-01",
            ],
            "closed_on": [None, None, None, None, "2011-01-10", "2011-01-11", "2010-06-01"],
            "officer": ["张", "李", "李", "张", "张", "李", "李"],
            "case_type": ["first", "first", "review", "first", "first", "first", "first"],
        }
    )
    return Cases.from_frames(frame, as_of="2011-12-31")


def test_ages_stand_beside_the_durations_of_the_year():
    row = pending_ages(register()).summary.iloc[0]
    assert row[["pending", "closed"]].tolist() == [4, 2]
    ages = [944, 184, 183, 30]  # days from filing to 2011-12-31
    assert row["mean_age"] == sum(ages) / 4
    assert row["median_age"] == 183.5
    assert row["oldest_age"] == 944
    assert row["mean_days"] == row["median_days"] == 25  # 40 and 10 days; the closing of 2010 is not of this year
    assert row["disposition_time"] == 365 * 4 / 2


@pytest.mark.full
def test_bands_end_on_the_corresponding_day():
    bands = pending_ages(register()).bands
    assert bands["cases"].tolist() == [
        1,
        1,
        1,
        0,
        1,
        0,
    ]  # filed on 1 July: 6 months end on 1 January; on 30 June: on 30 December
    assert bands["share"].sum() == 1
    assert in_language(bands["band"].iloc[2], "en") == "6–12 months"
    assert len(band_names()) == 6
    day_before = pending_ages(register(), at="2011-12-30").bands
    assert day_before["cases"].tolist() == [1, 2, 0, 0, 1, 0]


def test_over_limit_counts_those_that_have_a_limit():
    row = pending_ages(register()).over_limit.iloc[0]
    assert row.tolist() == [4, 2, 2 / 3, 1]


@pytest.mark.full
def test_the_oldest_come_first_without_names():
    oldest = pending_ages(register(), oldest=2).oldest
    assert oldest["case_no"].tolist() == ["a", "b"]
    assert oldest["age_days"].tolist() == [944, 184]
    assert "officer" not in oldest
    assert pending_ages(register(), names=True).oldest["officer"].iloc[0] == "张"


@pytest.mark.full
def test_groups_add_up():
    told = register().to_pandas(names=True).assign(basis="civil", extension_days=0, excluded_days=0)
    limited = Cases.from_frames(told.dropna(axis=1, how="all"), as_of="2011-12-31")
    whole, parts = pending_ages(limited), pending_ages(limited, by="officer", names=True)
    assert parts.summary["pending"].sum() == whole.summary["pending"].iloc[0]
    assert parts.bands["cases"].sum() == whole.bands["cases"].sum()
    assert parts.over_limit["over_limit"].sum() == whole.over_limit["over_limit"].iloc[0]
    assert set(parts.bands["officer"]) == {"张", "李"}
    shown = pending_ages(register(), by="officer")
    assert not set(shown.summary["officer"]) & {"张", "李"}
    assert not shown.bands["cases"].isin([1, 2]).any()


@pytest.mark.full
def test_of_a_person_no_days_are_added_up_outside():
    """Three closings of one day each, of which a mean said so, told in which quarter they were filed, left out or not."""
    days = ["2011-01-10", "2011-05-10", "2011-08-10", "2011-10-10"]
    rows = [(day, who) for who in "甲乙丙丁" for day in days for _ in range(12)]
    frame = pd.DataFrame(rows, columns=["filed_on", "officer"])
    frame["closed_on"] = pd.to_datetime(frame["filed_on"]).add(pd.Timedelta(days=1)).where(frame.index % 2 == 0)
    cases = Cases.from_frames(frame, as_of="2011-12-31", observed_from="2011-01-01")
    outside, inside = (pending_ages(cases, by="officer", names=names).summary for names in (False, True))
    of_days = ["mean_age", "median_age", "oldest_age", "mean_days", "median_days"]
    assert outside["pending"].tolist() == [24] * 4
    assert outside[of_days].isna().all(axis=None)
    assert inside[of_days].notna().all(axis=None)


def test_the_statistical_year_may_begin_in_december():
    row = pending_ages(register(), at="2010-12-25", calendar="dec-21").summary.iloc[0]
    assert row["closed"] == 0
    assert pd.isna(row["mean_days"])
    assert pd.isna(row["disposition_time"])
    assert row["pending"] == 2


def test_days_of_closings_are_missing_where_the_register_leaves_out_what_was_pending_before():
    frame = pd.DataFrame({"filed_on": pd.date_range("2011-04-01", "2011-12-10", periods=200).date})
    frame["closed_on"] = (pd.to_datetime(frame["filed_on"]) + pd.Timedelta(days=90)).where(frame.index % 3 > 0)
    frame.loc[frame["closed_on"] > "2011-12-31", "closed_on"] = pd.NaT
    days = ["mean_days", "median_days", "disposition_time"]
    assert pending_ages(Cases.from_frames(frame, as_of="2011-12-31")).summary[days].isna().all(axis=None)
    whole = Cases.from_frames(frame, as_of="2011-12-31", observed_from="2011-01-01")
    assert pending_ages(whole).summary["mean_days"].tolist() == [90.0]


@pytest.mark.full
def test_nothing_pending_is_an_answer():
    ages = pending_ages(register().where(case_no=["e", "f"], names=True))
    assert ages.summary[["pending", "closed"]].values.tolist() == [[0, 2]]
    assert pd.isna(ages.summary["mean_age"].iloc[0])
    assert pd.isna(ages.over_limit["share"].iloc[0])
    assert ages.oldest.empty
    empty = pending_ages(Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31"), by="officer")
    assert empty.summary.empty
    assert pending_ages(Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31")).summary[
        "pending"
    ].tolist() == [0]


@pytest.mark.full
def test_disposition_time_of_years_and_of_months():
    yearly = disposition_time(caseflow(register(), freq="Y"))
    assert yearly["disposition_time"].iloc[-1] == 365 * 4 / 2
    monthly = disposition_time(caseflow(register(), freq="M", period=("2011-01-01", "2011-02-28")))
    assert monthly["disposition_time"].tolist()[0] == 31 * 1 / 2
    assert pd.isna(monthly["disposition_time"].iloc[1])  # nothing closed: no pace to project
    assert list(disposition_time(caseflow(register(), by="officer", freq="Y")).columns[:2]) == ["period", "officer"]


@pytest.mark.full
def test_disposition_time_of_a_period_that_is_not_over_takes_the_days_that_are_known():
    frame = pd.DataFrame({"filed_on": ["2012-01-01"] * 5, "closed_on": ["2012-03-01"] * 2 + [None] * 3})
    cases = Cases.from_frames(frame, as_of="2012-03-05")  # 65 days of the year, 5 of the month
    assert disposition_time(caseflow(cases, freq="Y"))["disposition_time"].tolist() == [65 * 3 / 2]
    assert disposition_time(caseflow(cases, freq="M"))["disposition_time"].iloc[-1] == 5 * 3 / 2
    assert pending_ages(cases).summary["disposition_time"].tolist() == [65 * 3 / 2]
    rates = indicators(cases, periods=[2012], definitions="cepej", only="disposition_time")
    assert rates["value"].tolist() == [65 * 3 / 2]
    whole = Cases.from_frames(frame, as_of="2012-12-31")  # a leap year counts 365, everywhere
    assert disposition_time(caseflow(whole, freq="Y"))["disposition_time"].tolist() == [365 * 3 / 2]
    assert pending_ages(whole).summary["disposition_time"].tolist() == [365 * 3 / 2]


def test_wrong_arguments_are_refused():
    with pytest.raises(ArgumentError):
        pending_ages(register(), oldest=-1)
    with pytest.raises(ArgumentError):
        pending_ages(register(), calendar="lunar")
    with pytest.raises(InputError):
        disposition_time(pd.DataFrame({"period": []}))
    with pytest.raises(ArgumentError):
        disposition_time(
            pd.DataFrame({"period": ["2011-01-01"], "opening": [0], "filed": [1], "closed": [1], "closing": [0]})
        )


def test_of_a_year_whose_older_cases_are_not_in_the_register_no_time_to_clear_is_told():
    """Closings of the cases filed before are missing: 258 days stood there where the true stock and closings were not known."""
    filed = pd.date_range("2024-02-05", "2025-12-20", periods=120)
    closed = (filed + pd.Timedelta(days=100)).to_series(index=range(120))
    frame = pd.DataFrame({"case_no": [f"{n}" for n in range(120)], "filed_on": filed})
    frame["closed_on"] = closed.where(closed <= "2025-12-31")
    cases = Cases.from_frames(frame, as_of="2025-12-31")
    first, second = disposition_time(caseflow(cases, freq="Y"))["disposition_time"]
    assert pd.isna(first)
    assert second > 0
    early = pending_ages(cases, at="2024-04-30")
    assert pd.isna(early.summary["disposition_time"].iloc[0])
    assert early.summary["pending"].iloc[0] > 0
    assert "所列的已立案时间" in an.conclusion(early).sentences[0].zh
    whole = pending_ages(cases)
    assert whole.summary["disposition_time"].iloc[0] > 0
    assert "所列的" not in an.conclusion(whole).sentences[0].zh
