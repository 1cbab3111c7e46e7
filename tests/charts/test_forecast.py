from __future__ import annotations

import numpy as np
import pytest

from analysis.charts.drawing import style
from analysis.charts.drawing.marks import Line, Names
from analysis.charts.forecast import plot_forecast
from analysis.inference.cycle.forecast import forecast_pending
from analysis.inference.cycle.what_if import what_if
from analysis.vocabulary.numbers import number

LANGUAGES = ("zh", "en")
FAN = {
    "zh": ["实际", "预测50/80/95%区间", "预测"],
    "en": ["as recorded", "forecast 50/80/95% intervals", "forecast"],
}
PANELS = {"zh": ["期末未结（件）"], "en": ["pending at period end (cases)"]}
WHAT_IF = {
    "zh": {"实际", "基准", "基准95%区间", "改变之后", "改变之后95%区间", "目标存量", "改变之后减基准（件）"},
    "en": {
        "as recorded",
        "baseline",
        "baseline 95% interval",
        "what if",
        "what if 95% interval",
        "target stock",
        "what if less the baseline (cases)",
    },
}


@pytest.fixture(scope="module")
def ahead(rounds):
    return forecast_pending(rounds, months=6)


@pytest.fixture(scope="module")
def otherwise(rounds):
    return what_if(rounds, extra_closings=5, months=12)


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fan_after_the_record_and_nothing_else(ahead, language, speaks_only, key_of, ends_of):
    figure = plot_forecast(ahead, language=language)
    speaks_only(figure, language)
    (fan,) = figure.axes
    past, middle = fan.lines
    assert past.get_ydata().tolist() == ahead.past["pending"].tail(48).tolist()
    assert middle.get_xdata().tolist() == list(range(47, 54))
    assert middle.get_ydata().tolist() == [past.get_ydata()[-1], *ahead.table["pending"]]
    edges = fan.collections[0].get_paths()[0].vertices[:, 1]
    assert edges.max() == pytest.approx(ahead.table["upper"].max())
    assert sorted(key_of(figure) + ends_of(figure)) == sorted(FAN[language])
    assert [axes.get_title("left") for axes in figure.axes] == PANELS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(ahead, language, speaks_only, key_of, ends_of):
    figure = plot_forecast(ahead, interactive=True, language=language)
    speaks_only(figure, language)
    traces = [trace for trace in figure.data if trace.name == FAN[language][2]]
    assert list(traces[0].y)[1:] == ahead.table["pending"].tolist()
    upper = next(trace for trace in figure.data if trace.fill == "tonexty")
    assert list(upper.y)[1:] == ahead.table["upper"].tolist()
    assert sorted(key_of(figure) + ends_of(figure)) == sorted(FAN[language])
    assert [note.text for note in figure.layout.annotations if note.x != 1] == PANELS[language]


def test_alt_text_and_note_tell_the_limits_and_the_back_test(ahead):
    figure = plot_forecast(ahead, language="en")
    last = ahead.table.iloc[-1]
    for name in ("pending", "lower", "upper"):
        assert number(last[name], 0) in style.alt_of(figure)
    assert "Jun 2012" in style.alt_of(figure)
    assert "back-test: mean error" in style.note_of(figure)
    assert "seasonal-naive" in style.note_of(figure)


def test_what_another_course_would_change_stands_beneath(otherwise):
    figure = plot_forecast(otherwise)
    _, below = figure.axes
    of = {name: rows["pending"].to_numpy() for name, rows in otherwise.table.groupby("scenario")}
    drawn = [bar.get_height() for bar in below.containers[0]]
    assert drawn == pytest.approx((of["what_if"] - of["baseline"]).tolist())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("interactive", [False, True])
def test_what_if_stands_beside_the_baseline_and_the_target(
    otherwise, language, interactive, speaks_only, key_of, ends_of
):
    figure = plot_forecast(otherwise, language=language, interactive=interactive)
    speaks_only(figure, language)
    goal = otherwise.target["target_stock"].iloc[0]
    changed = otherwise.table[otherwise.table["scenario"] == "what_if"]["pending"].tolist()
    if interactive:
        names = set(key_of(figure)) | {note.text for note in figure.layout.annotations}
        assert WHAT_IF[language] <= names
        assert figure.layout.shapes[0].y0 == goal
        drawn = [list(trace.y)[1:] for trace in figure.data]
    else:
        assert {*key_of(figure), *ends_of(figure)} == WHAT_IF[language]
        assert figure.axes[0].lines[-1].get_ydata() == [goal, goal]
        drawn = [np.asarray(line.get_ydata())[1:].tolist() for line in figure.axes[0].lines]
    assert changed in drawn
    share = number(100 * otherwise.target["reached"].iloc[1], 0)
    assert {"zh": f"{share}%的路径", "en": f"{share}% of the paths"}[language] in style.note_of(figure)


def test_the_last_difference_stands_clear_of_the_edge_and_the_title_calls_the_courses_as_their_ends_do(otherwise):
    figure = plot_forecast(otherwise, language="zh")
    below = figure.axes[1]
    ends = [bar.get_height() for bar in below.patches]
    assert min(below.get_ylim()) < 1.1 * min(ends) < 0
    assert "基准" in style.title_of(figure)
    assert "改变之后" in style.title_of(figure)


@pytest.mark.full
def test_english_sentences_on_the_target_begin_with_a_capital(rounds):
    note = style.note_of(plot_forecast(what_if(rounds, extra_closings=3), language="en"))
    assert " Baseline: " in note
    assert " What if: " in note


@pytest.mark.full
def test_hovering_a_fan_tells_each_of_its_intervals_in_the_order_of_their_name(rounds, told):
    found = forecast_pending(rounds)
    (by_place,) = told(plot_forecast(found, interactive=True, language="en"))
    last = found.table.iloc[-1]
    spans = [[number(last[f"{side}{share}"], 0) for side in ("lower", "upper")] for share in ("_50", "_80", "")]
    assert (
        f"forecast 50/80/95% intervals: {' / '.join('–'.join(span) for span in spans)}" in list(by_place.values())[-1]
    )


@pytest.mark.parametrize("size", ["page", "half"])
def test_first_last_lowest_and_highest_of_the_record_are_labelled_where_there_is_room(ahead, size):
    chart = plot_forecast(ahead, size=size).chart
    (line,) = [mark for mark in chart.marks("past") if isinstance(mark, Line)]
    named = [mark for mark in chart.marks("past") if isinstance(mark, Names)]
    assert len(named) == (size != "half")
    for names in named:
        places = {0, len(line.y) - 1, int(np.argmin(line.y)), int(np.argmax(line.y))}
        assert dict(zip(names.x, names.texts, strict=True)) == {place: number(line.y[place], 0) for place in places}


def test_a_difference_of_nothing_counts_whole_cases(rounds):
    """Its axis ran from −0.04 to 0.04 cases."""
    axes = plot_forecast(what_if(rounds, months=12)).axes[1]
    assert axes.get_ylim() == (-1, 1)
    assert not (axes.get_yticks() % 1).any()
