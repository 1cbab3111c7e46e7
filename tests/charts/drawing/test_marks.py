"""What a chart says, before anything is drawn: places, names, what is told where, every text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.charts.drawing import marks as m
from analysis.charts.drawing import palette
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text

MONTHS = pd.date_range("2010-01-01", periods=4, freq="MS")


def chart(*marks: m.Mark, **about: object) -> m.Chart:
    panel = m.Panel(marks=marks, **about)
    return m.Chart(panels=[panel], title=Text("题", "title"), alt=Text("图", "alt"), note=Text("注", "note"))


def test_a_place_beside_its_middle_belongs_to_its_period_or_name_and_a_number_to_itself():
    assert m.Axis(periods=MONTHS, freq="M").place_of(1.8) == 2
    assert m.Axis(names=["甲", "乙"]).place_of(0.4) == 0
    assert m.Axis().place_of(2.4) == 2.4


def test_a_place_is_headed_by_its_name_and_a_number_by_what_it_counts():
    assert m.Axis(periods=MONTHS, freq="M", title="月").header(1) == "2010年2月"
    assert m.Axis(names=["甲", "乙"], title="法院").header(1) == "乙"
    assert m.Axis(title="天数").header(1180) == "天数：1,180"
    assert m.Axis().header(3) == "3"


def test_arrows_on_a_way_stand_every_so_many_points_and_none_where_it_rests():
    way = m.Line(role="recorded", x=[0, 1, 2, 4, 4, 5], y=[0, 0, 0, 0, 0, 7], headed=2)
    assert [(start.tolist(), end.tolist()) for start, end in way.heads()] == [([1, 0], [2, 0])]
    moving = replace(way, x=[0, 1, 2, 3, 4, 5])
    assert [start[0] for start, _ in moving.heads()] == [1, 3]
    assert replace(moving, headed=4).heads()[0][0].tolist() == [2, 0]
    assert replace(moving, headed=0).heads() == []
    upright = m.Line(role="recorded", x=[3, 3, 3], y=[0, 1, 1], headed=1)
    assert [end.tolist() for _, end in upright.heads()] == [[3, 1]]


def test_bars_that_point_down_end_below_and_say_so_in_the_legend():
    bars = m.Bars(role="closed", at=[0, 1], values=[3, 4], way="↓", label="结案")
    assert [place.tolist() for place in bars.places()] == [[0, 1], [-3, -4]]
    assert [place.tolist() for place in replace(bars, along="x").places()] == [[-3, -4], [0, 1]]
    assert [place.tolist() for place in replace(bars, way="↑").places()] == [[0, 1], [3, 4]]
    assert (bars.legend, replace(bars, way="").legend, replace(bars, label="", way="").legend) == ("结案 ↓", "结案", "")


def test_the_ends_of_bands_and_intervals_are_their_upper_ones():
    ends = m.Intervals(role="peer", at=[0, 1], lower=[1, 2], upper=[5, 7])
    assert [place.tolist() for place in ends.places()] == [[0, 1], [5, 7]]
    assert [place.tolist() for place in replace(ends, along="x").places()] == [[5, 7], [0, 1]]
    band = m.Band(role="band", x=[0, 1], lower=[1, 2], upper=[5, 7])
    assert band.places()[1].tolist() == [5, 7]


def test_a_mark_looks_as_its_role_unless_it_is_one_of_several_alike():
    mark = m.Points(role="own", x=[1], y=[2], label="甲")
    assert mark.look == palette.ROLES["own"]
    assert replace(mark, own_look=palette.ROLES["peer"]).look == palette.ROLES["peer"]
    assert (mark.legend, replace(mark, is_listed=False).legend) == ("甲", "")


def test_a_place_tells_every_mark_that_has_a_value_there_with_its_name():
    line = m.Line(role="recorded", x=[0, 1, 2], y=[5, np.nan, 7], label="未结", hover=["五", "无", "七"])
    bars = m.Bars(role="filed", at=[0.2, 1.2, 2.2], values=[1, 2, 3], hover=["一", "二", ""])
    panel = m.Panel(marks=[line, bars], x=m.Axis(periods=MONTHS, freq="M"))
    assert panel.told_by_place() == {0: ["未结：五", "一"], 1: ["二"], 2: ["未结：七"]}


def test_the_legend_names_each_name_once_in_order():
    first = m.Line(role="recorded", x=[0], y=[1], label="甲")
    said = chart(
        first, m.Line(role="adjusted", x=[0], y=[1], label="乙"), m.Points(role="own", x=[0], y=[1], label="甲")
    )
    assert list(said.named_marks().items()) == [("甲", first), ("乙", said.panels[0].marks[1])]
    assert said.marks("own") == [said.panels[0].marks[2]]
    assert said.marks() == list(said.panels[0].marks)


def test_every_text_that_a_reader_can_meet_is_among_the_texts():
    words = m.Words(role="text", x=[0], y=[0], texts=["词"])
    names = m.Names(role="own", x=[0], y=[0], texts=["名"], bold=[False], spare=["†"])
    line = m.Line(role="recorded", x=[0], y=[0], label="线", end="端", hover=["值", ""])
    about = {"heading": "头", "x": m.Axis(title="横", names=["甲"]), "y": m.Axis(title="纵", ticks={0.0: "零"})}
    with speaking("zh"):
        found = chart(line, words, names, **about).texts()
    assert found == ["题", "图", "注", "头", "横", "甲", "纵", "零", "线", "端", "值", "词", "名", "†"]


def test_numbers_are_told_as_a_reader_reads_them():
    assert m.told([1234.5, np.nan], 1, unit="件") == ["1,234.5件", "—"]
    assert m.told([3]) == ["3"]
    assert m.told_by_time(["2010年", "2011年"], [87.619, 3], "甲法院") == ["甲法院2010年：87.62", "甲法院2011年：3.00"]
    with speaking("en"):
        assert m.told_by_time(["2010"], [3], "Court A") == ["Court A 2010: 3.00"]
        assert m.told_by_time(["2010"], [3]) == ["2010: 3.00"]


@pytest.mark.parametrize(
    ("ends", "asked", "ticks"),
    [
        ((0, 9), {"whole": True}, {0: "0", 2: "2", 4: "4", 6: "6", 8: "8"}),
        ((0, 2), {}, {0: "0", 0.5: "0.5", 1: "1", 1.5: "1.5", 2: "2"}),
        ((0, 2), {"whole": True}, {0: "0", 1: "1", 2: "2"}),
        ((0, 2000), {"at_most": 2}, {0: "0", 1000: "1,000", 2000: "2,000"}),
        ((0, 9), {"whole": True, "at_most": 2}, {0: "0", 5: "5"}),
        ((3, 21), {}, {5: "5", 10: "10", 15: "15", 20: "20"}),
    ],
)
def test_ticks_are_round_numbers_inside_the_axis_with_their_texts(ends, asked, ticks):
    assert m.ticks_between(*ends, **asked) == ticks
