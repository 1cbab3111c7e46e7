import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.inference.cycle.counts import counts_of
from analysis.inference.cycle.debts import moved_of, with_debts_open, without_moved, without_reopened
from analysis.inference.cycle.robustness import robustness_table
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.verdict import read
from analysis.measures.caseflow import caseflow


@pytest.fixture(scope="module")
def court():
    """Ten cases filed a month for five years; each month four are completed, four terminated, one transferred; a fifth comes back."""
    rows = []
    for month in pd.date_range("2006-01-01", "2010-12-01", freq="MS"):
        rows += [(month, "first", None, None)] * 10
        if month < pd.Timestamp("2010-12-01"):
            end = month + pd.DateOffset(months=1)
            rows += [(month, "first", end, mode) for mode in ["completed"] * 4 + ["terminated_this_round"] * 4]
            rows += [(month, "first", end, "transferred"), (end, "reopened", None, None)]
    table = pd.DataFrame(rows, columns=["filed_on", "case_type", "closed_on", "closure_mode"])
    table["case_no"] = [f"（2006）富执字第{n}号" for n in range(len(table))]
    cases = Cases.from_frames(table, as_of="2010-12-31")
    series = read_flow(caseflow(cases, freq="M"))[0]
    return series, counts_of(series), moved_of(series, cases)


def test_a_termination_stays_open_and_coming_back_is_no_filing(court):
    _, counts, moved = court
    assert moved.terminated[1:].tolist() == [4] * 59
    assert moved.reopened[1:].tolist() == [1] * 59
    debts = with_debts_open(counts, moved)
    assert (debts.closed == counts.closed - moved.terminated).all()
    assert (debts.filed == counts.filed - moved.reopened).all()
    # what could be closed holds every debt terminated before and not taken up again
    held = np.concatenate([[0], np.cumsum(moved.terminated - moved.reopened)[:-1]])
    assert (debts.available == counts.available - moved.reopened + held).all()


@pytest.mark.full
def test_definitions_are_varied_one_at_a_time(court):
    _, counts, moved = court
    assert (without_reopened(counts, moved).filed == counts.filed - moved.reopened).all()
    assert (without_moved(counts, moved).closed == counts.closed - moved.moved).all()
    variants = robustness_table(read(counts), moved)["variant"].str.split("\n").str[1].tolist()
    assert "filings without cases taken up again" in variants
    assert "closings without cases moved elsewhere" in variants
    assert "filings without cases taken up again" not in "".join(robustness_table(read(counts))["variant"])


def test_without_a_register_or_modes_nothing_is_said_of_debts(court):
    series, _, _ = court
    assert moved_of(series, None) is None
    bare = Cases.from_frames(
        pd.DataFrame({"filed_on": ["2006-03-01"], "closed_on": ["2006-04-01"]}), as_of="2010-12-31"
    )
    assert moved_of(series, bare) is None
