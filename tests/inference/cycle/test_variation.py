"""Marks of variation and assurance: each rule by hand, how often chance alone is marked, and what is not judged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.variation import variation_table
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.periods import named_period
from analysis.vocabulary.tables import table_html

STEADY = [50, 54, 47, 52, 49, 55, 48, 51, 46, 53, 50, 54, 47, 52, 49, 51]


def months(values, indicator="rate", unit="%") -> pd.DataFrame:
    span = pd.period_range("2010-01", periods=len(values), freq="M")
    return pd.DataFrame(
        {
            "indicator": indicator,
            "period_start": span.start_time,
            "period_end": span.end_time,
            "value": values,
            "unit": unit,
        }
    )


def mark(values, direction="higher", **given) -> pd.Series:
    return variation_table(months(values), directions={"rate": direction}, **given).table.iloc[0]


@pytest.mark.parametrize(
    ("end", "direction", "expected", "rule"),
    [
        ([51], "higher", "common", ""),
        ([75], "higher", "improving", "beyond_limits"),
        ([75], "lower", "worsening", "beyond_limits"),
        ([75], "none", "high", "beyond_limits"),
        ([25], "higher", "worsening", "beyond_limits"),
        ([25], "none", "low", "beyond_limits"),
        ([44, 46, 47, 50, 53, 55, 57], "lower", "worsening", "trend"),
        ([46, 47, 50, 53, 55, 57], "lower", "common", ""),
        ([42, 43, 44, 45, 46, 47, 48], "higher", "improving", "run,trend"),
        ([54, 55, 54, 56, 54, 55, 54], "higher", "improving", "run"),
        ([53, 52, 54, 52, 53, 52], "higher", "common", ""),
        ([63, 53, 63], "higher", "improving", "two_of_three"),
        ([63, 49, 63], "higher", "common", ""),
    ],
)
def test_the_last_period_is_marked_by_the_rules_and_the_direction(end, direction, expected, rule):
    row = mark([*STEADY, *end], direction)
    assert row["variation"] == expected
    assert rule in row["rules"]


@pytest.mark.parametrize(("judged", "times"), [(1, 3.0), (12, 3.7667)])
def test_limits_are_a_prediction_interval_of_the_periods_before_that_all_indicators_share(judged, times):
    """``times``: what t with 14 degrees of freedom exceeds in 1.25% ÷ judged (R: qt), of one indicator the three of a control chart."""
    past = np.array(STEADY[:-1], float)
    rows = pd.concat([months(STEADY, f"rate{n}") for n in range(judged)])
    found = variation_table(rows).table
    reach = times * past.std(ddof=1) * np.sqrt(1 + 1 / 15)
    assert found[["centre", "lower", "upper"]].to_numpy() == pytest.approx(
        np.tile([past.mean(), past.mean() - reach, past.mean() + reach], (judged, 1)), rel=1e-3
    )


def test_one_far_month_long_ago_makes_no_run_of_those_after_it():
    """It draws the mean up, so that half a year of ordinary months lies below."""
    values = [*STEADY[:8], 400, *STEADY[:15]]
    row = mark(values)
    assert values[-1] < row["centre"] - 10
    assert row["variation"] == "common"


def test_a_run_must_be_the_longer_the_more_indicators_are_judged():
    end = [54, 55, 54, 56, 54, 55, 54]
    assert mark([*STEADY, *end])["variation"] == "improving"
    both = variation_table(pd.concat([months([*STEADY, *end], name) for name in ("rate", "other")])).table
    assert both["variation"].tolist() == ["common", "common"]
    both = variation_table(pd.concat([months([*STEADY, *end, 54], name) for name in ("rate", "other")])).table
    assert both["rules"].tolist() == ["run", "run"]


@pytest.mark.parametrize(("a_year_before", "expected"), [(75, "common"), (50, "high")])
def test_a_month_like_the_same_month_of_the_year_before_is_the_season(a_year_before, expected):
    values = [*STEADY, 50, 75]
    values[-13] = a_year_before
    assert mark(values, "none")["variation"] == expected


def test_an_indicator_with_blanks_is_not_judged():
    rows = months(STEADY).assign(least=[*[np.nan] * 15, 45.0])
    row = variation_table(rows).table.iloc[0]
    assert (row["variation"], row["assurance"]) == ("blank", "not_judged")
    assert "有未填的，不判断" in row["sentence"]


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        (20, "higher", "pass"),
        (90, "higher", "fail"),
        (50, "higher", "hit_or_miss"),
        (20, "lower", "fail"),
        (90, "lower", "pass"),
        (50, "none", "no_direction"),
        (None, "higher", "no_target"),
        (float("nan"), "higher", "no_target"),
    ],
)
def test_a_target_is_met_by_the_side_of_the_limits_on_which_it_lies(target, direction, expected):
    assert mark(STEADY, direction, targets={"rate": target})["assurance"] == expected


@pytest.mark.full
@pytest.mark.parametrize("draw", ["normal", "poisson", "overdispersed", "december"])
def test_where_nothing_happened_one_table_in_twenty_shows_a_mark_at_most(draw):
    """Ten independent indicators of 24 months: the worst case, as those of a court are alike; 3 standard errors of 200 tables on top."""
    rng = np.random.default_rng(1)
    month = np.where(np.arange(24) % 12 == 11, 1.6, 1.0)
    draws = {
        "normal": lambda: rng.normal(50, 5, 24), "poisson": lambda: rng.poisson(42, 24),
        "overdispersed": lambda: rng.negative_binomial(62, 1 / 3, 24), "december": lambda: rng.poisson(42, 24),
    }  # fmt: skip
    tables = [pd.concat([months(draws[draw](), f"i{n}") for n in range(10)]) for _ in range(200)]
    if draw == "december":  # closings surge at the end of both years
        tables = [pd.concat([table, months(rng.poisson(42 * month), "surge")]) for table in tables]
    marked = [variation_table(table).table["variation"].isin(["high", "low"]).any() for table in tables]
    assert np.mean(marked) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


@pytest.mark.full
@pytest.mark.parametrize(("deviations", "least"), [(5, 0.75), (6, 0.9)])
def test_a_month_far_out_is_mostly_marked_among_ten_indicators(deviations, least):
    rng = np.random.default_rng(2)
    marks = []
    for _ in range(200):
        others = [months(rng.normal(50, 5, 24), f"i{n}") for n in range(9)]
        table = variation_table(pd.concat([months([*rng.normal(50, 5, 23), 50 + 5 * deviations]), *others])).table
        marks.append(table["variation"].iloc[0] == "high")
    assert np.mean(marks) >= least


def test_what_has_few_periods_or_no_scatter_or_alike_neighbours_is_not_judged():
    walk = np.cumsum(np.random.default_rng(3).normal(0, 1, 24)) + 50
    rows = pd.concat([months(STEADY[:11], "short"), months([0] * 20 + [1, 0, 0, 5], "rare"), months(walk, "stock")])
    found = variation_table(rows, targets={"stock": 10}).table.set_index("indicator")
    assert found["variation"].to_dict() == {"short": "few", "rare": "few", "stock": "dependent"}
    assert set(found["assurance"]) == {"not_judged"}
    assert "不判断" in found.loc["stock", "sentence"]


def test_an_indicator_without_a_value_is_not_lost():
    rows = pd.concat([months(STEADY), months([np.nan] * len(STEADY), "empty")])
    caption = variation_table(rows).caption
    assert caption.zh.endswith("；另有1项没有数值")
    assert caption.en.endswith("; 1 more without a value")
    assert "没有数值" not in variation_table(months(STEADY)).caption.zh


@pytest.mark.parametrize(("freq", "said"), [("M", "2011年4月"), ("Q", "2013年第4季度"), ("Y", "2025年")])
def test_the_last_period_is_named_as_a_reader_names_it(freq, said):
    span = pd.period_range("2010-01", periods=len(STEADY), freq=freq)
    rows = months(STEADY).assign(period_start=span.start_time, period_end=span.end_time)
    shown = table_html(variation_table(rows).table)
    assert said in shown
    assert "未定目标" in shown


def test_what_is_asked_wrongly_is_refused():
    with pytest.raises(ArgumentError, match="rate"):
        variation_table(months(STEADY), targets={"other": 1})
    with pytest.raises(InputError, match="value"):
        variation_table(months(STEADY).drop(columns="value"))
    with pytest.raises(DataError, match="一家法院"):
        variation_table(pd.concat([months(STEADY), months(STEADY)]))
    with pytest.raises(DataError, match="没有一项"):
        variation_table(months([np.nan] * 14))


def test_a_figure_in_days_says_so_and_the_periods_stand_under_a_heading_of_their_own():
    found = variation_table(months(STEADY, "mean_days_to_close", "天"))
    assert "（天）最近一期51" in found.table["sentence"].iloc[0]
    assert "各期数值和控制限" in found._repr_html_()
    assert "百分点" not in found._repr_html_()


@pytest.mark.parametrize(
    ("counted", "base", "unit", "expected"),
    [
        ([12] * 15 + [13], [24] * 16, "%", "judged"),
        ([12] * 15 + [13], [24] * 15 + [9], "%", "few"),
        ([3, 4] * 8, [40] * 16, "%", "few"),
        ([37, 36] * 8, [40] * 16, "%", "few"),
        ([300, 900] * 8, [12] * 16, "天", "judged"),
        ([300, 900] * 8, [3] * 16, "天", "few"),
        ([4, 5] * 8, None, "件", "few"),
        ([14, 15] * 8, None, "件", "judged"),
        ([14, 15] * 8, None, "万元", "money"),
        ([140.5, 15.25] * 8, [240.0, 31.5] * 8, "%", "money"),
    ],
)
def test_what_one_case_moves_and_what_is_of_money_is_not_judged(counted, base, unit, expected):
    rows = months(STEADY, unit=unit).assign(numerator=counted, denominator=np.nan if base is None else base)
    if base is None:
        rows["value"] = np.array(counted) + np.arange(16) % 3
    found = variation_table(rows).table["variation"].iloc[0]
    assert found == expected if expected != "judged" else found in ("common", "high", "low")


def test_a_month_without_a_base_is_not_passed_over_as_if_its_neighbours_were_neighbours():
    values = [float(v) for v in STEADY]
    values[6] = np.nan
    assert mark(values)["variation"] == "few"
    assert mark([np.nan, np.nan, *STEADY])["variation"] == "common", (
        "before the first figure there is nothing to pass over"
    )
    last = variation_table(months([*STEADY, np.nan])).table.iloc[0]
    assert (last["variation"], str(last["period"])[:7]) == ("few", "2011-05")
    assert np.isnan(last["value"]), "the figure of an earlier month is none of the last"


def test_the_months_in_which_a_register_begins_with_few_cases_do_not_keep_an_indicator_from_being_judged():
    base = [2, 5, *[40] * 14]
    rows = months(STEADY).assign(numerator=20, denominator=base)
    found = variation_table(rows).table.iloc[0]
    assert (found["periods"], found["variation"]) == (14, "common")
    later = variation_table(rows.assign(denominator=[40, 5, *[40] * 14])).table.iloc[0]
    assert later["variation"] == "few", "a month of few among others is no beginning"
    assert variation_table(rows.assign(denominator=5)).table["periods"].iloc[0] == 16


def test_months_of_other_lengths_than_the_last_are_left_out():
    """A year that ends on 20 December: January has 42 days, December 20, and in each day as much is filed."""
    spans = [named_period(f"{year}-{month:02d}", calendar="dec-21") for year in (2010, 2011) for month in range(1, 13)]
    ends = pd.DataFrame(spans[:-1], columns=["period_start", "period_end"])  # to November 2011
    length = (ends["period_end"] - ends["period_start"]).dt.days + 1
    rows = ends.assign(indicator="filed", unit="件", value=2 * length + np.resize([1, -2, 0, 2, -1], len(ends)))
    found = variation_table(rows)
    assert found.table["periods"].item() == 20, "without two Januaries and a December"
    assert found.table["upper"].item() < 80
    assert found.caption.zh.endswith("；与最近一期长短不同的3期不计")
    january = variation_table(rows.assign(value=rows["value"].where(rows.index < 22, 84)))
    assert january.table["variation"].item() == "high", "84 filed in 30 days is much, though in 42 it is usual"


def test_a_target_of_a_definition_can_be_left_aside():
    rows = months([90 + n % 3 for n in range(14)], indicator="clearance_rate").assign(
        definition="spc-2008/clearance_rate"
    )
    assert variation_table(rows).table["target"].item() == 100
    aside = variation_table(rows, targets={"clearance_rate": None}).table
    assert aside["assurance"].item() == "no_target"
    assert np.isnan(aside["target"].item())
