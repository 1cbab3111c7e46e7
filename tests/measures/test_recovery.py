import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.measures.recovery import recovery_rates
from analysis.vocabulary.errors import ArgumentError, DataError


def test_the_three_are_those_of_the_rows(sample_cases):
    rows = sample_cases.to_pandas(names=True)
    closed = rows[rows["closed_on"].between("2011-01-01", "2011-12-31") & (rows["amount_claimed"] > 0)]
    known = closed.dropna(subset=["amount_recovered"])
    ratios = known["amount_recovered"] / known["amount_claimed"]
    found = recovery_rates(sample_cases, periods=2011, names=True).iloc[0]
    assert found["cases"] == len(known)
    assert found["rate_of_sums"] == pytest.approx(100 * known["amount_recovered"].sum() / known["amount_claimed"].sum())
    assert found["mean_rate"] == pytest.approx(100 * np.mean(ratios))
    assert found["median_rate"] == pytest.approx(100 * np.median(ratios))
    assert found["unfilled"] == len(closed) - len(known)


def test_each_has_a_heading_of_its_own(sample_cases):
    headings = list(an.labelled(recovery_rates(sample_cases, periods=2011, names=True)).columns)
    assert [h for h in headings if "到位率" in h] == ["总额到位率（%）", "件均到位率（%）", "中位到位率（%）"]


def test_a_year_without_amounts_is_missing_and_never_0():
    rows = {
        "filed_on": "2011-01-04",
        "closed_on": "2011-03-01",
        "amount_claimed": [1.0, 2.0],
        "amount_recovered": [None, 1.0],
    }
    found = recovery_rates(Cases.from_frames(pd.DataFrame(rows), as_of="2012-12-31"), periods=[2012], names=True)
    assert found["cases"].tolist() == [0]
    assert found[["rate_of_sums", "mean_rate", "median_rate"]].isna().all(axis=None)


def test_it_is_for_use_inside_and_needs_both_amounts(sample_cases):
    with pytest.raises(ArgumentError, match="names=True"):
        recovery_rates(sample_cases, periods=2011)
    bare = Cases.from_frames(
        pd.DataFrame({"filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]}), as_of="2011-12-31"
    )
    with pytest.raises(DataError, match="申请执行标的额"):
        recovery_rates(bare, periods=2011, names=True)
