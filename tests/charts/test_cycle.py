from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.cases.table import Cases
from analysis.charts.backlog_clock import plot_backlog_clock
from analysis.charts.campaign import plot_campaign
from analysis.charts.cycle import plot_cycle
from analysis.charts.cycle_words import FINDINGS, said_problems, turns_text
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.render import said_by
from analysis.inference.cycle.campaign import campaign_effect
from analysis.inference.cycle.cycle import cycle
from analysis.inference.cycle.judgement import VERDICTS
from analysis.measures.caseflow import caseflow, caseflow_from_counts
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

LANGUAGES = ("zh", "en")
CAMPAIGN = ("2008-11", "2009-06", "清积案")
KEY = {
    "zh": {"累积", "清理", "未结（原值）", "未结（季节调整）", "峰", "谷", "新收 ↑", "结案 ↓"},
    "en": {"accumulating", "clearing", "pending, recorded", "pending, season-adjusted", "peak", "trough"}
    | {"filed ↑", "closed ↓"},
}
Y_TITLES = {"zh": ["期末未结（件）", "案件数（件）"], "en": ["pending at period end (cases)", "cases"]}


def bands(axes):
    """First and last place of the shaded phases, by colour."""
    colours = {"#f2d388": "accumulating", "#dce6ee": "clearing"}
    return [
        (round(patch.get_x(), 1), round(patch.get_x() + patch.get_width(), 1), colours[to_hex(patch.get_facecolor())])
        for patch in axes.patches
        if to_hex(patch.get_facecolor()) in colours
    ]


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_stock_with_phases_and_turning_points_above_and_mirrored_bars_below(found, language, speaks_only, key_of):
    figure = plot_cycle(found, language=language)
    speaks_only(figure, language)
    stock, flows = figure.axes
    recorded, adjusted = stock.lines[:2]
    assert recorded.get_ydata().tolist() == found.series["pending"].tolist()
    assert adjusted.get_ydata() == pytest.approx(found.series["pending_adjusted"])
    for kind, marker in (("peak", "^"), ("trough", "v")):
        (mark,) = figure.chart.marks(kind)
        part = found.turning_points[found.turning_points["kind"] == kind]
        assert list(mark.x) == [found.series["period"].tolist().index(date) for date in part["date"]]
        assert list(mark.y) == part["pending_adjusted"].tolist()
        assert palette.ROLES[kind].marker == marker
    hatched = {to_hex(patch.get_facecolor()) for patch in stock.patches if patch.get_hatch() == "///"}
    assert hatched == {"#dce6ee"}, "clearing is told by its hatch as well"
    phases = [tuple(found.series["period"].searchsorted([p.start, p.end])) for p in found.phases.itertuples()]
    assert bands(stock) == [(*edges, kind) for edges, kind in zip(phases, found.phases["kind"], strict=True)]
    filed, closed = flows.containers
    assert [bar.get_height() for bar in filed] == found.series["filed"].tolist()
    assert [bar.get_height() for bar in closed] == (-found.series["closed"]).tolist()
    assert not any("−" in label.get_text() for label in flows.get_yticklabels())
    assert set(key_of(figure)) == KEY[language]
    assert [axes.get_title("left") for axes in figure.axes] == Y_TITLES[language]
    years = {"zh": [f"{y}年" for y in range(2006, 2012)], "en": [str(y) for y in range(2006, 2012)]}
    assert [label.get_text() for label in flows.get_xticklabels()] == years[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(found, language, speaks_only, key_of):
    figure = plot_cycle(found, campaigns=[CAMPAIGN[:2]], interactive=True, language=language)
    speaks_only(figure, language)
    traces = {trace.name: trace for trace in figure.data}
    zh = language == "zh"
    assert list(traces["未结（原值）" if zh else "pending, recorded"].y) == found.series["pending"].tolist()
    peaks = found.turning_points[found.turning_points["kind"] == "peak"]
    drawn = traces["峰" if zh else "peak"]
    assert pd.DatetimeIndex(drawn.x).tolist() == peaks["date"].tolist()
    assert list(drawn.y) == peaks["pending_adjusted"].tolist()
    assert list(traces["结案 ↓" if zh else "closed ↓"].y) == (-found.series["closed"]).tolist()
    assert set(key_of(figure)) == KEY[language] | {"专项活动" if zh else "campaign"}
    filled = [shape for shape in figure.layout.shapes if shape.fillcolor in (palette.SAND, "#DCE6EE")]
    assert [pd.Timestamp(shape.x0) for shape in sorted(filled, key=lambda s: s.x0)] == found.phases["start"].tolist()
    assert all(shape.layer == "below" for shape in filled)
    campaign, _ = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert (str(campaign.x0)[:10], str(campaign.x1)[:10]) == ("2008-10-16", "2009-06-16")  # half a month around
    texts = [note.text for note in figure.layout.annotations]
    names = [text.split("<br>")[0] for text in texts if not text.lstrip("+−").isdigit()]
    assert [text for text in names if text not in KEY[language]] == Y_TITLES[language]
    assert figure.layout.xaxis2.tickformat == ("%Y年%-m月" if zh else "%b %Y")


def test_every_period_is_told_of_its_own_numbers_alone(found, told):
    """Unified hover shows the nearest point of every trace: one trace alone speaks, of all that stands in a period."""
    stock, flows = told(plot_cycle(found, interactive=True, language="en"))
    turns = dict(zip(found.turning_points["date"], found.turning_points["kind"], strict=True))
    for row in found.series.itertuples():
        adjusted = number(row.pending_adjusted, 0)
        said = [f"pending, recorded: {row.pending:.0f}", f"pending, season-adjusted: {adjusted}"]
        said += [f"{turns[row.period]}: {number(round(row.pending_adjusted))}"] if row.period in turns else []
        assert stock[row.period] == "<br>".join(said)
        assert flows[row.period] == f"filed: {row.filed:.0f}<br>closed: {row.closed:.0f}"


def test_a_turning_point_bears_the_number_of_the_line_that_it_stands_on(found):
    assert (found.turning_points["pending"] != found.turning_points["pending_adjusted"].round()).any()
    stock = plot_cycle(found, language="en").axes[0]
    turning = set(np.searchsorted(found.series["period"], found.turning_points["date"]))
    (level,) = [stock.get_ylim()[1]]
    marked = sorted(
        (text.xy[0], text.get_text())
        for text in stock.texts
        if text.xy[0] in turning and text.xy[1] != level and text.get_color() == palette.INK
    )
    line = stock.lines[1].get_ydata()
    assert [label for _, label in marked] == [number(round(line[int(place)])) for place, _ in marked]
    for value in found.turning_points["pending_adjusted"]:
        assert f"season-adjusted {number(round(value))}" in turns_text(found).en


def test_phases_say_what_they_are_and_by_how_much_the_stock_changed(found):
    stock = plot_cycle(found).axes[0]
    level = stock.get_ylim()[1]
    said = [text.get_text() for text in stock.texts if text.xy[1] == pytest.approx(level)]
    assert said == [
        f"{ {'accumulating': '累积', 'clearing': '清理'}[phase.kind] }\n{'+' if phase.cases > 0 else ''}{number(phase.cases)}"
        for phase in found.phases.itertuples()
    ]


def test_a_phase_bears_no_number_that_speaks_against_it(found):
    """Phases are dated without the season, and the recorded stock may have gone the other way, or nowhere."""
    phases = found.phases.assign(cases=[0, 2, *found.phases["cases"].iloc[2:]])
    stock = plot_cycle(replace(found, phases=phases)).axes[0]
    named = sorted((t.xy[0], t.get_text()) for t in stock.texts if t.xy[1] == pytest.approx(stock.get_ylim()[1]))
    assert [text for _, text in named[:3]] == ["累积", "清理", f"累积\n+{number(phases['cases'].iloc[2])}"]
    assert "+ accumulating, − clearing" in style.note_of(plot_cycle(found, language="en"))


def test_an_unfinished_phase_that_ends_as_it_began_is_neither_shaded_nor_named():
    closing = [4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 3, 5, 8, 9]
    months = pd.date_range("2010-01-01", periods=len(closing), freq="MS")
    counts = pd.DataFrame({"period": months, "filed": 20, "closed": 20 - np.diff(closing, prepend=3)})
    figure = plot_cycle(cycle(caseflow_from_counts(counts, opening=3), adjusted=False))
    assert bands(figure.axes[0]) == [(0, 5, "accumulating")]
    assert "清理\n" not in "".join(text.get_text() for text in figure.axes[0].texts)
    assert "无底色的一段末值与初值相同" in style.note_of(figure)


def test_first_last_highest_and_lowest_recorded_stock_are_labelled(found):
    stock = plot_cycle(found).axes[0]
    labels = {text.xy: text.get_text() for text in stock.texts if text.get_color() != palette.INK}
    values = found.series["pending"].reset_index(drop=True)
    places = {0, len(values) - 1, int(values.idxmax()), int(values.idxmin())}
    assert labels == {(place, values[place]): number(values[place]) for place in places}


@pytest.mark.full
def test_a_verdict_stands_in_the_title_where_most_variants_share_it(found):
    def titled(share, verdict="one_campaign"):
        verdicts = found.verdicts.assign(same_share=share, verdict=verdict)
        return style.title_of(plot_cycle(replace(found, verdicts=verdicts)))

    assert titled(0.9) == "未结存量：只见一次集中清理"
    assert titled(0.5) == "未结存量：累积与清理，尚无可作定论的结论"
    assert {titled(0.9, verdict) for verdict in VERDICTS} == {f"未结存量：{FINDINGS[v].zh}" for v in VERDICTS}


def test_a_campaign_is_marked_in_both_panels_and_named(found, key_of):
    figure = plot_cycle(found, campaigns=[CAMPAIGN])
    assert CAMPAIGN[2] in key_of(figure)
    assert "标出：清积案" in style.alt_of(figure)
    for axes in figure.axes:
        (hatched,) = [patch for patch in axes.patches if patch.get_hatch() == "...."]
        assert (hatched.get_x(), hatched.get_x() + hatched.get_width()) == (33.5, 41.5)


def test_a_name_of_a_campaign_is_text_and_no_markup_on_the_screen(found):
    figure = plot_cycle(found, campaigns=[(*CAMPAIGN[:2], "<b>甲</b>")], interactive=True)
    assert "&lt;b&gt;甲&lt;/b&gt;" in [trace.name for trace in figure.data]


@pytest.mark.parametrize("campaign", [("2020-01", "2020-06"), ("2008-01",), "2008-01"])
def test_a_campaign_that_cannot_be_marked_is_said(found, campaign):
    with pytest.raises(ArgumentError, match="campaigns"):
        plot_cycle(found, campaigns=[campaign])


@pytest.mark.parametrize("language", LANGUAGES)
def test_alt_text_and_note_tell_the_numbers(found, language):
    figure = plot_cycle(found, language=language)
    assert style.alt_of(figure) == style.alt_of(plot_cycle(found, interactive=True, language=language))
    for pending in found.turning_points["pending"]:
        assert number(pending) in style.alt_of(figure)
    told = {
        "zh": ("2006年1月至2011年12月", "件", "首尾阶段不完整"),
        "en": ("Jan 2006 to Dec 2011", "in all", "cut off"),
    }[language]
    assert told[0] in style.alt_of(figure)
    assert told[1] in style.alt_of(figure)
    assert told[2] in style.note_of(figure)
    assert {"zh": "72期", "en": "72 periods"}[language] in style.note_of(figure)


@pytest.mark.full
def test_a_flow_without_a_season_has_one_line_of_the_stock(quarters, key_of, speaks_only):
    for language in LANGUAGES:
        figure = plot_cycle(quarters, language=language)
        speaks_only(figure, language)
        assert not any("season" in name or "季节" in name for name in key_of(figure))
        stock, level = figure.axes[0], figure.axes[0].get_ylim()[1]
        labels = [text.get_text() for text in sorted(stock.texts, key=lambda text: text.xy) if text.xy[1] < level]
        ends = [number(quarters.series["pending"].iloc[place]) for place in (0, -1)]
        assert [text for text in labels if text not in ends] == ["33,044", "60,832", "58,106"], "each once"
        assert labels[0] == ends[0]
        assert labels[-1] == ends[1]
        assert "296" in style.note_of(figure)  # the residual of the source is told under the chart


@pytest.mark.full
def test_a_stock_below_zero_is_drawn_below_zero_and_said(below_zero):
    figure = plot_cycle(below_zero)
    assert figure.axes[0].get_ylim()[0] < below_zero.series["pending"].min() < 0
    assert "低于零" in style.note_of(figure)
    recorded = next(t for t in plot_cycle(below_zero, interactive=True).data if t.meta == "recorded")
    assert min(recorded.y) < 0


@pytest.mark.full
def test_every_chart_of_a_stock_below_zero_says_so():
    years = pd.DataFrame({"period": range(1980, 2005), "filed": [100, 104] * 12 + [100], "closed": 107})
    flow = caseflow_from_counts(years, opening=40)
    drawn = [
        plot_backlog_clock(cycle(flow), language="en"),
        plot_campaign(campaign_effect(flow, period=("1995", "1997")), language="en"),
    ]
    for figure in drawn:
        assert "below zero" in style.note_of(figure)


@pytest.mark.full
def test_many_turning_points_are_marked_without_numbers():
    years = pd.DataFrame({"period": range(1950, 2010), "filed": 100, "closed": np.tile([90, 110, 95, 105], 15)})
    found = cycle(caseflow_from_counts(years, opening=500))
    assert len(found.turning_points) > 12
    assert {text.get_color() for text in plot_cycle(found).axes[0].texts} == {palette.NAVY}, (
        "only first, last, highest, lowest"
    )


@pytest.mark.full
def test_one_of_several_courts_is_drawn_and_named(rounds):
    two = pd.concat([rounds.assign(court="甲"), rounds.assign(court="乙", filed=rounds["filed"] + 1)])
    found = cycle(two)
    with pytest.raises(ArgumentError, match="court="):
        plot_cycle(found)
    with pytest.raises(ArgumentError, match="丙"):
        plot_cycle(found, court="丙")
    figure = plot_cycle(found, court="乙")
    assert figure.axes[1].containers[0][0].get_height() == rounds["filed"].iloc[0] + 1
    assert style.note_of(figure).startswith("乙；")


@pytest.mark.full
def test_two_periods_are_drawn_without_turning_points(rounds, speaks_only):
    found = cycle(rounds.head(2))
    for language in LANGUAGES:
        for interactive in (False, True):
            speaks_only(plot_cycle(found, language=language, interactive=interactive), language)
    assert turns_text(found).zh == "没有转折点"


def test_the_result_is_not_changed(found):
    before = found.series.copy()
    plot_cycle(found, campaigns=[CAMPAIGN])
    plot_cycle(found, campaigns=[CAMPAIGN], interactive=True)
    pd.testing.assert_frame_equal(found.series, before)


@pytest.mark.full
def test_a_campaign_of_one_year_has_a_breadth_on_the_screen():
    years = pd.DataFrame({"period": range(1990, 2010), "filed": 100, "closed": [90, 110] * 10})
    flow = caseflow_from_counts(years, opening=500)
    marked = plot_cycle(cycle(flow), campaigns=[("2005", "2005")], interactive=True).layout.shapes
    effect = plot_campaign(campaign_effect(flow, period=("2005", "2005")), interactive=True).layout.shapes
    for shape in (next(shape for shape in marked if shape.line.dash == "dot"), effect[0]):
        assert pd.Timestamp("2005-01-01") - pd.Timestamp(shape.x0) == pd.Timedelta(days=183)
        assert pd.Timestamp(shape.x1) - pd.Timestamp("2005-01-01") == pd.Timedelta(days=182.5)


def test_english_sentences_on_problems_begin_with_a_capital():
    problems = pd.DataFrame(
        {"severity": ["problem"], "problem": ["台账只有后来的案件\nthe register holds later cases only"]}
    )
    assert said_problems(problems) == Text("台账只有后来的案件。", " The register holds later cases only.")


def test_a_stock_dated_as_recorded_has_no_second_line_nor_season_adjusted_words():
    """The words called the recorded stock at a turning point season-adjusted."""
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    closed = [10 if day.month in (1, 2) else 24 if day.year % 2 else 18 for day in months]
    flow = caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed, "opening": 300}))
    for adjusted in (True, False):
        said = said_by(plot_cycle, cycle(flow, adjusted=adjusted))
        assert bool(said.marks("adjusted")) == adjusted
        assert ("季节调整后" in said.alt.zh) == adjusted


def test_of_a_register_that_is_whole_in_no_period_the_stock_is_that_of_the_cases_listed():
    filed = pd.date_range("2024-01-01", "2024-08-31", periods=300).normalize()
    closed = (filed + pd.to_timedelta(np.arange(300) % 50 * 9 + 5, unit="D")).to_series(index=range(300))
    rows = pd.DataFrame({"filed_on": filed, "closed_on": closed.where(closed <= "2024-08-31")})
    cases = Cases.from_frames(rows, as_of="2024-08-31")
    assert cases.beginning.whole is None
    said = style.alt_of(plot_cycle(cycle(caseflow(cases, freq="M"), cases=cases), language="zh"))
    assert "期初存量不知，所列案件的未结存量由" in said
