from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="结案率，。（）“” ab1%", max_size=60), st.integers(4, 30))
def test_nothing_but_spaces_is_lost(text, ems):
    lines = wrapped(text, ems)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width(line) <= ems or len(PIECE.findall(line)) == 1 for line in lines)
