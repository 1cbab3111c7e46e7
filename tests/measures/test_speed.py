"""A register of 2,000 cases: all measures in under 3 s, the libraries being loaded."""

from __future__ import annotations

from time import process_time

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.measures.caseflow import caseflow
from analysis.measures.coercion import coercive_measures
from analysis.measures.durations.ages import pending_ages
from analysis.measures.durations.cox import cox_model
from analysis.measures.durations.durations import closing_incidence, time_to_close
from analysis.measures.indicators.indicators import indicators
from analysis.measures.limits.bunching import limit_bunching
from analysis.measures.limits.deadlines import deadlines
from analysis.measures.officers.responsibility import responsibility_ledger
from analysis.measures.officers.scorecard import officer_scorecard
from analysis.measures.petitions import petitions
from analysis.sample.folder import sample_path


def everything(cases: an.Cases) -> None:
    caseflow(cases, freq="M")
    indicators(cases, periods=[2010, 2011])
    petitions(cases, periods=[2010, 2011])
    coercive_measures(cases, periods=[2010, 2011])
    deadlines(cases)
    time_to_close(cases, by="has_property")
    closing_incidence(cases)
    cox_model(cases)
    pending_ages(cases)
    limit_bunching(cases)
    officer_scorecard(cases, period=2011)
    responsibility_ledger(cases)


@pytest.mark.slow
def test_all_measures_of_the_sample():
    cases = an.read_cases(sample_path("register"), as_of="2011-12-31")
    everything(cases)  # loads the libraries
    before = process_time()
    everything(cases)
    assert process_time() - before < 3


@pytest.mark.full
def test_limits_of_money_rates_of_a_thousand_courts_are_not_drawn_court_by_court():
    """They were bootstrapped group by group, which took as long again as all else."""
    number = np.arange(20_000)
    claimed = np.exp(10 + (number * 0.618034) % 3)
    frame = pd.DataFrame(
        {
            "case_no": number.astype(str), "court": (number % 1_000).astype(str), "case_type": "first", "filed_on": "2011-01-04",
            "closed_on": "2011-06-01", "closure_mode": "completed", "amount_claimed": claimed,
            "amount_recovered": claimed * ((number * 0.37) % 1),
        }
    )  # fmt: skip
    asked = {"periods": [2011], "definitions": "fujin-2012", "by": "court"}

    def took(rows: pd.DataFrame) -> float:
        cases = an.Cases.from_frames(rows, as_of="2011-12-31")
        before = process_time()
        table = indicators(cases, **asked)
        taken = process_time() - before
        assert table.loc[table["indicator"] == "recovery_rate", "value"].notna().sum() == (
            rows["court"].nunique() if "amount_recovered" in rows else 0
        )
        return taken

    took(frame[number % 1_000 < 10])  # what is loaded at the first call
    counts, money = took(frame.drop(columns=["amount_claimed", "amount_recovered"])), took(frame)
    assert money < 1.5 * counts, (money, counts)
