"""Cases that are not independent: filings in waves, debtors whose cases end alike."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.observations.dependence import is_of_two_moments, of_arrivals
from analysis.vocabulary.indicator_sets.sets import definition_set

UNTIL = pd.Timestamp("2011-12-31")


def filed(counts, until="2011-12-31"):
    """A register of so many filings a quarter from 2006 on, each closed after thirty days, but for the last ten."""
    quarters = pd.date_range("2006-01-01", periods=len(counts), freq="QS")
    on = np.repeat(quarters + pd.Timedelta(days=20), counts)
    closed = (on + pd.Timedelta(days=30)).to_series().reset_index(drop=True)
    closed[-10:] = pd.NaT
    return an.Cases.from_frames(pd.DataFrame({"filed_on": on, "closed_on": closed}), as_of=until)


def test_growth_and_a_season_are_no_waves():
    assert of_arrivals(filed([50, 60, 40, 100] * 6), UNTIL) == 1.0
    assert of_arrivals(filed([n * (year + 1) for year in range(6) for n in (50, 60, 40, 100)]), UNTIL) == 1.0


def test_filings_that_come_now_early_and_now_late_in_the_year_are():
    assert of_arrivals(filed([120, 40, 40, 40, 40, 40, 40, 120] * 3), UNTIL) > 3


def test_a_register_of_two_years_tells_of_no_waves():
    cases = filed([120, 40, 40, 40, 40, 40, 40, 120], "2007-12-31")
    assert of_arrivals(cases, pd.Timestamp("2007-12-31")) == 1.0


def test_closed_of_received_depends_on_when_cases_came_and_performed_of_closed_does_not():
    known = definition_set("fujin-2012")
    assert is_of_two_moments(known.find("closure_rate"))
    assert not is_of_two_moments(known.find("actual_enforcement_rate"))


def of_batches(debtors):
    """Sixty closings of one batch a year, performed before 2011 and then terminated, beside 140 others alike in all years."""
    rows = [pd.DataFrame({"filed_on": ["2011-11-01"] * 5})]
    for year in (2009, 2010, 2011):
        batch = "completed" if year < 2011 else "terminated_this_round"
        modes = [batch] * 60 + ["completed"] * 70 + ["terminated_this_round"] * 70
        whose = [f"{year}甲"] * 60 + [f"{year}-{n}" for n in range(140)]
        rows.append(
            pd.DataFrame(
                {"filed_on": f"{year}-03-01", "closed_on": f"{year}-06-01", "closure_mode": modes, "debtor_id": whose}
            )
        )
    frame = pd.concat(rows, ignore_index=True)
    return an.Cases.from_frames(frame if debtors else frame.drop(columns="debtor_id"), as_of="2011-12-31")


@pytest.mark.full
@pytest.mark.parametrize(("debtors", "beyond"), [(False, True), (True, False)])
def test_what_one_debtor_s_batch_did_is_not_beyond_random_variation_where_the_register_tells_debtors(debtors, beyond):
    found = an.observations(of_batches(debtors), period=2011, definitions="fujin-2012").of_kind("moved")
    row = found[found["indicator"] == "actual_enforcement_rate"].iloc[0]
    assert (row["value"], row["base"]) == (35.0, 65.0)
    assert bool(row["beyond_chance"]) is beyond


@pytest.mark.full
@pytest.mark.parametrize(("debtors", "beyond"), [(False, True), (True, False)])
def test_one_debtor_s_batch_of_filings_is_no_change_of_the_mix_where_the_register_tells_debtors(debtors, beyond):
    """Sixty cases of one debtor a year, of arbitration in the last year alone, beside 140 of debtors of their own."""
    rows = [
        pd.DataFrame(
            {"filed_on": f"{year}-03-01", "closed_on": f"{year}-06-01", "basis": [batch] * 60 + ["civil"] * 120 + ["arbitration"] * 20,
             "debtor_id": [f"{year}甲"] * 60 + [f"{year}-{n}" for n in range(140)]}
        )
        for year, batch in ((2009, "civil"), (2010, "civil"), (2011, "arbitration"))
    ]  # fmt: skip
    frame = pd.concat([*rows, pd.DataFrame({"filed_on": ["2011-11-01"] * 5, "basis": "civil"})], ignore_index=True)
    cases = an.Cases.from_frames(frame if debtors else frame.drop(columns="debtor_id"), as_of="2011-12-31")
    found = an.observations(cases, period=2011, definitions="fujin-2012").of_kind("cell")
    assert ("filed" in set(found["indicator"])) is beyond
