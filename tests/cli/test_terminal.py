"""Tables of the terminal: days and numbers stay in one piece where there is room."""

import pandas as pd

from analysis.cli.terminal import _widths


def test_chinese_headings_break_so_that_days_and_numbers_need_not():
    table = pd.DataFrame(
        [["青山县人民法院", "2025-06-30", "82.32"]], columns=["法院", "期末日", "99.8%下限（%）的数值"]
    )
    court, day, number = _widths(table, 30)
    assert day == 10
    assert number >= 5
    assert court >= 2


def test_headings_wrap_before_the_names_of_courts_do():
    headings = ["法院", *(f"第{place}个很长的表头（%）" for place in range(4))]
    table = pd.DataFrame([["青山县人民法院", *["82.32"] * 4]], columns=headings)
    court, *figures = _widths(table, 40)
    assert court == 14
    assert min(figures) >= 5
