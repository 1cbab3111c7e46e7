"""Charts of PowerPoint and Excel hold the values of the marks."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis
from analysis.charts.drawing.native import categories_of, native_chart
from analysis.charts.drawing.render import said_by
from analysis.charts.drawing.scales import period_ticks
from analysis.vocabulary.language import speaking


def test_bars_back_to_back_and_the_stock_become_three_lines(make_flow):
    flow = make_flow(24)
    native = native_chart(said_by(an.plot_caseflow, flow, language="en"), ("filed", "closed", "stock"))
    assert native.kind == "line"
    assert native.categories[:2] == ("2010年1月", "2010年2月"), "the language spoken"
    assert [series.label for series in native.series] == ["filed", "closed", "pending"]
    for series, column in zip(native.series, ("filed", "closed", "closing"), strict=True):
        assert list(series.values) == flow[column].tolist()
        assert series.colour == palette.ROLES[series.role].colour


def test_bars_beside_each_other_stand_at_their_own_period(make_flow):
    flow = make_flow(4, freq="Q")
    native = native_chart(said_by(an.plot_caseflow, flow), ("closed",))
    assert native.kind == "column"
    assert list(native.series[0].values) == flow["closed"].tolist()


def test_statistical_months_bear_the_name_of_the_month_they_run_into(make_flow):
    flow = make_flow(3)
    flow["period"] += pd.Timedelta(days=25)
    with speaking("en"):
        native = native_chart(said_by(an.plot_caseflow, flow, language="en"), ("stock",))
    assert native.categories == ("Feb 2010", "Mar 2010", "Apr 2010")


def test_a_month_from_the_16th_has_one_name_on_the_axis_in_what_is_told_and_in_charts_of_office_programs():
    """Statistical months to the 15th: the one that begins on 16 January is February's, on every axis."""
    axis = Axis(periods=pd.to_datetime(["2011-01-16", "2011-02-16"]), freq="M")
    named = ["2011年2月", "2011年3月"]
    assert [axis.named(0), axis.named(1)] == named
    assert period_ticks(axis.periods, "M", language="zh") == ([0, 1], named)
    assert list(categories_of(axis)) == named


@pytest.mark.parametrize(
    ("language", "weeks"),
    [("zh", ("2010年1月2日", "2010年1月9日", "2010年1月16日")), ("en", ("2 Jan 2010", "9 Jan 2010", "16 Jan 2010"))],
)
def test_weeks_are_named_as_on_paper_by_their_first_day(make_flow, language, weeks):
    flow = make_flow(3, freq="W")
    with speaking(language):
        native = native_chart(said_by(an.plot_caseflow, flow, language=language), ("stock",))
    assert native.categories == weeks
    assert period_ticks(flow["period"], "W", language=language)[1] == list(weeks)


@pytest.mark.parametrize(("language", "first"), [("zh", "3个月以内"), ("en", "up to 3 months")])
def test_bars_that_lie_become_columns_over_their_names(ages, language, first):
    native = native_chart(said_by(an.plot_ages, ages, language=language), ("recorded",))
    assert (native.kind, native.categories[0]) == ("column", first)
    assert native.series[0].values == (61.0, 14.0)


def test_a_place_without_a_value_stays_empty(make_flow):
    flow = make_flow(3, freq="Y")
    flow["closing"] = pd.array([1, None, 3], dtype="Float64").to_numpy(dtype=float, na_value=float("nan"))
    assert native_chart(said_by(an.plot_caseflow, flow), ("stock",)).series[0].values == (1.0, None, 3.0)


def test_stretches_are_shades_that_bear_their_names_where_paper_writes_them(found):
    said = said_by(an.plot_cycle, found)
    shades = {shade.role: shade for shade in native_chart(said, ("recorded",)).shades}
    drawn = [mark for mark in said.marks("text") if getattr(mark, "side", "") == "below"]
    assert {text for shade in shades.values() for text in shade.names if text} == {t for m in drawn for t in m.texts}
    for shade in shades.values():
        for place, name in enumerate(shade.names):
            assert not name or shade.values[place] == 1.0, "a name hangs over its own stretch"
    assert shades["clearing"].hatched
    assert any(name.startswith("清理\n−") for name in shades["clearing"].names)


def test_the_months_of_a_shade_are_those_whose_flow_makes_its_number(found):
    """The month of a trough is the last that cleared, not the first that accumulated."""
    flow = found.series["filed"] - found.series["closed"]
    shades = native_chart(said_by(an.plot_cycle, found), ("recorded",)).shades
    told = {}
    for phase in found.phases.itertuples():
        (shade,) = (shade for shade in shades if shade.role == phase.kind)
        at = np.flatnonzero((found.series["period"] > phase.start) & (found.series["period"] <= phase.end))
        assert all(shade.values[place] == 1.0 for place in at)
        told[phase.kind] = told.get(phase.kind, 0) + len(at)
        assert flow.iloc[at].sum() == phase.cases
    assert {shade.role: sum(value is not None for value in shade.values) for shade in shades} == told


def test_marks_that_are_not_there_are_named(make_flow):
    with pytest.raises(ValueError, match="stock_of_another"):
        native_chart(said_by(an.plot_caseflow, make_flow(3)), ("stock_of_another",))


def test_saying_leaves_drawing_as_it_was(flow):
    said_by(an.plot_caseflow, flow)
    assert an.plot_caseflow(flow).axes


@pytest.mark.parametrize(
    ("language", "units"),
    [("zh", ("案件数（件）", "期末未结（件）")), ("en", ("cases", "pending at period end (cases)"))],
)
def test_a_chart_says_what_its_numbers_count(make_flow, ages, language, units):
    """Charts of Office programs had no unit beside their axis."""
    said = said_by(an.plot_caseflow, make_flow(24), language=language)
    assert tuple(native_chart(said, (role,)).unit for role in ("filed", "stock")) == units
    assert native_chart(said_by(an.plot_ages, ages, language=language), ("recorded",)).unit == units[0]


def test_of_several_lines_the_stock_alone_bears_values_and_columns_all(make_flow):
    lines = native_chart(said_by(an.plot_caseflow, make_flow(24)), ("filed", "closed", "stock"))
    filed, _, stock = lines.series
    assert lines.labelled(filed) == []
    written = {stock.values[place] for place in lines.labelled(stock)}
    assert written == {stock.values[0], stock.values[-1], min(stock.values), max(stock.values)}
    columns = native_chart(said_by(an.plot_caseflow, make_flow(4, freq="Q")), ("closed",))
    assert columns.labelled(columns.series[0]) == [0, 1, 2, 3]
