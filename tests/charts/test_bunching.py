"""The chart of closings around a date: whole weeks alone."""

import pandas as pd

import analysis as an
from analysis.charts.drawing.marks import Bars, Line
from analysis.charts.drawing.render import said_by


def test_half_a_year_is_no_whole_number_of_weeks_so_its_ends_are_not_drawn_as_weeks():
    days = pd.date_range("2009-01-01", "2011-12-31", freq="D")
    days = days[days.day_of_week < 5]
    frame = pd.DataFrame(
        {"case_no": [f"（2009）晴01执{n}号" for n in range(len(days))], "filed_on": "2008-12-01", "closed_on": days}
    )
    found = an.limit_bunching(an.Cases.from_frames(frame, as_of="2011-12-31", observed_from="2009-01-01"))
    table = found.table[found.table["date"] == "year_end"]
    assert table["closings"].iloc[0] < table["closings"].iloc[1] / 2, "two days, not seven"
    panel = said_by(an.plot_bunching, found, language="zh").panels[-1]
    (bars,) = [mark for mark in panel.marks if isinstance(mark, Bars)]
    assert list(bars.at) == list(range(-25, 26))
    assert panel.x.low > -26


def test_the_curve_tells_its_own_values_and_not_those_of_the_bars(sample_cases):
    found = an.limit_bunching(sample_cases)
    panels = said_by(an.plot_bunching, found).panels
    curves = [mark for panel in panels for mark in panel.marks if isinstance(mark, Line)]
    assert curves
    for curve in curves:
        assert list(curve.hover) == [f"{value:.1f}" for value in curve.y]
