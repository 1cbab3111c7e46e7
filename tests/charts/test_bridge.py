import pandas as pd
import pytest

from analysis.charts.bridge import plot_bridge
from analysis.charts.drawing import style
from analysis.observations.definition_bridge import RULE, DefinitionBridge
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.text import Text


def bridge():
    row = {
        "indicator": "closure_rate", "at_start": 2010, "set_start": "spc-2008", "value_start": 80.0, "of_definition": 15.0, "of_work": -20.0,
        "at_end": 2011, "set_end": "trio-2014", "value_end": 75.0, "change": -5.0, "unit": "%", "sentence": "",
    }  # fmt: skip
    return DefinitionBridge(pd.DataFrame(), pd.DataFrame([row]), RULE, Text("", ""))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "结案率的口径桥：2010年80.00；口径+15.00；办案−20.00；2011年75.00。"),
        ("en", "Bridge of the closure rate: 2010 80.00; definition +15.00; work −20.00; 2011 75.00."),
    ],
)
def test_the_bars_go_from_one_figure_to_the_other(language, told):
    figure = plot_bridge(bridge(), language=language)
    assert style.alt_of(figure) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "结案率由80.00%到75.00%：口径+15.00个百分点，办案−20.00个百分点"),
        (
            "en",
            "Closure rate: definition +15.00 percentage points, work −20.00 percentage points",
        ),
    ],
)
def test_the_title_says_how_much_is_definition_and_how_much_is_work(language, told):
    assert style.title_of(plot_bridge(bridge(), language=language)) == told


def test_the_title_of_several_steps_adds_up_their_parts():
    one = bridge()
    row = {**one.bridge.iloc[0].to_dict(), "at_start": 2011, "set_start": "trio-2014", "value_start": 75.0}
    row |= {"of_definition": 1.5, "of_work": 2.0, "at_end": 2012, "value_end": 78.5, "change": 3.5}
    longer = DefinitionBridge(pd.DataFrame(), pd.concat([one.bridge, pd.DataFrame([row])]), RULE, Text("", ""))
    said = style.title_of(plot_bridge(longer, language="zh"))
    assert said == "结案率由80.00%到78.50%：口径+16.50个百分点，办案−18.00个百分点"


def test_each_bar_stands_where_its_part_begins():
    from analysis.charts.bridge import _chart, _steps

    steps = _steps(bridge().bridge)
    assert steps["low"].tolist() == [0.0, 80.0, 95.0, 0.0]
    assert steps["value"].tolist() == [80.0, 15.0, -20.0, 75.0]
    spans = {
        role: mark
        for mark in _chart(bridge(), bridge().bridge).panels[0].marks
        if (role := getattr(mark, "role", "")) in ("past", "rise", "fall")
    }
    assert (list(spans["rise"].lower), list(spans["rise"].upper)) == ([80.0], [95.0])
    assert (list(spans["fall"].lower), list(spans["fall"].upper)) == ([75.0], [95.0])
    assert list(spans["past"].upper) == [80.0, 75.0]


def test_an_indicator_that_is_not_bridged_is_refused():
    with pytest.raises(ArgumentError, match="closure_rate"):
        plot_bridge(bridge(), indicator="recovery_rate")


def test_a_bridge_without_a_figure_at_both_ends_is_a_reason_and_no_drawing():
    none = DefinitionBridge(pd.DataFrame(), bridge().bridge[:0], RULE, Text("", ""))
    with pytest.raises(DataError, match="没有一项指标在各端都算得出"):
        plot_bridge(none)


def test_hovering_a_bar_tells_its_own_part_and_no_other():
    screen = plot_bridge(bridge(), interactive=True, language="zh")
    said = {text for trace in screen.data if trace.customdata is not None for text in trace.customdata}
    assert said == {"2010年：80.00", "口径：+15.00", "办案：−20.00", "2011年：75.00"}


def test_on_half_a_page_the_names_of_sets_leave_the_bars_their_room():
    found = bridge()
    found.bridge["set_end"] = found.bridge["set_start"] = "spc-2024"
    figure = plot_bridge(found, size="half", language="en")
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert "indicators)" in axes.get_yticklabels()[0].get_text(), "the whole name, in several lines"
    assert axes.get_position().width > 0.5
