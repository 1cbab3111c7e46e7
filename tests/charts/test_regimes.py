from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.drawing import style
from analysis.charts.drawing.marks import Band, Names
from analysis.charts.drawing.render import said_by
from analysis.charts.regimes import plot_regimes
from analysis.inference.cycle.cycle import cycle
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")
NAMES = {
    "zh": ["净流量（新收－结案）", "状态的平均（带95%区间）"],
    "en": ["net flow (filed − closed)", "regime mean with 95% limits"],
}
PANELS = {"zh": ["净流量（件）", "处于较高状态的概率"], "en": ["net flow (cases)", "probability of the higher regime"]}


@pytest.fixture(scope="module")
def two():
    """Four stretches of a year and a half that anyone can see."""
    net = np.repeat([9, -9, 9, -9], 18) + np.random.default_rng(2).integers(-2, 3, 72)
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    found = cycle(pd.DataFrame({"period": months, "filed": 40 + net, "closed": 40, "closing": 100 + net.cumsum()}))
    assert found.regimes["regime"].tolist() == ["higher", "lower", "higher", "lower"]
    return found


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_net_flow_with_the_means_above_and_the_probability_below(two, language, speaks_only, key_of):
    figure = plot_regimes(two, language=language)
    speaks_only(figure, language)
    flow, chance = figure.axes
    assert flow.lines[1].get_ydata().tolist() == two.regime_probabilities["net"].tolist()
    means = list(flow.lines[2:])
    assert [line.get_ydata()[0] for line in means] == pytest.approx(two.regimes["mean"].tolist())
    ends = [(line.get_xdata()[0], line.get_xdata()[-1]) for line in means]
    assert ends == [(-0.5, 17.5), (17.5, 35.5), (35.5, 53.5), (53.5, 71.5)]
    for mark, row in zip(
        [m for m in figure.chart.marks("mean") if isinstance(m, Band)], two.regimes.itertuples(), strict=True
    ):
        assert (set(mark.lower), set(mark.upper)) == ({row.lower}, {row.upper})
    assert flow.lines[0].get_zorder() < means[0].get_zorder()  # the line of no change hides no mean
    top = chance.collections[0].get_paths()[0].vertices[:, 1].max()
    assert top == pytest.approx(two.regime_probabilities["higher"].max())
    assert chance.get_ylim() == (0, 1)
    assert key_of(figure) == NAMES[language]
    assert [axes.get_title("left") for axes in figure.axes] == PANELS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(two, language, speaks_only, key_of, told):
    figure = plot_regimes(two, interactive=True, language=language)
    speaks_only(figure, language)
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert list(traces[NAMES[language][0]].y) == two.regime_probabilities["net"].tolist()
    means = [trace for trace in figure.data if trace.name == NAMES[language][1]]
    assert [set(trace.y) for trace in means] == [{mean} for mean in two.regimes["mean"]]
    area = next(trace for trace in figure.data if trace.fill and trace.yaxis == "y2")
    assert list(area.y) == two.regime_probabilities["higher"].tolist()
    flow, chance = told(figure)
    for row in two.regime_probabilities.itertuples():
        assert flow[row.period].startswith(
            f"{NAMES[language][0]}{COLON.within(language)}{number(row.net, 0)}<br>{NAMES[language][1]}{COLON.within(language)}"
        )
        assert chance[row.period] == f"{PANELS[language][1]}{COLON.within(language)}{number(row.higher, 2)}"
    assert key_of(figure) == NAMES[language]
    assert [note.text for note in figure.layout.annotations][-2:] == PANELS[language]


@pytest.mark.parametrize("interactive", [False, True])
def test_one_regime_has_no_second_panel_and_the_note_says_why(quarters, interactive):
    figure = plot_regimes(quarters, interactive=interactive, language="en")
    panels = len(figure.axes) if not interactive else len(list(figure.select_yaxes()))
    assert panels == 1
    row = quarters.regimes.iloc[0]
    said = f"no change of regime is seen: mean {number(row['mean'], 1)} a period"
    words = figure.axes[0].texts if not interactive else figure.layout.annotations
    assert any((text.text if interactive else text.get_text()).startswith(said) for text in words)
    drawn = [trace.meta for trace in figure.data] if interactive else [mark.role for mark in figure.chart.marks()]
    assert "mean" not in drawn, "no flat line"
    assert "one regime" in style.note_of(figure)
    assert "n = 40" in style.note_of(figure)


def test_alt_text_tells_each_stretch(two):
    alt = style.alt_of(plot_regimes(two))
    assert alt == style.alt_of(plot_regimes(two, interactive=True))
    for told in ("2006年1月至2007年6月", "2010年7月至2011年12月", number(two.regimes["mean"].iloc[0], 1)):
        assert told in alt
    assert "BIC" in style.note_of(plot_regimes(two))


def test_a_season_taken_out_is_named(found, key_of):
    assert key_of(plot_regimes(found, language="en"))[0] == "net flow, season-adjusted"


def test_the_ends_of_the_net_flow_bear_their_numbers(two, quarters):
    """The line stood bare, and the sentence of a single regime lay over its peak."""
    for found in (two, quarters):
        (names,) = [mark for mark in plot_regimes(found).chart.marks("net") if isinstance(mark, Names)]
        net = found.regime_probabilities["net"]
        ends = dict.fromkeys([0, len(net) - 1, int(net.argmin()), int(net.argmax())])
        assert list(names.x) == list(ends)
        assert list(names.texts) == [number(net[place], 0) for place in ends], "whole cases"
    panel = plot_regimes(quarters).axes[0]
    figure = panel.figure
    figure.draw_without_rendering()
    (said,) = [text for text in panel.texts if len(text.get_text()) > 9]
    assert said.get_window_extent().y0 > panel.transData.transform((0, net.max()))[1]


def test_of_too_few_periods_nothing_is_said_to_be_unchanged():
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    net = [1, -1, 2, 0, -2, 1, 0, 3, -1, 0, 1, 2]
    few = cycle(
        pd.DataFrame({"period": months, "filed": [5 + n for n in net], "closed": 5, "closing": 10 + np.cumsum(net)})
    )
    chart = said_by(plot_regimes, few)
    assert chart.title.zh == "净流量：不足24期，未作状态划分"
    still = cycle(pd.DataFrame({"period": months, "filed": 5, "closed": 5, "closing": 10}))
    assert said_by(plot_regimes, still).title.zh == "净流量：未见状态改变"
    assert not [text for mark in chart.marks() for text in getattr(mark, "texts", []) if "未见" in text]
