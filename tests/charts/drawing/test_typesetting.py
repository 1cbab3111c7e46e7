from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts.drawing.fonts import SANS, font_files
from analysis.charts.drawing.typesetting import PIECE, fitted, width, wrapped


def test_chinese_breaks_anywhere_but_before_a_closing_mark():
    assert wrapped("未结为各期末数，登记截至年末。", 7) == ["未结为各期末", "数，登记截至年", "末。"]


def test_english_breaks_between_words():
    assert wrapped("cases filed and closed", 8) == ["cases filed", "and closed"]


def test_a_no_break_space_holds():
    assert wrapped("test, p\u00a0<\u00a00.001", 7) == ["test,", "p\u00a0<\u00a00.001"]


def test_line_breaks_are_kept():
    assert wrapped("甲\n乙", 10) == ["甲", "乙"]


def test_fitted_is_narrower_on_a_half_page():
    text = "富锦市人民法院执行案件新收、结案与未结情况（2006 年至 2011 年）"
    assert fitted(text, millimetres=76, points=9).count("\n") > fitted(text, millimetres=156, points=9).count("\n")


@pytest.mark.parametrize(
    "text",
    ["结案比平时多50%（34%至67%），占比80%—90%。", "“结案率”99.22%，“实际执结率”71.95%"],
)
def test_a_line_is_about_as_wide_as_it_is_drawn(text):
    """A note of many percentages ran over the right edge of the figure."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    drawn = TextPath((0, 0), text, size=100, prop=FontProperties(fname=font_files(SANS)[0])).get_extents().x1 / 100
    assert width(text) == pytest.approx(drawn, rel=0.08)


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="结案率，。（）“” ab1%", max_size=60), st.integers(4, 30))
def test_nothing_but_spaces_is_lost(text, ems):
    lines = wrapped(text, ems)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width(line) <= ems or len(PIECE.findall(line)) == 1 for line in lines)
