"""A funnel a year: what moves all puts nobody outside, a court that stays outside is counted, and it equals the funnel of each year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.style import alt_of
from analysis.inference.peers.dynamic_funnel import dynamic_funnel
from analysis.inference.peers.funnel import funnel
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

COUNTS = {"numerator": "x", "denominator": "n"}


def courts(years=6, number=40, seed=1, apart=0.0) -> pd.DataFrame:
    """Courts alike within a year while all of them rise from 60 to 90%; the first lies apart by so many points."""
    rng = np.random.default_rng(seed)
    level = np.linspace(0.6, 0.9, years)
    n = rng.integers(200, 1500, (years, number))
    share = np.repeat(level[:, None], number, axis=1)
    share[:, 0] -= apart
    return pd.DataFrame(
        {
            "court": np.tile([f"院{i}" for i in range(number)], years),
            "year": np.repeat(np.arange(2006, 2006 + years), number),
            "n": n.ravel(),
            "x": rng.binomial(n, share).ravel(),
        }
    )


@pytest.mark.full
def test_a_rise_of_all_courts_puts_nobody_outside():
    share = [dynamic_funnel(courts(seed=seed), **COUNTS).table["outside_998"].mean() for seed in range(10)]
    assert np.mean(share) <= 0.005


@pytest.mark.full
def test_a_court_that_lies_apart_is_outside_in_most_years():
    found = dynamic_funnel(courts(apart=0.12), **COUNTS, highlight="院0")
    own = found.table[found.table["court"] == "院0"]
    assert own["years_outside_998"].iloc[0] >= 5
    assert own["years"].eq(6).all()
    assert found.table.loc[found.table["court"] != "院0", "years_outside_998"].max() <= 1
    assert "两年以上位于99.8%限外的1个" in found.caption.zh
    assert f"（未作离散度调整，φ 最大{found.dispersion['phi']:.2f}）" in found.caption.zh
    told = alt_of(an.plot_funnel(found, interactive=True))
    assert all(f"{year}年院0" in told for year in range(2006, 2012)), "each figure goes with its year"


@pytest.mark.parametrize("adjust", [None, "additive"])
def test_each_year_is_the_funnel_of_that_year(adjust):
    rows = courts(years=3)
    found = dynamic_funnel(rows, **COUNTS, adjust=adjust)
    for year, part in rows.groupby("year"):
        alone = funnel(part, group="court", **COUNTS, kind="proportion", adjust=adjust).table.set_index("court")
        there = found.table[found.table["year"] == year].set_index("court")
        for name in ("value", "lower_95", "upper_998", "outside_95", "baseline"):
            assert there[name].tolist() == pytest.approx(alone[name].tolist())


def test_years_of_few_courts_have_no_funnel_and_are_listed():
    rows = courts(years=2)
    few = rows[(rows["year"] == 2007) | rows["court"].isin([f"院{i}" for i in range(9)])]
    found = dynamic_funnel(few, **COUNTS)
    assert found.table["year"].unique().tolist() == [2007]
    assert set(found.excluded["reason"]) == {"few_peers"}
    with pytest.raises(DataError, match="10家"):
        dynamic_funnel(few[few["year"] == 2006], **COUNTS)
    with pytest.raises(DataError, match="多次"):
        dynamic_funnel(pd.concat([rows, rows.head(1)]), **COUNTS)
    with pytest.raises(InputError, match="other"):
        dynamic_funnel(rows, numerator="other", denominator="n")


def test_a_court_that_is_not_there_cannot_be_marked():
    with pytest.raises(ArgumentError, match="最接近的：院1"):
        dynamic_funnel(courts(years=2), **COUNTS, highlight="院1x")
    assert dynamic_funnel(courts(years=2), **COUNTS, highlight=["院1"]).highlight == ("院1",)


def test_the_chart_has_a_panel_a_year():
    found = dynamic_funnel(courts(years=2, apart=0.12), **COUNTS, highlight="院0")
    figure = an.plot_funnel(found, highlight="院0", language="en")
    titles = [axes.get_title(loc=side) for axes in figure.axes for side in ("left", "center")]
    assert {"2006", "2007"} <= set(titles)
    assert "80 yearly figures of 40 courts" in an.title_of(figure)


def test_the_note_says_by_which_rule_limits_are_wider_than_chance():
    rows = courts()
    rows["x"] = (rows["n"] * (0.5 + 0.08 * (np.arange(len(rows)) % 5))).astype(int)
    found = dynamic_funnel(rows, **COUNTS)
    assert f"（加法（随机效应）调整过度离散，φ 最大{found.dispersion['phi']:.2f}）" in found.caption.zh
