import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.charts.drawing import style
from analysis.charts.drawing.render import said_by
from analysis.charts.stock_change import plot_stock_change
from analysis.inference.cycle.stock_change import stock_change
from analysis.measures.caseflow import caseflow
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number

SPAN = {"period": ("2008-11-01", "2009-12-31")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_bar_begins_where_the_one_before_ends(sample_cases, language, speaks_only):
    change = stock_change(sample_cases, **SPAN)
    figure = plot_stock_change(change, language=language)
    speaks_only(figure, language)
    connectors = [line for line in figure.axes[0].lines if len(line.get_ydata()) == 2]
    ends = [float(line.get_xdata()[0]) for line in connectors]
    parts = change.table["cases"].to_numpy()
    assert ends == [sum(parts[: place + 1]) for place in range(len(parts) - 1)]
    assert ends[-1] == parts[-1]  # the last part ends at the closing stock
    for value in parts:
        assert number(value) in style.alt_of(figure)


def test_hovering_a_bar_tells_its_own_part_and_no_other(sample_cases):
    screen = plot_stock_change(stock_change(sample_cases, **SPAN), interactive=True, language="en")
    said = {text for trace in screen.data if trace.customdata is not None for text in trace.customdata}
    assert {"opening stock: 174", "reopened: +17", "closed by performance: −221", "closing stock: 24"} <= said
    assert not any("<br>" in text for text in said)


def test_money_and_a_flow_can_be_drawn_as_far_as_they_are_known(sample_cases):
    assert "776.7" in style.alt_of(plot_stock_change(stock_change(sample_cases, **SPAN, names=True), money=True))
    flow = stock_change(caseflow(sample_cases, freq="M"), **SPAN)
    assert "174" in style.alt_of(plot_stock_change(flow, interactive=True))
    with pytest.raises(ArgumentError, match="金额"):
        plot_stock_change(flow, money=True)


def test_groups_are_not_drawn_as_one(sample_cases):
    with pytest.raises(ArgumentError, match="by="):
        plot_stock_change(stock_change(sample_cases, **SPAN, by="basis"))


def test_a_stock_that_is_what_it_was_is_not_said_to_go_from_itself_to_itself():
    rows = pd.DataFrame(
        {"filed_on": ["2010-05-01"] * 2 + ["2011-02-01"] * 2, "closed_on": ["2011-03-01"] * 2 + [None] * 2}
    )
    change = stock_change(Cases.from_frames(rows, as_of="2011-12-31"), period=2011)
    title = said_by(plot_stock_change, change).title
    assert title.zh.startswith("存量仍为2件：")
    assert title.en.startswith("The stock stays at 2 cases: ")
