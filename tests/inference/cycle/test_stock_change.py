import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.inference.cycle.stock_change import stock_change
from analysis.measures.caseflow import caseflow
from analysis.vocabulary.errors import ArgumentError, DataError

PARTS = ["filed", "reopened", "performed", "settled", "terminated_this_round", "other_closings"]


def test_the_parts_add_up_to_the_stock_that_the_flow_has(sample_cases):
    flow = caseflow(sample_cases, freq="M").set_index("period")
    found = stock_change(sample_cases, period=("2008-11-01", "2009-12-31"), names=True).table.set_index("part")
    assert found.loc["opening", "cases"] == flow.loc["2008-10-01", "closing"] == 174
    assert found.loc["closing", "cases"] == flow.loc["2009-12-01", "closing"] == 24
    assert found.loc["opening", "cases"] + found.loc[PARTS, "cases"].sum() == 24
    assert found.loc[["filed", "reopened"], "cases"].sum() == flow.loc["2008-11-01":"2009-12-01", "filed"].sum()
    assert found.loc[PARTS[2:], "cases"].sum() == -flow.loc["2008-11-01":"2009-12-01", "closed"].sum()
    assert found.loc["opening", "amount"] + found.loc[PARTS, "amount"].sum() == pytest.approx(
        found.loc["closing", "amount"]
    )


def test_a_flow_and_its_register_agree_on_what_both_know(sample_cases):
    flow = caseflow(sample_cases, freq="M")
    whole, parted = (
        stock_change(one, period=("2009-01-01", "2009-12-31")).table.set_index("part")["cases"]
        for one in (flow, sample_cases)
    )
    assert whole["opening"] == parted["opening"]
    assert whole["closing"] == parted["closing"]
    assert whole["closings"] == parted[PARTS[2:]].sum()


def test_teams_add_up_to_the_court(sample_cases):
    court = stock_change(sample_cases, period=("2010-01-01", "2010-12-31")).table.set_index("part")["cases"]
    teams = stock_change(sample_cases, period=("2010-01-01", "2010-12-31"), by="team", names=True).table
    assert teams.columns[0] == "team"
    assert teams.groupby("part")["cases"].sum().to_dict() == court.to_dict()


def test_amounts_people_and_teams_stay_inside(sample_cases):
    span = {"period": "2011-05-03"}
    assert "amount" not in stock_change(sample_cases, **span).table
    for column in ("team", "officer", "area"):
        with pytest.raises(ArgumentError, match="names=True"):
            stock_change(sample_cases, **span, by=column)


def test_a_part_is_set_against_equal_spans_of_earlier_years():
    filed = {2005: 10, 2006: 12, 2007: 14, 2008: 20}
    days = [f"{year}-03-{1 + i % 28:02d}" for year, count in filed.items() for i in range(count)]
    cases = Cases.from_frames(pd.DataFrame({"filed_on": days}), as_of="2008-12-31")
    row = stock_change(cases, period=("2008-03-01", "2008-03-31")).table.set_index("part").loc["filed"]
    assert (row["cases"], row["reference"], row["reference_spans"]) == (20, 12, 3)
    reach = 4.302653 * 2 * np.sqrt(4 / 3)  # Student, two degrees of freedom; the years scatter by 2
    assert row["difference"] == 8
    assert row["upper"] - row["difference"] == pytest.approx(reach, rel=1e-5)
    few = stock_change(cases, period=("2006-03-01", "2006-03-31")).table.set_index("part").loc["filed"]
    assert few["reference"] == 10
    assert np.isnan(few["lower"])


def test_an_identity_that_does_not_hold_is_a_part_of_its_own():
    months = pd.date_range("2008-01-01", periods=3, freq="MS")
    flow = pd.DataFrame({"period": months, "filed": [5, 5, 5], "closed": [3, 3, 3], "closing": [12, 14, 20]})
    table = stock_change(flow, period=("2008-02", "2008-03")).table.set_index("part")["cases"]
    assert table.to_dict() == {"opening": 12, "filed": 10, "closings": -6, "not_balanced": 4, "closing": 20}


def test_what_cannot_be_split_is_refused(sample_cases):
    with pytest.raises(ArgumentError, match="末日早于首日"):
        stock_change(sample_cases, period=("2010-02-01", "2010-01-01"))
    with pytest.raises(ArgumentError, match="read_cases"):
        stock_change(None, period=("2010-01-01", "2010-02-01"))
    with pytest.raises(DataError, match="没有落在"):
        stock_change(caseflow(sample_cases, freq="M"), period=("2030-01-01", "2030-02-01"))


@pytest.mark.full
def test_a_court_that_bears_a_name_is_not_shown_as_it_stands():
    frame = pd.DataFrame({"court": ["富锦市人民法院"] * 4 + ["欧阳静姝"], "filed_on": "2011-01-04"})
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    shown, inside = (
        an.stock_change(cases, period=("2011-02-01", "2011-12-31"), by="court", names=names).table
        for names in (False, True)
    )
    assert "欧阳静姝" in inside.to_csv()
    assert "欧阳静姝" not in shown.to_csv()
    assert len(shown) == len(inside)
    assert "欧阳静姝" not in an.entry_quality(cases, by="court").to_csv()


def test_spans_of_the_reference_share_no_day_with_the_change_or_each_other():
    months = pd.date_range("2000-01-01", periods=144, freq="MS")
    rng = np.random.default_rng(5)
    flow = pd.DataFrame({"period": months, "filed": rng.poisson(30, 144), "closed": rng.poisson(30, 144)})
    flow["closing"] = 500 + (flow["filed"] - flow["closed"]).cumsum()
    yearly = flow.set_index("period")["filed"].resample("YS").sum()
    two = stock_change(flow, period=("2010-01-01", "2011-12-31")).table.set_index("part").loc["filed"]
    assert two["reference_spans"] == 5
    assert two["reference"] == pytest.approx(2 * yearly[:10].mean())
    filings = np.repeat(months, flow["filed"])
    cases = Cases.from_frames(pd.DataFrame({"filed_on": filings, "closed_on": pd.NaT}), as_of="2011-12-31")
    found = stock_change(cases, period=("2010-01-01", "2011-12-31")).table.set_index("part").loc["filed"]
    assert (found["reference_spans"], found["reference"]) == (5, two["reference"])
    year = stock_change(flow, period=2011).table.set_index("part").loc["filed"]
    assert (year["reference_spans"], year["reference"]) == (10, pytest.approx(yearly["2001":"2010"].mean()))
