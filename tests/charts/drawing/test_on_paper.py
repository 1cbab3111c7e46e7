"""What matplotlib is told of panels, axes and marks: what a reader of the page would miss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure

from analysis.charts.drawing import marks as m
from analysis.charts.drawing import on_paper, palette, style
from analysis.vocabulary.text import Text


def chart(*panels: m.Panel, **about: object) -> m.Chart:
    return m.Chart(panels=panels, title=Text("题", "t"), alt=Text("图", "a"), note=Text("", ""), **about)


def drawn(*marks: m.Mark, points: float = on_paper.PAGE_POINTS, **about: object):
    """The axes of a panel."""
    return on_paper.draw_panel(Figure().subplots(), m.Panel(marks=marks, **about), points=points)


POINT = m.Points(role="own", x=[1, 2], y=[3, 4])


def test_axes_without_a_panel_are_not_seen():
    with style.drawing("zh") as sheet:
        figure = on_paper.draw(chart(*[m.Panel(marks=[POINT])] * 3, columns=(2, 2, 2)), sheet)
    assert [axes.get_visible() for axes in figure.axes] == [True, True, True, False]


def test_panels_of_one_column_have_their_shares_of_the_height():
    panels = [m.Panel(marks=[POINT], share=share) for share in (3, 1)]
    assert on_paper.shared_axes(chart(*panels, same_x=True), 1) == {
        "sharex": True,
        "sharey": False,
        "height_ratios": [3, 1],
    }
    assert on_paper.shared_axes(chart(*panels, same_y=True), 2) == {"sharex": False, "sharey": True}


@pytest.mark.parametrize(
    ("millimetres", "grid"), [(76, (1, 3)), (99.9, (1, 3)), (100, (2, 2)), (199, (2, 2)), (200, (3, 1)), (260, (3, 1))]
)
def test_a_figure_holds_as_many_columns_as_its_size(millimetres, grid):
    assert on_paper.grid_of(chart(*[m.Panel(marks=[])] * 3, columns=(1, 2, 4)), millimetres) == grid


@pytest.mark.parametrize(
    ("low", "high", "millimetres", "ticks"),
    [
        (10, 1000, 150, [10, 20, 50, 100, 200, 500, 1000]),
        (10, 3000, 150, [10, 100, 1000]),
        (10, 1000, 120, [10, 100, 1000]),
    ],
)
def test_a_logarithmic_axis_of_a_few_decades_has_ticks_between_them_where_there_is_room(low, high, millimetres, ticks):
    axes = Figure().subplots()
    on_paper.draw_panel(axes, m.Panel(marks=[POINT], x=m.Axis(low=low, high=high, log=True)), millimetres=millimetres)
    assert [tick for tick in axes.get_xticks() if low <= tick <= high] == ticks
    assert not len(axes.get_xticks(minor=True))
    assert axes.xaxis.get_major_formatter()(1000, 0) == "1,000"


def test_names_up_the_side_have_no_ticks_and_along_the_foot_they_do():
    def length(axis):
        return axis.get_major_ticks()[0].tick1line.get_markersize()

    with style.drawing("zh"):
        side, plain = drawn(y=m.Axis(names=["甲", "乙"])), drawn(y=m.Axis(low=0, high=4))
    assert length(side.yaxis) == 0
    assert length(side.xaxis) == length(plain.xaxis) > 0
    assert length(plain.yaxis) > 0


def test_whole_things_have_whole_ticks():
    whole, parts = (drawn(y=m.Axis(low=0, high=2, whole=whole)).get_yticks() for whole in (True, False))
    assert all(tick == round(tick) for tick in whole)
    assert not all(tick == round(tick) for tick in parts)


def test_the_ends_of_an_axis():
    names = {"names": ["甲", "乙", "丙"]}
    assert drawn(y=m.Axis(**names)).get_ylim() == (-0.6, 2.6)
    assert drawn(y=m.Axis(**names, reversed=True)).get_ylim() == (2.6, -0.6)
    assert drawn(x=m.Axis(**names, low=-1, high=5)).get_xlim() == (-1, 5)
    open_end = drawn(POINT, y=m.Axis(low=0)).get_ylim()
    assert open_end[0] == 0
    assert open_end[1] > 4


def test_a_bare_axis_keeps_its_names_and_loses_line_and_ticks():
    axes = drawn(x=m.Axis(bare=True), y=m.Axis(bare=True, names=["甲", "乙"]), points=10)
    assert not axes.spines["left"].get_visible()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["甲", "乙"]
    assert axes.yaxis.get_major_ticks()[0].get_pad() == pytest.approx(10 * on_paper.PAD)
    assert not axes.xaxis.get_major_ticks()[0].label1.get_visible()


def test_what_x_counts_is_an_aside_under_names():
    named, plain = drawn(x=m.Axis(title="n = 3", names=["甲"])), drawn(x=m.Axis(title="天数"))
    assert to_hex(named.xaxis.label.get_color()).upper() == palette.MUTED.upper()
    assert named.xaxis.label.get_fontsize() < plain.xaxis.label.get_fontsize()
    assert (named.get_xlabel(), plain.get_xlabel()) == ("n = 3", "天数")


def test_marks_lie_in_their_order_and_shades_and_bands_beneath():
    line = m.Line(role="recorded", x=[0, 1], y=[1, 2])
    band = m.Band(role="interval", x=[0, 1], lower=[0, 1], upper=[2, 3])
    axes = drawn(line, replace(line, role="adjusted"), band, m.Span(role="band", lower=0, upper=1), POINT)
    first, second = (mark.get_zorder() for mark in axes.lines)
    shade = axes.patches[0].get_zorder()
    (under, points) = (mark.get_zorder() for mark in axes.collections)
    assert shade < under < first < second < points


def test_marks_grow_with_the_letters():
    interval = m.Intervals(role="peer", at=[0], lower=[1], upper=[5], capped=True, width=1.0)
    line = m.Line(role="recorded", x=[0, 1], y=[1, 2], width=m.THICK)
    axes = drawn(line, interval, POINT, points=2 * on_paper.PAGE_POINTS)
    assert axes.lines[0].get_linewidth() == 2 * m.THICK
    cap = axes.lines[1]
    assert (cap.get_markersize(), cap.get_markeredgewidth(), cap.get_linestyle()) == (10, 2, "None")
    bars, points = axes.collections
    assert bars.get_linewidth()[0] == 2
    assert points.get_sizes()[0] == (2 * POINT.size) ** 2


def test_caps_stand_at_both_ends_across_their_interval():
    interval = m.Intervals(role="peer", at=[0, 1], lower=[1, 2], upper=[5, 7], capped=True)
    upright, lying = drawn(interval), drawn(replace(interval, along="x"))
    assert [(list(cap.get_xdata()), list(cap.get_ydata()), cap.get_marker()) for cap in upright.lines] == [
        ([0, 1], [1, 2], "_"), ([0, 1], [5, 7], "_"),
    ]  # fmt: skip
    assert [(list(cap.get_xdata()), list(cap.get_ydata()), cap.get_marker()) for cap in lying.lines] == [
        ([1, 2], [0, 1], "|"), ([5, 7], [0, 1], "|"),
    ]  # fmt: skip
    assert not drawn(replace(interval, capped=False)).lines


def test_a_line_looks_as_it_is_asked_to():
    line = m.Line(role="target", x=[0, 1, 2], y=[1, 2, 3], step="mid", opacity=0.5, label="目标")
    (plain,) = drawn(line).lines
    assert (plain.get_drawstyle(), plain.get_alpha(), plain.get_label()) == ("steps-mid", 0.5, "目标")
    assert plain.get_marker() in ("None", None, "")
    assert to_hex(plain.get_color()).upper() == palette.MUTED.upper()
    (dotted,) = drawn(replace(line, role="own", with_points=True)).lines
    assert (dotted.get_marker(), dotted.get_markeredgecolor()) == ("s", "white")


def test_a_way_goes_from_dark_to_light_and_its_heads_point_along_it():
    way = m.Line(role="recorded", x=[0, 1, 2, 3], y=[0, 1, 1, 0], shaded=True, headed=2)
    axes = drawn(way, points=2 * on_paper.PAGE_POINTS)
    (parts,) = axes.collections
    assert parts.get_array().tolist() == [0, 1, 2]
    assert parts.get_clim() == (0, pytest.approx(3 / on_paper.BRIGHTEST))
    assert [segment.tolist() for segment in parts.get_segments()][1] == [[1, 1], [2, 1]]
    (head,) = axes.texts
    assert (head.xyann, head.xy) == ((1, 1), (2, 1))
    assert head.arrow_patch.get_mutation_scale() == 2 * on_paper.HEAD


def test_a_band_fills_between_its_limits_in_the_colour_of_its_role():
    band = m.Band(role="own", x=[0, 1], lower=[1, 2], upper=[3, 5], label="区间", opacity=0.3)
    (fill,) = drawn(band).collections
    corners = fill.get_paths()[0].get_extents()
    assert (corners.x0, corners.x1, corners.y0, corners.y1) == (0, 1, 1, 5)
    assert tuple(fill.get_facecolor()[0]) == pytest.approx(to_rgba(palette.ORANGE, 0.3))
    assert (fill.get_label(), fill.get_linewidth()[0]) == ("区间", 0)


def test_a_hatched_band_is_told_from_another_by_more_than_its_tint():
    """The limits of two courses of a forecast were two pale tints, one in grey print."""
    band = m.Band(role="what_if", x=[0, 1], lower=[1, 2], upper=[3, 5], hatched=True)
    (pale,), (full,) = (drawn(one).collections for one in (band, replace(band, opacity=0.9)))
    for fill, ground, strokes in ((pale, 0.2, palette.ORANGE), (full, 0.9, "white")):
        assert fill.get_hatch() == palette.ROLES["what_if"].hatch
        assert tuple(fill.get_facecolor()[0]) == pytest.approx(to_rgba(palette.ORANGE, ground))
        assert tuple(fill.get_edgecolor()[0]) == pytest.approx(to_rgba(strokes, on_paper.STROKES))
    (plain,) = drawn(replace(band, hatched=False)).collections
    assert not plain.get_hatch()


def test_rules_and_shades_look_as_their_role():
    rule = m.Rule(role="target", at=6, label="目标", width=2, opacity=0.7)
    shade = m.Span(role="clearing", lower=1, upper=3, label="清")
    axes = drawn(rule, shade, replace(shade, dotted=True), points=2 * on_paper.PAGE_POINTS)
    (line,) = axes.lines
    assert (line.get_linewidth(), line.get_alpha(), line.get_label()) == (4, 0.7, "目标")
    hatched, dotted = axes.patches
    assert (hatched.get_hatch(), to_hex(hatched.get_edgecolor()).upper()) == ("///", palette.HATCHED.upper())
    assert (dotted.get_hatch(), dotted.get_facecolor()[3]) == ("....", 0)
    assert (hatched.get_alpha(), hatched.get_linewidth()) == (0.6, 0)


def test_arrows_are_open_circles_with_heads_where_something_moved():
    arrows = m.Arrows(role="peer", x=[1, 2], x_to=[4, 2], y=[0, 1], headed=[True, False])
    axes = drawn(arrows)
    (circles,) = axes.collections
    assert circles.get_offsets().tolist() == [[1, 0], [2, 1]]
    assert (to_hex(circles.get_facecolor()[0]), circles.get_sizes()[0]) == ("#ffffff", 16)
    assert [(text.xyann, text.xy) for text in axes.texts] == [((1, 0), (4, 0))]


def test_strokes_have_the_colour_of_their_role_and_no_face():
    (stroke,) = drawn(
        m.Points(role="own", own_look=replace(palette.ROLES["own"], marker="|"), x=[1], y=[2])
    ).collections
    assert to_hex(stroke.get_edgecolor()[0]).upper() == palette.ORANGE.upper()
    assert stroke.get_linewidth()[0] == 0.8


def test_words_have_the_colour_of_what_they_name_and_a_ground_where_asked():
    words = m.Words(role="own", x=[1, 2], y=[3, 4], texts=["子", "丑"], bold=[True, False], haloed=True)
    first, second = drawn(words, points=2 * on_paper.PAGE_POINTS).texts
    assert to_hex(first.get_color()).upper() == palette.letters(palette.ROLES["own"]).upper()
    assert (first.get_fontweight(), second.get_fontweight()) == ("bold", "normal")
    assert first.xyann == (2 * on_paper.GAP * on_paper.PAGE_POINTS, 0), "half a letter beside its point, however large"
    assert first.get_path_effects()
    assert not drawn(replace(words, haloed=False)).texts[0].get_path_effects()
    framed = drawn(replace(words, frame="x")).texts[0]
    assert framed.xycoords == ("axes fraction", "data")


def test_a_name_without_room_leaves_its_sign_beside_the_point_and_takes_no_room_itself():
    names = m.Names(role="own", x=[1, 2], y=[1, 2], texts=["甲", ""], bold=[True, False], spare=["‡", "†"])
    with style.drawing("zh") as sheet:
        figure = on_paper.draw(chart(m.Panel(marks=[names, POINT])), sheet)
    (spare,) = (text for text in figure.axes[0].texts if text.get_text() == "†")
    assert (spare.xy, spare.xyann, spare.anncoords) == ((2, 2), (3, 2), "offset points")
    assert spare.get_fontsize() < figure.axes[0].title.get_fontsize()
    assert not spare.get_in_layout()
    assert "‡" not in [text.get_text() for text in figure.axes[0].texts], "the first has its name"


def test_a_name_stands_on_no_title_of_an_axis():
    """Where two courts lie together at the top of a panel the second's name was written over what the axis counts."""
    at = {"role": "own", "x": [0.0, 0.0], "y": [100.0, 100.0]}
    names = m.Names(**at, texts=["永兴县人民法院", "安仁县人民法院"], bold=[False] * 2, spare=[""] * 2)
    y = m.Axis(title="结案率（百分之几，一个很长的名称）", low=0.0, high=100.0)
    panel = m.Panel(marks=[names, m.Points(**at)], x=m.Axis(low=0.0, high=10.0), y=y)
    with style.drawing("zh") as sheet:
        figure = on_paper.draw(chart(panel), sheet)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    (title,) = (text for text in (axes.title, axes._left_title, axes._right_title) if text.get_text())
    assert axes.texts
    assert not [text for text in axes.texts if title.get_window_extent().overlaps(text.get_window_extent())]


def test_what_no_renderer_knows_is_told():
    class Strange(m.Mark):
        pass

    with pytest.raises(TypeError, match="Strange"):
        drawn(Strange(role="own"))


def test_places_of_periods_are_ticked_as_many_as_are_held():
    axis = m.Axis(periods=np.array([f"{2000 + at}-01-01" for at in range(12)], dtype="datetime64[s]"), freq="Y")
    few, many = Figure().subplots(), Figure().subplots()
    on_paper.draw_panel(few, m.Panel(marks=[], x=axis), periods=1)
    on_paper.draw_panel(many, m.Panel(marks=[], x=axis), millimetres=200, periods=12)
    assert len(few.get_xticks()) == 3, "never fewer than three places"
    assert len(many.get_xticks()) == 12
