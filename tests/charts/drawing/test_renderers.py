"""Every kind of mark stands where it says, and looks as its role does, in every renderer."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.charts.drawing import as_svg, palette, style
from analysis.charts.drawing import marks as m
from analysis.charts.drawing import on_paper as paper
from analysis.charts.drawing import on_screen as screen
from analysis.charts.drawing.render import render
from analysis.vocabulary.language import Text, speaking

KINDS: dict[str, m.Mark] = {
    "line": m.Line(role="recorded", x=[0, 1, 3], y=[5, -2, 8], label="甲", hover=["五", "负二", "八"]),
    "step": m.Line(role="mean", x=[0, 2], y=[4, 4], step="post"),
    "way": m.Line(role="recorded", x=[0, 2, 1], y=[1, 3, 2], shaded=True),
    "band": m.Band(role="counterfactual", x=[0, 1, 2], lower=[1, 2, 3], upper=[4, 6, 8], label="区间"),
    "bars": m.Bars(role="filed", at=[0, 1], values=[3, 4], label="新收"),
    "bars down": m.Bars(role="closed", at=[0, 1], values=[3, 4], way="↓", label="结案"),
    "bars along x": m.Bars(role="computed", at=[0, 1], values=[3, 4], along="x"),
    "points": m.Points(role="own", x=[1, 2], y=[7, 9], hover=["一", "二"]),
    "hollow points": m.Points(role="peer", x=[1, 2], y=[7, 9], hollow=True),
    "intervals": m.Intervals(role="interval", at=[0, 1], lower=[1, 2], upper=[5, 7], capped=True),
    "intervals along x": m.Intervals(role="peer", at=[0, 1], lower=[1, 2], upper=[5, 7], along="x"),
    "rule": m.Rule(role="target", at=6, label="目标"),
    "upright rule": m.Rule(role="reference", at=2, along="x"),
    "span": m.Span(role="accumulating", lower=1, upper=3, label="累积"),
    "level span": m.Span(role="band", lower=2, upper=4, along="y"),
    "words": m.Words(role="text", x=[1, 2], y=[3, 4], texts=["子", "丑"], side="above"),
    "arrows": m.Arrows(role="peer", x=[1, 2], x_to=[4, 2], y=[0, 1], headed=[True, False]),
}


def alone(mark: m.Mark, x: m.Axis | None = None) -> m.Chart:
    """A chart of one mark."""
    panel = m.Panel(marks=[mark], x=x or m.Axis())
    return m.Chart(panels=[panel], title=Text("题", "title"), alt=Text("图", "alt"), note=Text("", ""), by_place=False)


@pytest.fixture
def months() -> pd.DatetimeIndex:
    return pd.date_range("2010-01-01", periods=6, freq="MS")


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_stands_where_it_says_on_paper_and_on_screen(kind, placed):
    mark = KINDS[kind]
    figure, axes = plt.subplots()
    paper.draw_panel(axes, m.Panel(marks=[mark]))
    said = [pytest.approx(place) for place in placed.expected(mark)]
    assert said
    assert placed.on_paper(mark, axes) == said
    assert placed.on_screen(mark, screen.draw(alone(mark))) == said
    plt.close(figure)


@pytest.mark.parametrize("role", palette.ROLES)
def test_a_role_has_one_look_everywhere(role):
    look = palette.ROLES[role]
    mark = m.Points(role=role, x=[1], y=[2])
    with style.drawing("zh") as sheet:
        drawn = paper.draw(alone(mark), sheet).axes[0].collections[0]
    (trace,) = [trace for trace in screen.draw(alone(mark)).data if trace.meta == role]
    stroke = look.marker in "|_"
    colours = drawn.get_edgecolor() if stroke else drawn.get_facecolor()
    assert to_hex(colours[0]) == trace.marker.color.lower() == look.colour.lower()
    assert trace.marker.symbol == look.symbol


def test_own_and_peers_are_told_apart_by_colour_and_by_marker():
    own, peer = palette.ROLES["own"], palette.ROLES["peer"]
    assert (own.colour, own.marker, own.symbol) == (palette.ORANGE, "s", "square")
    assert (peer.colour, peer.marker, peer.symbol) == (palette.BLUE, "D", "diamond")


def test_filed_and_closed_are_told_apart_by_hatch_too():
    figure, axes = plt.subplots()
    for name, role in (("bars", "filed"), ("bars down", "closed")):
        paper.draw_panel(axes, m.Panel(marks=[KINDS[name]]))
        assert (axes.patches[-1].get_hatch() or "") == palette.ROLES[role].hatch
    assert {patch.get_height() > 0 for patch in axes.patches[:2]} == {True}
    assert {patch.get_height() < 0 for patch in axes.patches[2:]} == {True}
    plt.close(figure)


def test_places_on_an_axis_of_periods_are_days_on_the_screen(months):
    axis = m.Axis(periods=months, freq="M")
    figure = screen.draw(alone(m.Line(role="recorded", x=[0, 2.5], y=[1, 2]), x=axis))
    assert list(pd.DatetimeIndex(figure.data[0].x)) == [pd.Timestamp("2010-01-01"), pd.Timestamp("2010-03-16 12:00")]
    edge = screen.days_of(months, [-0.5, 5.5])
    assert edge[0] == pd.Timestamp("2009-12-16 12:00")
    assert edge[1] == pd.Timestamp("2010-06-16 12:00")


@pytest.mark.parametrize(("language", "form"), [("zh", "%Y年%-m月"), ("en", "%b %Y")])
def test_days_are_written_in_the_language(language, form, months):
    with speaking(language):
        figure = screen.draw(alone(KINDS["line"], x=m.Axis(periods=[*months] * 4, freq="M")))
    assert figure.layout.xaxis.tickformat == figure.layout.xaxis.hoverformat == form


def test_a_band_and_a_line_of_the_screen_leave_gaps_where_a_day_is_missing(months):
    axis = m.Axis(periods=months, freq="M")
    mark = m.Intervals(role="interval", at=[0, 1], lower=[1, 2], upper=[3, 4])
    (trace,) = screen.draw(alone(mark, x=axis)).data
    assert pd.isna(trace.y[2])
    assert pd.isna(pd.DatetimeIndex(trace.x)[2])


def told(figure) -> dict[str, str]:
    """What the unseen traces of a figure tell, by day."""
    traces = [trace for trace in figure.data if trace.meta == screen.TOLD]
    return {
        f"{day:%Y-%m}": text
        for trace in traces
        for day, text in zip(pd.DatetimeIndex(trace.x), trace.customdata, strict=True)
    }


def test_a_place_is_told_of_the_points_that_stand_there_and_of_no_other(months):
    line = m.Line(role="recorded", x=range(6), y=range(6), label="未结", hover=list("012345"))
    peak = m.Points(role="peak", x=[3], y=[3], label="峰", hover=["3"])
    chart = replace(
        alone(line), panels=[m.Panel(marks=[line, peak], x=m.Axis(periods=months, freq="M"))], by_place=True
    )
    figure = screen.draw(chart)
    assert told(figure) == {
        f"2010-{month:02d}": f"未结: {month - 1}" + ("<br>峰: 3" if month == 4 else "") for month in range(1, 7)
    }
    others = [trace for trace in figure.data if trace.meta != screen.TOLD]
    assert {trace.hoverinfo for trace in others} == {"skip"}
    assert not any(trace.hovertemplate for trace in others)


def test_without_places_each_point_tells_its_own_words():
    figure = screen.draw(alone(KINDS["points"]))
    assert list(figure.data[0].customdata) == ["一", "二"]
    assert figure.layout.hovermode == "closest"


def test_bars_beside_each_other_belong_to_one_period(months):
    bars = [
        m.Bars(role=role, at=np.arange(6) + shift, values=range(6), breadth=0.4, hover=list("abcdef"), label=role)
        for role, shift in (("filed", -0.2), ("closed", 0.2))
    ]
    panel = m.Panel(marks=bars, x=m.Axis(periods=months, freq="M"))
    assert panel.told_by_place()[2.0] == ["filed: c", "closed: c"]


@pytest.mark.parametrize("text", ["<b>甲</b>", "a & b", "</script>"])
def test_words_are_text_and_no_markup_on_the_screen_and_in_svg(text):
    mark = m.Points(role="own", x=[1], y=[2], label=text, hover=[text])
    words = m.Words(role="text", x=[1], y=[2], texts=[text])
    names = m.Axis(names=[text], reversed=True)
    panel = m.Panel(marks=[mark, words], x=m.Axis(title=text), y=names, heading=text)
    chart = replace(alone(mark), panels=[panel], title=Text(text, text))
    shown = screen.draw(chart).to_json()
    assert "<b>甲" not in shown.replace("<b>&lt;b&gt;", "")
    assert "</script>" not in shown
    with style.drawing("zh") as sheet:
        svg = as_svg.markup(paper.draw(chart, sheet), "f")
    assert text not in svg


def test_a_name_stands_in_the_legend_once():
    twice = m.Panel(marks=[KINDS["line"], replace(KINDS["line"], role="adjusted")])
    chart = replace(alone(KINDS["line"]), panels=[twice, twice])
    assert list(chart.named_marks()) == ["甲"]
    assert [trace.showlegend for trace in screen.draw(chart).data].count(True) == 1
    with style.drawing("zh") as sheet:
        assert [text.get_text() for text in paper.draw(chart, sheet).key.get_texts()] == ["甲"]


def test_rules_and_spans_have_their_names_in_the_legend_too():
    panel = m.Panel(marks=[KINDS["rule"], KINDS["span"], KINDS["bars down"]])
    chart = replace(alone(KINDS["rule"]), panels=[panel])
    assert [trace.name for trace in screen.draw(chart).data if trace.showlegend] == ["目标", "累积", "结案 ↓"]


def test_a_chart_can_be_drawn_on_the_axes_that_a_caller_has():
    figure, (left, right) = plt.subplots(1, 2)
    paper.draw_panel(right, m.Panel(marks=[KINDS["line"]], heading="右", y=m.Axis(title="件")))
    assert not left.lines
    assert (right.get_title("left"), right.get_title("right")) == ("右", "件")
    plt.close(figure)


def test_panels_stand_in_as_many_columns_as_the_size_holds():
    panels = [m.Panel(marks=[KINDS["line"]], heading=str(n)) for n in range(4)]
    chart = replace(alone(KINDS["line"]), panels=panels, columns=(1, 2, 4), height=(0.3, 0.5))
    rows = {}
    for size in ("half", "page", "slide"):
        figure = render(lambda _: chart, interactive=False, language="zh", size=size)
        rows[size] = figure.axes[0].get_subplotspec().get_gridspec().nrows
    assert rows == {"half": 4, "page": 2, "slide": 1}
    assert len({axis.domain for axis in screen.draw(chart).select_yaxes()}) == 2


def test_names_along_x_are_thinned_to_what_fits_with_the_last_among_them():
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    figure, axes = plt.subplots()
    paper.draw_panel(axes, m.Panel(marks=[], x=m.Axis(names=months)), millimetres=38, points=7)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Mar", "Jun", "Sep", "Dec"]
    plt.close(figure)


# -- SVG


@pytest.fixture
def svg(months) -> str:
    line = replace(KINDS["line"], x=[0, 1, 3])
    panel = m.Panel(marks=[line], x=m.Axis(periods=months, freq="M"), y=m.Axis(title="期末未结（件）"))
    chart = replace(alone(line), panels=[panel], by_place=True)
    with style.drawing("zh") as sheet:
        return as_svg.markup(paper.draw(chart, sheet), "fig-a")


def test_svg_holds_text_as_text_and_asks_for_nothing(svg):
    assert ">期末未结（件）</text>" in svg
    assert "Court Sans SC" in svg
    assert "<script" not in svg
    assert "<style" not in svg, "a style element would be the whole page's"
    assert not re.search(r'href="(?!#)', svg)


def test_svg_is_named_by_its_alt_text_and_scales(svg):
    head = svg.split(">", 1)[0]
    assert 'role="img" aria-label="图"' in head
    assert " width=" not in head
    assert "viewBox=" in head


def test_every_id_of_an_svg_begins_with_its_name_and_every_reference_has_its_id(svg):
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("fig-a-") for name in ids)
    used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg))
    assert {a or b for a, b in used} <= set(ids)


def test_an_svg_tells_each_place_its_own_points(svg):
    strips = re.findall(r'<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*><title>([^<]+)</title>', svg)
    assert [text for _, _, text in strips] == ["2010年1月\n甲: 五", "2010年2月\n甲: 负二", "2010年4月\n甲: 八"]
    ends = [(float(x), float(x) + float(width)) for x, width, _ in strips]
    assert all(abs(a[1] - b[0]) < 0.2 for a, b in itertools.pairwise(ends))


def test_an_svg_tells_single_points_where_they_stand():
    with style.drawing("zh") as sheet:
        figure = paper.draw(alone(KINDS["points"]), sheet)
    drawn = as_svg.markup(figure, "f")
    spots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>([^<]+)</title>', drawn)
    assert [text for _, _, text in spots] == ["一", "二"]
    assert float(spots[0][0]) < float(spots[1][0])
    assert float(spots[0][1]) > float(spots[1][1]), "down is more"


def test_an_svg_repeats_and_leaves_the_figure_as_it_was():
    with style.drawing("zh") as sheet:
        figure = paper.draw(alone(KINDS["line"]), sheet)
    assert as_svg.markup(figure, "f") == as_svg.markup(figure, "f")
    assert [text.get_text() for text in figure.texts] == ["题"]
    assert figure.svg_text == "path"
