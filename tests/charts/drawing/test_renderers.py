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
from matplotlib.figure import Figure

from analysis.charts.drawing import as_svg, palette, style
from analysis.charts.drawing import marks as m
from analysis.charts.drawing import on_paper as paper
from analysis.charts.drawing import on_screen as screen
from analysis.charts.drawing.native import native_chart
from analysis.charts.drawing.render import render, said_by
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text


def alone(mark: m.Mark, x: m.Axis | None = None) -> m.Chart:
    """A chart of one mark."""
    panel = m.Panel(marks=[mark], x=x or m.Axis())
    return m.Chart(panels=[panel], title=Text("题", "title"), alt=Text("图", "alt"), note=Text("", ""), by_place=False)


@pytest.fixture
def months() -> pd.DatetimeIndex:
    return pd.date_range("2010-01-01", periods=6, freq="MS")


NAMES = [
    "line", "step", "way", "band", "bars", "bars down", "bars along x",
    "points", "hollow points", "intervals", "intervals along x", "rule", "upright rule", "span", "level span", "words", "arrows",
]  # fmt: skip


@pytest.mark.parametrize("kind", NAMES)
def test_a_mark_stands_where_it_says_on_paper_and_on_screen(kind, kinds, placed):
    mark = kinds[kind]
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


def test_filed_and_closed_are_told_apart_by_hatch_too(kinds):
    figure, axes = plt.subplots()
    for name, role in (("bars", "filed"), ("bars down", "closed")):
        paper.draw_panel(axes, m.Panel(marks=[kinds[name]]))
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
def test_days_are_written_in_the_language(language, form, months, kinds):
    with speaking(language):
        figure = screen.draw(alone(kinds["line"], x=m.Axis(periods=[*months] * 4, freq="M")))
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
        f"2010-{month:02d}": f"未结：{month - 1}" + ("<br>峰：3" if month == 4 else "") for month in range(1, 7)
    }
    others = [trace for trace in figure.data if trace.meta != screen.TOLD]
    assert {trace.hoverinfo for trace in others} == {"skip"}
    assert not any(trace.hovertemplate for trace in others)


def test_a_missing_value_hides_what_others_tell_at_its_place_from_nobody(months, kinds):
    gap = m.Line(role="recorded", x=[0, 1], y=[float("nan"), 1], hover=["—", "1"])
    other = m.Line(role="adjusted", x=[0, 1], y=[4, 5], hover=["4", "5"])
    panel = m.Panel(marks=[gap, other], x=m.Axis(periods=months, freq="M"))
    (spoken,) = [
        t for t in screen.draw(replace(alone(gap), panels=[panel], by_place=True)).data if t.meta == screen.TOLD
    ]
    assert list(spoken.customdata) == ["4", "1<br>5"]
    assert list(spoken.y) == [4, 1]


def test_without_places_each_point_tells_its_own_words(kinds):
    figure = screen.draw(alone(kinds["points"]))
    assert list(figure.data[0].customdata) == ["一", "二"]
    assert figure.layout.hovermode == "closest"


def test_bars_beside_each_other_belong_to_one_period(months):
    bars = [
        m.Bars(role=role, at=np.arange(6) + shift, values=range(6), breadth=0.4, hover=list("abcdef"), label=role)
        for role, shift in (("filed", -0.2), ("closed", 0.2))
    ]
    panel = m.Panel(marks=bars, x=m.Axis(periods=months, freq="M"))
    assert panel.told_by_place()[2.0] == ["filed：c", "closed：c"]


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


@pytest.mark.parametrize(("low", "high", "ends"), [(None, None, (-0.7, 5.7)), (1, 3, (1, 3))])
def test_an_axis_of_periods_reaches_a_little_beyond_them_or_as_far_as_it_is_told(low, high, ends, months, kinds):
    axis = m.Axis(periods=months, freq="M", low=low, high=high)
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[kinds["line"]], x=axis))
    assert axes.get_xlim() == pytest.approx(ends)
    shown = screen.draw(alone(kinds["line"], x=axis)).layout.xaxis.range
    assert [pd.Timestamp(end) for end in shown] == list(screen.days_of(months, ends))


@pytest.mark.parametrize("name", ["rule", "upright rule", "span", "level span"])
def test_rules_and_shades_go_through_the_whole_panel(name, kinds):
    (shape,) = screen.draw(alone(kinds[name])).layout.shapes
    across = (shape.y0, shape.y1, shape.yref) if kinds[name].along == "x" else (shape.x0, shape.x1, shape.xref)
    assert across == (0, 1, "y domain" if kinds[name].along == "x" else "x domain")


def test_a_band_tells_its_limits_once(kinds):
    band = replace(kinds["band"], hover=["1–4", "2–6", "3–8"])
    low, high = screen.draw(alone(band)).data
    assert low.customdata is None
    assert list(high.customdata) == ["1–4", "2–6", "3–8"]


def test_the_marks_of_a_role_are_those_of_the_role(kinds):
    panel = m.Panel(marks=[kinds["points"], kinds["hollow points"], kinds["line"]])
    chart = replace(alone(kinds["line"]), panels=[panel, m.Panel(marks=[kinds["intervals along x"]])])
    assert [type(mark).__name__ for mark in chart.marks("peer")] == ["Points", "Intervals"]
    assert len(chart.marks()) == 4


@pytest.mark.parametrize(
    ("look", "width"), [({"edged": True}, 0.8), ({"size": 2.5}, 0), ({"size": 2.6}, 0.5), ({}, 0.5)]
)
def test_small_points_have_no_edge_and_edged_ones_a_dark_one(look, width):
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[m.Points(role="signal_high", x=[1], y=[2], **look)]))
    (points,) = axes.collections
    assert points.get_linewidth()[0] == width
    assert to_hex(points.get_edgecolor()[0]) == (palette.INK.lower() if look.get("edged") else "#ffffff")


def test_a_name_stands_in_the_legend_once(kinds):
    twice = m.Panel(marks=[kinds["line"], replace(kinds["line"], role="adjusted")])
    chart = replace(alone(kinds["line"]), panels=[twice, twice])
    assert list(chart.named_marks()) == ["甲"]
    assert [trace.showlegend for trace in screen.draw(chart).data].count(True) == 1
    with style.drawing("zh") as sheet:
        assert [text.get_text() for text in paper.draw(chart, sheet).key.get_texts()] == ["甲"]


def test_rules_and_spans_have_their_names_in_the_legend_too(kinds):
    panel = m.Panel(marks=[kinds["rule"], kinds["span"], kinds["bars down"]])
    chart = replace(alone(kinds["rule"]), panels=[panel])
    assert [trace.name for trace in screen.draw(chart).data if trace.showlegend] == ["目标", "累积", "结案 ↓"]


def test_a_chart_can_be_drawn_on_the_axes_that_a_caller_has(kinds):
    figure, (left, right) = plt.subplots(1, 2)
    paper.draw_panel(right, m.Panel(marks=[kinds["line"]], heading="右", y=m.Axis(title="件")))
    assert not left.lines
    assert (right.get_title("left"), right.get_title("right")) == ("右", "件")
    plt.close(figure)


def test_panels_stand_in_as_many_columns_as_the_size_holds(kinds):
    panels = [m.Panel(marks=[kinds["line"]], heading=str(n)) for n in range(4)]
    chart = replace(alone(kinds["line"]), panels=panels, columns=(1, 2, 4), height=(0.3, 0.5))
    rows = {}
    for size in ("half", "page", "slide"):
        figure = render(lambda _: chart, interactive=False, language="zh", size=size)
        rows[size] = figure.axes[0].get_subplotspec().get_gridspec().nrows
    assert rows == {"half": 4, "page": 2, "slide": 1}
    assert len({axis.domain for axis in screen.draw(chart).select_yaxes()}) == 2
    assert screen.draw(chart).layout.height == 650  # 500 px for a share of 0.3, and 0.5 for each of two rows
    assert screen.draw(replace(chart, height=(0.1, 0.1))).layout.height == 300
    inches = {
        size: render(lambda _: chart, interactive=False, language="zh", size=size).get_size_inches()[1] for size in rows
    }
    assert inches["page"] * 25.4 == pytest.approx(130)  # 100 mm for a share of 1
    assert inches["slide"] * 25.4 == pytest.approx(112)


def test_names_along_x_are_thinned_to_what_fits_with_the_last_among_them():
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    figure, axes = plt.subplots()
    paper.draw_panel(axes, m.Panel(marks=[], x=m.Axis(names=months)), millimetres=38, points=7)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Mar", "Jun", "Sep", "Dec"]
    plt.close(figure)


SIDES = {
    "right": ((1, 0), "middle right"),
    "left": ((-1, 0), "middle left"),
    "above": ((0, 1), "top center"),
    "below": ((0, -1), "bottom center"),
    "centre": ((0, 0), "middle center"),
    "above right": ((1, 1), "top right"),
    "below right": ((1, -1), "bottom right"),
}


@pytest.mark.parametrize("side", SIDES)
def test_words_stand_on_the_side_of_their_point_that_they_name(side):
    mark = m.Words(role="text", x=[5], y=[5], texts=["字"], side=side)
    with style.drawing("zh") as sheet:
        panel = m.Panel(marks=[mark], x=m.Axis(low=0, high=10), y=m.Axis(low=0, high=10))
        figure = paper.draw(replace(alone(mark), panels=[panel]), sheet)
        figure.draw_without_rendering()
        (axes,) = figure.axes
        box, point = axes.texts[0].get_window_extent(), axes.transData.transform((5, 5))
    (across, up), place = SIDES[side]
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]) - point
    assert [int(np.sign(middle[axis])) if abs(middle[axis]) > 1.5 else 0 for axis in (0, 1)] == [across, up]
    if side != "centre":
        assert not box.contains(*point), "the point is not covered"
    assert screen.draw(alone(mark)).data[0].textposition == place


@pytest.mark.parametrize(
    ("side", "shift"),
    [("above", (0, 6)), ("below", (0, -6)), ("right", (5, 0)), ("above right", (5, 6)), ("below right", (5, -6))],
)
def test_words_on_a_white_ground_stand_beside_their_point_and_not_over_it(side, shift):
    mark = m.Words(role="text", x=[5], y=[5], texts=["字"], side=side, haloed=True)
    note = screen.draw(alone(mark)).layout.annotations[0]
    assert (note.xshift, note.yshift) == shift
    assert note.bgcolor


def test_an_axis_from_nought_keeps_it_where_its_end_is_open():
    open_end = screen.draw(replace(alone(m.Rule(role="zero", at=0)), panels=[m.Panel(marks=[], y=m.Axis(low=0))]))
    assert (open_end.layout.yaxis.rangemode, open_end.layout.yaxis.range) == ("tozero", None)


@pytest.mark.parametrize(("x", "y", "anchors"), [(0.02, 0.97, ("left", "top")), (0.98, 0.03, ("right", "bottom"))])
def test_words_in_a_corner_stay_in_the_panel(x, y, anchors):
    mark = m.Words(role="aside", frame="xy", x=[x], y=[y], texts=["角"], side="in corner")
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[mark]))
    assert (axes.texts[0].get_horizontalalignment(), axes.texts[0].get_verticalalignment()) == anchors
    note = screen.draw(alone(mark)).layout.annotations[0]
    assert (note.xanchor, note.yanchor, note.xref, note.yref) == (*anchors, "x domain", "y domain")


def test_words_beside_the_panel_stand_at_their_row():
    mark = m.Words(role="text", frame="x", x=[1.01], y=[3], texts=["矛盾"], bold=[True])
    note = screen.draw(alone(mark)).layout.annotations[0]
    assert (note.text, note.xref, note.yref, note.y) == ("<b>矛盾</b>", "x domain", "y", 3)
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[mark], y=m.Axis(low=0, high=6)))
    assert axes.texts[0].get_fontweight() == "bold"


def axis_of(axis: m.Axis, name: str) -> tuple:
    """Ends and tick labels of an axis on paper and on the screen."""
    panel = {name: axis}
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[], **panel))
    drawn = axes.xaxis if name == "x" else axes.yaxis
    ends = axes.get_xlim() if name == "x" else axes.get_ylim()
    chart = replace(alone(m.Rule(role="zero", at=0)), panels=[m.Panel(marks=[], **panel)])
    shown = screen.draw(chart).layout[f"{name}axis"]
    return ends, [label.get_text() for label in drawn.get_ticklabels()], shown


def test_an_axis_of_names_runs_from_the_top_where_it_is_reversed():
    ends, labels, shown = axis_of(m.Axis(names=["甲", "", "丙"], bold=[True, False, False], reversed=True), "y")
    assert ends == (2.6, -0.6)
    assert labels == ["甲", "丙"]
    assert list(shown.range) == [2.6, -0.6]
    assert list(shown.ticktext) == ["<b>甲</b>", "丙"]
    assert list(shown.tickvals) == [0, 2]


@pytest.mark.parametrize(("count", "columns", "step"), [(20, 1, 1), (32, 1, 2), (33, 1, 2), (64, 1, 3), (20, 2, 2)])
def test_names_along_x_are_thinned_on_the_screen_too(count, columns, step):
    panel = m.Panel(marks=[], x=m.Axis(names=[f"{n}" for n in range(count)]))
    chart = replace(alone(m.Rule(role="zero", at=0)), panels=[panel] * columns, columns=(columns,) * 3)
    assert list(screen.draw(chart).layout.xaxis.tickvals) == list(range(count - 1, -1, -step))[::-1]


def test_an_axis_keeps_the_ends_and_ticks_that_it_is_given():
    ends, labels, shown = axis_of(m.Axis(low=-10, high=30, ticks={-10.0: "10", 0.0: "0", 20.0: "20"}), "y")
    assert ends == (-10, 30)
    assert labels == ["10", "0", "20"]
    assert (list(shown.range), list(shown.tickvals), list(shown.ticktext)) == ([-10, 30], [-10, 0, 20], labels)


def test_a_logarithmic_axis_is_one_in_both(placed, kinds):
    axis = m.Axis(low=10, high=1000, log=True)
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[kinds["points"]], x=axis))
    assert axes.get_xscale() == "log"
    assert axes.get_xlim() == (10, 1000)
    shown = screen.draw(alone(kinds["points"], x=axis)).layout.xaxis
    assert shown.type == "log"
    assert list(shown.range) == pytest.approx([1, 3])


def test_a_bare_axis_has_no_line_and_no_ticks(kinds):
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[], x=m.Axis(bare=True), y=m.Axis(bare=True)))
    assert not axes.spines["left"].get_visible()
    assert not axes.spines["bottom"].get_visible()
    assert not axes.get_yticks().size
    panel = m.Panel(marks=[], y=m.Axis(bare=True))
    shown = screen.draw(replace(alone(kinds["line"]), panels=[panel])).layout.yaxis
    assert (shown.showline, shown.showticklabels, shown.showgrid) == (False, False, False)


def test_lines_across_the_panel_belong_to_the_axis_of_numbers():
    def ruled(panel: m.Panel) -> tuple[bool, bool]:
        axes = Figure().subplots()
        paper.draw_panel(axes, panel)
        return tuple(axis.get_gridlines()[0].get_visible() for axis in (axes.xaxis, axes.yaxis))

    with style.drawing("zh"):
        assert ruled(m.Panel(marks=[])) == (False, True)
        assert ruled(m.Panel(marks=[], y=m.Axis(names=["甲"]))) == (True, False)
        assert ruled(m.Panel(marks=[], x=m.Axis(ruled=False), y=m.Axis(names=["甲"]))) == (False, False)


def test_a_name_to_the_right_of_the_panel_stands_left_of_its_point():
    names = m.Names(
        role="text",
        x=[1, 9, 5],
        y=[0.1, 0.5, 0.9],
        texts=["左", "右", ""],
        bold=[True, False, False],
        spare=["‡", "", "†"],
    )
    figure = screen.draw(alone(names, x=m.Axis(low=0, high=10)))
    assert [(note.text, note.xanchor, note.font.weight) for note in figure.layout.annotations] == [
        ("左", "left", 700),
        ("右", "right", 400),
    ]
    (spare,) = figure.data
    assert (list(spare.text), list(spare.x), list(spare.y)) == (["†"], [5], [0.9])
    with style.drawing("zh") as sheet:
        axes = paper.draw(
            alone(
                names,
                x=m.Axis(low=0, high=10),
            ),
            sheet,
        ).axes[0]
    assert {(text.get_text(), text.xy) for text in axes.texts} == {("左", (1, 0.1)), ("右", (9, 0.5)), ("†", (5, 0.9))}


@pytest.mark.parametrize(("count", "hatched"), [(30, True), (31, False)])
def test_many_bars_have_no_hatch(count, hatched):
    mark = m.Bars(role="closed", at=range(count), values=range(count))
    axes = Figure().subplots()
    paper.draw_panel(axes, m.Panel(marks=[mark]))
    assert bool(axes.patches[0].get_hatch()) is hatched
    assert (screen.draw(alone(mark)).data[0].marker.pattern.shape is not None) is hatched


def test_a_chart_of_rows_is_as_tall_as_its_rows(kinds):
    chart = replace(alone(kinds["line"]), lines=10.0)
    taller = replace(chart, lines=20.0)
    assert screen.draw(taller).layout.height - screen.draw(chart).layout.height == 10 * screen.LINE_PX
    with style.drawing("zh") as sheet:
        short, tall = (paper.draw(c, sheet).get_size_inches()[1] for c in (chart, taller))
        assert tall == pytest.approx(2 * short)
        most = paper.draw(replace(chart, lines=999.0), sheet).get_size_inches()[1]
        assert most * 25.4 == pytest.approx(sheet.size.most)
        assert paper.lines_held(sheet.size) == pytest.approx(sheet.size.most / (short * 25.4 / 10))


# -- a chart that nobody drew before


def plot_waiting(result: pd.Series, *, interactive: bool = False, language: str | None = None, size: str = "page"):
    """A new chart, said in a few lines."""

    def say(_: float) -> m.Chart:
        name = str(Text("等待天数", "days of waiting"))
        bars = m.Bars(role="recorded", at=range(len(result)), values=result, label=name, hover=m.told(result))
        panel = m.Panel(marks=[bars], x=m.Axis(names=list(result.index)), y=m.Axis(title=name, low=0))
        return m.Chart(panels=[panel], title=Text("等待", "Waiting"), alt=Text("柱图", "Bars"), note=Text("", ""))

    return render(say, interactive=interactive, language=language, size=size)


@pytest.mark.parametrize(("language", "name"), [("zh", "等待天数"), ("en", "days of waiting")])
def test_a_new_chart_appears_in_every_medium(language, name):
    waiting = pd.Series([3.0, 9.0], index=["A", "B"])
    sheet = plot_waiting(waiting, language=language)
    assert [bar.get_height() for bar in sheet.axes[0].patches] == [3, 9]
    assert sheet.axes[0].get_title("left") == name
    shown = plot_waiting(waiting, language=language, interactive=True)
    assert list(shown.data[0].y) == [3, 9]
    colon = {"zh": "：", "en": ": "}[language]
    assert list(shown.data[1].customdata) == [f"A<br>{name}{colon}3", f"B<br>{name}{colon}9"]
    with speaking(language):
        svg = as_svg.markup(sheet, "waiting")
    assert re.findall(r"<title>([^<]+)</title>", svg) == [f"A\n{name}{colon}3", f"B\n{name}{colon}9"]
    native = native_chart(said_by(plot_waiting, waiting, language=language), ["recorded"])
    assert (native.categories, native.series[0].label, native.series[0].values) == (("A", "B"), name, (3.0, 9.0))


# -- SVG


@pytest.fixture
def svg(months, kinds) -> str:
    line = replace(kinds["line"], x=[0, 1, 3])
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


def test_words_on_a_white_ground_are_text_in_svg_and_keep_their_ground_elsewhere():
    mark = m.Words(role="text", x=[1], y=[1], texts=["峰 161"], haloed=True)
    with style.drawing("zh") as sheet:
        figure = paper.draw(alone(mark), sheet)
    drawn = as_svg.markup(figure, "f")
    assert re.search(r'<g style="paint-order:stroke;stroke:#fff[^>]*><text [^>]*>峰 161</text></g>', drawn)
    (text,) = figure.axes[0].texts
    assert text.get_path_effects()
    assert text.get_gid() is None


def test_marker_shapes_of_an_svg_are_drawn_where_they_are_used_and_not_where_they_are_kept(kinds):
    with style.drawing("zh") as sheet:
        drawn = as_svg.markup(paper.draw(alone(kinds["points"]), sheet), "f")
    kept = re.findall(r"<defs>.*?</defs>", drawn)
    assert kept
    assert not re.search(r'<path [^>]*id="', re.sub(r"<defs>.*?</defs>", "", drawn))


def test_bars_of_one_series_are_one_path_in_svg_and_none_is_lost():
    """180 months had a path a month, each with its style: a third of the charts of fifteen years."""
    bars = [
        m.Bars(role=name, at=np.arange(60), values=np.arange(60) % 7 + 1, way=way, label=name)
        for name, way in (("filed", "↑"), ("closed", "↓"))
    ]
    chart = alone(bars[0])
    chart = replace(chart, panels=[replace(chart.panels[0], marks=bars)])
    with style.drawing("zh") as sheet:
        figure = paper.draw(chart, sheet)
    drawn = as_svg.markup(figure, "f")
    for role in ("filed", "closed"):
        colour = to_hex(palette.ROLES[role].colour)
        paths = re.findall(rf'<path d="([^"]+)"[^>]*style="fill:{colour}', drawn)
        assert sorted(path.count("z") for path in paths) == [1, 60], "the legend's, and the bars"


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
    strips = re.findall(r'<path d="M([\d.]+) [\d.]+h([\d.]+)[^>]*><title>([^<]+)</title>', svg)
    assert [text for _, _, text in strips] == ["2010年1月\n甲：五", "2010年2月\n甲：负二", "2010年4月\n甲：八"]
    ends = [(float(x), float(x) + float(width)) for x, width, _ in strips]
    assert all(abs(a[1] - b[0]) < 0.2 for a, b in itertools.pairwise(ends))


def test_places_closer_than_a_pointer_parts_them_share_a_strip():
    days = m.Line(
        role="recorded", x=np.arange(2000), y=np.ones(2000), label="甲", hover=[f"第{n}天" for n in range(2000)]
    )
    chart = m.Chart(
        panels=[m.Panel(marks=[days], x=m.Axis(low=0, high=2000))],
        title=Text("题", "t"),
        alt=Text("图", "c"),
        note=Text("", ""),
    )
    with style.drawing("zh") as sheet:
        drawn = as_svg.markup(paper.draw(chart, sheet), "f")
    widths = [float(width) for width in re.findall(r'<path d="M[\d.]+ [\d.]+h([\d.]+)[^>]*><title>', drawn)]
    assert 300 < len(widths) < 600
    assert min(widths[:-1]) >= 0.4, "half of a strip stands on either side of its place"


def test_an_svg_tells_single_points_where_they_stand(kinds):
    with style.drawing("zh") as sheet:
        figure = paper.draw(alone(kinds["points"]), sheet)
    drawn = as_svg.markup(figure, "f")
    spots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>([^<]+)</title>', drawn)
    assert [text for _, _, text in spots] == ["一", "二"]
    assert float(spots[0][0]) < float(spots[1][0])
    assert float(spots[0][1]) > float(spots[1][1]), "down is more"


def test_an_svg_repeats_and_leaves_the_figure_as_it_was(kinds):
    with style.drawing("zh") as sheet:
        figure = paper.draw(alone(kinds["line"]), sheet)
    assert as_svg.markup(figure, "f") == as_svg.markup(figure, "f")
    assert [text.get_text() for text in figure.texts] == ["题"]
    assert figure.svg_text == "path"
