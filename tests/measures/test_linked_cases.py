"""Limits where cases of one debtor belong together: coverage by simulation, and what a register without debtors gets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import Cases
from analysis.measures import linked_cases
from analysis.measures.indicators.indicators import indicators
from analysis.measures.intervals import log_ratio, poisson, wilson
from analysis.vocabulary.errors import ArgumentError

RUNS = 800
BATCHES = {"singles and batches": [1] * 100 + [10] * 5, "all in fives": [5] * 40, "one large": [1] * 300 + [60]}


@pytest.mark.parametrize("sizes", BATCHES)
@pytest.mark.parametrize(("share", "together"), [(0.5, 1.0), (0.8, 1.0), (0.8, 0.5), (0.95, 1.0), (0.8, 0.0)])
def test_limits_of_a_share_hold_it_where_batches_go_one_way(sizes, share, together):
    rng = np.random.default_rng(1)
    size = np.tile(BATCHES[sizes], (RUNS, 1))
    alike = rng.random(size.shape) < together
    closed = np.where(alike, size * (rng.random(size.shape) < share), rng.binomial(size, share))
    of = linked_cases.Clusters(np.arange(size.size), np.repeat(np.arange(RUNS), size.shape[1]), RUNS)
    lower, upper = linked_cases.proportion(closed.ravel(), size.ravel(), of)
    below, above = np.mean(lower > share), np.mean(upper < share)
    assert 1 - below - above >= 0.92
    assert max(below, above) <= 0.085
    if together == 1:
        plain = wilson(closed.sum(1), size.sum(1))
        assert np.mean((plain[0] <= share) & (share <= plain[1])) < np.mean((lower <= share) & (share <= upper))


def test_cases_that_stand_alone_have_the_usual_limits():
    of = linked_cases.clusters(np.repeat([0, 1], 50), -np.ones(100, int), 2)
    closed = (np.arange(100) % 3 == 0).astype(float)
    base = np.ones(100)
    hits = [closed[:50].sum(), closed[50:].sum()]
    np.testing.assert_allclose(linked_cases.proportion(closed, base, of), wilson(hits, [50, 50]), rtol=1e-12)
    np.testing.assert_allclose(linked_cases.count(closed, of), poisson(hits), rtol=1e-12)
    filed = (np.arange(100) % 2 == 0).astype(float)
    both = [(closed * filed)[:50].sum(), (closed * filed)[50:].sum()]
    usual = log_ratio(hits, [filed[:50].sum(), filed[50:].sum()], both)
    np.testing.assert_allclose(linked_cases.log_ratio(closed, filed, of), usual, rtol=1e-9)


def rows(debtors) -> pd.DataFrame:
    """A hundred cases of which sixty, filed on a day, were closed on a day."""
    return pd.DataFrame(
        {
            "case_no": [f"（2011）岚执字第{i}号" for i in range(1, 101)],
            "filed_on": "2011-03-01",
            "closed_on": ["2011-06-01"] * 60 + ["2011-07-01", None] * 20,
            "closure_mode": ["completed"] * 60 + ["completed", None] * 20,
            "amount_claimed": 10_000.0 + np.arange(100),
            "amount_recovered": 5_000.0,
            "debtor_id": debtors,
        }
    )


@pytest.mark.full
def test_a_register_that_knows_debtors_has_wider_limits_and_says_so():
    apart = Cases.from_frames(rows([f"甲{i}" for i in range(100)]), as_of="2011-12-31")
    batch = Cases.from_frames(rows(["甲"] * 60 + [None] * 40), as_of="2011-12-31")
    wanted = ["closure_rate", "received", "clearance_rate"]
    plain, wide = (
        indicators(cases, periods=[2011], only=wanted).set_index("indicator").sort_index() for cases in (apart, batch)
    )
    assert plain["value"].equals(wide["value"])
    known = plain["lower"].notna()
    assert known.any()
    assert ((wide["upper"] - wide["lower"]) >= (plain["upper"] - plain["lower"]))[known].all()
    assert wide.loc["closure_rate", "upper"] - wide.loc["closure_rate", "lower"] > 2 * (
        plain.loc["closure_rate", "upper"] - plain.loc["closure_rate", "lower"]
    )
    assert linked_cases.LINKED.zh in str(wide.loc["closure_rate", "note"])
    assert linked_cases.LINKED.zh not in str(plain.loc["closure_rate", "note"])


def test_money_of_one_debtor_counts_as_one_claim():
    rng = np.random.default_rng(3)
    frame = rows([f"甲{i // 2}" for i in range(100)])
    frame["amount_claimed"] = rng.lognormal(10, 1.5, 100).round(2)
    frame["amount_recovered"] = (frame["amount_claimed"] * (np.arange(100) // 2 % 2)).round(2)
    found = indicators(
        Cases.from_frames(frame, as_of="2011-12-31"), periods=[2011], only=["recovery_rate"], names=True
    ).iloc[0]
    assert "50件" in str(found["note"]), "eighty closed cases of fifty debtors"


def test_nothing_is_grouped_or_picked_by_debtor():
    cases = Cases.from_frames(rows(["甲"] * 100), as_of="2011-12-31")
    assert "debtor_id" not in cases.to_pandas()
    for asked in (
        lambda: indicators(cases, periods=[2011], by="debtor_id"),
        lambda: cases.where(names=True, debtor_id="甲"),
    ):
        with pytest.raises(ArgumentError, match="被执行人代号"):
            asked()
