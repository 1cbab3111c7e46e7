from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.backlog_clock import plot_backlog_clock
from analysis.charts.drawing import style
from analysis.charts.drawing.render import said_by
from analysis.inference.cycle.cycle import cycle
from analysis.measures.caseflow import caseflow_from_counts
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")
CORNERS = {
    "zh": {"多且在增加", "少而在增加", "多而在减少", "少且在减少"},
    "en": {"high and rising", "low and rising", "high and falling", "low and falling"},
}
AXES = {
    "zh": ("期末未结，季节调整（件）", "与上年同期之差（件）"),
    "en": ("pending, season-adjusted (cases)", "change over a year (cases)"),
}


def expected(found, lag=12):
    stock = found.series["pending_adjusted"].to_numpy(dtype=float)
    return np.column_stack([stock[lag:], stock[lag:] - stock[:-lag]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stock_across_and_its_change_over_a_year_upward(found, language, speaks_only):
    figure = plot_backlog_clock(found, language=language)
    speaks_only(figure, language)
    (axes,) = figure.axes
    path = expected(found)
    line = axes.collections[0]
    drawn = np.array([part[0] for part in line.get_segments()] + [line.get_segments()[-1][1]])
    assert drawn == pytest.approx(path)
    texts = {text.get_text(): text for text in axes.texts}
    assert CORNERS[language] <= set(texts)
    assert texts["2008"].xy == pytest.approx(tuple(path[12]))
    assert texts[{"zh": "2011年12月", "en": "Dec 2011"}[language]].xy == pytest.approx(tuple(path[-1]))
    assert (axes.get_xlabel(), axes.get_title("left")) == AXES[language]
    assert axes.get_ylim()[0] < 0 < axes.get_ylim()[1]
    assert figure.key is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(found, language, speaks_only):
    figure = plot_backlog_clock(found, interactive=True, language=language)
    speaks_only(figure, language)
    trace = figure.data[0]
    assert np.column_stack([trace.x, trace.y]) == pytest.approx(expected(found))
    stock, change = (number(round(value)) for value in expected(found)[0])
    when = {"zh": "2007年1月", "en": "Jan 2007"}[language]
    assert trace.customdata[0] == f"{when}{COLON.within(language)}{stock} / {'' if change[0] == '−' else '+'}{change}"
    texts = {note.text for note in figure.layout.annotations}
    assert CORNERS[language] | {AXES[language][1], "2008"} <= texts
    assert figure.layout.xaxis.title.text == AXES[language][0]


@pytest.mark.full
def test_a_season_adjusted_stock_is_not_told_as_the_stock_that_was_counted(found):
    end, counted = (number(found.series[name].iloc[-1], 0) for name in ("pending_adjusted", "pending"))
    assert end != counted
    for language, said in (
        ("zh", f"季节调整后存量{end}件（原值{counted}件）"),
        ("en", f"season-adjusted stock of {end} in Dec 2011 ({counted} recorded)"),
    ):
        assert said in style.title_of(plot_backlog_clock(found, language=language))
    assert f"季节调整后存量{end}件（原值{counted}件）" in style.alt_of(plot_backlog_clock(found))


@pytest.mark.full
def test_without_a_season_the_stock_is_told_once(quarters):
    title = style.title_of(plot_backlog_clock(quarters, language="en"))
    assert title.startswith("Backlog clock: stock of ")
    assert "recorded" not in title


def test_without_a_season_the_axis_does_not_speak_of_one(quarters):
    figure = plot_backlog_clock(quarters, language="en")
    assert figure.axes[0].get_xlabel() == "pending at period end (cases)"
    drawn = figure.axes[0].collections[0].get_segments()
    assert drawn[0][0].tolist() == expected(quarters, 4)[0].tolist()


@pytest.mark.full
def test_alt_text_tells_the_turns_of_the_path(quarters):
    path = expected(quarters, 4)
    alt = style.alt_of(plot_backlog_clock(quarters, language="en"))
    assert number(path[:, 1].max(), 0) in alt
    assert number(path[:, 1].min(), 0) in alt
    assert alt == style.alt_of(plot_backlog_clock(quarters, language="en", interactive=True))
    assert "n = 36" in style.note_of(plot_backlog_clock(quarters))


@pytest.mark.full
def test_a_court_that_stands_still_is_one_point(rounds, speaks_only):
    still = cycle(rounds.assign(filed=40, closed=40, opening=60, closing=60))
    for interactive in (False, True):
        speaks_only(plot_backlog_clock(still, interactive=interactive), "zh")
    drawn = plot_backlog_clock(still).axes[0].collections[0].get_segments()
    assert {tuple(point) for segment in drawn for point in segment.tolist()} == {(60.0, 0.0)}


def test_less_than_a_year_has_no_change_over_it(rounds):
    with pytest.raises(DataError, match="一年"):
        plot_backlog_clock(cycle(rounds.head(8)))


def test_a_stock_that_is_what_it_was_a_year_before_is_not_called_fewer():
    months = pd.date_range("2010-01-01", periods=36, freq="MS")
    still = cycle(caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": 20}), opening=60))
    title = said_by(plot_backlog_clock, still).title
    assert title.zh == "积案时钟：2012年12月存量60件，与上年同期相同"
    assert title.en == "Backlog clock: stock of 60 in Dec 2012, as many as a year before"


@pytest.mark.full
def test_no_year_lies_on_the_name_of_the_last_period():
    """On half a page 2013 ran into Dec 2014."""
    rng, months = np.random.default_rng(7), pd.date_range("2010-01-01", periods=60, freq="MS")
    flow = pd.DataFrame({"period": months, "filed": rng.poisson(3, 60), "closed": rng.poisson(3, 60)})
    found = cycle(caseflow_from_counts(flow, opening=60), adjusted=False)
    figure = plot_backlog_clock(found, size="half", language="en")
    figure.draw_without_rendering()
    (axes,) = figure.axes
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text()[-4:].isdigit()]
    assert len(boxes) > 2
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("size", ["half", "page", "slide"])
def test_the_axes_of_a_small_stock_count_whole_cases(size):
    """Of a court with some fifty cases the axis counted 47.5 and 52.5 cases."""
    rng, months = np.random.default_rng(5), pd.date_range("2010-01-01", periods=48, freq="MS")
    flow = pd.DataFrame({"period": months, "filed": rng.poisson(15, 48), "closed": rng.poisson(15, 48)})
    (axes,) = plot_backlog_clock(cycle(caseflow_from_counts(flow, opening=55), adjusted=False), size=size).axes
    assert not (np.concatenate([axes.get_xticks(), axes.get_yticks()]) % 1).any()
