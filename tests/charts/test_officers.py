"""Officers: ranges, expected and own figures stand where the scorecard has them."""

import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.marks import Intervals, Points
from analysis.charts.drawing.render import said_by


def test_ranges_and_what_was_expected_are_those_of_the_scorecard(sample_cases):
    found = an.officer_scorecard(sample_cases, period=2011, names=True)
    rows = found.table[(found.table["measure"] == "closed") & found.table["value"].notna()].reset_index(drop=True)
    marks = said_by(an.plot_officers, found).marks()
    (ranges,) = [mark for mark in marks if isinstance(mark, Intervals)]
    points = [mark for mark in marks if isinstance(mark, Points)]
    assert list(ranges.at) == list(rows.index)
    assert list(ranges.lower) == rows["lower"].tolist()
    assert list(ranges.upper) == rows["upper"].tolist()
    assert list(points[0].x) == rows["expected"].tolist()
    assert sorted((y, x) for mark in points[1:] for x, y in zip(mark.x, mark.y, strict=True)) == list(
        enumerate(rows["value"])
    )


def test_where_nobody_may_be_shown_the_chart_says_so_and_names_no_measure():
    rows = pd.DataFrame(
        {"filed_on": ["2011-01-04", "2011-02-01"], "officer": ["甲", "乙"], "closed_on": ["2011-03-01", None]}
    )
    card = an.officer_scorecard(an.Cases.from_frames(rows, as_of="2011-12-31"), period=2011)
    assert card.table.empty
    with pytest.raises(an.DataError, match="全部不显示"):
        an.plot_officers(card)
