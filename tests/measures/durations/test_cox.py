"""Cox models against Fox's published table, lifelines, and small registers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.durations.cox import cox_model, fit_cox
from analysis.vocabulary.errors import ArgumentError, DataError

ROSSI = pd.read_csv(Path(__file__).parents[2] / "data/survival/rossi.csv")


def test_rossi_gives_foxs_table():
    table, fit = fit_cox(ROSSI["week"], ROSSI["arrest"], ROSSI.drop(columns=["week", "arrest"]))
    published = {
        "fin": (-0.37942, 0.19138), "age": (-0.05744, 0.02200), "race": (0.31390, 0.30799), "wexp": (-0.14980, 0.21222),
        "mar": (-0.43370, 0.38187), "paro": (-0.08487, 0.19576), "prio": (0.09150, 0.02865),
    }  # fmt: skip
    found = table[["coefficient", "standard_error"]].round(5)
    assert {name: tuple(row) for name, *row in found.itertuples()} == published
    assert round(fit["log_likelihood"].iloc[0], 3) == -658.748
    assert round(fit["statistic"].iloc[0], 2) == 33.27
    assert fit["df"].iloc[0] == 7


def test_hazards_that_are_not_proportional_show():
    from lifelines import CoxPHFitter
    from lifelines.statistics import proportional_hazard_test

    table, _ = fit_cox(ROSSI["week"], ROSSI["arrest"], ROSSI.drop(columns=["week", "arrest"]))
    theirs = proportional_hazard_test(CoxPHFitter().fit(ROSSI, "week", "arrest"), ROSSI, time_transform="rank")
    np.testing.assert_allclose(table["proportional_p"], theirs.summary["p"].loc[table.index], atol=0.03)
    assert (table["proportional_p"] < 0.01).sum() == 2  # age and work experience


def register(size: int = 300, seed: int = 4) -> Cases:
    rng = np.random.default_rng(seed)
    filed = pd.Timestamp("2010-07-01") + pd.to_timedelta(rng.integers(0, 500, size), unit="D")
    has = rng.random(size) < 0.6
    days = rng.geometric(np.where(has, 0.02, 0.008), size) - 1
    closed = filed + pd.to_timedelta(days, unit="D")
    basis = rng.choice(["civil", "arbitration"], size, p=[0.8, 0.2])
    frame = pd.DataFrame(
        {
            "filed_on": filed,
            "closed_on": closed,
            "has_property": has,
            "basis": basis,
            "amount_claimed": np.exp(rng.normal(10, 1, size)).round(2),
        }
    )
    return Cases.from_frames(frame, as_of="2011-12-31")


def test_late_entry_agrees_with_lifelines():
    from lifelines import CoxPHFitter

    cases = register()
    found = cox_model(cases, covariates=["has_property", "amount_claimed"], observed_from="2011-01-01", names=True)
    rows = cases.known().to_pandas()
    begin, cut = pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31")
    rows = rows[rows["closed_on"].isna() | (rows["closed_on"] >= begin)]
    frame = pd.DataFrame(
        {
            "time": (rows["closed_on"].fillna(cut) - rows["filed_on"]).dt.days + 1,
            "event": rows["closed_on"].notna(),
            "entry": (begin - rows["filed_on"]).dt.days.clip(lower=0),
            "no": 1.0 - rows["has_property"].astype("float"),
            "amount": np.log2(rows["amount_claimed"]),
        }
    )
    theirs = CoxPHFitter().fit(frame, "time", "event", entry_col="entry")
    np.testing.assert_allclose(found.table["coefficient"], theirs.params_, atol=1e-5)
    np.testing.assert_allclose(found.table["standard_error"], theirs.standard_errors_, rtol=1e-3)


def test_the_table_says_what_is_compared_with_what():
    table = cox_model(register(), covariates=["basis", "has_property", "amount_claimed"], names=True).table
    assert table["covariate"].tolist() == ["basis", "has_property", "amount_claimed"]
    assert table["level"].tolist() == ["arbitration", "no", "×2"]
    assert table["reference"].tolist() == ["civil", "yes", ""]
    assert table.loc["has_property=no", "upper"] < 1  # without property, cases close later: the truth of the simulation
    assert (table["lower"] < table["hazard_ratio"]).all()


def test_what_is_left_out_is_said():
    frame = pd.DataFrame(
        {
            "filed_on": ["2011-01-01"] * 9,
            "closed_on": [
                "2011-01-05",
                "2011-02-01",
                "2011-03-01",
                "2011-01-09",
                "2011-03-05",
                "2011-04-01",
                None,
                None,
                None,
            ],
            "basis": ["civil"] * 3 + ["arbitration"] * 3 + ["criminal"] * 2 + ["civil"],
            "amount_claimed": [1, 4, 2, 5, 9, 3, 4, 7, None],
        }
    )
    model = cox_model(Cases.from_frames(frame, as_of="2011-12-31"), covariates=["basis", "amount_claimed"], names=True)
    assert model.fit["cases"].tolist() == [6]
    assert "criminal" in model.caption.en
    assert "3 cases" in model.caption.en


@pytest.mark.full
def test_what_cannot_be_modelled_is_refused():
    with pytest.raises(ArgumentError, match="basis"):
        cox_model(register(), covariates=["filed_on"])
    with pytest.raises(ArgumentError, match="basis"):
        cox_model(register(), covariates=["case_no"])  # what stands for a number may be a name
    with pytest.raises(ArgumentError):
        cox_model(register(), covariates=["property"])
    with pytest.raises(DataError):
        cox_model(register(), covariates=["court"])  # does not vary
    closed = register().known().to_pandas().dropna(subset="closed_on")
    with pytest.raises(DataError, match="observed_from"):
        cox_model(Cases.from_frames(closed, as_of="2011-12-31"))
    with pytest.raises(DataError):
        cox_model(Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31"))


@pytest.mark.parametrize("amount", ["amount_claimed", "amount_recovered"])
def test_outside_an_amount_is_no_covariate_as_a_few_models_would_tell_that_of_a_case(amount):
    with pytest.raises(ArgumentError, match="names=True"):
        cox_model(register().where(filed_on="2011-01"), covariates=["basis", amount])


def test_nor_is_the_team_of_a_part_of_a_register():
    with pytest.raises(ArgumentError, match="names=True"):
        cox_model(register().where(filed_on="2011-01"), covariates=["team"], observed_from="2011-01-01")
