"""Cumulative incidence: its limits and what it tells stand where the table has them."""

import pytest

import analysis as an
from analysis.charts.drawing.marks import Band, Line
from analysis.charts.drawing.render import said_by


def test_curves_their_limits_and_what_they_tell_are_those_of_the_table(sample_cases):
    found = an.closing_incidence(sample_cases)
    chart = said_by(an.plot_incidence, found, language="en")
    lines = [mark for mark in chart.marks() if isinstance(mark, Line)]
    bands = [mark for mark in chart.marks() if isinstance(mark, Band)]
    drawn = found.table[found.table["days"] <= 365]
    modes = drawn.groupby("closure_mode")["incidence"].max().nlargest(len(lines)).index
    for mode, line, band in zip(modes, lines, bands, strict=True):
        rows = drawn[drawn["closure_mode"] == mode]
        place = len(rows) // 2
        row = 100 * rows.iloc[place][["incidence", "lower", "upper"]].astype(float)
        at = list(line.x).index(rows["days"].iloc[place])
        assert list(band.x) == list(line.x)
        assert (line.y[at], band.lower[at], band.upper[at]) == pytest.approx(tuple(row))
        assert line.hover[at] == "{:.1f}% (95% interval {:.1f}–{:.1f})".format(*row)
