"""The tallies of a large register, whose texts are counted as numbers, are those of a small one."""

import gc
import weakref

import numpy as np
import pandas as pd
import pytest

from analysis.cases import tallies
from analysis.cases.engine import encoding
from analysis.cases.table import Cases
from analysis.measures.durations.durations import time_to_close
from analysis.measures.indicators import case_tally
from analysis.measures.indicators.indicators import indicators

AS_OF, CUT = "2011-12-31", "2011-03-31"
BY = [
    (),
    "court",
    ("officer", "court"),
    ("closure_mode", "has_property"),
    ("filed_on", "case_no"),
    ("amount_claimed", "court"),
]


@pytest.fixture(scope="module")
def cases():
    """A random register with missing courts, modes and amounts, and closings before and after any cut."""
    dice, rows = np.random.default_rng(8), 600
    filed = pd.Timestamp("2009-01-01") + pd.to_timedelta(dice.integers(0, 1090, rows), unit="D")
    closed = pd.Series(filed + pd.to_timedelta(dice.integers(-3, 500, rows), unit="D")).where(dice.random(rows) < 0.7)
    claimed = np.where(dice.random(rows) < 0.1, np.nan, dice.integers(0, 10**8, rows) / 100)
    frame = pd.DataFrame(
        {
            "case_no": [f"（2010）富执字第{i}号" for i in range(rows)],
            "court": dice.choice(["乙法院", "甲法院", "Court A", None], rows),
            "officer": dice.choice(["a", "b", None], rows),
            "has_property": dice.choice([True, False, None], rows),
            "closure_mode": pd.Series(dice.choice(["completed", "settled", None], rows)).where(closed.notna(), None),
            "filed_on": filed,
            "closed_on": closed.where(closed <= AS_OF),
            "amount_claimed": claimed,
            "amount_recovered": np.round(claimed * dice.choice([0, 0.5, 1], rows), 2),
        }
    )
    return Cases.from_frames(frame, as_of=AS_OF)


def every_tally(cases, by):
    yield tallies.filed(cases, by=by, unit="month")
    yield tallies.closed(cases, by=by, at=CUT)
    yield tallies.counted(cases, "closed", by=by, unit="month", at=CUT)
    yield tallies.years(cases, by=by)
    yield tallies.durations(cases, by=by, observed_from="2010-06-30")
    yield tallies.durations(cases, by=by, modes=False)


@pytest.mark.parametrize("by", BY)
def test_counting_by_numbers_changes_nothing(cases, monkeypatch, by):
    plain = list(every_tally(cases, by))
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    monkeypatch.setattr(encoding, "MOST_TEXTS", 3)  # the case numbers are too many
    for expected, found in zip(plain, every_tally(cases, by), strict=True):
        pd.testing.assert_frame_equal(found, expected)


def test_only_the_last_small_tables_are_kept(cases, monkeypatch):
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    listed = "select count(*) from duckdb_tables() where temporary and table_name like '%dates%'"
    for month in range(1, 8):
        found = tallies.counted(cases, "filed", by="court", at=f"2011-{month:02d}-28")
        assert found["cases"].sum() > 0
    assert cases.table.get_backend().con.sql(listed).fetchall() == [(encoding.TABLES_KEPT,)]


def test_two_large_registers_stand_side_by_side(monkeypatch):
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    frames = [pd.DataFrame({"filed_on": ["2011-01-04"] * rows, "court": "甲法院"}) for rows in (1, 2)]
    both = [Cases.from_frames(frame, as_of=AS_OF) for frame in frames]
    for month in range(1, 4):
        found = [tallies.counted(cases, "filed", by="court", at=f"2011-{month:02d}-28") for cases in both]
        assert [table["cases"].sum() for table in found] == [1, 2]


def test_a_register_that_is_no_longer_used_is_let_go(monkeypatch):
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"], "court": "甲法院"}), as_of=AS_OF)
    tallies.counted(cases, "filed", by="court")
    connection = weakref.ref(cases.table.get_backend().con)
    del cases
    gc.collect()
    assert connection() is None


def test_the_tallies_are_those_of_pandas(cases):
    rows = cases.table.to_pandas()
    on = pd.to_datetime(rows["closed_on"]).dt.to_period("M").dt.to_timestamp()
    fen = (rows["amount_claimed"] * 100).round().fillna(0).astype("int64")
    by_hand = rows.assign(on=on, cases=1, claimed_fen=fen)[on.notna()]
    by_hand = by_hand.groupby(["court", "on", "closure_mode"], dropna=False)[["cases", "claimed_fen"]].sum()
    found = tallies.closed(cases, by="court", unit="month").set_index(["court", "on", "closure_mode"])
    assert len(found) == len(by_hand)
    assert sorted(found[["cases", "claimed_fen"]].itertuples(index=False, name=None)) == sorted(
        by_hand.itertuples(index=False, name=None)
    )
    assert found["cases"].sum() == rows["closed_on"].notna().sum()


def test_a_case_known_later_counts_neither_as_filed_nor_as_closed(cases):
    rows = cases.table.to_pandas()
    filed, closed = (pd.to_datetime(rows[name]) for name in ("filed_on", "closed_on"))
    assert tallies.counted(cases, "filed", at=CUT)["cases"].sum() == (filed <= CUT).sum()
    assert tallies.counted(cases, "closed", at=CUT)["cases"].sum() == ((filed <= CUT) & (closed <= CUT)).sum()


@pytest.mark.full
@pytest.mark.parametrize("by", ["court", ("team", "court"), ()])
def test_measures_of_a_large_register_are_those_of_a_small_one(cases, monkeypatch, by):
    asked = {
        "periods": [2010, 2011],
        "by": by,
        "only": ["closure_rate", "recovery_rate", "net_closings"],
        "definitions": "fujin-2012",
    }
    plain, curves = indicators(cases, **asked), time_to_close(cases, by="court")
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    monkeypatch.setattr(case_tally, "ROWS_HANDED_OVER", 0)
    counted = ["court", "period_start", "indicator", "value", "numerator", "denominator"]
    pd.testing.assert_frame_equal(indicators(cases, **asked)[counted], plain[counted])
    pd.testing.assert_frame_equal(time_to_close(cases, by="court").curve, curves.curve)
