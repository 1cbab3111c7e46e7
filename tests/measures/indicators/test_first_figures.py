from __future__ import annotations

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.indicators.first_figures import first_figures
from analysis.vocabulary.errors import ArgumentError, DataError


def register(**columns):
    """Ten cases filed in each of January to June 2011 and closed the month after; every tenth is entered 40 days late."""
    days = pd.to_datetime([f"2011-{month:02d}-10" for month in range(1, 7) for _ in range(10)])
    late = [pd.Timedelta(days=40 if place % 10 == 9 else 1) for place in range(60)]
    rows = {
        "case_no": [f"（2011）晴执字第{number}号" for number in range(60)],
        "filed_on": days,
        "closed_on": days + pd.Timedelta(days=30),
        "entered_on": days + pd.to_timedelta(late),
        "amount_claimed": 1000.0,
        "amount_recovered": 500.0,
    }
    return Cases.from_frames(pd.DataFrame(rows | columns), as_of="2011-12-31", observed_from="2011-01-01")


MONTHS = [f"2011-{month:02d}" for month in range(1, 7)]


@pytest.mark.full
def test_a_late_entry_moves_the_month_of_filing_and_no_other():
    found = first_figures(register(), periods=MONTHS, only=["filed", "closed"], definitions="counts")
    table = found.figures.pivot_table(index="indicator", columns="period_start", values=["first", "now"])
    assert table.loc["filed", "first"].tolist() == [9] * 6
    assert table.loc["filed", "now"].tolist() == [10] * 6
    assert table.loc["closed", "first"].tolist() == table.loc["closed", "now"].tolist() == [0, *[10] * 5], (
        "by then a late case is entered too"
    )
    record = found.record.set_index("indicator")
    assert record.loc["filed", ["periods", "moved", "median_change", "largest_change"]].tolist() == [6, 6, 1, 1]


@pytest.mark.full
def test_the_first_figure_is_that_of_a_register_cut_on_the_day():
    """Against the rows themselves: what had been entered by the fifth day after each month."""
    cases = register()
    rows = cases.table.to_pandas()
    found = first_figures(cases, periods=MONTHS, after=5, only="filed", definitions="counts").figures
    for row in found.to_dict("records"):
        known = rows[rows["entered_on"] <= row["known_on"]]
        assert row["first"] == known["filed_on"].between(row["period_start"], row["period_end"]).sum()
        assert row["known_on"] == row["period_end"] + pd.Timedelta(days=5)


@pytest.mark.full
def test_money_is_for_use_inside():
    outside = first_figures(register(), periods=[("2011-01-01", "2011-06-30")], definitions="fujin-2012")
    inside = first_figures(register(), periods=[("2011-01-01", "2011-06-30")], definitions="fujin-2012", names=True)
    assert "recovery_rate" not in set(outside.figures["indicator"])
    assert "recovery_rate" in set(inside.figures["indicator"])
    assert any("names=True" in note.zh for note in outside.notes)


@pytest.mark.full
def test_cases_without_a_day_of_entry_count_as_in_time_and_are_said():
    entered = [None] + ["2011-06-30"] * 59
    found = first_figures(register(entered_on=entered), periods=["2011-01"], only="filed", definitions="counts")
    assert found.figures[["first", "now"]].to_numpy().tolist() == [[1, 10]]
    assert found.notes[0].zh.endswith("补录的结案看不出来，结案类数字的实际变动可能更大。")
    assert found.notes[1].zh.startswith("1件没有信息录入日期")


def test_what_cannot_be_told_is_refused():
    with pytest.raises(DataError, match="台账没有“信息录入日期”"):
        first_figures(register(entered_on=None), periods=["2011-01"])
    with pytest.raises(DataError, match="都没有结束"):
        first_figures(register(), periods=["2011-12"], after=10)
    with pytest.raises(ArgumentError, match="after"):
        first_figures(register(), periods=["2011-01"], after=-1)
