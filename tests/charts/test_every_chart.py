"""Every mark of every chart stands on paper and on screen where the chart says, and tells there what it says."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import analysis as an
from analysis.charts import caseflow
from analysis.charts.drawing import as_svg, on_paper, on_screen
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Names, Panel, Span
from analysis.charts.drawing.render import said_by
from analysis.vocabulary.language import speaking

MOST_LINES_OF_A_CHART = 150
Said = dict[str, tuple[Callable[..., Any], Any, dict[str, Any]]]


@pytest.fixture(scope="module")
def said(rounds, found, sample_cases) -> Said:
    """A result of each kind, with the function that draws it."""
    year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    printed = an.reconcile(
        an.read_returns(pd.DataFrame([{**year, "received": "4", "closed": "3", "closure_rate": "95"}]))
    )
    cases = an.Cases.from_frames(
        pd.DataFrame(
            {
                "case_no": [f"{n}" for n in range(12)],
                "filed_on": pd.date_range("2010-01-10", periods=12, freq="20D"),
                "closed_on": [*pd.date_range("2010-03-01", periods=8, freq="40D"), None, None, None, None],
                "has_property": [True, False] * 6,
            }
        ),
        as_of="2011-12-31",
    )
    rates = pd.DataFrame({"court": list("甲乙丙丁"), "closed": [90, 80, 99, 70], "received": [100, 99, 100, 95]})
    years = pd.DataFrame(
        {"court": np.repeat(list("甲乙丙丁"), 3), "year": [2009, 2010, 2011] * 4, "rate": range(80, 92)}
    )
    strips = pd.DataFrame({"court": list("甲乙丙"), "indicator": "closure_rate", "value": [99.2, 95, 90]})
    many = pd.DataFrame(
        {"court": [f"甲{n:02d}" for n in range(12)], "closed": range(88, 100), "received": range(100, 112)}
    )
    dozen = pd.DataFrame({"court": np.repeat(many["court"], 2), "year": [2010, 2011] * 12, "rate": range(70, 94)})
    shares = {"numerator": "closed", "denominator": "received"}
    months = pd.date_range("2010-01-01", periods=12, freq="MS")
    spans = {"period_start": months, "period_end": months + pd.offsets.MonthEnd()}
    return {
        "caseflow": (an.plot_caseflow, rounds, {}),
        "caseflow by year": (an.plot_caseflow, an.caseflow(cases, freq="Y", by="has_property"), {}),
        "cycle": (an.plot_cycle, found, {"campaigns": [("2008-11", "2009-06")]}),
        "season": (an.plot_season, found, {}),
        "regimes": (an.plot_regimes, found, {}),
        "backlog clock": (an.plot_backlog_clock, found, {}),
        "control limits": (an.plot_control_limits, an.control_limits(rounds), {}),
        "variation": (
            an.plot_control_limits,
            an.variation_table(
                pd.DataFrame(
                    {
                        "indicator": "closure_rate",
                        "unit": "%",
                        "value": [50, 54, 47, 52, 49, 55, 48, 51, 46, 53, 50, 75],
                        **spans,
                    }
                ),
                targets={"closure_rate": 50},
                directions={"closure_rate": "higher"},
            ),
            {},
        ),
        "campaign": (an.plot_campaign, an.campaign_effect(rounds, period=("2008-11", "2009-06")), {}),
        "stock change": (an.plot_stock_change, an.stock_change(rounds, period=("2008-11", "2009-06")), {}),
        "bridge": (
            an.plot_bridge,
            an.definition_bridge(cases, periods=[2010, 2011], sets=["trio-2014", "henan-2016"], only="closure_rate"),
            {},
        ),
        "what if": (an.plot_forecast, an.what_if(rounds, extra_closings=3), {}),
        "ages": (an.plot_ages, an.pending_ages(cases, at="2010-06-30", by="has_property"), {}),
        "durations": (an.plot_durations, an.time_to_close(cases, by="has_property"), {}),
        "indicators": (an.plot_indicators, an.indicators(cases, periods=[2010, 2011], only=["closure_rate"]), {}),
        "printed": (an.plot_printed, printed.figures, {}),
        "reconciliation": (an.plot_reconciliation, printed, {}),
        "shadow stock": (an.plot_shadow_stock, an.shadow_stock(sample_cases, freq="Y"), {}),
        "petitions": (an.plot_petitions, an.petitions(sample_cases, periods=[2010, 2011]), {}),
        "entry": (an.plot_entry, an.entry_quality(sample_cases), {}),
        "incidence": (an.plot_incidence, an.closing_incidence(cases), {}),
        "bunching": (an.plot_bunching, an.limit_bunching(cases), {}),
        "officers": (an.plot_officers, an.officer_scorecard(sample_cases, period=2011, names=True), {}),
        "caterpillar": (an.plot_caterpillar, an.shrink(rates, **shares), {"highlight": "乙"}),
        "ranks": (an.plot_ranks, an.rank_intervals(many, **shares), {"highlight": "甲01"}),
        "slopes": (an.plot_slopes, an.peer_trends(years, value="rate"), {"highlight": "乙"}),
        "band": (an.plot_band, an.peer_trends(dozen, value="rate"), {"highlight": "甲00"}),
        "history": (an.plot_history, an.reconcile(an.sample_path("returns_fujin.csv")), {}),
        "peers": (an.plot_peers, strips, {"highlight": "乙", "bands": {"closure_rate": (92, 98)}}),
        "funnel": (an.plot_funnel, an.funnel(many, **shares), {"highlight": "甲00"}),
    }


ALL = [
    "caseflow", "caseflow by year", "cycle", "season", "regimes", "backlog clock", "control limits", "variation", "campaign",
    "stock change", "bridge", "what if", "shadow stock", "petitions", "entry", "incidence", "bunching", "officers", "ages", "durations",
    "indicators", "printed", "reconciliation", "caterpillar", "ranks", "slopes", "band", "history", "peers", "funnel",
]  # fmt: skip


# One of each layout: a panel, several below one another, a date axis with stretches, a strip, an own look.
OF_EACH_LAYOUT = {"caseflow by year", "cycle", "regimes", "ranks", "peers", "funnel", "durations"}
FIRST_OF_EACH_LAYOUT = [pytest.param(name, marks=() if name in OF_EACH_LAYOUT else pytest.mark.full) for name in ALL]


def chart_of(said: Said, name: str, **options: Any) -> Any:
    plot, result, more = said[name]
    return plot(result, **more, **options)


@pytest.mark.full
@pytest.mark.parametrize("name", FIRST_OF_EACH_LAYOUT)
def test_every_mark_stands_where_the_chart_says(said, name, placed):
    chart: Chart = chart_of(said, name).chart
    assert chart.marks()
    for panel in chart.panels:
        for mark in panel.marks:
            if isinstance(mark, Names):
                continue
            expected = [pytest.approx(place) for place in placed.expected(mark)]
            axes = Figure().subplots()
            bare = Panel(marks=[replace(mark, label="")])
            on_paper.draw_panel(axes, bare)
            assert placed.on_paper(mark, axes) == expected, mark
            alone = replace(chart, panels=[bare], by_place=False, lines=0.0)
            assert placed.on_screen(mark, on_screen.draw(alone)) == expected, mark


@pytest.mark.parametrize("name", FIRST_OF_EACH_LAYOUT)
def test_every_chart_is_drawn_on_axes_of_ones_own(said, name, placed):
    plot, result, more = said[name]
    panels = said_by(plot, result, **more).panels
    figure = Figure(figsize=(8, 4 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels) + 1)
    assert chart_of(said, name, ax=axes[:-1] if len(panels) > 1 else axes[0], title="我的图题") is figure
    assert axes[0].get_title(loc="center") == "我的图题"
    assert not axes[-1].has_data(), "the other axes are the caller's"
    for panel, frame in zip(panels, axes, strict=False):
        assert bool(frame.has_data() or frame.texts) == bool(panel.marks)
    figure.savefig(io.BytesIO(), dpi=20)  # a missing glyph is an error


@pytest.mark.parametrize("name", FIRST_OF_EACH_LAYOUT)
def test_every_chart_is_drawn_in_a_figure_of_ones_own(said, name):
    plot, result, more = said[name]
    panels = said_by(plot, result, **more).panels
    figure = Figure(figsize=(12, 9))
    left, right = figure.subfigures(1, 2)
    assert chart_of(said, name, figure=left, title="我的图题") is figure
    assert left.get_suptitle() == "我的图题"
    assert not right.axes, "the other half is the caller's"
    shown = [axes for axes in left.axes if axes.get_visible()]
    assert len(shown) == len(panels)
    for panel, axes in zip(panels, shown, strict=True):
        assert bool(axes.has_data() or axes.texts) == bool(panel.marks)
    figure.savefig(io.BytesIO(), dpi=20)  # a missing glyph is an error
    for legend in left.legends:  # neither over the panels nor over the title
        others = [left._suptitle, *shown]
        assert [one for one in others if legend.get_window_extent().overlaps(one.get_window_extent())] == []


def test_a_figure_of_ones_own_is_empty_and_the_only_place(said):
    figure, axes = Figure(), Figure().subplots(2)
    chart_of(said, "caseflow", figure=figure)
    assert len(figure.axes) == 2
    for wrong in (figure, axes[0].figure, axes[0], "x"):
        with pytest.raises(an.ArgumentError, match="空图"):
            chart_of(said, "caseflow", figure=wrong)
    with pytest.raises(an.ArgumentError, match="ax=、figure=不能同用"):
        chart_of(said, "caseflow", figure=Figure(), ax=axes)
    with pytest.raises(an.ArgumentError, match="figure=、interactive=True不能同用"):
        chart_of(said, "caseflow", figure=Figure(), interactive=True)


def test_axes_are_as_many_as_panels_and_of_matplotlib(said):
    axes = Figure().subplots(3)
    with pytest.raises(an.ArgumentError, match="2个分图"):
        chart_of(said, "caseflow", ax=axes)
    with pytest.raises(an.ArgumentError, match="interactive"):
        chart_of(said, "funnel", ax=axes[0], interactive=True)
    for wrong in (5, "x", {}, [axes[0], None]):
        with pytest.raises(an.ArgumentError, match="应为 matplotlib 的坐标轴"):
            chart_of(said, "funnel", ax=wrong)


@pytest.mark.parametrize("name", ALL)
def test_english_words_of_a_chart_and_of_its_result_begin_with_a_capital(said, name):
    plot, result, more = said[name]
    chart = said_by(plot, result, language="en", **more)
    words = [chart.title, chart.alt, chart.note, getattr(result, "caption", "")]
    with speaking("en"):
        assert [str(text)[:40] for text in words if re.match(r"(?!n = )[a-z]", str(text))] == []


@pytest.mark.parametrize("name", FIRST_OF_EACH_LAYOUT)
def test_a_figure_is_pickled_with_what_it_says(said, name):
    figure = chart_of(said, name)
    again = pickle.loads(pickle.dumps(figure))  # noqa: S301 - our own bytes
    assert an.alt_of(again) == an.alt_of(figure) != ""
    again.savefig(io.BytesIO(), dpi=20)


@pytest.mark.parametrize("name", ["history", "incidence", "durations", "season"])
def test_what_stands_at_a_place_is_told_once_and_under_the_name_of_the_place(said, name):
    screen = chart_of(said, name, interactive=True)
    told = [text.split("<br>") for trace in screen.data if trace.customdata is not None for text in trace.customdata]
    assert [lines for lines in told if len(set(lines)) < len(lines) or lines[0].isdecimal()] == []


@pytest.mark.parametrize("interactive", [False, True])
def test_a_title_of_ones_own_takes_the_place_of_the_finding(said, interactive):
    assert an.title_of(chart_of(said, "ages", title="未结案龄", interactive=interactive)) == "未结案龄"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.full
def test_the_screen_tells_what_the_chart_says_and_svg_the_same(said, name, language):
    paper = chart_of(said, name, language=language)
    chart, screen = paper.chart, chart_of(said, name, language=language, interactive=True)
    svg = as_svg.markup(paper, "f")
    shown = [text.replace("&amp;", "&") for text in re.findall(r"<title>([^<]*)</title>", svg)]
    if chart.by_place:
        with speaking(language):
            told = [
                [
                    lines if len(panel.x.periods) else [panel.x.header(place), *lines]
                    for place, lines in panel.told_by_place().items()
                ]
                for panel in chart.panels
            ]
        traces = [trace for trace in screen.data if trace.meta == on_screen.TOLD]
        spoken = [text for trace in traces for text in trace.customdata]
        assert sorted(spoken) == sorted("<br>".join(lines) for panel in told for lines in panel)
        dated = any(len(panel.x.periods) for panel in chart.panels)
        without = [text.split("\n", 1)[1] if dated else text for text in shown]
        assert sorted(without) == sorted(text.replace("<br>", "\n") for text in spoken)
        assert {trace.hoverinfo for trace in screen.data if trace.meta != on_screen.TOLD} == {"skip"}
    else:
        own = {text.replace("\n", "<br>") for mark in chart.marks() for text in mark.hover}
        spoken = {text for trace in screen.data for text in (trace.customdata if trace.customdata is not None else ())}
        assert spoken == own
        assert {text.replace("\n", "<br>") for text in shown} <= own
    assert (an.alt_of(paper), an.title_of(paper), an.note_of(paper)) == (
        an.alt_of(screen),
        an.title_of(screen),
        an.note_of(screen),
    )


@pytest.mark.parametrize("name", ALL)
def test_every_word_of_a_chart_is_among_its_texts(said, name):
    """Who must keep something out of a chart looks through its texts."""
    figure = chart_of(said, name)
    texts = set(figure.chart.texts())
    drawn = {label.get_text() for axes in figure.axes for label in (*axes.texts, axes.title)}
    drawn |= {text.get_text() for text in (figure.key.get_texts() if figure.key else [])}
    assert {re.sub(r" [↑↓]$", "", text.replace("\n", "")) for text in drawn if text} <= {
        t.replace("\n", "") for t in texts
    }


@pytest.mark.full
def test_the_own_court_and_its_peers_have_their_own_roles(said):
    for name in ("caterpillar", "ranks"):
        chart = chart_of(said, name).chart
        own, peers = ([mark for mark in chart.marks(role) if mark.label] for role in ("own", "peer"))
        table = said[name][1]
        centre = "shrunken" if "shrunken" in table else "rank"
        unit = 100 if centre == "shrunken" else 1
        values = (table.set_index("court")[centre] * unit).to_dict()
        assert own[-1].places()[0].tolist() == pytest.approx([values.pop(said[name][2]["highlight"])])
        assert sorted(peers[-1].places()[0]) == pytest.approx(sorted(values.values()))
    for name, court, value in (("peers", "乙", 95), ("funnel", "甲00", 88)):
        own, peers = (chart_of(said, name).chart.marks(role)[-1] for role in ("own", "peer"))
        assert len(own.places()[0]) == 1
        assert court in own.hover[0]
        assert value in np.concatenate(own.places())
        assert len(peers.places()[0]) == len(said[name][1].table if name == "funnel" else said[name][1]) - 1
    slopes = chart_of(said, "slopes").chart
    (line,) = [mark for mark in slopes.marks("own") if mark.label == "乙" and hasattr(mark, "step")]
    assert list(line.y) == [83, 84, 85]


@pytest.mark.parametrize("path", sorted(Path(caseflow.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_a_chart_is_one_file_that_is_read_at_a_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_CHART


def test_places_are_named_by_their_axis():
    months = pd.date_range("2010-01-01", periods=3, freq="MS")
    assert Axis(periods=months, freq="M").named(2.0) == "2010年3月"
    assert Axis(names=["甲", "乙"]).named(1.2) == "乙"
    assert Axis().named(1234) == "1,234"
    assert Axis(title="立案后天数").header(60) == "立案后天数：60"
    assert Axis(title="月", names=["一月"]).header(0) == "一月"


@pytest.mark.full
def test_entry_without_days_of_entry_is_a_reason_and_no_empty_axes():
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-04"]}), as_of="2011-12-31")
    with pytest.raises(an.DataError, match="没有录入日期"):
        an.plot_entry(an.entry_quality(cases, by=["period"]))


@pytest.mark.parametrize("side", ["none", "no width"])
def test_officers_without_a_range_to_be_seen_against_stand_alone_and_the_title_says_so(sample_cases, side):
    """Blanks in the case mix of a court took away the whole chart, while the one for outside was drawn."""
    card = an.officer_scorecard(sample_cases, period=2011, names=True)
    value = card.table["value"]
    bare = {"lower": float("nan"), "upper": float("nan")} if side == "none" else {"lower": value, "upper": value}
    bare = replace(card, table=card.table.assign(**bare))
    chart = an.plot_officers(bare).chart
    rows = bare.table[bare.table["measure"] == "closed"]
    assert str(chart.title) == "8名承办人的结案：没有可对照的期望范围"
    assert chart.title.en == "Closed of 8 officers: no range expected is known"
    assert chart.alt.zh.startswith("点图，8名承办人的结案")
    assert not chart.marks("interval")
    assert [mark.role for mark in chart.panels[0].marks] == ["expected", "recorded", "text"]
    assert list(chart.marks("recorded")[0].x) == rows["value"].tolist()
    assert list(chart.marks("expected")[0].x) == rows["expected"].tolist()
    shown = an.plot_officers(bare, interactive=True)
    assert "95%" not in "".join(trace.name or "" for trace in shown.data)


def test_each_figure_of_officers_is_drawn_in_its_unit_with_its_number_at_the_end_of_its_row(sample_cases):
    """Days to the start were drawn as hundredfold percent, and a number stood beside the ring of what was expected."""
    card = an.officer_scorecard(sample_cases, period=2011, names=True)
    drawn = {
        "days_to_start": (1, "开始执行平均天数", "mean days to start"),
        "recovery": (100, "实际到位率（%）", "recovery (%)"),
        "amount_closed": (1e-4, "执结标的额（万元）", "amount closed (× 10,000 yuan)"),
        "petitions": (1, "涉执信访（件）", "petitions (cases)"),
    }
    for measure, (scale, zh, en) in drawn.items():
        chart = an.plot_officers(card, measure=measure).chart
        assert chart.panels[0].x.title == zh
        assert an.plot_officers(card, measure=measure, language="en").chart.panels[0].x.title == en
        values = card.table.query("measure == @measure")["value"] * scale
        (texts,) = chart.marks("text")
        assert (texts.frame, set(texts.x), list(texts.y)) == ("x", {1.0}, list(range(8)))
        assert [float(text) for text in texts.texts] == pytest.approx(values.tolist(), abs=0.051)
    none = replace(card, table=card.table.assign(**dict.fromkeys(("value", "expected", "lower", "upper"), 0.0)))
    assert list(an.plot_officers(none).chart.panels[0].x.ticks.values()) == ["0", "1", "2"]


def test_a_shadow_stock_that_is_not_known_is_a_reason_and_no_drawing():
    closed = {"filed_on": ["2011-01-04"], "closed_on": ["2011-03-04"], "closure_mode": ["terminated_this_round"]}
    cases = an.Cases.from_frames(pd.DataFrame(closed), as_of="2011-12-31")
    with pytest.raises(an.DataError, match="没有“原执行案号”"):
        an.plot_shadow_stock(an.shadow_stock(cases, freq="Q"))


@pytest.mark.full
def test_an_officer_without_a_known_range_is_not_counted_as_within_it(sample_cases):
    found = an.officer_scorecard(sample_cases, period=2011, names=True)
    first = found.table["officer"] == found.table["officer"].iloc[0]
    blank = found.table.assign(**{side: found.table[side].mask(first) for side in ("lower", "upper")})
    said = an.alt_of(an.plot_officers(replace(found, table=blank)))
    assert "7名有期望范围，其中" in said
    assert "无–无" not in said


def test_no_limit_of_a_count_lies_below_nought():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = pd.DataFrame({"period": months, "filed": [1, 6] * 12, "closed": [0, 5] * 12, "closing": 9})
    table = an.control_limits(flow).table
    assert (table["lower"] == 0).all()
    assert (table["upper"] > 10).all()


@pytest.mark.parametrize(("name", "role"), [("campaign", "recorded"), ("entry", "recorded"), ("band", "own")])
def test_the_line_that_a_chart_is_about_bears_the_numbers_of_its_ends(said, name, role):
    panel = chart_of(said, name).chart.panels[-1 if name == "campaign" else 0]
    (line,) = [mark for mark in panel.marks if isinstance(mark, Line) and mark.role == role]
    (ends,) = [mark for mark in panel.marks if isinstance(mark, Names)]
    values = np.asarray(line.y, dtype=float)
    assert {values[0], values[-1], values.min(), values.max()} == set(np.asarray(ends.y, dtype=float))


def test_bands_of_two_meanings_in_one_chart_are_told_apart_by_hatch(sample_cases):
    """The limits of two courses, of a campaign and its time, and the kinds of faults were tints alone."""
    flow = an.caseflow(sample_cases, freq="M")
    entry = an.entry_quality(sample_cases)
    faults = entry.assign(late=1, missing=2, wrong=1)
    charts = [
        an.plot_forecast(an.what_if(flow, extra_closings=5, months=6)),
        an.plot_campaign(an.campaign_effect(flow, period=("2008-11", "2009-12"))),
        an.plot_entry(faults),
    ]
    for drawn in charts:
        bands = {mark.label: mark for mark in drawn.chart.marks() if isinstance(mark, Band | Span) and mark.label}
        looks = [mark.look.hatch if getattr(mark, "hatched", False) else "" for mark in bands.values()]
        assert len(set(looks)) == len(looks) > 1
