"""Names at the ends of lines: where they stand, when the legend keeps them, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.charts.drawing import marks as m
from analysis.charts.drawing import palette
from analysis.charts.drawing.end_names import named_at_ends
from analysis.charts.drawing.native import native_chart
from analysis.charts.drawing.render import render, said_by
from analysis.vocabulary.text import Text

MONTHS = pd.date_range("2010-01-01", periods=6, freq="MS")


def line(name: str, *ends: float, at: float = 5) -> m.Line:
    return m.Line(role="recorded", x=[0, at], y=ends, label=name, end=name)


def chart(*panels: list[m.Mark], columns: int = 1) -> m.Chart:
    axes = {"x": m.Axis(periods=MONTHS, freq="M"), "y": m.Axis(low=0, high=100)}
    text = Text("题", "title")
    said = [m.Panel(marks=marks, **axes) for marks in panels]
    return m.Chart(panels=said, title=text, alt=text, note=Text("", ""), columns=(1, columns, columns), same_x=True)


def named(chart: m.Chart) -> dict[str, float]:
    """The names beside the panels, with their heights."""
    placed = named_at_ends(chart, millimetres=156, tall=100, points=9)
    words = [mark for mark in placed.marks("text") if isinstance(mark, m.Words)]
    return {mark.texts[0].strip(): float(mark.y[0]) for mark in words}


def drawn(chart: m.Chart, **options: object) -> Figure:
    return render(lambda _: chart, **{"interactive": False, "language": "zh", "size": "page", **options})


def test_a_name_stands_at_its_lines_end_and_in_no_legend():
    both = chart([line("甲", 10, 80), line("乙", 90, 20)])
    assert named(both) == {"乙": 20, "甲": 80}
    figure = drawn(both)
    (axes,) = figure.axes
    assert figure.key is None
    beside = {text.get_text(): text.xy for text in axes.texts}
    assert beside == {"甲": (1.0, 80), "乙": (1.0, 20)}
    figure.draw_without_rendering()
    assert all(text.get_window_extent().x0 > axes.bbox.x1 for text in axes.texts)
    assert max(text.get_window_extent().x1 for text in axes.texts) <= figure.bbox.x1
    screen = drawn(both, interactive=True)
    notes = {note.text: (note.x, note.y, note.xref) for note in screen.layout.annotations if note.text in "甲乙"}
    assert notes == {"甲": (1, 80, "x domain"), "乙": (1, 20, "x domain")}
    assert not any(trace.showlegend for trace in screen.data)


def test_on_screen_the_last_value_does_not_touch_the_name_in_a_narrow_window():
    """At 420 pixels it read "3未结存量": the periods lie nearer together there than in the breadth for which names are placed."""
    many = {
        "x": m.Axis(periods=pd.date_range("2010-01-01", periods=36, freq="MS"), freq="M"),
        "y": m.Axis(low=0, high=100),
    }
    last = m.Words(role="text", x=[35], y=[80], texts=["123"], side="right")
    said = replace(chart([]), panels=[m.Panel(marks=[line("甲", 10, 80, at=35), last], **many)])
    wide, narrow = (
        next(words.texts[0] for words in placed.marks("text") if "甲" in words.texts[0])
        for placed in (named_at_ends(said, millimetres=212, tall=100, points=9.75, least=least) for least in (1, 0.45))
    )
    assert narrow.count("\u2002") > wide.count("\u2002")
    screen = drawn(said, interactive=True)
    (name,) = (note.text for note in screen.layout.annotations if "甲" in note.text)
    assert name == narrow


def test_names_that_would_touch_are_moved_apart_in_their_order():
    near = named(chart([line("下", 10, 49.8), line("上", 90, 50.2)]))
    assert near["下"] < 49.8
    assert near["上"] > 50.2
    assert near["下"] + near["上"] == pytest.approx(100), "both give way by as much"
    assert named(chart([line("顶", 0, 100), line("下", 0, 99.5)]))["顶"] <= 100, "no name stands above the panel"


@pytest.mark.parametrize(
    "marks",
    [
        [
            line("一", 0, 50),
            line("二", 0, 50),
            line("三", 0, 50),
            line("四", 0, 50),
            line("五", 0, 50),
        ],  # all in one place
        [line("到头", 0, 50), line("半途", 0, 20, at=3)],  # one ends on the way
        [line("平", 0, 50), line("无值", 0, float("nan"), at=0)],
    ],
)
def test_where_there_is_no_room_the_legend_keeps_the_names(marks):
    assert named(chart(marks)) == {}
    figure = drawn(chart(marks))
    assert [text.get_text() for text in figure.key.get_texts()] == [mark.label for mark in marks]


def test_narrow_figures_panels_side_by_side_and_axes_of_ones_own_keep_legends():
    marks = [line("甲", 10, 80), line("乙", 90, 20)]
    assert len(drawn(chart(marks), size="half").key.get_texts()) == 2
    assert len(drawn(chart(marks, marks, columns=2)).key.get_texts()) == 2
    axes = Figure().subplots()
    drawn(chart(marks), ax=axes)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["甲", "乙"]


def test_what_panels_share_is_named_where_its_ends_lie_farthest_apart():
    placed = named_at_ends(
        chart([line("甲", 0, 50), line("乙", 0, 60)], [line("甲", 0, 10), line("乙", 0, 90)]),
        millimetres=156, tall=160, points=9,
    )  # fmt: skip
    first, second = ([mark for mark in panel.marks if isinstance(mark, m.Words)] for panel in placed.panels)
    assert not first
    assert [mark.y[0] for mark in second] == [10, 90]
    assert not placed.named_marks(), "and in the other panel it stands in no legend either"


def test_a_name_keeps_clear_of_the_last_value_and_a_pale_colour_is_darkened():
    value = m.Words(role="own", x=[5.6], y=[80], texts=["12345"])
    own = m.Line(role="own", x=[0, 5], y=[10, 80], label="甲", end="甲")
    (words,) = named_at_ends(chart([own, value]), millimetres=156, tall=100, points=9).marks("text")
    assert words.texts[0].startswith("\u2002" * 6)
    (text,) = [text for text in drawn(chart([own])).axes[0].texts if text.get_text() == "甲"]
    assert text.get_color() == palette.letters(own.look) != own.look.colour
    assert named(chart([own])) == {"甲": 80}


def test_an_area_is_named_in_its_middle_and_a_rule_at_its_height():
    area = m.Band(role="stock", x=[0, 5], lower=[0, 20], upper=[30, 60], label="未结", end="未结")
    rule = m.Rule(role="target", at=90, label="目标", end="目标")
    assert named(chart([area, rule])) == {"未结": 40, "目标": 90}


def test_native_charts_keep_the_names_of_their_series():
    def plot(said: m.Chart, **options: object) -> Figure:
        return drawn(said, **options)

    native = native_chart(said_by(plot, chart([line("甲", 10, 80), line("乙", 90, 20)])), ["recorded"])
    assert [series.label for series in native.series] == ["甲", "乙"]
