from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.drawing import style
from analysis.charts.season import plot_season
from analysis.charts.season_words import season_name
from analysis.inference.cycle.cycle import cycle
from analysis.measures.caseflow import caseflow_from_counts
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number

LANGUAGES = ("zh", "en")
PANELS = {"zh": ["新收", "结案"], "en": ["filed", "closed"]}
UNIT = {"zh": "为全年平均的倍数", "en": "times the year's mean"}
MONTHS = {
    "zh": [str(month) for month in range(1, 13)],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def rows(found, name):
    return found.season[found.season["series"] == name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_month_as_a_multiple_of_the_years_mean_with_limits(found, language, speaks_only):
    figure = plot_season(found, language=language)
    speaks_only(figure, language)
    for axes, name, title in zip(figure.axes, ("filed", "closed"), PANELS[language], strict=True):
        bars, points = axes.collections
        assert points.get_offsets()[:, 1].tolist() == pytest.approx(rows(found, name)["index"].tolist())
        spans = np.array([segment[:, 1] for segment in bars.get_segments()])
        assert spans == pytest.approx(rows(found, name)[["index_lower", "index_upper"]].to_numpy())
        assert [label.get_text() for label in axes.get_xticklabels()] == MONTHS[language]
        assert axes.get_xlabel() == {"zh": "月", "en": ""}[language]
        assert (axes.get_title("left"), axes.get_title("right")) == (title, UNIT[language])
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert figure.axes[0].get_ylim()[0] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(found, language, speaks_only):
    figure = plot_season(found, interactive=True, language=language)
    speaks_only(figure, language)
    for place, name in enumerate(("filed", "closed")):
        spans, points = figure.data[2 * place : 2 * place + 2]
        assert list(points.y) == pytest.approx(rows(found, name)["index"].tolist())
        assert spans.y[::3] == pytest.approx(rows(found, name)["index_lower"].to_numpy())
        assert spans.y[1::3] == pytest.approx(rows(found, name)["index_upper"].to_numpy())
        value, low, high = (
            number(rows(found, name)[column].iloc[11], 2) for column in ("index", "index_lower", "index_upper")
        )
        told_of = {"zh": f"12月：{value}（{low}–{high}）", "en": f"Dec: {value} ({low}–{high})"}
        assert points.customdata[11] == told_of[language]
    texts = [note.text for note in figure.layout.annotations]
    assert texts == [f"<b>{name}</b>" for name in PANELS[language]] + [UNIT[language]] * 2


def test_half_a_page_names_every_third_month(found):
    labels = plot_season(found, language="en", size="half").axes[0].get_xticklabels()
    assert [label.get_text() for label in labels] == ["Mar", "Jun", "Sep", "Dec"]


def test_alt_text_and_note_tell_december_and_the_test(found):
    figure = plot_season(found, language="en")
    assert "closings are most in Dec" in style.alt_of(figure)
    assert style.alt_of(figure) == style.alt_of(plot_season(found, language="en", interactive=True))
    assert "n = 6 whole years" in style.note_of(figure)
    assert "closed p\xa0<\xa00.001" in style.note_of(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quarters_have_their_names(quarters, language, speaks_only):
    figure = plot_season(quarters, language=language)
    speaks_only(figure, language)
    names = {"zh": ["一季度", "二季度", "三季度", "四季度"], "en": ["Q1", "Q2", "Q3", "Q4"]}
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == names[language]


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_weeks_are_numbered_by_quarters(language, speaks_only):
    weeks = pd.date_range("2008-01-07", periods=52 * 4, freq="7D")
    counts = pd.DataFrame({"period": weeks, "filed": 20 + np.arange(208) % 7, "closed": 20 + np.arange(208) % 5})
    found = cycle(caseflow_from_counts(counts, opening=90))
    figure = plot_season(found, language=language)
    speaks_only(figure, language)
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert labels == ["1", "14", "27", "40"]
    assert figure.axes[0].get_xlabel() == {"zh": "周", "en": "week of the year"}[language]
    screen = plot_season(found, language=language, interactive=True)
    speaks_only(screen, language)
    assert len(screen.data[1].x) == 52
    assert list(screen.layout.xaxis.tickvals) == [0, 13, 26, 39]
    assert list(screen.layout.xaxis.ticktext) == ["1", "14", "27", "40"]


def test_without_three_years_there_is_nothing_to_draw(rounds, below_zero):
    for bare in (cycle(rounds.head(24)), below_zero):
        with pytest.raises(DataError, match="季节"):
            plot_season(bare)


@pytest.mark.parametrize(
    ("number", "freq", "zh", "en"), [(2, "M", "2月", "Feb"), (1, "Q", "一季度", "Q1"), (7, "W", "第7周", "week 7")]
)
def test_names_of_seasons(number, freq, zh, en):
    assert (season_name(number, freq, "zh"), season_name(number, freq, "en")) == (zh, en)


def test_a_court_that_closed_nothing_has_the_season_of_its_filings_alone():
    months = pd.date_range("2008-01-01", periods=48, freq="MS")
    flow = caseflow_from_counts(pd.DataFrame({"period": months, "filed": ([9] * 11 + [21]) * 4, "closed": 0}))
    said = style.alt_of(plot_season(cycle(flow)))
    assert "新收最多在12月" in said
    assert "结案" not in said


@pytest.mark.full
def test_a_month_that_stands_out_in_few_years_is_not_denied_above_its_picture():
    rng = np.random.default_rng(4)
    closed = rng.poisson(14, 36)
    closed[11::12] = [74, 76, 81]
    flow = pd.DataFrame(
        {"period": pd.date_range("2022-01-01", periods=36, freq="MS"), "filed": rng.poisson(20, 36), "closed": closed}
    )
    words = plot_season(cycle(caseflow_from_counts(flow))).words
    assert "结案12月最多" in words
    assert "年数尚少，不足以确定季节性" in words
    assert "结案未见季节性" not in words
