"""Where plotly puts panels, what stands at the ticks, and what a trace bears: what a reader of the screen would miss."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing import marks as m
from analysis.charts.drawing import on_screen, palette, screen
from analysis.charts.drawing.typesetting import width
from analysis.vocabulary.text import Text

POINT = m.Points(role="own", x=[0, 1], y=[3, 4], label="甲", hover=["一", "二"])


def chart(*panels: m.Panel, **about: object) -> m.Chart:
    return m.Chart(panels=panels, title=Text("题", "t"), alt=Text("图", "a"), note=Text("", ""), **about)


def axes_of(axis: m.Axis, name: str = "x", *marks: m.Mark):
    figure = on_screen.draw(chart(m.Panel(marks=marks or [POINT], **{name: axis})))
    return figure.layout.xaxis if name == "x" else figure.layout.yaxis


# -- panels


def test_panels_one_under_the_other_have_their_shares_of_the_height_and_a_gap_of_so_many_pixels():
    upper, lower = (m.Panel(marks=[POINT], share=share) for share in (3, 1))
    figure = on_screen.draw(chart(upper, lower))
    (top, bottom), tall = (figure.layout.yaxis.domain, figure.layout.yaxis2.domain), figure.layout.height
    assert (top[0] - bottom[1]) * tall == pytest.approx(on_screen.ROW_PX)
    assert (top[1] - top[0]) / (bottom[1] - bottom[0]) == pytest.approx(3)
    assert on_screen.draw(chart(upper)).layout.yaxis.domain == (0, 1)


def test_a_gap_leaves_many_rows_their_room():
    figure = on_screen.draw(chart(*[m.Panel(marks=[POINT])] * 12, lines=1.0))
    domains = sorted(axis.domain for axis in figure.select_yaxes())
    gaps = {round(above[0] - below[1], 4) for below, above in itertools.pairwise(domains)}
    assert gaps == {round(0.8 / 12, 4)}


def test_panels_side_by_side_are_equally_high_and_a_share_of_the_breadth_apart():
    figure = on_screen.draw(chart(m.Panel(marks=[POINT], share=3), m.Panel(marks=[POINT]), columns=(1, 2, 2)))
    left, right = figure.layout.xaxis.domain, figure.layout.xaxis2.domain
    assert right[0] - left[1] == pytest.approx(on_screen.SPARE)
    assert figure.layout.yaxis.domain == figure.layout.yaxis2.domain == (0, 1)


def test_a_heading_stands_over_the_left_of_its_panel_and_makes_room():
    panels = [m.Panel(marks=[POINT]), m.Panel(marks=[POINT], heading="右", y=m.Axis(title="件"))]
    figure = on_screen.draw(chart(*panels, columns=(1, 2, 2)))
    (heading,) = (note for note in figure.layout.annotations if note.text == "<b>右</b>")
    assert (heading.x, heading.xanchor) == (figure.layout.xaxis2.domain[0], "left")
    (counted,) = (note for note in figure.layout.annotations if note.text == "件")
    assert (counted.x, counted.xanchor, counted.xref) == (1, "right", "x2 domain")
    bare = on_screen.draw(chart(m.Panel(marks=[POINT], y=m.Axis(title="件")))).layout.annotations[0]
    assert (bare.x, bare.xanchor) == (0, "left"), "without a heading it stands where one would"


def test_headings_of_two_lines_make_every_row_higher():
    def tall(heading, **x):
        return on_screen.draw(chart(*[m.Panel(marks=[POINT], heading=heading, x=m.Axis(**x))] * 4, columns=(1, 2, 2)))

    one, two, titled = tall("短"), tall("很长的名称" * 8), tall("很长的名称" * 8, title="天数")
    assert "<br>" in two.layout.annotations[0].text
    lines = two.layout.annotations[0].text.count("<br>")
    assert two.layout.height - one.layout.height == 2 * lines * screen.HEADING_PX
    assert titled.layout.height - two.layout.height == 2 * screen.HEADING_PX
    under, bare = tall("短", title="天数"), tall("", title="天数")
    assert under.layout.height - bare.layout.height == 2 * screen.HEADING_PX, (
        "one line touches what stands above it too"
    )


def test_shared_axes_are_shared_and_each_row_tells_its_periods_only_where_another_does_not():
    x = m.Axis(periods=pd.date_range("2010-01-01", periods=3, freq="MS"), freq="M")
    upper, lower = m.Panel(marks=[POINT], x=replace(x, bare=True)), m.Panel(marks=[POINT], x=x)
    figure = on_screen.draw(chart(upper, lower, same_x=True, same_y=True))
    assert figure.layout.xaxis.matches == "x2"
    assert figure.layout.yaxis.matches == "y2"
    assert (figure.layout.xaxis.showticklabels, figure.layout.xaxis2.showticklabels) == (False, True)
    apart = on_screen.draw(chart(upper, lower))
    assert apart.layout.xaxis.matches is apart.layout.yaxis.matches is None
    above_bare = on_screen.draw(chart(lower, upper, same_x=True))
    assert above_bare.layout.xaxis.showticklabels is True


def test_the_margin_holds_what_stands_beside_the_panel():
    words = m.Words(role="text", frame="x", x=[1.0, 1.0], y=[3, 4], texts=["矛盾", "两行的\n长长的名称"])
    wide = on_screen.draw(chart(m.Panel(marks=[POINT, words]))).layout.margin.r
    assert wide == 24 + round(5 * screen.TEXT_PX), "the longest line of five characters"
    assert on_screen.draw(chart(m.Panel(marks=[POINT]))).layout.margin.r == 24


def test_a_name_at_the_end_of_a_line_leaves_the_legend_where_there_is_room_for_it():
    lines = [
        m.Line(role=role, x=[0, 1], y=[1, y], label=name, end=name)
        for role, y, name in (("own", 9, "甲"), ("peer", 2, "乙"))
    ]
    figure = on_screen.draw(chart(m.Panel(marks=lines)))
    assert [note.text.strip() for note in figure.layout.annotations] == ["乙", "甲"]
    assert not any(trace.showlegend for trace in figure.data)
    crowd = [replace(lines[0], y=[1, 5 + 0.09 * at], label=f"第{at}", end=f"第{at}") for at in range(6)]
    close = on_screen.draw(chart(m.Panel(marks=crowd, y=m.Axis(low=0, high=9))))
    assert sum(bool(trace.showlegend) for trace in close.data) == 6, (
        "names that would stand far from their ends stay there"
    )


# -- axes


def test_what_x_counts_is_its_title_and_what_y_counts_stands_over_the_panel():
    figure = on_screen.draw(chart(m.Panel(marks=[POINT], x=m.Axis(title="天<数>"), y=m.Axis(title="件"))))
    assert figure.layout.xaxis.title.text == "天&lt;数&gt;"
    assert figure.layout.yaxis.title.text is None
    assert axes_of(m.Axis(title="天数")).title.font.size is None
    named = axes_of(m.Axis(title="n = 3、4", names=["甲", "乙"])).title.font
    assert (named.size, named.color) == (screen.NOTE_PX, palette.MUTED), "under names it is an aside"


@pytest.mark.parametrize(
    ("axis", "form", "every"),
    [
        (m.Axis(), ",", None),
        (m.Axis(whole=True), ",d", None),
        (m.Axis(whole=True, high=5), ",d", 1),
        (m.Axis(whole=True, high=6), ",d", None),
        (m.Axis(log=True), ",~r", None),
    ],
)
def test_numbers_of_an_axis_have_thousands_and_few_whole_things_whole_ticks(axis, form, every):
    shown = axes_of(axis, "y")
    assert (shown.tickformat, shown.dtick) == (form, every)


@pytest.mark.parametrize(
    ("low", "high", "steps"), [(10, 2990, "D2"), (10, 3000, None), (0.5, 140, "D2"), (2, 500, "D2")]
)
def test_a_logarithmic_axis_of_a_few_decades_has_ticks_between_them(low, high, steps):
    shown = axes_of(m.Axis(low=low, high=high, log=True))
    assert shown.range == pytest.approx((np.log10(low), np.log10(high)))
    assert shown.dtick == steps


def test_the_ends_of_an_axis():
    names = {"names": ["甲", "乙", "丙"]}
    assert axes_of(m.Axis(**names)).range == (-0.6, 2.6)
    assert axes_of(m.Axis(**names, low=-1, high=5)).range == (-1, 5)
    assert axes_of(m.Axis(**names, reversed=True), "y").range == (2.6, -0.6)
    assert axes_of(m.Axis(low=2, high=8)).range == (2, 8)
    assert axes_of(m.Axis(reversed=True), "y").autorange == "reversed"
    assert axes_of(m.Axis(low=2), "y").range is None
    assert axes_of(m.Axis(low=2), "y").rangemode is None
    assert axes_of(m.Axis(low=0), "y").rangemode == "tozero"


def test_names_have_no_ticks_up_the_side_and_stay_level_along_the_foot():
    side, foot = axes_of(m.Axis(names=["甲", "乙"]), "y"), axes_of(m.Axis(names=["甲", "乙"]))
    assert (side.ticks, side.showgrid) == ("", False)
    assert (foot.ticks, foot.showgrid, foot.tickangle) == (None, None, 0)


def test_names_of_a_bare_axis_stand_off_what_is_at_its_edge():
    named, blank = axes_of(m.Axis(names=["甲"], bare=True), "y"), axes_of(m.Axis(bare=True), "y")
    assert (named.showticklabels, named.ticklabelstandoff) == (True, on_screen.PAD_PX)
    assert (blank.showticklabels, blank.ticklabelstandoff) == (False, None)
    assert (named.showline, named.ticks, named.showgrid) == (False, "", False)


def test_few_periods_are_all_named_more_as_many_as_fit_and_many_left_to_plotly():
    def periods(count):
        return axes_of(m.Axis(periods=pd.date_range("2010-01-01", periods=count, freq="MS"), freq="M"))

    few, more, many = periods(9), periods(16), periods(17)
    assert few.ticktext[:2] == ("2010年1月", "2010年2月")
    assert len(few.tickvals) == 9
    assert more.ticktext[:2] == ("2010年1月", "2010年3月"), "level, as many as stand side by side"
    assert many.ticktext is None
    assert (few.type, many.nticks, many.minor.ticks, len(many.minor.tickvals)) == ("date", 8, "outside", 6)


def test_names_from_day_to_day_take_two_lines_where_they_would_lie_on_each_other():
    few, many = (["2010年1月1日至6月30日"] * count for count in (2, 9))
    assert axes_of(m.Axis(names=few)).ticktext[0] == "2010年1月1日至6月30日"
    assert axes_of(m.Axis(names=many)).ticktext[0] == "2010年1月1日至<br>6月30日"
    english = axes_of(m.Axis(names=["1 Jan 2010 – 30 Jun 2010"] * 9)).ticktext[0]
    assert english == "1 Jan 2010 –<br>30 Jun 2010"


@pytest.mark.parametrize("name", ["2020年{}季度", "2020 Q{}"])
def test_names_along_x_are_as_many_as_stand_side_by_side_the_last_among_them(name):
    """Sixteen quarters were all named, one over the other."""
    named = [name.format(place) for place in range(16)]
    shown = axes_of(m.Axis(names=named)).ticktext
    assert shown[-1] == named[-1]
    assert 4 <= len(shown) < 16
    assert sum(map(len, shown)) * 7 < on_screen.SCREEN_PX
    assert axes_of(m.Axis(names=named[:4])).ticktext == tuple(named[:4])


def test_grid_lines_of_a_chart_of_rows_stand_at_its_numbers():
    def gridded(**axes):
        return on_screen.draw(chart(m.Panel(marks=[POINT], **axes))).layout.xaxis.showgrid

    rows = m.Axis(names=["甲"])
    assert gridded(y=rows) is True
    assert gridded(y=rows, x=m.Axis(ruled=False)) is None
    assert gridded(y=rows, x=m.Axis(bare=True)) is False
    assert gridded() is None


# -- marks


def test_the_trace_that_tells_a_place_is_not_seen_and_in_no_legend():
    x = m.Axis(periods=pd.date_range("2010-01-01", periods=3, freq="MS"), freq="M")
    figure = on_screen.draw(chart(m.Panel(marks=[POINT], x=x)))
    (told,) = (trace for trace in figure.data if trace.meta == on_screen.TOLD)
    assert (told.mode, told.marker.opacity, told.name, told.showlegend) == ("markers", 0, "", False)
    assert told.hovertemplate == "%{customdata}<extra></extra>"
    assert list(told.y) == [3, 4]
    assert figure.layout.hovermode == "x unified"


def test_quotation_marks_stay_as_they_are_in_what_is_told():
    spoken = replace(POINT, label="", hover=["台账没有“信访”", 'no "petitions"\nat all'])
    (trace,) = on_screen.draw(chart(m.Panel(marks=[spoken]), by_place=False)).data
    assert list(trace.customdata) == ["台账没有“信访”", 'no "petitions"<br>at all']


def test_only_the_upper_edge_of_a_band_bears_its_name_and_lines_touch_no_fill():
    band = m.Band(role="interval", x=[0, 1], lower=[1, 2], upper=[3, 4], label="区间", step="mid", opacity=0.3)
    lower, upper = on_screen.draw(chart(m.Panel(marks=[band]), by_place=False)).data
    assert (lower.name, lower.showlegend, upper.name, upper.showlegend) == ("", False, "区间", True)
    assert (lower.line.width, upper.line.width, upper.fill, lower.fill) == (0, 0, "tonexty", None)
    assert (lower.line.shape, upper.line.shape) == ("hvh", "hvh")
    red, green, blue = (int(palette.MUTED[at : at + 2], 16) for at in (1, 3, 5))
    assert upper.fillcolor == f"rgba({red},{green},{blue},0.3)"
    assert lower.opacity == upper.opacity == 1.0
    assert upper.fillpattern.shape is None
    hatched = m.Band(role="what_if", x=[0, 1], lower=[1, 2], upper=[3, 4], hatched=True)
    pattern = on_screen.draw(chart(m.Panel(marks=[hatched]), by_place=False)).data[1].fillpattern
    assert (pattern.shape, pattern.fgcolor, pattern.bgcolor) == ("/", palette.ORANGE, "rgba(222,143,5,0.2)")


def test_a_line_has_the_width_dash_and_shape_that_it_asks_for():
    line = m.Line(role="target", x=[0, 1], y=[1, 2], width=m.THICK, step="post", opacity=0.5)
    (trace,) = on_screen.draw(chart(m.Panel(marks=[line]))).data
    assert (trace.mode, trace.line.width, trace.line.dash, trace.line.shape) == ("lines", 3.0, "dot", "hv")
    assert (trace.opacity, trace.line.color) == (0.5, palette.MUTED)
    (dotted,) = on_screen.draw(chart(m.Panel(marks=[replace(line, with_points=True)]))).data
    assert (dotted.mode, dotted.marker.color) == ("lines+markers", palette.MUTED)


def test_a_way_goes_from_dark_to_light_with_heads_where_it_moves():
    way = m.Line(role="recorded", x=[0, 1, 2, 3], y=[0, 1, 1, 0], shaded=True, headed=2)
    line, heads = on_screen.draw(chart(m.Panel(marks=[way]))).data
    assert (list(line.marker.color), line.marker.cmin) == ([0, 1, 2, 3], 0)
    assert line.marker.cmax > 4, "the lightest is no white"
    assert (line.mode, line.line.color) == ("lines+markers", palette.MUTED)
    assert (heads.marker.symbol, heads.marker.angleref, list(heads.marker.size)) == ("arrow", "previous", [0, 11, 0])
    assert list(heads.x[:2]) == [1, 2]
    assert np.isnan(heads.x[2])
    assert (heads.mode, heads.showlegend) == ("markers", False)


def test_bars_on_an_axis_of_periods_are_as_broad_as_their_share_of_one():
    bars = m.Bars(role="filed", at=[0, 1], values=[3, 4], breadth=0.5)
    days = m.Axis(periods=pd.date_range("2010-01-01", periods=2, freq="MS"), freq="M")
    (trace,) = on_screen.draw(chart(m.Panel(marks=[bars], x=days))).data
    assert (trace.width, trace.orientation) == (31 * 86_400_000 / 2, "v")
    (plain,) = on_screen.draw(chart(m.Panel(marks=[bars]))).data
    (lying,) = on_screen.draw(chart(m.Panel(marks=[replace(bars, along="x")]))).data
    assert (plain.width, lying.width, lying.orientation) == (0.5, 0.5, "h")


def test_points_hollow_edged_and_plain():
    def drawn(**look):
        (trace,) = on_screen.draw(chart(m.Panel(marks=[replace(POINT, **look)]), by_place=False)).data
        return trace.marker

    plain, hollow, edged = drawn(size=6), drawn(hollow=True), drawn(edged=True)
    assert (plain.size, plain.symbol, plain.line.width, plain.line.color) == (9, "square", 0.5, "white")
    assert (hollow.symbol, hollow.line.width, hollow.line.color) == ("square-open", 1.2, None)
    assert (edged.line.width, edged.line.color) == (1.2, palette.INK)
    assert drawn(opacity=0.4).opacity == 0.4


def test_intervals_tell_each_of_their_ends_the_same_and_caps_lie_across():
    ends = m.Intervals(role="peer", at=[0, 1], lower=[1, 2], upper=[5, 7], capped=True, hover=["一", "二"], width=2)
    (trace,) = on_screen.draw(chart(m.Panel(marks=[ends]), by_place=False)).data
    assert list(trace.customdata) == ["一"] * 3 + ["二"] * 3
    assert (trace.mode, trace.marker.symbol, trace.line.width) == ("lines+markers", "line-ew-open", 3)
    (lying,) = on_screen.draw(chart(m.Panel(marks=[replace(ends, along="x", capped=False)]), by_place=False)).data
    assert (lying.mode, lying.marker.symbol) == ("lines", "line-ns-open")


def test_rules_and_shades_lie_behind_and_look_as_their_role():
    rule, shade = (
        m.Rule(role="target", at=6, label="目标", opacity=0.7),
        m.Span(role="accumulating", lower=1, upper=3, label="积"),
    )
    line, rect, dotted = on_screen.draw(
        chart(m.Panel(marks=[rule, shade, replace(shade, dotted=True, label="战")]))
    ).layout.shapes
    assert (line.type, line.layer, line.line.dash, line.line.width, line.opacity) == ("line", "below", "dot", 1.0, 0.7)
    assert (rect.type, rect.fillcolor, rect.opacity, rect.line.width) == ("rect", palette.SAND, 0.6, 0)
    assert (dotted.line.dash, dotted.fillcolor) == ("dot", "rgba(0,0,0,0)")


def test_the_legend_shows_a_rule_as_a_line_and_shades_as_squares():
    shade = m.Span(role="accumulating", lower=1, upper=3, label="积")
    marks = [
        m.Rule(role="target", at=6, label="目标"),
        shade,
        replace(shade, dotted=True, label="战"),
        replace(shade, lower=5, upper=6),
    ]
    traces = {trace.name: trace for trace in on_screen.draw(chart(m.Panel(marks=marks))).data}
    assert list(traces) == ["目标", "积", "战"], "each name once"
    assert (traces["目标"].mode, traces["目标"].line.dash) == ("lines", "dot")
    assert (traces["积"].mode, traces["积"].marker.symbol, traces["积"].marker.color) == (
        "markers",
        "square",
        palette.SAND,
    )
    assert traces["战"].marker.symbol == "square-open-dot"


def test_arrows_are_open_circles_with_heads_where_something_moved():
    arrows = m.Arrows(role="peer", x=[1, 2], x_to=[4, 2], y=[0, 1], headed=[True, False], label="甲")
    (trace,) = on_screen.draw(chart(m.Panel(marks=[arrows]))).data
    assert list(trace.marker.symbol) == ["circle-open", "arrow", "circle", "circle-open", "circle"]
    assert [None if value is None or np.isnan(value) else value for value in trace.x] == [1, 4, None, 2, None]
    assert (trace.mode, trace.line.dash, trace.marker.angleref) == ("lines+markers", "dot", "previous")


def test_names_on_a_logarithmic_axis_stand_at_their_points():
    names = m.Names(role="own", x=[10, 900], y=[1, 2], texts=["左", "右"], bold=[True, False], spare=["", ""])
    figure = on_screen.draw(chart(m.Panel(marks=[names], x=m.Axis(low=1, high=1000, log=True))))
    left, right = figure.layout.annotations
    assert (left.x, left.xanchor, left.xshift, left.yshift) == (pytest.approx(1), "left", 7, 9)
    assert (right.x, right.xanchor, right.xshift) == (pytest.approx(np.log10(900)), "right", -7)


def test_words_keep_their_distance_and_their_colour():
    words = m.Words(role="own", x=[1], y=[2], texts=["<字>"], side="right", bold=[True])
    (trace,) = on_screen.draw(chart(m.Panel(marks=[words]))).data
    assert list(trace.text) == ["\u2002<b>&lt;字&gt;</b>"]
    assert (trace.textfont.color, trace.textfont.size) == (palette.letters(palette.ROLES["own"]), screen.NOTE_PX)
    assert (trace.cliponaxis, trace.hoverinfo, trace.mode) == (False, "skip", "text")
    (left,) = on_screen.draw(chart(m.Panel(marks=[replace(words, side="left", bold=())]))).data
    assert list(left.text) == ["&lt;字&gt;"]


def test_labels_of_periods_stand_level_side_by_side(make_flow):
    for count, freq, step in ((16, "Q", 4), (8, "Q", 2), (12, "M", 2), (6, "Y", 1)):
        figure = an.plot_caseflow(make_flow(count, freq=freq), interactive=True, language="zh")
        texts = figure.layout.xaxis.ticktext
        assert len(texts) == -(-count // step)
        assert sum(map(width, texts)) * 13 < 716


def test_texts_right_of_the_last_point_have_room_beside_the_panel():
    courts = [f"一个名字很长的第{n:02d}县人民法院" for n in range(12)]
    rows = pd.DataFrame(
        {"court": courts * 2, "year": [2010] * 12 + [2011] * 12, "rate": [*range(70, 82), *range(75, 87)]}
    )
    trends = an.peer_trends(rows, value="rate")
    figure = an.plot_slopes(trends, highlight=courts[3], interactive=True)
    assert figure.layout.margin.r > 24 + 13 * 3
    assert an.plot_slopes(trends, interactive=True).layout.margin.r == 24


def test_numbers_of_the_ends_stand_at_their_periods():
    """On an axis of days they stood at 1970, out of sight: the forecast and the control limits bore none on the screen."""
    periods = pd.date_range("2010-01-01", periods=5, freq="MS")
    named = m.Names(role="own", x=[0, 4], y=[3, 4], texts=["3", "4"], bold=[False] * 2, spare=[""] * 2)
    line = m.Line(role="own", x=[0, 1, 2, 3, 4], y=[3, 5, 4, 6, 4])
    figure = on_screen.draw(chart(m.Panel(marks=[line, named], x=m.Axis(periods=periods, freq="M"))))
    notes = {note.text: note for note in figure.layout.annotations if note.text in ("3", "4")}
    assert [str(notes[text].x)[:10] for text in ("3", "4")] == ["2010-01-01", "2010-05-01"]
    assert [notes[text].xanchor for text in ("3", "4")] == ["left", "right"]
