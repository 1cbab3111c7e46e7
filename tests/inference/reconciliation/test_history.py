"""The printed history, and corpora of tables and bulletins."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.marks import Intervals, Points
from analysis.charts.drawing.render import said_by

NATIONAL = Path(__file__).parents[2] / "data" / "national_series.csv"


@pytest.fixture(scope="module")
def national():
    return an.reconcile(NATIONAL)


def stock(rec, day, scope="执行案件"):
    table = rec.history
    found = table[table["measure"].eq("stock") & table["period_end"].eq(day) & table["scope"].eq(scope)]
    return (found[["lower_rounded", "upper_rounded"]].iloc[0] / 10_000).round(1).tolist()


@pytest.mark.full
def test_the_national_stock_follows_from_figures_that_never_print_it(national):
    """2,043.5 万件 on hand are 98.5% more than in 2013-2015, when 1,013.22 were filed: 16 万 were brought forward."""
    assert stock(national, "2012-12-31") == [16.0, 16.5]
    assert stock(national, "2015-12-31") == [85.2, 85.7]
    assert stock(national, "2018-12-31") == [107.3, 107.5]


def test_what_two_reports_say_of_one_period_agrees_or_contradicts(national):
    verdict = national.figures.set_index(["period_end", "measure"])["verdict"]
    assert verdict["2009-12-31", "closed"] == "agrees"  # 2,508,242 / 1.0254 = 244.6 万
    money = national.conflicts
    assert set(money["measure"]) == {"amount_recovered", "amount_recovered_change"}


def test_the_bounds_of_a_true_history_hold_it():
    rows = [
        {"court": "甲法院", "period_start": "2010", "period_end": "2010", "received": "343", "closed": "328"},
        {"court": "甲法院", "period_start": "2011", "period_end": "2011", "received": "386", "closure_rate": "99.22"},
    ]
    table = an.reconcile(pd.DataFrame(rows)).history
    held = table[table["measure"] == "stock"].set_index("period_end")
    assert held.loc["2010-12-31", ["lower", "upper"]].tolist() == [15, 15]
    low, high = held.loc["2011-12-31", ["lower", "upper"]]
    assert low <= 3 <= high
    assert high - low < 2


def test_a_folder_of_tables_and_bulletins_is_one_chain(tmp_path):
    text = "2011年，富锦市人民法院受理执行案件386件，其中旧存15件，执结383件，结案率99.22%。"
    (tmp_path / "2011.txt").write_text(text, encoding="utf-8")
    (tmp_path / "2010").mkdir()
    row = {"court": ["富锦市人民法院"], "scope": ["执行案件"], "period_start": ["2010"], "period_end": ["2010"]}
    pd.DataFrame({**row, "received": ["343"], "closed": ["328"]}).to_csv(tmp_path / "2010" / "年报.csv", index=False)
    rec = an.reconcile(tmp_path)
    assert rec.figures["verdict"].isin(["agrees", "unchecked"]).all()
    assert rec.figures.set_index("measure")["verdict"]["opening"] == "agrees"  # 343 - 328 = 15, a year earlier
    empty = tmp_path / "2010" / "none"
    empty.mkdir()
    with pytest.raises(an.InputError, match="没有报表或公报"):
        an.reconcile([empty])


def test_english_words_of_the_chart_name_the_courts_in_english(national):
    said = an.alt_of(an.plot_history(national, scope="执行案件", language="en"))
    assert "stock (cases) of courts nationwide" in said


@pytest.mark.full
def test_the_chart_writes_its_numbers_and_their_unit(national):
    for language, title, axis in (
        ("zh", "存量1,072,501–1,075,499件", "存量（件）"),
        ("en", "stock 1,072,501–1,075,499 cases", "stock (cases)"),
    ):
        figure = an.plot_history(national, scope="执行案件", language=language)
        assert title in an.title_of(figure)
        assert figure.axes[0].get_title("left") == axis
        assert {"156,976–165,657", "1,072,501–1,075,499"} <= {text.get_text() for text in figure.axes[0].texts}
    money = an.plot_history(an.reconcile(an.sample_path("returns_national.csv")), measure="amount_recovered")
    assert "2024年实际到位金额225,000,000–240,000,000万元" in an.title_of(money)


def test_the_chart_says_where_each_bound_stands(national):
    figure = an.plot_history(national, scope="执行案件")
    said = an.alt_of(figure)
    assert "2015年12月31日为848,976–857,657" in said
    assert "2017年12月31日" not in said  # only bounded above
    drawn = [line.get_ydata() for axes in figure.axes for line in axes.lines] + [
        segment[:, 1]
        for axes in figure.axes
        for c in axes.collections
        for segment in getattr(c, "get_segments", list)()
    ]
    ends = {float(y) for ys in drawn for y in ys}
    assert {848976.0, 857657.0, 1072501.0, 1075499.0} <= ends
    with pytest.raises(an.DataError):
        an.plot_history(national, scope="没有这个范围")


def test_bounds_stand_at_their_own_day_where_others_are_fixed():
    rec = an.reconcile(an.sample_path("returns_fujin.csv"))
    loose = rec.history.assign(upper=rec.history["upper"] + np.where(rec.history["period_end"].eq("2011-12-31"), 5, 0))
    chart = said_by(an.plot_history, replace(rec, history=loose))
    (bounds,) = [mark for mark in chart.marks() if isinstance(mark, Intervals)]
    (fixed,) = [mark for mark in chart.marks() if isinstance(mark, Points)]
    assert (list(fixed.x), list(bounds.at)) == ([0], [1])
    assert (list(bounds.lower), list(bounds.upper)) == ([3], [8])
