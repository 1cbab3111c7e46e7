"""Funnels: limits, flags, over-dispersion, baselines, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from analysis.inference.peers.dispersion import consistency, expected_shares, spread
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.limits import smooth_limits
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import shrink
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import speaking

COUNTS = {"group": "court", "numerator": "closed", "denominator": "received", "kind": "proportion"}
FIRST = ["court", "numerator", "denominator", "value", "lower_95", "upper_95", "lower_998", "upper_998"]


def courts(closed: list, received: list, **more: list) -> pd.DataFrame:
    return pd.DataFrame(
        {"court": [f"法院{i}" for i in range(len(closed))], "closed": closed, "received": received} | more
    )


@pytest.fixture
def many() -> pd.DataFrame:
    rng = np.random.default_rng(20120611)
    received = rng.integers(30, 3000, 200)
    return courts(rng.binomial(received, rng.beta(190, 10, 200)), received)


def test_columns_come_first_in_their_order(many):
    assert list(funnel(many, **COUNTS).table.columns[:10]) == [*FIRST, "outside_95", "outside_998"]


def test_input_is_not_changed(many):
    before = many.copy()
    funnel(many, **COUNTS, adjust="additive", highlight="法院3")
    pd.testing.assert_frame_equal(many, before)


def test_proportion_limits_are_binomial_quantiles(many):
    table = funnel(many, **COUNTS).table
    theta = table["numerator"].sum() / table["denominator"].sum()
    np.testing.assert_array_equal(
        table["lower_95"], binom.ppf(0.025, table["denominator"], theta) / table["denominator"]
    )
    np.testing.assert_array_equal(
        table["upper_998"], binom.ppf(0.999, table["denominator"], theta) / table["denominator"]
    )


@given(st.integers(1, 400), st.floats(0.02, 0.98))
@settings(deadline=None, max_examples=25)
@pytest.mark.full
def test_a_court_at_the_baseline_is_flagged_at_most_nominally(n, theta):
    """Every possible count of n cases, weighted with its chance: at most 5% and 0.2% lie outside."""
    counts = np.arange(n + 1)
    table = funnel(courts(counts, np.full(n + 1, n)), **COUNTS, baseline=theta).table
    chance = binom.pmf(counts, n, theta)
    assert chance[table["outside_95"]].sum() <= 0.05 + 1e-9
    assert chance[table["outside_998"]].sum() <= 0.002 + 1e-9


def test_funnel_of_the_unclosed_flags_the_same_courts(many):
    mirrored = many.assign(closed=many["received"] - many["closed"])
    for level in ("outside_95", "outside_998"):
        np.testing.assert_array_equal(funnel(many, **COUNTS).table[level], funnel(mirrored, **COUNTS).table[level])


def test_no_court_changes_side_between_the_line_and_its_own_limits(many):
    fun = funnel(many, **COUNTS)
    for side, beyond in (("lower_95", np.less), ("upper_95", np.greater)):
        line = np.interp(fun.table["denominator"], fun.limits["denominator"], fun.limits[side])
        on_grid = fun.table["denominator"].isin(fun.limits["denominator"])
        drawn = beyond(fun.table["value"], line)
        told = beyond(fun.table["value"], fun.table[side])
        np.testing.assert_array_equal(drawn[on_grid], told[on_grid])


@pytest.mark.full
def test_no_differences_flag_no_more_than_the_nominal_share():
    rng = np.random.default_rng(1)
    flagged = {"outside_95": 0, "outside_998": 0}
    runs, size = 40, 250
    for _ in range(runs):
        received = rng.integers(20, 1500, size)
        for adjust in (None, "multiplicative", "additive"):
            table = funnel(
                courts(rng.binomial(received, 0.95), received), **COUNTS, adjust=adjust, corrected=True
            ).table
            for name in flagged:
                flagged[name] += table[name].sum()
    total = 3 * runs * size
    assert flagged["outside_95"] / total <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / total)
    assert flagged["outside_998"] / total <= 0.002 + 3 * np.sqrt(0.002 / total)


def test_trimmed_and_winsorised_phi_are_too_small_by_the_named_factors():
    z = np.random.default_rng(2).normal(0, 3, 40_000)
    for trimming, factor in (("winsorised", 0.679), ("trimmed", 0.438)):
        assert consistency(trimming) == factor
        shares = expected_shares(z, np.ones_like(z), trimming=trimming).set_index("adjustment")
        assert shares.loc["multiplicative", "phi"] / 9 == pytest.approx(factor, rel=0.03)
        assert shares.loc["additive_corrected", "flagged_998"] == pytest.approx(0.002, abs=1e-4)
        assert shares.loc["additive", "flagged_998"] > 0.009


def test_shares_say_what_simulation_finds():
    """Courts that differ by normal variance only: the share printed for the SHMI adjustment is the share flagged."""
    rng = np.random.default_rng(3)
    expected = rng.uniform(50, 4000, 3000)
    observed = rng.poisson(expected * np.exp(rng.normal(0, 0.17, 3000)))
    table = pd.DataFrame({"court": np.arange(3000), "o": observed, "e": expected})
    fun = funnel(table, group="court", numerator="o", denominator="e", kind="ratio", adjust="shmi")
    said = fun.shares.query("adjustment == 'additive' and trimming == 'trimmed'")["flagged_998"].iloc[0]
    assert 0.03 < said < 0.07
    assert fun.table["outside_998"].mean() == pytest.approx(said, abs=0.01)
    corrected = funnel(
        table, group="court", numerator="o", denominator="e", kind="ratio", adjust="shmi", corrected=True
    )
    assert corrected.table["outside_998"].mean() < 0.006


def test_adjustment_only_ever_widens(many):
    even = courts([95] * 12, [100] * 12)
    fun = funnel(even, **COUNTS, adjust="multiplicative")
    assert not fun.dispersion["adjusted"]
    pd.testing.assert_frame_equal(fun.table, funnel(even, **COUNTS).table)
    wide, exact = funnel(many, **COUNTS, adjust="multiplicative"), funnel(many, **COUNTS)
    assert wide.dispersion["adjusted"]
    assert wide.table["outside_998"].sum() < exact.table["outside_998"].sum()


def test_baselines():
    table = courts([90, 95, 80] + [93] * 9, [100] * 12)
    assert funnel(table, **COUNTS).table["baseline"].eq(1102 / 1200).all()
    few = table.head(3)
    assert funnel(few, **COUNTS, target=0.95).table["baseline"].eq(0.95).all()
    inside = funnel(few, **COUNTS, baseline=(0.78, 0.97))
    assert not inside.table["outside_95"].any()
    assert (inside.table["z"] == 0).all()
    np.testing.assert_array_equal(inside.table["lower_95"], binom.ppf(0.025, 100, 0.78) / 100)
    with pytest.raises(ArgumentError, match="target"):
        funnel(few, **COUNTS, baseline=0.9, target=0.9)
    for wrong in (95, (0.9, 0.8), "everyone", 0.0):
        with pytest.raises(ArgumentError):
            funnel(few, **COUNTS, baseline=wrong)


@pytest.mark.parametrize("expected", [2, 5, 15, 50, 500])
def test_a_count_is_flagged_if_and_only_if_its_own_tail_is_at_most_nominal(expected):
    """Every count enumerated: the chance of a flag on either side is that of the Poisson table, and never above nominal."""
    counts = np.arange(poisson.isf(1e-15, expected) + 2)
    table = pd.DataFrame({"court": counts.astype(str), "o": counts, "e": expected})
    found = funnel(table, group="court", numerator="o", denominator="e", kind="ratio").table
    chance = poisson.pmf(counts, expected)
    below, above = found["value"] < 1, found["value"] > 1
    for name, tail in (("outside_95", 0.025), ("outside_998", 0.001)):
        low, high = chance[found[name] & below].sum(), chance[found[name] & above].sum()
        cdf, sf = poisson.cdf(counts, expected), poisson.sf(counts - 1, expected)
        assert low == pytest.approx(max(cdf[cdf <= tail], default=0), abs=1e-9)
        assert high == pytest.approx(max(sf[sf <= tail]), abs=1e-9)
        assert max(low, high) <= tail
        level = name.removeprefix("outside_")
        by_limits = (found["value"] < found[f"lower_{level}"]) | (found["value"] > found[f"upper_{level}"])
        assert by_limits.equals(found[name].rename(None))


def test_published_limits_of_a_mean_flag_too_many_and_are_named():
    table = pd.DataFrame({"court": list("甲乙"), "o": [0, 3], "e": [2.0, 2.0]})
    call = {"group": "court", "numerator": "o", "denominator": "e", "kind": "ratio"}
    assert not funnel(table, **call).table["outside_95"].any()
    published = funnel(table, **call, limits="garwood")
    assert published.table["outside_998"].tolist() == [True, False]
    assert "Garwood" in published.caption.en
    with pytest.raises(ArgumentError, match="garwood"):
        funnel(courts([9, 8], [10, 10]), **COUNTS, target=0.9, limits="garwood")
    with pytest.raises(ArgumentError, match="exact"):
        funnel(table, **call, limits="apho")


@pytest.mark.parametrize("theta", [0.3, 1.0])
def test_drawn_lines_of_counts_part_the_same_counts_as_the_verdicts(theta):
    exposure = np.repeat(np.arange(1.0, 120, 7), 40)
    table = pd.DataFrame({"court": np.arange(exposure.size), "o": np.tile(np.arange(40), 17), "e": exposure})
    fun = funnel(table, group="court", numerator="o", denominator="e", kind="rate", baseline=theta)
    for level in (0.95, 0.998):
        low, high = smooth_limits("rate", exposure, (theta, theta), level)
        outside = fun.table["outside_95" if level == 0.95 else "outside_998"]
        np.testing.assert_array_equal(outside, (fun.table["value"] < low - 1e-12) | (fun.table["value"] > high + 1e-12))


def test_numerators_of_printed_rates_are_rounded_and_that_is_said():
    table = pd.DataFrame({"court": list("甲乙"), "o": [4.4, 23.6], "e": [15.0, 15.0]})
    fun = funnel(table, group="court", numerator="o", denominator="e", kind="ratio")
    whole = funnel(table.assign(o=[4, 24]), group="court", numerator="o", denominator="e", kind="ratio")
    assert fun.table["outside_95"].tolist() == whole.table["outside_95"].tolist() == [True, True]
    assert "2家的分子不是整数" in fun.caption.zh
    assert "整数" not in whole.caption.zh


def test_under_ten_courts_have_no_limits_no_spread_and_no_place():
    fun = funnel(courts([95] * 8 + [20], [100] * 9), **COUNTS, highlight="法院8")
    assert fun.table[FIRST[4:]].isna().all(axis=None)
    assert fun.table["outside_95"].isna().all()
    assert fun.limits.empty
    assert "phi" not in fun.dispersion
    assert "9家（不足10家）" in fun.why_no_limits.zh
    assert fun.highlight == ("法院8",)
    ten = funnel(courts([95] * 9 + [20], [100] * 10), **COUNTS)
    assert ten.table["outside_998"].any()
    target = funnel(courts([95] * 8 + [20], [100] * 9), **COUNTS, target=0.9, adjust="additive")
    assert target.table["outside_998"].tolist() == [False] * 8 + [True]
    assert target.dispersion["phi"] == 1
    assert "φ = 1" in target.caption.zh


def printed_rows(years: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"court": f"院{i}", "level": "basic", "scope": "执行案件", "period_start": f"{year}-01-01",
             "period_end": f"{year}-12-31", "received": str(300 + 40 * i), "closed": str(280 + 30 * i)}
            for i, year in enumerate(years)
        ]
    )  # fmt: skip


@pytest.mark.full
def test_courts_of_different_years_are_not_compared_however_many():
    """Six courts of six years stood in every report, every one outside the limits (φ = 39)."""
    six = funnel(printed_rows([2008, 2009, 2010, 2011, 2012, 2013]), indicator="closure_rate")
    assert six.why_no_limits.en.startswith("only 1 court of one")
    many = funnel(printed_rows([2010] * 9 + [2011] * 9), indicator="closure_rate")
    assert many.table["outside_95"].isna().all()
    assert "年度不同" in many.caption.zh
    for other in (shrink, rank_intervals):
        with pytest.raises(DataError, match="2010至2011"):
            other(printed_rows([2010] * 9 + [2011] * 9), indicator="closure_rate")
    fun = funnel(printed_rows([2010] * 12 + [2011] * 3), indicator="closure_rate")
    assert len(fun.table) == 12
    assert fun.excluded["reason"].tolist() == ["few_peers"] * 3
    assert "年度不同" not in fun.caption.zh, "those that are left are of one year"
    with pytest.raises(ArgumentError, match="不足十家"):
        funnel(printed_rows([2010] * 12 + [2011] * 3), indicator="closure_rate", highlight="院14")


def test_each_year_has_its_own_level():
    rows = printed_rows([2010] * 10 + [2011] * 10)
    later = rows["period_end"].str.startswith("2011")
    rows.loc[later, "closed"] = (rows.loc[later, "received"].astype(int) * 0.8).astype(int).astype(str)
    fun = funnel(rows, indicator="closure_rate")
    assert fun.table.groupby("year")["baseline"].nunique().tolist() == [1, 1]
    assert fun.table.groupby("year")["baseline"].first().diff().iloc[1] < -0.05
    assert set(fun.limits["year"]) == {2010, 2011}


def test_unknown_highlight_is_an_error_that_names_the_nearest(many):
    with pytest.raises(ArgumentError, match="法院1"):
        funnel(many, **COUNTS, highlight="法院1号")
    with speaking("en"), pytest.raises(ArgumentError, match="denominator is zero"):
        funnel(courts([1, 0], [2, 0]), **COUNTS, highlight="法院1")
    assert funnel(many, **COUNTS, highlight=["法院1", "法院2"]).highlight == ("法院1", "法院2")


def test_other_names_of_the_literature_are_understood(many):
    trimmed = funnel(many, **COUNTS, adjust="additive", trimming="trimmed").dispersion
    for call in (
        {"adjust": "SHMI"},
        {"adjust": "additive", "trimming": "shmi"},
        {"adjust": "additive", "trimming": "truncated"},
    ):
        assert funnel(many, **COUNTS, **call).dispersion["tau2"] == trimmed["tau2"]


@pytest.mark.parametrize(
    "call",
    [
        {"adjust": "bayes"},
        {"adjust": "additive", "trimming": "cut"},
        {"adjust": "additive", "trim": 0.5},
        {"transform": "log"},
    ],
)
def test_unknown_choices_are_refused(many, call):
    with pytest.raises(ArgumentError):
        funnel(many, **COUNTS, **call)


def test_what_cannot_be_compared():
    with pytest.raises(DataError, match="法院1"):
        funnel(courts([1, 9], [2, 3]), **COUNTS)
    with pytest.raises(DataError):
        funnel(courts([-1], [3]), **COUNTS)
    with pytest.raises(DataError):
        funnel(courts([1.5], [3]), **COUNTS)
    with pytest.raises(DataError):
        funnel(courts([0], [0]), **COUNTS)
    with pytest.raises(InputError, match="receved"):
        funnel(courts([1], [3]), **(COUNTS | {"denominator": "receved"}))
    with pytest.raises(InputError, match="约三百"):
        funnel(courts(["约三百"], ["400"]), **COUNTS)
    with pytest.raises(ArgumentError):
        funnel(courts([1], [3]))


def test_zero_bases_and_missing_counts_are_listed():
    fun = funnel(courts([5, 0, None], [10, 0, 7]), **COUNTS)
    assert fun.table["court"].tolist() == ["法院0"]
    assert fun.excluded["reason"].tolist() == ["zero", "counts"]


def test_one_court_and_text_counts():
    fun = funnel(courts(["1,2万件"], ["1.5万件"]).replace("1,2万件", "1.2万件"), **COUNTS)
    assert fun.table[["numerator", "denominator"]].values.tolist() == [[12000, 15000]]
    assert not fun.table["outside_95"].any()


def test_huge_counts_stay_exact():
    fun = funnel(courts([9_500_000, 9_000_000], [10_000_000, 10_000_000]), **COUNTS, target=0.925)
    assert fun.table["outside_998"].all()
    assert np.isfinite(fun.table[FIRST[4:]]).all().all()


def test_no_events_at_all():
    fun = funnel(courts([0, 0], [5, 8]), group="court", numerator="closed", denominator="received", kind="rate")
    assert fun.table["value"].eq(0).all()
    assert not fun.table["outside_95"].any()


def test_rows_of_one_group_are_added_up():
    twice = pd.concat([courts([5, 7], [10, 9])] * 2)
    assert funnel(twice, **COUNTS).table["denominator"].tolist() == [20, 18]


def test_three_thousand_courts_in_seconds():
    import time

    rng = np.random.default_rng(5)
    received = rng.integers(20, 9000, 3000)
    table = courts(rng.binomial(received, 0.95), received)
    start = time.process_time()
    funnel(table, **COUNTS, adjust="additive")
    assert time.process_time() - start < 5


def test_clearance_draws_both_limits():
    table = courts([383, 300], [371, 320], opening=[15, 40])
    fun = funnel(
        table,
        group="court",
        numerator="closed",
        denominator="received",
        opening="opening",
        kind="clearance",
        target=1.0,
    )
    first = fun.table.iloc[0]
    assert 0.009 <= first["se_lower"] <= first["standard_error"] <= 0.011
    assert first["se_upper"] == pytest.approx(0.01126, abs=5e-6)
    assert first["lower_95"] < first["inner_lower_95"] < first["baseline"] < first["inner_upper_95"] < first["upper_95"]
    with pytest.raises(DataError):
        funnel(pd.concat([table, table]), group="court", numerator="closed", denominator="received", kind="clearance")


def test_a_clearance_that_is_certain_does_not_stretch_the_lines():
    counts = {
        "closed": [95, 210, 400],
        "filed": [100, 200, 400],
        "opening": [10, 30, 0],
    }  # the last closed what it filed
    found = funnel(
        pd.DataFrame({"court": list("甲乙丙"), **counts}),
        group="court", numerator="closed", denominator="filed", kind="clearance", opening="opening", target=1.0,
    )  # fmt: skip
    assert found.limits["denominator"].max() < 1e5


@pytest.mark.parametrize("trim", [0.05, 0.1, 0.15, 0.2, 0.3])
def test_trimming_drops_as_much_at_either_end(trim):
    z = np.linspace(-3, 3, 199)
    assert spread(z, np.ones(199), trimming="trimmed", trim=trim).used == pytest.approx(199 * (1 - 2 * trim), abs=1)


def test_a_court_that_closed_just_what_it_filed_is_not_certain():
    """One case filed and the same closed: no case apart is no proof that chance moves nothing."""
    courts = pd.DataFrame({"court": list("abc"), "c": [383, 1, 100], "f": [371, 1, 100], "o": [15, 0, 0]})
    call = {"numerator": "c", "denominator": "f", "opening": "o", "kind": "clearance"}
    table = funnel(courts, **call, target=1.0).table.set_index("court")
    assert table["se_upper"].round(4).tolist() == [0.0113, 0, 0]
    assert not table["outside_998"].any()
    assert table.loc["b", "lower_95"] < 0.2
    assert table.loc["b", "upper_95"] > 5
    assert rank_intervals(courts, **call).set_index("court").loc["b", ["lower", "upper"]].tolist() == [1, 3]
