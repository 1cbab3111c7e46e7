"""Petitions by period: what bears its number, and no line across the bars."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.marks import Bars, Intervals, Line, Names, Points, Words
from analysis.charts.drawing.render import said_by


@pytest.fixture(scope="module")
def petitions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    cases = pd.DataFrame(
        {"case_no": [f"（2009）黑0882执{n}号" for n in range(1, 5)], "filed_on": "2009-01-05", "closed_on": ""}
    )
    received = [f"{year}-03-01" for year, number in ((2009, 6), (2010, 2), (2011, 4)) for _ in range(number)]
    resolved = ["2009-05-01", "", "", "", "", "", "2010-06-01", "2010-06-01", "2011-05-01", "", "", ""]
    petitions = {"petition_id": range(12), "case_no": [cases["case_no"][0]] * 12, "received_on": received}
    cases.to_csv(folder / "cases.csv", index=False)
    pd.DataFrame({**petitions, "resolved_on": resolved}).to_csv(folder / "petitions.csv", index=False)
    known = an.read_cases(folder, as_of="2011-12-31")
    return an.petitions(known, periods=[2009, 2010, 2011])


@pytest.fixture(scope="module")
def chart(petitions):
    return an.plot_petitions(petitions, language="en").chart


def test_first_last_lowest_and_highest_of_the_pending_and_of_the_rates_bear_their_numbers(chart):
    _, stock, rates = chart.panels
    (pending,) = [mark for mark in stock.marks if isinstance(mark, Names)]
    assert (pending.texts, list(pending.x)) == (["5", "8"], [0, 2])
    (settled,) = [mark for mark in rates.marks if isinstance(mark, Names)]
    assert settled.texts == ["16.67", "25.00", "100.00"]


def test_every_bar_bears_its_number_and_no_line_crosses_it(chart):
    bars = chart.panels[0].marks
    written = [text for mark in bars if isinstance(mark, Words) for text in mark.texts]
    assert written == ["6", "2", "4", "1", "2", "1"]
    assert not [mark for mark in bars if isinstance(mark, Line)]
    assert [mark.label for mark in bars if isinstance(mark, Bars)] == ["received", "resolved"]


def test_petitions_are_counted_as_petitions(chart):
    assert [panel.y.title for panel in chart.panels] == [
        "petitions",
        "pending at period end (petitions)",
        "settlement rate (%)",
    ]


def test_a_rate_tells_its_unit_and_its_interval(chart):
    (rate,) = [mark for mark in chart.panels[2].marks if mark.hover]
    assert rate.label == "settlement rate"
    assert rate.hover[0] == "16.67% (95% interval 3.01–56.35)"


def test_where_none_was_pending_at_any_end_a_sentence_says_so_in_place_of_a_flat_line(sample_cases):
    figure = an.plot_petitions(an.petitions(sample_cases, periods=range(2007, 2012)))
    assert [panel.y.title for panel in figure.chart.panels] == ["信访（件）", "息访率（%）"]
    assert figure.chart.note.zh.endswith("。各期期末均无未结信访。")
    assert figure.chart.note.en.endswith(". None was pending at the end of any period.")


def test_a_rate_and_its_limits_stand_at_their_own_period(petitions):
    """Of a year before it no rate is known: those after it keep their places."""
    rates = petitions.table["settlement_rate"].where(petitions.table.index != 0)
    later = replace(petitions, table=petitions.table.assign(settlement_rate=rates))
    marks = said_by(an.plot_petitions, later).panels[-1].marks
    (limits,) = [mark for mark in marks if isinstance(mark, Intervals)]
    (points,) = [mark for mark in marks if isinstance(mark, Points)]
    assert (list(limits.at), list(points.x)) == ([1, 2], [1, 2])
    assert list(limits.lower) == later.table["lower"].iloc[1:].tolist()
    assert list(limits.upper) == later.table["upper"].iloc[1:].tolist()
