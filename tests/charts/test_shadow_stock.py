"""Pending cases and the shadow stock on one picture."""

import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.marks import Band, Names
from analysis.charts.drawing.render import said_by


@pytest.mark.parametrize(
    ("rule", "named"), [("QS", "2011年第1季度至2011年第2季度"), ("QE", "2011年第1季度至2011年第2季度")]
)
def test_months_of_which_somebody_took_the_last_of_each_quarter_are_quarters(rule, named):
    months = pd.DataFrame(
        {"period": pd.date_range("2011-01-01", periods=6, freq="MS"), "pending": range(6), "shadow": 1}
    )
    months["with_shadow"] = months["pending"] + months["shadow"]
    months.attrs = {"table": "shadow_stock", "freq": "M"}
    quarters = months.set_index("period").resample(rule).last().reset_index()
    assert an.alt_of(an.plot_shadow_stock(quarters)).startswith(f"面积图，{named}：未结由2件到5件")
    assert "2011年1月至2011年6月" in an.alt_of(an.plot_shadow_stock(months))


def test_two_years_far_apart_are_years_and_not_days(sample_cases):
    table = an.shadow_stock(sample_cases, freq="Y")
    chosen = table[table["period"].dt.year.isin([2007, 2011])]
    assert an.alt_of(an.plot_shadow_stock(chosen)).startswith("面积图，2007年至2011年：")


def test_the_pending_bear_their_first_last_lowest_and_highest_number(sample_cases):
    table = an.shadow_stock(sample_cases, freq="Y")
    pending = table["pending"].astype(int)
    (names,) = (
        m for m in an.plot_shadow_stock(table).chart.panels[0].marks if isinstance(m, Names) and m.role == "stock"
    )
    assert set(names.texts) == {f"{n:,}" for n in (pending.iloc[0], pending.iloc[-1], pending.min(), pending.max())}


def test_each_area_tells_its_own_height():
    frame = {"period": pd.to_datetime(["2010-01-01", "2011-01-01"]), "pending": [9, 3], "shadow": [2, 8]}
    marks = said_by(an.plot_shadow_stock, pd.DataFrame(frame | {"with_shadow": [11, 11]})).marks()
    areas = [mark for mark in marks if isinstance(mark, Band)]
    assert [list(area.hover) for area in areas] == [["9", "3"], ["2", "8"]]
    assert [list(area.upper - area.lower) for area in areas] == [[9, 3], [2, 8]]
