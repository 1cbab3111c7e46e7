"""What made the stock change: limits of a difference that hold 0 are words, others are numbers."""

import pandas as pd

import analysis as an
from analysis.report.content import Table
from analysis.report.inputs import Material
from analysis.report.sections.cycle import _bridge, _span, _with_limits


def test_limits_that_hold_nothing_are_said_in_words():
    parts = {"part": ["opening", "performed", "terminated_this_round"], "cases": [15, -253, -47]}
    table = pd.DataFrame(
        parts | {"difference": [None, -73, 17.75], "lower": [None, -113.36, -181.21], "upper": [None, -32.64, 216.71]}
    )
    found = _with_limits(table)
    assert found["difference_limits"].tolist() == [None, "−113.4至−32.6", "往年起伏之内"]
    assert not {"lower", "upper"} & set(found)


def test_the_span_of_statistical_months_is_told_by_its_first_and_last_day():
    cut = pd.DataFrame(
        {
            "period": pd.to_datetime(["2010-02-01", "2015-12-01"]),
            "period_end": pd.to_datetime(["2010-02-28", "2015-12-20"]),
        }
    )
    assert _span(cut).zh == "2010年2月1日至2015年12月20日共2个月。", "no range within a range"
    assert _span(cut).en == "1 Feb 2010 to 20 Dec 2015, 2 months. "
    whole = cut.assign(period_end=pd.to_datetime(["2010-02-28", "2015-12-31"]))
    assert _span(whole).zh == "2010年2月至2015年12月共2个月。"


def test_a_stock_that_was_cleared_to_nought_stands_at_the_end_of_the_table():
    days = pd.date_range("2023-11-01", periods=60, freq="D")
    frame = pd.DataFrame({"court": "南溪县人民法院", "filed_on": days, "closed_on": days + pd.Timedelta(days=70)})
    material = Material.of(
        an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01"),
        year=2024, returns=None, peers=None, definitions=None, calendar=None,
    )  # fmt: skip
    (table,) = (block for block in _bridge(material) if isinstance(block, Table))
    assert table.frame[["part", "cases"]].to_numpy()[[0, -1]].tolist() == [["opening", 60], ["closing", 0]]
